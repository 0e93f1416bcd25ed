"""The rules of cases: a doubt about a badge, and misuse."""

from __future__ import annotations

from openbadge_issuer.errors.rule import Rule

RULES: tuple[Rule, ...] = ()
