"""Keeping the records of an office: shown to whom they are about, destroyed when their time has come.

What the register does with rows is decided here: who may ask for it, and what the procedures say of it.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from openbadge_issuer.assertions.json_text import JsonObject
from openbadge_issuer.errors import PolicyError
from openbadge_issuer.issuing.notices.carrier import KeepsNotices
from openbadge_issuer.issuing.office.office import BadgeOffice
from openbadge_issuer.issuing.office.streams import facts_as_recorded
from openbadge_issuer.policy.register_events import ErasureGround
from openbadge_issuer.policy.standing import Actor
from openbadge_issuer.register.destroying import Destroyed, clean_up, sweep
from openbadge_issuer.register.erasing import erase_in
from openbadge_issuer.register.export import export
from openbadge_issuer.register.ledger import Ledger
from openbadge_issuer.register.records import Records
from openbadge_issuer.register.retention import Due, due, expire

_ABOUT_PEOPLE = ("award", "case")
"""The procedures in which somebody is told something."""


_STORING = timedelta(days=1)
"""How long a file may be stored before a record refers to it; then it was left by somebody interrupted."""


@dataclass(frozen=True, slots=True)
class Removed:
    """What is not there any more.

    Attributes:
        destroyed: what was destroyed in the register.
        notices: how many notices were removed that were still kept.
        unused: how many evidence files were removed that no record refers to, besides those destroyed.
        is_clean: whether the database's own files hold nothing of it any more; if not, others held the
            database, and `Register.compact` is to be run later.
    """

    destroyed: Destroyed
    notices: int
    unused: int
    is_clean: bool


def check_may_export(actor: Actor, person: str) -> None:
    """See that somebody may have what is recorded of a person: whoever it is about, and who keeps records.

    Raises:
        PolicyError: `POLICY-NO-RIGHT`, `POLICY-TRAINING`.
    """
    if actor.person != person:
        actor.doing("keep-records")


def export_person(records: Records, actor: Actor, person: str) -> JsonObject:
    """Write everything that is recorded of a person, for that person; matters of misuse are not among it.

    Raises:
        PolicyError: as `check_may_export`.
        RegisterError: `REGISTER-EVENT`.
    """
    check_may_export(actor, person)
    return export(records, person, now=actor.now)


def erase_person(
    office: BadgeOffice,
    actor: str,
    person: str,
    *,
    ground: ErasureGround,
    now: datetime,
    kept: KeepsNotices | None = None,
) -> Removed:
    """Destroy everything that is recorded of a person; done again, what has been recorded since.

    Args:
        office: the office.
        actor: who does it, and may keep records.
        person: the pseudonym.
        ground: why.
        now: the moment.
        kept: where notices stay after they were carried; those about the person are removed.

    Raises:
        PolicyError: `POLICY-NO-RIGHT`; `PERSON-HOLDS-ROLE`, the person still works here.
        RegisterError, OutputError: as `register.erasing.erase` and `KeepsNotices.forget`.
    """
    with office.desk(actor, now=now) as desk:
        desk.actor.doing("keep-records")
        known = desk.people.get(person)
        if any(one.person == person and not one.over_by(now) for one in desk.actor.staff.held):
            raise PolicyError("PERSON-HOLDS-ROLE", who=desk.actor.staff.shown(person))
        if known.id and not known.erased:
            desk.record(f"person:{person}", known.erase(desk.actor))
        facts = facts_as_recorded(desk.ledger, office.policy)
        destroyed = erase_in(desk.ledger, person, actor=desk.actor, ground=ground, facts=facts)
        # Before it is committed: who is killed in between does all of it again.
        notices = kept.forget(_references(desk.ledger, person)) if kept else 0
    return Removed(destroyed, notices, 0, clean_up(office.register, destroyed))


def due_records(records: Records, actor: Actor) -> tuple[Due, ...]:
    """Return the records whose time to be kept is over.

    Raises:
        PolicyError: `POLICY-NO-RIGHT`, the actor does not keep records.
    """
    actor.doing("keep-records")
    return due(records, actor.policy, now=actor.now)


def expire_records(
    office: BadgeOffice,
    actor: str,
    shown: tuple[Due, ...],
    *,
    now: datetime,
    kept: KeepsNotices | None = None,
) -> Removed:
    """Destroy what `due_records` showed, if it still is due, and remove evidence that nothing refers to.

    Args:
        office: the office.
        actor: who does it, and may keep records.
        shown: what `due_records` returned.
        now: the moment.
        kept: where notices stay after they were carried; those of the same procedures are removed.

    Raises:
        PolicyError: `POLICY-NO-RIGHT`.
        RegisterError, OutputError: as `register.destroying.clean_up`, `sweep` and `KeepsNotices.forget`.
    """
    with office.desk(actor, now=now) as desk:
        facts = facts_as_recorded(desk.ledger, office.policy)
        destroyed = expire(desk.ledger, shown, actor=desk.actor, facts=facts)
        streams = {part.stream for part in destroyed.parts}
        notices = kept.forget(streams, below=True) if kept else 0
    is_clean, store = clean_up(office.register, destroyed), office.register.settings.evidence
    unused = 0 if store is None else sweep(office.register, store, before=now - _STORING)
    return Removed(destroyed, notices, unused, is_clean)


def _references(ledger: Ledger, person: str) -> list[str]:
    """Return the references of what was told to a person, and to a guardian about them."""
    streams = [row.name for kind in _ABOUT_PEOPLE for row in ledger.streams(kind, person=person)]
    return [f"{stream}{recipient}" for stream in streams for recipient in ("", ":guardian")]
