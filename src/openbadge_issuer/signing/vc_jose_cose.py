"""W3C VC-JOSE-COSE: a credential or a presentation as it is, as the payload of a compact JWS.

Source: Securing Verifiable Credentials using JOSE and COSE, sections "With JOSE" and "Using JWT Claims".
Other than in a VC-JWT of Open Badges, no claim need repeat a member, and dates in claims are those of the
signature.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from openbadge_issuer.assertions.json_text import JsonObject, pointer
from openbadge_issuer.errors import DocumentError, IssuingError
from openbadge_issuer.signing.signer import Signer
from openbadge_issuer.signing.vc_jwt import VcJwt, parse_jwt, sign_payload
from openbadge_issuer.signing.vc_jwt_claims import (
    REGISTERED_CLAIMS,
    ClaimProblem,
    claims_beside,
    is_version_1,
    issued_claim,
    seconds_of,
)

CREDENTIAL_TYPE = "vc+jwt"
PRESENTATION_TYPE = "vp+jwt"

_CREDENTIAL_TYPES = frozenset({CREDENTIAL_TYPE, "vc+ld+jwt", "vc+sd-jwt"})
PRESENTATION_TYPES = frozenset({PRESENTATION_TYPE, "vp+ld+jwt"})
"""The `typ` of a token that holds a presentation; `vp+ld+jwt` is the name of earlier drafts."""
_WRAPPERS = ("vc", "vp")


def sign_vc_jose(
    credential: JsonObject, signer: Signer, *, kid: str | None, issued: datetime | None = None
) -> str:
    """Sign a credential of data model 2.0, exactly as it stands, as `vc+jwt`.

    Args:
        credential: the credential.
        signer: any key.
        kid: the URL of the public key; None puts the key as JWK into the header.
        issued: when it is signed, aware: the claim `iat`, the only one that is added. Without it readers take
            the beginning of the credential for that, and hold the key to it.

    Raises:
        IssuingError: `JWT-KID`, `JWT-DATA-MODEL`, `JWT-CLAIM-TAKEN`, `JWT-NOT-JSON` or `PROOF-NAIVE-TIME`.
    """
    if is_version_1(credential):
        raise IssuingError("JWT-DATA-MODEL", "/@context/0")
    _check_names(credential, REGISTERED_CLAIMS)
    payload = {**credential, **issued_claim(issued)}
    return sign_payload(payload, signer, kid=kid, typ=CREDENTIAL_TYPE, cty="vc")


def sign_vp_jose(
    presentation: JsonObject,
    signer: Signer,
    *,
    kid: str | None,
    challenge: str,
    audience: str | Sequence[str],
    issued: datetime,
    expires: datetime | None = None,
) -> str:
    """Sign a presentation as `vp+jwt`, for the one who asked for it.

    Args:
        presentation: a presentation of data model 2.0.
        signer: the holder's key.
        kid: the URL of the public key; None puts the key as JWK into the header.
        challenge: the nonce of the one who asked.
        audience: who asked, one or more.
        issued: when it is signed, aware.
        expires: until when it may be shown.

    Raises:
        IssuingError: `JWT-KID`, `JWT-CLAIM-TAKEN`, `JWT-NOT-JSON` or `PROOF-NAIVE-TIME`.
    """
    _check_names(presentation, REGISTERED_CLAIMS | {"nonce"})
    claims: JsonObject = {
        "nonce": challenge,
        "aud": audience if isinstance(audience, str) else [*audience],
        "iat": seconds_of(issued),
    }
    if expires is not None:
        claims["exp"] = seconds_of(expires)
    return sign_payload({**presentation, **claims}, signer, kid=kid, typ=PRESENTATION_TYPE, cty="vp")


def is_vc_jose(jwt: VcJwt) -> bool:
    """Tell whether a token says that it is one of VC-JOSE-COSE, not one of Open Badges."""
    return jwt.type in _CREDENTIAL_TYPES


def check_vc_jose(jwt: VcJwt) -> tuple[ClaimProblem, ...]:
    """Compare the claims, if any, with the members of the credential; no problem gives an empty tuple."""
    version = [ClaimProblem("JOSE-DATA-MODEL", "/@context/0")] if is_version_1(jwt.credential) else []
    wrappers = [
        ClaimProblem("JOSE-WRAPPED", pointer(name), {"name": name})
        for name in _WRAPPERS
        if name in jwt.payload
    ]
    return (*wrappers, *version, *claims_beside(jwt.payload, jwt.credential))


def parse_vp_jwt(token: str | bytes) -> VcJwt:
    """Take a presentation apart: a `vp+jwt`, or a JWT with the claim `vp` of data model 1.1.

    Raises:
        DocumentError: as `parse_jwt` and `presentation_of`.
        LimitError: as `parse_jwt`.
        SignatureError: as `parse_jwt`.
    """
    return presentation_of(parse_jwt(token, types=PRESENTATION_TYPES | {"jwt"}))


def holds_presentation(jwt: VcJwt) -> bool:
    """Tell whether a token says that it holds a presentation."""
    return jwt.type in PRESENTATION_TYPES or (jwt.type == "jwt" and "vp" in jwt.payload)


def presentation_of(jwt: VcJwt) -> VcJwt:
    """Return the token with the presentation that it holds in place of a credential.

    Raises:
        DocumentError: `PRESENTATION-TYPE`, it holds none.
    """
    if "vc" in jwt.payload:
        raise DocumentError("PRESENTATION-TYPE", "/vc")
    if jwt.type == "jwt" and "vp" in jwt.payload:
        presentation = jwt.payload["vp"]
        if not isinstance(presentation, dict):
            raise DocumentError("PRESENTATION-TYPE", "/vp")
        return replace(jwt, credential=presentation)
    return replace(jwt, credential={name: value for name, value in jwt.credential.items() if name != "nonce"})


def _check_names(document: JsonObject, taken: frozenset[str]) -> None:
    for name in document:
        if name in taken or name in _WRAPPERS:
            raise IssuingError("JWT-CLAIM-TAKEN", pointer(name), name=name)
