"""The verification report: three verdicts that are never folded into one, and the findings behind them."""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Literal

from openbadge_issuer.assertions.json_text import JsonObject, JsonValue
from openbadge_issuer.assertions.moments import write_date_time
from openbadge_issuer.errors import OpenBadgeError
from openbadge_issuer.errors.rule import Language, Rule, Severity, Verdict
from openbadge_issuer.errors.rules import rule_book

Outcome = Literal["passed", "failed", "undetermined"]

ShownBy = Literal["identifier", "document", "certificate", "trust", "claim"]

SCHEMA_VERSION = "1.0"
MAX_ALIKE = 100
"""Findings of one kind in a report; whoever repairs so many does not read the next ones."""

_MAX_DETAIL = 600  # characters; the longest public reason for a revocation has 500
LANGUAGES: tuple[Language, ...] = ("en", "nl")


@dataclass(frozen=True, slots=True)
class Finding:
    """What one check found, at one place.

    Attributes:
        code: the stable code of the rule, such as `PROOF-SIGNATURE`.
        outcome: whether the rule holds, is broken, or could not be judged.
        pointer: a JSON Pointer to the place in the credential.
        details: what fills the rule's sentence.
        severity: `error` counts for the verdict; `warning` and `interop` inform.
        verdict: the verdict that the finding counts for.
    """

    code: str
    outcome: Outcome
    pointer: str
    severity: Severity
    verdict: Verdict
    details: Mapping[str, str | int] = field(default_factory=dict)

    @property
    def rule(self) -> Rule:
        """The row of the rule book."""
        return rule_book()[self.code]

    def message(self, language: Language = "en") -> str:
        """Say in one sentence what was found."""
        rule = self.rule
        if self.outcome == "passed":
            return (rule.holds_en if language == "en" else rule.holds_nl).format_map(self.details)
        return (rule.en if language == "en" else rule.nl).format_map(self.details)

    def how(self, language: Language = "en") -> str:
        """Say how it can be repaired; empty if it holds."""
        rule = self.rule
        if self.outcome == "passed":
            return ""
        return (rule.how_en if language == "en" else rule.how_nl).format_map(self.details)

    def to_json(self) -> JsonObject:
        """Write the finding as the report's schema has it."""
        clause = self.rule.clause
        repair: JsonValue = None
        if self.outcome != "passed":
            repair = {
                "who": self.rule.who,
                "how": {lang: self.how(lang) for lang in LANGUAGES},
                "patch": None,
            }
        return {
            "code": self.code,
            "verdict": self.verdict,
            "outcome": self.outcome,
            "severity": self.severity,
            "pointer": self.pointer,
            "message": {lang: self.message(lang) for lang in LANGUAGES},
            "clause": {"title": clause.title, "url": clause.url} if clause else None,
            "repair": repair,
        }


_MAX_USUAL = 1024
_usual_findings: dict[Hashable, Finding] = {}  # most badges of a stream have the same ones


def finding(
    code: str,
    outcome: Outcome,
    pointer: str = "",
    *,
    severity: Severity | None = None,
    **details: str | int,
) -> Finding:
    """Make a finding; the verdict is the rule's own, and so is the severity unless told otherwise."""
    key = (code, outcome, pointer, severity, *details.items())
    known = _usual_findings.get(key)
    if known is not None:
        return known
    rule = rule_book()[code]
    found = Finding(code, outcome, pointer, severity or rule.severity, rule.verdict, _short(details))
    texts = (pointer, *details.values())
    if all(type(text) is str and len(text) <= _MAX_DETAIL for text in texts):  # True and 1 would be one key
        if len(_usual_findings) >= _MAX_USUAL:
            _usual_findings.clear()
        _usual_findings[key] = found
    return found


def broken(code: str, pointer: str, details: Mapping[str, str | int]) -> Finding:
    """Make the finding of a rule that is broken."""
    rule = rule_book()[code]
    return Finding(code, "failed", pointer, rule.severity, rule.verdict, _short(details))


def finding_of(
    error: OpenBadgeError,
    outcome: Outcome,
    *,
    under: str = "",
    at: str | None = None,
    severity: Severity | None = None,
    verdict: Verdict | None = None,
) -> Finding:
    """Turn an error of a lower layer into a finding; `under` is put before its pointer, `at` in its place."""
    rule = error.rule
    return Finding(
        error.code,
        outcome,
        under + error.pointer if at is None else at,
        severity or rule.severity,
        verdict or rule.verdict,
        _short(error.details),
    )


def _short(details: Mapping[str, str | int]) -> Mapping[str, str | int]:
    """Cut what a hostile document made long, so that a sentence stays a sentence."""
    for value in details.values():
        if isinstance(value, str) and len(value) > _MAX_DETAIL:
            break
    else:
        return details
    return {
        name: f"{value[:_MAX_DETAIL]}…" if isinstance(value, str) and len(value) > _MAX_DETAIL else value
        for name, value in details.items()
    }


@dataclass(frozen=True, slots=True)
class KeyUsed:
    """Which key signed, and by what it is shown to be the issuer's.

    `shown_by` is `identifier` (the issuer's id is the key), `document` (the issuer's own document or
    key set names it), `certificate` (one for the issuer's host, under a root that the caller trusts), `trust`
    (the caller pinned it), `claim` (nothing but the badge itself says so).
    """

    id: str
    kind: str
    fingerprint: str
    shown_by: ShownBy

    def to_json(self) -> JsonObject:
        """Write the key as the report's schema has it."""
        return {"id": self.id, "kind": self.kind, "fingerprint": self.fingerprint, "shownBy": self.shown_by}


@dataclass(frozen=True, slots=True)
class CredentialSummary:
    """What the badge says of itself; believe it only as far as the verdicts go."""

    id: str | None = None
    issuer: str | None = None
    issuer_name: str | None = None
    name: str | None = None
    valid_from: str | None = None
    valid_until: str | None = None
    achievement: str | None = None

    def to_json(self) -> JsonObject:
        """Write the summary as the report's schema has it."""
        return {
            "id": self.id,
            "issuer": self.issuer,
            "issuerName": self.issuer_name,
            "name": self.name,
            "validFrom": self.valid_from,
            "validUntil": self.valid_until,
            "achievement": self.achievement,
        }


@dataclass(frozen=True, slots=True, kw_only=True)
class VerificationReport:
    """What is known about one badge; true only if everything that the caller required passed.

    Attributes:
        subject: what was verified: a file name, a URL, or empty.
        format: how it came: `json`, `jwt`, `png`, `svg`, or `unknown`.
        specification: the specification that it follows.
        at: the moment for which dates and keys were judged.
        required: the verdicts that had to pass.
        verdicts: the verdicts; `recipient` is None if no recipient was given.
        findings: everything that was found, in the order of the checks.
        credential: what the badge says of itself.
        key: the key that signed, if one did.
        endorsements: the reports of the endorsements inside.
        contained: the reports of the credentials inside a learner record or a presentation.
        holder: who presents, if it is a presentation.
    """

    subject: str
    format: Literal["json", "jwt", "png", "svg", "unknown"]
    specification: str
    at: datetime
    required: tuple[Verdict, ...]
    verdicts: Mapping[Verdict, Outcome | None]
    findings: tuple[Finding, ...]
    credential: CredentialSummary
    key: KeyUsed | None = None
    endorsements: tuple[VerificationReport, ...] = ()
    contained: tuple[VerificationReport, ...] = ()
    holder: str | None = None

    @property
    def accepted(self) -> bool:
        """Whether every required verdict passed; undetermined is never success."""
        return bool(self.required) and all(self.verdicts[name] == "passed" for name in self.required)

    @property
    def outcome(self) -> Outcome:
        """The required verdicts in one word: failed if one failed, else undetermined if one is."""
        outcomes = [self.verdicts[name] for name in self.required]
        if "failed" in outcomes:
            return "failed"
        return "passed" if self.accepted else "undetermined"

    def problem(self, verdict: Verdict) -> str:
        """Return the code of what decides a verdict that did not pass; empty if it did."""
        outcome = self.verdicts[verdict]
        errors = (found for found in self.findings if found.verdict == verdict and found.severity == "error")
        return "" if outcome == "passed" else next((one.code for one in errors if one.outcome == outcome), "")

    @property
    def first_error(self) -> str:
        """The code of the first error that failed; empty if none did."""
        errors = (found for found in self.findings if found.severity == "error")
        return next((found.code for found in errors if found.outcome == "failed"), "")

    def __bool__(self) -> bool:
        return self.accepted

    def __str__(self) -> str:
        # Local: rendering is for people; a program that counts verdicts never needs it.
        from openbadge_issuer.verification.text import render_text  # noqa: PLC0415

        return "\n".join(line.text for line in render_text(self))

    def to_json(self) -> JsonObject:
        """Write the report as `schemas/verification-report.schema.json` has it."""
        return {
            "schemaVersion": SCHEMA_VERSION,
            "subject": self.subject,
            "format": self.format,
            "specification": self.specification,
            "at": write_date_time(self.at),
            "accepted": self.accepted,
            "required": list(self.required),
            "verdicts": {str(name): outcome for name, outcome in self.verdicts.items()},
            "credential": self.credential.to_json(),
            "key": self.key.to_json() if self.key else None,
            "findings": [found.to_json() for found in self.findings],
            "endorsements": [report.to_json() for report in self.endorsements],
            "contained": [report.to_json() for report in self.contained],
            "holder": self.holder,
        }


def verdict_of(findings: tuple[Finding, ...], verdict: Verdict) -> Outcome:
    """Judge one verdict: failed if an error failed, else undetermined if an error is, else passed."""
    outcome: Outcome = "passed"
    for found in findings:
        if found.outcome != "passed" and found.verdict == verdict and found.severity == "error":
            if found.outcome == "failed":
                return "failed"
            outcome = "undetermined"
    return outcome
