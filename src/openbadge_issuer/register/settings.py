"""What a register needs from those who use it."""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import TypeAlias

from openbadge_issuer.assertions.json_text import JsonObject, JsonValue
from openbadge_issuer.policy.event import Event, Sealed
from openbadge_issuer.policy.event_kinds import restore
from openbadge_issuer.policy.facts import Facts
from openbadge_issuer.register.evidence_store import EvidenceStore
from openbadge_issuer.status.allocation import Rng

FactsOf: TypeAlias = Callable[[str, Sequence[Event]], Facts]
"""Folds the events of a stream, given its name, to its facts."""

_DIGEST = re.compile(r"[0-9a-f]{64}")


def evidence_in(content: JsonObject) -> Iterable[str]:
    """Find the digests of evidence files in the content of a part: every member called `sha256`."""
    waiting: list[JsonValue] = [content]
    while waiting:
        value = waiting.pop()
        if isinstance(value, dict):
            digest = value.get("sha256")
            if isinstance(digest, str) and _DIGEST.fullmatch(digest):
                yield digest
            waiting.extend(value.values())
        elif isinstance(value, list):
            waiting.extend(value)


@dataclass(frozen=True, slots=True)
class Settings:
    """How events are read, and where their evidence lies.

    Attributes:
        restore: puts a stored event together again; the product's own events by default.
        evidence_in: finds the digests of evidence files in the content of a part.
        evidence: where the files lie. If given, no event is taken that refers to a file that is not there.
        rng: the source of randomness for salts.
    """

    restore: Callable[[Sealed], Event] = restore
    evidence_in: Callable[[JsonObject], Iterable[str]] = evidence_in
    evidence: EvidenceStore | None = None
    rng: Rng = os.urandom
