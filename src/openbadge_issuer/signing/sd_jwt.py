"""SD-JWT: a token whose holder chooses what to show, and how such a token is taken apart.

Source: RFC 9901, sections 4 (format) and 7.1 (verification). Making one is in `sd_jwt_making`; what
credentials add is in `sd_jwt_vc`.
"""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field

from openbadge_issuer.assertions.json_text import (
    MAX_JSON_DEPTH,
    JsonObject,
    JsonValue,
    dump_json,
    parse_json,
    pointer,
)
from openbadge_issuer.errors import DocumentError, LimitError, UnsupportedError
from openbadge_issuer.signing.base64url import decode_base64url, encode_base64url
from openbadge_issuer.signing.vc_jwt import MAX_TOKEN_BYTES, VcJwt, parse_jwt

MAX_DISCLOSURES = 1000
"""Each costs a hash; the largest published credential has some dozens of claims."""

DIGESTS, ELEMENT, HASH_NAME = "_sd", "...", "_sd_alg"
RESERVED = frozenset({DIGESTS, ELEMENT, HASH_NAME})
HASH = "sha-256"
KEY_BINDING_TYPES = frozenset({"kb+jwt"})


@dataclass(frozen=True, slots=True)
class Disclosure:
    """One value that was concealed (RFC 9901, section 4.2).

    Attributes:
        text: the disclosure as it stands in the token.
        salt: what keeps others from guessing the value.
        name: the name of the member; None for an element of an array.
        value: the value; in it further digests can stand.
    """

    text: str
    salt: str
    name: str | None
    value: JsonValue

    @property
    def digest(self) -> str:
        """The digest by which the issuer vouches for it."""
        return digest_of(self.text)

    @classmethod
    def of(cls, value: JsonValue, *, salt: str, name: str | None = None) -> Disclosure:
        """Write a disclosure; raises ValueError for what JSON cannot say."""
        parts: list[JsonValue] = [salt, value] if name is None else [salt, name, value]
        return cls(encode_base64url(dump_json(parts)), salt, name, value)

    @classmethod
    def parse(cls, text: str, *, position: int) -> Disclosure:
        """Read the disclosure at a position of the token; raises DocumentError `SD-JWT-DISCLOSURE`."""
        try:
            parts = parse_json(decode_base64url(text))
        except DocumentError as error:
            raise DocumentError("SD-JWT-DISCLOSURE", position=position) from error
        if isinstance(parts, list) and all(isinstance(part, str) for part in parts[:-1]):
            match parts:
                case [str(salt), value]:
                    return cls(text, salt, None, value)
                case [str(salt), str(name), value]:
                    return cls(text, salt, name, value)
        raise DocumentError("SD-JWT-DISCLOSURE", position=position)


@dataclass(frozen=True)
class SdJwt:
    """A token taken apart, with every disclosure at its place; no signature in it is verified yet.

    Attributes:
        jwt: what the issuer signed.
        disclosures: what is shown, in the order of the token.
        payload: the claims with the disclosed values and without any digest.
        places: the JSON Pointer to each disclosed value in `payload`, by its digest.
        key_binding: the token in which the holder proves to have the key, if there is one.
    """

    jwt: VcJwt
    disclosures: tuple[Disclosure, ...]
    payload: JsonObject
    places: Mapping[str, str]
    key_binding: VcJwt | None = None

    @property
    def presented(self) -> str:
        """The token up to the key binding, which that is over (section 4.3.1)."""
        return "".join(f"{part}~" for part in (self.jwt.token, *(shown.text for shown in self.disclosures)))


def digest_of(text: str) -> str:
    """Hash ASCII text with SHA-256, in base64url."""
    return encode_base64url(hashlib.sha256(text.encode("ascii")).digest())


def parse_sd_jwt(token: str | bytes, *, types: Collection[str]) -> SdJwt:
    """Take an SD-JWT apart and put every disclosure where its digest stands.

    Args:
        token: the token, with or without a key binding; it has at least one tilde.
        types: what the `typ` of the issuer's token may be, in lower case and without `application/`.

    Raises:
        DocumentError: `SD-JWT-FORMAT`, `SD-JWT-DISCLOSURE`, `SD-JWT-DIGEST`, `SD-JWT-DIGEST-TWICE`,
            `SD-JWT-NAME`, `SD-JWT-UNREFERENCED`, or as `parse_jwt`.
        LimitError: `JWT-SIZE`, `SD-JWT-COUNT` or `JSON-DEPTH`.
        SignatureError: as `parse_jwt`.
        UnsupportedError: `SD-JWT-HASH`.
    """
    if len(token) > MAX_TOKEN_BYTES:
        raise LimitError("JWT-SIZE", size=len(token), limit=MAX_TOKEN_BYTES)
    text = token.decode("latin-1") if isinstance(token, bytes) else token
    if text.count("~") > MAX_DISCLOSURES + 1:
        raise LimitError("SD-JWT-COUNT", limit=MAX_DISCLOSURES)
    if not text.isascii() or "~" not in text:
        raise DocumentError("SD-JWT-FORMAT")
    signed, *shown, binding = text.split("~")
    jwt = parse_jwt(signed, types=types)
    key_binding = parse_jwt(binding, types=KEY_BINDING_TYPES) if binding else None
    disclosures = tuple(Disclosure.parse(part, position=at) for at, part in enumerate(shown, start=1))
    used = _Unveiling.of(disclosures)
    payload = used.payload(jwt.payload)
    return SdJwt(jwt, disclosures, payload, used.places, key_binding)


@dataclass(slots=True)
class _Unveiling:
    """Puts disclosures in place of their digests, each exactly once (section 7.1, step 3)."""

    waiting: dict[str, Disclosure]
    seen: set[str] = field(default_factory=set)
    places: dict[str, str] = field(default_factory=dict)

    @classmethod
    def of(cls, disclosures: tuple[Disclosure, ...]) -> _Unveiling:
        waiting = {shown.digest: shown for shown in disclosures}
        if len(waiting) != len(disclosures):
            raise DocumentError("SD-JWT-DIGEST-TWICE")
        return cls(waiting)

    def payload(self, signed: JsonObject) -> JsonObject:
        name = signed.get(HASH_NAME, HASH)
        if name != HASH:
            raise UnsupportedError("SD-JWT-HASH", f"/{HASH_NAME}", found=str(name)[:40])
        plain = self._object({key: value for key, value in signed.items() if key != HASH_NAME}, (), 1)
        if self.waiting:
            raise DocumentError("SD-JWT-UNREFERENCED", count=len(self.waiting))
        return plain

    def _value(self, value: JsonValue, path: tuple[str | int, ...], depth: int) -> JsonValue:
        if isinstance(value, dict | list) and depth > MAX_JSON_DEPTH:
            raise LimitError("JSON-DEPTH", limit=MAX_JSON_DEPTH)
        if isinstance(value, dict):
            return self._object(value, path, depth)
        return self._array(value, path, depth) if isinstance(value, list) else value

    def _object(self, value: JsonObject, path: tuple[str | int, ...], depth: int) -> JsonObject:
        for name in (ELEMENT, HASH_NAME):
            if name in value:
                raise DocumentError("SD-JWT-NAME", pointer(*path, name), name=name)
        plain = {
            name: self._value(inner, (*path, name), depth + 1)
            for name, inner in value.items()
            if name != DIGESTS
        }
        digests = value.get(DIGESTS, [])
        if not isinstance(digests, list):
            raise DocumentError("SD-JWT-DIGEST", pointer(*path, DIGESTS))
        for digest in digests:
            shown = self._take(digest, (*path, DIGESTS))
            if shown is None:
                continue
            if shown.name is None:
                raise DocumentError("SD-JWT-DIGEST", pointer(*path, DIGESTS))
            if shown.name in value or shown.name in plain or shown.name in RESERVED:
                raise DocumentError("SD-JWT-NAME", pointer(*path, shown.name), name=shown.name[:60])
            self.places[shown.digest] = pointer(*path, shown.name)
            plain[shown.name] = self._value(shown.value, (*path, shown.name), depth + 1)
        return plain

    def _array(self, values: list[JsonValue], path: tuple[str | int, ...], depth: int) -> list[JsonValue]:
        plain: list[JsonValue] = []
        for value in values:
            place = (*path, len(plain))
            if not isinstance(value, dict) or ELEMENT not in value:
                plain.append(self._value(value, place, depth + 1))
                continue
            shown = self._take(value[ELEMENT], place)
            if len(value) != 1 or (shown is not None and shown.name is not None):
                raise DocumentError("SD-JWT-DIGEST", pointer(*place))
            if shown is not None:
                self.places[shown.digest] = pointer(*place)
                plain.append(self._value(shown.value, place, depth + 1))
        return plain

    def _take(self, digest: JsonValue, path: tuple[str | int, ...]) -> Disclosure | None:
        """Return the disclosure for a digest; None for a decoy, or what the holder keeps back."""
        if not isinstance(digest, str):
            raise DocumentError("SD-JWT-DIGEST", pointer(*path))
        if digest in self.seen:
            raise DocumentError("SD-JWT-DIGEST-TWICE", pointer(*path))
        self.seen.add(digest)
        return self.waiting.pop(digest, None)
