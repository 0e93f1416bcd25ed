"""The rules of annulment registers: what an organisation decided about badges that no list can change."""

from __future__ import annotations

from openbadge_issuer.errors.rule import Clause, Rule

_JWT = Clause("RFC 7519, section 4", "https://www.rfc-editor.org/rfc/rfc7519#section-4")

RULES: tuple[Rule, ...] = (
    Rule(
        "ANNULMENT-FORMAT",
        en="The annulment register cannot be read.",
        nl="Het register van vervallen badges is niet leesbaar.",
        how_en="Write and publish the register anew.",
        how_nl="Schrijf en publiceer het register opnieuw.",
        verdict="status",
        clause=_JWT,
    ),
    Rule(
        "ANNULMENT-SIZE",
        en="The annulment register has more than {limit} entries.",
        nl="Het register van vervallen badges telt meer dan {limit} regels.",
        how_en="Issue badges with a place in a status list, which has room for more.",
        how_nl="Geef badges uit met een plek in een statuslijst; die heeft plaats voor meer.",
        verdict="status",
    ),
    Rule(
        "ANNULMENT-ANNULLED",
        en="{issuer} has annulled this badge on {date}{because}.",
        nl="{issuer} heeft deze badge op {date} vervallen verklaard{because}.",
        how_en="Ask the organisation, whose decision it is, if you think that it is wrong.",
        how_nl="Vraag de organisatie, die dit heeft beslist, als je denkt dat het niet klopt.",
        holds_en="{issuer} has not annulled this badge.",
        holds_nl="{issuer} heeft deze badge niet vervallen verklaard.",
        who="holder",
        verdict="status",
    ),
    Rule(
        "ANNULMENT-SUSPENDED",
        en="{issuer} has suspended this badge on {date}{because}.",
        nl="{issuer} heeft deze badge op {date} geschorst{because}.",
        how_en="Wait until the organisation has decided, and verify it again.",
        how_nl="Wacht tot de organisatie heeft beslist, en controleer haar opnieuw.",
        who="holder",
        verdict="status",
    ),
    Rule(
        "ANNULMENT-UNUSABLE",
        en="The annulment register of {issuer} cannot be used ({problem}), so nobody can tell whether it annuls this badge.",
        nl="Het register van vervallen badges van {issuer} is niet bruikbaar ({problem}); of deze badge erin staat is dus niet vast te stellen.",
        how_en="Verify online, or give the register along with the documents.",
        how_nl="Controleer online, of geef het register mee met de documenten.",
        who="verifier",
        verdict="status",
    ),
    Rule(
        "ANNULMENT-UNREADABLE",
        en="Annulment register {number} of those given cannot be read ({problem}), so nobody can tell whether it annuls this badge.",
        nl="Register van vervallen badges {number} van de meegegeven registers is niet leesbaar ({problem}); of deze badge erin staat is dus niet vast te stellen.",
        how_en="Give the register as the organisation publishes it.",
        how_nl="Geef het register zoals de organisatie het publiceert.",
        who="verifier",
        verdict="status",
    ),
    Rule(
        "ANNULMENT-OTHER",
        en="The annulment register is that of {found}, and the badge is from {issuer}.",
        nl="Het register van vervallen badges is van {found}, en de badge is van {issuer}.",
        how_en="Let the document lead to the organisation's own register.",
        how_nl="Laat het document naar het eigen register van de organisatie leiden.",
        verdict="status",
    ),
    Rule(
        "ANNULMENT-KEY",
        en="The key {key} of the annulment register is not shown to be the organisation's own, or has ended.",
        nl="Van de sleutel {key} van het register van vervallen badges is niet aangetoond dat ze van de organisatie is, of ze geldt niet meer.",
        how_en="Sign the register with a key that the organisation's document names.",
        how_nl="Onderteken het register met een sleutel die in het document van de organisatie staat.",
        verdict="status",
    ),
    Rule(
        "ANNULMENT-NOT-CURRENT",
        en="The annulment register counts from {issued} until {until}, and not today.",
        nl="Het register van vervallen badges geldt van {issued} tot {until}, en niet vandaag.",
        how_en="Publish it anew.",
        how_nl="Publiceer het opnieuw.",
        who="issuer",
        verdict="status",
    ),
)
