"""Does a token of the IETF still hold: what the Status List that it names says of it.

Source: Token Status List (draft-ietf-oauth-status-list), section "Verification and Processing".
"""

from __future__ import annotations

from dataclasses import replace

from openbadge_issuer.assertions.json_text import JsonObject
from openbadge_issuer.errors import OpenBadgeError, StatusError
from openbadge_issuer.resolution.address import parse_https
from openbadge_issuer.signing.vc_jwt import VcJwt, parse_jwt
from openbadge_issuer.status.token_status_list import INVALID, SUSPENDED, VALID, TokenStatusList
from openbadge_issuer.verification.dates import claimed_date
from openbadge_issuer.verification.proofs import check_token_signature, signing_moment
from openbadge_issuer.verification.report import Finding, finding, finding_of, verdict_of
from openbadge_issuer.verification.settings import Settings
from openbadge_issuer.verification.status_lists import fetch_document

PLACE = "/status/status_list"
TYPE = frozenset({"statuslist+jwt"})
_MEDIA_TYPES = "application/statuslist+jwt, application/jwt"
_MAX_INDEX = 2**40


def check_token_status(claims: JsonObject, *, issuer: str, settings: Settings) -> tuple[Finding, ...]:
    """Look a token up in the Status List that its claim `status` names.

    The list must be signed by the same issuer. What cannot be looked up, or is listed with a status that only
    its application knows, is undetermined.
    """
    if "status" not in claims:
        return (finding("STATUS-NONE", "passed"),)
    status = claims["status"]
    entry = status.get("status_list") if isinstance(status, dict) else None
    if not isinstance(entry, dict):
        return (finding("STATUS-TOKEN-CLAIM", "undetermined", "/status"),)
    index, url = entry.get("idx"), entry.get("uri")
    if not isinstance(index, int) or isinstance(index, bool) or not 0 <= index < _MAX_INDEX:
        return (finding("STATUS-TOKEN-CLAIM", "undetermined", f"{PLACE}/idx"),)
    if not isinstance(url, str):
        return (finding("STATUS-TOKEN-CLAIM", "undetermined", f"{PLACE}/uri"),)
    try:
        return (_said(_published(url, issuer, settings).status(index)),)
    except OpenBadgeError as error:
        found = finding_of(error, "undetermined", verdict="status", severity="error")
        return (replace(found, pointer=PLACE),)


def _said(status: int) -> Finding:
    if status in (INVALID, SUSPENDED):
        code = "STATUS-REVOKED" if status == INVALID else "STATUS-SUSPENDED"
        return finding(code, "failed", PLACE, because="")
    if status != VALID:
        return finding("STATUS-TOKEN-VALUE", "undetermined", PLACE, value=f"0x{status:02x}")
    return finding("STATUS-REVOKED", "passed", PLACE, because="")


def _published(url: str, issuer: str, settings: Settings) -> TokenStatusList:
    """Bring a list and see that it is the issuer's, of this address, and of today; raises OpenBadgeError."""
    fetched = fetch_document(parse_https(url).url, settings=settings, accept=_MEDIA_TYPES)
    token = parse_jwt(fetched.body.strip(), types=TYPE)
    if token.payload.get("sub") != url:
        raise StatusError("STATUS-TOKEN-LIST", problem="sub")
    _check_dates(token, settings)
    today = replace(settings, at=settings.now)  # a list is always of today
    signed = check_token_signature(
        token, issuer=issuer, signed_at=signing_moment(token), settings=today, metadata=True
    )
    if verdict_of(signed.findings, "integrity") != "passed":
        problem = next(
            one.code for one in signed.findings if one.severity == "error" and one.outcome != "passed"
        )
        raise StatusError("STATUS-LIST-UNPROVEN", problem=problem)
    return TokenStatusList.read(token.payload.get("status_list"))


def _check_dates(token: VcJwt, settings: Settings) -> None:
    issued, end = claimed_date(token, "iat"), claimed_date(token, "exp")
    now, skew, limit = settings.now, settings.clock_skew, settings.max_status_age
    if issued is None or issued - now > skew:
        raise StatusError("STATUS-TOKEN-LIST", problem="iat")
    if "exp" in token.payload and (end is None or now - end > skew):
        raise StatusError("STATUS-TOKEN-LIST", problem="exp")
    if limit is not None and now - issued > limit:
        raise StatusError("STATUS-LIST-OLD", valid_from=issued.isoformat(), limit=str(limit))
