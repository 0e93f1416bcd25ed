"""The words that a list of awards may hold, in English and Dutch; any other word is refused.

Nothing here guesses: a score, a dash, or the beginning of a sentence says neither yes nor no, and a guess
would give somebody a badge.
"""

from __future__ import annotations

import re
from typing import get_args

from openbadge_issuer.errors import DocumentError
from openbadge_issuer.errors.rule import Language
from openbadge_issuer.policy.award_events import Outcome
from openbadge_issuer.policy.badge import EvidenceForm

_YES = ("yes", "y", "true", "x", "✓", "ja", "j", "waar")
_NO = ("no", "n", "false", "nee", "onwaar")
_OUTCOMES: dict[str, Outcome] = {
    **dict.fromkeys(("met", "voldaan", "gehaald", "behaald", *_YES), "met"),
    **dict.fromkeys(
        ("not met", "not yet", "niet voldaan", "niet gehaald", "niet behaald", "nog niet", *_NO), "not-met"
    ),
    **dict.fromkeys(("not applicable", "n/a", "nvt", "niet van toepassing"), "not-applicable"),
}
_SHOWN_OUTCOMES = "met, yes, ja, x, voldaan; not met, no, nee, niet voldaan; n.v.t., n/a"
_LANGUAGES: dict[str, Language] = {"en": "en", "nl": "nl"}
_FORMS: dict[str, EvidenceForm] = {form: form for form in get_args(EvidenceForm)}
_BETWEEN = re.compile(r"(?<=\w)[-_](?=\w)")
_SHOWN = 60


def outcome(column: str, cell: str) -> Outcome:
    """Read how a criterion was judged: met, not met or not applicable.

    Raises:
        DocumentError: `AWARD-LIST-CELL`, it says none of these, or nothing.
    """
    found = _OUTCOMES.get(_plain(cell))
    if found is None:
        raise _meaningless(column, cell, _SHOWN_OUTCOMES)
    return found


def yes_or_no(column: str, cell: str) -> bool:
    """Read a yes or a no; an empty cell is no. Raises as `outcome`."""
    word = _plain(cell)
    if word not in (*_YES, *_NO, ""):
        raise _meaningless(column, cell, "yes, ja, x; no, nee")
    return word in _YES


def language(column: str, cell: str, default: Language) -> Language:
    """Read a language; the default for an empty cell. Raises as `outcome`."""
    found = _LANGUAGES.get(_plain(cell)) if cell else default
    if found is None:
        raise _meaningless(column, cell, "en, nl")
    return found


def form(column: str, cell: str) -> EvidenceForm:
    """Read in which form something was shown. Raises as `outcome`."""
    found = _FORMS.get(_plain(cell))
    if found is None:
        raise _meaningless(column, cell, ", ".join(_FORMS))
    return found


def _plain(cell: str) -> str:
    """Return a word as it is compared: in small letters, without dots, with one kind of space."""
    return " ".join(_BETWEEN.sub(" ", cell.replace(".", "").casefold()).split())


def _meaningless(column: str, cell: str, known: str) -> DocumentError:
    return DocumentError("AWARD-LIST-CELL", column=column, word=cell[:_SHOWN], known=known)
