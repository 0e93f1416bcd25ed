"""What is measured: jobs that each do one thing once, on inputs that change from run to run."""

from __future__ import annotations

import hashlib
import struct
import sys
import sysconfig
import zlib
from collections.abc import Callable, Sequence
from concurrent.futures import Executor
from dataclasses import replace
from datetime import timedelta
from functools import partial
from itertools import count, cycle
from pathlib import Path
from random import Random
from typing import TypeAlias

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from pyld import jsonld

from badges import (
    ACHIEVEMENT,
    LIST_URL,
    NOW,
    POOL,
    STATUS_BITS,
    WarmJob,
    award,
    issuer_with,
    issuing,
)
from canonical_jobs import EVIDENCE_COUNTS
from openbadge_issuer import (
    Criteria,
    Evidence,
    Issuer,
    Recipient,
    SigningKey,
    StatusList,
    VerificationReport,
    bake,
    unbake,
    verify,
)
from openbadge_issuer.assertions.json_text import JsonObject, parse_json_object
from openbadge_issuer.jsonld.contexts import PINNED
from openbadge_issuer.signing.sealing import ProofFormat
from proofs import algorithm_jobs

ColdJob: TypeAlias = "tuple[str, Sequence[str], Sequence[str]]"
"""Name, command, and the names of the jobs to compare with."""

SIGN, VERIFY = "bare EdDSA sign", "bare EdDSA verify"
PYLD_SIGN, PYLD_VERIFY = "plain pyld + cryptography: sign", "plain pyld + cryptography: verify"
BARE_PYTHON = "python -c pass"

STATUS_SET = 10_000
LONG_STATUS_BITS = 10_000_000
PICTURE_BYTES = 100_000
BATCH = 1024
"""Badges that are issued in one go through a pool."""
POOL_OF_ONE = "issue_many, pool of 1"


def warm_jobs(folder: Path) -> tuple[Path, list[WarmJob]]:
    """Prepare all jobs that run in this process; return a badge file without status for the cold ones."""
    key = SigningKey.generate("Ed25519")
    issuer = issuer_with(key)
    status = StatusList.create(LIST_URL, issuer=key.did_key, size=STATUS_BITS)
    badge = issuing(issuer, status, "eddsa-rdfc-2022")(0)
    badge_file = folder / "badge.json"
    badge_file.write_bytes(issuer.issue(ACHIEVEMENT, Recipient(email="ada@example.org"), now=NOW).data)
    return badge_file, [
        *algorithm_jobs(),
        *_yardstick_jobs(parse_json_object(badge)),
        *_issuing_jobs(issuer, status),
        *_verifying_jobs(issuer, status),
        *_status_jobs(key),
        *_picture_jobs(badge),
    ]


def cold_jobs(badge_file: Path) -> list[ColdJob]:
    """List the jobs that are whole processes."""
    command = str(Path(sysconfig.get_path("scripts")) / "openbadge-issuer")
    names = "Issuer, SigningKey, Recipient, verify"
    return [
        (BARE_PYTHON, [sys.executable, "-c", "pass"], ()),
        ("import openbadge_issuer", [sys.executable, "-c", "import openbadge_issuer"], [BARE_PYTHON]),
        (
            "import the names of the first ten lines",
            [sys.executable, "-c", f"from openbadge_issuer import {names}"],
            [BARE_PYTHON],
        ),
        ("openbadge-issuer verify badge.json", [command, "verify", str(badge_file)], [BARE_PYTHON]),
    ]


def _pyld_hash(document: JsonObject) -> bytes:
    options = {"algorithm": "URDNA2015", "format": "application/n-quads", "documentLoader": _load}
    nquads: str = jsonld.normalize(document, options)
    return hashlib.sha256(nquads.encode()).digest()


def _load(url: str, _options: object) -> dict[str, object]:
    return {"contextUrl": None, "documentUrl": url, "document": PINNED.load(url), "contentType": None}


def _yardstick_jobs(badge: JsonObject) -> list[WarmJob]:
    """What a short program would do: both canonicalizations by plain pyld, then one signature."""
    private = Ed25519PrivateKey.generate()
    public = private.public_key()
    document = {name: value for name, value in badge.items() if name != "proof"}
    proof = badge["proof"]
    assert isinstance(proof, dict)
    options = {name: value for name, value in proof.items() if name != "proofValue"}
    options["@context"] = badge["@context"]
    signature = private.sign(_pyld_hash(options) + _pyld_hash(document))
    return [
        (PYLD_SIGN, lambda: private.sign(_pyld_hash(options) + _pyld_hash(document)), [SIGN]),
        (PYLD_VERIFY, lambda: public.verify(signature, _pyld_hash(options) + _pyld_hash(document)), [VERIFY]),
    ]


def _issuing_jobs(issuer: Issuer, status: StatusList) -> list[WarmJob]:
    numbers = count()
    embedded, token = issuing(issuer, status, "eddsa-rdfc-2022"), issuing(issuer, status, "vc-jwt")
    stream = issuer.issue_many(award(status, number, "eddsa-rdfc-2022") for number in count())
    return [
        ("issue, eddsa-rdfc-2022, to bytes", lambda: embedded(next(numbers)), [SIGN, PYLD_SIGN]),
        (
            "issue, eddsa-rdfc-2022, another achievement each time",
            _arbitrary(issuer, status, "eddsa-rdfc-2022"),
            [SIGN, PYLD_SIGN],
        ),
        (
            "issue, eddsa-rdfc-2022, of another shape each time",
            _shapeless(issuer, status, "eddsa-rdfc-2022"),
            [SIGN, PYLD_SIGN],
        ),
        ("issue, vc-jwt, another achievement each time", _arbitrary(issuer, status, "vc-jwt"), [SIGN]),
        ("issue, vc-jwt, of another shape each time", _shapeless(issuer, status, "vc-jwt"), [SIGN]),
        ("issue_many of one achievement, eddsa-rdfc-2022", lambda: next(stream), [SIGN]),
        ("issue, vc-jwt, to bytes", lambda: token(next(numbers)), [SIGN]),
    ]


def issue_batch(issuer: Issuer, executor: Executor) -> None:
    """Issue a batch on an executor."""
    status = StatusList.create(LIST_URL, issuer=issuer.profile.id, size=STATUS_BITS)
    awards = (award(status, number, "eddsa-rdfc-2022") for number in range(BATCH))
    for _ in issuer.issue_many(awards, executor=executor, on_error="raise"):
        pass


def _arbitrary(issuer: Issuer, status: StatusList, proof: ProofFormat) -> Callable[[], object]:
    """Return what issues another achievement each time, which has the same members as those before."""
    numbers = count()

    def issue() -> object:
        number = next(numbers)
        changed = {
            "id": f"https://badges.example/{number}",
            "name": f"Facilitator {number}",
            "description": f"Plans workshop {number}, and leads it so that everyone takes part.",
            "criteria": Criteria(narrative=f"Led workshop {number}, and an observer confirmed it."),
        }
        one = replace(award(status, number, proof), achievement=ACHIEVEMENT.model_copy(update=changed))
        return issuer.issue_award(one, now=NOW)

    return issue


def _shapeless(issuer: Issuer, status: StatusList, proof: ProofFormat) -> Callable[[], object]:
    """Return what issues another achievement each time, with members in which no template fits."""
    numbers = count()

    def issue() -> object:
        number = next(numbers)
        achievement = ACHIEVEMENT.model_copy(update={"credits_available": float(number)})
        one = replace(award(status, number, proof), achievement=achievement)
        return issuer.issue_award(one, now=NOW)

    return issue


def growing_jobs(issuer: Issuer) -> list[WarmJob]:
    """List the verification of badges with more and more evidence."""
    jobs: list[WarmJob] = []
    for number in EVIDENCE_COUNTS:
        items = [
            Evidence(id=f"https://badges.example/evidence/{item}", name=f"Feedback {item}")
            for item in range(number)
        ]
        badge = issuer.issue(ACHIEVEMENT, Recipient(email="ada@example.org"), evidence=items, now=NOW).data
        run = partial(verify, badge, now=NOW)
        jobs.append((f"verify, full report, evidence: {number:,}", run, [VERIFY]))
    return jobs


def _verifying_jobs(issuer: Issuer, status: StatusList) -> list[WarmJob]:
    documents = {LIST_URL: status.sign(issuer.signer, now=NOW, valid_for=timedelta(days=7))}
    proofs: tuple[ProofFormat, ...] = ("eddsa-rdfc-2022", "vc-jwt")
    jobs: list[WarmJob] = []
    for proof in proofs:
        pool = cycle([issuing(issuer, status, proof)(number) for number in range(POOL)])

        def full(pool: cycle[bytes] = pool) -> VerificationReport:
            return verify(next(pool), now=NOW)

        def with_list(pool: cycle[bytes] = pool) -> VerificationReport:
            found = verify(next(pool), now=NOW, documents=documents)
            assert found.accepted, str(found)
            return found

        assert full().verdicts["integrity"] == "passed"
        yardsticks = [VERIFY, PYLD_VERIFY] if proof == "eddsa-rdfc-2022" else [VERIFY]
        jobs.append((f"verify, {proof}, full report", full, yardsticks))
        jobs.append((f"verify, {proof}, with its status list", with_list, [VERIFY]))
    return jobs


def _status_jobs(key: SigningKey) -> list[WarmJob]:
    full = StatusList.create(LIST_URL, issuer=key.did_key, size=STATUS_BITS)
    full.set_all(Random(1).sample(range(STATUS_BITS), STATUS_SET))  # noqa: S311  # nothing is secret here
    long = StatusList.create(LIST_URL, issuer=key.did_key, size=LONG_STATUS_BITS)
    long.set_all(Random(1).sample(range(LONG_STATUS_BITS), STATUS_SET))  # noqa: S311  # the same
    free = cycle(range(STATUS_BITS))

    def changed(changing: StatusList) -> bytes:
        changing.set(next(free))
        return changing.sign(key, now=NOW)

    return [
        ("status list of 131,072, 10,000 set: one more, encode and sign", lambda: changed(full), [SIGN]),
        ("status list of 10,000,000, 10,000 set: one more, encode and sign", lambda: changed(long), [SIGN]),
    ]


def _picture_jobs(badge: bytes) -> list[WarmJob]:
    picture = png(PICTURE_BYTES)
    baked = bake(picture, badge)
    return [
        ("bake a PNG of 100 KB", lambda: bake(picture, badge), [SIGN]),
        ("unbake it", lambda: unbake(baked), [SIGN]),
    ]


def png(size: int) -> bytes:
    """Draw a square of noise of about `size` bytes, 8 bits of grey."""
    side = int(size**0.5)
    noise = Random(1)  # noqa: S311  # a picture
    rows = b"".join(b"\0" + noise.randbytes(side) for _ in range(side))
    header = struct.pack(">IIBBBBB", side, side, 8, 0, 0, 0, 0)
    chunks = ((b"IHDR", header), (b"IDAT", zlib.compress(rows)), (b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(_chunk(name, data) for name, data in chunks)


def _chunk(name: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))
