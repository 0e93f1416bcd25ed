"""`openbadge-issuer key compromise` in a home: the register says what was signed, and cases decide."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import typer

from openbadge_issuer.assertions.json_text import JsonObject, JsonValue, dump_json_pretty
from openbadge_issuer.assertions.moments import write_date_time
from openbadge_issuer.cli.edge import deliver, output_beside, say, write_output
from openbadge_issuer.cli.home_options import open_office
from openbadge_issuer.cli.options import somebody_types
from openbadge_issuer.errors import KeyMaterialError, OutputError
from openbadge_issuer.signing.key_ring import KeyRing
from openbadge_issuer.signing.key_ring_file import change_key_ring, key_ring_json
from openbadge_issuer.whole_file import PRIVATE

if TYPE_CHECKING:  # they load the database library
    from openbadge_issuer.cli.opened_office import OpenedOffice
    from openbadge_issuer.issuing.office.compromised_awards import SignedAward


@dataclass(frozen=True, slots=True)
class _Found:
    """What the register tells of the key, before anything is changed."""

    fragment: str
    since: datetime
    signed: tuple[SignedAward, ...]
    affected: tuple[SignedAward, ...]

    @property
    def erased(self) -> int:
        return sum(not one.signatures for one in self.signed)

    def told(self, cases: tuple[str, ...] = (), listed: Path | None = None, *, changed: bool) -> JsonObject:
        return {
            "key": self.fragment,
            "since": write_date_time(self.since),
            "changed": changed,
            "affected": [_described(one) for one in self.affected],
            "signed": len(self.signed),
            "erased": self.erased,
            "cases": list[JsonValue](cases),
            "signedList": None if listed is None else str(listed),
        }


def compromise_in_home(
    fragment: str, since: datetime, *, home: Path | None, actor: str | None, yes: bool, password_env: str
) -> None:
    """Say that others may have a key of a home: see `key compromise`."""
    with open_office(home, password_env) as here:
        who = here.actor(actor)
        changed = here.ring.compromise(fragment, since=since)
        found = _examine(here, changed, fragment, since, who)
        _tell(found)
        if not (yes or (somebody_types() and typer.confirm("Do it?", err=True))):
            deliver(dump_json_pretty(found.told(changed=False)), None)
            raise KeyMaterialError("RING-NOT-CONFIRMED")
        cases, listed = _carry_out(here, found, who, password_env)
        deliver(dump_json_pretty(found.told(cases, listed, changed=True)), None)
        _say_what_is_next(here, changed, cases)


def _examine(here: OpenedOffice, changed: KeyRing, fragment: str, since: datetime, who: str) -> _Found:
    from openbadge_issuer.issuing.office.compromised_awards import (  # noqa: PLC0415  # as above
        affected_awards,
        signed_awards,
    )

    with here.desk(who) as desk:
        desk.actor.doing("keep-keys")
        signed = tuple(signed_awards(desk, changed, fragment))
    return _Found(fragment, since, signed, affected_awards(signed, since))


def _carry_out(
    here: OpenedOffice, found: _Found, who: str, password_env: str
) -> tuple[tuple[str, ...], Path | None]:
    """Open the cases, write the list, and change the ring last.

    While the ring does not call the key compromised, the command has not ended, and doing it again does what
    is left: a badge that was reported of this key is not reported again.
    """
    from openbadge_issuer.cli.opened_office import signer_in  # noqa: PLC0415  # as above
    from openbadge_issuer.issuing.office.compromised_awards import (  # noqa: PLC0415  # as above
        report_affected,
        vouched_awards,
    )
    from openbadge_issuer.signing.compromise import sign_compromise_list  # noqa: PLC0415  # as above

    changed = here.ring.compromise(found.fragment, since=found.since)
    signer = signer_in(here.home, changed, password_env)
    if signer is not None:
        signer.open()  # before anything is changed, and before the register is held
    cases: list[str] = []
    path = None if signer is None else _place_of_list(here, changed)

    def carried_out(begun: KeyRing) -> KeyRing:
        ring = begun.compromise(found.fragment, since=found.since)
        data = dump_json_pretty(key_ring_json(ring))
        with output_beside(here.home.keys, data, mode=PRIVATE), here.desk(who) as desk:  # can it be written?
            name = ring.verification_method(ring.key(found.fragment))
            cases.extend(report_affected(desk, found.affected, key=name, since=found.since))
            if signer is not None and path is not None:
                method = ring.verification_method(signer.key)
                listed = sign_compromise_list(vouched_awards(desk, ring), signer, verification_method=method)
                write_output(path, listed)
        return ring

    change_key_ring(here.home.keys, carried_out)
    return tuple(cases), path


def _place_of_list(here: OpenedOffice, ring: KeyRing) -> Path | None:
    """Return where the list is published, with its folder made; None for an issuer without a web address."""
    if not ring.controller.startswith("did:web:"):
        return None
    path = here.home.public / urlsplit(ring.list_url).path.lstrip("/")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise OutputError("CLI-WRITE", path=str(path), problem=error.strerror or "not written") from error
    return path


def _tell(found: _Found) -> None:
    say(f"Awards signed with {found.fragment} since then, which are put into cases: {len(found.affected)}")
    for one in found.affected:
        say(f"  {one.award.id} (Open Badges {one.version})")
    if found.erased:
        say(f"Signed copies that were erased with their holders, and cannot be vouched for: {found.erased}")


def _say_what_is_next(here: OpenedOffice, ring: KeyRing, cases: tuple[str, ...]) -> None:
    if not ring.active:
        say(f"No key is in use any more. Take one: key rotate NEW.key --ring {here.home.keys}")
    say("Publish: then verifiers believe of this key what the register says you signed, and nothing else.")
    if cases:
        say(f"Then handle the cases, one for each holder: {', '.join(cases)}")
        say(
            "  case assign and case hear, and case decide CASE corrected or revoked --ground key-compromised."
        )
        say("  What is corrected is issued anew, with the key that is in use: case correct.")


def _described(one: SignedAward) -> JsonObject:
    return {
        "award": one.award.id,
        "version": one.version,
        "id": one.signatures[0].id if one.signatures else None,
        "recordedAt": write_date_time(one.recorded),
    }
