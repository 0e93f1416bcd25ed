"""Doing it: from an achievement and a recipient to a signed badge."""

from __future__ import annotations

from openbadge_issuer.assertions.recipient import Recipient
from openbadge_issuer.issuing.award import Award
from openbadge_issuer.issuing.issuer import Issuer
from openbadge_issuer.issuing.signed_badge import IssueFailure, SignedBadge, SignedClr, SignedEndorsement

__all__ = ["Award", "IssueFailure", "Issuer", "Recipient", "SignedBadge", "SignedClr", "SignedEndorsement"]
