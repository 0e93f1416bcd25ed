"""The rules of notices and of what carries them."""

from __future__ import annotations

from openbadge_issuer.errors.rule import Clause, Rule

RULES: tuple[Rule, ...] = (
    Rule(
        "NOTICE-WRITE",
        en="The notice cannot be written to {path}: {problem}.",
        nl="Het bericht kan niet naar {path} worden geschreven: {problem}.",
        how_en="Check that the folder exists and may be written to; the notice stays to be sent.",
        how_nl="Controleer of de map bestaat en beschrijfbaar is; het bericht blijft te versturen.",
    ),
    Rule(
        "NOTICE-PLAIN",
        en="The mail server {host} offers no encryption, so nothing was sent to it.",
        nl="De mailserver {host} biedt geen versleuteling, dus er is niets heen gestuurd.",
        how_en="Use a server with STARTTLS, or port 465.",
        how_nl="Gebruik een server met STARTTLS, of poort 465.",
        clause=Clause("RFC 8314, section 3", "https://www.rfc-editor.org/rfc/rfc8314#section-3"),
    ),
)
