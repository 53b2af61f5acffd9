"""What the rules of a loan refuse of a contract, in words: the number, the rule, the source."""

from app.core.errors import RuleBroken
from app.core.i18n import N_


class NoSuchProduct(RuleBroken):
    """The rules know no loan for such a borrower."""

    says = N_("The rules ({rule}) have no loan for: {kind}.")


class AboveMaximum(RuleBroken):
    """More than the rules let anyone borrow."""

    says = N_("{amount} yuan are more than the most, {most} yuan ({rule}).")


class TermTooLong(RuleBroken):
    """Longer than the rules allow."""

    says = N_("{months} months are longer than the longest term, {most} months ({rule}).")


class ExtensionTooLong(RuleBroken):
    """Longer or more often than the rules allow."""

    says = N_("An extension of {months} months is not allowed: at most {most} months ({rule}).")


class ExtendedOften(RuleBroken):
    """The rules allow no further extension."""

    says = N_("The loan was extended {times} times already; at most {most} ({rule}).")


class MethodNotAgreed(RuleBroken):
    """The rules have no such way of repaying."""

    says = N_("“{method}” is no way of repaying that the rules have ({rule}).")


class RateAboveMost(RuleBroken):
    """The rate is above the highest on the day of the contract."""

    says = N_(
        "{rate} % is above the highest rate, {most} %: {base} {base_rate} % on {day} and "
        "{points} basis points ({rule})."
    )


class RateNotTold(RuleBroken):
    """The highest rate cannot be worked out, so the contract's must be told."""

    says = N_("The highest rate on {day} is not known here. Enter the rate as the contract has it.")


class BaseNotKnown(RuleBroken):
    """The subsidy rests on a published rate that is not known for the day."""

    says = N_(
        "The subsidy rests on a rate that is not known for {day} here: {base}. Enter it as the "
        "contract prints it."
    )


class OverdueOutside(RuleBroken):
    """The rate on what is overdue is not one that contracts may agree."""

    says = N_(
        "{percent} % of the contract rate on what is overdue lies outside {low} to {high} % "
        "({rule})."
    )
