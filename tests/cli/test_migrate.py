"""`migrate`: badges of Open Badges 2.0 become badges of 3.0, one by one or all of an issuer."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import pytest

from cli.running import EMAIL, CommandLine, member
from openbadge_issuer.assertions import Achievement, Criteria, Image
from openbadge_issuer.assertions.json_text import JsonObject, parse_json_object
from openbadge_issuer.issuing import Issuer, Recipient, SignedBadge, hosted_files
from openbadge_issuer.signing.signing_key import SigningKey
from openbadge_issuer.signing.vc_jwt import parse_jwt
from openbadge_issuer.status.revocation_list import RevokedCredential

BASE = "https://badges.example/"
RSA = SigningKey.generate("RSA")
OLD = Issuer(
    f"{BASE}issuer.json", "Breakthrough", RSA, url=BASE, email="badges@badges.example", base_url=BASE
)
AWARDED = datetime(2024, 5, 1, 12, tzinfo=UTC)
PICTURE = Path(__file__).parents[2] / "examples" / "breakthrough" / "facilitator.png"
ASKED = ("--documents", "site/index.json", "--issuer", "issuer.json", "--key", "key.pem")


def old_badge(proof: str, **options: object) -> SignedBadge:
    achievement = Achievement(
        id=f"{BASE}facilitator",
        name="Facilitator",
        description="Leads a workshop.",
        criteria=Criteria(narrative="Led one workshop, observed."),
        image=Image(id=f"{BASE}facilitator.png"),
    )
    recipient = Recipient(email=EMAIL)
    return OLD.issue(achievement, recipient, version="2.0", proof=proof, now=AWARDED, **options)  # type: ignore[arg-type]  # any option


@dataclass
class Site:
    """An issuer of 2.0 with a hosted and a signed badge, and one of each that was revoked."""

    hosted: SignedBadge
    signed: SignedBadge
    revoked: SignedBadge
    revoked_signed: SignedBadge


@pytest.fixture
def site(home: Path) -> Site:
    """The files of an issuer, and the profile under which it goes on."""
    found = Site(old_badge("hosted"), old_badge("jws"), old_badge("hosted"), old_badge("jws"))
    badges = (found.hosted, found.signed, found.revoked, found.revoked_signed)
    revoked = [RevokedCredential(badge.credential.id) for badge in badges[2:]]
    files = hosted_files(OLD, badges, revoked=revoked)
    files.write(home / "site")
    (home / "site" / "index.json").write_text(json.dumps(files.index()))
    (home / "issuer.json").write_text(json.dumps({"name": "Breakthrough", "url": BASE}))
    for name, badge in (("hosted.json", found.hosted), ("signed.jws", found.signed)):
        (home / name).write_bytes(badge.data)
    (home / "badge.png").write_bytes(found.signed.bake(PICTURE.read_bytes()))
    return found


def change(name: str, **members: object) -> None:
    """Change a hosted document."""
    path = Path("site", name)
    path.write_text(json.dumps({**json.loads(path.read_bytes()), **members}))


@pytest.mark.parametrize("name", ["hosted.json", "signed.jws", "badge.png"])
def test_a_badge_is_carried_over_and_verifies(run: CommandLine, site: Site, did: str, name: str) -> None:
    ran = run("migrate", name, *ASKED, "-o", "new.json")
    assert ran.code == 0, ran.err
    assert run("verify", "new.json").code == 0
    document = parse_json_object(Path("new.json").read_bytes())
    assert document["awardedDate"] == document["validFrom"] == "2024-05-01T12:00:00Z"
    assert member(document, "issuer", "id") == did
    assert member(document, "issuer", "email") == "badges@badges.example"
    old = (site.hosted if name == "hosted.json" else site.signed).credential.id
    assert old in json.dumps(document["evidence"])
    assert member(document, "credentialSubject", "achievement", "id") == f"{BASE}facilitator"
    assert "OB2-REPLACED: “verification”" in ran.err


def test_the_report_speaks_dutch(run: CommandLine, site: Site) -> None:
    assert site
    assert "gaat niet mee" in run("migrate", "hosted.json", *ASKED, "--lang", "nl").err


def test_the_proof_can_be_chosen(run: CommandLine, site: Site) -> None:
    assert site
    token = parse_jwt(run("migrate", "hosted.json", *ASKED, "--proof", "vc-jwt").out)
    assert token.header["alg"] == "EdDSA"


def test_carrying_over_twice_gives_the_same_badge(run: CommandLine, site: Site) -> None:
    assert site
    one, other = (run("migrate", "hosted.json", *ASKED).data["id"] for _ in range(2))
    assert one == other
    assert str(one).startswith("urn:uuid:")


def test_a_whole_issuer_is_carried_over_but_for_what_was_revoked(run: CommandLine, site: Site) -> None:
    ran = run("migrate", *ASKED, "-o", "new")
    assert (ran.code, ran.out) == (0, b"")
    assert f"{site.revoked.credential.id}: OB2-CARRY-REVOKED" in ran.err
    (made,) = Path("new").iterdir()
    assert run("verify", made).code == 0


def test_one_that_fails_does_not_stop_the_others(run: CommandLine, site: Site) -> None:
    change(site.hosted.credential.id.removeprefix(BASE), issuedOn="yesterday")
    ran = run("migrate", *ASKED, "-o", "new")
    assert ran.code == 1
    assert "MODEL-DATE-TIME" in ran.err
    assert list(Path("new").iterdir()) == []


def test_a_hosted_badge_is_what_its_address_says(run: CommandLine, site: Site) -> None:
    given: JsonObject = {**parse_json_object(site.hosted.data), "issuedOn": "1999-01-01T00:00:00Z"}
    Path("hosted.json").write_text(json.dumps(given))
    assert run("migrate", "hosted.json", *ASKED).data["awardedDate"] == "2024-05-01T12:00:00Z"


def test_a_revoked_badge_stays_behind(run: CommandLine, site: Site) -> None:
    Path("revoked.json").write_bytes(site.revoked.data)
    Path("revoked.jws").write_bytes(site.revoked_signed.data)
    for name in ("revoked.json", "revoked.jws"):
        ran = run("migrate", name, *ASKED, "-o", "new.json")
        assert ran.refused(1, f"{name}: OB2-CARRY-REVOKED"), ran.err
    assert not Path("new.json").exists()


def test_a_badge_that_somebody_else_signed_is_refused(run: CommandLine, site: Site) -> None:
    other = SigningKey.generate("RSA").public_key.pem.decode()
    change(f"keys/{RSA.public_key.thumbprint}.json", publicKeyPem=other)
    assert site
    assert run("migrate", "signed.jws", *ASKED).refused(1, "PROOF-SIGNATURE")


def test_a_signed_badge_without_its_signature_is_refused(run: CommandLine, site: Site) -> None:
    Path("bare.json").write_text(json.dumps(parse_jwt(site.signed.data).payload))
    assert run("migrate", "bare.json", *ASKED).refused(1, "bare.json: ISSUE-OB2-UNSIGNED")


def test_a_document_that_is_missing_is_named(run: CommandLine, site: Site) -> None:
    index = json.loads(Path("site/index.json").read_bytes())
    del index[f"{BASE}issuer.json"]
    Path("site/index.json").write_text(json.dumps(index))
    assert site
    assert run("migrate", "hosted.json", *ASKED).refused(3, "ISSUE-OB2-MISSING", f"{BASE}issuer.json")


def test_badges_of_others_are_not_carried_over(run: CommandLine, site: Site) -> None:
    Path("issuer.json").write_text(json.dumps({"name": "Somebody else"}))
    assert site
    assert run("migrate", "hosted.json", *ASKED).refused(2, "ISSUE-OB2-OTHER-ISSUER")


def test_a_badge_of_3_0_is_not_carried_over(run: CommandLine, site: Site, badge: Path) -> None:
    assert site
    assert run("migrate", badge, *ASKED).refused(1, "ada.json: ISSUE-OB2-BADGE")


def test_an_index_without_badges_is_said_to_be_so(run: CommandLine, site: Site) -> None:
    Path("site/index.json").write_text("{}")
    assert site
    assert run("migrate", *ASKED, "-o", "new").refused(2, "CLI-NO-BADGE")


def test_a_whole_issuer_needs_a_folder(run: CommandLine, site: Site) -> None:
    assert site
    ran = run("migrate", *ASKED)
    assert ran.code == 2
    assert "--output" in ran.err
