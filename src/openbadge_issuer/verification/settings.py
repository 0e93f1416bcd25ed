"""What a verification is done with: time, sources of documents, and whom the caller trusts."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from openbadge_issuer.assertions.json_text import JsonObject, parse_json_object
from openbadge_issuer.assertions.recipient import Recipient
from openbadge_issuer.jsonld.contexts import ContextLoader
from openbadge_issuer.resolution.caching import CachingFetcher, FirstOf
from openbadge_issuer.resolution.documents import Documents
from openbadge_issuer.resolution.fetching import Fetcher
from openbadge_issuer.resolution.resolver import NO_RESOLVERS, Resolvers
from openbadge_issuer.resolution.verification_method import Purpose, VerificationKey, resolve_jwt_key
from openbadge_issuer.verification.compromised_keys import CompromiseLists
from openbadge_issuer.verification.fetch_budget import FetchBudget
from openbadge_issuer.verification.subject import string_items
from openbadge_issuer.verification.trust import TrustPolicy

if TYPE_CHECKING:  # few verifications need certificates, and their library takes time to load
    from cryptography.x509 import Certificate

    from openbadge_issuer.verification.status_lists import LookedUp  # which takes settings

MAX_LOOKED_UP = 16
"""Status lists of one stream that are kept; of the largest size they would take 128 MB."""

CLOCK_SKEW = timedelta(seconds=60)
"""How far two honest clocks may be apart (RFC 7519 speaks of a few minutes at most)."""


@dataclass(frozen=True, slots=True)
class Asked:
    """What the verifier asked a holder for, which only a presentation made for it can repeat.

    Attributes:
        challenge: what was given to the holder to sign.
        domain: who asks, as the holder was told.
        holder: the identifier that the holder must have, if it is known.
    """

    challenge: str
    domain: str
    holder: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """The arguments of one verification, shared by all checks.

    Attributes:
        now: the present, by which the freshness of status lists is judged.
        at: the moment for which dates and keys are judged; usually the present.
        loader: the contexts that are known.
        fetcher: where documents come from; None means that nothing is fetched.
        origin: what of it leads out to the web, for badges to come.
        given: the documents that the caller gave, which may hold contexts too.
        resolvers: where the documents of further DID methods come from.
        trust: whom the caller trusts, and which keys are pinned.
        roots: the certificates that the caller trusts to vouch for any issuer's key.
        expected_issuer: the identifier that the issuer must have.
        recipient: the person whom the badge must be about.
        asked: what a presentation must repeat; None if no holder was asked.
        unsafe_claimed_keys: take a key for the issuer's because the badge says so.
        max_status_age: how old a status list may be.
        clock_skew: how far clocks may be apart.
        annulments: annulment registers that the caller gave along.
        compromise_lists: what owners of compromised keys really signed, as far as it was looked up.
        looked_up: the status lists that were looked up, by the issuer and the address that badges name.
    """

    now: datetime
    at: datetime
    loader: ContextLoader
    fetcher: Fetcher | None = None
    origin: Fetcher | None = None
    given: Documents | None = None
    resolvers: Resolvers = NO_RESOLVERS
    trust: TrustPolicy | None = None
    roots: tuple[Certificate, ...] = ()
    expected_issuer: str | None = None
    recipient: Recipient | None = None
    asked: Asked | None = None
    unsafe_claimed_keys: bool = False
    max_status_age: timedelta | None = None
    clock_skew: timedelta = CLOCK_SKEW
    annulments: tuple[bytes, ...] = ()
    compromise_lists: CompromiseLists = field(default_factory=CompromiseLists, compare=False, repr=False)
    looked_up: dict[tuple[str, str], LookedUp] = field(default_factory=dict, compare=False, repr=False)

    def as_of(self, now: datetime, *, at: datetime) -> Settings:
        """Return the same for other moments, for which everything is then judged anew."""
        return replace(self, now=now, at=at, looked_up={}).for_another_badge()

    def for_another_badge(self) -> Settings:
        """Return the same with what one badge may spend: fetches, DIDs, and lists of compromised keys."""
        resolvers = self.resolvers.afresh()
        if self.origin is None and self.compromise_lists.untouched and resolvers is self.resolvers:
            return self
        fetcher = source_of(self.given, self.origin)
        return replace(self, fetcher=fetcher, resolvers=resolvers, compromise_lists=CompromiseLists())

    def remember(self, issuer: str, url: str, found: LookedUp) -> None:
        """Keep what was found about a status list that an issuer's badges name, for the badges to come."""
        if len(self.looked_up) >= MAX_LOOKED_UP:
            self.looked_up.clear()
        self.looked_up[issuer, url] = found

    @property
    def person_asked(self) -> bool:
        """Whether the caller said whom the badge must be about, or who must present it."""
        return self.recipient is not None or (self.asked is not None and self.asked.holder is not None)

    def token_key(
        self,
        header: JsonObject,
        *,
        issuer: str,
        purpose: Purpose = "assertionMethod",
        metadata: bool = False,
    ) -> VerificationKey:
        """Find the key that the header of a token names; as `resolve_jwt_key`, from these sources."""
        return resolve_jwt_key(
            header,
            issuer=issuer,
            fetcher=self.fetcher,
            resolvers=self.resolvers,
            purpose=purpose,
            metadata=metadata,
        )

    def roots_for(self, issuer: str) -> tuple[Certificate, ...]:
        """Return the certificates that may vouch for a key of this issuer."""
        entry = self.trust.entry(issuer) if self.trust is not None else None
        return self.roots if entry is None else self.roots + entry.roots

    def knowing(self, document: JsonObject) -> Settings:
        """Add the contexts that a document names and the caller gave among the documents; none is fetched.

        Raises:
            DocumentError, LimitError, ContextError: what was given under such a URL is no context.
        """
        if self.given is None:
            return self
        urls = string_items(document.get("@context"))
        unknown = [url for url in dict.fromkeys(urls) if not self.loader.knows(url)]
        found = {url: body for url in unknown if (body := self.given.get(url)) is not None}
        if not found:
            return self
        contexts = {url: parse_json_object(body) for url, body in found.items()}
        return replace(self, loader=self.loader.with_extra(contexts))


def source_of(given: Documents | None, origin: Fetcher | None) -> Fetcher | None:
    """Put together where the documents of one badge come from: those given along, then the web."""
    if origin is None:
        return given
    bounded = CachingFetcher(FetchBudget(origin))  # what is remembered costs nothing
    return bounded if given is None else FirstOf(given, bounded)
