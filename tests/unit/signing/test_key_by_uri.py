"""A key that travels as its URI."""

from __future__ import annotations

import pickle
from pathlib import Path

import pytest

from openbadge_issuer.errors import KeyMaterialError
from openbadge_issuer.signing.key_by_uri import KeyByUri
from openbadge_issuer.signing.signing_key import SigningKey

SECRET = "correct horse"


@pytest.fixture
def key(tmp_path: Path) -> SigningKey:
    made = SigningKey.generate("P-256")
    made.save(tmp_path / "issuer.pem", secret=SECRET)
    return made


def test_it_signs_as_the_key_that_it_names(
    key: SigningKey, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ISSUER_SECRET", SECRET)
    named = KeyByUri(f"file:{tmp_path / 'issuer.pem'}", "ISSUER_SECRET")
    travelled = pickle.loads(pickle.dumps(named))  # noqa: S301  # our own
    assert travelled == named
    assert (travelled.algorithm, travelled.public_key) == ("ES256", key.public_key)
    key.public_key.verify(b"badge", travelled.sign(b"badge"))


def test_neither_its_pickle_nor_its_repr_holds_the_secret(
    key: SigningKey, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    del key
    monkeypatch.setenv("ISSUER_SECRET", SECRET)
    named = KeyByUri(f"file:{tmp_path / 'issuer.pem'}", "ISSUER_SECRET")
    named.sign(b"badge")
    assert SECRET.encode() not in pickle.dumps(named)
    assert SECRET not in repr(named)


@pytest.mark.usefixtures("key")
def test_without_its_secret_it_does_not_open(tmp_path: Path) -> None:
    with pytest.raises(KeyMaterialError) as refused:
        KeyByUri(f"file:{tmp_path / 'issuer.pem'}").sign(b"badge")
    assert refused.value.code == "KEY-PASSWORD-NEEDED"


def test_a_uri_with_a_secret_in_it_is_refused() -> None:
    with pytest.raises(KeyMaterialError) as refused:
        KeyByUri("pkcs11:token=badges;object=issuer?pin-value=1234")
    assert refused.value.code == "RING-SECRET-IN-URI"
    assert "1234" not in str(refused.value)
