"""Where the badges of an issuer may stand.

Source: Open Badges 2.0, VerificationObject of a Profile. Hosts are compared as every reader takes them
apart; what two readers could take apart differently fits nowhere.
"""

from __future__ import annotations

import re

from openbadge_issuer.assertions.json_text import JsonObject
from openbadge_issuer.assertions.json_walk import object_of, strings_of
from openbadge_issuer.resolution.fetching import shown
from openbadge_issuer.verification.issuers import identifier
from openbadge_issuer.verification.report import Finding, finding

_ADDRESS = re.compile(
    r"(?P<scheme>https?)://(?P<host>[A-Za-z0-9](?:[A-Za-z0-9.-]*[A-Za-z0-9])?)(?::(?P<port>[0-9]{1,5}))?"
    r"(?P<rest>[/?#][\x21-\x5b\x5d-\x7e]*)?",
    re.IGNORECASE | re.ASCII,
)
_USUAL_PORTS = {"http": "80", "https": "443"}
_DOTS = re.compile(r"/(\.|%2e){1,2}(?=[/?#]|$)|%2f|%5c", re.IGNORECASE)
_ENDS = "/?#&="


def authority(url: str) -> str | None:
    """Return the host in lower case, with its port if that is not the usual one; None if it is unclear."""
    parts = _ADDRESS.fullmatch(url)
    if parts is None:
        return None
    usual = _USUAL_PORTS[parts["scheme"].lower()]
    host = parts["host"].lower()
    return host if parts["port"] in (None, usual) else f"{host}:{parts['port']}"


def check_scope(url: str, profile: JsonObject, issuer: str, place: str) -> tuple[Finding, ...]:
    """Judge whether a badge at `url` stands where its issuer's badges stand.

    `startsWith` and the origins both have to fit. Without `allowedOrigins` the origin is that of the
    profile, as in the reference validators.

    Args:
        url: the address of the assertion or endorsement.
        profile: the issuer's own hosted profile.
        issuer: the address of that profile.
        place: where the badge names its own address.
    """
    policy = object_of(profile, "verification")
    findings: list[Finding] = []
    host = authority(url)
    allowed = [name.lower() for name in strings_of(policy.get("allowedOrigins"))]
    if "allowedOrigins" not in policy:
        allowed = [name for name in (authority(issuer),) if name is not None]
    if host is None or host not in allowed:
        named = ", ".join(allowed) or "-"
        findings.append(
            finding("OB2-SCOPE-ORIGIN", "failed", place, url=shown(url), origins=named, issuer=shown(issuer))
        )
    if "startsWith" in policy and not any(
        starts_with(url, start) for start in strings_of(policy["startsWith"])
    ):
        findings.append(finding("OB2-SCOPE-START", "failed", place, url=shown(url), issuer=shown(issuer)))
    if findings:
        return tuple(findings)
    return (finding("OB2-SCOPE-ORIGIN", "passed", place, url=shown(url), issuer=shown(issuer)),)


def starts_with(url: str, start: str) -> bool:
    """Tell whether an address lies under a prefix.

    `…/user1` is not a prefix of `…/user10`: the prefix ends, or the address goes on, with a separator.
    Addresses with dot segments lie elsewhere than they seem to, so they lie under no prefix.
    """
    if not start or not url.startswith(start) or _DOTS.search(url):
        return False
    return url == start or start[-1] in _ENDS or url[len(start)] in _ENDS


def check_badge_origin(badge: JsonObject, profile: JsonObject, issuer: str) -> tuple[Finding, ...]:
    """Remark on a badge class that does not stand with its issuer, though nothing says that it may."""
    if object_of(profile, "verification").keys() & {"allowedOrigins", "startsWith"}:
        return ()
    url = identifier(badge)
    if authority(url) in (None, authority(issuer)):
        return ()
    return (finding("OB2-BADGE-ORIGIN", "failed", "/badge", url=shown(url), issuer=shown(issuer)),)
