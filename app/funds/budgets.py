"""What a fund was granted by area, and what of it is left: money of an area is used first, then
what is for any area.

All of it is counted from the ledger: budgets and carry-overs say for which area money came or
went, and an award takes from the area of its measure.
"""

from dataclasses import dataclass, replace
from typing import NamedTuple

from sqlalchemy import ColumnElement, case, func, select
from sqlalchemy.orm import Session

from app.core.i18n import _
from app.core.money import Fen, yuan_text
from app.core.words.funds import Account
from app.facts.payments import let_go, once
from app.funds.ledger import AREAS, move
from app.funds.records import AreaRow
from app.funds.rules import NotEnoughForArea, area_free, beyond
from app.policy.catalog import shipped
from app.policy.pack import Area
from app.work import Work
from db.models.disbursements import Award, AwardVersion
from db.models.funds import Budget, CarryOver, Fund, Posting


class Taken(NamedTuple):
    """What is reserved and what was paid of a fund."""

    reserved: int = 0
    paid: int = 0


@dataclass(frozen=True)
class ByArea:
    """The money of one fund by area; `None` stands for any area, or for no area of today."""

    granted: dict[str | None, int]
    taken: dict[str | None, Taken]

    @property
    def divided(self) -> bool:
        """Tell whether money of the fund is for one area alone."""
        return any(fen for area, fen in self.granted.items() if area is not None)

    def sums(self) -> dict[str | None, int]:
        """Return what is taken, reserved and paid together."""
        return {area: sum(taken) for area, taken in self.taken.items()}

    def left(self, area: str | None) -> Fen:
        """Return what may still be given for an area; see `area_free`."""
        return area_free(self.granted, self.sums(), area)

    def own_left(self, area: str | None) -> Fen:
        """Return what is left of the money of one area alone, or of the money of any area."""
        if area is None:
            return self.left(None)
        return Fen(max(0, self.granted.get(area, 0) - self.sums().get(area, 0)))


def by_area(work: Work, fund_id: int) -> ByArea:
    """Return the money of a fund by area, as it stands now."""

    def read() -> ByArea:
        return ByArea(_granted(work.session, fund_id), _taken(work, fund_id))

    return once(work.session, (AREAS, fund_id), read) or read()


def _signed(account: Account) -> ColumnElement[int]:
    """Say in SQL what the postings brought to one account."""
    return func.coalesce(
        func.sum(
            case(
                (Posting.to_account == account, Posting.amount),
                (Posting.from_account == account, -Posting.amount),
                else_=0,
            )
        ),
        0,
    )


def _granted(session: Session, fund_id: int) -> dict[str | None, int]:
    area = func.coalesce(Budget.area, CarryOver.area)
    found = session.execute(
        select(area, -_signed(Account.GRANTED))
        .select_from(Posting)
        .outerjoin(Budget, Posting.budget_id == Budget.id)
        .outerjoin(CarryOver, Posting.carry_over_id == CarryOver.id)
        .where(Posting.fund_id == fund_id)
        .group_by(area)
    )
    return dict(found.all())


def _taken(work: Work, fund_id: int) -> dict[str | None, Taken]:
    found = work.session.execute(
        select(Award.measure, _signed(Account.RESERVED), _signed(Account.PAID))
        .join(AwardVersion, AwardVersion.award_id == Award.id)
        .join(Posting, Posting.award_version_id == AwardVersion.id)
        .where(Posting.fund_id == fund_id)
        .group_by(Award.measure)
    )
    taken: dict[str | None, Taken] = {}
    for measure, reserved, paid in found:
        area = shipped().area_of(measure, work.today)
        before = taken.get(area, Taken())
        taken[area] = Taken(before.reserved + reserved, before.paid + paid)
    return taken


def area_left(work: Work, fund_id: int, area: str | None) -> Fen | None:
    """Return what a fund may still give for a policy area; `None` when no money of it is for
    one area alone, so that what is available decides."""
    money = by_area(work, fund_id)
    return money.left(area) if money.divided else None


def check_area(work: Work, fund_id: int, measure: str, amount: Fen) -> None:
    """Raise `NotEnoughForArea` when reserving ``amount`` would use money of other areas."""
    area = shipped().area_of(measure, work.today)
    left = area_left(work, fund_id, area)
    if left is not None and left < amount:
        raise NotEnoughForArea(
            fund=work.load(Fund, fund_id).name,
            area=area_label(area),
            left=yuan_text(left),
            needed=yuan_text(amount),
        )


def reserve(
    work: Work, fund_id: int, measure: str, amount: Fen, memo: str, version_id: int
) -> None:
    """Reserve money of a fund for a version of an award.

    Raises `NotEnoughForArea`, `NotEnough`. While many are reserved one after the other, the money
    by area is counted once and carried on.
    """
    check_area(work, fund_id, measure, amount)
    money: ByArea | None = let_go(work.session, (AREAS, fund_id))
    move(
        work,
        fund_id,
        amount,
        from_account=Account.AVAILABLE,
        to_account=Account.RESERVED,
        memo=memo,
        award_version_id=version_id,
    )
    if money is not None:
        area = shipped().area_of(measure, work.today)
        before = money.taken.get(area, Taken())
        taken = {**money.taken, area: before._replace(reserved=before.reserved + amount)}
        once(work.session, (AREAS, fund_id), lambda: replace(money, taken=taken))


def area_rows(work: Work, fund_id: int) -> tuple[AreaRow, ...]:
    """Return the money of a fund by area, any area last; none when it is not divided."""
    money = by_area(work, fund_id)
    if not money.divided:
        return ()
    known: set[str | None] = {*money.granted, *money.taken}
    order = [*(area for area in Area if area in known), None]
    over = beyond(money.granted, money.sums())
    return tuple(
        AreaRow(
            area=area,
            granted=Fen(money.granted.get(area, 0)),
            reserved=Fen(money.taken.get(area, Taken()).reserved),
            paid=Fen(money.taken.get(area, Taken()).paid),
            beyond=Fen(over.get(area, 0)),
            left=money.own_left(area),
        )
        for area in order
    )


def area_label(area: str | None) -> str:
    """Return what an area is called; of none, that it is any."""
    return Area(area).label if area else _("Any area")
