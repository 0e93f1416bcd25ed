"""`vault:`: a key in the transit engine of HashiCorp Vault or OpenBao, over its HTTP API.

The version of the key is fixed when it is opened, so that a rotation there cannot change what signs here.
"""

from __future__ import annotations

import base64
import binascii
import os
import re
from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

from openbadge_issuer.assertions.json_text import JsonObject, JsonValue
from openbadge_issuer.errors import DocumentError, KeyMaterialError, UnsupportedError
from openbadge_issuer.signing.base64url import decode_base64url, encode_base64url
from openbadge_issuer.signing.public_key import Algorithm, PublicKey
from openbadge_issuer.signing.signing_key import Secret
from openbadge_issuer.signing.stores.https_exchange import HttpsExchange
from openbadge_issuer.signing.stores.remote import bearer
from openbadge_issuer.signing.stores.store_signer import StoreSigner, chosen_algorithm, prehashed

STORE: Final = "Vault"
ADDRESS_VARIABLE: Final = "VAULT_ADDR"
"""The variable that names the server where the URI does not, as in Vault's own programs."""

_PLACE = re.compile(
    r"(?://(?P<host>[^/?#]+)/)?(?:(?P<mount>[A-Za-z0-9._-]+(?:/[A-Za-z0-9._-]+)*)/)?(?P<name>[A-Za-z0-9._-]+)"
    r"(?:\?(?P<options>[a-z]+=[A-Za-z0-9]+(?:&[a-z]+=[A-Za-z0-9]+)*))?",
    re.ASCII,
)
_VERSION = re.compile(r"[1-9][0-9]{0,5}", re.ASCII)
_OPTIONS: Mapping[str, Mapping[str, str]] = MappingProxyType(
    {
        "EdDSA": {},
        "ES256": {"hash_algorithm": "sha2-256", "marshaling_algorithm": "jws"},
        "ES384": {"hash_algorithm": "sha2-384", "marshaling_algorithm": "jws"},
        "RS256": {"hash_algorithm": "sha2-256", "signature_algorithm": "pkcs1v15"},
        "PS256": {"hash_algorithm": "sha2-256", "signature_algorithm": "pss", "salt_length": "hash"},
    }
)
"""How Vault is asked, by algorithm: marshaled as in JWS, ECDSA comes back as r||s in base64url."""


@dataclass(frozen=True, slots=True)
class _VaultKey:
    exchange: HttpsExchange
    mount: str
    name: str
    version: str
    public_key: PublicKey
    algorithm: Algorithm

    def sign(self, message: bytes) -> bytes:
        algorithm = self.algorithm
        hashed = algorithm != "EdDSA"
        signed = prehashed(message, algorithm) if hashed else message
        question: JsonObject = {
            "input": base64.b64encode(signed).decode("ascii"),
            "key_version": int(self.version),
            "prehashed": hashed,
            **_OPTIONS[algorithm],
        }
        answer = _data(self.exchange.post(question, f"/v1/{self.mount}/sign/{self.name}"))
        prefix, _, text = str(answer.get("signature")).rpartition(":")
        try:
            if prefix != f"vault:v{self.version}":
                raise KeyMaterialError("STORE-ANSWER", store=STORE)
            if algorithm in ("ES256", "ES384"):
                return decode_base64url(text)
            return base64.b64decode(text, validate=True)
        except (DocumentError, binascii.Error) as error:
            raise KeyMaterialError("STORE-ANSWER", store=STORE) from error


def open_signer(place: str, secret: Secret | None) -> StoreSigner:
    """Open a key in Vault; its public half is fetched once, here.

    Args:
        place: `NAME`, `MOUNT/NAME` (the mount is `transit` if none is named) or `//host:8200/MOUNT/NAME`,
            and `?version=N` for another version than the latest, `alg=PS256` if an RSA key is to sign so.
            Without a host the server is the one that `VAULT_ADDR` names.
        secret: the token.

    Raises:
        KeyMaterialError: as the opener of `https:`, and `KEY-PASSWORD-NEEDED`.
    """
    if "@" in place:
        raise KeyMaterialError("STORE-SECRET-IN-URI", store=STORE)
    match = _PLACE.fullmatch(place)
    if match is None or ".." in place:
        raise KeyMaterialError("STORE-URI", store=STORE, name="key")
    options = _options(match["options"] or "")
    base = f"https://{match['host']}" if match["host"] else os.environ.get(ADDRESS_VARIABLE, "")
    if secret is None:
        raise KeyMaterialError("KEY-PASSWORD-NEEDED")
    exchange = HttpsExchange(base, store=STORE, headers={"X-Vault-Token": bearer(secret)})
    mount, name = match["mount"] or "transit", match["name"]
    facts = _data(exchange.get(f"/v1/{mount}/keys/{name}"))
    version = options.get("version") or str(facts.get("latest_version"))
    public_key = _public_key(facts, version)
    algorithm = chosen_algorithm(options.get("alg"), public_key, store=STORE)
    key = _VaultKey(exchange, mount, name, version, public_key, algorithm)
    return StoreSigner(public_key, store=STORE, sign=key.sign, algorithm=algorithm)


def _options(text: str) -> dict[str, str]:
    found: dict[str, str] = {}
    for option in text.split("&") if text else ():
        name, _, value = option.partition("=")
        if (
            name in found
            or name not in ("version", "alg")
            or (name == "version" and not _VERSION.fullmatch(value))
        ):
            raise KeyMaterialError("STORE-URI", store=STORE, name=name[:40])
        found[name] = value
    return found


def _data(answer: JsonObject) -> JsonObject:
    data = answer.get("data")
    if not isinstance(data, dict):
        raise KeyMaterialError("STORE-ANSWER", store=STORE)
    return data


def _public_key(facts: JsonObject, version: str) -> PublicKey:
    kind, versions = facts.get("type"), facts.get("keys")
    listed = versions.get(version) if isinstance(versions, dict) else None
    if not isinstance(listed, dict):
        raise KeyMaterialError("STORE-NO-KEY", store=STORE)
    try:
        return _read(kind, listed.get("public_key"))
    except UnsupportedError as error:
        raise KeyMaterialError("STORE-KEY-KIND", store=STORE, **error.details) from error
    except binascii.Error as error:
        raise KeyMaterialError("STORE-ANSWER", store=STORE) from error


def _read(kind: JsonValue, text: JsonValue) -> PublicKey:
    if not isinstance(text, str) or not isinstance(kind, str):
        raise KeyMaterialError("STORE-KEY-KIND", store=STORE, found=str(kind)[:40])
    if kind == "ed25519":
        raw = base64.b64decode(text, validate=True)
        return PublicKey.from_jwk({"kty": "OKP", "crv": "Ed25519", "x": encode_base64url(raw)})
    return PublicKey.from_pem(text.encode("utf-8", "replace"))
