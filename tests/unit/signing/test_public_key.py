from __future__ import annotations

import pickle

import pytest
from cryptography.hazmat.primitives.asymmetric import dsa, ec, ed448, rsa
from cryptography.hazmat.primitives.asymmetric.utils import decode_dss_signature
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey
from cryptography.hazmat.primitives.hashes import SHA256, SHA384
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat, load_pem_public_key

from openbadge_issuer.assertions.json_text import JsonObject
from openbadge_issuer.errors import KeyMaterialError, OpenBadgeError, SignatureError, UnsupportedError
from openbadge_issuer.signing._rsa import check_rsa_bits
from openbadge_issuer.signing.base64url import encode_base64url
from openbadge_issuer.signing.multibase import decode_multibase, encode_multibase
from openbadge_issuer.signing.public_key import KeyKind, PublicKey
from openbadge_issuer.signing.signing_key import SigningKey

PRIME = 2**255 - 19
ORDER_25519 = 2**252 + 27742317777372353535851937790883648493
ORDER_P256 = 0xFFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551
ORDER_P384 = (
    0xFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFC7634D81F4372DDF581A0DB248B0A77AECEC196ACCC52973
)
KNOWN_MULTIBASE = "z6MkrJVnaZkeFzdQyMZu1cgjg7k1pZZ6pvBQ7XJPt4swbTQ2"


def code_of(call: object, *arguments: object) -> str:
    assert callable(call)
    with pytest.raises(OpenBadgeError) as caught:
        call(*arguments)
    assert caught.value.sentence("en")
    assert caught.value.sentence("nl")
    return caught.value.code


def ed25519_multibase(raw: bytes) -> str:
    return encode_multibase(b"\xed\x01" + raw)


def ed25519_jwk(raw: bytes) -> JsonObject:
    return {"kty": "OKP", "crv": "Ed25519", "x": encode_base64url(raw)}


def test_a_key_survives_every_form(key: SigningKey) -> None:
    public = key.public_key
    assert PublicKey.from_multibase(public.multibase) == public
    assert PublicKey.from_jwk(public.jwk) == public
    assert PublicKey.from_pem(public.pem) == public
    assert PublicKey.from_did_key(public.did_key) == public
    assert PublicKey.from_did_key(public.verification_method) == public
    assert pickle.loads(pickle.dumps(public)) == public  # noqa: S301  # our own bytes
    assert {public: 1}[PublicKey.from_jwk(public.jwk)] == 1


def test_a_key_verifies_what_it_signed_and_nothing_else(key: SigningKey) -> None:
    signature = key.sign(b"message")
    assert len(signature) == key.public_key.signature_size
    key.public_key.verify(b"message", signature)
    assert code_of(key.public_key.verify, b"messagf", signature) == "PROOF-SIGNATURE"
    assert code_of(key.public_key.verify, b"message", bytes(len(signature))) == "PROOF-SIGNATURE"
    for wrong in (b"", signature[:-1], signature + b"\0"):
        assert code_of(key.public_key.verify, b"message", wrong) == "PROOF-SIGNATURE-LENGTH"


def test_the_algorithm_follows_from_the_kind(keys: dict[KeyKind, SigningKey]) -> None:
    assert {kind: key.algorithm for kind, key in keys.items()} == {
        "Ed25519": "EdDSA",
        "P-256": "ES256",
        "P-384": "ES384",
        "RSA": "RS256",
    }
    assert keys["RSA"].public_key.algorithms == ("RS256", "PS256")


def test_an_rsa_key_signs_and_verifies_with_either_padding(keys: dict[KeyKind, SigningKey]) -> None:
    key = keys["RSA"]
    other = key.using("PS256")
    assert (key.algorithm, other.algorithm) == ("RS256", "PS256")
    assert other.public_key == key.public_key
    key.public_key.verify(b"m", other.sign(b"m"), algorithm="PS256")
    assert code_of(key.public_key.verify, b"m", other.sign(b"m")) == "PROOF-SIGNATURE"
    with pytest.raises(SignatureError, match="does not fit"):
        key.public_key.verify(b"m", key.sign(b"m"), algorithm="PS256")
    with pytest.raises(SignatureError, match="is not for ES256") as caught:
        key.public_key.verify(b"m", key.sign(b"m"), algorithm="ES256")
    assert caught.value.code == "PROOF-ALGORITHM"
    assert code_of(key.using, "ES256") == "KEY-SIGNER"


def test_an_rsa_jwk_that_names_its_algorithm_is_for_that_one_only(keys: dict[KeyKind, SigningKey]) -> None:
    key = keys["RSA"]
    public = PublicKey.from_jwk({**key.public_key.jwk, "alg": "PS256"})
    assert public == key.public_key
    assert pickle.loads(pickle.dumps(public)).algorithms == ("PS256",)  # noqa: S301  # our own bytes
    public.verify(b"m", key.using("PS256").sign(b"m"))
    with pytest.raises(SignatureError, match="is not for RS256"):
        public.verify(b"m", key.sign(b"m"), algorithm="RS256")


def test_multibase_prefixes_are_the_registered_ones(keys: dict[KeyKind, SigningKey]) -> None:
    assert keys["Ed25519"].did_key.startswith("did:key:z6Mk")
    assert keys["P-256"].did_key.startswith("did:key:zDn")
    assert keys["P-384"].did_key.startswith("did:key:z82L")
    assert keys["RSA"].did_key.startswith("did:key:z4MX")


def test_the_thumbprint_is_that_of_rfc_7638() -> None:
    jwk: JsonObject = {
        "kty": "RSA",
        "n": (
            "0vx7agoebGcQSuuPiLJXZptN9nndrQmbXEps2aiAFbWhM78LhWx4cbbfAAtVT86zwu1RK7aPFFxuhDR1L6tSoc_BJE"
            "CPebWKRXjBZCiFV4n3oknjhMstn64tZ_2W-5JsGY4Hc5n9yBXArwl93lqt7_RN5w6Cf0h4QyQ5v-65YGjQR0_FDW2Q"
            "vzqY368QQMicAtaSqzs8KJZgnYb9c7d0zgdAZHzu6qMQvRL5hajrn1n91CbOpbISD08qNLyrdkt-bFTWhAI4vMQFh6"
            "WeZu0fM4lFd2NcRwr3XPksINHaQ-G_xBniIqbw0Ls1jF44-csFCur-kEgU8awapJzKnqDKgw"
        ),
        "e": "AQAB",
        "alg": "RS256",
        "kid": "2011-04-29",
    }
    assert PublicKey.from_jwk(jwk).thumbprint == "NzbLsXh8uDCcd-6MNwXF4W_7noWXFZAfHkxZsRGC9Xs"
    okp: JsonObject = {"kty": "OKP", "crv": "Ed25519", "x": "11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo"}
    assert (
        PublicKey.from_jwk(okp).thumbprint == "kPrK_qmxVWaYVA9wwBF6Iuo3vVzz7TxHCTwXBygrS4k"
    )  # RFC 8037, A.3


@pytest.mark.parametrize(
    "y",
    [
        0,
        1,
        PRIME - 1,
        2707385501144840649318225287225658788936804267575313519463743609750303402022,
        55188659117513257062467267217118295137698188065244968500265048394206261417927,
    ],
)
@pytest.mark.parametrize("sign", [0, 2**255])
def test_ed25519_points_of_small_order_are_refused(y: int, sign: int) -> None:
    raw = (y | sign).to_bytes(32, "little")
    assert code_of(PublicKey.from_multibase, ed25519_multibase(raw)) == "KEY-SMALL-ORDER"
    assert code_of(PublicKey.from_jwk, ed25519_jwk(raw)) == "KEY-SMALL-ORDER"


def test_the_constants_are_the_points_of_order_8() -> None:
    """Twice such a point has order 4, and the points of order 4 are those with y = 0."""
    d = -121665 * pow(121666, -1, PRIME) % PRIME
    for y in (
        2707385501144840649318225287225658788936804267575313519463743609750303402022,
        55188659117513257062467267217118295137698188065244968500265048394206261417927,
    ):
        x_squared = (y * y - 1) * pow(d * y * y + 1, -1, PRIME) % PRIME
        # y of 2P is (y^2 + x^2) / (1 - d x^2 y^2)
        assert (y * y + x_squared) % PRIME == 0
        assert pow(x_squared, (PRIME - 1) // 2, PRIME) == 1


@pytest.mark.parametrize("y", [PRIME, PRIME + 1, 2**255 - 1])
def test_ed25519_points_in_another_spelling_are_refused(y: int) -> None:
    assert (
        code_of(PublicKey.from_multibase, ed25519_multibase(y.to_bytes(32, "little"))) == "KEY-NON-CANONICAL"
    )


def test_bytes_that_are_no_point_are_refused() -> None:
    assert code_of(PublicKey.from_multibase, ed25519_multibase(b"\x02" + bytes(31))) == "KEY-NOT-ON-CURVE"
    p256 = encode_multibase(b"\x80\x24\x02" + b"\xff" * 32)
    assert code_of(PublicKey.from_multibase, p256) == "KEY-NOT-ON-CURVE"
    p384 = encode_multibase(b"\x81\x24\x02" + b"\xff" * 48)
    assert code_of(PublicKey.from_multibase, p384) == "KEY-NOT-ON-CURVE"


def test_a_point_under_the_codec_of_another_curve_is_refused(keys: dict[KeyKind, SigningKey]) -> None:
    for kind, codec in (("P-256", b"\x81\x24"), ("P-384", b"\x80\x24"), ("P-256", b"\xed\x01")):
        data = decode_multibase(keys[kind].public_key.multibase)  # type: ignore[index]  # kinds of key
        assert code_of(PublicKey.from_multibase, encode_multibase(codec + data[2:])) == "KEY-LENGTH"


def test_an_ed25519_signature_with_an_unreduced_scalar_is_refused(keys: dict[KeyKind, SigningKey]) -> None:
    key = keys["Ed25519"]
    signature = key.sign(b"m")
    scalar = int.from_bytes(signature[32:], "little") + ORDER_25519
    forged = signature[:32] + scalar.to_bytes(32, "little")
    assert code_of(key.public_key.verify, b"m", forged) == "PROOF-SIGNATURE"


@pytest.mark.parametrize(("kind", "order"), [("P-256", ORDER_P256), ("P-384", ORDER_P384)])
def test_ecdsa_takes_high_s_but_no_scalar_out_of_range(
    keys: dict[KeyKind, SigningKey], kind: KeyKind, order: int
) -> None:
    key = keys[kind]
    signature = key.sign(b"m")
    size = len(signature) // 2
    r, s = signature[:size], int.from_bytes(signature[size:], "big")
    high = (order - s).to_bytes(size, "big")
    key.public_key.verify(b"m", r + high)
    zero, whole = bytes(size), order.to_bytes(size, "big")
    largest = b"\xff" * size
    for wrong in (r + zero, zero + high, r + whole, whole + high, zero + zero, r + largest, largest + high):
        assert code_of(key.public_key.verify, b"m", wrong) == "PROOF-SIGNATURE"


@pytest.mark.parametrize("curve", [ec.SECP256R1(), ec.SECP384R1()], ids=lambda curve: curve.name)
def test_an_ecdsa_signature_in_der_is_refused(curve: ec.EllipticCurve) -> None:
    native = ec.generate_private_key(curve)
    digest = SHA256() if curve.key_size == 256 else SHA384()
    der = native.sign(b"m", ec.ECDSA(digest))
    public = PublicKey.from_native(native.public_key())
    assert code_of(public.verify, b"m", der) == "PROOF-SIGNATURE-LENGTH"
    size = public.signature_size // 2
    r, s = decode_dss_signature(der)
    public.verify(b"m", r.to_bytes(size, "big") + s.to_bytes(size, "big"))


def test_p384_is_hashed_with_sha_384_only() -> None:
    native = ec.generate_private_key(ec.SECP384R1())
    r, s = decode_dss_signature(native.sign(b"m", ec.ECDSA(SHA256())))
    public = PublicKey.from_native(native.public_key())
    assert code_of(public.verify, b"m", r.to_bytes(48, "big") + s.to_bytes(48, "big")) == "PROOF-SIGNATURE"


def test_multikeys_of_another_codec_or_base_are_refused(keys: dict[KeyKind, SigningKey]) -> None:
    raw = keys["Ed25519"].public_key.multibase
    point = keys["P-256"].public_key
    assert code_of(PublicKey.from_multibase, "u" + raw[1:]) == "KEY-FORMAT"
    assert code_of(PublicKey.from_multibase, raw[1:]) == "KEY-FORMAT"
    assert code_of(PublicKey.from_multibase, raw + "\n") == "KEY-FORMAT"
    assert code_of(PublicKey.from_multibase, "z" + "2" * 5000) == "KEY-FORMAT"
    assert code_of(PublicKey.from_multibase, "z") == "KEY-FORMAT"
    assert code_of(PublicKey.from_multibase, encode_multibase(b"\x12\x20" + bytes(32))) == "KEY-FORMAT"
    assert code_of(PublicKey.from_multibase, encode_multibase(b"\xed\x01" + bytes(31))) == "KEY-LENGTH"
    assert (
        code_of(PublicKey.from_multibase, encode_multibase(b"\xed\x01" + b"\x02" + bytes(32))) == "KEY-LENGTH"
    )
    uncompressed = point._material.native.public_bytes(  # noqa: SLF001
        Encoding.X962, PublicFormat.UncompressedPoint
    )
    assert code_of(PublicKey.from_multibase, encode_multibase(b"\x80\x24" + uncompressed)) == "KEY-LENGTH"


@pytest.mark.parametrize("codec", [b"\x80\x26", b"\x81\x26", b"\x85\x26", b"\x86\x26", b"\x87\x26"])
def test_a_private_multikey_is_refused_as_such(codec: bytes) -> None:
    assert code_of(PublicKey.from_multibase, encode_multibase(codec + bytes(32))) == "KEY-PRIVATE"


@pytest.mark.parametrize("codec", [b"\xe7\x01", b"\xec\x01", b"\x82\x24", b"\x83\x24"])
def test_a_multikey_of_an_unknown_kind_cannot_be_checked(codec: bytes) -> None:
    with pytest.raises(UnsupportedError) as caught:
        PublicKey.from_multibase(encode_multibase(codec + bytes(33)))
    assert caught.value.code == "KEY-KIND"


@pytest.mark.parametrize(
    "did",
    [
        "did:web:a.example",
        KNOWN_MULTIBASE,
        f"did:key:{KNOWN_MULTIBASE}#",
        f"did:key:{KNOWN_MULTIBASE}#key-1",
        "",
    ],
)
def test_what_is_no_did_key_is_refused(did: str) -> None:
    assert code_of(PublicKey.from_did_key, did) == "KEY-DID"


@pytest.mark.parametrize("name", ["d", "p", "q", "dp", "dq", "qi", "oth", "k"])
def test_a_jwk_with_a_private_member_is_refused(key: SigningKey, name: str) -> None:
    assert code_of(PublicKey.from_jwk, {**key.public_key.jwk, name: None}) == "KEY-PRIVATE"


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"kty": "EC"}, "KEY-JWK-CURVE"),
        ({"kty": "oct"}, "KEY-JWK-CURVE"),
        ({"kty": "RSA"}, "KEY-JWK-CURVE"),
        ({"kty": None}, "KEY-JWK-MEMBER"),
        ({"crv": "P-256"}, "KEY-JWK-CURVE"),
        ({"crv": None}, "KEY-JWK-MEMBER"),
        ({"crv": "P-384"}, "KEY-JWK-CURVE"),
        ({"crv": "P-521", "kty": "EC"}, "KEY-KIND"),
        ({"crv": "X25519"}, "KEY-KIND"),
        ({"y": "AA"}, "KEY-JWK-MEMBER"),
        ({"x": "AA"}, "KEY-LENGTH"),
        ({"x": "A" * 2000}, "KEY-JWK-MEMBER"),
        ({"x": "===="}, "KEY-JWK-MEMBER"),
        ({"x": 1}, "KEY-JWK-MEMBER"),
        ({"alg": "ES256"}, "KEY-JWK-ALGORITHM"),
        ({"alg": ["EdDSA"]}, "KEY-JWK-ALGORITHM"),
        ({"use": "enc"}, "KEY-JWK-USE"),
        ({"key_ops": ["sign"]}, "KEY-JWK-USE"),
        ({"key_ops": "verify"}, "KEY-JWK-USE"),
    ],
)
def test_an_ed25519_jwk_that_contradicts_itself_is_refused(
    keys: dict[KeyKind, SigningKey], change: JsonObject, code: str
) -> None:
    assert code_of(PublicKey.from_jwk, {**keys["Ed25519"].public_key.jwk, **change}) == code


def test_a_jwk_may_say_what_it_is_for(keys: dict[KeyKind, SigningKey]) -> None:
    public = keys["Ed25519"].public_key
    for algorithm in ("EdDSA", "Ed25519"):
        extra: JsonObject = {"alg": algorithm, "use": "sig", "key_ops": ["verify"], "kid": "a"}
        assert PublicKey.from_jwk({**public.jwk, **extra}) == public


def test_a_p256_jwk_needs_a_point_on_the_curve(keys: dict[KeyKind, SigningKey]) -> None:
    jwk = keys["P-256"].public_key.jwk
    assert code_of(PublicKey.from_jwk, {**jwk, "y": encode_base64url(bytes(32))}) == "KEY-NOT-ON-CURVE"
    assert code_of(PublicKey.from_jwk, {**jwk, "y": encode_base64url(bytes(31))}) == "KEY-LENGTH"
    assert code_of(PublicKey.from_jwk, {**jwk, "alg": "ES384"}) == "KEY-JWK-ALGORITHM"
    assert code_of(PublicKey.from_jwk, {**jwk, "crv": "P-384"}) == "KEY-LENGTH"
    larger = keys["P-384"].public_key.jwk
    assert PublicKey.from_jwk({**larger, "alg": "ES384"}) == keys["P-384"].public_key
    assert code_of(PublicKey.from_jwk, {**larger, "alg": "ES256"}) == "KEY-JWK-ALGORITHM"
    assert code_of(PublicKey.from_jwk, {**larger, "y": encode_base64url(bytes(48))}) == "KEY-NOT-ON-CURVE"


def rsa_jwk(modulus: int, exponent: int = 65537, zeros: int = 0) -> JsonObject:
    def text(number: int) -> str:
        return encode_base64url(bytes(zeros) + number.to_bytes((number.bit_length() + 7) // 8, "big"))

    return {"kty": "RSA", "n": text(modulus), "e": text(exponent)}


@pytest.mark.parametrize(
    ("jwk", "code"),
    [
        (rsa_jwk(2**2046 + 1), "KEY-TOO-SHORT"),
        (rsa_jwk(2**8192 + 1), "KEY-TOO-LONG"),
        (rsa_jwk(2**8216 + 1), "KEY-JWK-MEMBER"),
        (rsa_jwk(2**2047 + 2), "KEY-RSA-NUMBERS"),
        (rsa_jwk(2**2047 + 1, 1), "KEY-RSA-NUMBERS"),
        (rsa_jwk(2**2047 + 1, 65536), "KEY-RSA-NUMBERS"),
        (rsa_jwk(2**2047 + 1, 2**32 + 1), "KEY-RSA-NUMBERS"),
        (rsa_jwk(2**2047 + 1, zeros=1), "KEY-JWK-MEMBER"),
        ({"kty": "RSA", "n": "", "e": "AQAB"}, "KEY-JWK-MEMBER"),
        ({"kty": "RSA", "e": "AQAB"}, "KEY-JWK-MEMBER"),
        ({**rsa_jwk(2**2047 + 1), "crv": "P-256"}, "KEY-JWK-CURVE"),
        ({**rsa_jwk(2**2047 + 1), "alg": "PS384"}, "KEY-JWK-ALGORITHM"),
    ],
)
def test_an_rsa_jwk_outside_the_bounds_is_refused(jwk: JsonObject, code: str) -> None:
    assert code_of(PublicKey.from_jwk, jwk) == code


def test_rsa_of_8192_bits_is_the_longest() -> None:
    check_rsa_bits(8192)
    assert code_of(check_rsa_bits, 8193) == "KEY-TOO-LONG"
    assert PublicKey.from_jwk(rsa_jwk(2**8191 + 1)).signature_size == 1024


def test_an_rsa_multikey_is_an_rsa_public_key_and_nothing_else(keys: dict[KeyKind, SigningKey]) -> None:
    native = rsa.RSAPublicNumbers(65537, 2**2047 + 1).public_key()
    spki = native.public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)
    assert code_of(PublicKey.from_multibase, encode_multibase(b"\x85\x24" + spki)) == "KEY-NON-CANONICAL"
    assert code_of(PublicKey.from_multibase, encode_multibase(b"\x85\x24" + b"0")) == "KEY-FORMAT"
    other = keys["P-256"].public_key.pem
    der = load_pem_public_key(other).public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)
    assert code_of(PublicKey.from_multibase, encode_multibase(b"\x85\x24" + der)) == "KEY-FORMAT"


def test_rsa_reads_the_older_pem_too() -> None:
    native = rsa.RSAPublicNumbers(65537, 2**2047 + 1).public_key()
    assert PublicKey.from_pem(native.public_bytes(Encoding.PEM, PublicFormat.PKCS1)).kind == "RSA"


def test_a_pem_of_an_unknown_kind_cannot_be_checked() -> None:
    natives = (
        ec.generate_private_key(ec.SECP256K1()).public_key(),
        ec.generate_private_key(ec.SECP521R1()).public_key(),
        ed448.Ed448PrivateKey.generate().public_key(),
        X25519PrivateKey.generate().public_key(),
        dsa.DSAPublicNumbers(5, dsa.DSAParameterNumbers(p=2**1023 + 1155, q=2**159 + 177, g=2)).public_key(),
    )
    for native in natives:
        pem = native.public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo)
        with pytest.raises(UnsupportedError) as caught:
            PublicKey.from_pem(pem)
        assert caught.value.code == "KEY-KIND"


def test_a_pem_that_is_no_single_public_key_is_refused(key: SigningKey) -> None:
    pem = key.public_key.pem
    for wrong in (b"", b"hello", pem + pem, pem.replace(b"M", b"?", 1), pem + bytes(70_000)):
        assert code_of(PublicKey.from_pem, wrong) == "KEY-FORMAT"
    private = b"-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----\n"
    assert code_of(PublicKey.from_pem, private) == "KEY-PRIVATE"


def test_the_representation_is_short(key: SigningKey) -> None:
    assert (
        repr(key.public_key)
        == f"PublicKey(kind={key.public_key.kind!r}, thumbprint={key.public_key.thumbprint!r})"
    )


def test_errors_are_of_the_kind_that_their_reader_expects(key: SigningKey) -> None:
    with pytest.raises(KeyMaterialError):
        PublicKey.from_multibase("z")
    with pytest.raises(SignatureError):
        key.public_key.verify(b"", b"")
