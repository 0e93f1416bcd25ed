"""From pydantic's complaints to the rule book: a code, a JSON Pointer, and what fills the sentence."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import TYPE_CHECKING

from openbadge_issuer.assertions.json_text import JsonValue, pointer

if TYPE_CHECKING:  # whoever finds a problem without pydantic does not load it
    from pydantic import ValidationError
    from pydantic_core import ErrorDetails

_CODES = MappingProxyType(
    {
        "missing": "MODEL-REQUIRED",
        "extra_forbidden": "MODEL-CLOSED",
        "unexpected_keyword_argument": "MODEL-CLOSED",
        "literal_error": "MODEL-ENUM",
        "string_pattern_mismatch": "MODEL-FORMAT",
        "too_short": "MODEL-EMPTY",
        "recursion_loop": "MODEL-KIND",
    }
)


@dataclass(frozen=True, slots=True)
class ModelProblem:
    """A rule of the data model that a document breaks."""

    code: str
    pointer: str
    details: dict[str, str | int] = field(default_factory=dict)


def problems_of(
    error: ValidationError, document: JsonValue, *, wire_names: Mapping[str, str] | None = None
) -> tuple[ModelProblem, ...]:
    """List what a validation of the document found, one problem per place and code.

    Args:
        error: what pydantic says.
        document: what was validated, by its names on the wire.
        wire_names: those names by the names that a builder gave.
    """
    found: dict[tuple[str, str], ModelProblem] = {}
    for detail in error.errors(include_url=False):
        if detail["type"] == "too_short" and detail["input"]:
            continue  # pydantic counts what is valid; that the others are not is said of each of them
        first, *rest = detail["loc"] or ("",)
        detail["loc"] = ((wire_names or {}).get(str(first), first), *rest)
        problem = _problem(detail, document)
        found.setdefault((problem.code, problem.pointer), problem)
    return tuple(found.values())


def _problem(detail: ErrorDetails, document: JsonValue) -> ModelProblem:
    context = detail.get("ctx", {})
    code = (
        detail["type"]
        if detail["type"].startswith(("OB2-", "OB3-", "MODEL-"))
        else _CODES.get(detail["type"], "MODEL-KIND")
    )
    missing = (
        detail["type"] == "missing"
    )  # though it may be there as null, which some versions take for absent
    steps = _steps(detail["loc"][:-1] if missing else detail["loc"], document)
    if "at" in context:
        steps.append(context["at"])
    elif missing:
        steps.append(detail["loc"][-1])
    name = context.get("name") or next((str(step) for step in reversed(steps) if isinstance(step, str)), "")
    return ModelProblem(
        code,
        pointer(*steps),
        {"name": str(name), "value": _shown(detail["input"]), "expected": str(context.get("expected", ""))},
    )


def _steps(path: tuple[int | str, ...], document: JsonValue) -> list[int | str]:
    """Walk pydantic's path through the document and keep the steps that exist there.

    The others are no steps of a JSON Pointer: the tags of unions, the index of a value that stands
    without an array, the mark of a member's name.
    """
    steps: list[int | str] = []
    here = document
    for step in path:
        if isinstance(here, dict) and isinstance(step, str) and step in here:  # noqa: SIM114  # mypy narrows
            here = here[step]
        elif isinstance(here, list | tuple) and isinstance(step, int) and step < len(here):
            here = here[step]
        else:
            continue
        steps.append(step)
    return steps


def _shown(value: object) -> str:
    if isinstance(value, dict | list | tuple):
        return "{…}" if isinstance(value, dict) else "[…]"
    text = value if isinstance(value, str) else json.dumps(value, default=str)
    return text if len(text) <= _MAX_SHOWN else f"{text[:_MAX_SHOWN]}…"


_MAX_SHOWN = 80
