"""By which words a criterion is judged; the words themselves stand in one module per language.

What can be seen are verbs of doing, as in the taxonomies of learning goals; what cannot are the verbs of
knowing and feeling that those warn against. The lists are ours and never complete, so what they do not
know is let pass.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

_PLACEHOLDER: Final = re.compile(
    r"\b(?:to ?do|tbd|tba|n\.?t\.?b\.?|nog in te vullen|lorem ipsum|xxx+)\b|\.{3}|…", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class Lexicon:
    """What the words of one language say about a criterion.

    Attributes:
        doing: verbs that somebody can be seen doing, in all their forms.
        weak: verbs of knowing and feeling.
        weak_nouns: nouns, and forms that follow another verb, of the same kind.
        showing: verbs and articles that say nothing by themselves, before such a noun.
        opening: who does it, and that they can, before the verb.
        quality: words that leave open how well.
        quantity: words that leave open how much or how often, unless there is a number.
        number: a number.
        joined: what joins two things in one statement.
        passive: what leaves open who does it.
        jargon: words that not everybody knows.
        ending: how a verb ends that is in no list.
    """

    doing: frozenset[str]
    weak: re.Pattern[str]
    weak_nouns: re.Pattern[str]
    showing: re.Pattern[str]
    opening: re.Pattern[str]
    quality: re.Pattern[str]
    quantity: re.Pattern[str]
    number: re.Pattern[str]
    joined: re.Pattern[str]
    passive: re.Pattern[str]
    jargon: re.Pattern[str]
    ending: re.Pattern[str]


def phrases(text: str) -> re.Pattern[str]:
    """Compile alternatives that are separated by commas; each is a regular expression of whole words."""
    return re.compile(rf"\b(?:{_alternatives(text)})\b", re.IGNORECASE)


def states(verbs: str, being: str, traits: str) -> re.Pattern[str]:
    """Compile verbs of knowing and feeling, and what somebody is said to be, with one word between."""
    pattern = (
        rf"\b(?:{_alternatives(verbs)}|(?:{_alternatives(being)}) (?:\w+ )?(?:{_alternatives(traits)}))\b"
    )
    return re.compile(pattern, re.IGNORECASE)


def opening(subjects: str, abilities: str) -> re.Pattern[str]:
    """Compile what may stand before the verb: who does it, then any words for that they can."""
    pattern = rf"(?:(?:{_alternatives(subjects)}) )?(?:(?:{_alternatives(abilities)}) )*"
    return re.compile(pattern, re.IGNORECASE)


def is_placeholder(text: str) -> bool:
    """Tell whether a text only keeps a place, such as `TBD` or three dots."""
    return _PLACEHOLDER.search(text) is not None


def _alternatives(text: str) -> str:
    return "|".join(" ".join(one.split()) for one in text.split(","))
