"""The rules of the catalogue: badges, their versions and their criteria."""

from __future__ import annotations

from openbadge_issuer.errors.rule import Rule

RULES: tuple[Rule, ...] = ()
