"""A plain compact JWS: what it signs is the badge itself, and its header names the algorithm only.

Source: RFC 7515, section 7.1; Open Badges 2.0, section "Signed Badges". Which key it takes is told by the
badge (`verification.creator`), and `vc_jwt` reads such a token like any other.
"""

from __future__ import annotations

from openbadge_issuer.assertions.json_text import JsonObject, dump_json
from openbadge_issuer.errors import IssuingError
from openbadge_issuer.signing.base64url import encode_base64url
from openbadge_issuer.signing.signer import Signer, signature_by


def sign_jws(payload: JsonObject, signer: Signer) -> str:
    """Sign an object as compact JWS with the algorithm of the key.

    Raises:
        IssuingError: `JWT-NOT-JSON`, the payload holds what JSON cannot say.
        KeyMaterialError: `KEY-SIGNER`, the signer does not sign as it says.
    """
    try:
        body = dump_json(payload)
    except ValueError as error:
        raise IssuingError("JWT-NOT-JSON") from error
    header = dump_json({"alg": signer.algorithm})
    signing_input = f"{encode_base64url(header)}.{encode_base64url(body)}"
    signature = signature_by(signer, signing_input.encode("ascii"))
    return f"{signing_input}.{encode_base64url(signature)}"
