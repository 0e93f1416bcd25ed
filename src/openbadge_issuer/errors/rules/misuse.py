"""The rules of matters of misuse."""

from __future__ import annotations

from openbadge_issuer.errors.rule import Rule

RULES: tuple[Rule, ...] = (
    Rule(
        "MISUSE-UNKNOWN",
        en="There is no such matter.",
        nl="Er is geen zaak met deze naam.",
        how_en="Check its name.",
        how_nl="Controleer de naam.",
    ),
    Rule(
        "MISUSE-CLOSED",
        en="The matter is closed.",
        nl="De zaak is gesloten.",
        how_en="Report a new one.",
        how_nl="Meld een nieuwe.",
    ),
    Rule(
        "MISUSE-INVOLVED",
        en="{who} has a part in the matter, and so does not handle it.",
        nl="{who} is bij de zaak betrokken en behandelt die dus niet.",
        how_en="Let somebody else who handles misuse do it.",
        how_nl="Laat iemand anders die misbruik behandelt het doen.",
    ),
    Rule(
        "MISUSE-HANDLER",
        en="{who} holds no role that handles misuse.",
        nl="{who} heeft geen rol die misbruik behandelt.",
        how_en="Choose somebody who does.",
        how_nl="Kies iemand die dat wel heeft.",
    ),
    Rule(
        "MISUSE-NOT-HANDLER",
        en="{who} does not handle this matter.",
        nl="{who} behandelt deze zaak niet.",
        how_en="Assign them first, or let the handler do it.",
        how_nl="Wijs die persoon eerst aan, of laat de behandelaar het doen.",
    ),
    Rule(
        "MISUSE-MEASURE",
        en="The policy has no measure “{name}”; it has {known}.",
        nl="Het beleid kent geen maatregel “{name}”; het kent {known}.",
        how_en="Choose a step of the ladder under misuse.sanctions.",
        how_nl="Kies een trede van de ladder onder misuse.sanctions.",
    ),
)
