"""A key ring on disk: `keys.json`, with public facts only."""

from __future__ import annotations

import contextlib
import os
import sys
import time
from collections.abc import Callable, Iterator
from datetime import datetime
from pathlib import Path
from typing import Final

from openbadge_issuer.assertions.json_text import (
    JsonObject,
    JsonValue,
    dump_json_pretty,
    parse_json_object,
    pointer,
)
from openbadge_issuer.assertions.moments import parse_date_time, write_date_time
from openbadge_issuer.errors import (
    DocumentError,
    KeyMaterialError,
    LimitError,
    OutputError,
    ResolutionError,
    UnsupportedError,
)
from openbadge_issuer.signing.key_ring import MAX_KEYS, KeyRing, RingKey
from openbadge_issuer.signing.public_key import PublicKey
from openbadge_issuer.whole_file import PRIVATE, write_whole

MAX_RING_BYTES: Final = 1024 * 1024
"""Eighty RSA keys of 8192 bits take a fifth of it."""

LOCK_SECONDS = 30.0
"""How long to wait for another process: it may be asking somebody for a password."""

_LOCK_PAUSE = 0.02
_VERSION = 1


def read_key_ring(path: Path) -> KeyRing:
    """Read a ring.

    Raises:
        KeyMaterialError: `RING-MISSING`, there is no such file; `RING-UNREADABLE`; `RING-FORMAT`, it is no
            ring, with the place in it.
    """
    try:
        with path.open("rb") as file:
            data = file.read(MAX_RING_BYTES + 1)
    except FileNotFoundError as error:
        raise KeyMaterialError("RING-MISSING", path=str(path)) from error
    except OSError as error:
        raise KeyMaterialError("RING-UNREADABLE", path=str(path), problem=error.strerror or "") from error
    try:
        return parse_key_ring(parse_json_object(data, max_bytes=MAX_RING_BYTES))
    except (DocumentError, LimitError) as error:
        raise KeyMaterialError("RING-FORMAT", error.pointer) from error


def parse_key_ring(document: JsonObject) -> KeyRing:
    """Read a ring from its JSON; raises KeyMaterialError `RING-FORMAT`."""
    controller, listed = document.get("controller"), document.get("keys")
    if document.get("version") != _VERSION or not isinstance(controller, str):
        raise KeyMaterialError("RING-FORMAT")
    if not isinstance(listed, list) or len(listed) > MAX_KEYS:
        raise KeyMaterialError("RING-FORMAT", "/keys")
    ring = KeyRing(controller, tuple(_key(item, pointer("keys", at)) for at, item in enumerate(listed)))
    for at, key in enumerate(ring.keys):
        if ring.key(key.fragment) is not key or ring.holding(key.public_key) is not key:
            raise KeyMaterialError("RING-FORMAT", pointer("keys", at))
    try:
        ring.document()
    except (KeyMaterialError, ResolutionError) as error:
        raise KeyMaterialError("RING-FORMAT", "/controller") from error
    return ring


def write_key_ring(path: Path, ring: KeyRing) -> None:
    """Replace the file of a ring as a whole; raises OutputError `RING-NOT-SAVED`, and the old one stays."""
    data = dump_json_pretty(key_ring_json(ring))
    try:
        write_whole(path, data, mode=PRIVATE)
    except OSError as error:
        raise OutputError("RING-NOT-SAVED", path=str(path), problem=error.strerror or "") from error


def change_key_ring(
    path: Path, change: Callable[[KeyRing], KeyRing], *, begin: KeyRing | None = None
) -> KeyRing:
    """Read a ring, change it and write it at once, while no other process can change it.

    Args:
        path: the file.
        change: gives the new ring; what it raises leaves the file as it is.
        begin: the ring to begin with if there is no such file; without one that is an error.

    Raises:
        KeyMaterialError: `RING-BUSY`, another process is changing it; or as `read_key_ring` and `change`.
        OutputError: as `write_key_ring`.
    """
    with _alone(path):
        begun = begin if begin is not None and not path.exists() else read_key_ring(path)
        ring = change(begun)
        write_key_ring(path, ring)
    return ring


@contextlib.contextmanager
def _alone(path: Path) -> Iterator[None]:
    """Wait until no other process changes the ring, and keep them waiting.

    The system lifts the lock of a process that ends, however it does.
    """
    try:
        handle = _open_to_lock(path)
    except OSError as error:
        raise OutputError("RING-NOT-SAVED", path=str(path), problem=error.strerror or "") from error
    try:
        _wait_for_lock(handle, path)
        yield
    finally:
        os.close(handle)


def _open_to_lock(path: Path) -> int:
    """Open what is locked: the folder, since the file itself is replaced by each change.

    Windows opens no folders. There a file beside the ring is locked, and stays.
    """
    if sys.platform == "win32":
        return os.open(path.with_name(f".{path.name}.lock"), os.O_RDWR | os.O_CREAT, PRIVATE)
    return os.open(path.parent, os.O_RDONLY)


def _wait_for_lock(handle: int, path: Path) -> None:
    deadline = time.monotonic() + LOCK_SECONDS
    while True:
        try:
            _lock(handle)
        except (BlockingIOError, PermissionError) as error:  # the second is how Windows says it
            if time.monotonic() >= deadline:
                raise KeyMaterialError("RING-BUSY", path=str(path)) from error
            time.sleep(_LOCK_PAUSE)
        else:
            return


def _lock(handle: int) -> None:
    if sys.platform == "win32":
        import msvcrt  # noqa: PLC0415  # not on every system

        msvcrt.locking(handle, msvcrt.LK_NBLCK, 1)
    else:
        import fcntl  # noqa: PLC0415  # the same

        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)


def key_ring_json(ring: KeyRing) -> JsonObject:
    """Write a ring as JSON."""
    return {
        "version": _VERSION,
        "controller": ring.controller,
        "keys": [ring_key_json(key) for key in ring.keys],
    }


def ring_key_json(key: RingKey) -> JsonObject:
    """Write one key of a ring as JSON; what it has not is left out."""
    document: JsonObject = {
        "fragment": key.fragment,
        "status": key.status,
        "from": write_date_time(key.begins),
    }
    if key.ends is not None:
        document["until"] = write_date_time(key.ends)
    if key.compromised is not None:
        document["compromisedSince"] = write_date_time(key.compromised)
    return {**document, "uri": key.uri, "publicKeyJwk": key.public_key.jwk}


def _key(value: JsonValue, place: str) -> RingKey:
    if not isinstance(value, dict):
        raise KeyMaterialError("RING-FORMAT", place)
    jwk = value.get("publicKeyJwk")
    try:
        public_key = PublicKey.from_jwk(jwk if isinstance(jwk, dict) else {})
    except (KeyMaterialError, UnsupportedError) as error:
        raise KeyMaterialError("RING-FORMAT", f"{place}/publicKeyJwk") from error
    begins = _moment(value, "from", place)
    if begins is None:
        raise KeyMaterialError("RING-FORMAT", f"{place}/from")
    key = RingKey(
        fragment=_text(value, "fragment", place),
        public_key=public_key,
        uri=_text(value, "uri", place),
        begins=begins,
        ends=_moment(value, "until", place),
        compromised=_moment(value, "compromisedSince", place),
    )
    if value.get("status") != key.status:  # written for people; a hand that changed only this meant more
        raise KeyMaterialError("RING-FORMAT", f"{place}/status")
    return key


def _text(value: JsonObject, name: str, place: str) -> str:
    text = value.get(name)
    if not isinstance(text, str):
        raise KeyMaterialError("RING-FORMAT", f"{place}/{name}")
    return text


def _moment(value: JsonObject, name: str, place: str) -> datetime | None:
    text = value.get(name)
    if text is None:
        return None
    try:
        return parse_date_time(text if isinstance(text, str) else "")
    except ValueError as error:
        raise KeyMaterialError("RING-FORMAT", f"{place}/{name}") from error
