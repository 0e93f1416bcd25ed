from __future__ import annotations

import re
import runpy
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from openbadge_issuer.assertions.json_text import JsonValue, parse_json_object
from openbadge_issuer.errors import OutputError
from openbadge_issuer.jsonld.vocabulary.catalogue import (
    PUBLISHED_CONTEXTS,
    generated_files,
    write_contexts,
)

SCHEMAS = Path(__file__).parents[4] / "schemas" / "contexts"

# What stands in no declared namespace, as published.
SIC = {
    "OpenBadgeCredential",  # a term whose value is a term
    "verification",
    "issuedOn",
    "xsd:dateTime",  # OB 3.0.3, RsaSignature2018 and CLR 2.0 declare no prefix xsd
    "xsd:anyURI",
    "xsd:boolean",
    "sec:challenge",  # nor does RsaSignature2018 declare sec
    "sec:domain",
    "sec:expiration",
    "sec:jws",
    "sec:nonce",
    "sec:proofPurpose",
    "sec:proofValue",
    "sec:verificationMethod",
}
_ABSOLUTE = re.compile(r"https?://[a-z0-9.]+/\S*")
_KEYWORDS = {"@id", "@type", "@vocab", "@json"}


def iris(terms: JsonValue, prefixes: dict[str, str]) -> Iterator[str]:
    """Give what terms and coercions map to, with prefixes written out as far as they are declared."""
    if isinstance(terms, list):
        for part in terms:
            yield from iris(part, prefixes)
    if not isinstance(terms, dict):
        return
    known = {**prefixes, **{name: iri for name, iri in terms.items() if isinstance(iri, str)}}
    for name, definition in terms.items():
        if name.startswith("@"):
            continue
        shape = definition if isinstance(definition, dict) else {"@id": definition}
        for value in (shape["@id"], shape.get("@type", "@id")):
            assert isinstance(value, str)
            prefix, colon, rest = value.partition(":")
            yield known[prefix] + rest if colon and prefix in known else value
        yield from iris(shape.get("@context"), known)


def test_the_files_in_the_project_are_what_the_tables_make() -> None:
    made = dict(generated_files())
    kept = {path.name: path.read_bytes() for path in SCHEMAS.iterdir()}
    assert kept.keys() == made.keys()
    assert [name for name in made if kept[name] != made[name]] == [], "run make schemas"


def test_every_term_maps_to_an_absolute_iri_or_is_listed_as_an_oddity() -> None:
    found: set[str] = set()
    for context in PUBLISHED_CONTEXTS:
        for state in context.states:
            found |= {iri for iri in iris(state.terms, {}) if not _ABSOLUTE.fullmatch(iri)}
    assert found - _KEYWORDS == SIC


def test_urls_and_files_and_digests_are_named_once() -> None:
    urls = [url for context in PUBLISHED_CONTEXTS for url in (context.url, *context.aliases)]
    states = [state for context in PUBLISHED_CONTEXTS for state in context.states]
    for names in (urls, [state.file for state in states], [state.digest for state in states]):
        assert len(set(names)) == len(names)
    assert all(re.fullmatch(r"[0-9a-f]{64}", state.digest) for state in states)
    assert all(re.fullmatch(r"(\d{4}-\d\d-\d\d)?", state.seen) for state in states)


def test_states_go_back_in_time() -> None:
    for context in PUBLISHED_CONTEXTS:
        days = [state.seen for state in context.states]
        assert days == sorted(days, reverse=True)


def test_writing_replaces_whole_files_and_leaves_nothing_beside_them(tmp_path: Path) -> None:
    folder = tmp_path / "schemas" / "contexts"
    write_contexts(folder)
    (folder / "index.json").write_text("{", encoding="utf-8")
    write_contexts(folder)
    assert {path.name: path.read_bytes() for path in folder.iterdir()} == dict(generated_files())
    index = parse_json_object((folder / "index.json").read_bytes())
    assert "https://www.w3.org/ns/credentials/v2" in index


def test_a_folder_that_cannot_be_written_is_an_error_of_ours(tmp_path: Path) -> None:
    (tmp_path / "taken").write_text("", encoding="utf-8")
    with pytest.raises(OutputError) as error:
        write_contexts(tmp_path / "taken")
    assert error.value.code == "CONTEXT-WRITE"
    assert "taken" in error.value.sentence("nl")


def test_a_file_that_cannot_be_replaced_leaves_nothing_half_written(tmp_path: Path) -> None:
    first = next(name for name, _ in generated_files())
    (tmp_path / first).mkdir()
    with pytest.raises(OutputError):
        write_contexts(tmp_path)
    assert [path.name for path in tmp_path.iterdir()] == [first]


def test_the_module_writes_into_the_folder_on_the_command_line(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "argv", ["vocabulary", str(tmp_path)])
    runpy.run_module("openbadge_issuer.jsonld.vocabulary", run_name="__main__")
    assert {path.name for path in tmp_path.iterdir()} == {name for name, _ in generated_files()}
