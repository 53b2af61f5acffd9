"""The lists of the file: applications and awards, papers with the certificate to issue."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.cases.records import CaseRow
from app.core.i18n import _
from app.core.words.disbursements import AwardState
from app.disbursements.records import AwardRow
from app.papers.records import PaperRow
from app.services.records import ServiceRow
from ui.kit.buttons import Button
from ui.kit.cards import Card, EmptyState
from ui.kit.cells import Cell, Column
from ui.kit.day_editor import Today
from ui.kit.table import RecordTable
from ui.pages.household.certificate import CertificateCard
from ui.pages.household.stages import award_cell, case_cell, service_cell

LEAST = 160
"""Height below which the page scrolls rather than a list on it."""
DECIDED = {AwardState.APPROVED, AwardState.IN_BATCH, AwardState.PAID, AwardState.REFUSED}
"""States of an award whose approval form says how it was decided."""


class Relief(QWidget):
    """What was applied for and what was given, money and services; a decided award has its
    approval form."""

    award_opened = Signal(int)
    """Go on with the case of this id."""
    service_opened = Signal(str)
    """Show the request of this number."""
    form_wanted = Signal(int)
    """Show the approval form of the award with this id."""
    told = Signal()
    """Another award is selected."""

    def __init__(self, *, with_awards: bool, reason: str, below: QWidget) -> None:
        super().__init__()
        self._reason = reason
        self.cases: RecordTable[CaseRow] = RecordTable(
            CaseRow,
            [
                Column("number", width=110),
                Column("items", width=180, cell=_items),
                Column("state", width=130, cell=case_cell),
                Column("accepted_by", width=90),
                Column("accepted_at", title=_("Acceptance"), width=140),
                Column("due_on", width=110, stretch=True),
            ],
            name="table_cases",
            empty=EmptyState(_("No application yet")),
            flat=True,
        )
        self.awards: RecordTable[AwardRow] = RecordTable(
            AwardRow,
            [
                Column("number", width=130),
                Column("title", width=130),
                Column("amount", width=120),
                Column("state", width=130, cell=award_cell),
                Column("fund", stretch=True),
                Column("proposed_by", width=80),
                Column("proposed_at", width=140),
            ],
            name="table_awards",
            empty=EmptyState(_("No relief was proposed yet")),
            flat=True,
        )
        self.services: RecordTable[ServiceRow] = RecordTable(
            ServiceRow,
            [
                Column("number", width=120),
                Column("title", width=190, cell=_service),
                Column("state", width=130, cell=service_cell),
                Column("department", stretch=True),
                Column("requested_by", width=90),
                Column("requested_at", width=140),
            ],
            name="table_services",
            empty=EmptyState(_("No service or referral was asked for yet")),
            flat=True,
        )
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(12)
        self.form = Button(
            _("Approval form"), self._want_form, kind="quiet", key="F12", name="act_approval_form"
        )
        self.awards.picked.connect(self._tell)
        self.awards.opened.connect(self._open_award)
        self.services.opened.connect(self._open_service)
        tables = [
            (_("Relief given"), self.awards, 3),
            (_("Services and referrals"), self.services, 2),
            (_("Applications"), self.cases, 2),
        ]
        for title, table, share in tables[0 if with_awards else 1 :]:
            card = Card(title, flush=True)
            if table is self.awards:
                card.add_to_head(self.form)
            card.add(table)
            table.setMinimumHeight(LEAST)
            column.addWidget(card, share)
        column.addWidget(below)
        self._tell()

    def show_awards(self, rows: Sequence[AwardRow]) -> None:
        """Show what was proposed and given."""
        self.awards.show_rows(rows)
        self._tell()

    def _tell(self) -> None:
        """Offer the approval form of the award that is selected."""
        award = self.awards.current()
        chosen = award is not None and award.state in DECIDED
        self.form.allow(self._reason or ("" if chosen else _("Choose an award that is decided")))
        self.told.emit()

    def _open_award(self, row: AwardRow) -> None:
        self.award_opened.emit(row.case_id)

    def _open_service(self, row: ServiceRow) -> None:
        self.service_opened.emit(row.number)

    def _want_form(self) -> None:
        if (award := self.awards.current()) is not None:
            self.form_wanted.emit(award.id)

    def fit(self, *, narrow: bool) -> None:
        """Leave columns out where the window is narrow."""
        self.awards.hide_columns({"proposed_by", "proposed_at"} if narrow else set())
        self.cases.hide_columns({"accepted_by", "accepted_at"} if narrow else set())
        self.services.hide_columns({"requested_by", "requested_at"} if narrow else set())


class Papers(QWidget):
    """The papers issued for the household, and the certificate to issue."""

    opened = Signal(int)
    archive_form_wanted = Signal()

    def __init__(self, today: Today, reason: str) -> None:
        super().__init__()
        self.certificate = CertificateCard(today, reason)
        self.table: RecordTable[PaperRow] = RecordTable(
            PaperRow,
            [
                Column("kind", width=130),
                Column("number", stretch=True),
                Column("state", width=90),
                Column("prints", width=80),
                Column("issued_by", width=90),
                Column("issued_at", title=_("Issued at"), width=140),
            ],
            name="table_papers",
            empty=EmptyState(_("No paper has been issued yet")),
        )
        self.table.opened.connect(self._open)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(12)
        self.table.setMinimumHeight(LEAST)
        column.addWidget(self.table, 1)
        self.archive_form = Button(
            _("Archive form"),
            self.archive_form_wanted.emit,
            icon="printer",
            name="act_archive_form",
        )
        self.archive_form.allow(reason)
        column.addWidget(self.archive_form, alignment=Qt.AlignmentFlag.AlignRight)
        column.addWidget(self.certificate)

    def _open(self, row: PaperRow) -> None:
        self.opened.emit(row.id)

    def fit(self, *, narrow: bool) -> None:
        """Leave columns out where the window is narrow."""
        self.table.hide_columns({"issued_by", "issued_at"} if narrow else set())


def _items(row: CaseRow) -> Cell:
    return Cell(_(", ").join(row.items))


def _service(row: ServiceRow) -> Cell:
    words = _("{measure} ({names})").format(measure=row.title, names=row.person)
    return Cell(words if row.person else row.title)
