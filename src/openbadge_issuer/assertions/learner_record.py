"""Making a learner record from badges that exist, and finding in a record what stands in it."""

from __future__ import annotations

import base64
import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from openbadge_issuer.assertions.achievement import Achievement
from openbadge_issuer.assertions.clr import (
    CLR_CONTEXT,
    JWT_ENVELOPE,
    Association,
    ClrCredential,
    ClrSubject,
    enveloped_token,
)
from openbadge_issuer.assertions.context_urls import CREDENTIALS_V2, OPEN_BADGES_CONTEXT, OPEN_BADGES_FORM
from openbadge_issuer.assertions.identity import IdentityObject
from openbadge_issuer.assertions.json_text import JsonObject, parse_json_object, pointer
from openbadge_issuer.assertions.json_walk import object_of, objects_of, strings_of
from openbadge_issuer.assertions.problems import ModelProblem, _shown
from openbadge_issuer.assertions.type_names import ENVELOPED
from openbadge_issuer.assertions.values import Text
from openbadge_issuer.assertions.verifiable_credential import Profile
from openbadge_issuer.errors import DocumentError, LimitError


@dataclass(frozen=True, slots=True)
class Contained:
    """A credential as it stands in a record.

    Attributes:
        place: a JSON Pointer to it in the record.
        credential: the document itself, or the compact JWS that its envelope holds.
    """

    place: str
    credential: JsonObject | str


def contained_credentials(document: JsonObject) -> tuple[Contained, ...]:
    """Find the credentials in a record, each of which is to be verified by itself.

    The record may be malformed: whatever is no object is passed over, since its model names it.
    """
    return tuple(
        Contained(pointer(*place), enveloped_token(item) or item)
        for place, item in objects_of(_subject(document), "verifiableCredential", ("credentialSubject",))
    )


def association_problems(document: JsonObject) -> tuple[ModelProblem, ...]:
    """Find associations that name an achievement which does not stand in the record (CLR 2.0, Association).

    It works on any JSON and raises nothing. Tokens are read without verifying them: this looks for slips
    of the issuer, and proves nothing.
    """
    subject = _subject(document)
    known = _achievements(subject)
    for found in contained_credentials(document):
        inner = _read(found.credential)
        if inner is None or ENVELOPED in strings_of(inner.get("type")):
            return ()  # an envelope that we cannot open may hold any achievement
        known |= _achievements(_subject(inner))
    return tuple(
        ModelProblem("CLR-ASSOCIATION", pointer(*place, name), {"name": name, "value": _shown(value)})
        for place, association in objects_of(subject, "association", ("credentialSubject",))
        for name in ("sourceId", "targetId")
        if isinstance(value := association.get(name), str) and value not in known
    )


def clr_of(
    credentials: Sequence[JsonObject | str],
    *,
    clr_id: str,
    name: Text,
    issuer: Profile,
    valid_from: datetime,
    valid_until: datetime | None = None,
    description: Text | None = None,
    partial: bool | None = None,
    subject_id: str | None = None,
    identifier: Sequence[IdentityObject] = (),
    achievement: Sequence[Achievement] = (),
    association: Sequence[Association] = (),
) -> ClrCredential:
    """Put credentials that exist into one learner record, which is then to be signed.

    A document goes in as it is, its proof included. A compact JWS goes in as an
    `EnvelopedVerifiableCredential` (VC Data Model 2.0), since a record has no other place for one.

    Two limits come with JSON-LD, so they concern a record with a Data Integrity proof, not one that is
    signed as a JWT. A document of the VC Data Model 1.1 cannot stand in it, and all documents in it name the
    same context of Open Badges, which is then the record's too: contexts protect their terms, and each
    version of that context defines some of them differently.

    Args:
        credentials: signed badges and other credentials: documents, or compact JWS.
        clr_id: what the record is called, such as a `urn:uuid:`.
        name: its title.
        issuer: who vouches for the record as a whole.
        valid_from: from when it counts.
        valid_until: until when it counts.
        description: a line for wallets below the title.
        partial: whether the issuer knows of further achievements of this person.
        subject_id: the learner's identifier; if all credentials name the same one, that one is the default.
        identifier: further names of the learner; without a `subject_id` at least one is needed.
        achievement: designs that the record shows beside those in the credentials.
        association: how the achievements stand to each other.

    Raises:
        ModelError: a credential is none, or the learner is not named.
    """
    named = {_subject_id(credential) for credential in credentials}
    if subject_id is None and len(named) == 1:
        subject_id = next(iter(named))
    subject = ClrSubject(
        id=subject_id,
        identifier=tuple(identifier),
        achievement=tuple(achievement),
        verifiable_credential=tuple(_enclosed(credential) for credential in credentials),
        association=tuple(association),
    )
    return ClrCredential(
        context=(CREDENTIALS_V2, CLR_CONTEXT, _open_badges_context(credentials)),
        id=clr_id,
        name=name,
        description=description,
        issuer=issuer,
        valid_from=valid_from,
        valid_until=valid_until,
        partial=partial,
        credential_subject=subject,
    )


def _achievements(subject: JsonObject) -> set[str]:
    return {place for _, one in objects_of(subject, "achievement") if isinstance(place := one.get("id"), str)}


def _enclosed(credential: JsonObject | str) -> dict[str, object]:
    if isinstance(credential, str):
        return {"@context": CREDENTIALS_V2, "id": f"{JWT_ENVELOPE}{credential}", "type": ENVELOPED}
    return {**credential}


def _open_badges_context(credentials: Sequence[JsonObject | str]) -> str:
    """The context of Open Badges that all documents name, or the current one."""
    contexts = (
        strings_of(document.get("@context")) for document in credentials if isinstance(document, dict)
    )
    named = {url for urls in contexts for url in urls if OPEN_BADGES_FORM.fullmatch(url)}
    return named.pop() if len(named) == 1 else OPEN_BADGES_CONTEXT


def _subject_id(credential: JsonObject | str) -> str | None:
    document = _read(credential)
    found = _subject(document).get("id") if document is not None else None
    return found if isinstance(found, str) else None


def _read(credential: JsonObject | str) -> JsonObject | None:
    """Return the document; of a token its payload, unverified, or None if it cannot be read."""
    if isinstance(credential, dict):
        return credential
    payload = credential.split(".")[1] if credential.count(".") == 2 else ""  # noqa: PLR2004  # of three parts
    if not re.fullmatch(r"[A-Za-z0-9_-]+", payload):
        return None
    try:
        claims = parse_json_object(base64.urlsafe_b64decode(payload + "=" * (-len(payload) % 4)))
    except (ValueError, DocumentError, LimitError):
        return None
    inner = claims.get("vc")  # in the form of version 1.1 the credential is a claim
    return inner if isinstance(inner, dict) else claims


def _subject(document: JsonObject) -> JsonObject:
    return object_of(document, "credentialSubject")
