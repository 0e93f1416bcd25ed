"""The rule book: every code that an error or a finding can carry, one table per subject."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from types import MappingProxyType

from openbadge_issuer.errors.rule import Rule


@cache
def rule_book() -> Mapping[str, Rule]:
    """Return every rule by its code."""
    from openbadge_issuer.errors.rules import (  # noqa: PLC0415  # tables are read when a sentence is wanted
        command_line,
        context,
        fetching,
        issuing,
        json,
        json_ld,
        jwt,
        key,
        model,
        png,
        proof,
        status,
        status_keeping,
        svg,
        trusting,
        vc_data_model,
        verifying,
    )

    tables = (
        json,
        model,
        context,
        json_ld,
        key,
        proof,
        jwt,
        fetching,
        status,
        status_keeping,
        png,
        svg,
        issuing,
        vc_data_model,
        verifying,
        trusting,
        command_line,
    )
    return MappingProxyType({rule.code: rule for table in tables for rule in table.RULES})
