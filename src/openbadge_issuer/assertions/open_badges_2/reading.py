"""Which model a document of Open Badges 2.0 is read by, and what is asked of a document as a whole."""

from __future__ import annotations

from types import MappingProxyType
from typing import Final

from openbadge_issuer.assertions.json_text import JsonObject, JsonValue, pointer
from openbadge_issuer.assertions.json_walk import strings_of
from openbadge_issuer.assertions.open_badges_2.assertion import Assertion, Evidence, RevokedAssertion
from openbadge_issuer.assertions.open_badges_2.badge_class import AlignmentObject, BadgeClass, Criteria
from openbadge_issuer.assertions.open_badges_2.cryptographic_key import CryptographicKey
from openbadge_issuer.assertions.open_badges_2.extensions import extension_problems
from openbadge_issuer.assertions.open_badges_2.image import Image
from openbadge_issuer.assertions.open_badges_2.node import BadgeNode
from openbadge_issuer.assertions.open_badges_2.profile import Endorsement, Issuer, RevokedEndorsement
from openbadge_issuer.assertions.open_badges_2.revocation_list import RevocationList
from openbadge_issuer.assertions.open_badges_2.versions import CONTEXTS
from openbadge_issuer.assertions.problems import ModelProblem
from openbadge_issuer.errors import ModelError

_CLASSES: Final = MappingProxyType[str, type[BadgeNode]](
    {
        "Assertion": Assertion,
        "BadgeClass": BadgeClass,
        "Issuer": Issuer,
        "Profile": Issuer,
        "CryptographicKey": CryptographicKey,
        "RevocationList": RevocationList,
        "Endorsement": Endorsement,
        "AlignmentObject": AlignmentObject,
        "Criteria": Criteria,
        "Evidence": Evidence,
        "Image": Image,
    }
)
_REVOKED: Final = MappingProxyType[type[BadgeNode], type[BadgeNode]](
    {Assertion: RevokedAssertion, Endorsement: RevokedEndorsement}
)
_NAMESPACES = ("https://w3id.org/openbadges#", "obi:")
_MAX_SHOWN = 80


def object_class(document: JsonObject) -> type[BadgeNode]:
    """Choose the model of an object by its types; one that is revoked has a model of its own.

    Raises:
        ModelError: `type` is missing, or names no class of Open Badges 2.0 (OB2-TYPE).
    """
    types = strings_of(document.get("type", document.get("@type")))
    revoked = document.get("revoked") is True
    if not types:
        if revoked:
            return RevokedAssertion  # all that a revoked badge need say is its id
        raise ModelError("MODEL-REQUIRED", pointer("type"), name="type")
    for name in map(_bare, types):
        if (cls := _CLASSES.get(name)) is not None:
            return _REVOKED.get(cls, cls) if revoked else cls
    raise ModelError("OB2-TYPE", pointer("type"), value=", ".join(types)[:_MAX_SHOWN])


def check_document(document: JsonObject) -> tuple[BadgeNode | None, tuple[ModelProblem, ...]]:
    """Read a whole document: its context, its object, and the extensions in it.

    Returns:
        The model, or None if it cannot be built; and everything that is wrong. Extensions of which nothing
        is known are among the problems, with a code that is a warning.
    """
    found = [*_context_problems(document)]
    try:
        model, problems = object_class(document).check(document)
    except ModelError as error:
        model, problems = None, (ModelProblem(error.code, error.pointer, error.details),)
    return model, (*found, *problems, *extension_problems(document))


def _context_problems(document: JsonObject) -> tuple[ModelProblem, ...]:
    if "@context" not in document:
        return (ModelProblem("MODEL-REQUIRED", pointer("@context"), {"name": "@context"}),)
    if not _names_open_badges(document["@context"]):
        return (ModelProblem("OB2-CONTEXT", pointer("@context")),)
    return ()


def _names_open_badges(contexts: JsonValue) -> bool:
    """Tell whether the context is that of 2.0, or one written out, which may be a copy of it."""
    items = contexts if isinstance(contexts, list) else [contexts]
    return any(item in CONTEXTS if isinstance(item, str) else isinstance(item, dict) for item in items)


def _bare(name: str) -> str:
    for namespace in _NAMESPACES:
        name = name.removeprefix(namespace)
    return name
