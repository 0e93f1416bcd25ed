"""The example of a learning portal: the policy inside a FastAPI program, in the program's own transaction."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import portal as example
import pytest
from fastapi.testclient import TestClient
from sqlalchemy import create_engine, event, select
from sqlalchemy.orm import Session

from founded_homes import DOMAIN, POLICY, badge
from openbadge_issuer import verify
from openbadge_issuer.issuing.notices.notice import Notice
from openbadge_issuer.policy.person_events import PersonDetails
from openbadge_issuer.policy.policy_file import read_policy
from openbadge_issuer.resolution.documents import Documents
from openbadge_issuer.signing.key_ring import KeyRing
from openbadge_issuer.signing.signing_key import SigningKey

START = datetime(2026, 3, 2, 11, tzinfo=UTC)
ADA = {"name": "Ada", "email": "ada@example.org", "language": "en"}


class Clock:
    """A clock that goes on by a minute each time somebody looks."""

    def __init__(self) -> None:
        self.now = START

    def __call__(self) -> datetime:
        """Look."""
        self.now += timedelta(minutes=1)
        return self.now


@pytest.fixture
def sent() -> list[Notice]:
    """What the portal sent."""
    return []


@pytest.fixture
def portal(tmp_path: Path, new_database: Callable[[], str], sent: list[Notice]) -> Iterator[example.Portal]:
    """A portal with a second manager, who reviewed the badge `host`; on SQLite and on PostgreSQL."""
    key = SigningKey.generate()
    ring = KeyRing(DOMAIN.did).add(key.public_key, uri="env:PORTAL_KEY", now=START)
    engine = create_engine(new_database(), hide_parameters=True)

    def send(notice: Notice) -> bool:
        sent.append(notice)
        return True

    example.make_tables(engine)
    made = example.open_portal(engine, read_policy(POLICY), key, ring, tmp_path, send=send, now=Clock())
    example.begin(made)
    with made.working("manager") as (session, desk):
        second = desk.people.register(PersonDetails(name="Jan", email="jan@badges.example", language="nl"))
        desk.roles.grant(second, "manager", name="Jan")
        desk.roles.train(second, "Badges")
        first = desk.actor.person or ""
        desk.badges.define(badge())
        session.add(example.Account(name="jan", pseudonym=second))
    with made.working("jan") as (_, desk):
        desk.roles.train(first, "Badges")
        desk.badges.review("host")
        desk.badges.activate("host")
    yield made
    engine.dispose()


@pytest.fixture
def browser(portal: example.Portal) -> TestClient:
    """Somebody who uses the portal."""
    return TestClient(example.create_app(portal))


def enrolments(portal: example.Portal) -> list[str]:
    with Session(portal.engine) as session:
        return [one.state for one in session.scalars(select(example.Enrolment))]


def as_(account: str) -> dict[str, str]:
    return {"x-account": account}


@pytest.fixture
def award(browser: TestClient) -> str:
    """An award that was judged and not decided."""
    made = browser.post("/courses/host/participants", json=ADA, headers=as_("manager"))
    assert made.status_code == 201, made.text
    found = str(made.json()["award"])
    judged = browser.post(f"/awards/{found}/criteria/c0?observed=Seen.", headers=as_("manager"))
    assert judged.json() == {"phase": "assessed"}
    return found


def test_what_people_learn_is_recognised(
    portal: example.Portal, browser: TestClient, award: str, sent: list[Notice], tmp_path: Path
) -> None:
    assert enrolments(portal) == ["learning"]
    assert browser.post(f"/awards/{award}/grant", headers=as_("jan")).json() == {"phase": "to-sign"}
    assert enrolments(portal) == ["awarded"]
    assert portal.work() == {"signed": 1, "told": 1}
    assert [notice.to for notice in sent] == [("ada@example.org",)]
    assert portal.work() == {"signed": 0, "told": 0}
    given = browser.get(f"/awards/{award}/badge", headers=as_("jan"))
    pages = {path: path.read_bytes() for path in (tmp_path / "public").rglob("*") if path.is_file()}
    web = Documents(
        {f"{DOMAIN.base}/{path.relative_to(tmp_path / 'public')}": data for path, data in pages.items()}
    )
    report = verify(given.content, now=portal.now(), documents=web, recipient="email:ada@example.org")
    assert report.accepted, str(report)
    assert browser.get("/.well-known/did.json").json()["id"] == DOMAIN.did


def test_what_the_policy_refuses_changes_nothing(
    portal: example.Portal, browser: TestClient, award: str
) -> None:
    refused = browser.post(f"/awards/{award}/grant", headers=as_("manager"))  # who judged it is not enough
    assert (refused.status_code, refused.json()["code"]) == (409, "POLICY-EYES")
    assert enrolments(portal) == ["learning"]
    assert browser.post(f"/awards/{award}/grant", headers=as_("stranger")).status_code == 401
    assert browser.get(f"/awards/{award}/badge", headers=as_("jan")).json()["code"] == "AWARD-NOT-SIGNED"
    assert browser.post("/awards/nothing/grant", headers=as_("jan")).json()["code"] == "AWARD-UNKNOWN"


def test_a_decision_and_the_portals_own_row_last_together_or_not_at_all(
    portal: example.Portal, browser: TestClient, award: str
) -> None:
    def full(*_: object) -> None:
        raise OSError("the disk is full")

    event.listen(portal.engine, "commit", full)
    with pytest.raises(OSError, match="full"):
        browser.post(f"/awards/{award}/grant", headers=as_("jan"))
    event.remove(portal.engine, "commit", full)
    assert enrolments(portal) == ["learning"]
    assert portal.work() == {"signed": 0, "told": 0}
    assert browser.post(f"/awards/{award}/grant", headers=as_("jan")).status_code == 200
    assert enrolments(portal) == ["awarded"]


def test_anybody_may_report_a_doubt(browser: TestClient, award: str) -> None:
    assert browser.post(f"/doubts?award={award}&text=I+was+there.").json()["code"] == "CASE-NO-BADGE"
    assert browser.post(f"/awards/{award}/grant", headers=as_("jan")).status_code == 200
    answer = browser.post(f"/doubts?award={award}&text=I+was+there.")
    assert (answer.status_code, bool(answer.json()["receipt"])) == (202, True)


def test_the_portal_to_play_with_opens_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("PORTAL_PASSWORD", "correct horse")
    for _ in range(2):
        browser = TestClient(example.demo_portal())
        enrolled = browser.post("/courses/host/participants", json=ADA, headers=as_("manager"))
        assert enrolled.json()["code"] == "CATALOGUE-UNKNOWN"
