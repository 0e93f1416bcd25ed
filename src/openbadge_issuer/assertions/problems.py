"""From pydantic's complaints to the rule book: a code, a JSON Pointer, and what fills the sentence."""

from __future__ import annotations

from dataclasses import dataclass, field
from types import MappingProxyType

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from openbadge_issuer.assertions.json_text import pointer
from openbadge_issuer.assertions.values import UNION_TAGS

_CODES = MappingProxyType(
    {
        "missing": "MODEL-REQUIRED",
        "extra_forbidden": "MODEL-CLOSED",
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


def problems_of(error: ValidationError) -> tuple[ModelProblem, ...]:
    """List what a validation found, one problem per place and code."""
    found: dict[tuple[str, str], ModelProblem] = {}
    for detail in error.errors(include_url=False):
        problem = _problem(detail)
        found.setdefault((problem.code, problem.pointer), problem)
    return tuple(found.values())


def _problem(detail: ErrorDetails) -> ModelProblem:
    context = detail.get("ctx", {})
    steps = [step for step in detail["loc"] if step not in UNION_TAGS]
    if "at" in context:
        steps.append(context["at"])
    code = (
        detail["type"]
        if detail["type"].startswith(("OB3-", "MODEL-"))
        else _CODES.get(detail["type"], "MODEL-KIND")
    )
    name = context.get("name") or next((str(step) for step in reversed(steps) if isinstance(step, str)), "")
    shown = detail["input"] if isinstance(detail["input"], str) else type(detail["input"]).__name__
    return ModelProblem(
        code,
        pointer(*steps),
        {"name": str(name), "value": _short(shown), "expected": str(context.get("expected", ""))},
    )


def _short(text: str) -> str:
    return text if len(text) <= _MAX_SHOWN else f"{text[:_MAX_SHOWN]}…"


_MAX_SHOWN = 80
