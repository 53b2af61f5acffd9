"""The pane that looks for people for a list: by the policy, with reasons for the others."""

from collections.abc import Callable

from PySide6.QtWidgets import QHBoxLayout, QStackedLayout, QWidget

from app.core.i18n import _
from app.core.money import yuan_text
from app.disbursements.list_records import Candidate, Candidates, ListPick, ListView
from ui.kit.buttons import Button, IconButton
from ui.kit.cards import Card, EmptyState
from ui.kit.cells import Column
from ui.kit.labels import Label
from ui.kit.segments import Part, Segments
from ui.kit.table import RecordTable
from ui.pages.lists.cells import candidate_cell, left_cell


class CandidatesPane(Card):
    """Those who may get it, all marked; those left out, each with the reason."""

    def __init__(
        self, put: Callable[[tuple[ListPick, ...]], object], close: Callable[[], object]
    ) -> None:
        super().__init__(" ", flush=True)
        self.setObjectName("candidates_pane")
        self._put = put
        self._each = 0
        self.add_to_head(IconButton("x", _("Close"), close, key="Esc", size=26, name="close_form"))
        self.segments = Segments(name="segments_candidates")
        self.segments.chosen.connect(self._arrange)
        head = QHBoxLayout()
        head.setContentsMargins(12, 4, 12, 8)
        head.addWidget(self.segments)
        head.addStretch(1)
        self.add(head)
        self.yes = self._table("table_candidates", checkable=True)
        self.no = self._table("table_left_out", checkable=False)
        self.yes.checks_changed.connect(self._tell)
        holder = QWidget()
        self._stack = QStackedLayout(holder)
        self._stack.addWidget(self.yes)
        self._stack.addWidget(self.no)
        self.body.addWidget(holder, 1)
        foot = self.add_foot()
        self._says = Label(role="small")
        self._says.setObjectName("candidates_say")
        self.finish = Button(
            _("Put on the list"), self._send, kind="primary", key="Ctrl+Enter", name="act_put"
        )
        foot.addWidget(self._says)
        foot.addStretch(1)
        foot.addWidget(self.finish)
        self.wait()

    def _table(self, name: str, *, checkable: bool) -> RecordTable[Candidate]:
        return RecordTable(
            Candidate,
            [
                Column("name", width=124, cell=candidate_cell),
                Column("district", width=80),
                Column("file_number", width=184),
                Column("category", width=92),
                Column("left", _("By the policy"), stretch=True, cell=left_cell, right=False),
            ],
            name=name,
            checkable=checkable,
            flat=True,
            empty=EmptyState(_("Nobody")),
        )

    def wait(self) -> None:
        """Say that the files are being looked through."""
        self.title.setText(_("Whom the policy gives it today"))
        self.yes.set_empty(_("The files are being looked through…"))
        self.yes.show_rows([])
        self.no.show_rows([])
        self._show_parts(None)
        self._tell()

    def show_candidates(self, found: Candidates, view: ListView) -> None:
        """Show who may get it, all of them marked."""
        self._each = view.row.amount or 0
        self.yes.set_empty(_("Nobody else may get it today"))
        self.yes.show_rows(found.yes)
        self.no.show_rows(found.left_out)
        self.yes.check(lambda _row: True)
        self._show_parts(found)
        self._tell()
        self.yes.view.setFocus()

    def _show_parts(self, found: Candidates | None) -> None:
        self.segments.show_parts(
            [
                Part("yes", _("May get it"), len(found.yes) if found else None),
                Part("no", _("Not to be listed"), len(found.left_out) if found else None),
            ]
        )
        self._arrange()

    def _arrange(self) -> None:
        self._stack.setCurrentWidget(self.no if self.segments.value() == "no" else self.yes)

    def _tell(self) -> None:
        rows = self.yes.checked()
        says = _("{count} marked, {amount} yuan").format(
            count=f"{len(rows):,}", amount=yuan_text(self._each * len(rows))
        )
        self._says.setText(says if rows else _("Space marks, J and K go down and up"))
        self.finish.allow("" if rows else _("Nobody is marked"))

    def _send(self) -> None:
        self._put(
            tuple(
                ListPick(household_id=row.household_id, member_id=row.member_id)
                for row in self.yes.checked()
            )
        )
