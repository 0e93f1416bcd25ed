"""No side door: what works without a policy is refused where one is in force.

A home is known by its files around the current folder, and around every file that a command works on, as it
is named and where it really lies; and the key of a home by its public half, however it is opened. What this
cannot stop: whoever has the key and its password may sign elsewhere, with this program or another.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from pathlib import Path

from openbadge_issuer.cli.home_options import HOME_VARIABLE
from openbadge_issuer.cli.options import open_key
from openbadge_issuer.errors import PolicyError
from openbadge_issuer.signing.key_file import key_file_path, split_key_uri
from openbadge_issuer.signing.key_ring_file import read_key_ring
from openbadge_issuer.signing.public_key import PublicKey
from openbadge_issuer.signing.signer import Signer

_OF_A_HOME = ("badge-policy.toml", "home.toml")


def refuse_under_policy(instead: str, *places: Path) -> None:
    """Refuse a command in an issuer's home, or with a file that lies in one.

    Args:
        instead: the command that follows the policy.
        places: the files that the command works on. The current folder is looked at too.

    Raises:
        PolicyError: `POLICY-IN-FORCE`.
    """
    for folder in _homes_around((Path.cwd(), *places)):
        raise _in_force(folder, instead)


def open_key_without_policy(
    key: str, password_env: str, *, instead: str, places: Iterable[Path | None] = ()
) -> Signer:
    """Open a key to sign with outside of any home; one that belongs to a home is refused.

    Args:
        key: the URI of the key.
        password_env: the variable with its password.
        instead: the command that follows the policy.
        places: files that the command reads or writes. They may lie in a home, if the key is not of that
            home's ring.

    Raises:
        PolicyError: `POLICY-IN-FORCE`.
        OpenBadgeError: the key cannot be opened; a home or its ring cannot be read.
    """
    scheme, location = split_key_uri(key)
    refuse_under_policy(instead, *([key_file_path(location)] if scheme == "file" else []))
    signer = open_key(key, password_env)
    named = os.environ.get(HOME_VARIABLE)
    near = [*(place for place in places if place is not None), *([Path(named)] if named else [])]
    for folder in _homes_around(near):
        if _is_key_of(folder, signer.public_key):
            raise _in_force(folder, instead)
    return signer


def _homes_around(places: Iterable[Path]) -> Iterator[Path]:
    """Go through the homes that places lie in, as they are named and where they really are."""
    for place in places:
        for here in dict.fromkeys((place.absolute(), place.resolve())):
            for folder in (here, *here.parents):
                if any((folder / name).is_file() for name in _OF_A_HOME):
                    yield folder


def _is_key_of(folder: Path, public_key: PublicKey) -> bool:
    # Local: only who signs beside a home needs it.
    from openbadge_issuer.issuing.home import Home  # noqa: PLC0415

    ring = Home.open(folder).keys
    return ring.is_file() and read_key_ring(ring).holding(public_key) is not None


def _in_force(folder: Path, instead: str) -> PolicyError:
    return PolicyError("POLICY-IN-FORCE", path=str(folder), instead=instead)
