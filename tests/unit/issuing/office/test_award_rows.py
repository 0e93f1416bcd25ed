"""Many awards: a result for each row, nothing done twice, and nothing kept of a dry run."""

from __future__ import annotations

from badge_offices import JAN, MARIT, Organisation
from openbadge_issuer.issuing.office.award_rows import AwardRow, Judgement, RowResult, award_rows
from openbadge_issuer.policy.person_events import PersonDetails


def _row(house: Organisation, number: int, *, plan: bool = True) -> AwardRow:
    judged = Judgement("plan", "met", "document", evidence=(house.plan,))
    return AwardRow(
        "facilitator",
        PersonDetails(name=f"Person {number}", email=f"person{number}@example.org"),
        (
            Judgement("led", "met", observed="I was there."),
            judged if plan else Judgement("plan", "not-met", observed="None came."),
        ),
        MARIT,
        feedback="Send your plan next time.",
    )


def _run(house: Organisation, rows: list[AwardRow], *, dry_run: bool = False) -> list[RowResult]:
    return list(award_rows(house.office, rows, decider=JAN, now=house.tick, dry_run=dry_run))


def test_each_row_has_its_result_and_a_refused_one_stops_no_other(house: Organisation) -> None:
    rows = [_row(house, 1), _row(house, 2, plan=False), _row(house, 3)]
    rows.insert(1, AwardRow("unknown-badge", rows[0].person, rows[0].judgements, MARIT))
    results = _run(house, rows)
    assert [one.status for one in results] == ["awarded", "refused", "not-yet", "awarded"]
    assert results[1].error is not None
    assert results[1].error.code == "CATALOGUE-UNKNOWN"
    with house.desk(MARIT) as desk:
        assert {desk.awards.get(results[n].award or "").phase for n in (0, 3)} == {"to-publish"}


def test_a_refused_row_leaves_no_trace(house: Organisation) -> None:
    before = house.head
    row = AwardRow("facilitator", PersonDetails(name="X", email="no address"), (), MARIT)
    assert _run(house, [row])[0].status == "refused"
    assert house.head == before


def test_the_same_rows_again_give_the_same_awards_and_nothing_more(house: Organisation) -> None:
    rows = [_row(house, number) for number in range(5)]
    first, length = _run(house, rows), house.head.length
    again = _run(house, rows)
    assert [one.status for one in again] == ["known"] * 5
    assert [one.credential for one in again] == [one.credential for one in first]
    assert house.head.length == length


def test_what_was_decided_and_not_signed_before_a_kill_is_signed_the_next_time(house: Organisation) -> None:
    rows = [_row(house, number) for number in range(3)]
    generator = award_rows(house.office, rows, decider=JAN, now=house.tick)
    sign = house.office.issuer.signer
    assert sign is not None
    next(generator)  # decided and signed as one chunk; now one that is not signed:
    award = house.granted()
    _run(house, rows)
    house.office.sign_waiting(JAN, now=house.tick())
    with house.desk(MARIT) as desk:
        assert list(desk.awards.in_phase("to-sign")) == []
        assert desk.awards.get(award).phase == "to-publish"


def test_a_dry_run_says_what_would_happen_and_keeps_nothing(house: Organisation) -> None:
    before = house.head
    results = _run(house, [_row(house, 1), _row(house, 2, plan=False)], dry_run=True)
    assert [one.status for one in results] == ["awarded", "not-yet"]
    assert house.head == before


def test_more_rows_than_one_transaction_takes(house: Organisation) -> None:
    results = _run(house, [_row(house, number) for number in range(120)])
    assert {one.status for one in results} == {"awarded"}
    assert len({one.credential for one in results}) == 120
    assert house.check_records(house.head).verdict == "passed"
