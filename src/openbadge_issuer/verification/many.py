"""Verifying a stream of badges, here or on the workers of an executor."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import Executor
from dataclasses import replace
from functools import partial
from typing import TypeAlias

from openbadge_issuer.assertions.json_text import JsonObject
from openbadge_issuer.bulk import Lost, spread
from openbadge_issuer.errors import UnsupportedError
from openbadge_issuer.verification.pipeline import verify
from openbadge_issuer.verification.report import VerificationReport, finding_of

Item: TypeAlias = "bytes | str | JsonObject"


def verify_many(
    items: Iterable[Item],
    *,
    executor: Executor | None = None,
    progress: Callable[[int], None] | None = None,
    **options: object,
) -> Iterator[VerificationReport]:
    """Verify a stream of badges: one report per badge, in order, in bounded memory.

    Args:
        items: what `verify` takes.
        executor: verifies in chunks beside each other: a pool of threads or processes, or what Dask's
            `Client.get_executor()` returns. The options must be able to travel to its workers.
        progress: is called with the number of reports so far, each time one is given.
        options: the keyword arguments of `verify`.

    A badge whose worker died is undetermined (`VERIFY-WORKER-LOST`), and verified by nobody else.

    Raises:
        OpenBadgeError, ValueError: as `verify`.
    """
    for count, report in enumerate(_reports(items, executor, options), 1):
        yield report
        if progress is not None:
            progress(count)


def _reports(
    items: Iterable[Item], executor: Executor | None, options: Mapping[str, object]
) -> Iterator[VerificationReport]:
    each = partial(_verify_each, options)
    if executor is None:
        for item in items:
            yield from each((item,))
        return
    for report in spread(each, items, executor):
        yield _lost(options) if isinstance(report, Lost) else report


def _verify_each(options: Mapping[str, object], items: Sequence[Item]) -> list[VerificationReport]:
    return [verify(item, **options) for item in items]  # type: ignore[arg-type]  # checked by verify


def _lost(options: Mapping[str, object]) -> VerificationReport:
    """Report that nothing is known of a badge; all else is as in the report of nothing at all."""
    (report,) = _verify_each(options, (b"",))
    found = finding_of(
        UnsupportedError("VERIFY-WORKER-LOST"), "undetermined", verdict="integrity", severity="error"
    )
    return replace(report, verdicts={**report.verdicts, "integrity": "undetermined"}, findings=(found,))
