"""Fetching from the open web, guarded: the addresses in a badge are chosen by whoever wrote it."""

from __future__ import annotations

import functools
import threading
import time
from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeAlias

from openbadge_issuer.errors import ResolutionError
from openbadge_issuer.resolution.address import (
    HTTPS_PORT,
    HttpsAddress,
    IPAddress,
    is_public,
    parse_address,
    parse_https,
    shown,
)
from openbadge_issuer.resolution.fetching import (
    JSON_TYPES,
    MAX_DOCUMENT_BYTES,
    MAX_REDIRECTS,
    TIMEOUT_SECONDS,
    Fetched,
)

if TYPE_CHECKING:
    import ssl

    import httpx

    from openbadge_issuer.resolution.pinned_transport import Deadline

Resolve: TypeAlias = Callable[[str], Iterable[str]]
"""Gives the IP addresses of a DNS name as text; raises OSError if there are none."""


class GuardedFetcher:
    """The fetcher for the open web.

    Only https; only public machines; the DNS answer is checked once and the connection made to just those
    addresses, so a second answer cannot lead elsewhere; every redirect passes the same checks; size and
    total time are capped; compressed answers and web pages are refused. It keeps no cookies, sends no
    credentials and asks no proxy. One object may serve many threads.

    Args:
        timeout: seconds for one document as a whole, however slowly it drips.
        max_redirects: how many redirects are followed.
        resolve: the DNS resolver.
        transport: another httpx transport instead of sockets; the checks before it stay.
        allow_hosts: if any are named, only these hosts are asked, redirects included.
        permitted: the check that every address of a host must pass.
        ssl_context: how certificates are checked; by default against the public authorities.
        clock: a monotonic clock, in seconds.
    """

    def __init__(
        self,
        *,
        timeout: float = TIMEOUT_SECONDS,
        max_redirects: int = MAX_REDIRECTS,
        resolve: Resolve | None = None,
        transport: httpx.BaseTransport | None = None,
        allow_hosts: Collection[str] = (),
        permitted: Callable[[IPAddress], bool] = is_public,
        ssl_context: ssl.SSLContext | None = None,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._timeout = timeout
        self._max_redirects = max_redirects
        self._resolve = resolve or system_addresses
        self._transport = transport
        self._allow_hosts = frozenset(host.lower() for host in allow_hosts)
        self._permitted = permitted
        self._ssl_context = ssl_context
        self._clock = clock

    def fetch(
        self, url: str, *, accept: str = "application/json", max_bytes: int = MAX_DOCUMENT_BYTES
    ) -> Fetched:
        """Bring the document at `url`; see `Fetcher.fetch`.

        Raises:
            ResolutionError: FETCH-URL, -SCHEME, -CREDENTIALS, -HOST, -ADDRESS, -REDIRECT, -TOO-LARGE,
                -TIMEOUT, -ENCODING, -CONTENT-TYPE or -FAILED.
        """
        from openbadge_issuer.resolution.pinned_transport import (  # noqa: PLC0415  # imports httpx
            Deadline,
        )

        deadline = Deadline(self._timeout, clock=self._clock)
        address = parse_https(url)
        for _ in range(self._max_redirects + 1):
            hop = self._ask(address, accept=accept, max_bytes=max_bytes, deadline=deadline)
            if isinstance(hop, _Answer):
                return Fetched(url, address.url, hop.status, hop.content_type, hop.body)
            address = parse_https(hop)
        raise ResolutionError("FETCH-REDIRECT", url=shown(url), limit=self._max_redirects)

    def _ask(
        self, address: HttpsAddress, *, accept: str, max_bytes: int, deadline: Deadline
    ) -> _Answer | str:
        """Return the answer of one host, or the URL that it redirects to."""
        import httpx  # noqa: PLC0415  # heavy

        if self._allow_hosts and address.host not in self._allow_hosts:
            raise ResolutionError("FETCH-HOST", host=address.host)
        if not deadline.remaining():
            raise ResolutionError("FETCH-TIMEOUT", host=address.host)
        addresses = self._checked_addresses(address, deadline)
        transport = self._transport or self._pinned(addresses, deadline)
        request = httpx.Request("GET", address.url, headers={**_HEADERS, "Accept": accept})
        try:
            response = transport.handle_request(request)
            try:
                return _read(response, address=address, accept=accept, max_bytes=max_bytes, deadline=deadline)
            finally:
                response.close()
        except httpx.TimeoutException as error:
            raise ResolutionError("FETCH-TIMEOUT", host=address.host) from error
        except (httpx.HTTPError, httpx.InvalidURL, httpx.StreamError) as error:
            raise ResolutionError(
                "FETCH-FAILED", host=address.host, problem=shown(str(error) or type(error).__name__)
            ) from error
        finally:
            if transport is not self._transport:
                transport.close()

    def _checked_addresses(self, address: HttpsAddress, deadline: Deadline) -> list[IPAddress]:
        addresses: list[IPAddress] = []
        for text in _resolved_in_time(self._resolve, address.host, deadline):
            found = parse_address(text)
            if found is None or not self._permitted(found):
                raise ResolutionError("FETCH-ADDRESS", host=address.host, address=shown(text))
            addresses.append(found)
        if not addresses:
            raise ResolutionError("FETCH-FAILED", host=address.host, problem="no address")
        return addresses

    def _pinned(self, addresses: list[IPAddress], deadline: Deadline) -> httpx.BaseTransport:
        from openbadge_issuer.resolution.pinned_transport import (  # noqa: PLC0415  # imports httpx
            PinnedTransport,
        )

        context = self._ssl_context or _public_authorities()
        return PinnedTransport(addresses, deadline=deadline, ssl_context=context)


def system_addresses(host: str) -> list[str]:
    """Ask the machine's own resolver for the addresses of a DNS name."""
    import socket  # noqa: PLC0415  # only this package may open one

    found = socket.getaddrinfo(host, HTTPS_PORT, type=socket.SOCK_STREAM)
    return list(dict.fromkeys(str(entry[4][0]) for entry in found))


@dataclass(frozen=True, slots=True)
class _Answer:
    status: int
    content_type: str | None
    body: bytes


def _read(
    response: httpx.Response, *, address: HttpsAddress, accept: str, max_bytes: int, deadline: Deadline
) -> _Answer | str:
    if response.status_code in _REDIRECTS:
        return _target(response, address)
    content_type = _media_type(response.headers.get("content-type"))
    encoding = response.headers.get("content-encoding", "identity").strip().lower()
    plain = encoding in ("", "identity")
    wanted = content_type is None or _is_wanted(content_type, accept)
    if response.status_code >= _FIRST_ERROR and not (plain and wanted):
        return _Answer(response.status_code, content_type, b"")  # an error page for people
    if not plain:
        raise ResolutionError("FETCH-ENCODING", host=address.host, encoding=shown(encoding))
    if not wanted:
        raise ResolutionError("FETCH-CONTENT-TYPE", url=shown(address.url), found=shown(content_type or ""))
    body = _body(response, address=address, max_bytes=max_bytes, deadline=deadline)
    return _Answer(response.status_code, content_type, body)


def _target(response: httpx.Response, address: HttpsAddress) -> str:
    import httpx  # noqa: PLC0415  # heavy

    location = response.headers.get("location")
    if location is None:
        raise ResolutionError("FETCH-FAILED", host=address.host, problem="a redirect without a target")
    return str(httpx.URL(address.url).join(location))


def _body(response: httpx.Response, *, address: HttpsAddress, max_bytes: int, deadline: Deadline) -> bytes:
    too_large = ResolutionError("FETCH-TOO-LARGE", url=shown(address.url), limit=max_bytes)
    announced = response.headers.get("content-length", "")
    if announced.isascii() and announced.isdigit() and _exceeds(announced, max_bytes):
        raise too_large
    body = bytearray()
    # The stream itself, because httpx would decode what a host compresses against our wish.
    for chunk in _chunks(response):
        if not deadline.remaining():
            raise ResolutionError("FETCH-TIMEOUT", host=address.host)
        body += chunk
        if len(body) > max_bytes:
            raise too_large
    return bytes(body)


def _chunks(response: httpx.Response) -> Iterable[bytes]:
    import httpx  # noqa: PLC0415  # heavy

    stream = response.stream
    if not isinstance(stream, httpx.SyncByteStream):
        raise httpx.StreamError("the transport gave no stream")
    return stream


def _exceeds(digits: str, limit: int) -> bool:
    return len(digits) > _MAX_DIGITS or int(digits) > limit


def _media_type(header: str | None) -> str | None:
    if header is None:
        return None
    return header.partition(";")[0].strip().lower() or None


def _is_wanted(content_type: str, accept: str) -> bool:
    wanted = {_media_type(entry) for entry in accept.split(",")}
    if content_type in wanted:
        return True
    if content_type in _PAGES:  # an error page, a log-in page or a single-page application
        return False
    if "*/*" in wanted or f"{content_type.partition('/')[0]}/*" in wanted:
        return True
    return content_type in JSON_TYPES and not wanted.isdisjoint(JSON_TYPES)


def _resolved_in_time(resolve: Resolve, host: str, deadline: Deadline) -> list[str]:
    """Look a name up in a thread, because the system's resolver cannot be interrupted."""
    found: list[str] = []
    failures: list[Exception] = []

    def look_up() -> None:
        try:
            found.extend(resolve(host))
        except (OSError, UnicodeError) as error:  # getaddrinfo raises either
            failures.append(error)

    thread = threading.Thread(target=look_up, name=f"resolve {host}", daemon=True)
    thread.start()
    thread.join(deadline.remaining())
    if thread.is_alive():
        raise ResolutionError("FETCH-TIMEOUT", host=host)
    if failures:
        raise ResolutionError("FETCH-FAILED", host=host, problem=shown(str(failures[0]))) from failures[0]
    return found


@functools.cache
def _public_authorities() -> ssl.SSLContext:
    import httpx  # noqa: PLC0415  # heavy

    return httpx.create_ssl_context(trust_env=False)


_HEADERS = {
    "Accept-Encoding": "identity",  # a compressed answer could be a bomb
    "Connection": "close",
    "User-Agent": "openbadge-issuer",
}
_REDIRECTS = frozenset({301, 302, 303, 307, 308})
_FIRST_ERROR = 400
_PAGES = frozenset({"text/html", "application/xhtml+xml"})
_MAX_DIGITS = 18
