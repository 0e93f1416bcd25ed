"""JSON Schemas of strangers, applied within bounds: `pattern` (no backtracking), `bounded`, `library`."""

from __future__ import annotations
