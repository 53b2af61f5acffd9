"""The charts of budgets and payments: whether money lasts, and what became of what was approved."""

from collections import Counter, defaultdict
from collections.abc import Mapping
from dataclasses import replace
from datetime import date, timedelta

from sqlalchemy import ColumnElement, case, exists, func, select
from sqlalchemy.orm import InstrumentedAttribute, aliased

from app.cases.measures import area_of
from app.core.clock import midnight
from app.core.i18n import _
from app.core.money import Fen, yuan_text
from app.core.words.disbursements import BatchState, Decision, LineState
from app.core.words.funds import Account, BudgetState, RefundKind
from app.disbursements.batches import call_off
from app.reports.charts import Chart, ChartName, Line, Shape, Unit, answer, share
from app.reports.cutting import district_words, label, order
from app.reports.records import Cut, ReliefQuery, ReportQuery
from app.reports.relief import rows_behind
from app.work import Work
from db.models.audit import AuditRow
from db.models.disbursements import Approval, Award, AwardVersion, Batch, BatchLine
from db.models.funds import Budget, CarryOver, Fund, Posting, Refund
from db.models.households import Household
from db.models.relief import Relief

# Shall we run out


def burn(work: Work, asked: ReportQuery) -> Chart:
    """Tell how much of the budgets of a year is used, by area, or by fund where none is tied.

    Budgets are those of the whole center. What an area uses beyond its own counts in what is not
    tied to any. What is paid is what its funds paid, the payments that `_paid_by` asks for.
    """
    year = asked.last.year
    funds = work.session.scalars(select(Fund).where(Fund.year == year).order_by(Fund.id)).all()
    granted, reserved = _stands(work, year)
    behind = _paid_by(year, work.today)
    paid = _paid(work, behind)
    own = _own_budgets(work, year)
    lines = (
        _area_lines(behind, own, sum(granted.values()), paid, reserved)
        if own
        else [
            Line(
                fund.name,
                (granted[fund.id], _of_fund(paid, fund.id), _of_fund(reserved, fund.id)),
                (None, replace(behind, cut=Cut.FUND, key=str(fund.id)), None),
            )
            for fund in funds
            if granted[fund.id] or _of_fund(paid, fund.id)
        ]
    )
    used = [sum(line.values[at] or 0 for line in lines) for at in range(3)]
    if len(lines) > 1:
        lines = [Line(_("All"), tuple(used), (None, behind, None)), *lines]
    over = _time_gone(year, work.today)
    chart = answer(
        ChartName.BURN,
        _burn_says(year, work.today, used[0], used[1] + used[2]),
        Shape.PACED,
        Unit.FEN,
        _("Policy area") if own else _("Fund"),
        (_("Budget"), _("Paid"), _("Approved, not paid")),
        tuple(lines),
    )
    return replace(chart, pace=over, title=f"{chart.title} {year}")


Stands = Mapping[tuple[int, str], int]
"""Money by fund and area."""


def _of_fund(money: Stands, fund: int) -> int:
    return sum(fen for (key, _area), fen in money.items() if key == fund)


def _of_area(money: Stands, area: str) -> int:
    return sum(fen for (_fund, key), fen in money.items() if key == area)


def _paid_by(year: int, today: date) -> ReliefQuery:
    """Ask for what the funds of a year paid: some may pay until some day of the next year."""
    whole = ReportQuery(first=date(year, 1, 1), last=date(max(year, today.year), 12, 31))
    return ReliefQuery(asked=whole, of_year=year)


def _area_lines(
    behind: ReliefQuery, own: Mapping[str, int], granted: int, paid: Stands, reserved: Stands
) -> list[Line]:
    lines: list[Line] = []
    rest = [granted - sum(own.values()), _of_fund_all(paid), _of_fund_all(reserved)]
    for area, budget in sorted(own.items(), key=lambda each: order(Cut.AREA, each[0])):
        given = _of_area(paid, area)
        gone = min(given, budget)
        set_aside = min(_of_area(reserved, area), budget - gone)
        rest[1] -= gone
        rest[2] -= set_aside
        # A part of what was given to an area is no list of payments: it opens nothing.
        rows = replace(behind, cut=Cut.AREA, key=area) if gone == given else None
        values = (budget, gone, set_aside)
        lines.append(Line(label(Cut.AREA, area, {}), values, (None, rows, None)))
    if any(rest):
        lines.append(Line(_("Not tied to an area"), tuple(rest)))
    return lines


def _of_fund_all(money: Stands) -> int:
    return sum(money.values())


def _own_budgets(work: Work, year: int) -> dict[str, int]:
    """Return what the funds of a year were granted for one area alone, carry-overs counted."""
    area = func.coalesce(Budget.area, CarryOver.area)
    brought = case((Posting.from_account == Account.GRANTED, Posting.amount), else_=-Posting.amount)
    found = work.session.execute(
        select(area, func.sum(brought))
        .select_from(Posting)
        .join(Fund, Posting.fund_id == Fund.id)
        .outerjoin(Budget, Posting.budget_id == Budget.id)
        .outerjoin(CarryOver, Posting.carry_over_id == CarryOver.id)
        .where(Fund.year == year, area.is_not(None))
        .group_by(area)
    )
    return {area: fen for area, fen in found if area}


def _stands(work: Work, year: int) -> tuple[Counter[int], Stands]:
    """Return what was granted to the funds of a year, and what is reserved by fund and area."""
    granted: Counter[int] = Counter()
    reserved: defaultdict[tuple[int, str], int] = defaultdict(int)
    found = work.session.execute(
        select(
            Posting.fund_id,
            Posting.from_account,
            Posting.to_account,
            Award.measure,
            func.sum(Posting.amount),
        )
        .join(Fund, Posting.fund_id == Fund.id)
        .outerjoin(AwardVersion, Posting.award_version_id == AwardVersion.id)
        .outerjoin(Award, AwardVersion.award_id == Award.id)
        .where(Fund.year == year)
        .group_by(Posting.fund_id, Posting.from_account, Posting.to_account, Award.measure)
    )
    for fund, start, to, measure, fen in found:
        granted[fund] += ((start is Account.GRANTED) - (to is Account.GRANTED)) * fen
        moved = ((to is Account.RESERVED) - (start is Account.RESERVED)) * fen
        if moved:
            reserved[fund, area_of(measure or "", work.today) or ""] += moved
    return granted, reserved


def _paid(work: Work, behind: ReliefQuery) -> Stands:
    """Return what funds paid, by fund and area: the sums of the rows behind the chart."""
    found = work.session.execute(
        select(Relief.fund_id, Relief.area, func.sum(Relief.fen))
        .where(*rows_behind(behind))
        .group_by(Relief.fund_id, Relief.area)
    )
    return {(fund, area or ""): fen for fund, area, fen in found if fund is not None}


def _time_gone(year: int, today: date) -> int:
    """Return how much of a year is over, in thousandths."""
    first, days = date(year, 1, 1), (date(year + 1, 1, 1) - date(year, 1, 1)).days
    return max(0, min(1000, 1000 * ((today - first).days + 1) // days))


def _burn_says(year: int, today: date, budget: int, used: int) -> str:
    if not budget:
        return _("No budget of {year} is confirmed.").format(year=year)
    told = {
        "used": yuan_text(Fen(used)),
        "budget": yuan_text(Fen(budget)),
        "share": share(used, budget),
        "time": share(_time_gone(year, today), 1000),
    }
    if today.year != year or not used:
        return _("{used} of {budget} yuan are used, {share}.").format(**told)
    gone = (today - date(year, 1, 1)).days + 1
    lasts = date(year, 1, 1) + timedelta(days=min(gone * budget // used, 5000))
    if lasts.year > year:
        says = _(
            "{used} of {budget} yuan are used, {share}, with {time} of the year gone: it lasts."
        )
        return says.format(**told)
    says = _(
        "{used} of {budget} yuan are used, {share}, with {time} of the year gone: at this pace"
        " they end about {day}."
    )
    return says.format(**told, day=lasts)


# Where the difference is


def steps(work: Work, asked: ReportQuery) -> Chart:
    """Tell how approved money became money on accounts: sent, come back, paid again.

    What was approved anew after a payment failed counts as paid again, not as approved. A batch
    that was called off before it went out was never sent: what is approved anew after it is sent
    for the first time.
    """
    begin, end = midnight(asked.first), midnight(asked.last + timedelta(days=1))
    earlier = aliased(AwardVersion)
    anew = exists().where(
        earlier.award_id == AwardVersion.award_id,
        earlier.sequence < AwardVersion.sequence,
        BatchLine.award_version_id == earlier.id,
        BatchLine.state == LineState.FAILED,
    )
    again = anew.where(_went_out(BatchLine.batch_id))
    approved = (
        select(Award.measure, func.sum(AwardVersion.amount))
        .join(AwardVersion, AwardVersion.award_id == Award.id)
        .join(Approval, Approval.award_version_id == AwardVersion.id)
        .join(Household, Award.household_id == Household.id)
        .where(Approval.final, Approval.decision == Decision.APPROVED, ~anew)
        .where(Approval.decided_at >= begin, Approval.decided_at < end)
        .group_by(Award.measure)
    )
    line = aliased(BatchLine)
    second = case((again, 1), else_=0)
    sent = (
        select(Award.measure, second, line.state, func.sum(AwardVersion.amount))
        .join(AwardVersion, AwardVersion.award_id == Award.id)
        .join(line, line.award_version_id == AwardVersion.id)
        .join(Batch, line.batch_id == Batch.id)
        .join(Household, Award.household_id == Household.id)
        .where(Batch.state.in_((BatchState.SENT, BatchState.RECONCILED)))
        .where(Batch.frozen_at >= begin, Batch.frozen_at < end, _went_out(Batch.id))
        .group_by(Award.measure, second, line.state)
    )
    credited = exists().where(
        line.award_version_id == AwardVersion.id, line.state == LineState.PAID
    )
    partly = (
        select(Award.measure, func.sum(Refund.amount))
        .join(AwardVersion, AwardVersion.award_id == Award.id)
        .join(Refund, Refund.award_version_id == AwardVersion.id)
        .join(Household, Award.household_id == Household.id)
        .where(Refund.kind == RefundKind.BANK, Refund.state == BudgetState.CONFIRMED)
        .where(Refund.came_on.between(asked.first, asked.last))
        .where(credited)
        .group_by(Award.measure)
    )
    if asked.district:
        here = Household.district.in_(district_words(asked.district))
        approved, sent, partly = (each.where(here) for each in (approved, sent, partly))
    sums: Counter[str] = Counter()

    def counts(measure: str) -> bool:
        return not asked.area or str(area_of(measure, asked.last)) == asked.area

    for measure, fen in work.session.execute(approved):
        sums["approved"] += fen * counts(measure)
    for measure, repeated, state, fen in work.session.execute(sent):
        if counts(measure) and state is not LineState.REMOVED:
            sums["again" if repeated else "sent"] += fen
            sums["back"] += fen * (state is LineState.FAILED)
            sums["paying"] += fen * (state in (LineState.PAYING, LineState.PREPARED))
    for measure, fen in work.session.execute(partly):
        sums["back"] += fen * counts(measure)
    return _bridge(sums)


def _went_out(batch: InstrumentedAttribute[int]) -> ColumnElement[bool]:
    """Say in SQL that a closed batch went to the bank, or was handed out.

    One that was called off is closed like one of which nothing was paid. Cash and goods have no
    bank file that would tell it, the trail does for each way.
    """
    off = select(AuditRow.subject).where(
        AuditRow.verb == call_off.name, AuditRow.subject.is_not(None)
    )
    return func.concat("batch/", batch).not_in(off)


def _bridge(sums: Counter[str]) -> Chart:
    unsent = sums["sent"] - sums["approved"]
    arrived = sums["sent"] + sums["again"] - sums["back"] - sums["paying"]
    told = {name: yuan_text(Fen(sums[name])) for name in ("approved", "back", "again")}
    says = _("{approved} yuan approved, {arrived} arrived: {back} came back, {again} paid again.")
    return answer(
        ChartName.STEPS,
        says.format(**told, arrived=yuan_text(Fen(arrived)))
        if sums
        else _("Nothing was approved or sent in this period."),
        Shape.BRIDGE,
        Unit.FEN,
        _("Step"),
        (_("Amount"),),
        (
            Line(_("Approved"), (sums["approved"],), total=True),
            Line(_("Not sent yet") if unsent <= 0 else _("Approved before"), (unsent,)),
            Line(_("Sent"), (sums["sent"],), total=True),
            Line(_("Returned by the bank"), (-sums["back"],)),
            Line(_("Paid again"), (sums["again"],)),
            Line(_("At the bank"), (-sums["paying"],)),
            Line(_("Arrived"), (arrived,), total=True),
        ),
    )
