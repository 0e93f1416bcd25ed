"""Issuing over real processes and a real Dask cluster on this machine: keys stay at home, nothing is lost."""

from __future__ import annotations

import os
import signal
from collections.abc import Callable, Iterator
from concurrent.futures import Executor, ProcessPoolExecutor
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from multiprocessing import get_context
from pathlib import Path

import pytest

from openbadge_issuer import (
    Achievement,
    Award,
    Criteria,
    IssueFailure,
    Issuer,
    Recipient,
    SigningKey,
    verify,
    verify_many,
)
from openbadge_issuer.errors import KeyMaterialError
from openbadge_issuer.issuing import SignedBadge
from openbadge_issuer.signing.key_by_uri import KeyByUri

NOW = datetime(2026, 11, 1, tzinfo=UTC)
SECRET = "correct horse"
BADGE = Achievement(
    id="https://badges.example/facilitator",
    name="Facilitator",
    description="Leads a workshop.",
    criteria=Criteria(narrative="Led one workshop, observed."),
)


@dataclass(frozen=True)
class LethalRecipient(Recipient):
    """Kills the process that makes a badge for it, as a lack of memory would."""

    def identities(self) -> tuple[tuple[str, str], ...]:
        """Never return."""
        os.kill(os.getpid(), signal.SIGKILL)
        return ()


@pytest.fixture
def issuer(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Issuer:
    """An issuer whose key is a file that every worker opens itself."""
    SigningKey.generate().save(tmp_path / "issuer.pem", secret=SECRET)
    monkeypatch.setenv("ISSUER_SECRET", SECRET)
    key = KeyByUri(f"file:{tmp_path / 'issuer.pem'}", "ISSUER_SECRET")
    return Issuer(id=key.public_key.did_key, name="Breakthrough", signer=key)


def _awards(count: int) -> Iterator[Award]:
    return (Award(achievement=BADGE, recipient=Recipient(email=f"{one}@example.org")) for one in range(count))


@contextmanager
def _processes() -> Iterator[Executor]:
    with ProcessPoolExecutor(2, mp_context=get_context("forkserver")) as pool:
        yield pool


@contextmanager
def _dask() -> Iterator[Executor]:
    distributed = pytest.importorskip("distributed")
    import dask.config  # noqa: PLC0415  # beside the other

    settings = {"distributed.scheduler.allowed-failures": 0, "distributed.logging.distributed": "critical"}
    with (
        dask.config.set(settings),
        distributed.LocalCluster(
            n_workers=2, threads_per_worker=1, dashboard_address=None, host="127.0.0.1"
        ) as cluster,
        distributed.Client(cluster) as client,
    ):
        yield client.get_executor(pure=False)


EXECUTORS = pytest.mark.parametrize("executor", [_processes, _dask], ids=["processes", "dask"])


@EXECUTORS
def test_workers_issue_what_this_process_would(
    issuer: Issuer, executor: Callable[[], AbstractContextManager[Executor]]
) -> None:
    with executor() as pool:
        results = list(issuer.issue_many(_awards(200), executor=pool, now=NOW))
    badges = [result for result in results if isinstance(result, SignedBadge)]
    assert len(badges) == 200
    assert len({badge.credential.id for badge in badges}) == 200
    for number in (0, 77, 199):
        report = verify(badges[number].data, now=NOW, recipient=f"email:{number}@example.org")
        assert report, report


@EXECUTORS
def test_a_worker_that_dies_loses_and_doubles_nothing(
    issuer: Issuer, executor: Callable[[], AbstractContextManager[Executor]]
) -> None:
    awards = [*_awards(150), Award(achievement=BADGE, recipient=LethalRecipient(email="x@example.org"))]
    awards += _awards(150)
    with executor() as pool:
        results = list(issuer.issue_many(awards, executor=pool, now=NOW))
    assert len(results) == len(awards)
    lost = [result for result in results if isinstance(result, IssueFailure)]
    assert {failure.error.code for failure in lost} == {"ISSUE-WORKER-LOST"}
    assert results[150] in lost
    issued = [result.credential.id for result in results if isinstance(result, SignedBadge)]
    assert len(set(issued)) == len(issued) == len(awards) - len(lost)


class LethalBadge(bytes):
    """Kills the process that it is handed to."""

    def __reduce__(self) -> tuple[Callable[[], None], tuple[()]]:
        """Travel as a call that ends the worker."""
        return die, ()


def die() -> None:
    """End this process as a lack of memory would."""
    os.kill(os.getpid(), signal.SIGKILL)


@EXECUTORS
def test_workers_verify_what_this_process_would(
    issuer: Issuer, executor: Callable[[], AbstractContextManager[Executor]]
) -> None:
    made = [
        badge.data for badge in issuer.issue_many(_awards(100), now=NOW) if isinstance(badge, SignedBadge)
    ]
    badges = [*made, b"", made[0].replace(b"Facilitator", b"Faciliteur"), *made]
    counted: list[int] = []
    with executor() as pool:
        reports = list(verify_many(badges, executor=pool, progress=counted.append, now=NOW))
    assert [report.to_json() for report in reports] == [verify(one, now=NOW).to_json() for one in badges]
    assert counted == list(range(1, 203))


def test_a_badge_whose_worker_died_is_undetermined(issuer: Issuer) -> None:
    made = next(
        badge.data for badge in issuer.issue_many(_awards(1), now=NOW) if isinstance(badge, SignedBadge)
    )
    badges = [*[made] * 100, LethalBadge(made), *[made] * 100]
    with _processes() as pool:
        reports = list(verify_many(badges, executor=pool, now=NOW, recipient="email:0@example.org"))
    assert len(reports) == 201
    assert (reports[100].outcome, reports[100].accepted) == ("undetermined", False)
    for report in reports:
        codes = {finding.code for finding in report.findings}
        assert report.accepted or codes == {"VERIFY-WORKER-LOST"}


def test_a_key_itself_does_not_travel() -> None:
    key = SigningKey.generate()
    issuer = Issuer(id=key.did_key, name="Breakthrough", signer=key)
    with _processes() as pool, pytest.raises(KeyMaterialError) as refused:
        list(issuer.issue_many(_awards(3), executor=pool))
    assert refused.value.code == "KEY-NOT-PICKLABLE"
