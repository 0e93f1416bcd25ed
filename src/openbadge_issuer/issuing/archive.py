"""The signatures in a file of an issuer's archive: its own, and those of everything that stands inside it."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final, TypeAlias

from openbadge_issuer.assertions.json_text import JsonObject, JsonValue, parse_json, pointer
from openbadge_issuer.assertions.json_walk import parts, strings_of
from openbadge_issuer.assertions.open_badges_2.versions import detect
from openbadge_issuer.errors import OpenBadgeError
from openbadge_issuer.signing.data_integrity import proofs_of
from openbadge_issuer.signing.sd_jwt import parse_sd_jwt
from openbadge_issuer.signing.vc_jose_cose import PRESENTATION_TYPES
from openbadge_issuer.signing.vc_jwt import CREDENTIAL_TYPES, VcJwt, parse_jwt

MAX_FILE_BYTES: Final = 32 * 1024 * 1024
"""Above the largest picture that a badge is baked into; what is longer is not read."""

_TOKEN_TYPES = CREDENTIAL_TYPES | PRESENTATION_TYPES | {"dc+sd-jwt", "vc+sd-jwt"}
_TOKENS_INSIDE = ("endorsementJwt", "verifiableCredential")
_PASSED_OVER = frozenset({"@context", "proof"})
_JSON = (b"{", b"[")
_MARK = b"\xef\xbb\xbf"  # a byte order mark


@dataclass(frozen=True, slots=True)
class Signature:
    """A signature, not verified.

    Attributes:
        place: where in the file it stands: `#` and a JSON Pointer, after the line if there are several; empty
            for what the file as a whole is.
        secured: the proof, or the token.
        document: the document that it is over, proofs included.
    """

    place: str
    secured: JsonObject | VcJwt
    document: JsonObject


@dataclass(frozen=True, slots=True)
class Unread:
    """Something that should hold a signature, and could not be read; `place` is as in `Signature`."""

    place: str


Found: TypeAlias = Signature | Unread


def read_archive(place: Path) -> Iterator[tuple[str, bytes | None]]:
    """Give every file below a folder, or the one file, with its content; None if it cannot be read."""
    files = _files(place) if place.is_dir() else iter((place,))
    return ((str(file), _content(file)) for file in files)


def signatures_in(data: bytes) -> Iterator[Found]:
    """Find every signature in a file.

    A file holds JSON, a token, or a picture with one of them baked in; or several in a JSON array, or one in
    each line. Endorsements, the credentials of learner records and presentations, and envelopes are opened to
    the bottom.
    """
    text = data.removeprefix(_MARK).strip()
    try:
        if text[:1] not in _JSON:
            text = _unbaked(data, text)
        found = list(_in_text(text, ""))
    except OpenBadgeError:
        yield from _in_lines(text)
    else:
        yield from found


def _unbaked(data: bytes, text: bytes) -> bytes:
    """Take what is baked into a picture out of it; what is none stays as it is."""
    # Local: most archives hold no pictures, and XML takes time to import.
    from openbadge_issuer.baking import picture_format, unbake  # noqa: PLC0415

    return text if picture_format(data) is None else unbake(data).strip()


def is_of_2(document: JsonObject) -> bool:
    """Tell whether a document is one of Open Badges 2.0."""
    return detect(document) == "2.0"


def _in_lines(text: bytes) -> Iterator[Found]:
    """Read one credential in each line; if none of them is one, the file is unreadable as a whole."""
    lines = [(f":{number}", line.strip()) for number, line in enumerate(text.split(b"\n"), start=1)]
    found: list[Found] = []
    unread: list[Found] = []
    for place, line in lines:
        try:
            found += _in_text(line, place) if line else ()
        except OpenBadgeError:
            unread.append(Unread(place))
    yield from (*found, *unread) if found else (Unread(""),)


def _in_text(text: bytes, place: str) -> Iterator[Found]:
    if text[:1] in _JSON:
        return _in_json(parse_json(text), place, "")
    return _in_token(text.decode("latin-1"), place, "")


def _in_json(value: JsonValue, outer: str, prefix: str) -> Iterator[Found]:
    """Find the signatures in JSON that stands at a place of a file, under a JSON Pointer."""
    for steps, document in parts({"": value}, passing_over=_PASSED_OVER):
        if not steps:  # what `value` was wrapped in
            continue
        here = prefix + pointer(*steps[1:])
        for proof in proofs_of(document):
            if isinstance(proof, dict):
                yield Signature(_place(outer, here), proof, document)
        for at, token in _tokens(document):
            try:
                yield from list(_in_token(token, outer, here + at))
            except OpenBadgeError:
                yield Unread(_place(outer, here + at))


def _tokens(document: JsonObject) -> Iterator[tuple[str, str]]:
    """Give the tokens that stand in an object itself: in an envelope, or where tokens may stand."""
    if any(name.startswith("Enveloped") for name in strings_of(document.get("type"))):
        place = document.get("id")
        yield "/id", place.partition(",")[2] if isinstance(place, str) else ""
    for name in _TOKENS_INSIDE:
        value = document.get(name)
        for at, item in enumerate(value if isinstance(value, list) else [value]):
            if isinstance(item, str):
                yield pointer(name, at) if isinstance(value, list) else pointer(name), item


def _in_token(text: str, outer: str, prefix: str) -> Iterator[Found]:
    """Give the signature of a token, and what stands in its claims, as far as they are disclosed.

    Raises:
        OpenBadgeError: as `parse_jwt`.
    """
    signed, tilde, _ = text.partition("~")
    token, claims = parse_jwt(signed, types=_TOKEN_TYPES), None
    try:
        claims = parse_sd_jwt(text, types=_TOKEN_TYPES).payload if tilde else token.payload
    except OpenBadgeError:
        yield Unread(_place(outer, prefix))
    yield Signature(
        _place(outer, prefix), token, token.payload if is_of_2(token.payload) else token.credential
    )
    yield from _in_json(token.payload if claims is None else claims, outer, prefix)


def _place(outer: str, here: str) -> str:
    return f"{outer}#{here}" if here else outer


def _files(folder: Path) -> Iterator[Path]:
    for place, folders, names in os.walk(folder):  # links to folders are not followed: they may go in circles
        folders.sort()
        yield from (Path(place, name) for name in sorted(names))


def _content(file: Path) -> bytes | None:
    """Read a file; not a pipe, which may never end, nor a link that leads nowhere."""
    try:
        if not stat.S_ISREG(file.stat().st_mode):
            return None
        with file.open("rb") as opened:
            data = opened.read(MAX_FILE_BYTES + 1)
    except OSError:
        return None
    return data if len(data) <= MAX_FILE_BYTES else None
