"""What breaks no rule of the data model and should be different all the same."""

from __future__ import annotations

from openbadge_issuer.errors.rule import Clause, Rule

_OB3 = "https://www.imsglobal.org/spec/ob/v3p0/"
_SERIALIZATION = Clause("Open Badges 3.0, JSON serialization", f"{_OB3}#serialization")
_CONTEXTS = Clause("Open Badges 3.0, Contexts", f"{_OB3}#contexts-and-vocabularies")
_VALIDATOR = Clause(
    "1EdTech public validator", "https://github.com/1EdTech/digital-credentials-public-validator"
)

RULES: tuple[Rule, ...] = (
    Rule(
        "OB3-OLD-NAME",
        en="“{name}” is a name from an older version; here it is “{current}”.",
        nl="“{name}” is een naam uit een oudere versie; hier heet dit “{current}”.",
        how_en="Write “{current}” and sign the badge again; nobody reads “{name}”.",
        how_nl="Schrijf “{current}” en onderteken de badge opnieuw; niemand leest “{name}”.",
        severity="warning",
        clause=Clause("Open Badges 3.0, Open Badges data models", f"{_OB3}#data-models"),
    ),
    Rule(
        "OB3-DATA-URI",
        en="The identifier holds {size} KiB of data; more than {limit} KiB makes a badge slow to sign, send and show.",
        nl="Het id bevat {size} KiB aan gegevens; meer dan {limit} KiB maakt een badge traag te ondertekenen, sturen en tonen.",
        how_en="Publish the file and refer to its URL.",
        how_nl="Publiceer het bestand en verwijs naar de URL ervan.",
        severity="warning",
        clause=Clause("Open Badges 3.0, Evidence", f"{_OB3}#evidence"),
    ),
    Rule(
        "OB3-ISSUER-URI",
        en="The issuer is written as a bare identifier; the public validator wants a profile.",
        nl="De uitgever staat er alleen als id; de openbare validator wil een profiel.",
        how_en="Write the issuer as an object with id, type Profile and name.",
        how_nl="Schrijf de uitgever als object met id, type Profile en name.",
        severity="interop",
        clause=_VALIDATOR,
    ),
    Rule(
        "OB3-NOT-ARRAY",
        en="“{name}” can have several values and is not written as an array; plain JSON readers refuse that.",
        nl="“{name}” kan meer waarden hebben en staat niet als lijst geschreven; wie gewone JSON leest, weigert dat.",
        how_en="Write “{name}” as an array, even with one value.",
        how_nl="Schrijf “{name}” als lijst, ook met één waarde.",
        severity="interop",
        clause=_SERIALIZATION,
    ),
    Rule(
        "OB3-NOT-SINGLE",
        en="“{name}” is an array; the published schema knows a single object only.",
        nl="“{name}” is een lijst; het gepubliceerde schema kent alleen één object.",
        how_en="Write one object, if there is no need for more.",
        how_nl="Schrijf één object, als er niet meer nodig is.",
        severity="interop",
        clause=_SERIALIZATION,
    ),
    Rule(
        "OB3-CONTEXT-OLD",
        en="The context {url} is older than {current}, in which mistakes were repaired.",
        nl="De context {url} is ouder dan {current}, waarin fouten zijn hersteld.",
        how_en="Use {current} for new badges.",
        how_nl="Gebruik {current} voor nieuwe badges.",
        severity="warning",
        clause=_CONTEXTS,
    ),
    Rule(
        "OB3-CONTEXT-VERSION",
        en="The context {url} names a version of Open Badges that is not known here; {current} is the newest.",
        nl="De context {url} noemt een versie van Open Badges die hier niet bekend is; {current} is de nieuwste.",
        how_en="Use {current}, or verify with a newer version of this library.",
        how_nl="Gebruik {current}, of controleer met een nieuwere versie van deze bibliotheek.",
        severity="warning",
        clause=_CONTEXTS,
    ),
    Rule(
        "OB3-SUBSECOND",
        en="“{name}” has a fraction of a second ({value}); tokens and some readers only keep whole seconds.",
        nl="“{name}” heeft een fractie van een seconde ({value}); tokens en sommige lezers bewaren alleen hele seconden.",
        how_en="Write “{name}” in whole seconds.",
        how_nl="Schrijf “{name}” in hele seconden.",
        severity="interop",
        clause=Clause("Open Badges 3.0, JWT encoding", f"{_OB3}#jwt-encode"),
    ),
    Rule(
        "OB3-STATUS-ID",
        en="The status entry has no id; Open Badges requires one, the W3C does not.",
        nl="De statusvermelding heeft geen id; Open Badges vereist er een, het W3C niet.",
        how_en="Give the entry an id of its own, such as the list's URL with the index as fragment.",
        how_nl="Geef de vermelding een eigen id, zoals de URL van de lijst met de index als fragment.",
        severity="warning",
        clause=Clause("Open Badges 3.0, CredentialStatus", f"{_OB3}#credentialstatus"),
    ),
    Rule(
        "CLR-ENVELOPED",
        en="A credential in the record is a token in an envelope; the published schema of CLR 2.0 refuses that.",
        nl="Een credential in het dossier is een token in een envelop; het gepubliceerde schema van CLR 2.0 weigert dat.",
        how_en="Where the reader needs the plain form, take in the badge with an embedded proof.",
        how_nl="Neem de badge met een ingesloten bewijs op als de lezer de gewone vorm nodig heeft.",
        severity="interop",
        clause=Clause(
            "VC Data Model 2.0, Enveloped Verifiable Credentials",
            "https://www.w3.org/TR/vc-data-model-2.0/#enveloped-verifiable-credentials",
        ),
    ),
    Rule(
        "JWT-ALGORITHM-OTHER",
        en="The token is signed with {alg}; readers need to know RS256 only, and the public validator takes RS256 and ES256.",
        nl="Het token is ondertekend met {alg}; lezers hoeven alleen RS256 te kennen, en de openbare validator neemt RS256 en ES256.",
        how_en="Sign with an RSA or P-256 key where the badge must be read everywhere.",
        how_nl="Onderteken met een RSA- of P-256-sleutel als de badge overal gelezen moet worden.",
        severity="interop",
        clause=Clause("Open Badges 3.0, JOSE Header", f"{_OB3}#joseheader"),
    ),
    Rule(
        "JWT-IAT",
        en="The token says that it was made on {date}, which is still to come; the public validator refuses that.",
        nl="Het token zegt gemaakt te zijn op {date}, en dat moet nog komen; de openbare validator weigert dat.",
        how_en="Set the clock right and sign the badge again, or leave the claim iat out.",
        how_nl="Zet de klok goed en onderteken de badge opnieuw, of laat de claim iat weg.",
        severity="interop",
        clause=_VALIDATOR,
    ),
    Rule(
        "JSONLD-UNKNOWN-NAME",
        en="None of the contexts knows “{name}”; it is signed, but readers of linked data refuse it or pass over it.",
        nl="Geen van de contexten kent “{name}”; het is wel ondertekend, maar wie linked data leest weigert het of slaat het over.",
        how_en="Add a context that defines “{name}”, or leave it out, and sign the badge again.",
        how_nl="Voeg een context toe die “{name}” vastlegt, of laat het weg, en onderteken de badge opnieuw.",
        severity="warning",
        clause=Clause(
            "Verifiable Credentials Data Model v2.0, section 4.3, Contexts",
            "https://www.w3.org/TR/vc-data-model-2.0/#contexts",
        ),
    ),
)
