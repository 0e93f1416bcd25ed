"""`openbadge-issuer records`: check the records, show and erase somebody's, keep copies."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from openbadge_issuer.assertions.json_text import JsonObject, JsonValue, dump_json_pretty
from openbadge_issuer.assertions.moments import write_date_time
from openbadge_issuer.cli.edge import DONE, OPEN, REJECTED, about, deliver, edge, language_of, say
from openbadge_issuer.cli.home_options import (
    ActorOption,
    HomeOption,
    check_installed,
    find_home,
    open_office,
    open_register,
)
from openbadge_issuer.cli.options import LanguageOption, OutputOption, somebody_types
from openbadge_issuer.cli.terminal import working
from openbadge_issuer.errors import InputError
from openbadge_issuer.errors.rule import Language
from openbadge_issuer.whole_file import PRIVATE

if TYPE_CHECKING:
    from openbadge_issuer.issuing.office.keeping_records import Removed
    from openbadge_issuer.register.report import RecordsReport

app = typer.Typer(
    add_completion=False,
    no_args_is_help=True,
    help="Check the records, show and erase somebody's, keep copies.",
)

_CODES = {"passed": DONE, "failed": REJECTED, "undetermined": OPEN}
_VERDICTS: dict[Language, dict[str, str]] = {
    "en": {
        "passed": "The records are as they were written, up to entry {length}.",
        "failed": "The records were tampered with, or are damaged.",
        "undetermined": "Nothing wrong was found, and it could not all be proven.",
        "compared": "Compared with {path}.",
    },
    "nl": {
        "passed": "De gegevens zijn zoals ze zijn vastgelegd, tot en met vermelding {length}.",
        "failed": "Met de gegevens is geknoeid, of ze zijn beschadigd.",
        "undetermined": "Er is niets verkeerds gevonden, en niet alles kon worden bewezen.",
        "compared": "Vergeleken met {path}.",
    },
}


class Ground(StrEnum):
    """Why somebody's records are erased: the grounds of the GDPR, article 17(1)."""

    NO_LONGER_NEEDED = "no-longer-needed"
    CONSENT_WITHDRAWN = "consent-withdrawn"
    OBJECTION = "objection"
    UNLAWFUL = "unlawful"
    LEGAL_DUTY = "legal-duty"
    CHILD = "child"


PersonArgument = Annotated[
    str, typer.Argument(metavar="PERSON", help="A pseudonym, an e-mail address or an identifier.")
]


@app.command()
@edge
def verify(
    head: Annotated[
        Path | None,
        typer.Option(
            "--head", metavar="FILE", help="A signed head that you kept; else the last one in the home."
        ),
    ] = None,
    home: HomeOption = None,
    lang: LanguageOption = "en",
) -> None:
    """Check that nothing in the records was changed, removed, reordered or invented.

    Exits with 0 if that is proven, with 1 if something is wrong, with 3 if the end is unproven: without a
    signed head nobody can tell whether it was cut off.
    """
    language = language_of(lang)
    with open_register(home) as here:
        # Local, here and below: it loads the database library, which open_register has seen to be there.
        from openbadge_issuer.cli.records_checking import check_records, latest_head  # noqa: PLC0415

        path = head or latest_head(here)
        report = check_records(here, path)
    deliver(dump_json_pretty(report.to_json()), None)
    if path is not None:
        say(_VERDICTS[language]["compared"].format(path=path))
    _tell(report, language)
    raise typer.Exit(_CODES[report.verdict])


@app.command()
@edge
def export(
    person: PersonArgument,
    output: OutputOption = None,
    home: HomeOption = None,
    actor: ActorOption = None,
) -> None:
    """Write everything that is recorded of a person, to be handed to that person. Others stay unnamed."""
    with open_register(home) as here:
        from openbadge_issuer.issuing.office.keeping_records import export_person  # noqa: PLC0415

        who, acting = here.person(person), here.acting(actor)
        with here.records() as records:
            document = export_person(records, acting, who)
    deliver(dump_json_pretty(document), output, mode=PRIVATE)
    say("Read it before you hand it over: what people wrote freely may name others.")


@app.command()
@edge
def erase(
    person: PersonArgument,
    ground: Annotated[Ground, typer.Option("--ground", help="Why (GDPR, article 17(1)).")],
    yes: Annotated[bool, typer.Option("--yes", help="Do it without asking.")] = False,
    home: HomeOption = None,
    actor: ActorOption = None,
) -> None:
    """Destroy everything that is recorded of a person. That it was done stays, and the chain holds."""
    with open_office(home) as here:
        from openbadge_issuer.issuing.office.keeping_records import erase_person  # noqa: PLC0415

        who, acting = here.person(person), here.actor(actor)
        if not (yes or (somebody_types() and typer.confirm(f"Erase {who} for good?", err=True))):
            raise InputError("HOME-NOT-CONFIRMED")
        done = erase_person(
            here.office, acting, who, ground=ground.value, now=here.now(), kept=here.home.outbox
        )
    document: JsonObject = {
        "person": who,
        **_removed(done),
    }
    deliver(dump_json_pretty(document), None)
    _after_destroying(is_clean=done.is_clean)


@app.command()
@edge
def retain(
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Only show what would be destroyed.")] = False,
    home: HomeOption = None,
    actor: ActorOption = None,
) -> None:
    """Destroy the personal records whose time to be kept is over, as the policy says.

    Evidence files that no record refers to go too, a day after they were stored.
    """
    with open_office(home) as here:
        from openbadge_issuer.issuing.office.keeping_records import due_records, expire_records  # noqa: PLC0415

        with here.records() as records:
            found = due_records(records, here.acting(actor))
        document: JsonObject = {
            "due": [
                {
                    "stream": one.stream,
                    "class": one.record_class,
                    "since": write_date_time(one.since),
                    "records": one.parts,
                }
                for one in found
            ]
        }
        if not dry_run:
            done = expire_records(
                here.office, here.actor(actor), found, now=here.now(), kept=here.home.outbox
            )
            document |= {**_removed(done), "unused": done.unused}
    deliver(dump_json_pretty(document), None)
    if found and not dry_run:
        _after_destroying(is_clean=done.is_clean)


@app.command()
@edge
def backup(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="The backup; it must not exist yet.")],
    home: HomeOption = None,
    actor: ActorOption = None,
) -> None:
    """Write the register and its evidence into one file, for its owner alone."""
    with open_register(home) as here:
        from openbadge_issuer.register.backup import backup as write_backup  # noqa: PLC0415

        here.acting(actor).doing("keep-records")
        with working(f"{file}"):
            manifest = write_backup(here.register, file, now=here.now())
    document: JsonObject = {
        "file": str(file),
        "at": manifest.at,
        "rows": sum(rows.rows for rows in manifest.files.values()),
        "missing": list[JsonValue](manifest.missing),
    }
    deliver(dump_json_pretty(document), None)
    say("Keep it as safe as the register. Copy the policy, the pictures, keys.json and the keys too.")


@app.command()
@edge
def restore(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="A backup.")],
    home: HomeOption = None,
    lang: LanguageOption = "en",
) -> None:
    """Read a backup into a home whose register is gone or empty; then check it. All of it, or nothing."""
    language = language_of(lang)
    check_installed()
    from openbadge_issuer.cli.records_checking import check_records, latest_head, restore_into  # noqa: PLC0415

    with about(file), working(f"{file}"):
        manifest = restore_into(find_home(home), file)
    with open_register(home) as here:
        report = check_records(here, latest_head(here))
    document: JsonObject = {"file": str(file), "at": manifest.at, "records": report.to_json()}
    deliver(dump_json_pretty(document), None)
    _tell(report, language)
    raise typer.Exit(REJECTED if report.verdict == "failed" else DONE)


def _tell(report: RecordsReport, language: Language) -> None:
    length = report.found.length if report.proven is None else report.proven.length
    say(_VERDICTS[language][report.verdict].format(length=length))
    for finding in report.findings:
        say(f"  {finding.code}: {finding.sentence(language)}")


def _removed(done: Removed) -> JsonObject:
    return {
        "records": len(done.destroyed.parts),
        "files": len(done.destroyed.files),
        "notices": done.notices,
        "clean": done.is_clean,
    }


def _after_destroying(*, is_clean: bool) -> None:
    if not is_clean:
        say("Others held the database, so its files may still hold traces: run this again later.")
    say("Publish anew, and remember the backups that still hold it.")
