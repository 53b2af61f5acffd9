"""Files to the bank and back, in each layout that ships."""

import io
from dataclasses import replace
from datetime import date

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st
from python_calamine import CalamineWorkbook

from app.core.assets import resource
from app.core.money import LARGEST, Fen
from app.exchange.bank_file import (
    DoesNotFit,
    HoldsSeparator,
    NotInEncoding,
    write,
    write_result,
)
from app.exchange.bank_layout import (
    BankBatch,
    BankLine,
    Layout,
    LayoutDamaged,
    NoSuchLayout,
    file_name,
    layout,
    layout_names,
    parse_layout,
)
from app.exchange.bank_result import NotABankFile, read_result

BATCH = BankBatch(
    number="2026-0007",
    day=date(2026, 11, 22),
    payer_account="6299990000000000018",
    lines=(
        BankLine(line=1, account="6299990000000000125", name="王芳", amount=Fen(15000)),
        BankLine(line=2, account="6299990000000000216", name="张𬭎", amount=Fen(239756)),
        BankLine(
            line=3,
            account="629999000033",
            name="买买提·艾力",
            amount=Fen(5),
            bank="示例银行一支行",
            purpose="生活救助",
        ),
    ),
)
ALL = pytest.mark.parametrize("name", ["delimited", "fixed_width", "workbook"])


def codes(shape: Layout, data: bytes) -> list[tuple[int, str]]:
    return [(p.at, p.problem.code) for p in read_result(shape, data).problems]


def text_of(name: str, *, failed: dict[int, str] | None = None) -> list[str]:
    data = write_result(layout(name), BATCH, failed)
    return data.decode("GB18030").split("\r\n")


def bytes_of(lines: list[str]) -> bytes:
    return "\r\n".join(lines).encode("GB18030")


def test_these_layouts_ship() -> None:
    assert layout_names() == ("delimited", "fixed_width", "workbook")


def test_the_delimited_file() -> None:
    assert write(layout("delimited"), BATCH).decode("GB18030") == (
        "H|2026-0007|20261122|6299990000000000018|3|2547.61\r\n"
        "1|6299990000000000125|王芳|150.00||\r\n"
        "2|6299990000000000216|张𬭎|2397.56||\r\n"
        "3|629999000033|买买提·艾力|0.05|示例银行一支行|生活救助\r\n"
    )


def test_the_fixed_width_file() -> None:
    lines = write(layout("fixed_width"), BATCH).split(b"\r\n")
    assert [len(line) for line in lines] == [132, 132, 132, 50, 0]
    assert lines[0].startswith(b"20000016299990000000000125 " + "王芳".encode("GB18030"))
    assert lines[0][87:102] == b"000000000015000"
    assert lines[3] == b"92026-0007           20261122000003000000000254761"


def test_the_workbook_keeps_accounts_as_text_and_amounts_as_numbers() -> None:
    book = CalamineWorkbook.from_filelike(io.BytesIO(write(layout("workbook"), BATCH)))
    assert book.get_sheet_by_index(0).to_python() == [
        ["序号", "户名", "账号", "开户银行", "金额", "用途"],
        [1.0, "王芳", "6299990000000000125", "", 150.0, ""],
        [2.0, "张𬭎", "6299990000000000216", "", 2397.56, ""],
        [3.0, "买买提·艾力", "629999000033", "示例银行一支行", 0.05, "生活救助"],
        ["合计", "", 3.0, "", 2547.61, ""],
    ]


def test_a_name_never_becomes_a_formula() -> None:
    odd = replace(BATCH, lines=(replace(BATCH.lines[0], name="=1+1"),))
    book = CalamineWorkbook.from_filelike(io.BytesIO(write(layout("workbook"), odd)))
    assert book.get_sheet_by_index(0).to_python()[1][1] == "=1+1"


@ALL
def test_the_same_batch_gives_the_same_bytes(name: str) -> None:
    assert write(layout(name), BATCH) == write(layout(name), BATCH)


@pytest.mark.parametrize(
    ("name", "called"),
    [
        ("delimited", "DF_20261122_2026-0007.txt"),
        ("fixed_width", "2026-0007.dat"),
        ("workbook", "代发清单 2026-0007.xlsx"),
    ],
)
def test_the_file_is_called_as_the_bank_wants(name: str, called: str) -> None:
    assert file_name(layout(name), BATCH) == called


def test_a_file_name_stays_in_its_folder() -> None:
    assert file_name(layout("fixed_width"), replace(BATCH, number="../发〔7〕")) == "..-发〔7〕.dat"


@ALL
def test_the_answer_tells_what_was_paid_and_what_was_not(name: str) -> None:
    shape = layout(name)
    word = list(shape.status.failed)[-1]
    result = read_result(shape, write_result(shape, BATCH, {2: word}))
    assert result.problems == ()
    assert [(row.line, row.account, row.amount) for row in result.rows] == [
        (line.line, line.account, line.amount) for line in BATCH.lines
    ]
    assert [row.ok for row in result.rows] == [True, False, True]
    assert [row.reason for row in result.rows] == ["", shape.status.failed[word], ""]
    assert [row.name for row in result.rows] == ["王芳", "张𬭎", "买买提·艾力"]


@pytest.mark.parametrize("name", ["delimited", "fixed_width"])
def test_the_answer_names_its_batch(name: str) -> None:
    shape = layout(name)
    assert read_result(shape, write_result(shape, BATCH)).batch == "2026-0007"


@ALL
@given(st.lists(st.integers(1, LARGEST), min_size=1, max_size=5))
def test_every_amount_comes_back_to_the_fen(name: str, amounts: list[int]) -> None:
    # A spreadsheet keeps fifteen digits.
    most = 10**13 if name == "workbook" else LARGEST // 10
    lines = tuple(
        BankLine(line=n, account="6299990000000000125", name="王芳", amount=Fen(min(amount, most)))
        for n, amount in enumerate(amounts, start=1)
    )
    shape = layout(name)
    result = read_result(shape, write_result(shape, replace(BATCH, lines=lines)))
    assert result.problems == ()
    assert [row.amount for row in result.rows] == [line.amount for line in lines]


@pytest.mark.parametrize(
    ("changed", "code"),
    [
        ("2|6299990000000000216|张三", "short_row"),
        ("2|6299990000000000216|张三|1.00|00||", "long_row"),
        ("二|6299990000000000216|张三|1.00|00|", "bad_line"),
        ("2|6.29999E+18|张三|1.00|00|", "bad_account"),
        ("2|6299990000000000216|张三|1.005|00|", "bad_amount"),
        ("2|6299990000000000216|张三|-1.00|00|", "bad_amount"),
        ("2|6299990000000000216|张三|1.00|处理中|", "unknown_status"),
        ("以下空白", "short_row"),
    ],
)
def test_an_odd_line_is_told_and_the_others_are_taken(changed: str, code: str) -> None:
    lines = text_of("delimited")
    lines[2] = changed
    result = read_result(layout("delimited"), bytes_of(lines))
    assert [row.line for row in result.rows] == [1, 3]
    assert {p.problem.code for p in result.problems} == {code, "totals_disagree"}
    odd = next(p for p in result.problems if p.at == 3)
    assert odd.text == changed
    assert odd.tell()


@pytest.mark.parametrize(
    ("second", "taken"),
    [
        ("1|{0}|王芳|{1}|00|", [1, 2, 3]),
        ("1|{0}|王芳|{1}|01|", [2, 3]),
        ("1|{0}|王芳|9.99|00|", [2, 3]),
    ],
)
def test_of_two_answers_to_one_payment_none_is_taken_unless_they_are_the_same(
    second: str, taken: list[int]
) -> None:
    lines = text_of("delimited")
    _number, account, _name, amount, *_rest = lines[1].split("|")
    lines.append(second.format(account, amount))
    result = read_result(layout("delimited"), bytes_of(lines))
    assert [row.line for row in result.rows] == taken
    odd = [problem for problem in result.problems if problem.problem.code == "line_twice"]
    assert [problem.at for problem in odd] == ([6] if 1 in taken else [2, 6])
    assert all("第 1 笔" in problem.tell() for problem in odd)


def test_no_line_is_lost_between_rows_and_problems() -> None:
    lines = ["R|1", "x", "", "2|6299990000000000216|张三|1.00|00|", "?|?"]
    result = read_result(layout("delimited"), bytes_of(lines))
    assert sorted([row.at for row in result.rows] + [p.at for p in result.problems]) == [
        0,  # the head is not as it should be
        1,
        2,
        4,
        5,
    ]


@pytest.mark.parametrize(
    ("name", "without", "code"),
    [
        ("delimited", 0, "no_header"),
        ("fixed_width", 3, "no_totals"),
    ],
)
def test_a_file_cut_off_is_told(name: str, without: int, code: str) -> None:
    lines = text_of(name)
    del lines[without]
    result = read_result(layout(name), bytes_of(lines))
    assert [p.problem.code for p in result.problems] == [code]
    assert len(result.rows) == 3


def test_a_missing_payment_shows_in_the_totals() -> None:
    lines = text_of("fixed_width")
    del lines[1]
    assert codes(layout("fixed_width"), bytes_of(lines)) == [(3, "totals_disagree")] * 4
    told = read_result(layout("fixed_width"), bytes_of(lines)).problems[1].tell()
    assert told == "银行文件写的是 2,547.61，逐笔相加为 150.05"


@pytest.mark.parametrize("cut", [1, 40, 50, 120])
def test_a_short_line_of_fixed_width_is_told(cut: int) -> None:
    lines = write_result(layout("fixed_width"), BATCH).split(b"\r\n")
    lines[0] = lines[0].rstrip()[:cut] if cut < 50 else lines[0] + b"x" * cut
    result = read_result(layout("fixed_width"), b"\r\n".join(lines))
    expected = "short_row" if cut < 50 else "long_row"
    assert result.problems[0].problem.code == expected
    assert result.problems[0].at == 1


def test_blanks_lost_at_the_end_of_a_line_do_no_harm() -> None:
    lines = [line.rstrip() for line in write_result(layout("fixed_width"), BATCH).split(b"\r\n")]
    result = read_result(layout("fixed_width"), b"\n".join(lines))
    assert result.problems == ()
    assert len(result.rows) == 3


def test_bytes_of_another_encoding_are_told() -> None:
    lines = write_result(layout("delimited"), BATCH).split(b"\r\n")
    lines[1] = lines[1].replace("王芳".encode("GB18030"), b"\xff\xff")
    result = read_result(layout("delimited"), b"\r\n".join(lines))
    assert (2, "unreadable") in [(p.at, p.problem.code) for p in result.problems]
    assert "6299990000000000125" in result.problems[-1].text


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("delimited", b""),
        ("delimited", b"hello\r\nworld"),
        ("fixed_width", b"\x00\xff"),
        ("workbook", b"not a workbook"),
        ("workbook", b"PK\x03\x04 broken"),
    ],
)
def test_a_file_of_another_kind_is_refused_as_a_whole(name: str, data: bytes) -> None:
    with pytest.raises(NotABankFile) as refused:
        read_result(layout(name), data)
    assert layout(name).title in refused.value.tell()


@given(st.binary(max_size=300), st.sampled_from(["delimited", "fixed_width"]))
def test_any_bytes_are_taken_apart_or_refused(data: bytes, name: str) -> None:
    try:
        result = read_result(layout(name), data)
    except NotABankFile:
        return
    assert result.rows or result.problems or result.batch


def one(text: str) -> BankBatch:
    return replace(BATCH, lines=(replace(BATCH.lines[0], line=7, name=text),))


def test_a_character_the_bank_lacks_is_named_with_its_payment() -> None:
    gbk = msgspec.structs.replace(layout("delimited"), encoding="GBK")
    with pytest.raises(NotInEncoding) as refused:
        write(gbk, one("张𬭎"))
    assert refused.value.data == {"line": 7, "character": "𬭎", "encoding": "GBK"}
    assert "第 7 笔" in refused.value.tell()


def test_a_name_too_long_for_its_column_is_not_cut() -> None:
    with pytest.raises(DoesNotFit) as refused:
        write(layout("fixed_width"), one("示例" * 16))
    assert (refused.value.data["count"], refused.value.data["width"]) == (64, 60)


@pytest.mark.parametrize("text", ["王|芳", "王\n芳"])
def test_a_name_cannot_add_columns_or_lines(text: str) -> None:
    with pytest.raises(HoldsSeparator):
        write(layout("delimited"), one(text))


def test_a_layout_that_is_not_there_is_named() -> None:
    with pytest.raises(NoSuchLayout):
        layout("../zh_CN/core")


@pytest.mark.parametrize(
    ("old", "new", "wrong"),
    [
        ('separator = "|"', "", "separator"),
        ('form = "delimited"', 'form = "fixed"', "separator"),
        ('form = "delimited"', 'form = "csv"', "csv"),
        ('{ field = "line" }', '{ field = "lime" }', "lime"),
        ("[back]", "[back]\nfoo = 1", "foo"),
        ('{ field = "constant", text = "R" },', "", "header"),
        ('{ field = "purpose" }', '{ field = "reason" }', "send"),
        ('{ field = "status" },', "", "back"),
        ("{batch}", "{patch}", "file_name"),
    ],
)
def test_a_mistake_in_a_layout_is_named(old: str, new: str, wrong: str) -> None:
    document = resource("bank_layouts", "delimited.toml").read_text("utf-8")
    assert old in document
    with pytest.raises(LayoutDamaged) as refused:
        parse_layout(document.replace(old, new).encode(), "delimited")
    assert wrong in refused.value.tell()
