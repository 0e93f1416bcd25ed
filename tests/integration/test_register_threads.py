"""Threads of one process, with one register between them."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier, Thread

from openbadge_issuer.register import Register
from register_attacks import checked, head_of
from register_world import HOME, LIST, OTHER_HOME, award, open_list

THREADS = 6


def at_once(deed: Callable[[int], object]) -> None:
    """Do something in several threads that begin at the same moment."""
    barrier = Barrier(THREADS)

    def begin(number: int) -> None:
        barrier.wait(timeout=60)
        deed(number)

    with ThreadPoolExecutor(THREADS) as pool:
        list(pool.map(begin, range(THREADS)))


def test_threads_share_a_register(register: Register) -> None:
    with register.ledger(HOME) as ledger:
        open_list(ledger)

    def awards(_: int) -> None:
        for number in range(5):
            with register.ledger(HOME) as ledger:
                award(ledger, number)

    at_once(awards)
    with register.records(HOME) as records:
        assert records.status.taken(LIST) == 5
        assert records.head.length == 11
    assert checked(register, head=head_of(register)).verdict == "passed"


def test_the_same_organisation_is_added_once_and_others_beside_it(register: Register) -> None:
    at_once(lambda number: register.add(OTHER_HOME if number % 2 else f"{OTHER_HOME}/{number}"))
    assert set(register.organisations()) == {
        HOME,
        OTHER_HOME,
        *(f"{OTHER_HOME}/{number}" for number in range(0, THREADS, 2)),
    }


def test_two_organisations_begin_lists_at_the_same_time(register: Register) -> None:
    """The second waits for the first, and then takes the next number."""
    register.add(OTHER_HOME)

    def begin_another() -> None:
        with register.ledger(OTHER_HOME) as ledger:
            open_list(ledger, f"{OTHER_HOME}/status/1")

    with register.ledger(HOME) as ledger:
        open_list(ledger)
        other = Thread(target=begin_another)
        other.start()
    other.join(timeout=60)
    assert not other.is_alive()
    for home in (HOME, OTHER_HOME):
        with register.records(home) as records:
            assert len(records.status.lists()) == 1
        assert checked(register, head=head_of(register, home), organisation=home).verdict == "passed"
