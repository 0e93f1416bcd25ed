"""People who may hold badges: found by what they gave, or taken into the register."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from openbadge_issuer.policy.claim_code import CODE_BYTES, SALT_BYTES, ClaimCode
from openbadge_issuer.policy.people import Person, email_key
from openbadge_issuer.policy.person_events import PersonDetails

if TYPE_CHECKING:  # a desk loads this module
    from openbadge_issuer.issuing.office.desk import Desk


@dataclass(frozen=True, slots=True)
class People:
    """The people of an organisation, at one desk."""

    desk: Desk

    def get(self, person: str) -> Person:
        """Return somebody by pseudonym; a person without a file is empty."""
        return Person.of(self.desk.ledger.events(f"person:{person}"))

    def find(self, *, email: str | None = None, identifier: str | None = None) -> str | None:
        """Return the pseudonym of who has an e-mail address, or else an identifier; None if nobody has."""
        key = email_key(email) if email else identifier
        stream = self.desk.ledger.find("person", key) if key else None
        return stream.partition(":")[2] if stream else None

    def register(self, details: PersonDetails) -> str:
        """Return the pseudonym of a person, who is taken into the register if need be.

        Somebody with the same e-mail address, or else the same identifier, is the same person, and what is
        known of them stays as it is. Whoever has neither is somebody new each time.

        Raises:
            PolicyError: as `Person.register`.
        """
        known = self.find(email=details.email, identifier=details.identifier)
        if known is not None:
            return known
        name = self.desk.fresh_name()
        self.desk.record(f"person:{name}", Person().register(self.desk.actor, person=name, details=details))
        return name

    def change(self, person: str, details: PersonDetails) -> None:
        """Change what is known of a person; raises as `Person.change`."""
        self.desk.record(f"person:{person}", self.get(person).change(self.desk.actor, details=details))

    def give_code(self, person: str) -> ClaimCode:
        """Make a claim code for a person; only its salted hash is kept in their file.

        Raises:
            PolicyError: as `Person.give_code`.
        """
        code = ClaimCode.of(self.desk.rng(CODE_BYTES))
        salt = self.desk.rng(SALT_BYTES)
        self.desk.record(
            f"person:{person}", self.get(person).give_code(self.desk.actor, code=code, salt=salt)
        )
        return code

    def claim(self, person: str, code: ClaimCode) -> None:
        """Take whoever shows a claim code for the person; raises as `Person.claim`."""
        self.desk.record(f"person:{person}", self.get(person).claim(self.desk.actor, code=code))

    def consent(self, person: str, *, award: str, how: str, guardian: bool = False) -> None:
        """Record that the evidence of an award may be published; raises as `Person.consent`."""
        events = self.get(person).consent(self.desk.actor, award=award, how=how, guardian=guardian)
        self.desk.record(f"person:{person}", events)

    def withdraw_consent(self, person: str, *, award: str) -> None:
        """Record that it may not be any more; raises as `Person.withdraw_consent`."""
        events = self.get(person).withdraw_consent(self.desk.actor, award=award)
        self.desk.record(f"person:{person}", events)
