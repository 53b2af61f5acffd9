"""What the papers of a disbursement say: the approval form and the payment list."""

from datetime import date
from typing import Annotated, Final

from app.core.i18n import N_
from app.core.kinds import Amount, Count, Day, Flag, Kind, Many, Name, Text
from app.core.money import Fen
from app.core.record import Record
from app.core.words.papers import PaperKind

APPROVAL_FORM: Final = PaperKind.APPROVAL_FORM
PAYMENT_LIST: Final = PaperKind.PAYMENT_LIST


class MemberFacts(Record):
    """One member of the household on the approval form."""

    name: Annotated[str, Name(label=N_("Name"))]
    relation: Annotated[str, Text(label=N_("Relation"))]
    birth: Annotated[date | None, Day(label=N_("Date of birth"))] = None
    occupation: Annotated[str, Text(label=N_("Work or school"))] = ""
    health: Annotated[str, Text(label=N_("Health"))] = ""
    monthly_income: Annotated[Fen | None, Amount(label=N_("Monthly income"))] = None


class ApprovalFacts(Record):
    """The approval form (审批表): who gets how much and why, who proposed, who decided."""

    name: Annotated[str, Name(label=N_("Name"))]
    sex: Annotated[str, Text(label=N_("Sex"))] = ""
    birth: Annotated[date | None, Day(label=N_("Date of birth"))] = None
    id_number: Annotated[str, Text(label=N_("Resident ID number"), hint=N_("As printed"))]
    phone: Annotated[str, Text(label=N_("Mobile"), hint=N_("As printed"))] = ""
    address: Annotated[str, Text(label=N_("Address"))] = ""
    employer: Annotated[str, Text(label=N_("Works at"))] = ""
    household_size: Annotated[int, Count(label=N_("Household size"), at_least=1)]
    file_number: Annotated[str, Text(label=N_("File number"))]
    case_number: Annotated[str, Text(label=N_("Case number"))]
    award_number: Annotated[str, Text(label=N_("Award number"))]
    main_cause: Annotated[str, Text(label=N_("Main cause of hardship"))] = ""
    members: Annotated[tuple[MemberFacts, ...], Many(label=N_("Members"))] = ()

    category: Annotated[str, Text(label=N_("Hardship category"))]
    net_per_head: Annotated[Fen | None, Amount(label=N_("Net income a head and month"))] = None
    line: Annotated[Fen | None, Amount(label=N_("Dibao line"))] = None
    line_source: Annotated[str, Text(label=N_("Source of the line"))] = ""
    reasons: Annotated[tuple[str, ...], Kind(label=N_("Reasons"))] = ()
    """One sentence each, with article, number and limit."""
    provisional: Annotated[bool, Flag(label=N_("Policy not confirmed yet"))] = False

    measure: Annotated[str, Text(label=N_("Measure"))]
    basis: Annotated[str, Text(label=N_("Basis"))] = ""
    amount: Annotated[Fen, Amount(label=N_("Amount"), at_least=1)]
    fund: Annotated[str, Text(label=N_("Source of funds"))]
    paid_this_year: Annotated[Fen | None, Amount(label=N_("Received this year"))] = None
    payee: Annotated[str, Name(label=N_("Payee"))]
    bank: Annotated[str, Text(label=N_("Bank"))] = ""
    account: Annotated[str, Text(label=N_("Bank card"), hint=N_("As printed"))] = ""

    proposer: Annotated[str, Name(label=N_("Proposed by"))]
    proposer_opinion: Annotated[str, Text(label=N_("Opinion of the proposer"))] = ""
    proposed_on: Annotated[date, Day(label=N_("Proposed on"))]
    approver: Annotated[str, Name(label=N_("Approved by"))] = ""
    approver_opinion: Annotated[str, Text(label=N_("Opinion of the approver"))] = ""
    decision: Annotated[str, Text(label=N_("Decision"))] = ""
    decided_on: Annotated[date | None, Day(label=N_("Decided on"))] = None
    steps: Annotated[tuple[str, ...], Kind(label=N_("Way of approval"))] = ()
    """Where more than one supervisor decided: each decision, with the minutes or the reply."""
    seal: Annotated[str, Text(label=N_("Seal of the award"))]
    """The hash of the award version that was decided on."""


class PaymentRow(Record):
    """One payment of the list."""

    line: Annotated[int, Count(label=N_("No."), at_least=1)]
    name: Annotated[str, Name(label=N_("Name"))]
    id_number: Annotated[str, Text(label=N_("Resident ID number"), hint=N_("As printed"))]
    employer: Annotated[str, Text(label=N_("Works at"))] = ""
    category: Annotated[str, Text(label=N_("Hardship category"))]
    measure: Annotated[str, Text(label=N_("Measure"))]
    amount: Annotated[Fen, Amount(label=N_("Amount"), at_least=1)]
    account: Annotated[str, Text(label=N_("Bank card"), hint=N_("As printed"))] = ""


class PaymentListFacts(Record):
    """The payment list (发放花名册) of one frozen batch."""

    name: Annotated[str, Text(label=N_("Name of the batch"))]
    batch_number: Annotated[str, Text(label=N_("Batch number"))]
    prepared_on: Annotated[date, Day(label=N_("Prepared on"))]
    bank_layout: Annotated[str, Text(label=N_("Bank file"))] = ""
    fund: Annotated[str, Text(label=N_("Source of funds"))] = ""
    rows: Annotated[tuple[PaymentRow, ...], Many(label=N_("Payments"))]
    count: Annotated[int, Count(label=N_("Payments"), at_least=1)]
    amount: Annotated[Fen, Amount(label=N_("Total"), at_least=1)]
    batch_digest: Annotated[str, Text(label=N_("Digest of the batch"))]
    preparer: Annotated[str, Name(label=N_("Prepared by"))]
    reviewer: Annotated[str, Name(label=N_("Reviewed by"))] = ""
    approver: Annotated[str, Name(label=N_("Approved by"))] = ""

    def __post_init__(self) -> None:
        """Refuse a list whose sums are not those of its rows."""
        if (self.count, self.amount) != (len(self.rows), sum(row.amount for row in self.rows)):
            raise ValueError(f"{self.batch_number}: the rows do not add up to {self.amount} fen")


class HandingRow(Record):
    """One person of the list to sign."""

    line: Annotated[int, Count(label=N_("No."), at_least=1)]
    name: Annotated[str, Name(label=N_("Name"))]
    id_number: Annotated[str, Text(label=N_("Resident ID number"), hint=N_("As printed"))]
    measure: Annotated[str, Text(label=N_("Measure"))]
    item: Annotated[str, Text(label=N_("Goods"))] = ""
    quantity: Annotated[int | None, Count(label=N_("Quantity"))] = None
    unit_value: Annotated[Fen | None, Amount(label=N_("Value of one"))] = None
    amount: Annotated[Fen, Amount(label=N_("Amount"), at_least=1)]


class HandingFacts(Record):
    """The list that people sign for cash or goods (领取签名表), of one frozen batch."""

    name: Annotated[str, Text(label=N_("Name of the batch"))]
    batch_number: Annotated[str, Text(label=N_("Batch number"))]
    way: Annotated[str, Text(label=N_("How it is given"))]
    prepared_on: Annotated[date, Day(label=N_("Prepared on"))]
    fund: Annotated[str, Text(label=N_("Source of funds"))] = ""
    cash: Annotated[bool, Flag(label=N_("In cash"))] = False
    goods: Annotated[bool, Flag(label=N_("In kind"))] = False
    cash_rows: Annotated[tuple[HandingRow, ...], Many(label=N_("Payments"))] = ()
    goods_rows: Annotated[tuple[HandingRow, ...], Many(label=N_("Goods"))] = ()
    count: Annotated[int, Count(label=N_("Payments"), at_least=1)]
    amount: Annotated[Fen, Amount(label=N_("Total"), at_least=1)]
    batch_digest: Annotated[str, Text(label=N_("Digest of the batch"))]
    preparer: Annotated[str, Name(label=N_("Prepared by"))]
    approver: Annotated[str, Name(label=N_("Approved by"))] = ""


class VoucherRow(Record):
    """What one measure comes to on a voucher."""

    measure: Annotated[str, Text(label=N_("Measure"))]
    count: Annotated[int, Count(label=N_("Payments"), at_least=1)]
    amount: Annotated[Fen, Amount(label=N_("Amount"), at_least=1)]


class VoucherFacts(Record):
    """The payment voucher (付款凭证) of one batch and fund."""

    name: Annotated[str, Text(label=N_("Name of the batch"))]
    batch_number: Annotated[str, Text(label=N_("Batch number"))]
    fund: Annotated[str, Text(label=N_("Source of funds"))]
    way: Annotated[str, Text(label=N_("How it is given"))]
    paid_on: Annotated[date, Day(label=N_("Booked on"))]
    payer_account: Annotated[str, Text(label=N_("Account that relief is paid from"))] = ""
    bank_file: Annotated[str, Text(label=N_("Bank file"))] = ""
    rows: Annotated[tuple[VoucherRow, ...], Many(label=N_("Measures"))]
    count: Annotated[int, Count(label=N_("Payments"), at_least=1)]
    amount: Annotated[Fen, Amount(label=N_("Total"), at_least=1)]
    batch_digest: Annotated[str, Text(label=N_("Digest of the batch"))]
    preparer: Annotated[str, Name(label=N_("Prepared by"))]
    approver: Annotated[str, Name(label=N_("Approved by"))] = ""


class SlipFacts(Record):
    """One receipt of the bundle (领款单)."""

    line: Annotated[int, Count(label=N_("No."), at_least=1)]
    payee: Annotated[str, Name(label=N_("Payee"))]
    id_number: Annotated[str, Text(label=N_("Resident ID number"), hint=N_("As printed"))]
    award_number: Annotated[str, Text(label=N_("Award number"))]
    measure: Annotated[str, Text(label=N_("Measure"))]
    received: Annotated[str, Text(label=N_("Received"))]
    """Card, cash or goods, in words."""
    fund: Annotated[str, Text(label=N_("Source of funds"))]
    amount: Annotated[Fen, Amount(label=N_("Amount"), at_least=1)]
    paid_on: Annotated[date, Day(label=N_("Booked on"))]


class SlipsFacts(Record):
    """The receipts of a batch (领款单), one for each payment."""

    name: Annotated[str, Text(label=N_("Name of the batch"))]
    batch_number: Annotated[str, Text(label=N_("Batch number"))]
    rows: Annotated[tuple[SlipFacts, ...], Many(label=N_("Payments"))]
    count: Annotated[int, Count(label=N_("Payments"), at_least=1)]
    amount: Annotated[Fen, Amount(label=N_("Total"), at_least=1)]


class CashDayFacts(Record):
    """The sheet of a day of cash (现金日结单)."""

    name: Annotated[str, Text(label=N_("Name of the center"))]
    day: Annotated[date, Day(label=N_("Day"))]
    payments: Annotated[int, Count(label=N_("Payments"))]
    drawn: Annotated[Fen, Amount(label=N_("Drawn from the bank"))]
    amount: Annotated[Fen, Amount(label=N_("Handed out"))]
    left: Annotated[Fen, Amount(label=N_("Should be left"))]
    counted: Annotated[Fen, Amount(label=N_("Left, as counted"))]
    difference: Annotated[Fen, Amount(label=N_("Difference"))]
    note: Annotated[str, Text(label=N_("Why it differs"))] = ""
    counted_by: Annotated[str, Name(label=N_("Counted by"))]
    confirmed_by: Annotated[str, Name(label=N_("Confirmed by"))]


class CallRow(Record):
    """One person to be called."""

    line: Annotated[int, Count(label=N_("No."), at_least=1)]
    name: Annotated[str, Name(label=N_("Name"))]
    phone: Annotated[str, Text(label=N_("Mobile"), hint=N_("As printed"))] = ""
    measure: Annotated[str, Text(label=N_("Measure"))]
    amount: Annotated[Fen, Amount(label=N_("Amount"))]
    result: Annotated[str, Text(label=N_("Answer"))] = ""
    note: Annotated[str, Text(label=N_("What was said"))] = ""


class CallListFacts(Record):
    """The list of who is to be called (回访名单)."""

    name: Annotated[str, Text(label=N_("Name of the batch"))]
    batch_number: Annotated[str, Text(label=N_("Batch number"))]
    rows: Annotated[tuple[CallRow, ...], Many(label=N_("Payments"))]
    count: Annotated[int, Count(label=N_("Payments"), at_least=1)]


class DemandFacts(Record):
    """The demand for money that was claimed falsely (追回通知)."""

    name: Annotated[str, Name(label=N_("Payee"))]
    award_number: Annotated[str, Text(label=N_("Award number"))]
    measure: Annotated[str, Text(label=N_("Measure"))]
    paid: Annotated[Fen, Amount(label=N_("Paid"))]
    paid_on: Annotated[date, Day(label=N_("Booked on"))]
    amount: Annotated[Fen, Amount(label=N_("Amount"), at_least=1)]
    reason: Annotated[str, Text(label=N_("Reason"))]
    document: Annotated[str, Text(label=N_("Decision"))]
    due_on: Annotated[date, Day(label=N_("To be paid back by"))]
    payer_account: Annotated[str, Text(label=N_("Account that relief is paid from"))] = ""
    center_address: Annotated[str, Text(label=N_("Address of the center"))] = ""
    center_phone: Annotated[str, Text(label=N_("Telephone of the center"))] = ""


class RefundFacts(Record):
    """The slip of a refund (退款单)."""

    name: Annotated[str, Name(label=N_("Payee"))]
    refund_number: Annotated[str, Text(label=N_("Refund number"))]
    award_number: Annotated[str, Text(label=N_("Award number"))]
    measure: Annotated[str, Text(label=N_("Measure"))]
    fund: Annotated[str, Text(label=N_("Source of funds"))]
    kind: Annotated[str, Text(label=N_("Why it comes back"))]
    amount: Annotated[Fen, Amount(label=N_("Amount"), at_least=1)]
    paid: Annotated[Fen, Amount(label=N_("Paid"))]
    came_on: Annotated[date, Day(label=N_("Came on"))]
    reason: Annotated[str, Text(label=N_("Reason"))]
    document: Annotated[str, Text(label=N_("Bank slip or decision"))] = ""
    entered_by: Annotated[str, Name(label=N_("Entered by"))]
    confirmed_by: Annotated[str, Name(label=N_("Confirmed by"))]
