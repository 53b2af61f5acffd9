"""What an archive workbook holds: households with their members, and what is wrong with it.

`exchange.md` section 1 has the columns; a field bears the name that the store or its code list has.
What a cell does not say is `None` (or ``""`` for a text): never no, never nothing.
"""

from collections.abc import Iterator
from datetime import date
from typing import Any

import msgspec

from app.core.i18n import N_, _
from app.core.money import Fen
from app.core.words import Answer, Word
from app.core.words.households import FileState, Sex
from app.exchange.archive_document import states


class Severity(Word):
    """Whether a problem keeps its household out."""

    ERROR = "error", N_("Error")
    WARNING = "warning", N_("Warning")


class ArchiveMember(msgspec.Struct, gc=False):
    """One row of the sheet 家庭成员."""

    row: int
    file_number: str = ""
    head_id_number: str = ""
    name: str = ""
    relation: str | None = None
    id_number: str = ""
    monthly_income: Fen | None = None
    health: str | None = None
    disability: str | None = None
    insurance: str | None = None
    work_status: str | None = None
    school_stage: str | None = None
    unit: str = ""
    note: str = ""
    """What was said otherwise than the code lists say it, such as ``健康状况：慢性病``."""


class ArchiveHousehold(msgspec.Struct, gc=False):
    """One row of the sheet 档案 with the rows of its members."""

    row: int
    file_number: str = ""
    name: str = ""
    id_number: str = ""
    sex: Sex | None = None
    ethnicity: str | None = None
    birth: date | None = None
    category: str | None = None
    archive_level: str | None = None
    political_status: str | None = None
    health: str | None = None
    disability: str | None = None
    work_status: str | None = None
    model_worker: str | None = None
    housing: str | None = None
    floor_area: int | None = None
    """Hundredths of a square metre."""
    phone: str = ""
    industry: str | None = None
    marital_status: str | None = None
    residence_type: str | None = None
    address: str = ""
    district: str | None = None
    work_unit: str = ""
    unit_kind: str | None = None
    unit_condition: str | None = None
    single_parent: Answer = Answer.NOT_ASKED
    monthly_income: Fen | None = None
    income_12_months: Fen | None = None
    members_living_together: int | None = None
    insurance: str | None = None
    zero_employment: Answer = Answer.NOT_ASKED
    main_cause: str | None = None
    secondary_causes: tuple[str, ...] = ()
    account_bank: str = ""
    account_branch: str = ""
    account_number: str = ""
    account_holder: str = ""
    """Empty is not known: the account may be somebody else's."""
    filed_on: date | None = None
    state_word: str = ""
    """As the archive puts it; `state` is what it means."""
    note: str = ""
    """The column 备注, and below it what was said otherwise than the code lists say it."""
    members: tuple[ArchiveMember, ...] = ()

    @property
    def state(self) -> FileState:
        """Return where the file stands; a file of which nothing is said is active."""
        return states().get(self.state_word, FileState.ACTIVE)


class ArchiveProblem(msgspec.Struct, kw_only=True):
    """One thing wrong with the workbook: where, what, and how to mend it."""

    sheet: str
    row: int
    """As the spreadsheet shows it."""
    column: str
    """The title as it stands in the workbook; empty when it is about the row."""
    field: str
    code: str
    severity: Severity
    says: str
    data: dict[str, object] = {}
    mend_says: str
    value: str = ""
    """What stands in the cell, in the clear."""
    offer: str = ""
    """What could stand there instead, in the clear; empty when nothing can be proposed."""
    household: int = 0
    """The row of the household in the sheet of households; 0 when it is about none."""
    whole: bool = False
    """The sheet does not have the column at all; a mend is for every row."""

    def tell(self) -> str:
        """Return what is wrong, in the language in use."""
        return _(self.says).format(**self.data)

    def tell_mend(self) -> str:
        """Return how to mend it, in the language in use."""
        return _(self.mend_says)

    def as_json(self) -> dict[str, Any]:
        """Return the problem as other programs read it (`exchange.md` section 8)."""
        return {
            "sheet": self.sheet,
            "row": self.row,
            "column": self.column,
            "code": self.code,
            "severity": str(self.severity),
            "problem": self.tell(),
            "mend": self.tell_mend(),
        }


class SheetColumn(msgspec.Struct, frozen=True):
    """A column of a sheet: its title as it stands there, and what it was read as."""

    sheet: str
    title: str
    field: str
    """Empty for one that was not read."""


class Archive(msgspec.Struct, frozen=True, kw_only=True):
    """A workbook read and checked; nothing of it is written yet."""

    households: list[ArchiveHousehold]
    """All of them, in the order of the sheet, those with errors too."""
    problems: list[ArchiveProblem]
    """By sheet, row and column."""
    kept_out: frozenset[int]
    """The rows of the households with an error anywhere in their rows."""
    lone_members: int
    """Rows of members that belong to no household of the workbook."""
    columns: tuple[SheetColumn, ...]
    """Those with a title, sheet by sheet."""
    unread: tuple[str, ...]
    """The sheets that were not read."""

    def sound(self) -> Iterator[ArchiveHousehold]:
        """Yield the households without an error, in order."""
        return (each for each in self.households if each.row not in self.kept_out)

    @property
    def rows(self) -> int:
        """Return how many rows of households and members there are."""
        return sum(1 + len(each.members) for each in self.households) + self.lone_members

    @property
    def sound_rows(self) -> int:
        """Return how many of them an import would write."""
        return sum(1 + len(each.members) for each in self.sound())

    @property
    def errors(self) -> int:
        """Return how many problems are errors."""
        return sum(problem.severity is Severity.ERROR for problem in self.problems)

    def as_json(self) -> dict[str, Any]:
        """Return the result of a dry run as other programs read it."""
        return {
            "rows": self.rows,
            "sound": self.sound_rows,
            "households": len(self.households),
            "sound_households": len(self.households) - len(self.kept_out),
            "problems": [problem.as_json() for problem in self.problems],
        }
