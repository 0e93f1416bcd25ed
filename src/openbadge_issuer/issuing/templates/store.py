"""Which template an award takes, and where templates are kept between awards; all of it is bounded."""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from datetime import datetime
from typing import TYPE_CHECKING, Literal, NamedTuple, TypeAlias

from openbadge_issuer.assertions import Achievement, Profile
from openbadge_issuer.assertions.json_text import dump_json
from openbadge_issuer.assertions.node import Node
from openbadge_issuer.assertions.recipient import RandomBytes
from openbadge_issuer.assertions.values import LanguageValue
from openbadge_issuer.errors import OpenBadgeError
from openbadge_issuer.issuing.award import Award
from openbadge_issuer.issuing.signed_badge import SignedBadge
from openbadge_issuer.issuing.templates.filling import Filling, NotFixed, filling_of
from openbadge_issuer.issuing.templates.template import Template

if TYPE_CHECKING:  # the issuer loads this module
    from openbadge_issuer.issuing.issuer import Issuer

MAX_TEMPLATES = 128
"""Each takes some tens of kilobytes, more with an embedded picture."""
_MAX_TEXTS = 256

_Kept: TypeAlias = "tuple[Template, tuple[str, ...]] | Literal['seen', 'none']"


class _Text(NamedTuple):
    node: Node  # kept, so that no other object gets its identity
    text: str | None


_templates: dict[Hashable, _Kept] = {}
_texts: dict[int, _Text] = {}


class Randomness:
    """A source of random bytes that can give again what it gave."""

    def __init__(self, rng: RandomBytes) -> None:
        self._rng = rng
        self._given: list[bytes] = []
        self._again: list[bytes] = []

    def __call__(self, size: int) -> bytes:
        """Give some bytes."""
        given = self._again.pop(0) if self._again else self._rng(size)
        self._given.append(given)
        return given

    def rewind(self) -> None:
        """Give everything again from the beginning."""
        self._again, self._given = self._given + self._again, []


def issue_by_template(
    issuer: Issuer, award: Award, *, moment: datetime, rng: Randomness
) -> SignedBadge | None:
    """Issue a badge by the template of its kind; None if the plain way is to be taken.

    The first badge of a kind takes the plain way, the second one makes the template. Where this returns None,
    or raises, the source of randomness gives again what it gave.
    """
    try:
        return _issue(issuer, award, moment, rng)
    except (NotFixed, OpenBadgeError, UnicodeEncodeError):  # the plain way knows whether it is wrong, and why
        rng.rewind()
        return None


def forget_templates() -> None:
    """Forget all templates, and what was noted of kinds of badges that have none."""
    _templates.clear()
    _texts.clear()


def _issue(issuer: Issuer, award: Award, moment: datetime, rng: Randomness) -> SignedBadge | None:
    if award.version != "3.0" or award.contexts or award.endorsements:
        raise NotFixed
    filling = filling_of(award, moment=moment, rng=rng)
    key = _key(issuer, award, filling)
    kept = _templates.get(key)
    if kept is None:
        _keep(key, "seen")
        raise NotFixed
    if kept == "none":
        raise NotFixed
    if kept == "seen":
        _keep(key, "none")  # until it is made
        rng.rewind()
        kept = _made(issuer, award, filling, moment, rng)
        _keep(key, kept)
    template, warnings = kept
    return SignedBadge(template.sign(filling, issuer.signer, moment), None, warnings)


def _made(
    issuer: Issuer, award: Award, filling: Filling, moment: datetime, rng: Randomness
) -> tuple[Template, tuple[str, ...]]:
    made = issuer.prepare(award, now=moment, rng=rng)
    if made.proof == "hosted" or made.proof == "jws":  # noqa: PLR1714  # a type checker follows this form only
        raise NotFixed
    document = made.credential.to_json()
    return Template(document, filling, made.proof, issuer.signer, issuer.verification_method), made.warnings


def _key(issuer: Issuer, award: Award, filling: Filling) -> Hashable:
    signer = issuer.signer
    return (
        _text_of(issuer.profile, Profile),
        _text_of(award.achievement, Achievement),
        issuer.verification_method,
        signer.public_key,
        signer.algorithm,
        award.proof,
        tuple(filling.slots),
        tuple(filling.shape),
    )


def _keep(key: Hashable, kept: _Kept) -> None:
    if key not in _templates and len(_templates) >= MAX_TEMPLATES:
        _templates.clear()
    _templates[key] = kept


def _text_of(node: Node, kind: type[Node]) -> str:
    """Return the JSON of a model; it is written once, since a model that is fixed stays as it is."""
    known = _texts.get(id(node))
    if known is None:
        fixed = type(node) is kind and _is_fixed(node)
        if len(_texts) >= _MAX_TEXTS:
            _texts.clear()
        known = _texts[id(node)] = _Text(node, dump_json(node.to_json()).decode() if fixed else None)
    if known.text is None:
        raise NotFixed
    return known.text


def _is_fixed(value: object) -> bool:
    """Tell whether a value holds nothing that could be changed in place."""
    if isinstance(value, Node):
        extra: Mapping[str, object] = value.model_extra or {}
        return all(map(_is_fixed, (*value.__dict__.values(), *extra.values())))
    if isinstance(value, tuple):
        return all(map(_is_fixed, value))
    return not isinstance(value, dict | list | set | bytearray) or isinstance(value, LanguageValue)
