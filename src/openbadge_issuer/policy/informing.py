"""Telling the holder: what is recorded of a notice, and who still has to be told."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from openbadge_issuer.errors import PolicyError
from openbadge_issuer.errors.rule import Language
from openbadge_issuer.policy.event import Act
from openbadge_issuer.policy.notice_events import (
    Channel,
    DeliveryOutcome,
    HolderInformed,
    PlatformInformed,
    Recipient,
    ReporterInformed,
    ReporterTopic,
    Topic,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Delivery:
    """What became of a notice; the attributes are those of `HolderInformed`."""

    outcome: DeliveryOutcome
    language: Language
    recipient: Recipient = "holder"
    channel: Channel | None = None
    notice: str | None = None
    address: str | None = None
    reason: str | None = None
    about: Topic | None = None


def told(
    act: Act,
    delivery: Delivery,
    *,
    person: str | None,
    object_until: datetime | None = None,
    answer_until: datetime | None = None,
) -> HolderInformed:
    """Record what became of a notice.

    Raises:
        PolicyError: `NOTICE-SENT`, a notice that was sent has no channel or no digest; `NOTICE-REASON`, it
            did not reach anybody and nobody says why.
    """
    check_delivery(delivery)
    return HolderInformed.done(
        act,
        person=person,
        recipient=delivery.recipient,
        outcome=delivery.outcome,
        language=delivery.language,
        channel=delivery.channel,
        notice=delivery.notice,
        about=delivery.about,
        object_until=object_until,
        answer_until=answer_until,
        address=delivery.address,
        reason=delivery.reason,
    )


def reporter_told(
    act: Act, delivery: Delivery, *, receipt: str, about: ReporterTopic, reporter: str | None
) -> ReporterInformed:
    """Record what became of a notice to who reported a doubt; raises as `told`."""
    check_delivery(delivery)
    return ReporterInformed.done(
        act,
        receipt=receipt,
        about=about,
        outcome=delivery.outcome,
        language=delivery.language,
        channel=delivery.channel,
        notice=delivery.notice,
        reporter=reporter,
        address=delivery.address,
        reason=delivery.reason,
    )


def platform_told(act: Act, delivery: Delivery, *, platform: str) -> PlatformInformed:
    """Record what became of a notice to a platform of others; raises as `told`."""
    check_delivery(delivery)
    return PlatformInformed.done(
        act,
        platform=platform,
        outcome=delivery.outcome,
        language=delivery.language,
        channel=delivery.channel,
        notice=delivery.notice,
        address=delivery.address,
        reason=delivery.reason,
    )


def check_delivery(delivery: Delivery) -> None:
    """See that it is said how a notice went.

    Raises:
        PolicyError: as `told`.
    """
    sent = delivery.outcome != "impossible"
    if sent and (delivery.channel is None or delivery.notice is None):
        raise PolicyError("NOTICE-SENT")
    if delivery.outcome != "delivered" and not (delivery.reason or "").strip():
        raise PolicyError("NOTICE-REASON", outcome=delivery.outcome)


def to_be_told(notices: Iterable[HolderInformed], *, guardian: bool) -> tuple[Recipient, ...]:
    """Return who still has to be told: whom no notice reached, and for whom that was not found impossible."""
    wanted: tuple[Recipient, ...] = ("holder", "guardian") if guardian else ("holder",)
    settled = {notice.recipient for notice in notices if notice.outcome != "failed"}
    return tuple(recipient for recipient in wanted if recipient not in settled)
