"""SD-JWT: whatever is concealed comes back, and nothing else verifies."""

from __future__ import annotations

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from issued_badges import KEY
from openbadge_issuer.assertions.json_text import JsonObject, JsonValue, pointer
from openbadge_issuer.errors import OpenBadgeError
from openbadge_issuer.signing.sd_jwt_vc import (
    disclose,
    parse_sd_jwt_vc,
    sign_sd_jwt_vc,
    verify_sd_jwt,
)

KID = KEY.public_key.verification_method
_names = st.sampled_from(["a", "b", "c/d", "~e", "é", ""])
_scalars: st.SearchStrategy[JsonValue] = st.none() | st.booleans() | st.integers(-9, 9) | st.text(max_size=3)
_values: st.SearchStrategy[JsonValue] = st.recursive(
    _scalars,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(_names, inner, max_size=3),
    max_leaves=8,
)
claims = st.dictionaries(_names, _values, min_size=1, max_size=3)


def places(value: JsonValue, path: tuple[str | int, ...] = ()) -> list[str]:
    items: list[tuple[str | int, JsonValue]] = []
    if isinstance(value, dict):
        items += value.items()
    elif isinstance(value, list):
        items += enumerate(value)
    found = [pointer(*path, step) for step, _ in items]
    return found + [place for step, inner in items for place in places(inner, (*path, step))]


def issued(stated: JsonObject, chosen: list[str], decoys: int = 0) -> str:
    return sign_sd_jwt_vc({"vct": "x", **stated}, KEY, kid=KID, disclosable=chosen, decoys=decoys)


def chosen_of(data: st.DataObject, stated: JsonObject) -> list[str]:
    return data.draw(st.lists(st.sampled_from(places(stated)), unique=True))


@given(claims, st.integers(0, 3), st.data())
def test_what_is_concealed_comes_back(stated: JsonObject, decoys: int, data: st.DataObject) -> None:
    chosen = chosen_of(data, stated)
    parsed = parse_sd_jwt_vc(issued(stated, chosen, decoys))
    assert parsed.payload == {"vct": "x", **stated}
    assert sorted(parsed.places.values()) == sorted(chosen)
    verify_sd_jwt(parsed, KEY.public_key)


@given(claims, st.data())
def test_every_selection_verifies(stated: JsonObject, data: st.DataObject) -> None:
    chosen = chosen_of(data, stated)
    assume(chosen)
    token = issued(stated, chosen)
    shown = data.draw(st.lists(st.sampled_from(chosen), unique=True))
    parsed = parse_sd_jwt_vc(disclose(token, shown))
    assert len(parsed.disclosures) >= len(shown)
    verify_sd_jwt(parsed, KEY.public_key)


@given(claims, st.data())
def test_a_changed_letter_is_noticed(stated: JsonObject, data: st.DataObject) -> None:
    token = issued(stated, chosen_of(data, stated))
    at = data.draw(st.integers(0, len(token) - 1))
    letter = data.draw(st.sampled_from("Az0-_~.é "))
    assume(token[at] != letter)
    with pytest.raises(OpenBadgeError):
        verify_sd_jwt(parse_sd_jwt_vc(token[:at] + letter + token[at + 1 :]), KEY.public_key)


@given(claims, st.data())
def test_disclosures_may_come_in_any_order_but_once(stated: JsonObject, data: st.DataObject) -> None:
    chosen = chosen_of(data, stated)
    assume(chosen)
    signed, *shown, _ = issued(stated, chosen).split("~")
    order = data.draw(st.permutations(shown))
    assert parse_sd_jwt_vc("~".join([signed, *order, ""])).payload == {"vct": "x", **stated}
    with pytest.raises(OpenBadgeError):
        parse_sd_jwt_vc("~".join([signed, *order, order[0], ""]))


@given(st.text("abcXYZ019-_.~", max_size=40))
def test_any_text_gives_an_answer_or_an_error_of_ours(text: str) -> None:
    with pytest.raises(OpenBadgeError):
        parse_sd_jwt_vc(text)
