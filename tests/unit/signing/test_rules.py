from __future__ import annotations

import re
from pathlib import Path

import pytest

import openbadge_issuer.signing.vc_jwt as signing_module
from openbadge_issuer.errors.rule import Rule
from openbadge_issuer.errors.rules import jwt, key, proof, sd_jwt

RULES = (*key.RULES, *proof.RULES, *jwt.RULES, *sd_jwt.RULES)
PACKAGE = Path(signing_module.__file__).parent
SOURCE = "\n".join(file.read_text(encoding="utf-8") for file in sorted(PACKAGE.glob("*.py")))
COMPOSED = {f"JWT-{claim}" for claim in ("ISS", "SUB", "JTI", "NBF", "EXP")}  # and what follows them
FOR_REPORTS = {
    "JWT-HEADER",
    "PROOF-CRYPTOSUITE-NAME",
    "PROOF-PREVIOUS-FAILED",
}  # findings that verification makes


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.code)
def test_a_rule_speaks_both_languages_with_the_same_placeholders(rule: Rule) -> None:
    placeholders = re.compile(r"{(\w+)}")
    assert rule.en
    assert rule.how_en
    assert set(placeholders.findall(rule.en)) == set(placeholders.findall(rule.nl))
    assert set(placeholders.findall(rule.how_en)) == set(placeholders.findall(rule.how_nl))


def test_every_code_that_is_raised_has_a_rule_and_every_rule_a_use() -> None:
    codes = {rule.code for rule in RULES}
    assert len(codes) == len(RULES)
    elsewhere = {"PROOF-DATE"}  # among the rules of verification, which finds it too
    raised = (
        set(re.findall(r'"((?:KEY|PROOF|SD|JWT|MULTIBASE|BASE64URL|DID)-[A-Z0-9-]+)"', SOURCE)) - elsewhere
    )
    assert raised <= codes
    unused = {code for code in codes - raised - FOR_REPORTS if not code.startswith(tuple(COMPOSED))}
    assert not unused
