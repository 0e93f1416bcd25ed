"""Was it signed, by the issuer's key, and does the signature cover everything that is shown?"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import islice

from openbadge_issuer.assertions.json_text import JsonObject, JsonValue
from openbadge_issuer.assertions.moments import parse_date_time
from openbadge_issuer.errors import (
    KeyMaterialError,
    LimitError,
    OpenBadgeError,
    ResolutionError,
    SignatureError,
    UnsupportedError,
)
from openbadge_issuer.resolution.verification_method import Purpose, VerificationKey
from openbadge_issuer.signing.data_integrity import previous_proofs, proofs_of
from openbadge_issuer.signing.vc_jose_cose import check_vc_jose, is_vc_jose
from openbadge_issuer.signing.vc_jwt import VcJwt, check_claims
from openbadge_issuer.verification.certified_keys import certified_instead, certify
from openbadge_issuer.verification.dates import claimed_date
from openbadge_issuer.verification.embedded_proof import EmbeddedProof
from openbadge_issuer.verification.keys import judge_key, key_not_found, pinned_keys
from openbadge_issuer.verification.report import MAX_ALIKE, Finding, KeyUsed, broken, finding, finding_of
from openbadge_issuer.verification.settings import Settings
from openbadge_issuer.verification.signatures import Signatures
from openbadge_issuer.verification.subject import Subject
from openbadge_issuer.verification.token_dates import token_dates
from openbadge_issuer.verification.token_remarks import token_remarks
from openbadge_issuer.verification.unsigned import HIDING, hiding_keywords, without

MAX_PROOFS = 16
"""Each proof can cost a fetch and a canonicalization; published proof sets have two."""


@dataclass(frozen=True, slots=True)
class ProofResult:
    """What the proofs show.

    Attributes:
        findings: what was found.
        signed: the credential without the members that no signature covers; later checks use only this.
        key: the key that signed, if one did.
        token: the token around the credential, if it is secured by one.
        annulments: where the document of the key's owner leads for annulled badges.
    """

    findings: tuple[Finding, ...]
    signed: JsonObject
    key: KeyUsed | None = None
    token: VcJwt | None = None
    annulments: str | None = None


def check_proofs(
    subject: Subject, *, issuer: str, settings: Settings, purpose: Purpose = "assertionMethod"
) -> ProofResult:
    """Check the token, or every embedded proof.

    One proof that holds is enough (Open Badges 3.0, "Proofs"), so one of an unknown kind beside it is no
    more than a remark, and so is one that somebody else made; neither shows anything. But a proof that can be
    checked and does not hold is never passed over: somebody changed something.
    """
    if subject.jwt is not None:
        return _check_token(subject, subject.jwt, issuer=issuer, settings=settings)
    listed = _proofs(subject.document.get("proof"))
    if not listed:
        return ProofResult((finding("PROOF-MISSING", "failed"),), subject.document)
    if len(listed) > MAX_PROOFS:
        return ProofResult(
            (finding("PROOF-TOO-MANY", "undetermined", "/proof", limit=MAX_PROOFS),), subject.document
        )
    findings = list(_inline_contexts(subject.document))
    if not subject.outline.lacks(HIDING):
        findings += [
            finding("JSONLD-KEYWORD", "failed", place, name=name)
            for place, name in islice(hiding_keywords(subject.document), MAX_ALIKE)
        ]
    checked: list[EmbeddedProof] = []
    for place, proof in listed:
        if isinstance(proof, dict):
            one = EmbeddedProof(subject.signatures, proof, place, issuer, settings, purpose)
            one.check()
            checked.append(one)
        else:
            findings.append(finding("PROOF-MISSING", "failed", place))
    _check_chains(subject.document, checked)
    return _together(subject.document, findings, checked)


def _together(document: JsonObject, findings: list[Finding], checked: Sequence[EmbeddedProof]) -> ProofResult:
    """Say what several proofs show together."""
    one_holds = any(one.supported and one.holds for one in checked)
    unsigned: dict[str, str] = {}
    key, annulments = None, None
    for one in checked:
        unsigned |= {member.pointer: member.name for member in one.unsigned}
        if one_holds and (not one.supported or one.is_anothers):
            findings += map(_remark, one.findings)
            continue
        findings += one.findings
        key = key or one.key
        annulments = annulments or one.annulments
    findings += [
        finding("PROOF-UNSIGNED-MEMBER", "failed", place, name=name)
        for place, name in islice(unsigned.items(), MAX_ALIKE)
    ]
    return ProofResult(tuple(findings), without(document, tuple(unsigned)), key, None, annulments)


def _check_chains(document: JsonObject, checked: list[EmbeddedProof]) -> None:
    """See that a proof of a chain is believed only with those that it builds on (Data Integrity, 2.1.2)."""
    if not any("previousProof" in one.proof for one in checked):
        return
    everything = proofs_of(document)
    by_position = {id(one.proof): one for one in checked}
    for _ in checked:  # a chain is no longer than there are proofs; each round passes a failure one link on
        for one in checked:
            if "previousProof" not in one.proof or not one.holds:
                continue
            for position in previous_proofs(document, one.proof, pointer=one.place):
                before = by_position.get(id(everything[position]))
                if before is None or not before.holds:
                    place = f"{one.place}/previousProof"
                    name = str(one.proof["previousProof"])[:80]
                    one.findings.append(finding("PROOF-PREVIOUS-FAILED", "failed", place, id=name))


def _proofs(value: JsonValue) -> list[tuple[str, JsonValue]]:
    if value is None:
        return []
    if isinstance(value, list):
        return [(f"/proof/{position}", proof) for position, proof in enumerate(value)]
    return [("/proof", value)]


def _inline_contexts(document: JsonObject) -> list[Finding]:
    """Remark on contexts that the document brings along: their unused parts can change under a signature."""
    contexts = document.get("@context")
    items = contexts if isinstance(contexts, list) else [contexts]
    return [
        finding("CONTEXT-VOCAB" if "@vocab" in item else "CONTEXT-INLINE", "failed", f"/@context/{position}")
        for position, item in enumerate(items)
        if isinstance(item, dict)
    ]


def _remark(found: Finding) -> Finding:
    return Finding(found.code, found.outcome, found.pointer, "warning", found.verdict, found.details)


def _check_token(subject: Subject, token: VcJwt, *, issuer: str, settings: Settings) -> ProofResult:
    problems = check_vc_jose(token) if is_vc_jose(token) else check_claims(token)
    findings = [broken(problem.code, problem.pointer, problem.details) for problem in problems]
    if is_vc_jose(token):
        findings += token_dates(token, settings)
    findings += token_remarks(token, subject.outline, settings)
    signed = check_token_signature(
        token,
        issuer=issuer,
        signed_at=signing_moment(token),
        settings=settings,
        signatures=subject.signatures,
    )
    return ProofResult((*findings, *signed.findings), subject.document, signed.key, token, signed.annulments)


def check_token_signature(
    token: VcJwt,
    *,
    issuer: str,
    signed_at: datetime | None,
    settings: Settings,
    purpose: Purpose = "assertionMethod",
    metadata: bool = False,
    signatures: Signatures | None = None,
) -> ProofResult:
    """Check by whom a token is signed, without a look at its claims.

    Args:
        token: the token.
        issuer: who should have signed it.
        signed_at: when it was signed; None if it does not say.
        settings: the arguments of the verification.
        purpose: what its key must be for.
        metadata: whether the issuer's keys may stand in its metadata, as for SD-JWT VCs.
        signatures: what is known of its signature already.
    """
    signatures = signatures or Signatures(token.credential)
    document, findings = token.credential, list[Finding]()
    try:
        found = settings.token_key(token.header, issuer=issuer, purpose=purpose, metadata=metadata)
        keys: tuple[VerificationKey, ...] = (found,)
    except (ResolutionError, UnsupportedError, KeyMaterialError) as error:
        keys = pinned_keys(error, token.kid or "", issuer=issuer, settings=settings) or certified_instead(
            error, token, issuer=issuer, settings=settings, purpose=purpose
        )
        if not keys:
            return ProofResult((key_not_found(error, ""),), document, token=token)
    found = (
        keys[0] if len(keys) == 1 else next((key for key in keys if _fits(signatures, token, key)), keys[0])
    )
    found, remarks = certify(found, token, issuer=issuer, settings=settings)
    try:
        signatures.check_token(token, found.key)
    except (SignatureError, KeyMaterialError) as error:
        findings.append(finding_of(error, "failed", verdict="integrity", severity="error"))
    except (UnsupportedError, LimitError) as error:
        findings.append(finding_of(error, "undetermined", verdict="integrity", severity="error"))
    else:
        findings.append(finding("PROOF-SIGNATURE", "passed"))
    judged = judge_key(found, token, issuer=issuer, signed_at=signed_at, settings=settings, pointer="")
    return ProofResult(
        (*findings, *judged.findings, *remarks), document, judged.used, token, judged.annulments
    )


def _fits(signatures: Signatures, token: VcJwt, found: VerificationKey) -> bool:
    try:
        signatures.check_token(token, found.key)
    except OpenBadgeError:
        return False
    return True


def signing_moment(token: VcJwt) -> datetime | None:
    """Return the moment that a token names for its signature; None if it names none.

    That is `iat` (RFC 7519, section 4.1.6). A token without it is taken to be made when it begins to count,
    at `nbf` or at the beginning of the credential. A key that was retired by then cannot have made it.
    """
    for claim in ("iat", "nbf"):
        moment = claimed_date(token, claim)
        if moment is not None:
            return moment
    for name in ("validFrom", "issuanceDate"):
        text = token.credential.get(name)
        if isinstance(text, str):
            try:
                return parse_date_time(text)
            except ValueError:
                return None
    return None
