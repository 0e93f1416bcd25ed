"""Keys and documents for the tests of this folder."""

from __future__ import annotations

from collections.abc import Mapping

from cryptography.hazmat.primitives.asymmetric import ec, ed25519, rsa

from openbadge_issuer.assertions.json_text import JsonObject, dump_json
from openbadge_issuer.errors import ResolutionError
from openbadge_issuer.resolution.documents import Documents
from openbadge_issuer.resolution.fetching import MAX_DOCUMENT_BYTES, Fetched
from openbadge_issuer.signing.base64url import encode_base64url
from openbadge_issuer.signing.public_key import PublicKey

ED25519 = PublicKey.from_native(ed25519.Ed25519PrivateKey.from_private_bytes(bytes(32)).public_key())
OTHER = PublicKey.from_native(ed25519.Ed25519PrivateKey.from_private_bytes(b"1" * 32).public_key())
P256 = PublicKey.from_native(ec.derive_private_key(7, ec.SECP256R1()).public_key())
RSA = PublicKey.from_native(rsa.generate_private_key(65537, 2048).public_key())


class Asked:
    """A fetcher that has only what it was given, and notes what it was asked for."""

    def __init__(self, given: Mapping[str, bytes]) -> None:
        self.given = given
        self.urls: list[str] = []

    def fetch(
        self,
        url: str,
        *,
        accept: str = "application/json",
        max_bytes: int = MAX_DOCUMENT_BYTES,
    ) -> Fetched:
        """Note the URL and answer."""
        assert accept
        self.urls.append(url)
        body = self.given.get(url)
        if body is None or len(body) > max_bytes:
            raise ResolutionError("DOCUMENTS-MISSING", url=url)
        return Fetched(url, url, 200, None, body)


def documents(given: Mapping[str, JsonObject | bytes | Fetched]) -> Documents:
    """Serve these documents."""
    return Documents(
        {url: dump_json(value) if isinstance(value, dict) else value for url, value in given.items()}
    )


def multikey(
    key: PublicKey, name: str, *, controller: str | None = None, kind: str = "Multikey"
) -> JsonObject:
    """Describe a key as Multikey."""
    method: JsonObject = {"id": name, "type": kind, "publicKeyMultibase": key.multibase}
    return method if controller is None else {**method, "controller": controller}


def jwk(key: PublicKey, name: str, *, controller: str, kind: str = "JsonWebKey") -> JsonObject:
    """Describe a key as JsonWebKey."""
    return {"id": name, "type": kind, "controller": controller, "publicKeyJwk": key.jwk}


def did_jwk(key: PublicKey) -> str:
    """Name a key as did:jwk."""
    return f"did:jwk:{encode_base64url(dump_json(key.jwk))}"
