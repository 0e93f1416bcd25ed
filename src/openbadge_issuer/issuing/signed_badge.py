"""The result of issuing: exactly the bytes that were signed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from openbadge_issuer.assertions import AchievementCredential, ClrCredential, EndorsementCredential
from openbadge_issuer.assertions.json_text import JsonObject, parse_json_object
from openbadge_issuer.errors import OpenBadgeError
from openbadge_issuer.issuing.award import Award, Proof
from openbadge_issuer.signing.data_integrity import without_proof

if TYPE_CHECKING:  # the models of 2.0 are loaded by those who issue 2.0
    from openbadge_issuer.assertions.open_badges_2 import Assertion, BadgeClass


@dataclass(frozen=True, slots=True)
class UnsignedBadge:
    """A badge that is finished but for its signature.

    Attributes:
        credential: what will be signed, an `Assertion` for 2.0.
        document: the same as JSON, which nobody may change.
        proof: how it will be secured.
        warnings: sentences on what some readers of this badge may stumble over, or what has no place in it.
        badge_class: for 2.0 what is recognised, in a document of its own.
    """

    credential: AchievementCredential | Assertion
    document: JsonObject
    proof: Proof
    warnings: tuple[str, ...] = ()
    badge_class: BadgeClass | None = None


class SignedBadge:
    """A badge that was signed.

    Args:
        data: exactly what was signed: JSON with an embedded proof, or a compact JWS; of a hosted badge of
            2.0, which has no proof, the JSON that is to be served at its id.
        credential: the model that was signed, an `Assertion` for 2.0; None if it is to be read from `data`
            when somebody asks for it.
        warnings: sentences on what some readers of this badge may stumble over, or what has no place in it.
        badge_class: for 2.0 what is recognised, in a document of its own.
    """

    __slots__ = ("_credential", "badge_class", "data", "warnings")

    def __init__(
        self,
        data: bytes,
        credential: AchievementCredential | Assertion | None = None,
        warnings: tuple[str, ...] = (),
        badge_class: BadgeClass | None = None,
    ) -> None:
        self.data = data
        self.warnings = warnings
        self.badge_class = badge_class
        self._credential = credential

    @property
    def credential(self) -> AchievementCredential | Assertion:
        """The model that was signed, an `Assertion` for 2.0."""
        if self._credential is None:
            self._credential = _credential_in(self.data)
        return self._credential

    def __eq__(self, other: object) -> bool:
        return isinstance(other, SignedBadge) and (self.data, self.warnings, self.badge_class) == (
            other.data,
            other.warnings,
            other.badge_class,
        )

    def __hash__(self) -> int:
        return hash(self.data)

    def __repr__(self) -> str:
        return f"SignedBadge(data={self.data!r}, warnings={self.warnings!r})"

    def __reduce__(self) -> tuple[object, ...]:
        """Travel without the model of a 3.0 badge, which stands in the data too."""
        credential = self._credential
        kept = None if isinstance(credential, AchievementCredential) else credential
        return SignedBadge, (self.data, kept, self.warnings, self.badge_class)

    def bake(self, picture: bytes) -> bytes:
        """Put the badge into a PNG or SVG; raises PictureError if the picture cannot carry it."""
        # Local: pictures and XML are needed by those who bake, not by all who sign.
        from openbadge_issuer.baking import bake  # noqa: PLC0415

        return bake(picture, self.data)


@dataclass(frozen=True, slots=True)
class SignedEndorsement:
    """An endorsement that was signed.

    Attributes:
        data: exactly what was signed: JSON with an embedded proof, or a compact JWS.
        credential: the model that was signed.
    """

    data: bytes
    credential: EndorsementCredential

    @property
    def inside(self) -> EndorsementCredential | str:
        """The form in which it goes into what it endorses: a model that keeps its proof, or the compact JWS.

        The first goes into `endorsement`, the second into `endorsement_jwt`; `Issuer.issue` takes both.
        """
        if self.data.startswith(b"{"):
            return EndorsementCredential.read(parse_json_object(self.data))
        return self.data.decode("ascii")


@dataclass(frozen=True, slots=True)
class SignedClr:
    """A learner record that was signed.

    Attributes:
        data: exactly what was signed: JSON with an embedded proof, or a compact JWS.
        credential: the model that was signed.
    """

    data: bytes
    credential: ClrCredential


def as_received(credential: SignedBadge | SignedClr | bytes | str) -> JsonObject | str:
    """Take a signed credential as it goes into a learner record: a document, or a compact JWS.

    Raises:
        DocumentError: the text cannot be read.
    """
    data = credential if isinstance(credential, bytes | str) else credential.data
    text = data.decode("utf-8", "replace") if isinstance(data, bytes) else data
    return parse_json_object(text) if text.lstrip().startswith("{") else text.strip()


def _credential_in(data: bytes) -> AchievementCredential:
    """Read the model of a badge of 3.0 from what was signed."""
    if data.startswith(b"{"):
        return AchievementCredential.read(without_proof(parse_json_object(data)))
    from openbadge_issuer.signing.vc_jwt import parse_jwt  # noqa: PLC0415  # embedded proofs need none of it

    return AchievementCredential.read(parse_jwt(data).credential)


@dataclass(frozen=True, slots=True)
class IssueFailure:
    """An award that could not be issued, and why."""

    award: Award
    error: OpenBadgeError
