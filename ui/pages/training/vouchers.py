"""Vouchers for one free training: who holds one, whether it was used, the paper."""

from collections.abc import Iterator
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, Final

from app.core.i18n import _
from app.core.words.papers import PaperKind
from app.core.words.placements import VoucherState
from app.papers.queries import paper_rows
from app.papers.records import PaperQuery, PaperRow
from app.placements.training_queries import voucher_rows
from app.placements.training_records import (
    VoucherForm,
    VoucherIssued,
    VoucherQuery,
    VoucherRow,
    VoucherVoidForm,
)
from app.placements.vouchers import issue_voucher, void_voucher
from ui.job_pickers import SeekerPicker
from ui.kit.ask_pane import Act
from ui.kit.asking_page import Offers
from ui.kit.cards import EmptyState, Facts
from ui.kit.cells import Column, joined
from ui.kit.choice_editors import ComboBox
from ui.kit.detail import DetailCard, Line, scrolled
from ui.kit.editing import Context
from ui.kit.form import FormView
from ui.kit.table import RecordTable
from ui.kit.worklist import LIMIT, FilterLine, Worklist, listed
from ui.pages.training.cells import holder_cell, valid_cell, voucher_standing, voucher_state_cell

if TYPE_CHECKING:
    from ui.pages.training.page import TrainingPage

ALL: Final = "all"
EXPIRED: Final = "expired"


class VoucherDetail(DetailCard):
    """The voucher that is chosen."""

    def __init__(self) -> None:
        self._facts = Facts(112)
        parts = {"facts": (_("Voucher"), scrolled(self._facts))}
        super().__init__("voucher", _("Choose a voucher"), parts)

    def show_row(self, row: VoucherRow | None) -> None:
        """Show another voucher, or none."""
        if row is None:
            self.show_none()
            return
        self.show_head(joined(row.name, row.number), voucher_standing(row), list(_lines(row)))
        self._facts.clear()
        for name, value in _facts(row):
            if value:
                self._facts.add_fact(name, value)


class Vouchers(Worklist["TrainingPage"]):
    """Who holds a voucher. Alt+N issues one with its paper, F12 shows the paper."""

    key = "vouchers"

    def __init__(self, page: "TrainingPage") -> None:
        super().__init__(page)
        self.text = FilterLine("voucher_filter", _("Name or number"), self.refresh)
        self.standing = ComboBox()
        self.standing.setObjectName("voucher_standing")
        self.standing.setAccessibleName(_("State"))
        self.standing.setMinimumContentsLength(6)
        self.standing.addItem(_("All"), ALL)
        for state in VoucherState:
            self.standing.addItem(state.label, state.value)
        self.standing.addItem(_("Run out"), EXPIRED)
        self.standing.activated.connect(self.refresh)
        self.table: RecordTable[VoucherRow] = RecordTable(
            VoucherRow,
            [
                Column("name", cell=holder_cell, stretch=True),
                Column("valid_until", _("Dates"), 130, valid_cell),
                Column("state", width=170, cell=voucher_state_cell),
            ],
            name="table_vouchers",
            two_lines=True,
            empty=EmptyState(_("No voucher here"), _("Issue one with Alt+N.")),
        )
        self.left = listed(self.table, self.text, self.standing)
        self.thing = self.detail = VoucherDetail()
        self.row: VoucherRow | None = None

    def refresh(self, _what: object = None) -> None:
        """Ask for the list."""
        text, standing = self.text.asked(), self.standing.currentData()
        if self.wanted is not None:
            self.text.clear()
            text, standing = "", ALL
            self.standing.setCurrentIndex(self.standing.findData(ALL))
        narrowed = standing not in (ALL, EXPIRED) and not text
        asked = VoucherQuery(
            text=text,
            states=(VoucherState(standing),) if narrowed else (),
            expired=True if standing == EXPIRED and not text else None,
            limit=LIMIT,
        )
        self.desk.ask(voucher_rows, asked, then=self._show_rows, latest=self.table)

    def _show_rows(self, rows: list[VoucherRow]) -> None:
        self.show_list(rows, _("{count} vouchers").format(count=f"{len(rows):,}"))

    def pick(self, row: VoucherRow | None) -> None:
        """Show the voucher that is marked."""
        self.row = row
        self.detail.show_row(row)
        self.page.tell()

    # What is offered

    def offers(self) -> Offers:
        """Return what can be done with the voucher in sight."""
        reason, row = self.desk.reason, self.row
        new = Act(_("Issue a voucher"), self.ask_new, reason(issue_voucher))
        if row is None:
            return Offers(new=new)
        printing = partial(self._show_paper, row)
        closed = _("This voucher is void") if row.state is VoucherState.VOID else ""
        first = Act(_("Print the voucher"), printing, closed, "printer", "F12")
        beside: list[Act] = []
        if row.state is VoucherState.ISSUED:
            void = partial(self._void, row)
            beside.append(Act(_("Make it void…"), void, reason(void_voucher), "ban", "Alt+B"))
        return Offers(first, new, beside, (), (row.name, row.number, ""))

    def ask_new(self) -> None:
        """Ask who gets a voucher; it is numbered, printed and filed at once."""
        picker = SeekerPicker(self.desk)
        form = FormView(
            VoucherForm,
            ("issued_on",),
            spans={"issued_on": 4},
            fixed={"job_seeker_id": 0},
            context=Context(today=self.desk.today),
            name="voucher_form",
        )
        form.set_value("issued_on", self.desk.today())

        def issued(voucher: VoucherIssued) -> None:
            self.wanted = voucher.id
            says = _("Voucher {number} issued, good until {day}")
            words = says.format(number=voucher.number, day=voucher.valid_until)
            self.page.toast.emit(words, None)
            self.page.go.emit("papers", voucher.paper_id)

        def send(record: VoucherForm) -> None:
            if (who := picker.chosen()) is not None:
                self.page.do(issue_voucher, replace(record, job_seeker_id=who.id), "", issued)

        self.page.ask_for(
            _("Voucher for one free training"),
            form,
            _("Issue and print"),
            send,
            says=_("One person holds one voucher at a time."),
            above=picker,
        )

    def _void(self, row: VoucherRow) -> None:

        def send(reason: str) -> None:
            form = VoucherVoidForm(id=row.id, version=row.version, reason=reason)
            says = _("{number} is void").format(number=row.number)
            self.page.do(void_voucher, form, says)

        self.desk.asking.reason(
            self.page,
            _("Make the voucher {number} void?").format(number=row.number),
            _("The number is not used again."),
            _("Make it void"),
            send,
            danger=True,
        )

    def _show_paper(self, row: VoucherRow) -> None:
        """Open the paper of a voucher in the register."""

        def found(papers: list[PaperRow]) -> None:
            if papers:
                self.page.go.emit("papers", papers[0].id)
            else:
                self.page.say("wait", _("This voucher has no paper"))

        kind, subject = PaperKind.TRAINING_VOUCHER, f"training_voucher/{row.id}"
        self.desk.ask(paper_rows, PaperQuery(subject=subject, kind=kind), then=found)


def _lines(row: VoucherRow) -> Iterator[Line]:
    if row.expired:
        yield _("Run out on {day}").format(day=row.valid_until), "clock", "wait"
    if row.state is VoucherState.VOID:
        yield row.reason


def _facts(row: VoucherRow) -> Iterator[tuple[str, str]]:
    yield _("Job seeker"), joined(row.name, row.seeker_number)
    yield _("Issued on"), row.issued_on.isoformat()
    yield _("Valid until"), row.valid_until.isoformat()
    yield _("Course"), row.course
    yield _("Issued by"), row.issued_by
