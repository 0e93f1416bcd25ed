"""`openbadge-issuer key`: make keys, look at them, and publish them."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from openbadge_issuer.assertions.json_text import JsonObject, dump_json_pretty
from openbadge_issuer.cli.edge import deliver, edge, say
from openbadge_issuer.cli.options import (
    PASSWORD_VARIABLE,
    KeyOption,
    OutputOption,
    PasswordOption,
    open_key,
    password,
)
from openbadge_issuer.signing.did_document import did_document, did_web_url
from openbadge_issuer.signing.public_key import PublicKey
from openbadge_issuer.signing.signing_key import SigningKey

app = typer.Typer(
    add_completion=False, help="Make keys, look at them, and publish them.", no_args_is_help=True
)


class Kind(StrEnum):
    """The kinds of keys."""

    ED25519 = "Ed25519"
    P256 = "P-256"
    RSA = "RSA"


@app.command()
@edge
def new(
    path: Annotated[Path, typer.Argument(help="Where to save the key; it must not exist yet.")],
    kind: Annotated[Kind, typer.Option(help="Ed25519 is the one that badges are made for.")] = Kind.ED25519,
    password_env: PasswordOption = PASSWORD_VARIABLE,
) -> None:
    """Make a key and save it, encrypted with a password, as PKCS#8. Prints its public half."""
    key = SigningKey.generate(kind.value)
    key.save(path, secret=lambda: password(password_env, confirm=True))
    say(f"{path}: keep this file and its password apart, and make a copy of both.")
    deliver(dump_json_pretty(_facts(key.public_key)), None)


@app.command()
@edge
def show(key: KeyOption, password_env: PasswordOption = PASSWORD_VARIABLE) -> None:
    """Print the public half of a key."""
    deliver(dump_json_pretty(_facts(open_key(key, password_env).public_key)), None)


@app.command("did-document")
@edge
def did(
    key: KeyOption,
    did: Annotated[str, typer.Option("--did", help="The issuer's DID, such as did:web:badges.example.")],
    fragment: Annotated[str, typer.Option(help="The name of the key in the document.")] = "key-1",
    output: OutputOption = None,
    password_env: PasswordOption = PASSWORD_VARIABLE,
) -> None:
    """Write the did:web document that publishes a key."""
    url = did_web_url(did)
    document = did_document(did, [(fragment, open_key(key, password_env).public_key)])
    deliver(dump_json_pretty(document), output)
    say(f"Publish it at {url} and sign with --verification-method {did}#{fragment}")


def _facts(key: PublicKey) -> JsonObject:
    return {
        "kind": key.kind,
        "algorithm": key.algorithm,
        "did": key.did_key,
        "publicKeyMultibase": key.multibase,
        "publicKeyJwk": key.jwk,
        "thumbprint": key.thumbprint,
    }
