"""A learning portal that recognises what people learn: FastAPI, its own tables, its own database session.

The portal keeps its enrolments in its own table, and what the badge policy asks for in the register's tables:
in one database and one transaction, so that an enrolment is never `awarded` without the decision, and no
decision is lost. Signing, publishing and telling come afterwards, in `work`, which a timer calls, and which
may be killed at any moment.

    pip install 'openbadge-issuer[register]' fastapi uvicorn
    PORTAL_PASSWORD=secret uvicorn --factory portal:demo_portal
"""

from __future__ import annotations

import os
import secrets
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Annotated

from fastapi import FastAPI, Header, HTTPException, Request, Response
from fastapi.responses import JSONResponse
from fastapi.staticfiles import StaticFiles
from sqlalchemy import Engine, create_engine
from sqlalchemy.orm import DeclarativeBase, Mapped, Session, mapped_column

from openbadge_issuer.errors import OpenBadgeError, PolicyError
from openbadge_issuer.issuing.home import issuer_of
from openbadge_issuer.issuing.notices.carrier import CallbackCarrier
from openbadge_issuer.issuing.notices.notice import Notice
from openbadge_issuer.issuing.office import BadgeOffice, Desk
from openbadge_issuer.policy.badge_policy import BadgePolicy
from openbadge_issuer.policy.person_events import PersonDetails
from openbadge_issuer.policy.policy_file import read_policy
from openbadge_issuer.policy.starter import Domain, starter_policy
from openbadge_issuer.register import Register, Settings
from openbadge_issuer.register.evidence_store import EvidenceStore
from openbadge_issuer.register.migration import create_tables
from openbadge_issuer.signing.key_ring import KeyRing
from openbadge_issuer.signing.key_ring_file import read_key_ring, write_key_ring
from openbadge_issuer.signing.signing_key import SigningKey

MANAGER = "manager"
"""The first account, and the role of the policy that it begins with."""

LoggedIn = Annotated[str, Header(alias="x-account")]
"""Who is logged in: here a header says so; in a real portal its login does."""


class Table(DeclarativeBase):
    """The portal's own tables."""


class Account(Table):
    """Somebody who logs in; `pseudonym` is that person in the register."""

    __tablename__ = "account"
    name: Mapped[str] = mapped_column(primary_key=True)
    pseudonym: Mapped[str]


class Enrolment(Table):
    """Somebody who takes a course that leads to a badge."""

    __tablename__ = "enrolment"
    participant: Mapped[str] = mapped_column(primary_key=True)
    badge: Mapped[str] = mapped_column(primary_key=True)
    award: Mapped[str]
    state: Mapped[str] = mapped_column(default="learning")


@dataclass(frozen=True)
class Portal:
    """The parts of the running portal.

    Attributes:
        engine: the portal's database, which the register shares.
        office: the badge policy of the organisation.
        ring: its keys.
        public: the folder of what a web server shows.
        send: the portal's way to reach people; tells whether it took the notice.
        now: the clock.
    """

    engine: Engine
    office: BadgeOffice
    ring: KeyRing
    public: Path
    send: Callable[[Notice], bool]
    now: Callable[[], datetime]

    @contextmanager
    def working(self, account: str) -> Iterator[tuple[Session, Desk]]:
        """Let somebody work: the portal's tables and the register change together, or not at all."""
        with Session(self.engine) as session, session.begin():
            who = session.get(Account, account)
            if who is None:
                raise HTTPException(401, "log in first")
            connection = session.connection()
            with self.office.desk(who.pseudonym, now=self.now(), connection=connection) as desk:
                yield session, desk

    def work(self) -> dict[str, int]:
        """Sign, publish and tell what was decided; call it as often as you like."""
        with Session(self.engine) as session:
            keeper = session.get_one(Account, MANAGER).pseudonym
        signed = self.office.sign_waiting(keeper, now=self.now())
        self.office.publish(self.public, keeper, now=self.now(), ring=self.ring)
        told = self.office.tell_waiting(CallbackCarrier(self.send, "portal"), keeper, now=self.now())
        return {"signed": len(signed), "told": len(told)}


def open_portal(
    engine: Engine,
    policy: BadgePolicy,
    key: SigningKey,
    ring: KeyRing,
    folder: Path,
    *,
    send: Callable[[Notice], bool],
    now: Callable[[], datetime],
) -> Portal:
    """Open the portal, when its tables and the register's are there."""
    register = Register.over(engine, settings=Settings(evidence=EvidenceStore.create(folder / "evidence")))
    issuer = issuer_of(policy, key, verification_method=ring.verification_method(ring.active[0]))
    office = BadgeOffice(policy, register, issuer, EvidenceStore.create(folder / "pictures"))
    public = folder / "public"
    public.mkdir(exist_ok=True)
    return Portal(engine, office, ring, public, send, now)


def make_tables(engine: Engine) -> None:
    """Make all tables; the register's can be revisions of your own Alembic too: docs/guide/register.md."""
    Table.metadata.create_all(engine)
    create_tables(engine)


def begin(portal: Portal) -> None:
    """Put the policy in force, and give the first account the role of the manager."""
    manager = Account(name=MANAGER, pseudonym=secrets.token_hex(16))
    portal.office.found(person=manager.pseudonym, name="The manager", role=MANAGER, now=portal.now())
    with Session(portal.engine) as session, session.begin():
        session.add(manager)


def create_app(portal: Portal) -> FastAPI:
    """Make the web application."""
    app = FastAPI(title="Learning portal")

    @app.exception_handler(OpenBadgeError)
    def refused(_: Request, error: Exception) -> JSONResponse:
        """Tell what the policy says; the transaction is rolled back, and nothing happened."""
        code = error.code if isinstance(error, OpenBadgeError) else ""
        return JSONResponse(
            {"code": code, "message": str(error)}, 409 if isinstance(error, PolicyError) else 422
        )

    @app.post("/courses/{badge}/participants", status_code=201)
    def enrol(badge: str, participant: PersonDetails, account: LoggedIn) -> dict[str, str]:
        with portal.working(account) as (session, desk):
            person = desk.people.register(participant)
            award = desk.awards.open(badge, person).id
            session.merge(Enrolment(participant=person, badge=badge, award=award))
        return {"participant": person, "award": award}

    @app.post("/awards/{award}/criteria/{criterion}")
    def assess(award: str, criterion: str, observed: str, account: LoggedIn) -> dict[str, str]:
        with portal.working(account) as (_, desk):
            desk.awards.assess(award, criterion, "met", observed=observed)
            return {"phase": desk.awards.get(award).facts(desk.policy).phase}

    @app.post("/awards/{award}/grant")
    def grant(award: str, account: LoggedIn) -> dict[str, str]:
        with portal.working(account) as (session, desk):
            granted = desk.awards.grant(award)
            session.get_one(Enrolment, (granted.candidate, granted.opened.badge)).state = "awarded"
        return {"phase": granted.facts(portal.office.policy).phase}

    @app.get("/awards/{award}/badge")
    def badge_of(award: str, account: LoggedIn) -> Response:
        with portal.working(account) as (_, desk):
            return Response(portal.office.signed_badge(desk, award), media_type="application/vc+ld+json")

    @app.post("/doubts", status_code=202)
    def doubt(award: str, text: str) -> dict[str, str]:
        """Anybody may report, without an account; with the receipt one asks how the case stands."""
        with portal.office.desk(None, now=portal.now()) as desk:
            return {"receipt": desk.cases.report(text, awards=[award]).receipt.text}

    app.mount("/", StaticFiles(directory=portal.public))
    return app


def demo_portal() -> FastAPI:
    """Make a portal to play with, in the folder `portal`; `PORTAL_PASSWORD` locks its key."""
    folder, moment, secret = Path("portal"), datetime.now(UTC), os.environ["PORTAL_PASSWORD"]
    new = not folder.exists()
    folder.mkdir(exist_ok=True)
    text = starter_policy(
        domain=Domain.read("portal.example"),
        name="The portal",
        contact="badges@portal.example",
        languages=("en", "nl"),
        adopted=date(2026, 1, 1),
    )
    policy = read_policy(text.encode())
    if new:
        made = SigningKey.generate()
        made.save(folder / "issuer.key", secret=secret)
        ring = KeyRing(policy.organisation.id).add(made.public_key, uri="file:issuer.key", now=moment)
        write_key_ring(folder / "keys.json", ring)
    engine = create_engine(f"sqlite:///{folder / 'portal.db'}", hide_parameters=True)
    if new:
        make_tables(engine)
    portal = open_portal(
        engine,
        policy,
        SigningKey.load(str(folder / "issuer.key"), secret=secret),
        read_key_ring(folder / "keys.json"),
        folder,
        send=lambda notice: bool(notice.to),
        now=lambda: datetime.now(UTC),
    )
    if new:
        begin(portal)
    return create_app(portal)
