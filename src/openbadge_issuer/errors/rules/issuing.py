"""The issuing rules: what an award must be before anything is signed."""

from __future__ import annotations

from openbadge_issuer.errors.rule import Clause, Rule

_OB3 = "https://www.imsglobal.org/spec/ob/v3p0/"
_SUBJECT = Clause("Open Badges 3.0, AchievementSubject", f"{_OB3}#achievementsubject")
_OB2 = "https://www.imsglobal.org/sites/default/files/Badges/OBv2p0Final/index.html"
_PROFILE_2 = Clause("Open Badges 2.0, Profile", f"{_OB2}#Profile")
_HOSTED_2 = Clause("Open Badges 2.0, Hosted Verification", f"{_OB2}#HostedBadge")
_DATA_INTEGRITY = Clause(
    "Data Integrity, section 2.1 Proofs", "https://www.w3.org/TR/vc-data-integrity/#proofs"
)

RULES: tuple[Rule, ...] = (
    Rule(
        "ISSUE-RECIPIENT",
        en="The recipient has neither an identifier nor an address.",
        nl="De ontvanger heeft geen identifier en geen adres.",
        how_en="Give an e-mail address, an id, a URL, a telephone number or another identifier.",
        how_nl="Geef een e-mailadres, een id, een URL, een telefoonnummer of een andere identifier.",
        clause=_SUBJECT,
    ),
    Rule(
        "ISSUE-RECIPIENT-EMPTY",
        en="The recipient's {kind} is empty.",
        nl="De {kind} van de ontvanger is leeg.",
        how_en="Give a value or leave it out.",
        how_nl="Geef een waarde of laat het weg.",
        clause=_SUBJECT,
    ),
    Rule(
        "ISSUE-RECIPIENT-FORM",
        en="“{text}” names no recipient.",
        nl="“{text}” noemt geen ontvanger.",
        how_en="Write email:ada@example.org, url:…, phone:…, a DID, or TYPE=VALUE.",
        how_nl="Schrijf email:ada@example.org, url:…, phone:…, een DID, of SOORT=WAARDE.",
        who="verifier",
        clause=_SUBJECT,
    ),
    Rule(
        "ISSUE-VERIFICATION-METHOD",
        en="The issuer {issuer} is not the key's own did:key, so it must say where the public key is found.",
        nl="De uitgever {issuer} is niet de eigen did:key van de sleutel en moet dus zeggen waar de publieke sleutel staat.",
        how_en="Give verification_method, for example did:web:badges.example#key-1, and publish the key there.",
        how_nl="Geef verification_method, bijvoorbeeld did:web:badges.example#key-1, en publiceer de sleutel daar.",
        clause=_DATA_INTEGRITY,
    ),
    Rule(
        "ISSUE-PROOF",
        en="The proof “{proof}” cannot be made with a key for {algorithm}.",
        nl="Het bewijs “{proof}” kan niet worden gemaakt met een sleutel voor {algorithm}.",
        how_en="Use an Ed25519 key for the eddsa suites, an ECDSA key for the ecdsa suites, or the proof vc-jwt.",
        how_nl="Gebruik een Ed25519-sleutel voor de eddsa-suites, een ECDSA-sleutel voor de ecdsa-suites, of het bewijs vc-jwt.",
        clause=_DATA_INTEGRITY,
    ),
    Rule(
        "ISSUE-VERSION",
        en="Badges of Open Badges version {version} cannot be issued.",
        nl="Badges van Open Badges-versie {version} kunnen niet worden uitgegeven.",
        how_en="Issue version 3.0 or 2.0.",
        how_nl="Geef versie 3.0 of 2.0 uit.",
    ),
    Rule(
        "ISSUE-TIME-ZONE",
        en="The date {name} has no time zone.",
        nl="De datum {name} heeft geen tijdzone.",
        how_en="Give an aware datetime, such as datetime(2026, 1, 31, 12, tzinfo=UTC).",
        how_nl="Geef een datetime met tijdzone, zoals datetime(2026, 1, 31, 12, tzinfo=UTC).",
        clause=Clause("Open Badges 3.0, Derived types", f"{_OB3}#derived-types"),
    ),
    Rule(
        "ISSUE-PERIOD",
        en="The badge would end before it begins to be valid.",
        nl="De badge zou eindigen voordat ze begint te gelden.",
        how_en="Choose a valid_until after valid_from.",
        how_nl="Kies een valid_until na valid_from.",
        clause=Clause(
            "VC Data Model 2.0, Validity period", "https://www.w3.org/TR/vc-data-model-2.0/#validity-period"
        ),
    ),
    Rule(
        "ISSUE-UNSTABLE-TERM",
        en="Some copies of the Open Badges context do not define “{name}”: readers with such a copy cannot verify this badge.",
        nl="Sommige kopieën van de Open Badges-context kennen “{name}” niet: lezers met zo'n kopie kunnen deze badge niet controleren.",
        how_en="Leave “{name}” out, or issue as VC-JWT.",
        how_nl="Laat “{name}” weg, of geef uit als VC-JWT.",
        severity="interop",
    ),
    Rule(
        "ISSUE-PROOF-VERSION",
        en="Badges of Open Badges {version} do not have the proof “{proof}”.",
        nl="Badges van Open Badges {version} kennen het bewijs “{proof}” niet.",
        how_en="Choose hosted or jws for 2.0, a Data Integrity suite or vc-jwt for 3.0.",
        how_nl="Kies hosted of jws voor 2.0, een Data Integrity-suite of vc-jwt voor 3.0.",
    ),
    Rule(
        "ISSUE-OB2-ISSUER-ID",
        en="The issuer {issuer} has no https address, which Open Badges 2.0 needs.",
        nl="De uitgever {issuer} heeft geen https-adres, en dat heeft Open Badges 2.0 nodig.",
        how_en="Give the issuer an https id, or a base_url under which its documents are published.",
        how_nl="Geef de uitgever een https-id, of een base_url waaronder de documenten worden gepubliceerd.",
        clause=_PROFILE_2,
    ),
    Rule(
        "ISSUE-OB2-BASE-URL",
        en="“{url}” is no https address of a folder.",
        nl="“{url}” is geen https-adres van een map.",
        how_en="Give an address such as https://badges.example/ob2/, without query or fragment.",
        how_nl="Geef een adres zoals https://badges.example/ob2/, zonder query of fragment.",
        clause=_HOSTED_2,
    ),
    Rule(
        "ISSUE-OB2-PROFILE",
        en="The issuer has no {name}, which Open Badges 2.0 insists on.",
        nl="De uitgever heeft geen {name}, en dat is in Open Badges 2.0 verplicht.",
        how_en="Give the issuer a name, a url (its home page) and an email (of a role, not of a person).",
        how_nl="Geef de uitgever een name, een url (de startpagina) en een email (van een functie, niet van een persoon).",
        clause=_PROFILE_2,
    ),
    Rule(
        "ISSUE-OB2-OPTION",
        en="The option {name} has no place in Open Badges 2.0.",
        nl="De optie {name} heeft geen plaats in Open Badges 2.0.",
        how_en="Leave {name} out, or issue version 3.0.",
        how_nl="Laat {name} weg, of geef versie 3.0 uit.",
    ),
    Rule(
        "ISSUE-OB2-IDENTITY",
        en="Open Badges 2.0 does not name recipients by “{kind}”, only by {known}.",
        nl="Open Badges 2.0 noemt ontvangers niet met “{kind}”, alleen met {known}.",
        how_en="Give an e-mail address, a URL, a telephone number or an id.",
        how_nl="Geef een e-mailadres, een URL, een telefoonnummer of een id.",
        clause=Clause("Open Badges 2.0, IdentityObject", f"{_OB2}#IdentityObject"),
    ),
    Rule(
        "ISSUE-OB2-HOSTED-ID",
        en="A hosted badge cannot be called “{id}”: it must be a file's address below {base}.",
        nl="Een gehoste badge kan niet “{id}” heten: het moet het adres van een bestand onder {base} zijn.",
        how_en="Leave the id out, or give one below the issuer's base_url.",
        how_nl="Laat het id weg, of geef een adres onder de base_url van de uitgever.",
        clause=_HOSTED_2,
    ),
    Rule(
        "ISSUE-OB2-BADGE",
        en="The badge {id} is not one of Open Badges 2.0, so it is not published as one.",
        nl="De badge {id} is geen badge van Open Badges 2.0 en wordt dus niet als zodanig gepubliceerd.",
        how_en="Give badges that were issued with version 2.0.",
        how_nl="Geef badges die met versie 2.0 zijn uitgegeven.",
        clause=_HOSTED_2,
    ),
    Rule(
        "ISSUE-OB2-TWO-FILES",
        en="Two documents would become the same file below {base}.",
        nl="Twee documenten zouden onder {base} hetzelfde bestand worden.",
        how_en="Give the badges other ids.",
        how_nl="Geef de badges andere id's.",
        clause=_HOSTED_2,
    ),
    Rule(
        "ISSUE-WRITE",
        en="{path} cannot be written: {problem}.",
        nl="{path} kan niet worden geschreven: {problem}.",
        how_en="Choose a folder that exists and that you may write to.",
        how_nl="Kies een map die bestaat en waarin u mag schrijven.",
        who="verifier",
    ),
    Rule(
        "ISSUE-BOTH",
        en="An award that is issued in both versions must be one of version 3.0.",
        nl="Een toekenning die in beide versies wordt uitgegeven, moet er een van versie 3.0 zijn.",
        how_en="Leave the version out; the badge of 2.0 is made beside that of 3.0.",
        how_nl="Laat de versie weg; de badge van 2.0 wordt naast die van 3.0 gemaakt.",
    ),
    Rule(
        "ISSUE-OB2-MISSING",
        en="The document {url} is needed and was not given.",
        nl="Het document {url} is nodig en is niet gegeven.",
        how_en="Give the badge, its badge class, the issuer's profile, its keys and its revocation list as they are hosted.",
        how_nl="Geef de badge, haar badgeklasse, het profiel van de uitgever, de sleutels en de intrekkingslijst zoals ze gehost zijn.",
        who="verifier",
        clause=_HOSTED_2,
    ),
    Rule(
        "ISSUE-OB2-UNSIGNED",
        en="The badge {id} calls itself signed, but was given without its signature.",
        nl="De badge {id} noemt zich ondertekend, maar is zonder handtekening gegeven.",
        how_en="Give the compact JWS, or the picture that it is baked into.",
        how_nl="Geef de compacte JWS, of de afbeelding waarin ze gebakken is.",
        clause=Clause("Open Badges 2.0, Signed Verification", f"{_OB2}#SignedBadge"),
    ),
    Rule(
        "ISSUE-OB2-OTHER-ISSUER",
        en="The badge was issued by {old}, and {new} does not say that it is the same.",
        nl="De badge is uitgegeven door {old}, en {new} zegt niet dat het dezelfde is.",
        how_en="Carry over your own badges only; name the old id in otherIdentifier, or the same url or email.",
        how_nl="Zet alleen eigen badges over; noem het oude id in otherIdentifier, of dezelfde url of email.",
    ),
    Rule(
        "ISSUE-WORKER-LOST",
        en="The worker that was to issue this award died, so the award was not issued.",
        nl="De werker die deze toekenning zou uitgeven is weggevallen; ze is dus niet uitgegeven.",
        how_en="Hand the award in again; if it fails again, issue it without an executor.",
        how_nl="Geef de toekenning opnieuw op; mislukt het weer, geef haar dan zonder executor uit.",
    ),
)
