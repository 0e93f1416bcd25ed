"""What is remarked on a token that holds."""

from __future__ import annotations

from datetime import timedelta

import pytest

from issued_badges import KEY, LATER, outcomes, small
from openbadge_issuer.assertions.json_text import JsonObject, JsonValue, dump_json
from openbadge_issuer.signing.base64url import encode_base64url
from openbadge_issuer.signing.signing_key import SigningKey
from openbadge_issuer.signing.vc_jwt import parse_jwt, sign_jwt
from openbadge_issuer.verification import VerificationReport, verify

METHOD = f"{KEY.did_key}#{KEY.public_key.multibase}"
USUAL = {"JWT-ALGORITHM-OTHER": "failed"}
"""Tests sign with Ed25519, which not every reader of tokens knows."""


def remarks(report: VerificationReport) -> dict[str, str]:
    """Give what was found, by code."""
    return {
        code: outcome
        for code, outcome in outcomes(report).items()
        if outcome != "passed" and code != "TRUST-NOT-ASKED"
    }


def judged(header: JsonObject | None = None, **changes: JsonValue) -> VerificationReport:
    """Verify the smallest badge as a token with members and header parameters of its own."""
    payload = parse_jwt(small(proof="vc-jwt").data).payload
    first = {"alg": "EdDSA", "typ": "JWT", "kid": METHOD, **(header or {})}
    parts = [encode_base64url(dump_json(part)) for part in (first, {**payload, **changes})]
    text = ".".join(parts)
    return verify(f"{text}.{encode_base64url(KEY.sign(text.encode()))}", now=LATER)


def test_a_token_that_every_reader_takes_gets_no_remark() -> None:
    key = SigningKey.generate("P-256")
    credential = parse_jwt(small(proof="vc-jwt").data).credential
    profile: JsonObject = {"id": key.did_key, "type": ["Profile"]}
    own: JsonObject = {**credential, "issuer": profile}
    token = sign_jwt(own, key, kid=f"{key.did_key}#{key.public_key.multibase}")
    assert remarks(verify(token, now=LATER)) == {}


def test_an_algorithm_that_few_read_is_remarked_on() -> None:
    report = judged()
    assert remarks(report) == USUAL
    assert report


def test_a_header_parameter_of_its_own_is_remarked_on() -> None:
    report = judged({"x5t": "abc"})
    assert remarks(report) == {**USUAL, "JWT-HEADER": "failed"}
    assert report


@pytest.mark.parametrize(("ahead", "remarked"), [(-1, False), (59, False), (3600, True)])
def test_a_token_of_tomorrow_is_remarked_on(ahead: int, remarked: bool) -> None:  # noqa: FBT001  # a parameter of the test
    report = judged(iat=int((LATER + timedelta(seconds=ahead)).timestamp()))
    assert ("JWT-IAT" in remarks(report)) is remarked
    assert report


@pytest.mark.parametrize("odd", ["tomorrow", None, True, 1e300])
def test_a_moment_that_cannot_be_read_is_passed_over(odd: JsonValue) -> None:
    assert remarks(judged(iat=odd)) == USUAL


def test_a_name_without_meaning_is_signed_and_remarked_on() -> None:
    report = judged(shoeSize=42)
    found = next(one for one in report.findings if one.code == "JSONLD-UNKNOWN-NAME")
    assert (found.outcome, found.severity, found.pointer) == ("failed", "warning", "/shoeSize")
    assert report


def test_a_type_that_only_the_extensions_know_is_remarked_on_without_them() -> None:
    """The reference validator refuses such a token."""
    schema: JsonObject = {"id": "https://x.example/s", "type": "1EdTechJsonSchemaValidator2019"}
    assert "JSONLD-UNKNOWN-NAME" in remarks(judged(credentialSchema=[schema]))
    contexts = parse_jwt(small(proof="vc-jwt").data).credential["@context"]
    assert isinstance(contexts, list)
    extended = [*contexts, "https://purl.imsglobal.org/spec/ob/v3p0/extensions.json"]
    members: JsonObject = {"@context": extended, "credentialSchema": [schema]}
    with_them = judged(None, **members)
    assert "JSONLD-UNKNOWN-NAME" not in remarks(with_them)


def test_a_context_that_is_not_known_leaves_the_names_open() -> None:
    contexts = parse_jwt(small(proof="vc-jwt").data).credential["@context"]
    assert isinstance(contexts, list)
    members: JsonObject = {"@context": [*contexts, "https://x.example/terms"]}
    report = judged(None, **members)
    assert remarks(report) == {**USUAL, "CONTEXT-UNKNOWN": "undetermined"}
    assert report  # the signature covers the text itself
