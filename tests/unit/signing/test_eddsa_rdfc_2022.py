from __future__ import annotations

from datetime import datetime, timedelta, timezone

import pytest

from openbadge_issuer.assertions.json_text import JsonObject, JsonValue
from openbadge_issuer.errors import (
    CanonicalizationError,
    IssuingError,
    KeyMaterialError,
    OpenBadgeError,
    SignatureError,
    UnsupportedError,
)
from openbadge_issuer.jsonld.contexts import PINNED, ContextLoader
from openbadge_issuer.jsonld.undefined_member import UndefinedMember
from openbadge_issuer.signing.cryptosuite import add_proof, suite_of
from openbadge_issuer.signing.data_integrity import CanonicalHash, ProofOptions
from openbadge_issuer.signing.eddsa_rdfc_2022 import EDDSA_RDFC_2022
from openbadge_issuer.signing.multibase import encode_multibase
from openbadge_issuer.signing.public_key import KeyKind, PublicKey
from openbadge_issuer.signing.rdf_hash import RdfHash
from openbadge_issuer.signing.signer import signature_by
from openbadge_issuer.signing.signing_key import SigningKey

V2 = "https://www.w3.org/ns/credentials/v2"
CREATED = datetime(2026, 1, 31, 12, 0, 0, 999_999, tzinfo=timezone(timedelta(hours=1)))


@pytest.fixture
def key(keys: dict[KeyKind, SigningKey]) -> SigningKey:
    """The Ed25519 key, the only kind that this suite takes."""
    return keys["Ed25519"]


def credential(**members: JsonValue) -> JsonObject:
    return {
        "@context": [V2],
        "id": "urn:uuid:6a1676b8-b51f-11ed-937b-d76685a20ff5",
        "type": ["VerifiableCredential"],
        "issuer": "https://issuer.example",
        "validFrom": "2026-01-31T11:00:00Z",
        "credentialSubject": {"id": "did:example:ada"},
        **members,
    }


def signed(key: SigningKey, document: JsonObject | None = None) -> tuple[JsonObject, JsonObject]:
    options = ProofOptions(verification_method=key.public_key.verification_method, created=CREATED)
    secured = add_proof(credential() if document is None else document, key, options, suite=EDDSA_RDFC_2022)
    proof = secured["proof"]
    assert isinstance(proof, dict)
    return secured, proof


def verified(
    document: JsonObject,
    proof: JsonObject,
    key: PublicKey,
    *,
    pointer: str = "/proof",
    loader: ContextLoader = PINNED,
    document_hash: CanonicalHash | None = None,
) -> tuple[UndefinedMember, ...]:
    """Find the suite of a proof, and check the proof with it, as `verify` does."""
    return suite_of(proof, pointer=pointer).verify(
        document, proof, key, pointer=pointer, loader=loader, document_hash=document_hash
    )


def whole_hash(document: JsonObject) -> CanonicalHash:
    return RdfHash.of_document(document, {}, loader=PINNED, algorithm="sha256", pointer="/proof")


def options_hash(document: JsonObject, proof: JsonObject, loader: ContextLoader = PINNED) -> CanonicalHash:
    return RdfHash.of_options(document, proof, loader=loader, algorithm="sha256", pointer="/proof")


def failure(call: object) -> tuple[type[OpenBadgeError], str, str]:
    assert callable(call)
    with pytest.raises(OpenBadgeError) as caught:
        call()
    assert caught.value.sentence("en")
    assert caught.value.sentence("nl")
    return type(caught.value), caught.value.code, caught.value.pointer


def test_a_signed_document_verifies_and_is_not_changed(key: SigningKey) -> None:
    document = credential()
    secured, proof = signed(key, document)
    assert document == credential()
    assert {name: value for name, value in secured.items() if name != "proof"} == document
    assert {name: value for name, value in proof.items() if name != "proofValue"} == {
        "type": "DataIntegrityProof",
        "cryptosuite": "eddsa-rdfc-2022",
        "created": "2026-01-31T11:00:00Z",
        "verificationMethod": key.public_key.verification_method,
        "proofPurpose": "assertionMethod",
    }
    assert verified(secured, proof, key.public_key) == ()
    assert verified(document, proof, key.public_key) == ()


def test_the_moment_of_signing_may_be_left_out(key: SigningKey) -> None:
    secured = add_proof(credential(), key, ProofOptions(verification_method="https://issuer.example#key"))
    proof = secured["proof"]
    assert isinstance(proof, dict)
    assert "created" not in proof
    assert verified(secured, proof, key.public_key) == ()


def test_signing_refuses_what_it_would_not_cover(key: SigningKey) -> None:
    def sign(document: JsonObject, **changes: object) -> object:
        arguments = {"verification_method": "https://issuer.example#key", "created": CREATED, **changes}
        return lambda: add_proof(document, key, ProofOptions(**arguments))  # type: ignore[arg-type]  # wrong on purpose

    undefined = credential(credentialSubject={"id": "did:example:ada", "nickname": "Ada"})
    assert failure(sign(undefined)) == (
        CanonicalizationError,
        "JSONLD-UNDEFINED-TERM",
        "/credentialSubject/nickname",
    )
    naive = CREATED.replace(tzinfo=None)
    assert failure(sign(credential(), created=naive)) == (IssuingError, "PROOF-NAIVE-TIME", "")
    relative = failure(sign(credential(), verification_method="#key"))
    assert relative[2] == "/proof/verificationMethod"
    assert failure(sign(credential() | {"@context": "https://unknown.example"}))[1] == "CONTEXT-UNKNOWN"


def test_only_an_ed25519_key_fits(keys: dict[KeyKind, SigningKey]) -> None:
    secured, proof = signed(keys["Ed25519"])
    for kind in ("P-256", "RSA"):
        assert failure(lambda kind=kind: signed(keys[kind])) == (KeyMaterialError, "PROOF-KEY-KIND", "")
        assert failure(lambda kind=kind: verified(secured, proof, keys[kind].public_key)) == (
            SignatureError,
            "PROOF-KEY-KIND",
            "/proof/verificationMethod",
        )


@pytest.mark.parametrize(
    ("member", "value", "kind", "code"),
    [
        ("type", "Ed25519Signature2018", UnsupportedError, "PROOF-TYPE"),
        ("type", None, UnsupportedError, "PROOF-TYPE"),
        ("type", ["DataIntegrityProof"], UnsupportedError, "PROOF-TYPE"),
        ("cryptosuite", "bbs-2023", UnsupportedError, "PROOF-CRYPTOSUITE"),
        ("cryptosuite", ["eddsa-rdfc-2022"], UnsupportedError, "PROOF-CRYPTOSUITE"),
        ("cryptosuite", "x" * 100, UnsupportedError, "PROOF-CRYPTOSUITE"),
        ("previousProof", "urn:uuid:1", SignatureError, "PROOF-PREVIOUS"),
        ("proofPurpose", "authentication", SignatureError, "PROOF-PURPOSE"),
        ("proofPurpose", None, SignatureError, "PROOF-PURPOSE"),
        ("created", "yesterday", SignatureError, "PROOF-CREATED"),
        ("created", "2026-02-30T00:00:00Z", SignatureError, "PROOF-CREATED"),
        ("created", 1, SignatureError, "PROOF-CREATED"),
        ("created", "2026-01-31T11:00:01Z", SignatureError, "PROOF-SIGNATURE"),
        ("proofValue", None, SignatureError, "PROOF-VALUE"),
        ("proofValue", "uAAAA", SignatureError, "PROOF-VALUE"),
        ("proofValue", "z0", SignatureError, "PROOF-VALUE"),
        ("proofValue", "z" + "1" * 300, SignatureError, "PROOF-VALUE"),
        ("proofValue", "z1111", SignatureError, "PROOF-SIGNATURE-LENGTH"),
    ],
)
def test_a_proof_that_is_not_as_the_suite_prescribes_fails_at_its_place(
    key: SigningKey, member: str, value: JsonValue, kind: type[OpenBadgeError], code: str
) -> None:
    secured, proof = signed(key)
    changed: JsonObject = {**proof, member: value}
    place = "proofValue" if code.startswith("PROOF-SIGNATURE") else member
    found = failure(lambda: verified(secured, changed, key.public_key, pointer="/proof/1"))
    assert found == (kind, code, f"/proof/1/{place}")


def test_another_key_or_another_document_does_not_verify(key: SigningKey) -> None:
    secured, proof = signed(key)
    other = SigningKey.generate().public_key
    assert failure(lambda: verified(secured, proof, other))[1] == "PROOF-SIGNATURE"
    changed = {**secured, "issuer": "https://other.example"}
    assert failure(lambda: verified(changed, proof, key.public_key))[1] == "PROOF-SIGNATURE"


def test_members_outside_the_signature_are_listed_with_their_place(key: SigningKey) -> None:
    secured, proof = signed(key)
    secured["motto"] = "unsigned"
    tampered: JsonObject = {**proof, "colour": "red", "@context": "https://elsewhere.example"}
    members = verified(secured, tampered, key.public_key, pointer="/proof/0")
    assert {member.pointer for member in members} == {"/motto", "/proof/0/colour", "/proof/0/@context"}


def test_a_context_that_repeats_the_documents_is_no_finding(key: SigningKey) -> None:
    secured, proof = signed(key)
    assert verified(secured, {**proof, "@context": secured["@context"]}, key.public_key) == ()


@pytest.mark.parametrize("name", sorted(EDDSA_RDFC_2022.read_as))
def test_the_suite_is_read_under_its_other_names(key: SigningKey, name: str) -> None:
    document = credential()
    proof: JsonObject = {
        "type": "DataIntegrityProof",
        "cryptosuite": name,
        "verificationMethod": key.public_key.verification_method,
        "proofPurpose": "assertionMethod",
    }
    data = options_hash(document, proof).digest + whole_hash(document).digest
    proof["proofValue"] = encode_multibase(signature_by(key, data))
    assert verified(document, proof, key.public_key) == ()
    renamed: JsonObject = {**proof, "cryptosuite": "eddsa-rdfc-2022"}
    assert failure(lambda: verified(document, renamed, key.public_key))[1] == "PROOF-SIGNATURE"


def test_a_set_of_proofs_needs_the_document_hash_once(key: SigningKey) -> None:
    other = SigningKey.generate()
    secured, first = signed(key)
    _, second = signed(other)
    proofs: JsonObject = {**secured, "proof": [first, second]}
    hashed = EDDSA_RDFC_2022.document_hash(proofs, first, key.public_key)
    for number, (proof, signer) in enumerate([(first, key), (second, other)]):
        place = f"/proof/{number}"
        assert verified(proofs, proof, signer.public_key, pointer=place, document_hash=hashed) == ()


def test_proof_options_depend_on_the_contexts_of_the_loader(key: SigningKey) -> None:
    url = "https://contexts.example/extra"
    document = credential(note="x") | {"@context": [V2, url]}
    loaders = [
        ContextLoader(
            {url: {"@context": {"note": f"https://{name}.example/note", "by": f"https://{name}.example/by"}}}
        )
        for name in ("one", "two")
    ]
    options: JsonObject = {"type": "DataIntegrityProof", "by": "me"}
    digests = {options_hash(document, options, loader).digest for loader in loaders}
    assert len(digests) == 2
    secured = add_proof(
        document, key, ProofOptions(verification_method="https://i.example#k"), loader=loaders[0]
    )
    proof = secured["proof"]
    assert isinstance(proof, dict)
    assert verified(secured, proof, key.public_key, loader=loaders[0]) == ()
    assert (
        failure(lambda: verified(secured, proof, key.public_key, loader=loaders[1]))[1] == "PROOF-SIGNATURE"
    )


def test_a_large_context_of_the_documents_own_is_read_but_not_kept(key: SigningKey) -> None:
    inline = {f"term{number}": f"https://terms.example/{number}" for number in range(200)}
    document = credential(term7="x") | {"@context": [V2, {**inline}]}
    secured, proof = signed(key, document)
    assert verified(secured, proof, key.public_key) == ()
