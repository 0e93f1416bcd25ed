"""Looks for a secret in whatever a program lets out, and in what its own objects hold."""

from __future__ import annotations

import base64
import pickle
import traceback
from collections.abc import Iterable, Iterator, Mapping
from types import FunctionType, MethodType

from openbadge_issuer.errors import OpenBadgeError


def spellings(secret: bytes) -> tuple[bytes, ...]:
    """The secret in every form in which it might slip out: raw, hexadecimal, base64, as a number."""
    encoded = [encode(secret).rstrip(b"=") for encode in (base64.b64encode, base64.urlsafe_b64encode)]
    number = str(int.from_bytes(secret, "big")).encode()
    return (secret, secret.hex().encode(), secret.hex().upper().encode(), number, *encoded)


def holds(text: str | bytes, secrets: Iterable[bytes]) -> bool:
    """Tell whether a text holds one of the secrets in some spelling."""
    data = text if isinstance(text, bytes) else text.encode("utf-8", "backslashreplace")
    return any(form in data for secret in secrets for form in spellings(secret))


def told_by(error: BaseException) -> str:
    """Everything that an error says: its sentence, advice, details and traceback, and those of its causes."""
    told = ["".join(traceback.format_exception(error))]
    cause: BaseException | None = error
    while cause is not None:
        told += [str(cause), repr(cause), repr(cause.args), repr(vars(cause))]
        if isinstance(cause, OpenBadgeError):
            told += [cause.advice(), cause.sentence("nl"), repr(pickle.dumps(cause))]
        cause = cause.__cause__ or cause.__context__
    return "\n".join(told)


def reachable(value: object, *, depth: int = 12) -> Iterator[object]:
    """Every value that an object of ours leads to by attributes, slots, closures and containers."""
    seen: set[int] = set()
    waiting = [(value, 0)]
    while waiting:
        found, level = waiting.pop()
        if id(found) in seen or level > depth:
            continue
        seen.add(id(found))
        yield found
        waiting += [(below, level + 1) for below in _below(found)]


def _below(value: object) -> Iterator[object]:
    if isinstance(value, Mapping):
        yield from (*value.keys(), *value.values())
    elif isinstance(value, list | tuple | set | frozenset):
        yield from value
    elif isinstance(value, FunctionType):
        yield from (cell.cell_contents for cell in value.__closure__ or ())
        yield from (value.__defaults__ or (), value.__kwdefaults__ or {})
    elif isinstance(value, MethodType):
        yield value.__self__
    elif not isinstance(value, type | str | bytes | int | float) and not hasattr(value, "__path__"):
        yield from getattr(value, "__dict__", {}).values()
        slots = (name for kind in type(value).__mro__ for name in getattr(kind, "__slots__", ()))
        yield from (getattr(value, name) for name in slots if hasattr(value, name))


def kept_by(value: object, secrets: Iterable[bytes]) -> list[object]:
    """The reachable values that are or hold one of the secrets."""
    found = list(secrets)
    numbers = {int.from_bytes(secret, order) for secret in found for order in ("big", "little")}
    return [
        one
        for one in reachable(value)
        if (isinstance(one, str | bytes) and holds(one, found))
        or (isinstance(one, int) and not isinstance(one, bool) and one in numbers)
    ]
