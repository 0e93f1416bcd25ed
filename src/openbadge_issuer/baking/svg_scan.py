"""Reading an SVG once, with expat: is it safe, and at which byte does what we need stand?

Entities are never expanded and nothing is ever loaded: the parser has no way to, and a document that
declares or uses any is refused.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import NamedTuple
from xml.parsers import expat  # guarded here: no entities, no DTD, nothing external

from openbadge_issuer.baking.picture import check_size
from openbadge_issuer.baking.svg_safety import SVG_NAMESPACE, check_calls, check_element, check_style
from openbadge_issuer.errors import LimitError, OpenBadgeError, PictureError

MAX_DEPTH = 200
"""Drawing programs nest groups a dozen deep."""

MAX_NODES = 500_000
"""Elements, attributes and namespaces together; the most detailed maps stay below."""

_ENCODINGS = frozenset(("utf-8", "utf8", "us-ascii", "ascii"))
_OTHER_ENCODINGS = (b"\xff\xfe", b"\xfe\xff", b"<\0", b"\0<")  # UTF-16 and UTF-32, with and without a mark
_SVG_DOCTYPE = re.compile(r"-//W3C//DTD SVG[ \w.]*//EN")
_UNDEFINED_ENTITY = 11  # XML_ERROR_UNDEFINED_ENTITY


class BadgeElement(NamedTuple):
    """The element that carries a badge: its namespace and local name."""

    namespace: str
    name: str


@dataclass(slots=True)
class Carrier:
    """One badge element found: where it stands (`start` to `end`, in bytes) and what it carries."""

    start: int
    line: int
    verify: str | None
    body: str = ""
    end: int = 0


@dataclass(slots=True)
class SvgScan:
    """What was found in an SVG; positions are in bytes."""

    root_name: str = ""  # as written, with its prefix
    root_start: int = 0
    root_prefixes: dict[str, str] = field(default_factory=dict)
    content_start: int = 0  # behind the root's start tag
    root_is_empty: bool = False  # written as <svg/>
    is_ascii: bool = False  # declared to be ASCII
    carriers: list[Carrier] = field(default_factory=list)


def scan(picture: bytes, element: BadgeElement, *, strict: bool) -> SvgScan:
    """Read an SVG through, checking it for safety; `strict` also refuses what calls other addresses.

    Raises:
        PictureError: it is not well-formed, not SVG, not UTF-8, or not safe (`SVG-…`).
        LimitError: it is too large, too deep or has too many elements.
    """
    check_size(picture)
    if picture.startswith(_OTHER_ENCODINGS):
        raise PictureError("SVG-ENCODING", encoding="UTF-16")
    return _Scanner(picture, element, strict=strict).run()


class _Scanner:
    def __init__(self, picture: bytes, element: BadgeElement, *, strict: bool) -> None:
        self._picture = picture
        self._element = f"{element.namespace} {element.name}"
        self._strict = strict
        self._found = SvgScan()
        self._depth = 0
        self._nodes = 0
        self._carrier: Carrier | None = None
        self._text: list[str] = []  # of the carrier or style element that is open
        self._text_depth = 0  # the depth of that element, 0 if none is open
        self._just_opened = False  # nothing was met yet behind the start tag that is followed
        self._following = False  # whether the default handler is there
        self._internal_subset = False
        # The declared encoding is judged, not followed; expat refuses a namespace that holds the separator.
        parser = expat.ParserCreate("utf-8", " ")
        parser.namespace_prefixes = True
        parser.buffer_text = True  # only text that is collected, whose position nobody asks for
        parser.XmlDeclHandler = self._declaration
        parser.StartDoctypeDeclHandler = self._doctype
        parser.EndDoctypeDeclHandler = self._doctype_end
        parser.EntityDeclHandler = self._entity
        parser.SkippedEntityHandler = self._entity
        parser.ProcessingInstructionHandler = self._instruction
        parser.StartNamespaceDeclHandler = self._prefix
        parser.StartElementHandler = self._start
        parser.EndElementHandler = self._end
        self._parser = parser

    def run(self) -> SvgScan:
        try:
            self._parser.Parse(self._picture, True)  # noqa: FBT003  # expat's own signature: this is all
        except expat.ExpatError as error:
            raise _syntax(error) from error
        return self._found

    # --- before the root -------------------------------------------------------------------------------

    def _declaration(self, version: str, encoding: str | None, _standalone: int) -> None:
        if version != "1.0":  # 1.1 takes other characters for line breaks, so readers would see other text
            raise self._error("SVG-VERSION", version=version)
        if encoding is None:
            return
        self._found.is_ascii = encoding.lower() in {"us-ascii", "ascii"}
        if encoding.lower() not in _ENCODINGS or (self._found.is_ascii and not self._picture.isascii()):
            raise PictureError("SVG-ENCODING", encoding=encoding)

    def _doctype(self, _name: str, _system: str | None, public: str | None, internal: int) -> None:
        self._internal_subset = bool(internal)
        # Under other public identifiers browsers know entities that we do not: they would read other text.
        if public is not None and not _SVG_DOCTYPE.fullmatch(public):
            raise self._error("SVG-DOCTYPE")

    def _doctype_end(self) -> None:
        if self._internal_subset:
            raise self._error("SVG-DOCTYPE")

    def _entity(self, name: str, *_: object) -> None:
        raise self._error("SVG-ENTITY", name=name)

    def _instruction(self, target: str, _data: str) -> None:
        self._met_something()
        if target.lower() == "xml-stylesheet":  # may transform the picture into one with a program
            raise self._error("SVG-SCRIPT", name="<?xml-stylesheet?>")

    # --- elements --------------------------------------------------------------------------------------

    def _prefix(self, prefix: str | None, namespace: str | None) -> None:
        self._nodes += 1
        if not self._depth:
            self._found.root_prefixes[prefix or ""] = namespace or ""

    def _start(self, triplet: str, attributes: dict[str, str]) -> None:
        self._met_something()
        namespace, name, prefix = _parts(triplet)
        self._depth += 1
        self._nodes += 1 + len(attributes)
        if self._depth > MAX_DEPTH or self._nodes > MAX_NODES:
            raise LimitError("SVG-LIMIT", depth=MAX_DEPTH, count=MAX_NODES)
        line = self._parser.CurrentLineNumber
        if self._carrier is not None:
            raise self._error("SVG-CONTENT", name=name)
        if self._depth == 1:
            self._root(namespace, name, prefix)
        check_element(name, namespace, attributes, line=line)
        if self._strict:
            check_calls(name, attributes, line=line)
        if self._text_depth or self._depth == 1:
            return
        if f"{namespace} {name}" == self._element:
            self._carrier = Carrier(self._parser.CurrentByteIndex, line, attributes.get("verify"))
            self._follow()
            self._collect()
        elif self._strict and name.lower() == "style":
            self._collect()

    def _end(self, _triplet: str) -> None:
        position = self._parser.CurrentByteIndex
        # Behind <x/> expat stands behind the tag already, at <x></x> it stands before </x>.
        closed_at_once = self._just_opened and self._picture.endswith(b"/>", 0, position)
        self._met_something()
        if self._depth == 1:
            self._found.root_is_empty = closed_at_once
        elif self._depth == self._text_depth:
            self._text_end(position if closed_at_once else self._picture.index(b">", position) + 1)
        self._depth -= 1

    def _text_end(self, end: int) -> None:
        text = "".join(self._text)
        if self._carrier is None:
            check_style(text, line=self._parser.CurrentLineNumber)
        else:
            self._carrier.body = text
            self._carrier.end = end
            self._found.carriers.append(self._carrier)
            self._carrier = None
        self._text_depth = 0
        self._parser.CharacterDataHandler = None

    def _root(self, namespace: str, name: str, prefix: str) -> None:
        if name != "svg" or namespace not in {SVG_NAMESPACE, ""}:
            raise self._error("SVG-ROOT", name=name)
        self._found.root_name = f"{prefix}:{name}" if prefix else name
        self._found.root_start = self._parser.CurrentByteIndex
        self._follow()

    # --- what stands right behind a start tag ----------------------------------------------------------

    def _follow(self) -> None:
        self._just_opened = self._following = True
        self._parser.DefaultHandler = self._default

    def _default(self, _text: str) -> None:
        self._met_something()

    def _collect(self) -> None:
        self._text.clear()
        self._text_depth = self._depth
        self._parser.CharacterDataHandler = self._characters

    def _characters(self, text: str) -> None:
        self._note_content()
        self._text.append(text)

    def _met_something(self) -> None:
        """Follow no longer; never from `_characters`.

        Collected text is handed over when the next thing is met, perhaps by the default handler as it is
        being called: taken away at that moment, expat calls it all the same, and the process ends.
        """
        self._note_content()
        if self._following:
            self._following = False
            self._parser.DefaultHandler = None

    def _note_content(self) -> None:
        if self._just_opened:
            self._just_opened = False
            if not self._found.content_start:
                self._found.content_start = self._parser.CurrentByteIndex

    def _error(self, code: str, **details: str) -> OpenBadgeError:
        return PictureError(code, line=self._parser.CurrentLineNumber, **details)


def _parts(triplet: str) -> tuple[str, str, str]:
    """Take expat's `namespace name prefix` apart; a name without namespace stands alone."""
    parts = triplet.split(" ")
    if len(parts) == 1:
        return "", triplet, ""
    return parts[0], parts[1], parts[2] if len(parts) > 2 else ""  # noqa: PLR2004  # no prefix: the default


def _syntax(error: expat.ExpatError) -> PictureError:
    if error.code == _UNDEFINED_ENTITY:
        return PictureError("SVG-ENTITY", name="&…;", line=error.lineno)
    problem = expat.ErrorString(error.code) or "not well-formed"
    return PictureError("SVG-SYNTAX", problem=problem, line=error.lineno, column=error.offset + 1)
