"""How the values of a badge become signed bytes: with an embedded proof, or as a token."""

from __future__ import annotations

import hashlib
import secrets
from datetime import datetime
from typing import Final, Literal

from openbadge_issuer.assertions.json_text import JsonObject, dump_json
from openbadge_issuer.assertions.text_pattern import TextPattern
from openbadge_issuer.issuing.templates.filling import Filling, NotFixed
from openbadge_issuer.issuing.templates.marks import Marked
from openbadge_issuer.jsonld.canonical import canonicalize
from openbadge_issuer.jsonld.compiled.pattern import CanonicalPattern
from openbadge_issuer.jsonld.jcs import canonicalize_jcs
from openbadge_issuer.signing.data_integrity import Hash, ProofOptions
from openbadge_issuer.signing.multibase import encode_multibase
from openbadge_issuer.signing.signer import Signer, signature_by
from openbadge_issuer.signing.vc_jose_cose import CREDENTIAL_TYPE
from openbadge_issuer.signing.vc_jwt import signed_token, token_header
from openbadge_issuer.signing.vc_jwt_claims import claims_for, issued_claim, seconds_of
from openbadge_issuer.signing.whole_document_suite import WholeDocumentSuite

_MAX_MOMENTS = 64
_HASHES = {"sha256": hashlib.sha256, "sha384": hashlib.sha384}


class EmbeddedProof:
    """JSON with a proof in it.

    Args:
        marked: the credential with marks.
        pattern: its statements.
        suite: the suite.
        digest: what it hashes with, which depends on the key.
        verification_method: the URL of the public key.
    """

    def __init__(
        self,
        marked: Marked,
        pattern: CanonicalPattern,
        suite: WholeDocumentSuite,
        digest: Hash,
        verification_method: str,
    ) -> None:
        self._suite: Final = suite
        self._digest: Final[Hash] = digest
        self._hash: Final = _HASHES[digest]
        self._method: Final = verification_method
        self._context: Final[JsonObject] = {"@context": marked.document["@context"]}
        self._text: Final = TextPattern(dump_json(marked.document).decode()[:-1], marked.in_json)
        self._pattern: Final = pattern
        self._jcs: Final = (
            TextPattern(canonicalize_jcs(marked.document).decode(), marked.in_json)
            if suite.signs_undefined_members
            else None
        )
        self._proofs: Final[dict[datetime, tuple[str, bytes]]] = {}

    def sign(self, filling: Filling, signer: Signer, moment: datetime) -> bytes:
        """Fill in the values and sign; raises as `Template.sign`."""
        proof, of_options = self._proofs.get(moment) or self._proof(signer, moment)
        strings = filling.strings
        digest = self._hash(self._canonical(filling, strings)).digest()
        signature = encode_multibase(signature_by(signer, of_options + digest))
        return f'{self._text.filled(strings)},"proof":{proof},"proofValue":"{signature}"}}}}'.encode()

    def fits(self, document: JsonObject, filling: Filling) -> bool:
        """Tell whether the values give what the plain way gives for a document."""
        canonical = canonicalize(document, digest=self._digest)  # and no member is unknown
        plain = canonical if self._jcs is None else canonicalize_jcs(document)
        strings = filling.strings
        text = self._text.filled(strings) + "}"
        return text.encode() == dump_json(document) and self._canonical(filling, strings) == plain

    def _canonical(self, filling: Filling, strings: list[str]) -> bytes:
        if self._jcs is not None:
            return self._jcs.filled(strings).encode()
        nquads = self._pattern.nquads(filling.terms(strings))
        if nquads is None:
            raise NotFixed
        return nquads

    def _proof(self, signer: Signer, moment: datetime) -> tuple[str, bytes]:
        """Write the proof of a moment up to its last member, and hash it."""
        options = ProofOptions(verification_method=self._method, created=moment)
        proof, digest = self._suite.unsigned_proof(self._context, signer.public_key, options)
        if len(self._proofs) >= _MAX_MOMENTS:
            self._proofs.clear()
        found = dump_json(proof).decode()[:-1], digest
        self._proofs[moment] = found
        return found


class Token:
    """A compact JWS.

    Args:
        document: the credential.
        marked: the same with marks.
        form: `vc-jwt` with its claims, or `vc+jwt` with `iat` alone.
        signer: a key like those that will sign.
        verification_method: the URL of the public key.
    """

    def __init__(
        self,
        document: JsonObject,
        marked: Marked,
        form: Literal["vc-jwt", "vc+jwt"],
        signer: Signer,
        verification_method: str,
    ) -> None:
        self._form: Final = form
        typ, content = ("JWT", None) if form == "vc-jwt" else (CREDENTIAL_TYPE, "vc")
        header = token_header(signer, kid=verification_method, typ=typ, cty=content)
        self._header: Final = header.encode("ascii")
        begin, end, issued = (secrets.token_hex(16) for _ in range(3))
        claims: JsonObject = {}
        if form == "vc-jwt":
            claims = claims_for(document)
            claims |= {"jti": marked.mark_at("/id"), "nbf": begin}
            if "sub" in claims:
                claims["sub"] = marked.mark_at("/credentialSubject/id")
            if "exp" in claims:
                claims["exp"] = end
        payload = {**marked.document, **claims, "iat": issued}
        strings = marked.in_json
        dates = {f'"{mark}"': len(strings) + at for at, mark in enumerate((begin, end, issued))}
        self._payload: Final = TextPattern(dump_json(payload).decode(), strings | dates)

    def sign(self, filling: Filling, signer: Signer, moment: datetime) -> bytes:
        """Fill in the values and sign; raises as `Template.sign`."""
        return signed_token(self._header, self._body(filling, moment), signer)

    def fits(self, document: JsonObject, filling: Filling) -> bool:
        """Tell whether the values give what the plain way gives for a document."""
        canonicalize(document)  # no reader would know what no context defines
        issued = filling.begin  # any moment
        claims = claims_for(document, issued=issued) if self._form == "vc-jwt" else issued_claim(issued)
        return self._body(filling, issued) == dump_json({**document, **claims})

    def _body(self, filling: Filling, moment: datetime) -> bytes:
        period = filling.numeric_dates if self._form == "vc-jwt" else ("", "")
        return self._payload.filled([*filling.strings, *period, str(seconds_of(moment))]).encode()
