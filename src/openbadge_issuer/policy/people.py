"""The file of a person who may hold badges: who it is, how they are named in a badge, what they agreed to.

Neither an e-mail address nor a DID is needed (R7). What is personal can be erased; the steps that
happened stay.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Final

from openbadge_issuer.assertions.recipient import Recipient
from openbadge_issuer.errors import PolicyError
from openbadge_issuer.policy.badge_policy import BadgePolicy, Right
from openbadge_issuer.policy.claim_code import ClaimCode
from openbadge_issuer.policy.event import Act, Event
from openbadge_issuer.policy.facts import Facts
from openbadge_issuer.policy.free_text import free_text, required_text
from openbadge_issuer.policy.person_events import (
    ClaimCodeGiven,
    ClaimCodeUsed,
    Contact,
    EvidenceConsentGiven,
    EvidenceConsentWithdrawn,
    PersonChanged,
    PersonDetails,
    PersonErased,
    PersonRegistered,
)
from openbadge_issuer.policy.standing import Actor

CLAIM_IDENTITY: Final = "identifier"
"""The identity type of a claim code in a badge.

It is a term of the published IdentifierTypeEnum of Open Badges 3.0, so no reader stumbles over it, and
the one that stands for `id` in Open Badges 2.0, so that the same award can be issued in both versions. An
`ext:` type has no counterpart there.
"""

WORKING_WITH_PEOPLE: Final[tuple[Right, ...]] = ("assess", "award", "inform", "keep-records")
"""The rights that let somebody see and write the files of people."""

_EMAIL: Final = re.compile(r"(?=.{3,254}$)[^\s@<>,;\"]+@[^\s@<>,;\"]+\.[^\s@<>,;\".]{2,}")
_IDENTIFIER: Final = re.compile(r"(did:[a-z0-9]+:|urn:uuid:|https://)[^\s<>\"{}|\\^`@]+")
"""A DID, or an address of the person's own; `mailto:` and the like would publish what is to be hashed."""


def email_key(email: str) -> str:
    """Return an e-mail address as it is compared and hashed: trimmed and in small letters."""
    return email.strip().lower()


def is_email(text: str) -> bool:
    """Tell whether something is written as an e-mail address is."""
    return _EMAIL.fullmatch(text) is not None


@dataclass(frozen=True, slots=True)
class Claim:
    """A claim code that was given, as far as it is kept.

    Attributes:
        salt: the salt, in hex.
        digest: the hash of salt and code, in hex.
        used: whether somebody showed it.
    """

    salt: str
    digest: str
    used: bool = False

    def is_of(self, code: ClaimCode) -> bool:
        """Tell whether it is this code; compared in constant time."""
        return code.matches(bytes.fromhex(self.salt), self.digest)


@dataclass(frozen=True, slots=True)
class Person:
    """A person, folded from the events of their file.

    Attributes:
        id: the pseudonym; empty for a file without events.
        details: who it is; None if that was erased.
        claims: the claim codes that were given.
        consents: the awards whose evidence may be published.
        erased: whether everything about the person was destroyed.
    """

    id: str = ""
    details: PersonDetails | None = None
    claims: tuple[Claim, ...] = ()
    consents: frozenset[str] = frozenset()
    erased: bool = False

    @classmethod
    def of(cls, events: Iterable[Event]) -> Person:
        """Fold the events of the stream."""
        person = cls()
        for event in events:
            person = _after(person, event)
        return person

    def facts(self, policy: BadgePolicy) -> Facts:
        """Say where the file stands; it is looked up by e-mail address, or else by identifier."""
        del policy
        details, key = self.details, None
        if details is not None:
            key = email_key(details.email) if details.email else details.identifier
        phase = "erased" if self.erased else "registered"
        return Facts(phase, person=self.id or None, key=key, closed=self.erased)

    def register(self, actor: Actor, *, person: str, details: PersonDetails) -> tuple[Event, ...]:
        """Begin the file of a person.

        Args:
            actor: somebody who works with people, for whichever badge.
            person: the pseudonym.
            details: who it is.

        Raises:
            PolicyError: `POLICY-NO-RIGHT`, `PERSON-KNOWN`, `PERSON-NAME`, `PERSON-EMAIL`,
            `PERSON-IDENTIFIER`,
                `PERSON-GUARDIAN` (a minor needs one), or `PERSON-GUARDIAN-CONTACT`.
        """
        act = actor.doing_one_of(*WORKING_WITH_PEOPLE, for_some_badge=True)
        if self.id:
            raise PolicyError("PERSON-KNOWN", person=self.id)
        return (PersonRegistered.done(act, person=person, details=_checked(details, actor.policy)),)

    def change(self, actor: Actor, *, details: PersonDetails) -> tuple[Event, ...]:
        """Change what is known of the person, who may do that too; nothing, if it is all the same.

        Raises:
            PolicyError: as for `register`; `PERSON-ERASED`, `PERSON-UNKNOWN`, or `PERSON-OWN-GUARDIAN` (young
                people do not change by themselves who speaks for them).
        """
        act = self._by_staff_or_self(actor)
        new, old = _checked(details, actor.policy), self.details
        changed = tuple(
            name for name in PersonDetails.model_fields
            if old is None or getattr(old, name) != getattr(new, name)
        )  # fmt: skip
        if not changed:
            return ()
        if actor.person == self.id and not {"minor", "guardian"}.isdisjoint(changed):
            raise PolicyError("PERSON-OWN-GUARDIAN")
        return (PersonChanged.done(act, person=self.id, changed=changed, details=new),)

    def give_code(self, actor: Actor, *, code: ClaimCode, salt: bytes) -> tuple[Event, ...]:
        """Record that the person is given a claim code; only its salted hash is kept.

        Raises:
            PolicyError: `POLICY-NO-RIGHT`, `PERSON-ERASED`, `PERSON-UNKNOWN`.
        """
        act = actor.doing_one_of(*WORKING_WITH_PEOPLE, for_some_badge=True)
        self.check_there()
        return (ClaimCodeGiven.done(act, person=self.id, salt=salt.hex(), digest=code.digest(salt)),)

    def claim(self, actor: Actor, *, code: ClaimCode) -> tuple[Event, ...]:
        """Show a claim code: whoever has it is taken for the person, once.

        That it is used up makes it noticed if somebody else was first. The code goes on showing to everybody
        that the badge is the holder's.

        Raises:
            PolicyError: `CLAIM-UNKNOWN`, `CLAIM-USED`, `PERSON-ERASED`, `PERSON-UNKNOWN`.
        """
        self.check_there()
        found = self._claim_of(code)
        if found.used:
            raise PolicyError("CLAIM-USED")
        return (ClaimCodeUsed.done(actor.act(), person=self.id, digest=found.digest),)

    def consent(self, actor: Actor, *, award: str, how: str, guardian: bool = False) -> tuple[Event, ...]:
        """Record that the evidence of an award may be published; nothing, if that is on record.

        Args:
            actor: the person, or somebody who works with people.
            award: the award.
            how: how the consent was given, such as `signed form of 3 March`.
            guardian: whether the guardian gave it, as for a minor.

        Raises:
            PolicyError: `POLICY-NO-RIGHT`, `PERSON-EVIDENCE-NEVER` (the policy publishes none),
                `PERSON-CONSENT-HOW`, `PERSON-CONSENT-GUARDIAN`, `PERSON-ERASED`, `PERSON-UNKNOWN`.
        """
        act = self._by_staff_or_self(actor)
        if actor.policy.publication.evidence == "never":
            raise PolicyError("PERSON-EVIDENCE-NEVER")
        said = required_text(how, "PERSON-CONSENT-HOW")
        if self.details is not None and needs_guardian(self.details, actor.policy) and not guardian:
            raise PolicyError("PERSON-CONSENT-GUARDIAN", who=self.shown)
        if award in self.consents:
            return ()
        return (EvidenceConsentGiven.done(act, person=self.id, award=award, guardian=guardian, how=said),)

    def withdraw_consent(self, actor: Actor, *, award: str) -> tuple[Event, ...]:
        """Record that the evidence of an award may not be published any more; nothing, if it never could.

        Raises:
            PolicyError: `POLICY-NO-RIGHT`, `PERSON-ERASED`, `PERSON-UNKNOWN`.
        """
        act = self._by_staff_or_self(actor)
        if award not in self.consents:
            return ()
        return (EvidenceConsentWithdrawn.done(act, person=self.id, award=award),)

    def erase(self, actor: Actor) -> tuple[Event, ...]:
        """Record that everything about the person is destroyed; the register then destroys it.

        Raises:
            PolicyError: `POLICY-NO-RIGHT`, `PERSON-HOLDS-ROLE`, `PERSON-ERASED`, `PERSON-UNKNOWN`.
        """
        act = actor.doing("keep-records")
        self.check_there()
        if any(one.person == self.id and not one.over_by(actor.now) for one in actor.staff.held):
            raise PolicyError("PERSON-HOLDS-ROLE", who=self.shown)
        return (PersonErased.done(act, person=self.id),)

    def recipient(self, policy: BadgePolicy, *, code: ClaimCode | None = None) -> Recipient:
        """Say how the person is named in a badge (R59).

        An identifier is written as it is. An e-mail address is hashed, unless the policy publishes it.
        Who has neither is named by the hash of a claim code that they were given; it is hashed under
        every policy.

        Args:
            policy: the policy in force.
            code: the claim code, where the person has neither.

        Raises:
            PolicyError: `PERSON-NEEDS-CODE`, `CLAIM-UNKNOWN`, `PERSON-ERASED`, `PERSON-UNKNOWN`.
        """
        self.check_there()
        if self.details is None:
            raise PolicyError("PERSON-UNKNOWN", person=self.id)
        email, identifier = self.details.email, self.details.identifier
        if email or identifier:
            return Recipient(
                email=email, id=identifier, hashed=policy.publication.recipient == "hashed-email"
            )
        if code is None:
            raise PolicyError("PERSON-NEEDS-CODE", who=self.shown)
        self._claim_of(code)
        return Recipient(identifier=(CLAIM_IDENTITY, code.text))

    @property
    def shown(self) -> str:
        """How a sentence names the person."""
        return self.details.name if self.details is not None else self.id

    def _by_staff_or_self(self, actor: Actor) -> Act:
        self.check_there()
        if actor.person == self.id:
            return actor.act()
        return actor.doing_one_of(*WORKING_WITH_PEOPLE, for_some_badge=True)

    def check_there(self) -> None:
        """See that there is such a person; raises PolicyError `PERSON-ERASED`, `PERSON-UNKNOWN`."""
        if self.erased:
            raise PolicyError("PERSON-ERASED", person=self.id)
        if not self.id:
            raise PolicyError("PERSON-UNKNOWN", person="—")

    def _claim_of(self, code: ClaimCode) -> Claim:
        found = [claim for claim in self.claims if claim.is_of(code)]
        if not found:
            raise PolicyError("CLAIM-UNKNOWN")
        return found[0]


def needs_guardian(details: PersonDetails, policy: BadgePolicy) -> bool:
    """Tell whether a guardian speaks for the person and is informed too (G10)."""
    return details.minor and policy.minors.guardian_below > 0


def _after(person: Person, event: Event) -> Person:
    match event:
        case PersonRegistered() | PersonChanged():
            return replace(person, id=event.person, details=event.details)
        case EvidenceConsentGiven():
            return replace(person, consents=person.consents | {event.award})
        case EvidenceConsentWithdrawn():
            return replace(person, consents=person.consents - {event.award})
        case PersonErased():
            return Person(person.id, erased=True)
        case _:
            return replace(person, claims=_claims_after(person.claims, event))


def _claims_after(claims: tuple[Claim, ...], event: Event) -> tuple[Claim, ...]:
    if isinstance(event, ClaimCodeGiven):
        return (*claims, Claim(event.salt, event.digest))
    if isinstance(event, ClaimCodeUsed):
        return tuple(replace(claim, used=claim.used or claim.digest == event.digest) for claim in claims)
    return claims


def _checked(details: PersonDetails, policy: BadgePolicy) -> PersonDetails:
    """Trim what is known of a person, and refuse what cannot be used."""
    name = required_text(details.name, "PERSON-NAME", one_line=True)
    identifier = free_text(details.identifier, one_line=True)
    if identifier is not None and not _IDENTIFIER.fullmatch(identifier):
        raise PolicyError("PERSON-IDENTIFIER", value=identifier[:80])
    guardian = details.guardian
    if guardian is not None:
        guardian = Contact(
            name=required_text(guardian.name, "PERSON-GUARDIAN-CONTACT", one_line=True),
            email=_email(guardian.email),
            other=free_text(guardian.other),
        )
        if not guardian.email and not guardian.other:
            raise PolicyError("PERSON-GUARDIAN-CONTACT")
    elif needs_guardian(details, policy):
        raise PolicyError("PERSON-GUARDIAN", who=name, age=policy.minors.guardian_below)
    return details.model_copy(
        update={
            "name": name, "email": _email(details.email), "identifier": identifier, "guardian": guardian
        }
    )  # fmt: skip


def _email(text: str | None) -> str | None:
    email = free_text(text, one_line=True)
    if email is not None and not _EMAIL.fullmatch(email):
        raise PolicyError("PERSON-EMAIL", value=email[:80])
    return email
