"""Who decides on an award, step by step; what counts together; and several at once."""

from datetime import date, timedelta
from typing import Any

import msgspec
import pytest

from app.core.clock import local_day
from app.core.errors import Conflict, Invalid, NotNow
from app.core.money import Fen
from app.core.words.disbursements import ApprovalStep, AwardState, Decision
from app.core.words.staff import Role
from app.disbursements import tiers
from app.disbursements.actions import issue_approval_form
from app.disbursements.deciding import decide_award, decide_many
from app.disbursements.deciding_records import (
    ApprovalQuery,
    AwardToDecide,
    DecidedTogether,
    TogetherForm,
)
from app.disbursements.proposing import amend_award, withdraw_award
from app.disbursements.queries import approval_rows, award_rows, award_view, awards_waiting
from app.disbursements.records import (
    ApprovalRow,
    AwardById,
    AwardChange,
    AwardQuery,
    AwardStepForm,
    AwardView,
    DecisionForm,
)
from app.disbursements.rules import (
    MinutesNeeded,
    NothingToPay,
    NotTogether,
    OnePersonOneStep,
    ReplyNeeded,
    StepNeeded,
    TooFewAttended,
)
from app.disbursements.tiers import Tiers, shipped_tiers, tiers_on
from app.funds.queries import fund_rows
from app.papers.queries import paper_view
from app.papers.records import PaperById
from app.reference.workdays import add_workdays
from app.staff.actions import change_staff
from app.staff.queries import staff_rows
from app.staff.records import StaffChange
from app.work import SecondPersonNeeded
from tests.payments import another
from tests.world import TODAY, World, changed, resting_on

S, C, P, N = ApprovalStep
LIMIT = 500_000


def award(world: World, award_id: int, user: str = "zhao") -> AwardView:
    return world.ask(user, award_view, AwardById(id=award_id))


def steps(view: AwardView) -> list[ApprovalStep]:
    return [each.step for each in view.way]


def rows(world: World) -> dict[int, ApprovalRow]:
    return {row.id: row for row in world.ask("zhao", approval_rows, ApprovalQuery())}


def on_own_account(world: World, **other: Any) -> int:
    """Propose relief to the account of the household itself, so that nothing stands out."""
    form = world.form()
    account = form.household.account
    return world.propose(
        world.file(world.accept(form)),
        account_holder=account.account_holder,
        account_number=account.account_number,
        **other,
    )


def move_to(world: World, days: int) -> None:
    world.clock.instant = TODAY + timedelta(days=days)


def lower(monkeypatch: pytest.MonkeyPatch, begins: date, *more: Tiers, **fen: int) -> Tiers:
    """Put a document beside the shipped ones that sends living relief up above small sums."""
    shipped = tiers_on(date(2026, 1, 1))
    example = shipped.rules[0]
    ways = {"collective": (C,), "province": (C, P), "national": (C, P, N), "both": (S, C)}
    rules = tuple(
        msgspec.structs.replace(example, title=name, above_fen=above, steps=ways[name])
        for name, above in fen.items()
    )
    made = msgspec.structs.replace(shipped, in_force=begins, rules=rules)
    known = sorted((*shipped_tiers(), *more, made), key=lambda each: each.in_force)
    monkeypatch.setattr(tiers, "shipped_tiers", lambda: tuple(known))
    return made


@pytest.fixture
def second(world: World) -> str:
    """Make the loan officer a supervisor: a second one beside the first."""
    found = next(row for row in world.ask("admin", staff_rows) if row.user == "sun")
    form = StaffChange(
        id=found.id,
        version=found.version,
        name=found.name,
        roles=(Role.SUPERVISOR,),
        active=True,
    )
    world.do("admin", change_staff, form)
    world.people["sun"] = world.office.enter("sun")
    return "sun"


# One step or several


def test_up_to_the_limit_one_supervisor_decides(world: World) -> None:
    award_id = world.propose(fen=LIMIT)
    assert steps(award(world, award_id)) == [S]
    world.decide(award_id)
    view = award(world, award_id)
    assert view.row.state is AwardState.APPROVED
    assert view.row.waits_for is None
    assert [(each.step, each.decided_by) for each in view.way] == [(S, "赵建国")]


def test_a_fen_above_it_needs_minutes_day_and_three_people(world: World) -> None:
    award_id = world.propose(fen=LIMIT + 1)
    view = award(world, award_id)
    assert (steps(view), view.row.waits_for) == ([C], C)
    assert view.way_says == ("超过 5,000 元的，集体研究",)
    with pytest.raises(StepNeeded) as needed:
        world.decide(award_id, step=S)
    assert "集体研究" in needed.value.tell()
    gaps: tuple[dict[str, Any], ...] = (
        {"document": " "},
        {"document_day": None},
        {"attended": ""},
    )
    for missing in gaps:
        with pytest.raises(MinutesNeeded):
            world.decide(award_id, **missing)
    with pytest.raises(Invalid):
        world.decide(award_id, document_day=world.clock.today() + timedelta(days=1))
    with pytest.raises(TooFewAttended):
        world.decide(award_id, attended="赵建国、周明、赵建国")
    world.decide(award_id, attended="赵建国，周明 吴敏")
    (decision,) = award(world, award_id).decisions
    assert (decision.step, decision.document) == (C, "会议纪要〔2026〕8 号")
    assert (decision.document_day, decision.attended) == (TODAY.date(), "赵建国、周明、吴敏")
    assert award(world, award_id).row.state is AwardState.APPROVED


def test_the_money_is_reserved_by_the_last_step_alone(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    lower(monkeypatch, TODAY.date(), national=50_000)
    award_id = world.propose(fen=60_000)
    free = world.ask("qian", fund_rows)[0].available
    seen = [(award(world, award_id).row.state, award(world, award_id).row.waits_for)]
    for _step in range(3):
        assert world.ask("qian", fund_rows)[0].available == free
        world.decide(award_id)
        seen.append((award(world, award_id).row.state, award(world, award_id).row.waits_for))
    assert seen == [
        (AwardState.PROPOSED, C),
        (AwardState.UPWARD, P),
        (AwardState.UPWARD, N),
        (AwardState.APPROVED, None),
    ]
    assert world.ask("qian", fund_rows)[0].available == free - 60_000
    with pytest.raises(NotNow):
        world.decide(award_id)
    assert [row.number for row in world.ask("qian", award_rows, AwardQuery())]
    assert world.batch(award_id)


def test_who_was_asked_has_to_answer_also_when_the_sum_fell_since(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    lower(monkeypatch, TODAY.date(), collective=20_000, province=50_000)
    filed = world.file()
    award_id, other = world.propose(filed, fen=30_000), world.propose(filed, fen=30_000)
    free = world.ask("qian", fund_rows)[0].available
    world.decide(award_id, step=C)
    assert award(world, award_id).row.state is AwardState.UPWARD
    step = AwardStepForm(award_id=other, version=award(world, other).row.version)
    world.do("wang", withdraw_award, step)
    assert award(world, award_id).row.waits_for is P
    assert world.ask("qian", fund_rows)[0].available == free
    world.decide(award_id)
    assert award(world, award_id).row.state is AwardState.APPROVED
    assert world.ask("qian", fund_rows)[0].available == free - 30_000
    assert world.batch(award_id)


def test_a_reply_of_the_union_above_has_its_number_and_day(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    lower(monkeypatch, TODAY.date(), province=50_000)
    award_id = world.propose(fen=60_000)
    world.decide(award_id)
    assert rows(world)[award_id].award.days_left is None
    with pytest.raises(ReplyNeeded):
        world.decide(award_id, document="")
    world.decide(award_id, Decision.REFUSED, opinion="省总未批准")
    assert award(world, award_id).row.state is AwardState.REFUSED


def test_one_person_takes_one_step_in_the_center(
    world: World, monkeypatch: pytest.MonkeyPatch, second: str
) -> None:
    lower(monkeypatch, TODAY.date(), both=50_000)
    award_id = world.propose(fen=60_000)
    world.decide(award_id)
    view = award(world, award_id)
    assert (view.row.state, view.row.waits_for) == (AwardState.COLLECTIVE, C)
    assert "另一人" in view.closed
    assert award(world, award_id, second).closed == ""
    with pytest.raises(OnePersonOneStep):
        world.decide(award_id)
    world.decide(award_id, user=second)
    assert award(world, award_id).row.state is AwardState.APPROVED


def test_whoever_proposed_decides_no_step(world: World, second: str) -> None:
    award_id = world.propose()
    wang, sun = world.people["wang"], world.people[second]
    world.people[second] = type(sun)(wang.id, wang.user, wang.name, sun.roles, sun.permissions)
    with pytest.raises(SecondPersonNeeded):
        world.decide(award_id, user=second)
    assert award(world, award_id, second).closed


def test_whoever_proposed_an_earlier_version_decides_no_step_either(
    world: World, second: str
) -> None:
    """Two people would otherwise propose for each other and decide by turns."""
    award_id = world.propose()
    world.decide(award_id, Decision.SENT_BACK, opinion="账号请核对")
    another(world, "wu", "吴经办", Role.CASEWORKER)
    world.do("wu", amend_award, anew(award(world, award_id), Fen(70_000)))
    wang, sun = world.people["wang"], world.people[second]
    world.people[second] = type(sun)(wang.id, wang.user, wang.name, sun.roles, sun.permissions)
    assert award(world, award_id, second).closed
    assert world.ask(second, awards_waiting).to_decide == 0
    with pytest.raises(SecondPersonNeeded):
        world.decide(award_id, user=second)
    assert world.ask("zhao", awards_waiting).to_decide == 1
    world.decide(award_id)
    assert award(world, award_id).row.state is AwardState.APPROVED


def anew(view: AwardView, amount: Fen) -> AwardChange:
    return AwardChange(
        award_id=view.row.id,
        version=view.row.version,
        amount=amount,
        fund_id=view.fund.id,
        account_holder=view.account_holder,
        account_number="6222021234567890128",
    )


# Left to all together


def test_a_supervisor_leaves_any_award_to_all_together(world: World) -> None:
    award_id = world.propose(fen=10_000)
    world.decide(award_id, Decision.DEFERRED, opinion="情况特殊")
    view = award(world, award_id)
    assert (view.row.state, view.row.waits_for, steps(view)) == (AwardState.COLLECTIVE, C, [C])
    with pytest.raises(StepNeeded):
        world.decide(award_id, step=S)
    with pytest.raises(NotNow):
        world.decide(award_id, Decision.DEFERRED, opinion="再议")
    world.decide(award_id)  # the same person records the minutes
    assert award(world, award_id).row.state is AwardState.APPROVED
    assert world.batch(award_id)


def test_a_new_version_goes_the_way_anew(world: World) -> None:
    award_id = world.propose(fen=LIMIT + 1)
    world.decide(award_id, Decision.DEFERRED, opinion="上会")
    world.decide(award_id, Decision.SENT_BACK, opinion="金额偏高")
    form = anew(award(world, award_id), Fen(LIMIT))
    world.do("wang", amend_award, form)
    assert steps(award(world, award_id)) == [S]
    world.decide(award_id)
    assert award(world, award_id).row.state is AwardState.APPROVED


# What counts together


def test_two_awards_just_under_the_limit_are_decided_together(world: World) -> None:
    accepted = world.file()
    first = world.propose(accepted, fen=250_000)
    assert steps(award(world, first)) == [S]
    second = world.propose(accepted, fen=250_001)
    for each in (first, second):
        view = award(world, each)
        assert steps(view) == [C]
        assert view.flags[-1].startswith("30 天内 2 件，合计 5,000.01 元 → 集体研究")
    with pytest.raises(StepNeeded):
        world.decide(first, step=S)
    world.decide(first)
    world.decide(second)
    assert award(world, second).row.state is AwardState.APPROVED


def test_two_awards_that_reach_the_limit_exactly_are_not(world: World) -> None:
    accepted = world.file()
    both = [world.propose(accepted, fen=250_000) for _each in range(2)]
    assert [steps(award(world, each)) for each in both] == [[S], [S]]


def test_what_was_paid_or_approved_counts_and_what_was_refused_or_withdrawn_does_not(
    world: World,
) -> None:
    accepted = world.file()
    refused, withdrawn, approved = (world.propose(accepted, fen=200_000) for _each in range(3))
    world.decide(refused, Decision.REFUSED, opinion="重复")
    world.do("wang", withdraw_award, AwardStepForm(award_id=withdrawn, version=1))
    world.decide(approved)
    assert steps(award(world, world.propose(accepted, fen=300_000))) == [S]
    assert steps(award(world, world.propose(accepted, fen=1))) == [C]


@pytest.mark.parametrize(("days", "way"), [(30, [C]), (31, [S])])
def test_the_window_ends_after_its_last_day(world: World, days: int, way: list[Any]) -> None:
    accepted = world.file()
    first = world.propose(accepted, fen=300_000)
    move_to(world, days)
    second = world.propose(accepted, fen=300_000)
    assert [steps(award(world, each)) for each in (first, second)] == [way, way]


@pytest.mark.parametrize(("days", "way"), [(30, [C]), (31, [S])])
def test_an_award_that_grew_since_counts_on_the_day_it_was_proposed_anew(
    world: World, days: int, way: list[Any]
) -> None:
    """Begun with a yuan and sent back, it would grow when the window of the first day is over."""
    first = on_own_account(world, fen=100)
    world.decide(first, Decision.SENT_BACK, opinion="再核")
    move_to(world, 5)
    world.do("wang", amend_award, anew(award(world, first), Fen(300_000)))
    move_to(world, 5 + days)
    other = world.propose(world.accepted[0], 300_000)
    assert steps(award(world, other)) == way
    assert steps(award(world, first)) == way


def test_only_one_household_and_one_area_count_together(world: World) -> None:
    accepted = world.file()
    world.propose(accepted, fen=300_000)
    other_household = world.propose(fen=300_000)
    assert steps(award(world, other_household)) == [S]
    same_area = world.propose(accepted, fen=200_001, measure="festival_relief")
    assert steps(award(world, same_area)) == [C]


def test_many_awards_are_told_although_they_stay_below(world: World) -> None:
    accepted = world.file()
    three = [world.propose(accepted, fen=10_000) for _each in range(3)]
    view = award(world, three[0])
    assert steps(view) == [S]
    assert "30 天内 3 件，合计 300.00 元" in view.flags


# The document it began with


def test_an_award_finishes_on_the_document_it_began_with(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    begun = world.propose(fen=60_000)
    lower(monkeypatch, TODAY.date() + timedelta(days=1), province=50_000)
    move_to(world, 1)
    later = world.propose(fen=60_000)
    assert steps(award(world, begun)) == [S]
    assert steps(award(world, later)) == [C, P]
    world.decide(begun, Decision.SENT_BACK, opinion="换卡")
    view = award(world, begun)
    form = AwardChange(
        award_id=begun,
        version=view.row.version,
        amount=Fen(70_000),
        fund_id=view.fund.id,
        account_holder="另一人",
        account_number="6222021234567890128",
    )
    world.do("wang", amend_award, form)
    assert steps(award(world, begun)) == [S]
    world.decide(begun)
    assert award(world, begun).row.state is AwardState.APPROVED


def test_steps_and_document_are_sealed(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    accepted = world.file()
    plain = award(world, world.propose(accepted, fen=60_000)).seal
    lower(monkeypatch, TODAY.date(), province=50_000)
    assert award(world, world.propose(accepted, fen=60_000)).seal != plain


# Several at once


def together(world: World, *award_ids: int) -> TogetherForm:
    seen = [award(world, each).row for each in award_ids]
    awards = [
        AwardToDecide(award_id=row.id, version=row.version, award_version_id=row.award_version_id)
        for row in seen
    ]
    return TogetherForm(awards=tuple(awards), opinion="同意。")


def test_several_are_approved_in_one_act_with_a_decision_each(world: World) -> None:
    three = [on_own_account(world) for _each in range(2)]
    done: DecidedTogether = world.do("zhao", decide_many, together(world, *three))
    assert (done.approved, done.amount, done.left) == (tuple(three), 160_000, ())
    for each in three:
        view = award(world, each)
        assert view.row.state is AwardState.APPROVED
        assert [decision.opinion for decision in view.decisions] == ["同意。"]
    with pytest.raises(NothingToPay):
        world.do("zhao", decide_many, TogetherForm(awards=()))


def test_none_is_approved_when_something_stands_against_one(world: World) -> None:
    safe, flagged = on_own_account(world), world.propose(world.file(world.accept(world.form())))
    with pytest.raises(NotTogether) as refused:
        world.do("zhao", decide_many, together(world, safe, flagged))
    assert award(world, flagged).row.name in refused.value.tell()
    assert award(world, safe).row.state is AwardState.PROPOSED


def test_what_changed_meanwhile_is_left_and_named(world: World) -> None:
    first, second = on_own_account(world), on_own_account(world)
    form = together(world, first, second)
    world.decide(second, Decision.DEFERRED, opinion="上会")
    done: DecidedTogether = world.do("zhao", decide_many, form)
    assert done.approved == (first,)
    (left,) = done.left
    assert (left.award_id, left.name) == (second, award(world, second).row.name)
    assert "赵建国" in left.why
    again: DecidedTogether = world.do("zhao", decide_many, together(world, first))
    assert (again.approved, [each.award_id for each in again.left]) == ((), [first])


def test_an_award_that_needs_more_than_one_supervisor_is_never_approved_with_others(
    world: World,
) -> None:
    award_id = on_own_account(world, fen=LIMIT + 1)
    assert rows(world)[award_id].light == "look"
    with pytest.raises(NotTogether):
        world.do("zhao", decide_many, together(world, award_id))


# In time


def test_the_days_left_are_working_days_and_the_overdue_come_first(world: World) -> None:
    accepted = world.file()
    first = world.propose(accepted)
    due = add_workdays(TODAY.date(), 10)
    seen = rows(world)[first]
    assert (seen.award.days_left, seen.overdue, seen.soon) == (10, False, False)
    assert award(world, first).due_on == due.day
    world.clock.instant = TODAY + (due.day - local_day(TODAY))
    assert (rows(world)[first].award.days_left, rows(world)[first].soon) == (0, True)
    assert not rows(world)[first].overdue
    second = world.propose(accepted)
    world.clock.instant += timedelta(days=3)
    third = world.propose(accepted)
    listed = world.ask("zhao", approval_rows, ApprovalQuery())
    assert [row.id for row in listed] == [first, second, third]
    assert [row.overdue for row in listed] == [True, False, False]
    (told,) = world.ask("zhao", award_rows, AwardQuery(states=(AwardState.PROPOSED,), limit=1))
    assert (told.days_left, told.escalated) == (-1, True)


def test_beyond_the_announced_calendar_the_day_is_provisional(world: World) -> None:
    move_to(world, 35)
    award_id = on_own_account(world)
    assert rows(world)[award_id].award.due_provisional


def test_what_waits_says_at_which_step(world: World) -> None:
    accepted = world.file()
    small, large = world.propose(accepted, fen=1_000), world.propose(accepted, fen=LIMIT)
    listed = world.ask("wang", award_rows, AwardQuery(household_id=accepted.household_id))
    assert {row.id: row.waits_for for row in listed} == {small: S, large: C}
    assert world.ask("zhao", awards_waiting).to_decide == 2
    world.decide(large, Decision.REFUSED, opinion="不符")
    listed = world.ask("wang", award_rows, AwardQuery(household_id=accepted.household_id))
    assert {row.id: row.waits_for for row in listed} == {small: S, large: None}


def test_a_decision_on_a_step_that_was_taken_meanwhile_is_a_conflict(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    lower(monkeypatch, TODAY.date(), national=50_000)
    award_id = world.propose(fen=60_000)
    view = award(world, award_id)
    stale = DecisionForm(
        award_id=award_id,
        version=view.row.version,
        award_version_id=view.row.award_version_id,
        decision=Decision.APPROVED,
        **resting_on(view),
    )
    world.decide(award_id)
    with pytest.raises(Conflict):
        world.do("zhao", decide_award, stale)
    fresh = changed(stale, version=award(world, award_id).row.version)
    with pytest.raises(StepNeeded):
        world.do("zhao", decide_award, fresh)


def test_the_form_prints_every_step_and_nothing_more_for_one(world: World) -> None:
    small, large = world.propose(fen=1_000), world.propose(fen=LIMIT + 1)
    world.decide(small)
    world.decide(large, Decision.DEFERRED, opinion="上会")
    world.decide(large)
    printed: list[list[str]] = []
    for each in (small, large):
        paper = world.do("wang", issue_approval_form, AwardById(id=each))
        facts = world.ask("wang", paper_view, PaperById(id=paper)).sheet.facts
        printed.append(facts["steps"])
    assert printed[0] == []
    left, decided = printed[1]
    assert "提交集体研究" in left
    assert "会议纪要〔2026〕8 号 2026-11-20　参加：赵建国、周明、吴敏" in decided
