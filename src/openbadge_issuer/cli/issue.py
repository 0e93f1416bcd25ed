"""`openbadge-issuer issue`: sign one badge, without a policy."""

from __future__ import annotations

import os
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

import typer

from openbadge_issuer.assertions import Achievement, Profile
from openbadge_issuer.assertions.json_text import parse_json_object
from openbadge_issuer.assertions.recipient import Recipient
from openbadge_issuer.baking import bake
from openbadge_issuer.cli.edge import about, deliver, edge, read_input, say
from openbadge_issuer.cli.options import (
    PASSWORD_VARIABLE,
    KeyOption,
    OutputOption,
    PasswordOption,
    parse_moment,
)
from openbadge_issuer.cli.under_policy import open_key_without_policy, refuse_under_policy
from openbadge_issuer.errors import DocumentError
from openbadge_issuer.issuing import Issuer, SignedBadge
from openbadge_issuer.issuing.award import Proof, Version, check_proof
from openbadge_issuer.signing.signer import Signer
from openbadge_issuer.status.list_file import StatusListFile

app = typer.Typer(add_completion=False)


@app.command()
@edge
def command(
    achievement: Annotated[str, typer.Argument(help="The achievement, as JSON; - for standard input.")],
    issuer: Annotated[
        Path,
        typer.Option(
            "--issuer", help="The issuer's profile, as JSON; without an id it is the key's did:key."
        ),
    ],
    key: KeyOption,
    to: Annotated[
        str, typer.Option("--to", help="The recipient: email:ADDRESS, url:…, phone:…, a DID, or TYPE=VALUE.")
    ],
    plain: Annotated[
        bool, typer.Option("--plain", help="Write the address in plain text instead of hashed.")
    ] = False,
    verification_method: Annotated[
        str | None, typer.Option(help="The URL under which the public key is found.")
    ] = None,
    proof: Annotated[
        Proof | None, typer.Option(help="The form of the proof; chosen by the key if not given.")
    ] = None,
    version: Annotated[
        Version, typer.Option("--open-badges", help="The version; 2.0 needs files on the web.")
    ] = "3.0",
    base_url: Annotated[
        str | None,
        typer.Option(metavar="URL", help="Where the files of 2.0 stand; else beside an https issuer."),
    ] = None,
    publish: Annotated[
        Path | None,
        typer.Option(
            metavar="DIR", help="Write the files of 2.0 here: profile, key, badge class, hosted badge."
        ),
    ] = None,
    status_list: Annotated[
        Path | None,
        typer.Option(help="The private state of a status list, so that the badge can be revoked."),
    ] = None,
    evidence: Annotated[
        list[str] | None, typer.Option(help="The URL of a page that shows the evidence; may be repeated.")
    ] = None,
    awarded: Annotated[str | None, typer.Option(metavar="WHEN", help="When it was awarded.")] = None,
    valid_until: Annotated[str | None, typer.Option(metavar="WHEN", help="Until when it counts.")] = None,
    picture: Annotated[Path | None, typer.Option(help="A PNG or SVG to bake the badge into.")] = None,
    output: OutputOption = None,
    password_env: PasswordOption = PASSWORD_VARIABLE,
) -> None:
    """Sign one badge. With --picture it is baked; with --status-list it can be revoked later."""
    if version == "3.0" and (base_url is not None or publish is not None):
        raise typer.BadParameter("--base-url and --publish are for --open-badges 2.0")
    if version == "2.0" and status_list is not None:
        raise typer.BadParameter("badges of 2.0 have no place in a status list")
    refuse_under_policy("award", *([] if status_list is None else [status_list]))
    with about(achievement):
        badge = Achievement.read(parse_json_object(read_input(achievement)))
    near = (Path(achievement), issuer, publish, picture, output)
    signer = open_key_without_policy(key, password_env, instead="award", places=near)
    check_proof(proof, version, signer)  # before a place in a list is given out
    by = issuer_of(issuer, signer, verification_method, base_url=base_url)
    recipient = Recipient.parse(to, hashed=not plain)
    awarded_date = None if awarded is None else parse_moment(awarded)
    end = None if valid_until is None else parse_moment(valid_until)
    blank = _blank(picture) if picture is not None else None
    entry = StatusListFile.open(status_list).allocate(rng=os.urandom) if status_list is not None else None
    signed = by.issue(
        badge,
        recipient,
        awarded_date=awarded_date,
        valid_until=end,
        evidence=tuple(evidence or ()),
        status=entry,
        proof=proof,
        version=version,
        now=datetime.now(UTC),
    )
    for warning in signed.warnings:
        say(warning)
    if publish is not None:
        _publish(by, signed, publish)
    deliver(signed.data if blank is None else signed.bake(blank), output)


def _blank(path: Path) -> bytes:
    """Read the picture, and see that a badge can be baked into it before a place in a list is given out."""
    blank = read_input(path)
    with about(path):
        bake(blank, b"{}")
    return blank


def _publish(by: Issuer, signed: SignedBadge, folder: Path) -> None:
    """Write what 2.0 wants on the web; what lies there already and is not among it stays."""
    from openbadge_issuer.issuing.published_files import hosted_files  # noqa: PLC0415  # for 2.0

    for path in hosted_files(by, [signed]).write(folder):
        say(f"{path}")
    say(f"{folder}: publish these files at {by.addresses.base}")


def issuer_of(
    path: Path, signer: Signer, verification_method: str | None, *, base_url: str | None = None
) -> Issuer:
    """Read the profile of `--issuer`; without an id it is the key's `did:key`."""
    with about(path):
        document = parse_json_object(read_input(path))
        if not document.get("name"):
            raise DocumentError("CLI-PROFILE", "/name")
        profile = Profile.read({"type": ["Profile"], "id": signer.public_key.did_key, **document})
    return Issuer.of(profile, signer, verification_method=verification_method, base_url=base_url)
