"""The chain: how the digest of an entry and the commitment to a part are computed.

Both are SHA-256 over canonical JSON (RFC 8785), so that anybody can compute them anew from a backup with
common tools. The entry binds its event to all entries before it; it holds commitments instead of the
personal parts, so that these can be destroyed. docs/reference/register.md writes it out in full.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

SALT_BYTES = 32

GENESIS = "0" * 64
"""What stands in the first entry as the digest of the one before it, and the digest of an empty chain."""

_quoted = json.encoder.encode_basestring
"""Writes text as a JSON string, exactly as RFC 8785, section 3.2.2.2, has it."""


@dataclass(frozen=True, slots=True)
class Head:
    """How far an organisation's chain reaches: nothing up to there can change without changing the digest.

    Attributes:
        organisation: whose chain it is.
        length: how many entries it has.
        digest: the digest of the last entry, in hex; `GENESIS` if there is none.
        at: the moment of the last entry; None if there is none.
    """

    organisation: str
    length: int
    digest: str = GENESIS
    at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Entry:
    """An entry of the chain.

    Attributes:
        organisation: whose chain it is in.
        sequence: its number, from 1.
        stream: the procedure that the event belongs to.
        kind: what happened.
        body: what stays of the event, as canonical JSON.
        commitments: the commitments to its parts in their order, each in hex.
    """

    organisation: str
    sequence: int
    stream: str
    kind: str
    body: str
    commitments: Sequence[str]

    def digest(self, previous: str) -> str:
        """Return the digest in hex.

        The text below is the canonical form of an object of these members, the body being in that form
        already; the test compares it with what `jsonld.jcs` writes.
        """
        commitments = ",".join([f'"{one}"' for one in self.commitments])
        text = (
            f'{{"body":{self.body},"commitments":[{commitments}],"kind":{_quoted(self.kind)},'
            f'"organisation":{_quoted(self.organisation)},"previous":"{previous}",'
            f'"sequence":{self.sequence},"stream":{_quoted(self.stream)}}}'
        )
        return hashlib.sha256(text.encode()).hexdigest()


def commitment(salt: bytes, *, record_class: str, person: str | None, content: str) -> str:
    """Return the commitment to a part in hex: SHA-256 over the salt and the part as canonical JSON.

    Without the salt nobody can find out by trying what a destroyed part said.
    """
    whom = "null" if person is None else _quoted(person)
    text = f'{{"class":{_quoted(record_class)},"content":{content},"person":{whom}}}'
    return hashlib.sha256(salt + text.encode()).hexdigest()
