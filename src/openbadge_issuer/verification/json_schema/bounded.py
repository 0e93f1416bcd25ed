"""Validation against a stranger's schema within a budget of work.

The validators are those of jsonschema with every keyword counted, since a schema of a few lines can ask for
more than a machine ever does (references that double at each step, recursion without end), and with the
keywords that match patterns replaced, since those would use a matcher that backtracks.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from functools import cache
from itertools import islice
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, Final

from openbadge_issuer.assertions.json_text import JsonObject, JsonValue, pointer
from openbadge_issuer.errors import LimitError
from openbadge_issuer.resolution.fetching import shown
from openbadge_issuer.verification.json_schema.pattern import PatternError, compile_pattern

if TYPE_CHECKING:
    from jsonschema.exceptions import ValidationError
    from referencing import Registry

MAX_WORK: Final = 1_000_000
"""Values looked at; the largest published example takes a thirtieth of it, and all of it two seconds."""
MAX_PROBLEMS: Final = 20

DIALECTS: Final = MappingProxyType(
    {
        "http://json-schema.org/draft-07/schema": "Draft7Validator",
        "https://json-schema.org/draft/2019-09/schema": "Draft201909Validator",
        "https://json-schema.org/draft/2020-12/schema": "Draft202012Validator",
    }
)
"""The dialects that are known: by the `$schema` that names each, the validator of jsonschema."""

FORMATS: Final = ("date", "date-time", "email", "ipv4", "ipv6", "time", "uri", "uuid")
"""The formats that are checked; each takes time that grows with the text alone. Others are remarks."""

_CHECKING: Final = 50  # what it takes to check one value of a schema against the schema of schemas
_REFERENCES: Final = frozenset({"$ref", "$dynamicRef", "$recursiveRef"})
_Keyword = Callable[[Any, Any, Any, Any], Iterable[Any] | None]
_Spend = Callable[[int], None]


class UnusableSchemaError(Exception):
    """A schema cannot be applied; the text says why, in few and technical words."""


@dataclass(frozen=True, slots=True)
class SchemaProblem:
    """Where a document breaks a schema, and by which keyword."""

    pointer: str
    reason: str


@dataclass(slots=True)
class Work:
    """What is left of the budget, and how large the arrays and objects are that are looked at.

    `referred` is the size of all schemas together, in which a reference by name is looked up; if one has
    another `embedded` in it, every reference is.
    """

    left: int = MAX_WORK
    referred: int = 0
    embedded: bool = False
    sizes: dict[int, int] = field(default_factory=dict)

    def spend(self, amount: int) -> None:
        """Take from the budget; raises LimitError SCHEMA-WORK when nothing is left."""
        self.left -= amount
        if self.left < 0:
            raise LimitError("SCHEMA-WORK", limit=MAX_WORK)

    def measure(self, value: JsonValue) -> int:
        """Count the values in a value, a long text as several; the value must live on, and not change."""
        if not isinstance(value, dict | list):
            return _size_of_text(value)
        parts = value.values() if isinstance(value, dict) else value
        self.sizes[id(value)] = size = 1 + sum(self.measure(part) for part in parts)
        return size

    def size(self, value: object) -> int:
        """Return the size of what was measured; anything else is a text, a number, or small."""
        return self.sizes.get(id(value)) or _size_of_text(value)


def _size_of_text(value: object) -> int:
    return 1 + len(value) // 64 if isinstance(value, str) else 1


def check_schema(schema: JsonObject, *, dialect: str, work: Work) -> None:
    """Check that a document is a schema of the dialect.

    Raises:
        LimitError: SCHEMA-WORK.
        UnusableSchemaError: it is not.
    """
    import jsonschema  # noqa: PLC0415  # heavy, and most badges name no schema

    work.spend(_CHECKING * work.measure(schema))
    try:
        # Formats are left out: patterns are read by our own matcher, where they are used.
        getattr(jsonschema, DIALECTS[dialect]).check_schema(schema, format_checker=_formats(()))
    except jsonschema.SchemaError as error:
        raise UnusableSchemaError(_problem(error).reason) from error
    except RecursionError as error:
        raise UnusableSchemaError("nested too deep") from error


def validate(
    document: JsonObject, schema: JsonObject, *, dialect: str, registry: Registry[Any], work: Work
) -> tuple[SchemaProblem, ...]:
    """Validate a document, and list the first problems.

    Args:
        document: what is validated.
        schema: a schema without `$schema`, which would lead back to validators that do not count.
        dialect: one of `DIALECTS`.
        registry: where references lead.
        work: the budget, which has measured document and schema.

    Raises:
        LimitError: SCHEMA-WORK.
        UnusableSchemaError: a reference leads nowhere, a pattern needs backtracking, or a part
            that is referred to is no schema.
    """
    from jsonschema.exceptions import UnknownType  # noqa: PLC0415  # heavy
    from referencing.exceptions import Unresolvable  # noqa: PLC0415  # heavy

    validator = _counting(dialect, work)(schema, registry=registry, format_checker=_formats(FORMATS))
    try:
        return tuple(_problem(error) for error in islice(validator.iter_errors(document), MAX_PROBLEMS))
    except RecursionError as error:
        raise UnusableSchemaError("recursion without end") from error
    except Unresolvable as error:
        problem = f"$ref {shown(str(error.ref))}"
        raise UnusableSchemaError(problem) from error
    except PatternError as error:
        raise UnusableSchemaError(f"pattern: {error}") from error
    except (
        # What jsonschema stumbles over where a reference leads to something that is no schema.
        *(UnknownType, AttributeError, LookupError, TypeError, ValueError, ArithmeticError),
        re.error,
    ) as error:
        raise UnusableSchemaError("a reference to what is no schema") from error


def _counting(dialect: str, work: Work) -> Any:  # noqa: ANN401  # validator classes have no public type
    import jsonschema  # noqa: PLC0415  # heavy

    plain = getattr(jsonschema, DIALECTS[dialect])
    keywords: dict[str, _Keyword] = {**plain.VALIDATORS, **_OwnKeywords(work.spend).keywords()}
    counted = {name: _counted(check, work, name) for name, check in keywords.items()}
    return jsonschema.validators.extend(plain, counted)


def _counted(check: _Keyword, work: Work, name: str) -> _Keyword:
    def counted(validator: Any, value: Any, instance: Any, schema: Any) -> Iterator[Any]:  # noqa: ANN401  # jsonschema's
        size = work.size(instance)
        compared = len(instance) if name == "uniqueItems" and isinstance(instance, list) else 1
        # jsonschema walks through all schemas again for each of these.
        sought = name in _REFERENCES and (work.embedded or not str(value).startswith("#/"))
        work.spend(size * compared + work.size(value) + 2 * work.referred * sought)
        yield from check(validator, value, instance, schema) or ()

    return counted


class _OwnKeywords:
    """The keywords that match patterns, by our own matcher; and one that tells what is missing."""

    def __init__(self, spend: _Spend) -> None:
        self._spend = spend

    def keywords(self) -> dict[str, _Keyword]:
        return {
            "pattern": self._pattern,
            "patternProperties": self._pattern_properties,
            "additionalProperties": self._additional_properties,
            "required": self._required,
        }

    def _matches(self, patterns: Iterable[str], text: str) -> bool:
        return any(compile_pattern(pattern).found_in(text, self._spend) for pattern in patterns)

    def _pattern(self, validator: Any, value: Any, instance: Any, schema: Any) -> Iterator[Any]:  # noqa: ANN401  # jsonschema's
        from jsonschema.exceptions import ValidationError  # noqa: PLC0415  # heavy

        del validator, schema
        if isinstance(instance, str) and not self._matches([value], instance):
            yield ValidationError("pattern")

    def _pattern_properties(self, validator: Any, value: Any, instance: Any, schema: Any) -> Iterator[Any]:  # noqa: ANN401  # the same
        del schema
        for text, inner in value.items() if isinstance(instance, dict) else ():
            for name, part in instance.items():
                if self._matches([text], name):
                    yield from validator.descend(part, inner, path=name, schema_path=text)

    def _additional_properties(self, validator: Any, value: Any, instance: Any, schema: Any) -> Iterator[Any]:  # noqa: ANN401  # the same
        from jsonschema.exceptions import ValidationError  # noqa: PLC0415  # heavy

        declared, patterns = schema.get("properties", {}), schema.get("patternProperties", {})
        for name, part in instance.items() if isinstance(instance, dict) else ():
            if name in declared or self._matches(patterns, name):
                continue
            if value is False:
                yield ValidationError("further", path=[name])
            else:
                yield from validator.descend(part, value, path=name)

    def _required(self, validator: Any, value: Any, instance: Any, schema: Any) -> Iterator[Any]:  # noqa: ANN401  # the same
        from jsonschema.exceptions import ValidationError  # noqa: PLC0415  # heavy

        del validator, schema
        for name in value if isinstance(instance, dict) else ():
            if name not in instance:
                yield ValidationError("required", validator_value=name)


@cache
def _formats(names: tuple[str, ...]) -> Any:  # noqa: ANN401  # jsonschema has no types
    from jsonschema import FormatChecker  # noqa: PLC0415  # heavy

    return FormatChecker(formats=names)


def _problem(error: ValidationError) -> SchemaProblem:
    """Say in technical words what is broken, in the alternative that came furthest."""
    inner = error
    while inner.context:
        inner = max(inner.context, key=lambda each: (len(each.path), each.validator not in ("type", "anyOf")))
    place = pointer(*inner.absolute_path)
    wanted = inner.validator_value
    if isinstance(wanted, list):
        wanted = " | ".join(part for part in wanted if isinstance(part, str))
    told = f" {wanted}" if isinstance(wanted, str | int | float) and wanted not in (False, "") else ""
    return SchemaProblem(place, shown(f"{place or '/'}: {inner.validator or 'false'}{told}"))
