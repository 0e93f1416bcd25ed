"""The rules of an issuer's home: the folder with its policy, keys and register."""

from __future__ import annotations

from openbadge_issuer.errors.rule import Rule

RULES: tuple[Rule, ...] = (
    Rule(
        "HOME-MISSING",
        en="There is no badge policy in {path}, so it is nobody's home.",
        nl="Er is geen badgebeleid in {path}; het is dus niemands thuis.",
        how_en="Make one with init, or name the right folder with --home.",
        how_nl="Maak er een met init, of noem de juiste map met --home.",
    ),
    Rule(
        "HOME-FILE",
        en="The file {path} cannot be read: {problem}.",
        nl="Het bestand {path} kan niet worden gelezen: {problem}.",
        how_en="Mend the place that is named, or leave the file out to take the usual places.",
        how_nl="Herstel de genoemde plek, of laat het bestand weg om de gewone plekken te gebruiken.",
    ),
    Rule(
        "HOME-VARIABLE",
        en="The environment variable {name} holds the address of the register, and is not set.",
        nl="De omgevingsvariabele {name} bevat het adres van het register, en is niet ingesteld.",
        how_en="Set it, for example to postgresql+psycopg://….",
        how_nl="Stel haar in, bijvoorbeeld op postgresql+psycopg://….",
    ),
    Rule(
        "HOME-NO-KEY",
        en="No key of the ring {path} is in use, so nothing can be signed.",
        nl="Geen sleutel van de ring {path} is in gebruik; er kan dus niets worden ondertekend.",
        how_en="Make one with key new --ring, or take one into use with key rotate.",
        how_nl="Maak er een met key new --ring, of neem er een in gebruik met key rotate.",
    ),
    Rule(
        "HOME-EXTRA",
        en="The register needs a database library that is not installed.",
        nl="Het register heeft een databasebibliotheek nodig die niet is geïnstalleerd.",
        how_en="Install the package with its extra, openbadge-issuer[register].",
        how_nl="Installeer het pakket met zijn extra, openbadge-issuer[register].",
    ),
    Rule(
        "HOME-WHO-MISSING",
        en="It was not said who does this, and {count} people hold a role.",
        nl="Er is niet gezegd wie dit doet, en {count} mensen hebben een rol.",
        how_en="Say who you are with --as, or once for all in OPENBADGE_ACTOR.",
        how_nl="Zeg wie u bent met --as, of voorgoed in OPENBADGE_ACTOR.",
    ),
    Rule(
        "HOME-WHO-UNKNOWN",
        en="Nobody is known here as “{who}”.",
        nl="Niemand is hier bekend als “{who}”.",
        how_en="Give a pseudonym, an e-mail address, or the name of a colleague as role list shows it.",
        how_nl="Geef een pseudoniem, een e-mailadres, of de naam van een collega zoals role list die toont.",
    ),
    Rule(
        "HOME-WHO-SEVERAL",
        en="More than one person is meant by “{who}”.",
        nl="Met “{who}” wordt meer dan één persoon bedoeld.",
        how_en="Give the pseudonym or the e-mail address instead.",
        how_nl="Geef in plaats daarvan het pseudoniem of het e-mailadres.",
    ),
    Rule(
        "HOME-EXISTS",
        en="{path} is there already; nothing was changed.",
        nl="{path} bestaat al; er is niets veranderd.",
        how_en="Choose a folder without a home.",
        how_nl="Kies een map zonder thuis.",
    ),
    Rule(
        "HOME-WRITE",
        en="{path} cannot be written: {problem}.",
        nl="{path} kan niet worden geschreven: {problem}.",
        how_en="Check that the folder may be written to.",
        how_nl="Controleer of de map beschrijfbaar is.",
    ),
    Rule(
        "PUBLISH-WRITE",
        en="{path} cannot be written: {problem}.",
        nl="{path} kan niet worden geschreven: {problem}.",
        how_en="Check that the folder may be written to, and publish again.",
        how_nl="Controleer of de map beschrijfbaar is, en publiceer opnieuw.",
    ),
)
