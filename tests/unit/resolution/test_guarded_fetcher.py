"""The guarded fetcher without sockets: every rule that does not need TLS."""

from __future__ import annotations

import gzip
import threading
from collections.abc import Callable, Iterable, Iterator

import httpx
import pytest

from openbadge_issuer.errors import ResolutionError
from openbadge_issuer.resolution.guarded_fetcher import GuardedFetcher, Resolve

URL = "https://badges.example/issuer.json"
PUBLIC = "93.184.215.14"
JSON = {"content-type": "application/json"}


class Clock:
    """A monotonic clock that goes on only when told."""

    def __init__(self) -> None:
        self.now = 0.0

    def __call__(self) -> float:
        """Tell the time."""
        return self.now


class Web(httpx.BaseTransport):
    """A web made of one function, which notes what was asked."""

    def __init__(self, answer: Callable[[httpx.Request], httpx.Response]) -> None:
        self.answer = answer
        self.requests: list[httpx.Request] = []

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        """Note the request and answer it."""
        self.requests.append(request)
        return self.answer(request)


def resolver(*addresses: str) -> Resolve:
    return lambda _host: addresses


def fetcher(web: Web, *, addresses: Iterable[str] = (PUBLIC,), clock: Clock | None = None) -> GuardedFetcher:
    return GuardedFetcher(transport=web, resolve=resolver(*addresses), clock=clock or Clock())


def serving(body: bytes, *, status: int = 200, headers: dict[str, str] | None = None) -> Web:
    return Web(
        lambda _request: httpx.Response(status, headers=JSON if headers is None else headers, content=body)
    )


def redirecting(target: str, *, status: int = 302) -> Web:
    return Web(lambda _request: httpx.Response(status, headers={"location": target}))


def refusal(guarded: GuardedFetcher, url: str = URL, **options: int | str) -> ResolutionError:
    with pytest.raises(ResolutionError) as caught:
        guarded.fetch(url, **options)  # type: ignore[arg-type]
    assert caught.value.sentence("en")
    assert caught.value.sentence("nl")
    return caught.value


def test_a_public_json_document_is_brought_as_it_is() -> None:
    web = serving(b'{"a": 1}', headers={"content-type": "Application/JSON; charset=utf-8"})
    fetched = fetcher(web).fetch(f"{URL}#key")
    assert (fetched.url, fetched.final_url) == (f"{URL}#key", URL)
    assert (fetched.status, fetched.content_type, fetched.body) == (200, "application/json", b'{"a": 1}')


def test_the_request_carries_nothing_that_tells_who_asks() -> None:
    web = serving(b"{}")
    fetcher(web).fetch(URL, accept="application/did+json")
    headers = web.requests[0].headers
    assert headers["accept"] == "application/did+json"
    assert headers["accept-encoding"] == "identity"
    assert headers["host"] == "badges.example"
    assert not {"cookie", "authorization", "referer"} & set(headers)


@pytest.mark.parametrize(
    ("url", "code"),
    [
        ("http://badges.example/", "FETCH-SCHEME"),
        ("ftp://badges.example/", "FETCH-SCHEME"),
        ("file:///etc/passwd", "FETCH-SCHEME"),
        ("", "FETCH-URL"),
        ("badges.example/x", "FETCH-URL"),
        ("//badges.example/x", "FETCH-URL"),
        ("https:badges.example", "FETCH-URL"),
        ("https:///x", "FETCH-URL"),
        ("https://badges.example./", "FETCH-URL"),
        ("https://badges..example/", "FETCH-URL"),
        ("https://.example/", "FETCH-URL"),
        ("https://-x.example/", "FETCH-URL"),
        ("https://badges.example:0/", "FETCH-URL"),
        ("https://badges.example:65536/", "FETCH-URL"),
        ("https://badges.example:port/", "FETCH-URL"),
        ("https://b\N{LATIN SMALL LETTER A WITH DIAERESIS}dges.example/", "FETCH-URL"),
        ("https://127\N{IDEOGRAPHIC FULL STOP}0.0.1/", "FETCH-URL"),
        ("https://\N{CIRCLED DIGIT ONE}27.0.0.1/", "FETCH-URL"),
        ("https://badges.example/a b", "FETCH-URL"),
        ("https://badges.example/a\nb", "FETCH-URL"),
        ("https://badges.example\\@evil.example/", "FETCH-URL"),
        ("https://badges.example/%zz", "FETCH-URL"),
        ("https://badges%2eexample/", "FETCH-URL"),
        ("https://badges.example/" + "a" * 2048, "FETCH-URL"),
        ("https://" + "a" * 64 + ".example/", "FETCH-URL"),
        ("https://user@badges.example/", "FETCH-CREDENTIALS"),
        ("https://user:secret@badges.example/", "FETCH-CREDENTIALS"),
        ("https://badges.example:443@evil.example/", "FETCH-CREDENTIALS"),
        ("https://127.0.0.1/", "FETCH-ADDRESS"),
        ("https://93.184.215.14/", "FETCH-ADDRESS"),
        ("https://2130706433/", "FETCH-ADDRESS"),
        ("https://0x7f000001/", "FETCH-ADDRESS"),
        ("https://0x7f.1/", "FETCH-ADDRESS"),
        ("https://0177.0.0.1/", "FETCH-ADDRESS"),
        ("https://127.1/", "FETCH-ADDRESS"),
        ("https://[::1]/", "FETCH-ADDRESS"),
        ("https://[::ffff:127.0.0.1]/", "FETCH-ADDRESS"),
        ("https://[2606:4700::1111]/", "FETCH-ADDRESS"),
    ],
)
def test_an_address_that_could_be_read_in_two_ways_is_refused(url: str, code: str) -> None:
    web = serving(b"{}")
    assert refusal(fetcher(web), url).code == code
    assert not web.requests


def test_a_secret_in_an_address_is_not_repeated() -> None:
    error = refusal(fetcher(serving(b"{}")), "https://user:secret@badges.example/")
    assert "secret" not in f"{error}{error.details}"


@pytest.mark.parametrize(
    ("url", "asked"),
    [
        ("https://badges.example", "https://badges.example/"),
        ("https://Badges.Example:443/A%20b?c=d/e?f", "https://badges.example/A%20b?c=d/e?f"),
        ("HTTPS://badges.example:8443?x", "https://badges.example:8443/?x"),
        ("https://xn--bdges-hra.example/", "https://xn--bdges-hra.example/"),
        ("https://a_b.example/@user;v=1", "https://a_b.example/@user;v=1"),
    ],
)
def test_an_ordinary_address_is_asked_as_it_is(url: str, asked: str) -> None:
    web = serving(b"{}")
    assert fetcher(web).fetch(url).final_url == asked
    assert str(web.requests[0].url) == asked


@pytest.mark.parametrize(
    "address",
    [
        "127.0.0.1", "10.0.0.1", "172.16.0.1", "192.168.1.1", "169.254.169.254", "100.64.0.1", "0.0.0.0",  # noqa: S104
        "224.0.1.1", "240.0.0.1", "255.255.255.255", "192.0.2.1", "198.18.0.1", "192.88.99.1",
        "::1", "::", "fe80::1", "fe80::1%eth0", "fc00::1", "fec0::1", "ff0e::1", "2001:db8::1", "3fff::1",
        "::ffff:127.0.0.1", "::ffff:93.184.215.14", "::127.0.0.1", "::ffff:0:10.0.0.1", "64:ff9b::10.0.0.1",
        "64:ff9b:1::1", "2002:0a00:0001::1", "2001:0:5ef5:79fd::1", "100::1", "5f00::1", "no address",
    ],
)  # fmt: skip
def test_a_host_with_an_address_that_is_not_public_is_refused(address: str) -> None:
    web = serving(b"{}")
    assert refusal(fetcher(web, addresses=[PUBLIC, address])).code == "FETCH-ADDRESS"
    assert not web.requests


@pytest.mark.parametrize(
    "address", [PUBLIC, "2606:4700::1111", "64:ff9b::93.184.215.14", "2002:5db8:d70e::1"]
)
def test_a_host_with_a_public_address_is_asked(address: str) -> None:
    assert fetcher(serving(b"{}"), addresses=[address]).fetch(URL).status == 200


def test_a_name_without_an_address_is_a_failure() -> None:
    assert refusal(fetcher(serving(b"{}"), addresses=[])).code == "FETCH-FAILED"


@pytest.mark.parametrize("error", [OSError("no such name"), UnicodeError("label too long")])
def test_a_resolver_that_fails_is_a_failure(error: Exception) -> None:
    def failing(_host: str) -> list[str]:
        raise error

    assert refusal(GuardedFetcher(transport=serving(b"{}"), resolve=failing)).code == "FETCH-FAILED"


def test_a_resolver_that_never_answers_is_cut() -> None:
    release = threading.Event()

    def hanging(_host: str) -> list[str]:
        release.wait()
        return [PUBLIC]

    guarded = GuardedFetcher(transport=serving(b"{}"), resolve=hanging, timeout=0.01)
    assert refusal(guarded).code == "FETCH-TIMEOUT"
    release.set()


def test_only_allowed_hosts_are_asked_when_some_are_named() -> None:
    web = serving(b"{}")
    guarded = GuardedFetcher(transport=web, resolve=resolver(PUBLIC), allow_hosts=["Badges.example"])
    assert guarded.fetch(URL).status == 200
    assert refusal(guarded, "https://other.example/").code == "FETCH-HOST"
    assert len(web.requests) == 1


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
def test_a_redirect_is_followed_by_its_relative_or_absolute_target(status: int) -> None:
    def answer(request: httpx.Request) -> httpx.Response:
        if request.url.path == "/issuer.json":
            return httpx.Response(status, headers={"location": "/moved?x=1"})
        return httpx.Response(200, headers=JSON, content=b"{}")

    fetched = fetcher(Web(answer)).fetch(URL)
    assert (fetched.url, fetched.final_url) == (URL, "https://badges.example/moved?x=1")


@pytest.mark.parametrize(
    ("target", "code"),
    [
        ("http://badges.example/", "FETCH-SCHEME"),
        ("https://127.0.0.1/", "FETCH-ADDRESS"),
        ("https://169.254.169.254/latest/meta-data/", "FETCH-ADDRESS"),
        ("https://[::1]/", "FETCH-ADDRESS"),
        ("https://\N{CIRCLED DIGIT ONE}27.0.0.1/", "FETCH-FAILED"),
        ("https://user@badges.example/", "FETCH-CREDENTIALS"),
        ("file:///etc/passwd", "FETCH-SCHEME"),
        ("https://badges.example:99999/", "FETCH-URL"),
        ("https://[", "FETCH-URL"),
    ],
)
def test_a_redirect_passes_the_same_checks(target: str, code: str) -> None:
    web = Web(lambda _request: httpx.Response(302, headers=[(b"location", target.encode())]))
    assert refusal(fetcher(web)).code == code
    assert len(web.requests) == 1


def test_a_redirect_to_a_name_with_a_private_address_is_refused() -> None:
    answers = {"badges.example": [PUBLIC], "inside.example": ["10.0.0.1"]}
    web = redirecting("https://inside.example/")
    guarded = GuardedFetcher(transport=web, resolve=answers.__getitem__)
    assert refusal(guarded).details == {"host": "inside.example", "address": "10.0.0.1"}


def test_a_redirect_loop_ends() -> None:
    web = redirecting(URL)
    assert refusal(fetcher(web)).code == "FETCH-REDIRECT"
    assert len(web.requests) == 6


def test_a_redirect_without_a_target_is_a_failure() -> None:
    web = Web(lambda _request: httpx.Response(302))
    assert refusal(fetcher(web)).code == "FETCH-FAILED"


def test_a_name_is_looked_up_once_per_hop() -> None:
    asked: list[str] = []

    def resolve(host: str) -> list[str]:
        asked.append(host)
        return [PUBLIC]

    GuardedFetcher(transport=serving(b"{}"), resolve=resolve).fetch(URL)
    assert asked == ["badges.example"]


def test_a_body_of_the_allowed_length_comes_whole_and_a_longer_one_not_at_all() -> None:
    assert fetcher(serving(b"x" * 10)).fetch(URL, max_bytes=10).body == b"x" * 10
    assert refusal(fetcher(serving(b"x" * 11)), max_bytes=10).code == "FETCH-TOO-LARGE"


def test_an_announced_length_over_the_cap_is_refused_before_reading() -> None:
    def unread() -> Iterator[bytes]:
        pytest.fail("the body was read")
        yield b""  # type: ignore[unreachable]  # makes it a generator

    for length in ("11", "9" * 5000):
        headers = {**JSON, "content-length": length}
        web = Web(lambda _request, headers=headers: httpx.Response(200, headers=headers, content=unread()))  # type: ignore[misc]
        assert refusal(fetcher(web), max_bytes=10).code == "FETCH-TOO-LARGE"


def test_an_endless_body_is_cut_at_the_cap() -> None:
    def endless() -> Iterator[bytes]:
        while True:
            yield b"x" * 1000

    web = Web(lambda _request: httpx.Response(200, headers=JSON, content=endless()))
    assert refusal(fetcher(web), max_bytes=10_000).code == "FETCH-TOO-LARGE"


def test_a_slow_drip_is_cut_by_the_total_time() -> None:
    clock = Clock()

    def drip() -> Iterator[bytes]:
        while True:
            clock.now += 3
            yield b"x"

    web = Web(lambda _request: httpx.Response(200, headers=JSON, content=drip()))
    assert refusal(fetcher(web, clock=clock)).code == "FETCH-TIMEOUT"
    assert clock.now == 12


def test_redirects_share_the_total_time() -> None:
    clock = Clock()

    def answer(_request: httpx.Request) -> httpx.Response:
        clock.now += 6
        return httpx.Response(302, headers={"location": URL})

    guarded = GuardedFetcher(transport=Web(answer), resolve=resolver(PUBLIC), clock=clock)
    assert refusal(guarded).code == "FETCH-TIMEOUT"
    assert clock.now == 12


@pytest.mark.parametrize("encoding", ["gzip", "br", "deflate", "identity, gzip"])
def test_a_compressed_answer_is_refused_unread(encoding: str) -> None:
    headers = {**JSON, "content-encoding": encoding}
    web = Web(_raw(headers, gzip.compress(b"0" * 1_000_000)))
    assert refusal(fetcher(web)).code == "FETCH-ENCODING"


def test_an_answer_that_says_it_is_not_encoded_is_taken() -> None:
    assert fetcher(serving(b"{}", headers={**JSON, "content-encoding": "identity"})).fetch(URL).body == b"{}"


@pytest.mark.parametrize(
    ("content_type", "accept", "taken"),
    [
        ("application/json", "application/json", True),
        ("application/did+json", "application/json", True),
        ("application/jwk-set+json", "application/did+json, application/json", True),
        ("text/plain", "application/json", True),
        ("application/octet-stream", "application/json", True),
        ("application/vc+jwt", "application/json", True),
        ("text/html", "application/json", False),
        ("text/html", "*/*", False),
        ("text/html; charset=utf-8", "text/*", False),
        ("text/html", "text/html", True),
        ("application/xhtml+xml", "*/*", False),
        ("image/png", "application/json", False),
        ("image/png", "image/*", True),
        ("image/png", "image/png;q=0.9, image/svg+xml", True),
        ("application/json", "image/png", False),
        ("video/mp4", "*/*", True),
    ],
)
def test_the_content_type_must_be_of_the_kind_asked_for(
    content_type: str, accept: str, *, taken: bool
) -> None:
    guarded = fetcher(serving(b"{}", headers={"content-type": content_type}))
    if taken:
        assert guarded.fetch(URL, accept=accept).body == b"{}"
    else:
        assert refusal(guarded, accept=accept).code == "FETCH-CONTENT-TYPE"


@pytest.mark.parametrize("headers", [{}, {"content-type": ""}])
def test_a_host_that_names_no_content_type_is_believed(headers: dict[str, str]) -> None:
    fetched = fetcher(serving(b"{}", headers=headers)).fetch(URL)
    assert (fetched.content_type, fetched.body) == (None, b"{}")


def test_an_error_status_is_an_answer() -> None:
    gone = fetcher(serving(b'{"revoked": true}', status=410)).fetch(URL)
    assert (gone.status, gone.body) == (410, b'{"revoked": true}')


def test_an_error_page_for_people_is_left_out() -> None:
    missing = fetcher(serving(b"<html>", status=404, headers={"content-type": "text/html"})).fetch(URL)
    assert (missing.status, missing.content_type, missing.body) == (404, "text/html", b"")


@pytest.mark.parametrize(
    ("error", "code"),
    [
        (httpx.ConnectTimeout("late"), "FETCH-TIMEOUT"),
        (httpx.ReadTimeout("late"), "FETCH-TIMEOUT"),
        (httpx.ConnectError("refused"), "FETCH-FAILED"),
        (httpx.RemoteProtocolError(""), "FETCH-FAILED"),
    ],
)
def test_what_the_transport_raises_stays_inside(error: Exception, code: str) -> None:
    def failing(_request: httpx.Request) -> httpx.Response:
        raise error

    caught = refusal(fetcher(Web(failing)))
    assert caught.code == code
    assert caught.__cause__ is error


def _raw(headers: dict[str, str], body: bytes) -> Callable[[httpx.Request], httpx.Response]:
    return lambda _request: httpx.Response(200, headers=headers, content=iter([body]))
