"""Words of funds: where money comes from and the accounts it moves between."""

from app.core.i18n import N_
from app.core.words import Word


class FundSource(Word):
    """Who gives the money; earmarks depend on it."""

    CENTRAL = "central", N_("Central finance")
    PROVINCIAL = "provincial", N_("Provincial finance")
    CITY = "city", N_("City finance")
    UNION_FEES = "union_fees", N_("Union fees")
    DONATION = "donation", N_("Donations")
    INTEREST = "interest", N_("Account interest")
    AGENCY = "agency", N_("Agency money")


class Account(Word):
    """The accounts of one fund. A posting moves an amount from one to another."""

    GRANTED = "granted", N_("Granted")
    AVAILABLE = "available", N_("Available")
    RESERVED = "reserved", N_("Reserved")
    PAID = "paid", N_("Paid")


class BudgetState(Word):
    """Whether a second person has confirmed an amount granted to a fund."""

    ENTERED = "entered", N_("To be confirmed")
    CONFIRMED = "confirmed", N_("Confirmed")
    WITHDRAWN = "withdrawn", N_("Withdrawn")


class RefundKind(Word):
    """Why money that was paid comes back."""

    BANK = "bank", N_("Returned by the bank")
    RECOVERED = "recovered", N_("Recovered after a false claim")
    GIVEN_BACK = "given_back", N_("Given back")


class MoveKind(Word):
    """What a movement of a fund means."""

    BUDGET = "budget", N_("Budget came in")
    CARRIED_IN = "carried_in", N_("Carried over from another fund")
    CARRIED_OUT = "carried_out", N_("Carried over to another fund")
    RESERVED = "reserved", N_("Set aside by approval")
    RELEASED = "released", N_("Came back before it was paid")
    PAID = "paid", N_("Paid out")
    REFUNDED = "refunded", N_("Came back after it was paid")
