"""Does the badge still hold: every answer that a status list can give, and every way in which it lies."""

from __future__ import annotations

import gzip
import zlib
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from issued_badges import (
    KEY,
    LATER,
    NOW,
    OTHER_KEY,
    fixed_bytes,
    open_or_failed,
    outcomes,
    sign_document,
    signed_with,
    small,
)
from openbadge_issuer.assertions.json_text import JsonObject, dump_json, parse_json_object
from openbadge_issuer.signing.base64url import encode_base64url
from openbadge_issuer.signing.signing_key import SigningKey
from openbadge_issuer.status import StatusEntry, StatusList
from openbadge_issuer.status.list_file import StatusListFile
from openbadge_issuer.status.status_list import Purpose
from openbadge_issuer.verification import VerificationReport, verify

URL = "https://badges.example/status/1"
INDEX = 94567
DAY = timedelta(days=1)


def badge(*purposes: str, index: int = INDEX) -> bytes:
    """Issue a badge with an entry for each purpose, each in a list of its own."""
    entries = [StatusEntry.at(_url(purpose), index=index, purpose=purpose) for purpose in purposes]
    return small(status=entries).data


def status_list(
    purpose: Purpose = "revocation",
    *,
    revoked: bool = False,
    key: SigningKey = KEY,
    url: str = "",
    **options: object,
) -> bytes:
    """Sign a list in which the badge is revoked or not."""
    made = StatusList.create(url or _url(purpose), issuer=key.did_key, purpose=purpose)
    made.set(INDEX, revoked)
    return made.sign(key, **{"now": NOW, **options})  # type: ignore[arg-type]  # any option


def judged(given: Mapping[str, bytes], data: bytes | None = None, **options: object) -> VerificationReport:
    """Verify a badge with these documents."""
    return verify(data or badge("revocation"), **{"now": LATER, "documents": given, **options})  # type: ignore[arg-type]  # any option


def _url(purpose: str) -> str:
    return URL if purpose == "revocation" else f"{URL}-{purpose}"


def test_a_badge_without_an_entry_cannot_be_revoked() -> None:
    assert outcomes(verify(small().data, now=LATER))["STATUS-NONE"] == "passed"


def test_a_badge_that_the_list_clears_is_accepted() -> None:
    report = judged({URL: status_list()})
    assert report, report
    assert outcomes(report)["STATUS-REVOKED"] == "passed"


@pytest.mark.parametrize(
    ("purpose", "code"), [("revocation", "STATUS-REVOKED"), ("suspension", "STATUS-SUSPENDED")]
)
def test_a_set_bit_is_a_failure(purpose: Purpose, code: str) -> None:
    cleared = judged({_url(purpose): status_list(purpose)}, badge(purpose))
    assert outcomes(cleared)[code] == "passed"
    assert cleared
    report = judged({_url(purpose): status_list(purpose, revoked=True)}, badge(purpose))
    assert open_or_failed(report) == {code: "failed"}
    assert report.verdicts["integrity"] == "passed"
    assert report.outcome == "failed"


def test_a_published_list_gives_its_signed_reason(tmp_path: Path) -> None:
    file = StatusListFile.create(tmp_path / "state", url=URL, issuer=KEY.did_key)
    entry = file.allocate(rng=fixed_bytes)
    file.set(entry.index, now=NOW, reason="Awarded by mistake.")
    published = file.publish(tmp_path / "list", KEY, now=NOW)
    assert published.reasons is not None
    given = {URL: published.status_list.read_bytes(), f"{URL}.reasons.json": published.reasons.read_bytes()}
    data = small(status=entry).data
    assert "“Awarded by mistake.”" in _message(judged(given, data))
    forged = {**given, f"{URL}.reasons.json": published.reasons.read_bytes().replace(b"mistake", b"malice!")}
    assert "“" not in _message(judged(forged, data))
    assert outcomes(judged(forged, data))["STATUS-REVOKED"] == "failed"
    assert outcomes(judged({URL: given[URL]}, data))["STATUS-REVOKED"] == "failed"


def _message(report: VerificationReport) -> str:
    return next(found.message() for found in report.findings if found.code == "STATUS-REVOKED")


def _changed(**changes: object) -> bytes:
    """Sign a list again with members changed; a mapping under `subject` changes its subject."""
    document = parse_json_object(status_list())
    subject = document["credentialSubject"]
    assert isinstance(subject, dict)
    inner = changes.pop("subject", {})
    assert isinstance(inner, dict)
    return sign_document({**document, "credentialSubject": {**subject, **inner}, **changes})


def _encoded(data: bytes) -> str:
    return "u" + encode_base64url(gzip.compress(data, mtime=0))


def _bomb() -> str:
    """Pack a gigabyte of zeros without holding it."""
    packer = zlib.compressobj(9, zlib.DEFLATED, 31)
    megabyte = bytes(1 << 20)
    return "u" + encode_base64url(b"".join(packer.compress(megabyte) for _ in range(1024)) + packer.flush())


_UNSIGNED = dump_json(StatusList.create(URL, issuer=KEY.did_key).credential(now=NOW))
_ZEROS = _bomb()
UNUSABLE = {
    "missing": ({}, "DOCUMENTS-MISSING"),
    "a web page": ({URL: b"<html><body>Not found</body></html>"}, "BADGE-FORMAT"),
    "empty": ({URL: b""}, "JSON-EMPTY"),
    "not JSON": ({URL: b"{"}, "JSON-SYNTAX"),
    "a truncated PNG": ({URL: b"\x89PNG\r\n\x1a\n\x00\x00"}, "PNG-TRUNCATED"),
    "a token without signature": ({URL: b"eyJhbGciOiJub25lIn0.e30."}, "JWT-ALGORITHM"),
    "of another issuer": ({URL: status_list(key=OTHER_KEY)}, "STATUS-LIST-ISSUER"),
    "unsigned": ({URL: _UNSIGNED}, "STATUS-LIST-UNPROVEN"),
    "changed": ({URL: status_list().replace(b"01T12:00:00Z", b"01T12:00:01Z", 1)}, "STATUS-LIST-UNPROVEN"),
    "under another id": ({URL: status_list(url=f"{URL}0")}, "STATUS-LIST-ID"),
    "of another purpose": ({URL: status_list("suspension", url=URL)}, "STATUS-PURPOSE-MISMATCH"),
    "too short": ({URL: _changed(subject={"encodedList": _encoded(bytes(100))})}, "STATUS-LIST-LENGTH"),
    "a gigabyte of zeros": ({URL: _changed(subject={"encodedList": _ZEROS})}, "STATUS-LIST-TOO-LARGE"),
    "not packed": ({URL: _changed(subject={"encodedList": "uAAAA"})}, "STATUS-LIST-GZIP"),
    "not base64url": ({URL: _changed(subject={"encodedList": "u***"})}, "STATUS-LIST-BASE64"),
    "a badge": ({URL: small().data}, "STATUS-LIST-TYPE"),
}  # fmt: skip


@pytest.mark.parametrize("name", UNUSABLE)
def test_a_list_that_cannot_be_believed_leaves_the_status_open(name: str) -> None:
    given, code = UNUSABLE[name]
    report = judged(given)
    assert open_or_failed(report) == {code: "undetermined"}
    assert report.outcome == "undetermined"
    assert not report


def test_without_any_source_the_status_is_open() -> None:
    report = verify(badge("revocation"), now=LATER)
    assert open_or_failed(report) == {"FETCH-NOT-GIVEN": "undetermined"}


def test_a_list_that_points_to_itself_is_read_once() -> None:
    entry = StatusEntry.at(URL, index=1, purpose="revocation").to_json()
    assert judged({URL: _changed(credentialStatus=entry)})


@pytest.mark.parametrize(
    ("options", "at", "code"),
    [
        ({"valid_for": timedelta(days=7)}, NOW + timedelta(days=7, seconds=60), ""),
        ({"valid_for": timedelta(days=7)}, NOW + timedelta(days=7, seconds=61), "STATUS-LIST-NOT-CURRENT"),
        ({"now": LATER}, LATER - timedelta(seconds=60), ""),
        ({"now": LATER}, LATER - timedelta(seconds=61), "STATUS-LIST-UNPROVEN"),
        (
            {"valid_for": timedelta(days=7), "proof": "vc-jwt"},
            NOW + timedelta(days=8),
            "STATUS-LIST-NOT-CURRENT",
        ),
        ({"now": LATER, "proof": "vc-jwt"}, LATER - timedelta(days=1), "STATUS-LIST-NOT-CURRENT"),
    ],
    ids=str,
)
def test_a_list_counts_only_while_it_is_current(options: dict[str, object], at: datetime, code: str) -> None:
    report = judged({URL: status_list(**options)}, now=at)  # type: ignore[arg-type]  # any option
    assert open_or_failed(report) == ({code: "undetermined"} if code else {})


def test_a_list_can_be_too_old_for_the_caller() -> None:
    given = {URL: status_list()}
    assert judged(given, now=NOW + timedelta(days=1), max_status_age=timedelta(days=1))
    late = judged(given, now=NOW + timedelta(days=1, seconds=1), max_status_age=timedelta(days=1))
    assert open_or_failed(late) == {"STATUS-LIST-OLD": "undetermined"}


def test_the_status_is_that_of_today_whatever_moment_dates_are_judged_for() -> None:
    today = datetime(2027, 1, 1, tzinfo=UTC)
    revoked = {URL: status_list(revoked=True, now=today)}
    assert outcomes(judged(revoked, now=today, at=NOW))["STATUS-REVOKED"] == "failed"
    cleared = {URL: status_list(now=today, valid_for=timedelta(days=1))}
    assert judged(cleared, now=today, at=NOW)
    stale = judged(cleared, now=today + timedelta(days=3), at=today)
    assert open_or_failed(stale) == {"STATUS-LIST-NOT-CURRENT": "undetermined"}


def test_a_list_without_the_multibase_prefix_is_read_with_a_remark() -> None:
    encoded = parse_json_object(status_list())["credentialSubject"]
    assert isinstance(encoded, dict)
    report = judged({URL: _changed(subject={"encodedList": str(encoded["encodedList"])[1:]})})
    assert open_or_failed(report) == {"STATUS-LIST-MULTIBASE": "failed"}
    assert report


def test_several_entries_all_count() -> None:
    data = badge("revocation", "suspension")
    lists = {URL: status_list(), _url("suspension"): status_list("suspension")}
    both = judged(lists, data)
    assert open_or_failed(both) == {"OB3-NOT-SINGLE": "failed"}
    assert both
    suspended = {**lists, _url("suspension"): status_list("suspension", revoked=True)}
    assert not judged(suspended, data)
    assert not judged({URL: status_list()}, data)


def test_a_list_of_another_purpose_is_named_and_not_read() -> None:
    report = judged({}, signed_with({"credentialStatus": _entry(statusPurpose="x-loan")}))
    assert open_or_failed(report) == {"STATUS-PURPOSE-OTHER": "undetermined"}
    assert report.verdicts["status"] == "passed"


def _entry(**changes: object) -> JsonObject:
    entry = StatusEntry.at(URL, index=INDEX, purpose="revocation").to_json()
    return {name: value for name, value in {**entry, **changes}.items() if value is not None}  # type: ignore[misc]  # whatever a test wants


@pytest.mark.parametrize(
    ("entry", "code", "outcome"),
    [
        (_entry(statusListIndex=str(10**6)), "STATUS-INDEX-RANGE", "undetermined"),
        (_entry(statusListIndex="9" * 20), "STATUS-INDEX-RANGE", "undetermined"),
        (_entry(statusListIndex="-1"), "STATUS-ENTRY-INDEX", "failed"),
        (_entry(statusListIndex="9" * 21), "STATUS-ENTRY-INDEX", "failed"),
        (_entry(statusListCredential=None), "STATUS-ENTRY-MEMBER", "failed"),
        (_entry(id=URL), "STATUS-ENTRY-ID", "failed"),
        (_entry(statusSize=2), "STATUS-MESSAGE-MISSING", "failed"),
        (_entry(statusSize=17), "STATUS-SIZE", "undetermined"),
        ({"id": URL, "type": "1EdTechRevocationList"}, "STATUS-REVOCATION-LIST", "undetermined"),
    ],
    ids=lambda value: str(value)[-60:],
)
def test_an_entry_that_leads_nowhere_is_never_success(entry: JsonObject, code: str, outcome: str) -> None:
    extensions = "https://purl.imsglobal.org/spec/ob/v3p0/extensions.json"
    contexts = parse_json_object(small().data)["@context"]
    assert isinstance(contexts, list)
    changes = {"credentialStatus": entry}
    if entry["type"] == "1EdTechRevocationList":
        changes["@context"] = [*contexts, extensions]  # type: ignore[assignment]  # a context this time
    report = judged({URL: status_list()}, signed_with(changes))
    assert outcomes(report)[code] == outcome
    assert not report


def test_too_many_entries_are_not_looked_up() -> None:
    report = judged({}, signed_with({"credentialStatus": [_entry(id=f"{URL}#{n}") for n in range(9)]}))
    assert open_or_failed(report) == {"OB3-NOT-SINGLE": "failed", "STATUS-TOO-MANY": "undetermined"}


VCRL = "https://badges.example/revoked.json"


def _listed(**changes: object) -> dict[str, bytes]:
    line: JsonObject = {"id": "urn:uuid:1", "revoked": True, "revocationReason": "Issued twice."}
    document = {"id": VCRL, "issuer": KEY.did_key, "revokedCredential": [line], **changes}
    return {VCRL: dump_json(document)}  # type: ignore[arg-type]  # whatever a test wants


@pytest.mark.parametrize(
    ("given", "code", "outcome"),
    [
        (_listed(), "STATUS-REVOKED", "failed"),
        (_listed(revokedCredential=[]), "STATUS-REVOKED", "passed"),
        (_listed(revokedCredential=[{"id": "urn:uuid:1", "revoked": False}]), "STATUS-REVOKED", "passed"),
        (_listed(issuer="https://evil.example/"), "STATUS-LIST-ISSUER", "undetermined"),
        (_listed(revokedCredential="urn:uuid:1"), "STATUS-REVOCATION-LIST", "undetermined"),
        ({VCRL: b"<html>"}, "JSON-SYNTAX", "undetermined"),
        ({}, "DOCUMENTS-MISSING", "undetermined"),
    ],
)
def test_a_revocation_list_of_1edtech_is_read(given: dict[str, bytes], code: str, outcome: str) -> None:
    contexts = parse_json_object(small().data)["@context"]
    assert isinstance(contexts, list)
    data = signed_with(
        {
            "@context": [*contexts, "https://purl.imsglobal.org/spec/ob/v3p0/extensions.json"],
            "credentialStatus": {"id": VCRL, "type": "1EdTechRevocationList"},
        }
    )
    report = judged(given, data)
    assert outcomes(report)[code] == outcome
    assert report.accepted == (outcome == "passed")
