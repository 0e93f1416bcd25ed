"""Does the document say what the data model requires, in the form it requires?"""

from __future__ import annotations

from itertools import islice

from openbadge_issuer.assertions import CREDENTIALS_V1, credential_class
from openbadge_issuer.assertions.extensions import extension_problems
from openbadge_issuer.assertions.interop import interop_problems
from openbadge_issuer.assertions.json_text import JsonObject
from openbadge_issuer.assertions.learner_record import association_problems
from openbadge_issuer.assertions.results import result_problems
from openbadge_issuer.verification.report import MAX_ALIKE, Finding, broken, finding
from openbadge_issuer.verification.subject import string_items

OPEN_BADGES = "Open Badges 3.0"
LEARNER_RECORD = "CLR 2.0"

# What no schema can say: links between members, and what some readers stumble over.
_FURTHER = (result_problems, association_problems, extension_problems, interop_problems)


def specification_of(document: JsonObject) -> str:
    """Name the specification that a document follows."""
    return LEARNER_RECORD if "ClrCredential" in string_items(document.get("type")) else OPEN_BADGES


def check_model(document: JsonObject) -> tuple[Finding, ...]:
    """Check a document against the data model of the kind and version that it names."""
    model = credential_class(document)
    _, problems = model.check(document)
    found = [*problems, *(problem for check in _FURTHER for problem in check(document))]
    findings = [broken(one.code, one.pointer, one.details) for one in islice(found, MAX_ALIKE)]
    if CREDENTIALS_V1 in string_items(document.get("@context")):
        findings.append(finding("OB3-VCDM-1", "failed", "/@context"))
    if not any(one.severity == "error" for one in findings):
        findings.insert(0, finding("MODEL-VALID", "passed", specification=specification_of(document)))
    return tuple(findings)
