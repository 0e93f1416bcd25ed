from __future__ import annotations

import json
import random

from hypothesis import assume, given
from hypothesis import strategies as st

from openbadge_issuer.assertions.json_text import JsonObject, JsonValue, parse_json
from openbadge_issuer.errors import DocumentError, OpenBadgeError
from openbadge_issuer.jsonld.canonical import canonical_form, canonicalize

V2 = "https://www.w3.org/ns/credentials/v2"
OB = "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json"

TEXT = st.text(st.characters(exclude_categories=["Cs"]), max_size=6)
ALIGNMENTS = st.lists(st.fixed_dictionaries({"type": st.just(["Alignment"]), "targetName": TEXT}), max_size=3)
RESULT = {"type": st.just(["Result"]), "value": TEXT, "alignment": ALIGNMENTS}
EVIDENCE = {"type": st.just(["Evidence"]), "name": TEXT, "id": st.sampled_from(["urn:e", "urn:f"])}


def _json(value: object) -> JsonValue:
    plain: JsonValue = json.loads(json.dumps(value))
    return plain


RESULTS = st.lists(st.fixed_dictionaries(RESULT), max_size=3).map(_json)
EVIDENCES = st.lists(st.fixed_dictionaries(EVIDENCE), max_size=3).map(_json)
TAGS = st.lists(TEXT, max_size=3, unique=True).map(_json)


@st.composite
def badges(draw: st.DrawFn) -> JsonObject:
    subject: JsonObject = {
        "id": "did:example:holder",
        "type": ["AchievementSubject"],
        "creditsEarned": draw(st.one_of(st.integers(0, 1000), st.sampled_from([0.5, 1.25, 100.125]))),
        "result": draw(RESULTS),
        "achievement": {
            "id": "urn:achievement",
            "type": ["Achievement"],
            "name": draw(TEXT),
            "criteria": {"narrative": draw(TEXT)},
            "tag": draw(TAGS),
        },
    }
    return {
        "@context": [V2, OB],
        "id": "urn:badge",
        "type": ["VerifiableCredential", "OpenBadgeCredential"],
        "issuer": {"id": "urn:issuer", "type": ["Profile"], "name": draw(TEXT)},
        "validFrom": "2026-01-01T00:00:00Z",
        "name": draw(TEXT),
        "evidence": draw(EVIDENCES),
        "credentialSubject": subject,
    }


def shuffled(value: JsonValue, chance: random.Random, *, name: str = "") -> JsonValue:
    """Put members, and the items of sets, in another order; contexts apply in theirs."""
    if isinstance(value, dict):
        members = [(key, shuffled(member, chance, name=key)) for key, member in value.items()]
        chance.shuffle(members)
        return dict(members)
    if isinstance(value, list) and name != "@context":
        items = [shuffled(item, chance) for item in value]
        chance.shuffle(items)
        return items
    return value


@given(badges(), st.randoms(use_true_random=False))
def test_the_order_of_members_and_sets_does_not_matter(badge: JsonObject, chance: random.Random) -> None:
    other = shuffled(badge, chance)
    assert isinstance(other, dict)
    assert canonicalize(other) == canonicalize(badge)


@given(badges(), st.data())
def test_no_single_character_changes_unseen(badge: JsonObject, data: st.DataObject) -> None:
    text = json.dumps(badge, ensure_ascii=False)
    place = data.draw(st.integers(0, len(text) - 1))
    sign = data.draw(st.one_of(st.just(""), st.sampled_from('"\\ ,:{}[]@_-+.eE0123456789abcxyzABCXYZ/#é')))
    kept = data.draw(st.integers(0, 1))
    changed = text[:place] + sign + text[place + kept :]
    try:
        other = parse_json(changed)
    except DocumentError:
        return
    if not isinstance(other, dict) or other == badge:
        return
    assume(_contexts(other) == _contexts(badge))  # which contexts apply is not signed; see docs/adr/0003
    try:
        form = canonical_form(other)
    except OpenBadgeError:
        return
    assert form.undefined or form.nquads != canonicalize(badge)


def _contexts(document: JsonObject) -> JsonValue:
    return document.get("@context")


KEYWORDS = [
    *("@context", "@id", "@type", "@value", "@language", "@direction", "@list", "@set", "@graph", "@reverse"),
    *("@included", "@nest", "@index", "@json", "@base", "@vocab", "@foo", "@container", "@prefix"),
    *("@version", "@propagate", "@protected", "@import"),
]
MEMBERS = ["id", "type", "name", "proof", "issuer", "credentialSubject", "achievement", "evidence", "result"]
NAMES = st.sampled_from([*KEYWORDS, *MEMBERS, "Profile", "a:b", "_:b", "x"])
STRINGS = st.one_of(
    NAMES, TEXT, st.sampled_from([V2, OB, "urn:x", "_:x", "en", "a b", "@json", "Achievement", "Profile"])
)
HOSTILE: st.SearchStrategy[JsonValue] = st.recursive(
    st.one_of(st.none(), st.booleans(), st.integers(), st.floats(), STRINGS),
    lambda inner: st.one_of(st.lists(inner, max_size=3), st.dictionaries(NAMES, inner, max_size=4)),
    max_leaves=12,
)
DEFINITIONS = st.dictionaries(
    st.sampled_from(KEYWORDS),
    st.one_of(STRINGS, st.none(), st.booleans(), st.lists(STRINGS, max_size=2), st.just({"x": "urn:x"})),
    max_size=3,
)
CONTEXTS = st.dictionaries(NAMES, st.one_of(STRINGS, st.none(), DEFINITIONS, st.just(1.1)), max_size=4)


@given(
    st.dictionaries(NAMES, HOSTILE, max_size=5),
    st.lists(st.one_of(st.just(V2), st.just(OB), CONTEXTS), max_size=3),
)
def test_a_hostile_document_is_refused_in_words(members: JsonObject, contexts: list[JsonValue]) -> None:
    try:
        form = canonical_form({"@context": contexts, **members})
    except OpenBadgeError as error:
        assert "{" not in error.sentence("en").replace("“{", "")  # noqa: PT017  # one of two outcomes
        assert error.rule.code == error.code  # noqa: PT017  # the same
    else:
        assert all(line.endswith(b" .") for line in form.nquads.split(b"\n")[:-1])
