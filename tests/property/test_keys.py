"""What must hold for every key URI, ring and list of a stolen key's signatures."""

from __future__ import annotations

import contextlib
from datetime import timedelta

from hypothesis import given
from hypothesis import strategies as st

from key_rings import DID, NOW, ONE, STOLEN, TWO
from openbadge_issuer.errors import KeyMaterialError, OpenBadgeError
from openbadge_issuer.resolution.controller_document import ControllerDocument
from openbadge_issuer.signing.base64url import encode_base64url
from openbadge_issuer.signing.compromise import (
    LIST_TOKEN_TYPE,
    CompromisedKey,
    CompromiseList,
    read_compromise_list,
    sign_compromise_list,
)
from openbadge_issuer.signing.key_ring import KeyRing
from openbadge_issuer.signing.key_ring_file import key_ring_json, parse_key_ring
from openbadge_issuer.signing.key_store import shown_key_uri
from openbadge_issuer.signing.public_key import PublicKey
from openbadge_issuer.signing.signing_key import SigningKey
from openbadge_issuer.signing.stores.pkcs11_uri import parse_pkcs11_uri
from openbadge_issuer.signing.vc_jwt import sign_payload

KEYS = tuple(SigningKey.generate().public_key for _ in range(5))
STEPS = st.lists(
    st.tuples(
        st.sampled_from(("add", "rotate", "retire", "compromise")),
        st.sampled_from(KEYS),
        st.integers(0, 5),
        st.integers(0, 100),
    ),
    max_size=12,
)
JSON = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**40), 2**40) | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=6,
)


def step(ring: KeyRing, what: str, key: PublicKey, number: int, day: int) -> KeyRing:
    moment = NOW + timedelta(days=day)
    if what == "add":
        return ring.add(key, uri="file:key.pem", now=moment)
    if what == "rotate":
        return ring.rotate(key, uri="file:key.pem", now=moment)
    if what == "retire":
        return ring.retire(f"key-{number}", at=moment, now=moment)
    return ring.compromise(f"key-{number}", since=moment)


@given(STEPS)
def test_a_key_is_never_lost_and_never_gets_better(steps: list[tuple[str, PublicKey, int, int]]) -> None:
    ring, ranks = KeyRing(DID), {"active": 0, "retired": 1, "compromised": 2}
    for what, key, number, day in steps:
        before = ring
        with contextlib.suppress(KeyMaterialError):
            ring = step(ring, what, key, number, day)
        for old in before.keys:
            new = ring.key(old.fragment)
            assert new.public_key == old.public_key
            assert ranks[new.status] >= ranks[old.status]
            assert old.ends in (None, new.ends)
            assert old.compromised is None or (new.compromised or NOW + timedelta(999)) <= old.compromised
    assert parse_key_ring(key_ring_json(ring)) == ring
    document = ControllerDocument(ring.document(), controller=DID, strict=True)
    for kept in ring.keys:
        found = document.holding(kept.public_key)
        assert found is not None
        assert (found.compromise_list is not None) == (
            kept.status == "compromised"
        )  # believed only when listed
        assert kept.status == "compromised" or found.expires == kept.ends


@given(st.dictionaries(st.sampled_from(("version", "controller", "keys")), JSON))
def test_a_ring_of_any_shape_is_refused_with_an_error_of_ours(changes: dict[str, object]) -> None:
    with contextlib.suppress(OpenBadgeError):
        parse_key_ring({**key_ring_json(STOLEN), **changes})  # type: ignore[dict-item]  # any JSON


@given(
    st.text(max_size=60) | st.from_regex(r"(token|object|id|pin-value|x)=[a-z%0-9;?&=]{0,30}", fullmatch=True)
)
def test_a_pkcs11_uri_is_read_or_refused_and_a_pin_never_shown(text: str) -> None:
    try:
        uri = parse_pkcs11_uri(f"{text}?module-path=/x" if "?" not in text else text)
    except KeyMaterialError:
        pass
    else:
        assert uri.label is not None or uri.id is not None
        assert "pin-value" not in text


@given(st.from_regex(r"[A-Za-z0-9%]{4,12}", fullmatch=True), st.sampled_from((";", "?", "&")), st.booleans())
def test_a_pin_is_left_out_of_what_is_shown(pin: str, before: str, upper: bool) -> None:  # noqa: FBT001  # drawn
    name = "PIN-VALUE" if upper else "pin-value"
    shown = shown_key_uri(f"pkcs11:object=~~{before}{name}=_{pin}_&module-path=/~")
    assert f"_{pin}_" not in shown
    assert shown.endswith("module-path=/~")
    assert f"_{pin}_" not in shown_key_uri(f"https://me:_{pin}_@~/")


@given(st.frozensets(st.binary(min_size=32, max_size=32), max_size=20), st.integers(0, 2**32))
def test_every_list_is_read_as_it_was_signed(digests: frozenset[bytes], second: int) -> None:
    since = NOW + timedelta(seconds=second)
    lost = CompromisedKey(ONE.public_key, since, frozenset(map(encode_base64url, digests)))
    listed = CompromiseList(DID, NOW, (lost,))
    data = sign_compromise_list(listed, TWO, verification_method=f"{DID}#key-2")
    assert read_compromise_list(data).verify(TWO.public_key) == listed


@given(st.dictionaries(st.sampled_from(("iss", "iat", "keys", "x")), JSON))
def test_a_list_of_any_shape_is_read_or_refused_with_an_error_of_ours(payload: dict[str, object]) -> None:
    token = sign_payload(payload, TWO, kid=f"{DID}#key-2", typ=LIST_TOKEN_TYPE)  # type: ignore[arg-type]  # any JSON
    with contextlib.suppress(OpenBadgeError):
        read_compromise_list(token)
