from __future__ import annotations

import random
import sqlite3
from itertools import pairwise
from pathlib import Path

import pytest

from openbadge_issuer.errors import OutputError, StatusError
from openbadge_issuer.status import allocation as allocation_module
from openbadge_issuer.status.allocation import Allocation
from openbadge_issuer.status.private_state import ListFacts, PrivateState

SIZE = 131_072
FACTS = ListFacts("https://badges.example/status/1", '"did:web:badges.example"', "revocation", SIZE)


def new(folder: Path, size: int = SIZE) -> Allocation:
    facts = ListFacts(FACTS.url, FACTS.issuer, FACTS.purpose, size)
    return Allocation(PrivateState.create(folder / "state.sqlite3", facts))


def rng(seed: int = 1) -> allocation_module.Rng:
    return random.Random(seed).randbytes  # noqa: S311  # a test repeats itself


def test_an_index_is_given_out_once(tmp_path: Path) -> None:
    indexes = new(tmp_path).take_many(5_000, rng=rng())
    assert len(set(indexes)) == 5_000
    assert all(0 <= index < SIZE for index in indexes)


def test_indexes_are_spread_over_the_whole_list_and_in_no_order(tmp_path: Path) -> None:
    indexes = new(tmp_path, size=100_000).take_many(8_000, rng=rng())
    tenths = [sum(tenth <= index // 10_000 < tenth + 1 for index in indexes) for tenth in range(10)]
    assert all(650 < count < 950 for count in tenths), "each tenth gets its share"
    rising = sum(a < b for a, b in pairwise(indexes))
    assert 3_800 < rising < 4_200


def test_the_same_key_gets_the_same_index(tmp_path: Path) -> None:
    allocation = new(tmp_path)
    first = allocation.take(rng=rng(), key="urn:uuid:1")
    assert allocation.take(rng=rng(2), key="urn:uuid:1") == first
    assert allocation.find("urn:uuid:1") == first
    assert allocation.find("urn:uuid:2") is None
    assert allocation.count() == 1
    assert allocation.is_taken(first)
    assert not allocation.is_taken((first + 1) % SIZE)
    assert not allocation.is_taken(-1)
    assert not allocation.is_taken(2**80)


def test_keys_are_answered_in_order_with_repeats(tmp_path: Path) -> None:
    allocation = new(tmp_path)
    a, b, again = allocation.take_for(["a", "b", "a"], rng=rng())
    assert a == again != b
    assert allocation.take_for(["b", "c"], rng=rng())[0] == b
    assert allocation.count() == 3


def test_the_private_file_holds_no_key_in_clear_and_is_for_its_owner_only(tmp_path: Path) -> None:
    allocation = new(tmp_path)
    allocation.take(rng=rng(), key="urn:uuid:secret")
    path = tmp_path / "state.sqlite3"
    assert b"secret" not in path.read_bytes()
    assert path.stat().st_mode & 0o077 == 0


def test_a_list_is_full_before_its_last_indexes_could_be_guessed(tmp_path: Path) -> None:
    allocation = new(tmp_path, size=800)
    allocation.take_many(792, rng=rng())
    with pytest.raises(StatusError) as caught:
        allocation.take(rng=rng(2))
    assert caught.value.code == "STATUS-LIST-FULL"
    assert caught.value.sentence("nl")
    assert allocation.count() == 792


def test_a_known_key_is_answered_by_a_full_list(tmp_path: Path) -> None:
    allocation = new(tmp_path, size=800)
    known = allocation.take(rng=rng(), key="a")
    allocation.take_many(791, rng=rng())
    assert allocation.take(rng=rng(), key="a") == known


@pytest.mark.parametrize("count", [793, 801, 2**60])
def test_if_not_all_can_be_given_none_is(tmp_path: Path, count: int) -> None:
    allocation = new(tmp_path, size=800)
    with pytest.raises(StatusError, match="full"):
        allocation.take_many(count, rng=rng())
    assert allocation.count() == 0


def test_a_source_that_repeats_itself_is_refused_and_not_waited_for(tmp_path: Path) -> None:
    allocation = new(tmp_path)
    allocation.take(rng=bytes)
    with pytest.raises(StatusError) as caught:
        allocation.take(rng=bytes)
    assert caught.value.code == "STATUS-RANDOM"
    assert allocation.count() == 1


@pytest.mark.parametrize("step", ["_draw", "draws", "key_digest"])
def test_a_failure_at_any_step_leaves_no_index_half_given(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, step: str
) -> None:
    allocation = new(tmp_path)
    real = getattr(allocation_module, step)
    calls: list[None] = []

    def fails_the_third_time(*arguments: object) -> object:
        calls.append(None)
        if len(calls) == 3:
            raise KeyboardInterrupt
        return real(*arguments)

    monkeypatch.setattr(allocation_module, step, fails_the_third_time)
    with pytest.raises(KeyboardInterrupt):
        allocation.take_for(["a", "b", "c", "d"], rng=rng())
    monkeypatch.undo()
    assert allocation.count() == 0
    assert allocation.find("a") is None
    assert len(set(allocation.take_for(["a", "b", "c", "d"], rng=rng()))) == 4


def test_a_state_is_never_started_over_another(tmp_path: Path) -> None:
    new(tmp_path).take(rng=rng(), key="a")
    with pytest.raises(OutputError) as caught:
        new(tmp_path)
    assert caught.value.code == "STATUS-STATE-EXISTS"
    reopened = PrivateState.open(tmp_path / "state.sqlite3")
    assert reopened.facts == FACTS
    assert Allocation(reopened).find("a") is not None


def test_an_empty_file_left_by_a_crash_is_taken_up(tmp_path: Path) -> None:
    (tmp_path / "state.sqlite3").touch()
    assert new(tmp_path).count() == 0


def test_a_missing_folder_is_reported_with_its_path(tmp_path: Path) -> None:
    with pytest.raises(OutputError) as caught:
        new(tmp_path / "nowhere")
    assert caught.value.code == "STATUS-WRITE"
    assert "nowhere" in caught.value.sentence("nl")


def write_empty_database(path: Path) -> None:
    sqlite3.connect(path).close()
    path.touch()


def write_unfinished_database(path: Path) -> None:
    connection = sqlite3.connect(path)
    connection.executescript("CREATE TABLE list (url, issuer, purpose, size, taken); PRAGMA user_version = 1")
    connection.close()


@pytest.mark.parametrize(
    "write",
    [
        lambda path: path.write_bytes(b"not a database, but long enough to be looked at" * 50),
        write_empty_database,
        write_unfinished_database,
    ],
)
def test_another_kind_of_file_is_no_state(tmp_path: Path, write: object) -> None:
    path = tmp_path / "state.sqlite3"
    assert callable(write)
    write(path)
    with pytest.raises(StatusError) as caught:
        PrivateState.open(path)
    assert caught.value.code == "STATUS-STATE-FORMAT"
    assert caught.value.sentence("nl")


def test_a_missing_state_is_not_made_in_passing(tmp_path: Path) -> None:
    allocation = new(tmp_path)
    (tmp_path / "state.sqlite3").unlink()
    with pytest.raises(StatusError) as caught:
        allocation.take(rng=rng())
    assert caught.value.code == "STATUS-STATE-MISSING"
    assert not (tmp_path / "state.sqlite3").exists()


def test_who_waits_too_long_for_another_process_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    allocation = new(tmp_path)
    monkeypatch.setattr("openbadge_issuer.status.private_state.BUSY_SECONDS", 0.0)
    other = sqlite3.connect(tmp_path / "state.sqlite3", isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    with pytest.raises(StatusError) as caught:
        allocation.take(rng=rng())
    other.close()
    assert caught.value.code == "STATUS-STATE-BUSY"
