"""What of a model fills slots, what belongs to the shape, and what has no template."""

from __future__ import annotations

import pytest

from openbadge_issuer import Achievement, Evidence
from openbadge_issuer.assertions import Alignment, Criteria, LanguageValue, Result, ResultDescription
from openbadge_issuer.assertions.node import Node
from openbadge_issuer.issuing.templates.filling import Filling, NotFixed
from openbadge_issuer.issuing.templates.members import OF_ACHIEVEMENTS, OF_EVIDENCE, OF_RESULTS, add_members

ACHIEVEMENT = Achievement(
    id="https://badges.example/b",
    name="B",
    description=LanguageValue("Does.", language="en"),
    criteria=Criteria(narrative="Do it."),
    alignment=(Alignment(target_name="One", target_url="urn:one"),),
)
DESCRIPTION = ResultDescription(id="urn:r", name="Score", result_type="Percent")


class Own(Achievement):
    """A class that could write itself in any way."""


def filling(node: Node) -> Filling:
    found = Filling()
    add_members(found, node, "/a", OF_ACHIEVEMENTS | OF_EVIDENCE | OF_RESULTS)
    return found


def changed(**members: object) -> Achievement:
    return ACHIEVEMENT.model_copy(update=members)


def test_texts_fill_slots_and_the_rest_is_the_shape() -> None:
    found = filling(ACHIEVEMENT)
    slots = {
        slot if isinstance(slot, str) else slot[0]: value
        for slot, value in zip(found.slots, found.values, strict=True)
    }
    assert slots == {
        "/a/id": "https://badges.example/b",
        "/a/name": "B",
        "/a/criteria/narrative": "Do it.",
        "/a/alignment/0/targetName": "One",
        "/a/alignment/0/targetUrl": "urn:one",
    }
    assert [*found.iris] == ["https://badges.example/b"]
    assert ("/a/description", repr(ACHIEVEMENT.description)) in found.shape


@pytest.mark.parametrize(
    "others",
    [
        ({"credits_available": 1}, {"credits_available": 1.0}, {"credits_available": True}),
        ({"credits_available": 0.0}, {"credits_available": -0.0}),
        ({"type": ("Achievement",)}, {"type": ()}, {"type": ["Achievement"]}),
        ({"description": "Does."}, {"description": LanguageValue("Does.", language="nl")}),
    ],
)
def test_what_is_written_apart_has_another_shape(others: tuple[dict[str, object], ...]) -> None:
    found = [filling(changed(**members)) for members in others]
    assert len({(tuple(one.slots), tuple(one.shape)) for one in found}) == len(others)


def test_where_a_type_is_missing_matters() -> None:
    typed, untyped = (
        Alignment(target_name="x", target_url="urn:x").model_copy(update=one) for one in ({}, {"type": ()})
    )
    one, two = (filling(changed(alignment=both)) for both in ((typed, untyped), (untyped, typed)))
    assert one.slots == two.slots
    assert one.shape != two.shape


def test_references_to_what_the_badge_describes_are_shared() -> None:
    found = filling(Result(value="9", result_description="urn:r"))
    assert found.values == ["9"]
    assert ("/a/resultDescription", "urn:r") in found.shape


WITHOUT = {
    "a member that the model does not name": Evidence.read({"type": ["Evidence"], "own": "x"}),
    "a list that could be changed": changed(tag=["x"]),
    "an empty text": changed(name=""),
    "no identifier": changed(id=None),
    "a description of results without identifier": changed(
        result_description=(DESCRIPTION.model_copy(update={"id": None}),)
    ),
    "an IRI with other letters": changed(id="urn:é"),
    "a class of somebody's own": Own.read(ACHIEVEMENT.to_json()),
}


@pytest.mark.parametrize("case", WITHOUT)
def test_what_has_no_template(case: str) -> None:
    with pytest.raises(NotFixed):
        filling(WITHOUT[case])
