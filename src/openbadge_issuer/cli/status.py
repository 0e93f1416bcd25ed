"""`openbadge-issuer status`: keep a status list, so that badges can be revoked."""

from __future__ import annotations

from datetime import UTC, datetime
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from openbadge_issuer.assertions.json_text import JsonObject, dump_json_pretty
from openbadge_issuer.cli.edge import about, deliver, edge, read_input, say
from openbadge_issuer.cli.options import (
    PASSWORD_VARIABLE,
    KeyOption,
    PasswordOption,
    parse_duration,
)
from openbadge_issuer.cli.under_policy import open_key_without_policy, refuse_under_policy
from openbadge_issuer.errors import DocumentError, StatusError, UnsupportedError
from openbadge_issuer.status import read_entry
from openbadge_issuer.status.bitstring import MAX_BITS, MIN_BITS
from openbadge_issuer.status.list_file import StatusListFile
from openbadge_issuer.verification.subject import read_subject

app = typer.Typer(
    add_completion=False, help="Keep a status list, so that badges can be revoked.", no_args_is_help=True
)

StateArgument = Annotated[Path, typer.Argument(help="The private state of the list; never publish it.")]
BadgeOption = Annotated[str | None, typer.Option("--badge", help="The badge, as JSON, JWT, PNG or SVG.")]
IndexOption = Annotated[int | None, typer.Option("--index", min=0, help="The index, instead of a badge.")]


class Purpose(StrEnum):
    """What a set bit means."""

    REVOCATION = "revocation"
    SUSPENSION = "suspension"


@app.command()
@edge
def create(
    state: StateArgument,
    url: Annotated[str, typer.Option("--url", help="Where the list will be published.")],
    issuer: Annotated[str, typer.Option("--issuer", help="The issuer's id, as it stands in the badges.")],
    purpose: Annotated[Purpose, typer.Option(help="What a set bit means.")] = Purpose.REVOCATION,
    size: Annotated[
        int, typer.Option(min=MIN_BITS, max=MAX_BITS, help="How many badges it has room for.")
    ] = MIN_BITS,
) -> None:
    """Make a new list."""
    refuse_under_policy("publish", state)
    StatusListFile.create(state, url=url, issuer=issuer, purpose=purpose.value, size=size)
    say(f"{state}: room for {size} badges. Publish it before the first badge names it.")


@app.command("set")
@edge
def set_(
    state: StateArgument,
    badge: BadgeOption = None,
    index: IndexOption = None,
    reason: Annotated[
        str | None, typer.Option("--reason", help="Why, for everyone to read; it must name nobody.")
    ] = None,
) -> None:
    """Revoke or suspend a badge. It counts for others once the list is published again."""
    refuse_under_policy("case decide", state)
    listed = StatusListFile.open(state)
    place = _index(listed, badge, index)
    listed.set(place, now=datetime.now(UTC), reason=reason)
    deliver(dump_json_pretty(_facts(listed, place)), None)
    say("Publish the list for others to see it.")


@app.command()
@edge
def unset(state: StateArgument, badge: BadgeOption = None, index: IndexOption = None) -> None:
    """Lift a suspension. A revocation stays for ever."""
    refuse_under_policy("case decide", state)
    listed = StatusListFile.open(state)
    place = _index(listed, badge, index)
    listed.set(place, value=False, now=datetime.now(UTC))
    deliver(dump_json_pretty(_facts(listed, place)), None)
    say("Publish the list for others to see it.")


@app.command()
@edge
def show(state: StateArgument, badge: BadgeOption = None, index: IndexOption = None) -> None:
    """Show a list, or one badge in it."""
    listed = StatusListFile.open(state)
    if badge is not None or index is not None:
        deliver(dump_json_pretty(_facts(listed, _index(listed, badge, index))), None)
        return
    facts = listed.facts
    document: JsonObject = {
        "url": facts.url,
        "purpose": facts.purpose,
        "size": facts.size,
        "given": listed.allocation.count(),
        "set": listed.status_list().count(),
    }
    deliver(dump_json_pretty(document), None)


@app.command()
@edge
def publish(
    state: StateArgument,
    output: Annotated[Path, typer.Option("--output", "-o", help="The public file.")],
    key: KeyOption,
    verification_method: Annotated[
        str | None, typer.Option(help="The URL under which the public key is found.")
    ] = None,
    valid_for: Annotated[
        str | None, typer.Option(metavar="DURATION", help="How long this copy counts, such as 30d.")
    ] = None,
    password_env: PasswordOption = PASSWORD_VARIABLE,
) -> None:
    """Sign the list and write it, with its reasons beside it, as public files."""
    refuse_under_policy("publish", state)
    signer = open_key_without_policy(key, password_env, instead="publish", places=(output,))
    files = StatusListFile.open(state).publish(
        output,
        signer,
        now=datetime.now(UTC),
        verification_method=verification_method,
        valid_for=None if valid_for is None else parse_duration(valid_for),
    )
    for path in (files.status_list, files.reasons):
        if path is not None:
            say(f"{path}")


def _index(listed: StatusListFile, badge: str | None, index: int | None) -> int:
    if (badge is None) == (index is None):
        raise typer.BadParameter("give either --badge or --index")
    if badge is None:
        return index or 0
    with about(badge):
        value = read_subject(read_input(badge)).document.get("credentialStatus")
    for entry in value if isinstance(value, list) else [value]:
        try:
            found = read_entry(entry)
        except (StatusError, UnsupportedError):
            continue
        if found.size == 1 and (found.list_url, found.purpose) == (listed.facts.url, listed.facts.purpose):
            return found.index
    raise DocumentError("CLI-STATUS-ENTRY", path=badge, url=listed.facts.url)


def _facts(listed: StatusListFile, index: int) -> JsonObject:
    record = listed.get(index)
    return {
        "index": index,
        "purpose": listed.facts.purpose,
        "set": record.value,
        "at": record.at.isoformat() if record.at else None,
        "reason": record.reason,
    }
