"""A home that a command has opened: who acts in it, and at which desk."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import partial
from pathlib import Path

from openbadge_issuer.cli.edge import USAGE, about, read_input
from openbadge_issuer.cli.kept_evidence import keeping_evidence
from openbadge_issuer.cli.options import open_key
from openbadge_issuer.errors import InputError, IssuingError, KeyMaterialError
from openbadge_issuer.issuing.home import Home, issuer_of
from openbadge_issuer.issuing.home_publishing import PublishedHome, publish_home
from openbadge_issuer.issuing.office import BadgeOffice, Desk
from openbadge_issuer.policy.badge_policy import BadgePolicy
from openbadge_issuer.policy.event_values import EvidenceReference
from openbadge_issuer.policy.people import Person, email_key
from openbadge_issuer.policy.policy_file import read_policy
from openbadge_issuer.policy.staff_events import STREAM as STAFF_STREAM
from openbadge_issuer.policy.standing import Actor, Staff
from openbadge_issuer.register.evidence_store import EvidenceStore
from openbadge_issuer.register.records import Records
from openbadge_issuer.register.register import Register
from openbadge_issuer.register.settings import Settings
from openbadge_issuer.signing.key_by_uri import KeyByUri
from openbadge_issuer.signing.key_in_ring import KeyInRing
from openbadge_issuer.signing.key_ring import KeyRing
from openbadge_issuer.signing.key_ring_file import read_key_ring
from openbadge_issuer.signing.signer import Signer


def now() -> datetime:
    """Read the clock."""
    return datetime.now(UTC)


@dataclass(frozen=True, slots=True)
class OpenedRegister:
    """A home that is opened to read in.

    Attributes:
        home: the folder.
        policy: the policy as its file says; whether it is in force is another question.
        register: the register.
    """

    home: Home
    policy: BadgePolicy
    register: Register

    def now(self) -> datetime:
        """Return the moment: what is done is done when it is recorded."""
        return now()

    @contextmanager
    def records(self) -> Iterator[Records]:
        """Read the organisation's records as they are at one moment."""
        with self.register.records(self.policy.organisation.id) as records:
            yield records

    def actor(self, who: str | None) -> str:
        """Find who acts, by what `--as` says, or as the only one who holds a role.

        Raises:
            InputError: `HOME-WHO-MISSING`, nobody is named and not just one person holds a role; or as
                `person`.
        """
        if who is not None:
            return self.person(who)
        moment = now()
        holders = {one.person for one in self.staff().held if one.at(moment)}
        if len(holders) != 1:
            raise InputError("HOME-WHO-MISSING", count=len(holders))
        return holders.pop()

    def staff(self) -> Staff:
        """Return everybody's roles."""
        with self.records() as records:
            return Staff.of(records.events(STAFF_STREAM))

    def acting(self, who: str | None) -> Actor:
        """Return who acts as somebody who only looks; raises as `actor`."""
        return Actor(self.actor(who), now(), self.staff(), self.policy)

    def person(self, who: str) -> str:
        """Find somebody by pseudonym, e-mail address, a colleague's name, or a role that just one holds.

        Raises:
            InputError: `HOME-WHO-UNKNOWN`; `HOME-WHO-SEVERAL`, it is not plain who is meant.
        """
        with self.records() as records:
            staff = Staff.of(records.events(STAFF_STREAM))
            if records.stream(f"person:{who}") or any(one.person == who for one in staff.held):
                return who
            stream = records.find("person", email_key(who) if "@" in who else who)
        if stream is not None:
            return stream.partition(":")[2]
        found = {person for person, name in staff.names.items() if name.casefold() == who.strip().casefold()}
        found = found or {one.person for one in staff.holding(who, now())}
        if len(found) != 1:
            raise InputError("HOME-WHO-SEVERAL" if found else "HOME-WHO-UNKNOWN", who=who[:80])
        return found.pop()


@dataclass(frozen=True, slots=True)
class OpenedOffice(OpenedRegister):
    """A home that is opened to work in.

    Attributes:
        office: the office in it; its signer opens the private key when something is signed.
        ring: the issuer's keys.
        signer: the key that signs. `open` it where a password must not be asked for later: within a
            transaction, or while a bar is drawn.
    """

    office: BadgeOffice
    ring: KeyRing
    signer: KeyInRing

    @contextmanager
    def evidence(self, files: Sequence[Path] | None) -> Iterator[tuple[EvidenceReference, ...]]:
        """Keep files as evidence for a step; if it is refused, they are not kept.

        Raises:
            OpenBadgeError: as `KeptEvidence.keep`.
        """
        with keeping_evidence(self.register, self.home) as kept:
            yield tuple(kept.keep(path) for path in files or ())

    def publish(self, actor: str, folder: Path | None = None) -> PublishedHome:
        """Write everything public; see `publish_home`.

        Args:
            actor: the pseudonym of who may award, or look after the keys.
            folder: where to; the public folder of the home if None.
        """
        return publish_home(self.home, self.office, actor, ring=self.ring, now=now(), folder=folder)

    @contextmanager
    def desk(self, who: str | None, *, anonymous: bool = False) -> Iterator[Desk]:
        """Do things in one transaction, as who `--as` says.

        Args:
            who: what `--as` says.
            anonymous: whether nobody need be named: then who names nobody is nobody, also where only one
                person holds a role.

        Raises:
            OpenBadgeError: as `actor` and `BadgeOffice.desk`.
        """
        actor = None if anonymous and who is None else self.actor(who)
        with self.office.desk(actor, now=now(), name=self._name(actor)) as desk:
            yield desk

    def _name(self, actor: str | None) -> str | None:
        """Return the name of somebody who has a file and need not hold a role."""
        if actor is None:
            return None
        with self.records() as records:
            details = Person.of(records.events(f"person:{actor}")).details
        return None if details is None else details.name


@contextmanager
def opened_register(home: Home) -> Iterator[OpenedRegister]:
    """Open a home to read in; see `home_options.open_register`."""
    policy = policy_of(home)
    with Register.open(home.register_url, settings=settings_of(home)) as register:
        yield OpenedRegister(home, policy, register)


@contextmanager
def opened_office(home: Home, password_env: str) -> Iterator[OpenedOffice]:
    """Open a home to work in; see `home_options.open_office`.

    Raises:
        KeyMaterialError: `RING-CONTROLLER`, the keys are those of another issuer than the policy's.
    """
    policy = policy_of(home)
    ring, signer = signer_of(home, password_env)
    if policy.organisation.id.startswith("did:") and ring.controller != policy.organisation.id:
        raise KeyMaterialError("RING-CONTROLLER", controller=ring.controller)
    issuer = issuer_of(policy, signer, verification_method=ring.verification_method(signer.key))
    with Register.open(home.register_url, settings=settings_of(home)) as register:
        office = BadgeOffice(policy, register, issuer, EvidenceStore.create(home.pictures))
        yield OpenedOffice(home, policy, register, office, ring, signer)


def policy_of(home: Home) -> BadgePolicy:
    """Read the policy of a home; whatever is wrong with the file, the home cannot be used."""
    with about(home.policy_file, exit_code=USAGE):
        return read_policy(read_input(home.policy_file))


def signer_of(home: Home, password_env: str) -> tuple[KeyRing, KeyInRing]:
    """Return the ring of a home, and its active key as a signer.

    With the password in the environment the signer can travel to other processes; otherwise the person at
    the terminal is asked, here, when something is signed. Where no key is active, nothing can be signed, and
    everything else goes on.

    Raises:
        IssuingError: `HOME-NO-KEY`, there never was a key.
        KeyMaterialError: the ring cannot be read.
    """
    ring = read_key_ring(home.keys)
    if not ring.keys:
        _no_key(home)
    return ring, signer_in(home, ring, password_env) or KeyInRing(ring.keys[-1], partial(_no_key, home))


def signer_in(home: Home, ring: KeyRing, password_env: str) -> KeyInRing | None:
    """Return the newest active key of a home's ring as a signer, as `signer_of` does; None without one."""
    if not ring.active:
        return None
    key = ring.active[-1]
    source = KeyByUri if password_env in os.environ else open_key
    return KeyInRing(key, partial(source, home.key_uri(key), password_env))


def _no_key(home: Home) -> Signer:
    raise IssuingError("HOME-NO-KEY", path=str(home.keys))


def settings_of(home: Home) -> Settings:
    """Say where the evidence of a home lies."""
    return Settings(evidence=EvidenceStore.create(home.evidence))
