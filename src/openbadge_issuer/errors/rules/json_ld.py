"""The canonicalization rules: what a document must be before its canonical bytes are signed or verified."""

from __future__ import annotations

from openbadge_issuer.errors.rule import Clause, Rule

_VCDM = Clause(
    "Verifiable Credentials Data Model v2.0, section 4.3, Contexts",
    "https://www.w3.org/TR/vc-data-model-2.0/#contexts",
)
_INTEGRITY = Clause(
    "Verifiable Credential Data Integrity 1.0, section 2.4.1, Validating Contexts",
    "https://www.w3.org/TR/vc-data-integrity/#validating-contexts",
)
_JSON_LD = Clause(
    "JSON-LD 1.1 Processing Algorithms and API, section 5.1.2, Expansion Algorithm",
    "https://www.w3.org/TR/json-ld11-api/#expansion-algorithm",
)
_TO_RDF = Clause(
    "JSON-LD 1.1 Processing Algorithms and API, section 8.2.2, Object to RDF Conversion",
    "https://www.w3.org/TR/json-ld11-api/#object-to-rdf-conversion",
)
_KEYWORDS = Clause(
    "JSON-LD 1.1, section 1.7, Syntax Tokens and Keywords",
    "https://www.w3.org/TR/json-ld11/#syntax-tokens-and-keywords",
)
_RDFC = Clause(
    "RDF Dataset Canonicalization, section 7.1, Dataset Poisoning",
    "https://www.w3.org/TR/rdf-canon/#dataset-poisoning",
)
_IRI = Clause("RFC 3987, section 2.2, ABNF for IRI", "https://www.rfc-editor.org/rfc/rfc3987#section-2.2")
_LANGUAGE = Clause(
    "RFC 5646, section 2.1, Tags for Identifying Languages",
    "https://www.rfc-editor.org/rfc/rfc5646#section-2.1",
)
_JCS = Clause("RFC 8785, JSON Canonicalization Scheme", "https://www.rfc-editor.org/rfc/rfc8785")
_NQUADS = Clause("RDF 1.1 N-Quads, section 2", "https://www.w3.org/TR/n-quads/#n-quads-language")

_NO_BADGE_EN = "No badge needs this; do not trust the file."
_NO_BADGE_NL = "Geen badge heeft dit nodig; vertrouw het bestand niet."


RULES: tuple[Rule, ...] = (
    Rule(
        "JSONLD-UNDEFINED-TERM",
        en="The member “{name}” is defined by no context, so the signature does not cover it.",
        nl="Het lid “{name}” wordt door geen enkele context gedefinieerd en valt dus buiten de handtekening.",
        how_en="Add the context that defines it to “@context”, or remove the member; then sign again.",
        how_nl="Voeg de context die het definieert toe aan “@context”, of verwijder het lid; onderteken daarna opnieuw.",
        clause=_VCDM,
    ),
    Rule(
        "JSONLD-DIRECTION",
        en="The writing direction “{name}” has no place in the signed form, so the signature does not cover it.",
        nl="De schrijfrichting “{name}” heeft geen plaats in de ondertekende vorm en valt dus buiten de handtekening.",
        how_en="Leave the direction out; readers derive it from the language and the text.",
        how_nl="Laat de schrijfrichting weg; lezers leiden die af uit de taal en de tekst.",
        clause=_TO_RDF,
    ),
    Rule(
        "JSONLD-LANGUAGE-CASE",
        en="The language tag at “{name}” is not in its usual letter case, which the signature does not cover.",
        nl="De taalcode bij “{name}” heeft niet de gebruikelijke hoofd- en kleine letters; de handtekening dekt die niet.",
        how_en="Write it as “nl”, “en-US” or “zh-Hant” and sign again.",
        how_nl="Schrijf de code als “nl”, “en-US” of “zh-Hant” en onderteken opnieuw.",
        clause=_LANGUAGE,
    ),
    Rule(
        "JSONLD-BLANK-LABEL",
        en="The member “{name}” holds a blank node label, which the signature does not cover.",
        nl="Het lid “{name}” bevat een label van een lege knoop; dat valt buiten de handtekening.",
        how_en="Use a real identifier, such as one that begins with “urn:uuid:”, or none.",
        how_nl="Gebruik een echte identificatie, bijvoorbeeld een die begint met “urn:uuid:”, of geen.",
        clause=_RDFC,
    ),
    Rule(
        "JSONLD-UNMAPPED-TYPE",
        en="The type “{name}” is defined by no context.",
        nl="Het type “{name}” wordt door geen enkele context gedefinieerd.",
        how_en="Add the context that defines it to “@context”, or remove the type; then sign again.",
        how_nl="Voeg de context die het definieert toe aan “@context”, of verwijder het type; onderteken daarna opnieuw.",
        clause=_VCDM,
    ),
    Rule(
        "JSONLD-RELATIVE-IRI",
        en="“{value}” is not a complete identifier: it has no scheme such as “https:” or “urn:”.",
        nl="“{value}” is geen volledige identificatie: een schema zoals “https:” of “urn:” ontbreekt.",
        how_en="Write the whole identifier and sign again.",
        how_nl="Schrijf de hele identificatie en onderteken opnieuw.",
        clause=_IRI,
    ),
    Rule(
        "JSONLD-IRI",
        en="“{value}” cannot be an identifier: it holds characters that an IRI may not have.",
        nl="“{value}” kan geen identificatie zijn: er staan tekens in die een IRI niet mag bevatten.",
        how_en="Encode spaces and special characters with a percent sign and sign again.",
        how_nl="Codeer spaties en bijzondere tekens met een procentteken en onderteken opnieuw.",
        clause=_IRI,
    ),
    Rule(
        "JSONLD-DATATYPE",
        en="“{value}” cannot be the type of a value: it is no complete IRI.",
        nl="“{value}” kan niet het type van een waarde zijn: het is geen volledige IRI.",
        how_en="Name the datatype by its whole IRI and sign again.",
        how_nl="Noem het gegevenstype met de volledige IRI en onderteken opnieuw.",
        clause=_TO_RDF,
    ),
    Rule(
        "JSONLD-LANGUAGE",
        en="“{tag}” is not a language tag.",
        nl="“{tag}” is geen taalcode.",
        how_en="Use a tag such as “nl” or “en-US” and sign again.",
        how_nl="Gebruik een code zoals “nl” of “en-US” en onderteken opnieuw.",
        clause=_LANGUAGE,
    ),
    Rule(
        "JSONLD-NUMBER",
        en="The number {value} is written differently by different readers, so it cannot be signed safely.",
        nl="Het getal {value} wordt door verschillende lezers anders geschreven en is daardoor niet veilig te ondertekenen.",
        how_en="Use at most 15 digits between 0.000001 and 9007199254740991, or a text.",
        how_nl="Gebruik hoogstens 15 cijfers tussen 0,000001 en 9007199254740991, of een tekst.",
        clause=_TO_RDF,
    ),
    Rule(
        "JSONLD-SURROGATE",
        en="A text holds half a character (a lone surrogate).",
        nl="Een tekst bevat een half teken (een los surrogaat).",
        how_en="Write the text again in full characters and sign again.",
        how_nl="Schrijf de tekst opnieuw met volledige tekens en onderteken opnieuw.",
        clause=_JCS,
    ),
    Rule(
        "JSONLD-KEYWORD",
        en="“{name}” rearranges a document or is not signed; it has no place in a badge.",
        nl="“{name}” herschikt een document of wordt niet ondertekend; het hoort niet in een badge.",
        how_en="Write the members where they belong, without this keyword.",
        how_nl="Schrijf de leden op hun eigen plaats, zonder dit sleutelwoord.",
        clause=_KEYWORDS,
    ),
    Rule(
        "JSONLD-DISGUISED-TERM",
        en="“{name}” means the same as “{term}”, where readers look for “{term}”.",
        nl="“{name}” betekent hetzelfde als “{term}”, terwijl lezers naar “{term}” zoeken.",
        how_en="Write “{term}”. If someone else changed this after signing, do not trust the badge.",
        how_nl="Schrijf “{term}”. Heeft iemand dit na het ondertekenen veranderd, vertrouw de badge dan niet.",
        clause=_INTEGRITY,
    ),
    Rule(
        "JSONLD-REDEFINED-TERM",
        en="A context inside the document gives “{name}” another meaning than its known contexts do.",
        nl="Een context in het document geeft “{name}” een andere betekenis dan de bekende contexten.",
        how_en="Use another name, or leave the definition out.",
        how_nl="Gebruik een andere naam of laat de definitie weg.",
        clause=_INTEGRITY,
    ),
    Rule(
        "JSONLD-SPLIT-NODE",
        en="“{id}” is described at the top of the document and again further down.",
        nl="“{id}” wordt bovenaan het document beschreven en verderop nog eens.",
        how_en="Put all its members at the top and refer to it by its identifier elsewhere.",
        how_nl="Zet alle leden bovenaan en verwijs er elders naar met de identificatie.",
        clause=_INTEGRITY,
    ),
    Rule(
        "JSONLD-UNSIGNED-VALUE",
        en="A value stands where it says nothing about anything, so it cannot be signed.",
        nl="Een waarde staat op een plaats waar die niets over iets zegt en kan dus niet worden ondertekend.",
        how_en="Remove it, or give it a member and contexts that say what it means.",
        how_nl="Verwijder de waarde of geef een lid en contexten op die zeggen wat die betekent.",
        clause=_JSON_LD,
    ),
    Rule(
        "JSONLD-CONTEXT",
        en="A context may not use “{name}” here.",
        nl="Een context mag hier “{name}” niet gebruiken.",
        how_en="Name the contexts one by one, and give whole identifiers.",
        how_nl="Noem de contexten een voor een en geef volledige identificaties.",
        clause=_KEYWORDS,
    ),
    Rule(
        "JSONLD-PROCESSING",
        en="The document is not valid JSON-LD ({problem}).",
        nl="Het document is geen geldige JSON-LD ({problem}).",
        how_en="Correct the document and its “@context”, then sign again.",
        how_nl="Verbeter het document en de “@context” en onderteken opnieuw.",
        clause=_JSON_LD,
    ),
    Rule(
        "JSONLD-WORK",
        en="The document holds so many parts that look alike that telling them apart takes over {limit} steps.",
        nl="Het document bevat zoveel delen die op elkaar lijken dat het onderscheiden meer dan {limit} stappen kost.",
        how_en="Give equal parts an identifier of their own; if the badge is not yours, do not trust the file.",
        how_nl="Geef gelijke delen elk een eigen identificatie; is de badge niet van u, vertrouw het bestand dan niet.",
        clause=_RDFC,
    ),
    Rule(
        "JSONLD-DEPTH",
        en="The document is nested deeper than {limit} levels.",
        nl="Het document is dieper genest dan {limit} niveaus.",
        how_en=_NO_BADGE_EN,
        how_nl=_NO_BADGE_NL,
        who="holder",
    ),
    Rule(
        "JSONLD-RECURSION",
        en="The document and its contexts are nested too deep to be interpreted.",
        nl="Het document en de contexten zijn te diep genest om te worden uitgelegd.",
        how_en=_NO_BADGE_EN,
        how_nl=_NO_BADGE_NL,
        who="holder",
    ),
    Rule(
        "JSONLD-NODES",
        en="The document holds more than {limit} values.",
        nl="Het document bevat meer dan {limit} waarden.",
        how_en="Divide it into several credentials.",
        how_nl="Verdeel het over meer credentials.",
        who="holder",
    ),
    Rule(
        "JSONLD-STRING",
        en="A text is longer than {limit} characters.",
        nl="Een tekst is langer dan {limit} tekens.",
        how_en="Put large pictures and evidence behind a link.",
        how_nl="Zet grote afbeeldingen en bewijsstukken achter een link.",
        who="holder",
    ),
    Rule(
        "JSONLD-CONTEXTS",
        en="The document names more than {limit} contexts.",
        nl="Het document noemt meer dan {limit} contexten.",
        how_en=_NO_BADGE_EN,
        how_nl=_NO_BADGE_NL,
        who="holder",
        clause=_VCDM,
    ),
    Rule(
        "NQUADS-SYNTAX",
        en="Line {line} is not an N-Quads statement.",
        nl="Regel {line} is geen N-Quads-uitspraak.",
        how_en="Write the dataset again with an RDF tool.",
        how_nl="Schrijf de gegevens opnieuw met een RDF-programma.",
        clause=_NQUADS,
    ),
    Rule(
        "JCS-NUMBER",
        en="A number cannot be written so that every reader takes it alike: {problem}.",
        nl="Een getal kan niet zo worden geschreven dat elke lezer het gelijk leest: {problem}.",
        how_en="Write a whole number up to 9007199254740991, or a text.",
        how_nl="Schrijf een geheel getal tot en met 9007199254740991, of een tekst.",
        clause=_JCS,
    ),
    Rule(
        "JCS-VALUE",
        en="The value has no canonical JSON form: {problem}.",
        nl="De waarde heeft geen canonieke JSON-vorm: {problem}.",
        how_en="Write the document again in full characters.",
        how_nl="Schrijf het document opnieuw met volledige tekens.",
        clause=_JCS,
    ),
    Rule(
        "JCS-DEPTH",
        en="The value is nested too deep to be written.",
        nl="De waarde is te diep genest om te worden geschreven.",
        how_en=_NO_BADGE_EN,
        how_nl=_NO_BADGE_NL,
        who="holder",
    ),
)
