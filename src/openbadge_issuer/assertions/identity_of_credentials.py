"""Which credentials are the same one, and which copy counts (Open Badges 3.0, "Credential equality")."""

from __future__ import annotations

from urllib.parse import unquote

from openbadge_issuer.assertions.json_text import JsonObject, JsonValue
from openbadge_issuer.assertions.moments import parse_date_time


def same_credential(one: JsonObject, other: JsonObject) -> bool:
    """Tell whether two credentials are the same: equal issuer and id, percent-decoded and trimmed.

    Credentials without an id or issuer are the same as nothing.
    """
    names = _names(one)
    return all(names) and names == _names(other)


def supersedes(one: JsonObject, other: JsonObject) -> bool:
    """Tell whether the first is a newer copy of the second: the same credential with a later `validFrom`."""
    if not same_credential(one, other):
        return False
    begins, began = _begin(one), _begin(other)
    return begins is not None and began is not None and begins > began


def _names(document: JsonObject) -> tuple[str, str]:
    return _name(document.get("issuer")), _name(document.get("id"))


def _name(value: JsonValue) -> str:
    found = value.get("id") if isinstance(value, dict) else value
    return unquote(found).strip() if isinstance(found, str) else ""


def _begin(document: JsonObject) -> float | None:
    text = document.get("validFrom", document.get("issuanceDate"))
    try:
        return parse_date_time(text).timestamp() if isinstance(text, str) else None
    except ValueError:
        return None
