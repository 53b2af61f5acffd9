"""What limits an award: the cap of the year, and which fund may pay it to whom."""

from collections.abc import Iterable

from app.cases.measures import AGENCY
from app.cases.rules import NoFile
from app.cases.whose import member_of
from app.core.money import Fen
from app.core.words.cases import CaseState
from app.core.words.households import FileState
from app.disbursements.records import Cap
from app.disbursements.rules import check_fund
from app.disbursements.source_most import check_source_most
from app.disbursements.store import measure_of
from app.facts.payments import Coming, Payment, coming_to, once, payments_of
from app.funds.queries import fund_row
from app.funds.records import FundRow
from app.funds.rules import Wanted
from app.households.store import OPEN
from app.policy.facts import RELIEF
from app.policy.findings import Assessment
from app.policy.pack import Measure
from app.reference.relief_items import item_of
from app.work import Work
from db.models.cases import Case
from db.models.funds import Fund
from db.models.households import Household


def cap_of(
    work: Work, household: Household, assessment: Assessment, *, without: int | None = None
) -> Cap:
    """Return the cap of a grant in the year of its assessment: used, reserved, left.

    It counts what the household, or the one member, got or shall get under the measure; all
    relief of the year where the pack takes that off. Where the pack takes nothing off and has
    a most for all together, the award is what may be given each time. ``without`` leaves one
    award out of what is reserved: the one being changed.
    """
    measure = assessment.measure
    grant = measure.grant if measure else None
    member = member_of(household, assessment)
    every = grant is not None and grant.used is not None and grant.used.key == RELIEF

    def of_measure(each: Payment | Coming) -> bool:
        return measure is not None and each.measure == measure.id

    def counts(each: Payment | Coming) -> bool:
        mine = member is None or each.member_id == member.id
        return every or (mine and of_measure(each))

    paid = payments_of(work.session, household.id, assessment.day.year)
    coming = coming_to(work.session, household.id)
    reserved = [each for each in coming if each.award_id != without]
    most = assessment.working.cap_fen if assessment.working else None
    together = grant.household_most_fen if grant else None
    each_time = grant is not None and grant.used is None and together is not None
    left = most if each_time else _left(most, filter(counts, [*paid, *reserved]))
    together_left = _left(together, filter(of_measure, [*paid, *reserved]))
    if left is not None and together_left is not None:
        left = min(left, together_left)
    return Cap(
        year=assessment.day.year,
        most=most,
        used=_sum(filter(counts, paid)),
        reserved=_sum(filter(counts, reserved)),
        left=left,
        together=together,
        together_left=together_left,
    )


def _sum(payments: Iterable[Payment | Coming]) -> Fen:
    return Fen(sum(each.amount for each in payments))


def _left(most: Fen | None, taken: Iterable[Payment | Coming]) -> Fen | None:
    return None if most is None else Fen(max(0, most - _sum(taken)))


def on_file(case: Case, household: Household) -> bool:
    """Tell whether money may reach a household by the rule of files first (先建档后帮扶)."""
    return case.state in (CaseState.FILED, CaseState.LISTED) and (
        household.file_state is FileState.ACTIVE
    )


def check_file(case: Case, household: Household, measure: Measure) -> None:
    """Raise `NoFile` unless the household is on file, or its application is open and the policy
    gives the measure without a file (``needs_file``)."""
    known = (CaseState.ACCEPTED, CaseState.LISTED)
    open_ = case.state in known and household.file_state in OPEN
    if not on_file(case, household) and (measure.needs_file or not open_):
        raise NoFile()


def wanted_of(work: Work, household: Household, measure: Measure, *, filed: bool) -> Wanted:
    """Return what a fund is asked to pay: a measure for a household, as it stands today."""
    return Wanted(
        measure=measure.id,
        title=measure.title,
        item=item_of(measure.id),
        day=work.today,
        filed=filed,
        level=household.archive_level,
        district=household.district,
        category=household.category,
        roster=measure.id == AGENCY,
    )


def check_payable(
    work: Work,
    case: Case,
    household: Household,
    assessment: Assessment,
    fund_id: int,
    amount: Fen,
    *,
    without: int | None = None,
) -> None:
    """Raise unless a fund may pay ``amount`` of a grant to the household of a case, or to the
    member the assessment is about, as all stand now.

    ``without`` leaves one award out of what is on the way: the one that is looked at. Raises
    `NoFile`, `FundClosed`, `OverSourceMost`, or the `Earmarked` that stands against it.
    """
    measure = measure_of(assessment)
    check_file(case, household, measure)
    fund = _fund(work, fund_id)
    check_fund(fund, measure, wanted_of(work, household, measure, filed=on_file(case, household)))
    check_source_most(work, household, assessment, fund, amount, without=without)


def _fund(work: Work, fund_id: int) -> FundRow:
    """Return a fund with its terms, which stay as they are while many awards are looked at; what
    stands on its accounts is not asked here."""

    def read() -> FundRow:
        return fund_row(work, work.load(Fund, fund_id))

    return once(work.session, (Fund, fund_id), read) or read()
