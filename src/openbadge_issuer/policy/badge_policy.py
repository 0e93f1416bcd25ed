"""The badge policy of an organisation as typed models; `policy_file` reads it from a file.

Every section has defaults, so that a policy says only where it differs. The defaults take a stand where a
policy in prose is silent: deadlines, objection, four eyes, retention, people without an e-mail address.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from datetime import date
from functools import cached_property
from typing import Annotated, Literal, Self, TypeAlias
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, StringConstraints
from pydantic_core import PydanticCustomError

from openbadge_issuer.assertions.json_text import JsonObject
from openbadge_issuer.assertions.values import Uri
from openbadge_issuer.errors.rule import Language
from openbadge_issuer.jsonld.jcs import canonicalize_jcs
from openbadge_issuer.policy.event import RecordClass
from openbadge_issuer.policy.period import Period, Span

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

Name: TypeAlias = Annotated[str, StringConstraints(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$", max_length=60)]
"""A short name in a file or a command: small letters, digits and hyphens."""
Sentence: TypeAlias = Annotated[str, StringConstraints(min_length=1, max_length=2000, strip_whitespace=True)]
Words: TypeAlias = dict[Language, Sentence]
"""The same text in English and Dutch, or in one of them."""


def in_language(words: Words, language: Language) -> str:
    """Return words in the language asked for, else in the other one; empty if there are none."""
    return words.get(language) or next(iter(words.values()), "")


def _zone(name: str) -> str:
    try:
        ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError) as error:
        raise PydanticCustomError("POLICY-TIME-ZONE", "no time zone", {"name": name[:60]}) from error
    return name


class Section(BaseModel):
    """A table of the policy file, or a value of an event: frozen, without members that are not known."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    def model_copy(self, *, update: Mapping[str, object] | None = None, deep: bool = False) -> Self:
        """Copy it without what was computed and kept of it, such as a digest."""
        copy = super().model_copy(update=update, deep=deep)
        for name in vars(copy).keys() - type(self).model_fields.keys():
            del vars(copy)[name]
        return copy


class Organisation(Section):
    """Who issues (R10, R13).

    `contact` is an address of the role, not of a person. Deadlines are counted on the clock of `time_zone`.
    The first of the languages is the one used where nobody said otherwise.
    """

    id: Uri
    name: Sentence
    url: Uri | None = None
    contact: Annotated[str, StringConstraints(pattern=r"^[^\s@<>]+@[^\s@<>]+\.[^\s@<>.]+$")]
    description: Words = {}
    time_zone: Annotated[str, AfterValidator(_zone)] = "Etc/UTC"
    languages: Annotated[tuple[Language, ...], Field(min_length=1)] = ("en",)

    @property
    def zone(self) -> ZoneInfo:
        """The time zone."""
        return ZoneInfo(self.time_zone)


class Role(Section):
    """A role and what it may do (R10-R35)."""

    name: Words
    purpose: Words = {}
    rights: tuple[Right, ...] = ()
    holders_at_least: Annotated[int, Field(ge=0, le=100)] = 1


class Emergency(Section):
    """What happens when nobody who holds the role can be reached (G8): one takes it, and all can see that."""

    allowed: bool = True
    lasts: Span = Period(24, "hour")


class Awarding(Section):
    """How a badge is awarded (R36-R40, G3).

    `eyes` is how many different people at least take part in assessing and deciding together. Where fewer
    people than that hold a right to, all of them do, with a reason, which is recorded as an exception.
    """

    eyes: Annotated[int, Field(ge=1, le=4)] = 2
    inform_within: Span = Period(1, "week")
    decide_within: Span = Period(6, "week")


class Ground(Section):
    """A ground on which a badge can lose its status, as the public reads it."""

    name: Words


def _grounds() -> dict[str, Ground]:
    return {
        "criteria-not-met": Ground(
            name={"en": "The criteria were not met.", "nl": "Er was niet aan de criteria voldaan."}
        ),
        "mistake": Ground(
            name={"en": "The badge holds a mistake.", "nl": "Er staat een fout in de badge."}
        ),
        "false-evidence": Ground(
            name={"en": "The evidence was not genuine.", "nl": "Het bewijs was niet echt."}
        ),
        "key-compromised": Ground(
            name={
                "en": "The key that signed the badge was no longer safe.",
                "nl": "De sleutel waarmee de badge is ondertekend was niet meer veilig.",
            }
        ),
    }  # fmt: skip


class Revocation(Section):
    """How a doubt about a badge is handled (R41-R47, G1-G3, G6, G7).

    `awarder_investigates` says whether who awarded a badge may investigate it alone: `never`, or
    `with-reason`, which is recorded as an exception.
    """

    acknowledge_within: Span = Period(5, "day")
    investigate_within: Span = Period(30, "day")
    inform_within: Span = Period(1, "week")
    objection_within: Span = Period(6, "week")
    decide_objection_within: Span = Period(6, "week")
    awarder_investigates: Literal["with-reason", "never"] = "with-reason"
    suspend_meanwhile: bool = True
    grounds: dict[Name, Ground] = Field(default_factory=_grounds, min_length=1)


class Training(Section):
    """How long a training counts, and for which rights a valid one is needed (R30, R63)."""

    valid_for: Span = Period(1, "year")
    required_for: tuple[TrainedRight, ...] = ()


class Retention(Section):
    """How long personal records are kept after the last event of their procedure (G4)."""

    person: Span = Period(10, "year")
    dossier: Span = Period(5, "year")
    credential: Span = Period(10, "year")
    notice: Span = Period(2, "year")
    case: Span = Period(5, "year")
    reporter: Span = Period(1, "year")
    misuse: Span = Period(2, "year")
    feedback: Span = Period(2, "year")

    def of(self, record_class: RecordClass) -> Period:
        """Return the period of a class of records."""
        period: Period = getattr(self, record_class)
        return period


class Publication(Section):
    """What becomes public, and how the holder is named in a badge (R38, R40, R59, G5, G10).

    `base` is the https address under which everything public stands. `recipient` says how a holder with an
    e-mail address is named: by a salted hash or in plain text; one with an identifier (a DID) is named by
    that, one with neither by the hash of a claim code. `evidence` is public only with the holder's consent
    or never. `open_badges_2` issues the same award in that version too.
    """

    base: Annotated[str, StringConstraints(pattern=r"^https://[^\s/?#]+(/[^\s?#]*)?$")]
    recipient: Literal["hashed-email", "plain-email"] = "hashed-email"
    evidence: Literal["with-consent", "never"] = "with-consent"
    proof: str | None = None
    open_badges_2: Literal["none", "hosted", "signed"] = "none"
    suspension_list: bool = False
    list_valid_for: Span = Period(30, "day")
    list_size: Annotated[int, Field(ge=131_072, le=64 * 1024 * 1024, multiple_of=8)] = 131_072


class Minors(Section):
    """Below which age a guardian is informed too (G10); no date of birth is recorded."""

    guardian_below: Annotated[int, Field(ge=0, le=21)] = 16


class Reviews(Section):
    """How often badges and the policy itself are looked at anew (R18, R48, G2)."""

    badge_every: Span = Period(12, "month")
    policy_every: Span = Period(24, "month")


class Evaluation(Section):
    """The evaluation cycle, and below how many people a figure is not shown (R48-R54)."""

    every: Span = Period(12, "month")
    smallest_cell: Annotated[int, Field(ge=2, le=100)] = 5


class Sanction(Section):
    """One step of the ladder of sanctions (R56)."""

    name: Words


def _ladder() -> dict[str, Sanction]:
    return {
        "warning": Sanction(name={"en": "Warning", "nl": "Waarschuwing"}),
        "role-suspended": Sanction(name={"en": "Role suspended", "nl": "Rol geschorst"}),
        "role-ended": Sanction(name={"en": "Role ended", "nl": "Rol beëindigd"}),
        "dismissal": Sanction(name={"en": "Dismissal", "nl": "Ontslag"}),
    }


class Misuse(Section):
    """Misuse of the system by those involved, kept apart from cases about badges (R55, R56)."""

    handle_within: Span = Period(6, "week")
    sanctions: dict[Name, Sanction] = Field(default_factory=_ladder, min_length=1)


class Keys(Section):
    """How often the signing key is replaced (G9)."""

    rotate_every: Span = Period(2, "year")


class Platform(Section):
    """A platform of others on which badges of the organisation stand (R27, R28, G7)."""

    name: Sentence
    prefixes: Annotated[tuple[Uri, ...], Field(min_length=1)]


class Design(Section):
    """Which version of the design guidelines new badges are judged by (R69)."""

    guideline: Sentence = "1"


class BadgePolicy(Section):
    """The whole policy.

    `roles` maps the names of roles to what they may do. Every decision is taken under a policy that is
    named by its `digest`.
    """

    format: Literal[1] = 1
    version: Sentence = "1"
    adopted: date | None = None
    purpose: Words = {}
    organisation: Organisation
    roles: Annotated[dict[Name, Role], Field(min_length=1)]
    awarding: Awarding = Awarding()
    emergency: Emergency = Emergency()
    revocation: Revocation = Field(default_factory=Revocation)
    training: Training = Training()
    retention: Retention = Retention()
    publication: Publication
    minors: Minors = Minors()
    reviews: Reviews = Reviews()
    evaluation: Evaluation = Evaluation()
    misuse: Misuse = Field(default_factory=Misuse)
    keys: Keys = Keys()
    design: Design = Design()
    platforms: dict[Name, Platform] = {}

    @cached_property
    def digest(self) -> str:
        """The SHA-256 of the policy in hex: of what it says with all defaults, not of how it is written."""
        return hashlib.sha256(canonicalize_jcs(self.to_json())).hexdigest()

    def to_json(self) -> JsonObject:
        """Write the whole policy, every default spelled out."""
        written: JsonObject = self.model_dump(mode="json", exclude_none=True)
        return written

    def roles_with(self, right: Right) -> tuple[str, ...]:
        """Return the names of the roles that have a right."""
        return tuple(name for name, role in self.roles.items() if right in role.rights)
