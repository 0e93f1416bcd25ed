"""Reporting a doubt: who may, how often, and where the report goes."""

from __future__ import annotations

from datetime import timedelta

import pytest

from cases import A1, ADDRESS, Matter, receipt, report, reported
from openbadge_issuer.policy.case_events import CaseReported
from openbadge_issuer.policy.reporting import Report, check_rate, share_out
from openbadge_issuer.policy.revoking import Case
from procedures import (
    NOW,
    actor,
    assess_all,
    done,
    grant,
    granted,
    opened,
    refused,
)


def test_anybody_reports_and_nobody_is_told_who() -> None:
    made = Report(
        text="I saw it.", receipt=receipt("r1"), reporter="ben", name="Ben Smit", contact="ben@post.example"
    )
    (event,) = Case.report(actor("ben"), made, case="c1", awards=list(Matter({A1: done()}).awards.values()))
    assert isinstance(event, CaseReported)
    assert (event.by, event.by_name, event.role) == (None, None, None)
    sealed = event.sealed()
    confidential = [part for part in sealed.parts if part and part.record_class == "reporter"]
    assert [part.person for part in confidential] == ["ben"]
    assert {"text", "reporter", "reporter_name", "reporter_contact"} == confidential[0].content.keys()
    others = [part for part in sealed.parts if part not in confidential]
    assert "ben" not in str((sealed.body, others)).lower()


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"awards": ()}, "CASE-NO-SUBJECT"),
        ({"report": Report(text=" ", receipt=receipt("r"))}, "CASE-TEXT"),
        ({"report": Report(text="Wrong.", receipt="no digest")}, "POLICY-VALUE"),
        ({"addresses": ("https://platform.example/badgesandmore",)}, "CASE-PLATFORM"),
        ({"addresses": ("https://platform.example.evil.example/badges/1",)}, "CASE-PLATFORM"),
        ({"addresses": (f"{ADDRESS} x",)}, "POLICY-VALUE"),
        ({"holder": "fred"}, "CASE-ONE-HOLDER"),
        ({"earlier": [NOW] * 10}, "CASE-RATE"),
    ],
)
def test_a_report_that_cannot_be_taken_in_is_refused(changes: dict[str, object], code: str) -> None:
    given: dict[str, object] = {
        "report": report(),
        "case": "c1",
        "awards": list(Matter({A1: done()}).awards.values()),
    }
    with refused(code):
        Case.report(actor(None), **(given | changes))  # type: ignore[arg-type]  # a table of arguments


def test_what_was_never_awarded_is_not_doubted() -> None:
    assert reported(awards={A1: granted()})
    with refused("CASE-NO-BADGE"):
        reported(awards={A1: assess_all(opened(), actor("ada"))})


def test_a_case_is_about_one_holder() -> None:
    fred = assess_all(opened("a2", candidate="fred"), actor("ada"))
    with refused("CASE-ONE-HOLDER"):
        reported(awards={A1: done(), "award:a2": grant(fred, actor("ben"))})


def test_a_source_is_not_heard_more_often_than_it_can_mean_it() -> None:
    hour = [NOW - timedelta(minutes=minute) for minute in range(9)]
    check_rate(hour, NOW)
    with refused("CASE-RATE"):
        check_rate([*hour, NOW], NOW)
    check_rate([*hour, NOW - timedelta(minutes=60)], NOW)
    day = [NOW - timedelta(hours=2 + hour / 2) for hour in range(39)]
    check_rate(day, NOW)
    with refused("CASE-RATE"):
        check_rate([*day, NOW - timedelta(hours=23.9)], NOW)


def test_a_further_report_joins_the_open_case() -> None:
    matter = reported()
    with refused("CASE-RECEIPT-TAKEN"):
        matter.case.join(matter.actor(None), report("r1"), subjects=(A1,))
    for subjects in ((), ("award:a9",)):
        with refused("CASE-JOIN"):
            matter.case.join(matter.actor(None), report("r2"), subjects=subjects)
    now = matter.actor(None)
    with refused("CASE-RATE"):
        matter.case.join(now, report("r2"), subjects=(A1,), earlier=[now.now] * 10)
    assert share_out((A1, "award:a9"), [matter.case]) == ((matter.case, (A1,)), (None, ("award:a9",)))
    matter.add(matter.case.join(matter.actor(None), report("r2"), subjects=(A1,)))
    assert len(matter.case.reports) == 2
    assert matter.case.phase == "reported"
    matter.add(matter.case.acknowledge(matter.actor("cor"), receipt("r2")))
    with refused("CASE-RECEIPT"):
        matter.case.acknowledge(matter.actor("cor"), receipt("r3"))
    assert matter.case.acknowledge(matter.actor("cor"), receipt("r2")) == ()
    matter.investigated().decided("unfounded")
    with refused("CASE-JOIN"):
        matter.case.join(matter.actor(None), report("r3"), subjects=(A1,))
    assert share_out((A1, A1), [matter.case]) == ((None, (A1,)),)
