"""What stands in workbooks of past relief: read as it is meant, and all that is wrong with it."""

from collections.abc import Collection, Mapping, Sequence
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
import xlwt  # pyright: ignore[reportMissingTypeStubs] - it has no stubs
from hypothesis import given, settings
from hypothesis import strategies as st

from app.core.money import Fen
from app.core.words.disbursements import PayWay
from app.core.words.funds import FundSource
from app.core.words.imports import ImportKind
from app.core.words.relief import ReliefItem
from app.exchange import relief_reading
from app.exchange.archive_header import NoTitles
from app.exchange.archive_mending import Mends, bulk_fixes
from app.exchange.archive_records import Severity
from app.exchange.importing_files import open_import
from app.exchange.relief_document import shared_in_relief, usual_words
from app.exchange.relief_reading import bad_relief_rows
from app.exchange.relief_records import File, Paid, ReliefHistory, Who
from app.exchange.relief_who import NO_CENTER, Center, Files
from app.exchange.workbook import open_workbook
from tests.relief_workbooks import ITEMS, SOURCES, TITLES, payments, write
from tests.workbooks import Layout, last_character, plan, written

TODAY = date(2026, 11, 22)
PERSON = "239081198001010020"
OTHER = "23908119750505002" + last_character("23908119750505002")
HOME = File(
    7, "哈困000007", "南岗区", "深度困难", "患重特大疾病", (("李示例", PERSON), ("李小", ""))
)
ELSEWHERE = File(8, "哈困000008", "道里区", None, None, (("王示例", OTHER),))
USUAL = ("2012-03-05", "", PERSON, "李示例", "医疗救助", 300, "市财政", "银行卡", "张经办", "")


def files(numbers: Collection[str], people: Collection[str]) -> Files:
    """Return the two files there are, where they are asked for."""
    homes = {home.number: home for home in (HOME, ELSEWHERE) if home.number in numbers}
    known = {PERSON: ("李示例", HOME), OTHER: ("王示例", ELSEWHERE)}
    return Files(homes, {number: known[number] for number in people if number in known})


CENTER = Center(files, NO_CENTER.paid)


def row(**cells: Any) -> list[Any]:
    """Return a usual payment with other cells, by their titles."""
    named = {**dict(zip(TITLES, USUAL, strict=True)), **cells}
    return [named[title] for title in TITLES]


def read(
    tmp_path: Path, *rows: Sequence[Any], center: Center = CENTER, mends: Mends | None = None
) -> ReliefHistory:
    """Read rows, the titles among them, as a workbook."""
    write(tmp_path / "a.xlsx", rows)
    book = open_import(tmp_path / "a.xlsx").book
    return relief_reading.read_relief(book, today=TODAY, center=center, mends=mends)


def told(history: ReliefHistory) -> list[tuple[int, str, str]]:
    return [(each.row, each.column, each.code) for each in history.problems]


def test_a_payment_is_read(tmp_path: Path) -> None:
    history = read(tmp_path, TITLES, row(备注="走访时发放"))
    [payment] = history.payments
    assert payment.paid == Paid(
        Who(PERSON), date(2012, 3, 5), ReliefItem.MEDICAL, FundSource.CITY, Fen(30_000)
    )
    assert (payment.way, payment.handler, payment.note) == (PayWay.CARD, "张经办", "走访时发放")
    assert payment.file == HOME
    assert not history.problems


DAMAGED: Mapping[str, Sequence[tuple[str, Any]]] = {
    "missing": [("日期", ""), ("姓名", " "), ("救助项目", ""), ("金额", ""), ("资金来源", "-")],
    "unknown_word": [
        ("救助项目", "医疗补贴救"),
        ("资金来源", "某基金"),
        ("发放方式", "支票"),
    ],
    "bad_date": [
        *(("日期", "2012-13-05"), ("日期", "2012.2.30"), ("日期", "去年五月")),
        *(("日期", TODAY + timedelta(days=1)), ("日期", "2031-05-01"), ("日期", "0001-01-01")),
    ],
    "bad_amount": [
        ("金额", "三百"),
        ("金额", "1.2万"),
        ("金额", 0),
        ("金额", "0.00"),
        ("金额", "12,50"),
    ],
    "negative_amount": [("金额", -300), ("金额", "-0.01")],
    "too_many_decimals": [("金额", 300.005), ("金额", "0.001")],
    "id_scientific": [("身份证号", "2.39081E+17"), ("身份证号", 239081e12)],
    "id_rounded": [("身份证号", float(PERSON[:17] + "0")), ("身份证号", PERSON[:15] + "000")],
    "id_length": [("身份证号", PERSON[:16])],
    "id_characters": [("身份证号", PERSON[:10] + "Z" + PERSON[11:])],
    "id_check_digit": [("身份证号", PERSON[:17] + "3")],
    "id_birth": [("身份证号", (bad := "23908119801332001") + last_character(bad))],
    "unknown_file": [("档案号", "哈困999999")],
    "too_long": [("备注", "长" * 201), ("经办人", "长" * 41)],
}


@pytest.mark.parametrize(
    ("code", "title", "value"),
    [(code, title, value) for code, cells in DAMAGED.items() for title, value in cells],
)
def test_a_damaged_row_is_told_and_kept_out(
    tmp_path: Path, code: str, title: str, value: Any
) -> None:
    history = read(tmp_path, TITLES, row(金额=299), row(**{title: value}))
    found = [each for each in history.problems if each.row == 3]
    assert [(each.code, each.column) for each in found] == [(code, title)]
    assert all(each.severity is Severity.ERROR and each.tell_mend() for each in found)
    assert history.kept_out == {("Sheet1", 3)}
    assert [each.row for each in history.sound()] == [2]


def test_what_only_has_to_be_looked_at_comes_in(tmp_path: Path) -> None:
    history = read(
        tmp_path,
        TITLES,
        row(),
        row(),
        row(姓名="别人", 金额=301),
        row(身份证号="", 金额=302),
        row(档案号=HOME.number, 身份证号=OTHER, 姓名="王示例", 金额=303),
        row(档案号=HOME.number, 身份证号="", 姓名="别人", 金额=304),
        row(身份证号="239081800101002", 金额=305),
    )
    assert told(history) == [
        (3, "", "row_twice"),
        (4, "姓名", "name_disagrees"),
        (5, "姓名", "no_number"),
        (6, "身份证号", "file_disagrees"),
        (7, "姓名", "name_disagrees"),
        (8, "身份证号", "id_15"),
    ]
    assert not history.kept_out
    assert [each.file for each in history.payments] == [HOME, HOME, HOME, None, HOME, HOME, HOME]


def test_who_was_helped_is_known_by_number_or_by_name_in_the_file(tmp_path: Path) -> None:
    history = read(
        tmp_path,
        TITLES,
        row(身份证号="", 档案号=HOME.number),
        row(身份证号="", 档案号=HOME.number, 姓名="李小"),
        row(身份证号="", 姓名="李小"),
    )
    whos = [each.who for each in history.payments]
    assert whos == [Who(PERSON), Who("", "李小", 7), Who("", "李小")]
    sums = history.sums()
    assert (sums.people, sums.households, sums.without_file) == (3, 1, 1)


def test_titles_are_known_by_their_synonyms_in_two_rows_below_a_heading(tmp_path: Path) -> None:
    history = read(
        tmp_path,
        ["2012年帮扶救助台账"],
        ["救助时间", "困难职工", "", "", "救助情况", "", ""],
        ["", "身份证号码", "受助人姓名*", "档案编号", "帮扶类型", "救助金额（元）", "资金渠道"],
        [1, 2, 3, 4, 5, 6, 7],
        ["2012年3月5日", PERSON, "李示例", "", "疾病救助", "1,200.00", "省级财政"],
        ["合计", "", "", "", "", 1200, ""],
        ["", "制表：某某", "", "", "", "", ""],
    )
    [payment] = history.payments
    assert (payment.fen, payment.item, payment.source) == (
        120_000,
        ReliefItem.MEDICAL,
        FundSource.PROVINCIAL,
    )
    assert {each.code for each in history.problems} == {"total_row"}


def test_amounts_may_be_in_ten_thousands(tmp_path: Path) -> None:
    titles = ["金额（万元）" if title == "金额" else title for title in TITLES]
    history = read(tmp_path, titles, row(金额=0.03))
    assert [each.fen for each in history.payments] == [30_000]


def test_unknown_columns_are_told_and_can_be_said_by_hand(tmp_path: Path) -> None:
    titles = ["给了多少" if title == "金额" else title for title in TITLES]
    history = read(tmp_path, titles, row())
    assert told(history) == [(1, "给了多少", "unknown_column"), (1, "金额", "missing")]
    assert len(history.kept_out) == history.rows == 1
    mends = Mends(columns={("Sheet1", "给了多少"): "fen"})
    assert [each.fen for each in read(tmp_path, titles, row(), mends=mends).sound()] == [30_000]


def test_one_of_the_numbers_has_a_column(tmp_path: Path) -> None:
    titles = [title for title in TITLES if title not in ("档案号", "身份证号")]
    cells = [row()[TITLES.index(title)] for title in titles]
    history = read(tmp_path, titles, cells)
    assert (1, "档案号", "missing") in told(history)
    assert not list(history.sound())


def test_a_year_may_stand_in_a_sheet_a_month(tmp_path: Path) -> None:
    write(tmp_path / "a.xlsx", [TITLES, row()], [["由各区工会汇总"]], [TITLES, row(), row(金额=5)])
    history = relief_reading.read_relief(
        open_import(tmp_path / "a.xlsx").book, today=TODAY, center=CENTER
    )
    assert [each.place for each in history.payments] == [
        ("Sheet1", 2),
        ("Sheet3", 2),
        ("Sheet3", 3),
    ]
    assert [(each.sheet, each.code) for each in history.problems] == [
        ("Sheet3", "row_twice"),
        ("Sheet2", "unread_sheet"),
    ]


def test_hidden_rows_and_merged_cells_are_read_with_a_word(tmp_path: Path) -> None:
    book: Any = xlwt.Workbook()
    sheet: Any = book.add_sheet("救助")
    for down, cells in enumerate((TITLES, row(), row(金额=301), row(金额=302))):
        for left, value in enumerate(cells):
            if (down, left) not in ((1, 6), (2, 6)):
                sheet.write(down, left, value)
    sheet.write_merge(1, 2, 6, 6, "中央财政")
    sheet.row(3).hidden = True
    book.save(str(tmp_path / "a.xls"))
    opened = open_import(tmp_path / "a.xls")
    assert opened.kind is ImportKind.RELIEF
    history = relief_reading.read_relief(opened.book, today=TODAY, center=CENTER)
    sources = [each.source for each in history.payments]
    assert sources == [FundSource.CENTRAL, FundSource.CENTRAL, FundSource.CITY]
    assert told(history) == [
        (2, "资金来源", "merged_cell"),
        (3, "资金来源", "merged_cell"),
        (4, "", "hidden_row"),
    ]


def test_a_payment_of_the_book_stays_out(tmp_path: Path) -> None:
    paid = Paid(Who(PERSON), date(2012, 3, 5), ReliefItem.MEDICAL, FundSource.CITY, Fen(30_000))

    def known(_people: Collection[Who], first: date, last: date) -> Mapping[Paid, str]:
        assert (first, last) == (date(2012, 3, 5), date(2012, 3, 5))
        return {paid: "D2026-0001"}

    center = Center(files, known)
    history = read(tmp_path, TITLES, row(), row(金额=301), center=center)
    assert [(each.row, each.code) for each in history.problems] == [(2, "row_known")]
    assert "D2026-0001" in history.problems[0].tell()
    assert history.sums().fen == 30_100


def test_wrong_words_are_mended_at_once_with_what_is_offered(tmp_path: Path) -> None:
    rows = [row(资金来源="市财政款", 金额=fen) for fen in (1, 2, 3)]
    history = read(tmp_path, TITLES, *rows)
    [fix] = bulk_fixes(history.problems)
    assert (fix.offer, len(fix.rows)) == ("市财政", 3)
    mends = Mends(words={("Sheet1", "source", fix.value): fix.offer})
    assert not read(tmp_path, TITLES, *rows, mends=mends).problems
    left = Mends(left_out=frozenset({("Sheet1", 2)}))
    assert read(tmp_path, TITLES, *rows, mends=left).rows == 2


def test_what_is_empty_or_has_no_column_is_said_for_every_row(tmp_path: Path) -> None:
    rows = [row(资金来源="", 金额=fen) for fen in (1, 2, 3)]
    [fix] = bulk_fixes(read(tmp_path, TITLES, *rows).problems, shared_in_relief())
    assert (fix.field, fix.code, len(fix.rows)) == ("source", "missing", 3)
    assert usual_words("source")[:2] == ("中央财政", "省财政")
    said = Mends(words={("Sheet1", "source", ""): "工会经费"})
    assert {each.source for each in read(tmp_path, TITLES, *rows, mends=said).sound()} == {
        FundSource.UNION_FEES
    }
    titles = [title for title in TITLES if title != "资金来源"]
    cells = [row()[TITLES.index(title)] for title in titles]
    history = read(tmp_path, titles, cells, mends=said)
    assert [each.source for each in history.sound()] == [FundSource.UNION_FEES]
    assert not history.problems


@pytest.mark.parametrize(
    ("title", "words"),
    [
        ("救助项目", ITEMS),
        ("资金来源", SOURCES),
        ("发放方式", {"card": ["银行卡"], "goods": ["实物"]}),
    ],
)
def test_every_word_is_read(tmp_path: Path, title: str, words: Mapping[str, Sequence[str]]) -> None:
    pairs = [(meant, said) for meant, all_ in words.items() for said in all_]
    rows = [row(**{title: said}, 备注=str(place)) for place, (_meant, said) in enumerate(pairs)]
    field = {"救助项目": "item", "资金来源": "source", "发放方式": "way"}[title]
    history = read(tmp_path, TITLES, *rows)
    assert [str(getattr(each, field)) for each in history.payments] == [each for each, _ in pairs]


def test_the_bad_rows_come_as_a_workbook_that_can_be_mended(tmp_path: Path) -> None:
    history = read(tmp_path, TITLES, row(), row(金额="三百"), row(档案号="哈困999999"))
    book = open_import(tmp_path / "a.xlsx").book
    bad = tmp_path / "bad.xlsx"
    bad.write_bytes(bad_relief_rows(book, history))
    rows = list(open_workbook(bad.read_bytes()).sheet("Sheet1"))
    assert rows[0] == [*TITLES, "错误说明"]
    assert [each[5] for each in rows[1:]] == ["三百", 300.0]
    assert all("：" in str(each[-1]) for each in rows[1:])
    again = relief_reading.read_relief(open_import(bad).book, today=TODAY, center=CENTER)
    assert [each.code for each in again.problems] == ["bad_amount", "unknown_file"]


def test_rows_of_a_sheet_without_a_column_say_so(tmp_path: Path) -> None:
    titles = [title for title in TITLES if title != "资金来源"]
    cells = [row()[TITLES.index(title)] for title in titles]
    history = read(tmp_path, titles, cells)
    written = bad_relief_rows(open_import(tmp_path / "a.xlsx").book, history)
    [_titles, line] = list(open_workbook(written).sheet("Sheet1"))
    assert "资金来源" in str(line[-1])


def test_the_kind_of_a_workbook_is_told_by_its_titles(tmp_path: Path) -> None:
    write(tmp_path / "relief.xlsx", [["某区"], TITLES, row()])
    (tmp_path / "archive.xlsx").write_bytes(written(plan(5, 0, Layout())))
    assert open_import(tmp_path / "relief.xlsx").kind is ImportKind.RELIEF
    assert open_import(tmp_path / "archive.xlsx").kind is ImportKind.ARCHIVE
    with pytest.raises(NoTitles):
        relief_reading.read_relief(open_import(tmp_path / "archive.xlsx").book, today=TODAY)


def test_problems_name_nobody(tmp_path: Path) -> None:
    history = read(
        tmp_path, TITLES, row(姓名="别人"), row(档案号=HOME.number, 身份证号=OTHER), row(金额=-1)
    )
    said = str([each.as_json() for each in history.problems])
    assert not any(private in said for private in ("李示例", "王示例", "别人", PERSON, OTHER))


@settings(max_examples=60, deadline=None)
@given(
    fen=st.integers(1, 10**11), form=st.sampled_from(("number", "plain", "commas", "yuan", "wide"))
)
def test_any_amount_is_read_to_the_fen(
    tmp_path_factory: pytest.TempPathFactory, fen: int, form: str
) -> None:
    plain = f"{fen // 100}.{fen % 100:02d}"
    wide = plain.translate(str.maketrans("0123456789", "０１２３４５６７８９"))
    cell = {
        "number": fen / 100,
        "plain": plain,
        "commas": f"{fen // 100:,}.{fen % 100:02d}",
        "yuan": f"¥{plain}元",
        "wide": wide,
    }[form]
    history = read(tmp_path_factory.mktemp("amount"), TITLES, row(金额=cell))
    assert [each.fen for each in history.sound()] == [fen]


@settings(max_examples=60, deadline=None)
@given(
    day=st.dates(date(1950, 1, 1), TODAY),
    form=st.sampled_from(("cell", "%Y-%m-%d", "%Y/%m/%d", "%Y.%m.%d", "%Y%m%d", "%Y年%m月%d日")),
)
def test_any_day_is_read(tmp_path_factory: pytest.TempPathFactory, day: date, form: str) -> None:
    cell = day if form == "cell" else day.strftime(form)
    history = read(tmp_path_factory.mktemp("day"), TITLES, row(日期=cell))
    assert [each.day for each in history.sound()] == [day]


@settings(max_examples=40, deadline=None)
@given(rows=st.integers(1, 60), fen=st.integers(60, 10**9), seed=st.integers(0, 99))
def test_the_generator_sums_to_what_is_wanted(rows: int, fen: int, seed: int) -> None:
    cells, split = payments(rows=rows, fen=fen, year=2012, seed=seed)
    assert len(cells) == rows
    for parts in (split.by_item, split.by_source, split.by_month, split.by_district):
        assert sum(part.times for part in parts.values()) == rows
        assert sum(part.fen for part in parts.values()) == fen
