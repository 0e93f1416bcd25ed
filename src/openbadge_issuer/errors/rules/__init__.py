"""The rule book: every code that an error or a finding can carry, one table per subject."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from importlib import import_module
from types import MappingProxyType

from openbadge_issuer.errors.rule import Rule

_TABLES = (
    "json",
    "model",
    "interop",
    "open_badges_2",
    "open_badges_2_verifying",
    "context",
    "json_ld",
    "key",
    "key_store",
    "key_ring",
    "compromise",
    "certificates",
    "proof",
    "jwt",
    "presentation",
    "sd_jwt",
    "fetching",
    "status",
    "status_keeping",
    "annulment",
    "token_status",
    "png",
    "svg",
    "issuing",
    "notices",
    "home",
    "vc_data_model",
    "verifying",
    "schema",
    "trusting",
    "policy_file",
    "policy_check",
    "policy_steps",
    "people",
    "catalogue",
    "badge_picture",
    "reminders",
    "awarding",
    "revoking",
    "misuse",
    "register",
    "command_line",
)
"""The modules of this package that hold a table, in the order of the book."""


@cache
def rule_book() -> Mapping[str, Rule]:
    """Return every rule by its code."""
    rules: list[Rule] = []
    for name in _TABLES:  # imported here, because tables are read only when a sentence is wanted
        rules += import_module(f"{__name__}.{name}").RULES
    return MappingProxyType({rule.code: rule for rule in rules})
