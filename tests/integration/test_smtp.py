"""Notices over a real mail server on the loopback interface."""

from __future__ import annotations

import ssl
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from ipaddress import ip_address
from pathlib import Path
from socket import socket

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, AuthResult, Envelope, LoginPassword, Session
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from cryptography.x509.oid import NameOID

from openbadge_issuer.errors import IssuingError
from openbadge_issuer.issuing.notices.notice import Notice
from openbadge_issuer.issuing.notices.smtp import SmtpCarrier

NOW = datetime(2026, 11, 1, tzinfo=UTC)
NOTICE = Notice(
    "award:1", "awarded", "nl", ("ada@example.org",), "b@x.example", "X", "Je “Begeleider”", ("Dag Ada,",)
)  # fmt: skip


class Mailbox:
    """Takes mail for everybody but who has gone or is full."""

    def __init__(self) -> None:
        self.taken: list[Envelope] = []

    async def handle_RCPT(  # noqa: N802  # the name that the server calls
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        """Take a recipient, or say why not."""
        del server, session, options
        if address.startswith("gone@"):
            return "550 no such mailbox"
        if address.startswith("full@"):
            return "452 mailbox full"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:  # noqa: N802  # above
        """Take a message."""
        del server, session
        self.taken.append(envelope)
        return "250 taken"


Login = Callable[[SMTP, Session, Envelope, str, LoginPassword], AuthResult]


@contextmanager
def _serving(
    mailbox: Mailbox, *, tls: ssl.SSLContext | None = None, login: Login | None = None
) -> Iterator[int]:
    with socket() as free:  # the controller wants to know its port beforehand
        free.bind(("127.0.0.1", 0))
        port: int = free.getsockname()[1]
    controller = Controller(
        mailbox,
        hostname="127.0.0.1",
        port=port,
        tls_context=tls,
        authenticator=login,
        auth_required=login is not None,
    )
    controller.start()
    try:
        yield port
    finally:
        controller.stop()


def test_a_notice_arrives_as_it_was_written() -> None:
    mailbox = Mailbox()
    with _serving(mailbox) as port:
        assert SmtpCarrier("127.0.0.1", port).deliver(NOTICE, now=NOW).outcome == "delivered"
    (envelope,) = mailbox.taken
    assert envelope.rcpt_tos == ["ada@example.org"]
    assert isinstance(envelope.content, bytes)
    assert b"Auto-Submitted: auto-generated" in envelope.content


@pytest.mark.parametrize(
    ("address", "outcome"), [("gone@x.example", "impossible"), ("full@x.example", "failed")]
)
def test_what_the_server_refuses_is_recorded_as_it_said_it(address: str, outcome: str) -> None:
    with _serving(Mailbox()) as port:
        delivery = SmtpCarrier("127.0.0.1", port).deliver(replace(NOTICE, to=(address,)), now=NOW)
    assert delivery.outcome == outcome
    assert "mailbox" in delivery.detail


def test_a_server_that_is_not_there_is_tried_again_later() -> None:
    with _serving(Mailbox()) as port:
        pass
    assert SmtpCarrier("127.0.0.1", port).deliver(NOTICE, now=NOW).outcome == "failed"


def test_nothing_is_said_to_a_stranger_without_encryption(monkeypatch: pytest.MonkeyPatch) -> None:
    from openbadge_issuer.issuing.notices import smtp  # noqa: PLC0415  # patched here only

    monkeypatch.setattr(smtp, "_LOOPBACK", frozenset())
    mailbox = Mailbox()
    with _serving(mailbox) as port, pytest.raises(IssuingError) as refused:
        SmtpCarrier("127.0.0.1", port, user="badges", password="hunter2").deliver(NOTICE, now=NOW)
    assert refused.value.code == "NOTICE-PLAIN"
    assert "hunter2" not in str(refused.value)
    assert mailbox.taken == []


def test_with_tls_the_certificate_must_hold_and_the_password_is_used(tmp_path: Path) -> None:
    served, trusting = _certificate(tmp_path)
    logged_in: list[object] = []

    def login(
        server: SMTP, session: Session, envelope: Envelope, mechanism: str, data: LoginPassword
    ) -> AuthResult:
        del server, session, envelope, mechanism
        logged_in.append((data.login, data.password))
        return AuthResult(success=data.password == b"hunter2", handled=False)

    mailbox = Mailbox()
    with _serving(mailbox, tls=served, login=login) as port:
        carrier = SmtpCarrier("127.0.0.1", port, user="badges", password="hunter2")
        assert carrier.deliver(NOTICE, now=NOW).outcome == "failed"
        assert logged_in == []
        assert replace(carrier, tls=trusting).deliver(NOTICE, now=NOW).outcome == "delivered"
        wrong = replace(carrier, tls=trusting, password="wrong").deliver(NOTICE, now=NOW)
    assert logged_in[0] == (b"badges", b"hunter2")
    assert (wrong.outcome, len(mailbox.taken)) == ("failed", 1)


def _certificate(folder: Path) -> tuple[ssl.SSLContext, ssl.SSLContext]:
    """Make a certificate of this machine: the contexts of a server with it and of a client that trusts it."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "127.0.0.1")])
    today = datetime.now(UTC)
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(today - timedelta(days=1))
        .not_valid_after(today + timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.IPAddress(ip_address("127.0.0.1"))]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )
    private = key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    (folder / "tls.pem").write_bytes(private + made.public_bytes(Encoding.PEM))
    served = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    served.load_cert_chain(folder / "tls.pem")
    trusting = ssl.create_default_context(cadata=made.public_bytes(Encoding.PEM).decode())
    return served, trusting
