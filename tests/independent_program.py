"""Programs of other implementations, in JavaScript: their libraries installed as locked, and their runs."""

from __future__ import annotations

import fcntl
import hashlib
import json
import shutil
import subprocess
from pathlib import Path

import pytest

from openbadge_issuer.assertions.json_text import JsonObject

FOLDER = Path(__file__).parent / "integration" / "independent_verifier"
INSTALL_SECONDS, RUN_SECONDS = 300, 120


def run(script: str, work: JsonObject) -> dict[str, JsonObject]:
    """Let a program of the folder do all jobs in one process."""
    done = subprocess.run(
        [_program("node"), str(FOLDER / script)],
        input=json.dumps(work).encode(),
        capture_output=True,
        timeout=RUN_SECONDS,
        check=False,
    )
    assert done.returncode == 0, done.stderr.decode()
    answers: dict[str, JsonObject] = json.loads(done.stdout)
    return answers


def install() -> None:
    """Install the locked libraries beside the programs, once for each state of the lock."""
    npm, digest = _program("npm"), hashlib.sha256((FOLDER / "package-lock.json").read_bytes()).hexdigest()
    installed = FOLDER / "node_modules"
    stamp = installed / ".lock-digest"
    installed.mkdir(exist_ok=True)
    with (installed.parent / ".npmrc").open() as held:  # two test processes may come here at once
        fcntl.flock(held, fcntl.LOCK_EX)
        if stamp.is_file() and stamp.read_text() == digest:
            return
        command = [npm, "ci", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"]
        try:
            subprocess.run(command, cwd=FOLDER, capture_output=True, timeout=INSTALL_SECONDS, check=True)
        except subprocess.SubprocessError as error:
            pytest.skip(f"the independent verifier could not be installed: {type(error).__name__} of npm ci")
        stamp.write_text(digest)


def _program(name: str) -> str:
    found = shutil.which(name)
    if found is None:
        pytest.skip(f"{name} is not installed, and the independent verifier needs it")
    return found
