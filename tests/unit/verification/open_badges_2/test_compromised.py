"""Signed badges of 2.0 by a stolen key: no profile lists it, and the owner's list vouches for honest ones."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from functools import cache
from pathlib import Path

import pytest

from hosted_badges import (
    HOST,
    ISSUER_URL,
    KEY_URL,
    NOW,
    SIGNED,
    Documents,
    codes,
    copy_of,
    hosted,
    judged,
    jws,
)
from issued_badges import achievement
from open_badges_2_documents import ISSUER, KEY
from openbadge_issuer.assertions import Image
from openbadge_issuer.assertions.json_text import JsonObject, dump_json
from openbadge_issuer.issuing import Issuer, Recipient
from openbadge_issuer.issuing.compromised_badges import compromise_list
from openbadge_issuer.issuing.published_files import hosted_files
from openbadge_issuer.resolution.documents import Documents as Given
from openbadge_issuer.signing.compromise import (
    CompromisedKey,
    CompromiseList,
    sign_compromise_list,
    signature_digest,
)
from openbadge_issuer.signing.key_ring import KeyRing
from openbadge_issuer.signing.signing_key import SigningKey
from openbadge_issuer.signing.vc_jwt import parse_jwt
from openbadge_issuer.verification import TrustPolicy, verify

LIST = f"{HOST}/compromised-keys.jwt"
GOOD_URL = f"{HOST}/key-2.json"
SINCE = datetime(2026, 2, 1, tzinfo=UTC)


@cache
def stolen() -> SigningKey:
    return SigningKey.generate("P-256")


@cache
def good() -> SigningKey:
    return SigningKey.generate("Ed25519")


HONEST = jws(SIGNED, stolen())
FORGED = jws(copy_of(SIGNED, id="urn:uuid:5b4b3b0e-0d53-4a46-9c0d-6d7f6d3b8a11"), stolen())


def vouching(*badges: str, issuer: str = ISSUER_URL, signer: SigningKey | None = None) -> bytes:
    digests = frozenset(signature_digest(parse_jwt(badge)) for badge in badges)
    entry = CompromisedKey(stolen().public_key, SINCE, digests)
    listed = CompromiseList(issuer, NOW - timedelta(days=1), (entry,))
    return sign_compromise_list(listed, signer or good(), verification_method=GOOD_URL)


def published(listed: bytes | None) -> Documents:
    """Serve a profile with a good key, and the address of the list."""
    service: JsonObject = {"type": "CompromisedKeyList", "serviceEndpoint": LIST}
    key: JsonObject = {**KEY, "id": GOOD_URL, "publicKeyPem": good().public_key.pem.decode()}
    profile = copy_of(ISSUER, publicKey=[GOOD_URL], service=service)
    documents = hosted(issuer=profile, key=None) | {GOOD_URL: dump_json(key)}
    return documents if listed is None else documents | {LIST: listed}


def test_what_the_owner_vouches_for_is_believed_again() -> None:
    report = judged(HONEST, published(vouching(HONEST)))
    assert report.accepted, str(report)
    assert report.key is not None
    assert (report.key.id, report.key.kind, report.key.shown_by) == (KEY_URL, "P-256", "document")
    assert any(found.code == "PROOF-KEY-COMPROMISED" for found in report.findings)


def test_nothing_else_by_that_key_is_believed() -> None:
    for badge, listed in ((FORGED, vouching(HONEST)), (HONEST, vouching(FORGED))):
        report = judged(badge, published(listed))
        assert "PROOF-KEY-COMPROMISED" in codes(report)
        assert report.verdicts["integrity"] == "failed"


@pytest.mark.parametrize(
    "listed",
    [
        None,
        b"x",
        vouching(HONEST, issuer="https://other.example/"),
        vouching(HONEST, signer=SigningKey.generate()),
    ],
    ids=["missing", "no list", "another's", "by a stranger"],
)
def test_without_a_good_list_nothing_is_known(listed: bytes | None) -> None:
    report = judged(HONEST, published(listed))
    assert "COMPROMISE-LIST" in codes(report)
    assert report.verdicts["integrity"] == "undetermined"


def test_a_stranger_is_refused_as_before() -> None:
    report = judged(jws(SIGNED, SigningKey.generate()), published(vouching(HONEST)))
    assert "OB2-KEY-NOT-LISTED" in codes(report)
    assert report.verdicts["integrity"] == "failed"
    report = judged(HONEST, hosted(issuer=copy_of(ISSUER, publicKey=[]), key=None))
    assert report.verdicts["integrity"] == "failed"


def test_a_pinned_key_can_be_stolen_too() -> None:
    trust = TrustPolicy.read({"issuer": [{"id": ISSUER_URL, "keys": [stolen().public_key.multibase]}]})
    assert judged(HONEST, published(vouching(HONEST)), trust=trust).accepted
    report = judged(FORGED, published(vouching(HONEST)), trust=trust)
    assert "PROOF-KEY-COMPROMISED" in codes(report)
    assert not report


def test_an_issuer_publishes_the_list_beside_its_profile(tmp_path: Path) -> None:
    """From the issuer's own tools to a verdict: one badge from before the theft, one by the thief."""
    old, new, base = SigningKey.generate(), SigningKey.generate(), "https://badges.example/2/"
    ring = KeyRing("did:web:badges.example").add(old.public_key, uri="file:old.pem", now=SINCE - timedelta(9))
    ring = ring.rotate(new.public_key, uri="file:new.pem", now=SINCE).compromise("key-1", since=SINCE)

    def issue(key: SigningKey, when: datetime) -> bytes:
        by = Issuer(
            id=f"{base}issuer.json",
            name="Breakthrough",
            signer=key,
            url="https://badges.example/",
            email="info@badges.example",
            base_url=base,
        )
        signed = by.issue(
            achievement(image=Image(id="https://badges.example/a.png")),
            Recipient(email="ada@example.org"),
            version="2.0",
            proof="jws",
            now=when,
        )
        if key is new:
            hosted_files(by, [signed]).write(tmp_path)
        return signed.data

    before, forged = (issue(old, SINCE + timedelta(days=days)) for days in (-1, -2))
    profile = f"{base}issuer.json"
    listed = compromise_list(ring, [("a.jws", before)], now=SINCE + timedelta(days=1), issuer=profile)
    method = f"{base}keys/{new.public_key.thumbprint}.json"
    (tmp_path / "compromised-keys.jwt").write_bytes(
        sign_compromise_list(listed, new, verification_method=method)
    )
    issue(new, SINCE + timedelta(days=2))
    paths = ("issuer.json", "compromised-keys.jwt", f"keys/{new.public_key.thumbprint}.json")
    web = Given({f"{base}{path}": (tmp_path / path).read_bytes() for path in paths})
    # The badge class stands inside a signed badge; its own address is not needed for the signature.
    told = [verify(data, now=NOW, documents=web) for data in (before, forged)]
    found = [{one.code: one.outcome for one in report.findings} for report in told]
    assert [one["PROOF-KEY-COMPROMISED"] for one in found] == ["passed", "failed"]
    assert found[0]["PROOF-SIGNATURE"] == "passed"
