"""What is worth a remark on a token although its signature and its claims hold."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice

from openbadge_issuer.assertions.moments import write_date_time
from openbadge_issuer.assertions.outline import Outline, outline
from openbadge_issuer.errors import ContextError, LimitError
from openbadge_issuer.jsonld.known_names import knows_all, unknown_names
from openbadge_issuer.jsonld.shown import shown
from openbadge_issuer.signing.vc_jwt import VcJwt
from openbadge_issuer.signing.vc_jwt_claims import numeric_date
from openbadge_issuer.verification.report import MAX_ALIKE, Finding, finding, finding_of
from openbadge_issuer.verification.settings import Settings

_USUAL = ("RS256", "ES256")
"""The algorithms of the public validator; the specification names the first."""


def token_remarks(token: VcJwt, seen: Outline, settings: Settings) -> tuple[Finding, ...]:
    """Remark on the header and the claims of a token, and on names in its credential without a meaning.

    Args:
        token: the token.
        seen: the outline of the credential in it.
        settings: the arguments of the verification.
    """
    return (*_header(token), *issued_later(token, settings), *_names(token, seen, settings))


def _header(token: VcJwt) -> Iterator[Finding]:
    for name in islice(token.extra_headers, MAX_ALIKE):
        yield finding("JWT-HEADER", "failed", name=name[:80])
    if token.algorithm not in _USUAL:
        yield finding("JWT-ALGORITHM-OTHER", "failed", alg=shown(token.algorithm))


def issued_later(token: VcJwt, settings: Settings) -> Iterator[Finding]:
    """Remark on an `iat` to come: RFC 7519 gives it no part in validation, the public validator does."""
    issued = numeric_date(token.payload.get("iat"))
    if issued is not None and issued - settings.at > settings.clock_skew:
        yield finding("JWT-IAT", "failed", date=write_date_time(issued))


def _names(token: VcJwt, seen: Outline, settings: Settings) -> Iterator[Finding]:
    """A token signs members without a meaning too, but readers of linked data pass over them."""
    try:
        context = token.credential.get("@context")
        if knows_all(seen, context, loader=settings.loader):
            return
        if seen.plain and knows_all(outline(token.credential), context, loader=settings.loader):
            return
        for member in islice(unknown_names(token.credential, loader=settings.loader), MAX_ALIKE):
            yield finding("JSONLD-UNKNOWN-NAME", "failed", member.pointer, name=shown(member.name))
    except (ContextError, LimitError) as error:
        yield finding_of(error, "undetermined", severity="warning")
