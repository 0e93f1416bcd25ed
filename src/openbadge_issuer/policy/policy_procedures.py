"""The sections of a policy on how things go: awards, doubts about badges, misuse, reviews, evaluation."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from openbadge_issuer.policy.period import Period, Span
from openbadge_issuer.policy.section import Flag, Labels, Name, Section


class Awarding(Section):
    """How a badge is awarded (R36-R40, G1-G3).

    Attributes:
        eyes: how many different people at least take part in assessing and deciding together. Where fewer
            people than that hold a right to, all of them do, with a reason, which is recorded as an
            exception.
        decide_within: how soon there is a decision on a request.
        inform_within: how soon after the decision the candidate is informed of it.
        objection_within: how long a candidate can object to a decision after being informed of it.
    """

    eyes: Annotated[int, Field(strict=True, ge=1, le=4)] = 2
    decide_within: Span = Period(6, "week")
    inform_within: Span = Period(1, "week")
    objection_within: Span = Period(6, "week")


class Ground(Section):
    """A ground on which a badge can lose its status (R44).

    Attributes:
        name: the ground as the public reads it.
    """

    name: Annotated[Labels, Field(min_length=1)]


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

    Attributes:
        acknowledge_within: how soon a report is acknowledged.
        investigate_within: how soon after a report there is a decision.
        hear_within: how long the holder has to tell the other side of it before there is a decision.
        inform_within: how soon after the decision the holder is informed of it.
        objection_within: how long the holder can object after being informed.
        decide_objection_within: how soon there is a decision on an objection, by somebody else.
        awarder_investigates: whether who awarded a badge may investigate it alone: never, or with a reason,
            which is recorded as an exception.
        suspend_meanwhile: whether a badge can be suspended while it is being investigated.
        grounds: the grounds on which a badge can lose its status.
    """

    acknowledge_within: Span = Period(5, "day")
    investigate_within: Span = Period(30, "day")
    hear_within: Span = Period(2, "week")
    inform_within: Span = Period(1, "week")
    objection_within: Span = Period(6, "week")
    decide_objection_within: Span = Period(6, "week")
    awarder_investigates: Literal["with-reason", "never"] = "with-reason"
    suspend_meanwhile: Flag = True
    grounds: dict[Name, Ground] = Field(default_factory=_grounds, min_length=1)


class Sanction(Section):
    """One step of the ladder of sanctions (R56).

    Attributes:
        name: what it is called.
    """

    name: Annotated[Labels, Field(min_length=1)]


def _ladder() -> dict[str, Sanction]:
    return {
        "warning": Sanction(name={"en": "Warning", "nl": "Waarschuwing"}),
        "role-suspended": Sanction(name={"en": "Role suspended", "nl": "Rol geschorst"}),
        "role-ended": Sanction(name={"en": "Role ended", "nl": "Rol beëindigd"}),
        "dismissal": Sanction(name={"en": "Dismissal", "nl": "Ontslag"}),
    }


class Misuse(Section):
    """Misuse of the system by those involved, kept apart from cases about badges (R55, R56, G2).

    Attributes:
        handle_within: how soon a case of misuse is decided.
        sanctions: what can follow, from light to heavy.
    """

    handle_within: Span = Period(6, "week")
    sanctions: dict[Name, Sanction] = Field(default_factory=_ladder, min_length=1)


class Reviews(Section):
    """How often badges and the policy itself are looked at anew (R18, R19, R26, R48, G2).

    Attributes:
        badge_every: how often each badge is reviewed.
        policy_every: how often the policy is reviewed.
    """

    badge_every: Span = Period(12, "month")
    policy_every: Span = Period(24, "month")


class Evaluation(Section):
    """The evaluation of the system (R20-R23, R48-R54, G2).

    Attributes:
        every: how often it is evaluated.
        surveys_every: how often people with badges are asked by a survey.
        interviews_every: how often some of them are interviewed.
        focus_groups_every: how often groups are asked for ideas.
        smallest_cell: below how many people a figure is not shown.
    """

    every: Span = Period(12, "month")
    surveys_every: Span = Period(12, "month")
    interviews_every: Span = Period(12, "month")
    focus_groups_every: Span = Period(24, "month")
    smallest_cell: Annotated[int, Field(strict=True, ge=2, le=100)] = 5
