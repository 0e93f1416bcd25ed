"""The data model of a status list credential: where a badge names it, and where it is verified by itself."""

from __future__ import annotations

from collections.abc import Iterable

from openbadge_issuer.assertions.context_urls import CREDENTIALS_V1, CREDENTIALS_V2
from openbadge_issuer.assertions.json_text import JsonObject, JsonValue
from openbadge_issuer.assertions.problems import ModelProblem
from openbadge_issuer.assertions.vc_data_model import check_vc_data_model
from openbadge_issuer.errors import OpenBadgeError
from openbadge_issuer.status import PublishedStatusList, read_status_list
from openbadge_issuer.status.reading import LIST_CREDENTIAL_TYPE, LIST_CREDENTIAL_TYPE_2021
from openbadge_issuer.verification.report import Finding, broken, finding, finding_of
from openbadge_issuer.verification.subject import string_items

LIST_TYPES = frozenset({LIST_CREDENTIAL_TYPE, LIST_CREDENTIAL_TYPE_2021})


def is_status_list(document: JsonObject) -> bool:
    """Tell whether a document calls itself a status list credential."""
    return bool(LIST_TYPES & set(string_items(document.get("type"))))


def check_list_model(document: JsonObject) -> tuple[Finding, ...]:
    """Check a status list that is verified by itself (Bitstring Status List 1.0, section 2.2).

    Here what breaks the VC Data Model is an error; a badge that names the list only gets a remark on it.
    """
    try:
        published = read_status_list(document)
    except OpenBadgeError as error:
        return (finding_of(error, "failed", verdict="integrity", severity="error"),)
    version_1 = _first_context(document) == CREDENTIALS_V1
    problems = () if version_1 else check_vc_data_model(document)
    found = (broken(one.code, one.pointer, one.details) for one in problems)
    return (*list_remarks(document, published, "", problems=()), *found)


def list_remarks(
    document: JsonObject, published: PublishedStatusList, place: str, *, problems: Iterable[ModelProblem]
) -> tuple[Finding, ...]:
    """Remark on the form of a list: most of what strict readers refuse is no reason to miss a revocation.

    Args:
        document: the list credential.
        published: the list in it.
        place: where a badge names it.
        problems: what it breaks of the VC Data Model 2.0.
    """
    first = _first_context(document)
    if published.type == LIST_CREDENTIAL_TYPE_2021:
        if first not in (CREDENTIALS_V1, CREDENTIALS_V2):
            return (finding("STATUS-LIST-CONTEXT", "undetermined", place, expected=CREDENTIALS_V1),)
        return (finding("STATUS-LIST-2021", "failed", place),)
    findings = [] if published.has_prefix else [finding("STATUS-LIST-MULTIBASE", "failed", place)]
    if first == CREDENTIALS_V1:
        return (*findings, finding("STATUS-LIST-VCDM-1", "failed", place))
    if first != CREDENTIALS_V2:
        return (finding("STATUS-LIST-CONTEXT", "undetermined", place, expected=CREDENTIALS_V2),)
    findings += [
        finding(_MODEL, "failed", place, place=problem.pointer, problem=problem.code) for problem in problems
    ]
    return tuple(findings)


def _first_context(document: JsonObject) -> JsonValue:
    value = document.get("@context")
    return (value[0] if value else None) if isinstance(value, list) else value


_MODEL = "STATUS-LIST-MODEL"
