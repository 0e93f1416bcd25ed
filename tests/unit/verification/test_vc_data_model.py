from __future__ import annotations

import pytest

from issued_badges import large, small_document
from openbadge_issuer.assertions.json_text import JsonObject, JsonValue, parse_json_object
from openbadge_issuer.jsonld.contexts import PINNED, ContextLoader
from openbadge_issuer.verification.vc_data_model import validate_credential

V2 = "https://www.w3.org/ns/credentials/v2"


def credential(**changes: JsonValue) -> JsonObject:
    """Write a credential that is no badge."""
    return {
        "@context": [V2],
        "type": ["VerifiableCredential"],
        "issuer": "did:example:issuer",
        "credentialSubject": {"id": "did:example:ada"},
        **changes,
    }


def found(document: JsonObject, *, loader: ContextLoader = PINNED) -> list[tuple[str, str, str]]:
    """Give code, place and outcome of what is wrong."""
    findings = validate_credential(document, loader=loader)
    return [(one.code, one.pointer, one.outcome) for one in findings]


def test_our_own_badges_are_credentials_of_the_data_model() -> None:
    assert found(small_document()) == []
    assert found(parse_json_object(large().data)) == []


def test_a_credential_that_is_no_badge_is_judged_too() -> None:
    assert found(credential()) == []


def test_both_kinds_of_rules_are_asked() -> None:
    assert found(credential(id=5))[0] == ("VCDM-URL", "/id", "failed")
    assert found(credential(type=["VerifiableCredential", "Unheard"])) == [
        ("JSONLD-UNMAPPED-TYPE", "/type/1", "failed")
    ]


def test_a_member_without_meaning_is_named() -> None:
    document = credential(shoeSize=42)
    assert found(document) == [("JSONLD-UNDEFINED-TERM", "/shoeSize", "failed")]
    assert found({**document, "@context": [V2, {"shoeSize": "https://terms.example/shoe"}]}) == []


def test_an_unknown_context_leaves_the_meaning_open() -> None:
    url = "https://terms.example/v1"
    document: JsonObject = {**credential(shoeSize=42), "@context": [V2, url]}
    assert [(code, outcome) for code, _, outcome in found(document)] == [("CONTEXT-UNKNOWN", "undetermined")]
    loader = ContextLoader({url: {"@context": {"shoeSize": "https://terms.example/shoe"}}})
    assert found(document, loader=loader) == []


def test_a_document_that_costs_too_much_is_left_open() -> None:
    deep: JsonValue = {"id": "did:example:ada"}
    for _ in range(200):
        deep = {"id": "did:example:ada", "credentialSubject": deep}
    outcomes = {outcome for _, _, outcome in found(credential(credentialSubject=deep))}
    assert outcomes == {"undetermined"}


def test_a_direction_is_allowed_and_remarked_on() -> None:
    document = credential(name={"@value": "x", "@language": "ar", "@direction": "rtl"})
    (one,) = validate_credential(document)
    assert (one.code, one.severity) == ("JSONLD-DIRECTION", "warning")


@pytest.mark.parametrize("several", [False, True])
def test_the_terms_of_proofs_are_left_to_those_who_check_them(several: bool) -> None:  # noqa: FBT001  # a parameter of the test
    signed = credential(proof={"type": "DataIntegrityProof", "unheard": 1})
    assert found(signed) == []
    presentation: JsonObject = {
        "@context": [V2],
        "type": ["VerifiablePresentation"],
        "verifiableCredential": [signed, signed] if several else signed,
    }
    assert found(presentation) == []
