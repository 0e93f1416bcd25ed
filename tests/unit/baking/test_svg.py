"""Baking into SVG: at the byte, and each way in which an SVG can be wrong or unsafe."""

from __future__ import annotations

import pytest

from openbadge_issuer.baking import svg as svg_baking
from openbadge_issuer.baking import svg_scan
from openbadge_issuer.errors import OpenBadgeError

JSON = '{"name":"Workshopbegeleider ★ 😀","cdata":"]]>"}'.encode()
TOKEN = b"eyJhbGciOiJFZERTQSJ9.eyJpZCI6IjEifQ.c2lnbmF0dXJl"
OB3 = 'xmlns:openbadges="https://purl.imsglobal.org/ob/v3p0"'
SVG = 'xmlns="http://www.w3.org/2000/svg"'
VERIFY = f'<openbadges:credential verify="{TOKEN.decode()}"></openbadges:credential>'

BOMB = (
    '<!DOCTYPE svg [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;">'
    f'<!ENTITY c "&b;&b;&b;&b;&b;&b;">]><svg {SVG}><desc>&c;</desc></svg>'
)
OUTSIDE = f'<!DOCTYPE svg [<!ENTITY x SYSTEM "file:///etc/hostname">]><svg {SVG}><desc>&x;</desc></svg>'
PARAMETER = f'<!DOCTYPE svg [<!ENTITY % x SYSTEM "https://example.org/x.dtd"> %x;]><svg {SVG}/>'
SVG_11 = '"-//W3C//DTD SVG 1.1//EN" "http://www.w3.org/Graphics/SVG/1.1/DTD/svg11.dtd"'


def code_of(picture: str | bytes, *, reading: bool) -> str:
    data = picture.encode() if isinstance(picture, str) else picture
    with pytest.raises(OpenBadgeError) as caught:
        svg_baking.unbake(data) if reading else svg_baking.bake(data, TOKEN)
    assert caught.value.sentence("en")
    assert caught.value.sentence("nl")
    assert caught.value.advice("nl")
    return caught.value.code


def carrying(inside: str, attributes: str = "") -> str:
    return f"<svg {SVG} {OB3}><openbadges:credential{attributes}>{inside}</openbadges:credential></svg>"


# --- what is written -----------------------------------------------------------------------------------


@pytest.mark.parametrize("credential", [JSON, TOKEN], ids=["json", "jws"])
def test_what_is_baked_comes_out_again(svg: bytes, credential: bytes) -> None:
    assert svg_baking.unbake(svg_baking.bake(svg, credential)) == credential


def test_a_token_stands_in_the_verify_attribute_of_the_first_child(svg: bytes) -> None:
    expected = svg.decode().replace("<svg ", f"<svg {OB3} ").replace('8">', f'8">{VERIFY}', 1)
    assert svg_baking.bake(svg, TOKEN) == expected.encode()


def test_json_stands_in_a_cdata_section_of_the_first_child(svg: bytes) -> None:
    inside = '<openbadges:credential><![CDATA[{"id":1}]]></openbadges:credential>'
    expected = svg.decode().replace("<svg ", f"<svg {OB3} ").replace('8">', f'8">{inside}', 1)
    assert svg_baking.bake(svg, '{"id":1}') == expected.encode()


@pytest.mark.parametrize(
    "text",
    [
        '{"a":"]]>"}',
        '{"a":"]]]]>>"}',
        '{"a":"]]>]]>"}',
        '{\r\n"a":\r1}\r',
        '{"a":"&amp;<b>"}',
        '\n{\t"a":1}\n',
    ],
)
def test_json_that_xml_would_change_comes_out_unchanged(svg: bytes, text: str) -> None:
    assert svg_baking.unbake(svg_baking.bake(svg, text)) == text.encode()


@pytest.mark.parametrize("text", ['{"a":"\ufffe"}', '{"a":"\uffff"}', '{"a":"\x01"}'])
def test_json_that_xml_cannot_hold_is_refused(svg: bytes, text: str) -> None:
    with pytest.raises(OpenBadgeError) as caught:
        svg_baking.bake(svg, text)
    assert caught.value.code == "SVG-NOT-PRESERVED"
    assert "\\u" in caught.value.advice("nl")


def test_a_document_declared_ascii_stays_ascii() -> None:
    baked = svg_baking.bake(f'<?xml version="1.0" encoding="US-ASCII"?><svg {SVG}/>'.encode(), JSON)
    assert baked.isascii()
    assert svg_baking.unbake(baked) == JSON


@pytest.mark.parametrize(
    "drawing",
    [
        f"<svg {SVG}/>",
        f"<svg {SVG} />",
        f"<svg {SVG}></svg>",
        f"<svg {SVG}> </svg >",
        f"<svg {SVG} aria-label='a > b />'><g/></svg>",
        f"<svg {SVG}><!-- > --><g/></svg>",
        f"<svg {SVG}><?pi ?><g/></svg>",
        f"<svg {SVG}><![CDATA[ ]]></svg>",
        f"<svg {SVG}>&amp;</svg>",
        f"<svg\n{SVG}\n>\r\n<g/></svg>",
        f"\ufeff<svg {SVG}/>",
        f"<!-- <svg> --><?pi <svg?>\n<svg {SVG}/><!-- after -->",
        f"<!DOCTYPE svg PUBLIC {SVG_11}><svg {SVG}/>",
        f"<!DOCTYPE svg><svg {SVG}/>",
        '<s:svg xmlns:s="http://www.w3.org/2000/svg"/>',
        '<s:svg xmlns:s="http://www.w3.org/2000/svg"><s:g/></s:svg>',
        f"<svg {SVG} {OB3}/>",
        "<svg/>",
        f'<svg {SVG}><a href="https://example.org/">x</a><image href="data:image/png;base64,AA=="/></svg>',
        f'<svg {SVG}><use href="#a"/><style>a{{fill:url(#b)}}</style><g fill="url(#b)"/></svg>',
    ],
)
def test_every_way_to_write_the_root_is_met_without_touching_it(drawing: str) -> None:
    data = drawing.encode()
    for credential in (JSON, TOKEN):
        baked = svg_baking.bake(data, credential)
        assert svg_baking.unbake(baked) == credential
        start, end = baked.index(b"<openbadges:"), baked.index(b"</openbadges:credential>") + 24
        rest = baked[:start] + baked[end:]
        if b" " + OB3.encode() not in data:
            rest = rest.replace(b" " + OB3.encode(), b"", 1)
        name = b"s:svg" if b"s:svg" in data else b"svg"
        assert rest in (data, data.replace(b"/>", b"></" + name + b">"))


def test_a_prefix_that_means_something_else_keeps_its_meaning() -> None:
    older = '<openbadges:assertion verify="a.b.c"/>'
    drawing = f'<svg {SVG} xmlns:openbadges="http://openbadges.org">{older}</svg>'
    baked = svg_baking.bake(drawing.encode(), TOKEN)
    assert baked.decode() == drawing.replace(older, VERIFY.replace(" ", f" {OB3} ", 1) + older)
    assert svg_baking.unbake(baked) == TOKEN
    version_2 = svg_scan.BadgeElement("http://openbadges.org", "assertion")
    assert svg_baking.unbake(baked, element=version_2) == b"a.b.c"


@pytest.mark.parametrize(
    "old",
    [
        VERIFY,
        VERIFY.replace("></openbadges:credential>", "/>"),
        VERIFY.replace("></openbadges:credential>", "></openbadges:credential\n>"),
        '<openbadges:credential><![CDATA[{"a":"/>"}]]></openbadges:credential>',
        "<openbadges:credential>{}/></openbadges:credential>",
        "<openbadges:credential/>",
        "<openbadges:credential></openbadges:credential>",
        '<c:credential xmlns:c="https://purl.imsglobal.org/ob/v3p0" verify="x.y.z"/>',
        f"{VERIFY}{VERIFY}",
    ],
)
@pytest.mark.parametrize("template", ["{}", "{}</g>", "<g>{}<g/></g>", "\n {}\n"])
def test_baking_again_replaces_the_badge(old: str, template: str) -> None:
    drawing = template if template.count("<g>") == template.count("</g>") else f"<g>{template}"
    before = f"<svg {OB3} {SVG}>{drawing.format(old)}</svg>".encode()
    empty = f"<svg {OB3} {SVG}>{drawing.format('')}</svg>".encode()
    assert svg_baking.bake(before, JSON) == svg_baking.bake(empty, JSON)


# --- what is read --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("picture", "expected"),
    [
        (carrying('<![CDATA[\n {"a":1}\n]]>'), b'\n {"a":1}\n'),
        (carrying('{"a":"&lt;&#233;"}'), '{"a":"<é"}'.encode()),
        (carrying('<!-- c --><![CDATA[{"a":]]><![CDATA[1}]]>'), b'{"a":1}'),
        (
            carrying('{"a":<![CDATA[1}]]>'),
            b'{"a":1}',
        ),  # text that is still collected as the next thing is met
        (carrying('{"a":<!-- c -->1}'), b'{"a":1}'),
        (carrying("\n a.b.c \n"), b"a.b.c"),
        (carrying(" ", ' verify=" a.b.c "'), b"a.b.c"),
        (f"<svg {SVG}><g><c:credential xmlns:c='{OB3[18:-1]}' verify='a.b.c'/></g></svg>", b"a.b.c"),
        (carrying("", " verify='a.b.c'").replace("<open", "<image href='https://x.org/a'/><open"), b"a.b.c"),
    ],
)
def test_a_badge_that_others_baked_is_read(picture: str, expected: bytes) -> None:
    assert svg_baking.unbake(picture.encode()) == expected


@pytest.mark.parametrize(
    ("picture", "code"),
    [
        (f"<svg {SVG}/>", "SVG-NO-BADGE"),
        (f'<svg {SVG}><credential verify="a.b.c"/></svg>', "SVG-NO-BADGE"),
        (carrying(""), "SVG-NO-BADGE"),
        (carrying("\n "), "SVG-NO-BADGE"),
        (carrying("", ' verify=" "'), "SVG-NO-BADGE"),
        (f"<svg {SVG} {OB3}>{VERIFY}<g>{VERIFY}</g></svg>", "SVG-TWO-BADGES"),
        (carrying("{}", ' verify="a.b.c"'), "SVG-TWO-FORMS"),
    ],
)
def test_a_picture_without_one_clear_badge_is_refused(picture: str, code: str) -> None:
    assert code_of(picture, reading=True) == code
    svg_baking.bake(picture.encode(), TOKEN)


@pytest.mark.parametrize("reading", [True, False], ids=["read", "bake"])
@pytest.mark.parametrize(
    ("picture", "code"),
    [
        ("", "PICTURE-EMPTY"),
        ("hello", "SVG-SYNTAX"),
        (f"<svg {SVG}>", "SVG-SYNTAX"),
        (f"<svg {SVG}/><svg/>", "SVG-SYNTAX"),
        (f"<svg {SVG}><a:b/></svg>", "SVG-SYNTAX"),
        (f'<svg {SVG} xmlns:c="{OB3[18:-1]} credential c"><c:x verify="a.b.c"/></svg>', "SVG-SYNTAX"),
        (f"<svg {SVG}>\ufffe</svg>", "SVG-SYNTAX"),
        (f"<svg {SVG}>\x01</svg>", "SVG-SYNTAX"),
        (b"<svg>\xff</svg>", "SVG-SYNTAX"),
        ("<html/>", "SVG-ROOT"),
        ('<svg xmlns="https://example.org/"/>', "SVG-ROOT"),
        (carrying("<b>{}</b>"), "SVG-CONTENT"),
        (carrying(VERIFY), "SVG-CONTENT"),
        (f'<?xml version="1.1"?><svg {SVG}/>', "SVG-VERSION"),
        (f'<?xml version="1.0" encoding="ISO-8859-1"?><svg {SVG}/>', "SVG-ENCODING"),
        (f'<?xml version="1.0" encoding="US-ASCII"?><svg {SVG}>é</svg>', "SVG-ENCODING"),
        (f"<svg {SVG}/>".encode("utf-16"), "SVG-ENCODING"),
        (f"<svg {SVG}/>".encode("utf-16-le"), "SVG-ENCODING"),
        (f"<svg {SVG}/>".encode("utf-16-be"), "SVG-ENCODING"),
        (BOMB, "SVG-ENTITY"),
        (OUTSIDE, "SVG-ENTITY"),
        (PARAMETER, "SVG-ENTITY"),
        (f"<svg {SVG}>&nbsp;</svg>", "SVG-ENTITY"),
        (f"<!DOCTYPE svg PUBLIC {SVG_11}><svg {SVG}>&nbsp;</svg>", "SVG-ENTITY"),
        (f"<!DOCTYPE svg [ ]><svg {SVG}/>", "SVG-DOCTYPE"),
        (f"<!DOCTYPE svg [<!ATTLIST svg onload CDATA 'x()'>]><svg {SVG}/>", "SVG-DOCTYPE"),
        (f'<!DOCTYPE svg PUBLIC "-//W3C//DTD XHTML 1.0 Strict//EN" "x"><svg {SVG}/>', "SVG-DOCTYPE"),
        (f"<svg {SVG}><script>x()</script></svg>", "SVG-SCRIPT"),
        (f'<svg {SVG}><s:script xmlns:s="http://www.w3.org/2000/svg"/></svg>', "SVG-SCRIPT"),
        (f"<svg {SVG}><SCRIPT/></svg>", "SVG-SCRIPT"),
        (f"<svg {SVG} onload='x()'/>", "SVG-SCRIPT"),
        (f"<svg {SVG}><g ONCLICK='x()'/></svg>", "SVG-SCRIPT"),
        (f"<svg {SVG}><a href='javascript:x()'/></svg>", "SVG-SCRIPT"),
        (f"<svg {SVG}><a href=' java&#10;Script&#58;x()'/></svg>", "SVG-SCRIPT"),
        (
            f'<svg {SVG} xmlns:l="http://www.w3.org/1999/xlink"><a l:href="javascript:x()"/></svg>',
            "SVG-SCRIPT",
        ),
        (f"<svg {SVG}><set attributeName='href' to='javascript:x()'/></svg>", "SVG-SCRIPT"),
        (f"<svg {SVG}><animate attributeName='href' values='#;javascript:x()'/></svg>", "SVG-SCRIPT"),
        (f"<svg {SVG}><set attributeName='onclick' to='x()'/></svg>", "SVG-SCRIPT"),
        (f"<?xml-stylesheet type='text/xsl' href='#x'?><svg {SVG}/>", "SVG-SCRIPT"),
        (f"<svg {SVG}><foreignObject/></svg>", "SVG-FOREIGN"),
        (f'<svg {SVG}><h:p xmlns:h="http://www.w3.org/1999/xhtml"/></svg>', "SVG-FOREIGN"),
        (f"<svg {SVG}><use href='data:image/svg+xml,x'/></svg>", "SVG-FOREIGN"),
        (f"<svg {SVG}><a href='data:text/html,x'/></svg>", "SVG-FOREIGN"),
        (f"<svg {SVG}>{'<g>' * 200}{'</g>' * 200}</svg>", "SVG-LIMIT"),
    ],
)
def test_an_unreadable_or_unsafe_picture_is_refused(
    picture: str | bytes, code: str, *, reading: bool
) -> None:
    assert code_of(picture, reading=reading) == code


@pytest.mark.parametrize(
    "inside",
    [
        "<image href='https://example.org/a.png'/>",
        "<image xmlns:l='http://www.w3.org/1999/xlink' l:href='//example.org/a.png'/>",
        "<use href='sprite.svg#a'/>",
        "<style>@import 'https://example.org/a.css';</style>",
        "<style><![CDATA[a{src:url( 'https://example.org/a.woff')}]]></style>",
        "<g style='fill:url(https://example.org/a)'/>",
        "<g fill='url(//example.org/a#b)'/>",
    ],
)
def test_a_picture_that_calls_home_is_not_published(inside: str) -> None:
    assert code_of(f"<svg {SVG}>{inside}</svg>", reading=False) == "SVG-REMOTE"


def test_style_that_never_ends_is_read_in_one_go() -> None:
    for style in ("url(" + " " * 1_000_000 + "#a)", "url( " * 100_000 + "#", "url(#a " * 100_000):
        drawing = f"<svg {SVG}><style>{style}</style></svg>".encode()
        try:
            assert svg_baking.unbake(svg_baking.bake(drawing, TOKEN)) == TOKEN
        except OpenBadgeError as error:
            assert error.code == "SVG-REMOTE"  # noqa: PT017  # either answer will do, soon


def test_the_line_of_the_fault_is_named() -> None:
    with pytest.raises(OpenBadgeError) as caught:
        svg_baking.unbake(f"<svg {SVG}>\n<g>\n<script/></g></svg>".encode())
    assert "line 3" in str(caught.value)


def test_too_many_elements_are_a_limit(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(svg_scan, "MAX_NODES", 6)
    assert svg_baking.bake(b"<svg><g/><g/></svg>", TOKEN)
    assert code_of("<svg><g a='1' b='2' c='3'/><g/><g/></svg>", reading=False) == "SVG-LIMIT"


def test_a_thousand_carriage_returns_stay_small(svg: bytes) -> None:
    text = b"{" + b"\r" * 1000 + b"}"
    baked = svg_baking.bake(svg, text)
    assert svg_baking.unbake(baked) == text
    assert len(baked) < len(svg) + 6_000
