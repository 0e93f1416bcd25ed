"""Keys that others may have: did the owner make this signature himself?

Who steals a key dates a proof as he likes, so no date counts. What counts is the owner's list of digests
(`signing.compromise`), found through the service in the owner's own document, and signed with a key that
the document still stands by: the thief has none of these (docs/adr/0014).
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from openbadge_issuer.assertions.json_text import JsonObject
from openbadge_issuer.assertions.moments import write_date_time
from openbadge_issuer.errors import LimitError, OpenBadgeError, ResolutionError, SignatureError
from openbadge_issuer.resolution.address import parse_https
from openbadge_issuer.resolution.fetching import OK, shown
from openbadge_issuer.resolution.verification_key import VerificationKey
from openbadge_issuer.signing.vc_jwt import VcJwt
from openbadge_issuer.verification.report import Finding, Outcome, finding, finding_of

if TYPE_CHECKING:
    from openbadge_issuer.signing.compromise import CompromiseList
    from openbadge_issuer.verification.settings import Settings

MAX_LISTS = 8
"""For one badge with all that stands in it: each may hold 100,000 digests, and no badge has so many issuers
who lost a key."""

_MEDIA_TYPES = "application/compromised-keys+jwt, application/jwt, text/plain"


@dataclass(slots=True)
class CompromiseLists:
    """The lists that one verification came upon, each fetched and verified once."""

    _known: dict[tuple[str, str], CompromiseList | OpenBadgeError] = field(default_factory=dict)

    @property
    def untouched(self) -> bool:
        """Whether no list was looked for yet."""
        return not self._known

    def of(self, controller: str, url: str, settings: Settings) -> CompromiseList:
        """Return the list at `url`, if it is the controller's.

        Raises:
            ResolutionError: it cannot be had, or its key cannot.
            SignatureError: `COMPROMISE-OTHER`, `COMPROMISE-KEY`, `COMPROMISE-SIGNER` or `COMPROMISE-FUTURE`;
                or it is not signed as it says.
            LimitError: `COMPROMISE-LISTS`.
            OpenBadgeError: it cannot be read.
        """
        if (controller, url) not in self._known:
            if len(self._known) >= MAX_LISTS:
                raise LimitError("COMPROMISE-LISTS", limit=MAX_LISTS)
            try:
                self._known[controller, url] = _fetch(controller, url, settings)
            except OpenBadgeError as error:
                self._known[controller, url] = error
        known = self._known[controller, url]
        if isinstance(known, OpenBadgeError):
            raise known
        return known


def check_vouched(
    found: VerificationKey, secured: JsonObject | VcJwt, *, settings: Settings, pointer: str
) -> tuple[Finding, ...]:
    """Judge a signature by a compromised key: it counts only if the owner's list has it.

    Args:
        found: the key, with the address of the list.
        secured: the proof or token; that its signature holds under the key is checked elsewhere.
        settings: the arguments of the verification.
        pointer: where the key is named.
    """
    from openbadge_issuer.signing.compromise import signed_before_compromise  # noqa: PLC0415  # rarely needed

    since = write_date_time(found.revoked) if found.revoked is not None else "—"
    try:
        listed = settings.compromise_lists.of(found.controller, found.compromise_list or "", settings)
        _check_age(listed, found)
    except OpenBadgeError as error:
        return unusable_list(error, found.id, pointer)
    vouched = signed_before_compromise(listed, secured, key=found.key)
    outcome: Outcome = "passed" if vouched else "failed"
    return (finding("PROOF-KEY-COMPROMISED", outcome, pointer, key=shown(found.id), date=since),)


def unusable_list(error: OpenBadgeError, key: str, pointer: str) -> tuple[Finding, ...]:
    """Say that nothing is known of a signature by a compromised key, and why."""
    return (
        finding("COMPROMISE-LIST", "undetermined", pointer, key=shown(key), problem=error.code),
        finding_of(error, "undetermined", under=pointer, verdict="integrity", severity="error"),
    )


def _check_age(listed: CompromiseList, found: VerificationKey) -> None:
    """Refuse a list from before the theft was known to be as early as the document says."""
    entry = listed.entry(found.key)
    if entry is not None and found.revoked is not None and entry.since > found.revoked:
        raise SignatureError(
            "COMPROMISE-OLD",
            key=shown(found.id),
            since=write_date_time(entry.since),
            revoked=write_date_time(found.revoked),
        )


def _fetch(controller: str, url: str, settings: Settings) -> CompromiseList:
    from openbadge_issuer.signing.compromise import read_compromise_list  # noqa: PLC0415  # rarely needed

    address = parse_https(url).url
    if settings.fetcher is None:
        raise ResolutionError("FETCH-NOT-GIVEN", url=shown(address))
    fetched = settings.fetcher.fetch(address, accept=_MEDIA_TYPES)
    if fetched.status != OK:
        raise ResolutionError("FETCH-STATUS", url=shown(address), status=fetched.status)
    received = read_compromise_list(fetched.body)
    if received.issuer != controller:
        raise SignatureError("COMPROMISE-OTHER", found=shown(received.issuer), issuer=shown(controller))
    signer = settings.token_key({"kid": received.kid}, issuer=controller)
    ended = signer.revoked is not None or (signer.expires is not None and received.issued >= signer.expires)
    if ended or signer.provenance == "claim" or signer.controller != controller:
        raise SignatureError("COMPROMISE-KEY", key=shown(received.kid))
    if received.issued - settings.now > settings.clock_skew:
        raise SignatureError("COMPROMISE-FUTURE", date=write_date_time(received.issued))
    return received.verify(signer.key)
