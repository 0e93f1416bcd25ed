"""What carries a notice to a person: a protocol, and the two simplest carriers."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Literal, Protocol, TypeAlias

from openbadge_issuer.errors import OutputError
from openbadge_issuer.issuing.notices.notice import Notice
from openbadge_issuer.whole_file import PRIVATE, write_whole

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
        name = f"{notice.reference.replace(':', '-')}-{notice.kind}"
        if notice.to:
            return self._write(f"{name}.eml", notice.message(now=now).as_bytes())
        return self._write(f"{name}.html", notice.page().encode())

    def _write(self, name: str, data: bytes) -> Delivery:
        path = self.folder / name
        try:
            self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            write_whole(path, data, mode=PRIVATE)
        except OSError as error:
            problem = error.strerror or "not written"
            raise OutputError("NOTICE-WRITE", path=str(path), problem=problem) from error
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
