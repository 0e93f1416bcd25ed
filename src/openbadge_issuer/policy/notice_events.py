"""How somebody was told: the events that the procedures of awards and cases share (R40, R42, R46)."""

from __future__ import annotations

from typing import Annotated, Literal, TypeAlias

from pydantic import AwareDatetime

from openbadge_issuer.errors.rule import Language
from openbadge_issuer.policy.badge_policy import Name
from openbadge_issuer.policy.event import Event, Kept
from openbadge_issuer.policy.event_values import Digest, FreeText, Pseudonym

Recipient: TypeAlias = Literal["holder", "guardian"]
"""Who is told: the holder, and beside a minor the guardian (G10)."""
Channel: TypeAlias = Literal["email", "letter", "in-person", "telephone", "file", "callback"]
"""How it reached them; `callback` is a program of the organisation, such as its learning platform."""
DeliveryOutcome: TypeAlias = Literal["delivered", "failed", "impossible"]
"""Whether it did; `impossible` is a finding of a person, with the reason, and ends the attempts."""


Topic: TypeAlias = Literal["hearing", "suspension", "objection"]
"""What a notice is about that tells of no decision: the holder is asked for the other side of it, the badge
does not count while it is investigated, an objection has arrived."""
ReporterTopic: TypeAlias = Literal["report", "outcome"]
"""What a reporter is told: that the report has arrived, and what came of it."""


class HolderInformed(Event):
    """The holder was told about an award or a case, or somebody tried.

    Attributes:
        person: the pseudonym of the holder; None where nobody knows who holds a foreign badge.
        recipient: who was told.
        outcome: whether it reached them.
        language: the language of the notice.
        channel: how it was sent; None if there is no way.
        notice: the digest of the notice; None if there was none.
        about: what it tells of; None for what was decided.
        object_until: until when the holder can object to what the notice tells.
        answer_until: until when the holder can answer who was asked for the other side of it.
        address: where it was sent.
        reason: why it failed, or is impossible.
    """

    person: Pseudonym | None = None
    recipient: Recipient
    outcome: DeliveryOutcome
    language: Language
    channel: Channel | None = None
    notice: Digest | None = None
    about: Topic | None = None
    object_until: AwareDatetime | None = None
    answer_until: AwareDatetime | None = None
    address: Annotated[FreeText | None, Kept("notice", of="person")] = None
    reason: Annotated[FreeText | None, Kept("notice", of="person")] = None


class ReporterInformed(Event):
    """Who reported a doubt was told about it, or somebody tried; who that is stays among the confidential.

    Attributes:
        receipt: the digest of the reporter's code, which says which report it is.
        about: what was told.
        outcome: whether it reached them.
        language: the language of the notice.
        channel: how it was sent; None if there is no way.
        notice: the digest of the notice; None if there was none.
        reporter: the pseudonym of the reporter, if known.
        address: where it was sent.
        reason: why it failed, or is impossible.
    """

    receipt: Digest
    about: ReporterTopic
    outcome: DeliveryOutcome
    language: Language
    channel: Channel | None = None
    notice: Digest | None = None
    reporter: Annotated[Pseudonym | None, Kept("reporter", of="reporter")] = None
    address: Annotated[FreeText | None, Kept("reporter", of="reporter")] = None
    reason: Annotated[FreeText | None, Kept("reporter", of="reporter")] = None


class PlatformInformed(Event):
    """A platform of others was told what was decided about a badge there, or somebody tried (R41).

    Attributes:
        platform: the platform, as the policy names it.
        outcome: whether it reached them.
        language: the language of the notice.
        channel: how it was sent; None if there is no way.
        notice: the digest of the notice; None if there was none.
        address: where it was sent.
        reason: why it failed, or is impossible.
    """

    platform: Name
    outcome: DeliveryOutcome
    language: Language
    channel: Channel | None = None
    notice: Digest | None = None
    address: Annotated[FreeText | None, Kept("notice")] = None
    reason: Annotated[FreeText | None, Kept("notice")] = None
