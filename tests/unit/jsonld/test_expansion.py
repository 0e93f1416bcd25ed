from __future__ import annotations

import pytest

from openbadge_issuer.assertions.json_text import JsonObject
from openbadge_issuer.errors import CanonicalizationError, LimitError
from openbadge_issuer.jsonld.contexts import PINNED
from openbadge_issuer.jsonld.expansion import expand
from openbadge_issuer.jsonld.watch import Watch

DOCUMENT: JsonObject = {"@context": {"a": "urn:a"}, "a": "x", "b": "y"}


def test_the_expanded_form_comes_with_what_it_lacks() -> None:
    expansion = expand(DOCUMENT, loader=PINNED)
    assert expansion.nodes == [{"urn:a": [{"@value": "x"}]}]
    assert [member.pointer for member in expansion.undefined] == ["/b"]


def test_a_drop_that_the_watch_did_not_see_is_an_error(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Watch, "members", lambda *_: 0)
    with pytest.raises(CanonicalizationError) as error:
        expand(DOCUMENT, loader=PINNED)
    assert error.value.code == "JSONLD-PROCESSING"


def test_a_processor_at_the_end_of_its_stack_is_a_limit(monkeypatch: pytest.MonkeyPatch) -> None:
    def overflow(*_: object) -> None:
        raise RecursionError

    monkeypatch.setattr(Watch, "members", overflow)
    with pytest.raises(LimitError) as error:
        expand(DOCUMENT, loader=PINNED)
    assert error.value.code == "JSONLD-RECURSION"
    assert error.value.sentence("nl")


def test_what_the_processor_did_not_expect_is_no_traceback() -> None:
    with pytest.raises(CanonicalizationError) as error:
        expand({"@context": {"a": {"@id": "urn:a", "@container": {"x": 1}}}, "a": 1}, loader=PINNED)
    assert error.value.code == "JSONLD-PROCESSING"
