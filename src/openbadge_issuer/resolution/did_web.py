"""did:web: the identifier is the address of a document on the web (https://w3c-ccg.github.io/did-method-web/)."""

from __future__ import annotations

from openbadge_issuer.resolution.controller_document import ControllerDocument
from openbadge_issuer.resolution.fetching import Fetcher, fetch_object
from openbadge_issuer.resolution.verification_key import Purpose
from openbadge_issuer.signing.did_document import did_web_url

PREFIX = "did:web:"


def fetch_did_web(
    did: str, *, fetcher: Fetcher | None, purpose: Purpose = "assertionMethod"
) -> ControllerDocument:
    """Fetch the DID document of a did:web; its keys must be listed for their purpose.

    Raises:
        ResolutionError: the DID is malformed, the document could not be had, or its id is not the DID.
    """
    document = fetch_object(
        did_web_url(did),
        fetcher=fetcher,
        accept="application/did+json, application/did+ld+json, application/json",
    )
    return ControllerDocument(document, controller=did, strict=True, purpose=purpose)
