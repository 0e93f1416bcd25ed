"""A notice: what one person is told, as plain text, as a page, and as an e-mail message."""

from __future__ import annotations

import hashlib
import html
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from email.message import EmailMessage
from email.utils import format_datetime, formataddr
from string import Formatter

from openbadge_issuer.errors.rule import Language
from openbadge_issuer.issuing.notices.words import NoticeKind, words_of

_ITEM = "- "


@dataclass(frozen=True, slots=True)
class Attachment:
    """A file that goes along: its name, its media type (`image/svg+xml`), its bytes."""

    name: str
    media_type: str
    data: bytes = field(repr=False)


@dataclass(frozen=True, slots=True)
class Notice:
    """What one person is told.

    Attributes:
        reference: the stream that it belongs to, and by which a carrier names its file.
        kind: what is told.
        language: in which language.
        to: the e-mail addresses, of the person and perhaps a guardian; none means paper.
        sender: the address of the organisation's role.
        sender_name: the organisation's name.
        subject: the subject line.
        paragraphs: the text; lines that begin with a hyphen are items of a list.
        attachments: the files that go along.
        code: what a machine reads off the paper (a claim code), shown as a QR code.
    """

    reference: str
    kind: NoticeKind
    language: Language
    to: tuple[str, ...]
    sender: str
    sender_name: str
    subject: str
    paragraphs: tuple[str, ...]
    attachments: tuple[Attachment, ...] = ()
    code: str | None = field(default=None, repr=False)

    @property
    def text(self) -> str:
        """The notice as plain text."""
        return "\n\n".join(self.paragraphs) + f"\n\n{self.sender_name}\n"

    @property
    def digest(self) -> str:
        """The SHA-256 of what was told, in hex, for the record."""
        return hashlib.sha256(f"{self.subject}\n\n{self.text}".encode()).hexdigest()

    def page(self) -> str:
        """Write it as a page to print or to show: no scripts, no pictures from elsewhere."""
        body = "\n".join(_paragraph(one) for one in self.paragraphs)
        code = "" if self.code is None else f"\n<p>{_qr(self.code, self.language)}</p>"
        return _PAGE.format(
            language=self.language,
            style=_STYLE,
            subject=html.escape(self.subject),
            body=body,
            code=code,
            sender=html.escape(self.sender_name),
        )

    def message(self, *, now: datetime) -> EmailMessage:
        """Write it as an e-mail message (RFC 5322), as text and as a page, with its attachments."""
        message = EmailMessage()
        message["From"] = formataddr((_header(self.sender_name), _header(self.sender)))
        message["To"] = ", ".join(_header(one) for one in self.to)
        message["Subject"] = _header(self.subject)
        message["Date"] = format_datetime(now)
        message["Message-ID"] = f"<{self.digest[:32]}@{self.sender.rpartition('@')[2]}>"
        message["Auto-Submitted"] = "auto-generated"
        message.set_content(self.text)
        message.add_alternative(self.page(), subtype="html")
        message["Content-Language"] = self.language  # here, or it would go with the text into its part
        for item in self.attachments:
            main, _, sub = item.media_type.partition("/")
            message.add_attachment(item.data, maintype=main, subtype=sub, filename=item.name)
        return message


def compose(kind: NoticeKind, language: Language, details: Mapping[str, str]) -> tuple[str, tuple[str, ...]]:
    """Fill the words of a notice: returns the subject and the paragraphs.

    A paragraph with a placeholder that has no value, or an empty one, is left out.
    """
    subject, paragraphs = words_of(kind, language)
    filled = tuple(
        paragraph.format_map(details)
        for paragraph in paragraphs
        if all(details.get(name) for name in _placeholders(paragraph))
    )
    return _header(subject.format_map(details)), filled


def _placeholders(text: str) -> list[str]:
    return [name for _, name, _, _ in Formatter().parse(text) if name]


def _header(text: str) -> str:
    """Keep what stands in a header on its line; what people write must not add one."""
    return " ".join("".join(sign if sign.isprintable() else " " for sign in text).split())


def _paragraph(text: str) -> str:
    """Write a paragraph, and the list that may follow its first line, as HTML."""
    lines = text.split("\n")
    items = [line.removeprefix(_ITEM) for line in lines if line.startswith(_ITEM)]
    plain = " ".join(html.escape(line) for line in lines if not line.startswith(_ITEM))
    listed = "".join(f"<li>{html.escape(item)}</li>" for item in items)
    return f"<p>{plain}</p>" + (f"\n<ul>{listed}</ul>" if listed else "")


def _qr(code: str, language: Language) -> str:
    # Local: of the extra `register`, and most notices have no code.
    import segno  # noqa: PLC0415

    title = "The code as a picture" if language == "en" else "De code als plaatje"
    drawn: str = segno.make(code, error="m", micro=False).svg_inline(scale=4, border=4, title=title)
    return drawn


_STYLE = "font: 1rem/1.5 sans-serif; max-width: 40rem; margin: 2rem auto; padding: 0 1rem; color: #1a1a1a"
_PAGE = """<!DOCTYPE html>
<html lang="{language}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{subject}</title>
</head>
<body style="{style}">
<main>
<h1>{subject}</h1>
{body}{code}
<p>{sender}</p>
</main>
</body>
</html>
"""
