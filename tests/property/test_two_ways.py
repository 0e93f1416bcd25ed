"""The compiled way to canonical bytes finds what the general way finds, or declines; and seldom declines."""

from __future__ import annotations

import json
import random

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from fuzz_compiled import Changer
from fuzz_seeds import CONTEXT_LISTS, STRINGS, VALUES, seeds
from openbadge_issuer.assertions.clr import CLR_CONTEXT
from openbadge_issuer.assertions.json_text import JsonObject, JsonValue
from openbadge_issuer.assertions.node import Node
from openbadge_issuer.jsonld.form import CanonicalForm
from signable_documents import CREDENTIALS_V2, OPEN_BADGES, prepared
from strategies import badges, endorsements, old_badges, profiles, strings
from two_ways import Outcome, agreed, general

V2, OB = CREDENTIALS_V2, OPEN_BADGES
MODELS = badges | old_badges | endorsements | profiles
CONTEXTS = st.sampled_from([[V2, OB], [V2, OB], [V2], [V2, CLR_CONTEXT, OB], *CONTEXT_LISTS])

some = settings(
    max_examples=30,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.filter_too_much],
)


def is_form(found: Outcome | None) -> bool:
    return isinstance(found, CanonicalForm)


def has_nested_list(value: JsonValue) -> bool:
    if isinstance(value, dict):
        return any(map(has_nested_list, value.values()))
    return isinstance(value, list) and any(isinstance(one, list) or has_nested_list(one) for one in value)


@some
@given(MODELS, CONTEXTS)
def test_on_models_as_they_are(model: Node, contexts: JsonValue) -> None:
    agreed({**model.to_json(), "@context": contexts})


def test_a_model_that_can_be_signed_takes_the_compiled_way() -> None:
    forms = 0

    @settings(max_examples=40, database=None, suppress_health_check=list(HealthCheck))
    @given(badges | endorsements)
    def count(model: Node) -> None:
        nonlocal forms
        document = prepared(model, OB)
        found = agreed(document)
        # It declines what has two faults, and lists in lists.
        assert found is not None or has_nested_list(document) or not is_form(general(document))
        forms += is_form(found)

    count()
    assert forms >= 30


@some
@given(
    badges,
    st.dictionaries(
        st.sampled_from(["name", "description", "image", "evidence", "proof", "x:y"]), st.sampled_from(VALUES)
    ),
)
def test_on_value_objects_and_markers(badge: Node, members: JsonObject) -> None:
    agreed({**prepared(badge, OB), **members})


@some
@given(
    badges,
    st.lists(st.sampled_from(STRINGS) | strings, min_size=1, max_size=5),
    st.randoms(use_true_random=False),
)
def test_on_awkward_texts(badge: Node, texts: list[str], chance: random.Random) -> None:
    def changed(value: JsonValue) -> JsonValue:
        if isinstance(value, dict):
            return {name: changed(part) if name != "@context" else part for name, part in value.items()}
        if isinstance(value, list):
            return [changed(part) for part in value]
        return chance.choice(texts) if isinstance(value, str) and chance.random() < 0.1 else value

    document = changed(prepared(badge, OB))
    assert isinstance(document, dict)
    agreed(document)


@some
@given(badges, st.randoms(use_true_random=False))
def test_on_coinciding_identifiers(badge: Node, chance: random.Random) -> None:
    def renamed(value: JsonValue) -> JsonValue:
        if isinstance(value, dict):
            parts = {name: renamed(part) if name != "@context" else part for name, part in value.items()}
            return parts | ({"id": chance.choice(["urn:a", "urn:b", "_:a"])} if "id" in parts else {})
        return [renamed(part) for part in value] if isinstance(value, list) else value

    document = renamed(prepared(badge, OB))
    assert isinstance(document, dict)
    agreed(document)


@some
@given(
    st.sampled_from(
        [[V2, CLR_CONTEXT, OB], ["https://www.w3.org/2018/credentials/v1"], "https://w3id.org/openbadges/v2"]
    ),
    st.dictionaries(
        st.sampled_from(["id", "type", "image", "issuer", "schema:name", "cred:x", "obi:y", "criteria"]),
        st.sampled_from(
            ["cred:x", "obi:y", "sec:z", "schema:name", "xsd:string", "obi://x", "cred", "a:b", "obi: x"]
        ),
        min_size=1,
    ),
)
def test_on_prefixes(contexts: JsonValue, members: JsonObject) -> None:
    agreed({"@context": contexts, **members})


@settings(max_examples=15, suppress_health_check=list(HealthCheck))
@given(badges, st.integers(2, 120), st.booleans(), st.sampled_from(["sha256", "sha384"]))
def test_on_long_documents(badge: Node, times: int, named: bool, digest: str) -> None:  # noqa: FBT001  # drawn
    def entry(number: int) -> JsonObject:
        own: JsonObject = {"type": ["Evidence"], "name": f"n{number}", "narrative": "x\n" * number}
        return own | ({"id": f"urn:e{number // 2}"} if named else {})

    evidence: list[JsonValue] = [entry(number) for number in range(times)]
    agreed({**prepared(badge, OB), "evidence": evidence}, digest="sha384" if digest == "sha384" else "sha256")


@settings(max_examples=150, suppress_health_check=list(HealthCheck))
@given(st.sampled_from(seeds()), st.randoms(use_true_random=False))
def test_on_documents_changed_at_random(document: JsonObject, chance: random.Random) -> None:
    agreed(Changer(chance).changed(document))


@pytest.mark.parametrize("seed", range(4))
def test_on_many_documents_changed_at_random(seed: int) -> None:
    """A sample of what `fuzz_compiled` does for hours."""
    chance = random.Random(seed)  # noqa: S311  # nothing is secret here
    changer, known = Changer(chance), seeds()
    forms = sum(is_form(agreed(changer.changed(chance.choice(known)))) for _ in range(250))
    assert forms >= 60


def test_the_outcome_does_not_depend_on_the_order_of_members() -> None:
    chance = random.Random(1)  # noqa: S311  # nothing is secret here
    for document in seeds()[:9]:
        members = list(json.loads(json.dumps(document)).items())
        before = agreed(dict(members))
        chance.shuffle(members)
        assert agreed(dict(members)) == before
