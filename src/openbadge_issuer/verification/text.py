"""A report for people to read, in English or Dutch."""

from __future__ import annotations

from dataclasses import dataclass

from openbadge_issuer.errors.rule import Language, Severity
from openbadge_issuer.resolution.address import shown
from openbadge_issuer.verification.report import Finding, Outcome, VerificationReport

_WORDS: dict[str, tuple[str, str]] = {
    "accepted": ("ACCEPTED", "GEACCEPTEERD"),
    "rejected": ("REJECTED", "AFGEWEZEN"),
    "open": ("NOT DETERMINED", "NIET VAST TE STELLEN"),
    "passed": ("passed", "in orde"),
    "failed": ("failed", "niet in orde"),
    "undetermined": ("undetermined", "niet vastgesteld"),
    "integrity": ("integrity", "echtheid"),
    "status": ("status", "status"),
    "trust": ("trust", "vertrouwen"),
    "recipient": ("recipient", "ontvanger"),
    "by": ("issued by", "uitgegeven door"),
    "presented": ("presented by", "getoond door"),
    "their key": ("which their own id is", "die de eigen id zelf is"),
    "their document": ("which their own document names", "die het eigen document noemt"),
    "nobody": ("an unnamed issuer", "een onbekende uitgever"),
    "key": ("key", "sleutel"),
    "no key": ("no key", "geen sleutel"),
    "identifier": ("which the issuer's id itself is", "die zelf de id van de uitgever is"),
    "document": ("which the issuer's own document names", "die het eigen document van de uitgever noemt"),
    "certificate": ("for which a certificate vouches", "waarvoor een certificaat instaat"),
    "trust-file": ("which you have pinned", "die u zelf hebt vastgelegd"),
    "claim": ("which only the badge itself names", "die alleen de badge zelf noemt"),
    "vouched": ("you trust this issuer", "u vertrouwt deze uitgever"),
    "not vouched": ("nobody vouched for this issuer", "niemand stond voor deze uitgever in"),
    "refused": ("this issuer is not one that you trust", "deze uitgever vertrouwt u niet"),
    "badge": ("badge", "badge"),
    "required": ("required", "vereist"),
    "repair": ("Repair", "Herstel"),
    "issuer": ("issuer", "uitgever"),
    "holder": ("holder", "houder"),
    "host": ("host", "host"),
    "verifier": ("verifier", "controleur"),
}  # fmt: skip
_BINDINGS = {
    ("trust", False): "trust-file",
    ("trust", True): "trust-file",
    ("identifier", True): "their key",
    ("document", True): "their document",
}
_MARKS: dict[Outcome, str] = {"passed": "✓", "failed": "✗", "undetermined": "?"}


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a rendered report; the outcome and severity tell how to colour it."""

    text: str
    outcome: Outcome | None = None
    severity: Severity = "error"


def word(name: str, language: Language) -> str:
    """Return one of the fixed words of a report."""
    english, dutch = _WORDS[name]
    return english if language == "en" else dutch


def render_text(report: VerificationReport, language: Language = "en") -> tuple[Line, ...]:
    """Render a report: who, the verdicts, and every finding with what to do about it."""
    lines = [_headline(report, language)]
    credential = report.credential
    if credential.name or credential.id:
        named = " · ".join(_quoted(part) for part in (credential.name, credential.id) if part)
        kind = f"{report.specification}, {report.format.upper()}"
        lines.append(Line(f"  {word('badge', language)}: {named} ({kind})"))
    for name, outcome in report.verdicts.items():
        if outcome is not None:
            needed = f" ({word('required', language)})" if name in report.required else ""
            label = f"{word(name, language)}{needed}"
            lines.append(Line(f"  {_MARKS[outcome]} {label}: {word(outcome, language)}", outcome))
    lines.append(Line(""))
    for found in report.findings:
        lines += _finding_lines(found, language)
    if report.holder is not None:
        for inside in report.contained:
            if not inside.accepted:
                lines += _inside(inside, language)
    return tuple(lines)


def _inside(report: VerificationReport, language: Language) -> list[Line]:
    """Render what keeps a credential of a presentation from being accepted."""
    lines = [Line(""), _headline(report, language)]
    for found in report.findings:
        if found.outcome != "passed":
            lines += _finding_lines(found, language)
    return lines


def _headline(report: VerificationReport, language: Language) -> Line:
    verdict: dict[Outcome, str] = {"passed": "accepted", "failed": "rejected", "undetermined": "open"}
    name = f"{report.subject}: " if report.subject else ""
    heading = f"{name}{word(verdict[report.outcome], language)}"
    if report.format != "unknown":
        heading += f" — {_issued_by(report, language)}"
    return Line(heading, report.outcome)


def _issued_by(report: VerificationReport, language: Language) -> str:
    if report.holder is not None:
        return f"{word('presented', language)} <{shown(report.holder)}>; {_key(report, language)}"
    credential = report.credential
    who = _quoted(credential.issuer_name) if credential.issuer_name else word("nobody", language)
    if credential.issuer:
        who += f" <{shown(credential.issuer)}>"
    vouched = {"passed": "vouched", "failed": "refused"}.get(report.verdicts["trust"] or "", "not vouched")
    return f"{word('by', language)} {who}; {_key(report, language)}; {word(vouched, language)}"


def _key(report: VerificationReport, language: Language) -> str:
    key = report.key
    if key is None:
        return word("no key", language)
    binding = _BINDINGS.get((key.shown_by, report.holder is not None), key.shown_by)
    short = key.fingerprint if len(key.fingerprint) <= _MAX_KEY else f"{key.fingerprint[:_MAX_KEY]}…"
    return f"{word('key', language)} {short} ({key.kind}), {word(binding, language)}"


def _finding_lines(found: Finding, language: Language) -> list[Line]:
    mark = _MARKS[found.outcome] if found.severity == "error" or found.outcome == "passed" else "!"
    place = f" [{shown(found.pointer)}]" if found.pointer and found.outcome != "passed" else ""
    message = _printable(found.message(language))
    lines = [Line(f"  {mark} {found.code}: {message}{place}", found.outcome, found.severity)]
    advice = found.how(language)
    if advice:
        who = word(found.rule.who, language)
        lines.append(Line(f"      {word('repair', language)} ({who}): {_printable(advice)}"))
    return lines


def _quoted(text: str) -> str:
    """Set a badge's own words apart, so that they cannot pass for ours."""
    inner = shown(text).replace("“", '"').replace("”", '"')
    return f"“{inner}”"


def _printable(text: str) -> str:
    """Leave no line breaks and terminal commands of a badge in our lines."""
    return "".join(char if char.isprintable() else "\N{REPLACEMENT CHARACTER}" for char in text)


_MAX_KEY = 60  # an RSA key in multibase runs over several lines
