"""Which badges count as alike, and which do not."""

from __future__ import annotations

import copy
from collections.abc import Iterator

import pytest

from issued_badges import KEY, LATER, achievement, did_issuer, outcomes
from openbadge_issuer import Recipient
from openbadge_issuer.assertions.acceptance.plain import _narrowed
from openbadge_issuer.assertions.achievement import Achievement
from openbadge_issuer.assertions.json_text import JsonObject, JsonValue, parse_json_object
from openbadge_issuer.assertions.reading import outline_of
from openbadge_issuer.jsonld.canonical import canonical_form
from openbadge_issuer.jsonld.contexts import ContextLoader
from openbadge_issuer.signing.cryptosuite import add_proof
from openbadge_issuer.signing.data_integrity import ProofOptions
from openbadge_issuer.status import StatusEntry
from openbadge_issuer.verification import judging, likeness, verify
from openbadge_issuer.verification.likeness import (
    MAX_KINDS,
    MAX_MISSES,
    SLOTS,
    Likeness,
    forget_kinds,
    likeness_of,
    remember,
)

METHOD = KEY.public_key.verification_method


@pytest.fixture(autouse=True)
def _nothing_seen() -> Iterator[None]:
    forget_kinds()
    yield
    forget_kinds()


def badge(number: int, what: Achievement | None = None) -> JsonObject:
    status = StatusEntry.at("https://badges.example/status/1", index=number, purpose="revocation")
    recipient = Recipient(email=f"person{number}@example.org")
    issued = did_issuer().issue(what or achievement(), recipient, now=LATER, status=status)
    return parse_json_object(issued.data)


def see(document: JsonObject, times: int = 2) -> None:
    """Note a document as often as it takes to be kept."""
    for _ in range(times):
        remember(document, outline_of(document))


def like(document: JsonObject) -> Likeness:
    found = likeness_of(document)
    assert found is not None
    return found


def unsigned(document: JsonObject) -> JsonObject:
    return {name: part for name, part in document.items() if name != "proof"}


def object_at(document: JsonObject, *steps: str | int) -> JsonObject:
    found: JsonValue = document
    for step in steps:
        found = found[step]  # type: ignore[index]  # the test knows the way
    assert isinstance(found, dict)
    return found


def test_only_the_second_badge_of_a_kind_is_kept() -> None:
    see(badge(0), times=1)
    assert likeness_of(badge(1)) is None
    see(badge(1), times=1)
    assert set(like(badge(2)).differences) == {
        ("id",),
        ("credentialSubject", "identifier", 0, "identityHash"),
        ("credentialSubject", "identifier", 0, "salt"),
        ("credentialStatus", "id"),
        ("credentialStatus", "statusListIndex"),
        ("proof", "proofValue"),
    }


def test_the_form_is_the_general_one_and_the_outline_that_of_the_kind() -> None:
    see(badge(0))
    for number in range(1, 5):
        one = badge(number)
        assert like(one).nquads(one, "sha256") == canonical_form(unsigned(one)).nquads
        assert like(one).nquads(one, "sha384") == canonical_form(unsigned(one), digest="sha384").nquads
        assert like(one).outline == outline_of(one)


def test_what_is_kept_cannot_be_changed_from_outside() -> None:
    kept = badge(0)
    see(kept)
    object_at(kept, "credentialSubject")["type"] = ["Profile"]
    assert likeness_of(badge(1)) is not None


@pytest.mark.parametrize("other", [1, 1.0, "true", None])
def test_what_python_calls_equal_is_not_alike(other: JsonValue) -> None:
    see(badge(0))
    changed = badge(1)
    identity = object_at(changed, "credentialSubject", "identifier", 0)
    assert identity["hashed"] is True
    identity["hashed"] = other
    assert likeness_of(changed) is None


def test_numbers_are_compared_as_they_are_written() -> None:
    credited = achievement(creditsAvailable=0.0)
    see(badge(0, credited))
    changed = badge(1, credited)
    assert likeness_of(changed) is not None
    object_at(changed, "credentialSubject", "achievement")["creditsAvailable"] = -0.0
    assert likeness_of(changed) is None


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("id", "relative"),
        ("id", "_:b0"),
        ("id", ""),
        ("validFrom", "2026-02-30T00:00:00Z"),
        ("validFrom", "2026-01-01T00:00:00"),
        ("name", ""),
        ("name", "\ud800"),
        ("name", ["Facilitator"]),
        ("type", ["VerifiableCredential", "AchievementCredential"]),
        ("@context", ["https://www.w3.org/ns/credentials/v2"]),
    ],
)
def test_a_form_that_no_slot_takes_is_not_alike(name: str, value: JsonValue) -> None:
    see(badge(0))
    assert likeness_of({**badge(1), name: value}) is None


@pytest.mark.parametrize("other", [["a", "b", "c", "d", "e"], "text", 5])
def test_an_object_is_not_like_anything_else(other: JsonValue) -> None:
    see(badge(0))
    assert len(object_at(badge(1), "credentialStatus")) == 5
    assert likeness_of({**badge(1), "credentialStatus": other}) is None


def test_another_member_is_not_alike() -> None:
    see(badge(0))
    changed = badge(1)
    object_at(changed, "credentialStatus")["statusSize"] = 1
    assert likeness_of(changed) is None


@pytest.mark.parametrize(
    ("usual", "same"),
    [
        ("https://badges.example/badge/7", "https://badges.example/facilitator"),
        ("https://badges.example/badge/7", "https://badges.example/status/1#7"),
        ("did:example:badge7", KEY.did_key),
    ],
)
def test_a_name_that_is_already_there_takes_the_plain_way(usual: str, same: str) -> None:
    see(badge(0))
    first = {**badge(7), "id": usual, "name": "Of another name"}
    assert like(first).nquads(first, "sha256") is not None
    second = {**first, "id": same}
    assert like(second).nquads(second, "sha256") is None


def test_a_name_of_another_scheme_takes_the_plain_way() -> None:
    see(badge(0))
    first = badge(7)
    assert like(first).nquads(first, "sha256") is not None
    second = {**first, "id": "schema:badge"}
    assert like(second).nquads(second, "sha256") is None


def test_a_pattern_that_does_not_give_the_plain_form_is_not_used(monkeypatch: pytest.MonkeyPatch) -> None:
    see(badge(0))
    one = badge(1)
    other = canonical_form(unsigned(badge(2)))
    monkeypatch.setattr(likeness, "canonical_form", lambda *_, **__: other)
    assert like(one).nquads(one, "sha256") is None


def test_proofs_of_a_chain_are_over_more_than_the_badge() -> None:
    def chained(number: int) -> JsonObject:
        found = unsigned(badge(number))
        for name in ("urn:proof:1", "urn:proof:2"):
            found = add_proof(found, KEY, ProofOptions(verification_method=METHOD, created=LATER, id=name))
        names = ("urn:proof:1", "urn:proof:2")
        return add_proof(
            found, KEY, ProofOptions(verification_method=METHOD, created=LATER, previous_proof=names)
        )

    for number in range(4):
        report = verify(chained(number), now=LATER)
        assert report.verdicts["integrity"] == "passed", str(report)
        assert "PROOF-CONTEXT-STATE" not in outcomes(report)
    assert likeness_of(chained(9)) is not None


def test_two_texts_that_become_one_statement_take_the_plain_way() -> None:
    one = badge(0)
    identities = object_at(one, "credentialSubject")
    listed = identities["identifier"]
    assert isinstance(listed, list)
    identities["identifier"] = [
        *listed,
        {**object_at(one, "credentialSubject", "identifier", 0), "salt": "1"},
    ]
    see(one)
    other = copy.deepcopy(one)
    object_at(other, "credentialSubject", "identifier", 1)["salt"] = "2"
    assert like(other).nquads(other, "sha256") is not None
    twin = copy.deepcopy(one)
    object_at(twin, "credentialSubject", "identifier", 1)["salt"] = object_at(
        one, "credentialSubject", "identifier", 0
    )["salt"]
    assert like(twin).nquads(twin, "sha256") is None


def test_another_badge_is_kept_when_none_is_like_the_first() -> None:
    see(badge(0))
    described = achievement(description="Leads two workshops.")
    for number in range(MAX_MISSES + 1):
        other = badge(number, described)
        assert likeness_of(other) is None
        remember(other, outline_of(other))
    assert likeness_of(badge(99, described)) is not None


FRACTION, WHOLE = "2026-01-01T00:00:00.5Z", "2026-01-01T00:00:00Z"


@pytest.mark.parametrize("dates", [(FRACTION, WHOLE), (WHOLE, FRACTION)])
def test_what_is_remarked_of_a_date_is_remarked_of_each(dates: tuple[str, str]) -> None:
    def remarked(date: str, number: int) -> bool:
        return "OB3-SUBSECOND" in outcomes(verify({**badge(number), "validFrom": date}, now=LATER))

    kept, other = dates
    for number in range(3):
        assert remarked(kept, number) is (kept == FRACTION)
    for number in range(3):
        assert remarked(other, number) is (other == FRACTION)
        assert remarked(kept, number) is (kept == FRACTION)


def test_the_model_is_checked_once_for_valid_badges_of_a_kind(monkeypatch: pytest.MonkeyPatch) -> None:
    for number in range(3):
        verify(badge(number), now=LATER)
    monkeypatch.setattr(judging, "check_model", lambda *_: pytest.fail("checked again"))
    assert outcomes(verify(badge(4), now=LATER))["MODEL-VALID"] == "passed"


def test_kinds_and_patterns_are_bounded() -> None:
    one = badge(0)
    for number in range(2 * MAX_KINDS):
        object_at(one, "credentialSubject", "achievement")["id"] = f"https://badges.example/{number}"
        see(one)
    assert 0 < likeness.kept() <= MAX_KINDS


def test_a_long_badge_is_not_kept() -> None:
    long = achievement(description="x" * likeness.MAX_CHARS)
    see(badge(0, long), times=3)
    assert likeness_of(badge(1, long)) is None


def test_contexts_of_the_callers_own_take_the_plain_way() -> None:
    see(badge(0))
    own: dict[str, JsonObject] = {"https://x.example/c": {"@context": {}}}
    assert ContextLoader(own).knows("https://x.example/c")
    for number in range(3):
        assert verify(badge(number), now=LATER, contexts=own).verdicts["integrity"] == "passed"


def test_the_forms_of_the_slots_are_those_of_the_model() -> None:
    """An IRI that fits a slot fits the pattern of the model; all else has one form wherever it stands."""
    expected = {
        "id": "pattern",
        "validFrom": "date-time-with-zone",
        "validUntil": "date-time-with-zone",
        "awardedDate": "date-time-with-zone",
        "created": "date-time",
    }
    inside = {"EnvelopedVerifiableCredential", "Association"}  # no plain credential holds one
    for name in SLOTS:
        forms = [
            table["members"][name]
            for kind, table in _narrowed()["classes"].items()
            if name in table["members"] and kind not in inside
        ]
        wanted = expected.get(name, "text")
        assert forms
        for form in forms:
            first = form[0] if isinstance(form, list) else form
            assert first in {wanted, "text"}, (name, form)
