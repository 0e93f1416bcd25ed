"""Who stands where: folding the staff, also from what is left of it, and who may act."""

from __future__ import annotations

from dataclasses import replace

import pytest

from openbadge_issuer.errors import PolicyError, RegisterError
from openbadge_issuer.policy.event import Event
from openbadge_issuer.policy.event_kinds import restore
from openbadge_issuer.policy.roles import end, grant, take
from openbadge_issuer.policy.standing import Held, Staff
from staffed_organisation import ADA, BO, BOARD, DAY, NOW, POLICY, actor, erased, policy_of, staffed


def events() -> tuple[Event, ...]:
    known = staffed(reason="She asked for it.")
    known += take(actor(ADA, known), role="technician", reason="The signer is down.")
    return known + end(actor(BOARD, known), person=BO, role="manager", reason="He moved.")


def test_what_is_stored_comes_back_the_same() -> None:
    for event in events():
        assert restore(event.sealed()) == event


def test_what_no_kind_of_event_is_made_of_is_refused() -> None:
    sealed = events()[0].sealed()
    for other in (replace(sealed, kind="role-stolen"), replace(sealed, body={"at": "yesterday"})):
        with pytest.raises(RegisterError) as caught:
            restore(other)
        assert caught.value.code == "REGISTER-EVENT"
        assert other.kind in caught.value.sentence("nl")


def test_names_and_reasons_are_kept_apart() -> None:
    for event in events():
        assert not {"person_name", "reason", "by_name"} & event.sealed().body.keys()


def test_roles_survive_the_erasure_of_everybody() -> None:
    whole, left = Staff.of(events()), Staff.of(erased(event) for event in events())
    assert left.names == {}
    assert [one.reason for one in left.held] == [None] * len(left.held)
    assert [(one.person, one.role, one.begins, one.ends, one.taken) for one in left.held] == [
        (one.person, one.role, one.begins, one.ends, one.taken) for one in whole.held
    ]
    assert left.facts(POLICY) == whole.facts(POLICY)
    assert left.shown(ADA) == ADA
    with pytest.raises(PolicyError) as caught:
        actor(BO, [erased(event) for event in events()]).doing("award")
    assert BO in str(caught.value)


def test_folding_goes_on_from_where_it_was() -> None:
    known = events()
    for cut in range(len(known) + 1):
        assert Staff.of(known[:cut]).then(known[cut:]) == Staff.of(known)


def test_the_facts_say_whether_there_is_an_organisation() -> None:
    assert Staff().facts(POLICY).phase == "empty"
    assert Staff.of(events()).facts(POLICY).phase == "founded"


def test_who_has_a_right() -> None:
    staff = Staff.of(staffed({ADA: "manager"}, badges=["cook"]))
    assert staff.people_with("award", POLICY, NOW, badge="cook") == {ADA}
    assert staff.people_with("award", POLICY, NOW, badge="other") == frozenset()
    assert staff.with_role_at(NOW) == {BOARD, ADA}


def test_any_of_several_rights_is_enough() -> None:
    gated = policy_of({"training.required_for": ["award"]})
    known = staffed()
    assert actor(ADA, known, policy=gated).doing_one_of("award", "assess").role == "manager"
    with pytest.raises(PolicyError) as caught:
        actor(ADA, known).doing_one_of("keep-keys", "train")
    assert caught.value.details["right"] == "keep-keys, train"
    assert caught.value.code == "POLICY-NO-RIGHT"


def test_an_act_names_actor_role_policy_and_moment() -> None:
    """R58: who, in which role, under which policy, at that time."""
    act = actor(ADA, staffed()).doing("award", badge="facilitator")
    assert (act.by, act.by_name, act.role, act.at, act.policy) == (
        ADA, "Ada Jansen", "manager", NOW, POLICY.digest,
    )  # fmt: skip


def test_the_reach_of_a_role() -> None:
    limited, free = Held(ADA, "manager", NOW, badges=("a", "b")), Held(ADA, "manager", NOW)
    assert limited.reaches(["a"])
    assert not limited.reaches(["a", "c"])
    assert not limited.reaches([])
    assert free.reaches([])
    assert free.reaches(["a"])


def test_a_role_that_ends_as_it_begins_is_never_held() -> None:
    never = Held(ADA, "manager", NOW + DAY, NOW + DAY)
    assert never.over_by(NOW)
    assert not never.at(NOW + DAY)


def test_names_are_the_latest_known() -> None:
    known = staffed()
    known += grant(actor(BOARD, known), person=ADA, role="trainer", person_name="Ada Jansen-Smit")
    assert Staff.of(known).shown(ADA) == "Ada Jansen-Smit"
    first = known[1]
    assert first.sealed().parts[-1].content["person_name"] == "Ada Jansen"  # type: ignore[union-attr]  # it is there
