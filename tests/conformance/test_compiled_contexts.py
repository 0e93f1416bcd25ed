"""The compiled way to canonical bytes on every published document: what it takes, and what it declines."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from openbadge_issuer.assertions.json_text import JsonObject, parse_json_object
from openbadge_issuer.errors import OpenBadgeError
from openbadge_issuer.jsonld.form import CanonicalForm
from two_ways import agreed, general

MOST_DECLINED = 0.03
"""Of the documents that have a canonical form; those that declined are published as faulty."""


def documents(root: Path) -> Iterator[JsonObject]:
    for path in sorted(root.rglob("*.json*")):
        try:
            document = parse_json_object(path.read_bytes())
        except OpenBadgeError:
            continue
        if "@context" in document:
            yield document


def test_the_compiled_way_finds_the_same_and_seldom_declines(conformance: Path) -> None:
    taken = declined = 0
    for document in documents(conformance):
        found = agreed(document)
        if found is not None:
            taken += isinstance(found, CanonicalForm)
        else:
            declined += isinstance(general(document), CanonicalForm)
    assert taken > 150
    assert declined < MOST_DECLINED * taken
