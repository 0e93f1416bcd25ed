"""Making an issuer's home: policy, key, register, status lists and a founder, all of it or nothing.

Everything is made beside its place and moved there at the end. The policy file goes last: it is what makes a
folder a home.
"""

from __future__ import annotations

import os
import shutil
import tempfile
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from openbadge_issuer.assertions.recipient import RandomBytes
from openbadge_issuer.errors import IssuingError, OutputError, RegisterError
from openbadge_issuer.issuing.home import (
    HOME_FILE,
    POLICY_FILE,
    Home,
    Places,
    issuer_of,
    make_folders,
    write_home_file,
)
from openbadge_issuer.issuing.office import BadgeOffice
from openbadge_issuer.policy.badge_policy import BadgePolicy
from openbadge_issuer.policy.people import Person
from openbadge_issuer.policy.person_events import PersonDetails
from openbadge_issuer.policy.policy_file import read_policy
from openbadge_issuer.register.evidence_store import EvidenceStore
from openbadge_issuer.register.register import Register
from openbadge_issuer.register.settings import Settings
from openbadge_issuer.signing.key_ring import KeyRing
from openbadge_issuer.signing.key_ring_file import write_key_ring
from openbadge_issuer.signing.signing_key import Secret, SigningKey

KEY_FILE = "private/issuer.key"
_IGNORED = "private/.gitignore"


@dataclass(frozen=True, slots=True)
class FoundedHome:
    """A home that was made.

    Attributes:
        home: the home.
        policy: its policy, in force from now on.
        ring: the ring, with its first key.
        founder: the pseudonym of the founder.
        role: the role of the founder.
    """

    home: Home
    policy: BadgePolicy
    ring: KeyRing
    founder: str
    role: str


def found_home(
    folder: Path,
    policy_file: bytes,
    founder: PersonDetails,
    *,
    secret: Secret,
    now: datetime,
    role: str | None = None,
    register: str | None = None,
    rng: RandomBytes = os.urandom,
) -> FoundedHome:
    """Make a home.

    Args:
        folder: where; it need not be there, and may hold other things.
        policy_file: the file of the policy.
        founder: who begins; one with an e-mail address or an identifier is taken into the register of people
            too, and is found by it.
        secret: the password of the signing key.
        now: the moment.
        role: the founder's role; the first of the policy that may grant roles, if none is named.
        register: `env:NAME`, the environment variable with the address of the register, where it is no file
            of the home: a database of PostgreSQL, which other organisations may share.
        rng: the source of randomness for pseudonyms.

    Raises:
        DocumentError, LimitError: the policy cannot be read.
        OutputError: `HOME-EXISTS`, there is a home, or something in its place; `HOME-WRITE`.
        IssuingError: `HOME-DID`, the issuer of the policy has no did:web to publish keys for;
            `HOME-NO-FOUNDER`, nobody may grant roles under it; `HOME-IN-REGISTER`, the register knows the
            organisation already.
        RegisterError: the register that was named cannot be used.
        ResolutionError: the did:web is none.
        KeyMaterialError: `KEY-PASSWORD-EMPTY`.
        PolicyError: the founder cannot have the role, or cannot be taken into the register.
    """
    policy = read_policy(policy_file)
    issuer = policy.organisation.id
    if not issuer.startswith("did:web:"):
        raise IssuingError("HOME-DID", issuer=issuer[:200])
    chosen = role or next(iter(policy.roles_with("grant-roles")), None)
    if chosen is None:
        raise IssuingError("HOME-NO-FOUNDER")
    person, key = uuid.UUID(bytes=rng(16), version=4).hex, SigningKey.generate("Ed25519")
    ring = KeyRing(issuer).add(key.public_key, uri=f"file:{KEY_FILE}", now=now)
    with _in_place(folder) as made:
        home = Home(made, Places() if register is None else Places(register=register))
        make_folders(made, home.places)
        write_home_file(made / _IGNORED, "*\n")  # what is private is kept out of version control
        if register is not None:
            write_home_file(made / HOME_FILE, f'register = "{register}"\n')
        key.save(made / KEY_FILE, secret=secret)
        write_key_ring(home.keys, ring)
        method = ring.verification_method(ring.keys[0])
        begun = (person, founder, chosen)
        if register is not None:  # what is refused is refused before the database of others is touched
            with tempfile.TemporaryDirectory() as aside:
                _found(Home(Path(aside), Places()), policy, method, key, begun, now=now, rng=rng)
        _found(home, policy, method, key, begun, now=now, rng=rng)
        write_home_file(home.policy_file, policy_file.decode())
    return FoundedHome(Home.open(folder), policy, ring, person, chosen)


def _found(
    home: Home,
    policy: BadgePolicy,
    method: str,
    key: SigningKey,
    begun: tuple[str, PersonDetails, str],
    *,
    now: datetime,
    rng: RandomBytes,
) -> None:
    """Begin the register: the policy in force, the founder with a role, the status lists opened."""
    person, founder, role = begun
    settings = Settings(evidence=EvidenceStore.create(home.evidence))
    issuer = issuer_of(policy, key, verification_method=method)
    with _register(home.register_url, settings) as register:
        _check_unknown(register, policy.organisation.id)
        office = BadgeOffice(policy, register, issuer, EvidenceStore.create(home.pictures), rng)
        office.found(person=person, name=founder.name, role=role, now=now)
        if founder.email or founder.identifier:
            with office.desk(person, now=now) as desk:
                desk.record(f"person:{person}", Person().register(desk.actor, person=person, details=founder))


def _register(url: str, settings: Settings) -> Register:
    """Make a register, or open the one of others that is there."""
    try:
        return Register.open(url, settings=settings)
    except RegisterError as error:
        if error.code != "REGISTER-NONE":
            raise
    return Register.create(url, settings=settings)


def _check_unknown(register: Register, organisation: str) -> None:
    if organisation in register.organisations():
        with register.records(organisation) as records:
            if records.head.length:  # what was begun and refused leaves none
                raise IssuingError("HOME-IN-REGISTER", issuer=organisation)


@contextmanager
def _in_place(folder: Path) -> Iterator[Path]:
    """Give a folder to fill, and move what is in it to its place; if anything fails, nothing is there.

    Raises:
        OutputError: `HOME-EXISTS`; `HOME-WRITE`.
    """
    around = folder
    while not around.exists():
        around = around.parent
    try:
        made = Path(tempfile.mkdtemp(prefix=".openbadge-", dir=around))
    except OSError as error:
        raise _cannot_write(folder, error) from error
    try:
        yield made
        _move(made, folder)
    except OSError as error:
        raise _cannot_write(folder, error) from error
    finally:
        shutil.rmtree(made, ignore_errors=True)


def _move(made: Path, folder: Path) -> None:
    """Move what was made into the folder, the policy last; take it back if something is in the way."""
    new = [path for path in (folder, *folder.parents) if not path.exists()]
    folder.mkdir(parents=True, exist_ok=True)
    moved: list[Path] = []
    try:
        for source in sorted(made.iterdir(), key=lambda path: (path.name == POLICY_FILE, path.name)):
            target = folder / source.name
            _check_free(target)
            source.rename(target)
            moved.append(target)
    except BaseException:
        for target in moved:
            target.rename(made / target.name)
        for path in new:
            path.rmdir()
        raise


def _check_free(path: Path) -> None:
    if path.exists() or path.is_symlink():
        raise OutputError("HOME-EXISTS", path=str(path))


def _cannot_write(path: Path, error: OSError) -> OutputError:
    return OutputError("HOME-WRITE", path=str(path), problem=error.strerror or "")
