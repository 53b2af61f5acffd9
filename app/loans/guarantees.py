"""The verbs of the guarantee fund, and whether it may stand for one more loan."""

from datetime import date

from sqlalchemy import select

from app.core.errors import Conflict, NotNow
from app.core.money import Fen, yuan_text
from app.core.record import values
from app.core.words.loans import ChangeState, GuaranteeMoveKind, LoanEventKind
from app.loans.guarantee_records import (
    CapitalForm,
    GuaranteeFundChange,
    GuaranteeFundForm,
    MoveStep,
    QuotaForm,
)
from app.loans.guarantee_rules import (
    CapitalNeeded,
    CapitalStands,
    DistrictMissing,
    GuaranteeFundClosed,
    GuaranteeFundTaken,
    GuaranteesStopped,
    NoRoomInFund,
    NoRoomInQuota,
    NotADistrict,
    NotCapital,
    QuotaMissing,
    Room,
    ShareStands,
    capital_free,
)
from app.loans.guarantee_store import (
    COMES_IN,
    Stands,
    bad_part,
    capital,
    is_divided,
    room_of_fund,
    taken_by_district,
)
from app.loans.terms import percent_text
from app.reference.districts import district_names
from app.work import Permission, SecondPersonNeeded, Topic, Work, action
from db.models.guarantees import GuaranteeFund, GuaranteeMove, GuaranteeQuota
from db.models.loans import Loan, LoanChange, LoanEvent

CAPITAL = (GuaranteeMoveKind.CAPITAL_IN, GuaranteeMoveKind.CAPITAL_OUT)


@action(needs=Permission.KEEP_GUARANTEES, changes={Topic.LOANS})
def open_guarantee_fund(work: Work, form: GuaranteeFundForm) -> int:
    """Open a guarantee fund; it stands for nothing until capital is confirmed."""
    _check_name(work, form.name)
    return work.add(GuaranteeFund(**values(form), open=True)).id


@action(needs=Permission.KEEP_GUARANTEES, changes={Topic.LOANS})
def change_guarantee_fund(work: Work, form: GuaranteeFundChange) -> None:
    """Change what a guarantee fund may stand for; what it stands for already stays.

    Raises `GuaranteeFundTaken`, `ShareStands`.
    """
    fund = work.load(GuaranteeFund, form.id, form.version)
    _check_name(work, form.name, but=fund.id)
    room = room_of_fund(work.session, fund)
    exposure = Fen(room.used + room.reserved)
    if form.share_percent != fund.share_percent and exposure:
        told = yuan_text(exposure)
        raise ShareStands(fund=fund.name, exposure=told, share=fund.share_percent)
    for name, value in values(form).items():
        if name not in ("id", "version"):
            setattr(fund, name, value)


def _check_name(work: Work, name: str, but: int = 0) -> None:
    same = select(GuaranteeFund.id).where(GuaranteeFund.name == name, GuaranteeFund.id != but)
    if work.session.scalar(same) is not None:
        raise GuaranteeFundTaken(name=name)


@action(needs=Permission.KEEP_GUARANTEES, changes={Topic.LOANS})
def enter_capital(work: Work, form: CapitalForm) -> int:
    """Enter capital paid into a guarantee fund or out of it; a second person confirms it.

    Raises `NotCapital`, `GuaranteeFundClosed`, `CapitalStands`.
    """
    if form.kind not in CAPITAL:
        raise NotCapital()
    fund = work.load(GuaranteeFund, form.fund_id)
    if not fund.open and form.kind is GuaranteeMoveKind.CAPITAL_IN:
        raise GuaranteeFundClosed(fund=fund.name)
    move = GuaranteeMove(
        guarantee_fund_id=fund.id,
        kind=form.kind,
        amount=form.amount,
        day=form.day,
        document=form.document,
        change_id=None,
        state=ChangeState.ENTERED,
        entered_by=work.actor.id,
        entered_at=work.now,
        confirmed_by=None,
    )
    _check_leaving(work, fund, move)
    return work.add(move).id


@action(needs=Permission.CONFIRM_LOANS, changes={Topic.LOANS})
def confirm_capital(work: Work, step: MoveStep) -> None:
    """Confirm capital somebody else entered: from now on it counts.

    Raises `SecondPersonNeeded`, `CapitalStands`.
    """
    move = _entered(work, step)
    if move.entered_by == work.actor.id:
        raise SecondPersonNeeded()
    _check_leaving(work, work.load(GuaranteeFund, move.guarantee_fund_id), move)
    move.state = ChangeState.CONFIRMED
    move.confirmed_by = work.actor.id


@action(needs=Permission.KEEP_GUARANTEES, changes={Topic.LOANS})
def withdraw_capital(work: Work, step: MoveStep) -> None:
    """Withdraw capital that was entered wrongly and is not confirmed yet."""
    _entered(work, step).state = ChangeState.WITHDRAWN


def _entered(work: Work, step: MoveStep) -> GuaranteeMove:
    move = work.load(GuaranteeMove, step.id, step.version)
    if move.state is not ChangeState.ENTERED:
        raise NotNow(state=move.state.label, step="confirm")
    return move


def _check_leaving(work: Work, fund: GuaranteeFund, move: GuaranteeMove) -> None:
    """Raise `CapitalStands` when capital would go that stands for loans."""
    if move.kind is not GuaranteeMoveKind.CAPITAL_OUT:
        return
    held = capital(work.session, fund.id)
    room = room_of_fund(work.session, fund)
    exposure = room.used + room.reserved
    free = capital_free(held, fund.leverage, exposure)
    if move.amount > free:
        raise CapitalStands(
            fund=fund.name,
            capital=yuan_text(held),
            exposure=yuan_text(exposure),
            free=yuan_text(free),
            needed=yuan_text(move.amount),
        )


@action(needs=Permission.KEEP_GUARANTEES, changes={Topic.LOANS})
def set_quota(work: Work, form: QuotaForm) -> int:
    """Set how much of a guarantee fund the loans of a district may take in a year.

    Raises `NotADistrict`, and `Conflict` when somebody entered or changed it meanwhile.
    """
    fund = work.load(GuaranteeFund, form.fund_id)
    if form.district not in district_names():
        raise NotADistrict(district=form.district)
    quota = _quota(work, fund.id, form.year, form.district)
    if quota is None:
        new = GuaranteeQuota(
            guarantee_fund_id=fund.id,
            year=form.year,
            district=form.district,
            fen=form.fen,
            document=form.document,
            entered_by=work.actor.id,
        )
        return work.add(new).id
    if form.version != quota.version:
        raise Conflict(who=work.last_to_change(quota))
    quota.fen = form.fen
    quota.document = form.document
    quota.entered_by = work.actor.id
    return quota.id


def _quota(work: Work, fund_id: int, year: int, district: str) -> GuaranteeQuota | None:
    return work.session.scalar(
        select(GuaranteeQuota).where(
            GuaranteeQuota.guarantee_fund_id == fund_id,
            GuaranteeQuota.year == year,
            GuaranteeQuota.district == district,
        )
    )


def check_room(work: Work, loan: Loan, fund_id: int, amount: Fen, on: date | None = None) -> None:
    """Raise unless a guarantee fund may stand for ``amount`` more, for this loan.

    What the loan itself takes already is not counted against it. ``on`` is the day of the
    decision: the quota of its year counts. Raises `GuaranteeFundClosed`, `GuaranteesStopped`,
    `NoRoomInFund`, `DistrictMissing`, `QuotaMissing`, `NoRoomInQuota`.
    """
    fund = work.load(GuaranteeFund, fund_id)
    check_open(work, fund)
    check_limits(work, loan, fund, amount, (on or work.today).year)


def check_limits(work: Work, loan: Loan, fund: GuaranteeFund, amount: Fen, year: int) -> None:
    """Raise unless a fund and the district's quota of a year have room for a loan of ``amount``.

    Raises `NoRoomInFund`, `DistrictMissing`, `QuotaMissing`, `NoRoomInQuota`.
    """
    room = room_of_fund(work.session, fund, without=loan.id)
    if amount > room.left:
        raise NoRoomInFund(
            fund=fund.name, times=fund.leverage, needed=yuan_text(amount), **room.told()
        )
    part = district_room(work, loan, fund, year)
    if part is not None and amount > part.left:
        raise NoRoomInQuota(
            fund=fund.name,
            district=loan.district,
            year=year,
            needed=yuan_text(amount),
            **part.told(),
        )


def check_open(work: Work, fund: GuaranteeFund) -> None:
    """Raise unless a guarantee fund gives new guarantees at all."""
    if not fund.open:
        raise GuaranteeFundClosed(fund=fund.name)
    part = bad_part(work.session, fund.id, work.today)
    if part.stops(fund.stop_percent):
        raise GuaranteesStopped(
            fund=fund.name,
            bad=yuan_text(part.bad),
            total=yuan_text(part.total),
            rate=percent_text(part.hundredths * 100),
            stop=fund.stop_percent,
        )


def district_room(work: Work, loan: Loan, fund: GuaranteeFund, year: int) -> Room | None:
    """Return how much the district of a loan may take of a fund in a year, and others took.

    `None` when the fund is not divided. Raises `DistrictMissing`, `QuotaMissing`.
    """
    if not is_divided(work.session, fund.id):
        return None
    if not loan.district:
        raise DistrictMissing(fund=fund.name)
    quota = _quota(work, fund.id, year, loan.district)
    if quota is None:
        raise QuotaMissing(fund=fund.name, district=loan.district, year=year)
    taken = taken_by_district(work.session, fund.id, year, without=loan.id)
    return Room(quota.fen, *taken.get(loan.district, Stands()))


def book(work: Work, change: LoanChange, loan: Loan) -> None:
    """Write the movement of the guarantee fund that a confirmed change of a loan brings.

    Of a compensation, a recovery, and the reversal of one; nothing of any other change, and
    nothing of a loan without a guarantee fund. Raises `CapitalNeeded`.
    """
    moved = _moved(work, change)
    if moved is None or loan.guarantee_fund_id is None:
        return
    kind, amount = moved
    held = capital(work.session, loan.guarantee_fund_id)
    if kind not in COMES_IN and held < amount:
        fund = work.load(GuaranteeFund, loan.guarantee_fund_id)
        raise CapitalNeeded(fund=fund.name, capital=yuan_text(held), needed=yuan_text(amount))
    work.add(
        GuaranteeMove(
            guarantee_fund_id=loan.guarantee_fund_id,
            kind=kind,
            amount=amount,
            day=change.day,
            document=change.document,
            change_id=change.id,
            state=ChangeState.CONFIRMED,
            entered_by=change.entered_by,
            entered_at=change.entered_at,
            confirmed_by=change.confirmed_by,
        )
    )


MOVES = {
    LoanEventKind.COMPENSATED: GuaranteeMoveKind.COMPENSATED,
    LoanEventKind.RECOVERED: GuaranteeMoveKind.RECOVERED,
}
REVERSALS = {
    LoanEventKind.COMPENSATED: GuaranteeMoveKind.COMPENSATED_REVERSED,
    LoanEventKind.RECOVERED: GuaranteeMoveKind.RECOVERED_REVERSED,
}


def _moved(work: Work, change: LoanChange) -> tuple[GuaranteeMoveKind, Fen] | None:
    """Return what a change of a loan does to the guarantee fund, or `None`."""
    kind, amount, kinds = change.kind, change.fen, MOVES
    if change.kind is LoanEventKind.REVERSED:
        undone = work.session.scalars(
            select(LoanEvent).where(
                LoanEvent.loan_id == change.loan_id, LoanEvent.number == change.reverses
            )
        ).one()
        kind, amount, kinds = undone.kind, undone.fen, REVERSALS
    return (kinds[kind], amount) if kind in kinds and amount else None
