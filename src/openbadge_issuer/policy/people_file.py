"""Who holds which role at the beginning, as a file: to found an organisation's register with.

Afterwards the register keeps who holds which role, and the file is read no more. It holds names and
addresses, so it is private.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated

from pydantic import Field, field_validator
from pydantic_core import PydanticCustomError

from openbadge_issuer.assertions.json_text import pointer
from openbadge_issuer.errors import DocumentError
from openbadge_issuer.errors.rule import Language
from openbadge_issuer.policy.badge_policy import BadgePolicy
from openbadge_issuer.policy.file_problems import Checked, FileProblem, check_file
from openbadge_issuer.policy.remark import Remark
from openbadge_issuer.policy.section import Day, EMail, Label, Name, Section


class RoleEntry(Section):
    """A role that somebody holds (R10, R12).

    Attributes:
        role: the short name of the role in the policy.
        begins: from which day; at once if not said.
        ends: until which day; without end if not said.
        badges: the badges it is limited to; all if empty.
        deputy_of: the short name of the colleague whom the holder stands in for.
    """

    role: Name
    begins: Day | None = None
    ends: Day | None = None
    badges: tuple[Name, ...] = ()
    deputy_of: Name | None = None


class TrainingEntry(Section):
    """A training that somebody had (R30, R63).

    Attributes:
        training: what it was about.
        held: on which day.
        trainer: the short name of the colleague who gave it, if one did.
    """

    training: Label
    held: Day
    trainer: Name | None = None


class PersonEntry(Section):
    """Somebody with a role (R10, R58).

    Attributes:
        id: a short name in this file, under which the register knows the person too.
        name: the name.
        email: the e-mail address, if there is one.
        language: in which language the person is informed.
        roles: the roles; who grants them to others stands first in the file.
        trainings: the trainings.
    """

    id: Name
    name: Label
    email: EMail | None = None
    language: Language | None = None
    roles: Annotated[tuple[RoleEntry, ...], Field(min_length=1)]
    trainings: tuple[TrainingEntry, ...] = ()


class PeopleFile(Section):
    """The people who hold roles.

    Attributes:
        people: the people, in the order in which they get their roles.
    """

    people: Annotated[tuple[PersonEntry, ...], Field(min_length=1)]

    @field_validator("people")
    @classmethod
    def _named_once(cls, people: tuple[PersonEntry, ...]) -> tuple[PersonEntry, ...]:
        known: set[str] = set()
        for position, one in enumerate(people):
            if one.id in known:
                raise PydanticCustomError("PEOPLE-TWICE", "twice", {"at": position, "name": one.id})
            known.add(one.id)
        return people


def check_people_file(data: bytes, policy: BadgePolicy) -> Checked[PeopleFile]:
    """Read a people file, or list everything that is wrong with it, also where it does not fit the policy."""
    checked = check_file(PeopleFile, data)
    if checked.model is None or checked.file is None:
        return checked
    lines = checked.file.lines
    found = tuple(
        FileProblem(Remark(code, pointer(*path), {"name": name, "line": lines.of(path)}), lines.of(path))
        for code, path, name in _strangers(checked.model, policy)
    )
    return Checked(None if found else checked.model, found, checked.file)


def read_people(data: bytes, policy: BadgePolicy) -> PeopleFile:
    """Read a people file that fits a policy.

    Raises:
        DocumentError: it cannot be read, or does not fit; the first problem, with its line.
    """
    checked = check_people_file(data, policy)
    if checked.model is None:
        first = checked.problems[0].remark
        raise DocumentError(first.code, first.pointer, **first.details)
    return checked.model


def _strangers(file: PeopleFile, policy: BadgePolicy) -> Iterator[tuple[str, tuple[str | int, ...], str]]:
    """Find the roles that the policy does not know, and the colleagues who are not in the file."""
    known = {one.id for one in file.people}
    for position, person in enumerate(file.people):
        for place, held in enumerate(person.roles):
            path = ("people", position, "roles", place)
            if held.role not in policy.roles:
                yield "PEOPLE-ROLE", (*path, "role"), held.role
            if held.deputy_of is not None and held.deputy_of not in known - {person.id}:
                yield "PEOPLE-COLLEAGUE", (*path, "deputy_of"), held.deputy_of
        for place, training in enumerate(person.trainings):
            if training.trainer is not None and training.trainer not in known - {person.id}:
                yield (
                    "PEOPLE-COLLEAGUE",
                    ("people", position, "trainings", place, "trainer"),
                    training.trainer,
                )
