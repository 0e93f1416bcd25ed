"""The streams of an organisation: what each kind is folded to, and which belong together."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import suppress

from pydantic import ValidationError

from openbadge_issuer.errors import RegisterError
from openbadge_issuer.policy.adoption import Adoption
from openbadge_issuer.policy.award_events import AwardGranted
from openbadge_issuer.policy.awarding import Award
from openbadge_issuer.policy.badge_policy import BadgePolicy
from openbadge_issuer.policy.catalogue import Badge
from openbadge_issuer.policy.event import Event
from openbadge_issuer.policy.facts import Facts
from openbadge_issuer.policy.misuse import Misuse
from openbadge_issuer.policy.office_events import POLICY_STREAM, StatusBitSet
from openbadge_issuer.policy.people import Person
from openbadge_issuer.policy.record_keeping import FACTS
from openbadge_issuer.policy.revoking import Case
from openbadge_issuer.policy.standing import Staff
from openbadge_issuer.register.records import Records
from openbadge_issuer.register.settings import FactsOf
from openbadge_issuer.register.status_said import StatusSaid

_Folded = Adoption | Award | Badge | Case | Misuse | Person | Staff
_FOLDS: dict[str, Callable[[Iterable[Event]], _Folded]] = {
    "policy": Adoption.of,
    "staff": Staff.of,
    "badge": Badge.of,
    "person": Person.of,
    "award": Award.of,
    "case": Case.of,
    "misuse": Misuse.of,
}


def facts_of(policy: BadgePolicy) -> FactsOf:
    """Return the function that folds the events of any stream to its facts under a policy."""

    def facts(stream: str, events: Sequence[Event]) -> Facts:
        fold = _FOLDS.get(stream.partition(":")[0])
        return FACTS if fold is None else fold(events).facts(policy)

    return facts


def facts_as_recorded(records: Records, policy: BadgePolicy) -> FactsOf:
    """Return the function that folds a stream to its facts as they were recorded.

    That was under the policy in force at its last event, which may be an earlier one: it is among those that
    were adopted.

    Args:
        records: the records.
        policy: the policy for a stream whose own is not among them.
    """
    known = {found.digest: found for found in _policies(records)}

    def facts(stream: str, events: Sequence[Event]) -> Facts:
        return facts_of(known.get(events[-1].policy, policy))(stream, events)

    return facts


def _policies(records: Records) -> Iterator[BadgePolicy]:
    """Go through the policies that were adopted; what was tampered with is found by checking the chain."""
    try:
        adopted = Adoption.of(records.events(POLICY_STREAM)).adopted
    except RegisterError:
        return
    for one in adopted:
        with suppress(ValidationError):
            yield BadgePolicy.model_validate(one.content)


def statuses_of(stream: str, events: Sequence[Event]) -> Iterator[tuple[int, StatusSaid]]:
    """Tell what the events of an award say about status lists: which places it got, which bits were set.

    Yields:
        The place of an event in the stream, from 0, and what it says.
    """
    for number, event in enumerate(events):
        if isinstance(event, AwardGranted):
            for place in event.status:
                yield number, StatusSaid(place.list, place.index, key=stream)
        elif isinstance(event, StatusBitSet):
            said = StatusSaid(event.list, event.index, event.value, at=event.at, reason=event.reason)
            yield number, said
