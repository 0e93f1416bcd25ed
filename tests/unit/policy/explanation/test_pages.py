"""Pages as HTML and Markdown: readable for everybody, and whatever a policy says stays text."""

from __future__ import annotations

import re
from html.parser import HTMLParser
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from openbadge_issuer.policy.explanation.explain import explain
from openbadge_issuer.policy.explanation.page import Block, Heading, Item, Items, Page, Paragraph, Table
from openbadge_issuer.policy.explanation.page_html import render_html
from openbadge_issuer.policy.explanation.page_markdown import render_markdown
from policy_texts import sound

VOID = {"meta", "link", "br", "hr", "img"}
HOSTILE = [
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "</title><script>",
    "&lt;b&gt; &amp;",
    "[click](javascript:alert(1))",
    "![x](https://evil.example/p.png)",
    "<https://evil.example>",
    "`code`",
    "**bold** _it_ ~~no~~",
    "# heading",
    "- item",
    "1. item",
    "1) item",
    "> quote",
    "a | b | c",
    "| --- |",
    "=====",
    "-----",
    "* * *",
    "+ plus",
    "\\* back",
    "&copy; &#35;",
    "{style}",
    "%s",
    "]]>",
    "<!-- x -->",
    "```",
    "~~~",
    "https://evil.example",
    "$x$",
    "    indented",
    "[ref]: https://evil.example",
    "é 漢 🏅",
]


class Reader(HTMLParser):
    """Reads a page, and holds it to what all pages keep."""

    def __init__(self, text: str) -> None:
        super().__init__(convert_charrefs=True)
        self.open: list[str] = []
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.shown: list[str] = []
        self.feed(text)
        self.close()
        assert self.open == []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note a tag; no attribute may stand in it twice."""
        assert len({name for name, _ in attrs}) == len(attrs)
        self.tags.append((tag, dict(attrs)))
        if tag not in VOID:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        """Close what was opened last, and nothing else."""
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        """Note what people see."""
        if "style" not in self.open:
            self.shown.append(data)


def hostile_page(text: str) -> Page:
    blocks: tuple[Block, ...] = (
        Heading(2, text),
        Paragraph(text),
        Heading(3, text),
        Items((Item(text), Item(text, text))),
        Items((Item(text),), numbered=True),
        Table(text, (text, text), ((text, text),)),
    )
    return Page("nl", text, text, blocks)


def test_the_page_is_made_for_everybody() -> None:
    reader = Reader(render_html(explain(sound(), "nl")))
    tags = [tag for tag, _ in reader.tags]
    assert reader.tags[0] == ("html", {"lang": "nl"})
    assert tags.count("h1") == tags.count("main") == tags.count("nav") == tags.count("title") == 1
    levels = [int(tag[1]) for tag in tags if re.fullmatch(r"h[1-6]", tag)]
    assert levels[0] == 1
    assert all(after - before <= 1 for before, after in pairwise(levels))
    names = [attributes["id"] for _, attributes in reader.tags if "id" in attributes]
    assert len(names) == len(set(names))
    links = [str(attributes["href"]) for tag, attributes in reader.tags if tag == "a"]
    assert len(links) == tags.count("h2")
    assert {link.removeprefix("#") for link in links} < set(names)
    assert {attributes.get("scope") for tag, attributes in reader.tags if tag == "th"} == {"col", "row"}
    assert tags.count("caption") == tags.count("table")


def test_the_page_needs_nothing_from_elsewhere_and_runs_nothing() -> None:
    text = render_html(explain(sound(), "en"))
    reader = Reader(text)
    assert {tag for tag, _ in reader.tags} <= {
        "html", "head", "meta", "title", "style", "body", "header", "h1", "nav", "p", "ul", "li", "a", "main",
        "h2", "h3", "ol", "strong", "table", "caption", "thead", "tr", "th", "tbody", "td",
    }  # fmt: skip
    assert not any(
        name.startswith("on") or name in ("src", "style") for _, found in reader.tags for name in found
    )
    assert "default-src 'none'" in text
    assert "url(" not in text
    assert "@import" not in text


def test_its_colours_stand_out_in_the_light_and_in_the_dark() -> None:
    def luminance(colour: str) -> float:
        parts = [int(colour[start : start + 2], 16) / 255 for start in (1, 3, 5)]
        red, green, blue = (p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
        return 0.2126 * red + 0.7152 * green + 0.0722 * blue

    text = render_html(explain(sound(), "en"))
    schemes = [
        dict(re.findall(r"--(\w+): (#[0-9a-f]{6})", line)) for line in text.split("\n") if "--paper:" in line
    ]
    assert len(schemes) == 2
    for scheme in schemes:
        for name, least in (("ink", 7), ("link", 7), ("line", 3)):
            dark, light = sorted((luminance(scheme["paper"]), luminance(scheme[name])))
            assert (light + 0.05) / (dark + 0.05) >= least


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_words_stay_text_in_html(text: str) -> None:
    plain, hostile = Reader(render_html(hostile_page("words"))), Reader(render_html(hostile_page(text)))
    assert hostile.tags == plain.tags
    assert "".join(hostile.shown).count(text) == "".join(plain.shown).count("words")


def _markdown_shape(text: str) -> tuple[list[str], list[str]]:
    """The marks that a reader of Markdown sees, and the text between them."""
    tokens = MarkdownIt("commonmark").enable(["table", "strikethrough"]).parse(text)
    marks, shown = [], []
    for token in tokens:
        marks.append(token.type)
        for child in token.children or []:
            if child.type == "text":
                shown.append(child.content)
            else:
                marks.append(child.type)
        shown.append("\n")
    return marks, "".join(shown).split("\n")


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_words_stay_text_in_markdown(text: str) -> None:
    marks, shown = _markdown_shape(render_markdown(hostile_page(text)))
    assert marks == _markdown_shape(render_markdown(hostile_page("words")))[0]
    assert shown.count(" ".join(text.split())) >= 8


@settings(max_examples=300, deadline=None)
@given(st.text(min_size=1, max_size=40).filter(lambda text: text.strip() != ""))
def test_any_words_stay_text(text: str) -> None:
    reader = Reader(render_html(hostile_page(text)))
    assert [tag for tag, _ in reader.tags] == [
        tag for tag, _ in Reader(render_html(hostile_page("words"))).tags
    ]
    marks, _ = _markdown_shape(render_markdown(hostile_page(text)))
    assert marks == _markdown_shape(render_markdown(hostile_page("words")))[0]
