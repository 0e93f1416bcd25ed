"""The schema rules: whether a badge meets the JSON Schemas that it names itself."""

from __future__ import annotations

from openbadge_issuer.errors.rule import Clause, Rule

_ENTRY = Clause(
    "Open Badges 3.0, CredentialSchema", "https://www.imsglobal.org/spec/ob/v3p0/#credentialschema"
)
_FILES = Clause("Open Badges 3.0, JSON Schema", "https://www.imsglobal.org/spec/ob/v3p0/#json-schema")
_DATA_MODEL = Clause(
    "VC Data Model 2.0, Data schemas", "https://www.w3.org/TR/vc-data-model-2.0/#data-schemas"
)
_JSON_SCHEMA = Clause(
    "Verifiable Credentials JSON Schema, Processing", "https://www.w3.org/TR/vc-json-schema/#processing"
)
_SECURITY = Clause(
    "JSON Schema 2019-09, Security considerations",
    "https://json-schema.org/draft/2019-09/json-schema-core#rfc.section.13",
)

RULES: tuple[Rule, ...] = (
    Rule(
        "SCHEMA-MISMATCH",
        en="The badge does not meet the schema {schema} that it names: {problems}.",
        nl="De badge voldoet niet aan het schema {schema} dat ze zelf noemt: {problems}.",
        how_en="Correct the badge or name another schema, and sign again.",
        how_nl="Verbeter de badge of noem een ander schema, en onderteken opnieuw.",
        holds_en="The badge meets the schema {schema} that it names.",
        holds_nl="De badge voldoet aan het schema {schema} dat ze zelf noemt.",
        clause=_DATA_MODEL,
    ),
    Rule(
        "SCHEMA-BUNDLED",
        en="The published schema was not read.",
        nl="Het gepubliceerde schema is niet gelezen.",
        holds_en="For the published schema {schema} our own form with the same verdict was used; nothing was fetched.",
        holds_nl="Voor het gepubliceerde schema {schema} is onze eigen vorm met hetzelfde oordeel gebruikt; er is niets opgehaald.",
        who="verifier",
        clause=_FILES,
    ),
    Rule(
        "SCHEMA-UNREACHABLE",
        en="The schema {schema} could not be had ({problem}), so whether the badge meets it stays open.",
        nl="Het schema {schema} is niet te verkrijgen ({problem}), dus of de badge eraan voldoet blijft open.",
        how_en="Verify online, or give the schema among the documents.",
        how_nl="Verifieer online of geef het schema mee bij de documenten.",
        who="verifier",
        clause=_ENTRY,
    ),
    Rule(
        "SCHEMA-INVALID",
        en="The schema {schema} cannot be applied ({problem}), so whether the badge meets it stays open.",
        nl="Het schema {schema} is niet toe te passen ({problem}), dus of de badge eraan voldoet blijft open.",
        how_en="Publish a JSON Schema of draft 7, 2019-09 or 2020-12 whose references all lead somewhere and whose patterns need no backtracking.",
        how_nl="Publiceer een JSON Schema van draft 7, 2019-09 of 2020-12 waarin alle verwijzingen ergens uitkomen en geen patroon hoeft terug te zoeken.",
        clause=_JSON_SCHEMA,
    ),
    Rule(
        "SCHEMA-WORK",
        en="A schema that the badge names asks for more than {limit} steps of work, so it was not applied to its end.",
        nl="Een schema dat de badge noemt vraagt meer dan {limit} stappen werk en is daarom niet tot het eind toegepast.",
        how_en="No badge needs this; do not trust the file.",
        how_nl="Geen badge heeft dit nodig; vertrouw het bestand niet.",
        who="holder",
        clause=_SECURITY,
    ),
    Rule(
        "SCHEMA-TOO-MANY",
        en="The badge names more than {limit} schemas, those that they refer to among them; the others were not read.",
        nl="De badge noemt meer dan {limit} schema's, meegerekend waar die naar verwijzen; de andere zijn niet gelezen.",
        how_en="Name the one schema that counts.",
        how_nl="Noem het ene schema dat telt.",
        clause=_ENTRY,
    ),
    Rule(
        "SCHEMA-TYPE",
        en="The badge names a schema of the type “{type}”, which is not known here and was not applied.",
        nl="De badge noemt een schema van het type “{type}”, dat hier onbekend is en niet is toegepast.",
        how_en="Use 1EdTechJsonSchemaValidator2019 or JsonSchema.",
        how_nl="Gebruik 1EdTechJsonSchemaValidator2019 of JsonSchema.",
        severity="warning",
        clause=_ENTRY,
    ),
)
