"""Credentials as SD-JWT: SD-JWT VC (`dc+sd-jwt`) and the `vc+sd-jwt` of W3C VC-JOSE-COSE.

Source: draft-ietf-oauth-sd-jwt-vc, sections 2 and 3; VC-JOSE-COSE, section "With SD-JWT"; RFC 9901,
section 7.3, for the key binding.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from openbadge_issuer.assertions.json_text import JsonObject, JsonValue
from openbadge_issuer.errors import DocumentError, IssuingError, KeyMaterialError, SignatureError
from openbadge_issuer.signing.public_key import PublicKey
from openbadge_issuer.signing.sd_jwt import Disclosure, SdJwt, digest_of, parse_sd_jwt
from openbadge_issuer.signing.sd_jwt_making import conceal, select
from openbadge_issuer.signing.signer import Signer
from openbadge_issuer.signing.vc_jwt import VcJwt, sign_payload, verify_jwt
from openbadge_issuer.signing.vc_jwt_claims import REGISTERED_CLAIMS, is_version_1, issued_claim, numeric_date

SD_JWT_VC, W3C_SD_JWT = "dc+sd-jwt", "vc+sd-jwt"
TYPES = frozenset({SD_JWT_VC, W3C_SD_JWT})
MAX_BINDING_AGE = timedelta(minutes=5)
"""How long ago a holder may have proven to have the key: an answer to a question just asked."""

_PLAIN_CLAIMS = frozenset({"iss", "nbf", "exp", "cnf", "vct", "vct#integrity", "aka_vcts", "status"})
_PLAIN_MEMBERS = _PLAIN_CLAIMS | {
    "@context",
    "type",
    "issuer",
    "validFrom",
    "validUntil",
    "credentialStatus",
    "credentialSchema",
    "refreshService",
    "termsOfUse",
}
"""What tells whether a credential still holds; who could keep that back could show a revoked one."""


def sign_sd_jwt_vc(
    claims: JsonObject,
    signer: Signer,
    *,
    kid: str | None,
    disclosable: Collection[str],
    holder: PublicKey | None = None,
    certificates: Sequence[bytes] = (),
    issued: datetime | None = None,
    decoys: int = 0,
    rng: Callable[[int], bytes] = os.urandom,
) -> str:
    """Issue a credential as SD-JWT VC (`dc+sd-jwt`), with every disclosure; it is for the holder only.

    Args:
        claims: what is stated; `vct` names the kind of credential.
        signer: the issuer's key.
        kid: the URL of its public key; None puts the key as JWK into the header.
        disclosable: JSON Pointers to what the holder may keep back.
        holder: the key that the holder must prove to have when showing it.
        certificates: a chain in DER for the issuer's key, for verifiers that trust a root of it.
        issued: when it is signed, aware, for the claim `iat` where the claims have none.
        decoys: as for `conceal`.
        rng: the source of randomness.

    Raises:
        IssuingError: `SD-JWT-VCT`, `SD-JWT-PLAIN`, `PROOF-NAIVE-TIME`, or as `conceal` and `sign_payload`.
    """
    if not isinstance(claims.get("vct"), str):
        raise IssuingError("SD-JWT-VCT", "/vct")
    _check_plain(disclosable, _PLAIN_CLAIMS)
    bound = _bound(issued_claim(issued) | claims, holder)
    concealed, disclosures = conceal(bound, disclosable, decoys=decoys, rng=rng)
    token = sign_payload(concealed, signer, kid=kid, typ=SD_JWT_VC, certificates=certificates)
    return _joined(token, disclosures)


def sign_vc_sd_jwt(
    credential: JsonObject,
    signer: Signer,
    *,
    kid: str | None,
    disclosable: Collection[str],
    holder: PublicKey | None = None,
    issued: datetime | None = None,
    decoys: int = 0,
    rng: Callable[[int], bytes] = os.urandom,
) -> str:
    """Issue a credential of data model 2.0 as `vc+sd-jwt`; the arguments are as for `sign_sd_jwt_vc`.

    Raises:
        IssuingError: `JWT-DATA-MODEL`, `SD-JWT-PLAIN`, `PROOF-NAIVE-TIME`, or as `conceal` and
            `sign_payload`.
    """
    if is_version_1(credential):
        raise IssuingError("JWT-DATA-MODEL", "/@context/0")
    _check_plain(disclosable, _PLAIN_MEMBERS)
    bound = _bound(issued_claim(issued) | credential, holder)
    concealed, disclosures = conceal(bound, disclosable, decoys=decoys, rng=rng)
    token = sign_payload(concealed, signer, kid=kid, typ=W3C_SD_JWT, cty="vc")
    return _joined(token, disclosures)


def parse_sd_jwt_vc(token: str | bytes) -> SdJwt:
    """Take either kind apart.

    Raises:
        DocumentError: `SD-JWT-VCT`, `SD-JWT-PLAIN`, or as `parse_sd_jwt`.
        OpenBadgeError: as `parse_sd_jwt`.
    """
    parsed = parse_sd_jwt(token, types=TYPES)
    for place in parsed.places.values():
        if _first(place) in _PLAIN_CLAIMS:
            raise DocumentError("SD-JWT-PLAIN", place, name=_first(place))
    if parsed.jwt.type == SD_JWT_VC and not isinstance(parsed.payload.get("vct"), str):
        raise DocumentError("SD-JWT-VCT", "/vct")
    return parsed


def is_sd_jwt_vc(parsed: SdJwt) -> bool:
    """Tell whether a token is an SD-JWT VC, which is no credential of the W3C data model.

    Until 2024 its drafts had the type `vc+sd-jwt` too; then its `vct` tells, and that it has no context.
    """
    older = isinstance(parsed.payload.get("vct"), str) and "@context" not in parsed.payload
    return parsed.jwt.type == SD_JWT_VC or older


def as_token(parsed: SdJwt) -> VcJwt:
    """Give either kind the form of a token that shows just what is disclosed.

    The `credential` of an SD-JWT VC is empty: it has none but its claims.
    """
    if is_sd_jwt_vc(parsed):
        return replace(parsed.jwt, payload=parsed.payload, credential={})
    beside = REGISTERED_CLAIMS | {"cnf"}
    credential = {name: value for name, value in parsed.payload.items() if name not in beside}
    return replace(parsed.jwt, payload=parsed.payload, credential=credential)


def disclose(token: str, places: Collection[str]) -> str:
    """Show some of what could be kept back; as `sd_jwt_making.select`, for credentials."""
    return select(token, places, types=TYPES)


def verify_sd_jwt(parsed: SdJwt, key: PublicKey) -> None:
    """Check the issuer's signature, which covers the digests; raises as `verify_jwt` does."""
    verify_jwt(parsed.jwt, key)


def verify_key_binding(
    parsed: SdJwt,
    *,
    nonce: str,
    audience: str,
    at: datetime,
    max_age: timedelta = MAX_BINDING_AGE,
    clock_skew: timedelta = timedelta(seconds=60),
) -> PublicKey:
    """Check that who shows a token has its key, and shows it now, to this verifier (section 7.3).

    That the nonce was not used before is for the caller to see to.

    Args:
        parsed: the token; the issuer's signature must be checked too, as it vouches for the key.
        nonce: what the holder was given.
        audience: who the holder was told is asking.
        at: the present, aware.
        max_age: how long ago the holder may have signed.
        clock_skew: how far clocks may be apart.

    Returns:
        The holder's key.

    Raises:
        SignatureError: `SD-JWT-KB-MISSING`, `SD-JWT-KB-KEY`, `SD-JWT-KB-SIGNATURE`, `SD-JWT-KB-CLAIM` or
            `SD-JWT-KB-TIME`.
        UnsupportedError: as `verify_jwt`, or a kind of key that is not known here.
    """
    if parsed.key_binding is None:
        raise SignatureError("SD-JWT-KB-MISSING")
    key = _holder_key(parsed)
    try:
        verify_jwt(parsed.key_binding, key)
    except SignatureError as error:
        raise SignatureError("SD-JWT-KB-SIGNATURE") from error
    claims = parsed.key_binding.payload
    expected: JsonObject = {"sd_hash": digest_of(parsed.presented), "nonce": nonce, "aud": audience}
    for name, value in expected.items():
        if claims.get(name) != value:
            raise SignatureError("SD-JWT-KB-CLAIM", f"/{name}", name=name)
    issued = numeric_date(claims.get("iat"))
    if issued is None:
        raise SignatureError("SD-JWT-KB-CLAIM", "/iat", name="iat")
    if not -clock_skew <= at - issued <= max_age + clock_skew:
        raise SignatureError("SD-JWT-KB-TIME", "/iat", date=issued.isoformat())
    return key


def _holder_key(parsed: SdJwt) -> PublicKey:
    """Return the key that the issuer named; one in the holder's own header proves nothing."""
    confirmation = parsed.jwt.payload.get("cnf")
    jwk: JsonValue = confirmation.get("jwk") if isinstance(confirmation, dict) else None
    if not isinstance(jwk, dict):
        raise SignatureError("SD-JWT-KB-KEY", "/cnf")
    try:
        return PublicKey.from_jwk(jwk)
    except KeyMaterialError as error:
        raise SignatureError("SD-JWT-KB-KEY", "/cnf/jwk") from error


def _check_plain(places: Collection[str], plain: frozenset[str]) -> None:
    for place in places:
        if _first(place) in plain:
            raise IssuingError("SD-JWT-PLAIN", place, name=_first(place))


def _first(place: str) -> str:
    return place[1:].partition("/")[0].replace("~1", "/").replace("~0", "~")


def _bound(claims: JsonObject, holder: PublicKey | None) -> JsonObject:
    if holder is None:
        return claims
    if "cnf" in claims:
        raise IssuingError("JWT-CLAIM-TAKEN", "/cnf", name="cnf")
    return {**claims, "cnf": {"jwk": holder.jwk}}


def _joined(token: str, disclosures: Iterable[Disclosure]) -> str:
    return "".join(f"{part}~" for part in (token, *(one.text for one in disclosures)))
