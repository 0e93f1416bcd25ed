"""Documents given along: what an index may say and where its files may lie."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest

from openbadge_issuer.errors import DocumentError, LimitError, OpenBadgeError, ResolutionError
from openbadge_issuer.resolution import documents as module
from openbadge_issuer.resolution.documents import Documents
from openbadge_issuer.resolution.fetching import Fetched

URL = "https://badges.example/issuer"


def index(folder: Path, entries: object) -> Path:
    path = folder / "index.json"
    path.write_text(json.dumps(entries))
    return path


def refused(folder: Path, entries: object) -> OpenBadgeError:
    with pytest.raises(OpenBadgeError) as caught:
        Documents.from_index(index(folder, entries))
    assert caught.value.sentence("en")
    assert caught.value.sentence("nl")
    assert "{{" not in caught.value.advice("nl")
    return caught.value


def code_of(documents: Documents, url: str, *, max_bytes: int = 1000) -> str:
    with pytest.raises(ResolutionError) as caught:
        documents.fetch(url, max_bytes=max_bytes)
    assert caught.value.sentence("nl")
    return caught.value.code


def test_bytes_in_memory_are_served_with_status_200() -> None:
    documents = Documents({URL: b"{}"})
    assert documents.fetch(f"{URL}#key") == Fetched(f"{URL}#key", f"{URL}#key", 200, None, b"{}")
    assert documents.get(URL) == b"{}"
    assert list(documents) == [URL]
    assert len(documents) == 1


def test_a_whole_answer_in_memory_is_served_as_it_is() -> None:
    gone = Fetched(URL, URL, 410, "application/json", b"{}")
    documents = Documents({URL: gone})
    assert documents.fetch(URL) == gone
    assert documents.get(URL) is None


def test_a_url_that_was_not_given_is_missing() -> None:
    documents = Documents({URL: b"{}"})
    assert code_of(documents, "https://badges.example/other") == "DOCUMENTS-MISSING"
    assert documents.get("https://badges.example/other") is None
    assert code_of(documents, "no address") == "DOCUMENTS-MISSING"


@pytest.mark.parametrize(
    ("given", "asked"),
    [
        ("https://badges.example", "https://badges.example/"),
        ("https://Badges.EXAMPLE/a", "https://badges.example/a#b"),
        ("HTTPS://badges.example?x", "https://badges.example/?x"),
        ("http://badges.example/old", "http://badges.example/old"),
    ],
)
def test_two_spellings_of_an_address_meet(given: str, asked: str) -> None:
    assert Documents({given: b"1"}).get(asked) == b"1"


def test_a_path_keeps_its_case_and_slash() -> None:
    documents = Documents({"https://badges.example/a": b"1"})
    assert documents.get("https://badges.example/A") is None
    assert documents.get("https://badges.example/a/") is None


def test_an_index_names_files_by_url(tmp_path: Path) -> None:
    (tmp_path / "deep").mkdir()
    (tmp_path / "deep" / "issuer.json").write_bytes(b'{"id": 1}')
    entries = {
        URL: "deep/issuer.json",
        f"{URL}/2": {"file": "deep/issuer.json", "status": 404, "contentType": "Text/HTML; charset=utf-8"},
        f"{URL}/3": {"status": 410},
    }
    documents = Documents.from_index(str(index(tmp_path, entries)))
    assert documents.fetch(URL).body == b'{"id": 1}'
    assert documents.fetch(URL).content_type is None
    second = documents.fetch(f"{URL}/2")
    assert (second.status, second.content_type, second.body) == (404, "text/html", b'{"id": 1}')
    assert (documents.fetch(f"{URL}/3").status, documents.fetch(f"{URL}/3").body) == (410, b"")


def test_a_link_within_the_folder_is_followed(tmp_path: Path) -> None:
    (tmp_path / "real.json").write_bytes(b"1")
    (tmp_path / "link.json").symlink_to("real.json")
    assert Documents.from_index(index(tmp_path, {URL: "link.json"})).get(URL) == b"1"


@pytest.mark.parametrize(
    "name", ["../secret", "a/../../secret", "/etc/hostname", "", "..\\secret", "link", "folder/x"]
)
def test_a_file_outside_the_folder_is_refused(tmp_path: Path, name: str) -> None:
    inside = tmp_path / "inside"
    inside.mkdir()
    (tmp_path / "secret").write_bytes(b"secret")
    (tmp_path / "x").write_bytes(b"secret")
    (inside / "link").symlink_to("../secret")
    (inside / "folder").symlink_to("..")
    error = refused(inside, {URL: name})
    assert (error.code, error.pointer) == ("DOCUMENTS-OUTSIDE", "/https:~1~1badges.example~1issuer")


@pytest.mark.parametrize("name", ["missing.json", "loop", "folder", "nul\0", "x" * 300])
def test_a_file_that_cannot_be_read_is_refused_with_its_place(tmp_path: Path, name: str) -> None:
    (tmp_path / "folder").mkdir()
    (tmp_path / "loop").symlink_to("loop")
    error = refused(tmp_path, {URL: {"file": name}})
    assert (error.code, error.pointer) == ("DOCUMENTS-FILE", "/https:~1~1badges.example~1issuer/file")


def test_a_file_that_no_process_may_wait_for_is_refused(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    assert refused(tmp_path, {URL: "pipe"}).code == "DOCUMENTS-FILE"


@pytest.mark.parametrize(
    "entry",
    [
        None, 1, True, [], ["issuer.json"], {}, {"file": 1}, {"file": "a", "other": 1}, {"status": 200},
        {"status": 99}, {"status": 600}, {"status": "410"}, {"status": True}, {"status": 410.0},
        {"contentType": "text/plain"}, {"status": 410, "contentType": 1},
    ],
)  # fmt: skip
def test_an_entry_of_another_form_is_refused(tmp_path: Path, entry: object) -> None:
    (tmp_path / "a").write_bytes(b"")
    error = refused(tmp_path, {URL: entry})
    assert (error.code, error.pointer) == ("DOCUMENTS-FORM", "/https:~1~1badges.example~1issuer")


@pytest.mark.parametrize(
    "url", ["", "issuer", "/issuer", "ftp://a.example/", "https:///x", "https://a b/", "did:web:a"]
)
def test_a_key_that_is_no_web_address_is_refused(tmp_path: Path, url: str) -> None:
    (tmp_path / "a").write_bytes(b"")
    assert refused(tmp_path, {url: "a"}).code == "DOCUMENTS-URL"
    with pytest.raises(DocumentError, match="not an absolute web address"):
        Documents({url: b""})


def test_an_address_given_twice_is_refused(tmp_path: Path) -> None:
    (tmp_path / "a").write_bytes(b"")
    assert refused(tmp_path, {"https://a.example": "a", "https://A.example/": "a"}).code == "DOCUMENTS-TWICE"


@pytest.mark.parametrize(
    ("text", "code"), [("", "JSON-EMPTY"), ("{", "JSON-SYNTAX"), ("[]", "JSON-NOT-OBJECT")]
)
def test_an_index_that_is_no_json_object_is_refused(tmp_path: Path, text: str, code: str) -> None:
    path = tmp_path / "index.json"
    path.write_text(text)
    with pytest.raises(DocumentError) as caught:
        Documents.from_index(path)
    assert caught.value.code == code


@pytest.mark.parametrize("name", ["missing.json", ".", "nul\0"])
def test_an_index_that_cannot_be_opened_is_refused(tmp_path: Path, name: str) -> None:
    with pytest.raises(DocumentError) as caught:
        Documents.from_index(tmp_path / name)
    assert caught.value.code == "DOCUMENTS-INDEX"


def test_an_index_is_capped(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "MAX_INDEX_ENTRIES", 1)
    entries = {URL: {"status": 410}, f"{URL}/2": {"status": 410}}
    assert refused(tmp_path, entries).code == "DOCUMENTS-TOO-MANY"
    monkeypatch.setattr(module, "MAX_INDEX_BYTES", 10)
    with pytest.raises(LimitError):
        Documents.from_index(index(tmp_path, entries))


def test_a_document_over_the_cap_is_refused(tmp_path: Path) -> None:
    (tmp_path / "a").write_bytes(b"12345")
    documents = Documents.from_index(index(tmp_path, {URL: "a"}))
    assert documents.fetch(URL, max_bytes=5).body == b"12345"
    assert code_of(documents, URL, max_bytes=4) == "FETCH-TOO-LARGE"
    with pytest.raises(ResolutionError):
        documents.get(URL, max_bytes=4)


def test_a_file_that_vanished_is_no_answer(tmp_path: Path) -> None:
    (tmp_path / "a").write_bytes(b"1")
    documents = Documents.from_index(index(tmp_path, {URL: "a"}))
    (tmp_path / "a").unlink()
    assert code_of(documents, URL) == "DOCUMENTS-UNREADABLE"
