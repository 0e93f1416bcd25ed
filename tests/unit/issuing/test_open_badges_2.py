"""Issuing Open Badges 2.0: hosted and signed badges, and the files that stand behind them."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest

from issued_badges import EMAIL, KEY, NOW, OTHER_KEY, achievement, did_issuer, fixed_bytes, small
from openbadge_issuer.assertions import (
    Achievement,
    AchievementCredential,
    Evidence,
    Image,
    Profile,
    Result,
)
from openbadge_issuer.assertions.identity import identity_hash
from openbadge_issuer.assertions.json_text import JsonObject, parse_json_object
from openbadge_issuer.assertions.open_badges_2 import Assertion, BadgeClass
from openbadge_issuer.assertions.open_badges_2 import Issuer as IssuerOf2
from openbadge_issuer.assertions.open_badges_2.interop import interop_problems
from openbadge_issuer.assertions.open_badges_2.reading import check_document
from openbadge_issuer.errors import CanonicalizationError, IssuingError, ModelError, OutputError
from openbadge_issuer.issuing import (
    Award,
    HostedFiles,
    Issuer,
    Recipient,
    SignedBadge,
    hosted_files,
    issue_both,
)
from openbadge_issuer.issuing.hosted_addresses import HostedAddresses
from openbadge_issuer.resolution.documents import Documents
from openbadge_issuer.signing.public_key import PublicKey
from openbadge_issuer.signing.signing_key import SigningKey
from openbadge_issuer.signing.vc_jwt import parse_jwt, verify_jwt
from openbadge_issuer.status.revocation_list import RevokedCredential, read_revocation_list

RSA = SigningKey.generate("RSA")
P256 = SigningKey.generate("P-256")
ID, BASE = "https://badges.example/issuer.json", "https://badges.example/"
PICTURED = achievement(image=Image(id="https://badges.example/facilitator.png"))


def web_issuer(key: SigningKey = RSA, issuer_id: str = ID, base_url: str | None = BASE) -> Issuer:
    return Issuer(issuer_id, "Breakthrough", key, url=BASE, email="badges@badges.example", base_url=base_url)


def issued(
    issuer: Issuer | None = None, recognised: Achievement = PICTURED, **options: object
) -> SignedBadge:
    award = Award(
        achievement=recognised,
        version="2.0",
        **{"recipient": Recipient(email=EMAIL), **options},  # type: ignore[arg-type]  # any option
    )
    return (issuer or web_issuer()).issue_award(award, now=NOW, rng=fixed_bytes)


def payload(badge: SignedBadge) -> JsonObject:
    return parse_json_object(badge.data) if badge.data.startswith(b"{") else parse_jwt(badge.data).payload


def assertion(badge: SignedBadge) -> Assertion:
    assert isinstance(badge.credential, Assertion)
    return badge.credential


def test_a_hosted_badge_is_the_document_at_its_address() -> None:
    salt = fixed_bytes(16).hex()
    assert payload(issued(proof="hosted")) == {
        "@context": "https://w3id.org/openbadges/v2",
        "id": "https://badges.example/assertions/00010203-0405-4607-8809-0a0b0c0d0e0f.json",
        "type": "Assertion",
        "recipient": {"type": "email", "hashed": True, "identity": identity_hash(EMAIL, salt), "salt": salt},
        "badge": HostedAddresses.of(ID, BASE).badge_class(PICTURED.id),
        "verification": {"type": "HostedBadge"},
        "issuedOn": "2026-03-01T12:00:00Z",
    }


@pytest.mark.parametrize("key", [RSA, P256, KEY], ids=["RS256", "ES256", "EdDSA"])
def test_a_signed_badge_is_a_jws_of_the_assertion_with_its_badge_class(key: SigningKey) -> None:
    token = parse_jwt(issued(web_issuer(key), proof="jws").data)
    verify_jwt(token, key.public_key)
    assert token.header == {"alg": key.algorithm}
    creator = f"{BASE}keys/{key.public_key.thumbprint}.json"
    assert token.payload["verification"] == {"type": "SignedBadge", "creator": creator}
    assert token.payload["id"] == "urn:uuid:00010203-0405-4607-8809-0a0b0c0d0e0f"
    read = Assertion.read(token.payload)
    assert isinstance(read.badge, BadgeClass)
    assert (read.badge.name, read.badge.issuer) == ("Facilitator", ID)


def test_the_proof_is_chosen_by_the_key() -> None:
    assert assertion(issued()).verification.method == "signed"
    assert assertion(issued(web_issuer(KEY))).verification.method == "hosted"


def test_a_badge_breaks_no_rule_of_2_0_and_earns_no_remark() -> None:
    for badge in (issued(proof="hosted"), issued(proof="jws")):
        assert check_document(payload(badge))[1] == ()
        assert interop_problems(payload(badge)) == ()


def test_the_same_arguments_give_the_same_bytes() -> None:
    assert issued().data == issued().data


def test_an_award_says_in_2_0_what_it_says_in_3_0() -> None:
    badge = issued(
        awarded_date=NOW - timedelta(days=3),
        valid_until=NOW + timedelta(days=9),
        evidence=("https://badges.example/film", Evidence(narrative="A film of it.")),
        recipient=Recipient(url="https://ada.example/", hashed=False),
        id="urn:uuid:1",
    )
    document = payload(badge)
    assert (document["issuedOn"], document["expires"]) == ("2026-02-26T12:00:00Z", "2026-03-10T12:00:00Z")
    assert document["evidence"] == [
        "https://badges.example/film",
        {"type": "Evidence", "narrative": "A film of it."},
    ]
    assert document["recipient"] == {"type": "url", "identity": "https://ada.example/", "hashed": False}
    assert document["id"] == "urn:uuid:1"


def test_what_has_no_place_in_2_0_is_a_warning() -> None:
    rich = achievement(image=PICTURED.image, achievement_type="Badge", human_code="F1")
    badge = issued(recognised=rich, recipient=Recipient(email=EMAIL, name="Ada", id="did:example:ada"))
    assert [
        word for word in ("achievementType", "humanCode", "“id”", "“name”") if word not in str(badge.warnings)
    ] == []
    assert issued().warnings == ()


def test_the_badge_may_say_its_language_which_json_ld_does_not_know() -> None:
    badge = issued(recognised=achievement(image=PICTURED.image, in_language="nl"))
    assert badge.badge_class is not None
    assert badge.badge_class.to_json()["@language"] == "nl"


def test_a_member_that_no_context_defines_is_refused() -> None:
    with pytest.raises(CanonicalizationError) as caught:
        issued(evidence=(Evidence.model_validate({"narrative": "A film.", "shoeSize": 43}),))
    assert (caught.value.code, caught.value.pointer) == ("JSONLD-UNDEFINED-TERM", "/evidence/0/shoeSize")


def test_2_0_insists_on_a_picture() -> None:
    with pytest.raises(ModelError) as caught:
        issued(recognised=achievement())
    assert (caught.value.code, caught.value.pointer) == ("MODEL-REQUIRED", "/image")


@pytest.mark.parametrize("proof", ["hosted", "jws"])
@pytest.mark.parametrize(
    ("recipient", "hashed"),
    [(Recipient(id="did:example:ada"), False), (Recipient(identifier=("identifier", "7Q2K-9XW3")), True)],
    ids=["did", "identifier"],
)
def test_a_recipient_can_be_named_by_an_identifier(proof: str, recipient: Recipient, *, hashed: bool) -> None:
    """IdentityObject: `type` may be `id`, which JSON-LD takes for a keyword and no type at all."""
    badge = issued(recipient=recipient, proof=proof).credential
    assert isinstance(badge, Assertion)
    assert (badge.recipient.type, badge.recipient.hashed) == ("id", hashed)
    assert badge.recipient.matches("7Q2K-9XW3" if hashed else "did:example:ada", "id")


def profiled(**changes: object) -> Issuer:
    members = {"id": ID, "name": "Breakthrough", "url": BASE, "email": "badges@badges.example", **changes}
    return Issuer.of(Profile.model_validate(members), RSA, base_url=BASE)


STUDENT = Recipient(identifier=("ext:studentId", "42"))
ELSEWHERE = web_issuer(issuer_id="https://a.example/")

REFUSED: dict[str, tuple[Callable[[], object], str]] = {
    "a DID and no base URL": (lambda: issued(did_issuer()), "ISSUE-OB2-ISSUER-ID"),
    "a base URL without https": (lambda: web_issuer(base_url="http://badges.example/"), "ISSUE-OB2-BASE-URL"),
    "a base URL with a query": (lambda: web_issuer(base_url=f"{BASE}?a=b"), "ISSUE-OB2-BASE-URL"),
    "no home page": (lambda: issued(profiled(url=None)), "ISSUE-OB2-PROFILE"),
    "no e-mail address": (lambda: issued(profiled(email=None)), "ISSUE-OB2-PROFILE"),
    "results": (lambda: issued(results=(Result(value="7"),)), "ISSUE-OB2-OPTION"),
    "a beginning of its own": (lambda: issued(valid_from=NOW), "ISSUE-OB2-OPTION"),
    "a suite of 3.0": (lambda: issued(proof="eddsa-rdfc-2022"), "ISSUE-PROOF-VERSION"),
    "a token of 3.0": (lambda: issued(proof="vc-jwt"), "ISSUE-PROOF-VERSION"),
    "a proof of 2.0 for 3.0": (lambda: small(proof="hosted"), "ISSUE-PROOF-VERSION"),
    "an identity of 3.0": (lambda: issued(recipient=STUDENT), "ISSUE-OB2-IDENTITY"),
    "no recipient": (lambda: issued(recipient=Recipient()), "ISSUE-RECIPIENT"),
    "hosted without an address": (lambda: issued(proof="hosted", id="urn:uuid:1"), "ISSUE-OB2-HOSTED-ID"),
    "hosted elsewhere": (lambda: issued(proof="hosted", id="https://a.example/1"), "ISSUE-OB2-HOSTED-ID"),
    "hosted outside its folder": (lambda: issued(proof="hosted", id=f"{BASE}../1"), "ISSUE-OB2-HOSTED-ID"),
    "hosted at a query": (lambda: issued(proof="hosted", id=f"{BASE}a?b=c"), "ISSUE-OB2-HOSTED-ID"),
    "a naive date": (lambda: issued(awarded_date=NOW.replace(tzinfo=None)), "ISSUE-TIME-ZONE"),
    "an end before the award": (lambda: issued(valid_until=NOW), "ISSUE-PERIOD"),
    "files of a badge of 3.0": (lambda: hosted_files(web_issuer(), [small()]), "ISSUE-OB2-BADGE"),
    "two documents in one file": (
        lambda: hosted_files(ELSEWHERE, [issued(proof="hosted", id=ID)]).paths(),
        "ISSUE-OB2-TWO-FILES",
    ),
    "2.0 in both versions": (
        lambda: issue_both(
            web_issuer(), Award(achievement=PICTURED, recipient=STUDENT, version="2.0"), now=NOW
        ),
        "ISSUE-BOTH",
    ),
}  # fmt: skip


@pytest.mark.parametrize("case", REFUSED)
def test_what_2_0_cannot_say_is_refused(case: str) -> None:
    attempt, code = REFUSED[case]
    with pytest.raises(IssuingError) as caught:
        attempt()
    assert caught.value.code == code, str(caught.value)


def test_an_issuer_with_an_https_id_publishes_beside_it() -> None:
    addresses = HostedAddresses.of(ID)
    assert (addresses.base, addresses.profile) == (BASE, ID)


def test_an_issuer_with_a_did_has_its_profile_below_the_base_url() -> None:
    did = "did:web:badges.example"
    profile = Profile(id=did, name="Breakthrough", url=BASE, email="badges@badges.example")
    issuer = Issuer.of(profile, RSA, verification_method=f"{did}#key-1", base_url=f"{BASE}ob2")
    document = hosted_files(issuer).documents["https://badges.example/ob2/issuer.json"]
    assert "did:web:badges.example" in json.dumps(document["related"])


def test_a_base_url_does_not_change_where_the_key_of_3_0_is_found() -> None:
    own = Issuer(KEY.did_key, "Breakthrough", KEY, base_url=BASE)
    assert own.verification_method == KEY.public_key.verification_method
    assert web_issuer(KEY).verification_method == f"{BASE}keys/{KEY.public_key.thumbprint}.json"
    with pytest.raises(IssuingError) as caught:
        web_issuer(issuer_id="did:web:badges.example")
    assert caught.value.code == "ISSUE-VERIFICATION-METHOD"


def test_a_badge_class_has_one_address_however_often_it_is_awarded() -> None:
    one, other = (issued(id=f"urn:uuid:{number}").badge_class for number in (1, 2))
    assert one is not None
    assert one == other
    assert one.id.startswith(f"{BASE}badges/facilitator-")


def published(
    *badges: SignedBadge, issuer: Issuer | None = None, revoked: tuple[str, ...] = ()
) -> HostedFiles:
    lines = [RevokedCredential(badge_id, reason="Awarded twice.") for badge_id in revoked]
    return hosted_files(issuer or web_issuer(), badges, revoked=lines)


def test_the_files_hold_all_that_a_reader_asks_for() -> None:
    hosted, signed = issued(proof="hosted"), issued(proof="jws")
    files = published(hosted, signed)
    assert hosted.badge_class is not None
    key = f"{BASE}keys/{RSA.public_key.thumbprint}.json"
    assert set(files.documents) == {ID, key, hosted.badge_class.id, hosted.credential.id}
    for document in files.documents.values():
        assert check_document(document)[1] == ()
        assert interop_problems(document) == ()
    profile = IssuerOf2.read(files.documents[ID])
    assert (profile.public_key, profile.verification, profile.related) == ((key,), None, ())
    assert files.documents[key]["owner"] == ID
    assert PublicKey.from_pem(str(files.documents[key]["publicKeyPem"]).encode()) == RSA.public_key


def test_older_keys_stay_published() -> None:
    files = hosted_files(web_issuer(), older_keys=[OTHER_KEY.public_key, RSA.public_key])
    listed = IssuerOf2.read(files.documents[ID]).public_key
    assert listed == tuple(f"{BASE}keys/{key.public_key.thumbprint}.json" for key in (RSA, OTHER_KEY))


def test_badges_on_another_host_than_the_profile_are_allowed_by_it() -> None:
    issuer = web_issuer(issuer_id="https://www.school.example/about")
    assert hosted_files(issuer).documents["https://www.school.example/about"]["verification"] == {
        "type": "VerificationObject",
        "startsWith": BASE,
        "allowedOrigins": "badges.example",
    }


def test_the_files_are_written_and_read_as_documents(tmp_path: Path) -> None:
    files = published(issued(proof="hosted"))
    written = files.write(tmp_path / "site")
    assert written[-1].name == "issuer.json"  # it names the others, so it comes last
    (tmp_path / "site" / "index.json").write_text(json.dumps(files.index()))
    documents = Documents.from_index(tmp_path / "site" / "index.json")
    assert {url: parse_json_object(documents.get(url) or b"") for url in documents} == files.documents
    assert list((tmp_path / "site").rglob(".*")) == []


def test_a_revoked_hosted_badge_says_so_and_asks_for_410(tmp_path: Path) -> None:
    badge = issued(proof="hosted")
    published(badge).write(tmp_path)
    files = published(revoked=(badge.credential.id,))
    files.write(tmp_path)
    document = parse_json_object((tmp_path / files.paths()[badge.credential.id]).read_bytes())
    assert document == {
        "@context": "https://w3id.org/openbadges/v2",
        "id": badge.credential.id,
        "type": "Assertion",
        "revoked": True,
        "revocationReason": "Awarded twice.",
    }
    entry = files.index()[badge.credential.id]
    assert entry == {"file": files.paths()[badge.credential.id], "status": 410}


def test_a_revoked_signed_badge_is_in_the_list_that_the_profile_names() -> None:
    files = published(issued(proof="jws"), revoked=("urn:uuid:1",))
    listed = files.documents[ID]["revocationList"]
    assert listed == f"{BASE}revocations.json"
    found = read_revocation_list(files.documents[str(listed)])
    assert found.find("urn:uuid:1") == RevokedCredential("urn:uuid:1", reason="Awarded twice.")
    assert check_document(files.documents[str(listed)])[1] == ()


def test_what_was_revoked_stays_revoked(tmp_path: Path) -> None:
    badge = issued(proof="hosted")
    published(badge, revoked=(badge.credential.id, "urn:uuid:1")).write(tmp_path)
    published(badge, revoked=("urn:uuid:2",)).write(tmp_path)
    published(badge).write(tmp_path)
    paths = published(badge).paths()
    assert parse_json_object((tmp_path / paths[badge.credential.id]).read_bytes())["revoked"] is True
    found = read_revocation_list(parse_json_object((tmp_path / "revocations.json").read_bytes()))
    assert {line.id for line in found.entries} == {badge.credential.id, "urn:uuid:1", "urn:uuid:2"}
    profile = parse_json_object((tmp_path / "issuer.json").read_bytes())
    assert profile["revocationList"] == f"{BASE}revocations.json"


def test_a_folder_that_cannot_be_written_is_said_to_be_so(tmp_path: Path) -> None:
    (tmp_path / "keys").write_text("a file where a folder should be")
    with pytest.raises(OutputError) as caught:
        published().write(tmp_path)
    assert caught.value.code == "ISSUE-WRITE"


@pytest.mark.parametrize("proof", ["hosted", "jws"])
def test_one_award_gives_both_versions_and_each_names_the_other(proof: str) -> None:
    award = Award(
        achievement=PICTURED, recipient=Recipient(email=EMAIL), results=(Result(value="7"),), id="urn:uuid:3"
    )
    both = issue_both(
        web_issuer(KEY), award, proof_of_2="hosted" if proof == "hosted" else "jws", now=NOW, rng=fixed_bytes
    )
    old, new = assertion(both.open_badges_2), both.open_badges_3.credential
    assert isinstance(new, AchievementCredential)
    assert [link.id for link in old.related if not isinstance(link, str)] == ["urn:uuid:3"]
    assert [(item.id, item.type[-1]) for item in new.evidence] == [
        (old.id, "https://w3id.org/openbadges#Assertion")
    ]
    assert both.open_badges_2.badge_class is not None
    related = new.credential_subject.achievement.related
    assert [link.id for link in related] == [both.open_badges_2.badge_class.id]
    assert (new.awarded_date, new.id) == (old.issued_on, "urn:uuid:3")
    assert len(new.credential_subject.result) == 1
    assert parse_json_object(both.open_badges_3.data)["proof"]
    assert check_document(payload(both.open_badges_2))[1] == ()


def test_many_awards_may_be_of_both_versions() -> None:
    recipient = Recipient(email=EMAIL)
    awards = [
        Award(achievement=PICTURED, recipient=recipient, version="2.0"),
        Award(achievement=PICTURED, recipient=recipient),
    ]
    kinds = [
        type(result.credential)
        for result in web_issuer().issue_many(awards)
        if isinstance(result, SignedBadge)
    ]
    assert kinds == [Assertion, AchievementCredential]
