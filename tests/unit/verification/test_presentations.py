"""Presentations: by the holder, now, for this verifier, of credentials about the holder."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta

import pytest

from issued_badges import (
    KEY,
    LATER,
    NOW,
    OTHER_KEY,
    achievement,
    did_issuer,
    open_or_failed,
    outcomes,
    small,
)
from openbadge_issuer.assertions.json_text import JsonObject, JsonValue, dump_json, parse_json_object
from openbadge_issuer.issuing import Issuer, Recipient
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
from openbadge_issuer.verification import VerificationReport, verify
from openbadge_issuer.verification.contained import MAX_CONTAINED

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


def judged(data: bytes | JsonObject, **options: object) -> VerificationReport:
    chosen: dict[str, object] = {"challenge": CHALLENGE, "domain": DOMAIN, "now": LATER}
    report = verify(data, **{**chosen, **options})  # type: ignore[arg-type]  # any option
    for found in report.findings:
        assert found.message("en")
        assert found.message("nl")
    assert report.to_json()["accepted"] is report.accepted
    return report


def codes(report: VerificationReport) -> set[str]:
    """Everything that is not in order; trust was not asked for, and tokens have keys of Ed25519."""
    return set(open_or_failed(report))


FORMS = {"proof": embedded, "token": token}


@pytest.mark.parametrize("form", FORMS)
def test_a_presentation_is_accepted_with_what_it_shows(form: str) -> None:
    report = judged(FORMS[form](presentation()))
    assert report, report.to_json()
    assert (report.holder, report.outcome, len(report.contained)) == (DID, "passed", 1)
    assert report.verdicts == {
        "integrity": "passed", "status": "passed", "trust": "undetermined", "recipient": "passed",
    }  # fmt: skip
    assert report.required == ("integrity", "status", "recipient")
    assert report.specification == "Verifiable Presentation"
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
    assert [one.format for one in report.contained] == ["json", "jwt", "jwt"]


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
    assert (report.verdicts["integrity"], report.verdicts["recipient"]) == ("passed", "failed")
    assert [one.accepted for one in report.contained] == [True, True]


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
    assert (report.accepted, codes(report)) == (False, {"PRESENTATION-CREDENTIAL"})
    assert [one.outcome for one in report.contained] == ["failed", "failed", "passed"]
    said = [found for found in report.findings if found.code == "PRESENTATION-CREDENTIAL"]
    assert [
        (found.pointer, found.verdict, found.outcome, found.details.get("problem")) for found in said
    ] == [
        ("/verifiableCredential/0", "integrity", "failed", "PROOF-SIGNATURE"),
        ("/verifiableCredential/1", "status", "failed", "DATE-EXPIRED"),
        ("/verifiableCredential/2", "integrity", "passed", None),
    ]
    assert (report.verdicts["integrity"], report.verdicts["status"]) == ("failed", "failed")


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
    for form in ("vc-jwt", "vc+jwt"):
        found = codes(judged(badge(proof=form)))
        assert {"PRESENTATION-TYPE", "PRESENTATION-CHALLENGE", "PRESENTATION-EMPTY"} <= found


def test_an_unsigned_presentation_is_refused() -> None:
    assert codes(judged(presentation())) == {"PROOF-MISSING"}


@pytest.mark.parametrize("form", FORMS)
def test_without_a_challenge_it_stays_open_for_whom_it_was_made(form: str) -> None:
    """A copy of what somebody showed to another verifier is a perfect presentation otherwise."""
    report = verify(FORMS[form](presentation()), now=LATER)
    assert (report.outcome, report.holder) == ("undetermined", DID)
    assert open_or_failed(report) == {"PRESENTATION-NOT-ASKED": "undetermined"}
    assert report.contained[0].accepted


@pytest.mark.parametrize(
    "options",
    [
        {"challenge": ""},
        {"domain": ""},
        {"domain": None},
        {"challenge": None},
        {"challenge": None, "domain": None, "holder": DID},
        {"now": datetime(2026, 1, 1)},  # noqa: DTZ001  # that is the point
    ],
)
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
    assert (report.format, codes(report)) == ("jwt", set())
    assert outcomes(report)["SD-JWT-KB-MISSING"] == "passed"
    report = judged(bound_badge(), holder=DID)
    assert (report.accepted, report.verdicts["recipient"]) == (True, "passed")


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
    assert codes(judged(bound_badge(SigningKey.generate("P-256")))) == {"SD-JWT-KB-SIGNATURE"}
    assert codes(judged(bound_badge(), holder="did:example:bob")) == {"PRESENTATION-OTHER-HOLDER"}


def test_a_key_that_another_issuer_bound_proves_nothing() -> None:
    document: JsonObject = {name: value for name, value in BADGE.items() if name != "proof"}
    method = KEY.public_key.verification_method
    forged = sign_vc_sd_jwt(document, OTHER_KEY, kid=method, disclosable=(), holder=OTHER_KEY.public_key)
    data = bind(forged, OTHER_KEY, nonce=CHALLENGE, audience=DOMAIN, issued=LATER).encode()
    report = judged(data)
    assert (report.accepted, codes(report)) == (False, {"PROOF-SIGNATURE"})
    assert outcomes(report)["SD-JWT-KB-MISSING"] == "passed"


def test_a_token_for_a_verifier_is_a_badge_for_who_asks_nobody() -> None:
    assert verify(bound_badge(), now=LATER).accepted


# Whose key it is: listed for authentication, and in force now

WEB = "did:web:ada.example"
WEB_URL = "https://ada.example/.well-known/did.json"


def web_document(**changes: JsonValue) -> JsonObject:
    method: JsonObject = {
        "id": f"{WEB}#key-1",
        "type": "Multikey",
        "controller": WEB,
        "publicKeyMultibase": HOLDER.public_key.multibase,
    }
    usual: JsonObject = {
        "id": WEB,
        "verificationMethod": [method],
        "assertionMethod": [f"{WEB}#key-1"],
        "authentication": [f"{WEB}#key-1"],
    }
    return {name: value for name, value in {**usual, **changes}.items() if value is not None}


def shown_by_web(form: str, document: JsonObject, method: str = f"{WEB}#key-1") -> VerificationReport:
    own = parse_json_object(badge(WEB))
    shown = presentation(own, holder=WEB)
    data = (
        embedded(shown, verification_method=method) if form == "proof" else token(shown, HOLDER, kid=method)
    )
    return judged(data, documents={WEB_URL: dump_json(document)})


@pytest.mark.parametrize("form", FORMS)
def test_the_holders_document_lists_the_key_for_authentication(form: str) -> None:
    report = shown_by_web(form, web_document())
    assert report.accepted, str(report)
    assert report.key is not None
    assert report.key.shown_by == "document"
    assert shown_by_web(form, web_document(assertionMethod=None)).accepted


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("listed", [None, [], [f"{WEB}#other"]])
def test_a_key_for_assertions_alone_does_not_show_who_one_is(form: str, listed: JsonValue) -> None:
    """Whoever signs badges in an organisation's name may not log in in its name too."""
    report = shown_by_web(form, web_document(authentication=listed))
    assert codes(report) == {"METHOD-PURPOSE"}
    found = next(one for one in report.findings if one.code == "METHOD-PURPOSE")
    assert "not under authentication" in found.message()


def test_a_key_for_authentication_alone_does_not_sign_badges() -> None:
    method = f"{WEB}#key-1"
    signed = Issuer(id=WEB, name="Ada", signer=HOLDER, verification_method=method).issue(
        achievement(), Recipient(id=DID), now=NOW
    )
    for document, code in (
        (web_document(assertionMethod=None), {"METHOD-PURPOSE"}),
        (web_document(authentication=None), set()),
    ):
        report = verify(signed.data, now=LATER, documents={WEB_URL: dump_json(document)})
        assert codes(report) == code


def test_a_key_may_stand_in_the_list_itself() -> None:
    methods = web_document()["verificationMethod"]
    document = web_document(verificationMethod=None, authentication=methods)
    assert shown_by_web("proof", document).accepted


@pytest.mark.parametrize(
    ("ends", "code"),
    [
        ({"expires": "2026-03-15T00:00:00Z"}, "PROOF-KEY-EXPIRED"),
        ({"revoked": "2026-03-15T00:00:00Z"}, "PROOF-KEY-REVOKED"),
        ({"expires": "2027-03-15T00:00:00Z"}, None),
    ],
    ids=str,
)
@pytest.mark.parametrize("form", FORMS)
def test_a_key_that_is_out_of_use_shows_nothing_whatever_the_date(
    form: str, ends: Mapping[str, str], code: str | None
) -> None:
    """The challenge was given just now, so a proof that calls itself older was dated back."""
    method = web_document()["verificationMethod"]
    assert isinstance(method, list)
    assert isinstance(method[0], dict)
    documents = {WEB_URL: dump_json(web_document(verificationMethod=[{**method[0], **ends}]))}
    shown, kid = presentation(parse_json_object(badge(WEB)), holder=WEB), f"{WEB}#key-1"
    data = (
        embedded(shown, verification_method=kid, created=NOW)
        if form == "proof"
        else token(shown, HOLDER, kid=kid, issued=NOW)
    )
    assert codes(judged(data, documents=documents)) == ({code} if code else set())


@pytest.mark.parametrize("listed", [True, False])
def test_a_stolen_key_that_its_owner_vouches_for_shows_nothing_either(*, listed: bool) -> None:
    """A list of what a key signed is about badges; who shows something does so now."""
    method = web_document()["verificationMethod"]
    assert isinstance(method, list)
    assert isinstance(method[0], dict)
    service: JsonObject = {"type": "CompromisedKeyList", "serviceEndpoint": "https://ada.example/list"}
    stolen: JsonObject = {**method[0], "revoked": "2026-01-01T00:00:00Z"}
    named: list[JsonValue] = [f"{WEB}#key-1"] if listed else []
    document = web_document(verificationMethod=[stolen], authentication=named, service=service)
    expected = {"PROOF-KEY-REVOKED"} if listed else {"METHOD-PURPOSE"}
    assert codes(shown_by_web("proof", document)) == expected
