"""Documents on the web that a badge leads to, read under the address that they name as their own."""

from __future__ import annotations

from dataclasses import dataclass

from openbadge_issuer.assertions.json_text import JsonObject, parse_json_object
from openbadge_issuer.errors import DocumentError, LimitError, OpenBadgeError, ResolutionError
from openbadge_issuer.resolution.fetching import OK, Fetcher, shown
from openbadge_issuer.verification.issuers import identifier
from openbadge_issuer.verification.open_badges_2.reading import Read, is_web, read
from openbadge_issuer.verification.parsed import check_size
from openbadge_issuer.verification.report import Finding, finding, finding_of

GONE = 410
MAX_HOSTED_BYTES = 2 * 1024 * 1024
"""A badge class with its picture as a data URL is the largest document seen."""

_ACCEPT = "application/ld+json, application/json"


@dataclass(frozen=True, slots=True)
class Answer:
    """What stands at an address: the HTTP status, and the document (empty if a refusal came without one)."""

    status: int
    document: JsonObject


@dataclass(frozen=True, slots=True)
class Hosted:
    """A document with the address that it names as its own; `found` is None if it could not be had."""

    url: str
    status: int = 0
    found: Read | None = None
    findings: tuple[Finding, ...] = ()


def bring(url: str, fetcher: Fetcher | None) -> Answer:
    """Fetch a JSON document; a refusal is an answer too, since 410 and its body mean something.

    Raises:
        ResolutionError: nothing could be fetched, or status 200 came with something else than JSON.
    """
    if not is_web(url):
        raise ResolutionError("FETCH-URL", url=shown(url))
    if fetcher is None:
        raise ResolutionError("FETCH-NOT-GIVEN", url=shown(url))
    fetched = fetcher.fetch(url, accept=_ACCEPT, max_bytes=MAX_HOSTED_BYTES)
    try:
        document = parse_json_object(fetched.body, max_bytes=MAX_HOSTED_BYTES)
        check_size(document)
    except (DocumentError, LimitError) as error:
        if fetched.status != OK:
            return Answer(fetched.status, {})
        raise ResolutionError("FETCH-NOT-JSON", url=shown(url), problem=error.code) from error
    return Answer(fetched.status, document)


def bring_hosted(url: str, fetcher: Fetcher | None, place: str, *, may_be_gone: bool = False) -> Hosted:
    """Fetch a document of Open Badges and hold it to the address that it names as its own.

    If it names another one it is fetched there, once; what does not name its own address then is refused,
    so a document cannot pass for one that stands elsewhere.

    Args:
        url: the address that the badge names.
        fetcher: where documents come from.
        place: the pointer to where the badge names it.
        may_be_gone: whether status 410, or a body that says `revoked`, is an answer and not a failure.
    """
    findings: tuple[Finding, ...] = ()
    for attempt in range(2):
        try:
            answer = bring(url, fetcher)
        except ResolutionError as error:
            return Hosted(url, findings=(*findings, open_question(error, place)))
        revoked = answer.status == GONE or answer.document.get("revoked") is True
        if answer.status != OK and not (may_be_gone and revoked):
            refused = ResolutionError("FETCH-STATUS", url=shown(url), status=answer.status)
            return Hosted(url, answer.status, findings=(*findings, open_question(refused, place)))
        found = read(answer.document, url=url)
        declared = identifier(found.document)
        if answer.status == GONE or declared in ("", url):
            return Hosted(url, answer.status, found, findings)
        if attempt or not is_web(declared):
            other = finding("OB2-ID-LOOP", "failed", place, url=shown(url), id=shown(declared))
            return Hosted(url, answer.status, findings=(*findings, other))
        findings = (finding("OB2-ID-OTHER", "failed", place, url=shown(url), id=shown(declared)),)
        url = declared
    raise AssertionError("the second attempt always returns")


def bring_object(url: str, fetcher: Fetcher | None) -> JsonObject:
    """Fetch a JSON document, and take nothing but status 200 for it; raises ResolutionError."""
    answer = bring(url, fetcher)
    if answer.status != OK:
        raise ResolutionError("FETCH-STATUS", url=shown(url), status=answer.status)
    return answer.document


def open_question(error: OpenBadgeError, place: str) -> Finding:
    """Report a document that could not be had: nothing is known, so integrity stays open."""
    return finding_of(error, "undetermined", under=place, verdict="integrity", severity="error")
