"""Hostile names, addresses and documents: only our own errors, and nothing fetched that must not be."""

from __future__ import annotations

import contextlib
from ipaddress import IPv4Address, IPv6Address, ip_address
from urllib.parse import urlsplit

import httpx
from hypothesis import given
from hypothesis import strategies as st

from openbadge_issuer.assertions.json_text import JsonObject, JsonValue, dump_json
from openbadge_issuer.errors import OpenBadgeError, ResolutionError
from openbadge_issuer.resolution.address import is_public, parse_https
from openbadge_issuer.resolution.documents import Documents
from openbadge_issuer.resolution.fetching import MAX_DOCUMENT_BYTES, Fetched
from openbadge_issuer.resolution.guarded_fetcher import GuardedFetcher
from openbadge_issuer.resolution.verification_method import resolve_jwt_key, resolve_key

KEY = "z6MkjZRZv3aez3r18pB1RBFJR1kwUVJ5jHt92JmQwXbd5hwi"
OTHER = "z6MkrJVnaZkeFzdQyMZu1cgjg7k1pZZ6pvBQ7XJPt4swbTQ2"

schemes = st.sampled_from(
    [
        "https://",
        "HTTPS://",
        "http://",
        "https:",
        "//",
        "ftp://",
        "did:web:",
        "did:key:",
        "did:jwk:",
        "did:x:",
        "",
    ]
)
hosts = st.sampled_from(
    [
        "badges.example",
        "BADGES.example",
        "127.0.0.1",
        "2130706433",
        "0x7f.1",
        "[::1]",
        "localhost.",
        "a..b",
        "169.254.169.254",
        "10.1",
        "user@badges.example",
        "badges.example%00",
        "badges.example:1",
        "b\u00e4dges.example",
        "\u2460\u2461\u2466.0.0.1",
        "badges.example\\@127.0.0.1",
        "badges.example%3A8443",
        KEY,
        "eyJrdHkiOiJPS1AifQ",
    ]
)
tails = st.sampled_from(
    ["", "/", "/issuer", "/../x", "?a=b", ":a:b", "#", "#key-1", f"#{KEY}", "#0", "\n", " ", "/%2e"]
)
addresses = st.one_of(
    st.builds(lambda *parts: "".join(parts), schemes, hosts, tails, tails), st.text(max_size=40)
)
json_values: st.SearchStrategy[JsonValue] = st.recursive(
    st.one_of(st.none(), st.booleans(), st.integers(-5, 5), addresses, st.sampled_from([KEY, OTHER])),
    lambda inner: st.one_of(
        st.lists(inner, max_size=3), st.dictionaries(st.text(max_size=5), inner, max_size=3)
    ),
    max_leaves=5,
)
members = st.sampled_from(
    [
        "id",
        "type",
        "controller",
        "owner",
        "verificationMethod",
        "assertionMethod",
        "publicKey",
        "publicKeyMultibase",
        "publicKeyJwk",
        "publicKeyPem",
        "keys",
        "kty",
        "crv",
        "x",
        "kid",
        "iss",
        "expires",
        "revoked",
    ]
)
kinds: st.SearchStrategy[JsonValue] = st.sampled_from(
    ["Multikey", "JsonWebKey", "CryptographicKey", "x", ["Multikey", 1]]
)
multibases: st.SearchStrategy[JsonValue] = st.sampled_from([KEY, OTHER, "z", 1])
methods: st.SearchStrategy[JsonObject] = st.fixed_dictionaries(
    {"type": kinds, "publicKeyMultibase": multibases},
    optional={"id": addresses, "controller": addresses, "revoked": json_values, "publicKeyJwk": json_values},
)
bodies = st.dictionaries(
    members, st.one_of(json_values, methods, st.lists(st.one_of(methods, addresses), max_size=3)), max_size=6
)


ISSUERS = ["did:web:badges.example", "https://badges.example/issuer"]
ELSEWHERE = ["did:web:else.example", "https://else.example/issuer"]
names = st.sampled_from(["#key-1", "#key-2", f"#{KEY}", *(f"{base}#key-1" for base in ISSUERS + ELSEWHERE)])
listed_methods: st.SearchStrategy[JsonObject] = st.fixed_dictionaries(
    {"id": names, "type": kinds, "publicKeyMultibase": multibases},
    optional={"controller": st.sampled_from(ISSUERS + ELSEWHERE)},
)
lists: st.SearchStrategy[JsonValue] = st.lists(st.one_of(listed_methods, names), max_size=3)
controller_bodies: st.SearchStrategy[JsonObject] = st.dictionaries(
    st.sampled_from(["verificationMethod", "assertionMethod", "publicKey"]), lists, max_size=3
)


def document_url(controller: str) -> str:
    host = controller.removeprefix("did:web:")
    return controller if host == controller else f"https://{host}/.well-known/did.json"


class Recording:
    """Answers everything with the same document, and notes what it was asked for."""

    def __init__(self, body: JsonObject) -> None:
        self.body = dump_json(body)
        self.urls: list[str] = []

    def fetch(
        self, url: str, *, accept: str = "application/json", max_bytes: int = MAX_DOCUMENT_BYTES
    ) -> Fetched:
        """Note and answer."""
        assert accept
        assert max_bytes <= MAX_DOCUMENT_BYTES
        self.urls.append(url)
        return Fetched(url, url, 200, None, self.body)


def check_asked(urls: list[str]) -> None:
    assert len(urls) <= 4
    for url in urls:
        parts = urlsplit(url)
        assert parts.scheme == "https"
        assert parts.username is None
        assert parts.fragment == ""
        host = parts.hostname or ""
        assert host.isascii()
        assert host.rpartition(".")[2][:1].isalpha()
        assert httpx.URL(url).raw_host.decode() == host  # two readers agree


def body_naming(body: JsonObject, issuer: str, *, fitting: bool) -> JsonObject:
    return {**body, "id": issuer} if fitting else body


@given(method=addresses, issuer=addresses, body=bodies, fitting=st.booleans())
def test_hostile_names_and_documents_raise_our_errors_only(
    method: str, issuer: str, body: JsonObject, *, fitting: bool
) -> None:
    fetcher = Recording(body_naming(body, issuer, fitting=fitting))
    try:
        found = resolve_key(method, issuer=issuer, fetcher=fetcher)
    except OpenBadgeError:
        pass
    else:
        if found.provenance == "identifier":
            assert found.controller == issuer
        if found.provenance == "document":
            assert fitting or fetcher.urls
    check_asked(fetcher.urls)


@given(
    header=st.fixed_dictionaries({}, optional={"kid": json_values, "jwk": json_values}),
    issuer=addresses,
    body=bodies,
)
def test_hostile_headers_raise_our_errors_only(header: JsonObject, issuer: str, body: JsonObject) -> None:
    fetcher = Recording(body)
    with contextlib.suppress(OpenBadgeError):
        resolve_jwt_key(header, issuer=issuer, fetcher=fetcher)
    check_asked(fetcher.urls)


@given(
    method=st.sampled_from([f"{base}#{name}" for base in ISSUERS + ELSEWHERE for name in ("key-1", KEY)]),
    issuer=st.sampled_from(ISSUERS),
    own=controller_bodies,
    other=controller_bodies,
    about=st.sampled_from([None, *ELSEWHERE]),
)
def test_only_what_the_issuer_serves_shows_a_key_to_be_the_issuers(
    method: str, issuer: str, own: JsonObject, other: JsonObject, about: str | None
) -> None:
    issuers = {**own, "id": about or issuer}
    served: dict[str, bytes | Fetched] = {"https://badges.example/.well-known/jwks.json": dump_json(own)}
    served |= {document_url(base): dump_json({**other, "id": base}) for base in ELSEWHERE}
    served |= {document_url(issuer): dump_json(issuers)}
    try:
        found = resolve_key(method, issuer=issuer, fetcher=Documents(served))
    except OpenBadgeError:
        return
    assert found.provenance != "identifier"
    if found.provenance == "document":
        assert about is None
        assert found.key.multibase in str(own) or method in str(own)


@given(method=addresses, issuer=addresses)
def test_nothing_is_shown_by_a_document_when_nothing_can_be_fetched(method: str, issuer: str) -> None:
    try:
        found = resolve_key(method, issuer=issuer)
    except OpenBadgeError:
        return
    assert found.provenance != "document"
    assert found.provenance == "claim" or method.startswith(("did:key:", "did:jwk:"))


@given(url=addresses)
def test_an_accepted_address_means_the_same_to_every_reader(url: str) -> None:
    try:
        address = parse_https(url)
    except ResolutionError:
        return
    check_asked([address.url])
    assert parse_https(address.url) == address
    for read in (urlsplit(address.url).hostname, httpx.URL(address.url).raw_host.decode()):
        assert read == address.host


@given(address=st.one_of(st.ip_addresses(v=4), st.ip_addresses(v=6)))
def test_only_global_unicast_addresses_are_public(address: IPv4Address | IPv6Address) -> None:
    if is_public(address):
        assert address.is_global
        assert not any([address.is_private, address.is_multicast, address.is_link_local, address.is_loopback])


@given(address=st.ip_addresses(v=4))
def test_an_ipv6_address_is_no_more_public_than_the_ipv4_address_in_it(address: IPv4Address) -> None:
    assert isinstance(address, IPv4Address)
    number = int(address)
    inside = is_public(address)
    assert is_public(IPv6Address((0x2002 << 112) | (number << 80) | 1)) == inside
    assert is_public(IPv6Address((0x64FF9B << 96) | number)) == inside
    for prefix in (0, 0xFFFF << 32, 0xFFFF << 48):
        assert not is_public(IPv6Address(prefix | number))


@given(location=addresses)
def test_a_hostile_redirect_never_leaves_the_guard(location: str) -> None:
    asked: list[str] = []
    looked_up: list[str] = []

    def answer(request: httpx.Request) -> httpx.Response:
        asked.append(str(request.url))
        if len(asked) == 1:
            return httpx.Response(302, headers=[(b"location", location.encode("utf-8", "replace"))])
        return httpx.Response(200, content=b"{}")

    def resolve(host: str) -> list[str]:
        looked_up.append(host)
        return ["93.184.215.14"]

    fetcher = GuardedFetcher(transport=httpx.MockTransport(answer), resolve=resolve)
    with contextlib.suppress(ResolutionError):
        fetcher.fetch("https://badges.example/start")
    check_asked(asked)
    for host in looked_up:
        try:
            ip_address(host)
        except ValueError:
            continue
        raise AssertionError(host)


@given(url=addresses, entries=st.dictionaries(addresses, st.binary(max_size=5), max_size=3))
def test_documents_give_only_what_was_given(url: str, entries: dict[str, bytes]) -> None:
    try:
        documents = Documents(entries)
        fetched = documents.fetch(url)
    except OpenBadgeError:
        return
    assert fetched.body in entries.values()
