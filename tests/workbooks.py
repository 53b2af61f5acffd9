"""Makes archive workbooks of invented households, with damage of every known kind.

What is in a workbook is planned first, row by row, with the problem that each damage must be found
as; then it is written as `.xlsx` or `.xls`, in one of several layouts. Nothing here is taken from
the code that reads.
"""

import io
import random
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

import xlsxwriter  # pyright: ignore[reportMissingTypeStubs] - it has no stubs
import xlwt  # pyright: ignore[reportMissingTypeStubs] - it has no stubs

HOUSEHOLDS = [
    "档案号", "姓名", "身份证号", "性别", "民族", "出生日期", "困难类别", "档案级别", "政治面貌",
    "健康状况", "残疾类别", "工作状态", "劳模类型", "住房类型", "建筑面积", "手机号码", "所属行业",
    "婚姻状况", "户口类型", "家庭住址", "区县", "工作单位", "单位性质", "企业状况", "是否单亲",
    "本人月平均收入", "家庭年度总收入", "家庭人口", "医保状况", "是否零就业家庭",
    "主要致困原因", "次要致困原因", "开户银行", "支行名称", "银行卡号", "建档日期", "状态", "备注",
]  # fmt: skip
MEMBERS = [
    "档案号", "户主身份证号", "姓名", "与户主关系", "身份证号", "月收入", "健康状况",
    "疾病/残疾类别", "医保状况", "人员身份", "当前学历", "单位或学校",
]  # fmt: skip

SYNONYMS = {
    "档案号": "职工编号",
    "姓名": "职工姓名*",
    "身份证号": "身份证号码*",
    "手机号码": "联系电话",
    "区县": "所属区县 *",
    "工作状态": "身份",
    "家庭年度总收入": "家庭年度总收入（元）",
    "建筑面积": "建筑面积\n（平方米）",
}
GROUPS = (
    ("基本信息", 0, 20),
    ("单位", 21, 23),
    ("收入与困难", 24, 31),
    ("银行账户", 32, 34),
    ("档案", 35, 37),
)
"""The upper of two rows of titles: a name and the columns below it."""

Row = dict[str, Any]
Expected = tuple[str, int, str]
"""Sheet, row as the spreadsheet shows it, code."""

SURNAMES = "赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨单仇查解"
GIVEN = "建国秀英志强桂兰海燕晓明玉梅春生文静立新凤霞永贵淑珍"
WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)


def last_character(first: str) -> str:
    """Return the check character of seventeen digits."""
    return "10X98765432"[sum(int(d) * w for d, w in zip(first, WEIGHTS, strict=True)) % 11]


def card_number(rng: random.Random) -> str:
    """Return an invented card number with the right last digit."""
    first = "622202" + "".join(rng.choices("0123456789", k=12))
    total = sum(
        sum(divmod(int(digit) * (2 if place % 2 == 0 else 1), 10))
        for place, digit in enumerate(reversed(first))
    )
    return first + str(-total % 10)


@dataclass
class Household:
    """A household as it is planned: the row of the head and the rows of the members."""

    head: Row
    members: list[Row]
    hidden: bool = False
    merged: str = ""
    """The column whose cell is merged with that of the household below."""
    problems: list[tuple[str, int, str]] = field(default_factory=list[tuple[str, int, str]])
    """``head`` or ``member``, which member, code."""


class People:
    """Invents people; no ID number comes twice."""

    def __init__(self, rng: random.Random) -> None:
        self.rng = rng
        self.orders = 0

    def name(self) -> str:
        """Return a name."""
        return self.rng.choice(SURNAMES) + "".join(self.rng.sample(GIVEN, self.rng.choice((1, 2))))

    def id_number(self, *, woman: bool, oldest: int, youngest: int) -> str:
        """Return a number of an area that was never assigned."""
        self.orders += 1
        birth = date(2026, 1, 1) - timedelta(days=self.rng.randrange(youngest * 365, oldest * 365))
        area, order = divmod(self.orders, 400)
        first = f"239{area % 1000:03d}{birth:%Y%m%d}{2 * order + (not woman):03d}"
        return first + last_character(first)

    def household(self, number: int) -> Household:
        """Return a household of one to four people without a mistake."""
        rng = self.rng
        woman = rng.random() < 0.5
        id_number = self.id_number(woman=woman, oldest=70, youngest=25)
        file_number = f"哈困{number:06d}"
        head: Row = {
            "档案号": file_number,
            "姓名": self.name(),
            "身份证号": id_number,
            "性别": "女" if woman else "男",
            "民族": rng.choice(("汉族", "满族", "回族", "汉")),
            "出生日期": date.fromisoformat(
                f"{id_number[6:10]}-{id_number[10:12]}-{id_number[12:14]}"
            ),
            "困难类别": rng.choice(("深度困难", "相对困难", "意外致困", "低保户", "享受低保")),
            "档案级别": rng.choice(("全国级", "省级", "地市级")),
            "政治面貌": rng.choice(("群众", "中共党员", "党员")),
            "健康状况": rng.choice(("良好", "健康", "恶性肿瘤", "癌症", "高血压病", "慢性病")),
            "残疾类别": rng.choice(("", "无", "肢体残疾二级", "肢体残疾三级(中度)", "听力残疾3级")),
            "工作状态": rng.choice(("在岗", "下岗", "下(待)岗", "下（待）岗", "失(无)业", "退休")),
            "劳模类型": rng.choice(("非劳模", "否", "地市级劳模")),
            "住房类型": rng.choice(("租房", "自购房", "商品房", "公租房")),
            "建筑面积": rng.choice((45.5, 60, "55㎡", 38.25, "")),
            "手机号码": f"154{rng.randrange(10**8):08d}",
            "所属行业": rng.choice(("制造业", "建筑业", "纺织系统", "交通运输、仓储和邮政业")),
            "婚姻状况": rng.choice(("已婚", "离婚", "丧偶", "未婚")),
            "户口类型": rng.choice(("非农业", "城镇", "农业")),
            "家庭住址": f"示例街{rng.randrange(400)}号{rng.randrange(9)}单元{rng.randrange(700)}",
            "区县": rng.choice(("南岗区", "道里区", "宾县", "哈尔滨市香坊区")),
            "工作单位": rng.choice(("某机械厂", "某纺织厂", "某运输公司")),
            "单位性质": rng.choice(("国有企业", "集体企业", "私营企业")),
            "企业状况": rng.choice(("正常经营", "亏损企业", "停产", "")),
            "是否单亲": rng.choice(("是", "否", "")),
            "本人月平均收入": rng.choice((1200, 980.5, "1,350.00", "")),
            "家庭年度总收入": rng.choice((36000, 28500.75, "31,200.00", "24000元", 0)),
            "家庭人口": rng.choice((1, 2, 3, "4人")),
            "医保状况": rng.choice(("城镇职工医保", "居民医保", "新农合", "未参保", "是")),
            "是否零就业家庭": rng.choice(("是", "否")),
            "主要致困原因": rng.choice(
                ("患重特大疾病", "下岗失业", "子女上学", "本人大病", "6 患重特大疾病")
            ),
            "次要致困原因": rng.choice(("", "子女上学", "下岗失业、其他", "无劳动能力；子女上学")),
            "开户银行": "某银行",
            "支行名称": "某支行",
            "银行卡号": card_number(rng),
            "建档日期": rng.choice(
                (date(2019, 5, 1), "2013-05-01", "2013/5/1", "2013.5.1", "20130501", "2013年5月1日")
            ),
            "状态": rng.choice(("在档", "在档", "正常", "")),
            "备注": rng.choice(("", "", "经走访核实")),
        }
        members = [self.member(file_number, id_number) for _ in range(rng.choice((0, 1, 2, 3)))]
        return Household(head, members)

    def member(self, file_number: str, head_number: str) -> Row:
        """Return a member without a mistake, who names the household in one of two ways."""
        rng = self.rng
        relation = rng.choice(("妻子", "丈夫", "儿子", "女儿", "配偶", "长子"))
        woman = relation in ("妻子", "女儿") or (relation == "配偶" and rng.random() < 0.5)
        young = relation in ("儿子", "女儿", "长子")
        oldest, youngest = (24, 1) if young else (70, 25)
        by_number = rng.random() < 0.7
        return {
            "档案号": file_number if by_number else "",
            "户主身份证号": "" if by_number else head_number,
            "姓名": self.name(),
            "与户主关系": relation,
            "身份证号": self.id_number(woman=woman, oldest=oldest, youngest=youngest),
            "月收入": rng.choice((0, 1500, "2,000.00", "")),
            "健康状况": rng.choice(("良好", "疾病", "残疾")),
            "疾病/残疾类别": rng.choice(("", "糖尿病", "精神残疾二级", "无")),
            "医保状况": rng.choice(("城乡居民医保", "城镇职工医保")),
            "人员身份": rng.choice(
                ("小学", "初中", "大学生", "在岗") if young else ("在岗", "失业")
            ),
            "当前学历": rng.choice(("小学", "初中", "高中", "")) if young else "",
            "单位或学校": "某学校" if young else "某单位",
        }


Damage = Callable[[random.Random, Household, list[Household]], list[tuple[str, int, str]]]


def _pick(rng: random.Random, household: Household) -> tuple[str, int, Row]:
    """Return a row with an ID number that is to be damaged: the head's or a member's."""
    which = rng.randrange(len(household.members) + 1)
    if which == 0:
        return "head", 0, household.head
    return "member", which - 1, household.members[which - 1]


def _on_id(code: str, spoil: Callable[[str], Any]) -> Damage:
    def damage(
        rng: random.Random, household: Household, _others: list[Household]
    ) -> list[tuple[str, int, str]]:
        kind, which, row = _pick(rng, household)
        row["身份证号"] = spoil(row["身份证号"])
        if not row["身份证号"]:
            for member in household.members:
                member["档案号"] = household.head["档案号"]
        return [(kind, which, code)]

    return damage


def _on_head(code: str, column: str, *values: Any) -> Damage:
    def damage(
        rng: random.Random, household: Household, _others: list[Household]
    ) -> list[tuple[str, int, str]]:
        household.head[column] = rng.choice(values)
        return [("head", 0, code)]

    return damage


def _with_check(first: str) -> str:
    return first + last_character(first)


def _wrong_check(number: str) -> str:
    wrong = next(digit for digit in "58203" if digit != number[17])
    return number[:17] + wrong


def _rounded(number: str) -> str | float:
    """Return the number with its last digits lost, as text unless it would be sound by chance."""
    rounded = number[:15] + "000"
    return float(int(rounded)) if last_character(rounded[:17]) == "0" else rounded


def _old_number(rng: random.Random, household: Household, _others: list[Household]) -> list[Any]:
    """Give the head a number of fifteen digits: born before 2000, so nothing else disagrees."""
    head = household.head
    born = f"19{rng.randrange(50, 99)}{rng.randrange(1, 13):02d}{rng.randrange(1, 29):02d}"
    woman = head["性别"] == "女"
    order = 2 * rng.randrange(1, 499) + (not woman)
    head["身份证号"] = f"{rng.randrange(239000, 239099)}{born[2:]}{order:03d}"
    head["出生日期"] = date.fromisoformat(f"{born[:4]}-{born[4:6]}-{born[6:]}")
    for member in household.members:
        member["档案号"], member["户主身份证号"] = head["档案号"], ""
    return [("head", 0, "id_15")]


def _other_sex(_rng: random.Random, household: Household, _others: list[Household]) -> list[Any]:
    household.head["性别"] = {"男": "女", "女": "男"}[household.head["性别"]]
    return [("head", 0, "sex_disagrees")]


def _other_birth(_rng: random.Random, household: Household, _others: list[Household]) -> list[Any]:
    household.head["出生日期"] -= timedelta(days=31)
    return [("head", 0, "birth_disagrees")]


def _same_person(rng: random.Random, household: Household, others: list[Household]) -> list[Any]:
    """Put somebody of another household among the members."""
    other = rng.choice(others)
    people = [other.head, *other.members]
    member = People(rng).member(household.head["档案号"], household.head["身份证号"])
    member["身份证号"] = rng.choice(people)["身份证号"]
    member["与户主关系"] = "其他"
    household.members.append(member)
    return [("member", len(household.members) - 1, "person_twice")]


def _same_household(rng: random.Random, household: Household, others: list[Household]) -> list[Any]:
    """Make the household one that stands in the sheet already, perhaps under another number."""
    other = rng.choice(others)
    number = rng.choice((household.head["档案号"], other.head["档案号"]))
    household.head = other.head | {"档案号": number}
    household.members = []
    return [("head", 0, "household_twice")]


def _lone_member(_rng: random.Random, household: Household, _others: list[Household]) -> list[Any]:
    member = People(_rng).member("哈困999999", "")
    member |= {"档案号": "哈困999999", "户主身份证号": ""}
    first = f"239099{date(1980, 1, 1):%Y%m%d}{_rng.randrange(1000):03d}"
    member["身份证号"] = _with_check(first)
    household.members.append(member)
    return [("lone", len(household.members) - 1, "member_without_household")]


def _no_key(_rng: random.Random, household: Household, _others: list[Household]) -> list[Any]:
    if not household.members:
        return _on_head("missing", "姓名", "")(_rng, household, _others)
    household.members[-1] |= {"档案号": "", "户主身份证号": ""}
    return [("lone", len(household.members) - 1, "missing")]


def _hidden(_rng: random.Random, household: Household, _others: list[Household]) -> list[Any]:
    household.hidden = True
    return [("head", 0, "hidden_row")]


def _merged(rng: random.Random, household: Household, _others: list[Household]) -> list[Any]:
    household.merged = rng.choice(("家庭住址", "工作单位", "开户银行"))
    return [("head", 0, "merged_cell"), ("below", 0, "merged_cell")]


def _wrong_card(_rng: random.Random, household: Household, _others: list[Household]) -> list[Any]:
    card = household.head["银行卡号"]
    household.head["银行卡号"] = card[:-1] + str((int(card[-1]) + 3) % 10)
    return [("head", 0, "card_luhn")]


DAMAGES: dict[str, tuple[Damage, ...]] = {
    "missing": (
        _on_head("missing", "姓名", ""),
        _on_head("missing", "家庭人口", "", "  "),
        _on_head("missing", "建档日期", ""),
        _on_head("missing", "区县", ""),
        _on_id("missing", lambda _number: ""),
        _no_key,
    ),
    "unknown_word": (
        _on_head("unknown_word", "困难类别", "特别困难", "很穷"),
        _on_head("unknown_word", "主要致困原因", "没有钱"),
        _on_head("unknown_word", "区县", "某某区"),
        _on_head("unknown_word", "是否单亲", "也许"),
    ),
    "bad_date": (
        _on_head("bad_date", "建档日期", "2013-13-05", "2013.2.30", "去年五月", 7.0e6),
        _on_head("bad_date", "建档日期", date(2031, 5, 1), "13-5-1"),
    ),
    "bad_amount": (
        _on_head("bad_amount", "家庭年度总收入", "三万左右", "1.2万元", "12,50"),
        _on_head("bad_amount", "家庭人口", "三口", 2.5),
    ),
    "negative_amount": (_on_head("negative_amount", "家庭年度总收入", -500, "-1200.00"),),
    "too_many_decimals": (_on_head("too_many_decimals", "本人月平均收入", 1234.567, "0.001"),),
    "id_scientific": (
        _on_id("id_scientific", lambda n: f"{n[0]}.{n[1:6]}E+17"),
        _on_id("id_scientific", lambda n: float(int(n[:6]) * 10**12)),
    ),
    "id_rounded": (
        _on_id("id_rounded", lambda n: float(int(n[:17] + "0"))),
        _on_id("id_rounded", _rounded),
    ),
    "id_length": (_on_id("id_length", lambda n: n[:16]), _on_id("id_length", lambda n: n + "0")),
    "id_characters": (_on_id("id_characters", lambda n: n[:10] + "Z" + n[11:]),),
    "id_check_digit": (_on_id("id_check_digit", _wrong_check),),
    "id_birth": (_on_id("id_birth", lambda n: _with_check(n[:10] + "13" + n[12:17])),),
    "id_15": (_old_number,),
    "sex_disagrees": (_other_sex,),
    "birth_disagrees": (_other_birth,),
    "person_twice": (_same_person,),
    "household_twice": (_same_household,),
    "member_without_household": (_lone_member,),
    "hidden_row": (_hidden,),
    "merged_cell": (_merged,),
    "card_luhn": (_wrong_card,),
}
WARNINGS = {"id_15", "sex_disagrees", "hidden_row", "merged_cell", "card_luhn"}


@dataclass(frozen=True)
class Layout:
    """How a workbook is laid out."""

    titles: int = 0
    """Lines of heading above the titles."""
    groups: bool = False
    """Two rows of titles."""
    synonyms: bool = False
    totals: bool = False
    unknown: str = ""
    """A column that nobody knows."""
    blank_every: int = 0
    """Rows after which an empty one follows; 0 for never."""
    first_column: int = 0
    starts_1904: bool = False
    form: str = "xlsx"


@dataclass
class Plan:
    """A workbook before it is written, and what must be found in it."""

    layout: Layout
    sheets: dict[str, list[list[Any]]]
    hidden: dict[str, list[int]]
    """Rows from 0."""
    merges: dict[str, list[tuple[int, int, int, int]]]
    """Top, left, bottom, right from 0."""
    expected: set[Expected]
    kept_out: set[int]
    """Rows of the households that an error keeps out."""
    households: int
    rows: int


def plan(households: int, damaged: int, layout: Layout, seed: int = 1) -> Plan:
    """Plan a workbook of so many households, of which so many rows are damaged, by turns."""
    rng = random.Random(seed)  # noqa: S311 - invents people, keeps no secret
    people = People(rng)
    planned = [people.household(number) for number in range(1, households + 1)]
    # Between two of them stands a whole one, so that a merged cell has a sound row below it.
    places = sorted(rng.sample(range(1, households - 1, 2), damaged))
    kinds = list(DAMAGES)
    for turn, at in enumerate(places):
        damage = rng.choice(DAMAGES[kinds[turn % len(kinds)]])
        earlier = [each for each in planned[:at] if not each.problems]
        planned[at].problems = damage(rng, planned[at], earlier)
    return _laid_out(planned, layout)


def _laid_out(planned: list[Household], layout: Layout) -> Plan:
    heads, sheet, hidden, merges = _sheet(planned, layout)
    rows: dict[int, int] = {}
    expected: set[Expected] = set()
    kept_out: set[int] = set()
    members: list[list[Any]] = [list(MEMBERS)]
    member_rows: dict[tuple[int, int], int] = {}
    for number, household in enumerate(planned):
        rows[number] = heads[number] + 1
        for which, member in enumerate(household.members):
            members.append([member[title] for title in MEMBERS])
            member_rows[number, which] = len(members)
    for number, household in enumerate(planned):
        for kind, which, code in household.problems:
            if kind in ("head", "below"):
                row = rows[number + (kind == "below")]
                expected.add(("档案", row, code))
            else:
                expected.add(("家庭成员", member_rows[number, which], code))
            if code not in WARNINGS and kind != "lone":
                kept_out.add(rows[number])
    if layout.totals:
        expected.add(("档案", len(sheet), "total_row"))
        expected.add(("家庭成员", len(members) + 1, "total_row"))
        members.append(["合计", "", f"{len(members) - 1}人", *[""] * (len(MEMBERS) - 3)])
    if layout.unknown:
        expected.add(("档案", layout.titles + 1 + layout.groups, "unknown_column"))
    people = sum(1 + len(household.members) for household in planned)
    return Plan(
        layout,
        {"档案": sheet, "家庭成员": members, "说明": [["由各区工会汇总"]]},
        {"档案": hidden},
        {"档案": merges},
        expected,
        kept_out,
        len(planned),
        people,
    )


def _sheet(
    planned: list[Household], layout: Layout
) -> tuple[list[int], list[list[Any]], list[int], list[tuple[int, int, int, int]]]:
    """Return the sheet of households: where each stands, the rows, the hidden, the merged."""
    off = [""] * layout.first_column
    width = len(HOUSEHOLDS) + bool(layout.unknown) + layout.first_column
    sheet: list[list[Any]] = [[f"困难职工档案汇总表（第{n + 1}行）"] for n in range(layout.titles)]
    merges = [(n, 0, n, width - 1) for n in range(layout.titles)]
    if layout.groups:
        upper = [""] * len(HOUSEHOLDS)
        for name, first, last in GROUPS:
            upper[first] = name
            left = layout.first_column
            merges.append((len(sheet), left + first, len(sheet), left + last))
        sheet.append([*off, *upper])
    titles = [SYNONYMS.get(title, title) if layout.synonyms else title for title in HOUSEHOLDS]
    sheet.append([*off, *titles, *([layout.unknown] if layout.unknown else [])])
    places: list[int] = []
    hidden: list[int] = []
    for number, household in enumerate(planned):
        if layout.blank_every and number % layout.blank_every == layout.blank_every - 1:
            sheet.append([])
        places.append(len(sheet))
        if household.hidden:
            hidden.append(len(sheet))
        cells = [household.head[title] for title in HOUSEHOLDS]
        sheet.append([*off, *cells, *(["某"] if layout.unknown else [])])
    for number, household in enumerate(planned):
        if household.merged:
            column = layout.first_column + HOUSEHOLDS.index(household.merged)
            merges.append((places[number], column, places[number + 1], column))
            for row in range(places[number] + 1, places[number + 1] + 1):
                if sheet[row]:
                    sheet[row][column] = ""
    if layout.totals:
        total: list[Any] = [*off, "合计", f"{len(planned)}户", *[""] * (len(HOUSEHOLDS) - 2)]
        total[layout.first_column + HOUSEHOLDS.index("家庭年度总收入")] = 123456789.0
        sheet.append(total)
    return places, sheet, hidden, merges


def written(planned: Plan) -> bytes:
    """Return the workbook as a file of its form."""
    return _as_xls(planned) if planned.layout.form == "xls" else _as_xlsx(planned)


def _as_xlsx(planned: Plan) -> bytes:
    file = io.BytesIO()
    options = {"in_memory": True, "date_1904": planned.layout.starts_1904}
    book: Any = xlsxwriter.Workbook(file, options)
    days = book.add_format({"num_format": "yyyy-mm-dd"})
    for name, rows in planned.sheets.items():
        sheet: Any = book.add_worksheet(name)
        for at in planned.hidden.get(name, ()):
            sheet.set_row(at, None, None, {"hidden": True})
        for merge in planned.merges.get(name, ()):
            sheet.merge_range(*merge, "")
        for at, left, value in _cells(rows):
            if isinstance(value, date):
                sheet.write_datetime(at, left, value, days)
            elif isinstance(value, str):
                sheet.write_string(at, left, value)
            else:
                sheet.write_number(at, left, value)
    book.close()
    return file.getvalue()


def _as_xls(planned: Plan) -> bytes:
    book: Any = xlwt.Workbook(encoding="utf-8")
    book.dates_1904 = planned.layout.starts_1904
    days: Any = xlwt.XFStyle()
    days.num_format_str = "YYYY-MM-DD"
    for name, rows in planned.sheets.items():
        sheet: Any = book.add_sheet(name)
        merged = {
            (top, left): merge
            for merge in planned.merges.get(name, ())
            for top, left, *_ in [merge]
        }
        for at, left, value in _cells(rows):
            if (at, left) in merged:
                top, first, bottom, last = merged[at, left]
                sheet.write_merge(top, bottom, first, last, value)
            elif isinstance(value, date):
                sheet.write(at, left, value, days)
            else:
                sheet.write(at, left, value)
        for at in planned.hidden.get(name, ()):
            sheet.row(at).hidden = True
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def _cells(rows: list[list[Any]]) -> Iterator[tuple[int, int, Any]]:
    for at, row in enumerate(rows):
        for left, value in enumerate(row):
            if value != "":
                yield at, left, value
