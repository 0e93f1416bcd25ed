"""Making an SD-JWT: the issuer conceals, the holder selects and proves to have the key.

Source: RFC 9901, sections 4.1, 4.2 and 4.3.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Collection
from dataclasses import dataclass, field
from datetime import datetime

from openbadge_issuer.assertions.json_text import JsonObject, JsonValue, pointer
from openbadge_issuer.errors import IssuingError
from openbadge_issuer.signing.base64url import encode_base64url
from openbadge_issuer.signing.sd_jwt import (
    DIGESTS,
    ELEMENT,
    HASH,
    HASH_NAME,
    RESERVED,
    Disclosure,
    digest_of,
    parse_sd_jwt,
)
from openbadge_issuer.signing.signer import Signer
from openbadge_issuer.signing.vc_jwt import sign_payload

_SALT_BYTES = 16  # 128 bits, as section 9.3 recommends


def conceal(
    claims: JsonObject,
    places: Collection[str],
    *,
    decoys: int = 0,
    rng: Callable[[int], bytes] = os.urandom,
) -> tuple[JsonObject, tuple[Disclosure, ...]]:
    """Put digests in place of values.

    Args:
        claims: what is to be signed; it is not changed.
        places: JSON Pointers to the members and elements that the holder may keep back. One inside
            another can be shown only together with that.
        decoys: digests of nothing that are added to each object with concealed members, so that their
            number tells less.
        rng: the source of randomness.

    Raises:
        IssuingError: `SD-JWT-POINTER`, nothing stands there; `SD-JWT-NAME`, a name is taken by the format;
            `JWT-NOT-JSON`.
    """
    work = _Concealing(frozenset(places), decoys, rng)
    concealed = work.object(claims, ())
    unknown = work.places - work.found
    if unknown:
        raise IssuingError("SD-JWT-POINTER", min(unknown), place=min(unknown)[:80])
    return {**concealed, HASH_NAME: HASH}, tuple(work.disclosures)


def select(token: str, places: Collection[str], *, types: Collection[str]) -> str:
    """Keep the disclosures of some places, those around them and those inside them; drop the others.

    Args:
        token: the token as the issuer gave it; a key binding is dropped, since it is over all of it.
        places: JSON Pointers into the disclosed claims; that of an element counts the shown elements.
        types: as for `parse_sd_jwt`.

    Raises:
        IssuingError: `SD-JWT-POINTER`, nothing that could be kept back stands there.
        OpenBadgeError: as `parse_sd_jwt`.
    """
    parsed = parse_sd_jwt(token, types=types)
    for place in places:
        if place not in parsed.places.values():
            raise IssuingError("SD-JWT-POINTER", place, place=place[:80])
    kept = [
        shown.text
        for shown in parsed.disclosures
        if any(_along(parsed.places[shown.digest], place) for place in places)
    ]
    return "".join(f"{part}~" for part in (parsed.jwt.token, *kept))


def bind(token: str, signer: Signer, *, nonce: str, audience: str, issued: datetime) -> str:
    """Prove to one verifier, now, to have the key that the issuer bound the token to (section 4.3).

    Args:
        token: what is shown, as `select` gives it: it ends in a tilde.
        signer: the holder's key.
        nonce: what the verifier gave.
        audience: who the verifier is.
        issued: the present, aware.

    Raises:
        IssuingError: `PROOF-NAIVE-TIME`, or `SD-JWT-BOUND`, the token is bound already or is none.
    """
    if issued.tzinfo is None:
        raise IssuingError("PROOF-NAIVE-TIME")
    if not token.endswith("~"):
        raise IssuingError("SD-JWT-BOUND")
    claims: JsonObject = {
        "iat": int(issued.timestamp()),
        "aud": audience,
        "nonce": nonce,
        "sd_hash": digest_of(token),
    }
    return token + sign_payload(claims, signer, kid=None, typ="kb+jwt")


def _along(one: str, other: str) -> bool:
    return one == other or one.startswith(f"{other}/") or other.startswith(f"{one}/")


@dataclass(slots=True)
class _Concealing:
    places: frozenset[str]
    decoys: int
    rng: Callable[[int], bytes]
    found: set[str] = field(default_factory=set)
    disclosures: list[Disclosure] = field(default_factory=list)

    def object(self, value: JsonObject, path: tuple[str | int, ...]) -> JsonObject:
        plain: JsonObject = {}
        digests: list[str] = []
        for name, inner in value.items():
            place = (*path, name)
            if name in RESERVED:
                raise IssuingError("SD-JWT-NAME", pointer(*place), name=name)
            concealed = self._value(inner, place)
            if self._is_chosen(place):
                digests.append(self._disclosed(concealed, place, name))
            else:
                plain[name] = concealed
        if digests:
            digests += [digest_of(self._salt()) for _ in range(self.decoys)]
            plain[DIGESTS] = [*sorted(digests)]  # their own order, which tells nothing
        return plain

    def _value(self, value: JsonValue, path: tuple[str | int, ...]) -> JsonValue:
        if isinstance(value, dict):
            return self.object(value, path)
        if not isinstance(value, list):
            return value
        plain: list[JsonValue] = []
        for at, inner in enumerate(value):
            concealed = self._value(inner, (*path, at))
            chosen = self._is_chosen((*path, at))
            plain.append({ELEMENT: self._disclosed(concealed, (*path, at))} if chosen else concealed)
        return plain

    def _is_chosen(self, path: tuple[str | int, ...]) -> bool:
        place = pointer(*path)
        if place not in self.places:
            return False
        self.found.add(place)
        return True

    def _disclosed(self, value: JsonValue, path: tuple[str | int, ...], name: str | None = None) -> str:
        try:
            disclosure = Disclosure.of(value, salt=self._salt(), name=name)
        except ValueError as error:
            raise IssuingError("JWT-NOT-JSON", pointer(*path)) from error
        self.disclosures.append(disclosure)
        return disclosure.digest

    def _salt(self) -> str:
        return encode_base64url(self.rng(_SALT_BYTES))
