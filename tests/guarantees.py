"""Ways to keep a guarantee fund and to let loans stand under it, for tests."""

from collections.abc import Generator
from contextlib import contextmanager
from datetime import date
from typing import Any

from app.core.money import Fen
from app.core.words.loans import (
    BorrowerKind,
    GuaranteeMoveKind,
    LoanEventKind,
    LoanState,
    RepaymentMethod,
    StepOutcome,
)
from app.loans.guarantee_queries import guarantee_fund_view
from app.loans.guarantee_records import (
    CapitalForm,
    GuaranteeFundAsked,
    GuaranteeFundForm,
    GuaranteeFundView,
    MoveStep,
    QuotaForm,
)
from app.loans.guarantees import (
    check_room,
    confirm_capital,
    enter_capital,
    open_guarantee_fund,
    set_quota,
)
from app.loans.store import recount, write_event
from app.loans.subsidy_rules import full
from app.loans.terms import Rate, Terms, to_plain
from app.work import Work
from db.models.loans import Loan, LoanStep
from tests.world import World

DOCUMENT = "演示文件〔2026〕12 号"
BORROWER = "239001198503072916"
BANK = "示例银行利达支行"


def open_fund(world: World, **changed: Any) -> int:
    """Open a guarantee fund of five times its capital that stops at a fifth of bad loans."""
    form: dict[str, Any] = {
        "name": "市小额贷款担保基金（演示）",
        "leverage": 5,
        "share_percent": 100,
        "stop_percent": 20,
        "document": DOCUMENT,
    } | changed
    return world.do("qian", open_guarantee_fund, GuaranteeFundForm(**form))


def entered(
    world: World,
    fund_id: int,
    fen: int,
    kind: GuaranteeMoveKind = GuaranteeMoveKind.CAPITAL_IN,
    day: date = date(2026, 11, 2),
) -> MoveStep:
    """Enter capital; nobody has confirmed it yet."""
    form = CapitalForm(fund_id=fund_id, kind=kind, amount=Fen(fen), day=day, document="拨款通知书")
    return MoveStep(id=world.do("qian", enter_capital, form), version=1)


def funded(world: World, fen: int = 10_000_000, **changed: Any) -> int:
    """Return a guarantee fund that holds ``fen``, confirmed by the supervisor."""
    fund_id = open_fund(world, **changed)
    world.do("zhao", confirm_capital, entered(world, fund_id, fen))
    return fund_id


def give_quota(
    world: World, fund_id: int, fen: int, district: str = "南岗区", year: int = 2026
) -> int:
    """Give a district a quota."""
    form = QuotaForm(fund_id=fund_id, year=year, district=district, fen=Fen(fen), document=DOCUMENT)
    return world.do("qian", set_quota, form)


def fund_view(world: World, fund_id: int, **asked: Any) -> GuaranteeFundView:
    """Return a fund as its page shows it."""
    return world.ask("qian", guarantee_fund_view, GuaranteeFundAsked(id=fund_id, **asked))


@contextmanager
def working(world: World, user: str = "sun") -> Generator[Work]:
    """Give a verb's side of the office: what a test writes there past every verb is kept."""
    with world.office.engines.writer.begin() as connection:
        work = Work(connection, world.actor(user), world.clock.today(), world.clock.now())
        yield work
        work.session.flush()


def enquiry(work: Work, **changed: Any) -> Loan:
    """Write the row of an enquiry."""
    count = work.next_number("test_loan")
    columns: dict[str, Any] = {
        "number": f"贷-{count}",
        "state": LoanState.ENQUIRED,
        "borrower_kind": BorrowerKind.INDIVIDUAL,
        "borrower_group": "",
        "name": "陈示例",
        "id_number": BORROWER,
        "district": "南岗区",
        "asked": Fen(5_000_000),
        "months_asked": 24,
        "asked_on": date(2026, 11, 3),
        "entered_by": work.actor.id,
        "entered_at": work.now,
        **dict.fromkeys(("exposure", "outstanding", "owed_to_fund"), Fen(0)),
    }
    empty = "phone address firm uscc purpose industry note rules product bank contract_number"
    return work.add(Loan(**dict.fromkeys(empty.split(), "") | columns | changed))


WAY = (LoanState.CHECKED, LoanState.RECOMMENDED, LoanState.SURVEYED)


def surveyed(world: World, **changed: Any) -> int:
    """Bring a loan to the committee; return its id."""
    with working(world) as work:
        loan = enquiry(work, **changed)
        for state in WAY:
            loan.state = state
            work.session.flush()
        return loan.id


def guarantee(
    world: World, loan_id: int, fund_id: int, fen: int, day: date = date(2026, 11, 20)
) -> None:
    """Let the committee decide, as its verb does: look at the room, then take it."""
    with working(world, "zhao") as work:
        loan = work.load(Loan, loan_id)
        check_room(work, loan, fund_id, Fen(fen), day)
        take(work, loan, fund_id, fen, day)


def take(work: Work, loan: Loan, fund_id: int, fen: int, day: date) -> None:
    """Write that the committee guaranteed a loan, without looking at the room."""
    step = LoanStep(
        loan_id=loan.id,
        step=LoanState.GUARANTEED,
        outcome=StepOutcome.PASSED,
        day=day,
        due_on=None,
        document="担保委员会纪要〔2026〕3 号",
        note="",
        amount=Fen(fen),
        months=24,
        details={},
        decided_by=work.actor.id,
        decided_at=work.now,
    )
    work.add(step)
    loan.guarantee_fund_id = fund_id
    loan.guaranteed = loan.exposure = Fen(fen)
    loan.state = LoanState.GUARANTEED
    work.session.flush()


def guaranteed(world: World, fund_id: int, fen: int, **changed: Any) -> int:
    """Return a loan for which a fund stands."""
    loan_id = surveyed(world, **changed)
    guarantee(world, loan_id, fund_id, fen)
    return loan_id


def terms(lent_on: date = date(2026, 2, 10), **changed: Any) -> Terms:
    """Return 100,000 yuan at 9.15 % for a year, interest every month, all of it subsidised."""
    told: dict[str, Any] = {
        "principal": Fen(10_000_000),
        "rate": Rate(91_500),
        "months": 12,
        "method": RepaymentMethod.MONTHLY_INTEREST,
        "subsidy": full(),
    } | changed
    return Terms(lent_on=lent_on, **told)


def lent(world: World, fund_id: int, contract: Terms | None = None, **changed: Any) -> int:
    """Return a loan that the bank lent; its state is that of today."""
    contract = contract or terms()
    loan_id = surveyed(world, **{"asked_on": contract.lent_on} | changed)
    guarantee(world, loan_id, fund_id, contract.principal, contract.lent_on)
    with working(world) as work:
        loan = work.load(Loan, loan_id)
        for state in (LoanState.SECURED, LoanState.BANK_APPROVED):
            loan.state = state
            work.session.flush()
        write_event(work, loan, LoanEventKind.LENT, contract.lent_on, fen=contract.principal)
        loan.bank = BANK
        loan.contract_number, loan.contract_on = f"示例借字 {loan_id} 号", contract.lent_on
        loan.principal, loan.lent_on = contract.principal, contract.lent_on
        loan.terms = to_plain(contract)
        loan.state = LoanState.REPAYING
        work.session.flush()
        recount(work, loan)
    return loan_id


def happened(world: World, loan_id: int, kind: LoanEventKind, day: date, fen: int = 0) -> None:
    """Write what one person may enter of the money of a loan."""
    with working(world) as work:
        loan = work.load(Loan, loan_id)
        write_event(work, loan, kind, day, fen=Fen(fen))
        recount(work, loan)


def repaid(world: World, loan_id: int, *days: date, fen: int = 76_250) -> None:
    """Write repayments, by default of a month's interest of `terms`."""
    for day in days:
        happened(world, loan_id, LoanEventKind.REPAID, day, fen)
