"""Credentials are the same by issuer and id, and the newer one counts."""

from __future__ import annotations

import pytest

from openbadge_issuer.assertions.identity_of_credentials import same_credential, supersedes
from openbadge_issuer.assertions.json_text import JsonObject

BADGE: JsonObject = {
    "id": "https://b.example/1",
    "issuer": "https://b.example",
    "validFrom": "2026-01-01T00:00:00Z",
}


@pytest.mark.parametrize(
    ("changes", "same"),
    [
        ({}, True),
        ({"issuer": {"id": "https://b.example", "type": ["Profile"]}}, True),
        ({"id": " https://b.example/%31 "}, True),
        ({"id": "https://b.example/2"}, False),
        ({"id": "https://B.example/1"}, False),
        ({"issuer": "https://c.example"}, False),
        ({"id": None}, False),
        ({"issuer": {}}, False),
    ],
)
def test_credentials_are_the_same_by_issuer_and_id(changes: JsonObject, *, same: bool) -> None:
    assert same_credential(BADGE, {**BADGE, **changes}) is same


def test_credentials_without_an_id_are_the_same_as_nothing() -> None:
    nameless: JsonObject = {"issuer": "https://b.example"}
    assert not same_credential(nameless, nameless)


@pytest.mark.parametrize(
    ("begin", "newer"),
    [
        ("2026-01-01T00:00:01Z", True),
        ("2026-01-01T01:00:00+02:00", False),
        ("2026-01-01T00:00:00.000Z", False),
        ("2025-12-31T23:00:00-02:00", True),
        ("some day", False),
        (None, False),
    ],
)
def test_the_later_valid_from_supersedes(begin: str | None, *, newer: bool) -> None:
    assert supersedes({**BADGE, "validFrom": begin}, BADGE) is newer


def test_another_credential_supersedes_nothing() -> None:
    assert not supersedes({**BADGE, "id": "urn:uuid:2", "validFrom": "2030-01-01T00:00:00Z"}, BADGE)
