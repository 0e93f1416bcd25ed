"""A list of awards as CSV: one row per candidate, one column per criterion.

    name,email,language,led,plan,plan.evidence
    Ada Lovelace,ada@example.org,nl,I was there from start to end.,,plans/ada.pdf
    Bo de Wit,bo@example.org,nl,not met: left after an hour.,Sent on time.,plans/bo.pdf

A cell of a criterion holds what the assessor saw, and so says that it is met; one that begins with
`not met:` says that it is not. `<criterion>.evidence` names a file, `<criterion>.form` in which form it was
shown. There is no column for all criteria at once.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import get_args

from openbadge_issuer.errors import DocumentError, PolicyError
from openbadge_issuer.errors.rule import Language
from openbadge_issuer.issuing.office.award_rows import AwardRow, Judgement
from openbadge_issuer.policy.badge import BadgeDefinition, EvidenceForm
from openbadge_issuer.policy.event_values import EvidenceReference
from openbadge_issuer.policy.person_events import Contact, PersonDetails

MAX_ROWS = 100_000
_NOT_MET = "not met:"
_PERSON = frozenset(
    {"person", "name", "email", "identifier", "language", "minor", "guardian", "guardian_email"}
)
_AWARD = frozenset({"occasion", "feedback", "reason"})
_YES = frozenset({"yes", "true", "1", "ja", "x"})


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

    def awards(self) -> Iterator[AwardRow]:
        """Go through the list; evidence files are stored on the way.

        A file that no record comes to name is taken away by a later run of the retention.

        Raises:
            DocumentError: a file cannot be read.
        """
        for row in self.rows:
            yield AwardRow(
                self.definition.badge,
                row.get("person", "") or self._details(row),
                tuple(self._judgements(row)),
                self.assessor,
                occasion=row.get("occasion") or None,
                feedback=row.get("feedback") or None,
                reason=row.get("reason") or None,
            )

    def _details(self, row: Mapping[str, str]) -> PersonDetails:
        language = row.get("language") or self.language
        guardian = row.get("guardian")
        return PersonDetails(
            name=row.get("name", ""),
            email=row.get("email") or None,
            identifier=row.get("identifier") or None,
            language="nl" if language == "nl" else "en",
            minor=row.get("minor", "").lower() in _YES,
            guardian=Contact(name=guardian, email=row.get("guardian_email") or None) if guardian else None,
        )

    def _judgements(self, row: Mapping[str, str]) -> Iterator[Judgement]:
        for criterion in self.definition.criteria:
            said, file = row.get(criterion.id, ""), row.get(f"{criterion.id}.evidence", "")
            if not said and not file:
                continue
            met = not said.lower().startswith(_NOT_MET)
            observed = said if met else said[len(_NOT_MET) :].strip()
            stated = row.get(f"{criterion.id}.form", "")
            form = stated or (_form_of(criterion.evidence) if file else "observation")
            yield Judgement(
                criterion.id,
                "met" if met else "not-met",
                _known_form(form, criterion.id),
                observed or None,
                (self.keep(self.folder / file),) if file else (),
            )


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
    names = [name.strip() for name in reader.fieldnames or ()]
    reader.fieldnames = names
    _check_columns(names, definition)
    rows: list[Mapping[str, str]] = []
    try:
        for row in reader:
            if "" in row or len(rows) >= MAX_ROWS:
                raise DocumentError("AWARD-LIST-ROW", line=reader.line_num)
            cells = {name: (cell or "").strip() for name, cell in row.items()}
            if any(cells.values()):
                rows.append(cells)
    except csv.Error as error:
        raise DocumentError("AWARD-LIST-ROW", line=reader.line_num) from error
    if not rows:
        raise DocumentError("AWARD-LIST-EMPTY")
    return tuple(rows)


def _check_columns(names: list[str], definition: BadgeDefinition) -> None:
    criteria = {one.id for one in definition.criteria}
    known = criteria | {f"{one}.{more}" for one in criteria for more in ("evidence", "form")}
    for name in names:
        if name not in known | _PERSON | _AWARD or names.count(name) > 1:
            raise DocumentError("AWARD-LIST-COLUMN", name=name[:60], criteria=", ".join(sorted(criteria)))
    if not {"name", "person"} & set(names):
        raise DocumentError("AWARD-LIST-COLUMN", name="name", criteria=", ".join(sorted(criteria)))


def _form_of(accepted: tuple[EvidenceForm, ...]) -> EvidenceForm:
    return next((form for form in accepted if form != "observation"), "document")


def _known_form(form: str, criterion: str) -> EvidenceForm:
    for known in get_args(EvidenceForm):
        if form == known:
            found: EvidenceForm = known
            return found
    raise PolicyError("AWARD-FORM", name=criterion, form=form[:40], known=", ".join(get_args(EvidenceForm)))
