from __future__ import annotations

import copy
import logging
import pickle
import stat
import traceback
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric import ec, ed448, rsa
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import (
    BestAvailableEncryption,
    Encoding,
    NoEncryption,
    PrivateFormat,
    load_pem_private_key,
)

from openbadge_issuer.errors import KeyMaterialError, OpenBadgeError, OutputError
from openbadge_issuer.signing.key_store import KEY_STORES
from openbadge_issuer.signing.public_key import Algorithm, PublicKey
from openbadge_issuer.signing.signer import signature_by
from openbadge_issuer.signing.signing_key import Secret, SigningKey, secret_from_environment

SEED = bytes(range(1, 33))


def plain_pem(seed: bytes = SEED) -> bytes:
    native = Ed25519PrivateKey.from_private_bytes(seed)
    return native.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())


def code_of(error: pytest.ExceptionInfo[OpenBadgeError]) -> str:
    assert error.value.sentence("en")
    assert error.value.sentence("nl")
    return error.value.code


def test_a_saved_key_opens_again_with_its_password(key: SigningKey, tmp_path: Path) -> None:
    path = tmp_path / "issuer.key"
    key.save(path, secret="päss")
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert [entry.name for entry in tmp_path.iterdir()] == ["issuer.key"]
    for uri in (f"file:{path}", str(path), path, f"file://{path}", f"FILE:{path}"):
        opened = SigningKey.load(uri, secret="päss".encode())
        assert opened.public_key == key.public_key
    opened.public_key.verify(b"m", key.sign(b"m"))


def test_a_saved_key_is_encrypted_pkcs8_under_scrypt(key: SigningKey, tmp_path: Path) -> None:
    path = tmp_path / "issuer.key"
    key.save(path, secret=b"pw")
    pem = path.read_bytes()
    assert pem.startswith(b"-----BEGIN ENCRYPTED PRIVATE KEY-----\n")
    assert max(map(len, pem.splitlines())) <= 64
    native = load_pem_private_key(pem, b"pw")
    assert PublicKey.from_native(native.public_key()) == key.public_key


@pytest.mark.parametrize("name", ["b{x}.pem", "tab\tname.pem", "x" * 5000])
def test_a_name_that_could_not_be_opened_is_refused_before_a_password_is_asked_for(
    tmp_path: Path, name: str
) -> None:
    def ask() -> str:
        raise AssertionError("asked for a password")

    with pytest.raises(OutputError) as caught:
        SigningKey.generate().save(tmp_path / name, secret=ask)
    assert code_of(caught) == "KEY-FILE-NAME"
    with pytest.raises(KeyMaterialError):
        SigningKey.load(tmp_path / name, secret="pw")


def test_an_existing_key_is_only_overwritten_when_asked(tmp_path: Path) -> None:
    path = tmp_path / "issuer.key"
    first, second = SigningKey.generate(), SigningKey.generate("P-256")
    first.save(path, secret="pw")
    with pytest.raises(OutputError) as caught:
        second.save(path, secret="pw")
    assert code_of(caught) == "KEY-EXISTS"
    assert SigningKey.load(path, secret="pw").public_key == first.public_key
    second.save(path, secret="pw", overwrite=True)
    assert SigningKey.load(path, secret="pw").public_key == second.public_key
    assert [entry.name for entry in tmp_path.iterdir()] == ["issuer.key"]


def test_a_file_system_without_hard_links_is_served_too(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(self: Path, target: Path) -> None:
        raise PermissionError(1, "no links here", str(self), None, str(target))

    monkeypatch.setattr(Path, "hardlink_to", refuse)
    path = tmp_path / "issuer.key"
    SigningKey.generate().save(path, secret="pw")
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    with pytest.raises(OutputError) as caught:
        SigningKey.generate().save(path, secret="pw")
    assert code_of(caught) == "KEY-EXISTS"
    assert [entry.name for entry in tmp_path.iterdir()] == ["issuer.key"]


def test_a_key_that_cannot_be_written_leaves_nothing(tmp_path: Path) -> None:
    with pytest.raises(OutputError) as caught:
        SigningKey.generate().save(tmp_path / "missing" / "issuer.key", secret="pw")
    assert code_of(caught) == "KEY-NOT-SAVED"
    (tmp_path / "folder").mkdir()
    with pytest.raises(OutputError) as caught:
        SigningKey.generate().save(tmp_path / "folder", secret="pw", overwrite=True)
    assert code_of(caught) == "KEY-NOT-SAVED"
    assert [entry.name for entry in tmp_path.iterdir()] == ["folder"]


@pytest.mark.parametrize("secret", ["", b"", lambda: ""])
def test_a_key_is_never_saved_without_a_password(tmp_path: Path, secret: str) -> None:
    with pytest.raises(KeyMaterialError) as caught:
        SigningKey.generate().save(tmp_path / "issuer.key", secret=secret)
    assert code_of(caught) == "KEY-PASSWORD-EMPTY"
    assert not list(tmp_path.iterdir())


def test_a_wrong_or_missing_password_is_said_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "issuer.key"
    SigningKey.generate().save(path, secret="pw")
    for secret, code in (
        (None, "KEY-PASSWORD-NEEDED"),
        ("no", "KEY-PASSWORD-WRONG"),
        (secret_from_environment("BADGE_KEY_PASSWORD"), "KEY-PASSWORD-EMPTY"),
    ):
        with pytest.raises(KeyMaterialError) as caught:
            SigningKey.load(path, secret=secret)
        assert code_of(caught) == code
    monkeypatch.setenv("BADGE_KEY_PASSWORD", "pw")
    SigningKey.load(path, secret=secret_from_environment("BADGE_KEY_PASSWORD"))


def test_a_secret_is_asked_for_only_if_the_key_is_encrypted() -> None:
    def never() -> str:
        pytest.fail("the secret was asked for")

    assert SigningKey.from_pem(plain_pem(), secret=never).public_key.kind == "Ed25519"


def test_a_key_in_an_environment_variable_opens(monkeypatch: pytest.MonkeyPatch) -> None:
    text = plain_pem().decode()
    for value in (text, text.replace("\n", "\\n")):
        monkeypatch.setenv("ISSUER_KEY", value)
        assert SigningKey.load("env:ISSUER_KEY").did_key.startswith("did:key:z6Mk")
    with pytest.raises(KeyMaterialError) as caught:
        SigningKey.load("env:ISSUER_KEY_THAT_IS_NOT_SET")
    assert code_of(caught) == "KEY-NOT-FOUND"


def test_the_usual_private_pem_forms_open() -> None:
    native = rsa.generate_private_key(65537, 2048)
    pem = native.private_bytes(Encoding.PEM, PrivateFormat.TraditionalOpenSSL, NoEncryption())
    assert SigningKey.from_pem(pem).algorithm == "RS256"
    encrypted = native.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, BestAvailableEncryption(b"pw"))
    assert SigningKey.from_pem(encrypted, secret="pw").algorithm == "RS256"
    point = ec.generate_private_key(ec.SECP256R1())
    pem = point.private_bytes(Encoding.PEM, PrivateFormat.TraditionalOpenSSL, NoEncryption())
    assert SigningKey.from_pem(pem).algorithm == "ES256"


def test_keys_that_are_unfit_to_sign_with_are_refused() -> None:
    for native, code in (
        (ec.generate_private_key(ec.SECP256K1()), "KEY-KIND"),
        (ed448.Ed448PrivateKey.generate(), "KEY-KIND"),
        (rsa.generate_private_key(65537, 1024), "KEY-TOO-SHORT"),  # noqa: S505  # the point of the case
    ):
        pem = native.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
        with pytest.raises(KeyMaterialError) as caught:
            SigningKey.from_pem(pem)
        assert code_of(caught) == code
    for bits, code in ((2047, "KEY-TOO-SHORT"), (16384, "KEY-TOO-LONG")):
        with pytest.raises(KeyMaterialError) as caught:
            SigningKey.generate("RSA", rsa_bits=bits)
        assert code_of(caught) == code
    with pytest.raises(KeyMaterialError) as caught:
        SigningKey.generate("DSA")  # type: ignore[arg-type]  # what a command line may pass on
    assert code_of(caught) == "KEY-KIND"


@pytest.mark.parametrize(
    "pem", [b"", b"hello", b"-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----\n", plain_pem() * 2]
)
def test_what_is_no_private_key_is_refused(pem: bytes) -> None:
    with pytest.raises(KeyMaterialError) as caught:
        SigningKey.from_pem(pem)
    assert code_of(caught) == "KEY-FORMAT"


def test_a_public_key_does_not_open_as_a_private_one(key: SigningKey) -> None:
    with pytest.raises(KeyMaterialError) as caught:
        SigningKey.from_pem(key.public_key.pem)
    assert code_of(caught) == "KEY-FORMAT"


def test_places_without_a_key_are_named(tmp_path: Path) -> None:
    big = tmp_path / "big"
    big.write_bytes(bytes(70_000))
    for uri, code in (
        (f"file:{tmp_path}/none.key", "KEY-NOT-FOUND"),
        (f"{big}/inside", "KEY-NOT-FOUND"),
        (str(tmp_path), "KEY-UNREADABLE"),
        (f"file:{big}", "KEY-FORMAT"),
        ("file://host/issuer.key", "KEY-URI"),
        ("", "KEY-URI"),
        ("a" * 5000, "KEY-URI"),
        ("safe:alias/issuer", "KEY-SCHEME"),
    ):
        for opener in (SigningKey.load, KEY_STORES.open):
            with pytest.raises(KeyMaterialError) as caught:
                opener(uri)
            assert code_of(caught) == code


def test_a_further_store_is_registered_without_touching_the_others() -> None:
    key = SigningKey.generate()
    signers: dict[tuple[str, Secret | None], SigningKey] = {("a", "s"): key}
    stores = KEY_STORES.with_scheme("Safe", lambda place, secret: signers[place, secret])
    assert stores.open("safe:a", secret="s") is key
    with pytest.raises(KeyMaterialError) as caught:
        KEY_STORES.open("safe:a")
    assert caught.value.details["known"] == ", ".join(sorted(KEY_STORES.openers))


def hunt(text: str | bytes) -> None:
    """Fail if the seed shows in any usual spelling."""
    data = text if isinstance(text, bytes) else text.encode("utf-8", "replace")
    native = Ed25519PrivateKey.from_private_bytes(SEED)
    body = plain_pem().splitlines()[1]
    for form in (SEED, SEED.hex().encode(), repr(SEED)[2:-1].encode(), body, native.private_bytes_raw()):
        assert form not in data


def test_the_private_key_shows_nowhere(caplog: pytest.LogCaptureFixture) -> None:
    key = SigningKey.from_pem(plain_pem())
    logging.getLogger("test").warning("%r %s", key, key)
    hunt(caplog.text)
    hunt(repr(key) + str(key) + f"{key}")
    assert key.public_key.thumbprint in repr(key)
    with pytest.raises(TypeError):
        vars(key)
    for name in dir(key):
        hunt(repr(getattr(key, name)))
    hunt(pickle.dumps(key.public_key))


@pytest.mark.parametrize("copier", [pickle.dumps, copy.copy, copy.deepcopy])
def test_a_private_key_does_not_travel(copier: object) -> None:
    assert callable(copier)
    with pytest.raises(KeyMaterialError) as caught:
        copier(SigningKey.from_pem(plain_pem()))
    assert code_of(caught) == "KEY-NOT-PICKLABLE"


def test_a_key_given_in_place_of_its_uri_is_not_repeated_in_the_error(tmp_path: Path) -> None:
    text = plain_pem().decode()
    pem_file = tmp_path / "twice.pem"
    pem_file.write_bytes(plain_pem() * 2)
    for wrong in (text, f"file:{text}", f"env:{text}", f"pem:{text}", str(pem_file)):
        with pytest.raises(KeyMaterialError) as caught:
            SigningKey.load(wrong)
        hunt("".join(traceback.format_exception(caught.value)))
        hunt(repr(caught.value.details))
        hunt(pickle.dumps(caught.value))


class BorrowedSigner:
    """A signer as others write it, with its mistakes."""

    def __init__(self, key: SigningKey, *, algorithm: Algorithm, tail: bytes) -> None:
        self._key, self.algorithm, self._tail = key, algorithm, tail

    algorithm: Algorithm

    @property
    def public_key(self) -> PublicKey:
        """The key of the signer inside."""
        return self._key.public_key

    def sign(self, message: bytes) -> bytes:
        """Sign, and add the tail."""
        return self._key.sign(message) + self._tail


def test_a_signer_that_does_not_fit_its_key_is_caught() -> None:
    key = SigningKey.generate()
    key.public_key.verify(b"m", signature_by(BorrowedSigner(key, algorithm="EdDSA", tail=b""), b"m"))
    for signer in (
        BorrowedSigner(key, algorithm="EdDSA", tail=b"\0"),
        BorrowedSigner(key, algorithm="ES256", tail=b""),
    ):
        with pytest.raises(KeyMaterialError) as caught:
            signature_by(signer, b"m")
        assert code_of(caught) == "KEY-SIGNER"
