"""What can be asked about lists: which there are, who is on one, whom a measure may be given to."""

from collections.abc import Iterator
from typing import Final, TypeVar

from sqlalchemy import ColumnElement, Row, Select, case, func, or_, select

from app.cases.measures import area_of, measure_on
from app.cases.whose import member_of
from app.core.errors import RuleBroken
from app.core.i18n import _
from app.core.money import Fen, yuan_text
from app.core.words.disbursements import AwardState, ListKind
from app.core.words.funds import Account
from app.core.words.households import FileState
from app.disbursements.limits import cap_of, wanted_of
from app.disbursements.list_records import (
    Candidate,
    CandidateFiles,
    CandidateQuery,
    Candidates,
    ListById,
    ListEntry,
    ListQuery,
    ListRow,
    ListView,
)
from app.disbursements.rosters import Entry, entries, fen_of, parts
from app.disbursements.rules import NoSuchMeasure, check_fund
from app.disbursements.store import measure_of
from app.disbursements.whom import as_it_stands, whom
from app.facts.assessing import assess_stored
from app.funds.ledger import balances
from app.funds.queries import fund_row
from app.funds.records import FundRow
from app.households.store import people_of
from app.policy.explain import why_not
from app.policy.findings import Assessment
from app.policy.pack import Outcome
from app.work import Permission, Work, query
from db.models.disbursements import Award, AwardList
from db.models.funds import Fund
from db.models.households import Household, Member
from db.models.staff import Staff

APPROVED = (AwardState.APPROVED, AwardState.IN_BATCH, AwardState.PAID)
GONE = (AwardState.WITHDRAWN, AwardState.REFUSED)


@query(needs=Permission.READ_AWARDS)
def list_rows(work: Work, asked: ListQuery) -> list[ListRow]:
    """List the lists, the newest first."""
    wanted = select(AwardList).order_by(AwardList.id.desc()).limit(asked.limit)
    if asked.state is not None:
        wanted = wanted.where(AwardList.state == asked.state)
    if asked.kind is not None:
        wanted = wanted.where(AwardList.kind == asked.kind)
    return [_row(work, list_) for list_ in work.session.scalars(wanted)]


def _row(work: Work, list_: AwardList) -> ListRow:
    rows = entries(list_)
    approved, paid = work.session.execute(
        select(
            func.coalesce(func.sum(case((Award.state.in_(APPROVED), 1), else_=0)), 0),
            func.coalesce(func.sum(case((Award.state == AwardState.PAID, 1), else_=0)), 0),
        ).where(Award.list_id == list_.id)
    ).one()
    measure = measure_on(list_.measure, work.today)
    return ListRow(
        id=list_.id,
        version=list_.version,
        number=list_.number,
        kind=list_.kind,
        title=list_.title,
        measure=list_.measure,
        measure_title=measure.title if measure else list_.measure,
        fund=work.load(Fund, list_.fund_id).name,
        way=list_.way,
        amount=list_.amount,
        state=list_.state,
        rows=len(rows),
        total=Fen(sum(fen_of(list_, row) for row in rows)),
        approved=approved,
        paid=paid,
        opened_by=work.load(Staff, list_.opened_by).name,
        opened_at=list_.opened_at,
        mine=list_.opened_by == work.actor.id,
    )


@query(needs=Permission.READ_AWARDS)
def list_view(work: Work, asked: ListById) -> ListView:
    """Return a list with its rows, and what became of each."""
    list_ = work.load(AwardList, asked.id)
    confirmed = list_.confirmed_by
    return ListView(
        row=_row(work, list_),
        document=list_.document,
        goods=list_.goods,
        quantity=list_.quantity,
        unit_value=list_.unit_value,
        fund_left=balances(work.session, list_.fund_id).get(Account.AVAILABLE, Fen(0)),
        confirmed_by=work.load(Staff, confirmed).name if confirmed else "",
        entries=tuple(_entries(work, list_)),
    )


def _entries(work: Work, list_: AwardList) -> Iterator[ListEntry]:
    rows = entries(list_)
    heads = _heads(work, {row.household for row in rows if row.household})
    members = {row.member for row in rows if row.member}
    people = _names(work, members)
    series = list_.kind is ListKind.SERIES
    given = select(Award).where(Award.list_id == list_.id).order_by(Award.id)
    awards = work.session.scalars(given).all()
    if not series:  # of a household's awards the one that stands; a month keeps its place
        awards = sorted(awards, key=lambda award: award.state in GONE)
    by_whom: dict[object, Award] = {}
    for line, award in enumerate(awards, 1):
        by_whom.setdefault(line if series else whom(award.household_id, award.member_id), award)
    for row in rows:
        head = heads.get(row.household or 0)
        award = by_whom.get(row.line if series else whom(row.household, row.member))
        if award is None and by_whom and not series:
            now = as_it_stands(work, row)  # its file was merged since
            award = by_whom.get(whom(now.household, now.member))
        yield ListEntry(
            id=row.line,
            household_id=row.household,
            member_id=row.member,
            name=row.name or (head.name if head else ""),
            person="" if row.name else people.get(row.member or 0, ""),
            file_number=(head.file_number or "") if head else "",
            district=(head.district or "") if head else "",
            amount=fen_of(list_, row),
            award_id=award.id if award else None,
            award_number=award.number if award else "",
            state=award.state if award else None,
            due_on=award.due_on if award else None,
            why="" if award else _why(list_, row),
        )


def _why(list_: AwardList, row: Entry) -> str:
    told: dict[str, str] = list_.left_out
    unknown = _("Not on file by this ID number") if row.household is None else ""
    return told.get(str(row.line), unknown)


def _heads(work: Work, households: set[int]) -> dict[int, Row[int, str, str | None, str | None]]:
    """Return name, file number and district of many households by their ids."""
    found: dict[int, Row[int, str, str | None, str | None]] = {}
    for part in parts(households):
        rows = work.session.execute(
            select(Household.id, Member.name, Household.file_number, Household.district)
            .join(Member, (Member.household_id == Household.id) & (Member.position == 1))
            .where(Household.id.in_(part))
        )
        found.update({row.id: row for row in rows})
    return found


def _names(work: Work, members: set[int]) -> dict[int, str]:
    names: dict[int, str] = {}
    for part in parts(members):
        found = select(Member.id, Member.name).where(Member.id.in_(part))
        names.update(dict(work.session.execute(found).all()))
    return names


@query(needs=Permission.PROPOSE_AWARDS)
def candidate_files(work: Work, asked: CandidateQuery) -> CandidateFiles:
    """Tell which files on file a search for candidates looks through, in its order.

    What they are narrowed by is offered from all files, so that one can choose anew.
    """
    known = [
        tuple(work.session.scalars(select(column).where(ON_FILE).distinct().order_by(column)))
        for column in (Household.district, Household.category)
    ]
    return CandidateFiles(
        household_ids=tuple(work.session.scalars(_narrowed(select(Household.id), asked))),
        districts=tuple(filter(None, known[0])),
        categories=tuple(filter(None, known[1])),
    )


ON_FILE: Final = Household.file_state == FileState.ACTIVE
Found = TypeVar("Found")


def _narrowed(wanted: Select[Found], asked: CandidateQuery) -> Select[Found]:
    """Narrow the files on file to what was asked, in the order they are told in."""
    wanted = wanted.where(ON_FILE)
    if asked.household_ids:
        wanted = wanted.where(Household.id.in_(asked.household_ids))
    if asked.districts:
        wanted = wanted.where(Household.district.in_(asked.districts))
    if asked.categories:
        wanted = wanted.where(Household.category.in_(asked.categories))
    if words := asked.words.strip():
        wanted = wanted.where(_called(words))
    return wanted.order_by(Household.district, Household.file_number)


def _called(words: str) -> ColumnElement[bool]:
    """Pick the households of which somebody, or the file number, goes by these words."""
    spelled = words.lower()
    named = select(Member.household_id).where(
        Member.left_on.is_(None),
        or_(
            Member.name.contains(words, autoescape=True),
            Member.pinyin.startswith(spelled, autoescape=True),
            Member.initials.startswith(spelled, autoescape=True),
        ),
    )
    return or_(
        Household.file_number.contains(words, autoescape=True),
        Household.id.in_(named),
    )


@query(needs=Permission.PROPOSE_AWARDS)
def candidates(work: Work, asked: CandidateQuery) -> Candidates:
    """Look through the files on file: whom a measure may be given to today, and why not others.

    Those come by district, then by file number.
    """
    measure = measure_on(asked.measure, work.today)
    if measure is None or area_of(measure.id, work.today) is None:
        raise NoSuchMeasure(measure=asked.measure)
    list_ = work.load(AwardList, asked.list_id) if asked.list_id is not None else None
    fund_id = asked.fund_id or (list_.fund_id if list_ else None)
    fund = fund_row(work, work.load(Fund, fund_id)) if fund_id else None
    there = {(row.household, row.member) for row in (entries(list_) if list_ else ())}
    wanted = _narrowed(select(Household), asked)
    yes: list[Candidate] = []
    no: list[Candidate] = []
    for household in work.session.scalars(wanted.execution_options(yield_per=200)):
        for each in _answers(work, household, measure.id, fund):
            if (each.household_id, each.member_id) not in there:
                (no if each.why else yes).append(each)
    return Candidates(yes=tuple(yes), left_out=tuple(no))


def _answers(
    work: Work, household: Household, measure: str, fund: FundRow | None
) -> Iterator[Candidate]:
    """Yield the answer for a household; of a grant per member, those worth telling: of whom the
    policy says yes or cannot tell, or else the first."""
    found = assess_stored(work, household).of(measure)
    told = [each for each in found if each.outcome is not Outcome.NO] or list(found[:1])
    for each in told:
        yield _candidate(work, household, each, fund)


def _candidate(
    work: Work, household: Household, answer: Assessment, fund: FundRow | None
) -> Candidate:
    head, member = people_of(household)[0], member_of(household, answer)
    why, left = "", None
    if answer.outcome is not Outcome.YES:
        why = why_not(answer)
    else:
        cap = cap_of(work, household, answer)
        left = cap.left
        if left == 0:
            why = _("Nothing is left of the cap: {used} paid, {reserved} on the way").format(
                used=yuan_text(cap.used), reserved=yuan_text(cap.reserved)
            )
        elif fund is not None:
            why = _fund_says(work, household, fund, answer)
    return Candidate(
        household_id=household.id,
        member_id=member.id if member else None,
        name=head.name,
        person=member.name if member else "",
        file_number=household.file_number or "",
        district=household.district or "",
        category=household.category or "",
        left=left,
        why=why,
    )


def _fund_says(work: Work, household: Household, fund: FundRow, answer: Assessment) -> str:
    measure = measure_of(answer)
    try:
        check_fund(fund, measure, wanted_of(work, household, measure, filed=True))
    except RuleBroken as error:
        return error.tell()
    return ""
