"""Badges by a key that others may have by now: a profile of 2.0 lists it no more, but may lead to a list.

Profiles of 2.0 have no word for a revoked key, so the list itself tells which keys are (docs/adr/0014).
"""

from __future__ import annotations

from openbadge_issuer.assertions.json_walk import object_of
from openbadge_issuer.errors import OpenBadgeError, SignatureError, UnsupportedError
from openbadge_issuer.resolution.controller_document import service_of
from openbadge_issuer.resolution.jwk_set import THUMBPRINT_URN
from openbadge_issuer.resolution.verification_key import VerificationKey
from openbadge_issuer.signing.did_document import LIST_TYPE
from openbadge_issuer.signing.public_key import PublicKey
from openbadge_issuer.signing.vc_jwt import VcJwt, verify_jwt
from openbadge_issuer.verification.compromised_keys import check_vouched, unusable_list
from openbadge_issuer.verification.issuers import identifier
from openbadge_issuer.verification.open_badges_2.chain import Chain
from openbadge_issuer.verification.report import Finding
from openbadge_issuer.verification.settings import Settings

PLACE = "/verification"


def by_compromised_key(
    jwt: VcJwt, chain: Chain, settings: Settings, *, known: PublicKey | None = None
) -> tuple[VerificationKey | None, tuple[Finding, ...]]:
    """Look whether a compromised key of the issuer signed, and if so whether its owner vouches for that.

    Args:
        jwt: the badge, whose signature no key of the profile made.
        chain: its issuer, with the hosted profile.
        settings: the arguments of the verification.
        known: the key that signed, if that is known already.

    Returns:
        The key, and what is to be said; neither if the profile leads to no list, or the list has no such key.
    """
    url = service_of(chain.profile or {}, LIST_TYPE)
    if url is None:
        return None, ()
    creator = identifier(object_of(jwt.payload, "verification").get("creator"))
    try:
        listed = settings.compromise_lists.of(chain.issuer, url, settings)
    except OpenBadgeError as error:
        return None, unusable_list(error, creator or chain.issuer, PLACE)
    for entry in listed.keys:
        if entry.key == known if known is not None else _signed(jwt, entry.key):
            found = VerificationKey(
                id=creator or f"{THUMBPRINT_URN}{entry.key.thumbprint}",
                key=entry.key,
                controller=chain.issuer,
                provenance="document",
                revoked=entry.since,
                compromise_list=url,
            )
            return found, check_vouched(found, jwt, settings=settings, pointer=PLACE)
    return None, ()


def _signed(jwt: VcJwt, key: PublicKey) -> bool:
    try:
        verify_jwt(jwt, key)
    except (SignatureError, UnsupportedError):
        return False
    return True
