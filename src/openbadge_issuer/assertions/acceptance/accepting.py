"""Holding a document against the tables: what is accepted here, the model finds nothing wrong with."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from functools import cache
from importlib.resources import files
from typing import Final, NotRequired, TypeAlias, TypedDict, cast

from openbadge_issuer.assertions.acceptance.values import (
    CHECKS,
    TAGS,
    Check,
    array_check,
    is_text,
    many_check,
    map_check,
    pattern_check,
    terms_check,
)
from openbadge_issuer.assertions.json_text import JsonObject, JsonValue, parse_json_object

FILE_NAME: Final = "model-tables.json"

Rule: TypeAlias = Callable[[JsonObject], bool]


class ClassTable(TypedDict):
    """What a model says of its objects.

    Attributes:
        closed: whether no other members are allowed.
        required: the members that must be there.
        members: what form the value of each member has.
        types: for each group of names, one must stand among the types.
        contexts: the patterns of the first contexts.
        some: the members of which one must be there and hold something.
        allowed: the only types that may stand there, if not any may.
    """

    closed: bool
    required: list[str]
    members: dict[str, JsonValue]
    types: list[list[str]]
    contexts: list[str]
    some: list[str]
    allowed: NotRequired[list[str]]


class Tables(TypedDict):
    """The table of each class, and by what is chosen, the forms that are chosen among."""

    classes: dict[str, ClassTable]
    choices: dict[str, dict[str, JsonValue]]


def accepts(kind: str, document: JsonObject) -> bool:
    """Tell whether the model of a class surely finds nothing wrong with a document.

    Args:
        kind: the name of the class, as `reading.credential_kind` gives it.
        document: any JSON.
    """
    return _models().accepts(kind, document)


@cache
def tables() -> Tables:
    """Return the tables that ship."""
    text = files("openbadge_issuer").joinpath("schemas", FILE_NAME).read_bytes()
    return cast("Tables", parse_json_object(text))


@cache
def _models() -> Acceptance:
    return Acceptance(tables())


class Acceptance:
    """Tables made into functions, class by class as they are needed."""

    def __init__(self, given: Tables) -> None:
        self._tables = given
        self._classes: dict[str, Check] = {}
        self._makers: Mapping[str, Callable[..., Check]] = {
            "array": lambda form, least: array_check(self._form(form), least),
            "choice": self._choice,
            "class": self._later,
            "many": lambda form, least: many_check(self._form(form), least),
            "map": map_check,
            "pattern": pattern_check,
            "terms": terms_check,
        }

    def accepts(self, kind: str, document: JsonValue) -> bool:
        """Tell whether the table of a class accepts a document."""
        try:
            return self._class(kind)(document)
        except RecursionError:
            return False

    def _class(self, name: str) -> Check:
        check = self._classes.get(name)
        if check is None:
            table = self._tables["classes"][name]
            members = {member: self._form(form) for member, form in table["members"].items()}
            check = self._classes[name] = _object_check(members, table)
        return check

    def _form(self, form: JsonValue) -> Check:
        """Make the check of one value from its form: a word, or an array that begins with one."""
        if isinstance(form, list):
            kind, *parts = form
            return self._makers[str(kind)](*parts)
        return CHECKS[str(form)]

    def _later(self, name: str) -> Check:
        """Make the check of a class when it is needed: a class may contain itself."""
        check: Check | None = None

        def fits(value: JsonValue) -> bool:
            nonlocal check
            if check is None:
                check = self._class(name)
            return check(value)

        return fits

    def _choice(self, subject: str) -> Check:
        forms = {tag: self._form(form) for tag, form in self._tables["choices"][subject].items()}
        tag_of = TAGS[subject]
        if subject == "text":  # nearly always a plain one
            return lambda value: is_text(value) if type(value) is str else forms[tag_of(value)](value)
        return lambda value: forms[tag_of(value)](value)


def _object_check(members: Mapping[str, Check], table: ClassTable) -> Check:
    """Make the check of an object; most of the time is spent in its loop."""
    find = members.get
    required, closed, rules = frozenset(table["required"]), table["closed"], _rules(table)

    def check(value: JsonValue) -> bool:
        if type(value) is not dict:
            return False
        for member, part in value.items():
            fits = find(member)
            if fits is is_text and type(part) is str and part.isascii():  # half of all there is
                continue
            if fits is None:
                if closed:
                    return False
            elif not fits(part):
                return False
        return required <= value.keys() and _meets(rules, value)

    return check


def _meets(rules: Sequence[Rule], node: JsonObject) -> bool:
    for rule in rules:  # noqa: SIM110  # half the time of all() with a generator
        if not rule(node):
            return False
    return True


def _rules(table: ClassTable) -> tuple[Rule, ...]:
    """Make the checks of what members say together, or what a member says as a whole."""
    rules: list[Rule] = []
    if table["types"] or "allowed" in table:
        rules.append(_types(table))
    if table["contexts"]:
        rules.append(_contexts([re.compile(pattern, re.ASCII) for pattern in table["contexts"]]))
    if table["some"]:
        names = tuple(table["some"])
        rules.append(lambda node: any(name in node and node[name] != [] for name in names))
    return tuple(rules)


def _types(table: ClassTable) -> Rule:
    usual = [group[-1] for group in table["types"]]
    groups = [frozenset(group) for group in table["types"]]
    allowed = frozenset(table["allowed"]) if "allowed" in table else None

    def rule(node: JsonObject) -> bool:
        if node["type"] == usual:
            return True
        types = _texts(node["type"])
        if allowed is not None and not allowed.issuperset(types):
            return False
        return not any(group.isdisjoint(types) for group in groups)

    return rule


def _contexts(forms: Sequence[re.Pattern[str]]) -> Rule:
    def rule(node: JsonObject) -> bool:
        named = node["@context"] if type(node["@context"]) is list else [node["@context"]]
        return len(named) >= len(forms) and all(
            type(url) is str and form.fullmatch(url) for form, url in zip(forms, named, strict=False)
        )

    return rule


def _texts(value: JsonValue) -> Sequence[str]:
    """Return a text, or an array of texts, as an array; that it is one was checked before."""
    return cast("list[str]", value if type(value) is list else [value])
