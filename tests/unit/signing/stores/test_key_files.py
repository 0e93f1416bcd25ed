"""Keys in files and variables: PEM, PKCS#12 and JWK, told apart by themselves."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric import dsa, ec, rsa, x25519
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import (
    BestAvailableEncryption,
    Encoding,
    NoEncryption,
    PrivateFormat,
)
from cryptography.hazmat.primitives.serialization.pkcs12 import serialize_key_and_certificates

from openbadge_issuer.errors import KeyMaterialError
from openbadge_issuer.signing.base64url import encode_base64url
from openbadge_issuer.signing.key_store import KEY_STORES
from openbadge_issuer.signing.public_key import PublicKey
from openbadge_issuer.signing.signing_key import SigningKey

SECRET = "correct horse"
Native = Ed25519PrivateKey | ec.EllipticCurvePrivateKey | rsa.RSAPrivateKey
RSA = rsa.generate_private_key(65537, 2048)
NATIVES: dict[str, Native] = {
    "Ed25519": Ed25519PrivateKey.generate(),
    "P-256": ec.generate_private_key(ec.SECP256R1()),
    "P-384": ec.generate_private_key(ec.SECP384R1()),
    "RSA": RSA,
}


def number(value: int) -> str:
    return encode_base64url(value.to_bytes((value.bit_length() + 7) // 8))


def private_jwk(native: Native, **changes: object) -> dict[str, object]:
    public = PublicKey.from_native(native.public_key())
    if isinstance(native, Ed25519PrivateKey):
        private = {"d": encode_base64url(native.private_bytes_raw())}
    elif isinstance(native, ec.EllipticCurvePrivateKey):
        private = {
            "d": encode_base64url(native.private_numbers().private_value.to_bytes(native.key_size // 8))
        }
    else:
        found = native.private_numbers()
        names = {"d": "d", "p": "p", "q": "q", "dp": "dmp1", "dq": "dmq1", "qi": "iqmp"}
        private = {name: number(getattr(found, attribute)) for name, attribute in names.items()}
    return {**public.jwk, **private, **changes}


def write(path: Path, data: bytes | dict[str, object], mode: int = 0o600) -> str:
    path.write_bytes(json.dumps(data).encode() if isinstance(data, dict) else data)
    path.chmod(mode)
    return f"file:{path}"


JWE = "eyJhbGciOiJQQkVTMi1IUzI1NitBMTI4S1cifQ.QUJD.QUJD.QUJD.QUJD"


@pytest.mark.parametrize(
    "data",
    [
        JWE.encode(),
        f"{JWE}\n".encode(),
        b'{"protected": "e30", "ciphertext": "QUJD", "iv": "QUJD", "tag": "QUJD"}',
    ],
)
def test_an_encrypted_jwk_is_named_as_such(tmp_path: Path, data: bytes) -> None:
    assert refused(write(tmp_path / "key", data), SECRET) == "STORE-JWK-ENCRYPTED"


@pytest.mark.skipif(os.name != "posix", reason="permissions are those of POSIX")
@pytest.mark.parametrize("mode", [0o640, 0o604, 0o622])
def test_a_plain_key_that_others_may_read_is_opened_by_nobody(tmp_path: Path, mode: int) -> None:
    """Neither by its URI nor straight from Python: both read the same file."""
    plain = NATIVES["P-256"].private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    locked = NATIVES["P-256"].private_bytes(
        Encoding.PEM, PrivateFormat.PKCS8, BestAvailableEncryption(SECRET.encode())
    )
    for opener in (KEY_STORES.open, SigningKey.load):
        uri = write(tmp_path / "key.pem", plain, mode)
        with pytest.raises(KeyMaterialError) as error:
            opener(uri)
        assert error.value.code == "STORE-PERMISSIONS"
        assert opener(write(tmp_path / "key.pem", plain, 0o600)).public_key.kind == "P-256"
        assert opener(write(tmp_path / "key.pem", locked, mode), secret=SECRET).public_key.kind == "P-256"


def refused(uri: str, secret: str | None = None) -> str:
    with pytest.raises(KeyMaterialError) as error:
        KEY_STORES.open(uri, secret=secret)
    assert str(error.value)
    return error.value.code


@pytest.mark.parametrize("kind", NATIVES)
def test_a_private_jwk_signs(tmp_path: Path, kind: str) -> None:
    signer = KEY_STORES.open(write(tmp_path / "key.jwk", private_jwk(NATIVES[kind])))
    assert signer.public_key.kind == kind
    signer.public_key.verify(b"badge", signer.sign(b"badge"))


@pytest.mark.parametrize("kind", NATIVES)
def test_a_pkcs12_file_signs(tmp_path: Path, kind: str) -> None:
    lock = BestAvailableEncryption(SECRET.encode())
    data = serialize_key_and_certificates(b"issuer", NATIVES[kind], None, None, lock)
    signer = KEY_STORES.open(write(tmp_path / "key.p12", data, 0o644), secret=SECRET)
    assert signer.public_key.kind == kind
    signer.public_key.verify(b"badge", signer.sign(b"badge"))


def test_a_jwk_in_a_variable_signs(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ISSUER_KEY", json.dumps(private_jwk(NATIVES["P-256"]), indent=2))
    signer = KEY_STORES.open("env:ISSUER_KEY")
    signer.public_key.verify(b"badge", signer.sign(b"badge"))


def test_the_algorithm_of_a_jwk_is_the_one_it_signs_with(tmp_path: Path) -> None:
    jwk = private_jwk(RSA, alg="PS256", use="sig", key_ops=["sign"], kid="1")
    signer = KEY_STORES.open(write(tmp_path / "key.jwk", jwk))
    assert signer.algorithm == "PS256"
    signer.public_key.verify(b"badge", signer.sign(b"badge"), algorithm="PS256")


@pytest.mark.parametrize("mode", [0o640, 0o604, 0o660, 0o644])
@pytest.mark.parametrize("form", ["jwk", "pem"])
def test_a_key_that_is_not_encrypted_is_for_its_owner_alone(tmp_path: Path, mode: int, form: str) -> None:
    native = NATIVES["Ed25519"]
    pem = native.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    data: bytes | dict[str, object] = private_jwk(native) if form == "jwk" else pem
    assert refused(write(tmp_path / "a key", data, mode)) == "STORE-PERMISSIONS"
    assert KEY_STORES.open(write(tmp_path / "a key", data, 0o400)).algorithm == "EdDSA"
    assert refused(f"file://{tmp_path}/a%20key" if mode == 0o777 else write(tmp_path / "a key", data, mode))


def test_the_rights_are_looked_up_behind_an_encoded_path_too(tmp_path: Path) -> None:
    write(tmp_path / "a key", private_jwk(NATIVES["P-256"]), 0o644)
    assert refused(f"file://{tmp_path}/a%20key") == "STORE-PERMISSIONS"


def test_an_encrypted_key_may_be_read_by_others(tmp_path: Path) -> None:
    lock = BestAvailableEncryption(SECRET.encode())
    pem = NATIVES["Ed25519"].private_bytes(Encoding.PEM, PrivateFormat.PKCS8, lock)
    assert KEY_STORES.open(write(tmp_path / "key.pem", pem, 0o644), secret=SECRET).algorithm == "EdDSA"


@pytest.mark.parametrize("kind", NATIVES)
def test_the_halves_of_a_jwk_must_belong_together(tmp_path: Path, kind: str) -> None:
    others: dict[str, Native] = {
        "Ed25519": Ed25519PrivateKey.generate(),
        "P-256": ec.generate_private_key(ec.SECP256R1()),
        "P-384": ec.generate_private_key(ec.SECP384R1()),
        "RSA": rsa.generate_private_key(65537, 2048),
    }
    public = PublicKey.from_native(others[kind].public_key()).jwk
    assert refused(write(tmp_path / "key.jwk", private_jwk(NATIVES[kind], **public))) == "STORE-JWK-MISMATCH"


@pytest.mark.parametrize(
    ("jwk", "code"),
    [
        (PublicKey.from_native(RSA.public_key()).jwk, "KEY-FORMAT"),
        ({"kty": "oct", "k": "c2VjcmV0"}, "KEY-FORMAT"),
        (private_jwk(RSA, oth=[]), "KEY-FORMAT"),
        (private_jwk(RSA, key_ops="sign"), "KEY-FORMAT"),
        (private_jwk(RSA, key_ops=["verify"]), "KEY-JWK-USE"),
        (private_jwk(RSA, use="enc"), "KEY-JWK-USE"),
        (private_jwk(RSA, alg="ES256"), "KEY-JWK-ALGORITHM"),
        (private_jwk(RSA, p="=="), "KEY-JWK-MEMBER"),
        ({name: value for name, value in private_jwk(RSA).items() if name != "q"}, "KEY-JWK-MEMBER"),
        (private_jwk(NATIVES["Ed25519"], d="AQ"), "STORE-JWK-MISMATCH"),
        (private_jwk(NATIVES["P-256"], d="AA"), "STORE-JWK-MISMATCH"),
        ({"kty": "EC", "crv": "P-521", "d": "AQ", "x": "AQ", "y": "AQ"}, "KEY-KIND"),
    ],
)
def test_a_jwk_that_cannot_sign_is_refused(tmp_path: Path, jwk: dict[str, object], code: str) -> None:
    assert refused(write(tmp_path / "key.jwk", jwk)) == code


@pytest.mark.parametrize(
    "text", [b"{", b'{"d": 1, "d": 2}', b'{"a":' + b"[" * 9 + b"]" * 9 + b"}", b"\x30\x80"]
)
def test_what_is_no_key_is_refused(tmp_path: Path, text: bytes) -> None:
    assert refused(write(tmp_path / "key", text), SECRET) in {"KEY-FORMAT", "KEY-PASSWORD-WRONG"}


def test_a_pkcs12_file_needs_its_password(tmp_path: Path) -> None:
    lock = BestAvailableEncryption(SECRET.encode())
    data = serialize_key_and_certificates(None, NATIVES["P-256"], None, None, lock)
    uri = write(tmp_path / "key.p12", data)
    assert refused(uri) == "KEY-PASSWORD-NEEDED"
    assert refused(uri, "") == "KEY-PASSWORD-EMPTY"
    assert refused(uri, "wrong") == "KEY-PASSWORD-WRONG"


@pytest.mark.parametrize("native", [dsa.generate_private_key(2048), ec.generate_private_key(ec.SECP521R1())])
def test_a_pkcs12_file_with_another_kind_of_key_is_refused(
    tmp_path: Path, native: dsa.DSAPrivateKey | ec.EllipticCurvePrivateKey
) -> None:
    data = serialize_key_and_certificates(None, native, None, None, BestAvailableEncryption(b"x"))
    assert refused(write(tmp_path / "key.p12", data), "x") == "KEY-KIND"


def test_x25519_signs_nothing(tmp_path: Path) -> None:
    pem = x25519.X25519PrivateKey.generate().private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    assert refused(write(tmp_path / "key.pem", pem)) == "KEY-KIND"
