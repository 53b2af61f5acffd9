"""From the rules of a day and what a contract says to the terms of a loan.

What the rules forbid is refused in words, with the rule, the number and the source. What no
source says is not checked, and told by `not_checked`.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from app.core.i18n import N_, _
from app.core.money import Fen, yuan_text
from app.core.words import Answer
from app.core.words.loans import (
    BorrowerKind,
    DayCount,
    DueDays,
    OwedPart,
    Prepayment,
    RepaymentMethod,
    SubsidyBasis,
)
from app.loans.product_rules import (
    AboveMaximum,
    BaseNotKnown,
    ExtendedOften,
    ExtensionTooLong,
    MethodNotAgreed,
    NoSuchProduct,
    OverdueOutside,
    RateAboveMost,
    RateNotTold,
    TermTooLong,
)
from app.loans.subsidy_rules import SubsidyRule
from app.loans.terms import Rate, Terms, percent_text
from app.policy.truth import every
from app.reference.lending_rates import RateBase, rate_on, series_of
from app.reference.loan_rules import LoanRules, Product
from app.reference.loan_values import Hires, Most, Per, Sourced

POINT = 100
"""A basis point in millionths."""

PARTS = (OwedPart.PENALTY, OwedPart.INTEREST, OwedPart.PRINCIPAL)


@dataclass(frozen=True, kw_only=True)
class Contract:
    """What a loan contract says, as far as the rules and the money go."""

    kind: BorrowerKind
    principal: Fen
    months: int
    method: RepaymentMethod
    contract_on: date
    lent_on: date
    rate: Rate | None = None
    """`None` takes the highest that the rules allow."""
    base: Rate | None = None
    """The benchmark or LPR as the contract prints it: where none is known here for the day."""
    heads: int | None = None
    """Of a partnership its partners with the borrower; of a firm its new eligible hires."""
    staff: int | None = None
    earlier: int = 0
    """How many loans the borrower had before."""
    micro_profit: Answer = Answer.NOT_ASKED
    """Whether the project is one of 微利项目: until 2010 only those were subsidised."""
    day_count: DayCount = DayCount.THIRTY_360
    due_day: int = 0
    grace: int = 0
    due_days: DueDays = DueDays.AS_PRINTED
    prepayment: Prepayment = Prepayment.LOWER_INSTALMENTS
    order: tuple[OwedPart, ...] = PARTS
    overdue_percent: int | None = None
    """`None` takes the highest that the rules allow."""
    penalty_on_interest: bool = False


@dataclass(frozen=True)
class Ceiling:
    """The most that a borrower can have, and the rule that sets it."""

    fen: Fen
    rule: Most


@dataclass(frozen=True)
class HighestRate:
    """The highest rate on the day of a contract, and how it is counted."""

    rate: Rate
    base: Rate
    points: int


def called(rules: LoanRules) -> str:
    """Return what a document is called, with its number where that is known."""
    if not rules.number:
        return rules.title
    return _("{title} ({number})").format(title=rules.title, number=rules.number)


def cited(rules: LoanRules, value: Sourced) -> str:
    """Return where a value comes from: the rule, its sources, how sure it is."""
    return _("{rule}; source: {source}; {confidence}").format(
        rule=called(rules), source=rules.names(value), confidence=value.confidence.label
    )


def terms_of(rules: LoanRules, contract: Contract) -> Terms:
    """Return the terms of a loan that a contract agrees under the rules.

    Raises what `app.loans.product_rules` has for what the rules forbid, or for what must be told
    because it is not known here; `TermsWrong`.
    """
    product = product_of(rules, contract.kind)
    check_amount(rules, product, contract.principal, contract.heads, contract.staff)
    check_term(rules, product, contract.months, further=contract.earlier > 0)
    if product.repayment and contract.method not in product.repayment.methods:
        raise MethodNotAgreed(method=contract.method.label, rule=cited(rules, product.repayment))
    return Terms(
        principal=contract.principal,
        rate=_rate(rules, product, contract),
        months=contract.months,
        method=contract.method,
        lent_on=contract.lent_on,
        day_count=contract.day_count,
        due_day=contract.due_day,
        grace=contract.grace,
        due_days=contract.due_days,
        prepayment=contract.prepayment,
        order=contract.order,
        overdue_percent=_overdue(rules, product, contract.overdue_percent),
        penalty_on_interest=contract.penalty_on_interest,
        subsidy=subsidy_of(product, contract),
    )


def product_of(rules: LoanRules, kind: BorrowerKind) -> Product:
    """Return the loan for a kind of borrower. Raises `NoSuchProduct`."""
    product = rules.product(kind)
    if product is None:
        raise NoSuchProduct(rule=called(rules), kind=kind.label)
    return product


# The amount


def share_reached(hires: Hires, new: int | None, staff: int | None) -> bool | None:
    """Tell whether enough of a firm's staff are new eligible hires; `None` when not known."""
    if new is None or staff is None:
        return None
    return new * 100 >= hires.needed(staff) * staff


def ceiling(product: Product, heads: int | None, staff: int | None) -> Ceiling | None:
    """Return the most that is lent; `None` when no source says, or when the heads are not known.

    A firm whose new eligible hires are too few for its staff may have so much for each of them,
    where the rules say so.
    """
    match product.kind:
        case BorrowerKind.INDIVIDUAL:
            found = [Ceiling(Fen(most.fen), most) for most in product.limits(Per.PERSON)]
        case BorrowerKind.PARTNERSHIP:
            found = list(_of_heads(product, Per.HEAD, Per.TOTAL, heads))
        case BorrowerKind.SMALL_FIRM:
            return _of_firm(product, heads, staff)
    return min(found, key=lambda each: each.fen, default=None)


def _of_heads(product: Product, per: Per, together: Per, heads: int | None) -> Iterator[Ceiling]:
    """Yield what so many heads may have, and what they may have together."""
    if heads is not None:
        for most in product.limits(per):
            yield Ceiling(Fen(most.fen * heads), most)
        for most in product.limits(together):
            yield Ceiling(Fen(most.fen), most)


def _of_firm(product: Product, hires: int | None, staff: int | None) -> Ceiling | None:
    by_hire = any(product.limits(Per.HIRE))
    reached = share_reached(product.hires, hires, staff) if product.hires and by_hire else True
    if reached is None:
        return None
    if not reached:
        found = _of_heads(product, Per.HIRE, Per.HIRES, hires)
        return min(found, key=lambda each: each.fen, default=None)
    rows = list(product.limits(Per.FIRM))
    if hires is None and any(row.hires_above is not None for row in rows):
        return None
    fits = [row for row in rows if row.hires_above is None or (hires or 0) > row.hires_above]
    if rows and not fits:
        return Ceiling(Fen(0), min(rows, key=lambda row: row.fen))
    return max(
        (Ceiling(Fen(row.fen), row) for row in fits), key=lambda each: each.fen, default=None
    )


def check_amount(
    rules: LoanRules, product: Product, amount: Fen, heads: int | None, staff: int | None
) -> None:
    """Raise `AboveMaximum` when more is lent than the rules allow."""
    most = ceiling(product, heads, staff)
    if most and amount > most.fen:
        raise AboveMaximum(
            amount=yuan_text(amount), most=yuan_text(most.fen), rule=cited(rules, most.rule)
        )


# The term


def longest(product: Product, *, further: bool) -> tuple[int, Sourced] | None:
    """Return the longest term in months with its rule; `None` when no source says.

    A further loan may have a shorter one of its own.
    """
    rows: list[tuple[int, Sourced]] = []
    if product.term:
        rows.append((product.term.months, product.term))
    if further and product.again and product.again.months:
        rows.append((product.again.months, product.again))
    return min(rows, key=lambda row: row[0], default=None)


def check_term(rules: LoanRules, product: Product, months: int, *, further: bool = False) -> None:
    """Raise `TermTooLong` when a loan is longer than the rules allow."""
    most = longest(product, further=further)
    if most and months > most[0]:
        raise TermTooLong(months=months, most=most[0], rule=cited(rules, most[1]))


def check_extension(rules: LoanRules, product: Product, months: int, times: int) -> None:
    """Raise `ExtensionTooLong` or `ExtendedOften` when an extension is not allowed.

    ``times`` is how often the loan was extended before. What no source says is not checked.
    """
    rule = product.extension
    if rule and rule.times is not None and times >= rule.times:
        raise ExtendedOften(times=times, most=rule.times, rule=cited(rules, rule))
    if rule and months > rule.months:
        raise ExtensionTooLong(months=months, most=rule.months, rule=cited(rules, rule))


# The rate


def base_rate(base: RateBase, months: int, day: date, printed: Rate | None = None) -> Rate | None:
    """Return the published rate a loan is priced by; where none is known for the day, the one
    that the contract prints; else `None`."""
    found = rate_on(series_of(base, months, day), day)
    return Rate(found.millionths) if found else printed


def highest_rate(
    product: Product, months: int, day: date, printed: Rate | None = None
) -> HighestRate | None:
    """Return the highest rate of a contract signed on ``day``; `None` when it is not known."""
    rule = product.rate
    base = base_rate(rule.base, months, day, printed) if rule else None
    if rule is None or base is None:
        return None
    return HighestRate(Rate(base + rule.points * POINT), base, rule.points)


def _rate(rules: LoanRules, product: Product, contract: Contract) -> Rate:
    """Return the rate of a contract, checked. Raises `RateAboveMost`, `RateNotTold`."""
    most = highest_rate(product, contract.months, contract.contract_on, contract.base)
    if most is None or product.rate is None:
        if contract.rate is None:
            raise RateNotTold(day=contract.contract_on)
        return contract.rate
    if contract.rate is not None and contract.rate > most.rate:
        raise RateAboveMost(
            rate=percent_text(contract.rate),
            most=percent_text(most.rate),
            base=series_of(product.rate.base, contract.months, contract.contract_on).label,
            base_rate=percent_text(most.base),
            day=contract.contract_on,
            points=most.points,
            rule=cited(rules, product.rate),
        )
    return most.rate if contract.rate is None else contract.rate


def _overdue(rules: LoanRules, product: Product, percent: int | None) -> int:
    """Return the rate on what is overdue in percent of the contract rate, checked."""
    rule = product.overdue
    if rule is None:
        return Terms.overdue_percent if percent is None else percent
    low, high = rule.percent
    if percent is not None and not low <= percent <= high:
        raise OverdueOutside(percent=percent, low=low, high=high, rule=cited(rules, rule))
    return high if percent is None else percent


# The subsidy


def is_subsidised(product: Product, earlier: int | None, micro_profit: Answer) -> bool | None:
    """Tell whether a loan is subsidised at all; `None` when no source or no answer says.

    ``earlier`` is how many loans the borrower had before.
    """
    rule = product.subsidy
    if rule is None:
        return None
    fewer = True if rule.loans is None else None if earlier is None else earlier < rule.loans
    return every((fewer, micro_profit.known if rule.only else True))


def subsidy_of(product: Product, contract: Contract) -> SubsidyRule | None:
    """Return the treasury's part of the interest; `None` when there is none, or when it is not
    known whether there is. Raises `BaseNotKnown`."""
    rule = product.subsidy
    if rule is None or not is_subsidised(product, contract.earlier, contract.micro_profit):
        return None
    rate = 0
    if rule.base is not None:
        base = base_rate(rule.base, contract.months, contract.contract_on, contract.base)
        if base is None:
            series = series_of(rule.base, contract.months, contract.contract_on)
            raise BaseNotKnown(day=contract.contract_on, base=series.label)
        rate = max(0, base - rule.less * POINT)
    return SubsidyRule(
        basis=rule.basis,
        shares=rule.parts,
        rate=rate if rule.basis is not SubsidyBasis.INTEREST else 0,
        most=Fen(rule.most) if rule.most else None,
    )


# What could not be checked


def not_checked(product: Product, contract: Contract) -> tuple[str, ...]:
    """Return in words what of a contract no source or no answer lets one check."""
    day, months = contract.contract_on, contract.months
    rule = product.subsidy
    unasked = rule is not None and rule.only is not None and contract.micro_profit.known is None
    doubts = (
        (ceiling(product, contract.heads, contract.staff) is None, N_("the most that is lent")),
        (longest(product, further=contract.earlier > 0) is None, N_("the longest term")),
        (highest_rate(product, months, day, contract.base) is None, N_("the highest rate")),
        (product.repayment is None, N_("the way of repaying")),
        (rule is None, N_("the interest subsidy")),
        (unasked, N_("the interest subsidy: whether it is a micro-profit project")),
        (product.extension is None, N_("how long the loan may be extended")),
    )
    return tuple(_(what) for unknown, what in doubts if unknown)
