"""Grants for one member, funds by source and file, caps that count by the day of payment."""

from datetime import UTC, datetime
from typing import Any

import pytest

from app.cases.actions import return_case
from app.cases.queries import case_view
from app.cases.records import Accepted, CaseById, CaseStepForm
from app.cases.rules import MemberNeeded, NoFile, NotOneOfThem
from app.core.errors import RuleBroken
from app.core.money import Fen
from app.core.record import Nothing
from app.core.words.funds import FundSource
from app.disbursements.actions import issue_approval_form
from app.disbursements.batch_queries import batch_view
from app.disbursements.batch_records import BatchById
from app.disbursements.offering import open_offer
from app.disbursements.proposing import propose_award
from app.disbursements.queries import award_rows, award_view
from app.disbursements.records import AwardById, AwardForm, AwardQuery, AwardRow, Offer, OfferQuery
from app.disbursements.rules import NotEligible, OverCap, OverTogether
from app.exchange.actions import take_bank_result
from app.exchange.bank_batch import answer_of_the_bank
from app.exchange.bank_layout import layout
from app.exchange.records import ResultForm
from app.facts.gather import known_of
from app.funds.actions import confirm_budget, enter_budget, open_fund
from app.funds.records import BudgetForm, BudgetStep, FundForm
from app.funds.rules import Earmarked, FileNeeded
from app.households.actions import change_household, open_form
from app.households.queries import household_view
from app.households.records import ById, Reveal
from app.papers.queries import paper_view
from app.papers.records import PaperById
from app.policy.pack import Outcome
from app.work import Action, Permission, Work
from db.models.households import Household
from tests.filled import pay
from tests.payments import send, view
from tests.world import World, changed

RELIEF = "temporary_relief"
"""3,000 yuan a member in the year; a file is not asked for."""


def members(world: World, accepted: Accepted) -> list[int]:
    view = world.ask("wang", household_view, ById(id=accepted.household_id))
    return [member.id for member in view.members]


def offer(
    world: World, accepted: Accepted, member_id: int | None = None, measure: str = RELIEF
) -> Offer:
    asked = OfferQuery(case_id=accepted.case_id, measure=measure, member_id=member_id)
    return world.do("wang", open_offer, asked)


def give(world: World, accepted: Accepted, member_id: int | None, fen: int, **more: Any) -> int:
    return world.propose(accepted, fen, **{"measure": RELIEF, "member_id": member_id, **more})


def ill(world: World, accepted: Accepted, *paid_fen: int) -> Accepted:
    """Let the first members of a household have paid so much for their illness."""
    change = world.do("wang", open_form, Reveal(household_id=accepted.household_id))
    household = change.household
    first, *others = map(Fen, paid_fen)
    spent = changed(household.expenditure, medical_self_paid_12_months=first)
    people = list(household.members)
    for at, fen in enumerate(others):
        people[at] = changed(people[at], medical_self_paid_12_months=fen, health="糖尿病")
    form = changed(household, expenditure=spent, members=tuple(people))
    world.do("wang", change_household, changed(change, household=form))
    return accepted


def award(world: World, award_id: int) -> AwardRow:
    return world.ask("zhao", award_view, AwardById(id=award_id)).row


def fund(world: World, source: FundSource = FundSource.CITY, *, file_required: bool = True) -> int:
    """Open a further fund with 10,000 yuan."""
    form = FundForm(
        name=f"另一{source.value}", source=source, year=2026, file_required=file_required
    )
    fund_id = world.do("qian", open_fund, form)
    today = world.clock.today()
    budget = BudgetForm(
        fund_id=fund_id, amount=Fen(1_000_000), document="批复一号", granted_on=today
    )
    step = BudgetStep(id=world.do("qian", enter_budget, budget), version=1)
    world.do("zhao", confirm_budget, step)
    return fund_id


# Whom a grant is for


def test_a_grant_per_member_is_offered_for_whom_the_policy_gives_it(world: World) -> None:
    accepted = world.file()
    people = members(world, accepted)
    found = offer(world, accepted)
    assert [each.member_id for each in found.people] == people
    assert found.member_id == people[0]
    assert found.person == found.people[0].name
    assert {each.outcome for each in found.people} == {Outcome.YES}
    other = offer(world, accepted, people[2])
    assert (other.member_id, other.person) == (people[2], found.people[2].name)
    whole = world.do(
        "wang", open_offer, OfferQuery(case_id=accepted.case_id, measure="living_relief")
    )
    assert (whole.member_id, whole.person, whole.people) == (None, "", ())


def test_an_award_names_the_member_it_is_for_in_lists_and_on_paper(world: World) -> None:
    accepted = world.file()
    wife = members(world, accepted)[1]
    award_id = give(world, accepted, wife, 100_000)
    row = award(world, award_id)
    assert row.member_id == wife
    assert row.person
    assert row.title == f"临时救助（{row.person}）"
    listed = world.ask("wang", award_rows, AwardQuery(case_id=accepted.case_id))
    assert [(each.title, each.person) for each in listed] == [(row.title, row.person)]
    paper = world.do("zhao", issue_approval_form, AwardById(id=award_id))
    facts = world.ask("wang", paper_view, PaperById(id=paper)).sheet.facts
    assert facts["measure"] == row.title
    world.decide(award_id)
    line = world.ask("qian", batch_view, BatchById(id=world.batch(award_id))).lines[0]
    assert line.title == row.title


def test_the_reasons_it_rests_on_are_those_of_the_member(world: World) -> None:
    accepted = world.file()
    child = members(world, accepted)[2]
    view = world.ask("zhao", award_view, AwardById(id=give(world, accepted, child, 100_000)))
    relation = next(reason for reason in view.basis.measure if "与户主关系" in reason.says)
    assert "儿" in relation.says
    assert view.assessment.member == 2


def test_a_grant_per_member_needs_one_of_the_household(world: World) -> None:
    accepted, other = world.file(), world.file()
    with pytest.raises(MemberNeeded):
        give(world, accepted, None, 100_000)
    with pytest.raises(NotOneOfThem):
        give(world, accepted, members(world, other)[0], 100_000)
    with pytest.raises(NotOneOfThem):
        world.propose(accepted, member_id=members(world, accepted)[0])


def test_a_member_who_does_not_meet_the_conditions_gets_nothing(world: World) -> None:
    accepted = world.file()
    husband = members(world, accepted)[1]
    with pytest.raises(NotEligible):
        world.propose(accepted, measure="schooling_relief", member_id=husband)


# Caps


def test_every_member_has_a_cap_of_their_own(world: World) -> None:
    accepted = world.file()
    first, second, _third = members(world, accepted)
    give(world, accepted, first, 200_000)
    cap = offer(world, accepted, first).cap
    assert (cap.most, cap.reserved, cap.left, cap.together) == (300_000, 200_000, 100_000, None)
    with pytest.raises(OverCap):
        give(world, accepted, first, 100_001)
    give(world, accepted, first, 100_000)
    give(world, accepted, second, 300_000)


def test_all_members_together_have_a_cap_beside_their_own(world: World) -> None:
    """Medical relief of 2023: what oneself paid, all members together 20,000 yuan a year."""
    accepted = ill(world, world.file(), 1_200_000, 1_000_000)
    first, second, _third = members(world, accepted)
    medical = {"measure": "medical_relief"}
    give(world, accepted, first, 1_200_000, **medical)
    cap = offer(world, accepted, second, **medical).cap
    assert (cap.most, cap.reserved, cap.left) == (1_000_000, 0, 800_000)
    assert (cap.together, cap.together_left) == (2_000_000, 800_000)
    with pytest.raises(OverTogether) as over:
        give(world, accepted, second, 800_001, **medical)
    assert over.value.data["left"] == "8,000.00"
    give(world, accepted, second, 800_000, **medical)
    assert offer(world, accepted, second, **medical).cap.left == 0


def test_an_award_for_each_time_is_limited_by_the_year_alone(world: World) -> None:
    """Festival relief of 2023: 3,000 yuan each time, 6,000 a year."""
    accepted = world.file()
    festival = {"measure": "festival_relief"}
    with pytest.raises(OverCap):
        give(world, accepted, None, 300_001, **festival)
    give(world, accepted, None, 300_000, **festival)
    assert offer(world, accepted, None, **festival).cap.left == 300_000
    give(world, accepted, None, 200_000, **festival)
    with pytest.raises(OverTogether):
        give(world, accepted, None, 100_001, **festival)
    give(world, accepted, None, 100_000, **festival)


def test_the_same_grant_for_two_members_goes_in_one_batch(world: World) -> None:
    accepted = world.file()
    awards = [give(world, accepted, member, 10_000) for member in members(world, accepted)[:2]]
    for award_id in awards:
        world.decide(award_id)
    pay(world, world.frozen(*awards))
    assert offer(world, accepted).cap.used == 10_000


def received(world: World, accepted: Accepted, year: int) -> tuple[Any, Any, Any]:
    """Return the relief of a year: in all, under the measure, by the first member."""

    def ask(work: Work, _: Nothing) -> tuple[Any, Any, Any]:
        household = work.load(Household, accepted.household_id)
        known = known_of(work.session, household, work.today.replace(year=year, day=1))
        key = f"received.{RELIEF}"
        facts = known.household
        return facts["relief_received_this_year"], facts.get(key), known.members[0].get(key)

    return world.do("wang", Action("t.t", ask, Permission.ASSESS, "", frozenset()), Nothing())


def test_relief_counts_in_the_year_in_which_it_is_paid(world: World) -> None:
    accepted = world.file()
    first = members(world, accepted)[0]
    award_id = give(world, accepted, first, 200_000)
    world.decide(award_id)
    batch = world.frozen(award_id)
    sent = send(world, batch)
    world.clock.instant = datetime(2027, 1, 4, 2, 30, tzinfo=UTC)
    assert offer(world, accepted, first).cap.reserved == 200_000
    data = answer_of_the_bank(layout("delimited"), sent.batch, {})
    form = ResultForm(id=batch, version=view(world, batch).row.version, data=data)
    world.do("qian", take_bank_result, form)
    assert received(world, accepted, 2026) == (0, None, None)
    assert received(world, accepted, 2027) == (200_000, 200_000, 200_000)
    cap = offer(world, accepted, first).cap
    assert (cap.year, cap.used, cap.reserved, cap.left) == (2027, 200_000, 0, 100_000)


# Funds


def test_a_fund_pays_only_what_the_policy_lets_its_source_pay(world: World) -> None:
    interest, accepted = fund(world, FundSource.INTEREST), world.file()
    assert interest not in [row.id for row in offer(world, accepted).funds]
    with pytest.raises(Earmarked):
        give(world, accepted, members(world, accepted)[0], 10_000, fund_id=interest)


def test_without_a_file_only_a_fund_that_asks_for_none_pays_what_needs_none(world: World) -> None:
    free, accepted = fund(world, FundSource.DONATION, file_required=False), world.accept()
    head = members(world, accepted)[0]
    assert [row.id for row in offer(world, accepted).funds] == [free]
    with pytest.raises(FileNeeded):
        give(world, accepted, head, 10_000)
    with pytest.raises(NoFile):
        world.propose(accepted, fund_id=free)
    award_id = give(world, accepted, head, 10_000, fund_id=free)
    world.decide(award_id)
    pay(world, world.frozen(award_id))
    assert received(world, accepted, 2026)[0] == 10_000


def test_an_application_sent_back_holds_its_money_back(world: World) -> None:
    free, accepted = fund(world, FundSource.DONATION, file_required=False), world.accept()
    award_id = give(world, accepted, members(world, accepted)[0], 10_000, fund_id=free)
    case = world.ask("zhao", case_view, CaseById(id=accepted.case_id))
    step = CaseStepForm(id=accepted.case_id, version=case.row.version, opinion="缺材料")
    world.do("zhao", return_case, step)
    with pytest.raises(NoFile):
        world.decide(award_id)


def test_a_refused_proposal_leaves_no_trace(world: World) -> None:
    accepted = world.file()
    form = AwardForm(
        case_id=accepted.case_id,
        measure=RELIEF,
        amount=Fen(1),
        fund_id=world.fund_id(),
        account_holder="李示例",
        account_number="6222021234567890128",
    )
    with pytest.raises(RuleBroken):
        world.do("wang", propose_award, form)
    assert world.ask("wang", award_rows, AwardQuery()) == []
