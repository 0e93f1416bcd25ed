"""Presentations: any input gets an answer, and a changed letter is never accepted."""

from __future__ import annotations

from datetime import timedelta

from hypothesis import assume, given
from hypothesis import strategies as st

from issued_badges import KEY, LATER, NOW, achievement, did_issuer
from openbadge_issuer.assertions.json_text import JsonObject, dump_json, parse_json_object
from openbadge_issuer.issuing import Recipient
from openbadge_issuer.signing.cryptosuite import add_proof
from openbadge_issuer.signing.data_integrity import ProofOptions
from openbadge_issuer.signing.sd_jwt_making import bind
from openbadge_issuer.signing.sd_jwt_vc import sign_vc_sd_jwt
from openbadge_issuer.signing.vc_jose_cose import sign_vp_jose
from openbadge_issuer.verification import VerificationReport, verify
from strategies import json_objects

DID, METHOD = KEY.did_key, KEY.public_key.verification_method
BADGE = parse_json_object(did_issuer().issue(achievement(), Recipient(id=DID), now=NOW).data)
SHOWN: JsonObject = {
    "@context": ["https://www.w3.org/ns/credentials/v2"],
    "type": ["VerifiablePresentation"],
    "holder": DID,
    "verifiableCredential": [BADGE],
}
OPTIONS = ProofOptions(
    verification_method=METHOD, created=LATER, purpose="authentication", challenge="c", domain="d"
)
UNSIGNED: JsonObject = {name: value for name, value in BADGE.items() if name != "proof"}
BOUND = sign_vc_sd_jwt(UNSIGNED, KEY, kid=METHOD, disclosable=["/name"], holder=KEY.public_key)
FORMS = (
    dump_json(add_proof(SHOWN, KEY, OPTIONS)).decode(),
    sign_vp_jose(SHOWN, KEY, kid=METHOD, challenge="c", audience="d", issued=LATER),
    bind(BOUND, KEY, nonce="c", audience="d", issued=LATER),
)


def judged(data: bytes | str | JsonObject) -> VerificationReport:
    return verify(data, challenge="c", domain="d", now=LATER, clock_skew=timedelta(0))


def test_they_are_accepted_unchanged() -> None:
    assert all(judged(form) for form in FORMS)


@given(st.sampled_from(FORMS), st.data())
def test_a_changed_letter_is_never_accepted(form: str, data: st.DataObject) -> None:
    at = data.draw(st.integers(0, len(form) - 1))
    letter = data.draw(st.sampled_from('Az0-_~.é"}'))
    assume(form[at] != letter)
    assert not judged(form[:at] + letter + form[at + 1 :]).accepted


@given(st.binary(max_size=60) | st.text("eyJ0.~-_={}", max_size=40))
def test_any_bytes_get_an_answer(data: bytes | str) -> None:
    assert judged(data).outcome == "failed"


@given(json_objects, st.sampled_from(sorted(SHOWN)))
def test_any_document_gets_an_answer(members: JsonObject, kept: str) -> None:
    assert not judged({**members, kept: SHOWN[kept]}).accepted
    assert not judged({**SHOWN, **members}).accepted
