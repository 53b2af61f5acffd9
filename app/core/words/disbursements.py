"""Words of disbursements: awards, decisions, batches and their lines."""

from enum import StrEnum

from app.core.i18n import N_
from app.core.words import Word


class AwardState(Word):
    """Where an award stands."""

    PROPOSED = "proposed", N_("Waiting for approval")
    COLLECTIVE = "collective", N_("For collective decision")
    UPWARD = "upward", N_("Reported to the union above")
    RETURNED = "returned", N_("Sent back")
    REFUSED = "refused", N_("Refused")
    APPROVED = "approved", N_("Approved")
    IN_BATCH = "in_batch", N_("In a batch")
    PAID = "paid", N_("Paid")
    WITHDRAWN = "withdrawn", N_("Withdrawn")


class AwardStep(StrEnum):
    """What can be done with an award."""

    APPROVE = "approve"
    CHANGE_AMOUNT = "change_amount"
    SEND_BACK = "send_back"
    REFUSE = "refuse"
    DEFER = "defer"
    FORWARD = "forward"
    AMEND = "amend"
    WITHDRAW = "withdraw"
    PUT_IN_BATCH = "put_in_batch"
    TAKE_OUT = "take_out"
    PAY = "pay"
    RETURN_MONEY = "return_money"


class ApprovalStep(Word):
    """Who decides on the way to an approval; which steps an award needs is data (tiers)."""

    SUPERVISOR = "supervisor", N_("Supervisor decides")
    COLLECTIVE = "collective", N_("Collective decision, with minutes")
    PROVINCE = "province", N_("Provincial union decides")
    NATIONAL = "national", N_("National federation decides")


class PayWay(Word):
    """How relief reaches the household."""

    CARD = "card", N_("By bank card")
    CASH = "cash", N_("In cash")
    GOODS = "goods", N_("In kind")


class NeedKind(Word):
    """What one need is known by: it is met once, whoever of the family asks, whoever pays."""

    SCHOOL_YEAR = "school_year", N_("Pupil and school year")
    HOSPITAL_STAY = "hospital_stay", N_("Hospital stay")
    INVOICE = "invoice", N_("Invoice number")


class ListKind(Word):
    """What many awards are given together for."""

    FESTIVAL = "festival", N_("Festival list")
    SEASON = "season", N_("Schooling season")
    SERIES = "series", N_("Monthly series")
    AGENCY = "agency", N_("Agency roster")


class ListState(Word):
    """Whether a list still takes awards."""

    OPEN = "open", N_("Being filled")
    CONFIRMED = "confirmed", N_("Confirmed")
    PROPOSED = "proposed", N_("Handed in for approval")
    WITHDRAWN = "withdrawn", N_("Withdrawn")


class Decision(Word):
    """What the second person decides on one version of an award; keys 1 to 5."""

    APPROVED = "approved", N_("Approve")
    CHANGE_AMOUNT = "change_amount", N_("Change amount")
    SENT_BACK = "sent_back", N_("Send back")
    REFUSED = "refused", N_("Refuse")
    DEFERRED = "deferred", N_("Collective decision")


class BatchState(Word):
    """Where a batch of disbursements stands."""

    DRAFT = "draft", N_("Not frozen")
    FROZEN = "frozen", N_("Frozen")
    SENT = "sent", N_("Sent to the bank")
    RECONCILED = "reconciled", N_("Reconciled")


class BatchStep(StrEnum):
    """What can be done with a batch."""

    FREEZE = "freeze"
    SEND = "send"
    RECONCILE = "reconcile"


class LineState(Word):
    """Where one line of a batch stands."""

    PREPARED = "prepared", N_("Prepared")
    REMOVED = "removed", N_("Taken out")
    PAYING = "paying", N_("At the bank")
    PAID = "paid", N_("Paid")
    FAILED = "failed", N_("Not paid, money returned")


class SampleResult(Word):
    """What somebody said who was asked whether the money came."""

    RECEIVED = "received", N_("Received in full")
    DIFFERS = "differs", N_("Received, another amount")
    NOT_RECEIVED = "not_received", N_("Not received")
    UNREACHABLE = "unreachable", N_("Not reached")
