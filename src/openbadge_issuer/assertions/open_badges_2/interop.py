"""What Open Badges 2.0 allows and its validators refuse, or what is unwise: remarks on a document.

Sources: the 1EdTech validators of 2.0 (Python and Java), whose rules are stricter than the specification in
places; the clause of each rule says which.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from openbadge_issuer.assertions.json_text import JsonObject, JsonValue, pointer
from openbadge_issuer.assertions.json_walk import Place, object_of, objects_of, parts, strings_of
from openbadge_issuer.assertions.open_badges_2.identity import IDENTITY_TYPES
from openbadge_issuer.assertions.open_badges_2.values import is_identity_hash
from openbadge_issuer.assertions.open_badges_2.versions import CONTEXTS
from openbadge_issuer.assertions.problems import ModelProblem

_WEB = re.compile(r"https?://", re.IGNORECASE)
_KNOWN_ID = re.compile(
    r"https?://.+|_:.+"
    r"|urn:uuid:[0-9a-f]{8}-[0-9a-f]{4}-[1-5][0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}",
    re.IGNORECASE,
)
_EMAIL = re.compile(r"[^@\s]+@[^@\s]+")
_TELEPHONE = re.compile(r"\+?[1-9]\d{1,14}(;ext=\d+)?", re.ASCII)
_REGISTERED_NAME = re.compile(
    r"(?=.{4,253}$)([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z]{2,63}", re.IGNORECASE
)

_PROFILES = frozenset({"Issuer", "Profile"})
_OBJECTS = frozenset({"Assertion", "BadgeClass", "Endorsement"})
_MAX_SHOWN = 80


def interop_problems(document: JsonObject) -> tuple[ModelProblem, ...]:
    """List what breaks no rule of Open Badges 2.0 and should be different all the same.

    It works on any JSON and raises nothing.
    """
    return tuple(_problems(document))


def _problems(document: JsonObject) -> Iterator[ModelProblem]:
    yield from _context(document)
    for place, part in parts(document, passing_over=frozenset({"@context"})):
        types = set(strings_of(part.get("type")))
        if types & _PROFILES:
            yield from _profile(place, part)
        elif types & _OBJECTS:
            yield from _matched(part, place, "id", _KNOWN_ID, "OB2-ID-SCHEME")
        if "Assertion" in types:
            yield from _recipient((*place, "recipient"), object_of(part, "recipient"))


def _context(document: JsonObject) -> Iterator[ModelProblem]:
    contexts = document.get("@context")
    first = contexts[0] if isinstance(contexts, list) and contexts else contexts
    if contexts is not None and (not isinstance(first, str) or first not in CONTEXTS):
        yield ModelProblem("OB2-CONTEXT-FIRST", pointer("@context"))


def _profile(place: Place, part: JsonObject) -> Iterator[ModelProblem]:
    yield from _matched(part, place, "id", _WEB, "OB2-PROFILE-ID")
    yield from _matched(part, place, "url", _WEB, "OB2-URL")
    yield from _matched(part, place, "email", _EMAIL, "OB2-EMAIL")
    yield from _matched(part, place, "telephone", _TELEPHONE, "OB2-TELEPHONE")
    keys = part.get("publicKey")
    if isinstance(keys, list) and len(keys) > 1:
        yield _problem("OB2-SEVERAL-KEYS", (*place, "publicKey"), str(len(keys)))
    for above, scope in objects_of(part, "verification", place):
        yield from _scope(above, scope)


def _scope(place: Place, scope: JsonObject) -> Iterator[ModelProblem]:
    yield from _matched(scope, place, "verificationProperty", re.compile("id|@id"), "OB2-SCOPE-PROPERTY")
    for step, start in _strings(scope, "startsWith"):
        if not _WEB.match(start) or not start.endswith("/"):
            yield _problem("OB2-STARTS-WITH", (*place, *step), start)
    for step, host in _strings(scope, "allowedOrigins"):
        if not _REGISTERED_NAME.fullmatch(host):
            yield _problem("OB2-ORIGIN-NAME", (*place, *step), host)


def _recipient(place: Place, recipient: JsonObject) -> Iterator[ModelProblem]:
    kind, identity = recipient.get("type"), recipient.get("identity")
    if isinstance(kind, str) and kind not in IDENTITY_TYPES:
        yield _problem("OB2-IDENTITY-TYPE", (*place, "type"), kind)
    if not isinstance(identity, str):
        return
    if recipient.get("hashed") is False:
        if is_identity_hash(identity):
            yield _problem("OB2-IDENTITY-PLAIN", (*place, "identity"), identity)
        elif kind == "email" and not _EMAIL.fullmatch(identity):
            yield _problem("OB2-EMAIL", (*place, "identity"), identity)
    elif identity.startswith("md5$"):
        yield _problem("OB2-MD5", (*place, "identity"), identity)


def _matched(
    part: JsonObject, place: Place, name: str, form: re.Pattern[str], code: str
) -> Iterator[ModelProblem]:
    value = part.get(name)
    matches = form.match if form is _WEB else form.fullmatch
    if isinstance(value, str) and not matches(value):
        yield _problem(code, (*place, name), value)


def _strings(part: JsonObject, name: str) -> Iterator[tuple[Place, str]]:
    value: JsonValue = part.get(name)
    if isinstance(value, str):
        yield (name,), value
    for index, item in enumerate(value if isinstance(value, list) else []):
        if isinstance(item, str):
            yield (name, index), item


def _problem(code: str, place: Place, value: str) -> ModelProblem:
    return ModelProblem(code, pointer(*place), {"value": value[:_MAX_SHOWN]})
