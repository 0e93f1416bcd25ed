"""What a check of the records found: a verdict and its findings, each with a code and its place."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal, TypeAlias

from openbadge_issuer.assertions.json_text import JsonObject
from openbadge_issuer.assertions.moments import write_date_time
from openbadge_issuer.errors import RegisterError
from openbadge_issuer.errors.rule import Language, Rule
from openbadge_issuer.errors.rules import rule_book
from openbadge_issuer.register.chain import Head

Outcome: TypeAlias = Literal["failed", "undetermined"]
RecordsVerdict: TypeAlias = Literal["passed", "failed", "undetermined"]

MAX_FINDINGS_PER_CODE = 100
"""More of the same say no more; they are counted."""

SCHEMA_VERSION = 1


@dataclass(frozen=True, slots=True)
class RecordFinding:
    """One thing that is not as it was written, or could not be checked.

    Attributes:
        code: the code of the rule.
        outcome: whether it failed, or could not be determined.
        stream: the procedure it is about, if it is about one.
        sequence: the entry of the chain it is about, if it is about one.
        details: what fills the placeholders of the sentence.
    """

    code: str
    outcome: Outcome = "failed"
    stream: str | None = None
    sequence: int | None = None
    details: Mapping[str, str | int] = field(default_factory=dict)

    @property
    def rule(self) -> Rule:
        """The row of the rule book."""
        return rule_book()[self.code]

    def sentence(self, language: Language = "en") -> str:
        """Say what is wrong."""
        return (self.rule.en if language == "en" else self.rule.nl).format_map(self.details)

    def advice(self, language: Language = "en") -> str:
        """Say what to do; empty if there is nothing to say."""
        return (self.rule.how_en if language == "en" else self.rule.how_nl).format_map(self.details)

    def to_json(self) -> JsonObject:
        """Write the finding."""
        written: JsonObject = {
            "code": self.code,
            "outcome": self.outcome,
            "severity": self.rule.severity,
            "message": {"en": self.sentence("en"), "nl": self.sentence("nl")},
            "how": {"en": self.advice("en"), "nl": self.advice("nl")},
        }
        if self.stream is not None:
            written["stream"] = self.stream
        if self.sequence is not None:
            written["sequence"] = self.sequence
        return written


@dataclass(frozen=True, slots=True)
class RecordsReport:
    """What a check of an organisation's records found.

    Attributes:
        found: the head of the chain as it is.
        proven: the head that it was compared with, or None.
        findings: what is wrong or could not be checked, at most `MAX_FINDINGS_PER_CODE` of each code.
        counts: how many there were of each code.
    """

    found: Head
    proven: Head | None
    findings: tuple[RecordFinding, ...]
    counts: Mapping[str, int]

    @property
    def verdict(self) -> RecordsVerdict:
        """Failed if an error was found, else undetermined if one could not be excluded, else passed."""
        outcomes = {finding.outcome for finding in self.findings if finding.rule.severity == "error"}
        return "failed" if "failed" in outcomes else "undetermined" if outcomes else "passed"

    def __bool__(self) -> bool:
        return self.verdict == "passed"

    def to_json(self) -> JsonObject:
        """Write the report."""
        return {
            "schemaVersion": SCHEMA_VERSION,
            "organisation": self.found.organisation,
            "verdict": self.verdict,
            "head": _written(self.found),
            "comparedWith": None if self.proven is None else _written(self.proven),
            "findings": [finding.to_json() for finding in self.findings],
            "counts": dict(self.counts),
        }


@dataclass(slots=True)
class Findings:
    """Gathers findings while the records are checked."""

    _kept: list[RecordFinding] = field(default_factory=list)
    _counts: Counter[str] = field(default_factory=Counter)

    def failed(
        self, code: str, *, stream: str | None = None, sequence: int | None = None, **details: str | int
    ) -> None:
        """Note something that is not as it was written."""
        place: dict[str, str | int] = {"name": stream or "—", "entry": sequence or 0}
        self._add(RecordFinding(code, "failed", stream, sequence, place | details))

    def refused(self, error: RegisterError, *, stream: str | None = None) -> None:
        """Note that something could not be read as it was written."""
        self._add(RecordFinding(error.code, "failed", stream, details=error.details))

    def undetermined(self, code: str, **details: str | int) -> None:
        """Note something that could not be checked."""
        self._add(RecordFinding(code, "undetermined", details=details))

    def report(self, found: Head, proven: Head | None) -> RecordsReport:
        """Return the report."""
        return RecordsReport(found, proven, tuple(self._kept), dict(self._counts))

    def _add(self, finding: RecordFinding) -> None:
        self._counts[finding.code] += 1
        if self._counts[finding.code] <= MAX_FINDINGS_PER_CODE:
            self._kept.append(finding)


def _written(head: Head) -> JsonObject:
    at = None if head.at is None else write_date_time(head.at)
    return {"length": head.length, "digest": head.digest, "at": at}
