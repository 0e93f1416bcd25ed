"""A small organisation for tests: its policy, the people who hold roles there, and a badge."""

from __future__ import annotations

import copy
from collections.abc import Iterable, Mapping
from datetime import UTC, datetime, timedelta
from typing import Any

from openbadge_issuer.errors import PolicyError
from openbadge_issuer.policy.badge import BadgeDefinition
from openbadge_issuer.policy.badge_policy import BadgePolicy
from openbadge_issuer.policy.event import Event, Part, Sealed
from openbadge_issuer.policy.event_kinds import restore
from openbadge_issuer.policy.roles import grant
from openbadge_issuer.policy.standing import Actor, Staff

NOW = datetime(2026, 3, 2, 11, tzinfo=UTC)
"""A Monday, noon in Amsterdam."""
HOUR, DAY, YEAR = timedelta(hours=1), timedelta(days=1), timedelta(days=365)

BOARD, ADA, BO, CAS = "p-board", "p-ada", "p-bo", "p-cas"
NAMES = {BOARD: "Wil Bestuur", ADA: "Ada Jansen", BO: "Bo de Wit", CAS: "Cas Vos"}
PICTURE = "ab" * 32

_POLICY: dict[str, Any] = {
    "organisation": {
        "id": "did:web:badges.example",
        "name": "Breakthrough",
        "url": "https://breakthrough.example",
        "contact": "badges@breakthrough.example",
        "time_zone": "Europe/Amsterdam",
        "languages": ["nl", "en"],
    },
    "roles": {
        "board": {"name": {"en": "Board"}, "rights": ["grant-roles", "keep-records"]},
        "manager": {
            "name": {"en": "Badge manager", "nl": "Badge-beheerder"},
            "rights": [
                "design", "approve", "assess", "award", "inform", "investigate", "decide-case", "evaluate",
            ],
            "holders_at_least": 2,
        },
        "technician": {"name": {"en": "Technician"}, "rights": ["keep-keys"]},
        "trainer": {"name": {"en": "Trainer"}, "rights": ["train"], "holders_at_least": 0},
        "designer": {"name": {"en": "Designer"}, "rights": ["design"], "holders_at_least": 0},
    },
    "publication": {"base": "https://badges.example/b"},
}  # fmt: skip

_BADGE: dict[str, Any] = {
    "badge": "facilitator",
    "text": {
        "en": {
            "name": "Workshop facilitator",
            "description": "Leads a workshop so that everyone takes part.",
        },
        "nl": {"name": "Workshopbegeleider", "description": "Leidt een workshop zodat iedereen meedoet."},
    },
    "criteria": [
        {
            "id": "led",
            "statement": {
                "en": "You led one workshop of at least 60 minutes for five or more participants.",
                "nl": "Je hebt één workshop van minstens 60 minuten begeleid voor vijf of meer deelnemers.",
            },
        },
        {
            "id": "plan",
            "statement": {
                "en": "You sent your plan to a badge manager at least two days before.",
                "nl": "Je hebt je plan minstens twee dagen van tevoren naar een badge-beheerder gestuurd.",
            },
            "evidence": ["document"],
        },
    ],
    "picture": {
        "file": "facilitator.svg",
        "caption": {"en": "A person stands in a circle.", "nl": "Een persoon staat in een kring."},
    },
    "tags": {"en": ["workshop"], "nl": ["workshop"]},
    "level": "2",
    "theme": "facilitation",
    "learning_form": "practice",
}


def policy_of(changes: Mapping[str, Any] | None = None) -> BadgePolicy:
    """The policy, with whole sections or single members replaced by their dotted names."""
    return BadgePolicy.model_validate(_changed(_POLICY, changes or {}))


def badge_of(changes: Mapping[str, Any] | None = None) -> BadgeDefinition:
    """The badge, with members replaced by their dotted names."""
    return BadgeDefinition.model_validate(_changed(_BADGE, changes or {}))


def _changed(document: Any, changes: Mapping[str, Any]) -> Any:  # noqa: ANN401  # JSON that a model will check
    changed = copy.deepcopy(document)
    for path, value in changes.items():
        *tables, name = path.split(".")
        table = changed
        for step in tables:
            table = table.setdefault(step, {})
        table[name] = value
    return changed


POLICY = policy_of()


def actor(
    person: str | None,
    events: Iterable[Event],
    *,
    now: datetime = NOW,
    policy: BadgePolicy = POLICY,
    name: str | None = None,
) -> Actor:
    """Somebody at a moment, with the staff that follows from the events."""
    return Actor(person, now, Staff.of(events), policy, name)


def founded(policy: BadgePolicy = POLICY, now: datetime = NOW - YEAR) -> tuple[Event, ...]:
    """The events of an organisation of one: the board, who may grant roles."""
    founder = Actor(BOARD, now, Staff(), policy, NAMES[BOARD])
    return grant(founder, person=BOARD, role="board", person_name=NAMES[BOARD])


def staffed(
    roles: Mapping[str, str] | None = None,
    *,
    policy: BadgePolicy = POLICY,
    now: datetime = NOW - YEAR,
    **options: Any,  # noqa: ANN401  # those of `grant`
) -> tuple[Event, ...]:
    """The events of an organisation whose board granted roles: Ada and Bo manage badges by default."""
    events = founded(policy, now)
    for person, role in (roles if roles is not None else {ADA: "manager", BO: "manager"}).items():
        board = Actor(BOARD, now, Staff.of(events), policy)
        events += grant(board, person=person, role=role, person_name=NAMES[person], **options)
    return events


def refusal(error: PolicyError) -> tuple[str, str, str]:
    """The code of a refusal, and its sentence and advice, which both languages must be able to say."""
    assert error.sentence("nl") and error.advice("nl")  # noqa: PT018  # one fact
    return error.code, error.sentence(), error.advice()


def erased(event: Event, classes: Iterable[str] | None = None) -> Event:
    """The event as it comes back once its personal parts were destroyed: all, or those of some classes."""
    sealed = event.sealed()
    gone = None if classes is None else frozenset(classes)
    parts: list[Part | None] = [
        None if part is None or gone is None or part.record_class in gone else part for part in sealed.parts
    ]
    return restore(Sealed(sealed.kind, sealed.body, tuple(parts)))
