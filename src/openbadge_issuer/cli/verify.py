"""`openbadge-issuer verify`: may I believe these badges?"""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from pathlib import Path
from typing import Annotated, get_args

import typer

from openbadge_issuer.assertions.recipient import Recipient
from openbadge_issuer.cli.edge import (
    DONE,
    OPEN,
    REJECTED,
    USAGE,
    about,
    deliver,
    edge,
    language_of,
    read_input,
    say,
)
from openbadge_issuer.cli.options import LanguageOption, parse_duration, parse_moment
from openbadge_issuer.cli.subjects import Source, collect
from openbadge_issuer.cli.terminal import print_report, progress
from openbadge_issuer.errors import DocumentError
from openbadge_issuer.errors.rule import Verdict
from openbadge_issuer.resolution.documents import Documents
from openbadge_issuer.resolution.fetching import Fetcher
from openbadge_issuer.verification import TrustPolicy, VerificationReport, verify

app = typer.Typer(add_completion=False)


class Format(StrEnum):
    """How reports are written."""

    TEXT = "text"
    JSON = "json"


@dataclass(frozen=True, slots=True, kw_only=True)
class _Asked:
    """The options of `verify`, read."""

    now: datetime
    at: datetime | None
    fetcher: Fetcher | None
    documents: Documents | None
    trust: TrustPolicy | None
    roots: bytes | None
    annulments: tuple[bytes, ...]
    expected_issuer: str | None
    recipient: Recipient | None
    challenge: str | None
    domain: str | None
    holder: str | None
    require: tuple[Verdict, ...]
    max_status_age: timedelta | None
    unsafe_claimed_keys: bool

    def report(self, source: Source) -> VerificationReport:
        return verify(
            source.data,
            subject=source.name,
            now=self.now,
            at=self.at,
            fetcher=self.fetcher,
            documents=self.documents,
            trust=self.trust,
            roots=self.roots,
            annulments=self.annulments,
            expected_issuer=self.expected_issuer,
            recipient=self.recipient,
            challenge=self.challenge,
            domain=self.domain,
            holder=self.holder,
            require=self.require,
            max_status_age=self.max_status_age,
            unsafe_claimed_keys=self.unsafe_claimed_keys,
        )


@app.command()
@edge
def command(
    paths: Annotated[
        list[str],
        typer.Argument(metavar="PATH", help="Files, folders, URLs with --online, or - for standard input."),
    ],
    at: Annotated[
        str | None,
        typer.Option(metavar="WHEN", help="Judge dates and keys for this moment; the status is today's."),
    ] = None,
    documents: Annotated[
        Path | None, typer.Option(metavar="INDEX.json", help="Documents that stand in for the web, by URL.")
    ] = None,
    online: Annotated[
        bool, typer.Option("--online", help="Fetch what is needed, over https and with care.")
    ] = False,
    trust: Annotated[
        Path | None,
        typer.Option(
            metavar="FILE", help="The issuers that you accept, and their keys; then trust is required."
        ),
    ] = None,
    annulments: Annotated[
        list[Path] | None,
        typer.Option(
            metavar="FILE",
            help="The annulment register of an organisation that you listen to, for badges on platforms of "
            "others; may be repeated.",
        ),
    ] = None,
    roots: Annotated[
        Path | None,
        typer.Option(metavar="FILE", help="Certificates (PEM) that may vouch for keys of issuers, by host."),
    ] = None,
    expected_issuer: Annotated[
        str | None, typer.Option(metavar="ID", help="The issuer that you expect; then trust is required.")
    ] = None,
    require: Annotated[
        str, typer.Option(metavar="VERDICTS", help="The verdicts that must pass.")
    ] = "integrity,status",
    recipient: Annotated[
        str | None,
        typer.Option(
            metavar="WHO", help="The person that it must be about: email:ADDRESS, a DID, TYPE=VALUE."
        ),
    ] = None,
    challenge: Annotated[
        str | None,
        typer.Option(metavar="TEXT", help="What you gave a holder to sign; then a presentation is required."),
    ] = None,
    domain: Annotated[
        str | None, typer.Option(metavar="TEXT", help="Who asked, as the holder was told; with --challenge.")
    ] = None,
    holder: Annotated[
        str | None, typer.Option(metavar="ID", help="Who must present; with --challenge and --domain.")
    ] = None,
    max_status_age: Annotated[
        str | None, typer.Option(metavar="DURATION", help="How old a status list may be, such as 7d.")
    ] = None,
    unsafe_claimed_keys: Annotated[
        bool,
        typer.Option(
            "--unsafe-claimed-keys",
            help="Believe the badge's own word for whose key it is. For test data only.",
        ),
    ] = False,
    form: Annotated[Format, typer.Option("--format", help="How to write the reports.")] = Format.TEXT,
    lang: LanguageOption = "en",
) -> None:
    """Verify badges: is it signed by the issuer, does it still hold, and what is wrong where.

    A presentation of badges is verified with all that it shows.

    Nothing is fetched unless you say --online. What cannot be judged is never accepted.
    """  # help texts speak to people
    language = language_of(lang)
    if (challenge, domain, holder) != (None, None, None) and not (challenge and domain):
        raise typer.BadParameter("--challenge and --domain go together, and --holder with both")
    fetcher = guarded_fetcher() if online else None
    asked = _Asked(
        now=datetime.now(UTC),
        at=None if at is None else parse_moment(at),
        fetcher=fetcher,
        documents=None if documents is None else _documents(documents),
        trust=None if trust is None else _trust(trust),
        roots=None if roots is None else _roots(roots),
        annulments=tuple(read_input(path) for path in annulments or ()),
        expected_issuer=expected_issuer,
        recipient=None if recipient is None else Recipient.parse(recipient),
        challenge=challenge,
        domain=domain,
        holder=holder,
        require=_verdicts(require),
        max_status_age=None if max_status_age is None else parse_duration(max_status_age),
        unsafe_claimed_keys=unsafe_claimed_keys,
    )
    found = collect(paths, fetcher)
    reports = _reports(found.sources, asked)
    if form is Format.JSON:
        listed = [report.to_json() for report in reports]
        text = json.dumps(listed[0] if found.single else listed, ensure_ascii=False, indent=2)
        deliver(f"{text}\n".encode(errors="backslashreplace"), None)  # a file's name need not be text
    else:
        for position, report in enumerate(reports):
            print_report(report, language, separated=position > 0)
    if found.skipped:
        say(f"{found.skipped} file(s) without a badge were passed over.")
    if not reports:
        raise DocumentError("CLI-NO-BADGE", path=", ".join(paths))
    raise typer.Exit(_exit_code(reports))


def _reports(sources: Iterable[Source], asked: _Asked) -> list[VerificationReport]:
    return [asked.report(source) for source in progress(list(sources), "Verifying")]


def _exit_code(reports: list[VerificationReport]) -> int:
    outcomes = {report.outcome for report in reports}
    if "failed" in outcomes:
        return REJECTED
    return OPEN if "undetermined" in outcomes else DONE


def _verdicts(text: str) -> tuple[Verdict, ...]:
    known: tuple[Verdict, ...] = get_args(Verdict)
    asked = [name.strip() for name in text.split(",") if name.strip()]
    wrong = [name for name in asked if name not in known]
    if wrong or not asked:
        raise typer.BadParameter(f"choose among {', '.join(known)}", param_hint="--require")
    return tuple(name for name in known if name in asked)


def _documents(index: Path) -> Documents:
    with about(index, exit_code=USAGE):
        return Documents.from_index(index)


def _trust(file: Path) -> TrustPolicy:
    with about(file, exit_code=USAGE):
        return TrustPolicy.load(file)


def _roots(file: Path) -> bytes:
    from openbadge_issuer.resolution.certificate_chain import read_roots  # noqa: PLC0415  # seldom asked for

    pem = read_input(file)
    with about(file, exit_code=USAGE):
        read_roots(pem)
    return pem


def guarded_fetcher() -> Fetcher:
    """Make what fetches from the web, with care and each document once."""
    # Local: only --online needs an HTTP client, and it takes longer to load than a badge to verify.
    from openbadge_issuer.resolution.caching import CachingFetcher  # noqa: PLC0415
    from openbadge_issuer.resolution.guarded_fetcher import GuardedFetcher  # noqa: PLC0415

    return CachingFetcher(GuardedFetcher())
