"""The rules of key stores: files, tokens and services that hold private keys."""

from __future__ import annotations

from openbadge_issuer.errors.rule import Clause, Rule

_JWK = Clause("RFC 7517, section 9.2", "https://www.rfc-editor.org/rfc/rfc7517#section-9.2")
_PKCS11_URI = Clause("RFC 7512, section 2.3", "https://www.rfc-editor.org/rfc/rfc7512#section-2.3")
_PKCS11_PIN = Clause("RFC 7512, section 4", "https://www.rfc-editor.org/rfc/rfc7512#section-4")

RULES: tuple[Rule, ...] = (
    Rule(
        "STORE-EXTRA",
        en="Keys in {store} need the extra “{extra}”, which is not installed.",
        nl="Sleutels in {store} hebben de extra “{extra}” nodig, en die is niet geïnstalleerd.",
        how_en="Install openbadge-issuer[{extra}].",
        how_nl="Installeer openbadge-issuer[{extra}].",
    ),
    Rule(
        "STORE-URI",
        en="The key URI for {store} cannot be followed: “{name}” is missing, unknown, repeated or malformed.",
        nl="De sleutel-URI voor {store} is niet te volgen: “{name}” ontbreekt, is onbekend, staat er dubbel of is ongeldig.",
        how_en="Write it as the guide on keys shows.",
        how_nl="Schrijf haar zoals de gids over sleutels laat zien.",
        clause=_PKCS11_URI,
    ),
    Rule(
        "STORE-SECRET-IN-URI",
        en="The key URI for {store} carries a PIN or a password, and URIs end up in logs and histories.",
        nl="In de sleutel-URI voor {store} staat een pincode of wachtwoord, en URI's belanden in logboeken en geschiedenissen.",
        how_en="Take it out, give it as secret, and change it if others could read it.",
        how_nl="Haal het eruit, geef het als secret, en wijzig het als anderen het konden lezen.",
        clause=_PKCS11_PIN,
    ),
    Rule(
        "STORE-PERMISSIONS",
        en="The key at {place} is not encrypted, and others than its owner may read the file.",
        nl="De sleutel op {place} is niet versleuteld, en anderen dan de eigenaar mogen het bestand lezen.",
        how_en="Take their rights away (chmod 600), or better, save the key with a password.",
        how_nl="Ontneem hun dat recht (chmod 600), of beter, sla de sleutel op met een wachtwoord.",
    ),
    Rule(
        "STORE-JWK-MISMATCH",
        en="The private half of the JWK does not belong to its public half.",
        nl="De privéhelft van de JWK hoort niet bij de publieke helft.",
        how_en="Write the JWK again from the key.",
        how_nl="Schrijf de JWK opnieuw vanuit de sleutel.",
        clause=_JWK,
    ),
    Rule(
        "STORE-JWK-ENCRYPTED",
        en="The key is an encrypted JWK (JWE), which is not read here.",
        nl="De sleutel is een versleutelde JWK (JWE), en die wordt hier niet gelezen.",
        how_en="Decrypt it with the program that wrote it, and save it as encrypted PKCS#8.",
        how_nl="Ontsleutel haar met het programma dat haar schreef, en bewaar haar als versleutelde PKCS#8.",
    ),
    Rule(
        "STORE-MODULE-NOT-NAMED",
        en="The key URI does not name the library of the token, and neither does the variable {variable}.",
        nl="De sleutel-URI noemt de bibliotheek van het token niet, en de variabele {variable} ook niet.",
        how_en="Add ?module-path= and the path of the vendor's PKCS #11 library.",
        how_nl="Voeg ?module-path= toe met het pad van de PKCS #11-bibliotheek van de leverancier.",
        clause=_PKCS11_URI,
    ),
    Rule(
        "STORE-MODULE",
        en="{path} cannot be loaded as a PKCS #11 library.",
        nl="{path} kan niet als PKCS #11-bibliotheek worden geladen.",
        how_en="Correct the path, and check that the library starts with its own tools.",
        how_nl="Verbeter het pad, en controleer of de bibliotheek met haar eigen programma's start.",
    ),
    Rule(
        "STORE-NO-KEY",
        en="The key store {store} has no such key, or none that may sign.",
        nl="De bewaarplaats {store} heeft zo'n sleutel niet, of geen die mag ondertekenen.",
        how_en="Check the names in the URI with the store's own tools.",
        how_nl="Controleer de namen in de URI met de programma's van de bewaarplaats zelf.",
    ),
    Rule(
        "STORE-AMBIGUOUS",
        en="The key URI fits more than one token or key in {store}.",
        nl="De sleutel-URI past op meer dan één token of sleutel in {store}.",
        how_en="Say more: the serial of the token, or the id of the key.",
        how_nl="Zeg meer: het serienummer van het token, of de id van de sleutel.",
        clause=_PKCS11_URI,
    ),
    Rule(
        "STORE-NO-PUBLIC-KEY",
        en="In {store}, neither a public key nor a certificate has the id of the private key.",
        nl="In {store} heeft geen publieke sleutel of certificaat de id van de privésleutel.",
        how_en="Store the public key or a certificate in the token, under the same id.",
        how_nl="Zet de publieke sleutel of een certificaat in het token, onder dezelfde id.",
    ),
    Rule(
        "STORE-WHICH-PUBLIC-KEY",
        en="In {store}, it is not plain which public key belongs to the private key: it has no id of its own.",
        nl="In {store} is niet duidelijk welke publieke sleutel bij de privésleutel hoort: die heeft geen eigen id.",
        how_en="Give both halves of the key one id that no other key has.",
        how_nl="Geef beide helften van de sleutel één id die geen andere sleutel heeft.",
    ),
    Rule(
        "STORE-KEY-KIND",
        en="The key in {store} is of the kind {found}, with which nothing is signed from there.",
        nl="De sleutel in {store} is van de soort {found}, en daarmee wordt van daaruit niets ondertekend.",
        how_en="Use P-256 there, or Ed25519 where the guide on keys says so.",
        how_nl="Gebruik daar P-256, of Ed25519 waar de gids over sleutels dat zegt.",
    ),
    Rule(
        "STORE-DENIED",
        en="The key store {store} refuses the use of the key: {problem}.",
        nl="De bewaarplaats {store} weigert het gebruik van de sleutel: {problem}.",
        how_en="Check the PIN or token, and what its owner may do with this key.",
        how_nl="Controleer de pincode of het token, en wat de eigenaar daarvan met deze sleutel mag.",
    ),
    Rule(
        "STORE-UNAVAILABLE",
        en="The key store {store} did not do what was asked: {problem}.",
        nl="De bewaarplaats {store} deed niet wat werd gevraagd: {problem}.",
        how_en="Check that it is there and reachable, and try again.",
        how_nl="Controleer of zij er is en bereikbaar is, en probeer het opnieuw.",
    ),
    Rule(
        "STORE-ANSWER",
        en="The key store {store} gave an answer that cannot be read.",
        nl="De bewaarplaats {store} gaf een antwoord dat niet leesbaar is.",
        how_en="Check that the URI leads to the right service, and that it speaks the protocol in the guide on keys.",
        how_nl="Controleer of de URI naar de juiste dienst leidt, en of die het protocol uit de gids over sleutels spreekt.",
    ),
    Rule(
        "STORE-SIGNATURE",
        en="The signature from {store} does not hold under the public key that it gave; nothing was signed.",
        nl="De handtekening van {store} klopt niet met de publieke sleutel die zij gaf; er is niets ondertekend.",
        how_en="The key was replaced there, or the store is broken: open the key again and compare it with the published one.",
        how_nl="De sleutel is daar vervangen, of de bewaarplaats is stuk: open de sleutel opnieuw en vergelijk haar met de gepubliceerde.",
    ),
)
