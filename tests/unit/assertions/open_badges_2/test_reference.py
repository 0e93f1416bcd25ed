"""The reference names every class and property of 2.0, and how many of each there may be."""

from __future__ import annotations

import typing
from pathlib import Path

import pytest

from openbadge_issuer.assertions import open_badges_2
from openbadge_issuer.assertions.node import Node

REFERENCE = Path(__file__).parents[4] / "docs" / "reference" / "open-badges-2.md"
CLASSES = [
    "AlignmentObject",
    "Assertion",
    "BadgeClass",
    "Criteria",
    "CryptographicKey",
    "Endorsement",
    "EndorsementClaim",
    "Evidence",
    "IdentityObject",
    "Image",
    "Issuer",
    "ProfileVerificationObject",
    "Related",
    "RevocationEntry",
    "RevocationList",
    "VerificationObject",
]


def _count(model: type[Node], name: str) -> str:
    field = model.model_fields[name]
    if typing.get_origin(field.annotation) is not tuple:
        return "one" if field.is_required() else "at most one"
    if name == "type" and (field.is_required() or field.get_default()):
        return "one or more"
    return "any number"


@pytest.mark.parametrize("name", CLASSES)
def test_the_reference_names_every_property(name: str) -> None:
    model: type[Node] = getattr(open_badges_2, name)
    model.model_rebuild()
    _, _, after = REFERENCE.read_text("utf-8").partition(f"\n## {name}\n")
    section = after.partition("\n## ")[0]
    rows = [line.split("|") for line in section.splitlines() if line.startswith("| `")]
    listed = {row[1].strip().strip("`"): row[2].strip() for row in rows}
    counted = {
        field.alias or attribute: _count(model, attribute) for attribute, field in model.model_fields.items()
    }
    assert listed == counted
