"""How often one badge may send its verifier out: hostile ones name a thousand addresses."""

from __future__ import annotations

from openbadge_issuer.errors import ResolutionError
from openbadge_issuer.resolution.fetching import MAX_DOCUMENT_BYTES, Fetched, Fetcher

MAX_FETCHES = 64
"""For one badge with all that stands in it. A badge with six endorsements needs some twenty, with their keys
and status lists."""


class FetchBudget:
    """A fetcher that stops after `MAX_FETCHES`: make one for each verification."""

    def __init__(self, fetcher: Fetcher) -> None:
        self._fetcher = fetcher
        self._left = MAX_FETCHES

    def fetch(
        self, url: str, *, accept: str = "application/json", max_bytes: int = MAX_DOCUMENT_BYTES
    ) -> Fetched:
        """Bring the document at `url`; raises ResolutionError, FETCH-BUDGET when the budget is spent."""
        if not self._left:
            raise ResolutionError("FETCH-BUDGET", limit=MAX_FETCHES)
        self._left -= 1
        return self._fetcher.fetch(url, accept=accept, max_bytes=max_bytes)
