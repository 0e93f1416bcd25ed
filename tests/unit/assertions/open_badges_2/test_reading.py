from __future__ import annotations

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
from openbadge_issuer.assertions.json_text import JsonObject, JsonValue
from openbadge_issuer.assertions.node import Node
from openbadge_issuer.assertions.open_badges_2 import (
    AlignmentObject,
    Assertion,
    BadgeClass,
    CryptographicKey,
    Endorsement,
    Issuer,
    RevocationList,
    RevokedAssertion,
    RevokedEndorsement,
)
from openbadge_issuer.assertions.open_badges_2.reading import check_document, object_class
from openbadge_issuer.errors import ModelError


@pytest.mark.parametrize(
    ("document", "kind"),
    [
        (ASSERTION, Assertion),
        (BADGE_CLASS, BadgeClass),
        (ISSUER, Issuer),
        ({**ISSUER, "type": "Profile"}, Issuer),
        (ENDORSEMENT, Endorsement),
        (KEY, CryptographicKey),
        (REVOCATION_LIST, RevocationList),
        ({"type": "AlignmentObject"}, AlignmentObject),
        ({"type": ["https://own.example/Type", "obi:BadgeClass"]}, BadgeClass),
        ({"@type": "https://w3id.org/openbadges#Assertion"}, Assertion),
        ({**ASSERTION, "revoked": True}, RevokedAssertion),
        ({**ENDORSEMENT, "revoked": True}, RevokedEndorsement),
        ({"id": "https://a.example/1", "revoked": True}, RevokedAssertion),
    ],
)
def test_the_types_choose_the_class(document: JsonObject, kind: type[Node]) -> None:
    assert object_class(document) is kind


@pytest.mark.parametrize(
    ("document", "code"), [({"type": "OtherAssertion"}, "OB2-TYPE"), ({"id": "urn:x:1"}, "MODEL-REQUIRED")]
)
def test_what_is_no_object_of_open_badges_is_refused(document: JsonObject, code: str) -> None:
    with pytest.raises(ModelError) as error:
        object_class(document)
    assert (error.value.code, error.value.pointer) == (code, "/type")


@pytest.mark.parametrize(
    "context",
    [
        CONTEXT,
        [CONTEXT, "https://own.example/context"],
        ["https://own.example/context", "https://openbadgespec.org/v2/context.json"],
        {"obi": "https://w3id.org/openbadges#"},
    ],
)
def test_a_document_that_keeps_every_rule_has_no_problems(context: JsonValue) -> None:
    model, problems = check_document({**ASSERTION, "@context": context})
    assert isinstance(model, Assertion)
    assert problems == ()


@pytest.mark.parametrize(
    ("path", "value", "found"),
    [
        ("@context", ABSENT, [("MODEL-REQUIRED", "/@context")]),
        ("@context", "https://schema.org/", [("OB2-CONTEXT", "/@context")]),
        ("@context", [], [("OB2-CONTEXT", "/@context")]),
        ("type", "OtherAssertion", [("OB2-TYPE", "/type")]),
        ("badge", ABSENT, [("MODEL-REQUIRED", "/badge")]),
        (
            "extensions:ApplyLink",
            {"url": "https://a.example/"},
            [("OB2-EXTENSION-TYPE", "/extensions:ApplyLink")],
        ),
    ],
)
def test_a_document_is_judged_as_a_whole(path: str, value: JsonValue, found: list[tuple[str, str]]) -> None:
    _, problems = check_document(changed(ASSERTION, path, value))
    assert [(problem.code, problem.pointer) for problem in problems] == found
    for problem in problems:
        assert ModelError(problem.code, problem.pointer, **problem.details).sentence("nl")
