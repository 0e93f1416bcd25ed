"""Verifying a stream of badges, here or on the workers of an executor."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import Executor
from dataclasses import dataclass, replace
from datetime import datetime
from functools import partial
from typing import TypeAlias

from openbadge_issuer.assertions.json_text import JsonObject
from openbadge_issuer.bulk import Lost, spread
from openbadge_issuer.errors import UnsupportedError
from openbadge_issuer.errors.rule import Verdict
from openbadge_issuer.verification.arguments import required_verdicts, settings_of, whole_second
from openbadge_issuer.verification.pipeline import DEFAULT_REQUIRE, present, report_of
from openbadge_issuer.verification.report import VerificationReport, finding_of

Item: TypeAlias = "bytes | str | JsonObject"


def verify_many(
    items: Iterable[Item],
    *,
    executor: Executor | None = None,
    progress: Callable[[int], None] | None = None,
    now: datetime | None = None,
    require: Iterable[Verdict] = DEFAULT_REQUIRE,
    annulments: Iterable[bytes] = (),
    subject: str = "",
    **options: object,
) -> Iterator[VerificationReport]:
    """Verify a stream of badges: one report per badge, in order, in bounded memory.

    Args:
        items: what `verify` takes.
        executor: verifies in chunks beside each other: a pool of threads or processes, or what Dask's
            `Client.get_executor()` returns. The options must be able to travel to its workers.
        progress: is called with the number of reports so far, each time one is given.
        now: the present; without it, the machine's clock is read for every badge.
        require: the verdicts that must pass for a report to be true.
        annulments: as `verify` takes them.
        subject: a name for all the badges in their reports.
        options: the other keyword arguments of `verify`.

    A badge whose worker died is undetermined (`VERIFY-WORKER-LOST`), and verified by nobody else. Within one
    second, a status list that could be used is looked up once.

    Raises:
        OpenBadgeError, ValueError: as `verify`.
    """
    stream = _Stream(now, tuple(require), subject, {**options, "annulments": tuple(annulments)})
    for count, report in enumerate(_reports(items, executor, stream), 1):
        yield report
        if progress is not None:
            progress(count)


@dataclass(frozen=True, slots=True)
class _Stream:
    """How all badges of a stream are verified; it travels to workers, and is read there once for a chunk."""

    now: datetime | None
    require: tuple[Verdict, ...]
    subject: str
    options: dict[str, object]

    def reports(self, items: Iterable[Item]) -> Iterator[VerificationReport]:
        """Verify badges one after the other."""
        at = self.options.get("at")
        settings = settings_of(now=self.now or present(), **self.options)  # type: ignore[arg-type]  # it looks
        required = required_verdicts(self.require, settings)
        for item in items:
            now = settings.now if self.now is not None else whole_second(present())
            if now == settings.now:
                settings = settings.for_another_badge()
            else:
                settings = settings.as_of(now, at=now if at is None else settings.at)
            yield report_of(item, settings, required, self.subject)


def _reports(
    items: Iterable[Item], executor: Executor | None, stream: _Stream
) -> Iterator[VerificationReport]:
    if executor is None:
        yield from stream.reports(items)
        return
    for report in spread(partial(_verify_each, stream), items, executor):
        yield _lost(stream) if isinstance(report, Lost) else report


def _verify_each(stream: _Stream, items: Sequence[Item]) -> list[VerificationReport]:
    return list(stream.reports(items))


def _lost(stream: _Stream) -> VerificationReport:
    """Report that nothing is known of a badge; all else is as in the report of nothing at all."""
    (report,) = stream.reports((b"",))
    found = finding_of(
        UnsupportedError("VERIFY-WORKER-LOST"), "undetermined", verdict="integrity", severity="error"
    )
    return replace(report, verdicts={**report.verdicts, "integrity": "undetermined"}, findings=(found,))
