"""The VC-JWT rules: the token, its header, and the claims that repeat the credential."""

from __future__ import annotations

from openbadge_issuer.errors.rule import Clause, Rule

_OB3 = "https://www.imsglobal.org/spec/ob/v3p0/"
_HEADER = Clause("Open Badges 3.0, JOSE Header", f"{_OB3}#joseheader")
_PAYLOAD = Clause("Open Badges 3.0, JWT Payload", f"{_OB3}#jwt-payload")
_VERIFICATION = Clause("Open Badges 3.0, Verify the VC-JWT", f"{_OB3}#jwt-verify")
_GUIDE = Clause("Open Badges 3.0 Implementation Guide, Data Model 1.1 and 2.0", f"{_OB3}impl/")
_JWS = Clause(
    "RFC 7515, section 5.2, Message Signature Validation",
    "https://www.rfc-editor.org/rfc/rfc7515#section-5.2",
)
_CRIT = Clause("RFC 7515, section 4.1.11, crit", "https://www.rfc-editor.org/rfc/rfc7515#section-4.1.11")
_BCP = Clause(
    "RFC 8725, JSON Web Token Best Current Practices", "https://www.rfc-editor.org/rfc/rfc8725#section-3.1"
)
_NUMERIC_DATE = Clause("RFC 7519, section 2, NumericDate", "https://www.rfc-editor.org/rfc/rfc7519#section-2")

_TOKEN = (
    Rule(
        "JWT-FORMAT",
        en="The text is not a compact JWS: three parts in base64url with dots between them.",
        nl="De tekst is geen compacte JWS: drie delen in base64url met punten ertussen.",
        how_en="Copy the token whole, without quotes, line breaks or white space.",
        how_nl="Kopieer het token volledig, zonder aanhalingstekens, regeleinden of witruimte.",
        who="holder",
        clause=_JWS,
    ),
    Rule(
        "JWT-SIZE",
        en="The token, its header or its signature is too long to be a badge ({size} bytes; the cap is {limit}).",
        nl="Het token, de header of de handtekening is te lang voor een badge ({size} bytes; de grens is {limit}).",
        how_en="No badge needs this; large evidence belongs behind a link.",
        how_nl="Geen badge heeft dit nodig; groot bewijsmateriaal hoort achter een link.",
        who="holder",
    ),
    Rule(
        "JWT-HEADER-MEMBER",
        en="The header parameter “{name}” is missing or of the wrong kind.",
        nl="De headerparameter “{name}” ontbreekt of is van de verkeerde soort.",
        how_en="Sign again with alg, and kid (a URL) or jwk (an object).",
        how_nl="Onderteken opnieuw met alg, en kid (een URL) of jwk (een object).",
        clause=_HEADER,
    ),
    Rule(
        "JWT-TYPE",
        en="The token says it is {found}; a badge is JWT or vc+jwt.",
        nl="Het token zegt dat het {found} is; een badge is JWT of vc+jwt.",
        how_en="Sign again with typ JWT.",
        how_nl="Onderteken opnieuw met typ JWT.",
        clause=_HEADER,
    ),
    Rule(
        "JWT-ALGORITHM",
        en="The token is “signed” with {alg}, which anyone can do.",
        nl="Het token is “ondertekend” met {alg}, en dat kan iedereen.",
        how_en="Do not trust it. Issuers sign with RS256, ES256 or EdDSA.",
        how_nl="Vertrouw het niet. Uitgevers ondertekenen met RS256, ES256 of EdDSA.",
        clause=_BCP,
    ),
    Rule(
        "JWT-ALGORITHM-UNKNOWN",
        en="Signatures with {alg} cannot be checked here; RS256, ES256 and EdDSA can.",
        nl="Handtekeningen met {alg} kunnen hier niet worden gecontroleerd; RS256, ES256 en EdDSA wel.",
        how_en="Sign with RS256, which every verifier must read.",
        how_nl="Onderteken met RS256, die elke controleur moet lezen.",
        clause=_HEADER,
    ),
    Rule(
        "JWT-ALGORITHM-KEY",
        en="The header says {alg}, but the key is of the kind {kind}.",
        nl="De header zegt {alg}, maar de sleutel is van de soort {kind}.",
        how_en="Do not trust the token: the key decides on the algorithm, never the token.",
        how_nl="Vertrouw het token niet: de sleutel bepaalt het algoritme, nooit het token.",
        clause=_BCP,
    ),
    Rule(
        "JWT-CRITICAL",
        en="The header parameter “{name}” changes what the signature means, and is not allowed in a badge.",
        nl="De headerparameter “{name}” verandert de betekenis van de handtekening en mag niet in een badge.",
        how_en="Sign again without it.",
        how_nl="Onderteken opnieuw zonder die parameter.",
        clause=_CRIT,
    ),
    Rule(
        "JWT-PRIVATE-KEY",
        en="The header publishes a private key, so anyone could have signed this.",
        nl="De header maakt een privésleutel openbaar, dus iedereen kan dit hebben ondertekend.",
        how_en="Retire this key at once and issue its badges again.",
        how_nl="Trek deze sleutel meteen in en geef de badges ervan opnieuw uit.",
        clause=_HEADER,
    ),
    Rule(
        "JWT-HEADER",
        en="The header parameter “{name}” is not among those that the badge specification permits.",
        nl="De headerparameter “{name}” hoort niet bij de parameters die de badgespecificatie toestaat.",
        how_en="Sign with alg, typ, and kid or jwk only.",
        how_nl="Onderteken met alleen alg, typ, en kid of jwk.",
        severity="interop",
        clause=_HEADER,
    ),
    Rule(
        "JWT-VC",
        en="The claim vc is not an object.",
        nl="De claim vc is geen object.",
        how_en="Sign again with the credential itself as payload.",
        how_nl="Onderteken opnieuw met de credential zelf als inhoud.",
        clause=_PAYLOAD,
    ),
)

_CLAIMS = (
    Rule(
        "JWT-CLAIM-TYPE",
        en="The claim {name} is of the wrong kind.",
        nl="De claim {name} is van de verkeerde soort.",
        how_en="Write iss, sub and jti as text, and nbf and exp as seconds since 1970.",
        how_nl="Schrijf iss, sub en jti als tekst, en nbf en exp als seconden sinds 1970.",
        clause=_NUMERIC_DATE,
    ),
    Rule(
        "JWT-ISS-MISSING",
        en="The claim iss is missing; it must repeat {member}.",
        nl="De claim iss ontbreekt; die moet {member} herhalen.",
        how_en="Sign again with iss.",
        how_nl="Onderteken opnieuw met iss.",
        clause=_PAYLOAD,
    ),
    Rule(
        "JWT-ISS",
        en="The claim iss says {found}, but the issuer of the badge is {expected}.",
        nl="De claim iss zegt {found}, maar de uitgever van de badge is {expected}.",
        how_en="Do not rely on it; let the issuer sign again with iss equal to the id of the issuer.",
        how_nl="Vertrouw er niet op; laat de uitgever opnieuw ondertekenen met iss gelijk aan het id van de uitgever.",
        clause=_VERIFICATION,
    ),
    Rule(
        "JWT-SUB-MISSING",
        en="The claim sub is missing; it must repeat {member}.",
        nl="De claim sub ontbreekt; die moet {member} herhalen.",
        how_en="Sign again with sub.",
        how_nl="Onderteken opnieuw met sub.",
        clause=_PAYLOAD,
    ),
    Rule(
        "JWT-SUB",
        en="The claim sub says {found}, but the badge is about {expected}.",
        nl="De claim sub zegt {found}, maar de badge gaat over {expected}.",
        how_en="Let the issuer sign again with sub equal to the id of the subject.",
        how_nl="Laat de uitgever opnieuw ondertekenen met sub gelijk aan het id van het subject.",
        clause=_VERIFICATION,
    ),
    Rule(
        "JWT-SUB-ONLY",
        en="The claim sub says {found}, while the badge itself gives its subject no id.",
        nl="De claim sub zegt {found}, terwijl de badge zelf het subject geen id geeft.",
        how_en="Leave out sub where the subject has no id.",
        how_nl="Laat sub weg waar het subject geen id heeft.",
        severity="warning",
        clause=_PAYLOAD,
    ),
    Rule(
        "JWT-JTI-MISSING",
        en="The claim jti is missing; it must repeat {member}.",
        nl="De claim jti ontbreekt; die moet {member} herhalen.",
        how_en="Sign again with jti.",
        how_nl="Onderteken opnieuw met jti.",
        clause=_PAYLOAD,
    ),
    Rule(
        "JWT-JTI",
        en="The claim jti says {found}, but the id of the badge is {expected}.",
        nl="De claim jti zegt {found}, maar het id van de badge is {expected}.",
        how_en="Let the issuer sign again with jti equal to the id.",
        how_nl="Laat de uitgever opnieuw ondertekenen met jti gelijk aan het id.",
        clause=_VERIFICATION,
    ),
    Rule(
        "JWT-NBF-MISSING",
        en="The claim nbf is missing; it must repeat {member}.",
        nl="De claim nbf ontbreekt; die moet {member} herhalen.",
        how_en="Sign again with nbf.",
        how_nl="Onderteken opnieuw met nbf.",
        clause=_PAYLOAD,
    ),
    Rule(
        "JWT-NBF",
        en="The claim nbf says {found}, which is another moment than {member}, {expected}.",
        nl="De claim nbf zegt {found}, en dat is een ander moment dan {member}, {expected}.",
        how_en="Let the issuer sign again with equal moments.",
        how_nl="Laat de uitgever opnieuw ondertekenen met gelijke momenten.",
        clause=_VERIFICATION,
    ),
    Rule(
        "JWT-NBF-FRACTION",
        en="The claim nbf says {found} and leaves out the fraction of a second in {member}, {expected}.",
        nl="De claim nbf zegt {found} en laat de fractie van een seconde in {member}, {expected}, weg.",
        how_en="Write {member} in whole seconds.",
        how_nl="Schrijf {member} in hele seconden.",
        severity="warning",
        clause=_VERIFICATION,
    ),
    Rule(
        "JWT-NBF-ONLY",
        en="The claim nbf is there, while the badge itself has no {member}; the claim counts.",
        nl="De claim nbf is er, terwijl de badge zelf geen {member} heeft; de claim telt.",
        how_en="Write {member} into the badge too.",
        how_nl="Schrijf {member} ook in de badge.",
        severity="warning",
        clause=_PAYLOAD,
    ),
    Rule(
        "JWT-EXP-MISSING",
        en="The claim exp is missing; it must repeat {member}.",
        nl="De claim exp ontbreekt; die moet {member} herhalen.",
        how_en="Sign again with exp.",
        how_nl="Onderteken opnieuw met exp.",
        clause=_PAYLOAD,
    ),
    Rule(
        "JWT-EXP",
        en="The claim exp says {found}, which is another moment than {member}, {expected}.",
        nl="De claim exp zegt {found}, en dat is een ander moment dan {member}, {expected}.",
        how_en="Let the issuer sign again with equal moments.",
        how_nl="Laat de uitgever opnieuw ondertekenen met gelijke momenten.",
        clause=_VERIFICATION,
    ),
    Rule(
        "JWT-EXP-FRACTION",
        en="The claim exp says {found} and leaves out the fraction of a second in {member}, {expected}.",
        nl="De claim exp zegt {found} en laat de fractie van een seconde in {member}, {expected}, weg.",
        how_en="Write {member} in whole seconds.",
        how_nl="Schrijf {member} in hele seconden.",
        severity="warning",
        clause=_VERIFICATION,
    ),
    Rule(
        "JWT-EXP-ONLY",
        en="The claim exp is there, while the badge itself has no {member}; the claim counts.",
        nl="De claim exp is er, terwijl de badge zelf geen {member} heeft; de claim telt.",
        how_en="Write {member} into the badge too.",
        how_nl="Schrijf {member} ook in de badge.",
        severity="warning",
        clause=_PAYLOAD,
    ),
    Rule(
        "JWT-VERSION-VC",
        en="The claim vc is there, but the credential in it is not of data model 1.1.",
        nl="De claim vc is er, maar de credential erin is niet van gegevensmodel 1.1.",
        how_en="Sign the credential itself as payload, without vc.",
        how_nl="Onderteken de credential zelf als inhoud, zonder vc.",
        clause=_GUIDE,
    ),
    Rule(
        "JWT-VERSION-V1",
        en="The credential is of data model 1.1, but does not stand in the claim vc.",
        nl="De credential is van gegevensmodel 1.1, maar staat niet in de claim vc.",
        how_en="Issue it again under data model 2.0.",
        how_nl="Geef haar opnieuw uit onder gegevensmodel 2.0.",
        clause=_GUIDE,
    ),
    Rule(
        "JWT-TWO-CREDENTIALS",
        en="The token holds a credential in the claim vc and another beside it, so readers can disagree.",
        nl="Het token bevat een credential in de claim vc en een andere ernaast, zodat lezers van mening kunnen verschillen.",
        how_en="Do not rely on it; let the issuer sign one credential.",
        how_nl="Vertrouw er niet op; laat de uitgever één credential ondertekenen.",
        clause=_GUIDE,
    ),
)

_WRITING = (
    Rule(
        "JWT-DATA-MODEL",
        en="New badges are not issued under data model 1.1.",
        nl="Nieuwe badges worden niet onder gegevensmodel 1.1 uitgegeven.",
        how_en="Begin @context with https://www.w3.org/ns/credentials/v2.",
        how_nl="Begin @context met https://www.w3.org/ns/credentials/v2.",
        clause=_PAYLOAD,
    ),
    Rule(
        "JWT-CLAIM-TAKEN",
        en="The credential has a member “{name}”, which is the name of a claim.",
        nl="De credential heeft een lid “{name}”, en zo heet een claim.",
        how_en="Remove the member; the claims are added on signing.",
        how_nl="Verwijder het lid; de claims komen er bij het ondertekenen bij.",
        clause=_PAYLOAD,
    ),
    Rule(
        "JWT-MEMBER",
        en="The credential has no usable “{name}”, which a claim of the token must repeat.",
        nl="De credential heeft geen bruikbaar lid “{name}”, dat een claim van het token moet herhalen.",
        how_en="Fill in the member.",
        how_nl="Vul het lid in.",
        clause=_PAYLOAD,
    ),
    Rule(
        "JWT-FRACTION",
        en="“{name}” has a fraction of a second, which many verifiers of tokens do not read.",
        nl="“{name}” heeft een fractie van een seconde, en die lezen veel controleurs van tokens niet.",
        how_en="Write whole seconds.",
        how_nl="Schrijf hele seconden.",
        clause=_NUMERIC_DATE,
    ),
    Rule(
        "JWT-KID",
        en="“{kid}” is not a URL from which the public key can be had.",
        nl="“{kid}” is geen URL waar de publieke sleutel te halen is.",
        how_en="Name the https URL or DID URL of the public JWK, or leave it out to put the key into the header.",
        how_nl="Noem de https-URL of DID-URL van de publieke JWK, of laat haar weg om de sleutel in de header te zetten.",
        clause=_HEADER,
    ),
    Rule(
        "JWT-NOT-JSON",
        en="The credential holds a value that JSON text cannot carry, such as NaN or half a character.",
        nl="De credential bevat een waarde die JSON-tekst niet kan dragen, zoals NaN of een half teken.",
        how_en="Correct the value.",
        how_nl="Verbeter de waarde.",
    ),
)

RULES: tuple[Rule, ...] = _TOKEN + _CLAIMS + _WRITING
