from __future__ import annotations

import pytest

from openbadge_issuer.errors import CanonicalizationError
from openbadge_issuer.jsonld.compiled.active_context import Declined
from openbadge_issuer.jsonld.compiled.writers import iri_writer, text_writer, write_iri
from openbadge_issuer.jsonld.iri import is_absolute_iri
from openbadge_issuer.jsonld.literals import XSD_DOUBLE, value_literal
from openbadge_issuer.jsonld.nquads import XSD, XSD_STRING

DATE = XSD + "date"


@pytest.mark.parametrize(
    "character", [chr(number) for number in range(0x250)] + ["\u2028", "\u3000", "漢", "😀"]
)
def test_an_iri_is_written_exactly_if_it_is_one(character: str) -> None:
    for text in (f"urn:{character}", f"urn:x{character}y", f"{character}:x", f"u{character}n:x"):
        if is_absolute_iri(text):
            assert write_iri(text) == f"<{text}>"
        else:
            with pytest.raises(CanonicalizationError):
                write_iri(text)


@pytest.mark.parametrize(
    ("text", "code"), [("x", "JSONLD-RELATIVE-IRI"), ("a b:c", "JSONLD-IRI"), ("", "JSONLD-RELATIVE-IRI")]
)
def test_what_is_no_iri_is_refused(text: str, code: str) -> None:
    with pytest.raises(CanonicalizationError) as error:
        write_iri(text)
    assert (error.value.code, error.value.details) == (code, {"value": text})


def test_prefixes_are_resolved() -> None:
    write = iri_writer({"ex": "https://ex.example/"}, based=False)
    assert write("ex:a") == "<https://ex.example/a>"
    assert write("ex://a") == "<ex://a>"
    assert write("urn:a") == "<urn:a>"
    with pytest.raises(Declined):
        write("ex:a b")
    with pytest.raises(CanonicalizationError):
        write("relative")


def test_where_relative_iris_are_resolved_they_are_declined() -> None:
    write = iri_writer({}, based=True)
    assert write("urn:a") == "<urn:a>"
    with pytest.raises(Declined):
        write("relative")


@pytest.mark.parametrize("datatype", [None, XSD_STRING, DATE])
@pytest.mark.parametrize("text", ["x", '"\\\n\t\x07\x7f\x85', "é\u2028", "\\u0041", "1.5E0", ""])
def test_a_text_is_written_as_literals_are(datatype: str | None, text: str) -> None:
    assert text_writer(datatype)(text) == value_literal(text, datatype=datatype)


def test_a_double_must_be_written_as_all_write_it() -> None:
    write = text_writer(XSD_DOUBLE)
    assert write("1.5E0") == value_literal("1.5E0", datatype=XSD_DOUBLE)
    with pytest.raises(CanonicalizationError) as error:
        write("1.5")
    assert error.value.code == "JSONLD-NUMBER"
