"""Does it still hold: Bitstring status lists, their reasons, and revocation lists of other kinds."""

from __future__ import annotations

from openbadge_issuer.status.entry import StatusEntry, read_entry
from openbadge_issuer.status.reading import PublishedStatusList, read_status_list
from openbadge_issuer.status.status_list import StatusList

__all__ = ["PublishedStatusList", "StatusEntry", "StatusList", "read_entry", "read_status_list"]
