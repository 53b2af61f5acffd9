"""Awards and batches: caps, second looks before money goes, versions, decisions, ways back."""

from typing import Any

import pytest

from app.cases.rules import NoFile
from app.core.errors import Conflict, Invalid, NotFound, NotNow
from app.core.money import Fen
from app.core.words.disbursements import AwardState, BatchState, Decision, LineState
from app.core.words.funds import FundSource
from app.core.words.papers import PaperState
from app.disbursements.actions import issue_approval_form
from app.disbursements.batch_queries import batch_rows, batch_view
from app.disbursements.batch_records import BatchById, BatchForm, BatchStepForm, BatchView, TakeOut
from app.disbursements.batches import issue_payment_list, open_batch, take_out
from app.disbursements.deciding import decide_award
from app.disbursements.offering import open_offer
from app.disbursements.proposing import amend_award, withdraw_award
from app.disbursements.queries import award_rows, award_view
from app.disbursements.records import (
    AwardById,
    AwardChange,
    AwardQuery,
    AwardStepForm,
    AwardView,
    DecisionForm,
    Offer,
    OfferQuery,
)
from app.disbursements.rules import (
    FLOW,
    AmountNeeded,
    NoSuchMeasure,
    NotEligible,
    NothingToPay,
    OpinionNeeded,
    OverCap,
    StoppedByCheck,
)
from app.exchange.actions import freeze_batch
from app.funds.actions import open_fund
from app.funds.queries import fund_rows
from app.funds.records import FundForm
from app.households.actions import change_household, open_form
from app.households.records import IncomeForm, Reveal
from app.papers.queries import paper_view
from app.papers.records import PaperById
from app.policy.catalog import shipped
from app.policy.pack import Area
from tests.world import World, changed


def award(world: World, award_id: int) -> AwardView:
    return world.ask("zhao", award_view, AwardById(id=award_id))


def batch(world: World, batch_id: int) -> BatchView:
    return world.ask("qian", batch_view, BatchById(id=batch_id))


def offer(world: World, case_id: int, measure: str = "living_relief") -> Offer:
    return world.do("wang", open_offer, OfferQuery(case_id=case_id, measure=measure))


def freeze(world: World, batch_id: int) -> str:
    version = batch(world, batch_id).row.version
    return world.do("qian", freeze_batch, BatchStepForm(id=batch_id, version=version))


def earn(world: World, household_id: int, fen: int) -> None:
    """Let a household earn another sum in twelve months."""
    change = world.do("wang", open_form, Reveal(household_id=household_id))
    income = changed(change.household.income, income_12_months=Fen(fen))
    world.do(
        "wang",
        change_household,
        changed(change, household=changed(change.household, income=income)),
    )


def amendment(world: World, award_id: int, **other: Any) -> AwardChange:
    seen = award(world, award_id)
    form = AwardChange(
        award_id=award_id,
        version=seen.row.version,
        amount=seen.row.amount,
        fund_id=seen.fund.id,
        account_holder=seen.account_holder,
        account_number="6222021234567890128",
    )
    return changed(form, **other)


# Proposing


def test_what_may_be_proposed_stands_ready(world: World) -> None:
    accepted = world.file()
    found = offer(world, accepted.case_id)
    assert (found.cap.most, found.cap.used, found.cap.reserved, found.cap.left) == (
        1_080_000,
        0,
        0,
        1_080_000,
    )
    assert found.category == "深度困难"
    assert len(found.funds) == 2


def test_the_cap_counts_what_is_on_the_way_and_leaves_no_fen_more(world: World) -> None:
    accepted = world.file()
    world.propose(accepted, fen=780_000)
    assert offer(world, accepted.case_id).cap.left == 300_000
    with pytest.raises(OverCap) as over:
        world.propose(accepted, fen=300_001)
    assert over.value.data["left"] == "3,000.00"
    second = world.propose(accepted, fen=300_000)
    assert offer(world, accepted.case_id).cap.left == 0
    form = AwardStepForm(award_id=second, version=1)
    world.do("wang", withdraw_award, form)
    assert offer(world, accepted.case_id).cap.left == 300_000


def test_only_households_on_file_get_relief_that_the_policy_knows(world: World) -> None:
    accepted = world.accept()
    with pytest.raises(NoFile):
        world.propose(accepted)
    world.file(accepted)
    with pytest.raises(NoSuchMeasure):
        world.propose(accepted, measure="none_such")
    with pytest.raises(NotFound):
        world.propose(accepted, fund_id=99)
    with pytest.raises(Invalid):
        world.propose(accepted, fen=0)
    with pytest.raises(Invalid):
        world.propose(accepted, account_number="12")


def test_a_household_that_is_no_longer_eligible_is_not_proposed(world: World) -> None:
    accepted = world.file()
    earn(world, accepted.household_id, 100_000_000)
    with pytest.raises(NotEligible) as why:
        world.propose(accepted)
    assert "生活救助" in why.value.tell()


def test_a_fund_offers_itself_for_what_it_may_pay(world: World) -> None:
    form = FundForm(
        name="就业专项", source=FundSource.CITY, year=2026, measures=("skill_training",)
    )
    fund = world.do("qian", open_fund, form)
    accepted = world.file()
    assert fund not in [row.id for row in offer(world, accepted.case_id).funds]


# Deciding


@pytest.mark.parametrize("decision", [each for each in Decision if each is not Decision.APPROVED])
def test_every_other_decision_needs_words(world: World, decision: Decision) -> None:
    award_id = world.propose()
    with pytest.raises(OpinionNeeded):
        world.decide(award_id, decision, suggested_amount=Fen(100))
    assert award(world, award_id).decisions == ()


def test_another_amount_is_suggested_confirmed_and_approved(world: World) -> None:
    award_id = world.propose(fen=80_000)
    with pytest.raises(AmountNeeded):
        world.decide(award_id, Decision.CHANGE_AMOUNT, opinion="金额偏高")
    world.decide(award_id, Decision.CHANGE_AMOUNT, opinion="金额偏高", suggested_amount=Fen(50_000))
    assert award(world, award_id).row.state is AwardState.RETURNED
    world.do("wang", amend_award, amendment(world, award_id, amount=Fen(50_000)))
    world.decide(award_id)
    seen = award(world, award_id)
    assert (seen.row.state, seen.row.amount, seen.sequence) == (AwardState.APPROVED, 50_000, 2)
    assert [(each.sequence, each.decision, each.suggested_amount) for each in seen.decisions] == [
        (1, Decision.CHANGE_AMOUNT, 50_000),
        (2, Decision.APPROVED, None),
    ]


def test_what_is_refused_stays_refused(world: World) -> None:
    award_id = world.propose()
    world.decide(award_id, Decision.REFUSED, opinion="不符合")
    with pytest.raises(NotNow):
        world.decide(award_id)
    with pytest.raises(NotNow):
        world.do("wang", amend_award, amendment(world, award_id))
    with pytest.raises(NotNow):
        world.do("wang", withdraw_award, AwardStepForm(award_id=award_id, version=2))


def test_a_decision_on_an_older_version_is_a_conflict(world: World) -> None:
    award_id = world.propose()
    first = award(world, award_id).row
    world.decide(award_id, Decision.SENT_BACK, opinion="缺材料")
    world.do("wang", amend_award, amendment(world, award_id))
    form = DecisionForm(
        award_id=award_id,
        version=award(world, award_id).row.version,
        award_version_id=first.award_version_id,
        decision=Decision.APPROVED,
    )
    with pytest.raises(Conflict) as conflict:
        world.do("zhao", decide_award, form)
    assert conflict.value.data["who"] == "王芳"
    with pytest.raises(Conflict):
        world.do("zhao", decide_award, changed(form, version=first.version))


def test_eligibility_and_cap_are_looked_at_again_when_approving(world: World) -> None:
    accepted = world.file()
    award_id = world.propose(accepted)
    earn(world, accepted.household_id, 100_000_000)
    with pytest.raises(NotEligible):
        world.decide(award_id)
    assert award(world, award_id).row.state is AwardState.PROPOSED
    world.decide(award_id, Decision.REFUSED, opinion="收入已变")


def test_a_new_version_has_another_seal_and_no_approval(world: World) -> None:
    award_id = world.propose()
    before = award(world, award_id)
    world.decide(award_id, Decision.SENT_BACK, opinion="换卡")
    with pytest.raises(Conflict):
        world.do("wang", amend_award, amendment(world, award_id, version=1))
    world.do("wang", amend_award, amendment(world, award_id, account_holder="另一人"))
    after = award(world, award_id)
    assert after.seal != before.seal
    assert after.row.award_version_id != before.row.award_version_id
    assert after.row.state is AwardState.PROPOSED
    with pytest.raises(NotNow):
        world.batch(award_id)


def test_an_approved_award_taken_back_releases_its_money(world: World) -> None:
    before = world.ask("qian", fund_rows)[0]
    award_id = world.approved()
    version = award(world, award_id).row.version
    world.do("wang", withdraw_award, AwardStepForm(award_id=award_id, version=version))
    assert award(world, award_id).row.state is AwardState.WITHDRAWN
    assert world.ask("qian", fund_rows)[0] == before
    with pytest.raises(NotNow):
        world.batch(award_id)


# Batches


def test_a_batch_takes_approved_awards_once(world: World) -> None:
    approved, proposed = world.approved(), world.propose()
    with pytest.raises(NothingToPay):
        world.do("qian", open_batch, BatchForm(award_ids=(), layout="delimited"))
    for wrong in ((proposed,), (approved, approved), (approved, 99)):
        with pytest.raises((NotNow, NotFound)):
            world.batch(*wrong)
    assert world.ask("qian", batch_rows) == []
    number = batch(world, world.batch(approved)).row.number
    assert number == "B2026-0001", "a batch that was not opened took no number"
    with pytest.raises(NotNow):
        world.batch(approved)


def test_what_is_taken_out_stays_approved_and_is_paid_in_the_next_batch(world: World) -> None:
    first, second = world.approved(), world.approved(fen=30_000)
    batch_id = world.batch(first, second)
    seen = batch(world, batch_id)
    out = TakeOut(
        batch_id=batch_id, version=seen.row.version, line_id=seen.lines[0].id, reason="等新卡"
    )
    world.do("qian", take_out, out)
    with pytest.raises(Conflict):  # the page shows the batch as it was
        world.do("qian", take_out, changed(out, line_id=seen.lines[1].id, version=0))
    after = batch(world, batch_id)
    assert (after.row.count, after.row.amount) == (1, 30_000)
    assert [(line.state, line.reason) for line in after.lines] == [
        (LineState.REMOVED, "等新卡"),
        (LineState.PREPARED, ""),
    ]
    assert award(world, first).row.state is AwardState.APPROVED
    freeze(world, batch_id)
    late = changed(out, version=batch(world, batch_id).row.version, line_id=seen.lines[1].id)
    with pytest.raises(NotNow):
        world.do("qian", take_out, late)
    assert batch(world, world.frozen(first)).row.state is BatchState.FROZEN


def test_a_line_is_taken_out_of_its_own_batch_only(world: World) -> None:
    one, other = world.batch(), world.batch()
    line = batch(world, other).lines[0].id
    version = batch(world, one).row.version
    with pytest.raises(NotNow):
        world.do(
            "qian", take_out, TakeOut(batch_id=one, version=version, line_id=line, reason="误选")
        )


def test_a_payment_that_must_not_go_out_stops_the_batch_until_it_is_settled(world: World) -> None:
    accepted = world.file()
    award_id = world.propose(accepted)
    world.decide(award_id)
    batch_id = world.batch(award_id)
    earn(world, accepted.household_id, 100_000_000)
    with pytest.raises(StoppedByCheck):
        freeze(world, batch_id)
    seen = batch(world, batch_id)
    assert seen.lines[0].check == "stop"
    assert seen.checks[0].level == "stop"
    out = TakeOut(
        batch_id=batch_id, version=seen.row.version, line_id=seen.lines[0].id, reason="收入已变"
    )
    world.do("qian", take_out, out)
    with pytest.raises(NothingToPay):
        freeze(world, batch_id)
    version = award(world, award_id).row.version
    world.do("wang", withdraw_award, AwardStepForm(award_id=award_id, version=version))
    assert world.ask("qian", fund_rows)[0].reserved == 0, "the way back is open"


def test_the_same_household_is_not_paid_twice_in_one_batch(world: World) -> None:
    accepted = world.file()
    awards = [world.propose(accepted, fen=10_000) for _ in range(2)]
    for award_id in awards:
        world.decide(award_id)
    with pytest.raises(StoppedByCheck):
        freeze(world, world.batch(*awards))


def test_a_frozen_batch_is_closed_and_names_what_it_holds(world: World) -> None:
    batch_id = world.batch()
    digest = freeze(world, batch_id)
    seen = batch(world, batch_id)
    assert (seen.digest, seen.row.state) == (digest, BatchState.FROZEN)
    assert seen.lines[0].state is LineState.PAYING
    assert seen.capitals == "捌佰元整"
    with pytest.raises(NotNow):
        freeze(world, batch_id)


# Papers


def test_the_approval_form_says_who_proposed_and_who_decided(world: World) -> None:
    award_id = world.approved(fen=80_050)
    paper = world.do("zhao", issue_approval_form, AwardById(id=award_id))
    sheet = world.ask("wang", paper_view, PaperById(id=paper)).sheet
    facts = sheet.facts
    assert (facts["proposer"], facts["approver"]) == ("王芳", "赵建国")
    assert (facts["amount"], facts["decision"]) == (80_050, Decision.APPROVED.label)
    assert facts["seal"] == award(world, award_id).seal
    assert facts["account"] == "6222 **** 0128"
    assert facts["provisional"] is True
    pack = shipped().in_force(Area.SOCIAL_SECURITY, world.clock.today())
    assert pack is not None
    assert facts["basis"].startswith(f"《{pack.title}》第")


def test_the_payment_list_holds_what_goes_to_the_bank(world: World) -> None:
    batch_id = world.batch(world.approved(fen=10_000), world.approved(fen=20_000))
    with pytest.raises(NotNow):
        world.do("qian", issue_payment_list, BatchById(id=batch_id))
    digest = freeze(world, batch_id)
    paper = world.do("qian", issue_payment_list, BatchById(id=batch_id))
    facts = world.ask("qian", paper_view, PaperById(id=paper)).sheet.facts
    assert [row["amount"] for row in facts["rows"]] == [10_000, 20_000]
    assert (facts["amount"], facts["count"], facts["batch_digest"]) == (30_000, 2, digest)
    assert (facts["preparer"], facts["approver"]) == ("钱立", "赵建国")


# Lists


def test_awards_are_listed_by_state_household_case_and_maker(world: World) -> None:
    first, second = world.file(), world.file()
    one, two = world.propose(first), world.propose(second)
    world.decide(two)

    def listed(**asked: Any) -> list[int]:
        return [row.id for row in world.ask("wang", award_rows, AwardQuery(**asked))]

    assert listed() == [one, two]
    assert listed(states=(AwardState.APPROVED,)) == [two]
    assert listed(household_id=first.household_id) == [one]
    assert listed(case_id=second.case_id) == [two]
    assert listed(proposed_by_me=True) == [one, two]
    assert listed(limit=1) == [one]
    assert not world.ask("zhao", award_rows, AwardQuery(proposed_by_me=True))


def test_income_left_out_is_not_taken_for_none(world: World) -> None:
    accepted = world.file()
    change = world.do("wang", open_form, Reveal(household_id=accepted.household_id))
    world.do(
        "wang",
        change_household,
        changed(change, household=changed(change.household, income=IncomeForm())),
    )
    with pytest.raises(NotEligible):
        world.propose(accepted)


def test_every_state_of_an_award_is_reached_and_some_are_final() -> None:
    reached = set(FLOW.table.values()) | {AwardState.PROPOSED}
    assert reached == set(AwardState)
    final = {state for state in AwardState if not FLOW.steps(state)}
    assert final == {AwardState.REFUSED, AwardState.WITHDRAWN}


def test_a_new_proposal_makes_the_form_of_the_old_one_void(world: World) -> None:
    award_id = world.propose(fen=80_000)
    form = world.do("zhao", issue_approval_form, AwardById(id=award_id))
    world.decide(award_id, Decision.SENT_BACK, opinion="请核对账号")
    world.do("wang", amend_award, amendment(world, award_id, amount=Fen(70_000)))
    void = world.ask("wang", paper_view, PaperById(id=form))
    assert (void.row.state, void.void_reason) == (PaperState.VOID, "救助已重新提议")
    fresh = world.do("zhao", issue_approval_form, AwardById(id=award_id))
    sheet = world.ask("wang", paper_view, PaperById(id=fresh)).sheet
    assert sheet.facts["amount"] == 70_000
