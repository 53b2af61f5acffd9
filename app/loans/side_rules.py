"""What the center demands of those who stand beside a borrower (domain.md 4.4)."""

from typing import Final

from app.core.errors import RuleBroken
from app.core.i18n import N_
from app.core.money import Fen
from app.core.words.loans import LoanState, SecurityForm

PERSONS: Final = (SecurityForm.SALARIED, SecurityForm.MUTUAL, SecurityForm.CREDITWORTHY)
"""Forms in which a person stands for the loan."""

THINGS: Final = (SecurityForm.MORTGAGE, SecurityForm.PLEDGE)
"""Forms in which a thing does."""

MUTUAL_LEAST: Final = 3
"""Borrowers who stand for each other, the borrower among them, where the rules say no other."""

SIGNED: Final = (
    LoanState.SECURED,
    LoanState.BANK_APPROVED,
    LoanState.REPAYING,
    LoanState.COMPENSATED,
)
"""States in which the counter-guarantee is signed and has to hold."""

ENDED: Final = (
    LoanState.SETTLED,
    LoanState.WRITTEN_OFF,
    LoanState.REFUSED,
    LoanState.WITHDRAWN,
)


class FormMissing(RuleBroken):
    """A guarantee has a form; a partner or spouse has none."""

    says = N_("Choose the form of the counter-guarantee of {name}; partners and spouses have none.")


class IdMissing(RuleBroken):
    """Whoever stands for a loan is known by ID number."""

    says = N_("Enter the ID number of {name}.")


class ThingMissing(RuleBroken):
    """What is mortgaged or pledged has to be named."""

    says = N_("Say what is mortgaged or pledged, with the number of its certificate.")


class CoversMore(RuleBroken):
    """A thing stands for no more than it is worth."""

    says = N_("{thing} is worth {value} yuan, so it cannot stand for {covers} yuan.")


class SideThere(RuleBroken):
    """The person stands beside this borrower already."""

    says = N_("{name} stands beside this borrower already.")


class GuarantorIsBorrower(RuleBroken):
    """Nobody guarantees a loan of their own."""

    says = N_("{name} borrows here themselves. Choose somebody else as guarantor.")


class GuarantorOfHousehold(RuleBroken):
    """The guarantor is of another household than the borrower."""

    says = N_("{name} is of the borrower's household. Choose a guarantor of another household.")


class GuarantorOverdue(RuleBroken):
    """Whoever does not repay their own loan guarantees none."""

    says = N_("{name}'s own loan {number} is overdue or was compensated. Choose another guarantor.")


class GuarantorDecides(RuleBroken):
    """Whoever decides on guarantees gives none."""

    says = N_(
        "{name} is the name of a colleague who decides on guarantees or confirms money, and who "
        "guarantees none. If it is another person of that name, say so and save again."
    )


class FormNotAllowed(RuleBroken):
    """The rules of the loan do not know this form."""

    says = N_("The rules of this loan do not accept “{form}”. They accept: {forms}.")


class MutualTooFew(RuleBroken):
    """Borrowers stand for each other in a group."""

    says = N_(
        "At least {least} borrowers stand for each other, the borrower among them; {count} are "
        "entered. Enter the others, or choose another form."
    )


class NotWhenEnded(RuleBroken):
    """A loan that has ended has nobody beside it any more."""

    says = N_("The loan is “{state}”, so nobody is put beside it any more.")


class SignedStays(RuleBroken):
    """What was signed stays as it was signed."""

    says = N_(
        "The counter-guarantee is signed, so this stays as it is; only how to reach {name} can be "
        "changed. Enter another one, then release this one."
    )


class ReleasedAlready(RuleBroken):
    """Whoever is released stays released."""

    says = N_("{name} is released already.")


def capacity(
    monthly_income: int | None, months: int, own_debts: int | None, elsewhere: int
) -> Fen | None:
    """Return what a guarantor can stand for; `None` while income or debts are not known."""
    if monthly_income is None or own_debts is None:
        return None
    return Fen(max(0, monthly_income * months - own_debts - elsewhere))
