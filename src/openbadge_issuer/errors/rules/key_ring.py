"""The rules of an issuer's key ring."""

from __future__ import annotations

from openbadge_issuer.errors.rule import Clause, Rule

_METHODS = Clause(
    "Controlled Identifiers 1.0, section 2.2", "https://www.w3.org/TR/cid-1.0/#verification-methods"
)

RULES: tuple[Rule, ...] = (
    Rule(
        "RING-MISSING",
        en="There is no key ring at {path}.",
        nl="Er is geen sleutelring op {path}.",
        how_en="Correct the path, or begin a ring with key new, --ring and --did.",
        how_nl="Verbeter het pad, of begin een ring met key new, --ring en --did.",
    ),
    Rule(
        "RING-UNREADABLE",
        en="The key ring at {path} cannot be read: {problem}.",
        nl="De sleutelring op {path} kan niet worden gelezen: {problem}.",
        how_en="Check who may read the file.",
        how_nl="Controleer wie het bestand mag lezen.",
    ),
    Rule(
        "RING-FORMAT",
        en="The key ring is not as it was written, so nothing is done with it.",
        nl="De sleutelring is niet zoals zij is geschreven; er gebeurt dus niets mee.",
        how_en="Restore it from a copy; change it with the commands only.",
        how_nl="Herstel haar uit een kopie; wijzig haar alleen met de opdrachten.",
    ),
    Rule(
        "RING-NOT-SAVED",
        en="The key ring cannot be written to {path}: {problem}.",
        nl="De sleutelring kan niet naar {path} worden geschreven: {problem}.",
        how_en="Check that the folder exists and may be written to.",
        how_nl="Controleer of de map bestaat en beschrijfbaar is.",
    ),
    Rule(
        "RING-BUSY",
        en="Another program is changing a key ring beside {path}.",
        nl="Een ander programma is een sleutelring bij {path} aan het wijzigen.",
        how_en="Wait until it has ended; it may be asking for a password.",
        how_nl="Wacht tot het klaar is; misschien vraagt het om een wachtwoord.",
    ),
    Rule(
        "RING-CONTROLLER",
        en="The key ring does not say whose it is, or is somebody else's: {controller}.",
        nl="De sleutelring zegt niet van wie zij is, of is van een ander: {controller}.",
        how_en="Give the issuer's own DID with --did; a ring keeps the one that it began with.",
        how_nl="Geef met --did de DID van de uitgever zelf; een ring houdt die waarmee zij begon.",
    ),
    Rule(
        "RING-NO-KEY",
        en="The key ring has no key called “{fragment}”.",
        nl="De sleutelring heeft geen sleutel met de naam “{fragment}”.",
        how_en="Look the names up with key list.",
        how_nl="Zoek de namen op met key list.",
    ),
    Rule(
        "RING-TAKEN",
        en="The key, or its name “{fragment}”, is in the key ring already.",
        nl="De sleutel, of haar naam “{fragment}”, staat al in de sleutelring.",
        how_en="Make a new key, and give it a name of its own: names are never used again.",
        how_nl="Maak een nieuwe sleutel, en geef die een eigen naam: namen worden nooit hergebruikt.",
    ),
    Rule(
        "RING-FULL",
        en="The key ring holds {limit} keys, and verifiers read no more.",
        nl="De sleutelring bevat {limit} sleutels, en meer lezen controleurs er niet.",
        how_en="Begin a ring under another DID.",
        how_nl="Begin een ring onder een andere DID.",
        clause=_METHODS,
    ),
    Rule(
        "RING-SECRET-IN-URI",
        en="The URI of the key carries a PIN or a password, which a key ring does not keep.",
        nl="In de URI van de sleutel staat een pincode of wachtwoord, en dat bewaart een sleutelring niet.",
        how_en="Take it out, and give it as secret when the key is opened.",
        how_nl="Haal het eruit, en geef het als secret wanneer de sleutel wordt geopend.",
    ),
    Rule(
        "RING-NOT-ACTIVE",
        en="The key “{fragment}” has the status {status}, so this cannot be done with it.",
        nl="De sleutel “{fragment}” heeft de status {status}, dus dit kan er niet mee.",
        how_en="Choose a key that key list shows as active.",
        how_nl="Kies een sleutel die key list als active toont.",
    ),
    Rule(
        "RING-NOT-IN-RING",
        en="The key that was opened is not in the key ring.",
        nl="De geopende sleutel staat niet in de sleutelring.",
        how_en="Give a key of the ring, or add it first.",
        how_nl="Geef een sleutel van de ring, of voeg haar eerst toe.",
    ),
    Rule(
        "RING-OTHER-KEY",
        en="The private key that was opened is not the one that the key ring calls “{fragment}”.",
        nl="De geopende privésleutel is niet die welke in de sleutelring “{fragment}” heet.",
        how_en="Put the right key back in its place, or take this one into use with key rotate.",
        how_nl="Zet de juiste sleutel terug op haar plaats, of neem deze in gebruik met key rotate.",
    ),
    Rule(
        "RING-CHOOSE",
        en="It is not plain which key is meant; active are: {keys}.",
        nl="Het is niet duidelijk welke sleutel wordt bedoeld; in gebruik zijn: {keys}.",
        how_en="Name the key that is to be retired.",
        how_nl="Noem de sleutel die moet worden uitgefaseerd.",
    ),
    Rule(
        "RING-TIME",
        en="The moment does not fit the life of the key “{fragment}”, where {date} stands already.",
        nl="Het moment past niet bij het leven van de sleutel “{fragment}”, waar al {date} staat.",
        how_en="A key is not retired before it came into use, and is not said to have been safe for longer after all.",
        how_nl="Een sleutel wordt niet uitgefaseerd vóór zij in gebruik kwam, en is achteraf niet langer veilig geweest.",
        clause=_METHODS,
    ),
    Rule(
        "RING-IN-ADVANCE",
        en="The key “{fragment}” cannot be retired in advance: {date} is still to come.",
        nl="De sleutel “{fragment}” kan niet vooraf worden uitgefaseerd: {date} moet nog komen.",
        how_en="Retire it when the time has come; it signs until then.",
        how_nl="Faseer haar uit als het zover is; tot dan ondertekent zij.",
        clause=_METHODS,
    ),
    Rule(
        "RING-DID-KEY",
        en="{controller} is a key itself, and can have no other one.",
        nl="{controller} is zelf een sleutel, en kan geen andere hebben.",
        how_en="Begin the ring with that very key, or with a did:web, which can have several keys.",
        how_nl="Begin de sleutelring met precies die sleutel, of met een did:web, die meer sleutels kan hebben.",
        clause=_METHODS,
    ),
    Rule(
        "RING-NOT-CONFIRMED",
        en="Nothing was changed: this was not confirmed.",
        nl="Er is niets gewijzigd: dit is niet bevestigd.",
        how_en="Look at the list, and say --yes.",
        how_nl="Bekijk de lijst, en zeg --yes.",
    ),
    Rule(
        "STATUS-STATE-PURPOSE",
        en="The status list is for {purpose}, and a compromise takes a list for revocation.",
        nl="De statuslijst is voor {purpose}, en een gelekte sleutel vraagt om een lijst voor revocation.",
        how_en="Give the state of the issuer's revocation list.",
        how_nl="Geef de staat van de intrekkingslijst van de uitgever.",
    ),
)
