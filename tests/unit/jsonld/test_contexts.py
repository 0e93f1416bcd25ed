from __future__ import annotations

import json
import pickle
from concurrent.futures import ThreadPoolExecutor
from functools import cache

import pytest

from openbadge_issuer.assertions.json_text import JsonObject
from openbadge_issuer.errors import ContextError
from openbadge_issuer.jsonld.contexts import MAX_ALTERNATIVES, PINNED, ContextLoader, ContextState

CREDENTIALS = "https://www.w3.org/ns/credentials/v2"
OB = "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json"
OWN = "https://badges.example/context.json"
MODULE = "openbadge_issuer.jsonld.contexts"


def own_context() -> JsonObject:
    return {"@context": {"colour": "https://badges.example/vocabulary#colour"}}


@pytest.fixture
def package(monkeypatch: pytest.MonkeyPatch) -> dict[str, list[JsonObject]]:
    """A package of contexts: by URL the terms of each state, the served one first."""
    states: dict[str, list[JsonObject]] = {}

    def index() -> dict[str, list[dict[str, str]]]:
        return {
            url: [
                {"file": f"{url} {number}", "sha256": str(number), "seen": ""} for number in range(len(rows))
            ]
            for url, rows in states.items()
        }

    @cache
    def read(file: str) -> JsonObject:
        url, number = file.split(" ")
        return {"@context": states[url][int(number)]}

    monkeypatch.setattr(f"{MODULE}._read_index", index)
    monkeypatch.setattr(f"{MODULE}._read", read)
    return states


def digests(loader: ContextLoader) -> list[str]:
    return [state.digest for state in loader.states(OB)]


def code_of(error: pytest.ExceptionInfo[ContextError]) -> str:
    assert error.value.sentence("en")
    assert error.value.sentence("nl")
    assert error.value.advice("nl") or not error.value.advice("en")
    return error.value.code


def test_a_pinned_context_is_the_whole_document() -> None:
    document = PINNED.load(CREDENTIALS)
    assert list(document) == ["@context"]
    assert PINNED.load(CREDENTIALS) is document


def test_every_pinned_url_can_be_loaded() -> None:
    assert CREDENTIALS in PINNED.urls
    for url in PINNED.urls:
        assert PINNED.load(url) is PINNED.states(url)[0].document
        assert all(state.url == url for state in PINNED.states(url))


def test_all_threads_get_one_document(package: dict[str, list[JsonObject]]) -> None:
    package[OWN] = [{}]
    loaders = [ContextLoader() for _ in range(64)]
    with ThreadPoolExecutor(8) as pool:
        documents = list(pool.map(lambda loader: loader.load(OWN), loaders))
    assert len({id(document) for document in documents}) == 1


@pytest.mark.parametrize("url", ["https://badges.example/context.json", "", f"{OB}#", "file:///etc/passwd"])
def test_an_unknown_context_is_refused_and_the_sentence_says_how_to_give_it(url: str) -> None:
    for load in (PINNED.load, PINNED.states, PINNED.unstable_terms):
        with pytest.raises(ContextError) as error:
            load(url)
        assert code_of(error) == "CONTEXT-UNKNOWN"
        assert "never fetched" in str(error.value)
        assert "--documents" in error.value.advice()
        assert "contexts=" in error.value.advice()


def test_a_hostile_url_is_shown_short_and_clean() -> None:
    with pytest.raises(ContextError) as error:
        PINNED.load("https://x/\x1b[2J\ud800" + "a" * 5000)
    assert str(error.value).isprintable()
    assert len(str(error.value)) < 400


def test_the_served_state_comes_first_and_states_are_values() -> None:
    served, *older = PINNED.states(OB)
    assert served.digest == "3d34f4d4ef1bce691106e63798beb5e7b862ba841423f5ee1e53ab7ddf3bca84"
    assert [state.seen for state in older] == ["2024-03-04", "2024-01-24", "2023-12-13"]
    assert {served, *older} == set(PINNED.states(OB))
    assert isinstance(served, ContextState)
    assert "@context" not in repr(served)


def test_selecting_a_state_changes_what_is_loaded_and_nothing_else() -> None:
    served, older = digests(PINNED)[:2]
    loader = PINNED.selecting({OB: older})
    assert loader.load(OB) == PINNED.states(OB)[1].document
    assert loader.load(CREDENTIALS) is PINNED.load(CREDENTIALS)
    assert loader.states(OB) == PINNED.states(OB)
    assert PINNED.load(OB) == PINNED.states(OB)[0].document
    assert loader.selecting({OB: served}) is PINNED


def test_the_same_choice_gives_the_same_loader() -> None:
    older = digests(PINNED)[2]
    assert PINNED.selecting({}) is PINNED
    assert PINNED.selecting({OB: older}) is PINNED.selecting({OB: older})
    assert PINNED.selecting({OB: older}) != PINNED


def test_selecting_what_is_not_known_is_refused() -> None:
    with pytest.raises(ContextError) as error:
        PINNED.selecting({OB: "00" * 32})
    assert code_of(error) == "CONTEXT-STATE"
    with pytest.raises(ContextError) as error:
        PINNED.selecting({OWN: "00" * 32})
    assert code_of(error) == "CONTEXT-UNKNOWN"


def test_alternatives_are_the_other_states_nearest_first() -> None:
    expected = [PINNED.selecting({OB: digest}) for digest in digests(PINNED)[1:]]
    assert list(PINNED.alternatives([CREDENTIALS, OB, OB])) == expected


def test_alternatives_of_another_choice_begin_with_the_served_state() -> None:
    second = PINNED.selecting({OB: digests(PINNED)[1]})
    first, *others = second.alternatives([OB])
    assert first is PINNED
    assert second not in others
    assert len(others) == 2


def test_there_are_no_alternatives_where_one_state_is_known() -> None:
    assert list(PINNED.alternatives([CREDENTIALS])) == []
    assert list(PINNED.alternatives([])) == []


def test_alternatives_refuse_an_unknown_context_at_once() -> None:
    with pytest.raises(ContextError) as error:
        PINNED.alternatives([OWN])
    assert code_of(error) == "CONTEXT-UNKNOWN"


def test_alternatives_are_bounded(package: dict[str, list[JsonObject]]) -> None:
    package.update({f"{OWN}?{number}": [{}, {}, {}, {}] for number in range(3)})
    loader = ContextLoader()
    known = {url: [id(state.document) for state in loader.states(url)] for url in package}
    others = list(loader.alternatives(package))
    ranks = [[known[url].index(id(other.load(url))) for url in package] for other in others]
    assert len(others) == len({*map(tuple, ranks)}) == MAX_ALTERNATIVES
    assert [0, 0, 0] not in ranks
    assert [sum(rank) for rank in ranks] == [1] * 3 + [2] * 6 + [3] * 6


def test_terms_that_an_older_state_lacks_are_unstable() -> None:
    assert PINNED.unstable_terms(OB) == {"awardedDate", "endorsementJwt", "inLanguage", "jti"}
    assert PINNED.unstable_terms(CREDENTIALS) == frozenset()


def test_a_term_that_an_older_state_defines_otherwise_is_unstable(
    package: dict[str, list[JsonObject]],
) -> None:
    served: JsonObject = {
        "a": "urn:a",
        "b": "urn:b",
        "C": {"@id": "urn:C", "@context": {"d": "urn:d", "e": "urn:e"}},
        "F": {"@id": "urn:F", "@context": {"g": "urn:g"}},
    }
    older: JsonObject = {
        "a": "urn:a",
        "b": {"@id": "urn:b", "@type": "@id"},
        "C": {"@id": "urn:C", "@context": {"d": "urn:D", "e": "urn:e", "more": "urn:more"}},
        "F": {"@id": "urn:f", "@context": {"g": "urn:g"}},
    }
    package[OWN] = [served, older]
    assert ContextLoader().unstable_terms(OWN) == {"b", "d", "F"}


def test_a_caller_gives_a_context_of_their_own() -> None:
    loader = ContextLoader({OWN: own_context()})
    assert loader.load(OWN) == own_context()
    assert loader.urls == PINNED.urls | {OWN}
    (state,) = loader.states(OWN)
    assert len(state.digest) == 64
    assert loader.load(OB) is PINNED.load(OB)
    assert loader.selecting({OB: digests(PINNED)[1]}).load(OWN) == own_context()


def test_a_callers_context_is_copied() -> None:
    given = own_context()
    loader = ContextLoader({OWN: given})
    given["@context"] = {}
    assert loader.load(OWN) == own_context()


@pytest.mark.parametrize(
    "document",
    [
        [],
        "https://badges.example/other.json",
        {},
        {"colour": "https://badges.example/vocabulary#colour"},
        {"@context": None},
        {"@context": 7},
        {"@context": {"colour": float("nan")}},
        {"@context": {"colour": "\ud800"}},
        {"@context": {"colour": {1, 2}}},
    ],
)
def test_what_is_no_context_is_refused(document: JsonObject) -> None:
    with pytest.raises(ContextError) as error:
        ContextLoader({OWN: document})
    assert code_of(error) == "CONTEXT-SHAPE"


@pytest.mark.parametrize("url", ["", "context.json", "/context.json", "https://badges.example/a b"])
def test_a_context_without_an_absolute_url_is_refused(url: str) -> None:
    with pytest.raises(ContextError) as error:
        ContextLoader({url: own_context()})
    assert code_of(error) == "CONTEXT-URL"


def test_a_pinned_context_is_not_overridden() -> None:
    with pytest.raises(ContextError) as error:
        ContextLoader({OB: own_context()})
    assert code_of(error) == "CONTEXT-PINNED"


def test_one_is_not_true_in_a_context_given_for_a_pinned_url() -> None:
    document = json.loads(json.dumps(PINNED.load(OB)))
    document["@context"]["@protected"] = 1
    with pytest.raises(ContextError) as error:
        ContextLoader({OB: document})
    assert code_of(error) == "CONTEXT-PINNED"


@pytest.mark.parametrize("position", range(4))
def test_a_known_state_of_a_pinned_context_may_be_given_and_changes_nothing(position: int) -> None:
    copy = json.loads(json.dumps(PINNED.states(OB)[position].document))
    loader = ContextLoader({OB: copy})
    assert loader.load(OB) is PINNED.load(OB)
    assert loader.states(OB) == PINNED.states(OB)


def test_a_loader_survives_the_way_to_a_worker() -> None:
    chosen = PINNED.selecting({OB: digests(PINNED)[1]})
    assert pickle.loads(pickle.dumps(PINNED)) is PINNED  # noqa: S301  # our own bytes
    assert pickle.loads(pickle.dumps(chosen)) is chosen  # noqa: S301  # our own bytes
    own = pickle.loads(pickle.dumps(ContextLoader({OWN: own_context()})))  # noqa: S301  # our own bytes
    assert own.load(OWN) == own_context()


def test_a_missing_packaged_file_is_an_error_of_ours(monkeypatch: pytest.MonkeyPatch) -> None:
    index = {OWN: [{"file": "not-there.json", "sha256": "", "seen": ""}]}
    monkeypatch.setattr(f"{MODULE}._read_index", lambda: index)
    with pytest.raises(ContextError) as error:
        ContextLoader().load(OWN)
    assert code_of(error) == "CONTEXT-FILE"
