"""Badges judged by a second implementation, the JavaScript libraries of Digital Bazaar, and theirs by ours.

They share no code with this project: other JSON-LD processor, other canonicalization, other signatures,
other status lists. See docs/reference/interoperability.md. All jobs of this module go to one process.
"""

from __future__ import annotations

import hashlib
import json
import subprocess
import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from functools import cache
from pathlib import Path
from random import Random

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat

from conformance_data import conformance_root
from independent_program import FOLDER, RUN_SECONDS, install, run
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
from openbadge_issuer.assertions.json_text import JsonObject, JsonValue, dump_json, parse_json_object
from openbadge_issuer.errors import OpenBadgeError
from openbadge_issuer.jsonld.canonical import canonicalize
from openbadge_issuer.jsonld.contexts import PINNED, ContextLoader
from openbadge_issuer.signing.did_document import did_document
from openbadge_issuer.status import StatusEntry

_CONTEXTS = Path(__file__).resolve().parents[2] / "schemas" / "contexts"

_NOW = datetime(2025, 1, 15, 12, tzinfo=UTC)
_MOMENT = "2025-01-15T12:00:00Z"
_LIST_URL = "https://badges.example/status/1"
_DID_WEB = "did:web:badges.example"
_EMAIL = "ada@example.org"
_THEIR_SEED = hashlib.sha256(b"a test key, for nothing else").hexdigest()
_THEIR_REVOKED = 94567
_FEWEST_EXAMPLES = 150
"""So many published documents must be comparable, or the comparison says little."""


@dataclass
class Order:
    """What the other verifier is asked: jobs by name, and the documents that it may load."""

    jobs: dict[str, JsonObject] = field(default_factory=dict)
    documents: dict[str, JsonObject] = field(default_factory=dict)

    def verify(self, name: str, credential: JsonObject, *, now: JsonValue = _MOMENT) -> None:
        """Ask for a verdict on a credential."""
        self.jobs[name] = {"do": "verify", "credential": credential, "now": now}

    def canonize(self, name: str, document: JsonObject) -> None:
        """Ask for the canonical N-Quads of a document."""
        self.jobs[name] = {"do": "canonize", "document": document}

    def sign(self, name: str, credential: JsonObject) -> None:
        """Ask for the credential to be issued there, under the key of these tests."""
        unsigned = _without_proof(credential)
        self.jobs[name] = {"do": "sign", "credential": unsigned, "now": _MOMENT, "seed": _THEIR_SEED}

    def answers(self) -> dict[str, JsonObject]:
        """Let the other implementation do all jobs in one process."""
        work: JsonObject = {
            "contexts": str(_CONTEXTS),
            "documents": {**self.documents},
            "jobs": {**self.jobs},
        }
        return run("verify.mjs", work)


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


def _add_status_jobs(order: Order, folder: Path) -> None:
    """Two badges in one published list, one of them revoked; and what a forged list does."""
    status = StatusListFile.create(folder / "status.sqlite3", url=_LIST_URL, issuer=_key("issuer").did_key)
    for name in ("kept", "revoked"):
        entry = status.allocate(rng=_numbers(name), key=name)
        badge = _issuer().issue(_PLAIN, Recipient(email=_EMAIL), status=entry, now=_NOW)
        order.verify(name, parse_json_object(badge.data))
        if name == "revoked":
            status.set(entry.index, now=_NOW, reason="Awarded twice.")
    published = status.publish(
        folder / "1", _key("issuer"), now=_NOW, valid_for=timedelta(days=36_500), ttl=timedelta(hours=1)
    )
    order.documents[_LIST_URL] = parse_json_object(published.status_list.read_bytes())

    forged_url = f"{_LIST_URL}-forged"
    forged = StatusListFile.create(folder / "forged.sqlite3", url=forged_url, issuer=_key("issuer").did_key)
    entry = forged.allocate(rng=_numbers("forged"))
    other = forged.publish(folder / "2", _key("issuer"), now=_NOW).status_list.read_bytes()
    order.documents[forged_url] = {**parse_json_object(other), "validFrom": "2020-01-01T00:00:00Z"}
    badge = _issuer().issue(_PLAIN, Recipient(email=_EMAIL), status=entry, now=_NOW)
    order.verify("forged list", parse_json_object(badge.data))


def _add_did_web_job(order: Order) -> None:
    key = _key("did:web")
    order.documents[_DID_WEB] = did_document(_DID_WEB, [("key-1", key.public_key)])
    issuer = Issuer(id=_DID_WEB, name="Breakthrough", signer=key, verification_method=f"{_DID_WEB}#key-1")
    badge = issuer.issue(_PLAIN, Recipient(email=_EMAIL), now=_NOW)
    order.verify("did:web", parse_json_object(badge.data))


def _add_demo_job(order: Order, home: Path) -> None:
    """The badge that `openbadge-issuer demo` leaves behind, with all that it publishes."""
    command = "from openbadge_issuer.cli import main; main()"
    demo = [sys.executable, "-c", command, "demo", "--into", str(home)]
    subprocess.run(demo, capture_output=True, timeout=RUN_SECONDS, check=True)
    documents = Documents.from_index(home / "documents.json")
    for url in documents:
        order.documents[url] = parse_json_object(documents.get(url) or b"")
    did = next(document for url, document in order.documents.items() if url.endswith("did.json"))
    order.documents[str(did["id"])] = did
    badge = parse_json_object((home / "badges" / "facilitator.json").read_bytes())
    order.verify("demo", badge, now=badge["validFrom"])


def _add_their_list(order: Order, badge: JsonObject) -> None:
    """A status list made and signed there, and two badges signed there that stand in it."""
    order.jobs["their list"] = {
        "do": "sign list", "url": _LIST_URL, "set": [_THEIR_REVOKED], "now": _MOMENT, "seed": _THEIR_SEED,
    }  # fmt: skip
    for index in (_THEIR_REVOKED, _THEIR_REVOKED + 1):
        entry = StatusEntry.at(_LIST_URL, index=index, purpose="revocation")
        order.sign(f"{index}, theirs", {**badge, "credentialStatus": entry.to_json()})


@pytest.fixture(scope="module")
def badges() -> dict[str, JsonObject]:
    """Badges of ours, by name."""
    return _badges()


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder into which the demonstration writes."""
    return tmp_path_factory.mktemp("demo") / "demo-badge"


@pytest.fixture(scope="module")
def answers(
    badges: dict[str, JsonObject], demo: Path, tmp_path_factory: pytest.TempPathFactory
) -> dict[str, JsonObject]:
    """What the other implementation says, by job."""
    install()
    order = Order()
    for name, badge in badges.items():
        order.verify(name, badge)
        order.verify(f"{name}, tampered", _renamed(badge))
        order.canonize(f"{name}, canonical", _without_proof(badge))
    _add_status_jobs(order, tmp_path_factory.mktemp("status"))
    _add_did_web_job(order)
    _add_demo_job(order, demo)
    for name in ("plain", "rich"):
        order.sign(f"{name}, theirs", badges[name])
    _add_their_list(order, badges["plain"])
    return order.answers()


_FINE: JsonObject = {"verified": True, "statuses": [], "problems": []}


@pytest.mark.parametrize("name", ["plain", "rich", "twins", "did:web"])
def test_a_badge_of_ours_verifies_there(answers: dict[str, JsonObject], name: str) -> None:
    assert answers[name] == _FINE


@pytest.mark.parametrize("name", ["plain", "rich", "twins"])
def test_a_tampered_badge_is_refused_there_and_here(
    answers: dict[str, JsonObject], badges: dict[str, JsonObject], name: str
) -> None:
    answer = answers[f"{name}, tampered"]
    assert answer["verified"] is False
    assert isinstance(answer["problems"], list)
    assert "Invalid signature." in answer["problems"]
    report = verify(dump_json(_renamed(badges[name])), now=_NOW)
    assert report.verdicts["integrity"] == "failed"


def test_a_badge_in_our_status_list_is_fine_there(answers: dict[str, JsonObject]) -> None:
    assert answers["kept"] == {"verified": True, "statuses": [False], "problems": []}


def test_a_revoked_badge_is_seen_as_revoked_there(answers: dict[str, JsonObject]) -> None:
    assert answers["revoked"] == {"verified": True, "statuses": [True], "problems": []}


def test_a_forged_status_list_is_refused_there(answers: dict[str, JsonObject]) -> None:
    answer = answers["forged list"]
    assert answer["verified"] is False
    assert "Invalid signature." in str(answer["problems"])


def test_the_badge_of_the_demonstration_is_judged_alike_there_and_here(
    answers: dict[str, JsonObject], demo: Path
) -> None:
    data = (demo / "badges" / "facilitator.json").read_bytes()
    report = verify(data, documents=Documents.from_index(demo / "documents.json"))
    assert report.verdicts["integrity"] == "passed"
    revoked = report.verdicts["status"] == "failed"
    assert answers["demo"] == {"verified": True, "statuses": [revoked], "problems": []}


@pytest.mark.parametrize("name", ["plain", "rich"])
def test_a_badge_signed_there_verifies_here(answers: dict[str, JsonObject], name: str) -> None:
    credential = answers[f"{name}, theirs"]["credential"]
    assert isinstance(credential, dict)
    report = verify(dump_json(credential), now=_NOW + timedelta(days=1), recipient=f"email:{_EMAIL}")
    assert report.accepted, str(report)
    assert verify(dump_json(_renamed(credential)), now=_NOW).verdicts["integrity"] == "failed"


@pytest.mark.parametrize(("index", "status"), [(_THEIR_REVOKED, "failed"), (_THEIR_REVOKED + 1, "passed")])
def test_a_status_list_made_there_is_understood_here(
    answers: dict[str, JsonObject], index: int, status: str
) -> None:
    published, credential = (answers[name]["credential"] for name in ("their list", f"{index}, theirs"))
    assert isinstance(published, dict)
    assert isinstance(credential, dict)
    report = verify(dump_json(credential), now=_NOW, documents={_LIST_URL: dump_json(published)})
    assert report.verdicts["integrity"] == "passed", str(report)
    assert report.verdicts["status"] == status, str(report)


@pytest.mark.parametrize("name", ["plain", "rich", "twins"])
def test_a_badge_of_ours_has_the_same_canonical_form_there(
    answers: dict[str, JsonObject], badges: dict[str, JsonObject], name: str
) -> None:
    ours = canonicalize(_without_proof(badges[name])).decode()
    assert answers[f"{name}, canonical"] == {"nquads": ours}


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
def test_published_documents_have_the_same_canonical_form_there(conformance: Path) -> None:
    install()
    published = _published_contexts(conformance)
    loader = ContextLoader({url: context for url, context in published.items() if url not in PINNED.urls})
    order, ours = Order(documents=published), {}
    for name, document in _published_documents(conformance).items():
        try:
            ours[name] = {"nquads": canonicalize(document, loader=loader).decode()}
        except OpenBadgeError:
            continue  # refusing is always allowed; what is refused is the subject of other tests
        order.canonize(name, document)
    assert len(ours) >= _FEWEST_EXAMPLES
    assert order.answers() == ours


def test_the_lock_names_no_registry() -> None:
    lock = json.loads((FOLDER / "package-lock.json").read_bytes())
    libraries = [entry for path, entry in lock["packages"].items() if path]
    assert all("resolved" not in library for library in libraries)
    assert all(library["integrity"].startswith("sha512-") for library in libraries)
