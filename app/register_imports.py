"""The registers of one row a case that come in, each with how it is read, made ready and written.

The page and the commands of imports take them in by these descriptions alone.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Final, Generic, TypeVar

from app.core.words.imports import ImportKind
from app.entrance import prepare_register_import, prepare_relief_import
from app.exchange.archive_mending import Mends
from app.exchange.importing_files import Opened
from app.exchange.importing_records import ReadForm, WorkbookForm
from app.exchange.loans_importing import import_loans, read_loan_register
from app.exchange.loans_reading import LOANS_LOOK, bad_loan_rows
from app.exchange.loans_records import LoanRegister, LoanRegisterForm
from app.exchange.placements_importing import import_placements, read_placement_register
from app.exchange.placements_reading import PLACEMENTS_LOOK, bad_placement_rows
from app.exchange.placements_records import PlacementRegister, PlacementRegisterForm
from app.exchange.register_records import Register, RegisterWritten
from app.exchange.registers import Look
from app.exchange.relief_importing import import_relief
from app.exchange.relief_queries import read_relief_workbook
from app.exchange.relief_reading import RELIEF_LOOK, bad_relief_rows
from app.exchange.relief_records import ReliefForm, ReliefHistory
from app.exchange.workbook import Workbook
from app.office import Office
from app.work import Action, Query

Read = TypeVar("Read", bound=Register[Any])
Form = TypeVar("Form", bound=WorkbookForm)
Written = TypeVar("Written", bound=RegisterWritten)


@dataclass(frozen=True)
class RegisterImport(Generic[Read, Form, Written]):
    """How registers of one kind come in."""

    look: Look[Any]
    read: Query[ReadForm, Read]
    bad_rows: Callable[[Workbook, Read, Mends | None], bytes]
    prepare: Callable[[Office, Opened, Read], Form]
    """Makes a backup, and gives what is written then: without the rows that have errors, as whoever
    calls it was told or said. Not on the store thread."""
    write: Action[Form, Written]


def _relief(office: Office, opened: Opened, history: ReliefHistory) -> ReliefForm:
    return ReliefForm(
        file_name=opened.name,
        digest=opened.digest,
        prepared=prepare_relief_import(office, history),
        skip_bad=True,
    )


def _loans(office: Office, opened: Opened, register: LoanRegister) -> LoanRegisterForm:
    return LoanRegisterForm(
        file_name=opened.name,
        digest=opened.digest,
        register=prepare_register_import(office, register),
        skip_bad=True,
    )


def _placements(
    office: Office, opened: Opened, register: PlacementRegister
) -> PlacementRegisterForm:
    return PlacementRegisterForm(
        file_name=opened.name,
        digest=opened.digest,
        register=prepare_register_import(office, register),
        skip_bad=True,
    )


REGISTERS: Final[Mapping[ImportKind, RegisterImport[Any, Any, Any]]] = {
    ImportKind.RELIEF: RegisterImport(
        RELIEF_LOOK, read_relief_workbook, bad_relief_rows, _relief, import_relief
    ),
    ImportKind.LOANS: RegisterImport(
        LOANS_LOOK, read_loan_register, bad_loan_rows, _loans, import_loans
    ),
    ImportKind.PLACEMENTS: RegisterImport(
        PLACEMENTS_LOOK,
        read_placement_register,
        bad_placement_rows,
        _placements,
        import_placements,
    ),
}
