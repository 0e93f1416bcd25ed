"""Whether an e-mail address looks like that of a person, where one of a role is wanted (R13)."""

from __future__ import annotations

import re
from collections.abc import Iterable

_ROLES = frozenset({
    "academy", "academie", "admin", "administratie", "aanvraag", "award", "badge", "beheer", "bestuur",
    "board", "certificaat", "certificat", "certificate", "contact", "course", "credential", "cursus",
    "desk", "diploma", "education", "hallo", "hello", "help", "info", "informatie", "issuer", "kantoor",
    "learning", "leren", "mail", "office", "onderwijs", "opleiding", "post", "privacy", "question",
    "registr", "school", "secret", "service", "support", "team", "training", "uitgever", "vraag",
    "vragen",
})  # fmt: skip
"""Words, or the beginnings of words, that name a task and not a person, in English and Dutch."""

_FREE_MAIL = frozenset({
    "gmail.com", "googlemail.com", "hotmail.com", "hotmail.nl", "icloud.com", "kpnmail.nl", "live.com",
    "live.nl", "outlook.com", "proton.me", "protonmail.com", "xs4all.nl", "yahoo.com", "ziggo.nl",
})  # fmt: skip
"""Where people have addresses of their own."""

_WORD = re.compile(r"[a-z]+")


def looks_personal(address: str, own_names: Iterable[str] = ()) -> bool:
    """Tell whether an address looks like that of a person.

    It does if nothing in front of the @ names a task or the organisation, or if it is at a provider where
    people have their own mail. A guess, and so never a reason to refuse anything.

    Args:
        address: the e-mail address.
        own_names: names of the organisation and its roles, which are no persons either.
    """
    local, _, domain = address.lower().rpartition("@")
    if domain in _FREE_MAIL:
        return True
    own = {word for name in own_names for word in _WORD.findall(name.lower()) if len(word) > 2}  # noqa: PLR2004
    words = _WORD.findall(local)
    return not any(word in own or any(word.startswith(role) for role in _ROLES) for word in words)
