"""Keys and controllers that are named by an https URL: the document at that URL describes them."""

from __future__ import annotations

from openbadge_issuer.assertions.json_text import JsonObject
from openbadge_issuer.errors import KeyMaterialError, ResolutionError
from openbadge_issuer.resolution.address import shown
from openbadge_issuer.resolution.controller_document import ControllerDocument, read_method
from openbadge_issuer.resolution.fetching import Fetcher, fetch_object
from openbadge_issuer.resolution.verification_key import Purpose, VerificationMethod
from openbadge_issuer.signing.public_key import PublicKey

_ACCEPT = "application/json, application/ld+json, application/jwk+json"
_KEY_MEMBERS = frozenset({"publicKeyMultibase", "publicKeyJwk", "publicKeyPem"})


def fetch_issuer_document(
    issuer: str, *, fetcher: Fetcher | None, purpose: Purpose = "assertionMethod"
) -> ControllerDocument:
    """Fetch the document at an https issuer id, which may list the issuer's keys.

    A document that is itself one key (with `controller` naming the issuer) lists just that key.

    Raises:
        ResolutionError: the document could not be had, or is about somebody else.
    """
    document = fetch_object(issuer, fetcher=fetcher, accept=_ACCEPT)
    if _KEY_MEMBERS.isdisjoint(document):
        return ControllerDocument(document, controller=issuer, strict=False, purpose=purpose)
    lone = document if document.get("controller", document.get("owner")) == issuer else {}
    alone: JsonObject = {"id": issuer, "verificationMethod": [lone]}
    return ControllerDocument(alone, controller=issuer, strict=False, purpose=purpose)


def fetch_method(
    method: str, *, fetcher: Fetcher | None, purpose: Purpose = "assertionMethod"
) -> VerificationMethod:
    """Fetch the key that an https URL names.

    The document may be a JWK, one verification method, or a controller document that lists the method.

    Raises:
        ResolutionError: the document could not be had, or is about another key.
        KeyMaterialError: METHOD-NOT-LISTED, METHOD-PURPOSE, METHOD-KEY, …
        UnsupportedError: METHOD-TYPE or KEY-KIND.
    """
    base = method.partition("#")[0]
    document = fetch_object(base, fetcher=fetcher, accept=_ACCEPT)
    if "kty" in document:
        issuer = document.get("iss")
        key = PublicKey.from_jwk(document)
        return VerificationMethod(method, key, controller=issuer if isinstance(issuer, str) else None)
    if _KEY_MEMBERS.isdisjoint(document):
        listed = ControllerDocument(document, controller=base, strict=False, purpose=purpose)
        found = listed.find(method)
        if found is None:
            raise KeyMaterialError("METHOD-NOT-LISTED", controller=shown(base), method=shown(method))
        return found
    name = document.get("id", method)
    if name not in (method, f"#{method.partition('#')[2]}"):
        raise ResolutionError(
            "METHOD-DOCUMENT-ID", expected=shown(method), found=shown(name if isinstance(name, str) else "")
        )
    return read_method(document, name=method)
