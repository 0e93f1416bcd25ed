"""From a decision to a badge that others accept: real documents, real signatures, a real status list."""

from __future__ import annotations

import pytest

from issued_badges import EMAIL, KEY, achievement, did_issuer, fixed_bytes
from openbadge_issuer.assertions.json_text import JsonObject, dump_json, parse_json_object
from openbadge_issuer.issuing import Award as Issue
from openbadge_issuer.issuing import Issuer, Recipient
from openbadge_issuer.policy.award_events import CredentialSigned, StatusPlace
from openbadge_issuer.policy.awarding import Award
from openbadge_issuer.policy.event import Event
from openbadge_issuer.policy.granting import Draft
from openbadge_issuer.policy.signed_copy import SignedCopy
from openbadge_issuer.signing.sealing import ProofFormat, seal
from openbadge_issuer.signing.signing_key import SigningKey
from openbadge_issuer.status import StatusList
from openbadge_issuer.verification import verify
from procedures import BADGE, LIST, actor, assess_all, opened, refused

P256 = SigningKey.generate("P-256")
RSA = SigningKey.generate("RSA")
PROOFS: list[tuple[ProofFormat, SigningKey]] = [
    ("eddsa-rdfc-2022", KEY),
    ("eddsa-jcs-2022", KEY),
    ("Ed25519Signature2020", KEY),
    ("ecdsa-rdfc-2019", P256),
    ("ecdsa-sd-2023", P256),
    ("vc-jwt", P256),
    ("vc+jwt", KEY),
]


def _documents(proof: ProofFormat, key: SigningKey) -> tuple[tuple[Event, ...], JsonObject]:
    """A decided award, and the document that it carries."""
    events = assess_all(opened(), actor("ada"))
    award, ben = Award.of(events), actor("ben")
    terms = award.terms(ben, BADGE)
    revocations = StatusList.create(LIST, issuer=key.did_key)
    made = did_issuer(key).issue_award(
        Issue(
            achievement=achievement(),
            recipient=Recipient(email=EMAIL),
            id="urn:uuid:1",
            awarded_date=terms.awarded,
            valid_until=terms.valid_until,
            status=revocations.entry(42),
            proof=proof,
        ),
        now=terms.awarded,
        rng=fixed_bytes,
    )
    document = made.credential.to_json()
    place = StatusPlace(purpose="revocation", list=LIST, index=42)
    granted = award.grant(ben, BADGE, drafts=(Draft("3.0", proof, document),), status=(place,), language="en")
    return (*events, *granted), document


@pytest.mark.parametrize(("proof", "key"), PROOFS, ids=[proof for proof, _ in PROOFS])
def test_what_the_decision_carries_is_signed_and_accepted(proof: ProofFormat, key: SigningKey) -> None:
    events, document = _documents(proof, key)
    ((draft, carried),) = Award.of(events).to_sign()
    assert carried == document
    method = f"{key.did_key}#{key.did_key.removeprefix('did:key:')}"
    ben = actor("ben", days=1)
    signed = seal(carried, key, verification_method=method, proof=proof, moment=ben.now)
    copy = SignedCopy(draft.version, signed.decode(), key.public_key.thumbprint)
    (event,) = Award.of(events).sign(ben, [copy])
    assert isinstance(event, CredentialSigned)
    report = verify((event.signed or "").encode(), now=ben.now, require=("integrity",))
    assert report, report
    other = seal({**carried, "name": "Another"}, key, verification_method=method, proof=proof, moment=ben.now)
    with refused("AWARD-SIGNED-OTHER"):
        Award.of(events).sign(ben, [SignedCopy("3.0", other.decode(), "key")])


@pytest.mark.parametrize("proof", ["hosted", "jws"])
def test_a_badge_of_version_2_goes_the_same_way(proof: str) -> None:
    events = assess_all(opened(), actor("ada"))
    award, ben = Award.of(events), actor("ben")
    terms = award.terms(ben, BADGE)
    key = RSA if proof == "jws" else KEY
    issuer = Issuer(
        id="https://badges.example/issuer",
        name="Breakthrough",
        signer=key,
        verification_method="https://badges.example/key",
        url="https://badges.example/",
        email="badges@badges.example",
    )
    made = issuer.issue_award(
        Issue(
            achievement=achievement(image={"id": "https://badges.example/picture.png", "type": "Image"}),
            recipient=Recipient(email=EMAIL),
            awarded_date=terms.awarded,
            valid_until=terms.valid_until,
            proof="hosted" if proof == "hosted" else "jws",
            version="2.0",
        ),
        now=terms.awarded,
        rng=fixed_bytes,
    )
    document = made.credential.to_json()
    granted = award.grant(ben, BADGE, drafts=(Draft("2.0", proof, document),), language="en")
    award = Award.of((*events, *granted))
    (event,) = award.sign(actor("ben", days=1), [SignedCopy("2.0", made.data.decode(), None)])
    assert isinstance(event, CredentialSigned)
    changed = dump_json({**parse_json_object(dump_json(document)), "expires": "2099-01-01T00:00:00Z"})
    with refused("AWARD-SIGNED-OTHER"):
        award.sign(actor("ben", days=1), [SignedCopy("2.0", changed.decode(), None)])
