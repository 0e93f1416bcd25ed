"""The annulment register: badges that no longer count, and that carry no place in a status list for it.

An organisation cannot change a badge on somebody else's platform, and a badge without an entry for suspension
cannot be suspended in a list. What the organisation decided about such a badge it publishes here, signed; a
verifier that is given the register, or finds it through the issuer's document, reads it. The register is a
JWT (RFC 7519) of the type `annulment-register+jwt`:

    {"iss": "did:web:…", "iat": 1780000000, "exp": 1782592000,
     "entries": [{"digest": "<base64url>", "status": "annulled", "since": "2026-03-01T00:00:00Z",
                  "reason": "…"}]}

A badge is named by the SHA-256 of its `id`: who holds the badge finds it, and nobody else learns of it.
Entries stand in the order of their digests, which tells no order of events.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cached_property
from typing import Final, Literal, TypeAlias, get_args

from openbadge_issuer.assertions.json_text import JsonObject, JsonValue, pointer
from openbadge_issuer.assertions.moments import parse_date_time, write_date_time
from openbadge_issuer.errors import DocumentError, LimitError
from openbadge_issuer.signing.base64url import decode_base64url, encode_base64url
from openbadge_issuer.signing.public_key import PublicKey
from openbadge_issuer.signing.signer import Signer
from openbadge_issuer.signing.vc_jwt import VcJwt, parse_jwt, sign_payload, verify_jwt
from openbadge_issuer.status.reasons import MAX_REASON, check_reason

Annulled: TypeAlias = Literal["annulled", "suspended"]

REGISTER_TOKEN_TYPE: Final = "annulment-register+jwt"  # noqa: S105  # a media type

FILE_NAME: Final = "annulments.jwt"
"""The file beside did.json."""

MAX_ENTRIES: Final = 100_000
"""Entries in one register: with reasons some 20 MB as a token, more than a verifier fetches."""

_DIGEST_BYTES = 32
_LATEST = 2**33  # the year 2242


@dataclass(frozen=True, slots=True)
class Annulment:
    """What was decided about one badge.

    Attributes:
        digest: the SHA-256 of the badge's `id`, in base64url; see `badge_digest`.
        status: whether it is annulled for good, or suspended.
        since: from when.
        reason: why, for everyone to read; it names nobody.
    """

    digest: str
    status: Annulled
    since: datetime
    reason: str | None = None


@dataclass(frozen=True)
class AnnulmentRegister:
    """The register of one organisation.

    Attributes:
        issuer: the organisation's identifier.
        issued: when it was signed, in whole seconds.
        valid_until: until when this copy counts.
        entries: what was decided, each badge once.
    """

    issuer: str
    issued: datetime
    valid_until: datetime
    entries: tuple[Annulment, ...]

    def find(self, badge_id: str) -> Annulment | None:
        """Return what is said of the badge with this `id`, or None."""
        return self._by_digest.get(badge_digest(badge_id))

    @cached_property
    def _by_digest(self) -> dict[str, Annulment]:
        return {entry.digest: entry for entry in self.entries}


@dataclass(frozen=True, slots=True)
class UnverifiedAnnulmentRegister:
    """A register as it was received; nothing in it counts before `verify`.

    Attributes:
        token: the token.
        issuer: whose register it says it is.
        kid: the name of the key that it says it is signed with.
    """

    token: VcJwt
    issuer: str
    kid: str
    _content: AnnulmentRegister

    def verify(self, key: PublicKey) -> AnnulmentRegister:
        """Check the signature and return what the register says.

        The caller has made sure that `key` is the one that `kid` names and the issuer's own.

        Raises:
            SignatureError, UnsupportedError: as `verify_jwt`.
        """
        verify_jwt(self.token, key)
        return self._content


def badge_digest(badge_id: str) -> str:
    """Return the name of a badge in the register: the SHA-256 of its `id`, trimmed, in base64url."""
    return encode_base64url(hashlib.sha256(badge_id.strip().encode("utf-8", "surrogatepass")).digest())


def sign_annulments(register: AnnulmentRegister, signer: Signer, *, verification_method: str) -> bytes:
    """Sign a register, as the token to publish.

    Args:
        register: what it says.
        signer: a key of the organisation.
        verification_method: the name of that key in the organisation's document.

    Raises:
        LimitError: `ANNULMENT-SIZE`.
        StatusError: a reason cannot be published; see `status.reasons`.
    """
    if len(register.entries) > MAX_ENTRIES:
        raise LimitError("ANNULMENT-SIZE", limit=MAX_ENTRIES)
    for entry in register.entries:
        if entry.reason is not None:
            check_reason(entry.reason)
    entries = sorted(register.entries, key=lambda entry: entry.digest)
    payload: JsonObject = {
        "iss": register.issuer,
        "iat": int(register.issued.timestamp()),
        "exp": int(register.valid_until.timestamp()),
        "entries": [_written(entry) for entry in entries],
    }
    return sign_payload(payload, signer, kid=verification_method, typ=REGISTER_TOKEN_TYPE).encode("ascii")


def read_annulments(data: bytes | str) -> UnverifiedAnnulmentRegister:
    """Take a register apart; nothing in it is verified yet.

    Raises:
        DocumentError: `ANNULMENT-FORMAT`, with the place; or as `parse_jwt`.
        LimitError: `ANNULMENT-SIZE`; or as `parse_jwt`.
        SignatureError: as `parse_jwt`.
    """
    token = parse_jwt(data.strip(), types=frozenset({REGISTER_TOKEN_TYPE}))
    issuer, entries = token.payload.get("iss"), token.payload.get("entries")
    if not isinstance(issuer, str) or not issuer or token.kid is None:
        raise DocumentError("ANNULMENT-FORMAT", "/iss")
    if not isinstance(entries, list):
        raise DocumentError("ANNULMENT-FORMAT", "/entries")
    if len(entries) > MAX_ENTRIES:
        raise LimitError("ANNULMENT-SIZE", limit=MAX_ENTRIES)
    found = tuple(_entries(entries))
    if len({entry.digest for entry in found}) != len(found):
        raise DocumentError("ANNULMENT-FORMAT", "/entries")
    content = AnnulmentRegister(issuer, _instant(token, "iat"), _instant(token, "exp"), found)
    return UnverifiedAnnulmentRegister(token, issuer, token.kid, content)


def _written(entry: Annulment) -> JsonObject:
    line: JsonObject = {
        "digest": entry.digest,
        "status": entry.status,
        "since": write_date_time(entry.since),
    }
    return line if entry.reason is None else {**line, "reason": entry.reason}


def _instant(token: VcJwt, claim: str) -> datetime:
    value = token.payload.get(claim)
    if not isinstance(value, int) or isinstance(value, bool) or not 0 <= value < _LATEST:
        raise DocumentError("ANNULMENT-FORMAT", f"/{claim}")
    return datetime.fromtimestamp(value, UTC)


def _entries(values: list[JsonValue]) -> Iterator[Annulment]:
    for position, value in enumerate(values):
        place = pointer("entries", position)
        if not isinstance(value, dict):
            raise DocumentError("ANNULMENT-FORMAT", place)
        reason = value.get("reason")
        if reason is not None and not (isinstance(reason, str) and len(reason) <= MAX_REASON):
            raise DocumentError("ANNULMENT-FORMAT", f"{place}/reason")
        yield Annulment(
            _digest(value.get("digest"), f"{place}/digest"),
            _status(value.get("status"), f"{place}/status"),
            _since(value.get("since"), f"{place}/since"),
            reason,
        )


def _digest(value: JsonValue, place: str) -> str:
    try:
        if isinstance(value, str) and len(decode_base64url(value)) == _DIGEST_BYTES:
            return value
    except DocumentError:
        pass
    raise DocumentError("ANNULMENT-FORMAT", place)


def _status(value: JsonValue, place: str) -> Annulled:
    for known in get_args(Annulled):
        if value == known:
            status: Annulled = known
            return status
    raise DocumentError("ANNULMENT-FORMAT", place)


def _since(value: JsonValue, place: str) -> datetime:
    try:
        return parse_date_time(value if isinstance(value, str) else "")
    except ValueError as error:
        raise DocumentError("ANNULMENT-FORMAT", place) from error
