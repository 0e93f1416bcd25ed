"""The dates of a token's signature, where they are not those of the credential in it."""

from __future__ import annotations

from collections.abc import Iterator

from openbadge_issuer.signing.vc_jwt import VcJwt
from openbadge_issuer.verification.dates import claimed_date
from openbadge_issuer.verification.report import Finding, finding
from openbadge_issuer.verification.settings import Settings


def token_dates(token: VcJwt, settings: Settings) -> Iterator[Finding]:
    """Judge `nbf` and `exp` as the dates of the signature (VC-JOSE-COSE, section "Using JWT Claims").

    They are judged beside the dates of the credential, so whichever ends first ends it.
    """
    begin, end = claimed_date(token, "nbf"), claimed_date(token, "exp")
    if begin is not None and begin - settings.at > settings.clock_skew:
        yield finding("PROOF-NOT-YET", "failed", "/nbf", date=begin.isoformat())
    if end is not None and settings.at - end > settings.clock_skew:
        yield finding("PROOF-EXPIRED", "failed", "/exp", date=end.isoformat())
