"""Does the document say what the data model requires, in the form it requires?"""

from __future__ import annotations

from itertools import islice

from openbadge_issuer.assertions import credential_class
from openbadge_issuer.assertions.context_urls import CREDENTIALS_V1
from openbadge_issuer.assertions.interop import interop_problems
from openbadge_issuer.assertions.json_text import JsonObject
from openbadge_issuer.assertions.json_walk import parts, strings_of
from openbadge_issuer.assertions.learner_record import association_problems
from openbadge_issuer.assertions.problems import ModelProblem
from openbadge_issuer.assertions.results import result_problems
from openbadge_issuer.verification.report import MAX_ALIKE, Finding, broken, finding
from openbadge_issuer.verification.status_list_model import check_list_model, is_status_list
from openbadge_issuer.verification.subject import is_badge, string_items

OPEN_BADGES = "Open Badges 3.0"
LEARNER_RECORD = "CLR 2.0"
STATUS_LIST = "Bitstring Status List 1.0"

EXTENSION_TYPES = frozenset(
    {
        "Accessibility",
        "AccreditationProfile",
        "ApplyLinkAchievement",
        "AssessmentResultDescription",
        "CCAchievement",
        "IssuerAccreditationProfile",
        "Place",
    }
)
"""The types that the extensions of 1EdTech add; a badge with one of them is held to the extension too."""


def _extension_problems(document: JsonObject) -> tuple[ModelProblem, ...]:
    if not any(EXTENSION_TYPES & set(strings_of(part.get("type"))) for _, part in parts(document)):
        return ()
    # Local: few badges have extensions, and their models take 25 ms to make.
    from openbadge_issuer.assertions.extensions import extension_problems  # noqa: PLC0415

    return extension_problems(document)


# What no schema can say: links between members, and what some readers stumble over.
_FURTHER = (result_problems, association_problems, _extension_problems, interop_problems)


def specification_of(document: JsonObject) -> str:
    """Name the specification that a document follows."""
    if is_badge(document):
        return LEARNER_RECORD if "ClrCredential" in string_items(document.get("type")) else OPEN_BADGES
    return STATUS_LIST if is_status_list(document) else OPEN_BADGES


def check_model(document: JsonObject) -> tuple[Finding, ...]:
    """Check a document against the data model of the kind and version that it names."""
    specification = specification_of(document)
    findings = list(check_list_model(document) if specification == STATUS_LIST else _check_badge(document))
    if not any(one.severity == "error" for one in findings):
        findings.insert(0, finding("MODEL-VALID", "passed", specification=specification))
    return tuple(findings)


def _check_badge(document: JsonObject) -> tuple[Finding, ...]:
    _, problems = credential_class(document).check(document)
    found = [*problems, *(problem for check in _FURTHER for problem in check(document))]
    findings = [broken(one.code, one.pointer, one.details) for one in islice(found, MAX_ALIKE)]
    if CREDENTIALS_V1 in string_items(document.get("@context")):
        findings.append(finding("OB3-VCDM-1", "failed", "/@context"))
    return tuple(findings)
