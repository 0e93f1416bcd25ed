"""Other libraries in the same run: programs of theirs that time themselves, in environments made on demand.

They are put into `benchmarks/.peers`, which is not committed. What cannot be installed is skipped, and said.
"""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from random import Random
from typing import IO

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat, PublicFormat

from badges import LIST_URL, NOW, STATUS_BITS, award, issuer_with
from openbadge_issuer import SigningKey, StatusList
from openbadge_issuer.assertions.json_text import JsonObject
from openbadge_issuer.jsonld.contexts import PINNED
from openbadge_issuer.signing.data_integrity import without_proof
from openbadge_issuer.signing.vc_jwt import parse_jwt

_HERE = Path(__file__).parent
_PLACE = _HERE / ".peers"
_PROGRAMS = _HERE / "peers_programs"
_PYTHON_PACKAGES = ("openbadgeslib", "PyLD", "PyJWT", "joserfc", "cryptography")
_NODE_PACKAGES = (
    "@digitalbazaar/vc",
    "@digitalbazaar/data-integrity",
    "@digitalbazaar/eddsa-rdfc-2022-cryptosuite",
    "@digitalbazaar/ed25519-multikey",
)
_INSTALL_SECONDS = 120


class Peer:
    """One program that runs the jobs of other libraries.

    Attributes:
        jobs: their names.
    """

    def __init__(self, command: Sequence[str]) -> None:
        self._process = subprocess.Popen(  # noqa: S603  # ours
            command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True
        )
        self.jobs: list[str] = json.loads(self._read() or "[]")

    def seconds(self, job: str, repeats: int) -> float:
        """Let it do a job some times, and return how long that took it by its own clock."""
        pipe = _pipe(self._process.stdin)
        pipe.write(f"{job} {repeats}\n")
        pipe.flush()
        return float(self._read())

    def close(self) -> None:
        """End the program."""
        _pipe(self._process.stdin).close()
        self._process.wait()

    def _read(self) -> str:
        return _pipe(self._process.stdout).readline()


def start_peers(folder: Path, picture: bytes) -> tuple[list[Peer], list[str]]:
    """Start what can be installed; return also a plain word for what is skipped.

    Args:
        folder: where their input may be written.
        picture: the PNG that is baked.
    """
    (folder / "picture.png").write_bytes(picture)
    given = folder / "peers.json"
    given.write_text(json.dumps(_given(folder / "picture.png")), encoding="utf-8")
    peers, skipped = [], []
    for name, command in (("Python libraries", _python()), ("@digitalbazaar/vc", _node())):
        if command is None:
            skipped.append(f"{name}: could not be installed here")
            continue
        peer = Peer([*command, str(given)])
        if peer.jobs:
            peers.append(peer)
        else:
            skipped.append(f"{name}: do not run here")
    return peers, skipped


def _given(picture: Path) -> JsonObject:
    private = Ed25519PrivateKey.generate()
    key = SigningKey(private)
    issuer = issuer_with(key)
    status = StatusList.create(LIST_URL, issuer=key.did_key, size=STATUS_BITS)
    rng = Random(1)  # noqa: S311  # nothing is secret here
    signed = json.loads(issuer.issue_award(award(status, 1, "eddsa-rdfc-2022"), now=NOW).data)
    token = issuer.issue_award(award(status, 1, "vc-jwt"), now=NOW).data
    begin: JsonObject = {"validFrom": datetime(2020, 1, 1, tzinfo=UTC).isoformat().replace("+00:00", "Z")}
    pem = private.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()).decode()
    public = private.public_key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo).decode()
    return {
        "unsigned": {**without_proof(signed), **begin},
        "signed": signed,
        "payload": parse_jwt(token).payload,
        "private": pem,
        "public": public,
        "method": issuer.verification_method,
        "contexts": {str(url): PINNED.load(str(url)) for url in signed["@context"]},
        "picture": str(picture),
        "list": status.credential(now=NOW),
        "bits": STATUS_BITS,
        "indexes": [*rng.sample(range(STATUS_BITS), 10_000)],
    }


def _python() -> list[str] | None:
    python = _PLACE / "venv" / "bin" / "python"
    done = _PLACE / "venv" / ".installed"
    if not done.exists():
        made = _ran([sys.executable, "-m", "venv", str(_PLACE / "venv")])
        if not made or not _ran([str(python), "-m", "pip", "install", "--quiet", *_PYTHON_PACKAGES]):
            return None
        done.touch()
    return [str(python), str(_PROGRAMS / "peers.py")]


def _node() -> list[str] | None:
    node, npm = shutil.which("node"), shutil.which("npm")
    if node is None or npm is None:
        return None
    program = _PLACE / "node" / "peers.mjs"
    program.parent.mkdir(parents=True, exist_ok=True)
    shutil.copyfile(_PROGRAMS / "peers.mjs", program)
    if not (program.parent / "node_modules" / "@digitalbazaar" / "vc").exists():
        command = [
            npm,
            "install",
            "--no-audit",
            "--no-fund",
            "--prefix",
            str(program.parent),
            *_NODE_PACKAGES,
        ]
        if not _ran(command):
            return None
    return [node, str(program)]


def _ran(command: Sequence[str]) -> bool:
    try:
        found = subprocess.run(  # noqa: S603  # ours
            command, capture_output=True, timeout=_INSTALL_SECONDS, check=False
        )
    except (OSError, subprocess.TimeoutExpired):
        return False
    return found.returncode == 0


def _pipe(pipe: IO[str] | None) -> IO[str]:
    assert pipe is not None
    return pipe
