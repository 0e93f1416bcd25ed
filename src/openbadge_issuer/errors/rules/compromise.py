"""The rules of the list of what a compromised key really signed, on writing and on verifying."""

from __future__ import annotations

from openbadge_issuer.errors.rule import Clause, Rule

_METHODS = Clause(
    "Controlled Identifiers 1.0, section 2.2", "https://www.w3.org/TR/cid-1.0/#verification-methods"
)
_JWT = Clause("RFC 7519, section 4", "https://www.rfc-editor.org/rfc/rfc7519#section-4")

RULES: tuple[Rule, ...] = (
    Rule(
        "COMPROMISE-FORMAT",
        en="The list of what compromised keys signed cannot be read.",
        nl="De lijst van wat gelekte sleutels hebben ondertekend is niet leesbaar.",
        how_en="Write and publish the list anew.",
        how_nl="Schrijf en publiceer de lijst opnieuw.",
        clause=_JWT,
    ),
    Rule(
        "COMPROMISE-SIZE",
        en="The list of what compromised keys signed has more than {limit} entries.",
        nl="De lijst van wat gelekte sleutels hebben ondertekend telt meer dan {limit} regels.",
        how_en="Issue the older badges anew with a good key, and list the rest.",
        how_nl="Geef de oudere badges opnieuw uit met een goede sleutel, en zet de rest op de lijst.",
    ),
    Rule(
        "COMPROMISE-SIGNER",
        en="The list of what compromised keys signed is signed with a key that it calls compromised itself.",
        nl="De lijst van wat gelekte sleutels hebben ondertekend is ondertekend met een sleutel die zij zelf gelekt noemt.",
        how_en="Sign it with a key that nobody else has.",
        how_nl="Onderteken haar met een sleutel die niemand anders heeft.",
    ),
    Rule(
        "COMPROMISE-OTHER",
        en="The list of what compromised keys signed is that of {found}, not of {issuer}, whose document leads to it.",
        nl="De lijst van wat gelekte sleutels hebben ondertekend is van {found}, niet van {issuer}, wiens document ernaar verwijst.",
        how_en="Publish the issuer's own list where its document leads.",
        how_nl="Publiceer de eigen lijst van de uitgever waar zijn document naar verwijst.",
        clause=_JWT,
    ),
    Rule(
        "COMPROMISE-KEY",
        en="The list of what compromised keys signed is not signed with a key that the issuer still stands by: {key}.",
        nl="De lijst van wat gelekte sleutels hebben ondertekend is niet ondertekend met een sleutel waar de uitgever nog voor instaat: {key}.",
        how_en="Sign the list anew with an active key of the issuer's document, and publish it.",
        how_nl="Onderteken de lijst opnieuw met een actieve sleutel uit het document van de uitgever, en publiceer haar.",
        clause=_METHODS,
    ),
    Rule(
        "COMPROMISE-FUTURE",
        en="The list of what compromised keys signed is dated {date}, in the future.",
        nl="De lijst van wat gelekte sleutels hebben ondertekend is gedateerd op {date}, in de toekomst.",
        how_en="Sign the list anew on a machine with the right time.",
        how_nl="Onderteken de lijst opnieuw op een machine met de juiste tijd.",
        clause=_JWT,
    ),
    Rule(
        "COMPROMISE-OLD",
        en="The list of what compromised keys signed takes the key {key} for safe until {since}, and the issuer's document only until {revoked}: it is an old list.",
        nl="Volgens de lijst van wat gelekte sleutels hebben ondertekend was de sleutel {key} veilig tot {since}, volgens het document van de uitgever maar tot {revoked}: het is een oude lijst.",
        how_en="Publish the list that belongs to the document.",
        how_nl="Publiceer de lijst die bij het document hoort.",
        clause=_METHODS,
    ),
    Rule(
        "COMPROMISE-LISTS",
        en="More than {limit} lists of what compromised keys signed would be needed.",
        nl="Er zouden meer dan {limit} lijsten van wat gelekte sleutels hebben ondertekend nodig zijn.",
        how_en="Verify what the document contains in parts.",
        how_nl="Controleer wat het document bevat in delen.",
        who="verifier",
    ),
    Rule(
        "COMPROMISE-LIST",
        en="Others may have the key {key}, and its owner's list of what it really signed cannot be used ({problem}).",
        nl="Anderen kunnen de sleutel {key} hebben, en de lijst van de eigenaar van wat zij echt ondertekende is niet te gebruiken ({problem}).",
        how_en="Verify with --online, or give the list along with --documents; the issuer publishes it beside its document.",
        how_nl="Controleer met --online of geef de lijst mee met --documents; de uitgever publiceert haar naast zijn document.",
        clause=_METHODS,
    ),
    Rule(
        "PROOF-KEY-COMPROMISED",
        en="Others may have the key {key} since {date}, and its owner does not vouch for this signature.",
        nl="Anderen kunnen de sleutel {key} hebben sinds {date}, en de eigenaar staat niet in voor deze handtekening.",
        how_en="Do not rely on it, whatever its date. The issuer can issue the badge anew with a good key.",
        how_nl="Vertrouw er niet op, wat de datum ook is. De uitgever kan de badge opnieuw uitgeven met een goede sleutel.",
        holds_en="Others may have the key {key} since {date}, but its owner vouches for this signature.",
        holds_nl="Anderen kunnen de sleutel {key} hebben sinds {date}, maar de eigenaar staat in voor deze handtekening.",
        clause=_METHODS,
    ),
)
