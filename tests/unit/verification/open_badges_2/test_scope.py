"""Where badges may stand: prefixes and hosts, and the ways to make them look alike."""

from __future__ import annotations

import pytest

from openbadge_issuer.assertions.json_text import JsonObject
from openbadge_issuer.verification.open_badges_2.scope import authority, check_scope, starts_with

ISSUER = "https://a.example/issuer.json"


def outcomes(url: str, policy: JsonObject | None = None, issuer: str = ISSUER) -> set[str]:
    profile: JsonObject = {} if policy is None else {"verification": policy}
    return {found.code for found in check_scope(url, profile, issuer, "/id") if found.outcome == "failed"}


@pytest.mark.parametrize(
    ("url", "start", "holds"),
    [
        ("https://a.example/user1/b.json", "https://a.example/user1/", True),
        ("https://a.example/user1/b.json", "https://a.example/user1", True),
        ("https://a.example/user1", "https://a.example/user1", True),
        ("https://a.example/user1?b=2", "https://a.example/user1", True),
        ("https://a.example/b?user=1", "https://a.example/b?user=", True),
        ("https://a.example/user10/b.json", "https://a.example/user1", False),
        ("https://a.example.evil.example/b", "https://a.example", False),
        ("https://a.example@evil.example/b", "https://a.example", False),
        ("https://a.example/user1/../user2/b", "https://a.example/user1/", False),
        ("https://a.example/user1/%2e%2E/user2/b", "https://a.example/user1/", False),
        ("https://a.example/user1/..%2fuser2/b", "https://a.example/user1/", False),
        ("https://a.example/b", "", False),
    ],
)
def test_a_prefix_ends_where_a_name_ends(url: str, start: str, holds: bool) -> None:  # noqa: FBT001  # a table
    assert starts_with(url, start) is holds


@pytest.mark.parametrize(
    ("url", "name"),
    [
        ("https://A.example/b", "a.example"),
        ("https://a.example:443/b", "a.example"),
        ("http://a.example:80/b", "a.example"),
        ("https://a.example:8443/b", "a.example:8443"),
        ("https://a.example", "a.example"),
        ("https://a.example@evil.example/b", None),
        ("https://a.example:pw@evil.example/b", None),
        ("https://\u0430.example/b", None),  # Cyrillic
        ("https://a\u3002example/b", None),  # an ideographic full stop
        ("https://a.example\\@evil.example/b", None),
        ("https://a.example\t.evil.example/b", None),
        ("https://[::1]/b", None),
        ("https:///b", None),
        ("urn:uuid:1", None),
    ],
)
def test_a_host_is_taken_from_plain_addresses_alone(url: str, name: str | None) -> None:
    assert authority(url) == name


def test_the_host_of_the_profile_is_allowed_where_nothing_else_is_said() -> None:
    assert outcomes("https://a.example/b") == set()
    assert outcomes("https://b.example/b") == {"OB2-SCOPE-ORIGIN"}
    assert outcomes("https://a.example:8443/b") == {"OB2-SCOPE-ORIGIN"}
    assert outcomes("https://a.example:8443/b", issuer="https://a.example:8443/i") == set()


def test_named_hosts_are_allowed_and_no_others() -> None:
    policy: JsonObject = {"allowedOrigins": ["B.example", "c.example"]}
    assert outcomes("https://b.example/b", policy) == set()
    assert outcomes("https://a.example/b", policy) == {"OB2-SCOPE-ORIGIN"}
    assert outcomes("https://b.example:8443/b", policy) == {"OB2-SCOPE-ORIGIN"}
    assert outcomes("https://xb.example/b", policy) == {"OB2-SCOPE-ORIGIN"}
    assert outcomes("https://a.example/b", {"allowedOrigins": []}) == {"OB2-SCOPE-ORIGIN"}
    assert outcomes("https://a.example/b", {"allowedOrigins": 3}) == {"OB2-SCOPE-ORIGIN"}


def test_prefix_and_host_both_have_to_fit() -> None:
    policy: JsonObject = {"startsWith": ["https://a.example/x/", "https://b.example/"]}
    assert outcomes("https://a.example/x/1", policy) == set()
    assert outcomes("https://a.example/y/1", policy) == {"OB2-SCOPE-START"}
    assert outcomes("https://b.example/1", policy) == {"OB2-SCOPE-ORIGIN"}
    assert outcomes("https://a.example/x/1", {"startsWith": None}) == {"OB2-SCOPE-START"}
