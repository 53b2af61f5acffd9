"""What fits the seeker in sight: the vacancies with their reasons, side by side, or why not."""

from collections.abc import Callable, Sequence
from functools import partial
from typing import Final

from PySide6.QtWidgets import QHBoxLayout, QStackedLayout, QVBoxLayout, QWidget

from app.core.i18n import _
from app.core.money import Fen, yuan_text
from app.core.words import Answer
from app.placements.match_queries import compare_matches, vacancies_for
from app.placements.match_records import (
    MOST_COMPARED,
    Limit,
    MatchesAsked,
    MatchesForSeeker,
    MatchForSeeker,
    Pair,
    PairView,
    VacancyCard,
    VacancyMatch,
    Widening,
)
from ui.desk import Desk
from ui.job_looks import pay_range
from ui.kit.buttons import Button
from ui.kit.cards import Card, EmptyState, clear_layout
from ui.kit.cells import Cell, Column, joined
from ui.kit.labels import Rule
from ui.kit.layout import scrolling
from ui.kit.table import RecordTable
from ui.matching import Compared, Reasons, marks_of, points_cell

WIDEN_KEYS: Final = {Limit.DISTANCE: "Alt+D", Limit.SHIFT: "Alt+S"}
LEAST_COMPARED: Final = 2


class Matches(Card):
    """The vacancies that fit one seeker, the best first; widened only by pressing so."""

    def __init__(self, desk: Desk, tell: Callable[[], object]) -> None:
        super().__init__(_("Vacancies that fit"), flush=True)
        self.setObjectName("matches")
        self._desk, self._tell = desk, tell
        self._seeker: int | None = None
        self._without: frozenset[Limit] = frozenset()
        self._wanted: int | None = None
        holder = self._widening = QWidget()
        self._widen = QHBoxLayout(holder)
        self._widen.setContentsMargins(0, 0, 0, 0)
        self._widen.setSpacing(6)
        self.add_to_head(holder)
        self.table: RecordTable[VacancyMatch] = RecordTable(
            VacancyMatch,
            [
                Column("points", _("Points"), 74, lambda row: points_cell(row.match)),
                Column("vacancy", _("Vacancy"), 176, _vacancy),
                Column("wage", _("Pay (yuan)"), 136, _pay, right=True),
                Column("reasons", _("Why it fits"), cell=_reasons, stretch=True),
            ],
            name="table_matches",
            two_lines=True,
            checkable=True,
            sortable=False,
            flat=True,
            empty=EmptyState(_("No vacancy fits")),
        )
        self.table.picked.connect(self._picked)
        self.table.checks_changed.connect(lambda: self._tell())
        self.reasons = Reasons()
        listed = QWidget()
        column = QVBoxLayout(listed)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.table, 3)
        self._rule = Rule()
        column.addWidget(self._rule)
        self.reasons.setProperty("kind", "")
        column.addWidget(self.reasons, 2)
        self._listed = listed
        self._compared = QWidget()
        self._side_by_side = QVBoxLayout(self._compared)
        self._side_by_side.setContentsMargins(0, 0, 0, 0)
        holder = QWidget()
        self._stack = QStackedLayout(holder)
        self._stack.addWidget(listed)
        self._stack.addWidget(self._compared)
        self.body.addWidget(holder, 1)

    def set_low(self, low: bool) -> None:
        """Leave the sentences to the letter and to asking why not, where there is little room."""
        self._rule.setVisible(not low)
        self.reasons.setVisible(not low)

    # What is shown

    def show_for(self, seeker_id: int | None) -> None:
        """Ask what fits a seeker; another one begins without anything widened."""
        if seeker_id != self._seeker:
            self._seeker, self._without = seeker_id, frozenset()
            self.table.show_rows([])
            self.close_compared()
        if seeker_id is None:
            return
        asked = MatchForSeeker(job_seeker_id=seeker_id, without=tuple(self._without))
        self._desk.ask(vacancies_for, asked, then=self._show, latest=self.table)

    def want(self, vacancy_id: int) -> None:
        """Mark a vacancy once its line is there."""
        self._wanted = vacancy_id

    def _show(self, found: MatchesForSeeker) -> None:
        title = _("Vacancies that fit ({count})").format(count=f"{found.total:,}")
        self.title.setText(title)
        self._say_empty(found)
        self.table.show_rows(found.rows)
        says = _("{count} vacancies, the best first").format(count=f"{found.total:,}")
        if found.total > len(found.rows):
            says += _(", the first {count} shown").format(count=len(found.rows))
        keys = [("Space", _("Compare")), ("F12", _("Letter"))] if found.rows else []
        self.table.set_foot(says, keys)
        self._show_widen(found.widen)
        if self._wanted is not None:
            wanted, self._wanted = self._wanted, None
            self.table.select_where(lambda row: row.vacancy.id == wanted)
        self._picked(self.table.current())

    def _say_empty(self, found: MatchesForSeeker) -> None:
        if found.stands:
            self.table.set_empty(_("Nobody can be sent now"), found.stands[0].says)
            return
        more = [each for each in found.widen if each.more]
        says = "　".join(_widened(each) for each in more)
        self.table.set_empty(
            _("No vacancy fits"),
            says or _("Ask why not for one vacancy with Alt+W, or change the wishes."),
        )

    def _show_widen(self, widen: Sequence[Widening]) -> None:
        """Offer to let one limit more fall, or to hold one again."""
        clear_layout(self._widen)
        for limit in sorted(self._without):
            words = _("Hold the limit again: {limit}").format(limit=limit.label)
            self._offer(limit, words, "undo-2")
        for each in widen:
            if each.more and each.limit not in self._without:
                self._offer(each.limit, _widened(each), "plus")

    def _offer(self, limit: Limit, words: str, icon: str) -> None:
        self._widen.addWidget(
            Button(
                words,
                partial(self.flip, limit),
                key=WIDEN_KEYS.get(limit, ""),
                icon=icon,
                small=True,
                name=f"widen_{limit.value}",
            )
        )

    def flip(self, limit: Limit) -> None:
        """Let a limit fall that kept vacancies away, or hold it again."""
        self._without ^= {limit}
        self.show_for(self._seeker)

    def _picked(self, row: VacancyMatch | None) -> None:
        self.reasons.show_match(row.match if row else None)
        self._tell()

    def chosen(self) -> VacancyMatch | None:
        """Return the match that is marked."""
        return self.table.current()

    # Side by side

    def why_not_compare(self) -> str:
        """Return why nothing can be put side by side now, or nothing."""
        count = len(self.table.checked())
        if LEAST_COMPARED <= count <= MOST_COMPARED:
            return ""
        return _("Check {least} to {most} lines with Space first").format(
            least=LEAST_COMPARED, most=MOST_COMPARED
        )

    def compare(self, choose: Callable[[int], object]) -> None:
        """Put the checked vacancies side by side; ``choose`` takes one of them."""
        rows = self.table.checked()
        pairs = tuple(
            Pair(job_seeker_id=row.match.job_seeker_id, vacancy_id=row.vacancy.id) for row in rows
        )

        def show(views: Sequence[PairView]) -> None:
            clear_layout(self._side_by_side)
            heads = [
                (
                    joined(view.vacancy.occupation, view.vacancy.number),
                    view.vacancy.employer,
                    Button(
                        _("Letter for this one"),
                        partial(choose, view.vacancy.id),
                        small=True,
                        icon="printer",
                        name=f"letter_{view.vacancy.id}",
                    ),
                )
                for view in views
            ]
            cards = [view.vacancy for view in views]
            lines = [
                (_("Pay"), [_wage(card) for card in cards]),
                (_("Shift"), [joined(card.shift.label, card.working_hours) for card in cards]),
                (_("Place of work"), [_place(card) for card in cards]),
                (_("Social insurance"), [_told(card.insured) for card in cards]),
                (_("Food and bed"), [_told(card.board) for card in cards]),
                (_("Confirmed on"), [card.confirmed_on.isoformat() for card in cards]),
            ]
            shown = Compared(heads, lines, [view.match for view in views])
            self._side_by_side.addWidget(scrolling(shown))
            self._stack.setCurrentWidget(self._compared)
            self._widening.hide()
            self._tell()

        self._desk.ask(compare_matches, MatchesAsked(pairs=pairs), then=show, latest=self)

    def comparing(self) -> bool:
        """Tell whether vacancies stand side by side."""
        return self._stack.currentWidget() is self._compared

    def close_compared(self) -> None:
        """Return to the list."""
        self._widening.show()
        self._stack.setCurrentWidget(self._listed)


def _widened(each: Widening) -> str:
    says = _("Widen {limit} +{count}")
    return says.format(limit=each.limit.label, count=each.more)


def _told(answer: Answer) -> str:
    return answer.label


def _wage(card: VacancyCard) -> str:
    amount = yuan_text(card.wage_from)
    if card.wage_to is not None and card.wage_to != card.wage_from:
        amount = f"{amount}–{yuan_text(Fen(card.wage_to))}"
    return joined(amount, card.pay_unit.label)


def _place(card: VacancyCard) -> str:
    return joined(card.district or "", card.workplace) or _("Not said")


def _vacancy(row: VacancyMatch) -> Cell:
    card = row.vacancy
    return Cell(card.occupation, joined(card.employer, card.number), bold=True)


def _pay(row: VacancyMatch) -> Cell:
    card = row.vacancy
    return Cell(pay_range(card.wage_from, card.wage_to), card.pay_unit.label)


def _reasons(row: VacancyMatch) -> Cell:
    card = row.vacancy
    welfare = _("Public-welfare post") if card.public_welfare else ""
    return Cell(joined(card.district or "", card.shift.label, welfare), marks=marks_of(row.match))
