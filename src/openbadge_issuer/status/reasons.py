"""Public reasons for what a status list says: a document beside the list, vouched for by its digest.

A bitstring has no room for a reason. So the signed list credential names this document in
`relatedResource` with its digest (VCDM 2.0, section 5.3): who believes the list can believe the reasons.
It has the shape of a 1EdTechRevocationList whose lines name status entries (`<list URL>#<index>`), never
credentials or persons. `revoked` is true where the purpose of the list is revocation.

A reason is read by everyone who holds the badge's address: it must say nothing about a person.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from openbadge_issuer.assertions.json_text import dump_json_pretty, parse_json_object
from openbadge_issuer.errors import StatusError
from openbadge_issuer.status.related_resource import RelatedResource
from openbadge_issuer.status.revocation_list import RevocationList, RevokedCredential, read_revocation_list

MEDIA_TYPE = "application/json"
SUFFIX = ".reasons.json"
"""What the name of the document adds to the name of the list, on the web and on disk."""

MAX_REASON = 500
"""A reason in characters: a few sentences; what needs more belongs in the private dossier."""

_E_MAIL = re.compile(r"[^\s@<>]+@[^\s@<>]+\.[^\s@<>.]+")


def reasons_url(list_url: str) -> str:
    """Return where the reasons of the list at `list_url` are published."""
    return list_url + SUFFIX


def check_reason(text: str) -> None:
    """Refuse a reason that should not be published.

    Only the coarsest slips can be seen: that a reason names nobody is the author's care.

    Raises:
        StatusError: it is empty, over `MAX_REASON` characters or has line breaks or other controls
            (`STATUS-REASON-TEXT`), or holds an e-mail address (`STATUS-REASON-PERSONAL`).
    """
    if not text.strip() or len(text) > MAX_REASON or not text.isprintable():
        raise StatusError("STATUS-REASON-TEXT", limit=MAX_REASON)
    if _E_MAIL.search(text):
        raise StatusError("STATUS-REASON-PERSONAL")


def write_reasons(
    reasons: Mapping[int, str], *, list_url: str, issuer: str, purpose: str = "revocation"
) -> bytes:
    """Write the document for the reasons by index, in order of index, so that it tells no order of events."""
    lines = tuple(
        RevokedCredential(f"{list_url}#{index}", purpose == "revocation", reasons[index])
        for index in sorted(reasons)
    )
    return dump_json_pretty(RevocationList(reasons_url(list_url), issuer, lines).to_json())


def name_reasons(document: bytes, *, list_url: str) -> RelatedResource:
    """Return what the list credential says about the document: its URL and digest."""
    return RelatedResource.of(reasons_url(list_url), data=document, media_type=MEDIA_TYPE)


def read_reasons(document: bytes, *, resource: RelatedResource) -> dict[str, str]:
    """Read the reasons by the location of the entry (`StatusEntry.location`), after checking the digest.

    Args:
        document: the file as fetched.
        resource: what the list credential, whose proof was checked, says about it.

    Raises:
        StatusError: it is not the file that the list names (`STATUS-REASONS-DIGEST`), or no such list.
        DocumentError: it is not JSON.
        LimitError: it is too long or too deep.
    """
    if not resource.matches(document):
        raise StatusError("STATUS-REASONS-DIGEST", "/relatedResource")
    lines = read_revocation_list(parse_json_object(document)).entries
    return {line.id: line.reason for line in lines if line.reason is not None}
