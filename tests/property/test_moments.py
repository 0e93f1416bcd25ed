"""Dates at the ends of the calendar give a report or one of our errors, wherever a stranger writes them."""

from __future__ import annotations

import contextlib
import zlib
from datetime import UTC, datetime

from cryptography import x509
from hypothesis import given, settings
from hypothesis import strategies as st

from certificates import authority, certified
from issued_badges import KEY, LATER, controller_document, https_badge, sign_document, small_document
from key_rings import DID, FIRST, ONE
from openbadge_issuer.assertions.json_text import JsonObject, JsonValue, dump_json, parse_json_object
from openbadge_issuer.errors import OpenBadgeError
from openbadge_issuer.register.head import HEAD_TOKEN_TYPE, read_head
from openbadge_issuer.resolution.fetching import Fetched
from openbadge_issuer.signing.base64url import encode_base64url
from openbadge_issuer.signing.compromise import LIST_TOKEN_TYPE, read_compromise_list
from openbadge_issuer.signing.cryptosuite import add_proof
from openbadge_issuer.signing.data_integrity import ProofOptions
from openbadge_issuer.signing.did_document import ANNULMENTS_TYPE, LIST_TYPE
from openbadge_issuer.signing.sd_jwt_making import bind
from openbadge_issuer.signing.sd_jwt_vc import sign_sd_jwt_vc
from openbadge_issuer.signing.vc_jwt import sign_payload
from openbadge_issuer.status import StatusEntry, StatusList
from openbadge_issuer.status.annulment import REGISTER_TOKEN_TYPE
from openbadge_issuer.verification import verify, verify_many

HTTPS = "https://badges.example/issuer"
PLACE = "https://badges.example/"
DOCUMENT = f"{PLACE}.well-known/did.json"
STATUS = f"{PLACE}status/1"
OWN = KEY.public_key.verification_method

days = st.sampled_from(["0001-01-01", "0001-01-02", "9999-12-30", "9999-12-31", "1970-01-01", "0000-01-01"])
times = st.sampled_from(["T00:00:00", "T23:59:59", "T23:59:59.999999", "T00:00:00.000001", "T24:00:00"])
zones = st.sampled_from(["Z", "+00:01", "-00:01", "+14:00", "-14:00", "+23:59", "-23:59", "+24:00", ""])
texts = st.builds("".join, st.tuples(days, times, zones))
ENDS = (-62_135_596_800, 253_402_214_400, 253_402_300_799, 2**31, 2**33, 2**53, 2**63, 10**300)
numbers = st.one_of(
    st.sampled_from([sign * end + step for sign in (1, -1) for end in ENDS for step in (-1, 0, 1)]),
    st.floats(allow_nan=False, allow_infinity=False),
)
dates = texts | numbers

YEARS = [datetime(year, 12, 31, 23, 59, 59, tzinfo=UTC) for year in (1950, 2026, 2049, 2050, 9999)]
few = settings(max_examples=40)


def judge(data: bytes | str | JsonObject, documents: dict[str, bytes | Fetched] | None = None) -> None:
    """Verify a badge, and say the report in both forms."""
    report = verify(data, now=LATER, documents=documents)
    assert str(report)
    dump_json(report.to_json())


@given(
    texts, texts, st.sampled_from([DID, HTTPS]), st.booleans(), st.sampled_from([LIST_TYPE, ANNULMENTS_TYPE])
)
def test_in_the_document_of_a_key(
    revoked: str,
    expires: str,
    issuer: str,
    keep: bool,  # noqa: FBT001  # what hypothesis gives
    service: str,
) -> None:
    method = f"{issuer}#key-1"
    document = controller_document(issuer, method, KEY.public_key)
    listed = document["verificationMethod"]
    assert isinstance(listed, list)
    assert isinstance(listed[0], dict)
    listed[0] |= {"revoked": revoked, "expires": expires}
    if not keep:
        document["assertionMethod"] = []
    document["service"] = [{"id": "#x", "type": service, "serviceEndpoint": f"{PLACE}list"}]
    address = DOCUMENT if issuer == DID else HTTPS
    judge(https_badge(issuer, method).data, {address: dump_json(document)})


def test_in_the_document_of_a_key_within_a_stream() -> None:
    method = f"{DID}#key-1"
    document = controller_document(DID, method, KEY.public_key)
    document["verificationMethod"] = [
        {
            "id": method,
            "type": "Multikey",
            "controller": DID,
            "publicKeyMultibase": KEY.public_key.multibase,
            "revoked": "0001-01-01T00:00:00+14:00",
        }
    ]
    document["service"] = [{"id": "#x", "type": LIST_TYPE, "serviceEndpoint": f"{PLACE}list"}]
    good, bad = dump_json(small_document()), https_badge(DID, method).data
    reports = verify_many([good, bad, good], now=LATER, documents={DOCUMENT: dump_json(document)})
    assert [report.accepted for report in reports] == [True, False, True]


@few
@given(dates, dates)
def test_in_a_proof(created: JsonValue, expires: JsonValue) -> None:
    document = {name: value for name, value in small_document().items() if name != "proof"}
    signed = add_proof(document, KEY, ProofOptions(verification_method=OWN))
    proof = signed["proof"]
    assert isinstance(proof, dict)
    judge({**signed, "proof": {**proof, "created": created, "expires": expires}})


@few
@given(st.fixed_dictionaries({"validFrom": texts}, optional={"validUntil": texts, "awardedDate": texts}))
def test_in_a_credential(members: JsonObject) -> None:
    judge(sign_document({**small_document(), **members}))


@few
@given(
    st.dictionaries(st.sampled_from(["iat", "nbf", "exp"]), dates),
    st.dictionaries(st.sampled_from(["validFrom", "validUntil"]), texts),
    st.sampled_from(["JWT", "vc+jwt", "vp+jwt", "dc+sd-jwt"]),
)
def test_in_a_token(claims: JsonObject, members: JsonObject, kind: str) -> None:
    credential = {name: value for name, value in small_document().items() if name != "proof"}
    own: JsonObject = {"vct": "https://x.example/kind"} if kind == "dc+sd-jwt" else {**credential, **members}
    token = sign_payload({"iss": KEY.did_key, **own, **claims}, KEY, kid=OWN, typ=kind)
    judge(f"{token}~" if kind == "dc+sd-jwt" else token)


@few
@given(dates)
def test_in_a_key_binding(issued: JsonValue) -> None:
    claims: JsonObject = {"vct": "https://x.example/kind", "iss": KEY.did_key}
    token = sign_sd_jwt_vc(claims, KEY, kid=OWN, disclosable=[], holder=ONE.public_key)
    bound = bind(token, ONE, nonce="1", audience="https://v.example", issued=LATER)
    shown, _, binding = bound.rpartition("~")
    parts = binding.split(".")
    payload = encode_base64url(dump_json({"iat": issued, "nonce": "1", "aud": "https://v.example"}))
    message = f"{parts[0]}.{payload}"
    signed = f"{shown}~{message}.{encode_base64url(ONE.sign(message.encode()))}"
    assert not verify(signed, now=LATER, challenge="1", domain="https://v.example")


@few
@given(
    st.dictionaries(st.sampled_from(["validFrom", "validUntil"]), texts),
    st.sampled_from([None, -1, 0, 2**31, 2**53 - 1]),
)
def test_in_a_status_list(members: JsonObject, ttl: int | None) -> None:
    badge = sign_document(
        {
            **small_document(),
            "credentialStatus": StatusEntry.at(STATUS, index=5, purpose="revocation").to_json(),
        }
    )
    listed = StatusList.create(STATUS, issuer=KEY.did_key).credential(now=LATER)
    subject = listed["credentialSubject"]
    assert isinstance(subject, dict)
    if ttl is not None:
        subject["ttl"] = ttl
    judge(badge, {STATUS: sign_document({**listed, **members})})


@few
@given(st.dictionaries(st.sampled_from(["iat", "exp", "ttl"]), dates))
def test_in_a_token_status_list(claims: JsonObject) -> None:
    reference: JsonObject = {"status_list": {"idx": 1, "uri": STATUS}}
    token = sign_sd_jwt_vc(
        {"vct": "https://x.example/kind", "iss": KEY.did_key, "status": reference},
        KEY,
        kid=OWN,
        disclosable=[],
    )
    content: JsonObject = {"bits": 1, "lst": encode_base64url(zlib.compress(bytes(8)))}
    listed: JsonObject = {"iss": KEY.did_key, "sub": STATUS, "status_list": content, **claims}
    judge(token, {STATUS: sign_payload(listed, KEY, kid=OWN, typ="statuslist+jwt").encode()})


@few
@given(dates, dates, dates)
def test_in_lists_and_heads(issued: JsonValue, end: JsonValue, since: JsonValue) -> None:
    stolen: JsonValue = [{"publicKeyJwk": dict(ONE.public_key.jwk), "since": since, "signed": []}]
    annulled: JsonObject = {"digest": encode_base64url(bytes(32)), "status": "annulled", "since": since}
    register: JsonObject = {"iss": KEY.did_key, "iat": issued, "exp": end, "entries": [annulled]}
    head: JsonObject = {"iss": DID, "iat": issued, "length": 1, "digest": "1" * 64, "at": since}
    data = sign_payload(register, KEY, kid=OWN, typ=REGISTER_TOKEN_TYPE).encode()
    assert str(verify(small_document(), now=LATER, annulments=[data]))
    with contextlib.suppress(OpenBadgeError):
        listed = {"iss": DID, "iat": issued, "keys": stolen}
        read_compromise_list(sign_payload(listed, KEY, kid=OWN, typ=LIST_TOKEN_TYPE))
    with contextlib.suppress(OpenBadgeError):
        read_head(sign_payload(head, KEY, kid=OWN, typ=HEAD_TOKEN_TYPE))


@few
@given(dates, dates, st.dictionaries(st.sampled_from(["iat", "nbf"]), dates))
def test_in_a_badge_of_open_badges_2(issued: JsonValue, expires: JsonValue, claims: JsonObject) -> None:
    badge: JsonObject = {
        "@context": "https://w3id.org/openbadges/v2",
        "id": f"{PLACE}1",
        "type": "Assertion",
        "recipient": {"type": "email", "hashed": False, "identity": "ada@example.org"},
        "badge": f"{PLACE}class",
        "issuedOn": issued,
        "expires": expires,
        "verification": {"type": "HostedBadge"},
    }
    judge(dump_json(badge), {f"{PLACE}1": dump_json(badge)})
    judge(sign_payload({**badge, **claims}, KEY, kid=OWN))


@few
@given(st.sampled_from(YEARS), st.sampled_from(YEARS), st.sampled_from(YEARS))
def test_in_a_certificate(begins: datetime, ends: datetime, at: datetime) -> None:
    root = authority("A root", ends=max(YEARS))
    key, certificate = certified(
        root, [x509.DNSName("badges.example")], begins=min(begins, ends), ends=max(begins, ends)
    )
    credential = {name: value for name, value in small_document().items() if name != "proof"}
    token = sign_payload({**credential, "issuer": HTTPS}, key, kid=None, certificates=[certificate])
    report = verify(token, now=LATER, at=at, roots=root.pem)
    assert str(report)
    dump_json(report.to_json())


@few
@given(texts)
def test_in_a_list_of_stolen_keys(since: str) -> None:
    ring = FIRST.rotate(KEY.public_key, uri="file:two.pem", now=LATER).compromise("key-1", since=LATER)
    document = parse_json_object(dump_json(ring.document()))
    stolen: JsonValue = [{"publicKeyJwk": dict(ONE.public_key.jwk), "since": since, "signed": []}]
    listed: JsonObject = {"iss": DID, "iat": int(LATER.timestamp()), "keys": stolen}
    data = sign_payload(listed, KEY, kid=f"{DID}#key-2", typ=LIST_TOKEN_TYPE).encode()
    badge = https_badge(DID, f"{DID}#key-1", ONE).data
    judge(badge, {DOCUMENT: dump_json(document), f"{PLACE}.well-known/compromised-keys.jwt": data})
