from __future__ import annotations

from datetime import UTC, datetime

import pytest

from open_badges_2_documents import (
    ABSENT,
    ASSERTION,
    BADGE_CLASS,
    CONTEXT,
    ENDORSEMENT,
    ISSUER,
    KEY,
    REVOCATION_LIST,
    changed,
)
from openbadge_issuer.assertions import open_badges_2
from openbadge_issuer.assertions.json_text import JsonObject, JsonValue
from openbadge_issuer.assertions.node import Node
from openbadge_issuer.assertions.open_badges_2 import (
    Assertion,
    BadgeClass,
    Criteria,
    CryptographicKey,
    Endorsement,
    Image,
    Issuer,
    Profile,
    RevocationList,
    RevokedAssertion,
    RevokedEndorsement,
    VerificationObject,
    assertion_class,
    link_id,
)
from openbadge_issuer.errors import ModelError

KINDS: list[tuple[type[Node], JsonObject]] = [
    (Assertion, ASSERTION),
    (BadgeClass, BADGE_CLASS),
    (Issuer, ISSUER),
    (Endorsement, ENDORSEMENT),
    (CryptographicKey, KEY),
    (RevocationList, REVOCATION_LIST),
]
DATA = "data:image/png;base64,AAAA"


@pytest.mark.parametrize(("kind", "document"), KINDS, ids=lambda value: getattr(value, "__name__", ""))
def test_a_document_is_read_and_written_back(kind: type[Node], document: JsonObject) -> None:
    model, problems = kind.check(document)
    assert problems == ()
    assert model is not None
    written = model.to_json()
    assert written.keys() == document.keys()
    assert kind.read(written) == model


@pytest.mark.parametrize(
    ("kind", "document", "names"),
    [
        (Assertion, ASSERTION, "id type recipient badge verification issuedOn"),
        (BadgeClass, BADGE_CLASS, "id type name description image criteria issuer"),
        (Issuer, ISSUER, "id type name url email"),
        (Endorsement, ENDORSEMENT, "id type claim issuer issuedOn verification"),
        (RevocationList, REVOCATION_LIST, "type revokedAssertions"),
    ],
)
def test_what_is_required_cannot_be_left_out_or_null(
    kind: type[Node], document: JsonObject, names: str
) -> None:
    for name in names.split():
        for damaged in (changed(document, name, ABSENT), changed(document, name, None)):
            _, problems = kind.check(damaged)
            assert [(problem.code, problem.pointer) for problem in problems] == [
                ("MODEL-REQUIRED", f"/{name}")
            ]
    rest = document.keys() - {*names.split(), "@context"}
    without = {name: value for name, value in document.items() if name not in rest}
    assert kind.check(without)[1] == ()


BREACHES: list[tuple[type[Node], JsonObject, str, JsonValue, str]] = [
    (Assertion, ASSERTION, "id", "assertion-1", "MODEL-FORMAT"),
    (Assertion, ASSERTION, "id", ["https://a.example/1"], "MODEL-KIND"),
    (Assertion, ASSERTION, "type", "Badge", "MODEL-TYPE"),
    (Assertion, ASSERTION, "issuedOn", 1483228799, "MODEL-DATE-TIME"),
    (Assertion, ASSERTION, "issuedOn", "2016-12-31", "MODEL-DATE-TIME"),
    (Assertion, ASSERTION, "issuedOn", "2016-12-31T23:59:59", "MODEL-TIME-ZONE"),
    (Assertion, ASSERTION, "issuedOn", "2016-02-30T23:59:59Z", "MODEL-DATE-TIME"),
    (Assertion, ASSERTION, "issuedOn", "2016-12-31 23:59:59Z", "MODEL-DATE-TIME"),
    (Assertion, ASSERTION, "expires", "0001-01-01T00:00:00+09:00", "MODEL-DATE-TIME"),
    (Assertion, ASSERTION, "revoked", "true", "MODEL-KIND"),
    (Assertion, ASSERTION, "narrative", {"en": "text"}, "MODEL-KIND"),
    (Assertion, ASSERTION, "image", DATA, "OB2-IMAGE-DATA"),
    (Assertion, ASSERTION, "recipient", "someone@example.org", "MODEL-KIND"),
    (Assertion, ASSERTION, "recipient/hashed", ABSENT, "MODEL-REQUIRED"),
    (Assertion, ASSERTION, "recipient/hashed", "true", "MODEL-KIND"),
    (Assertion, ASSERTION, "recipient/identity", "sha256$12", "OB2-IDENTITY-HASH"),
    (Assertion, ASSERTION, "recipient/identity", f"sha1${'0' * 40}", "OB2-IDENTITY-HASH"),
    (Assertion, ASSERTION, "verification/type", "Hosted", "OB2-VERIFICATION"),
    (Assertion, ASSERTION, "verification/type", ["hosted", "signed"], "OB2-VERIFICATION"),
    (Assertion, ASSERTION, "verification/type", ABSENT, "MODEL-REQUIRED"),
    (Assertion, ASSERTION, "evidence/0", "work.html", "MODEL-FORMAT"),
    (Assertion, ASSERTION, "evidence/1/genre", 5, "MODEL-KIND"),
    (BadgeClass, BADGE_CLASS, "@language", "en_GB", "MODEL-FORMAT"),
    (BadgeClass, BADGE_CLASS, "version", True, "MODEL-KIND"),
    (BadgeClass, BADGE_CLASS, "image", "data:image/gif;base64,AAAA", "OB2-IMAGE-FORMAT"),
    (BadgeClass, BADGE_CLASS, "image/id", "data:text/html,x", "OB2-IMAGE-FORMAT"),
    (BadgeClass, BADGE_CLASS, "image/id", ABSENT, "MODEL-REQUIRED"),
    (BadgeClass, BADGE_CLASS, "criteria", {"type": "Criteria"}, "OB2-CRITERIA"),
    (BadgeClass, BADGE_CLASS, "criteria", {"id": "_:b0", "type": "Criteria"}, "OB2-CRITERIA"),
    (BadgeClass, BADGE_CLASS, "alignment/0/targetName", ABSENT, "MODEL-REQUIRED"),
    (BadgeClass, BADGE_CLASS, "alignment/0/targetUrl", "urn:x:1", "MODEL-FORMAT"),
    (BadgeClass, BADGE_CLASS, "alignment", "https://frameworks.example.org/1", "MODEL-KIND"),
    (BadgeClass, BADGE_CLASS, "issuer", ["https://a.example/", "https://b.example/"], "MODEL-KIND"),
    (BadgeClass, BADGE_CLASS, "related/0/id", ABSENT, "MODEL-REQUIRED"),
    (BadgeClass, BADGE_CLASS, "tags/1", 5, "MODEL-KIND"),
    (Issuer, ISSUER, "type", ["Criteria"], "MODEL-TYPE"),
    (Issuer, ISSUER, "url", "badges.example.org", "MODEL-FORMAT"),
    (Issuer, ISSUER, "image", "data:image/jpeg;base64,AAAA", "OB2-IMAGE-FORMAT"),
    (Issuer, ISSUER, "verification/allowedOrigins", ["https://badges.example.org"], "OB2-ORIGIN"),
    (Issuer, ISSUER, "verification/allowedOrigins", "badges.example.org:8000", "OB2-ORIGIN"),
    (Issuer, ISSUER, "verification/startsWith", 5, "MODEL-KIND"),
    (Endorsement, ENDORSEMENT, "claim/id", ABSENT, "MODEL-REQUIRED"),
    (Endorsement, ENDORSEMENT, "claim", "https://badges.example.org/robots.json", "MODEL-KIND"),
    (CryptographicKey, KEY, "owner", "issuer", "MODEL-FORMAT"),
    (RevocationList, REVOCATION_LIST, "revokedAssertions/0", "abc", "MODEL-FORMAT"),
    (RevocationList, REVOCATION_LIST, "revokedAssertions/1/id", ABSENT, "OB2-REVOCATION-ENTRY"),
]


@pytest.mark.parametrize(("kind", "document", "path", "value", "code"), BREACHES)
def test_a_breach_has_its_code_and_place(
    kind: type[Node], document: JsonObject, path: str, value: JsonValue, code: str
) -> None:
    model, problems = kind.check(changed(document, path, value))
    assert model is None
    assert {problem.code for problem in problems} == {code}
    for problem in problems:
        assert f"/{path}".startswith(problem.pointer) or problem.pointer.startswith(f"/{path}")
        assert ModelError(problem.code, problem.pointer, **problem.details).sentence("nl")


ACCEPTED: list[tuple[type[Node], JsonObject, str, JsonValue]] = [
    (Assertion, ASSERTION, "id", "urn:uuid:a953081a-4bbd-4927-9653-7219bca00e3b"),
    (Assertion, ASSERTION, "type", ["Assertion", "https://own.example/Type"]),
    (Assertion, ASSERTION, "issuedOn", "2017-10-01T00:00Z"),
    (Assertion, ASSERTION, "issuedOn", "20171001T000000+0200"),
    (Assertion, ASSERTION, "issuedOn", "2017-10-01T00:00:00.5+02"),
    (Assertion, ASSERTION, "recipient/identity", f"md5${'A' * 32}"),
    (Assertion, ASSERTION, "recipient/salt", ABSENT),
    (Assertion, ASSERTION, "badge", BADGE_CLASS),
    (Assertion, ASSERTION, "badge", {**BADGE_CLASS, "issuer": ISSUER}),
    (Assertion, ASSERTION, "badge", {"id": "https://badges.example.org/robots.json"}),
    (Assertion, ASSERTION, "evidence", {"id": "_:b1", "narrative": "It walks."}),
    (Assertion, ASSERTION, "evidence", None),
    (Assertion, ASSERTION, "evidence", []),
    (Assertion, ASSERTION, "verification", {"type": ["signed"], "creator": KEY}),
    (Assertion, ASSERTION, "endorsement", [ENDORSEMENT, "https://endorser.example/2.json"]),
    (BadgeClass, BADGE_CLASS, "image", DATA),
    (BadgeClass, BADGE_CLASS, "image", "DATA:image/svg+xml,x"),
    (BadgeClass, BADGE_CLASS, "version", "2.0"),
    (BadgeClass, BADGE_CLASS, "version", 2.5),
    (BadgeClass, BADGE_CLASS, "tags", "robots"),
    (BadgeClass, BADGE_CLASS, "related", "https://badges.example.org/robots-nl.json"),
    (Issuer, ISSUER, "type", ["Profile", "Issuer"]),
    (Issuer, ISSUER, "publicKey", ["https://badges.example.org/1.json", KEY]),
    (Issuer, ISSUER, "verification/startsWith", ["https://a.example/", "https://b.example/"]),
]


@pytest.mark.parametrize(("kind", "document", "path", "value"), ACCEPTED)
def test_other_ways_to_say_it_are_read(
    kind: type[Node], document: JsonObject, path: str, value: JsonValue
) -> None:
    model, problems = kind.check(changed(document, path, value))
    assert problems == ()
    assert model is not None
    assert kind.read(model.to_json()) == model


def test_the_aliases_of_the_context_are_read() -> None:
    document = {**ASSERTION, "verify": ASSERTION["verification"], "@type": "Assertion"}
    document["@id"] = document.pop("id")
    del document["verification"], document["type"]
    assert Assertion.read(document) == Assertion.read(ASSERTION)


def test_a_breach_under_an_alias_has_the_place_that_exists() -> None:
    document: JsonObject = {**ASSERTION, "verify": {"type": "neither"}}
    del document["verification"]
    _, problems = Assertion.check(document)
    assert [(problem.code, problem.pointer) for problem in problems] == [("OB2-VERIFICATION", "/verify/type")]


def test_members_that_are_not_known_are_kept() -> None:
    extra: JsonObject = {"schema:comment": "x", "extensions:New": {"type": ["Extension"]}, "none": None}
    written = Assertion.read({**ASSERTION, **extra}).to_json()
    assert {name: written[name] for name in extra} == extra


def test_an_object_that_is_only_its_id_is_a_reference() -> None:
    assertion = Assertion.read({**ASSERTION, "badge": {"@id": "https://badges.example.org/robots.json"}})
    assert assertion.badge == link_id(assertion.badge) == "https://badges.example.org/robots.json"
    built = BadgeClass.model_validate(
        {**BadgeClass.read(BADGE_CLASS).__dict__, "image": Image(id="https://a.example/1.png")}
    )
    assert built.image == "https://a.example/1.png"
    embedded = Assertion.read({**ASSERTION, "badge": BADGE_CLASS})
    assert link_id(embedded.badge) == assertion.badge
    assert link_id(Criteria(narrative="x")) is None


def test_of_a_revoked_badge_only_its_id_is_asked() -> None:
    document: JsonObject = {"@context": CONTEXT, "id": "https://badges.example.org/1", "revoked": True}
    assert assertion_class(document) is RevokedAssertion
    assert assertion_class(ASSERTION) is assertion_class({**ASSERTION, "revoked": False}) is Assertion
    revoked = RevokedAssertion.read({**document, "revocationReason": "A mistake", "issuedOn": 5})
    assert revoked.revocation_reason == "A mistake"
    assert revoked.to_json()["issuedOn"] == 5
    _, problems = RevokedAssertion.check({"revoked": False})
    assert {problem.code for problem in problems} == {"MODEL-ENUM", "MODEL-REQUIRED"}


def test_of_a_revoked_endorsement_only_its_id_and_issuer_are_asked() -> None:
    document: JsonObject = {"id": "https://e.example/1", "issuer": "https://e.example/", "revoked": True}
    assertion = Assertion.read({**ASSERTION, "endorsement": [document, ENDORSEMENT]})
    assert [type(one) for one in assertion.endorsement] == [RevokedEndorsement, Endorsement]
    assert Assertion.read(assertion.to_json()) == assertion
    assert RevokedEndorsement.check({"id": "https://e.example/1", "revoked": True})[0] is None


def test_a_recipient_needs_little_of_a_profile() -> None:
    profile = Profile.read({"id": "urn:x:1", "type": "Profile"})
    assert profile.to_json() == {"id": "urn:x:1", "type": "Profile"}
    assert Issuer.check(profile.to_json())[0] is None


def test_an_empty_revocation_list_stays_a_list() -> None:
    document: JsonObject = {"@context": CONTEXT, "type": "RevocationList", "revokedAssertions": []}
    assert RevocationList.read(document).to_json() == document


def test_a_builder_writes_the_types_and_gets_our_error() -> None:
    badge = BadgeClass(
        id="https://badges.example.org/1",
        name="One",
        description="The first",
        image=Image(id=DATA),
        criteria="https://badges.example.org/1.html",
        issuer="https://badges.example.org/issuer.json",
    )
    assert badge.to_json()["type"] == "BadgeClass"
    with pytest.raises(ModelError) as error:
        Criteria()
    assert error.value.code == "OB2-CRITERIA"
    with pytest.raises(ModelError) as error:
        VerificationObject(type=("other",))
    assert (error.value.code, error.value.pointer) == ("OB2-VERIFICATION", "/type")


@pytest.mark.parametrize("name", ["hosted", "HostedBadge", "signed", "SignedBadge"])
def test_the_method_is_the_same_by_both_names(name: str) -> None:
    assert VerificationObject(type=(name,)).method == name.removesuffix("Badge").lower()


def test_moments_are_written_in_utc() -> None:
    assertion = Assertion.read(ASSERTION)
    assert assertion.expires == datetime(2030, 1, 31, 11, tzinfo=UTC)
    assert assertion.to_json()["expires"] == "2030-01-31T11:00:00Z"


def test_every_public_name_is_there() -> None:
    for name in open_badges_2.__all__:
        assert getattr(open_badges_2, name) is not None
    with pytest.raises(AttributeError):
        open_badges_2.nothing  # noqa: B018  # the access is what is tested
