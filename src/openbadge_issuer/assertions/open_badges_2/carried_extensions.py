"""Which extensions of a 2.0 badge class have a form in Open Badges 3.0, and which form that is."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Final

from openbadge_issuer.assertions import extensions as open_badges_3
from openbadge_issuer.assertions.json_text import JsonObject
from openbadge_issuer.assertions.open_badges_2.badge_class import BadgeClass
from openbadge_issuer.assertions.open_badges_2.extensions import (
    Accessibility,
    ApplyLink,
    GeoCoordinates,
    License,
    OriginalCreator,
    extension_class,
)
from openbadge_issuer.assertions.open_badges_2.extensions.extension import EXTENSION, Extension
from openbadge_issuer.assertions.open_badges_2.left_out import LeftOut
from openbadge_issuer.assertions.open_badges_2.node import BadgeNode
from openbadge_issuer.assertions.verifiable_credential import Address
from openbadge_issuer.assertions.verifiable_credential import GeoCoordinates as Point

_LICENSES: Final = "https://creativecommons.org/licenses/"
_PUBLIC_DOMAIN: Final = "https://creativecommons.org/publicdomain/zero/1.0/"


@dataclass
class Carried:
    """What an achievement has from the extensions of a badge class.

    Attributes:
        types: its further types.
        members: its further members.
        contexts: the contexts that define them.
        creator: who designed the badge first, if an extension says so.
        names: the members of the badge class that were carried over.
    """

    types: list[str] = field(default_factory=list)
    members: JsonObject = field(default_factory=dict)
    contexts: list[str] = field(default_factory=list)
    creator: str | None = None
    names: set[str] = field(default_factory=set)

    def add(self, context: str, members: JsonObject, *, kind: str | None = None) -> bool:
        """Add members, unless another extension has one of the same name."""
        if self.members.keys() & members.keys():
            return False
        self.members |= members
        self.contexts.append(context)
        if kind:
            self.types.append(kind)
        return True


def carried_extensions(badge_class: BadgeClass, left_out: LeftOut) -> Carried:
    """Write the extensions of a badge class as 3.0 has them, as far as its contexts define their members."""
    carried = Carried()
    for name, node in extension_nodes(badge_class):
        if not _carry(node, carried):
            continue
        carried.names.add(name)
        left_out.further("BadgeClass", node, name)
        if isinstance(node, License):  # no context lets its legal code stand there
            left_out.members("BadgeClass", node, "legalCode", name)
    return carried


def _carry(node: Extension, carried: Carried) -> bool:
    if isinstance(node, OriginalCreator):
        first = carried.creator is None
        carried.creator = carried.creator or node.url
        return first
    if isinstance(node, ApplyLink):
        context = open_badges_3.ApplyLinkAchievement.context_url
        return carried.add(context, {"url": node.url}, kind="ApplyLinkAchievement")
    if isinstance(node, Accessibility):
        known = node.model_copy(update={"context": (), "type": ()}).to_json()
        members = {name: part for name, part in known.items() if name not in (node.model_extra or {})}
        return carried.add(open_badges_3.Accessibility.context_url, members)
    if isinstance(node, License):
        described: JsonObject = {"id": _license_url(node.id), "name": node.name}
        return carried.add(open_badges_3.Licensed.context_url, {"license": described}, kind="CCAchievement")
    return False


def carried_address(issuer: BadgeNode, left_out: LeftOut) -> tuple[Address | None, frozenset[str]]:
    """Write the place of an issuer as 3.0 has it, and tell under which name it stood."""
    for name, node in extension_nodes(issuer):
        if isinstance(node, GeoCoordinates):
            left_out.members("Profile", node, "name description", name)
            point = Point(latitude=float(node.geo.latitude), longitude=float(node.geo.longitude))
            return Address(geo=point), frozenset({name})
    return None, frozenset()


def extension_nodes(host: BadgeNode) -> list[tuple[str, Extension]]:
    """Read the extensions of an object that are published ones and keep their rules, by their names in it."""
    found = []
    for name, value in (host.model_extra or {}).items():
        cls = extension_class(value) if isinstance(value, dict) else None
        node = cls.check(value)[0] if cls is not None else None
        if node is not None and EXTENSION in node.type:
            found.append((name, node))
    return found


def _license_url(name: str) -> str:
    if not name.startswith("CC-"):
        return name
    kind = name.removeprefix("CC-").lower()
    return _PUBLIC_DOMAIN if kind == "0" else f"{_LICENSES}{kind}/4.0/"
