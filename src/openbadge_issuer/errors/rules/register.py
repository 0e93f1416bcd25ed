"""The rules of the register."""

from __future__ import annotations

from openbadge_issuer.errors.rule import Rule

RULES: tuple[Rule, ...] = (
    Rule(
        "REGISTER-EVENT",
        en="The register holds an event that cannot be read ({kind}).",
        nl="In het register staat een gebeurtenis die niet kan worden gelezen ({kind}).",
        how_en="Check the register with records verify, and restore it from a backup.",
        how_nl="Controleer het register met records verify, en zet een reservekopie terug.",
    ),
)
