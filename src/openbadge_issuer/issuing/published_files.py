"""The documents of an Open Badges 2.0 issuer as plain files, ready for any web server.

Source: Open Badges 2.0, sections "Hosted Verification", "Signed Verification" and "Revoking". A web server
should serve them as `application/ld+json` or `application/json`, with CORS, and answer for a revoked hosted
badge with status 410; `HostedFiles.index` says which those are.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from openbadge_issuer.assertions.json_text import JsonObject, dump_json_pretty, parse_json_object
from openbadge_issuer.assertions.open_badges_2.assertion import Assertion
from openbadge_issuer.assertions.open_badges_2.versions import CONTEXT
from openbadge_issuer.errors import IssuingError, OutputError
from openbadge_issuer.issuing.hosted_addresses import HostedAddresses
from openbadge_issuer.issuing.open_badges_2 import hosted_key, hosted_profile
from openbadge_issuer.issuing.signed_badge import SignedBadge
from openbadge_issuer.signing.did_document import LIST_TYPE
from openbadge_issuer.signing.public_key import PublicKey
from openbadge_issuer.status.revocation_list import (
    RevocationList,
    RevokedCredential,
    read_revocation_list,
)
from openbadge_issuer.whole_file import write_whole

if TYPE_CHECKING:  # the issuer loads this module's neighbours
    from openbadge_issuer.issuing.issuer import Issuer

_PROFILE_FILE = "issuer.json"
_GONE = 410


@dataclass(frozen=True, slots=True)
class HostedFiles:
    """What an issuer of 2.0 publishes.

    Attributes:
        addresses: where it is published.
        documents: the documents by their URLs.
        revoked: the lines of the revocation list.
    """

    addresses: HostedAddresses
    documents: Mapping[str, JsonObject]
    revoked: tuple[RevokedCredential, ...] = ()

    def paths(self) -> dict[str, str]:
        """Return the path of each document's file by its URL.

        A profile whose address is no file below the base URL is `issuer.json`; serve it at its address.
        """
        found = {url: self.addresses.path_of(url) or _PROFILE_FILE for url in self.documents}
        if len(set(found.values())) < len(found):
            raise IssuingError("ISSUE-OB2-TWO-FILES", base=self.addresses.base)
        return found

    def index(self) -> JsonObject:
        """Say which file stands at which URL, with the status to answer with: what `--documents` reads."""
        paths = self.paths()
        entries: JsonObject = {}
        for url, path in paths.items():
            gone = self.documents[url].get("revoked") is True
            entries[url] = {"file": path, "status": _GONE} if gone else path
        return entries

    def write(self, folder: Path) -> tuple[Path, ...]:
        """Write the files, each as a whole or not at all; what is there and not among them stays.

        What was revoked stays revoked: lines of the revocation list that is there are kept, and so is a
        badge that is marked as revoked. If the list of what compromised keys really signed lies there, the
        profile leads to it.

        Raises:
            OutputError: `ISSUE-WRITE`, a file cannot be written.
            DocumentError: the revocation list or a badge that is there cannot be read.
            StatusError: likewise.
        """
        files = self._beside(folder)
        written = []
        for url, path in sorted(files.paths().items(), key=lambda item: item[0] == self.addresses.profile):
            file = folder / path
            document = files.documents[url]
            if not (_is_revoked(file) and document.get("revoked") is not True):
                _write(file, dump_json_pretty(document))
            written.append(file)
        return tuple(written)

    def _with_service(self, folder: Path) -> HostedFiles:
        """Let the profile lead to the list of what compromised keys really signed, if that is there."""
        url = self.addresses.compromised_keys
        if not (folder / (self.addresses.path_of(url) or "")).is_file():
            return self
        service: JsonObject = {"type": LIST_TYPE, "serviceEndpoint": url}
        profile = {**self.documents[self.addresses.profile], "service": service}
        return replace(self, documents={**self.documents, self.addresses.profile: profile})

    def _beside(self, folder: Path) -> HostedFiles:
        """Take over what is in the folder: the lines of the revocation list, and that a list is there."""
        files = self._with_service(folder)
        url = self.addresses.revocations
        file = folder / (self.addresses.path_of(url) or "")
        if not file.is_file():
            return files
        known = read_revocation_list(parse_json_object(file.read_bytes())).entries
        lines = {line.id: line for line in self.revoked} | {line.id: line for line in known if line.revoked}
        kept = tuple(lines.values())
        profile = {**files.documents[self.addresses.profile], "revocationList": url}
        added: dict[str, JsonObject] = {
            url: _revocation_list(self.addresses, kept), self.addresses.profile: profile,
        }  # fmt: skip
        return HostedFiles(self.addresses, {**files.documents, **added}, kept)


def hosted_files(
    issuer: Issuer,
    badges: Iterable[SignedBadge] = (),
    *,
    revoked: Sequence[RevokedCredential] = (),
    older_keys: Sequence[PublicKey] = (),
) -> HostedFiles:
    """Make everything that an issuer of 2.0 publishes for these badges.

    The result holds the profile, the documents of its keys, the badge classes, the hosted badges and, once
    something is revoked, the revocation list. A revoked hosted badge is replaced by the few words that say
    so; it is in the list too, since some validators look nowhere else.

    Args:
        issuer: who issues.
        badges: badges of 2.0, hosted and signed; badges that are published already may be left out.
        revoked: all that was ever revoked, by the ids of the badges.
        older_keys: keys of the past, with which badges were signed that still count; none that others may
            have, or whatever they sign counts too.

    Raises:
        IssuingError: `ISSUE-OB2-PROFILE`, `ISSUE-OB2-ISSUER-ID`, or `ISSUE-OB2-BADGE` for a badge of 3.0.
    """
    addresses = issuer.addresses
    keys = tuple(dict.fromkeys((issuer.signer.public_key, *older_keys)))
    documents = {addresses.key(key): hosted_key(key, addresses).to_json() for key in keys}
    for badge in badges:
        documents |= _documents_of(badge)
    for line in revoked:
        if line.revoked and addresses.path_of(line.id) is not None:
            documents[line.id] = _revoked_assertion(line)
    listed = addresses.revocations if revoked else None
    if listed is not None:
        documents[listed] = _revocation_list(addresses, tuple(revoked))
    profile = hosted_profile(issuer.profile, addresses, keys, revocation_list=listed)
    documents[addresses.profile] = profile.to_json()
    return HostedFiles(addresses, documents, tuple(revoked))


def _documents_of(badge: SignedBadge) -> dict[str, JsonObject]:
    if not isinstance(badge.credential, Assertion) or badge.badge_class is None:
        raise IssuingError("ISSUE-OB2-BADGE", id=badge.credential.id[:80])
    found = {badge.badge_class.id: badge.badge_class.to_json()}
    if badge.credential.verification.method == "hosted":
        found[badge.credential.id] = parse_json_object(badge.data)
    return found


def _is_revoked(file: Path) -> bool:
    """Tell whether a badge that is published already is marked as revoked."""
    return file.is_file() and parse_json_object(file.read_bytes()).get("revoked") is True


def _revoked_assertion(line: RevokedCredential) -> JsonObject:
    document: JsonObject = {"@context": CONTEXT, "id": line.id, "type": "Assertion", "revoked": True}
    if line.reason is not None:
        document["revocationReason"] = line.reason
    return document


def _revocation_list(addresses: HostedAddresses, lines: tuple[RevokedCredential, ...]) -> JsonObject:
    return RevocationList(addresses.revocations, addresses.profile, lines).to_ob2_json()


def _write(file: Path, data: bytes) -> None:
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        write_whole(file, data)
    except OSError as error:
        problem = error.strerror or "not written"
        raise OutputError("ISSUE-WRITE", path=str(file), problem=problem) from error
