"""Section 7 of intake: what is applied for, as cards to check, and the papers handed in."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QCheckBox, QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from app.cases.records import ApplicationForm
from app.core.errors import Invalid
from app.core.i18n import _
from app.policy.catalog import shipped
from app.policy.explain import conclusion
from app.policy.findings import Assessment, Findings
from app.policy.pack import Area, Measure, MeasureKind, Outcome
from ui.kit.cards import EmptyState, Pressable, clear_layout
from ui.kit.editing import Context
from ui.kit.form import FormView
from ui.kit.keys import ENTER, EnterMoves, next_field
from ui.kit.labels import Elided, Icon, Label
from ui.pages.intake.sections import Section

AREA_ICONS = {
    Area.EMPLOYMENT: "briefcase-business",
    Area.MEDICAL: "heart-pulse",
    Area.SCHOOLING: "graduation-cap",
    Area.INCOME: "coins",
    Area.LABOUR: "scale",
    Area.SOCIAL_SECURITY: "umbrella",
    Area.CULTURE: "drama",
}
TONES = {Outcome.YES: "ok", Outcome.NO: "bad", Outcome.UNKNOWN: "wait"}
ICONS = {
    Outcome.YES: "circle-check",
    Outcome.NO: "circle-x",
    Outcome.UNKNOWN: "circle-question-mark",
}
"""What a card of one line shows instead of the answer in words."""


class MeasureCard(Pressable):
    """One measure to apply for; Space or a click checks it, Enter goes on.

    Money has the answer in words below; a service or referral, of which there are many, has one
    line with the mark of the answer.
    """

    def __init__(self, area: Area, measure: Measure) -> None:
        super().__init__()
        money = measure.kind is MeasureKind.GRANT
        self.measure = measure
        self.setCheckable(True)
        self.setObjectName(f"application.items.{measure.id}")
        self.setAccessibleName(measure.title)
        row = QHBoxLayout(self.frame)
        row.setContentsMargins(12, 7, 12, 7) if money else row.setContentsMargins(8, 4, 8, 4)
        row.setSpacing(10 if money else 6)
        side = 20 if money else 16
        self._mark = Icon("circle", "edge", side)
        row.addWidget(self._mark)
        row.addWidget(Icon(AREA_ICONS[area], "text_soft", side))
        self._says = Label(f"{area.label}　{measure.kind.label}", "small")
        self._answer = Icon("", "text_soft", side)
        if money:
            words = QVBoxLayout()
            words.setSpacing(1)
            words.addWidget(Label(measure.title, "strong"))
            words.addWidget(self._says)
            row.addLayout(words, 1)
        else:
            row.addWidget(Elided(measure.title), 1)
            row.addWidget(self._answer)
        self._answer.setVisible(False)
        self.toggled.connect(self._show_mark)

    def _show_mark(self) -> None:
        on = self.isChecked()
        self._mark.show_icon("circle-check" if on else "circle", "accent" if on else "edge")

    def say(self, found: Assessment) -> None:
        """Say what the pre-judgement makes of it."""
        words, tone = conclusion(found), TONES[found.outcome]
        self._says.setText(words)
        self._says.set_tone(tone)
        self._answer.show_icon(ICONS[found.outcome], tone)
        self._answer.setVisible(self.measure.kind is not MeasureKind.GRANT)
        self.setToolTip(words)
        self.setAccessibleDescription(words)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Let Enter go on, as in every field of the page."""
        if event.key() in ENTER:
            shift = event.modifiers() & Qt.KeyboardModifier.ShiftModifier
            next_field(self, back=bool(shift))
            return
        super().keyPressEvent(event)


class ApplicationSection(Section):
    """What is applied for and what was handed in."""

    def __init__(self, number: int, title: str, context: Context, day: date) -> None:
        super().__init__("application", number, title)
        self._enter = EnterMoves(self)
        cards = [MeasureCard(area, each) for area, each in _measures(day)]
        grants = [card for card in cards if card.measure.kind is MeasureKind.GRANT]
        others = [card for card in cards if card not in grants]
        self.cards = grants + others
        self.add(self._cards(grants, columns=2, gap=8))
        if others:
            self.add(Label(_("Services and referrals"), "small"))
            self.add(self._cards(others, columns=2, gap=6))
        if not self.cards:
            says = _("The policy document has to be in force on this day; ask the supervisor.")
            self.add(EmptyState(_("No measure is in force today"), says))
        self._papers_title = Label(role="small")
        self.add(self._papers_title)
        self._papers = QGridLayout()
        self._papers.setHorizontalSpacing(12)
        self._papers.setVerticalSpacing(4)
        self.add(self._papers)
        self._boxes: dict[str, QCheckBox] = {}
        self._note = FormView(ApplicationForm, ["note"], context=context, name="form_application")
        self._note.boxes["note"].editor.target().setObjectName("application.note")
        self._note.boxes["note"].editor.left.connect(self.left)
        self._note.edited.connect(self.edited)
        self._note.problems_changed.connect(self.marked)
        self.add(self._note)
        self._show_papers(())

    def _cards(self, cards: Sequence[MeasureCard], *, columns: int, gap: int) -> QGridLayout:
        grid = QGridLayout()
        grid.setHorizontalSpacing(12)
        grid.setVerticalSpacing(gap)
        for at, card in enumerate(cards):
            card.clicked.connect(self._chosen)
            grid.addWidget(card, at // columns, at % columns)
        for column in range(columns):
            grid.setColumnStretch(column, 1)
        return grid

    def _chosen(self) -> None:
        self._show_papers(self.handed_in())
        self.edited.emit()
        self.left.emit()

    def _show_papers(self, checked: Iterable[str]) -> None:
        """Show what the chosen measures need; what was checked stays."""
        kept = tuple(checked)
        measures = [card.measure for card in self.cards if card.isChecked()]
        names = dict.fromkeys(paper for measure in measures for paper in measure.papers)
        wanted = list(names | dict.fromkeys(kept))
        if wanted != list(self._boxes):
            clear_layout(self._papers)
            self._boxes = {name: self._paper(at, name) for at, name in enumerate(wanted)}
        for name, box in self._boxes.items():
            box.setChecked(name in kept)
        self._count()

    def _paper(self, at: int, name: str) -> QCheckBox:
        box = QCheckBox(name.replace("&", "&&"))
        box.setObjectName(f"application.papers_handed_in.{at}")
        box.installEventFilter(self._enter)
        box.clicked.connect(self._handed)
        self._papers.addWidget(box, at // 2, at % 2)
        return box

    def _handed(self) -> None:
        self._count()
        self.edited.emit()
        self.left.emit()

    def _count(self) -> None:
        self._papers_title.setText(
            _("Papers handed in: {count} of {all}").format(
                count=len(self.handed_in()), all=len(self._boxes)
            )
        )
        self._papers_title.setVisible(bool(self._boxes))

    def handed_in(self) -> tuple[str, ...]:
        """Return the papers that were handed in."""
        return tuple(name for name, box in self._boxes.items() if box.isChecked())

    def items(self) -> tuple[str, ...]:
        """Return the ids of the measures applied for."""
        return tuple(card.measure.id for card in self.cards if card.isChecked())

    def show_outlook(self, findings: Findings) -> None:
        """Say on each card what the household would get as things stand."""
        for card in self.cards:
            if (found := findings.measure(card.measure.id)) is not None:
                card.say(found)

    # The section

    def typed(self) -> dict[str, Any]:
        """Return what was chosen and typed."""
        return {
            "application.items": list(self.items()),
            "application.papers_handed_in": list(self.handed_in()),
            "application.note": self._note.typed()["note"],
        }

    def set_typed(self, typed: Mapping[str, Any]) -> None:
        """Put it back."""
        items = typed.get("application.items", [])
        for card in self.cards:
            card.setChecked(card.measure.id in items)
        self._show_papers(typed.get("application.papers_handed_in", []))
        self._note.set_typed({"note": typed.get("application.note", "")})

    def clear(self) -> None:
        """Choose nothing."""
        for card in self.cards:
            card.setChecked(False)
        self._show_papers(())
        self._note.clear()

    def record(self) -> ApplicationForm:
        """Return the application."""
        return ApplicationForm(
            items=self.items(), papers_handed_in=self.handed_in(), note=self._note.value("note")
        )

    def set_record(self, record: ApplicationForm) -> None:
        """Show an application."""
        self.set_typed(
            {
                "application.items": record.items,
                "application.papers_handed_in": record.papers_handed_in,
                "application.note": record.note,
            }
        )

    def blank(self) -> bool:
        """Tell whether nothing was chosen, handed in or noted."""
        return not (self.items() or self.handed_in()) and self._note.boxes["note"].editor.blank()

    def gaps(self) -> list[QWidget]:
        """Return the papers that are not there, and the first card while nothing is chosen."""
        first: list[QWidget] = [] if self.items() else [*self.cards[:1]]
        return first + [box for box in self._boxes.values() if not box.isChecked()]

    def wrong(self) -> list[tuple[QWidget, str]]:
        """Return the note when it is too long."""
        box = self._note.boxes["note"]
        return [(box.editor.target(), box.message.text())] if box.red() else []

    def check(self) -> None:
        """Mark the note when it is too long."""
        self._note.check()

    def show_problems(self, invalid: Invalid) -> None:
        """Mark what the office found wrong."""
        for problem in invalid.problems:
            if problem.field == "application.note":
                self._note.boxes["note"].set_problem(problem.tell())

    def first(self) -> QWidget:
        """Return the first card."""
        return next(iter(self.cards), self._note.boxes["note"].editor.target())


def _measures(day: date) -> list[tuple[Area, Measure]]:
    """Return the measures in force on ``day`` with their areas."""
    packs = (shipped().in_force(area, day) for area in Area)
    return [(pack.area, measure) for pack in packs if pack for measure in pack.measures]
