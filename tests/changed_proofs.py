"""Changes to a signed credential, in every kind of place: claims, signature, header, key.

None of them makes a new signature, so nothing changed may verify anywhere.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache
from typing import TypeAlias

from openbadge_issuer.assertions.json_text import JsonObject, JsonValue, dump_json, parse_json_object
from openbadge_issuer.signing.base64url import decode_base64url, encode_base64url
from openbadge_issuer.signing.public_key import KeyKind, PublicKey
from openbadge_issuer.signing.sd_jwt import Disclosure
from openbadge_issuer.signing.signing_key import SigningKey


@dataclass(frozen=True)
class Strangers:
    """Keys that signed nothing: one of the signer's kind, and one of another kind."""

    alike: PublicKey
    unlike: PublicKey

    @classmethod
    def to(cls, kind: KeyKind) -> Strangers:
        """Give the strangers to a key of some kind."""
        return cls(_stranger(kind), _stranger("P-256" if kind == "Ed25519" else "Ed25519"))


Change: TypeAlias = "Callable[[JsonObject, Strangers], JsonObject]"
TokenChange: TypeAlias = "Callable[[str, Strangers], str]"


@cache
def _stranger(kind: KeyKind) -> PublicKey:
    return SigningKey.generate(kind, rsa_bits=2048).public_key


def proof_of(document: JsonObject) -> JsonObject:
    """Give the only proof of a document."""
    proof = document["proof"]
    assert isinstance(proof, dict)
    return proof


def _issuer(document: JsonObject, **members: JsonValue) -> JsonObject:
    issuer = document["issuer"]
    assert isinstance(issuer, dict)
    return {**document, "issuer": {**issuer, **members}}


def _proof(document: JsonObject, **members: JsonValue) -> JsonObject:
    return {**document, "proof": {**proof_of(document), **members}}


def _unnamed(document: JsonObject) -> JsonObject:
    issuer = document["issuer"]
    assert isinstance(issuer, dict)
    return {**document, "issuer": {name: value for name, value in issuer.items() if name != "name"}}


def _other_letter(text: str, place: int) -> str:
    return text[:place] + ("A" if text[place] != "A" else "B") + text[place + 1 :]


def _value(document: JsonObject, change: Callable[[str], str]) -> JsonObject:
    return _proof(document, proofValue=change(str(proof_of(document)["proofValue"])))


_OTHER_SUITE = {
    "eddsa-rdfc-2022": "eddsa-jcs-2022",
    "eddsa-jcs-2022": "eddsa-rdfc-2022",
    "ecdsa-rdfc-2019": "ecdsa-jcs-2019",
    "ecdsa-jcs-2019": "ecdsa-rdfc-2019",
    "ecdsa-sd-2023": "ecdsa-rdfc-2019",
}


def _other_suite(document: JsonObject) -> JsonObject:
    """Name a suite for the same key; Ed25519Signature2020 is computed as eddsa-rdfc-2022 is."""
    name = _OTHER_SUITE.get(str(proof_of(document).get("cryptosuite")), "eddsa-rdfc-2022")
    return _proof(document, type="DataIntegrityProof", cryptosuite=name)


EMBEDDED: Mapping[str, Change] = {
    "claim changed": lambda document, _: _issuer(document, name="Breakthrougj"),
    "claim left out": lambda document, _: _unnamed(document),
    "claim added": lambda document, _: {**document, "description": "Awarded with distinction."},
    "undefined claim added": lambda document, _: {**document, "distinction": True},
    "issuer changed": lambda document, strangers: _issuer(document, id=strangers.alike.did_key),
    "signature changed": lambda document, _: _value(document, lambda value: _other_letter(value, 20)),
    "signature cut short": lambda document, _: _value(document, lambda value: value[:-4]),
    "time of signing changed": lambda document, _: _proof(document, created="2026-02-01T12:00:00Z"),
    "purpose changed": lambda document, _: _proof(document, proofPurpose="authentication"),
    "suite changed": lambda document, _: _other_suite(document),
    "suite unknown": lambda document, _: _proof(
        document, type="DataIntegrityProof", cryptosuite="eddsa-rdfc-2099"
    ),
    "key changed": lambda document, strangers: _proof(
        document, verificationMethod=strangers.alike.verification_method
    ),
    "key of another kind": lambda document, strangers: _proof(
        document, verificationMethod=strangers.unlike.verification_method
    ),
    "issuer and key changed": lambda document, strangers: _proof(
        _issuer(document, id=strangers.alike.did_key), verificationMethod=strangers.alike.verification_method
    ),
    "proof left out": lambda document, _: {
        name: value for name, value in document.items() if name != "proof"
    },
}
"""Changes to a document with an embedded proof, by an issuer with a name."""


@dataclass(frozen=True)
class _Parts:
    """A compact JWS, taken apart."""

    header: JsonObject
    payload: JsonObject
    signature: str

    @classmethod
    def of(cls, token: str) -> _Parts:
        header, payload, signature = token.split(".")
        return cls(
            parse_json_object(decode_base64url(header)),
            parse_json_object(decode_base64url(payload)),
            signature,
        )

    def with_header(self, **members: JsonValue) -> str:
        return _Parts({**self.header, **members}, self.payload, self.signature).token

    def with_payload(self, change: Callable[[JsonObject], JsonObject]) -> str:
        return _Parts(self.header, change(self.payload), self.signature).token

    @property
    def token(self) -> str:
        parts = (encode_base64url(dump_json(part)) for part in (self.header, self.payload))
        return ".".join((*parts, self.signature))


def _cut_short(token: str) -> str:
    signed, dot, signature = token.rpartition(".")
    return signed + dot + encode_base64url(decode_base64url(signature)[:-1])


_OTHER_ALGORITHM = {"RS256": "PS256", "PS256": "RS256", "EdDSA": "Ed25519", "Ed25519": "EdDSA"}
"""What the same key takes too; a key of an elliptic curve has one algorithm."""


def _other_algorithm(parts: _Parts, strangers: Strangers) -> str:
    return parts.with_header(alg=_OTHER_ALGORITHM.get(str(parts.header["alg"]), strangers.unlike.algorithm))


def _issued_by(parts: _Parts, key: PublicKey) -> _Parts:
    claims: JsonObject = {"iss": key.did_key} if "iss" in parts.payload else {}
    payload = _issuer({**parts.payload, **claims}, id=key.did_key)
    return _Parts({**parts.header, "kid": key.verification_method}, payload, parts.signature)


TOKEN: Mapping[str, TokenChange] = {
    "claim changed": lambda token, _: _Parts.of(token).with_payload(
        lambda payload: _issuer(payload, name="Breakthrougj")
    ),
    "claim left out": lambda token, _: _Parts.of(token).with_payload(_unnamed),
    "claim added": lambda token, _: _Parts.of(token).with_payload(
        lambda payload: {**payload, "description": "Awarded with distinction."}
    ),
    "signature changed": lambda token, _: _other_letter(token, token.rindex(".") + 20),
    "signature cut short": lambda token, _: _cut_short(token),
    "signature left out": lambda token, _: token[: token.rindex(".") + 1],
    "algorithm none": lambda token, _: _Parts.of(token).with_header(alg="none"),
    "algorithm changed": lambda token, strangers: _other_algorithm(_Parts.of(token), strangers),
    "algorithm of another key": lambda token, strangers: _Parts.of(token).with_header(
        alg=strangers.unlike.algorithm
    ),
    "type changed": lambda token, _: _Parts.of(token).with_header(typ="vc+ld+jwt"),
    "header added": lambda token, _: _Parts.of(token).with_header(jku="https://badges.example/keys"),
    "key changed": lambda token, strangers: _Parts.of(token).with_header(
        kid=strangers.alike.verification_method
    ),
    "key of another kind": lambda token, strangers: _Parts.of(token).with_header(
        kid=strangers.unlike.verification_method
    ),
    "issuer and key changed": lambda token, strangers: _issued_by(_Parts.of(token), strangers.alike).token,
}
"""Changes to a compact JWS whose payload is a credential, by an issuer with a name."""


def _undisclosed(change: TokenChange) -> TokenChange:
    """Apply a change to the signed part of an SD-JWT."""

    def changed(token: str, strangers: Strangers) -> str:
        signed, tilde, disclosures = token.partition("~")
        return change(signed, strangers) + tilde + disclosures

    return changed


def _redisclosed(token: str) -> str:
    signed, first, *others = token.split("~")
    shown = Disclosure.parse(first, position=1)
    changed = Disclosure.of("Breakthrougj", salt=shown.salt, name=shown.name)
    return "~".join((signed, changed.text, *others))


DISCLOSED: Mapping[str, TokenChange] = {
    "disclosure changed": lambda token, _: _redisclosed(token),
    "disclosure twice": lambda token, _: token + token.split("~")[1] + "~",
    "disclosure added": lambda token, _: (
        token + Disclosure.of("x", salt="salt", name="description").text + "~"
    ),
}
"""Changes to the disclosures of an SD-JWT, which has at least one."""

SIGNED_PART: Mapping[str, TokenChange] = {name: _undisclosed(change) for name, change in TOKEN.items()}
"""Changes to the signed part of an SD-JWT."""
