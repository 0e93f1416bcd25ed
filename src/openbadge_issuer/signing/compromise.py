"""What a compromised key really signed: a list by its owner, signed with a good key.

Whoever steals a key can date a proof as he likes, so the date of a proof by that key says nothing. The owner
therefore publishes the SHA-256 digests of the signatures that he made with it himself; a proof by the key
counts only if its signature is among them. A digest names nobody and gives nothing away.

The list is a JWT (RFC 7519) of the type `compromised-keys+jwt`, beside the document of the issuer:

    {"iss": "did:web:…", "iat": 1780000000,
     "keys": [{"publicKeyJwk": {…}, "since": "2026-03-01T00:00:00Z", "signed": ["<base64url>", …]}]}

Digests stand in their own order, which tells no order of events.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Final

from openbadge_issuer.assertions.json_text import JsonObject, JsonValue, pointer
from openbadge_issuer.assertions.moments import parse_date_time, write_date_time
from openbadge_issuer.errors import (
    DocumentError,
    KeyMaterialError,
    LimitError,
    SignatureError,
    UnsupportedError,
)
from openbadge_issuer.signing.base64url import encode_base64url
from openbadge_issuer.signing.data_integrity import proof_value
from openbadge_issuer.signing.multibase import decode_multibase
from openbadge_issuer.signing.public_key import PublicKey
from openbadge_issuer.signing.signer import Signer
from openbadge_issuer.signing.vc_jwt import VcJwt, parse_jwt, sign_payload, verify_jwt

LIST_TOKEN_TYPE: Final = "compromised-keys+jwt"  # noqa: S105  # a media type

MAX_SIGNED: Final = 100_000
"""Digests in one list: 6 MB as a token, which is about what a verifier fetches at most."""

_MAX_KEYS = 80
_DIGEST = re.compile(r"[A-Za-z0-9_-]{42}[AEIMQUYcgkosw048]", re.ASCII)  # 32 bytes have one spelling
_SELECTIVE = "ecdsa-sd-2023"


@dataclass(frozen=True, slots=True)
class CompromisedKey:
    """A key that others may have.

    Attributes:
        key: the public half.
        since: since when others may have it.
        signed: the digests of the signatures that its owner made with it; see `signature_digest`.
    """

    key: PublicKey
    since: datetime
    signed: frozenset[str]


@dataclass(frozen=True, slots=True)
class CompromiseList:
    """What an issuer says of its compromised keys.

    Attributes:
        issuer: the issuer's DID.
        issued: when the list was signed, in whole seconds.
        keys: the keys.
    """

    issuer: str
    issued: datetime
    keys: tuple[CompromisedKey, ...]

    def entry(self, key: PublicKey) -> CompromisedKey | None:
        """Return what the list says of a key, or None."""
        return next((found for found in self.keys if found.key == key), None)


@dataclass(frozen=True, slots=True)
class UnverifiedCompromiseList:
    """A list as it was received; nothing in it counts before `verify`.

    Attributes:
        token: the token.
        issuer: whose list it says it is.
        kid: the name of the key that it says it is signed with.
        issued: when it says it was signed.
    """

    token: VcJwt
    issuer: str
    kid: str
    issued: datetime
    _content: CompromiseList

    def verify(self, key: PublicKey) -> CompromiseList:
        """Check the signature and return what the list says.

        The caller has made sure that `key` is the one that `kid` names, that it is the issuer's own, and
        that the issuer still stands by it: that it is neither retired nor revoked.

        Raises:
            SignatureError: `COMPROMISE-SIGNER`, the key is itself in the list; or as `verify_jwt`.
            UnsupportedError: as `verify_jwt`.
        """
        if self._content.entry(key) is not None:
            raise SignatureError("COMPROMISE-SIGNER")
        verify_jwt(self.token, key)
        return self._content


def signature_digest(secured: JsonObject | VcJwt) -> str:
    """Return the SHA-256 digest of a signature, in base64url: of a proof, or of a token.

    The bytes of the signature are hashed, not their spelling. With selective disclosure it is the issuer's
    signature, which stays the same whatever the holder shows.

    Raises:
        SignatureError: `PROOF-VALUE`, the proof carries no signature that can be read; `SD-VALUE`.
    """
    signature = secured.signature if isinstance(secured, VcJwt) else _proof_signature(secured)
    return encode_base64url(hashlib.sha256(signature).digest())


def signed_before_compromise(listed: CompromiseList, secured: JsonObject | VcJwt, *, key: PublicKey) -> bool:
    """Tell whether the owner of a compromised key vouches for having made a proof himself.

    Args:
        listed: the issuer's list, verified.
        secured: the proof, as it stands in the document, or the token. That its signature holds under the
            key is for the caller to check.
        key: the compromised key.
    """
    entry = listed.entry(key)
    if entry is None:
        return False
    try:
        return signature_digest(secured) in entry.signed
    except SignatureError:
        return False


def sign_compromise_list(listed: CompromiseList, signer: Signer, *, verification_method: str) -> bytes:
    """Sign a list with a good key, as the token to publish beside the issuer's document.

    Args:
        listed: the list.
        signer: any key that is not in the list.
        verification_method: the name of that key in the issuer's document.

    Raises:
        KeyMaterialError: `COMPROMISE-SIGNER`.
        LimitError: `COMPROMISE-SIZE`.
        IssuingError: `JWT-KID`.
    """
    if listed.entry(signer.public_key) is not None:
        raise KeyMaterialError("COMPROMISE-SIGNER")
    if sum(len(key.signed) for key in listed.keys) > MAX_SIGNED:
        raise LimitError("COMPROMISE-SIZE", limit=MAX_SIGNED)
    keys: list[JsonValue] = [
        {
            "publicKeyJwk": key.key.jwk,
            "since": write_date_time(key.since),
            "signed": list[JsonValue](sorted(key.signed)),
        }
        for key in listed.keys
    ]
    payload: JsonObject = {"iss": listed.issuer, "iat": int(listed.issued.timestamp()), "keys": keys}
    return sign_payload(payload, signer, kid=verification_method, typ=LIST_TOKEN_TYPE).encode("ascii")


def read_compromise_list(data: bytes | str) -> UnverifiedCompromiseList:
    """Take a list apart; nothing in it is verified yet.

    Raises:
        DocumentError: `COMPROMISE-FORMAT`, with the place; or as `parse_jwt`.
        LimitError: `COMPROMISE-SIZE`; or as `parse_jwt`.
        SignatureError: as `parse_jwt`.
    """
    token = parse_jwt(data.strip(), types=frozenset({LIST_TOKEN_TYPE}))
    issuer, issued, keys = (token.payload.get(name) for name in ("iss", "iat", "keys"))
    if not isinstance(issuer, str) or not issuer or token.kid is None:
        raise DocumentError("COMPROMISE-FORMAT", "/iss")
    if not isinstance(issued, int) or isinstance(issued, bool) or not 0 <= issued < 2**33:  # the year 2242
        raise DocumentError("COMPROMISE-FORMAT", "/iat")
    if not isinstance(keys, list) or len(keys) > _MAX_KEYS:
        raise DocumentError("COMPROMISE-FORMAT", "/keys")
    entries = tuple(_entry(item, pointer("keys", at)) for at, item in enumerate(keys))
    if len({entry.key for entry in entries}) != len(entries):
        raise DocumentError("COMPROMISE-FORMAT", "/keys")
    if sum(len(entry.signed) for entry in entries) > MAX_SIGNED:
        raise LimitError("COMPROMISE-SIZE", limit=MAX_SIGNED)
    moment = datetime.fromtimestamp(issued, UTC)
    content = CompromiseList(issuer, moment, entries)
    return UnverifiedCompromiseList(token, issuer, token.kid, moment, content)


def _entry(value: JsonValue, place: str) -> CompromisedKey:
    if not isinstance(value, dict):
        raise DocumentError("COMPROMISE-FORMAT", place)
    jwk, since, signed = (value.get(name) for name in ("publicKeyJwk", "since", "signed"))
    try:
        key = PublicKey.from_jwk(jwk if isinstance(jwk, dict) else {})
    except (KeyMaterialError, UnsupportedError) as error:
        raise DocumentError("COMPROMISE-FORMAT", f"{place}/publicKeyJwk") from error
    try:
        moment = parse_date_time(since if isinstance(since, str) else "")
    except ValueError as error:
        raise DocumentError("COMPROMISE-FORMAT", f"{place}/since") from error
    if not isinstance(signed, list):
        raise DocumentError("COMPROMISE-FORMAT", f"{place}/signed")
    return CompromisedKey(key, moment, frozenset(_digests(signed, f"{place}/signed")))


def _digests(values: list[JsonValue], place: str) -> Iterable[str]:
    for at, value in enumerate(values):
        if not isinstance(value, str) or not _DIGEST.fullmatch(value):
            raise DocumentError("COMPROMISE-FORMAT", f"{place}/{at}")
        yield value


def _proof_signature(proof: JsonObject) -> bytes:
    if proof.get("cryptosuite") == _SELECTIVE:
        # Local: no other suite needs it.
        from openbadge_issuer.signing.ecdsa_sd_proof_value import (  # noqa: PLC0415
            MAX_PROOF_VALUE_CHARS,
            parse_value,
        )

        data = proof_value(proof, base="u", max_chars=MAX_PROOF_VALUE_CHARS, pointer="")
        return parse_value(data, pointer="").base_signature
    value = proof.get("proofValue")
    try:
        return decode_multibase(value if isinstance(value, str) else "")
    except (DocumentError, LimitError) as error:
        raise SignatureError("PROOF-VALUE", "/proofValue", base="z") from error
