"""What programs import: every name is there, loads when it is used, and says what it is."""

from __future__ import annotations

import doctest
import inspect
import subprocess
import sys

import pytest

import openbadge_issuer

FIRST_LINES = """
from openbadge_issuer import Achievement, Criteria, Issuer, Recipient, SigningKey, verify
key = SigningKey.generate("Ed25519")
issuer = Issuer(id=key.did_key, name="Breakthrough", signer=key)
badge = Achievement(id="https://badges.example/facilitator", name="Facilitator",
                    description="Leads a workshop.",
                    criteria=Criteria(narrative="Led one workshop, observed."))
signed = issuer.issue(badge, Recipient(email="ada@example.org"))
report = verify(signed.data)
assert report, report
"""


@pytest.mark.parametrize("name", openbadge_issuer.__all__)
def test_every_public_name_is_there_and_documented(name: str) -> None:
    assert inspect.getdoc(getattr(openbadge_issuer, name))
    assert name in dir(openbadge_issuer)


def test_another_name_is_not_there() -> None:
    with pytest.raises(AttributeError, match="nonsense"):
        _ = openbadge_issuer.nonsense


def test_the_first_ten_lines_work_in_a_fresh_interpreter() -> None:
    done = subprocess.run(
        [sys.executable, "-W", "error", "-c", FIRST_LINES], capture_output=True, text=True, check=False
    )
    assert (done.returncode, done.stderr) == (0, "")


def test_the_example_in_the_package_works() -> None:
    assert doctest.testmod(openbadge_issuer).failed == 0


@pytest.mark.parametrize(
    ("function", "parameters"),
    [
        (
            openbadge_issuer.Issuer.issue,
            """self achievement recipient id awarded_date evidence results valid_from valid_until status
            proof version contexts now rng""",
        ),
        (openbadge_issuer.Issuer.issue_many, "self awards executor on_error"),
        (
            openbadge_issuer.verify,
            """data now at fetcher documents contexts trust expected_issuer recipient require
            max_status_age clock_skew unsafe_claimed_keys subject""",
        ),
        (openbadge_issuer.verify_many, "items executor progress options"),
        (openbadge_issuer.validate, "document"),
        (openbadge_issuer.bake, "picture credential"),
        (openbadge_issuer.unbake, "picture"),
        (openbadge_issuer.SignedBadge.bake, "self picture"),
    ],
    ids=lambda value: getattr(value, "__qualname__", ""),
)
def test_the_contract_names_these_parameters(function: object, parameters: str) -> None:
    assert callable(function)
    found = list(inspect.signature(function).parameters)
    assert [name for name in parameters.split() if name not in found] == []
