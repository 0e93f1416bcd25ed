"""Whatever stands where a badge of 2.0 leads to, verifying it ends in a report, and never in a false yes."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from hosted_badges import (
    BADGE_URL,
    CLASS_URL,
    ISSUER_URL,
    KEY_URL,
    LIST_URL,
    SIGNED,
    hosted,
    judged,
    jws,
    key_document,
)
from open_badges_2_documents import ASSERTION, BADGE_CLASS, ISSUER, REVOCATION_LIST
from openbadge_issuer.assertions.json_text import JsonObject, JsonValue, dump_json
from openbadge_issuer.verification.open_badges_2.scope import authority, starts_with

_NAMES = st.sampled_from(
    sorted({*ASSERTION, *BADGE_CLASS, *ISSUER, *REVOCATION_LIST, *key_document(), "verify", "@id", "uid"})
)
_ADDRESSES = st.sampled_from(
    [BADGE_URL, CLASS_URL, ISSUER_URL, KEY_URL, LIST_URL, "urn:x", "http://[", "https://"]
)
_VALUES: st.SearchStrategy[JsonValue] = st.recursive(
    st.none() | st.booleans() | st.integers(-5, 5) | st.text(max_size=5) | _ADDRESSES,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(_NAMES, inner, max_size=3),
    max_leaves=6,
)
_CHANGES = st.dictionaries(_NAMES, _VALUES, max_size=3)
_PLACES = (BADGE_URL, CLASS_URL, ISSUER_URL, KEY_URL, LIST_URL)


def _bodies(changes: list[dict[str, JsonValue]], signed: JsonObject) -> dict[str, bytes]:
    documents: list[JsonObject] = [signed, BADGE_CLASS, ISSUER, key_document(), REVOCATION_LIST]
    changed = [{**document, **change} for document, change in zip(documents, changes, strict=True)]
    return dict(zip(_PLACES, map(dump_json, changed), strict=True))


@settings(max_examples=60, deadline=None)
@given(st.lists(_CHANGES, min_size=5, max_size=5), st.booleans())
def test_hostile_documents_end_in_a_report(changes: list[dict[str, JsonValue]], in_a_token: bool) -> None:  # noqa: FBT001  # drawn
    served = hosted() | _bodies(changes, ASSERTION)
    badge = {**(SIGNED if in_a_token else ASSERTION), **changes[0]}
    report = judged(jws(badge) if in_a_token else badge, served, recipient="email:a@example.org")
    assert not report  # it is about somebody else
    assert report.to_json()
    assert str(report)


@settings(max_examples=100, deadline=None)
@given(st.text(max_size=30), st.text(max_size=10))
def test_an_address_is_taken_apart_or_refused(rest: str, port: str) -> None:
    found = authority(f"https://a.example{rest}:{port}/")
    assert found is None or found.isascii()
    assert not starts_with(f"https://a.example/user1{rest}", "https://a.example/user1") or rest[:1] in (
        "",
        *"/?#&=",
    )
