"""Ways to open funds, give them money and look at them, for tests."""

from datetime import date
from typing import Any

from app.core.money import Fen
from app.core.words.funds import FundSource
from app.funds.actions import confirm_budget, enter_budget, open_fund
from app.funds.carrying import confirm_carry_over, enter_carry_over
from app.funds.queries import every_fund
from app.funds.records import (
    BudgetForm,
    BudgetStep,
    CarryOverForm,
    CarryOverStep,
    FundForm,
    FundRow,
)
from tests.world import World


def opened(world: World, **changed: Any) -> int:
    """Open a fund: of a donation of this year, if nothing else is said."""
    form: dict[str, Any] = {
        "name": "社会捐助帮扶资金",
        "source": FundSource.DONATION,
        "year": 2026,
    } | changed
    return world.do("qian", open_fund, FundForm(**form))


def entered(world: World, fund_id: int, fen: int = 100_000, area: str | None = None) -> BudgetStep:
    """Enter a budget; nobody has confirmed it yet."""
    form = BudgetForm(
        fund_id=fund_id,
        amount=Fen(fen),
        document="演示文件〔2026〕9 号",
        granted_on=date(2026, 11, 18),
        area=area,
    )
    return BudgetStep(id=world.do("qian", enter_budget, form), version=1)


def granted(world: World, fund_id: int, fen: int, area: str | None = None) -> None:
    """Give a fund money, by two people."""
    world.do("zhao", confirm_budget, entered(world, fund_id, fen, area))


def carried(world: World, leaving: int, entering: int, fen: int, area: str | None = None) -> int:
    """Enter a carry-over; nobody has confirmed it yet."""
    form = CarryOverForm(
        from_fund_id=leaving, to_fund_id=entering, amount=Fen(fen), document="结转批复", area=area
    )
    return world.do("qian", enter_carry_over, form)


def carry(world: World, leaving: int, entering: int, fen: int, area: str | None = None) -> int:
    """Carry money over, by two people."""
    key = carried(world, leaving, entering, fen, area)
    world.do("zhao", confirm_carry_over, CarryOverStep(id=key, version=1))
    return key


def two_years(world: World, fen: int = 100_000) -> tuple[int, int]:
    """Return a fund of this year that holds ``fen``, and one of the next that holds nothing."""
    leaving = opened(world, name="今年", source=FundSource.CITY)
    granted(world, leaving, fen)
    return leaving, opened(world, name="明年", source=FundSource.CITY, year=2027)


def fund(world: World, fund_id: int) -> FundRow:
    """Return a fund with what stands on its accounts."""
    return next(row for row in world.ask("qian", every_fund) if row.id == fund_id)
