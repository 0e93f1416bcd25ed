"""What carries a notice to a person: a protocol, and the two simplest carriers."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Literal, Protocol, TypeAlias, get_args

from openbadge_issuer.errors import OutputError
from openbadge_issuer.issuing.notices.notice import Notice
from openbadge_issuer.issuing.notices.words import NoticeKind
from openbadge_issuer.whole_file import PRIVATE, write_whole

_KINDS = "|".join(re.escape(kind) for kind in get_args(NoticeKind))

Outcome: TypeAlias = Literal["delivered", "failed", "impossible"]


@dataclass(frozen=True, slots=True)
class Delivery:
    """What became of a notice.

    Attributes:
        channel: what carried it, such as `smtp`.
        outcome: `delivered` means that it was handed over, `failed` that it can be tried again,
            `impossible` that this way never reaches the person.
        detail: what is worth knowing, such as the file's name or what the server said.
    """

    channel: str
    outcome: Outcome
    detail: str = ""


class Carrier(Protocol):
    """Carries notices. A carrier reports what became of a notice; it does not raise for that."""

    @property
    def channel(self) -> str:
        """The name under which a delivery is recorded."""

    def deliver(self, notice: Notice, *, now: datetime) -> Delivery:
        """Carry one notice."""


class KeepsNotices(Protocol):
    """Where notices stay after they were carried, and so what an organisation still holds of a person."""

    def forget(self, references: Iterable[str], *, below: bool = False) -> int:
        """Remove the notices with these references, such as `award:…:guardian`; return how many there were.

        Args:
            references: the references; a number behind one tells several notices to the same person apart.
            below: whether to remove those of the same procedures to others too.

        Raises:
            OutputError: one cannot be removed.
        """


class FileCarrier:
    """Writes every notice into a folder: as a message to send, or as a page to print for who has no address.

    Args:
        folder: where to; made with owner-only rights if it is not there.
    """

    channel = "file"

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def deliver(self, notice: Notice, *, now: datetime) -> Delivery:
        """Write the notice; a notice that was written before is written over with the same.

        Raises:
            OutputError: `NOTICE-WRITE`.
        """
        name = f"{_stem(notice.reference)}-{notice.kind}"
        if notice.to:
            return self._write(f"{name}.eml", notice.message(now=now).as_bytes())
        return self._write(f"{name}.html", notice.page().encode())

    def forget(self, references: Iterable[str], *, below: bool = False) -> int:
        """Remove notices, also one that a killed process was writing; see `KeepsNotices.forget`.

        Raises:
            OutputError: `NOTICE-WRITE`.
        """
        names = "|".join(re.escape(_stem(one)) for one in references)
        if not names:
            return 0
        others = "(?:-.+)?" if below else ""
        known = re.compile(rf"\.?(?:{names})(?:-\d+)?{others}-(?:{_KINDS})\..+")
        removed = 0
        for path in self._files():
            if known.fullmatch(path.name):
                try:
                    path.unlink(missing_ok=True)
                except OSError as error:
                    raise _cannot_write(path, error) from error
                removed += 1
        return removed

    def _files(self) -> Iterator[Path]:
        if self.folder.is_dir():
            yield from sorted(path for path in self.folder.iterdir() if path.is_file() or path.is_symlink())

    def _write(self, name: str, data: bytes) -> Delivery:
        path = self.folder / name
        try:
            self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            write_whole(path, data, mode=PRIVATE)
        except OSError as error:
            raise _cannot_write(path, error) from error
        return Delivery(self.channel, "delivered", name)


class CallbackCarrier:
    """Hands every notice to a function of the program, which returns whether it took it.

    Args:
        function: is called with the notice.
        channel: the name under which a delivery is recorded.
    """

    def __init__(self, function: Callable[[Notice], bool], channel: str = "program") -> None:
        self._function = function
        self.channel = channel

    def deliver(self, notice: Notice, *, now: datetime) -> Delivery:
        """Hand one notice over."""
        del now
        return Delivery(self.channel, "delivered" if self._function(notice) else "failed")


def _stem(reference: str) -> str:
    """Return what the name of a notice's file begins with."""
    return reference.replace(":", "-")


def _cannot_write(path: Path, error: OSError) -> OutputError:
    return OutputError("NOTICE-WRITE", path=str(path), problem=error.strerror or "not written")
