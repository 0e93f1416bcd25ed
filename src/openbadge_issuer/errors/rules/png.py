"""The PNG rules, and those of baked pictures of any kind."""

from __future__ import annotations

from openbadge_issuer.errors.rule import Clause, Rule

_BAKED = Clause(
    "Open Badges 3.0, section 5.3, Baked Badge", "https://www.imsglobal.org/spec/ob/v3p0/#baked-badge"
)
_PNG_BAKING = Clause(
    "Open Badges 3.0, section 5.3.1, PNG", "https://www.imsglobal.org/spec/ob/v3p0/#png-baking"
)
_LAYOUT = Clause(
    "PNG (Third Edition), section 5.3, Chunk layout", "https://www.w3.org/TR/png-3/#5Chunk-layout"
)
_ORDER = Clause(
    "PNG (Third Edition), section 5.6, Chunk ordering", "https://www.w3.org/TR/png-3/#5ChunkOrdering"
)
_ITXT = Clause("PNG (Third Edition), section 11.3.3.4, iTXt", "https://www.w3.org/TR/png-3/#11iTXt")

_AGAIN_EN = "Download the original again; do not copy it out of a page or a message."
_AGAIN_NL = "Download het origineel opnieuw; kopieer het niet uit een pagina of bericht."
_BAKE_EN = "Ask the issuer to bake the badge again."
_BAKE_NL = "Vraag de uitgever om de badge opnieuw in de afbeelding te zetten."

RULES: tuple[Rule, ...] = (
    Rule(
        "PICTURE-EMPTY",
        en="The picture is an empty file.",
        nl="De afbeelding is een leeg bestand.",
        how_en=_AGAIN_EN,
        how_nl=_AGAIN_NL,
        who="holder",
        clause=_BAKED,
    ),
    Rule(
        "PICTURE-FORMAT",
        en="The file is a {found}; a badge travels only in a PNG or an SVG picture.",
        nl="Het bestand is een {found}; een badge reist alleen mee in een PNG- of SVG-afbeelding.",
        how_en="Use the original PNG or SVG: a converted picture has lost the badge.",
        how_nl="Gebruik de originele PNG of SVG: een omgezette afbeelding is de badge kwijt.",
        who="holder",
        clause=_BAKED,
    ),
    Rule(
        "PICTURE-UNKNOWN",
        en="The file is neither a PNG nor an SVG picture.",
        nl="Het bestand is geen PNG- en ook geen SVG-afbeelding.",
        how_en="Give a PNG, or an SVG whose first element is <svg>.",
        how_nl="Geef een PNG, of een SVG waarvan het eerste element <svg> is.",
        who="holder",
        clause=_BAKED,
    ),
    Rule(
        "PICTURE-SIZE",
        en="The picture is {size} bytes; at most {limit} are read.",
        nl="De afbeelding is {size} bytes groot; er worden er hoogstens {limit} gelezen.",
        how_en="Use a smaller picture; a badge is shown at 64 to 1024 pixels.",
        how_nl="Gebruik een kleinere afbeelding; een badge wordt op 64 tot 1024 pixels getoond.",
        clause=_BAKED,
    ),
    Rule(
        "PICTURE-CREDENTIAL",
        en="What is to be baked is neither a JSON object nor a compact JWS.",
        nl="Wat in de afbeelding moet komen is geen JSON-object en ook geen compacte JWS.",
        how_en="Give the signed badge itself: JSON that starts with “{{”, or three base64url parts with dots between.",
        how_nl="Geef de ondertekende badge zelf: JSON die met “{{” begint, of drie base64url-delen met punten ertussen.",
        clause=_BAKED,
    ),
    Rule(
        "PNG-TRUNCATED",
        en="The PNG breaks off: a chunk at byte {offset} is missing or incomplete.",
        nl="De PNG breekt af: een blok op byte {offset} ontbreekt of is onvolledig.",
        how_en=_AGAIN_EN,
        how_nl=_AGAIN_NL,
        who="holder",
        clause=_LAYOUT,
    ),
    Rule(
        "PNG-CRC",
        en="The PNG is damaged: the checksum of the {chunk} chunk at byte {offset} is wrong.",
        nl="De PNG is beschadigd: de controlesom van het {chunk}-blok op byte {offset} klopt niet.",
        how_en=_AGAIN_EN,
        how_nl=_AGAIN_NL,
        who="holder",
        clause=_LAYOUT,
    ),
    Rule(
        "PNG-CHUNK-TYPE",
        en="The PNG is damaged: at byte {offset} no chunk starts.",
        nl="De PNG is beschadigd: op byte {offset} begint geen blok.",
        how_en=_AGAIN_EN,
        how_nl=_AGAIN_NL,
        who="holder",
        clause=_LAYOUT,
    ),
    Rule(
        "PNG-HEADER",
        en="The PNG does not start with one correct IHDR chunk (byte {offset}).",
        nl="De PNG begint niet met één correct IHDR-blok (byte {offset}).",
        how_en="Export the picture again.",
        how_nl="Exporteer de afbeelding opnieuw.",
        clause=_ORDER,
    ),
    Rule(
        "PNG-TRAILING",
        en="Behind the end of the PNG, at byte {offset}, stand {count} more bytes that no viewer shows.",
        nl="Achter het einde van de PNG, op byte {offset}, staan nog {count} bytes die geen programma toont.",
        how_en="Export the picture again, so that nothing hidden is published with the badge.",
        how_nl="Exporteer de afbeelding opnieuw, zodat er niets verborgens met de badge meegaat.",
        clause=_ORDER,
    ),
    Rule(
        "PNG-CHUNKS",
        en="The PNG has more than {limit} chunks, so it was not read to its end.",
        nl="De PNG heeft meer dan {limit} blokken en is daarom niet tot het einde gelezen.",
        how_en="Export the picture again, without animation.",
        how_nl="Exporteer de afbeelding opnieuw, zonder animatie.",
        clause=_LAYOUT,
    ),
    Rule(
        "PNG-NO-BADGE",
        en="The PNG is a picture without a badge in it: it has no text under “{keyword}”.",
        nl="De PNG is een afbeelding zonder badge erin: er staat geen tekst onder “{keyword}”.",
        how_en="Use the original file: messengers, photo libraries and websites often strip the badge from a picture.",
        how_nl="Gebruik het originele bestand: berichtenapps, fotobibliotheken en websites halen de badge vaak uit een afbeelding.",
        who="holder",
        clause=_PNG_BAKING,
    ),
    Rule(
        "PNG-TWO-BADGES",
        en="The PNG carries {count} badges where one is allowed; the second stands at byte {offset}.",
        nl="De PNG bevat {count} badges waar er één mag zijn; de tweede staat op byte {offset}.",
        how_en=_BAKE_EN,
        how_nl=_BAKE_NL,
        clause=_PNG_BAKING,
    ),
    Rule(
        "PNG-COMPRESSED",
        en="The badge in the PNG, at byte {offset}, is compressed, which is forbidden.",
        nl="De badge in de PNG, op byte {offset}, is gecomprimeerd en dat mag niet.",
        how_en=_BAKE_EN,
        how_nl=_BAKE_NL,
        clause=_PNG_BAKING,
    ),
    Rule(
        "PNG-TEXT-CHUNK",
        en="The badge in the PNG, at byte {offset}, stands in a {chunk} chunk instead of an iTXt chunk.",
        nl="De badge in de PNG, op byte {offset}, staat in een {chunk}-blok in plaats van een iTXt-blok.",
        how_en=_BAKE_EN,
        how_nl=_BAKE_NL,
        clause=_PNG_BAKING,
    ),
    Rule(
        "PNG-TEXT",
        en="The iTXt chunk with the badge, at byte {offset}, is not laid out as such a chunk must be.",
        nl="Het iTXt-blok met de badge, op byte {offset}, heeft niet de opbouw die zo'n blok moet hebben.",
        how_en=_BAKE_EN,
        how_nl=_BAKE_NL,
        clause=_ITXT,
    ),
    Rule(
        "PNG-ENCODING",
        en="The badge in the PNG, at byte {offset}, is not valid UTF-8 from its byte {position} on.",
        nl="De badge in de PNG, op byte {offset}, is vanaf byte {position} ervan geen geldige UTF-8.",
        how_en=_BAKE_EN,
        how_nl=_BAKE_NL,
        clause=_ITXT,
    ),
)
