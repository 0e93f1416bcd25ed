"""Whether the rules of a policy agree with each other, and with the people who are to carry them out.

Each rule is a row of the rule book: an `error` where the procedure would stop or contradict itself, a
`warning` where it would run, but not as safely as people expect of it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import get_args

from openbadge_issuer.assertions.json_text import pointer
from openbadge_issuer.policy.badge_policy import BadgePolicy, Right
from openbadge_issuer.policy.contact_address import looks_personal
from openbadge_issuer.policy.period import Period
from openbadge_issuer.policy.policy_words import words_of
from openbadge_issuer.policy.remark import Remark

NEEDED: tuple[Right, ...] = (
    "design", "approve", "assess", "award", "inform", "investigate", "decide-case", "grant-roles",
)  # fmt: skip
"""The rights without which badges cannot be made, awarded or doubted, or nobody could be given a right."""

_LONG_EMERGENCY = Period(1, "month")
_LONG_LIST = Period(3, "month")


@dataclass(frozen=True, slots=True)
class Finding:
    """Something in a policy that does not fit.

    Attributes:
        remark: the rule, the place, and what fills the sentence.
        path: the same place, step by step.
    """

    remark: Remark
    path: tuple[str | int, ...]


def findings(policy: BadgePolicy) -> tuple[Finding, ...]:
    """List everything that does not fit, in the order of the rules."""
    return tuple(found for rule in _RULES for found in rule(policy))


def _found(code: str, *path: str | int, **details: str | int) -> Finding:
    return Finding(Remark(code, pointer(*path), details), path)


def _rights(policy: BadgePolicy) -> Iterator[Finding]:
    """R10-R16, G8: every right is somebody's, and those that the procedure needs are never vacant."""
    rights: tuple[Right, ...] = get_args(Right)
    nobody = [right for right in rights if not policy.roles_with(right)]
    vacant = [right for right in NEEDED if right not in nobody and not policy.guaranteed(right)]
    for code, found in (
        ("POLICY-RIGHT-NOBODY", [right for right in nobody if right in NEEDED]),
        ("POLICY-RIGHT-UNUSED", [right for right in nobody if right not in NEEDED]),
        ("POLICY-RIGHT-VACANT", vacant),
    ):
        if found:
            yield _found(code, "roles", rights=", ".join(found))
    if policy.training.required_for and not policy.roles_with("train"):
        yield _found("POLICY-TRAINING-NOBODY", "training", "required_for")


def _eyes(policy: BadgePolicy) -> Iterator[Finding]:
    """G3, G8, G9: where the policy counts on several people, it also asks for several."""
    people = policy.guaranteed("assess", "award")
    if 0 < people < policy.awarding.eyes:
        yield _found("POLICY-EYES-FEW", "awarding", "eyes", eyes=policy.awarding.eyes, people=people)
    if policy.guaranteed("design", "approve") == 1:
        roles = policy.roles_with("approve") or policy.roles_with("design")
        yield _found("POLICY-APPROVAL-ALONE", "roles", roles[0])
    if policy.revocation.awarder_investigates == "never" and policy.guaranteed("investigate") == 1:
        yield _found("POLICY-INVESTIGATOR", "revocation", "awarder_investigates")
    if policy.guaranteed("decide-case") == 1:
        yield _found("POLICY-OBJECTION-ALONE", "roles", policy.roles_with("decide-case")[0])
    if policy.guaranteed("keep-keys") == 1:
        yield _found("POLICY-KEY-KEEPER", "roles", policy.roles_with("keep-keys")[0])
    if not policy.emergency.allowed:
        for right in NEEDED:
            if policy.guaranteed(right) == 1:
                yield _found("POLICY-EMERGENCY-OFF", "emergency", "allowed", right=right)
                return


def _deadlines(policy: BadgePolicy) -> Iterator[Finding]:
    """G2: a part does not take longer than the whole, and what is for a while does not last."""
    case = policy.revocation
    for name, part in (("acknowledge_within", case.acknowledge_within), ("hear_within", case.hear_within)):
        if part.is_longer_than(case.investigate_within):
            yield _found(
                "POLICY-DEADLINES", "revocation", name,
                part=name, longer=str(part), whole="investigate_within", shorter=str(case.investigate_within),
            )  # fmt: skip
    if policy.evaluation.every.is_longer_than(policy.reviews.policy_every):
        yield _found("POLICY-EVALUATION-LATE", "evaluation", "every", every=str(policy.evaluation.every))
    if policy.emergency.allowed and policy.emergency.lasts.is_longer_than(_LONG_EMERGENCY):
        yield _found("POLICY-EMERGENCY-LONG", "emergency", "lasts", lasts=str(policy.emergency.lasts))
    if policy.publication.list_valid_for.is_longer_than(_LONG_LIST):
        stale = str(policy.publication.list_valid_for)
        yield _found("POLICY-LIST-LONG", "publication", "list_valid_for", period=stale)


def _retention(policy: BadgePolicy) -> Iterator[Finding]:
    """G1, G4: who objects finds the dossier still there, and the dossier still knows whom it is about."""
    kept, case, award = policy.retention, policy.revocation, policy.awarding
    needed = {
        "dossier": (award.objection_within, case.decide_objection_within),
        "case": (case.objection_within, case.decide_objection_within),
        "notice": (case.objection_within, case.decide_objection_within),
    }
    for name, periods in needed.items():
        period: Period = getattr(kept, name)
        if period.is_shorter_than(*periods):
            yield _found(
                "POLICY-RETENTION-OBJECTION", "retention", name,
                name=name, period=str(period), needed=" + ".join(map(str, periods)),
            )  # fmt: skip
    for name in ("dossier", "case"):
        if getattr(kept, name).is_longer_than(kept.person):
            yield _found("POLICY-RETENTION-PERSON", "retention", "person", name=name, period=str(kept.person))
            return


def _languages(policy: BadgePolicy) -> Iterator[Finding]:
    """R4, G11: what people read is there in every language that the organisation speaks."""
    if not policy.purpose:
        yield _found("POLICY-PURPOSE", "purpose")
    for path, words in words_of(policy):
        for language in policy.organisation.languages:
            if words and language not in words:
                yield _found("POLICY-LANGUAGE", *path, name=".".join(map(str, path)), language=language)


def _addresses(policy: BadgePolicy) -> Iterator[Finding]:
    """R13: people reach a role, not somebody who may have gone."""
    own = (policy.organisation.name, *policy.roles)
    if looks_personal(policy.organisation.contact, own):
        contact = policy.organisation.contact
        yield _found("POLICY-CONTACT-PERSON", "organisation", "contact", contact=contact)
    if policy.privacy.contact and looks_personal(policy.privacy.contact, own):
        yield _found("POLICY-CONTACT-PERSON", "privacy", "contact", contact=policy.privacy.contact)


def _publication(policy: BadgePolicy) -> Iterator[Finding]:
    """R59, G9: what is public tells no more than needed, and under a key that can be replaced."""
    if policy.publication.recipient == "plain-email":
        yield _found("POLICY-PLAIN-EMAIL", "publication", "recipient")
    if policy.organisation.id.startswith("did:key:"):
        yield _found("POLICY-DID-KEY", "organisation", "id")


def _platforms(policy: BadgePolicy) -> Iterator[Finding]:
    """G7: an address says on whose platform a badge stands."""
    stands = [
        (name, position, prefix)
        for name, platform in policy.platforms.items()
        for position, prefix in enumerate(platform.prefixes)
    ]
    for name, position, prefix in stands:
        if _overlap(prefix, policy.publication.base):
            place = ("platforms", name, "prefixes", position)
            yield _found("POLICY-PLATFORM-OWN", *place, prefix=prefix, base=policy.publication.base)
    around: list[tuple[str, str]] = []  # the prefixes that the present one begins with, shortest first
    for prefix, name, position in sorted((prefix, name, position) for name, position, prefix in stands):
        while around and not prefix.startswith(around[-1][0]):
            around.pop()
        other = next((known for _, known in around if known != name), None)
        if other is not None:
            place = ("platforms", name, "prefixes", position)
            yield _found("POLICY-PLATFORM-OVERLAP", *place, prefix=prefix, other=other)
        around.append((prefix, name))


def _overlap(one: str, other: str) -> bool:
    return one.startswith(other) or other.startswith(one)


_RULES: tuple[Callable[[BadgePolicy], Iterator[Finding]], ...] = (
    _rights,
    _eyes,
    _deadlines,
    _retention,
    _languages,
    _addresses,
    _publication,
    _platforms,
)
