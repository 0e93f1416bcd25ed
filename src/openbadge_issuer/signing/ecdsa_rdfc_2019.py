"""The cryptosuite ecdsa-rdfc-2019: P-256 or P-384 over the canonical RDF of a document and of its proof.

With P-384 everything is hashed with SHA-384, the labels of blank nodes included.
Source: Data Integrity ECDSA Cryptosuites 1.0, section 3.2 "ecdsa-rdfc-2019".
"""

from __future__ import annotations

from openbadge_issuer.signing.rdf_hash import RdfHash
from openbadge_issuer.signing.whole_document_suite import WholeDocumentSuite

ECDSA_RDFC_2019 = WholeDocumentSuite(name="ecdsa-rdfc-2019", kinds=("P-256", "P-384"), hashing=RdfHash())
"""The suite."""
