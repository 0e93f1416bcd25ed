"""Documents of 2.0 are judged without a crash; what is carried over is kept or noted; hashes agree."""

from __future__ import annotations

import copy
from collections.abc import Iterator, Mapping
from typing import Any, cast

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from hypothesis.strategies import DataObject, SearchStrategy

import strategies
from open_badges_2_documents import ASSERTION, BADGE_CLASS, CONTEXT, ENDORSEMENT, ISSUER, KEY, REVOCATION_LIST
from openbadge_issuer.assertions import AchievementCredential
from openbadge_issuer.assertions.identity import identity_hash
from openbadge_issuer.assertions.json_text import JsonObject, JsonValue, pointer
from openbadge_issuer.assertions.moments import write_date_time
from openbadge_issuer.assertions.open_badges_2 import (
    Assertion,
    BadgeClass,
    IdentityObject,
    Issuer,
    RevokedAssertion,
)
from openbadge_issuer.assertions.open_badges_2.extensions import extension_problems
from openbadge_issuer.assertions.open_badges_2.interop import interop_problems
from openbadge_issuer.assertions.open_badges_2.migration import Migration, to_open_badges_3
from openbadge_issuer.assertions.open_badges_2.reading import check_document
from openbadge_issuer.assertions.open_badges_2.twin import to_open_badges_2
from openbadge_issuer.assertions.open_badges_2.upgrade import upgrade, upgrade_revocation_list
from openbadge_issuer.assertions.open_badges_2.values import language_code, parse_iso_date_time
from openbadge_issuer.assertions.problems import ModelProblem
from openbadge_issuer.assertions.recipient import Recipient
from openbadge_issuer.errors.rules import rule_book

BOOK = rule_book()
NEW = "urn:uuid:00000000-0000-4000-8000-000000000001"
CREDENTIAL = "urn:uuid:00000000-0000-4000-8000-000000000002"
thorough = settings(suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large], max_examples=60)

WHOLE: JsonObject = {
    **ASSERTION,
    "badge": {**BADGE_CLASS, "issuer": ISSUER, "endorsement": [ENDORSEMENT]},
    "verification": {"type": "SignedBadge", "creator": KEY},
    "extensions:ApplyLink": {
        "@context": "https://openbadgespec.org/extensions/applyLinkExtension/context.json",
        "type": ["Extension", "extensions:ApplyLink"],
        "url": "https://a.example/",
    },
}
OF_1_1: JsonObject = {
    "@context": "https://w3id.org/openbadges/v1",
    "type": "Assertion",
    "uid": "1",
    "recipient": {"type": "email", "hashed": False, "identity": "a@b.example"},
    "badge": {"name": "x", "alignment": [{"name": "y", "url": "https://e.example/"}], "issuer": {"org": "z"}},
    "verify": {"type": "signed", "url": "https://e.example/1"},
    "issuedOn": 1359217910,
}
OF_0_5: JsonObject = {
    "recipient": "a@b.example",
    "salt": "x",
    "issued_on": "2011-06-01",
    "badge": {"version": "0.5.0", "image": "/x.png", "issuer": {"origin": "https://o.example", "name": "n"}},
}


def _pointers(value: JsonValue, *steps: str | int) -> Iterator[str]:
    yield pointer(*steps)
    inner: list[tuple[str | int, JsonValue]] = []
    if isinstance(value, dict):
        inner = list(value.items())
    elif isinstance(value, list):
        inner = list(enumerate(value))
    for step, part in inner:
        yield from _pointers(part, *steps, step)


def _check_problems(document: JsonObject, problems: tuple[ModelProblem, ...]) -> None:
    places = set(_pointers(document))
    for problem in problems:
        parent = problem.pointer.rpartition("/")[0]
        missing = problem.code == "MODEL-REQUIRED"
        assert (parent if missing else problem.pointer) in places, problem
        rule = BOOK[problem.code]
        assert rule.en.format_map(problem.details)
        assert rule.nl.format_map(problem.details) != rule.how_nl.format_map(problem.details)


def _judge(document: JsonObject) -> None:
    before = copy.deepcopy(document)
    model, problems = check_document(document)
    _check_problems(document, problems)
    _check_problems(document, interop_problems(document))
    _check_problems(document, extension_problems(document))
    upgraded, notes = upgrade(document, url="https://e.example/1")
    _check_problems(document, notes)
    assert upgrade(upgraded) == (upgraded, ())
    upgrade_revocation_list(document)
    assert document == before
    if model is not None:
        written = model.to_json()
        assert type(model).read(written) == model


@given(strategies.json_objects)
def test_any_object_is_judged_with_places_that_exist(document: JsonObject) -> None:
    _judge(document)


@pytest.mark.parametrize(
    "document",
    [WHOLE, ISSUER, REVOCATION_LIST, OF_1_1, OF_0_5],
    ids=["badge", "issuer", "list", "1.1", "0.5"],
)
@thorough
@given(data=st.data())
def test_a_damaged_document_is_judged_with_places_that_exist(document: JsonObject, data: DataObject) -> None:
    damaged = copy.deepcopy(document)
    for _ in range(data.draw(st.integers(1, 3))):
        _damage(damaged, data)
    _judge(damaged)


def _damage(document: JsonObject, data: DataObject) -> None:
    """Put another value in the place of a member, or leave it out."""
    holders: list[JsonValue] = [document, *_holders(document)]
    holder = data.draw(st.sampled_from([one for one in holders if one]))
    value = data.draw(strategies.json_values)
    if isinstance(holder, dict):
        name = data.draw(st.sampled_from(sorted(holder)))
        if data.draw(st.booleans()):
            holder[name] = value
        else:
            del holder[name]
    elif isinstance(holder, list):
        holder[data.draw(st.integers(0, len(holder) - 1))] = value


def _holders(value: JsonValue) -> Iterator[JsonValue]:
    parts = [*value.values()] if isinstance(value, dict) else value if isinstance(value, list) else []
    for part in parts:
        if isinstance(part, dict | list) and part:
            yield part
            yield from _holders(part)


# What badges can say

_words = st.text("abcdefghijklmnopqrstuvwxyzé ", min_size=1, max_size=12).filter(str.strip)
_urls = st.builds(
    "https://{}.example/{}".format, st.text("abc", min_size=1, max_size=5), st.integers(0, 10**9)
)
_moments = st.builds(
    "{}-{:02}-{:02}T{:02}:{:02}{}".format,
    st.integers(1970, 2400),
    st.integers(1, 12),
    st.integers(1, 28),
    st.integers(0, 23),
    st.integers(0, 59),
    st.sampled_from(["Z", ":30Z", ":30.5+02:00", "+0530", "-08"]),
)
_languages = st.sampled_from(["nl", "en-gb", "zh-Hant", "zh-hant-tw", "es-419", "x-klingon", "de-1996"])
_versions: SearchStrategy[JsonValue] = st.one_of(_words, st.integers(0, 99), st.floats(0, 9, width=16))


def _optional(
    required: Mapping[str, SearchStrategy[Any]], optional: Mapping[str, SearchStrategy[Any]]
) -> SearchStrategy[JsonObject]:
    return cast("SearchStrategy[JsonObject]", st.fixed_dictionaries({**required}, optional={**optional}))


_pictures = st.one_of(
    _urls, _optional({"id": _urls}, {"caption": _words, "author": _urls, "schema:x": _words})
)
_identities: SearchStrategy[JsonObject] = st.one_of(
    st.builds(
        lambda identity, salt: {
            "type": "email",
            "hashed": True,
            "salt": salt,
            "identity": identity_hash(identity, salt),
        },
        _words,
        _words,
    ),
    _optional(
        {
            "type": st.sampled_from(["email", "url", "telephone", "id"]),
            "hashed": st.just(value=False),
            "identity": _words | _urls,
        },
        {"schema:x": _words},
    ),
)
_evidence = st.one_of(
    _urls,
    _optional(
        {"narrative": _words},
        {
            "id": _urls,
            "type": st.sampled_from(["Evidence", ["Evidence", "https://own.example/Type"], "schema:Movie"]),
            **dict.fromkeys(("name", "description", "genre", "audience", "schema:x"), _words),
        },
    ),
)
_alignments = _optional(
    {"targetName": _words, "targetUrl": _urls},
    dict.fromkeys(("targetDescription", "targetFramework", "targetCode", "schema:x"), _words),
)
_related = st.one_of(_urls, _optional({"id": _urls}, {"@language": _languages, "version": _versions}))
issuers = _optional(
    {
        "@context": st.just(CONTEXT),
        "id": _urls,
        "type": st.sampled_from(["Issuer", "Profile"]),
        "name": _words,
        "url": _urls,
        "email": _words,
    },
    {
        "telephone": _words,
        "description": _words,
        "image": _pictures,
        "publicKey": _urls,
        "revocationList": _urls,
        "verification": st.just({"startsWith": "https://a.example/"}),
        "schema:x": _words,
    },
)
badge_classes = _optional(
    {
        "@context": st.just(CONTEXT),
        "id": _urls,
        "type": st.just("BadgeClass"),
        "name": _words,
        "description": _words,
        "image": _pictures,
        "criteria": st.one_of(_urls, _optional({"narrative": _words}, {"id": _urls, "schema:x": _words})),
    },
    {
        "alignment": st.lists(_alignments, max_size=2),
        "tags": st.lists(_words, max_size=3),
        "version": _versions,
        "@language": _languages,
        "related": st.lists(_related, max_size=2),
        "endorsement": _urls,
        "schema:x": _words,
    },
)
assertions = _optional(
    {
        "@context": st.just(CONTEXT),
        "id": _urls,
        "type": st.sampled_from(["Assertion", ["Assertion", "https://own.example/Type"]]),
        "recipient": _identities,
        "verification": st.just({"type": "hosted"}),
        "issuedOn": _moments,
    },
    {
        "expires": _moments,
        "image": _pictures,
        "evidence": st.lists(_evidence, max_size=3),
        "narrative": _words,
        "uid": _words,
        "@language": _languages,
        "endorsement": _urls,
        "schema:x": _words,
    },
)


def _carried(
    assertion: JsonObject, badge: JsonObject, issuer: JsonObject
) -> tuple[Migration, dict[str, JsonObject]]:
    badge = {**badge, "issuer": issuer["id"]}
    assertion = {**assertion, "badge": badge["id"]}
    migration = to_open_badges_3(
        Assertion.read(assertion),
        BadgeClass.read(badge),
        Issuer.read(issuer),
        achievement_id=NEW,
        issuer_id="did:web:a.example",
    )
    return migration, {"Assertion": assertion, "BadgeClass": badge, "Profile": issuer}


@thorough
@given(assertions, badge_classes, issuers)
def test_every_fact_is_carried_over_or_noted(
    assertion: JsonObject, badge: JsonObject, issuer: JsonObject
) -> None:
    migration, documents = _carried(assertion, badge, issuer)
    credential = migration.credential(CREDENTIAL)
    said = set(_leaves(credential.to_json()))
    noted = {(note.details["object"], note.pointer) for note in migration.left_out}
    for name, document in documents.items():
        places = set(_pointers(document))
        assert {place for kind, place in noted if kind == name} <= places
        for place, leaf in _places(document):
            above = [place[:end] for end in range(len(place) + 1) if end == len(place) or place[end] == "/"]
            if any((name, one) in noted for one in above) or place in {"/@context", "/recipient/hashed"}:
                continue
            assert _in_3_0(place, leaf) in said, (name, place, leaf)


@thorough
@given(assertions, badge_classes, issuers)
def test_what_is_carried_over_is_a_badge_of_3_0(
    assertion: JsonObject, badge: JsonObject, issuer: JsonObject
) -> None:
    migration, _ = _carried(assertion, badge, issuer)
    credential = migration.credential(CREDENTIAL)
    assert AchievementCredential.read(credential.to_json()) == credential
    assert credential.awarded_date == parse_iso_date_time(str(assertion["issuedOn"]))


def _leaves(value: JsonValue) -> Iterator[JsonValue]:
    yield from (leaf for _, leaf in _places(value))


def _places(value: JsonValue, above: str = "") -> Iterator[tuple[str, JsonValue]]:
    if isinstance(value, dict):
        for name, part in value.items():
            yield from _places(part, above + pointer(name))
    elif isinstance(value, list):
        for index, part in enumerate(value):
            yield from _places(part, above + pointer(index))
    else:
        yield above, value


_TYPES = {
    "Assertion": "OpenBadgeCredential",
    "BadgeClass": "Achievement",
    "Issuer": "Profile",
    "email": "emailAddress",
    "url": "ext:url",
    "telephone": "ext:telephone",
}


def _in_3_0(place: str, leaf: JsonValue) -> JsonValue:
    """How a value of 2.0 is written in 3.0."""
    last = place.rpartition("/")[2]
    if last in {"issuedOn", "expires"}:
        return write_date_time(parse_iso_date_time(str(leaf)))
    if last == "@language":
        return language_code(str(leaf))
    if last == "version":
        return str(leaf)
    if "type" in place:
        return "AchievementSubject" if leaf == "id" else _TYPES.get(str(leaf), leaf)
    return leaf


@thorough
@given(badge_classes)
def test_an_achievement_that_came_from_a_badge_class_gives_it_back(badge: JsonObject) -> None:
    migration, documents = _carried(dict(ASSERTION), badge, dict(ISSUER))
    old = BadgeClass.read(documents["BadgeClass"])
    twin = to_open_badges_2(migration.achievement, id=old.id, issuer="https://badges.example.org/issuer.json")
    new = twin.badge_class
    for name in ("id", "name", "description", "issuer", "tags", "type"):
        assert getattr(new, name) == getattr(old, name)
    assert [one.to_json() for one in new.alignment] == [
        {name: part for name, part in one.to_json().items() if name != "schema:x"} for one in old.alignment
    ]
    assert new.version == (None if old.version is None else str(old.version))
    assert BadgeClass.read(new.to_json()) == new


@given(
    st.text(st.characters(exclude_categories=["Cs"]), min_size=1).filter(str.strip),
    st.binary(min_size=16, max_size=16),
    st.sampled_from(["email", "url"]),
)
def test_a_recipient_has_the_same_hash_in_both_versions(identity: str, salt: bytes, kind: str) -> None:
    def rng(count: int) -> bytes:
        return salt[:count]

    recipient = Recipient(email=identity) if kind == "email" else Recipient(url=identity)
    old = IdentityObject.of(recipient, rng=rng)
    (new,) = recipient.identity_objects(rng)
    assert old.to_open_badges_3() == new
    assert IdentityObject.of_open_badges_3(new) == old
    asked = identity.strip().lower() if kind == "email" else identity
    assert old.matches(asked, kind)
    assert new.matches(asked, new.identity_type)
    assert not old.matches(f"{asked}x", kind)
    assert IdentityObject.read(old.to_json()) == old


@given(_moments)
def test_moments_are_read_as_they_stand(text: str) -> None:
    moment = parse_iso_date_time(text)
    assert moment.utcoffset() is not None
    assert parse_iso_date_time(write_date_time(moment)) == moment


@given(strategies.json_objects)
def test_whatever_is_revoked_needs_little_more_than_its_id(rest: JsonObject) -> None:
    known = {"@context", "@id", "@type", "id", "type", "revoked", "revocationReason"}
    document = {
        **{name: part for name, part in rest.items() if name not in known},
        "id": "urn:x:1",
        "revoked": True,
    }
    assert RevokedAssertion.read(document).to_json() == document
