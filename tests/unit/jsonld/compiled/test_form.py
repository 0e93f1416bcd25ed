from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest

from openbadge_issuer.assertions.json_text import JsonObject, JsonValue
from openbadge_issuer.errors import LimitError
from openbadge_issuer.jsonld.compiled import form, store
from openbadge_issuer.jsonld.compiled.form import compiled_form
from openbadge_issuer.jsonld.compiled.tables import Tables
from openbadge_issuer.jsonld.contexts import PINNED, ContextLoader
from openbadge_issuer.jsonld.form import CanonicalForm
from two_ways import agreed, compiled, general

V2 = "https://www.w3.org/ns/credentials/v2"
OB = "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json"
OB_2 = "https://w3id.org/openbadges/v2"
APPLY = "https://w3id.org/openbadges/extensions/applyLinkExtension/context.json"
OWN = "https://badges.example/context"
PROOF: JsonObject = {
    "type": "DataIntegrityProof",
    "proofPurpose": "assertionMethod",
    "created": "2026-01-01T00:00:00Z",
}


RESULTS: JsonObject = {"@context": [V2, OB], "type": ["ResultDescription"]}
MINIMAL: JsonObject = {"@context": [V2], "type": "VerifiableCredential", "name": "b"}


def badge(contexts: JsonValue = None, /, **members: JsonValue) -> JsonObject:
    document: JsonObject = {
        "@context": contexts or [V2, OB],
        "id": "urn:badge",
        "type": ["VerifiableCredential", "OpenBadgeCredential"],
        "name": "Badge",
        "credentialSubject": {
            "type": ["AchievementSubject"],
            "achievement": {"type": "Achievement", "name": "a"},
        },
    }
    return document | members


def lines(found: object) -> list[str]:
    assert isinstance(found, CanonicalForm)
    return found.nquads.decode().splitlines()


@pytest.mark.parametrize(
    "document",
    [
        badge(),
        MINIMAL | {"@context": V2},
        badge(evidence=[{"id": "urn:e", "type": "Evidence"}, "urn:f", {"id": "urn:g"}, ["urn:h"], None]),
        badge(evidence=[]),
        badge(evidence={}),
        badge(
            name=[{"@value": "a", "@language": "nl"}, {"@value": "b", "@language": "EN", "@direction": "rtl"}]
        ),
        badge(name=[True, 1, 1.0, -0.0, 1.5, "1.5", {"@value": 2.5}, {"@value": "x", "@type": "urn:t"}]),
        badge(proof=PROOF),
        badge(proof=[PROOF, {**PROOF, "proofPurpose": "urn:other"}]),
        badge(proof={**PROOF, "previousProof": "urn:p", "nonce": {"@value": "n"}}),
        badge() | {"https://vocabulary.example/p": {"name": "n"}},
        badge(type="VerifiableCredential", colour="red") | {"urn:empty": [None, []]},
        badge(issuer={"id": "_:i", "name": "I"}, evidence=[{"id": "_:i", "name": "E"}, {"id": "_:e"}]),
        badge() | {"@language": "nl"},
        badge(
            [V2, OB, {"ex": "https://ex.example/", "colour": "ex:colour"}], colour="red", image={"id": "ex:i"}
        ),
        badge([V2, {"@vocab": "https://v.example/"}], colour="red", size={"type": "Size", "of": "x"}),
        badge(endorsement={"@context": [V2, OB], "type": ["VerifiableCredential"], "name": "inner"}),
        badge(credentialSchema={"type": "JsonSchema", "jsonSchema": {"b": [1, None, {"a": "é"}]}}),
        RESULTS | {"allowedValue": ["A", "B", "A", None, {"@value": "C"}]},
        RESULTS | {"allowedValue": []},
        RESULTS | {"allowedValue": "A"},
        {"@context": [V2], "type": "VerifiablePresentation", "verifiableCredential": [badge(), MINIMAL]},
        {"@context": [V2, OB], **PROOF},
        {
            "@context": OB_2,
            "type": "Assertion",
            "image": "schema:image",
            "extensions:apply": {
                "@context": APPLY,
                "type": ["Extension", "extensions:ApplyLink"],
                "url": "urn:u",
            },
        },
        {"https://vocabulary.example/p": "no context at all"},
    ],
)
def test_a_document_takes_the_compiled_way_to_the_same_bytes(document: JsonObject) -> None:
    assert lines(agreed(document))
    assert lines(agreed(document, digest="sha384"))


@pytest.mark.parametrize(
    "document",
    [
        badge(None) | {"@context": None},
        badge([]) | {"@context": []},
        badge([V2] * 11),
        badge([V2, 5]),
        badge([V2, {"a/b": "urn:x"}]),
        badge(evidence={"@context": {"x": "urn:x"}, "x": "y"}),
        badge([V2, {"x": "urn:x"}], evidence={"@context": {"x": "urn:x"}, "x": "y"}),
        badge(evidence={"@context": {"x": "urn:x"}}, colour={"@context": {"y": "urn:y"}}),
        badge(colour={"@context": {"y": "urn:y"}}),
        badge(id=None),
        badge(id=1),
        badge(type=None),
        badge(type=[]),
        badge(type=[1]),
        badge(type=[["Profile"]]),
        badge(type={"VerifiableCredential": 1}),
        badge(evidence={"@context": None}),
        badge(evidence={"type": None}),
        badge(name=(1, 2)),  # type: ignore[arg-type]  # no JSON, but Python programs write it
        badge(name={"@value": []}),
        badge(name={"@value": "x", "@type": "Profile"}),
        badge(name={"@value": "x", "@type": "relative"}),
        badge(name={"@value": "x", "@type": 1}),
        badge(name={"@value": "x", "@type": "urn:x", "@language": "en"}),
        badge(name={"@value": 1, "@language": "en"}),
        badge(name={"@value": "x", "@direction": "up"}),
        badge(name={"@value": "x", "@context": V2}),
        badge(name={"@list": ["x"]}),
        badge() | {"@graph": [{"name": "x"}]},
        badge(evidence={"@language": "nl"}),
        badge(proof=[[PROOF]]),
        badge(proof={"@value": "x"}),
        badge(proof={"colour": "red"}),
        badge(credentialSchema={"type": "JsonSchema", "jsonSchema": None}),
        badge(credentialSchema={"type": "JsonSchema", "jsonSchema": 2**60}),
        RESULTS | {"allowedValue": [["A"]]},
        {"@context": [V2], "id": "urn:x"},
        {"@context": [V2], "colour": "red"},
        badge(evidence="https://relative.invalid/x"),
        badge() | {"https://relative.invalid/x": 1},
        badge(type=["VerifiableCredential", "https://relative.invalid/x"]),
        {"@context": [V2], "type": "VerifiablePresentation", "verifiableCredential": {"@id": "relative"}},
        badge(evidence="relative", issuer="also relative"),
    ],
)
def test_what_it_is_not_proven_for_is_declined(document: JsonObject) -> None:
    assert compiled(document) is None


def test_a_subclass_of_a_json_type_is_declined() -> None:
    class Text(str):
        __slots__ = ()

    class Members(dict[str, Any]):
        pass

    assert compiled(badge(name=Text("x"))) is None
    assert compiled(badge(evidence=Members(name="x"))) is None


@pytest.mark.parametrize(
    "document",
    [
        badge(name=[["x"] * 60_000, [None] * 60_000]),
        badge(name=["x"] * 110_000),
        RESULTS | {"allowedValue": ["x"] * 110_000},
        badge(name=[[[["x"]]]] * 40_000),
        badge(evidence=[{}] * 110_000),
        badge(evidence=[None] * 110_000),
        badge() | {f"urn:p{number}": "x" for number in range(110_000)},
        badge(name="x" * 9_000_000),
        badge(colour="x" * 9_000_000),
        badge(name="\ud800"),
        badge(evidence={"name": "\ud800"}),
        badge(colour=["\ud800"]),
        badge(evidence=[{"@context": [V2, OB], "type": "Evidence"}] * 300),
        badge(colour=[{"@context": [V2, OB]}] * 300),
    ],
)
def test_what_is_too_large_or_broken_is_refused_as_in_the_general_way(document: JsonObject) -> None:
    assert compiled(document) == general(document)


def nested(levels: int) -> JsonValue:
    return {"type": ["Profile"], "parentOrg": nested(levels - 1)} if levels else "urn:x"


def test_a_deep_document_is_left_to_the_general_way() -> None:
    assert agreed(badge(issuer=nested(30))) is not None
    assert agreed(badge(issuer=nested(50))) is None


def test_a_call_from_far_down_the_stack_is_left_to_the_general_way(monkeypatch: pytest.MonkeyPatch) -> None:
    def overflow(*_: object) -> None:
        raise RecursionError

    monkeypatch.setattr(form, "_form", overflow)
    assert compiled(badge()) is None


def alike(parents: int, children: int, **more: JsonValue) -> JsonObject:
    alignments: list[JsonValue] = [{"type": "Alignment", "targetName": "t"} for _ in range(children)]
    results: list[JsonValue] = [{"type": "Result", "alignment": [*alignments]} for _ in range(parents)]
    return badge(credentialSubject={"type": ["AchievementSubject"], "result": results}, **more)


@pytest.mark.parametrize("children", range(1, 9))
@pytest.mark.parametrize("parents", [1, 2, 3])
def test_equal_looking_nodes_cost_the_same_in_both_ways(parents: int, children: int) -> None:
    document = alike(parents, children)
    backwards = {name: document[name] for name in reversed([*document])}
    assert agreed(document) is not None
    assert agreed(document) == agreed(backwards)


def test_poison_is_refused() -> None:
    with pytest.raises(LimitError) as error:
        compiled_form(alike(2, 8), loader=PINNED)
    assert error.value.code == "JSONLD-WORK"


def test_every_known_state_of_a_context_is_its_own() -> None:
    document = badge(endorsementJwt="a.b.c", inLanguage="nl", awardedDate="2026-01-01T00:00:00Z")
    unsigned = []
    for loader in (PINNED, *PINNED.alternatives([OB])):
        found = agreed(document, loader)
        assert isinstance(found, CanonicalForm)
        unsigned.append({member.name for member in found.undefined})
    assert unsigned[0] == set()
    assert unsigned[1:] == [
        {"endorsementJwt"},
        {"endorsementJwt", "awardedDate"},
        {"endorsementJwt", "awardedDate", "inLanguage"},
    ]
    assert agreed(document) == compiled(document)


def test_a_caller_s_context_is_compiled_too() -> None:
    one = ContextLoader({OWN: {"@context": {"colour": "https://one.example/colour"}}})
    other = ContextLoader({OWN: {"@context": [V2, {"colour": "https://other.example/colour"}]}})
    document = MINIMAL | {"@context": [V2, OWN], "colour": "red"}
    assert "<https://one.example/colour>" in "".join(lines(agreed(document, one)))
    assert "<https://other.example/colour>" in "".join(lines(agreed(document, other)))


@pytest.mark.parametrize(
    "url", ["https://badges.example/a/../context", "urn:context", "https://badges.example/./context"]
)
def test_a_context_whose_url_processors_rewrite_is_declined(url: str) -> None:
    loader = ContextLoader({url: {"@context": {"colour": "https://one.example/colour"}}})
    assert compiled(badge([url], type="urn:t"), loader) is None


def test_contexts_that_point_at_each_other_are_declined() -> None:
    loader = ContextLoader({OWN: {"@context": [OWN]}})
    assert compiled(badge([OWN]), loader) is None


def test_contexts_inside_a_document_may_add_but_not_redefine() -> None:
    assert agreed(badge(["https://www.w3.org/2018/credentials/v1", {"VerifiableCredential": "urn:x"}])) == (
        "CanonicalizationError",
        "JSONLD-REDEFINED-TERM",
        "/@context",
        {"name": "VerifiableCredential"},
    )


def test_many_threads_find_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    documents = [badge(name=f"Badge {number}", evidence=[{"name": "e"}] * 2) for number in range(60)]
    alone = [compiled(document) for document in documents]
    for _ in range(5):
        monkeypatch.setattr(store, "_store", Tables())
        with ThreadPoolExecutor(8) as pool:
            assert list(pool.map(compiled, documents)) == alone
