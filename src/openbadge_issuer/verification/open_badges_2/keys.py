"""The keys that may have signed a badge: those that the issuer's own hosted profile lists, and no others.

Source: Open Badges 2.0, signed verification. The specification lets `owner` be absent; one that names
somebody else is refused.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from openbadge_issuer.assertions.json_text import JsonValue
from openbadge_issuer.assertions.json_walk import object_of
from openbadge_issuer.errors import KeyMaterialError, ResolutionError, UnsupportedError
from openbadge_issuer.resolution.fetching import MAX_KEY_DOCUMENT_BYTES, OK, Fetcher, shown
from openbadge_issuer.signing.public_key import PublicKey
from openbadge_issuer.verification.issuers import identifier
from openbadge_issuer.verification.open_badges_2.chain import Chain
from openbadge_issuer.verification.open_badges_2.reading import Read, is_web
from openbadge_issuer.verification.open_badges_2.scope import authority
from openbadge_issuer.verification.open_badges_2.web import bring_object, open_question
from openbadge_issuer.verification.report import Finding, finding
from openbadge_issuer.verification.settings import Settings

PLACE = "/verification/creator"
MAX_KEYS = 16
"""Issuers change keys now and then; each costs a fetch."""
_PEM = b"-----BEGIN"


@dataclass(frozen=True, slots=True)
class CandidateKey:
    """A key that the issuer lists, with what is to be said if it turns out to have signed."""

    id: str
    key: PublicKey
    remarks: tuple[Finding, ...] = ()


def candidate_keys(badge: Read, chain: Chain, settings: Settings) -> Iterator[CandidateKey | Finding]:
    """Give the keys to try, and say of every other one why it cannot count.

    `verification.creator` chooses among the keys of the profile; it never adds one.
    """
    profile = chain.profile or {}
    creator = identifier(object_of(badge.document, "verification").get("creator"))
    value = profile.get("publicKey")
    listed = [one for one in (value if isinstance(value, list) else [value]) if one is not None]
    chosen = [one for one in listed if not creator or identifier(one) == creator]
    if not listed and creator and badge.version in ("1.0", "1.1"):
        yield from _key_of_1_x(creator, chain.issuer, str(badge.version), settings)
    elif creator and not chosen:
        issuer = shown(chain.issuer)
        yield finding("OB2-KEY-NOT-LISTED", "failed", PLACE, key=shown(creator), issuer=issuer)
    elif not listed:
        yield finding("OB2-NO-KEY", "failed", chain.place, issuer=shown(chain.issuer))
    for one in chosen[:MAX_KEYS]:
        yield _listed_key(one, chain, settings.fetcher)
    if len(chosen) > MAX_KEYS:
        yield finding("OB2-TOO-MANY-KEYS", "undetermined", chain.place, limit=MAX_KEYS)


def _listed_key(value: JsonValue, chain: Chain, fetcher: Fetcher | None) -> CandidateKey | Finding:
    name = identifier(value)
    document = value if isinstance(value, dict) and "publicKeyPem" in value else None
    place = f"{chain.place}/publicKey"
    if document is None:
        try:
            document = bring_object(name, fetcher)
        except ResolutionError as error:
            return open_question(error, place)
    declared = identifier(document)
    if name and declared and declared != name:
        return finding("OB2-KEY-OTHER", "failed", place, key=shown(name), found=shown(declared))
    owner = identifier(document.get("owner"))
    if owner and owner != chain.issuer:
        return finding(
            "OB2-KEY-OWNER", "failed", place, key=shown(name), owner=shown(owner), issuer=shown(chain.issuer)
        )
    remarks = () if owner else (finding("OB2-KEY-NO-OWNER", "failed", place, key=shown(name)),)
    return _readable(name, document.get("publicKeyPem"), place, remarks)


def _key_of_1_x(url: str, issuer: str, version: str, settings: Settings) -> Iterator[CandidateKey | Finding]:
    """In 1.x the badge names its key by address alone: it counts if only the issuer can have put it there."""
    if authority(url) is None or authority(url) != authority(issuer):
        yield finding("OB2-KEY-NOT-LISTED", "failed", PLACE, key=shown(url), issuer=shown(issuer))
        return
    try:
        pem = _pem(url, settings.fetcher)
    except ResolutionError as error:
        yield open_question(error, PLACE)
        return
    remark = finding("OB2-KEY-ORIGIN", "failed", PLACE, version=version, issuer=shown(issuer))
    yield _readable(url, pem, PLACE, (remark,))


def _readable(name: str, pem: JsonValue, place: str, remarks: tuple[Finding, ...]) -> CandidateKey | Finding:
    text = pem if isinstance(pem, str) else ""  # which is no key either
    try:
        return CandidateKey(name, PublicKey.from_pem(text.encode("utf-8", "replace")), remarks)
    except KeyMaterialError as error:
        return finding("OB2-KEY-UNREADABLE", "failed", place, key=shown(name), problem=error.code)
    except UnsupportedError as error:
        return open_question(error, place)


def _pem(url: str, fetcher: Fetcher | None) -> JsonValue:
    """Read a key of 1.x, which is the bare PEM or a key document."""
    if fetcher is None or not is_web(url):
        raise ResolutionError("FETCH-NOT-GIVEN", url=shown(url))
    fetched = fetcher.fetch(url, accept="application/json, text/plain", max_bytes=MAX_KEY_DOCUMENT_BYTES)
    if fetched.status == OK and fetched.body.lstrip().startswith(_PEM):
        return fetched.body.decode("ascii", "replace")
    return bring_object(url, fetcher).get("publicKeyPem")
