"""The guarded fetcher against real TLS servers on loopback that lie in every way they can."""

from __future__ import annotations

import datetime as dt
import gzip
import ipaddress
import socket
import ssl
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec

from openbadge_issuer.errors import ResolutionError
from openbadge_issuer.resolution.address import IPAddress
from openbadge_issuer.resolution.guarded_fetcher import GuardedFetcher

HOST = "badges.example"
LONG = 20.0  # seconds, never waited for
SHORT = 0.3  # seconds, waited for by the few tests of the deadline
JSON_HEAD = b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n"

Behaviour = Callable[[ssl.SSLSocket, threading.Event], None]


class Authority:
    """A certificate authority that lives as long as the tests."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.key = ec.generate_private_key(ec.SECP256R1())
        self.name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "Test authority")])
        self.certificate = self._certificate(self.name, self.key.public_key(), authority=True)
        self.file = folder / "authority.pem"
        self.file.write_bytes(self.certificate.public_bytes(serialization.Encoding.PEM))

    def _certificate(
        self, name: x509.Name, key: ec.EllipticCurvePublicKey, *, authority: bool
    ) -> x509.Certificate:
        builder = x509.CertificateBuilder(
            issuer_name=self.name,
            subject_name=name,
            public_key=key,
            serial_number=x509.random_serial_number(),
            not_valid_before=dt.datetime(2020, 1, 1, tzinfo=dt.UTC),
            not_valid_after=dt.datetime(2120, 1, 1, tzinfo=dt.UTC),
        )
        if authority:
            builder = builder.add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
        else:
            host = str(name.get_attributes_for_oid(x509.NameOID.COMMON_NAME)[0].value)
            names = x509.SubjectAlternativeName([x509.DNSName(host)])
            builder = builder.add_extension(names, critical=False)
        return builder.sign(self.key, hashes.SHA256())

    def server_context(self, host: str) -> ssl.SSLContext:
        """Make what a server of this name needs."""
        key = ec.generate_private_key(ec.SECP256R1())
        name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, host)])
        certificate = self._certificate(name, key.public_key(), authority=False)
        file = self.folder / f"{host}.pem"
        private = key.private_bytes(
            serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
        )
        file.write_bytes(private + certificate.public_bytes(serialization.Encoding.PEM))
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(file)
        return context

    def client_context(self) -> ssl.SSLContext:
        """Make what a client needs that trusts this authority alone."""
        return ssl.create_default_context(cafile=str(self.file))


class Server:
    """One TLS server on loopback that behaves as told, and notes the server names it was asked for."""

    def __init__(self, context: ssl.SSLContext, behaviour: Behaviour) -> None:
        self.names: list[str | None] = []
        self.requests: list[bytes] = []
        self.done = threading.Event()
        self._behaviour = behaviour
        self._context = context
        context.sni_callback = lambda _socket, name, _context: self.names.append(name)
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.port: int = self._listener.getsockname()[1]
        self._thread = threading.Thread(target=self._run, daemon=True)
        self._thread.start()

    def _run(self) -> None:
        while True:
            try:
                raw, _ = self._listener.accept()
            except OSError:  # closed
                return
            try:
                with self._context.wrap_socket(raw, server_side=True) as connection:
                    self.requests.append(connection.recv(65536))
                    self._behaviour(connection, self.done)
            except OSError:  # the client hung up, as it should
                continue

    def close(self) -> None:
        """Stop serving."""
        self.done.set()
        self._listener.shutdown(socket.SHUT_RDWR)
        self._listener.close()
        self._thread.join()


@pytest.fixture(scope="module")
def authority(tmp_path_factory: pytest.TempPathFactory) -> Authority:
    return Authority(tmp_path_factory.mktemp("authority"))


@pytest.fixture
def serve(authority: Authority) -> Iterator[Callable[..., Server]]:
    servers: list[Server] = []

    def start(behaviour: Behaviour, *, host: str = HOST) -> Server:
        servers.append(Server(authority.server_context(host), behaviour))
        return servers[-1]

    yield start
    for server in servers:
        server.close()


def loopback(address: IPAddress) -> bool:
    return address == ipaddress.ip_address("127.0.0.1")


def guarded(
    authority: Authority, *, timeout: float = LONG, addresses: tuple[str, ...] = ("127.0.0.1",)
) -> GuardedFetcher:
    return GuardedFetcher(
        timeout=timeout,
        resolve=lambda _host: addresses,
        permitted=loopback,
        ssl_context=authority.client_context(),
    )


def sending(*parts: bytes) -> Behaviour:
    def behave(connection: ssl.SSLSocket, _done: threading.Event) -> None:
        for part in parts:
            connection.sendall(part)

    return behave


def sending_then_silent(*parts: bytes) -> Behaviour:
    def behave(connection: ssl.SSLSocket, done: threading.Event) -> None:
        sending(*parts)(connection, done)
        done.wait()

    return behave


def sending_forever(head: bytes, part: bytes) -> Behaviour:
    def behave(connection: ssl.SSLSocket, done: threading.Event) -> None:
        connection.sendall(head)
        while not done.is_set():
            connection.sendall(part)

    return behave


def answer(body: bytes, *, head: bytes = JSON_HEAD) -> bytes:
    return head + f"Content-Length: {len(body)}\r\n\r\n".encode() + body


def code(fetcher: GuardedFetcher, url: str, *, max_bytes: int = 100_000) -> str:
    with pytest.raises(ResolutionError) as caught:
        fetcher.fetch(url, max_bytes=max_bytes)
    return caught.value.code


def url(server: Server, path: str = "/did.json") -> str:
    return f"https://{HOST}:{server.port}{path}"


def test_a_document_comes_over_tls_under_the_name_that_was_asked(
    authority: Authority, serve: Callable[..., Server]
) -> None:
    server = serve(sending(answer(b'{"id": 1}')))
    fetched = guarded(authority).fetch(url(server))
    assert (fetched.status, fetched.body) == (200, b'{"id": 1}')
    assert server.names == [HOST]
    assert f"\r\nHost: {HOST}:{server.port}\r\n".encode() in server.requests[0]
    assert server.requests[0].startswith(b"GET /did.json HTTP/1.1\r\n")


def test_a_chunked_document_comes_whole(authority: Authority, serve: Callable[..., Server]) -> None:
    chunks = b"Transfer-Encoding: chunked\r\n\r\n1\r\n{\r\n1\r\n}\r\n0\r\n\r\n"
    assert guarded(authority).fetch(url(serve(sending(JSON_HEAD + chunks)))).body == b"{}"


def test_many_threads_share_one_fetcher(authority: Authority, serve: Callable[..., Server]) -> None:
    server = serve(sending(answer(b"{}")))
    fetcher = guarded(authority)
    bodies: list[bytes] = []
    threads = [
        threading.Thread(target=lambda: bodies.append(fetcher.fetch(url(server)).body)) for _ in range(4)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert bodies == [b"{}"] * 4


def test_the_second_address_is_tried_when_the_first_does_not_answer(
    authority: Authority, serve: Callable[..., Server]
) -> None:
    server = serve(sending(answer(b"{}")))
    fetcher = GuardedFetcher(
        timeout=LONG,
        resolve=lambda _host: ("127.0.0.2", "127.0.0.1"),
        permitted=lambda address: address.is_loopback,
        ssl_context=authority.client_context(),
    )
    assert fetcher.fetch(url(server)).body == b"{}"


def test_a_certificate_for_another_name_is_refused(
    authority: Authority, serve: Callable[..., Server]
) -> None:
    server = serve(sending(answer(b"{}")), host="other.example")
    assert code(guarded(authority), url(server)) == "FETCH-FAILED"
    assert not server.requests


def test_a_certificate_of_an_unknown_authority_is_refused(serve: Callable[..., Server]) -> None:
    server = serve(sending(answer(b"{}")))
    fetcher = GuardedFetcher(timeout=LONG, resolve=lambda _host: ["127.0.0.1"], permitted=loopback)
    assert code(fetcher, url(server)) == "FETCH-FAILED"
    assert not server.requests


def test_without_a_permission_loopback_is_never_connected_to(
    authority: Authority, serve: Callable[..., Server]
) -> None:
    server = serve(sending(answer(b"{}")))
    fetcher = GuardedFetcher(resolve=lambda _host: ["127.0.0.1"], ssl_context=authority.client_context())
    assert code(fetcher, url(server)) == "FETCH-ADDRESS"
    assert not server.names


def test_a_second_dns_answer_cannot_lead_elsewhere(
    authority: Authority, serve: Callable[..., Server], monkeypatch: pytest.MonkeyPatch
) -> None:
    server = serve(sending(answer(b"{}")))
    answers = iter([["127.0.0.1"], ["10.0.0.1"]])
    connected: list[object] = []
    connect = socket.create_connection

    def noting(address: tuple[str, int], *arguments: object, **options: object) -> socket.socket:
        connected.append(address)
        return connect(address, *arguments, **options)  # type: ignore[arg-type]

    monkeypatch.setattr(socket, "create_connection", noting)
    fetcher = GuardedFetcher(
        timeout=LONG,
        resolve=lambda _host: next(answers),
        permitted=loopback,
        ssl_context=authority.client_context(),
    )
    assert fetcher.fetch(url(server)).body == b"{}"
    assert connected == [("127.0.0.1", server.port)]
    assert code(fetcher, url(server)) == "FETCH-ADDRESS"
    assert len(connected) == 1


def test_an_endless_body_is_cut(authority: Authority, serve: Callable[..., Server]) -> None:
    server = serve(sending_forever(JSON_HEAD + b"\r\n", b"x" * 4096))
    assert code(guarded(authority), url(server)) == "FETCH-TOO-LARGE"


def test_what_follows_the_announced_length_is_no_part_of_the_body(
    authority: Authority, serve: Callable[..., Server]
) -> None:
    server = serve(sending(JSON_HEAD + b"Content-Length: 2\r\n\r\n{}{}"))
    assert guarded(authority).fetch(url(server)).body == b"{}"


def test_a_body_shorter_than_announced_is_a_failure(
    authority: Authority, serve: Callable[..., Server]
) -> None:
    server = serve(sending(JSON_HEAD + b"Content-Length: 100\r\n\r\n{}"))
    assert code(guarded(authority), url(server)) == "FETCH-FAILED"


def test_endless_headers_are_cut(authority: Authority, serve: Callable[..., Server]) -> None:
    server = serve(sending_forever(JSON_HEAD, b"X-Padding: " + b"x" * 4096 + b"\r\n"))
    assert code(guarded(authority), url(server)) == "FETCH-FAILED"


def test_what_is_no_http_is_a_failure(authority: Authority, serve: Callable[..., Server]) -> None:
    assert code(guarded(authority), url(serve(sending(b"SSH-2.0-x\r\n\r\n")))) == "FETCH-FAILED"
    assert code(guarded(authority), url(serve(sending()))) == "FETCH-FAILED"


def test_a_compressed_bomb_is_refused_unopened(authority: Authority, serve: Callable[..., Server]) -> None:
    bomb = gzip.compress(b"0" * 10_000_000)
    server = serve(sending(answer(bomb, head=JSON_HEAD + b"Content-Encoding: gzip\r\n")))
    assert code(guarded(authority), url(server)) == "FETCH-ENCODING"


def test_a_web_page_is_no_document(authority: Authority, serve: Callable[..., Server]) -> None:
    server = serve(sending(answer(b"<html>", head=b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n")))
    assert code(guarded(authority), url(server)) == "FETCH-CONTENT-TYPE"


@pytest.mark.parametrize(
    "sent",
    [b"", JSON_HEAD, JSON_HEAD + b"\r\n", JSON_HEAD + b"Content-Length: 9\r\n\r\n{"],
    ids=["nothing", "part of the headers", "no body", "part of the body"],
)
def test_a_server_that_falls_silent_is_cut(
    authority: Authority, serve: Callable[..., Server], sent: bytes
) -> None:
    server = serve(sending_then_silent(sent))
    assert code(guarded(authority, timeout=SHORT), url(server)) == "FETCH-TIMEOUT"


def test_a_drip_that_never_pauses_long_is_cut_by_the_total_time(
    authority: Authority, serve: Callable[..., Server]
) -> None:
    def drip(connection: ssl.SSLSocket, done: threading.Event) -> None:
        connection.sendall(JSON_HEAD)
        while not done.wait(SHORT / 20):
            connection.sendall(b"X: y\r\n")

    server = serve(drip)
    assert code(guarded(authority, timeout=SHORT), url(server)) == "FETCH-TIMEOUT"


def test_a_server_that_never_shakes_hands_is_cut(authority: Authority) -> None:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        target = f"https://{HOST}:{listener.getsockname()[1]}/"
        assert code(guarded(authority, timeout=SHORT), target) == "FETCH-TIMEOUT"


def test_a_closed_port_is_a_failure(authority: Authority) -> None:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        port = listener.getsockname()[1]
    assert code(guarded(authority), f"https://{HOST}:{port}/") == "FETCH-FAILED"


def redirecting(target: str) -> Behaviour:
    head = f"HTTP/1.1 302 Found\r\nLocation: {target}\r\n".encode()
    return sending(answer(b"", head=head))


def test_a_redirect_loop_over_tls_ends(authority: Authority, serve: Callable[..., Server]) -> None:
    server = serve(redirecting("/did.json"))
    assert code(guarded(authority), url(server)) == "FETCH-REDIRECT"
    assert len(server.requests) == 6


@pytest.mark.parametrize(
    ("target", "expected"),
    [
        ("http://badges.example/", "FETCH-SCHEME"),
        ("https://127.0.0.1/", "FETCH-ADDRESS"),
        ("https://169.254.169.254/latest/meta-data/", "FETCH-ADDRESS"),
    ],
)
def test_a_redirect_over_tls_passes_the_same_checks(
    authority: Authority, serve: Callable[..., Server], target: str, expected: str
) -> None:
    server = serve(redirecting(target))
    assert code(guarded(authority), url(server)) == expected
    assert len(server.requests) == 1


def test_a_redirect_to_another_server_is_followed_under_its_own_name(
    authority: Authority, serve: Callable[..., Server]
) -> None:
    second = serve(sending(answer(b"{}")), host="other.example")
    first = serve(redirecting(f"https://other.example:{second.port}/x"))
    fetched = guarded(authority).fetch(url(first))
    assert fetched.final_url == f"https://other.example:{second.port}/x"
    assert (first.names, second.names) == ([HOST], ["other.example"])


def test_the_environment_names_no_proxy(
    authority: Authority, serve: Callable[..., Server], monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("HTTPS_PROXY", "https_proxy", "ALL_PROXY", "all_proxy"):
        monkeypatch.setenv(name, "http://127.0.0.1:9")
    server = serve(sending(answer(b"{}")))
    assert guarded(authority).fetch(url(server)).body == b"{}"
