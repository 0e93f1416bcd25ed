"""The catalogue as a whole: what is on offer, what is too much alike, what is missing (R6, R25, R68)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from types import MappingProxyType
from typing import Final, Literal, TypeAlias

from openbadge_issuer.errors import PolicyError
from openbadge_issuer.errors.rule import Language
from openbadge_issuer.policy.badge import BadgeDefinition
from openbadge_issuer.policy.badge_versions import BadgeVersion
from openbadge_issuer.policy.catalogue import Badge
from openbadge_issuer.policy.event import Event
from openbadge_issuer.policy.remark import Remark
from openbadge_issuer.policy.similarity import likeness, name_likeness

NAMES_ALIKE: Final = 0.75
"""From this likeness on people confuse two names."""
CRITERIA_ALIKE: Final = 0.65
"""From this likeness on, on average, two badges ask for the same."""

Aspect: TypeAlias = Literal["level", "theme", "learning_form"]
"""By what badges are found, and by what the offer is compared with what is wanted."""

_GAPS: Final[Mapping[Aspect, str]] = MappingProxyType(
    {
        "level": "CATALOGUE-GAP-LEVEL",
        "theme": "CATALOGUE-GAP-THEME",
        "learning_form": "CATALOGUE-GAP-FORM",
    }
)


@dataclass(frozen=True, slots=True)
class Catalogue:
    """All badges of an organisation by name, those out of use too."""

    badges: Mapping[str, Badge] = field(default_factory=dict)

    @classmethod
    def of(cls, streams: Iterable[Iterable[Event]]) -> Catalogue:
        """Fold the streams of all badges."""
        badges = (Badge.of(events) for events in streams)
        return cls({badge.name: badge for badge in badges if badge.name})

    def awardable(
        self, badge: str, version: int | None = None, *, now: datetime, begun: datetime | None = None
    ) -> BadgeVersion:
        """Return the version of a badge that can be awarded now; see `Badge.awardable`.

        Raises:
            PolicyError: `CATALOGUE-UNKNOWN`, or as there.
        """
        known = self.badges.get(badge)
        if known is None:
            raise PolicyError("CATALOGUE-UNKNOWN", badge=badge[:60])
        return known.awardable(version, now=now, begun=begun)

    def offered(self) -> Iterator[BadgeVersion]:
        """Go through the versions in use, by name of the badge."""
        for _, badge in sorted(self.badges.items()):
            if badge.active is not None:
                yield badge.active


def alike(definition: BadgeDefinition, catalogue: Catalogue) -> tuple[Remark, ...]:
    """Say which badges of the catalogue a definition is too much like, those out of use too.

    Compared are the names, and the criteria: how like each is to the one most like it, on average.
    """
    return tuple(
        remark
        for name, badge in sorted(catalogue.badges.items())
        if name != definition.badge and (version := badge.active or badge.latest) is not None
        for remark in _alike(definition, version.definition)
    )


def coverage(catalogue: Catalogue) -> Mapping[tuple[str | None, str | None], int]:
    """Count the badges on offer by theme and level; None stands for badges that name none."""
    return Counter((one.definition.theme, one.definition.level) for one in catalogue.offered())


def gaps(
    catalogue: Catalogue, *, wanted: Mapping[Aspect, Collection[str]] | None = None
) -> tuple[Remark, ...]:
    """Say for which levels, themes and forms of learning there is nothing on offer (R6).

    Args:
        catalogue: the catalogue.
        wanted: for what there should be badges. Where nothing is said of an aspect, what any version of any
            badge ever named, so that what retiring left open shows.
    """
    offered = [version.definition for version in catalogue.offered()]
    missing = (
        Remark.of(code, value=value)
        for aspect, code in _GAPS.items()
        for value in sorted(
            _wanted(catalogue, aspect, wanted or {}) - {getattr(one, aspect) for one in offered}
        )
    )
    unplaced = (
        Remark.of("CATALOGUE-UNPLACED", badge=one.badge)
        for one in offered
        if one.level is None or one.theme is None
    )
    return (*missing, *unplaced)


def _wanted(catalogue: Catalogue, aspect: Aspect, wanted: Mapping[Aspect, Collection[str]]) -> frozenset[str]:
    if aspect in wanted:
        return frozenset(wanted[aspect])
    versions = (version for badge in catalogue.badges.values() for version in badge.versions)
    named = (getattr(version.definition, aspect) for version in versions)
    return frozenset(value for value in named if value is not None)


def _alike(new: BadgeDefinition, old: BadgeDefinition) -> Iterator[Remark]:
    shared: list[Language] = sorted(new.text.keys() & old.text.keys())
    names = max((name_likeness(new.text[one].name, old.text[one].name) for one in shared), default=0.0)
    if names >= NAMES_ALIKE:
        yield Remark.of("CATALOGUE-NAMES-ALIKE", badge=new.badge, other=old.badge, percent=round(100 * names))
    criteria = max((_criteria_likeness(new, old, one) for one in shared), default=0.0)
    if criteria >= CRITERIA_ALIKE:
        yield Remark.of("CATALOGUE-ALIKE", badge=new.badge, other=old.badge, percent=round(100 * criteria))


def _criteria_likeness(new: BadgeDefinition, old: BadgeDefinition, language: Language) -> float:
    mine = [text for one in new.criteria if (text := one.statement.get(language))]
    theirs = [text for one in old.criteria if (text := one.statement.get(language))]
    if not mine or not theirs:
        return 0.0
    return sum(max(likeness(one, other, language) for other in theirs) for one in mine) / len(mine)
