"""Command ``loan schedule``: the plan of a loan, with every rounding explained.

No store is needed: the plan follows from what is on the command line.
"""

import argparse
from typing import TYPE_CHECKING

from app.cli.arguments import add_json, day
from app.cli.output import DONE, give, say, table
from app.core.i18n import _
from app.core.money import Fen, NotAnAmount, parse_yuan, yuan_text
from app.core.words.loans import DayCount, RepaymentMethod

if TYPE_CHECKING:
    from app.loans.plan import Plan
    from app.loans.subsidy_rules import SubsidyRule
    from app.loans.terms import Rate


def loan_parser(part: argparse.ArgumentParser) -> None:
    """Describe ``loan schedule``."""
    acts = part.add_subparsers(dest="act", required=True, metavar="ACT")
    plan = acts.add_parser("schedule", help=_("the instalments of a loan, with each rounding"))
    plan.add_argument(
        "--principal", required=True, type=_yuan, metavar="YUAN", help=_("the sum lent")
    )
    plan.add_argument("--months", required=True, type=int, metavar="N", help=_("the term"))
    plan.add_argument(
        "--rate", required=True, type=_rate, metavar="PERCENT", help=_("the rate a year: 4.35")
    )
    plan.add_argument(
        "--method", required=True, type=_method, metavar="METHOD", help=_("how it is repaid")
    )
    plan.add_argument(
        "--from", required=True, type=day, dest="lent_on", metavar="DATE", help=_("lent on")
    )
    plan.add_argument(
        "--day-count",
        type=_day_count,
        default=DayCount.THIRTY_360,
        metavar="30/360",
        help=_("how days are counted: 30/360, actual/360, actual/365"),
    )
    plan.add_argument(
        "--subsidy",
        type=_subsidy,
        metavar="full|half|thirds|PERCENT",
        help=_("what the treasury bears; a percentage is the rate the borrower bears"),
    )
    add_json(plan)


def loan(chosen: argparse.Namespace) -> int:
    """Tell the plan of a loan as a table or as JSON."""
    from app.loans.plan import plan  # noqa: PLC0415 - on first use
    from app.loans.terms import Terms  # noqa: PLC0415 - on first use
    from app.reference.workdays import calendar  # noqa: PLC0415 - reads the calendar

    terms = Terms(
        principal=chosen.principal,
        rate=chosen.rate,
        months=chosen.months,
        method=chosen.method,
        lent_on=chosen.lent_on,
        day_count=chosen.day_count,
        subsidy=chosen.subsidy,
    )
    made = plan(terms, calendar())
    if chosen.json:
        give(_as_json(made))
    else:
        _tell(made)
    return DONE


def _as_json(plan: "Plan") -> dict[str, object]:
    from app.loans.explain import explain  # noqa: PLC0415 - on first use

    return {
        "instalments": [
            {
                "number": line.number,
                "due": line.due.isoformat(),
                "principal_fen": line.principal,
                "interest_fen": line.interest,
                "subsidy_fen": line.subsidy,
                "total_fen": line.total,
                "balance_fen": line.balance,
            }
            for line in plan.instalments
        ],
        "principal_fen": plan.terms.principal,
        "interest_fen": plan.interest,
        "subsidy_fen": plan.subsidy,
        "explained": [each.tell() for each in explain(plan)],
    }


def _tell(plan: "Plan") -> None:
    from app.loans.explain import explain  # noqa: PLC0415 - on first use

    lines = [
        (
            str(line.number),
            line.due.isoformat(),
            *map(
                yuan_text, (line.principal, line.interest, line.subsidy, line.total, line.balance)
            ),
        )
        for line in plan.instalments
    ]
    sums = (plan.terms.principal, plan.interest, plan.subsidy, plan.terms.principal + plan.interest)
    lines.append((_("Total"), "", *map(yuan_text, sums), ""))
    head = (
        _("No."),
        _("Due on"),
        _("Principal"),
        _("Interest"),
        _("Subsidy"),
        _("Instalment"),
        _("Balance"),
    )
    say(*table(lines, head), "", *(each.tell() for each in explain(plan)))


def _yuan(text: str) -> Fen:
    try:
        return parse_yuan(text)
    except NotAnAmount:
        says = _("“{text}” is no amount in yuan; write it as 50000 or 50000.00")
        raise argparse.ArgumentTypeError(says.format(text=text)) from None


def _rate(text: str) -> "Rate":
    from app.loans.terms import NotARate, parse_percent  # noqa: PLC0415 - on first use

    try:
        return parse_percent(text)
    except NotARate as error:
        raise argparse.ArgumentTypeError(error.tell()) from None


def _method(text: str) -> RepaymentMethod:
    from app.loans.naming import chinese_name, word_named  # noqa: PLC0415 - reads the catalogue

    method = word_named(RepaymentMethod, text)
    if method is None:
        says = _("“{text}” is no way of repaying; there are: {known}")
        known = _(", ").join(map(chinese_name, RepaymentMethod))
        raise argparse.ArgumentTypeError(says.format(text=text, known=known))
    return method


def _day_count(text: str) -> DayCount:
    from app.loans.naming import word_named  # noqa: PLC0415 - reads the catalogue

    found = word_named(DayCount, text) or word_named(DayCount, text.capitalize())
    if found is None:
        says = _("“{text}” is no way of counting days; there are: {known}")
        known = ", ".join(count.message.lower() for count in DayCount)
        raise argparse.ArgumentTypeError(says.format(text=text, known=known))
    return found


def _subsidy(text: str) -> "SubsidyRule":
    from app.loans.subsidy_rules import above, full, half, thirds  # noqa: PLC0415 - on first use

    named = {"full": full, "half": half, "thirds": thirds}.get(text)
    return named() if named else above(_rate(text))
