"""Are the criteria of a badge specific, clear and assessable (R11, R19)?

Errors make a criterion impossible to assess, and stand in the way of approving a version. Warnings are
for people to think about: a word list does not read.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from itertools import combinations
from types import MappingProxyType
from typing import Final

from openbadge_issuer.assertions.json_text import pointer
from openbadge_issuer.errors.rule import Language
from openbadge_issuer.policy.badge import BadgeDefinition, Criterion, EvidenceForm
from openbadge_issuer.policy.criteria_dutch import DUTCH
from openbadge_issuer.policy.criteria_english import ENGLISH
from openbadge_issuer.policy.criteria_words import Lexicon, is_placeholder, phrases
from openbadge_issuer.policy.remark import Remark
from openbadge_issuer.policy.similarity import content_words, likeness

FEWEST_WORDS: Final = 3
MOST_WORDS: Final = 30
"""A sentence of more words is hard to follow for many readers; plain language aims at about fifteen."""
ALIKE: Final = 0.8
"""From this likeness on two criteria probably ask for the same."""

_LEXICONS: Final[Mapping[Language, Lexicon]] = MappingProxyType({"en": ENGLISH, "nl": DUTCH})
_WORD: Final = re.compile(r"\w+(?:['\u2019-]\w+)*")
_SENTENCE_END: Final = re.compile(r"[.!?;](?:\s+|$)")
_MAX_SHOWN: Final = 60


def lint(definition: BadgeDefinition, languages: Sequence[Language] = ("en",)) -> tuple[Remark, ...]:
    """Say what is wrong, or could be better, with the words and criteria of a badge.

    Args:
        definition: the badge.
        languages: those of the organisation, the main one first.

    Returns:
        Remarks on its texts, then on each criterion, then on all of them together.
    """
    return (
        *_of_texts(definition, languages),
        *(remark for place, criterion in enumerate(definition.criteria)
          for remark in _of_criterion(criterion, place, languages)),
        *_of_all(definition.criteria),
    )  # fmt: skip


def _of_texts(definition: BadgeDefinition, languages: Sequence[Language]) -> Iterator[Remark]:
    yield from _missing(languages, definition.text, ("text",))
    picture = definition.picture
    if picture is None:
        return
    yield from _missing(languages, picture.caption, ("picture", "caption"))
    for language, caption in picture.caption.items():
        text = definition.text.get(language)
        if text is not None and caption.casefold() == text.name.casefold():
            yield Remark.of("CRITERIA-CAPTION", pointer("picture", "caption", language), caption=caption)


def _missing(
    languages: Sequence[Language], there: Collection[Language], where: tuple[str | int, ...]
) -> Iterator[Remark]:
    for place, language in enumerate(languages):
        if language not in there:
            code = "CRITERIA-LANGUAGE" if place else "CRITERIA-MAIN-LANGUAGE"
            yield Remark.of(code, pointer(*where), language=language)


def _of_criterion(criterion: Criterion, place: int, languages: Sequence[Language]) -> Iterator[Remark]:
    yield from _missing(languages, criterion.statement, ("criteria", place, "statement"))
    for language, statement in criterion.statement.items():
        yield from _of_statement(statement, language, pointer("criteria", place, "statement", language))
    yield from _of_forms(criterion, place)


def _of_statement(statement: str, language: Language, where: str) -> Iterator[Remark]:
    words, lexicon = _WORD.findall(statement), _LEXICONS[language]
    if len(words) < FEWEST_WORDS or is_placeholder(statement):
        yield Remark.of("CRITERIA-EMPTY", where, statement=_shown(statement))
        return
    weak = _weak(statement, lexicon)
    if weak:
        yield Remark.of("CRITERIA-VAGUE", where, word=weak)
    elif not _doing(words, lexicon):
        yield Remark.of("CRITERIA-NO-ACTION", where, statement=_shown(statement))
    for word in _unmeasured(statement, lexicon):
        yield Remark.of("CRITERIA-UNMEASURABLE", where, word=word)
    if _several(statement, lexicon):
        yield Remark.of("CRITERIA-SEVERAL", where, statement=_shown(statement))
    if len(words) > MOST_WORDS:
        yield Remark.of("CRITERIA-LONG", where, count=len(words), limit=MOST_WORDS)
    if passive := lexicon.passive.search(statement):
        yield Remark.of("CRITERIA-PASSIVE", where, word=passive[0])
    if jargon := lexicon.jargon.search(statement):
        yield Remark.of("CRITERIA-JARGON", where, word=jargon[0])


def _weak(statement: str, lexicon: Lexicon) -> str | None:
    """Return the word by which a statement asks for what nobody can see; None if it asks for an action.

    What counts is the verb, which follows who does it and that they can. Where it says nothing by itself
    (has, is, shows), or where there is none, what counts is whether something invisible comes before any
    action.
    """
    opening = lexicon.opening.match(statement)
    rest = statement[opening.end() :] if opening else statement
    if found := lexicon.weak.match(rest):
        return found[0]
    words = list(_WORD.finditer(rest))
    first = words[0] if words else None
    speaks = first is not None and _is_verb(first[0], lexicon) and not lexicon.showing.match(rest)
    if speaks:
        return None
    noun = lexicon.weak_nouns.search(rest)
    if noun is None:
        return None
    acts = any(word.start() < noun.start() and word[0].lower() in lexicon.doing for word in words[1:])
    return None if acts else noun[0]


def _is_verb(word: str, lexicon: Lexicon) -> bool:
    return word.lower() in lexicon.doing or lexicon.ending.fullmatch(word) is not None


def _doing(words: Sequence[str], lexicon: Lexicon) -> bool:
    return any(_is_verb(word, lexicon) for word in words)


def _unmeasured(statement: str, lexicon: Lexicon) -> Iterator[str]:
    if found := lexicon.quality.search(statement):
        yield found[0]
    if (found := lexicon.quantity.search(statement)) and not lexicon.number.search(statement):
        yield found[0]


def _several(statement: str, lexicon: Lexicon) -> bool:
    """Tell whether a statement has several sentences, or joins two things that somebody does."""
    if any(match.end() < len(statement) for match in _SENTENCE_END.finditer(statement)):
        return True
    for joint in lexicon.joined.finditer(statement):
        before = [word.lower() for word in _WORD.findall(statement[: joint.start()])]
        after = [word.lower() for word in _WORD.findall(statement[joint.end() :])][:2]
        follows = after[1:] if after and after[0].endswith("ly") else after[:1]
        if any(word in lexicon.doing for word in before) and any(word in lexicon.doing for word in follows):
            return True
    return False


_FITTING: Final[tuple[tuple[re.Pattern[str], frozenset[EvidenceForm]], ...]] = (
    (
        phrases(
            """
            leads?, led, facilitates?, facilitated, speaks?, spoke, presents?, presented, listens?,
            listened, coach(?:es|ed)?, guides?, guided, welcomes?, welcomed, leidt, geleid, begeleidt?,
            spreekt, gesproken, presenteert, gepresenteerd, luistert, geluisterd, coacht, gecoacht,
            verwelkomt, verwelkomd
            """
        ),
        frozenset(("observation", "recording", "link")),
    ),
    (
        phrases(
            """
            writes?, wrote, written, draws?, drew, drawn, designs?, designed, builds?, built, programs?,
            programmed, schrijft, geschreven, opgeschreven, tekent, getekend, ontwerpt, ontworpen,
            bouwt, gebouwd, programmeert, geprogrammeerd
            """
        ),
        frozenset(("document", "product", "link", "recording")),
    ),
    (phrases("tests?, exams?, quiz, toets, toetst, examen"), frozenset(("test", "document", "link"))),
)
"""What a statement speaks of, and the forms of evidence in which that can be shown."""


def _of_forms(criterion: Criterion, place: int) -> Iterator[Remark]:
    """Notice when none of the accepted forms can show what any of its statements speaks of."""
    for statement in criterion.statement.values():
        fitting = frozenset().union(*(forms for cue, forms in _FITTING if cue.search(statement)))
        if fitting and not fitting & set(criterion.evidence):
            yield Remark.of(
                "CRITERIA-FORMS",
                pointer("criteria", place, "evidence"),
                forms=", ".join(criterion.evidence),
                fitting=", ".join(sorted(fitting)),
            )
            return


def _of_all(criteria: Sequence[Criterion]) -> Iterator[Remark]:
    if len(criteria) == 1:
        yield Remark.of("CRITERIA-SINGLE", pointer("criteria"))
    if not any(criterion.mandatory for criterion in criteria):
        yield Remark.of("CRITERIA-NONE-MANDATORY", pointer("criteria"))
    for (_, one), (place, other) in combinations(enumerate(criteria), 2):
        yield from _of_pair(one, other, place)


def _of_pair(one: Criterion, other: Criterion, place: int) -> Iterator[Remark]:
    for language in one.statement.keys() & other.statement.keys():
        first, second = one.statement[language], other.statement[language]
        where = pointer("criteria", place, "statement", language)
        alike = likeness(first, second, language)
        if content_words(first, language) == content_words(second, language):
            yield Remark.of("CRITERIA-DUPLICATE", where, one=one.id, other=other.id)
        elif alike >= ALIKE:
            yield Remark.of("CRITERIA-ALIKE", where, one=one.id, other=other.id, percent=round(100 * alike))


def _shown(statement: str) -> str:
    return statement if len(statement) <= _MAX_SHOWN else f"{statement[: _MAX_SHOWN - 1]}…"
