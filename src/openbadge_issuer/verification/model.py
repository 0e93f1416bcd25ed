"""Does the document say what the data model requires, in the form it requires?"""

from __future__ import annotations

from openbadge_issuer.assertions import CREDENTIALS_V1, credential_class
from openbadge_issuer.assertions.json_text import JsonObject
from openbadge_issuer.verification.report import MAX_ALIKE, Finding, broken, finding
from openbadge_issuer.verification.subject import string_items


def check_model(document: JsonObject) -> tuple[Finding, ...]:
    """Check a document against the data model of the version that its contexts name."""
    model = credential_class(document)
    _, problems = model.check(document)
    if problems:
        return tuple(
            broken(problem.code, problem.pointer, problem.details) for problem in problems[:MAX_ALIKE]
        )
    old = CREDENTIALS_V1 in string_items(document.get("@context"))
    findings = [finding("MODEL-VALID", "passed", specification="Open Badges 3.0")]
    if old:
        findings.append(finding("OB3-VCDM-1", "failed", "/@context"))
    return tuple(findings)
