"""A pinned key verifies where the named one cannot be had, and no other key does."""

from __future__ import annotations

import pytest

from issued_badges import KEY, LATER, OTHER_KEY, https_badge
from openbadge_issuer.signing.public_key import PublicKey
from openbadge_issuer.signing.sealing import ProofFormat
from openbadge_issuer.verification import TrustedIssuer, TrustPolicy, VerificationReport, verify

FORMS: tuple[ProofFormat, ...] = ("eddsa-rdfc-2022", "vc-jwt")
ISSUER = "did:web:badges.example"


def report(proof: ProofFormat, *keys: PublicKey, issuer: str = ISSUER) -> VerificationReport:
    signed = https_badge(ISSUER, f"{ISSUER}#key-1", proof=proof)
    return verify(signed.data, now=LATER, trust=TrustPolicy((TrustedIssuer(issuer, keys),)))


@pytest.mark.parametrize("proof", FORMS)
def test_a_pinned_key_verifies_offline(proof: ProofFormat) -> None:
    found = report(proof, KEY.public_key)
    assert found.accepted, found
    assert found.key is not None
    assert found.key.shown_by == "trust"


@pytest.mark.parametrize("proof", FORMS)
def test_the_fitting_one_of_several_pinned_keys_is_found(proof: ProofFormat) -> None:
    assert report(proof, OTHER_KEY.public_key, KEY.public_key).accepted


@pytest.mark.parametrize("proof", FORMS)
def test_another_pinned_key_does_not_verify(proof: ProofFormat) -> None:
    found = report(proof, OTHER_KEY.public_key)
    assert found.verdicts["integrity"] == "failed"


@pytest.mark.parametrize("proof", FORMS)
def test_a_key_pinned_for_somebody_else_does_not_help(proof: ProofFormat) -> None:
    found = report(proof, KEY.public_key, issuer="did:web:other.example")
    assert found.verdicts["integrity"] == "undetermined"
