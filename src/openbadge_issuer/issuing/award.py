"""One award: an achievement, a recipient, and everything that can be said of the occasion."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Literal, TypeAlias

from openbadge_issuer.assertions import Achievement, EndorsementCredential, Evidence, Result
from openbadge_issuer.assertions.json_text import JsonObject
from openbadge_issuer.assertions.recipient import Recipient
from openbadge_issuer.signing.sealing import ProofFormat
from openbadge_issuer.status import StatusEntry

Contexts: TypeAlias = "Mapping[str, JsonObject] | Sequence[str | JsonObject]"
"""Further contexts: pinned URLs or inline objects, or a mapping of URLs to the documents behind them."""


@dataclass(frozen=True, kw_only=True)
class Award:
    """What is to be issued; the attributes are the arguments of `Issuer.issue`."""

    achievement: Achievement
    recipient: Recipient
    id: str | None = None
    awarded_date: datetime | None = None
    evidence: Sequence[Evidence | str] = ()
    results: Sequence[Result] = ()
    endorsements: Sequence[EndorsementCredential | str] = ()
    valid_from: datetime | None = None
    valid_until: datetime | None = None
    status: StatusEntry | Sequence[StatusEntry] | None = None
    proof: ProofFormat | None = None
    version: Literal["3.0"] = "3.0"
    contexts: Contexts = field(default_factory=tuple)
