"""The most a source of money gives a household or a person, whatever the measure's own cap is."""

from datetime import date

from sqlalchemy import ColumnElement, case, func, select

from app.cases.whose import member_of
from app.center.store import values_in_use
from app.core.clock import midnight
from app.core.money import Fen, yuan_text
from app.core.words.disbursements import AwardState
from app.core.words.funds import Account, FundSource
from app.disbursements.store import measure_of
from app.facts.gather import Payment, counted_with
from app.funds.records import FundRow
from app.funds.rules import OverSourceMost
from app.policy.findings import Assessment
from app.reference.dated import ValueKind
from app.reference.earmarks import Most, Per, earmarks_on
from app.reference.relief_items import item_of
from app.work import Work
from db.models.disbursements import Award, AwardVersion
from db.models.funds import Fund, Posting
from db.models.households import Household

SETTLED = (AwardState.PAID, AwardState.REFUSED, AwardState.WITHDRAWN)


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

    It counts what the sources of the rule paid in the year, less what came back, and what is on
    the way from them. ``without`` leaves one award out: the one that is looked at.
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
    values = values_in_use(work.session)
    line = values.line(ValueKind.DIBAO_LINE, household.district or "", work.today)
    return line.amount_fen * (most.months or 0) if line else None


def _used(
    work: Work, household: Household, assessment: Assessment, most: Most, without: int | None
) -> int:
    if most.per is Per.PERSON_TIME:
        return 0
    member = member_of(household, assessment)
    person = member.id if member else None
    return sum(
        each.amount
        for each in (
            *_paid(work, household.id, most.of),
            *_on_the_way(work, household.id, most.of, without),
        )
        if item_of(each.measure) in most.items
        and (most.per is Per.HOUSEHOLD_YEAR or each.member_id == person)
    )


def _paid(work: Work, household_id: int, sources: tuple[FundSource, ...]) -> list[Payment]:
    year = work.today.year
    signed: ColumnElement[int] = case(
        (Posting.to_account == Account.PAID, Posting.amount),
        (Posting.from_account == Account.PAID, -Posting.amount),
        else_=0,
    )
    found = work.session.execute(
        select(Award.measure, Award.member_id, func.sum(signed))
        .join(AwardVersion, AwardVersion.award_id == Award.id)
        .join(Posting, Posting.award_version_id == AwardVersion.id)
        .join(Fund, Posting.fund_id == Fund.id)
        .where(
            counted_with(household_id),
            Fund.source.in_(sources),
            Posting.posted_at >= midnight(date(year, 1, 1)),
            Posting.posted_at < midnight(date(year + 1, 1, 1)),
        )
        .group_by(Award.measure, Award.member_id)
    )
    return [Payment(*each) for each in found]


def _on_the_way(
    work: Work, household_id: int, sources: tuple[FundSource, ...], without: int | None
) -> list[Payment]:
    newest = (
        select(func.max(AwardVersion.id))
        .where(AwardVersion.award_id == Award.id)
        .correlate(Award)
        .scalar_subquery()
    )
    found = work.session.execute(
        select(Award.measure, Award.member_id, AwardVersion.amount)
        .join(AwardVersion, AwardVersion.id == newest)
        .join(Fund, AwardVersion.fund_id == Fund.id)
        .where(
            counted_with(household_id),
            Fund.source.in_(sources),
            Award.state.not_in(SETTLED),
            Award.id != (without or 0),
        )
    )
    return [Payment(*each) for each in found]
