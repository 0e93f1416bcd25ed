"""Documents made of generated models, tamed so far that most of them can be signed."""

from __future__ import annotations

import re

from openbadge_issuer.assertions import Achievement, Address, Alignment, Evidence, Profile, Related
from openbadge_issuer.assertions.json_text import JsonObject, JsonValue
from openbadge_issuer.assertions.node import Node

CREDENTIALS_V2 = "https://www.w3.org/ns/credentials/v2"
OPEN_BADGES = "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json"
LEFT_OUT = frozenset(
    {
        "proof",
        "credentialSchema",
        "credentialStatus",
        "refreshService",
        "termsOfUse",
        "endorsement",
        "@direction",
    }
)
KNOWN_TYPES = frozenset(
    kind.__name__ for kind in (Achievement, Address, Alignment, Evidence, Profile, Related)
) | {
    *("VerifiableCredential", "OpenBadgeCredential", "EndorsementCredential", "AchievementSubject", "Result"),
    *("ResultDescription", "RubricCriterionLevel", "EndorsementSubject"),
}
LANGUAGE = re.compile(r"[a-z]{2}(-[A-Z]{2})?")


def signable(value: JsonValue) -> JsonValue:
    """Leave out what no context defines and what is refused anyway, so that there is something to compare."""
    if isinstance(value, dict):
        if value and all(
            LANGUAGE.fullmatch(name) for name in value
        ):  # a language map, which no context knows
            return "text"
        kept = {
            name: part for name, part in value.items() if not name.startswith("x:") and name != "@context"
        }
        types = kept.get("type")
        if isinstance(types, list):
            kept["type"] = [name for name in types if name in KNOWN_TYPES]
        return {name: signable(part) for name, part in kept.items() if name not in LEFT_OUT}
    if isinstance(value, list):
        return [signable(item) for item in value]
    if isinstance(value, float):  # most of what is drawn has too many digits to be signed
        return round(value % 1000, 2)
    if isinstance(value, str):  # pyld writes control characters raw, canonical N-Quads escapes them
        return "".join(letter if letter.isprintable() else " " for letter in value)
    return value


def prepared(model: Node, *contexts: str) -> JsonObject:
    document = signable(model.to_json())
    assert isinstance(document, dict)
    return {"@context": [CREDENTIALS_V2, *contexts], **document}
