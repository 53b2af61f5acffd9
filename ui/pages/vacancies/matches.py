"""Who fits a vacancy: the best first, each with what speaks for it and what against."""

from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from app.core.i18n import _
from app.placements.match_records import Limit, MatchesForVacancy, SeekerMatch
from ui.kit.ask_pane import Act
from ui.kit.buttons import Button
from ui.kit.cards import EmptyState, clear_layout
from ui.kit.cells import Cell, Column, joined
from ui.kit.labels import Rule
from ui.kit.table import RecordTable
from ui.matching import Reasons, marks_of, points_cell


class Matches(QWidget):
    """The seekers that fit, the reasons of the one that is marked, and what could be widened."""

    turned = Signal()
    """Another seeker is marked."""
    widened = Signal()
    """Ask again, with other limits left out."""

    def __init__(self) -> None:
        super().__init__()
        self.without: tuple[Limit, ...] = ()
        self._low = False
        self.view: MatchesForVacancy | None = None
        self.table = _table()
        self.table.picked.connect(self._show_reasons)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.table, 3)
        self._widen = QWidget()
        line = QHBoxLayout(self._widen)
        line.setContentsMargins(12, 4, 12, 4)
        line.setSpacing(8)
        self._line = line
        column.addWidget(self._widen)
        self._rule = Rule()
        column.addWidget(self._rule)
        self.reasons = Reasons()
        self.reasons.setProperty("kind", "")  # it stands in a card already
        column.addWidget(self.reasons, 2)

    def show_matches(self, view: MatchesForVacancy | None) -> None:
        """Show who fits, or why nobody does."""
        self.view = view
        rows = view.rows if view else ()
        if view is not None and not rows:
            self.table.set_empty(*_nobody(view))
        self.table.show_rows(rows)
        if view is not None:
            self.table.set_foot(_("{count} job seekers fit").format(count=f"{view.total:,}"))
        self._show_widening()
        self._show_reasons(self.table.current())

    def chosen(self) -> SeekerMatch | None:
        """Return the seeker that is marked."""
        return self.table.current()

    def set_low(self, *, low: bool) -> None:
        """Where there is no height, leave the reasons to the form of the letter, and what could
        be widened to the menu."""
        self._low = low
        self._show_widening()
        self._show_reasons(self.table.current())

    def forget(self) -> None:
        """Filter by every limit again: another vacancy is in sight."""
        self.without = ()

    def widening(self) -> list[Act]:
        """Return which limits can be left out, and which can filter again."""
        acts = [
            Act(
                _("Filter by {limit} again").format(limit=limit.label),
                partial(self._turn, limit),
                icon="undo-2",
            )
            for limit in self.without
        ]
        for each in self.view.widen if self.view else ():
            if each.more and each.limit not in self.without:
                says = _("Widen {limit}: {count} more")
                words = says.format(limit=each.limit.label, count=each.more)
                acts.append(Act(words, partial(self._turn, each.limit), icon="plus"))
        return acts

    def in_menu(self) -> list[Act]:
        """Return what could be widened, where it has no place below the list."""
        return self.widening() if self._low else []

    def _show_widening(self) -> None:
        clear_layout(self._line)
        acts = self.widening()
        self._widen.setVisible(bool(acts) and not self._low)
        for act in acts:
            self._line.addWidget(
                Button(act.words, act.run, kind="quiet", icon=act.icon, small=True)
            )
        self._line.addStretch(1)

    def _turn(self, limit: Limit) -> None:
        kept = tuple(each for each in self.without if each is not limit)
        self.without = kept if limit in self.without else (*self.without, limit)
        self.widened.emit()

    def _show_reasons(self, row: SeekerMatch | None) -> None:
        for widget in (self._rule, self.reasons):
            widget.setVisible(row is not None and not self._low)
        self.reasons.show_match(row.match if row else None)
        self.turned.emit()


def _nobody(view: MatchesForVacancy) -> tuple[str, str]:
    """Return why nobody fits: what keeps all away, else what could be widened."""
    if view.stands:
        return _("Nobody can be sent now"), "\n".join(each.says for each in view.stands)
    more = [
        _("Widen {limit}: {count} more").format(limit=each.limit.label, count=each.more)
        for each in view.widen
        if each.more
    ]
    return _("Nobody fits"), "　".join(more)


def _points(row: SeekerMatch) -> Cell:
    return points_cell(row.match)


def _who(row: SeekerMatch) -> Cell:
    who = row.seeker
    age = _("aged {age}").format(age=who.age)
    return Cell(who.name, joined(who.sex.label, age, who.district or ""), bold=True)


def _why(row: SeekerMatch) -> Cell:
    return Cell("、".join(row.seeker.wishes), marks=marks_of(row.match))


def _table() -> RecordTable[SeekerMatch]:
    return RecordTable(
        SeekerMatch,
        [
            Column("points", _("Points"), 50, _points, right=True),
            Column("name", _("Job seeker"), 128, _who),
            Column("why", _("For and against"), cell=_why, stretch=True),
        ],
        name="table_matches",
        two_lines=True,
        flat=True,
        sortable=False,
        empty=EmptyState(_("Nobody fits")),
    )
