from __future__ import annotations

import pytest

from openbadge_issuer.assertions.json_text import JsonObject, JsonValue
from openbadge_issuer.jsonld.compiled import store, tables, writers
from openbadge_issuer.jsonld.compiled.active_context import Declined
from openbadge_issuer.jsonld.compiled.store import tables_for
from openbadge_issuer.jsonld.compiled.tables import Tables
from openbadge_issuer.jsonld.compiled.writers import write_iri
from openbadge_issuer.jsonld.contexts import PINNED, ContextLoader
from two_ways import agreed, compiled

V2 = "https://www.w3.org/ns/credentials/v2"
OB = "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json"
OWN = "https://badges.example/context"


@pytest.fixture(autouse=True)
def _fresh(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(store, "_store", Tables())
    store._with_inline.cache_clear()  # noqa: SLF001  # the memory of the module under test


def badge(contexts: JsonValue, **members: JsonValue) -> JsonObject:
    return {"@context": contexts, "type": ["VerifiableCredential"], "name": "n", **members}


def test_tables_are_made_once() -> None:
    compiled(badge([V2, OB]))
    before = tables_for(badge([V2, OB]), PINNED).count
    compiled(badge([V2, OB], name="other"))
    assert tables_for(badge([V2, OB]), PINNED).count == before < 10


def test_loaders_share_what_they_have_in_common() -> None:
    compiled(badge([V2, OB]))
    before = tables_for(badge([V2, OB]), PINNED).count
    compiled(badge([V2, OB]), ContextLoader({OWN: {"@context": {}}}))
    compiled(badge([V2, OB]), next(PINNED.alternatives([OB])))
    assert tables_for(badge([V2, OB]), PINNED).count == before + 2  # of the other state and of the type in it


def test_when_there_are_too_many_they_are_begun_anew(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tables, "MAX_TABLES", 5)
    first = tables_for(badge([V2]), PINNED)
    assert agreed(badge([V2])) is not None
    assert agreed(badge([V2, OB])) is None
    assert first.full
    assert agreed(badge([V2, OB])) is not None
    assert tables_for(badge([V2, OB]), PINNED) is not first


def test_so_are_those_for_contexts_inside_a_document(monkeypatch: pytest.MonkeyPatch) -> None:
    document = badge([V2, {"colour": "urn:colour"}], colour="red")
    assert agreed(document) is not None
    assert tables_for(document, PINNED) is tables_for(badge([V2, {"colour": "urn:colour"}]), PINNED)
    assert tables_for(document, PINNED) is not tables_for(badge([V2, {"colour": "urn:other"}]), PINNED)
    used = tables_for(document, PINNED)
    monkeypatch.setattr(tables, "MAX_TABLES", used.count)
    assert used.full
    with pytest.raises(Declined):
        used.root.derived({"x": "urn:x"}, "local")
    assert tables_for(document, PINNED) is not used


def test_contexts_inside_a_document_do_not_touch_other_documents() -> None:
    before = compiled(badge([V2, OB]))
    inlines: list[JsonObject] = [
        {"colour": "urn:colour"},
        {"@vocab": "urn:v:"},
        {"ghost": "https://schema.org/name"},
    ]
    for inline in inlines:
        agreed(badge([V2, OB, inline], colour="red", ghost="x"))
    assert agreed(badge([V2, OB])) == before


def test_lists_of_contexts_are_forgotten_in_time(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tables, "MAX_LISTS", 3)
    for number in range(10):
        loader = ContextLoader({f"{OWN}/{number}": {"@context": {"colour": "urn:colour"}}})
        assert agreed(badge([V2, f"{OWN}/{number}"], colour="red"), loader) is not None
        assert len(tables_for(badge([V2]), PINNED).root.lists) <= 3


def test_types_are_remembered_within_bounds(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tables, "MAX_KINDS", 4)
    table = tables_for(badge([V2]), PINNED).root.under([V2], PINNED)
    for number in range(10):
        assert agreed(badge([V2], evidence={"type": [f"urn:t{number}", "JsonSchema"]}))
    assert len(table.kinds) <= 4
    agreed(badge([V2], evidence={"type": "urn:" + "x" * 1000}))
    assert not any(len(kind) > 500 for kind in table.kinds)


def test_written_iris_are_forgotten_in_time(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(writers, "_written_iris", {})
    monkeypatch.setattr(writers, "MAX_REMEMBERED_IRIS", 3)
    for number in range(10):
        assert write_iri(f"urn:{number}") == write_iri(f"urn:{number}") == f"<urn:{number}>"
        assert len(writers._written_iris) <= 3  # noqa: SLF001  # as above
    write_iri("urn:" + "x" * 300)
    assert all(len(text) < 300 for text in writers._written_iris)  # noqa: SLF001  # as above
