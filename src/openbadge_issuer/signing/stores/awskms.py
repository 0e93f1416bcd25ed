"""`awskms:`: a key in AWS KMS, named by its id, its ARN or an alias; needs the extra `kms`.

The message is hashed here and only the digest leaves: KMS takes no more than 4,096 bytes. That is also why
Ed25519, which signs whole messages, is not used there. Whose account it is and where, boto3 finds as every
AWS program does: environment, configuration files, or the machine's role.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from types import MappingProxyType
from typing import Final, Protocol

from openbadge_issuer.errors import KeyMaterialError
from openbadge_issuer.signing.public_key import Algorithm
from openbadge_issuer.signing.signing_key import Secret
from openbadge_issuer.signing.stores.store_signer import (
    StoreSigner,
    chosen_algorithm,
    prehashed,
    public_key_from_der,
    raw_ecdsa,
)

STORE: Final = "AWS KMS"

_KEY_ID = re.compile(r"[A-Za-z0-9:/_-]{1,2048}", re.ASCII)
_ARN = re.compile(r"arn:[a-z-]+:kms:([a-z0-9-]+):\d{12}:(?:key|alias)/.+", re.ASCII)
_PLACE = re.compile(r"([^?]*)(?:\?alg=([A-Z0-9]{1,12}))?", re.ASCII)
_ALGORITHMS: Mapping[Algorithm, str] = MappingProxyType(
    {
        "ES256": "ECDSA_SHA_256",
        "ES384": "ECDSA_SHA_384",
        "RS256": "RSASSA_PKCS1_V1_5_SHA_256",
        "PS256": "RSASSA_PSS_SHA_256",  # with a salt as long as the hash, as JOSE has it
    }
)
"""How KMS calls what keys are asked for."""
_CONNECT_SECONDS, _READ_SECONDS, _ATTEMPTS = 5, 10, 3
_DENIED = frozenset({"AccessDeniedException", "UnrecognizedClientException", "InvalidSignatureException"})
_MISSING = frozenset({"NotFoundException", "InvalidArnException"})


class KmsClient(Protocol):
    """The two calls of a boto3 KMS client that are made."""

    def get_public_key(self, *, KeyId: str) -> Mapping[str, object]:  # noqa: N803  # boto3's own name
        """Return the public half of a key and its facts."""

    def sign(
        self,
        *,
        KeyId: str,  # noqa: N803  # boto3's own name
        Message: bytes,  # noqa: N803  # the same
        MessageType: str,  # noqa: N803  # the same
        SigningAlgorithm: str,  # noqa: N803  # the same
    ) -> Mapping[str, object]:
        """Sign a digest."""


def open_signer(place: str, secret: Secret | None, *, client: KmsClient | None = None) -> StoreSigner:
    """Open a key in AWS KMS; its public half is fetched once, here.

    Args:
        place: a key id, `alias/NAME`, or an ARN, which also names the region; behind it `?alg=PS256` if an
            RSA key is to sign so.
        secret: not used; AWS has ways of its own to say who asks.
        client: a boto3 KMS client, for programs that configure their own.

    Raises:
        KeyMaterialError: `STORE-EXTRA`, `STORE-URI`, `STORE-NO-KEY`, `STORE-KEY-KIND` (Ed25519 is
            one), `STORE-DENIED` or `STORE-UNAVAILABLE`.
    """
    del secret
    match = _PLACE.fullmatch(place.removeprefix("///"))
    key_id, named = match.groups() if match is not None else ("", None)
    if not _KEY_ID.fullmatch(key_id):
        raise KeyMaterialError("STORE-URI", store=STORE, name="key")
    arn = _ARN.fullmatch(key_id)
    asked = client or _client(arn[1] if arn else None)
    with _answering():
        facts = asked.get_public_key(KeyId=key_id)
    public_key = public_key_from_der(facts.get("PublicKey"), store=STORE)
    if public_key.algorithm not in _ALGORITHMS or facts.get("KeyUsage") != "SIGN_VERIFY":
        found = f"{public_key.kind} ({facts.get('KeyUsage')})"
        raise KeyMaterialError("STORE-KEY-KIND", store=STORE, found=found)
    algorithm = chosen_algorithm(named, public_key, store=STORE)

    def sign(message: bytes) -> bytes:
        with _answering():
            answer = asked.sign(
                KeyId=key_id,
                Message=prehashed(message, algorithm),
                MessageType="DIGEST",
                SigningAlgorithm=_ALGORITHMS[algorithm],
            )
        signature = answer.get("Signature")
        if not isinstance(signature, bytes):
            raise KeyMaterialError("STORE-ANSWER", store=STORE)
        return signature if public_key.kind == "RSA" else raw_ecdsa(signature, public_key.kind, store=STORE)

    return StoreSigner(public_key, store=STORE, sign=sign, algorithm=algorithm)


def _client(region: str | None) -> KmsClient:
    with _answering():
        import boto3  # noqa: PLC0415  # an extra
        from botocore.config import Config  # noqa: PLC0415  # the same

        config = Config(
            connect_timeout=_CONNECT_SECONDS,
            read_timeout=_READ_SECONDS,
            retries={"max_attempts": _ATTEMPTS, "mode": "standard"},
        )
        client: KmsClient = boto3.client("kms", region_name=region, config=config)
    return client


@contextmanager
def _answering() -> Iterator[None]:
    """Turn what boto3 raises into errors of ours; only the name of the fault is kept."""
    try:
        from botocore.exceptions import BotoCoreError, ClientError  # noqa: PLC0415  # an extra
    except ImportError as error:
        raise KeyMaterialError("STORE-EXTRA", store=STORE, extra="kms") from error
    try:
        yield
    except ClientError as error:
        name = str(error.response.get("Error", {}).get("Code", "ClientError"))[:60]
        if name in _MISSING:
            raise KeyMaterialError("STORE-NO-KEY", store=STORE) from error
        code = "STORE-DENIED" if name in _DENIED else "STORE-UNAVAILABLE"
        raise KeyMaterialError(code, store=STORE, problem=name) from error
    except BotoCoreError as error:
        raise KeyMaterialError("STORE-UNAVAILABLE", store=STORE, problem=type(error).__name__) from error
