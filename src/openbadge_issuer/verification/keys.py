"""Is the key that signed shown to be the issuer's?

Anyone can write `https://university.example/#<own key>` into a badge. Such a claim proves nothing: a key
counts only if the issuer's identifier is the key, if the issuer's own document or key set names it, or
if the caller has pinned it.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from openbadge_issuer.assertions.json_text import JsonObject
from openbadge_issuer.errors import OpenBadgeError, ResolutionError, UnsupportedError
from openbadge_issuer.resolution.verification_method import VerificationKey
from openbadge_issuer.signing.vc_jwt import VcJwt
from openbadge_issuer.verification.compromised_keys import check_vouched
from openbadge_issuer.verification.report import Finding, KeyUsed, Outcome, finding, finding_of
from openbadge_issuer.verification.settings import Settings


@dataclass(frozen=True, slots=True)
class KeyJudgement:
    """A key, how it is shown to be the issuer's, what is to be said of that, and where annulments stand."""

    used: KeyUsed
    findings: tuple[Finding, ...]
    annulments: str | None = None


def judge_key(
    found: VerificationKey,
    secured: JsonObject | VcJwt,
    *,
    issuer: str,
    signed_at: datetime | None,
    settings: Settings,
    pointer: str,
) -> KeyJudgement:
    """Judge whether a resolved key may speak for the issuer, and whether it still could when it signed.

    Args:
        found: the key.
        secured: the proof or token that it signed.
        issuer: for whom it is to speak.
        signed_at: when it signed, as far as that is said; else it must be in force at the moment asked for.
        settings: the arguments of the verification.
        pointer: where the key is named.
    """
    key = found.key
    pinned = settings.trust is not None and settings.trust.pins(issuer, key)
    shown_by = "trust" if pinned else found.provenance
    used = KeyUsed(found.id, key.kind, key.multibase, shown_by)
    binding = _binding(found, used, issuer=issuer, settings=settings, pointer=pointer)
    lifetime = _lifetime(found, signed_at or settings.at, pointer)
    if found.compromise_list is not None:
        lifetime += check_vouched(found, secured, settings=settings, pointer=pointer)
    return KeyJudgement(used, (*lifetime, binding), found.annulments)


def pinned_keys(
    error: OpenBadgeError, method: str, *, issuer: str, settings: Settings
) -> tuple[VerificationKey, ...]:
    """Give the keys that the caller pinned for the issuer, where the named one could not be had."""
    entry = settings.trust.entry(issuer) if settings.trust is not None else None
    if entry is None or not isinstance(error, ResolutionError):
        return ()
    return tuple(VerificationKey(method, key, issuer, "claim", unconfirmed=error) for key in entry.keys)


def key_not_found(error: OpenBadgeError, pointer: str) -> Finding:
    """Say why a key could not be had: a missing document leaves it open, a broken key does not."""
    open_question = isinstance(error, ResolutionError | UnsupportedError)
    outcome: Outcome = "undetermined" if open_question else "failed"
    return finding_of(error, outcome, under=pointer, verdict="integrity", severity="error")


def _binding(
    found: VerificationKey, used: KeyUsed, *, issuer: str, settings: Settings, pointer: str
) -> Finding:
    """Judge whether the key is the issuer's; what its documents could still show is left open."""
    if used.shown_by == "trust":
        return finding("PROOF-KEY-BOUND", "passed", pointer, issuer=issuer)
    other = found.controller != issuer
    could_be_confirmed = found.provenance == "claim" and found.unconfirmed is not None
    if other and (settings.unsafe_claimed_keys or not could_be_confirmed):
        return finding("PROOF-CONTROLLER", "failed", pointer, controller=found.controller, issuer=issuer)
    if used.shown_by != "claim":
        return finding("PROOF-KEY-BOUND", "passed", pointer, issuer=issuer)
    if settings.unsafe_claimed_keys:
        return finding("PROOF-KEY-CLAIMED", "failed", pointer, issuer=issuer)
    return finding("PROOF-KEY-UNBOUND", "undetermined", pointer, issuer=issuer)


def _lifetime(found: VerificationKey, moment: datetime, pointer: str) -> tuple[Finding, ...]:
    """Judge by date; of a compromised key only its retirement has one that counts.

    Whoever made the owner revoke a key can date a proof back to before, so an earlier date proves nothing.
    """
    revoked = found.revoked if found.compromise_list is None else None
    for end, code in ((revoked, "PROOF-KEY-REVOKED"), (found.expires, "PROOF-KEY-EXPIRED")):
        if end is not None and moment >= end:
            return (finding(code, "failed", pointer, key=found.id, date=end.isoformat()),)
    if revoked is not None:
        date = revoked.isoformat()
        return (finding("PROOF-KEY-UNVOUCHED", "undetermined", pointer, key=found.id, date=date),)
    return ()
