"""Which template an award takes, and where templates are kept between awards; all of it is bounded."""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from datetime import UTC, datetime
from threading import Lock
from typing import TYPE_CHECKING, TypeAlias, TypeVar

from openbadge_issuer.assertions import Achievement, Profile
from openbadge_issuer.assertions.json_text import dump_json
from openbadge_issuer.assertions.node import Node
from openbadge_issuer.assertions.recipient import RandomBytes
from openbadge_issuer.errors import OpenBadgeError
from openbadge_issuer.issuing.award import Award
from openbadge_issuer.issuing.signed_badge import SignedBadge
from openbadge_issuer.issuing.templates.award_values import filling_of
from openbadge_issuer.issuing.templates.filling import Filling, NotFixed
from openbadge_issuer.issuing.templates.template import Template

if TYPE_CHECKING:  # the issuer loads this module
    from openbadge_issuer.issuing.issuer import Issuer

MAX_TEMPLATES = 128
"""Each takes some tens of kilobytes, more with an embedded picture."""

OFTEN = 8
"""Badges of one achievement, after which a template is made for it alone."""

_MAX_MODELS = MAX_TEMPLATES // 2  # more achievements that take turns do not push each other's templates out
_MAX_SEEN = 1024

_Made: TypeAlias = tuple[Template, tuple[str, ...]]
"""A template, and the warnings that go with its badges."""

_templates: dict[Hashable, _Made | None] = {}
_seen: dict[Hashable, None] = {}
_lock = Lock()
_Key = TypeVar("_Key", bound=Hashable)
_Value = TypeVar("_Value")


class _Texts:
    """The JSON of models of one kind, written when one has come up some times.

    It stands for the model in the key of a template: a copy that came to a worker finds the same template.
    """

    def __init__(self, kind: type[Node], times: int) -> None:
        self._kind = kind
        self._times = times
        # The model is kept beside the text, so that no other object gets its identity.
        self._known: dict[int, tuple[Node, int, str | None]] = {}

    def of(self, node: Node) -> str | None:
        """Return the JSON of a model that is fixed: nothing in it can be changed. None for the first times.

        Raises:
            NotFixed: it is not.
        """
        _, times, text = self._known.get(id(node), (node, 0, None))
        if text is None:
            times += 1
            if times >= self._times:
                if type(node) is not self._kind or not _is_fixed(node):
                    raise NotFixed
                text = dump_json(node.to_json()).decode()
            _keep(self._known, id(node), (node, times, text), limit=_MAX_MODELS)
        return text

    def clear(self) -> None:
        """Forget all."""
        with _lock:
            self._known.clear()


_profiles, _achievements = _Texts(Profile, 2), _Texts(Achievement, OFTEN)


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

    The first badge of a kind takes the plain way, the next one makes the template. Where this returns None,
    the source of randomness gives again what it gave.
    """
    try:
        return _issue(issuer, award, moment, rng)
    except (NotFixed, OpenBadgeError, UnicodeEncodeError):  # the plain way knows whether it is wrong, and why
        rng.rewind()
        return None


def forget_templates() -> None:
    """Forget all templates, and what was noted of kinds of badges that have none."""
    with _lock:
        _templates.clear()
        _seen.clear()
    _profiles.clear()
    _achievements.clear()


def _issue(issuer: Issuer, award: Award, moment: datetime, rng: Randomness) -> SignedBadge | None:
    if award.version != "3.0" or award.contexts or award.endorsements or moment.utcoffset() is None:
        raise NotFixed
    moment = moment.astimezone(UTC)  # elsewhere two moments that differ can be equal
    profile = _profiles.of(issuer.profile)
    if profile is None:
        raise NotFixed
    achievement = _achievements.of(award.achievement)
    filling = filling_of(award, achievement=achievement, moment=moment, rng=rng)
    signer = issuer.signer
    key = (
        profile,
        issuer.verification_method,
        signer.public_key,
        signer.algorithm,
        award.proof,
        tuple(filling.slots),
        tuple(filling.shape),
    )
    made = _templates.get(key)
    if made is None:
        if key in _templates or key not in _seen:
            _keep(_seen, key, None, limit=_MAX_SEEN)
            raise NotFixed
        _keep(_templates, key, None, limit=MAX_TEMPLATES)  # until it is made
        rng.rewind()
        made = _made(issuer, award, filling, moment, rng)
        _keep(_templates, key, made, limit=MAX_TEMPLATES)
    template, warnings = made
    return SignedBadge(template.sign(filling, signer, moment), None, warnings)


def _made(issuer: Issuer, award: Award, filling: Filling, moment: datetime, rng: Randomness) -> _Made:
    made = issuer.prepare(award, now=moment, rng=rng)
    if made.proof == "hosted" or made.proof == "jws":  # noqa: PLR1714  # a type checker follows this form only
        raise NotFixed
    template = Template(made.document, filling, made.proof, issuer.signer, issuer.verification_method)
    return template, made.warnings


def _keep(store: dict[_Key, _Value], key: _Key, value: _Value, *, limit: int) -> None:
    """Put something into a store; the oldest makes room."""
    with _lock:
        if key not in store and len(store) >= limit:
            del store[next(iter(store))]
        store[key] = value


def _is_fixed(value: object) -> bool:
    """Tell whether a value holds nothing that could be changed in place."""
    if isinstance(value, Node):
        extra: Mapping[str, object] = value.model_extra or {}
        return all(map(_is_fixed, (*value.__dict__.values(), *extra.values())))
    if isinstance(value, tuple):
        return all(map(_is_fixed, value))
    return not isinstance(value, dict | list | set | bytearray)
