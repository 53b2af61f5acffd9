"""The paper center: the register, the paper itself, printing it and printing it again."""

from functools import partial
from typing import Final

from PySide6.QtGui import QImage
from PySide6.QtWidgets import QHBoxLayout, QWidget

from app.core.errors import AppError
from app.core.i18n import N_, _
from app.core.record import Nothing
from app.core.words.papers import PaperState
from app.papers.actions import note_print, void_paper
from app.papers.queries import paper_counts, paper_rows, paper_view, verify
from app.papers.records import (
    Code,
    PaperById,
    PaperCounts,
    PaperQuery,
    PaperRow,
    PrintForm,
    Verdict,
    VoidForm,
)
from app.papers.records import PaperView as Opened
from app.papers.render import render
from app.papers.sheet import ORIGINAL, Sheet
from app.work import Topic
from ui import theme
from ui.kit.banners import Banner, BannerArea
from ui.kit.buttons import Button
from ui.kit.cards import Card, EmptyState
from ui.kit.cells import Cell, Column
from ui.kit.labels import Elided, Rule
from ui.kit.layout import scrolling
from ui.kit.page import Page
from ui.kit.paper_view import SIGHT_DPI, PaperView
from ui.kit.segments import Part, Segments
from ui.kit.table import RecordTable
from ui.kit.two_panes import TwoPanes
from ui.pages.papers.facts import (
    PaperFacts,
    about_cell,
    line_of,
    paper_cell,
    short_number,
    state_cell,
)
from ui.pages.papers.verifier import Verifier
from ui.printing import NoPrinter, Printer, pages

EMPTY: Final = {
    "all": (N_("No paper has been issued yet"), N_("Papers come here as soon as they are issued.")),
    "unprinted": (N_("Nothing waits to be printed"), N_("New papers come here by themselves.")),
    "today": (N_("Nothing was printed today"), ""),
    "void": (N_("No paper is void"), ""),
}


class PapersPage(Page):
    """The register at the left, the paper and what is known of it at the right."""

    name = "papers"
    title = N_("Paper center")
    icon = "scroll-text"
    shows = frozenset({Topic.PAPERS})

    def build(self) -> None:
        """Compose register, preview and side column."""
        self._opened: Opened | None = None
        self._wanted: int | None = None
        self.segments = Segments(name="paper_segments")
        self.segments.chosen.connect(lambda: self.reload())
        self._show_counts(PaperCounts(all=0, unprinted=0, printed_today=0, void=0))
        self.beside_title(self.segments)
        self.add_act(
            Button(_("Verify"), self.start_verifying, key="Alt+V", icon="badge-check",
                   name="act_verify")
        )  # fmt: skip
        self._new = self.add_act(
            Button(_("Issue a certificate"), self._issue, key="Alt+N", icon="file-plus-2",
                   name="act_issue")
        )  # fmt: skip
        self.verifier = Verifier(self._verify, self._close_verifier)
        self.verifier.hide()
        self.add(self.verifier)
        self.panes = TwoPanes(self._make_register(), self._make_preview())
        self.panes.turned.connect(self._turned)
        self.add(self.panes, 1)
        self._show_acts()

    def _make_register(self) -> QWidget:
        register = Card(flush=True)
        self.table = RecordTable(
            PaperRow,
            [
                Column("number", _("Paper and number"), 176, paper_cell, stretch=True),
                Column("title", _("About"), 112, about_cell),
                Column("state", _("State"), 96, state_cell),
                Column("issued_at", _("Time"), 76, self._time_cell, right=True),
            ],
            name="table_papers",
            two_lines=True,
            sortable=False,
            empty=EmptyState(""),
            flat=True,
        )
        self.table.picked.connect(self._pick)
        self.table.opened.connect(self._enter)
        register.add(self.table)
        foot = register.add_foot()
        foot.addWidget(Elided(_("Numbers have no gaps, void ones are kept"), "small"), 1)
        self.reprint = Button(_("Reprint…"), self._ask_reprint, name="act_reprint")
        self.void = Button(_("Make void…"), self._ask_void, kind="danger", name="act_void_paper")
        foot.addWidget(self.reprint)
        foot.addWidget(self.void)
        return register

    def _make_preview(self) -> QWidget:
        preview = Card(flush=True)
        self.paper = PaperView(_("Preview"))
        self.print = Button(
            _("Print"), self._print_key, kind="primary", key="F12", icon="printer",
            name="act_note_print",
        )  # fmt: skip
        self.paper.add_act(self._take(self.print))
        self.trouble = BannerArea()
        self.facts = PaperFacts()
        self._line = Elided(role="small")
        self._line.setObjectName("paper_line")
        self._line.setContentsMargins(12, 6, 12, 6)
        self._line.hide()
        self._side = scrolling(self.facts)
        self._side.setObjectName("paper_side")
        theme.changes.changed.connect(self._size)
        self._size()
        row = QHBoxLayout()
        row.setSpacing(0)
        row.addWidget(self.paper, 1)
        self._rule = Rule(upright=True)
        row.addWidget(self._rule)
        row.addWidget(self._side)
        preview.add(self.trouble)
        preview.body.addLayout(row, 1)
        preview.add(self._line)
        preview.body.setSpacing(0)
        return preview

    def _size(self) -> None:
        self._side.setFixedWidth(theme.px(226))

    # The register

    def refresh(self) -> None:
        """Ask for the counts and the part of the register that is chosen."""
        self.desk.ask(paper_counts, Nothing(), then=self._show_counts, latest=self.segments)
        today = self.desk.today()
        asked = {
            "unprinted": PaperQuery(unprinted=True),
            "today": PaperQuery(printed_on=today),
            "void": PaperQuery(void=True),
        }.get(self.segments.value(), PaperQuery())
        self.desk.ask(paper_rows, asked, then=self._show_rows, latest=self.table)

    def _show_counts(self, counts: PaperCounts) -> None:
        self.segments.show_parts(
            [
                Part("all", _("All"), counts.all),
                Part("unprinted", _("To print"), counts.unprinted),
                Part("today", _("Printed today"), counts.printed_today),
                Part("void", _("Made void"), counts.void),
            ]
        )

    def _show_rows(self, rows: list[PaperRow]) -> None:
        title, text = EMPTY[self.segments.value()]
        self.table.set_empty(_(title), _(text) if text else "")
        self.table.show_rows(rows)
        wanted, self._wanted = self._wanted, None
        if wanted is not None and not self.table.select_where(lambda row: row.id == wanted):
            self._load(wanted)
        elif (row := self.table.current()) is not None:
            self._load(row.id)
        else:
            self._pick(None)

    def open(self, what: object) -> None:
        """Show a paper by its id, or the register."""
        if isinstance(what, int):
            self._wanted = what
            self.segments.choose("all")
            if self.isVisible():
                self.reload()
            else:
                self._stale = True

    def first_focus(self) -> QWidget:
        """Return the register: arrows and J, K go through the papers."""
        return self.table.first()

    def _time_cell(self, row: PaperRow) -> Cell:
        at = row.issued_at.astimezone()
        today = self.desk.today()
        short = "%m-%d" if at.year == today.year else "%Y-%m-%d"
        return Cell(at.strftime("%H:%M" if at.date() == today else short), row.issued_by)

    # The paper

    def _pick(self, row: PaperRow | None) -> None:
        if row is None:
            self._opened = None
            self.paper.show_pages([])
            self.facts.clear()
            self._line.setText("")
            self._show_acts()
        elif self._opened is None or self._opened.row.id != row.id:
            self._load(row.id)

    def _load(self, paper_id: int) -> None:
        self.desk.ask(
            paper_view,
            PaperById(id=paper_id),
            then=self._show,
            latest=self.paper,
            failed=self._cannot_show,
        )

    def _show(self, opened: Opened) -> None:
        """Show what is known of a paper, and have its picture drawn."""
        same = self._opened is not None and self._opened.sheet == opened.sheet
        self._opened = opened
        self.trouble.clear()
        self.facts.show_paper(opened)
        self._line.setText(line_of(opened))
        self._show_acts()
        if not same or not self.paper.count():
            paper_id = opened.row.id
            self.desk.produce(picture, opened.sheet, then=partial(self._show_pages, paper_id))

    def _show_pages(self, paper_id: int, images: list[QImage]) -> None:
        if self._opened is not None and self._opened.row.id == paper_id:
            self.paper.show_pages(images)

    def _cannot_show(self, error: Exception) -> None:
        """Say in the place of the picture why a paper cannot be shown: it was altered."""
        self._pick(None)
        if not isinstance(error, AppError):
            self.desk.feedback.show(error)
            return
        self.trouble.show_banner(Banner("bad", _("This paper cannot be shown"), error.tell()))
        self._show_acts(_("The paper was altered after it was issued"))

    # Acts

    def _show_acts(self, trouble: str = "") -> None:
        opened = self._opened
        gone = opened is not None and opened.row.state is PaperState.VOID
        none = trouble or ("" if opened else _("No paper is chosen"))
        void = _("The paper is void") if gone else ""
        printed = opened is not None and opened.row.prints > 0
        no_print = none or void or self.desk.reason(note_print)
        self.print.setText(_("Reprint…") if printed else _("Print"))
        self.print.allow(no_print)
        self.offer("F12", self.print.words(), self.print.click, no_print)
        first = "" if printed else _("The original has not been printed yet")
        self.reprint.allow(no_print or first)
        self.void.allow(none or void or self.desk.reason(void_paper))
        household = opened.row.household_id if opened else None
        self._new.allow("" if household else _("Choose a paper of the household first"))

    def _print_key(self) -> None:
        if self._opened is not None and self._opened.row.prints:
            self._ask_reprint()
        else:
            self._print("")

    def _ask_reprint(self) -> None:
        if (opened := self._opened) is None:
            return
        copy = opened.row.prints + 1
        title = _("Print {number} again?").format(number=short_number(opened.row.number))
        text = _("Copy {copy} carries its mark and the reason: lost, damaged, second office.")
        self.desk.asking.reason(
            self, title, text.format(copy=copy), _("Print again"), self._print,
            label=_("Reason for the reprint"),
        )  # fmt: skip

    def _print(self, reason: str) -> None:
        """Print the next copy: the newest state is asked for, so that no copy number doubles."""
        if self._opened is None:
            return
        paper_id = self._opened.row.id

        def read(opened: Opened) -> None:
            copy = opened.row.prints + 1
            if copy > ORIGINAL and not reason:
                self._show(opened)
                self._ask_reprint()
                return
            sheet = opened.sheet.reprint(copy, reason) if copy > ORIGINAL else opened.sheet
            accepted = partial(self._note, paper_id, copy, reason)
            if self.desk.printer is None:
                self.desk.feedback.show(NoPrinter())
            else:
                self.desk.produce(put_out, self.desk.printer, sheet, then=accepted)

        self.desk.ask(paper_view, PaperById(id=paper_id), then=read, failed=self._cannot_show)

    def _note(self, paper_id: int, copy: int, reason: str, printer: str) -> None:
        """Note the copy the printer took: only what it accepted counts."""
        says = _("Copy {copy} printed, {printer}").format(copy=copy, printer=printer)
        self.desk.perform(
            note_print,
            PrintForm(id=paper_id, reason=reason),
            then=lambda _copy: self.toast.emit(says, None),
        )

    def _ask_void(self) -> None:
        if (opened := self._opened) is None:
            return
        row = opened.row
        self.desk.asking.reason(
            self,
            _("Make {number} void?").format(number=short_number(row.number)),
            _("It does not hold any more and cannot be printed. The number stays, marked as void."),
            _("Make void"),
            partial(self._void, row),
            label=_("Why it is void"),
            danger=True,
        )

    def _void(self, row: PaperRow, reason: str) -> None:
        says = _("{number} is void").format(number=short_number(row.number))
        self.desk.perform(
            void_paper,
            VoidForm(id=row.id, version=row.version, reason=reason),
            then=lambda _nothing: self.toast.emit(says, None),
        )

    def _issue(self) -> None:
        if self._opened is not None and self._opened.row.household_id is not None:
            self.go.emit("household", self._opened.row.household_id)

    # Verifying

    def start_verifying(self) -> None:
        """Show the field for a code; a hand scanner types into it."""
        self.verifier.begin()

    def _close_verifier(self) -> None:
        self.verifier.hide()
        self.table.view.setFocus()

    def _verify(self, text: str) -> None:
        def told(verdict: Verdict) -> None:
            self.verifier.show_verdict(verdict)
            if verdict.id is not None:
                self.open(verdict.id)

        self.desk.ask(verify, Code(text=text), then=told, latest=self.verifier)

    # Small windows

    def compact(self, width: int, height: int) -> None:
        """Fold the side column to a line, then show either the register or the paper."""
        small = width < 1320 or height < 660
        self._side.setHidden(small)
        self._rule.setHidden(small)
        self._line.setVisible(small)
        self.panes.set_narrow(width < 1100 or height < 560)
        self.table.hide_columns({"issued_at"} if 1100 <= width < 1240 else set())

    def _enter(self, _row: object) -> None:
        self.panes.enter()

    def _turned(self, paper: bool) -> None:
        (self.print if paper else self.table.view).setFocus()


def picture(sheet: Sheet) -> list[QImage]:
    """Draw a paper and return its pages as pictures for the screen."""
    return pages(render(sheet), SIGHT_DPI)


def put_out(printer: Printer, sheet: Sheet) -> str:
    """Print a paper and return the name of the printer that took it; raise `NoPrinter`."""
    printer.print_pdf(render(sheet), title=sheet.number)
    return printer.name()
