"""JCS: JSON in one canonical spelling (RFC 8785)."""

from __future__ import annotations

from openbadge_issuer.assertions.json_text import JsonValue
from openbadge_issuer.errors import CanonicalizationError, LimitError


def canonicalize_jcs(value: JsonValue) -> bytes:
    """Write a JSON value in its canonical form, as UTF-8.

    Raises:
        CanonicalizationError: a number that readers take differently, such as an integer beyond 2^53
            (`JCS-NUMBER`), or something that is no JSON at all (`JCS-VALUE`).
        LimitError: the value is nested deeper than can be written (`JCS-DEPTH`).
    """
    import rfc8785  # noqa: PLC0415  # needed only where JCS is the canonical form

    try:
        return rfc8785.dumps(value)
    except (rfc8785.IntegerDomainError, rfc8785.FloatDomainError) as error:
        raise CanonicalizationError("JCS-NUMBER", problem=str(error)) from error
    except (rfc8785.CanonicalizationError, UnicodeEncodeError) as error:  # a key with a lone surrogate
        raise CanonicalizationError("JCS-VALUE", problem="a lone surrogate, or no JSON type") from error
    except RecursionError as error:
        raise LimitError("JCS-DEPTH") from error
