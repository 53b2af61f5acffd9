"""What the approval desk shows of an award: lights, what it rests on, what changed since."""

import pytest

from app.core.words.disbursements import AwardState, Decision
from app.core.words.funds import FundSource
from app.disbursements.batch_queries import batch_view
from app.disbursements.batch_records import BatchById
from app.disbursements.deciding_records import ApprovalQuery
from app.disbursements.queries import approval_rows, award_view, awards_waiting
from app.disbursements.records import ApprovalRow, AwardById, AwardsWaiting
from app.funds.actions import open_fund
from app.funds.records import FundForm
from app.households.actions import change_household, open_form
from app.households.records import Reveal
from app.policy.findings import Findings
from tests.world import World, changed


def rows(world: World) -> list[ApprovalRow]:
    return world.ask("zhao", approval_rows, ApprovalQuery())


def test_what_waits_is_listed_with_its_light(world: World) -> None:
    award_id = world.propose(account_holder="别人")
    assert [(row.id, row.light) for row in rows(world)] == [(award_id, "look")]
    assert rows(world)[0].why


def test_what_waits_is_listed_at_once_and_looked_at_a_part_at_a_time(world: World) -> None:
    accepted = world.file()
    first, second = world.propose(accepted), world.propose(accepted)
    listed = world.ask("zhao", approval_rows, ApprovalQuery(look=False))
    assert [(row.id, row.light) for row in listed] == [(first, ""), (second, "")]
    (looked,) = world.ask("zhao", approval_rows, ApprovalQuery(award_ids=(second,)))
    assert (looked.id, looked.light) == (second, "look")
    assert looked.award.days_left == listed[1].award.days_left


def test_an_account_of_somebody_who_left_the_household_is_to_be_looked_at(world: World) -> None:
    accepted = world.file()
    opened = world.do("wang", open_form, Reveal(household_id=accepted.household_id))
    *stayed, gone = opened.household.members
    award = AwardById(id=world.propose(accepted, account_holder=gone.name))
    assert world.ask("zhao", award_view, award).flags == ()
    form = changed(opened.household, members=tuple(stayed))
    world.do("wang", change_household, changed(opened, household=form))
    (flag,) = world.ask("zhao", award_view, award).flags
    assert gone.name in flag


def test_a_measure_that_ends_stops_its_awards_and_not_the_desk(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    batch = BatchById(id=world.batch())
    award_id = world.propose()

    def gone(_findings: Findings, _id: str) -> None:
        return None

    monkeypatch.setattr(Findings, "measure", gone)
    assert [(row.id, row.light) for row in rows(world)] == [(award_id, "stop")]
    (line,) = world.ask("qian", batch_view, batch).lines
    assert line.check == "stop"
    assert "living_relief" in line.check_says


def test_an_award_above_what_its_fund_holds_cannot_be_approved_as_it_stands(world: World) -> None:
    fund_id = world.do(
        "qian", open_fund, FundForm(name="小额捐助", source=FundSource.DONATION, year=2026)
    )
    world.propose(fund_id=fund_id)
    assert [row.light for row in rows(world)] == ["stop"]


def test_what_is_decided_is_listed_no_more_and_what_is_deferred_still(world: World) -> None:
    first, second = world.propose(), world.propose()
    world.decide(first)
    world.decide(second, Decision.DEFERRED, opinion="上会研究")
    assert [(row.id, row.award.state) for row in rows(world)] == [(second, AwardState.COLLECTIVE)]
    assert rows(world)[0].light == "look"


def test_the_basis_is_the_sealed_assessment_with_its_articles(world: World) -> None:
    view = world.ask("zhao", award_view, AwardById(id=world.propose()))
    assert view.basis.number == view.assessment_number
    assert all(reason.held for reason in view.basis.measure)
    assert any(reason.article for reason in view.basis.classification)
    assert all(reason.says for reason in (*view.basis.measure, *view.basis.classification))
    assert view.changed_since == ()


def test_what_waits_is_counted_for_each_person(world: World) -> None:
    accepted = world.file()
    first, second = (world.propose(accepted, fen=fen) for fen in (10_000, 20_000))
    third = world.propose(accepted, fen=30_000)
    world.decide(first)
    world.decide(second, Decision.DEFERRED, opinion="上会研究")
    world.decide(third, Decision.SENT_BACK, opinion="补充票据")
    assert world.ask("zhao", awards_waiting) == AwardsWaiting(to_decide=1, to_pay=1)
    assert world.ask("wang", awards_waiting) == AwardsWaiting(to_decide=0, to_pay=1)
    world.batch(first)
    assert world.ask("qian", awards_waiting).to_pay == 0
