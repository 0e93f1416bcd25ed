"""The arguments of a verification, brought into the form in which the checks take them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, get_args

from openbadge_issuer.assertions.json_text import JsonObject
from openbadge_issuer.assertions.recipient import Recipient
from openbadge_issuer.errors.rule import Verdict
from openbadge_issuer.jsonld.contexts import PINNED, ContextLoader
from openbadge_issuer.resolution.documents import Documents
from openbadge_issuer.resolution.fetching import Fetched, Fetcher
from openbadge_issuer.resolution.resolver import Resolver, Resolvers
from openbadge_issuer.verification.settings import CLOCK_SKEW, Asked, Settings, source_of
from openbadge_issuer.verification.trust import TrustPolicy

if TYPE_CHECKING:
    from cryptography.x509 import Certificate


_VERDICTS = frozenset(get_args(Verdict))


def settings_of(
    *,
    now: datetime,
    at: datetime | None = None,
    fetcher: Fetcher | None = None,
    documents: Documents | Mapping[str, bytes | Fetched] | None = None,
    resolvers: Sequence[Resolver] = (),
    contexts: Mapping[str, JsonObject] | None = None,
    trust: TrustPolicy | None = None,
    roots: bytes | None = None,
    expected_issuer: str | None = None,
    recipient: Recipient | str | None = None,
    challenge: str | None = None,
    domain: str | None = None,
    holder: str | None = None,
    max_status_age: timedelta | None = None,
    clock_skew: timedelta = CLOCK_SKEW,
    unsafe_claimed_keys: bool = False,
    annulments: Iterable[bytes] = (),
) -> Settings:
    """Make the settings of one verification; the arguments and errors are those of `verify`."""
    given = Documents(documents) if isinstance(documents, Mapping) else documents
    return Settings(
        now=whole_second(now),
        at=whole_second(at or now),
        loader=ContextLoader(contexts) if contexts else PINNED,
        fetcher=source_of(given, fetcher),
        origin=fetcher,
        given=given,
        resolvers=Resolvers(resolvers),
        trust=trust,
        roots=_certificates(roots),
        expected_issuer=expected_issuer,
        recipient=Recipient.parse(recipient) if isinstance(recipient, str) else recipient,
        asked=_asked(challenge, domain, holder),
        unsafe_claimed_keys=unsafe_claimed_keys,
        max_status_age=max_status_age,
        clock_skew=clock_skew,
        annulments=tuple(annulments),
    )


def required_verdicts(require: Iterable[Verdict], settings: Settings) -> tuple[Verdict, ...]:
    """Add the verdicts that the caller asked for by giving what they are judged by.

    Raises:
        ValueError: there is no such verdict.
    """
    named = list(require)
    if not _VERDICTS.issuperset(named):
        raise ValueError(f"the verdicts that can be required are {', '.join(get_args(Verdict))}")
    if settings.trust is not None or settings.expected_issuer is not None:
        named.append("trust")
    if settings.person_asked:
        named.append("recipient")
    return tuple(dict.fromkeys(named))


def _certificates(pem: bytes | None) -> tuple[Certificate, ...]:
    if pem is None:
        return ()
    # Local: few verifications need certificates, and their library takes time to load.
    from openbadge_issuer.resolution.certificate_chain import read_roots  # noqa: PLC0415

    return read_roots(pem)


def _asked(challenge: str | None, domain: str | None, holder: str | None) -> Asked | None:
    if challenge is None and domain is None and holder is None:
        return None
    if not challenge or not domain:
        raise ValueError("without a challenge and a domain, a presentation could be anybody's copy")
    return Asked(challenge, domain, holder)


def whole_second(moment: datetime) -> datetime:
    """Return a moment as finely as badges are dated.

    Raises:
        ValueError: it has no time zone.
    """
    if moment.tzinfo is None:
        raise ValueError("the moment needs a time zone")
    return moment.replace(microsecond=0)
