"""Everything public of an organisation as plain files, ready for any web server (R26, R41, R45).

    <base>/.well-known/did.json or <did:web path>/did.json   the keys, and where the other files are
    compromised-keys.jwt beside it                           what keys that others may have really signed
    <base>/status/revocation, suspension                     signed status lists, with their public reasons
    <base>/annulments.jwt                                    what no list covers
    <base>/register-head.jwt                                 how far the register reaches, signed
    <base>/achievements/…                                    every version ever in use, with its picture
    <base>/…                                                 what Open Badges 2.0 needs

Nothing here is about a person: what was private before is private after. A file is written as a whole, and
status lists come last, so that whoever reads one finds what it names.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from openbadge_issuer.assertions.context_urls import OPEN_BADGES_CONTEXT
from openbadge_issuer.assertions.json_text import JsonObject, JsonValue, dump_json_pretty
from openbadge_issuer.errors import OutputError
from openbadge_issuer.issuing.office.annulling import annulments, annulments_address
from openbadge_issuer.issuing.office.compromised_awards import vouched_awards
from openbadge_issuer.policy.achievement import achievement_of, achievement_url, picture_url
from openbadge_issuer.register.head import sign_head
from openbadge_issuer.signing.compromise import sign_compromise_list
from openbadge_issuer.signing.did_document import ANNULMENTS_TYPE, did_web_url
from openbadge_issuer.status.annulment import AnnulmentRegister, sign_annulments
from openbadge_issuer.status.reasons import SUFFIX, name_reasons, write_reasons
from openbadge_issuer.whole_file import take_away_unfinished, write_whole

if TYPE_CHECKING:
    from openbadge_issuer.issuing.office.desk import Desk
    from openbadge_issuer.issuing.office.office import BadgeOffice
    from openbadge_issuer.signing.key_ring import KeyRing
    from openbadge_issuer.signing.signer import Signer

HEAD_NAME = "register-head.jwt"
_GONE = 410


@dataclass(frozen=True, slots=True)
class Publication:
    """What is public at a moment.

    Attributes:
        files: the files by their addresses.
        gone: the addresses that answer with status 410, though their file stands there.
        length: how many entries of the register it covers.
    """

    files: Mapping[str, bytes]
    gone: frozenset[str] = frozenset()
    length: int = 0

    def paths(self) -> dict[str, str]:
        """Return the path of each file below the root of the web server, by its address."""
        return {url: urlsplit(url).path.lstrip("/") for url in self.files}

    def index(self, folder: str = "") -> JsonObject:
        """Say which file stands at which address: what `verify --documents` reads.

        Args:
            folder: what stands before the paths.
        """
        prefix = f"{folder.rstrip('/')}/" if folder else ""
        entries: JsonObject = {}
        for url, path in self.paths().items():
            entries[url] = {"file": prefix + path, "status": _GONE} if url in self.gone else prefix + path
        return entries

    def write(self, folder: Path) -> tuple[Path, ...]:
        """Write the files below a folder, each as a whole; what is there and not among them stays.

        Nobody else may be doing so: what a killed publication was writing is taken away.

        Raises:
            OutputError: `PUBLISH-WRITE`.
        """
        written = []
        for url, name in self.paths().items():
            path = folder / name
            try:
                path.parent.mkdir(parents=True, exist_ok=True)
                write_whole(path, self.files[url])
            except OSError as error:
                raise OutputError("PUBLISH-WRITE", path=str(path), problem=error.strerror or "") from error
            written.append(path)
        try:
            take_away_unfinished(written)
        except OSError as error:
            raise OutputError("PUBLISH-WRITE", path=str(folder), problem=error.strerror or "") from error
        return tuple(written)


@dataclass(frozen=True, slots=True)
class Publisher:
    """Makes everything public, at one desk.

    Attributes:
        office: whose it is.
        desk: where it is made; the actor must look after the keys, or award.
        ring: the issuer's keys; None for an issuer whose keys are published otherwise.
    """

    office: BadgeOffice
    desk: Desk
    ring: KeyRing | None = None

    def publication(self) -> Publication:
        """Make all files anew, as of now.

        Raises:
            PolicyError: `POLICY-NO-RIGHT`.
            OpenBadgeError: something cannot be signed.
        """
        self.desk.actor.doing_one_of("keep-keys", "award")
        files: dict[str, bytes] = dict(self._keys())
        files |= dict(self._catalogue())
        gone: frozenset[str] = frozenset()
        if self.desk.policy.publication.open_badges_2 != "none":
            # Local: most organisations issue one version only.
            from openbadge_issuer.issuing.office.publication_of_2 import files_of_2  # noqa: PLC0415

            old, gone = files_of_2(self.office, self.desk, self.ring)
            files |= old
        files |= dict(self._annulments())
        files |= dict(self._lists())
        head = self.desk.ledger.head
        files[self._address(HEAD_NAME)] = sign_head(
            head, self._signer, verification_method=self._method, now=self._now
        )
        return Publication(files, gone, head.length)

    @property
    def _signer(self) -> Signer:
        return self.office.issuer.signer

    @property
    def _method(self) -> str:
        return self.office.issuer.verification_method

    @property
    def _now(self) -> datetime:
        return self.desk.actor.now.astimezone(UTC).replace(microsecond=0)

    @property
    def _lasts(self) -> timedelta:
        return self.desk.policy.publication.list_valid_for.after(self._now) - self._now

    def _address(self, name: str) -> str:
        return f"{self.desk.policy.publication.base.rstrip('/')}/{name}"

    def _keys(self) -> Iterator[tuple[str, bytes]]:
        """Write the document of a did:web issuer, and in it where the annulment register is."""
        if self.ring is None or not self.ring.controller.startswith("did:web:"):
            return
        document = self.ring.document()
        known = document.get("service")
        services: list[JsonValue] = list(known) if isinstance(known, list) else []
        services.append(
            {
                "id": f"{self.ring.controller}#annulments",
                "type": ANNULMENTS_TYPE,
                "serviceEndpoint": annulments_address(self.desk.policy),
            }
        )
        yield did_web_url(self.ring.controller), dump_json_pretty({**document, "service": services})
        if any(key.compromised is not None for key in self.ring.keys):
            listed = vouched_awards(self.desk, self.ring)
            yield (
                self.ring.list_url,
                sign_compromise_list(listed, self._signer, verification_method=self._method),
            )

    def _catalogue(self) -> Iterator[tuple[str, bytes]]:
        policy, pictures = self.desk.policy, self.office.pictures
        for badge in self.desk.badges.all():
            for version in badge.versions:
                if version.activated is None:
                    continue
                for language in version.definition.text:
                    made = achievement_of(badge, version.number, language, policy)
                    document: JsonObject = {"@context": OPEN_BADGES_CONTEXT, **made.to_json()}
                    yield achievement_url(policy, version, language), dump_json_pretty(document)
                url, digest = picture_url(policy, version), version.picture_digest
                if url and digest and pictures is not None and pictures.holds(digest):
                    yield url, pictures.read(digest)

    def _annulments(self) -> Iterator[tuple[str, bytes]]:
        register = AnnulmentRegister(
            self.office.organisation, self._now, self._now + self._lasts, annulments(self.desk)
        )
        yield (
            annulments_address(self.desk.policy),
            sign_annulments(register, self._signer, verification_method=self._method),
        )

    def _lists(self) -> Iterator[tuple[str, bytes]]:
        status = self.desk.ledger.status
        for facts in status.lists():
            reasons = status.reasons(facts.url)
            related = []
            if reasons:
                document = write_reasons(
                    reasons, list_url=facts.url, issuer=self.office.organisation, purpose=facts.purpose
                )
                related.append(name_reasons(document, list_url=facts.url))
                yield facts.url + SUFFIX, document
            signed = status.status_list(facts.url).sign(
                self._signer,
                verification_method=self._method,
                now=self._now,
                valid_for=self._lasts,
                related=tuple(related),
            )
            yield facts.url, signed
