"""The rules that every step under a policy must keep: who may do it, and when."""

from __future__ import annotations

from openbadge_issuer.errors.rule import Rule

RULES: tuple[Rule, ...] = (
    Rule(
        "POLICY-NO-RIGHT",
        en="{who} holds no role now that may do this ({right}, badge {badge}).",
        nl="{who} heeft nu geen rol die dit mag ({right}, badge {badge}).",
        how_en="Ask somebody who holds such a role, or have it granted with role grant.",
        how_nl="Vraag iemand met zo'n rol, of laat die toekennen met role grant.",
    ),
    Rule(
        "POLICY-TRAINING",
        en="The training of {who} does not count any more, and the policy asks for it ({right}).",
        nl="De training van {who} telt niet meer, en het beleid vraagt erom ({right}).",
        how_en="Follow a training, and have it recorded.",
        how_nl="Volg een training, en laat die vastleggen.",
    ),
    Rule(
        "POLICY-VALUE",
        en="Something cannot be recorded as it was given ({kind}).",
        nl="Iets kan niet worden vastgelegd zoals het is opgegeven ({kind}).",
        how_en="Correct what stands at this place: too long, too short, or of another form than the record has.",
        how_nl="Verbeter wat er op die plaats staat: te lang, te kort, of anders van vorm dan het register het heeft.",
    ),
    Rule(
        "POLICY-ORDER",
        en="This would be earlier than what was recorded last, at {last}.",
        nl="Dit zou eerder zijn dan wat het laatst is vastgelegd, op {last}.",
        how_en="Check the clock of the machine; what is done is recorded in its order.",
        how_nl="Controleer de klok van de machine; wat er gebeurt wordt op volgorde vastgelegd.",
    ),
    Rule(
        "POLICY-OWN",
        en="{who} cannot do this about a badge of their own.",
        nl="{who} kan dit niet doen over een eigen badge.",
        how_en="Let a colleague do it.",
        how_nl="Laat een collega het doen.",
    ),
    Rule(
        "POLICY-EYES",
        en="Only {count} of at least {wanted} different people have taken part in this.",
        nl="Er heeft maar {count} van ten minste {wanted} verschillende mensen meegedaan.",
        how_en="Let somebody else who may do this judge, investigate or decide.",
        how_nl="Laat iemand anders die dit mag beoordelen, onderzoeken of beslissen.",
    ),
    Rule(
        "POLICY-EYES-REASON",
        en="The policy asks for {wanted} different people and {count} took part, as there are no more; nobody says why it cannot wait.",
        nl="Het beleid vraagt {wanted} verschillende mensen en er deden er {count} mee, omdat er niet meer zijn; niemand zegt waarom het niet kan wachten.",
        how_en="Give a reason, which is recorded as an exception, or grant somebody else the role first.",
        how_nl="Geef een reden, die als uitzondering wordt vastgelegd, of ken eerst iemand anders de rol toe.",
    ),
    Rule(
        "NOTICE-SENT",
        en="Of a notice that was sent it must be said how it went, and which it was.",
        nl="Van een bericht dat is verstuurd moet worden gezegd langs welke weg, en welk bericht het was.",
        how_en="Give the channel and the digest of the notice.",
        how_nl="Geef de weg en de hash van het bericht op.",
    ),
    Rule(
        "NOTICE-REASON",
        en="The notice did not reach anybody ({outcome}), and nobody says why.",
        nl="Het bericht heeft niemand bereikt ({outcome}), en niemand zegt waarom.",
        how_en="Say what went wrong, or why there is no way to tell the holder.",
        how_nl="Zeg wat er misging, of waarom er geen manier is om het de houder te vertellen.",
    ),
    Rule(
        "POLICY-PAST",
        en="Nothing can be dated back to {moment}: what was decided since then was decided without it.",
        nl="Niets kan worden teruggedateerd naar {moment}: wat sindsdien is besloten, is zonder dit besloten.",
        how_en="Leave the date out, or name one to come.",
        how_nl="Laat de datum weg, of noem een komende.",
    ),
    Rule(
        "POLICY-TEXT-LONG",
        en="The text has {length} characters; at most {limit} are kept.",
        nl="De tekst heeft {length} tekens; er worden er hoogstens {limit} bewaard.",
        how_en="Shorten it, and add what is longer as evidence.",
        how_nl="Maak hem korter, en voeg wat langer is toe als bewijs.",
    ),
    Rule(
        "POLICY-NOT-ADOPTED",
        en="The policy in the file ({digest}) is not the one in force ({known}); nothing was done under it.",
        nl="Het beleid in het bestand ({digest}) is niet het beleid dat geldt ({known}); er is niets onder gedaan.",
        how_en="Put it in force with policy adopt, or restore the file.",
        how_nl="Laat het ingaan met policy adopt, of zet het bestand terug.",
    ),
    Rule(
        "POLICY-IN-FORCE",
        en="A badge policy is in force in {path}, so this is done by its procedure: {instead}.",
        nl="In {path} geldt een badgebeleid; dit gaat dus volgens de procedure daarvan: {instead}.",
        how_en="Use that command. What cannot wait has a rule of its own: role take.",
        how_nl="Gebruik die opdracht. Voor wat niet kan wachten is er een eigen regel: role take.",
    ),
    Rule(
        "POLICY-TEXT-CONTROL",
        en="The text has a character at place {place} that is none to be read ({character}).",
        nl="De tekst heeft op plaats {place} een teken dat niet te lezen is ({character}).",
        how_en="Type it anew; names and addresses stand on one line.",
        how_nl="Typ hem opnieuw; namen en adressen staan op één regel.",
    ),
)
