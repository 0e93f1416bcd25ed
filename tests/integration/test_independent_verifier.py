"""Badges judged by a second implementation, the JavaScript libraries of Digital Bazaar, and theirs by ours.

They share no code with this project: other JSON-LD processor, other canonicalization, other signatures,
other status lists. See docs/reference/interoperability.md. Here with eddsa-rdfc-2022, and in depth; every
other suite is in `test_independent_suites.py`.
"""

from __future__ import annotations

import hashlib
import json
import subprocess
import sys
from collections.abc import Callable, Mapping
from datetime import UTC, datetime, timedelta
from functools import cache
from pathlib import Path
from random import Random

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat

from conformance_data import conformance_root
from digital_bazaar import FINE, DigitalBazaar, Verdict
from independent_program import ANSWER_SECONDS, FOLDER
from openbadge_issuer import (
    Achievement,
    Alignment,
    Criteria,
    Documents,
    Evidence,
    Issuer,
    Recipient,
    SigningKey,
    StatusListFile,
    verify,
)
from openbadge_issuer.assertions.json_text import JsonObject, dump_json, parse_json_object
from openbadge_issuer.assertions.moments import parse_date_time
from openbadge_issuer.errors import OpenBadgeError
from openbadge_issuer.jsonld.canonical import canonicalize
from openbadge_issuer.jsonld.contexts import PINNED, ContextLoader
from openbadge_issuer.signing.did_document import did_document
from openbadge_issuer.status import StatusEntry

_NOW = datetime(2025, 1, 15, 12, tzinfo=UTC)
_LIST_URL = "https://badges.example/status/1"
_DID_WEB = "did:web:badges.example"
_EMAIL = "ada@example.org"
_THEIR_REVOKED = 94567
_FEWEST_EXAMPLES = 150
"""So many published documents must be comparable, or the comparison says little."""


@cache
def _key(name: str) -> SigningKey:
    native = Ed25519PrivateKey.from_private_bytes(hashlib.sha256(name.encode()).digest())
    return SigningKey.from_pem(native.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()))


def _issuer() -> Issuer:
    key = _key("issuer")
    return Issuer(id=key.did_key, name="Breakthrough", signer=key)


def _numbers(seed: str) -> Callable[[int], bytes]:
    return Random(seed).randbytes  # noqa: S311  # the same indexes in every run


_PLAIN = Achievement(
    id="https://badges.example/facilitator",
    name="Facilitator",
    description="Leads a workshop.",
    criteria=Criteria(narrative="Led one workshop, observed."),
)
_RICH = Achievement(
    id="https://badges.example/brückenbauer",
    name="Brückenbauer “Ωmega”",
    description="Zeilen\nmit\tTabulator, \\ und \u007f.",
    criteria=Criteria(id="https://badges.example/criteria", narrative="Drei *Dinge*: 🏅, é, e\u0301."),
    tag=("workshop", "group work"),
    alignment=(
        Alignment(target_name="Leads groups", target_url="https://skills.example/1", target_code="A.1"),
        Alignment(target_name="Listens", target_url="https://skills.example/2"),
    ),
)


def _badges() -> dict[str, JsonObject]:
    """Badges of ours without a status: plain, rich, and with twins that only labels tell apart."""
    issuer = _issuer()
    twins = tuple(Evidence(narrative="the same", name="the same") for _ in range(3))
    issued = {
        "plain": issuer.issue(_PLAIN, Recipient(email=_EMAIL), now=_NOW),
        "rich": issuer.issue(
            _RICH,
            Recipient(email=_EMAIL, id="did:example:ada", name="Ada", hashed=False),
            awarded_date=_NOW - timedelta(days=3),
            valid_until=_NOW + timedelta(days=365),
            evidence=["https://badges.example/evidence/1", Evidence(narrative="A film of it.")],
            now=_NOW,
        ),
        "twins": issuer.issue(_PLAIN, Recipient(email=_EMAIL), evidence=twins, now=_NOW),
    }
    return {name: parse_json_object(badge.data) for name, badge in issued.items()}


def _without_proof(credential: JsonObject) -> JsonObject:
    return {name: value for name, value in credential.items() if name != "proof"}


def _renamed(credential: JsonObject) -> JsonObject:
    return {**credential, "name": "Grand Facilitator"}


@pytest.fixture(scope="module")
def badges() -> dict[str, JsonObject]:
    """Badges of ours, by name."""
    return _badges()


_NAMES = pytest.mark.parametrize("name", ["plain", "rich", "twins"])


@_NAMES
def test_a_badge_of_ours_verifies_there_until_it_is_changed(
    there: DigitalBazaar, badges: dict[str, JsonObject], name: str
) -> None:
    assert there.verify(badges[name], now=_NOW) == FINE
    verdict = there.verify(_renamed(badges[name]), now=_NOW)
    assert not verdict.verified
    assert "Invalid signature." in verdict.problems
    report = verify(dump_json(_renamed(badges[name])), now=_NOW)
    assert report.verdicts["integrity"] == "failed"


def test_a_badge_of_a_did_web_issuer_verifies_there(there: DigitalBazaar) -> None:
    key = _key("did:web")
    issuer = Issuer(id=_DID_WEB, name="Breakthrough", signer=key, verification_method=f"{_DID_WEB}#key-1")
    badge = parse_json_object(issuer.issue(_PLAIN, Recipient(email=_EMAIL), now=_NOW).data)
    documents = {_DID_WEB: did_document(_DID_WEB, [("key-1", key.public_key)])}
    assert there.verify(badge, now=_NOW, documents=documents) == FINE


def test_a_revocation_published_here_is_seen_there(there: DigitalBazaar, tmp_path: Path) -> None:
    """Two badges in one published list, one of them revoked."""
    status = StatusListFile.create(tmp_path / "status.sqlite3", url=_LIST_URL, issuer=_key("issuer").did_key)
    listed: dict[str, JsonObject] = {}
    for name in ("kept", "revoked"):
        entry = status.allocate(rng=_numbers(name), key=name)
        badge = _issuer().issue(_PLAIN, Recipient(email=_EMAIL), status=entry, now=_NOW)
        listed[name] = parse_json_object(badge.data)
        if name == "revoked":
            status.set(entry.index, now=_NOW, reason="Awarded twice.")
    published = status.publish(
        tmp_path / "1", _key("issuer"), now=_NOW, valid_for=timedelta(days=36_500), ttl=timedelta(hours=1)
    )
    documents = {_LIST_URL: parse_json_object(published.status_list.read_bytes())}
    for name, revoked in (("kept", False), ("revoked", True)):
        verdict = there.verify(listed[name], now=_NOW, documents=documents)
        assert verdict == Verdict(verified=True, statuses=(revoked,))


def test_a_forged_status_list_is_refused_there(there: DigitalBazaar, tmp_path: Path) -> None:
    status = StatusListFile.create(tmp_path / "forged.sqlite3", url=_LIST_URL, issuer=_key("issuer").did_key)
    badge = _issuer().issue(
        _PLAIN, Recipient(email=_EMAIL), status=status.allocate(rng=_numbers("forged")), now=_NOW
    )
    published = status.publish(tmp_path / "1", _key("issuer"), now=_NOW).status_list.read_bytes()
    forged: JsonObject = {**parse_json_object(published), "validFrom": "2020-01-01T00:00:00Z"}
    verdict = there.verify(parse_json_object(badge.data), now=_NOW, documents={_LIST_URL: forged})
    assert not verdict.verified
    assert "Invalid signature." in verdict.problems


def test_the_badge_of_the_demonstration_is_judged_alike_there_and_here(
    there: DigitalBazaar, tmp_path: Path
) -> None:
    """The badge that `openbadge-issuer demo` leaves behind, with all that it publishes."""
    home = tmp_path / "demo-badge"
    command = "from openbadge_issuer.cli import main; main()"
    demo = [sys.executable, "-c", command, "demo", "--into", str(home)]
    subprocess.run(demo, capture_output=True, timeout=ANSWER_SECONDS, check=True)
    published = Documents.from_index(home / "documents.json")
    texts = {url: published.get(url) or b"" for url in published}
    documents = {url: parse_json_object(text) for url, text in texts.items() if text.startswith(b"{")}
    did = next(document for url, document in documents.items() if url.endswith("did.json"))
    documents[str(did["id"])] = did
    data = (home / "badges" / "ada.json").read_bytes()
    badge = parse_json_object(data)

    report = verify(data, documents=published)
    assert report.verdicts["integrity"] == "passed"
    revoked = report.verdicts["status"] == "failed"
    verdict = there.verify(badge, now=parse_date_time(str(badge["validFrom"])), documents=documents)
    assert verdict == Verdict(verified=True, statuses=(revoked,))


@pytest.mark.parametrize("name", ["plain", "rich"])
def test_a_badge_signed_there_verifies_here(
    there: DigitalBazaar, badges: dict[str, JsonObject], name: str
) -> None:
    credential = there.sign(badges[name], now=_NOW)
    report = verify(dump_json(credential), now=_NOW + timedelta(days=1), recipient=f"email:{_EMAIL}")
    assert report.accepted, str(report)
    assert verify(dump_json(_renamed(credential)), now=_NOW).verdicts["integrity"] == "failed"


@pytest.mark.parametrize(("index", "status"), [(_THEIR_REVOKED, "failed"), (_THEIR_REVOKED + 1, "passed")])
def test_a_status_list_made_there_is_understood_here(
    there: DigitalBazaar, badges: dict[str, JsonObject], index: int, status: str
) -> None:
    made = there.status_list(_LIST_URL, [_THEIR_REVOKED])
    published = there.sign({**made, "validFrom": "2025-01-15T12:00:00Z"}, now=_NOW)
    entry = StatusEntry.at(_LIST_URL, index=index, purpose="revocation")
    badge = there.sign({**badges["plain"], "credentialStatus": entry.to_json()}, now=_NOW)
    report = verify(dump_json(badge), now=_NOW, documents={_LIST_URL: dump_json(published)})
    assert report.verdicts["integrity"] == "passed", str(report)
    assert report.verdicts["status"] == status, str(report)


@_NAMES
def test_a_badge_of_ours_has_the_same_canonical_form_there(
    there: DigitalBazaar, badges: dict[str, JsonObject], name: str
) -> None:
    plain = _without_proof(badges[name])
    assert there.canonize({name: plain}) == {name: canonicalize(plain).decode()}


def _published_contexts(root: Path) -> dict[str, JsonObject]:
    index = json.loads((root / "contexts" / "index.json").read_bytes())["contexts"]
    return {
        url: parse_json_object((root / "contexts" / entry["file"]).read_bytes())
        for url, entry in index.items()
    }


def _published_documents(root: Path) -> Mapping[str, JsonObject]:
    documents = {}
    for folder in ("examples", "vectors", "corpus-1edtech"):
        for path in sorted((root / folder).rglob("*.json")):
            try:
                document = parse_json_object(path.read_bytes())
            except OpenBadgeError:
                continue  # some are broken on purpose
            if "@context" in document:
                documents[str(path.relative_to(root))] = _without_proof(document)
    return documents


@pytest.mark.skipif(conformance_root() is None, reason="the conformance data is not beside the project")
def test_published_documents_have_the_same_canonical_form_there(
    there: DigitalBazaar, conformance: Path
) -> None:
    published = _published_contexts(conformance)
    loader = ContextLoader({url: context for url, context in published.items() if url not in PINNED.urls})
    compared: dict[str, JsonObject] = {}
    ours: dict[str, str] = {}
    for name, document in _published_documents(conformance).items():
        try:
            ours[name] = canonicalize(document, loader=loader).decode()
        except OpenBadgeError:
            continue  # refusing is always allowed; what is refused is the subject of other tests
        compared[name] = document
    assert len(ours) >= _FEWEST_EXAMPLES
    assert there.canonize(compared, contexts=published) == ours


def test_the_lock_names_no_registry() -> None:
    lock = json.loads((FOLDER / "package-lock.json").read_bytes())
    libraries = [entry for path, entry in lock["packages"].items() if path]
    assert all("resolved" not in library for library in libraries)
    assert all(library["integrity"].startswith("sha512-") for library in libraries)


def test_the_page_on_interoperability_names_every_library_with_its_version() -> None:
    page = (FOLDER.parents[2] / "docs" / "reference" / "interoperability.md").read_text("utf-8")
    wanted: dict[str, str] = json.loads((FOLDER / "package.json").read_bytes())["dependencies"]
    named = (
        f"`{name}` | {version} " in page or f"`{name}` {version} " in page for name, version in wanted.items()
    )
    assert all(named)
