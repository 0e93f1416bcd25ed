"""What happens when somebody misuses the system: the events of the stream `misuse:<identifier>` (R55, R56).

All that says whom it is about, what was done and what followed is in parts of the class `misuse`, which is
kept for a short time; what stays tells only that there was such a matter, and who handled it. Nothing of it
ever has an effect on anything public.
"""

from __future__ import annotations

from typing import Annotated

from openbadge_issuer.policy.badge_policy import Name
from openbadge_issuer.policy.event import Event, Kept
from openbadge_issuer.policy.event_values import FreeText, Identifier, Pseudonym


class MisuseReported(Event):
    """Somebody says that the system is misused.

    Attributes:
        misuse: the identifier of the matter.
        about: the pseudonym of who is said to misuse it.
        involved: the pseudonyms of others who have a part in it.
        text: what was reported.
        reporter: the pseudonym of the reporter, if known.
        reporter_name: the name, if given.
        reporter_contact: where the reporter can be reached, if given.
    """

    misuse: Identifier
    about: Annotated[Pseudonym | None, Kept("misuse", of="about")] = None
    involved: Annotated[tuple[Pseudonym, ...] | None, Kept("misuse", of="about")] = None
    text: Annotated[FreeText | None, Kept("reporter", of="reporter")] = None
    reporter: Annotated[Pseudonym | None, Kept("reporter", of="reporter")] = None
    reporter_name: Annotated[FreeText | None, Kept("reporter", of="reporter")] = None
    reporter_contact: Annotated[FreeText | None, Kept("reporter", of="reporter")] = None


class MisuseAssigned(Event):
    """Somebody who is not involved handles it; `handler` is the pseudonym."""

    handler: Pseudonym


class MisuseNoted(Event):
    """Something was found out, or somebody was heard.

    Attributes:
        about: the pseudonym of whom the matter is about.
        text: what.
    """

    about: Annotated[Pseudonym | None, Kept("misuse", of="about")] = None
    text: Annotated[FreeText | None, Kept("misuse", of="about")] = None


class MeasureRecorded(Event):
    """The organisation has taken a measure, which people decided on (R56).

    Attributes:
        about: the pseudonym of whom the matter is about.
        measure: the step of the ladder in the policy.
        decided_by: who decided on it, in words.
        text: what it is, and why.
    """

    about: Annotated[Pseudonym | None, Kept("misuse", of="about")] = None
    measure: Annotated[Name | None, Kept("misuse", of="about")] = None
    decided_by: Annotated[FreeText | None, Kept("misuse", of="about")] = None
    text: Annotated[FreeText | None, Kept("misuse", of="about")] = None


class MisuseClosed(Event):
    """The matter is closed.

    Attributes:
        about: the pseudonym of whom the matter is about.
        text: how it ended.
    """

    about: Annotated[Pseudonym | None, Kept("misuse", of="about")] = None
    text: Annotated[FreeText | None, Kept("misuse", of="about")] = None
