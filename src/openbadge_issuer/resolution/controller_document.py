"""Controller documents: which keys somebody says are theirs, and for what.

Source: Controlled Identifiers 1.0, sections 2 and 3.3; DID documents are controller documents. A key that is
`revoked` in a document with a service of the type `CompromisedKeyList` is one that others may have
(docs/adr/0014): what it really signed stands in the list to which the service leads.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from functools import reduce

from openbadge_issuer.assertions.json_text import JsonObject, JsonValue
from openbadge_issuer.assertions.moments import in_utc_range
from openbadge_issuer.errors import KeyMaterialError, ResolutionError, UnsupportedError
from openbadge_issuer.resolution.address import shown
from openbadge_issuer.resolution.verification_key import Purpose, VerificationMethod
from openbadge_issuer.signing.did_document import ANNULMENTS_TYPE, LIST_TYPE
from openbadge_issuer.signing.public_key import PublicKey

MAX_METHODS = 200
"""Decoding a key costs curve arithmetic; no issuer has so many at once."""


@dataclass(frozen=True, slots=True)
class _Entry:
    id: str
    members: JsonObject
    permitted: bool


class ControllerDocument:
    """The keys in a controller document, decoded only when they are asked for.

    Args:
        document: the JSON object.
        controller: the identifier that the document was found under; relative ids are relative to it.
        strict: a key must be listed for its purpose. Otherwise this holds only where the document lists keys
            for any purpose at all, and the OB 2.0 member `publicKey` is read too.
        purpose: what the keys are for.

    Raises:
        ResolutionError: METHOD-DOCUMENT-ID, the document is about somebody else; METHOD-TOO-MANY.
    """

    def __init__(
        self, document: JsonObject, *, controller: str, strict: bool, purpose: Purpose = "assertionMethod"
    ) -> None:
        self.controller = controller
        self.purpose = purpose
        found = document.get("id")
        if found not in (controller, controller.partition("#")[0]):
            raise ResolutionError("METHOD-DOCUMENT-ID", expected=shown(controller), found=shown(_text(found)))
        permitted = _as_list(document.get(purpose))
        legacy = [] if strict or purpose != "assertionMethod" else _as_list(document.get("publicKey"))
        listed = _as_list(document.get("verificationMethod"))
        count = len(permitted) + len(legacy) + len(listed)
        if count > MAX_METHODS:
            raise ResolutionError(
                "METHOD-TOO-MANY", controller=shown(controller), count=count, limit=MAX_METHODS
            )
        named = [self._absolute(name) for name in (*permitted, *legacy) if isinstance(name, str)]
        self._references = frozenset(named)
        lenient = not strict and _RELATIONSHIPS.isdisjoint(document)
        self._entries = [
            *self._read(listed, permitted=lenient),
            *self._read([*permitted, *legacy], permitted=True),
        ]
        self._compromise_list = service_of(document, LIST_TYPE)
        self._annulments = service_of(document, ANNULMENTS_TYPE)

    def find(self, method: str) -> VerificationMethod | None:
        """Return the key with this absolute id, None if the document does not hold it.

        Raises:
            KeyMaterialError: METHOD-PURPOSE, METHOD-AMBIGUOUS, METHOD-KEY or METHOD-DATE.
            UnsupportedError: METHOD-TYPE or KEY-KIND.
        """
        return self._only([entry for entry in self._entries if entry.id == method], method)

    def find_kid(self, kid: str) -> VerificationMethod | None:
        """Return the key that a JOSE header means by a `kid` that is no URL; raises as `find` does."""
        name = f"{self.controller.partition('#')[0]}#{kid.removeprefix('#')}"
        return self.find(name) or self._only(
            [entry for entry in self._entries if _kid(entry.members) == kid], kid
        )

    def holding(self, key: PublicKey) -> VerificationMethod | None:
        """Return the description of an equal key that is listed for the purpose, None if there is none.

        If a key is listed more than once, what ends it first counts. A compromised key is found too.

        Raises:
            KeyMaterialError: METHOD-DATE, when the key ends cannot be read.
        """
        usable = (entry for entry in self._entries if entry.permitted or self._is_compromised(entry))
        first = next((entry for entry in usable if _holds(entry, key)), None)
        return None if first is None else reduce(_limited, self._all_of(key), self._method(first))

    def ending(self, key: PublicKey) -> VerificationMethod | None:
        """Return what the document says of the end of an equal key, whatever that is for; None if nothing.

        Raises:
            KeyMaterialError: METHOD-DATE.
        """
        found = list(self._all_of(key))
        return reduce(_limited, found) if found else None

    def refers_to(self, method: str) -> bool:
        """Tell whether the document lists the key by its name alone, to be found elsewhere."""
        return method in self._references

    def _only(self, entries: list[_Entry], method: str) -> VerificationMethod | None:
        if not entries:
            return None
        if any(entry.members != entries[0].members for entry in entries):
            raise KeyMaterialError(
                "METHOD-AMBIGUOUS", controller=shown(self.controller), method=shown(method)
            )
        if not any(entry.permitted or self._is_compromised(entry) for entry in entries):
            raise KeyMaterialError(
                "METHOD-PURPOSE",
                controller=shown(self.controller),
                method=shown(method),
                purpose=self.purpose,
            )
        found = self._method(entries[0])
        if not any(map(_is_revoked, self._entries)):
            return found
        same = self.ending(found.key)  # a revoked key has no second name under which it is none
        return found if same is None else found.limited_by(same)

    def _is_compromised(self, entry: _Entry) -> bool:
        """Tell whether others may have the key, so that only what its owner vouches for counts."""
        return self._compromise_list is not None and self.purpose == "assertionMethod" and _is_revoked(entry)

    def _method(self, entry: _Entry) -> VerificationMethod:
        method = read_method(entry.members, name=entry.id)
        return replace(
            method,
            controller=method.controller or self.controller,
            compromise_list=self._compromise_list if self._is_compromised(entry) else None,
            annulments=self._annulments,
        )

    def _all_of(self, key: PublicKey) -> Iterator[VerificationMethod]:
        return (self._method(entry) for entry in self._entries if _holds(entry, key))

    def _read(self, values: list[JsonValue], *, permitted: bool) -> Iterator[_Entry]:
        for value in values:
            if isinstance(value, dict):
                name = value.get("id")
                absolute = self._absolute(name) if isinstance(name, str) else ""
                yield _Entry(absolute, value, permitted or absolute in self._references)

    def _absolute(self, name: str) -> str:
        return f"{self.controller.partition('#')[0]}{name}" if name.startswith("#") else name


def service_of(document: JsonObject, kind: str) -> str | None:
    """Return the address of a service of this type that a controller's document leads to, if it has one."""
    for service in _as_list(document.get("service")):
        if isinstance(service, dict) and kind in _as_list(service.get("type")):
            endpoint = next(iter(_as_list(service.get("serviceEndpoint"))), None)
            if isinstance(endpoint, str):
                return endpoint
    return None


def read_method(members: JsonObject, *, name: str) -> VerificationMethod:
    """Read one verification method.

    Known are Multikey (also under the misspellings in circulation), Ed25519VerificationKey2020, JsonWebKey,
    JsonWebKey2020 and the CryptographicKey of OB 2.0.

    Raises:
        KeyMaterialError: METHOD-KEY or METHOD-DATE.
        UnsupportedError: METHOD-TYPE or KEY-KIND.
    """
    controller = members.get("controller", members.get("owner"))
    return VerificationMethod(
        id=name,
        key=_key(members, name),
        controller=controller if isinstance(controller, str) else None,
        expires=_moment(members, "expires", name),
        revoked=_moment(members, "revoked", name),
    )


def _key(members: JsonObject, name: str) -> PublicKey:
    kinds = {kind for kind in _as_list(members.get("type")) if isinstance(kind, str)}
    try:
        if kinds & _MULTIBASE_TYPES:
            key = PublicKey.from_multibase(_string(members, "publicKeyMultibase", name))
        elif kinds & _JWK_TYPES:
            key = PublicKey.from_jwk(_object(members, "publicKeyJwk", name))
        elif kinds & _PEM_TYPES:
            pem = _string(members, "publicKeyPem", name)
            key = PublicKey.from_pem(pem.encode("utf-8", "replace"))
        else:
            found = ", ".join(sorted(kinds)) or _text(members.get("type"))
            raise UnsupportedError("METHOD-TYPE", method=shown(name), found=shown(found))
    except KeyMaterialError as error:
        if error.code == "METHOD-KEY":
            raise
        raise KeyMaterialError("METHOD-KEY", method=shown(name), problem=error.code) from error
    if "Ed25519VerificationKey2020" in kinds and key.kind != "Ed25519":
        raise KeyMaterialError("METHOD-KEY", method=shown(name), problem=key.kind)
    return key


def _is_revoked(entry: _Entry) -> bool:
    return entry.members.get("revoked") is not None


def _holds(entry: _Entry, key: PublicKey) -> bool:
    try:
        return _key(entry.members, entry.id) == key
    except (KeyMaterialError, UnsupportedError):  # of a kind that cannot be the one wanted
        return False


def _moment(members: JsonObject, member: str, name: str) -> datetime | None:
    value = members.get(member)
    if value is None:
        return None
    if isinstance(value, str) and _MOMENT.fullmatch(value):
        try:
            return in_utc_range(datetime.fromisoformat(value))
        except ValueError:  # the thirtieth of February, or before the year 1 in UTC
            pass
    raise KeyMaterialError("METHOD-DATE", method=shown(name), member=member, value=shown(_text(value)))


def _kid(members: JsonObject) -> JsonValue:
    jwk = members.get("publicKeyJwk")
    return jwk.get("kid") if isinstance(jwk, dict) else None


def _string(members: JsonObject, member: str, name: str) -> str:
    value = members.get(member)
    if not isinstance(value, str):
        raise KeyMaterialError("METHOD-KEY", method=shown(name), problem=member)
    return value


def _object(members: JsonObject, member: str, name: str) -> JsonObject:
    value = members.get(member)
    if not isinstance(value, dict):
        raise KeyMaterialError("METHOD-KEY", method=shown(name), problem=member)
    return value


def _as_list(value: JsonValue) -> list[JsonValue]:
    if value is None:
        return []
    return value if isinstance(value, list) else [value]


def _text(value: JsonValue) -> str:
    return value if isinstance(value, str) else type(value).__name__


_limited = VerificationMethod.limited_by
_RELATIONSHIPS = frozenset(
    {
        "assertionMethod",
        "authentication",
        "keyAgreement",
        "capabilityInvocation",
        "capabilityDelegation",
    }
)
_MULTIBASE_TYPES = frozenset({"Multikey", "MultiKey", "Ed25519VerificationKey2020"})
_JWK_TYPES = frozenset({"JsonWebKey", "JsonWebKey2020"})
_PEM_TYPES = frozenset({"CryptographicKey", "Key"})
_MOMENT = re.compile(
    r"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}(?:\.[0-9]{1,6})?(?:Z|[+-][0-9]{2}:[0-9]{2})"
)
