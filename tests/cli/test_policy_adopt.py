"""Putting a policy in force at the command line."""

from __future__ import annotations

from pathlib import Path

from cli.running import CommandLine
from openbadge_issuer.policy.policy_file import read_policy

AS_JAN = ("--as", "Jan")
MEMBERS = ["digest", "version", "adopted", "weaker", "changes"]


def rewrite(org: Path, old: str, new: str) -> None:
    file = org / "badge-policy.toml"
    text = file.read_text()
    assert old in text
    file.write_text(text.replace(old, new))


def test_a_policy_in_force_is_not_adopted_twice(run: CommandLine, org: Path) -> None:
    ran = run("policy", "adopt", *AS_JAN)
    digest = read_policy((org / "badge-policy.toml").read_bytes()).digest
    assert list(ran.data) == MEMBERS
    assert ran.data == {"digest": digest, "version": "1", "adopted": False, "weaker": 0, "changes": []}
    assert (ran.code, ran.err) == (0, "")


def test_a_changed_policy_is_put_in_force_and_said_to_be_weaker(run: CommandLine, org: Path) -> None:
    rewrite(org, 'version = "1"', 'version = "2"')
    rewrite(org, 'investigate_within = "30 days"', 'investigate_within = "60 days"')
    strict = run("policy", "adopt", "--strict", *AS_JAN)
    assert (strict.code, strict.data["adopted"], strict.data["weaker"]) == (1, False, 1)
    assert run("role", "end", "Kim", "assessor", *AS_JAN).refused(1, "POLICY-NOT-ADOPTED")
    ran = run("policy", "adopt", "--lang", "nl", *AS_JAN)
    assert (ran.code, ran.data["adopted"], ran.data["version"]) == (0, True, "2")
    changes = ran.data["changes"]
    assert isinstance(changes, list)
    assert len(changes) == len(ran.err.splitlines()) == 2
    assert "Zwakker" in ran.err
    assert run("role", "end", "Kim", "assessor", *AS_JAN).code == 0
    assert run("records", "verify").code == 3


def test_an_unsound_policy_is_told_with_every_line_and_not_adopted(run: CommandLine, org: Path) -> None:
    rewrite(org, '    "award", # besluiten over een toekenning\n', "")
    rewrite(org, 'acknowledge_within = "5 days"', 'acknowledge_within = "50 days"')
    ran = run("policy", "adopt", *AS_JAN)
    assert (ran.code, ran.out) == (1, b"")
    assert "POLICY-RIGHT-NOBODY" in ran.err
    assert "POLICY-DEADLINES" in ran.err
    assert ran.err.startswith(f"{org}/badge-policy.toml:")


def test_who_may_not_grant_roles_under_it_adopts_nothing(run: CommandLine, org: Path) -> None:
    rewrite(org, 'version = "1"', 'version = "2"')
    ran = run("policy", "adopt", "--as", "Kim")
    assert (ran.code, ran.out) == (1, b"")
    assert "POLICY-NO-RIGHT: Kim" in ran.err
    ran = run("policy", "adopt")
    assert (ran.code, ran.out) == (2, b"")
    assert "HOME-WHO-MISSING" in ran.err
    assert run("role", "end", "Kim", "assessor", *AS_JAN).refused(1, "POLICY-NOT-ADOPTED")
