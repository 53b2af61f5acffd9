"""What a register of placements holds, and what is wrong with it."""

from datetime import date
from typing import Annotated, NamedTuple

from app.core.i18n import N_
from app.core.kinds import Count, Kind
from app.core.money import Fen
from app.core.words import Answer
from app.core.words.placements import PersonKind
from app.exchange.importing_records import WorkbookForm
from app.exchange.register_records import Line, Register, RegisterWritten


class Placed(NamedTuple):
    """One placement, as it is told from others: who, where, on which day."""

    id_number: str
    employer: str
    day: date


def placed(id_number: str, employer: str, day: date) -> Placed:
    """Return a placement as it is told from others; spaces in the name do not count."""
    return Placed(id_number, "".join(employer.split()), day)


class PlacementLine(Line, gc=False):
    """One placement of the register. What a cell does not say is `None`, or ``""`` for a text."""

    started_on: date | None = None
    name: str = ""
    id_number: str = ""
    employer: str = ""
    occupation: str = ""
    wage: Fen | None = None
    """A month."""
    contract_months: int | None = None
    person_kind: PersonKind | None = None
    free: Answer | None = None
    note: str = ""

    @property
    def placed(self) -> Placed | None:
        """Return the placement; `None` while something of it is not known."""
        if self.id_number and self.employer and self.started_on:
            return placed(self.id_number, self.employer, self.started_on)
        return None

    @property
    def keys(self) -> list[Placed]:
        """Return the placement, once it is known."""
        return [key] if (key := self.placed) else []


class PlacementRegister(Register[PlacementLine], frozen=True, kw_only=True):
    """A register of placements read and checked; nothing of it is written yet."""

    lines: list[PlacementLine]

    @property
    def cases(self) -> list[PlacementLine]:
        """Return all of them."""
        return self.lines

    def counts(self) -> dict[str, int]:
        """Return what an import would take in, beside how many placements."""
        return {"people": len({each.id_number for each in self.sound()})}


class PlacementRegisterForm(WorkbookForm):
    """Imports a register of placements that was read, as one batch."""

    register: Annotated[PlacementRegister, Kind(label=N_("Content"), private=True)]


class PlacementsImported(RegisterWritten):
    """What an import of placements wrote."""

    placements: Annotated[int, Count(label=N_("Placements"))]
    on_file: Annotated[int, Count(label=N_("With a file"))]

    def counts(self) -> dict[str, int]:
        """Return what was written as other programs read it."""
        return {
            "rows": self.placements,
            "people": self.people,
            "on_file": self.on_file,
            "left_out": self.left_out,
        }
