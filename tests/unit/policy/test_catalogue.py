"""A badge in the catalogue: draft, reviewed, active, retired; what was awarded never changes."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest

from openbadge_issuer.errors import PolicyError
from openbadge_issuer.policy.badge import BadgeDefinition
from openbadge_issuer.policy.badge_events import (
    BadgeActivated,
    BadgeLookedAtAnew,
    BadgeReviewed,
    BadgeRevised,
)
from openbadge_issuer.policy.badge_policy import BadgePolicy
from openbadge_issuer.policy.catalogue import Badge
from openbadge_issuer.policy.criteria_lint import lint
from openbadge_issuer.policy.event import Event
from openbadge_issuer.policy.event_kinds import restore
from openbadge_issuer.policy.standing import Actor
from staffed_organisation import (
    ADA,
    BO,
    BOARD,
    CAS,
    DAY,
    NOW,
    PICTURE,
    POLICY,
    YEAR,
    actor,
    badge_of,
    erased,
    policy_of,
    refusal,
    staffed,
)

NEW = badge_of({"text.en.description": "Leads a workshop of an hour so that everyone takes part."})
NEWER = badge_of({"text.en.description": "Leads a workshop of two hours so that everyone takes part."})
VAGUE = badge_of(
    {
        "criteria": [
            {"id": "led", "statement": {"en": "Understands workshops well.", "nl": "Begrijpt workshops."}}
        ]
    }
)


def by(who: str = ADA, now_in: timedelta = timedelta(), policy: BadgePolicy = POLICY) -> Actor:
    return actor(who, staffed(), now=NOW + now_in, policy=policy)


Step = Callable[[Badge], tuple[Event, ...]]


class Story:
    """A badge whose events are told one step after the other."""

    def __init__(self) -> None:
        self.events: tuple[Event, ...] = ()

    @property
    def badge(self) -> Badge:
        """What it is by now."""
        return Badge.of(self.events)

    def then(self, step: Step) -> Story:
        """Take one step more."""
        self.events += step(self.badge)
        return self

    def defined(self) -> Story:
        """Ada drafts the first version."""
        return self.then(lambda badge: badge.define(by(), definition=badge_of(), picture_digest=PICTURE))

    def reviewed(self, who: str = BO) -> Story:
        """Bo finds it good."""
        return self.then(lambda badge: badge.review(by(who), approved=True, picture_seen=True))

    def activated(self, now_in: timedelta = timedelta()) -> Story:
        """Ada takes it into use."""
        return self.then(lambda badge: badge.activate(by(ADA, now_in)))

    def revised(self, definition: BadgeDefinition = NEW) -> Story:
        """Ada drafts a further version."""

        def step(badge: Badge) -> tuple[Event, ...]:
            return badge.revise(
                by(), definition=definition, picture_digest=PICTURE, reason="Participants asked how long.",
                feedback="feedback:f-1",
            )  # fmt: skip

        return self.then(step)

    def retired(self) -> Story:
        """Ada takes it out of the offer."""
        return self.then(lambda badge: badge.retire(by(), reason="Nobody asks for it."))

    def states(self) -> list[str]:
        """How far each version is."""
        return [version.state for version in self.badge.versions]


def active() -> Story:
    return Story().defined().reviewed().activated()


def code_of(step: Callable[[], object]) -> str:
    """The code by which a step is refused; nothing may have a sentence in one language only."""
    with pytest.raises(PolicyError) as caught:
        step()
    return refusal(caught.value)[0]


def refused(story: Story, number: int | None = None, **options: datetime) -> str:
    """The code by which an award is refused."""
    return code_of(lambda: story.badge.awardable(number, **{"now": NOW, **options}))


# --- the life of a version --------------------------------------------------------------------------------


def test_a_version_goes_from_draft_to_retired() -> None:
    story = Story()
    assert story.badge.facts(POLICY).phase == "empty"
    steps = (story.defined, story.reviewed, story.activated, story.retired)
    phases = [step().badge.facts(POLICY).phase for step in steps]
    assert phases == ["draft", "reviewed", "active", "retired"]
    assert story.badge.facts(POLICY).closed
    assert not active().badge.facts(POLICY).closed


def test_only_the_version_in_use_can_be_awarded() -> None:
    """R14, R15: a draft cannot be awarded, nor an unapproved version, nor a retired one."""
    story = Story()
    assert refused(story) == "CATALOGUE-UNKNOWN"
    assert refused(story.defined()) == "CATALOGUE-DRAFT"
    assert refused(story.reviewed()) == "CATALOGUE-UNAPPROVED"
    story.activated()
    assert story.badge.awardable(now=NOW).number == 1
    assert story.badge.awardable(1, now=NOW).definition == badge_of()
    assert refused(story, now=NOW - DAY) == "CATALOGUE-UNAPPROVED"
    assert [refused(story, number) for number in (0, 2, -1)] == ["CATALOGUE-VERSION"] * 3
    story.retired()
    assert [refused(story, number) for number in (None, 1)] == ["CATALOGUE-RETIRED"] * 2


def test_a_revision_leaves_what_is_in_use_alone_until_it_is_activated() -> None:
    """R24: older credentials untouched; the new version says why."""
    story = active().revised()
    assert story.states() == ["active", "draft"]
    assert story.badge.awardable(now=NOW).definition == badge_of()
    assert refused(story, 2) == "CATALOGUE-DRAFT"
    first = story.badge.versions[0]
    story.reviewed().activated(DAY)
    assert story.states() == ["retired", "active"]
    old, new = story.badge.versions
    assert (old.definition, old.definition_digest, old.picture_digest) == (
        first.definition, first.definition_digest, first.picture_digest,
    )  # fmt: skip
    assert (old.replaced_by, old.retired) == (2, NOW + DAY)
    assert (new.reason, new.feedback) == ("Participants asked how long.", "feedback:f-1")
    assert new.definition_digest == NEW.digest != badge_of().digest
    assert refused(story, 1, now=NOW + DAY) == "CATALOGUE-REPLACED"
    assert story.badge.awardable(now=NOW + DAY).number == 2


def test_an_award_that_was_begun_before_can_be_finished() -> None:
    story = active().revised().reviewed().activated(10 * DAY)
    later = NOW + 12 * DAY
    assert story.badge.awardable(1, now=later, begun=NOW + 9 * DAY).number == 1
    assert refused(story, 1, now=later) == "CATALOGUE-REPLACED"
    for begun in (NOW + 10 * DAY, NOW - DAY):
        assert refused(story, 1, now=later, begun=begun) == "CATALOGUE-REPLACED"
    story.then(lambda badge: badge.retire(by(ADA, 12 * DAY), reason="Nobody asks for it."))
    assert refused(story, 1, now=later, begun=NOW) == "CATALOGUE-RETIRED"
    assert [version.retired for version in story.badge.versions] == [NOW + 10 * DAY, later]


def test_a_retired_badge_can_come_back_with_a_reason() -> None:
    story = active().retired().revised(badge_of()).reviewed().activated()
    assert story.states() == ["retired", "active"]
    assert story.badge.facts(POLICY).phase == "active"
    assert refused(story, 1, begun=NOW) == "CATALOGUE-RETIRED"


def test_retiring_takes_drafts_along() -> None:
    story = active().revised().retired()
    assert story.states() == ["retired", "retired"]
    assert story.badge.versions[1].retired == NOW
    assert refused(story, 2) == "CATALOGUE-RETIRED"
    assert code_of(lambda: story.badge.retire(by(), reason="again")) == "CATALOGUE-RETIRED"


def test_a_draft_is_edited_in_place() -> None:
    story = Story().defined()
    story.then(lambda badge: badge.edit(by(BO), definition=NEW, picture_digest=PICTURE))
    assert story.states() == ["draft"]
    version = story.badge.versions[0]
    assert (version.number, version.definition) == (1, NEW)
    assert version.authors == {ADA, BO}


def test_editing_takes_the_review_back_and_keeps_the_reason() -> None:
    story = active().revised().reviewed()
    story.then(lambda badge: badge.edit(by(), definition=NEWER, picture_digest=PICTURE))
    version = story.badge.versions[1]
    assert (version.state, version.reviewed_by, version.guideline) == ("draft", None, None)
    assert version.reason == "Participants asked how long."
    assert code_of(lambda: story.badge.activate(by())) == "CATALOGUE-NOT-REVIEWED"


# --- refusals ---------------------------------------------------------------------------------------------

REFUSED: dict[str, tuple[Callable[[], object], str]] = {
    "define without the right": (lambda: Badge().define(by(CAS), definition=badge_of()), "POLICY-NO-RIGHT"),
    "define twice": (
        lambda: active().badge.define(by(), definition=badge_of(), picture_digest=PICTURE),
        "CATALOGUE-EXISTS",
    ),
    "define without its picture": (lambda: Badge().define(by(), definition=badge_of()), "CATALOGUE-PICTURE"),
    "define with another's picture": (
        lambda: Badge().define(by(), definition=badge_of({"picture": None}), picture_digest=PICTURE),
        "CATALOGUE-PICTURE",
    ),
    "define with a photo": (
        lambda: Badge().define(by(), definition=badge_of({"picture.file": "a.jpg"}), picture_digest=PICTURE),
        "CATALOGUE-PICTURE-KIND",
    ),
    "revise what is not there": (
        lambda: Badge().revise(by(), definition=NEW, picture_digest=PICTURE, reason="x"),
        "CATALOGUE-UNKNOWN",
    ),
    "revise into another badge": (
        lambda: active().badge.revise(by(), definition=badge_of({"badge": "cook"}), reason="x"),
        "CATALOGUE-OTHER",
    ),
    "revise a draft": (lambda: Story().defined().revised(), "CATALOGUE-OPEN"),
    "revise without a reason": (
        lambda: active().badge.revise(by(), definition=NEW, picture_digest=PICTURE, reason=" "),
        "CATALOGUE-REASON",
    ),
    "revise nothing": (lambda: active().revised(badge_of()), "CATALOGUE-SAME"),
    "revise without its picture": (
        lambda: active().badge.revise(by(), definition=NEW, reason="x"),
        "CATALOGUE-PICTURE",
    ),
    "edit what is in use": (
        lambda: active().badge.edit(by(), definition=NEW, picture_digest=PICTURE),
        "CATALOGUE-NOT-OPEN",
    ),
    "edit nothing": (
        lambda: Story().defined().badge.edit(by(), definition=badge_of(), picture_digest=PICTURE),
        "CATALOGUE-SAME",
    ),
    "review what is in use": (lambda: active().reviewed(), "CATALOGUE-NOT-OPEN"),
    "review without the right": (lambda: Story().defined().reviewed(BOARD), "POLICY-NO-RIGHT"),
    "review one's own": (lambda: Story().defined().reviewed(ADA), "CATALOGUE-OWN-REVIEW"),
    "review without looking": (
        lambda: Story().defined().badge.review(by(BO), approved=True),
        "CATALOGUE-PICTURE-UNSEEN",
    ),
    "send back without a word": (
        lambda: Story().defined().badge.review(by(BO), approved=False),
        "CATALOGUE-NOTE",
    ),
    "activate a draft": (lambda: Story().defined().activated(), "CATALOGUE-NOT-REVIEWED"),
    "activate twice": (lambda: active().activated(), "CATALOGUE-NOT-OPEN"),
    "activate without the right": (
        lambda: Story().defined().reviewed().badge.activate(by(BOARD)),
        "POLICY-NO-RIGHT",
    ),
    "retire what is not there": (lambda: Badge().retire(by(), reason="x"), "CATALOGUE-UNKNOWN"),
    "retire without a reason": (lambda: active().badge.retire(by(), reason=""), "CATALOGUE-REASON"),
    "look anew at a draft": (
        lambda: Story().defined().badge.look_anew(by(), outcome="keep", note="x"),
        "CATALOGUE-NOT-IN-USE",
    ),
    "look anew without a word": (
        lambda: active().badge.look_anew(by(), outcome="keep", note=""),
        "CATALOGUE-REASON",
    ),
    "retire some time": (
        lambda: active().badge.look_anew(by(), outcome="retire", note="x"),
        "CATALOGUE-ACT-BY",
    ),
    "change yesterday": (
        lambda: active().badge.look_anew(by(), outcome="change", note="x", act_by=NOW - DAY),
        "POLICY-PAST",
    ),
}  # fmt: skip


@pytest.mark.parametrize(("step", "code"), REFUSED.values(), ids=REFUSED)
def test_a_step_is_refused(step: Callable[[], object], code: str) -> None:
    assert code_of(step) == code


def test_errors_in_the_words_stand_in_the_way_of_approval_only() -> None:
    """R11: one vague criterion is an error with its place."""
    story = Story().then(lambda badge: badge.define(by(), definition=VAGUE, picture_digest=PICTURE))
    with pytest.raises(PolicyError) as caught:
        story.reviewed()
    assert caught.value.code == "CATALOGUE-LINT"
    assert caught.value.pointer == "/criteria/0/statement/en"
    assert caught.value.details["first"] == "CRITERIA-VAGUE"
    assert story.badge.review(by(BO), approved=False, note="Say what they do.")


def test_warnings_do_not_stand_in_the_way() -> None:
    single = badge_of({"criteria": [badge_of().to_json()["criteria"][0]]})  # type: ignore[index]  # a list
    assert [remark.code for remark in lint(single, ("nl", "en"))] == ["CRITERIA-SINGLE"]
    story = Story().then(lambda badge: badge.define(by(), definition=single, picture_digest=PICTURE))
    assert story.reviewed().states() == ["reviewed"]


def test_a_badge_that_is_issued_in_the_older_version_needs_a_picture() -> None:
    plain = badge_of({"picture": None})
    story = Story().then(lambda badge: badge.define(by(), definition=plain))
    both = policy_of({"publication.open_badges_2": "hosted"})
    assert (
        code_of(lambda: story.badge.review(by(BO, policy=both), approved=True)) == "CATALOGUE-PICTURE-NEEDED"
    )
    assert story.badge.review(by(BO), approved=True)


# --- reviewing --------------------------------------------------------------------------------------------


def test_a_review_records_who_what_and_by_which_guidelines() -> None:
    """R65, R69: a person looked at the picture; the version of the guidelines is recorded."""
    guided = policy_of({"design.guideline": "3"})
    (event,) = Story().defined().badge.review(by(BO, policy=guided), approved=True, picture_seen=True)
    assert isinstance(event, BadgeReviewed)
    assert (event.by, event.guideline, event.picture_seen, event.alone) == (BO, "3", True, False)
    assert event.definition_digest == badge_of().digest
    version = Badge.of((*Story().defined().events, event)).versions[0]
    assert (version.reviewed_by, version.guideline) == (BO, "3")


def test_a_draft_that_is_sent_back_stays_a_draft() -> None:
    story = Story().defined().reviewed()
    story.then(lambda badge: badge.review(by(BO), approved=False, note="The second point is unclear."))
    assert story.states() == ["draft"]
    assert code_of(story.activated) == "CATALOGUE-NOT-REVIEWED"


def test_who_edited_a_draft_is_an_author_too() -> None:
    story = Story().defined()
    story.then(lambda badge: badge.edit(by(BO), definition=NEW, picture_digest=PICTURE))
    assert code_of(lambda: story.reviewed(BO)) == "CATALOGUE-ALONE"
    third = actor(CAS, staffed({ADA: "manager", BO: "manager", CAS: "designer"}))
    assert story.badge.review(third, approved=True, picture_seen=True)


def test_an_author_alone_reviews_with_a_reason_that_is_recorded() -> None:
    """G3: four eyes where there are; else a recorded exception."""
    lone = actor(ADA, staffed({ADA: "manager"}))
    badge = Badge.of(Badge().define(lone, definition=badge_of(), picture_digest=PICTURE))
    assert code_of(lambda: badge.review(lone, approved=True, picture_seen=True)) == "CATALOGUE-ALONE"
    (event,) = badge.review(lone, approved=True, picture_seen=True, note="There is nobody else until May.")
    assert isinstance(event, BadgeReviewed)
    assert (event.alone, event.note) == (True, "There is nobody else until May.")


def test_a_policy_of_two_eyes_asks_for_no_second_person() -> None:
    relaxed = policy_of({"awarding.eyes": 1})
    story = Story().defined()
    assert story.badge.review(by(ADA, policy=relaxed), approved=True, picture_seen=True)


def test_a_colleague_whose_role_is_for_other_badges_does_not_count() -> None:
    events = staffed({BO: "manager"}, badges=["cook"])
    events += staffed({ADA: "manager"})[1:]
    lone = actor(ADA, events)
    badge = Badge.of(Badge().define(lone, definition=badge_of(), picture_digest=PICTURE))
    assert badge.review(lone, approved=True, picture_seen=True, note="Bo only does cooks.")


# --- looking anew -----------------------------------------------------------------------------------------


def test_a_badge_is_due_to_be_looked_at_anew() -> None:
    """R18: the end of the day, a year after it was taken into use or last kept."""
    story = active()
    assert story.badge.facts(POLICY).due == NOW.replace(year=2027, month=3, day=2, hour=23)
    story.then(lambda badge: badge.look_anew(by(BO, 300 * DAY), outcome="keep", note="Still what we want."))
    facts = story.badge.facts(POLICY)
    assert facts.phase == "active"
    assert facts.due
    assert facts.due > NOW + 664 * DAY


def test_what_is_to_change_is_due_until_it_has() -> None:
    story = active()
    story.then(lambda badge: badge.look_anew(by(), outcome="change", note="Too long.", act_by=NOW + 30 * DAY))
    assert (story.badge.facts(POLICY).phase, story.badge.facts(POLICY).due) == ("to-change", NOW + 30 * DAY)
    assert story.badge.awardable(now=NOW)
    story.revised().reviewed()
    assert story.badge.facts(POLICY).phase == "to-change"
    story.activated()
    assert story.badge.facts(POLICY).phase == "active"


def test_what_is_to_be_retired_is_due_until_it_is() -> None:
    story = active()
    story.then(lambda badge: badge.look_anew(by(), outcome="retire", note="Unused.", act_by=NOW + YEAR))
    assert story.badge.facts(POLICY).phase == "to-retire"
    assert story.retired().badge.facts(POLICY).phase == "retired"


def test_keeping_needs_no_date() -> None:
    (event,) = active().badge.look_anew(by(), outcome="keep", note="Fits.", act_by=NOW + YEAR)
    assert isinstance(event, BadgeLookedAtAnew)
    assert event.act_by is None


# --- events -----------------------------------------------------------------------------------------------


def test_events_come_back_as_they_were_and_survive_erasure() -> None:
    story = active().revised().reviewed().activated()
    story.then(lambda badge: badge.look_anew(by(), outcome="change", note="Ada is right.", act_by=NOW + YEAR))
    for event in story.events:
        assert restore(event.sealed()) == event
        assert not {"reason", "note", "by_name"} & event.sealed().body.keys()
    left = Badge.of(erased(event) for event in story.events)
    assert left.facts(POLICY) == story.badge.facts(POLICY)
    assert [version.state for version in left.versions] == story.states()
    assert left.versions[1].reason is None
    assert left.versions[1].feedback == "feedback:f-1"
    assert left.awardable(now=NOW).definition == NEW


def test_a_version_that_is_activated_names_the_one_it_replaces() -> None:
    story = active().revised().reviewed().activated()
    activated = [event for event in story.events if isinstance(event, BadgeActivated)]
    assert [(event.version, event.replaces) for event in activated] == [(1, None), (2, 1)]
    assert isinstance(story.events[3], BadgeRevised)
