"""Revocation lists as plain documents: 1EdTechRevocationList (VCRL 1.0) and RevocationList (Open Badges 2.0).

Neither carries a proof of its own, so what they say is worth as much as the place they were fetched from.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from urllib.parse import unquote

from openbadge_issuer.assertions.json_text import JsonObject, JsonValue
from openbadge_issuer.errors import StatusError

_ARRAYS = ("revokedCredential", "revokedCredentials", "revokedAssertions")
_NAMES = ("id", "uid")
_OB2_CONTEXT = "https://w3id.org/openbadges/v2"


@dataclass(frozen=True, slots=True)
class RevokedCredential:
    """One line of a revocation list: which credential, whether it is revoked, and why if that is public."""

    id: str
    revoked: bool = True
    reason: str | None = None

    def to_json(self) -> JsonObject:
        """Write the line; `revoked` always stands there, since readers differ on its absence."""
        line: JsonObject = {"id": self.id, "revoked": self.revoked}
        if self.reason is not None:
            line["revocationReason"] = self.reason
        return line


@dataclass(frozen=True)
class RevocationList:
    """A list of revoked credentials: `id` is its URL, `issuer` the one whose credentials it is about."""

    id: str | None
    issuer: str | None
    entries: tuple[RevokedCredential, ...]

    def find(self, credential_id: str) -> RevokedCredential | None:
        """Return the line that revokes the credential, or None: what is not listed is not revoked.

        Identifiers are compared after percent-decoding and trimming, as Open Badges 3.0 compares credentials.
        """
        return self._revoked.get(_comparable(credential_id))

    @cached_property
    def _revoked(self) -> dict[str, RevokedCredential]:
        return {_comparable(line.id): line for line in reversed(self.entries) if line.revoked}

    def to_json(self) -> JsonObject:
        """Write it as a 1EdTechRevocationList."""
        return {**self._head(), "revokedCredential": [line.to_json() for line in self.entries]}

    def to_ob2_json(self) -> JsonObject:
        """Write it as the RevocationList of an Open Badges 2.0 profile."""
        head: JsonObject = {"@context": _OB2_CONTEXT, "type": "RevocationList", **self._head()}
        return {**head, "revokedAssertions": [line.to_json() for line in self.entries]}

    def _head(self) -> JsonObject:
        stated = {"id": self.id, "issuer": self.issuer}
        return {name: value for name, value in stated.items() if value is not None}


def read_revocation_list(document: JsonObject) -> RevocationList:
    """Read either kind of list, under any of the names that issuers give its array.

    Lines may be objects or plain identifiers; `revoked` may be missing (then it is true) or the text
    "true" or "false".

    Raises:
        StatusError: there is no such array, or a line cannot be read (`STATUS-REVOCATION-LIST`).
    """
    arrays = [name for name in _ARRAYS if name in document]
    if not arrays:
        raise StatusError("STATUS-REVOCATION-LIST")
    lines = []
    for name in arrays:
        value = document[name]
        if not isinstance(value, list):
            raise StatusError("STATUS-REVOCATION-LIST", f"/{name}")
        lines += [_read_line(item, f"/{name}/{position}") for position, item in enumerate(value)]
    return RevocationList(
        id=_identifier(document.get("id")), issuer=_identifier(document.get("issuer")), entries=tuple(lines)
    )


def with_revoked(document: JsonObject, lines: Iterable[RevokedCredential]) -> JsonObject:
    """Return a list with further lines; what it says already stays as it is, and nothing is said twice.

    Raises:
        StatusError: as `read_revocation_list`.
    """
    known = read_revocation_list(document)
    name = next(name for name in _ARRAYS if name in document)
    value = document[name]
    added = [line.to_json() for line in dict.fromkeys(lines) if known.find(line.id) is None]
    return {**document, name: [*(value if isinstance(value, list) else []), *added]}


def _read_line(value: JsonValue, pointer: str) -> RevokedCredential:
    if isinstance(value, str):
        return RevokedCredential(value)
    if not isinstance(value, dict):
        raise StatusError("STATUS-REVOCATION-LIST", pointer)
    name = next((value[key] for key in _NAMES if key in value), None)
    if not isinstance(name, str):
        raise StatusError("STATUS-REVOCATION-LIST", pointer)
    reason = value.get("revocationReason")
    revoked = _read_revoked(value.get("revoked", True), f"{pointer}/revoked")
    return RevokedCredential(name, revoked, reason if isinstance(reason, str) else None)


def _read_revoked(value: JsonValue, pointer: str) -> bool:
    if isinstance(value, bool):
        return value
    if value in ("true", "false"):
        return value == "true"
    raise StatusError("STATUS-REVOCATION-LIST", pointer)


def _identifier(value: JsonValue) -> str | None:
    name = value.get("id") if isinstance(value, dict) else value
    return name if isinstance(name, str) else None


def _comparable(identifier: str) -> str:
    return unquote(identifier.strip())
