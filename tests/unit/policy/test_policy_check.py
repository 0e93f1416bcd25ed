"""Whether the rules of a policy agree: each rule with a policy that keeps it and one that breaks it."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from openbadge_issuer.errors.rules import rule_book
from openbadge_issuer.policy.badge_policy import BadgePolicy
from openbadge_issuer.policy.policy_check import NEEDED, findings
from openbadge_issuer.policy.policy_file import check_policy_file, read_policy
from policy_texts import SMALLEST, SOUND, sound

ALL = ["design", "approve", "assess", "award", "inform", "investigate", "decide-case", "handle-misuse",
       "grant-roles", "train", "evaluate", "keep-records", "keep-keys"]  # fmt: skip
MANAGER: dict[str, Any] = {"name": {"en": "Manager"}, "rights": ALL, "holders_at_least": 2}


def role(*rights: str, least: int = 2) -> dict[str, Any]:
    return {"name": {"en": "Role"}, "rights": list(rights), "holders_at_least": least}


def without(*rights: str) -> dict[str, Any]:
    return role(*(one for one in ALL if one not in rights))


def platform(*prefixes: str) -> dict[str, Any]:
    return {"name": "Platform", "prefixes": list(prefixes)}


RULES: list[tuple[str, str, dict[str, Any], dict[str, Any]]] = [
    # code, place, what breaks it, what is just within it
    ("POLICY-RIGHT-NOBODY", "/roles", {"roles.manager": without("decide-case")}, {"roles.manager": MANAGER}),
    (
        "POLICY-RIGHT-NOBODY",
        "/roles",
        {"roles.manager": without("grant-roles")},
        {"roles.manager": without("grant-roles"), "roles.chair": role("grant-roles")},
    ),
    (
        "POLICY-RIGHT-VACANT",
        "/roles",
        {"roles.manager": without("award"), "roles.chair": role("award", least=0)},
        {"roles.manager": without("award"), "roles.chair": role("award", least=1)},
    ),
    (
        "POLICY-RIGHT-UNUSED",
        "/roles",
        {"roles.manager": without("evaluate")},
        {"roles.manager": without("evaluate"), "roles.ambassador": role("evaluate", least=0)},
    ),
    (
        "POLICY-TRAINING-NOBODY",
        "/training/required_for",
        {"roles.manager": without("train"), "training.required_for": ["award"]},
        {"training.required_for": ["award"]},
    ),
    (
        "POLICY-EYES-FEW",
        "/awarding/eyes",
        {"awarding.eyes": 3},
        {"awarding.eyes": 3, "roles.assessor": role("assess", least=1)},
    ),
    (
        "POLICY-EYES-FEW",
        "/awarding/eyes",
        {"roles.manager.holders_at_least": 1},
        {"roles.manager.holders_at_least": 1, "awarding.eyes": 1},
    ),
    (
        "POLICY-APPROVAL-ALONE",
        "/roles/manager",
        {"roles.manager.holders_at_least": 1},
        {"roles.manager.holders_at_least": 1, "roles.designer": role("design", least=1)},
    ),
    (
        "POLICY-INVESTIGATOR",
        "/revocation/awarder_investigates",
        {"revocation.awarder_investigates": "never", "roles.manager.holders_at_least": 1},
        {"revocation.awarder_investigates": "never"},
    ),
    (
        "POLICY-OBJECTION-ALONE",
        "/roles/manager",
        {"roles.manager.holders_at_least": 1},
        {"roles.manager.holders_at_least": 1, "roles.chair": role("decide-case", least=1)},
    ),
    (
        "POLICY-KEY-KEEPER",
        "/roles/manager",
        {"roles.manager.holders_at_least": 1},
        {"roles.manager.holders_at_least": 1, "roles.admin": role("keep-keys", least=1)},
    ),
    (
        "POLICY-EMERGENCY-OFF",
        "/emergency/allowed",
        {"emergency.allowed": False, "roles.manager.holders_at_least": 1},
        {"emergency.allowed": False},
    ),
    (
        "POLICY-DEADLINES",
        "/revocation/acknowledge_within",
        {"revocation.acknowledge_within": "31 days"},
        {"revocation.acknowledge_within": "30 days"},
    ),
    (
        "POLICY-DEADLINES",
        "/revocation/hear_within",
        {"revocation.hear_within": "5 weeks"},
        {"revocation.hear_within": "4 weeks"},
    ),
    (
        "POLICY-EVALUATION-LATE",
        "/evaluation/every",
        {"evaluation.every": "25 months"},
        {"evaluation.every": "2 years"},
    ),
    (
        "POLICY-EMERGENCY-LONG",
        "/emergency/lasts",
        {"emergency.lasts": "32 days"},
        {"emergency.lasts": "1 month"},
    ),
    (
        "POLICY-EMERGENCY-LONG",
        "/emergency/lasts",
        {"emergency.lasts": "1 year"},
        {"emergency.lasts": "1 year", "emergency.allowed": False},
    ),
    (
        "POLICY-LIST-LONG",
        "/publication/list_valid_for",
        {"publication.list_valid_for": "4 months"},
        {"publication.list_valid_for": "3 months"},
    ),
    (
        "POLICY-RETENTION-OBJECTION",
        "/retention/case",
        {"retention.case": "11 weeks"},
        {"retention.case": "12 weeks"},
    ),
    (
        "POLICY-RETENTION-OBJECTION",
        "/retention/notice",
        {"retention.notice": "11 weeks"},
        {"retention.notice": "12 weeks"},
    ),
    (
        "POLICY-RETENTION-OBJECTION",
        "/retention/dossier",
        {"retention.dossier": "1 year", "awarding.objection_within": "1 year"},
        {"retention.dossier": "2 years", "awarding.objection_within": "1 year"},
    ),
    (
        "POLICY-RETENTION-PERSON",
        "/retention/person",
        {"retention.person": "4 years"},
        {"retention.person": "5 years"},
    ),
    ("POLICY-PURPOSE", "/purpose", {"purpose": {}}, {"purpose": {"en": "For everybody."}}),
    (
        "POLICY-LANGUAGE",
        "/purpose",
        {
            "organisation.languages": ["nl"],
            "purpose": {"en": "Why."},
            "roles.manager.name": {"nl": "Beheerder"},
        },
        {
            "organisation.languages": ["nl"],
            "purpose": {"nl": "Waarom."},
            "roles.manager.name": {"nl": "Beheerder"},
        },
    ),
    (
        "POLICY-LANGUAGE",
        "/revocation/grounds/fraud/name",
        {"revocation.grounds": {"fraud": {"name": {"nl": "Bedrog."}}}},
        {"revocation.grounds": {"fraud": {"name": {"en": "Fraud."}}}},
    ),
    (
        "POLICY-CONTACT-PERSON",
        "/organisation/contact",
        {"organisation.contact": "ada.lovelace@example.org"},
        {"organisation.contact": "info@example.org"},
    ),
    (
        "POLICY-CONTACT-PERSON",
        "/privacy/contact",
        {"privacy.contact": "ada@example.org"},
        {"privacy.contact": "privacy@example.org"},
    ),
    (
        "POLICY-PLAIN-EMAIL",
        "/publication/recipient",
        {"publication.recipient": "plain-email"},
        {"publication.recipient": "hashed-email"},
    ),
    (
        "POLICY-DID-KEY",
        "/organisation/id",
        {"organisation.id": "did:key:z6Mk"},
        {"organisation.id": "did:web:key.example"},
    ),
    (
        "POLICY-PLATFORM-OWN",
        "/platforms/city/prefixes/0",
        {"platforms.city": platform("https://badges.example/city/")},
        {"platforms.city": platform("https://city.example/")},
    ),
    (
        "POLICY-PLATFORM-OWN",
        "/platforms/city/prefixes/1",
        {"platforms.city": platform("https://a.example", "https://badges")},
        {"platforms.city": platform("https://a.example", "https://badgeshop")},
    ),
    (
        "POLICY-PLATFORM-OVERLAP",
        "/platforms/b/prefixes/0",
        {"platforms.a": platform("https://x.example/a/"), "platforms.b": platform("https://x.example/a/b/")},
        {
            "platforms.a": platform("https://x.example/a/", "https://x.example/a/b/"),
            "platforms.b": platform("https://x.example/b/"),
        },
    ),
]


def found(policy: BadgePolicy) -> set[tuple[str, str]]:
    return {(one.remark.code, one.remark.pointer) for one in findings(policy)}


def test_nothing_is_said_about_a_sound_policy() -> None:
    assert findings(sound()) == ()


@pytest.mark.parametrize(("code", "place", "breaking", "keeping"), RULES, ids=lambda value: str(value)[:40])
def test_a_rule_finds_what_breaks_it_and_leaves_alone_what_keeps_it(
    code: str, place: str, breaking: dict[str, Any], keeping: dict[str, Any]
) -> None:
    assert (code, place) in found(sound(breaking))
    assert code not in {
        found_code for found_code, found_place in found(sound(keeping)) if found_place == place
    }


def test_every_rule_has_a_case() -> None:
    book = rule_book()
    reading = {"POLICY-PERIOD", "POLICY-TIME-ZONE", "POLICY-NO-RIGHT", "POLICY-TRAINING"}
    tables = __import__("openbadge_issuer.errors.rules.policy_check", fromlist=["RULES"])
    assert {rule.code for rule in tables.RULES} == {code for code, *_ in RULES}
    assert reading <= book.keys()


@pytest.mark.parametrize("right", NEEDED)
def test_no_right_that_the_procedure_needs_may_be_missing(right: str) -> None:
    policy = sound({"roles.manager": without(right)})
    [missing] = [one for one in findings(policy) if one.remark.code == "POLICY-RIGHT-NOBODY"]
    assert missing.remark.details == {"rights": right}
    assert missing.remark.severity == "error"


def test_the_smallest_policy_is_read_but_cannot_be_carried_out() -> None:
    remarks = [one.remark for one in check_policy_file(SMALLEST.encode()).problems]
    missing = [one.details for one in remarks if one.code == "POLICY-RIGHT-NOBODY"]
    assert missing == [{"rights": ", ".join(NEEDED)}]


PLACED = """
[retention]
person = "3 years"
notice = "1 day"
[platforms.x]
name = "X"
prefixes = [
  "https://ok.example/",
  "https://badges.example/x",
]
"""


def test_findings_have_the_line_of_what_they_are_about() -> None:
    text = SOUND + PLACED
    checked = check_policy_file(text.encode())
    assert checked.model == read_policy(text.encode())
    lines = text.split("\n")
    assert [(one.remark.code, lines[one.line - 1].strip()) for one in checked.problems] == [
        ("POLICY-RETENTION-PERSON", 'person = "3 years"'),
        ("POLICY-RETENTION-OBJECTION", 'notice = "1 day"'),
        ("POLICY-PLATFORM-OWN", '"https://badges.example/x",'),
    ]
    assert [one.is_error for one in checked.problems] == [False, True, True]


def test_what_was_left_out_is_found_where_it_would_stand() -> None:
    text = SOUND.replace("holders_at_least = 2", "holders_at_least = 1")
    [eyes] = [
        one for one in check_policy_file(text.encode()).problems if one.remark.code == "POLICY-EYES-FEW"
    ]
    assert (eyes.line, eyes.remark.pointer) == (1, "/awarding/eyes")


def test_a_sentence_says_what_stands_in_the_file() -> None:
    [deadline] = findings(sound({"revocation.acknowledge_within": "6 weeks"}))
    assert deadline.remark.sentence("en") == (
        "“acknowledge_within” (“6 weeks”) takes longer than “investigate_within” (“30 days”), "
        "of which it is a part."
    )
    [case] = findings(sound({"retention.case": "2 weeks"}))
    assert case.remark.sentence("nl") == (
        "“case” wordt “2 weeks” bewaard, korter dan bezwaar maken en daarover beslissen kan duren "
        "(“6 weeks + 6 weeks”)."
    )


def test_many_platforms_are_compared_in_little_time() -> None:
    """Compared each with each these would be fifty million pairs."""
    many = {f"p{number}": platform(f"https://p{number:05}.example/") for number in range(10_000)}
    assert findings(sound({"platforms": many})) == ()


@settings(max_examples=200, deadline=None)
@given(
    division=st.dictionaries(
        st.sampled_from(["a", "b", "c"]),
        st.tuples(st.lists(st.sampled_from(ALL), unique=True), st.integers(0, 2)),
        min_size=1,
    ),
    alone=st.sampled_from(["never", "with-reason"]),
    emergencies=st.booleans(),
)
def test_any_division_of_rights_is_judged(
    division: dict[str, tuple[list[str], int]], alone: str, *, emergencies: bool
) -> None:
    roles = {name: role(*rights, least=least) for name, (rights, least) in division.items()}
    policy = sound(
        {"roles": roles, "revocation.awarder_investigates": alone, "emergency.allowed": emergencies}
    )
    complete = all(any(right in rights and least for rights, least in division.values()) for right in NEEDED)
    stopping = {"POLICY-RIGHT-NOBODY", "POLICY-RIGHT-VACANT"}
    assert complete == (not stopping & {one.remark.code for one in findings(policy)})
