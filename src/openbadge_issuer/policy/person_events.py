"""What happens to the file of a person: the events of a stream `person:<pseudonym>`."""

from __future__ import annotations

from typing import Annotated, Final

from pydantic import BaseModel, ConfigDict

from openbadge_issuer.errors.rule import Language
from openbadge_issuer.policy.event import Event, Kept

STREAM: Final = "person"
"""The kind of the streams, before the colon."""


class Contact(BaseModel):
    """How a guardian is reached.

    Attributes:
        name: the name.
        email: the e-mail address, if there is one.
        other: any other way: a telephone number, an address.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    name: str
    email: str | None = None
    other: str | None = None


class PersonDetails(BaseModel):
    """What is known of a person. Only a name is needed (R7).

    Attributes:
        name: the name by which the person is addressed.
        email: the e-mail address, if there is one.
        identifier: a DID or another identifier of the person's own choice.
        language: in which language the person is informed.
        minor: whether the person is younger than the policy's `minors.guardian_below`; no date of birth.
        guardian: whom to inform too while that is so.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    name: str
    email: str | None = None
    identifier: str | None = None
    language: Language = "en"
    minor: bool = False
    guardian: Contact | None = None


class PersonRegistered(Event):
    """A person is known from now on.

    Attributes:
        person: the pseudonym.
        details: who it is.
    """

    person: str
    details: Annotated[PersonDetails | None, Kept("person", of="person")]


class PersonChanged(Event):
    """Something about the person is different now.

    Attributes:
        person: the pseudonym.
        changed: the names of what changed.
        details: everything that is known from now on.
    """

    person: str
    changed: tuple[str, ...]
    details: Annotated[PersonDetails | None, Kept("person", of="person")]


class ClaimCodeGiven(Event):
    """The person got a code by which to show who they are.

    Attributes:
        person: the pseudonym.
        salt: the salt, in hex.
        digest: the hash of salt and code, in hex.
    """

    person: str
    salt: str
    digest: str


class ClaimCodeUsed(Event):
    """Somebody showed a code, and so that they are this person.

    Attributes:
        person: the pseudonym.
        digest: which code.
    """

    person: str
    digest: str


class EvidenceConsentGiven(Event):
    """The evidence of an award may be published (G5).

    Attributes:
        person: the pseudonym of the holder.
        award: the award.
        guardian: whether the guardian gave it.
        how: how it was given, so that it can be shown (GDPR, article 7.1).
    """

    person: str
    award: str
    guardian: bool = False
    how: Annotated[str | None, Kept("person", of="person")]


class EvidenceConsentWithdrawn(Event):
    """The evidence of an award may not be published any more (GDPR, article 7.3).

    Attributes:
        person: the pseudonym of the holder.
        award: the award.
    """

    person: str
    award: str


class PersonErased(Event):
    """Everything about the person was destroyed.

    Attributes:
        person: the pseudonym.
    """

    person: str
