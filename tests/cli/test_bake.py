from __future__ import annotations

from pathlib import Path

import pytest

from cli.running import CommandLine, Issue

PICTURES = Path(__file__).parents[2] / "examples" / "breakthrough"


@pytest.mark.parametrize("ending", ["png", "svg"])
@pytest.mark.parametrize("proof", ["eddsa-rdfc-2022", "vc-jwt"])
def test_what_was_baked_comes_out_as_it_was(run: CommandLine, issue: Issue, ending: str, proof: str) -> None:
    badge = issue("badge", "--proof", proof)
    ran = run("bake", PICTURES / f"facilitator.{ending}", badge, "-o", f"baked.{ending}")
    assert (ran.code, ran.out, ran.err) == (0, b"", f"baked.{ending}\n")
    ran = run("unbake", f"baked.{ending}")
    assert (ran.code, ran.out, ran.err) == (0, badge.read_bytes(), "")
    ran = run("unbake", f"baked.{ending}", "-o", "again")
    assert (ran.code, ran.out, ran.err) == (0, b"", "again\n")
    assert Path("again").read_bytes() == badge.read_bytes()


def test_both_read_standard_input_and_write_standard_output(run: CommandLine, badge: Path) -> None:
    baked = run("bake", PICTURES / "facilitator.png", "-", stdin=badge.read_bytes())
    assert (baked.code, baked.err) == (0, "")
    ran = run("unbake", "-", stdin=baked.out)
    assert (ran.code, ran.out, ran.err) == (0, badge.read_bytes(), "")


def test_baking_again_replaces_the_badge(run: CommandLine, issue: Issue) -> None:
    first, second = issue("first.json"), issue("second.json")
    run("bake", PICTURES / "facilitator.png", first, "-o", "baked.png")
    run("bake", "baked.png", second, "-o", "baked.png")
    assert run("unbake", "baked.png").out == second.read_bytes()


def test_a_picture_without_a_badge_is_rejected(run: CommandLine) -> None:
    assert run("unbake", PICTURES / "facilitator.png").refused(1, "facilitator.png: PNG-NO-BADGE")
    assert run("unbake", PICTURES / "facilitator.svg").refused(1, "facilitator.svg: SVG-NO-BADGE")
    assert run("unbake", "issuer.json", "-o", "out").refused(1, "issuer.json: PICTURE-UNKNOWN")
    assert not Path("out").exists()


def test_what_is_no_badge_is_not_baked(run: CommandLine) -> None:
    Path("note.txt").write_text("not a badge")
    ran = run("bake", PICTURES / "facilitator.png", "note.txt", "-o", "baked.png")
    assert ran.refused(1, "note.txt → ", "facilitator.png: PICTURE-CREDENTIAL")
    assert not Path("baked.png").exists()


def test_what_is_not_there_is_wrong_usage(run: CommandLine, badge: Path) -> None:
    assert run("bake", "missing.png", badge).refused(2, "CLI-FILE: missing.png cannot be read: No such file")
    assert run("bake", PICTURES / "facilitator.png", "missing").refused(2, "CLI-FILE: missing cannot be read")
    assert run("unbake", "missing.png").refused(2, "CLI-FILE: missing.png cannot be read")
    ran = run("bake", PICTURES / "facilitator.png", badge, "-o", "issuer.json/baked.png")
    assert ran.refused(2, "CLI-WRITE: issuer.json/baked.png cannot be written: Not a directory")
