"""The values of an award, in the slots of the badge that it becomes."""

from __future__ import annotations

from datetime import UTC, datetime
from functools import lru_cache

from openbadge_issuer.assertions import Achievement
from openbadge_issuer.assertions.moments import write_date_time
from openbadge_issuer.assertions.recipient import RandomBytes, Recipient
from openbadge_issuer.issuing.award import Award
from openbadge_issuer.issuing.period import fresh_id, validity_period
from openbadge_issuer.issuing.templates.filling import Filling, NotFixed
from openbadge_issuer.issuing.templates.members import (
    OF_ACHIEVEMENTS,
    OF_EVIDENCE,
    OF_RESULTS,
    add_members,
)
from openbadge_issuer.status import StatusEntry

_ACHIEVEMENT = "/credentialSubject/achievement"


def filling_of(award: Award, *, achievement: str | None, moment: datetime, rng: RandomBytes) -> Filling:
    """Take the values of an award, in the order in which the plain way draws what is random.

    Args:
        award: the award.
        achievement: what is recognised, as JSON, if that is to be shared; None if it fills slots.
        moment: now, in UTC.
        rng: the source of randomness.

    Raises:
        NotFixed: a template is not proven for it.
        OpenBadgeError: the plain way may refuse the award; it knows the right sentence.
    """
    filling = Filling()
    _add_dates(filling, award, moment)
    filling.iri(award.id or fresh_id(rng), "/id")
    _add_recipient(filling, award.recipient, rng)
    if achievement is None:
        _add_achievement(filling, award.achievement)
    else:
        filling.shape.append(achievement)
    _add_statuses(filling, award.status)
    for position, item in enumerate(award.evidence):
        if isinstance(item, str):
            filling.iri(item, f"/evidence/{position}/id")
        else:
            add_members(filling, item, f"/evidence/{position}", OF_EVIDENCE)
    for position, result in enumerate(award.results):
        add_members(filling, result, f"/credentialSubject/result/{position}", OF_RESULTS)
    return filling


def _add_dates(filling: Filling, award: Award, moment: datetime) -> None:
    begin = validity_period(moment, valid_from=award.valid_from, valid_until=award.valid_until)
    filling.begin = _in_utc(begin)
    filling.text(_written(filling.begin), "/validFrom")
    if award.valid_until is not None:
        filling.end = _in_utc(award.valid_until)
        filling.text(_written(filling.end), "/validUntil")
    if award.awarded_date is not None:
        filling.text(_written(_in_utc(award.awarded_date)), "/awardedDate")


def _in_utc(date: datetime) -> datetime:
    if date.tzinfo is UTC:
        return date
    if date.utcoffset() is None:
        raise NotFixed
    try:
        return date.astimezone(UTC)
    except OverflowError as error:
        raise NotFixed from error


@lru_cache(maxsize=256)
def _written(moment: datetime) -> str:
    """Write a moment that is in UTC; elsewhere two that differ can be equal."""
    return write_date_time(moment)


def _add_recipient(filling: Filling, recipient: Recipient, rng: RandomBytes) -> None:
    if type(recipient.hashed) is not bool:
        raise NotFixed
    filling.shape.append(recipient.hashed)
    if recipient.id is not None:
        filling.iri(recipient.id, "/credentialSubject/id")
    for position, (kind, members) in enumerate(recipient.written_identities(rng)):
        filling.shape.append(kind)
        for name, value in members.items():
            filling.text(value, f"/credentialSubject/identifier/{position}/{name}")


def _add_achievement(filling: Filling, achievement: Achievement) -> None:
    add_members(filling, achievement, _ACHIEVEMENT, OF_ACHIEVEMENTS)
    if type(achievement.name) is str:  # otherwise it is in the shape already
        filling.text(achievement.name, "/name")


def _add_statuses(filling: Filling, status: object) -> None:
    if isinstance(status, StatusEntry):
        _add_status(filling, status, "/credentialStatus")
    elif isinstance(status, list | tuple):
        alone = len(status) == 1
        for position, entry in enumerate(status):
            _add_status(filling, entry, "/credentialStatus" if alone else f"/credentialStatus/{position}")
    elif status is not None:
        raise NotFixed


def _add_status(filling: Filling, entry: object, place: str) -> None:
    if not isinstance(entry, StatusEntry) or type(entry.index) is not int or entry.index < 0:
        raise NotFixed
    filling.iri(entry.id or entry.location, f"{place}/id")
    filling.text(str(entry.index), f"{place}/statusListIndex")
    meaning = None
    if entry.size != 1 or entry.messages or entry.references or type(entry.size) is not int:
        # As text: 2 and 2.0 are equal, and written apart.
        meaning = repr((entry.size, entry.messages, entry.references))
    filling.shape.append((entry.list_url, entry.purpose, entry.type, meaning))
