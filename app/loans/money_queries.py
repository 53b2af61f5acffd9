"""What can be asked about the money of a loan before it moves: what a payment would settle, what
would pay the loan off, what a change would do to the plan."""

from collections.abc import Iterable
from dataclasses import replace

from app.core.i18n import _
from app.core.money import ZERO, Fen, yuan_text
from app.core.words.loans import LoanEventKind, LoanState
from app.loans.changing import as_event, check_change, out_of_order, part_of_fund
from app.loans.events import Event
from app.loans.money_records import (
    Allocated,
    ChangeAsked,
    ChangeForm,
    ChangePreview,
    FundPartView,
    PayoffAsked,
    PayoffView,
    PlanPair,
    RepaymentForm,
    RepaymentPreview,
    StandingView,
)
from app.loans.plan import compare
from app.loans.repaying import demands, same_payments
from app.loans.replay import payoff as payoff_of
from app.loans.standing import Instalment, Standing
from app.loans.store import (
    counted,
    events_of,
    lent,
    next_event,
    standing_of,
    standing_with,
    state_of,
    terms_of,
)
from app.reference.workdays import calendar
from app.work import Permission, Work, query
from db.models.loans import Loan, LoanChange


@query(needs=Permission.READ_LOANS)
def preview_repayment(work: Work, form: RepaymentForm) -> RepaymentPreview:
    """Tell what a repayment would settle, line by line, and what it would do to the plan.

    Raises `NotLent`, and `ImpossibleEvent` when it cannot have happened; more than the whole
    loan is told instead.
    """
    loan = lent(work.load(Loan, form.loan_id))
    if loan.state is LoanState.RECORDED:
        return _kept_only(work, form)
    due = demands(work, loan, form.day)
    before = standing_of(work.session, loan, work.today)
    number = next_event(work.session, loan.id)
    events = events_of(work.session, loan.id)
    over = Fen(max(0, form.fen - due.all))
    entry = Event(number, LoanEventKind.REPAID, form.day, form.fen, payer=form.payer)
    after = before if over else standing_with(work.session, loan, entry, work.today)
    lines = tuple(_allocated(after, entry))
    return RepaymentPreview(
        due=due.due,
        coming=due.coming,
        payoff=due.all,
        lines=lines,
        held=Fen(0 if over else form.fen - sum(each.fen for each in lines)),
        beyond=Fen(max(0, form.fen - due.in_time)),
        over=over,
        settles=after.settled_on is not None and before.settled_on is None,
        back_dated=any(event.day > form.day for event in events),
        twice=same_payments(work, form),
        plan=pairs(before, after),
        outstanding_after=after.outstanding,
    )


def _kept_only(work: Work, form: RepaymentForm) -> RepaymentPreview:
    """Return what a repayment does of a loan on record only: it is kept, and settles nothing."""
    return RepaymentPreview(
        **dict.fromkeys(("due", "coming", "payoff", "held", "beyond", "over"), ZERO),
        lines=(),
        settles=False,
        back_dated=False,
        twice=same_payments(work, form),
        plan=(),
        outstanding_after=ZERO,
        on_record=True,
    )


def _allocated(after: Standing, entry: Event) -> Iterable[Allocated]:
    """Yield where a payment goes as things stand today."""
    dues = {line.number: line.due for line in after.instalments}
    for each in after.allocations:
        if each.event == entry.number:
            due = dues.get(each.instalment)
            yield Allocated(
                number=each.instalment,
                due_on=due,
                part=each.part,
                fen=each.fen,
                early=due is not None and due > entry.day,
            )


@query(needs=Permission.READ_LOANS)
def payoff(work: Work, asked: PayoffAsked) -> PayoffView:
    """Tell what would settle a loan with the bank on a day, part by part.

    Raises `NotLent`, `OnRecordOnly`, `ImpossibleEvent`.
    """
    loan = counted(work.load(Loan, asked.loan_id))
    terms, events = terms_of(loan), events_of(work.session, loan.id)
    sums = payoff_of(terms, events, asked.day, calendar())
    told = {name: yuan_text(getattr(sums, name)) for name in sums._fields if name != "day"}
    says = [
        _("Principal that is left: {principal} yuan."),
        _("Interest due and to the day: {interest} yuan."),
    ]
    if sums.penalty:
        says.append(_("Overdue interest: {penalty} yuan."))
    if sums.ahead:
        says.append(_("Paid ahead already, taken off: {ahead} yuan."))
    says.append(_("Together {total} yuan; {saved} yuan of interest are saved."))
    return PayoffView(
        day=asked.day,
        principal=sums.principal,
        interest=sums.interest,
        penalty=sums.penalty,
        ahead=sums.ahead,
        total=sums.total,
        saved=sums.saved,
        explained=tuple(each.format(**told) for each in says),
    )


@query(needs=Permission.READ_LOANS)
def fund_part(work: Work, asked: PayoffAsked) -> FundPartView:
    """Tell what the guarantee fund bears when it pays the bank on a day, and how that comes about.

    Raises `NotLent`, `OnRecordOnly`, `NoFundStands`, `ImpossibleEvent`.
    """
    part = part_of_fund(work, counted(work.load(Loan, asked.loan_id)), asked.day)
    says = _(
        "{fund} bears {share} %: of {owed} yuan that are owed, interest to the day included, it "
        "pays {most} yuan; the bank bears {rest} yuan."
    )
    told = {"owed": part.owed, "most": part.most, "rest": Fen(part.owed - part.most)}
    words = {name: yuan_text(fen) for name, fen in told.items()}
    return FundPartView(
        most=part.most, explained=says.format(fund=part.fund, share=part.share, **words)
    )


@query(needs=Permission.READ_LOANS)
def preview_change(work: Work, form: ChangeForm) -> ChangePreview:
    """Tell what a change would do to a loan, before it is entered; raises as entering it does."""
    loan = lent(work.load(Loan, form.loan_id))
    check_change(work, loan, form)
    return _preview(work, loan, form)


@query(needs=Permission.READ_LOANS)
def change_preview(work: Work, asked: ChangeAsked) -> ChangePreview:
    """Tell what a change that was entered would do to the loan as it stands now."""
    change = work.load(LoanChange, asked.id)
    loan = work.load(Loan, change.loan_id)
    return _preview(work, loan, change)


def _preview(work: Work, loan: Loan, change: ChangeForm | LoanChange) -> ChangePreview:
    before = standing_of(work.session, loan, work.today)
    after = standing_with(work.session, loan, as_event(work, change), work.today)
    if after.lent_on is None:  # the lending is taken back, and its plan with it
        after = replace(after, instalments=())
    stands = loan.state is not LoanState.RECORDED
    return ChangePreview(
        before=standing_view(before),
        after=standing_view(after),
        plan=pairs(before, after) if stands else (),
        warns=out_of_order(work, loan, change),
    )


def pairs(before: Standing, after: Standing) -> tuple[PlanPair, ...]:
    """Return two plans of a loan side by side, due day by due day."""
    return tuple(
        PlanPair(
            number=place,
            due_on=pair.due,
            principal_before=pair.before.principal if pair.before else None,
            principal_after=pair.after.principal if pair.after else None,
            interest_before=pair.before.interest if pair.before else None,
            interest_after=pair.after.interest if pair.after else None,
            subsidy_before=pair.before.subsidy if pair.before else None,
            subsidy_after=pair.after.subsidy if pair.after else None,
            open_before=pair.before.open if pair.before else None,
            open_after=pair.after.open if pair.after else None,
            changed=_sums(pair.before) != _sums(pair.after),
        )
        for place, pair in enumerate(compare(before.instalments, after.instalments), start=1)
    )


def _sums(line: Instalment | None) -> tuple[int, ...] | None:
    return (line.principal, line.interest, line.subsidy, line.open) if line else None


def standing_view(standing: Standing) -> StandingView:
    """Return a standing as a page shows it."""
    late = [
        line
        for line in standing.instalments
        if line.settled_on is None and line.pay_by < standing.as_of
    ]
    coming = standing.next_due
    return StandingView(
        as_of=standing.as_of,
        state=state_of(standing),
        outstanding=standing.outstanding,
        repaid=standing.repaid,
        interest_paid=standing.interest_paid,
        penalty_paid=standing.penalty_paid,
        principal_overdue=Fen(sum(line.principal - line.principal_paid for line in late)),
        interest_overdue=Fen(sum(line.interest - line.interest_paid for line in late)),
        penalty=standing.penalty,
        overdue_since=standing.overdue_since,
        days_overdue=standing.overdue_days,
        owed_to_fund=standing.owed_to_fund,
        compensated=standing.compensated,
        recovered=standing.recovered_fen,
        written_off=standing.written_off,
        ahead=standing.ahead,
        next_due_on=coming.due if coming else None,
        next_due=coming.open if coming else ZERO,
        ends_on=standing.ends_on,
        settled_on=standing.settled_on,
    )
