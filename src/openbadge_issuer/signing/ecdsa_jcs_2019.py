"""The cryptosuite ecdsa-jcs-2019: P-256 or P-384 over the canonical JSON of a document and of its proof.

With P-384 everything is hashed with SHA-384.
Source: Data Integrity ECDSA Cryptosuites 1.0, section 3.3 "ecdsa-jcs-2019".
"""

from __future__ import annotations

from openbadge_issuer.signing.jcs_hash import JcsHash
from openbadge_issuer.signing.whole_document_suite import WholeDocumentSuite

ECDSA_JCS_2019 = WholeDocumentSuite(name="ecdsa-jcs-2019", kinds=("P-256", "P-384"), hashing=JcsHash())
"""The suite."""
