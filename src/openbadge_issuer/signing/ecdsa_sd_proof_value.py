"""The `proofValue` of ecdsa-sd-2023: a header that says base or derived, then five items in CBOR.

CBOR can write one value in many ways, and can name functions to run. Here every value has one spelling:
no tags, no indefinite lengths, shortest numbers, nothing after the end; only the order within the map of
labels is left to the writer. Source: Data Integrity ECDSA Cryptosuites 1.0, section 3.5.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from itertools import pairwise
from typing import NoReturn, TypeAlias

from openbadge_issuer.errors import SignatureError
from openbadge_issuer.signing.base64url import decode_base64url, encode_base64url

MAX_PROOF_VALUE_CHARS = 1024 * 1024
"""Nearly 12,000 statements, each with a signature of its own; a large badge has some 300."""

SIGNATURE_SIZE = 64
HMAC_KEY_SIZE = 32

_BASE = bytes.fromhex("d95d00")
_DERIVED = bytes.fromhex("d95d01")
_PUBLIC_KEY_SIZE = 35  # the multicodec of P-256 and a compressed point
_LABEL_SIZE = 32
_ITEMS = 5
_MAX_DEPTH = 2  # the array of the items, and an array or map in it

_Value: TypeAlias = "int | bytes | str | list[_Value] | dict[_Value, _Value]"


@dataclass(frozen=True, slots=True)
class BaseValue:
    """What the issuer gives the holder, and nobody else: with the HMAC key all labels can be computed.

    Attributes:
        base_signature: the issuer's, over proof options, `public_key` and what is mandatory.
        public_key: the key of this proof alone, as Multikey without its letter.
        hmac_key: the key under which the labels of blank nodes are computed.
        signatures: under `public_key`, one for each statement that is not mandatory.
        mandatory_pointers: what the holder cannot leave out.
    """

    base_signature: bytes
    public_key: bytes
    hmac_key: bytes
    signatures: tuple[bytes, ...]
    mandatory_pointers: tuple[str, ...]

    def encoded(self) -> bytes:
        """Write the value as bytes."""
        keys = self.base_signature, self.public_key, self.hmac_key
        return _BASE + _dumps([*keys, [*self.signatures], [*self.mandatory_pointers]])


@dataclass(frozen=True, slots=True)
class DerivedValue:
    """What the holder shows.

    Attributes:
        base_signature: the issuer's.
        public_key: the key of this proof alone.
        signatures: one for each statement that is disclosed and not mandatory, in their order.
        labels: the signed label of a blank node by its canonical label in what is disclosed, without `_:`.
        mandatory_indexes: which of the disclosed statements are mandatory, ascending.
    """

    base_signature: bytes
    public_key: bytes
    signatures: tuple[bytes, ...]
    labels: Mapping[str, str]
    mandatory_indexes: tuple[int, ...]

    def encoded(self) -> bytes:
        """Write the value as bytes."""
        labels = sorted((int(name[4:]), decode_base64url(label[1:])) for name, label in self.labels.items())
        keys = self.base_signature, self.public_key
        return _DERIVED + _dumps([*keys, [*self.signatures], dict(labels), [*self.mandatory_indexes]])


def parse_value(data: bytes, *, pointer: str) -> BaseValue | DerivedValue:
    """Read a proof value.

    Raises:
        SignatureError: `SD-VALUE`, it is neither a base nor a derived proof value in its one spelling.
    """
    header, payload = data[:3], data[3:]
    if header not in (_BASE, _DERIVED):
        raise SignatureError("SD-VALUE", pointer, problem="header")
    items = _loads(payload, pointer)
    try:
        return _base(items) if header == _BASE else _derived(items)
    except _UnfitError as error:
        raise SignatureError("SD-VALUE", pointer, problem=str(error)) from error


def label_text(digest: bytes) -> str:
    """Write the digest that a blank node has for a label as that label, without `_:`."""
    return "u" + encode_base64url(digest)


class _UnfitError(ValueError):
    """An item is not what it must be; the text names it."""


class _NoTags(Mapping[int, Callable[..., NoReturn]]):
    """Has a decoder for every tag, which refuses it: some of the library's own cost much, or run code."""

    def __getitem__(self, tag: int) -> Callable[..., NoReturn]:
        def refuse(*_: object) -> NoReturn:
            raise ValueError(tag)

        return refuse

    def __iter__(self) -> Iterator[int]:
        return iter(())

    def __len__(self) -> int:
        return 0


def _base(items: list[_Value]) -> BaseValue:
    signature, public_key, hmac_key, signatures, pointers = items
    if not isinstance(pointers, list) or not all(isinstance(text, str) for text in pointers):
        raise _UnfitError("mandatoryPointers")
    return BaseValue(
        _bytes(signature, SIGNATURE_SIZE, "baseSignature"),
        _bytes(public_key, _PUBLIC_KEY_SIZE, "publicKey"),
        _bytes(hmac_key, HMAC_KEY_SIZE, "hmacKey"),
        _signatures(signatures),
        tuple(text for text in pointers if isinstance(text, str)),
    )


def _derived(items: list[_Value]) -> DerivedValue:
    signature, public_key, signatures, labels, indexes = items
    return DerivedValue(
        _bytes(signature, SIGNATURE_SIZE, "baseSignature"),
        _bytes(public_key, _PUBLIC_KEY_SIZE, "publicKey"),
        _signatures(signatures),
        _labels(labels),
        _ascending(indexes),
    )


def _bytes(value: _Value, size: int, name: str) -> bytes:
    if not isinstance(value, bytes) or len(value) != size:
        raise _UnfitError(name)
    return value


def _signatures(value: _Value) -> tuple[bytes, ...]:
    if not isinstance(value, list):
        raise _UnfitError("signatures")
    return tuple(_bytes(item, SIGNATURE_SIZE, "signatures") for item in value)


def _labels(value: _Value) -> Mapping[str, str]:
    if not isinstance(value, dict):
        raise _UnfitError("labelMap")
    labels: dict[str, str] = {}
    for number, digest in value.items():
        if not _is_index(number):
            raise _UnfitError("labelMap")
        labels[f"c14n{number!r}"] = label_text(_bytes(digest, _LABEL_SIZE, "labelMap"))
    if len(set(labels.values())) != len(labels):  # two nodes would become one
        raise _UnfitError("labelMap")
    return labels


def _ascending(value: _Value) -> tuple[int, ...]:
    if not isinstance(value, list) or not all(map(_is_index, value)):
        raise _UnfitError("mandatoryIndexes")
    indexes = tuple(number for number in value if isinstance(number, int))
    if any(one >= other for one, other in pairwise(indexes)):
        raise _UnfitError("mandatoryIndexes")
    return indexes


def _is_index(value: _Value) -> bool:
    return type(value) is int and value >= 0  # to Python, true is an integer


def _dumps(items: list[_Value]) -> bytes:
    import cbor2  # noqa: PLC0415  # needed for this suite only

    return cbor2.dumps(items)


def _loads(data: bytes, pointer: str) -> list[_Value]:
    import cbor2  # noqa: PLC0415  # needed for this suite only

    try:
        items: _Value = cbor2.loads(
            data, allow_indefinite=False, max_depth=_MAX_DEPTH, semantic_decoders=_NoTags()
        )
        again = cbor2.dumps(items)
    except (cbor2.CBORError, ValueError, TypeError, RecursionError) as error:
        raise SignatureError("SD-VALUE", pointer, problem="CBOR") from error
    if not isinstance(items, list) or len(items) != _ITEMS or again != data:
        raise SignatureError("SD-VALUE", pointer, problem="CBOR")
    return items
