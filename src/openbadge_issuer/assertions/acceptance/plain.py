"""Plain credentials: those of which every member is known, so that nearly every check has nothing to find.

The tables are narrowed: no member or type that they do not name, no text in several languages, no context
written out, no credential inside, and arrays wherever the published schema wants them. Whoever looks for
anything else, wherever it stands, need not go through such a document.
"""

from __future__ import annotations

from functools import cache
from typing import Final

from openbadge_issuer.assertions.acceptance.accepting import Acceptance, ClassTable, Tables, tables
from openbadge_issuer.assertions.json_text import JsonObject, JsonValue
from openbadge_issuer.assertions.outline import Outline

LONGEST_ID: Final = 64 * 1024
"""Characters of an identifier; a picture that holds itself in it is remarked on beyond that."""

SINGLE: Final = frozenset(
    {"type", "proof", "credentialSchema", "termsOfUse", "credentialStatus", "refreshService"}
)
"""The members with several values that stand without an array too where there is one."""

_INSIDE: Final = frozenset({"endorsement", "endorsementJwt", "verifiableCredential", "association"})
_USUAL_TYPES: Final = ("BitstringStatusListEntry", "DataIntegrityProof", "JsonSchema")
"""The types of what other specifications explain, as far as the contexts of badges have them."""
_FURTHER: Final[dict[str, dict[str, JsonValue]]] = {
    "CredentialStatus": dict.fromkeys(("statusPurpose", "statusListIndex", "statusListCredential"), "text"),
    "Proof": {
        "id": "text",
        "expires": "date-time",
        "previousProof": ["many", "text", 0],
        "@context": ["many", ["choice", "context"], 0],
    },
}
"""The members that other specifications give to open classes, by class."""
_KINDS: Final = (
    "AchievementCredential",
    "AchievementCredentialV1",
    "EndorsementCredential",
    "EndorsementCredentialV1",
)


def plain_outline(kind: str, document: JsonObject) -> Outline | None:
    """Return what at most stands in a credential if it is plain, None if it is not or is not seen to be.

    Args:
        kind: the name of its class, as `reading.credential_kind` gives it.
        document: any JSON.
    """
    return _at_most(kind) if kind in _KINDS and _plain().accepts(kind, document) else None


@cache
def _plain() -> Acceptance:
    return Acceptance(_narrowed())


@cache
def _narrowed() -> Tables:
    given = tables()
    classes = {name: _narrowed_class(name, table) for name, table in given["classes"].items()}
    return Tables(classes=classes, choices=given["choices"])


@cache
def _at_most(kind: str) -> Outline:
    """Return the outline with every name and type of the narrowed tables: no plain credential has others."""
    reached = [kind]
    for name in reached:  # which grows meanwhile
        for form in _narrowed()["classes"][name]["members"].values():
            reached += [inner for inner in _classes_in(form) if inner not in reached]
    classes = [_narrowed()["classes"][name] for name in reached]
    names = frozenset(name for table in classes for name in table["members"])
    types = frozenset(name for table in classes for name in table.get("allowed", ()))
    return Outline(objects=(), names=names, types=types, contexts=1, plain=True)


def _classes_in(form: JsonValue) -> set[str]:
    match form:
        case ["class", str(name)]:
            return {name}
        case ["choice", str(subject)]:
            return {name for inner in tables()["choices"][subject].values() for name in _classes_in(inner)}
        case ["many" | "array", inner, _]:
            return _classes_in(inner)
        case _:
            return set()


def _narrowed_class(name: str, table: ClassTable) -> ClassTable:
    given = {**_FURTHER.get(name, {}), **table["members"]}
    members = {
        member: _narrowed_form(member, form) for member, form in given.items() if member not in _INSIDE
    }
    narrowed: ClassTable = {**table, "closed": True, "members": members}
    if "type" in members:
        narrowed["allowed"] = _types_of(table)
    return narrowed


def _types_of(table: ClassTable) -> list[str]:
    match table["members"]["type"]:
        case ["terms", list(terms), _]:
            return [str(term) for term in terms]
        case _:
            return sorted({name for group in table["types"] for name in group}) or [*_USUAL_TYPES]


def _narrowed_form(name: str, form: JsonValue) -> JsonValue:
    match form:
        case ["choice", "text"]:
            return "text"
        case ["choice", "context"]:
            return tables()["choices"]["context"]["context:url"]
        case ["many", inner, least] if name not in SINGLE:
            return ["array", _narrowed_form(name, inner), least]
        case ["many", inner, least]:
            return ["many", _narrowed_form(name, inner), least]
        case ["pattern", pattern] if name == "id":
            return ["pattern", pattern, LONGEST_ID]
        case _:
            return form
