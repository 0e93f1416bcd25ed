"""Every proof against the bare signature of its algorithm: issuing, and verifying with a full report."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from itertools import count, cycle

from cryptography.hazmat.primitives.asymmetric import ec, padding, rsa
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.hashes import SHA256, SHA384

from badges import LIST_URL, NOW, POOL, STATUS_BITS, WarmJob, issuer_with, issuing
from openbadge_issuer import SigningKey, StatusList, VerificationReport, verify
from openbadge_issuer.assertions.json_text import dump_json, parse_json_object
from openbadge_issuer.signing.cryptosuite import CRYPTOSUITES
from openbadge_issuer.signing.data_integrity import proof_value, proofs_of
from openbadge_issuer.signing.ecdsa_sd_2023 import ECDSA_SD_2023
from openbadge_issuer.signing.ecdsa_sd_proof_value import MAX_PROOF_VALUE_CHARS, parse_value
from openbadge_issuer.signing.public_key import Algorithm
from openbadge_issuer.signing.sd_jwt_vc import sign_vc_sd_jwt
from openbadge_issuer.signing.sealing import PROOF_FORMATS, ProofFormat
from openbadge_issuer.signing.vc_jwt import parse_jwt

RSA_BITS = 3072
"""What the library makes unless told otherwise."""

_RSA = rsa.generate_private_key(65537, RSA_BITS)
_PRIVATE: dict[Algorithm, Ed25519PrivateKey | ec.EllipticCurvePrivateKey | rsa.RSAPrivateKey] = {
    "EdDSA": Ed25519PrivateKey.generate(),
    "ES256": ec.generate_private_key(ec.SECP256R1()),
    "ES384": ec.generate_private_key(ec.SECP384R1()),
    "RS256": _RSA,
    "PS256": _RSA,
}
_HOW: dict[Algorithm, tuple[object, ...]] = {
    "EdDSA": (),
    "ES256": (ec.ECDSA(SHA256()),),
    "ES384": (ec.ECDSA(SHA384()),),
    "RS256": (padding.PKCS1v15(), SHA256()),
    "PS256": (padding.PSS(padding.MGF1(SHA256()), SHA256.digest_size), SHA256()),
}
"""What `cryptography` is told for each algorithm, beside the message."""
_MESSAGE = bytes(64)  # two hashes, which is what most suites sign

_SELECTIVE, _SD_JWT = "ecdsa-sd-2023", "vc+sd-jwt"
_SHOWN = ("/name", "/credentialSubject")
_CONCEALED = ("/name", "/credentialSubject/achievement/criteria/narrative")


@dataclass(frozen=True)
class Proof:
    """A suite or a token, and the algorithm of a key that it takes; and the names of their jobs."""

    name: str
    algorithm: Algorithm

    @property
    def bare_sign(self) -> str:
        """The signature alone."""
        return f"bare {self.algorithm} sign"

    @property
    def bare_verify(self) -> str:
        """The check of the signature alone."""
        return f"bare {self.algorithm} verify"

    @property
    def issue(self) -> str:
        """Issuing a badge, to bytes."""
        return f"issue, {self.name}, {self.algorithm}"

    @property
    def verify(self) -> str:
        """Verifying a badge, to a full report."""
        return f"verify, {self.name}, {self.algorithm}"

    @property
    def key(self) -> SigningKey:
        """The key of the algorithm, the same for all proofs."""
        return SigningKey(_PRIVATE[self.algorithm], algorithm=self.algorithm)


def _proofs() -> tuple[Proof, ...]:
    possible = [Proof(name, algorithm) for name in PROOF_FORMATS for algorithm in _HOW]
    return (
        *(one for one in possible if _takes(one.name, one.key)),
        Proof(_SD_JWT, "ES256"),
    )


def _takes(name: str, key: SigningKey) -> bool:
    return name not in CRYPTOSUITES or key.public_key.kind in CRYPTOSUITES[name].kinds


PROOFS = _proofs()
"""Every suite and token with every algorithm that it takes."""


def algorithm_jobs() -> list[WarmJob]:
    """List what each algorithm takes: its bare signature, and right behind it the proofs that use it.

    EdDSA is the last, so that all else that uses it can follow.
    """
    return [
        job
        for algorithm in reversed(_HOW)
        for job in (*_bare(Proof("", algorithm)), *_derive(algorithm), *_proof_jobs(algorithm))
    ]


def _bare(proof: Proof) -> list[WarmJob]:
    private, how = _PRIVATE[proof.algorithm], _HOW[proof.algorithm]
    sign: Callable[..., bytes] = private.sign
    check: Callable[..., None] = private.public_key().verify
    signature = sign(_MESSAGE, *how)
    return [
        (proof.bare_sign, partial(sign, _MESSAGE, *how), ()),
        (proof.bare_verify, partial(check, signature, _MESSAGE, *how), ()),
    ]


def _proof_jobs(algorithm: Algorithm) -> list[WarmJob]:
    return [job for proof in PROOFS if proof.algorithm == algorithm for job in _both(proof)]


def _both(proof: Proof) -> list[WarmJob]:
    numbers = count()
    issue = _issuing(proof)
    pool = cycle([_shown(proof, issue(number)) for number in range(POOL)])

    def full() -> VerificationReport:
        return verify(next(pool), now=NOW)

    report = full()
    assert report.verdicts["integrity"] == "passed", str(report)
    return [
        (proof.issue, lambda: issue(next(numbers)), [proof.bare_sign]),
        (proof.verify, full, [proof.bare_verify]),
    ]


def _issuing(proof: Proof) -> Callable[[int], bytes]:
    key = proof.key
    status = StatusList.create(LIST_URL, issuer=key.did_key, size=STATUS_BITS)
    if proof.name != _SD_JWT:
        return issuing(issuer_with(key), status, _format(proof.name))
    kid = key.public_key.verification_method
    plain = [issuing(issuer_with(key), status, "vc+jwt")(number) for number in range(POOL)]
    credentials = cycle([parse_jwt(token).payload for token in plain])
    return lambda _: sign_vc_sd_jwt(next(credentials), key, kid=kid, disclosable=_CONCEALED).encode()


def _format(name: str) -> ProofFormat:
    return next(one for one in PROOF_FORMATS if one == name)


def _shown(proof: Proof, badge: bytes) -> bytes:
    """Let the holder show a badge whose proof is for the holder only."""
    if proof.name != _SELECTIVE:
        return badge
    return dump_json(ECDSA_SD_2023.derive(parse_json_object(badge), _SHOWN))


def _derive(algorithm: Algorithm) -> list[WarmJob]:
    """Show the whole subject of a badge with a base proof."""
    proof = Proof(_SELECTIVE, algorithm)
    if proof not in PROOFS:
        return []
    issue = _issuing(proof)
    pool = cycle([parse_json_object(issue(number)) for number in range(POOL)])
    return [("derive, ecdsa-sd-2023", lambda: ECDSA_SD_2023.derive(next(pool), _SHOWN), [proof.bare_sign])]


def withheld_statements() -> int:
    """Count the statements of the badge that ecdsa-sd-2023 signs each by itself."""
    badge = parse_json_object(_issuing(Proof(_SELECTIVE, "ES256"))(0))
    [proof] = proofs_of(badge)
    assert isinstance(proof, dict)
    data = proof_value(proof, base="u", max_chars=MAX_PROOF_VALUE_CHARS)
    return len(parse_value(data, pointer="").signatures)
