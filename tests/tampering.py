"""Changes to a JSON document, each with its kind: what an attacker or a careless program does to a badge."""

from __future__ import annotations

import copy
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, TypeAlias

Path: TypeAlias = "tuple[str | int, ...]"
Json: TypeAlias = Any
"""JSON of any shape: these functions take documents apart blindly."""


@dataclass(frozen=True)
class Mutant:
    """A changed document: the kind of change, where it was made, and the result."""

    kind: str
    path: Path
    document: Json


SILENT: tuple[Json, ...] = (None, [], [None], [[]], {"@set": []})
SPEAKING: tuple[Json, ...] = (
    {},
    "x",
    "https://x.example/x",
    1,
    True,
    {"id": "https://x.example/i"},
    {"type": "Image"},
)
DEFINED = (
    "description",
    "image",
    "evidence",
    "termsOfUse",
    "https://x.example/p",
    "schema:name",
    "validUntil",
    "nonce",
)
UNDEFINED = ("unknown", "ID", "credentialstatus")
KEYWORDS = (
    "@foo", "@id", "@type", "@language", "@direction", "@index", "@graph", "@included", "@nest", "@reverse",
    "@set", "@list", "@value", "@none", "@version", "_:b",
)  # fmt: skip
IDLE_CONTEXTS: tuple[Json, ...] = (
    {"term": "https://x.example/t"},
    {"@vocab": "https://x.example/"},
    {"@protected": True},
    "https://w3id.org/security/data-integrity/v2",
)
HARMFUL_CONTEXTS: tuple[Json, ...] = (
    {"@language": "nl"},
    {"narrative": "https://x.example/n"},
    {"@base": "https://x.example/"},
    {"name": None},
    {"id": None},
    {"@import": "https://www.w3.org/ns/credentials/v2"},
    "https://www.w3.org/2018/credentials/v1",
    "https://purl.imsglobal.org/spec/ob/v3p0/context.json",
    "https://unknown.example/context",
    None,
)


def paths(value: Json, here: Path = ()) -> Iterator[tuple[Path, Json]]:
    """Give every value of a document with its path."""
    yield here, value
    if isinstance(value, dict):
        for name, part in value.items():
            yield from paths(part, (*here, name))
    elif isinstance(value, list):
        for place, part in enumerate(value):
            yield from paths(part, (*here, place))


def mutants(document: Json) -> Iterator[Mutant]:
    """Give every change of every kind."""
    for path, value in paths(document):
        if path:
            yield Mutant("deleted", path, _without(document, path))
            yield from _replaced(document, path, value)
        if isinstance(value, dict):
            yield from _extended(document, path, value)
            if path:
                yield from _with_own_context(document, path, value)
            yield from _renamed(document, path, value)
            yield from _moved(document, path, value)
        elif isinstance(value, list):
            yield from _rearranged(document, path, value)
        elif isinstance(value, str):
            yield from _reworded(document, path, value)
    yield from _other_contexts(document)
    yield from _other_proofs(document)


def _replaced(document: Json, path: Path, value: Json) -> Iterator[Mutant]:
    in_contexts = "@context" in path
    changes: list[tuple[str, Json]] = [
        ("other value", None),
        ("other value", {}),
        ("other value", {"@graph": value}),
        ("other value", {"@list": [value]}),
        ("other value", {"@value": value, "@language": "en"}),
        ("array around" if not in_contexts else "context that changes nothing", [value]),
        ("set around", {"@set": [value]}),
        ("item twice", [value, value]),
    ]
    if isinstance(value, str):
        changes.append(("value object", {"@value": value}))
        if value.isdigit():
            changes.append(("number for text", int(value)))
    if isinstance(value, bool):
        changes += [("text for truth", str(value).lower()), ("number for truth", int(value))]
    elif isinstance(value, int | float):
        changes += [("text for number", str(value)), ("other number", value + 1)]
    for kind, changed in changes:
        yield Mutant(kind, path, _put(document, path, changed))


def _reworded(document: Json, path: Path, text: str) -> Iterator[Mutant]:
    forms = (
        *(text.swapcase(), f"{text} ", f" {text}", f"{text}\u200b", f"\ufeff{text}", f"{text}\0", f"{text}/"),
        *(text.replace("https:", "http:"), text.replace("https:", "HTTPS:"), text.replace("a", "%61")),
        *(text.replace("Z", "+00:00"), text.replace("Z", ".000Z"), text.replace("e", "\u0435")),
        *(text[:-1], f"{text}e\u0301", f"{text}#"),
    )
    for form in dict.fromkeys(forms):
        yield Mutant("other text", path, _put(document, path, form))


def _rearranged(document: Json, path: Path, items: list[Json]) -> Iterator[Mutant]:
    if len(items) == 1:
        yield Mutant("array unwrapped", path, _put(document, path, items[0]))
    if len(items) > 1:
        yield Mutant("order of a set", path, _put(document, path, items[::-1]))
        yield Mutant("item lost", path, _put(document, path, items[:-1]))
    if items:
        yield Mutant("item twice", path, _put(document, path, [*items, items[-1]]))
        yield Mutant("items grouped", path, _put(document, path, [[items[0], "x"], *items[1:]]))
    for silent in SILENT:
        yield Mutant("item that says nothing", path, _put(document, path, [*items, silent]))
    for speaking in SPEAKING:
        kind = "item that says nothing" if speaking == {} and path[-1:] == ("@context",) else "item added"
        yield Mutant(kind, path, _put(document, path, [*items, speaking]))


def _extended(document: Json, path: Path, node: dict[str, Json]) -> Iterator[Mutant]:
    for names, kind in ((DEFINED, "member that says nothing"), (KEYWORDS, "keyword added")):
        for name in names:
            if name not in node:
                for silent in SILENT:
                    yield Mutant(kind, path, _put(document, path, {**node, name: silent}))
    for name in (*DEFINED, *UNDEFINED, *KEYWORDS):
        if name not in node:
            for speaking in SPEAKING:
                yield Mutant("member added", path, _put(document, path, {**node, name: speaking}))
    for name in UNDEFINED:
        yield Mutant("undefined member", path, _put(document, path, {**node, name: []}))


def _with_own_context(document: Json, path: Path, node: dict[str, Json]) -> Iterator[Mutant]:
    for context in ({}, [], *IDLE_CONTEXTS):
        changed = _put(document, path, {"@context": context, **node})
        yield Mutant("context that changes nothing", path, changed)
    for context in HARMFUL_CONTEXTS:
        known = context in document.get("@context", [])
        kind = "context that changes nothing" if known else "other context"
        yield Mutant(kind, path, _put(document, path, {"@context": context, **node}))


def _renamed(document: Json, path: Path, node: dict[str, Json]) -> Iterator[Mutant]:
    for name in node:
        for new in (
            f"@{name}",
            name.upper(),
            name.capitalize(),
            f"{name} ",
            f"ob:{name}",
            f"https://schema.org/{name}",
        ):
            if new not in node:
                changed = {(new if key == name else key): part for key, part in node.items()}
                yield Mutant("renamed", (*path, name), _put(document, path, changed))


def _moved(document: Json, path: Path, node: dict[str, Json]) -> Iterator[Mutant]:
    for name, inner in node.items():
        if not isinstance(inner, dict):
            continue
        for member, value in inner.items():
            if member not in node:
                rest = {key: part for key, part in inner.items() if key != member}
                yield Mutant(
                    "moved up",
                    (*path, name, member),
                    _put(document, path, {**node, name: rest, member: value}),
                )
        for member, value in node.items():
            if member not in inner and member not in (name, "@context"):
                rest = {key: part for key, part in node.items() if key != member}
                changed = {**rest, name: {**inner, member: value}}
                yield Mutant("moved down", (*path, member), _put(document, path, changed))


def _other_contexts(document: Json) -> Iterator[Mutant]:
    contexts = document.get("@context")
    if not isinstance(contexts, list):
        return
    path: Path = ("@context",)
    for context in ({}, *IDLE_CONTEXTS):
        yield Mutant("context that changes nothing", path, {**document, "@context": [*contexts, context]})
    for context in HARMFUL_CONTEXTS:
        kind = "context that changes nothing" if context in contexts else "other context"
        yield Mutant(kind, path, {**document, "@context": [*contexts, context]})
        yield Mutant("other context", path, {**document, "@context": [context, *contexts]})
    for place in range(len(contexts)):
        for context in (*IDLE_CONTEXTS, *HARMFUL_CONTEXTS):
            changed = [*contexts[:place], context, *contexts[place + 1 :]]
            yield Mutant("other context", (*path, place), {**document, "@context": changed})
    yield Mutant("other context", path, {**document, "@context": contexts[::-1]})


def _other_proofs(document: Json) -> Iterator[Mutant]:
    proof = document.get("proof")
    if not isinstance(proof, dict):
        return
    path: Path = ("proof",)
    yield Mutant("proof twice", path, {**document, "proof": [proof, proof]})
    for unknown in ({"type": "x"}, {**proof, "cryptosuite": "x"}, {**proof, "type": "Ed25519Signature2020"}):
        yield Mutant("proof beside", path, {**document, "proof": [proof, unknown]})
        yield Mutant("proof beside", path, {**document, "proof": [unknown, proof]})
        yield Mutant("other proof", path, {**document, "proof": unknown})
    for broken in (None, "x", 1, [], [proof], {**proof, "proofValue": "z1"}, {**proof, "created": None}):
        yield Mutant("broken proof", path, {**document, "proof": [proof, broken]})
        yield Mutant("broken proof", path, {**document, "proof": [broken, proof]})
    for member in ("id", "domain", "challenge", "nonce", "previousProof", "extra", "expires"):
        yield Mutant("proof extended", path, {**document, "proof": {**proof, member: "urn:uuid:7"}})


def _put(document: Json, path: Path, value: Json) -> Json:
    if not path:
        return value
    changed = copy.deepcopy(document)
    _parent(changed, path)[path[-1]] = value
    return changed


def _without(document: Json, path: Path) -> Json:
    changed = copy.deepcopy(document)
    del _parent(changed, path)[path[-1]]
    return changed


def _parent(document: Json, path: Path) -> Json:
    for step in path[:-1]:
        document = document[step]
    return document
