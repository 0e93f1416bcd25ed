"""What badges of one kind share is looked at once, and no report shows it."""

from __future__ import annotations

import copy
from datetime import timedelta
from functools import cache

from hypothesis import given, settings
from hypothesis import strategies as st

from issued_badges import KEY, LATER, NOW, achievement, did_issuer, sign_document
from openbadge_issuer import Evidence, Recipient
from openbadge_issuer.assertions.json_text import JsonObject, JsonValue, dump_json, parse_json_object
from openbadge_issuer.assertions.reading import outline_of
from openbadge_issuer.errors import CanonicalizationError, OpenBadgeError
from openbadge_issuer.jsonld.canonical import canonical_form
from openbadge_issuer.signing.sealing import ProofFormat
from openbadge_issuer.status import StatusEntry, StatusList
from openbadge_issuer.verification import verify
from openbadge_issuer.verification.likeness import SLOTS, forget_kinds, likeness_of
from openbadge_issuer.verification.subject import Subject
from strategies import json_values
from tampering import Path, paths

URL = "https://badges.example/status/1"
DOCUMENTS = {URL: StatusList.create(URL, issuer=KEY.did_key).sign(KEY, now=LATER)}


@cache
def issued(number: int, proof: ProofFormat = "eddsa-rdfc-2022") -> bytes:
    """Issue one of the badges of a kind."""
    badge = did_issuer().issue(
        achievement(),
        Recipient(email=f"person{number}@example.org"),
        now=NOW + timedelta(seconds=number % 2),
        evidence=(Evidence(id=f"https://badges.example/evidence/{number}", narrative="Of five people."),),
        status=StatusEntry.at(URL, index=number, purpose="revocation"),
        proof=proof,
    )
    return badge.data


def document(number: int) -> JsonObject:
    """Give one of the badges parsed."""
    return parse_json_object(issued(number))


PATHS = sorted({path for path, _ in paths(document(0)) if path}, key=str)
IN_SLOTS = [path for path in PATHS if path[-1] in SLOTS]
texts = st.sampled_from(
    [
        "",
        "\u0007",
        'a"b\\<c>',
        "é",
        "https://badges.example/facilitator",
        URL,
        f"{URL}#7",
        KEY.did_key,
        "urn:uuid:1",
        "_:b0",
        "schema:name",
        "relative",
        "HTTPS://x.example/",
        "2026-01-01T00:00:00Z",
        "2026-01-01T00:00:00.5+01:00",
        "2026-02-30T00:00:00Z",
        "2026-01-01T00:00:00",
        "1",
        "01",
    ]
) | st.text(max_size=12)
values: st.SearchStrategy[JsonValue] = (
    texts | st.sampled_from([True, 1, 1.0, 0, -0.0, 0.0, None]) | json_values
)
slots = st.tuples(st.sampled_from(IN_SLOTS), texts)
anywhere = st.tuples(st.sampled_from(PATHS), values)
changes = st.lists(slots | anywhere, max_size=3)


def changed(value: JsonObject, made: list[tuple[Path, JsonValue]]) -> JsonObject:
    """Put other values into some places, as far as these are still there."""
    whole = copy.deepcopy(value)
    for path, part in made:
        inside: JsonValue = whole
        for step in path[:-1]:
            if isinstance(inside, dict) and isinstance(step, str):
                inside = inside.get(step)
            elif isinstance(inside, list) and isinstance(step, int) and step < len(inside):
                inside = inside[step]
        if isinstance(inside, dict) and isinstance(path[-1], str):
            inside[path[-1]] = part
    return whole


def prepared() -> None:
    """Let badges of the kind be seen, and others between."""
    forget_kinds()
    for number in range(3):
        verify(issued(number), now=LATER)
        verify(issued(number, "vc-jwt"), now=LATER)


def reported(data: bytes) -> JsonObject:
    """Verify without a look at anything seen before, and then after others of the kind."""
    forget_kinds()
    alone = verify(data, now=LATER, documents=DOCUMENTS).to_json()
    prepared()
    again = [verify(data, now=LATER, documents=DOCUMENTS).to_json() for _ in range(2)]
    assert again == [alone, alone]
    return alone


@settings(max_examples=100)
@given(changes, st.booleans())
def test_a_report_is_the_same_whatever_was_seen_before(
    made: list[tuple[Path, JsonValue]],
    signed: bool,  # noqa: FBT001  # drawn
) -> None:
    whole = changed(document(7), made)
    try:
        data = sign_document(whole) if signed else dump_json(whole)
    except (OpenBadgeError, UnicodeEncodeError):
        return
    reported(data)


@settings(max_examples=100)
@given(changes)
def test_a_form_by_likeness_is_the_general_one(made: list[tuple[Path, JsonValue]]) -> None:
    prepared()
    whole = changed(document(8), made)
    likeness = likeness_of(whole)
    if likeness is None:
        return
    assert likeness.outline == outline_of(whole)
    found = likeness.nquads(whole, "sha256")
    plain = {name: part for name, part in whole.items() if name != "proof"}
    try:
        form = canonical_form(plain)
    except (CanonicalizationError, UnicodeEncodeError):
        assert found is None
        return
    assert found is None or (form.undefined == () and found == form.nquads)


def test_the_badges_of_a_kind_are_alike_and_accepted() -> None:
    prepared()
    for number in range(3, 12):
        report = verify(issued(number), now=LATER, documents=DOCUMENTS)
        assert report.accepted, str(report)
        likeness = likeness_of(document(number))
        assert likeness is not None
        assert likeness.nquads(document(number), "sha256") is not None
        token = verify(issued(number, "vc-jwt"), now=LATER, documents=DOCUMENTS)
        assert token.accepted
        assert Subject("json", document(number)).outline.plain
