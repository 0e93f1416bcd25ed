"""`openbadge-issuer demo`: the whole life of a real badge under a real policy."""

from __future__ import annotations

import secrets
import shutil
import sys
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from openbadge_issuer.assertions.json_text import dump_json_pretty
from openbadge_issuer.cli.demo_words import sentence
from openbadge_issuer.cli.edge import REJECTED, edge, language_of, say, write_output
from openbadge_issuer.cli.home_options import check_installed
from openbadge_issuer.cli.options import LanguageOption
from openbadge_issuer.cli.terminal import print_report
from openbadge_issuer.errors import OutputError
from openbadge_issuer.errors.rule import Language

if TYPE_CHECKING:
    from openbadge_issuer.cli.demo_story import Story

app = typer.Typer(add_completion=False)

_MARK = ".openbadge-demo"
_BADGE = "workshop-facilitator"
_MADE = ("badge-policy.toml", "private", "public", "badges", "documents.json", "reports.json")


@app.command()
@edge
def command(
    into: Annotated[Path, typer.Option("--into", metavar="DIR", help="Where to leave the files.")] = Path(
        "demo-badge"
    ),
    lang: LanguageOption = "en",
) -> None:
    """Watch one badge live its whole life: defined, awarded, told, doubted, revoked, verified again.

    It follows the badge policy of Breakthrough, the worked example, and leaves every file that it makes.
    """
    language = language_of(lang)
    check_installed()
    if not Demo(_folder(into), language).run():
        say("The demonstration did not go as told.")
        raise typer.Exit(REJECTED)


class Demo:
    """The demonstration: tells the story while it happens."""

    def __init__(self, folder: Path, language: Language) -> None:
        self.folder = folder
        self.language = language

    def run(self) -> bool:
        """Tell the story; returns whether it went as told."""
        # Local: the story loads the whole office, and a page of help needs none of it.
        from openbadge_issuer.cli.demo_story import ADA, BO, Story  # noqa: PLC0415

        password = secrets.token_urlsafe(16)
        self._tell("title")
        self._tell("found")
        story = Story.begin(
            self.folder,
            policy=_example("badge-policy.toml"),
            people=_example("people.toml"),
            definition=_example(f"badges/{_BADGE}.toml"),
            picture=_example(f"badges/{_BADGE}.svg"),
            password=password,
        )
        write_output(self.folder / "private/password.txt", f"{password}\n".encode())
        (self.folder / "private/password.txt").chmod(0o600)
        self._tell("define")
        self._tell("assess", count=str(len(story.definition.criteria)))
        award = story.award(ADA)
        self._write_badge(story, award, "ada")
        self._tell("inform")
        self._quote(story)
        as_told = [self._verify(story, "ada.svg", f"email:{ADA.email}")]
        self._tell("paper")
        letter = self._paper(story, story.award(BO))
        as_told.append(self._verify(story, "bo.svg", f"identifier={letter}"))
        as_told += self._doubt(story, award)
        self._close(story)
        return all(as_told)

    def _doubt(self, story: Story, award: str) -> list[bool]:
        """Let the badge be reported, suspended and revoked; tell whether each showed to a stranger."""
        self._tell("report")
        case = story.report(award)
        suspended = not self._verify(story, "ada.svg", "email:ada@example.org")
        self._tell("decide")
        story.decide(case)
        self._quote(story)
        self._tell("again")
        report = story.verify(self.folder / "badges/ada.svg", "email:ada@example.org")
        print_report(report, self.language)
        failed = {found.code for found in report.findings if found.outcome == "failed"}
        self._tell("prevent")
        story.prevent_and_close(case)
        self._tell("records")
        story.publish()
        records = story.check_records()
        typer.echo(f"  {sentence('proven', self.language, length=str(records.found.length))}")
        return [suspended, "STATUS-REVOKED" in failed, records.verdict == "passed"]

    def _verify(self, story: Story, name: str, who: str) -> bool:
        self._tell("verify")
        report = story.verify(self.folder / "badges" / name, who)
        print_report(report, self.language)
        return report.accepted

    def _paper(self, story: Story, award: str) -> str:
        """Tell somebody by letter, and write the badge; returns the code in the letter."""
        self._write_badge(story, award, "bo")
        (letter,) = story.tell()
        typer.echo(f"  {letter.subject}")
        return letter.code or ""

    def _quote(self, story: Story) -> None:
        for notice in story.tell():
            typer.echo(f"  {', '.join(notice.to)}: {notice.subject}")

    def _write_badge(self, story: Story, award: str, name: str) -> None:
        from openbadge_issuer.baking import bake  # noqa: PLC0415  # as the story

        data = story.badge(award)
        self._write(f"badges/{name}.json", data)
        for ending in ("svg", "png"):
            self._write(f"badges/{name}.{ending}", bake(_example(f"badges/{_BADGE}.{ending}"), data))

    def _close(self, story: Story) -> None:
        """Write the reports, and say what lies in the folder and what to try."""
        self._write("reports.json", dump_json_pretty([report.to_json() for report in story.reports]))
        story.office.register.close()
        self._tell("files", folder=str(self.folder))
        for name in ("badges", "private", "public", "documents.json", "reports.json", "badge-policy.toml"):
            typer.echo(f"  {name:20} {sentence(name, self.language)}")
        self._tell("next")
        program = sys.argv[0]
        documents, badges = self.folder / "documents.json", self.folder / "badges"
        typer.echo(f"  {program} verify --documents {documents} {badges}")
        typer.echo(f"  {program} case list --all --as samir@breakthrough.example --home {self.folder}")
        typer.echo(f"  {program} records verify --home {self.folder}")
        typer.echo(f"  {program} policy explain {self.folder / 'badge-policy.toml'} --lang {self.language}")

    def _write(self, name: str, data: bytes) -> None:
        path = self.folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        write_output(path, data)

    def _tell(self, name: str, **details: str) -> None:
        if name != "title":
            typer.echo()
        typer.secho(sentence(name, self.language, **details), bold=True)


def _example(name: str) -> bytes:
    return files("openbadge_issuer").joinpath("examples", "breakthrough", name).read_bytes()


def _folder(folder: Path) -> Path:
    """Make the folder, or take one that an earlier demonstration made; any other is left alone."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
        if any(folder.iterdir()) and not (folder / _MARK).exists():
            raise OutputError("CLI-DEMO-FOLDER", path=str(folder))
        for name in _MADE:  # of the earlier demonstration, whose key is gone with it
            path = folder / name
            if path.is_dir():
                shutil.rmtree(path)
            else:
                path.unlink(missing_ok=True)
        (folder / _MARK).touch()
    except OSError as error:
        raise OutputError("CLI-WRITE", path=str(folder), problem=error.strerror or "not made") from error
    return folder
