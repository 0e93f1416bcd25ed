"""However small an organisation is: while one person may decide, no doubt about a badge waits for ever."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from hypothesis import given, settings
from hypothesis import strategies as st

from cases import Matter, reported, ruling
from openbadge_issuer.errors import PolicyError
from openbadge_issuer.policy.case_events import CaseDecided, CaseOutcome, ObjectionDecided
from openbadge_issuer.policy.event import Event
from openbadge_issuer.policy.standing import Actor
from procedures import EVE, policy, staff

REASON = "There is nobody else."
MANAGERS = ("ada", "ben", "cor")
TEAMS = st.tuples(
    st.sets(st.sampled_from(MANAGERS), min_size=1),  # who may do all of it; Ada and Ben awarded the badge
    st.booleans(),  # whether there is a board, which may decide and nothing else
).map(lambda found: (*sorted(found[0]), *(("hal",) if found[1] else ())))


def _by_somebody(matter: Matter, team: Iterable[str], step: Callable[[Actor], Iterable[Event]]) -> bool:
    """Let one after the other try a step."""
    for person in team:
        try:
            matter.add(step(matter.actor(person)))
        except PolicyError:
            continue
        return True
    return False


def _look_into_it(matter: Matter, team: Iterable[str]) -> None:
    """Let all who may find out something."""
    for person in team:
        if person in MANAGERS:
            act = matter.actor(person)
            matter.add(matter.case.assign(act, person, awards=matter.awards, reason=REASON))
            matter.add(matter.case.record_finding(act, "Nobody saw her."))


@settings(deadline=None, max_examples=60)
@given(TEAMS, st.integers(1, 4), st.lists(st.booleans(), max_size=4), st.data())
def test_somebody_can_decide_whatever_was_objected_to(
    people: tuple[str, ...], eyes: int, objections: list[bool], data: st.DataObject
) -> None:
    team = data.draw(st.permutations(people))
    matter = reported(team=staff(*people), rules=policy(awarding={"eyes": eyes}))
    first = next(one for one in team if one in MANAGERS)
    _look_into_it(matter, [first])
    matter.add(matter.case.answer(matter.actor(EVE), "I was there."))
    outcomes: tuple[CaseOutcome, ...] = ("suspended", "unfounded")
    for place in range(len(objections) + 1):
        made = ruling(outcomes[place % 2])

        def decide(actor: Actor, made: object = made) -> Iterable[Event]:
            return matter.case.decide(actor, made, awards=matter.awards, reason=REASON)  # type: ignore[arg-type]

        if not _by_somebody(matter, team, decide):  # more people are to take part
            _look_into_it(matter, team)
            assert _by_somebody(matter, team, decide), "nobody may decide"
        matter.carried_out(by=first).informed(by=first)
        if place == len(objections):
            break
        matter.add(matter.case.record_objection(matter.actor(EVE), "It is not so."))

        def settle(actor: Actor, *, upheld: bool = objections[place]) -> Iterable[Event]:
            return matter.case.decide_objection(actor, upheld=upheld, grounds="The list.", reason=REASON)

        assert _by_somebody(matter, team, settle), "nobody may decide on the objection"
        if not objections[place]:
            break
    _check_exceptions(matter, set(people))


def _check_exceptions(matter: Matter, team: set[str]) -> None:
    """Who decided before decides again only where everybody has."""
    deciders: set[str] = set()
    for event in matter.streams[matter.name]:
        if isinstance(event, CaseDecided | ObjectionDecided):
            again = "same-decider" in event.exempt
            assert again == (event.by in deciders)
            assert not again or (team <= deciders and event.exempt_reason == REASON)
        if isinstance(event, CaseDecided):
            deciders.add(event.by or "")
