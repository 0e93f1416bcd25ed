from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone
from functools import cache

import pytest

from openbadge_issuer.assertions.json_text import JsonObject, dump_json, parse_json_object
from openbadge_issuer.errors import DocumentError, IssuingError, LimitError, OpenBadgeError, StatusError
from openbadge_issuer.signing.cryptosuite import suite_of
from openbadge_issuer.signing.signing_key import SigningKey
from openbadge_issuer.signing.vc_jwt import check_claims, parse_jwt, verify_jwt
from openbadge_issuer.status.reading import read_status_list
from openbadge_issuer.status.related_resource import RelatedResource
from openbadge_issuer.status.status_list import StatusList

URL = "https://badges.example/status/revocation"
ISSUER = "did:web:badges.example"
METHOD = f"{ISSUER}#key-1"
NOW = datetime(2026, 11, 23, 13, 0, 0, 987654, tzinfo=timezone(timedelta(hours=1)))


@cache
def ed25519() -> SigningKey:
    return SigningKey.generate("Ed25519")


@cache
def p256() -> SigningKey:
    return SigningKey.generate("P-256")


def new(**options: object) -> StatusList:
    return StatusList.create(**{"url": URL, "issuer": ISSUER, **options})  # type: ignore[arg-type]  # also wrong ones


def test_a_list_says_all_that_the_recommendation_asks_and_nothing_else() -> None:
    status_list = new(purpose="suspension")
    credential = status_list.credential(now=NOW)
    subject = credential["credentialSubject"]
    assert isinstance(subject, dict)
    assert str(subject.pop("encodedList")).startswith("uH4sI")
    assert credential == {
        "@context": ["https://www.w3.org/ns/credentials/v2"],
        "id": URL,
        "type": ["VerifiableCredential", "BitstringStatusListCredential"],
        "issuer": ISSUER,
        "validFrom": "2026-11-23T12:00:00Z",
        "credentialSubject": {
            "id": f"{URL}#list",
            "type": "BitstringStatusList",
            "statusPurpose": "suspension",
        },
    }


def test_validity_and_time_to_live_are_written_in_their_units() -> None:
    credential = new().credential(now=NOW, valid_for=timedelta(days=1, hours=12), ttl=timedelta(minutes=5))
    assert credential["validUntil"] == "2026-11-25T00:00:00Z"
    subject = credential["credentialSubject"]
    assert isinstance(subject, dict)
    assert subject["ttl"] == 300_000


def test_a_list_has_at_least_the_entries_that_hide_a_person() -> None:
    assert len(new()) == 131_072
    assert len(new(size=1_000_000)) == 1_000_000


@pytest.mark.parametrize(
    ("options", "kind", "code"),
    [
        ({"size": 131_064}, StatusError, "STATUS-LIST-SIZE"),
        ({"size": 131_073}, StatusError, "STATUS-LIST-SIZE"),
        ({"size": -8}, StatusError, "STATUS-LIST-SIZE"),
        ({"size": 2**40}, LimitError, "STATUS-LIST-TOO-LARGE"),
        ({"url": "http://badges.example/status"}, StatusError, "STATUS-LIST-URL"),
        ({"url": f"{URL}#list"}, StatusError, "STATUS-LIST-URL"),
        ({"url": f"{URL}?a=b"}, StatusError, "STATUS-LIST-URL"),
        ({"url": f"{URL} "}, StatusError, "STATUS-LIST-URL"),
        ({"purpose": "message"}, StatusError, "STATUS-PURPOSE"),
        ({"issuer": ""}, StatusError, "STATUS-LIST-MEMBER"),
        ({"issuer": {"name": "x"}}, StatusError, "STATUS-LIST-MEMBER"),
    ],
)
def test_what_is_no_list_is_not_created(
    options: dict[str, object], kind: type[OpenBadgeError], code: str
) -> None:
    with pytest.raises(kind) as caught:
        new(**options)
    assert caught.value.code == code
    assert caught.value.sentence("nl")


def test_a_revocation_is_final() -> None:
    status_list = new()
    status_list.set(42, True)  # noqa: FBT003  # as the guide writes it
    status_list.set(41, value=False)
    with pytest.raises(StatusError) as caught:
        status_list.set(42, value=False)
    assert caught.value.code == "STATUS-REVOCATION-FINAL"
    assert status_list.get(42)
    assert status_list.count() == 1


def test_a_suspension_can_be_lifted() -> None:
    status_list = new(purpose="suspension")
    status_list.set(42)
    status_list.set(42, value=False)
    assert not status_list.get(42)


def test_an_entry_names_the_list_and_must_lie_in_it() -> None:
    entry = new().entry(42)
    assert (entry.list_url, entry.index, entry.purpose, entry.id) == (URL, 42, "revocation", f"{URL}#42")
    with pytest.raises(StatusError, match="outside"):
        new().entry(131_072)


@pytest.mark.parametrize("duration", [timedelta(0), timedelta(days=-1), timedelta.max])
def test_a_list_that_is_never_valid_is_not_written(duration: timedelta) -> None:
    with pytest.raises(StatusError) as caught:
        new().credential(now=NOW, valid_for=duration)
    assert caught.value.code == "STATUS-DURATION"


def test_a_time_to_live_must_be_positive() -> None:
    with pytest.raises(StatusError, match="0 seconds"):
        new().credential(now=NOW, ttl=timedelta(microseconds=1))


def test_a_moment_without_offset_is_a_mistake_of_the_program() -> None:
    with pytest.raises(ValueError, match="offset"):
        new().credential(now=NOW.replace(tzinfo=None))


def test_an_embedded_proof_covers_every_member_with_the_reasons_too() -> None:
    status_list = new()
    status_list.set_all([1, 131_071])
    related = [RelatedResource.of(f"{URL}.reasons.json", data=b"{}", media_type="application/json")]
    signed = status_list.sign(
        ed25519(), verification_method=METHOD, now=NOW, valid_for=timedelta(days=7),
        ttl=timedelta(minutes=5), related=related,
    )  # fmt: skip
    document = parse_json_object(signed)
    proof = document["proof"]
    assert isinstance(proof, dict)
    assert proof["cryptosuite"] == "eddsa-rdfc-2022"
    assert proof["verificationMethod"] == METHOD
    assert proof["created"] == "2026-11-23T12:00:00Z"
    assert suite_of(proof).verify(document, proof, ed25519().public_key) == ()
    published = read_status_list(document)
    assert list(published.bits.set_indexes()) == [1, 131_071]
    assert published.related == tuple(related)


@pytest.mark.parametrize("change", ["digestSRI", "id", "mediaType"])
def test_a_changed_reference_to_the_reasons_breaks_the_proof(change: str) -> None:
    related = [RelatedResource.of(f"{URL}.reasons.json", data=b"{}", media_type="application/json")]
    document = parse_json_object(new().sign(ed25519(), verification_method=METHOD, now=NOW, related=related))
    item = document["relatedResource"]
    assert isinstance(item, list)
    assert isinstance(item[0], dict)
    item[0][change] = "https://elsewhere.example/x"
    proof = document["proof"]
    assert isinstance(proof, dict)
    with pytest.raises(OpenBadgeError):
        suite_of(proof).verify(document, proof, ed25519().public_key)


@pytest.mark.parametrize(("key", "proof"), [(p256, None), (ed25519, "vc-jwt")])
def test_a_jwt_is_made_for_other_keys_or_when_asked(key: object, proof: object) -> None:
    assert callable(key)
    status_list = new()
    status_list.set(7)
    signed = status_list.sign(
        key(), verification_method=METHOD, now=NOW, valid_for=timedelta(days=7), proof=proof  # type: ignore[arg-type]  # one of the names
    )  # fmt: skip
    token = parse_jwt(signed)
    verify_jwt(token, key().public_key)
    assert token.header["kid"] == METHOD
    assert check_claims(token) == ()
    assert read_status_list(token.credential).bits.get(7)


def test_a_key_makes_only_the_proofs_that_exist_for_it() -> None:
    with pytest.raises(IssuingError) as caught:
        new().sign(p256(), verification_method=METHOD, now=NOW, proof="eddsa-rdfc-2022")
    assert caught.value.code == "ISSUE-PROOF"
    assert caught.value.sentence("nl")
    with pytest.raises(IssuingError):
        new().sign(ed25519(), verification_method=METHOD, now=NOW, proof="rot13")  # type: ignore[arg-type]  # wrong on purpose


def test_the_verification_method_of_a_did_key_is_known_and_any_other_must_be_named() -> None:
    did = ed25519().did_key
    for issuer in (did, {"id": did}):
        signed = parse_json_object(new(issuer=issuer).sign(ed25519(), now=NOW))
        proof = signed["proof"]
        assert isinstance(proof, dict)
        assert proof["verificationMethod"] == f"{did}#{did.removeprefix('did:key:')}"
    with pytest.raises(StatusError) as caught:
        new().sign(ed25519(), now=NOW)
    assert caught.value.code == "STATUS-LIST-METHOD"
    assert ISSUER in caught.value.sentence("nl")


def test_a_list_can_be_signed_with_nothing_but_a_key() -> None:
    before = datetime.now(UTC).replace(microsecond=0)
    published = read_status_list(parse_json_object(new(issuer=ed25519().did_key).sign(ed25519())))
    assert published.valid_from is not None
    assert published.valid_from >= before


@pytest.mark.parametrize("key", [ed25519, p256])
@pytest.mark.parametrize("issuer", [ISSUER, {"id": ISSUER, "name": "Breakthrough"}])
def test_a_published_list_is_taken_up_again(key: object, issuer: str | JsonObject) -> None:
    assert callable(key)
    status_list = new(issuer=issuer)
    status_list.set(42)
    again = StatusList.load(b"\n" + status_list.sign(key(), verification_method=METHOD, now=NOW))
    assert (again.url, again.issuer, again.purpose, len(again)) == (URL, issuer, "revocation", 131_072)
    assert again.get(42)
    assert again.covers(status_list)
    again.set(43)
    assert not status_list.covers(again)


@pytest.mark.parametrize(
    ("member", "value", "code"),
    [
        ("id", None, "STATUS-LIST-URL"),
        ("statusPurpose", ["revocation", "suspension"], "STATUS-PURPOSE"),
        ("statusPurpose", "message", "STATUS-PURPOSE"),
    ],
)
def test_a_list_that_is_not_ours_is_not_taken_up(member: str, value: object, code: str) -> None:
    credential = new().credential(now=NOW)
    subject = credential["credentialSubject"]
    assert isinstance(subject, dict)
    (credential if member == "id" else subject)[member] = value  # type: ignore[assignment]  # JSON all the same
    with pytest.raises(StatusError) as caught:
        StatusList.load(dump_json(credential))
    assert caught.value.code == code


@pytest.mark.parametrize("data", [b"", b"{", b"[]", "eyJ.x.y", b"\xff"])
def test_what_is_no_document_is_refused(data: bytes | str) -> None:
    with pytest.raises(DocumentError):
        StatusList.load(data)
