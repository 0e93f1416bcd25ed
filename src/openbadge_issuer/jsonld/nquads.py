"""N-Quads: the lines of which canonical bytes consist.

A term is kept as its canonical text: `<https://…>`, `_:label`, `"text"`, `"text"@en`, `"1"^^<https://…>`.
So writing a quad is joining four strings, and equal terms are equal strings.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache
from json.encoder import encode_basestring
from typing import NamedTuple, TypeAlias

from openbadge_issuer.errors import DocumentError

Term: TypeAlias = str

RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
XSD = "http://www.w3.org/2001/XMLSchema#"
XSD_STRING = XSD + "string"


class Quad(NamedTuple):
    """One statement; `graph` is empty for the default graph."""

    subject: Term
    predicate: Term
    object: Term
    graph: Term = ""

    def line(self) -> str:
        """Write the quad as one line of canonical N-Quads, with its line break."""
        graph = f" {self.graph}" if self.graph else ""
        return f"{self.subject} {self.predicate} {self.object}{graph} .\n"


def iri(text: str) -> Term:
    """Write an IRI that is known to be absolute and free of forbidden characters."""
    return f"<{text}>"


def blank(label: str) -> Term:
    """Write a blank node by its label, given without `_:`."""
    return f"_:{label}"


def literal(text: str, *, datatype: str = XSD_STRING, language: str | None = None) -> Term:
    """Write a literal; the datatype `xsd:string` is left out, a language replaces the datatype.

    Escapes are those of canonical N-Quads (RDF Dataset Canonicalization, section 5).
    """
    if language is not None:
        return f"{quoted(text)}@{language}"
    return quoted(text) if datatype == XSD_STRING else f"{quoted(text)}^^<{datatype}>"


def quoted(text: str) -> Term:
    """Write a text between quotation marks, with the escapes of canonical N-Quads.

    They are those of JSON (RFC 8259, section 7), but for rarer control characters and U+007F.
    """
    written = encode_basestring(text)
    if "\\u" in written or "\x7f" in written:
        return f'"{_TO_ESCAPE.sub(_escape, text)}"'
    return written


def is_blank(term: Term) -> bool:
    """Tell whether a term is a blank node."""
    return term.startswith("_:")


def write_nquads(quads: Iterable[Quad]) -> bytes:
    """Write a dataset as sorted lines in UTF-8, each statement once; blank nodes keep their labels."""
    return "".join(sorted({quad.line() for quad in quads})).encode("utf-8")


def parse_nquads(data: bytes | str) -> tuple[Quad, ...]:
    """Parse N-Quads strictly (RDF 1.1 N-Quads, section 2), each statement once, in order of appearance.

    Raises:
        DocumentError: a line is not a statement, or the bytes are not UTF-8 (`NQUADS-SYNTAX`, with its line).
    """
    try:
        text = data.decode("utf-8") if isinstance(data, bytes) else data
    except UnicodeDecodeError as error:
        raise DocumentError("NQUADS-SYNTAX", line=error.object[: error.start].count(b"\n") + 1) from error
    quads: dict[Quad, None] = {}
    for number, line in enumerate(_LINE_BREAK.split(text), start=1):
        if _NOTHING.match(line):
            continue
        match = _statement().match(line)
        quad = _quad(match) if match else None
        if quad is None:
            raise DocumentError("NQUADS-SYNTAX", line=number)
        quads[quad] = None
    return tuple(quads)


def _quad(match: re.Match[str]) -> Quad | None:
    iris: dict[str, Term] = {}
    for name in ("subject", "predicate", "object", "datatype", "graph"):
        text = match[f"{name}_iri"]
        if text is not None:
            plain = _unescape(text)
            if plain is None or not _ABSOLUTE.match(plain):
                return None
            iris[name] = plain
    quoted = match["text"]
    if quoted is not None:
        value = _unescape(quoted)
        if value is None:
            return None
        target = literal(value, datatype=iris.get("datatype", XSD_STRING), language=match["language"])
    else:
        target = match["object_blank"] or iri(iris["object"])
    return Quad(
        match["subject_blank"] or iri(iris["subject"]),
        iri(iris["predicate"]),
        target,
        match["graph_blank"] or (iri(iris["graph"]) if "graph" in iris else ""),
    )


def _unescape(text: str) -> str | None:
    """Resolve escapes in one pass; None if one of them stands for no character."""
    try:
        plain = _ESCAPED.sub(_resolve, text) if "\\" in text else text
        plain.encode("utf-8")  # a surrogate, escaped or not, is no character
    except (ValueError, OverflowError):  # a UnicodeEncodeError is a ValueError
        return None
    return plain


def _resolve(match: re.Match[str]) -> str:
    escape = match[0]
    return chr(int(escape.lstrip("\\uU"), base=16)) if escape[1] in "uU" else _CHARACTERS[escape[1]]


def _escape(match: re.Match[str]) -> str:
    character = match[0]
    return _ESCAPES.get(character) or f"\\u{ord(character):04X}"


_ESCAPES = {
    "\b": "\\b", "\t": "\\t", "\n": "\\n", "\f": "\\f", "\r": "\\r", '"': '\\"', "\\": "\\\\",
}  # fmt: skip
_CHARACTERS = {escape[1]: character for character, escape in _ESCAPES.items()} | {"'": "'"}
_TO_ESCAPE = re.compile(r'[\x00-\x1f\x7f"\\]')

_UCHAR = r"\\u[0-9A-Fa-f]{4}|\\U[0-9A-Fa-f]{8}"
_ESCAPED = re.compile(rf"{_UCHAR}|\\[tbnrf\"'\\]")
_LINE_BREAK = re.compile(r"\r\n|\n|\r")
_NOTHING = re.compile(r"[ \t]*(?:#.*)?\Z")

# What the grammar allows inside `<>`; JSON-LD documents are held to the narrower `iri.is_absolute_iri`.
_ABSOLUTE = re.compile(r"[A-Za-z][A-Za-z0-9+.\-]*+:[^\x00-\x20<>\"{}|^`\\]*+\Z")

_START = (
    "A-Za-z\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u02ff\u0370-\u037d\u037f-\u1fff\u200c-\u200d\u2070-\u218f"
    "\u2c00-\u2fef\u3001-\ud7ff\uf900-\ufdcf\ufdf0-\ufffd\U00010000-\U000effff_0-9"
)
_INNER = rf"{_START}\-\u00b7\u0300-\u036f\u203f-\u2040"
_BLANK = rf"_:[{_START}](?:\.*[{_INNER}])*+"
_QUOTED = rf'"(?P<text>(?:[^"\\\r\n]|\\[tbnrf"\'\\]|{_UCHAR})*+)"'


def _iri_pattern(name: str) -> str:
    return rf'<(?P<{name}_iri>(?:[^\x00-\x20<>"{{}}|^`\\]|{_UCHAR})*+)>'


@cache
def _statement() -> re.Pattern[str]:
    # Compiled when somebody parses: issuing and verifying only write, and should not wait 10 ms for it.
    return re.compile(
        rf"[ \t]*(?:{_iri_pattern('subject')}|(?P<subject_blank>{_BLANK}))"
        rf"[ \t]*{_iri_pattern('predicate')}"
        rf"[ \t]*(?:{_iri_pattern('object')}|(?P<object_blank>{_BLANK})"
        rf"|{_QUOTED}(?:\^\^{_iri_pattern('datatype')}|@(?P<language>[A-Za-z]+(?:-[A-Za-z0-9]+)*+))?)"
        rf"[ \t]*(?:{_iri_pattern('graph')}|(?P<graph_blank>{_BLANK}))?"
        r"[ \t]*\.[ \t]*(?:#.*)?\Z"
    )
