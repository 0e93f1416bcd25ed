"""The endorsements inside a badge: where they stand, and what their reports mean for the badge."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from openbadge_issuer.assertions.json_text import JsonObject, JsonValue, dump_json, pointer
from openbadge_issuer.errors import OpenBadgeError
from openbadge_issuer.verification.issuers import identifier
from openbadge_issuer.verification.report import Finding, VerificationReport, finding
from openbadge_issuer.verification.subject import Subject, read_subject, string_items

MAX_ENDORSEMENTS = 32
"""Each costs a signature check and perhaps a fetch; the fullest published example has six."""

ENDORSEMENT_TYPE = "EndorsementCredential"
ENDORSED = frozenset({"endorsement", "endorsementJwt"})
"""The members in which endorsements stand."""


@dataclass(frozen=True, slots=True)
class Endorsement:
    """An endorsement as it stands in a badge.

    Attributes:
        place: the JSON Pointer to it.
        endorsed: the identifier of the object in which it stands, which is what it must endorse.
        value: the embedded credential, or the compact JWS.
    """

    place: str
    endorsed: str
    value: JsonValue

    def read(self) -> Subject:
        """Read it as a credential; raises InputError or LimitError if it is none."""
        if isinstance(self.value, dict):
            return Subject("json", self.value)
        return read_subject(self.value if isinstance(self.value, str) else dump_json(self.value))


def find_endorsements(document: JsonObject) -> list[Endorsement]:
    """List the endorsements of the credential, its achievement and its profiles, at any depth.

    What stands inside an endorsement is its own affair (Open Badges 3.0, "EndorsementCredential
    verification": endorsements of endorsements are not followed).
    """
    return list(_find(document, ()))


def check_endorsed(endorsement: Endorsement, document: JsonObject) -> Finding | None:
    """Tell whether an endorsement is about something else than the object in which it stands."""
    subject = document.get("credentialSubject")
    named = identifier(subject)
    if not named or not endorsement.endorsed or named == endorsement.endorsed:
        return None
    return finding(
        "ENDORSEMENT-OTHER", "failed", endorsement.place, named=named, endorsed=endorsement.endorsed
    )


def weigh_endorsement(report: VerificationReport, place: str) -> Finding:
    """Say what the report of an endorsement means for the badge around it.

    A broken proof inside a badge is a broken badge; one that has expired or cannot be judged only lends
    no weight.
    """
    issuer = report.credential.issuer or ""
    if report.verdicts["integrity"] == "failed":
        return finding("ENDORSEMENT-BROKEN", "failed", place, issuer=issuer, problem=report.first_error)
    if report.verdicts["integrity"] == "undetermined":
        return finding("ENDORSEMENT-OPEN", "undetermined", place, issuer=issuer)
    if report.verdicts["status"] != "passed":
        return finding("ENDORSEMENT-NOT-HELD", "failed", place, issuer=issuer)
    return finding("ENDORSEMENT-VALID", "passed", place, issuer=issuer)


def unreadable_endorsement(error: OpenBadgeError, place: str) -> Finding:
    """Report an endorsement that is no credential at all."""
    return finding("ENDORSEMENT-BROKEN", "failed", place, issuer="", problem=error.code)


def _find(value: JsonValue, steps: tuple[str | int, ...]) -> Iterator[Endorsement]:
    if isinstance(value, list):
        for position, item in enumerate(value):
            yield from _find(item, (*steps, position))
        return
    if not isinstance(value, dict) or (steps and ENDORSEMENT_TYPE in string_items(value.get("type"))):
        return
    for name, part in value.items():
        here = (*steps, name)
        if name in ENDORSED:
            listed = part if isinstance(part, list) else [part]
            for position, item in enumerate(listed):
                place = pointer(*here, position) if isinstance(part, list) else pointer(*here)
                yield Endorsement(place, identifier(value), item)
        elif name != "proof":
            yield from _find(part, here)
