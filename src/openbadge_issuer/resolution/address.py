"""Addresses that may be asked: which URLs are plain enough, and which machines are public."""

from __future__ import annotations

import re
from dataclasses import dataclass
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address
from typing import TypeAlias

from openbadge_issuer.errors import ResolutionError

IPAddress: TypeAlias = IPv4Address | IPv6Address

HTTPS_PORT = 443

MAX_URL_LENGTH = 2048
"""Longer addresses are refused by much of the web."""


@dataclass(frozen=True, slots=True)
class HttpsAddress:
    """An https URL that every reader takes apart in the same way.

    Attributes:
        url: the URL without its fragment, with the host in lower case and at least `/` as its path.
        host: a DNS name in lower case, never an IP address.
        port: 443 unless the URL names another.
        authority: the host, with the port if it is not 443.
    """

    url: str
    host: str
    port: int
    authority: str


def parse_https(url: str) -> HttpsAddress:
    """Take an https URL apart, refusing whatever two readers could take differently.

    Refused are other schemes, user names and passwords, IP addresses in any notation (decimal, octal,
    hexadecimal, IPv6), trailing dots, characters outside ASCII (an international name is written in its
    `xn--` form) and characters that RFC 3986 does not allow.

    Raises:
        ResolutionError: FETCH-SCHEME, FETCH-CREDENTIALS, FETCH-ADDRESS or FETCH-URL.
    """
    if len(url) > MAX_URL_LENGTH:
        raise ResolutionError("FETCH-URL", url=shown(url))
    scheme = _SCHEME.match(url)
    if scheme is None:
        raise ResolutionError("FETCH-URL", url=shown(url))
    if scheme["scheme"].lower() != "https":
        raise ResolutionError("FETCH-SCHEME", url=shown(url))
    parts = _HTTPS.fullmatch(url)
    if parts is None:
        raise ResolutionError("FETCH-URL", url=shown(url))
    if parts["user"] is not None:
        raise ResolutionError("FETCH-CREDENTIALS", host=shown(parts["host"]))
    host = parts["host"].lower()
    if host.startswith("[") or _NUMERIC_LABEL.fullmatch(host.rpartition(".")[2]):
        raise ResolutionError("FETCH-ADDRESS", host=shown(host), address=shown(host))
    port = int(parts["port"] or HTTPS_PORT)
    if not _HOST.fullmatch(host) or not 0 < port <= _MAX_PORT:
        raise ResolutionError("FETCH-URL", url=shown(url))
    authority = host if port == HTTPS_PORT else f"{host}:{port}"
    target = parts["target"] if parts["target"].startswith("/") else f"/{parts['target']}"
    return HttpsAddress(url=f"https://{authority}{target}", host=host, port=port, authority=authority)


def is_public(address: IPAddress) -> bool:
    """Tell whether a machine at this address can be meant for everyone.

    An IPv6 address that carries an IPv4 address in it (6to4, NAT64) is judged by both; Teredo, mapped and
    compatible addresses are never public, since no DNS name leads to them in earnest.
    """
    if not address.is_global or address.is_multicast or address.is_unspecified or address.is_loopback:
        return False
    if isinstance(address, IPv4Address):
        return not address.is_reserved and address not in _RELAY_IPV4
    if any(address in network for network in _NOT_PUBLIC) or address.is_site_local:
        return False
    if address in _NAT64:
        return is_public(IPv4Address(int(address) & 0xFFFFFFFF))
    if address.sixtofour is not None:
        return is_public(address.sixtofour)
    return not address.is_reserved


def parse_address(text: str) -> IPAddress | None:
    """Read what a DNS resolver gave; None if it is no IP address."""
    try:
        return ip_address(text)
    except ValueError:
        return None


def shown(text: str) -> str:
    """Return a hostile text in a form that is safe and short enough to stand in a sentence."""
    if len(text) <= _MAX_SHOWN and text.isprintable():
        return text
    clean = "".join(char if char.isprintable() else "\N{REPLACEMENT CHARACTER}" for char in text[:_MAX_SHOWN])
    return clean if len(text) <= _MAX_SHOWN else f"{clean}…"


_MAX_SHOWN = 160
_MAX_PORT = 65535
_MAX_HOST = 253
_SCHEME = re.compile(r"(?P<scheme>[A-Za-z][A-Za-z0-9+.-]*):")
_CHARACTER = r"(?:[A-Za-z0-9._~!$&'()*+,;=:@-]|%[0-9A-Fa-f]{2})"
_HTTPS = re.compile(
    r"[Hh][Tt][Tt][Pp][Ss]://"
    rf"(?:(?P<user>{_CHARACTER}*)@)?"
    r"(?P<host>\[[0-9A-Fa-f:.]+\]|[A-Za-z0-9._-]+)"
    r"(?::(?P<port>[0-9]{1,5}))?"
    rf"(?P<target>(?:/{_CHARACTER}*)*(?:\?(?:{_CHARACTER}|[/?])*)?)"
    rf"(?:#(?:{_CHARACTER}|[/?])*)?"
)
_LABEL = r"[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9_])?"
_HOST = re.compile(rf"(?=.{{1,{_MAX_HOST}}}\Z){_LABEL}(?:\.{_LABEL})*")
_NUMERIC_LABEL = re.compile(r"[0-9]+|0x[0-9a-f]*")  # WHATWG URL, "ends in a number"

_RELAY_IPV4 = IPv4Network("192.88.99.0/24")  # 6to4 relays, RFC 7526
_NAT64 = IPv6Network("64:ff9b::/96")  # RFC 6052
# Not global by the IANA registry, but some Python releases still call them so.
_NOT_PUBLIC = tuple(
    IPv6Network(network)
    for network in (
        "::/64",  # unspecified, loopback, IPv4-compatible, -mapped and -translated
        "64:ff9b:1::/48",  # local NAT64, RFC 8215
        "2001::/32",  # Teredo, RFC 4380
        "2001:db8::/32",  # documentation, RFC 3849
        "3fff::/20",  # documentation, RFC 9637
        "5f00::/16",  # segment routing, RFC 9602
    )
)
