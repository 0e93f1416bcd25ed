"""The key rules: keys, their encodings, where they are kept, and the DID that publishes them."""

from __future__ import annotations

from openbadge_issuer.errors.rule import Clause, Rule

_MULTIBASE = Clause("Controlled Identifiers 1.0, Multibase", "https://www.w3.org/TR/cid-1.0/#multibase-0")
_MULTIKEY = Clause("Controlled Identifiers 1.0, Multikey", "https://www.w3.org/TR/cid-1.0/#Multikey")
_BASE64URL = Clause(
    "RFC 7515, section 2, Base64url Encoding", "https://www.rfc-editor.org/rfc/rfc7515#section-2"
)
_JWK = Clause("RFC 7517, JSON Web Key", "https://www.rfc-editor.org/rfc/rfc7517#section-4")
_JWA = Clause(
    "RFC 7518, section 6, Cryptographic Algorithms for Keys",
    "https://www.rfc-editor.org/rfc/rfc7518#section-6",
)
_RS256 = Clause("RFC 7518, section 3.3", "https://www.rfc-editor.org/rfc/rfc7518#section-3.3")
_RFC8032 = Clause("RFC 8032, section 5.1.3, Decoding", "https://www.rfc-editor.org/rfc/rfc8032#section-5.1.3")
_SP800 = Clause("NIST SP 800-186, Domain parameters", "https://doi.org/10.6028/NIST.SP.800-186")
_PKCS1 = Clause("RFC 8017, section 3.1, RSA Public Key", "https://www.rfc-editor.org/rfc/rfc8017#section-3.1")
_PEM = Clause("RFC 7468, PKCS #8 and SubjectPublicKeyInfo", "https://www.rfc-editor.org/rfc/rfc7468")
_DID_KEY = Clause("The did:key Method", "https://w3c-ccg.github.io/did-key-spec/")
_DID_WEB = Clause(
    "The did:web Method", "https://w3c-ccg.github.io/did-method-web/#method-specific-identifier"
)
_DID_CORE = Clause(
    "DID Core 1.0, Verification Methods", "https://www.w3.org/TR/did-1.0/#verification-methods"
)

RULES: tuple[Rule, ...] = (
    Rule(
        "MULTIBASE-PREFIX",
        en="The text does not begin with the letter of a known base ({expected}).",
        nl="De tekst begint niet met de letter van een bekende basis ({expected}).",
        how_en="Write base58btc with a leading z, or base64url without padding with a leading u.",
        how_nl="Schrijf base58btc met een z vooraan, of base64url zonder opvulling met een u vooraan.",
        clause=_MULTIBASE,
    ),
    Rule(
        "MULTIBASE-CHARACTER",
        en="Character {position} does not occur in base58btc.",
        nl="Teken {position} komt niet voor in base58btc.",
        how_en="Copy the value again; 0, O, I and l are never used.",
        how_nl="Kopieer de waarde opnieuw; 0, O, I en l worden nooit gebruikt.",
        clause=_MULTIBASE,
    ),
    Rule(
        "MULTIBASE-SIZE",
        en="The value is {size} characters long; at most {limit} are read.",
        nl="De waarde is {size} tekens lang; er worden er hoogstens {limit} gelezen.",
        how_en="No key or signature is this long; do not trust the file.",
        how_nl="Geen sleutel of handtekening is zo lang; vertrouw het bestand niet.",
        clause=_MULTIBASE,
    ),
    Rule(
        "BASE64URL-ENCODING",
        en="A value is not base64url without padding in its only valid spelling.",
        nl="Een waarde is geen base64url zonder opvulling in de enige geldige schrijfwijze.",
        how_en="Write it without =, +, / and white space, and with zero bits at the end.",
        how_nl="Schrijf haar zonder =, +, / en witruimte, en met nulbits aan het eind.",
        clause=_BASE64URL,
    ),
    Rule(
        "KEY-FORMAT",
        en="The key is not readable as {expected}.",
        nl="De sleutel is niet leesbaar als {expected}.",
        how_en="Give the key whole and in this form, with nothing before or after it.",
        how_nl="Geef de sleutel volledig en in deze vorm, met niets ervoor of erna.",
    ),
    Rule(
        "KEY-KIND",
        en="Keys of the kind {found} are not known here; Ed25519, P-256, P-384 and RSA are.",
        nl="Sleutels van de soort {found} zijn hier niet bekend; Ed25519, P-256, P-384 en RSA wel.",
        how_en="Use an Ed25519 key.",
        how_nl="Gebruik een Ed25519-sleutel.",
    ),
    Rule(
        "KEY-LENGTH",
        en="The {kind} key takes {size} bytes where it must take {expected}.",
        nl="De {kind}-sleutel telt {size} bytes terwijl dat er {expected} moeten zijn.",
        how_en="Write the key again from its source.",
        how_nl="Schrijf de sleutel opnieuw vanuit de bron.",
        clause=_MULTIKEY,
    ),
    Rule(
        "KEY-NOT-ON-CURVE",
        en="The {kind} key is not a point of its curve.",
        nl="De {kind}-sleutel is geen punt van de kromme.",
        how_en="Write the key again from its source; some of it was changed.",
        how_nl="Schrijf de sleutel opnieuw vanuit de bron; er is iets aan veranderd.",
        clause=_SP800,
    ),
    Rule(
        "KEY-NON-CANONICAL",
        en="The {kind} key is written in a way that is not its only valid one.",
        nl="De {kind}-sleutel is anders geschreven dan op de enige geldige manier.",
        how_en="Do not trust it; export the key again with sound software.",
        how_nl="Vertrouw haar niet; exporteer de sleutel opnieuw met degelijke software.",
        clause=_RFC8032,
    ),
    Rule(
        "KEY-SMALL-ORDER",
        en="The Ed25519 key is one of the few under which signatures can be made up.",
        nl="De Ed25519-sleutel is een van de weinige waaronder handtekeningen te verzinnen zijn.",
        how_en="Do not trust whoever presents it.",
        how_nl="Vertrouw degene die haar toont niet.",
        clause=_RFC8032,
    ),
    Rule(
        "KEY-TOO-SHORT",
        en="The RSA key has {bits} bits; it needs at least {least}.",
        nl="De RSA-sleutel heeft {bits} bits; er zijn er ten minste {least} nodig.",
        how_en="Make a new key and publish it.",
        how_nl="Maak een nieuwe sleutel en publiceer die.",
        clause=_RS256,
    ),
    Rule(
        "KEY-TOO-LONG",
        en="The RSA key has {bits} bits; at most {most} are used.",
        nl="De RSA-sleutel heeft {bits} bits; er worden er hoogstens {most} gebruikt.",
        how_en="Use 3072 bits.",
        how_nl="Gebruik 3072 bits.",
        clause=_RS256,
    ),
    Rule(
        "KEY-RSA-NUMBERS",
        en="The modulus or the exponent of the RSA key is unsafe.",
        nl="De modulus of de exponent van de RSA-sleutel is onveilig.",
        how_en="Make a new key with the exponent 65537.",
        how_nl="Maak een nieuwe sleutel met exponent 65537.",
        clause=_PKCS1,
    ),
    Rule(
        "KEY-PRIVATE",
        en="A private or secret key stands where a public key belongs.",
        nl="Er staat een privésleutel of geheime sleutel waar een publieke sleutel hoort.",
        how_en="Consider this key compromised: retire it, tell who relies on it, and publish only the public half of a new one.",
        how_nl="Beschouw deze sleutel als gelekt: trek haar in, waarschuw wie erop vertrouwt en publiceer van een nieuwe alleen de publieke helft.",
        clause=_JWK,
    ),
    Rule(
        "KEY-JWK-MEMBER",
        en="The member “{name}” of the JWK is missing or has no valid value.",
        nl="Het lid “{name}” van de JWK ontbreekt of heeft geen geldige waarde.",
        how_en="Write the JWK again from the key.",
        how_nl="Schrijf de JWK opnieuw vanuit de sleutel.",
        clause=_JWA,
    ),
    Rule(
        "KEY-JWK-CURVE",
        en="The JWK says kty “{kty}” and crv “{crv}”, which do not go together.",
        nl="De JWK zegt kty “{kty}” en crv “{crv}”, en die horen niet bij elkaar.",
        how_en="Ed25519 goes with OKP, P-256 and P-384 with EC, and RSA has no crv.",
        how_nl="Ed25519 hoort bij OKP, P-256 en P-384 bij EC, en RSA heeft geen crv.",
        clause=_JWA,
    ),
    Rule(
        "KEY-JWK-ALGORITHM",
        en="The JWK is meant for {alg}, which is not used with a {kind} key here.",
        nl="De JWK is bedoeld voor {alg}, en dat wordt hier niet met een {kind}-sleutel gebruikt.",
        how_en="Leave out alg, or write EdDSA, ES256, ES384, RS256 or PS256 as fits the key.",
        how_nl="Laat alg weg, of schrijf EdDSA, ES256, ES384, RS256 of PS256 naargelang de sleutel.",
        clause=_JWK,
    ),
    Rule(
        "KEY-JWK-USE",
        en="The JWK is not meant for verifying signatures, says its member “{name}”.",
        nl="De JWK is niet bedoeld om handtekeningen te controleren, zegt het lid “{name}”.",
        how_en="Sign with a key for signatures (use “sig”, key_ops “verify”).",
        how_nl="Onderteken met een sleutel voor handtekeningen (use “sig”, key_ops “verify”).",
        clause=_JWK,
    ),
    Rule(
        "KEY-DID",
        en="This is no did:key, or its fragment does not repeat the key.",
        nl="Dit is geen did:key, of het fragment herhaalt de sleutel niet.",
        how_en="Write did:key: and the Multikey, and after # the same Multikey.",
        how_nl="Schrijf did:key: en de Multikey, en na # dezelfde Multikey.",
        clause=_DID_KEY,
    ),
    Rule(
        "KEY-URI",
        en="This does not name a key: a path, file:PATH or env:NAME is expected.",
        nl="Dit benoemt geen sleutel: een pad, file:PAD of env:NAAM wordt verwacht.",
        how_en="Name the place of the key; never give the key itself.",
        how_nl="Noem de plaats van de sleutel; geef nooit de sleutel zelf.",
    ),
    Rule(
        "KEY-FILE-NAME",
        en="A key in a file of this name could not be opened again: {path}.",
        nl="Een sleutel in een bestand met deze naam zou niet meer te openen zijn: {path}.",
        how_en="Use a name without braces and without characters that cannot be seen.",
        how_nl="Gebruik een naam zonder accolades en zonder tekens die niet te zien zijn.",
    ),
    Rule(
        "KEY-SCHEME",
        en="There is no key store for “{scheme}:”; known are {known}.",
        nl="Er is geen sleutelbewaarplaats voor “{scheme}:”; bekend zijn {known}.",
        how_en="Correct the URI, or register the store that opens it.",
        how_nl="Verbeter de URI, of meld de bewaarplaats aan die haar opent.",
    ),
    Rule(
        "KEY-NOT-FOUND",
        en="There is no key at {place}.",
        nl="Er is geen sleutel op {place}.",
        how_en="Correct the path or the name of the variable, or make a key first.",
        how_nl="Verbeter het pad of de naam van de variabele, of maak eerst een sleutel.",
    ),
    Rule(
        "KEY-UNREADABLE",
        en="The key at {place} cannot be read: {problem}.",
        nl="De sleutel op {place} kan niet worden gelezen: {problem}.",
        how_en="Check who may read the file.",
        how_nl="Controleer wie het bestand mag lezen.",
    ),
    Rule(
        "KEY-PASSWORD-NEEDED",
        en="The key is encrypted and no password was given.",
        nl="De sleutel is versleuteld en er is geen wachtwoord gegeven.",
        how_en="Give the password as secret, or name the variable that holds it.",
        how_nl="Geef het wachtwoord als secret, of noem de variabele waarin het staat.",
    ),
    Rule(
        "KEY-PASSWORD-WRONG",
        en="The key does not open with this password, or its file is damaged.",
        nl="De sleutel gaat met dit wachtwoord niet open, of het bestand is beschadigd.",
        how_en="Give the password with which the key was saved.",
        how_nl="Geef het wachtwoord waarmee de sleutel is opgeslagen.",
    ),
    Rule(
        "KEY-PASSWORD-EMPTY",
        en="The password is empty.",
        nl="Het wachtwoord is leeg.",
        how_en="Give a password; a key is never saved without one.",
        how_nl="Geef een wachtwoord; een sleutel wordt nooit zonder opgeslagen.",
    ),
    Rule(
        "KEY-EXISTS",
        en="There is already a file at {path}; a key is not overwritten unasked.",
        nl="Er staat al een bestand op {path}; een sleutel wordt niet ongevraagd overschreven.",
        how_en="Choose another path, or ask for overwriting: the old key is then gone.",
        how_nl="Kies een ander pad, of vraag om overschrijven: de oude sleutel is dan weg.",
    ),
    Rule(
        "KEY-NOT-SAVED",
        en="The key cannot be written to {path}: {problem}.",
        nl="De sleutel kan niet naar {path} worden geschreven: {problem}.",
        how_en="Check that the folder exists and may be written to.",
        how_nl="Controleer of de map bestaat en beschrijfbaar is.",
    ),
    Rule(
        "KEY-NOT-PICKLABLE",
        en="A private key does not leave the process that opened it.",
        nl="Een privésleutel verlaat het proces dat haar opende niet.",
        how_en="Give the other process the URI of the key.",
        how_nl="Geef het andere proces de URI van de sleutel.",
    ),
    Rule(
        "KEY-SIGNER",
        en="The signer says {algorithm}, but its {kind} key or what it returned does not fit that.",
        nl="De ondertekenaar zegt {algorithm}, maar de {kind}-sleutel of wat hij teruggaf past daar niet bij.",
        how_en="Return raw signature bytes: 64 for EdDSA and ES256, 96 for ES384 (r||s, not DER), those of the modulus for RSA.",
        how_nl="Geef kale handtekeningbytes terug: 64 voor EdDSA en ES256, 96 voor ES384 (r||s, geen DER), die van de modulus voor RSA.",
    ),
    Rule(
        "DID-WEB-FORMAT",
        en="“{did}” is not a DID that can be used here.",
        nl="“{did}” is geen DID die hier te gebruiken is.",
        how_en="Write did:web: and a host name, as in did:web:badges.example.",
        how_nl="Schrijf did:web: en een hostnaam, zoals in did:web:badges.example.",
        clause=_DID_WEB,
    ),
    Rule(
        "DID-WEB-HOST",
        en="The host in “{did}” is not a domain name; IP addresses are not allowed.",
        nl="De host in “{did}” is geen domeinnaam; IP-adressen zijn niet toegestaan.",
        how_en="Use a domain name, in its ASCII form.",
        how_nl="Gebruik een domeinnaam, in ASCII-vorm.",
        clause=_DID_WEB,
    ),
    Rule(
        "DID-WEB-PORT",
        en="The port in “{did}” is not a number from 1 to 65535.",
        nl="De poort in “{did}” is geen getal van 1 tot 65535.",
        how_en="Write the port after %3A, without leading zeros.",
        how_nl="Schrijf de poort na %3A, zonder voorloopnullen.",
        clause=_DID_WEB,
    ),
    Rule(
        "DID-WEB-PATH",
        en="The path in “{did}” has an empty, dotted or encoded part that could lead elsewhere.",
        nl="Het pad in “{did}” heeft een leeg, gepunt of gecodeerd deel dat ergens anders heen kan leiden.",
        how_en="Separate plain folder names with colons.",
        how_nl="Scheid gewone mapnamen met dubbele punten.",
        clause=_DID_WEB,
    ),
    Rule(
        "DID-DOCUMENT-FRAGMENT",
        en="The fragment “{fragment}” cannot name a key in the document, or names two.",
        nl="Het fragment “{fragment}” kan geen sleutel in het document benoemen, of benoemt er twee.",
        how_en="Give each key a name of its own from letters, digits, dots, hyphens and underscores.",
        how_nl="Geef elke sleutel een eigen naam uit letters, cijfers, punten, streepjes en liggende streepjes.",
        clause=_DID_CORE,
    ),
)
