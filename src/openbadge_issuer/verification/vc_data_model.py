"""Any credential or presentation against the VC Data Model 2.0: its JSON, and its meaning."""

from __future__ import annotations

from dataclasses import replace

from openbadge_issuer.assertions.json_text import JsonObject, JsonValue
from openbadge_issuer.assertions.vc_data_model import check_vc_data_model
from openbadge_issuer.errors import CanonicalizationError, ContextError, LimitError
from openbadge_issuer.jsonld.canonical import UndefinedMember, canonical_form
from openbadge_issuer.jsonld.contexts import PINNED, ContextLoader
from openbadge_issuer.jsonld.shown import shown
from openbadge_issuer.verification.report import Finding, broken, finding_of


def validate_credential(document: JsonObject, *, loader: ContextLoader = PINNED) -> list[Finding]:
    """Check the data model of a credential or presentation, badge or not; no proof, no status, no dates.

    Besides the rules on its JSON, every type and member must have a meaning in the contexts (VC Data Model
    2.0, sections "Types" and "Contexts"); a context that is not known leaves that undetermined. Proofs are
    left out of this: their terms are those of the securing mechanism, not of the credential.

    Args:
        document: the credential or presentation.
        loader: the contexts that are known; none is fetched.

    Returns:
        What is wrong; an empty list means nothing.
    """
    findings = [
        broken(problem.code, problem.pointer, problem.details) for problem in check_vc_data_model(document)
    ]
    try:
        form = canonical_form(_without_proofs(document), loader=loader)
    except (ContextError, LimitError) as error:
        return [*findings, finding_of(error, "undetermined", verdict="integrity", severity="error")]
    except CanonicalizationError as error:
        return [*findings, finding_of(error, "failed", verdict="integrity", severity="error")]
    return [*findings, *map(_unsigned, form.undefined)]


def _unsigned(member: UndefinedMember) -> Finding:
    """Report a member without a meaning; a direction has one, it only gets lost under some proofs."""
    found = broken(member.code, member.pointer, {"name": shown(member.name)})
    return replace(found, severity="warning") if member.code == "JSONLD-DIRECTION" else found


def _without_proofs(document: JsonObject) -> JsonObject:
    bare = {name: value for name, value in document.items() if name != "proof"}
    presented = bare.get("verifiableCredential")
    if isinstance(presented, list):
        bare["verifiableCredential"] = [_without_proof(item) for item in presented]
    elif presented is not None:
        bare["verifiableCredential"] = _without_proof(presented)
    return bare


def _without_proof(value: JsonValue) -> JsonValue:
    if not isinstance(value, dict):
        return value
    return {name: part for name, part in value.items() if name != "proof"}
