"""The page itself: whose assessment, on which day, and the way on to a proposal."""

from datetime import date
from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QHBoxLayout, QLineEdit, QSizePolicy, QWidget

from app.cases.queries import assess_household, case_rows
from app.cases.records import AssessRequest, CaseQuery, CaseRow
from app.core.i18n import N_, _
from app.core.record import spec
from app.core.words.cases import CaseState
from app.core.words.disbursements import AwardState
from app.core.words.households import FileState
from app.disbursements.actions import propose_award
from app.disbursements.queries import award_rows
from app.disbursements.records import AwardQuery, AwardRow
from app.households.actions import change_household
from app.households.queries import household_view
from app.households.records import ById, HouseholdView
from app.policy.explain import conclusion
from app.policy.findings import Assessment, Findings
from app.policy.pack import MeasureKind, Outcome
from app.work import Topic
from ui import theme
from ui.kit.buttons import Button
from ui.kit.cards import Card
from ui.kit.day_editor import DayEditor
from ui.kit.labels import Avatar, Chip, Elided, Label
from ui.kit.page import Page
from ui.kit.ribbon import Stage, StageRibbon
from ui.pages.assessment.areas import AreaList
from ui.pages.assessment.detail import Beside, Detail

LIST, LIST_NARROW, BESIDE = 372, 300, 380
SCREEN_ONE_COLUMN: Final = (1100, 560)


class AssessmentPage(Page):
    """What a household may get and why, on today or another day."""

    name = "assessment"
    title = N_("Assessment")
    icon = "calculator"
    shows = frozenset({Topic.HOUSEHOLDS, Topic.CASES, Topic.VALUES, Topic.AWARDS, Topic.BATCHES})

    def build(self) -> None:
        """Compose the list of areas, the opened one, and the column beside it."""
        self._household_id: int | None = None
        self._view: HouseholdView | None = None
        self._findings: Findings | None = None
        self._cases: list[CaseRow] = []
        self._awards: list[AwardRow] = []
        self._one_column = self._wide = False
        self._focus_due = True
        self._compose_top()
        self.ribbon = StageRibbon()
        frame = Card()
        frame.body.setContentsMargins(12, 4, 12, 4)
        frame.add(self.ribbon)
        self.add(frame)
        self.areas = AreaList()
        self.detail = Detail(self._mend, self._enter_line, self.desk.reason(change_household))
        self.beside = Beside()
        self.areas.chosen.connect(self._explain)
        self.areas.opened.connect(self._open_detail)
        columns = QHBoxLayout()
        columns.setSpacing(12)
        columns.addWidget(self.areas)
        columns.addWidget(self.detail, 1)
        columns.addWidget(self.beside)
        self.add(columns, 1)
        theme.changes.changed.connect(self._size)
        self.compact(1366, 768)

    def _compose_top(self) -> None:
        self._avatar = Avatar("", 36)
        self.lead(self._avatar)
        self._category = Chip("")
        self._category.hide()
        self.beside_title(self._category)
        self.day = DayEditor(spec(AssessRequest, "as_of"), self.desk.today)
        self.day.left.connect(self._day_left)
        self.day.line.returnPressed.connect(self._day_left)
        self.day.line.setAccessibleName(_("Day of the assessment"))
        self._why_not = Elided(role="hint")
        self._why_not.setObjectName("why_not_propose")
        self._why_not.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Preferred)
        self.head.addWidget(self._why_not)
        self.head.addWidget(Label(_("Day of the assessment"), "small"))
        self.head.addWidget(self.day)
        self._propose = self.add_act(
            Button(
                _("Propose relief"),
                self._go_propose,
                kind="primary",
                key="F9",
                icon="arrow-right",
                name="act_propose_award",
            )
        )
        self._size()

    # Asking

    def open(self, what: object) -> None:
        """Show the household with this id, as of today."""
        if isinstance(what, int) and what != self._household_id:
            self._household_id = what
            self._view = self._findings = None
            self._cases, self._awards = [], []
            self.day.set_value(self.desk.today())
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
        if self.desk.may(award_rows):
            awards = AwardQuery(household_id=household_id)
            ask(award_rows, awards, then=self._awards_came, latest=(self, "a"))
        self._assess()

    def _assess(self) -> None:
        if self._household_id is not None:
            request = AssessRequest(household_id=self._household_id, as_of=self._day())
            self.desk.ask(assess_household, request, then=self._assessed, latest=(self, "f"))

    def _day(self) -> date:
        return self.day.value() or self.desk.today()

    def _day_left(self) -> None:
        if self._findings is None or self._findings.day != self._day():
            self._assess()

    def _back_to_today(self) -> None:
        self.day.set_value(self.desk.today())
        self._assess()

    # Answers

    def _household_came(self, view: HouseholdView) -> None:
        self._view = view
        self._avatar.set_name(view.name)
        facts = [
            view.sex.label if view.sex else "",
            _("{age} years").format(age=view.age) if view.age is not None else "",
            view.id_number,
            _("Family of {count}").format(count=_heads(view)),
            view.form.head.district or "",
        ]
        self.set_title(view.name, "　".join(filter(None, facts)))
        words = view.category or view.file_state.label
        active = view.file_state is FileState.ACTIVE
        self._category.show_state(words, "file-check-2", "accent" if active else "")
        self._category.show()
        self._tell_propose()

    def _cases_came(self, rows: list[CaseRow]) -> None:
        self._cases = sorted(rows, key=lambda row: row.id, reverse=True)
        self._show_stages()
        self._tell_propose()

    def _awards_came(self, rows: list[AwardRow]) -> None:
        self._awards = rows
        self._show_stages()

    def _assessed(self, findings: Findings) -> None:
        self._findings = findings
        self.areas.show_findings(findings)
        if self._focus_due and not isinstance(QApplication.focusWidget(), QLineEdit):
            self.areas.first().setFocus()
        self._focus_due = False
        if findings.day != self.desk.today():
            self.say(
                "wait",
                _("This is the result as of {day}").format(day=findings.day),
                _("Acts of today rest on the result of today."),
                [Button(_("Back to today"), self._back_to_today, small=True, name="act_today")],
            )
        else:
            self.banners.clear()
        self._tell_propose()

    def _show_stages(self) -> None:
        case = self._cases[0] if self._cases else None
        awards = [row for row in self._awards if case is not None and row.case_id == case.id]
        right = ""
        if case is not None and case.days_left is not None:
            right = _("{days} working days left").format(days=case.days_left)
            if case.days_left < 0:
                right = _("{days} days overdue").format(days=-case.days_left)
        self.ribbon.show_stages(stages(case, awards[-1] if awards else None), right)

    def _explain(self, assessment: Assessment) -> None:
        self.detail.show_assessment(assessment)
        self.beside.show_assessment(assessment)
        self.beside.setVisible(self._wide and self.beside.speaks())
        self._tell_propose()

    # The way on

    def _grant(self) -> Assessment | None:
        """Return the grant to propose: the chosen one, or else the first that may be had."""
        if self._findings is None:
            return None
        every = [item for _pack, items in self._findings.areas for item in items]
        fits = [
            item
            for item in every
            if item.measure
            and item.measure.kind is MeasureKind.GRANT
            and item.outcome is Outcome.YES
        ]
        chosen = self.areas.current()
        return chosen if chosen in fits else fits[0] if fits else None

    def _filed(self) -> CaseRow | None:
        return next((row for row in self._cases if row.state is CaseState.FILED), None)

    def _reason(self) -> str:
        """Return why nothing can be proposed now, or nothing."""
        if reason := self.desk.reason(propose_award):
            return reason
        if self._findings is None or self._view is None:
            return _("The assessment is not there yet")
        if self._findings.day != self.desk.today():
            return _("Only the result of today can be proposed")
        if self._view.file_state is not FileState.ACTIVE or self._filed() is None:
            open_case = next(iter(self._cases), None)
            number = open_case.number if open_case else ""
            return _("File the household first (case {number})").format(number=number)
        if self._grant() is None:
            chosen = self.areas.current()
            return conclusion(chosen) if chosen and chosen.measure else _("No grant may be had now")
        return ""

    def _tell_propose(self) -> None:
        reason = self._reason()
        self._propose.allow(reason)
        self._why_not.setText(reason)
        self.offer("F9", self._propose.words(), self._go_propose, reason)
        chosen = self.areas.current()
        if chosen is not None and chosen.outcome is Outcome.UNKNOWN:
            self.offer("F8", _("Fill it in"), self._mend, self.desk.reason(change_household))
        else:
            self.withdraw("F8")

    def _go_propose(self) -> None:
        case, grant = self._filed(), self._grant()
        if case is not None and grant is not None and grant.measure is not None:
            self.go.emit("award", (case.id, grant.measure.id))

    def _mend(self) -> None:
        if self._household_id is not None:
            self.go.emit("intake", ("change", self._household_id))

    def _enter_line(self) -> None:
        self.go.emit("values", None)

    # Giving way

    def first_focus(self) -> QWidget:
        """Return the card that is explained; it gets the focus when it comes."""
        self._focus_due = self._findings is None
        return self.areas.first()

    def compact(self, width: int, height: int) -> None:
        """Narrow the list, then show list or explanation one at a time."""
        small = width < 1320 or height < 660
        self._wide = width >= 1700
        self._list_width = LIST_NARROW if small else LIST
        self._one_column = width < SCREEN_ONE_COLUMN[0] or height < SCREEN_ONE_COLUMN[1]
        self.beside.setVisible(self._wide and self.beside.speaks())
        self.detail.set_papers_beside(self._wide)
        self.areas.show()
        self.detail.setVisible(not self._one_column)
        self._why_not.setVisible(not self._one_column)
        self._size()

    _list_width = LIST

    def _size(self) -> None:
        self.day.setFixedWidth(theme.px(140))
        if hasattr(self, "areas"):
            most = 16777215 if self._one_column else theme.px(self._list_width)
            self.areas.setMinimumWidth(0 if self._one_column else most)
            self.areas.setMaximumWidth(most)
            self.beside.setFixedWidth(theme.px(BESIDE))

    def _open_detail(self) -> None:
        if self._one_column:
            self.areas.hide()
            self.detail.show()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Return from the explanation to the list by Esc, where only one has room."""
        if event.key() == Qt.Key.Key_Escape and self._one_column and self.areas.isHidden():
            self.detail.hide()
            self.areas.show()
            self.areas.first().setFocus()
            return
        super().keyPressEvent(event)


def stages(case: CaseRow | None, award: AwardRow | None) -> list[Stage]:
    """Return how far a case has come."""
    if case is None:
        return []
    filed = {
        CaseState.ACCEPTED: "now",
        CaseState.RETURNED: "stopped",
        CaseState.REFUSED: "stopped",
        CaseState.FILED: "done",
    }[case.state]
    proposed, decided, paid = "next", "next", "next"
    if case.state is CaseState.FILED:
        proposed = "done" if award else "now"
    if award is not None:
        decided = {
            AwardState.PROPOSED: "now",
            AwardState.COLLECTIVE: "now",
            AwardState.RETURNED: "stopped",
            AwardState.REFUSED: "stopped",
            AwardState.WITHDRAWN: "stopped",
        }.get(award.state, "done")
        waits = decided == "done"
        paid = "done" if award.state is AwardState.PAID else "now" if waits else "next"
    return [
        Stage(_("Acceptance"), "done"),
        Stage(_("Filing"), filed),
        Stage(_("Proposal of relief"), proposed),
        Stage(_("Approval"), decided),
        Stage(_("Payment"), paid),
    ]


def _heads(view: HouseholdView) -> int:
    return view.form.income.members_living_together or len(view.members)
