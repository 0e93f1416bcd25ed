"""The keys of an issuer through their life: in use, retired, or known to others.

A ring holds public facts only. It is an immutable value; each step of a key's life gives a new ring, and
`document` is what is then to be published.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from typing import Final, Literal, TypeAlias

from openbadge_issuer.assertions.json_text import JsonObject, JsonValue
from openbadge_issuer.assertions.moments import write_date_time
from openbadge_issuer.errors import KeyMaterialError
from openbadge_issuer.signing.did_document import LIST_TYPE, did_document, did_web_url, method_name
from openbadge_issuer.signing.key_store import shown_key_uri
from openbadge_issuer.signing.public_key import PublicKey

KeyStatus: TypeAlias = Literal["active", "retired", "compromised"]

MAX_KEYS: Final = 80
"""A document lists each key twice, and verifiers read no more than 200 entries."""

LIST_NAME: Final = "compromised-keys.jwt"
"""The file beside did.json that says what compromised keys really signed; see `signing.compromise`."""


@dataclass(frozen=True, slots=True)
class RingKey:
    """A key and its life.

    Attributes:
        fragment: its name in the document, what follows `#`.
        public_key: the public half.
        uri: where the private half lies, for the issuer's own use; it carries no secret.
        begins: when it came into use.
        ends: when it was retired: it signs nothing from then on, and what it signed before stays good.
        compromised: since when others may have it; then nothing that it signed is good by itself.
    """

    fragment: str
    public_key: PublicKey
    uri: str
    begins: datetime
    ends: datetime | None = None
    compromised: datetime | None = None

    @property
    def status(self) -> KeyStatus:
        """What the key is by now."""
        if self.compromised is not None:
            return "compromised"
        return "active" if self.ends is None else "retired"


@dataclass(frozen=True, slots=True)
class KeyRing:
    """An issuer's keys, oldest first.

    Attributes:
        controller: the issuer's DID.
        keys: every key that was ever published; none is taken out, or what it signed could not be verified.
    """

    controller: str
    keys: tuple[RingKey, ...] = ()

    @property
    def active(self) -> tuple[RingKey, ...]:
        """The keys that sign."""
        return tuple(key for key in self.keys if key.status == "active")

    @property
    def list_url(self) -> str:
        """Where the list of what compromised keys really signed stands, beside the document of a did:web.

        Raises:
            ResolutionError: the controller is no did:web.
        """
        return did_web_url(self.controller).removesuffix("did.json") + LIST_NAME

    def key(self, fragment: str) -> RingKey:
        """Return the key of this name; raises KeyMaterialError `RING-NO-KEY`."""
        found = next((key for key in self.keys if key.fragment == fragment), None)
        if found is None:
            raise KeyMaterialError("RING-NO-KEY", fragment=fragment[:80])
        return found

    def holding(self, public_key: PublicKey) -> RingKey | None:
        """Return the entry of a public key, or None."""
        return next((key for key in self.keys if key.public_key == public_key), None)

    def names(self, key: RingKey) -> tuple[str, ...]:
        """Return the names under which proofs can mean a key: two in the document, two as did:key."""
        name = f"{self.controller}#{key.fragment}"
        return (name, f"{name}-jwk", key.public_key.did_key, key.public_key.verification_method)

    def verification_method(self, key: RingKey) -> str:
        """Return the name to sign with; see `method_name`. A DID that is a key itself has one of its own."""
        if key.public_key.did_key == self.controller:
            return key.public_key.verification_method
        return method_name(self.controller, key.fragment, key.public_key)

    def add(self, public_key: PublicKey, *, uri: str, now: datetime, fragment: str | None = None) -> KeyRing:
        """Take another key into use, beside those that are.

        Args:
            public_key: the public half.
            uri: where the private half lies.
            now: the moment, aware.
            fragment: its name in the document; `key-1`, `key-2` and so on if none is given.

        Raises:
            KeyMaterialError: `RING-TAKEN`, the key or its name is there already; `RING-SECRET-IN-URI`;
                `RING-FULL`; `RING-DID-KEY`, the controller is a DID that is another key;
                `DID-DOCUMENT-FRAGMENT`, the name cannot stand in a document.
            ResolutionError: the controller is no DID that can be published.
        """
        known = self.holding(public_key)
        if known is not None:
            raise KeyMaterialError("RING-TAKEN", fragment=known.fragment)
        taken = {key.fragment for key in self.keys}
        if fragment in taken:
            raise KeyMaterialError("RING-TAKEN", fragment=fragment)
        if self.controller.startswith("did:key:") and public_key.did_key != self.controller:
            raise KeyMaterialError("RING-DID-KEY", controller=self.controller[:80])
        if shown_key_uri(uri) != uri:
            raise KeyMaterialError("RING-SECRET-IN-URI")
        if len(self.keys) >= MAX_KEYS:
            raise KeyMaterialError("RING-FULL", limit=MAX_KEYS)
        name = fragment or next(name for name in _numbered() if name not in taken)
        added = RingKey(name, public_key, uri, begins=_aware(now))
        ring = replace(self, keys=(*self.keys, added))
        ring.document()  # refuses a name that cannot be published
        return ring

    def rotate(
        self,
        public_key: PublicKey,
        *,
        uri: str,
        now: datetime,
        fragment: str | None = None,
        retiring: str | None = None,
    ) -> KeyRing:
        """Take a new key into use and retire the old one, if there is one in use; it stays published.

        Args:
            public_key: the public half of the new key.
            uri: where its private half lies.
            now: the moment, aware.
            fragment: the new key's name in the document.
            retiring: the old key's name; needed if more than one is active.

        Raises:
            KeyMaterialError: `RING-CHOOSE`, it is not plain which key is meant; or as `add` and `retire`.
        """
        if retiring is None and self.keys and not self.active:
            return self.add(public_key, uri=uri, now=now, fragment=fragment)
        if retiring is None:
            active = [key.fragment for key in self.active]
            if len(active) != 1:
                raise KeyMaterialError("RING-CHOOSE", keys=", ".join(active) or "—")
            retiring = active[0]
        return self.add(public_key, uri=uri, now=now, fragment=fragment).retire(retiring, at=now, now=now)

    def retire(self, fragment: str, *, at: datetime, now: datetime) -> KeyRing:
        """Let a key sign nothing from `at` on; what it signed before stays good.

        It cannot be retired in advance: it is called retired from now on, and signs nothing any more.

        The moment is rounded up to a whole second: proofs are dated in those, rounded down, and one of the
        last second would otherwise be refused.

        Raises:
            KeyMaterialError: `RING-NO-KEY`; `RING-NOT-ACTIVE`; `RING-TIME`, before it came into use;
                `RING-IN-ADVANCE`, `at` is still to come.
        """
        key = self.key(fragment)
        if key.status != "active":
            raise KeyMaterialError("RING-NOT-ACTIVE", fragment=fragment, status=key.status)
        if _aware(at) > _aware(now):
            raise KeyMaterialError("RING-IN-ADVANCE", fragment=fragment, date=write_date_time(at))
        end = _whole_second_after(_aware(at))
        if end < key.begins:
            raise KeyMaterialError("RING-TIME", fragment=fragment, date=write_date_time(key.begins))
        return self._with(replace(key, ends=end))

    def compromise(self, fragment: str, *, since: datetime) -> KeyRing:
        """Say that others may have had a key since a moment; it can only be moved to an earlier one.

        Raises:
            KeyMaterialError: `RING-NO-KEY`; `RING-TIME`, it is compromised since an earlier moment already.
        """
        key = self.key(fragment)
        if key.compromised is not None and _aware(since) > key.compromised:
            raise KeyMaterialError("RING-TIME", fragment=fragment, date=write_date_time(key.compromised))
        return self._with(replace(key, compromised=_aware(since)))

    def document(self) -> JsonObject:
        """Write the document to publish (DID Core 1.0, section 5; Controlled Identifiers 1.0, section 2.2).

        A retired key keeps its place and gets `expires`. A compromised key gets `revoked` and is taken out
        of `assertionMethod`: its thief can date a proof as he likes, so a verifier that knows no better must
        believe none. One that does follows the service to the list of what the key really signed.

        Raises:
            KeyMaterialError: `DID-DOCUMENT-FRAGMENT`.
            ResolutionError: the controller is no DID.
        """
        document = did_document(self.controller, [(key.fragment, key.public_key) for key in self.keys])
        ends = {name: _ends(key) for key in self.keys for name in self.names(key)}
        listed = _objects(document["verificationMethod"])
        document["verificationMethod"] = [{**method, **ends[str(method["id"])]} for method in listed]
        lost = [key for key in self.keys if key.status == "compromised"]
        refused = {name for key in lost for name in self.names(key)}
        names = [str(method["id"]) for method in listed]
        document["assertionMethod"] = [name for name in names if name not in refused]
        if lost and self.controller.startswith("did:web:"):
            document["service"] = [
                {
                    "id": f"{self.controller}#compromised-keys",
                    "type": LIST_TYPE,
                    "serviceEndpoint": self.list_url,
                }
            ]
        return document

    def _with(self, changed: RingKey) -> KeyRing:
        keys = tuple(changed if key.fragment == changed.fragment else key for key in self.keys)
        return replace(self, keys=keys)


def _numbered() -> Iterator[str]:
    return (f"key-{number}" for number in range(1, MAX_KEYS + 2))


def _ends(key: RingKey) -> JsonObject:
    ends: JsonObject = {}
    if key.ends is not None:
        ends["expires"] = write_date_time(key.ends)
    if key.compromised is not None:
        ends["revoked"] = write_date_time(key.compromised)
    return ends


def _aware(moment: datetime) -> datetime:
    if moment.tzinfo is None:
        raise ValueError("the moment must carry its offset from UTC")
    return moment.astimezone(UTC)


def _whole_second_after(moment: datetime) -> datetime:
    whole = moment.replace(microsecond=0)
    return whole if whole == moment else whole + timedelta(seconds=1)


def _objects(value: JsonValue) -> list[JsonObject]:
    return [item for item in value if isinstance(item, dict)] if isinstance(value, list) else []
