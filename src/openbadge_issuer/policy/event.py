"""What an event is, and how its personal parts are kept apart from the rest.

An event is a fact about one procedure: frozen, typed, with the moment, the actor, the role held then and the
policy in force. Its *body* holds codes, dates, digests and pseudonyms, and stays for ever. Whatever is
about a person (names, addresses, free text, evidence, the credential itself) is a field marked `Kept`: it
goes into a *part* of its own, which belongs to a person and a class of records and can be destroyed. Such a
field is None once that has happened.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Annotated, ClassVar, Literal, Self, TypeAlias

from pydantic import AwareDatetime, BaseModel, ConfigDict, ValidationError

from openbadge_issuer.assertions.json_text import JsonObject, pointer
from openbadge_issuer.errors import PolicyError

RecordClass: TypeAlias = Literal[
    "person", "dossier", "credential", "notice", "case", "reporter", "misuse", "feedback"
]
"""The classes of personal records, each with a retention period of its own in the policy.

`reporter` is confidential: who reported is shown to nobody but the investigator. `misuse` is restricted to
those who handle misuse.
"""


@dataclass(frozen=True, slots=True)
class Kept:
    """Marks a field of an event as personal.

    Attributes:
        record_class: which retention period and access it falls under.
        of: the field of the same event that holds the pseudonym of the person it is about; erasing the
            person destroys it. Empty if it is about nobody in particular.
    """

    record_class: RecordClass
    of: str = ""


@dataclass(frozen=True, slots=True)
class Part:
    """A personal part of an event: fields that share their class and their person.

    Attributes:
        record_class: which retention period and access it falls under.
        person: the pseudonym of whom it is about, or None.
        content: the fields by name.
    """

    record_class: RecordClass
    person: str | None
    content: JsonObject


@dataclass(frozen=True, slots=True)
class Sealed:
    """An event as it is stored: its name, the body that stays, and the parts that can be destroyed.

    A destroyed part is None; its place among the parts stays, because its commitment does.
    """

    kind: str
    body: JsonObject
    parts: tuple[Part | None, ...]


class Act(BaseModel):
    """Who does something: the moment, the person, the role held then, and the policy it is done under.

    Attributes:
        at: the moment, aware.
        by: the pseudonym of the actor; None for a reporter without a name, and for what time alone does.
        by_name: the actor's name at that time.
        role: the role under which the actor had the right; None where none is needed.
        emergency: whether the role was taken under the emergency rule, or granted by somebody whose role was
            and not confirmed since.
        policy: the digest of the policy in force.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    at: AwareDatetime
    by: str | None = None
    by_name: Annotated[str | None, Kept("person", of="by")] = None
    role: str | None = None
    emergency: bool = False
    policy: str


class Event(Act):
    """The base of all events; the name of a subclass in kebab case is its kind."""

    kind: ClassVar[str]

    @classmethod
    def __pydantic_init_subclass__(cls, **options: object) -> None:
        """Name the kind after the class."""
        super().__pydantic_init_subclass__(**options)
        name = cls.__name__
        cls.kind = "".join(f"-{letter.lower()}" if letter.isupper() else letter for letter in name)[1:]

    @classmethod
    def done(cls, act: Act, **members: object) -> Self:
        """Make the event of an act.

        Raises:
            PolicyError: `POLICY-VALUE` with the place of a member that cannot be recorded as it was given.
        """
        try:
            return cls.model_validate({**act.model_dump(), **members})
        except ValidationError as error:
            place = error.errors(include_url=False, include_context=False, include_input=False)[0]["loc"]
            raise PolicyError("POLICY-VALUE", pointer(*place), kind=cls.kind) from error

    def sealed(self) -> Sealed:
        """Take the event apart for storage."""
        written: JsonObject = self.model_dump(mode="json", exclude_none=True)
        groups: dict[tuple[RecordClass, str | None], JsonObject] = defaultdict(dict)
        for name, mark in personal_fields(type(self)).items():
            if name in written:
                person = getattr(self, mark.of) if mark.of else None
                groups[mark.record_class, person][name] = written.pop(name)
        parts = tuple(Part(key[0], key[1], content) for key, content in groups.items())
        return Sealed(self.kind, written, parts)


@cache
def personal_fields(cls: type[Event]) -> Mapping[str, Kept]:
    """Return the personal fields of a class of events, with their marks."""
    found = {}
    for name, member in cls.model_fields.items():
        mark = next((one for one in member.metadata if isinstance(one, Kept)), None)
        if mark is not None:
            found[name] = mark
    return found
