"""The policy for a lay reader: who does what, how a badge is awarded and doubted, what is public (R4).

The words stand in `words.en.txt` and `words.nl.txt`; what differs from policy to policy is filled in here.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from functools import cache
from importlib.resources import files
from types import MappingProxyType
from typing import get_args

from openbadge_issuer.errors.rule import Language
from openbadge_issuer.policy.badge_policy import BadgePolicy, Right, in_language
from openbadge_issuer.policy.event import RecordClass
from openbadge_issuer.policy.explanation.page import (
    Block,
    Heading,
    Item,
    Items,
    Page,
    Paragraph,
    Table,
)
from openbadge_issuer.policy.explanation.template import fill, prose
from openbadge_issuer.policy.section import Labels
from openbadge_issuer.policy.terms import LEGAL_BASES, RECORDS, RIGHTS, every

_MONTHS: Mapping[Language, str] = MappingProxyType(
    {
        "en": "January February March April May June July August September October November December",
        "nl": "januari februari maart april mei juni juli augustus september oktober november december",
    }
)
_SAYS: Mapping[Language, Mapping[str, str]] = MappingProxyType(
    {
        "en": {
            "title": "How {name} awards badges",
            "contents": "On this page",
            "may": "Whoever holds this role may:",
            "holder": "At least one person holds this role.",
            "holders": "At least {count} people hold this role.",
            "nobody": "nobody yet",
            "caption": "What we keep, and for how long",
            "what": "What",
            "how long": "How long",
        },
        "nl": {
            "title": "Zo kent {name} badges toe",
            "contents": "Op deze pagina",
            "may": "Wie deze rol heeft mag:",
            "holder": "Minstens één persoon heeft deze rol.",
            "holders": "Minstens {count} mensen hebben deze rol.",
            "nobody": "nog niemand",
            "caption": "Wat we bewaren, en hoe lang",
            "what": "Wat",
            "how long": "Hoe lang",
        },
    }
)


def explain(policy: BadgePolicy, language: Language) -> Page:
    """Tell the whole procedure of a policy in plain words."""
    says = _SAYS[language]
    blocks = fill(
        _words(language),
        details=_Details(policy, language).all(),
        flags=_flags(policy, language),
        parts={
            "description": tuple(prose(in_language(policy.organisation.description, language))),
            "purpose": tuple(prose(in_language(policy.purpose, language))),
            "roles": tuple(_roles(policy, language)),
            "grounds": _named([one.name for one in policy.revocation.grounds.values()], language),
            "sanctions": _named(
                [one.name for one in policy.misuse.sanctions.values()], language, numbered=True
            ),
            "retention": (_retention(policy, language),),
        },
    )
    title = says["title"].format(name=policy.organisation.name)
    return Page(language, title, says["contents"], tuple(blocks))


class _Details:
    """What is filled into the words."""

    def __init__(self, policy: BadgePolicy, language: Language) -> None:
        self._policy = policy
        self._language: Language = language

    def all(self) -> dict[str, str]:
        policy, language = self._policy, self._language
        organisation = policy.organisation
        return {
            "organisation": organisation.name,
            "version": policy.version,
            "adopted": date_in_words(policy.adopted, language) if policy.adopted else "",
            "contact": organisation.contact,
            "privacy_contact": policy.privacy.contact or organisation.contact,
            "website": organisation.url or "",
            "eyes": str(policy.awarding.eyes),
            "guardian_below": str(policy.minors.guardian_below),
            "smallest_cell": str(policy.evaluation.smallest_cell),
            "guideline": policy.design.guideline,
            "legal_basis": LEGAL_BASES[policy.privacy.legal_basis][language],
            "platform_names": ", ".join(one.name for one in policy.platforms.values()),
            "trained_rights": ", ".join(RIGHTS[one][language] for one in policy.training.required_for),
            "assessors": self._holders("assess"),
            "awarders": self._holders("award"),
            "investigators": self._holders("investigate"),
            "deciders": self._holders("decide-case"),
            **self._periods(),
            **self._cycles(),
        }

    def _periods(self) -> dict[str, str]:
        policy = self._policy
        award, case = policy.awarding, policy.revocation
        periods = {
            "emergency_lasts": policy.emergency.lasts,
            "training": policy.training.valid_for,
            "decide_within": award.decide_within,
            "inform_within": award.inform_within,
            "award_objection": award.objection_within,
            "acknowledge_within": case.acknowledge_within,
            "investigate_within": case.investigate_within,
            "hear_within": case.hear_within,
            "case_inform_within": case.inform_within,
            "objection_within": case.objection_within,
            "decide_objection_within": case.decide_objection_within,
            "answer_within": policy.privacy.answer_within,
            "handle_within": policy.misuse.handle_within,
        }
        return {name: period.in_words(self._language) for name, period in periods.items()}

    def _cycles(self) -> dict[str, str]:
        policy = self._policy
        cycles = {
            "list_every": policy.publication.list_valid_for,
            "badge_every": policy.reviews.badge_every,
            "policy_every": policy.reviews.policy_every,
            "evaluation_every": policy.evaluation.every,
            "surveys_every": policy.evaluation.surveys_every,
            "interviews_every": policy.evaluation.interviews_every,
            "focus_groups_every": policy.evaluation.focus_groups_every,
            "rotate_every": policy.keys.rotate_every,
        }
        return {name: every(period, self._language) for name, period in cycles.items()}

    def _holders(self, right: Right) -> str:
        roles = (self._policy.roles[name] for name in self._policy.roles_with(right))
        names = ", ".join(in_language(role.name, self._language) for role in roles)
        return names or _SAYS[self._language]["nobody"]


def _flags(policy: BadgePolicy, language: Language) -> frozenset[str]:
    flags = {
        "adopted": policy.adopted is not None,
        "described": bool(in_language(policy.organisation.description, language)),
        "purpose": bool(in_language(policy.purpose, language)),
        "emergency": policy.emergency.allowed,
        "trained": bool(policy.training.required_for),
        "several": policy.awarding.eyes > 1,
        "guardian": policy.minors.guardian_below > 0,
        "never_alone": policy.revocation.awarder_investigates == "never",
        "suspend": policy.revocation.suspend_meanwhile,
        "hashed": policy.publication.recipient == "hashed-email",
        "with_consent": policy.publication.evidence == "with-consent",
        "platforms": bool(policy.platforms),
        "website": policy.organisation.url is not None,
    }
    return frozenset(name for name, so in flags.items() if so)


def _roles(policy: BadgePolicy, language: Language) -> list[Block]:
    says = _SAYS[language]
    blocks: list[Block] = []
    for role in policy.roles.values():
        blocks.append(Heading(3, in_language(role.name, language)))
        blocks += prose(in_language(role.purpose, language))
        if role.holders_at_least:
            text = says["holder" if role.holders_at_least == 1 else "holders"]
            blocks.append(Paragraph(text.format(count=role.holders_at_least)))
        if role.rights:
            blocks.append(Paragraph(says["may"]))
            blocks.append(Items(tuple(Item(RIGHTS[right][language]) for right in role.rights)))
    return blocks


def _named(names: list[Labels], language: Language, *, numbered: bool = False) -> tuple[Block, ...]:
    return (Items(tuple(Item(in_language(name, language)) for name in names), numbered=numbered),)


def _retention(policy: BadgePolicy, language: Language) -> Table:
    says = _SAYS[language]
    classes: tuple[RecordClass, ...] = get_args(RecordClass)
    rows = tuple((RECORDS[one][language], policy.retention.of(one).in_words(language)) for one in classes)
    return Table(says["caption"], (says["what"], says["how long"]), rows)


def date_in_words(day: date, language: Language) -> str:
    """Write a date as people read it: 3 November 2026."""
    return f"{day.day} {_MONTHS[language].split()[day.month - 1]} {day.year}"


@cache
def _words(language: Language) -> str:
    return files(__package__).joinpath(f"words.{language}.txt").read_text(encoding="utf-8")
