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
FOLDERS = ("files/ob30/", "files/clr20/")
CASES = {case["file"]: case for case in _EXPECTED.get("cases", ()) if case["file"].startswith(FOLDERS)}

DIFFERENCES: dict[str, tuple[str, str]] = {
    "ob30/simple-jwt_v1.png": (
        "JWT-SUB-MISSING",
        "the subject has an id, so the specification requires `sub`",
    ),
    "ob30/simple-jwt.svg": ("JWT-SUB-MISSING", "the same; the reference validator compares no claims"),
}
"""Valid or warned there, not accepted here: the code that says so, and why. Rows of docs/conformance.md."""

PROBES = {
    "TypePropertyProbe": {"MODEL-TYPE"},
    "JsonSchemaProbe": {"MODEL-REQUIRED"},
    "CredentialSubjectProbe": {"MODEL-TYPE"},
    "IssuerProbe": {"MODEL-TYPE", "MODEL-ENUM"},
    "EmbeddedProofProbe": {"PROOF-SIGNATURE", "DOCUMENTS-MISSING", "DID-METHOD"},
    "ExpirationProbe": {"DATE-EXPIRED"},
    "BitstringStatusListProbe": {"STATUS-REVOKED"},
    "CredentialParseProbe": {"REFRESH-FAILED"},
    # The schema that answered 404 there is bundled here; what is missing here is the status list.
    "InlineJsonSchemaProbe": {"DOCUMENTS-MISSING"},
}
"""The rules that stand here for the probes of the reference validator."""


def judged(name: str) -> VerificationReport:
    """Verify a file of the corpus with the documents that it comes with."""
    assert _CORPUS is not None
    hosted = _EXPECTED["otherHostedDocuments"].items()
    documents = {url: (_CORPUS / path).read_bytes() for url, path in hosted}
    return verify((_CORPUS / name).read_bytes(), now=NOW, documents=documents, unsafe_claimed_keys=True)


def _named(*verdicts: str) -> list[str]:
    return [name for name, case in CASES.items() if case["verdict"] in verdicts]


def _short(name: str) -> str:
    return name.removeprefix("files/")


def _troubled(report: VerificationReport) -> set[str]:
    """The codes of what was found wrong, without what everyone hears who takes claims and names no issuer."""
    wrong = {found.code for found in report.findings if found.outcome != "passed"}
    return wrong - {"PROOF-KEY-CLAIMED", "TRUST-NOT-ASKED"}


@pytest.mark.parametrize("name", _named("valid"), ids=_short)
def test_what_is_valid_there_is_accepted_here_without_a_remark(name: str) -> None:
    report = judged(name)
    if _short(name) in DIFFERENCES:
        assert not report
        assert _troubled(report) == {DIFFERENCES[_short(name)][0]}
    else:
        assert report, report
        assert not _troubled(report)


@pytest.mark.parametrize("name", _named("warning"), ids=_short)
def test_what_is_warned_of_there_is_accepted_here_with_a_remark(name: str) -> None:
    report = judged(name)
    assert {"OB3-VCDM-1", "OB3-CONTEXT-OLD"} <= _troubled(report)
    if _short(name) in DIFFERENCES:
        assert not report
        assert DIFFERENCES[_short(name)][0] in _troubled(report)
    else:
        assert report, report


@pytest.mark.parametrize("name", _named("invalid"), ids=_short)
def test_what_is_invalid_there_is_not_accepted_and_for_the_same_reason(name: str) -> None:
    report = judged(name)
    assert not report
    for probe in CASES[name]["failingChecks"]:
        assert PROBES[probe] & _troubled(report), (probe, _troubled(report))


@pytest.mark.parametrize("name", _named("valid"), ids=_short)
def test_without_taking_claims_no_badge_of_the_corpus_is_accepted(name: str) -> None:
    assert _CORPUS is not None
    assert not verify((_CORPUS / name).read_bytes(), now=NOW)


def test_the_tables_name_files_and_probes_of_the_corpus_only(conformance: Path) -> None:
    assert conformance == _ROOT
    assert DIFFERENCES.keys() <= {_short(name) for name in CASES}
    probes = {probe for name in _named("invalid") for probe in CASES[name]["failingChecks"]}
    assert PROBES.keys() == probes
