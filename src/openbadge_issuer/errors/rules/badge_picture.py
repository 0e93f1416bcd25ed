"""The rules of pictures that a badge is defined with."""

from __future__ import annotations

from openbadge_issuer.errors.rule import Rule

RULES: tuple[Rule, ...] = (
    Rule(
        "BADGE-PICTURE-KIND",
        en="{file} is a picture in {kind}, and its name ends otherwise.",
        nl="{file} is een plaatje in {kind}, en de naam eindigt anders.",
        how_en="Let the name of the file end with what it is, in the definition too.",
        how_nl="Laat de bestandsnaam eindigen op wat het is, ook in de definitie.",
    ),
    Rule(
        "BADGE-PICTURE-BAKED",
        en="{file} carries somebody's badge, which would be published with it.",
        nl="In {file} zit een badge van iemand, en die zou mee openbaar worden.",
        how_en="Take the picture as it was before a badge was baked into it.",
        how_nl="Neem het plaatje zoals het was voordat er een badge in werd gebakken.",
    ),
)
