"""A small organisation for tests of the procedures: its policy, its people, a badge, and how awards come."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, datetime, timedelta

import pytest

from openbadge_issuer.assertions.json_text import JsonObject, dump_json
from openbadge_issuer.assertions.moments import write_date_time
from openbadge_issuer.errors import PolicyError
from openbadge_issuer.policy.award_events import StatusPlace
from openbadge_issuer.policy.awarding import Award
from openbadge_issuer.policy.badge import BadgeDefinition
from openbadge_issuer.policy.badge_policy import BadgePolicy, Right
from openbadge_issuer.policy.event import Event
from openbadge_issuer.policy.event_values import EvidenceReference
from openbadge_issuer.policy.granting import Draft
from openbadge_issuer.policy.informing import Delivery
from openbadge_issuer.policy.notice_events import Recipient, Topic
from openbadge_issuer.policy.signed_copy import SignedCopy
from openbadge_issuer.policy.staff_events import RoleGranted
from openbadge_issuer.policy.standing import Actor, Staff

NOW = datetime(2026, 3, 2, 12, tzinfo=UTC)
DIGEST = "a" * 64
LIST = "https://badges.example/status/1"
PLATFORM = "https://platform.example/badges"

_MANAGES: tuple[Right, ...] = (
    "design", "approve", "assess", "award", "inform", "investigate", "decide-case", "grant-roles",
    "keep-keys",
)  # fmt: skip
PEOPLE = {"ada": "Ada Bakker", "ben": "Ben Smit", "cor": "Cor Visser", "dee": "Dee Mol", "hal": "Hal Kok"}
HELD = {"ada": "manager", "ben": "manager", "cor": "manager", "dee": "assessor", "hal": "board"}
EVE = "eve"
"""The candidate, who holds no role."""


def policy(**sections: object) -> BadgePolicy:
    """The policy of the organisation; sections are added or replaced."""
    roles = {
        "manager": {"name": {"en": "Badge manager"}, "rights": _MANAGES},
        "assessor": {"name": {"en": "Assessor"}, "rights": ("assess",)},
        "board": {"name": {"en": "Board"}, "rights": ("handle-misuse", "decide-case")},
    }
    organisation = {
        "id": "https://badges.example/issuer",
        "name": "Breakthrough",
        "contact": "badges@badges.example",
        "time_zone": "Europe/Amsterdam",
        "languages": ("nl", "en"),
    }
    given: dict[str, object] = {
        "organisation": organisation,
        "roles": roles,
        "publication": {"base": "https://badges.example"},
        "platforms": {"col": {"name": "Platform", "prefixes": (PLATFORM,)}},
    }
    return BadgePolicy.model_validate(given | sections)


POLICY = policy()


def staff(*people: str, badges: Mapping[str, tuple[str, ...]] | None = None) -> Staff:
    """Those people in their roles since a year before NOW; all of them if none is named."""
    return Staff.of(
        RoleGranted(
            at=NOW - timedelta(days=365),
            by="founder",
            policy=POLICY.digest,
            person=person,
            person_name=PEOPLE[person],
            holds=HELD[person],
            begins=NOW - timedelta(days=365),
            badges=(badges or {}).get(person, ()),
        )
        for person in people or PEOPLE
    )


STAFF = staff()


def actor(person: str | None, *, days: float = 0, team: Staff = STAFF, rules: BadgePolicy = POLICY) -> Actor:
    """Somebody, some days after NOW."""
    return Actor(person, NOW + timedelta(days=days), team, rules)


BADGE = BadgeDefinition.model_validate(
    {
        "badge": "facilitator",
        "text": {"en": {"name": "Facilitator", "description": "Leads workshops."}},
        "criteria": (
            {"id": "led", "statement": {"en": "Leads a workshop of at least one hour."}},
            {"id": "planned", "statement": {"en": "Writes a plan."}, "evidence": ("document",)},
            {"id": "reflected", "statement": {"en": "Reflects."}, "mandatory": False},
        ),
        "valid_for": "2 years",
    }
)
OTHER_BADGE = BADGE.model_copy(update={"badge": "host"})
PLAN = EvidenceReference(sha256=DIGEST, media_type="application/pdf", name="plan.pdf")


def refused(code: str) -> pytest.RaisesExc[PolicyError]:
    """Expect a refusal with this code, whose sentence can be written in both languages."""

    def says(error: PolicyError) -> bool:
        return error.code == code and bool(error.sentence("nl") and error.advice("nl") and str(error))

    return pytest.raises(PolicyError, check=says)


def opened(
    award: str = "a1", *, by: Actor | None = None, candidate: str = EVE, badge: BadgeDefinition = BADGE
) -> tuple[Event, ...]:
    """An award that was begun."""
    return Award.open(by or actor("ada"), award=award, candidate=candidate, definition=badge, version=1)


def assess_all(events: Sequence[Event], by: Actor, badge: BadgeDefinition = BADGE) -> tuple[Event, ...]:
    """Judge every mandatory criterion as met."""
    award = Award.of(events)
    led = award.assess(by, badge, "led", "met", form="observation", observed="Saw it.")
    planned = award.assess(by, badge, "planned", "met", form="document", evidence=(PLAN,))
    return (*events, *led, *planned)


def places(award: str) -> tuple[StatusPlace, ...]:
    """The place of an award in the list for revocation, told from the digits of its name."""
    index = int("".join(filter(str.isdigit, award)) or 0)
    return (StatusPlace(purpose="revocation", list=LIST, index=index),)


def draft(award: Award, by: Actor, badge: BadgeDefinition = BADGE) -> Draft:
    """The unsigned document of an award, as short as it can be."""
    terms = award.terms(by, badge)
    document: JsonObject = {
        "id": f"urn:example:{award.id}",
        "awardedDate": write_date_time(terms.awarded),
        "credentialStatus": [
            {
                "statusPurpose": place.purpose,
                "statusListCredential": place.list,
                "statusListIndex": str(place.index),
            }
            for place in places(award.id)
        ],
    }
    if terms.valid_until is not None:
        document["validUntil"] = write_date_time(terms.valid_until)
    return Draft("3.0", "eddsa-rdfc-2022", document)


def grant(
    events: Sequence[Event], by: Actor, *, badge: BadgeDefinition = BADGE, guardian: bool = False
) -> tuple[Event, ...]:
    """Decide to award."""
    award = Award.of(events)
    given = award.grant(
        by,
        badge,
        drafts=(draft(award, by, badge),),
        status=places(award.id),
        language="en",
        guardian=guardian,
    )
    return (*events, *given)


def signed_copy(document: JsonObject) -> SignedCopy:
    """A document with something in the place of a proof."""
    return SignedCopy(
        "3.0", dump_json({**document, "proof": {"type": "DataIntegrityProof"}}).decode(), "key-1"
    )


def sign(events: Sequence[Event], by: Actor) -> tuple[Event, ...]:
    """Sign what is to be signed."""
    award = Award.of(events)
    return (*events, *award.sign(by, [signed_copy(document) for _, document in award.to_sign()]))


def delivery(recipient: Recipient = "holder", *, about: Topic | None = None) -> Delivery:
    """A notice that arrived."""
    return Delivery(
        outcome="delivered",
        language="nl",
        recipient=recipient,
        channel="email",
        notice=DIGEST,
        address="eve@post.example",
        about=about,
    )


def granted(award: str = "a1", *, assessor: str = "ada", decider: str = "ben") -> tuple[Event, ...]:
    """An award that was decided upon."""
    events = assess_all(opened(award, by=actor(assessor)), actor(assessor, days=0.1))
    return grant(events, actor(decider, days=0.2))


def done(award: str = "a1", *, assessor: str = "ada", decider: str = "ben") -> tuple[Event, ...]:
    """An award that the candidate knows of."""
    events = sign(granted(award, assessor=assessor, decider=decider), actor(decider, days=0.3))
    events = (*events, *Award.of(events).publish(actor(decider, days=0.4)))
    return (*events, *Award.of(events).inform(actor(decider, days=0.5), delivery()))


def after(
    streams: Mapping[str, tuple[Event, ...]], new: Mapping[str, Iterable[Event]]
) -> dict[str, tuple[Event, ...]]:
    """Add events to the streams that they belong to."""
    found = dict(streams)
    for name, events in new.items():
        found[name] = (*found.get(name, ()), *events)
    return found
