"""Every Data Integrity suite held against Digital Bazaar's: each verifies what the other signed.

Around each kind of document: a badge, an endorsement, and the status list in which the badge stands. Whatever
is changed afterwards is refused by both.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta

import pytest

from changed_proofs import EMBEDDED, Strangers
from digital_bazaar import REFUSALS, DigitalBazaar, Verdict
from issued_badges import EMAIL, achievement, did_issuer
from openbadge_issuer import Recipient, StatusList, VerificationReport, verify
from openbadge_issuer.assertions.json_text import JsonObject, dump_json, parse_json_object
from openbadge_issuer.issuing import Issuer
from openbadge_issuer.signing.cryptosuite import CRYPTOSUITES
from openbadge_issuer.signing.public_key import KeyKind
from openbadge_issuer.signing.sealing import PROOF_FORMATS, ProofFormat
from openbadge_issuer.signing.signing_key import SigningKey
from openbadge_issuer.status import StatusEntry

NOW = datetime(2025, 1, 15, 12, tzinfo=UTC)
LATER = NOW + timedelta(days=30)
FOR_EVER = timedelta(days=36_500)  # the other implementation takes the machine's time for status lists
URL = "https://badges.example/status/1"
INDEX = 94_567
ROWS = [
    pytest.param(proof, kind, id=f"{proof}, {kind}")
    for proof in PROOF_FORMATS
    if proof in CRYPTOSUITES and proof != "ecdsa-sd-2023"
    for kind in CRYPTOSUITES[proof].kinds
]


@dataclass(frozen=True)
class Signed:
    """What one issuer signed: a badge in a status list, the list, and an endorsement."""

    badge: JsonObject
    endorsement: JsonObject
    status_list: JsonObject

    @property
    def documents(self) -> tuple[JsonObject, JsonObject, JsonObject]:
        """All of it, in the order of the attributes."""
        return self.badge, self.endorsement, self.status_list

    def verify_here(self) -> VerificationReport:
        """Verify the badge with its list."""
        return verify(self.badge, now=LATER, documents={URL: dump_json(self.status_list)})

    def verify_there(self, there: DigitalBazaar) -> Verdict:
        """Let the other implementation do the same."""
        return there.verify(self.badge, now=LATER, documents={URL: self.status_list})


def signed_here(proof: ProofFormat, kind: KeyKind, *, revoked: bool = False) -> Signed:
    key = SigningKey.generate(kind)
    issuer = did_issuer(key)
    bits = StatusList.create(URL, issuer={"id": key.did_key, "name": "Breakthrough"})
    if revoked:
        bits.set_all([INDEX])
    listed = bits.sign(key, now=NOW, valid_for=FOR_EVER, proof=proof)
    return Signed(
        badge=badge_of(issuer, proof),
        endorsement=parse_json_object(issuer.endorse("urn:uuid:1", "Well done.", proof=proof, now=NOW).data),
        status_list=parse_json_object(listed),
    )


def badge_of(issuer: Issuer, proof: ProofFormat) -> JsonObject:
    status = StatusEntry.at(URL, index=INDEX, purpose="revocation")
    issued = issuer.issue(achievement(), Recipient(email=EMAIL), status=status, proof=proof, now=NOW)
    return parse_json_object(issued.data)


def signed_there(there: DigitalBazaar, proof: ProofFormat, kind: KeyKind, *, revoked: bool = False) -> Signed:
    plain = signed_here(proof, kind)
    made = there.status_list(URL, [INDEX] if revoked else [])
    named = ("@context", "issuer", "validFrom", "validUntil")
    listed = {**made, **{name: plain.status_list[name] for name in named}}
    badge, endorsement, status_list = (
        there.sign(document, now=NOW, suite=proof, kind=kind)
        for document in replace(plain, status_list=listed).documents
    )
    return Signed(badge, endorsement, status_list)


def check_alike(there: DigitalBazaar, signed: Signed, kind: KeyKind) -> None:
    """Both accept what was signed, and neither accepts any changed form of it."""
    report = signed.verify_here()
    assert report.accepted, report
    assert signed.verify_there(there) == Verdict(verified=True, statuses=(False,))
    report = verify(signed.endorsement, now=LATER)
    assert report.accepted, report
    assert there.verify(signed.endorsement, now=LATER) == Verdict(verified=True)

    for name, change in EMBEDDED.items():
        changed = Signed(*(change(document, Strangers.to(kind)) for document in signed.documents))
        for other in (replace(signed, badge=changed.badge), replace(signed, status_list=changed.status_list)):
            assert not other.verify_here().accepted, name
            check_refused(other.verify_there(there), name)
        assert not verify(changed.endorsement, now=LATER).accepted, name
        check_refused(there.verify(changed.endorsement, now=LATER), name)


def check_refused(verdict: Verdict, name: str) -> None:
    """See that a credential is refused there for its proof, not because something was not at hand."""
    assert not verdict.verified, name
    assert verdict.problems[-1].startswith(REFUSALS), (name, verdict)


@pytest.mark.parametrize(("proof", "kind"), ROWS)
def test_what_is_signed_here_verifies_there_until_it_is_changed(
    there: DigitalBazaar, proof: ProofFormat, kind: KeyKind
) -> None:
    check_alike(there, signed_here(proof, kind), kind)


@pytest.mark.parametrize(("proof", "kind"), ROWS)
def test_what_is_signed_there_verifies_here_until_it_is_changed(
    there: DigitalBazaar, proof: ProofFormat, kind: KeyKind
) -> None:
    check_alike(there, signed_there(there, proof, kind), kind)


@pytest.mark.parametrize(("proof", "kind"), ROWS)
def test_a_revocation_is_seen_on_both_sides(there: DigitalBazaar, proof: ProofFormat, kind: KeyKind) -> None:
    for signed in (signed_here(proof, kind, revoked=True), signed_there(there, proof, kind, revoked=True)):
        assert signed.verify_here().verdicts["status"] == "failed"
        assert signed.verify_there(there) == Verdict(verified=True, statuses=(True,))
