"""Says line by line how the sums of a plan were rounded."""

from collections.abc import Iterator, Mapping
from typing import Final, NamedTuple

from app.core.i18n import N_, _
from app.core.money import yuan_text
from app.core.words.loans import RepaymentMethod
from app.loans.days import BASIS, due_day_of, position
from app.loans.interest import annuity_parts
from app.loans.plan import Plan
from app.loans.standing import Instalment
from app.loans.terms import WHOLE, percent_text

_DIGITS: Final = 4
"""How many decimals of a fen are shown of what is rounded."""


class Explained(NamedTuple):
    """One sentence about a rounding."""

    says: str
    data: Mapping[str, object]

    def tell(self) -> str:
        """Return the sentence in the language in use."""
        return _(self.says).format(**self.data)


def explain(plan: Plan) -> tuple[Explained, ...]:
    """Return how the instalments of a plan came about, one sentence a rounding."""
    return (*_beginning(plan), *_instalments(plan), *_end(plan))


def _beginning(plan: Plan) -> Iterator[Explained]:
    terms = plan.terms
    count = len(plan.instalments) - terms.grace
    yield Explained(
        N_(
            "{principal} yuan at {rate} % a year, {months} months, {method}, {days}: the interest "
            "of each instalment is rounded half up to the fen."
        ),
        {
            "principal": yuan_text(terms.principal),
            "rate": percent_text(terms.rate),
            "months": terms.months,
            "method": terms.method.label,
            "days": terms.day_count.label,
        },
    )
    if terms.grace:
        yield Explained(
            N_("In the first {months} months interest alone is due."), {"months": terms.grace}
        )
    data: dict[str, object] = {
        "principal": yuan_text(terms.principal),
        "rate": percent_text(terms.rate),
        "count": count,
    }
    if terms.method is RepaymentMethod.EQUAL_INSTALMENTS and terms.rate:
        above, below = annuity_parts(terms.principal, terms.rate, count)
        says = N_(
            "Equal instalment: {principal} × i × (1 + i)^{count} ÷ ((1 + i)^{count} − 1), "
            "i = {rate} % ÷ 12, is {exact}, rounded {fen} yuan."
        )
    elif terms.method in (RepaymentMethod.EQUAL_PRINCIPAL, RepaymentMethod.EQUAL_INSTALMENTS):
        above, below = terms.principal, count
        says = N_("Equal principal: {principal} ÷ {count} is {exact}, rounded {fen} yuan.")
    else:
        return
    yield Explained(says, data | _rounded(above, below))


def _instalments(plan: Plan) -> Iterator[Explained]:
    terms = plan.terms
    basis, due_day = BASIS[terms.day_count], due_day_of(terms)
    since, balance = position(terms.lent_on, terms.day_count, due_day), int(terms.principal)
    for line in plan.instalments:
        place = position(line.due, terms.day_count, due_day)
        days = place - since
        says = N_(
            "Instalment {number}: {balance} × {rate} % × {days} ÷ {year} is {exact}, "
            "rounded {fen} yuan of interest."
        )
        if line.subsidy:
            says = N_(
                "Instalment {number}: {balance} × {rate} % × {days} ÷ {year} is {exact}, "
                "rounded {fen} yuan of interest; of it the treasury bears {subsidy} yuan and the "
                "borrower {own} yuan."
            )
        yield Explained(
            says,
            {
                "number": line.number,
                "balance": yuan_text(balance),
                "rate": percent_text(terms.rate),
                "days": days,
                "year": basis,
                "subsidy": yuan_text(line.subsidy),
                "own": yuan_text(line.interest - line.subsidy),
            }
            | _rounded(balance * terms.rate * days, basis * WHOLE),
        )
        if line.pay_by != line.due or line.provisional:
            yield _moved(line)
        since, balance = place, line.balance


def _moved(line: Instalment) -> Explained:
    if line.provisional:
        says = N_(
            "Payment counts as in time until {day}, provisionally: the holidays of that year are "
            "not announced yet. The interest stays."
        )
    else:
        says = N_("The due day is a day off: payment is in time until {day}. The interest stays.")
    return Explained(says, {"day": line.pay_by})


def _end(plan: Plan) -> Iterator[Explained]:
    last, others = plan.instalments[-1], plan.instalments[:-1]
    if not others:
        return
    if plan.terms.method is RepaymentMethod.EQUAL_INSTALMENTS:
        off = last.total - others[-1].total
    elif plan.terms.method is RepaymentMethod.EQUAL_PRINCIPAL:
        off = last.principal - others[-1].principal
    else:
        return
    yield Explained(
        N_(
            "The last instalment takes the principal that is left, {principal} yuan, and so what "
            "the others were rounded by; it differs from them by {off} yuan."
        ),
        {"principal": yuan_text(last.principal), "off": yuan_text(off)},
    )


def _rounded(above: int, below: int) -> dict[str, object]:
    """Return an amount before and after its rounding, in yuan."""
    scale = 10**_DIGITS
    whole, rest = divmod(above * scale, below)
    fen, decimals = divmod(whole, scale)
    more = "…" if rest else ""
    return {
        "exact": f"{yuan_text(fen)}{decimals:0{_DIGITS}d}{more}",
        "fen": yuan_text((2 * above + below) // (2 * below)),
    }
