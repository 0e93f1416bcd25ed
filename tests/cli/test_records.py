"""The records at the command line: checked, handed over, destroyed, copied and restored."""

from __future__ import annotations

import json
import shutil
import sqlite3
import stat
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from cli.conftest import Clock
from cli.running import PASSWORD, CommandLine
from founded_homes import badge
from openbadge_issuer.cli.home_options import open_office
from openbadge_issuer.policy.event_values import EvidenceReference
from openbadge_issuer.register.chain import Head
from openbadge_issuer.register.evidence_store import EvidenceStore
from openbadge_issuer.register.head import sign_head
from openbadge_issuer.signing.key_ring_file import change_key_ring
from openbadge_issuer.signing.signing_key import SigningKey

AS_JAN, AS_MARIT = ("--as", "Jan"), ("--as", "Marit de Vries")
EVIDENCE = b"The plan of Ada Lovelace."
ERASE = ("--ground", "consent-withdrawn")


@dataclass(frozen=True, slots=True)
class Dossier:
    """Ada, and the award that she withdrew, with evidence."""

    org: Path
    person: str
    award: str

    @property
    def evidence(self) -> list[Path]:
        """The evidence files of the home."""
        return [path for path in (self.org / "private/evidence").rglob("*") if path.is_file()]


@pytest.fixture
def dossier(run: CommandLine, org: Path) -> Dossier:
    """A home with a dossier about Ada."""
    asked = ("person", "add", "--name", "Ada Lovelace", "--email", "ada@example.org")
    person = str(run(*asked, *AS_JAN).data["person"])
    with open_office(org) as here:
        with here.desk("Marit de Vries") as desk:
            desk.badges.define(badge())
        with here.desk("Jan") as desk:
            desk.badges.review("host")
            desk.badges.activate("host")
        store = here.register.settings.evidence
        assert store is not None
        plan = EvidenceReference(sha256=store.put(EVIDENCE).digest, media_type="text/plain", name="Plan")
        with here.desk("Jan") as desk:
            award = desk.awards.open("host", person).id
            desk.awards.assess(award, "c0", "met", form="document", evidence=[plan])
            desk.awards.withdraw(award, reason="Ada moved to Delft.")
    return Dossier(org, person, award)


def tamper(org: Path, statement: str) -> None:
    """Change the database behind the register's back, by somebody who takes its triggers away."""
    with sqlite3.connect(org / "private/register.db") as connection:
        for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall():
            connection.execute(f"DROP TRIGGER {name}")
        assert connection.execute(statement).rowcount > 0
    connection.close()


def test_without_a_head_the_end_is_unproven(run: CommandLine, dossier: Dossier) -> None:
    ran = run("records", "verify")
    assert dossier.org
    assert (ran.code, ran.data["verdict"], ran.data["comparedWith"]) == (3, "undetermined", None)
    assert ran.err.splitlines()[0] == "Nothing wrong was found, and it could not all be proven."
    assert "REGISTER-TAIL-UNPROVEN" in ran.err


def test_with_the_head_of_the_last_publication_they_are_proven(run: CommandLine, dossier: Dossier) -> None:
    length = run("publish", *AS_JAN).data["length"]
    ran = run("records", "verify")
    assert (ran.code, ran.data["verdict"], ran.data["findings"]) == (0, "passed", [])
    assert ran.err.splitlines() == [
        f"Compared with {dossier.org}/private/heads/{length:012}.jwt.",
        f"The records are as they were written, up to entry {length}.",
    ]
    assert run("role", "end", "Kim", "assessor", *AS_JAN).code == 0
    ran = run("records", "verify", "--lang", "nl")
    assert ran.code == 0
    assert f"zoals ze zijn vastgelegd, tot en met vermelding {length}." in ran.err
    assert "REGISTER-AFTER-HEAD" in ran.err


def test_a_head_that_was_kept_elsewhere_shows_what_was_cut_off(
    run: CommandLine, dossier: Dossier, home: Path
) -> None:
    earlier, head = home / "earlier", home / "head.jwt"
    shutil.copytree(dossier.org, earlier)
    run("role", "train", "Kim", "Badges", *AS_JAN)
    run("publish", *AS_JAN)
    shutil.copy(dossier.org / "public/register-head.jwt", head)
    assert run("records", "verify", "--head", head).code == 0
    ran = run("records", "verify", "--head", head, "--home", earlier)
    assert (ran.code, "REGISTER-HEAD-CUT" in ran.err) == (1, True)
    run("role", "train", "Kim", "Something else", "--home", earlier, *AS_JAN)
    ran = run("records", "verify", "--head", head, "--home", earlier)
    assert (ran.code, "REGISTER-HEAD-REWRITTEN" in ran.err) == (1, True)


@pytest.mark.parametrize(
    ("statement", "code"),
    [
        (
            "UPDATE openbadge_event SET body = replace(body, 'manager', 'nobody') WHERE sequence = 1",
            "REGISTER-ENTRY-CHANGED",
        ),
        ("DELETE FROM openbadge_part WHERE record_class = 'dossier'", "REGISTER-PART-MISSING"),
        ("UPDATE openbadge_stream SET phase = 'done' WHERE kind = 'award'", "REGISTER-FACTS"),
        ("UPDATE openbadge_organisation SET length = length - 1", "REGISTER-END"),
    ],
)
def test_tampering_is_found(run: CommandLine, dossier: Dossier, statement: str, code: str) -> None:
    run("publish", *AS_JAN)
    tamper(dossier.org, statement)
    ran = run("records", "verify")
    assert (ran.code, ran.data["verdict"]) == (1, "failed")
    assert code in ran.err
    assert "tampered with, or are damaged" in ran.err


def test_evidence_that_is_missing_is_found(run: CommandLine, dossier: Dossier) -> None:
    for path in dossier.evidence:
        path.unlink()
    ran = run("records", "verify")
    assert (ran.code, "REGISTER-EVIDENCE-MISSING" in ran.err) == (1, True)


def test_a_head_that_cannot_be_believed_proves_nothing(
    run: CommandLine, dossier: Dossier, home: Path, clock: Clock
) -> None:
    org, head = dossier.org, home / "head.jwt"
    verify = ("records", "verify", "--head", head)
    assert run(*verify).refused(2, "HOME-FILE", "head.jwt")
    head.write_text("nonsense")
    assert run(*verify).refused(1, "head.jwt: JWT-FORMAT")
    forged = Head("did:web:badges.example", 1, "ab" * 32, clock())
    thief = SigningKey.generate()
    for method, code, exit_code in (
        ("did:web:other.example#key-1", "HOME-HEAD-KEY", 2),
        ("did:web:badges.example#key-1", "PROOF-SIGNATURE", 1),
    ):
        head.write_bytes(sign_head(forged, thief, verification_method=method, now=clock()))
        assert run(*verify).refused(exit_code, f"head.jwt: {code}")
    run("publish", *AS_JAN)
    good = org / "public/register-head.jwt"
    assert run("records", "verify", "--head", good).code == 0
    change_key_ring(org / "private/keys.json", lambda ring: ring.compromise("key-1", since=clock()))
    assert run("records", "verify", "--head", good).refused(2, "HOME-HEAD-KEY", "key-1")


def test_a_head_of_somebody_else_is_no_proof(run: CommandLine, dossier: Dossier, clock: Clock) -> None:
    key = SigningKey.load(dossier.org / "private/issuer.key", secret=PASSWORD)
    other = Head("did:web:other.example", 1, "ab" * 32, clock())
    method = "did:web:badges.example#key-1"
    (dossier.org / "head.jwt").write_bytes(sign_head(other, key, verification_method=method, now=clock()))
    ran = run("records", "verify", "--head", "head.jwt")
    assert (ran.code, "REGISTER-HEAD-OTHER" in ran.err) == (1, True)


def test_an_export_is_for_the_person_and_names_nobody_else(run: CommandLine, dossier: Dossier) -> None:
    for who in ("ada@example.org", "Jan"):
        ran = run("records", "export", "ada@example.org", "--as", who)
        assert ran.code == 0
        assert ran.data["person"] == dossier.person
        assert "Ada Lovelace" in ran.text
        assert "Ada moved to Delft." in ran.text
        assert "Marit" not in ran.text
        assert "may name others" in ran.err
    ran = run("records", "export", dossier.person, "-o", "ada.json", *AS_JAN)
    assert (ran.code, ran.out) == (0, b"")
    assert json.loads(Path("ada.json").read_bytes())["person"] == dossier.person
    assert stat.S_IMODE(Path("ada.json").stat().st_mode) == 0o600
    assert run("records", "export", dossier.person, "--as", "Kim").refused(1, "POLICY-NO-RIGHT", "Kim")


def test_an_erased_person_is_gone_and_the_records_hold(run: CommandLine, dossier: Dossier) -> None:
    ran = run("records", "erase", "ada@example.org", *ERASE, "--yes", *AS_JAN)
    assert ran.code == 0
    assert list(ran.data) == ["person", "records", "files", "notices", "clean"]
    assert (ran.data["person"], ran.data["files"], ran.data["clean"]) == (dossier.person, 1, True)
    assert "Publish anew" in ran.err
    assert dossier.evidence == []
    database = b"".join(path.read_bytes() for path in (dossier.org / "private").glob("register.db*"))
    assert b"Lovelace" not in database
    assert run("records", "verify").code == 3
    assert run("records", "erase", "ada@example.org", *ERASE, "--yes", *AS_JAN).refused(2, "HOME-WHO-UNKNOWN")
    again = run("records", "erase", dossier.person, *ERASE, "--yes", *AS_JAN)
    assert (again.code, again.data["records"]) == (0, 0)


def test_nobody_is_erased_without_being_asked_twice(
    run: CommandLine, dossier: Dossier, monkeypatch: pytest.MonkeyPatch
) -> None:
    erase = ("records", "erase", dossier.person, *ERASE, *AS_JAN)
    assert run(*erase).refused(2, "HOME-NOT-CONFIRMED", "--yes")
    monkeypatch.setattr("openbadge_issuer.cli.records.somebody_types", lambda: True)
    ran = run(*erase, stdin=b"n\n")
    assert (ran.code, ran.out.strip()) == (2, b"")
    assert f"Erase {dossier.person} for good?" in ran.err
    assert run("person", "show", dossier.person, *AS_JAN).data["name"] == "Ada Lovelace"
    assert run(*erase, stdin=b"y\n").code == 0


def test_who_may_not_erases_nobody(run: CommandLine, dossier: Dossier) -> None:
    erase = ("records", "erase", dossier.person, "--yes")
    assert run(*erase, *ERASE, "--as", "Kim").refused(1, "POLICY-NO-RIGHT")
    assert run("records", "erase", "Kim", "--yes", *ERASE, *AS_JAN).refused(1, "PERSON-HOLDS-ROLE", "Kim")
    ran = run(*erase, "--ground", "whim", *AS_JAN)
    assert (ran.code, ran.out) == (2, b"")
    assert run("person", "show", dossier.person, *AS_JAN).data["name"] == "Ada Lovelace"


def test_what_was_kept_long_enough_is_shown_and_then_destroyed(
    run: CommandLine, dossier: Dossier, clock: Clock
) -> None:
    nothing = {"due": [], "records": 0, "files": 0, "notices": 0, "unused": 0, "clean": True}
    assert run("records", "retain", *AS_JAN).data == nothing
    clock.now += timedelta(days=6 * 366)
    ran = run("records", "retain", "--dry-run", *AS_JAN)
    assert list(ran.data) == ["due"]
    due = ran.data["due"]
    assert isinstance(due, list)
    assert [one["stream"] for one in due if isinstance(one, dict)] == [f"award:{dossier.award}"]
    assert len(dossier.evidence) == 1
    ran = run("records", "retain", *AS_JAN)
    assert (ran.data["due"], ran.data["files"], ran.data["clean"]) == (due, 1, True)
    assert "Publish anew" in ran.err
    assert dossier.evidence == []
    assert run("records", "retain", *AS_JAN).data == nothing
    assert run("records", "verify").code == 3
    assert run("records", "retain", "--as", "Kim").refused(1, "POLICY-NO-RIGHT")


def test_evidence_that_nothing_refers_to_is_removed_a_day_later(
    run: CommandLine, dossier: Dossier, clock: Clock
) -> None:
    store = EvidenceStore.open(dossier.org / "private/evidence")
    digest = store.put(b"left by a process that was killed").digest
    clock.now = datetime.fromtimestamp(store.path(digest).stat().st_mtime, UTC) + timedelta(hours=23)
    assert digest in run("records", "verify").text
    assert run("records", "retain", *AS_JAN).data["unused"] == 0
    clock.now += timedelta(hours=2)
    assert "unused" not in run("records", "retain", "--dry-run", *AS_JAN).data
    assert store.holds(digest)
    assert run("records", "retain", *AS_JAN).data["unused"] == 1
    assert not store.holds(digest)
    assert len(dossier.evidence) == 1
    assert "REGISTER-EVIDENCE" not in run("records", "verify").text


def test_a_backup_is_restored_into_a_home_that_lost_its_register(
    run: CommandLine, dossier: Dossier, home: Path
) -> None:
    org, copy = dossier.org, home / "backup.zip"
    run("publish", *AS_JAN)
    ran = run("records", "backup", copy, *AS_JAN)
    assert ran.code == 0
    assert list(ran.data) == ["file", "at", "rows", "missing"]
    assert ran.data["missing"] == []
    assert stat.S_IMODE(copy.stat().st_mode) == 0o600
    before = run("person", "list", *AS_JAN).out
    (org / "private/register.db").unlink()
    shutil.rmtree(org / "private/evidence")
    ran = run("records", "restore", copy)
    assert (ran.code, list(ran.data)) == (0, ["file", "at", "records"])
    assert "The records are as they were written" in ran.err
    assert run("person", "list", *AS_JAN).out == before
    assert [path.read_bytes() for path in dossier.evidence] == [EVIDENCE]
    assert stat.S_IMODE((org / "private/register.db").stat().st_mode) == 0o600


def test_a_register_moves_to_another_database(
    run: CommandLine,
    dossier: Dossier,
    home: Path,
    new_database: Callable[[], str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    run("publish", *AS_JAN)
    run("records", "backup", home / "backup.zip", *AS_JAN)
    (dossier.org / "home.toml").write_text('register = "env:BADGE_REGISTER"\n')
    monkeypatch.setenv("BADGE_REGISTER", new_database())
    assert run("role", "list").refused(2, "REGISTER-NONE")
    ran = run("records", "restore", home / "backup.zip")
    assert (ran.code, "The records are as they were written" in ran.err) == (0, True)
    assert run("role", "end", "Kim", "assessor", *AS_JAN).code == 0
    assert run("publish", *AS_JAN).code == 0
    assert run("records", "verify").code == 0


def test_a_backup_that_lost_something_since_the_last_publication_says_so(
    run: CommandLine, dossier: Dossier, home: Path
) -> None:
    copy = home / "backup.zip"
    run("records", "backup", copy, *AS_JAN)
    run("role", "end", "Kim", "assessor", *AS_JAN)
    run("publish", *AS_JAN)
    (dossier.org / "private/register.db").unlink()
    ran = run("records", "restore", copy)
    assert (ran.code, "REGISTER-HEAD-CUT" in ran.err) == (1, True)
    assert len(run("role", "list").items) == 3  # it is there all the same: nothing better is


def test_a_register_with_records_is_never_overwritten(run: CommandLine, dossier: Dossier, home: Path) -> None:
    copy = home / "backup.zip"
    run("records", "backup", copy, *AS_JAN)
    assert run("records", "restore", copy).refused(2, "backup.zip: REGISTER-NOT-EMPTY")
    assert run("person", "show", dossier.person, *AS_JAN).data["name"] == "Ada Lovelace"


def test_a_backup_is_never_overwritten_and_only_for_who_keeps_records(
    run: CommandLine, org: Path, home: Path
) -> None:
    copy = home / "backup.zip"
    copy.write_text("ours")
    assert run("records", "backup", copy, *AS_JAN).refused(2, "REGISTER-WRITE", "backup.zip")
    assert copy.read_text() == "ours"
    assert run("records", "backup", "missing/backup.zip", *AS_JAN).refused(2, "REGISTER-WRITE")
    assert run("records", "backup", org / "b.zip", "--as", "Kim").refused(1, "POLICY-NO-RIGHT")
    assert not (org / "b.zip").exists()


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04 nonsense", None])
def test_what_is_no_backup_leaves_no_register_behind(
    run: CommandLine, org: Path, home: Path, content: bytes | None
) -> None:
    copy = home / "backup.zip"
    if content is not None:
        copy.write_bytes(content)
    (org / "private/register.db").unlink()
    assert run("records", "restore", copy).refused(1, "backup.zip: REGISTER-BACKUP-FORMAT")
    assert list((org / "private").glob("register*")) == []


def test_a_damaged_backup_leaves_no_register_behind(run: CommandLine, dossier: Dossier, home: Path) -> None:
    copy = home / "backup.zip"
    run("records", "backup", copy, *AS_JAN)
    data = bytearray(copy.read_bytes())
    data[len(data) // 2] ^= 0xFF
    copy.write_bytes(data)
    (dossier.org / "private/register.db").unlink()
    assert run("records", "restore", copy).code == 1
    assert list((dossier.org / "private").glob("register*")) == []


def test_a_backup_of_another_organisation_is_refused(run: CommandLine, org: Path, home: Path) -> None:
    copy = home / "backup.zip"
    run("records", "backup", copy, *AS_JAN)
    policy = org / "badge-policy.toml"
    policy.write_text(policy.read_text().replace("did:web:badges.example", "did:web:other.example"))
    (org / "private/register.db").unlink()
    assert run("records", "restore", copy).refused(2, "REGISTER-ORGANISATION", "did:web:other.example")
    assert list((org / "private").glob("register*")) == []
