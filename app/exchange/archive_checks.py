"""The checks of single rows, each a function over the columns of some rows."""

from collections.abc import Collection, Container, Iterable, Sequence
from datetime import date
from typing import Any, Final

from app.core.i18n import N_
from app.core.words.households import Sex
from app.exchange.archive_cells import BLANKS, plain_text
from app.exchange.archive_document import Column
from app.exchange.archive_problems import Odd
from app.exchange.archive_report import Report
from app.exchange.archive_words import BY_SEX
from app.exchange.workbook import Cell
from app.reference.districts import district_names

KEYS: Final = ("file_number", "head_id_number")
"""The columns in which a member names the household."""
_FORMULA: Final = N_("“{value}” is a formula without a result.")
_FORMULA_MEND: Final = N_(
    "Write the result itself; or open the workbook in the spreadsheet, save it, and read it again."
)
_WELL: Final = "良好"
_SEXES: Final = {str(digit): Sex.MALE if digit % 2 else Sex.FEMALE for digit in range(10)}
"""What the seventeenth digit of an ID number tells."""


class Table(dict[str, list[Any]]):
    """The values of some rows by field, in the order of ``numbers``."""

    def __init__(self, numbers: list[int]) -> None:
        super().__init__()
        self.numbers = numbers


def check_columns(
    columns: Iterable[Column],
    places: Container[str],
    report: Report,
    either: Collection[str] = KEYS,
) -> bool:
    """Find the columns that must be there and are not; tell whether there is one.

    Members name their household in one of two columns, so one of these must be there: of those in
    ``either``, where all of them can be.
    """
    missing = [each for each in columns if each.required and each.field not in places]
    keys = [each for each in columns if each.field in either]
    if keys and len(keys) == len(either) and not any(each.field in places for each in keys):
        missing.append(keys[0])
    for column in missing:
        report.add_absent(column)
    return bool(missing)


def check_filled(table: Table, columns: Iterable[Column], report: Report) -> None:
    """Find the empty cells of columns that must be filled."""
    for column in columns:
        blank = BLANKS.get(column.kind)
        if column.required and column.field in table and blank in table[column.field]:
            for place, value in enumerate(table[column.field]):
                if value == blank:
                    offer = _district_in(table, place) if column.field == "district" else ""
                    report.add("missing", table.numbers[place], column.field, offer=offer)


def _district_in(table: Table, place: int) -> str:
    """Return the district that the address names; empty when it names none."""
    address = str(table["address"][place]) if "address" in table else ""
    return next((name for name in district_names() if name in address), "")


def check_cells(table: Table, column: Column, cells: Sequence[Cell], report: Report) -> None:
    """Note what is wrong with the cells of a column, and leave plain values in the table."""
    values = table[column.field]
    for place, odd in enumerate(values):
        if not isinstance(odd, Odd):
            continue
        number = table.numbers[place]
        if odd.code:
            shown = plain_text(cells[place])
            if shown.startswith("="):
                data: dict[str, object] = {"value": shown[:40]}
                odd = Odd(code=odd.code, says=_FORMULA, data=data, mend=_FORMULA_MEND)
            report.add_odd(odd, number, column.field, shown)
        if odd.note:
            notes = table.setdefault("note", [""] * len(values))
            note = f"{report.title(column.field)}：{odd.note}"
            notes[place] = f"{notes[place]}\n{note}".strip()
        values[place] = BLANKS.get(column.kind) if odd.value is None else odd.value


def check_key(table: Table, report: Report) -> None:
    """Find members that name neither a file nor a head."""
    keys = [name for name in KEYS if name in table]
    for place, number in enumerate(table.numbers):
        if keys and not any(table[name][place] for name in keys):
            report.add("missing", number, keys[0])


def check_sex(table: Table, report: Report) -> None:
    """Find where the column 性别 and the ID number disagree; the number holds."""
    if "sex" not in table or "id_number" not in table:
        return
    read = [_SEXES.get(number[16:17]) for number in table["id_number"]]
    if read == table["sex"]:
        return
    for place, (told, true) in enumerate(zip(table["sex"], read, strict=True)):
        if told and true and told is not true:
            data = {"told": told.label, "read": true.label}
            row = table.numbers[place]
            report.add("sex_disagrees", row, "sex", data=data, value=told, offer=str(true))
            table["sex"][place] = true


def check_birth(table: Table, report: Report) -> None:
    """Find where the column 出生日期 and the ID number disagree."""
    if "birth" not in table or "id_number" not in table:
        return
    told = list(map(_WRITTEN.__getitem__, table["birth"]))
    read = [number[6:14] for number in table["id_number"]]
    if read == told:
        return
    for place, (one, other) in enumerate(zip(told, read, strict=True)):
        if one and other and one != other:
            offer = f"{other[:4]}-{other[4:6]}-{other[6:]}"
            row, value = table.numbers[place], table["birth"][place].isoformat()
            report.add("birth_disagrees", row, "birth", value=value, offer=offer)


class _Written(dict[date | None, str]):
    """Days as they stand in an ID number."""

    def __missing__(self, day: date | None) -> str:
        self[day] = day.strftime("%Y%m%d") if day else ""
        return self[day]


_WRITTEN: Final = _Written()


def settle_relation(table: Table) -> None:
    """Settle what 配偶 and the like mean by the sex of the member."""
    for place, relation in enumerate(table.get("relation", ())):
        if relation and BY_SEX in relation:
            man, woman = relation.split(BY_SEX)
            number = table["id_number"][place] if "id_number" in table else ""
            words = {Sex.MALE: man, Sex.FEMALE: woman, None: None}
            table["relation"][place] = words[_SEXES.get(number[16:17])]


def settle_ailment(table: Table) -> None:
    """Divide the column 疾病/残疾类别: an illness says more than the column 健康状况."""
    ailments = table.get("disability", [])
    health = table.setdefault("health", [None] * len(table.numbers)) if ailments else []
    for place, ailment in enumerate(ailments):
        kind, word = ailment or ("disability", None)
        if kind == "health":
            health[place] = health[place] if word in (None, _WELL) else word
            word = None
        ailments[place] = word
