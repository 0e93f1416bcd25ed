"""Many awards at once: the same steps for each as for one, a result for each, and nothing done twice.

Rows go in chunks: those of one chunk are assessed and decided in one transaction, each behind a savepoint of
its own, so that a row that is refused leaves no trace and stops no other. Then they are signed. Whoever is
killed half way runs the same rows again: what was done is found, and what was not is done.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from itertools import islice
from typing import TYPE_CHECKING, Literal, TypeAlias

from openbadge_issuer.errors import OpenBadgeError, PolicyError
from openbadge_issuer.policy.award_events import Outcome
from openbadge_issuer.policy.awarding import Award
from openbadge_issuer.policy.badge import EvidenceForm
from openbadge_issuer.policy.event_values import EvidenceReference
from openbadge_issuer.policy.person_events import PersonDetails

if TYPE_CHECKING:
    from concurrent.futures import Executor

    from openbadge_issuer.issuing.office.desk import Desk
    from openbadge_issuer.issuing.office.office import BadgeOffice

CHUNK = 50
"""Rows in one transaction: enough to share its cost, few enough that others are not kept waiting."""

RowStatus: TypeAlias = Literal["awarded", "not-yet", "known", "refused"]
"""`known` means that the award was there already; it is not given twice."""


@dataclass(frozen=True, slots=True)
class Judgement:
    """How a criterion was judged; the attributes are the arguments of `Awards.assess`."""

    criterion: str
    outcome: Outcome
    form: EvidenceForm = "observation"
    observed: str | None = None
    evidence: tuple[EvidenceReference, ...] = ()


@dataclass(frozen=True, slots=True)
class AwardRow:
    """One award to make.

    Attributes:
        badge: which badge.
        person: the candidate: a pseudonym, or what is known of somebody who may be new.
        judgements: how each criterion was judged; there is no judgement of all at once.
        assessor: the pseudonym of who judged.
        occasion: on what occasion.
        feedback: what the candidate is told if a criterion is not met; else what was seen of those criteria.
        reason: why fewer people took part than the policy asks for.
    """

    badge: str
    person: str | PersonDetails
    judgements: tuple[Judgement, ...]
    assessor: str
    occasion: str | None = None
    feedback: str | None = None
    reason: str | None = None

    @property
    def told(self) -> str:
        """What the candidate is told if a criterion is not met."""
        seen = (one.observed for one in self.judgements if one.outcome == "not-met")
        return self.feedback or "\n".join(filter(None, seen))


@dataclass(frozen=True, slots=True)
class RowResult:
    """What became of a row.

    Attributes:
        status: what became of it.
        award: the identifier of the award, unless it was refused.
        criteria: how each criterion counts; for a row that was refused, how it judged them.
        credential: the id of the credential, once it is granted.
        error: why it was refused.
    """

    status: RowStatus
    award: str | None = None
    criteria: Mapping[str, Outcome] = field(default_factory=dict)
    credential: str | None = None
    error: OpenBadgeError | None = field(default=None)


def award_rows(
    office: BadgeOffice,
    rows: Iterable[AwardRow | OpenBadgeError],
    *,
    decider: str,
    now: Callable[[], datetime],
    dry_run: bool = False,
    executor: Executor | None = None,
) -> Iterator[RowResult]:
    """Assess, decide and sign many awards; publishing and telling are for afterwards.

    Args:
        office: where.
        rows: the awards; an error for a row that says none, which is refused with it.
        decider: the pseudonym of who decides on all of them.
        now: tells the moment.
        dry_run: try everything and keep nothing.
        executor: signs beside each other.

    Returns:
        A result for each row, in order.
    """
    source, namesakes = iter(rows), Namesakes()
    while chunk := list(islice(source, CHUNK)):
        results = _decide(office, chunk, decider, now(), namesakes, dry_run=dry_run)
        granted = [one.award for one in results if one.credential is not None and one.award is not None]
        if not dry_run and granted:
            office.sign_waiting(decider, now=now(), only=frozenset(granted), executor=executor)
        yield from results


@dataclass(slots=True)
class Namesakes:
    """Who has neither an e-mail address nor an identifier, by name; read when it is first needed.

    Attributes:
        known: the pseudonyms of those who were in the register when the run began.
        seen: the rows of this run: name, badge and occasion.
    """

    known: dict[str, list[str]] | None = None
    seen: set[tuple[str, str, str | None]] = field(default_factory=set)

    def find(self, desk: Desk, row: AwardRow, details: PersonDetails) -> str | None:
        """Return the pseudonym of who was considered for the same badge under the same name, or None.

        Raises:
            PolicyError: `AWARD-NAMESAKE`, a row before this one has the same name.
        """
        name = _compared(details.name)
        if (name, row.badge, row.occasion) in self.seen:
            raise PolicyError("AWARD-NAMESAKE", name=details.name)
        self.seen.add((name, row.badge, row.occasion))
        if self.known is None:
            self.known = _without_address(desk)
        of_the_name = self.known.get(name, [])
        return next(
            (one for one in of_the_name if desk.awards.find(row.badge, one, occasion=row.occasion)), None
        )


def _without_address(desk: Desk) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for stream in desk.ledger.streams("person", open_only=True):
        person = stream.name.partition(":")[2]
        if stream.facts.key is None and (details := desk.people.get(person).details) is not None:
            found.setdefault(_compared(details.name), []).append(person)
    return found


def _compared(name: str) -> str:
    return " ".join(name.casefold().split())


def _decide(
    office: BadgeOffice,
    rows: Sequence[AwardRow | OpenBadgeError],
    decider: str,
    now: datetime,
    namesakes: Namesakes,
    *,
    dry_run: bool,
) -> list[RowResult]:
    with office.desk(decider, now=now) as desk, desk.savepoint(keep=not dry_run):
        return [_row(desk, row, namesakes) for row in rows]


def _row(desk: Desk, row: AwardRow | OpenBadgeError, namesakes: Namesakes) -> RowResult:
    if isinstance(row, OpenBadgeError):
        return RowResult("refused", error=row)
    try:
        with desk.savepoint():
            return _result(desk, row, namesakes)
    except OpenBadgeError as error:
        judged: dict[str, Outcome] = {one.criterion: one.outcome for one in row.judgements}
        return RowResult("refused", criteria=judged, error=error)


def _person(assessing: Desk, row: AwardRow, namesakes: Namesakes) -> str:
    if isinstance(row.person, str):
        return row.person
    if row.person.email or row.person.identifier:
        return assessing.people.register(row.person)
    return namesakes.find(assessing, row, row.person) or assessing.people.register(row.person)


def _result(desk: Desk, row: AwardRow, namesakes: Namesakes) -> RowResult:
    assessing = desk.acting_as(row.assessor)
    person = _person(assessing, row, namesakes)
    known = desk.awards.find(row.badge, person, occasion=row.occasion)
    if known is not None and known.granted is not None:
        return _of(known, "known")
    award = known or assessing.awards.open(row.badge, person, occasion=row.occasion)
    for one in row.judgements:
        if not _is_judged(award, one):
            assessing.awards.assess(
                award.id, one.criterion, one.outcome, form=one.form, observed=one.observed,
                evidence=one.evidence,
            )  # fmt: skip
    award = desk.awards.get(award.id)
    lacking = any(award.outcomes.get(name) == "not-met" for name in award.opened.mandatory)
    if lacking:
        if award.undecided:
            award = desk.awards.not_yet(award.id, feedback=row.told)
        return _of(award, "not-yet")
    return _of(desk.awards.grant(award.id, reason=row.reason), "awarded")


def _is_judged(award: Award, judgement: Judgement) -> bool:
    """Tell whether a run before this one has recorded the same judgement."""
    return award.outcomes.get(judgement.criterion) == judgement.outcome


def _of(award: Award, status: RowStatus) -> RowResult:
    drafts = award.granted.drafts if award.granted else ()
    new = next((draft.id for draft in drafts if draft.version == "3.0"), None)
    return RowResult(status, award.id, dict(award.outcomes), new)
