"""What stands in single cells: read as what is meant, or named as what is wrong."""

import random
from datetime import date, datetime, time, timedelta
from typing import get_args

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.core.contact import check_card, doubt_card
from app.core.i18n import catalogue
from app.core.money import NotAnAmount, parse_yuan
from app.core.resident_id import ResidentIdFacts, check_character, read_id
from app.core.words import Answer
from app.core.words.households import Sex
from app.exchange.archive_cells import Reader, reader_of
from app.exchange.archive_document import (
    Column,
    Kind,
    bare_title,
    bare_word,
    shape,
    states,
    titles,
    vocabulary,
)
from app.exchange.archive_problems import CODES, Odd
from app.exchange.archive_records import ArchiveHousehold, ArchiveMember
from app.exchange.workbook import Cell
from app.reference.codes import code_lists, known_words
from tests.people import id_number

TODAY = date(2026, 11, 22)


def reader(kind: Kind, words: str = "", *, scale: int = 1, starts_1904: bool = False) -> Reader:
    column = Column(field="field", title="title", kind=kind, list=words)
    return reader_of(column, today=TODAY, starts_1904=starts_1904, scale=scale)


def code(value: object) -> str:
    assert isinstance(value, Odd), value
    return value.code


def offer(value: object) -> str:
    assert isinstance(value, Odd), value
    return value.offer


@pytest.mark.parametrize(
    "cell",
    [
        "2013-05-01", "2013/5/1", "2013.5.1", "20130501", "2013年5月1日", "２０１３年５月１日",
        " 2013-05-01 ", "2013-05-01 00:00:00", 41395.0, 20130501.0, 41395,
        date(2013, 5, 1), datetime(2013, 5, 1, 8, 30),  # noqa: DTZ001 - as a cell has it
    ],
)  # fmt: skip
def test_days(cell: Cell) -> None:
    assert reader("day")(cell) == date(2013, 5, 1)


def test_a_day_that_counts_from_1904() -> None:
    assert reader("day", starts_1904=True)(39933.0) == date(2013, 5, 1)


@pytest.mark.parametrize(
    ("cell", "likely"),
    [
        ("2013-02-30", ""), ("2013-13-01", ""), ("去年", ""), ("2031-05-01", ""), (True, ""),
        (7e6, ""), ("1809-05-01", ""), (timedelta(days=3), ""), (time(8, 30), ""),
        ("13-5-1", "2013-05-01"), ("130501", "2013-05-01"), ("5/1/2013", "2013-05-01"),
        ("31/5/2013", "2013-05-31"), ("2013年5月", "2013-05-01"),
        ("二〇一三年五月一日", "2013-05-01"),
    ],
)  # fmt: skip
def test_what_is_no_day(cell: Cell, likely: str) -> None:
    read = reader("day")(cell)
    assert (code(read), offer(read)) == ("bad_date", likely)


@pytest.mark.parametrize(
    ("cell", "fen"),
    [
        ("1,200.00", 120000), ("1200", 120000), (1200.0, 120000), ("1200元", 120000),
        (0.1 + 0.2, 30), (1234.56, 123456), (0, 0), ("０", 0), (1200, 120000), ("¥1 200", 120000),
    ],
)  # fmt: skip
def test_amounts(cell: Cell, fen: int) -> None:
    assert reader("yuan")(cell) == fen


@pytest.mark.parametrize(
    ("cell", "wrong", "likely"),
    [
        ("三万左右", "bad_amount", ""), ("1.2万元", "bad_amount", "12000.00"),
        ("约1200", "bad_amount", "1200.00"), ("12,50", "bad_amount", "1250.00"),
        ("无", "bad_amount", "0"), (-500.0, "negative_amount", ""),
        ("-1,200.00", "negative_amount", ""), (33.333333333, "too_many_decimals", "33.33"),
        ("0.005", "too_many_decimals", "0.01"), (True, "bad_amount", ""),
        (float("inf"), "bad_amount", ""), (float("nan"), "bad_amount", ""),
        (1e300, "bad_amount", ""),
        (date(2013, 5, 1), "bad_amount", ""),
    ],
)  # fmt: skip
def test_what_is_no_amount(cell: Cell, wrong: str, likely: str) -> None:
    read = reader("yuan")(cell)
    assert (code(read), offer(read)) == (wrong, likely)


@given(st.decimals(0, 10**9, places=2))
def test_an_amount_is_the_same_as_number_and_as_text(amount: object) -> None:
    assert reader("yuan")(float(str(amount))) == parse_yuan(str(amount))


@given(st.floats(allow_nan=True, allow_infinity=True) | st.text(max_size=30))
def test_an_amount_is_whole_fen_or_a_problem(cell: float | str) -> None:
    read = reader("yuan")(cell)
    assert read is None or type(read) is int or code(read) in CODES
    if isinstance(cell, str) and isinstance(read, int):
        assert parse_yuan(cell) == read
    if isinstance(read, Odd) and isinstance(cell, str):
        with pytest.raises(NotAnAmount):
            parse_yuan(cell)


def test_counts_and_areas() -> None:
    assert [reader("count")(cell) for cell in (3.0, "4人", "４口", 1)] == [3, 4, 4, 1]
    assert [code(reader("count")(cell)) for cell in (2.5, "三口", 0, 31, "-2")] == [
        *["bad_amount"] * 4,
        "negative_amount",
    ]
    said = {
        "三": "3",
        "三口人": "3",
        "三口之家": "3",
        "十一": "11",
        "二十": "20",
        "叁": "3",
        "十个": "10",
    }
    assert {cell: offer(reader("count")(cell)) for cell in said} == said
    assert reader("count")("3口人") == 3
    assert offer(reader("count")("四十")) == ""
    assert [reader("area")(cell) for cell in (55.5, "55㎡", "60.25平方米", 0)] == [
        5550, 5500, 6025, None,
    ]  # fmt: skip
    band = reader("area")("50-70")
    assert isinstance(band, Odd)
    assert (band.code, band.note) == ("", "50-70")
    assert code(reader("area")("很小")) == code(reader("area")(1e300)) == "bad_amount"


def test_resident_ids_that_are_sound() -> None:
    number = id_number(2)
    read = reader("id")
    wide = number.translate({ord(str(digit)): 0xFF10 + digit for digit in range(10)})
    spaced = f" {number[:6]} {number[6:14]} {number[14:]} "
    assert [read(cell) for cell in (number, wide, spaced, "")] == [number, number, number, ""]
    first = next(
        f"239001{birth}{order:03d}"
        for birth in ("19800101",)
        for order in range(2, 900)
        if check_character(f"239001{birth}{order:03d}") == "X"
    )
    assert read(first + "x") == read(first + "Ｘ") == first + "X"


@pytest.mark.parametrize(
    ("cell", "wrong"),
    [
        ("2.39001E+17", "id_scientific"), ("2.39001e+17", "id_scientific"),
        (2.39001e17, "id_scientific"), (239001198001010021.0, "id_rounded"),
        ("239001198001010000", "id_rounded"), ("23900119800101002", "id_length"),
        ("239001198001010020X", "id_length"), ("23900119800101AB21", "id_characters"),
        ("239001198013010021", "id_birth"), ("239001203001010021", "id_birth"),
        ("239001188001010021", "id_birth"), (3.5, "id_length"), (True, "id_characters"),
        (float("inf"), "id_scientific"), (float("nan"), "id_scientific"),
        (date(1980, 1, 1), "id_length"),
    ],
)  # fmt: skip
def test_resident_ids_that_are_not(cell: Cell, wrong: str) -> None:
    assert code(reader("id")(cell)) == wrong


def test_what_is_proposed_for_a_number() -> None:
    number = id_number(2)
    read = reader("id")
    assert offer(read("'" + number)) == number
    assert offer(read(number[:17])) == number
    assert offer(read(number.replace("0", "O"))) == number
    wrong = number[:17] + next(digit for digit in "0123456789" if digit != number[17])
    assert (code(read(wrong)), offer(read(wrong))) == ("id_check_digit", "")
    old = number[:6] + number[8:17]
    for cell in (old, float(int(old))):
        long = read(cell)
        assert isinstance(long, Odd)
        assert (long.code, long.value, long.offer) == ("id_15", number, number)


@given(st.integers(0, 10**17 - 1), st.sampled_from("0123456789X"))
def test_the_quick_way_to_a_number_agrees_with_the_long_one(first: int, last: str) -> None:
    text = f"{first:017d}{last}"
    read = reader("id")(text)
    sound = read_id(text, today=TODAY)
    assert (read == text) == isinstance(sound, ResidentIdFacts)


@given(st.text("0123456789", min_size=10, max_size=20))
def test_the_quick_way_to_a_card_agrees_with_the_long_one(number: str) -> None:
    doubtful = check_card(number) or doubt_card(number)
    read = reader("card")(number)
    assert (read == number) == (doubtful is None)
    assert read == number or code(read) == "card_luhn"


def test_cards_that_a_spreadsheet_spoilt() -> None:
    read = reader("card")
    assert code(read("6.22202E+18")) == "id_scientific"
    assert code(read(6.222020012345678e18)) == "id_rounded"
    assert read("6222 0212 3456 7890 128") == "6222021234567890128"
    assert read("无") == ""


def test_phones_and_texts() -> None:
    assert reader("phone")(15400001234.0) == "15400001234"
    assert reader("phone")("154-0000-1234") == "15400001234"
    assert reader("phone")("０４５１－８２３４５６７８") == "0451-82345678"
    assert reader("text")(1001.0) == "1001"
    assert reader("text")("　王　芳 ") == "王 芳"
    assert reader("text")("第一行\n第二行") == "第一行 第二行"
    assert code(reader("text")("长" * 201)) == "too_long"


def test_answers_sexes_states_and_districts() -> None:
    yes_no = reader("yes_no")
    assert [yes_no(cell) for cell in ("是", "√", "有", 1.0, True)] == [Answer.YES] * 5
    assert [yes_no(cell) for cell in ("否", "无", "×", 0.0)] == [Answer.NO] * 4
    assert yes_no("不详") is Answer.NOT_KNOWN
    assert yes_no("") is Answer.NOT_ASKED
    assert code(yes_no("也许")) == "unknown_word"
    assert [reader("sex")(cell) for cell in ("男", "女性", 1.0)] == [Sex.MALE, Sex.FEMALE, Sex.MALE]
    assert code(reader("sex")("男女")) == "unknown_word"
    assert reader("state")("已脱困") == "已脱困"
    assert code(reader("state")("某状态")) == "unknown_word"
    district = reader("district")
    assert district("哈尔滨市南岗区") == district("南岗") == "南岗区"
    assert offer(district("南岗区某街道")) == "南岗区"


def test_words_of_old_archives() -> None:
    health = reader("code", "health")
    assert health("癌症") == "癌症"
    assert health("健康") == "良好"
    wider = health("慢性病")
    assert isinstance(wider, Odd)
    assert (wider.value, wider.note, wider.code) == ("一般疾病", "慢性病", "")
    assert health("不详") is None
    assert (code(health("高血压症")), offer(health("高血压症"))) == ("unknown_word", "高血压病")
    assert reader("code", "work_status")("下（待）岗") == "下(待)岗"
    assert reader("code", "main_cause")("6．患重特大疾病") == "患重特大疾病"
    disability = reader("code", "disability")
    assert disability("肢体残疾Ⅱ级（重度）") == disability("肢体2级") == "肢体残疾二级"
    assert reader("code", "ethnicity")("汉") == "汉族"
    causes = reader("words", "main_cause")
    assert causes("子女上学、下岗；其他") == ("子女上学", "下岗失业", "其他")
    assert code(causes("子女上学、没有钱")) == "unknown_word"
    many = causes("子女上学、下岗失业、其他、无劳动能力")
    assert isinstance(many, Odd)
    assert (many.value, many.note) == (("子女上学", "下岗失业", "其他"), "无劳动能力")


CELLS = st.one_of(
    st.text(max_size=60),
    st.floats(),
    st.integers(-(10**20), 10**20),
    st.booleans(),
    st.dates(),
    st.datetimes(),
    st.times(),
    st.timedeltas(),
)


@given(st.sampled_from([*shape().households, *shape().members]), CELLS)
def test_no_cell_is_a_surprise(column: Column, cell: Cell) -> None:
    read = reader_of(column, today=TODAY, starts_1904=False)(cell)
    if isinstance(read, Odd):
        assert read.code in CODES or read.note
        if read.code:
            assert (read.says or CODES[read.code].says).format(**{"column": "", **read.data})
    elif column.kind == "text":
        assert isinstance(read, str)
        assert len(read) <= column.most


def test_the_documents_say_what_the_records_hold() -> None:
    for columns, record in (
        (shape().households, ArchiveHousehold),
        (shape().members, ArchiveMember),
    ):
        fields = [field.name for field in msgspec.structs.fields(record)]
        assert {column.field for column in columns} <= set(fields[1:])
        assert len({title for title, _ in titles(columns)}) == len(list(titles(columns)))
        assert all(column.list in code_lists() for column in columns if column.list)
        assert {column.kind for column in columns} <= set(get_args(Kind))


def test_what_a_word_means_is_a_word_of_its_list() -> None:
    for name, meanings in vocabulary().list.items():
        words = set(known_words(name))
        assert set(meanings.same.values()) <= words, name
        assert set(meanings.wider.values()) - {""} <= words, name
        assert {word for pair in meanings.by_sex.values() for word in pair} <= words, name
        own = {bare_word(word) for word in words}
        assert not own & {bare_word(said) for said in (*meanings.same, *meanings.wider)}, name
    assert states()["脱困"] == "closed"
    assert bare_title("家庭年度总收入\n（元）*") == "家庭年度总收入"


def test_every_problem_is_told_in_chinese() -> None:
    chinese = catalogue("zh_CN")
    for wrong in CODES.values():
        assert wrong.mend in chinese
        assert not wrong.says or wrong.says in chinese


def test_random_text_is_kept_as_the_kernel_keeps_it() -> None:
    draw = random.Random(1)  # noqa: S311 - to try things out
    signs = "王芳abcＡ１　 ·．-\u200b\u00a0，。A1"
    for _ in range(500):
        text = "".join(draw.choices(signs, k=draw.randrange(1, 12)))
        read = reader("text")(text)
        assert isinstance(read, str)
        assert read == read.strip()
        assert "\u3000" not in read
        assert "１" not in read
