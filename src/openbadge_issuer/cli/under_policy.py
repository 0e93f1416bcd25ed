"""No side door: what works without a policy is refused where one is in force."""

from __future__ import annotations

from pathlib import Path

from openbadge_issuer.errors import PolicyError

_OF_A_HOME = ("badge-policy.toml", "home.toml")


def refuse_under_policy(instead: str, *places: str | Path) -> None:
    """Refuse a command in an issuer's home, or with a key or a list that lies in one.

    Args:
        instead: the command that follows the policy.
        places: the key, as a path or a URI, and other files that the command works on. The current folder is
            looked at too.

    Raises:
        PolicyError: `POLICY-IN-FORCE`.
    """
    for place in (Path.cwd(), *map(_path, places)):
        if place is None:
            continue
        here = place.absolute()
        for folder in (here, *here.parents):
            if any((folder / name).is_file() for name in _OF_A_HOME):
                raise PolicyError("POLICY-IN-FORCE", path=str(folder), instead=instead)


def _path(place: str | Path) -> Path | None:
    """Return the file of a key URI, or None for a key that is no file."""
    if isinstance(place, Path):
        return place
    scheme, colon, rest = place.partition(":")
    if not colon:
        return Path(place)
    return Path(rest) if scheme == "file" else None
