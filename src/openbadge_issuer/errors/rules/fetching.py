"""The rules of fetching, of documents given along, and of finding the key that a badge names."""

from __future__ import annotations

from openbadge_issuer.errors.rule import Clause, Rule

_HTTP = Clause("RFC 9110, HTTP Semantics", "https://www.rfc-editor.org/rfc/rfc9110")
_URI = Clause("RFC 3986, Uniform Resource Identifier", "https://www.rfc-editor.org/rfc/rfc3986")
_DID = Clause(
    "Decentralized Identifiers 1.0, section 3.1, DID Syntax", "https://www.w3.org/TR/did-core/#did-syntax"
)
_DID_DOCUMENT = Clause(
    "Decentralized Identifiers 1.0, section 5.1.1, DID Subject",
    "https://www.w3.org/TR/did-core/#did-subject",
)
_METHOD = Clause(
    "Controlled Identifiers 1.0, section 3.3, Retrieve Verification Method",
    "https://www.w3.org/TR/cid-1.0/#retrieve-verification-method",
)
_KEYS = Clause(
    "Controlled Identifiers 1.0, section 2.2, Verification Methods",
    "https://www.w3.org/TR/cid-1.0/#verification-methods",
)
_DID_JWK = Clause("did:jwk Method Specification", "https://github.com/quartzjer/did-jwk/blob/main/spec.md")
_JOSE = Clause(
    "Open Badges 3.0, section 8.2.2, JOSE Header",
    "https://www.imsglobal.org/spec/ob/v3p0/#joseheader",
)

_METADATA = Clause(
    "SD-JWT VC, JWT VC Issuer Metadata",
    "https://datatracker.ietf.org/doc/html/draft-ietf-oauth-sd-jwt-vc#name-jwt-vc-issuer-metadata",
)

RULES: tuple[Rule, ...] = (
    Rule(
        "FETCH-NOT-GIVEN",
        en="The document at {url} is needed, but nothing is fetched from the web unless you ask for it.",
        nl="Het document op {url} is nodig, maar er wordt niets van het web gehaald tenzij u daarom vraagt.",
        how_en="Verify online, or give the document along.",
        how_nl="Verifieer online of geef het document mee.",
        who="verifier",
    ),
    Rule(
        "FETCH-URL",
        en="“{url}” is not an https address that every program reads in the same way, so it is not fetched.",
        nl="“{url}” is geen https-adres dat elk programma hetzelfde leest en wordt daarom niet opgehaald.",
        how_en="Write a plain https address; a name with other letters than a to z in its xn-- form.",
        how_nl="Schrijf een gewoon https-adres; een naam met andere letters dan a tot en met z in de vorm met xn--.",
        clause=_URI,
    ),
    Rule(
        "FETCH-SCHEME",
        en="{url} is not fetched, because it is not an https address.",
        nl="{url} wordt niet opgehaald, want het is geen https-adres.",
        how_en="Publish the document at an https address.",
        how_nl="Publiceer het document op een https-adres.",
        clause=Clause(
            "RFC 9110, section 4.2.2, https URI Scheme",
            "https://www.rfc-editor.org/rfc/rfc9110#section-4.2.2",
        ),
    ),
    Rule(
        "FETCH-CREDENTIALS",
        en="The address on {host} holds a user name or password, so it is not fetched.",
        nl="Het adres op {host} bevat een gebruikersnaam of wachtwoord en wordt daarom niet opgehaald.",
        how_en="Publish the document where everyone can read it.",
        how_nl="Publiceer het document waar iedereen het kan lezen.",
        clause=Clause(
            "RFC 9110, section 4.2.4, Deprecation of userinfo",
            "https://www.rfc-editor.org/rfc/rfc9110#section-4.2.4",
        ),
    ),
    Rule(
        "FETCH-HOST",
        en="{host} is not one of the hosts that may be asked.",
        nl="{host} hoort niet bij de hosts die bevraagd mogen worden.",
        how_en="Add the host to the allowed ones if you trust it.",
        how_nl="Voeg de host toe aan de toegestane hosts als u deze vertrouwt.",
        who="verifier",
    ),
    Rule(
        "FETCH-ADDRESS",
        en="{host} is not asked, because its address {address} is not that of a public machine named by DNS.",
        nl="{host} wordt niet bevraagd, want het adres {address} is niet dat van een openbare machine met een DNS-naam.",
        how_en="Publish the document on a public web server, under its name.",
        how_nl="Publiceer het document op een openbare webserver, onder diens naam.",
        clause=Clause(
            "IANA Special-Purpose Address Registries, RFC 6890", "https://www.rfc-editor.org/rfc/rfc6890"
        ),
    ),
    Rule(
        "FETCH-REDIRECT",
        en="{url} redirects more than {limit} times.",
        nl="{url} verwijst meer dan {limit} keer door.",
        how_en="Let the address answer directly.",
        how_nl="Laat het adres rechtstreeks antwoorden.",
        who="host",
        clause=Clause(
            "RFC 9110, section 15.4, Redirection", "https://www.rfc-editor.org/rfc/rfc9110#section-15.4"
        ),
    ),
    Rule(
        "FETCH-TOO-LARGE",
        en="The document at {url} is longer than {limit} bytes.",
        nl="Het document op {url} is langer dan {limit} bytes.",
        how_en="No badge needs this; do not trust the document.",
        how_nl="Geen badge heeft dit nodig; vertrouw het document niet.",
        who="host",
    ),
    Rule(
        "FETCH-TIMEOUT",
        en="{host} did not give the whole document in time.",
        nl="{host} gaf niet op tijd het hele document.",
        how_en="Try again later.",
        how_nl="Probeer het later opnieuw.",
        who="host",
    ),
    Rule(
        "FETCH-ENCODING",
        en="{host} sent the document encoded as “{encoding}”, although it was asked for as it is.",
        nl="{host} stuurde het document gecodeerd als “{encoding}”, hoewel het ongewijzigd werd gevraagd.",
        how_en="Let the server honour “Accept-Encoding: identity”.",
        how_nl="Laat de server zich houden aan “Accept-Encoding: identity”.",
        who="host",
        clause=Clause(
            "RFC 9110, section 12.5.3, Accept-Encoding",
            "https://www.rfc-editor.org/rfc/rfc9110#section-12.5.3",
        ),
    ),
    Rule(
        "FETCH-CONTENT-TYPE",
        en="{url} answered with {found}, which is not the kind of document that was asked for.",
        nl="{url} antwoordde met {found}; dat is niet het soort document dat werd gevraagd.",
        how_en="Serve the document itself, with its own media type.",
        how_nl="Lever het document zelf, met het bijbehorende mediatype.",
        who="host",
        clause=Clause(
            "RFC 9110, section 8.3, Content-Type", "https://www.rfc-editor.org/rfc/rfc9110#section-8.3"
        ),
    ),
    Rule(
        "FETCH-FAILED",
        en="Nothing could be fetched from {host}: {problem}.",
        nl="Er kon niets worden opgehaald bij {host}: {problem}.",
        how_en="Check the connection and the certificate, or try again later.",
        how_nl="Controleer de verbinding en het certificaat, of probeer het later opnieuw.",
        who="host",
        clause=_HTTP,
    ),
    Rule(
        "FETCH-STATUS",
        en="{url} answered with status {status} instead of a document.",
        nl="{url} antwoordde met status {status} in plaats van een document.",
        how_en="Publish the document at this address again.",
        how_nl="Publiceer het document weer op dit adres.",
        who="host",
        clause=Clause(
            "RFC 9110, section 15, Status Codes", "https://www.rfc-editor.org/rfc/rfc9110#section-15"
        ),
    ),
    Rule(
        "FETCH-NOT-JSON",
        en="The document at {url} is not a JSON object ({problem}).",
        nl="Het document op {url} is geen JSON-object ({problem}).",
        how_en="Publish a JSON document at this address.",
        how_nl="Publiceer een JSON-document op dit adres.",
        clause=Clause("RFC 8259, The JSON Data Interchange Format", "https://www.rfc-editor.org/rfc/rfc8259"),
    ),
    Rule(
        "DOCUMENTS-MISSING",
        en="The document at {url} is not among the documents given.",
        nl="Het document op {url} zit niet bij de meegegeven documenten.",
        how_en="Add it to the index of documents, or verify online.",
        how_nl="Voeg het toe aan de index van documenten of verifieer online.",
        who="verifier",
    ),
    Rule(
        "DOCUMENTS-UNREADABLE",
        en="The file given for {url} cannot be read any more: {problem}.",
        nl="Het bestand dat voor {url} is meegegeven, kan niet meer worden gelezen: {problem}.",
        how_en="Leave the files in place while badges are verified.",
        how_nl="Laat de bestanden staan zolang er badges worden geverifieerd.",
        who="verifier",
    ),
    Rule(
        "DOCUMENTS-INDEX",
        en="The index of documents {file} cannot be read: {problem}.",
        nl="De index van documenten {file} kan niet worden gelezen: {problem}.",
        how_en="Give the path of the index file.",
        how_nl="Geef het pad van het indexbestand.",
        who="verifier",
    ),
    Rule(
        "DOCUMENTS-TOO-MANY",
        en="The index of documents has {count} entries; at most {limit} are read.",
        nl="De index van documenten heeft {count} regels; er worden er hoogstens {limit} gelezen.",
        how_en="Split the index.",
        how_nl="Splits de index.",
        who="verifier",
    ),
    Rule(
        "DOCUMENTS-URL",
        en="“{url}” in the index of documents is not an absolute web address.",
        nl="“{url}” in de index van documenten is geen volledig webadres.",
        how_en="Write the whole address, with https://.",
        how_nl="Schrijf het volledige adres, met https://.",
        who="verifier",
        clause=_URI,
    ),
    Rule(
        "DOCUMENTS-TWICE",
        en="{url} is in the index of documents twice, in two spellings.",
        nl="{url} staat twee keer in de index van documenten, in twee schrijfwijzen.",
        how_en="Remove one of the two.",
        how_nl="Verwijder een van de twee.",
        who="verifier",
    ),
    Rule(
        "DOCUMENTS-FORM",
        en="The entry for {url} in the index of documents is neither a file name nor an object with file, status and contentType.",
        nl="De regel voor {url} in de index van documenten is geen bestandsnaam en geen object met file, status en contentType.",
        how_en='Write a relative file name, or for example {{"status": 410}}.',
        how_nl='Schrijf een relatieve bestandsnaam of bijvoorbeeld {{"status": 410}}.',
        who="verifier",
    ),
    Rule(
        "DOCUMENTS-OUTSIDE",
        en="The file “{file}” in the index of documents lies outside the folder of the index.",
        nl="Het bestand “{file}” in de index van documenten ligt buiten de map van de index.",
        how_en="Put the file beside the index or in a folder below it, and name it by its relative path.",
        how_nl="Zet het bestand naast de index of in een map daaronder en noem het met het relatieve pad.",
        who="verifier",
    ),
    Rule(
        "DOCUMENTS-FILE",
        en="The file “{file}” in the index of documents cannot be read: {problem}.",
        nl="Het bestand “{file}” in de index van documenten kan niet worden gelezen: {problem}.",
        how_en="Correct the file name or put the file in place.",
        how_nl="Verbeter de bestandsnaam of zet het bestand op zijn plaats.",
        who="verifier",
    ),
    Rule(
        "DID-METHOD",
        en="Keys named by “{method}” are not supported; did:key, did:jwk, did:web and https are.",
        nl="Sleutels met “{method}” worden niet ondersteund; did:key, did:jwk, did:web en https wel.",
        how_en="Name the key by one of these, or verify with a resolver for this DID method.",
        how_nl="Noem de sleutel op een van deze manieren of verifieer met een resolver voor deze DID-methode.",
        clause=_DID,
    ),
    Rule(
        "DID-RESOLVER",
        en="The document of {did} could not be had: {problem}.",
        nl="Het document van {did} is niet verkregen: {problem}.",
        how_en="Try again later, or give another resolver for this DID method.",
        how_nl="Probeer het later opnieuw of geef een andere resolver voor deze DID-methode.",
        who="verifier",
        clause=_DID,
    ),
    Rule(
        "DID-SYNTAX",
        en="“{did}” does not name a key in a way that its method allows.",
        nl="“{did}” noemt geen sleutel op een manier die de methode toestaat.",
        how_en="Write the DID of the issuer, # and the name of the key.",
        how_nl="Schrijf de DID van de uitgever, # en de naam van de sleutel.",
        clause=_DID,
    ),
    Rule(
        "DID-JWK",
        en="“{did}” does not hold a public key as a JWK.",
        nl="“{did}” bevat geen openbare sleutel als JWK.",
        how_en="Encode the public JWK as base64url, and name the key by #0.",
        how_nl="Codeer de openbare JWK als base64url en noem de sleutel met #0.",
        clause=_DID_JWK,
    ),
    Rule(
        "METHOD-DOCUMENT-ID",
        en="The document found for {expected} says that it is about “{found}”.",
        nl="Het document dat voor {expected} is gevonden, zegt over “{found}” te gaan.",
        how_en="Publish a document whose id is the identifier itself.",
        how_nl="Publiceer een document waarvan de id de identificatie zelf is.",
        clause=_DID_DOCUMENT,
    ),
    Rule(
        "METHOD-SYNTAX",
        en="“{method}” is not the name of a key.",
        nl="“{method}” is geen naam van een sleutel.",
        how_en="Name the key by a DID URL or an https URL.",
        how_nl="Noem de sleutel met een DID-URL of een https-URL.",
        clause=_KEYS,
    ),
    Rule(
        "METHOD-NOT-LISTED",
        en="The document of {controller} does not list the key {method}.",
        nl="Het document van {controller} noemt de sleutel {method} niet.",
        how_en="Sign with a listed key, or list this key again.",
        how_nl="Onderteken met een genoemde sleutel of neem deze sleutel weer op.",
        clause=_METHOD,
    ),
    Rule(
        "METHOD-PURPOSE",
        en="The document of {controller} lists the key {method}, but not under {purpose}, so it may not sign this.",
        nl="Het document van {controller} noemt de sleutel {method}, maar niet onder {purpose}; die mag dit dus niet ondertekenen.",
        how_en="List the key under {purpose}, or sign with one that is.",
        how_nl="Neem de sleutel op onder {purpose} of onderteken met een sleutel die daar staat.",
        clause=_METHOD,
    ),
    Rule(
        "METHOD-METADATA",
        en="The metadata of {issuer} must name its keys in one place: jwks or jwks_uri.",
        nl="De metadata van {issuer} moet haar sleutels op één plaats noemen: jwks of jwks_uri.",
        how_en="Publish one of the two.",
        how_nl="Publiceer een van de twee.",
        clause=_METADATA,
    ),
    Rule(
        "METHOD-AMBIGUOUS",
        en="The document of {controller} lists the key {method} more than once, with different contents.",
        nl="Het document van {controller} noemt de sleutel {method} meer dan eens, met verschillende inhoud.",
        how_en="Give every key its own id.",
        how_nl="Geef elke sleutel een eigen id.",
        clause=_KEYS,
    ),
    Rule(
        "METHOD-KEY",
        en="The document that names the key {method} holds no public key in it that can be read ({problem}).",
        nl="Het document dat de sleutel {method} noemt, bevat daarvoor geen leesbare openbare sleutel ({problem}).",
        how_en="Publish the key as a Multikey or a JsonWebKey.",
        how_nl="Publiceer de sleutel als Multikey of JsonWebKey.",
        clause=_KEYS,
    ),
    Rule(
        "METHOD-TYPE",
        en="The key {method} is of the type “{found}”, which is not supported.",
        nl="De sleutel {method} is van het type “{found}”, dat niet wordt ondersteund.",
        how_en="Publish the key as a Multikey or a JsonWebKey.",
        how_nl="Publiceer de sleutel als Multikey of JsonWebKey.",
        clause=_KEYS,
    ),
    Rule(
        "METHOD-DATE",
        en="“{value}” in {member} of the key {method} is not a date and time with a time zone.",
        nl="“{value}” in {member} van de sleutel {method} is geen datum en tijd met een tijdzone.",
        how_en="Write the moment as 2026-01-31T12:00:00Z.",
        how_nl="Schrijf het tijdstip als 2026-01-31T12:00:00Z.",
        clause=_KEYS,
    ),
    Rule(
        "METHOD-TOO-MANY",
        en="The document of {controller} lists {count} keys; at most {limit} are read.",
        nl="Het document van {controller} noemt {count} sleutels; er worden er hoogstens {limit} gelezen.",
        how_en="List only keys that are in use.",
        how_nl="Noem alleen sleutels die in gebruik zijn.",
    ),
    Rule(
        "METHOD-NOT-NAMED",
        en="The header of the token names no key: it has neither kid nor jwk.",
        nl="De header van het token noemt geen sleutel: kid en jwk ontbreken.",
        how_en="Sign again with a kid that leads to the key.",
        how_nl="Onderteken opnieuw met een kid die naar de sleutel leidt.",
        clause=_JOSE,
    ),
    Rule(
        "METHOD-HEADER",
        en="The member {member} in the header of the token is not of the form that it must have.",
        nl="Het lid {member} in de header van het token heeft niet de vereiste vorm.",
        how_en="Write kid as a text and jwk as a public key.",
        how_nl="Schrijf kid als tekst en jwk als openbare sleutel.",
        clause=_JOSE,
    ),
)
