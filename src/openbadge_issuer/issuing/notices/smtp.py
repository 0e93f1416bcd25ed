"""Notices by e-mail, over SMTP with TLS (RFC 5321, RFC 3207, RFC 8314).

The address of the server is the organisation's own and no stranger's choice, so it is not guarded as what
`resolution` fetches is. What is guarded is the password and the message: they leave this machine only under
TLS with a certificate that holds.
"""

from __future__ import annotations

import smtplib
import ssl
from dataclasses import dataclass, field
from datetime import datetime

from openbadge_issuer.errors import IssuingError
from openbadge_issuer.issuing.notices.carrier import Delivery, Outcome
from openbadge_issuer.issuing.notices.notice import Notice

SECONDS = 30.0
"""How long the server may take for one answer."""

_IMPLICIT_TLS = 465
_LOOPBACK = frozenset({"localhost", "127.0.0.1", "::1"})
_NEVER = range(550, 560)  # the mailbox does not exist or does not want it (RFC 5321, section 4.2.3)


@dataclass(frozen=True, slots=True)
class SmtpCarrier:
    """Sends every notice as an e-mail message.

    Attributes:
        host: the server; without TLS only this machine itself.
        port: 465 speaks TLS from the start, all others are asked for STARTTLS.
        user: the name to log in with; without one nobody logs in.
        password: its password.
        tls: how certificates are judged; by the authorities that this machine trusts if None.
    """

    host: str
    port: int = 587
    user: str | None = None
    password: str | None = field(default=None, repr=False)
    tls: ssl.SSLContext | None = field(default=None, repr=False)

    @property
    def channel(self) -> str:
        """The name under which a delivery is recorded."""
        return "smtp"

    def deliver(self, notice: Notice, *, now: datetime) -> Delivery:
        """Send one notice; what the server refuses, or that it cannot be reached, is the outcome.

        Raises:
            IssuingError: `NOTICE-PLAIN`, the server offers no TLS and is not this machine.
        """
        if not notice.to:
            return Delivery(self.channel, "impossible", "no e-mail address")
        try:
            with self._connected() as server:
                server.send_message(notice.message(now=now), notice.sender, list(notice.to))
        except smtplib.SMTPRecipientsRefused as error:
            code, answer = next(iter(error.recipients.values()))
            return Delivery(self.channel, _outcome(code), _said(code, answer))
        except smtplib.SMTPResponseException as error:
            return Delivery(self.channel, "failed", _said(error.smtp_code, error.smtp_error))
        except (OSError, smtplib.SMTPException) as error:
            return Delivery(self.channel, "failed", type(error).__name__)
        return Delivery(self.channel, "delivered")

    def _connected(self) -> smtplib.SMTP:
        context = self.tls or ssl.create_default_context()
        if self.port == _IMPLICIT_TLS:
            server: smtplib.SMTP = smtplib.SMTP_SSL(self.host, self.port, timeout=SECONDS, context=context)
        else:
            server = smtplib.SMTP(self.host, self.port, timeout=SECONDS)
        try:
            self._secure(server, context)
            if self.user is not None:
                server.login(self.user, self.password or "")
        except BaseException:
            server.close()
            raise
        return server

    def _secure(self, server: smtplib.SMTP, context: ssl.SSLContext) -> None:
        if self.port == _IMPLICIT_TLS:
            return
        server.ehlo()
        if server.has_extn("starttls"):
            server.starttls(context=context)
            server.ehlo()
        elif self.host not in _LOOPBACK:
            raise IssuingError("NOTICE-PLAIN", host=self.host)


def _outcome(code: int) -> Outcome:
    return "impossible" if code in _NEVER else "failed"


def _said(code: int, answer: bytes | str) -> str:
    text = answer.decode("utf-8", "replace") if isinstance(answer, bytes) else answer
    return f"{code} {' '.join(text.split())}"[:200]
