"""Whether an address looks like that of a person."""

from __future__ import annotations

import pytest

from openbadge_issuer.policy.contact_address import looks_personal


@pytest.mark.parametrize(
    "address",
    [
        "badges@example.org",
        "info@example.org",
        "badge-team@example.org",
        "Contact@example.org",
        "office+badges@example.org",
        "helpdesk@example.org",
        "secretariaat@example.org",
        "breakthrough@example.org",
        "registrar@example.org",
        "technical.admin@example.org",
        "badgebeheer@example.org",
        "vragen@example.org",
    ],
)
def test_the_address_of_a_task_or_of_the_organisation_does_not(address: str) -> None:
    assert not looks_personal(address, ["Breakthrough", "badge-manager"])


@pytest.mark.parametrize(
    "address",
    [
        "ada@example.org",
        "ada.lovelace@example.org",
        "a.lovelace@example.org",
        "alovelace@example.org",
        "noor_de_wit@example.org",
        "badges@gmail.com",
        "info.stichting@hotmail.com",
        "x@example.org",
    ],
)
def test_that_of_a_person_does(address: str) -> None:
    assert looks_personal(address, ["Breakthrough", "badge-manager"])
