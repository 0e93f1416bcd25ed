"""What is allowed, or read all the same, and still gives trouble: remarks on a credential as it is written.

Sources: Open Badges 3.0, sections "JSON serialization" and "Evidence", the published JSON Schemas, and the
public validator of 1EdTech. The clause of each rule says which.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from types import MappingProxyType

from openbadge_issuer.assertions.acceptance.accepting import tables
from openbadge_issuer.assertions.acceptance.plain import LONGEST_ID, SINGLE
from openbadge_issuer.assertions.context_urls import CREDENTIALS_V2, OPEN_BADGES_CONTEXT, OPEN_BADGES_FORM
from openbadge_issuer.assertions.json_text import JsonObject, JsonValue, pointer
from openbadge_issuer.assertions.json_walk import Place, object_of, objects_of, parts, strings_of
from openbadge_issuer.assertions.outline import Outline, outline
from openbadge_issuer.assertions.problems import ModelProblem, _shown
from openbadge_issuer.assertions.type_names import ENVELOPED

MAX_DATA_URI = LONGEST_ID
"""How long an identifier may be that holds its content itself: a badge's picture fits, a film does not."""

_OLDER_CONTEXTS = frozenset(
    f"https://purl.imsglobal.org/spec/ob/v3p0/context{version}.json" for version in ("", "-3.0.1", "-3.0.2")
)
_FRACTION = re.compile(r"[.,]\d*[1-9]")

_OLD_NAMES = MappingProxyType(
    {
        "VerifiableCredential": {
            "issuedOn": "validFrom",
            "expires": "validUntil",
            "recipient": "credentialSubject",
            "badge": "credentialSubject",
            "verification": "proof",
            "revoked": "credentialStatus",
        },
        "Achievement": {"tags": "tag"},
        "Profile": {"telephone": "phone"},
        "IdentityObject": {"identity": "identityHash"},
    }
)
"""What Open Badges 2.0 calls members, by the type that stands in their place now."""
_NAMES_OF_VERSION_1 = MappingProxyType({"issuanceDate": "validFrom", "expirationDate": "validUntil"})
_OLD_IDENTITY_TYPES = MappingProxyType(
    {"email": "emailAddress", "telephone": "ext:telephone", "url": "ext:url"}
)

_CLASSES = (
    "AchievementCredential",
    "AchievementSubject",
    "Achievement",
    "Profile",
    "Result",
    "ResultDescription",
    "RubricCriterionLevel",
    "EndorsementCredential",
    "ClrCredential",
    "ClrSubject",
)
"""The classes that have members with several values."""
_SINGLE = ("credentialStatus", "refreshService")
_OLD_MEMBERS = frozenset(_NAMES_OF_VERSION_1) | {name for names in _OLD_NAMES.values() for name in names}


def interop_problems(document: JsonObject, seen: Outline | None = None) -> tuple[ModelProblem, ...]:
    """List what breaks no rule of the data model and should be different all the same.

    It works on any JSON and raises nothing. Credentials inside are judged by themselves.

    Args:
        document: the credential.
        seen: its outline, if it was made already.
    """
    everywhere = any(map(_is_suspect, (seen or outline(document)).objects))
    return tuple(_problems(document, everywhere=everywhere))


def _problems(document: JsonObject, *, everywhere: bool) -> Iterator[ModelProblem]:
    yield from _contexts(document)
    yield from _issuer(document)
    yield from _moments(document)
    yield from _status(document)
    yield from _envelopes(document)
    for place, part in parts(document) if everywhere else ():
        types = strings_of(part.get("type"))
        yield from _old_names(place, part, types)
        yield from _single_values(place, part, types)
        yield from _data_uri(place, part, types)


def _is_suspect(part: JsonObject) -> bool:
    """Tell whether there may be something to say of an object, wherever it stands.

    Without an old name, a word of old for a type of identity, a single value in the place of an array, and an
    identifier of immense length there is not.
    """
    if not _OLD_MEMBERS.isdisjoint(part):
        return True
    old_type, identifier = part.get("identityType"), part.get("id")
    if type(old_type) is str and old_type in _OLD_IDENTITY_TYPES:
        return True
    if type(identifier) is str and len(identifier) > MAX_DATA_URI:
        return True
    arrays = _arrays()
    return any(
        type(part[name]) is not list
        for kind in strings_of(part.get("type"))
        for name in arrays.get(kind, ())
        if name in part
    )


def _contexts(document: JsonObject) -> Iterator[ModelProblem]:
    value = document.get("@context")
    for index, url in enumerate(value if isinstance(value, list) else []):
        if url == OPEN_BADGES_CONTEXT or not isinstance(url, str) or not OPEN_BADGES_FORM.fullmatch(url):
            continue
        code = "OB3-CONTEXT-OLD" if url in _OLDER_CONTEXTS else "OB3-CONTEXT-VERSION"
        yield _problem(code, ("@context", index), url=url, current=OPEN_BADGES_CONTEXT)


def _issuer(document: JsonObject) -> Iterator[ModelProblem]:
    issuer = document.get("issuer")
    if isinstance(issuer, str) and set(strings_of(document.get("type"))) & _arrays().keys():
        yield _problem("OB3-ISSUER-URI", ("issuer",), value=issuer)


def _moments(document: JsonObject) -> Iterator[ModelProblem]:
    for name in ("validFrom", "validUntil", *_NAMES_OF_VERSION_1):
        value = document.get(name)
        if isinstance(value, str) and _FRACTION.search(value):
            yield _problem("OB3-SUBSECOND", (name,), name=name, value=value)


def _status(document: JsonObject) -> Iterator[ModelProblem]:
    for name in _SINGLE:
        if isinstance(document.get(name), list):
            yield _problem("OB3-NOT-SINGLE", (name,), name=name)
    for place, entry in objects_of(document, "credentialStatus"):
        if "id" not in entry:
            yield _problem("OB3-STATUS-ID", place)


def _envelopes(document: JsonObject) -> Iterator[ModelProblem]:
    subject = object_of(document, "credentialSubject")
    for place, credential in objects_of(subject, "verifiableCredential", ("credentialSubject",)):
        if ENVELOPED in strings_of(credential.get("type")):
            yield _problem("CLR-ENVELOPED", place)


def _old_names(place: Place, part: JsonObject, types: tuple[str, ...]) -> Iterator[ModelProblem]:
    for kind in types:
        names = dict(_OLD_NAMES.get(kind, {}))
        if kind == "VerifiableCredential" and CREDENTIALS_V2 in strings_of(part.get("@context")):
            names |= _NAMES_OF_VERSION_1
        for old, new in names.items():
            if old in part and new not in part:
                yield _problem("OB3-OLD-NAME", (*place, old), name=old, current=new)
    old_type = part.get("identityType")
    if isinstance(old_type, str) and old_type in _OLD_IDENTITY_TYPES:
        current = _OLD_IDENTITY_TYPES[old_type]
        yield _problem("OB3-OLD-NAME", (*place, "identityType"), name=old_type, current=current)


def _single_values(place: Place, part: JsonObject, types: tuple[str, ...]) -> Iterator[ModelProblem]:
    names = {name for kind in types for name in _arrays().get(kind, ())}
    for name in sorted(names & part.keys()):
        if not isinstance(part[name], list):
            yield _problem("OB3-NOT-ARRAY", (*place, name), name=name)


def _data_uri(place: Place, part: JsonObject, types: tuple[str, ...]) -> Iterator[ModelProblem]:
    value: JsonValue = part.get("id")
    if not {"Evidence", "Image"} & set(types) or not isinstance(value, str):
        return
    if value[:5].lower() == "data:" and len(value) > MAX_DATA_URI:
        yield ModelProblem(
            "OB3-DATA-URI", pointer(*place, "id"), {"size": len(value) // 1024, "limit": MAX_DATA_URI // 1024}
        )


@cache
def _arrays() -> dict[str, frozenset[str]]:
    """The members that the published plain schema wants as arrays, by type: the models say which."""
    arrays: dict[str, frozenset[str]] = {}
    for name in _CLASSES:
        table = tables()["classes"][name]
        many = {
            name for name, form in table["members"].items() if isinstance(form, list) and form[0] == "many"
        }
        for kind in table["types"][-1]:
            arrays[kind] = frozenset(many - SINGLE)
    return arrays


def _problem(code: str, place: Place, **details: str) -> ModelProblem:
    return ModelProblem(code, pointer(*place), {name: _shown(text) for name, text in details.items()})
