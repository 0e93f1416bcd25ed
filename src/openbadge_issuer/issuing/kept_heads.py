"""The signed heads of a register that a home keeps: what the register is checked against.

They stand outside the database, so whoever changes only that is found out. Copies elsewhere do more: who can
change the database may be able to change the folder too.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from openbadge_issuer.errors import DocumentError, OutputError
from openbadge_issuer.register.head import UnverifiedHead, read_head
from openbadge_issuer.whole_file import PRIVATE, write_whole

_ENDING = ".jwt"
_DIGITS = 12
_MAX_BYTES = 64 * 1024


@dataclass(frozen=True, slots=True)
class KeptHeads:
    """A folder of signed heads, one for each length of the register that was published.

    Attributes:
        folder: the folder; it need not be there.
    """

    folder: Path

    def keep(self, token: bytes, length: int) -> Path:
        """Keep the head of a register of this length; a newer signature on the same one takes its place.

        Raises:
            OutputError: `HOME-WRITE`.
        """
        path = self.folder / f"{length:0{_DIGITS}}{_ENDING}"
        try:
            self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            write_whole(path, token, mode=PRIVATE)
        except OSError as error:
            raise OutputError("HOME-WRITE", path=str(path), problem=error.strerror or "") from error
        return path

    def latest(self) -> Path | None:
        """Return the file of the head that reaches furthest, or None if none was kept."""
        return max(self.folder.glob(f"*{_ENDING}"), key=lambda path: path.name, default=None)


def read_kept_head(path: Path) -> UnverifiedHead:
    """Read the file of a signed head; nothing in it is verified yet.

    Raises:
        DocumentError: `HOME-FILE`, it cannot be read; or as `read_head`.
        LimitError, SignatureError: as `read_head`.
    """
    try:
        with path.open("rb") as file:
            token = file.read(_MAX_BYTES + 1)
    except OSError as error:
        raise DocumentError("HOME-FILE", path=str(path), problem=error.strerror or "unreadable") from error
    return read_head(token)
