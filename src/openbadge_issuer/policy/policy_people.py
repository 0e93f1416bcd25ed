"""The sections of a policy on who does what: the organisation, its roles, their training, young people."""

from __future__ import annotations

from typing import Annotated, Literal, TypeAlias
from zoneinfo import ZoneInfo

from pydantic import Field

from openbadge_issuer.assertions.values import Uri
from openbadge_issuer.errors.rule import Language
from openbadge_issuer.policy.period import Period, Span
from openbadge_issuer.policy.section import EMail, Flag, Label, Labels, Section, TimeZone, Words

Right: TypeAlias = Literal[
    "design",
    "approve",
    "assess",
    "award",
    "inform",
    "investigate",
    "decide-case",
    "handle-misuse",
    "grant-roles",
    "train",
    "evaluate",
    "keep-records",
    "keep-keys",
]
"""What a role may do: design badges, approve their criteria, judge a criterion, decide on an award, inform
holders, investigate a report, decide on it, handle misuse, grant and end roles, record training, review
badges and collect feedback, look after the register, and look after the keys."""

TrainedRight: TypeAlias = Literal[
    "design",
    "approve",
    "assess",
    "award",
    "inform",
    "investigate",
    "decide-case",
    "handle-misuse",
    "evaluate",
    "keep-records",
    "keep-keys",
]
"""The rights that can ask for a training: all but those to grant roles and to record training, without which
nobody could become the first who is trained, or be trained again once everybody's training has run out."""


class Organisation(Section):
    """Who issues (R10, R13, G2, G11).

    Attributes:
        id: the identifier of the issuer, such as `did:web:badges.example`.
        name: its name.
        url: its website.
        contact: where people reach those who look after badges: an address of the role, not of a person.
        description: what it is and does.
        time_zone: on whose clock deadlines are counted.
        languages: in which languages it speaks to people; the first one where nobody said otherwise.
    """

    id: Uri
    name: Label
    url: Uri | None = None
    contact: EMail
    description: Words = Field(default_factory=dict)
    time_zone: TimeZone = "Etc/UTC"
    languages: Annotated[tuple[Language, ...], Field(min_length=1)] = ("en",)

    @property
    def zone(self) -> ZoneInfo:
        """The time zone."""
        return ZoneInfo(self.time_zone)


class Role(Section):
    """A role and what it may do (R10-R35, G8).

    Attributes:
        name: what it is called.
        purpose: what it is there for, in words.
        rights: what it may do.
        holders_at_least: how many people should hold it at any time; fewer is reported as a vacancy.
    """

    name: Annotated[Labels, Field(min_length=1)]
    purpose: Words = Field(default_factory=dict)
    rights: tuple[Right, ...] = ()
    holders_at_least: Annotated[int, Field(strict=True, ge=0, le=100)] = 1


class Emergency(Section):
    """What happens when nobody who holds a role can be reached (G8): one takes it, and all can see that.

    Attributes:
        allowed: whether this is possible.
        lasts: how long a role that was taken counts.
    """

    allowed: Flag = True
    lasts: Span = Period(24, "hour")


class Training(Section):
    """How long a training counts, and what needs a valid one (R30, R63, G2).

    Attributes:
        valid_for: how long a training counts.
        required_for: the rights that count only with a valid training.
    """

    valid_for: Span = Period(1, "year")
    required_for: tuple[TrainedRight, ...] = ()


class Minors(Section):
    """Young people (G10); no date of birth is recorded.

    Attributes:
        guardian_below: below which age a guardian is informed too; 0 for never.
    """

    guardian_below: Annotated[int, Field(strict=True, ge=0, le=21)] = 16
