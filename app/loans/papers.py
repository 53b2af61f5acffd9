"""What the papers of a loan say, from the recommendation to the certificate that it is settled."""

from datetime import date
from typing import Annotated

from app.core.i18n import N_
from app.core.kinds import Amount, Count, Day, Flag, Kind, Many, Name, Text
from app.core.money import Fen
from app.core.record import Record


class SideFacts(Record):
    """Who or what stands beside the borrower, on the survey form."""

    what: Annotated[str, Text(label=N_("Counter-guarantee"))]
    name: Annotated[str, Name(label=N_("Name"))]
    unit: Annotated[str, Text(label=N_("Employer or thing"))] = ""
    monthly_income: Annotated[Fen | None, Amount(label=N_("Monthly income"))] = None
    covers: Annotated[Fen, Amount(label=N_("Stands for"))]


class RecommendationFacts(Record):
    """The recommendation (推荐书): who wants to borrow for what, and why the rules allow it."""

    name: Annotated[str, Name(label=N_("Borrower"))]
    id_number: Annotated[str, Text(label=N_("Resident ID number"), hint=N_("As printed"))]
    phone: Annotated[str, Text(label=N_("Mobile"), hint=N_("As printed"))] = ""
    address: Annotated[str, Text(label=N_("Address"))] = ""
    loan_number: Annotated[str, Text(label=N_("Loan number"))]
    file_number: Annotated[str, Text(label=N_("File number"))] = ""
    borrower_kind: Annotated[str, Text(label=N_("Kind of borrower"))]
    group: Annotated[str, Text(label=N_("Group of borrowers"))]
    firm: Annotated[str, Text(label=N_("Business"))] = ""
    purpose: Annotated[str, Text(label=N_("Purpose"))]
    industry: Annotated[str, Text(label=N_("Industry"))] = ""
    jobs: Annotated[int | None, Count(label=N_("People given work"))] = None
    partners: Annotated[tuple[str, ...], Kind(label=N_("Partners"))] = ()
    amount: Annotated[Fen, Amount(label=N_("Asked for"), at_least=1)]
    months: Annotated[int, Count(label=N_("Months"), at_least=1)]
    reasons: Annotated[tuple[str, ...], Kind(label=N_("Reasons"))] = ()
    rules: Annotated[str, Text(label=N_("Rules it rests on"))]
    provisional: Annotated[bool, Flag(label=N_("Rules not confirmed yet"))] = False
    opinion: Annotated[str, Text(label=N_("Opinion"))] = ""
    recommended_by: Annotated[str, Name(label=N_("Recommended by"))]
    recommended_on: Annotated[date, Day(label=N_("Recommended on"))]


class SurveyFacts(Record):
    """The survey and approval form (担保调查审批表), with the committee's decision when made."""

    name: Annotated[str, Name(label=N_("Borrower"))]
    id_number: Annotated[str, Text(label=N_("Resident ID number"), hint=N_("As printed"))]
    phone: Annotated[str, Text(label=N_("Mobile"), hint=N_("As printed"))] = ""
    address: Annotated[str, Text(label=N_("Address"))] = ""
    loan_number: Annotated[str, Text(label=N_("Loan number"))]
    firm: Annotated[str, Text(label=N_("Business"))] = ""
    purpose: Annotated[str, Text(label=N_("Purpose"))]
    jobs: Annotated[int | None, Count(label=N_("People given work"))] = None
    asked: Annotated[Fen, Amount(label=N_("Asked for"), at_least=1)]
    months: Annotated[int, Count(label=N_("Months"), at_least=1)]
    sides: Annotated[tuple[SideFacts, ...], Many(label=N_("Counter-guarantee"))] = ()
    survey: Annotated[str, Text(label=N_("What the survey found"))]
    surveyed_by: Annotated[str, Name(label=N_("Surveyed by"))]
    surveyed_on: Annotated[date, Day(label=N_("Surveyed on"))]
    decision: Annotated[str, Text(label=N_("Decision"))] = ""
    minutes: Annotated[str, Text(label=N_("Number of the minutes"))] = ""
    attended: Annotated[str, Text(label=N_("Who attended"))] = ""
    amount: Annotated[Fen | None, Amount(label=N_("Guaranteed"))] = None
    fund: Annotated[str, Text(label=N_("Guarantee fund"))] = ""
    decided_by: Annotated[str, Name(label=N_("Decided by"))] = ""
    decided_on: Annotated[date | None, Day(label=N_("Decided on"))] = None


class CommitmentFacts(Record):
    """The guarantee commitment (担保承诺书): what the fund stands for towards the bank."""

    bank: Annotated[str, Text(label=N_("Lending bank"))]
    name: Annotated[str, Name(label=N_("Borrower"))]
    id_number: Annotated[str, Text(label=N_("Resident ID number"), hint=N_("As printed"))]
    loan_number: Annotated[str, Text(label=N_("Loan number"))]
    purpose: Annotated[str, Text(label=N_("Purpose"))]
    amount: Annotated[Fen, Amount(label=N_("Guaranteed"), at_least=1)]
    months: Annotated[int, Count(label=N_("Months"), at_least=1)]
    fund: Annotated[str, Text(label=N_("Guarantee fund"))]
    share_percent: Annotated[int, Count(label=N_("Part of the principal it bears"), at_least=1)]
    minutes: Annotated[str, Text(label=N_("Number of the minutes"))]
    decided_on: Annotated[date, Day(label=N_("Decided on"))]


class PlanRow(Record):
    """One line of the printed plan."""

    line: Annotated[int, Count(label=N_("No."), at_least=1)]
    due: Annotated[date, Day(label=N_("Due on"))]
    pay_by: Annotated[date, Day(label=N_("Pay by"))]
    principal: Annotated[Fen, Amount(label=N_("Principal"))]
    interest: Annotated[Fen, Amount(label=N_("Interest"))]
    subsidy: Annotated[Fen, Amount(label=N_("Borne by the treasury"))]
    amount: Annotated[Fen, Amount(label=N_("To be paid"))]
    left: Annotated[Fen, Amount(label=N_("Principal left"))]


class PlanFacts(Record):
    """The repayment plan (还款计划表) as it stands on the day it is printed."""

    name: Annotated[str, Name(label=N_("Borrower"))]
    loan_number: Annotated[str, Text(label=N_("Loan number"))]
    contract_number: Annotated[str, Text(label=N_("Contract number"))]
    bank: Annotated[str, Text(label=N_("Lending bank"))]
    principal: Annotated[Fen, Amount(label=N_("Principal"), at_least=1)]
    months: Annotated[int, Count(label=N_("Months"), at_least=1)]
    rate: Annotated[str, Text(label=N_("Rate a year"))]
    method: Annotated[str, Text(label=N_("Method of repayment"))]
    day_count: Annotated[str, Text(label=N_("Day count"))]
    lent_on: Annotated[date, Day(label=N_("Lent on"))]
    rows: Annotated[tuple[PlanRow, ...], Many(label=N_("Instalments"))]
    principal_left: Annotated[Fen, Amount(label=N_("Principal left"))]
    interest_left: Annotated[Fen, Amount(label=N_("Interest to come"))]
    subsidy_left: Annotated[Fen, Amount(label=N_("Borne by the treasury"))]
    amount: Annotated[Fen, Amount(label=N_("Total"))]
    explained: Annotated[tuple[str, ...], Kind(label=N_("How it is counted"))] = ()
    provisional: Annotated[bool, Flag(label=N_("Days not announced yet"))] = False

    def __post_init__(self) -> None:
        """Refuse a plan whose sums are not those of its rows."""
        if self.amount != sum(row.amount for row in self.rows):
            raise ValueError(f"{self.loan_number}: the rows do not add up to {self.amount} fen")


class RepaymentFacts(Record):
    """The receipt of one repayment (还款收据): what it settled and what is left."""

    name: Annotated[str, Name(label=N_("Borrower"))]
    loan_number: Annotated[str, Text(label=N_("Loan number"))]
    contract_number: Annotated[str, Text(label=N_("Contract number"))]
    payer: Annotated[str, Text(label=N_("Paid by"))]
    paid_on: Annotated[date, Day(label=N_("Paid on"))]
    amount: Annotated[Fen, Amount(label=N_("Amount"), at_least=1)]
    penalty: Annotated[Fen, Amount(label=N_("Overdue interest"))]
    interest: Annotated[Fen, Amount(label=N_("Interest"))]
    principal: Annotated[Fen, Amount(label=N_("Principal"))]
    left: Annotated[Fen, Amount(label=N_("Principal left"))]
    document: Annotated[str, Text(label=N_("Document"))] = ""

    def __post_init__(self) -> None:
        """Refuse a receipt whose parts are not its amount."""
        if self.amount != self.penalty + self.interest + self.principal:
            raise ValueError(f"{self.loan_number}: the parts do not add up to {self.amount} fen")


class OverdueFacts(Record):
    """The overdue notice (逾期催收通知书), to the borrower or to a guarantor."""

    to: Annotated[str, Name(label=N_("Addressed to"))]
    is_guarantor: Annotated[bool, Flag(label=N_("Guarantor"))] = False
    name: Annotated[str, Name(label=N_("Borrower"))]
    loan_number: Annotated[str, Text(label=N_("Loan number"))]
    contract_number: Annotated[str, Text(label=N_("Contract number"))]
    bank: Annotated[str, Text(label=N_("Lending bank"))]
    overdue_since: Annotated[date, Day(label=N_("Overdue since"))]
    as_of: Annotated[date, Day(label=N_("Counted on"))]
    days: Annotated[int, Count(label=N_("Days overdue"), at_least=1)]
    principal: Annotated[Fen, Amount(label=N_("Principal"))]
    interest: Annotated[Fen, Amount(label=N_("Interest"))]
    penalty: Annotated[Fen, Amount(label=N_("Overdue interest"))]
    amount: Annotated[Fen, Amount(label=N_("Total"), at_least=1)]
    pay_by: Annotated[date, Day(label=N_("Pay by"))]


class SettlementFacts(Record):
    """The certificate that a loan is settled (结清证明)."""

    name: Annotated[str, Name(label=N_("Borrower"))]
    id_number: Annotated[str, Text(label=N_("Resident ID number"), hint=N_("As printed"))]
    loan_number: Annotated[str, Text(label=N_("Loan number"))]
    contract_number: Annotated[str, Text(label=N_("Contract number"))]
    bank: Annotated[str, Text(label=N_("Lending bank"))]
    amount: Annotated[Fen, Amount(label=N_("Principal"), at_least=1)]
    lent_on: Annotated[date, Day(label=N_("Lent on"))]
    settled_on: Annotated[date, Day(label=N_("Settled on"))]
    compensated: Annotated[bool, Flag(label=N_("Paid back to the guarantee fund"))] = False
    guarantors: Annotated[tuple[str, ...], Kind(label=N_("Guarantors released"))] = ()


class SubsidyRow(Record):
    """One line of the claim."""

    line: Annotated[int, Count(label=N_("No."), at_least=1)]
    name: Annotated[str, Name(label=N_("Borrower"))]
    loan_number: Annotated[str, Text(label=N_("Loan number"))]
    base: Annotated[Fen, Amount(label=N_("Principal"))]
    from_on: Annotated[date, Day(label=N_("First day"))]
    to_on: Annotated[date, Day(label=N_("Last day"))]
    days: Annotated[int, Count(label=N_("Days"))]
    rate: Annotated[str, Text(label=N_("Rate a year"))]
    amount: Annotated[Fen, Amount(label=N_("Subsidy"))]
    reason: Annotated[str, Text(label=N_("Note"))] = ""


class SubsidyListFacts(Record):
    """The list of a quarter's claim (贴息申报明细表) of one bank."""

    name: Annotated[str, Text(label=N_("Lending bank"))]
    claim_number: Annotated[str, Text(label=N_("Claim number"))]
    first_day: Annotated[date, Day(label=N_("First day"))]
    last_day: Annotated[date, Day(label=N_("Last day"))]
    rows: Annotated[tuple[SubsidyRow, ...], Many(label=N_("Loans"))]
    count: Annotated[int, Count(label=N_("Loans"), at_least=1)]
    amount: Annotated[Fen, Amount(label=N_("Total"))]
    preparer: Annotated[str, Name(label=N_("Prepared by"))]
    checker: Annotated[str, Name(label=N_("Confirmed by"))] = ""

    def __post_init__(self) -> None:
        """Refuse a claim whose sum is not that of its rows."""
        if self.amount != sum(row.amount for row in self.rows):
            raise ValueError(f"{self.claim_number}: the rows do not add up to {self.amount} fen")
