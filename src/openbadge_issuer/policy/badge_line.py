"""The line of awards in which one follows another, as a case looks at it.

A doubt about a badge reaches what has taken its place, so that nothing escapes it by being issued anew.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from openbadge_issuer.errors import PolicyError
from openbadge_issuer.policy.award_record import AwardRecord
from openbadge_issuer.policy.effects import award_in


def line_of(subject: str, awards: Mapping[str, AwardRecord]) -> tuple[AwardRecord, ...]:
    """Return the award that a subject names and those that followed it; nothing for a foreign badge.

    Args:
        subject: what a case is about.
        awards: the awards by their identifiers.

    Raises:
        PolicyError: `CASE-AWARDS`, one of them was not given along.
    """
    line: list[AwardRecord] = []
    name = award_in(subject)
    while name is not None:
        if name not in awards:
            raise PolicyError("CASE-AWARDS", award=name)
        line.append(awards[name])
        name = line[-1].successor
    return tuple(line)


def involved_in(subjects: Iterable[str], awards: Mapping[str, AwardRecord]) -> frozenset[str]:
    """Return who assessed or awarded the badges that a case is about, by pseudonym.

    Raises:
        PolicyError: `CASE-AWARDS`.
    """
    lines = (line_of(subject, awards) for subject in subjects)
    return frozenset().union(*(award.involved for line in lines for award in line))
