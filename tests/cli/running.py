"""Runs the command line as a shell does: in this process, which is fast, or as a program of its own."""

from __future__ import annotations

import base64
import io
import json
import os
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol, cast

from cryptography.hazmat.primitives.asymmetric import ec, ed25519, rsa
from cryptography.hazmat.primitives.asymmetric.types import PrivateKeyTypes
from cryptography.hazmat.primitives.serialization import load_pem_private_key

from openbadge_issuer.assertions.json_text import JsonObject, JsonValue
from openbadge_issuer.cli import main

PROGRAM = Path(sys.executable).with_name("openbadge-issuer")
EMAIL = "ada@example.org"
PASSWORD = "correct horse battery staple"


@dataclass(frozen=True, slots=True)
class Ran:
    """What a command left behind: its exit code and everything that it wrote."""

    code: int
    out: bytes
    err: str

    @property
    def text(self) -> str:
        """Standard output as text."""
        return self.out.decode()

    @property
    def data(self) -> JsonObject:
        """Standard output, which holds one JSON object and nothing else."""
        found = json.loads(self.out)
        assert isinstance(found, dict)
        return found

    @property
    def items(self) -> list[JsonObject]:
        """Standard output, which holds one JSON array of objects and nothing else."""
        found = json.loads(self.out)
        assert isinstance(found, list)
        return found

    def refused(self, code: int, *words: str) -> bool:
        """Tell whether it was refused with this code, these words, one sentence and no result."""
        told = self.err.strip().splitlines()
        return self.code == code and self.out == b"" and len(told) <= 2 and all(w in self.err for w in words)


class CommandLine(Protocol):
    """Runs a command in this process."""

    def __call__(self, *arguments: str | Path, stdin: bytes = b"") -> Ran:
        """Return what it left behind."""


class Issue(Protocol):
    """Issues a badge into a file."""

    def __call__(self, name: str, *options: str | Path, key: str = "key.pem") -> Path:
        """Return the file's path."""


def run_here(arguments: tuple[str, ...], stdin: bytes) -> Ran:
    """Run the command line in this process; the streams and arguments are put back afterwards."""
    kept = sys.argv, sys.stdin, sys.stdout, sys.stderr
    out, err = io.BytesIO(), io.BytesIO()
    code: str | int | None = 0
    try:
        sys.argv = ["openbadge-issuer", *arguments]
        sys.stdin = io.TextIOWrapper(io.BytesIO(stdin), "utf-8")
        sys.stdout = io.TextIOWrapper(out, "utf-8", write_through=True)
        sys.stderr = io.TextIOWrapper(err, "utf-8", write_through=True)
        main()
    except SystemExit as end:
        code = end.code
    finally:
        ours = sys.stdout, sys.stderr
        sys.argv, sys.stdin, sys.stdout, sys.stderr = kept
        for stream in ours:
            stream.flush()
    assert isinstance(code, int)
    return Ran(code, out.getvalue(), err.getvalue().decode())


def run_program(
    *arguments: str | bytes,
    stdin: bytes = b"",
    cwd: Path | None = None,
    environment: Mapping[str, str] | None = None,
) -> Ran:
    """Run the installed program."""
    ended = subprocess.run(
        [PROGRAM, *arguments],
        input=stdin,
        capture_output=True,
        check=False,
        cwd=cwd,
        env={**os.environ, **(environment or {})},
    )
    return Ran(ended.returncode, ended.stdout, ended.stderr.decode())


def codes(report: JsonObject, outcome: str = "failed") -> set[str]:
    """The codes of a report's findings with this outcome."""
    findings = cast("list[JsonObject]", report["findings"])
    return {str(found["code"]) for found in findings if found["outcome"] == outcome}


def member(document: JsonObject, *steps: str) -> JsonValue:
    """Walk down the members of an object."""
    value: JsonValue = document
    for step in steps:
        assert isinstance(value, dict)
        value = value[step]
    return value


def secret_forms(pem: bytes, password: str) -> tuple[bytes, ...]:
    """The private numbers of a key in every form in which they might slip out."""
    found: list[bytes] = []
    for number in _private_numbers(load_pem_private_key(pem, password.encode())):
        found += [number, number.hex().encode(), number.hex().upper().encode()]
        found += [encode(number).rstrip(b"=") for encode in (base64.b64encode, base64.urlsafe_b64encode)]
    return tuple(found)


def _private_numbers(key: PrivateKeyTypes) -> tuple[bytes, ...]:
    if isinstance(key, ed25519.Ed25519PrivateKey):
        return (key.private_bytes_raw(),)
    if isinstance(key, ec.EllipticCurvePrivateKey):
        return (key.private_numbers().private_value.to_bytes(key.key_size // 8),)
    assert isinstance(key, rsa.RSAPrivateKey)
    numbers = key.private_numbers()
    size = key.key_size // 8
    return (numbers.p.to_bytes(size // 2), numbers.q.to_bytes(size // 2), numbers.d.to_bytes(size))
