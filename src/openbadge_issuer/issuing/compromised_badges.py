"""What a compromised key has signed, looked up in the issuer's own archive, and revoked where need be."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime

from openbadge_issuer.assertions.json_text import JsonObject, JsonValue, parse_json_object
from openbadge_issuer.assertions.values import parse_date_time
from openbadge_issuer.errors import OpenBadgeError, StatusError, UnsupportedError
from openbadge_issuer.signing.compromise import CompromisedKey, CompromiseList, signature_digest
from openbadge_issuer.signing.data_integrity import proofs_of
from openbadge_issuer.signing.key_ring import KeyRing, RingKey
from openbadge_issuer.signing.vc_jwt import CREDENTIAL_TYPES, VcJwt, parse_jwt
from openbadge_issuer.status import StatusEntry, read_entry
from openbadge_issuer.status.list_file import StatusListFile

_TOKEN_TYPES = CREDENTIAL_TYPES | {"dc+sd-jwt", "vc+sd-jwt"}


@dataclass(frozen=True, slots=True)
class SignedByKey:
    """A credential that a key of the issuer signed.

    Attributes:
        place: where it lies, as the caller named it.
        id: its `id`, if it has one.
        signed_at: the latest moment that it names for its signature; None if it names none.
        digest: the digest of the signature.
        entries: its places in status lists.
    """

    place: str
    id: str | None
    signed_at: datetime | None
    digest: str
    entries: tuple[StatusEntry, ...]

    def since(self, moment: datetime) -> bool:
        """Tell whether it was signed at a moment or after, or may have been."""
        return self.signed_at is None or self.signed_at >= moment


@dataclass(frozen=True, slots=True)
class Archive:
    """What the archive of an issuer holds by one key.

    Attributes:
        signed: the credentials with a proof by the key, in the order given; one with two such proofs is
            there twice.
        unreadable: the places of what could not be read, and so may be by the key too.
    """

    signed: tuple[SignedByKey, ...]
    unreadable: tuple[str, ...]

    def affected(self, since: datetime) -> tuple[SignedByKey, ...]:
        """Return what is no longer believed: signed at the moment or after, or at a time that it hides."""
        return tuple(found for found in self.signed if found.since(since))


@dataclass(frozen=True, slots=True)
class Revoked:
    """What became of the credentials that were to be revoked.

    Attributes:
        revoked: those that are revoked in the list now.
        not_in_list: those that have no place in it.
    """

    revoked: tuple[SignedByKey, ...]
    not_in_list: tuple[SignedByKey, ...]


def search_archive(ring: KeyRing, key: RingKey, issued: Iterable[tuple[str, bytes]]) -> Archive:
    """Look for the credentials that a key signed, by the name that their proofs give to it.

    The archive is the issuer's own, so the names in it are believed; signatures are not checked.

    Args:
        ring: the issuer's keys.
        key: one of them.
        issued: the credentials as JSON, token, PNG or SVG, each with a name for its place.
    """
    signed: list[SignedByKey] = []
    unreadable: list[str] = []
    names = frozenset(ring.names(key))
    for place, data in issued:
        try:
            signed += _proofs_by(names, key, place, data)
        except OpenBadgeError:
            unreadable.append(place)
    return Archive(tuple(signed), tuple(unreadable))


def revoke_affected(
    affected: Iterable[SignedByKey], listed: StatusListFile, *, now: datetime, reason: str | None = None
) -> Revoked:
    """Revoke credentials in the list that they name; it counts for others once the list is published again.

    Raises:
        StatusError: as `check_revocation_list` and `StatusListFile.set`.
    """
    check_revocation_list(listed)
    facts = listed.facts
    done: list[SignedByKey] = []
    left: list[SignedByKey] = []
    for found in affected:
        places = [
            entry.index
            for entry in found.entries
            if (entry.list_url, entry.purpose, entry.size) == (facts.url, facts.purpose, 1)
        ]
        for index in places:
            listed.set(index, now=now, reason=reason)
        (done if places else left).append(found)
    return Revoked(tuple(done), tuple(left))


def check_revocation_list(listed: StatusListFile) -> None:
    """Refuse a list in which nothing can be revoked; raises StatusError `STATUS-STATE-PURPOSE`."""
    if listed.facts.purpose != "revocation":
        raise StatusError("STATUS-STATE-PURPOSE", purpose=listed.facts.purpose)


def compromise_list(ring: KeyRing, issued: Iterable[tuple[str, bytes]], *, now: datetime) -> CompromiseList:
    """Write down what the compromised keys of a ring really signed before they were.

    Args:
        ring: the issuer's keys.
        issued: the whole archive, as for `search_archive`; what is missing there will be refused everywhere.
        now: when the list is signed.
    """
    archive = tuple(issued)
    keys = []
    for key in ring.keys:
        if key.compromised is None:
            continue
        signed = search_archive(ring, key, archive).signed
        before = frozenset(found.digest for found in signed if not found.since(key.compromised))
        keys.append(CompromisedKey(key.public_key, key.compromised, before))
    return CompromiseList(ring.controller, now.astimezone(UTC).replace(microsecond=0), tuple(keys))


def _proofs_by(names: frozenset[str], key: RingKey, place: str, data: bytes) -> Iterator[SignedByKey]:
    secured = _secured(data)
    if isinstance(secured, VcJwt):
        own = secured.jwk == key.public_key.jwk if secured.jwk is not None else secured.kid in names
        if own:
            moments = (secured.credential.get("validFrom"), secured.credential.get("issuanceDate"))
            at = _latest(*moments, secured.payload.get("iat"))
            yield _found(place, secured.credential, signature_digest(secured), at)
        return
    for proof in proofs_of(secured):
        if isinstance(proof, dict) and proof.get("verificationMethod") in names:
            yield _found(place, secured, signature_digest(proof), _latest(proof.get("created")))


def _secured(data: bytes) -> JsonObject | VcJwt:
    """Read a credential in whichever form it was issued."""
    text = data.strip()
    if text.startswith(b"{"):
        return parse_json_object(text)
    # Local: most archives hold no pictures, and XML takes time to import.
    from openbadge_issuer.baking import picture_format, unbake  # noqa: PLC0415

    if picture_format(data) is not None:
        return _secured(unbake(data))
    return parse_jwt(text.partition(b"~")[0], types=_TOKEN_TYPES)


def _found(place: str, document: JsonObject, digest: str, signed_at: datetime | None) -> SignedByKey:
    name = document.get("id")
    return SignedByKey(place, name if isinstance(name, str) else None, signed_at, digest, _entries(document))


def _entries(document: JsonObject) -> tuple[StatusEntry, ...]:
    value = document.get("credentialStatus")
    entries = []
    for entry in value if isinstance(value, list) else [value]:
        try:
            entries.append(read_entry(entry))
        except (StatusError, UnsupportedError):
            continue
    return tuple(entries)


def _latest(*values: JsonValue) -> datetime | None:
    moments = [moment for moment in map(_moment, values) if moment is not None]
    return max(moments, default=None)


def _moment(value: JsonValue) -> datetime | None:
    try:
        if isinstance(value, str):
            return parse_date_time(value)
        if isinstance(value, int | float):
            return datetime.fromtimestamp(value, UTC)
    except (ValueError, OverflowError, OSError):
        pass
    return None
