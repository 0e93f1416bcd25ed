"""The rules of annulment registers: what an organisation decided about badges that no list can change."""

from __future__ import annotations

from openbadge_issuer.errors.rule import Clause, Rule

_JWT = Clause("RFC 7519, section 4", "https://www.rfc-editor.org/rfc/rfc7519#section-4")

RULES: tuple[Rule, ...] = (
    Rule(
        "ANNULMENT-FORMAT",
        en="The annulment register cannot be read.",
        nl="Het register van vervallen badges is niet leesbaar.",
        how_en="Write and publish the register anew.",
        how_nl="Schrijf en publiceer het register opnieuw.",
        verdict="status",
        clause=_JWT,
    ),
    Rule(
        "ANNULMENT-SIZE",
        en="The annulment register has more than {limit} entries.",
        nl="Het register van vervallen badges telt meer dan {limit} regels.",
        how_en="Issue badges with a place in a status list, which has room for more.",
        how_nl="Geef badges uit met een plek in een statuslijst; die heeft plaats voor meer.",
        verdict="status",
    ),
)
