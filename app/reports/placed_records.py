"""What a report tells of the job service: who was placed, and the steps that led there."""

from typing import Annotated

from app.core.i18n import N_
from app.core.kinds import Choice, Count, Many, Text
from app.core.record import Record
from app.core.words import Word


class PlacedCut(Word):
    """What placements are told by. Each cut shares out the same placements."""

    GROUP = "group", N_("By kind of person")
    DISTRICT = "district", N_("By district")
    EMPLOYER = "employer", N_("By employer")
    MONTH = "month", N_("By month")


class Placed(Record):
    """Placements begun, how they are shown, and who paid nothing for them."""

    placed: Annotated[int, Count(label=N_("Placed"))] = 0
    """All of them, presumed ones too."""
    proved: Annotated[int, Count(label=N_("Proved"))] = 0
    """By contract, insurance or wage."""
    presumed: Annotated[int, Count(label=N_("Presumed"))] = 0
    """Because the slip was overdue and the rules of its day count that as hired."""
    free: Annotated[int, Count(label=N_("Free of charge"))] = 0

    @property
    def not_shown(self) -> int:
        """Return how many are neither proved nor presumed."""
        return self.placed - self.proved - self.presumed


class PlacedRow(Placed):
    """The placements of one kind of person, one district, one employer or one month."""

    key: Annotated[str, Text(label=N_("Key"))]
    label: Annotated[str, Text(label=N_("Label"))]


class PlacedCutTable(Record):
    """One cut: its rows sum to all placements."""

    cut: Annotated[PlacedCut, Choice(label=N_("Cut"), words=PlacedCut)]
    rows: Annotated[tuple[PlacedRow, ...], Many(label=N_("Rows"))]


class Stayed(Record):
    """Of the placements whose follow-up of so many months has come: how many are still there.

    Whoever was not reached is unknown, neither still there nor gone.
    """

    months: Annotated[int, Count(label=N_("Months"))]
    due: Annotated[int, Count(label=N_("Follow-ups that have come"))]
    at_work: Annotated[int, Count(label=N_("Still at work"))]
    left: Annotated[int, Count(label=N_("Left the job"))]

    @property
    def unknown(self) -> int:
        """Return of how many it is not known."""
        return self.due - self.at_work - self.left


class Placements(Placed):
    """The job service in a period: the way from registration to staying in work."""

    people: Annotated[int, Count(label=N_("Distinct people"))] = 0
    registered: Annotated[int, Count(label=N_("Registrations"))] = 0
    recognised: Annotated[int, Count(label=N_("Recognised as difficult to employ"))] = 0
    vacancies: Annotated[int, Count(label=N_("Vacancies"))] = 0
    posts: Annotated[int, Count(label=N_("Posts"))] = 0
    """How many people the vacancies are for."""
    referred: Annotated[int, Count(label=N_("Referrals"))] = 0
    hired: Annotated[int, Count(label=N_("Hired after a referral"))] = 0
    """Told by the slip; presumed ones not among them."""
    not_hired: Annotated[int, Count(label=N_("Not hired after a referral"))] = 0
    not_appeared: Annotated[int, Count(label=N_("Did not appear after a referral"))] = 0
    presumed_hired: Annotated[int, Count(label=N_("Presumed hired after a referral"))] = 0
    trained: Annotated[int, Count(label=N_("Courses completed"))] = 0
    placed_after_training: Annotated[int, Count(label=N_("Placed after training"))] = 0
    stayed: Annotated[tuple[Stayed, ...], Many(label=N_("Retention"))] = ()
    cuts: Annotated[tuple[PlacedCutTable, ...], Many(label=N_("Placements"))] = ()
    """One table for each `PlacedCut`, in its order."""

    def rows(self, cut: PlacedCut) -> tuple[PlacedRow, ...]:
        """Return the rows of one cut."""
        return next((table.rows for table in self.cuts if table.cut is cut), ())

    @property
    def anything(self) -> bool:
        """Tell whether anything of the job service happened in the period."""
        return bool(self.placed or self.registered or self.vacancies or self.referred)
