"""The guarantee fund: its capital by two people, its quotas, and how much it may stand for."""

from datetime import date
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy.exc import IntegrityError

from app.core.errors import Conflict, NotNow, Refused
from app.core.money import Fen
from app.core.words.loans import (
    ChangeState,
    GuaranteeMoveKind,
    LoanEventKind,
    Payer,
)
from app.demo.center import PASSWORD
from app.loans.guarantee_queries import guarantee_fund_rows, guarantee_room
from app.loans.guarantee_records import (
    CapitalForm,
    GuaranteeFundChange,
    GuaranteeFundRow,
    QuotaForm,
    RoomAsked,
    RoomView,
)
from app.loans.guarantee_rules import (
    BadPart,
    CapitalNeeded,
    CapitalStands,
    DistrictMissing,
    GuaranteeFundClosed,
    GuaranteeFundTaken,
    GuaranteesStopped,
    NoRoomInFund,
    NoRoomInQuota,
    NotADistrict,
    NotCapital,
    QuotaMissing,
    Room,
    ShareStands,
    capital_free,
)
from app.loans.guarantees import (
    book,
    change_guarantee_fund,
    check_room,
    confirm_capital,
    enter_capital,
    set_quota,
    withdraw_capital,
)
from app.office import enter_store
from app.work import SecondPersonNeeded
from db.models.loans import Loan, LoanChange, LoanEvent, LoanInstalment
from tests.guarantees import (
    DOCUMENT,
    entered,
    fund_view,
    funded,
    give_quota,
    guarantee,
    guaranteed,
    open_fund,
    surveyed,
    take,
    working,
)
from tests.world import World, changed

OUT = GuaranteeMoveKind.CAPITAL_OUT
DAY = date(2026, 11, 20)


def row(world: World, fund_id: int) -> GuaranteeFundRow:
    return fund_view(world, fund_id).row


def room(world: World, loan_id: int, fund_id: int) -> RoomView:
    return world.ask("sun", guarantee_room, RoomAsked(loan_id=loan_id, fund_id=fund_id))


# Capital


def test_capital_counts_when_a_second_person_confirmed_it(world: World) -> None:
    fund_id = open_fund(world)
    step = entered(world, fund_id, 10_000_000)
    assert (row(world, fund_id).capital, row(world, fund_id).waiting) == (0, 1)
    world.do("zhao", confirm_capital, step)
    seen = row(world, fund_id)
    assert (seen.capital, seen.limit, seen.left, seen.waiting) == (
        10_000_000,
        50_000_000,
        50_000_000,
        0,
    )
    [move] = fund_view(world, fund_id).moves
    assert (move.entered_by, move.confirmed_by, move.balance) == ("钱立", "赵建国", 10_000_000)
    assert move.mine
    with pytest.raises(NotNow):
        world.do("zhao", confirm_capital, step.__class__(id=step.id, version=2))


def test_whoever_entered_capital_does_not_confirm_it(world: World) -> None:
    step = entered(world, open_fund(world), 10_000_000)
    with pytest.raises(SecondPersonNeeded):
        world.do("qian", confirm_capital, step)
    with pytest.raises(Refused):
        world.do("sun", confirm_capital, step)


def test_capital_entered_wrongly_is_withdrawn_and_stays_in_the_ledger(world: World) -> None:
    fund_id = open_fund(world)
    world.do("qian", withdraw_capital, entered(world, fund_id, 1))
    view = fund_view(world, fund_id)
    assert (view.row.capital, view.row.waiting) == (0, 0)
    assert [(move.state, move.balance) for move in view.moves] == [(ChangeState.WITHDRAWN, None)]


def test_the_ledger_tells_the_balance_of_any_day(world: World) -> None:
    fund_id = funded(world, 10_000_000)
    world.do("zhao", confirm_capital, entered(world, fund_id, 4_000_000, OUT, date(2026, 11, 9)))
    late = entered(world, fund_id, 500_000, day=date(2026, 11, 5))
    world.do("zhao", confirm_capital, late)
    view = fund_view(world, fund_id)
    assert [move.balance for move in view.moves] == [10_000_000, 10_500_000, 6_500_000]
    assert view.balance == view.row.capital == 6_500_000
    for day, balance in ((1, 0), (2, 10_000_000), (5, 10_500_000), (8, 10_500_000), (9, 6_500_000)):
        seen = fund_view(world, fund_id, as_of=date(2026, 11, day))
        assert seen.balance == balance
        assert all(move.day <= date(2026, 11, day) for move in seen.moves)


def test_capital_that_stands_for_loans_does_not_go(world: World) -> None:
    fund_id = funded(world, 10_000_000)
    waiting = entered(world, fund_id, 10_000_000, OUT)
    guaranteed(world, fund_id, 30_000_001)
    with pytest.raises(CapitalStands, match=r"100,000\.00.*39,999\.99"):
        world.do("zhao", confirm_capital, waiting)
    with pytest.raises(CapitalStands):
        entered(world, fund_id, 4_000_000, OUT)
    world.do("zhao", confirm_capital, entered(world, fund_id, 3_999_999, OUT))
    assert row(world, fund_id).left == 0 + 5 * 6_000_001 - 30_000_001


def test_what_is_paid_for_borrowers_is_no_capital(world: World) -> None:
    form = CapitalForm(
        fund_id=open_fund(world),
        kind=GuaranteeMoveKind.COMPENSATED,
        amount=Fen(1),
        day=DAY,
        document=DOCUMENT,
    )
    with pytest.raises(NotCapital):
        world.do("qian", enter_capital, form)


def test_a_fund_is_changed_by_who_saw_its_newest_state(world: World) -> None:
    fund_id = funded(world)
    form = GuaranteeFundChange(
        id=fund_id,
        version=1,
        name="市担保基金（演示）",
        leverage=3,
        share_percent=90,
        stop_percent=15,
        document=DOCUMENT,
    )
    world.do("qian", change_guarantee_fund, form)
    seen = row(world, fund_id)
    assert (seen.name, seen.limit, seen.share_percent) == ("市担保基金（演示）", 30_000_000, 90)
    with pytest.raises(Conflict):
        world.do("qian", change_guarantee_fund, form)
    with pytest.raises(GuaranteeFundTaken):
        open_fund(world, name="市担保基金（演示）")


def test_the_part_of_the_risk_stays_while_the_fund_stands_for_loans(world: World) -> None:
    fund_id = funded(world)
    guarantee(world, surveyed(world), fund_id, 1_000_000)
    seen = row(world, fund_id)
    form = GuaranteeFundChange(
        id=fund_id,
        version=seen.version,
        name=seen.name,
        leverage=3,
        share_percent=90,
        stop_percent=15,
        document=DOCUMENT,
    )
    with pytest.raises(ShareStands, match="10,000"):
        world.do("qian", change_guarantee_fund, form)
    world.do("qian", change_guarantee_fund, changed(form, share_percent=100))
    assert row(world, fund_id).limit == 30_000_000


def test_a_closed_fund_gives_no_guarantee_and_takes_no_capital(world: World) -> None:
    fund_id = funded(world)
    loan_id = surveyed(world)
    seen = row(world, fund_id)
    form = GuaranteeFundChange(
        id=fund_id,
        version=seen.version,
        name=seen.name,
        leverage=5,
        share_percent=100,
        stop_percent=20,
        document=DOCUMENT,
        open=False,
    )
    world.do("qian", change_guarantee_fund, form)
    with pytest.raises(GuaranteeFundClosed):
        guarantee(world, loan_id, fund_id, 1)
    with pytest.raises(GuaranteeFundClosed):
        entered(world, fund_id, 1)
    assert "已停用" in room(world, loan_id, fund_id).against
    assert not world.ask("sun", guarantee_fund_rows)[-1].open


# How much it may stand for


def test_a_fund_stands_for_so_many_times_its_capital(world: World) -> None:
    fund_id = funded(world, 10_000_000)
    guaranteed(world, fund_id, 45_000_000)
    loan_id = surveyed(world)
    seen = room(world, loan_id, fund_id)
    assert (seen.left, seen.of_district, seen.against) == (5_000_000, None, "")
    with pytest.raises(NoRoomInFund) as caught:
        guarantee(world, loan_id, fund_id, 5_000_001)
    told = caught.value.tell()
    for part in ("5 倍", "500,000.00", "450,000.00", "50,000.00", "50,000.01", "请财务补充基金"):
        assert part in told
    guarantee(world, loan_id, fund_id, 5_000_000)
    assert row(world, fund_id).left == 0


def test_what_a_loan_takes_itself_does_not_stand_against_it(world: World) -> None:
    fund_id = funded(world, 10_000_000)
    give_quota(world, fund_id, 50_000_000)
    loan_id = guaranteed(world, fund_id, 50_000_000)
    assert room(world, loan_id, fund_id).left == 50_000_000
    with working(world) as work:
        check_room(work, work.load(Loan, loan_id), fund_id, Fen(50_000_000))


def test_a_repayment_frees_what_it_repays(world: World) -> None:
    fund_id = funded(world, 10_000_000)
    give_quota(world, fund_id, 50_000_000)
    first = guaranteed(world, fund_id, 50_000_000)
    second = surveyed(world)
    with pytest.raises(NoRoomInFund):
        guarantee(world, second, fund_id, 1)
    with working(world) as work:
        work.load(Loan, first).exposure = Fen(38_000_000)
    guarantee(world, second, fund_id, 12_000_000)
    [quota] = fund_view(world, fund_id).quotas
    assert (quota.reserved, quota.left) == (50_000_000, 0)


def test_a_district_takes_its_quota_of_the_year(world: World) -> None:
    fund_id = funded(world)
    give_quota(world, fund_id, 3_000_000)
    give_quota(world, fund_id, 9_000_000, "道里区")
    guaranteed(world, fund_id, 2_500_000)
    loan_id = surveyed(world)
    assert room(world, loan_id, fund_id).left == 500_000
    with pytest.raises(NoRoomInQuota) as caught:
        guarantee(world, loan_id, fund_id, 500_001)
    for part in ("南岗区", "2026", "30,000.00", "25,000.00", "5,000.00", "5,000.01"):
        assert part in caught.value.tell()
    guarantee(world, loan_id, fund_id, 500_000)
    guaranteed(world, fund_id, 9_000_000, district="道里区")


def test_a_quota_is_of_its_year_alone(world: World) -> None:
    fund_id = funded(world)
    give_quota(world, fund_id, 3_000_000)
    give_quota(world, fund_id, 3_000_000, year=2025)
    old = surveyed(world)
    guarantee(world, old, fund_id, 3_000_000, date(2025, 12, 31))
    guaranteed(world, fund_id, 3_000_000)
    [this] = fund_view(world, fund_id).quotas
    [last] = fund_view(world, fund_id, year=2025).quotas
    assert (this.left, last.left, this.reserved, last.reserved) == (0, 0, 3_000_000, 3_000_000)


def test_a_divided_fund_asks_for_the_district_and_its_quota(world: World) -> None:
    fund_id = funded(world)
    give_quota(world, fund_id, 3_000_000, year=2025)
    with pytest.raises(QuotaMissing):
        guaranteed(world, fund_id, 1)
    give_quota(world, fund_id, 3_000_000)
    with pytest.raises(DistrictMissing):
        guaranteed(world, fund_id, 1, district=None)
    loan_id = surveyed(world, district=None)
    assert "区县" in room(world, loan_id, fund_id).against
    assert room(world, loan_id, fund_id).left == 0


def test_a_quota_is_changed_by_who_saw_it(world: World) -> None:
    fund_id = funded(world)
    key = give_quota(world, fund_id, 3_000_000)
    with pytest.raises(Conflict):
        give_quota(world, fund_id, 4_000_000)
    form = QuotaForm(
        fund_id=fund_id, year=2026, district="南岗区", fen=Fen(1), document=DOCUMENT, version=1
    )
    assert world.do("qian", set_quota, form) == key
    [quota] = fund_view(world, fund_id).quotas
    assert (quota.quota, quota.version, quota.left) == (1, 2, 1)
    with pytest.raises(NotADistrict):
        give_quota(world, fund_id, 1, "示例区")


def test_new_guarantees_stop_at_the_limit_of_bad_loans(world: World) -> None:
    fund_id = funded(world)
    bad, good = guaranteed(world, fund_id, 2_000_000), guaranteed(world, fund_id, 8_000_000)
    with working(world) as work:
        for loan_id, due in ((bad, date(2026, 8, 22)), (good, date(2026, 8, 23))):
            work.add(
                LoanInstalment(
                    loan_id=loan_id,
                    number=1,
                    due_on=due,
                    pay_by=due,
                    principal=Fen(100),
                    interest=Fen(1),
                    subsidy=Fen(0),
                    paid=Fen(0),
                    open=True,
                )
            )
    seen = row(world, fund_id)
    assert (seen.bad, seen.bad_hundredths, seen.stopped) == (0, 0, False), "90 days, not more"
    world.clock.instant = world.clock.instant.replace(day=21)
    seen = row(world, fund_id)
    assert (seen.bad, seen.bad_hundredths, seen.stopped) == (2_000_000, 2_000, True)
    loan_id = surveyed(world)
    with pytest.raises(GuaranteesStopped, match=r"20,000\.00.*20\.00%"):
        guarantee(world, loan_id, fund_id, 1)
    assert room(world, loan_id, fund_id).left == 0


def test_two_desks_cannot_overbook_a_quota(world: World) -> None:
    """Each looks before the other takes; the store itself refuses the second."""
    fund_id = funded(world)
    give_quota(world, fund_id, 3_000_000)
    loans = [surveyed(world), surveyed(world)]
    other, _zhao = enter_store(world.office.path, "zhao", PASSWORD, world.clock)
    for loan_id in loans:
        assert room(world, loan_id, fund_id).left == 3_000_000
    guarantee(world, loans[0], fund_id, 2_000_000)
    second = World(other, world.clock, world.people, world.households)
    with pytest.raises(NoRoomInQuota):
        guarantee(second, loans[1], fund_id, 2_000_000)
    with (
        pytest.raises(IntegrityError, match="district_stays_within_its_quota"),
        working(second, "zhao") as work,
    ):
        take(work, work.load(Loan, loans[1]), fund_id, 2_000_000, DAY)
    guarantee(second, loans[1], fund_id, 1_000_000)
    other.close()


@given(
    capital=st.integers(0, 10**9),
    leverage=st.integers(1, 10),
    taken=st.lists(st.integers(0, 10**9), max_size=6),
)
def test_what_is_granted_within_the_room_never_exceeds_the_limit(
    capital: int, leverage: int, taken: list[int]
) -> None:
    used = 0
    for wanted in taken:
        left = Room(Fen(capital * leverage), Fen(used), Fen(0)).left
        used += min(wanted, left)
        free = capital_free(capital, leverage, used)
        assert used <= leverage * (capital - free), "what may go leaves enough"
        assert used > leverage * (capital - free - 1), "and one fen more would not"
    assert used <= capital * leverage


@given(overdue=st.integers(0, 10**9), owed=st.integers(0, 10**9), good=st.integers(0, 10**9))
def test_the_bad_rate_is_a_part_of_the_whole(overdue: int, owed: int, good: int) -> None:
    part = BadPart(Fen(overdue), Fen(owed), Fen(overdue + good))
    assert 0 <= part.hundredths <= 10_000
    assert part.stops(100) == (part.bad > 0 and not good)
    for percent in (1, 20, 99):
        rate = Fraction(part.bad, part.total) if part.total else Fraction(0)
        assert part.stops(percent) == (rate >= Fraction(percent, 100))


# What is paid for borrowers


def changed_by_two(
    world: World, loan_id: int, kind: LoanEventKind, fen: int, **more: object
) -> None:
    """Confirm a change of a loan as its verb does, and book it."""
    with working(world, "zhao") as work:
        loan = work.load(Loan, loan_id)
        columns: dict[str, object] = {
            "day": DAY,
            "months": None,
            "payer": Payer.BORROWER if kind is LoanEventKind.RECOVERED else None,
            "reverses": None,
            "reason": "",
            "document": "代偿审批单",
            "state": ChangeState.ENTERED,
            "entered_by": world.people["sun"].id,
            "entered_at": work.now,
            "confirmed_by": None,
        } | more
        change = work.add(LoanChange(loan_id=loan_id, kind=kind, fen=Fen(fen), **columns))
        change.state, change.confirmed_by = ChangeState.CONFIRMED, work.actor.id
        work.session.flush()
        book(work, change, loan)
        count = work.session.query(LoanEvent).filter_by(loan_id=loan_id).count()
        work.add(
            LoanEvent(
                loan_id=loan_id,
                number=count + 1,
                kind=kind,
                day=change.day,
                fen=change.fen,
                months=None,
                payer=change.payer,
                reverses=change.reverses,
                change_id=change.id,
                document="",
                note="",
                entered_by=change.entered_by,
                entered_at=work.now,
            )
        )


def test_what_is_paid_for_a_borrower_and_recovered_moves_the_fund(world: World) -> None:
    fund_id = funded(world, 10_000_000)
    loan_id = guaranteed(world, fund_id, 4_000_000)
    changed_by_two(world, loan_id, LoanEventKind.COMPENSATED, 3_000_000)
    changed_by_two(world, loan_id, LoanEventKind.RECOVERED, 1_000_000)
    changed_by_two(world, loan_id, LoanEventKind.WRITTEN_OFF, 2_000_000)
    view = fund_view(world, fund_id)
    assert [move.balance for move in view.moves] == [10_000_000, 7_000_000, 8_000_000]
    assert [move.loan_id for move in view.moves] == [None, loan_id, loan_id]
    assert (view.moves[1].entered_by, view.moves[1].confirmed_by) == ("孙明", "赵建国")


def test_a_reversal_takes_the_movement_back(world: World) -> None:
    fund_id = funded(world, 10_000_000)
    loan_id = guaranteed(world, fund_id, 4_000_000)
    changed_by_two(world, loan_id, LoanEventKind.COMPENSATED, 3_000_000)
    changed_by_two(world, loan_id, LoanEventKind.RECOVERED, 1_000_000)
    for number in (2, 1):
        changed_by_two(world, loan_id, LoanEventKind.REVERSED, 0, reverses=number)
    view = fund_view(world, fund_id)
    assert [move.kind for move in view.moves[3:]] == [
        GuaranteeMoveKind.RECOVERED_REVERSED,
        GuaranteeMoveKind.COMPENSATED_REVERSED,
    ]
    assert view.row.capital == 10_000_000


def test_the_fund_pays_no_more_than_it_holds(world: World) -> None:
    fund_id = funded(world, 1_000_000)
    loan_id = guaranteed(world, fund_id, 4_000_000)
    with pytest.raises(CapitalNeeded, match=r"10,000\.00.*10,000\.01"):
        changed_by_two(world, loan_id, LoanEventKind.COMPENSATED, 1_000_001)
    assert row(world, fund_id).capital == 1_000_000
