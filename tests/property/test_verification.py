"""Whatever is handed to `verify`, and whatever the web answers, a report comes out."""

from __future__ import annotations

import pickle

from hypothesis import given, settings
from hypothesis import strategies as st

from issued_badges import KEY, LATER, https_badge, signed_with, small, small_document
from openbadge_issuer.assertions.json_text import JsonObject, JsonValue, dump_json
from openbadge_issuer.resolution.fetching import Fetched
from openbadge_issuer.status import StatusEntry, StatusList
from openbadge_issuer.verification import VerificationReport, verify
from strategies import json_objects, json_values

URL = "https://badges.example/status/1"
ISSUER = "https://badges.example/issuer"
ENTRY = StatusEntry.at(URL, index=5, purpose="revocation").to_json()
FURTHER = ("credentialStatus", "validUntil", "evidence", "refreshService", "endorsement")
MEMBERS = sorted({*small_document(), *FURTHER})
STARTS = (b"\x89PNG\r\n\x1a\n", b"<svg ", b"{", b"eyJ", b"\xef\xbb\xbf{")
LIST = StatusList.create(URL, issuer=KEY.did_key).sign(KEY, now=LATER)

pieces = st.sampled_from(
    [
        *small_document().values(),
        ENTRY,
        [ENTRY],
        KEY.did_key,
        "https://x.example/",
        "2026-03-01T12:00:00Z",
        [],
        {},
    ]
)
members = st.dictionaries(st.sampled_from(MEMBERS), json_values | pieces, max_size=3)


def checked(report: VerificationReport) -> VerificationReport:
    """Say the report in every form, and hold it to what every report promises."""
    assert str(report).isprintable() or "\n" in str(report)
    assert all(line.isprintable() for line in str(report).split("\n"))
    dump_json(report.to_json())
    assert pickle.loads(pickle.dumps(report)) == report  # noqa: S301  # our own
    if report.accepted:
        assert all(report.verdicts[name] == "passed" for name in report.required)
    return report


@given(st.binary(max_size=200) | st.text(max_size=200))
def test_any_bytes_give_a_report(data: bytes | str) -> None:
    assert not checked(verify(data, now=LATER))


@given(st.sampled_from(STARTS), st.binary(max_size=200))
def test_bytes_that_begin_like_a_badge_give_a_report(start: bytes, rest: bytes) -> None:
    assert not checked(verify(start + rest, now=LATER))


@settings(max_examples=60)
@given(json_objects)
def test_any_document_gives_a_report_and_the_same_as_its_text(document: JsonObject) -> None:
    report = checked(verify(document, now=LATER))
    assert not report
    assert report.findings == verify(dump_json(document), now=LATER).findings


@settings(max_examples=150)
@given(members)
def test_a_badge_with_other_members_is_accepted_only_if_it_is_the_same(changes: JsonObject) -> None:
    report = checked(verify(small_document(**changes), now=LATER))
    if report.accepted:
        silent: tuple[JsonValue, ...] = ([], small_document().get("proof"))
        own = small_document()
        assert all(value in silent or value == own.get(name) for name, value in changes.items())


@settings(max_examples=60)
@given(st.dictionaries(st.text(max_size=8), json_values, max_size=3))
def test_a_proof_with_further_members_is_never_accepted(changes: JsonObject) -> None:
    own = small_document()["proof"]
    assert isinstance(own, dict)
    added = {name: value for name, value in changes.items() if name not in own}
    report = checked(verify(small_document(proof={**own, **added}), now=LATER))
    assert not report.accepted or all(value in (None, []) for value in added.values())


DOCUMENT_MEMBERS = ("id", "verificationMethod", "assertionMethod", "keys")
answers = st.one_of(
    st.binary(max_size=100),
    json_values.map(dump_json),
    st.just(LIST),
    st.integers(0, len(LIST) - 1).map(lambda place: LIST[:place] + LIST[place + 1 :]),
    st.just(small().data),
    st.builds(
        lambda status, body: Fetched(URL, URL, status, "text/html", body),
        st.integers(200, 599),
        st.binary(max_size=9),
    ),
)


@settings(max_examples=100)
@given(answers)
def test_whatever_a_status_list_answers_only_the_true_one_lets_a_badge_pass(answer: bytes | Fetched) -> None:
    data = signed_with({"credentialStatus": ENTRY})
    report = checked(verify(data, now=LATER, documents={URL: answer}))
    assert report.verdicts["integrity"] == "passed"
    body = answer.body if isinstance(answer, Fetched) else answer
    assert report.accepted == (body == LIST)


@settings(max_examples=100)
@given(
    st.dictionaries(
        st.sampled_from(["id", "verificationMethod", "assertionMethod", "keys"]),
        json_values | st.just(ISSUER),
    )
)
def test_whatever_an_issuers_document_says_a_key_that_it_does_not_list_is_not_bound(
    document: JsonObject,
) -> None:
    data = https_badge(ISSUER, f"{ISSUER}#{KEY.public_key.multibase}").data
    served = dump_json(document)
    given_documents = {ISSUER: served, "https://badges.example/.well-known/jwks.json": served}
    report = checked(verify(data, now=LATER, documents=given_documents))
    assert not report
    assert report.verdicts["integrity"] != "passed"
