"""Badges of Open Badges 2.0 judged by the 1EdTech validator in Python, served from the loopback interface.

It is another implementation, with another JSON-LD processor, another JOSE and another unbaking. It runs in an
environment of its own, made once beside ours, since it needs libraries of its time. Where it judges otherwise
than we do, the reason stands in `DIFFERENCES`.
"""

from __future__ import annotations

import fcntl
import hashlib
import json
import os
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from functools import cache
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from importlib.util import find_spec
from pathlib import Path
from random import Random
from typing import cast

import pytest

from openbadge_issuer import Documents, verify
from openbadge_issuer.assertions import Achievement, Alignment, Criteria, Evidence, Image
from openbadge_issuer.assertions.json_text import JsonObject, dump_json, parse_json_object
from openbadge_issuer.issuing import Award, Issuer, Recipient, SignedBadge, hosted_files, issue_both
from openbadge_issuer.jsonld.contexts import PINNED
from openbadge_issuer.resolution.fetching import Fetched
from openbadge_issuer.signing.signing_key import SigningKey
from openbadge_issuer.status.revocation_list import RevokedCredential

_FOLDER = Path(__file__).parent / "openbadges_validator"
_INSTALL_SECONDS, _RUN_SECONDS = 300, 120
_EXAMPLES = Path(__file__).resolve().parents[2] / "examples" / "breakthrough"

_EMAIL, _OTHER_EMAIL = "ada@example.org", "grace@example.org"
_BASE = "https://badges.example/"
_THIEF = "https://thief.example/"
_THEN = datetime(2024, 5, 1, 12, tzinfo=UTC)
_NOW = datetime(2025, 1, 15, 12, tzinfo=UTC)
_CONTEXT = "https://w3id.org/openbadges/v2"
_GONE = "urn:uuid:1b4e28ba-2fa1-41d2-883f-0016d3cca427"
_SVG = b'<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><path d="M0 0h9v9z"/></svg>'

VALID = {
    "hosted", "hosted, given as JSON", "signed", "baked hosted PNG", "baked signed PNG", "baked signed SVG",
    "hosted twin", "signed twin", "hers",
}  # fmt: skip
INVALID = {
    "revoked hosted": "Required property recipient not present",
    "revoked signed": "has been revoked in RevocationList",
    "expired hosted": "expired on 2024-06-01",
    "expired signed": "expired on 2024-06-01",
    "hosted elsewhere": "not hosted in allowed origins badges.example",
    "hashed, they say": "must match known hash style if hashed is true",
    "somebody else's": "did not match assertion",
    "signed by another": "VERIFY_KEY_OWNERSHIP",
}
"""What the validator refuses, and words of its reason."""

DIFFERENCES = {
    "revoked in full": (
        True,
        "it looks for revoked signed badges only, not at `revoked: true` or status 410",
    ),
    "baked hosted SVG": (
        False,
        "it takes the address out as bytes, which it knows as a URL in Python 2 only",
    ),
}
"""Where its verdict (first) is not ours, and why."""


@dataclass
class Web:
    """What stands on the web, and what is asked about it."""

    answers: dict[str, tuple[int, str, bytes]] = field(default_factory=dict)
    inputs: dict[str, str] = field(default_factory=dict)
    recipients: dict[str, JsonObject] = field(default_factory=dict)

    def put(self, url: str, body: bytes, kind: str = "application/ld+json", status: int = 200) -> str:
        """Publish something."""
        self.answers[url] = (status, kind, body)
        return url

    def documents(self) -> Documents:
        """The same web for us."""
        return Documents(
            {url: Fetched(url, url, status, kind, body) for url, (status, kind, body) in self.answers.items()}
        )


def _venv_program(home: Path) -> Path:
    return home / ("Scripts/python.exe" if os.name == "nt" else "bin/python")


@cache
def _python() -> Path:
    """Make the validator's environment, once for each state of its requirements."""
    requirements = _FOLDER / "requirements.txt"
    digest = hashlib.sha256(requirements.read_bytes()).hexdigest()
    home = Path(sys.prefix) / "openbadges-validator"
    stamp, program = home / ".requirements-digest", _venv_program(home)
    home.mkdir(exist_ok=True)
    with (home / ".lock").open("w") as held:  # two test processes may come here at once
        fcntl.flock(held, fcntl.LOCK_EX)
        if not (stamp.is_file() and stamp.read_text() == digest):
            install = ["-m", "pip", "install", "--quiet", "--no-deps", "-r", str(requirements)]
            commands = [[sys.executable, "-m", "venv", str(home)], [str(program), *install]]
            for command in commands:
                try:
                    subprocess.run(command, capture_output=True, timeout=_INSTALL_SECONDS, check=True)
                except subprocess.SubprocessError as error:
                    problem = f"{type(error).__name__} of {' '.join(command[1:4])}"
                    pytest.skip(f"the 1EdTech validator could not be installed: {problem}")
            stamp.write_text(digest)
    return program


@contextmanager
def _served(web: Web) -> Iterator[int]:
    """Serve the web on the loopback interface: `/host/path` is what stands at `https://host/path`."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:  # the name that http.server looks for
            status, kind, body = web.answers.get(f"https:/{self.path}", (404, "text/plain", b"nothing"))
            self.send_response(status)
            self.send_header("Content-Type", kind)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: object) -> None:
            """Keep quiet."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield server.server_port
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


@cache
def _issuer() -> Issuer:
    key = SigningKey.generate("RSA")  # the only kind that this validator knows
    return Issuer(
        f"{_BASE}issuer.json", "Breakthrough", key, url=_BASE, email="badges@badges.example", base_url=_BASE
    )


_ACHIEVEMENT = Achievement(
    id=f"{_BASE}achievements/facilitator",
    name="Facilitator",
    description="Leads a workshop.",
    criteria=Criteria(narrative="Led one workshop, *observed*."),
    image=Image(id=f"{_BASE}facilitator.png"),
    tag=("workshop", "group work"),
    alignment=(Alignment(target_name="Leads groups", target_url="https://skills.example/1"),),
    in_language="en",
)


def _badge(proof: str, **options: object) -> SignedBadge:
    award = Award(
        achievement=_ACHIEVEMENT,
        recipient=Recipient(email=_EMAIL),
        evidence=(f"{_BASE}film", Evidence(narrative="A film of it.", name="Film")),
        proof="hosted" if proof == "hosted" else "jws",
        version="2.0",
        **options,  # type: ignore[arg-type]  # any option
    )
    return _issuer().issue_award(award, now=_THEN, rng=Random(f"{proof}{options}").randbytes)  # noqa: S311  # ids for tests


def _web() -> Web:
    """Everything that is asked about, in one web."""
    web = Web()
    end = {"valid_until": _THEN + timedelta(days=31)}
    hosted, signed = _badge("hosted"), _badge("jws")
    gone = {
        "hosted": _badge("hosted", id=f"{_BASE}assertions/gone.json"),
        "signed": _badge("jws", id=_GONE),
    }
    expired = {"hosted": _badge("hosted", **end), "signed": _badge("jws", **end)}
    award = Award(achievement=_ACHIEVEMENT, recipient=Recipient(email=_EMAIL))
    twins = [
        issue_both(_issuer(), award, proof_of_2="hosted", now=_THEN).open_badges_2,
        issue_both(_issuer(), award, proof_of_2="jws", now=_THEN).open_badges_2,
    ]
    _publish(web, [hosted, signed, *gone.values(), *expired.values(), *twins], gone)
    for kind, badges in (("revoked", gone), ("expired", expired)):
        web.inputs[f"{kind} hosted"] = badges["hosted"].credential.id
        web.inputs[f"{kind} signed"] = badges["signed"].data.decode()
    web.inputs |= {
        "hosted": hosted.credential.id, "hosted, given as JSON": hosted.data.decode(),
        "signed": signed.data.decode(), "hosted twin": twins[0].credential.id,
        "signed twin": twins[1].data.decode(), "hers": hosted.credential.id,
        "somebody else's": hosted.credential.id,
    }  # fmt: skip
    web.recipients = {"hers": {"email": _EMAIL}, "somebody else's": {"email": _OTHER_EMAIL}}
    _add_pictures(web, hosted, signed)
    _add_wrong_ones(web, hosted)
    return web


def _publish(web: Web, badges: list[SignedBadge], gone: dict[str, SignedBadge]) -> None:
    revoked = [RevokedCredential(badge.credential.id, reason="Awarded twice.") for badge in gone.values()]
    files = hosted_files(_issuer(), badges, revoked=revoked)
    for url, document in files.documents.items():
        web.put(url, dump_json(document), status=410 if document.get("revoked") is True else 200)
    web.put(_CONTEXT, dump_json(PINNED.load(_CONTEXT)))
    web.put(f"{_BASE}facilitator.png", (_EXAMPLES / "facilitator.png").read_bytes(), "image/png")


def _add_pictures(web: Web, hosted: SignedBadge, signed: SignedBadge) -> None:
    for proof, badge in (("hosted", hosted), ("signed", signed)):
        png = badge.bake((_EXAMPLES / "facilitator.png").read_bytes())
        web.inputs[f"baked {proof} PNG"] = web.put(f"{_BASE}{proof}.png", png, "image/png")
        web.inputs[f"baked {proof} SVG"] = web.put(f"{_BASE}{proof}.svg", badge.bake(_SVG), "image/svg+xml")


def _add_wrong_ones(web: Web, hosted: SignedBadge) -> None:
    """Documents that `hosted_files` would never make."""
    document = parse_json_object(hosted.data)

    def changed(name: str, url: str, **members: object) -> None:
        body = cast("JsonObject", {**document, "id": url, **members})
        web.inputs[name] = web.put(url, dump_json(body))

    changed("hosted elsewhere", f"{_THIEF}1.json")
    changed("revoked in full", f"{_BASE}assertions/revoked.json", revoked=True)
    recipient = {"type": "email", "hashed": True, "identity": _EMAIL}
    changed("hashed, they say", f"{_BASE}assertions/hashed.json", recipient=recipient)
    key = SigningKey.generate("RSA")
    thief = Issuer.of(_issuer().profile, key, base_url=_BASE)
    forged = thief.issue(_ACHIEVEMENT, Recipient(email=_EMAIL), version="2.0", proof="jws", now=_THEN)
    own = thief.addresses.key(key.public_key)  # it is even hosted there, but the profile does not list it
    web.put(own, dump_json(hosted_files(thief).documents[own]))
    web.inputs["signed by another"] = forged.data.decode()


@pytest.fixture(scope="module")
def web() -> Web:
    """What stands on the web."""
    return _web()


@pytest.fixture(scope="module")
def verdicts(web: Web) -> dict[str, JsonObject]:
    """What the validator says of each input."""
    program = _python()
    with _served(web) as port:
        work = {"port": port, "inputs": web.inputs, "recipients": web.recipients}
        done = subprocess.run(
            [str(program), "-W", "ignore", str(_FOLDER / "judge.py")],
            input=json.dumps(work).encode(),
            capture_output=True,
            timeout=_RUN_SECONDS,
            check=False,
        )
    assert done.returncode == 0, done.stderr.decode()
    found: dict[str, JsonObject] = json.loads(done.stdout)
    return found


def test_every_input_has_an_expectation(web: Web) -> None:
    assert web.inputs.keys() == VALID | INVALID.keys() | DIFFERENCES.keys()


@pytest.mark.parametrize("name", sorted(VALID))
def test_the_validator_accepts_what_is_issued_here(name: str, verdicts: dict[str, JsonObject]) -> None:
    assert verdicts[name] == {"valid": True, "messages": []}


@pytest.mark.parametrize("name", INVALID)
def test_the_validator_refuses_what_is_wrong(name: str, verdicts: dict[str, JsonObject]) -> None:
    assert verdicts[name]["valid"] is False
    assert INVALID[name] in str(verdicts[name]["messages"])


@pytest.mark.parametrize("name", DIFFERENCES)
def test_the_differences_are_still_there(name: str, verdicts: dict[str, JsonObject]) -> None:
    theirs, reason = DIFFERENCES[name]
    assert verdicts[name]["valid"] is theirs, reason


@pytest.mark.skipif(
    find_spec("openbadge_issuer.verification.open_badges_2") is None, reason="2.0 is not verified here yet"
)
@pytest.mark.parametrize("name", sorted(VALID | INVALID.keys() | DIFFERENCES.keys()))
def test_our_verdict_is_the_same_but_for_the_differences(name: str, web: Web) -> None:
    email = str(web.recipients.get(name, {}).get("email", ""))
    given = web.inputs[name]
    documents = web.documents()
    data = documents.get(given) if given.startswith("https://") else given.encode()
    if data is None:  # gone: then what is in hand is asked about
        data = documents.fetch(given).body
    report = verify(data, documents=documents, now=_NOW, recipient=Recipient(email=email) if email else None)
    theirs = name in VALID or DIFFERENCES.get(name, (False, ""))[0]
    assert report.accepted is (theirs != (name in DIFFERENCES)), report
