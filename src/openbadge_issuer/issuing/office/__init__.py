"""Running a badge policy: its procedures over the register, with a signer and with people to be told.

`BadgeOffice` is the whole of it; at its `desk` one actor does things in one transaction.
"""

from __future__ import annotations

from openbadge_issuer.issuing.office.desk import Desk
from openbadge_issuer.issuing.office.office import BadgeOffice

__all__ = ["BadgeOffice", "Desk"]
