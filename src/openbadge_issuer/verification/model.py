"""Does the document say what the data model requires, in the form it requires?"""

from __future__ import annotations

from itertools import islice

from openbadge_issuer.assertions.context_urls import CREDENTIALS_V1
from openbadge_issuer.assertions.interop import interop_problems
from openbadge_issuer.assertions.json_text import JsonObject
from openbadge_issuer.assertions.outline import Outline
from openbadge_issuer.assertions.problems import ModelProblem
from openbadge_issuer.assertions.reading import credential_problems, outline_of
from openbadge_issuer.assertions.results import result_problems
from openbadge_issuer.assertions.type_names import EXTENSION_TYPES
from openbadge_issuer.verification.report import MAX_ALIKE, Finding, broken, finding
from openbadge_issuer.verification.status_list_model import check_list_model, is_status_list
from openbadge_issuer.verification.subject import BADGE_TYPES, string_items

OPEN_BADGES = "Open Badges 3.0"
LEARNER_RECORD = "CLR 2.0"
STATUS_LIST = "Bitstring Status List 1.0"

_ASSOCIATIONS = frozenset({"association"})


def specification_of(document: JsonObject) -> str:
    """Name the specification that a document follows."""
    types = string_items(document.get("type"))
    if not BADGE_TYPES.isdisjoint(types):
        return LEARNER_RECORD if "ClrCredential" in types else OPEN_BADGES
    return STATUS_LIST if is_status_list(document) else OPEN_BADGES


def check_model(document: JsonObject, seen: Outline | None = None) -> tuple[Finding, ...]:
    """Check a document against the data model of the kind and version that it names.

    Args:
        document: the document.
        seen: its outline, if it was made already.
    """
    specification = specification_of(document)
    if specification == STATUS_LIST:
        findings = list(check_list_model(document))
    else:
        findings = _check_badge(document, seen or outline_of(document))
    if not any(one.severity == "error" for one in findings):
        findings.insert(0, finding("MODEL-VALID", "passed", specification=specification))
    return tuple(findings)


def _check_badge(document: JsonObject, seen: Outline) -> list[Finding]:
    found = (
        *credential_problems(document, seen),
        *result_problems(document),
        *_association_problems(document, seen),
        *_extension_problems(document, seen),
        *interop_problems(document, seen),
    )
    findings = [broken(one.code, one.pointer, one.details) for one in islice(found, MAX_ALIKE)]
    if CREDENTIALS_V1 in string_items(document.get("@context")):
        findings.append(finding("OB3-VCDM-1", "failed", "/@context"))
    return findings


def _association_problems(document: JsonObject, seen: Outline) -> tuple[ModelProblem, ...]:
    if seen.lacks(_ASSOCIATIONS):
        return ()
    # Local: only learner records have associations, and their models take time to load.
    from openbadge_issuer.assertions.learner_record import association_problems  # noqa: PLC0415

    return association_problems(document)


def _extension_problems(document: JsonObject, seen: Outline) -> tuple[ModelProblem, ...]:
    if EXTENSION_TYPES.isdisjoint(seen.types):
        return ()
    # Local: few badges have extensions, and their models take time to make.
    from openbadge_issuer.assertions.extensions import extension_problems  # noqa: PLC0415

    return extension_problems(document)
