"""The cryptosuite eddsa-jcs-2022: Ed25519 over the canonical JSON of a document and of its proof.

Source: Data Integrity EdDSA Cryptosuites 1.0, section 3.3 "eddsa-jcs-2022".
"""

from __future__ import annotations

from openbadge_issuer.signing.jcs_hash import JcsHash
from openbadge_issuer.signing.whole_document_suite import WholeDocumentSuite

EDDSA_JCS_2022 = WholeDocumentSuite(name="eddsa-jcs-2022", kinds=("Ed25519",), hashing=JcsHash())
"""The suite."""
