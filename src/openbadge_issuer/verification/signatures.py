"""What is found out about the signatures over one document, each thing once.

Several proofs share a hash, several keys may be tried, and a status list is asked again for the next badge.
Only what follows from the document, a key and contexts is kept: whether a key is the issuer's, and whether it
counts at the moment asked for, is judged each time.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Hashable
from typing import Final, TypeVar

from openbadge_issuer.assertions.json_text import JsonObject
from openbadge_issuer.errors import OpenBadgeError
from openbadge_issuer.jsonld.contexts import PINNED, ContextLoader
from openbadge_issuer.jsonld.undefined_member import UndefinedMember
from openbadge_issuer.signing.cryptosuite import Cryptosuite
from openbadge_issuer.signing.data_integrity import CanonicalHash
from openbadge_issuer.signing.public_key import PublicKey
from openbadge_issuer.signing.vc_jwt import VcJwt, verify_jwt
from openbadge_issuer.signing.whole_document_suite import WholeDocumentSuite, hash_for
from openbadge_issuer.verification.likeness import Likeness

MAX_KEPT: Final = 256
"""Sixteen proofs under sixteen contents of their contexts; more are only met in a life of many loaders."""

_Result = TypeVar("_Result")


class Signatures:
    """The hashes of a document, and which signatures over it hold."""

    def __init__(self, document: JsonObject, likeness: Likeness | None = None) -> None:
        self.document = document
        self._likeness = likeness
        self._hashes: dict[Hashable, CanonicalHash | OpenBadgeError] = {}
        self._proofs: dict[Hashable, tuple[UndefinedMember, ...] | OpenBadgeError] = {}
        self._tokens: dict[Hashable, OpenBadgeError | None] = {}

    def hash_under(
        self, loader: ContextLoader, suite: Cryptosuite, proof: JsonObject, key: PublicKey, *, pointer: str
    ) -> CanonicalHash:
        """Hash the document as a suite does; raises what `document_hash` of it raises."""
        return _once(
            self._hashes,
            (suite.name, suite.hash_scope(proof, key), loader),
            lambda: (
                self._hash_by_likeness(loader, suite, proof, key)
                or suite.document_hash(self.document, proof, key, loader=loader, pointer=pointer)
            ),
        )

    def _hash_by_likeness(
        self, loader: ContextLoader, suite: Cryptosuite, proof: JsonObject, key: PublicKey
    ) -> CanonicalHash | None:
        """Hash the document by what it has in common with another one, where that is its canonical form."""
        takes_rdf = isinstance(suite, WholeDocumentSuite) and suite.hashing.name == "rdfc"
        if self._likeness is None or loader is not PINNED or not takes_rdf or "previousProof" in proof:
            return None
        algorithm = hash_for(key)
        nquads = self._likeness.nquads(self.document, algorithm)
        return None if nquads is None else CanonicalHash(hashlib.new(algorithm, nquads).digest(), ())

    def check_proof(
        self,
        loader: ContextLoader,
        suite: Cryptosuite,
        proof: JsonObject,
        key: PublicKey,
        *,
        pointer: str,
        purpose: str,
        hashed: CanonicalHash,
    ) -> tuple[UndefinedMember, ...]:
        """Check the proof at `pointer`, and return the members outside it; raises what `verify` raises."""
        return _once(
            self._proofs,
            (pointer, purpose, loader, key.multibase),
            lambda: suite.verify(
                self.document,
                proof,
                key,
                loader=loader,
                pointer=pointer,
                purpose=purpose,
                document_hash=hashed,
            ),
        )

    def check_token(self, token: VcJwt, key: PublicKey) -> None:
        """Check the signature of the token around the document; raises what `verify_jwt` raises."""
        _once(self._tokens, (token.token, key.multibase, key.algorithms), lambda: verify_jwt(token, key))


def _once(
    known: dict[Hashable, _Result | OpenBadgeError], key: Hashable, make: Callable[[], _Result]
) -> _Result:
    """Return what was made before, or raise its error anew: a raised one carries its traceback."""
    if key not in known:
        if len(known) >= MAX_KEPT:
            known.clear()
        try:
            known[key] = made = make()
        except OpenBadgeError as error:
            known[key] = type(error)(error.code, error.pointer, **error.details)
            raise
        return made
    found = known[key]
    if isinstance(found, OpenBadgeError):
        raise type(found)(found.code, found.pointer, **found.details)
    return found
