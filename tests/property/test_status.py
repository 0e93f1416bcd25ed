"""Status lists: what is written is read back, nothing is given out twice, no text breaks a reader."""

from __future__ import annotations

import base64
import gzip
import tempfile
from collections.abc import Callable
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule

from openbadge_issuer.assertions.json_text import JsonValue
from openbadge_issuer.errors import OpenBadgeError, StatusError
from openbadge_issuer.status.allocation import Allocation
from openbadge_issuer.status.bitstring import Bitstring
from openbadge_issuer.status.entry import StatusEntry, read_entry
from openbadge_issuer.status.private_state import ListFacts, PrivateState
from openbadge_issuer.status.reading import read_status_list
from openbadge_issuer.status.related_resource import RelatedResource, read_related_resources
from openbadge_issuer.status.revocation_list import RevocationList, RevokedCredential, read_revocation_list

SIZE = 4_096
MOST = 63  # 99 % of the 64 entries of the list in the state machine
INDEXES = st.sets(st.integers(0, SIZE - 1), max_size=300)
NAMES = st.sampled_from(
    [
        "id", "type", "issuer", "validFrom", "validUntil", "credentialSubject", "statusPurpose",
        "encodedList",
        "ttl", "relatedResource", "statusListIndex", "statusListCredential", "statusSize", "digestSRI",
        "revokedCredential", "revokedCredentials", "revokedAssertions", "revoked", "revocationReason",
    ]
)  # fmt: skip
SCALARS = (
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.text(max_size=8)
    | st.sampled_from(
        [
            "BitstringStatusListEntry", "BitstringStatusListCredential", "BitstringStatusList", "revocation",
            "https://badges.example/1", "42", "2026-11-23T12:00:00Z", "uH4sI", Bitstring(64).encode(),
        ]
    )
)  # fmt: skip
JSON = st.recursive(
    SCALARS,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(NAMES, inner, max_size=9),
    max_leaves=20,
)


def check_refusal(read: Callable[[], object]) -> None:
    """Read; if it is refused, the refusal must be ours and able to say so."""
    try:
        read()
    except OpenBadgeError as error:
        sentence = error.sentence("nl")
    else:
        sentence = "read"
    assert sentence


@given(INDEXES, INDEXES)
def test_bits_survive_setting_clearing_encoding_and_decoding(on: set[int], off: set[int]) -> None:
    bits = Bitstring(SIZE)
    bits.set_all(on)
    for index in off:
        bits.set(index, value=False)
    assert list(bits.set_indexes()) == sorted(on - off)
    assert bits.count() == len(on - off)
    assert all(bits.get(index) for index in on - off)
    assert Bitstring.decode(bits.encode()) == bits
    assert Bitstring.from_bytes(bytes(bits)) == bits


@given(st.binary(min_size=1, max_size=2_000))
def test_any_bits_are_packed_as_one_gzip_member(data: bytes) -> None:
    text = Bitstring.from_bytes(data).encode()[1:]
    assert gzip.decompress(base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))) == data


@given(INDEXES, INDEXES)
def test_containing_is_what_it_is_for_sets(more: set[int], less: set[int]) -> None:
    bits, others = Bitstring(SIZE), Bitstring(SIZE)
    bits.set_all(more)
    others.set_all(less)
    assert bits.contains(others) == (less <= more)


@given(st.text() | st.binary().map(lambda data: "u" + base64.urlsafe_b64encode(data).decode().rstrip("=")))
def test_no_text_makes_decoding_fail_otherwise_than_it_says(text: str) -> None:
    check_refusal(lambda: Bitstring.decode(text))


@given(st.integers(0, 200), st.integers(0, 255))
def test_a_damaged_list_is_refused_or_has_the_same_bits(place: int, value: int) -> None:
    bits = Bitstring(SIZE)
    bits.set_all(range(0, SIZE, 11))
    packed = bytearray(base64.urlsafe_b64decode(bits.encode()[1:] + "=="))
    packed[place % len(packed)] = value
    try:
        read = Bitstring.decode("u" + base64.urlsafe_b64encode(packed).decode().rstrip("="))
    except OpenBadgeError:
        return
    assert read == bits, "only what GZIP does not check may differ: time, system, flags"


@given(JSON)
@settings(max_examples=300)
def test_no_json_makes_a_reader_fail_otherwise_than_it_says(value: JsonValue) -> None:
    readers: list[Callable[[], object]] = [lambda: read_entry(value), lambda: read_related_resources(value)]
    if isinstance(value, dict):
        readers += [lambda: read_status_list(value), lambda: read_revocation_list(value)]
    for read in readers:
        check_refusal(read)


@given(st.integers(0, 2**63), st.sampled_from(["revocation", "suspension", "message"]))
def test_an_entry_is_read_back_as_it_was_written(index: int, purpose: str) -> None:
    entry = StatusEntry.at("https://badges.example/status/1", index=index, purpose=purpose)
    assert read_entry(entry.to_json()) == entry


@given(st.lists(st.builds(RevokedCredential, st.text(), st.booleans(), st.none() | st.text())))
def test_a_revocation_list_is_read_back_as_it_was_written(entries: list[RevokedCredential]) -> None:
    listed = RevocationList("https://badges.example/revoked", "did:web:badges.example", tuple(entries))
    assert read_revocation_list(listed.to_json()) == listed
    assert read_revocation_list(listed.to_ob2_json()) == listed


@given(st.binary(), st.binary())
def test_a_related_resource_matches_only_its_own_bytes(data: bytes, other: bytes) -> None:
    resource = RelatedResource.of("https://badges.example/x", data=data, media_type="application/json")
    assert resource.matches(other) == (data == other)
    assert read_related_resources([resource.to_json()]) == (resource,)


class Allocating(RuleBasedStateMachine):
    """Indexes of one list given out in any mixture of ways, compared with a plain dictionary."""

    def __init__(self) -> None:
        super().__init__()
        self.folder = tempfile.TemporaryDirectory()
        path = Path(self.folder.name) / "state.sqlite3"
        facts = ListFacts("https://x.example/1", '"did:x:1"', "revocation", 64)
        self.allocation = Allocation(PrivateState.create(path, facts))
        self.given: list[int] = []
        self.by_key: dict[str, int] = {}

    @rule(seed=st.binary(min_size=1, max_size=1), count=st.integers(0, 5))
    def take_many(self, seed: bytes, count: int) -> None:
        """Take without keys."""
        self._take([None] * count, seed)

    @rule(seed=st.binary(min_size=1, max_size=1), keys=st.lists(st.sampled_from("abcdefgh"), max_size=4))
    def take_for(self, seed: bytes, keys: list[str | None]) -> None:
        """Take with keys, some of them known or repeated."""
        self._take(keys, seed)

    @invariant()
    def nothing_is_given_twice(self) -> None:
        """Compare with what was given out so far."""
        assert len(set(self.given)) == len(self.given) == self.allocation.count()

    def teardown(self) -> None:
        """Remove the file."""
        self.folder.cleanup()

    def _take(self, keys: list[str | None], seed: bytes) -> None:
        draws = iter(range(seed[0], 100_000))
        rng = lambda size: next(draws).to_bytes(4)[-size:]  # noqa: E731  # one line says it
        known = [key for key in keys if key is not None]
        try:
            taken = (
                self.allocation.take_for(known, rng=rng)
                if known
                else self.allocation.take_many(len(keys), rng=rng)
            )
        except StatusError:  # full: the invariant shows that nothing was given out
            fresh = len(keys) if not known else len(set(known) - set(self.by_key))
            if len(self.given) + fresh <= MOST:
                raise
            return
        for key, index in zip(keys, taken, strict=True):
            if key is None or key not in self.by_key:
                self.given.append(index)
            if key is not None:
                assert self.by_key.setdefault(key, index) == index


TestAllocating = Allocating.TestCase
TestAllocating.settings = settings(max_examples=15, stateful_step_count=15)
