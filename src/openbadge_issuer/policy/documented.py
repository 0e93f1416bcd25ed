"""What the docstring of a section says of it and of its members, for schemas and for the reference."""

from __future__ import annotations

import re
from inspect import cleandoc

from openbadge_issuer.policy.section import Section

_MEMBER = re.compile(r"    (\w+): (.*)")


def summary_of(section: type[Section]) -> str:
    """Return what a section is: its docstring without the list of members."""
    text, _, _ = cleandoc(section.__doc__ or "").partition("\n\nAttributes:")
    return " ".join(text.split())


def members_of(section: type[Section]) -> dict[str, str]:
    """Return what each member is, as sentences."""
    _, _, listed = cleandoc(section.__doc__ or "").partition("\n\nAttributes:\n")
    found: dict[str, str] = {}
    name = ""
    for line in listed.split("\n"):
        if match := _MEMBER.fullmatch(line):
            name, found[match[1]] = match[1], match[2]
        elif name and line.strip():
            found[name] += f" {line.strip()}"
    return {name: text[:1].upper() + text[1:] for name, text in found.items()}
