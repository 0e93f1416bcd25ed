"""The signed heads that a home keeps."""

from __future__ import annotations

import stat
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from openbadge_issuer.errors import DocumentError, LimitError, OpenBadgeError, OutputError
from openbadge_issuer.issuing.kept_heads import KeptHeads, read_kept_head
from openbadge_issuer.register.chain import Head
from openbadge_issuer.register.head import sign_head
from openbadge_issuer.signing.signing_key import SigningKey

NOW = datetime(2026, 3, 2, 11, tzinfo=UTC)
KEY = SigningKey.generate()
METHOD = "did:web:badges.example#key-1"


def head(length: int, now: datetime = NOW) -> bytes:
    signed = Head("did:web:badges.example", length, f"{length:064x}", NOW)
    return sign_head(signed, KEY, verification_method=METHOD, now=now)


def test_none_was_kept_at_first(tmp_path: Path) -> None:
    assert KeptHeads(tmp_path / "heads").latest() is None


def test_the_latest_is_the_one_that_reaches_furthest(tmp_path: Path) -> None:
    heads = KeptHeads(tmp_path / "heads")
    for length in (9, 1000, 20):
        kept = heads.keep(head(length, NOW + timedelta(days=length)), length)
        assert stat.S_IMODE(kept.stat().st_mode) == 0o600
    latest = heads.latest()
    assert latest is not None
    assert read_kept_head(latest).verify(KEY.public_key).length == 1000
    assert stat.S_IMODE((tmp_path / "heads").stat().st_mode) == 0o700


def test_a_newer_signature_on_the_same_head_takes_its_place(tmp_path: Path) -> None:
    heads = KeptHeads(tmp_path)
    heads.keep(head(9), 9)
    heads.keep(head(9, NOW + timedelta(days=1)), 9)
    assert [read_kept_head(path).issued for path in tmp_path.iterdir()] == [NOW + timedelta(days=1)]


def test_a_folder_that_cannot_be_written_is_named(tmp_path: Path) -> None:
    (tmp_path / "heads").write_text("a file")
    with pytest.raises(OutputError) as refused:
        KeptHeads(tmp_path / "heads").keep(head(9), 9)
    assert refused.value.code == "HOME-WRITE"


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "JWT-FORMAT"),
        (b"not a token", "JWT-FORMAT"),
        (b"x" * (64 * 1024 + 1), "JWT-FORMAT"),
        (head(9).replace(b".", b",", 1), "JWT-FORMAT"),
    ],
)
def test_what_is_no_head_is_refused(tmp_path: Path, content: bytes, code: str) -> None:
    (tmp_path / "9.jwt").write_bytes(content)
    with pytest.raises((DocumentError, LimitError)) as refused:
        read_kept_head(tmp_path / "9.jwt")
    error: OpenBadgeError = refused.value
    assert error.code == code


def test_a_head_that_cannot_be_read_is_named(tmp_path: Path) -> None:
    with pytest.raises(DocumentError) as refused:
        read_kept_head(tmp_path / "missing.jwt")
    assert refused.value.code == "HOME-FILE"
    assert "missing.jwt" in str(refused.value)
