"""The office of an organisation: its policy, its register and its signer, and the work that spans them."""

from __future__ import annotations

import os
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from openbadge_issuer.assertions.recipient import RandomBytes
from openbadge_issuer.errors import PolicyError
from openbadge_issuer.issuing.issuer import Issuer
from openbadge_issuer.issuing.notices.carrier import Carrier, Delivery
from openbadge_issuer.issuing.office.desk import Desk
from openbadge_issuer.issuing.office.drafting import REVOCATION, SUSPENSION, list_url
from openbadge_issuer.issuing.office.publication import Publication, Publisher
from openbadge_issuer.issuing.office.signing_work import Waiting, sign_all, waiting_awards
from openbadge_issuer.issuing.office.telling import ToTell, award_notices, check_may_tell
from openbadge_issuer.issuing.office.telling_of_cases import case_notices
from openbadge_issuer.policy.adoption import Adoption
from openbadge_issuer.policy.awarding import Award
from openbadge_issuer.policy.badge_policy import BadgePolicy
from openbadge_issuer.policy.office_events import POLICY_STREAM
from openbadge_issuer.policy.staff_events import STREAM as STAFF_STREAM
from openbadge_issuer.policy.standing import Actor, Staff
from openbadge_issuer.register.evidence_store import EvidenceStore
from openbadge_issuer.register.ledger import Ledger
from openbadge_issuer.register.register import Register

if TYPE_CHECKING:
    from concurrent.futures import Executor

    from sqlalchemy import Connection

    from openbadge_issuer.signing.key_ring import KeyRing

_OF_HOLDER = ("holder", "guardian")
_ERASED = Delivery("", "impossible", "what is recorded of the person was erased")


@dataclass(frozen=True, slots=True)
class BadgeOffice:
    """An organisation that runs its badge policy.

    Attributes:
        policy: the policy.
        register: where everything is recorded.
        issuer: in whose name badges are made, and with what they are signed.
        pictures: where the pictures of badges lie, by the digests in the catalogue.
        rng: the source of randomness.
    """

    policy: BadgePolicy
    register: Register
    issuer: Issuer
    pictures: EvidenceStore | None = None
    rng: RandomBytes = os.urandom

    @property
    def organisation(self) -> str:
        """The identifier of the organisation, under which its records are kept."""
        return self.policy.organisation.id

    @contextmanager
    def desk(
        self,
        actor: str | None,
        *,
        now: datetime,
        name: str | None = None,
        connection: Connection | None = None,
        adopting: bool = False,
    ) -> Iterator[Desk]:
        """Let somebody do things in one transaction: all of it lasts, or nothing.

        Args:
            actor: the pseudonym; None for somebody without a name, who may report and little else.
            now: the moment, aware.
            name: the actor's name, where no role tells it.
            connection: a program's own connection, such as `session.connection()`: then the program commits.
            adopting: whether the policy may be one that is not in force yet.

        Raises:
            PolicyError: `POLICY-NOT-ADOPTED`, the policy is not the one in force.
            RegisterError: the register cannot be used.
        """
        with self._ledger(connection) as ledger:
            if not adopting:
                Adoption.of(ledger.events(POLICY_STREAM)).check_in_force(self.policy)
            staff = Staff.of(ledger.events(STAFF_STREAM))
            yield Desk(ledger, Actor(actor, now, staff, self.policy, name), self.issuer, self.rng)

    def found(self, *, person: str, name: str, role: str, now: datetime) -> None:
        """Begin: the policy is adopted, the first role granted, and the status lists opened.

        Args:
            person: a pseudonym for the founder.
            name: the founder's name.
            role: a role that may grant roles.
            now: the moment.

        Raises:
            PolicyError: as `policy.roles.grant`.
        """
        self.register.add(self.organisation)
        with self.desk(person, now=now, name=name, adopting=True) as desk:
            desk.roles.grant(person, role, name=name)
            self._adopt(desk)

    def adopt(self, actor: str, *, now: datetime) -> bool:
        """Put the policy in force; tell whether it was not already. Raises as `Adoption.adopt`."""
        with self.desk(actor, now=now, adopting=True) as desk:
            return self._adopt(desk)

    def sign_waiting(
        self,
        actor: str,
        *,
        now: datetime,
        only: Collection[str] | None = None,
        executor: Executor | None = None,
    ) -> tuple[Award, ...]:
        """Sign what was decided and is not signed yet, also what a killed process left.

        What is signed is what the decisions carry, to the letter and with their dates, so that signing again
        gives the same.

        Args:
            actor: who may award, or look after the keys.
            now: the moment.
            only: the identifiers of the awards; all that wait if None.
            executor: signs beside each other; the issuer's signer must be able to travel there.

        Raises:
            PolicyError: as `Award.sign`.
            OpenBadgeError: a document cannot be signed.
        """
        with self.desk(actor, now=now) as desk:
            waiting: list[Waiting] = list(waiting_awards(desk, only))
        signed = sign_all(self.issuer, waiting, executor)
        with self.desk(actor, now=now) as desk:
            return tuple(desk.awards.sign(one.award, copies) for one, copies in signed)

    def publish(self, folder: Path, actor: str, *, now: datetime, ring: KeyRing | None = None) -> Publication:
        """Write everything public below a folder, and record which awards are public with it.

        Args:
            folder: the root of the web server, or of what is copied there.
            actor: who may award, or look after the keys.
            now: the moment.
            ring: the issuer's keys, to be published; None for an issuer whose keys are published otherwise.

        Returns:
            What was published.

        Raises:
            PolicyError: the actor may not.
            OutputError: `PUBLISH-WRITE`.
            OpenBadgeError: something cannot be signed.
        """
        with self.desk(actor, now=now) as desk:
            made = Publisher(self, desk, ring).publication()
            waiting = tuple(desk.awards.in_phase("to-publish"))
            made.write(folder)  # here, so that no older publication can overwrite a newer one
        with self.desk(actor, now=now) as desk:
            for name in waiting:
                desk.awards.publish(name, addresses=_own_addresses(desk.awards.get(name), made))
        return made

    def tell_waiting(
        self,
        carrier: Carrier,
        actor: str,
        *,
        now: datetime,
        only: Collection[str] | None = None,
    ) -> tuple[tuple[ToTell, str], ...]:
        """Carry every notice that waits, and record what became of each (R40, R46).

        A notice is recorded after it was carried: a process that is killed between the two tells twice
        rather than never.

        Args:
            carrier: what carries them.
            actor: who may inform.
            now: the moment.
            only: the streams, such as `award:…`; all that wait if None.

        Returns:
            The notices, each with what became of it.

        Raises:
            PolicyError: as `ToTell.events`; then nobody was told anything.
            OutputError: a notice cannot be written.
        """
        with self.desk(actor, now=now) as desk:
            waiting = [one for one in self._notices(desk) if only is None or one.stream in only]
            for one in waiting:
                check_may_tell(desk, one)  # before the first is carried
            gone = [one for one in waiting if _is_about_erased(desk, one)]
        told = []
        for one in waiting:
            delivery = (
                replace(one.delivered(_ERASED), channel=None, notice=None)
                if one in gone
                else one.delivered(carrier.deliver(one.notice, now=now))
            )
            with self.desk(actor, now=now) as desk:
                desk.record(one.stream, one.events(desk, delivery))
            told.append((one, delivery.outcome))
        return tuple(told)

    def signed_badge(
        self, desk: Desk, award: str, *, version: Literal["3.0", "2.0"] = "3.0", baked: bool = False
    ) -> bytes:
        """Return the badge of an award exactly as it was signed, or baked into its picture.

        Raises:
            PolicyError: `AWARD-UNKNOWN`; `AWARD-NOT-SIGNED`, there is none of this version; `AWARD-ERASED`.
            PictureError: the badge has no picture that can carry it.
        """
        found = desk.awards.get(award)
        signed = next((one for one in found.signed if one.version == version), None)
        if signed is None:
            raise PolicyError("AWARD-NOT-SIGNED")
        if signed.signed is None:
            raise PolicyError("AWARD-ERASED")
        data = signed.signed.encode()
        if not baked:
            return data
        # Local: pictures and XML are needed by those who bake.
        from openbadge_issuer.baking import bake  # noqa: PLC0415

        return bake(self.picture_of(desk, found) or b"", data)

    def picture_of(self, desk: Desk, award: Award) -> bytes | None:
        """Return the picture of a badge, or None if there is none at hand."""
        version = desk.badges.get(award.opened.badge).version(award.opened.version)
        if self.pictures is None or version.picture_digest is None:
            return None
        return (
            self.pictures.read(version.picture_digest)
            if self.pictures.holds(version.picture_digest)
            else None
        )

    def _notices(self, desk: Desk) -> Iterator[ToTell]:
        for phase in ("to-inform", "not-yet", "objection", "open", "assessed"):
            for name in desk.awards.in_phase(phase):
                award = desk.awards.get(name)
                yield from award_notices(desk, award, self.picture_of(desk, award))
        for case in desk.cases.all():
            yield from case_notices(desk, case, self.picture_of)

    def _adopt(self, desk: Desk) -> bool:
        adoption = Adoption.of(desk.ledger.events(POLICY_STREAM))
        events = adoption.adopt(desk.actor)
        desk.record(POLICY_STREAM, events)
        self._open_lists(desk)
        return bool(events)

    def _open_lists(self, desk: Desk) -> None:
        """Open the status lists that the policy asks for, where they are not there yet."""
        known = {facts.url for facts in desk.ledger.status.lists()}
        wanted = (REVOCATION, SUSPENSION) if self.policy.publication.suspension_list else (REVOCATION,)
        for purpose in wanted:
            url = list_url(self.policy, purpose)
            if url not in known:
                desk.ledger.status.open_list(
                    url,
                    issuer=self.organisation,
                    act=desk.actor.act(),
                    purpose="suspension" if purpose == SUSPENSION else "revocation",
                    size=self.policy.publication.list_size,
                )

    @contextmanager
    def _ledger(self, connection: Connection | None) -> Iterator[Ledger]:
        if connection is not None:
            yield Ledger.over(connection, self.organisation, settings=self.register.settings)
            return
        with self.register.ledger(self.organisation) as ledger:
            yield ledger


def _own_addresses(award: Award, made: Publication) -> tuple[str, ...]:
    """Return the addresses of an award's own documents: those of hosted badges of 2.0."""
    drafts = award.granted.drafts if award.granted else ()
    return tuple(draft.id for draft in drafts if draft.id in made.files)


def _is_about_erased(desk: Desk, waiting: ToTell) -> bool:
    """Tell whether a notice is for somebody whom nothing is known of any more, or for the guardian."""
    row = desk.ledger.stream(waiting.stream)
    person = None if row is None else row.facts.person
    return person is not None and waiting.recipient in _OF_HOLDER and desk.people.get(person).erased
