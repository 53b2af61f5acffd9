"""Workbooks with known damage: every damaged row is found as what it is, and hardly any other."""

from datetime import date

import pytest

from app.core.words.households import FileState, Sex
from app.exchange.archive_mending import Mends
from app.exchange.archive_people import OnFile
from app.exchange.archive_reading import NoArchive, read_archive
from app.exchange.archive_records import Archive, Severity
from app.exchange.workbook import open_workbook
from tests.workbooks import DAMAGES, Layout, Plan, plan, written

TODAY = date(2026, 11, 22)

LAYOUTS = {
    "plain": Layout(),
    "two rows of titles": Layout(titles=2, groups=True, synonyms=True, totals=True, first_column=1),
    "blank rows, days from 1904": Layout(
        titles=1, unknown="备用栏", blank_every=50, starts_1904=True
    ),
    "xls": Layout(form="xls"),
    "xls, two rows of titles": Layout(
        form="xls", titles=1, groups=True, synonyms=True, totals=True
    ),
    "xls, days from 1904": Layout(form="xls", unknown="备用栏", starts_1904=True),
}


def read(planned: Plan) -> Archive:
    return read_archive(open_workbook(written(planned)), today=TODAY)


def found(archive: Archive) -> set[tuple[str, int, str]]:
    return {(problem.sheet, problem.row, problem.code) for problem in archive.problems}


@pytest.mark.parametrize("layout", LAYOUTS.values(), ids=LAYOUTS)
def test_every_damage_is_found_in_every_layout(layout: Layout) -> None:
    planned = plan(400, 150, layout, seed=7)
    archive = read(planned)
    assert not planned.expected - found(archive)
    assert len(found(archive) - planned.expected) <= planned.rows // 100
    assert archive.kept_out == planned.kept_out
    assert (len(archive.households), archive.rows) == (planned.households, planned.rows)
    assert archive.unread == ("说明",)


@pytest.mark.parametrize(
    "layout", [LAYOUTS["two rows of titles"], LAYOUTS["xls"]], ids=("xlsx", "xls")
)
def test_ten_thousand_households_of_which_300_rows_are_damaged(layout: Layout) -> None:
    planned = plan(10_000, 300, layout, seed=2026)
    archive = read(planned)
    assert {code for _, _, code in planned.expected} >= DAMAGES.keys()
    assert not planned.expected - found(archive)
    assert len(found(archive) - planned.expected) <= 3
    assert archive.kept_out == planned.kept_out
    assert {household.row for household in archive.sound()}.isdisjoint(planned.kept_out)


def test_what_is_sound_is_read_to_the_fen_and_the_day() -> None:
    planned = plan(40, 0, LAYOUTS["plain"], seed=3)
    archive = read(planned)
    assert not archive.problems
    rows = planned.sheets["档案"]
    titles = rows[0]
    for household in archive.households:
        row = dict(zip(titles, rows[household.row - 1], strict=True))
        assert household.name == row["姓名"]
        assert household.id_number == row["身份证号"]
        assert household.birth == row["出生日期"]
        assert household.sex is Sex(row["性别"])
        assert household.account_number == row["银行卡号"]
        yuan = str(row["家庭年度总收入"]).replace(",", "").removesuffix("元")
        assert household.income_12_months == round(float(yuan) * 100)
        assert household.filed_on in (date(2019, 5, 1), date(2013, 5, 1))
        assert household.state is FileState.ACTIVE
    members = [member for household in archive.households for member in household.members]
    assert len(members) == len(planned.sheets["家庭成员"]) - 1
    assert all(member.relation not in ("配偶", "长子") for member in members)


def test_days_that_count_from_1904_are_the_same_days() -> None:
    usual, old = (
        read(plan(30, 0, Layout(starts_1904=starts_1904, form=form)))
        for starts_1904, form in ((False, "xlsx"), (True, "xls"))
    )
    assert [each.birth for each in usual.households] == [each.birth for each in old.households]
    assert [each.filed_on for each in usual.households] == [
        each.filed_on for each in old.households
    ]


def test_the_people_of_open_files_are_not_taken_in_a_second_time() -> None:
    planned = plan(20, 0, Layout())
    book = open_workbook(written(planned))
    first, second, third = read_archive(book, today=TODAY).households[:3]
    asked: list[str] = []

    def people(numbers: object) -> dict[str, str]:
        asked.extend(list(numbers))  # pyright: ignore[reportArgumentType, reportUnknownArgumentType] - a collection
        return {first.id_number: "2020-0001"}

    def file_numbers(_numbers: object) -> set[str]:
        return {second.file_number}

    archive = read_archive(book, today=TODAY, on_file=OnFile(people, file_numbers))
    assert found(archive) == {
        ("档案", first.row, "person_twice"),
        ("档案", second.row, "household_twice"),
    }
    assert archive.kept_out == {first.row, second.row}
    assert third.id_number in asked
    assert "2020-0001" in archive.problems[0].tell()


def test_a_person_of_a_closed_file_may_come_back() -> None:
    planned = plan(20, 0, Layout())
    sheet = planned.sheets["档案"]
    titles = sheet[0]
    again = list(sheet[3])
    sheet[3][titles.index("状态")] = "脱困"
    again[titles.index("档案号")] = "哈困100000"
    again[titles.index("状态")] = "返困"
    sheet.append(again)
    archive = read(planned)
    assert found(archive) == {("档案", len(sheet), "household_twice")}
    assert archive.problems[0].severity is Severity.WARNING
    assert not archive.kept_out
    assert archive.households[2].state is FileState.CLOSED


def test_a_head_named_once_more_among_the_members_is_taken_out_with_a_warning() -> None:
    planned = plan(5, 0, Layout())
    head = dict(zip(planned.sheets["档案"][0], planned.sheets["档案"][1], strict=True))
    members = planned.sheets["家庭成员"]
    again = dict.fromkeys(members[0], "")
    again |= {"档案号": head["档案号"], "姓名": head["姓名"], "身份证号": head["身份证号"]}
    again["与户主关系"] = "户主"
    members.append([again[title] for title in members[0]])
    archive = read(planned)
    assert [(p.code, p.severity) for p in archive.problems] == [("person_twice", Severity.WARNING)]
    assert all(member.id_number != head["身份证号"] for member in archive.households[0].members)


def test_a_household_that_stands_there_twice_keeps_its_own_members() -> None:
    planned = plan(30, 0, Layout(), seed=5)
    heads, members = planned.sheets["档案"], planned.sheets["家庭成员"]
    number = next(row[0] for row in members[1:] if row[0])
    head = next(row for row in heads[1:] if row[0] == number)
    copies = [list(row) for row in members[1:] if row[0] == number]
    heads.append(list(head))
    members.extend(copies)
    archive = read(planned)
    twice = len(heads)
    assert archive.kept_out == {twice}
    assert len(archive.households[-1].members) == len(copies)
    assert ("档案", twice, "household_twice") in found(archive)


def test_a_column_that_must_be_there_and_is_not_keeps_all_out() -> None:
    planned = plan(20, 0, Layout())
    planned.sheets["档案"][0][planned.sheets["档案"][0].index("困难类别")] = "类型代码"
    archive = read(planned)
    assert found(archive) == {("档案", 1, "missing"), ("档案", 1, "unknown_column")}
    assert len(archive.kept_out) == 20
    assert archive.sound_rows == 0


def test_members_who_name_no_household_at_all_keep_all_out() -> None:
    planned = plan(20, 0, Layout())
    planned.sheets["家庭成员"][0][:2] = ["编码", "户主"]
    archive = read(planned)
    assert ("家庭成员", 1, "missing") in found(archive)
    assert len(archive.kept_out) == 20


def test_a_person_says_what_a_column_is() -> None:
    planned = plan(20, 0, Layout())
    titles = planned.sheets["档案"][0]
    titles[titles.index("困难类别")] = "类型代码"
    columns = {("档案", "类型代码"): "category", ("档案", "备注"): ""}
    book = open_workbook(written(planned))
    archive = read_archive(book, today=TODAY, mends=Mends(columns=columns))
    assert [(each.column, each.code) for each in archive.problems] == [("备注", "unknown_column")]
    assert all(each.category for each in archive.sound())
    assert not archive.kept_out


def test_a_merged_line_of_sums_is_a_line_of_sums_and_no_more() -> None:
    planned = plan(20, 0, Layout(totals=True))
    last = len(planned.sheets["档案"]) - 1
    planned.sheets["档案"][last][1] = ""
    planned.merges["档案"].append((last, 0, last, 4))
    archive = read(planned)
    assert found(archive) == planned.expected


def test_amounts_under_a_title_in_ten_thousands_are_taken_as_such() -> None:
    planned = plan(3, 0, Layout())
    titles = planned.sheets["档案"][0]
    at = titles.index("家庭年度总收入")
    titles[at] = "家庭年度总收入（万元）"
    for row, value in zip(planned.sheets["档案"][1:], (3.6, "2.85", 1), strict=True):
        row[at] = value
    archive = read(planned)
    assert [each.income_12_months for each in archive.households] == [
        3_600_000,
        2_850_000,
        1_000_000,
    ]


def test_titles_that_come_again_on_a_printed_page_are_passed_over() -> None:
    planned = plan(10, 0, Layout())
    sheet = planned.sheets["档案"]
    sheet.insert(6, list(sheet[0]))
    sheet.insert(1, [float(number) for number in range(1, len(sheet[0]) + 1)])
    archive = read(planned)
    assert not archive.problems
    assert len(archive.households) == 10


def test_the_rows_are_told_on_the_way_and_the_reading_can_be_stopped() -> None:
    told: list[int] = []
    planned = plan(50, 0, Layout())
    book = open_workbook(written(planned))
    read_archive(book, today=TODAY, tick=told.append)
    assert told == [50, planned.rows]

    class Stopped(Exception):
        pass

    def stop(_rows: int) -> None:
        raise Stopped

    with pytest.raises(Stopped):
        read_archive(book, today=TODAY, tick=stop)


def test_a_household_is_left_out_with_its_members() -> None:
    planned = plan(60, 20, Layout(), seed=11)
    whole = read(planned)
    mends = Mends(left_out=frozenset(("档案", row) for row in whole.kept_out))
    archive = read_archive(open_workbook(written(planned)), today=TODAY, mends=mends)
    assert len(archive.households) == 60 - len(whole.kept_out)
    assert not archive.kept_out
    assert archive.sound_rows == whole.sound_rows


def test_a_workbook_without_households_is_named() -> None:
    planned = plan(2, 0, Layout())
    planned.sheets = {"家庭成员": planned.sheets["家庭成员"]}
    with pytest.raises(NoArchive):
        read(planned)


def test_the_dry_run_for_other_programs() -> None:
    planned = plan(60, 20, Layout(), seed=11)
    archive = read(planned)
    told = archive.as_json()
    assert told["rows"] == planned.rows
    assert told["sound"] == archive.sound_rows < planned.rows
    assert told["households"] == 60
    assert told["sound_households"] == 60 - len(planned.kept_out)
    for problem in told["problems"]:
        assert set(problem) == {"sheet", "row", "column", "code", "severity", "problem", "mend"}
        assert problem["severity"] in ("error", "warning")
        assert problem["problem"]
        assert problem["mend"]
