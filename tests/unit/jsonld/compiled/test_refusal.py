from __future__ import annotations

import pytest

from openbadge_issuer.assertions.json_text import JsonObject, JsonValue
from openbadge_issuer.jsonld.compiled.ordered import in_order
from two_ways import agreed, compiled

V2 = "https://www.w3.org/ns/credentials/v2"
OB = "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json"
SUBJECT: JsonObject = {"type": ["AchievementSubject"], "achievement": {"type": ["Achievement"], "name": "a"}}


def badge(**members: JsonValue) -> JsonObject:
    return {
        "@context": [V2, OB],
        "id": "urn:badge",
        "type": ["VerifiableCredential", "OpenBadgeCredential"],
        "name": "Badge",
        "credentialSubject": SUBJECT,
        **members,
    }


@pytest.mark.parametrize(
    ("code", "place", "members"),
    [
        ("JSONLD-UNMAPPED-TYPE", "/type/1", {"type": ["VerifiableCredential", "Diploma"]}),
        ("JSONLD-UNMAPPED-TYPE", "/evidence/0/type", {"evidence": [{"type": "Proof", "name": "e"}]}),
        ("JSONLD-UNMAPPED-TYPE", "/type/0", {"type": ["@foo"]}),
        ("JSONLD-IRI", "/type/0", {"type": ["urn:a b"]}),
        ("JSONLD-IRI", "/urn:a<b", {"urn:a<b": 1}),
        ("JSONLD-IRI", "/_:p", {"_:p": 1}),
        ("JSONLD-IRI", "/issuer", {"issuer": "https://a b/"}),
        ("JSONLD-IRI", "/issuer/id", {"issuer": {"id": "urn:<", "name": "n"}}),
        (
            "JSONLD-IRI",
            "/proof/proofPurpose",
            {"proof": {"type": "DataIntegrityProof", "proofPurpose": "a b:c"}},
        ),
        ("JSONLD-RELATIVE-IRI", "/id", {"id": "badge/1"}),
        ("JSONLD-RELATIVE-IRI", "/issuer", {"issuer": "issuer"}),
        ("JSONLD-RELATIVE-IRI", "/issuer", {"issuer": "@type"}),
        ("JSONLD-RELATIVE-IRI", "/issuer/1", {"issuer": ["urn:i", "@issuer"]}),
        ("JSONLD-RELATIVE-IRI", "/evidence/id", {"evidence": {"id": "e"}}),
        ("JSONLD-BLANK-LABEL", "/issuer", {"issuer": "_:i"}),
        ("JSONLD-DISGUISED-TERM", "/@id", {"@id": "urn:x"}),
        ("JSONLD-DISGUISED-TERM", "/https:~1~1schema.org~1name", {"https://schema.org/name": "x"}),
        ("JSONLD-DISGUISED-TERM", "/evidence/@type", {"evidence": {"@type": "Evidence"}}),
        ("JSONLD-KEYWORD", "/@nest", {"@nest": {"name": "x"}}),
        ("JSONLD-KEYWORD", "/evidence/@reverse", {"evidence": {"@reverse": {}}}),
        ("JSONLD-KEYWORD", "/name/@index", {"name": {"@value": "x", "@index": "i"}}),
        ("JSONLD-NUMBER", "/name", {"name": 1e-9}),
        ("JSONLD-NUMBER", "/name/1", {"name": [1, 2**60]}),
        ("JSONLD-LANGUAGE", "/name/@language", {"name": {"@value": "a", "@language": "e n"}}),
        ("JSONLD-DATATYPE", "/name/@type", {"name": {"@value": "a", "@type": "urn:<"}}),
        ("JSONLD-UNSIGNED-VALUE", "/name/@value", {"name": {"@value": None}}),
        ("JSONLD-UNSIGNED-VALUE", "/@graph/0", {"@graph": ["x"]}),
        ("JSONLD-UNSIGNED-VALUE", "/proof", {"proof": "urn:p"}),
        ("JSONLD-UNSIGNED-VALUE", "/proof", {"proof": 5}),
        ("JSONLD-UNSIGNED-VALUE", "/proof/id", {"proof": {"id": "urn:p"}}),
        ("JSONLD-SPLIT-NODE", "/id", {"evidence": [{"id": "urn:badge", "narrative": "moved"}]}),
    ],
)
def test_the_fault_is_named_with_its_place(code: str, place: str, members: dict[str, JsonValue]) -> None:
    found = agreed(badge(**members))
    assert isinstance(found, tuple)
    assert found[1:3] == (code, place)


def test_of_faults_in_names_the_first_is_reported() -> None:
    members: JsonObject = {
        "evidence": {"type": "Unknown"},
        "urn:a<b": 1,
        "@nest": {},
        "credentialSubject": {"@reverse": {}},
    }
    found = agreed(badge() | members)
    assert isinstance(found, tuple)
    assert found[1:3] == ("JSONLD-KEYWORD", "/@nest")


def test_a_fault_in_names_comes_before_one_in_the_finished_statements() -> None:
    found = agreed(badge(evidence="relative", issuer={"type": "Unknown"}))
    assert isinstance(found, tuple)
    assert found[1] == "JSONLD-UNMAPPED-TYPE"


def test_one_fault_in_two_places_is_one() -> None:
    found = agreed(badge(issuer="relative", evidence=["relative", "relative"]))
    assert isinstance(found, tuple)
    assert found[1:3] == ("JSONLD-RELATIVE-IRI", "/issuer")


def test_two_faults_in_the_finished_statements_are_left_to_the_general_way() -> None:
    assert compiled(badge(issuer="relative", evidence="other")) is None
    assert compiled(badge(issuer="relative", name=1e-9)) is None


def test_an_unknown_context_is_named() -> None:
    found = agreed({"@context": [V2, "https://unknown.example/"], "type": "VerifiableCredential"})
    assert found == ("ContextError", "CONTEXT-UNKNOWN", "", {"url": "https://unknown.example/"})


def test_what_is_said_of_the_credential_by_an_endorsement_of_it_may_stand_there() -> None:
    endorsement: JsonObject = {
        "type": ["VerifiableCredential", "EndorsementCredential"],
        "credentialSubject": {
            "id": "urn:badge",
            "type": ["EndorsementSubject"],
            "endorsementComment": "Good.",
        },
    }
    assert not isinstance(agreed(badge(endorsement=[endorsement])), tuple)


def test_members_are_put_in_order_at_every_level() -> None:
    document: JsonObject = {"b": [{"d": 1, "c": 2}], "a": {"f": [], "e": None}}
    ordered = in_order(document)
    assert str(ordered) == "{'a': {'e': None, 'f': []}, 'b': [{'c': 2, 'd': 1}]}"
    assert str(document).startswith("{'b'")


def test_a_fault_in_an_object_that_stands_in_two_places_is_left_to_the_general_way() -> None:
    shared: JsonObject = {"name": 1e-9}
    assert compiled(badge(evidence=[shared])) is not None
    assert compiled(badge(evidence=[shared, shared])) is None


@pytest.mark.parametrize(
    "document",
    [
        {"@context": [V2], "type": ["VerifiableCredential"], "proof": [[]]},
        {
            "@context": [V2, {"ex": "https://ex.example/", "part": "ex:part"}],
            "id": "ex:2",
            "part": {"id": "ex:2", "name": "text"},
        },
        {
            "@context": [V2],
            "type": ["VerifiableCredential"],
            "credentialSubject": {"@value": None, "@context": [None]},
        },
        {"@context": [V2], "type": ["VerifiableCredential"], "refreshService": {"@type": "cnf"}},
        badge(
            credentialSubject={
                "type": ["AchievementSubject"],
                "achievement": {
                    "type": ["Achievement"],
                    "description": {"@value": "a", "@direction": "ltr", "Criteria": "\n"},
                },
            }
        ),
    ],
)
def test_the_ways_agree_where_they_once_did_not(document: JsonObject) -> None:
    agreed(document)
