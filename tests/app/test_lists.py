"""Awards given together: festival lists, seasons, monthly series, agency rosters."""

import io
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from app.cases.queries import case_view
from app.cases.records import Accepted, CaseById
from app.cases.rules import NoFile
from app.core.errors import Conflict, Invalid, NotNow
from app.core.money import Fen
from app.core.pinyin import name_keys
from app.core.words.cases import CaseState
from app.core.words.disbursements import AwardState, Decision, ListKind, ListState, PayWay
from app.core.words.funds import FundSource
from app.core.words.papers import PaperKind, PaperState
from app.disbursements.list_papers import issue_list_sheet
from app.disbursements.list_queries import candidate_files, candidates, list_rows, list_view
from app.disbursements.list_records import (
    CandidateFiles,
    CandidateQuery,
    Candidates,
    ListById,
    ListForm,
    ListOffForm,
    ListPick,
    ListProposed,
    ListQuery,
    ListRowsForm,
    ListStep,
    ListView,
    RosterForm,
    RosterLine,
    RosterTaken,
)
from app.disbursements.list_rules import EmptyList, ListBegun, NotAgency, NotForLists
from app.disbursements.lists import (
    confirm_list,
    open_list,
    propose_list,
    put_on_list,
    take_off_list,
    take_roster,
    withdraw_list,
)
from app.disbursements.proposing import amend_award, propose_series, withdraw_award
from app.disbursements.queries import award_rows, award_view
from app.disbursements.records import (
    AwardById,
    AwardChange,
    AwardQuery,
    AwardRow,
    AwardStepForm,
    SeriesForm,
)
from app.disbursements.rules import NotEntrusted, OverCap, PastFund
from app.exchange.roster import NoRoster, read_roster
from app.households.queries import household_view
from app.households.records import ById
from app.papers.queries import paper_view
from app.papers.records import PaperById
from app.papers.render import render
from app.work import SecondPersonNeeded
from tests.app.test_disbursements_members import fund
from tests.app.test_needs import pupil
from tests.filled import raw
from tests.imports import bring_in, workbook
from tests.papers import pages_of
from tests.world import World, changed


def opened(world: World, **more: Any) -> int:
    form = ListForm(
        kind=ListKind.FESTIVAL,
        title="春节送温暖",
        measure="festival_relief",
        fund_id=world.fund_id(),
        amount=Fen(50_000),
    )
    return world.do("wang", open_list, changed(form, **more))


def view(world: World, list_id: int) -> ListView:
    return world.ask("zhao", list_view, ListById(id=list_id))


def step(world: World, list_id: int) -> ListStep:
    return ListStep(id=list_id, version=view(world, list_id).row.version)


def put(world: World, list_id: int, *picks: ListPick) -> None:
    version = view(world, list_id).row.version
    world.do("wang", put_on_list, ListRowsForm(id=list_id, version=version, rows=picks))


def on_list(world: World, count: int = 3, **more: Any) -> tuple[int, list[Accepted]]:
    """Open a list with some households that are on file."""
    filed: list[Accepted] = []
    while len(filed) < count:
        accepted = world.accept()
        try:
            filed.append(world.file(accepted))
        except Exception:  # noqa: BLE001, S112 - some of the demonstration are in no hardship
            continue
    list_id = opened(world, **more)
    put(world, list_id, *(ListPick(household_id=each.household_id) for each in filed))
    return list_id, filed


def hand_in(world: World, list_id: int) -> ListProposed:
    return world.do("wang", propose_list, step(world, list_id))


def awards(world: World, accepted: Accepted) -> list[AwardRow]:
    return world.ask("wang", award_rows, AwardQuery(household_id=accepted.household_id))


def look(world: World, **more: Any) -> Candidates:
    return world.ask("wang", candidates, CandidateQuery(measure="festival_relief", **more))


# Festival lists


def test_every_row_becomes_an_award_of_its_own(world: World) -> None:
    list_id, filed = on_list(world)
    done = hand_in(world, list_id)
    assert (done.proposed, done.amount, done.left) == (3, 150_000, ())
    for accepted in filed:
        (award,) = awards(world, accepted)
        assert (award.amount, award.state) == (50_000, AwardState.PROPOSED)
        assert award.measure == "festival_relief"
    row = view(world, list_id).row
    assert (row.state, row.rows, row.total) == (ListState.PROPOSED, 3, 150_000)
    (listed,) = world.ask("wang", list_rows, ListQuery(kind=ListKind.FESTIVAL))
    assert listed == changed(row, mine=True)


def test_amounts_differ_by_row_and_rows_come_off(world: World) -> None:
    list_id, filed = on_list(world)
    put(world, list_id, ListPick(household_id=filed[1].household_id, amount=Fen(20_000)))
    version = view(world, list_id).row.version
    world.do("wang", take_off_list, ListOffForm(id=list_id, version=version, lines=(1,)))
    assert [(entry.id, entry.amount) for entry in view(world, list_id).entries] == [
        (2, 20_000),
        (3, 50_000),
    ]
    with pytest.raises(Conflict):
        world.do("wang", take_off_list, ListOffForm(id=list_id, version=version, lines=(2,)))
    assert hand_in(world, list_id).amount == 70_000


def test_a_row_that_fails_is_left_out_whole_and_told(world: World) -> None:
    list_id, filed = on_list(world)
    for _each in range(2):
        world.propose(filed[1], 300_000, measure="festival_relief")
    done = hand_in(world, list_id)
    (left,) = done.left
    assert (done.proposed, left.line) == (2, 2)
    assert "500.00" in left.why
    assert [len(awards(world, each)) for each in filed] == [1, 2, 1]
    entry = view(world, list_id).entries[1]
    assert (entry.award_id, entry.why) == (None, left.why)


def test_handed_in_again_the_list_tries_only_what_was_left_out(world: World) -> None:
    list_id, filed = on_list(world, amount=None)
    put(world, list_id, ListPick(household_id=filed[0].household_id, amount=Fen(10_000)))
    assert (hand_in(world, list_id).proposed, len(hand_in(world, list_id).left)) == (1, 2)
    assert len(awards(world, filed[0])) == 1
    with pytest.raises(NotNow):
        put(world, list_id, ListPick(household_id=filed[1].household_id, amount=Fen(1)))


def test_handing_in_again_does_not_ask_what_was_refused(world: World) -> None:
    list_id, filed = on_list(world)
    assert hand_in(world, list_id).proposed == len(filed)
    (award,) = awards(world, filed[0])
    world.decide(award.id, Decision.REFUSED, opinion="不符合条件")
    assert hand_in(world, list_id).proposed == 0
    assert [each.state for each in awards(world, filed[0])] == [AwardState.REFUSED]


def test_an_imported_file_gets_its_place_without_an_application(world: World) -> None:
    bring_in(world, workbook(3)[1])
    found = look(world)
    assert len(found.yes) == 3
    list_id = opened(world, way=PayWay.CASH)
    put(world, list_id, *(ListPick(household_id=each.household_id) for each in found.yes))
    done = hand_in(world, list_id)
    assert (done.proposed, done.left) == (3, ())
    household = world.ask("wang", household_view, ById(id=found.yes[0].household_id))
    (award,) = world.ask("wang", award_rows, AwardQuery(household_id=household.id))
    of_the_list = Accepted(
        case_id=award.case_id, case_number="", household_id=household.id, paper_id=0
    )
    with pytest.raises(NoFile):  # the list opened an application for itself alone
        world.propose(of_the_list)
    case = world.ask("wang", case_view, CaseById(id=award.case_id))
    assert (case.row.state, case.row.number) == (CaseState.LISTED, award.case_number)


def test_goods_on_a_list_are_a_quantity_times_a_value(world: World) -> None:
    with pytest.raises(Invalid):
        opened(world, way=PayWay.GOODS)
    list_id, filed = on_list(
        world, 2, way=PayWay.GOODS, goods="大米（袋）", quantity=2, unit_value=Fen(6_550)
    )
    hand_in(world, list_id)
    (award,) = awards(world, filed[0])
    shown = world.ask("zhao", award_view, AwardById(id=award.id))
    assert (award.amount, shown.given, shown.goods) == (13_100, PayWay.GOODS, "大米（袋）")
    assert (shown.quantity, shown.unit_value, shown.account_number) == (2, 6_550, "")


def test_candidates_are_told_by_district_with_reasons_for_those_left_out(world: World) -> None:
    list_id, filed = on_list(world)
    for _each in range(2):
        world.propose(filed[0], 300_000, measure="festival_relief")
    found = look(world)
    assert {each.household_id for each in found.yes} == {each.household_id for each in filed[1:]}
    (left,) = found.left_out
    assert left.household_id == filed[0].household_id
    assert "6,000.00" in left.why
    districts = [each.district for each in found.yes]
    assert districts == sorted(districts)
    assert not look(world, list_id=list_id).yes
    assert not look(world, districts=("没有的区",)).yes
    agency = fund(world, FundSource.AGENCY)
    assert all(each.why for each in look(world, fund_id=agency).left_out)
    assert not look(world, fund_id=agency).yes


def files(world: World, **more: Any) -> CandidateFiles:
    asked = CandidateQuery(measure="festival_relief", **more)
    return world.ask("wang", candidate_files, asked)


def test_the_files_looked_through_are_narrowed_by_what_is_asked(world: World) -> None:
    bring_in(world, workbook(12)[1])
    every = files(world)
    found = look(world).yes
    assert [each.household_id for each in found] == list(every.household_ids)
    district, category, one = found[0].district, found[0].category, found[-1]
    assert district in every.districts
    assert category in every.categories
    in_district = files(world, districts=(district,))
    assert in_district.districts == every.districts
    assert len(in_district.household_ids) == sum(each.district == district for each in found)
    assert one.household_id in files(world, words=one.name[1:]).household_ids
    assert files(world, words=one.file_number).household_ids == (one.household_id,)
    first = name_keys(one.name).initials[0]
    assert one.household_id in files(world, words=first.upper()).household_ids
    assert files(world, words="%").household_ids == ()
    part = look(world, household_ids=every.household_ids[:5]).yes
    assert part == found[:5]


def test_whom_the_fund_of_the_list_may_not_pay_is_left_out(world: World) -> None:
    _list_id, _filed = on_list(world, 1)
    agency = opened(world, fund_id=fund(world, FundSource.AGENCY))
    assert not look(world, list_id=agency).yes


def test_a_list_is_taken_back_whole_until_somebody_decided(world: World) -> None:
    list_id, filed = on_list(world)
    hand_in(world, list_id)
    assert world.do("wang", withdraw_list, step(world, list_id)) == 3
    assert awards(world, filed[0])[0].state is AwardState.WITHDRAWN
    other, people = on_list(world, 2)
    hand_in(world, other)
    world.decide(awards(world, people[0])[0].id)
    with pytest.raises(ListBegun):
        world.do("wang", withdraw_list, step(world, other))


def test_what_no_list_can_give_is_refused(world: World) -> None:
    for measure in ("dibao_application", "no_such_measure"):
        with pytest.raises(NotForLists):
            opened(world, measure=measure)
    with pytest.raises(EmptyList):
        hand_in(world, opened(world))


# Monthly series


def series(world: World, accepted: Accepted, months: int, fen: int, **more: Any) -> int:
    form = SeriesForm(
        case_id=accepted.case_id,
        measure="living_relief",
        amount=Fen(fen),
        fund_id=world.fund_id(),
        account_holder="李示例",
        account_number="6222021234567890128",
        months=months,
        first_on=date(2026, 10, 31),
    )
    return world.do("wang", propose_series, changed(form, **more))


def test_a_series_is_an_award_a_month_each_with_its_day(world: World) -> None:
    accepted = world.file()
    shown = view(world, series(world, accepted, 3, 100_000))
    days = [entry.due_on for entry in shown.entries]
    assert days == [date(2026, 10, 31), date(2026, 11, 30), date(2026, 12, 31)]
    assert (shown.row.kind, shown.row.state) == (ListKind.SERIES, ListState.PROPOSED)
    assert shown.row.total == 300_000
    assert [award.amount for award in awards(world, accepted)] == [100_000] * 3


def test_a_month_that_is_withdrawn_keeps_its_place(world: World) -> None:
    accepted = world.file()
    list_id = series(world, accepted, 3, 100_000)
    first, *others = view(world, list_id).entries
    now = world.ask("wang", award_view, AwardById(id=first.award_id or 0))
    form = AwardStepForm(award_id=now.row.id, version=now.row.version)
    world.do("wang", withdraw_award, form)
    gone, *left = view(world, list_id).entries
    assert (gone.award_id, gone.state) == (first.award_id, AwardState.WITHDRAWN)
    assert left == others


def test_the_cap_holds_for_the_sum_of_a_series(world: World) -> None:
    accepted = world.file()  # 10,800.00 in the year
    with pytest.raises(OverCap):
        series(world, accepted, 3, 360_001)
    assert not awards(world, accepted)
    series(world, accepted, 3, 360_000)
    with pytest.raises(OverCap):
        world.propose(accepted, 1)


def test_no_month_lies_after_the_last_day_of_the_fund(world: World) -> None:
    with pytest.raises(PastFund):
        series(world, world.file(), 4, 10_000)


# Agency rosters


def id_of(world: World, accepted: Accepted) -> tuple[str, str]:
    """Return name and ID number of the head of a household."""
    with raw(world.office.path) as store:
        return store.run(
            "SELECT name, id_number FROM member WHERE household_id = ? AND position = 1",
            accepted.household_id,
        )[0]


def roster(world: World, filed: list[Accepted], *, known: bool = True) -> tuple[int, RosterTaken]:
    list_id = opened(
        world,
        kind=ListKind.AGENCY,
        title="民政局代发",
        measure="",
        fund_id=fund(world, FundSource.AGENCY),
        amount=None,
        document="代发委托函〔2026〕3 号",
    )
    rows = [
        RosterLine(name=name, id_number=number, amount=Fen(12_345))
        for name, number in (id_of(world, each) for each in filed)
    ]
    if not known:
        stranger = RosterLine(name="某人", id_number="239001197001010016", amount=Fen(100))
        rows.append(stranger)
    version = view(world, list_id).row.version
    form = RosterForm(id=list_id, version=version, rows=tuple(rows))
    return list_id, world.do("wang", take_roster, form)


def test_an_agency_is_paid_by_its_confirmed_roster_alone(world: World) -> None:
    filed = [world.file(), world.file()]
    list_id, told = roster(world, filed, known=False)
    assert (told.known, told.unknown, told.other_name) == (2, ("某人",), ())
    with pytest.raises(NotNow):
        hand_in(world, list_id)
    with pytest.raises(SecondPersonNeeded):
        _confirm_ones_own(world, list_id)
    world.do("zhao", confirm_list, step(world, list_id))
    done = hand_in(world, list_id)
    assert (done.proposed, done.amount) == (2, 24_690)
    assert [left.name for left in done.left] == ["某人"]
    (award,) = awards(world, filed[0])
    assert (award.measure, award.amount) == ("agency_payment", 12_345)
    world.decide(award.id)
    assert world.frozen(award.id)


def _confirm_ones_own(world: World, list_id: int) -> None:
    """Let the person who took the roster in confirm it, with the right to do so."""
    both = world.people["wang"].permissions | world.people["zhao"].permissions
    twice = replace(world.people["wang"], permissions=both)
    world.office.perform(twice, confirm_list, step(world, list_id))


def test_a_roster_is_not_changed_once_it_is_confirmed(world: World) -> None:
    list_id, _told = roster(world, [world.file()])
    world.do("zhao", confirm_list, step(world, list_id))
    version = view(world, list_id).row.version
    line = RosterLine(name="某人", id_number="239001197001010016", amount=Fen(100))
    with pytest.raises(NotNow):
        world.do("wang", take_roster, RosterForm(id=list_id, version=version, rows=(line,)))
    other = opened(world)
    with pytest.raises(NotAgency):
        world.do("zhao", confirm_list, step(world, other))


def test_agency_money_is_paid_as_entrusted_also_when_proposed_anew(world: World) -> None:
    accepted = world.file()
    list_id, _told = roster(world, [accepted])
    world.do("zhao", confirm_list, step(world, list_id))
    hand_in(world, list_id)
    (award,) = awards(world, accepted)
    world.decide(award.id, Decision.SENT_BACK, opinion="账号请核对")
    shown = world.ask("wang", award_view, AwardById(id=award.id))
    change = AwardChange(
        award_id=award.id,
        version=shown.row.version,
        amount=Fen(12_346),
        fund_id=shown.fund.id,
        account_holder="李示例",
        account_number="6222021234567890128",
    )
    with pytest.raises(NotEntrusted, match=r"123\.45"):
        world.do("wang", amend_award, change)
    world.do("wang", amend_award, changed(change, amount=Fen(12_345)))


def test_only_agency_money_pays_a_roster(filled: Path) -> None:
    """Past every verb: the store refuses an award of an agency without its confirmed list."""
    with raw(filled) as store:
        for changed_column in ({"list_id": None}, {}):
            with pytest.raises(Exception, match="guard award_of_its_list"):
                store.again(
                    "award", "id = 1", number="J0-1", measure="agency_payment", **changed_column
                )
        list_id = store.one("SELECT id FROM award_list LIMIT 1")
        with pytest.raises(Exception, match="guard award_of_its_list"):
            store.again("award", "id = 1", number="J0-1", measure="other", list_id=list_id)
        with pytest.raises(Exception, match="guard award_list_ways"):
            store.run("UPDATE award_list SET state = 'open' WHERE state <> 'open'")
        with pytest.raises(Exception, match="guard award_list_begins_open"):
            store.again("award_list", f"id = {list_id}", number="L0-1", state="proposed")
        with pytest.raises(Exception, match="guard version_in_kind"):
            store.again("award_version", "id = 1", sequence=9, way="goods", quantity=2,
                        unit_value=3, account_number="")  # fmt: skip
        with pytest.raises(Exception, match="guard version_to_an_account"):
            store.again("award_version", "id = 1", sequence=9, way="cash")


# The paper


def test_the_list_is_printed_for_approval_and_anew_once_it_was_handed_in(world: World) -> None:
    list_id, filed = on_list(world, 2)
    paper = world.do("wang", issue_list_sheet, ListById(id=list_id))
    shown = world.ask("wang", paper_view, PaperById(id=paper))
    assert (shown.row.kind, shown.row.state) == (PaperKind.LIST_SHEET, PaperState.ISSUED)
    hand_in(world, list_id)
    shown = world.ask("wang", paper_view, PaperById(id=paper))
    assert shown.row.state is PaperState.VOID
    again = world.ask(
        "wang", paper_view, PaperById(id=world.do("wang", issue_list_sheet, ListById(id=list_id)))
    )
    text = "\n".join(pages_of(render(again.sheet)))
    for told in ("救助名单审批表", "春节送温暖", "J2026-00001", "1,000.00", "壹仟元整"):
        assert told in text
    assert id_of(world, filed[0])[1] not in text
    with pytest.raises(EmptyList):
        world.do("wang", issue_list_sheet, ListById(id=opened(world)))


# Schooling season


def test_a_season_is_given_to_pupils_and_leaves_out_whose_year_was_paid(world: World) -> None:
    first, child = pupil(world, world.file())
    second, other = pupil(world, world.file(), number="23900120080315004X")
    found = world.ask("wang", candidates, CandidateQuery(measure="golden_autumn"))
    assert {each.member_id for each in found.yes} == {child, other}
    list_id = opened(
        world, kind=ListKind.SEASON, title="金秋助学", measure="golden_autumn", amount=Fen(300_000)
    )
    people = ((first, child), (second, other))
    picks = (ListPick(household_id=each.household_id, member_id=id_) for each, id_ in people)
    put(world, list_id, *picks)
    world.propose(second, 100_000, measure="schooling_relief", member_id=other)
    done = hand_in(world, list_id)
    assert done.proposed == 1
    (left,) = done.left
    assert "2026–2027" in left.why
    assert "J2026-00001" in left.why
    assert [entry.person for entry in view(world, list_id).entries] == ["单学子", "单学子"]


# Rosters as files


def sheet_of(*rows: tuple[str | float | None, ...]) -> bytes:
    book = openpyxl.Workbook()
    sheet = book.worksheets[0]
    for row in (("代发名册",), ("序号", "姓 名", "身份证号码", "发放金额（元）", "卡号"), *rows):
        sheet.append(row)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def test_a_roster_is_read_from_a_workbook_by_its_titles() -> None:
    number = "239001197001010016"
    data = sheet_of(
        (1, "某 人", number, 1234.5, "6222 0212 3456 7890 128"),
        (None,),
        ("合计", None, None, 1234.5),
    )
    (row,) = read_roster(data, date(2026, 11, 20)).rows
    assert (row.id_number, row.amount) == (number, 123_450)
    assert row.account_number == "6222021234567890128"


def test_rows_of_a_roster_that_cannot_be_read_are_told_with_their_number() -> None:
    number = "239001197001010016"
    data = sheet_of(
        (1, "某人", number, "一千"), (2, "某人", number[:-1] + "7", 5), (3, "", number, 5)
    )
    read = read_roster(data, date(2026, 11, 20))
    assert read.rows == ()
    assert [each.partition("：")[0] for each in read.problems] == ["第 3 行", "第 4 行", "第 5 行"]
    with pytest.raises(NoRoster):
        read_roster(b"\xff\xfe\x00nothing", date(2026, 11, 20))
