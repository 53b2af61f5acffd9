"""A borrower on the way to the money, and a loan that is being repaid, through the real verbs."""

from datetime import date
from typing import Any

from app.core.money import Fen
from app.core.words import Answer
from app.core.words.loans import (
    CheckResult,
    LoanEventKind,
    LoanParty,
    Payer,
    RepaymentMethod,
    SecurityForm,
)
from app.loans.actions import enquire
from app.loans.checks import do_check
from app.loans.eligibility_records import EligibilityAnswers
from app.loans.lending import lend
from app.loans.money import confirm_change, enter_change, record_repayment
from app.loans.money_records import ChangeForm, LoanChangeStep, RepaymentForm
from app.loans.qualifying import check_eligibility
from app.loans.queries import loan_view
from app.loans.records import (
    BankForm,
    EligibilityForm,
    GuaranteeForm,
    LendForm,
    LoanById,
    LoanCheckForm,
    LoanForm,
    RecommendForm,
    SurveyForm,
)
from app.loans.records import SecurityForm as SecurityStep
from app.loans.side_records import SideForm
from app.loans.sides import add_side
from app.loans.steps import bank_answer, decide_guarantee, recommend, sign_security, survey
from app.loans.view_records import LoanView
from tests.guarantees import funded
from tests.people import id_number
from tests.world import World, changed

BORROWER = id_number(3, "19800101")
GUARANTOR = id_number(5, "19750101")


def enquiry(day: date, **more: Any) -> LoanForm:
    """Return the enquiry of somebody who lost their work and opens a shop."""
    form = LoanForm(
        borrower_group="unemployed",
        name="陈示例",
        id_number=BORROWER,
        phone="15400002222",
        district="南岗区",
        purpose="开办早餐店",
        jobs=2,
        asked=Fen(10_000_000),
        months_asked=24,
        asked_on=day,
    )
    return changed(form, **more)


class Desk:
    """The loan desk of a center, one day after the other."""

    def __init__(self, world: World, on: date | None = None) -> None:
        self.world = world
        self.on = on
        """The day that is told of every step; `None` for today."""

    @property
    def today(self) -> date:
        return self.on or self.world.clock.today()

    def see(self, loan_id: int, user: str = "sun") -> LoanView:
        """Return a loan as its page shows it."""
        return self.world.ask(user, loan_view, LoanById(id=loan_id))

    def at(self, loan_id: int) -> dict[str, Any]:
        """Return the loan as a form names it."""
        return {"id": loan_id, "version": self.see(loan_id).row.version}

    def money(self, loan_id: int) -> dict[str, Any]:
        """Return the loan as a form of money names it."""
        return {"loan_id": loan_id, "version": self.see(loan_id).row.version}

    # The way to the money

    def fund(self, fen: int = 50_000_000, **more: Any) -> int:
        """Return a guarantee fund that bears four fifths of a loan."""
        return funded(self.world, fen, share_percent=80, **more)

    def enquired(self, **more: Any) -> int:
        return self.world.do("sun", enquire, enquiry(self.today, **more))

    def check(self, loan_id: int, **answers: Answer) -> None:
        told = changed(EligibilityAnswers(group_proved=Answer.YES), **answers)
        form = EligibilityForm(**self.at(loan_id), day=self.today, answers=told)
        self.world.do("sun", check_eligibility, form)

    def recommend(self, loan_id: int) -> None:
        form = RecommendForm(**self.at(loan_id), day=self.today, recommended_by="某社区居委会")
        self.world.do("sun", recommend, form)

    def survey(self, loan_id: int, user: str = "sun", **more: Any) -> None:
        loan = self.see(loan_id).row
        form = SurveyForm(
            **self.at(loan_id),
            day=self.today,
            place="示例街 1 号",
            surveyors="孙丽、周明",
            running=Answer.YES,
            monthly_income=Fen(800_000),
            amount=loan.asked,
            months=loan.months,
        )
        self.world.do(user, survey, changed(form, **more))

    def guarantee(self, loan_id: int, fund_id: int, user: str = "zhao", **more: Any) -> None:
        loan = self.see(loan_id).row
        form = GuaranteeForm(
            **self.at(loan_id),
            day=self.today,
            document="担保会纪要〔2026〕3 号",
            fund_id=fund_id,
            amount=loan.asked,
            months=loan.months,
            attended="赵建国、周明、吴敏",
        )
        self.world.do(user, decide_guarantee, changed(form, **more))

    def guarantor(self, loan_id: int, fen: int, number: str = GUARANTOR) -> int:
        form = SideForm(
            loan_id=loan_id,
            party=LoanParty.GUARANTOR,
            form=SecurityForm.SALARIED,
            name="许示例",
            id_number=number,
            unit="示例中学",
            monthly_income=Fen(500_000),
            own_debts=Fen(0),
            covers=Fen(fen),
        )
        return self.world.do("sun", add_side, form)

    def sign(self, loan_id: int) -> None:
        form = SecurityStep(**self.at(loan_id), day=self.today, document="反担保合同 12 号")
        self.world.do("sun", sign_security, form)

    def bank(self, loan_id: int, **more: Any) -> None:
        loan = self.see(loan_id).row
        form = BankForm(
            **self.at(loan_id),
            day=self.today,
            document="审批函 77 号",
            bank="示例银行利达支行",
            amount=loan.guaranteed or loan.asked,
            months=loan.months,
        )
        self.world.do("sun", bank_answer, changed(form, **more))

    def lend_form(self, loan_id: int, **more: Any) -> LendForm:
        loan = self.see(loan_id).row
        form = LendForm(
            **self.at(loan_id),
            lent_on=self.today,
            bank=loan.bank,
            contract_number="借字 2026-088",
            contract_on=self.today,
            principal=loan.guaranteed or loan.asked,
            months=loan.months,
            method=RepaymentMethod.EQUAL_INSTALMENTS,
            rate="4.35",
        )
        return changed(form, **more)

    def approved(self, fund_id: int, **more: Any) -> int:
        """Return a loan that the bank approved."""
        loan_id = self.enquired(**more)
        self.check(loan_id)
        self.recommend(loan_id)
        self.survey(loan_id)
        self.guarantee(loan_id, fund_id)
        self.guarantor(loan_id, self.see(loan_id).row.asked, id_number(99 - loan_id, "19700101"))
        self.sign(loan_id)
        self.bank(loan_id)
        return loan_id

    def lent(self, fund_id: int, *, terms: dict[str, Any] | None = None, **more: Any) -> int:
        """Return a loan that the bank lent today."""
        loan_id = self.approved(fund_id, **more)
        self.world.do("sun", lend, self.lend_form(loan_id, **(terms or {})))
        return loan_id

    # Its money

    def pay(self, loan_id: int, fen: int, day: date | None = None, **more: Any) -> int:
        """Enter a repayment; return the number of the entry."""
        form = RepaymentForm(**self.money(loan_id), day=day or self.today, fen=Fen(fen))
        return self.world.do("sun", record_repayment, changed(form, **more))

    def enter(self, loan_id: int, kind: LoanEventKind, **more: Any) -> int:
        """Enter a change for a second person; return its id."""
        form = ChangeForm(**self.money(loan_id), kind=kind, day=self.today, reason="经研究同意")
        return self.world.do("sun", enter_change, changed(form, **more))

    def change(self, loan_id: int, kind: LoanEventKind, **more: Any) -> int:
        """Enter a change and let a second person confirm it; return its id."""
        change_id = self.enter(loan_id, kind, **more)
        self.world.do("zhao", confirm_change, LoanChangeStep(id=change_id, version=1))
        return change_id

    def recover(self, loan_id: int, fen: int, payer: Payer = Payer.BORROWER) -> None:
        self.change(loan_id, LoanEventKind.RECOVERED, fen=Fen(fen), payer=payer)

    def pass_to(self, day: date) -> None:
        """Let the time pass."""
        self.world.clock.instant += day - self.today


def lend_some(world: World) -> None:
    """Bring loans to where every table of theirs has rows: one that the guarantee fund paid for
    and that is recovered, one that is repaid and checked, one that is asked for."""
    desk = Desk(world, date(2026, 6, 10))
    fund_id = desk.fund()
    bad = desk.approved(fund_id)
    good = desk.approved(fund_id, id_number=id_number(51, "19850101"), name="冯示例")
    for loan_id in (bad, good):
        world.do("sun", lend, desk.lend_form(loan_id))
    desk.on = date(2026, 7, 10)
    for loan_id in (bad, good):
        desk.pay(loan_id, desk.see(loan_id).plan[0].due)
    desk.on = None
    wrong = desk.pay(good, 1_000, early=True)
    desk.change(good, LoanEventKind.REVERSED, reverses=wrong)
    check = desk.see(good).checks[0]
    done = LoanCheckForm(
        id=check.id,
        version=check.version,
        done_on=desk.today,
        result=CheckResult.IN_ORDER,
        jobs=2,
    )
    world.do("sun", do_check, done)
    desk.change(bad, LoanEventKind.COMPENSATED, fen=Fen(5_000_000), document="代偿通知书 1 号")
    desk.recover(bad, 1_000_000, Payer.GUARANTOR)
    desk.enter(good, LoanEventKind.EXTENDED, months=6, document="展期合同 2 号")
    desk.enquired(id_number=id_number(53, "19860101"), name="卫示例")
