"""The verbs of lists: open, fill, confirm, hand in as awards, take back."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from sqlalchemy import select

from app.cases.measures import AGENCY, measure_on
from app.core.contact import normalise_card
from app.core.errors import AppError, Invalid, NotNow
from app.core.i18n import _
from app.core.money import Fen
from app.core.record import only
from app.core.resident_id import normalise_id
from app.core.text import normalise
from app.core.words.cases import CaseState
from app.core.words.disbursements import AwardState, ListKind, ListState, PayWay
from app.core.words.papers import PaperKind
from app.disbursements.list_records import (
    ListForm,
    ListLeftOut,
    ListOffForm,
    ListProposed,
    ListRowsForm,
    ListStep,
    RosterForm,
    RosterTaken,
)
from app.disbursements.list_rules import (
    EmptyList,
    ListBegun,
    NoAccount,
    NoAmount,
    NotAgency,
    NotForLists,
    NotOnFile,
    SecondRow,
    list_problems,
)
from app.disbursements.proposing import checked, next_list_number, take_back
from app.disbursements.records import ProposalForm
from app.disbursements.rosters import (
    Entry,
    entries,
    fen_of,
    kept,
    matched,
    on_roster,
    other_names,
    parts,
    taken,
)
from app.disbursements.store import assessed
from app.disbursements.whom import as_it_stands, whom
from app.disbursements.writing import Ground, Waiting
from app.facts.assessing import assess_stored
from app.facts.payments import keep_loaded, read_at_once
from app.households.store import head_of
from app.papers.store import void_issued
from app.policy.pack import MeasureKind
from app.work import Permission, SecondPersonNeeded, Topic, Work, action
from db.models.cases import Case
from db.models.disbursements import Award, AwardList
from db.models.funds import Fund
from db.models.households import Household

CHANGES = {Topic.AWARDS}


@action(needs=Permission.PROPOSE_AWARDS, changes=CHANGES)
def open_list(work: Work, form: ListForm) -> int:
    """Open a list for a festival, a schooling season or an agency; return its id.

    Raises `Invalid` for what does not fit, `NotForLists` for a measure no list can give.
    """
    if problems := list_problems(form):
        raise Invalid(problems)
    agency = form.kind is ListKind.AGENCY
    measure = measure_on(AGENCY if agency else form.measure, work.today)
    wrong = measure is None or measure.kind is not MeasureKind.GRANT
    if form.kind is ListKind.SERIES or measure is None or wrong:
        raise NotForLists(measure=form.measure)
    work.load(Fund, form.fund_id)
    product = Fen((form.quantity or 0) * (form.unit_value or 0))
    goods = form.way is PayWay.GOODS
    list_ = AwardList(
        number=next_list_number(work),
        kind=form.kind,
        title=normalise(form.title),
        measure=measure.id,
        document=normalise(form.document),
        amount=product if goods else form.amount,
        goods=normalise(form.goods) if goods else "",
        quantity=form.quantity if goods else None,
        unit_value=form.unit_value if goods else None,
        roster=[],
        left_out={},
        state=ListState.OPEN,
        opened_by=work.actor.id,
        opened_at=work.now,
        **only(form, {"fund_id", "way"}),
    )
    return work.add(list_).id


@action(needs=Permission.PROPOSE_AWARDS, changes=CHANGES)
def put_on_list(work: Work, form: ListRowsForm) -> None:
    """Put people on a list that is open; of those on it already, change what they get."""
    list_ = _open(work, form.id, form.version)
    if list_.kind is ListKind.AGENCY:
        raise NotAgency(number=list_.number)
    rows = {(row.household, row.member): row for row in entries(list_)}
    last = max((row.line for row in rows.values()), default=0)
    for pick in form.rows:
        key = (pick.household_id, pick.member_id)
        last += key not in rows
        line = rows[key].line if key in rows else last
        fen = None if list_.way is PayWay.GOODS else pick.amount
        rows[key] = Entry(line=line, household=key[0], member=key[1], fen=fen)
    list_.roster = kept(rows.values())


@action(needs=Permission.PROPOSE_AWARDS, changes=CHANGES)
def take_off_list(work: Work, form: ListOffForm) -> None:
    """Take rows off a list that is open; the others keep their numbers."""
    list_ = _open(work, form.id, form.version)
    list_.roster = kept(row for row in entries(list_) if row.line not in form.lines)


@action(needs=Permission.PROPOSE_AWARDS, changes=CHANGES)
def take_roster(work: Work, form: RosterForm) -> RosterTaken:
    """Take the roster of an agency in, each row matched with the person on file by ID number.

    Nobody is invented: rows of people not on file stay, are told, and become no award.
    """
    list_ = _open(work, form.id, form.version)
    if list_.kind is not ListKind.AGENCY:
        raise NotAgency(number=list_.number)
    if not form.rows:
        raise EmptyList()
    rows = matched(
        work,
        [
            Entry(
                line=line,
                fen=row.amount,
                name=normalise(row.name),
                id_number=normalise_id(row.id_number),
                bank=normalise(row.account_bank),
                account=normalise_card(row.account_number),
            )
            for line, row in enumerate(form.rows, 1)
        ],
    )
    list_.roster = kept(rows)
    return RosterTaken(
        known=sum(row.household is not None for row in rows),
        unknown=tuple(row.name for row in rows if row.household is None),
        other_name=tuple(other_names(work, rows)),
    )


@action(needs=Permission.APPROVE_AWARDS, changes=CHANGES)
def confirm_list(work: Work, form: ListStep) -> None:
    """Confirm the roster of an agency after comparing it: a second person's act."""
    list_ = work.load(AwardList, form.id, form.version)
    if list_.kind is not ListKind.AGENCY:
        raise NotAgency(number=list_.number)
    if list_.state is not ListState.OPEN:
        raise NotNow(state=list_.state.label, step="confirm")
    if list_.opened_by == work.actor.id or work.made_by_me(
        f"award_list/{list_.id}", verbs=("disbursements.take_roster",)
    ):
        raise SecondPersonNeeded()
    if not list_.roster:
        raise EmptyList()
    list_.state, list_.confirmed_by = ListState.CONFIRMED, work.actor.id


@action(needs=Permission.PROPOSE_AWARDS, changes={Topic.AWARDS, Topic.CASES})
def propose_list(work: Work, form: ListStep) -> ListProposed:
    """Hand a list in: every row that may be given becomes an award that waits for approval.

    Each row is checked by itself: file, eligibility, cap, need, fund. One that fails is told
    with its reason and left out whole; handed in again, the list tries those once more.
    """
    list_ = work.load(AwardList, form.id, form.version)
    if list_.kind is ListKind.AGENCY and list_.state is ListState.OPEN:
        raise NotNow(state=list_.state.label, step="propose")
    if list_.kind is ListKind.SERIES or list_.state is ListState.WITHDRAWN:
        raise NotNow(state=list_.state.label, step="propose")
    listed = entries(list_)
    if not listed:
        raise EmptyList()
    _hold(work, listed)
    rows = [as_it_stands(work, row) for row in listed]
    homes = sorted({row.household for row in rows if row.household is not None})
    with read_at_once(work.session, homes, work.today.year):
        given, left = _propose_rows(work, list_, rows, form.opinion)
    void_issued(work, PaperKind.LIST_SHEET, f"award_list/{list_.id}", _("The list was handed in"))
    list_.left_out = {str(each.line): each.why for each in left}
    list_.state = ListState.PROPOSED
    work.subject = f"award_list/{list_.id}"
    work.notes["proposed"] = len(given)
    return ListProposed(proposed=len(given), amount=Fen(sum(given)), left=tuple(left))


def _propose_rows(
    work: Work, list_: AwardList, rows: Sequence[Entry], opinion: str
) -> tuple[list[Fen], list[ListLeftOut]]:
    """Propose the rows whose people have no award of the list; return the amounts of those that
    became one, and the others."""
    cases = _cases(work, rows)
    there = {whom(*each) for each in taken(work, list_)}
    first = {whom(row.household, row.member): row.line for row in reversed(rows)}
    given: list[Fen] = []
    left: list[ListLeftOut] = []
    waiting = Waiting(work)
    for row in rows:
        who = whom(row.household, row.member)
        second = first[who] != row.line and list_.kind is not ListKind.AGENCY
        if who in there and not second:
            continue
        try:
            if second:
                raise SecondRow(line=first[who])
            given.append(_propose_row(waiting, list_, row, cases, opinion))
        except AppError as error:
            left.append(ListLeftOut(line=row.line, name=_called(work, row), why=_why(error)))
        else:
            there.add(who)
    waiting.write()
    return given, left


def _why(error: AppError) -> str:
    """Return why a row was left out; of fields that are wrong, what is wrong with the first."""
    if isinstance(error, Invalid):
        return error.problems[0].tell()
    return error.tell()


def _called(work: Work, row: Entry) -> str:
    if row.household is None:
        return row.name
    return row.name or head_of(work.load(Household, row.household)).name


def _hold(work: Work, rows: Sequence[Entry]) -> None:
    """Load the households of a list some hundreds at a time, and keep what is loaded as long as
    the act lasts."""
    keep_loaded(work.session)
    for part in _parts(rows):
        work.session.scalars(select(Household).where(Household.id.in_(part))).all()


def _cases(work: Work, rows: Sequence[Entry]) -> dict[int, Case]:
    """Return the newest application that each household of a list is on file by."""
    cases: dict[int, Case] = {}
    for part in _parts(rows):
        found = select(Case).where(
            Case.household_id.in_(part), Case.state.in_((CaseState.FILED, CaseState.LISTED))
        )
        newest = found.order_by(Case.state == CaseState.FILED, Case.id)
        cases.update({case.household_id: case for case in work.session.scalars(newest)})
    return cases


def _parts(rows: Sequence[Entry]) -> Iterator[list[int]]:
    """Yield the households of a list, some hundreds at a time."""
    return parts({row.household for row in rows if row.household is not None})


def _propose_row(
    waiting: Waiting, list_: AwardList, row: Entry, cases: dict[int, Case], opinion: str
) -> Fen:
    """Check one row, let it wait to be written and return the amount; whatever raises does so
    before anything of it is written."""
    work = waiting.work
    if row.household is None:
        raise NotOnFile(name=row.name)
    household = work.load(Household, row.household)
    waiting.before(household.id)
    fen = fen_of(list_, row)
    if not fen:
        raise NoAmount()
    case = cases.get(household.id) or _opened(work, list_, household)
    findings = assess_stored(work, household)
    if list_.kind is ListKind.AGENCY:
        answer = on_roster(work, findings, list_.id, row.member)
        fen = answer.amount_fen or fen
    else:
        answer = assessed(findings, household, list_.measure, row.member)
    form = ProposalForm(
        amount=fen,
        fund_id=list_.fund_id,
        way=list_.way,
        goods=list_.goods,
        quantity=list_.quantity,
        unit_value=list_.unit_value,
        opinion=opinion or list_.title,
    )
    if list_.way is PayWay.CARD:
        form = _with_account(form, household, row)
    ground = Ground(case, household, findings, answer, row.member)
    proposal = checked(work, ground, form, list_=list_)
    if waiting.meets(proposal):
        waiting.write()
        proposal = checked(work, ground, form, list_=list_)
    waiting.add(proposal)
    return fen


def _with_account(form: ProposalForm, household: Household, row: Entry) -> ProposalForm:
    holder, bank, account = (row.name, row.bank, row.account)
    if not account:
        holder = household.account_holder or head_of(household).name
        bank, account = household.account_bank, household.account_number
    if not account:
        raise NoAccount()
    return replace(form, account_holder=holder, account_bank=bank, account_number=account)  # pyright: ignore[reportArgumentType] - a Record is a dataclass


def _opened(work: Work, list_: AwardList, household: Household) -> Case:
    """Return an application that the list opens for a file nobody applied for here, such as an
    imported one. It is in the store only with its award: who is left out gets none."""
    return Case(
        number="",
        household_id=household.id,
        state=CaseState.LISTED,
        items=[list_.measure],
        papers_handed_in=[],
        note=_("List {number}: {title}").format(number=list_.number, title=list_.title),
        accepted_by=work.actor.id,
        accepted_at=work.now,
        due_on=work.today,
        due_provisional=False,
        opinion="",
    )


@action(needs=Permission.PROPOSE_AWARDS, changes={Topic.AWARDS})
def withdraw_list(work: Work, form: ListStep) -> int:
    """Take a list back with all its awards, as long as none was decided; return how many."""
    list_ = work.load(AwardList, form.id, form.version)
    if list_.state is ListState.WITHDRAWN:
        raise NotNow(state=list_.state.label, step="withdraw")
    awards = work.session.scalars(
        select(Award)
        .where(Award.list_id == list_.id, Award.state != AwardState.WITHDRAWN)
        .order_by(Award.id)
    ).all()
    if any(award.state not in (AwardState.PROPOSED, AwardState.RETURNED) for award in awards):
        raise ListBegun(number=list_.number)
    for award in awards:
        take_back(work, award)
    subject = f"award_list/{list_.id}"
    void_issued(work, PaperKind.LIST_SHEET, subject, _("The list was taken back"))
    list_.state = ListState.WITHDRAWN
    work.subject = f"award_list/{list_.id}"
    return len(awards)


def _open(work: Work, id_: int, version: int) -> AwardList:
    list_ = work.load(AwardList, id_, version)
    if list_.state is not ListState.OPEN:
        raise NotNow(state=list_.state.label, step="change")
    work.subject = f"award_list/{list_.id}"
    return list_
