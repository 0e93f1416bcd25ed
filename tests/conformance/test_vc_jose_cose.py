"""The tokens that VC-JOSE-COSE prints; their keys are not printed, so they are parsed only."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from openbadge_issuer.assertions.json_text import JsonObject
from openbadge_issuer.errors import DocumentError
from openbadge_issuer.signing.sd_jwt import parse_sd_jwt
from openbadge_issuer.signing.vc_jose_cose import check_vc_jose
from openbadge_issuer.signing.vc_jwt import parse_jwt

DRAFT_TYPES = ("vc+ld+json+sd-jwt", "vp+ld+json+sd-jwt")


@pytest.fixture
def tokens(conformance: Path) -> list[JsonObject]:
    published = json.loads((conformance / "vectors/vc-jose-cose/tokens.json").read_bytes())
    found: list[JsonObject] = published["tokens"]
    assert len(found) >= 19
    return found


def of(tokens: list[JsonObject], form: str) -> list[JsonObject]:
    return [one for one in tokens if one["form"] == form]


def test_every_token_is_taken_apart(tokens: list[JsonObject]) -> None:
    for one in of(tokens, "jwt"):
        jwt = parse_jwt(str(one["token"]))
        assert jwt.header == one["header"]
        assert len(jwt.signature) == one["signatureBytes"]
        assert jwt.payload.get("type") == one["payloadType"]
        assert check_vc_jose(jwt) == ()


def test_every_sd_jwt_is_taken_apart(tokens: list[JsonObject]) -> None:
    shown = []
    for one in of(tokens, "sd-jwt"):
        text = str(one["token"])
        if text.count(".") > 2:  # one that is bound, see below
            text = text.rstrip("~")
        parsed = parse_sd_jwt(text, types=DRAFT_TYPES)
        assert parsed.jwt.header == one["header"]
        assert (parsed.key_binding is not None) == (text.count(".") > 2)
        assert len(parsed.places) == len(parsed.disclosures)
        shown.append((sorted(parsed.places.values()), parsed.payload.get("type")))
    presentation, credential, selected = shown
    inner = "/verifiableCredential/0"
    assert presentation == (
        sorted(
            [
                "/type",
                f"{inner}/id",
                f"{inner}/type",
                f"{inner}/credentialSubject/id",
                f"{inner}/credentialSubject/alumniOf/id",
            ]
        ),
        "VerifiablePresentation",
    )
    types = ["VerifiableCredential", "ExampleAlumniCredential"]
    everything = ["/credentialSchema/id", "/credentialSchema/type", "/credentialSubject/degree/type"]
    assert credential == (sorted([*everything, "/credentialSubject/id", "/id", "/type"]), types)
    assert selected == (["/credentialSchema/type", "/credentialSubject/degree/type", "/id", "/type"], types)


def test_a_tilde_behind_the_key_binding_is_refused(tokens: list[JsonObject]) -> None:
    """RFC 9901 has none there, while one printed token has."""
    (bound,) = (str(one["token"]) for one in of(tokens, "sd-jwt") if str(one["token"]).count(".") > 2)
    with pytest.raises(DocumentError) as caught:
        parse_sd_jwt(bound, types=DRAFT_TYPES)
    assert caught.value.code == "SD-JWT-DISCLOSURE"
