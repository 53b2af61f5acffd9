"""The panel of a trial (试算): the facts the measures ask, to be changed and never kept."""

from collections.abc import Collection, Sequence
from functools import partial
from typing import Any, Final

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QGridLayout, QVBoxLayout, QWidget

from app.core.i18n import _
from app.core.kinds import Amount, Code, Count, Day, Kind, YesNo
from app.core.record import Field
from app.core.words import Answer as YesOrNo
from app.policy.facts import (
    AGE,
    FOUND,
    MONTHS_UNEMPLOYED,
    RELIEF,
    Fact,
    Facts,
    FactType,
    FactValue,
    Holder,
    words_of,
)
from app.policy.findings import Findings
from app.policy.pack import Measure
from app.policy.vocabulary import FACTS, WHEN
from ui.kit.buttons import Button
from ui.kit.cards import Card, clear_layout
from ui.kit.cells import shown
from ui.kit.choice_editors import ChoiceEditor
from ui.kit.day_editor import Today
from ui.kit.editing import Context, make_editor
from ui.kit.editors import Editor, focus_of
from ui.kit.field_box import FieldBox
from ui.kit.keys import EnterMoves
from ui.kit.labels import Label, Rule
from ui.kit.layout import remark, scrolling
from ui.kit.segments import Part, Segments

HOUSEHOLD: Final = -1
"""The place of the household among the holders of facts; members follow from 0, the head."""

INSTEAD: Final = {AGE.key: "member.birth", MONTHS_UNEMPLOYED.key: "member.unemployed_since"}
MOST_LINES: Final = 4
LOW_LINES: Final = 2

At = tuple[int, str]
"""Whose fact, and which."""


def asked_facts(findings: Findings, measure: Measure | None) -> tuple[list[Fact], list[Fact]]:
    """Return the facts that can be tried, in the order in which people are asked: those that one
    measure asks (or the classification, for `None`), and the rest of what its answer hangs on."""
    first = findings.classification
    classification = first.pack.asks if first else frozenset[str]()
    if measure is None:
        return _in_order(classification), []
    found = any(fact.key in measure.asks for fact in FOUND)
    return _in_order(measure.asks), _in_order(classification - measure.asks) if found else []


def all_facts(findings: Findings) -> list[Fact]:
    """Return every fact that any of the documents asks."""
    return _in_order({key for pack in findings.packs for key in pack.asks})


def _in_order(keys: Collection[str]) -> list[Fact]:
    asked = {INSTEAD.get(key, key) for key in keys} - {RELIEF, *WHEN}
    return [fact for fact in FACTS if fact.key in asked]


class TrialPanel(Card):
    """Changes of facts; ``edited`` tells each. What was tried stays until another household."""

    edited = Signal()

    def __init__(self, today: Today) -> None:
        super().__init__(_("Facts on trial"), flush=True)
        self.setObjectName("trial_panel")
        self._today = today
        self._enter = EnterMoves(self)
        self._findings: Findings | None = None
        self._names: tuple[str, ...] = ()
        self._measure: Measure | None = None
        self._columns, self._most = 2, MOST_LINES
        self._lines: tuple[str, ...] = ()
        self._tried: dict[At, FactValue | None] = {}
        """The facts that differ from the file."""
        self._boxes: dict[At, FieldBox] = {}
        """Those in sight."""
        self.scope = Segments(
            [Part("one", _("Asked for this")), Part("all", _("All facts"))], name="segments_scope"
        )
        self.scope.chosen.connect(self._show)
        self.add_to_head(self.scope)
        self._undo = Button(
            _("As in the file"), self.reset, kind="quiet", icon="undo-2", name="act_reset_trial"
        )
        self.add_to_head(self._undo)
        self._changes = QVBoxLayout()
        self._changes.setContentsMargins(12, 4, 12, 8)
        self._changes.setSpacing(3)
        inside = QWidget()
        self._fields = QVBoxLayout(inside)
        self._fields.setContentsMargins(12, 10, 12, 12)
        self._fields.setSpacing(10)
        self.add(self._changes)
        self.add(Rule())
        self._area = scrolling(inside)
        self.body.addWidget(self._area, 1)

    # What is tried

    def begin(self, findings: Findings, names: Sequence[str]) -> None:
        """Try changes of a household, or go on after its file changed."""
        self._findings, self._names = findings, tuple(names)
        holders = range(HOUSEHOLD, len(self._names))
        self._tried = {
            at: value
            for at, value in self._tried.items()
            if at[0] in holders and value != self._real(at)
        }
        self._show()

    def forget(self) -> None:
        """Forget what was tried: another household is shown."""
        self._findings, self._names = None, ()
        self._tried = {}

    def reset(self) -> None:
        """Put every fact back as the file has it."""
        self._tried = {}
        self._show()
        self.edited.emit()

    def show_measure(self, measure: Measure | None) -> None:
        """Ask what this measure asks; `None` is the classification."""
        if _id_of(measure) != _id_of(self._measure):
            self._measure = measure
            self._show()

    def changes(self) -> tuple[Facts, tuple[Facts, ...]]:
        """Return the facts that differ from the file: the household's, and each member's."""
        holders = [
            {name: value for (of, name), value in self._tried.items() if of == place}
            for place in range(HOUSEHOLD, len(self._names))
        ]
        return holders[0], tuple(holders[1:])

    def count(self) -> int:
        """Return how many facts differ from the file."""
        return len(self._tried)

    def _real(self, at: At) -> FactValue | None:
        place, name = at
        if self._findings is None:
            return None
        known = self._findings.known
        return (known.household if place == HOUSEHOLD else known.members[place]).get(name)

    # The fields

    def set_columns(self, columns: int) -> None:
        """Put the fields side by side, or one below the other."""
        if columns != self._columns:
            self._columns = columns
            self._show()

    def set_low(self, low: bool) -> None:
        """Say less of what came of it, where the window is low."""
        self._most = LOW_LINES if low else MOST_LINES
        self.show_changes(self._lines)

    def _show(self) -> None:
        """Show the fields that are asked, under the names of those they speak of."""
        clear_layout(self._fields)
        self._boxes = {}
        findings = self._findings
        if findings is None:
            return
        if self.scope.value() == "all":
            self._show_facts(all_facts(findings), _("The household"))
        else:
            own, rest = asked_facts(findings, self._measure)
            self._show_facts(own, _("The household"))
            self._show_facts(rest, _("The household, for its category"))
        self._fields.addStretch(1)
        self._tell()

    def _show_facts(self, facts: Sequence[Fact], household: str) -> None:
        for place in range(HOUSEHOLD, len(self._names)):
            holder = Holder.HOUSEHOLD if place == HOUSEHOLD else Holder.MEMBER
            boxes = {
                (place, fact.name): self._box((place, fact.name), fact)
                for fact in facts
                if fact.holder is holder
            }
            if not boxes:
                continue
            title = household if place == HOUSEHOLD else self._names[place]
            self._fields.addWidget(Label(title, "strong"))
            grid = QGridLayout()
            self._fields.addLayout(grid)
            self._fill(grid, list(boxes.values()))
            self._boxes |= boxes

    def _fill(self, grid: QGridLayout, boxes: Sequence[FieldBox]) -> None:
        grid.setHorizontalSpacing(16)
        grid.setVerticalSpacing(2)
        for at, box in enumerate(boxes):
            grid.addWidget(box, at // self._columns, at % self._columns)
        for column in range(self._columns):
            grid.setColumnStretch(column, 1)

    def _box(self, at: At, fact: Fact) -> FieldBox:
        place, name = at
        field = Field(f"trial.{place}.{name}", _kind(fact), object, required=False, optional=True)
        if fact.type is FactType.WORD:
            editor: Editor = ChoiceEditor(field, [(word, word) for word in words_of(fact)])
        else:
            editor = make_editor(field, Context(today=self._today))
        _set(editor, self._tried.get(at, self._real(at)))
        editor.target().installEventFilter(self._enter)
        editor.edited.connect(partial(self._edited, at))
        return FieldBox(editor)

    def _edited(self, at: At) -> None:
        editor = self._boxes[at].editor
        if editor.trouble() is None:
            self._tried[at] = value = _value(editor)
            if value == self._real(at):
                del self._tried[at]
        self._tell()
        self.edited.emit()

    def _tell(self) -> None:
        """Say at each changed fact what the file has, and what is no value."""
        for at, box in self._boxes.items():
            trouble = box.editor.trouble()
            box.set_problem(trouble.tell() if trouble else "")
            was = _("In the file: {value}").format(value=self._real_text(at))
            box.set_found(was if at in self._tried else "", "wait", "history")
        self._undo.allow("" if self._tried else _("Nothing is changed"))

    def _real_text(self, at: At) -> str:
        value = self._real(at)
        if value is None:
            return _("not given")
        if isinstance(value, bool):
            return (YesOrNo.YES if value else YesOrNo.NO).label
        return shown(self._boxes[at].field.kind, value)

    # What came of it

    def show_changes(self, lines: Sequence[str]) -> None:
        """Say what differs from the real result."""
        self._lines = tuple(lines)
        clear_layout(self._changes)
        words = _("Compared with the real result: {count} different").format(count=len(lines))
        self._changes.addWidget(Label(words, "strong"))
        if not self._tried:
            hint = _("Change a fact below: the result follows as you type.")
            self._changes.addWidget(Label(hint, "small", wrap=True))
        for line in lines[: self._most]:
            self._changes.addLayout(remark("arrow-right", "wait", line))
        if len(lines) > self._most:
            more = _("{count} more are different").format(count=len(lines) - self._most)
            self._changes.addWidget(Label(more, "small"))

    def begin_typing(self) -> None:
        """Put the focus on the first field and bring it into sight."""
        first = self.first()
        first.setFocus()
        QTimer.singleShot(0, self, lambda: self._area.ensureWidgetVisible(first, 0, 60))

    def first(self) -> QWidget:
        """Return the first field in sight that the file leaves open, or else the first."""
        open_ = (at for at in self._boxes if self._real(at) is None)
        first = next(open_, next(iter(self._boxes), None))
        return focus_of(self._boxes[first].editor) if first else self


def _id_of(measure: Measure | None) -> str:
    return measure.id if measure else ""


def _kind(fact: Fact) -> Kind:
    match fact.type:
        case FactType.YUAN:
            return Amount(label=fact.label)
        case FactType.COUNT:
            return Count(label=fact.label)
        case FactType.DAY:
            return Day(label=fact.label)
        case FactType.YES_NO:
            return YesNo(label=fact.label)
        case FactType.WORD:
            return Code(label=fact.label, list=fact.name)


def _value(editor: Editor) -> FactValue | None:
    value: Any = editor.value()
    if isinstance(value, YesOrNo):
        return value.known
    return value if value != "" else None


def _set(editor: Editor, value: FactValue | None) -> None:
    if isinstance(editor.field.kind, YesNo):
        words = {True: YesOrNo.YES, False: YesOrNo.NO, None: YesOrNo.NOT_ASKED}
        editor.set_value(words[value if isinstance(value, bool) else None])
    else:
        editor.set_value(value)
