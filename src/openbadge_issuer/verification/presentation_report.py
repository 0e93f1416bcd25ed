"""The report on a presentation: who shows it, to whom, and the reports of what is shown."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from openbadge_issuer.assertions.json_text import JsonObject
from openbadge_issuer.assertions.values import write_date_time
from openbadge_issuer.errors.rule import Verdict
from openbadge_issuer.verification.report import Finding, KeyUsed, Outcome, VerificationReport


@dataclass(frozen=True, slots=True, kw_only=True)
class PresentationReport:
    """What is known about one presentation; true only if it holds and all that it shows is accepted.

    Attributes:
        subject: what the caller calls it.
        format: how it came: `json`, `jwt`, `sd-jwt`, or `unknown`.
        at: the moment for which dates and keys were judged.
        holder: who presents, as far as the verdicts go.
        verdicts: `integrity` (the holder signed it, now and for this verifier) and `recipient` (the
            credentials are about the holder).
        findings: what was found about the presentation itself.
        credentials: the reports of the credentials, in their order; each finding in them is its own.
        key: the key that signed, if one did.
    """

    subject: str
    format: Literal["json", "jwt", "sd-jwt", "unknown"]
    at: datetime
    holder: str | None
    verdicts: Mapping[Verdict, Outcome]
    findings: tuple[Finding, ...]
    credentials: tuple[VerificationReport, ...] = ()
    key: KeyUsed | None = None

    @property
    def accepted(self) -> bool:
        """Whether the presentation holds, is about its holder, and every credential in it is accepted."""
        return self.outcome == "passed"

    @property
    def outcome(self) -> Outcome:
        """All in one word: failed if anything failed, else undetermined if anything is."""
        outcomes = {*self.verdicts.values(), *(report.outcome for report in self.credentials)}
        if "failed" in outcomes:
            return "failed"
        return "undetermined" if "undetermined" in outcomes or not self.credentials else "passed"

    def __bool__(self) -> bool:
        return self.accepted

    def to_json(self) -> JsonObject:
        """Write the report as JSON; the credentials as `VerificationReport.to_json` does."""
        return {
            "subject": self.subject,
            "format": self.format,
            "at": write_date_time(self.at),
            "accepted": self.accepted,
            "holder": self.holder,
            "verdicts": {str(name): outcome for name, outcome in self.verdicts.items()},
            "key": self.key.to_json() if self.key else None,
            "findings": [found.to_json() for found in self.findings],
            "credentials": [report.to_json() for report in self.credentials],
        }
