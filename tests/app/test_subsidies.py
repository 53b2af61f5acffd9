"""Claims of interest subsidy: made by one, confirmed by another, sent, paid, put right later."""

from datetime import date
from io import BytesIO
from typing import Any

import pytest
from python_calamine import CalamineWorkbook

from app.core.errors import Conflict, NotNow, Refused
from app.core.money import Fen
from app.core.words.loans import ClaimState, LoanEventKind, SubsidyLineKind
from app.core.words.staff import Role
from app.loans.claim_issuing import claim_book
from app.loans.claim_rules import (
    ClaimStale,
    ClaimThere,
    LaterClaim,
    NothingToClaim,
    QuarterRuns,
    ReceivedBeforeSent,
    ReceivedOtherwise,
)
from app.loans.subsidies import (
    confirm_claim,
    draft_claim,
    receive_claim,
    send_claim,
    withdraw_claim,
)
from app.loans.subsidy_queries import claim_rows, claim_view, claims_due, open_claim_list
from app.loans.subsidy_records import (
    ClaimById,
    ClaimDue,
    ClaimForm,
    ClaimReceived,
    ClaimsAsked,
    ClaimSent,
    ClaimStep,
    ClaimView,
    ClaimWithdrawal,
)
from app.loans.subsidy_rules import half
from app.work import SecondPersonNeeded
from tests.guarantees import BANK, BORROWER, funded, happened, lent, repaid, terms
from tests.payments import another
from tests.world import World, changed

MONTH = 76_250
"""A month's interest of 100,000 yuan at 9.15 %."""


@pytest.fixture
def loan(world: World) -> int:
    """Return a loan of 10 February 2026 that was repaid in time so far."""
    loan_id = lent(world, funded(world, 100_000_000))
    repaid(world, loan_id, *(date(2026, month, 10) for month in range(3, 12)))
    return loan_id


def draft(world: World, quarter: int = 1, **other: Any) -> int:
    form = ClaimForm(bank=BANK, year=2026, quarter=quarter)
    return world.do("sun", draft_claim, changed(form, **other))


def view(world: World, claim_id: int) -> ClaimView:
    return world.ask("sun", claim_view, ClaimById(id=claim_id))


def step(world: World, claim_id: int) -> dict[str, int]:
    return {"id": claim_id, "version": view(world, claim_id).row.version}


def confirmed(world: World, quarter: int = 1) -> int:
    claim_id = draft(world, quarter)
    world.do("zhao", confirm_claim, ClaimStep(**step(world, claim_id)))
    return claim_id


def sent(world: World, quarter: int = 1, day: int = 16) -> int:
    claim_id = confirmed(world, quarter)
    world.do("sun", send_claim, ClaimSent(**step(world, claim_id), day=date(2026, 11, day)))
    return claim_id


def test_a_claim_says_days_principal_rate_and_sum_of_each_loan(world: World, loan: int) -> None:
    half_of = lent(
        world,
        funded(world, name="区担保基金（演示）"),
        terms(date(2026, 3, 2), subsidy=half(), months=24),
        id_number="239001197902141339",
    )
    claim = view(world, draft(world))
    row = claim.row
    assert (row.number, row.bank, row.loans, row.state) == (
        "贴2026-0001",
        BANK,
        2,
        ClaimState.DRAFTED,
    )
    first, second = claim.lines
    assert (first.loan_id, first.from_on, first.to_on, first.days, first.base, first.fen) == (
        loan,
        date(2026, 2, 10),
        date(2026, 3, 31),
        51,
        10_000_000,
        129_625,
    )
    assert (first.rate, second.rate, second.loan_id) == ("9.15", "4.575", half_of)
    assert row.fen == row.claimed == first.fen + second.fen
    assert row.clawed_back == 0
    assert first.id_number == f"{BORROWER[:4]}**********{BORROWER[-4:]}"
    opened = world.do("sun", open_claim_list, ClaimById(id=row.id))
    assert opened.lines[0].id_number == BORROWER


def test_a_claim_goes_its_way_by_two_people(world: World, loan: int) -> None:
    assert world.ask("sun", claims_due) == [ClaimDue(bank=BANK, year=2026, quarter=3)]
    claim_id = draft(world, 3)
    with pytest.raises(Refused):
        world.do("sun", confirm_claim, ClaimStep(**step(world, claim_id)))
    with pytest.raises(NotNow):
        world.do("sun", send_claim, ClaimSent(**step(world, claim_id), day=date(2026, 11, 20)))
    stale = step(world, claim_id)
    world.do("zhao", confirm_claim, ClaimStep(**stale))
    with pytest.raises(Conflict):
        world.do("qian", confirm_claim, ClaimStep(**stale))
    world.do("sun", send_claim, ClaimSent(**step(world, claim_id), day=date(2026, 11, 16)))
    fen = view(world, claim_id).row.fen
    assert fen == 3 * MONTH
    got = ClaimReceived(**step(world, claim_id), day=date(2026, 11, 20), amount=fen, note="")
    with pytest.raises(ReceivedBeforeSent):
        world.do("qian", receive_claim, changed(got, day=date(2026, 11, 15)))
    world.do("qian", receive_claim, got)
    [row] = world.ask("zhou", claim_rows, ClaimsAsked(year=2026, bank=BANK))
    assert (row.state, row.received, row.confirmed_by) == (ClaimState.RECEIVED, fen, "赵建国")
    assert world.ask("sun", claim_rows, ClaimsAsked(year=2025)) == []
    assert world.ask("sun", claims_due) == []
    with pytest.raises(NotNow):
        world.do("sun", withdraw_claim, ClaimWithdrawal(**step(world, claim_id), reason="误报"))


def test_whoever_made_a_claim_does_not_confirm_it(world: World, loan: int) -> None:
    another(world, "both", "高示例", Role.LOAN_OFFICER, Role.SUPERVISOR)
    claim_id = world.do("both", draft_claim, ClaimForm(bank=BANK, year=2026, quarter=1))
    with pytest.raises(SecondPersonNeeded):
        world.do("both", confirm_claim, ClaimStep(**step(world, claim_id)))


def test_what_the_treasury_paid_otherwise_is_explained(world: World, loan: int) -> None:
    claim_id = sent(world)
    form = ClaimReceived(
        **step(world, claim_id), day=date(2026, 11, 20), amount=Fen(129_000), note=""
    )
    with pytest.raises(ReceivedOtherwise, match=r"1,290\.00.*1,296\.25"):
        world.do("qian", receive_claim, form)
    told = ClaimReceived(
        **step(world, claim_id), day=date(2026, 11, 20), amount=Fen(129_000), note="财政按月计息"
    )
    world.do("qian", receive_claim, told)
    assert view(world, claim_id).row.note == "财政按月计息"


def test_a_quarter_is_claimed_once_when_it_is_over(world: World, loan: int) -> None:
    draft(world)
    with pytest.raises(ClaimThere, match="贴2026-0001"):
        draft(world)
    with pytest.raises(QuarterRuns, match="2026-12-31"):
        draft(world, 4)
    with pytest.raises(NothingToClaim):
        draft(world, 4, year=2025)
    with pytest.raises(NothingToClaim):
        draft(world, bank="示例银行另一支行")


def test_a_draft_that_is_no_longer_true_is_made_anew(world: World, loan: int) -> None:
    claim_id = draft(world)
    happened(world, loan, LoanEventKind.REPAID, date(2026, 3, 10), 2_000_000)
    assert view(world, claim_id).stale
    with pytest.raises(ClaimStale):
        world.do("zhao", confirm_claim, ClaimStep(**step(world, claim_id)))
    world.do("sun", withdraw_claim, ClaimWithdrawal(**step(world, claim_id), reason="有补记还款"))
    again = draft(world)
    assert [line.base for line in view(world, again).lines] == [10_000_000, 8_000_000]
    assert not view(world, again).stale


def test_what_becomes_known_late_is_put_right_in_the_next_claim(world: World, loan: int) -> None:
    first = confirmed(world)
    happened(world, loan, LoanEventKind.REPAID, date(2026, 3, 10), 2_000_000)
    second = draft(world, 2)
    claim = view(world, second)
    assert [line.kind for line in claim.lines[:3]] == [
        SubsidyLineKind.CLAWED_BACK,
        SubsidyLineKind.RESTORED,
        SubsidyLineKind.RESTORED,
    ]
    assert claim.row.clawed_back == 129_625
    assert "补记" in claim.lines[0].reason
    assert not claim.stale
    with pytest.raises(LaterClaim, match=claim.row.number):
        world.do("sun", withdraw_claim, ClaimWithdrawal(**step(world, first), reason="误报"))
    assert not view(world, first).newest
    world.do("sun", withdraw_claim, ClaimWithdrawal(**step(world, second), reason="误报"))
    assert view(world, first).newest
    assert draft(world, 2) > second


def test_misuse_claws_back_all_that_was_claimed(world: World, loan: int) -> None:
    claimed = [view(world, confirmed(world, quarter)).row.fen for quarter in (1, 2)]
    happened(world, loan, LoanEventKind.MISUSED, date(2026, 11, 12))
    claim = view(world, draft(world, 3))
    assert claim.row.fen == -sum(claimed)
    assert {line.kind for line in claim.lines} == {SubsidyLineKind.CLAWED_BACK}
    assert all("2026-11-12" in line.reason for line in claim.lines)
    world.do("qian", confirm_claim, ClaimStep(**step(world, claim.row.id)))


def test_overdue_days_are_left_out(world: World) -> None:
    loan_id = lent(world, funded(world, 100_000_000))
    repaid(world, loan_id, date(2026, 3, 10))
    repaid(world, loan_id, date(2026, 5, 20), fen=2 * MONTH)
    lines = view(world, draft(world, 2)).lines
    assert [(line.from_on, line.days) for line in lines] == [
        (date(2026, 4, 1), 9),
        (date(2026, 5, 20), 20),
    ]


def test_the_list_of_a_claim_is_a_workbook_whose_lines_add_up(world: World, loan: int) -> None:
    claim_id = draft(world)
    made = world.do("sun", claim_book, ClaimById(id=claim_id))
    assert made.name == f"贴2026-0001_{BANK}_2026-01.xlsx"
    rows = CalamineWorkbook.from_filelike(BytesIO(made.data)).get_sheet_by_index(0).to_python()
    head, *lines, total = rows[3:]
    assert head[:5] == ["序号", "贷款编号", "合同号", "借款人", "公民身份号码"]
    assert [line[4] for line in lines] == [BORROWER]
    assert total[13] == sum(float(str(line[13])) for line in lines) == 1296.25
    with pytest.raises(Refused):
        world.do("li", claim_book, ClaimById(id=claim_id))
