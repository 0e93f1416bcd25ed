"""Keys that a certificate vouches for: only if the caller named the roots that count (`x5c`)."""

from __future__ import annotations

from dataclasses import replace

from openbadge_issuer.errors import KeyMaterialError, OpenBadgeError, ResolutionError
from openbadge_issuer.resolution.verification_key import Purpose, VerificationKey
from openbadge_issuer.signing.vc_jwt import VcJwt
from openbadge_issuer.verification.report import Finding, finding_of
from openbadge_issuer.verification.settings import Settings

MEMBER = "x5c"


def certified_instead(
    error: OpenBadgeError, token: VcJwt, *, issuer: str, settings: Settings, purpose: Purpose
) -> tuple[VerificationKey, ...]:
    """Give the key of the first certificate, where the one that the header names could not be had.

    A key that the issuer's document has, but not for this, stays refused.
    """
    named = isinstance(error, KeyMaterialError) and error.code == "METHOD-NOT-LISTED"
    beside = named and ":" not in (token.kid or "")  # no URL, so a name that only its certificate has
    if MEMBER not in token.header or not settings.roots_for(issuer):
        return ()
    if not isinstance(error, ResolutionError) and not beside:
        return ()
    header = {MEMBER: token.header[MEMBER]}
    try:
        return (settings.token_key(header, issuer=issuer, purpose=purpose),)
    except OpenBadgeError:
        return ()


def certify(
    found: VerificationKey, token: VcJwt, *, issuer: str, settings: Settings
) -> tuple[VerificationKey, tuple[Finding, ...]]:
    """Look whether certificates show a claimed key to be the issuer's; if not, say why as a remark."""
    roots = settings.roots_for(issuer)
    if found.provenance != "claim" or MEMBER not in token.header or not roots:
        return found, ()
    # Local: few tokens carry certificates, and reading them takes a library of its own.
    from openbadge_issuer.resolution.certificate_chain import certified_key, check_chain  # noqa: PLC0415

    try:
        if certified_key(token.header) != found.key:
            raise KeyMaterialError("X5C-FORMAT", f"/{MEMBER}/0")
        check_chain(token.header, issuer=issuer, roots=roots, at=settings.at)
    except OpenBadgeError as error:
        return found, (finding_of(error, "failed", severity="warning", verdict="integrity"),)
    return replace(found, controller=issuer, provenance="certificate", unconfirmed=None), ()
