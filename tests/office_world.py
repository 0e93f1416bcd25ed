"""An office in which people try steps, allowed or not, and what is known of it from outside."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from badge_offices import JAN, KIM, MARIT, ROLES, SAM, Organisation, organisation
from openbadge_issuer.errors import OpenBadgeError
from openbadge_issuer.issuing.notices.notice import Notice
from openbadge_issuer.issuing.office.desk import Desk
from openbadge_issuer.issuing.office.publication import Publication
from openbadge_issuer.issuing.published_record import PublishedRecord
from openbadge_issuer.policy.event_values import EvidenceReference
from openbadge_issuer.policy.person_events import Contact, PersonDetails
from openbadge_issuer.register import Head

LEA, PIT, EVE = "p-lea", "p-pit", "p-eve"
STAFF = {MARIT: "manager", JAN: "manager", SAM: "manager", KIM: "manager", LEA: "assessor", PIT: "confidant"}
"""Who holds what at first."""
ACTORS: tuple[str | None, ...] = (*STAFF, EVE, None)
"""Who tries things: those who hold roles, somebody who holds none, and somebody without a name."""
MORE_ROLES: dict[str, Any] = {
    **ROLES,
    "assessor": {"name": {"en": "Assessor", "nl": "Beoordelaar"}, "rights": ["assess"]},
    "keeper": {"name": {"en": "Keeper", "nl": "Bewaarder"}, "rights": ["keep-keys"]},
}
PLATFORM = "https://badges.platform.example/"
MARK, SHOWN = "okapi", "zebu"
"""What stands in all that is private, and in the evidence that a holder agreed to show; and nowhere else."""


@dataclass
class World:
    """An office, the people around it, and what they keep.

    Attributes:
        house: the organisation.
        reached: the kinds of events that were recorded and the codes of refusals, counted.
        people: the pseudonyms of those who may hold badges.
        marks: how many private texts there are.
        copies: the badges as their holders got them, by award and version.
        settled: what was decided about each award that was granted.
        shown: the awards whose evidence may be public, by what marks it.
        told: the notices that were delivered: by reference, kind and digest.
        published: what was published last, and the record of all that ever was.
        public_head: the head that was published last.
        receipts: the codes that reporters got.
    """

    house: Organisation
    reached: Counter[str]
    people: list[str] = field(default_factory=list)
    marks: int = 0
    copies: dict[tuple[str, str], str] = field(default_factory=dict)
    settled: dict[str, object] = field(default_factory=dict)
    shown: dict[str, str] = field(default_factory=dict)
    published: PublishedRecord = field(default_factory=PublishedRecord)
    publication: Publication | None = None
    public_head: Head | None = None
    receipts: list[Any] = field(default_factory=list)

    @property
    def public(self) -> Path:
        """The root of the web server."""
        return self.house.folder / "public"

    def mark(self, word: str = MARK) -> str:
        """Make a word that nobody else writes."""
        self.marks += 1
        return f"{word}{self.marks}x"

    def text(self) -> str:
        """Write something private."""
        return f"This is about {self.mark()}, who was there."

    def details(self, dice: random.Random) -> PersonDetails:
        """Make up somebody: an adult or a minor, with or without an address."""
        word = self.mark()
        minor = dice.random() < 0.25
        email = f"{word}@post.example" if dice.random() < 0.7 else None
        identifier = f"did:web:holder{self.marks}.example" if email is None and dice.random() < 0.2 else None
        return PersonDetails(
            name=f"{word.title()} Quagga",
            email=email,
            identifier=identifier,
            language=dice.choice(("nl", "en")),
            minor=minor,
            guardian=Contact(name=f"{self.mark().title()} Quagga", email=f"{self.mark()}@post.example")
            if minor
            else None,
        )

    def evidence(self, dice: random.Random, award: str) -> EvidenceReference:
        """Make evidence that is kept for oneself, or that may be shown."""
        store = self.house.office.register.settings.evidence
        assert store is not None
        public = dice.random() < 0.4
        word = self.mark(SHOWN if public else MARK)
        if public:
            self.shown[word] = award
        digest = store.put(f"The plan of {word}.".encode()).digest
        return EvidenceReference(
            sha256=digest,
            media_type="text/plain",
            name=f"Plan {word}",
            url=f"https://plans.example/{word}",
            public=public,
        )

    def attempt(self, step: Callable[[], object]) -> bool:
        """Try a step; a refusal is an error of ours that changes nothing, and that both languages can say."""
        before, told, files = self.house.head, len(self.house.notices), _stamps(self.public)
        refused: OpenBadgeError | None = None
        try:
            step()
        except OpenBadgeError as error:
            refused = error
        if refused is None:
            return True
        self.reached[refused.code] += 1
        assert all((refused.sentence("en"), refused.sentence("nl"), refused.advice("nl"))), refused.code
        assert self.house.head == before, f"{refused.code} has changed the register"
        assert len(self.house.notices) == told, f"{refused.code}, and somebody was told"
        assert _stamps(self.public) == files, f"{refused.code}, and something was published"
        return False

    def at_desk(self, who: str | None, step: Callable[[Desk], object]) -> bool:
        """Try a step at a desk."""

        def do() -> None:
            with self.house.desk(who) as desk:
                step(desk)

        return self.attempt(do)

    def reading(self) -> Any:  # noqa: ANN401  # a context manager of a desk, which changes nothing
        """Look at where things stand."""
        return self.house.office.desk(MARIT, now=self.house.now)

    def sign(self, who: str | None) -> None:
        """Sign all that waits."""
        self.house.office.sign_waiting(who or "", now=self.house.tick())

    def tell(self, who: str | None, *, taken: bool) -> tuple[Notice, ...]:
        """Tell all who wait."""
        return self.house.tell(taken=taken, by=who or "")

    def publish(self, who: str | None) -> None:
        """Publish, as `publish_home` does: what is not public any more is taken down."""
        made = self.house.publish(by=who or "")
        self.published = self.published.then(made, self.house.now)
        self.published.take_down(self.public)
        self.publication = made

    def rotate(self) -> None:
        """Take a new key into use; what the old one signed stays good."""
        self.house.rotate()


def _stamps(folder: Path) -> dict[str, tuple[int, int]]:
    found = {}
    for path in folder.rglob("*"):
        facts = path.stat()
        found[str(path)] = facts.st_ino, facts.st_mtime_ns
    return found


def new_world(folder: Path, dice: random.Random, reached: Counter[str], *, url: str | None = None) -> World:
    """Found an organisation with a policy of its own."""
    changes = {
        "roles": MORE_ROLES,
        "platforms": {"other": {"name": "Platform", "prefixes": [PLATFORM]}},
        "publication.open_badges_2": dice.choice(("none", "hosted", "hosted", "signed")),
        "publication.suspension_list": dice.random() < 0.5,
        "publication.evidence": dice.choice(("with-consent", "with-consent", "never")),
        "awarding.eyes": dice.choice((1, 2, 2)),
    }
    world = World(organisation(folder, changes, url=url), reached)
    with world.house.desk(MARIT) as desk:
        for person in (LEA, PIT):
            desk.roles.grant(person, STAFF[person], name=f"{person} Quagga")
    return world
