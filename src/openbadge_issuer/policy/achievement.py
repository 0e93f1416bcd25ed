"""From a version of a badge to the Achievement of Open Badges 3.0 that its awards carry (R3, R9).

It follows from the catalogue and the policy alone, so that it can be made again at any time, and is the same.
Its address holds the number of the version: what was awarded under it never changes.
"""

from __future__ import annotations

from pathlib import PurePosixPath

from openbadge_issuer.assertions import Achievement, Alignment, Criteria, Image, Profile, Related
from openbadge_issuer.errors import PolicyError
from openbadge_issuer.errors.rule import Language
from openbadge_issuer.policy.badge import BadgeAlignment, BadgeDefinition, Criterion
from openbadge_issuer.policy.badge_policy import BadgePolicy, Organisation, in_language
from openbadge_issuer.policy.badge_versions import BadgeVersion
from openbadge_issuer.policy.catalogue import Badge

_WORDS = {
    "en": {
        "all": "To earn this badge, all of these were shown:",
        "mandatory": "To earn this badge, these were shown; what is marked as optional may be missing:",
        "optional": "optional",
    },
    "nl": {
        "all": "Voor deze badge is dit allemaal aangetoond:",
        "mandatory": "Voor deze badge is dit aangetoond; wat facultatief heet, kan ontbreken:",
        "optional": "facultatief",
    },
}


def achievement_of(badge: Badge, number: int, language: Language, policy: BadgePolicy) -> Achievement:
    """Write a version of a badge in one language.

    Args:
        badge: the badge.
        number: which version; it may be retired.
        language: one of the languages that the version has words in.
        policy: where it is published, and who made it.

    Raises:
        PolicyError: `CATALOGUE-VERSION`, or `CATALOGUE-LANGUAGE`, it has no words in that language.
    """
    version = badge.version(number)
    definition = version.definition
    text = definition.text.get(language)
    if text is None:
        raise PolicyError("CATALOGUE-LANGUAGE", badge=badge.name, version=number, language=language)
    return Achievement(
        id=achievement_url(policy, version, language),
        name=text.name,
        description=text.description,
        criteria=Criteria(narrative=narrative(definition, language)),
        achievement_type=definition.achievement_type,
        alignment=tuple(_alignment(one) for one in definition.alignments),
        creator=issuer_profile(policy.organisation, language),
        field_of_study=definition.theme,
        image=_image(policy, version, language),
        in_language=language,
        related=(*_other_languages(policy, version, language), *_previous(policy, badge, version, language)),
        tag=definition.tags.get(language, ()),
        version=str(number),
    )


def achievement_url(policy: BadgePolicy, version: BadgeVersion, language: Language) -> str:
    """Return the address of a version in one language; the language is named where there are several."""
    definition = version.definition
    suffix = f"-{language}" if len(definition.text) > 1 else ""
    return f"{_base(policy)}/achievements/{definition.badge}/{version.number}{suffix}"


def picture_url(policy: BadgePolicy, version: BadgeVersion) -> str | None:
    """Return the address of the picture of a version, if it has one."""
    definition = version.definition
    if definition.picture is None:
        return None
    ending = PurePosixPath(definition.picture.file.replace("\\", "/")).suffix.lower()
    return f"{_base(policy)}/achievements/{definition.badge}/{version.number}{ending}"


def issuer_profile(organisation: Organisation, language: Language) -> Profile:
    """Write the organisation as an issuer, with an address of the role and not of a person (R13)."""
    return Profile(
        id=organisation.id,
        name=organisation.name,
        url=organisation.url,
        email=organisation.contact,
        description=in_language(organisation.description, language) or None,
    )


def narrative(definition: BadgeDefinition, language: Language) -> str:
    """Write the criteria as a numbered list in Markdown, in the order of the definition."""
    words = _WORDS[language]
    opening = words["all" if all(one.mandatory for one in definition.criteria) else "mandatory"]
    lines = (
        f"{place}. {_statement(criterion, language, words['optional'])}"
        for place, criterion in enumerate(definition.criteria, 1)
    )
    return "\n".join((opening, "", *lines))


def _statement(criterion: Criterion, language: Language, optional: str) -> str:
    text = " ".join(in_language(criterion.statement, language).split())
    return text if criterion.mandatory else f"{text} ({optional})"


def _image(policy: BadgePolicy, version: BadgeVersion, language: Language) -> Image | None:
    url, picture = picture_url(policy, version), version.definition.picture
    if url is None or picture is None:
        return None
    return Image(id=url, caption=in_language(picture.caption, language) or None)


def _alignment(alignment: BadgeAlignment) -> Alignment:
    return Alignment(
        target_name=alignment.name,
        target_url=alignment.url,
        target_framework=alignment.framework,
        target_code=alignment.code,
    )


def _other_languages(policy: BadgePolicy, version: BadgeVersion, language: Language) -> tuple[Related, ...]:
    return tuple(
        Related(id=achievement_url(policy, version, other), in_language=other, version=str(version.number))
        for other in sorted(version.definition.text)
        if other != language
    )


def _previous(
    policy: BadgePolicy, badge: Badge, version: BadgeVersion, language: Language
) -> tuple[Related, ...]:
    """Name the version that was in use before, in the same language if it has it."""
    earlier = [one for one in badge.versions[: version.number - 1] if one.activated is not None]
    if not earlier:
        return ()
    last = earlier[-1]
    known: list[Language] = sorted(last.definition.text)
    tongue = language if language in known else known[0]
    url = achievement_url(policy, last, tongue)
    return (Related(id=url, in_language=tongue, version=str(last.number)),)


def _base(policy: BadgePolicy) -> str:
    return policy.publication.base.rstrip("/")
