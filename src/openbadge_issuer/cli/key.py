"""`openbadge-issuer key`: make keys, keep them through their life, and publish them."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from openbadge_issuer.assertions.json_text import JsonObject, JsonValue, dump_json_pretty
from openbadge_issuer.cli.edge import deliver, edge, say
from openbadge_issuer.cli.key_compromise import compromise
from openbadge_issuer.cli.options import (
    PASSWORD_VARIABLE,
    KeyOption,
    OutputOption,
    PasswordOption,
    open_key,
    parse_moment,
    password,
)
from openbadge_issuer.errors import KeyMaterialError
from openbadge_issuer.signing.did_document import did_document, did_web_url, method_name
from openbadge_issuer.signing.key_ring import KeyRing
from openbadge_issuer.signing.key_ring_file import (
    change_key_ring,
    read_key_ring,
    ring_key_json,
)
from openbadge_issuer.signing.public_key import PublicKey
from openbadge_issuer.signing.signing_key import SigningKey

app = typer.Typer(
    add_completion=False, help="Make keys, look at them, and publish them.", no_args_is_help=True
)

_RING_HELP = "The key ring, a file with the public facts of the issuer's keys, such as keys.json."

RingOption = Annotated[Path, typer.Option("--ring", metavar="FILE", help=_RING_HELP)]
OptionalRing = Annotated[Path | None, typer.Option("--ring", metavar="FILE", help=_RING_HELP)]
OptionalKey = Annotated[
    str | None, typer.Option("--key", metavar="URI", help="A key that is there already, by its URI.")
]
DidOption = Annotated[
    str | None, typer.Option("--did", help="The issuer's DID, such as did:web:badges.example.")
]
FragmentOption = Annotated[
    str | None, typer.Option("--fragment", metavar="NAME", help="The name of the key in the document.")
]
FragmentArgument = Annotated[str, typer.Argument(metavar="NAME", help="The name of the key in the ring.")]


class Kind(StrEnum):
    """The kinds of keys."""

    ED25519 = "Ed25519"
    P256 = "P-256"
    P384 = "P-384"
    RSA = "RSA"


KindOption = Annotated[Kind, typer.Option("--kind", help="Ed25519 is the one that badges are made for.")]


@app.command()
@edge
def new(
    path: Annotated[Path, typer.Argument(help="Where to save the key; it must not exist yet.")],
    kind: KindOption = Kind.ED25519,
    ring: OptionalRing = None,
    did: DidOption = None,
    fragment: FragmentOption = None,
    password_env: PasswordOption = PASSWORD_VARIABLE,
) -> None:
    """Make a key and save it, encrypted with a password, as PKCS#8. Prints its public half."""
    key = SigningKey.generate(kind.value)

    def with_new(begun: KeyRing) -> KeyRing:
        changed = begun.add(key.public_key, uri=f"file:{path}", now=_now(), fragment=fragment)
        _save(key, path, password_env)  # only now: a key that does not fit the ring is not even saved
        return changed

    if ring is None:
        _save(key, path, password_env)
    else:
        _change(ring, with_new, did)
    deliver(dump_json_pretty(_facts(key.public_key)), None)


@app.command()
@edge
def add(
    key: KeyOption,
    ring: RingOption,
    did: DidOption = None,
    fragment: FragmentOption = None,
    password_env: PasswordOption = PASSWORD_VARIABLE,
) -> None:
    """Take a key that is there already, such as one in a token or a service, into the key ring."""
    _ring(ring, did)  # before anybody is asked for a password
    public_key = open_key(key, password_env).public_key
    _change(ring, lambda begun: begun.add(public_key, uri=key, now=_now(), fragment=fragment), did)
    deliver(dump_json_pretty(_facts(public_key)), None)


@app.command("list")
@edge
def list_(ring: RingOption) -> None:
    """List the keys of a ring, oldest first, with their life."""
    found: list[JsonObject] = [
        {**ring_key_json(key), "kind": key.public_key.kind, "did": key.public_key.did_key}
        for key in read_key_ring(ring).keys
    ]
    deliver(dump_json_pretty(list[JsonValue](found)), None)


@app.command()
@edge
def show(
    fragment: Annotated[
        str | None, typer.Argument(metavar="[NAME]", help="The name of a key in the ring.")
    ] = None,
    key: OptionalKey = None,
    ring: OptionalRing = None,
    password_env: PasswordOption = PASSWORD_VARIABLE,
) -> None:
    """Print the public half of a key, and its life if it is in the ring that you name."""
    if key is not None and fragment is None and ring is None:
        document = _facts(open_key(key, password_env).public_key)
    elif fragment is not None and ring is not None and key is None:
        found = read_key_ring(ring).key(fragment)
        document = {**ring_key_json(found), **_facts(found.public_key)}
    else:
        raise typer.BadParameter("give either --key, or the name of a key and --ring")
    deliver(dump_json_pretty(document), None)


@app.command()
@edge
def rotate(
    ring: RingOption,
    path: Annotated[
        Path | None, typer.Argument(help="Where to save the new key; it must not exist yet.")
    ] = None,
    key: OptionalKey = None,
    kind: KindOption = Kind.ED25519,
    fragment: FragmentOption = None,
    retiring: Annotated[
        str | None,
        typer.Option("--retiring", metavar="NAME", help="The old key, if more than one is active."),
    ] = None,
    password_env: PasswordOption = PASSWORD_VARIABLE,
) -> None:
    """Take a new key into use and retire the old one, which keeps verifying what it signed."""
    if (path is None) == (key is None):
        raise typer.BadParameter("give either a path for a new key, or --key")
    read_key_ring(ring)  # before anybody is asked for a password
    made = SigningKey.generate(kind.value) if key is None else None
    public_key = made.public_key if made is not None else open_key(key or "", password_env).public_key
    uri = f"file:{path}" if key is None else key

    def rotated(begun: KeyRing) -> KeyRing:
        after = begun.rotate(public_key, uri=uri, now=_now(), fragment=fragment, retiring=retiring)
        if made is not None and path is not None:
            _save(made, path, password_env)
        return after

    changed = _change(ring, rotated)
    added = changed.keys[-1]
    deliver(dump_json_pretty({**ring_key_json(added), **_facts(added.public_key)}), None)
    say(f"Sign with --verification-method {changed.verification_method(added)} from now on.")


@app.command()
@edge
def retire(
    fragment: FragmentArgument,
    ring: RingOption,
    at: Annotated[
        str | None,
        typer.Option("--at", metavar="WHEN", help="Since when it signs nothing any more; else now."),
    ] = None,
) -> None:
    """Let a key sign nothing any more; it stays published and keeps verifying what it signed."""
    now = _now()
    moment = now if at is None else parse_moment(at)
    changed = change_key_ring(ring, lambda begun: begun.retire(fragment, at=moment, now=now))
    deliver(dump_json_pretty(ring_key_json(changed.key(fragment))), None)
    _remind(changed, ring)


app.command()(compromise)


@app.command("did-document")
@edge
def publish(
    key: OptionalKey = None,
    did: DidOption = None,
    fragment: FragmentOption = None,
    ring: OptionalRing = None,
    output: OutputOption = None,
    password_env: PasswordOption = PASSWORD_VARIABLE,
) -> None:
    """Write the did:web document that publishes one key, or every key of a ring with its life."""
    if (key is None) == (ring is None) or (key is not None and did is None):
        raise typer.BadParameter("give either --key and --did, or --ring")
    if ring is not None:
        begun = _ring(ring, did) if did is not None else read_key_ring(ring)
        url = did_web_url(begun.controller)
        deliver(dump_json_pretty(begun.document()), output)
        methods = [begun.verification_method(found) for found in begun.active]
    else:
        url, name = did_web_url(did or ""), fragment or "key-1"
        public_key = open_key(key or "", password_env).public_key
        deliver(dump_json_pretty(did_document(did or "", [(name, public_key)])), output)
        methods = [method_name(did or "", name, public_key)]
    say(
        f"Publish it at {url} and sign with --verification-method {' or '.join(methods) or '(no active key)'}"
    )


def _now() -> datetime:
    return datetime.now(UTC)


def _ring(path: Path, did: str | None) -> KeyRing:
    """Read the ring, or begin one for the DID."""
    if did is not None and not path.exists():
        return KeyRing(did)
    found = read_key_ring(path)
    if did is not None and did != found.controller:
        raise KeyMaterialError("RING-CONTROLLER", controller=found.controller)
    return found


def _save(key: SigningKey, path: Path, password_env: str) -> None:
    key.save(path, secret=lambda: password(password_env, confirm=True))
    say(f"{path}: keep this file and its password apart, and make a copy of both.")


def _change(path: Path, change: Callable[[KeyRing], KeyRing], did: str | None = None) -> KeyRing:
    """Change the ring while nobody else does; one of another DID is refused, one that is missing begun."""

    def of_did(begun: KeyRing) -> KeyRing:
        if did is not None and did != begun.controller:
            raise KeyMaterialError("RING-CONTROLLER", controller=begun.controller)
        return change(begun)

    ring = change_key_ring(path, of_did, begin=None if did is None else KeyRing(did))
    _remind(ring, path)
    return ring


def _remind(ring: KeyRing, path: Path) -> None:
    say(f"{path}: publish {ring.controller} anew (key did-document --ring {path}).")


def _facts(key: PublicKey) -> JsonObject:
    return {
        "kind": key.kind,
        "algorithm": key.algorithm,
        "did": key.did_key,
        "publicKeyMultibase": key.multibase,
        "publicKeyJwk": key.jwk,
        "thumbprint": key.thumbprint,
    }
