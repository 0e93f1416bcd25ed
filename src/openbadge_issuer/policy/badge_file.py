"""The definition of a badge as a file: one TOML file per badge, beside its picture."""

from __future__ import annotations

from openbadge_issuer.policy.badge import BadgeDefinition
from openbadge_issuer.policy.file_problems import Checked, check_file, read_file


def read_badge(data: bytes) -> BadgeDefinition:
    """Read the file of a badge.

    Raises:
        DocumentError: the file cannot be read as a definition; the first problem, with its line.
        LimitError: it is longer or deeper than any definition.
    """
    return read_file(BadgeDefinition, data)


def check_badge_file(data: bytes) -> Checked[BadgeDefinition]:
    """Read the file of a badge, or list everything that stands in the way, with lines."""
    return check_file(BadgeDefinition, data)
