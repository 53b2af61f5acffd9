"""A register of placements comes in: each row once, unproved, undone as a whole."""

from pathlib import Path
from typing import Any

import pytest
import xlwt  # pyright: ignore[reportMissingTypeStubs] - it has no stubs

from app.core.errors import Refused
from app.core.money import Fen
from app.core.record import Nothing
from app.core.words import Answer
from app.core.words.imports import ImportKind, ImportState
from app.core.words.placements import PersonKind
from app.exchange.archive_mending import Mends
from app.exchange.archive_records import Severity
from app.exchange.importing import undo_import
from app.exchange.importing_files import HoldsPlacements, open_import
from app.exchange.importing_queries import import_rows
from app.exchange.importing_records import UndoForm
from app.exchange.importing_rules import ImportHasErrors, ImportTouched, ImportUndone
from app.exchange.placements_importing import (
    NoPlacementsToImport,
    PlacementsImportedBefore,
    PlacementsTouched,
)
from app.exchange.placements_reading import bad_placement_rows
from app.exchange.workbook import open_workbook
from app.exchange.workbook_limits import NotAWorkbook
from app.exchange.workbook_text import open_text
from app.reports.queries import check_store
from tests.filled import raw
from tests.hiring import JobDesk
from tests.imports import bring_in, workbook
from tests.loan_registers import line as loan_line
from tests.loan_registers import written as loans_written
from tests.placement_registers import (
    PLACED,
    TITLES,
    Cells,
    bring_placements_in,
    line,
    of_the_year,
    read,
    read_book,
    written,
)
from tests.world import World


def wrong(world: World, **cells: Any) -> list[tuple[str, str, Severity]]:
    """Return what is wrong with a register of one placement: code, offer, severity."""
    found = read(world, written([line(1, **cells)])).problems
    return [(each.code, each.offer, each.severity) for each in found]


def as_text(rows: list[Cells], mark: str = ",") -> str:
    return "\r\n".join(mark.join(map(str, row)) for row in (TITLES, *rows))


def test_the_placements_of_2012_come_in_each_once(world: World, store: Path) -> None:
    done = bring_placements_in(world, written(of_the_year()))
    assert (done.placements, done.people, done.left_out) == (PLACED, PLACED, 0)
    with raw(store) as sql:
        assert sql.one("SELECT count(*) FROM placement") == PLACED
        assert sql.one("SELECT count(DISTINCT number) FROM placement") == PLACED
        assert sql.run("SELECT DISTINCT state, proof, free_of_charge FROM placement") == [
            ("working", "not_shown", "yes")
        ]
        assert sql.run(
            "SELECT count(next_follow_up_on), count(job_seeker_id), count(proved_on) FROM placement"
        ) == [(0, 0, 0)]
        assert sql.one("SELECT count(*) FROM placement WHERE started_on LIKE '2012-%'") == PLACED
    assert not world.ask("admin", check_store, Nothing()).findings


def test_people_and_employers_who_are_kept_here_are_linked(world: World, store: Path) -> None:
    bring_in(world, workbook(5)[1])
    employer = JobDesk(world).employer(name="松江机械厂")
    with raw(store) as sql:
        [(member, home, number, name, district)] = sql.run(
            "SELECT m.id, h.id, m.id_number, m.name, h.district FROM member m "
            "JOIN household h ON h.id = m.household_id WHERE m.id_number <> '' "
            "AND m.position = 1 LIMIT 1"
        )
    rows = [
        line(1, 姓名=name, 身份证号=number, 用人单位="松江机械厂"),
        line(2, 用人单位="松江机械"),
    ]
    assert bring_placements_in(world, written(rows)).on_file == 1
    with raw(store) as sql:
        linked = "SELECT member_id, household_id, district, employer_id FROM placement ORDER BY id"
        assert sql.run(linked) == [(member, home, district, employer), (None, None, None, None)]


@pytest.mark.parametrize(
    ("cells", "code", "offer"),
    [
        ({"安置日期": "2012-02-30"}, "bad_date", None),
        ({"安置日期": "2031-01-01"}, "bad_date", ""),
        ({"安置日期": ""}, "missing", ""),
        ({"姓名": ""}, "missing", ""),
        ({"用人单位": ""}, "missing", ""),
        ({"工种": ""}, "missing", ""),
        ({"用人单位": "长" * 61}, "too_long", ""),
        ({"身份证号": "23908119780305001"}, "id_length", None),
        ({"身份证号": 2.39081e17}, "id_scientific", None),
        ({"月薪": 0}, "bad_amount", ""),
        ({"月薪": -1800}, "negative_amount", None),
        ({"月薪": 1800.555}, "too_many_decimals", None),
        ({"月薪": "面议"}, "bad_amount", ""),
        ({"合同期限": "很久"}, "bad_months", ""),
        ({"合同期限": 0}, "bad_months", ""),
        ({"合同期限": 601}, "bad_months", ""),
        ({"人员类别": "下岗工"}, "unknown_word", "下岗人员"),
        ({"是否免费": "也许"}, "unknown_word", ""),
    ],
)
def test_a_damaged_cell_is_named_and_keeps_its_row_out(
    world: World, cells: dict[str, Any], code: str, offer: str | None
) -> None:
    [(found, offered, severity)] = wrong(world, **cells)
    assert (found, severity) == (code, Severity.ERROR)
    assert offer is None or offered == offer
    with pytest.raises(ImportHasErrors):
        bring_placements_in(world, written([line(1, **cells), line(2)]))
    done = bring_placements_in(world, written([line(1, **cells), line(2)]), skip_bad=True)
    assert (done.placements, done.left_out) == (1, 1)


@pytest.mark.parametrize(
    ("cells", "field", "value"),
    [
        ({"合同期限": 12}, "contract_months", 12),
        ({"合同期限": "2年"}, "contract_months", 24),
        ({"合同期限": "一年半"}, "contract_months", 18),
        ({"合同期限": "半年"}, "contract_months", 6),
        ({"合同期限": "6个月"}, "contract_months", 6),
        ({"合同期限": "无固定期限"}, "contract_months", None),
        ({"合同期限": "无固定期限", "备注": "夜班"}, "note", "夜班\n合同期限：无固定期限"),
        ({"合同期限": ""}, "contract_months", None),
        ({"月薪": "1,800元"}, "wage", Fen(180_000)),
        ({"月薪": ""}, "wage", None),
        ({"人员类别": "下岗职工"}, "person_kind", PersonKind.LAID_OFF),
        ({"人员类别": ""}, "person_kind", None),
        ({"是否免费": "免费"}, "free", Answer.YES),
        ({"是否免费": "收费"}, "free", Answer.NO),
        ({"是否免费": "√"}, "free", Answer.YES),
        ({"是否免费": "不详"}, "free", Answer.NOT_KNOWN),
        ({"是否免费": ""}, "free", None),
    ],
)
def test_a_cell_is_read_as_people_write_it(
    world: World, cells: dict[str, Any], field: str, value: object
) -> None:
    register = read(world, written([line(1, **cells)]))
    assert not register.problems
    assert getattr(register.lines[0], field) == value


def test_what_was_free_of_charge_stays_not_asked_where_nobody_says(
    world: World, store: Path
) -> None:
    bring_placements_in(world, written([line(1, 是否免费=""), line(2, 是否免费="不详")]))
    with raw(store) as sql:
        assert sql.run("SELECT free_of_charge FROM placement ORDER BY id") == [
            (Answer.NOT_ASKED.value,),
            (Answer.NOT_KNOWN.value,),
        ]


def test_the_same_placement_counts_once(world: World) -> None:
    twice = read(world, written([line(1), line(1, 用人单位="北岸 纺织厂", 工种="保洁员")]))
    [problem] = twice.problems
    assert (problem.code, problem.row, problem.severity) == ("placement_twice", 3, Severity.ERROR)
    assert problem.data["row"] == 2
    elsewhere = [line(1), line(1, 用人单位="友谊饭店"), line(1, 安置日期="2012-09-01")]
    assert not read(world, written(elsewhere)).problems
    bring_placements_in(world, written([line(1)]))
    [known] = read(world, written([line(1, 备注="又来一次"), line(2)])).problems
    assert (known.code, known.row) == ("placement_twice", 2)
    assert "安2026-0001" in known.tell()
    with pytest.raises(NoPlacementsToImport):
        bring_placements_in(world, written([line(1)]), skip_bad=True)


def test_a_placement_that_was_entered_here_does_not_come_in_again(world: World) -> None:
    desk = JobDesk(world)
    view = desk.see_placement(desk.found())
    told = {"安置日期": view.row.started_on.isoformat(), "用人单位": view.row.employer}
    with raw(world.office.path) as sql:
        number = sql.one("SELECT id_number FROM placement")
    found = read(world, written([line(1, 身份证号=number, **told)])).problems
    assert [each.code for each in found] == ["placement_twice"]


def test_a_file_comes_in_once(world: World, store: Path) -> None:
    data = written([line(1), line(2)])
    bring_placements_in(world, data)
    with raw(store) as sql:
        sql.switch_off_the_guards()
        sql.run("UPDATE placement SET id_number = ''")
    with pytest.raises(PlacementsImportedBefore, match=r"D2026-0001"):
        bring_placements_in(world, data)


def test_an_undone_import_counts_no_more_and_can_come_in_again(world: World, store: Path) -> None:
    data = written([line(1), line(2)])
    number = bring_placements_in(world, data).number
    world.do("li", undo_import, UndoForm(number=number, reason="导错了文件"))
    with raw(store) as sql:
        assert sql.run("SELECT DISTINCT state, end_reason FROM placement") == [
            ("taken_back", "导错了文件")
        ]
    with pytest.raises(ImportUndone):
        world.do("li", undo_import, UndoForm(number=number, reason="再来"))
    assert bring_placements_in(world, data).placements == 2
    kinds = [(row.kind, row.state) for row in world.ask("li", import_rows, Nothing())]
    assert kinds == [
        (ImportKind.PLACEMENTS, ImportState.IMPORTED),
        (ImportKind.PLACEMENTS, ImportState.UNDONE),
    ]
    assert not world.ask("admin", check_store, Nothing()).findings


def test_an_import_whose_placement_was_worked_with_stays(world: World, store: Path) -> None:
    number = bring_placements_in(world, written([line(1)])).number
    with raw(store) as sql:
        sql.switch_off_the_guards()
        sql.run("UPDATE placement SET version = 2, note = '核对过'")
    with pytest.raises(PlacementsTouched):
        world.do("li", undo_import, UndoForm(number=number, reason="导错了"))


def test_an_archive_stays_while_placements_rest_on_its_files(world: World, store: Path) -> None:
    archive = bring_in(world, workbook(5)[1])
    with raw(store) as sql:
        number = sql.one("SELECT id_number FROM member WHERE position = 1 LIMIT 1")
    placements = bring_placements_in(world, written([line(1, 身份证号=number)]))
    undo = UndoForm(number=archive.number, reason="导错了")
    with pytest.raises(ImportTouched):
        world.do("wang", undo_import, undo)
    world.do("li", undo_import, UndoForm(number=placements.number, reason="导错了"))
    world.do("wang", undo_import, undo)


def test_finance_may_not_import(world: World) -> None:
    with pytest.raises(Refused):
        world.do("qian", undo_import, UndoForm(number="D2026-0001", reason="试试"))


def test_what_stays_out_is_written_with_its_reason_and_can_be_mended(world: World) -> None:
    data = written([line(1, 月薪="两千"), line(2), line(2)])
    register = read(world, data)
    bad = bad_placement_rows(open_workbook(data), register)
    rows = list(open_workbook(bad).sheet("职业介绍"))
    assert rows[0][-1] == "错误说明"
    assert [str(row[1]) for row in rows[1:]] == ["安置人1", "安置人2"]
    assert "月薪" in str(rows[1][-1])
    assert [each.code for each in read(world, bad).problems] == ["bad_amount"]


def test_titles_of_other_centers_are_understood(world: World) -> None:
    others = {
        "安置日期": "上岗时间",
        "姓名": "求职者姓名",
        "身份证号": "公民身份号码",
        "用人单位": "录用单位名称",
        "工种": "岗位",
        "月薪": "月工资（元）",
        "是否免费": "收费情况",
    }
    titles = [others.get(title, title) for title in TITLES]
    register = read(world, written([line(1, 是否免费="免费")], titles))
    assert not register.problems
    assert register.lines[0].wage == Fen(180_000)


def test_a_title_by_hand_is_read_as_said(world: World) -> None:
    titles = ["给多少" if title == "月薪" else title for title in TITLES]
    data = written([line(1)], titles)
    assert [each.code for each in read(world, data).problems] == ["unknown_column"]
    mends = Mends(columns={("职业介绍", "给多少"): "wage"})
    assert read(world, data, mends).lines[0].wage == Fen(180_000)


def test_a_register_of_placements_is_known_by_its_titles(tmp_path: Path) -> None:
    place = tmp_path / "安置.xlsx"
    place.write_bytes(written([line(1)]))
    assert open_import(place).kind is ImportKind.PLACEMENTS
    for kind in (ImportKind.ARCHIVE, ImportKind.RELIEF, ImportKind.LOANS):
        with pytest.raises(HoldsPlacements):
            open_import(place, kind)
    place.write_bytes(loans_written([loan_line(1)]))
    assert open_import(place).kind is ImportKind.LOANS


def test_a_register_of_an_old_program_is_read(world: World, tmp_path: Path) -> None:
    book: Any = xlwt.Workbook()
    sheet = book.add_sheet("职业介绍")
    for down, row in enumerate((["2012年职业介绍登记"], TITLES, line(1), line(2), ["合计", 2])):
        for across, cell in enumerate(row):
            sheet.write(down, across, cell)
    place = tmp_path / "安置.xls"
    book.save(str(place))
    register = read_book(world, open_import(place, ImportKind.PLACEMENTS).book)
    assert [each.row for each in register.sound()] == [3, 4]
    assert [each.code for each in register.problems] == ["total_row"]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
@pytest.mark.parametrize("mark", [",", "\t", ";"])
def test_a_register_may_be_a_text(world: World, tmp_path: Path, encoding: str, mark: str) -> None:
    place = tmp_path / "安置.csv"
    place.write_bytes(as_text([line(1), line(2)], mark).encode(encoding))
    opened = open_import(place, ImportKind.PLACEMENTS)
    register = read_book(world, opened.book)
    assert not register.problems
    assert [each.name for each in register.lines] == ["安置人1", "安置人2"]
    bad = read_book(world, open_text(as_text([line(1, 月薪="二")], mark).encode(encoding)))
    assert bad.errors == 1


@pytest.mark.parametrize(
    "data", [b"", b"\x00\x01,\x02", "只有一行字".encode(), b'a,b\n"never ends,c', b"\xff\xfe\xff,"]
)
def test_other_texts_are_no_workbooks(tmp_path: Path, data: bytes) -> None:
    place = tmp_path / "a.csv"
    place.write_bytes(data)
    with pytest.raises(NotAWorkbook):
        open_import(place)
