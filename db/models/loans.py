"""Guaranteed loans: the loan, who stands beside it, its steps, its money, checks and subsidy.

The money of a loan is its events; all else of it (instalments, what is owed, overdue) is made of
them by replay and kept beside them, so that worklists are a read of an index.
"""

from datetime import date, datetime
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index, text
from sqlalchemy.orm import Mapped, mapped_column

from app.core.money import Fen
from app.core.words.loans import (
    BorrowerKind,
    ChangeState,
    CheckResult,
    ClaimState,
    LoanEventKind,
    LoanParty,
    LoanState,
    Payer,
    SecurityForm,
    StepOutcome,
    SubsidyLineKind,
)
from db.base import LONG, PRIVATE, Entity, Row
from db.types import Identity, Json, Stored


class Loan(Entity):
    """One guaranteed loan from the enquiry to its end."""

    __tablename__ = "loan"
    __table_args__ = (
        CheckConstraint("asked > 0 AND months_asked > 0", name="asked_something"),
        CheckConstraint("principal IS NULL OR principal > 0", name="principal_positive"),
        CheckConstraint("exposure >= 0 AND outstanding >= 0 AND owed_to_fund >= 0", name="owed"),
        CheckConstraint("(lent_on IS NULL) = (terms IS NULL)", name="lent_on_terms"),
        Index("ix_loan_state", "state", "id", "outstanding"),
        Index("ix_loan_overdue", "overdue_since", sqlite_where=text("overdue_since IS NOT NULL")),
        Index("ix_loan_lent", "lent_on"),
        Index("ix_loan_step_due", "step_due_on", sqlite_where=text("step_due_on IS NOT NULL")),
    )

    number: Mapped[str] = mapped_column(unique=True)
    """As 贷2026-0017; taken at the enquiry."""
    state: Mapped[LoanState] = mapped_column(Stored(LoanState))
    household_id: Mapped[int | None] = mapped_column(
        Identity, ForeignKey("household.id"), index=True
    )
    """The file of the borrower; `None` for somebody without one."""
    member_id: Mapped[int | None] = mapped_column(Identity, ForeignKey("member.id"), index=True)

    borrower_kind: Mapped[BorrowerKind] = mapped_column(Stored(BorrowerKind))
    borrower_group: Mapped[str]
    """A word of the product's list of groups."""
    name: Mapped[str] = mapped_column(index=True)
    id_number: Mapped[str] = mapped_column(info=PRIVATE, index=True)
    phone: Mapped[str] = mapped_column(info=PRIVATE)
    address: Mapped[str]
    district: Mapped[str | None]
    firm: Mapped[str]
    """The business, as its licence names it; empty before there is one."""
    uscc: Mapped[str]
    heads: Mapped[int | None]
    """Of a partnership its partners with the borrower; of a firm its new eligible hires."""
    staff: Mapped[int | None]
    """Of a firm, all who work there."""
    purpose: Mapped[str]
    industry: Mapped[str]
    jobs: Mapped[int | None]
    """People whom the project gives work (带动就业人数)."""
    asked: Mapped[Fen]
    months_asked: Mapped[int]
    asked_on: Mapped[date]
    note: Mapped[str]
    previous_id: Mapped[int | None] = mapped_column(Identity, ForeignKey("loan.id"), index=True)
    """The loan that was paid off before this one (还清再贷)."""
    import_batch_id: Mapped[int | None] = mapped_column(
        Identity, ForeignKey("import_batch.id"), index=True
    )
    entered_by: Mapped[int] = mapped_column(Identity, ForeignKey("staff.id"))
    entered_at: Mapped[datetime]
    step_due_on: Mapped[date | None]
    """The day by which the next step to the money is due; `None` once lent or ended."""

    rules: Mapped[str]
    """The document of loan rules it was examined by: the day it begins; empty before."""
    product: Mapped[str]
    findings: Mapped[Any | None] = mapped_column(Json, info=LONG)
    """The reasons of the eligibility as they were sealed; `None` before."""
    guarantee_fund_id: Mapped[int | None] = mapped_column(
        Identity, ForeignKey("guarantee_fund.id"), index=True
    )
    guaranteed: Mapped[Fen | None]
    """What the committee committed the fund to; its quota is taken from then on."""
    exposure: Mapped[Fen]
    """What the guarantee fund stands for now: the guaranteed sum, then what is left of it."""

    bank: Mapped[str]
    principal: Mapped[Fen | None]
    contract_number: Mapped[str]
    contract_on: Mapped[date | None]
    terms: Mapped[Any | None] = mapped_column(Json)
    """The terms of the contract as `app.loans.terms.Terms` in plain data; fixed by lending."""
    lent_on: Mapped[date | None]

    outstanding: Mapped[Fen]
    """Principal not repaid to the bank."""
    owed_to_fund: Mapped[Fen]
    """What the fund paid for the borrower and has not got back."""
    overdue_since: Mapped[date | None]
    """The due day of the oldest part that is not paid; `None` when nothing is overdue."""
    next_due_on: Mapped[date | None]
    ends_on: Mapped[date | None]
    counted_on: Mapped[date | None]
    """The day up to which the lines above were counted."""


class LoanSide(Entity):
    """A partner, a spouse, a guarantor, or a thing that is mortgaged or pledged."""

    __tablename__ = "loan_side"
    __table_args__ = (
        CheckConstraint("covers >= 0", name="covers"),
        CheckConstraint("(party = 'guarantor') = (form IS NOT NULL)", name="form"),
        Index("ix_loan_side_id_number", "id_number"),
    )

    loan_id: Mapped[int] = mapped_column(Identity, ForeignKey("loan.id"), index=True)
    party: Mapped[LoanParty] = mapped_column(Stored(LoanParty))
    form: Mapped[SecurityForm | None] = mapped_column(Stored(SecurityForm))
    name: Mapped[str]
    id_number: Mapped[str] = mapped_column(info=PRIVATE)
    phone: Mapped[str] = mapped_column(info=PRIVATE)
    unit: Mapped[str]
    monthly_income: Mapped[Fen | None]
    own_debts: Mapped[Fen | None]
    """What the guarantor owes on loans of their own; `None` when not known."""
    covers: Mapped[Fen]
    """What this guarantor or thing stands for."""
    thing: Mapped[str]
    """What is mortgaged or pledged, in words, with the number of its certificate."""
    value: Mapped[Fen | None]
    household_id: Mapped[int | None] = mapped_column(
        Identity, ForeignKey("household.id"), index=True
    )
    live: Mapped[bool]
    """False once released or replaced."""


class LoanStep(Row):
    """One step of the way to the money: what was found, by whom, on what paper."""

    __tablename__ = "loan_step"
    __table_args__ = (CheckConstraint("outcome = 'passed' OR note <> ''", name="with_words"),)

    loan_id: Mapped[int] = mapped_column(Identity, ForeignKey("loan.id"), index=True)
    step: Mapped[LoanState] = mapped_column(Stored(LoanState))
    """The state that passing it leads to."""
    outcome: Mapped[StepOutcome] = mapped_column(Stored(StepOutcome))
    day: Mapped[date]
    due_on: Mapped[date | None]
    """The day it was due by, as the deadlines said then."""
    document: Mapped[str]
    """Number of the minutes, the contract or the bank's letter."""
    note: Mapped[str]
    amount: Mapped[Fen | None]
    months: Mapped[int | None]
    details: Mapped[Any] = mapped_column(Json)
    """What the step found beside, as plain data: who attended, what the survey saw."""
    decided_by: Mapped[int] = mapped_column(Identity, ForeignKey("staff.id"))
    decided_at: Mapped[datetime]


class LoanChange(Entity):
    """What one person cannot do alone with the money of a loan; confirming writes its event."""

    __tablename__ = "loan_change"
    __table_args__ = (
        CheckConstraint("fen >= 0", name="fen"),
        CheckConstraint("confirmed_by IS NULL OR confirmed_by <> entered_by", name="second_person"),
        CheckConstraint("state <> 'confirmed' OR confirmed_by IS NOT NULL", name="confirmed"),
    )

    loan_id: Mapped[int] = mapped_column(Identity, ForeignKey("loan.id"), index=True)
    kind: Mapped[LoanEventKind] = mapped_column(Stored(LoanEventKind))
    day: Mapped[date]
    fen: Mapped[Fen]
    months: Mapped[int | None]
    payer: Mapped[Payer | None] = mapped_column(Stored(Payer))
    reverses: Mapped[int | None]
    reason: Mapped[str]
    document: Mapped[str]
    state: Mapped[ChangeState] = mapped_column(Stored(ChangeState), index=True)
    entered_by: Mapped[int] = mapped_column(Identity, ForeignKey("staff.id"))
    entered_at: Mapped[datetime]
    confirmed_by: Mapped[int | None] = mapped_column(Identity, ForeignKey("staff.id"))


class LoanEvent(Row):
    """What happened to the money, in the order it became known here. Only added."""

    __tablename__ = "loan_event"
    __table_args__ = (
        CheckConstraint("fen >= 0", name="fen"),
        Index("uq_loan_event_number", "loan_id", "number", unique=True),
        Index("uq_loan_event_change_id", "change_id", unique=True),
    )

    loan_id: Mapped[int] = mapped_column(Identity, ForeignKey("loan.id"))
    number: Mapped[int]
    """1, 2, 3 … within the loan."""
    kind: Mapped[LoanEventKind] = mapped_column(Stored(LoanEventKind))
    day: Mapped[date]
    """The day it happened, which may be long before it was entered."""
    fen: Mapped[Fen]
    months: Mapped[int | None]
    payer: Mapped[Payer | None] = mapped_column(Stored(Payer))
    reverses: Mapped[int | None]
    """The number of the event that this one undoes."""
    change_id: Mapped[int | None] = mapped_column(Identity, ForeignKey("loan_change.id"))
    document: Mapped[str]
    note: Mapped[str]
    entered_by: Mapped[int] = mapped_column(Identity, ForeignKey("staff.id"))
    entered_at: Mapped[datetime]


class LoanInstalment(Row):
    """One line of the plan as it stands; made anew by every event, kept for the worklists."""

    __tablename__ = "loan_instalment"
    __table_args__ = (
        Index("uq_loan_instalment_number", "loan_id", "number", unique=True),
        Index(
            "ix_loan_instalment_open",
            *("due_on", "pay_by", "loan_id", "principal", "interest", "paid", "open"),
            sqlite_where=text("open"),
        ),
    )

    loan_id: Mapped[int] = mapped_column(Identity, ForeignKey("loan.id"))
    number: Mapped[int]
    due_on: Mapped[date]
    pay_by: Mapped[date]
    """The due day, moved when it is a day off and the contract says so."""
    principal: Mapped[Fen]
    interest: Mapped[Fen]
    subsidy: Mapped[Fen]
    """The part of the interest that the treasury bears."""
    paid: Mapped[Fen]
    """What came in for it, interest and principal together."""
    open: Mapped[bool]
    """False when it is paid, or when the plan no longer reaches it (then its sums are 0)."""


class LoanCheck(Entity):
    """One post-loan check: due every month or quarter, done with what was found."""

    __tablename__ = "loan_check"
    __table_args__ = (
        CheckConstraint("(result IS NULL) = (done_by IS NULL)", name="done_by_someone"),
        CheckConstraint("result IS NULL OR result = 'in_order' OR findings <> ''", name="words"),
        Index("ix_loan_check_due", "due_on", sqlite_where=text("result IS NULL")),
    )

    loan_id: Mapped[int] = mapped_column(Identity, ForeignKey("loan.id"), index=True)
    due_on: Mapped[date]
    done_on: Mapped[date | None]
    result: Mapped[CheckResult | None] = mapped_column(Stored(CheckResult))
    findings: Mapped[str]
    jobs: Mapped[int | None]
    """People at work there on that day."""
    done_by: Mapped[int | None] = mapped_column(Identity, ForeignKey("staff.id"))


class SubsidyClaim(Entity):
    """What one bank claims of the treasury for one quarter: made by one, confirmed by another."""

    __tablename__ = "subsidy_claim"
    __table_args__ = (
        CheckConstraint("confirmed_by IS NULL OR confirmed_by <> made_by", name="second_person"),
        CheckConstraint(
            "state IN ('drafted', 'withdrawn') OR confirmed_by IS NOT NULL", name="confirmed"
        ),
        Index(
            "uq_subsidy_claim_quarter",
            *("bank", "first_day"),
            unique=True,
            sqlite_where=text("state <> 'withdrawn'"),
        ),
    )

    number: Mapped[str] = mapped_column(unique=True)
    bank: Mapped[str]
    first_day: Mapped[date]
    last_day: Mapped[date]
    fen: Mapped[Fen]
    """Sum of its lines; what is clawed back takes off."""
    state: Mapped[ClaimState] = mapped_column(Stored(ClaimState))
    made_by: Mapped[int] = mapped_column(Identity, ForeignKey("staff.id"))
    made_at: Mapped[datetime]
    confirmed_by: Mapped[int | None] = mapped_column(Identity, ForeignKey("staff.id"))
    sent_on: Mapped[date | None]
    received_on: Mapped[date | None]
    received: Mapped[Fen | None]
    note: Mapped[str]


class SubsidyLine(Row):
    """One stretch of days of one loan in a claim, or what is clawed back of an earlier one."""

    __tablename__ = "subsidy_line"
    __table_args__ = (
        CheckConstraint("(kind = 'clawed_back') = (fen < 0)", name="sign"),
        Index("ix_subsidy_line_loan", "loan_id", "from_on"),
    )

    claim_id: Mapped[int] = mapped_column(Identity, ForeignKey("subsidy_claim.id"), index=True)
    loan_id: Mapped[int] = mapped_column(Identity, ForeignKey("loan.id"))
    kind: Mapped[SubsidyLineKind] = mapped_column(Stored(SubsidyLineKind))
    from_on: Mapped[date]
    to_on: Mapped[date]
    """The first day that is not counted."""
    days: Mapped[int]
    base: Mapped[Fen]
    """The principal that bore the interest."""
    rate: Mapped[int]
    """What the treasury bears, in millionths a year."""
    fen: Mapped[Fen]
    reason: Mapped[str]
