"""Takes a loan of an old register into the books: from then on it is counted like any other.

A register tells who borrowed what, not what was repaid. Until the desk says that the repayments
are entered whole, as the bank's statement shows them, an instalment without an entry is not
unpaid but not known, and nothing of the loan is counted, claimed or demanded [our rule].
"""

from datetime import date

from app.core.money import yuan_text
from app.core.words.loans import LoanEventKind, LoanState, StepOutcome
from app.loans.checks import plan_check
from app.loans.events import in_order
from app.loans.money_queries import pairs, standing_view
from app.loans.money_records import ChangePreview, TakeOverAsked, TakeOverForm
from app.loans.rules import DayBefore, EntriesLater, LeftDiffers, NotOnRecord
from app.loans.standing import Standing
from app.loans.store import events_of, recount, standing_of
from app.loans.taking import write_step
from app.work import Permission, Topic, Work, action, query
from db.models.loans import Loan


@action(needs=Permission.KEEP_LOANS, changes={Topic.LOANS})
def take_over(work: Work, form: TakeOverForm) -> None:
    """Take a loan that was only on record into the books, whose repayments are entered whole.

    Its plan stands from now on. Raises `NotOnRecord`, `DayBefore`, `EntriesLater`, and
    `LeftDiffers` unless the form says why the bank has another sum.
    """
    loan = work.load(Loan, form.id, form.version)
    work.subject = f"loan/{loan.id}"
    standing = _as_of(work, loan, form.day)
    if form.left != standing.outstanding and not form.note.strip():
        raise LeftDiffers(
            day=form.day, left=yuan_text(form.left), counted=yuan_text(standing.outstanding)
        )
    write_step(
        work,
        loan,
        StepOutcome.PASSED,
        step=LoanState.REPAYING,
        day=form.day,
        document=form.document,
        note=form.note,
        amount=form.left,
    )
    work.session.flush()
    recount(work, loan)
    if loan.state is LoanState.REPAYING:
        plan_check(work, loan, work.today)


@query(needs=Permission.READ_LOANS)
def preview_taking_over(work: Work, asked: TakeOverAsked) -> ChangePreview:
    """Tell what the entries make of a loan on the day of the statement, and today.

    Raises `NotOnRecord`, `DayBefore`, `EntriesLater`.
    """
    loan = work.load(Loan, asked.id)
    then, now = _as_of(work, loan, asked.day), standing_of(work.session, loan, work.today)
    return ChangePreview(
        before=standing_view(then), after=standing_view(now), plan=pairs(then, now)
    )


def _as_of(work: Work, loan: Loan, day: date) -> Standing:
    """Return how a loan on record stood on the day of the statement, by what is entered."""
    if loan.state is not LoanState.RECORDED or loan.lent_on is None:
        raise NotOnRecord(number=loan.number, state=loan.state.label)
    if day < loan.lent_on:
        raise DayBefore(day=day, before=loan.lent_on)
    entries = in_order(events_of(work.session, loan.id), date.max)
    later = [each.day for each in entries if each.kind is LoanEventKind.REPAID]
    if later and max(later) > day:
        raise EntriesLater(later=max(later))
    return standing_of(work.session, loan, day)
