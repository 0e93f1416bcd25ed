"""What changed between two policies, in words, and which changes weaken what people can rely on."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal, TypeAlias, cast

from openbadge_issuer.assertions.json_text import JsonObject, JsonValue, pointer
from openbadge_issuer.errors.rule import Language
from openbadge_issuer.policy.badge_policy import BadgePolicy, Right
from openbadge_issuer.policy.member_words import GUARDS, MEMBERS, SECTIONS, Guard, Member
from openbadge_issuer.policy.period import Period
from openbadge_issuer.policy.terms import RIGHTS

Path: TypeAlias = "tuple[str, ...]"

_NAMED = frozenset({"roles", "grounds", "sanctions", "platforms"})
"""The tables whose members the organisation names."""
_RIGHTS = frozenset({"roles.*.rights", "training.required_for"})
_LANGUAGES: dict[str, dict[Language, str]] = {
    "en": {"en": "English", "nl": "Engels"},
    "nl": {"en": "Dutch", "nl": "Nederlands"},
}
_SAYS: dict[Language, dict[str, str]] = {
    "en": {
        "changed": "from {old} to {new}",
        "added": "new: {new}",
        "removed": "gone; it was {old}",
        "gets": "added {added}",
        "loses": "removed {removed}",
        "entry added": "is new",
        "entry removed": "is gone",
        "may": ", with the right to: {rights}",
        "weaker": "Weaker: {guard}.",
        "in": "in {language}",
        "true": "yes",
        "false": "no",
    },
    "nl": {
        "changed": "van {old} naar {new}",
        "added": "nieuw: {new}",
        "removed": "weg; het was {old}",
        "gets": "erbij {added}",
        "loses": "eraf {removed}",
        "entry added": "is nieuw",
        "entry removed": "is weg",
        "may": ", met het recht op: {rights}",
        "weaker": "Zwakker: {guard}.",
        "in": "in het {language}",
        "true": "ja",
        "false": "nee",
    },
}


@dataclass(frozen=True, slots=True)
class Change:
    """One change.

    Attributes:
        path: where it is, step by step.
        kind: whether it is there only now, only before, or otherwise.
        old: what was there; None if nothing.
        new: what is there; None if nothing.
        weakens: the safeguard that is weaker now, if one is.
    """

    path: Path
    kind: Literal["added", "removed", "changed"]
    old: JsonValue
    new: JsonValue
    weakens: Guard | None = None

    def section(self, language: Language = "en") -> str:
        """Name the section of the policy that it is in."""
        return SECTIONS[self.path[0]][language]

    def sentence(self, language: Language = "en") -> str:
        """Say what changed, and what is weaker now."""
        return _Sentence(self, language).text()

    def to_json(self) -> JsonObject:
        """Write it for a program, in both languages."""
        return {
            "section": self.path[0],
            "pointer": pointer(*self.path),
            "kind": self.kind,
            "old": self.old,
            "new": self.new,
            "weakens": self.weakens,
            "message": {"en": self.sentence("en"), "nl": self.sentence("nl")},
        }


def differences(old: BadgePolicy, new: BadgePolicy) -> tuple[Change, ...]:
    """List what changed, in the order of the policy; defaults count as if they were written."""
    return tuple(_compare(old.to_json(), new.to_json(), ()))


def _compare(old: JsonObject, new: JsonObject, path: Path) -> Iterator[Change]:
    for name in [*new, *(name for name in old if name not in new)]:
        before, after = old.get(name), new.get(name)
        here = (*path, name)
        entry = bool(path) and path[-1] in _NAMED
        if isinstance(before, dict) and isinstance(after, dict):
            yield from _compare(before, after, here)
        elif isinstance(after, dict) and not entry:
            yield from _compare({}, after, here)
        elif isinstance(before, dict) and not entry:
            yield from _compare(before, {}, here)
        elif before != after:
            kind: Literal["added", "removed", "changed"] = (
                "added" if before is None else "removed" if after is None else "changed"
            )
            yield Change(here, kind, before, after, _weakens(here, before, after))


def member_at(path: Path) -> Member:
    """Find the words of the member at a path: those of a text do not depend on its language."""
    pattern = pattern_of(path)
    return MEMBERS.get(pattern) or MEMBERS[pattern.rpartition(".")[0]]


def pattern_of(path: Path) -> str:
    """Write a path with `*` for the names that the organisation chose."""
    steps = ["*" if before in _NAMED else step for before, step in zip(("", *path), path, strict=False)]
    return ".".join(steps)


def _weakens(path: Path, old: JsonValue, new: JsonValue) -> Guard | None:
    member = member_at(path)
    return next((guard for how, guard in member.weakens.items() if _is(how, old, new, member)), None)


def _is(how: str, old: JsonValue, new: JsonValue, member: Member) -> bool:
    if how == "toward":
        order: list[JsonValue] = [*member.order]
        return old in order and new in order and order.index(new) > order.index(old)
    if isinstance(old, int) and isinstance(new, int):
        return (how == "lower" and new < old) or (how == "higher" and new > old)
    if how == "loses":
        return isinstance(old, list) and any(one not in (new if isinstance(new, list) else []) for one in old)
    if how in ("longer", "shorter") and isinstance(old, str) and isinstance(new, str):
        before, after = Period.parse(old), Period.parse(new)
        return after.is_longer_than(before) if how == "longer" else after.is_shorter_than(before)
    return False


class _Sentence:
    """A change in words of one language."""

    def __init__(self, change: Change, language: Language) -> None:
        self._change = change
        self._language: Language = language
        self._says = _SAYS[language]
        self._pattern = pattern_of(change.path)

    def text(self) -> str:
        change = self._change
        text = f"{self._subject()}{self._happened()}."
        if change.weakens is not None:
            text += " " + self._says["weaker"].format(guard=GUARDS[change.weakens][self._language])
        return text

    def _subject(self) -> str:
        words = member_at(self._change.path).words(self._language)
        path = self._change.path
        named = next(
            (path[position] for position, one in enumerate(path[1:], 1) if path[position - 1] in _NAMED), ""
        )
        if named:
            words += f" “{named}”"
        if self._pattern not in MEMBERS:  # a text in one language
            words += " " + self._says["in"].format(language=_LANGUAGES[path[-1]][self._language])
        return words

    def _happened(self) -> str:
        change, says = self._change, self._says
        if self._pattern.endswith(".*"):
            return " " + says[f"entry {change.kind}"] + self._rights_of(change.new or change.old)
        if isinstance(change.old, list) and isinstance(change.new, list):
            added = [one for one in change.new if one not in change.old]
            removed = [one for one in change.old if one not in change.new]
            parts = [says["gets"].format(added=self._value(added))] if added else []
            parts += [says["loses"].format(removed=self._value(removed))] if removed else []
            if parts:
                return ": " + ", ".join(parts)
        return ": " + says[change.kind].format(old=self._value(change.old), new=self._value(change.new))

    def _value(self, value: JsonValue) -> str:
        if isinstance(value, bool):
            return self._says[str(value).lower()]
        if isinstance(value, list):
            shown = [self._right(one) if self._pattern in _RIGHTS else f"“{one}”" for one in value]
            return ", ".join(shown)
        if isinstance(value, str):
            try:
                return Period.parse(value).in_words(self._language)
            except ValueError:
                return f"“{value}”"
        return str(value)

    def _rights_of(self, entry: JsonValue) -> str:
        rights = entry.get("rights") if isinstance(entry, dict) else None
        if not isinstance(rights, list) or not rights:
            return ""
        return self._says["may"].format(rights=", ".join(map(self._right, rights)))

    def _right(self, value: JsonValue) -> str:
        return f"“{RIGHTS[cast('Right', value)][self._language]}”"
