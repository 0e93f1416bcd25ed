"""`openbadge-issuer demo`: the whole life of a real badge."""

from __future__ import annotations

import os
import secrets
import sys
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from importlib.resources import files
from pathlib import Path
from typing import Annotated
from urllib.parse import urljoin

import typer

from openbadge_issuer.assertions import Achievement, Profile, localized
from openbadge_issuer.assertions.json_text import dump_json_pretty, parse_json_object
from openbadge_issuer.assertions.recipient import Recipient
from openbadge_issuer.cli.demo_words import sentence
from openbadge_issuer.cli.edge import REJECTED, edge, language_of, say, write_output
from openbadge_issuer.cli.options import LanguageOption
from openbadge_issuer.cli.terminal import print_report
from openbadge_issuer.errors import OutputError
from openbadge_issuer.errors.rule import Language
from openbadge_issuer.issuing import Issuer
from openbadge_issuer.resolution.documents import Documents
from openbadge_issuer.signing.did_document import did_document, did_web_url
from openbadge_issuer.signing.sealing import ProofFormat
from openbadge_issuer.signing.signing_key import SigningKey
from openbadge_issuer.status.list_file import StatusListFile
from openbadge_issuer.verification import VerificationReport, verify

app = typer.Typer(add_completion=False)

RECIPIENT = "ada@example.org"
_MARK = ".openbadge-demo"


@app.command()
@edge
def command(
    into: Annotated[Path, typer.Option("--into", metavar="DIR", help="Where to leave the files.")] = Path(
        "demo-badge"
    ),
    lang: LanguageOption = "en",
) -> None:
    """Watch one real badge live its whole life: keyed, issued, baked, verified, revoked, verified again."""
    language = language_of(lang)
    demo = Demo(_folder(into), language, datetime.now(UTC))
    demo.open()
    as_told = [*demo.embedded(), *demo.token()]
    demo.close()
    if not all(as_told):
        say("The demonstration did not go as told.")
        raise typer.Exit(REJECTED)


class Demo:
    """The demonstration: an issuer's home in a folder, and what happens there."""

    def __init__(self, folder: Path, language: Language, now: datetime) -> None:
        self.folder = folder
        self.language = language
        self.now = now
        self.reports: list[VerificationReport] = []
        self.profile = Profile.read(parse_json_object(_example("issuer.json")))
        self.method = f"{self.profile.id}#key-1"
        self.list_url = urljoin(did_web_url(self.profile.id), "/status/revocation")
        self.key = self._make_key()
        self.issuer = Issuer.of(self.profile, self.key, verification_method=self.method)
        self.status = StatusListFile.create(
            folder / "private/status.db", url=self.list_url, issuer=self.profile.id
        )

    def open(self) -> None:
        """Publish what verifiers need: the public key and an empty status list."""
        name = localized(self.profile.name, self.language)
        typer.secho(sentence("title", self.language, issuer=name), bold=True)
        self._say("key")
        document = did_document(self.profile.id, [("key-1", self.key.public_key)])
        self._write("public/.well-known/did.json", dump_json_pretty(document))
        self._write("public/facilitator.svg", _example("facilitator.svg"))
        self._say("list")
        self._publish()

    def embedded(self) -> Iterator[bool]:
        """Let the English badge, with its proof inside, live its life; yields whether it went as told."""
        yield from self._life("badge.json", "facilitator.json", "eddsa-rdfc-2022", told=True)

    def token(self) -> Iterator[bool]:
        """Let the Dutch badge, as a token, live its life."""
        self._say("token", proof="vc-jwt")
        yield from self._life("badge.nl.json", "begeleider.jwt", "vc-jwt", told=False)

    def _life(self, example: str, name: str, proof: ProofFormat, *, told: bool) -> Iterator[bool]:
        achievement = Achievement.read(parse_json_object(_example(example)))
        if told:
            self._say("award", who=RECIPIENT, badge=str(achievement.name), proof=proof)
        entry = self.status.allocate(rng=os.urandom)
        signed = self.issuer.issue(
            achievement, Recipient(email=RECIPIENT), status=entry, proof=proof, now=self.now
        )
        self._write(f"badges/{name}", signed.data)
        for ending in ("svg", "png"):
            picture = signed.bake(_example(f"facilitator.{ending}"))
            self._write(f"badges/{Path(name).stem}.{ending}", picture)
        shown = f"{Path(name).stem}.svg"
        if told:
            self._say("verify")
        yield self._verify(shown).accepted
        if told:
            self._say("revoke")
        self.status.set(entry.index, now=self.now, reason=sentence("reason", self.language))
        self._publish()
        if told:
            self._say("again")
        report = self._verify(shown)
        yield any(found.code == "STATUS-REVOKED" and found.outcome == "failed" for found in report.findings)

    def close(self) -> None:
        """Write the reports, and say what lies in the folder and what to try."""
        self._write("reports.json", dump_json_pretty([report.to_json() for report in self.reports]))
        typer.secho(f"\n{sentence('files', self.language, folder=str(self.folder))}", bold=True)
        for path in sorted(path for path in self.folder.rglob("*") if path.is_file() and path.name != _MARK):
            name = path.relative_to(self.folder).as_posix()
            typer.echo(f"  {name:40} {sentence(name, self.language)}")
        typer.secho(f"\n{sentence('next', self.language)}", bold=True)
        documents, badges = self.folder / "documents.json", self.folder / "badges"
        program = sys.argv[0]
        typer.echo(f"  {program} verify --documents {documents} {badges}")
        typer.echo(f"  {program} unbake {badges / 'facilitator.png'}")

    def _make_key(self) -> SigningKey:
        key, password = SigningKey.generate("Ed25519"), secrets.token_urlsafe(16)
        (self.folder / "private").mkdir(mode=0o700, exist_ok=True)
        key.save(self.folder / "private/issuer.key.pem", secret=password, overwrite=True)
        self._write("private/password.txt", f"{password}\n".encode())
        (self.folder / "private/status.db").unlink(missing_ok=True)
        return key

    def _publish(self) -> None:
        path = self.folder / "public/status/revocation"
        path.parent.mkdir(parents=True, exist_ok=True)
        self.status.publish(
            path,
            self.key,
            now=self.now,
            verification_method=self.method,
            valid_for=timedelta(days=30),
        )
        served = {
            did_web_url(self.profile.id): "public/.well-known/did.json",
            self.list_url: "public/status/revocation",
            f"{self.list_url}.reasons.json": "public/status/revocation.reasons.json",
        }
        there = {url: name for url, name in served.items() if (self.folder / name).exists()}
        self._write("documents.json", dump_json_pretty({**there}))

    def _verify(self, name: str) -> VerificationReport:
        path = self.folder / "badges" / name
        documents = Documents.from_index(self.folder / "documents.json")
        report = verify(
            path.read_bytes(),
            now=self.now,
            documents=documents,
            recipient=f"email:{RECIPIENT}",
            expected_issuer=self.profile.id,
            subject=str(path),
        )
        print_report(report, self.language)
        self.reports.append(report)
        return report

    def _write(self, name: str, data: bytes) -> None:
        path = self.folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        write_output(path, data)

    def _say(self, name: str, **details: str) -> None:
        typer.secho(f"\n{sentence(name, self.language, **details)}", bold=True)


def _example(name: str) -> bytes:
    return files("openbadge_issuer").joinpath("examples", "breakthrough", name).read_bytes()


def _folder(folder: Path) -> Path:
    """Make the folder, or take one that an earlier demonstration made; any other is left alone."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
        if any(folder.iterdir()) and not (folder / _MARK).exists():
            raise OutputError("CLI-DEMO-FOLDER", path=str(folder))
        (folder / _MARK).touch()
    except OSError as error:
        raise OutputError("CLI-WRITE", path=str(folder), problem=error.strerror or "not made") from error
    for path in (folder / "public/status").glob("revocation*"):
        path.unlink()  # the list of the earlier demonstration, whose private state is replaced too
    return folder
