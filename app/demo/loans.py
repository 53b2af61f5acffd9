"""The loans of the demonstration: a guarantee fund, a loan that is repaid, one long overdue, one
that waits for the committee, and an enquiry.
"""

import functools
from collections.abc import Callable
from datetime import timedelta
from functools import partial
from typing import Any, Final

import msgspec

from app.core.assets import resource
from app.core.money import Fen
from app.core.record import Record
from app.core.words import Answer
from app.core.words.loans import (
    GuaranteeMoveKind,
    LoanParty,
    LoanState,
    RepaymentMethod,
    SecurityForm,
)
from app.demo.course import Course
from app.demo.desk import Desk
from app.loans.actions import enquire
from app.loans.eligibility_records import EligibilityAnswers
from app.loans.guarantee_records import CapitalForm, GuaranteeFundForm, MoveStep
from app.loans.guarantees import confirm_capital, enter_capital, open_guarantee_fund
from app.loans.lending import lend
from app.loans.money import record_repayment
from app.loans.money_records import RepaymentForm
from app.loans.qualifying import check_eligibility
from app.loans.queries import loan_view
from app.loans.records import (
    BankForm,
    EligibilityForm,
    GuaranteeForm,
    LendForm,
    LoanById,
    LoanForm,
    RecommendForm,
    SurveyForm,
)
from app.loans.records import (
    SecurityForm as SecurityStep,
)
from app.loans.side_records import SideForm
from app.loans.sides import add_side
from app.loans.steps import bank_answer, decide_guarantee, recommend, sign_security, survey
from app.work import Action

LENT_BY: Final = 3
"""The day of the course on which those who were examined first have their money."""
GROUP: Final = "unemployed"


class Borrower(msgspec.Struct, forbid_unknown_fields=True):
    """Who borrows, and how far it came."""

    name: str
    id_number: str
    phone: str
    district: str
    purpose: str
    industry: str
    yuan: int
    months: int
    reached: LoanState
    jobs: int | None = None
    days_ago: int = 0
    """So long before it is entered it happened: a loan taken over with its papers."""
    pays: bool = False
    """Whether the first instalment is paid on its day."""
    guarantor: str = ""
    guarantor_id: str = ""


class LoanWords(msgspec.Struct, forbid_unknown_fields=True):
    """What people write: ``resources/demo/loans.toml``."""

    fund: str
    document: str
    capital_yuan: int
    recommended_by: str
    surveyors: str
    place: str
    attended: str
    minutes: str
    contract: str
    letter: str
    loan_contract: str
    bank: str
    rate: str
    receipt: str
    borrowers: list[Borrower]


@functools.cache
def loan_words() -> LoanWords:
    """Return what people write."""
    return msgspec.toml.decode(resource("demo", "loans.toml").read_bytes(), type=LoanWords)


def open_guarantees(desk: Desk) -> int:
    """Open the guarantee fund, its capital paid in by two people; return its id."""
    said, today = loan_words(), desk.clock.today()
    document = said.document.format(year=today.year)
    fund = GuaranteeFundForm(
        name=said.fund, leverage=5, share_percent=80, stop_percent=20, document=document
    )
    fund_id = desk.do("qian", open_guarantee_fund, fund)
    capital = CapitalForm(
        fund_id=fund_id,
        kind=GuaranteeMoveKind.CAPITAL_IN,
        amount=Fen(said.capital_yuan * 100),
        day=today,
        document=document,
    )
    move = desk.do("qian", enter_capital, capital)
    desk.do("zhao", confirm_capital, MoveStep(id=move, version=1))
    return fund_id


def lend_loans(course: Course) -> None:
    """Let borrowers come: those who get their money at the beginning, the others at the end."""
    fund_id, last = open_guarantees(course.desk), len(course.days) - 1
    for place, borrower in enumerate(loan_words().borrowers):
        lent = borrower.reached is LoanState.REPAYING
        act = partial(_go_through, course, borrower, place, fund_id)
        course.on(LENT_BY if lent else last - 1, 240 + place, act, surely=not lent)


def _go_through(course: Course, borrower: Borrower, place: int, fund_id: int, _day: int) -> None:
    """Take a borrower as far as they came."""
    way = _Way(course.desk, borrower, place)
    for reached, step in (
        (LoanState.CHECKED, way.check),
        (LoanState.RECOMMENDED, way.recommend),
        (LoanState.SURVEYED, way.survey),
        (LoanState.GUARANTEED, partial(way.guarantee, fund_id)),
        (LoanState.SECURED, way.sign),
        (LoanState.BANK_APPROVED, way.ask_bank),
        (LoanState.REPAYING, way.lend),
    ):
        if borrower.reached is LoanState.ENQUIRED:
            break
        step()
        if borrower.reached is reached:
            break
    if borrower.pays:
        course.on(len(course.days) - 3, 250 + place, way.pay)


class _Way:
    """The way of one borrower to the money."""

    def __init__(self, desk: Desk, borrower: Borrower, place: int) -> None:
        self._desk, self._who, self._said = desk, borrower, loan_words()
        self._today = desk.clock.today() - timedelta(borrower.days_ago)
        self._number = {"year": self._today.year, "number": place + 1}
        self._amount = Fen(borrower.yuan * 100)
        form = LoanForm(
            borrower_group=GROUP,
            name=borrower.name,
            id_number=borrower.id_number,
            phone=borrower.phone,
            district=borrower.district,
            purpose=borrower.purpose,
            industry=borrower.industry,
            jobs=borrower.jobs,
            asked=self._amount,
            months_asked=borrower.months,
            asked_on=self._today,
        )
        self._id = desk.do("sun", enquire, form)

    def _step(
        self, user: str, verb: Action[Any, Any], form: Callable[..., Record], **told: object
    ) -> None:
        version = self._desk.ask("sun", loan_view, LoanById(id=self._id)).row.version
        self._desk.do(user, verb, form(id=self._id, version=version, **told))

    def check(self) -> None:
        answers = EligibilityAnswers(group_proved=Answer.YES)
        self._step("sun", check_eligibility, EligibilityForm, day=self._today, answers=answers)

    def recommend(self) -> None:
        by = self._said.recommended_by
        self._step("sun", recommend, RecommendForm, day=self._today, recommended_by=by)

    def survey(self) -> None:
        self._step(
            "sun",
            survey,
            SurveyForm,
            day=self._today,
            place=self._said.place,
            surveyors=self._said.surveyors,
            running=Answer.YES,
            monthly_income=Fen(900_000),
            jobs=self._who.jobs,
            amount=self._amount,
            months=self._who.months,
        )

    def guarantee(self, fund_id: int) -> None:
        self._step(
            "zhao",
            decide_guarantee,
            GuaranteeForm,
            day=self._today,
            document=self._said.minutes.format(**self._number),
            fund_id=fund_id,
            amount=self._amount,
            months=self._who.months,
            attended=self._said.attended,
        )

    def sign(self) -> None:
        side = SideForm(
            loan_id=self._id,
            party=LoanParty.GUARANTOR,
            form=SecurityForm.SALARIED,
            name=self._who.guarantor,
            id_number=self._who.guarantor_id,
            unit=self._said.recommended_by,
            monthly_income=Fen(600_000),
            own_debts=Fen(0),
            covers=self._amount,
        )
        self._desk.do("sun", add_side, side)
        document = self._said.contract.format(**self._number)
        self._step("sun", sign_security, SecurityStep, day=self._today, document=document)

    def ask_bank(self) -> None:
        self._step(
            "sun",
            bank_answer,
            BankForm,
            day=self._today,
            document=self._said.letter.format(**self._number),
            bank=self._said.bank,
            amount=self._amount,
            months=self._who.months,
        )

    def lend(self) -> None:
        self._step(
            "sun",
            lend,
            LendForm,
            lent_on=self._today,
            bank=self._said.bank,
            contract_number=self._said.loan_contract.format(**self._number),
            contract_on=self._today,
            principal=self._amount,
            months=self._who.months,
            method=RepaymentMethod.EQUAL_INSTALMENTS,
            rate=self._said.rate,
        )

    def pay(self, _day: int) -> None:
        """Enter the first instalment from the bank's statement, once it was due."""
        view = self._desk.ask("sun", loan_view, LoanById(id=self._id))
        first = view.plan[0]
        if first.due_on > self._desk.clock.today():
            return
        form = RepaymentForm(
            loan_id=self._id,
            version=view.row.version,
            day=first.due_on,
            fen=first.due,
            document=self._said.receipt,
        )
        self._desk.do("sun", record_repayment, form)
