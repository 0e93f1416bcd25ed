"""The published signed examples, each with the verdict that it deserves here, and why."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from issued_badges import open_or_failed
from openbadge_issuer.verification import verify

NOW = datetime(2026, 1, 1, tzinfo=UTC)
SIGNED = "examples/ob-v3p0/signed"
GUIDE = "examples/ob-v3p0/impl/linked-data-proof-ob/06-signed-credential.json"

EXAMPLES: list[tuple[str, dict[str, str], str]] = [
    (
        "v1--dataIntegrityProof--didKey--legacyRegistry-noStatus-noExpiry-OBSpecExample.json",
        {"OB3-VCDM-1": "failed"},
        "passed",
    ),
    ("v2--dataIntegrityProof--didKey--legacyRegistry-noStatus-noExpiry-OBSpecExample.json", {}, "passed"),
    ("v2--bothSignatureTypes--didkey--legacy-noStatus-noExpiry.json", {}, "passed"),
    ("v2--ed25519--didKey--legacy-noStatus-noExpiry.json", {}, "passed"),
]


@pytest.mark.parametrize(("name", "found", "integrity"), EXAMPLES, ids=[name[:24] for name, _, _ in EXAMPLES])
def test_each_signed_example_gets_the_verdict_that_it_deserves(
    conformance: Path, name: str, found: dict[str, str], integrity: str
) -> None:
    report = verify((conformance / SIGNED / name).read_bytes(), now=NOW)
    assert open_or_failed(report) == found
    assert report.verdicts["integrity"] == integrity
    assert report.accepted == (integrity == "passed")


def test_no_signed_example_is_passed_over(conformance: Path) -> None:
    assert {path.name for path in (conformance / SIGNED).glob("v*.json")} == {name for name, _, _ in EXAMPLES}


def test_the_implementation_guides_badge_verifies_only_where_its_claim_to_the_key_is_taken(
    conformance: Path,
) -> None:
    data = (conformance / GUIDE).read_bytes()
    claimed = verify(data, now=NOW, unsafe_claimed_keys=True)
    assert claimed
    assert open_or_failed(claimed) == {"PROOF-KEY-CLAIMED": "failed"}
    plain = verify(data, now=NOW)
    assert not plain
    assert open_or_failed(plain) == {"PROOF-KEY-UNBOUND": "undetermined"}
