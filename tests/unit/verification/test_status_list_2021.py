"""StatusList2021 is read: in tokens at once, under embedded proofs with the context given along."""

from __future__ import annotations

from datetime import timedelta

import pytest

from issued_badges import KEY, NOW, outcomes
from openbadge_issuer.assertions.json_text import JsonObject, dump_json
from openbadge_issuer.assertions.moments import write_date_time
from openbadge_issuer.jsonld.contexts import ContextLoader
from openbadge_issuer.signing.cryptosuite import add_proof
from openbadge_issuer.signing.data_integrity import ProofOptions
from openbadge_issuer.signing.vc_jwt import sign_jwt
from unit.verification.published_lists import (
    CONTEXT_2021,
    INDEX,
    METHOD,
    URL,
    badge_in_token,
    entry,
    judged,
    list_of_2021,
    message,
    signed_list,
    token_of_version_1,
)

_TERMS = "https://w3id.org/vc/status-list#"
CONTEXT: JsonObject = {
    "@context": {
        "StatusList2021Credential": f"{_TERMS}StatusList2021Credential",
        "StatusList2021": f"{_TERMS}StatusList2021",
        "statusPurpose": f"{_TERMS}statusPurpose",
        "encodedList": f"{_TERMS}encodedList",
    }
}
BADGE = badge_in_token(entry(type="StatusList2021Entry"))


def embedded(document: JsonObject) -> bytes:
    """Sign a list with an embedded proof."""
    loader = ContextLoader({CONTEXT_2021: CONTEXT})
    options = ProofOptions(verification_method=METHOD, created=NOW)
    return dump_json(add_proof(document, KEY, options, loader=loader))


@pytest.mark.parametrize("issuer", [KEY.did_key, "absent"])
@pytest.mark.parametrize(("bits", "accepted"), [((), True), ((INDEX,), False)])
def test_a_list_in_a_token_is_read(issuer: str, bits: tuple[int, ...], accepted: bool) -> None:  # noqa: FBT001  # a parameter of the test
    published = token_of_version_1(list_of_2021(*bits, changes={"issuer": issuer}))
    report = judged(BADGE, published)
    assert outcomes(report)["STATUS-LIST-2021"] == "failed"
    assert outcomes(report)["STATUS-REVOKED"] == ("passed" if accepted else "failed")
    assert report.verdicts["status"] == ("passed" if accepted else "failed")


def test_an_embedded_proof_needs_the_drafts_context() -> None:
    published = embedded(list_of_2021(INDEX))
    report = judged(BADGE, published)
    assert outcomes(report)["STATUS-LIST-UNPROVEN"] == "undetermined"
    assert "CONTEXT-UNKNOWN" in message(report, "STATUS-LIST-UNPROVEN")
    given = judged(BADGE, published, documents={URL: published, CONTEXT_2021: dump_json(CONTEXT)})
    assert outcomes(given)["STATUS-REVOKED"] == "failed"
    contexts = judged(BADGE, published, contexts={CONTEXT_2021: CONTEXT})
    assert outcomes(contexts)["STATUS-REVOKED"] == "failed"


def test_a_context_that_is_broken_leaves_the_status_open() -> None:
    given = {URL: embedded(list_of_2021()), CONTEXT_2021: b"<html></html>"}
    report = judged(BADGE, None, documents=given)
    assert outcomes(report)["JSON-SYNTAX"] == "undetermined"
    assert not report


def test_a_list_that_has_expired_is_not_believed() -> None:
    end = NOW + timedelta(days=1)
    document = list_of_2021(changes={"expirationDate": write_date_time(end)})
    report = judged(BADGE, token_of_version_1(document, exp=int(end.timestamp())))
    assert outcomes(report)["STATUS-LIST-NOT-CURRENT"] == "undetermined"


def test_an_entry_of_the_draft_is_not_answered_by_a_newer_list() -> None:
    report = judged(BADGE, signed_list(INDEX))
    assert outcomes(report)["STATUS-LIST-TYPE"] == "undetermined"
    assert "StatusList2021Credential" in message(report, "STATUS-LIST-TYPE")


def test_a_list_of_the_draft_under_an_unknown_first_context_is_not_believed() -> None:
    document = list_of_2021(changes={"@context": [CONTEXT_2021], "validFrom": write_date_time(NOW)})
    report = judged(BADGE, sign_jwt(document, KEY, kid=METHOD).encode())
    assert outcomes(report)["STATUS-LIST-CONTEXT"] == "undetermined"
