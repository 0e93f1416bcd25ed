"""The test suite of the VC Data Model 2.0: each of its documents is accepted or rejected as its name says."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from conformance_data import conformance_root
from openbadge_issuer.assertions.json_text import JsonObject, dump_json, parse_json_object
from openbadge_issuer.jsonld.contexts import PINNED, ContextLoader
from openbadge_issuer.verification.vc_data_model import validate_credential

SUITE = "vectors/vc-data-model-2.0-test-suite"
EXAMPLES_CONTEXT = "https://www.w3.org/ns/credentials/examples/v2"

REASONS = {
    "credential-context-combo4-fail": "VCDM-CONTEXT-ITEM",
    "credential-evidence-missing-type-fail": "VCDM-REQUIRED",
    "credential-id-multi-fail": "VCDM-URL",
    "credential-id-not-url-fail": "VCDM-URL",
    "credential-id-subject-multi-fail": "VCDM-URL",
    "credential-issuer-null-fail": "VCDM-URL",
    "credential-issuer-object-id-no-url-fail": "VCDM-URL",
    "credential-missing-base-context-fail-or-inject": "VCDM-CONTEXT-FIRST",
    "credential-no-context-fail-or-inject": "VCDM-REQUIRED",
    "credential-no-issuer-fail": "VCDM-REQUIRED",
    "credential-no-type-fail": "VCDM-REQUIRED",
    "credential-proof-missing-type-fail": "VCDM-REQUIRED",
    "credential-redef-type2-fail": "JSONLD-PROCESSING",
    "credential-refresh-no-type-fail": "VCDM-REQUIRED",
    "credential-schema-no-type-fail": "VCDM-REQUIRED",
    "credential-schema-non-url-id-fail": "VCDM-URL",
    "credential-status-missing-type-fail": "VCDM-REQUIRED",
    "credential-status-multiple-id-fail": "VCDM-URL",
    "credential-status-type-nonurl-fail": "VCDM-TYPE",
    "credential-subject-no-claims-fail": "VCDM-SUBJECT-EMPTY",
    "credential-termsofuse-missing-type-fail": "VCDM-REQUIRED",
    "credential-termsofuse-no-type-fail": "VCDM-REQUIRED",
    "credential-type-mapped-nonurl-fail": "JSONLD-PROCESSING",
    "credential-type-unmapped-fail": "JSONLD-UNMAPPED-TYPE",
    "credential-validUntil-validFrom-fail": "VCDM-DATE-ORDER",
    "credential-validfrom-invalid-fail": "VCDM-DATE",
    "credential-validuntil-invalid-fail": "VCDM-DATE",
    "credential-name-extra-prop-en-fail": "VCDM-TEXT",
    "issuer-name-extra-prop-en-fail": "VCDM-TEXT",
    "presentation-context-order-fail": "VCDM-CONTEXT-FIRST",
    "presentation-holder-fail": "VCDM-URL",
    "presentation-holder-object-fail": "VCDM-URL",
    "presentation-missing-base-context-fail": "VCDM-CONTEXT-FIRST",
    "presentation-no-context-fail-or-inject": "VCDM-REQUIRED",
    "presentation-vc-as-string-fail": "VCDM-PRESENTED",
    "presentation-vc-missing-required-type-fail": "VCDM-REQUIRED",
}
"""Every document that must be rejected, with the rule that it breaks."""

UNDECIDED = {"presentation-self-asserted-vc-issuer-mismatch", "presentation-self-asserted-vc-no-holder"}
"""Of these the suite judges what an issuer makes of them; unsigned, no credential shows who asserts it."""


def _cases() -> Iterator[object]:
    root = conformance_root()
    if root is None:
        yield pytest.param("", "", marks=pytest.mark.skip(reason="the conformance data is not here"))
        return
    for case in json.loads((root / SUITE / "expected.json").read_bytes())["cases"]:
        yield pytest.param(case["file"], case["verdict"], id=case["file"])


def as_issued(name: str, document: JsonObject) -> JsonObject:
    """Complete an input of the suite as its runner and the issuer behind it do.

    They add the issuer, and put dates in the place of words.
    """
    completed = {**document}
    issuer = document.get("issuer", {})
    if "presentation-" not in name and "no-issuer" not in name and isinstance(issuer, dict):
        completed["issuer"] = {"id": "did:example:issuer", **issuer}
    dates = {"FUTURE DATE": "2099-01-01T00:00:00Z", "PAST DATE": "2001-01-01T00:00:00Z"}
    for member in ("validFrom", "validUntil"):
        written = completed.get(member)
        if isinstance(written, str):
            completed[member] = dates.get(written, written)
    return completed


@pytest.fixture(scope="module")
def loader() -> ContextLoader:
    """Know the context of the examples too, which is not pinned."""
    root = conformance_root()
    if root is None:
        pytest.skip("the conformance data is not here")
    folder = root / "contexts"
    index = json.loads((folder / "index.json").read_bytes())
    listed = index.get("contexts", index)[EXAMPLES_CONTEXT]
    return PINNED.with_extra({EXAMPLES_CONTEXT: parse_json_object((folder / listed["file"]).read_bytes())})


@pytest.mark.parametrize(("name", "verdict"), list(_cases()))
def test_a_document_of_the_suite_is_judged_as_its_name_says(
    conformance: Path, loader: ContextLoader, name: str, verdict: str
) -> None:
    document = as_issued(name, parse_json_object((conformance / SUITE / name).read_bytes()))
    findings = validate_credential(document, loader=loader)
    errors = {found.code for found in findings if found.severity == "error"}
    stem = Path(name).stem
    if verdict == "unspecified":
        assert stem in UNDECIDED
        return
    assert bool(errors) is (verdict != "ok"), findings
    assert (REASONS.get(stem) in errors) is (verdict != "ok"), findings
    assert all(found.outcome == "failed" for found in findings)
    assert all(found.message("nl") for found in findings)


def test_without_its_context_an_example_is_undetermined(conformance: Path) -> None:
    name = "credential-context-combo1-ok.json"
    document = as_issued(name, parse_json_object((conformance / SUITE / name).read_bytes()))
    assert [(found.code, found.outcome) for found in validate_credential(document)] == [
        ("CONTEXT-UNKNOWN", "undetermined")
    ]


def test_every_reason_is_that_of_a_document(conformance: Path) -> None:
    cases = json.loads((conformance / SUITE / "expected.json").read_bytes())["cases"]
    rejected = {Path(case["file"]).stem for case in cases if case["verdict"].startswith("fail")}
    assert rejected == REASONS.keys()


def test_valid_badges_are_valid_credentials(conformance: Path) -> None:
    folder = conformance / "corpus-1edtech"
    cases = json.loads((folder / "expected.json").read_bytes())["cases"]
    checked = 0
    for case in cases:
        path = folder / case["file"]
        if case["verdict"] != "valid" or case["format"] != "json" or case["spec"] == "OB 2.0":
            continue
        document = parse_json_object(path.read_bytes())
        if "https://www.w3.org/ns/credentials/v2" not in dump_json(document.get("@context")).decode():
            continue
        checked += 1
        failed = [found for found in validate_credential(document) if found.severity == "error"]
        assert failed == [], case["file"]
    assert checked >= 5
