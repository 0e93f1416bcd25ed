"""Programs of other implementations, in JavaScript: libraries installed as locked, and their answers."""

from __future__ import annotations

import fcntl
import hashlib
import json
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from threading import Timer
from typing import IO

import pytest

from openbadge_issuer.assertions.json_text import JsonObject, JsonValue

FOLDER = Path(__file__).parent / "integration" / "independent_verifier"
INSTALL_SECONDS, ANSWER_SECONDS, END_SECONDS = 300, 120, 10


@dataclass(frozen=True)
class Program:
    """A running program of the folder: it answers many jobs, since starting takes it most of a second."""

    process: subprocess.Popen[bytes]
    said: IO[bytes]

    def ask(self, do: str, **job: JsonValue) -> JsonObject:
        """Let it do one job, and give its answer; what it could not do is in `problems`."""
        written, read = self.process.stdin, self.process.stdout
        assert written is not None
        assert read is not None
        with suppress(BrokenPipeError):  # it has ended, which the missing answer shows
            written.write(json.dumps({"do": do, **job}).encode() + b"\n")
            written.flush()
        alarm = Timer(ANSWER_SECONDS, self.process.kill)
        alarm.start()
        line = read.readline()
        alarm.cancel()
        if not line:
            self.said.seek(0)
            pytest.fail(f"no answer to {do}: {self.said.read().decode()}")
        answer: JsonObject = json.loads(line)
        return answer


@contextmanager
def running(script: str, *arguments: str) -> Iterator[Program]:
    """Start a program of the folder, with the locked libraries installed."""
    install()
    command = [_program("node"), str(FOLDER / script), *arguments]
    with (
        tempfile.TemporaryFile() as said,
        subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=said) as process,
    ):
        try:
            yield Program(process, said)
            process.communicate(timeout=END_SECONDS)
        finally:
            process.kill()


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
