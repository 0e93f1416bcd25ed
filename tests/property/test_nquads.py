from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from openbadge_issuer.errors import DocumentError
from openbadge_issuer.jsonld.nquads import Quad, blank, iri, literal, parse_nquads, write_nquads

TEXT = st.text(st.characters(exclude_categories=["Cs"]), max_size=12)
LABELS = st.from_regex(r"[A-Za-z0-9_]([A-Za-z0-9_.\-]*[A-Za-z0-9_\-])?", fullmatch=True).map(blank)
IRIS = st.from_regex(r"[a-z][a-z0-9+]{0,4}:[a-zA-Z0-9/#?é😀.\-]*", fullmatch=True)
TAGS = st.from_regex(r"[A-Za-z]{1,8}(-[A-Za-z0-9]{1,8})?", fullmatch=True)
LITERALS = st.one_of(
    TEXT.map(literal),
    st.builds(lambda text, datatype: literal(text, datatype=datatype), TEXT, IRIS),
    st.builds(lambda text, language: literal(text, language=language), TEXT, TAGS),
)
TERMS = st.one_of(IRIS.map(iri), LABELS)
QUADS = st.builds(Quad, TERMS, IRIS.map(iri), st.one_of(TERMS, LITERALS), st.one_of(st.just(""), TERMS))


@given(st.lists(QUADS, max_size=8))
def test_what_is_written_is_read_back(quads: list[Quad]) -> None:
    assert set(parse_nquads(write_nquads(quads))) == set(quads)


@given(TEXT)
def test_no_text_breaks_out_of_its_literal(text: str) -> None:
    line = Quad("<urn:s>", "<urn:p>", literal(text)).line()
    assert line.count("\n") == 1
    assert parse_nquads(line)[0].object == literal(text)


@given(st.one_of(st.text(max_size=60), st.binary(max_size=60)))
def test_hostile_text_is_read_or_refused(text: str | bytes) -> None:
    try:
        parse_nquads(text)
    except DocumentError as error:
        assert error.sentence("nl")  # noqa: PT017  # a refusal is one of the two outcomes
