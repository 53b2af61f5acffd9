"""The page itself: the imports there were, a workbook being read, and what is wrong in it."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QStackedLayout, QVBoxLayout, QWidget

from app.core.i18n import N_, _
from app.core.record import Nothing
from app.core.words.imports import Decision, ImportState
from app.exchange.archive_mending import Mends
from app.exchange.archive_records import ArchiveProblem
from app.exchange.importing import import_archive, undo_import
from app.exchange.importing_queries import import_rows
from app.exchange.importing_records import ImportRow
from app.exchange.importing_rules import Stopped
from app.work import Topic
from ui.kit.buttons import Button
from ui.kit.cards import EmptyState
from ui.kit.cells import Column
from ui.kit.layout import scrolling
from ui.kit.notices import JobCard
from ui.kit.page import Page
from ui.kit.ribbon import StageRibbon
from ui.kit.segments import Part, Segments
from ui.kit.table import RecordTable
from ui.kit.two_panes import TwoPanes
from ui.pages.imports.acts import ImportActs
from ui.pages.imports.archive_job import ArchiveJob
from ui.pages.imports.detail import ProblemDetail
from ui.pages.imports.job import Job, ProblemRow
from ui.pages.imports.reading import Reading
from ui.pages.imports.words import decision_cell, severity_cell, stages_of, state_cell


class ImportsPage(Page):
    """Old archives and past relief come in: nothing is written before it is confirmed."""

    name = "imports"
    title = N_("Import")
    icon = "folder-input"
    shows = frozenset({Topic.IMPORTS})

    def build(self) -> None:
        """Compose the three faces of the page."""
        self._job: Job | None = None
        self._kind = "all"
        self._small = False
        self.acts = ImportActs(self, self._failed)
        self.card = JobCard(_("Reading the workbook"), self.stop)
        self.reading = Reading(self.desk, self.card, self._take_job, self._failed)
        self.reading.began.connect(self._arrange)
        self.table = RecordTable(
            ImportRow,
            [
                Column("number", width=120),
                Column("kind", width=120),
                Column("state", width=100, cell=state_cell),
                Column("file_name", stretch=True),
                Column("rows", width=80),
                Column("households", width=80),
                Column("members", width=80),
                Column("merged", width=90),
                Column("left_out", width=80),
                Column("made_by", width=90),
                Column("made_at", width=150),
            ],
            name="table_imports",
            empty=EmptyState(
                _("No import yet"),
                _(
                    "Open a workbook of an archive or of past relief: it is read and checked, and "
                    "nothing is written before you confirm it."
                ),
            ),
        )
        self.table.picked.connect(self._allow)
        self._compose_waiting()
        self._compose_checking()
        self._faces = QWidget()
        self._stack = QStackedLayout(self._faces)
        for face in (self.table, self._waiting, self._checking):
            self._stack.addWidget(face)
        self.add(self._faces, 1)
        self._add_acts()
        QShortcut(QKeySequence("Esc"), self).activated.connect(self.leave)
        self._arrange()

    def _compose_waiting(self) -> None:
        self._waiting = QWidget()
        column = QVBoxLayout(self._waiting)
        column.addWidget(self.card)
        column.addStretch(1)

    def _compose_checking(self) -> None:
        self.ribbon = StageRibbon()
        self.kinds = Segments(name="segments_kinds")
        self.kinds.chosen.connect(self._choose_kind)
        self.problems = RecordTable(
            ProblemRow,
            [
                Column("severity", width=90, cell=severity_cell),
                Column("sheet", width=90),
                Column("row", width=64),
                Column("column", width=130),
                Column("says", stretch=True),
                Column("decision", width=130, cell=decision_cell),
            ],
            name="table_problems",
            empty=EmptyState(_("Nothing is wrong"), _("All rows of the workbook are sound.")),
        )
        self.problems.picked.connect(self._pick)
        self.problems.opened.connect(self._open_problem)
        self.detail = ProblemDetail()
        self.detail.mended.connect(self._mend)
        self.detail.mended_everywhere.connect(self._mend_everywhere)
        self.detail.left_out.connect(self._leave_out)
        self.detail.decided.connect(self._decide)
        self.detail.decided_all.connect(self._decide_all)
        self.panes = TwoPanes(self.problems, scrolling(self.detail), (760, 400))
        self._checking = QWidget()
        column = QVBoxLayout(self._checking)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(10)
        column.addWidget(self.ribbon)
        column.addWidget(self.kinds)
        column.addWidget(self.panes, 1)

    def _add_acts(self) -> None:
        self._undo = self.add_act(
            Button(_("Undo the import"), self.undo, icon="undo-2", name="act_undo_import")
        )
        self._open = self.add_act(
            Button(
                _("Open a workbook"),
                self.choose,
                kind="primary",
                icon="folder-open",
                key="Ctrl+O",
                name="act_open_workbook",
            )
        )
        bar = self.bar()
        self._leave = bar.add(
            Button(_("Leave, write nothing"), self.put_away, kind="quiet", name="act_leave")
        )
        self._columns = bar.add(
            Button(_("Columns"), self.choose_columns, icon="columns-2", key="Alt+C",
                   name="act_columns")
        )  # fmt: skip
        self._export = bar.add(
            Button(_("Save the bad rows"), self.save_bad_rows, icon="download", key="Alt+E",
                   name="act_bad_rows")
        )  # fmt: skip
        self._proposals = bar.add(
            Button(_("Take all proposals"), self._take_proposals, icon="list-checks", key="Alt+P",
                   name="act_proposals")
        )  # fmt: skip
        self._import = bar.add(Button(_("Import"), self.confirm, icon="check", name="act_import"))
        self._import.kind = "primary"
        self._import.set_key("Ctrl+Enter")

    # Where the page is

    def refresh(self) -> None:
        """Ask for the imports there were."""
        self.desk.ask(import_rows, Nothing(), then=self._show_imports, latest="import_rows")

    def _show_imports(self, rows: list[ImportRow]) -> None:
        self.table.show_rows(rows)
        self.table.set_foot(_("{count} imports, the newest first").format(count=len(rows)))
        self._allow()

    def first_focus(self) -> QWidget | None:
        """Start in the list in sight."""
        return self.problems.view if self._job else self.table.view

    def leave(self) -> None:
        """Stop the reading, or return from a problem to the list, or ask before the workbook goes.

        What was mended is never lost by a key alone.
        """
        if self.reading.running():
            self.stop()
        elif self._job is not None and not self._return_to_list():
            self.put_away()

    def _return_to_list(self) -> bool:
        """Return from the problem that is mended; tell whether there was any to return from."""
        focus = self.window().focusWidget()
        mending = bool(focus) and self.panes.right.isAncestorOf(focus)
        if self.panes.back() or mending:
            self.problems.view.setFocus()
            return True
        return False

    def put_away(self) -> None:
        """Ask, and leave the workbook with nothing of it written."""
        if self._job is not None:
            self.acts.put_away(self._job, self._put_away)

    def _put_away(self) -> None:
        self._job = None
        self._arrange()
        self.table.view.setFocus()

    def compact(self, width: int, height: int) -> None:
        """Give way: one pane at a time, fewer columns."""
        narrow = width < 1000
        self.panes.set_narrow(narrow)
        hidden = {"kind", "rows", "merged", "left_out", "made_at"} if width < 1100 else set[str]()
        self.table.hide_columns(hidden)
        self._small = width < 1200
        self._hide_columns()
        self.ribbon.setVisible(height >= 560)

    def _hide_columns(self) -> None:
        """Show the columns there is room and use for."""
        job = self._job
        one = self._small or job is None or job.one_sheet
        undecided = job is None or not job.on_file
        hidden = {name for name, off in (("sheet", one), ("decision", undecided)) if off}
        self.problems.hide_columns(hidden)

    def _arrange(self) -> None:
        job, reading = self._job, self.reading.running()
        face = self._waiting if reading else self._checking if job else self.table
        self._stack.setCurrentWidget(face)
        self.bar().setVisible(job is not None and not reading)
        self._open.setVisible(job is None and not reading)
        self._undo.setVisible(job is None and not reading)
        self.primary = None if reading else self._import if job else self._open
        if job is not None:
            self.set_title(_("Import {file}").format(file=job.opened.name))
            self._show_job(job)
        else:
            self.set_title(_(self.title))
        self._allow()

    def _allow(self) -> None:
        row = self.table.current()
        self._open.allow(self.desk.reason(import_archive))
        standing = row is not None and row.state is ImportState.IMPORTED
        none = "" if standing else _("Pick an import that stands")
        self._undo.allow(self.desk.reason(undo_import) or none)
        if self._job is not None:
            empty = "" if self._job.coming() else _("Nothing can be taken in yet")
            self._import.allow(self.desk.reason(import_archive) or empty)
            offers = "" if self._job.proposals() else _("There are no proposals")
            self._proposals.allow(offers)
            self._export.allow("" if self._job.read.errors else _("Nothing is wrong"))

    # Reading

    def choose(self) -> None:
        """Ask which workbook."""
        self.desk.asking.open_file(
            self,
            _("Which workbook?"),
            ";;".join([_("Workbooks (*.xlsx *.xls)"), _("Texts (*.csv)"), _("All files (*)")]),
            self.read,
        )

    def read(self, place: Path) -> None:
        """Open a workbook and check it."""
        self.banners.clear()
        self.reading.open(place)

    def stop(self) -> None:
        """Stop the reading; what was read before stays."""
        self.reading.stop()

    def _take_job(self, job: Job) -> None:
        self._job = job
        self._arrange()
        self.problems.view.setFocus()

    def _failed(self, error: Exception) -> None:
        self._arrange()
        if isinstance(error, Stopped):
            self.toast.emit(error.tell(), None)
        else:
            self.desk.feedback.show(error)

    # What is wrong

    def _show_job(self, job: Job) -> None:
        counts = job.counts()
        errors, warnings = counts.get("error", 0), counts.get("warning", 0)
        parts = [
            Part("all", _("All"), counts["all"]),
            Part("error", _("Errors"), errors, "circle-x", "bad"),
            Part("warning", _("To look at"), warnings, "triangle-alert", "wait"),
        ]
        if isinstance(job, ArchiveJob):
            on_file = counts.get("on_file", 0)
            parts.append(Part("on_file", _("On file already"), on_file, "users", ""))
        elif self._kind == "on_file":
            self._kind = "all"
        self.kinds.show_parts(parts)
        self.kinds.choose(self._kind)
        self.ribbon.show_stages(stages_of(job))
        self._show_problems(job)
        self.bar().say(
            job.says(),
            job.details(),
        )

    def _show_problems(self, job: Job) -> None:
        self._hide_columns()
        rows = job.rows(self._kind)
        self.problems.show_rows(rows)
        self.problems.set_foot(
            _("{count} problems").format(count=f"{len(rows):,}"), [("Enter", _("mend"))]
        )
        self._pick(self.problems.current())

    def _choose_kind(self) -> None:
        self._kind = self.kinds.value() or "all"
        if self._job is not None:
            self._show_problems(self._job)

    def _pick(self, row: ProblemRow | None) -> None:
        if self._job is not None:
            self.detail.show_problem(self._job, row.problem if row else None)

    def _open_problem(self, row: ProblemRow) -> None:
        if row.problem.code == "unknown_column":
            self.choose_columns()
            return
        self.panes.enter()
        if self.detail.line.isVisible():
            self.detail.line.setFocus()
            self.detail.line.selectAll()

    # Mending

    def _again(self, mended: Callable[[Job], Mends]) -> None:
        if self._job is not None:
            self.reading.check(self._job, mended(self._job))

    def _mend(self, problem: ArchiveProblem, text: str) -> None:
        self._again(lambda job: job.mended(problem, text))

    def _mend_everywhere(self, problem: ArchiveProblem, text: str) -> None:
        self._again(lambda job: job.mended_everywhere(problem, text))

    def _leave_out(self, problem: ArchiveProblem) -> None:
        self._again(lambda job: job.without(problem))

    def choose_columns(self) -> None:
        """Ask what each column is; nothing is written but the choice."""
        if self._job is not None:
            picked = self.problems.current()
            title = picked.column if picked else ""
            self.acts.choose_columns(self._job, title, lambda: self._again(lambda job: job.mends))

    def _take_proposals(self) -> None:
        self._again(Job.with_proposals)

    def _decide(self, problem: ArchiveProblem, decision: Decision) -> None:
        if self._job is not None:
            self._job = self._job.decide(problem, decision)
            self._arrange()

    def _decide_all(self, decision: Decision) -> None:
        if self._job is not None:
            self._job = self._job.decide_all(decision)
            self._arrange()

    # Writing

    def confirm(self) -> None:
        """Ask before anything is written, and import."""
        if self._job is not None:
            self.acts.confirm(self._job, self._put_away)

    def save_bad_rows(self) -> None:
        """Save what stays out as a workbook, each row with what is wrong."""
        if self._job is not None:
            self.acts.save_bad_rows(self._job)

    def undo(self) -> None:
        """Undo the picked import."""
        if (row := self.table.current()) is not None:
            self.acts.undo(row.number, row.kind)
