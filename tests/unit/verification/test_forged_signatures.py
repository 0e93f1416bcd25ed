"""Forgeries that one library or another has fallen for, each through `verify`: in a proof and in a token.

Every case leaves the badge as an honest one would be, but for the one trick in its name.
"""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Callable, Mapping

import pytest
from cryptography.hazmat.primitives.asymmetric.utils import encode_dss_signature

from hosted_badges import SIGNED, judged, jws
from issued_badges import LATER, NOW, achievement, fixed_bytes, open_or_failed, outcomes
from openbadge_issuer.assertions.json_text import JsonObject, JsonValue, dump_json, parse_json_object
from openbadge_issuer.issuing import Award, Issuer, Recipient
from openbadge_issuer.resolution.fetching import Fetched
from openbadge_issuer.signing.base64url import decode_base64url, encode_base64url
from openbadge_issuer.signing.multibase import decode_multibase, encode_multibase
from openbadge_issuer.signing.public_key import KeyKind
from openbadge_issuer.signing.sealing import ProofFormat
from openbadge_issuer.signing.signing_key import SigningKey
from openbadge_issuer.signing.vc_jwt import parse_jwt
from openbadge_issuer.signing.vc_jwt_claims import claims_for
from openbadge_issuer.verification import VerificationReport, verify
from unit.resolution.keys import Asked

KEYS: Mapping[KeyKind, SigningKey] = {
    "Ed25519": SigningKey.generate("Ed25519"),
    "P-256": SigningKey.generate("P-256"),
    "P-384": SigningKey.generate("P-384"),
    "RSA": SigningKey.generate("RSA", rsa_bits=2048),
}
THIEF = SigningKey.generate("Ed25519")
ORDERS = {
    "Ed25519": 2**252 + 27742317777372353535851937790883648493,
    "P-256": 0xFFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551,
    "P-384": 2**384 - 0x389CB27E0BC8D220A7E5F24DB74F58851313E695333AD68D,
}
WEB = "did:web:badges.example"
DOCUMENT = "https://badges.example/.well-known/did.json"
SUITES: Mapping[KeyKind, tuple[ProofFormat, ...]] = {
    "Ed25519": ("eddsa-rdfc-2022", "eddsa-jcs-2022", "Ed25519Signature2020", "vc-jwt", "vc+jwt"),
    "P-256": ("ecdsa-rdfc-2019", "ecdsa-jcs-2019", "vc-jwt", "vc+jwt"),
    "P-384": ("ecdsa-rdfc-2019", "ecdsa-jcs-2019", "vc-jwt", "vc+jwt"),
}
CASES = [(kind, proof) for kind, proofs in SUITES.items() for proof in proofs]
CURVES = [(kind, proof) for kind, proof in CASES if kind != "Ed25519"]


def issue(
    key: SigningKey, proof: ProofFormat | None = None, *, issuer: str | None = None, method: str | None = None
) -> bytes:
    by = Issuer(id=issuer or key.did_key, name="Breakthrough", signer=key, verification_method=method)
    award = Award(
        achievement=achievement(), recipient=Recipient(id="did:example:ada"), id="urn:uuid:1", proof=proof
    )
    return by.issue_award(award, now=NOW, rng=fixed_bytes).data


BADGES = {(kind, proof): issue(KEYS[kind], proof) for kind, proof in CASES}


def resigned(data: bytes, change: Callable[[bytes], bytes]) -> bytes:
    """Change the bytes of a signature, in whichever form the badge is."""
    if not data.startswith(b"{"):
        head, payload, signature = data.decode().split(".")
        return f"{head}.{payload}.{encode_base64url(change(decode_base64url(signature)))}".encode()
    document = parse_json_object(data)
    proof = document["proof"]
    assert isinstance(proof, dict)
    value = encode_multibase(change(decode_multibase(str(proof["proofValue"]))))
    return dump_json({**document, "proof": {**proof, "proofValue": value}})


def check(data: bytes | str | JsonObject, **options: object) -> VerificationReport:
    report = verify(data, **{"now": LATER, **options})  # type: ignore[arg-type]  # any option
    for found in report.findings:
        assert found.message("en")
        assert found.message("nl")
    return report


def refused(data: bytes | str | JsonObject, *codes: str, **options: object) -> None:
    """See that integrity failed, for one of these reasons."""
    report = check(data, **options)
    assert report.verdicts["integrity"] == "failed", report
    failed = {code for code, outcome in open_or_failed(report).items() if outcome == "failed"}
    assert failed & set(codes), failed
    assert not report.accepted


# Signatures


@pytest.mark.parametrize(("kind", "proof"), CASES)
def test_the_badges_of_these_tests_are_good(kind: KeyKind, proof: ProofFormat) -> None:
    assert check(BADGES[kind, proof])
    assert check(resigned(BADGES[kind, proof], lambda signature: signature))


@pytest.mark.parametrize("proof", SUITES["Ed25519"])
@pytest.mark.parametrize("times", [1, 7, 15])
def test_a_scalar_of_ed25519_that_is_not_reduced(proof: ProofFormat, times: int) -> None:
    """The same signature in another spelling (RFC 8032, section 8.4): a second one without the key."""

    def unreduced(signature: bytes) -> bytes:
        scalar = int.from_bytes(signature[32:], "little") + times * ORDERS["Ed25519"]
        return signature[:32] + scalar.to_bytes(32, "little")

    refused(resigned(BADGES["Ed25519", proof], unreduced), "PROOF-SIGNATURE")


@pytest.mark.parametrize(("kind", "proof"), CURVES)
def test_a_high_s_is_as_good_as_a_low_one(kind: KeyKind, proof: ProofFormat) -> None:
    """The standards allow both, and half of all signatures have it."""

    def other(signature: bytes) -> bytes:
        half = len(signature) // 2
        s = ORDERS[kind] - int.from_bytes(signature[half:], "big")
        return signature[:half] + s.to_bytes(half, "big")

    assert check(resigned(BADGES[kind, proof], other))


SCALARS: dict[str, Callable[[int, int, int], tuple[int, int]]] = {
    "both zero": lambda _r, _s, _n: (0, 0),
    "r zero": lambda _r, s, _n: (0, s),
    "s zero": lambda r, _s, _n: (r, 0),
    "r the order": lambda _r, s, n: (n, s),
    "s the order": lambda r, _s, n: (r, n),
    "both the order": lambda _r, _s, n: (n, n),
    "r one, s one": lambda _r, _s, _n: (1, 1),
    "as large as can be": lambda _r, _s, n: (256 ** ((n.bit_length() + 7) // 8) - 1,) * 2,
    "changed places": lambda r, s, _n: (s, r),
}


@pytest.mark.parametrize(("kind", "proof"), CURVES)
@pytest.mark.parametrize("scalars", SCALARS.values(), ids=SCALARS)
def test_scalars_of_ecdsa_out_of_range(
    kind: KeyKind, proof: ProofFormat, scalars: Callable[[int, int, int], tuple[int, int]]
) -> None:
    """Zeros verified everything in Java for a while (CVE-2022-21449)."""

    def forged(signature: bytes) -> bytes:
        half = len(signature) // 2
        r, s = int.from_bytes(signature[:half], "big"), int.from_bytes(signature[half:], "big")
        return b"".join(number.to_bytes(half, "big") for number in scalars(r, s, ORDERS[kind]))

    refused(resigned(BADGES[kind, proof], forged), "PROOF-SIGNATURE")


def der(signature: bytes) -> bytes:
    half = len(signature) // 2
    r, s = int.from_bytes(signature[:half], "big"), int.from_bytes(signature[half:], "big")
    return encode_dss_signature(r, s)


FORMS: dict[str, Callable[[bytes], bytes]] = {
    "DER": der,
    "empty": lambda _: b"\0",
    "one byte short": lambda signature: signature[:-1],
    "one byte more": lambda signature: signature + b"\0",
    "a zero before each half": lambda signature: b"".join(
        b"\0" + part for part in (signature[: len(signature) // 2], signature[len(signature) // 2 :])
    ),
    "twice": lambda signature: signature * 2,
    "the first half": lambda signature: signature[: len(signature) // 2],
    "with the length of the other curve": lambda signature: signature.ljust(160 - len(signature), b"\0")[
        : 160 - len(signature)
    ],
}


@pytest.mark.parametrize(("kind", "proof"), CASES)
@pytest.mark.parametrize("form", FORMS.values(), ids=FORMS)
def test_signatures_in_other_forms(kind: KeyKind, proof: ProofFormat, form: Callable[[bytes], bytes]) -> None:
    refused(resigned(BADGES[kind, proof], form), "PROOF-SIGNATURE-LENGTH", "PROOF-VALUE")


# Keys

SMALL = {
    "identity": bytes([1]) + bytes(31),
    "zero": bytes(32),
    "order two": (2**255 - 20).to_bytes(32, "little"),
    "order eight": bytes.fromhex("26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05"),
    "order eight, the other sign": bytes.fromhex(
        "26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc85"
    ),
}
OTHER_SPELLINGS = {
    "identity plus p": (2**255 - 19 + 1).to_bytes(32, "little"),
    "p": (2**255 - 19).to_bytes(32, "little"),
    "all ones": b"\xff" * 32,
    "the largest": (2**255 - 1).to_bytes(32, "little"),
}
WEAK = {**SMALL, **OTHER_SPELLINGS}
EASY = bytes([1]) + bytes(63)
"""R the identity and S zero: under a key of small order this verifies nearly everything."""


def weak_issuer(raw: bytes) -> str:
    return f"did:key:{encode_multibase(bytes.fromhex('ed01') + raw)}"


@pytest.mark.parametrize("raw", WEAK.values(), ids=WEAK)
def test_a_key_of_ed25519_under_which_anything_verifies(raw: bytes) -> None:
    """Everywhere where a key can stand: in an identifier, a document, a header."""
    did = weak_issuer(raw)
    method = f"{did}#{did.removeprefix('did:key:')}"
    forged = resigned(issue(THIEF, "eddsa-rdfc-2022", issuer=did, method=method), lambda _: EASY)
    refused(forged, "KEY-SMALL-ORDER", "KEY-NON-CANONICAL")
    token = resigned(issue(THIEF, "vc-jwt", issuer=did, method=method), lambda _: EASY)
    refused(token, "KEY-SMALL-ORDER", "KEY-NON-CANONICAL")
    jwk: JsonObject = {"kty": "OKP", "crv": "Ed25519", "x": encode_base64url(raw)}
    refused(resigned(with_header({"jwk": jwk}), lambda _: EASY), "KEY-SMALL-ORDER", "KEY-NON-CANONICAL")
    multikey: JsonObject = {"type": "Multikey", "publicKeyMultibase": did.removeprefix("did:key:")}
    json_web_key: JsonObject = {"type": "JsonWebKey", "publicKeyJwk": jwk}
    for key in (multikey, json_web_key):
        named = issue(THIEF, "eddsa-rdfc-2022", issuer=WEB, method=f"{WEB}#1")
        refused(resigned(named, lambda _: EASY), "METHOD-KEY", documents=documents(key))


def documents(key: JsonObject) -> dict[str, bytes | Fetched]:
    """Publish a key as that of the issuer."""
    listed: JsonObject = {"id": f"{WEB}#1", "controller": WEB, **key}
    return {DOCUMENT: dump_json({"id": WEB, "verificationMethod": [listed], "assertionMethod": [f"{WEB}#1"]})}


OWN = KEYS["P-256"].public_key
RAW = decode_multibase(OWN.multibase)
CONFUSED: dict[str, JsonObject] = {
    "base64url": {"publicKeyMultibase": encode_multibase(RAW, base="u")},
    "base58 without its letter": {"publicKeyMultibase": OWN.multibase[1:]},
    "hexadecimal": {"publicKeyMultibase": f"f{RAW.hex()}"},
    "without a codec": {"publicKeyMultibase": encode_multibase(RAW[2:])},
    "codec of Ed25519": {"publicKeyMultibase": encode_multibase(b"\xed\x01" + RAW[2:])},
    "codec of P-384": {"publicKeyMultibase": encode_multibase(b"\x81\x24" + RAW[2:])},
    "codec of secp256k1": {"publicKeyMultibase": encode_multibase(b"\xe7\x01" + RAW[2:])},
    "codec of a private key": {"publicKeyMultibase": encode_multibase(b"\x86\x26" + RAW[2:])},
    "codec twice": {"publicKeyMultibase": encode_multibase(RAW[:2] + RAW)},
    "codec as one byte": {"publicKeyMultibase": encode_multibase(b"\x80" + RAW[2:])},
    "followed by more": {"publicKeyMultibase": encode_multibase(RAW + b"\0")},
    "point that is not compressed": {
        "publicKeyMultibase": encode_multibase(
            RAW[:2] + b"\x04" + decode_base64url(str(OWN.jwk["x"])) + decode_base64url(str(OWN.jwk["y"]))
        )
    },
    "JWK under Multikey": {"publicKeyJwk": OWN.jwk},
    "Multikey under JsonWebKey": {"type": "JsonWebKey", "publicKeyMultibase": OWN.multibase},
    "curve of another name": {"type": "JsonWebKey", "publicKeyJwk": {**OWN.jwk, "crv": "P-384"}},
    "curve of another family": {"type": "JsonWebKey", "publicKeyJwk": {**OWN.jwk, "kty": "OKP"}},
    "point off the curve": {"type": "JsonWebKey", "publicKeyJwk": {**OWN.jwk, "y": OWN.jwk["x"]}},
    "for encryption": {"type": "JsonWebKey", "publicKeyJwk": {**OWN.jwk, "use": "enc"}},
    "for another algorithm": {"type": "JsonWebKey", "publicKeyJwk": {**OWN.jwk, "alg": "ES384"}},
    "private": {"type": "JsonWebKey", "publicKeyJwk": {**OWN.jwk, "d": OWN.jwk["x"]}},
    "symmetric": {"type": "JsonWebKey", "publicKeyJwk": {"kty": "oct", "k": OWN.jwk["x"]}},
    "Ed25519 of 2020": {"type": "Ed25519VerificationKey2020", "publicKeyMultibase": OWN.multibase},
}


@pytest.mark.parametrize("key", CONFUSED.values(), ids=CONFUSED)
@pytest.mark.parametrize("proof", ["ecdsa-rdfc-2019", "vc-jwt"])
def test_a_key_in_another_spelling_or_of_another_kind(proof: ProofFormat, key: JsonObject) -> None:
    data = issue(KEYS["P-256"], proof, issuer=WEB, method=f"{WEB}#1")
    good: JsonObject = {"type": "Multikey", "publicKeyMultibase": OWN.multibase}
    assert check(data, documents=documents(good))
    report = check(data, documents=documents({"type": "Multikey", **key}))
    assert report.verdicts["integrity"] != "passed"
    assert {"METHOD-KEY", "KEY-KIND"} & open_or_failed(report).keys()


# One key, or one signature, for another suite


@pytest.mark.parametrize(("kind", "proof"), [case for case in CASES if "jwt" not in case[1]])
def test_a_proof_under_the_name_of_another_suite(kind: KeyKind, proof: ProofFormat) -> None:
    document = parse_json_object(BADGES[kind, proof])
    made = document["proof"]
    assert isinstance(made, dict)
    for other in ("eddsa-rdfc-2022", "eddsa-jcs-2022", "ecdsa-rdfc-2019", "ecdsa-jcs-2019", "ecdsa-sd-2023"):
        if other != proof:
            renamed: JsonObject = {**made, "type": "DataIntegrityProof", "cryptosuite": other}
            refused(
                dump_json({**document, "proof": renamed}),
                "PROOF-SIGNATURE", "PROOF-KEY-KIND", "PROOF-VALUE", "PROOF-CONTEXT",
            )  # fmt: skip


@pytest.mark.parametrize("kind", SUITES)
def test_the_key_of_another_kind_for_a_suite(kind: KeyKind) -> None:
    """The proof names a key of the issuer, which is not one that its suite takes."""
    for other, key in KEYS.items():
        if other == kind or {kind, other} == {"P-256", "P-384"}:
            continue
        document = parse_json_object(BADGES[kind, SUITES[kind][0]])
        proof, public = document["proof"], key.public_key
        assert isinstance(proof, dict)
        assert isinstance(document["issuer"], dict)
        moved: JsonObject = {
            **document,
            "issuer": {**document["issuer"], "id": public.did_key},
            "proof": {**proof, "verificationMethod": public.verification_method},
        }
        refused(dump_json(moved), "PROOF-KEY-KIND")


def test_the_signature_of_a_token_is_no_proof_and_the_other_way_round() -> None:
    token, document = BADGES["Ed25519", "vc-jwt"], parse_json_object(BADGES["Ed25519", "eddsa-rdfc-2022"])
    proof = document["proof"]
    assert isinstance(proof, dict)
    lent = encode_multibase(parse_jwt(token).signature)
    refused(dump_json({**document, "proof": {**proof, "proofValue": lent}}), "PROOF-SIGNATURE")
    signature = decode_multibase(str(proof["proofValue"]))
    refused(resigned(token, lambda _: signature), "PROOF-SIGNATURE")


def test_a_proof_value_in_another_base() -> None:
    document = parse_json_object(BADGES["Ed25519", "eddsa-rdfc-2022"])
    proof = document["proof"]
    assert isinstance(proof, dict)
    text = str(proof["proofValue"])
    for value in (
        encode_multibase(decode_multibase(text), base="u"),
        text[1:],
        f"m{text[1:]}",
        f"z1{text[1:]}",
        f" {text}",
    ):
        refused(
            dump_json({**document, "proof": {**proof, "proofValue": value}}),
            "PROOF-VALUE",
            "PROOF-SIGNATURE-LENGTH",
        )


# The header of a token

CREDENTIAL = parse_jwt(BADGES["Ed25519", "vc-jwt"]).credential


def with_header(header: JsonObject, key: SigningKey = THIEF, credential: JsonObject = CREDENTIAL) -> bytes:
    """Sign a badge in the issuer's name with a thief's key, under any header; None leaves a member out."""
    usual: JsonObject = {"alg": key.algorithm, "typ": "JWT", **header}
    kept: JsonObject = {name: value for name, value in usual.items() if value is not None}
    payload: JsonObject = {**credential, **claims_for(credential)}
    text = f"{encode_base64url(dump_json(kept))}.{encode_base64url(dump_json(payload))}"
    return f"{text}.{encode_base64url(key.sign(text.encode()))}".encode()


ISSUER = KEYS["Ed25519"].public_key
KID = ISSUER.verification_method
OPEN: dict[str, JsonObject] = {
    "own key in the header": {"jwk": THIEF.public_key.jwk},
    "own key under the issuer's name": {"jwk": {**THIEF.public_key.jwk, "kid": KID}},
    "own did:key": {"kid": THIEF.public_key.verification_method},
    "own key at an address": {"kid": f"https://evil.example/#{THIEF.public_key.multibase}"},
}
FAILED: dict[str, tuple[JsonObject, str]] = {
    "the issuer's name and an own key": ({"kid": KID, "jwk": THIEF.public_key.jwk}, "PROOF-SIGNATURE"),
    "the issuer's key in the header": ({"jwk": ISSUER.jwk}, "PROOF-SIGNATURE"),
    "the issuer's name, elsewhere": (
        {"kid": KID, "jku": "https://evil.example/jwks", "x5u": "https://evil.example/x5u"},
        "PROOF-SIGNATURE",
    ),
    "no name": ({}, "METHOD-NOT-NAMED"),
    "an empty name": ({"kid": ""}, "METHOD-HEADER"),
    "a name that is no text": ({"kid": [KID]}, "JWT-HEADER-MEMBER"),
    "a file": ({"kid": "../../../../dev/null"}, "METHOD-NOT-LISTED"),
    "a query": ({"kid": "x' UNION SELECT 'key"}, "METHOD-NOT-LISTED"),
    "a file URL": ({"kid": "file:///dev/null"}, "METHOD-NOT-LISTED"),
    "a key that is no object": ({"jwk": "x"}, "JWT-HEADER-MEMBER"),
    "a private key": ({"jwk": {**THIEF.public_key.jwk, "d": "AAAA"}}, "JWT-PRIVATE-KEY"),
    "a symmetric key": ({"jwk": {"kty": "oct", "k": "AAAA"}}, "JWT-PRIVATE-KEY"),
    "an extension that matters": ({"kid": KID, "crit": ["x"], "x": 1}, "JWT-CRITICAL"),
    "a payload that is not encoded": ({"kid": KID, "b64": False}, "JWT-CRITICAL"),
    "another algorithm of signatures": ({"kid": KID, "alg": "ES256"}, "JWT-ALGORITHM-KEY"),
    "no algorithm": ({"kid": KID, "alg": None}, "JWT-HEADER-MEMBER"),
    "the algorithm none": ({"kid": KID, "alg": "none"}, "JWT-ALGORITHM"),
    "the algorithm None": ({"kid": KID, "alg": "nOnE"}, "JWT-ALGORITHM"),
    "the type of something else": ({"kid": KID, "typ": "at+jwt"}, "JWT-TYPE"),
}  # fmt: skip


@pytest.mark.parametrize("header", OPEN.values(), ids=OPEN)
def test_a_thief_brings_a_key_along(header: JsonObject) -> None:
    """The signature holds, under a key that nothing shows to be the issuer's."""
    report = check(with_header(header))
    assert outcomes(report)["PROOF-SIGNATURE"] == "passed"
    assert report.verdicts["integrity"] in ("failed", "undetermined")
    assert not report.accepted
    assert report.key is not None
    assert report.key.shown_by == "claim"


@pytest.mark.parametrize(("header", "code"), FAILED.values(), ids=FAILED)
def test_a_thief_plays_with_the_header(header: JsonObject, code: str) -> None:
    refused(with_header(header), code)


def test_addresses_in_the_header_are_never_asked() -> None:
    asked = Asked({})
    check(
        with_header(
            {
                "jku": "https://evil.example/jwks",
                "x5u": "https://evil.example/x5u",
                "jwk": {**THIEF.public_key.jwk, "x5u": "https://evil.example/x5u2"},
            }
        ),
        fetcher=asked,
    )
    assert not [url for url in asked.urls if "evil" in url]


@pytest.mark.parametrize("algorithm", ["HS256", "HS384", "HS512", "hs256"])
@pytest.mark.parametrize(
    "secret",
    [ISSUER.pem, dump_json(ISSUER.jwk), ISSUER.multibase.encode(), b""],
    ids=["PEM", "JWK", "Multikey", "empty"],
)
def test_the_public_key_is_no_secret(algorithm: str, secret: bytes) -> None:
    """The oldest trick: what everybody has is used as the secret of a keyed hash."""
    head = encode_base64url(dump_json({"alg": algorithm, "typ": "JWT", "kid": KID}))
    text = f"{head}.{encode_base64url(dump_json({**CREDENTIAL, **claims_for(CREDENTIAL)}))}"
    signature = hmac.new(secret, text.encode(), hashlib.sha256).digest()
    refused(f"{text}.{encode_base64url(signature)}", "JWT-ALGORITHM")


def test_an_unsigned_token() -> None:
    for algorithm in ("none", "None", "NONE"):
        head = encode_base64url(dump_json({"alg": algorithm}))
        text = f"{head}.{encode_base64url(dump_json({**CREDENTIAL, **claims_for(CREDENTIAL)}))}."
        refused(text, "JWT-ALGORITHM")
        refused(f"{text}AAAA", "JWT-ALGORITHM")
    head, payload, _ = BADGES["Ed25519", "vc-jwt"].decode().split(".")
    refused(f"{head}.{payload}.", "JWT-FORMAT")


def test_two_algorithms_in_one_header() -> None:
    """Two readers could take one each."""
    _, payload, signature = with_header({"kid": KID}).decode().split(".")
    head = encode_base64url(b'{"alg":"EdDSA","alg":"none","typ":"JWT"}')
    refused(f"{head}.{payload}.{signature}", "JSON-DUPLICATE-KEY")


@pytest.mark.parametrize("kind", ["P-256", "P-384", "RSA"])
def test_a_token_under_the_algorithm_of_another_key(kind: KeyKind) -> None:
    key = KEYS[kind]
    data = issue(key, "vc-jwt")
    credential = parse_jwt(data).credential
    for name in ("EdDSA", "ES256", "ES384", "RS256", "PS256"):
        kid = key.public_key.verification_method
        forged = with_header({"alg": name, "kid": kid}, key, credential)
        if name == key.algorithm:
            assert check(forged)
        elif name in key.public_key.algorithms:
            refused(forged, "PROOF-SIGNATURE")
        else:
            refused(forged, "JWT-ALGORITHM-KEY")
    for name in ("ES256K", "ES512", "RS1", "es256"):
        report = check(with_header({"alg": name, "kid": kid}, key, credential))
        assert open_or_failed(report)["JWT-ALGORITHM-UNKNOWN"] == "undetermined"
        assert not report


def test_a_token_in_other_forms_of_jws() -> None:
    head, payload, signature = BADGES["Ed25519", "vc-jwt"].decode().split(".")
    flattened = {"protected": head, "payload": payload, "signature": signature}
    report = check(dump_json(dict[str, JsonValue](flattened)))
    assert report.verdicts["integrity"] == "failed"
    for text in (
        f"{head}.{payload}.{signature}=",
        f"{head}=.{payload}.{signature}",
        f"{head}.{payload}.{signature}.x",
    ):
        assert not check(text)


# Signed badges of 2.0 take the same way


def test_forgeries_of_2_are_refused_alike() -> None:
    key = SigningKey.generate("P-256")
    for form in (der, FORMS["one byte short"]):
        forged = resigned(jws(SIGNED, key).encode(), form)
        report = judged(forged.decode())
        assert report.verdicts["integrity"] == "failed"
    head = encode_base64url(b'{"alg":"none"}')
    assert "JWT-ALGORITHM" in outcomes(judged(f"{head}.{encode_base64url(dump_json(SIGNED))}."))
