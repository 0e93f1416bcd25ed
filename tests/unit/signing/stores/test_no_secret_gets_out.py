"""Private numbers and passwords stay where they are: hunted for in all that the library says and holds.

What other processes could read in memory, or in a core dump, Python cannot promise: the cryptographic library
holds the numbers, a garbage collector frees them when it likes, and nothing is overwritten. What can be shown
is that no object of ours holds one, so none is printed, logged, pickled or kept beyond the key itself.
"""

from __future__ import annotations

import copy
import json
import logging
import pickle
from collections.abc import Callable
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import (
    BestAvailableEncryption,
    Encoding,
    NoEncryption,
    PrivateFormat,
)
from cryptography.hazmat.primitives.serialization.pkcs12 import serialize_key_and_certificates

from issued_badges import NOW, did_issuer, small
from openbadge_issuer.assertions.json_text import JsonObject
from openbadge_issuer.errors import KeyMaterialError, OpenBadgeError
from openbadge_issuer.signing.base64url import encode_base64url
from openbadge_issuer.signing.compromise import CompromisedKey, CompromiseList, signature_digest
from openbadge_issuer.signing.key_ring import KeyRing
from openbadge_issuer.signing.key_ring_file import key_ring_json
from openbadge_issuer.signing.key_store import KEY_STORES
from openbadge_issuer.signing.public_key import PublicKey
from openbadge_issuer.signing.signing_key import SigningKey
from openbadge_issuer.signing.stores.store_signer import StoreSigner
from openbadge_issuer.verification import verify
from secret_hunt import holds, kept_by, reachable, told_by

PASSWORD = "correct horse battery staple"
Native = Ed25519PrivateKey | ec.EllipticCurvePrivateKey | rsa.RSAPrivateKey
NATIVES: dict[str, Native] = {
    "Ed25519": Ed25519PrivateKey.generate(),
    "P-256": ec.generate_private_key(ec.SECP256R1()),
    "P-384": ec.generate_private_key(ec.SECP384R1()),
    "RSA": rsa.generate_private_key(65537, 2048),
}


def members(native: Native) -> dict[str, bytes]:
    """The private numbers of a key, by the names that a JWK gives them."""
    if isinstance(native, Ed25519PrivateKey):
        return {"d": native.private_bytes_raw()}
    if isinstance(native, ec.EllipticCurvePrivateKey):
        return {"d": native.private_numbers().private_value.to_bytes(native.key_size // 8)}
    found = native.private_numbers()
    numbers = {"d": found.d, "p": found.p, "q": found.q, "dp": found.dmp1, "dq": found.dmq1, "qi": found.iqmp}
    return {name: number.to_bytes((number.bit_length() + 7) // 8) for name, number in numbers.items()}


def jwk(native: Native) -> bytes:
    private = {name: encode_base64url(number) for name, number in members(native).items()}
    return json.dumps({**PublicKey.from_native(native.public_key()).jwk, **private}).encode()


def pkcs8(native: Native) -> bytes:
    return native.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())


def pkcs12(native: Native) -> bytes:
    lock = BestAvailableEncryption(PASSWORD.encode())
    return serialize_key_and_certificates(None, native, None, None, lock)


FORMS: dict[str, Callable[[Native], bytes]] = {"pem": pkcs8, "jwk": jwk, "p12": pkcs12}


def secrets(native: Native) -> list[bytes]:
    return [*members(native).values(), PASSWORD.encode()]


@pytest.fixture(params=[(kind, form) for kind in NATIVES for form in FORMS], ids="-".join)
def opened(request: pytest.FixtureRequest, tmp_path: Path) -> tuple[SigningKey, list[bytes]]:
    """Each kind of key out of each kind of file."""
    kind, form = request.param
    path = tmp_path / f"key.{form}"
    path.write_bytes(FORMS[form](NATIVES[kind]))
    path.chmod(0o600)
    signer = KEY_STORES.open(str(path), secret=PASSWORD)
    assert isinstance(signer, SigningKey)
    return signer, secrets(NATIVES[kind])


def test_the_hunt_finds_what_is_there() -> None:
    number = members(NATIVES["P-256"])["d"]
    for hidden in (
        number,
        number.hex(),
        encode_base64url(number),
        {"a": [(number,)]},
        int.from_bytes(number),
    ):
        assert kept_by(lambda hidden=hidden: hidden, [number]) != []
    assert kept_by(
        StoreSigner(SigningKey.generate().public_key, store=encode_base64url(number), sign=bytes), [number]
    )
    assert holds(told_by(ValueError(number.hex())), [number])
    assert not holds("nothing", [number])


def test_a_key_shows_and_holds_nothing_of_itself(
    opened: tuple[SigningKey, list[bytes]],
    caplog: pytest.LogCaptureFixture,
    capfd: pytest.CaptureFixture[str],
) -> None:
    caplog.set_level(logging.DEBUG)
    signer, hidden = opened
    signer.sign(b"badge")
    printed = capfd.readouterr()
    for text in (repr(signer), str(signer), f"{signer}", caplog.text, printed.out, printed.err):
        assert not holds(text, hidden)
    assert kept_by(signer, hidden) == []
    assert len(list(reachable(signer))) > 5


def test_a_key_is_neither_pickled_nor_copied(opened: tuple[SigningKey, list[bytes]]) -> None:
    signer, hidden = opened
    for step in (pickle.dumps, copy.copy, copy.deepcopy):
        with pytest.raises(KeyMaterialError) as error:
            step(signer)
        assert error.value.code == "KEY-NOT-PICKLABLE"
        assert not holds(told_by(error.value), hidden)


def test_what_is_made_with_a_key_holds_nothing_of_it(opened: tuple[SigningKey, list[bytes]]) -> None:
    signer, hidden = opened
    badge = small(did_issuer(signer))
    report = verify(badge.data, now=NOW)
    ring = KeyRing("did:web:badges.example").add(signer.public_key, uri="key.pem", now=NOW)
    digest = signature_digest({"proofValue": "z2"})
    lost = CompromisedKey(signer.public_key, ring.keys[0].begins, frozenset({digest}))
    listed = CompromiseList(ring.controller, ring.keys[0].begins, (lost,))
    documents: list[JsonObject] = [key_ring_json(ring), ring.document()]
    for made in (badge, report, ring, listed, signer.public_key):
        assert kept_by(made, hidden) == []
        assert not holds(repr(made), hidden)
        assert not holds(pickle.dumps(made), hidden)
    assert not holds(badge.data + json.dumps(documents).encode(), hidden)


def spoilt(native: Native, form: str) -> list[bytes]:
    """A key file with one thing wrong after another."""
    whole = FORMS[form](native)
    cut = [whole[: len(whole) * part // 4] for part in (1, 2, 3)]
    if form == "jwk":
        document = json.loads(whole)
        text = whole.decode()
        changed = [
            {**document, "d": document["d"][:-4] + "===="},
            {**document, "d": document["d"][:-8]},
            {**document, "d": [document["d"]]},
            {**document, "kty": document["d"]},
            {**document, "crv": document["d"]},
            {**document, "alg": document["d"]},
            {**document, "x": document["d"], "n": document["d"]},
            {**document, "use": document["d"]},
        ]
        repeated = text[:-1] + f', "d": "{document["d"]}"' + "}"
        return [*cut, *(json.dumps(one).encode() for one in changed), repeated.encode(), whole + whole]
    return [*cut, whole + whole, whole.replace(b"\n", b"")]


@pytest.mark.parametrize("kind", NATIVES)
@pytest.mark.parametrize("form", FORMS)
def test_no_error_about_a_key_repeats_it(kind: str, form: str, tmp_path: Path) -> None:
    path = tmp_path / "key"
    private = [number for name, number in members(NATIVES[kind]).items()]
    for data in spoilt(NATIVES[kind], form):
        path.write_bytes(data)
        path.chmod(0o600)
        try:
            KEY_STORES.open(str(path), secret=PASSWORD)
        except OpenBadgeError as error:
            said = told_by(error)
            assert not holds(said, [*private, PASSWORD.encode()])
            assert all(encode_base64url(number)[:20] not in said for number in private)


@pytest.mark.parametrize("kind", NATIVES)
def test_a_key_in_place_of_a_uri_is_not_repeated(kind: str) -> None:
    private = list(members(NATIVES[kind]).values())
    for text in (pkcs8(NATIVES[kind]).decode(), jwk(NATIVES[kind]).decode()):
        with pytest.raises(KeyMaterialError) as error:
            KEY_STORES.open(text)
        assert error.value.code == "KEY-URI"
        assert not holds(told_by(error.value), private)
        assert text[40:80] not in told_by(error.value)


def test_a_wrong_password_is_not_repeated(tmp_path: Path) -> None:
    path = tmp_path / "key.p12"
    path.write_bytes(pkcs12(NATIVES["P-256"]))
    for wrong in ("hunter2-hunter2", b"hunter2-\xff", lambda: "hunter2-hunter2"):
        with pytest.raises(KeyMaterialError) as error:
            KEY_STORES.open(str(path), secret=wrong)
        assert error.value.code == "KEY-PASSWORD-WRONG"
        assert "hunter2" not in told_by(error.value)
