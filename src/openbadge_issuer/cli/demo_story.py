"""The story of the demonstration: one badge under Breakthrough's policy, with everybody who has a part in it.

Every step is done as a program would do it, through the office; nothing is shown that did not happen.
"""

from __future__ import annotations

from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from openbadge_issuer.assertions.json_text import dump_json_pretty
from openbadge_issuer.errors.rule import Language
from openbadge_issuer.issuing.founding import FoundedHome, found_home
from openbadge_issuer.issuing.home import issuer_of
from openbadge_issuer.issuing.home_publishing import publish_home
from openbadge_issuer.issuing.notices.notice import Notice
from openbadge_issuer.issuing.office import BadgeOffice, Desk
from openbadge_issuer.issuing.office.streams import facts_of, statuses_of
from openbadge_issuer.policy.badge import BadgeDefinition
from openbadge_issuer.policy.badge_file import read_badge
from openbadge_issuer.policy.deciding import Ruling
from openbadge_issuer.policy.event_values import EvidenceReference
from openbadge_issuer.policy.people_file import PeopleFile, PersonEntry, read_people
from openbadge_issuer.policy.person_events import PersonDetails
from openbadge_issuer.register.evidence_store import EvidenceStore
from openbadge_issuer.register.head import read_head
from openbadge_issuer.register.register import Register
from openbadge_issuer.register.report import RecordsReport
from openbadge_issuer.register.settings import Settings
from openbadge_issuer.register.verifying import verify as verify_records
from openbadge_issuer.resolution.documents import Documents
from openbadge_issuer.signing.signing_key import SigningKey
from openbadge_issuer.verification import VerificationReport, verify

NOOR, SAMIR, JORIS, WEI = "noor", "samir", "joris", "wei"
"""Two badge managers, the trainer, and the technical administrator of the example."""

ADA = PersonDetails(name="Ada Lovelace", email="ada@example.org", language="en")
BO = PersonDetails(name="Bo de Wit", language="nl")
PUBLIC_REASON: dict[Language, str] = {
    "en": "The workshop was not observed to its end.",
    "nl": "De workshop is niet tot het einde waargenomen.",
}
_PLAN = b"Goal: everybody can lead a check-in. Parts: opening 10, practice 35, closing 15 minutes.\n"
_FEEDBACK = b"Six of eight participants wrote something. Next time: start on time, and one exercise less.\n"


@dataclass
class Story:
    """What happens, step by step.

    Attributes:
        folder: the home that is made.
        founded: the home.
        office: the office in it.
        people: who holds which role, by short name.
        names: the pseudonyms in the register, by short name.
        definition: the badge.
        reports: what strangers were told about the badge, in order.
    """

    folder: Path
    founded: FoundedHome
    office: BadgeOffice
    people: dict[str, PersonEntry]
    names: dict[str, str]
    definition: BadgeDefinition
    reports: list[VerificationReport] = field(default_factory=list)

    @classmethod
    def begin(
        cls, folder: Path, *, policy: bytes, people: bytes, definition: bytes, picture: bytes, password: str
    ) -> Story:
        """Found the organisation: its policy in force, a key, a register, and the roles handed out.

        Args:
            folder: where its home is made.
            policy: the policy file.
            people: the people file.
            definition: the file of the badge.
            picture: the picture of the badge.
            password: the password of the key.
        """
        begun = now()
        first = PersonDetails(name="Noor van Dijk", email="noor@breakthrough.example", language="nl")
        founded = found_home(folder, policy, first, secret=password, now=begun)
        home = founded.home
        key = SigningKey.load(home.key_uri(founded.ring.active[0]), secret=password)
        method = founded.ring.verification_method(founded.ring.active[0])
        register = Register.open(
            home.register_url, settings=Settings(evidence=EvidenceStore.create(home.evidence))
        )
        pictures = EvidenceStore.create(home.pictures)
        office = BadgeOffice(
            founded.policy, register, issuer_of(founded.policy, key, verification_method=method), pictures
        )
        file: PeopleFile = read_people(people, founded.policy)
        everybody = {one.id: one for one in file.people}
        story = cls(folder, founded, office, everybody, {NOOR: founded.founder}, read_badge(definition))
        pictures.put(picture)
        story._hand_out_roles(pictures.put(picture).digest)
        return story

    def desk(self, who: str | None) -> AbstractContextManager[Desk]:
        """Let somebody do things, by short name."""
        return self.office.desk(self.names[who] if who is not None else None, now=now())

    def award(self, details: PersonDetails) -> str:
        """Joris judges each criterion, Noor decides; returns the award."""
        with self.desk(NOOR) as desk:
            award = desk.awards.open(self.definition.badge, desk.people.register(details)).id
        files = {"plan": self._file("plan.txt", _PLAN), "feedback": self._file("feedback.txt", _FEEDBACK)}
        with self.desk(JORIS) as desk:
            for one in self.definition.criteria:
                seen = "observation" in one.evidence
                shown = () if seen else (files.get(one.id, files["feedback"]),)
                desk.awards.assess(
                    award,
                    one.id,
                    "met",
                    form="observation" if seen else "document",
                    observed="Seen at the workshop of 12 people, from start to end." if seen else None,
                    evidence=shown,
                )
        with self.desk(NOOR) as desk:
            desk.awards.grant(award)
        self.office.sign_waiting(self.names[NOOR], now=now())
        self.publish()
        return award

    def publish(self) -> None:
        """Wei publishes everything, and what stands for which address on the web."""
        made = publish_home(
            self.founded.home, self.office, self.names[WEI], ring=self.founded.ring, now=now()
        ).publication
        (self.folder / "documents.json").write_bytes(dump_json_pretty(made.index("public")))

    def tell(self) -> tuple[Notice, ...]:
        """Noor tells everybody who waits; returns what they were told."""
        told = self.office.tell_waiting(self.founded.home.carrier(), self.names[NOOR], now=now())
        return tuple(one.notice for one, _ in told)

    def badge(self, award: str, *, baked: bool = False) -> bytes:
        """Return the badge of an award, as it was signed or in its picture."""
        with self.desk(NOOR) as desk:
            return self.office.signed_badge(desk, award, baked=baked)

    def report(self, award: str) -> str:
        """Somebody without a name reports a doubt; Samir investigates, and suspends the badge meanwhile."""
        with self.desk(None) as desk:
            case = desk.cases.report("The observer left after half an hour.", awards=[award]).cases[0]
        with self.desk(SAMIR) as desk:
            desk.cases.assign(case, self.names[SAMIR])
            desk.cases.assign(case, self.names[NOOR])
            desk.cases.suspend(case, reason="The observation is in doubt.")
        self.publish()
        return case

    def decide(self, case: str) -> None:
        """Both look into it, Ada is heard, and Samir, who did not award the badge, decides."""
        with self.desk(NOOR) as desk:
            desk.cases.record_finding(case, "Joris says that he had to leave early; I did not know.")
        with self.desk(SAMIR) as desk:
            desk.cases.record_finding(case, "Three participants remember it the same way.")
            desk.cases.offer_hearing(case)
            desk.cases.answer(case, "I led it to the end, but nobody of you was there to see it.")
            desk.cases.decide(
                case,
                Ruling(
                    outcome="revoked",
                    grounds="The criteria ask for an observation of the whole workshop.",
                    ground="criteria-not-met",
                    reason=PUBLIC_REASON,
                ),
            )
        self.publish()

    def prevent_and_close(self, case: str) -> None:
        """Samir sees to it that it does not happen again, and closes the case."""
        with self.desk(SAMIR) as desk:
            due: date = (now() + timedelta(days=60)).date()
            desk.cases.prevent(
                case, "sign-times", owner=self.names[JORIS], due=due, what="Observers sign for the times."
            )
            desk.cases.close(case)

    def verify(self, path: Path, who: str) -> VerificationReport:
        """Verify a file as a stranger does, without the web."""
        report = verify(
            path.read_bytes(),
            now=now(),
            documents=Documents.from_index(self.folder / "documents.json"),
            recipient=who,
            expected_issuer=self.office.organisation,
            subject=str(path),
        )
        self.reports.append(report)
        return report

    def check_records(self) -> RecordsReport:
        """Check the register against the head that was signed and published last."""
        home = self.founded.home
        signed = read_head((home.public / "register-head.jwt").read_bytes())
        head = signed.verify(self.founded.ring.active[0].public_key)
        with self.office.register.records(self.office.organisation) as records:
            return verify_records(
                records, facts=facts_of(self.office.policy), statuses=statuses_of, head=head
            )

    def _file(self, name: str, data: bytes) -> EvidenceReference:
        store = EvidenceStore.create(self.founded.home.evidence)
        return EvidenceReference(sha256=store.put(data).digest, media_type="text/plain", name=name)

    def _hand_out_roles(self, picture: str) -> None:
        """Noor grants the others their roles, Joris has trained them, and the badge comes into use."""
        with self.desk(NOOR) as desk:
            for name in (SAMIR, JORIS, WEI):
                entry = self.people[name]
                details = PersonDetails(name=entry.name, email=entry.email, language=entry.language or "en")
                self.names[name] = desk.people.register(details)
                for held in entry.roles:
                    desk.roles.grant(self.names[name], held.role, name=entry.name)
        with self.desk(JORIS) as desk:
            for name in (NOOR, SAMIR):
                desk.roles.train(self.names[name], "Badges and our badge policy", trainer=self.names[JORIS])
        with self.desk(NOOR) as desk:
            desk.badges.define(self.definition, picture_digest=picture)
        with self.desk(SAMIR) as desk:
            desk.badges.review(self.definition.badge, picture_seen=True)
            desk.badges.activate(self.definition.badge)


def now() -> datetime:
    """Read the clock."""
    return datetime.now(UTC)
