"""`openbadge-issuer key compromise`: others may have a key. What did it sign, and what of that is revoked?"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

import typer

from openbadge_issuer.assertions.json_text import JsonObject, JsonValue, dump_json_pretty
from openbadge_issuer.assertions.moments import write_date_time
from openbadge_issuer.cli.edge import deliver, edge, say, write_output
from openbadge_issuer.cli.options import (
    PASSWORD_VARIABLE,
    PasswordOption,
    open_key,
    parse_moment,
    somebody_types,
)
from openbadge_issuer.cli.plain_list import named_issuer, read_plain_list
from openbadge_issuer.cli.subjects import collect
from openbadge_issuer.cli.under_policy import refuse_under_policy
from openbadge_issuer.errors import KeyMaterialError
from openbadge_issuer.issuing.compromised_badges import (
    Archive,
    Revoked,
    SignedByKey,
    check_revocation_list,
    compromise_list,
    revoke_affected,
    revoke_by_id,
    search_archive,
)
from openbadge_issuer.signing.compromise import sign_compromise_list
from openbadge_issuer.signing.key_ring import LIST_NAME, KeyRing
from openbadge_issuer.signing.key_ring_file import change_key_ring, read_key_ring
from openbadge_issuer.signing.signer import Signer
from openbadge_issuer.status.list_file import StatusListFile
from openbadge_issuer.status.reasons import check_reason


@dataclass(frozen=True, slots=True)
class _Case:
    """What is known before anything is changed."""

    fragment: str
    since: datetime
    archive: Archive
    issued: tuple[tuple[str, bytes], ...]

    @property
    def affected(self) -> tuple[SignedByKey, ...]:
        return self.archive.affected(self.since)

    def told(self, revoked: tuple[Revoked, ...], *, changed: bool) -> JsonObject:
        done = {found for one in revoked for found in one.revoked}
        return {
            "key": self.fragment,
            "since": write_date_time(self.since),
            "changed": changed,
            "affected": [_described(found, revoked=found in done) for found in self.affected],
            "signedBefore": len(self.archive.signed) - len(self.affected),
            "unreadable": list[JsonValue](self.archive.unreadable),
            "doubtful": list[JsonValue](self.archive.doubtful),
        }


@edge
def compromise(
    fragment: Annotated[str, typer.Argument(metavar="NAME", help="The name of the key in the ring.")],
    ring: Annotated[Path, typer.Option("--ring", metavar="FILE", help="The key ring, such as keys.json.")],
    since: Annotated[str, typer.Option("--since", metavar="WHEN", help="Since when others may have it.")],
    issued: Annotated[Path, typer.Option("--issued", metavar="DIR", help="The badges that were issued.")],
    status_list: Annotated[
        Path | None,
        typer.Option("--status-list", metavar="STATE", help="Revoke what is affected in this status list."),
    ] = None,
    revocation_list: Annotated[
        Path | None,
        typer.Option(
            "--revocation-list",
            metavar="FILE",
            help="Revoke what is affected in this published list, as signed badges of 2.0 need it.",
        ),
    ] = None,
    revocation_list_url: Annotated[
        str | None,
        typer.Option(
            "--revocation-list-url", metavar="URL", help="Where that list will stand, if it is a new one."
        ),
    ] = None,
    reason: Annotated[
        str | None, typer.Option("--reason", help="Why, for everyone to read; it must name nobody.")
    ] = None,
    signed_list: Annotated[
        Path | None,
        typer.Option(
            "--signed-list",
            metavar="FILE",
            help=f"Write the signed list of what the key really signed before, {LIST_NAME}; needs --key.",
        ),
    ] = None,
    key: Annotated[
        str | None, typer.Option("--key", metavar="URI", help="A good key of the ring, to sign that list.")
    ] = None,
    yes: Annotated[bool, typer.Option("--yes", help="Do it without asking.")] = False,
    password_env: PasswordOption = PASSWORD_VARIABLE,
) -> None:
    """Say that others may have a key: lists the badges affected and, if you confirm it, revokes them."""
    if (signed_list is None) != (key is None):
        raise typer.BadParameter("--signed-list and --key go together")
    lists = [path for path in (status_list, revocation_list) if path is not None]
    if lists:
        refuse_under_policy("case decide", ring, *lists)
    moment = parse_moment(since)
    changed = read_key_ring(ring).compromise(fragment, since=moment)
    listed = None if status_list is None else StatusListFile.open(status_list)
    if listed is not None:
        check_revocation_list(listed)
    plain = None if revocation_list is None else read_plain_list(revocation_list, revocation_list_url)
    if reason is not None:
        check_reason(reason)
    signer = None if key is None else open_key(key, password_env)
    method = None if signer is None else _method(changed, signer)
    case = _examine(changed, fragment, moment, issued)
    _tell(case, revoking=listed is not None or plain is not None)
    if not (yes or (somebody_types() and typer.confirm("Do it?", err=True))):
        deliver(dump_json_pretty(case.told((), changed=False)), None)
        raise KeyMaterialError("RING-NOT-CONFIRMED")
    changed = change_key_ring(ring, lambda begun: begun.compromise(fragment, since=moment))
    revoked: list[Revoked] = []
    if listed is not None:
        revoked.append(revoke_affected(case.affected, listed, now=datetime.now(UTC), reason=reason))
    if plain is not None and revocation_list is not None:
        done, anew = revoke_by_id(case.affected, named_issuer(plain, case.affected), reason=reason)
        write_output(revocation_list, dump_json_pretty(anew))
        revoked.append(done)
    if signed_list is not None and signer is not None and method is not None:
        vouched = compromise_list(changed, case.issued, now=datetime.now(UTC))
        write_output(signed_list, sign_compromise_list(vouched, signer, verification_method=method))
    deliver(dump_json_pretty(case.told(tuple(revoked), changed=True)), None)
    _remind(changed, ring, lists=(status_list, revocation_list), signed_list=signed_list)


def _method(ring: KeyRing, signer: Signer) -> str:
    """Name the key that signs the list, which must be one of the ring that is in use."""
    found = ring.holding(signer.public_key)
    if found is None:
        raise KeyMaterialError("RING-NOT-IN-RING")
    if found.status != "active":
        raise KeyMaterialError("RING-NOT-ACTIVE", fragment=found.fragment, status=found.status)
    return ring.verification_method(found)


def _examine(ring: KeyRing, fragment: str, since: datetime, issued: Path) -> _Case:
    sources = tuple((source.name, source.data) for source in collect([str(issued)], None).sources)
    return _Case(fragment, since, search_archive(ring, ring.key(fragment), sources), sources)


def _tell(case: _Case, *, revoking: bool) -> None:
    then = "will be revoked" if revoking else "will not be believed any more"
    say(f"Badges signed with {case.fragment} since then, which {then}: {len(case.affected)}")
    for found in case.affected:
        say(f"  {found.place}" + (f" ({found.id})" if found.id else ""))
    _tell_places("Files that could not be read, and may be affected too", case.archive.unreadable)
    _tell_places(
        "Files that name the key, but whose signature is not known to be by it", case.archive.doubtful
    )


def _tell_places(what: str, places: tuple[str, ...]) -> None:
    if places:
        say(f"{what}: {len(places)}")
        for place in places:
            say(f"  {place}")


def _remind(
    ring: KeyRing, path: Path, *, lists: tuple[Path | None, Path | None], signed_list: Path | None
) -> None:
    status_list, revocation_list = lists
    say(f"{path}: publish {ring.controller} anew (key did-document --ring {path}).")
    if status_list is not None:
        say(f"{status_list}: publish the status list anew, signed with a good key.")
    if revocation_list is not None:
        say(f"{revocation_list}: publish it where the issuer's profile of 2.0 names its revocationList.")
    if signed_list is not None:
        say(f"{signed_list}: publish it beside did.json as {LIST_NAME}.")
    else:
        say("What the key signed before is believed again once you publish its list (--signed-list).")


def _described(found: SignedByKey, *, revoked: bool) -> JsonObject:
    return {
        "file": found.place,
        "id": found.id,
        "signedAt": write_date_time(found.signed_at) if found.signed_at else None,
        "revoked": revoked,
    }
