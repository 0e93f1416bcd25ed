"""What the office does beside the procedures: adopting a policy, and setting bits in status lists."""

from __future__ import annotations

from typing import Annotated, Final

from pydantic import Field, JsonValue

from openbadge_issuer.assertions.values import Uri
from openbadge_issuer.policy.event import Event
from openbadge_issuer.policy.event_values import Digest, Identifier

POLICY_STREAM: Final = "policy"


class PolicyAdopted(Event):
    """A policy is in force from now on; what was decided before was decided under another one.

    Attributes:
        version: the version, as the policy names itself.
        adopted: the digest of the policy.
        content: the whole policy, every default spelled out; it holds nothing personal.
    """

    version: str
    adopted: Digest
    content: dict[str, JsonValue]


class StatusBitSet(Event):
    """A bit in a status list was set or cleared, because a case has decided so.

    Attributes:
        case: the case.
        list: the list.
        index: the place in it.
        value: whether the bit is set from now on.
        reason: what the public reads about it, as it stands beside the list.
    """

    case: Identifier
    list: Uri
    index: Annotated[int, Field(ge=0)]
    value: bool
    reason: Annotated[str, Field(max_length=10_000)] | None = None
