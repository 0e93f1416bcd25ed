"""By what badges are judged: moments, documents, trust, recipients, and what is required."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from cryptography import x509

from certificates import authority, certified
from cli.running import EMAIL, PASSWORD, CommandLine, Issue, codes, member
from openbadge_issuer.assertions.json_text import JsonObject, dump_json, parse_json_object
from openbadge_issuer.signing.cryptosuite import add_proof
from openbadge_issuer.signing.data_integrity import ProofOptions
from openbadge_issuer.signing.sd_jwt_vc import sign_sd_jwt_vc
from openbadge_issuer.signing.signing_key import SigningKey
from openbadge_issuer.signing.vc_jose_cose import sign_vp_jose
from openbadge_issuer.status.list_file import StatusListFile

WEB = "did:web:badges.example"


def verdict(run: CommandLine, *arguments: str | Path) -> tuple[int, set[str], set[str]]:
    """Verify and return the exit code and the codes that failed and stayed undetermined."""
    ran = run("verify", *arguments, "--format", "json")
    assert ran.err == ""
    return ran.code, codes(ran.data), codes(ran.data, "undetermined")


@pytest.mark.parametrize("moment", ["2001-01-01", "2001-01-01T12:00:00+02:00"])
def test_at_an_earlier_moment_a_badge_does_not_count_yet(run: CommandLine, badge: Path, moment: str) -> None:
    code, failed, _ = verdict(run, badge, "--at", moment)
    assert code == 1
    assert "DATE-NOT-YET" in failed


def test_at_a_later_moment_a_badge_has_ended(run: CommandLine, issue: Issue) -> None:
    badge = issue("ada.json", "--valid-until", "2999-12-31")
    assert verdict(run, badge)[0] == 0
    assert verdict(run, badge, "--at", "3000-01-02")[:2] == (1, {"DATE-EXPIRED"})
    report = run("verify", badge, "--at", "3000-01-02", "--format", "json").data
    assert report["at"] == "3000-01-02T00:00:00Z"


@pytest.mark.parametrize("moment", ["0001-01-01", "9999-12-31T23:59:59Z"])
def test_at_reaches_from_the_first_year_to_the_last(run: CommandLine, badge: Path, moment: str) -> None:
    assert verdict(run, badge, "--at", moment)[0] in (0, 1)


@pytest.mark.parametrize("moment", ["tomorrow", "2026-13-01", "2026-01-01 12:00", ""])
def test_at_something_that_is_no_moment_is_wrong_usage(run: CommandLine, badge: Path, moment: str) -> None:
    ran = run("verify", badge, f"--at={moment}")
    assert (ran.code, ran.out) == (2, b"")
    assert f"“{moment}” is no date" in ran.err


@pytest.fixture
def shown(issue: Issue) -> Path:
    """A presentation by the holder of a badge, in answer to a challenge, as a token and as JSON."""
    holder = SigningKey.generate("P-256")
    badge = parse_json_object(issue("held.json", "--to", holder.did_key).read_bytes())
    presentation: JsonObject = {
        "@context": ["https://www.w3.org/ns/credentials/v2"],
        "type": ["VerifiablePresentation"],
        "holder": holder.did_key,
        "verifiableCredential": [badge],
    }
    method, now = holder.public_key.verification_method, datetime.now(UTC)
    token = sign_vp_jose(
        presentation, holder, kid=method, challenge="b3-42", audience="https://verifier.example", issued=now
    )
    Path("shown.jwt").write_text(token)
    options = ProofOptions(
        verification_method=method,
        created=now,
        purpose="authentication",
        challenge="b3-42",
        domain="https://verifier.example",
    )
    Path("shown.json").write_bytes(dump_json(add_proof(presentation, holder, options)))
    return Path("shown.json")


ASKED = ("--challenge", "b3-42", "--domain", "https://verifier.example")


@pytest.mark.parametrize("name", ["shown.json", "shown.jwt"])
def test_a_presentation_is_verified_with_what_it_shows(run: CommandLine, shown: Path, name: str) -> None:
    del shown
    ran = run("verify", name, *ASKED)
    assert ran.code == 0
    lines = ran.out.decode().splitlines()
    assert lines[0].startswith(f"{name}: ACCEPTED — presented by <did:key:zDn")
    assert lines[0].endswith("(P-256), which their own id is")
    assert any("PRESENTATION-CREDENTIAL: The credential “Facilitator” is accepted." in line for line in lines)
    report = run("verify", name, *ASKED, "--format", "json").data
    assert (report["specification"], report["accepted"]) == ("Verifiable Presentation", True)
    assert isinstance(report["contained"], list)
    assert len(report["contained"]) == 1


def test_a_presentation_for_somebody_else_or_another_time_is_rejected(run: CommandLine, shown: Path) -> None:
    other = ("--challenge", "other", "--domain", "https://verifier.example")
    assert verdict(run, shown, *other)[:2] == (1, {"PRESENTATION-CHALLENGE"})
    assert verdict(run, shown, "--challenge", "b3-42", "--domain", "x")[:2] == (1, {"PRESENTATION-DOMAIN"})
    assert verdict(run, shown, *ASKED, "--holder", "did:example:x")[:2] == (1, {"PRESENTATION-OTHER-HOLDER"})
    code, failed, open_ = verdict(run, shown)
    assert (code, failed) == (3, set())
    assert "PRESENTATION-NOT-ASKED" in open_


def test_a_badge_by_itself_does_not_answer_a_challenge(run: CommandLine, badge: Path) -> None:
    code, failed, _ = verdict(run, badge, *ASKED)
    assert code == 1
    assert {"PRESENTATION-TYPE", "PRESENTATION-CHALLENGE"} <= failed


def test_a_rejected_presentation_tells_what_is_wrong_inside(run: CommandLine, shown: Path) -> None:
    forged = shown.read_bytes().replace(b"Leads a workshop.", b"Leads a university.")
    shown.write_bytes(forged)
    ran = run("verify", shown, *ASKED)
    assert ran.code == 1
    text = ran.out.decode()
    assert "PRESENTATION-CREDENTIAL: The credential “Facilitator” is not accepted (PROOF-SIGNATURE)." in text
    assert "\n\n/verifiableCredential/0: REJECTED — issued by “Breakthrough”" in text


@pytest.mark.parametrize(
    "options",
    [("--challenge", "x"), ("--domain", "x"), ("--holder", "did:example:x"), ("--challenge=", "--domain=x")],
)
def test_challenge_and_domain_go_together(run: CommandLine, badge: Path, options: tuple[str, ...]) -> None:
    ran = run("verify", badge, *options)
    assert (ran.code, ran.out) == (2, b"")
    assert "--challenge and --domain go together" in ran.err


def test_certificates_count_under_the_roots_that_are_named(run: CommandLine) -> None:
    now = datetime.now(UTC)
    root = authority("Root", ends=now + timedelta(days=9))
    key, leaf = certified(
        root,
        [x509.DNSName("university.example")],
        begins=now - timedelta(days=1),
        ends=now + timedelta(days=2),
    )
    claims: JsonObject = {"vct": "urn:kind", "iss": "https://university.example"}
    Path("badge.jwt").write_text(sign_sd_jwt_vc(claims, key, kid=None, disclosable=(), certificates=[leaf]))
    Path("root.pem").write_bytes(root.pem)
    Path("other.crt").write_bytes(authority("Other").pem)
    assert verdict(run, "badge.jwt", "--roots", "root.pem")[0] == 0
    assert verdict(run, "badge.jwt", "--roots", "other.crt")[0] == 3
    assert verdict(run, "badge.jwt")[0] == 3
    assert run("verify", "badge.jwt", "--roots", "achievement.json").refused(
        2, "X5C-ROOT", "achievement.json"
    )
    assert run("verify", "badge.jwt", "--roots", "none.pem").refused(2, "CLI-FILE", "none.pem")


@pytest.fixture
def by_web(run: CommandLine, issue: Issue) -> Path:
    """A badge of a did:web issuer, and its document."""
    Path("issuer.json").write_text(json.dumps({"id": WEB, "name": "Breakthrough"}))
    asked = ("key", "did-document", "--key", "key.pem", "--did", WEB, "-o", "did.json")
    assert run(*asked).code == 0
    return issue("ada.json", "--verification-method", f"{WEB}#key-1")


def test_without_the_issuers_document_nothing_shows_the_key(run: CommandLine, by_web: Path) -> None:
    assert run("verify", by_web).code == 3


def test_with_the_issuers_document_the_key_is_shown(run: CommandLine, by_web: Path) -> None:
    Path("index.json").write_text(json.dumps({"https://badges.example/.well-known/did.json": "did.json"}))
    ran = run("verify", by_web, "--documents", "index.json")
    assert (ran.code, ran.err) == (0, "")
    assert "which the issuer's own document names" in ran.text


def test_a_document_may_be_gone(run: CommandLine, by_web: Path) -> None:
    served = {"file": "did.json", "status": 410, "contentType": "text/html"}
    Path("index.json").write_text(json.dumps({"https://badges.example/.well-known/did.json": served}))
    assert run("verify", by_web, "--documents", "index.json").code == 3


@pytest.mark.parametrize(
    "content", ["[]", "{", "", '{"https://a.example/": 5}', '{"https://a.example/": "missing.json"}']
)
def test_an_index_with_an_error_is_wrong_usage_and_named(run: CommandLine, badge: Path, content: str) -> None:
    Path("index.json").write_text(content)
    ran = run("verify", badge, "--documents", "index.json")
    assert ran.code == 2 or content.endswith('missing.json"}')
    if ran.code == 2:
        assert ran.refused(2)
        assert "index.json" in ran.err or "missing.json" in ran.err


def test_an_index_that_is_not_there_is_wrong_usage(run: CommandLine, badge: Path) -> None:
    assert run("verify", badge, "--documents", "missing.json").refused(2, "DOCUMENTS-INDEX", "missing.json")


@pytest.mark.parametrize("form", ["toml", "json"])
def test_a_listed_issuer_is_trusted(run: CommandLine, badge: Path, did: str, form: str) -> None:
    text = f'[[issuer]]\nid = "{did}"\n' if form == "toml" else json.dumps({"issuer": [{"id": did}]})
    Path("trust").write_text(text)
    ran = run("verify", badge, "--trust", "trust")
    assert (ran.code, ran.err) == (0, "")
    assert "you trust this issuer" in ran.text
    assert "✓ trust (required): passed" in ran.text


def test_an_issuer_that_is_not_listed_is_rejected(run: CommandLine, badge: Path) -> None:
    Path("trust.toml").write_text('[[issuer]]\nid = "did:web:somebody.example"\n')
    assert verdict(run, badge, "--trust", "trust.toml")[:2] == (1, {"TRUST-ISSUER-UNKNOWN"})


def test_an_empty_list_trusts_nobody(run: CommandLine, badge: Path) -> None:
    Path("trust.toml").write_text("issuer = []\n")
    assert verdict(run, badge, "--trust", "trust.toml")[0] == 1


@pytest.mark.parametrize(
    ("content", "code"),
    [
        ("[[issuer]\n", "TRUST-FILE"),
        ('[[issuer]]\nname = "no id"\n', "TRUST-ENTRY"),
        ('{"issuer": [', "JSON-SYNTAX"),
        ('[[issuer]]\nid = "did:web:a.example"\nkeys = ["z6Mk"]\n', "KEY"),
        ("", "TRUST-FILE"),
    ],
)
def test_a_file_with_an_error_is_wrong_usage_and_named(
    run: CommandLine, badge: Path, content: str, code: str
) -> None:
    Path("trust.txt").write_text(content)
    assert run("verify", badge, "--trust", "trust.txt").refused(2, code, "trust.txt")


def test_a_file_that_is_not_there_is_wrong_usage(run: CommandLine, badge: Path) -> None:
    assert run("verify", badge, "--trust", "missing.toml").refused(2, "TRUST-FILE", "missing.toml")


def test_the_expected_issuer_is_trusted_and_no_other(run: CommandLine, badge: Path, did: str) -> None:
    assert verdict(run, badge, "--expected-issuer", did)[0] == 0
    assert verdict(run, badge, "--expected-issuer", WEB)[:2] == (1, {"TRUST-ISSUER-OTHER"})


@pytest.mark.parametrize("who", [f"email:{EMAIL}", "email:Ada@Example.ORG", f"emailAddress={EMAIL}"])
def test_the_right_one_is_found_behind_the_hash(run: CommandLine, badge: Path, who: str) -> None:
    ran = run("verify", badge, "--recipient", who)
    assert (ran.code, ran.err) == (0, "")
    assert "✓ recipient (required): passed" in ran.text


@pytest.mark.parametrize("who", ["email:grace@example.org", "did:example:ada"])
def test_a_wrong_one_is_rejected(run: CommandLine, badge: Path, who: str) -> None:
    ran = run("verify", badge, "--recipient", who, "--format", "json")
    assert (ran.code, ran.err) == (1, "")
    assert member(ran.data, "verdicts", "recipient") == "failed"


@pytest.mark.parametrize("who", ["ada", "email:", "=", "mailto:ada@example.org"])
def test_a_malformed_one_is_wrong_usage(run: CommandLine, badge: Path, who: str) -> None:
    assert run("verify", badge, "--recipient", who).refused(2, "ISSUE-RECIPIENT-FORM", f"“{who}”")


def test_trust_is_undetermined_where_nobody_is_trusted(run: CommandLine, badge: Path) -> None:
    assert verdict(run, badge, "--require", "trust")[0] == 3
    assert verdict(run, badge, "--require", "integrity, trust")[0] == 3


def test_what_is_not_required_does_not_count(run: CommandLine, issue: Issue, status_list: Path) -> None:
    badge = issue("ada.json", "--status-list", status_list)
    assert verdict(run, badge)[0] == 3
    assert verdict(run, badge, "--require", "integrity")[0] == 0


@pytest.mark.parametrize("value", ["", ",", "honesty", "integrity,honesty"])
def test_what_is_no_verdict_is_wrong_usage(run: CommandLine, badge: Path, value: str) -> None:
    ran = run("verify", badge, f"--require={value}")
    assert (ran.code, ran.out) == (2, b"")
    assert "choose among integrity, status, trust" in ran.err


@pytest.fixture
def old(issue: Issue, status_list: Path, publish: Callable[[], None]) -> Path:
    """A badge whose status list was published ten days ago."""
    badge = issue("ada.json", "--status-list", status_list)
    publish()
    key = SigningKey.load("file:key.pem", secret=PASSWORD)
    ten_days_ago = datetime.now(UTC) - timedelta(days=10)
    StatusListFile.open(status_list).publish(Path("revocation.json"), key, now=ten_days_ago)
    return badge


@pytest.mark.parametrize(("age", "code"), [("30d", 0), ("2w", 0), ("7d", 3), ("12h", 3), ("999999w", 0)])
def test_an_older_list_determines_nothing(run: CommandLine, old: Path, age: str, code: int) -> None:
    asked = ("verify", old, "--documents", "documents.json", "--max-status-age", age)
    ran = run(*asked)
    assert (ran.code, ran.err) == (code, "")


@pytest.mark.parametrize("age", ["7", "week", "7 d", "1.5d", "1000000d"])
def test_what_is_no_duration_is_wrong_usage(run: CommandLine, old: Path, age: str) -> None:
    ran = run("verify", old, "--max-status-age", age)
    assert (ran.code, ran.out) == (2, b"")
    assert f"“{age}” is no duration" in ran.err


def test_a_claimed_key_is_believed_only_on_demand(run: CommandLine, issue: Issue, did: str) -> None:
    site = "https://badges.example/issuer"
    Path("issuer.json").write_text(json.dumps({"id": site, "name": "Breakthrough"}))
    badge = issue("ada.json", "--verification-method", f"{site}#{did.removeprefix('did:key:')}")
    assert verdict(run, badge) == (3, set(), {"PROOF-KEY-UNBOUND", "TRUST-NOT-ASKED"})
    ran = run("verify", badge, "--unsafe-claimed-keys")
    assert (ran.code, ran.err) == (0, "")
    assert "which only the badge itself names" in ran.text
