"""The Open Badges 2.0 cases of the 1EdTech reference validator: what it calls invalid is not accepted here.

Its hosted documents are given along under the URLs that its tests redirect, and under the address that each
names as its own; so is every case, since a hosted badge is what stands at its address. DIFFERENCES says where
the two verdicts differ.
"""

from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import Any

import pytest

from conformance_data import conformance_root
from openbadge_issuer.verification import VerificationReport, validate, verify

NOW = datetime(2025, 6, 1, tzinfo=UTC)
_ROOT = conformance_root()
_CORPUS = _ROOT / "corpus-1edtech" if _ROOT else None
_EXPECTED: dict[str, Any] = json.loads((_CORPUS / "expected.json").read_text()) if _CORPUS else {}
CASES: dict[str, dict[str, Any]] = {
    case["file"].removeprefix("files/ob20/"): case
    for case in _EXPECTED.get("cases", ())
    if case["file"].startswith("files/ob20/")
}

NO_BADGES = {
    "assets/badgeclass1.json",
    "issuer-compact-iri-validation.json",
    "rdf-validation/valid-alignment-object.json",
}
"""Objects that are no badge: their form is found right, but there is nothing to accept."""

DIFFERENCES = {
    "rdf-validation/valid-badge-class.json": ("MODEL-REQUIRED", "it has no image, which 2.0 requires"),
    "rdf-validation/valid-badge-class-empty-criteria-type.json": ("MODEL-REQUIRED", "the same"),
    "badge-class-with-language.json": (
        "MODEL-REQUIRED",
        "the same; no test of the reference asserts its verdict",
    ),
}
"""Valid there, not here: the code that says so, and why."""

DECIDED_BY = {
    "basic-assertion-invalid-type.json": "OB2-TYPE",
    "simple-revoked.jwt": "STATUS-REVOKED",
    "assertion-with-data-image.json": "OB2-IMAGE-DATA",
    "rdf-validation/invalid-class.json": "OB2-TYPE",
    "rdf-validation/badge-class-invalid-issuer-type.json": "MODEL-TYPE",
    "basic-assertion-with-allowed-origins-invalid-starts-with.json": "OB2-SCOPE-START",
    "basic-assertion-expired.json": "DATE-EXPIRED",
    "basic-assertion-in-future.json": "DATE-NOT-YET",
}
"""Invalid there, and the code that decides it here."""

WARNED_BY = {"warning-with-redirection.json": "OB2-ID-OTHER"}


def documents(name: str) -> dict[str, bytes]:
    """Serve what the validator's tests serve; the case and what it leads to also at their own addresses."""
    assert _CORPUS is not None
    served: dict[str, bytes] = {}
    for path, urls in _EXPECTED["ob20HostedDocuments"]["documents"].items():
        served |= dict.fromkeys(urls, (_CORPUS / path).read_bytes())
    raw: bytes | None = (_CORPUS / "files/ob20" / name).read_bytes()
    while raw is not None and raw.startswith(b"{"):
        document = json.loads(raw)
        served.setdefault(document["id"], raw)
        link = document.get("badge", document.get("issuer"))
        raw = served.get(link) if isinstance(link, str) else None
    return served


def judged(name: str) -> VerificationReport:
    """Verify a case with the documents that it comes with."""
    assert _CORPUS is not None
    raw = (_CORPUS / "files/ob20" / name).read_bytes()
    return verify(raw, now=NOW, documents=documents(name))


@pytest.mark.usefixtures("conformance")
@pytest.mark.parametrize("name", sorted(CASES))
def test_the_verdict_is_that_of_the_reference_validator(name: str) -> None:
    case, report = CASES[name], judged(name)
    codes = {found.code for found in report.findings if found.outcome != "passed"}
    if case["verdict"] == "invalid":
        assert report.outcome == "failed"
        assert DECIDED_BY[name] in codes
    elif name in NO_BADGES:
        assert report.outcome == "undetermined"
        assert report.first_error == ""
        assert "OB2-NOT-BADGE" in codes
    elif name in DIFFERENCES:
        assert DIFFERENCES[name][0] in codes
    else:
        assert report.accepted, str(report)
        assert case["verdict"] == "valid" or WARNED_BY[name] in codes


@pytest.mark.usefixtures("conformance")
def test_every_case_is_of_open_badges_2() -> None:
    assert {judged(name).specification for name in CASES} == {"Open Badges 2.0"}


@pytest.mark.usefixtures("conformance")
@pytest.mark.parametrize("name", sorted(name for name in CASES if name.endswith(".json")))
def test_without_documents_nothing_is_accepted(name: str) -> None:
    assert _CORPUS is not None
    raw = (_CORPUS / "files/ob20" / name).read_bytes()
    assert not verify(raw, now=NOW)
    assert isinstance(validate(json.loads(raw)), list)
