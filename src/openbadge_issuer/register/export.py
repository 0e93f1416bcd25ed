"""What is recorded about a person, for that person (Regulation (EU) 2016/679, article 15).

Others are not shown: their records are left out, and their pseudonyms are replaced. So whoever reported
something stays unknown to whom it is about. Free text in somebody's own records may still name others; that
is for people to look through before it is handed over.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Iterator
from datetime import datetime

from sqlalchemy import select

from openbadge_issuer.assertions.json_text import JsonObject, JsonValue
from openbadge_issuer.assertions.moments import write_date_time
from openbadge_issuer.policy.event import Event, Sealed, personal_fields
from openbadge_issuer.register import tables
from openbadge_issuer.register.names import check_name, kind_of
from openbadge_issuer.register.records import Records

SOMEBODY_ELSE = "(somebody else)"
"""Stands where the pseudonym of another person stood."""

MISUSE = "misuse"
"""The kind of procedure, and the class of records, that is restricted to those who handle misuse."""

SCHEMA_VERSION = 1

_EVENT, _PART, _STREAM, _USE = tables.event.c, tables.part.c, tables.stream.c, tables.evidence.c


def export(records: Records, person: str, *, now: datetime, with_misuse: bool = False) -> JsonObject:
    """Write everything that is recorded about a person as JSON.

    Every event of a procedure about the person is there, and of other procedures those that name the
    person: by what was done to the person, and by what the person did.

    Args:
        records: the records.
        person: the pseudonym.
        now: when it is written.
        with_misuse: whether procedures about misuse are among it, where the policy lets the person see them.

    Raises:
        RegisterError: `REGISTER-EVENT`, an event cannot be read; `REGISTER-NAME`, this is no pseudonym.
    """
    check_name(person)
    others = frozenset(_pseudonyms(records) - {person})
    procedures: list[JsonValue] = []
    for name in sorted(_streams_about(records, person)):
        if with_misuse or kind_of(name) != MISUSE:
            events = list(_events(records, name, person, others, with_misuse=with_misuse))
            if events:
                procedures.append({"stream": name, "events": events})
    files: list[JsonValue] = [*sorted(_files_of(records, person, with_misuse=with_misuse))]
    return {
        "schemaVersion": SCHEMA_VERSION,
        "organisation": records.organisation,
        "person": person,
        "at": write_date_time(now),
        "procedures": procedures,
        "evidence": files,
    }


def _streams_about(records: Records, person: str) -> set[str]:
    named = select(_EVENT.stream).where(
        _EVENT.organisation == records.number,
        _EVENT.body.contains(json.dumps(person, ensure_ascii=False), autoescape=True),
    )
    owned = (
        select(_EVENT.stream)
        .join(
            tables.part,
            (_PART.organisation == _EVENT.organisation) & (_PART.sequence == _EVENT.sequence),
        )
        .where(_PART.organisation == records.number, _PART.person == person)
    )
    about = select(_STREAM.name).where(_STREAM.organisation == records.number, _STREAM.person == person)
    return {
        row[0]
        for query in (named.distinct(), owned.distinct(), about)
        for row in records.transaction.walk(query)
    }


def _pseudonyms(records: Records) -> set[str]:
    """Return every pseudonym that the register knows."""
    known = set[str]()
    for table in (_PART, _STREAM):
        query = select(table.person).where(table.organisation == records.number, table.person.is_not(None))
        known.update(row.person for row in records.transaction.walk(query.distinct()))
    return known


def _events(
    records: Records, name: str, person: str, others: Collection[str], *, with_misuse: bool
) -> Iterator[JsonValue]:
    stream = records.stream(name)
    is_about = stream is not None and stream.facts.person == person
    for row in records.rows(name):
        sealed = row.sealed()
        own = list(_own_parts(sealed, person, others, with_misuse=with_misuse))
        body = _shown(records.settings.restore(sealed), person, others)
        if is_about or own or _names(body, person):
            yield {"entry": row.sequence, "kind": row.kind, "facts": body, "records": own}


def _own_parts(
    sealed: Sealed, person: str, others: Collection[str], *, with_misuse: bool
) -> Iterator[JsonValue]:
    for part in sealed.parts:
        if part is not None and part.person == person and (with_misuse or part.record_class != MISUSE):
            yield {"class": part.record_class, "content": _masked(part.content, others)}


def _shown(event: Event, person: str, others: Collection[str]) -> JsonObject:
    """Return the body of an event as its person may see it.

    A field that says whom a part is about, or who acted, is known to hold a pseudonym, even one that the
    register knows nothing else of.
    """
    pseudonymous = {mark.of for mark in personal_fields(type(event)).values()}
    shown: JsonObject = {}
    for name, value in event.sealed().body.items():
        if name in pseudonymous:
            shown[name] = value if value == person else SOMEBODY_ELSE
        else:
            shown[name] = _masked(value, others)
    return shown


def _masked(value: JsonValue, others: Collection[str]) -> JsonValue:
    if isinstance(value, str):
        return SOMEBODY_ELSE if value.removeprefix("person:") in others else value
    if isinstance(value, list):
        return [_masked(item, others) for item in value]
    if isinstance(value, dict):
        return {
            SOMEBODY_ELSE if name in others else name: _masked(item, others) for name, item in value.items()
        }
    return value


def _names(value: JsonValue, person: str) -> bool:
    if isinstance(value, dict):
        return person in value or any(_names(item, person) for item in value.values())
    if isinstance(value, list):
        return any(_names(item, person) for item in value)
    return value in (person, f"person:{person}")


def _files_of(records: Records, person: str, *, with_misuse: bool) -> set[str]:
    query = (
        select(_USE.digest)
        .join(
            tables.part,
            (_PART.organisation == _USE.organisation)
            & (_PART.sequence == _USE.sequence)
            & (_PART.position == _USE.position),
        )
        .where(_PART.organisation == records.number, _PART.person == person)
    )
    if not with_misuse:
        query = query.where(_PART.record_class != MISUSE)
    return {row.digest for row in records.transaction.walk(query.distinct())}
