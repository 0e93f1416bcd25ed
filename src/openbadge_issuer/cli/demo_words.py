"""What the demonstration says, in English and Dutch."""

from __future__ import annotations

from openbadge_issuer.errors.rule import Language

_SENTENCES: dict[str, tuple[str, str]] = {
    "title": (
        "One badge of Breakthrough, under its badge policy. All of it happens on this machine.",
        "Eén badge van Breakthrough, volgens het badgebeleid. Alles gebeurt op deze computer.",
    ),
    "found": ("1. Breakthrough begins: the policy in force, a key, a register. Noor hands out the roles.", "1. Breakthrough begint: het beleid geldt, er is een sleutel en een register. Noor verdeelt de rollen."),
    "define": ("2. Noor defines the badge; Samir reviews it, looks at its picture, and takes it into use.", "2. Noor beschrijft de badge; Samir beoordeelt haar, bekijkt het plaatje, en neemt haar in gebruik."),
    "assess": ("3. Joris saw Ada lead a workshop and judges each of {count} criteria. Noor decides; the decision is sealed, the badge signed and published.", "3. Joris zag Ada een workshop begeleiden en beoordeelt elk van {count} criteria. Noor beslist; de beslissing wordt verzegeld, de badge ondertekend en gepubliceerd."),
    "inform": ("4. Ada is told what the badge means, and how to object.", "4. Ada hoort wat de badge betekent, en hoe ze bezwaar kan maken."),
    "verify": ("A stranger verifies the badge without the web.", "Een vreemde controleert de badge zonder internet."),
    "paper": ("5. Bo has no e-mail address. A letter with a code shows whose badge it is.", "5. Bo heeft geen e-mailadres. Een brief met een code laat zien van wie de badge is."),
    "report": ("6. Somebody reports a doubt about Ada's badge, without a name. Samir investigates; meanwhile the badge is suspended.", "6. Iemand meldt een twijfel over Ada's badge, zonder naam. Samir onderzoekt; zolang is de badge geschorst."),
    "decide": ("7. Ada is heard. Samir, who did not award it, decides: the badge is revoked, with a reason that names nobody. Ada is told.", "7. Ada wordt gehoord. Samir, die haar niet toekende, beslist: de badge wordt ingetrokken, met een reden die niemand noemt. Ada hoort het."),
    "again": ("8. The stranger verifies the same old file again.", "8. De vreemde controleert hetzelfde oude bestand opnieuw."),
    "prevent": ("9. Something is done so that it does not happen again, and the case is closed.", "9. Er wordt iets gedaan zodat het niet weer gebeurt, en de zaak wordt gesloten."),
    "records": ("10. The register is checked against the head that was signed and published.", "10. Het register wordt gecontroleerd met de kop die is ondertekend en gepubliceerd."),
    "proven": ("Nothing in {length} entries was changed, removed or invented.", "Aan {length} regels is niets veranderd, verwijderd of verzonnen."),
    "files": ("What lies in {folder}:", "Wat er in {folder} ligt:"),
    "next": ("Try it yourself:", "Probeer het zelf:"),
    "badges": ("the badges, as JSON and baked into pictures: Ada's is revoked, Bo's counts", "de badges, als JSON en in plaatjes gebakken: die van Ada is ingetrokken, die van Bo geldt"),
    "private": ("the key (its password beside it, only here), the register, evidence, and messages in outbox", "de sleutel (alleen hier met het wachtwoord ernaast), het register, bewijs, en berichten in outbox"),
    "public": ("what is published: keys, status lists, annulments, the badge for Open Badges 2.0", "wat gepubliceerd is: sleutels, statuslijsten, vervallen badges, de badge voor Open Badges 2.0"),
    "documents.json": ("which file stands in for which address on the web", "welk bestand voor welk adres op het web staat"),
    "reports.json": ("what the stranger was told, for programs", "wat de vreemde hoorde, voor programma's"),
    "badge-policy.toml": ("the policy that all of this follows", "het beleid dat dit alles volgt"),
}  # fmt: skip


def sentence(name: str, language: Language, **details: str) -> str:
    """Return a sentence of the demonstration."""
    english, dutch = _SENTENCES[name]
    return (english if language == "en" else dutch).format_map(details)
