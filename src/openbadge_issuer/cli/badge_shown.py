"""Badges of the catalogue as JSON."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from openbadge_issuer.assertions.json_text import JsonObject, JsonValue
from openbadge_issuer.assertions.moments import write_date_time
from openbadge_issuer.errors.rule import Language
from openbadge_issuer.policy.badge_versions import BadgeVersion
from openbadge_issuer.policy.catalogue import Badge
from openbadge_issuer.policy.facts import Facts


def shown_row(badge: Badge, facts: Facts, language: Language) -> JsonObject:
    """Write a badge as a row of a list."""
    active, latest = badge.active, badge.latest
    shown = active or latest
    texts = {} if shown is None else shown.definition.text
    text = texts.get(language) or next(iter(texts.values()), None)
    return {
        "badge": badge.name,
        "name": None if text is None else text.name,
        "phase": facts.phase,
        "due": _moment(facts.due),
        "active": None if active is None else active.number,
        "latest": None if latest is None else latest.number,
    }


def shown_badge(badge: Badge, names: Mapping[str, str]) -> JsonObject:
    """Write a badge with all its versions; people are named as far as their names were not erased."""
    return {
        "badge": badge.name,
        "lookedAt": _moment(badge.looked_at),
        "intended": badge.intended,
        "actBy": _moment(badge.act_by),
        "versions": [shown_version(version, names) for version in badge.versions],
    }


def shown_version(version: BadgeVersion, names: Mapping[str, str]) -> JsonObject:
    """Write one version of a badge."""
    reviewer = version.reviewed_by
    return {
        "version": version.number,
        "state": version.state,
        "digest": version.definition_digest,
        "pictureDigest": version.picture_digest,
        "authors": list[JsonValue](sorted(names.get(person, person) for person in version.authors)),
        "reviewedBy": None if reviewer is None else names.get(reviewer, reviewer),
        "guideline": version.guideline,
        "reason": version.reason,
        "feedback": version.feedback,
        "activated": _moment(version.activated),
        "retired": _moment(version.retired),
        "replacedBy": version.replaced_by,
        "definition": version.definition.to_json(),
    }


def _moment(moment: datetime | None) -> str | None:
    return None if moment is None else write_date_time(moment)
