"""Published status lists and entries: the W3C examples, the reference validator's list, another library's."""

from __future__ import annotations

import hashlib
import json
from itertools import islice
from pathlib import Path

import pytest

from openbadge_issuer.assertions.json_text import JsonObject, parse_json_object
from openbadge_issuer.status.bitstring import Bitstring, has_multibase_prefix
from openbadge_issuer.status.entry import read_entry
from openbadge_issuer.status.reading import read_status_list
from openbadge_issuer.status.status_list import StatusList

VECTORS = "vectors/bitstring-status-list"
CORPUS = "corpus-1edtech/files/ob30/bit-string-list"


def document(path: Path) -> JsonObject:
    return parse_json_object(path.read_bytes())


def test_every_published_list_decodes_to_its_recorded_bits(conformance: Path) -> None:
    vectors = json.loads((conformance / VECTORS / "decode-vectors.json").read_bytes())["vectors"]
    assert len(vectors) == 5
    for vector in vectors:
        bits = Bitstring.decode(vector["encodedList"])
        assert has_multibase_prefix(vector["encodedList"]) is vector["multibase"], vector["name"]
        assert len(bits) == vector["bitstringBits"], vector["name"]
        assert bits.count() == vector["setCount"], vector["name"]
        assert list(islice(bits.set_indexes(), 64)) == vector["setIndexes"], vector["name"]
        assert hashlib.sha256(bytes(bits)).hexdigest() == vector["bitstringSha256"], vector["name"]
        assert Bitstring.decode(bits.encode()) == bits, vector["name"]


@pytest.mark.parametrize(
    "name",
    [
        "spec-examples/03-example-bitstringstatuslistcredential.json",
        "spec-examples/05-a-status-list-verifiable-credential.json",
        "ssi/status-list-credential.jsonld",
    ],
)
def test_an_example_list_is_read(conformance: Path, name: str) -> None:
    published = read_status_list(document(conformance / VECTORS / name))
    assert published.id == "https://example.com/credentials/status/3"
    assert published.purposes == ("revocation",)
    assert published.valid_from is not None
    assert published.bits.count() == 0


def test_the_examples_entry_is_answered_by_the_examples_list(conformance: Path) -> None:
    examples = conformance / VECTORS / "spec-examples"
    entry = read_entry(document(examples / "04-a-revocable-verifiable-credential.json")["credentialStatus"])
    assert entry.index == 94_567
    published = read_status_list(document(examples / "05-a-status-list-verifiable-credential.json"))
    assert not published.status_of(entry)


def test_entries_of_an_array_are_read_one_by_one(conformance: Path) -> None:
    name = "01-example-statuslistcredential-using-simple-entries.json"
    entries = document(conformance / VECTORS / "spec-examples" / name)["credentialStatus"]
    assert isinstance(entries, list)
    assert [(read_entry(entry).purpose, read_entry(entry).index) for entry in entries] == [
        ("revocation", 94_567),
        ("suspension", 23_452),
    ]


@pytest.mark.parametrize("index", [1, 3])
def test_entries_of_another_library_are_read(conformance: Path, index: int) -> None:
    badge = document(conformance / VECTORS / f"ssi/status_list_revocable_{index}.jsonld")
    assert read_entry(badge["credentialStatus"]).index == index


def test_the_reference_validators_revoked_badge_is_revoked(conformance: Path) -> None:
    folder = conformance / CORPUS
    badge = document(folder / "credential-status-revoked.json")
    entry = read_entry(badge["credentialStatus"])
    published = read_status_list(document(folder / "testlist"))
    assert published.status_of(entry)


def test_an_example_list_is_continued_by_us(conformance: Path) -> None:
    name = "spec-examples/05-a-status-list-verifiable-credential.json"
    status_list = StatusList.load((conformance / VECTORS / name).read_bytes())
    status_list.set(94_567)
    assert status_list.count() == 1
