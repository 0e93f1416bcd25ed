"""Has the issuer, or an organisation that the caller listens to, annulled the badge where no list says so?

Two registers are read: the one to which the document of the issuer's key leads, and those that the caller
gave along. A register counts if it is signed with a key that is shown to be its own organisation's, and is of
today; otherwise nothing is known, and the status stays open.
"""

from __future__ import annotations

from urllib.parse import urlsplit

from openbadge_issuer.assertions.moments import write_date_time
from openbadge_issuer.errors import OpenBadgeError, SignatureError
from openbadge_issuer.resolution.address import parse_https
from openbadge_issuer.resolution.fetching import shown
from openbadge_issuer.signing.did_document import did_web_url
from openbadge_issuer.status.annulment import (
    Annulment,
    AnnulmentRegister,
    UnverifiedAnnulmentRegister,
    read_annulments,
)
from openbadge_issuer.verification.report import Finding, finding
from openbadge_issuer.verification.settings import Settings
from openbadge_issuer.verification.status_lists import fetch_document

_CODES = {"annulled": "ANNULMENT-ANNULLED", "suspended": "ANNULMENT-SUSPENDED"}
_MEDIA_TYPES = "application/annulment-register+jwt, application/jwt, text/plain"


def check_annulments(badge: str, issuer: str, address: str | None, settings: Settings) -> tuple[Finding, ...]:
    """Look a badge up in the annulment registers.

    Args:
        badge: the identifier of the badge.
        issuer: the identifier of its issuer.
        address: where the issuer's own document leads for annulled badges; None if nowhere.
        settings: the arguments of the verification.
    """
    found: list[Finding] = []
    if address is not None:
        found.append(_own(badge, issuer, address, settings))
    found += (_given(badge, number, data, settings) for number, data in enumerate(settings.annulments, 1))
    return tuple(found)


def _own(badge: str, issuer: str, address: str, settings: Settings) -> Finding:
    try:
        data = fetch_document(parse_https(address).url, settings=settings, accept=_MEDIA_TYPES).body
        register = _verified(read_annulments(data), settings)
        if register.issuer != issuer and (_host(issuer) is None or _host(register.issuer) != _host(issuer)):
            raise SignatureError("ANNULMENT-OTHER", found=shown(register.issuer), issuer=shown(issuer))
    except OpenBadgeError as error:
        return finding("ANNULMENT-UNUSABLE", "undetermined", issuer=shown(issuer), problem=error.code)
    return _said(badge, register)


def _host(issuer: str) -> str | None:
    """Return the host that an issuer's documents come from; a profile of 2.0 and a DID can share it."""
    if issuer.startswith("did:web:"):
        return urlsplit(did_web_url(issuer)).hostname
    return urlsplit(issuer).hostname if issuer.startswith("https://") else None


def _given(badge: str, number: int, data: bytes, settings: Settings) -> Finding:
    try:
        received = read_annulments(data)
    except OpenBadgeError as error:
        return finding("ANNULMENT-UNREADABLE", "undetermined", number=number, problem=error.code)
    try:
        return _said(badge, _verified(received, settings))
    except OpenBadgeError as error:
        issuer = shown(received.issuer)
        return finding("ANNULMENT-UNUSABLE", "undetermined", issuer=issuer, problem=error.code)


def _verified(received: UnverifiedAnnulmentRegister, settings: Settings) -> AnnulmentRegister:
    """Check by whom a register is signed, and that it is of today."""
    found = settings.token_key({"kid": received.kid}, issuer=received.issuer)
    pinned = settings.trust is not None and settings.trust.pins(received.issuer, found.key)
    ended = found.revoked is not None or (found.expires is not None and settings.now >= found.expires)
    claimed = found.provenance == "claim" and not pinned
    if ended or claimed or found.controller != received.issuer:
        raise SignatureError("ANNULMENT-KEY", key=shown(received.kid))
    register = received.verify(found.key)
    early = register.issued - settings.now > settings.clock_skew
    if early or settings.now - register.valid_until > settings.clock_skew:
        raise SignatureError(
            "ANNULMENT-NOT-CURRENT",
            issued=write_date_time(register.issued),
            until=write_date_time(register.valid_until),
        )
    return register


def _said(badge: str, register: AnnulmentRegister) -> Finding:
    entry: Annulment | None = register.find(badge) if badge else None
    if entry is None:
        return finding("ANNULMENT-ANNULLED", "passed", issuer=shown(register.issuer), date="", because="")
    because = f": “{shown(entry.reason)}”" if entry.reason else ""
    return finding(
        _CODES[entry.status],
        "failed",
        issuer=shown(register.issuer),
        date=write_date_time(entry.since),
        because=because,
    )
