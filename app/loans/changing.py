"""What is demanded of a change of a loan that two people make."""

from datetime import date
from typing import NamedTuple

from sqlalchemy import select

from app.core.i18n import N_, _
from app.core.money import Fen, divide, yuan_text
from app.core.words.loans import ChangeState, LoanEventKind, Payer
from app.core.words.papers import PaperKind, PaperState
from app.loans.deadlines import rules_of
from app.loans.events import Event, in_order
from app.loans.money_records import ChangeForm
from app.loans.products import check_extension
from app.loans.replay import payoff
from app.loans.rules import (
    TWO_PEOPLE,
    WITH_DOCUMENT,
    ChangeIncomplete,
    ChangeWaits,
    DocumentMissing,
    MoreThanShare,
    NoFundStands,
    NotAChange,
    NothingOverdue,
)
from app.loans.store import counted, events_of, next_event, standing_of, terms_of
from app.loans.taking_back import check_taking_back, undoes_lending
from app.reference.workdays import calendar
from app.work import Work
from db.models.guarantees import GuaranteeFund
from db.models.loans import Loan, LoanChange
from db.models.papers import Paper

TELLS = {
    LoanEventKind.REVERSED: (frozenset({"reverses"}), N_("the entry it undoes, and no amount")),
    LoanEventKind.EXTENDED: (frozenset({"months"}), N_("the months, and no amount")),
    LoanEventKind.COMPENSATED: (frozenset({"fen"}), N_("the amount alone")),
    LoanEventKind.RECOVERED: (frozenset({"fen", "payer"}), N_("the amount and who paid")),
    LoanEventKind.WRITTEN_OFF: (frozenset({"fen"}), N_("the amount alone")),
}
"""What each kind of change says beside its day, and the words for it."""


def as_event(work: Work, form: ChangeForm | LoanChange) -> Event:
    """Return the entry that a change would be."""
    return Event(
        next_event(work.session, form.loan_id),
        form.kind,
        form.day,
        form.fen,
        form.months or 0,
        form.payer,
        form.reverses,
    )


def check_change(work: Work, loan: Loan, form: ChangeForm) -> None:
    """Raise unless a change is complete and the rules allow it.

    Raises `NotAChange`, `ChangeIncomplete`, `DocumentMissing`, `ChangeWaits`,
    `ExtensionTooLong`, `ExtendedOften`, `NothingOverdue`,
    `NoFundStands`, `MoreThanShare`, and what `check_taking_back` raises.
    """
    if form.kind not in TWO_PEOPLE:
        raise NotAChange(kind=form.kind.label)
    needed, what = TELLS[form.kind]
    told = frozenset(name for name in ("fen", "months", "payer", "reverses") if getattr(form, name))
    if told != needed:
        raise ChangeIncomplete(kind=form.kind.label, what=_(what))
    if form.kind in WITH_DOCUMENT and not form.document.strip():
        raise DocumentMissing()
    _check_waiting(work, loan, form)
    check_rules(work, loan, form)


def check_rules(work: Work, loan: Loan, form: ChangeForm | LoanChange) -> None:
    """Raise unless the rules allow a change as things stand: when it is entered, and once more
    when it is confirmed, for much can have been entered between. Raises `OnRecordOnly`."""
    if form.kind is not LoanEventKind.REVERSED:
        counted(loan)
    match form.kind:
        case LoanEventKind.REVERSED if undoes_lending(work, loan, form.reverses):
            waiting = form.id if isinstance(form, LoanChange) else 0
            check_taking_back(work, loan, without=waiting)
        case LoanEventKind.EXTENDED:
            _check_extension(work, loan, form)
        case LoanEventKind.COMPENSATED:
            _check_compensation(work, loan, form)
        case _:
            pass  # what was paid by the fund and is left of it is for the replay to say


def _check_waiting(work: Work, loan: Loan, form: ChangeForm) -> None:
    waits = select(LoanChange.id).where(
        LoanChange.loan_id == loan.id,
        LoanChange.kind == form.kind,
        LoanChange.reverses.is_not_distinct_from(form.reverses),
        LoanChange.state == ChangeState.ENTERED,
    )
    if work.session.scalar(waits.limit(1)) is not None:
        raise ChangeWaits(kind=form.kind.label)


def _check_extension(work: Work, loan: Loan, form: ChangeForm | LoanChange) -> None:
    """Raise when the rules allow no further extension, or none so long with those before."""
    rules = rules_of(loan)
    product = rules.product(loan.borrower_kind) if rules else None
    if rules is None or product is None:
        return
    events = events_of(work.session, loan.id)
    gone = {event.reverses for event in events}
    before = [
        event.months
        for event in events
        if event.kind is LoanEventKind.EXTENDED and event.number not in gone
    ]
    check_extension(rules, product, sum(before) + (form.months or 0), len(before))


def _check_compensation(work: Work, loan: Loan, form: ChangeForm | LoanChange) -> None:
    part = part_of_fund(work, loan, form.day)
    standing = standing_of(work.session, loan, form.day)
    if standing.compensated_on or standing.settled_on:
        return  # the bank was paid already: that is for the replay to say
    if standing.overdue_since is None:
        raise NothingOverdue(number=loan.number, day=form.day)
    if form.fen > part.most:
        raise MoreThanShare(
            amount=yuan_text(form.fen),
            share=part.share,
            owed=yuan_text(part.owed),
            most=yuan_text(part.most),
        )


class FundPart(NamedTuple):
    """What of a loan the guarantee fund bears when it pays the bank on a day."""

    fund: str
    share: int
    """Percent of all that is owed; the bank bears the rest."""
    owed: Fen
    """Principal, interest and overdue interest up to the day."""
    most: Fen


def part_of_fund(work: Work, loan: Loan, day: date) -> FundPart:
    """Return what the guarantee fund would bear of a loan. Raises `NoFundStands`."""
    if loan.guarantee_fund_id is None:
        raise NoFundStands(number=loan.number)
    fund = work.load(GuaranteeFund, loan.guarantee_fund_id)
    owed = payoff(terms_of(loan), events_of(work.session, loan.id), day, calendar()).total
    share = fund.share_percent
    return FundPart(fund.name, share, owed, divide(owed * share, 100))


def out_of_order(work: Work, loan: Loan, form: ChangeForm | LoanChange) -> str:
    """Return what speaks against recovering from a guarantor yet: nothing shows that the borrower
    was asked first, neither a notice nor money that came from them. A warning: who stands jointly
    may be asked at once, and the reason of the change says so."""
    if form.kind is not LoanEventKind.RECOVERED or form.payer is not Payer.GUARANTOR:
        return ""
    entries = in_order(events_of(work.session, loan.id), date.max)
    if any(each.kind is LoanEventKind.RECOVERED and each.payer in OWN for each in entries):
        return ""
    notice = select(Paper.id).where(
        Paper.kind == PaperKind.OVERDUE_NOTICE,
        Paper.subject == f"loan/{loan.id}",
        Paper.state == PaperState.ISSUED,
    )
    if work.session.scalar(notice.limit(1)) is not None:
        return ""
    return _(
        "Nothing shows that {name} was asked first: no overdue notice was issued to them, nothing "
        "was recovered from them. If the guarantor pays all the same, the reason says why."
    ).format(name=loan.name)


OWN = (Payer.BORROWER, Payer.COLLATERAL)
"""Who pays before a guarantor does."""
