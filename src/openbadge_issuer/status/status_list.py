"""The issuer's view of a status list: its bits, and the signed credential that publishes them."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from typing import Literal

from openbadge_issuer.assertions.json_text import JsonObject, parse_json_object
from openbadge_issuer.assertions.moments import write_date_time
from openbadge_issuer.errors import LimitError, StatusError
from openbadge_issuer.signing.sealing import ProofFormat, contexts_for, proof_format, seal
from openbadge_issuer.signing.signer import Signer
from openbadge_issuer.status.bitstring import MAX_BITS, MIN_BITS, Bitstring
from openbadge_issuer.status.entry import StatusEntry
from openbadge_issuer.status.reading import LIST_CREDENTIAL_TYPE, LIST_TYPE, read_status_list
from openbadge_issuer.status.related_resource import RelatedResource

Purpose = Literal["revocation", "suspension"]

CONTEXT = "https://www.w3.org/ns/credentials/v2"  # defines everything in a list credential
_PLAIN_URL = re.compile(r"https://[^\s<>\"{}|\\^`?#\x00-\x20]+\Z")


class StatusList:
    """A status list that its issuer keeps: one bit per credential, all for one purpose.

    A revocation is final, a suspension can be lifted. Make one with `create` or `load`.
    """

    def __init__(self, url: str, *, issuer: str | JsonObject, purpose: Purpose, bits: Bitstring) -> None:
        self.url = url
        self.issuer = issuer
        self.purpose: Purpose = purpose
        self._bits = bits

    @classmethod
    def create(
        cls, url: str, *, issuer: str | JsonObject, purpose: Purpose = "revocation", size: int = MIN_BITS
    ) -> StatusList:
        """Make an empty list.

        Args:
            url: where it will be published: https, without query or fragment, so that a plain file can be
                served there and `<url>#<index>` names an entry.
            issuer: the identifier of the issuer, or an object with an `id` and what the credentials v2
                context defines.
            purpose: what a set bit means.
            size: how many entries: a multiple of 8 from `MIN_BITS` to `MAX_BITS`.

        Raises:
            StatusError: an argument is not as said.
            LimitError: the list would be longer than `MAX_BITS`.
        """
        check_list(url, issuer=issuer, purpose=purpose, size=size)
        return cls(url, issuer=issuer, purpose=purpose, bits=Bitstring(size))

    @classmethod
    def load(cls, data: bytes | str) -> StatusList:
        """Read one's own published list, JSON or VC-JWT, to continue with it.

        The proof is not checked: who loads a list vouches for where it comes from.

        Raises:
            DocumentError, LimitError, StatusError: it is no status list, or not one that `create` makes.
        """
        credential = _credential_in(data)
        published = read_status_list(credential)
        if published.type != LIST_CREDENTIAL_TYPE:  # a draft's list is read, never continued
            raise StatusError("STATUS-LIST-TYPE", "/type", type=LIST_CREDENTIAL_TYPE)
        if published.size not in (None, 1):
            place = "/credentialSubject/statusSize"
            raise StatusError("STATUS-SIZE-MISMATCH", place, found=published.size or 0, wanted=1)
        purpose = _purpose(", ".join(published.purposes))
        issuer = credential["issuer"]
        url = published.id or ""
        kept = issuer if isinstance(issuer, dict) else published.issuer
        check_list(url, issuer=kept, purpose=purpose, size=len(published.bits))
        return cls(url, issuer=kept, purpose=purpose, bits=published.bits)

    def __len__(self) -> int:
        return len(self._bits)

    def get(self, index: int) -> bool:
        """Tell whether the bit at `index` is set; raises StatusError where there is no such index."""
        return self._bits.get(index)

    def set(self, index: int, value: bool = True) -> None:  # noqa: FBT001, FBT002  # a bit is a boolean
        """Set or, for a suspension, clear the bit at `index`.

        Raises:
            StatusError: there is no such index, or a revocation would be undone
                (`STATUS-REVOCATION-FINAL`).
        """
        if not value and self.purpose == "revocation" and self._bits.get(index):
            raise StatusError("STATUS-REVOCATION-FINAL", index=index)
        self._bits.set(index, value)

    def set_all(self, indexes: Iterable[int]) -> None:
        """Set the bits at all `indexes`; if one is outside the list, none is set."""
        self._bits.set_all(indexes)

    def count(self) -> int:
        """Return how many bits are set."""
        return self._bits.count()

    def covers(self, other: StatusList) -> bool:
        """Tell whether all that is set in `other` is set here too."""
        return self._bits.contains(other._bits)

    def entry(self, index: int) -> StatusEntry:
        """Return the status entry for the credential that has `index`."""
        self._bits.get(index)
        return StatusEntry.at(self.url, index=index, purpose=self.purpose)

    def credential(
        self,
        *,
        now: datetime,
        valid_for: timedelta | None = None,
        ttl: timedelta | None = None,
        related: Iterable[RelatedResource] = (),
    ) -> JsonObject:
        """Return the unsigned BitstringStatusListCredential (Bitstring Status List, section 2.2).

        Args:
            now: the moment from which it is valid; an aware time, written in whole seconds.
            valid_for: how long it is valid; a verifier should not believe it longer.
            ttl: how long a copy may be kept before it is fetched again; written in milliseconds.
            related: files that it vouches for by digest, such as the reasons.

        Raises:
            StatusError: a duration is not positive (`STATUS-DURATION`).
        """
        start = _whole_seconds(now)
        subject: JsonObject = {
            "id": f"{self.url}#list",
            "type": LIST_TYPE,
            "statusPurpose": self.purpose,
            "encodedList": self._bits.encode(),
        }
        if ttl is not None:
            subject["ttl"] = _positive(ttl, timedelta(milliseconds=1))
        credential: JsonObject = {
            "@context": [CONTEXT],
            "id": self.url,
            "type": ["VerifiableCredential", LIST_CREDENTIAL_TYPE],
            "issuer": self.issuer,
            "validFrom": write_date_time(start),
        }
        if valid_for is not None:
            credential["validUntil"] = write_date_time(_end(start, valid_for))
        vouched = [item.to_json() for item in related]
        if vouched:
            credential["relatedResource"] = list(vouched)
        return {**credential, "credentialSubject": subject}

    def sign(
        self,
        signer: Signer,
        *,
        verification_method: str | None = None,
        now: datetime | None = None,
        valid_for: timedelta | None = None,
        ttl: timedelta | None = None,
        proof: ProofFormat | None = None,
        related: Iterable[RelatedResource] = (),
    ) -> bytes:
        """Sign the list: JSON with an embedded proof, or a VC-JWT.

        Args:
            signer: the issuer's key.
            verification_method: the URL of that key; may be left out where the issuer is its `did:key`.
            now: when it is signed; the machine's time if not given.
            valid_for: see `credential`.
            ttl: see `credential`.
            proof: the cryptosuite, or `vc-jwt`; by default `eddsa-rdfc-2022` for Ed25519, else `vc-jwt`.
            related: see `credential`.

        Returns:
            The bytes to publish at `url`.

        Raises:
            StatusError: the verification method must be named, or a duration is not positive.
            IssuingError: the key cannot make this proof (`ISSUE-PROOF`).
            OpenBadgeError: the signature cannot be made.
        """
        moment = now or datetime.now(UTC)
        chosen = proof_format(proof, signer)
        method = verification_method or self._own_method(signer)
        credential = self.credential(now=moment, valid_for=valid_for, ttl=ttl, related=related)
        contexts = contexts_for(chosen)
        if contexts:
            credential["@context"] = [CONTEXT, *contexts]
        return seal(credential, signer, verification_method=method, proof=chosen, moment=moment)

    def _own_method(self, signer: Signer) -> str:
        issuer = self.issuer if isinstance(self.issuer, str) else self.issuer["id"]
        own = signer.public_key.did_key
        if issuer != own:
            raise StatusError("STATUS-LIST-METHOD", issuer=str(issuer))
        return f"{own}#{own.removeprefix('did:key:')}"


def check_list(url: str, *, issuer: str | JsonObject, purpose: str, size: int) -> None:
    """Refuse what no list of ours may be; see `StatusList.create`."""
    if not _PLAIN_URL.match(url):
        raise StatusError("STATUS-LIST-URL", url=url[:200])
    name = issuer if isinstance(issuer, str) else issuer.get("id")
    if not isinstance(name, str) or not name:
        raise StatusError("STATUS-LIST-MEMBER", "/issuer", member="issuer")
    _purpose(purpose)
    if size > MAX_BITS:
        raise LimitError("STATUS-LIST-TOO-LARGE", limit=MAX_BITS)
    if size < MIN_BITS or size % 8:
        raise StatusError("STATUS-LIST-SIZE", size=size, minimum=MIN_BITS, maximum=MAX_BITS)


def _purpose(text: str) -> Purpose:
    if text == "revocation":
        return "revocation"
    if text == "suspension":
        return "suspension"
    raise StatusError("STATUS-PURPOSE", purpose=text[:80])


def _credential_in(data: bytes | str) -> JsonObject:
    text = data if isinstance(data, bytes) else data.encode("utf-8", "surrogatepass")
    if text.lstrip(b" \t\r\n").startswith(b"ey"):  # how every JOSE header begins in base64url
        from openbadge_issuer.signing.vc_jwt import parse_jwt  # noqa: PLC0415  # only this form needs it

        return parse_jwt(text.strip()).credential
    return parse_json_object(text)


def _positive(duration: timedelta, unit: timedelta) -> int:
    count = duration // unit
    if count <= 0:
        raise StatusError("STATUS-DURATION", seconds=int(duration.total_seconds()))
    return count


def _end(start: datetime, duration: timedelta) -> datetime:
    try:
        return start + timedelta(seconds=_positive(duration, timedelta(seconds=1)))
    except OverflowError as error:  # after the year 9999
        raise StatusError("STATUS-DURATION", seconds=int(duration.total_seconds())) from error


def _whole_seconds(moment: datetime) -> datetime:
    if moment.tzinfo is None:
        raise ValueError("the moment must carry its offset from UTC")
    return moment.astimezone(UTC).replace(microsecond=0)
