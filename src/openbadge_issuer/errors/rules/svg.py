"""The SVG rules."""

from __future__ import annotations

from openbadge_issuer.errors.rule import Clause, Rule

_BAKING = Clause("Open Badges 3.0, section 5.3.2, SVG", "https://www.imsglobal.org/spec/ob/v3p0/#svg-baking")
_XML = Clause("Extensible Markup Language (XML) 1.0", "https://www.w3.org/TR/xml/")
_ENTITIES = Clause(
    "XML 1.0, section 4, Physical Structures", "https://www.w3.org/TR/xml/#sec-physical-struct"
)
_ENCODING = Clause("XML 1.0, section 4.3.3, Character Encoding", "https://www.w3.org/TR/xml/#charencoding")
_CHARACTERS = Clause("XML 1.0, section 2.2, Characters", "https://www.w3.org/TR/xml/#charsets")
_SVG = Clause("SVG 2, section 5.1, The svg element", "https://www.w3.org/TR/SVG2/struct.html#NewDocument")
_STATIC = Clause(
    "SVG Integration, Secure static mode",
    "https://www.w3.org/TR/svg-integration/#secure-static-mode",
)

_AGAIN_EN = "Download the original again, or export the drawing as plain SVG."
_AGAIN_NL = "Download het origineel opnieuw, of exporteer de tekening als gewone SVG."
_PLAIN_EN = "Export the drawing as plain SVG, without scripts, pages or entities, and bake the badge again."
_PLAIN_NL = "Exporteer de tekening als gewone SVG, zonder scripts, pagina's of entiteiten, en zet de badge er opnieuw in."
_BAKE_EN = "Ask the issuer to bake the badge again."
_BAKE_NL = "Vraag de uitgever om de badge opnieuw in de afbeelding te zetten."

RULES: tuple[Rule, ...] = (
    Rule(
        "SVG-SYNTAX",
        en="The SVG is not well-formed XML: {problem} at line {line}, column {column}.",
        nl="De SVG is geen correcte XML: {problem} op regel {line}, kolom {column}.",
        how_en=_AGAIN_EN,
        how_nl=_AGAIN_NL,
        who="holder",
        clause=_XML,
    ),
    Rule(
        "SVG-ENCODING",
        en="The SVG is written in {encoding}, or says so; only UTF-8 is read.",
        nl="De SVG is geschreven in {encoding}, of zegt dat; alleen UTF-8 wordt gelezen.",
        how_en="Save the SVG as UTF-8.",
        how_nl="Sla de SVG op als UTF-8.",
        clause=_ENCODING,
    ),
    Rule(
        "SVG-VERSION",
        en="The SVG is XML {version}; only XML 1.0 is read (line {line}).",
        nl="De SVG is XML {version}; alleen XML 1.0 wordt gelezen (regel {line}).",
        how_en="Save the SVG as XML 1.0.",
        how_nl="Sla de SVG op als XML 1.0.",
        clause=_XML,
    ),
    Rule(
        "SVG-ROOT",
        en="The first element is “{name}” (line {line}); an SVG starts with <svg>.",
        nl="Het eerste element is “{name}” (regel {line}); een SVG begint met <svg>.",
        how_en="Give the SVG file itself, not a page that shows it.",
        how_nl="Geef het SVG-bestand zelf, niet een pagina die het toont.",
        who="holder",
        clause=_SVG,
    ),
    Rule(
        "SVG-ENTITY",
        en="The SVG declares or uses the entity “{name}” (line {line}), which can be abused and is not read.",
        nl="De SVG declareert of gebruikt de entiteit “{name}” (regel {line}); dat kan worden misbruikt en wordt niet gelezen.",
        how_en=_PLAIN_EN,
        how_nl=_PLAIN_NL,
        clause=_ENTITIES,
    ),
    Rule(
        "SVG-DOCTYPE",
        en="The SVG has a DOCTYPE that is not SVG's own, or brings declarations (line {line}).",
        nl="De SVG heeft een DOCTYPE die niet die van SVG is, of die declaraties bevat (regel {line}).",
        how_en="Remove the DOCTYPE; nothing needs it.",
        how_nl="Verwijder de DOCTYPE; niets heeft die nodig.",
        clause=_ENTITIES,
    ),
    Rule(
        "SVG-SCRIPT",
        en="The SVG can run a program when it is opened: {name} (line {line}).",
        nl="De SVG kan een programma uitvoeren als hij wordt geopend: {name} (regel {line}).",
        how_en=_PLAIN_EN,
        how_nl=_PLAIN_NL,
        clause=_STATIC,
    ),
    Rule(
        "SVG-FOREIGN",
        en="The SVG holds a web page or another document: {name} (line {line}).",
        nl="De SVG bevat een webpagina of een ander document: {name} (regel {line}).",
        how_en=_PLAIN_EN,
        how_nl=_PLAIN_NL,
        clause=_STATIC,
    ),
    Rule(
        "SVG-REMOTE",
        en="The SVG fetches something from elsewhere when it is shown: {url} (line {line}).",
        nl="De SVG haalt iets van elders op als hij wordt getoond: {url} (regel {line}).",
        how_en="Embed the picture, font or style in the SVG, so that nobody sees who looks at the badge.",
        how_nl="Neem de afbeelding, het lettertype of de stijl op in de SVG, zodat niemand ziet wie de badge bekijkt.",
        clause=_STATIC,
    ),
    Rule(
        "SVG-LIMIT",
        en="The SVG is nested deeper than {depth} levels or has more than {count} elements and attributes, so it was not read to its end.",
        nl="De SVG is dieper genest dan {depth} niveaus of heeft meer dan {count} elementen en attributen, en is daarom niet tot het einde gelezen.",
        how_en="Simplify the drawing.",
        how_nl="Vereenvoudig de tekening.",
        clause=_SVG,
    ),
    Rule(
        "SVG-NO-BADGE",
        en="The SVG is a picture without a badge in it: it has no openbadges:credential element that holds anything.",
        nl="De SVG is een afbeelding zonder badge erin: er is geen element openbadges:credential met inhoud.",
        how_en="Use the original file: many programs and websites strip the badge from a picture when they save it.",
        how_nl="Gebruik het originele bestand: veel programma's en websites halen de badge uit een afbeelding als ze die opslaan.",
        who="holder",
        clause=_BAKING,
    ),
    Rule(
        "SVG-TWO-BADGES",
        en="The SVG carries {count} badges where one is allowed; the second stands at line {line}.",
        nl="De SVG bevat {count} badges waar er één mag zijn; de tweede staat op regel {line}.",
        how_en=_BAKE_EN,
        how_nl=_BAKE_NL,
        clause=_BAKING,
    ),
    Rule(
        "SVG-TWO-FORMS",
        en="The badge in the SVG stands both in a “verify” attribute and in the body of the element (line {line}), so readers can disagree.",
        nl="De badge in de SVG staat zowel in een attribuut “verify” als in de inhoud van het element (regel {line}), zodat lezers het oneens kunnen zijn.",
        how_en=_BAKE_EN,
        how_nl=_BAKE_NL,
        clause=_BAKING,
    ),
    Rule(
        "SVG-CONTENT",
        en="The badge in the SVG holds an element “{name}” (line {line}) where only text may stand.",
        nl="De badge in de SVG bevat een element “{name}” (regel {line}) waar alleen tekst mag staan.",
        how_en=_BAKE_EN,
        how_nl=_BAKE_NL,
        clause=_BAKING,
    ),
    Rule(
        "SVG-NOT-PRESERVED",
        en="The credential holds characters that XML cannot keep, so an SVG would not give back what was signed.",
        nl="De badge bevat tekens die XML niet kan bewaren, zodat een SVG niet zou teruggeven wat is ondertekend.",
        how_en="Bake it into a PNG, or sign it again with these characters written as \\u escapes.",
        how_nl="Zet de badge in een PNG, of onderteken opnieuw met deze tekens geschreven als \\u-codes.",
        clause=_CHARACTERS,
    ),
)
