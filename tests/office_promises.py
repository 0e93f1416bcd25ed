"""What an office promises, told from its events alone and not from what it folds them to."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import chain

from office_world import World
from openbadge_issuer.issuing.office.streams import facts_as_recorded, statuses_of
from openbadge_issuer.policy.award_events import (
    AssessmentCarried,
    AwardGranted,
    AwardOpened,
    AwardRevoked,
    AwardSuspended,
    CredentialSigned,
    CriterionAssessed,
    SuspensionLifted,
)
from openbadge_issuer.policy.badge_policy import Right
from openbadge_issuer.policy.case_events import CaseDecided, SuspensionAsked
from openbadge_issuer.policy.event import Event
from openbadge_issuer.policy.office_events import StatusBitSet
from openbadge_issuer.policy.staff_events import RoleEnded, RoleGranted
from openbadge_issuer.register.records import Records
from openbadge_issuer.register.verifying import verify
from openbadge_issuer.status.status_list import StatusList

KINDS = ("policy", "staff", "badge", "person", "award", "case", "misuse", "register")
Streams = Mapping[str, tuple[Event, ...]]


@dataclass
class Seen:
    """What an office holds at a moment, as stored.

    Attributes:
        world: the office and the people around it.
        streams: the events of all procedures, by their names.
        taken: how many places of each status list were given out.
        bits: which bits are set in each status list.
        places: which place each award has in each list.
    """

    world: World
    streams: Streams
    taken: dict[str, int]
    bits: dict[str, set[int]]
    places: dict[str, dict[str, int | None]]

    @classmethod
    def of(cls, world: World, records: Records) -> Seen:
        """Look at everything in one transaction."""
        streams = {row.name: records.events(row.name) for kind in KINDS for row in records.streams(kind)}
        status, awards = records.status, [name for name in streams if name.startswith("award:")]
        lists = [one.url for one in status.lists()]
        return cls(
            world,
            streams,
            {url: status.taken(url) for url in lists},
            {url: _set_in(status.status_list(url), _granted_places(streams, url)) for url in lists},
            {
                url: {name: entry.index if (entry := status.find(url, name)) else None for name in awards}
                for url in lists
            },
        )

    def awards(self) -> Iterator[tuple[str, tuple[Event, ...]]]:
        """Go through the awards: their identifiers, and what happened to them."""
        for name, events in self.streams.items():
            if name.startswith("award:"):
                yield name.removeprefix("award:"), events

    def granted(self) -> dict[str, AwardGranted]:
        """The decisions to award, by award; there is at most one of each."""
        found = {}
        for name, events in self.awards():
            decisions = [one for one in events if isinstance(one, AwardGranted)]
            assert len(decisions) <= 1
            if decisions:
                found[name] = decisions[0]
        return found

    def line(self, award: str) -> set[str]:
        """The award and those that it followed, as subjects of cases."""
        found, name = set[str](), award
        while f"award:{name}" not in found:
            found.add(f"award:{name}")
            opened = self.streams[f"award:{name}"][0]
            assert isinstance(opened, AwardOpened)
            name = opened.replaces or name
        return found

    def status(self, award: str) -> str:
        """How a badge stands: `active`, `suspended` or `revoked`."""
        suspended: set[str] = set()
        for event in self.streams[f"award:{award}"]:
            if isinstance(event, AwardRevoked):
                return "revoked"
            if isinstance(event, AwardSuspended):
                suspended.add(event.case)
            if isinstance(event, SuspensionLifted):
                suspended -= set(event.cases)
        return "suspended" if suspended else "active"

    def had(self, person: str | None, right: Right, event: Event, badge: str) -> bool:
        """Tell from the grants alone whether somebody had a right for a badge when something happened."""
        roles = self.world.house.office.policy.roles
        held: list[tuple[RoleGranted, list[RoleEnded]]] = []
        for one in self.streams["staff"]:
            if isinstance(one, RoleGranted):
                held.append((one, []))
            elif isinstance(one, RoleEnded):
                for grant, ends in held:
                    if (grant.person, grant.holds) == (one.person, one.ended):
                        ends.append(one)
        return any(
            grant.person == person
            and right in roles[grant.holds].rights
            and (not grant.badges or badge in grant.badges)
            and grant.begins <= event.at
            and (grant.ends is None or event.at < grant.ends)
            and not any(end.ends <= event.at for end in ends)
            for grant, ends in held
        )


def _granted_places(streams: Streams, url: str) -> set[int]:
    return {
        place.index
        for event in chain.from_iterable(streams.values())
        if isinstance(event, AwardGranted)
        for place in event.status
        if place.list == url
    }


def _set_in(found: StatusList, places: Iterable[int]) -> set[int]:
    """Return which of the places are set; no other is."""
    bits = {place for place in places if found.get(place)}
    assert found.count() == len(bits), "a bit is set that is nobody's"
    return bits


def check_records(world: World) -> Seen:
    """Check what must hold after every step, and return what was seen."""
    office = world.house.office
    with office.register.records(office.organisation) as records:
        facts = facts_as_recorded(records, office.policy)
        report = verify(records, facts=facts, statuses=statuses_of, head=world.public_head)
        seen = Seen.of(world, records)
    wrong = {one.code for one in report.findings if one.rule.severity == "error"}
    wrong -= {"REGISTER-TAIL-UNPROVEN", "REGISTER-AFTER-HEAD"}  # what came after it was published
    assert not wrong, report.findings
    for name, events in seen.awards():
        check_signed(events)
        for decision in events:
            if isinstance(decision, AwardGranted):
                check_decision(seen, name, events[: events.index(decision)], decision)
    check_losses(seen)
    check_places(seen)
    return seen


def check_signed(events: tuple[Event, ...]) -> None:
    """Nothing is signed without a decision before it, and each version once."""
    granted = next((place for place, one in enumerate(events) if isinstance(one, AwardGranted)), len(events))
    signed = [(place, one.version) for place, one in enumerate(events) if isinstance(one, CredentialSigned)]
    assert all(place > granted for place, _ in signed)
    assert len(signed) == len({version for _, version in signed})


def check_decision(seen: Seen, award: str, before: tuple[Event, ...], decision: AwardGranted) -> None:
    """It rests on every mandatory criterion, met before who held the right; who decides holds it too."""
    opened = before[0]
    assert isinstance(opened, AwardOpened)
    assert opened.award == award
    assert seen.had(decision.by, "award", decision, opened.badge)
    last = {one.criterion: one for one in before if isinstance(one, CriterionAssessed | AssessmentCarried)}
    for name in opened.mandatory:
        judged = last[name]
        assert judged.outcome == decision.criteria[name] == "met"
        if isinstance(judged, AssessmentCarried):
            sources = [
                one
                for one in seen.streams[f"award:{judged.source}"]
                if isinstance(one, CriterionAssessed)
                and (one.criterion, one.outcome, one.by, one.at)
                == (name, "met", judged.assessor, judged.assessed)
            ]
            assert sources
            judged = sources[-1]
        assert seen.had(judged.by, "assess", judged, opened.badge)
        assert judged.by != opened.candidate


def check_losses(seen: Seen) -> None:
    """No badge loses anything but by a case that has decided so, or suspends it, about it or its line."""
    for name, events in seen.awards():
        line = seen.line(name)
        for event in events:
            if isinstance(event, AwardRevoked):
                assert line & _named(seen, event.case, event, {"set-revocation"})
            elif isinstance(event, AwardSuspended):
                assert line & _named(seen, event.case, event, {"set-suspension"})
            elif isinstance(event, StatusBitSet) and event.value:
                assert line & _named(seen, event.case, event, {"set-revocation", "set-suspension"})
    granted = seen.granted()
    for url, bits in seen.bits.items():
        wanted = {
            place.index
            for name, decision in granted.items()
            for place in decision.status
            if place.list == url
            and seen.status(name) == ("revoked" if place.purpose == "revocation" else "suspended")
        }
        assert bits == wanted, url


def _named(seen: Seen, case: str, moment: Event, kinds: set[str]) -> set[str]:
    """The badges that a case had decided about, or asked to suspend, by a moment."""
    return {
        effect.subject
        for one in seen.streams[f"case:{case}"]
        if isinstance(one, CaseDecided | SuspensionAsked) and one.at <= moment.at
        for effect in one.effects
        if effect.kind in kinds
    }


def check_places(seen: Seen) -> None:
    """Each award that was granted has one credential and one place in each list, always the same."""
    granted = seen.granted()
    ids = [draft.id for decision in granted.values() for draft in decision.drafts]
    assert len(ids) == len(set(ids))
    for url, known in seen.places.items():
        said = {f"award:{n}": p.index for n, one in granted.items() for p in one.status if p.list == url}
        assert {name: index for name, index in known.items() if index is not None} == said
        assert len(set(said.values())) == len(said) == seen.taken[url], "none twice, and none lost"
    for name, decision in granted.items():
        settled = ([(one.version, one.id) for one in decision.drafts], decision.status)
        assert seen.world.settled.setdefault(name, settled) == settled, "asking again gives the same"
    for name, events in seen.awards():
        for event in events:
            if isinstance(event, CredentialSigned) and event.signed is not None:
                copy = seen.world.copies.setdefault((name, event.version), event.signed)
                assert copy == event.signed
