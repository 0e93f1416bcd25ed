"""VC-JWT: a credential as the payload of a compact JWS.

Source: Open Badges 3.0, section "JSON Web Token Proof Format". The JWS is assembled and taken apart here,
and only the key decides which algorithm is used (docs/adr/0004). What the claims must say is in
`vc_jwt_claims`.
"""

from __future__ import annotations

import base64
import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property, lru_cache

from openbadge_issuer.assertions.json_text import (
    MAX_JSON_BYTES,
    JsonObject,
    JsonValue,
    dump_json,
    parse_json_object,
)
from openbadge_issuer.errors import (
    DocumentError,
    IssuingError,
    LimitError,
    SignatureError,
    UnsupportedError,
)
from openbadge_issuer.signing.base64url import base64url_bytes, decode_base64url, encode_base64url
from openbadge_issuer.signing.jwk import private_member
from openbadge_issuer.signing.public_key import Algorithm, PublicKey
from openbadge_issuer.signing.signer import Signer, signature_by
from openbadge_issuer.signing.vc_jwt_claims import (
    REGISTERED_CLAIMS,
    ClaimProblem,
    claim_problems,
    claims_for,
)

__all__ = [
    "CREDENTIAL_TYPES",
    "ClaimProblem",
    "VcJwt",
    "check_claims",
    "parse_jwt",
    "sign_jwt",
    "sign_payload",
    "signed_token",
    "token_header",
    "verify_jwt",
]

MAX_TOKEN_BYTES = MAX_JSON_BYTES * 4 // 3 + 128 * 1024
"""The longest payload that is read, in base64, with room for header and signature."""
_MAX_HEADER_CHARS = 64 * 1024  # a certificate chain in `x5c` is the longest thing seen there
_USUAL_HEADER = 1024  # with the key of an RSA issuer
_MAX_SIGNATURE_CHARS = 2048  # RSA with 8192 bits takes 1,366

_ALGORITHMS: dict[str, Algorithm] = {
    "EdDSA": "EdDSA",
    "Ed25519": "EdDSA",  # the name of RFC 9864
    "ES256": "ES256",
    "ES384": "ES384",
    "RS256": "RS256",
    "PS256": "PS256",
}
_FORGEABLE = re.compile(r"none|hs[0-9]*", re.IGNORECASE)
CREDENTIAL_TYPES = frozenset({"jwt", "vc+jwt", "vc+ld+jwt"})
"""The `typ` of a token that holds a credential; `vc+ld+jwt` is the name of earlier drafts."""
_ALLOWED_HEADERS = frozenset({"alg", "kid", "jwk", "typ"})
_ABSOLUTE_URI = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:[^\s<>\"{}|\\^`]+")


@dataclass(frozen=True)
class VcJwt:
    """A token taken apart; nothing in it is verified yet.

    `credential` is what was signed as the credential: the payload without its registered claims, or the
    claim `vc` of the older data model. `signing_input` are the bytes under the signature.
    """

    header: JsonObject
    payload: JsonObject
    credential: JsonObject
    token: str
    signing_input: bytes
    signature: bytes

    @property
    def algorithm(self) -> str:
        """The `alg` that the header names."""
        return str(self.header["alg"])

    @cached_property
    def type(self) -> str:
        """The `typ` of the header in lower case and without `application/`; `jwt` where there is none."""
        return _type(self.header.get("typ", "jwt"))

    @property
    def kid(self) -> str | None:
        """The URI of the key, if the header names one."""
        kid = self.header.get("kid")
        return kid if isinstance(kid, str) else None

    @property
    def jwk(self) -> JsonObject | None:
        """The key in the header, if there is one; it proves nothing about the issuer."""
        jwk = self.header.get("jwk")
        return jwk if isinstance(jwk, dict) else None

    @property
    def extra_headers(self) -> tuple[str, ...]:
        """Header parameters that the badge specification does not permit; none of them is acted upon."""
        named = _ALLOWED_HEADERS if self.type == "jwt" else _ALLOWED_HEADERS | {"cty"}
        return tuple(name for name in self.header if name not in named)


def sign_jwt(
    credential: JsonObject, signer: Signer, *, kid: str | None, issued: datetime | None = None
) -> str:
    """Sign a credential of data model 2.0 as compact JWS.

    Args:
        credential: the credential; the claims `iss`, `sub`, `jti`, `nbf` and `exp` are added from it.
        signer: any key.
        kid: the URL of the public JWK; None puts the JWK itself into the header.
        issued: when it is signed, aware, for the claim `iat`. Without it readers take the beginning of the
            credential for that, and hold the key to it.

    Raises:
        IssuingError: `JWT-KID`, or a member that a claim must repeat is missing or unfit (`JWT-MEMBER`,
            `JWT-FRACTION`, `JWT-CLAIM-TAKEN`, `JWT-DATA-MODEL`), or `PROOF-NAIVE-TIME`.
    """
    _check_kid(kid)
    return sign_payload({**credential, **claims_for(credential, issued=issued)}, signer, kid=kid)


def sign_payload(
    payload: JsonObject,
    signer: Signer,
    *,
    kid: str | None,
    typ: str = "JWT",
    cty: str | None = None,
    certificates: Sequence[bytes] = (),
) -> str:
    """Sign any claims as compact JWS, without a look at what they say.

    Args:
        payload: the claims.
        signer: any key.
        kid: the URL of the public JWK; None puts the JWK itself into the header, or the certificates.
        typ: the type of the token.
        cty: the type of what is in it, if that is to be said.
        certificates: a chain in DER that begins with the one of the key, for the header as `x5c`.

    Raises:
        IssuingError: `JWT-KID`, or `JWT-NOT-JSON`.
    """
    header = token_header(signer, kid=kid, typ=typ, cty=cty, certificates=certificates)
    try:
        body = dump_json(payload)
    except ValueError as error:
        raise IssuingError("JWT-NOT-JSON") from error
    return signed_token(header.encode("ascii"), body, signer).decode("ascii")


def token_header(
    signer: Signer,
    *,
    kid: str | None,
    typ: str = "JWT",
    cty: str | None = None,
    certificates: Sequence[bytes] = (),
) -> str:
    """Write the header of a token in base64url; arguments and errors are those of `sign_payload`."""
    _check_kid(kid)
    return _header(
        signer.public_key, signer.algorithm, kid=kid, typ=typ, cty=cty, certificates=tuple(certificates)
    )


def signed_token(header: bytes, body: bytes, signer: Signer) -> bytes:
    """Sign a payload, given as it is written, under a header that `token_header` made."""
    signing_input = b"%b.%b" % (header, base64url_bytes(body))
    return b"%b.%b" % (signing_input, base64url_bytes(signature_by(signer, signing_input)))


def parse_jwt(token: str | bytes, *, types: Collection[str] = CREDENTIAL_TYPES) -> VcJwt:
    """Take a compact JWS apart (RFC 7515, section 5.2), strictly and within caps.

    `none` and the HMAC algorithms are refused here, since anyone can make such a token; so are `crit` and
    `b64`, which change what the signature means. `jku` and `x5u` are never followed.

    Args:
        token: the token.
        types: what its `typ` may be, in lower case and without `application/`; none counts as `jwt`.

    Raises:
        DocumentError: `JWT-FORMAT`, `JWT-HEADER-MEMBER`, `JWT-TYPE`, `JWT-VC`, `BASE64URL-ENCODING`, or the
            JSON inside cannot be read.
        LimitError: `JWT-SIZE`.
        SignatureError: `JWT-ALGORITHM`, `JWT-CRITICAL`, `JWT-PRIVATE-KEY`.
    """
    if len(token) > MAX_TOKEN_BYTES:
        raise LimitError("JWT-SIZE", size=len(token), limit=MAX_TOKEN_BYTES)
    text = token.decode("latin-1") if isinstance(token, bytes) else token
    parts = text.split(".", maxsplit=3)
    if not text.isascii() or len(parts) != 3 or not all(parts[:2]):  # noqa: PLR2004  # with the signature
        raise DocumentError("JWT-FORMAT")
    header_text, payload_text, signature_text = parts
    if len(header_text) > _MAX_HEADER_CHARS or len(signature_text) > _MAX_SIGNATURE_CHARS:
        raise LimitError("JWT-SIZE", size=len(token), limit=MAX_TOKEN_BYTES)
    usual = len(header_text) <= _USUAL_HEADER
    header = {**_known_header(header_text, frozenset(types))} if usual else _read_header(header_text, types)
    if not signature_text:  # said only now: that `alg` is `none` tells more
        raise DocumentError("JWT-FORMAT")
    payload = _parsed(payload_text)
    signature = decode_base64url(signature_text)
    signing_input = text[: -len(signature_text) - 1].encode("ascii")
    return VcJwt(header, payload, _credential(payload), text, signing_input, signature)


def verify_jwt(jwt: VcJwt, key: PublicKey) -> None:
    """Check the signature of a token; the key decides which algorithm that takes.

    Raises:
        SignatureError: `JWT-ALGORITHM-KEY`, the header names another algorithm than the key is for;
            `PROOF-SIGNATURE` or `PROOF-SIGNATURE-LENGTH`.
        UnsupportedError: `JWT-ALGORITHM-UNKNOWN`.
    """
    named = _ALGORITHMS.get(jwt.algorithm)
    if named is None:
        raise UnsupportedError("JWT-ALGORITHM-UNKNOWN", alg=jwt.algorithm[:40])
    if named not in key.algorithms:
        raise SignatureError("JWT-ALGORITHM-KEY", alg=jwt.algorithm, kind=key.kind)
    key.verify(jwt.signing_input, jwt.signature, algorithm=named)


def check_claims(jwt: VcJwt) -> tuple[ClaimProblem, ...]:
    """Compare the claims of a token with the members of its credential; no problem gives an empty tuple.

    Pointers are into the payload. Dates are compared as moments. Whether `exp` and `nbf` hold now is not
    judged here.
    """
    return claim_problems(jwt.payload, jwt.credential)


@lru_cache(maxsize=256)
def _header(
    key: PublicKey,
    algorithm: Algorithm,
    *,
    kid: str | None,
    typ: str,
    cty: str | None,
    certificates: tuple[bytes, ...],
) -> str:
    header: JsonObject = {"alg": algorithm, "typ": typ}
    if cty is not None:
        header["cty"] = cty
    if certificates:
        header["x5c"] = [base64.b64encode(one).decode("ascii") for one in certificates]
    if kid is not None:
        header["kid"] = kid
    elif not certificates:
        header["jwk"] = key.jwk
    return encode_base64url(dump_json(header))


def _check_kid(kid: str | None) -> None:
    if kid is not None and not _ABSOLUTE_URI.fullmatch(kid):
        raise IssuingError("JWT-KID", kid=kid[:80])


def _parsed(part: str) -> JsonObject:
    return parse_json_object(decode_base64url(part))


def _read_header(part: str, types: Collection[str]) -> JsonObject:
    header = _parsed(part)
    _check_header(header, types)
    return header


_known_header = lru_cache(maxsize=256)(_read_header)  # the tokens of one issuer have one


def _type(value: JsonValue) -> str:
    return value.lower().removeprefix("application/") if isinstance(value, str) else ""


def _check_header(header: JsonObject, types: Collection[str]) -> None:
    algorithm = header.get("alg")
    if not isinstance(algorithm, str):
        raise DocumentError("JWT-HEADER-MEMBER", name="alg")
    if _FORGEABLE.fullmatch(algorithm):
        raise SignatureError("JWT-ALGORITHM", alg=algorithm[:40])
    for name in ("crit", "b64"):
        if name in header:
            raise SignatureError("JWT-CRITICAL", name=name)
    kind = header.get("typ", "JWT")
    if _type(kind) not in types:
        raise DocumentError("JWT-TYPE", found=_shown(kind))
    if not isinstance(header.get("kid", ""), str):
        raise DocumentError("JWT-HEADER-MEMBER", name="kid")
    jwk = header.get("jwk", {})
    if not isinstance(jwk, dict):
        raise DocumentError("JWT-HEADER-MEMBER", name="jwk")
    if private_member(jwk) is not None:
        raise SignatureError("JWT-PRIVATE-KEY")


def _credential(payload: JsonObject) -> JsonObject:
    if "vc" not in payload:
        return {name: value for name, value in payload.items() if name not in REGISTERED_CLAIMS}
    credential = payload["vc"]
    if not isinstance(credential, dict):
        raise DocumentError("JWT-VC", "/vc")
    return credential


def _shown(value: JsonValue) -> str:
    return value[:60] if isinstance(value, str) else type(value).__name__
