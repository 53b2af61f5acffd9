"""What the center demands of its funds: earmarks, the money of an area, the year."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from app.core.errors import RuleBroken
from app.core.i18n import N_, _
from app.core.money import Fen
from app.core.words.relief import ReliefItem
from app.funds.records import FundRow
from app.reference.earmarks import Rule


class NotEnough(RuleBroken):
    """The fund has less left than the act needs."""

    says = N_(
        "{fund} has {left} yuan left, {needed} yuan are needed. Choose another fund or ask "
        "finance for a further budget."
    )


class NotEnoughForArea(NotEnough):
    """What the fund has left is meant for other areas."""

    says = N_(
        "{fund} has {left} yuan left for {area}, {needed} yuan are needed; the rest is meant for "
        "other areas. Choose another fund or ask finance for a further budget."
    )


class Earmarked(RuleBroken):
    """The fund may not pay this measure."""

    says = N_("{fund} may not pay {measure}. Choose another fund.")


class FileNeeded(Earmarked):
    """The fund pays households with a valid file only."""

    says = N_(
        "{fund} pays only households on file. File the household first, or choose another fund."
    )


class ItemNotPaid(Earmarked):
    """The source of the fund does not pay this item."""

    says = N_("{fund} may not pay {item}: {rule}. Choose another fund.")


class LevelNeeded(Earmarked):
    """The source of the fund asks for another level of the archive."""

    says = N_(
        "{fund} pays only archives of the level {levels}; this one: {level}. Choose another fund."
    )


class OtherDistrict(Earmarked):
    """The fund is meant for other districts."""

    says = N_("{fund} pays only {districts}; this household: {district}. Choose another fund.")


class OtherCategory(Earmarked):
    """The fund is meant for other categories of hardship."""

    says = N_("{fund} pays only {categories}; this household: {category}. Choose another fund.")


class NotItsDay(Earmarked):
    """The fund pays before the day or after it."""

    says = N_("{fund} pays from {first} to {last}. Choose a fund of this year.")


class RosterOnly(Earmarked):
    """Agency money goes to the list it was entrusted with, and that list gets nothing else."""

    says = N_("{fund} may not pay {measure}: {rule}. Choose another fund.")


class FundClosed(RuleBroken):
    """The fund was closed."""

    says = N_("{fund} is closed. Choose another fund.")


class OverSourceMost(Earmarked):
    """The source gives a household or person no more."""

    says = N_("{fund}: {rule}. {used} yuan are given or on the way, {left} yuan are left.")


class FundTaken(RuleBroken):
    """A fund of this name exists."""

    says = N_("There is a fund of this name already: {name}.")


class FundInUse(RuleBroken):
    """Its earmarks stay as they were once money was reserved under them."""

    says = N_(
        "{fund} has reserved money already, so its earmarks stay as they are. Open another fund "
        "and carry over what is left."
    )


class FundHolds(RuleBroken):
    """A fund is closed when nothing is reserved and nothing waits to be confirmed."""

    says = N_(
        "{fund} cannot be closed: {reserved} yuan are approved and not paid, {waiting} budgets or "
        "carry-overs wait to be confirmed."
    )


class DaysTurned(RuleBroken):
    """The last day of a fund lies before its first."""

    says = N_("The fund begins on {first}, so it cannot end on {last}.")


class NotToCarry(RuleBroken):
    """Money stays within its source; a donation keeps its donor and what is demanded of it."""

    says = N_("{from_fund} cannot be carried over to {to_fund}: {why}.")


@dataclass(frozen=True)
class Wanted:
    """What a fund is asked to pay: what, to whom, on which day."""

    measure: str
    title: str
    item: ReliefItem
    day: date
    filed: bool
    level: str | None = None
    """The level of the archive; `None` when nobody wrote it."""
    district: str | None = None
    category: str | None = None
    roster: bool = False
    """It stands on a list that was entrusted to the center (代发)."""


def check_earmarks(fund: FundRow, rule: Rule, wanted: Wanted) -> None:
    """Raise unless a fund may pay what is wanted: by its year, its own earmarks, and the rule of
    its source. What is not known of a household does not meet an earmark that asks for it.

    Raises `FundClosed`, `NotItsDay`, or the `Earmarked` that stands against it.
    """
    if not fund.open:
        raise FundClosed(fund=fund.name)
    first, last = paying_days(fund.year, fund.pays_until)
    if not first <= wanted.day <= last:
        raise NotItsDay(fund=fund.name, first=first, last=last)
    if rule.roster != wanted.roster:
        says = rule.says if rule.roster else _("a roster is paid from agency money alone")
        raise RosterOnly(fund=fund.name, measure=wanted.title, rule=says)
    if fund.measures and wanted.measure not in fund.measures:
        raise Earmarked(fund=fund.name, measure=wanted.title)
    if rule.items and wanted.item not in rule.items:
        raise ItemNotPaid(fund=fund.name, item=wanted.item.label, rule=rule.says)
    excused = wanted.item in rule.without_file and not wanted.filed
    if not wanted.filed and (fund.file_required or (rule.file and not excused)):
        raise FileNeeded(fund=fund.name)
    if rule.levels and not excused and wanted.level not in rule.levels:
        level = wanted.level or _("not known")
        raise LevelNeeded(fund=fund.name, levels="、".join(rule.levels), level=level)
    if fund.districts and wanted.district not in fund.districts:
        district = wanted.district or _("not known")
        raise OtherDistrict(fund=fund.name, districts="、".join(fund.districts), district=district)
    if fund.categories and wanted.category not in fund.categories:
        category = wanted.category or _("not known")
        raise OtherCategory(
            fund=fund.name, categories="、".join(fund.categories), category=category
        )


def paying_days(year: int, pays_until: date | None) -> tuple[date, date]:
    """Return the first and the last day on which a fund pays: those of its year, unless its
    grant says another last day."""
    return date(year, 1, 1), pays_until or date(year, 12, 31)


def area_free(
    granted: Mapping[str | None, int], taken: Mapping[str | None, int], area: str | None
) -> Fen:
    """Return what a fund may still give for one area; with `None` what is left for any area.

    ``granted`` and ``taken`` (reserved and paid) are by area, `None` for money of any area.
    Money of an area is used first; what is taken beyond it comes from the money of any area.
    """
    own = max(0, granted.get(area, 0) - taken.get(area, 0)) if area is not None else 0
    return Fen(own + max(0, granted.get(None, 0) - sum(beyond(granted, taken).values())))


def beyond(
    granted: Mapping[str | None, int], taken: Mapping[str | None, int]
) -> dict[str | None, int]:
    """Return what each area took from the money of any area."""
    return {
        area: max(0, fen - (granted.get(area, 0) if area is not None else 0))
        for area, fen in taken.items()
    }
