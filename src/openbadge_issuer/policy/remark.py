"""What somebody should know or repair, though no step was refused: a rule, a place, and what fills it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Self

from openbadge_issuer.errors.rule import Language, Rule, Severity
from openbadge_issuer.errors.rules import rule_book


@dataclass(frozen=True, slots=True)
class Remark:
    """A remark on a badge, on the staff or on the catalogue.

    Attributes:
        code: the stable code of the rule, such as `CRITERIA-VAGUE`.
        pointer: a JSON Pointer to the place in the definition, empty where there is none.
        details: what fills the rule's sentence.
    """

    code: str
    pointer: str = ""
    details: Mapping[str, str | int] = field(default_factory=dict)

    @classmethod
    def of(cls, code: str, pointer: str = "", /, **details: str | int) -> Self:
        """Make a remark, with what fills its sentence as keywords."""
        return cls(code, pointer, details)

    @property
    def rule(self) -> Rule:
        """The row of the rule book."""
        return rule_book()[self.code]

    @property
    def severity(self) -> Severity:
        """Whether it must be repaired (`error`) or should be looked at (`warning`)."""
        return self.rule.severity

    def sentence(self, language: Language = "en") -> str:
        """Say in one sentence what was noticed."""
        rule = self.rule
        return (rule.en if language == "en" else rule.nl).format_map(self.details)

    def advice(self, language: Language = "en") -> str:
        """Say what to do about it."""
        rule = self.rule
        return (rule.how_en if language == "en" else rule.how_nl).format_map(self.details)

    def __str__(self) -> str:
        return f"{self.sentence()} (at {self.pointer})" if self.pointer else self.sentence()
