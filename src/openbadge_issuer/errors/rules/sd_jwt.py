"""The rules of SD-JWT: disclosures, digests, and the binding to the holder's key."""

from __future__ import annotations

from openbadge_issuer.errors.rule import Clause, Rule

_RFC = "https://www.rfc-editor.org/rfc/rfc9901"
_FORMAT = Clause("RFC 9901, section 4, SD-JWT and SD-JWT+KB Data Formats", f"{_RFC}#section-4")
_VERIFICATION = Clause("RFC 9901, section 7.1, Verification of the SD-JWT", f"{_RFC}#section-7.1")
_BINDING = Clause("RFC 9901, section 7.3, Verification by the Verifier", f"{_RFC}#section-7.3")
_VC = Clause("SD-JWT VC, JWT Claims Set", "https://datatracker.ietf.org/doc/draft-ietf-oauth-sd-jwt-vc/")

_DISCLOSURES = (
    Rule(
        "SD-JWT-FORMAT",
        en="The text is not an SD-JWT: a compact JWS, disclosures, and perhaps a key binding, with tildes between them.",
        nl="De tekst is geen SD-JWT: een compacte JWS, disclosures en eventueel een sleutelbinding, met tildes ertussen.",
        how_en="Copy the token whole, with the tilde at its end.",
        how_nl="Kopieer het token volledig, met de tilde aan het eind.",
        who="holder",
        clause=_FORMAT,
    ),
    Rule(
        "SD-JWT-COUNT",
        en="The token has more than {limit} disclosures.",
        nl="Het token heeft meer dan {limit} disclosures.",
        how_en="Show less at once.",
        how_nl="Toon minder tegelijk.",
        who="holder",
    ),
    Rule(
        "SD-JWT-DISCLOSURE",
        en="Disclosure {position} is not an array of a salt, perhaps a name, and a value, in base64url.",
        nl="Disclosure {position} is geen array van een salt, eventueel een naam, en een waarde, in base64url.",
        how_en="Show the disclosures as the issuer gave them.",
        how_nl="Toon de disclosures zoals de uitgever ze gaf.",
        who="holder",
        clause=_FORMAT,
    ),
    Rule(
        "SD-JWT-UNREFERENCED",
        en="The issuer vouches for none of {count} disclosures, so somebody may have added them.",
        nl="De uitgever staat niet in voor {count} van de disclosures, dus iemand kan ze hebben toegevoegd.",
        how_en="Do not trust the token; ask for it anew.",
        how_nl="Vertrouw het token niet; vraag er opnieuw om.",
        who="holder",
        clause=_VERIFICATION,
    ),
    Rule(
        "SD-JWT-DIGEST",
        en="A digest stands here in a form or place that is not allowed.",
        nl="Hier staat een digest in een vorm of op een plaats die niet is toegestaan.",
        how_en="Issue the credential again: _sd is an array of digests, and an element has one digest of an element.",
        how_nl="Geef de credential opnieuw uit: _sd is een array van digests, en een element heeft één digest van een element.",
        clause=_VERIFICATION,
    ),
    Rule(
        "SD-JWT-DIGEST-TWICE",
        en="One digest occurs twice, so one value could stand in two places.",
        nl="Een digest komt twee keer voor, dus een waarde zou op twee plaatsen kunnen staan.",
        how_en="Issue the credential again, with a salt of its own for every value.",
        how_nl="Geef de credential opnieuw uit, met voor elke waarde een eigen salt.",
        clause=_VERIFICATION,
    ),
    Rule(
        "SD-JWT-NAME",
        en="The name “{name}” is taken here, by another member or by the format itself.",
        nl="De naam “{name}” is hier al bezet, door een ander lid of door het formaat zelf.",
        how_en="Issue the credential again with another name.",
        how_nl="Geef de credential opnieuw uit met een andere naam.",
        clause=_VERIFICATION,
    ),
    Rule(
        "SD-JWT-HASH",
        en="The digests are of the kind {found}; only sha-256 can be checked here.",
        nl="De digests zijn van de soort {found}; alleen sha-256 kan hier worden gecontroleerd.",
        how_en="Issue the credential again with sha-256.",
        how_nl="Geef de credential opnieuw uit met sha-256.",
        clause=_FORMAT,
    ),
)

_CREDENTIALS = (
    Rule(
        "SD-JWT-PLAIN",
        en="“{name}” tells whether the credential holds, so nobody may be able to keep it back.",
        nl="“{name}” vertelt of de credential geldt, dus niemand mag het kunnen achterhouden.",
        how_en="Issue the credential with this member in plain sight.",
        how_nl="Geef de credential uit met dit lid in het zicht.",
        clause=_VC,
    ),
    Rule(
        "SD-JWT-VCT",
        en="The claim vct, which names the kind of credential, is missing or no text.",
        nl="De claim vct, die de soort credential noemt, ontbreekt of is geen tekst.",
        how_en="Issue the credential with vct.",
        how_nl="Geef de credential uit met vct.",
        clause=_VC,
    ),
    Rule(
        "SD-JWT-LEARNING",
        en="The claim {name} of the learning credential is missing, is not one of its claims, or has another form.",
        nl="De claim {name} van de leercredential ontbreekt, hoort er niet bij of heeft een andere vorm.",
        how_en="Give the claims that its kind has, in their forms.",
        how_nl="Geef de claims die bij deze soort horen, in hun vorm.",
        clause=Clause(
            "EU wallet reference issuer, Type Metadata",
            "https://issuer-backend.eudiw.dev/type-metadata/urn:eu.europa.ec.eudi:learning:credential:1",
        ),
    ),
    Rule(
        "SD-JWT-POINTER",
        en="Nothing that can be kept back stands at {place}.",
        nl="Op {place} staat niets dat achtergehouden kan worden.",
        how_en="Name a member or an element that is there, as a JSON Pointer.",
        how_nl="Noem een lid of element dat er is, als JSON Pointer.",
        who="holder",
        clause=_FORMAT,
    ),
    Rule(
        "SD-JWT-BOUND",
        en="The token cannot be bound to a key: it is bound already, or it is no SD-JWT.",
        nl="Het token kan niet aan een sleutel worden gebonden: het is al gebonden, of het is geen SD-JWT.",
        how_en="Select anew what is to be shown, and bind that.",
        how_nl="Kies opnieuw wat getoond moet worden, en bind dat.",
        who="holder",
        clause=_FORMAT,
    ),
)

_KEY_BINDING = (
    Rule(
        "SD-JWT-KB-MISSING",
        en="Who shows the token does not prove to have its key.",
        nl="Wie het token toont, bewijst niet de sleutel ervan te hebben.",
        how_en="Show it with a key binding for this verifier.",
        how_nl="Toon het met een sleutelbinding voor deze controleur.",
        holds_en="Who shows the token proves, to this verifier and now, to have the key that it is bound to.",
        holds_nl="Wie het token toont, bewijst deze controleur, en nu, de sleutel te hebben waaraan het gebonden is.",
        who="holder",
        clause=_BINDING,
    ),
    Rule(
        "SD-JWT-KB-KEY",
        en="The issuer did not bind the credential to a key that can be read, in cnf.",
        nl="De uitgever heeft de credential niet aan een leesbare sleutel gebonden, in cnf.",
        how_en="Issue the credential again with the public key of the holder.",
        how_nl="Geef de credential opnieuw uit met de publieke sleutel van de houder.",
        clause=_BINDING,
    ),
    Rule(
        "SD-JWT-KB-SIGNATURE",
        en="The key binding is not signed with the key to which the issuer bound the credential.",
        nl="De sleutelbinding is niet ondertekend met de sleutel waaraan de uitgever de credential heeft gebonden.",
        how_en="Do not accept it: somebody may show what belongs to another.",
        how_nl="Accepteer het niet: iemand kan tonen wat van een ander is.",
        who="holder",
        clause=_BINDING,
    ),
    Rule(
        "SD-JWT-KB-CLAIM",
        en="The claim {name} of the key binding is not what it must be, so it was made for another occasion or token.",
        nl="De claim {name} van de sleutelbinding is niet wat die moet zijn, dus ze is voor een andere gelegenheid of een ander token gemaakt.",
        how_en="Show it anew, with the nonce and name of this verifier.",
        how_nl="Toon het opnieuw, met de nonce en naam van deze controleur.",
        who="holder",
        clause=_BINDING,
    ),
    Rule(
        "SD-JWT-KB-TIME",
        en="The key binding was not made just now but on {date}.",
        nl="De sleutelbinding is niet zojuist gemaakt maar op {date}.",
        how_en="Show it anew.",
        how_nl="Toon het opnieuw.",
        who="holder",
        clause=_BINDING,
    ),
)

RULES: tuple[Rule, ...] = _DISCLOSURES + _CREDENTIALS + _KEY_BINDING
