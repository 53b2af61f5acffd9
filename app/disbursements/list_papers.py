"""The paper of a list: what is put before those who approve it (名单审批表)."""

from datetime import date
from typing import Annotated

from app.core.i18n import N_
from app.core.kinds import Amount, Count, Day, Flag, Many, Name, ResidentId, Text
from app.core.masking import mask
from app.core.money import Fen
from app.core.record import Record
from app.core.words.disbursements import AwardState, ListState, PayWay
from app.core.words.papers import PaperKind
from app.disbursements.list_queries import list_view
from app.disbursements.list_records import ListById, ListEntry
from app.disbursements.list_rules import EmptyList
from app.papers.store import issue
from app.work import Permission, Topic, Work, action
from db.models.disbursements import AwardList
from db.models.households import Household, Member
from db.models.staff import Staff

ID = ResidentId(label="")
GONE = (AwardState.WITHDRAWN, AwardState.REFUSED)


class ListSheetRow(Record):
    """One row of the sheet."""

    line: Annotated[int, Count(label=N_("No."))]
    name: Annotated[str, Name(label=N_("Name"))]
    person: Annotated[str, Name(label=N_("For whom"))] = ""
    id_number: Annotated[str, Text(label=N_("Resident ID number"), hint=N_("As printed"))]
    district: Annotated[str, Text(label=N_("District"))] = ""
    file_number: Annotated[str, Text(label=N_("File number"))] = ""
    category: Annotated[str, Text(label=N_("Hardship category"))] = ""
    award_number: Annotated[str, Text(label=N_("Award number"))] = ""
    amount: Annotated[Fen, Amount(label=N_("Amount"), at_least=1)]


class ListSheetFacts(Record):
    """The list for approval: who is on it and what each gets, with room to sign."""

    name: Annotated[str, Text(label=N_("Title"))]
    list_number: Annotated[str, Text(label=N_("List number"))]
    measure: Annotated[str, Text(label=N_("Measure"))]
    by_card: Annotated[bool, Flag(label=N_("By bank card"))]
    in_cash: Annotated[bool, Flag(label=N_("In cash"))]
    goods: Annotated[str, Text(label=N_("Goods"))] = ""
    """With quantity; empty unless in kind."""
    document: Annotated[str, Text(label=N_("Notice or letter it rests on"))] = ""
    fund: Annotated[str, Text(label=N_("Source of funds"))]
    rows: Annotated[tuple[ListSheetRow, ...], Many(label=N_("Rows"))]
    count: Annotated[int, Count(label=N_("Rows"), at_least=1)]
    amount: Annotated[Fen, Amount(label=N_("Total"), at_least=1)]
    preparer: Annotated[str, Name(label=N_("Prepared by"))]
    prepared_on: Annotated[date, Day(label=N_("Prepared on"))]
    checker: Annotated[str, Name(label=N_("Confirmed by"))] = ""


@action(needs=Permission.ISSUE_PAPERS, changes={Topic.PAPERS})
def issue_list_sheet(work: Work, asked: ListById) -> int:
    """Issue the list for approval (名单审批表); return the paper's id.

    Of a list that was handed in it names the awards alone, not the rows that were left out.
    """
    list_ = work.load(AwardList, asked.id)
    view = list_view.run(work, asked)
    handed_in = list_.state is ListState.PROPOSED
    rows = [
        entry
        for entry in view.entries
        if (entry.award_id is not None and entry.state not in GONE if handed_in else entry.amount)
    ]
    if not rows:
        raise EmptyList()
    goods = f"{view.goods} × {view.quantity}" if view.quantity else ""
    facts = ListSheetFacts(
        name=list_.title,
        list_number=list_.number,
        measure=view.row.measure_title,
        by_card=list_.way is PayWay.CARD,
        in_cash=list_.way is PayWay.CASH,
        goods=goods,
        document=list_.document,
        fund=view.row.fund,
        rows=tuple(_row(work, entry) for entry in rows),
        count=len(rows),
        amount=Fen(sum(entry.amount for entry in rows)),
        preparer=work.load(Staff, list_.opened_by).name,
        prepared_on=work.today,
        checker=view.confirmed_by,
    )
    subject = f"award_list/{list_.id}"
    return issue(work, PaperKind.LIST_SHEET, facts, subject=subject, title=list_.number).id


def _row(work: Work, entry: ListEntry) -> ListSheetRow:
    household = work.load(Household, entry.household_id) if entry.household_id else None
    whose = entry.member_id or _head(household)
    number = work.load(Member, whose).id_number if whose else ""
    return ListSheetRow(
        line=entry.id,
        name=entry.name,
        person=entry.person,
        id_number=mask(ID, number),
        district=entry.district,
        file_number=entry.file_number,
        category=(household.category or "") if household else "",
        award_number=entry.award_number,
        amount=entry.amount,
    )


def _head(household: Household | None) -> int | None:
    found = household.members if household else []
    return next((member.id for member in found if member.position == 1), None)
