"""Doing it: from an achievement and a recipient to a signed badge."""

from __future__ import annotations

from typing import TYPE_CHECKING

from openbadge_issuer.assertions.recipient import Recipient
from openbadge_issuer.issuing.award import Award
from openbadge_issuer.issuing.issuer import Issuer
from openbadge_issuer.issuing.signed_badge import IssueFailure, SignedBadge, SignedClr, SignedEndorsement

if TYPE_CHECKING:
    from openbadge_issuer.issuing.both_versions import BothVersions, issue_both
    from openbadge_issuer.issuing.published_files import HostedFiles, hosted_files

__all__ = [
    "Award",
    "BothVersions",
    "HostedFiles",
    "IssueFailure",
    "Issuer",
    "Recipient",
    "SignedBadge",
    "SignedClr",
    "SignedEndorsement",
    "hosted_files",
    "issue_both",
]

_HOME_OF = {
    "BothVersions": "both_versions",
    "issue_both": "both_versions",
    "HostedFiles": "published_files",
    "hosted_files": "published_files",
}


def __getattr__(name: str) -> object:
    """Load what only Open Badges 2.0 needs when it is first used (PEP 562)."""
    home = _HOME_OF.get(name)
    if home is None:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    # Local: this is what keeps issuing 3.0 light.
    from importlib import import_module  # noqa: PLC0415

    value: object = getattr(import_module(f"{__name__}.{home}"), name)
    globals()[name] = value
    return value
