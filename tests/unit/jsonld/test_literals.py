from __future__ import annotations

import pytest

from openbadge_issuer.assertions.json_text import JsonValue
from openbadge_issuer.errors import CanonicalizationError
from openbadge_issuer.jsonld.literals import value_literal

XSD = "http://www.w3.org/2001/XMLSchema#"


@pytest.mark.parametrize(
    ("value", "written"),
    [
        ("a", '"a"'),
        (True, f'"true"^^<{XSD}boolean>'),
        (False, f'"false"^^<{XSD}boolean>'),
        (1, f'"1"^^<{XSD}integer>'),
        (1.0, f'"1"^^<{XSD}integer>'),
        (-0.0, f'"0"^^<{XSD}integer>'),
        (1.5, f'"1.5E0"^^<{XSD}double>'),
        (-120.25, f'"-1.2025E2"^^<{XSD}double>'),
        (0.000001, f'"1.0E-6"^^<{XSD}double>'),
        (2**53 - 1, f'"9007199254740991"^^<{XSD}integer>'),
    ],
)
def test_a_value_without_type_gets_its_own(value: JsonValue, written: str) -> None:
    assert value_literal(value) == written


@pytest.mark.parametrize(
    ("value", "written"),
    [(3.0, '"3"^^<urn:f>'), (1.5, '"1.5E0"^^<urn:f>'), (True, '"true"^^<urn:f>'), ("x", '"x"^^<urn:f>')],
)
def test_a_datatype_is_kept_as_the_context_says(value: JsonValue, written: str) -> None:
    assert value_literal(value, datatype="urn:f") == written


@pytest.mark.parametrize(
    ("value", "written"), [(1, "1.0E0"), (-0.0, "-0.0E0"), (100, "1.0E2"), ("1.5E0", "1.5E0")]
)
def test_a_double_is_written_canonically(value: JsonValue, written: str) -> None:
    assert value_literal(value, datatype=XSD + "double") == f'"{written}"^^<{XSD}double>'


def test_a_language_is_written_small() -> None:
    assert value_literal("a", language="en-US") == '"a"@en-us'


def test_json_is_written_canonically() -> None:
    rdf_json = "http://www.w3.org/1999/02/22-rdf-syntax-ns#JSON"
    assert (
        value_literal({"b": 1.0, "a": None}, datatype="@json")
        == f'"{{\\"a\\":null,\\"b\\":1}}"^^<{rdf_json}>'
    )


@pytest.mark.parametrize(
    ("value", "datatype"),
    [
        (2**53, None),
        (1e21, None),
        (float("nan"), None),
        (float("inf"), None),
        (1e-7, None),
        (0.30000000000000004, None),
        ("1.50", XSD + "double"),
        ("5abc", XSD + "double"),
        ("1e400", XSD + "double"),
    ],
)
def test_a_number_that_readers_write_differently_is_refused(value: JsonValue, datatype: str | None) -> None:
    with pytest.raises(CanonicalizationError) as error:
        value_literal(value, datatype=datatype)
    assert error.value.code == "JSONLD-NUMBER"
    assert str(error.value)


def test_a_bad_language_is_refused() -> None:
    with pytest.raises(CanonicalizationError) as error:
        value_literal("a", language='en .\n<urn:s> <urn:p> "x')
    assert error.value.code == "JSONLD-LANGUAGE"
    assert "\n" not in str(error.value)


@pytest.mark.parametrize("datatype", ["date", "_:d", "urn:a b"])
def test_a_bad_datatype_is_refused(datatype: str) -> None:
    with pytest.raises(CanonicalizationError) as error:
        value_literal("a", datatype=datatype)
    assert error.value.code == "JSONLD-DATATYPE"


def test_what_is_no_value_is_refused() -> None:
    with pytest.raises(CanonicalizationError) as error:
        value_literal([1])
    assert error.value.code == "JSONLD-UNSIGNED-VALUE"
