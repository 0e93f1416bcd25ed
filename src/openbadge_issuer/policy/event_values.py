"""The values that events of several procedures share."""

from __future__ import annotations

from typing import Annotated, Literal, TypeAlias

from pydantic import StringConstraints

from openbadge_issuer.assertions.values import Uri
from openbadge_issuer.policy.badge_policy import Section

Identifier: TypeAlias = Annotated[
    str, StringConstraints(pattern=r"^[A-Za-z0-9]+(-[A-Za-z0-9]+)*$", max_length=64)
]
"""What names a procedure within its kind, as in the stream `award:<identifier>`."""
Pseudonym: TypeAlias = Annotated[str, StringConstraints(min_length=1, max_length=100)]
"""The pseudonym of a person."""
Digest: TypeAlias = Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{64}$")]
"""A SHA-256 in hex."""
FreeText: TypeAlias = Annotated[
    str, StringConstraints(min_length=1, max_length=20_000, strip_whitespace=True)
]
"""What people wrote; personal wherever it stands."""

Exempt: TypeAlias = Literal[
    "fewer-eyes", "awarder-investigates", "awarder-decides", "same-decider", "no-hearing", "own-training"
]
"""What a policy lets be done otherwise with a reason: fewer people than it asks for took part; who awarded a
badge investigates a doubt about it, or decides on it; who decided before decides on an objection, or anew;
the holder was not heard. Somebody records a training of
their own. It is recorded as such."""


class EvidenceReference(Section):
    """Something that shows that a criterion is met (R38, R62), kept elsewhere.

    Attributes:
        sha256: the digest of the file, or of the copy that was kept of what stands elsewhere.
        media_type: what kind of file it is.
        name: what it is called.
        url: where it can be seen; public only if it may be.
        public: whether the candidate agreed that the badge shows it (G5).
    """

    sha256: Digest
    media_type: Annotated[str, StringConstraints(pattern=r"^[a-z0-9.+-]+/[a-z0-9.+-]+$", max_length=100)]
    name: Annotated[str, StringConstraints(min_length=1, max_length=200, strip_whitespace=True)]
    url: Uri | None = None
    public: bool = False
