"""Keys in AWS KMS, as the library moto imitates it in this process: no account and no network."""

from __future__ import annotations

import base64
import sys
from collections.abc import Iterator, Mapping
from typing import Any, cast

import pytest
from cryptography.hazmat.primitives.asymmetric import ec, padding, rsa
from cryptography.hazmat.primitives.asymmetric.utils import Prehashed
from cryptography.hazmat.primitives.hashes import SHA256, SHA384

boto3 = pytest.importorskip("boto3", reason="the extra kms is not installed")
moto = pytest.importorskip("moto", reason="moto is not installed")

from botocore.exceptions import ClientError, EndpointConnectionError  # noqa: E402  # after the check

from openbadge_issuer.errors import KeyMaterialError  # noqa: E402
from openbadge_issuer.signing.key_store import KEY_STORES  # noqa: E402
from openbadge_issuer.signing.signing_key import SigningKey  # noqa: E402
from openbadge_issuer.signing.stores.awskms import open_signer  # noqa: E402

SECRET_ACCESS_KEY = "moto/secret/access/key"
HASHES: dict[str, SHA256 | SHA384] = {
    "ECDSA_SHA_256": SHA256(),
    "ECDSA_SHA_384": SHA384(),
    "RSASSA_PKCS1_V1_5_SHA_256": SHA256(),
    "RSASSA_PSS_SHA_256": SHA256(),
}
PADDINGS: dict[str, padding.AsymmetricPadding] = {
    "RSASSA_PKCS1_V1_5_SHA_256": padding.PKCS1v15(),
    "RSASSA_PSS_SHA_256": padding.PSS(padding.MGF1(SHA256()), padding.PSS.DIGEST_LENGTH),
}
SPECS = {"ECC_NIST_P256": "P-256", "ECC_NIST_P384": "P-384", "RSA_2048": "RSA"}


@pytest.fixture
def kms(monkeypatch: pytest.MonkeyPatch) -> Iterator[Any]:
    for name in ("AWS_PROFILE", "AWS_ENDPOINT_URL", "AWS_ENDPOINT_URL_KMS", "AWS_SESSION_TOKEN"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", "AKIATEST")
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", SECRET_ACCESS_KEY)
    monkeypatch.setenv("AWS_DEFAULT_REGION", "eu-west-1")
    monkeypatch.setenv("AWS_CONFIG_FILE", "/nonexistent")
    monkeypatch.setenv("AWS_SHARED_CREDENTIALS_FILE", "/nonexistent")
    monkeypatch.setattr("moto.kms.utils.ECDSAPrivateKey.sign", sign_digest_with_ecdsa)
    monkeypatch.setattr("moto.kms.utils.RSAPrivateKey.sign", sign_digest_with_rsa)
    with moto.mock_aws():
        yield boto3.client("kms")


# KMS signs a digest as it stands; moto hashes it once more (getmoto/moto, pull request 10202).
def sign_digest_with_ecdsa(self: Any, message: bytes, signing_algorithm: str) -> bytes:  # noqa: ANN401  # moto's own class
    scheme = ec.ECDSA(Prehashed(HASHES[signing_algorithm]))
    return cast("ec.EllipticCurvePrivateKey", self.private_key).sign(message, scheme)


def sign_digest_with_rsa(self: Any, message: bytes, signing_algorithm: str) -> bytes:  # noqa: ANN401  # moto's own class
    digest = Prehashed(HASHES[signing_algorithm])
    return cast("rsa.RSAPrivateKey", self.private_key).sign(message, PADDINGS[signing_algorithm], digest)


def create(kms: Any, spec: str, usage: str = "SIGN_VERIFY") -> dict[str, Any]:  # noqa: ANN401  # boto3 has no types
    found: dict[str, Any] = kms.create_key(KeySpec=spec, KeyUsage=usage)["KeyMetadata"]
    return found


@pytest.mark.parametrize("spec", SPECS)
def test_a_key_signs_by_its_id_its_arn_and_an_alias(kms: Any, spec: str) -> None:  # noqa: ANN401
    facts = create(kms, spec)
    kms.create_alias(AliasName="alias/badges", TargetKeyId=facts["KeyId"])
    for place in (facts["KeyId"], facts["Arn"], f"///{facts['Arn']}", "alias/badges"):
        signer = KEY_STORES.open(f"awskms:{place}")
        assert signer.public_key.kind == SPECS[spec]
        for message in (b"", b"badge", b"x" * 100_000):  # more than KMS takes
            signature = signer.sign(message)
            assert len(signature) == signer.public_key.signature_size
            signer.public_key.verify(message, signature)


def test_an_rsa_key_signs_with_the_padding_that_its_uri_asks_for(kms: Any) -> None:  # noqa: ANN401
    name = create(kms, "RSA_2048")["KeyId"]
    for asked, algorithm in (("", "RS256"), ("?alg=RS256", "RS256"), ("?alg=PS256", "PS256")):
        signer = KEY_STORES.open(f"awskms:{name}{asked}")
        assert signer.algorithm == algorithm
        assert signer.public_key.algorithms == ("RS256", "PS256")
        signer.public_key.verify(b"badge", signer.sign(b"badge"), algorithm=signer.algorithm)
    curve = create(kms, "ECC_NIST_P256")["KeyId"]
    for wrong in (
        f"{name}?alg=ES256",
        f"{curve}?alg=PS256",
        f"{name}?alg=none",
        f"{name}?alg=PS256&alg=RS256",
    ):
        assert refused(f"awskms:{wrong}") == "STORE-URI"


def test_an_arn_names_its_region(kms: Any, monkeypatch: pytest.MonkeyPatch) -> None:  # noqa: ANN401
    arn = create(kms, "ECC_NIST_P256")["Arn"]
    monkeypatch.delenv("AWS_DEFAULT_REGION")
    assert KEY_STORES.open(f"awskms:{arn}").algorithm == "ES256"
    assert refused("awskms:alias/badges") == "STORE-UNAVAILABLE"  # NoRegionError


def refused(uri: str) -> str:
    with pytest.raises(KeyMaterialError) as error:
        KEY_STORES.open(uri)
    assert SECRET_ACCESS_KEY not in str(error.value)
    return error.value.code


@pytest.mark.parametrize(
    ("spec", "usage"),
    [("ECC_SECG_P256K1", "SIGN_VERIFY"), ("ECC_NIST_P521", "SIGN_VERIFY"), ("RSA_2048", "ENCRYPT_DECRYPT")],
)
def test_other_kinds_of_key_are_refused(kms: Any, spec: str, usage: str) -> None:  # noqa: ANN401
    assert refused(f"awskms:{create(kms, spec, usage)['KeyId']}") == "STORE-KEY-KIND"


def test_a_missing_key_is_said_to_be_missing(kms: Any) -> None:  # noqa: ANN401
    del kms
    assert refused("awskms:alias/none") == "STORE-NO-KEY"
    assert refused("awskms:00000000-0000-0000-0000-000000000000") == "STORE-NO-KEY"


@pytest.mark.parametrize("place", ["", "alias/a b", "key?region=x", "x" * 2049])
def test_what_is_no_name_of_a_key_is_refused(place: str) -> None:
    assert refused(f"awskms:{place}") == "STORE-URI"


def test_without_the_extra_it_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "botocore.exceptions", None)
    with pytest.raises(KeyMaterialError, match="extra “kms”") as error:
        KEY_STORES.open("awskms:alias/badges")
    assert error.value.code == "STORE-EXTRA"


class Client:
    """A KMS that answers as it is told."""

    def __init__(self, facts: Mapping[str, object], signature: object) -> None:
        self.facts = facts
        self.signature = signature
        self.asked: list[str] = []

    def get_public_key(self, *, KeyId: str) -> Mapping[str, object]:  # noqa: N803  # boto3's own name
        """Return the facts."""
        self.asked.append(KeyId)
        return self.facts

    def sign(self, **asked: object) -> Mapping[str, object]:
        """Return the signature, or raise it."""
        self.asked.append(str(asked["MessageType"]))
        if isinstance(self.signature, Exception):
            raise self.signature
        return {"Signature": self.signature}


def facts(key: SigningKey) -> dict[str, object]:
    der = base64.b64decode(b"".join(key.public_key.pem.splitlines()[1:-1]))
    return {"KeyUsage": "SIGN_VERIFY", "PublicKey": der}


P256 = SigningKey.generate("P-256")


def test_the_public_key_is_fetched_once() -> None:
    client = Client(facts(P256), b"")
    signer = open_signer("key", None, client=client)
    assert [signer.public_key, signer.algorithm, signer.public_key] == [
        P256.public_key,
        "ES256",
        P256.public_key,
    ]
    assert client.asked == ["key"]


def failure(code: str) -> ClientError:
    return ClientError({"Error": {"Code": code, "Message": "no"}}, "Sign")


@pytest.mark.parametrize(
    ("answer", "code"),
    [
        (b"", "STORE-ANSWER"),
        (None, "STORE-ANSWER"),
        (b"\x00" * 64, "STORE-ANSWER"),
        (bytes.fromhex("3006020101020101"), "STORE-SIGNATURE"),
        (bytes.fromhex("3006020180020101"), "STORE-ANSWER"),  # a negative number
        (failure("AccessDeniedException"), "STORE-DENIED"),
        (failure("ThrottlingException"), "STORE-UNAVAILABLE"),
        (EndpointConnectionError(endpoint_url="https://kms"), "STORE-UNAVAILABLE"),
    ],
)
def test_what_is_no_signature_of_the_key_is_refused(answer: object, code: str) -> None:
    signer = open_signer("key", None, client=Client(facts(P256), answer))
    with pytest.raises(KeyMaterialError) as error:
        signer.sign(b"badge")
    assert error.value.code == code
    assert str(error.value)


def test_ed25519_is_refused_by_its_name() -> None:
    """KMS has learnt it, for messages up to 4,096 bytes; a badge as a token is larger."""
    client = Client(facts(SigningKey.generate()), b"")
    with pytest.raises(KeyMaterialError, match="Ed25519") as error:
        open_signer("key", None, client=client)
    assert error.value.code == "STORE-KEY-KIND"


@pytest.mark.parametrize("der", [b"", b"\x30\x00", None, "text"])
def test_a_public_key_that_is_none_is_refused(der: object) -> None:
    with pytest.raises(KeyMaterialError) as error:
        open_signer("key", None, client=Client({**facts(P256), "PublicKey": der}, b""))
    assert error.value.code == "STORE-ANSWER"
