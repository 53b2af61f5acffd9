"""How a match of seeker and vacancy reads: signs in a list, sentences below it, side by side."""

from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from app.core.i18n import _
from app.placements.match_records import (
    Limit,
    LimitFinding,
    Match,
    Merit,
    MeritFinding,
    SealedMatch,
)
from ui.kit.cards import Card, clear_layout
from ui.kit.cells import UNKNOWN, Cell, Mark
from ui.kit.labels import Label, Rule
from ui.kit.layout import remark, scrolling

SIGNS: Final = {
    True: ("circle-check", "ok", "✔"),
    None: ("triangle-alert", "wait", "⚠"),
    False: ("circle-x", "bad", "✘"),
}
"""Icon and tone of what speaks for a pair, what is open, and what speaks against it."""


def signed(held: bool | None, word: str) -> Mark:
    """Return a sign with the word of what it is about."""
    icon, tone, sign = SIGNS[held]
    return Mark(word, icon, tone, sign)


def marks_of(match: Match) -> tuple[Mark, ...]:
    """Return the signs of a match: first what stands against it, then what makes its points."""
    against = [each for each in match.limits if each.held is not True]
    against.sort(key=lambda each: each.held is None)
    return (
        *(signed(each.held, each.limit.label) for each in against),
        *(signed(each.held, each.merit.label) for each in match.merits),
    )


def points_cell(match: Match) -> Cell:
    """Return the points of a match."""
    return Cell(str(match.points), bold=True)


def reason_line(row: LimitFinding | MeritFinding) -> QHBoxLayout:
    """Return one reason as a line that wraps, with its points where it has some."""
    icon, tone, _sign = SIGNS[row.held]
    if isinstance(row, LimitFinding):
        return remark(icon, tone, f"{row.limit.label}　{row.says}")
    says = _("{merit} {points}/{most}　{says}")
    words = says.format(merit=row.merit.label, says=row.says, points=row.points, most=row.most)
    return remark(icon, tone, words)


class Reasons(Card):
    """Every reason of one match in a sentence: what has to hold, and what makes the points."""

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("match_reasons")
        holder = QWidget()
        line = QHBoxLayout(holder)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(16)
        self._limits, self._merits = QVBoxLayout(), QVBoxLayout()
        for column in (self._limits, self._merits):
            column.setSpacing(4)
            line.addLayout(column, 1)
        self.body.addWidget(scrolling(holder), 1)
        self.show_match(None)

    def show_match(self, match: Match | SealedMatch | None) -> None:
        """Show the reasons of another match, or none."""
        for column in (self._limits, self._merits):
            clear_layout(column)
        if match is None:
            self._limits.addWidget(Label(_("Choose a line to see why"), "small"))
        else:
            self._limits.addWidget(Label(_("What has to hold"), "strong"))
            for limit in match.limits:
                self._limits.addLayout(reason_line(limit))
            if not match.limits:
                self._limits.addWidget(Label(_("Nothing stands against it"), "small"))
            says = _("What makes the {points} points").format(points=match.points)
            self._merits.addWidget(Label(says, "strong"))
            for merit in match.merits:
                self._merits.addLayout(reason_line(merit))
        for column in (self._limits, self._merits):
            column.addStretch(1)

    def words(self) -> list[str]:
        """Return the sentences, for tests."""
        return [label.text() for label in self.findChildren(Label) if not label.isHidden()]


class Compared(QWidget):
    """Matches side by side: a column each, a line for everything that was looked at."""

    def __init__(
        self,
        heads: Sequence[tuple[str, str, QWidget | None]],
        lines: Sequence[tuple[str, Sequence[str]]],
        matches: Sequence[Match],
    ) -> None:
        """``heads`` are title, second line and act of each column; ``lines`` plain facts."""
        super().__init__()
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(12, 10, 12, 12)
        self._grid.setHorizontalSpacing(12)
        self._grid.setVerticalSpacing(6)
        for place, (title, second, act) in enumerate(heads):
            self._grid.setColumnStretch(place + 1, 1)
            self._grid.addWidget(self._head(title, second, act), 0, place + 1)
        self._across(Rule())
        for name, values in lines:
            self._add(name, [Label(value, wrap=True) for value in values])
        self._across(Rule())
        points = [Label(str(match.points), "section") for match in matches]
        self._add(_("Points"), points)
        merits = dict.fromkeys(each.merit for match in matches for each in match.merits)
        for merit in merits:
            self._add(merit.label, [_came_out(_merit(match, merit)) for match in matches])
        limits = dict.fromkeys(each.limit for match in matches for each in match.limits)
        for limit in limits:
            self._add(limit.label, [_came_out(_limit(match, limit)) for match in matches])
        self._grid.setRowStretch(self._grid.rowCount(), 1)

    @staticmethod
    def _head(title: str, second: str, act: QWidget | None) -> QWidget:
        holder = QWidget()
        column = QVBoxLayout(holder)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(2)
        column.addWidget(Label(title, "strong", wrap=True))
        column.addWidget(Label(second, "small", wrap=True))
        if act is not None:
            column.addWidget(act)
        column.addStretch(1)
        return holder

    def _across(self, widget: QWidget) -> None:
        self._grid.addWidget(widget, self._grid.rowCount(), 0, 1, -1)

    def _add(self, name: str, values: Sequence[QWidget]) -> None:
        at, top = self._grid.rowCount(), Qt.AlignmentFlag.AlignTop
        self._grid.addWidget(Label(name, tone="soft"), at, 0, top)
        for place, value in enumerate(values):
            self._grid.addWidget(value, at, place + 1, top)


def _limit(match: Match, limit: Limit) -> LimitFinding | None:
    return next((each for each in match.limits if each.limit is limit), None)


def _merit(match: Match, merit: Merit) -> MeritFinding | None:
    return next((each for each in match.merits if each.merit is merit), None)


def _came_out(row: LimitFinding | MeritFinding | None) -> QWidget:
    """Return how one reason came out, with its sign; a dash where it was not looked at."""
    if row is None:
        return Label(UNKNOWN.text, tone="faint")
    icon, tone, _sign = SIGNS[row.held]
    holder = QWidget()
    holder.setLayout(remark(icon, tone, row.says))
    return holder
