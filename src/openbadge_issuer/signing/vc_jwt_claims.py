"""The claims of a VC-JWT: what they repeat of the credential, on writing and on reading.

Source: Open Badges 3.0, section "JWT Payload" and "JWT Verification"; NumericDate is RFC 7519, section 2.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from functools import lru_cache

from openbadge_issuer.assertions.json_text import JsonObject, JsonValue, pointer
from openbadge_issuer.assertions.moments import parse_date_time
from openbadge_issuer.errors import IssuingError

REGISTERED_CLAIMS = frozenset({"iss", "sub", "aud", "exp", "nbf", "iat", "jti"})
"""The claims of RFC 7519, section 4.1: beside the credential in its payload, no members of it."""

_V1_CONTEXT = "https://www.w3.org/2018/credentials/v1"
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_LATEST = (datetime(9999, 12, 31, tzinfo=UTC) - _EPOCH) // timedelta(seconds=1)
_EARLIEST = (datetime(1, 1, 1, tzinfo=UTC) - _EPOCH) // timedelta(seconds=1)


@dataclass(frozen=True, slots=True)
class ClaimProblem:
    """One way in which a claim and the credential do not fit; `pointer` is into the payload."""

    code: str
    pointer: str
    details: Mapping[str, str | int] = field(default_factory=dict)


def claims_for(credential: JsonObject, *, issued: datetime | None = None) -> JsonObject:
    """Return the claims that a VC-JWT adds to a credential of data model 2.0.

    `sub` is left out where the subject has no id. Dates must be whole seconds: many verifiers read no
    fractions, and the claim must equal the member.

    Args:
        credential: the credential.
        issued: when the token is signed, for the claim `iat`.

    Raises:
        IssuingError: `JWT-DATA-MODEL`, `JWT-CLAIM-TAKEN`, `JWT-MEMBER`, `JWT-FRACTION`, `PROOF-NAIVE-TIME`.
    """
    if is_version_1(credential):
        raise IssuingError("JWT-DATA-MODEL", "/@context/0")
    for name in credential:
        if name in REGISTERED_CLAIMS or name in ("vc", "vp"):
            raise IssuingError("JWT-CLAIM-TAKEN", pointer(name), name=name)
    issuer, identifier = _id_of(credential.get("issuer")), credential.get("id")
    if issuer is None:
        raise IssuingError("JWT-MEMBER", "/issuer", name="issuer")
    if not isinstance(identifier, str):
        raise IssuingError("JWT-MEMBER", "/id", name="id")
    claims: JsonObject = {"iss": issuer}
    subjects = _subject_ids(credential)
    if len(subjects) == 1:
        claims["sub"] = subjects[0]
    claims |= {"jti": identifier, "nbf": _whole_seconds(credential, "validFrom")}
    if "validUntil" in credential:
        claims["exp"] = _whole_seconds(credential, "validUntil")
    return claims | issued_claim(issued)


def issued_claim(issued: datetime | None) -> JsonObject:
    """Return the claim that says when a token was signed, none for None (RFC 7519, section 4.1.6).

    Raises:
        IssuingError: `PROOF-NAIVE-TIME`.
    """
    return {} if issued is None else {"iat": seconds_of(issued)}


def seconds_of(moment: datetime) -> int:
    """Write a moment as a NumericDate in whole seconds; raises IssuingError `PROOF-NAIVE-TIME`."""
    if moment.tzinfo is None:
        raise IssuingError("PROOF-NAIVE-TIME")
    return (moment - _EPOCH) // timedelta(seconds=1)


def claim_problems(payload: JsonObject, credential: JsonObject) -> tuple[ClaimProblem, ...]:
    """Compare the claims of a payload with the members of the credential in it."""
    start, end = (
        ("issuanceDate", "expirationDate") if is_version_1(credential) else ("validFrom", "validUntil")
    )
    return (
        *_version(payload, credential),
        *_text_claim(payload, "iss", _id_of(credential.get("issuer")), member="issuer"),
        *_subject(payload, credential),
        *_text_claim(payload, "jti", credential.get("id"), member="id"),
        *_date_claim(payload, "nbf", credential.get(start), member=start),
        *_date_claim(payload, "exp", credential.get(end), member=end),
    )


def claims_beside(payload: JsonObject, credential: JsonObject) -> tuple[ClaimProblem, ...]:
    """Compare the claims with the members of a credential that needs none of them.

    Whatever is claimed must agree: two readers would otherwise see two issuers, subjects or identifiers.
    Dates are the signature's own, so they only have to be dates.
    """
    repeated = (
        *_text_claim(payload, "iss", _id_of(credential.get("issuer")), member="issuer"),
        *_subject(payload, credential),
        *_text_claim(payload, "jti", credential.get("id"), member="id"),
    )
    dates = (name for name in ("iat", "nbf", "exp") if name in payload and _seconds(payload[name]) is None)
    return (
        *(problem for problem in repeated if not problem.code.endswith("-MISSING")),
        *(ClaimProblem("JWT-CLAIM-TYPE", pointer(name), {"name": name}) for name in dates),
    )


def numeric_date(value: JsonValue) -> datetime | None:
    """Read a NumericDate (RFC 7519, section 2) as a moment; None if it is none that a calendar has."""
    if type(value) is int and _EARLIEST <= value <= _LATEST:
        return _EPOCH + timedelta(seconds=value)
    seconds = _seconds(value)
    return None if seconds is None else _EPOCH + timedelta(microseconds=int(seconds * 1_000_000))


def _version(payload: JsonObject, credential: JsonObject) -> Iterator[ClaimProblem]:
    """`vc` and the context of data model 1.1 go together, and one token holds one credential."""
    wrapped = "vc" in payload
    if wrapped and not is_version_1(credential):
        yield ClaimProblem("JWT-VERSION-VC", "/vc")
    if not wrapped and is_version_1(credential):
        yield ClaimProblem("JWT-VERSION-V1", "/@context/0")
    if wrapped and ("@context" in payload or "credentialSubject" in payload):
        yield ClaimProblem("JWT-TWO-CREDENTIALS", "/vc")


def _text_claim(
    payload: JsonObject, name: str, expected: JsonValue, *, member: str
) -> Iterator[ClaimProblem]:
    found = payload.get(name)
    code = f"JWT-{name.upper()}"
    if name not in payload:
        yield ClaimProblem(f"{code}-MISSING", "", {"member": member})
    elif not isinstance(found, str):
        yield ClaimProblem("JWT-CLAIM-TYPE", pointer(name), {"name": name})
    elif isinstance(expected, str) and found != expected:
        yield ClaimProblem(code, pointer(name), {"found": found[:200], "expected": expected[:200]})


def _subject(payload: JsonObject, credential: JsonObject) -> Iterator[ClaimProblem]:
    expected = _subject_ids(credential)
    if len(expected) == 1:
        yield from _text_claim(payload, "sub", expected[0], member="credentialSubject.id")
    elif "sub" not in payload:
        return
    elif not isinstance(payload["sub"], str):
        yield ClaimProblem("JWT-CLAIM-TYPE", "/sub", {"name": "sub"})
    elif not expected:
        yield ClaimProblem("JWT-SUB-ONLY", "/sub", {"found": str(payload["sub"])[:200]})
    elif payload["sub"] not in expected:
        details: dict[str, str | int] = {"found": str(payload["sub"])[:200], "expected": expected[0][:200]}
        yield ClaimProblem("JWT-SUB", "/sub", details)


def _date_claim(
    payload: JsonObject, name: str, expected: JsonValue, *, member: str
) -> Iterator[ClaimProblem]:
    code = f"JWT-{name.upper()}"
    moment = _moment(expected)
    if name not in payload:
        if expected is not None or name == "nbf":
            yield ClaimProblem(f"{code}-MISSING", "", {"member": member})
        return
    found = _seconds(payload[name])
    if found is None:
        yield ClaimProblem("JWT-CLAIM-TYPE", pointer(name), {"name": name})
    elif expected is None:
        yield ClaimProblem(f"{code}-ONLY", pointer(name), {"member": member})
    elif moment is not None and found != moment:
        fraction_lost = found == moment // 1 and found != moment
        details: dict[str, str | int] = {
            "found": str(found),
            "expected": str(expected)[:200],
            "member": member,
        }
        yield ClaimProblem(f"{code}-FRACTION" if fraction_lost else code, pointer(name), details)


def is_version_1(credential: JsonObject) -> bool:
    """Tell whether a credential names the context of data model 1.1 first."""
    context = credential.get("@context")
    return (context[0] if isinstance(context, list) and context else context) == _V1_CONTEXT


def _id_of(value: JsonValue) -> str | None:
    identifier = value.get("id") if isinstance(value, dict) else value
    return identifier if isinstance(identifier, str) else None


def _subject_ids(credential: JsonObject) -> list[str]:
    subjects = credential.get("credentialSubject")
    ids = [_id_of(subject) for subject in (subjects if isinstance(subjects, list) else [subjects])]
    return [identifier for identifier in ids if identifier is not None]


def _moment(value: JsonValue) -> Decimal | None:
    """Return a date-time as exact seconds since 1970."""
    try:
        return _since_epoch(parse_date_time(value)) if isinstance(value, str) else None
    except ValueError:
        return None


@lru_cache(maxsize=256)  # equal moments have one number, whatever their zones
def _since_epoch(moment: datetime) -> Decimal:
    return Decimal((moment - _EPOCH) // timedelta(microseconds=1)).scaleb(-6)


def _seconds(value: JsonValue) -> Decimal | None:
    """Return a NumericDate as the exact decimal that was written, if a calendar has it."""
    if isinstance(value, bool) or not isinstance(value, int | float) or not _EARLIEST <= value <= _LATEST:
        return None
    return Decimal(repr(value))


def _whole_seconds(credential: JsonObject, name: str) -> int:
    moment = _moment(credential.get(name))
    if moment is None:
        raise IssuingError("JWT-MEMBER", pointer(name), name=name)
    if moment != int(moment):
        raise IssuingError("JWT-FRACTION", pointer(name), name=name)
    return int(moment)
