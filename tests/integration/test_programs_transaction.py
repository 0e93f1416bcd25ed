"""The register inside a program: its tables, its session, its transaction; the program commits, or nobody."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from sqlalchemy import Engine, create_engine, func, select
from sqlalchemy.orm import DeclarativeBase, Mapped, Session, mapped_column

from openbadge_issuer.errors import RegisterError
from openbadge_issuer.register import Ledger, Records, Register
from openbadge_issuer.register.erasing import erase_in
from openbadge_issuer.register.migration import create_tables
from openbadge_issuer.register.tables import metadata
from register_attacks import checked, head_of
from register_world import HOME, LIST, SETTINGS, award, facts_of, keeper, meet, open_list


class Base(DeclarativeBase):
    """The program's own tables."""


class Enrolment(Base):
    """Something that the program keeps, and that must change together with the register."""

    __tablename__ = "enrolment"
    id: Mapped[int] = mapped_column(primary_key=True)
    state: Mapped[str]


@pytest.fixture
def program(new_database: Callable[[], str]) -> Iterator[Engine]:
    """A program's engine, made in the program's way, with its tables and the register's in one database."""
    engine = create_engine(new_database(), hide_parameters=True)
    Base.metadata.create_all(engine)
    create_tables(engine)
    with Session(engine) as session:
        session.add(Enrolment(id=1, state="asked"))
        session.commit()
    register = Register.over(engine, settings=SETTINGS)
    register.add(HOME)
    with register.ledger(HOME) as ledger:
        open_list(ledger)
    yield engine
    engine.dispose()


def ledger_of(session: Session) -> Ledger:
    """How a program comes to a ledger: with its session."""
    return Ledger.over(session, HOME, settings=SETTINGS)


def rows(engine: Engine) -> dict[str, int]:
    with engine.connect() as connection:
        return {
            table.name: connection.execute(select(func.count()).select_from(table)).scalar_one()
            for table in metadata.sorted_tables
        }


def state(engine: Engine) -> str:
    with Session(engine) as session:
        return session.get_one(Enrolment, 1).state


def test_the_program_commits_both_at_once(program: Engine) -> None:
    with Session(program) as session:
        ledger = ledger_of(session)
        meet(ledger, 1)
        award(ledger, 1)
        session.get_one(Enrolment, 1).state = "awarded"
        session.commit()
    register = Register.over(program, settings=SETTINGS)
    assert state(program) == "awarded"
    assert head_of(register).length == 4
    assert checked(register, head=head_of(register)).verdict == "passed"


def test_a_program_that_rolls_back_leaves_nothing(program: Engine) -> None:
    before = rows(program)
    with Session(program) as session:
        ledger = ledger_of(session)
        meet(ledger, 1)
        award(ledger, 1)
        session.get_one(Enrolment, 1).state = "awarded"
        session.flush()
        assert ledger.head.length == 4
        session.rollback()
    assert rows(program) == before
    assert state(program) == "asked"
    with Session(program) as session:  # a request that ends without a word is rolled back too
        meet(ledger_of(session), 1)
    assert rows(program) == before


def test_a_request_that_fails_leaves_nothing(program: Engine) -> None:
    """As a framework does it: a session for each request, committed unless the view raises."""
    before = rows(program)

    def view(session: Session) -> None:
        award(ledger_of(session), 1)
        session.get_one(Enrolment, 1).state = "awarded"
        raise LookupError

    def answer() -> int:
        try:
            with Session(program) as session, session.begin():
                view(session)
        except LookupError:
            return 500
        return 200

    assert answer() == 500
    assert (rows(program), state(program)) == (before, "asked")


def test_a_savepoint_that_is_undone_takes_its_records_with_it(program: Engine) -> None:
    """The chain goes on from what is left, not from what the ledger wrote before."""
    with Session(program) as session:
        ledger = ledger_of(session)
        meet(ledger, 1)
        head = ledger.head
        with session.begin_nested() as savepoint:
            meet(ledger, 2)
            savepoint.rollback()
        assert ledger.head == head
        meet(ledger, 3)
        session.commit()
    register = Register.over(program, settings=SETTINGS)
    assert head_of(register).length == 3
    assert checked(register, head=head_of(register)).verdict == "passed"


def test_a_plain_connection_will_do(program: Engine) -> None:
    with program.begin() as connection:
        ledger = Ledger.over(connection, HOME, settings=SETTINGS)
        meet(ledger, 1)
        index = award(ledger, 1)
    with program.connect() as connection:
        records = Records.over(connection, HOME, settings=SETTINGS)
        entry = records.status.find(LIST, "urn:uuid:1")
        assert entry is not None
        assert entry.index == index
        assert records.find("person", "ada.1@example.org") == "person:p-1"
    with program.begin() as connection, pytest.raises(RegisterError, match="knows no organisation"):
        Ledger.over(connection, "https://unknown.example", settings=SETTINGS)


def test_an_erasure_in_the_programs_transaction(program: Engine) -> None:
    with Session(program) as session, session.begin():
        meet(ledger_of(session), 1)
    for ending in (Session.rollback, Session.commit):
        with Session(program) as session:
            ledger = ledger_of(session)
            destroyed = erase_in(ledger, "p-1", actor=keeper(), ground="objection", facts=facts_of)
            assert len(destroyed.parts) == 1
            ending(session)
    register = Register.over(program, settings=SETTINGS)
    with register.records(HOME) as records:
        assert records.find("person", "ada.1@example.org") is None
    assert checked(register, head=head_of(register)).verdict == "passed"


def test_a_refusal_leaves_the_programs_transaction_usable(program: Engine) -> None:
    """On PostgreSQL a statement that fails spoils the whole transaction; so the register looks first."""
    with Session(program) as session:
        ledger = ledger_of(session)
        meet(ledger, 1)
        with pytest.raises(RegisterError, match="another procedure"):
            ledger.append(
                "person:p-9", ledger.events("person:p-1"), facts_of("", ledger.events("person:p-1"))
            )
        with pytest.raises(RegisterError, match="already"):
            open_list(ledger)
        session.get_one(Enrolment, 1).state = "met"
        session.commit()
    register = Register.over(program, settings=SETTINGS)
    assert state(program) == "met"
    assert checked(register, head=head_of(register)).verdict == "passed"
