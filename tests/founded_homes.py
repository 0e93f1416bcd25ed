"""Homes for tests: a small organisation that was founded with `init`'s own function, to be copied."""

from __future__ import annotations

import random
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

from openbadge_issuer.issuing.founding import FoundedHome, found_home
from openbadge_issuer.issuing.home import issuer_of
from openbadge_issuer.issuing.office import BadgeOffice, Desk
from openbadge_issuer.policy.badge import BadgeDefinition
from openbadge_issuer.policy.person_events import PersonDetails
from openbadge_issuer.policy.policy_file import read_policy
from openbadge_issuer.policy.starter import Domain, starter_policy
from openbadge_issuer.register import Records, Register, Settings
from openbadge_issuer.register.evidence_store import EvidenceStore
from openbadge_issuer.signing.key_ring import KeyRing
from openbadge_issuer.signing.signing_key import SigningKey

NOW = datetime(2026, 3, 2, 11, tzinfo=UTC)
"""A Monday, noon in Amsterdam."""
PASSWORD = "correct horse battery staple"
MARIT = PersonDetails(name="Marit de Vries", email="marit@badges.example", language="nl")
DOMAIN = Domain.read("badges.example")

POLICY = starter_policy(
    domain=DOMAIN,
    name="Breakthrough",
    contact="badges@badges.example",
    languages=("nl", "en"),
    adopted=date(2026, 3, 2),
).encode()


def founded(folder: Path, policy: bytes = POLICY, founder: PersonDetails = MARIT) -> FoundedHome:
    """Make a home in a folder; the pseudonym of its founder is the same each time."""
    rng = random.Random(1)  # noqa: S311  # not for secrets
    return found_home(folder, policy, founder, secret=PASSWORD, now=NOW, rng=rng.randbytes)


@dataclass
class Staffed:
    """An office in a home, with three managers and a clock that goes on by itself.

    Attributes:
        office: the office; its signer is not the key of the ring.
        ring: the issuer's keys.
        now: the moment.
    """

    office: BadgeOffice
    ring: KeyRing
    now: datetime = NOW

    @contextmanager
    def desk(self, who: str | None) -> Iterator[Desk]:
        """Do things a minute later, as somebody."""
        self.now += timedelta(minutes=1)
        with self.office.desk(who, now=self.now) as desk:
            yield desk

    @contextmanager
    def records(self) -> Iterator[Records]:
        """Read."""
        with self.office.register.records(self.office.organisation) as records:
            yield records

    def define(self, *criteria: str) -> None:
        """Take the badge `host` into use."""
        with self.desk("marit") as desk:
            desk.badges.define(badge(*criteria))
        with self.desk("jan") as desk:
            desk.badges.review("host")
            desk.badges.activate("host")

    def award(self, person: str, *, granted: bool = True) -> str:
        """Open an award of `host`, and grant it."""
        with self.desk("marit") as desk:
            award = desk.awards.open("host", person).id
            for criterion in desk.awards.get(award).opened.mandatory:
                desk.awards.assess(award, criterion, "met", observed="Seen.")
        if granted:
            with self.desk("jan") as desk:
                desk.awards.grant(award)
        return award


def badge(*criteria: str) -> BadgeDefinition:
    """Define a badge without a picture."""
    told = criteria or ("You led one workshop of 60 minutes.",)
    return BadgeDefinition.model_validate(
        {
            "badge": "host",
            "text": {
                "en": {"name": "Host", "description": "Welcomes people."},
                "nl": {"name": "Gastheer", "description": "Verwelkomt mensen."},
            },
            "criteria": [
                {"id": f"c{place}", "statement": {"en": text, "nl": f"Je deed dit {place + 1} keer."}}
                for place, text in enumerate(told)
            ],
        }
    )


@contextmanager
def staffed(folder: Path, changes: Mapping[str, Any] | None = None) -> Iterator[Staffed]:
    """Run an office over a register in a folder, with Marit, Jan and Sam as managers."""
    policy = read_policy(POLICY)
    if changes:
        policy = policy.model_copy(update=dict(changes))
    key = SigningKey.generate()
    ring = KeyRing(DOMAIN.did).add(key.public_key, uri="file:issuer.key", now=NOW)
    settings = Settings(evidence=EvidenceStore.create(folder / "evidence"))
    issuer = issuer_of(policy, key, verification_method=ring.verification_method(ring.keys[0]))
    with Register.create(f"sqlite:///{folder}/register.db", settings=settings) as register:
        made = Staffed(BadgeOffice(policy, register, issuer), ring)
        made.office.found(person="marit", name=MARIT.name, role="manager", now=NOW)
        with made.desk("marit") as desk:
            for person, name in (("jan", "Jan Smit"), ("sam", "Sam Peters")):
                desk.roles.grant(person, "manager", name=name)
                desk.roles.train(person, "Badges")
        with made.desk("jan") as desk:
            desk.roles.train("marit", "Badges")
        yield made
