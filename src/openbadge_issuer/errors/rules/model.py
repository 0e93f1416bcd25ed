"""The data-model rules: what a badge must say, and in which form."""

from __future__ import annotations

from openbadge_issuer.errors.rule import Clause, Rule

_OB3 = "https://www.imsglobal.org/spec/ob/v3p0/"
_DATA_MODEL = Clause("Open Badges 3.0, Open Badges data models", f"{_OB3}#data-models")
_SERIALIZATION = Clause("Open Badges 3.0, JSON serialization", f"{_OB3}#serialization")
_ENUMERATIONS = Clause("Open Badges 3.0, Enumerations", f"{_OB3}#achievementtype-enumeration")
_DERIVED = Clause("Open Badges 3.0, Derived types", f"{_OB3}#derived-types")
_CONTEXT = Clause(
    "VC Data Model 2.0, section 4.3 Contexts", "https://www.w3.org/TR/vc-data-model-2.0/#contexts"
)

RULES: tuple[Rule, ...] = (
    Rule(
        "MODEL-VALID",
        en="The data model is broken.",
        nl="Het gegevensmodel klopt niet.",
        holds_en="The document follows the data model of {specification}.",
        holds_nl="Het document volgt het gegevensmodel van {specification}.",
        clause=_DATA_MODEL,
    ),
    Rule(
        "MODEL-REQUIRED",
        en="The required member “{name}” is missing.",
        nl="Het verplichte lid “{name}” ontbreekt.",
        how_en="Add “{name}” and sign the badge again.",
        how_nl="Voeg “{name}” toe en onderteken de badge opnieuw.",
        clause=_DATA_MODEL,
    ),
    Rule(
        "MODEL-CLOSED",
        en="The member “{name}” is not allowed here: this object takes no members but its own.",
        nl="Het lid “{name}” mag hier niet staan: dit object kent alleen zijn eigen leden.",
        how_en="Remove “{name}” and sign the badge again.",
        how_nl="Verwijder “{name}” en onderteken de badge opnieuw.",
        clause=_DATA_MODEL,
    ),
    Rule(
        "MODEL-ENUM",
        en="“{value}” is none of the values of “{name}” ({expected}).",
        nl="“{value}” is geen van de waarden van “{name}” ({expected}).",
        how_en="Use one of the listed values, or, where the list can be extended, one that begins with “ext:”.",
        how_nl="Gebruik een van de genoemde waarden of, waar de lijst uitgebreid mag worden, een die begint met “ext:”.",
        clause=_ENUMERATIONS,
    ),
    Rule(
        "MODEL-FORMAT",
        en="“{value}” does not have the form that “{name}” needs.",
        nl="“{value}” heeft niet de vorm die “{name}” nodig heeft.",
        how_en="Write an absolute URI, a language code or a compact JWS, as the member asks.",
        how_nl="Schrijf een absolute URI, een taalcode of een compacte JWS, zoals het lid vraagt.",
        clause=_DERIVED,
    ),
    Rule(
        "MODEL-EMPTY",
        en="“{name}” needs at least one value.",
        nl="“{name}” heeft ten minste één waarde nodig.",
        how_en="Give a value or leave the member out.",
        how_nl="Geef een waarde of laat het lid weg.",
        clause=_SERIALIZATION,
    ),
    Rule(
        "MODEL-KIND",
        en="The value of “{name}” is of the wrong kind.",
        nl="De waarde van “{name}” is van de verkeerde soort.",
        how_en="Look up the member's type in the data model: text, number, true/false, object or array.",
        how_nl="Zoek de soort van het lid op in het gegevensmodel: tekst, getal, waar/onwaar, object of lijst.",
        clause=_DATA_MODEL,
    ),
    Rule(
        "MODEL-NULL",
        en="The member “{name}” is null; a member without a value is left out.",
        nl="Het lid “{name}” is null; een lid zonder waarde wordt weggelaten.",
        how_en="Remove “{name}”.",
        how_nl="Verwijder “{name}”.",
        clause=_SERIALIZATION,
    ),
    Rule(
        "MODEL-TYPE",
        en="“type” does not contain “{name}”.",
        nl="“type” bevat “{name}” niet.",
        how_en="Add “{name}” to the type and sign the badge again.",
        how_nl="Voeg “{name}” toe aan het type en onderteken de badge opnieuw.",
        clause=_DATA_MODEL,
    ),
    Rule(
        "MODEL-DATE-TIME",
        en="“{value}” is not a date and time (such as 2026-01-31T12:00:00Z).",
        nl="“{value}” is geen datum met tijd (zoals 2026-01-31T12:00:00Z).",
        how_en="Write date, time and time zone after RFC 3339.",
        how_nl="Schrijf datum, tijd en tijdzone volgens RFC 3339.",
        clause=_DERIVED,
    ),
    Rule(
        "MODEL-TIME-ZONE",
        en="“{value}” has no time zone.",
        nl="“{value}” heeft geen tijdzone.",
        how_en="Add “Z” for UTC, or an offset such as “+02:00”.",
        how_nl="Voeg “Z” toe voor UTC, of een verschil zoals “+02:00”.",
        clause=_DERIVED,
    ),
    Rule(
        "MODEL-DATE",
        en="“{value}” is not a date (such as 2026-01-31).",
        nl="“{value}” is geen datum (zoals 2026-01-31).",
        how_en="Write year, month and day after ISO 8601.",
        how_nl="Schrijf jaar, maand en dag volgens ISO 8601.",
        clause=_DERIVED,
    ),
    Rule(
        "OB3-CONTEXT-FIRST",
        en="The first context is not {expected}.",
        nl="De eerste context is niet {expected}.",
        how_en="Put {expected} first in “@context” and sign the badge again.",
        how_nl="Zet {expected} vooraan in “@context” en onderteken de badge opnieuw.",
        clause=_CONTEXT,
    ),
    Rule(
        "OB3-CONTEXT-SECOND",
        en="The second context is not one of Open Badges 3.0.",
        nl="De tweede context is er geen van Open Badges 3.0.",
        how_en="Put https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json second in “@context” and sign again.",
        how_nl="Zet https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json als tweede in “@context” en onderteken opnieuw.",
        clause=_CONTEXT,
    ),
    Rule(
        "OB3-CRITERIA",
        en="The criteria are empty: neither a page (id) nor a text (narrative) says how the badge is earned.",
        nl="De criteria zijn leeg: noch een pagina (id) noch een tekst (narrative) zegt hoe de badge wordt verdiend.",
        how_en="Write a narrative, or link to a page with the criteria.",
        how_nl="Schrijf een tekst, of verwijs naar een pagina met de criteria.",
        clause=Clause("Open Badges 3.0, Criteria", f"{_OB3}#criteria"),
    ),
    Rule(
        "OB3-SUBJECT-IDENTITY",
        en="The badge names no recipient: the subject has neither an id nor an identifier.",
        nl="De badge noemt geen ontvanger: het onderwerp heeft geen id en geen identifier.",
        how_en="Name the recipient by id or by a hashed identifier, and sign again.",
        how_nl="Noem de ontvanger met een id of een gehashte identifier en onderteken opnieuw.",
        clause=Clause("Open Badges 3.0, AchievementSubject", f"{_OB3}#achievementsubject"),
    ),
)
