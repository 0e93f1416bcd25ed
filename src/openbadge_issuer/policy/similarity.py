"""How alike two texts are, in the same language: for duplicates in criteria and in the catalogue."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection
from functools import lru_cache
from typing import Final

from openbadge_issuer.errors.rule import Language

_WORD: Final = re.compile(r"[^\W_]+")
_NO_CONTENT: Final[dict[Language, str]] = {
    "en": """
        a an and are as at be by can candidate did does for from had has have he her his i in is it its
        learner must of on or participant she should so that the their them they this to was were who will
        with you your
    """,
    "nl": """
        aan als bij dat de deelnemer deze die dit door een en er haar heb hebt heeft het hij hun ik in is
        je jij jouw kan kandidaat kunnen kun maar met moet naar of om ook op te tot u uit uw van voor was
        werd wordt zal zich zij zijn
    """,
}
_ENDINGS: Final[dict[Language, tuple[str, ...]]] = {
    "en": ("ing", "ed", "es", "s"),
    "nl": ("en", "de", "te", "t", "e", "s"),
}
_SHORTEST_STEM: Final = 4


@lru_cache(maxsize=4096)
def content_words(text: str, language: Language) -> frozenset[str]:
    """Return the words of a text that carry its meaning, without accents and endings."""
    empty = _NO_CONTENT[language].split()
    plain = unicodedata.normalize("NFKD", text).casefold()
    words = _WORD.findall("".join(sign for sign in plain if not unicodedata.combining(sign)))
    return frozenset(_stem(word, language) for word in words if word not in empty)


def overlap(one: Collection[str], other: Collection[str]) -> float:
    """Return how much two sets have in common, from 0 to 1 (Sørensen and Dice)."""
    if not one or not other:
        return 0.0
    return 2 * len(set(one) & set(other)) / (len(one) + len(other))


def likeness(one: str, other: str, language: Language) -> float:
    """Return how alike two statements are, from 0 to 1, by the words that carry their meaning."""
    return overlap(content_words(one, language), content_words(other, language))


def name_likeness(one: str, other: str) -> float:
    """Return how alike two names are, from 0 to 1, by their runs of three letters."""
    return overlap(_runs(one), _runs(other))


def _stem(word: str, language: Language) -> str:
    for ending in _ENDINGS[language]:
        if word.endswith(ending) and len(word) - len(ending) >= _SHORTEST_STEM:
            return word[: -len(ending)]
    return word


def _runs(name: str) -> frozenset[str]:
    letters = f" {' '.join(_WORD.findall(name.casefold()))} "
    return frozenset(letters[start : start + 3] for start in range(len(letters) - 2))
