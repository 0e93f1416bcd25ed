"""A list of awards as CSV: a row per candidate, and a column per criterion that says whether it is met.

    name,email,led,led.seen,plan,plan.evidence
    Ada Lovelace,ada@example.org,met,"I was there, from start to end.",met,plans/ada.pdf
    Bo de Wit,,not met,Left after an hour.,met,plans/bo.pdf

Only a word that is known says anything (see `award_list_words`); any other text in that column refuses the
row. `<criterion>.seen` says what the assessor saw, `<criterion>.evidence` names a file, `<criterion>.form`
says in which form it was shown; none of them makes a criterion met. There is no column for all at once.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from openbadge_issuer.cli import award_list_words as words
from openbadge_issuer.errors import DocumentError, OpenBadgeError
from openbadge_issuer.errors.rule import Language
from openbadge_issuer.issuing.office.award_rows import AwardRow, Judgement
from openbadge_issuer.policy.badge import BadgeDefinition, EvidenceForm
from openbadge_issuer.policy.event_values import EvidenceReference
from openbadge_issuer.policy.person_events import Contact, PersonDetails

MAX_ROWS = 100_000
_PERSON = (
    "person", "name", "email", "identifier", "language", "minor", "guardian", "guardian_email",
    "guardian_other",
)  # fmt: skip
_AWARD = ("occasion", "feedback", "reason")
_OF_CRITERION = ("seen", "evidence", "form")


@dataclass(frozen=True, slots=True)
class AwardList:
    """A list that can be read as awards of one badge.

    Attributes:
        rows: its rows, by the names of their columns.
        definition: the badge.
        assessor: the pseudonym of who judged.
        language: the language of those for whom the list names none.
        folder: what file names are counted from.
        keep: keeps a file as evidence.
    """

    rows: tuple[Mapping[str, str], ...]
    definition: BadgeDefinition
    assessor: str
    language: Language
    folder: Path
    keep: Callable[[Path], EvidenceReference]

    def awards(self) -> Iterator[AwardRow | OpenBadgeError]:
        """Go through the list: what each row says, or why it says nothing.

        Evidence files are handed to `keep` on the way.
        """
        for row in self.rows:
            yield self._read(row)

    def _read(self, row: Mapping[str, str]) -> AwardRow | OpenBadgeError:
        try:
            return AwardRow(
                self.definition.badge,
                row.get("person", "") or self._details(row),
                tuple(self._judgements(row)),
                self.assessor,
                occasion=row.get("occasion") or None,
                feedback=row.get("feedback") or None,
                reason=row.get("reason") or None,
            )
        except OpenBadgeError as error:
            return error

    def _details(self, row: Mapping[str, str]) -> PersonDetails:
        guardian = Contact(
            name=row.get("guardian", ""),
            email=row.get("guardian_email") or None,
            other=row.get("guardian_other") or None,
        )
        return PersonDetails(
            name=row.get("name", ""),
            email=row.get("email") or None,
            identifier=row.get("identifier") or None,
            language=words.language("language", row.get("language", ""), self.language),
            minor=words.yes_or_no("minor", row.get("minor", "")),
            guardian=guardian if guardian != Contact(name="") else None,
        )

    def _judgements(self, row: Mapping[str, str]) -> Iterator[Judgement]:
        for criterion in self.definition.criteria:
            name = criterion.id
            seen, file, stated = (row.get(f"{name}.{more}", "") for more in _OF_CRITERION)
            if not (row.get(name) or seen or file or stated):
                continue
            usual = _form_of(criterion.evidence) if file else "observation"
            yield Judgement(
                name,
                words.outcome(name, row.get(name, "")),
                words.form(f"{name}.form", stated) if stated else usual,
                seen or None,
                (self.keep(self._place_of(file)),) if file else (),
            )

    def _place_of(self, file: str) -> Path:
        """Return where a file lies that the list names; links are followed first."""
        place = (self.folder / file).resolve()
        if not place.is_relative_to(self.folder.resolve()):
            raise DocumentError("AWARD-LIST-FILE", file=file[:200])
        return self.folder / file


def read_rows(data: bytes, definition: BadgeDefinition) -> tuple[Mapping[str, str], ...]:
    """Read the rows of a list.

    Raises:
        DocumentError: `AWARD-LIST-TEXT`, it is no text in UTF-8; `AWARD-LIST-COLUMN`, a column means nothing;
            `AWARD-LIST-ROW`, a row has more cells than there are columns, with its line; `AWARD-LIST-EMPTY`.
    """
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise DocumentError("AWARD-LIST-TEXT", line=data.count(b"\n", 0, error.start) + 1) from error
    delimiter = ";" if text.partition("\n")[0].count(";") > text.partition("\n")[0].count(",") else ","
    reader = csv.DictReader(io.StringIO(text), delimiter=delimiter, strict=True, restkey="")
    rows: list[Mapping[str, str]] = []
    try:
        names = [name.strip() for name in reader.fieldnames or ()]
        reader.fieldnames = names
        _check_columns(names, definition)
        for row in reader:
            if "" in row or len(rows) >= MAX_ROWS:
                raise DocumentError("AWARD-LIST-ROW", line=reader.line_num)
            cells = {name: (cell or "").strip() for name, cell in row.items()}
            if any(cells.values()):
                rows.append(cells)
    except csv.Error as error:
        # The reader of dictionaries does not count the line that it fails on.
        raise DocumentError("AWARD-LIST-ROW", line=reader.reader.line_num) from error
    if not rows:
        raise DocumentError("AWARD-LIST-EMPTY")
    return tuple(rows)


def _check_columns(names: list[str], definition: BadgeDefinition) -> None:
    criteria = {one.id for one in definition.criteria}
    known = criteria | {f"{one}.{more}" for one in criteria for more in _OF_CRITERION}
    for name in names:
        of_two = name in criteria and name in (*_PERSON, *_AWARD)
        if of_two or name not in known.union(_PERSON, _AWARD) or names.count(name) > 1:
            raise DocumentError("AWARD-LIST-COLUMN", name=name[:60], criteria=", ".join(sorted(criteria)))
    if not {"name", "person"} & set(names):
        raise DocumentError("AWARD-LIST-COLUMN", name="name", criteria=", ".join(sorted(criteria)))


def _form_of(accepted: tuple[EvidenceForm, ...]) -> EvidenceForm:
    return next((form for form in accepted if form != "observation"), "document")
