"""The vectors of the JSON Canonicalization Scheme's author."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from conformance_data import conformance_root
from openbadge_issuer.jsonld.jcs import canonicalize_jcs


def names() -> list[str]:
    root = conformance_root()
    return sorted(path.stem for path in (root / "vectors/jcs/input").iterdir()) if root else []


@pytest.mark.parametrize("name", names())
def test_the_canonical_form_is_that_of_the_vector(conformance: Path, name: str) -> None:
    folder = conformance / "vectors/jcs"
    written = canonicalize_jcs(json.loads((folder / f"input/{name}.json").read_bytes()))
    assert written == (folder / f"output/{name}.json").read_bytes().strip(b"\r\n")
    assert written == bytes.fromhex((folder / f"outhex/{name}.txt").read_text())


@pytest.mark.parametrize("form", ["Doc", "Proof"])
def test_the_canonical_form_is_that_of_the_eddsa_jcs_2022_vector(conformance: Path, form: str) -> None:
    folder = conformance / "vectors/vc-di-eddsa"
    source = "unsigned.json" if form == "Doc" else "eddsa-jcs-2022/proofConfigJCS.json"
    document = json.loads((folder / source).read_bytes())
    expected = (
        folder / f"eddsa-jcs-2022/{'canonDoc' if form == 'Doc' else 'proofCanon'}JCS.txt"
    ).read_bytes()
    assert canonicalize_jcs(document) == expected
