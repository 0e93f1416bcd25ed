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
    Rule(
        "POLICY-PAST",
        en="Nothing can be dated back to {moment}: what was decided since then was decided without it.",
        nl="Niets kan worden teruggedateerd naar {moment}: wat sindsdien is besloten, is zonder dit besloten.",
        how_en="Leave the date out, or name one to come.",
        how_nl="Laat de datum weg, of noem een komende.",
    ),
    Rule(
        "POLICY-TEXT-LONG",
        en="The text has {length} characters; at most {limit} are kept.",
        nl="De tekst heeft {length} tekens; er worden er hoogstens {limit} bewaard.",
        how_en="Shorten it, and add what is longer as evidence.",
        how_nl="Maak hem korter, en voeg wat langer is toe als bewijs.",
    ),
    Rule(
        "POLICY-TEXT-CONTROL",
        en="The text has a character at place {place} that is none to be read ({character}).",
        nl="De tekst heeft op plaats {place} een teken dat niet te lezen is ({character}).",
        how_en="Type it anew; names and addresses stand on one line.",
        how_nl="Typ hem opnieuw; namen en adressen staan op één regel.",
    ),
)
