"""How verdicts follow from findings, and what a report says."""

from __future__ import annotations

import pickle
from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest

from issued_badges import (
    LATER,
    OTHER_KEY,
    achievement,
    did_issuer,
    https_badge,
    large,
    outcomes,
    sign_document,
    signed_with,
    small,
    small_document,
)
from openbadge_issuer.assertions.json_text import JsonObject, dump_json, parse_json_object
from openbadge_issuer.errors.rule import Severity, Verdict
from openbadge_issuer.verification import verify, verify_many
from openbadge_issuer.verification.report import Finding, Outcome, verdict_of


def _findings(*outcomes: tuple[Outcome, Severity, Verdict]) -> tuple[Finding, ...]:
    return tuple(
        Finding("PROOF-MISSING", outcome, "", severity, verdict) for outcome, severity, verdict in outcomes
    )


@pytest.mark.parametrize(
    ("findings", "verdict"),
    [
        ((), "passed"),
        ([("passed", "error", "status")], "passed"),
        ([("failed", "warning", "status")], "passed"),
        ([("undetermined", "warning", "status")], "passed"),
        ([("failed", "interop", "status")], "passed"),
        ([("failed", "error", "integrity")], "passed"),
        ([("undetermined", "error", "status"), ("passed", "error", "status")], "undetermined"),
        ([("undetermined", "error", "status"), ("failed", "warning", "status")], "undetermined"),
        ([("undetermined", "error", "status"), ("failed", "error", "status")], "failed"),
    ],
)
def test_failed_goes_before_undetermined_before_passed_and_remarks_do_not_count(
    findings: Iterable[tuple[Outcome, Severity, Verdict]], verdict: Outcome
) -> None:
    assert verdict_of(_findings(*findings), "status") == verdict


REVOKED_OR_NOT: JsonObject = {
    "id": "https://x.example/1#1",
    "type": "BitstringStatusListEntry",
    "statusPurpose": "revocation",
    "statusListIndex": "1",
    "statusListCredential": "https://x.example/1",
}


@pytest.mark.parametrize(
    ("require", "accepted", "outcome"),
    [
        ((), False, "undetermined"),
        (("integrity",), True, "passed"),
        (("integrity", "status"), False, "undetermined"),
        (("status",), False, "undetermined"),
        (("trust",), False, "undetermined"),
        (("recipient",), False, "undetermined"),
    ],
)
def test_only_what_is_required_decides_and_nothing_required_is_never_success(
    require: tuple[Verdict, ...],
    accepted: bool,  # noqa: FBT001  # a column
    outcome: Outcome,
) -> None:
    report = verify(signed_with({"credentialStatus": REVOKED_OR_NOT}), now=LATER, require=require)
    assert report.verdicts == {
        "integrity": "passed",
        "status": "undetermined",
        "trust": "undetermined",
        "recipient": None,
    }
    assert (report.accepted, bool(report), report.outcome) == (accepted, accepted, outcome)


@pytest.mark.parametrize("require", [("integrity", "fame"), "integrity"])
def test_only_verdicts_can_be_required(require: tuple[Verdict, ...]) -> None:
    with pytest.raises(ValueError, match="integrity, status, trust, recipient"):
        verify(small().data, now=LATER, require=require)


def test_a_failure_is_not_hidden_by_something_undetermined() -> None:
    document = parse_json_object(signed_with({"credentialStatus": REVOKED_OR_NOT}))
    report = verify({**document, "name": "Changed"}, now=LATER)
    assert report.outcome == "failed"


def test_many_badges_give_reports_in_order() -> None:
    items = [small().data, b"", small(proof="vc-jwt").data] * 200
    alone = [report.accepted for report in verify_many(items, now=LATER)]
    assert alone == [True, False, True] * 200
    with ThreadPoolExecutor(4) as pool:
        assert [report.accepted for report in verify_many(items, executor=pool, now=LATER)] == alone


def test_a_report_is_the_same_every_time_and_survives_pickling() -> None:
    data = large().data
    first, second = verify(data, now=LATER), verify(data, now=LATER)
    assert dump_json(first.to_json()) == dump_json(second.to_json())
    assert pickle.loads(pickle.dumps(first)) == first  # noqa: S301  # our own
    assert len(pickle.dumps(first)) < 10_000


def test_a_report_in_json_says_what_the_schema_promises() -> None:
    made = verify(small().data, now=LATER, at=LATER - timedelta(days=1), subject="ada.json").to_json()
    assert made["subject"] == "ada.json"
    assert made["accepted"] is True
    assert made["at"] == "2026-03-30T12:00:00Z"
    assert made["required"] == ["integrity", "status"]
    findings = made["findings"]
    assert isinstance(findings, list)
    assert all(isinstance(found, dict) and found["repair"] is None for found in findings[:-1])
    last = findings[-1]
    assert isinstance(last, dict)
    assert last["code"] == "TRUST-NOT-ASKED"
    assert last["repair"]


def test_the_badge_of_an_https_issuer_names_it() -> None:
    report = verify(https_badge("https://a.example/", "https://a.example/#key").data, now=LATER)
    assert report.credential.issuer == "https://a.example/"
    assert report.credential.issuer_name == "Somebody"
    assert report.credential.achievement == achievement().id
    assert report.key is None


def test_another_issuer_signs_for_itself_only() -> None:
    document = did_issuer(OTHER_KEY).profile.to_json()
    report = verify(sign_document({**small_document(), "issuer": document}), now=LATER)
    assert outcomes(report)["PROOF-CONTROLLER"] == "failed"
    assert not report
