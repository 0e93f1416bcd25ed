"""Entries of several bits: what is put into a bitstring is read out of it, and entries survive writing."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from openbadge_issuer.status.bitstring import Bitstring
from openbadge_issuer.status.entry import ENTRY_TYPE, ENTRY_TYPE_2021, StatusEntry, read_entry
from openbadge_issuer.status.message import StatusMessage

URL = "https://badges.example/status/1"


@given(st.integers(1, 16), st.data())
def test_every_value_is_read_as_it_was_put(size: int, data: st.DataObject) -> None:
    values = data.draw(st.lists(st.integers(0, (1 << size) - 1), min_size=8, max_size=64))
    values = values[: len(values) // 8 * 8]  # whole bytes
    whole = "".join(f"{value:0{size}b}" for value in values)
    bits = Bitstring.from_bytes(int(whole, 2).to_bytes(len(whole) // 8))
    assert [bits.value(index, size=size) for index in range(len(values))] == values
    assert all(
        bits.value(index, size=1) == bits.get(index) for index in range(0, len(bits), max(1, len(bits) // 20))
    )


@given(
    index=st.integers(0, 2**63),
    purpose=st.text(min_size=1, max_size=20),
    size=st.integers(1, 5),
    texts=st.lists(st.text(max_size=9), min_size=32, max_size=32),
    references=st.lists(st.just("https://badges.example/states"), max_size=3),
    kind=st.sampled_from([ENTRY_TYPE, ENTRY_TYPE_2021]),
)
def test_an_entry_with_messages_is_read_back_as_it_was_written(  # one per member
    *, index: int, purpose: str, size: int, texts: list[str], references: list[str], kind: str
) -> None:
    entry = StatusEntry(
        list_url=URL,
        index=index,
        purpose=purpose,
        id=f"{URL}#{index}",
        size=size,
        messages=tuple(StatusMessage(value, texts[value]) for value in range(1 << size)),
        references=tuple(references),
        type=ENTRY_TYPE if kind == ENTRY_TYPE else ENTRY_TYPE_2021,
    )
    assert read_entry(entry.to_json()) == entry
