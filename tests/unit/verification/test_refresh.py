"""A newer copy is looked for once, and counts only if it is the same badge and proven."""

from __future__ import annotations

from collections.abc import Mapping

import pytest

from issued_badges import KEY, LATER, OTHER_KEY, sign_document, small_document
from openbadge_issuer.assertions.json_text import JsonObject
from openbadge_issuer.resolution.fetching import Fetched
from openbadge_issuer.verification import VerificationReport, verify

URL = "https://badges.example/refresh/1"
EXTENSIONS = "https://purl.imsglobal.org/spec/ob/v3p0/extensions.json"


def refreshable(**changes: object) -> bytes:
    document = small_document()
    contexts = document["@context"]
    assert isinstance(contexts, list)
    service: JsonObject = {"id": URL, "type": "1EdTechCredentialRefresh"}
    return sign_document(
        {**document, "@context": [*contexts, EXTENSIONS], "refreshService": service, **changes}, KEY
    )


def refreshed(copy: bytes | Fetched | None) -> VerificationReport:
    documents: Mapping[str, bytes | Fetched] = {} if copy is None else {URL: copy}
    return verify(refreshable(), now=LATER, documents=documents)


def codes(report: VerificationReport) -> dict[str, str]:
    return {found.code: found.outcome for found in report.findings if found.code.startswith("REFRESH-")}


def test_the_newer_copy_is_judged_instead() -> None:
    report = refreshed(refreshable(validFrom="2026-03-02T00:00:00Z", name="Newer"))
    assert report.accepted, report
    assert codes(report) == {"REFRESH-DONE": "passed"}
    assert report.credential.name == "Newer"


def test_a_newer_copy_that_has_ended_ends_the_badge() -> None:
    report = refreshed(refreshable(validUntil="2026-03-03T00:00:00Z"))
    assert report.verdicts["status"] == "failed"


def test_without_a_source_the_report_says_that_there_may_be_a_newer_copy() -> None:
    report = verify(refreshable(), now=LATER)
    assert report.accepted
    assert codes(report) == {"REFRESH-NOT-ASKED": "undetermined"}


@pytest.mark.parametrize(
    "copy",
    [
        pytest.param(None, id="missing"),
        pytest.param(b"<html>", id="no-badge"),
        pytest.param(Fetched(URL, URL, 404, None, b""), id="not-found"),
    ],
)
def test_without_a_usable_copy_the_original_is_judged(copy: bytes | Fetched | None) -> None:
    report = refreshed(copy)
    assert report.accepted
    assert codes(report) == {"REFRESH-FAILED": "undetermined"}


@pytest.mark.parametrize(
    "copy",
    [
        pytest.param(refreshable(id="urn:uuid:2"), id="another-id"),
        pytest.param(refreshable(issuer={"id": OTHER_KEY.did_key, "type": ["Profile"]}), id="another-issuer"),
        pytest.param(refreshable(validFrom="2026-02-01T00:00:00Z"), id="older"),
    ],
)
def test_a_copy_of_another_badge_or_an_older_one_is_passed_over(copy: bytes) -> None:
    report = refreshed(copy)
    assert report.accepted
    assert codes(report) == {"REFRESH-OTHER": "failed"}


def test_a_copy_that_is_not_proven_is_passed_over() -> None:
    report = refreshed(refreshable(validFrom="2026-03-02T00:00:00Z").replace(b'"Facilitator"', b'"Director"'))
    assert report.accepted
    assert report.credential.name == "Facilitator"
    assert codes(report) == {"REFRESH-FAILED": "failed"}


def test_a_copy_that_breaks_the_data_model_is_passed_over() -> None:
    evidence = [{"type": ["Profile"], "id": "urn:uuid:5"}]
    report = refreshed(refreshable(validFrom="2026-03-02T00:00:00Z", evidence=evidence))
    assert report.accepted
    assert codes(report) == {"REFRESH-FAILED": "failed"}
