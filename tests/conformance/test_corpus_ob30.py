"""The test resources of the 1EdTech reference validator: nothing that it calls invalid is accepted here.

Keys are taken as claimed (`unsafe_claimed_keys`), as the reference validator does, and dates are judged on
the day NOW. Where the two verdicts differ, DIFFERENCES says why.
"""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from conformance_data import conformance_root
from openbadge_issuer.verification import VerificationReport, verify

NOW = datetime(2025, 6, 1, tzinfo=UTC)
_ROOT = conformance_root()
_CORPUS = _ROOT / "corpus-1edtech" if _ROOT else None
_EXPECTED: dict[str, Any] = json.loads((_CORPUS / "expected.json").read_text()) if _CORPUS else {}
CASES = {case["file"]: case for case in _EXPECTED.get("cases", ()) if case["file"].startswith("files/ob30/")}

DIFFERENCES: dict[str, tuple[str, str]] = {
    "simple_v1.json": ("PROOF-TYPE", "signed with Ed25519Signature2020 alone, which is not checked here yet"),
    "simple-jwt_v1.png": ("JWT-SUB-MISSING", "the subject has an id, so the specification requires `sub`"),
    "simple-jwt.svg": ("JWT-SUB-MISSING", "the same; the reference validator compares no claims"),
    "bit-string-list/testlist": ("MODEL-TYPE", "a status list is no badge; as a list it is read below"),
    "sd/derivedcredential.json": ("PROOF-CRYPTOSUITE", "ecdsa-sd-2023 is not checked here yet"),
}
"""Valid or warned there, not accepted here: the code that says so, and why."""

DECIDED_BY = {
    "simple-err-type.json": "MODEL-TYPE",
    "simple-err-proof-method.json": "DOCUMENTS-MISSING",
    "simple-err-proof-method-unknown-scheme.json": "DID-METHOD",
    "simple-err-proof-value.json": "PROOF-SIGNATURE",
    "simple-err-expired.json": "DATE-EXPIRED",
    "simple-err-issuer.json": "MODEL-REQUIRED",
    "simple-err-credential-subject-type.json": "MODEL-TYPE",
    "simple-err-credential-subject-result-type.json": "MODEL-TYPE",
    "simple-err-credential-subject-profile-type.json": "MODEL-TYPE",
    "simple-err-issuer-type.json": "MODEL-TYPE",
    "simple-err-issuer-otheridentifier-type.json": "MODEL-ENUM",
    "complete.json": "DOCUMENTS-MISSING",  # the reference validator misses a schema, we miss the status list
    "bit-string-list/credential-status-revoked.json": "STATUS-REVOKED",
    "endorsement-err-schema-status-refresh.json": "PROOF-TYPE",  # nor can its refresh service be reached
}
"""Invalid there, and the code that decides it here."""


def judged(name: str) -> VerificationReport:
    """Verify a file of the corpus with the documents that it comes with."""
    assert _CORPUS is not None
    hosted = _EXPECTED["otherHostedDocuments"].items()
    documents = {url: (_CORPUS / path).read_bytes() for url, path in hosted}
    return verify((_CORPUS / name).read_bytes(), now=NOW, documents=documents, unsafe_claimed_keys=True)


def _named(*verdicts: str) -> list[str]:
    return [name for name, case in CASES.items() if case["verdict"] in verdicts]


def _short(name: str) -> str:
    return name.removeprefix("files/ob30/")


@pytest.mark.parametrize("name", _named("valid", "warning", "unspecified"), ids=_short)
def test_what_the_reference_validator_accepts_is_accepted_or_listed_with_its_reason(name: str) -> None:
    report = judged(name)
    if _short(name) in DIFFERENCES:
        assert not report
        assert DIFFERENCES[_short(name)][0] in {found.code for found in report.findings}
    else:
        assert report, report


@pytest.mark.parametrize("name", _named("invalid"), ids=_short)
def test_what_the_reference_validator_refuses_is_not_accepted(name: str) -> None:
    report = judged(name)
    assert not report
    deciding = {
        found.code for found in report.findings if found.severity == "error" and found.outcome != "passed"
    }
    assert DECIDED_BY[_short(name)] in deciding


@pytest.mark.parametrize("name", _named("valid"), ids=_short)
def test_without_taking_claims_no_badge_of_the_corpus_is_accepted(name: str) -> None:
    assert _CORPUS is not None
    assert not verify((_CORPUS / name).read_bytes(), now=NOW)


def test_the_tables_name_files_of_the_corpus_only(conformance: Path) -> None:
    assert conformance == _ROOT
    names = {_short(name) for name in CASES}
    assert DIFFERENCES.keys() <= names
    assert DECIDED_BY.keys() == {_short(name) for name in _named("invalid")}
