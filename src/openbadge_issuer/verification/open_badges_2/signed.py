"""Signed badges: a compact JWS under a key of the issuer (Open Badges 2.0, signed verification)."""

from __future__ import annotations

from typing import Literal

from openbadge_issuer.errors import SignatureError, UnsupportedError
from openbadge_issuer.resolution.fetching import shown
from openbadge_issuer.signing.public_key import PublicKey
from openbadge_issuer.signing.vc_jwt import VcJwt, verify_jwt
from openbadge_issuer.verification.open_badges_2.chain import Chain, follow
from openbadge_issuer.verification.open_badges_2.compromised import by_compromised_key
from openbadge_issuer.verification.open_badges_2.genuine import Genuine, open_status, revoked, standing
from openbadge_issuer.verification.open_badges_2.keys import CandidateKey, candidate_keys
from openbadge_issuer.verification.open_badges_2.reading import Read
from openbadge_issuer.verification.open_badges_2.revocation import check_revocation_list
from openbadge_issuer.verification.report import Finding, KeyUsed, finding, finding_of
from openbadge_issuer.verification.settings import Settings

PLACE = "/verification"


def check_signed(badge: Read, jwt: VcJwt | None, settings: Settings) -> Genuine:
    """Verify the signature with a key of the issuer, and look the badge up in the issuer's list.

    Only the profile at the issuer's own address tells which keys are the issuer's, and which list counts.
    """
    if jwt is None:
        return Genuine(badge, (finding("OB2-UNSIGNED", "failed", PLACE), open_status(PLACE)))
    chain = follow(badge.document, settings, signed=True, version=badge.version)
    key, found = _signature(badge, jwt, chain, settings)
    findings = (*_claimed_keys(chain), *chain.findings, *found)
    return Genuine(badge, (*findings, *_status(badge, chain, settings)), chain, key)


def _signature(
    badge: Read, jwt: VcJwt, chain: Chain, settings: Settings
) -> tuple[KeyUsed | None, tuple[Finding, ...]]:
    """Try the pinned keys, then those of the profile, then those that others may have by now."""
    refused: list[Finding] = []
    open_questions: list[Finding] = []
    entry = settings.trust.entry(chain.issuer) if settings.trust is not None else None
    for pinned in entry.keys if entry is not None else ():
        if _fits(jwt, pinned) is None:
            _, said = by_compromised_key(jwt, chain, settings, known=pinned)
            key, found = _bound(chain, CandidateKey(chain.issuer, pinned), "trust")
            return key, (*found, *said)
    if chain.profile is None:
        return None, ()  # that the profile could not be had is among the chain's findings
    for one in candidate_keys(badge, chain, settings):
        if isinstance(one, CandidateKey):
            problem = _fits(jwt, one.key)
            if problem is None:
                return _bound(chain, one, "document")
            (open_questions if problem.outcome == "undetermined" else refused).append(problem)
        else:
            (open_questions if one.outcome == "undetermined" else refused).append(one)
    return _by_another_key(jwt, chain, settings, tuple(open_questions or refused))


def _by_another_key(
    jwt: VcJwt, chain: Chain, settings: Settings, otherwise: tuple[Finding, ...]
) -> tuple[KeyUsed | None, tuple[Finding, ...]]:
    stolen, said = by_compromised_key(jwt, chain, settings)
    if stolen is None:
        return None, said or otherwise
    key, found = _bound(chain, CandidateKey(stolen.id, stolen.key), "document")
    return key, (*found, *said)


def _fits(jwt: VcJwt, key: PublicKey) -> Finding | None:
    """Verify the signature under one key; None if it holds."""
    try:
        verify_jwt(jwt, key)
    except SignatureError as error:
        return finding_of(error, "failed", verdict="integrity", severity="error")
    except UnsupportedError as error:
        return finding_of(error, "undetermined", verdict="integrity", severity="error")
    return None


def _bound(
    chain: Chain, found: CandidateKey, shown_by: Literal["document", "trust"]
) -> tuple[KeyUsed, tuple[Finding, ...]]:
    used = KeyUsed(found.id, found.key.kind, found.key.multibase, shown_by)
    bound = finding("PROOF-KEY-BOUND", "passed", PLACE, issuer=shown(chain.issuer))
    return used, (finding("PROOF-SIGNATURE", "passed"), bound, *found.remarks)


def _status(badge: Read, chain: Chain, settings: Settings) -> tuple[Finding, ...]:
    if badge.document.get("revoked") is True:
        return (revoked("/revoked", badge.document.get("revocationReason")),)
    if chain.profile is None:
        return (open_status(PLACE),)
    if chain.profile.get("revocationList") is None:
        return (finding("STATUS-NONE", "passed", PLACE),)
    listed = check_revocation_list(badge.document, chain.profile, chain.issuer, settings, needed=True)
    return listed or (standing(PLACE),)


def _claimed_keys(chain: Chain) -> tuple[Finding, ...]:
    """Remark on keys that the badge itself brings along for its issuer: they prove nothing."""
    if "publicKey" not in chain.claimed:
        return ()
    return (finding("OB2-EMBEDDED-KEY", "failed", f"{chain.place}/publicKey", issuer=shown(chain.issuer)),)
