"""What an SVG must not hold: programs, web pages and, where we publish it, addresses that it calls.

A badge picture is shown by strangers, on profiles and in mail. Opened by itself in a browser it could run
what it holds, in the name of the site that shows it.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from openbadge_issuer.errors import PictureError

SVG_NAMESPACE = "http://www.w3.org/2000/svg"

_XHTML = "http://www.w3.org/1999/xhtml"
_PROGRAMS = frozenset(("script", "handler", "listener"))
_PROGRAM_URL = re.compile(r"(?:javascript|vbscript|livescript):")
_ANIMATED = frozenset(("to", "from", "by", "values"))
_IGNORED_IN_URL = re.compile(r"[\x00-\x20\x7f]+")  # what browsers skip inside a scheme
_SAFE_DATA = re.compile(r"data:(?:image/(?!svg)|font/|application/(?:x-)?font)")
_CALLED_BY_STYLE = re.compile(r"@import\b|url\(\s*+[\"']?+\s*+(?![\"'#)]|data:)", re.IGNORECASE)


def check_element(name: str, namespace: str, attributes: Mapping[str, str], *, line: int) -> None:
    """Refuse an element that can run a program or show a web page.

    Args:
        name: the local name.
        namespace: the namespace, empty if it has none.
        attributes: the attributes by `name`, or by `namespace name prefix` where they have a namespace.
        line: where the element starts, for the error.

    Raises:
        PictureError: `SVG-SCRIPT` or `SVG-FOREIGN`.
    """
    lower = name.lower()
    if lower in _PROGRAMS:
        raise PictureError("SVG-SCRIPT", name=f"<{name}>", line=line)
    if lower == "foreignobject" or namespace == _XHTML:
        raise PictureError("SVG-FOREIGN", name=f"<{name}>", line=line)
    for key, value in attributes.items():
        if key[:2].lower() == "on" and " " not in key:
            raise PictureError("SVG-SCRIPT", name=key, line=line)
        local = _local(key).lower()
        if ":" in value or local in _ANIMATED or local == "attributename":
            _check_value(local, value, line=line)


def check_calls(name: str, attributes: Mapping[str, str], *, line: int) -> None:
    """Refuse an element that fetches something from elsewhere when the picture is shown (`SVG-REMOTE`)."""
    for key, value in attributes.items():
        local = _local(key)
        if local in {"href", "src"} and name != "a":
            target = value.strip()
            if target and not target.startswith(("#", "data:")):
                raise PictureError("SVG-REMOTE", url=_shown(target), line=line)
        elif "(" in value or "@" in value:
            check_style(value, line=line)


def check_style(text: str, *, line: int) -> None:
    """Refuse style that fetches something from elsewhere (`SVG-REMOTE`).

    This catches what drawing programs write. Style that hides its addresses behind escapes is not ours to
    unravel: it can call home, but it cannot run.
    """
    if found := _CALLED_BY_STYLE.search(text):
        raise PictureError("SVG-REMOTE", url=_shown(text[found.start() :]), line=line)


def _check_value(local: str, value: str, *, line: int) -> None:
    url = _IGNORED_IN_URL.sub("", value).lower()
    if _PROGRAM_URL.search(url):
        raise PictureError("SVG-SCRIPT", name=f"{local}={_shown(value)}", line=line)
    if local == "attributename" and url.startswith("on"):
        raise PictureError("SVG-SCRIPT", name=f"attributeName={_shown(value)}", line=line)
    holds_url = local in {"href", "src"} or local in _ANIMATED
    if holds_url and url.startswith("data:") and not _SAFE_DATA.match(url):
        raise PictureError("SVG-FOREIGN", name=_shown(value), line=line)


def _local(key: str) -> str:
    return key.split(" ", 2)[1] if " " in key else key


def _shown(text: str) -> str:
    line = " ".join(text[:_MAX_SHOWN].split())
    return line if len(text) <= _MAX_SHOWN else f"{line}…"


_MAX_SHOWN = 60
