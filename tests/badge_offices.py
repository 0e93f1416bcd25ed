"""An office for tests: a small organisation that runs its policy over a register in a temporary folder."""

from __future__ import annotations

import json
import random
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from openbadge_issuer import Documents, VerificationReport, verify
from openbadge_issuer.issuing.home import issuer_of
from openbadge_issuer.issuing.notices.carrier import CallbackCarrier
from openbadge_issuer.issuing.notices.notice import Notice
from openbadge_issuer.issuing.office import BadgeOffice
from openbadge_issuer.issuing.office.publication import Publication
from openbadge_issuer.issuing.office.streams import facts_of, statuses_of
from openbadge_issuer.policy.badge import BadgeDefinition
from openbadge_issuer.policy.deciding import Ruling
from openbadge_issuer.policy.event_values import EvidenceReference
from openbadge_issuer.policy.person_events import PersonDetails
from openbadge_issuer.policy.section import Words
from openbadge_issuer.register import Head, Register, Settings
from openbadge_issuer.register.evidence_store import EvidenceStore
from openbadge_issuer.register.report import RecordsReport
from openbadge_issuer.register.verifying import verify as verify_records
from openbadge_issuer.signing.key_ring import KeyRing
from openbadge_issuer.signing.signing_key import SigningKey
from staffed_organisation import badge_of, policy_of

NOW = datetime(2026, 3, 2, 11, tzinfo=UTC)
ROLES: dict[str, dict[str, Any]] = {
    "manager": {
        "name": {"en": "Badge manager", "nl": "Badge-beheerder"},
        "rights": [
            "design", "approve", "assess", "award", "inform", "investigate", "decide-case", "grant-roles",
            "train", "evaluate", "keep-records", "keep-keys",
        ],
    },
    "confidant": {"name": {"en": "Confidant", "nl": "Vertrouwenspersoon"}, "rights": ["handle-misuse"]},
}  # fmt: skip
MARIT, JAN, SAM, KIM = "p-marit", "p-jan", "p-sam", "p-kim"
NAMES = {MARIT: "Marit de Vries", JAN: "Jan Smit", SAM: "Sam Peters", KIM: "Kim Bos"}
EMAIL = "ada@example.org"
ADA = PersonDetails(name="Ada Lovelace", email=EMAIL, language="nl")
PICTURE = Path(__file__).parents[1] / "examples/breakthrough/facilitator.svg"
REASON: Words = {
    "en": "The workshop was not observed to its end.",
    "nl": "De workshop is niet tot het einde waargenomen.",
}
REVOKED = Ruling(
    outcome="revoked", grounds="Five participants confirm it.", ground="criteria-not-met", reason=REASON
)


@dataclass
class Organisation:
    """An organisation with four badge managers, one badge in use, and a clock that goes on by itself.

    Attributes:
        folder: where its files are.
        office: its office.
        ring: its keys.
        now: the moment of the last step.
        notices: what people were told.
        published: what was published last.
    """

    folder: Path
    office: BadgeOffice
    ring: KeyRing
    now: datetime = NOW
    notices: list[Notice] = field(default_factory=list)
    published: Publication | None = None

    def tick(self, step: timedelta = timedelta(minutes=1)) -> datetime:
        """Let time pass."""
        self.now += step
        return self.now

    def desk(self, person: str | None, **options: Any) -> Any:  # noqa: ANN401  # a context manager of a desk
        """Let somebody do things, a minute later."""
        return self.office.desk(person, now=self.tick(), **options)

    @property
    def plan(self) -> EvidenceReference:
        """A document that shows something, in the evidence store."""
        store = self.office.register.settings.evidence
        assert store is not None
        return EvidenceReference(
            sha256=store.put(b"The plan of the workshop.").digest, media_type="text/plain", name="Plan"
        )

    def register_person(self, details: PersonDetails = ADA) -> str:
        """Take a person into the register."""
        with self.desk(MARIT) as desk:
            person: str = desk.people.register(details)
        return person

    def assessed(self, person: str | None = None, *, occasion: str | None = None) -> str:
        """An award whose criteria Marit found met."""
        with self.desk(MARIT) as desk:
            award = desk.awards.open("facilitator", person or desk.people.register(ADA), occasion=occasion)
            desk.awards.assess(award.id, "led", "met", observed="I was there.")
            desk.awards.assess(award.id, "plan", "met", form="document", evidence=[self.plan])
            name: str = award.id
        return name

    def granted(self, person: str | None = None, *, occasion: str | None = None) -> str:
        """An award that Jan decided upon."""
        award = self.assessed(person, occasion=occasion)
        with self.desk(JAN) as desk:
            desk.awards.grant(award)
        return award

    def awarded(self, person: str | None = None) -> str:
        """An award that is signed, public and told of."""
        award = self.granted(person)
        self.office.sign_waiting(JAN, now=self.tick())
        self.publish()
        self.tell()
        return award

    def publish(self, by: str = MARIT) -> Publication:
        """Publish everything."""
        made = self.office.publish(self.folder / "public", by, now=self.tick(), ring=self.ring)
        self.published = made
        (self.folder / "documents.json").write_text(json.dumps(made.index("public")))
        return made

    def tell(self, *, taken: bool = True, by: str = JAN) -> tuple[Notice, ...]:
        """Tell everybody who waits; returns what they were told."""
        before = len(self.notices)

        def carry(notice: Notice) -> bool:
            self.notices.append(notice)
            return taken

        self.office.tell_waiting(CallbackCarrier(carry), by, now=self.tick())
        return tuple(self.notices[before:])

    def rotate(self) -> None:
        """Sign with a new key from now on; the old one stays published."""
        key = SigningKey.generate("Ed25519")
        self.ring = self.ring.rotate(key.public_key, uri="file:key.pem", now=self.tick())
        method = self.ring.verification_method(self.ring.active[0])
        issuer = issuer_of(self.office.policy, key, verification_method=method)
        self.office = replace(self.office, issuer=issuer)

    def badge(self, award: str, version: str = "3.0") -> str:
        """The signed badge of an award."""
        with self.desk(MARIT) as desk:
            signed = {one.version: one.signed for one in desk.awards.get(award).signed}
        text: str | None = signed[version]
        assert text is not None
        return text

    def verify(self, data: str, **options: Any) -> VerificationReport:  # noqa: ANN401  # those of `verify`
        """Verify a badge as a stranger would, with what was published last."""
        documents = Documents.from_index(self.folder / "documents.json")
        return verify(data, now=self.now, documents=documents, **options)

    def reported(self, award: str) -> str:
        """A case that somebody without a name has begun, and that Sam investigates."""
        with self.desk(None) as desk:
            case: str = desk.cases.report("She did not stay to the end.", awards=[award]).cases[0]
        with self.desk(SAM) as desk:
            desk.cases.assign(case, SAM)
        return case

    def heard(self, case: str) -> None:
        """Sam finds out, and the holder answers."""
        with self.desk(SAM) as desk:
            desk.cases.record_finding(case, "Participants confirm it.")
            desk.cases.offer_hearing(case)
            desk.cases.answer(case, "I left early.")

    def decided(self, award: str, ruling: Ruling = REVOKED) -> str:
        """A case that Kim decided, after Sam investigated it."""
        case = self.reported(award)
        self.heard(case)
        with self.desk(KIM) as desk:
            desk.cases.decide(case, ruling)
        return case

    def check_records(self, head: Head | None = None) -> RecordsReport:
        """Check the register against itself, and against a head."""
        with self.office.register.records(self.office.organisation) as records:
            return verify_records(
                records, facts=facts_of(self.office.policy), statuses=statuses_of, head=head
            )

    @property
    def head(self) -> Head:
        """How far the register reaches."""
        with self.office.register.records(self.office.organisation) as records:
            return records.head


def organisation(
    folder: Path,
    changes: Mapping[str, Any] | None = None,
    *,
    badge: BadgeDefinition | None = None,
    url: str | None = None,
) -> Organisation:
    """Found an organisation in a folder, with its badge in use.

    Args:
        folder: an empty folder.
        changes: to the policy, by dotted names.
        badge: another badge.
        url: another register than one in the folder.
    """
    policy = policy_of({"roles": ROLES, "publication.base": "https://badges.example", **(changes or {})})
    key = SigningKey.generate("Ed25519")
    ring = KeyRing(policy.organisation.id).add(key.public_key, uri="file:key.pem", now=NOW)
    issuer = issuer_of(policy, key, verification_method=ring.verification_method(ring.active[0]))
    evidence = EvidenceStore.create(folder / "evidence")
    register = Register.create(url or f"sqlite:///{folder}/register.db", settings=Settings(evidence=evidence))
    pictures = EvidenceStore.create(folder / "pictures")
    source = random.Random(7)  # noqa: S311  # reproducible tests
    office = BadgeOffice(policy, register, issuer, pictures, source.randbytes)
    office.found(person=MARIT, name=NAMES[MARIT], role="manager", now=NOW)
    made = Organisation(folder, office, ring)
    with made.desk(MARIT) as desk:
        for person in (JAN, SAM, KIM):
            desk.roles.grant(person, "manager", name=NAMES[person])
    picture = pictures.put(PICTURE.read_bytes()).digest
    with made.desk(MARIT) as desk:
        desk.badges.define(badge or badge_of(), picture_digest=picture)
    with made.desk(JAN) as desk:
        desk.badges.review("facilitator", picture_seen=True)
        desk.badges.activate("facilitator")
    return made
