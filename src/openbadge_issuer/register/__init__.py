"""What happened: the append-only records of organisations, in SQLite or PostgreSQL.

Events are chained by digests over salted commitments to their personal parts. So records about a person can
be destroyed while the chain stays whole, and a changed, removed, reordered or invented event is found.
"""

from __future__ import annotations

from openbadge_issuer.register.chain import Head
from openbadge_issuer.register.database import sqlite_url
from openbadge_issuer.register.ledger import Ledger
from openbadge_issuer.register.records import Records
from openbadge_issuer.register.register import Register
from openbadge_issuer.register.settings import Settings

__all__ = ["Head", "Ledger", "Records", "Register", "Settings", "sqlite_url"]
