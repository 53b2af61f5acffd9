"""The page itself: period, totals, the tables and charts, and the payments behind a figure."""

from collections.abc import Sequence
from typing import Final

from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QStackedLayout, QVBoxLayout, QWidget

from app.core.i18n import N_, _
from app.reference.districts import district_names
from app.reports.actions import keep_plan
from app.reports.charts import Opens
from app.reports.cutting import NO_FILE_LABEL
from app.reports.queries import report
from app.reports.records import (
    NO_FILE,
    BehindQuery,
    BehindRow,
    Cut,
    CutRow,
    Figure,
    FundMoves,
    PlanRow,
    ReliefQuery,
    ReliefRow,
    Report,
    ReportQuery,
    of_year,
)
from app.work import Topic
from ui.kit.buttons import Button
from ui.kit.choice_editors import ComboBox
from ui.kit.labels import Label
from ui.kit.page import Page
from ui.kit.segments import Part, Segments
from ui.pages.reports.behind import BehindPane, place_of
from ui.pages.reports.charts import ChartBoard
from ui.pages.reports.jobs import JobsTold, job_table, show_jobs
from ui.pages.reports.loans import LoanTold, loan_table, show_loans
from ui.pages.reports.output import Output
from ui.pages.reports.period import PeriodBar
from ui.pages.reports.plan import PlanPane
from ui.pages.reports.rows import RowsPane
from ui.pages.reports.strip import BUDGET, FIGURES, Strip
from ui.pages.reports.tables import (
    OF_FUND,
    Told,
    cases_told,
    cut_table,
    cuts,
    files_told,
    fund_table,
    plan_table,
    show_cut,
    show_funds,
    show_plan,
    tell_empty,
    told_table,
)

RELIEF, FUNDS, MOVES = "relief", "funds", "moves"
JOBS, LOANS, PLAN, CHARTS = "jobs", "loans", "plan", "charts"
SECTIONS: Final = {
    RELIEF: N_("Relief in figures"),
    FUNDS: N_("Funds in and out"),
    MOVES: N_("Files and cases"),
    JOBS: N_("Job service"),
    LOANS: N_("Guaranteed loans"),
    PLAN: N_("Plan against done"),
    CHARTS: N_("Charts"),
}


class ReportsPage(Page):
    """A period told; every figure opens what stands behind it."""

    name = "reports"
    title = N_("Reports")
    icon = "chart-column"
    shows = frozenset(
        {
            *(Topic.FUNDS, Topic.BATCHES, Topic.FILING, Topic.CASES, Topic.IMPORTS),
            *(Topic.JOBS, Topic.LOANS),
        }
    )

    def build(self) -> None:
        """Compose the bars above, the sections, and the pane of payments beside them."""
        self._report: Report | None = None
        self._narrow = self._small = False
        out = self._out = Output(self, lambda: self._report)
        self._book = self.add_act(
            Button(
                _("Save workbook"), out.save_workbook, icon="download", key="Alt+E", name="act_xlsx"
            )
        )
        self._paper = self.add_act(
            Button(_("Save as PDF"), out.save_paper, icon="download", key="Alt+P", name="act_pdf")
        )
        self._print = self.add_act(
            Button(_("Print"), out.print, kind="primary", icon="printer", key="F12",
                   name="act_print")
        )  # fmt: skip
        names = [(each, each) for each in district_names()]
        self.period = PeriodBar(self.desk.today(), [*names, (NO_FILE, _(NO_FILE_LABEL))])
        self.period.chosen.connect(self._choose)
        self.period.bind(self)
        self.add(self.period)
        self.strip = Strip()
        self.add(self.strip)
        self.add(self._make_choices())
        self.table = cut_table()
        self.funds = fund_table()
        self.files = told_table("table_files", _("Files"))
        self.cases = told_table("table_cases", _("Applications of the period"))
        self.jobs = job_table()
        self.loans = loan_table()
        self._told = self.files
        self.plan = plan_table()
        self.board = ChartBoard(self.desk)
        self.rows = RowsPane(self.desk, self.close_pane)
        self.behind = BehindPane(self.desk, self.close_pane)
        self.form = PlanPane(self.desk, self.close_pane, self._kept)
        self._panes = (self.rows, self.behind, self.form)
        for pane in self._panes:
            pane.hide()
        self._compose()
        self._connect()
        self._show_section()

    def _make_choices(self) -> QHBoxLayout:
        """Return the row that chooses the section, and the cut of relief."""
        row = QHBoxLayout()
        row.setSpacing(12)
        self.sections = Segments(
            [Part(key, _(words)) for key, words in SECTIONS.items()], name="segments_section"
        )
        self.sections.chosen.connect(self._show_section)
        row.addWidget(self.sections)
        row.addStretch(1)
        self._by = Label(_("Told by"), "small")
        self.cut = ComboBox()
        self.cut.setObjectName("filter_cut")
        self.cut.setAccessibleName(_("Told by"))
        self.cut.setMinimumContentsLength(8)
        for cut, words in cuts():
            self.cut.addItem(words, cut.value)
        self.cut.activated.connect(self._show_cut)
        self._plan_act = Button(
            _("Change the plan"), self.ask_plan, icon="pencil", key="Alt+B", name="act_change_plan"
        )
        self._all = Button(
            _("All payments"), self.open_all, kind="quiet", key="Alt+A", name="act_all_payments"
        )
        for widget in (self._by, self.cut, self._all, self._plan_act):
            row.addWidget(widget)
        return row

    def _compose(self) -> None:
        moves = QWidget()
        side = QHBoxLayout(moves)
        side.setContentsMargins(0, 0, 0, 0)
        side.setSpacing(12)
        side.addWidget(self.files)
        side.addWidget(self.cases)
        self._left = QWidget()
        self._stack = QStackedLayout(self._left)
        self._parts: dict[str, QWidget] = {
            RELIEF: self.table, FUNDS: self.funds, MOVES: moves, JOBS: self.jobs,
            LOANS: self.loans, PLAN: self.plan, CHARTS: self.board,
        }  # fmt: skip
        for part in self._parts.values():
            self._stack.addWidget(part)
        panes = QHBoxLayout()
        panes.setSpacing(12)
        panes.addWidget(self._left, 1)
        right = QWidget()
        column = QVBoxLayout(right)
        column.setContentsMargins(0, 0, 0, 0)
        for pane in self._panes:
            column.addWidget(pane)
        self._right = right
        right.hide()
        panes.addWidget(right, 1)
        self.add(panes, 1)

    def _connect(self) -> None:
        self.table.opened.connect(self._open_cut)
        self.funds.opened.connect(self._open_fund)
        for told in (self.files, self.cases):
            told.opened.connect(self._open_told)
        self.jobs.opened.connect(self._open_jobs)
        self.loans.opened.connect(self._open_loans)
        self.strip.pressed.connect(self._open_total)
        self.plan.opened.connect(self._open_plan)
        self.plan.picked.connect(self._allow)
        self.board.opened.connect(self._open_number)
        for pane in (self.rows, self.behind):
            pane.opened.connect(self._open_household)
        escape = QShortcut(QKeySequence("Esc"), self)
        escape.activated.connect(self.close_pane)

    # What is told

    def open(self, what: object) -> None:
        """Show a period: a `ReportQuery` or a year."""
        asked = of_year(what) if isinstance(what, int) else what
        if isinstance(asked, ReportQuery):
            self.period.show_query(asked)
            self.reload()

    def first_focus(self) -> QWidget:
        """Start in what is shown."""
        return self.table.first()

    def _choose(self, _asked: object) -> None:
        self.close_pane()
        self.reload()

    def refresh(self) -> None:
        """Ask for the report of the period that is chosen."""
        self.banners.clear()
        asked = self.period.asked()
        self.set_context(self.period.words())
        self.board.set_period(asked)
        self.desk.ask(report, asked, then=self._show, latest=self)

    def _show(self, told: Report) -> None:
        self._report = told
        self.strip.show_report(told)
        self._show_cut()
        show_funds(self.funds, told)
        self.files.show_rows(files_told(told))
        self.cases.show_rows(cases_told(told))
        show_jobs(self.jobs, told)
        show_loans(self.loans, told)
        show_plan(self.plan, told)
        if told.asked.district or told.asked.area:
            self.files.set_foot(_("Files and cases are narrowed by district only"))
        tell_empty(self.table, told)
        self._allow()

    def _show_cut(self) -> None:
        if self._report is not None:
            show_cut(self.table, self._report, Cut(self.cut.currentData()))

    def _show_section(self, _key: str = "") -> None:
        section = self.sections.value()
        self.close_pane()
        self._stack.setCurrentWidget(self._parts[section])
        self._give_way()
        self._allow()

    def _allow(self, _row: object = None) -> None:
        section = self.sections.value()
        for widget in (self._by, self.cut):
            widget.setVisible(section == RELIEF)
        self._all.setVisible(section in (RELIEF, CHARTS))
        self._plan_act.setVisible(section == PLAN)
        told = self._report
        whole = told is not None and told.asked.year is not None
        of_all = told is not None and not (told.asked.area or told.asked.district)
        not_a_year = _("A plan is of a whole year and of the whole center")
        self._plan_act.allow(
            self.desk.reason(keep_plan) or ("" if whole and of_all else not_a_year)
        )
        waiting = "" if told is not None else _("Being counted")
        for act in (self._book, self._paper, self._print, self._all):
            act.allow(waiting)

    # What stands behind

    def open_rows(self, asked: ReliefQuery, words: str) -> None:
        """Show the payments behind a figure beside it."""
        self._show_right(self.rows)
        self.rows.ask(asked, words)

    def open_all(self) -> None:
        """Show every payment of the period."""
        self.open_rows(ReliefQuery(asked=self.period.asked()), _("All payments"))

    def _show_behind(self, asked: BehindQuery, words: str, figures: Sequence[Figure] = ()) -> None:
        self._show_right(self.behind)
        self.behind.ask(asked, words, figures)

    def _open_number(self, asked: Opens, words: str) -> None:
        """Show what stands behind a number of a chart."""
        if isinstance(asked, ReliefQuery):
            self.open_rows(asked, words)
        else:
            self._show_behind(asked, words)

    def _open_cut(self, row: CutRow) -> None:
        cut = Cut(self.cut.currentData())
        asked = ReliefQuery(asked=self.period.asked(), cut=cut, key=row.key)
        self.open_rows(asked, row.label)

    def _open_fund(self, row: FundMoves) -> None:
        """Show the movements behind the cell that is pressed; behind the name, all of them."""
        column = self.funds.model.columns[self.funds.view.currentIndex().column()].name
        asked = BehindQuery(asked=self.period.asked(), figure=OF_FUND[column], key=str(row.id))
        self._show_behind(asked, row.name, list(OF_FUND.values()))

    def _open_told(self, row: Told) -> None:
        self._told = self.cases if row in self.cases.rows() else self.files
        self._open_figure(row.opens, row.label.strip(), row.key)

    def _open_jobs(self, row: JobsTold) -> None:
        """Show the people, letters or vacancies behind a line of the job service."""
        if row.opens is not None:
            key, asked = row.key if row.cut else None, self.period.asked()
            self._show_behind(
                BehindQuery(asked=asked, figure=row.opens, key=key, placed_cut=row.cut), row.label
            )

    def _open_loans(self, row: LoanTold) -> None:
        """Show the loans or entries behind a line."""
        if row.opens is not None:
            key, asked = row.key if row.cut else None, self.period.asked()
            query = BehindQuery(asked=asked, figure=row.opens, key=key, loan_cut=row.cut)
            self._show_behind(query, row.label)

    def _open_figure(self, figure: Figure, words: str, key: str | None = None) -> None:
        """Show the files or applications behind a figure."""
        self._show_behind(BehindQuery(asked=self.period.asked(), figure=figure, key=key), words)

    def _open_total(self, key: str) -> None:
        """Show what stands behind a figure of the strip: applications, funds or payments."""
        if key in FIGURES:
            self._open_figure(FIGURES[key], FIGURES[key].label)
        elif key == BUDGET:
            self.sections.press(list(SECTIONS).index(FUNDS))
        else:
            self.open_all()

    def _open_plan(self, row: PlanRow) -> None:
        asked = ReliefQuery(asked=self.period.asked(), cut=Cut.ITEM, key=row.item.value)
        self.open_rows(asked, row.item.label)

    def _open_household(self, row: ReliefRow | BehindRow) -> None:
        page, what = place_of(row)
        if what is None:
            self.toast.emit(_("There is no file of this household here"), None)
        else:
            self.go.emit(page, what)

    def ask_plan(self) -> None:
        """Open the form of the plan for the item in sight."""
        if self._report is not None and self._report.asked.year is not None:
            self._show_right(self.form)
            self.primary = self.form.finish
            self.form.ask(self._report.asked.year, self.plan.current())

    def _kept(self) -> None:
        self.close_pane()
        self.toast.emit(_("Plan kept"), None)

    def _show_right(self, shown: QWidget) -> None:
        """Show one pane beside what is told."""
        for pane in self._panes:
            pane.setVisible(pane is shown)
        self._right.show()
        self._give_way()

    def close_pane(self) -> None:
        """Go back from payments or form to what was shown before."""
        if self._right.isHidden():
            return
        for pane in (*self._panes, self._right):
            pane.hide()
        self.primary = self._print
        self._give_way()
        part = self._stack.currentWidget()
        tables = {
            RELIEF: self.table, FUNDS: self.funds, MOVES: self._told, JOBS: self.jobs,
            LOANS: self.loans, PLAN: self.plan,
        }  # fmt: skip
        shown = next((table for key, table in tables.items() if self._parts[key] is part), None)
        (shown.view if shown else self.board.area).setFocus()

    # Small windows

    def compact(self, width: int, height: int) -> None:
        """Fold the totals into a line, leave columns out, show one pane at a time."""
        self._narrow, self._small = width < 1100, width < 1100 or height < 560
        self.strip.set_small(small=self._small)
        self.period.set_slim(width < 1320)
        self.board.set_small(small=self._small)
        self._give_way()

    def _give_way(self) -> None:
        """Leave columns out for the pane at the right, or the list itself."""
        beside = not self._right.isHidden()
        self._left.setVisible(not (beside and self._narrow))
        tight = beside or self._narrow
        self.funds.hide_columns({"opening", "carried", "back", "reserved"} if tight else set())
        self.plan.hide_columns({"document", "planned_households"} if tight else set())
        self.board.set_columns(1 if tight else 2)
        self.strip.setVisible(not (self._small and self.sections.value() == CHARTS))
