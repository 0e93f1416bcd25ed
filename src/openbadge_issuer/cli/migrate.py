"""`openbadge-issuer migrate`: carry badges of Open Badges 2.0 over to 3.0."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

import typer

from openbadge_issuer.assertions.json_text import JsonObject, parse_json_object
from openbadge_issuer.assertions.open_badges_2.versions import detect
from openbadge_issuer.cli.edge import (
    DONE,
    REJECTED,
    USAGE,
    about,
    deliver,
    edge,
    language_of,
    read_input,
    say,
)
from openbadge_issuer.cli.issue import issuer_of
from openbadge_issuer.cli.options import (
    PASSWORD_VARIABLE,
    KeyOption,
    LanguageOption,
    PasswordOption,
)
from openbadge_issuer.cli.terminal import progress
from openbadge_issuer.cli.under_policy import open_key_without_policy
from openbadge_issuer.errors import DocumentError, ModelError, OpenBadgeError
from openbadge_issuer.errors.rule import Language
from openbadge_issuer.issuing.carrying_over import CarriedOver, carry_over
from openbadge_issuer.issuing.issuer import Issuer
from openbadge_issuer.resolution.documents import Documents
from openbadge_issuer.signing.sealing import ProofFormat

app = typer.Typer(add_completion=False)

_GONE = 410
_NOT_IN_A_NAME = re.compile(r"[^A-Za-z0-9._-]+")
_OLDER = frozenset({"0.5", "1.0", "1.1", "2.0"})


@app.command()
@edge
def command(
    documents: Annotated[
        Path,
        typer.Option(
            metavar="INDEX.json",
            help="The hosted documents by URL: badges, badge classes, profile, keys, revocation list.",
        ),
    ],
    issuer: Annotated[
        Path, typer.Option("--issuer", help="The profile under which the new badges are issued, as JSON.")
    ],
    key: KeyOption,
    path: Annotated[
        str | None,
        typer.Argument(
            metavar="[PATH]", help="A badge of 2.0 as JSON, JWS, PNG or SVG; all of the index if left out."
        ),
    ] = None,
    verification_method: Annotated[
        str | None, typer.Option(help="The URL under which the public key is found.")
    ] = None,
    proof: Annotated[
        ProofFormat | None, typer.Option(help="The form of the proof; chosen by the key if not given.")
    ] = None,
    output: Annotated[
        Path | None,
        typer.Option("--output", "-o", metavar="FILE", help="Where to write; a folder if no PATH is given."),
    ] = None,
    password_env: PasswordOption = PASSWORD_VARIABLE,
    lang: LanguageOption = "en",
) -> None:
    """Issue badges of Open Badges 2.0 or before anew as 3.0, and tell what has no place there.

    The award keeps its date, and the new badge names the old one. Revoked badges stay behind.
    """
    language = language_of(lang)
    near = (documents, issuer, output, *([] if path is None else [Path(path)]))
    signer = open_key_without_policy(key, password_env, instead="award", places=near)
    with about(documents, exit_code=USAGE):
        web = Documents.from_index(documents)
    by = issuer_of(issuer, signer, verification_method)
    if path is not None:
        with about(path):
            carried = _carried(read_input(path), by, web, proof)
        _tell(carried, language, path)
        deliver(carried.badge.data, output)
        return
    if output is None:
        raise typer.BadParameter("name a folder for the new badges", param_hint="--output")
    raise typer.Exit(_carry_all(web, by, output, language, proof, documents))


def _carry_all(
    web: Documents, by: Issuer, folder: Path, language: Language, proof: ProofFormat | None, index: Path
) -> int:
    """Carry over every badge of the index; what cannot be carried is told and does not stop the others."""
    badges = [url for url in web if _is_badge(web, url)]
    if not badges:
        raise DocumentError("CLI-NO-BADGE", path=str(index))
    folder.mkdir(parents=True, exist_ok=True)
    code = DONE
    for url in progress(badges, "Migrating"):
        try:
            carried = _carried(url.encode(), by, web, proof)
        except OpenBadgeError as error:
            say(f"{url}: {error.code}: {error.sentence(language)}")
            code = code if error.code == "OB2-CARRY-REVOKED" else REJECTED
            continue
        _tell(carried, language, url)
        deliver(carried.badge.data, folder / _file_name(url, carried))
    return code


def _carried(badge: bytes, by: Issuer, web: Documents, proof: ProofFormat | None) -> CarriedOver:
    return carry_over(badge, by, load=lambda url: _document(web, url), now=datetime.now(UTC), proof=proof)


def _document(web: Documents, url: str) -> JsonObject | None:
    """Give what stands at an address; what is gone is revoked (Open Badges 2.0, "Revoking")."""
    if url not in web:
        return None
    fetched = web.fetch(url)
    if fetched.status == _GONE:
        return {"id": url, "revoked": True}
    return parse_json_object(fetched.body)


def _is_badge(web: Documents, url: str) -> bool:
    """Tell a badge from the other documents and pictures of an issuer."""
    try:
        document = _document(web, url) or {}
    except OpenBadgeError:
        return False
    of_2 = document.get("revoked") is True or detect(document) in _OLDER
    return of_2 and ("recipient" in document or document.get("revoked") is True)


def _tell(carried: CarriedOver, language: Language, place: str) -> None:
    for note in carried.left_out:
        error = ModelError(note.code, note.pointer, **note.details)
        say(f"{place}: {note.code}: {error.sentence(language)} [{note.pointer}]")


def _file_name(url: str, carried: CarriedOver) -> str:
    """A name that follows from the old one, with the digits of the new id so that no two are the same."""
    stem = _NOT_IN_A_NAME.sub("-", url.rstrip("/").rpartition("/")[2].partition("?")[0]).strip(".-")
    ending = "json" if carried.badge.data.startswith(b"{") else "jwt"
    return f"{stem.removesuffix('.json')[:60] or 'badge'}-{carried.badge.credential.id[-12:]}.{ending}"
