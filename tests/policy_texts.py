"""Policy files for tests: the smallest one that can be read, and one whose rules all agree."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from openbadge_issuer.policy.badge_policy import BadgePolicy
from openbadge_issuer.policy.policy_file import read_policy

SMALLEST = """\
[organisation]
id = "did:web:badges.example"
name = "Example"
contact = "badges@example.org"

[roles.manager]
name = { en = "Manager" }

[publication]
base = "https://badges.example"
"""

SOUND = """\
version = "1"
purpose = { en = "Badges show what people can do." }

[organisation]
id = "did:web:badges.example"
name = "Example"
contact = "badges@example.org"

[roles.manager]
name = { en = "Manager" }
rights = [
    "design", "approve", "assess", "award", "inform", "investigate", "decide-case", "handle-misuse",
    "grant-roles", "train", "evaluate", "keep-records", "keep-keys",
]
holders_at_least = 2

[publication]
base = "https://badges.example"
"""
"""No finding is made of it; with one line changed, one is."""


def sound(changes: Mapping[str, Any] | None = None) -> BadgePolicy:
    """The sound policy with members changed by their dotted paths; None takes one out."""
    document = read_policy(SOUND.encode()).to_json()
    for path, value in (changes or {}).items():
        *tables, name = path.split(".")
        table: Any = document
        for step in tables:
            table = table.setdefault(step, {})
        if value is None:
            table.pop(name)
        else:
            table[name] = value
    return BadgePolicy.model_validate(document)
