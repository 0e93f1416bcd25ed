"""The rules of the badge policy file and of badge definitions."""

from __future__ import annotations

from openbadge_issuer.errors.rule import Rule

RULES: tuple[Rule, ...] = ()
