"""The audit trail: who did what and when, and what it changed from and to."""

from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from app.audit.queries import OFFICE, audit_rows
from app.audit.records import PARTS, AuditQuery, AuditView, CheckReport
from app.core.i18n import N_, _
from app.core.record import Nothing
from app.reports.queries import check_store
from app.staff.queries import staff_rows
from app.staff.records import StaffRow
from app.work import Topic
from ui.kit.buttons import Button
from ui.kit.cards import Card, EmptyState, Facts, clear_layout
from ui.kit.cells import Cell, Column
from ui.kit.choice_editors import ComboBox
from ui.kit.labels import Chip, Elided, Label, Rule, Status
from ui.kit.layout import scrolling
from ui.kit.page import Page
from ui.kit.table import RecordTable
from ui.kit.two_panes import TwoPanes
from ui.pages.audit.words import Told, acts, tell, tell_request, thing

AT_ONCE: Final = 200


class AuditPage(Page):
    """The trail at the left, one act with all it changed at the right."""

    name = "audit"
    title = N_("Audit trail")
    icon = "shield-check"
    shows = frozenset({Topic.AUDIT})

    def build(self) -> None:
        """Compose filters, list and detail."""
        self._people: dict[int, str] = {}
        self._subject = ""
        self.check = self.add_act(
            Button(_("Check all data"), self._check, icon="shield-check", name="act_check_store")
        )
        self.check.allow(self.desk.reason(check_store))
        self.add(self._make_filters())
        self.panes = TwoPanes(self._make_list(), self._make_detail(), (680, 500))
        self.panes.turned.connect(self._turned)
        self.add(self.panes, 1)

    def _make_filters(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(8)
        self.who, self.act = ComboBox(), ComboBox()
        self.who.addItem(_("Everybody"), "")
        self.act.addItem(_("All acts"), "")
        for name, says in (*acts(), *((name, _(says)) for name, says in OFFICE.items())):
            self.act.addItem(says, name)
        for box, name, words, width in (
            (self.who, "filter_who", _("Who"), 1),
            (self.act, "filter_act", _("What was done"), 3),
        ):
            box.setObjectName(name)
            box.setAccessibleName(words)
            box.activated.connect(lambda: self.reload())
            row.addWidget(Label(words, "small"))
            row.addWidget(box, width)
        self._about = Chip("", "", "accent")
        self._all = Button(
            _("About everything"), self._unfold, kind="quiet", icon="x", name="act_all"
        )
        row.addWidget(self._about)
        row.addWidget(self._all)
        row.addStretch(2)
        self._show_subject()
        return row

    def _make_list(self) -> QWidget:
        card = Card(flush=True)
        self.table = RecordTable(
            AuditView,
            [
                Column("at", width=138),
                Column("actor", width=84),
                Column("says", width=240, cell=lambda row: Cell(_(row.says)), stretch=True),
                Column("subject", width=110, cell=_subject_cell),
            ],
            name="table_audit",
            sortable=False,
            empty=EmptyState(_("No act fits"), _("Choose other people or acts above.")),
            flat=True,
        )
        self.table.picked.connect(self._pick)
        self.table.opened.connect(self._enter)
        card.add(self.table)
        foot = card.add_foot()
        self._count = Elided(role="small")
        self.earlier = Button(_("Earlier acts"), self._ask_earlier, small=True, name="act_earlier")
        foot.addWidget(self._count, 1)
        foot.addWidget(self.earlier)
        return card

    def _make_detail(self) -> QWidget:
        card = Card(flush=True)
        inside = QWidget()
        self._detail = QVBoxLayout(inside)
        self._detail.setContentsMargins(16, 12, 16, 12)
        self._detail.setSpacing(8)
        self._area = scrolling(inside)
        self._area.setObjectName("audit_detail")
        self._area.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        card.add(self._area)
        return card

    # The trail

    def refresh(self) -> None:
        """Ask for the newest acts that fit, and for the names of staff."""
        self.desk.ask(staff_rows, Nothing(), then=self._show_people, latest=self.who)
        self.desk.ask(audit_rows, self._asked(), then=self._show_rows, latest=self.table)

    def _asked(self, before: int | None = None) -> AuditQuery:
        return AuditQuery(
            subject=self._subject,
            actor=self.who.currentData(),
            verb=self.act.currentData(),
            before=before,
            limit=AT_ONCE,
        )

    def _show_people(self, people: list[StaffRow]) -> None:
        self._people = {person.id: person.name for person in people}
        chosen = self.who.currentData()
        self.who.clear()
        self.who.addItem(_("Everybody"), "")
        for person in people:
            self.who.addItem(person.name, person.name)
        self.who.setCurrentIndex(max(0, self.who.findData(chosen)))
        self._pick(self.table.current())

    def _show_rows(self, rows: list[AuditView]) -> None:
        self.table.show_rows(rows)
        self._tell_count(len(rows))
        self._pick(self.table.current())

    def _ask_earlier(self) -> None:
        rows = self.table.rows()
        if rows:
            asked = self._asked(before=rows[-1].id)
            self.desk.ask(audit_rows, asked, then=self._show_earlier, latest=self.table)

    def _show_earlier(self, rows: list[AuditView]) -> None:
        self.table.show_rows([*self.table.rows(), *rows])
        self._tell_count(len(rows))

    def _tell_count(self, came: int) -> None:
        shown = len(self.table.rows())
        self._count.setText(_("{count} acts, newest first").format(count=f"{shown:,}"))
        self.earlier.allow("" if came == AT_ONCE else _("There are no earlier acts"))

    def open(self, what: object) -> None:
        """Show all acts about one thing, as ``case/12``."""
        if isinstance(what, str):
            self._narrow(what)

    def _narrow(self, subject: str) -> None:
        self._subject = subject
        self._show_subject()
        self.reload()

    def _unfold(self) -> None:
        self._narrow("")

    def _show_subject(self) -> None:
        self._about.show_state(thing(self._subject) if self._subject else "", "", "accent")
        self._about.setVisible(bool(self._subject))
        self._all.setVisible(bool(self._subject))

    def first_focus(self) -> QWidget:
        """Return the list."""
        return self.table.first()

    # One act

    def _pick(self, act: AuditView | None) -> None:
        clear_layout(self._detail)
        if act is None:
            return
        self._detail.addWidget(Label(_(act.says), "section", wrap=True))
        facts = Facts(76)
        facts.add_fact(_("Who"), act.actor)
        facts.add_fact(_("Time"), f"{act.at.astimezone():%Y-%m-%d %H:%M:%S}")
        if act.subject:
            facts.add_fact(_("About"), thing(act.subject))
        facts.add_fact(
            _("Number"), _("act {id}, mark {hash}").format(id=act.id, hash=act.hash[:12])
        )
        self._detail.addWidget(facts)
        told = tell(act.changes, self._people)
        asked = tell_request(act.verb, act.request, self._people)
        if asked and not told:
            told = [Told(_("Asked"), asked, 0)]
        for each in told:
            self._tell(each)
        if not told:
            self._detail.addWidget(Label(_("Nothing was changed by it"), tone="soft"))
        if act.subject and act.subject != self._subject:
            narrow = Button(
                _("Only acts about this"), lambda: self._narrow(act.subject), kind="quiet",
                icon="search", name="act_narrow",
            )  # fmt: skip
            self._detail.addWidget(narrow)
        self._detail.addStretch(1)

    def _tell(self, told: Told) -> None:
        self._detail.addWidget(Rule())
        self._detail.addWidget(Label(told.what, "strong"))
        facts = Facts(120)
        for line in told.lines:
            facts.add_fact(line.name, line.value)
        self._detail.addWidget(facts)
        if told.left_out:
            says = _("{count} internal entries beside").format(count=told.left_out)
            self._detail.addWidget(Label(says, "hint"))

    # Checking

    def _check(self) -> None:
        self.check.allow(_("Being checked"))
        self.desk.ask(check_store, Nothing(), then=self._show_report, failed=self._not_checked)

    def _not_checked(self, error: Exception) -> None:
        self.check.allow(self.desk.reason(check_store))
        self.desk.feedback.show(error)

    def _show_report(self, report: CheckReport) -> None:
        """Say whether all is as it was written, and part by part what is not."""
        self.check.allow(self.desk.reason(check_store))
        tone = "bad" if report.findings else "ok"
        title = (
            _("{count} things are not as they were written").format(count=len(report.findings))
            if report.findings
            else _("All data are as they were written")
        )
        text = _("{rows} acts in the trail, last mark {hash}")
        self.say(tone, title, text.format(rows=f"{report.rows:,}", hash=report.last_hash[:12]))
        clear_layout(self._detail)
        self._detail.addWidget(Label(_("Check of all data"), "section"))
        for part, state in report.parts.items():
            good = state == "ok"
            line = QHBoxLayout()
            icon, tone = ("circle-check", "ok") if good else ("circle-x", "bad")
            line.addWidget(Status(_(PARTS.get(part, part)), icon, tone))
            line.addStretch(1)
            line.addWidget(Label(_("in order") if good else state, "small"))
            self._detail.addLayout(line)
        for finding in report.findings:
            self._detail.addWidget(Rule())
            what = thing(finding.row) if finding.row else _(PARTS.get(finding.part, finding.part))
            self._detail.addWidget(Label(what, "strong"))
            self._detail.addWidget(Label(finding.says, wrap=True))
        self._detail.addStretch(1)
        self.panes.enter()

    # Small windows

    def _enter(self, _row: object) -> None:
        self.panes.enter()

    def _turned(self, act: bool) -> None:
        (self._area if act else self.table.view).setFocus()

    def compact(self, width: int, height: int) -> None:
        """Show the list or the act where there is no room for both."""
        self.panes.set_narrow(width < 1100 or height < 560)
        self.table.hide_columns({"subject"} if width < 1320 and not self.panes.narrow else set())


def _subject_cell(row: AuditView) -> Cell:
    return Cell(thing(row.subject) if row.subject else "")
