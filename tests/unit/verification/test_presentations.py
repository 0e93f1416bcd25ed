"""Presentations: by the holder, now, for this verifier, of credentials about the holder."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta

import pytest

from issued_badges import KEY, LATER, NOW, OTHER_KEY, achievement, did_issuer, small
from openbadge_issuer.assertions.json_text import JsonObject, JsonValue, dump_json, parse_json_object
from openbadge_issuer.issuing import Recipient
from openbadge_issuer.signing.base64url import encode_base64url
from openbadge_issuer.signing.cryptosuite import CRYPTOSUITES, add_proof
from openbadge_issuer.signing.data_integrity import ProofOptions
from openbadge_issuer.signing.public_key import KeyKind
from openbadge_issuer.signing.sd_jwt_making import bind
from openbadge_issuer.signing.sd_jwt_vc import disclose, sign_vc_sd_jwt
from openbadge_issuer.signing.sealing import ProofFormat
from openbadge_issuer.signing.signing_key import SigningKey
from openbadge_issuer.signing.vc_jose_cose import sign_vp_jose
from openbadge_issuer.signing.vc_jwt import sign_payload
from openbadge_issuer.verification.contained import MAX_CONTAINED
from openbadge_issuer.verification.presentations import PresentationReport, verify_presentation

HOLDER = SigningKey.generate("P-256")
DID = HOLDER.did_key
METHOD = HOLDER.public_key.verification_method
CHALLENGE, DOMAIN = "b3-42", "https://verifier.example"
V2 = "https://www.w3.org/ns/credentials/v2"
UNSIGNED, HMAC = (encode_base64url(header) for header in (b'{"alg":"none"}', b'{"alg":"HS256"}'))
COSE: JsonObject = {"type": "EnvelopedVerifiableCredential", "id": "data:application/vc+cose,x"}
HOLDERS: Mapping[str, SigningKey] = {
    "eddsa-rdfc-2022": SigningKey.generate("Ed25519"),
    "eddsa-jcs-2022": SigningKey.generate("Ed25519"),
    "ecdsa-rdfc-2019": HOLDER,
    "ecdsa-jcs-2019": SigningKey.generate("P-384"),
}


def badge(subject: str = DID, proof: ProofFormat = "eddsa-rdfc-2022", **options: object) -> bytes:
    recipient = Recipient(id=subject)
    issued = did_issuer().issue(achievement(), recipient, proof=proof, now=NOW, **options)  # type: ignore[arg-type]  # any option
    return issued.data


def enveloped(token: bytes) -> JsonObject:
    return {
        "@context": V2,
        "type": "EnvelopedVerifiableCredential",
        "id": f"data:application/vc+jwt,{token.decode()}",
    }


BADGE = parse_json_object(badge())


def presentation(*credentials: JsonValue, **changes: JsonValue) -> JsonObject:
    """Present the badge, or other credentials; a change of None leaves a member out."""
    document: JsonObject = {
        "@context": [V2],
        "type": ["VerifiablePresentation"],
        "holder": DID,
        "verifiableCredential": [*(credentials or (BADGE,))],
        **changes,
    }
    return {name: value for name, value in document.items() if value is not None}


def embedded(document: JsonObject, key: SigningKey = HOLDER, **changes: object) -> bytes:
    options: dict[str, object] = {
        "verification_method": key.public_key.verification_method,
        "created": LATER,
        "purpose": "authentication",
        "challenge": CHALLENGE,
        "domain": DOMAIN,
    }
    suite = changes.pop("suite", None)
    signed = add_proof(document, key, ProofOptions(**{**options, **changes}), suite=suite)  # type: ignore[arg-type]  # any option
    return dump_json(signed)


def token(document: JsonObject, key: SigningKey = HOLDER, **changes: object) -> bytes:
    options: dict[str, object] = {
        "kid": key.public_key.verification_method,
        "challenge": CHALLENGE,
        "audience": DOMAIN,
        "issued": LATER,
    }
    return sign_vp_jose(document, key, **{**options, **changes}).encode()  # type: ignore[arg-type]  # any option


def judged(data: bytes | JsonObject, **options: object) -> PresentationReport:
    chosen: dict[str, object] = {"challenge": CHALLENGE, "domain": DOMAIN, "now": LATER}
    report = verify_presentation(data, **{**chosen, **options})  # type: ignore[arg-type]  # any option
    for found in report.findings:
        assert found.message("en")
        assert found.message("nl")
    assert report.to_json()["accepted"] is report.accepted
    return report


def codes(report: PresentationReport) -> set[str]:
    """Everything that is not in order with the presentation itself."""
    return {found.code for found in report.findings if found.outcome != "passed"}


FORMS = {"proof": embedded, "token": token}


@pytest.mark.parametrize("form", FORMS)
def test_a_presentation_is_accepted_with_what_it_shows(form: str) -> None:
    report = judged(FORMS[form](presentation()))
    assert report, report.to_json()
    assert (report.holder, report.outcome, len(report.credentials)) == (DID, "passed", 1)
    assert report.verdicts == {"integrity": "passed", "recipient": "passed"}
    assert report.key
    assert (report.key.kind, report.key.shown_by) == ("P-256", "identifier")
    assert codes(report) == set()


@pytest.mark.parametrize("name", HOLDERS)
def test_every_suite_authenticates(name: str) -> None:
    key = HOLDERS[name]
    shown = presentation(parse_json_object(badge(key.did_key)), holder=key.did_key)
    data = embedded(shown, key, suite=CRYPTOSUITES[name])
    assert judged(data)
    assert not judged(data, challenge="other")
    assert not judged(data.replace(b"Facilitator", b"Facilitatos"))


@pytest.mark.parametrize("kind", ["Ed25519", "P-256", "P-384", "RSA"])
def test_every_key_signs_tokens(kind: KeyKind) -> None:
    key = SigningKey.generate(kind, rsa_bits=2048)
    shown = presentation(enveloped(badge(key.did_key, "vc+jwt")), holder=key.did_key)
    assert judged(token(shown, key))
    assert judged(token(shown, key, kid=None))


@pytest.mark.parametrize("form", FORMS)
def test_tokens_are_shown_in_envelopes(form: str) -> None:
    tokens = (enveloped(badge(proof="vc-jwt")), enveloped(badge(proof="vc+jwt")))
    report = judged(FORMS[form](presentation(BADGE, *tokens)))
    assert report.accepted, report.to_json()
    assert [one.format for one in report.credentials] == ["json", "jwt", "jwt"]


def test_an_enveloped_presentation_is_opened_once() -> None:
    inner = token(presentation()).decode()
    envelope: JsonObject = {
        "@context": V2,
        "type": "EnvelopedVerifiablePresentation",
        "id": f"data:application/vp+jwt,{inner}",
    }
    assert judged(envelope).accepted
    assert codes(judged({**envelope, "id": "data:application/vp+jwt,x"})) == {"JWT-FORMAT"}
    assert codes(judged({**envelope, "id": "https://x.example"})) == {"PRESENTATION-TYPE"}


def test_a_presentation_of_the_older_data_model_is_read() -> None:
    vp: JsonObject = {
        "@context": ["https://www.w3.org/2018/credentials/v1"],
        "type": "VerifiablePresentation",
        "verifiableCredential": badge(proof="vc-jwt").decode(),
    }
    claims: JsonObject = {"vp": vp, "iss": DID, "nonce": CHALLENGE, "aud": [DOMAIN, "x"], "nbf": 1}
    report = judged(sign_payload(claims, HOLDER, kid=METHOD).encode())
    assert report.accepted, report.to_json()
    assert report.holder == DID


def test_without_a_holder_it_is_the_one_whose_key_signed() -> None:
    for make in FORMS.values():
        report = judged(make(presentation(holder=None)))
        assert (report.accepted, report.holder) == (True, DID)


EMBEDDED_REPLAYS: dict[str, tuple[dict[str, object], set[str]]] = {
    "another challenge": ({"challenge": "old"}, {"PRESENTATION-CHALLENGE"}),
    "no challenge": ({"challenge": None}, {"PRESENTATION-CHALLENGE"}),
    "another domain": ({"domain": "https://other.example"}, {"PRESENTATION-DOMAIN"}),
    "no domain": ({"domain": None}, {"PRESENTATION-DOMAIN"}),
    "expired": ({"expires": LATER - timedelta(minutes=2)}, {"PROOF-EXPIRED"}),
    "of the future": ({"created": LATER + timedelta(minutes=2)}, {"PROOF-NOT-YET"}),
    "for assertions": ({"purpose": "assertionMethod"}, {"PROOF-PURPOSE"}),
}


@pytest.mark.parametrize(("changes", "expected"), EMBEDDED_REPLAYS.values(), ids=EMBEDDED_REPLAYS)
def test_a_proof_made_for_another_occasion_is_refused(changes: dict[str, object], expected: set[str]) -> None:
    report = judged(embedded(presentation(), HOLDER, **changes))
    assert (report.accepted, codes(report)) == (False, expected)


TOKEN_REPLAYS: dict[str, tuple[dict[str, object], set[str]]] = {
    "another nonce": ({"challenge": "old"}, {"PRESENTATION-CHALLENGE"}),
    "another audience": ({"audience": "https://other.example"}, {"PRESENTATION-DOMAIN"}),
    "expired": ({"expires": LATER - timedelta(minutes=2)}, {"PROOF-EXPIRED"}),
    "of the future": ({"issued": LATER + timedelta(minutes=2)}, {"PROOF-NOT-YET"}),
}


@pytest.mark.parametrize(("changes", "expected"), TOKEN_REPLAYS.values(), ids=TOKEN_REPLAYS)
def test_a_token_made_for_another_occasion_is_refused(changes: dict[str, object], expected: set[str]) -> None:
    report = judged(token(presentation(), HOLDER, **changes))
    assert (report.accepted, codes(report)) == (False, expected)


@pytest.mark.parametrize(
    ("claims", "expected"),
    [
        ({"aud": DOMAIN}, {"PRESENTATION-CHALLENGE"}),
        ({"nonce": [CHALLENGE], "aud": DOMAIN}, {"PRESENTATION-CHALLENGE"}),
        ({"nonce": CHALLENGE}, {"PRESENTATION-DOMAIN"}),
        ({"nonce": CHALLENGE, "aud": {"x": DOMAIN}}, {"PRESENTATION-DOMAIN"}),
        ({"nonce": CHALLENGE, "aud": DOMAIN, "exp": "never"}, {"JWT-CLAIM-TYPE"}),
        ({"nonce": CHALLENGE, "aud": DOMAIN, "iss": OTHER_KEY.did_key}, {"PRESENTATION-ISS"}),
    ],
)
def test_claims_of_a_token_are_held_to_what_was_asked(claims: JsonObject, expected: set[str]) -> None:
    data = sign_payload({**presentation(), **claims}, HOLDER, kid=METHOD, typ="vp+jwt").encode()
    assert codes(judged(data)) == expected


def test_the_challenge_is_under_the_signature() -> None:
    data = embedded(presentation(), challenge="old").replace(b'"old"', f'"{CHALLENGE}"'.encode())
    assert codes(judged(data)) == {"PROOF-SIGNATURE"}


@pytest.mark.parametrize("form", FORMS)
def test_nobody_presents_in_the_name_of_another(form: str) -> None:
    report = judged(FORMS[form](presentation(), OTHER_KEY))
    assert not report.accepted
    assert codes(report) & {"PROOF-CONTROLLER", "PROOF-KEY-UNBOUND"}


def test_a_proof_of_another_holder_does_not_lend_its_key() -> None:
    stolen = parse_json_object(embedded(presentation(), SigningKey.generate("P-256")))
    assert isinstance(stolen["proof"], dict)
    stolen["proof"] |= {"verificationMethod": METHOD}
    assert codes(judged(stolen)) == {"PROOF-SIGNATURE"}


@pytest.mark.parametrize("form", FORMS)
def test_a_credential_about_somebody_else_is_named(form: str) -> None:
    other = parse_json_object(badge("did:example:bob"))
    report = judged(FORMS[form](presentation(BADGE, other)))
    assert (report.accepted, codes(report)) == (False, {"PRESENTATION-HOLDER"})
    assert report.verdicts == {"integrity": "passed", "recipient": "failed"}
    assert [one.accepted for one in report.credentials] == [True, True]


def test_a_credential_about_an_address_leaves_it_open() -> None:
    report = judged(token(presentation(parse_json_object(small().data))))
    assert (report.outcome, codes(report)) == ("undetermined", {"PRESENTATION-HOLDER-OPEN"})


def test_the_holder_expected_must_present() -> None:
    assert judged(token(presentation()), holder=DID).accepted
    report = judged(token(presentation()), holder="did:example:ada")
    assert (report.accepted, codes(report)) == (False, {"PRESENTATION-OTHER-HOLDER"})


def test_a_changed_or_expired_credential_is_not_accepted() -> None:
    changed = {**BADGE, "name": "Professor"}
    expired = parse_json_object(badge(valid_until=NOW + timedelta(days=1)))
    report = judged(token(presentation(changed, expired, BADGE)))
    assert (report.accepted, codes(report)) == (False, set())
    assert [one.outcome for one in report.credentials] == ["failed", "failed", "passed"]


@pytest.mark.parametrize(
    ("credentials", "code"),
    [
        ([], "PRESENTATION-EMPTY"),
        (None, "PRESENTATION-EMPTY"),
        ([BADGE] * (MAX_CONTAINED + 1), "PRESENTATION-TOO-MANY"),
        ([COSE], "PRESENTATION-UNREADABLE"),
        (["{}"], "PRESENTATION-UNREADABLE"),
        (["x"], "PRESENTATION-UNREADABLE"),
        ([7], "PRESENTATION-UNREADABLE"),
    ],
)
def test_what_is_no_credential_is_named(credentials: JsonValue, code: str) -> None:
    report = judged(token({**presentation(), "verifiableCredential": credentials}))
    assert (report.accepted, codes(report)) == (False, {code})


def test_a_member_outside_the_signature_is_named() -> None:
    report = judged(embedded(presentation()).replace(b'"holder"', b'"motto":"x","holder"', 1))
    assert codes(report) == {"PROOF-UNSIGNED-MEMBER"}


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "JSON-EMPTY"),
        (b"{", "JSON-SYNTAX"),
        (b"x", "BADGE-FORMAT"),
        (badge(proof="vc+jwt"), "JWT-TYPE"),
        (f"{UNSIGNED}.e30.".encode(), "JWT-ALGORITHM"),
        (f"{HMAC}.e30.AA".encode(), "JWT-ALGORITHM"),
    ],
)
def test_what_is_no_presentation_is_refused(data: bytes, code: str) -> None:
    report = judged(data)
    assert (report.outcome, report.format, codes(report)) == ("failed", "unknown", {code})


def test_a_badge_alone_presents_nothing() -> None:
    found = codes(judged(BADGE))
    assert {"PRESENTATION-TYPE", "PROOF-PURPOSE", "PRESENTATION-CHALLENGE", "PRESENTATION-EMPTY"} <= found


def test_an_unsigned_presentation_is_refused() -> None:
    assert codes(judged(presentation())) == {"PROOF-MISSING"}


@pytest.mark.parametrize("options", [{"challenge": ""}, {"domain": ""}, {"now": datetime(2026, 1, 1)}])  # noqa: DTZ001  # that is the point
def test_what_would_protect_nothing_is_not_taken(options: dict[str, object]) -> None:
    with pytest.raises(ValueError, match=r"challenge|time zone"):
        judged(presentation(), **options)


def bound_badge(key: SigningKey = HOLDER, holder: SigningKey = HOLDER, **changes: object) -> bytes:
    """Show a badge as SD-JWT, without its name, with a key binding."""
    document: JsonObject = {name: value for name, value in BADGE.items() if name != "proof"}
    method = KEY.public_key.verification_method
    token = sign_vc_sd_jwt(
        {**document, "description": "x"},
        KEY,
        kid=method,
        disclosable=["/description"],
        holder=holder.public_key,
    )
    options: dict[str, object] = {"nonce": CHALLENGE, "audience": DOMAIN, "issued": LATER}
    return bind(disclose(token, ()), key, **{**options, **changes}).encode()  # type: ignore[arg-type]  # any option


def test_an_sd_jwt_is_shown_in_an_envelope() -> None:
    shown, _, _ = bound_badge().decode().rpartition("~")
    envelope: JsonObject = {**enveloped(b""), "id": f"data:application/vc+sd-jwt,{shown}~"}
    report = judged(token(presentation(envelope)))
    assert report.accepted, report.to_json()


def test_a_badge_is_shown_by_who_has_its_key() -> None:
    report = judged(bound_badge())
    assert report.accepted, report.to_json()
    assert (report.format, report.holder, codes(report)) == ("sd-jwt", DID, set())
    assert judged(bound_badge(), holder=DID).accepted


SD_JWT_REPLAYS: dict[str, tuple[dict[str, object], str]] = {
    "another challenge": ({"nonce": "old"}, "SD-JWT-KB-CLAIM"),
    "another verifier": ({"audience": "https://other.example"}, "SD-JWT-KB-CLAIM"),
    "of an hour ago": ({"issued": LATER - timedelta(hours=1)}, "SD-JWT-KB-TIME"),
    "of the future": ({"issued": LATER + timedelta(hours=1)}, "SD-JWT-KB-TIME"),
}


@pytest.mark.parametrize(("changes", "code"), SD_JWT_REPLAYS.values(), ids=SD_JWT_REPLAYS)
def test_a_key_binding_for_another_occasion_is_refused(changes: dict[str, object], code: str) -> None:
    report = judged(bound_badge(HOLDER, HOLDER, **changes))
    assert (report.accepted, codes(report)) == (False, {code})


def test_a_key_binding_must_be_there_and_of_the_holder() -> None:
    unbound = bound_badge().rpartition(b"~")[0] + b"~"
    assert codes(judged(unbound)) == {"SD-JWT-KB-MISSING"}
    assert codes(judged(bound_badge(SigningKey.generate("P-256")))) == {"PROOF-SIGNATURE"}
    assert codes(judged(bound_badge(), holder="did:example:bob")) == {"PRESENTATION-OTHER-HOLDER"}


def test_a_key_that_another_issuer_bound_proves_nothing() -> None:
    document: JsonObject = {name: value for name, value in BADGE.items() if name != "proof"}
    method = KEY.public_key.verification_method
    forged = sign_vc_sd_jwt(document, OTHER_KEY, kid=method, disclosable=(), holder=OTHER_KEY.public_key)
    data = bind(forged, OTHER_KEY, nonce=CHALLENGE, audience=DOMAIN, issued=LATER).encode()
    report = judged(data)
    assert (report.accepted, codes(report)) == (False, set())
    assert [one.first_error for one in report.credentials] == ["PROOF-SIGNATURE"]
