"""What may serve as a name in the register: of a stream, a person, a phase, a key."""

from __future__ import annotations

import re

from openbadge_issuer.errors import RegisterError

MAX_NAME = 500
"""Characters in a name; an index of PostgreSQL takes 2,704 bytes at most."""

_CONTROLS = re.compile(r"[\x00-\x1f\x7f\ud800-\udfff]")
_STREAM = re.compile(r"[a-z]+(-[a-z]+)*(:\S+)?")


def kind_of(stream: str) -> str:
    """Return the kind of a stream: what stands before the colon of `award:…`, or the whole of `staff`."""
    return stream.partition(":")[0]


def is_name(text: str) -> bool:
    """Tell whether a text can be a name at all; no database has one that cannot, or can be asked for it."""
    return 0 < len(text) <= MAX_NAME and not _CONTROLS.search(text)


def check_stream(name: str) -> None:
    """Refuse what is no name of a stream.

    Raises:
        RegisterError: `REGISTER-NAME`.
    """
    check_name(name)
    if not _STREAM.fullmatch(name):
        raise RegisterError("REGISTER-NAME", name=name[:60])


def check_name(name: str | None) -> None:
    """Refuse a name that is empty, too long, or not text that every database takes.

    Raises:
        RegisterError: `REGISTER-NAME`.
    """
    if name is not None and not is_name(name):
        raise RegisterError("REGISTER-NAME", name=_CONTROLS.sub("·", name[:60]))
