"""What differs between the badges of one achievement: the slots of a template, and what may stand in them."""

from __future__ import annotations

from collections.abc import Hashable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from json.encoder import encode_basestring
from typing import TypeAlias

from openbadge_issuer.assertions import Evidence, Result
from openbadge_issuer.assertions.json_text import JsonValue
from openbadge_issuer.assertions.moments import write_date_time
from openbadge_issuer.assertions.node import Node
from openbadge_issuer.assertions.recipient import RandomBytes
from openbadge_issuer.issuing.award import Award
from openbadge_issuer.issuing.period import fresh_id, validity_period
from openbadge_issuer.jsonld.compiled.pattern import scheme_of
from openbadge_issuer.jsonld.nquads import quoted
from openbadge_issuer.status import StatusEntry

Place: TypeAlias = tuple[str | int, ...]
"""The way to a member of the credential."""

MAX_TEXT = 10_000
"""Characters of one value, far below every limit of the plain way."""

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_SECOND = timedelta(seconds=1)


class NotFixed(Exception):  # noqa: N818  # no error: the plain way takes over
    """A template is not proven for what an award holds."""


Slot: TypeAlias = tuple[Place, str | None]
"""One slot: where it stands, and the scheme of an IRI, or None where any text may stand."""


@dataclass(slots=True)
class Filling:
    """The values of one badge, and the slots that they go into.

    Attributes:
        slots: the slots; equal ones belong to equal templates.
        values: a text for each.
        iris: those of the values that name nodes.
        shape: whatever else of the award decides on the shared part.
        begin: from when the badge counts.
        end: until when, if that has an end.
    """

    slots: list[Slot] = field(default_factory=list)
    values: list[str] = field(default_factory=list)
    iris: list[str] = field(default_factory=list)
    shape: list[Hashable] = field(default_factory=list)
    begin: datetime = _EPOCH
    end: datetime | None = None

    def iri(self, value: str, place: Place) -> None:
        """Add an IRI, if it may fill a slot."""
        scheme = scheme_of(value) if len(value) <= MAX_TEXT else None
        if scheme is None:
            raise NotFixed
        self.slots.append((place, scheme))
        self.values.append(value)
        self.iris.append(value)

    def text(self, value: JsonValue, place: Place) -> None:
        """Add a text, if it is one."""
        if type(value) is not str or not 0 < len(value) <= MAX_TEXT:
            raise NotFixed
        self.slots.append((place, None))
        self.values.append(value)

    @property
    def strings(self) -> list[str]:
        """The values as strings of JSON; JCS has the same escapes."""
        return list(map(encode_basestring, self.values))

    @property
    def terms(self) -> list[str]:
        """The values as terms of statements."""
        return [
            f"<{value}>" if scheme else quoted(value)
            for (_, scheme), value in zip(self.slots, self.values, strict=True)
        ]

    @property
    def numeric_dates(self) -> list[str]:
        """The dates as `nbf` and `exp`, which must be whole seconds (RFC 7519, section 2)."""
        return [str(_seconds(self.begin)), "" if self.end is None else str(_seconds(self.end))]


def filling_of(award: Award, *, moment: datetime, rng: RandomBytes) -> Filling:
    """Take the values of an award, in the order in which the plain way draws what is random.

    Raises:
        NotFixed: a template is not proven for it.
        OpenBadgeError: the plain way may refuse the award; it knows the right sentence.
    """
    filling = Filling()
    _dates(filling, award, moment)
    filling.iri(award.id or fresh_id(rng), ("id",))
    subject = "credentialSubject"
    if award.recipient.id is not None:
        filling.iri(award.recipient.id, (subject, "id"))
    if type(award.recipient.hashed) is not bool:
        raise NotFixed
    for position, (kind, members) in enumerate(award.recipient.written_identities(rng)):
        filling.shape.append((kind, award.recipient.hashed))
        for name, value in members.items():
            filling.text(value, (subject, "identifier", position, name))
    _statuses(filling, award.status)
    for position, item in enumerate(award.evidence):
        _evidence(filling, item, position)
    for position, result in enumerate(award.results):
        _result(filling, result, position)
    return filling


def _dates(filling: Filling, award: Award, moment: datetime) -> None:
    filling.begin = validity_period(moment, valid_from=award.valid_from, valid_until=award.valid_until)
    filling.end = award.valid_until
    dates = (filling.begin, award.valid_until, award.awarded_date)
    for name, date in zip(("validFrom", "validUntil", "awardedDate"), dates, strict=True):
        if date is None:
            continue
        if date.utcoffset() is None:
            raise NotFixed
        try:
            filling.text(_written(date.astimezone(UTC)), (name,))
        except OverflowError as error:
            raise NotFixed from error


@lru_cache(maxsize=256)
def _written(moment: datetime) -> str:
    return write_date_time(moment)


def _seconds(moment: datetime) -> int:
    since = moment - _EPOCH
    if since % _SECOND:
        raise NotFixed
    return since // _SECOND


def _statuses(filling: Filling, status: object) -> None:
    if isinstance(status, StatusEntry):
        _status(filling, status, ("credentialStatus",))
    elif isinstance(status, list | tuple):
        for position, entry in enumerate(status):
            alone = len(status) == 1
            _status(filling, entry, ("credentialStatus",) if alone else ("credentialStatus", position))
    elif status is not None:
        raise NotFixed


def _status(filling: Filling, entry: object, place: Place) -> None:
    if not isinstance(entry, StatusEntry) or type(entry.index) is not int or entry.index < 0:
        raise NotFixed
    filling.iri(entry.id or entry.location, (*place, "id"))
    filling.text(str(entry.index), (*place, "statusListIndex"))
    # Numbers as text: 2 and 2.0 are equal, and written in two ways.
    meaning = repr((entry.size, entry.messages, entry.references))
    filling.shape.append((entry.list_url, entry.purpose, entry.type, meaning))


def _evidence(filling: Filling, item: Evidence | str, position: int) -> None:
    if isinstance(item, str):
        filling.iri(item, ("evidence", position, "id"))
        return
    for name, value in _said(item, Evidence, ("Evidence",)):
        if name == "id":
            filling.iri(value, ("evidence", position, name))
        else:
            filling.text(value, ("evidence", position, name))


def _result(filling: Filling, result: Result, position: int) -> None:
    """Take the value of a result; what it refers to stands in the achievement too, so it is shared."""
    filling.shape.append("result")
    for name, value in _said(result, Result, ("Result",)):
        if name == "value":
            filling.text(value, ("credentialSubject", "result", position, name))
        else:
            filling.shape.append((name, value))


def _said(node: Node, kind: type[Node], types: tuple[str, ...]) -> Iterator[tuple[str, str]]:
    """Go through the members of an object that holds nothing but a few texts, under its own type."""
    if type(node) is not kind or node.model_extra:
        raise NotFixed
    for name, value in node.__dict__.items():
        if name == "type":
            if value != types:
                raise NotFixed
        elif type(value) is str:
            yield name, value
        elif value is not None and value != ():
            raise NotFixed
