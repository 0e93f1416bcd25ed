"""What a rule is: one code, said in two languages, with its clause and who can repair a breach."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Language = Literal["en", "nl"]
Verdict = Literal["integrity", "status", "trust", "recipient"]
Severity = Literal["error", "warning", "interop"]
Repairer = Literal["issuer", "holder", "host", "verifier"]


@dataclass(frozen=True, slots=True)
class Clause:
    """A place in a specification: its title and the URL where it can be read."""

    title: str
    url: str


@dataclass(frozen=True, slots=True)
class Rule:
    """One row of the rule book.

    `en` and `nl` say what is wrong, with `{placeholders}` filled from the details of an error or a
    finding; `holds_en` and `holds_nl` say that the rule holds, where a report wants to say so. `how_en`
    and `how_nl` tell the repairer (`who`) what to do.
    """

    code: str
    en: str
    nl: str
    how_en: str = ""
    how_nl: str = ""
    holds_en: str = ""
    holds_nl: str = ""
    who: Repairer = "issuer"
    verdict: Verdict = "integrity"
    severity: Severity = "error"
    clause: Clause | None = None
