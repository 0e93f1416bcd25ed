"""The learning credential of the EU Digital Identity Wallet, as SD-JWT VC.

What is known of it is what the wallet's reference issuer publishes: the Type Metadata of the kind
`urn:eu.europa.ec.eudi:learning:credential:1` (eudi-srv-pid-issuer, state of April 2026). It says which claims
there are, which must be there, and which the holder can always keep back. No rulebook of the EU fixes them
yet; docs/reference/proofs.md tells more.
"""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final, Literal, TypeAlias

from openbadge_issuer.assertions.json_text import JsonObject, JsonValue, pointer
from openbadge_issuer.errors import IssuingError
from openbadge_issuer.signing.public_key import PublicKey
from openbadge_issuer.signing.sd_jwt_vc import sign_sd_jwt_vc
from openbadge_issuer.signing.signer import Signer

KIND: Final = "urn:eu.europa.ec.eudi:learning:credential:1"

_Form: TypeAlias = Literal["text", "texts", "date", "moment", "level", "boolean", "country"]


@dataclass(frozen=True, slots=True)
class Claim:
    """A claim of the credential.

    Attributes:
        form: what its value is.
        required: whether it must be there.
        disclosable: whether the holder can keep it back.
    """

    form: _Form
    required: bool = True
    disclosable: bool = False


CLAIMS: Final = {
    "iss": Claim("text"),
    "jti": Claim("text"),
    "iat": Claim("moment"),
    "exp": Claim("moment"),
    "issuing_authority": Claim("text"),
    "issuing_country": Claim("country"),
    "date_of_issuance": Claim("date"),
    "date_of_expiry": Claim("date", required=False),
    "family_name": Claim("text", disclosable=True),
    "given_name": Claim("text", required=False, disclosable=True),
    "achievement_title": Claim("text"),
    "achievement_description": Claim("text", required=False),
    "learning_outcomes": Claim("texts", required=False, disclosable=True),
    "assessment_grade": Claim("text", required=False, disclosable=True),
    "language_of_classes": Claim("texts"),
    "learner_identification": Claim("text", disclosable=True),
    "expected_study_time": Claim("text", disclosable=True),
    "level_of_learning_experience": Claim("level", disclosable=True),
    "types_of_quality_assurance": Claim("texts", disclosable=True),
    "prerequisites_to_enroll": Claim("texts", required=False, disclosable=True),
    "integration_stackability_options": Claim("boolean", required=False, disclosable=True),
}
"""Every claim but `vct` and `cnf`, which the signing adds; a level is one of the eight of the EQF."""

_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", re.ASCII)
_COUNTRY = re.compile(r"[A-Z]{2}", re.ASCII)
_LEVELS = range(1, 9)


def sign_learning_credential(
    claims: JsonObject,
    signer: Signer,
    *,
    kid: str | None,
    holder: PublicKey,
    certificates: Sequence[bytes] = (),
    rng: Callable[[int], bytes] = os.urandom,
) -> str:
    """Issue a learning credential to the key of a holder's wallet.

    Args:
        claims: the claims of `CLAIMS`; the status of the token, `status`, may stand beside them.
        signer: the issuer's key.
        kid: the URL of its public key; None if certificates are given.
        holder: the key of the wallet.
        certificates: a chain in DER for the issuer's key, which wallets of the EU ask for.
        rng: the source of randomness.

    Raises:
        IssuingError: `SD-JWT-LEARNING`, a claim is missing, is not known, or has another form; or as
            `sign_sd_jwt_vc`.
    """
    check_learning_credential(claims)
    disclosable = [pointer(name) for name, claim in CLAIMS.items() if claim.disclosable and name in claims]
    return sign_sd_jwt_vc(
        {"vct": KIND, **claims},
        signer,
        kid=kid,
        disclosable=disclosable,
        holder=holder,
        certificates=certificates,
        rng=rng,
    )


def check_learning_credential(claims: JsonObject) -> None:
    """See that the claims are those of the credential; raises IssuingError `SD-JWT-LEARNING`."""
    for name in claims:
        if name not in CLAIMS and name != "status":
            raise IssuingError("SD-JWT-LEARNING", pointer(name), name=name[:80])
    for name, claim in CLAIMS.items():
        missing = name not in claims
        if (missing and claim.required) or (not missing and not _fits(claims[name], claim.form)):
            raise IssuingError("SD-JWT-LEARNING", pointer(name), name=name)


def _fits(value: JsonValue, form: _Form) -> bool:
    if form == "texts":
        return isinstance(value, list) and bool(value) and all(_fits(item, "text") for item in value)
    if form == "boolean":
        return isinstance(value, bool)
    if form in ("moment", "level"):
        whole = isinstance(value, int) and not isinstance(value, bool)
        return whole and (form == "moment" or value in _LEVELS)
    if not isinstance(value, str) or not value.strip():
        return False
    pattern = {"date": _DATE, "country": _COUNTRY}.get(form)
    return pattern is None or pattern.fullmatch(value) is not None
