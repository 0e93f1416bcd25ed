"""The data-model rules: what a badge must say, and in which form."""

from __future__ import annotations

from openbadge_issuer.errors.rule import Clause, Rule

_OB3 = "https://www.imsglobal.org/spec/ob/v3p0/"
_DATA_MODEL = Clause("Open Badges 3.0, Open Badges data models", f"{_OB3}#data-models")
_SERIALIZATION = Clause("Open Badges 3.0, JSON serialization", f"{_OB3}#serialization")
_ENUMERATIONS = Clause("Open Badges 3.0, Enumerations", f"{_OB3}#achievementtype-enumeration")
_DERIVED = Clause("Open Badges 3.0, Derived types", f"{_OB3}#derived-types")
_RESULT = Clause("Open Badges 3.0, Result", f"{_OB3}#result")
_RESULT_DESCRIPTION = Clause("Open Badges 3.0, ResultDescription", f"{_OB3}#resultdescription")
_EXTENSIONS = Clause("Open Badges, Extensions", "https://openbadgespec.org/extensions/")
_CLR = "https://www.imsglobal.org/spec/clr/v2p0/"
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
    Rule(
        "OB3-RESULT-DESCRIPTION",
        en="The result refers to “{value}”, which is no result description of the achievement.",
        nl="Het resultaat verwijst naar “{value}”, en dat is geen resultaatbeschrijving van de prestatie.",
        how_en="Refer to the id of a resultDescription in the achievement, or add that description.",
        how_nl="Verwijs naar het id van een resultDescription in de prestatie, of voeg die beschrijving toe.",
        clause=_RESULT,
    ),
    Rule(
        "OB3-RESULT-LEVEL",
        en="The level “{value}” that was reached is described nowhere in the achievement.",
        nl="Het bereikte niveau “{value}” staat nergens in de prestatie beschreven.",
        how_en="Refer to the id of a rubricCriterionLevel in the result description.",
        how_nl="Verwijs naar het id van een rubricCriterionLevel in de resultaatbeschrijving.",
        clause=_RESULT,
    ),
    Rule(
        "OB3-RESULT-OTHER-LEVEL",
        en="The level “{value}” that was reached belongs to another result description than the result.",
        nl="Het bereikte niveau “{value}” hoort bij een andere resultaatbeschrijving dan het resultaat.",
        how_en="Let the result refer to the description that has this level.",
        how_nl="Laat het resultaat verwijzen naar de beschrijving waarin dit niveau staat.",
        severity="warning",
        clause=_RESULT,
    ),
    Rule(
        "OB3-RESULT-STATUS",
        en="The result has no status, and its description says that it is one.",
        nl="Het resultaat heeft geen status, terwijl zijn beschrijving zegt dat het er een is.",
        how_en="Add “status”, such as Completed or Failed.",
        how_nl="Voeg “status” toe, zoals Completed of Failed.",
        clause=_RESULT,
    ),
    Rule(
        "OB3-RESULT-VALUE",
        en="The result “{value}” is none of the values that its description allows ({expected}).",
        nl="Het resultaat “{value}” is geen van de waarden die zijn beschrijving toelaat ({expected}).",
        how_en="Correct the value, or the values that the description allows.",
        how_nl="Verbeter de waarde, of de waarden die de beschrijving toelaat.",
        severity="warning",
        clause=_RESULT_DESCRIPTION,
    ),
    Rule(
        "OB3-RESULT-REQUIRED-LEVEL",
        en="The required level “{value}” is none of the levels of this result description.",
        nl="Het vereiste niveau “{value}” is geen van de niveaus van deze resultaatbeschrijving.",
        how_en="Refer to the id of one of its own rubricCriterionLevels.",
        how_nl="Verwijs naar het id van een van de eigen rubricCriterionLevels.",
        clause=_RESULT_DESCRIPTION,
    ),
    Rule(
        "OB3-RESULT-REQUIRED-VALUE",
        en="The required value “{value}” is none of the values that the description allows ({expected}).",
        nl="De vereiste waarde “{value}” is geen van de waarden die de beschrijving toelaat ({expected}).",
        how_en="Require one of the allowed values, or one between valueMin and valueMax.",
        how_nl="Vereis een van de toegestane waarden, of een tussen valueMin en valueMax.",
        severity="warning",
        clause=_RESULT_DESCRIPTION,
    ),
    Rule(
        "OB3-EXTENSION-MISSING",
        en="The extension {extension}, which the type names, needs the member “{name}”.",
        nl="De extensie {extension}, die het type noemt, heeft het lid “{name}” nodig.",
        how_en="Add “{name}”, or leave the extension out of the type.",
        how_nl="Voeg “{name}” toe, of laat de extensie weg uit het type.",
        severity="warning",
        clause=_EXTENSIONS,
    ),
    Rule(
        "OB3-EXTENSION-FORM",
        en="“{name}” does not have the form that the extension {extension} gives it.",
        nl="“{name}” heeft niet de vorm die de extensie {extension} eraan geeft.",
        how_en="Look “{name}” up in the schema of the extension {extension}.",
        how_nl="Zoek “{name}” op in het schema van de extensie {extension}.",
        severity="warning",
        clause=_EXTENSIONS,
    ),
    Rule(
        "MODEL-CLR-CONTEXT",
        en="The contexts of a learner record begin with VCDM, CLR 2.0 and Open Badges 3.0; {expected} is not in its place.",
        nl="De contexten van een leerdossier beginnen met VCDM, CLR 2.0 en Open Badges 3.0; {expected} staat niet op zijn plaats.",
        how_en="Put the contexts in this order and sign the record again.",
        how_nl="Zet de contexten in deze volgorde en onderteken het dossier opnieuw.",
        clause=Clause("CLR 2.0, ClrCredential", f"{_CLR}#clrcredential"),
    ),
    Rule(
        "CLR-ASSOCIATION",
        en="“{name}” of the association is “{value}”, which is no achievement in this record.",
        nl="“{name}” van het verband is “{value}”, en dat is geen prestatie in dit dossier.",
        how_en="Refer to the id of an achievement that stands in the record.",
        how_nl="Verwijs naar het id van een prestatie die in het dossier staat.",
        severity="warning",
        clause=Clause("CLR 2.0, Association", f"{_CLR}#association"),
    ),
)
