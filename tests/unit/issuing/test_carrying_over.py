"""Carrying badges over from Open Badges 2.0 and before: what is believed, and what becomes of it."""

from __future__ import annotations

import pytest

from issued_badges import EMAIL, KEY, NOW, achievement
from openbadge_issuer.assertions import AchievementCredential, IdentifierEntry, Image, Profile
from openbadge_issuer.assertions.json_text import JsonObject, JsonValue, dump_json
from openbadge_issuer.errors import IssuingError, ModelError, OpenBadgeError, ResolutionError, SignatureError
from openbadge_issuer.issuing import Award, Issuer, Recipient, SignedBadge, hosted_files, issue_both
from openbadge_issuer.issuing.carrying_over import CarriedOver, carry_over
from openbadge_issuer.signing.signing_key import SigningKey
from openbadge_issuer.verification import verify

BASE = "https://badges.example/"
OLD_ID = f"{BASE}issuer.json"
PICTURED = achievement(image=Image(id=f"{BASE}facilitator.png"))
OLD = Issuer(OLD_ID, "Breakthrough", KEY, url=BASE, email="badges@badges.example", base_url=BASE)
ENTRY = IdentifierEntry(identifier=OLD_ID, identifier_type="identifier")
NEW = Issuer.of(Profile(id=KEY.did_key, name="Breakthrough 2", other_identifier=(ENTRY,)), KEY)


def signed() -> SignedBadge:
    return OLD.issue(PICTURED, Recipient(email=EMAIL), version="2.0", proof="jws", now=NOW)


def carried(
    badge: SignedBadge, documents: dict[str, JsonObject] | None = None, **changes: JsonValue
) -> CarriedOver:
    web = dict(hosted_files(OLD, [badge]).documents if documents is None else documents)
    web[OLD_ID] = {**web[OLD_ID], **changes}
    return carry_over(badge.data, NEW, load=web.get, now=NOW)


def credential(of: CarriedOver) -> AchievementCredential:
    assert isinstance(of.badge.credential, AchievementCredential)
    return of.badge.credential


def test_the_new_badge_verifies_and_is_for_the_same_person() -> None:
    report = verify(carried(signed()).badge.data, now=NOW, recipient=Recipient(email=EMAIL))
    assert report.accepted, report


def test_the_new_profile_counts_and_the_old_one_fills_it() -> None:
    issuer = credential(carried(signed())).issuer
    assert isinstance(issuer, Profile)
    assert (issuer.name, issuer.url, issuer.other_identifier) == ("Breakthrough 2", BASE, (ENTRY,))


def test_a_key_inside_the_hosted_profile_counts_too() -> None:
    key: JsonObject = {"type": "CryptographicKey", "publicKeyPem": KEY.public_key.pem.decode()}
    assert carried(signed(), publicKey=[key])


@pytest.mark.parametrize(
    "keys",
    [
        [],
        [{"type": "CryptographicKey"}],
        [{"type": "CryptographicKey", "publicKeyPem": "nonsense"}],
        [{"type": "CryptographicKey", "publicKeyPem": KEY.public_key.pem.decode(), "owner": f"{BASE}other"}],
        [{"type": "CryptographicKey", "publicKeyPem": SigningKey.generate("P-256").public_key.pem.decode()}],
    ],
    ids=["no key", "an empty key", "a broken key", "somebody else's key", "another key"],
)
def test_a_signature_without_a_key_of_the_profile_is_not_believed(keys: JsonValue) -> None:
    with pytest.raises(SignatureError) as caught:
        carried(signed(), publicKey=keys)
    assert caught.value.code == "PROOF-SIGNATURE"


def test_a_revocation_list_that_is_named_must_be_there() -> None:
    with pytest.raises(ResolutionError) as caught:
        carried(signed(), revocationList=f"{BASE}list")
    assert caught.value.code == "ISSUE-OB2-MISSING"


def test_an_older_list_revokes_too() -> None:
    badge, url = signed(), f"{BASE}list"
    older: JsonObject = {badge.credential.id: "Awarded twice."}
    web = {**hosted_files(OLD, [badge]).documents, url: older}
    with pytest.raises(ModelError) as caught:
        carried(badge, web, revocationList=url)
    assert caught.value.code == "OB2-CARRY-REVOKED"


def test_the_achievement_of_a_twin_is_found_again() -> None:
    award = Award(achievement=PICTURED, recipient=Recipient(email=EMAIL))
    both = issue_both(OLD, award, proof_of_2="jws", now=NOW)
    assert credential(carried(both.open_badges_2)).credential_subject.achievement.id == PICTURED.id


def test_a_badge_of_1_1_is_carried_over_from_its_address() -> None:
    address, class_address = f"{BASE}1", f"{BASE}class"
    context = "https://w3id.org/openbadges/v1"
    web: dict[str, JsonObject] = {
        address: {
            "@context": context, "type": "Assertion", "id": address, "uid": "1", "badge": class_address,
            "recipient": {"type": "email", "hashed": False, "identity": EMAIL},
            "verify": {"type": "hosted", "url": address}, "issuedOn": "2014-05-01",
        },
        class_address: {
            "@context": context, "type": "BadgeClass", "id": class_address, "name": "Facilitator",
            "description": "Leads.", "image": f"{BASE}1.png", "criteria": f"{BASE}c", "issuer": OLD_ID,
        },
        OLD_ID: {
            "@context": context, "type": "Issuer", "id": OLD_ID, "name": "Breakthrough", "url": BASE,
            "email": "badges@badges.example",
        },
    }  # fmt: skip
    made = carry_over(address, NEW, load=web.get, now=NOW)
    assert credential(made).to_json()["awardedDate"] == "2014-05-01T00:00:00Z"
    assert made.old_id == address
    assert "OB2-UPGRADED" in {note.code for note in made.left_out}
    assert (
        carry_over(dump_json(web[address]), NEW, load=web.get, now=NOW).badge.credential.id
        == made.badge.credential.id
    )


def test_another_organisation_cannot_take_it_over() -> None:
    badge = signed()
    stranger = Issuer(KEY.did_key, "Somebody", KEY)
    with pytest.raises(IssuingError) as caught:
        carry_over(badge.data, stranger, load=hosted_files(OLD, [badge]).documents.get, now=NOW)
    assert caught.value.code == "ISSUE-OB2-OTHER-ISSUER"


@pytest.mark.parametrize("text", [b"", b"nonsense", b"{}", b"[]", b'{"revoked": true}'])
def test_what_is_no_badge_is_refused(text: bytes) -> None:
    with pytest.raises(OpenBadgeError):
        carry_over(text, NEW, load=lambda _: None, now=NOW)
