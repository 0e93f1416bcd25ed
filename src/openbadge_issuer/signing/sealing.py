"""Signing a finished credential: which proofs a key can make, and the bytes that come out."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Literal, get_args

from openbadge_issuer.assertions.json_text import JsonObject, dump_json
from openbadge_issuer.errors import IssuingError
from openbadge_issuer.jsonld.canonical import canonicalize
from openbadge_issuer.jsonld.contexts import PINNED, ContextLoader
from openbadge_issuer.signing.cryptosuite import CRYPTOSUITES, add_proof
from openbadge_issuer.signing.data_integrity import ProofOptions
from openbadge_issuer.signing.ed25519_signature_2020 import CONTEXT, ED25519_SIGNATURE_2020
from openbadge_issuer.signing.signer import Signer
from openbadge_issuer.signing.vc_jose_cose import sign_vc_jose
from openbadge_issuer.signing.vc_jwt import sign_jwt

ProofFormat = Literal[
    "eddsa-rdfc-2022",
    "eddsa-jcs-2022",
    "ecdsa-rdfc-2019",
    "ecdsa-jcs-2019",
    "ecdsa-sd-2023",
    "Ed25519Signature2020",
    "vc-jwt",
    "vc+jwt",
]
"""The proofs that a credential can be issued with: a Data Integrity suite by its name, or a token."""

_TOKENS = {"vc-jwt": sign_jwt, "vc+jwt": sign_vc_jose}

PROOF_FORMATS: tuple[ProofFormat, ...] = get_args(ProofFormat)


def proof_format(asked: ProofFormat | None, signer: Signer) -> ProofFormat:
    """Choose the proof: what was asked for, or what suits the key (`eddsa-rdfc-2022`, else `vc-jwt`).

    Raises:
        IssuingError: ISSUE-PROOF, the key cannot make it, or there is no such proof.
    """
    kind = signer.public_key.kind
    if asked is None:
        return "eddsa-rdfc-2022" if kind == "Ed25519" else "vc-jwt"
    if asked not in _TOKENS and (asked not in CRYPTOSUITES or kind not in CRYPTOSUITES[asked].kinds):
        raise IssuingError("ISSUE-PROOF", proof=str(asked)[:80], algorithm=signer.algorithm)
    return asked


def contexts_for(proof: ProofFormat) -> tuple[str, ...]:
    """Name the contexts that a document needs for its proof, beside those of its data model."""
    return (CONTEXT,) if proof == ED25519_SIGNATURE_2020.name else ()


def seal(
    document: JsonObject,
    signer: Signer,
    *,
    verification_method: str,
    proof: ProofFormat,
    moment: datetime,
    loader: ContextLoader = PINNED,
) -> bytes:
    """Sign a credential, refusing whatever no context defines: JSON with its proof, or a compact JWS.

    Args:
        document: the credential; it is not changed.
        signer: a key that can make the proof.
        verification_method: the URL under which verifiers find the public key.
        proof: what `proof_format` gave.
        moment: when it is signed.
        loader: the contexts to read the document under.

    Raises:
        CanonicalizationError: a member is defined by no context, so it would not be signed or not be known.
        OpenBadgeError: the document cannot be signed with this key.
    """
    if proof in _TOKENS or CRYPTOSUITES[proof].signs_undefined_members:
        canonicalize(document, loader=loader)  # such a proof covers any member, but no reader would know it
    if proof in _TOKENS:
        token = _TOKENS[proof](document, signer, kid=verification_method, issued=_whole_seconds(moment))
        return token.encode("ascii")
    options = ProofOptions(verification_method=verification_method, created=_whole_seconds(moment))
    return dump_json(add_proof(document, signer, options, suite=CRYPTOSUITES[proof], loader=loader))


def _whole_seconds(moment: datetime) -> datetime:
    return moment.astimezone(UTC).replace(microsecond=0)
