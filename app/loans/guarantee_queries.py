"""What can be asked about the guarantee fund."""

from collections.abc import Iterator
from datetime import date

from sqlalchemy import func, select
from sqlalchemy.orm import aliased

from app.core.errors import RuleBroken
from app.core.money import Fen
from app.core.record import Nothing
from app.core.words.loans import ChangeState
from app.loans.guarantee_records import (
    GuaranteeFundAsked,
    GuaranteeFundRow,
    GuaranteeFundView,
    GuaranteeMoveRow,
    QuotaRow,
    RoomAsked,
    RoomRow,
    RoomView,
)
from app.loans.guarantee_rules import Room
from app.loans.guarantee_store import (
    Stands,
    bad_part,
    capital,
    is_divided,
    quotas_of,
    room_of_fund,
    signed,
    taken_by_district,
)
from app.loans.guarantees import check_open, district_room
from app.reference.districts import district_names
from app.work import Permission, Work, query
from db.models.guarantees import GuaranteeFund, GuaranteeMove
from db.models.loans import Loan, LoanChange
from db.models.staff import Staff


@query(needs=Permission.READ_LOANS)
def guarantee_fund_rows(work: Work, _: Nothing) -> list[GuaranteeFundRow]:
    """List the guarantee funds, the open ones first, with what they can still take."""
    funds = work.session.scalars(
        select(GuaranteeFund).order_by(GuaranteeFund.open.desc(), GuaranteeFund.id)
    ).all()
    return [fund_row(work, fund) for fund in funds]


def fund_row(work: Work, fund: GuaranteeFund) -> GuaranteeFundRow:
    """Return a guarantee fund with what it stands for and what it can still take."""
    room = room_of_fund(work.session, fund)
    bad = bad_part(work.session, fund.id, work.today)
    waiting = select(func.count()).where(
        GuaranteeMove.guarantee_fund_id == fund.id, GuaranteeMove.state == ChangeState.ENTERED
    )
    return GuaranteeFundRow(
        id=fund.id,
        version=fund.version,
        name=fund.name,
        leverage=fund.leverage,
        share_percent=fund.share_percent,
        stop_percent=fund.stop_percent,
        document=fund.document,
        open=fund.open,
        capital=capital(work.session, fund.id),
        limit=room.limit,
        lent=room.used,
        reserved=room.reserved,
        left=room.left,
        owed=bad.owed,
        bad=bad.bad,
        bad_hundredths=bad.hundredths,
        stopped=bad.stops(fund.stop_percent),
        waiting=work.session.scalar(waiting) or 0,
    )


@query(needs=Permission.READ_LOANS)
def guarantee_fund_view(work: Work, asked: GuaranteeFundAsked) -> GuaranteeFundView:
    """Return a guarantee fund with its ledger up to a day and its quotas of a year."""
    fund = work.load(GuaranteeFund, asked.id)
    return GuaranteeFundView(
        row=fund_row(work, fund),
        balance=capital(work.session, fund.id, asked.as_of),
        moves=tuple(_moves(work, fund.id, asked.as_of)),
        quotas=tuple(_quotas(work, fund.id, asked.year or work.today.year)),
    )


def _moves(work: Work, fund_id: int, as_of: date | None) -> Iterator[GuaranteeMoveRow]:
    confirmer = aliased(Staff)
    found = (
        select(GuaranteeMove, Staff.name, confirmer.name, Loan.id, Loan.number)
        .join(Staff, GuaranteeMove.entered_by == Staff.id)
        .outerjoin(confirmer, GuaranteeMove.confirmed_by == confirmer.id)
        .outerjoin(LoanChange, GuaranteeMove.change_id == LoanChange.id)
        .outerjoin(Loan, LoanChange.loan_id == Loan.id)
        .where(GuaranteeMove.guarantee_fund_id == fund_id)
        .order_by(GuaranteeMove.day, GuaranteeMove.id)
    )
    if as_of is not None:
        found = found.where(GuaranteeMove.day <= as_of)
    balance = 0
    for move, entered_by, confirmed_by, loan_id, number in work.session.execute(found):
        counts = move.state is ChangeState.CONFIRMED
        if counts:
            balance += signed(move.kind, move.amount)
        yield GuaranteeMoveRow(
            id=move.id,
            version=move.version,
            day=move.day,
            kind=move.kind,
            amount=move.amount,
            balance=Fen(balance) if counts else None,
            document=move.document,
            state=move.state,
            entered_by=entered_by,
            confirmed_by=confirmed_by or "",
            mine=move.entered_by == work.actor.id,
            loan_id=loan_id,
            loan_number=number or "",
        )


def _quotas(work: Work, fund_id: int, year: int) -> Iterator[QuotaRow]:
    """Yield a row for every district that has a quota or loans, in the city's order."""
    divided = is_divided(work.session, fund_id)
    quotas = {quota.district: quota for quota in quotas_of(work.session, fund_id, year)}
    taken = taken_by_district(work.session, fund_id, year)
    names = [name for name in district_names() if name in quotas or name in taken]
    others = sorted(name for name in taken if name and name not in names)
    unsaid = [None] if None in taken else []
    for name in (*names, *others, *unsaid):
        quota = quotas.get(name or "")
        part = Room(quota.fen if quota else Fen(0), *taken.get(name, Stands()))
        yield QuotaRow(
            version=quota.version if quota else None,
            year=year,
            district=name or "",
            quota=quota.fen if quota else None,
            lent=part.used,
            reserved=part.reserved,
            left=part.left if divided else None,
            document=quota.document if quota else "",
        )


@query(needs=Permission.READ_LOANS)
def guarantee_room(work: Work, asked: RoomAsked) -> RoomView:
    """Return how much a loan can still take of a guarantee fund, before a sum is typed."""
    loan = work.load(Loan, asked.loan_id)
    fund = work.load(GuaranteeFund, asked.fund_id)
    of_fund = room_of_fund(work.session, fund, without=loan.id)
    of_district, against = None, ""
    try:
        check_open(work, fund)
        of_district = district_room(work, loan, fund, (asked.on or work.today).year)
    except RuleBroken as error:
        against = error.tell()
    left = min(of_fund.left, of_district.left) if of_district else of_fund.left
    return RoomView(
        fund=fund.name,
        of_fund=_room_row(of_fund),
        of_district=_room_row(of_district) if of_district else None,
        left=Fen(0) if against else left,
        against=against,
    )


def _room_row(room: Room) -> RoomRow:
    return RoomRow(limit=room.limit, lent=room.used, reserved=room.reserved, left=room.left)
