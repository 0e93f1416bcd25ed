"""The rules of the VC Data Model 2.0 on any credential or presentation."""

from __future__ import annotations

from openbadge_issuer.errors.rule import Clause, Rule

_VCDM = "https://www.w3.org/TR/vc-data-model-2.0/"
_CONTEXTS = Clause("VC Data Model 2.0, Contexts", f"{_VCDM}#contexts")
_IDENTIFIERS = Clause("VC Data Model 2.0, Identifiers", f"{_VCDM}#identifiers")
_TYPES = Clause("VC Data Model 2.0, Types", f"{_VCDM}#types")
_SUBJECT = Clause("VC Data Model 2.0, Credential subject", f"{_VCDM}#credential-subject")
_VALIDITY = Clause("VC Data Model 2.0, Validity period", f"{_VCDM}#validity-period")
_PRESENTATIONS = Clause("VC Data Model 2.0, Verifiable presentations", f"{_VCDM}#verifiable-presentations")
_ENVELOPED = Clause(
    "VC Data Model 2.0, Enveloped verifiable credentials", f"{_VCDM}#enveloped-verifiable-credentials"
)
_RELATED = Clause(
    "VC Data Model 2.0, Integrity of related resources", f"{_VCDM}#integrity-of-related-resources"
)
_LANGUAGE = Clause("VC Data Model 2.0, Language and base direction", f"{_VCDM}#language-and-base-direction")
_CONCEPTS = Clause("VC Data Model 2.0, Basic concepts", f"{_VCDM}#basic-concepts")

RULES: tuple[Rule, ...] = (
    Rule(
        "VCDM-REQUIRED",
        en="“{name}” is missing.",
        nl="“{name}” ontbreekt.",
        how_en="Add “{name}” and sign again.",
        how_nl="Voeg “{name}” toe en onderteken opnieuw.",
        clause=_CONCEPTS,
    ),
    Rule(
        "VCDM-OBJECT",
        en="“{name}” is not an object, or an array of one or more objects.",
        nl="“{name}” is geen object, en geen lijst van een of meer objecten.",
        how_en="Write it as an object with a “type”, or leave it out.",
        how_nl="Schrijf het als object met een “type”, of laat het weg.",
        clause=_CONCEPTS,
    ),
    Rule(
        "VCDM-CONTEXT-FIRST",
        en="The first context is not {expected}.",
        nl="De eerste context is niet {expected}.",
        how_en="Put {expected} first in “@context” and sign again.",
        how_nl="Zet {expected} vooraan in “@context” en onderteken opnieuw.",
        clause=_CONTEXTS,
    ),
    Rule(
        "VCDM-CONTEXT-ITEM",
        en="A context is neither a URL nor an object.",
        nl="Een context is geen URL en geen object.",
        how_en="Name each context by its URL.",
        how_nl="Noem elke context bij haar URL.",
        clause=_CONTEXTS,
    ),
    Rule(
        "VCDM-URL",
        en="“{name}” is not a single absolute URL.",
        nl="“{name}” is niet één absolute URL.",
        how_en="Write one URL with its scheme, such as https:, did: or urn:uuid:.",
        how_nl="Schrijf één URL met haar schema, zoals https:, did: of urn:uuid:.",
        clause=_IDENTIFIERS,
    ),
    Rule(
        "VCDM-TYPE",
        en="A type is not a term or URL: text without white space.",
        nl="Een type is geen term of URL: tekst zonder witruimte.",
        how_en="Write each type as a term that a context defines, or as a URL.",
        how_nl="Schrijf elk type als een term die een context kent, of als URL.",
        clause=_TYPES,
    ),
    Rule(
        "VCDM-TYPE-OWN",
        en="“type” does not call this a VerifiableCredential.",
        nl="“type” noemt dit geen VerifiableCredential.",
        how_en="Add “VerifiableCredential” to the type and sign again.",
        how_nl="Voeg “VerifiableCredential” toe aan het type en onderteken opnieuw.",
        clause=_TYPES,
    ),
    Rule(
        "VCDM-SUBJECT-EMPTY",
        en="The credential says nothing about its subject.",
        nl="Het bewijs zegt niets over waar het over gaat.",
        how_en="Make at least one claim in each “credentialSubject”.",
        how_nl="Zeg in elk “credentialSubject” ten minste één ding.",
        clause=_SUBJECT,
    ),
    Rule(
        "VCDM-TEXT",
        en="“{name}” is neither text nor an object of “@value”, “@language” and “@direction” only.",
        nl="“{name}” is geen tekst, en geen object met alleen “@value”, “@language” en “@direction”.",
        how_en="Write plain text, or one such object for each language.",
        how_nl="Schrijf gewone tekst, of één zo'n object voor elke taal.",
        clause=_LANGUAGE,
    ),
    Rule(
        "VCDM-LANGUAGE",
        en="A language is no language tag (such as “en” or “nl-NL”), or a direction is not “ltr” or “rtl”.",
        nl="Een taal is geen taalcode (zoals “en” of “nl-NL”), of een richting is niet “ltr” of “rtl”.",
        how_en="Write the language after BCP 47.",
        how_nl="Schrijf de taal volgens BCP 47.",
        clause=_LANGUAGE,
    ),
    Rule(
        "VCDM-DATE",
        en="“{name}” is not a date and time with time zone (such as 2026-01-31T12:00:00Z).",
        nl="“{name}” is geen datum en tijd met tijdzone (zoals 2026-01-31T12:00:00Z).",
        how_en="Write an XML Schema dateTimeStamp.",
        how_nl="Schrijf een dateTimeStamp van XML Schema.",
        clause=_VALIDITY,
    ),
    Rule(
        "VCDM-DATE-ORDER",
        en="“validUntil” lies before “validFrom”.",
        nl="“validUntil” ligt vóór “validFrom”.",
        how_en="Set the dates right and sign again.",
        how_nl="Zet de datums goed en onderteken opnieuw.",
        clause=_VALIDITY,
    ),
    Rule(
        "VCDM-DIGEST",
        en="A related resource has no usable “digestSRI” or “digestMultibase”.",
        nl="Een verwant bestand heeft geen bruikbare “digestSRI” of “digestMultibase”.",
        how_en="Add the digest of the file, or leave the entry out.",
        how_nl="Voeg de vingerafdruk van het bestand toe, of laat de vermelding weg.",
        clause=_RELATED,
    ),
    Rule(
        "VCDM-RELATED-TWICE",
        en="Two related resources have the same “id”.",
        nl="Twee verwante bestanden hebben dezelfde “id”.",
        how_en="Name each resource once.",
        how_nl="Noem elk bestand één keer.",
        clause=_RELATED,
    ),
    Rule(
        "VCDM-PRESENTED",
        en="“verifiableCredential” is not an object, or an array of one or more objects.",
        nl="“verifiableCredential” is geen object, en geen lijst van een of meer objecten.",
        how_en="Put the credential itself there, or a JWT in an EnvelopedVerifiableCredential.",
        how_nl="Zet daar het bewijs zelf, of een JWT in een EnvelopedVerifiableCredential.",
        who="holder",
        clause=_PRESENTATIONS,
    ),
    Rule(
        "VCDM-ENVELOPE",
        en="The “id” of an enveloped credential or presentation is not a data: URL.",
        nl="De “id” van een verpakt bewijs of een verpakte presentatie is geen data:-URL.",
        how_en="Put the whole token there, as a data: URL with its media type.",
        how_nl="Zet daar het hele token, als data:-URL met zijn mediatype.",
        who="holder",
        clause=_ENVELOPED,
    ),
)
