"""One template: from the values of one award to signed bytes."""

from __future__ import annotations

from datetime import datetime
from typing import Final

from openbadge_issuer.assertions.json_text import JsonObject
from openbadge_issuer.issuing.templates.filling import Filling, NotFixed
from openbadge_issuer.issuing.templates.marks import Marked
from openbadge_issuer.issuing.templates.secured import EmbeddedProof, Token
from openbadge_issuer.jsonld.compiled.pattern import CanonicalPattern
from openbadge_issuer.jsonld.contexts import PINNED
from openbadge_issuer.signing.cryptosuite import CRYPTOSUITES
from openbadge_issuer.signing.sealing import ProofFormat
from openbadge_issuer.signing.signer import Signer
from openbadge_issuer.signing.whole_document_suite import WholeDocumentSuite, hash_for

MAX_SLOTS = 256

MAX_CHARACTERS = 100_000
"""Of all values together: far from every limit of the plain way, in however many statements they stand."""


class Template:
    """What the badges of one shape share.

    Args:
        document: the finished credential of one award, without its proof.
        filling: the values that stand in it.
        proof: how the badges are secured.
        signer: a key like those that will sign.
        verification_method: the URL of the public key.

    Raises:
        NotFixed: it is not proven that the badges differ in their slots alone.
    """

    def __init__(
        self,
        document: JsonObject,
        filling: Filling,
        proof: ProofFormat,
        signer: Signer,
        verification_method: str,
    ) -> None:
        if len(filling.slots) > MAX_SLOTS:
            raise NotFixed
        marked = Marked(document, filling)
        digest = hash_for(signer.public_key)
        pattern = CanonicalPattern.of(marked.document, marked.in_statements, PINNED, digest)
        if pattern is None:
            raise NotFixed
        self._shared_iris: Final = pattern.iris
        if proof == "vc-jwt" or proof == "vc+jwt":  # noqa: PLR1714  # a type checker follows this form only
            self._secured: EmbeddedProof | Token = Token(document, marked, proof, signer, verification_method)
        else:
            suite = CRYPTOSUITES[proof]
            if not isinstance(suite, WholeDocumentSuite):
                raise NotFixed
            self._secured = EmbeddedProof(marked, pattern, suite, digest, verification_method)
        self._check(filling)
        if not self._secured.fits(document, filling):
            raise NotFixed

    def sign(self, filling: Filling, signer: Signer, moment: datetime) -> bytes:
        """Write and sign one badge.

        Args:
            filling: its values, in slots that equal those of the template.
            signer: the key.
            moment: now, in UTC and whole seconds.

        Raises:
            NotFixed: the values are not proven to give what the plain way gives.
            OpenBadgeError: the key does not sign.
        """
        self._check(filling)
        return self._secured.sign(filling, signer, moment)

    def _check(self, filling: Filling) -> None:
        """See that the values are within bounds, and that no two nodes become one."""
        iris = filling.iris
        if len(set(iris)) < len(iris) or not self._shared_iris.isdisjoint(iris):
            raise NotFixed
        if sum(map(len, filling.values)) > MAX_CHARACTERS:
            raise NotFixed
