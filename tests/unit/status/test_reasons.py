from __future__ import annotations

import base64
import hashlib

import pytest

from openbadge_issuer.errors import StatusError
from openbadge_issuer.status.reasons import (
    MAX_REASON,
    check_reason,
    name_reasons,
    read_reasons,
    reasons_url,
    write_reasons,
)
from openbadge_issuer.status.related_resource import RelatedResource, read_related_resources

LIST = "https://badges.example/status/revocation"
ISSUER = "did:web:badges.example"


def test_a_reason_is_found_by_the_location_of_its_entry() -> None:
    document = write_reasons({9: "Awarded twice.", 3: "Evidence withdrawn."}, list_url=LIST, issuer=ISSUER)
    named = name_reasons(document, list_url=LIST)
    assert named.id == reasons_url(LIST) == f"{LIST}.reasons.json"
    assert read_reasons(document, resource=named) == {
        f"{LIST}#3": "Evidence withdrawn.",
        f"{LIST}#9": "Awarded twice.",
    }


def test_the_document_tells_nothing_about_the_order_of_events() -> None:
    one = write_reasons({1: "a", 2: "b"}, list_url=LIST, issuer=ISSUER)
    assert one == write_reasons({2: "b", 1: "a"}, list_url=LIST, issuer=ISSUER)


def test_a_suspension_is_not_called_revoked() -> None:
    assert b'"revoked": false' in write_reasons({1: "a"}, list_url=LIST, issuer=ISSUER, purpose="suspension")
    assert b'"revoked": true' in write_reasons({1: "a"}, list_url=LIST, issuer=ISSUER)


def test_a_changed_document_is_not_believed() -> None:
    document = write_reasons({9: "Awarded twice."}, list_url=LIST, issuer=ISSUER)
    named = name_reasons(document, list_url=LIST)
    with pytest.raises(StatusError) as caught:
        read_reasons(document.replace(b"twice", b"never"), resource=named)
    assert caught.value.code == "STATUS-REASONS-DIGEST"
    assert caught.value.sentence("nl")


@pytest.mark.parametrize(
    "text", ["Awarded by mistake.", "Bewijs ingetrokken; zie paragraaf 4 (2026).", "x" * MAX_REASON]
)
def test_a_plain_sentence_is_a_reason(text: str) -> None:
    check_reason(text)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("", "STATUS-REASON-TEXT"),
        ("  ", "STATUS-REASON-TEXT"),
        ("two\nlines", "STATUS-REASON-TEXT"),
        ("\u202eturned", "STATUS-REASON-TEXT"),
        ("x" * (MAX_REASON + 1), "STATUS-REASON-TEXT"),
        ("Reported by ada@example.org.", "STATUS-REASON-PERSONAL"),
    ],
)
def test_a_reason_that_should_not_be_published_is_refused(text: str, code: str) -> None:
    with pytest.raises(StatusError) as caught:
        check_reason(text)
    assert caught.value.code == code
    assert caught.value.sentence("nl")


def sri(algorithm: str, data: bytes) -> str:
    return f"{algorithm}-{base64.b64encode(hashlib.new(algorithm, data).digest()).decode()}"


@pytest.mark.parametrize(
    ("digest", "matches"),
    [
        (sri("sha256", b"x"), True),
        (sri("sha384", b"x").rstrip("=").replace("+", "-").replace("/", "_"), True),
        (sri("sha512", b"x") + "?ct=text", True),
        (f"{sri('sha256', b'y')} {sri('sha256', b'x')}", True),
        (f"{sri('sha256', b'x')} {sri('sha512', b'y')}", False),
        ("md5-9d5ed678fe57bcca610140957afab571", False),
        ("", False),
        ("sha256-", False),
    ],
)
def test_the_strongest_digest_decides(digest: str, matches: bool) -> None:  # noqa: FBT001  # a parameter of the test
    assert RelatedResource("https://x.example", digest).matches(b"x") is matches


def test_related_resources_that_prove_nothing_are_left_out() -> None:
    good = RelatedResource.of("https://x.example", data=b"x", media_type="text/plain")
    assert read_related_resources([good.to_json(), "x", {"id": "y"}, {"digestSRI": "z"}, None]) == (good,)
    assert read_related_resources(None) == ()
    assert read_related_resources({"id": "a", "digestSRI": "b"})[0].to_json() == {"id": "a", "digestSRI": "b"}
