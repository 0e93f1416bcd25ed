"""The cryptosuite eddsa-rdfc-2022: Ed25519 over the canonical RDF of a document and of its proof.

What is signed is SHA-256(canonical proof options) followed by SHA-256(canonical document), where the
document lacks its `proof`, and the proof options are the proof without `proofValue`, read under the
document's `@context`. Source: Data Integrity EdDSA Cryptosuites 1.0, section 3.2 "eddsa-rdfc-2022".
"""

from __future__ import annotations

from openbadge_issuer.signing.rdf_hash import RdfHash
from openbadge_issuer.signing.whole_document_suite import WholeDocumentSuite

EDDSA_RDFC_2022 = WholeDocumentSuite(
    name="eddsa-rdfc-2022",
    kinds=("Ed25519",),
    hashing=RdfHash(),
    read_as=frozenset({"eddsa-2022", "eddsa-rdf-2022"}),
)
"""The suite that certification requires.

It is also found under a draft's name and a misspelling of the badge specification. They are read, since the
name is signed like any other member, and never written; a report says so.
"""
