from __future__ import annotations

from collections.abc import Callable

import pytest

from openbadge_issuer.assertions.json_text import JsonObject, JsonValue
from openbadge_issuer.errors import OpenBadgeError
from openbadge_issuer.jsonld.canonical import canonicalize
from openbadge_issuer.jsonld.contexts import PINNED
from openbadge_issuer.signing.selective_disclosure import MAX_POINTERS, Disclosure, select

V2 = "https://www.w3.org/ns/credentials/v2"
TERMS: JsonObject = {
    "steps": {"@id": "urn:t:steps", "@container": "@list"},
    "part": "urn:t:part",
    "size": "urn:t:size",
}


def credential(**members: JsonValue) -> JsonObject:
    return {
        "@context": [V2, TERMS],
        "type": ["VerifiableCredential"],
        "issuer": "https://issuer.example",
        "credentialSubject": {"id": "did:example:ada", "name": "Ada"},
        **members,
    }


def prepared(document: JsonObject) -> Disclosure:
    return Disclosure.of(
        document, nquads=canonicalize(document), label=lambda label: f"x{label}", loader=PINNED
    )


def subject(**members: JsonValue) -> JsonObject:
    return credential(credentialSubject={"id": "did:example:ada", **members})


def code_of(call: Callable[..., object], /, *given: object) -> str:
    with pytest.raises(OpenBadgeError) as caught:
        call(*given)
    assert caught.value.sentence("en")
    assert caught.value.sentence("nl")
    return caught.value.code


def lines(disclosure: Disclosure, *pointers: str) -> list[str]:
    return [disclosure.lines[number] for number in sorted(disclosure.part(pointers).numbers)]


def test_a_part_has_the_id_and_type_of_what_is_around_it() -> None:
    document: JsonObject = {
        "@context": V2,
        "id": "urn:1",
        "type": ["A", "B"],
        "issuer": {"id": "urn:2", "type": "C", "name": "x", "url": "y"},
        "list": [{"id": "_:b", "type": "D", "n": 0}, {"type": "E", "n": 1, "m": 2}, 3],
        "proof": {"type": "F"},
    }
    along: JsonObject = {"@context": V2, "id": "urn:1", "type": ["A", "B"]}
    assert select(document, []) == along
    assert select(document, ["/issuer/name"]) == {
        **along, "issuer": {"id": "urn:2", "type": "C", "name": "x"},
    }  # fmt: skip
    assert select(document, ["/list/1/n", "/list/0/n"])["list"] == [
        {"type": "D", "n": 0}, {"type": "E", "n": 1},
    ]  # fmt: skip
    assert select(document, ["/list/2", "/list/1/m"])["list"] == [{"type": "E", "m": 2}, 3]
    assert select(document, ["/issuer/name", "/issuer"])["issuer"] == document["issuer"]
    assert select(document, ["/issuer", "/issuer/name"])["issuer"] == document["issuer"]
    assert select(document, ["/type/0", "/id"]) == along  # a part of the types is all of them
    assert select(document, [""]) == {name: value for name, value in document.items() if name != "proof"}


def test_a_part_shares_nothing_with_the_whole() -> None:
    document = subject(part={"size": 1})
    part = select(document, ["/credentialSubject/part"])
    part["credentialSubject"]["part"]["size"] = 2  # type: ignore[index,call-overload]  # a test
    assert document == subject(part={"size": 1})


@pytest.mark.parametrize(
    "pointer",
    [
        "issuer", "/nothing", "/issuer/0", "/issuer/id", "/credentialSubject/name/x", "/type/1", "/type/00",
        "/type/-", "/type/-1", "/type/1e0", "/type/\u0660",
        "/@context", "/@context/0", "/proof", "/proof/type", "/",
        "#/issuer",
    ],
)  # fmt: skip
def test_a_pointer_that_leads_nowhere_is_refused(pointer: str) -> None:
    document = credential(proof={"type": "x"})
    assert code_of(select, document, [pointer]) == "SD-POINTER"


def test_pointers_have_a_cap() -> None:
    assert code_of(select, credential(), ["/issuer"] * (MAX_POINTERS + 1)) == "SD-POINTERS"
    select(credential(), ["/issuer"] * MAX_POINTERS)


def test_escaped_steps_are_read() -> None:
    assert select(credential(**{"a/b~c": "x"}), ["/a~1b~0c"])["a/b~c"] == "x"


def test_the_statements_of_a_part_are_statements_of_the_whole() -> None:
    disclosure = prepared(subject(name="Ada", description="x"))
    assert len(disclosure.lines) == 5
    assert lines(disclosure) == []
    assert len(lines(disclosure, "")) == 5
    chosen = lines(disclosure, "/credentialSubject/name")
    assert len(chosen) == 3
    assert chosen[0].endswith('"Ada" .\n')
    assert all("xc14n0" in line for line in chosen[1:])


def test_equal_parts_of_different_nodes_are_told_apart() -> None:
    """Both nodes look the same once only the size of each is shown."""
    document = subject(part=[{"size": 1, "name": "a"}, {"size": 1, "name": "b"}])
    disclosure = prepared(document)
    first, second = (lines(disclosure, f"/credentialSubject/part/{number}/size") for number in (0, 1))
    assert first != second
    assert len(first) == len(second) == 4
    both = disclosure.part(["/credentialSubject/part/0/size", "/credentialSubject/part/1/size"])
    assert set(disclosure.labels_in(both)) == {"c14n0", "c14n1", "c14n2"}
    assert len(set(disclosure.labels_in(both).values())) == 3


def test_an_ordered_list_is_disclosed_whole_or_not_at_all() -> None:
    disclosure = prepared(subject(steps=["a", "b", "c"], name="x"))
    whole = lines(disclosure, "/credentialSubject/steps")
    assert len(whole) == 2 + 1 + 6
    assert set(whole) < set(lines(disclosure, "/credentialSubject"))
    for pointer in ("/credentialSubject/steps/0", "/credentialSubject/steps/2"):
        assert code_of(disclosure.part, [pointer]) == "SD-POINTER"


def test_equal_lists_of_one_node_are_told_apart_by_their_items() -> None:
    document = subject(part=[{"id": "urn:a", "steps": ["a", "b"]}, {"id": "urn:b", "steps": ["a", "b"]}])
    disclosure = prepared(document)
    chosen = lines(disclosure, "/credentialSubject/part/1/steps")
    assert len(chosen) == 8
    assert not any("<urn:a>" in line for line in chosen)


def test_a_proof_inside_is_a_graph_that_is_disclosed_with_what_it_proves() -> None:
    inner: JsonObject = {
        "id": "urn:endorsement",
        "type": "VerifiableCredential",
        "issuer": "https://endorser.example",
        "credentialSubject": {"id": "urn:x", "name": "y"},
        "proof": [
            {"type": "DataIntegrityProof", "cryptosuite": "a", "proofPurpose": "assertionMethod"},
            {"type": "DataIntegrityProof", "cryptosuite": "b", "proofPurpose": "assertionMethod"},
        ],
    }
    disclosure = prepared(subject(part=inner, name="z"))
    chosen = lines(disclosure, "/credentialSubject/part")
    assert len([line for line in chosen if "security#proof>" in line]) == 2
    assert len(chosen) == len(disclosure.lines) - 2
    one = lines(disclosure, "/credentialSubject/part/proof/1")
    assert any('"b"' in line for line in one)
    assert not any('"a"' in line for line in one)


def test_what_has_no_words_of_its_own_cannot_be_disclosed_alone() -> None:
    value: JsonObject = {"@value": "Ada", "@language": "en"}
    disclosure = prepared(subject(name=value))
    for member in ("@value", "@language"):
        assert code_of(disclosure.part, [f"/credentialSubject/name/{member}"]) == "SD-POINTER"
        assert code_of(disclosure.part, ["/id", f"/credentialSubject/name/{member}"]) == "SD-POINTER"
    assert len(lines(disclosure, "/credentialSubject/name")) == 3


def test_names_given_to_nodes_cannot_be_taken_from_the_document() -> None:
    forged = subject(part={"id": "urn:openbadge-issuer:node:7", "size": 1})
    assert code_of(prepared, forged) == "SD-DOCUMENT"


def test_text_that_looks_like_a_label_stays_text() -> None:
    document = subject(name="_:c14n0 and <urn:openbadge-issuer:node:0>")
    disclosure = prepared(document)
    [line] = [line for line in lines(disclosure, "/credentialSubject/name") if '"' in line]
    assert '"_:c14n0 and <urn:openbadge-issuer:node:0>"' in line
