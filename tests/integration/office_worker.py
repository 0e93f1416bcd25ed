"""An office in a process of its own, to be killed: `office_worker.py URL FOLDER`, told what on its input.

It founds an organisation, and says `ready`. For each line a child is forked, which opens the register anew:

    run STEP    goes on with the work from wherever it stands, and dies at a step
    run 0       goes on with the work to its end
    check       sees that what stands in the register and in public is whole
    finished    sees that all of the work was done, once

Steps are counted: each commit, what comes after it, each renaming of a file that was written, and what comes
after that. At the end it says `done`, and after a check how far the chain reaches, or `killed` or `failed`.
"""

from __future__ import annotations

import os
import signal
import sys
import traceback
from dataclasses import replace
from datetime import date, datetime, timedelta
from itertools import count
from pathlib import Path

from sqlalchemy import event

from badge_offices import ADA, JAN, KIM, MARIT, PICTURE, REVOKED, SAM, Organisation, organisation
from openbadge_issuer.assertions.json_text import parse_json_object
from openbadge_issuer.errors import OpenBadgeError
from openbadge_issuer.issuing.notices.carrier import Delivery
from openbadge_issuer.issuing.notices.notice import Notice
from openbadge_issuer.issuing.office.publication import HEAD_NAME
from openbadge_issuer.issuing.office.streams import facts_of, statuses_of
from openbadge_issuer.policy.award_events import AwardGranted, AwardRevoked
from openbadge_issuer.policy.awarding import Award
from openbadge_issuer.policy.notice_events import HolderInformed
from openbadge_issuer.policy.revoking import Case
from openbadge_issuer.register import Head, Records, Register
from openbadge_issuer.register.head import read_head
from openbadge_issuer.register.verifying import verify
from openbadge_issuer.signing.base64url import decode_base64url
from openbadge_issuer.whole_file import PRIVATE

BASE = "https://badges.example"
LIST = f"{BASE}/status/revocation"


class LoggedCarrier:
    """Carries each notice into a file, a line for each."""

    channel = "file"

    def __init__(self, path: Path) -> None:
        self.path = path

    def deliver(self, notice: Notice, *, now: datetime) -> Delivery:
        """Carry one notice."""
        del now
        with self.path.open("a") as file:
            file.write(f"{notice.digest}\n")
        return Delivery(self.channel, "delivered", "a line")


def die_at(register: Register, step: int) -> None:
    """Let this process be killed, as hard as can be, when it comes to a step."""
    steps = count(1)
    rename = Path.replace

    def come(*_: object) -> None:
        if next(steps) == step:
            os.kill(os.getpid(), signal.SIGKILL)

    def replace_file(self: Path, target: Path) -> Path:
        come()
        renamed = rename(self, target)
        come()
        return renamed

    event.listen(register.engine, "commit", come)
    event.listen(register.engine, "checkin", come)  # a connection is given back after its commit
    Path.replace = replace_file  # type: ignore[method-assign,assignment]  # in this process, which ends soon


class Work:
    """An award and the doubt about it, taken from wherever they stand to their end.

    Args:
        house: the organisation.
    """

    def __init__(self, house: Organisation) -> None:
        self.house = house
        self.carrier = LoggedCarrier(house.folder / "carried")

    def run(self) -> None:
        """Do all that is not done yet."""
        award = self.award()
        self.house.office.sign_waiting(JAN, now=self.house.tick())
        if self._award(award).phase == "to-publish":
            self.house.publish()
        self.tell()
        case = self.case(award)
        self.tell()
        self.end(case)
        self.house.publish()

    def award(self) -> str:
        """Open, assess and grant."""
        with self.house.desk(MARIT) as desk:
            award: Award = desk.awards.open("facilitator", desk.people.register(ADA))
        for criterion, form in (("led", "observation"), ("plan", "document")):
            if criterion not in award.outcomes:
                with self.house.desk(MARIT) as desk:
                    award = desk.awards.assess(
                        award.id, criterion, "met", form=form, observed="Seen.", evidence=[self.house.plan]
                    )
        with self.house.desk(JAN) as desk:
            desk.awards.grant(award.id)
        return award.id

    def tell(self) -> None:
        """Tell who waits."""
        self.house.office.tell_waiting(self.carrier, JAN, now=self.house.tick())

    def case(self, award: str) -> str:
        """Report, suspend meanwhile, find out, decide, and publish each of these."""
        with self.house.desk(SAM) as desk:
            known = [row.name.partition(":")[2] for row in desk.ledger.streams("case")]
            case: str = known[0] if known else desk.cases.report("She left.", awards=[award]).cases[0]
        if not self._case(case).investigators:
            with self.house.desk(SAM) as desk:
                desk.cases.assign(case, SAM)
        if self._award(award).status == "active":
            with self.house.desk(SAM) as desk:
                desk.cases.suspend(case, reason="A serious doubt.")
        if not self._case(case).authors:
            self.house.publish()
            with self.house.desk(SAM) as desk:
                desk.cases.record_finding(case, "She left.")
        if not self._case(case).decisions:
            with self.house.desk(KIM) as desk:
                desk.cases.decide(case, REVOKED, unheard_reason="It could not wait.")
        return case

    def end(self, case: str) -> None:
        """Prevent, and close."""
        if not self._case(case).actions:
            with self.house.desk(SAM) as desk:
                desk.cases.prevent(case, "list", owner=SAM, due=date(2026, 9, 1), what="Sign the times.")
        if not self._case(case).closed:
            with self.house.desk(SAM) as desk:
                desk.cases.close(case)

    def _award(self, award: str) -> Award:
        with self.house.desk(SAM) as desk:
            found: Award = desk.awards.get(award)
        return found

    def _case(self, case: str) -> Case:
        with self.house.desk(SAM) as desk:
            found: Case = desk.cases.get(case)
        return found


def check(house: Organisation) -> None:
    """See that what stands in the register and in public is whole, wherever the work was cut off."""
    head = _check_public(house)
    with house.office.register.records(house.office.organisation) as records:
        facts = facts_of(house.office.policy)
        report = verify(records, facts=facts, statuses=statuses_of, head=head)
        assert report.verdict == "passed" or head is None or head.length < records.head.length, report
        assert "failed" not in {one.outcome for one in report.findings if one.rule.severity == "error"}
        awards = [row.name for row in records.streams("award")]
        granted = [one for name in awards for one in records.events(name) if isinstance(one, AwardGranted)]
        assert len(awards) <= 1
        assert len(granted) == records.status.taken(LIST) <= 1, "one place, and none that nobody has"
        bits = records.status.status_list(LIST).count()
        assert bits == sum(records.stream(name) is not None and _is_revoked(records, name) for name in awards)
        _check_told(house, records)


def _check_public(house: Organisation) -> Head | None:
    """See that every public file is whole and signed by us; return the head that is public."""
    head = None
    for path in filter(Path.is_file, (house.folder / "public").rglob("*")):
        data = path.read_bytes()
        is_private = path.stat().st_mode & 0o777 == PRIVATE
        assert _is_whole(path, data) or (path.name.startswith(".") and is_private), path
        if path.name == HEAD_NAME:
            head = read_head(data).verify(house.office.issuer.signer.public_key)
    return head


def _is_whole(path: Path, data: bytes) -> bool:
    if ".svg" in path.name:
        return data == PICTURE.read_bytes()
    try:
        return bool(
            parse_json_object(
                data if data.startswith(b"{") else decode_base64url(data.decode().split(".")[1])
            )
        )
    except (OpenBadgeError, LookupError, ValueError):
        return False


def _is_revoked(records: Records, award: str) -> bool:
    return any(isinstance(one, AwardRevoked) for one in records.events(award))


def _check_told(house: Organisation, records: Records) -> None:
    """See that nobody was told twice whom it was recorded that they were told."""
    log = house.folder / "carried"
    carried = log.read_text().split() if log.exists() else []
    recorded = [
        one.notice or ""
        for kind in ("award", "case")
        for row in records.streams(kind)
        for one in records.events(row.name)
        if isinstance(one, HolderInformed)
    ]
    assert len(recorded) == len(set(recorded)), "recorded once"
    assert set(recorded) <= set(carried)
    known = house.folder / "told"
    before = dict(line.split() for line in known.read_text().splitlines()) if known.exists() else {}
    for notice in recorded:
        assert carried.count(notice) == int(before.get(notice, carried.count(notice)))
    known.write_text("".join(f"{notice} {carried.count(notice)}\n" for notice in recorded))


def finished(house: Organisation) -> None:
    """See that all of the work was done, once."""
    check(house)
    with house.desk(SAM) as desk:
        (award,) = [row.name.partition(":")[2] for row in desk.ledger.streams("award")]
        (case,) = desk.cases.all(open_only=False)
        found = desk.awards.get(award)
        assert (found.status, case.phase, len(found.signed)) == ("revoked", "closed", 1)
        assert desk.ledger.status.taken(LIST) == 1
    report = house.verify(house.badge(award))
    assert {one.code for one in report.findings if one.outcome == "failed"} == {"STATUS-REVOKED"}
    left = [path for path in (house.folder / "public").rglob(".*") if path.is_file()]
    assert left == [], "what was being written was taken away"


def do(house: Organisation, url: str, deed: str, step: int) -> None:
    """Do a deed in this process."""
    with Register.open(url, settings=house.office.register.settings) as register:
        house.office = replace(house.office, register=register, rng=os.urandom)
        if step:
            die_at(register, step)
        if deed == "run":
            Work(house).run()
            say("done")
        else:
            (check if deed == "check" else finished)(house)
            say(f"done {house.head.length}")


def main(url: str, folder: str) -> None:
    """Fork for each line of the input."""
    house = organisation(Path(folder), url=url)
    house.office.register.close()
    say("ready")
    for line in sys.stdin:
        deed, _, step = line.strip().partition(" ")
        house.now += timedelta(hours=1)
        child = os.fork()
        if child == 0:
            try:
                do(house, url, deed, int(step or 0))
            except BaseException:  # noqa: BLE001  # the parent hears of it
                traceback.print_exc()
                os._exit(1)
            os._exit(0)
        _, status = os.waitpid(child, 0)
        if status:
            say("killed" if os.WIFSIGNALED(status) else "failed")


def say(line: str) -> None:
    """Say something at once."""
    os.write(1, f"{line}\n".encode())


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2])
