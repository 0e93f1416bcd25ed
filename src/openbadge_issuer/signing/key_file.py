"""Where the PEM of a private key lies: a file or an environment variable, named by URI."""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Mapping
from pathlib import Path
from types import MappingProxyType
from urllib.parse import unquote

from openbadge_issuer.errors import KeyMaterialError, OutputError
from openbadge_issuer.signing.public_key import MAX_PEM_BYTES
from openbadge_issuer.whole_file import PRIVATE, write_whole

_SCHEME = re.compile(r"([A-Za-z][A-Za-z0-9+.-]+):(.*)", re.DOTALL)  # two letters at least: C:\ is a path
_MAX_URI_CHARS = 4096
_OTHERS = 0o077  # what group and others may do


def split_key_uri(uri: str) -> tuple[str, str]:
    """Split a key URI into its scheme, in lower case, and the rest; a bare path is a `file:`.

    Raises:
        KeyMaterialError: `KEY-URI`, without repeating what was given: it might be a key.
    """
    if not uri or len(uri) > _MAX_URI_CHARS or "-----BEGIN" in uri or "{" in uri or not uri.isprintable():
        raise KeyMaterialError("KEY-URI")
    match = _SCHEME.fullmatch(uri)
    return (match[1].lower(), match[2]) if match else ("file", uri)


def key_file_path(location: str) -> Path:
    """Return the file of a `file:` URI: a path, or `///` and a percent-encoded absolute path.

    Raises:
        KeyMaterialError: `KEY-URI`, it names another machine.
    """
    if not location.startswith("//"):
        return Path(location)
    if not location.startswith("///"):
        raise KeyMaterialError("KEY-URI")
    return Path(unquote(location[2:]))


def read_key_file(location: str) -> bytes:
    """Read the key behind a `file:` URI; see `key_file_path`.

    One that is not encrypted must be readable by its owner alone.

    Raises:
        KeyMaterialError: `KEY-URI`, `KEY-NOT-FOUND`, `KEY-UNREADABLE`, `KEY-FORMAT` or `STORE-PERMISSIONS`.
    """
    path = key_file_path(location)
    location = str(path)
    try:
        with path.open("rb") as file:
            pem = file.read(MAX_PEM_BYTES + 1)
            mode = os.fstat(file.fileno()).st_mode
    except (FileNotFoundError, NotADirectoryError) as error:
        raise KeyMaterialError("KEY-NOT-FOUND", place=location) from error
    except (OSError, ValueError) as error:
        problem = error.strerror if isinstance(error, OSError) and error.strerror else "invalid path"
        raise KeyMaterialError("KEY-UNREADABLE", place=location, problem=problem) from error
    if len(pem) > MAX_PEM_BYTES:
        raise KeyMaterialError("KEY-FORMAT", expected="PKCS#8 PEM")
    if os.name == "posix" and mode & _OTHERS and is_plain(pem):
        raise KeyMaterialError("STORE-PERMISSIONS", place=location)
    return pem


def is_plain(data: bytes) -> bool:
    """Tell whether whoever reads these bytes has the key: a private JWK, or a PEM without encryption."""
    private_jwk = data.lstrip().startswith(b"{") and b'"d"' in data
    return private_jwk or (b"PRIVATE KEY" in data and b"ENCRYPTED" not in data)


def is_private_key(data: bytes) -> bool:
    """Tell whether bytes begin a private key as a file of its own: PEM, encrypted or not, or a JWK."""
    return b"PRIVATE KEY-----" in data or is_plain(data)


def read_key_variable(name: str) -> bytes:
    r"""Read the PEM behind an `env:` URI; line breaks written as `\n` are taken as such.

    Raises:
        KeyMaterialError: `KEY-NOT-FOUND`.
    """
    value = os.environ.get(name, "")
    if not value:
        raise KeyMaterialError("KEY-NOT-FOUND", place=f"${name}")
    return value.replace("\\n", "\n").encode("utf-8", "surrogateescape")


PEM_READERS: Mapping[str, Callable[[str], bytes]] = MappingProxyType(
    {"file": read_key_file, "env": read_key_variable}
)
"""What reads the PEM, by the scheme of the URI."""


def check_key_path(path: Path) -> None:
    """Refuse a path that is no key URI, so that what is saved there can be opened again.

    Raises:
        OutputError: `KEY-FILE-NAME`.
    """
    try:
        split_key_uri(f"file:{path}")
    except KeyMaterialError as error:
        raise OutputError("KEY-FILE-NAME", path=str(path)[:80]) from error


def write_key_file(path: Path, pem: bytes, *, overwrite: bool) -> None:
    """Write a private key so that only its owner reads it, whole or not at all.

    Raises:
        OutputError: `KEY-EXISTS` or `KEY-NOT-SAVED`; nothing half-written stays behind.
    """
    try:
        write_whole(path, pem, mode=PRIVATE, overwrite=overwrite)
    except FileExistsError as error:
        raise OutputError("KEY-EXISTS", path=str(path)) from error
    except OSError as error:
        raise OutputError("KEY-NOT-SAVED", path=str(path), problem=error.strerror or "") from error
