"""Reporting a doubt about a badge: what is taken in, how much of it, and which case it belongs to (R42).

Anybody can report, and nobody is told who did.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from openbadge_issuer.errors import PolicyError
from openbadge_issuer.policy.award_record import AwardRecord
from openbadge_issuer.policy.badge_policy import BadgePolicy
from openbadge_issuer.policy.case_events import CaseReported
from openbadge_issuer.policy.case_record import CaseRecord

MOST_REPORTS = ((timedelta(hours=1), 10), (timedelta(days=1), 40))
"""How many reports are taken in from one source within a time: room for a class that reports the same
afternoon, and none for a program that fills the register."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """What somebody reports.

    Attributes:
        text: what is wrong.
        receipt: the SHA-256 of the code with which the reporter can ask how it stands, in hex.
        reporter: the pseudonym of the reporter, if known.
        name: the name, if given.
        contact: where the reporter can be reached, if given.
    """

    text: str
    receipt: str
    reporter: str | None = None
    name: str | None = None
    contact: str | None = None


def check_report(report: Report) -> None:
    """See that a report says something.

    Raises:
        PolicyError: `CASE-TEXT`.
    """
    check_text(report.text)


def check_text(text: str | None) -> None:
    """See that something was written.

    Raises:
        PolicyError: `CASE-TEXT`.
    """
    if not (text or "").strip():
        raise PolicyError("CASE-TEXT")


def check_rate(earlier: Iterable[datetime], now: datetime) -> None:
    """See that not too many reports have come from the same source.

    Args:
        earlier: when the source reported before; the caller knows what a source is.
        now: the moment.

    Raises:
        PolicyError: `CASE-RATE`.
    """
    times = tuple(earlier)
    for span, most in MOST_REPORTS:
        if sum(now - span < moment <= now for moment in times) >= most:
            raise PolicyError("CASE-RATE", most=most, hours=int(span / timedelta(hours=1)))


def check_holder(awards: Sequence[AwardRecord], holder: str | None) -> str | None:
    """Return the one who holds all the badges in doubt.

    Args:
        awards: the awards in doubt.
        holder: who holds the foreign badges in doubt, if known.

    Raises:
        PolicyError: `CASE-NO-BADGE`, an award was never granted; `CASE-ONE-HOLDER`, there are several.
    """
    for award in awards:
        if award.granted is None:
            raise PolicyError("CASE-NO-BADGE", award=award.id)
    holders = {award.candidate for award in awards} | ({holder} if holder else set())
    if len(holders) > 1:
        raise PolicyError("CASE-ONE-HOLDER", count=len(holders))
    return next(iter(holders), None)


def check_platform(policy: BadgePolicy, address: str) -> None:
    """See that a foreign badge stands on a platform that the policy names (R27, G7).

    Raises:
        PolicyError: `CASE-PLATFORM`.
    """
    if platform_of(policy, address) is None:
        raise PolicyError("CASE-PLATFORM", address=address[:80])


def platform_of(policy: BadgePolicy, address: str) -> str | None:
    """Return the platform on which a foreign badge stands, as the policy names it.

    A prefix ends where a step of the path does: `https://one.example/a` is no prefix of `…/ab`.
    """
    for name, platform in policy.platforms.items():
        for prefix in (one.rstrip("/") for one in platform.prefixes):
            if address == prefix or address.startswith(f"{prefix}/"):
                return name
    return None


def check_reporter_unnamed(text: str, reports: Iterable[CaseReported]) -> None:
    """See that what the holder is to read does not tell who reported the doubt (G6).

    Raises:
        PolicyError: `CASE-REPORTER-NAMED`.
    """
    said = text.casefold()
    for report in reports:
        for known in (report.reporter_name, report.reporter_contact):
            if known and known.casefold() in said:
                raise PolicyError("CASE-REPORTER-NAMED")


def share_out(
    subjects: Sequence[str], cases: Iterable[CaseRecord]
) -> tuple[tuple[CaseRecord | None, tuple[str, ...]], ...]:
    """Share the badges in a report out over the cases that it joins; what is left (None) begins a case.

    A report joins a case about a badge as long as nothing was decided about that badge there. What is
    reported later is a new doubt.
    """
    left = list(dict.fromkeys(subjects))
    shares: list[tuple[CaseRecord | None, tuple[str, ...]]] = []
    for case in cases:
        joins = tuple(one for one in left if not case.closed and one in case.undecided)
        if joins:
            shares.append((case, joins))
            left = [one for one in left if one not in joins]
    return (*shares, (None, tuple(left))) if left else tuple(shares)
