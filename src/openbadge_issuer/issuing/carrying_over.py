"""Carrying badges over: a badge of Open Badges 2.0 or before, issued anew as 3.0 by the same issuer.

Only what can be believed is signed anew: a hosted badge as it stands at its address, a signed one whose
signature a key of the hosted profile confirms, and neither if it is revoked. What the badge says goes through
`assertions.open_badges_2.migration`; the old badge stays where it is.
"""

from __future__ import annotations

import os
import uuid
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import TypeAlias

from openbadge_issuer.assertions import AchievementCredential, Profile
from openbadge_issuer.assertions.json_text import JsonObject, JsonValue, parse_json_object
from openbadge_issuer.assertions.open_badges_2.assertion import Assertion
from openbadge_issuer.assertions.open_badges_2.badge_class import BadgeClass
from openbadge_issuer.assertions.open_badges_2.cryptographic_key import CryptographicKey
from openbadge_issuer.assertions.open_badges_2.migration import Migration, to_open_badges_3
from openbadge_issuer.assertions.open_badges_2.profile import Issuer as IssuerOf2
from openbadge_issuer.assertions.open_badges_2.twin import VERSION_3
from openbadge_issuer.assertions.open_badges_2.upgrade import upgrade, upgrade_revocation_list
from openbadge_issuer.assertions.open_badges_2.values import link_id
from openbadge_issuer.assertions.open_badges_2.versions import detect
from openbadge_issuer.assertions.problems import ModelProblem
from openbadge_issuer.assertions.recipient import RandomBytes
from openbadge_issuer.baking import picture_format, unbake
from openbadge_issuer.errors import (
    DocumentError,
    IssuingError,
    ModelError,
    OpenBadgeError,
    ResolutionError,
    SignatureError,
)
from openbadge_issuer.issuing.issuer import Issuer
from openbadge_issuer.issuing.period import fresh_id
from openbadge_issuer.issuing.signed_badge import SignedBadge
from openbadge_issuer.signing.public_key import PublicKey
from openbadge_issuer.signing.sealing import ProofFormat, contexts_for, proof_format, seal
from openbadge_issuer.signing.vc_jwt import VcJwt, parse_jwt, verify_jwt
from openbadge_issuer.status.revocation_list import read_revocation_list

Load: TypeAlias = "Callable[[str], JsonObject | None]"
"""Gives the document at an address, or None. For status 410 it gives the body with `revoked` set to true."""

_OLDER = frozenset({"0.5", "1.0", "1.1", "2.0"})


@dataclass(frozen=True, slots=True)
class CarriedOver:
    """A badge of 3.0 made of one of 2.0.

    Attributes:
        badge: the new badge, signed.
        old_id: the id of the old one.
        left_out: what has no place in 3.0 or is done otherwise there.
    """

    badge: SignedBadge
    old_id: str
    left_out: tuple[ModelProblem, ...]


def carry_over(
    badge: bytes | str,
    issuer: Issuer,
    *,
    load: Load,
    now: datetime,
    proof: ProofFormat | None = None,
    rng: RandomBytes = os.urandom,
) -> CarriedOver:
    """Issue a badge of 2.0, 1.x or 0.5 anew as 3.0, with the date on which it was awarded.

    The same old badge always gives the same id, and so does the same badge class: nothing becomes two badges
    by being carried over twice.

    Args:
        badge: the address of a hosted badge, or its JSON, a compact JWS, or a picture with either.
        issuer: who issued it, under its name of 3.0.
        load: gives the hosted documents: the badge, its class, the profile, keys and revocation list.
        now: the moment of signing.
        proof: as for `Issuer.issue`.
        rng: the source of randomness.

    Raises:
        DocumentError: it is no badge of 2.0 (`ISSUE-OB2-BADGE`), or calls itself signed and is not
            (`ISSUE-OB2-UNSIGNED`).
        ResolutionError: a document is missing (`ISSUE-OB2-MISSING`).
        IssuingError: another organisation issued it (`ISSUE-OB2-OTHER-ISSUER`).
        ModelError: it is revoked (`OB2-CARRY-REVOKED`), or a document breaks a rule of 2.0.
        SignatureError: no key of the profile made its signature (`PROOF-SIGNATURE`).
        OpenBadgeError: a text cannot be read, or the new badge cannot be signed.
    """
    document, token = _read(badge, load)
    assertion, badge_class, profile, notes = _genuine(document, token, load)
    _check_issuer(profile, issuer)
    migration = to_open_badges_3(
        assertion,
        badge_class,
        profile,
        achievement_id=_achievement_id(badge_class),
        issuer_id=issuer.profile.id,
    )
    chosen = proof_format(proof, issuer.signer)
    credential = _credential(migration, issuer, chosen, _named_after(assertion.id) or fresh_id(rng))
    data = seal(
        credential.to_json(),
        issuer.signer,
        verification_method=issuer.verification_method,
        proof=chosen,
        moment=now,
    )
    return CarriedOver(SignedBadge(data, credential), assertion.id, (*notes, *migration.left_out))


def _read(badge: bytes | str, load: Load) -> tuple[JsonObject, VcJwt | None]:
    raw = badge.encode() if isinstance(badge, str) else badge
    if raw.startswith((b"https://", b"http://")):
        return _loaded(raw.decode("utf-8", "replace").strip(), load), None
    text = (unbake(raw) if picture_format(raw) else raw).strip()
    token = None if text.startswith(b"{") else parse_jwt(text)
    document = parse_json_object(text) if token is None else token.payload
    if detect(document) not in _OLDER:
        name = document.get("id")
        raise DocumentError("ISSUE-OB2-BADGE", id=name[:80] if isinstance(name, str) else "")
    return document, token


def _genuine(
    given: JsonObject, token: VcJwt | None, load: Load
) -> tuple[Assertion, BadgeClass, IssuerOf2, tuple[ModelProblem, ...]]:
    """Find the badge, its class and its issuer as they can be believed."""
    document, notes = upgrade(given)
    if document.get("revoked") is True:
        raise ModelError("OB2-CARRY-REVOKED", "/revoked")
    assertion = Assertion.read(document)
    signed = assertion.verification.method == "signed"
    if signed and token is None:
        raise DocumentError("ISSUE-OB2-UNSIGNED", id=assertion.id[:80])
    if not signed:
        hosted = _loaded(assertion.id, load)
        if hosted.get("revoked") is True:
            raise ModelError("OB2-CARRY-REVOKED", "/revoked")
        document, notes = upgrade(hosted, url=assertion.id)
        assertion = Assertion.read(document)
    embedded = assertion.badge if signed and isinstance(assertion.badge, BadgeClass) else None
    badge_class = embedded or BadgeClass.read(_upgraded(link_id(assertion.badge), load))
    profile = IssuerOf2.read(_upgraded(link_id(badge_class.issuer), load))
    if token is not None and signed:
        _check_signature(token, profile, load)
    _check_not_listed(assertion, profile, load)
    return assertion, badge_class, profile, notes


def _loaded(url: str, load: Load) -> JsonObject:
    found = load(url)
    if found is None:
        raise ResolutionError("ISSUE-OB2-MISSING", url=url[:200])
    return found


def _upgraded(url: str | None, load: Load) -> JsonObject:
    return upgrade(_loaded(url or "", load), url=url)[0]


def _check_signature(token: VcJwt, profile: IssuerOf2, load: Load) -> None:
    for link in profile.public_key:
        key = link if isinstance(link, CryptographicKey) else CryptographicKey.read(_loaded(link, load))
        if key.public_key_pem is None or key.owner not in (None, profile.id):
            continue
        try:
            verify_jwt(token, PublicKey.from_pem(key.public_key_pem.encode()))
        except OpenBadgeError:
            continue  # another key of the profile may be the one
        return
    raise SignatureError("PROOF-SIGNATURE")


def _check_not_listed(assertion: Assertion, profile: IssuerOf2, load: Load) -> None:
    if profile.revocation_list is None:
        return
    listed = read_revocation_list(upgrade_revocation_list(_loaded(profile.revocation_list, load)))
    if any(name is not None and listed.find(name) for name in (assertion.id, assertion.uid)):
        raise ModelError("OB2-CARRY-REVOKED", "/id")


def _check_issuer(old: IssuerOf2, issuer: Issuer) -> None:
    """See that the issuer of 3.0 says that it is the one of 2.0: by its id, url or e-mail."""
    new = issuer.profile
    names: set[object] = {new.id, new.url, new.email}
    names |= {entry.identifier for entry in new.other_identifier}
    if not names & {old.id, old.url, old.email}:
        raise IssuingError("ISSUE-OB2-OTHER-ISSUER", old=old.id[:80], new=new.id[:80])


def _achievement_id(badge_class: BadgeClass) -> str:
    """The id of the achievement: what the badge class says it is in 3.0, or one that follows from its own."""
    for link in badge_class.related:
        if not isinstance(link, str) and link.version == VERSION_3:
            return link.id
    return _named_after(badge_class.id) or badge_class.id


def _named_after(old_id: str) -> str | None:
    """A `urn:uuid:` that follows from an id (RFC 9562, version 5); None for a blank node."""
    return None if old_id.startswith("_:") else f"urn:uuid:{uuid.uuid5(uuid.NAMESPACE_URL, old_id)}"


def _credential(
    migration: Migration, issuer: Issuer, proof: ProofFormat, new_id: str
) -> AchievementCredential:
    made = migration.credential(new_id)
    old, new = migration.issuer.to_json(), issuer.profile.to_json()
    names: list[JsonValue] = []
    for entry in (*_entries(new), *_entries(old)):
        if entry not in names:
            names.append(entry)
    profile = Profile.read({**old, **new, **({"otherIdentifier": names} if names else {})})
    context = (*made.context, *contexts_for(proof))
    return made.model_copy(update={"issuer": profile, "context": context})


def _entries(profile: JsonObject) -> list[JsonValue]:
    found = profile.get("otherIdentifier", [])
    return found if isinstance(found, list) else [found]
