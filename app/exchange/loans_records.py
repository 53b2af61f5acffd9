"""What a register of loans holds, and what is wrong with it."""

from datetime import date
from typing import Annotated, NamedTuple

from app.core.i18n import N_
from app.core.kinds import Amount, Count, Kind
from app.core.money import Fen
from app.core.words.loans import RepaymentMethod
from app.exchange.importing_records import WorkbookForm
from app.exchange.register_records import Line, Register, RegisterWritten


class Lent(NamedTuple):
    """One loan, as it is told from others."""

    id_number: str
    day: date
    fen: Fen


class LoanLine(Line, gc=False):
    """One loan of the register. What a cell does not say is `None`, or ``""`` for a text."""

    lent_on: date | None = None
    name: str = ""
    id_number: str = ""
    principal: Fen | None = None
    months: int | None = None
    rate: int | None = None
    """Millionths a year."""
    method: RepaymentMethod | None = None
    share: int | None = None
    """Percent of the interest that was subsidised; `None` when the register does not say."""
    bank: str = ""
    guarantor: str = ""
    guarantor_id: str = ""
    purpose: str = ""
    contract_number: str = ""
    note: str = ""

    @property
    def keys(self) -> list[Lent | str]:
        """Return the loan and its contract, as far as they are known."""
        keys: list[Lent | str] = [self.contract_number] if self.contract_number else []
        if self.id_number and self.lent_on and self.principal:
            keys.insert(0, Lent(self.id_number, self.lent_on, self.principal))
        return keys


class LoanRegister(Register[LoanLine], frozen=True, kw_only=True):
    """A register of loans read and checked; nothing of it is written yet."""

    loans: list[LoanLine]

    @property
    def cases(self) -> list[LoanLine]:
        """Return all of them."""
        return self.loans

    @property
    def sum(self) -> Fen:
        """Return what an import would take in."""
        return Fen(sum(each.principal or 0 for each in self.sound()))

    def counts(self) -> dict[str, int]:
        """Return what an import would take in, beside how many loans."""
        return {"fen": self.sum, "people": len({each.id_number for each in self.sound()})}


class LoanRegisterForm(WorkbookForm):
    """Imports a register of loans that was read, as one batch."""

    register: Annotated[LoanRegister, Kind(label=N_("Content"), private=True)]


class LoansImported(RegisterWritten):
    """What an import of loans wrote."""

    loans: Annotated[int, Count(label=N_("Loans"))]
    fen: Annotated[Fen, Amount(label=N_("Amount"))]
    on_file: Annotated[int, Count(label=N_("With a file"))]

    def counts(self) -> dict[str, int]:
        """Return what was written as other programs read it."""
        return {
            "rows": self.loans,
            "fen": self.fen,
            "people": self.people,
            "on_file": self.on_file,
            "left_out": self.left_out,
        }
