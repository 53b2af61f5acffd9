"""The most a source of money gives a household or a person, whatever the measure's own cap is."""

from app.cases.whose import member_of
from app.core.money import Fen, yuan_text
from app.disbursements.store import measure_of
from app.facts.payments import coming_to, payments_of, values_of
from app.funds.records import FundRow
from app.funds.rules import OverSourceMost
from app.policy.findings import Assessment
from app.reference.dated import ValueKind
from app.reference.earmarks import Most, Per, earmarks_on
from app.reference.relief_items import item_of
from app.work import Work
from db.models.households import Household


def check_source_most(
    work: Work,
    household: Household,
    assessment: Assessment,
    fund: FundRow,
    amount: Fen,
    *,
    without: int | None = None,
) -> None:
    """Raise `OverSourceMost` when ``amount`` is more than the source of a fund gives.

    It counts what the sources of the rule paid in the year, less what came back, also to all of
    them before a split (ADR 17), and what is on the way from them. ``without`` leaves one award
    out: the one that is looked at.
    """
    item = item_of(measure_of(assessment).id)
    for most in earmarks_on(work.today).limits(fund.source, item):
        fen = _most_fen(work, household, most)
        if fen is None:
            continue
        used = _used(work, household, assessment, most, without)
        if used + amount > fen:
            left = yuan_text(max(0, fen - used))
            raise OverSourceMost(fund=fund.name, rule=most.says, used=yuan_text(used), left=left)


def _most_fen(work: Work, household: Household, most: Most) -> int | None:
    """Return a most in fen; `None` when it hangs on a line that nobody knows."""
    if most.fen is not None:
        return most.fen
    values = values_of(work.session)
    line = values.line(ValueKind.DIBAO_LINE, household.district or "", work.today)
    return line.amount_fen * (most.months or 0) if line else None


def _used(
    work: Work, household: Household, assessment: Assessment, most: Most, without: int | None
) -> int:
    if most.per is Per.PERSON_TIME:
        return 0
    member = member_of(household, assessment)
    person = member.id if member else None
    paid = payments_of(work.session, household.id, work.today.year)
    coming = (each for each in coming_to(work.session, household.id) if each.award_id != without)
    return sum(
        each.amount
        for each in (*paid, *coming)
        if each.source in most.of
        and item_of(each.measure) in most.items
        and (most.per is Per.HOUSEHOLD_YEAR or each.member_id == person)
    )
