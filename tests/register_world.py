"""A small world of its own for tests of the register: events, how they fold, and who acts.

The register knows nothing of what events mean; these few have everything that it has to cope with: parts
about several people, evidence, a status index, a look-up key that is personal.
"""

from __future__ import annotations

import random
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path
from typing import Annotated

from pydantic import AwareDatetime

from openbadge_issuer.policy.badge_policy import BadgePolicy
from openbadge_issuer.policy.event import Act, Event, Kept
from openbadge_issuer.policy.event_kinds import kinds, restore
from openbadge_issuer.policy.facts import Facts
from openbadge_issuer.policy.staff_events import RoleGranted
from openbadge_issuer.policy.standing import Actor, Staff
from openbadge_issuer.register import Head, Ledger, Records, Settings
from openbadge_issuer.register.evidence_store import EvidenceStore
from openbadge_issuer.register.status_said import StatusSaid
from openbadge_issuer.status.allocation import Rng

HOME = "https://breakthrough.example"
OTHER_HOME = "https://other.example"
LIST = "https://breakthrough.example/status/1"
NOW = datetime(2026, 3, 1, 12, 0, tzinfo=UTC)
DAY = timedelta(days=1)

POLICY = BadgePolicy.model_validate(
    {
        "organisation": {"id": HOME, "name": "Breakthrough", "contact": "badges@breakthrough.example"},
        "roles": {"keeper": {"name": {"en": "Keeper"}, "rights": ["keep-records"]}},
        "publication": {"base": HOME},
    }
)


class Met(Event):
    """Somebody was met; the address is what they are found by."""

    person: str
    name: Annotated[str | None, Kept("person", of="person")] = None
    address: Annotated[str | None, Kept("person", of="person")] = None


class Judged(Event):
    """A candidate was judged by an assessor, who took notes and kept evidence."""

    holder: str
    outcome: str
    notes: Annotated[str | None, Kept("dossier", of="holder")] = None
    evidence: Annotated[tuple[dict[str, str], ...] | None, Kept("dossier", of="holder")] = None


class Given(Event):
    """A badge was given: a place in a status list, and the credential."""

    holder: str
    url: str
    index: int
    credential_id: str
    credential: Annotated[dict[str, str] | None, Kept("credential", of="holder")] = None


class Doubted(Event):
    """Somebody doubts a badge, and is not to be known."""

    holder: str
    reporter: str | None = None
    story: Annotated[str | None, Kept("case", of="holder")] = None
    reporter_name: Annotated[str | None, Kept("reporter", of="reporter")] = None


class Withdrawn(Event):
    """A badge was withdrawn."""

    holder: str
    url: str
    index: int
    reason: str


class Suspected(Event):
    """Somebody is suspected of misuse."""

    suspect: str
    suspicion: Annotated[str | None, Kept("misuse", of="suspect")] = None


class Closed(Event):
    """A procedure came to its end."""

    until: AwareDatetime | None = None


KINDS = {kind.kind: kind for kind in (Met, Judged, Given, Doubted, Withdrawn, Suspected, Closed)}
SETTINGS = Settings(restore=partial(restore, known=kinds() | KINDS))


def settings_with_evidence(folder: Path) -> Settings:
    """The settings of this world, with a place for evidence."""
    return replace(SETTINGS, evidence=EvidenceStore.create(folder))


def act(by: str | None = "p-keeper", *, name: str | None = "Kees Keeper", at: datetime = NOW) -> Act:
    """Somebody does something."""
    return Act(at=at, by=by, by_name=name, role="keeper", policy=POLICY.digest)


def keeper(*, person: str = "p-keeper", now: datetime = NOW) -> Actor:
    """Somebody who may keep records."""
    granted = RoleGranted.done(
        act(), person=person, person_name="Kees Keeper", holds="keeper", begins=NOW - 1000 * DAY
    )
    return Actor(person, now, Staff.of([granted]), POLICY)


def facts_of(_: str, events: Sequence[Event]) -> Facts:
    """Fold any stream of this world."""
    person, key, due = None, None, None
    for event in events:
        if isinstance(event, Met):
            person, key = event.person, event.address
        elif isinstance(event, Judged | Given | Doubted | Withdrawn):
            person, due = event.holder, event.at + 7 * DAY
        elif isinstance(event, Suspected):
            person = event.suspect
    closed = isinstance(events[-1], Closed)
    return Facts(events[-1].kind, None if closed else due, person, key, closed)


def statuses_of(_: str, events: Sequence[Event]) -> Iterator[tuple[int, StatusSaid]]:
    """Tell what the events of a stream of this world say about status lists."""
    for place, event in enumerate(events):
        if isinstance(event, Given):
            yield place, StatusSaid(event.url, event.index, key=event.credential_id)
        elif isinstance(event, Withdrawn):
            yield place, StatusSaid(event.url, event.index, value=True, at=event.at, reason=event.reason)


def add(ledger: Ledger, stream: str, *events: Event) -> Head:
    """Append events, with the facts that follow."""
    return ledger.append(stream, events, facts_of(stream, (*ledger.events(stream), *events)))


def meet(ledger: Ledger, number: int, *, at: datetime = NOW) -> str:
    """Meet somebody with a name and an address that nothing else holds."""
    person = f"p-{number}"
    met = Met.done(
        act(at=at), person=person, name=f"Ada Lovelace {number}", address=f"ada.{number}@example.org"
    )
    add(ledger, f"person:{person}", met)
    return person


def award(
    ledger: Ledger, number: int, *, evidence: Iterable[str] = (), at: datetime = NOW, seed: int = 0
) -> int:
    """Judge somebody and give a badge, asked for by a key: done again, it is the same badge.

    Returns:
        The index in the status list.
    """
    person, name, key = f"p-{number}", f"award:{number}", f"urn:uuid:{number}"
    events = ledger.events(name)
    given = [event for event in events if isinstance(event, Given)]
    if given:
        return given[0].index
    files = tuple({"name": "scan.pdf", "sha256": digest} for digest in evidence) or None
    judged = Judged.done(
        act(at=at), holder=person, outcome="met", notes=f"Ada {number} did well.", evidence=files
    )
    entry = ledger.status.allocate(LIST, key=key, rng=counting(number + seed))
    badge = Given.done(
        act(at=at),
        holder=person,
        url=LIST,
        index=entry.index,
        credential_id=key,
        credential={"id": key, "name": f"Ada Lovelace {number}"},
    )
    add(ledger, name, judged, badge)
    return entry.index


def withdraw(ledger: Ledger, number: int, *, at: datetime = NOW + DAY) -> None:
    """Withdraw the badge of an award, in a case of its own."""
    index = next(event.index for event in ledger.events(f"award:{number}") if isinstance(event, Given))
    doubted = Doubted.done(
        act("p-reporter", name="Rita Reporter", at=at),
        holder=f"p-{number}",
        reporter="p-reporter",
        story="The workshop was another one.",
        reporter_name="Rita Reporter",
    )
    withdrawn = Withdrawn.done(
        act(at=at), holder=f"p-{number}", url=LIST, index=index, reason="Given by mistake."
    )
    ledger.status.set(LIST, index, now=at, reason="Given by mistake.")
    add(ledger, f"case:{number}", doubted, withdrawn)


def open_list(ledger: Ledger, url: str = LIST) -> None:
    """Begin the status list."""
    ledger.status.open_list(url, issuer="did:web:breakthrough.example", act=act())


def counting(start: int) -> Rng:
    """Return a source of bytes that never repeats itself, and is the same each time."""
    return random.Random(start).randbytes  # noqa: S311  # repeatable on purpose


def streams_in(records: Records) -> list[str]:
    """Return the names of all streams of this world."""
    return [row.name for kind in ("person", "award", "case", "misuse") for row in records.streams(kind)]
