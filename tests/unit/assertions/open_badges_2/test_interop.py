from __future__ import annotations

import pytest

from open_badges_2_documents import ASSERTION, BADGE_CLASS, ENDORSEMENT, ISSUER, changed
from openbadge_issuer.assertions.json_text import JsonObject, JsonValue
from openbadge_issuer.assertions.open_badges_2.interop import interop_problems
from openbadge_issuer.errors import ModelError


@pytest.mark.parametrize("document", [ASSERTION, BADGE_CLASS, ISSUER, ENDORSEMENT, {}])
def test_there_is_nothing_to_remark_on_a_plain_document(document: JsonObject) -> None:
    assert interop_problems(document) == ()


VERSION_7 = "urn:uuid:019b0e0a-0000-7000-8000-000000000000"


@pytest.mark.parametrize(
    ("document", "path", "value", "code", "pointer"),
    [
        (ASSERTION, "@context", ["https://own.example/", ASSERTION["@context"]], "OB2-CONTEXT-FIRST", ""),
        (ASSERTION, "@context", {"obi": "https://w3id.org/openbadges#"}, "OB2-CONTEXT-FIRST", ""),
        (ASSERTION, "id", "did:example:1", "OB2-ID-SCHEME", ""),
        (ASSERTION, "id", VERSION_7, "OB2-ID-SCHEME", ""),
        (ISSUER, "id", "did:web:badges.example.org", "OB2-PROFILE-ID", ""),
        (ISSUER, "url", "urn:x:home", "OB2-URL", ""),
        (ISSUER, "email", "Badges <badges@example.org>", "OB2-EMAIL", ""),
        (ISSUER, "telephone", "020-1234567", "OB2-TELEPHONE", ""),
        (ISSUER, "publicKey", ["https://a.example/1", "https://a.example/2"], "OB2-SEVERAL-KEYS", ""),
        (ISSUER, "verification/verificationProperty", "badge", "OB2-SCOPE-PROPERTY", ""),
        (ISSUER, "verification/startsWith", "https://badges.example.org", "OB2-STARTS-WITH", ""),
        (ISSUER, "verification/startsWith", ["https://a.example/", "urn:x:"], "OB2-STARTS-WITH", "/1"),
        (ISSUER, "verification/allowedOrigins", ["a.example", "localhost"], "OB2-ORIGIN-NAME", "/1"),
        (ISSUER, "verification/allowedOrigins", "192.0.2.1", "OB2-ORIGIN-NAME", ""),
        (ASSERTION, "recipient/type", "schema:taxID", "OB2-IDENTITY-TYPE", ""),
        (ASSERTION, "recipient/hashed", False, "OB2-IDENTITY-PLAIN", "recipient/identity"),
        (ASSERTION, "recipient/identity", f"md5${'0' * 32}", "OB2-MD5", ""),
    ],
)
def test_a_remark_has_its_code_and_place(
    document: JsonObject, path: str, value: JsonValue, code: str, pointer: str
) -> None:
    found = interop_problems(changed(document, path, value))
    place = f"/{pointer}" if pointer.startswith("recipient") else f"/{path}{pointer}"
    assert [(problem.code, problem.pointer) for problem in found] == [(code, place)]
    error = ModelError(found[0].code, found[0].pointer, **found[0].details)
    assert error.sentence("en") != error.sentence("nl")
    assert error.rule.severity in {"warning", "interop"}


def test_an_address_in_plain_text_is_looked_at() -> None:
    recipient: JsonObject = {"type": "email", "hashed": False, "identity": "mayze"}
    assert [found.code for found in interop_problems({**ASSERTION, "recipient": recipient})] == ["OB2-EMAIL"]
    recipient["identity"] = "mayze@example.org"
    assert interop_problems({**ASSERTION, "recipient": recipient}) == ()


def test_what_is_embedded_is_looked_at() -> None:
    issuer = {**ISSUER, "telephone": "0800"}
    document = {**ASSERTION, "badge": {**BADGE_CLASS, "issuer": issuer, "id": "did:example:2"}}
    assert [(found.code, found.pointer) for found in interop_problems(document)] == [
        ("OB2-ID-SCHEME", "/badge/id"),
        ("OB2-TELEPHONE", "/badge/issuer/telephone"),
    ]
