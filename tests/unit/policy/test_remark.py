from __future__ import annotations

from openbadge_issuer.policy.remark import Remark


def test_a_remark_says_what_where_and_what_to_do_in_both_languages() -> None:
    remark = Remark.of("CRITERIA-VAGUE", "/criteria/0/statement/en", word="understands")
    assert str(remark) == "Nobody can see whether this is so (“understands”). (at /criteria/0/statement/en)"
    assert remark.sentence("nl") == "Niemand kan zien of dit zo is (“understands”)."
    assert remark.advice().startswith("Say what the candidate does")
    assert remark.advice("nl").startswith("Zeg wat de kandidaat doet")
    assert remark.severity == "error"


def test_a_remark_without_a_place_shows_none() -> None:
    assert str(Remark.of("ROLE-KEYS-UNHELD")) == "Nobody looks after the keys."
