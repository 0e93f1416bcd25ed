"""Every member of a policy in words, and which change of it weakens what people can rely on."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Literal, TypeAlias

from openbadge_issuer.errors.rule import Language

Guard: TypeAlias = Literal["checks", "speed", "objection", "records", "privacy", "security", "access"]
"""What a safeguard is for."""

Weakening: TypeAlias = Literal["longer", "shorter", "lower", "higher", "loses", "toward"]
"""What weakens it: a longer or shorter period, a lower or higher number, fewer values, a value further on."""

SECTIONS: Mapping[str, Mapping[Language, str]] = MappingProxyType(
    {
        "format": {"en": "The file", "nl": "Het bestand"},
        "version": {"en": "Version", "nl": "Versie"},
        "adopted": {"en": "Adoption", "nl": "Vaststelling"},
        "purpose": {"en": "Purpose", "nl": "Doel"},
        "organisation": {"en": "Organisation", "nl": "Organisatie"},
        "roles": {"en": "Roles", "nl": "Rollen"},
        "awarding": {"en": "Awarding", "nl": "Toekennen"},
        "emergency": {"en": "Emergencies", "nl": "Noodgevallen"},
        "revocation": {"en": "Doubts about badges", "nl": "Twijfel over badges"},
        "training": {"en": "Training", "nl": "Training"},
        "retention": {"en": "How long records are kept", "nl": "Hoe lang gegevens worden bewaard"},
        "privacy": {"en": "Personal data", "nl": "Persoonsgegevens"},
        "publication": {"en": "What is public", "nl": "Wat openbaar is"},
        "minors": {"en": "Young people", "nl": "Jongeren"},
        "reviews": {"en": "Reviews", "nl": "Herziening"},
        "evaluation": {"en": "Evaluation", "nl": "Evaluatie"},
        "misuse": {"en": "Misuse", "nl": "Misbruik"},
        "keys": {"en": "Keys", "nl": "Sleutels"},
        "design": {"en": "Design", "nl": "Vormgeving"},
        "platforms": {"en": "Other platforms", "nl": "Andere platforms"},
    }
)

GUARDS: Mapping[Guard, Mapping[Language, str]] = MappingProxyType(
    {
        "checks": {"en": "fewer checks", "nl": "minder controle"},
        "speed": {"en": "people wait longer", "nl": "mensen wachten langer"},
        "objection": {"en": "less room to object", "nl": "minder ruimte voor bezwaar"},
        "records": {"en": "less can be shown later", "nl": "later is minder aan te tonen"},
        "privacy": {"en": "less privacy", "nl": "minder privacy"},
        "security": {"en": "less security", "nl": "minder veilig"},
        "access": {"en": "fewer people can read it", "nl": "minder mensen kunnen het lezen"},
    }
)


@dataclass(frozen=True, slots=True)
class Member:
    """A member of a policy in words.

    Attributes:
        en: what it is, in English.
        nl: the same in Dutch.
        weakens: which change weakens which safeguard.
        order: the values from the safest on, for a choice.
    """

    en: str
    nl: str
    weakens: Mapping[Weakening, Guard] = field(default_factory=dict)
    order: tuple[str | bool, ...] = ()

    def words(self, language: Language) -> str:
        """Say what it is."""
        return self.en if language == "en" else self.nl


def _deadline(en: str, nl: str) -> Member:
    return Member(en, nl, {"longer": "speed"})


def _kept(en: str, nl: str) -> Member:
    return Member(en, nl, {"shorter": "records", "longer": "privacy"})


MEMBERS: Mapping[str, Member] = MappingProxyType(
    {
        "format": Member("Format", "Formaat"),
        "version": Member("Version", "Versie"),
        "adopted": Member("Adopted on", "Vastgesteld op"),
        "purpose": Member("Purpose", "Doel"),
        "organisation.id": Member("Identifier", "Kenmerk"),
        "organisation.name": Member("Name", "Naam"),
        "organisation.url": Member("Website", "Website"),
        "organisation.contact": Member("Contact address", "Contactadres"),
        "organisation.description": Member("Description", "Omschrijving"),
        "organisation.time_zone": Member("Time zone", "Tijdzone"),
        "organisation.languages": Member("Languages", "Talen", {"loses": "access"}),
        "roles.*": Member("Role", "Rol"),
        "roles.*.name": Member("Name of the role", "Naam van de rol"),
        "roles.*.purpose": Member("Purpose of the role", "Doel van de rol"),
        "roles.*.rights": Member("Rights of the role", "Rechten van de rol"),
        "roles.*.holders_at_least": Member(
            "People who hold the role, at least", "Mensen met de rol, minstens", {"lower": "checks"}
        ),
        "awarding.eyes": Member(
            "People who take part in an award, at least",
            "Mensen die meedoen aan een toekenning, minstens",
            {"lower": "checks"},
        ),
        "awarding.decide_within": _deadline("Deciding on a request", "Beslissen op een aanvraag"),
        "awarding.inform_within": _deadline("Telling the candidate", "De kandidaat informeren"),
        "awarding.objection_within": Member(
            "Time to object to a decision on an award",
            "Tijd voor bezwaar tegen een beslissing over een toekenning",
            {"shorter": "objection"},
        ),
        "emergency.allowed": Member(
            "Taking a role in an emergency", "Een rol nemen in nood", {"toward": "checks"}, (False, True)
        ),
        "emergency.lasts": Member(
            "How long a role that was taken counts", "Hoe lang een genomen rol telt", {"longer": "checks"}
        ),
        "revocation.acknowledge_within": _deadline("Acknowledging a report", "Een melding bevestigen"),
        "revocation.investigate_within": _deadline("Deciding on a report", "Beslissen over een melding"),
        "revocation.hear_within": Member(
            "Time for the holder's side of it", "Tijd voor de kant van de houder", {"shorter": "objection"}
        ),
        "revocation.inform_within": _deadline("Telling the holder", "De houder informeren"),
        "revocation.objection_within": Member(
            "Time to object to a decision on a report",
            "Tijd voor bezwaar tegen een beslissing over een melding",
            {"shorter": "objection"},
        ),
        "revocation.decide_objection_within": _deadline(
            "Deciding on an objection", "Beslissen op een bezwaar"
        ),
        "revocation.awarder_investigates": Member(
            "Whoever awarded a badge investigates it alone",
            "Wie een badge toekende onderzoekt die alleen",
            {"toward": "checks"},
            ("never", "with-reason"),
        ),
        "revocation.suspend_meanwhile": Member(
            "Suspending a badge during the investigation",
            "Een badge schorsen tijdens het onderzoek",
            {"toward": "checks"},
            (True, False),
        ),
        "revocation.grounds.*": Member("Ground", "Reden"),
        "revocation.grounds.*.name": Member("Words of the ground", "Woorden van de reden"),
        "training.valid_for": Member(
            "How long a training counts", "Hoe lang een training telt", {"longer": "checks"}
        ),
        "training.required_for": Member(
            "What needs a valid training", "Waarvoor een geldige training nodig is", {"loses": "checks"}
        ),
        "retention.person": _kept("Who people are", "Wie mensen zijn"),
        "retention.dossier": _kept("Dossiers of awards", "Dossiers van toekenningen"),
        "retention.credential": _kept("Issued badges", "Uitgegeven badges"),
        "retention.notice": _kept("Messages to people", "Berichten aan mensen"),
        "retention.case": _kept("Dossiers on reports", "Dossiers van meldingen"),
        "retention.reporter": _kept("Who reported something", "Wie iets meldde"),
        "retention.misuse": _kept("Dossiers on misuse", "Dossiers over misbruik"),
        "retention.feedback": _kept("Feedback", "Feedback"),
        "privacy.legal_basis": Member("Legal basis", "Grondslag"),
        "privacy.contact": Member("Contact address for personal data", "Contactadres voor persoonsgegevens"),
        "privacy.answer_within": _deadline(
            "Answering about personal data", "Antwoorden over persoonsgegevens"
        ),
        "publication.base": Member("Public address", "Openbaar adres"),
        "publication.recipient": Member(
            "How a badge names its holder",
            "Hoe een badge de houder noemt",
            {"toward": "privacy"},
            ("hashed-email", "plain-email"),
        ),
        "publication.evidence": Member(
            "Public evidence", "Openbaar bewijs", {"toward": "privacy"}, ("never", "with-consent")
        ),
        "publication.proof": Member("Form of the signature", "Vorm van de ondertekening"),
        "publication.open_badges_2": Member("Open Badges 2.0 as well", "Ook Open Badges 2.0"),
        "publication.suspension_list": Member(
            "List of suspended badges", "Lijst van geschorste badges", {"toward": "checks"}, (True, False)
        ),
        "publication.list_valid_for": Member(
            "How long a status list counts", "Hoe lang een statuslijst geldt", {"longer": "security"}
        ),
        "publication.list_size": Member(
            "Badges in one status list", "Badges in één statuslijst", {"lower": "privacy"}
        ),
        "minors.guardian_below": Member(
            "Age below which a guardian is told",
            "Leeftijd waaronder een voogd het hoort",
            {"lower": "checks"},
        ),
        "reviews.badge_every": Member("Reviewing each badge", "Elke badge bekijken", {"longer": "checks"}),
        "reviews.policy_every": Member("Reviewing the policy", "Het beleid bekijken", {"longer": "checks"}),
        "evaluation.every": Member("Evaluating the system", "Het systeem evalueren", {"longer": "checks"}),
        "evaluation.surveys_every": Member("Surveys", "Enquêtes", {"longer": "checks"}),
        "evaluation.interviews_every": Member("Interviews", "Interviews", {"longer": "checks"}),
        "evaluation.focus_groups_every": Member("Focus groups", "Focusgroepen", {"longer": "checks"}),
        "evaluation.smallest_cell": Member(
            "People in a figure, at least", "Mensen in een cijfer, minstens", {"lower": "privacy"}
        ),
        "misuse.handle_within": _deadline("Deciding on misuse", "Beslissen over misbruik"),
        "misuse.sanctions.*": Member("Sanction", "Sanctie"),
        "misuse.sanctions.*.name": Member("Words of the sanction", "Woorden van de sanctie"),
        "keys.rotate_every": Member(
            "Replacing the signing key", "De sleutel vervangen", {"longer": "security"}
        ),
        "design.guideline": Member("Design guideline", "Richtlijn voor het ontwerp"),
        "platforms.*": Member("Platform", "Platform"),
        "platforms.*.name": Member("Name of the platform", "Naam van het platform"),
        "platforms.*.prefixes": Member("Addresses on the platform", "Adressen op het platform"),
        "platforms.*.contact": Member("Contact address of the platform", "Contactadres van het platform"),
    }
)
"""By the path in the file, with `*` for a name that the organisation chose."""
