"""Published status lists and entries: the W3C examples, the reference validator's list, another library's."""

from __future__ import annotations

import hashlib
import json
import re
from datetime import UTC, datetime
from itertools import islice
from pathlib import Path

import pytest

from openbadge_issuer.assertions.json_text import JsonObject, parse_json_object
from openbadge_issuer.assertions.vc_data_model import check_vc_data_model
from openbadge_issuer.errors import StatusError
from openbadge_issuer.status.bitstring import Bitstring, has_multibase_prefix
from openbadge_issuer.status.entry import read_entry
from openbadge_issuer.status.reading import read_status_list
from openbadge_issuer.status.status_list import StatusList
from openbadge_issuer.verification import verify

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


def repaired(path: Path) -> JsonObject:
    """Read an example that is printed with comments and dots, without them."""
    lines = [line for line in path.read_text("utf-8").splitlines() if not line.strip().startswith("//")]
    text = re.sub(r",\s*\.\.\.", "", "\n".join(lines))
    return parse_json_object(text.encode())


def test_the_example_of_messages_is_refused_for_the_value_that_its_dots_leave_out(conformance: Path) -> None:
    name = "02-example-statuslistcredential-using-more-complex-entries.broken-json.txt"
    value = repaired(conformance / VECTORS / "spec-examples" / name)["credentialStatus"]
    assert isinstance(value, dict)
    with pytest.raises(StatusError) as caught:
        read_entry(value)
    assert caught.value.code == "STATUS-MESSAGE-COUNT"
    messages = value["statusMessage"]
    assert isinstance(messages, list)
    entry = read_entry({**value, "statusMessage": [*messages, {"status": "0x3", "message": "undefined"}]})
    assert (entry.purpose, entry.size, entry.index) == ("message", 2, 492_847)
    assert [entry.message_of(code) for code in (0, 1, 2, 3)] == [
        "pending_review",
        "accepted",
        "rejected",
        "undefined",
    ]
    assert entry.references == ("https://example.org/status-dictionary/",)


@pytest.mark.parametrize(
    ("name", "lists"),
    [
        ("06-associating-multiple-status-lists-with-a-single-verifiable-c.broken-json.txt", 2),
        ("07-associating-multiple-status-entries-in-a-single-status-list.broken-json.txt", 1),
    ],
)
def test_several_entries_stand_in_one_list_or_in_several(conformance: Path, name: str, lists: int) -> None:
    value = repaired(conformance / VECTORS / "spec-examples" / name)["credentialStatus"]
    assert isinstance(value, list)
    entries = [read_entry(item) for item in value]
    assert [entry.purpose for entry in entries] == ["revocation", "suspension"]
    assert len({entry.list_url for entry in entries}) == lists


def test_the_published_lists_follow_the_data_model_but_for_one_without_issuer(conformance: Path) -> None:
    found = {
        path.name: [problem.code for problem in check_vc_data_model(document(path))]
        for path in sorted((conformance / VECTORS).glob("*/*list*.jsonld"))
    }
    wrong = {name: codes for name, codes in found.items() if codes}
    assert len(found) == 4
    assert wrong == {"local-status-list-credential.jsonld": ["VCDM-REQUIRED"]}
    with pytest.raises(StatusError, match="issuer"):
        read_status_list(document(conformance / VECTORS / "ssi/local-status-list-credential.jsonld"))


def judged(conformance: Path, documents: dict[str, bytes], **options: bool) -> dict[str, str]:
    badge = (conformance / CORPUS / "credential-status-revoked.json").read_bytes()
    now = datetime(2026, 1, 1, tzinfo=UTC)
    report = verify(badge, now=now, documents=documents, **options)  # type: ignore[arg-type]  # flags
    assert not report
    return {found.code: found.outcome for found in report.findings if found.verdict == "status"}


def test_the_reference_validators_revoked_badge_fails_under_claimed_keys(conformance: Path) -> None:
    folder = conformance / CORPUS
    entry = read_entry(document(folder / "credential-status-revoked.json")["credentialStatus"])
    served = {entry.list_url: (folder / "testlist").read_bytes()}
    found = judged(conformance, served, unsafe_claimed_keys=True)
    # The badge comes from one folder and the list says that it belongs elsewhere: it is believed all the
    # same, because it revokes.
    assert found["STATUS-REVOKED"] == "failed"
    assert found["STATUS-INDEX-NUMBER"] == "failed"


def test_without_claimed_keys_or_without_the_list_its_status_stays_open(conformance: Path) -> None:
    folder = conformance / CORPUS
    entry = read_entry(document(folder / "credential-status-revoked.json")["credentialStatus"])
    served = {entry.list_url: (folder / "testlist").read_bytes()}
    assert judged(conformance, served)["STATUS-LIST-UNPROVEN"] == "undetermined"
    assert judged(conformance, {}, unsafe_claimed_keys=True)["DOCUMENTS-MISSING"] == "undetermined"
