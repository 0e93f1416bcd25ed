from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone

import pytest
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.hashes import SHA256

from openbadge_issuer.assertions.json_text import JsonObject, JsonValue
from openbadge_issuer.errors import (
    CanonicalizationError,
    IssuingError,
    KeyMaterialError,
    OpenBadgeError,
    SignatureError,
    UnsupportedError,
)
from openbadge_issuer.signing.cryptosuite import (
    CRYPTOSUITES,
    Cryptosuite,
    add_proof,
    other_name,
    suite_for,
    suite_of,
)
from openbadge_issuer.signing.data_integrity import ProofOptions, previous_proofs, proofs_of
from openbadge_issuer.signing.ed25519_signature_2020 import CONTEXT
from openbadge_issuer.signing.multibase import decode_multibase, encode_multibase
from openbadge_issuer.signing.public_key import KeyKind
from openbadge_issuer.signing.signing_key import SigningKey

V2 = "https://www.w3.org/ns/credentials/v2"
CREATED = datetime(2026, 1, 31, 12, 0, 0, 999_999, tzinfo=timezone(timedelta(hours=1)))
ORDER_25519 = 2**252 + 27742317777372353535851937790883648493
ORDER_P256 = 0xFFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551
MATRIX: list[tuple[str, KeyKind]] = [
    (name, kind) for name, suite in CRYPTOSUITES.items() for kind in suite.kinds
]
WHOLE = [(name, kind) for name, kind in MATRIX if name != "ecdsa-sd-2023"]
CHAINED = [(name, kind) for name, kind in WHOLE if name != "Ed25519Signature2020"]
RDF = [(name, kind) for name, kind in MATRIX if not CRYPTOSUITES[name].signs_undefined_members]
JCS = [(name, kind) for name, kind in MATRIX if CRYPTOSUITES[name].signs_undefined_members]


def credential(**members: JsonValue) -> JsonObject:
    return {
        "@context": [V2, CONTEXT],
        "id": "urn:uuid:6a1676b8-b51f-11ed-937b-d76685a20ff5",
        "type": ["VerifiableCredential"],
        "issuer": "https://issuer.example",
        "validFrom": "2026-01-31T11:00:00Z",
        "credentialSubject": {"id": "did:example:ada"},
        **members,
    }


def options(key: SigningKey, **changes: object) -> ProofOptions:
    plain = ProofOptions(verification_method=key.public_key.verification_method, created=CREATED)
    return replace(plain, **changes)  # type: ignore[arg-type]  # whatever a test wants


def signed(name: str, key: SigningKey, document: JsonObject | None = None) -> tuple[JsonObject, JsonObject]:
    suite = CRYPTOSUITES[name]
    secured = add_proof(credential() if document is None else document, key, options(key), suite=suite)
    return secured, last(secured)


def proofs(document: JsonObject) -> list[JsonObject]:
    return [proof for proof in proofs_of(document) if isinstance(proof, dict)]


def last(document: JsonObject) -> JsonObject:
    return proofs(document)[-1]


def failure(
    call: Callable[..., object], /, *given: object, **named: object
) -> tuple[type[OpenBadgeError], str, str]:
    with pytest.raises(OpenBadgeError) as caught:
        call(*given, **named)
    assert caught.value.sentence("en")
    assert caught.value.sentence("nl")
    assert caught.value.advice("nl")
    return type(caught.value), caught.value.code, caught.value.pointer


@pytest.mark.parametrize(("name", "kind"), MATRIX)
def test_what_a_suite_signs_it_verifies(keys: dict[KeyKind, SigningKey], name: str, kind: KeyKind) -> None:
    key, suite = keys[kind], CRYPTOSUITES[name]
    document = credential()
    secured, proof = signed(name, key, document)
    assert document == credential()
    assert suite_of(proof) is suite
    assert other_name(proof) is None
    assert proof["created"] == "2026-01-31T11:00:00Z"
    suite.check(proof)
    assert suite.verify(secured, proof, key.public_key) == ()
    hashed = suite.document_hash(secured, proof, key.public_key)
    assert suite.verify(secured, proof, key.public_key, document_hash=hashed) == ()


@pytest.mark.parametrize(("name", "kind"), MATRIX)
def test_whatever_is_changed_after_signing_breaks_the_proof(
    keys: dict[KeyKind, SigningKey], name: str, kind: KeyKind
) -> None:
    key, suite = keys[kind].public_key, CRYPTOSUITES[name]
    secured, proof = signed(name, keys[kind])
    others: list[JsonObject] = [
        {**secured, "issuer": "https://other.example"},
        {**secured, "validUntil": "2036-01-31T11:00:00Z"},
        {member: value for member, value in secured.items() if member != "validFrom"},
        {**secured, "type": ["VerifiableCredential", "https://a.example/B"]},
    ]
    for other in others:
        assert failure(suite.verify, other, proof, key)[0] is SignatureError
    changes: list[JsonObject] = [
        {"created": "2026-01-31T11:00:01Z"},
        {"verificationMethod": "https://other.example#key"},
        {"expires": "2036-01-31T11:00:00Z"},
        {"domain": "https://other.example"},
        {"id": "urn:uuid:1"},
    ]
    for change in changes:
        assert failure(suite.verify, secured, {**proof, **change}, key)[0] is SignatureError


@pytest.mark.parametrize(("name", "kind"), MATRIX)
def test_another_key_of_the_kind_does_not_verify(
    keys: dict[KeyKind, SigningKey], name: str, kind: KeyKind
) -> None:
    secured, proof = signed(name, keys[kind])
    other = SigningKey.generate(kind).public_key
    found = failure(CRYPTOSUITES[name].verify, secured, proof, other, pointer="/proof/3")
    assert found == (SignatureError, "PROOF-SIGNATURE", "/proof/3/proofValue")


@pytest.mark.parametrize(("name", "kind"), MATRIX)
def test_a_proof_of_one_suite_is_none_of_another(
    keys: dict[KeyKind, SigningKey], name: str, kind: KeyKind
) -> None:
    secured, proof = signed(name, keys[kind])
    key = keys[kind].public_key
    for other in CRYPTOSUITES.values():
        if other.name == name:
            continue
        renamed: JsonObject = {**proof, "type": other.proof_type, "cryptosuite": other.name}
        assert failure(other.verify, secured, renamed, key)[0] is SignatureError
        # Asked under its own name, the wrong suite gets other bytes or another kind of key; these two are
        # computed alike, and only the name, which is signed, tells them apart.
        if {name, other.name} != {"eddsa-rdfc-2022", "Ed25519Signature2020"}:
            assert failure(other.verify, secured, proof, key)[0] is SignatureError


@pytest.mark.parametrize("name", sorted(CRYPTOSUITES))
def test_a_suite_takes_its_own_kinds_of_key_only(keys: dict[KeyKind, SigningKey], name: str) -> None:
    suite = CRYPTOSUITES[name]
    secured, proof = signed(name, keys[suite.kinds[0]])
    for kind, key in keys.items():
        if kind not in suite.kinds:
            signing = failure(suite.sign, credential(), key, options(key))
            assert signing == (KeyMaterialError, "PROOF-KEY-KIND", "")
            verifying = failure(suite.verify, secured, proof, key.public_key)
            assert verifying == (SignatureError, "PROOF-KEY-KIND", "/proof/verificationMethod")


@pytest.mark.parametrize("name", ["ecdsa-rdfc-2019", "ecdsa-jcs-2019"])
def test_a_signature_on_one_curve_is_none_on_the_other(keys: dict[KeyKind, SigningKey], name: str) -> None:
    for kind, other in (("P-256", keys["P-384"]), ("P-384", keys["P-256"])):
        secured, proof = signed(name, keys[kind])  # type: ignore[index]  # kinds of key
        found = failure(CRYPTOSUITES[name].verify, secured, proof, other.public_key)
        assert found == (SignatureError, "PROOF-SIGNATURE-LENGTH", "/proof/proofValue")


@pytest.mark.parametrize(("name", "kind"), WHOLE)
def test_signatures_in_other_forms_are_refused(
    keys: dict[KeyKind, SigningKey], name: str, kind: KeyKind
) -> None:
    key, suite = keys[kind].public_key, CRYPTOSUITES[name]
    secured, proof = signed(name, keys[kind])
    signature = decode_multibase(str(proof["proofValue"]))
    size = len(signature) // 2
    first, second, zero, largest = signature[:size], signature[size:], bytes(size), b"\xff" * size
    forged = {
        "another base": encode_multibase(signature, base="u"),
        "base58 under u": "u" + str(proof["proofValue"])[1:],
        "no base": str(proof["proofValue"])[1:],
        "no text": "",
        "short": encode_multibase(signature[:-1]),
        "long": encode_multibase(signature + b"\0"),
        "zeros before it": encode_multibase(b"\0" + signature),
        "twice": encode_multibase(signature * 2),
        "second half zero": encode_multibase(first + zero),
        "first half zero": encode_multibase(zero + second),
        "both zero": encode_multibase(zero + zero),
        "second half too large": encode_multibase(first + largest),
        "first half too large": encode_multibase(largest + second),
        "halves swapped": encode_multibase(second + first),
        "space": f"{proof['proofValue']} ",
        "very long": "z" + "2" * 300,
    }
    for value in forged.values():
        found = failure(suite.verify, secured, {**proof, "proofValue": value}, key)
        assert (found[0], found[2]) == (SignatureError, "/proof/proofValue")


@pytest.mark.parametrize("name", ["ecdsa-rdfc-2019", "ecdsa-jcs-2019"])
def test_a_der_signature_is_refused_and_a_high_s_is_not(name: str) -> None:
    native = ec.generate_private_key(ec.SECP256R1())
    key, suite = SigningKey(native), CRYPTOSUITES[name]
    secured, proof = signed(name, key)
    signature = decode_multibase(str(proof["proofValue"]))
    s = int.from_bytes(signature[32:], "big")
    other = encode_multibase(signature[:32] + (ORDER_P256 - s).to_bytes(32, "big"))
    assert suite.verify(secured, {**proof, "proofValue": other}, key.public_key) == ()
    order = encode_multibase(signature[:32] + ORDER_P256.to_bytes(32, "big"))
    der = encode_multibase(native.sign(b"", ec.ECDSA(SHA256())))
    for value, code in ((order, "PROOF-SIGNATURE"), (der, "PROOF-SIGNATURE-LENGTH")):
        assert failure(suite.verify, secured, {**proof, "proofValue": value}, key.public_key)[1] == code


@pytest.mark.parametrize("name", ["eddsa-rdfc-2022", "eddsa-jcs-2022", "Ed25519Signature2020"])
def test_an_unreduced_scalar_is_refused(keys: dict[KeyKind, SigningKey], name: str) -> None:
    key = keys["Ed25519"]
    secured, proof = signed(name, key)
    signature = decode_multibase(str(proof["proofValue"]))
    scalar = int.from_bytes(signature[32:], "little") + ORDER_25519
    value = encode_multibase(signature[:32] + scalar.to_bytes(32, "little"))
    found = failure(CRYPTOSUITES[name].verify, secured, {**proof, "proofValue": value}, key.public_key)
    assert found[1] == "PROOF-SIGNATURE"


@pytest.mark.parametrize(
    ("member", "value", "code"),
    [
        ("proofPurpose", "authentication", "PROOF-PURPOSE"),
        ("proofPurpose", None, "PROOF-PURPOSE"),
        ("proofPurpose", ["assertionMethod"], "PROOF-PURPOSE"),
        ("created", "yesterday", "PROOF-CREATED"),
        ("created", 1, "PROOF-CREATED"),
        ("created", None, "PROOF-CREATED"),
        ("expires", "2026-02-30T00:00:00Z", "PROOF-DATE"),
        ("expires", None, "PROOF-DATE"),
        ("proofValue", None, "PROOF-VALUE"),
        ("proofValue", 1, "PROOF-VALUE"),
        ("proofValue", "f00", "PROOF-VALUE"),
    ],
)
@pytest.mark.parametrize("name", sorted(CRYPTOSUITES))
def test_members_that_are_not_as_prescribed_fail_at_their_place(
    keys: dict[KeyKind, SigningKey], name: str, member: str, value: JsonValue, code: str
) -> None:
    suite = CRYPTOSUITES[name]
    key = keys[suite.kinds[0]]
    secured, proof = signed(name, key)
    changed: JsonObject = {**proof, member: value}
    expected = SignatureError, code, f"/proof/1/{member}"
    assert failure(suite.check, changed, pointer="/proof/1") == expected
    assert failure(suite.verify, secured, changed, key.public_key, pointer="/proof/1") == expected


@pytest.mark.parametrize("kind", ["Ed25519", "P-256", "P-384"])
def test_a_proof_is_for_the_purpose_that_was_asked(keys: dict[KeyKind, SigningKey], kind: KeyKind) -> None:
    key = keys[kind]
    asked = options(key, purpose="authentication", domain="https://verifier.example", challenge="1f44d55f")
    secured = add_proof(credential(), key, asked)
    proof, suite = last(secured), suite_for(key)
    assert proof["challenge"] == "1f44d55f"
    assert suite.verify(secured, proof, key.public_key, purpose="authentication") == ()
    assert failure(suite.verify, secured, proof, key.public_key)[1] == "PROOF-PURPOSE"


@pytest.mark.parametrize(
    ("proof", "code", "member"),
    [
        ({}, "PROOF-TYPE", "type"),
        ({"type": ["DataIntegrityProof"], "cryptosuite": "eddsa-rdfc-2022"}, "PROOF-TYPE", "type"),
        ({"type": "eddsa-rdfc-2022"}, "PROOF-TYPE", "type"),
        ({"type": "RsaSignature2018"}, "PROOF-TYPE", "type"),
        ({"type": "DataIntegrityProof"}, "PROOF-CRYPTOSUITE", "cryptosuite"),
        ({"type": "DataIntegrityProof", "cryptosuite": "bbs-2023"}, "PROOF-CRYPTOSUITE", "cryptosuite"),
        (
            {"type": "DataIntegrityProof", "cryptosuite": ["ecdsa-sd-2023"]},
            "PROOF-CRYPTOSUITE",
            "cryptosuite",
        ),
        (
            {"type": "DataIntegrityProof", "cryptosuite": "Ed25519Signature2020"},
            "PROOF-CRYPTOSUITE",
            "cryptosuite",
        ),
    ],
)
def test_a_proof_of_an_unknown_suite_cannot_be_checked(proof: JsonObject, code: str, member: str) -> None:
    assert failure(suite_of, proof, pointer="/proof/2") == (UnsupportedError, code, f"/proof/2/{member}")


def test_a_suite_is_found_under_its_other_names() -> None:
    for name in ("eddsa-2022", "eddsa-rdf-2022"):
        proof: JsonObject = {"type": "DataIntegrityProof", "cryptosuite": name}
        assert suite_of(proof) is CRYPTOSUITES["eddsa-rdfc-2022"]
        assert other_name(proof) == name


def test_a_key_has_a_usual_suite(keys: dict[KeyKind, SigningKey]) -> None:
    usual = {kind: suite_for(key).name for kind, key in keys.items() if kind != "RSA"}
    assert usual == {"Ed25519": "eddsa-rdfc-2022", "P-256": "ecdsa-rdfc-2019", "P-384": "ecdsa-rdfc-2019"}
    assert failure(suite_for, keys["RSA"]) == (UnsupportedError, "PROOF-NO-SUITE", "")


@pytest.mark.parametrize(("name", "kind"), RDF)
def test_a_member_that_no_context_defines_is_not_signed_and_so_refused(
    keys: dict[KeyKind, SigningKey], name: str, kind: KeyKind
) -> None:
    suite, key = CRYPTOSUITES[name], keys[kind]
    found = failure(suite.sign, credential(motto="x"), key, options(key))
    assert found == (CanonicalizationError, "JSONLD-UNDEFINED-TERM", "/motto")
    relative = failure(suite.sign, credential(), key, options(key, verification_method="#key"))
    assert relative[2] == "/proof/verificationMethod"
    secured, proof = signed(name, key)
    tampered: JsonObject = {**proof, "colour": "red", "@context": "https://elsewhere.example"}
    members = suite.verify({**secured, "motto": "x"}, tampered, key.public_key, pointer="/proof/0")
    assert {member.pointer for member in members} == {"/motto", "/proof/0/colour", "/proof/0/@context"}


@pytest.mark.parametrize(("name", "kind"), JCS)
def test_json_is_signed_with_every_member(keys: dict[KeyKind, SigningKey], name: str, kind: KeyKind) -> None:
    suite, key = CRYPTOSUITES[name], keys[kind]
    secured, proof = signed(name, key, credential(motto="x", plain=[1, 1.5, None, {"true": True}]))
    assert suite.verify(secured, proof, key.public_key) == ()
    changes: list[JsonObject] = [
        {"motto": "y"},
        {"plain": [1, 1.5, None, {"true": 1}]},
        {"plain": [1.5, 1, None, {"true": True}]},
        {"more": None},
    ]
    for change in changes:
        assert failure(suite.verify, {**secured, **change}, proof, key.public_key)[1] == "PROOF-SIGNATURE"
    extra: JsonObject = {**proof, "colour": "red"}
    assert failure(suite.verify, secured, extra, key.public_key)[1] == "PROOF-SIGNATURE"
    large = failure(suite.sign, credential(size=2**60), key, options(key))
    assert large[:2] == (CanonicalizationError, "JCS-NUMBER")
    in_proof = failure(suite.verify, secured, {**proof, "nonce": 2**60}, key.public_key, pointer="/proof/1")
    assert in_proof == (CanonicalizationError, "JCS-NUMBER", "/proof/1")


@pytest.mark.parametrize(("name", "kind"), JCS)
def test_json_is_signed_with_the_contexts_of_that_moment(
    keys: dict[KeyKind, SigningKey], name: str, kind: KeyKind
) -> None:
    suite, key = CRYPTOSUITES[name], keys[kind].public_key
    secured, proof = signed(name, keys[kind])
    assert proof["@context"] == secured["@context"] == [V2, CONTEXT]
    more: JsonObject = {**secured, "@context": [V2, CONTEXT, "https://a.example", {"a": "urn:a"}]}
    added = suite.verify(more, proof, key)
    assert [member.pointer for member in added] == ["/@context/2", "/@context/3"]
    unfit: list[JsonValue] = [
        [V2], [CONTEXT, V2], [V2, "https://a.example", CONTEXT], V2, None, [V2, {}, CONTEXT], [],
    ]  # fmt: skip
    for contexts in unfit:
        found = failure(suite.verify, {**secured, "@context": contexts}, proof, key, pointer="/proof/0")
        assert found == (SignatureError, "PROOF-CONTEXT", "/proof/0/@context")
    bare = {member: value for member, value in secured.items() if member != "@context"}
    assert failure(suite.verify, bare, proof, key)[1] == "PROOF-CONTEXT"
    for fewer in ([V2], [], V2, [[V2, CONTEXT]]):
        code = failure(suite.verify, secured, {**proof, "@context": fewer}, key)[1]
        assert code in {"PROOF-SIGNATURE", "PROOF-CONTEXT"}
    without = {member: value for member, value in proof.items() if member != "@context"}
    assert failure(suite.verify, secured, without, key)[1] == "PROOF-SIGNATURE"


@pytest.mark.parametrize(("name", "kind"), JCS)
def test_json_without_contexts_is_signed_too(
    keys: dict[KeyKind, SigningKey], name: str, kind: KeyKind
) -> None:
    suite, key = CRYPTOSUITES[name], keys[kind]
    secured, proof = signed(name, key, {"hello": "world"})
    assert "@context" not in proof
    assert suite.verify(secured, proof, key.public_key) == ()
    given: JsonObject = {**secured, "@context": V2}
    assert failure(suite.verify, given, proof, key.public_key)[1] == "PROOF-SIGNATURE"


def test_the_older_proof_type_needs_its_context_and_a_moment(keys: dict[KeyKind, SigningKey]) -> None:
    key, suite = keys["Ed25519"], CRYPTOSUITES["Ed25519Signature2020"]
    assert "cryptosuite" not in signed("Ed25519Signature2020", key)[1]
    plain = credential() | {"@context": [V2]}
    assert failure(suite.sign, plain, key, options(key))[1] == "JSONLD-UNMAPPED-TYPE"
    undated = options(key, created=None)
    assert failure(suite.sign, credential(), key, undated) == (IssuingError, "PROOF-NO-TIME", "")


def test_moments_need_a_time_zone(keys: dict[KeyKind, SigningKey]) -> None:
    naive = CREATED.replace(tzinfo=None)
    for suite in CRYPTOSUITES.values():
        key = keys[suite.kinds[0]]
        for asked in (options(key, created=naive), options(key, expires=naive)):
            assert failure(suite.sign, credential(), key, asked)[:2] == (IssuingError, "PROOF-NAIVE-TIME")
        later = options(key, expires=datetime(2027, 1, 1, tzinfo=UTC))
        assert suite.sign(credential(), key, later)["expires"] == "2027-01-01T00:00:00Z"


def chain(suite: Cryptosuite, signers: list[SigningKey]) -> JsonObject:
    """Sign with the first two, confirm both with the third, and confirm that with the fourth."""
    document = credential()
    for number, key in enumerate(signers):
        previous = {2: ("urn:proof:0", "urn:proof:1"), 3: ("urn:proof:2",)}.get(number, ())
        asked = options(key, id=f"urn:proof:{number}", previous_proof=previous)
        document = add_proof(document, key, asked, suite=suite)
    return document


@pytest.mark.parametrize(("name", "kind"), CHAINED)
def test_a_chain_holds_and_every_link_is_under_the_next(name: str, kind: KeyKind) -> None:
    suite = CRYPTOSUITES[name]
    signers = [SigningKey.generate(kind) for _ in range(4)]
    secured = chain(suite, signers)
    links = proofs(secured)
    for place, (proof, signer) in enumerate(zip(links, signers, strict=True)):
        assert suite.verify(secured, proof, signer.public_key, pointer=f"/proof/{place}") == ()
    assert [previous_proofs(secured, proof) for proof in links] == [(), (), (0, 1), (2,)]
    assert len({suite.hash_scope(proof, signers[0].public_key) for proof in links}) == 3
    resigned = suite.sign(credential(), signers[1], options(signers[1], id="urn:proof:1", expires=CREATED))
    swapped: JsonObject = {**secured, "proof": [links[0], resigned, *links[2:]]}
    assert suite.verify(swapped, resigned, signers[1].public_key) == ()
    assert failure(suite.verify, swapped, links[2], signers[2].public_key)[1] == "PROOF-SIGNATURE"


@pytest.mark.parametrize(("name", "kind"), CHAINED)
def test_a_chain_with_a_link_that_is_not_there_exactly_once_is_refused(name: str, kind: KeyKind) -> None:
    suite = CRYPTOSUITES[name]
    signers = [SigningKey.generate(kind) for _ in range(4)]
    secured = chain(suite, signers)
    first, second, third, fourth = proofs(secured)
    key = signers[2].public_key
    sets: list[JsonValue] = [
        [third, fourth],
        [first, third],
        [first, second, second, third],
        [second, third],
        third,
    ]
    for others in sets:
        found = failure(suite.verify, {**secured, "proof": others}, third, key, pointer="/proof/9")
        assert found == (SignatureError, "PROOF-PREVIOUS", "/proof/9/previousProof")
    unfit: list[JsonValue] = [
        [], "", None, 1, ["urn:proof:0", "urn:proof:0"], ["urn:proof:0", 1], "urn:proof:2", {"a": 1},
    ]  # fmt: skip
    for named in unfit:
        found = failure(suite.verify, secured, {**third, "previousProof": named}, key)
        assert found == (SignatureError, "PROOF-PREVIOUS", "/proof/previousProof")
    fitting: list[JsonValue] = ["urn:proof:0", ["urn:proof:1", "urn:proof:0", "urn:proof:3"]]
    for named in fitting:
        found = failure(suite.verify, secured, {**third, "previousProof": named}, key)
        assert found[1] == "PROOF-SIGNATURE"
    unlinked = {member: value for member, value in third.items() if member != "previousProof"}
    assert failure(suite.verify, secured, unlinked, key)[1] == "PROOF-SIGNATURE"
    absent = options(signers[0], previous_proof=("urn:proof:7",))
    signing = failure(suite.sign, secured, signers[0], absent)
    assert signing == (IssuingError, "PROOF-PREVIOUS", "/proof/previousProof")


def test_unsigned_members_of_a_previous_proof_are_found_where_they_stand(
    keys: dict[KeyKind, SigningKey],
) -> None:
    key, suite = keys["Ed25519"], CRYPTOSUITES["eddsa-rdfc-2022"]
    document = add_proof(credential(), key, options(key, id="urn:proof:0"))
    document = add_proof(document, key, options(key, id="urn:proof:1"))
    document = add_proof(document, key, options(key, previous_proof=("urn:proof:1",)))
    proofs(document)[1]["colour"] = "red"
    members = suite.verify(document, last(document), key.public_key, pointer="/proof/2")
    assert [member.pointer for member in members] == ["/proof/1/colour"]


def test_previous_proofs_are_taken_in_the_order_of_the_document(keys: dict[KeyKind, SigningKey]) -> None:
    key = keys["Ed25519"]
    for suite in (CRYPTOSUITES["eddsa-rdfc-2022"], CRYPTOSUITES["eddsa-jcs-2022"]):
        document = add_proof(credential(), key, options(key, id="urn:proof:0"), suite=suite)
        document = add_proof(document, key, options(key, id="urn:proof:1"), suite=suite)
        asked = options(key, previous_proof=("urn:proof:1", "urn:proof:0"))
        document = add_proof(document, key, asked, suite=suite)
        assert previous_proofs(document, last(document)) == (0, 1)
        assert suite.verify(document, last(document), key.public_key) == ()


def test_proofs_of_several_suites_stand_beside_each_other(keys: dict[KeyKind, SigningKey]) -> None:
    document = credential()
    signers = [keys["Ed25519"], keys["P-256"], keys["P-384"]]
    for key in signers:
        document = add_proof(document, key, options(key))
    for proof, key in zip(proofs(document), signers, strict=True):
        assert suite_of(proof).verify(document, proof, key.public_key) == ()
