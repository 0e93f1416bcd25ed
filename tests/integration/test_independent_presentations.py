"""Presentations held against the libraries of Digital Bazaar: each verifies what the other's holder shows."""

from __future__ import annotations

import pytest

from changed_proofs import EMBEDDED, Strangers
from digital_bazaar import FINE, DigitalBazaar
from issued_badges import LATER, NOW, achievement, did_issuer
from openbadge_issuer import Recipient, verify
from openbadge_issuer.assertions.json_text import JsonObject, parse_json_object
from openbadge_issuer.signing.cryptosuite import CRYPTOSUITES, add_proof
from openbadge_issuer.signing.data_integrity import ProofOptions
from openbadge_issuer.signing.public_key import KeyKind
from openbadge_issuer.signing.signing_key import SigningKey

CHALLENGE, DOMAIN = "b3-42", "verifier.example"
ROWS = [
    (name, kind)
    for name in ("eddsa-rdfc-2022", "eddsa-jcs-2022", "ecdsa-rdfc-2019", "ecdsa-jcs-2019")
    for kind in CRYPTOSUITES[name].kinds
]
OF_THE_PROOF = (
    "signature changed", "signature cut short", "time of signing changed", "suite changed", "suite unknown",
    "key changed", "key of another kind", "proof left out",
)  # fmt: skip


def badge(holder: str) -> JsonObject:
    issued = did_issuer().issue(achievement(), Recipient(id=holder), now=NOW)
    return parse_json_object(issued.data)


def shown_here(suite: str, kind: KeyKind) -> JsonObject:
    key = SigningKey.generate(kind)
    document: JsonObject = {
        "@context": ["https://www.w3.org/ns/credentials/v2"],
        "type": ["VerifiablePresentation"],
        "holder": key.did_key,
        "verifiableCredential": [badge(key.did_key)],
    }
    options = ProofOptions(
        verification_method=key.public_key.verification_method,
        created=LATER,
        purpose="authentication",
        challenge=CHALLENGE,
        domain=DOMAIN,
    )
    return add_proof(document, key, options, suite=CRYPTOSUITES[suite])


def shown_there(there: DigitalBazaar, suite: str, kind: KeyKind) -> JsonObject:
    shown = badge(there.holder(kind))
    return there.present(shown, suite=suite, kind=kind, now=LATER, challenge=CHALLENGE, domain=DOMAIN)


def accepted(
    there: DigitalBazaar, presentation: JsonObject, *, challenge: str = CHALLENGE, domain: str = DOMAIN
) -> tuple[bool, bool]:
    """Tell whether a presentation is accepted here, and there."""
    here = verify(presentation, challenge=challenge, domain=domain, now=LATER)
    verdict = there.verify_presentation(presentation, now=LATER, challenge=challenge, domain=domain)
    assert verdict.verified == (verdict == FINE)
    return here.accepted, verdict.verified


@pytest.mark.parametrize("side", ["here", "there"])
@pytest.mark.parametrize(("suite", "kind"), ROWS)
def test_a_presentation_is_for_one_challenge_and_verifier_and_as_it_was_signed(
    there: DigitalBazaar, suite: str, kind: KeyKind, side: str
) -> None:
    shown = shown_here(suite, kind) if side == "here" else shown_there(there, suite, kind)
    assert accepted(there, shown) == (True, True)
    assert accepted(there, shown, challenge="b3-43") == (False, False)
    assert accepted(there, shown, domain="other.example") == (False, False)
    assert accepted(there, {**shown, "holder": did_issuer().profile.id}) == (False, False)
    for name in OF_THE_PROOF:
        changed = EMBEDDED[name](shown, Strangers.to(kind))
        assert accepted(there, changed) == (False, False), name
