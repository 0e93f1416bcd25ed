"""Signing a finished credential: which proof a key can make, and the bytes that come out."""

from __future__ import annotations

from datetime import datetime

from openbadge_issuer.assertions.json_text import JsonObject, dump_json
from openbadge_issuer.errors import IssuingError
from openbadge_issuer.issuing.award import PROOF_FORMATS, ProofFormat
from openbadge_issuer.jsonld.canonical import canonicalize
from openbadge_issuer.jsonld.contexts import ContextLoader
from openbadge_issuer.signing.eddsa_rdfc_2022 import add_proof
from openbadge_issuer.signing.signer import Signer
from openbadge_issuer.signing.vc_jwt import sign_jwt


def proof_format(asked: ProofFormat | None, signer: Signer) -> ProofFormat:
    """Choose the proof: what was asked for, or what suits the key.

    Raises:
        IssuingError: ISSUE-PROOF, the key cannot make it, or there is no such proof.
    """
    own: ProofFormat = "eddsa-rdfc-2022" if signer.algorithm == "EdDSA" else "vc-jwt"
    if asked is None:
        return own
    if asked not in PROOF_FORMATS or (asked == "eddsa-rdfc-2022" and own != asked):
        raise IssuingError("ISSUE-PROOF", proof=asked, algorithm=signer.algorithm)
    return asked


def seal(
    document: JsonObject,
    signer: Signer,
    *,
    verification_method: str,
    proof: ProofFormat,
    moment: datetime,
    loader: ContextLoader,
) -> bytes:
    """Sign a credential, refusing whatever no context defines: JSON with its proof, or a compact JWS.

    Raises:
        CanonicalizationError: a member is defined by no context, so it would not be signed.
        OpenBadgeError: the document cannot be signed with this key.
    """
    if proof == "vc-jwt":
        canonicalize(
            document, loader=loader
        )  # a token would sign the member; readers of it would not know it
        return sign_jwt(document, signer, kid=verification_method).encode("ascii")
    signed = add_proof(
        document, signer, verification_method=verification_method, created=moment, loader=loader
    )
    return dump_json(signed)
