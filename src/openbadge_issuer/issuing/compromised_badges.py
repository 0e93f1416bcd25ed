"""What a compromised key has signed, looked up in the issuer's own archive, and revoked where need be."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime

from openbadge_issuer.assertions.json_text import JsonObject, JsonValue
from openbadge_issuer.assertions.moments import parse_date_time
from openbadge_issuer.errors import OpenBadgeError, StatusError, UnsupportedError
from openbadge_issuer.issuing.archive import Signature, Unread, is_of_2, signatures_in
from openbadge_issuer.issuing.signed_with import signed_with
from openbadge_issuer.jsonld.contexts import PINNED, ContextLoader
from openbadge_issuer.signing.compromise import CompromisedKey, CompromiseList, signature_digest
from openbadge_issuer.signing.key_ring import KeyRing, RingKey
from openbadge_issuer.signing.vc_jwt import VcJwt
from openbadge_issuer.status import StatusEntry, read_entry
from openbadge_issuer.status.list_file import StatusListFile
from openbadge_issuer.status.revocation_list import RevokedCredential, with_revoked

_LIST_BY_ID = "1EdTechRevocationList"


@dataclass(frozen=True, slots=True)
class SignedByKey:
    """A credential that a key of the issuer signed.

    Attributes:
        place: where it lies: as the caller named it, and where in that it stands, as in `archive.Signature`.
        id: its `id`, if it has one.
        issuer: the identifier of its issuer; empty if it names none.
        signed_at: the moment that it names for its signature; None if it names none.
        digest: the digest of the signature.
        entries: its places in status lists.
        listed_by_id: whether it is revoked by its id in a plain list, as signed badges of 2.0 are.
    """

    place: str
    id: str | None
    issuer: str
    signed_at: datetime | None
    digest: str
    entries: tuple[StatusEntry, ...]
    listed_by_id: bool = False

    def since(self, moment: datetime) -> bool:
        """Tell whether it was signed at a moment or after, or may have been."""
        return self.signed_at is None or self.signed_at >= moment


@dataclass(frozen=True, slots=True)
class Archive:
    """What the archive of an issuer holds by one key.

    Attributes:
        signed: the credentials with a signature that holds under the key, in the order given, also
            those inside others; one with two such proofs is there twice.
        unreadable: the places of what could not be read, and so may be by the key too.
        doubtful: the places of what names the key, while its signature does not hold or cannot be checked:
            a damaged copy, or one under contexts that were not given.
    """

    signed: tuple[SignedByKey, ...]
    unreadable: tuple[str, ...]
    doubtful: tuple[str, ...] = ()

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


def search_archive(
    ring: KeyRing, key: RingKey, issued: Iterable[tuple[str, bytes | None]], *, loader: ContextLoader = PINNED
) -> Archive:
    """Look for the credentials that a key signed: those whose signature holds under it.

    Args:
        ring: the issuer's keys.
        key: one of them.
        issued: the credentials as JSON, token, PNG or SVG, of 3.0 or 2.0, each with a name for its place;
            None for one that cannot be had. What stands inside them counts too; see `signatures_in`.
        loader: the contexts that were signed under.
    """
    signed: list[SignedByKey] = []
    unreadable: list[str] = []
    doubtful: list[str] = []
    names = frozenset(ring.names(key))
    for place, data in issued:
        for found in (Unread(""),) if data is None else signatures_in(data):
            where = place + found.place
            if isinstance(found, Unread):
                unreadable.append(where)
            elif (by_key := _signed_by(key, found, where, loader)) is not None:
                signed.append(by_key)
            elif _names(found.secured, names, key):
                doubtful.append(where)
    return Archive(tuple(signed), tuple(unreadable), tuple(dict.fromkeys(doubtful)))


def revoke_affected(
    affected: Iterable[SignedByKey], listed: StatusListFile, *, now: datetime, reason: str | None = None
) -> Revoked:
    """Revoke credentials in the list that they name, all or none; others see it once it is published again.

    One that names a place which the list never gave out is not revoked: it is not as the issuer made it.

    Raises:
        StatusError: as `check_revocation_list` and `StatusListFile.set_known`.
        OutputError: as `StatusListFile.set_known`.
    """
    check_revocation_list(listed)
    facts = listed.facts
    places = {
        found: {
            entry.index
            for entry in found.entries
            if (entry.list_url, entry.purpose, entry.size) == (facts.url, facts.purpose, 1)
        }
        for found in affected
    }
    wanted = {index for indexes in places.values() for index in indexes}
    known = listed.set_known(wanted, now=now, reason=reason)
    done = tuple(found for found, indexes in places.items() if indexes & known)
    return Revoked(done, tuple(found for found in places if found not in done))


def revoke_by_id(
    affected: Iterable[SignedByKey], listed: JsonObject, *, reason: str | None = None
) -> tuple[Revoked, JsonObject]:
    """Put credentials into a plain list, as signed badges of 2.0 need it; return the list to publish.

    Raises:
        StatusError: `STATUS-REVOCATION-LIST`, it is no such list.
    """
    done, left = list[SignedByKey](), list[SignedByKey]()
    for found in affected:
        (done if found.listed_by_id and found.id is not None else left).append(found)
    lines = tuple(RevokedCredential(found.id or "", reason=reason) for found in done)
    return Revoked(tuple(done), tuple(left)), with_revoked(listed, lines)


def check_revocation_list(listed: StatusListFile) -> None:
    """Refuse a list in which nothing can be revoked; raises StatusError `STATUS-STATE-PURPOSE`."""
    if listed.facts.purpose != "revocation":
        raise StatusError("STATUS-STATE-PURPOSE", purpose=listed.facts.purpose)


def compromise_list(
    ring: KeyRing, issued: Iterable[tuple[str, bytes | None]], *, now: datetime, issuer: str | None = None
) -> CompromiseList:
    """Write down what the compromised keys of a ring really signed before they were.

    Args:
        ring: the issuer's keys.
        issued: the whole archive, as for `search_archive`; what is missing there will be refused everywhere.
        now: when the list is signed.
        issuer: whose list it is; the ring's DID by default. Badges of 2.0 are those of an https address.
    """
    archive = tuple(issued)
    lost = (key for key in ring.keys if key.compromised is not None)
    return vouched_list(
        ring,
        {key.fragment: search_archive(ring, key, archive).signed for key in lost},
        now=now,
        issuer=issuer,
    )


def vouched_list(
    ring: KeyRing, signed: Mapping[str, Iterable[SignedByKey]], *, now: datetime, issuer: str | None = None
) -> CompromiseList:
    """Write down the same of what was found before: by name of key, everything that it signed."""
    keys = []
    for key in ring.keys:
        if key.compromised is not None:
            found = signed.get(key.fragment, ())
            before = frozenset(one.digest for one in found if not one.since(key.compromised))
            keys.append(CompromisedKey(key.public_key, key.compromised, before))
    return CompromiseList(issuer or ring.controller, now.astimezone(UTC).replace(microsecond=0), tuple(keys))


def _signed_by(key: RingKey, found: Signature, place: str, loader: ContextLoader) -> SignedByKey | None:
    """Describe a signature if it holds under the key; one that cannot be checked does not."""
    try:
        if signed_with(key.public_key, found.secured, found.document, loader=loader):
            return _found(place, found.document, found.secured)
    except OpenBadgeError:
        pass
    return None


def _names(secured: JsonObject | VcJwt, names: frozenset[str], key: RingKey) -> bool:
    if isinstance(secured, VcJwt):
        return secured.jwk == key.public_key.jwk if secured.jwk is not None else secured.kid in names
    return secured.get("verificationMethod") in names


def _found(place: str, document: JsonObject, one: JsonObject | VcJwt) -> SignedByKey:
    name, of_2 = document.get("id"), is_of_2(document)
    return SignedByKey(
        place=place,
        id=name if isinstance(name, str) else None,
        issuer=_issuer(document),
        signed_at=_signed_at(document, one),
        digest=signature_digest(one),
        entries=_entries(document),
        listed_by_id=of_2 or _LIST_BY_ID in _types(document.get("credentialStatus")),
    )


def _issuer(document: JsonObject) -> str:
    class_ = document.get("badge")
    value = class_.get("issuer") if isinstance(class_, dict) else document.get("issuer", document.get("iss"))
    name = value.get("id") if isinstance(value, dict) else value
    return name if isinstance(name, str) else ""


def _signed_at(document: JsonObject, one: JsonObject | VcJwt) -> datetime | None:
    """Return the moment that a signature names for itself; of a badge of 2.0 that is when it was issued.

    Where a token does not say when it was signed, that may have been as late as the latest moment in it.
    """
    if not isinstance(one, VcJwt):
        return _latest(one.get("created"))
    members = ("validFrom", "issuanceDate", "issuedOn")
    return _latest(one.payload.get("iat")) or _latest(
        one.payload.get("nbf"), *(document.get(name) for name in members)
    )


def _types(value: JsonValue) -> tuple[JsonValue, ...]:
    listed = value if isinstance(value, list) else [value]
    return tuple(entry.get("type") for entry in listed if isinstance(entry, dict))


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
