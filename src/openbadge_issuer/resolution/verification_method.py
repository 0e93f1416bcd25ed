"""From the name of a key in a proof to the key, and to what shows that it is the issuer's.

A badge says itself which key to check it with, so the name alone proves nothing. A key is the issuer's if
the issuer's identifier is the key (`identifier`) or if a document that only the issuer can publish lists
it (`document`). Anything else is a `claim`: it is returned, and the caller decides.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from functools import lru_cache, partial

from openbadge_issuer.assertions.json_text import JsonObject, JsonValue
from openbadge_issuer.errors import KeyMaterialError, OpenBadgeError, ResolutionError, UnsupportedError
from openbadge_issuer.resolution import did_jwk, did_key, did_web
from openbadge_issuer.resolution.address import parse_https, shown
from openbadge_issuer.resolution.controller_document import ControllerDocument
from openbadge_issuer.resolution.did_jwk import resolve_did_jwk
from openbadge_issuer.resolution.did_key import resolve_did_key
from openbadge_issuer.resolution.did_web import fetch_did_web
from openbadge_issuer.resolution.fetching import Fetcher
from openbadge_issuer.resolution.https_document import fetch_method
from openbadge_issuer.resolution.issuer_documents import IssuerDocuments
from openbadge_issuer.resolution.jwk_set import THUMBPRINT_URN
from openbadge_issuer.resolution.resolver import NO_RESOLVERS, Resolvers
from openbadge_issuer.resolution.verification_key import (
    Provenance,
    Purpose,
    VerificationKey,
    VerificationMethod,
)
from openbadge_issuer.signing.public_key import PublicKey

__all__ = ["Provenance", "Purpose", "VerificationKey", "VerificationMethod", "resolve_jwt_key", "resolve_key"]

MAX_METHOD_LENGTH = 16 * 1024
"""A did:jwk of an RSA key is the longest name of a key, about 2 KB."""


def resolve_key(
    method: str,
    *,
    issuer: str,
    fetcher: Fetcher | None = None,
    resolvers: Resolvers = NO_RESOLVERS,
    purpose: Purpose = "assertionMethod",
) -> VerificationKey:
    """Find the key that an embedded proof names as its `verificationMethod`.

    Args:
        method: a URL of a did:key, did:jwk, did:web or a DID that can be resolved, or an https URL;
            `https://…#z6Mk…` carries its own key.
        issuer: the id of the issuer of the credential, or of the holder of a presentation.
        fetcher: brings documents; without one, only what the names themselves say is known.
        resolvers: bring the documents of further DID methods.
        purpose: what the key is to be listed for.

    Raises:
        ResolutionError: a document that is needed could not be had, or is about somebody else.
        KeyMaterialError: the name is malformed (METHOD-SYNTAX, DID-…), or the document that should hold the
            key does not list it, not for the purpose, or unreadably (METHOD-…).
        UnsupportedError: DID-METHOD, METHOD-TYPE or KEY-KIND.
    """
    own = _own_key(method, issuer)
    if own is not None:
        return own
    documents = IssuerDocuments(issuer, fetcher=fetcher, resolvers=resolvers, purpose=purpose)
    return _resolve(method, issuer=issuer, documents=documents, fetcher=fetcher, resolvers=resolvers)


def resolve_jwt_key(
    header: JsonObject,
    *,
    issuer: str,
    fetcher: Fetcher | None = None,
    resolvers: Resolvers = NO_RESOLVERS,
    purpose: Purpose = "assertionMethod",
    metadata: bool = False,
) -> VerificationKey:
    """Find the key that the header of a JWT names (Open Badges 3.0, section 8.2.2).

    `kid` goes before `jwk`. A `kid` that is a URL is resolved as by `resolve_key`; any other is looked up
    among the keys of the issuer. A key in the header itself is a claim unless the issuer is shown to have
    the same one, and so is that of a certificate (`x5c`) where nothing else names a key; whether certificates
    can be believed is for the caller. `jku` and `x5u` are never used.

    Args:
        header: the header of the token.
        issuer: the id of the issuer, or of the holder of a presentation.
        fetcher: brings documents.
        resolvers: bring the documents of further DID methods.
        purpose: what the key is to be listed for.
        metadata: whether an https issuer's keys may also stand in its metadata, as for SD-JWT VCs; then a
            key need not be named if there is just one.

    Raises:
        KeyMaterialError: METHOD-NOT-NAMED, METHOD-HEADER, or as `resolve_key`.
        ResolutionError: as `resolve_key`.
        UnsupportedError: as `resolve_key`.
    """
    kid, jwk = header.get("kid"), header.get("jwk")
    documents = IssuerDocuments(
        issuer, fetcher=fetcher, resolvers=resolvers, purpose=purpose, metadata=metadata
    )
    if kid is not None:
        if not isinstance(kid, str) or not kid:
            raise KeyMaterialError("METHOD-HEADER", "/kid", member="kid")
        if _URL.match(kid):
            own = _own_key(kid, issuer)
            return own or _resolve(
                kid, issuer=issuer, documents=documents, fetcher=fetcher, resolvers=resolvers
            )
        return _among_the_issuers(kid, issuer=issuer, documents=documents)
    if jwk is None and "x5c" in header:
        # Local: few tokens carry certificates, and reading them takes a library of its own.
        from openbadge_issuer.resolution.certificate_chain import certified_key  # noqa: PLC0415

        key = certified_key(header)
        named = VerificationMethod(f"{THUMBPRINT_URN}{key.thumbprint}", key)
        return _confirmed(named, issuer=issuer, documents=documents)
    if jwk is None:
        only = documents.only() if metadata else None
        if only is None:
            raise documents.failure or KeyMaterialError("METHOD-NOT-NAMED")
        return _key(only, issuer=issuer, provenance="document")
    return _in_the_header(jwk, issuer=issuer, documents=documents)


def _in_the_header(jwk: JsonValue, *, issuer: str, documents: IssuerDocuments) -> VerificationKey:
    """Read the key that stands in a token itself, and find out whether it is the issuer's."""
    if not isinstance(jwk, dict):
        raise KeyMaterialError("METHOD-HEADER", "/jwk", member="jwk")
    key = PublicKey.from_jwk(jwk)
    named = VerificationMethod(f"{THUMBPRINT_URN}{key.thumbprint}", key)
    shown_by_id = _own_method(issuer)
    if shown_by_id is not None and shown_by_id.key == key:
        return _key(named, issuer=issuer, provenance="identifier")
    return _confirmed(named, issuer=issuer, documents=documents)


def _own_key(method: str, issuer: str) -> VerificationKey | None:
    """Return the key of an issuer that is a did:key, if that is the one which is named."""
    if method.startswith(did_key.PREFIX) and method.partition("#")[0] == issuer:
        return _key_of_did_key(method)
    return None


@lru_cache(maxsize=1024)  # each name at most twice as long as a key
def _key_of_did_key(method: str) -> VerificationKey:
    _check_syntax(method)
    own = resolve_did_key(method)
    return _key(_named(own, method), issuer=method, provenance="identifier")


def _check_syntax(method: str) -> None:
    if len(method) > MAX_METHOD_LENGTH or not _METHOD.fullmatch(method):
        raise KeyMaterialError("METHOD-SYNTAX", method=shown(method))


def _resolve(
    method: str,
    *,
    issuer: str,
    documents: IssuerDocuments,
    fetcher: Fetcher | None,
    resolvers: Resolvers,
) -> VerificationKey:
    _check_syntax(method)
    own = _own_method(method)
    if own is not None and own.controller == issuer:
        return _key(_named(own, method), issuer=issuer, provenance="identifier")
    if own is not None:
        return _confirmed(_named(own, method), issuer=issuer, documents=documents)
    if method.startswith(did_web.PREFIX):
        load = partial(fetch_did_web, fetcher=fetcher)
        return _resolve_did(method, issuer=issuer, documents=documents, load=load)
    if resolvers.know(method):
        return _resolve_did(method, issuer=issuer, documents=documents, load=resolvers.document)
    scheme = method.partition(":")[0]
    if scheme.lower() not in ("https", "http"):
        name = ":".join(method.split(":")[:2]) if scheme == "did" else f"{scheme}:"
        raise UnsupportedError("DID-METHOD", method=shown(name))
    return _resolve_https(method, issuer=issuer, documents=documents, fetcher=fetcher)


def _resolve_did(
    method: str, *, issuer: str, documents: IssuerDocuments, load: Callable[..., ControllerDocument]
) -> VerificationKey:
    did, _, fragment = method.partition("#")
    if not fragment:
        raise KeyMaterialError("DID-SYNTAX", did=shown(method))
    try:
        if did == issuer:
            found = documents.find(method)
            if documents.failure is not None:
                raise documents.failure
        else:
            found = load(did, purpose=documents.purpose).find(method)
    except ResolutionError as error:
        return _carried(method, failure=error)
    if found is None:
        raise KeyMaterialError("METHOD-NOT-LISTED", controller=shown(did), method=shown(method))
    if did == issuer:
        return _key(found, issuer=issuer, provenance="document")
    return _confirmed(found, issuer=issuer, documents=documents)


def _resolve_https(
    method: str, *, issuer: str, documents: IssuerDocuments, fetcher: Fetcher | None
) -> VerificationKey:
    listed = documents.find(method)
    if listed is not None:
        return _key(_named(listed, method), issuer=issuer, provenance="document")
    base, _, fragment = method.partition("#")
    carried = _key_in(fragment)
    if carried is not None:
        found = VerificationMethod(method, carried, controller=base)
        return _confirmed(found, issuer=issuer, documents=documents)
    parse_https(base)  # http would need no attacker to be changed on its way
    if base == issuer.partition("#")[0]:  # then its document was looked into already
        raise documents.failure or KeyMaterialError(
            "METHOD-NOT-LISTED", controller=shown(issuer), method=shown(method)
        )
    found = fetch_method(method, fetcher=fetcher, purpose=documents.purpose)
    return _confirmed(found, issuer=issuer, documents=documents)


def _among_the_issuers(kid: str, *, issuer: str, documents: IssuerDocuments) -> VerificationKey:
    own = _own_method(issuer)
    if own is not None:
        name = kid.removeprefix("#")
        if name in (own.id.partition("#")[2], own.key.thumbprint, f"{THUMBPRINT_URN}{own.key.thumbprint}"):
            return _key(own, issuer=issuer, provenance="identifier")
    else:
        listed = documents.find_kid(kid)
        if listed is not None:
            return _key(listed if listed.id else _named(listed, kid), issuer=issuer, provenance="document")
    raise documents.failure or KeyMaterialError(
        "METHOD-NOT-LISTED", controller=shown(issuer), method=shown(kid)
    )


def _confirmed(found: VerificationMethod, *, issuer: str, documents: IssuerDocuments) -> VerificationKey:
    """Look whether a document of the issuer lists a key that was found elsewhere."""
    listed = documents.holding(found.key)
    if listed is not None:
        named = _named(listed, found.id).limited_by(found)
        return _key(named, issuer=issuer, provenance="document")
    if documents.refers_to(found.id):
        return _key(found, issuer=issuer, provenance="document")
    return _key(found, issuer=issuer, provenance="claim", unconfirmed=documents.failure)


def _carried(method: str, *, failure: ResolutionError) -> VerificationKey:
    """Return the key that a DID URL carries in its fragment, where its document could not be had."""
    key = _key_in(method.partition("#")[2])
    if key is None or not failure.code.startswith(_NOT_HAD):
        raise failure
    found = VerificationMethod(method, key, controller=method.partition("#")[0])
    return _key(found, issuer="", provenance="claim", unconfirmed=failure)


def _own_method(identifier: str) -> VerificationMethod | None:
    """Return the key that an identifier is, None for identifiers that are no keys."""
    if identifier.startswith(did_key.PREFIX):
        return resolve_did_key(identifier)
    if identifier.startswith(did_jwk.PREFIX):
        return resolve_did_jwk(identifier)
    return None


def _key_in(fragment: str) -> PublicKey | None:
    if not fragment.startswith("z"):
        return None
    try:
        return PublicKey.from_multibase(fragment)
    except KeyMaterialError:  # an ordinary name that begins with a z
        return None


def _named(method: VerificationMethod, name: str) -> VerificationMethod:
    return method if method.id == name else replace(method, id=name)


def _key(
    method: VerificationMethod,
    *,
    issuer: str,
    provenance: Provenance,
    unconfirmed: OpenBadgeError | None = None,
) -> VerificationKey:
    return VerificationKey(
        id=method.id,
        key=method.key,
        controller=method.controller or issuer,
        provenance=provenance,
        expires=method.expires,
        revoked=method.revoked,
        compromise_list=method.compromise_list,
        annulments=method.annulments,
        unconfirmed=unconfirmed,
    )


_URL = re.compile(r"(?:did|https?):", re.IGNORECASE)
_METHOD = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:[!-~]+")  # a scheme, then visible ASCII
_NOT_HAD = ("FETCH-", "DOCUMENTS-", "DID-RESOLVER")
