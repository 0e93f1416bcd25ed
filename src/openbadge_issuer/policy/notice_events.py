"""How somebody was told: the event that the procedures of awards and cases share (R40, R46)."""

from __future__ import annotations

from typing import Annotated, Literal, TypeAlias

from pydantic import AwareDatetime

from openbadge_issuer.errors.rule import Language
from openbadge_issuer.policy.event import Event, Kept
from openbadge_issuer.policy.event_values import Digest, FreeText, Pseudonym

Recipient: TypeAlias = Literal["holder", "guardian"]
"""Who is told: the holder, and beside a minor the guardian (G10)."""
Channel: TypeAlias = Literal["email", "letter", "in-person", "telephone", "file", "callback"]
"""How it reached them; `callback` is a program of the organisation, such as its learning platform."""
DeliveryOutcome: TypeAlias = Literal["delivered", "failed", "impossible"]
"""Whether it did; `impossible` is a finding of a person, with the reason, and ends the attempts."""


class HolderInformed(Event):
    """The holder was told about an award or a case, or somebody tried.

    Attributes:
        person: the pseudonym of the holder; None where nobody knows who holds a foreign badge.
        recipient: who was told.
        outcome: whether it reached them.
        language: the language of the notice.
        channel: how it was sent; None if there is no way.
        notice: the digest of the notice; None if there was none.
        object_until: until when the holder can object to what the notice tells.
        address: where it was sent.
        reason: why it failed, or is impossible.
    """

    person: Pseudonym | None = None
    recipient: Recipient
    outcome: DeliveryOutcome
    language: Language
    channel: Channel | None = None
    notice: Digest | None = None
    object_until: AwareDatetime | None = None
    address: Annotated[FreeText | None, Kept("notice", of="person")] = None
    reason: Annotated[FreeText | None, Kept("notice", of="person")] = None
