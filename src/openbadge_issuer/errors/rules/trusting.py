"""The verification rules on people and organisations: whom the badge is about, and whom one trusts."""

from __future__ import annotations

from openbadge_issuer.errors.rule import Clause, Rule

_RECIPIENT = Clause(
    "Open Badges 3.0, Verify the recipient using an identifier",
    "https://www.imsglobal.org/spec/ob/v3p0/#verify-recipient-using-identifier",
)
_TRUST = Clause(
    "VC Data Model 2.0, Verification", "https://www.w3.org/TR/vc-data-model-2.0/#credential-verification"
)
_CREATOR = Clause("Open Badges 3.0, Achievement", "https://www.imsglobal.org/spec/ob/v3p0/#achievement")

RULES: tuple[Rule, ...] = (
    Rule(
        "RECIPIENT-MATCH",
        en="The badge is about somebody else.",
        nl="De badge gaat over iemand anders.",
        holds_en="The badge is about the recipient asked for.",
        holds_nl="De badge gaat over de gevraagde ontvanger.",
        who="holder",
        verdict="recipient",
        clause=_RECIPIENT,
    ),
    Rule(
        "RECIPIENT-OTHER",
        en="The badge is not about the recipient asked for.",
        nl="De badge gaat niet over de gevraagde ontvanger.",
        how_en="Ask the holder under which address they received the badge.",
        how_nl="Vraag de houder op welk adres de badge is ontvangen.",
        who="holder",
        verdict="recipient",
        clause=_RECIPIENT,
    ),
    Rule(
        "TRUST-ISSUER",
        en="The issuer is not trusted.",
        nl="De uitgever wordt niet vertrouwd.",
        holds_en="You trust {issuer} for this.",
        holds_nl="U vertrouwt {issuer} hiervoor.",
        who="verifier",
        verdict="trust",
        clause=_TRUST,
    ),
    Rule(
        "TRUST-NOT-ASKED",
        en="Whether {issuer} can be trusted was not asked: no trust file and no expected issuer were given.",
        nl="Of {issuer} te vertrouwen is, is niet gevraagd: er is geen vertrouwensbestand en geen verwachte uitgever gegeven.",
        how_en="Give --trust FILE or --expected-issuer ID.",
        how_nl="Geef --trust BESTAND of --expected-issuer ID.",
        who="verifier",
        verdict="trust",
        clause=_TRUST,
    ),
    Rule(
        "TRUST-UNPROVEN",
        en="It is not proven that {issuer} issued this badge, so trust in the issuer does not reach it.",
        nl="Het is niet bewezen dat {issuer} deze badge heeft uitgegeven; vertrouwen in de uitgever geldt er dus niet voor.",
        how_en="See the findings on integrity.",
        how_nl="Zie de bevindingen over echtheid.",
        who="verifier",
        verdict="trust",
        clause=_TRUST,
    ),
    Rule(
        "TRUST-ISSUER-OTHER",
        en="The issuer is {issuer}, not {expected} as expected.",
        nl="De uitgever is {issuer}, niet {expected} zoals verwacht.",
        how_en="Do not accept the badge as one of the issuer that you expected.",
        how_nl="Accepteer de badge niet als een van de uitgever die u verwachtte.",
        who="verifier",
        verdict="trust",
        clause=_TRUST,
    ),
    Rule(
        "TRUST-ISSUER-UNKNOWN",
        en="The issuer {issuer} is not in your trust file.",
        nl="De uitgever {issuer} staat niet in uw vertrouwensbestand.",
        how_en="Add the issuer if you have made sure who it is.",
        how_nl="Voeg de uitgever toe als u hebt vastgesteld wie het is.",
        who="verifier",
        verdict="trust",
        clause=_TRUST,
    ),
    Rule(
        "TRUST-KEY",
        en="The badge is not signed with one of the keys pinned for {issuer}.",
        nl="De badge is niet ondertekend met een van de sleutels die voor {issuer} zijn vastgelegd.",
        how_en="Ask the issuer whether its key has changed, by a way that you trust.",
        how_nl="Vraag de uitgever langs een vertrouwde weg of de sleutel is gewijzigd.",
        who="verifier",
        verdict="trust",
        clause=_TRUST,
    ),
    Rule(
        "TRUST-ACHIEVEMENT",
        en="You trust {issuer}, but not for the achievement {achievement}.",
        nl="U vertrouwt {issuer}, maar niet voor {achievement}.",
        how_en="Add the achievement to the issuer's entry if it belongs there.",
        how_nl="Voeg de prestatie toe aan de vermelding van de uitgever als ze daar hoort.",
        who="verifier",
        verdict="trust",
        clause=_TRUST,
    ),
    Rule(
        "TRUST-CREATOR",
        en="The achievement was defined by {creator}, not by the issuer {issuer}.",
        nl="De prestatie is gedefinieerd door {creator}, niet door de uitgever {issuer}.",
        how_en="Make sure that the issuer may award it.",
        how_nl="Ga na of de uitgever haar mag toekennen.",
        who="verifier",
        verdict="trust",
        severity="warning",
        clause=_CREATOR,
    ),
    Rule(
        "TRUST-FILE",
        en="The trust file {name} cannot be read: {problem}.",
        nl="Het vertrouwensbestand {name} kan niet worden gelezen: {problem}.",
        how_en="Write TOML with [[issuer]] tables; see the guide.",
        how_nl="Schrijf TOML met [[issuer]]-tabellen; zie de handleiding.",
        who="verifier",
        verdict="trust",
        clause=_TRUST,
    ),
    Rule(
        "TRUST-ENTRY",
        en="An entry of the trust file {name} is not as it should be.",
        nl="Een vermelding in het vertrouwensbestand {name} is niet zoals het hoort.",
        how_en="Give “id”, and if wanted “name”, “keys” and “achievements”.",
        how_nl="Geef “id”, en desgewenst “name”, “keys” en “achievements”.",
        who="verifier",
        verdict="trust",
        clause=_TRUST,
    ),
)
