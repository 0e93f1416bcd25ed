"""`openbadge-issuer issue`: sign one badge, without a policy."""

from __future__ import annotations

import os
from datetime import UTC, datetime
from enum import StrEnum
from pathlib import Path
from typing import Annotated, get_args

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
    open_key,
    parse_moment,
)
from openbadge_issuer.errors import DocumentError
from openbadge_issuer.issuing import Issuer
from openbadge_issuer.signing.sealing import ProofFormat
from openbadge_issuer.signing.signer import Signer
from openbadge_issuer.status.list_file import StatusListFile

app = typer.Typer(add_completion=False)


class Proof(StrEnum):
    """The forms of a proof."""

    EDDSA_RDFC_2022 = "eddsa-rdfc-2022"
    EDDSA_JCS_2022 = "eddsa-jcs-2022"
    ECDSA_RDFC_2019 = "ecdsa-rdfc-2019"
    ECDSA_JCS_2019 = "ecdsa-jcs-2019"
    ECDSA_SD_2023 = "ecdsa-sd-2023"
    ED25519_SIGNATURE_2020 = "Ed25519Signature2020"
    VC_JWT = "vc-jwt"


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
    with about(achievement):
        badge = Achievement.read(parse_json_object(read_input(achievement)))
    signer = open_key(key, password_env)
    by = issuer_of(issuer, signer, verification_method)
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
        proof=proof_of(proof),
        now=datetime.now(UTC),
    )
    for warning in signed.warnings:
        say(warning)
    deliver(signed.data if blank is None else signed.bake(blank), output)


def _blank(path: Path) -> bytes:
    """Read the picture, and see that a badge can be baked into it before a place in a list is given out."""
    blank = read_input(path)
    with about(path):
        bake(blank, b"{}")
    return blank


def proof_of(chosen: Proof | None) -> ProofFormat | None:
    """Read the option `--proof`."""
    return next((name for name in get_args(ProofFormat) if chosen is not None and name == chosen.value), None)


def issuer_of(path: Path, signer: Signer, verification_method: str | None) -> Issuer:
    """Read the profile of `--issuer`; without an id it is the key's `did:key`."""
    with about(path):
        document = parse_json_object(read_input(path))
        if not document.get("name"):
            raise DocumentError("CLI-PROFILE", "/name")
        profile = Profile.read({"type": ["Profile"], "id": signer.public_key.did_key, **document})
    return Issuer.of(profile, signer, verification_method=verification_method)
