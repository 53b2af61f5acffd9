"""An independent plan of a loan: formulas in decimals of 50 digits, nothing shared with `app`."""

import calendar
from datetime import date
from decimal import ROUND_HALF_UP, Context, Decimal
from typing import NamedTuple

DIGITS = Context(prec=50)
FEN = Decimal("0.01")


class OracleLine(NamedTuple):
    """One instalment, in yuan."""

    due: date
    principal: Decimal
    interest: Decimal
    balance: Decimal


def fen(amount: Decimal) -> Decimal:
    return amount.quantize(FEN, ROUND_HALF_UP, DIGITS)


def month_on(day: date, months: int, wanted: int) -> date:
    years, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(years, month + 1, min(wanted, calendar.monthrange(years, month + 1)[1]))


def days_between(first: date, last: date, count: str, wanted: int) -> int:
    """Return the days of interest; under 30/360 the end of a short month is the due day."""
    if count != "30/360":
        return (last - first).days

    def numbered(day: date) -> int:
        at_the_end = day.day == calendar.monthrange(day.year, day.month)[1]
        return min(30, max(day.day, wanted) if at_the_end else day.day)

    months = (last.year - first.year) * 12 + last.month - first.month
    return 30 * months + numbered(last) - numbered(first)


def dues(lent_on: date, months: int, wanted: int, every: int) -> list[date]:
    inner = [month_on(lent_on, month, wanted) for month in range(1, months) if month % every == 0]
    return [*inner, month_on(lent_on, months, lent_on.day)]


def oracle(
    principal: Decimal,
    percent: Decimal,
    months: int,
    method: str,
    lent_on: date,
    count: str,
    wanted: int,
    grace: int,
) -> list[OracleLine]:
    """Return the plan by the formulas of domain.md 4.5, methods by their Chinese names."""
    year = DIGITS.divide(percent, Decimal(100))
    monthly = DIGITS.divide(year, Decimal(12))
    every = {"到期还本按季付息": 3, "到期一次还本付息": months}.get(method, 1)
    days = dues(lent_on, months, wanted, every)
    spread = len(days) - grace
    basis = Decimal(365 if count == "actual/365" else 360)
    equal = Decimal(0)
    if method == "等额本息" and monthly:
        power = DIGITS.power(1 + monthly, spread)
        above = DIGITS.multiply(DIGITS.multiply(principal, monthly), power)
        equal = fen(DIGITS.divide(above, power - 1))
    elif method in ("等额本息", "等额本金"):
        equal = fen(DIGITS.divide(principal, Decimal(spread)))
    balance, before, lines = principal, lent_on, list[OracleLine]()
    for number, due in enumerate(days):
        passed = Decimal(days_between(before, due, count, wanted))
        share = DIGITS.divide(DIGITS.multiply(year, passed), basis)
        interest = fen(DIGITS.multiply(balance, share))
        paid = equal - interest if method == "等额本息" else equal
        if number < grace:
            paid = Decimal(0)
        paid = balance if due == days[-1] else min(max(paid, Decimal(0)), balance)
        balance -= paid
        lines.append(OracleLine(due, paid, interest, balance))
        before = due
        if not balance:
            break
    return lines
