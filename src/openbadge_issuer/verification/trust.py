"""Whom the caller trusts: a file of issuers, the keys pinned for them, and what each may recognise."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from pathlib import Path

from openbadge_issuer.assertions.json_text import JsonObject, JsonValue, parse_json_object
from openbadge_issuer.errors import DocumentError, LimitError
from openbadge_issuer.signing.public_key import PublicKey

MAX_TRUST_BYTES = 4 * 1024 * 1024
"""Some ten thousand issuers with two keys each."""


@dataclass(frozen=True, slots=True)
class TrustedIssuer:
    """An issuer that the caller accepts.

    Attributes:
        id: the issuer's identifier, as it stands in its badges.
        keys: the keys pinned for it; empty if its own documents are to be asked.
        achievements: the achievement ids it is trusted for, with `*` at the end for a prefix; empty for all.
    """

    id: str
    keys: tuple[PublicKey, ...] = ()
    achievements: tuple[str, ...] = ()

    def covers(self, achievement: str) -> bool:
        """Tell whether the issuer is trusted for this achievement."""
        return not self.achievements or any(
            achievement.startswith(pattern[:-1]) if pattern.endswith("*") else achievement == pattern
            for pattern in self.achievements
        )


@dataclass(frozen=True, slots=True)
class TrustPolicy:
    """The issuers that the caller accepts; an empty policy accepts nobody."""

    issuers: tuple[TrustedIssuer, ...] = ()

    @classmethod
    def load(cls, path: Path) -> TrustPolicy:
        """Read a trust file: TOML with `[[issuer]]` tables, or the same as JSON.

        Raises:
            DocumentError: the file cannot be read, or an entry is wrong; the error names it.
            LimitError: the file is larger than any such list.
        """
        try:
            raw = path.read_bytes()
        except OSError as error:
            raise DocumentError(
                "TRUST-FILE", problem=error.strerror or "unreadable", name=str(path)
            ) from error
        if len(raw) > MAX_TRUST_BYTES:
            raise LimitError("JSON-SIZE", size=len(raw), limit=MAX_TRUST_BYTES)
        if raw.lstrip()[:1] == b"{":
            return cls.read(parse_json_object(raw), name=str(path))
        try:
            table: JsonObject = tomllib.loads(raw.decode())
        except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
            raise DocumentError("TRUST-FILE", problem=str(error), name=str(path)) from error
        return cls.read(table, name=str(path))

    @classmethod
    def read(cls, document: JsonObject, *, name: str = "") -> TrustPolicy:
        """Read a trust policy from its parsed form; raises as `load` does."""
        entries = document.get("issuer")
        if set(document) - {"issuer"} or not isinstance(entries, list):
            raise DocumentError(
                "TRUST-FILE", problem="it must hold a list “issuer” and nothing else", name=name
            )
        return cls(tuple(_issuer(entry, position, name) for position, entry in enumerate(entries)))

    def entry(self, issuer: str) -> TrustedIssuer | None:
        """Find the entry of an issuer."""
        return next((entry for entry in self.issuers if entry.id == issuer), None)

    def pins(self, issuer: str, key: PublicKey) -> bool:
        """Tell whether the key is pinned for the issuer."""
        entry = self.entry(issuer)
        return entry is not None and key in entry.keys


def _issuer(entry: JsonValue, position: int, name: str) -> TrustedIssuer:
    if not isinstance(entry, dict) or set(entry) - {"id", "name", "keys", "achievements"}:
        raise DocumentError("TRUST-ENTRY", f"/issuer/{position}", name=name)
    identifier, keys = entry.get("id"), entry.get("keys", [])
    achievements = entry.get("achievements", [])
    if not isinstance(identifier, str) or not isinstance(keys, list) or not isinstance(achievements, list):
        raise DocumentError("TRUST-ENTRY", f"/issuer/{position}", name=name)
    patterns = tuple(pattern for pattern in achievements if isinstance(pattern, str))
    if len(patterns) != len(achievements):
        raise DocumentError("TRUST-ENTRY", f"/issuer/{position}/achievements", name=name)
    return TrustedIssuer(
        identifier, tuple(_key(key, f"/issuer/{position}/keys", name) for key in keys), patterns
    )


def _key(value: JsonValue, place: str, name: str) -> PublicKey:
    if isinstance(value, str):
        return PublicKey.from_multibase(value)
    if isinstance(value, dict):
        return PublicKey.from_jwk(value)
    raise DocumentError("TRUST-ENTRY", place, name=name)
