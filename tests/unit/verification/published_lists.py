"""Badges with status entries, and the lists that are published for them, in every shape a test wants."""

from __future__ import annotations

import gzip
from collections.abc import Mapping
from types import MappingProxyType
from typing import TypeAlias

from issued_badges import KEY, LATER, NOW, sign_document, signed_with, small_document
from openbadge_issuer.assertions.json_text import JsonObject, JsonValue, dump_json
from openbadge_issuer.errors.rule import Language
from openbadge_issuer.resolution.fetching import Fetched
from openbadge_issuer.signing.base64url import encode_base64url
from openbadge_issuer.signing.vc_jwt import sign_jwt
from openbadge_issuer.status import StatusEntry, StatusList
from openbadge_issuer.status.bitstring import MIN_BITS, Bitstring
from openbadge_issuer.verification import VerificationReport, verify

URL = "https://badges.example/status/1"
INDEX = 4_711
METHOD = f"{KEY.did_key}#{KEY.did_key.removeprefix('did:key:')}"
V1 = "https://www.w3.org/2018/credentials/v1"
V2 = "https://www.w3.org/ns/credentials/v2"
DATA_INTEGRITY = "https://w3id.org/security/data-integrity/v2"
EXTENSIONS = "https://purl.imsglobal.org/spec/ob/v3p0/extensions.json"
CONTEXT_2021 = "https://w3id.org/vc/status-list/2021/v1"

Changes: TypeAlias = Mapping[str, JsonValue]
_NONE: Changes = MappingProxyType({})


def entry(**changes: JsonValue) -> JsonObject:
    """Write the entry of the badge; "absent" leaves a member out."""
    plain = StatusEntry.at(URL, index=INDEX, purpose="revocation").to_json()
    return {name: value for name, value in {**plain, **changes}.items() if value != "absent"}


def badge(*entries: JsonObject) -> bytes:
    """Sign a badge with these entries."""
    return signed_with({"credentialStatus": list(entries) if len(entries) > 1 else entries[0]})


def badge_in_token(status: JsonObject) -> bytes:
    """Sign a badge as a token, which needs no context for its entry."""
    document = {name: value for name, value in small_document().items() if name != "proof"}
    return sign_jwt({**document, "credentialStatus": status}, KEY, kid=METHOD).encode()


def unsigned_list(
    *set_bits: int,
    subject: Changes = _NONE,
    changes: Changes = _NONE,
) -> JsonObject:
    """Write a list of twice the least length in which these bits are set; "absent" leaves a member out."""
    bits = Bitstring(2 * MIN_BITS)
    bits.set_all(set_bits)
    document = StatusList.create(URL, issuer=KEY.did_key).credential(now=NOW)
    inner = document["credentialSubject"]
    assert isinstance(inner, dict)
    inner = {**inner, "encodedList": bits.encode(), **subject}
    whole: JsonObject = {**document, "credentialSubject": inner, **changes}
    return {name: value for name, value in whole.items() if value != "absent"}


def signed_list(
    *set_bits: int,
    subject: Changes = _NONE,
    changes: Changes = _NONE,
) -> bytes:
    """Sign such a list."""
    return sign_document(unsigned_list(*set_bits, subject=subject, changes=changes))


def list_of_2021(*set_bits: int, changes: Changes = _NONE) -> JsonObject:
    """Write a list as implementations of the draft did."""
    bits = Bitstring(MIN_BITS)
    bits.set_all(set_bits)
    document: JsonObject = {
        "@context": [V1, CONTEXT_2021, DATA_INTEGRITY],
        "id": URL,
        "type": ["VerifiableCredential", "StatusList2021Credential"],
        "issuer": KEY.did_key,
        "issuanceDate": "2026-03-01T12:00:00Z",
        "credentialSubject": {
            "id": f"{URL}#list",
            "type": "StatusList2021",
            "statusPurpose": "revocation",
            "encodedList": encode_base64url(gzip.compress(bytes(bits), mtime=0)),
        },
        **changes,
    }
    return {name: value for name, value in document.items() if value != "absent"}


def token(payload: JsonObject) -> bytes:
    """Sign a payload as it stands."""
    header = encode_base64url(dump_json({"alg": "EdDSA", "typ": "JWT", "kid": METHOD}))
    text = f"{header}.{encode_base64url(dump_json(payload))}"
    return f"{text}.{encode_base64url(KEY.sign(text.encode()))}".encode()


def token_of_version_1(document: JsonObject, **claims: JsonValue) -> bytes:
    """Sign a list as the `vc` claim of a token, as version 1.1 of the data model had it."""
    payload: JsonObject = {"iss": KEY.did_key, "sub": f"{URL}#list", "jti": URL, "nbf": int(NOW.timestamp())}
    return token({**payload, "vc": document, **claims})


def revocation_badge(**changes: JsonValue) -> bytes:
    """Sign a badge that names a 1EdTechRevocationList."""
    contexts = small_document()["@context"]
    assert isinstance(contexts, list)
    status: JsonObject = {"id": URL, "type": "1EdTechRevocationList", **changes}
    return signed_with({"@context": [*contexts, EXTENSIONS], "credentialStatus": status})


def judged(data: bytes, published: bytes | Fetched | None, **options: object) -> VerificationReport:
    """Verify a badge whose list is published so."""
    given = {} if published is None else {URL: published}
    return verify(data, **{"now": LATER, "documents": given, **options})  # type: ignore[arg-type]  # any option


def message(report: VerificationReport, code: str, language: Language = "en") -> str:
    """Give the sentence of a finding."""
    return next(found.message(language) for found in report.findings if found.code == code)


HOSTS: dict[str, tuple[Fetched, str]] = {
    "gone": (Fetched(URL, URL, 410, None, b""), "FETCH-STATUS"),
    "not found": (Fetched(URL, URL, 404, "text/html", b"<html></html>"), "FETCH-STATUS"),
    "not found, with the list": (Fetched(URL, URL, 404, None, signed_list(INDEX)), "FETCH-STATUS"),
    "forbidden": (Fetched(URL, URL, 403, None, b""), "FETCH-STATUS"),
    "broken": (Fetched(URL, URL, 500, "application/json", b'{"error": "database"}'), "FETCH-STATUS"),
    "no content": (Fetched(URL, URL, 204, None, b""), "FETCH-STATUS"),
    "a web page": (Fetched(URL, URL, 200, "text/html", b"<!doctype html><title>x</title>"), "BADGE-FORMAT"),
    "a complaint": (Fetched(URL, URL, 200, "application/json", b'{"error": 404}'), "STATUS-LIST-MEMBER"),
    "an array": (Fetched(URL, URL, 200, "application/json", b"[]"), "JSON-NOT-OBJECT"),
    "cut off": (Fetched(URL, URL, 200, None, signed_list()[:-9]), "JSON-SYNTAX"),
}
"""What hosts serve instead of a list, and the code with which that leaves the status open."""
