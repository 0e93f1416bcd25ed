"""Measure canonical forms and the proofs over them, without models, status lists and reports.

    python benchmarks/canonical_jobs.py [--seconds 20]

All jobs take turns in short rounds; ratios are taken within each round, and medians are shown. Each run
takes another credential, with identifiers of its own. `canonical_jobs` gives the same jobs to `run.py`.
"""

from __future__ import annotations

import argparse
import statistics
import time
from collections.abc import Callable, Iterator, Sequence
from datetime import UTC, datetime
from functools import partial
from itertools import count, cycle

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from badges import WarmJob
from openbadge_issuer.assertions.json_text import JsonObject, JsonValue, dump_json, parse_json_object
from openbadge_issuer.errors import LimitError
from openbadge_issuer.jsonld.canonical import canonical_form
from openbadge_issuer.jsonld.compiled import store
from openbadge_issuer.jsonld.compiled.form import compiled_form
from openbadge_issuer.jsonld.compiled.tables import Tables
from openbadge_issuer.jsonld.contexts import PINNED
from openbadge_issuer.jsonld.general import general_form
from openbadge_issuer.signing.cryptosuite import add_proof, suite_of
from openbadge_issuer.signing.data_integrity import ProofOptions
from openbadge_issuer.signing.signing_key import SigningKey

SIGN, VERIFY = "bare EdDSA sign", "bare EdDSA verify"
COMPILED = "canonical form, compiled"
EVIDENCE_COUNTS = (1, 10, 100, 1000)
POOL = 5000
"""Different credentials, more than IRIs are remembered."""

_CONTEXTS: list[JsonValue] = [
    "https://www.w3.org/ns/credentials/v2",
    "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json",
]
_ROUND_SECONDS = 0.08
_FEWEST_ROUNDS = 5
_MICROSECONDS = 1_000_000


def credential(number: int, *, evidence: int = 1) -> JsonObject:
    """Make a credential as an issuer writes it: hashed recipient, status entry, evidence, alignment."""
    entries: list[JsonValue] = [
        {"id": f"https://badges.example/{number}/{item}", "type": ["Evidence"], "name": f"Feedback {item}"}
        for item in range(evidence)
    ]
    identity: JsonObject = {
        "type": "IdentityObject",
        "hashed": True,
        "identityHash": f"sha256${number:064x}",
        "identityType": "emailAddress",
        "salt": f"{number:032x}",
    }
    achievement: JsonObject = {
        "id": "https://badges.example/facilitator",
        "type": ["Achievement"],
        "name": "Workshop facilitator",
        "description": "Plans a workshop for a group, and leads it so that everyone takes part.",
        "criteria": {
            "narrative": "Led one workshop of an hour for five people.\n\nAn observer confirmed it."
        },
        "alignment": [
            {"type": ["Alignment"], "targetName": "Leading", "targetUrl": "https://skills.example/leading"}
        ],
        "tag": ["facilitation", "workshop"],
    }
    document: JsonObject = {
        "@context": _CONTEXTS,
        "id": f"urn:uuid:{number:032x}",
        "type": ["VerifiableCredential", "OpenBadgeCredential"],
        "issuer": {"id": "https://badges.example/", "type": ["Profile"], "name": "Breakthrough"},
        "validFrom": "2026-01-15T12:00:00Z",
        "name": "Workshop facilitator",
        "credentialStatus": {
            "id": f"https://badges.example/status/1#{number}",
            "type": "BitstringStatusListEntry",
            "statusPurpose": "revocation",
            "statusListIndex": str(number),
            "statusListCredential": "https://badges.example/status/1",
        },
        "evidence": entries,
        "credentialSubject": {
            "type": ["AchievementSubject"],
            "identifier": [identity],
            "achievement": achievement,
        },
    }
    return parse_json_object(dump_json(document))  # as read: no text is the same object twice


def poison() -> JsonObject:
    """Make a small document of eight equal children under two equal parents: factorial to tell apart."""
    document = credential(1)
    alignments: list[JsonValue] = [{"type": ["Alignment"], "targetName": "t"} for _ in range(8)]
    subject: JsonObject = {
        "type": ["AchievementSubject"],
        "result": [{"type": ["Result"], "alignment": alignments} for _ in range(2)],
    }
    return {**document, "credentialSubject": subject}


def canonical_jobs(sign: str = SIGN, verify: str = VERIFY) -> list[WarmJob]:
    """List the jobs; `sign` and `verify` are the names of the bare signatures to compare with."""
    key = SigningKey.generate("Ed25519")
    moment = datetime(2026, 1, 15, 12, tzinfo=UTC)
    options = ProofOptions(verification_method=key.public_key.verification_method, created=moment)
    plain = cycle([credential(number) for number in range(POOL)])
    signed = cycle([_signed(credential(number), key, options) for number in range(POOL)])

    def verify_next() -> object:
        document, proof = next(signed)
        return suite_of(proof).verify(document, proof, key.public_key)

    return [
        (COMPILED, lambda: compiled_form(next(plain), loader=PINNED), [sign]),
        ("canonical form, general way", lambda: general_form(next(plain), loader=PINNED), [sign, COMPILED]),
        (
            "eddsa-rdfc-2022 by itself: document to proof",
            lambda: add_proof(next(plain), key, options),
            [sign],
        ),
        ("eddsa-rdfc-2022 by itself: verify", verify_next, [verify]),
        *_evidence_jobs(),
        ("canonical form, contexts not compiled yet", _first_form, [COMPILED]),
        ("poison refused", _refuse, [sign]),
    ]


def _signed(document: JsonObject, key: SigningKey, options: ProofOptions) -> tuple[JsonObject, JsonObject]:
    secured = add_proof(document, key, options)
    proof = secured["proof"]
    assert isinstance(proof, dict)
    return secured, proof


def _evidence_jobs() -> Iterator[WarmJob]:
    for number in EVIDENCE_COUNTS:
        document = credential(1, evidence=number)
        form = compiled_form(document, loader=PINNED)
        assert form is not None
        yield (
            f"canonical form, evidence: {number:,}",
            partial(compiled_form, document, loader=PINNED),
            [COMPILED],
        )


def _first_form() -> object:
    kept = store._store  # noqa: SLF001  # what others have compiled
    store._store = Tables()  # noqa: SLF001  # as in a new process
    try:
        return canonical_form(credential(1))
    finally:
        store._store = kept  # noqa: SLF001


_POISON = poison()


def _refuse() -> None:
    try:
        canonical_form(_POISON)
    except LimitError:
        return
    raise AssertionError


def _bare_jobs() -> list[WarmJob]:
    private = Ed25519PrivateKey.generate()
    public, message = private.public_key(), bytes(64)
    signature = private.sign(message)
    return [
        (SIGN, lambda: private.sign(message), ()),
        (VERIFY, lambda: public.verify(signature, message), ()),
    ]


def main() -> None:
    """Measure, and print a table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seconds", type=float, default=20)
    seconds = parser.parse_args().seconds
    jobs = [*_bare_jobs(), *canonical_jobs()]
    repeats = {name: _repeats(run) for name, run, _ in jobs}
    times: dict[str, list[float]] = {name: [] for name, _, _ in jobs}
    begin = time.monotonic()
    for number in count():
        if number >= _FEWEST_ROUNDS and time.monotonic() - begin > seconds:
            break
        for name, run, _ in jobs:
            start = time.process_time()
            for _ in range(repeats[name]):
                run()
            times[name].append((time.process_time() - start) / repeats[name])
    for name, _, references in jobs:
        ratios = (f"{_ratio(times[other], times[name]):.3f} {other}" for other in references)
        print(f"{name:50} {statistics.median(times[name]) * _MICROSECONDS:10,.1f} us   {', '.join(ratios)}")


def _ratio(reference: Sequence[float], own: Sequence[float]) -> float:
    return statistics.median(one / other for one, other in zip(reference, own, strict=True))


def _repeats(run: Callable[[], object]) -> int:
    """Find how many runs make a round."""
    run()
    start = time.process_time()
    run()
    return max(1, int(_ROUND_SECONDS / max(time.process_time() - start, 1e-6)))


if __name__ == "__main__":
    main()
