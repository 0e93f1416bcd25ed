from __future__ import annotations

import pytest

from open_badges_2_documents import ABSENT, ASSERTION, ISSUER, changed
from openbadge_issuer.assertions.json_text import JsonObject, JsonValue
from openbadge_issuer.assertions.node import Node
from openbadge_issuer.assertions.open_badges_2 import Assertion, RevokedAssertion
from openbadge_issuer.assertions.open_badges_2.badge_connect import (
    CONTEXT,
    SCOPES,
    AssertionPayload,
    AssertionResults,
    Manifest,
    ProfileResults,
    StatusResponse,
    manifest_problems,
)

TOKEN = "eyJhbGciOiJSUzI1NiJ9.e30.c2ln"
MANIFEST: JsonObject = {
    "@context": CONTEXT,
    "id": "https://platform.example/.well-known/badgeconnect.json",
    "badgeConnectAPI": [
        {
            "name": "The platform",
            "apiBase": "https://platform.example/ims/ob/v2p1",
            "version": "v2p1",
            "termsOfServiceUrl": "https://platform.example/terms",
            "privacyPolicyUrl": "https://platform.example/privacy",
            "scopesOffered": [*SCOPES],
            "registrationUrl": "https://platform.example/register",
            "authorizationUrl": "https://platform.example/authorize",
            "tokenUrl": "https://platform.example/token",
            "image": None,
        }
    ],
}
OK: JsonObject = {"error": None, "statusCode": 200, "statusText": "OK"}
RESULTS: JsonObject = {"status": OK, "assertions": [ASSERTION], "signedAssertions": [TOKEN]}
PROFILE: JsonObject = {"status": OK, "profile": {"id": "urn:x:1", "type": "Profile", "email": "a@b.example"}}


@pytest.mark.parametrize(
    ("kind", "document"),
    [
        (Manifest, MANIFEST),
        (StatusResponse, {"status": OK}),
        (AssertionResults, RESULTS),
        (AssertionResults, {"status": OK, "assertions": [], "signedAssertions": None}),
        (ProfileResults, PROFILE),
        (
            ProfileResults,
            {"status": {"statusCode": 404, "statusText": "NOT_FOUND", "error": "None"}},
        ),
        (AssertionPayload, {"assertion": ASSERTION}),
        (AssertionPayload, {"signedAssertion": TOKEN, "assertion": None}),
    ],
)
def test_an_object_of_the_api_is_read_and_written_back(kind: type[Node], document: JsonObject) -> None:
    model, problems = kind.check(document)
    assert problems == ()
    assert model is not None
    assert kind.read(model.to_json()) == model


@pytest.mark.parametrize(
    ("kind", "document", "path", "value", "code"),
    [
        (Manifest, MANIFEST, "id", ABSENT, "MODEL-REQUIRED"),
        (Manifest, MANIFEST, "badgeConnectAPI", [], "MODEL-EMPTY"),
        (Manifest, MANIFEST, "badgeConnectAPI/0/tokenUrl", ABSENT, "MODEL-REQUIRED"),
        (Manifest, MANIFEST, "badgeConnectAPI/0/apiBase", "platform.example", "MODEL-FORMAT"),
        (Manifest, MANIFEST, "badgeConnectAPI/0/version", "2.1", "MODEL-FORMAT"),
        (Manifest, MANIFEST, "badgeConnectAPI/0/scopesOffered", [], "MODEL-EMPTY"),
        (AssertionResults, RESULTS, "status", ABSENT, "MODEL-REQUIRED"),
        (AssertionResults, RESULTS, "status/statusCode", "200", "MODEL-KIND"),
        (AssertionResults, RESULTS, "status/statusText", "FINE", "MODEL-ENUM"),
        (AssertionResults, RESULTS, "assertions/0/badge", ABSENT, "MODEL-REQUIRED"),
        (AssertionResults, RESULTS, "signedAssertions/0", "x.y", "MODEL-FORMAT"),
        (ProfileResults, PROFILE, "profile/id", ABSENT, "MODEL-REQUIRED"),
    ],
)
def test_a_breach_has_its_code_and_place(
    kind: type[Node], document: JsonObject, path: str, value: JsonValue, code: str
) -> None:
    _, problems = kind.check(changed(document, path, value))
    assert [(problem.code, problem.pointer) for problem in problems] == [(code, f"/{path}")]


def test_a_payload_carries_a_badge_and_the_signed_one_counts() -> None:
    _, problems = AssertionPayload.check({})
    assert [problem.code for problem in problems] == ["OB2-API-NOTHING"]
    both = AssertionPayload.read({"assertion": ASSERTION, "signedAssertion": TOKEN})
    assert both.badge == TOKEN
    unsigned = AssertionPayload.read({"assertion": ASSERTION})
    assert unsigned.badge == Assertion.read(ASSERTION)


def test_a_revoked_badge_may_be_among_the_results() -> None:
    results = AssertionResults.read({"status": OK, "assertions": [{"id": "urn:x:1", "revoked": True}]})
    assert isinstance(results.assertions[0], RevokedAssertion)
    assert AssertionResults.read(results.to_json()) == results


def test_the_base_of_the_api_has_its_own_path() -> None:
    assert manifest_problems(MANIFEST) == ()
    slashed = changed(MANIFEST, "badgeConnectAPI/0/apiBase", "https://platform.example/ims/ob/v2p1/")
    assert [(problem.code, problem.pointer) for problem in manifest_problems(slashed)] == [
        ("OB2-API-BASE", "/badgeConnectAPI/0/apiBase")
    ]
    assert manifest_problems(ISSUER) == ()
