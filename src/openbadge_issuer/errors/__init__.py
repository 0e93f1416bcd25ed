"""Everything that can go wrong, as typed errors with a stable code and a sentence in two languages.

    OpenBadgeError
    ├── InputError               what was given cannot be read
    │   ├── DocumentError        JSON, compact JWS, policy and index files
    │   └── PictureError         PNG, SVG
    ├── LimitError               a cap on size, depth or work was reached
    ├── ModelError               a document does not say what the specification requires
    ├── CanonicalizationError    a document has no safe canonical form
    │   └── ContextError         a context is not known
    ├── KeyMaterialError         a key cannot be read, opened or used
    ├── SignatureError           a signature was checked and is wrong
    ├── UnsupportedError         it could not be checked: suite, algorithm or method is not known here
    ├── ResolutionError          a document or key could not be had
    ├── StatusError              a status list cannot be used
    ├── IssuingError             a badge cannot be issued as asked
    ├── PolicyError              the badge policy does not allow it, or not yet
    ├── RegisterError            the register cannot be used, or is not as it was written
    └── OutputError              a file cannot be written

The sentences stand in `errors.rules`, one table per subject.
"""

from __future__ import annotations

from openbadge_issuer.errors.rule import Language, Rule

__all__ = [
    "CanonicalizationError",
    "ContextError",
    "DocumentError",
    "InputError",
    "IssuingError",
    "KeyMaterialError",
    "LimitError",
    "ModelError",
    "OpenBadgeError",
    "OutputError",
    "PictureError",
    "PolicyError",
    "RegisterError",
    "ResolutionError",
    "SignatureError",
    "StatusError",
    "UnsupportedError",
]


class OpenBadgeError(Exception):
    """The root of all errors that this library raises.

    Args:
        code: the stable code of the broken rule, such as `JSON-SYNTAX`.
        pointer: a JSON Pointer (RFC 6901) to the place in the document, empty for the whole of it.
        details: what fills the placeholders of the rule's sentence; never private key material.
    """

    def __init__(self, code: str, pointer: str = "", /, **details: str | int) -> None:
        super().__init__(code, pointer)
        self.code = code
        self.pointer = pointer
        self.details = details

    @property
    def rule(self) -> Rule:
        """The row of the rule book that this error is about."""
        from openbadge_issuer.errors.rules import rule_book  # noqa: PLC0415  # read when a sentence is wanted

        return rule_book()[self.code]

    def sentence(self, language: Language = "en") -> str:
        """Say in one sentence what is wrong."""
        rule = self.rule
        return (rule.en if language == "en" else rule.nl).format_map(self.details)

    def advice(self, language: Language = "en") -> str:
        """Say what the one who can repair it should do; empty if there is nothing to say."""
        rule = self.rule
        return (rule.how_en if language == "en" else rule.how_nl).format_map(self.details)

    def __str__(self) -> str:
        return f"{self.sentence()} (at {self.pointer})" if self.pointer else self.sentence()

    def __reduce__(self) -> tuple[object, ...]:  # survives the way back from a worker process
        return _rebuild, (type(self), self.code, self.pointer, self.details)


def _rebuild(
    kind: type[OpenBadgeError], code: str, pointer: str, details: dict[str, str | int]
) -> OpenBadgeError:
    return kind(code, pointer, **details)


class InputError(OpenBadgeError):
    """What was given cannot be read."""


class DocumentError(InputError):
    """A text (JSON, compact JWS, policy or index file) cannot be read."""


class PictureError(InputError):
    """A PNG or SVG cannot be read or baked."""


class LimitError(OpenBadgeError):
    """A cap on size, depth or work was reached, so the input was not read to its end."""


class ModelError(OpenBadgeError):
    """A document does not say what the specification requires."""


class CanonicalizationError(OpenBadgeError):
    """A document has no safe canonical form, so nothing can be signed or verified over it."""


class ContextError(CanonicalizationError):
    """A context is named that is neither pinned nor given; contexts are never fetched."""


class KeyMaterialError(OpenBadgeError):
    """A key cannot be read, opened or used for what was asked."""


class SignatureError(OpenBadgeError):
    """A signature was checked and does not hold."""


class UnsupportedError(OpenBadgeError):
    """Something could not be checked, because this library does not know the suite, algorithm or method."""


class ResolutionError(OpenBadgeError):
    """A document or key could not be had, so nothing is known about it."""


class StatusError(OpenBadgeError):
    """A status list cannot be used."""


class IssuingError(OpenBadgeError):
    """A badge cannot be issued as asked."""


class PolicyError(OpenBadgeError):
    """The badge policy does not allow a step, or not yet; nothing was recorded."""


class RegisterError(OpenBadgeError):
    """The register cannot be used, or is not as it was written."""


class OutputError(OpenBadgeError):
    """A file cannot be written; nothing half-written was left."""
