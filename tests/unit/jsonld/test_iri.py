from __future__ import annotations

import pytest

from openbadge_issuer.jsonld.iri import conventional_case, is_absolute_iri, is_language_tag


@pytest.mark.parametrize(
    "text", ["https://a.example/é?q#f", "did:key:z6Mk", "urn:uuid:1", "a:", "data:," + "x" * 1000]
)
def test_an_absolute_iri_is_known(text: str) -> None:
    assert is_absolute_iri(text)


@pytest.mark.parametrize(
    "text",
    ["", "a", "_:b", "1a:b", "//host", ":", "a b:c"]
    + [f"a:b{sign}c" for sign in ' \n\t\x00\x7f\x85\x9f\xa0\u2028\u3000<>"{}|^`\\\ud800']
    + ["a:b\n", "https://a.example/" + "x" * 1000 + " "],
)
def test_what_could_break_out_of_an_iri_is_none(text: str) -> None:
    assert not is_absolute_iri(text)


@pytest.mark.parametrize("tag", ["nl", "en-US", "zh-Hant-TW", "x-private", "de-CH-1996"])
def test_a_language_tag_is_known(tag: str) -> None:
    assert is_language_tag(tag)


@pytest.mark.parametrize("tag", ["", "-", "en-", "en_US", "toolonglanguage", "en\n", "1a", 'en" .\n<a>', "é"])
def test_what_is_no_language_tag_is_none(tag: str) -> None:
    assert not is_language_tag(tag)


@pytest.mark.parametrize(
    ("tag", "usual"),
    [
        ("EN-us", "en-US"),
        ("ZH-hANT-tw", "zh-Hant-TW"),
        ("en-CA-X-CA-Abcd", "en-CA-x-ca-abcd"),
        ("X-EN-US", "x-en-us"),
        ("sl-ROZAJ-1994", "sl-rozaj-1994"),
    ],
)
def test_the_usual_case_is_that_of_the_rfc(tag: str, usual: str) -> None:
    assert conventional_case(tag) == usual
