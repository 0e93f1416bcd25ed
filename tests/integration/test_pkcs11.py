"""Keys in a PKCS #11 token: a real SoftHSM2, as Debian packs it, with its tokens in a temporary folder."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from openbadge_issuer.errors import KeyMaterialError
from openbadge_issuer.signing.key_store import KEY_STORES, shown_key_uri
from openbadge_issuer.signing.stores import pkcs11 as store
from secret_hunt import holds, kept_by, told_by

PIN, SO_PIN = "user-pin-93715", "so-pin-93715"
PLACES = ("/usr/lib/softhsm", "/usr/lib64/pkcs11", "/usr/local/lib/softhsm", "/opt/homebrew/lib/softhsm")
TOOL = shutil.which("softhsm2-util") or ""
KINDS = {"Ed25519": "EdDSA", "P-256": "ES256", "P-384": "ES384", "RSA": "RS256"}


def module_path() -> Path:
    found = [Path(place, "libsofthsm2.so") for place in PLACES]
    path = next((path for path in found if path.exists()), None)
    if path is None or not TOOL:
        pytest.skip("SoftHSM2 is not installed (on Debian: apt install softhsm2)")
    return path


@pytest.fixture(scope="module")
def module(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """The library, with a token of keys, one of twins, and one that nobody logs in to."""
    pytest.importorskip("pkcs11", reason="the extra pkcs11 is not installed")
    path, home = module_path(), tmp_path_factory.mktemp("softhsm")
    (home / "tokens").mkdir()
    (home / "softhsm2.conf").write_text(f"directories.tokendir = {home / 'tokens'}\nlog.level = ERROR\n")
    kept = os.environ.get("SOFTHSM2_CONF")
    os.environ["SOFTHSM2_CONF"] = str(home / "softhsm2.conf")
    for label in ("keys", "twins", "locked"):
        subprocess.run(
            [TOOL, "--init-token", "--free", "--label", label, "--pin", PIN, "--so-pin", SO_PIN],
            check=True,
            capture_output=True,
        )
    fill(path)
    yield path
    if kept is None:
        del os.environ["SOFTHSM2_CONF"]
    else:
        os.environ["SOFTHSM2_CONF"] = kept


def fill(path: Path) -> None:
    import pkcs11  # noqa: PLC0415  # where it is installed

    library = pkcs11.lib(str(path))
    with library.get_token(token_label="keys").open(rw=True, user_pin=PIN) as session:
        for position, kind in enumerate(KINDS, start=1):
            make_pair(session, kind, bytes([position]))
        make_pair(session, "secp256k1", b"\x08")
        make_pair(session, "P-256", b"\x09", label="lonely")[0].destroy()
        session.generate_key(pkcs11.KeyType.AES, 128, store=True, label="AES")
        make_pair(session, "P-256", b"\x0a", label="certified")[0].destroy()
        for label in ("first nameless", "second nameless"):
            make_pair(session, "P-256", b"", label=label)
        make_pair(session, "P-256", b"\x0b", label="shares an id")
        make_pair(session, "P-384", b"\x0b", label="shares it too")
        make_pair(session, "Ed25519", b"\x0b", label="of another kind")
        make_pair(session, "P-256", b"\x0c", label="doubled")
        make_pair(session, "P-256", b"\x0c", label="doubled")[1].destroy()
    with library.get_token(token_label="twins").open(rw=True, user_pin=PIN) as session:
        make_pair(session, "P-256", b"\x01", label="twin")
        make_pair(session, "P-256", b"\x02", label="twin")


def make_pair(session: Any, kind: str, name: bytes, label: str | None = None) -> tuple[Any, Any]:  # noqa: ANN401  # made by the library as it runs
    from pkcs11 import Attribute, KeyType, Mechanism  # noqa: PLC0415  # where it is installed
    from pkcs11.util.ec import encode_named_curve_parameters  # noqa: PLC0415  # the same

    facts = {"store": True, "label": label or kind, **({"id": name} if name else {})}
    if kind == "RSA":
        return session.generate_keypair(KeyType.RSA, 2048, **facts)  # type: ignore[no-any-return]  # as above
    curves = {"P-256": "secp256r1", "P-384": "secp384r1", "secp256k1": "secp256k1"}
    if kind == "Ed25519":
        parameters = {Attribute.EC_PARAMS: b"\x13\x0cedwards25519"}
        domain = session.create_domain_parameters(KeyType.EC_EDWARDS, parameters, local=True)
        return domain.generate_keypair(mechanism=Mechanism.EC_EDWARDS_KEY_PAIR_GEN, **facts)  # type: ignore[no-any-return]  # as above
    parameters = {Attribute.EC_PARAMS: encode_named_curve_parameters(curves[kind])}
    domain = session.create_domain_parameters(KeyType.EC, parameters, local=True)
    return domain.generate_keypair(**facts)  # type: ignore[no-any-return]  # as above


def uri(module: Path, path: str) -> str:
    return f"pkcs11:{path}?module-path={module}"


def refused(uri: str, secret: str | None = PIN) -> KeyMaterialError:
    with pytest.raises(KeyMaterialError) as error:
        KEY_STORES.open(uri, secret=secret)
    assert not holds(told_by(error.value), [PIN.encode(), b"wrong-pin-1"])
    return error.value


@pytest.mark.parametrize("kind", KINDS)
def test_each_kind_of_key_signs(module: Path, kind: str) -> None:
    signer = KEY_STORES.open(uri(module, f"token=keys;object={kind}"), secret=PIN)
    assert (signer.public_key.kind, signer.algorithm) == (kind, KINDS[kind])
    for message in (b"", b"badge", b"x" * 50_000):
        signature = signer.sign(message)
        assert len(signature) == signer.public_key.signature_size
        signer.public_key.verify(message, signature)


def test_an_rsa_key_signs_with_the_padding_that_its_uri_asks_for(module: Path) -> None:
    for asked, algorithm in (("", "RS256"), ("&alg=RS256", "RS256"), ("&alg=PS256", "PS256")):
        signer = KEY_STORES.open(uri(module, "token=keys;object=RSA") + asked, secret=PIN)
        assert signer.algorithm == algorithm
        for message in (b"", b"x" * 50_000):
            signer.public_key.verify(message, signer.sign(message), algorithm=signer.algorithm)
    for place, wrong in (("RSA", "ES256"), ("P-256", "PS256"), ("RSA", "none")):
        asked = f"{uri(module, f'token=keys;object={place}')}&alg={wrong}"
        assert refused(asked).code == "STORE-URI"


def test_a_key_is_found_by_its_id_and_by_more_about_its_token(module: Path) -> None:
    import pkcs11  # noqa: PLC0415  # where it is installed

    token = pkcs11.lib(str(module)).get_token(token_label="keys")
    serial, slot = token.serial.decode(), token.slot.slot_id
    for place in (
        "token=keys;id=%02",
        f"serial={serial};id=%02;type=private",
        f"slot-id={slot};id=%02",
        "model=SoftHSM%20v2;manufacturer=SoftHSM%20project;token=keys;object=P-256",
    ):
        assert KEY_STORES.open(uri(module, place), secret=PIN).public_key.kind == "P-256"


@pytest.mark.parametrize(
    ("label", "kind"), [("shares an id", "P-256"), ("shares it too", "P-384"), ("of another kind", "Ed25519")]
)
def test_keys_that_share_an_id_keep_their_own_public_halves(module: Path, label: str, kind: str) -> None:
    signer = KEY_STORES.open(uri(module, f"token=keys;object={label.replace(' ', '%20')}"), secret=PIN)
    assert signer.public_key.kind == kind
    signer.public_key.verify(b"badge", signer.sign(b"badge"))


def test_the_library_can_be_named_by_the_environment(module: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("PKCS11_MODULE_PATH", raising=False)
    assert refused("pkcs11:token=keys;object=RSA").code == "STORE-MODULE-NOT-NAMED"
    monkeypatch.setenv("PKCS11_MODULE_PATH", str(module))
    assert KEY_STORES.open("pkcs11:token=keys;object=RSA", secret=PIN).algorithm == "RS256"


def test_the_pin_is_asked_for_once_and_not_kept(module: Path) -> None:
    asked: list[str] = []

    def pin() -> str:
        asked.append("asked")
        return PIN

    store._sessions.clear()  # noqa: SLF001  # as if the program had just begun
    signers = [KEY_STORES.open(uri(module, f"token=keys;object={kind}"), secret=pin) for kind in KINDS]
    assert asked == ["asked"]
    assert kept_by(signers, [PIN.encode()]) == []
    assert not holds(repr(signers), [PIN.encode()])


def test_signers_of_one_token_work_side_by_side(module: Path) -> None:
    signers = [KEY_STORES.open(uri(module, f"token=keys;object={kind}"), secret=PIN) for kind in KINDS]
    del signers[0]  # closing one must not log the others out
    failures: list[str] = []

    def sign() -> None:
        for _ in range(5):
            for signer in signers:
                try:
                    signer.sign(b"badge")
                except KeyMaterialError as error:
                    failures.append(error.code)

    threads = [threading.Thread(target=sign) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failures == []


def test_a_wrong_pin_is_refused(module: Path) -> None:
    place = uri(module, "token=locked;object=P-256")
    assert refused(place, "wrong-pin-1").code == "KEY-PASSWORD-WRONG"
    assert refused(place, "").code == "KEY-PASSWORD-EMPTY"
    assert refused(place, None).code == "KEY-PASSWORD-NEEDED"


@pytest.mark.parametrize(
    ("path", "code"),
    [
        ("token=none;object=P-256", "STORE-NO-KEY"),
        ("token=keys;object=none", "STORE-NO-KEY"),
        ("token=keys;object=AES", "STORE-NO-KEY"),
        ("object=P-256", "STORE-AMBIGUOUS"),
        ("token=twins;object=twin", "STORE-AMBIGUOUS"),
        ("token=keys;object=lonely", "STORE-NO-PUBLIC-KEY"),
        ("token=keys;object=first%20nameless", "STORE-WHICH-PUBLIC-KEY"),
        ("token=keys;object=second%20nameless", "STORE-WHICH-PUBLIC-KEY"),
        ("token=keys;object=doubled", "STORE-WHICH-PUBLIC-KEY"),
        ("token=keys;object=secp256k1", "STORE-KEY-KIND"),
        ("token=keys", "STORE-URI"),
        ("token=keys;object=P-256;type=public", "STORE-URI"),
        ("token=keys;object=P-256;object=RSA", "STORE-URI"),
        ("token=keys;object=P-256;colour=red", "STORE-URI"),
        ("token=keys;object=%ZZ", "STORE-URI"),
        ("token=keys;object", "STORE-URI"),
        ("slot-id=one;object=P-256", "STORE-URI"),
        ("", "STORE-URI"),
    ],
)
def test_what_does_not_name_one_key_is_refused(module: Path, path: str, code: str) -> None:
    assert refused(uri(module, path)).code == code


def test_what_is_no_library_is_refused(tmp_path: Path) -> None:
    pytest.importorskip("pkcs11", reason="the extra pkcs11 is not installed")
    (tmp_path / "text.so").write_text("no library")
    for name in ("text.so", "none.so"):
        assert refused(f"pkcs11:object=P-256?module-path={tmp_path}/{name}").code == "STORE-MODULE"


@pytest.mark.parametrize(
    "place",
    [
        f"token=keys;object=RSA?pin-value={PIN}&module-path=/x",
        f"token=keys;object=RSA;pin-value={PIN}",
        f"token=keys;object=RSA?PIN-VALUE={PIN}",
        f"token=keys;object=RSA?pin-source=file:{PIN}",
    ],
)
def test_a_pin_in_the_uri_is_refused_and_never_repeated(place: str) -> None:
    pytest.importorskip("pkcs11", reason="the extra pkcs11 is not installed")
    error = refused(f"pkcs11:{place}", None)
    assert error.code == "STORE-SECRET-IN-URI"
    assert not holds(told_by(error), [PIN.encode()])
    assert PIN not in shown_key_uri(f"pkcs11:{place}")


def test_without_the_extra_it_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "pkcs11.exceptions", None)
    error = refused("pkcs11:object=RSA?module-path=/x")
    assert error.code == "STORE-EXTRA"
    assert "openbadge-issuer[pkcs11]" in error.advice()
