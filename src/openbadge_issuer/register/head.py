"""Signed heads: what the chain was at a moment, to be kept outside the database and compared with it.

A chain alone cannot show that its tail was cut off, or that all of it was written anew. A head that was
signed and given away can: up to its length nothing may differ. It is a JWT (RFC 7519) of the type
`register-head+jwt`:

    {"iss": "https://…", "iat": 1780000000, "length": 42, "digest": "<hex>", "at": "2026-03-01T00:00:00Z"}

`iss` is the organisation, `at` the moment of its last entry, left out where there is none. It names nobody.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Final

from openbadge_issuer.assertions.json_text import JsonObject
from openbadge_issuer.assertions.moments import parse_date_time, write_date_time
from openbadge_issuer.errors import DocumentError
from openbadge_issuer.register.chain import GENESIS, Head
from openbadge_issuer.signing.public_key import PublicKey
from openbadge_issuer.signing.signer import Signer
from openbadge_issuer.signing.vc_jwt import VcJwt, parse_jwt, sign_payload, verify_jwt

HEAD_TOKEN_TYPE: Final = "register-head+jwt"  # noqa: S105  # a media type

_DIGEST = re.compile(r"[0-9a-f]{64}")
_LARGEST = 2**53
_LATEST = 2**33  # the year 2242


@dataclass(frozen=True, slots=True)
class UnverifiedHead:
    """A head as it was received; nothing in it counts before `verify`.

    Attributes:
        token: the token.
        organisation: whose chain it says it is about.
        kid: the name of the key that it says it is signed with.
        issued: when it says it was signed.
    """

    token: VcJwt
    organisation: str
    kid: str
    issued: datetime
    _head: Head

    def verify(self, key: PublicKey) -> Head:
        """Check the signature and return the head.

        The caller has made sure that `key` is the one that `kid` names, and the organisation's own.

        Raises:
            SignatureError, UnsupportedError: as `verify_jwt`.
        """
        verify_jwt(self.token, key)
        return self._head


def sign_head(head: Head, signer: Signer, *, verification_method: str, now: datetime) -> bytes:
    """Sign a head, as the token to keep outside the database.

    Args:
        head: the head, read in the transaction that is published.
        signer: any key of the organisation.
        verification_method: the name of that key in the organisation's document.
        now: when it is signed.

    Raises:
        IssuingError: `JWT-KID`.
    """
    payload: JsonObject = {
        "iss": head.organisation,
        "iat": int(now.timestamp()),
        "length": head.length,
        "digest": head.digest,
    }
    if head.at is not None:
        payload["at"] = write_date_time(head.at)
    return sign_payload(payload, signer, kid=verification_method, typ=HEAD_TOKEN_TYPE).encode("ascii")


def read_head(data: bytes | str) -> UnverifiedHead:
    """Take a signed head apart; nothing in it is verified yet.

    Raises:
        DocumentError: `REGISTER-HEAD-FORMAT`, with the place; or as `parse_jwt`.
        LimitError, SignatureError: as `parse_jwt`.
    """
    token = parse_jwt(data.strip(), types=frozenset({HEAD_TOKEN_TYPE}))
    organisation, digest = token.payload.get("iss"), token.payload.get("digest")
    if not isinstance(organisation, str) or not organisation or token.kid is None:
        raise DocumentError("REGISTER-HEAD-FORMAT", "/iss")
    if not isinstance(digest, str) or not _DIGEST.fullmatch(digest):
        raise DocumentError("REGISTER-HEAD-FORMAT", "/digest")
    issued, length = _number(token, "iat", _LATEST), _number(token, "length", _LARGEST)
    at = _moment(token)
    if (length == 0) != (digest == GENESIS) or (length == 0) != (at is None):
        raise DocumentError("REGISTER-HEAD-FORMAT", "/length")
    return UnverifiedHead(
        token,
        organisation,
        token.kid,
        datetime.fromtimestamp(issued, UTC),
        Head(organisation, length, digest, at),
    )


def _number(token: VcJwt, name: str, limit: int) -> int:
    value = token.payload.get(name)
    if not isinstance(value, int) or isinstance(value, bool) or not 0 <= value < limit:
        raise DocumentError("REGISTER-HEAD-FORMAT", f"/{name}")
    return value


def _moment(token: VcJwt) -> datetime | None:
    value = token.payload.get("at")
    if value is None:
        return None
    try:
        return parse_date_time(value if isinstance(value, str) else "")
    except ValueError as error:
        raise DocumentError("REGISTER-HEAD-FORMAT", "/at") from error
