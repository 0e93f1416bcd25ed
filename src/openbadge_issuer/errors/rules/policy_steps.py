"""The rules that every step under a policy must keep: who may do it, and when."""

from __future__ import annotations

from openbadge_issuer.errors.rule import Rule

RULES: tuple[Rule, ...] = (
    Rule(
        "POLICY-NO-RIGHT",
        en="{who} holds no role now that may do this ({right}, badge {badge}).",
        nl="{who} heeft nu geen rol die dit mag ({right}, badge {badge}).",
        how_en="Ask somebody who holds such a role, or have it granted with role grant.",
        how_nl="Vraag iemand met zo'n rol, of laat die toekennen met role grant.",
    ),
    Rule(
        "POLICY-TRAINING",
        en="The training of {who} does not count any more, and the policy asks for it ({right}).",
        nl="De training van {who} telt niet meer, en het beleid vraagt erom ({right}).",
        how_en="Follow a training, and have it recorded.",
        how_nl="Volg een training, en laat die vastleggen.",
    ),
)
