"""The proof type Ed25519Signature2020, which eddsa-rdfc-2022 replaced; some wallets still know no other.

It is computed as eddsa-rdfc-2022 is. Its words are not in the contexts of the credential data models, so a
document must also name `CONTEXT`. Source: Data Integrity EdDSA Cryptosuites 1.0, appendix
"The Ed25519Signature2020 Suite".
"""

from __future__ import annotations

from openbadge_issuer.signing.rdf_hash import RdfHash
from openbadge_issuer.signing.whole_document_suite import WholeDocumentSuite

CONTEXT = "https://w3id.org/security/suites/ed25519-2020/v1"
"""The context that defines the proof; an issuer adds it to the document before signing."""

ED25519_SIGNATURE_2020 = WholeDocumentSuite(
    name="Ed25519Signature2020",
    proof_type="Ed25519Signature2020",
    kinds=("Ed25519",),
    hashing=RdfHash(),
    needs_created=True,
)
"""The suite."""
