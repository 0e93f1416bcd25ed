"""Does it still hold: Bitstring status lists, their reasons, and revocation lists of other kinds."""

from __future__ import annotations

from typing import TYPE_CHECKING

from openbadge_issuer.on_demand import on_demand

if TYPE_CHECKING:
    from openbadge_issuer.status.entry import StatusEntry, read_entry
    from openbadge_issuer.status.reading import PublishedStatusList, read_status_list
    from openbadge_issuer.status.status_list import StatusList

__all__ = ["PublishedStatusList", "StatusEntry", "StatusList", "read_entry", "read_status_list"]

__getattr__ = on_demand(
    __name__,
    {
        "entry": "StatusEntry read_entry",
        "reading": "PublishedStatusList read_status_list",
        "status_list": "StatusList",
    },
)
