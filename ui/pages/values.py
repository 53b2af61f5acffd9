"""The center's dated values: entered by one person from a document, confirmed by another."""

from datetime import date
from typing import Final

from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from app.center.actions import confirm_value, enter_value, withdraw_value
from app.center.queries import missing_lines, value_rows
from app.center.records import ValueForm, ValueRow, ValueStep
from app.core.i18n import N_, _
from app.core.money import yuan_text
from app.core.record import Nothing
from app.core.words.center import ValueState
from app.packs.actions import accept_packs
from app.packs.queries import changed_packs
from app.packs.records import AcceptPacks, ChangedPack
from app.reference.dated import AREAS, Origin, ValueArea, ValueKind
from app.work import Action, Topic
from ui.kit.buttons import Button
from ui.kit.cards import Card, EmptyState, Facts
from ui.kit.cells import Cell, Column
from ui.kit.choice_editors import ChoiceEditor
from ui.kit.editing import Context
from ui.kit.form import FormView
from ui.kit.labels import Chip, Elided, Label
from ui.kit.layout import row as row_of
from ui.kit.layout import scrolling
from ui.kit.page import Page
from ui.kit.segments import Part, Segments
from ui.kit.table import RecordTable
from ui.kit.two_panes import TwoPanes

WAITING: Final = "waiting"


class ValuesPage(Page):
    """All values at the left; at the right the chosen one, or the form for a new one."""

    name = "values"
    title = N_("Dated values")
    icon = "book-open"
    shows = frozenset({Topic.VALUES})

    def build(self) -> None:
        """Compose the list, the chosen value and the form."""
        self._rows: list[ValueRow] = []
        self._value: ValueRow | None = None
        self._entered: int | None = None
        self._missing: list[ValueArea] = []
        self._changed: list[ChangedPack] = []
        self.segments = Segments(name="value_segments")
        self.segments.chosen.connect(lambda: self._filter())
        self.beside_title(self.segments)
        self.new = self.add_act(
            Button(_("Enter a value"), self.begin, key="Alt+N", icon="plus", name="act_begin_value")
        )
        self.new.allow(self.desk.reason(enter_value))
        self.panes = TwoPanes(self._make_list(), self._make_right(), (690, 480))
        self.add(self.panes, 1)
        self._show_counts()
        self._show_value()

    def _make_list(self) -> QWidget:
        self.table = RecordTable(
            ValueRow,
            [
                Column("kind", _("Standard"), 110, _kind_cell),
                Column("amount", _("Amount (yuan)"), 100, right=True),
                Column("effective_from", _("In force"), 118, _days_cell),
                Column("document", _("Document and origin"), 200, _document_cell, stretch=True),
                Column("state", _("State"), 118, self._state_cell),
            ],
            name="table_values",
            two_lines=True,
            empty=EmptyState(_("No value of this kind")),
        )
        self.table.picked.connect(self._pick)
        self.table.opened.connect(self._enter)
        return self.table

    def _make_right(self) -> QWidget:
        card = Card(flush=True)
        self._what = Label(role="section")
        self._what.setObjectName("value_what")
        self._says = Label(role="small", wrap=True)
        self.facts = Facts(76)
        self.form = FormView(
            ValueForm,
            spans={
                "kind": 6, "area": 6, "amount": 12, "effective_from": 6, "effective_to": 6,
                "published_on": 6, "document": 12,
            },
            context=Context(today=self.desk.today),
            name="form_value",
        )  # fmt: skip
        self.form.edited.connect(self._offer_areas)
        self.stack = QStackedWidget()
        facts = QWidget()
        column = QVBoxLayout(facts)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.facts)
        column.addStretch(1)
        self.stack.addWidget(facts)
        self.stack.addWidget(self.form)
        inside = QWidget()
        column = QVBoxLayout(inside)
        column.setContentsMargins(16, 12, 16, 4)
        column.setSpacing(10)
        self._demo = Chip(_("Demonstration"), "flask-conical", "wait")
        column.addWidget(row_of(self._what, self._demo, None))
        column.addWidget(self._says)
        column.addWidget(self.stack, 1)
        card.add(scrolling(inside))
        self._compose_foot(card.add_foot())
        return card

    def _compose_foot(self, foot: QHBoxLayout) -> None:
        foot.setContentsMargins(16, 10, 16, 10)
        self._hint = Elided(role="small")
        self._hint.setObjectName("value_hint")
        self.withdraw_it = Button(
            _("Withdraw…"), self._ask_withdraw, kind="danger", name="act_withdraw_value"
        )
        self.back = Button(_("Go back"), self._cancel, name="act_cancel")
        self.save = Button("", self._save, kind="primary", key="F9", name="act_confirm_value")
        foot.addWidget(self._hint, 1)
        for button in (self.withdraw_it, self.back, self._take(self.save)):
            foot.addWidget(button)

    # What is shown

    def refresh(self) -> None:
        """Ask for the values and whether today has its lines."""
        self.desk.ask(value_rows, Nothing(), then=self._show_rows, latest=self.table)
        self.desk.ask(missing_lines, Nothing(), then=self._missing_came, latest=self.banners)
        self.desk.ask(changed_packs, Nothing(), then=self._changed_came, latest=self.head)

    def _show_rows(self, rows: list[ValueRow]) -> None:
        self._rows = rows
        self._show_counts()
        if self._entered is not None:
            self.segments.choose(WAITING)
        self._filter()

    def _show_counts(self) -> None:
        def count(key: str) -> int:
            return sum(_belongs(row, key) for row in self._rows)

        waiting = count(WAITING)
        self.segments.show_parts(
            [
                *(Part(kind.value, kind.label, count(kind.value)) for kind in ValueKind),
                Part(WAITING, ValueState.ENTERED.label, waiting, tone="wait" if waiting else ""),
            ]
        )

    def _filter(self) -> None:
        key = self.segments.value()
        self.table.show_rows([row for row in self._rows if _belongs(row, key)])
        if self._entered is not None:
            entered, self._entered = self._entered, None
            self.table.select_where(lambda row: row.id == entered)
        self._pick(self.table.current())

    def _missing_came(self, areas: list[ValueArea]) -> None:
        self._missing = areas
        self._show_banner()

    def _changed_came(self, packs: list[ChangedPack]) -> None:
        self._changed = packs
        self._show_banner()

    def _show_banner(self) -> None:
        """Tell of one thing at a time, what stops decisions first."""
        if self._changed:
            self._show_changed(self._changed)
        elif self._missing:
            self._show_missing(self._missing)
        else:
            self.banners.clear()

    def _show_changed(self, packs: list[ChangedPack]) -> None:
        take = Button(
            _("Take them into use"), self._accept_packs, small=True, name="act_accept_packs"
        )
        take.allow(self.desk.reason(accept_packs))
        self.say(
            "bad",
            _("{count} policy documents are not the ones used here before").format(
                count=len(packs)
            ),
            _("Nothing is decided by them until a supervisor takes them into use: {titles}").format(
                titles=_(", ").join(f"{pack.title}（{pack.pack}）" for pack in packs)
            ),
            [take],
        )

    def _accept_packs(self) -> None:
        digests = tuple(pack.digest for pack in self._changed)
        self.desk.perform(accept_packs, AcceptPacks(digests=digests))

    def _show_missing(self, areas: list[ValueArea]) -> None:
        names = _(", ").join(area.label for area in areas)
        acts = [Button(_("Enter the line"), self.begin, small=True, name="act_begin_line")]
        self.say(
            "wait",
            _("No dibao line is known today for: {areas}").format(areas=names),
            _("The income test cannot be done there. One person enters it, another confirms it."),
            [] if self.new.reason else acts,
        )

    def first_focus(self) -> QWidget:
        """Return the list."""
        return self.table.first()

    def _pick(self, row: ValueRow | None) -> None:
        self._value = row
        if self.stack.currentWidget() is not self.form or not self.form.dirty():
            self._show_value()

    def _show_value(self) -> None:
        """Show the chosen value and what can be done with it."""
        self.stack.setCurrentIndex(0)
        self.facts.clear()
        row = self._value
        self.back.hide()
        self.save.setText(_("Confirm this value"))
        self.save.setObjectName("act_confirm_value")
        waiting = row is not None and row.state is ValueState.ENTERED
        self._what.setText(f"{row.kind.label}　{row.area.label}" if row else _("Nothing chosen"))
        self._says.setText(_("Compare it with the document before confirming") if waiting else "")
        self._says.setVisible(waiting)
        self._demo.setVisible(row is not None and row.demonstration)
        for button in (self.save, self.withdraw_it):
            button.setVisible(waiting)
        self.withdraw_it.allow(self.desk.reason(withdraw_value))
        closed = self.desk.reason(confirm_value)
        if row is not None and row.mine:
            closed = _("You entered this yourself, another person confirms it")
        self._allow_save(closed if waiting else _("There is nothing to confirm"))
        self._hint.setText(closed if waiting else "")
        if row is None:
            return
        self.facts.add_fact(_("Amount"), _("{amount} yuan").format(amount=yuan_text(row.amount)))
        self.facts.add_fact(_("In force"), _days(row))
        self.facts.add_fact(_("Document"), row.document)
        self.facts.add_fact(_("Origin"), row.origin.label)
        if row.origin is Origin.SHIPPED:
            self.facts.add_fact(_("Confidence"), row.confidence.label)
        if row.entered_by:
            self.facts.add_fact(_("Entered by"), row.entered_by)
        if row.confirmed_by:
            self.facts.add_fact(_("Confirmed by"), row.confirmed_by)

    def _allow_save(self, reason: str) -> None:
        self.save.allow(reason)
        self.offer("F9", self.save.words(), self.save.click, reason)

    def _offer_areas(self) -> None:
        """Offer the areas that the chosen standard is set for."""
        editor, kind = self.form.boxes["area"].editor, self.form.value("kind")
        if isinstance(editor, ChoiceEditor) and isinstance(kind, ValueKind):
            editor.offer([(area, area.label) for area in AREAS[kind]])

    def _state_cell(self, row: ValueRow) -> Cell:
        today = self.desk.today()
        who = f"{_('Entered by')} {row.entered_by}" if row.entered_by else ""
        if row.state is ValueState.ENTERED:
            return Cell(row.state.label, who, icon="clock", tone="wait")
        who = f"{_('Confirmed by')} {row.confirmed_by}" if row.confirmed_by else ""
        words, icon, tone = _standing(row, today)
        return Cell(words, who, icon=icon, tone=tone)

    # Acts

    def begin(self) -> None:
        """Show the form for a new value."""
        self.form.clear()
        self.form.set_value("kind", ValueKind.DIBAO_LINE)
        self.form.settle()
        self._offer_areas()
        self.stack.setCurrentWidget(self.form)
        self._what.setText(_("New value"))
        self._says.setText(
            _("Copy it from the document. It counts once a second person has confirmed it")
        )
        self._says.show()
        self._demo.hide()
        self._hint.setText("")
        self.withdraw_it.hide()
        self.back.show()
        self.save.show()
        self.save.setText(_("Enter this value"))
        self.save.setObjectName("act_enter_value")
        self._allow_save(self.desk.reason(enter_value))
        self.panes.enter()
        self.form.focus("area")

    def _save(self) -> None:
        if self.stack.currentWidget() is self.form:
            self._enter_value()
        elif (row := self._value) is not None:
            text = _(
                "Assessments from {day} on use {amount} yuan. It cannot be withdrawn any more."
            )
            self.desk.asking.confirm(
                self,
                _("Confirm {what}?").format(what=f"{row.kind.label}（{row.area.label}）"),
                text.format(day=row.effective_from, amount=yuan_text(row.amount)),
                _("Confirm this value"),
                lambda: self._step(confirm_value, row, _("Confirmed, it holds from now on")),
            )

    def _enter_value(self) -> None:
        form = self.form.record()
        if form is None:
            return

        def entered(value_id: int) -> None:
            self._entered = value_id
            self.form.settle()
            self._show_value()
            self.toast.emit(_("Entered, another person has to confirm it"), None)

        self.desk.perform(enter_value, form, then=entered, invalid=self.form.show_problems)

    def _ask_withdraw(self) -> None:
        if (row := self._value) is not None:
            self.desk.asking.confirm(
                self,
                _("Withdraw {what}?").format(what=f"{row.kind.label}（{row.area.label}）"),
                _("It was entered wrongly and will never count. Enter it anew if needed."),
                _("Withdraw it"),
                lambda: self._step(withdraw_value, row, _("Withdrawn")),
                danger=True,
            )

    def _step(self, verb: Action[ValueStep, None], row: ValueRow, says: str) -> None:
        if row.id is not None:
            step = ValueStep(id=row.id, version=row.version)
            self.desk.perform(verb, step, then=lambda _nothing: self.toast.emit(says, None))

    def _cancel(self) -> None:
        self.form.clear()
        self._show_value()
        self.table.view.setFocus()

    def _enter(self, _row: object) -> None:
        self.panes.enter()
        self.save.setFocus()

    def compact(self, width: int, height: int) -> None:
        """Show the list or the value where there is no room for both."""
        self.panes.set_narrow(width < 1100 or height < 560)
        self.table.hide_columns({"document"} if width < 1240 and not self.panes.narrow else set())


def _belongs(row: ValueRow, key: str) -> bool:
    """Tell whether a value belongs to a segment: a standard, or what waits."""
    if key == WAITING:
        return row.state is ValueState.ENTERED
    return row.kind.value == key


def _days(row: ValueRow) -> str:
    until = row.effective_to.isoformat() if row.effective_to else _("further notice")
    return _("{first} to {last}").format(first=row.effective_from.isoformat(), last=until)


def _standing(row: ValueRow, today: date) -> tuple[str, str, str]:
    """Return how a confirmed value stands on a day: words, icon, tone."""
    if today < row.effective_from:
        return _("Not yet in force"), "calendar-clock", ""
    if row.effective_to is not None and row.effective_to < today:
        return _("Run out"), "circle", "text_faint"
    return _("In force now"), "circle-check", "ok"


def _kind_cell(row: ValueRow) -> Cell:
    return Cell(row.area.label, row.kind.label)


def _days_cell(row: ValueRow) -> Cell:
    until = row.effective_to.isoformat() if row.effective_to else _("further notice")
    return Cell(row.effective_from.isoformat(), _("to {day}").format(day=until))


def _document_cell(row: ValueRow) -> Cell:
    origin = [row.origin.label]
    if row.demonstration:
        origin.append(_("Demonstration"))
    if row.origin is Origin.SHIPPED:
        origin.append(row.confidence.label)
    tone = "wait" if row.demonstration else ""
    return Cell(row.document, "　".join(origin), second_tone=tone)
