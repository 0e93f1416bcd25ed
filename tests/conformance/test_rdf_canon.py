"""The vectors of the RDF canonicalization working group."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TypedDict

import pytest

from conformance_data import conformance_root
from openbadge_issuer.errors import LimitError
from openbadge_issuer.jsonld.nquads import parse_nquads
from openbadge_issuer.jsonld.rdfc import CanonicalDataset, canonicalize_dataset


class Entry(TypedDict, total=False):
    """What of a manifest entry is read."""

    id: str
    type: str
    action: str
    result: str
    hashAlgorithm: str


def entries(kind: str) -> list[object]:
    root = conformance_root()
    if root is None:
        return []
    manifest = json.loads((root / "vectors/rdf-canon/manifest.jsonld").read_bytes())
    return [
        pytest.param(entry, id=entry["id"]) for entry in manifest["entries"] if entry["type"].endswith(kind)
    ]


@pytest.fixture
def folder(conformance: Path) -> Path:
    return conformance / "vectors/rdf-canon"


def canonicalized(folder: Path, entry: Entry) -> CanonicalDataset:
    quads = parse_nquads((folder / entry["action"]).read_bytes())
    return canonicalize_dataset(
        quads, digest="sha384" if entry.get("hashAlgorithm") == "SHA384" else "sha256"
    )


@pytest.mark.parametrize("entry", entries("RDFC10EvalTest"))
def test_the_canonical_form_is_that_of_the_vector(folder: Path, entry: Entry) -> None:
    assert canonicalized(folder, entry).nquads == (folder / entry["result"]).read_bytes()


@pytest.mark.parametrize("entry", entries("RDFC10MapTest"))
def test_the_labels_are_those_of_the_vector(folder: Path, entry: Entry) -> None:
    assert canonicalized(folder, entry).labels == json.loads((folder / entry["result"]).read_bytes())


@pytest.mark.parametrize("entry", entries("RDFC10NegativeEvalTest"))
def test_poison_is_refused(folder: Path, entry: Entry) -> None:
    with pytest.raises(LimitError) as error:
        canonicalized(folder, entry)
    assert error.value.code == "JSONLD-WORK"
