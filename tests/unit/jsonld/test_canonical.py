from __future__ import annotations

import copy
import json
from concurrent.futures import ThreadPoolExecutor

import pytest

from openbadge_issuer.assertions.json_text import JsonObject, JsonValue
from openbadge_issuer.errors import CanonicalizationError, ContextError, LimitError, OpenBadgeError
from openbadge_issuer.jsonld import canonical
from openbadge_issuer.jsonld.canonical import UndefinedMember, canonical_form, canonicalize
from openbadge_issuer.jsonld.contexts import PINNED, ContextLoader

V2 = "https://www.w3.org/ns/credentials/v2"
OB = "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json"
CRED = "https://www.w3.org/2018/credentials#"
DEEP = "https://badges.example/deep"
LISTS = "https://badges.example/lists"


def badge(contexts: list[JsonValue] | None = None, /, **members: JsonValue) -> JsonObject:
    document: JsonObject = {
        "@context": contexts or [V2, OB],
        "id": "urn:uuid:58172aac-d8ba-11ed-83dd-0b3aef56cc33",
        "type": ["VerifiableCredential", "OpenBadgeCredential"],
        "issuer": {"id": "https://issuer.example/", "type": ["Profile"], "name": "Issuer"},
        "validFrom": "2026-01-01T00:00:00Z",
        "name": "Badge",
        "credentialSubject": {
            "id": "did:example:holder",
            "type": ["AchievementSubject"],
            "achievement": {
                "id": "https://issuer.example/badge",
                "type": ["Achievement"],
                "name": "Badge",
                "description": "A badge.",
                "criteria": {"narrative": "Do it."},
            },
        },
    }
    return document | members


@pytest.fixture(params=["compiled", "general"], autouse=True)
def _way(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Run every test on both ways; of the first, what it declines goes the second way too."""
    if request.param == "general":
        monkeypatch.setattr(canonical, "compiled_form", lambda *_, **__: None)


def refusal(document: JsonObject, loader: ContextLoader = PINNED) -> tuple[str, str]:
    with pytest.raises(OpenBadgeError) as error:
        canonical_form(document, loader=loader)
    assert "{" not in error.value.sentence("en")
    assert "{" not in error.value.sentence("nl")
    assert bool(error.value.advice("en")) == bool(error.value.advice("nl"))
    return error.value.code, error.value.pointer


def test_a_badge_has_a_canonical_form_of_which_nothing_is_missing() -> None:
    form = canonical_form(badge())
    assert form.undefined == ()
    assert form.nquads == canonicalize(badge())
    assert form.nquads.count(b"\n") == 15
    assert (
        b"<did:example:holder> <https://purl.imsglobal.org/spec/vc/ob/vocab.html#achievement>" in form.nquads
    )


def test_the_document_given_is_not_changed() -> None:
    document = badge(colour="red")
    before = copy.deepcopy(document)
    canonical_form(document)
    assert document == before


def test_an_undefined_member_is_left_out_and_listed_with_its_place() -> None:
    document = badge(colour="red", evidence=[{"type": ["Evidence"], "a/b": {"name": "n"}, "name": "e"}])
    form = canonical_form(document)
    assert set(form.undefined) == {
        UndefinedMember("/colour", "colour"),
        UndefinedMember("/evidence/0/a~1b", "a/b"),
    }
    assert b'"red"' not in form.nquads


def test_undefined_members_are_listed_in_document_order() -> None:
    subject: JsonObject = {"zebra": 1, "type": ["AchievementSubject"], "apple": {"name": "n"}}
    name: JsonObject = {"@value": "a", "@language": "EN"}
    document: JsonObject = {"zoo": 0, **badge(credentialSubject=subject, name=name), "ark": [{}]}
    found = [member.pointer for member in canonical_form(document).undefined]
    assert found == [
        "/zoo",
        "/ark",
        "/name/@language",
        "/credentialSubject/zebra",
        "/credentialSubject/apple",
    ]


def test_a_name_is_listed_only_where_it_is_undefined() -> None:
    document = badge(creditsAvailable=1)
    subject = document["credentialSubject"]
    assert isinstance(subject, dict)
    assert isinstance(subject["achievement"], dict)
    subject["achievement"]["creditsAvailable"] = 2
    form = canonical_form(document)
    assert form.undefined == (UndefinedMember("/creditsAvailable", "creditsAvailable"),)
    assert form.nquads.count(b"creditsAvailable") == 1


@pytest.mark.parametrize("value", [None, [], {}, 0])
def test_an_undefined_member_is_listed_whatever_it_holds(value: JsonValue) -> None:
    assert canonical_form(badge(colour=value)).undefined == (UndefinedMember("/colour", "colour"),)


@pytest.mark.parametrize("value", [None, [], [None, []]])
def test_an_empty_member_is_listed_unless_its_name_is_a_term(value: JsonValue) -> None:
    assert canonical_form(badge(evidence=value)).undefined == ()
    assert canonical_form(badge(**{"evi:dence": value})).undefined == (
        UndefinedMember("/evi:dence", "evi:dence"),
    )


@pytest.mark.parametrize("name", ["@colour", "@", "a b", ""])
def test_a_name_that_json_ld_passes_over_is_listed(name: str) -> None:
    assert [member.name for member in canonical_form(badge(**{name: "x"})).undefined] == [name]


def test_strictly_an_undefined_member_is_an_error() -> None:
    with pytest.raises(CanonicalizationError) as error:
        canonicalize(badge(colour="red"))
    assert (error.value.code, error.value.pointer) == ("JSONLD-UNDEFINED-TERM", "/colour")
    assert "colour" in str(error.value)


@pytest.mark.parametrize(
    ("code", "pointer", "member"),
    [
        ("JSONLD-DIRECTION", "/name/@direction", {"@value": "a", "@language": "ar", "@direction": "rtl"}),
        ("JSONLD-LANGUAGE-CASE", "/name/@language", {"@value": "a", "@language": "EN"}),
    ],
)
def test_what_of_a_text_is_not_signed_is_listed(code: str, pointer: str, member: JsonObject) -> None:
    form = canonical_form(badge(name=member))
    assert [(found.code, found.pointer) for found in form.undefined] == [(code, pointer)]
    with pytest.raises(CanonicalizationError) as error:
        canonicalize(badge(name=member))
    assert error.value.code == code
    assert error.value.sentence("nl")


def test_a_language_in_its_usual_case_is_signed_small() -> None:
    assert b'"a"@en-us' in canonicalize(badge(name={"@value": "a", "@language": "en-US"}))


def test_a_language_beside_members_is_not_signed() -> None:
    assert [found.pointer for found in canonical_form(badge(**{"@language": "en"})).undefined] == [
        "/@language"
    ]


def test_a_blank_node_label_is_not_signed() -> None:
    form = canonical_form(badge(id="_:me"))
    assert [(found.code, found.pointer) for found in form.undefined] == [("JSONLD-BLANK-LABEL", "/id")]


@pytest.mark.parametrize(
    ("code", "pointer", "members"),
    [
        ("JSONLD-UNMAPPED-TYPE", "/type/1", {"type": ["VerifiableCredential", "Diploma"]}),
        ("JSONLD-UNMAPPED-TYPE", "/type/1", {"type": ["VerifiableCredential", "_:t"]}),
        ("JSONLD-UNMAPPED-TYPE", "/evidence/type", {"evidence": {"type": "Proof of work", "name": "e"}}),
        ("JSONLD-IRI", "/type/1", {"type": ["VerifiableCredential", "urn:a b"]}),
        ("JSONLD-RELATIVE-IRI", "/id", {"id": "badge/1"}),
        ("JSONLD-RELATIVE-IRI", "/image/id", {"image": {"id": "x.png", "type": "Image"}}),
        ("JSONLD-RELATIVE-IRI", "/issuer", {"issuer": "issuer"}),
        ("JSONLD-RELATIVE-IRI", "/issuer", {"issuer": "@issuer"}),
        ("JSONLD-RELATIVE-IRI", "/evidence/1", {"evidence": ["urn:e", "@evidence"]}),
        ("JSONLD-BLANK-LABEL", "/issuer", {"issuer": "_:issuer"}),
        ("JSONLD-IRI", "/issuer", {"issuer": "https://a b/"}),
        ("JSONLD-IRI", "/issuer", {"issuer": "https://a/\u00a0"}),
        ("JSONLD-IRI", "/id", {"id": "urn:x> <urn:p> <urn:o"}),
        ("JSONLD-IRI", "/urn:a<b", {"urn:a<b": 1}),
        ("JSONLD-IRI", "/_:p", {"_:p": 1}),
        (
            "JSONLD-LANGUAGE",
            "/name/@language",
            {"name": {"@value": "a", "@language": 'en .\n<urn:s> <urn:p> "x'}},
        ),
        ("JSONLD-DATATYPE", "/name/@type", {"name": {"@value": "a", "@type": "urn:<"}}),
        ("JSONLD-UNSIGNED-VALUE", "/name/@value", {"name": {"@value": None, "@language": "en"}}),
        ("JSONLD-UNSIGNED-VALUE", "/@graph/0", {"@graph": ["text"]}),
        ("JSONLD-UNSIGNED-VALUE", "/proof", {"proof": "urn:p"}),
        ("JSONLD-UNSIGNED-VALUE", "", {"proof": {}}),
        ("JSONLD-KEYWORD", "/@nest", {"@nest": {"validUntil": "2027-01-01T00:00:00Z"}}),
        ("JSONLD-KEYWORD", "/@included", {"@included": [{"id": "urn:x", "name": "n"}]}),
        ("JSONLD-KEYWORD", "/@reverse", {"@reverse": {"evidence": {"id": "urn:x"}}}),
        ("JSONLD-KEYWORD", "/@index", {"@index": "x"}),
        ("JSONLD-KEYWORD", "/@base", {"@base": "x"}),
        ("JSONLD-PROCESSING", "", {"id": ["urn:x"]}),
        ("JSONLD-PROCESSING", "", {"type": [1]}),
        ("JSONLD-PROCESSING", "", {"@context": [V2, 5]}),
        (
            "JSONLD-PROCESSING",
            "",
            {"@context": [V2, OB, {"VerifiableCredential": CRED + "VerifiableCredential"}]},
        ),
        ("JSONLD-SURROGATE", "/name", {"name": "\ud800"}),
        ("JSONLD-CONTEXT", "/@context/1/@import", {"@context": [V2, {"@import": V2}]}),
    ],
)
def test_what_would_be_signed_otherwise_than_it_reads_is_refused(
    code: str, pointer: str, members: dict[str, JsonValue]
) -> None:
    assert refusal(badge(**members)) == (code, pointer)


@pytest.mark.parametrize("number", [1e-7, 2**53, 1e22, pytest.param(10**5000, id="huge")])
def test_a_number_that_readers_write_differently_is_refused_with_its_place(number: float) -> None:
    document = badge()
    subject = document["credentialSubject"]
    assert isinstance(subject, dict)
    subject["creditsEarned"] = number
    assert refusal(document) == ("JSONLD-NUMBER", "/credentialSubject/creditsEarned")


STATUS: JsonObject = {"id": "https://issuer.example/list", "type": "1EdTechRevocationList"}
STATUS_IRI = CRED + "credentialStatus"
EXTENSIONS = "https://purl.imsglobal.org/spec/ob/v3p0/extensions.json"


@pytest.mark.parametrize(
    "disguised",
    [
        badge([V2, OB, EXTENSIONS], **{STATUS_IRI: STATUS}),
        badge(
            [V2, OB, EXTENSIONS, {"cred": CRED}],
            **{
                "cred:credentialStatus": STATUS,
            },
        ),
        badge([V2, OB, EXTENSIONS, {"ghost": {"@id": STATUS_IRI, "@type": "@id"}}], ghost=STATUS),
        badge(**{"@id": "urn:x"}),
        badge(**{"https://schema.org/name": "x"}),
    ],
)
def test_a_term_under_another_name_is_refused(disguised: JsonObject) -> None:
    assert refusal(disguised)[0] == "JSONLD-DISGUISED-TERM"


def test_a_class_is_no_other_name_for_a_property() -> None:
    # Both have one IRI in the published context, and a reader looks for `criteria`.
    document = json.loads(json.dumps(badge()).replace('"criteria"', '"Criteria"'))
    assert refusal(document) == ("JSONLD-DISGUISED-TERM", "/credentialSubject/achievement/Criteria")


def test_a_type_under_another_name_is_refused() -> None:
    types: list[JsonValue] = [
        "VerifiableCredential",
        "https://purl.imsglobal.org/spec/vc/ob/vocab.html#OpenBadgeCredential",
    ]
    assert refusal(badge(type=types)) == ("JSONLD-DISGUISED-TERM", "/type/1")


def test_a_name_without_a_term_may_be_an_iri() -> None:
    form = canonical_form(badge(**{"https://vocabulary.example/colour": "red"}))
    assert form.undefined == ()
    assert b'<https://vocabulary.example/colour> "red"' in form.nquads


def test_a_context_in_the_document_may_add_but_not_redefine() -> None:
    added = badge([V2, OB, {"colour": "https://vocabulary.example/colour"}], colour="red")
    assert b'colour> "red"' in canonicalize(added)
    v1 = "https://www.w3.org/2018/credentials/v1"
    changed = badge([v1, {"VerifiableCredential": "urn:x"}])
    assert refusal(changed) == ("JSONLD-REDEFINED-TERM", "/@context")


def test_members_of_the_top_cannot_move_to_a_reference() -> None:
    document = badge(evidence=[{"id": badge()["id"], "type": ["Evidence"], "narrative": "moved"}])
    assert refusal(document) == ("JSONLD-SPLIT-NODE", "/id")


def test_with_a_vocabulary_in_force_nothing_is_undefined() -> None:
    form = canonical_form(badge([V2, OB, {"@vocab": "https://vocabulary.example/"}], colour="red"))
    assert form.undefined == ()
    assert b'<https://vocabulary.example/colour> "red"' in form.nquads


def test_a_vocabulary_that_is_not_there_may_be_taken_away() -> None:
    assert canonicalize(badge([V2, OB, {"@vocab": None}])) == canonicalize(badge())


def test_an_unknown_context_is_named() -> None:
    with pytest.raises(ContextError) as error:
        canonical_form(badge([V2, "https://unknown.example/"]))
    assert (error.value.code, error.value.details["url"]) == ("CONTEXT-UNKNOWN", "https://unknown.example/")


def test_a_document_that_says_nothing_is_refused() -> None:
    assert refusal({"@context": [V2]}) == ("JSONLD-UNSIGNED-VALUE", "")
    assert refusal({"@context": [V2], "id": "urn:x"}) == ("JSONLD-UNSIGNED-VALUE", "/id")


def test_a_document_of_which_nothing_is_defined_lists_it_all() -> None:
    form = canonical_form({"@context": [V2], "credentialSubject": {"id": "urn:x"}})
    assert form.nquads == b""
    assert [member.pointer for member in form.undefined] == ["/credentialSubject"]


def test_poison_in_json_is_refused() -> None:
    alignments: list[JsonValue] = [{"type": ["Alignment"], "targetName": "t"} for _ in range(8)]
    document = badge()
    subject = document["credentialSubject"]
    assert isinstance(subject, dict)
    subject["result"] = [{"type": ["Result"], "alignment": alignments} for _ in range(2)]
    with pytest.raises(LimitError) as error:
        canonical_form(document)
    assert error.value.code == "JSONLD-WORK"


def test_each_value_of_a_graph_container_is_a_graph_of_its_own() -> None:
    proof: JsonObject = {"type": "DataIntegrityProof", "cryptosuite": "eddsa-rdfc-2022"}
    form = canonical_form(badge(proof=[proof, proof | {"cryptosuite": "ecdsa-rdfc-2019"}]))
    graphs = {line.split(b" ")[-2] for line in form.nquads.splitlines() if b"cryptosuite" in line}
    assert len(graphs) == 2


def test_a_caller_s_own_context_is_used() -> None:
    loader = ContextLoader({DEEP: {"@context": {"colour": "https://vocabulary.example/colour"}}})
    document = badge([V2, OB, DEEP], colour="red")
    assert b'colour> "red"' in canonicalize(document, loader=loader)
    assert refusal(document) == ("CONTEXT-UNKNOWN", "")


def test_a_caller_s_context_that_imports_is_refused() -> None:
    loader = ContextLoader(
        {DEEP: {"@context": {"@import": V2, "colour": "https://vocabulary.example/colour"}}}
    )
    assert refusal(badge([DEEP]), loader)[0] == "JSONLD-CONTEXT"


def test_language_and_index_maps_show_what_is_not_signed() -> None:
    context: JsonObject = {
        "title": {"@id": "https://vocabulary.example/title", "@container": "@language"},
        "part": {"@id": "https://vocabulary.example/part", "@container": "@index"},
    }
    loader = ContextLoader({LISTS: {"@context": context}})
    titled = badge([V2, OB, LISTS], title={"en-us": "x", "nl": "y"})
    assert canonical_form(titled, loader=loader).undefined == (
        UndefinedMember("/title/en-us", "en-us", "JSONLD-LANGUAGE-CASE"),
    )
    parts = badge([V2, OB, LISTS], part={"first": "x"})
    assert refusal(parts, loader)[0] == "JSONLD-KEYWORD"


def test_one_document_leaves_nothing_behind_for_the_next() -> None:
    before = canonicalize(badge())
    hostile: list[JsonObject] = [
        {"colour": "urn:c"},
        {"@vocab": "urn:v:"},
        {"@import": V2, "colour": "urn:c"},
        {"name": "urn:n"},
    ]
    for context in hostile:
        document = badge([V2, OB, context], colour="red")
        try:
            canonical_form(document)
        except OpenBadgeError:
            continue
    assert canonicalize(badge()) == before
    assert [member.name for member in canonical_form(badge(colour="red")).undefined] == ["colour"]


def test_threads_do_not_disturb_each_other() -> None:
    documents = [badge(name=f"Badge {number}") for number in range(40)]
    alone = [canonicalize(document) for document in documents]
    with ThreadPoolExecutor(4) as pool:
        assert list(pool.map(canonicalize, documents)) == alone
