"""The page on proofs says what is issued by default, and how keys look."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from openbadge_issuer.signing.public_key import KeyKind, PublicKey
from openbadge_issuer.signing.sealing import proof_format
from openbadge_issuer.signing.signing_key import SigningKey

PAGE = (Path(__file__).parents[3] / "docs/reference/proofs.md").read_text("utf-8")


@pytest.mark.parametrize("kind", ["Ed25519", "P-256", "P-384", "RSA"])
def test_the_page_names_the_proof_that_is_made_by_default(kind: KeyKind) -> None:
    key = SigningKey.generate(kind)
    (row,) = [line for line in PAGE.splitlines() if "by default" in line and kind in line]
    assert f"`{proof_format(None, key)}`" in row


@pytest.mark.parametrize("bits", [2048, 3072, 4096])
def test_the_page_shows_how_the_keys_begin(bits: int) -> None:
    keys: list[PublicKey] = [SigningKey.generate(kind).public_key for kind in ("Ed25519", "P-256", "P-384")]
    rsa = SigningKey.generate("RSA", rsa_bits=bits).public_key
    shown = re.findall(r"`(z\w+)…`", PAGE)
    for key in (*keys, rsa):
        assert any(key.multibase.startswith(form) for form in shown)
    assert re.search(rf"`{rsa.multibase[:2]}\w*…` with {bits}", PAGE)
