"""Status lists in the register: each index once, the same key the same index, bits with their reasons."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

import pytest

from openbadge_issuer.errors import LimitError, OpenBadgeError, StatusError
from openbadge_issuer.policy.register_events import StatusListOpened
from openbadge_issuer.register import Ledger, Register
from openbadge_issuer.status.allocation import Rng
from openbadge_issuer.status.bitstring import MIN_BITS
from openbadge_issuer.status.entry import StatusEntry
from openbadge_issuer.status.list_file import StatusRecord
from openbadge_issuer.status.private_state import ListFacts
from register_attacks import checked, head_of, tamper
from register_world import DAY, HOME, LIST, NOW, act, counting, open_list

SUSPENSIONS = "https://breakthrough.example/status/2"


def refused(code: str) -> pytest.RaisesExc[OpenBadgeError]:
    return pytest.raises(OpenBadgeError, check=lambda error: error.code == code)


@pytest.fixture
def ledger(register: Register) -> Iterator[Ledger]:
    with register.ledger(HOME) as ledger:
        open_list(ledger)
        ledger.status.open_list(
            SUSPENSIONS,
            issuer={"id": "did:web:x", "name": "Ä"},
            act=act(),
            purpose="suspension",
            size=262_144,
        )
        yield ledger


def drawing(*indexes: int) -> Rng:
    """Return a source that makes these indexes be drawn."""
    waiting = iter(indexes)
    return lambda size: next(waiting).to_bytes(size)


def test_a_list_is_begun_once_and_recorded(ledger: Ledger) -> None:
    issuer = '{"id":"did:web:x","name":"Ä"}'
    assert ledger.status.lists() == (
        ListFacts(LIST, '"did:web:breakthrough.example"', "revocation", MIN_BITS),
        ListFacts(SUSPENSIONS, issuer, "suspension", 262_144),
    )
    events = [event for event in ledger.events("register") if isinstance(event, StatusListOpened)]
    assert [(event.url, event.by, event.size) for event in events] == [
        (LIST, "p-keeper", MIN_BITS),
        (SUSPENSIONS, "p-keeper", 262_144),
    ]
    head = ledger.head
    with refused("REGISTER-LIST-EXISTS"):
        open_list(ledger)
    with refused("STATUS-LIST-URL"):
        open_list(ledger, "http://breakthrough.example/status/3")
    assert ledger.head == head


@pytest.mark.parametrize(
    ("size", "error", "code"),
    [(8, StatusError, "STATUS-LIST-SIZE"), (2**40, LimitError, "STATUS-LIST-TOO-LARGE")],
)
def test_a_list_that_may_not_be(ledger: Ledger, size: int, error: type[OpenBadgeError], code: str) -> None:
    with pytest.raises(error) as raised:
        ledger.status.open_list("https://x.example/1", issuer="did:x", act=act(), size=size)
    assert raised.value.code == code


def test_the_same_key_always_gets_the_same_entry(ledger: Ledger) -> None:
    first = ledger.status.allocate(LIST, key="urn:uuid:1", rng=drawing(5))
    assert first == StatusEntry.at(LIST, index=5, purpose="revocation")
    assert ledger.status.allocate(LIST, key="urn:uuid:1", rng=drawing()) == first
    assert ledger.status.find(LIST, "urn:uuid:1") == first
    assert ledger.status.find(LIST, "urn:uuid:2") is None
    assert ledger.status.find(SUSPENSIONS, "urn:uuid:1") is None
    other = ledger.status.allocate(SUSPENSIONS, key="urn:uuid:1", rng=drawing(9))
    assert other == StatusEntry.at(SUSPENSIONS, index=9, purpose="suspension")


def test_no_index_is_given_out_twice(ledger: Ledger) -> None:
    """Whatever is drawn again and again."""
    indexes = [
        ledger.status.allocate(LIST, key=f"k{number}", rng=drawing(7, 8, 7, 9, 10, 11)).index
        for number in range(5)
    ]
    assert indexes == [7, 8, 9, 10, 11]
    assert ledger.status.taken(LIST) == 5
    assert ledger.status.taken(SUSPENSIONS) == 0


def test_a_source_that_repeats_itself_is_told(ledger: Ledger, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("openbadge_issuer.status.allocation.MAX_DRAWS", 20)
    ledger.status.allocate(LIST, key="k0", rng=bytes)
    with refused("STATUS-RANDOM"):
        ledger.status.allocate(LIST, key="k1", rng=bytes)
    assert ledger.status.taken(LIST) == 1


def test_a_full_list_gives_out_nothing_more(register: Register, ledger: Ledger) -> None:
    ledger.status.allocate(LIST, key="k0", rng=counting(1))
    ledger.transaction.connection.commit()
    tamper(register, f"UPDATE openbadge_status_list SET taken = {MIN_BITS * 99 // 100} WHERE url = '{LIST}'")
    with refused("STATUS-LIST-FULL"):
        ledger.status.allocate(LIST, key="k1", rng=counting(2))
    assert ledger.status.allocate(LIST, key="k0", rng=drawing()).purpose == "revocation"


def test_a_list_that_the_register_does_not_have(ledger: Ledger) -> None:
    status, url = ledger.status, "https://breakthrough.example/status/9"
    for question in (
        lambda: status.allocate(url, key="k", rng=bytes),
        lambda: status.find(url, "k"),
        lambda: status.get(url, 1),
        lambda: status.set(url, 1, now=NOW),
        lambda: status.status_list(url),
        lambda: status.reasons(url),
        lambda: status.taken(url),
        lambda: status.withdraw_reason(url, 1),
    ):
        with refused("REGISTER-LIST"):
            question()


def test_bits_are_set_with_their_reasons_and_kept(ledger: Ledger) -> None:
    for index in (3, 4):
        ledger.status.allocate(LIST, key=f"k{index}", rng=drawing(index))
    ledger.status.set(LIST, 3, now=NOW, reason="Given by mistake.")
    ledger.status.set(LIST, 3, now=NOW + DAY)
    assert ledger.status.get(LIST, 3) == StatusRecord(3, value=True, at=NOW, reason="Given by mistake.")
    ledger.status.set(LIST, 3, now=NOW + DAY, reason="Awarded twice.")
    assert ledger.status.get(LIST, 3) == StatusRecord(3, value=True, at=NOW, reason="Awarded twice.")
    assert ledger.status.get(LIST, 4) == StatusRecord(4, value=False)
    assert ledger.status.get(LIST, 5) == StatusRecord(5, value=False)
    assert ledger.status.reasons(LIST) == {3: "Awarded twice."}
    status_list = ledger.status.status_list(LIST)
    assert (status_list.url, status_list.issuer) == (LIST, "did:web:breakthrough.example")
    assert (status_list.count(), status_list.get(3), len(status_list)) == (1, True, MIN_BITS)
    ledger.status.withdraw_reason(LIST, 3)
    assert ledger.status.reasons(LIST) == {}
    assert ledger.status.get(LIST, 3).value


def test_a_revocation_is_final_and_a_suspension_is_not(ledger: Ledger) -> None:
    for url in (LIST, SUSPENSIONS):
        ledger.status.allocate(url, key="k", rng=drawing(3))
        ledger.status.set(url, 3, value=False, now=NOW)
        ledger.status.set(url, 3, now=NOW)
    with refused("STATUS-REVOCATION-FINAL"):
        ledger.status.set(LIST, 3, value=False, now=NOW)
    ledger.status.set(SUSPENSIONS, 3, value=False, now=NOW)
    ledger.status.set(SUSPENSIONS, 3, now=NOW + timedelta(days=2))
    assert ledger.status.get(SUSPENSIONS, 3).at == NOW + timedelta(days=2)


@pytest.mark.parametrize(
    ("index", "reason", "code"),
    [
        (4, None, "STATUS-INDEX-FREE"),
        (-1, None, "STATUS-INDEX-RANGE"),
        (MIN_BITS, None, "STATUS-INDEX-RANGE"),
        (3, "Ask ada@example.org", "STATUS-REASON-PERSONAL"),
        (3, "", "STATUS-REASON-TEXT"),
    ],
)
def test_a_bit_that_cannot_be_set(ledger: Ledger, index: int, reason: str | None, code: str) -> None:
    ledger.status.allocate(LIST, key="k", rng=drawing(3))
    with refused(code):
        ledger.status.set(LIST, index, now=NOW, reason=reason)
    assert ledger.status.status_list(LIST).count() == 0


def test_what_is_not_committed_was_not_given_out(register: Register) -> None:
    with register.ledger(HOME) as ledger:
        open_list(ledger)
    with pytest.raises(ZeroDivisionError), register.ledger(HOME) as ledger:
        assert ledger.status.allocate(LIST, key="k", rng=drawing(3)).index // 0
    with register.ledger(HOME) as ledger:
        assert ledger.status.taken(LIST) == 0
        assert ledger.status.allocate(LIST, key="other", rng=drawing(3)).index == 3
    assert "REGISTER-STATUS-INDEX" in checked(register, head=head_of(register)).counts, "no event tells of it"
