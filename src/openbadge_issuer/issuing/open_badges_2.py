"""Issuing Open Badges 2.0 from the same achievement and award that 3.0 is issued from.

A hosted badge is worth what its address says, a signed one what the published key says: both need the files
that `hosted_files` makes. What an achievement says that 2.0 has no place for becomes a warning.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from openbadge_issuer.assertions import Achievement, Evidence
from openbadge_issuer.assertions.json_text import JsonObject, dump_json_pretty, pointer
from openbadge_issuer.assertions.open_badges_2.assertion import Assertion
from openbadge_issuer.assertions.open_badges_2.assertion import Evidence as EvidenceOf2
from openbadge_issuer.assertions.open_badges_2.badge_class import BadgeClass
from openbadge_issuer.assertions.open_badges_2.cryptographic_key import CryptographicKey
from openbadge_issuer.assertions.open_badges_2.identity import IDENTITY_TYPES, IdentityObject
from openbadge_issuer.assertions.open_badges_2.profile import Issuer as IssuerOf2
from openbadge_issuer.assertions.open_badges_2.profile import Related
from openbadge_issuer.assertions.open_badges_2.twin import (
    VERSION_3,
    evidence_to_open_badges_2,
    profile_to_open_badges_2,
    to_open_badges_2,
)
from openbadge_issuer.assertions.open_badges_2.verification_object import (
    ProfileVerificationObject,
    VerificationObject,
)
from openbadge_issuer.assertions.open_badges_2.versions import CONTEXT
from openbadge_issuer.assertions.problems import ModelProblem
from openbadge_issuer.assertions.recipient import RandomBytes, Recipient
from openbadge_issuer.assertions.verifiable_credential import Profile
from openbadge_issuer.errors import CanonicalizationError, IssuingError, ModelError
from openbadge_issuer.issuing.award import Award, Proof, ProofOf2, proof_of_2
from openbadge_issuer.issuing.hosted_addresses import HostedAddresses
from openbadge_issuer.issuing.period import fresh_id, validity_period
from openbadge_issuer.issuing.signed_badge import UnsignedBadge
from openbadge_issuer.jsonld.canonical import canonical_form
from openbadge_issuer.signing.jws import sign_jws
from openbadge_issuer.signing.public_key import PublicKey
from openbadge_issuer.signing.signer import Signer

CREDENTIAL_TYPE = "https://purl.imsglobal.org/spec/vc/ob/vocab.html#OpenBadgeCredential"
_ONLY_IN_3 = ("results", "endorsements", "valid_from", "status", "contexts")


def unsigned_open_badges_2(
    profile: Profile,
    signer: Signer,
    addresses: HostedAddresses,
    award: Award,
    *,
    moment: datetime,
    rng: RandomBytes,
    twin: str | None = None,
) -> UnsignedBadge:
    """Build one badge of 2.0, without its signature; see `Issuer.issue`.

    Args:
        profile: the issuer's profile of 3.0.
        signer: the issuer's key.
        addresses: where the issuer's documents stand.
        award: what is to be issued.
        moment: now.
        rng: the source of randomness.
        twin: the id of the same badge in 3.0, if there is one.

    Raises:
        IssuingError: the profile lacks what 2.0 asks for (`ISSUE-OB2-PROFILE`), or the award asks for what
            it does not have (`ISSUE-OB2-OPTION`, `ISSUE-OB2-IDENTITY`, `ISSUE-OB2-HOSTED-ID`, …).
        ModelError: the achievement lacks what 2.0 asks for, such as its picture.
        CanonicalizationError: a member is defined by no context.
    """
    _check_options(award)
    check_profile(profile)
    proof = proof_of_2(award.proof, signer)
    class_, left_out = badge_class(award.achievement, addresses)
    recipient, dropped = _recipient(award.recipient, rng)
    signed = proof == "jws"
    assertion = Assertion(
        context=(CONTEXT,),
        id=_assertion_id(award.id, proof, addresses, rng),
        recipient=recipient,
        badge=class_.model_copy(update={"context": ()}) if signed else class_.id,
        verification=VerificationObject(
            type=("SignedBadge" if signed else "HostedBadge",),
            creator=addresses.key(signer.public_key) if signed else None,
        ),
        issued_on=_issued_on(award, moment),
        expires=award.valid_until,
        evidence=tuple(_evidence(item) for item in award.evidence),
        related=() if twin is None else (Related(id=twin, type=(CREDENTIAL_TYPE,), version=VERSION_3),),
    )
    check_terms({**assertion.to_json(), "badge": class_.to_json(), "recipient": _in_terms(recipient)})
    return UnsignedBadge(assertion, assertion.to_json(), proof, _sentences((*left_out, *dropped)), class_)


def signed_open_badges_2(
    document: JsonObject, signer: Signer, proof: Proof, addresses: HostedAddresses
) -> bytes:
    """Write an assertion as it is published: signed, or as the document to be served at its address.

    Which key signs is said by who signs: it can be another one than when the assertion was made.
    """
    if proof != "jws":
        return dump_json_pretty(document)
    verification = document.get("verification")
    if isinstance(verification, dict):
        creator = addresses.key(signer.public_key)
        document = {**document, "verification": {**verification, "creator": creator}}
    return sign_jws(document, signer).encode("ascii")


def badge_class(
    achievement: Achievement, addresses: HostedAddresses
) -> tuple[BadgeClass, tuple[ModelProblem, ...]]:
    """Make the badge class of an achievement, and notes on what has no place in it.

    Raises:
        ModelError: the achievement has no picture, or another rule of 2.0 is broken.
    """
    address = addresses.badge_class(achievement.id)
    twin = to_open_badges_2(achievement, id=address, issuer=addresses.profile)
    return twin.badge_class, twin.left_out


def hosted_profile(
    profile: Profile,
    addresses: HostedAddresses,
    keys: Iterable[PublicKey],
    *,
    revocation_list: str | None,
) -> IssuerOf2:
    """Make the profile of 2.0 that is served at its address, with the addresses of the keys.

    Raises:
        IssuingError: `ISSUE-OB2-PROFILE`, the home page or the e-mail address is missing.
    """
    check_profile(profile)
    scope = None if addresses.beside_profile else _scope(addresses)
    made, _ = profile_to_open_badges_2(
        profile,
        id=addresses.profile,
        public_key=tuple(addresses.key(key) for key in keys),
        revocation_list=revocation_list,
        verification=scope,
    )
    if addresses.profile == profile.id:  # nothing is related to itself
        made = made.model_copy(update={"related": ()})
    return made


def hosted_key(key: PublicKey, addresses: HostedAddresses) -> CryptographicKey:
    """Make the document that publishes a key of the issuer."""
    return CryptographicKey(
        context=(CONTEXT,),
        id=addresses.key(key),
        type=("CryptographicKey",),
        owner=addresses.profile,
        public_key_pem=key.pem.decode("ascii"),
    )


def check_profile(profile: Profile) -> None:
    """See that an issuer has what 2.0 insists on.

    Raises:
        IssuingError: `ISSUE-OB2-PROFILE`.
    """
    for name in ("name", "url", "email"):
        if not getattr(profile, name):
            raise IssuingError("ISSUE-OB2-PROFILE", name=name)


def check_terms(document: JsonObject) -> None:
    """Refuse a member that no context defines: it would be no part of the badge.

    `@language` is one that JSON-LD knows on texts only, and that 2.0 puts on objects.

    Raises:
        CanonicalizationError: `JSONLD-UNDEFINED-TERM` with its place, or another reason why it means nothing.
    """
    for member in canonical_form(document).undefined:
        if member.name != "@language":
            raise CanonicalizationError("JSONLD-UNDEFINED-TERM", member.pointer, name=member.name)


def _check_options(award: Award) -> None:
    for name in _ONLY_IN_3:
        if getattr(award, name):
            raise IssuingError("ISSUE-OB2-OPTION", name=name)


def _assertion_id(asked: str | None, proof: ProofOf2, addresses: HostedAddresses, rng: RandomBytes) -> str:
    if proof == "jws":
        return asked or fresh_id(rng)
    address = asked or addresses.new_assertion(rng)
    if addresses.path_of(address) is None:
        raise IssuingError("ISSUE-OB2-HOSTED-ID", id=address[:80], base=addresses.base)
    return address


def _issued_on(award: Award, moment: datetime) -> datetime:
    if award.awarded_date is not None and award.awarded_date.tzinfo is None:
        raise IssuingError("ISSUE-TIME-ZONE", name="awarded_date")
    return validity_period(award.awarded_date or moment, valid_from=None, valid_until=award.valid_until)


def _recipient(recipient: Recipient, rng: RandomBytes) -> tuple[IdentityObject, tuple[ModelProblem, ...]]:
    """Name the recipient by one identity, and note the others that were given."""
    identity = IdentityObject.of(recipient, rng=rng)
    if identity.type not in IDENTITY_TYPES:
        raise IssuingError("ISSUE-OB2-IDENTITY", kind=identity.type, known=", ".join(IDENTITY_TYPES))
    given = [kind for kind, _ in recipient.identities()][1:]
    given += [name for name in ("id", "name") if getattr(recipient, name) and identity.type != name]
    details = {"object": "recipient", "version": "2.0"}
    return identity, tuple(
        ModelProblem("OB2-LEFT-OUT", pointer("recipient"), {**details, "name": name}) for name in given
    )


def _in_terms(recipient: IdentityObject) -> JsonObject:
    """Write the recipient for the check of terms, where `id` is a keyword and never a type."""
    written = recipient.to_json()
    return {**written, "type": "url"} if recipient.type == "id" else written


def _evidence(item: Evidence | str) -> EvidenceOf2 | str:
    return item if isinstance(item, str) else evidence_to_open_badges_2(item)


def _scope(addresses: HostedAddresses) -> ProfileVerificationObject:
    return ProfileVerificationObject(
        type=("VerificationObject",), starts_with=(addresses.base,), allowed_origins=(addresses.host,)
    )


def _sentences(notes: Iterable[ModelProblem]) -> tuple[str, ...]:
    return tuple(str(ModelError(note.code, note.pointer, **note.details)) for note in notes)
