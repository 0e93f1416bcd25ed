"""The VC Data Model 2.0 for any credential or presentation, badge or not: what it requires of the JSON.

Whether every type and member has a meaning in the document's contexts is a question of JSON-LD, which this
module does not know: `verification.vc_data_model` asks both.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import datetime

from openbadge_issuer.assertions.context_urls import CREDENTIALS_V2
from openbadge_issuer.assertions.json_text import JsonObject, JsonValue, pointer
from openbadge_issuer.assertions.moments import parse_date_time
from openbadge_issuer.assertions.problems import ModelProblem

_CREDENTIAL, _PRESENTATION = "VerifiableCredential", "VerifiablePresentation"
_ENVELOPES = frozenset({"EnvelopedVerifiableCredential", "EnvelopedVerifiablePresentation"})
_TYPED = (
    "credentialStatus",
    "credentialSchema",
    "refreshService",
    "termsOfUse",
    "evidence",
    "confidenceMethod",
    "renderMethod",
    "proof",
)
_LANGUAGE_VALUE = frozenset({"@value", "@language", "@direction"})
_DIGESTS = ("digestSRI", "digestMultibase")

_URL = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:[^\s<>\"{}|\\^`\x00-\x20]+")
_LANGUAGE = re.compile(r"[A-Za-z]{1,8}(-[A-Za-z0-9]{1,8})*", re.ASCII)
_DATE_TIME_STAMP = re.compile(
    r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-](0\d|1[0-3]):[0-5]\d|[+-]14:00)", re.ASCII
)

_Steps = tuple[str | int, ...]


def check_vc_data_model(document: JsonObject) -> tuple[ModelProblem, ...]:
    """List the rules of the VC Data Model 2.0 that a credential or presentation breaks, with their places.

    A document that calls itself a presentation is judged as one, and so is an enveloped credential or
    presentation; anything else is judged as a credential. The credentials in a presentation are judged too.
    """
    return tuple(_document(document, ()))


def _document(document: JsonObject, at: _Steps) -> Iterator[ModelProblem]:
    types = {item for _, item in _items(document.get("type"), ()) if isinstance(item, str)}
    yield from _contexts(document, at)
    if types & _ENVELOPES:
        yield from _envelope(document, at)
        return
    yield from _url(document, "id", at)
    yield from _types(document, at, required=True)
    yield from _typed_members(document, at)
    yield from _related_resources(document, at)
    for name in ("name", "description"):
        yield from _text(document, name, at)
    if _PRESENTATION in types:
        yield from _presentation(document, at)
    else:
        yield from _credential(document, types, at)


def _credential(document: JsonObject, types: set[str], at: _Steps) -> Iterator[ModelProblem]:
    if types and _CREDENTIAL not in types:
        yield _problem("VCDM-TYPE-OWN", (*at, "type"))
    yield from _party(document, "issuer", at, required=True)
    issuer = document.get("issuer")
    if isinstance(issuer, dict):
        for name in ("name", "description"):
            yield from _text(issuer, name, (*at, "issuer"))
    yield from _subjects(document, at)
    yield from _validity(document, at)


def _presentation(document: JsonObject, at: _Steps) -> Iterator[ModelProblem]:
    yield from _party(document, "holder", at, required=False)
    if "verifiableCredential" not in document:
        return
    here = (*at, "verifiableCredential")
    items = list(_items(document["verifiableCredential"], here))
    if not items:
        yield _problem("VCDM-PRESENTED", here)
    for place, item in items:
        if isinstance(item, dict):
            yield from _presented(item, place)
        else:
            yield _problem("VCDM-PRESENTED", place)


def _presented(credential: JsonObject, at: _Steps) -> Iterator[ModelProblem]:
    types = [item for _, item in _items(credential.get("type"), ())]
    if _PRESENTATION in types:  # would be judged as one, and so on without end
        yield _problem("VCDM-TYPE-OWN", (*at, "type"))
    else:
        yield from _document(credential, at)


def _envelope(document: JsonObject, at: _Steps) -> Iterator[ModelProblem]:
    name = document.get("id")
    if not isinstance(name, str) or not name.lower().startswith("data:") or not _URL.fullmatch(name):
        yield _problem("VCDM-ENVELOPE", (*at, "id"))


def _contexts(document: JsonObject, at: _Steps) -> Iterator[ModelProblem]:
    here = (*at, "@context")
    if document.get("@context") is None:
        yield _required("@context", at)
        return
    items = list(_items(document["@context"], here))
    if not items or items[0][1] != CREDENTIALS_V2:
        yield _problem("VCDM-CONTEXT-FIRST", here, expected=CREDENTIALS_V2)
    for place, item in items:
        if not isinstance(item, dict) and not _is_url(item):
            yield _problem("VCDM-CONTEXT-ITEM", place)


def _types(value: JsonObject, at: _Steps, *, required: bool) -> Iterator[ModelProblem]:
    types = value.get("type")
    if types is None or types == []:
        if required:
            yield _required("type", at)
        return
    for place, item in _items(types, (*at, "type")):
        if not isinstance(item, str) or not item or item.split() != [item]:
            yield _problem("VCDM-TYPE", place)


def _typed_members(document: JsonObject, at: _Steps) -> Iterator[ModelProblem]:
    """Check the objects that say by their type which specification explains them (section 4.5)."""
    for name in _TYPED:
        if name not in document:
            continue
        objects, problems = _objects(document[name], (*at, name), name=name)
        yield from problems
        for place, item in objects:
            yield from _types(item, place, required=True)
            yield from _url(item, "id", place, required=name == "credentialSchema")


def _subjects(document: JsonObject, at: _Steps) -> Iterator[ModelProblem]:
    name = "credentialSubject"
    if document.get(name) is None:
        yield _required(name, at)
        return
    objects, problems = _objects(document[name], (*at, name), name=name)
    yield from problems
    for place, item in objects:
        if not item:
            yield _problem("VCDM-SUBJECT-EMPTY", place)
        yield from _types(item, place, required=False)
        yield from _url(item, "id", place)


def _party(document: JsonObject, name: str, at: _Steps, *, required: bool) -> Iterator[ModelProblem]:
    """Check an issuer or holder: a URL, or an object whose `id` is one."""
    if name not in document:
        if required:
            yield _required(name, at)
        return
    value = document[name]
    if isinstance(value, dict):
        yield from _url(value, "id", (*at, name), required=True)
    elif not _is_url(value):
        yield _problem("VCDM-URL", (*at, name), name=name)


def _validity(document: JsonObject, at: _Steps) -> Iterator[ModelProblem]:
    moments = {name: _moment(document[name]) for name in ("validFrom", "validUntil") if name in document}
    for name, moment in moments.items():
        if moment is None:
            yield _problem("VCDM-DATE", (*at, name), name=name)
    begin, end = moments.get("validFrom"), moments.get("validUntil")
    if begin is not None and end is not None and end < begin:
        yield _problem("VCDM-DATE-ORDER", (*at, "validUntil"))


def _moment(value: JsonValue) -> datetime | None:
    if not isinstance(value, str) or not _DATE_TIME_STAMP.fullmatch(value):
        return None
    try:
        return parse_date_time(value)
    except ValueError:
        return None


def _text(value: JsonObject, name: str, at: _Steps) -> Iterator[ModelProblem]:
    """Check a text: a string, or text in named languages (section "Language and Base Direction")."""
    if name not in value:
        return
    text = value[name]
    items = list(_items(text, (*at, name)))
    if not items:
        yield _problem("VCDM-TEXT", (*at, name), name=name)
    for place, item in items:
        if isinstance(item, dict):
            yield from _language_value(item, name, place)
        elif not isinstance(item, str):
            yield _problem("VCDM-TEXT", place, name=name)


def _language_value(value: JsonObject, name: str, at: _Steps) -> Iterator[ModelProblem]:
    if not isinstance(value.get("@value"), str) or not value.keys() <= _LANGUAGE_VALUE:
        yield _problem("VCDM-TEXT", at, name=name)
    language = value.get("@language", "und")
    if not isinstance(language, str) or not _LANGUAGE.fullmatch(language):
        yield _problem("VCDM-LANGUAGE", (*at, "@language"))
    if value.get("@direction", "ltr") not in ("ltr", "rtl"):
        yield _problem("VCDM-LANGUAGE", (*at, "@direction"))


def _related_resources(document: JsonObject, at: _Steps) -> Iterator[ModelProblem]:
    name = "relatedResource"
    if name not in document:
        return
    objects, problems = _objects(document[name], (*at, name), name=name)
    yield from problems
    seen: set[str] = set()
    for place, item in objects:
        yield from _url(item, "id", place, required=True)
        resource = item.get("id")
        if isinstance(resource, str):
            if resource in seen:
                yield _problem("VCDM-RELATED-TWICE", (*place, "id"))
            seen.add(resource)
        if not any(digest in item for digest in _DIGESTS):
            yield _problem("VCDM-DIGEST", place)
        for digest in _DIGESTS:
            if digest in item and not _is_text_or_texts(item[digest]):
                yield _problem("VCDM-DIGEST", (*place, digest))


def _url(value: JsonObject, name: str, at: _Steps, *, required: bool = False) -> Iterator[ModelProblem]:
    if name not in value:
        if required:
            yield _required(name, at)
    elif not _is_url(value[name]):
        yield _problem("VCDM-URL", (*at, name), name=name)


def _is_url(value: JsonValue) -> bool:
    return isinstance(value, str) and _URL.fullmatch(value) is not None


def _items(value: JsonValue, at: _Steps) -> Iterator[tuple[_Steps, JsonValue]]:
    """Go through an array with the place of each item; a single value is an array of one."""
    if isinstance(value, list):
        yield from (((*at, position), item) for position, item in enumerate(value))
    else:
        yield at, value


def _objects(
    value: JsonValue, at: _Steps, *, name: str
) -> tuple[list[tuple[_Steps, JsonObject]], list[ModelProblem]]:
    """Part the objects that a member has from what is none; an empty array has no value at all."""
    items = list(_items(value, at))
    wrong = [place for place, item in items if not isinstance(item, dict)] if items else [at]
    objects = [(place, item) for place, item in items if isinstance(item, dict)]
    return objects, [_problem("VCDM-OBJECT", place, name=name) for place in wrong]


def _is_text_or_texts(value: JsonValue) -> bool:
    items = [item for _, item in _items(value, ())]
    return bool(items) and all(isinstance(item, str) and item for item in items)


def _required(name: str, at: _Steps) -> ModelProblem:
    return _problem("VCDM-REQUIRED", (*at, name), name=name)


def _problem(code: str, at: _Steps, **details: str | int) -> ModelProblem:
    return ModelProblem(code, pointer(*at), details)
