"""Selective disclosure held against the ecdsa-sd-2023 of Digital Bazaar: bases and derivations, crosswise."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import product

import pytest

from changed_proofs import EMBEDDED, Strangers, proof_of
from digital_bazaar import FINE, REFUSALS, DigitalBazaar
from issued_badges import LATER, NOW, large
from openbadge_issuer import verify
from openbadge_issuer.assertions.json_text import JsonObject, JsonValue, parse_json_object
from openbadge_issuer.signing.data_integrity import ProofOptions, proof_value, without_proof
from openbadge_issuer.signing.ecdsa_sd_2023 import ECDSA_SD_2023
from openbadge_issuer.signing.ecdsa_sd_proof_value import (
    MAX_PROOF_VALUE_CHARS,
    BaseValue,
    DerivedValue,
    parse_value,
)
from openbadge_issuer.signing.public_key import PublicKey
from openbadge_issuer.signing.signing_key import SigningKey

KEY = SigningKey.generate("P-256")
SIDES = ("here", "there")
MANDATORY = ("/issuer", "/validFrom", "/validUntil")
ACHIEVEMENT = "/credentialSubject/achievement"
SHOWN = {
    "one member": [f"{ACHIEVEMENT}/name"],
    "items of sets": [f"{ACHIEVEMENT}/alignment/0", f"{ACHIEVEMENT}/tag/1", "/evidence/1"],
    "nodes without a name": ["/credentialSubject/result/1", "/credentialSubject/identifier/0"],
    "deep inside": [f"{ACHIEVEMENT}/resultDescription/1/rubricCriterionLevel/0"],
    "a node inside a node": [f"{ACHIEVEMENT}/creator/parentOrg"],
    "the subject": ["/credentialSubject", "/name"],
    "everything": [""],
}


def _without(value: JsonValue, name: str) -> JsonValue:
    if isinstance(value, dict):
        return {member: _without(part, name) for member, part in value.items() if member != name}
    return [_without(part, name) for part in value] if isinstance(value, list) else value


def badge(*, left_out: str = "geo") -> JsonObject:
    """Write a badge of nearly every member, without a status; about `geo` see the last test."""
    document = _without(without_proof(parse_json_object(large().data)), left_out)
    assert isinstance(document, dict)
    issuer = document["issuer"]
    assert isinstance(issuer, dict)
    kept = {name: value for name, value in document.items() if name != "credentialStatus"}
    return {**kept, "issuer": {**issuer, "id": KEY.did_key}}


def with_base_proof(
    side: str, there: DigitalBazaar, document: JsonObject, *, mandatory: Sequence[str] = MANDATORY
) -> JsonObject:
    """Let one side sign a badge."""
    if side == "there":
        return there.sign(document, now=NOW, suite="ecdsa-sd-2023", kind="P-256", mandatory=mandatory)
    options = ProofOptions(verification_method=KEY.public_key.verification_method, created=NOW)
    return {**document, "proof": ECDSA_SD_2023.sign(document, KEY, options, mandatory=mandatory)}


def derived(side: str, there: DigitalBazaar, base: JsonObject, pointers: list[str]) -> JsonObject:
    """Let one side show parts of a badge."""
    return there.derive(base, pointers) if side == "there" else ECDSA_SD_2023.derive(base, pointers)


def value_of(document: JsonObject) -> BaseValue | DerivedValue:
    data = proof_value(proof_of(document), base="u", max_chars=MAX_PROOF_VALUE_CHARS)
    return parse_value(data, pointer="/proof/proofValue")


def check_changed(there: DigitalBazaar, document: JsonObject, *, base: bool) -> None:
    """Neither side accepts a changed form of what was signed."""
    for name, change in EMBEDDED.items():
        changed = change(document, Strangers.to("P-256"))
        assert not verify(changed, now=LATER).accepted, name
        verdict = there.verify(changed, now=LATER, base=base)
        assert not verdict.verified, name
        assert verdict.problems[-1].startswith(REFUSALS), (name, verdict)


@pytest.mark.parametrize("signer", SIDES)
def test_a_base_proof_is_confirmed_on_both_sides_until_it_is_changed(
    there: DigitalBazaar, signer: str
) -> None:
    base = with_base_proof(signer, there, badge())
    report = verify(base, now=LATER)
    assert report.accepted, report
    assert there.verify(base, now=LATER, base=True) == FINE
    value = value_of(base)
    assert isinstance(value, BaseValue)
    assert value.mandatory_pointers == MANDATORY
    check_changed(there, base, base=True)


@pytest.mark.parametrize(("signer", "holder"), [*product(SIDES, SIDES)])
def test_a_derived_proof_verifies_on_both_sides_until_it_is_changed(
    there: DigitalBazaar, signer: str, holder: str
) -> None:
    base = with_base_proof(signer, there, badge())
    shown = derived(holder, there, base, SHOWN["the subject"])
    assert "evidence" not in shown
    assert shown.keys() > {"name", "issuer", "validFrom", "validUntil"}
    report = verify(shown, now=LATER)
    assert report.accepted, report
    assert there.verify(shown, now=LATER) == FINE
    check_changed(there, shown, base=False)


@pytest.mark.parametrize("signer", SIDES)
@pytest.mark.parametrize("pointers", SHOWN.values(), ids=SHOWN.keys())
def test_the_same_parts_give_the_same_document_and_proof_on_both_sides(
    there: DigitalBazaar, signer: str, pointers: list[str]
) -> None:
    base = with_base_proof(signer, there, badge())
    ours, theirs = (derived(side, there, base, pointers) for side in SIDES)
    assert without_proof(ours) == without_proof(theirs)
    assert value_of(ours) == value_of(theirs)
    key = PublicKey.from_did_key(str(proof_of(base)["verificationMethod"]))
    for shown in (ours, theirs):
        assert ECDSA_SD_2023.verify(shown, proof_of(shown), key) == ()
        assert there.verify(shown, now=LATER) == FINE


@pytest.mark.parametrize("signer", SIDES)
def test_mandatory_parts_may_have_nodes_without_a_name(there: DigitalBazaar, signer: str) -> None:
    """Derived proofs hold on both sides; the other side does not confirm such a base proof, not even its own.

    It labels the mandatory part by itself, where the specification labels the whole document first.
    """
    mandatory = ("/issuer", "/validFrom", "/credentialSubject/result")
    base = with_base_proof(signer, there, badge(), mandatory=mandatory)
    assert verify(base, now=LATER).accepted
    assert "Signature count (" in there.verify(base, now=LATER, base=True).problems[-1]
    ours, theirs = (derived(side, there, base, [ACHIEVEMENT, "/name"]) for side in SIDES)
    assert value_of(ours) == value_of(theirs)
    for shown in (ours, theirs):
        assert verify(shown, now=LATER).accepted
        assert there.verify(shown, now=LATER) == FINE


def test_coordinates_are_shown_here_and_verified_there_though_not_shown_there(there: DigitalBazaar) -> None:
    """The other side compacts a badge first, and the context has one IRI for `geo` and `GeoCoordinates`."""
    whole = badge(left_out="nothing")
    base = with_base_proof("here", there, whole)
    answer = there.program.ask("derive", credential=base, pointers=["/credentialSubject"])
    assert "Safe mode validation error." in str(answer["problems"])
    shown = ECDSA_SD_2023.derive(base, [""])
    assert without_proof(shown) == whole
    assert there.verify(shown, now=LATER) == FINE
