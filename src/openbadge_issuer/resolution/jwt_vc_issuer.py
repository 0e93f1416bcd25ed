"""The metadata of an issuer of SD-JWT VCs, which tells its keys.

Source: draft-ietf-oauth-sd-jwt-vc, section "JWT VC Issuer Metadata".
"""

from __future__ import annotations

from openbadge_issuer.errors import ResolutionError
from openbadge_issuer.resolution.address import parse_https, shown
from openbadge_issuer.resolution.fetching import Fetcher, fetch_object
from openbadge_issuer.resolution.jwk_set import JwkSet

WELL_KNOWN = "/.well-known/jwt-vc-issuer"


def metadata_url(issuer: str) -> str:
    """Return the address of the metadata: the well-known path stands between the host and the issuer's path.

    Raises:
        ResolutionError: the issuer is no plain https URL, or has a query or fragment (FETCH-URL).
    """
    address = parse_https(issuer)
    if "?" in issuer or "#" in issuer:
        raise ResolutionError("FETCH-URL", url=shown(issuer))
    origin = f"https://{address.authority}"
    return f"{origin}{WELL_KNOWN}{address.url.removeprefix(origin).rstrip('/')}"


def fetch_issuer_keys(issuer: str, *, fetcher: Fetcher | None) -> JwkSet:
    """Fetch the keys that the metadata of an https issuer holds or leads to.

    Raises:
        ResolutionError: they could not be had; the metadata is another issuer's (METHOD-DOCUMENT-ID), or
            names its keys in no place or in two (METHOD-METADATA).
    """
    document = fetch_object(metadata_url(issuer), fetcher=fetcher)
    named = document.get("issuer")
    if named != issuer:
        found = named if isinstance(named, str) else type(named).__name__
        raise ResolutionError("METHOD-DOCUMENT-ID", expected=shown(issuer), found=shown(found))
    keys, place = document.get("jwks"), document.get("jwks_uri")
    if isinstance(keys, dict) and place is None:
        return JwkSet(keys, issuer=issuer)
    if isinstance(place, str) and keys is None:
        accept = "application/jwk-set+json, application/json"
        return JwkSet(fetch_object(place, fetcher=fetcher, accept=accept), issuer=issuer)
    raise ResolutionError("METHOD-METADATA", issuer=shown(issuer))
