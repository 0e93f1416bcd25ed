"""Every proof with every kind of key that it takes: issued, verified, changed, and then not verified."""

from __future__ import annotations

from datetime import timedelta

import pytest

from issued_badges import EMAIL, LATER, NOW, achievement
from openbadge_issuer.assertions.json_text import dump_json, parse_json_object
from openbadge_issuer.issuing import Issuer, Recipient
from openbadge_issuer.signing.cryptosuite import CRYPTOSUITES
from openbadge_issuer.signing.ecdsa_sd_2023 import ECDSA_SD_2023
from openbadge_issuer.signing.public_key import KeyKind
from openbadge_issuer.signing.sealing import PROOF_FORMATS, ProofFormat
from openbadge_issuer.signing.signing_key import SigningKey
from openbadge_issuer.status import StatusEntry, StatusList
from openbadge_issuer.verification import verify

KEYS: dict[KeyKind, SigningKey] = {
    "Ed25519": SigningKey.generate("Ed25519"),
    "P-256": SigningKey.generate("P-256"),
    "P-384": SigningKey.generate("P-384"),
    "RSA": SigningKey.generate("RSA", rsa_bits=2048),
}
URL = "https://badges.example/status/1"


def kinds_of(proof: ProofFormat) -> tuple[KeyKind, ...]:
    return tuple(KEYS) if proof in ("vc-jwt", "vc+jwt") else CRYPTOSUITES[proof].kinds


MATRIX = [
    pytest.param(proof, KEYS[kind], id=f"{proof}, {kind}")
    for proof in PROOF_FORMATS
    for kind in kinds_of(proof)
]


def issuer_with(key: SigningKey) -> Issuer:
    return Issuer(id=key.did_key, name="Breakthrough", signer=key)


def shown(data: bytes, proof: ProofFormat) -> bytes:
    """Let the holder disclose everything where the issuer's proof is for the holder only."""
    if proof != "ecdsa-sd-2023":
        return data
    return dump_json(
        ECDSA_SD_2023.derive(parse_json_object(data), ["/credentialSubject", "/issuer", "/name"])
    )


def changed(data: bytes) -> bytes:
    """Change one letter under the signature."""
    if data.startswith(b"{"):
        return data.replace(b"Breakthrough", b"Breakthrougj", 1)
    header, payload, signature = data.split(b".")
    middle = len(payload) // 2
    letter = b"A" if payload[middle : middle + 1] != b"A" else b"B"
    return b".".join((header, payload[:middle] + letter + payload[middle + 1 :], signature))


@pytest.mark.parametrize(("proof", "key"), MATRIX)
def test_a_badge_verifies_until_it_is_changed(proof: ProofFormat, key: SigningKey) -> None:
    issued = issuer_with(key).issue(achievement(), Recipient(email=EMAIL), proof=proof, now=NOW)
    data = shown(issued.data, proof)
    report = verify(data, now=LATER)
    assert report.accepted, report
    assert not verify(changed(data), now=LATER).accepted


@pytest.mark.parametrize(("proof", "key"), MATRIX)
def test_an_endorsement_verifies_until_it_is_changed(proof: ProofFormat, key: SigningKey) -> None:
    data = shown(issuer_with(key).endorse("urn:uuid:1", "Well done.", proof=proof, now=NOW).data, proof)
    report = verify(data, now=LATER)
    assert report.accepted, report
    assert not verify(changed(data), now=LATER).accepted


@pytest.mark.parametrize(("proof", "key"), [row for row in MATRIX if "ecdsa-sd" not in str(row.id)])
def test_a_status_list_is_believed_until_it_is_changed(proof: ProofFormat, key: SigningKey) -> None:
    entry = StatusEntry.at(URL, index=7, purpose="revocation")
    badge = issuer_with(key).issue(achievement(), Recipient(email=EMAIL), status=entry, now=NOW)
    listed = StatusList.create(URL, issuer={"id": key.did_key, "name": "Breakthrough"})
    data = listed.sign(
        key,
        verification_method=issuer_with(key).verification_method,
        now=NOW,
        valid_for=timedelta(days=90),
        proof=proof,
    )
    report = verify(badge.data, now=LATER, documents={URL: data})
    assert report.accepted, report
    spoilt = verify(badge.data, now=LATER, documents={URL: changed(data)})
    assert spoilt.verdicts["status"] == "undetermined"


def test_the_holder_can_verify_the_base_proof_before_disclosing_from_it() -> None:
    issued = issuer_with(KEYS["P-256"]).issue(
        achievement(), Recipient(email=EMAIL), proof="ecdsa-sd-2023", now=NOW
    )
    assert verify(issued.data, now=LATER).accepted
    assert not verify(changed(issued.data), now=LATER).accepted
