"""Checking the records of a home against a signed head, and reading a backup into it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from openbadge_issuer.cli.edge import about
from openbadge_issuer.cli.opened_office import OpenedRegister, policy_of, settings_of
from openbadge_issuer.cli.terminal import working
from openbadge_issuer.errors import InputError, RegisterError
from openbadge_issuer.issuing.home import Home
from openbadge_issuer.issuing.kept_heads import KeptHeads, read_kept_head
from openbadge_issuer.issuing.office.streams import facts_as_recorded, statuses_of
from openbadge_issuer.policy.event import Event
from openbadge_issuer.register.archive import Manifest
from openbadge_issuer.register.chain import Head
from openbadge_issuer.register.database import parse_register_url, sqlite_path
from openbadge_issuer.register.register import Register
from openbadge_issuer.register.report import RecordsReport
from openbadge_issuer.register.restoring import restore
from openbadge_issuer.register.status_said import StatusesOf, StatusSaid
from openbadge_issuer.register.verifying import verify
from openbadge_issuer.signing.key_ring_file import read_key_ring

_BESIDE = ("", "-wal", "-shm")
"""The endings of a database of SQLite and of the files that it keeps beside it."""


def latest_head(here: OpenedRegister) -> Path | None:
    """Return the file of the last signed head that the home kept."""
    return KeptHeads(here.home.heads).latest()


def check_records(here: OpenedRegister, head: Path | None) -> RecordsReport:
    """Check the records of a home, with a bar on the screen.

    Args:
        here: the home.
        head: the file of a signed head.

    Raises:
        InputError: `HOME-HEAD-KEY`; or the file is no signed head.
        SignatureError: its signature is wrong.
        RegisterError: the register cannot be used.
    """
    proven = None if head is None else _proven(here.home, head)
    with here.records() as records, working("register", records.head.length) as step:
        return verify(
            records,
            facts=facts_as_recorded(records, here.policy),
            statuses=_stepping(statuses_of, step),
            head=proven,
        )


def restore_into(home: Home, file: Path) -> Manifest:
    """Read a backup into a home; a register that is made for it and stays empty is taken away again.

    Raises:
        RegisterError: as `register.restoring.restore`; `REGISTER-ORGANISATION`, there are no records of the
            home's own organisation in it.
        LimitError, OutputError: as there.
    """
    url, organisation = home.register_url, policy_of(home).organisation.id
    try:
        register = Register.open(url, settings=settings_of(home))
    except RegisterError as error:
        if error.code != "REGISTER-NONE":
            raise
    else:
        with register:
            return _restored(register, file, organisation)
    made = Register.create(url, settings=settings_of(home))
    try:
        with made:
            return _restored(made, file, organisation)
    except BaseException:
        path = sqlite_path(parse_register_url(url))  # tables of PostgreSQL without a row are in nobody's way
        for ending in () if path is None else _BESIDE:
            Path(f"{path}{ending}").unlink(missing_ok=True)
        raise


def _restored(register: Register, file: Path, organisation: str) -> Manifest:
    manifest = restore(register, file)
    if organisation not in register.organisations():
        raise RegisterError("REGISTER-ORGANISATION", organisation=organisation)
    return manifest


def _proven(home: Home, path: Path) -> Head:
    """Read a signed head, and check that a sound key of the ring signed it."""
    with about(path):
        head = read_kept_head(path)
        ring = read_key_ring(home.keys)
        signed = (key for key in ring.keys if key.compromised is None and head.kid in ring.names(key))
        key = next(signed, None)
        if key is None:
            raise InputError("HOME-HEAD-KEY", kid=head.kid[:200])
        return head.verify(key.public_key)


def _stepping(statuses: StatusesOf, step: Callable[[], None]) -> StatusesOf:
    """Take a step for each event that is gone through."""

    def stepping(stream: str, events: Sequence[Event]) -> Iterator[tuple[int, StatusSaid]]:
        for _ in events:
            step()
        yield from statuses(stream, events)

    return stepping
