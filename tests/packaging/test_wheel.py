"""What is shipped: wheel and source distribution, installed outside the checkout and without network."""

from __future__ import annotations

import subprocess
import sys
import sysconfig
import tarfile
import venv
from email import message_from_bytes
from pathlib import Path
from zipfile import ZipFile

import pytest

_ROOT = Path(__file__).resolve().parents[2]
_SECONDS = 180

_ISSUE_AND_VERIFY = """
import sys

def refuse(event, arguments):
    if event.startswith("socket."):
        raise RuntimeError(f"{event} was called")

sys.addaudithook(refuse)

from openbadge_issuer import Achievement, Criteria, Issuer, Recipient, SigningKey, bake, unbake, verify
from importlib.resources import files
import openbadge_issuer

key = SigningKey.generate("Ed25519")
issuer = Issuer(id=key.did_key, name="Breakthrough", signer=key)
badge = Achievement(id="https://badges.example/facilitator", name="Facilitator",
                    description="Leads a workshop.", criteria=Criteria(narrative="Led one, observed."))
picture = (files("openbadge_issuer") / "examples" / "breakthrough" / "facilitator.png").read_bytes()
for proof in ("eddsa-rdfc-2022", "vc-jwt"):
    signed = issuer.issue(badge, Recipient(email="ada@example.org"), proof=proof)
    assert unbake(signed.bake(picture)) == signed.data
    report = verify(signed.bake(picture), recipient="email:ada@example.org")
    assert report.accepted, report
assert not verify(signed.data[:-8] + b"AAAAAAAA").accepted
print(openbadge_issuer.__file__)
"""

_MAKE_A_REGISTER = """
from pathlib import Path

from openbadge_issuer.register import Register, sqlite_url
import openbadge_issuer

url = sqlite_url(Path("register.db"))
with Register.create(url) as register:
    register.add("https://issuer.example")
Register.upgrade(url)
with Register.open(url) as register, register.ledger("https://issuer.example") as ledger:
    assert ledger.head.length == 0
print(openbadge_issuer.__file__)
"""


def _run(*command: str | Path, cwd: Path) -> str:
    done = subprocess.run(
        [str(part) for part in command],
        cwd=cwd,
        capture_output=True,
        text=True,
        timeout=_SECONDS,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def _built(folder: Path, *options: str) -> Path:
    _run(sys.executable, "-m", "build", "--no-isolation", *options, "--outdir", folder, _ROOT, cwd=folder)
    return next(folder.glob("*.whl"))


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel, built from the checkout."""
    return _built(tmp_path_factory.mktemp("wheel"), "--wheel")


@pytest.fixture(scope="module")
def wheel_of_sdist(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel, built from the source distribution, which lies beside it."""
    return _built(tmp_path_factory.mktemp("sdist"))


@pytest.fixture
def python(tmp_path: Path) -> Path:
    """A fresh virtual environment that has our dependencies, but nothing of this checkout."""
    venv.create(tmp_path / "venv", with_pip=False)
    python = tmp_path / "venv" / "bin" / "python"
    site_packages = Path(
        _run(python, "-c", "import sysconfig; print(sysconfig.get_path('purelib'))", cwd=tmp_path).strip()
    )
    # A path named in a .pth file is searched, but its own .pth files, such as the editable one, are not read.
    (site_packages / "dependencies.pth").write_text(sysconfig.get_path("purelib") + "\n")
    return python


def _install(python: Path, *what: str | Path) -> None:
    options = ("install", "--quiet", "--no-index", "--no-deps", "--disable-pip-version-check")
    _run(sys.executable, "-m", "pip", "--python", python, *options, *what, cwd=python.parent)


def _names(wheel: Path) -> list[str]:
    with ZipFile(wheel) as archive:
        return archive.namelist()


def _files(folder: str) -> set[str]:
    found = (
        path for path in (_ROOT / folder).rglob("*") if path.is_file() and "__pycache__" not in path.parts
    )
    return {str(path.relative_to(_ROOT)) for path in found}


def test_the_wheel_holds_each_file_once(wheel: Path) -> None:
    names = _names(wheel)
    assert sorted(names) == sorted(set(names))


def test_the_wheel_holds_the_package_with_its_schemas_and_examples(wheel: Path) -> None:
    names = set(_names(wheel))
    modules = {name.removeprefix("src/") for name in _files("src") if name.endswith(".py")}
    shipped = {f"openbadge_issuer/{name}" for name in _files("schemas") | _files("examples/breakthrough")}
    assert "openbadge_issuer/schemas/contexts/index.json" in shipped
    assert "openbadge_issuer/py.typed" in names
    assert modules | shipped <= names


def test_the_wheel_holds_nothing_else(wheel: Path) -> None:
    assert {name.partition("/")[0] for name in _names(wheel)} == {
        "openbadge_issuer",
        f"openbadge_issuer-{wheel.name.split('-')[1]}.dist-info",
    }
    assert not [name for name in _names(wheel) if "test" in Path(name).name]


def test_the_wheel_says_its_licence_and_its_command(wheel: Path) -> None:
    with ZipFile(wheel) as archive:
        entries = {name.partition(".dist-info/")[2]: name for name in archive.namelist()}
        metadata = message_from_bytes(archive.read(entries["METADATA"]))
        commands = archive.read(entries["entry_points.txt"]).decode()
        licence = archive.read(entries["licenses/LICENSE"])
    assert metadata["License-Expression"] == "Apache-2.0"
    assert metadata["Requires-Python"] == ">=3.11"
    assert licence == (_ROOT / "LICENSE").read_bytes()
    assert "openbadge-issuer = openbadge_issuer.cli:main" in commands


def test_the_source_distribution_holds_the_schemas_and_makes_the_same_wheel(
    wheel: Path, wheel_of_sdist: Path
) -> None:
    with tarfile.open(next(wheel_of_sdist.parent.glob("*.tar.gz"))) as archive:
        names = {name.partition("/")[2] for name in archive.getnames()}
    assert {"schemas/contexts/index.json", "LICENSE", "Makefile", "requirements/run.lock"} <= names
    assert not [name for name in names if "node_modules" in name]
    assert sorted(_names(wheel_of_sdist)) == sorted(_names(wheel))


def test_the_installed_wheel_issues_and_verifies_without_network(
    wheel: Path, python: Path, tmp_path: Path
) -> None:
    _install(python, wheel)
    script = tmp_path / "issue_and_verify.py"
    script.write_text(_ISSUE_AND_VERIFY)
    found = Path(_run(python, "-I", script, cwd=tmp_path).strip())
    assert found.is_relative_to(tmp_path / "venv")


def test_the_installed_wheel_brings_the_migrations_of_the_register(
    wheel: Path, python: Path, tmp_path: Path
) -> None:
    _install(python, wheel)
    script = tmp_path / "make_a_register.py"
    script.write_text(_MAKE_A_REGISTER)
    found = Path(_run(python, "-I", script, cwd=tmp_path).strip())
    assert found.is_relative_to(tmp_path / "venv")


def test_the_command_of_the_installed_wheel_starts(wheel: Path, python: Path, tmp_path: Path) -> None:
    _install(python, wheel)
    assert "verify" in _run(python.parent / "openbadge-issuer", "--help", cwd=tmp_path)


def test_an_editable_install_finds_the_schemas_of_the_checkout(python: Path, tmp_path: Path) -> None:
    _install(python, "--no-build-isolation", "--editable", _ROOT)
    script = tmp_path / "issue_and_verify.py"
    script.write_text(_ISSUE_AND_VERIFY)
    found = Path(_run(python, "-I", script, cwd=tmp_path).strip())
    assert found == _ROOT / "src" / "openbadge_issuer" / "__init__.py"
    assert (found.parent / "schemas").resolve() == _ROOT / "schemas"
