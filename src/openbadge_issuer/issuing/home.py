"""An issuer's home: one folder with the policy, the keys, the register, and what is public.

badge-policy.toml     the policy
home.toml             where everything is, if not where it usually is
badges/               definitions of badges, and their pictures
private/              the register, evidence, keys and notices: for the owner alone
public/               what is published, as plain files
"""

from __future__ import annotations

import os
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Self

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from openbadge_issuer.assertions import Profile
from openbadge_issuer.assertions.problems import problems_of
from openbadge_issuer.errors import DocumentError, IssuingError, OutputError
from openbadge_issuer.issuing.issuer import Issuer
from openbadge_issuer.issuing.notices.carrier import Carrier, FileCarrier
from openbadge_issuer.policy.badge_policy import BadgePolicy, in_language
from openbadge_issuer.signing.key_ring import KeyRing, RingKey
from openbadge_issuer.signing.key_ring_file import read_key_ring
from openbadge_issuer.signing.signer import Signer
from openbadge_issuer.whole_file import write_whole

POLICY_FILE = "badge-policy.toml"
HOME_FILE = "home.toml"
_MAX_HOME_BYTES = 64 * 1024


class Smtp(BaseModel):
    """The mail server of the organisation; the password is in an environment variable, never in the file."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    host: str
    port: Annotated[int, Field(ge=1, le=65535)] = 587
    user: str | None = None
    password_env: str | None = None


class Places(BaseModel):
    """Where everything is: paths relative to the home, and the register as a path, a URL or `env:NAME`.

    The address of a PostgreSQL register holds a password, so it stands in an environment variable.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    policy: str = POLICY_FILE
    register_: str = Field(default="private/register.db", alias="register")
    evidence: str = "private/evidence"
    pictures: str = "private/pictures"
    heads: str = "private/heads"
    published: str = "private/published.json"
    keys: str = "private/keys.json"
    badges: str = "badges"
    public: str = "public"
    outbox: str = "private/outbox"
    smtp: Smtp | None = None


@dataclass(frozen=True, slots=True)
class Home:
    """A home that exists. Make one with `open`, or find the one around a path with `around`.

    Attributes:
        folder: the home itself.
        places: where everything is in it.
    """

    folder: Path
    places: Places

    @classmethod
    def open(cls, folder: Path) -> Self:
        """Open a home.

        Raises:
            DocumentError: `HOME-MISSING`, there is no policy file; `HOME-FILE`, `home.toml` cannot be read,
                with the place in it.
        """
        file = folder / HOME_FILE
        home = cls(folder, _places(file) if file.is_file() else Places())
        if not home.policy_file.is_file():
            raise DocumentError("HOME-MISSING", path=str(folder))
        return home

    @classmethod
    def around(cls, place: Path) -> Self | None:
        """Find the home that a file or folder lies in, or None."""
        for folder in _upwards(place):
            if (folder / POLICY_FILE).is_file() or (folder / HOME_FILE).is_file():
                return cls.open(folder)
        return None

    @property
    def policy_file(self) -> Path:
        """The file of the policy."""
        return self.folder / self.places.policy

    @property
    def public(self) -> Path:
        """The folder of what is published."""
        return self.folder / self.places.public

    @property
    def badges(self) -> Path:
        """The folder of the definitions of badges."""
        return self.folder / self.places.badges

    @property
    def evidence(self) -> Path:
        """The folder of evidence files."""
        return self.folder / self.places.evidence

    @property
    def pictures(self) -> Path:
        """The folder of the pictures of badges, by the digests in the catalogue."""
        return self.folder / self.places.pictures

    @property
    def heads(self) -> Path:
        """The folder of the register's signed heads, against which the register is checked."""
        return self.folder / self.places.heads

    @property
    def published(self) -> Path:
        """The file that says what was published last."""
        return self.folder / self.places.published

    @property
    def keys(self) -> Path:
        """The file of the key ring."""
        return self.folder / self.places.keys

    def is_private(self, file: Path) -> bool:
        """Tell whether a file belongs to the private part of the home: keys, register, evidence, notices."""
        places, here = self.places, file.resolve()
        own = ("private", places.evidence, places.pictures, places.heads, places.outbox)
        single = (places.keys, places.published, places.register_)
        return any(here.is_relative_to((self.folder / name).resolve()) for name in (*own, *single))

    @property
    def register_url(self) -> str:
        """The address of the register, as the register takes it.

        Raises:
            DocumentError: `HOME-VARIABLE`, the environment variable that holds it is not set.
        """
        stated = self.places.register_
        if stated.startswith("env:"):
            name = stated.removeprefix("env:")
            if not os.environ.get(name):
                raise DocumentError("HOME-VARIABLE", name=name)
            return os.environ[name]
        if "://" in stated:
            return stated
        return f"sqlite:///{(self.folder / stated).absolute()}"

    @property
    def outbox(self) -> FileCarrier:
        """The folder into which notices are written, where no mail server carries them."""
        return FileCarrier(self.folder / self.places.outbox)

    def carrier(self) -> Carrier:
        """What carries notices: the mail server if one is named, else the outbox folder."""
        smtp = self.places.smtp
        if smtp is None:
            return self.outbox
        # Local: most homes have no mail server, and TLS takes time to import.
        from openbadge_issuer.issuing.notices.smtp import SmtpCarrier  # noqa: PLC0415

        password = os.environ.get(smtp.password_env or "", "") or None
        return SmtpCarrier(smtp.host, smtp.port, smtp.user, password)

    def signing_key(self) -> tuple[KeyRing, RingKey]:
        """Return the ring and the key of it that signs: the newest that is active.

        Raises:
            IssuingError: `HOME-NO-KEY`, no key is active.
            KeyMaterialError: the ring cannot be read.
        """
        ring = read_key_ring(self.keys)
        if not ring.active:
            raise IssuingError("HOME-NO-KEY", path=str(self.keys))
        return ring, ring.active[-1]

    def key_uri(self, key: RingKey) -> str:
        """Return the URI of a key of the ring; a path in it is counted from the home, and made absolute.

        What is opened by its URI is kept open, and must stay the same key wherever the process goes.
        """
        scheme, colon, place = key.uri.partition(":")
        if not colon or scheme != "file" or place.startswith("/"):
            return key.uri
        return f"file:{self.folder.absolute() / place}"


def profile_of(policy: BadgePolicy) -> Profile:
    """Make the issuer's profile that stands in every badge, from the policy."""
    organisation = policy.organisation
    description = in_language(organisation.description, organisation.languages[0])
    return Profile(
        id=organisation.id,
        name=organisation.name,
        url=organisation.url,
        email=organisation.contact,
        description=description or None,
    )


def issuer_of(policy: BadgePolicy, signer: Signer, *, verification_method: str) -> Issuer:
    """Make the issuer that signs under a policy."""
    base = policy.publication.base.rstrip("/") + "/"
    return Issuer.of(profile_of(policy), signer, verification_method=verification_method, base_url=base)


def make_folders(folder: Path, places: Places) -> None:
    """Make the folders of a new home; the private ones for the owner alone.

    Raises:
        OutputError: `HOME-WRITE`.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for name in (places.badges, places.public):
            (folder / name).mkdir(parents=True, exist_ok=True)
        for private in (places.keys, places.outbox, places.evidence):
            (folder / private).parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    except OSError as error:
        raise OutputError("HOME-WRITE", path=str(folder), problem=error.strerror or "") from error


def write_home_file(path: Path, text: str) -> None:
    """Write a file of a new home; raises OutputError `HOME-WRITE`, or `HOME-EXISTS` if it is there."""
    if path.exists():
        raise OutputError("HOME-EXISTS", path=str(path))
    try:
        write_whole(path, text.encode())
    except OSError as error:
        raise OutputError("HOME-WRITE", path=str(path), problem=error.strerror or "") from error


def _places(file: Path) -> Places:
    try:
        with file.open("rb") as opened:
            raw = opened.read(_MAX_HOME_BYTES + 1)
    except OSError as error:
        raise DocumentError("HOME-FILE", path=str(file), problem=error.strerror or "unreadable") from error
    if len(raw) > _MAX_HOME_BYTES:
        raise DocumentError("HOME-FILE", path=str(file), problem="too long")
    try:
        stated = tomllib.loads(raw.decode())
        return Places.model_validate(stated)
    except (UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise DocumentError("HOME-FILE", path=str(file), problem=str(error)) from error
    except ValidationError as error:
        place = problems_of(error, stated)[0].pointer
        raise DocumentError("HOME-FILE", place, path=str(file), problem="not as it should be") from error


def _upwards(place: Path) -> Iterator[Path]:
    here = place.absolute()
    yield here
    yield from here.parents
