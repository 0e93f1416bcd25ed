"""The JSON rules: what a text must be before anything is read into it."""

from __future__ import annotations

from openbadge_issuer.errors.rule import Clause, Rule

_RFC = Clause("RFC 8259, The JSON Data Interchange Format", "https://www.rfc-editor.org/rfc/rfc8259")
_I_JSON = Clause(
    "RFC 7493, The I-JSON Message Format, section 2", "https://www.rfc-editor.org/rfc/rfc7493#section-2"
)

RULES: tuple[Rule, ...] = (
    Rule(
        "JSON-SYNTAX",
        en="The text is not JSON: {problem} at line {line}, column {column}.",
        nl="De tekst is geen JSON: {problem} op regel {line}, kolom {column}.",
        how_en="Export the badge again, or ask the issuer for a complete copy.",
        how_nl="Exporteer de badge opnieuw of vraag de uitgever om een volledige kopie.",
        who="holder",
        clause=_RFC,
    ),
    Rule(
        "JSON-EMPTY",
        en="The file is empty.",
        nl="Het bestand is leeg.",
        how_en="Download the badge again.",
        how_nl="Download de badge opnieuw.",
        who="holder",
        clause=_RFC,
    ),
    Rule(
        "JSON-ENCODING",
        en="The text is not valid UTF-8: {problem}.",
        nl="De tekst is geen geldige UTF-8: {problem}.",
        how_en="Save the file as UTF-8 without changing it otherwise.",
        how_nl="Sla het bestand op als UTF-8 zonder het verder te wijzigen.",
        who="holder",
        clause=_I_JSON,
    ),
    Rule(
        "JSON-DUPLICATE-KEY",
        en="The member “{name}” occurs twice in one object, so readers can disagree on its value.",
        nl="Het lid “{name}” komt twee keer voor in één object, zodat lezers het over de waarde oneens kunnen zijn.",
        how_en="Remove one of the two and sign again.",
        how_nl="Verwijder een van de twee en onderteken opnieuw.",
        clause=_I_JSON,
    ),
    Rule(
        "JSON-NUMBER",
        en="{name} is not a JSON number that every reader takes alike.",
        nl="{name} is geen JSON-getal dat elke lezer hetzelfde leest.",
        how_en="Write a finite number with ordinary precision, or a string.",
        how_nl="Schrijf een eindig getal met gewone nauwkeurigheid, of een tekst.",
        clause=_I_JSON,
    ),
    Rule(
        "JSON-DEPTH",
        en="The JSON is nested deeper than {limit} levels.",
        nl="De JSON is dieper genest dan {limit} niveaus.",
        how_en="No badge needs this; do not trust the file.",
        how_nl="Geen badge heeft dit nodig; vertrouw het bestand niet.",
        who="holder",
    ),
    Rule(
        "JSON-SIZE",
        en="The text is {size} bytes long; at most {limit} are read.",
        nl="De tekst is {size} bytes lang; er worden er hoogstens {limit} gelezen.",
        how_en="No badge needs this; large evidence belongs behind a link.",
        how_nl="Geen badge heeft dit nodig; groot bewijsmateriaal hoort achter een link.",
        who="holder",
    ),
    Rule(
        "JSON-NOT-OBJECT",
        en="The JSON is of type {found}, where an object is expected.",
        nl="De JSON is van het type {found}, waar een object wordt verwacht.",
        how_en="Give the badge document itself.",
        how_nl="Geef het badgedocument zelf.",
        who="holder",
    ),
)
