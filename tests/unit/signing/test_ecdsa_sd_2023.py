from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import replace
from functools import cache

import cbor2
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
from openbadge_issuer.jsonld.canonical import canonicalize
from openbadge_issuer.signing.cryptosuite import CRYPTOSUITES, UNFIT, add_proof
from openbadge_issuer.signing.data_integrity import ProofOptions, proof_value, without_proof
from openbadge_issuer.signing.ecdsa_sd_2023 import ECDSA_SD_2023, NOT_WITHHELD
from openbadge_issuer.signing.ecdsa_sd_proof_value import (
    MAX_PROOF_VALUE_CHARS,
    BaseValue,
    DerivedValue,
    label_text,
    parse_value,
)
from openbadge_issuer.signing.multibase import decode_multibase, encode_multibase
from openbadge_issuer.signing.public_key import KeyKind, PublicKey
from openbadge_issuer.signing.signing_key import SigningKey

V2 = "https://www.w3.org/ns/credentials/v2"
OB3 = "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json"
KEY, OWN = SigningKey.generate("P-256"), SigningKey.generate("P-256")
OPTIONS = ProofOptions(verification_method=KEY.public_key.verification_method)
SHOWN = ["/name", "/credentialSubject/achievement/name", "/credentialSubject/identifier/0"]


def badge() -> JsonObject:
    return {
        "@context": [V2, OB3],
        "id": "urn:uuid:1",
        "type": ["VerifiableCredential", "OpenBadgeCredential"],
        "name": "Facilitator",
        "issuer": {"id": "https://issuer.example", "type": ["Profile"], "name": "Guild"},
        "validFrom": "2026-01-31T11:00:00Z",
        "validUntil": "2027-01-31T11:00:00Z",
        "credentialSubject": {
            "type": ["AchievementSubject"],
            "identifier": [
                {"type": "IdentityObject", "hashed": False, "identityType": "name", "identityHash": "Ada"},
                {
                    "type": "IdentityObject",
                    "hashed": False,
                    "identityType": "name",
                    "identityHash": "Lovelace",
                },
            ],
            "achievement": {
                "id": "urn:uuid:2",
                "type": ["Achievement"],
                "name": "Facilitator",
                "description": "Leads a workshop.",
                "criteria": {"narrative": "Led one."},
            },
        },
    }


@cache
def secured() -> JsonObject:
    return add_proof(badge(), KEY, OPTIONS, suite=CRYPTOSUITES["ecdsa-sd-2023"])


@cache
def derived() -> JsonObject:
    return ECDSA_SD_2023.derive(secured(), SHOWN)


def proof_of(document: JsonObject) -> JsonObject:
    proof = document["proof"]
    assert isinstance(proof, dict)
    return proof


def bytes_of(document: JsonObject) -> bytes:
    return proof_value(proof_of(document), base="u", max_chars=MAX_PROOF_VALUE_CHARS)


def value_of(document: JsonObject) -> BaseValue | DerivedValue:
    return parse_value(bytes_of(document), pointer="")


def derived_value() -> DerivedValue:
    value = value_of(derived())
    assert isinstance(value, DerivedValue)
    return value


def base_value() -> BaseValue:
    value = value_of(secured())
    assert isinstance(value, BaseValue)
    return value


def with_bytes(document: JsonObject, data: bytes) -> JsonObject:
    return {**document, "proof": {**proof_of(document), "proofValue": encode_multibase(data, base="u")}}


def verify(document: JsonObject) -> object:
    return ECDSA_SD_2023.verify(document, proof_of(document), KEY.public_key)


def failure(
    call: Callable[..., object], /, *given: object, **named: object
) -> tuple[type[OpenBadgeError], str]:
    with pytest.raises(OpenBadgeError) as caught:
        call(*given, **named)
    assert caught.value.sentence("en")
    assert caught.value.sentence("nl")
    return type(caught.value), caught.value.code


def test_a_derived_proof_holds_for_what_it_shows() -> None:
    shown = derived()
    assert verify(shown) == ()
    assert shown["name"] == "Facilitator"
    assert shown["issuer"] == badge()["issuer"]
    subject = shown["credentialSubject"]
    assert isinstance(subject, dict)
    assert subject["achievement"] == {"id": "urn:uuid:2", "type": ["Achievement"], "name": "Facilitator"}
    assert "Lovelace" not in str(shown)
    assert "description" not in str(without_proof(shown))


def test_a_base_proof_holds_for_its_holder() -> None:
    assert verify(secured()) == ()
    changed = {**secured(), "name": "Other"}
    assert failure(verify, changed) == (SignatureError, "PROOF-SIGNATURE")
    fewer = {name: value for name, value in secured().items() if name != "name"}
    assert failure(verify, fewer) == (SignatureError, "SD-STATEMENTS")
    later = {**secured(), "validUntil": "2037-01-31T11:00:00Z"}
    assert failure(verify, later) == (SignatureError, "PROOF-SIGNATURE")


def test_nobody_withholds_what_tells_whether_a_badge_holds() -> None:
    value = base_value()
    assert value.mandatory_pointers == ("/issuer", "/validFrom", "/validUntil")
    assert set(value.mandatory_pointers) <= set(NOT_WITHHELD)
    least = ECDSA_SD_2023.derive(secured(), [])
    assert least.keys() == {"@context", "id", "type", "issuer", "validFrom", "validUntil", "proof"}
    assert verify(least) == ()
    for name in ("issuer", "validFrom", "validUntil", "type", "id"):
        stripped = {member: part for member, part in least.items() if member != name}
        assert failure(verify, stripped)[0] in {SignatureError, CanonicalizationError}


def test_mandatory_parts_are_for_the_issuer_to_choose() -> None:
    proof = ECDSA_SD_2023.sign(badge(), KEY, OPTIONS, mandatory=["/credentialSubject/achievement"])
    document = {**badge(), "proof": proof}
    assert verify(document) == ()
    shown = ECDSA_SD_2023.derive(document, ["/issuer/name"])
    assert "validUntil" not in shown
    assert verify(shown) == ()
    none = {**badge(), "proof": ECDSA_SD_2023.sign(badge(), KEY, OPTIONS, mandatory=[])}
    assert verify(none) == ()
    assert failure(ECDSA_SD_2023.derive, none, []) == (IssuingError, "SD-NOTHING")
    assert verify(ECDSA_SD_2023.derive(none, ["/name"])) == ()


def test_everything_may_be_shown_or_made_mandatory() -> None:
    assert verify(ECDSA_SD_2023.derive(secured(), [""])) == ()
    proof = ECDSA_SD_2023.sign(badge(), KEY, OPTIONS, mandatory=[""])
    shown = ECDSA_SD_2023.derive({**badge(), "proof": proof}, [])
    assert without_proof(shown) == badge()
    assert verify(shown) == ()


def test_each_proof_has_a_key_and_labels_of_its_own() -> None:
    other = ECDSA_SD_2023.sign(badge(), KEY, OPTIONS)
    value = parse_value(decode_multibase(str(other["proofValue"]), bases="u", max_chars=10**6), pointer="")
    assert isinstance(value, BaseValue)
    assert value.public_key != base_value().public_key
    assert value.hmac_key != base_value().hmac_key


def test_statements_of_one_badge_are_none_of_another() -> None:
    """Two badges of one issuer: signatures of the one, in the other."""
    richer = badge() | {"name": "Grand master"}
    document = {**richer, "proof": ECDSA_SD_2023.sign(richer, KEY, OPTIONS)}
    other = ECDSA_SD_2023.derive(document, SHOWN)
    foreign = value_of(other)
    assert isinstance(foreign, DerivedValue)
    own = derived_value()
    for mixed in (
        replace(own, signatures=foreign.signatures),
        replace(own, signatures=foreign.signatures, public_key=foreign.public_key),
        replace(own, signatures=foreign.signatures, labels=foreign.labels),
        replace(own, signatures=foreign.signatures, labels=foreign.labels, public_key=foreign.public_key),
        replace(foreign, base_signature=own.base_signature),
    ):
        shown = {**derived(), "name": "Grand master"}
        assert failure(verify, with_bytes(shown, mixed.encoded())) == (SignatureError, "PROOF-SIGNATURE")
    whole = with_bytes(derived(), foreign.encoded())
    assert failure(verify, whole) == (SignatureError, "PROOF-SIGNATURE")


def test_an_issuers_own_key_as_the_key_of_the_proof_proves_nothing() -> None:
    """Whoever puts a key of their own there can sign statements, but not the key."""
    own = derived_value()
    lines = _disclosed_lines(derived(), own)
    forger = SigningKey.generate("P-256")
    signatures = tuple(
        forger.sign(line.encode()) for number, line in enumerate(lines) if number not in own.mandatory_indexes
    )
    public_key = decode_multibase(forger.public_key.multibase)
    forged = replace(own, signatures=signatures, public_key=public_key)
    assert failure(verify, with_bytes(derived(), forged.encoded())) == (SignatureError, "PROOF-SIGNATURE")


def _disclosed_lines(document: JsonObject, value: DerivedValue) -> list[str]:
    text = canonicalize(without_proof(document)).decode()
    for name in sorted(value.labels, reverse=True):
        text = text.replace(f"_:{name} ", f"_:{value.labels[name]} ")
    return sorted(text.splitlines(keepends=True))


def test_statements_cannot_be_added_dropped_or_moved() -> None:
    shown = derived()
    subject = shown["credentialSubject"]
    assert isinstance(subject, dict)
    changes: list[JsonObject] = [
        {"name": "Grand master"},
        {"description": "added"},
        {"credentialSubject": {**subject, "id": "did:example:mallory"}},
        {"credentialSubject": {**subject, "identifier": []}},
        {
            "credentialSubject": {
                **subject,
                "achievement": {**_object(subject["achievement"]), "name": "Other"},
            }
        },
        {"issuer": {**_object(shown["issuer"]), "name": "Mallory"}},
        {"type": ["VerifiableCredential"]},
    ]
    for change in changes:
        kind, code = failure(verify, {**shown, **change})
        assert kind is SignatureError
        assert code in UNFIT
    for name in ("name", "validUntil", "credentialSubject"):
        fewer = {member: part for member, part in shown.items() if member != name}
        assert failure(verify, fewer)[0] is SignatureError


def _object(value: JsonValue) -> JsonObject:
    assert isinstance(value, dict)
    return value


def test_parts_of_a_derived_proof_cannot_be_dropped_doubled_or_reordered() -> None:
    own = derived_value()
    last = own.mandatory_indexes[-1]
    names = list(own.labels)
    swapped = dict(
        zip(names, [own.labels[names[1]], own.labels[names[0]], *list(own.labels.values())[2:]], strict=True)
    )
    forgeries = [
        replace(own, signatures=own.signatures[:-1]),
        replace(own, signatures=own.signatures[1:]),
        replace(own, signatures=()),
        replace(own, signatures=(*own.signatures, own.signatures[-1])),
        replace(own, signatures=own.signatures[::-1]),
        replace(own, signatures=(own.signatures[0],) * len(own.signatures)),
        replace(own, mandatory_indexes=own.mandatory_indexes[1:]),
        replace(own, mandatory_indexes=()),
        replace(own, mandatory_indexes=own.mandatory_indexes[::-1]),
        replace(own, mandatory_indexes=(*own.mandatory_indexes, last)),
        replace(own, mandatory_indexes=(*own.mandatory_indexes, last + 1)),
        replace(own, mandatory_indexes=(*own.mandatory_indexes, 10**6)),
        replace(own, mandatory_indexes=tuple(range(len(_disclosed_lines(derived(), own)))), signatures=()),
        replace(own, labels=swapped),
        replace(own, labels=dict(list(own.labels.items())[1:])),
        replace(own, labels={}),
        replace(own, labels={**own.labels, "c14n99": label_text(bytes(32))}),
        replace(own, labels=dict.fromkeys(own.labels, own.labels["c14n0"])),
        replace(own, labels={**own.labels, "c14n0": label_text(hashlib.sha256(b"x").digest())}),
        replace(own, base_signature=own.signatures[0]),
        replace(own, base_signature=bytes(64)),
        replace(own, public_key=decode_multibase(KEY.public_key.multibase)),
        replace(own, public_key=own.public_key[:2] + b"\x02" + b"\xff" * 32),
        replace(own, public_key=b"\xed\x01" + own.public_key[2:]),
    ]
    for forged in forgeries:
        assert failure(verify, with_bytes(derived(), forged.encoded()))[0] is SignatureError
    assert verify(with_bytes(derived(), own.encoded())) == ()


def test_a_proof_of_a_holder_is_no_base_proof_and_the_other_way_round() -> None:
    for document in (secured(), derived()):
        data = bytes_of(document)
        other = data[:2] + bytes([data[2] ^ 1]) + data[3:]
        assert failure(verify, with_bytes(document, other)) == (SignatureError, "SD-VALUE")
    assert failure(ECDSA_SD_2023.derive, derived(), ["/name"]) == (IssuingError, "SD-BASE")
    assert failure(ECDSA_SD_2023.derive, badge(), ["/name"]) == (IssuingError, "SD-BASE")
    two = {**secured(), "proof": [proof_of(secured()), proof_of(secured())]}
    assert failure(ECDSA_SD_2023.derive, two, ["/name"]) == (IssuingError, "SD-BASE")


def test_other_proofs_are_left_out_of_what_is_derived() -> None:
    key = SigningKey.generate()
    both = add_proof(secured(), key, replace(OPTIONS, verification_method=key.public_key.verification_method))
    shown = ECDSA_SD_2023.derive(both, ["/name"])
    assert proof_of(shown)["cryptosuite"] == "ecdsa-sd-2023"
    assert verify(shown) == ()


def test_a_changed_document_gives_no_derived_proof_that_holds() -> None:
    fewer = {name: value for name, value in secured().items() if name != "name"}
    assert failure(ECDSA_SD_2023.derive, fewer, []) == (SignatureError, "SD-STATEMENTS")
    changed = ECDSA_SD_2023.derive({**secured(), "name": "Other"}, ["/name"])
    assert failure(verify, changed) == (SignatureError, "PROOF-SIGNATURE")


def test_pointers_that_lead_nowhere_are_refused() -> None:
    assert failure(ECDSA_SD_2023.derive, secured(), ["/nothing"]) == (IssuingError, "SD-POINTER")
    nowhere = failure(ECDSA_SD_2023.sign, badge(), KEY, OPTIONS, mandatory=["/nothing"])
    assert nowhere == (IssuingError, "SD-POINTER")
    value = replace(base_value(), mandatory_pointers=("/nothing",))
    assert failure(verify, with_bytes(secured(), value.encoded())) == (SignatureError, "SD-STATEMENTS")


def test_both_keys_must_be_on_p256(keys: dict[KeyKind, SigningKey]) -> None:
    for kind in ("Ed25519", "P-384", "RSA"):
        other = keys[kind]
        wrong = failure(ECDSA_SD_2023.sign, badge(), KEY, OPTIONS, proof_key=other)
        assert wrong == (KeyMaterialError, "PROOF-KEY-KIND")
        found = failure(ECDSA_SD_2023.verify, derived(), proof_of(derived()), other.public_key)
        assert found == (SignatureError, "PROOF-KEY-KIND")


def test_a_chain_of_proofs_cannot_be_disclosed_in_part() -> None:
    chained = replace(OPTIONS, previous_proof=("urn:proof:0",))
    assert failure(ECDSA_SD_2023.sign, badge(), KEY, chained) == (UnsupportedError, "PROOF-CHAIN")
    proof = {**proof_of(derived()), "previousProof": "urn:proof:0"}
    assert failure(ECDSA_SD_2023.check, proof) == (UnsupportedError, "PROOF-CHAIN")
    assert failure(verify, {**derived(), "proof": proof}) == (UnsupportedError, "PROOF-CHAIN")


def test_unsigned_members_are_listed() -> None:
    shown = {**derived(), "motto": "x", "proof": {**proof_of(derived()), "colour": "red"}}
    members = ECDSA_SD_2023.verify(shown, proof_of(shown), KEY.public_key, pointer="/proof")
    assert {member.pointer for member in members} == {"/motto", "/proof/colour"}


BASE = base_value()
DERIVED = derived_value()
LABEL = b"\x00\x58\x20" + bytes(32)
ITEMS = [DERIVED.base_signature, DERIVED.public_key, list(DERIVED.signatures)]


def joined(*items: object) -> bytes:
    return b"".join(map(cbor2.dumps, items))


@pytest.mark.parametrize(
    "payload",
    [
        b"",
        b"\x85",
        cbor2.dumps([]),
        cbor2.dumps({}),
        cbor2.dumps(0),
        cbor2.dumps([*ITEMS, {}]),
        cbor2.dumps([*ITEMS, {}, [], []]),
        cbor2.dumps([*ITEMS, {}, []]) + b"\0",
        cbor2.dumps([*ITEMS, {0: bytes(31)}, []]),
        cbor2.dumps([*ITEMS, {-1: bytes(32)}, []]),
        cbor2.dumps([*ITEMS, {True: bytes(32)}, []]),
        cbor2.dumps([*ITEMS, {0.0: bytes(32)}, []]),
        cbor2.dumps([*ITEMS, {"c14n0": bytes(32)}, []]),
        cbor2.dumps([*ITEMS, {"0": bytes(32)}, []]),
        cbor2.dumps([*ITEMS, {2**64: bytes(32)}, []]),
        cbor2.dumps([*ITEMS, {0: bytes(32), 1: bytes(32)}, []]),
        cbor2.dumps([*ITEMS, [bytes(32)], []]),
        cbor2.dumps([*ITEMS, None, []]),
        cbor2.dumps([*ITEMS, {}, {}]),
        cbor2.dumps([*ITEMS, {}, ["0"]]),
        cbor2.dumps([*ITEMS, {}, [False]]),
        cbor2.dumps([*ITEMS, {}, [-1]]),
        cbor2.dumps([*ITEMS, {}, [1.0]]),
        cbor2.dumps([*ITEMS, {}, [2**70]]),
        cbor2.dumps([*ITEMS, {}, [1, 0]]),
        cbor2.dumps([*ITEMS, {}, [1, 1]]),
        cbor2.dumps([*ITEMS, {}, [[]]]),
        cbor2.dumps([*ITEMS[:2], {}, {}, []]),
        cbor2.dumps([*ITEMS[:2], "x", {}, []]),
        cbor2.dumps([*ITEMS[:2], [bytes(63)], {}, []]),
        cbor2.dumps([*ITEMS[:2], ["x" * 64], {}, []]),
        cbor2.dumps([*ITEMS[:2], [bytearray(64), 1], {}, []]),
        cbor2.dumps([bytes(96), *ITEMS[1:], {}, []]),
        cbor2.dumps(["x" * 64, *ITEMS[1:], {}, []]),
        cbor2.dumps([ITEMS[0], bytes(34), ITEMS[2], {}, []]),
        cbor2.dumps([ITEMS[0], bytes(36), ITEMS[2], {}, []]),
        cbor2.dumps(cbor2.CBORTag(55799, [*ITEMS, {}, []])),
        cbor2.dumps([cbor2.CBORTag(64, ITEMS[0]), *ITEMS[1:], {}, []]),
        cbor2.dumps([*ITEMS, {}, cbor2.CBORTag(28, [])]),
        cbor2.dumps([*ITEMS, {}, [cbor2.CBORTag(2, b"\1")]]),
        cbor2.dumps([*ITEMS, {}, [cbor2.CBORTag(30, [1, 2])]]),
        cbor2.dumps([*ITEMS, {}, [cbor2.CBORTag(35, "(a+)+b")]]),
        cbor2.dumps([*ITEMS, cbor2.CBORTag(258, []), []]),
        b"\x9f" + joined(*ITEMS, {}, []) + b"\xff",  # indefinite length
        b"\x85" + joined(*ITEMS, {}) + b"\x9f\xff",
        b"\x85" + joined(*ITEMS) + b"\xbf\xff\x80",
        b"\x85\x5f\x58\x40" + bytes(64) + b"\xff" + joined(*ITEMS[1:], {}, []),
        b"\x98\x05" + joined(*ITEMS, {}, []),  # a longer head than needed
        b"\x85" + joined(*ITEMS, {}) + b"\x81\x18\x01",
        b"\x85" + joined(*ITEMS, {}) + b"\x81\x1b" + bytes(7) + b"\x01",
        b"\x85" + joined(*ITEMS) + b"\xa2" + LABEL + LABEL + b"\x80",  # one label twice
        b"\x85" + joined(*ITEMS, {}) + b"\x9b" + b"\xff" * 8,  # a huge array
        b"\x85" + joined(*ITEMS) + b"\xbb" + b"\x7f" * 8,
        b"\x85\x5b" + b"\x7f" * 8,
        b"\x81" * 10_000,  # deep
        b"\xc1" * 10_000,
    ],
)  # fmt: skip
def test_a_derived_value_has_one_spelling(payload: bytes) -> None:
    data = bytes.fromhex("d95d01") + payload
    assert failure(parse_value, data, pointer="/proof/proofValue") == (SignatureError, "SD-VALUE")
    assert failure(verify, with_bytes(derived(), data)) == (SignatureError, "SD-VALUE")


@pytest.mark.parametrize(
    "items",
    [
        [b"", BASE.public_key, BASE.hmac_key, [], []],
        [BASE.base_signature, b"", BASE.hmac_key, [], []],
        [BASE.base_signature, BASE.public_key, bytes(31), [], []],
        [BASE.base_signature, BASE.public_key, "x" * 32, [], []],
        [BASE.base_signature, BASE.public_key, BASE.hmac_key, [b""], []],
        [BASE.base_signature, BASE.public_key, BASE.hmac_key, [], [b"/issuer"]],
        [BASE.base_signature, BASE.public_key, BASE.hmac_key, [], "/issuer"],
        [BASE.base_signature, BASE.public_key, BASE.hmac_key, []],
    ],
)
def test_a_base_value_has_its_five_items(items: list[object]) -> None:
    data = bytes.fromhex("d95d00") + cbor2.dumps(items)
    assert failure(parse_value, data, pointer="") == (SignatureError, "SD-VALUE")


@pytest.mark.parametrize("header", ["", "d95d", "d95d02", "d95d03", "d85d00", "595d01", "005d01"])
def test_another_header_is_refused(header: str) -> None:
    data = bytes.fromhex(header) + DERIVED.encoded()[3:]
    assert failure(parse_value, data, pointer="") == (SignatureError, "SD-VALUE")


def test_labels_may_stand_in_any_order() -> None:
    backwards = dict(
        reversed([(int(name[4:]), decode_multibase(label)) for name, label in DERIVED.labels.items()])
    )
    data = bytes.fromhex("d95d01") + cbor2.dumps([*ITEMS, backwards, list(DERIVED.mandatory_indexes)])
    assert data != DERIVED.encoded()
    assert verify(with_bytes(derived(), data)) == ()


def test_a_value_is_base64url_and_of_bounded_length() -> None:
    text = str(proof_of(derived())["proofValue"])
    data = decode_multibase(text, bases="u", max_chars=10**6)
    long = "u" + "A" * (MAX_PROOF_VALUE_CHARS + 1)
    for value in (
        "z" + text[1:],
        encode_multibase(data),
        text[1:],
        text + "=",
        text + "A",
        text[:-1],
        long,
        "u",
    ):
        changed = {**derived(), "proof": {**proof_of(derived()), "proofValue": value}}
        assert failure(verify, changed)[0] is SignatureError


def test_a_truncated_value_is_refused() -> None:
    data = bytes_of(derived())
    for size in range(0, len(data), 7):
        assert failure(verify, with_bytes(derived(), data[:size])) == (SignatureError, "SD-VALUE")


def test_the_key_of_a_proof_is_found_nowhere_else() -> None:
    assert encode_multibase(DERIVED.public_key) != KEY.public_key.multibase
    assert PublicKey.from_multibase(encode_multibase(DERIVED.public_key)).kind == "P-256"
    given = ECDSA_SD_2023.sign(badge(), KEY, OPTIONS, proof_key=OWN)
    value = parse_value(decode_multibase(str(given["proofValue"]), bases="u", max_chars=10**6), pointer="")
    assert encode_multibase(value.public_key) == OWN.public_key.multibase


def test_nothing_that_is_withheld_can_be_told_from_labels() -> None:
    """A verifier without the HMAC key sees digests, not numbers."""
    assert not any(label.startswith("c14n") for label in DERIVED.labels.values())
    assert len({len(label) for label in DERIVED.labels.values()}) == 1
    assert base_value().hmac_key not in bytes_of(derived())
