"""Open Badges 2.0: its models, what was before and beside it, and the way to 3.0 and back.

`versions` tells which version a document is and reads 0.5, 1.0 and 1.1 as 2.0, `reading` chooses the model,
`interop` remarks on what other validators refuse, `extensions` holds the published extensions,
`badge_connect` the API objects of 2.1, `migration` carries a badge over.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from openbadge_issuer.assertions.open_badges_2.assertion import (
        Assertion,
        Evidence,
        RevokedAssertion,
        assertion_class,
    )
    from openbadge_issuer.assertions.open_badges_2.badge_class import AlignmentObject, BadgeClass, Criteria
    from openbadge_issuer.assertions.open_badges_2.cryptographic_key import CryptographicKey
    from openbadge_issuer.assertions.open_badges_2.identity import IdentityObject
    from openbadge_issuer.assertions.open_badges_2.image import Image
    from openbadge_issuer.assertions.open_badges_2.profile import (
        Endorsement,
        EndorsementClaim,
        Issuer,
        Profile,
        Related,
        RevokedEndorsement,
    )
    from openbadge_issuer.assertions.open_badges_2.revocation_list import RevocationEntry, RevocationList
    from openbadge_issuer.assertions.open_badges_2.values import link_id
    from openbadge_issuer.assertions.open_badges_2.verification_object import (
        ProfileVerificationObject,
        VerificationObject,
    )
    from openbadge_issuer.assertions.open_badges_2.versions import CONTEXT, Version, detect

__all__ = [
    "CONTEXT",
    "AlignmentObject",
    "Assertion",
    "BadgeClass",
    "Criteria",
    "CryptographicKey",
    "Endorsement",
    "EndorsementClaim",
    "Evidence",
    "IdentityObject",
    "Image",
    "Issuer",
    "Profile",
    "ProfileVerificationObject",
    "Related",
    "RevocationEntry",
    "RevocationList",
    "RevokedAssertion",
    "RevokedEndorsement",
    "VerificationObject",
    "Version",
    "assertion_class",
    "detect",
    "link_id",
]

_HOMES = {
    "assertion": "Assertion Evidence RevokedAssertion assertion_class",
    "badge_class": "AlignmentObject BadgeClass Criteria",
    "cryptographic_key": "CryptographicKey",
    "identity": "IdentityObject",
    "image": "Image",
    "profile": "Endorsement EndorsementClaim Issuer Profile Related RevokedEndorsement",
    "revocation_list": "RevocationEntry RevocationList",
    "values": "link_id",
    "verification_object": "ProfileVerificationObject VerificationObject",
    "versions": "CONTEXT Version detect",
}
_HOME_OF = {name: home for home, names in _HOMES.items() for name in names.split()}


def __getattr__(name: str) -> object:
    """Load a name when it is first used (PEP 562): `versions` is asked about badges of every version."""
    home = _HOME_OF.get(name)
    if home is None:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    # Local: this is what keeps the package light.
    from importlib import import_module  # noqa: PLC0415

    value: object = getattr(import_module(f"{__name__}.{home}"), name)
    globals()[name] = value
    return value
