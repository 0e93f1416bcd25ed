"""Certificates in the header of a token (`x5c`), and whether a root that the caller trusts vouches for them.

Source: RFC 7515, section 4.1.6; RFC 5280, section 6, by the verifier of the `cryptography` library. Whether
a certificate was revoked is not asked: give roots whose certificates live as short as you can wait.
"""

from __future__ import annotations

import base64
import binascii
from collections.abc import Sequence
from datetime import datetime
from typing import Final

from cryptography import x509
from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.x509 import verification

from openbadge_issuer.assertions.json_text import JsonObject
from openbadge_issuer.errors import KeyMaterialError, ResolutionError
from openbadge_issuer.resolution.address import parse_https, shown
from openbadge_issuer.signing.did_document import did_web_url
from openbadge_issuer.signing.public_key import PublicKey

MAX_CERTIFICATES: Final = 8
"""Chains on the web have three or four."""

_MAX_CERTIFICATE_CHARS = 16 * 1024
_MAX_ROOTS = 256


def read_roots(pem: bytes) -> tuple[x509.Certificate, ...]:
    """Read the certificates that the caller trusts; raises KeyMaterialError `X5C-ROOT`."""
    try:
        roots = x509.load_pem_x509_certificates(pem)
    except (ValueError, UnsupportedAlgorithm) as error:
        raise KeyMaterialError("X5C-ROOT") from error
    if not roots or len(roots) > _MAX_ROOTS:
        raise KeyMaterialError("X5C-ROOT")
    return tuple(roots)


def certificates_of(header: JsonObject) -> tuple[x509.Certificate, ...]:
    """Take the chain out of a header, that of the key first; raises KeyMaterialError `X5C-FORMAT`."""
    listed = header.get("x5c")
    if not isinstance(listed, list) or not 0 < len(listed) <= MAX_CERTIFICATES:
        raise KeyMaterialError("X5C-FORMAT", "/x5c")
    found = []
    for at, text in enumerate(listed):
        if not isinstance(text, str) or len(text) > _MAX_CERTIFICATE_CHARS:
            raise KeyMaterialError("X5C-FORMAT", f"/x5c/{at}")
        try:
            found.append(x509.load_der_x509_certificate(base64.b64decode(text, validate=True)))
        except (ValueError, binascii.Error, UnsupportedAlgorithm) as error:
            raise KeyMaterialError("X5C-FORMAT", f"/x5c/{at}") from error
    return tuple(found)


def certified_key(header: JsonObject) -> PublicKey:
    """Return the key of the first certificate, which nothing vouches for yet.

    Raises:
        KeyMaterialError: `X5C-FORMAT`, or the key is unsafe.
        UnsupportedError: `KEY-KIND`.
    """
    try:
        native = certificates_of(header)[0].public_key()
    except (ValueError, UnsupportedAlgorithm) as error:
        raise KeyMaterialError("X5C-FORMAT", "/x5c/0") from error
    return PublicKey.from_native(native)


def certified_issuer(header: JsonObject) -> str:
    """Return the issuer that the first certificate names: a URI, or its host as https URL; else nothing."""
    hosts, uris = _names(certificates_of(header)[0])
    return next(iter(uris), f"https://{hosts[0]}" if hosts else "")


def check_chain(header: JsonObject, *, issuer: str, roots: Sequence[x509.Certificate], at: datetime) -> None:
    """See that a root vouches, at a moment, for the first certificate, and that this is the issuer's.

    It is if its subject alternative name has the host of the issuer (https or did:web) as DNS name, in full,
    or the issuer's identifier as URI. A chain that is constrained to some names counts for DNS names only:
    such constraints do not reach URIs.

    Raises:
        KeyMaterialError: `X5C-FORMAT`, `X5C-CHAIN` or `X5C-NAME`.
    """
    leaf, *between = certificates_of(header)
    verifier = (
        verification.PolicyBuilder()
        .store(verification.Store(list(roots)))
        .time(at)
        .max_chain_depth(MAX_CERTIFICATES)
        .extension_policies(
            ca_policy=verification.ExtensionPolicy.webpki_defaults_ca(), ee_policy=_leaf_policy()
        )
        .build_client_verifier()
    )
    try:
        chain = verifier.verify(leaf, between).chain
    except verification.VerificationError as error:
        raise KeyMaterialError("X5C-CHAIN", problem=_reason(error)) from error
    except ValueError as error:  # a certificate that cannot be read to its end
        raise KeyMaterialError("X5C-FORMAT", "/x5c") from error
    hosts, uris = _names(leaf)
    if _host(issuer) in hosts or (issuer in uris and not any(map(_is_constrained, chain))):
        return
    named = ", ".join((*hosts, *uris))
    raise KeyMaterialError("X5C-NAME", found=shown(named or "—"), issuer=shown(issuer))


def _leaf_policy() -> verification.ExtensionPolicy:
    """Ask of the certificate of a key that it is for signing, is no authority, and names somebody.

    No extended key usage is asked for: none is defined for badges.
    """
    any_way = verification.Criticality.AGNOSTIC
    return (
        verification.ExtensionPolicy.permit_all()
        .require_present(x509.SubjectAlternativeName, any_way, None)
        .may_be_present(x509.KeyUsage, any_way, _signs)
        .may_be_present(x509.BasicConstraints, any_way, _is_no_authority)
    )


def _signs(_policy: verification.Policy, _leaf: x509.Certificate, usage: x509.KeyUsage | None) -> None:
    if usage is not None and not usage.digital_signature:
        raise ValueError("the key is not for signatures")


def _is_no_authority(
    _policy: verification.Policy, _leaf: x509.Certificate, basic: x509.BasicConstraints | None
) -> None:
    if basic is not None and basic.ca:
        raise ValueError("the key is an authority's")


def _names(certificate: x509.Certificate) -> tuple[list[str], list[str]]:
    """Return the DNS names and URIs of the subject alternative name; none if it cannot be read."""
    try:
        names = certificate.extensions.get_extension_for_class(x509.SubjectAlternativeName).value
    except (x509.ExtensionNotFound, x509.DuplicateExtension, x509.UnsupportedGeneralNameType, ValueError):
        return [], []
    hosts = [name.lower() for name in names.get_values_for_type(x509.DNSName)]
    return hosts, names.get_values_for_type(x509.UniformResourceIdentifier)


def _is_constrained(certificate: x509.Certificate) -> bool:
    return any(one.oid == x509.NameConstraints.oid for one in certificate.extensions)


def _host(issuer: str) -> str | None:
    """Return the host of an https or did:web issuer; None for all others."""
    try:
        return parse_https(did_web_url(issuer) if issuer.startswith("did:web:") else issuer).host
    except ResolutionError:
        return None


def _reason(error: verification.VerificationError) -> str:
    """Shorten what the library says: it shows whole certificates, which strangers have written."""
    text = str(error).removeprefix("validation failed: ").partition(" (encountered")[0]
    return shown(" ".join(text.split()))
