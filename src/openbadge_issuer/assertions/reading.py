"""Which model a document is read by: the types say which credential, the contexts say which version."""

from __future__ import annotations

from typing import TYPE_CHECKING

from openbadge_issuer.assertions.acceptance.accepting import accepts
from openbadge_issuer.assertions.acceptance.plain import plain_outline
from openbadge_issuer.assertions.context_urls import names_version_1
from openbadge_issuer.assertions.json_text import JsonObject
from openbadge_issuer.assertions.json_walk import strings_of
from openbadge_issuer.assertions.outline import Outline, outline
from openbadge_issuer.assertions.problems import ModelProblem
from openbadge_issuer.assertions.type_names import BADGE_TYPES

if TYPE_CHECKING:  # what the tables accept needs no model, and the models take time to load
    from openbadge_issuer.assertions.verifiable_credential import VerifiableCredential


def credential_kind(document: JsonObject) -> str:
    """Choose the class of a credential by its types, and by the version that its contexts name.

    A document that names none of the types of Open Badges and CLR is held to be a badge, whose model
    then says that its type is missing.
    """
    named = frozenset(strings_of(document.get("type")))
    kind = "AchievementCredential"
    if not named & BADGE_TYPES:
        kind = next((one for one in ("ClrCredential", "EndorsementCredential") if one in named), kind)
    return f"{kind}V1" if names_version_1(document) else kind


def credential_class(document: JsonObject) -> type[VerifiableCredential]:
    """Return the class that `credential_kind` names."""
    from openbadge_issuer.assertions import clr, credential, verifiable_credential  # noqa: PLC0415  # as above

    classes = (
        credential.AchievementCredential,
        credential.AchievementCredentialV1,
        verifiable_credential.EndorsementCredential,
        verifiable_credential.EndorsementCredentialV1,
        clr.ClrCredential,
        clr.ClrCredentialV1,
    )
    kind = credential_kind(document)
    return next(one for one in classes if one.__name__ == kind)


def outline_of(document: JsonObject) -> Outline:
    """Return the outline of a document, which of a plain credential is known without a look at its names."""
    return plain_outline(credential_kind(document), document) or outline(document)


def credential_problems(document: JsonObject, seen: Outline) -> tuple[ModelProblem, ...]:
    """List what the model of a credential finds wrong with it.

    Args:
        document: any JSON.
        seen: its outline.
    """
    if seen.plain or accepts(credential_kind(document), document):
        return ()
    return credential_class(document).check(document)[1]
