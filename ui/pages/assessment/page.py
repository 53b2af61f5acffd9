"""The page itself: whose assessment, on which day, on trial or not, and the way on."""

from datetime import date
from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QHBoxLayout, QLineEdit, QWidget

from app.cases.queries import assess_household, case_rows, case_view
from app.cases.records import AssessRequest, CaseById, CaseQuery, CaseRow, CaseView
from app.core.i18n import N_, _
from app.core.record import spec
from app.core.words.households import FileState
from app.core.words.services import ServiceState
from app.disbursements.queries import award_rows
from app.disbursements.records import AwardQuery, AwardRow
from app.households.actions import change_household
from app.households.queries import household_view
from app.households.records import ById, HouseholdView
from app.policy.findings import Findings
from app.policy.pack import Outcome
from app.services.queries import service_rows
from app.services.records import ServiceQuery, ServiceRow
from app.work import Topic
from ui import theme
from ui.answers import Answer, answers
from ui.kit.buttons import Button
from ui.kit.cards import Card
from ui.kit.day_editor import DayEditor
from ui.kit.labels import Avatar, Chip, Label
from ui.kit.page import Page
from ui.kit.ribbon import StageRibbon
from ui.pages.assessment.areas import AreaList
from ui.pages.assessment.beside import Beside
from ui.pages.assessment.deltas import delta_lines, deltas
from ui.pages.assessment.detail import Detail
from ui.pages.assessment.printing import Papers
from ui.pages.assessment.stages import particulars, stages
from ui.pages.assessment.trial import Trial
from ui.pages.assessment.ways import Ways

LIST, LIST_NARROW, BESIDE = 372, 300, 380
SCREEN_ONE_COLUMN: Final = (1100, 560)


class AssessmentPage(Page):
    """What a household may get and why, on today or another day, and what would be if."""

    name = "assessment"
    title = N_("Assessment")
    icon = "calculator"
    shows = frozenset(
        {
            *(Topic.HOUSEHOLDS, Topic.CASES, Topic.VALUES),
            *(Topic.AWARDS, Topic.BATCHES, Topic.SERVICES),
        }
    )

    def build(self) -> None:
        """Compose the list of answers, the opened one, and the column beside it."""
        self._household_id: int | None = None
        self.view: HouseholdView | None = None
        self.findings: Findings | None = None
        """The real result, once it came."""
        self.cases: list[CaseRow] = []
        self._awards: list[AwardRow] = []
        self._handed_in: tuple[str, ...] = ()
        self._one_column = self._wide = False
        self._focus_due = True
        self.ways, self.papers, self.trial = Ways(self), Papers(self), Trial(self)
        self._compose_top()
        self._compose_ribbon()
        self.areas = AreaList()
        self.detail = Detail(self._mend, self._enter_line, self.desk.reason(change_household))
        self.beside = Beside()
        self.trial.turned.connect(self._turned)
        self.trial.came.connect(self._show_answers)
        self.areas.chosen.connect(self._explain)
        self.areas.opened.connect(self._open_detail)
        self.detail.picked.connect(self._picked)
        columns = QHBoxLayout()
        columns.setSpacing(12)
        columns.addWidget(self.areas)
        columns.addWidget(self.detail, 1)
        columns.addWidget(self.beside)
        columns.addWidget(self.trial.panel, 1)
        self.add(columns, 1)
        theme.changes.changed.connect(self._size)
        self.compact(1366, 768)

    def _compose_top(self) -> None:
        self._avatar = Avatar("", 36)
        self.lead(self._avatar)
        self._category = Chip("")
        self._category.hide()
        self.beside_title(self._category)
        self._try_act = self.add_act(
            Button(_("Try…"), self.trial.turn, key="Alt+T", icon="calculator", name="act_try")
        )
        self._print = self.add_act(
            Button(
                _("Print for the client"),
                self.papers.ask,
                key="F12",
                icon="printer",
                name="act_print",
            )
        )
        self._next = self.add_act(
            Button(
                _("Propose relief"),
                self.ways.go,
                kind="primary",
                key="F9",
                icon="arrow-right",
                name="act_next",
            )
        )

    def _compose_ribbon(self) -> None:
        self.ribbon = StageRibbon()
        self.day = DayEditor(spec(AssessRequest, "as_of"), self.desk.today)
        self.day.left.connect(self._day_left)
        self.day.line.returnPressed.connect(self._day_left)
        self.day.line.setAccessibleName(_("Day of the assessment"))
        self._ribbon_card = frame = Card()
        frame.body.setContentsMargins(12, 4, 8, 4)
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(self.ribbon, 1)
        row.addSpacing(12)
        row.addWidget(Label(_("Day of the assessment"), "small"))
        row.addWidget(self.day)
        frame.add(row)
        self.add(frame)

    # Asking

    def open(self, what: object) -> None:
        """Show the household with this id, as of today."""
        if isinstance(what, int) and what != self._household_id:
            self._household_id = what
            self.view = self.findings = None
            self.cases, self._awards, self._handed_in = [], [], ()
            self.ways.requests = ()
            self.trial.forget()
            self.day.set_value(self.desk.today())
            self._arrange()
        self._stale = True
        if self.isVisible():
            self.reload()

    def refresh(self) -> None:
        """Ask for the household, its cases and awards, and assess it."""
        household_id = self._household_id
        if household_id is None:
            self.say("wait", _("No household chosen"), _("Find one with F3."))
            return
        ask = self.desk.ask
        ask(household_view, ById(id=household_id), then=self._household_came, latest=(self, "h"))
        cases = CaseQuery(household_id=household_id)
        ask(case_rows, cases, then=self._cases_came, latest=(self, "c"))
        services = ServiceQuery(household_id=household_id, state=ServiceState.OPEN)
        ask(service_rows, services, then=self._services_came, latest=(self, "s"))
        if self.desk.may(award_rows):
            awards = AwardQuery(household_id=household_id)
            ask(award_rows, awards, then=self._awards_came, latest=(self, "a"))
        self._assess()

    def _assess(self) -> None:
        if self._household_id is not None:
            request = AssessRequest(household_id=self._household_id, as_of=self.as_of())
            self.desk.ask(assess_household, request, then=self._assessed, latest=(self, "f"))

    def as_of(self) -> date:
        """Return the day of the assessment."""
        return self.day.value() or self.desk.today()

    def _day_left(self) -> None:
        if self.findings is None or self.findings.day != self.as_of():
            self._assess()

    def _back_to_today(self) -> None:
        self.day.set_value(self.desk.today())
        self._assess()

    # Answers

    def _household_came(self, view: HouseholdView) -> None:
        self.view = view
        self._avatar.set_name(view.name)
        self.set_title(view.name, particulars(view))
        words = view.category or view.file_state.label
        active = view.file_state is FileState.ACTIVE
        self._category.show_state(words, "file-check-2", "accent" if active else "")
        self._category.show()
        self._show_answers()

    def _cases_came(self, rows: list[CaseRow]) -> None:
        self.cases = sorted(rows, key=lambda row: row.id, reverse=True)
        self._show_stages()
        self._tell_next()
        if self.cases:
            asked = CaseById(id=self.cases[0].id)
            self.desk.ask(case_view, asked, then=self._case_came, latest=(self, "p"))

    def _case_came(self, case: CaseView) -> None:
        self._handed_in = case.papers_handed_in
        self.detail.show_papers(self._handed_in)
        self._show_beside()

    def _services_came(self, rows: list[ServiceRow]) -> None:
        self.ways.requests = rows
        self._tell_next()

    def _awards_came(self, rows: list[AwardRow]) -> None:
        self._awards = rows
        self._show_stages()

    def _assessed(self, findings: Findings) -> None:
        self.findings = findings
        self.trial.again()
        self._show_answers()
        if self._focus_due and not isinstance(QApplication.focusWidget(), QLineEdit):
            self.areas.first().setFocus()
        self._focus_due = False

    def _say_day(self) -> None:
        """Say that it is a trial, or of another day."""
        if self.trial.on:
            self.say(
                "wait",
                _("On trial, {count} facts changed: nothing is saved, nothing can be done by it")
                .format(count=self.trial.panel.count()),
                "",
                [Button(_("End the trial"), self.trial.turn, key="Esc", small=True,
                        name="act_end_trial")],
            )  # fmt: skip
        elif self.findings is not None and self.findings.day != self.desk.today():
            self.say(
                "wait",
                _("This is the result as of {day}").format(day=self.findings.day),
                _("Acts of today rest on the result of today."),
                [Button(_("Back to today"), self._back_to_today, small=True, name="act_today")],
            )
        else:
            self.banners.clear()

    def names(self) -> tuple[str, ...]:
        """Return the names of the members, the head first."""
        return tuple(member.name for member in self.view.members) if self.view else ()

    def _show_answers(self) -> None:
        """Show the real answers, or those of the trial with what differs."""
        if self.findings is None:
            return
        real = answers(self.findings, self.names())
        tried = self.trial.answers()
        self.areas.show_answers(tried or real, deltas(real, tried) if tried else None)
        self.trial.panel.show_changes(delta_lines(real, tried))
        self._say_day()
        self._tell_next()

    def _turned(self) -> None:
        """Make room for the trial, or show the real result again."""
        self._arrange()
        self._show_answers()
        if self.trial.on:
            self.trial.panel.begin_typing()
        else:
            self.areas.first().setFocus()

    def _show_stages(self) -> None:
        case = self.cases[0] if self.cases else None
        awards = [row for row in self._awards if case is not None and row.case_id == case.id]
        right = ""
        if case is not None and case.days_left is not None:
            right = _("{days} working days left").format(days=case.days_left)
            if case.days_left < 0:
                right = _("{days} days overdue").format(days=-case.days_left)
        self.ribbon.show_stages(stages(case, awards[-1] if awards else None), right)

    def _explain(self, answer: Answer) -> None:
        self.detail.show_answer(answer)
        self.trial.panel.show_measure(answer.measure)
        self._picked()

    def _picked(self) -> None:
        self._show_beside()
        self._tell_next()

    def _show_beside(self) -> None:
        found = self.detail.current()
        if found is not None:
            self.beside.show_assessment(found, self._handed_in)
        self.beside.setVisible(self._wide and not self.trial.on and self.beside.speaks())

    # The way on

    def why_closed(self) -> str:
        """Return why nothing can be done by what is shown, or nothing."""
        if self.trial.on:
            return _("Nothing can be done by a trial; end it first")
        if self.findings is None or self.view is None:
            return _("The assessment is not there yet")
        if self.findings.day != self.desk.today():
            return _("Only the result of today can be proposed")
        return ""

    def _tell_next(self) -> None:
        why_not = self.papers.why_not()
        self._print.allow(why_not)
        self.offer("F12", self._print.words(), self.papers.ask, why_not)
        way, reason = self.ways.now()
        self._next.icon_name = way.icon
        self._next.setText(_(way.says))
        self._next.allow(reason)
        self.offer("F9", _(way.says), self.ways.go, reason)
        chosen = self.detail.current()
        can = chosen is not None and chosen.measure is not None and chosen.outcome is Outcome.YES
        self.detail.say_next("" if self.trial.on or not can else reason)
        if chosen is not None and chosen.outcome is Outcome.UNKNOWN:
            self.offer("F8", _("Fill it in"), self._mend, self.desk.reason(change_household))
        else:
            self.withdraw("F8")

    def _mend(self) -> None:
        if self._household_id is not None:
            self.go.emit("intake", ("change", self._household_id))

    def _enter_line(self) -> None:
        self.go.emit("values", None)

    # Giving way

    def first_focus(self) -> QWidget:
        """Return the card that is explained."""
        self._focus_due = self.findings is None
        return self.areas.first()

    def compact(self, width: int, height: int) -> None:
        """Narrow the list, then show list or explanation one at a time."""
        small = width < 1320 or height < 660
        self._wide = width >= 1700
        self._list_width = LIST_NARROW if small else LIST
        self._one_column = width < SCREEN_ONE_COLUMN[0] or height < SCREEN_ONE_COLUMN[1]
        self.detail.set_papers_beside(self._wide)
        self._arrange()

    _list_width = LIST

    def _arrange(self) -> None:
        """Give each part its place: in a trial the panel stands where there is room for it."""
        one = self._one_column
        self._ribbon_card.setVisible(not self.trial.on)
        self._try_act.setText(_("End the trial") if self.trial.on else _("Try…"))
        self.areas.setVisible(not (one and self.trial.on))
        self.detail.setVisible(self._wide if self.trial.on else not one)
        self.trial.panel.setVisible(self.trial.on)
        self.trial.panel.set_columns(1 if self._wide else 2)
        self.trial.panel.set_low(one)
        self._show_beside()
        self._size()

    def _size(self) -> None:
        self.day.setFixedWidth(theme.px(140))
        most = 16777215 if self._one_column else theme.px(self._list_width)
        self.areas.setMinimumWidth(0 if self._one_column else most)
        self.areas.setMaximumWidth(most)
        self.beside.setFixedWidth(theme.px(BESIDE))
        self.trial.panel.setMaximumWidth(theme.px(BESIDE + 40) if self._wide else 16777215)

    def _open_detail(self) -> None:
        if self._one_column:
            self.areas.hide()
            self.detail.show()
            self.detail.reading().setFocus()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Leave by Esc: the trial, then the explanation where only one has room."""
        if event.key() != Qt.Key.Key_Escape:
            super().keyPressEvent(event)
        elif self.trial.on:
            self.trial.turn()
        elif self._one_column and self.areas.isHidden():
            self.detail.hide()
            self.areas.show()
            self.areas.first().setFocus()
        else:
            super().keyPressEvent(event)
