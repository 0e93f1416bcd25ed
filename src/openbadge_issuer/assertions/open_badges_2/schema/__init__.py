"""JSON Schemas of Open Badges 2.0, generated from the models: there are no published ones to follow.

`generator` writes one schema, `catalogue` all that ship.
"""

from __future__ import annotations
