"""The socket: to checked addresses only, under the name that was asked, within one deadline.

This module imports httpx and httpcore and is itself imported only when something is fetched.
"""

from __future__ import annotations

import ssl
import typing
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager

import httpcore
import httpx

from openbadge_issuer.resolution.address import IPAddress


class Deadline:
    """A moment after which nothing is waited for, on a monotonic clock."""

    def __init__(self, seconds: float, *, clock: Callable[[], float]) -> None:
        self._clock = clock
        self._end = clock() + seconds

    def remaining(self) -> float:
        """Return the seconds that are left, 0 if none."""
        return max(0.0, self._end - self._clock())


class PinnedTransport(httpx.BaseTransport):
    """Connects to the given addresses and no others, whatever DNS would say now.

    The name in the URL still goes into the TLS handshake and the Host header, and the certificate must be
    for that name. One request, one connection: a pool could reuse a connection that was checked for another
    name. There are no proxies, cookies or credentials here at all.
    """

    def __init__(
        self, addresses: Sequence[IPAddress], *, deadline: Deadline, ssl_context: ssl.SSLContext
    ) -> None:
        self._pool = httpcore.ConnectionPool(
            ssl_context=ssl_context,
            max_connections=1,
            max_keepalive_connections=0,
            http1=True,
            http2=False,
            network_backend=_PinnedBackend(addresses, deadline),
        )

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        """Send one request; the body of the answer is read as it is iterated."""
        url = request.url
        with _as_httpx_errors():
            response = self._pool.handle_request(
                httpcore.Request(
                    method=request.method,
                    url=httpcore.URL(
                        scheme=url.raw_scheme, host=url.raw_host, port=url.port, target=url.raw_path
                    ),
                    headers=request.headers.raw,
                )
            )
        body = typing.cast("Iterable[bytes]", response.stream)
        return httpx.Response(
            status_code=response.status, headers=response.headers, stream=_Body(body, response.close)
        )

    def close(self) -> None:
        """Close the connection."""
        self._pool.close()


class _Body(httpx.SyncByteStream):
    def __init__(self, chunks: Iterable[bytes], close: Callable[[], None]) -> None:
        self._chunks = chunks
        self._close = close

    def __iter__(self) -> Iterator[bytes]:
        with _as_httpx_errors():
            yield from self._chunks

    def close(self) -> None:
        self._close()


@contextmanager
def _as_httpx_errors() -> Iterator[None]:
    """Give httpcore's exceptions the two names that matter here."""
    try:
        yield
    except httpcore.TimeoutException as error:
        raise httpx.ReadTimeout(str(error)) from error
    except (httpcore.NetworkError, httpcore.ProtocolError) as error:
        raise httpx.NetworkError(str(error)) from error


class _PinnedBackend(httpcore.NetworkBackend):
    def __init__(self, addresses: Sequence[IPAddress], deadline: Deadline) -> None:
        self._addresses = addresses
        self._deadline = deadline
        self._backend = httpcore.SyncBackend()

    def connect_tcp(
        self,
        host: str,  # noqa: ARG002  # the name was looked up and checked before
        port: int,
        timeout: float | None = None,  # noqa: ARG002  # the deadline rules
        local_address: str | None = None,
        socket_options: Iterable[httpcore.SOCKET_OPTION] | None = None,
    ) -> httpcore.NetworkStream:
        failure: Exception = httpcore.ConnectError("no address")
        for left, address in zip(range(len(self._addresses), 0, -1), self._addresses, strict=True):
            try:
                stream = self._backend.connect_tcp(
                    str(address),
                    port,
                    timeout=_share(self._deadline, left),  # a dead address must not use up all the time
                    local_address=local_address,
                    socket_options=socket_options,
                )
            except (httpcore.ConnectError, httpcore.ConnectTimeout) as error:
                failure = error
            else:
                return _DeadlineStream(stream, self._deadline)
        raise failure


class _DeadlineStream(httpcore.NetworkStream):
    """A stream on which no wait is longer than what is left in all, so a slow drip is cut."""

    def __init__(self, stream: httpcore.NetworkStream, deadline: Deadline) -> None:
        self._stream = stream
        self._deadline = deadline

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:  # noqa: ARG002  # the deadline rules
        return self._stream.read(max_bytes, timeout=_share(self._deadline))

    def write(self, buffer: bytes, timeout: float | None = None) -> None:  # noqa: ARG002  # the deadline rules
        self._stream.write(buffer, timeout=_share(self._deadline))

    def close(self) -> None:
        self._stream.close()

    def start_tls(
        self,
        ssl_context: ssl.SSLContext,
        server_hostname: str | None = None,
        timeout: float | None = None,  # noqa: ARG002  # the deadline rules
    ) -> httpcore.NetworkStream:
        stream = self._stream.start_tls(
            ssl_context, server_hostname=server_hostname, timeout=_share(self._deadline)
        )
        return _DeadlineStream(stream, self._deadline)

    def get_extra_info(self, info: str) -> object:
        return self._stream.get_extra_info(info)


def _share(deadline: Deadline, parts: int = 1) -> float:
    remaining = deadline.remaining()
    if remaining <= 0:  # a timeout of 0 would mean "do not block" to a socket
        raise httpcore.ReadTimeout("the time is up")
    return remaining / parts
