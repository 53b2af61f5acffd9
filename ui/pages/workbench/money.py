"""Money as lines of the workbench: cash that is not counted, refunds that wait for a second."""

from collections.abc import Iterable, Sequence
from datetime import datetime, time

from app.core.i18n import _
from app.core.record import Nothing
from app.core.words.funds import BudgetState
from app.disbursements.cash import cash_days, close_day, confirm_day
from app.disbursements.cash_records import CashDayRow
from app.disbursements.refund_records import RefundRow
from app.disbursements.refunds import confirm_refund, refund_rows
from app.work import Actor
from ui.pages.workbench.rows import Strand, WorkRow


def money_strands(actor: Actor) -> list[Strand]:
    """Return what of money paid out waits for this person, by their rights."""
    found: list[Strand] = []
    counts, confirms = actor.may(close_day), actor.may(confirm_day)
    if counts or confirms:

        def days(rows: Sequence[CashDayRow]) -> Iterable[WorkRow]:
            return cash_to_close(rows, counts=counts, confirms=confirms)

        found.append(Strand("cash", "", cash_days, Nothing(), days))
    if actor.may(confirm_refund):
        found.append(Strand("refund", "", refund_rows, Nothing(), refunds_to_confirm))
    return found


def cash_to_close(rows: Sequence[CashDayRow], *, counts: bool, confirms: bool) -> Iterable[WorkRow]:
    """Return the days of cash that nobody counted, or that a second person has to confirm."""
    for row in rows:
        waits = row.id is None and counts
        second = row.id is not None and not row.confirmed_by and confirms and not row.mine
        if waits or second:
            says = _("Count the cash and close the day") if waits else _("Confirm the count")
            yield WorkRow(
                id=f"cash_day/{row.day}",
                strand="cash",
                page="batches",
                what="cash",
                number=f"{row.day:%Y-%m-%d}",
                name="",
                items=_("Cash day"),
                amount=row.paid,
                stage=_("To be counted") if waits else _("To be confirmed"),
                look=("wallet", "wait"),
                next_step=says,
                at=datetime.combine(row.day, time(17)).astimezone(),
            )


def refunds_to_confirm(rows: Sequence[RefundRow]) -> Iterable[WorkRow]:
    """Return the money that came back and that somebody else entered."""
    for row in rows:
        if row.state is BudgetState.ENTERED and not row.mine:
            yield WorkRow(
                id=f"refund/{row.id}",
                strand="refund",
                page="batches",
                what="refunds",
                number=row.number,
                name=row.name,
                items=row.kind.label,
                amount=row.amount,
                stage=row.state.label,
                look=("undo-2", "wait"),
                next_step=_("Compare with the bank slip and confirm"),
                at=datetime.combine(row.came_on, time(9)).astimezone(),
            )
