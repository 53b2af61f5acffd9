"""Words of guaranteed loans: how they are repaid, their life, and what happens to them."""

from app.core.i18n import N_
from app.core.words import Word


class RepaymentMethod(Word):
    """How principal and interest are spread over the term; agreed in the contract."""

    EQUAL_INSTALMENTS = "equal_instalments", N_("Equal instalments")
    EQUAL_PRINCIPAL = "equal_principal", N_("Equal principal")
    MONTHLY_INTEREST = "monthly_interest", N_("Interest monthly, principal at the end")
    QUARTERLY_INTEREST = "quarterly_interest", N_("Interest quarterly, principal at the end")
    AT_THE_END = "at_the_end", N_("Everything at the end")


class DayCount(Word):
    """How many days a month and a year of interest have."""

    THIRTY_360 = "thirty_360", N_("30/360")
    ACTUAL_360 = "actual_360", N_("Actual/360")
    ACTUAL_365 = "actual_365", N_("Actual/365")


class DueDays(Word):
    """What becomes of a due day that falls on a day off."""

    AS_PRINTED = "as_printed", N_("Stays as printed")
    NEXT_WORKING_DAY = "next_working_day", N_("Moves to the next working day")


class Prepayment(Word):
    """What a payment beyond what is due does to the plan that is left."""

    LOWER_INSTALMENTS = "lower_instalments", N_("Same term, lower instalments")
    SHORTER_TERM = "shorter_term", N_("Same instalments, shorter term")


class OwedPart(Word):
    """The parts of a debt; the order in which a payment settles them is data."""

    PENALTY = "penalty", N_("Overdue interest")
    INTEREST = "interest", N_("Interest")
    PRINCIPAL = "principal", N_("Principal")


class BorrowerKind(Word):
    """Who borrows; each has a maximum and a subsidy of its own."""

    INDIVIDUAL = "individual", N_("Individual")
    PARTNERSHIP = "partnership", N_("Partnership")
    SMALL_FIRM = "small_firm", N_("Small firm")


class LoanState(Word):
    """Which step of its life a loan has reached."""

    ENQUIRED = "enquired", N_("Enquiry")
    CHECKED = "checked", N_("Eligibility checked")
    RECOMMENDED = "recommended", N_("Recommended")
    SURVEYED = "surveyed", N_("Surveyed")
    GUARANTEED = "guaranteed", N_("Guarantee approved")
    SECURED = "secured", N_("Counter-guarantee signed")
    BANK_APPROVED = "bank_approved", N_("Approved by the bank")
    REPAYING = "repaying", N_("Being repaid")
    COMPENSATED = "compensated", N_("Compensated, being recovered")
    SETTLED = "settled", N_("Settled")
    WRITTEN_OFF = "written_off", N_("Written off")
    REFUSED = "refused", N_("Loan refused")
    WITHDRAWN = "withdrawn", N_("Withdrawn")
    RECORDED = "recorded", N_("On record only")
    """Imported from an old register that tells who borrowed what, not what was repaid: it counts
    in reports and waits on no list, until its repayments are entered here and it is taken into the
    books."""


class LoanEventKind(Word):
    """What happens to the money of a loan. The plan is a function of these alone."""

    LENT = "lent", N_("Disbursed by the bank")
    REPAID = "repaid", N_("Repaid")
    REVERSED = "reversed", N_("Entry reversed")
    EXTENDED = "extended", N_("Extended")
    MISUSED = "misused", N_("Misuse found")
    COMPENSATED = "compensated", N_("Compensated from the guarantee fund")
    RECOVERED = "recovered", N_("Recovered for the guarantee fund")
    WRITTEN_OFF = "written_off", N_("Written off")


class Payer(Word):
    """Who paid."""

    BORROWER = "borrower", N_("Borrower")
    GUARANTOR = "guarantor", N_("Guarantor")
    COLLATERAL = "collateral", N_("From collateral")


class SecurityForm(Word):
    """Forms of counter-guarantee (domain.md 4.4)."""

    SALARIED = "salaried", N_("Salaried guarantor")
    MUTUAL = "mutual", N_("Borrowers for each other")
    CREDITWORTHY = "creditworthy", N_("Creditworthy third person")
    MORTGAGE = "mortgage", N_("Mortgage")
    PLEDGE = "pledge", N_("Pledge")
    INCUBATOR = "incubator", N_("Incubator or market")
    VILLAGE_REVIEW = "village_review", N_("Decision of village or community")
    NONE = "none", N_("None asked")


class LoanParty(Word):
    """Who stands beside the borrower in a loan."""

    PARTNER = "partner", N_("Partner")
    SPOUSE = "spouse", N_("Spouse")
    GUARANTOR = "guarantor", N_("Guarantor")


class StepOutcome(Word):
    """How a step of a loan ended."""

    PASSED = "passed", N_("Passed")
    SENT_BACK = "sent_back", N_("Sent back")
    REFUSED = "refused", N_("Loan refused")


class CheckResult(Word):
    """What a post-loan check found."""

    IN_ORDER = "in_order", N_("In order")
    CONCERN = "concern", N_("A concern")
    MISUSE = "misuse", N_("Misused")
    NOT_MET = "not_met", N_("Nobody met")


class ChangeState(Word):
    """Whether a second person has confirmed what touches money of a loan or the guarantee fund."""

    ENTERED = "entered", N_("To be confirmed")
    CONFIRMED = "confirmed", N_("Confirmed")
    WITHDRAWN = "withdrawn", N_("Withdrawn")


class GuaranteeMoveKind(Word):
    """Why money of the guarantee fund moves."""

    CAPITAL_IN = "capital_in", N_("Capital paid in")
    CAPITAL_OUT = "capital_out", N_("Capital paid out")
    COMPENSATED = "compensated", N_("Paid for a borrower")
    RECOVERED = "recovered", N_("Recovered from a borrower")
    COMPENSATED_REVERSED = "compensated_reversed", N_("Payment for a borrower reversed")
    RECOVERED_REVERSED = "recovered_reversed", N_("Recovery reversed")


class ClaimState(Word):
    """How far a quarterly claim of interest subsidy has come."""

    DRAFTED = "drafted", N_("Drafted")
    CONFIRMED = "confirmed", N_("Confirmed")
    SENT = "sent", N_("Sent to the treasury")
    RECEIVED = "received", N_("Paid by the treasury")
    WITHDRAWN = "withdrawn", N_("Withdrawn")


class SubsidyLineKind(Word):
    """What a line of a claim is."""

    CLAIMED = "claimed", N_("Claimed")
    CLAWED_BACK = "clawed_back", N_("Clawed back")
    RESTORED = "restored", N_("Claimed after all")


class SubsidyBasis(Word):
    """What the treasury's share is a share of."""

    INTEREST = "interest", N_("The interest")
    ABOVE = "above", N_("The interest above the borrower's own rate")
    OF_RATE = "of_rate", N_("Interest at a given rate")


class AgeBucket(Word):
    """How long the oldest unpaid instalment has been overdue."""

    CURRENT = "current", N_("Not overdue")
    UP_TO_30 = "up_to_30", N_("Overdue 1 to 30 days")
    UP_TO_90 = "up_to_90", N_("Overdue 31 to 90 days")
    OVER_90 = "over_90", N_("Overdue more than 90 days")
