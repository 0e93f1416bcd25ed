"""From what pydantic says about a file of the organisation to rules, places and lines.

The file was written by hand, so all its problems are told at once, each with the line where it can be
repaired and with what could stand there instead.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from types import MappingProxyType
from typing import Any, Generic, TypeVar, get_args

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from openbadge_issuer.assertions.json_text import JsonObject, pointer
from openbadge_issuer.errors import DocumentError, OpenBadgeError
from openbadge_issuer.errors.rule import Language
from openbadge_issuer.policy.remark import Remark
from openbadge_issuer.policy.section import (
    E_MAIL_PATTERN,
    FILE_PATTERN,
    HTTPS_PATTERN,
    LABEL_PATTERN,
    NAME_PATTERN,
    SENTENCE_PATTERN,
    Section,
)
from openbadge_issuer.policy.toml_file import TomlFile, parse_toml

Model = TypeVar("Model", bound=Section)

_CODES: Mapping[str, str] = MappingProxyType(
    {
        "missing": "TOML-MISSING",
        "extra_forbidden": "TOML-UNKNOWN",
        "literal_error": "TOML-CHOICE",
        "MODEL-ENUM": "TOML-CHOICE",
        "string_type": "TOML-TEXT",
        "int_type": "TOML-NUMBER",
        "bool_type": "TOML-FLAG",
        "model_type": "TOML-TABLE",
        "dict_type": "TOML-TABLE",
        "tuple_type": "TOML-LIST",
        "string_too_short": "TOML-EMPTY",
        "too_short": "TOML-EMPTY",
        "string_too_long": "TOML-LONG",
        "greater_than_equal": "TOML-LOW",
        "less_than_equal": "TOML-HIGH",
        "multiple_of": "TOML-STEP",
    }
)
_FORMS: Mapping[str, str] = MappingProxyType(
    {
        NAME_PATTERN: "TOML-NAME",
        LABEL_PATTERN: "TOML-CONTROL",
        SENTENCE_PATTERN: "TOML-CONTROL",
        E_MAIL_PATTERN: "TOML-E-MAIL",
        HTTPS_PATTERN: "TOML-HTTPS",
        FILE_PATTERN: "TOML-FILE-NAME",
    }
)
_LIMITS = ("ge", "le", "multiple_of", "max_length")
_OUR_PREFIXES = ("TOML-", "POLICY-", "BADGE-", "PEOPLE-")
_MAX_SHOWN = 60
_MANY = 8
"""Beyond this, who misspelt one value is told the closest ones."""

_LONGEST_NUMBER = 10**15
"""Beyond this a number is not written out: it has no place in such a file, and takes long to convert."""


@dataclass(frozen=True, slots=True)
class FileProblem:
    """Something that is wrong with a file, or that should be looked at.

    Attributes:
        remark: the rule, the place, and what fills the sentence.
        line: the line in the file, from 1.
    """

    remark: Remark
    line: int

    @property
    def is_error(self) -> bool:
        """Whether the file cannot be used like this."""
        return self.remark.severity == "error"

    def sentence(self, language: Language = "en") -> str:
        """Say in one sentence what is wrong."""
        return self.remark.sentence(language)

    def to_json(self) -> JsonObject:
        """Write it for a program, in both languages."""
        remark = self.remark
        return {
            "code": remark.code,
            "severity": remark.severity,
            "pointer": remark.pointer,
            "line": self.line,
            "message": {"en": remark.sentence("en"), "nl": remark.sentence("nl")},
            "advice": {"en": remark.advice("en"), "nl": remark.advice("nl")},
        }


@dataclass(frozen=True, slots=True)
class Checked(Generic[Model]):
    """What came of checking a file.

    Attributes:
        model: what the file says; None if it cannot be read.
        problems: everything that is wrong with it, or that should be looked at, in the order of lines.
        file: the file as TOML; None if it is none.
    """

    model: Model | None
    problems: tuple[FileProblem, ...]
    file: TomlFile | None


def read_file(model: type[Model], data: bytes) -> Model:
    """Read a model from a file.

    Raises:
        DocumentError: the file is not TOML, or cannot be read as the model; the first problem, with its line.
        LimitError: it is longer or deeper than any such file.
    """
    found, problems = check_document(model, parse_toml(data))
    if found is None:
        first = problems[0].remark
        raise DocumentError(first.code, first.pointer, **first.details)
    return found


def check_file(model: type[Model], data: bytes) -> Checked[Model]:
    """Read a model from a file, or list everything that is wrong with it; raises nothing."""
    try:
        file = parse_toml(data)
    except OpenBadgeError as error:
        remark = Remark(error.code, error.pointer, error.details)
        return Checked(None, (FileProblem(remark, int(error.details.get("line", 1))),), None)
    return Checked(*check_document(model, file), file)


def check_document(model: type[Model], file: TomlFile) -> tuple[Model | None, tuple[FileProblem, ...]]:
    """Read a model from a parsed file, or list everything that is wrong with it, in the order of lines."""
    try:
        return model.model_validate(file.document), ()
    except ValidationError as error:
        found: dict[tuple[str, str], FileProblem] = {}
        for detail in error.errors(include_url=False):
            if detail["type"] == "too_short" and detail["input"]:
                continue  # pydantic counts what is valid; that the others are not is said of each of them
            problem = _problem(detail, model, file)
            found.setdefault((problem.remark.code, problem.remark.pointer), problem)
        return None, tuple(sorted(found.values(), key=lambda one: one.line))


def _problem(detail: ErrorDetails, model: type[Section], file: TomlFile) -> FileProblem:
    context = detail.get("ctx", {})
    path = tuple(step for step in detail["loc"] if step != "[key]")
    if "at" in context:
        path = (*path, context["at"])
    line = file.lines.of(path)
    value = _shown(path[-1] if "[key]" in detail["loc"] else detail["input"])
    wrong = str(path[-1]) if detail["type"] == "extra_forbidden" else value
    details: dict[str, str | int] = {
        "line": line,
        "name": _shown(context.get("name") or _named(path)),
        "value": value,
        "expected": ", ".join(_expected(detail["type"], context, model, path, wrong)),
        "limit": next((int(context[name]) for name in _LIMITS if name in context), 0),
    }
    return FileProblem(Remark(_code(detail, context), pointer(*path), details), line)


def _code(detail: ErrorDetails, context: Mapping[str, Any]) -> str:
    kind = detail["type"]
    if kind.startswith(_OUR_PREFIXES):
        return kind
    if kind == "string_pattern_mismatch":
        return _FORMS.get(context["pattern"], "TOML-ADDRESS")
    if kind == "string_too_long" and len(detail["loc"]) > 1 and detail["loc"][-1] == "[key]":
        return "TOML-NAME"
    return _CODES.get(kind, "TOML-ADDRESS")


def _expected(
    kind: str, context: Mapping[str, Any], model: type[Section], path: tuple[str | int, ...], value: str
) -> list[str]:
    """List what could stand there: values or members, only the closest if there are many."""
    if "expected" in context:
        known = str(context["expected"]).replace("'", "").replace(" or ", ", ").split(", ")
        return known if len(known) <= _MANY else get_close_matches(value, known, n=3) or known
    if kind != "extra_forbidden":
        return []
    known = sorted(section_at(model, path[:-1]).model_fields)
    return get_close_matches(value, known, n=2) or known


def section_at(model: type[Section], path: tuple[str | int, ...]) -> type[Section]:
    """Find the section that stands at a path below another, as far as the path leads through sections."""
    section, annotation = model, None
    for step in path:
        if annotation is None:
            field = section.model_fields.get(str(step))
            annotation = field.annotation if field else None
        else:
            annotation = get_args(annotation)[-1 if isinstance(step, str) else 0]
        found = _section_in(annotation)
        if found is not None:
            section, annotation = found, None
    return section


def _section_in(annotation: object) -> type[Section] | None:
    """Take a section, or a section that may be left out."""
    for one in (annotation, *(one for one in get_args(annotation) if type(None) in get_args(annotation))):
        if isinstance(one, type) and issubclass(one, Section):
            return one
    return None


def _named(path: tuple[str | int, ...]) -> str:
    return next((str(step) for step in reversed(path) if isinstance(step, str)), "")


def _shown(value: object) -> str:
    if isinstance(value, dict | list | tuple):
        return "{…}" if isinstance(value, dict) else "[…]"
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, int) and abs(value) > _LONGEST_NUMBER:
        return "…"
    text = str(value)
    return text if len(text) <= _MAX_SHOWN else f"{text[:_MAX_SHOWN]}…"
