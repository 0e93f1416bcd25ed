"""Published status list credentials: fetched, proven, of today, and of the issuer of the badge."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import datetime

from openbadge_issuer.assertions.context_urls import names_version_1
from openbadge_issuer.assertions.json_text import JsonObject
from openbadge_issuer.assertions.moments import write_date_time
from openbadge_issuer.errors import OpenBadgeError, ResolutionError, StatusError
from openbadge_issuer.resolution.fetching import OK, Fetched, shown
from openbadge_issuer.signing.vc_jwt import VcJwt
from openbadge_issuer.status import PublishedStatusList, StatusEntry
from openbadge_issuer.status.reasons import read_reasons
from openbadge_issuer.verification.dates import claimed_date
from openbadge_issuer.verification.issuers import identifier
from openbadge_issuer.verification.known_lists import known_list
from openbadge_issuer.verification.proofs import check_proofs
from openbadge_issuer.verification.report import Finding, finding, finding_of, verdict_of
from openbadge_issuer.verification.settings import Settings
from openbadge_issuer.verification.status_list_model import list_remarks
from openbadge_issuer.verification.subject import Subject

_LIST_MEDIA_TYPES = "application/vc, application/vc+jwt, application/json"


@dataclass(frozen=True, slots=True)
class LookedUp:
    """A status list that may be believed, or none; and what was found on the way."""

    published: PublishedStatusList | None
    findings: tuple[Finding, ...]

    def at(self, place: str) -> LookedUp:
        """Return the same with its findings at another place."""
        if all(found.pointer == place for found in self.findings):
            return self
        return LookedUp(self.published, tuple(replace(found, pointer=place) for found in self.findings))


@dataclass(slots=True)
class StatusLists:
    """The status lists that one badge names, each fetched and proven once.

    Attributes:
        issuer: the identifier of the badge's issuer, which must be that of the lists.
        settings: the arguments of the verification.
    """

    issuer: str
    settings: Settings
    _known: dict[str, LookedUp] = field(default_factory=dict)

    def look_up(self, url: str, place: str) -> LookedUp:
        """Bring the list at `url`; what is wrong with it makes the status at `place` undetermined."""
        known = self._known.get(url)
        if known is not None and known.published:
            return LookedUp(known.published, ())  # said once is enough for a list that can be used
        found = known or self.settings.looked_up.get((self.issuer, url)) or self._look_up(url, place)
        self._known[url] = found
        if found.published:  # what else was found may be due to this badge
            self.settings.remember(self.issuer, url, found)
        return found.at(place)

    def _look_up(self, url: str, place: str) -> LookedUp:
        try:
            fetched = fetch_document(url, settings=self.settings, accept=_LIST_MEDIA_TYPES)
            return self._read(fetched, url, place)
        except OpenBadgeError as error:
            return LookedUp(None, (unusable_list(error, place),))

    def reason(self, published: PublishedStatusList, entry: StatusEntry) -> str:
        """Find the public reason that the signed list vouches for; a missing one changes nothing."""
        if published.reasons is None:
            return ""
        try:
            document = fetch_document(published.reasons.id, settings=self.settings)
            return read_reasons(document.body, resource=published.reasons).get(entry.location, "")
        except OpenBadgeError:
            return ""

    def _read(self, fetched: Fetched, url: str, place: str) -> LookedUp:
        """Check the issuer, the proof, the data model and the dates of a list credential."""
        received = known_list(fetched.body)
        subject = received.subject
        document = _with_claimed_issuer(subject)
        issuer = identifier(document.get("issuer"))
        if not issuer:
            raise StatusError("STATUS-LIST-MEMBER", "/issuer", member="issuer")
        if issuer != self.issuer:
            found = finding("STATUS-LIST-ISSUER", "undetermined", place, found=issuer, issuer=self.issuer)
            return LookedUp(None, (found,))
        # A list is always of today, whatever moment the badge is judged for.
        settings = replace(self.settings.knowing(document), at=self.settings.now)
        proven = check_proofs(subject, issuer=issuer, settings=settings)
        if verdict_of(proven.findings, "integrity") != "passed":
            problem = next(
                found for found in proven.findings if found.severity == "error" and found.outcome != "passed"
            )
            unproven = finding("STATUS-LIST-UNPROVEN", "undetermined", place, problem=problem.code)
            return LookedUp(None, (unproven,))
        signed = {**proven.signed, "issuer": document["issuer"]}
        published = received.unpacked(signed)
        findings = (
            *list_remarks(signed, published, place, problems=received.problems),
            *_check_dates(published, subject.jwt, place, settings),
            *_check_copy(published, url, place, settings),
        )
        usable = verdict_of(findings, "status") == "passed"
        return LookedUp(published if usable else None, findings)


def fetch_document(url: str, *, settings: Settings, accept: str = "application/json") -> Fetched:
    """Bring a document that the badge or its list names; raises ResolutionError unless it was served."""
    if settings.fetcher is None:
        raise ResolutionError("FETCH-NOT-GIVEN", url=shown(url))
    fetched = settings.fetcher.fetch(url, accept=accept)
    if fetched.status != OK:
        raise ResolutionError("FETCH-STATUS", url=shown(url), status=fetched.status)
    return fetched


def unusable_list(error: OpenBadgeError, place: str) -> Finding:
    """Report that a list cannot be had or read: it is at fault, not the badge, whose status stays unknown."""
    return finding_of(error, "undetermined", at=place, verdict="status", severity="error")


def _with_claimed_issuer(subject: Subject) -> JsonObject:
    """Take the issuer from the token where only that names it, as version 1.1 allows."""
    claimed = subject.jwt.payload.get("iss") if subject.jwt is not None else None
    document = subject.document
    if "issuer" in document or not isinstance(claimed, str) or not names_version_1(document):
        return document
    return {**document, "issuer": claimed}


def _check_dates(
    published: PublishedStatusList, token: VcJwt | None, place: str, settings: Settings
) -> tuple[Finding, ...]:
    now, skew = settings.now, settings.clock_skew
    begin = published.valid_from or claimed_date(token, "nbf")
    end = published.valid_until or claimed_date(token, "exp")
    if (begin is not None and begin - now > skew) or (end is not None and now - end > skew):
        return (
            finding(
                "STATUS-LIST-NOT-CURRENT",
                "undetermined",
                place,
                valid_from=_shown(begin),
                valid_until=_shown(end),
            ),
        )
    limit = settings.max_status_age
    if limit is not None and (begin is None or now - begin > limit):
        return (
            finding("STATUS-LIST-OLD", "undetermined", place, valid_from=_shown(begin), limit=str(limit)),
        )
    return ()


def _check_copy(
    published: PublishedStatusList, url: str, place: str, settings: Settings
) -> tuple[Finding, ...]:
    """Remark on a copy kept longer than its `ttl` asks; what was fetched just now is as fresh as can be."""
    given = settings.given is not None and url in settings.given
    until = published.kept_until
    if not given or until is None or settings.now - until <= settings.clock_skew:
        return ()
    return (finding("STATUS-LIST-TTL", "failed", place, until=_shown(until)),)


def _shown(moment: datetime | None) -> str:
    return write_date_time(moment) if moment is not None else "—"
