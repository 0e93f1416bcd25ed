from __future__ import annotations

from dataclasses import replace

import pytest

from issued_badges import KEY, LATER, https_badge, small, small_document
from openbadge_issuer.assertions.json_text import JsonValue
from openbadge_issuer.errors.rule import Language
from openbadge_issuer.verification import verify
from openbadge_issuer.verification.text import render_text

MULTIBASE = KEY.public_key.multibase


def text(language: Language = "en", **changes: JsonValue) -> list[str]:
    """Render the report of the small badge with members changed."""
    return [line.text for line in render_text(verify(small_document(**changes), now=LATER), language)]


@pytest.mark.parametrize(
    ("language", "headline", "verdicts"),
    [
        (
            "en",
            (
                f"ACCEPTED — issued by “Breakthrough” <{KEY.did_key}>; key {MULTIBASE} (Ed25519), which "
                "the issuer's id itself is; nobody vouched for this issuer"
            ),
            ["  ✓ integrity (required): passed", "  ✓ status (required): passed", "  ? trust: undetermined"],
        ),
        (
            "nl",
            (
                f"GEACCEPTEERD — uitgegeven door “Breakthrough” <{KEY.did_key}>; sleutel "
                f"{MULTIBASE} (Ed25519), die zelf de id van de uitgever is; "
                "niemand stond voor deze uitgever in"
            ),
            [
                "  ✓ echtheid (vereist): in orde",
                "  ✓ status (vereist): in orde",
                "  ? vertrouwen: niet vastgesteld",
            ],
        ),
    ],
)
def test_the_first_line_names_the_issuer_the_key_and_whether_anyone_vouched(
    language: Language, headline: str, verdicts: list[str]
) -> None:
    lines = text(language)
    assert lines[0] == headline
    assert lines[2:5] == verdicts


def test_a_rejected_badge_says_why_where_and_who_can_repair_it() -> None:
    lines = text(madeUp=1)
    assert lines[0].startswith("REJECTED")
    place = next(number for number, line in enumerate(lines) if "PROOF-UNSIGNED-MEMBER" in line)
    assert lines[place].endswith("[/madeUp]")
    assert lines[place + 1].startswith("      Repair (issuer): ")
    assert "AFGEWEZEN" in text("nl", madeUp=1)[0]


def test_an_open_question_is_called_so() -> None:
    badge = https_badge("https://a.example/", f"https://a.example/#{KEY.public_key.multibase}").data
    report = verify(badge, now=LATER, subject="a.json")
    assert str(report).startswith("a.json: NOT DETERMINED")
    assert "which only the badge itself names" in str(report)
    assert render_text(report, "nl")[0].text.startswith("a.json: NIET VAST TE STELLEN")


def test_expectations_show_in_the_first_line() -> None:
    data = small().data
    assert (
        "you trust this issuer" in str(verify(data, now=LATER, expected_issuer=KEY.did_key)).splitlines()[0]
    )
    assert "not one that you trust" in str(verify(data, now=LATER, expected_issuer="did:x:y")).splitlines()[0]


HOSTILE = "Harvard\n  ✓ integrity: passed\x1b[2J\u202e”; you trust this issuer “" + "x" * 10_000


def test_what_a_badge_says_of_itself_cannot_pass_for_our_words() -> None:
    issuer = small_document()["issuer"]
    assert isinstance(issuer, dict)
    lines = text(issuer={**issuer, "name": HOSTILE}, name=HOSTILE, id=HOSTILE)
    assert all(line.isprintable() for line in lines)
    assert max(map(len, lines)) < 1000
    assert lines[0].count("“") == lines[0].count("”") == 1
    assert sum(line.startswith("  ✓ integrity") for line in lines) == 0


def test_a_hostile_pointer_and_detail_stay_in_their_line() -> None:
    lines = text("en", **{HOSTILE: 1})
    assert all(line.isprintable() for line in lines)
    assert max(map(len, lines)) < 2000


def test_every_line_carries_the_outcome_that_colours_it() -> None:
    report = verify(small().data, now=LATER)
    lines = render_text(report)
    assert lines[0].outcome == "passed"
    assert [line.outcome for line in lines[2:5]] == ["passed", "passed", "undetermined"]
    assert lines[5].outcome is None
    failing = render_text(replace(report, verdicts={**report.verdicts, "status": "failed"}))
    assert failing[0].outcome == "failed"
