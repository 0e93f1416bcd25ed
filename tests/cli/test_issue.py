from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import cast, get_args

import pytest

from cli.running import EMAIL, CommandLine, Issue, member
from openbadge_issuer.assertions.json_text import JsonObject, parse_json_object
from openbadge_issuer.baking import unbake
from openbadge_issuer.signing.sealing import ProofFormat
from openbadge_issuer.signing.vc_jwt import parse_jwt

PICTURES = Path(__file__).parents[2] / "examples" / "breakthrough"
ASKED = ("issue", "achievement.json", "--issuer", "issuer.json", "--key", "key.pem", "--to", f"email:{EMAIL}")


def credential(name: str) -> JsonObject:
    return parse_json_object(Path(name).read_bytes())


def identity(document: JsonObject) -> JsonObject:
    found = cast("list[JsonObject]", member(document, "credentialSubject", "identifier"))
    return found[0]


def add_to(name: str, **members: object) -> None:
    document = json.loads(Path(name).read_bytes())
    Path(name).write_text(json.dumps({**document, **members}))


def test_a_badge_goes_to_standard_output_and_nothing_else_does(run: CommandLine, did: str) -> None:
    ran = run(*ASKED)
    assert (ran.code, ran.err) == (0, "")
    assert member(ran.data, "issuer", "id") == did
    assert member(ran.data, "proof", "cryptosuite") == "eddsa-rdfc-2022"
    assert EMAIL not in ran.text


def test_a_badge_goes_into_a_file_and_verifies(run: CommandLine, badge: Path) -> None:
    assert run("verify", badge).code == 0


def test_the_achievement_may_come_from_standard_input(run: CommandLine) -> None:
    achievement = Path("achievement.json").read_bytes()
    ran = run("issue", "-", *ASKED[2:], stdin=achievement)
    assert (ran.code, ran.err) == (0, "")
    assert member(ran.data, "credentialSubject", "achievement", "name") == "Facilitator"


def test_the_address_is_hashed_unless_plain_is_asked_for(issue: Issue) -> None:
    issue("hashed.json")
    issue("plain.json", "--plain")
    assert identity(credential("hashed.json"))["hashed"] is True
    assert EMAIL not in Path("hashed.json").read_text()
    assert identity(credential("plain.json"))["identityHash"] == EMAIL


@pytest.mark.parametrize(
    ("to", "kind"), [("phone:+31201234567", "ext:telephone"), ("ext:studentId=42", "ext:studentId")]
)
def test_recipients_have_many_names(run: CommandLine, to: str, kind: str) -> None:
    ran = run(*ASKED[:-1], to)
    assert (ran.code, identity(ran.data)["identityType"]) == (0, kind)


def test_a_kind_of_identity_that_nobody_knows_is_refused(run: CommandLine) -> None:
    assert run(*ASKED[:-1], "shoeSize=43", "-o", "ada.json").refused(1, "MODEL-ENUM: “shoeSize”")
    assert not Path("ada.json").exists()


def test_a_did_is_the_recipient_itself(run: CommandLine) -> None:
    ran = run(*ASKED[:-1], "did:example:ada")
    assert member(ran.data, "credentialSubject", "id") == "did:example:ada"


@pytest.mark.parametrize(("key", "algorithm"), [("p256.pem", "ES256"), ("rsa.pem", "RS256")])
def test_other_keys_make_tokens(run: CommandLine, issue: Issue, key: str, algorithm: str) -> None:
    token = parse_jwt(issue("ada.jwt", key=key).read_bytes())
    assert token.header["alg"] == algorithm
    assert run("verify", "ada.jwt").code == 0


def test_an_ed25519_key_makes_a_token_if_asked_for(run: CommandLine, issue: Issue) -> None:
    token = parse_jwt(issue("ada.jwt", "--proof", "vc-jwt").read_bytes())
    assert token.header["alg"] == "EdDSA"
    assert run("verify", "ada.jwt").code == 0


def test_a_proof_that_the_key_cannot_make_is_wrong_usage(run: CommandLine) -> None:
    ran = run(*ASKED, "--key", "p256.pem", "--proof", "eddsa-rdfc-2022", "-o", "ada.json")
    assert ran.refused(2, "ISSUE-PROOF")
    assert not Path("ada.json").exists()


def test_a_verification_method_is_needed_where_the_issuer_is_not_its_key(
    run: CommandLine, issue: Issue
) -> None:
    add_to("issuer.json", id="did:web:badges.example")
    assert run(*ASKED).refused(2, "ISSUE-VERIFICATION-METHOD", "did:web:badges.example")
    issue("ada.json", "--verification-method", "did:web:badges.example#key-1")
    made = credential("ada.json")
    assert member(made, "proof", "verificationMethod") == "did:web:badges.example#key-1"
    assert member(made, "issuer", "id") == "did:web:badges.example"


def test_dates_and_evidence_stand_in_the_badge(run: CommandLine) -> None:
    ran = run(
        *ASKED,
        "--awarded", "2026-01-31",
        "--valid-until", "9999-12-31T12:00:00+01:00",
        "--evidence", "https://evidence.example/1",
        "--evidence", "https://evidence.example/2",
    )  # fmt: skip
    assert ran.code == 0
    assert "“awardedDate”" in ran.err  # some copies of the context do not have it
    assert ran.data["awardedDate"] == "2026-01-31T00:00:00Z"
    assert ran.data["validUntil"] == "9999-12-31T11:00:00Z"
    evidence = cast("list[JsonObject]", ran.data["evidence"])
    assert [item["id"] for item in evidence] == ["https://evidence.example/1", "https://evidence.example/2"]


@pytest.mark.parametrize("option", ["--awarded", "--valid-until"])
@pytest.mark.parametrize("when", ["yesterday", "2026-02-30", "2026-01-31T25:00:00Z", "31-01-2026"])
def test_what_is_no_date_is_wrong_usage(run: CommandLine, status_list: Path, option: str, when: str) -> None:
    ran = run(*ASKED, option, when, "--status-list", status_list, "-o", "ada.json")
    assert (ran.code, ran.out) == (2, b"")
    assert f"“{when}” is no date (2026-01-31 or 2026-01-31T12:00:00Z)" in ran.err
    assert not Path("ada.json").exists()
    assert run("status", "show", status_list).data["given"] == 0


def test_a_badge_that_ends_before_it_begins_is_wrong_usage(run: CommandLine) -> None:
    assert run(*ASKED, "--valid-until", "2020-01-01").refused(2, "ISSUE-PERIOD")


def test_a_badge_gets_a_place_in_a_status_list(run: CommandLine, issue: Issue, status_list: Path) -> None:
    issue("ada.json", "--status-list", status_list)
    entry = cast("JsonObject", credential("ada.json")["credentialStatus"])
    assert entry["type"] == "BitstringStatusListEntry"
    assert run("status", "show", status_list).data["given"] == 1
    assert run("status", "show", status_list, "--badge", "ada.json").data["set"] is False


@pytest.mark.parametrize("ending", ["png", "svg"])
def test_a_badge_is_baked_into_a_picture(run: CommandLine, issue: Issue, ending: str) -> None:
    baked = issue(f"ada.{ending}", "--picture", PICTURES / f"facilitator.{ending}")
    assert parse_json_object(unbake(baked.read_bytes()))["type"] == [
        "VerifiableCredential",
        "OpenBadgeCredential",
    ]
    assert run("verify", baked).code == 0


def test_a_picture_that_is_none_costs_no_place_in_the_list(run: CommandLine, status_list: Path) -> None:
    ran = run(*ASKED, "--picture", "issuer.json", "--status-list", status_list, "-o", "ada.png")
    assert ran.refused(1, "issuer.json: PICTURE-UNKNOWN")
    assert not Path("ada.png").exists()
    assert run("status", "show", status_list).data["given"] == 0


def test_a_member_that_no_context_defines_is_refused(run: CommandLine) -> None:
    add_to("achievement.json", shoeSize=43)
    ran = run(*ASKED, "-o", "ada.json")
    assert ran.refused(1, "JSONLD-UNDEFINED-TERM", "“shoeSize”", "/credentialSubject/achievement/shoeSize")
    assert not Path("ada.json").exists()


def test_an_achievement_without_what_is_required_is_refused_with_its_file(run: CommandLine) -> None:
    document = json.loads(Path("achievement.json").read_bytes())
    del document["criteria"]
    Path("achievement.json").write_text(json.dumps(document))
    assert run(*ASKED, "-o", "ada.json").refused(1, "achievement.json: MODEL-REQUIRED", "[/criteria]")
    assert not Path("ada.json").exists()


def test_a_profile_without_a_name_is_wrong_usage(run: CommandLine) -> None:
    Path("issuer.json").write_text("{}")
    ran = run(*ASKED)
    assert ran.refused(2, "issuer.json: CLI-PROFILE: The issuer's profile needs a name. [/name]")


def test_json_with_an_error_is_named_with_file_line_and_column(run: CommandLine) -> None:
    Path("issuer.json").write_text('{"name": "Breakthrough",\n "url": }')
    assert run(*ASKED).refused(1, "issuer.json: JSON-SYNTAX", "line 2, column 9")


@pytest.mark.parametrize("to", ["ada", "email:", "=5", "mailto:ada@example.org"])
def test_a_recipient_in_no_known_form_is_wrong_usage(run: CommandLine, to: str) -> None:
    assert run(*ASKED[:-1], to).refused(2, "ISSUE-RECIPIENT-FORM", f"“{to}” names no recipient")


@pytest.mark.parametrize("place", ["missing/ada.json", "issuer.json/ada.json", "."])
def test_an_output_that_cannot_be_written_is_wrong_usage(run: CommandLine, place: str) -> None:
    assert run(*ASKED, "-o", place).refused(2, f"CLI-WRITE: {place} cannot be written")


def test_the_output_may_be_overwritten_and_stays_whole(run: CommandLine, issue: Issue) -> None:
    issue("ada.json")
    first = Path("ada.json").read_bytes()
    issue("ada.json")
    assert Path("ada.json").read_bytes() != first
    assert run("verify", "ada.json").code == 0
    assert run(*ASKED, "--to", "nobody", "-o", "ada.json").code == 2
    assert run("verify", "ada.json").code == 0


KEYS: dict[str, tuple[str, bool]] = {
    "eddsa-rdfc-2022": ("key.pem", True),
    "eddsa-jcs-2022": ("key.pem", True),
    "Ed25519Signature2020": ("key.pem", True),
    "ecdsa-rdfc-2019": ("p256.pem", True),
    "ecdsa-jcs-2019": ("p256.pem", True),
    "ecdsa-sd-2023": ("p256.pem", True),
    "vc-jwt": ("rsa.pem", False),
    "vc+jwt": ("rsa.pem", False),
}


@pytest.mark.parametrize("proof", get_args(ProofFormat))
def test_every_proof_of_the_library_can_be_asked_for(run: CommandLine, issue: Issue, proof: str) -> None:
    key, embedded = KEYS[proof]
    data = issue("ada.json", "--proof", proof, key=key).read_bytes()
    assert data.startswith(b"{") is embedded
    assert run("verify", "ada.json").code == 0
    if embedded:
        made = json.loads(data)["proof"]
        assert proof in (made.get("cryptosuite"), made["type"])
    else:
        assert parse_jwt(data).type == {"vc-jwt": "jwt", "vc+jwt": "vc+jwt"}[proof]


@pytest.mark.parametrize(
    ("options", "words"),
    [
        (("--proof", "bbs-2023"), "Invalid value for '--proof'"),
        (("--proof", "ecdsa-rdfc-2019"), "ISSUE-PROOF"),
        (("--proof", "jws"), "ISSUE-PROOF-VERSION"),
        (("--proof", "hosted"), "ISSUE-PROOF-VERSION"),
        (("--open-badges", "2.0", "--proof", "vc-jwt"), "ISSUE-PROOF-VERSION"),
        (("--open-badges", "1.1"), "Invalid value for '--open-badges'"),
        (("--base-url", "https://badges.example/"), "--base-url and --publish are for --open-badges 2.0"),
        (("--publish", "public"), "--base-url and --publish are for --open-badges 2.0"),
        (("--open-badges", "2.0"), "ISSUE-OB2-ISSUER-ID"),
        (("--open-badges", "2.0", "--base-url", "http://badges.example/"), "ISSUE-OB2-BASE-URL"),
    ],
)
def test_a_proof_that_does_not_exist_so_costs_no_place_in_the_list(
    run: CommandLine, status_list: Path, options: tuple[str, ...], words: str
) -> None:
    ran = run(*ASKED, *options, "-o", "ada.json")
    assert (ran.code, ran.out) == (2, b"")
    assert words in ran.err
    assert run(*ASKED, *options, "--status-list", status_list, "-o", "ada.json").code == 2
    assert run("status", "show", status_list).data["given"] == 0
    assert not Path("ada.json").exists()


@pytest.fixture
def of_2(run: CommandLine) -> tuple[str, ...]:
    """The options for an issuer that can issue 2.0."""
    del run
    profile = {"url": "https://badges.example/", "email": "badges@badges.example", "name": "Breakthrough"}
    Path("issuer.json").write_text(json.dumps({**profile, "id": "https://badges.example/2/issuer.json"}))
    add_to("achievement.json", image={"id": "https://badges.example/a.png", "type": "Image"})
    return ("--open-badges", "2.0", "--base-url", "https://badges.example/2/", "--publish", "public")


@pytest.mark.parametrize(("proof", "key"), [("jws", "key.pem"), ("hosted", "key.pem"), (None, "rsa.pem")])
def test_badges_of_2_are_issued_with_the_files_that_they_need(
    run: CommandLine, of_2: tuple[str, ...], proof: str | None, key: str
) -> None:
    asked = () if proof is None else ("--proof", proof)
    ran = run(*ASKED, "--key", key, *of_2, *asked, "-o", "ada.json")
    assert ran.code == 0
    assert ran.err.splitlines()[-1] == "ada.json"
    assert "public: publish these files at https://badges.example/2/" in ran.err
    files = [path for path in Path("public").rglob("*") if path.is_file()]
    kinds = sorted(json.loads(path.read_bytes())["type"] for path in files)
    assert kinds == sorted(["CryptographicKey", "BadgeClass", "Issuer"] + ["Assertion"] * (proof == "hosted"))
    index = {f"https://badges.example/2/{path.relative_to('public')}": str(path) for path in files}
    Path("documents.json").write_text(json.dumps(index))
    assert run("verify", "ada.json", "--documents", "documents.json").code == 0
    assert Path("ada.json").read_bytes().startswith(b"{") is (proof == "hosted")


def test_a_badge_of_2_is_baked_where_its_readers_look(run: CommandLine, of_2: tuple[str, ...]) -> None:
    Path("blank.svg").write_text('<svg xmlns="http://www.w3.org/2000/svg"></svg>')
    ran = run(*ASKED, *of_2, "--proof", "jws", "--picture", "blank.svg", "-o", "ada.svg")
    assert ran.code == 0
    assert b"http://openbadges.org" in Path("ada.svg").read_bytes()


def test_options_that_are_required_are_asked_for(run: CommandLine) -> None:
    for position in (2, 4, 6):
        ran = run(*ASKED[:position], *ASKED[position + 2 :])
        assert (ran.code, ran.out) == (2, b"")
        assert f"Missing option '{ASKED[position]}'" in ran.err


def test_a_status_list_that_is_none_is_wrong_usage(run: CommandLine) -> None:
    assert run(*ASKED, "--status-list", "missing.db").refused(2, "STATUS-STATE-MISSING")
    shutil.copy("issuer.json", "list.db")
    assert run(*ASKED, "--status-list", "list.db").refused(2, "STATUS-STATE-FORMAT")
