"""The 1EdTechRevocationList: a plain document that names revoked badges by their `id`."""

from __future__ import annotations

from typing import TypeGuard
from urllib.parse import urldefrag

from openbadge_issuer.assertions.json_text import JsonObject, JsonValue, parse_json_object
from openbadge_issuer.errors import OpenBadgeError, StatusError
from openbadge_issuer.resolution.fetching import shown
from openbadge_issuer.status.url import is_absolute_url
from openbadge_issuer.verification.issuers import identifier
from openbadge_issuer.verification.report import Finding, finding
from openbadge_issuer.verification.settings import Settings
from openbadge_issuer.verification.status_lists import fetch_document, unusable_list
from openbadge_issuer.verification.subject import string_items

ENTRY_TYPE = "1EdTechRevocationList"


def is_revocation_list_entry(entry: JsonValue) -> TypeGuard[JsonObject]:
    """Tell whether a status entry points at a 1EdTechRevocationList."""
    return isinstance(entry, dict) and ENTRY_TYPE in string_items(entry.get("type"))


def check_revocation_list(
    document: JsonObject, entry: JsonObject, place: str, settings: Settings
) -> tuple[Finding, ...]:
    """Look the badge up in the list that its status entry names (1EdTech VC Revocation List 1.0).

    The list is not signed, so it counts for as much as the place it came from. What is not listed is not
    revoked; a list that cannot be had leaves the status undetermined.

    Raises:
        StatusError: the entry names no list.
    """
    from openbadge_issuer.status.revocation_list import read_revocation_list  # noqa: PLC0415  # few have such

    url = entry.get("id")
    if not is_absolute_url(url):
        raise StatusError("STATUS-ENTRY-MEMBER", f"{place}/id", member="id")
    name = identifier(document)
    if not name:
        return (finding("STATUS-CREDENTIAL-ID", "undetermined", place),)
    try:
        listed = read_revocation_list(parse_json_object(fetch_document(str(url), settings=settings).body))
    except OpenBadgeError as error:
        return (unusable_list(error, place),)
    issuer = identifier(document.get("issuer"))
    if listed.issuer is not None and listed.issuer != issuer:
        return (finding("STATUS-LIST-ISSUER", "undetermined", place, found=listed.issuer, issuer=issuer),)
    line = listed.find(name)
    if line is not None:
        because = f": “{line.reason}”" if line.reason else ""
        return (finding("STATUS-REVOKED", "failed", place, because=because),)
    if listed.id is not None and urldefrag(listed.id).url != urldefrag(str(url)).url:
        wanted = shown(str(url))
        return (finding("STATUS-LIST-ID", "undetermined", place, found=shown(listed.id), wanted=wanted),)
    return (finding("STATUS-REVOKED", "passed", place, because=""),)
