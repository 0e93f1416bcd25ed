"""What others vouch for a badge: endorsements are documents of their own, linked or embedded."""

from __future__ import annotations

from dataclasses import dataclass, replace

from openbadge_issuer.assertions.json_text import JsonObject, JsonValue, pointer
from openbadge_issuer.verification.endorsements import MAX_ENDORSEMENTS, weigh_endorsement
from openbadge_issuer.verification.issuers import identifier
from openbadge_issuer.verification.open_badges_2.reading import is_web
from openbadge_issuer.verification.report import Finding, VerificationReport, finding
from openbadge_issuer.verification.subject import Subject

__all__ = ["MAX_ENDORSEMENTS", "Endorsement", "find_endorsements", "weigh"]

_CONTEXT = "https://w3id.org/openbadges/v2"


@dataclass(frozen=True, slots=True)
class Endorsement:
    """An endorsement as a badge, badge class or profile links to it."""

    place: str
    endorsed: str
    subject: Subject


def find_endorsements(assertion: JsonObject, badge: JsonObject, profile: JsonObject) -> list[Endorsement]:
    """List the endorsements of the three objects of a badge, whether embedded or only named."""
    found: list[Endorsement] = []
    for steps, part in (((), assertion), (("badge",), badge), (("badge", "issuer"), profile)):
        value = part.get("endorsement")
        for position, one in enumerate(value if isinstance(value, list) else [value]):
            place = pointer(*steps, "endorsement", *([position] if isinstance(value, list) else []))
            if (document := _document(one)) is not None:
                found.append(Endorsement(place, identifier(part), Subject("json", document)))
    return found


def weigh(endorsement: Endorsement, report: VerificationReport, document: JsonObject) -> tuple[Finding, ...]:
    """Say what an endorsement is worth; the badge stays what it is, since others host it."""
    said = replace(weigh_endorsement(report, endorsement.place), severity="warning")
    claimed = identifier(document.get("claim"))
    if claimed and endorsement.endorsed and claimed != endorsement.endorsed:
        other = finding(
            "ENDORSEMENT-OTHER", "failed", endorsement.place, named=claimed, endorsed=endorsement.endorsed
        )
        return (said, replace(other, severity="warning"))
    return (said,)


def _document(value: JsonValue) -> JsonObject | None:
    if isinstance(value, dict) and len(value) > 1:
        return value if "@context" in value else {"@context": _CONTEXT, **value}
    address = identifier(value)
    if not is_web(address):
        return None
    # All that is known yet is where it stands; the hosted check fetches it there.
    return {"@context": _CONTEXT, "type": "Endorsement", "id": address, "verification": {"type": "hosted"}}
