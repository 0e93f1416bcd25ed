"""Documents of Open Badges 2.0 as they come in: which version they are, and what kind of object."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import islice
from typing import Literal, TypeAlias

from openbadge_issuer.assertions.json_text import JsonObject
from openbadge_issuer.assertions.json_walk import strings_of
from openbadge_issuer.assertions.open_badges_2.node import BadgeNode
from openbadge_issuer.assertions.open_badges_2.versions import Version, detect
from openbadge_issuer.assertions.problems import ModelProblem
from openbadge_issuer.verification.report import MAX_ALIKE, Finding, broken, finding

Kind: TypeAlias = Literal["Assertion", "Endorsement", "other"]

_NAMESPACES = re.compile(r"https://w3id\.org/openbadges#|obi:")
_OTHER_NAMES = {"@id": "id", "@type": "type", "verify": "verification"}
_WEB = re.compile(r"https?://[^\s/]", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Read:
    """A document as 2.0 has it.

    Attributes:
        document: the document, upgraded if it is older.
        version: the version that it was written in.
        notes: what upgrading it took.
    """

    document: JsonObject
    version: Version | None
    notes: tuple[ModelProblem, ...] = ()

    @property
    def kind(self) -> Kind:
        """What sort of object it is."""
        return kind_of(self.document)

    @property
    def specification(self) -> str:
        """The specification that it follows, as reports name it."""
        if self.version in ("0.5", "1.0", "1.1"):
            return f"Open Badges {self.version} (read as 2.0)"
        return "Open Badges 2.0"


def read(document: JsonObject, *, url: str | None = None) -> Read:
    """Write a document of 0.5 to 2.0 as 2.0 has it, under the usual names of its members."""
    # Local: most documents are of 2.0 and need no upgrade.
    from openbadge_issuer.assertions.open_badges_2.upgrade import upgrade  # noqa: PLC0415

    version = detect(document)
    new, notes = upgrade(document, url=url)
    for other, name in _OTHER_NAMES.items():
        if other in new and name not in new:
            new = {name if member == other else member: value for member, value in new.items()}
    return Read(new, version, notes)


def kind_of(document: JsonObject) -> Kind:
    """Tell a badge and an endorsement from other objects; a revoked badge need not say what it is."""
    types = {_NAMESPACES.sub("", name) for name in strings_of(document.get("type"))}
    if "Assertion" in types:
        return "Assertion"
    if "Endorsement" in types:
        return "Endorsement"
    return "Assertion" if not types and document.get("revoked") is True else "other"


def is_web(address: str) -> bool:
    """Tell whether an identifier is an address on the web."""
    return _WEB.match(address) is not None


def check_whole(read_document: Read) -> tuple[Finding, ...]:
    """Check a root document against the data model, and tell which older form it had."""
    # Local: the models take time to load, and badges of 3.0 never need them.
    from openbadge_issuer.assertions.open_badges_2.interop import interop_problems  # noqa: PLC0415
    from openbadge_issuer.assertions.open_badges_2.reading import check_document  # noqa: PLC0415

    document = read_document.document
    _, problems = check_document(document)
    found = (*read_document.notes, *problems, *interop_problems(document))
    findings = _findings(found, "")
    if not any(one.severity == "error" for one in findings):
        passed = finding("MODEL-VALID", "passed", specification=read_document.specification)
        findings = (passed, *findings)
    return findings


def check_linked(document: JsonObject, cls: type[BadgeNode], place: str) -> tuple[Finding, ...]:
    """Check a document that the badge leads to; pointers are put under the place that leads there."""
    # Local: as above.
    from openbadge_issuer.assertions.open_badges_2.extensions import extension_problems  # noqa: PLC0415
    from openbadge_issuer.assertions.open_badges_2.interop import interop_problems  # noqa: PLC0415

    _, problems = cls.check(document)
    return _findings((*problems, *extension_problems(document), *interop_problems(document)), place)


def _findings(problems: tuple[ModelProblem, ...], place: str) -> tuple[Finding, ...]:
    return tuple(broken(one.code, place + one.pointer, one.details) for one in islice(problems, MAX_ALIKE))
