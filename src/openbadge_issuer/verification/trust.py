"""Whom the caller trusts: a file of issuers, the keys pinned for them, and what each may recognise."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from openbadge_issuer.assertions.json_text import JsonObject, JsonValue, parse_json_object
from openbadge_issuer.errors import DocumentError, KeyMaterialError, LimitError
from openbadge_issuer.signing.public_key import PublicKey

if TYPE_CHECKING:
    from cryptography.x509 import Certificate

MAX_TRUST_BYTES = 4 * 1024 * 1024
"""Some ten thousand issuers with two keys each."""


@dataclass(frozen=True, slots=True)
class TrustedIssuer:
    """An issuer that the caller accepts.

    Attributes:
        id: the issuer's identifier, as it stands in its badges.
        keys: the keys pinned for it; empty if its own documents are to be asked.
        achievements: the achievement ids it is trusted for, with `*` at the end for a prefix; empty for all.
        roots: the certificates that may vouch for a key of it, where a token carries a chain.
    """

    id: str
    keys: tuple[PublicKey, ...] = ()
    achievements: tuple[str, ...] = ()
    roots: tuple[Certificate, ...] = ()

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

        Files of certificates that it names are looked for beside it.

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
            return cls.read(parse_json_object(raw), name=str(path), folder=path.parent)
        import tomllib  # noqa: PLC0415  # for who has such a file

        try:
            table: JsonObject = tomllib.loads(raw.decode())
        except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
            raise DocumentError("TRUST-FILE", problem=str(error), name=str(path)) from error
        return cls.read(table, name=str(path), folder=path.parent)

    @classmethod
    def read(cls, document: JsonObject, *, name: str = "", folder: Path = Path()) -> TrustPolicy:
        """Read a trust policy from its parsed form; raises as `load` does.

        Args:
            document: the parsed form.
            name: what errors call it.
            folder: where the files of certificates lie that it names.
        """
        entries = document.get("issuer")
        if set(document) - {"issuer"} or not isinstance(entries, list):
            raise DocumentError(
                "TRUST-FILE", problem="it must hold a list “issuer” and nothing else", name=name
            )
        read = (_issuer(entry, position, name, folder) for position, entry in enumerate(entries))
        return cls(tuple(read))

    def entry(self, issuer: str) -> TrustedIssuer | None:
        """Find the entry of an issuer."""
        return next((entry for entry in self.issuers if entry.id == issuer), None)

    def pins(self, issuer: str, key: PublicKey) -> bool:
        """Tell whether the key is pinned for the issuer."""
        entry = self.entry(issuer)
        return entry is not None and key in entry.keys


def _issuer(entry: JsonValue, position: int, name: str, folder: Path) -> TrustedIssuer:
    place = f"/issuer/{position}"
    if not isinstance(entry, dict) or set(entry) - {"id", "name", "keys", "achievements", "roots"}:
        raise DocumentError("TRUST-ENTRY", place, name=name)
    identifier, keys = entry.get("id"), entry.get("keys", [])
    if not isinstance(identifier, str) or not isinstance(keys, list):
        raise DocumentError("TRUST-ENTRY", place, name=name)
    patterns = _texts(entry, "achievements", place, name)
    roots = _texts(entry, "roots", place, name)
    return TrustedIssuer(
        identifier,
        tuple(_key(key, f"{place}/keys", name) for key in keys),
        patterns,
        tuple(root for text in roots for root in _roots(text, f"{place}/roots", name, folder)),
    )


def _texts(entry: JsonObject, member: str, place: str, name: str) -> tuple[str, ...]:
    value = entry.get(member, [])
    listed = value if isinstance(value, list) else [value]
    texts = tuple(text for text in listed if isinstance(text, str))
    if not isinstance(value, list) or len(texts) != len(listed):
        raise DocumentError("TRUST-ENTRY", f"{place}/{member}", name=name)
    return texts


def _roots(text: str, place: str, name: str, folder: Path) -> tuple[Certificate, ...]:
    """Read certificates in PEM, which stand in the trust file or in a file beside it."""
    # Local: few trust files name certificates, and their library takes time to load.
    from openbadge_issuer.resolution.certificate_chain import read_roots  # noqa: PLC0415

    try:
        pem = text.encode() if text.lstrip().startswith(_PEM) else _bounded(folder / text)
        return read_roots(pem)
    except (KeyMaterialError, OSError, ValueError) as error:
        raise DocumentError("TRUST-ENTRY", place, name=name) from error


def _bounded(path: Path) -> bytes:
    with path.open("rb") as file:
        return file.read(MAX_TRUST_BYTES)


def _key(value: JsonValue, place: str, name: str) -> PublicKey:
    if isinstance(value, str):
        return PublicKey.from_multibase(value)
    if isinstance(value, dict):
        return PublicKey.from_jwk(value)
    raise DocumentError("TRUST-ENTRY", place, name=name)


_PEM = "-----BEGIN"
