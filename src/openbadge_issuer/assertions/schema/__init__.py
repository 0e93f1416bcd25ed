"""JSON Schemas of what a badge says: generated from the models, shipped, found by their published URLs.

`generator` writes one schema, `catalogue` all that ship, `published` finds them again without the models.
"""

from __future__ import annotations
