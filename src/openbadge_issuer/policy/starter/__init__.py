"""A policy to begin with: a file with remarks, to be changed by hand, that is sound as it stands."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from importlib.resources import files
from typing import Final, Self

from openbadge_issuer.errors import DocumentError
from openbadge_issuer.errors.rule import Language

MANAGER: Final = "manager"
"""The role of the founder: it has every right."""

_DOMAIN = re.compile(
    r"([a-z0-9-]+(?:\.[a-z0-9-]+)+)(?::([0-9]{1,5}))?((?:/(?!\.{1,2}(?:/|$))[A-Za-z0-9._-]+)*)"
)
_MAX_DOMAIN = 200
_TIME_ZONES: Final[dict[Language, str]] = {"nl": "Europe/Amsterdam", "en": "Etc/UTC"}


@dataclass(frozen=True, slots=True)
class Domain:
    """Where an organisation publishes: a domain that is its own, or a folder on one.

    Attributes:
        base: the address under which everything public stands.
        did: the identifier of the issuer (did:web, section "Method-specific identifier").
    """

    base: str
    did: str

    @classmethod
    def read(cls, text: str) -> Self:
        """Read a domain as people type it: `badges.example`, or `https://example.org/badges/`.

        Raises:
            DocumentError: `HOME-DOMAIN`, it is none.
        """
        given = text.strip().removeprefix("https://").rstrip("/")
        host, slash, path = given.partition("/")
        match = _DOMAIN.fullmatch(host.lower() + slash + path)
        if match is None or len(given) > _MAX_DOMAIN:
            raise DocumentError("HOME-DOMAIN", value=text[:80])
        name, port, folder = match[1], match[2] or "", match[3]
        return cls(
            base=f"https://{name}{f':{port}' if port else ''}{folder}",
            did=f"did:web:{name}{f'%3A{port}' if port else ''}{folder.replace('/', ':')}",
        )


def starter_policy(
    *, domain: Domain, name: str, contact: str, languages: Sequence[Language], adopted: date
) -> str:
    """Write a policy for an organisation, with remarks in its first language.

    Whether its name and contact can stand in a policy, reading it tells.

    Args:
        domain: where it publishes.
        name: its name.
        contact: the e-mail address at which people reach those who look after badges.
        languages: in which it speaks to people, the main one first.
        adopted: the day of adoption.
    """
    language = languages[0]
    template = files(__package__).joinpath(f"policy.{language}.toml").read_text("utf-8")
    return template.format(
        adopted=adopted.isoformat(),
        id=_toml(domain.did),
        name=_toml(name),
        contact=_toml(contact),
        time_zone=_toml(_TIME_ZONES[language]),
        languages=f"[{', '.join(map(_toml, languages))}]",
        base=_toml(domain.base),
    )


def _toml(text: str) -> str:
    """Write a basic string of TOML: one of JSON, but for the character DEL (TOML 1.0, "String")."""
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")
