"""What every credential gets when it is made: dates that agree, and a name of its own."""

from __future__ import annotations

from datetime import UTC, datetime
from functools import lru_cache

from openbadge_issuer.assertions.recipient import RandomBytes
from openbadge_issuer.errors import IssuingError


def whole_second(now: datetime | float) -> datetime:
    """Return the moment of signing, in whole seconds as credentials give it.

    Args:
        now: the moment, or what the machine's clock says: seconds since 1970.
    """
    if not isinstance(now, datetime):
        return _moment(int(now))
    return now.replace(microsecond=0) if now.microsecond else now


@lru_cache(maxsize=1)  # many badges are signed within a second
def _moment(second: int) -> datetime:
    return datetime.fromtimestamp(second, UTC)


def validity_period(
    moment: datetime, *, valid_from: datetime | None, valid_until: datetime | None
) -> datetime:
    """Check the dates of a credential, and return the one on which it begins to count.

    Raises:
        IssuingError: `ISSUE-TIME-ZONE` or `ISSUE-PERIOD`.
    """
    if valid_from is not None and valid_from.tzinfo is None:
        raise IssuingError("ISSUE-TIME-ZONE", name="valid_from")
    if valid_until is not None and valid_until.tzinfo is None:
        raise IssuingError("ISSUE-TIME-ZONE", name="valid_until")
    begin = valid_from or moment
    if valid_until is not None and valid_until <= begin:
        raise IssuingError("ISSUE-PERIOD")
    return begin


def fresh_id(rng: RandomBytes) -> str:
    """Make a `urn:uuid:` that nobody has yet: a UUID of random bits (RFC 9562, section 5.4)."""
    digits = rng(16).hex()
    variant = "89ab"[int(digits[16], 16) & 3]
    return f"urn:uuid:{digits[:8]}-{digits[8:12]}-4{digits[13:16]}-{variant}{digits[17:20]}-{digits[20:]}"
