"""What people are told: complete in both languages, and safe whatever the names in it are."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from email import message_from_bytes, policy
from html.parser import HTMLParser
from string import Formatter
from typing import get_args
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from openbadge_issuer.errors.rule import Language
from openbadge_issuer.issuing.notices.notice import Attachment, Notice, compose
from openbadge_issuer.issuing.notices.words import NoticeKind, date_in_words, words_of

NOW = datetime(2026, 11, 1, 23, 30, tzinfo=UTC)
KINDS: tuple[NoticeKind, ...] = get_args(NoticeKind)
LANGUAGES: tuple[Language, ...] = get_args(Language)
DETAILS = {
    "name": "Ada",
    "badge": "Facilitator",
    "issuer": "Breakthrough",
    "awarded": "1 November 2026",
    "meaning": "Leads a workshop.",
    "criteria": "- Led one workshop.\n- Sent a plan.",
    "contact": "badges@breakthrough.example",
    "object_by": "13 December 2026",
}


def _notice(kind: NoticeKind = "awarded", language: Language = "en", **details: str) -> Notice:
    subject, paragraphs = compose(kind, language, {**DETAILS, **details})
    return Notice(
        reference="award:1",
        kind=kind,
        language=language,
        to=("ada@example.org",),
        sender="badges@breakthrough.example",
        sender_name="Breakthrough",
        subject=subject,
        paragraphs=paragraphs,
        attachments=(Attachment("facilitator.svg", "image/svg+xml", b"<svg/>"),),
    )


def _names(text: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(text) if name}


@pytest.mark.parametrize("kind", KINDS)
def test_both_languages_say_the_same_paragraph_by_paragraph(kind: NoticeKind) -> None:
    (subject, english), (onderwerp, dutch) = words_of(kind, "en"), words_of(kind, "nl")
    assert _names(subject) == _names(onderwerp)
    assert [_names(one) for one in english] == [_names(one) for one in dutch]
    assert all(one != other for one, other in zip(english, dutch, strict=True) if one != "{reason}")


def test_an_award_is_told_with_its_meaning_its_criteria_and_how_to_object() -> None:
    text = _notice().text
    for told in ("Facilitator", "Leads a workshop.", "- Sent a plan.", "13 December 2026", "keep that file"):
        assert told in text


def test_what_is_not_known_is_left_out_with_its_sentence() -> None:
    assert "counts until" not in _notice().text
    assert "It counts until 1 May 2027." in _notice(until="1 May 2027").text


def test_a_date_is_written_on_the_clock_of_the_policy() -> None:
    assert date_in_words(NOW, ZoneInfo("Europe/Amsterdam"), "nl") == "2 november 2026"
    assert date_in_words(NOW, ZoneInfo("Etc/UTC"), "en") == "1 November 2026"


def test_the_message_is_text_and_page_with_the_badge_attached() -> None:
    message = message_from_bytes(_notice().message(now=NOW).as_bytes(), policy=policy.default)
    kinds = [part.get_content_type() for part in message.walk() if not part.is_multipart()]
    assert kinds == ["text/plain", "text/html", "image/svg+xml"]
    assert message["To"] == "ada@example.org"
    assert message["From"] == "Breakthrough <badges@breakthrough.example>"


def test_the_same_notice_has_the_same_digest_and_another_has_another() -> None:
    assert _notice().digest == _notice().digest
    assert _notice().digest != _notice(name="Eve").digest


def test_a_paper_notice_shows_its_code_for_people_and_machines() -> None:
    subject, paragraphs = compose("claim", "nl", {**DETAILS, "code": "AB12-CD34"})
    page = Notice(
        "award:1", "claim", "nl", (), "b@x.example", "X", subject, paragraphs, code="AB12-CD34"
    ).page()
    assert "AB12-CD34" in page
    assert "<svg" in page
    assert 'lang="nl"' in page


def test_neither_the_code_nor_attached_bytes_are_in_a_repr() -> None:
    notice = Notice("award:1", "claim", "en", (), "a@b.example", "X", "s", (), code="SECRET-CODE")
    assert "SECRET" not in repr(notice)
    assert "svg/>" not in repr(_notice())


@given(st.text(max_size=60), st.sampled_from(KINDS), st.sampled_from(LANGUAGES))
def test_no_name_adds_a_header_or_an_element(name: str, kind: NoticeKind, language: Language) -> None:
    hostile = f"{name}\r\nBcc: eve@example.org\n<script>alert(1)</script>"
    notice = _notice(kind, language, name=hostile, badge=hostile)
    message = notice.message(now=NOW)
    assert message["Bcc"] is None
    assert not re.search(r"[\r\n]", str(message["Subject"]))
    page = _Elements()
    page.feed(notice.page())
    assert "script" not in page.found


class _Elements(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.found: set[str] = set()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        del attrs
        self.found.add(tag)
