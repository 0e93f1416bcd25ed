"""Certificates for tests, made when they are needed: a root, authorities under it, and keys of issuers."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Final, TypeAlias

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, ed25519, rsa
from cryptography.hazmat.primitives.serialization import Encoding
from cryptography.x509.oid import NameOID

from openbadge_issuer.signing.signing_key import SigningKey

NOW: Final = datetime(2026, 3, 1, 12, tzinfo=UTC)
YEAR: Final = timedelta(days=365)

Private: TypeAlias = "ec.EllipticCurvePrivateKey | ed25519.Ed25519PrivateKey | rsa.RSAPrivateKey"


@dataclass(frozen=True)
class Authority:
    """Somebody who certifies keys."""

    name: str
    key: ec.EllipticCurvePrivateKey
    certificate: x509.Certificate

    @property
    def pem(self) -> bytes:
        """The certificate, as roots are given."""
        return self.certificate.public_bytes(Encoding.PEM)

    @property
    def der(self) -> bytes:
        """The certificate, as it goes along in a token."""
        return self.certificate.public_bytes(Encoding.DER)


def _builder(subject: str, issuer: str, *, begins: datetime, ends: datetime) -> x509.CertificateBuilder:
    def name(text: str) -> x509.Name:
        return x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, text)])

    return (
        x509.CertificateBuilder()
        .subject_name(name(subject))
        .issuer_name(name(issuer))
        .serial_number(x509.random_serial_number())
        .not_valid_before(begins)
        .not_valid_after(ends)
    )


def authority(
    name: str,
    by: Authority | None = None,
    *,
    ends: datetime = NOW + 10 * YEAR,
    constraint: x509.NameConstraints | None = None,
) -> Authority:
    """Make an authority: a root, or one that another certifies."""
    key = ec.generate_private_key(ec.SECP256R1())
    signer = key if by is None else by.key
    usage = x509.KeyUsage(
        digital_signature=False, content_commitment=False, key_encipherment=False, data_encipherment=False,
        key_agreement=False, key_cert_sign=True, crl_sign=True, encipher_only=False, decipher_only=False,
    )  # fmt: skip
    builder = (
        _builder(name, by.name if by else name, begins=NOW - YEAR, ends=ends)
        .public_key(key.public_key())
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .add_extension(usage, critical=True)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), critical=False)
        .add_extension(
            x509.AuthorityKeyIdentifier.from_issuer_public_key(signer.public_key()), critical=False
        )
    )
    if constraint is not None:
        builder = builder.add_extension(constraint, critical=True)
    return Authority(name, key, builder.sign(signer, hashes.SHA256()))


def certified(
    by: Authority,
    names: Sequence[x509.GeneralName],
    key: Private | None = None,
    *,
    begins: datetime = NOW - timedelta(days=1),
    ends: datetime = NOW + YEAR,
    extensions: Iterable[tuple[x509.ExtensionType, bool]] = (),
) -> tuple[SigningKey, bytes]:
    """Make a key, or take one, and a certificate for it with these names; return both."""
    private = key or ec.generate_private_key(ec.SECP256R1())
    builder = (
        _builder("A key", by.name, begins=begins, ends=ends)
        .public_key(private.public_key())
        .add_extension(
            x509.AuthorityKeyIdentifier.from_issuer_public_key(by.key.public_key()), critical=False
        )
    )
    if names:
        builder = builder.add_extension(x509.SubjectAlternativeName(names), critical=False)
    for extension, critical in extensions:
        builder = builder.add_extension(extension, critical=critical)
    return SigningKey(private), builder.sign(by.key, hashes.SHA256()).public_bytes(Encoding.DER)
