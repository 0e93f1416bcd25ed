"""The verification pipeline.

1. read       bytes to a credential: JSON, compact JWS, PNG or SVG, capped before parsing
2. model      does it say what Open Badges requires, in the form it requires
3. proof      is it signed by a key that is shown to be the issuer's
4. refresh    is there a newer copy, which is then judged on
5. status     is it revoked or suspended
6. dates      does it count at the moment asked for
7. recipient  is it about the person asked for
8. endorsements  do they hold that stand inside
9. trust      is the issuer one that the caller accepts

Every check runs, so that a report names all that is wrong; what a check found never makes an earlier
verdict better. After step 3 only members that are signed are looked at.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import UTC, datetime, timedelta
from typing import TypeAlias

from openbadge_issuer.assertions.json_text import JsonObject
from openbadge_issuer.assertions.recipient import Recipient
from openbadge_issuer.errors import OpenBadgeError
from openbadge_issuer.errors.rule import Verdict
from openbadge_issuer.resolution.documents import Documents
from openbadge_issuer.resolution.fetching import Fetched, Fetcher
from openbadge_issuer.resolution.resolver import Resolver
from openbadge_issuer.verification.arguments import required_verdicts, settings_of
from openbadge_issuer.verification.judging import judge
from openbadge_issuer.verification.model import check_model
from openbadge_issuer.verification.report import (
    CredentialSummary,
    Finding,
    Outcome,
    VerificationReport,
    finding_of,
)
from openbadge_issuer.verification.settings import CLOCK_SKEW, Settings
from openbadge_issuer.verification.subject import Subject, is_open_badges_2, read_subject
from openbadge_issuer.verification.trust import TrustPolicy

_Judge: TypeAlias = "Callable[[Subject, Settings, tuple[Verdict, ...], str], VerificationReport]"

DEFAULT_REQUIRE: tuple[Verdict, ...] = ("integrity", "status")


def verify(
    data: bytes | str | JsonObject,
    *,
    now: datetime | None = None,
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
    require: Iterable[Verdict] = DEFAULT_REQUIRE,
    max_status_age: timedelta | None = None,
    clock_skew: timedelta = CLOCK_SKEW,
    unsafe_claimed_keys: bool = False,
    annulments: Iterable[bytes] = (),
    subject: str = "",
) -> VerificationReport:
    """Verify one badge and say exactly what holds, what does not, and what could not be judged.

    A presentation of badges is verified too, and each badge in it, whose reports are then `contained`.

    Args:
        data: JSON, a compact JWS, an SD-JWT, a PNG, an SVG, or a parsed document.
        now: the present; the machine's clock by default.
        at: the moment for which dates and keys are judged, if that is not the present.
        fetcher: where documents come from. Without one nothing is fetched, and what would have needed it
            is undetermined.
        documents: an offline stand-in for the web; asked before the fetcher.
        resolvers: bring the documents of DID methods other than did:key, did:jwk and did:web; see `Resolver`.
        contexts: further contexts by URL; contexts are never fetched.
        trust: whom the caller trusts; giving it makes the trust verdict required.
        roots: certificates in PEM that are trusted to vouch for keys of issuers by their host names, where a
            token carries a chain (`x5c`). Without them such a chain proves nothing.
        expected_issuer: the identifier that the issuer must have; giving it makes trust required too.
        recipient: the person whom the badge must be about; a string is read by `Recipient.parse`.
        challenge: what a holder was given to sign (`challenge` of a proof, `nonce` of a token): fresh,
            random, and accepted once only, which is for the caller to see to. Giving it makes a presentation
            required, or an SD-JWT with a key binding.
        domain: who asked, as the holder was told (`domain` of a proof, `aud` of a token); goes with it.
        holder: the identifier that the one who presents must have; goes with them.
        require: the verdicts that must pass for the report to be true.
        max_status_age: how old a status list may be.
        clock_skew: how far apart clocks may be.
        unsafe_claimed_keys: take a key for the issuer's because the badge says so; for test data only.
        annulments: annulment registers of organisations that you listen to, for badges on others' platforms;
            that of the badge's own issuer is found by itself.
        subject: a name for the badge in the report, such as its file name.

    Raises:
        ContextError: a context given contradicts a pinned one.
        IssuingError: the recipient cannot be read.
        KeyMaterialError: the roots cannot be read.
        ValueError: a moment has no time zone, there is no such verdict to require, challenge, domain and
            holder do not go together, or there cannot be such a resolver.
    """
    settings = settings_of(
        now=now or present(),
        at=at,
        fetcher=fetcher,
        documents=documents,
        resolvers=resolvers,
        contexts=contexts,
        trust=trust,
        roots=roots,
        expected_issuer=expected_issuer,
        recipient=recipient,
        challenge=challenge,
        domain=domain,
        holder=holder,
        unsafe_claimed_keys=unsafe_claimed_keys,
        annulments=annulments,
        max_status_age=max_status_age,
        clock_skew=clock_skew,
    )
    return report_of(data, settings, required_verdicts(require, settings), subject)


def present() -> datetime:
    """Read the machine's clock, where a caller left the present out."""
    return datetime.now(UTC)


def validate(document: JsonObject) -> list[Finding]:
    """Check the data model only: no proof, no status, no dates. An empty list means that nothing is wrong."""
    if is_open_badges_2(document):
        # Local: here and below, whoever verifies badges of 3.0 loads nothing for 2.0.
        from openbadge_issuer.verification.open_badges_2.reading import check_whole, read  # noqa: PLC0415

        return [found for found in check_whole(read(document)) if found.outcome != "passed"]
    return [found for found in check_model(document) if found.outcome != "passed"]


def report_of(
    data: bytes | str | JsonObject, settings: Settings, require: tuple[Verdict, ...], name: str
) -> VerificationReport:
    """Verify one badge with arguments that were read already; see `verify`."""
    try:
        subject = _opened(read_subject(data, presentations=True))
        settings = settings.knowing(subject.document)
    except OpenBadgeError as error:
        return _unreadable(error, settings, require, name)
    return _judge_of(subject, settings)(subject, settings, require, name)


def _opened(subject: Subject) -> Subject:
    if not subject.is_presentation:
        return subject
    from openbadge_issuer.verification.presentations import opened  # noqa: PLC0415  # for presentations

    return opened(subject)


def _judge_of(subject: Subject, settings: Settings) -> _Judge:
    """Choose by what it is, or by what was asked for: a badge by itself is no answer to a challenge."""
    if subject.is_sd_jwt_vc:
        from openbadge_issuer.verification.sd_jwt_vc import judge_sd_jwt_vc  # noqa: PLC0415  # for such tokens

        return judge_sd_jwt_vc
    if subject.is_presentation or (settings.asked is not None and subject.sd_jwt is None):
        from openbadge_issuer.verification.presentations import (  # noqa: PLC0415  # for presentations
            judge_presentation,
        )

        return judge_presentation
    if subject.is_open_badges_2:
        from openbadge_issuer.verification.open_badges_2.judging import judge as judge_2  # noqa: PLC0415  # above

        return judge_2
    return judge


def _unreadable(
    error: OpenBadgeError, settings: Settings, require: tuple[Verdict, ...], name: str
) -> VerificationReport:
    verdicts: Mapping[Verdict, Outcome | None] = {
        "integrity": "failed",
        "status": "undetermined",
        "trust": "undetermined",
        "recipient": "undetermined" if settings.person_asked else None,
    }
    return VerificationReport(
        subject=name,
        format="unknown",
        specification="unknown",
        at=settings.at,
        required=require,
        verdicts=verdicts,
        findings=(finding_of(error, "failed", verdict="integrity", severity="error"),),
        credential=CredentialSummary(),
    )
