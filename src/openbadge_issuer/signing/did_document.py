"""did:web on the publishing side: where the document of a DID lies, and what stands in it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final
from urllib.parse import unquote

from openbadge_issuer.assertions.json_text import JsonObject, JsonValue
from openbadge_issuer.errors import KeyMaterialError, ResolutionError
from openbadge_issuer.signing.public_key import PublicKey

ANNULMENTS_TYPE: Final = "AnnulmentRegister"
"""The type of the service in a document that leads to the register of annulled badges."""

LIST_TYPE: Final = "CompromisedKeyList"
"""The type of the service that leads to the list of what compromised keys really signed; see `compromise`."""

_DID_CONTEXTS: tuple[str, ...] = (
    "https://www.w3.org/ns/did/v1",
    "https://w3id.org/security/multikey/v1",
    "https://w3id.org/security/jwk/v1",
)
_DID = re.compile(r"did:[a-z0-9]+:[A-Za-z0-9._:%-]*[A-Za-z0-9._%-]", re.ASCII)
_FRAGMENT = re.compile(r"[A-Za-z0-9._~-]+", re.ASCII)
_LABEL = re.compile(r"[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?", re.ASCII | re.IGNORECASE)
_NUMERIC_LABEL = re.compile(r"[0-9]+|0x[0-9a-f]*", re.ASCII | re.IGNORECASE)
_PORT = re.compile(r"[1-9][0-9]{0,4}", re.ASCII)
_SEGMENT = re.compile(r"([A-Za-z0-9._-]|%[0-9A-Fa-f]{2})+", re.ASCII)
_FORBIDDEN_IN_SEGMENT = frozenset("/\\?#%:")
_MAX_HOST_CHARS, _MAX_DID_CHARS, _MAX_PORT = 253, 2048, 65535


def did_web_url(did: str) -> str:
    """Return the https URL of the document of a did:web (did:web method, section "Read (Resolve)").

    The colon before a port is written %3A. Without a path the document is /.well-known/did.json, else
    it is did.json under the path.

    Raises:
        ResolutionError: `DID-WEB-FORMAT`, `DID-WEB-HOST` (an IP address, an empty label), `DID-WEB-PORT`
            or `DID-WEB-PATH` (an empty or dotted segment, an encoded slash).
    """
    if len(did) > _MAX_DID_CHARS or not did.startswith("did:web:"):
        raise ResolutionError("DID-WEB-FORMAT", did=did[:80])
    authority, *segments = did.removeprefix("did:web:").split(":")
    host, encoded_colon, port = authority.replace("%3a", "%3A").partition("%3A")
    _check_host(host, did=did)
    if encoded_colon and not (_PORT.fullmatch(port) and int(port) <= _MAX_PORT):
        raise ResolutionError("DID-WEB-PORT", did=did[:80])
    for segment in segments:
        _check_segment(segment, did=did)
    path = "/".join(segments) or ".well-known"
    return f"https://{host.lower()}{':' + port if port else ''}/{path}/did.json"


def did_document(did: str, keys: Sequence[tuple[str, PublicKey]]) -> JsonObject:
    """Write the document that publishes an issuer's keys (DID Core 1.0, section 5.2).

    Each key appears under `#fragment` as Multikey and under `#fragment-jwk` as JsonWebKey, since VC-JWT
    verifiers look for the second; RSA has no Multikey form in the specification and appears as JWK alone.
    All are listed under `assertionMethod`.

    Raises:
        KeyMaterialError: `DID-DOCUMENT-FRAGMENT`, a fragment is malformed or used twice.
        ResolutionError: `DID-WEB-FORMAT` and its kin, the DID is malformed.
    """
    if not _DID.fullmatch(did):
        raise ResolutionError("DID-WEB-FORMAT", did=did[:80])
    if did.startswith("did:web:"):
        did_web_url(did)
    methods: list[JsonObject] = []
    for fragment, key in keys:
        if not _FRAGMENT.fullmatch(fragment):
            raise KeyMaterialError("DID-DOCUMENT-FRAGMENT", fragment=fragment[:80])
        methods.extend(_methods(did, fragment, key))
    ids = [str(method["id"]) for method in methods]
    if len(set(ids)) != len(ids):
        twice = next(name for name in ids if ids.count(name) > 1)
        raise KeyMaterialError("DID-DOCUMENT-FRAGMENT", fragment=twice.partition("#")[2])
    context: list[JsonValue] = list(_DID_CONTEXTS)
    return {
        "@context": context,
        "id": did,
        "verificationMethod": list[JsonValue](methods),
        "assertionMethod": list[JsonValue](ids),
    }


def method_name(did: str, fragment: str, key: PublicKey) -> str:
    """Return the name of a key in the document, to sign with: RSA stands there as JWK alone."""
    return f"{did}#{fragment}" + ("-jwk" if key.kind == "RSA" else "")


def _methods(did: str, fragment: str, key: PublicKey) -> list[JsonObject]:
    jwk: JsonObject = {
        "id": f"{did}#{fragment}-jwk",
        "type": "JsonWebKey",
        "controller": did,
        "publicKeyJwk": key.jwk,
    }
    if key.kind == "RSA":
        return [jwk]
    multikey: JsonObject = {
        "id": f"{did}#{fragment}",
        "type": "Multikey",
        "controller": did,
        "publicKeyMultibase": key.multibase,
    }
    return [multikey, jwk]


def _check_host(host: str, *, did: str) -> None:
    labels = host.split(".")
    # A host whose last label is a number is an IPv4 address to every URL parser (WHATWG URL, 3.5).
    if (
        len(host) > _MAX_HOST_CHARS
        or not all(_LABEL.fullmatch(label) for label in labels)
        or _NUMERIC_LABEL.fullmatch(labels[-1])
    ):
        raise ResolutionError("DID-WEB-HOST", did=did[:80])


def _check_segment(segment: str, *, did: str) -> None:
    decoded = unquote(segment, errors="replace")
    if (
        not _SEGMENT.fullmatch(segment)
        or decoded in (".", "..")
        or not decoded.isprintable()
        or "�" in decoded
        or _FORBIDDEN_IN_SEGMENT & set(decoded)
    ):
        raise ResolutionError("DID-WEB-PATH", did=did[:80])
