"""Where the documents of an Open Badges 2.0 issuer stand on the web: one address per document, for good."""

from __future__ import annotations

import hashlib
import re
import uuid
from dataclasses import dataclass
from urllib.parse import quote, urljoin, urlsplit

from openbadge_issuer.assertions.recipient import RandomBytes
from openbadge_issuer.errors import IssuingError
from openbadge_issuer.signing.key_ring import LIST_NAME
from openbadge_issuer.signing.public_key import PublicKey

_HTTPS = re.compile(r"https://[^\s/?#@<>\"{}|\\^`]+(/[^\s?#<>\"{}|\\^`]*)?", re.IGNORECASE)
_UNREADABLE = re.compile(r"[^a-z0-9]+")
_MAX_NAME = 40
_DIGEST_LENGTH = 16  # 64 bits: an issuer has some hundreds of badge classes, not some billions


@dataclass(frozen=True, slots=True)
class HostedAddresses:
    """The addresses of an issuer's documents.

    Attributes:
        base: the folder that the documents stand in, with a slash at its end.
        profile: the address of the issuer's profile, which may stand elsewhere.
    """

    base: str
    profile: str

    @classmethod
    def of(cls, issuer_id: str, base_url: str | None = None) -> HostedAddresses:
        """Find the addresses of an issuer.

        An issuer with an https id is called so in 2.0 too; any other has its profile in `base_url`. Without
        a `base_url` the documents stand beside the profile.

        Raises:
            IssuingError: `ISSUE-OB2-BASE-URL`, or `ISSUE-OB2-ISSUER-ID` if neither is an https address.
        """
        if base_url is not None and not _HTTPS.fullmatch(base_url):
            raise IssuingError("ISSUE-OB2-BASE-URL", url=base_url[:80])
        profile = issuer_id if _HTTPS.fullmatch(issuer_id) else None
        if base_url is None:
            if profile is None:
                raise IssuingError("ISSUE-OB2-ISSUER-ID", issuer=issuer_id[:80])
            base_url = urljoin(profile, ".")
        base = base_url if base_url.endswith("/") else f"{base_url}/"
        return cls(base, profile or f"{base}issuer.json")

    @property
    def revocations(self) -> str:
        """The address of the list of revoked badges."""
        return f"{self.base}revocations.json"

    @property
    def compromised_keys(self) -> str:
        """The address of the list of what compromised keys really signed."""
        return f"{self.base}{LIST_NAME}"

    @property
    def host(self) -> str:
        """The host on which the assertions stand, with its port if one is named."""
        return urlsplit(self.base).netloc

    @property
    def beside_profile(self) -> bool:
        """Whether the assertions stand on the host of the profile, as is taken for granted in 2.0."""
        return self.host.lower() == urlsplit(self.profile).netloc.lower()

    def key(self, key: PublicKey) -> str:
        """The address of a public key: by its thumbprint (RFC 7638), so that a new key gets a new one."""
        return f"{self.base}keys/{key.thumbprint}.json"

    def badge_class(self, achievement_id: str) -> str:
        """The address of the badge class of an achievement, always the same for the same achievement."""
        digest = hashlib.sha256(achievement_id.encode()).hexdigest()[:_DIGEST_LENGTH]
        name = _UNREADABLE.sub("-", re.split("[/:#]", achievement_id.rstrip("/"))[-1].lower())[:_MAX_NAME]
        return f"{self.base}badges/{name.strip('-') or 'badge'}-{digest}.json"

    def new_assertion(self, rng: RandomBytes) -> str:
        """A fresh address for an assertion; nobody can guess it."""
        return f"{self.base}assertions/{uuid.UUID(bytes=rng(16), version=4)}.json"

    def path_of(self, url: str) -> str | None:
        """The path of a document below the folder, or None if it does not stand there.

        Only addresses that a plain web server serves from a file of that name count: no query, no escapes,
        no step upwards.
        """
        path = url.removeprefix(self.base)
        steps = path.split("/")
        if path == url or quote(path) != path or any(step.startswith(".") or not step for step in steps):
            return None
        return path
