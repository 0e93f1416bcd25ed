"""PKCS #11 URIs (RFC 7512): which private key in which token, and which library leads to it."""

from __future__ import annotations

import os
import re
from dataclasses import dataclass
from typing import Final
from urllib.parse import unquote, unquote_to_bytes

from openbadge_issuer.errors import KeyMaterialError

STORE: Final = "PKCS #11"
MODULE_VARIABLE: Final = "PKCS11_MODULE_PATH"
"""The variable that names the library where the URI does not."""

_ATTRIBUTES = frozenset({"token", "serial", "manufacturer", "model", "slot-id", "object", "id", "type"})
_VALUE = re.compile(r"(?:[A-Za-z0-9._~:\[\]@!$'()*+,=&/?-]|%[0-9A-Fa-f]{2})+", re.ASCII)
_NUMBER = re.compile(r"\d{1,10}", re.ASCII)


@dataclass(frozen=True, slots=True)
class Pkcs11Uri:
    """What a URI says; None where it does not say it.

    Attributes:
        module: the path of the library.
        token: the label of the token; `serial`, `manufacturer` and `model` narrow it down.
        slot: the number of the slot.
        label: the label of the key (`object` in the URI).
        id: the id of the key.
        algorithm: what an RSA key is to sign with (`alg`).
    """

    module: str
    token: str | None = None
    serial: str | None = None
    manufacturer: str | None = None
    model: str | None = None
    slot: int | None = None
    label: str | None = None
    id: bytes | None = None
    algorithm: str | None = None


def parse_pkcs11_uri(place: str) -> Pkcs11Uri:
    """Read what follows `pkcs11:` in a URI.

    Raises:
        KeyMaterialError: `STORE-SECRET-IN-URI`, a PIN stands in it; `STORE-URI`, an attribute is unknown,
            repeated or malformed, or neither names a key nor its token; `STORE-MODULE`, no library is named.
    """
    path, _, query = place.partition("?")
    asked = _attributes(query, "&")
    if "pin-value" in place.lower() or "pin-source" in place.lower():
        raise KeyMaterialError("STORE-SECRET-IN-URI", store=STORE)
    found = _attributes(path, ";")
    for name in (*(found.keys() - _ATTRIBUTES), *(asked.keys() - {"module-path", "alg"})):
        raise KeyMaterialError("STORE-URI", store=STORE, name=name[:40])
    if found.get("type", "private") != "private":
        raise KeyMaterialError("STORE-URI", store=STORE, name="type")
    if not found.keys() & {"object", "id"}:
        raise KeyMaterialError("STORE-URI", store=STORE, name="object")
    slot = found.get("slot-id")
    if slot is not None and not _NUMBER.fullmatch(slot):
        raise KeyMaterialError("STORE-URI", store=STORE, name="slot-id")
    module = asked.get("module-path") or os.environ.get(MODULE_VARIABLE)
    if not module:
        raise KeyMaterialError("STORE-MODULE-NOT-NAMED", variable=MODULE_VARIABLE)
    texts = {name: unquote(value) for name, value in found.items()}
    return Pkcs11Uri(
        module=unquote(module) if "module-path" in asked else module,
        token=texts.get("token"),
        serial=texts.get("serial"),
        manufacturer=texts.get("manufacturer"),
        model=texts.get("model"),
        slot=None if slot is None else int(slot),
        label=texts.get("object"),
        id=unquote_to_bytes(found["id"]) if "id" in found else None,
        algorithm=asked.get("alg"),
    )


def _attributes(text: str, separator: str) -> dict[str, str]:
    found: dict[str, str] = {}
    for attribute in text.split(separator) if text else ():
        name, equals, value = attribute.partition("=")
        if not equals or name in found or not _VALUE.fullmatch(value):
            raise KeyMaterialError("STORE-URI", store=STORE, name=name[:40])
        found[name] = value
    return found
