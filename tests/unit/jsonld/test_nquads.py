from __future__ import annotations

import pytest

from openbadge_issuer.errors import DocumentError
from openbadge_issuer.jsonld.nquads import Quad, blank, iri, is_blank, literal, parse_nquads, write_nquads


def parsed(line: str) -> Quad:
    (quad,) = parse_nquads(line)
    return quad


def test_named_escapes_are_used_where_there_are_any() -> None:
    assert literal('\b\t\n\f\r"\\') == r'"\b\t\n\f\r\"\\"'


def test_other_controls_and_delete_are_written_with_a_small_u() -> None:
    assert literal("\x00\x07\x0b\x1f\x7f") == r'"\u0000\u0007\u000B\u001F\u007F"'


def test_nothing_else_is_escaped() -> None:
    assert literal("'é\x80\u2028😀") == '"\'é\x80\u2028😀"'


def test_a_datatype_is_written_unless_it_is_string() -> None:
    assert literal("1", datatype="urn:d") == '"1"^^<urn:d>'
    assert literal("1", datatype="http://www.w3.org/2001/XMLSchema#string") == '"1"'
    assert literal("a", language="nl") == '"a"@nl'


def test_blank_nodes_are_told_from_other_terms() -> None:
    assert is_blank(blank("b0"))
    assert not is_blank(iri("urn:a"))
    assert not is_blank(literal("_:b0"))


def test_lines_are_sorted_by_code_point_and_written_once() -> None:
    first, second = Quad("<urn:a>", "<urn:p>", '"\uffff"'), Quad("<urn:a>", "<urn:p>", '"\U00010000"')
    assert write_nquads([second, first, second]) == f"{first.line()}{second.line()}".encode()


def test_a_graph_name_stands_last() -> None:
    quad = parsed("_:a <urn:p> <urn:o> _:g .")
    assert quad == Quad("_:a", "<urn:p>", "<urn:o>", "_:g")
    assert quad.line() == "_:a <urn:p> <urn:o> _:g .\n"


def test_escapes_are_resolved_in_one_pass() -> None:
    assert parsed(r'<urn:s> <urn:p> "\\u0041\u0041\U0001F600\\n" .').object == '"\\\\u0041A😀\\\\n"'


def test_escapes_in_an_iri_are_resolved() -> None:
    assert parsed(r"<urn:\u00e9> <urn:p> <urn:o> .").subject == "<urn:é>"


def test_comments_empty_lines_and_missing_spaces_are_read() -> None:
    text = '# note\n\n<urn:s><urn:p>"a"@en-US<urn:g>.# end\r\n\t\r<urn:s> <urn:p> "1"^^<urn:d> .'
    assert parse_nquads(text.encode()) == (
        Quad("<urn:s>", "<urn:p>", '"a"@en-US', "<urn:g>"),
        Quad("<urn:s>", "<urn:p>", '"1"^^<urn:d>'),
    )


def test_a_statement_given_twice_is_read_once() -> None:
    assert len(parse_nquads("_:a <urn:p> _:b .\n_:a <urn:p> _:b .\n")) == 1


@pytest.mark.parametrize(
    "line",
    [
        "<urn:s> <urn:p> <urn:o>",
        "<urn:s> <urn:p> .",
        "<relative> <urn:p> <urn:o> .",
        "<urn:s> _:p <urn:o> .",
        '"s" <urn:p> <urn:o> .',
        "<urn:s > <urn:p> <urn:o> .",
        r"<urn:\u0020> <urn:p> <urn:o> .",
        r"<urn:\u003E> <urn:p> <urn:o> .",
        r'<urn:s> <urn:p> "\x" .',
        r'<urn:s> <urn:p> "\uD800" .',
        r'<urn:s> <urn:p> "\U00110000" .',
        r'<urn:s> <urn:p> "\UFFFFFFFF" .',
        '<urn:s> <urn:p> "a"@ .',
        '<urn:s> <urn:p> "a"@en_US .',
        '<urn:s> <urn:p> "a"^^<d> .',
        '<urn:s> <urn:p> "a" <urn:g> <urn:h> .',
        "_: <urn:p> <urn:o> .",
        "_:a. <urn:p> <urn:o> .",
        "<urn:s> <urn:p> <urn:o> . more",
    ],
)
def test_what_is_no_statement_is_refused_with_its_line(line: str) -> None:
    with pytest.raises(DocumentError) as error:
        parse_nquads(f"# one\n{line}\n")
    assert (error.value.code, error.value.details) == ("NQUADS-SYNTAX", {"line": 2})
    assert "2" in error.value.sentence("nl")


def test_bytes_that_are_not_utf_8_are_refused_with_their_line() -> None:
    with pytest.raises(DocumentError) as error:
        parse_nquads(b"_:a <urn:p> _:b .\n\xff")
    assert error.value.details == {"line": 2}
