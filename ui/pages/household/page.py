"""The page of one household: head, stages, tabs, and one next step for whoever looks at it."""

from functools import partial

from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QGridLayout, QStackedWidget, QTabBar, QVBoxLayout, QWidget

from app.audit.queries import audit_rows
from app.cases.actions import (
    issue_certificate,
)
from app.cases.queries import assess_household, case_rows, case_view
from app.cases.records import (
    AssessRequest,
    CaseById,
    CaseQuery,
    CaseRow,
    CaseView,
    CertificateForm,
)
from app.core.i18n import N_, _
from app.core.words.papers import PaperKind
from app.disbursements.actions import issue_approval_form
from app.disbursements.queries import award_rows
from app.disbursements.records import AwardById, AwardQuery, AwardRow
from app.households.actions import change_household, reveal
from app.households.issuing import issue_archive_form
from app.households.queries import household_view
from app.households.records import ById, HouseholdView, Reveal, Revealed
from app.papers.queries import paper_rows
from app.papers.records import PaperQuery
from app.policy.findings import Findings
from app.services.queries import service_rows
from app.services.records import ServiceQuery
from app.work import Topic
from ui.documents.beside import DocumentsBeside
from ui.documents.listing import missing_proofs
from ui.issuing import show_paper
from ui.kit.buttons import Button
from ui.kit.cards import Card
from ui.kit.labels import Avatar, Chip
from ui.kit.layout import scrolling
from ui.kit.page import Page
from ui.kit.ribbon import StageRibbon
from ui.pages.household.acting import Acting
from ui.pages.household.boards import BoardsCard
from ui.pages.household.case_card import CaseCard
from ui.pages.household.lists import Papers, Relief
from ui.pages.household.next_step import next_step
from ui.pages.household.particulars import Family, Particulars
from ui.pages.household.regrouping import Regrouping
from ui.pages.household.stages import FILE_LOOKS, newest, present, stages, time_left
from ui.pages.household.steps import StepsTab, held_back, with_steps
from ui.pages.household.ties import TiesCard
from ui.pages.household.trail import TrailTable


class HouseholdPage(Page):
    """Opened with the id of a household."""

    name = "household"
    title = N_("Household file")
    icon = "users"
    shows = frozenset(Topic) - {Topic.STAFF, Topic.CENTER, Topic.DRAFTS, Topic.FUNDS, Topic.AUDIT}

    # Composition

    def build(self) -> None:
        """Compose head, ribbon, tabs and bar."""
        self._id: int | None = None
        self._view: HouseholdView | None = None
        self._cases: list[CaseRow] | None = None
        """`None` until they are known."""
        self._awards: list[AwardRow] = []
        self._case: CaseView | None = None
        self._clear: Revealed | None = None
        self._compose_head_parts()
        self.ribbon = StageRibbon()
        self._ribbon_card = Card()
        self._ribbon_card.body.setContentsMargins(12, 4, 12, 4)
        self._ribbon_card.add(self.ribbon)
        self.add(self._ribbon_card)
        self._compose_tabs()
        self.acting = Acting(self, self.case_card, self.steps)
        self._show_next()

    def _compose_head_parts(self) -> None:
        self._avatar = Avatar("", 32)
        self.lead(self._avatar)
        self._file, self._category = Chip(""), Chip("")
        for chip in (self._file, self._category):
            chip.hide()
            self.beside_title(chip)
        change = Button(
            _("Change"), self._change, key="Ctrl+E", icon="pencil", name="act_change_household"
        )
        change.allow(self.desk.reason(change_household))
        assess = Button(
            _("Assess"), self._assess, key="F7", icon="calculator", name="act_assess_household"
        )
        assess.allow(self.desk.reason(assess_household))
        self.add_act(change)
        self.add_act(assess)

    def _compose_tabs(self) -> None:
        self.tabs = QTabBar()
        self.tabs.setObjectName("tabs")
        self.tabs.setDrawBase(False)
        self.tabs.setDocumentMode(True)
        self.tabs.setExpanding(False)
        self._stack = QStackedWidget()
        self.tabs.currentChanged.connect(self._stack.setCurrentIndex)
        column = QVBoxLayout()
        column.setSpacing(10)
        column.addWidget(self.tabs)
        column.addWidget(self._stack, 1)
        self.documents = DocumentsBeside(self, column)
        self.add(self.documents, stretch=1)
        self._put(_("Overview"), self._overview())
        self.family = Family(self.desk.today)
        self.regroup = Regrouping(self, self.family)
        self._put(_("Family"), scrolling(self.regroup))
        reason = self.desk.reason(issue_approval_form)
        self.boards = BoardsCard(self)
        may = self.desk.may(award_rows)
        self.relief = Relief(with_awards=may, reason=reason, below=self.boards)
        self.relief.award_opened.connect(partial(self.go.emit, "award"))
        self.relief.service_opened.connect(partial(self.go.emit, "services"))
        self.relief.form_wanted.connect(self._show_form)
        self.relief.told.connect(self._offer_form)
        self.tabs.currentChanged.connect(self._offer_form)
        self._put(_("Relief given"), scrolling(self.relief))
        self.papers = Papers(self.desk.today, self.desk.reason(issue_certificate))
        self.papers.opened.connect(partial(self.go.emit, "papers"))
        self.papers.certificate.wanted.connect(self._issue)
        self.papers.archive_form_wanted.connect(self._show_archive_form)
        if self.desk.may(paper_rows):
            self._put(_("Documents issued"), scrolling(self.papers))
        self.steps = StepsTab(self, self.tabs, self._show_next)
        self.steps.document_wanted.connect(self.documents.show_document)
        self._put(_("Filing steps"), self.steps)
        self.trail = TrailTable()
        if self.desk.may(audit_rows):
            self._put(_("Changes"), self.trail)

    def _put(self, title: str, widget: QWidget) -> None:
        at = self.tabs.addTab(title)
        self.tabs.setTabToolTip(at, f"Alt+{at + 1}")
        self._stack.addWidget(widget)
        shortcut = QShortcut(QKeySequence(f"Alt+{at + 1}"), self)
        shortcut.activated.connect(partial(self.tabs.setCurrentIndex, at))

    def _overview(self) -> QWidget:
        self.particulars = Particulars(self.desk.reason(reveal))
        self.particulars.reveal_wanted.connect(self._reveal)
        self.case_card = CaseCard()
        self.case_card.words_wanted.connect(partial(self.tabs.setCurrentIndex, 0))
        self.ties = TiesCard(self)
        holder = QWidget()
        self._grid = QGridLayout(holder)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setSpacing(12)
        self._place(one_column=False)
        return scrolling(holder)

    def _place(self, *, one_column: bool) -> None:
        """Put the case beside the household, or, where the window is narrow, above it; who is
        related stands beside the household that never applied."""
        self._one_column = one_column
        never = self._cases is not None and present(self._cases) is None
        beside = never and not one_column
        self._grid.addWidget(self.case_card, 0, 0 if one_column else 1)
        self._grid.addWidget(self.particulars, 1 if one_column else 0, 0)
        self._grid.addWidget(self.ties, 0 if beside else 2, 1 if beside else 0)
        self._grid.setRowStretch(3, 1)
        self._grid.setColumnStretch(0, 5)
        self._grid.setColumnStretch(1, 0 if one_column else 6)

    # Loading

    def open(self, what: object) -> None:
        """Show the household with this id."""
        what = self.steps.wanted(what)
        if isinstance(what, int) and what != self._id:
            self._id = what
            self._view = self._case = self._clear = None
            self._cases, self._awards = None, []
            self.banners.clear()
            self.tabs.setCurrentIndex(0)
            self.case_card.opinion.clear()
            self.case_card.show_findings(None)
            self.trail.forget()
            self.steps.forget(what)
            self.documents.pane.show_household(what)
            self.documents.give_way()
        self._stale = True
        if self.isVisible():
            self.reload()

    def refresh(self) -> None:
        """Ask for everything the page shows; each part appears when it is there."""
        if (id_ := self._id) is None:
            return
        desk, ask = self.desk, self.desk.ask
        ask(household_view, ById(id=id_), then=self._take_view, latest=(self, "view"))
        if desk.may(case_rows):
            asked = CaseQuery(household_id=id_)
            ask(case_rows, asked, then=self._take_cases, latest=(self, "cases"))
        if desk.may(assess_household):
            today = AssessRequest(household_id=id_)
            ask(assess_household, today, then=self._take_findings, latest=(self, "findings"))
        if desk.may(award_rows):
            own = AwardQuery(household_id=id_)
            ask(award_rows, own, then=self._take_awards, latest=(self, "awards"))
        if desk.may(paper_rows):
            issued = PaperQuery(household_id=id_)
            ask(paper_rows, issued, then=self.papers.table.show_rows, latest=(self, "papers"))
        if desk.may(service_rows):
            asked_for, show = ServiceQuery(household_id=id_), self.relief.services.show_rows
            ask(service_rows, asked_for, then=show, latest=(self, "services"))
        self.boards.ask(id_)
        self.steps.ask()
        self.trail.ask(self, f"household/{id_}")

    def _take_view(self, view: HouseholdView) -> None:
        if view.id != self._id:  # merged: everything stands in the file that was kept
            self.open(view.id)
            return
        self._view = view
        self._show_household(view)
        self.ties.show_household(view.id)
        self._show_next()
        self.papers.certificate.show_household(view)
        people = [(member.id, member.name) for member in view.members]
        self.documents.pane.show_household(view.id, people)

    def _show_household(self, view: HouseholdView) -> None:
        sex = view.sex.label if view.sex else ""
        years = "" if view.age is None else _("{age} years").format(age=view.age)
        facts = (sex, years, view.id_number, view.file_number)
        self._avatar.set_name(view.name)
        self.set_title(view.name, "　".join(fact for fact in facts if fact))
        self._file.show_state(view.file_state.label, *FILE_LOOKS[view.file_state])
        self._file.show()
        self._category.show_state(view.category, "", "accent")
        self._category.setVisible(bool(view.category))
        self.particulars.show_household(view, self._clear)
        self.regroup.show_household(view, self._clear)

    def _take_cases(self, rows: list[CaseRow]) -> None:
        self._cases = rows
        self.relief.cases.show_rows(rows)
        self.trail.ask(self, *(f"case/{row.id}" for row in rows))
        if (case := present(rows)) is not None:
            asked = CaseById(id=case.id)
            self.desk.ask(case_view, asked, then=self._take_case, latest=(self, "case"))
        self._show_next()

    def _take_case(self, case: CaseView) -> None:
        self._case = case
        self._show_next()
        if self.tabs.hasFocus():  # nobody went elsewhere meanwhile
            self.first_focus().setFocus()

    def _take_awards(self, rows: list[AwardRow]) -> None:
        self._awards = rows
        self.relief.show_awards(rows)
        self.trail.ask(self, *(f"award/{row.id}" for row in rows))
        self._show_next()

    def _take_findings(self, findings: Findings) -> None:
        self.case_card.show_findings(findings)
        self.documents.pane.show_needed(missing_proofs(findings.all))

    def _show_next(self) -> None:
        """Show how far the matter is and what this person can do next."""
        case = present(self._cases or ())
        award = newest(self._awards, case)
        path = self.steps.path
        way = with_steps(stages(case, award), case, path)
        self.ribbon.show_stages(way, *time_left(case))
        self._ribbon_card.setVisible(bool(way))
        new = self._view if self._cases is not None and case is None else None
        step = held_back(next_step(self.desk, self._case, award, new), path)
        if self._case is not None:
            self.case_card.show_case(self._case, step.asks)
        self.case_card.setVisible(self._case is not None)
        self._place(one_column=self._one_column)
        self.acting.show(step, self._view, self._case)

    def first_focus(self) -> QWidget:
        """Return the opinion where one is to be written, else the tabs."""
        if not self.steps.isHidden():
            return self.steps.first()
        if self.acting.step.asks:
            return self.case_card.opinion.first()
        return self.tabs

    def compact(self, width: int, height: int) -> None:
        """Give way: one column, and fewer columns in the lists."""
        narrow = self.documents.fit(width, height)
        self._place(one_column=narrow)
        self.relief.fit(narrow=narrow)
        self.papers.fit(narrow=narrow)
        self.steps.fit(narrow=narrow)
        self._show_next()

    def before_leaving(self) -> None:
        """Mask again what was revealed."""
        if self._clear is not None and self._view is not None:
            self._clear = None
            self._show_household(self._view)

    # Acts

    def _change(self) -> None:
        self.go.emit("intake", ("change", self._id))

    def _assess(self) -> None:
        self.go.emit("assessment", self._id)

    def _offer_form(self) -> None:
        """Offer F12 on the tab of relief."""
        if self.relief.isVisibleTo(self):
            form = self.relief.form
            self.offer("F12", form.words(), form.click, form.reason)
        else:
            self.withdraw("F12")

    def _show_form(self, award_id: int) -> None:
        asked = AwardById(id=award_id)
        about = f"award/{award_id}"
        show_paper(self, PaperKind.APPROVAL_FORM, about, issue_approval_form, asked)

    def _show_archive_form(self) -> None:
        if self._id is not None:
            asked = ById(id=self._id)
            self.desk.perform(issue_archive_form, asked, then=partial(self.go.emit, "papers"))

    def _reveal(self) -> None:
        """Show the numbers, which is kept; or mask them again."""
        if self._clear is not None:
            self.before_leaving()
        elif self._id is not None:
            self.desk.perform(reveal, Reveal(household_id=self._id), then=self._take_revealed)

    def _take_revealed(self, clear: Revealed) -> None:
        self._clear = clear
        if self._view is not None:
            self._show_household(self._view)

    def _issue(self, form: CertificateForm) -> None:
        def issued(paper_id: int) -> None:
            self.papers.certificate.settle()
            self.toast.emit(_("The certificate is issued"), None)
            self.go.emit("papers", paper_id)

        certificate = self.papers.certificate.form
        self.desk.perform(issue_certificate, form, then=issued, invalid=certificate.show_problems)
