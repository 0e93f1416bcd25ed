"""`openbadge-issuer key compromise`: others may have a key. What did it sign, and what of that is revoked?"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

import typer

from openbadge_issuer.assertions.json_text import JsonObject, JsonValue, dump_json_pretty
from openbadge_issuer.assertions.moments import write_date_time
from openbadge_issuer.cli.edge import deliver, edge, output_beside, say
from openbadge_issuer.cli.home_options import ActorOption, HomeOption
from openbadge_issuer.cli.key_compromise_home import compromise_in_home
from openbadge_issuer.cli.options import (
    PASSWORD_VARIABLE,
    PasswordOption,
    open_key,
    parse_moment,
    somebody_types,
)
from openbadge_issuer.cli.plain_list import named_issuer, read_plain_list
from openbadge_issuer.cli.under_policy import refuse_under_policy
from openbadge_issuer.errors import DocumentError, KeyMaterialError
from openbadge_issuer.issuing.archive import read_archive
from openbadge_issuer.issuing.compromised_badges import (
    Archive,
    Revoked,
    SignedByKey,
    check_revocation_list,
    revoke_affected,
    revoke_by_id,
    search_archive,
    vouched_list,
)
from openbadge_issuer.signing.compromise import sign_compromise_list
from openbadge_issuer.signing.key_ring import LIST_NAME, KeyRing
from openbadge_issuer.signing.key_ring_file import change_key_ring, key_ring_json, read_key_ring
from openbadge_issuer.signing.signer import Signer
from openbadge_issuer.status.list_file import StatusListFile
from openbadge_issuer.status.reasons import check_reason
from openbadge_issuer.whole_file import PRIVATE

_IN_A_HOME = "key compromise NAME --since WHEN"


@dataclass(frozen=True, slots=True)
class _Case:
    """What is known before anything is changed."""

    fragment: str
    since: datetime
    archive: Archive
    issued: tuple[tuple[str, bytes | None], ...]

    @property
    def affected(self) -> tuple[SignedByKey, ...]:
        return self.archive.affected(self.since)

    def signed(self, ring: KeyRing) -> dict[str, tuple[SignedByKey, ...]]:
        """Return what each compromised key of the ring signed, by its name."""
        lost = (key for key in ring.keys if key.compromised is not None)
        return {
            key.fragment: (
                self.archive if key.fragment == self.fragment else search_archive(ring, key, self.issued)
            ).signed
            for key in lost
        }

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
    since: Annotated[str, typer.Option("--since", metavar="WHEN", help="Since when others may have it.")],
    ring: Annotated[
        Path | None,
        typer.Option("--ring", metavar="FILE", help="The key ring, such as keys.json; in a home its own."),
    ] = None,
    issued: Annotated[
        Path | None,
        typer.Option(
            "--issued", metavar="DIR", help="The badges that were issued; in a home its register tells."
        ),
    ] = None,
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
    home: HomeOption = None,
    actor: ActorOption = None,
    password_env: PasswordOption = PASSWORD_VARIABLE,
) -> None:
    """Say that others may have a key: lists the badges affected and, if you confirm it, revokes them.

    In an issuer's home the register tells what was signed, and the affected awards are put into cases.
    """
    moment = parse_moment(since)
    places = (ring, issued, status_list, revocation_list, signed_list)
    if not any((*places, key, reason, revocation_list_url)):
        compromise_in_home(fragment, moment, home=home, actor=actor, yes=yes, password_env=password_env)
        return
    refuse_under_policy(_IN_A_HOME, *(place for place in places if place is not None))
    if ring is None or issued is None:
        raise typer.BadParameter("give --ring and --issued, or work in an issuer's home")
    if (signed_list is None) != (key is None):
        raise typer.BadParameter("--signed-list and --key go together")
    changed = read_key_ring(ring).compromise(fragment, since=moment)
    listed = None if status_list is None else StatusListFile.open(status_list)
    if listed is not None:
        check_revocation_list(listed)
    plain = None if revocation_list is None else read_plain_list(revocation_list, revocation_list_url)
    if reason is not None:
        check_reason(reason)
    signer = None if key is None else open_key(key, password_env)
    if signer is not None:
        _method(changed, signer)
    case = _examine(changed, fragment, moment, issued)
    _tell(case, revoking=listed is not None or plain is not None)
    if not (yes or (somebody_types() and typer.confirm("Do it?", err=True))):
        deliver(dump_json_pretty(case.told((), changed=False)), None)
        raise KeyMaterialError("RING-NOT-CONFIRMED")
    plan = _Plan(
        case, ring, listed, reason,
        None if revocation_list is None or plain is None else (revocation_list, plain),
        None if signed_list is None or signer is None else (signed_list, signer),
    )  # fmt: skip
    changed = change_key_ring(ring, plan.carry_out)
    deliver(dump_json_pretty(case.told(tuple(plan.revoked), changed=True)), None)
    _remind(changed, ring, lists=(status_list, revocation_list), signed_list=signed_list)


@dataclass(slots=True)
class _Plan:
    """What is to be written, and in which order.

    Everything is made and written beside its place before anything counts. Then what is affected is revoked,
    the files are moved, and the ring is written last: while it does not call the key compromised, the command
    has not ended, and doing it again does what is left.
    """

    case: _Case
    ring: Path
    listed: StatusListFile | None
    reason: str | None
    plain: tuple[Path, JsonObject] | None
    signed: tuple[Path, Signer] | None
    revoked: list[Revoked] = field(default_factory=list)

    def carry_out(self, begun: KeyRing) -> KeyRing:
        """Write everything but the ring, which is returned."""
        changed = begun.compromise(self.case.fragment, since=self.case.since)
        with ExitStack() as stack:
            ring = dump_json_pretty(key_ring_json(changed))
            stack.enter_context(output_beside(self.ring, ring, mode=PRIVATE))  # to see that it can be
            files = list(self._files(changed))
            moves = [stack.enter_context(output_beside(path, data)) for path, data in files]
            if self.listed is not None:
                affected, now = self.case.affected, datetime.now(UTC)
                self.revoked.append(revoke_affected(affected, self.listed, now=now, reason=self.reason))
            for move in moves:
                move()
        return changed

    def _files(self, changed: KeyRing) -> Iterator[tuple[Path, bytes]]:
        if self.plain is not None:
            path, plain = self.plain
            named = named_issuer(plain, self.case.affected)
            done, anew = revoke_by_id(self.case.affected, named, reason=self.reason)
            self.revoked.append(done)
            yield path, dump_json_pretty(anew)
        if self.signed is not None:
            path, signer = self.signed
            vouched = vouched_list(changed, self.case.signed(changed), now=datetime.now(UTC))
            yield path, sign_compromise_list(vouched, signer, verification_method=_method(changed, signer))


def _method(ring: KeyRing, signer: Signer) -> str:
    """Name the key that signs the list, which must be one of the ring that is in use."""
    found = ring.holding(signer.public_key)
    if found is None:
        raise KeyMaterialError("RING-NOT-IN-RING")
    if found.status != "active":
        raise KeyMaterialError("RING-NOT-ACTIVE", fragment=found.fragment, status=found.status)
    return ring.verification_method(found)


def _examine(ring: KeyRing, fragment: str, since: datetime, issued: Path) -> _Case:
    if not issued.exists():
        raise DocumentError("CLI-FILE", path=str(issued), problem="it is not there")
    sources = tuple(read_archive(issued))
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
