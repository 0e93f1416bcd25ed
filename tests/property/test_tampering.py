"""Changing a signed badge: whatever reads differently afterwards is not accepted.

What is accepted although its JSON differs is listed in `SAME_STATEMENTS`, and explained in
docs/reference/what-a-signature-covers.md: there the JSON differs, and the statements do not.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from itertools import islice
from pathlib import Path

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from conformance_data import conformance_root
from issued_badges import KEY, LATER, large, signed_with, small
from openbadge_issuer.assertions.json_text import JsonValue, dump_json, parse_json
from openbadge_issuer.errors import DocumentError, LimitError
from openbadge_issuer.signing.base64url import decode_base64url, encode_base64url
from openbadge_issuer.verification import verify
from tampering import Mutant, mutants, paths

SMALL = small().data.decode()
LARGE = large().data.decode()
TOKEN = small(proof="vc-jwt").data.decode()
_EXAMPLES = (
    "examples/ob-v3p0/signed/*dataIntegrityProof*.json",
    "examples/ob-v3p0/impl/linked-data-proof-ob/06*.json",
)
_ROOT = conformance_root()
PUBLISHED: list[Path] = (
    [path for pattern in _EXAMPLES for path in sorted(_ROOT.glob(pattern))] if _ROOT else []
)

NEIGHBOURS = {"0": "1", "3": "2", "1": "l", ":": ";", "-": "_", "/": "\\", '"': "'", " ": "\t", "Z": "z"}
"""What a character is most easily taken for, and what changes a version number or a date."""


def accepted(text: str) -> bool:
    """Tell whether a changed badge is still believed; the key of a published example is only claimed."""
    return verify(
        text.encode("utf-8", "surrogatepass"), now=LATER, require=("integrity",), unsafe_claimed_keys=True
    ).accepted


def reads_differently(changed: str, original: str) -> bool:
    """Tell whether a changed text still is JSON, and not the same value."""
    try:
        return not same(parse_json(changed), parse_json(original))
    except (DocumentError, LimitError):
        return False


def same(one: JsonValue, other: JsonValue) -> bool:
    """Compare as JSON does: 1 and 1.0 are one number, True is none, members have no order."""
    return json.dumps(_numbers(one), sort_keys=True) == json.dumps(_numbers(other), sort_keys=True)


def _numbers(value: JsonValue) -> JsonValue:
    if isinstance(value, dict):
        return {name: _numbers(part) for name, part in value.items()}
    if isinstance(value, list):
        return [_numbers(part) for part in value]
    return float(value) if isinstance(value, int) and not isinstance(value, bool) else value


def one_character_changed(text: str) -> Iterator[str]:
    """Change every character twice: for another one, and left out, doubled or moved by one code point."""
    for place, character in enumerate(text):
        before, after = text[:place], text[place + 1 :]
        yield before + NEIGHBOURS.get(character, character.swapcase() if character.isalpha() else "0") + after
        yield before + ("", character * 2, chr(ord(character) ^ 1))[place % 3] + after


@pytest.mark.parametrize("text", [SMALL, TOKEN], ids=["embedded proof", "token"])
def test_no_badge_with_one_changed_character_is_accepted_wherever_it_stands(text: str) -> None:
    assert accepted(text)
    changed = {variant for variant in one_character_changed(text) if variant != text}
    if text.startswith("{"):
        changed = {variant for variant in changed if reads_differently(variant, text)}
    assert len(changed) > 1500
    assert [variant for variant in changed if accepted(variant)] == []


def _with_one_change(text: str) -> st.SearchStrategy[str]:
    character = st.sampled_from('0123456789aeghtxzAZ_-.:/# "{}[],\\@ué') | st.characters(codec="utf-8")
    kept = st.sampled_from([0, 1])  # replace the character there, or put another before it
    return st.builds(
        lambda place, new, old: text[:place] + new + text[place + 1 - old :],
        st.integers(0, len(text) - 1),
        st.just("") | character,
        kept,
    )


@settings(max_examples=80)
@given(_with_one_change(LARGE))
def test_no_badge_with_many_members_and_one_changed_character_is_accepted(changed: str) -> None:
    assume(reads_differently(changed, LARGE))
    assert not accepted(changed)


@settings(max_examples=300)
@given(_with_one_change(TOKEN))
def test_no_token_with_one_changed_character_is_accepted(changed: str) -> None:
    assume(changed.strip() != TOKEN)
    assert not accepted(changed)


@pytest.mark.skipif(not PUBLISHED, reason="the conformance data is not beside the project")
@settings(max_examples=200)
@given(st.data())
def test_no_published_example_with_one_changed_character_is_accepted(data: st.DataObject) -> None:
    text = data.draw(st.sampled_from(PUBLISHED)).read_text(encoding="utf-8")
    changed = data.draw(_with_one_change(text))
    assume(reads_differently(changed, text))
    assert not accepted(changed)


SAME_STATEMENTS: dict[str, str] = {
    "member that says nothing": "null and empty arrays state nothing, under a name that a context defines",
    "item that says nothing": "the same for null in an array, and for an empty context",
    "order of a set": "the order of types has no meaning in RDF; terms with order are lists",
    "item twice": "a set holds each item once",
    "array unwrapped": "one value and an array with one value are the same set",
    "array around": "the same, the other way round",
    "value object": '`{"@value": text}` without language is the text',
    "context that changes nothing": "a context counts by what it makes of the members, not by its text",
    "proof beside": "of a set of proofs one must hold; one of a kind that cannot be checked is remarked upon",
    "proof twice": "the same proof holds twice",
}
"""Kinds of change after which the badge makes the same statements, and why."""


def _accepted_kinds(text: str, *, step: int = 1) -> dict[str, list[Mutant]]:
    document = json.loads(text)
    found: dict[str, list[Mutant]] = {}
    for mutant in islice(mutants(document), 0, None, step):
        changed = json.dumps(mutant.document, ensure_ascii=False)
        if not same(mutant.document, document) and accepted(changed):
            found.setdefault(mutant.kind, []).append(mutant)
    return found


def test_only_changes_that_leave_the_statements_alone_are_accepted() -> None:
    found = _accepted_kinds(SMALL)
    assert {kind: cases[0] for kind, cases in found.items() if kind not in SAME_STATEMENTS} == {}
    assert found.keys() == SAME_STATEMENTS.keys()  # the list is no longer than it must be


@pytest.mark.parametrize("path", PUBLISHED, ids=lambda path: path.stem[:40])
def test_the_same_holds_for_published_examples(path: Path) -> None:
    found = _accepted_kinds(path.read_text(encoding="utf-8"), step=5)
    assert {kind: cases[0] for kind, cases in found.items() if kind not in SAME_STATEMENTS} == {}


def test_under_a_token_no_change_of_the_credential_is_accepted_at_all() -> None:
    header, payload, signature = TOKEN.split(".")
    document = json.loads(decode_base64url(payload))
    count = 0
    for mutant in mutants(document):
        token = f"{header}.{encode_base64url(dump_json(mutant.document))}.{signature}"
        if token != TOKEN:
            count += 1
            assert not accepted(token), mutant
    assert count > 1000


VC = "https://www.w3.org/2018/credentials#"
ALIASES = [
    (
        "credentialStatus",
        {"hidden": {"@id": f"{VC}credentialStatus", "@type": "@id"}},
    ),
    ("validFrom", {"hidden": f"{VC}validFrom"}),
    ("issuer", {"hidden": {"@id": f"{VC}issuer", "@type": "@id"}}),
    ("id", {"hidden": "@id"}),
    ("type", {"hidden": "@type"}),
    ("name", {"hidden": "https://schema.org/name"}),
    (
        "credentialSubject",
        {"hidden": {"@id": f"{VC}credentialSubject", "@type": "@id"}},
    ),
]


@pytest.mark.parametrize(("name", "context"), ALIASES, ids=[name for name, _ in ALIASES])
def test_no_member_can_be_renamed_with_a_context_brought_along(
    name: str, context: dict[str, JsonValue]
) -> None:
    entry = {
        "id": "https://x.example/1#1",
        "type": "BitstringStatusListEntry",
        "statusPurpose": "revocation",
        "statusListIndex": "1",
        "statusListCredential": "https://x.example/1",
    }
    document = json.loads(signed_with({"credentialStatus": entry}))
    assert accepted(json.dumps(document))
    value = document.pop(name)
    document["@context"].append(context)
    document["hidden"] = value
    assert not accepted(json.dumps(document))


def test_the_mutants_reach_every_place_of_the_badge() -> None:
    document = json.loads(SMALL)
    touched = {mutant.path for mutant in mutants(document)}
    assert {path for path, _ in paths(document) if path} <= touched
    assert KEY.did_key in SMALL
