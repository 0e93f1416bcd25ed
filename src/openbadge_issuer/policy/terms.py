"""The words of a policy file in the words of people: rights, classes of records, and other fixed values."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from openbadge_issuer.errors.rule import Language
from openbadge_issuer.policy.badge_policy import Right
from openbadge_issuer.policy.event import RecordClass
from openbadge_issuer.policy.period import Period

Term = Mapping[Language, str]

RIGHTS: Mapping[Right, Term] = MappingProxyType(
    {
        "design": {"en": "design badges", "nl": "badges ontwerpen"},
        "approve": {"en": "approve the criteria of badges", "nl": "de criteria van badges vaststellen"},
        "assess": {
            "en": "judge whether a criterion is met",
            "nl": "beoordelen of aan een criterium is voldaan",
        },
        "award": {"en": "award badges", "nl": "badges toekennen"},
        "inform": {"en": "inform people about badges", "nl": "mensen informeren over badges"},
        "investigate": {"en": "investigate reports", "nl": "meldingen onderzoeken"},
        "decide-case": {
            "en": "decide on reports and objections",
            "nl": "beslissen over meldingen en bezwaren",
        },
        "handle-misuse": {"en": "deal with misuse", "nl": "misbruik behandelen"},
        "grant-roles": {"en": "give and end roles", "nl": "rollen geven en beëindigen"},
        "train": {"en": "record trainings", "nl": "trainingen vastleggen"},
        "evaluate": {
            "en": "review badges and collect feedback",
            "nl": "badges evalueren en feedback verzamelen",
        },
        "keep-records": {"en": "look after the records", "nl": "de vastgelegde gegevens beheren"},
        "keep-keys": {"en": "look after the keys", "nl": "de sleutels beheren"},
    }
)

RECORDS: Mapping[RecordClass, Term] = MappingProxyType(
    {
        "person": {"en": "who you are: name, address, language", "nl": "wie je bent: naam, adres, taal"},
        "dossier": {
            "en": "requests, assessments, evidence and decisions on awards",
            "nl": "aanvragen, beoordelingen, bewijs en beslissingen over badges",
        },
        "credential": {"en": "the badges that we issued", "nl": "de badges die we hebben uitgegeven"},
        "notice": {"en": "messages to people", "nl": "berichten aan mensen"},
        "case": {"en": "dossiers on reports about badges", "nl": "dossiers van meldingen over badges"},
        "reporter": {"en": "who reported something", "nl": "wie iets meldde"},
        "misuse": {"en": "dossiers on misuse", "nl": "dossiers over misbruik"},
        "feedback": {"en": "feedback and answers to surveys", "nl": "feedback en antwoorden op enquêtes"},
    }
)

LEGAL_BASES: Mapping[str, Term] = MappingProxyType(
    {
        "consent": {"en": "because you agreed to it", "nl": "omdat je daarmee instemde"},
        "contract": {
            "en": "because it belongs to what we agreed with you",
            "nl": "omdat het hoort bij wat we met je hebben afgesproken",
        },
        "legal-obligation": {"en": "because the law asks us to", "nl": "omdat de wet dat van ons vraagt"},
        "public-task": {
            "en": "because it is part of our public task",
            "nl": "omdat het bij onze publieke taak hoort",
        },
        "legitimate-interests": {
            "en": "because we have a good reason for it: without records nobody can check a badge",
            "nl": "omdat we daar een goede reden voor hebben: zonder gegevens kan niemand een badge nagaan",
        },
    }
)

_EVERY_NL = {
    "hour": "elk uur",
    "day": "elke dag",
    "week": "elke week",
    "month": "elke maand",
    "year": "elk jaar",
}


def every(period: Period, language: Language) -> str:
    """Say how often: every 6 months, every year."""
    if period.count == 1:
        return _EVERY_NL[period.unit] if language == "nl" else f"every {period.unit}"
    return ("elke " if language == "nl" else "every ") + period.in_words(language)
