"""What carries notices: a folder, and a function of a program."""

from __future__ import annotations

import stat
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from openbadge_issuer.errors import OutputError
from openbadge_issuer.issuing.notices.carrier import CallbackCarrier, Delivery, FileCarrier
from openbadge_issuer.issuing.notices.notice import Notice
from openbadge_issuer.issuing.notices.smtp import SmtpCarrier

NOW = datetime(2026, 11, 1, tzinfo=UTC)
NOTICE = Notice(
    "award:1", "awarded", "en", ("ada@example.org",), "b@x.example", "X", "Your badge", ("Hello Ada,",)
)


def test_a_notice_with_an_address_becomes_a_message_in_the_folder(tmp_path: Path) -> None:
    folder = tmp_path / "outbox"
    assert FileCarrier(folder).deliver(NOTICE, now=NOW) == Delivery(
        "file", "delivered", "award-1-awarded.eml"
    )
    assert b"To: ada@example.org" in (folder / "award-1-awarded.eml").read_bytes()
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700
    assert stat.S_IMODE((folder / "award-1-awarded.eml").stat().st_mode) == 0o600


def test_a_notice_without_an_address_becomes_a_page_to_print(tmp_path: Path) -> None:
    assert FileCarrier(tmp_path).deliver(replace(NOTICE, to=()), now=NOW).detail == "award-1-awarded.html"
    assert "Hello Ada," in (tmp_path / "award-1-awarded.html").read_text()


def test_the_same_notice_twice_is_one_file(tmp_path: Path) -> None:
    for _ in range(2):
        FileCarrier(tmp_path).deliver(NOTICE, now=NOW)
    assert [path.name for path in tmp_path.iterdir()] == ["award-1-awarded.eml"]


def test_a_folder_that_cannot_be_made_is_named(tmp_path: Path) -> None:
    (tmp_path / "outbox").write_text("a file")
    with pytest.raises(OutputError) as refused:
        FileCarrier(tmp_path / "outbox").deliver(NOTICE, now=NOW)
    assert refused.value.code == "NOTICE-WRITE"
    assert str(tmp_path / "outbox") in str(refused.value)


@pytest.mark.parametrize(("taken", "outcome"), [(True, "delivered"), (False, "failed")])
def test_a_program_can_carry_notices_itself(taken: bool, outcome: str) -> None:  # noqa: FBT001
    seen: list[Notice] = []

    def carry(notice: Notice) -> bool:
        seen.append(notice)
        return taken

    delivery = CallbackCarrier(carry, "portal").deliver(NOTICE, now=NOW)
    assert (delivery.channel, delivery.outcome) == ("portal", outcome)
    assert seen == [NOTICE]


def test_nothing_is_sent_by_mail_to_who_has_no_address() -> None:
    delivery = SmtpCarrier("mail.example").deliver(replace(NOTICE, to=()), now=NOW)
    assert delivery.outcome == "impossible"


def test_the_password_of_the_mail_server_is_not_in_a_repr() -> None:
    assert "hunter2" not in repr(SmtpCarrier("mail.example", user="badges", password="hunter2"))


def _outbox(folder: Path) -> set[str]:
    return {path.name for path in folder.iterdir()}


def test_the_notices_of_a_person_are_removed_and_no_others(tmp_path: Path) -> None:
    carrier = FileCarrier(tmp_path)
    others = ("award:12", "award:12:2", "case:1:reporter:1")
    for reference in ("award:1", "award:1:2", "award:1:guardian", "award:1:guardian:3", "case:1", *others):
        carrier.deliver(replace(NOTICE, reference=reference), now=NOW)
    carrier.deliver(replace(NOTICE, to=(), kind="not-yet"), now=NOW)
    (tmp_path / ".award-1-awarded.eml.abcdefgh").write_bytes(b"half of it")
    assert carrier.forget(["award:1", "award:1:guardian", "case:1"]) == 7
    assert _outbox(tmp_path) == {
        "award-12-awarded.eml",
        "award-12-2-awarded.eml",
        "case-1-reporter-1-awarded.eml",
    }
    assert carrier.forget(["case:1"], below=True) == 1
    assert carrier.forget([]) == 0
    assert len(_outbox(tmp_path)) == 2
    assert FileCarrier(tmp_path / "nowhere").forget(["award:1"]) == 0


def test_a_notice_that_cannot_be_removed_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    FileCarrier(tmp_path).deliver(NOTICE, now=NOW)

    def refused(*_: object, **__: object) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "unlink", refused)
    with pytest.raises(OutputError) as error:
        FileCarrier(tmp_path).forget(["award:1"])
    assert error.value.code == "NOTICE-WRITE"
