"""Does the badge still hold: is it revoked or suspended in the lists that it names?"""

from __future__ import annotations

from dataclasses import replace

from openbadge_issuer.assertions.json_text import JsonObject, JsonValue
from openbadge_issuer.errors import OpenBadgeError, StatusError
from openbadge_issuer.status import StatusEntry, read_entry
from openbadge_issuer.verification.issuers import identifier
from openbadge_issuer.verification.report import Finding, finding, finding_of
from openbadge_issuer.verification.settings import Settings
from openbadge_issuer.verification.status_lists import StatusLists, unusable_list
from openbadge_issuer.verification.status_revocation_lists import (
    check_revocation_list,
    is_revocation_list_entry,
)

_DECIDING = {"revocation": "STATUS-REVOKED", "suspension": "STATUS-SUSPENDED"}
_INFORMING = frozenset({"refresh", "message"})
MAX_ENTRIES = 8
"""Each entry can cost a fetch and a signature check; no published badge has more than two."""
MAX_MESSAGE = 200
"""Characters of a status message that are shown; it is one sentence in a report."""


def check_status(document: JsonObject, settings: Settings) -> tuple[Finding, ...]:
    """Look up every status entry (Open Badges 3.0, "Verification", step status; Bitstring Status List, 3.2).

    Revocation and suspension decide. A message or the news of a fresher copy is told, and whatever is wrong
    with such an entry is a remark. A badge without an entry cannot be revoked, and passes. What cannot be
    looked up is undetermined.
    """
    value = document.get("credentialStatus")
    if value is None:
        return (finding("STATUS-NONE", "passed"),)
    entries = value if isinstance(value, list) else [value]
    if len(entries) > MAX_ENTRIES:
        return (finding("STATUS-TOO-MANY", "undetermined", "/credentialStatus", limit=MAX_ENTRIES),)
    findings: list[Finding] = []
    lists = StatusLists(identifier(document.get("issuer")), settings)
    for position, entry in enumerate(entries):
        place = f"/credentialStatus/{position}" if isinstance(value, list) else "/credentialStatus"
        found = _check_entry(document, entry, place, lists)
        findings += map(_remark, found) if _informs(entry) else found
    return tuple(findings)


def _check_entry(
    document: JsonObject, entry: JsonValue, place: str, lists: StatusLists
) -> tuple[Finding, ...]:
    try:
        if is_revocation_list_entry(entry):
            return check_revocation_list(document, entry, place, lists.settings)
        read = read_entry(entry, pointer=place)
    except StatusError as error:
        return (finding_of(error, "failed", verdict="status", severity="error"),)
    except OpenBadgeError as error:
        return (finding_of(error, "undetermined", verdict="status", severity="error"),)
    if read.purpose not in _DECIDING and read.purpose not in _INFORMING:
        return (finding("STATUS-PURPOSE-OTHER", "undetermined", place, purpose=read.purpose),)
    remarks: tuple[Finding, ...] = ()
    if isinstance(entry, dict) and isinstance(entry.get("statusListIndex"), int):
        remarks = (finding("STATUS-INDEX-NUMBER", "failed", f"{place}/statusListIndex"),)
    return (*remarks, *_judge(read, place, lists))


def _judge(entry: StatusEntry, place: str, lists: StatusLists) -> tuple[Finding, ...]:
    """Say what the list says about an entry that could be read."""
    looked_up = lists.look_up(entry.list_url, place)
    if looked_up.published is None:
        return looked_up.findings
    try:
        value = looked_up.published.value_of(entry)
    except StatusError as error:
        return (*looked_up.findings, unusable_list(error, place))
    if entry.purpose == "refresh":
        said = finding("STATUS-REFRESH", "failed" if value else "passed", place)
    elif entry.purpose == "message":
        said = _message(entry, value, place)
    elif value:
        reason = lists.reason(looked_up.published, entry) or (
            _shown(entry.message_of(value)) if entry.messages else ""
        )
        said = finding(_DECIDING[entry.purpose], "failed", place, because=f": “{reason}”" if reason else "")
    else:
        said = finding(_DECIDING[entry.purpose], "passed", place, because="")
    return (*looked_up.findings, said)


def _message(entry: StatusEntry, value: int, place: str) -> Finding:
    more = f" ({', '.join(entry.references)[:MAX_MESSAGE]})" if entry.references else ""
    return finding(
        "STATUS-MESSAGE",
        "failed" if value else "passed",
        place,
        message=_shown(entry.message_of(value)),
        value=f"{value:#x}",
        more=more,
    )


def _informs(entry: JsonValue) -> bool:
    purpose = entry.get("statusPurpose") if isinstance(entry, dict) else None
    return isinstance(purpose, str) and purpose in _INFORMING and not is_revocation_list_entry(entry)


def _remark(found: Finding) -> Finding:
    return replace(found, severity="warning") if found.severity == "error" else found


def _shown(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= MAX_MESSAGE else f"{line[:MAX_MESSAGE]}…"
