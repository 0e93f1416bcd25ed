from __future__ import annotations

import json
import random

from hypothesis import given
from hypothesis import strategies as st

from openbadge_issuer.assertions.json_text import JsonObject, JsonValue
from openbadge_issuer.jsonld.jcs import canonicalize_jcs

MAX = 2**53 - 1
TEXT = st.text(st.characters(exclude_categories=["Cs"]), max_size=8)
SCALARS = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(-MAX, MAX),
    st.floats(-MAX, MAX),  # beyond, an exponent is written out, and Python reads another type
    TEXT,
)
VALUES: st.SearchStrategy[JsonValue] = st.recursive(
    SCALARS,
    lambda inner: st.one_of(st.lists(inner, max_size=4), st.dictionaries(TEXT, inner, max_size=4)),
    max_leaves=12,
)


@given(VALUES)
def test_the_form_says_the_same_as_the_value(value: JsonValue) -> None:
    written = canonicalize_jcs(value)
    assert json.loads(written) == value
    assert canonicalize_jcs(json.loads(written)) == written


@given(st.dictionaries(TEXT, VALUES, max_size=6), st.randoms(use_true_random=False))
def test_the_order_of_members_does_not_matter(members: JsonObject, chance: random.Random) -> None:
    shuffled = list(members.items())
    chance.shuffle(shuffled)
    assert canonicalize_jcs(dict(shuffled)) == canonicalize_jcs(members)
