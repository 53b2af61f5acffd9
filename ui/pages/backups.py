"""Backups: how they stand, the list, one by hand, checking and restoring one; the plan."""

from collections.abc import Callable
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Final

from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.backups.actions import change_backup_plan
from app.backups.queries import backup_rows, backup_state
from app.backups.records import BackupPlan, BackupRow, BackupState
from app.core.i18n import N_, _
from app.core.record import Nothing
from app.core.words.backups import Soundness
from app.entrance import restore_backup
from app.work import Topic
from ui.desk import Job, Stopped
from ui.kit.buttons import Button
from ui.kit.cards import Card, EmptyState, Facts
from ui.kit.cells import Cell, Column
from ui.kit.form import FormView
from ui.kit.labels import Label, Status
from ui.kit.layout import scrolling
from ui.kit.page import Page
from ui.kit.progress import ProgressLine
from ui.kit.table import RecordTable
from ui.kit.two_panes import TwoPanes
from ui.restoring import Restored, RestoreDialog, RestoreForm, opened_by

if TYPE_CHECKING:
    from app.backups.manifest import Backup

SIDE: Final = 380


class BackupsPage(Page):
    """What is backed up when and where; everything one can do with a backup."""

    name = "backups"
    title = N_("Backups")
    icon = "database-backup"
    shows = frozenset({Topic.BACKUPS})

    def build(self) -> None:
        """Compose the list at the left, standing and plan at the right, the acts below."""
        self._state: BackupState | None = None
        self._job: Job | None = None
        self.panes = TwoPanes(self._make_list(), self._make_side(), (700, SIDE))
        self.add(self.panes, 1)
        self.turn = self.add_act(
            Button(_("Standing and plan"), self._turn, key="Alt+P", name="act_turn_pane")
        )
        self.panes.turned.connect(self._tell_turn)
        self.progress = ProgressLine(self._stop)
        self.add(self.progress)
        bar = self.bar()
        self.restore = bar.add(
            Button(_("Restore to another place…"), self._ask_restore, kind="quiet",
                   icon="undo-2", name="act_restore_backup")
        )  # fmt: skip
        self.check = bar.add(
            Button(_("Check this one"), self._check, key="F7", icon="badge-check",
                   name="act_check_backup")
        )  # fmt: skip
        self.now = bar.add(
            Button(_("Back up now"), self._back_up, kind="primary", key="F9",
                   icon="database-backup", name="act_back_up")
        )  # fmt: skip
        self._tell()

    def _make_list(self) -> QWidget:
        self.table = RecordTable(
            BackupRow,
            [
                Column("made_at", width=140),
                Column("reason", width=104),
                Column("soundness", cell=_soundness, stretch=True),
                Column("rows", width=92),
                Column("size", width=92, cell=_size, right=True),
            ],
            name="table_backups",
            empty=EmptyState(_("No backup here yet"), _("F9 makes one; closing does so too.")),
        )
        self.table.picked.connect(self._tell)
        self.table.opened.connect(self._check)
        return self.table

    def _make_side(self) -> QWidget:
        inside = QWidget()
        column = QVBoxLayout(inside)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(12)
        standing = Card(_("How it stands"))
        self.status = Status("", "circle-dashed")
        self.facts = Facts(96)
        standing.add(self.status)
        standing.add(self.facts)
        column.addWidget(standing)
        column.addWidget(self._make_plan())
        column.addStretch(1)
        return scrolling(inside)

    def _make_plan(self) -> Card:
        card = Card(_("Where, and how many are kept"))
        self.form = FormView(
            BackupPlan, spans={"folder": 12, "days": 2, "weeks": 2, "months": 2}, name="form_plan"
        )
        self.form.edited.connect(self._tell_plan)
        card.add(self.form)
        self.hint = Label(
            _("Counted by occasion. The newest good one is never removed."), "small", wrap=True
        )
        card.add(self.hint)
        foot = card.add_foot()
        foot.addWidget(
            Button(_("Choose the folder…"), self._ask_folder, kind="quiet", icon="folder-open",
                   name="act_choose_folder")
        )  # fmt: skip
        foot.addStretch(1)
        self.save = Button(_("Save"), self._save, key="Alt+S", name="act_save_plan")
        foot.addWidget(self.save)
        return card

    # What is shown

    def refresh(self) -> None:
        """Ask how backups stand, and for the list."""
        self.desk.ask(backup_state, Nothing(), then=self._show_state, latest=self)
        self.desk.ask(backup_rows, Nothing(), then=self._show_rows, latest=self.table)

    def _show_rows(self, rows: list[BackupRow]) -> None:
        self.table.show_rows(rows)
        self._tell()

    def _show_state(self, state: BackupState) -> None:
        self._state = state
        self.facts.clear()
        if state.trouble_at is not None:
            self.status.show_state(_("The last try failed"), "circle-x", "bad")
            failed = _("The backup of {day} failed").format(day=_moment(state.trouble_at))
            self.say("bad", failed, state.trouble)
        elif state.last_at is None:
            self.status.show_state(_("There is no backup yet"), "triangle-alert", "wait")
        elif state.unsaved_since is not None:
            self.status.show_state(_("Something was done since"), "clock", "wait")
        else:
            self.status.show_state(_("All that was done is in a backup"), "circle-check", "ok")
        for name, at in (
            (_("Last good one"), state.last_at),
            (_("Last failed"), state.trouble_at),
            (_("Done since"), state.unsaved_since),
        ):
            if at is not None:
                self.facts.add_fact(name, _moment(at))
        self.facts.add_fact(_("Folder"), state.folder)
        if state.same_disk:
            says = _("On the disk of the data: lost together with them")
            self.facts.add_fact(_("Disk"), Status(says, "triangle-alert", "wait"))
        if not self.form.dirty():
            self.form.set_record(state.plan)
        self._tell_plan()
        self._tell()

    def _tell(self, *_row: object) -> None:
        """Offer what can be done now, and name the backup that is chosen."""
        row = self.table.current()
        none = "" if row is not None else _("No backup is chosen")
        busy = _("Wait until this is done") if self._job is not None else ""
        self.now.allow(busy)
        for act in (self.check, self.restore):
            act.allow(busy or none)
        self.offer("F9", self.now.words(), self.now.click, self.now.reason)
        self.offer("F7", self.check.words(), self.check.click, self.check.reason)
        if row is None:
            self.bar().say(none)
        else:
            first = _("Backup of {day}, {occasion}")
            second = _("{acts} acts in the audit trail, last hash {hash}　{name}")
            self.bar().say(
                first.format(day=_moment(row.made_at), occasion=row.reason.label),
                second.format(
                    acts=f"{row.acts:,}", hash=row.last_hash[:12], name=Path(row.place).name
                ),
            )

    def _tell_plan(self) -> None:
        self.save.allow("" if self.form.dirty() else _("Nothing was changed"))

    def first_focus(self) -> QWidget:
        """Return the list."""
        return self.table.first()

    # Acts

    def _back_up(self) -> None:
        self._begin(_("Backing up"), partial(self.desk.back_up, then=self._made))

    def _made(self, backup: "Backup") -> None:
        self._end()
        troubles = backup.manifest.contents.troubles()
        if troubles:
            self.say("wait", _("Backed up, but the data do not agree"), "；".join(troubles))
        else:
            self.banners.clear()
            says = _("Backed up and checked: {name}").format(name=backup.place.name)
            self.toast.emit(says, None)
        self.reload()

    def _check(self, *_row: object) -> None:
        row = self.table.current()
        if row is not None and self._job is None:
            check = partial(self.desk.check_backup, Path(row.place), then=self._checked)
            self._begin(_("Checking"), check)

    def _checked(self, backup: "Backup") -> None:
        self._end()
        contents = backup.manifest.contents
        says = _("{name} is as it was made: {rows} rows, {acts} acts in the audit trail")
        words = says.format(
            name=backup.place.name,
            rows=f"{sum(contents.rows.values()):,}",
            acts=f"{contents.acts:,}",
        )
        if contents.sound:
            self.say("ok", words)
        else:
            self.say("wait", words, "；".join(contents.troubles()))

    def _begin(self, words: str, start: Callable[..., Job]) -> None:
        self.progress.begin(words)
        self._job = start(told=self.progress.show_share, failed=self._failed)
        self._tell()

    def _end(self) -> None:
        self._job = None
        self.progress.hide()
        self._tell()

    def _failed(self, error: Exception) -> None:
        self._end()
        if isinstance(error, Stopped):
            self.say("wait", _("Stopped"), _("Nothing was left of it; earlier backups are kept."))
            return
        self.desk.feedback.show(error)
        self.desk.ask(backup_state, Nothing(), then=self._show_failure, latest=self)

    def _show_failure(self, state: BackupState) -> None:
        """Show how backups stand after a failure; what a check found stays in sight."""
        if state != self._state:
            self._show_state(state)

    def _stop(self) -> None:
        if self._job is not None:
            self._job.stop()

    def _ask_restore(self) -> None:
        row = self.table.current()
        if row is None:
            return

        def restored(store: Path) -> None:
            self.toast.emit(_("Restored to {place}.").format(place=store), None)

        dialog = RestoreDialog(
            self.window(),
            self.desk.asking,
            self._restore,
            restored,
            finish=_("Done"),
            backup=row.place,
        )
        dialog.open()

    def _restore(
        self,
        form: RestoreForm,
        told: Callable[[float], object],
        then: Callable[[Restored], object],
        failed: Callable[[Exception], object],
    ) -> Job:
        work = partial(restore_backup, Path(form.backup), Path(form.to), **opened_by(form))
        return self.desk.job(work, told=told, then=then, failed=failed)

    # The plan

    def _ask_folder(self) -> None:
        def chosen(folder: Path) -> None:
            self.form.set_value("folder", str(folder))
            self._tell_plan()

        self.desk.asking.open_folder(self, _("Where shall backups go?"), chosen)

    def _save(self) -> None:
        plan = self.form.record()
        if plan is not None:
            self.desk.perform(
                change_backup_plan, plan, then=self._saved, invalid=self.form.show_problems
            )

    def _saved(self, _nothing: object) -> None:
        self.form.settle()
        self.toast.emit(_("Saved; the next backup goes by it"), None)

    # Giving way

    def _turn(self) -> None:
        if not self.panes.back():
            self.panes.enter()

    def _tell_turn(self, thing: bool) -> None:
        self.turn.setText(_("List of backups") if thing else _("Standing and plan"))

    def compact(self, width: int, height: int) -> None:
        """Show the list or the plan where there is no room for both."""
        self.panes.set_narrow(width < 1100 or height < 560)
        self.turn.setVisible(self.panes.narrow)
        self.table.hide_columns({"rows"} if width < 1320 else set())


def _moment(at: datetime) -> str:
    return f"{at.astimezone():%Y-%m-%d %H:%M}"


def _soundness(row: BackupRow) -> Cell:
    good = row.soundness is Soundness.GOOD
    icon, tone = ("circle-check", "ok") if good else ("triangle-alert", "wait")
    return Cell(row.soundness.label, icon=icon, tone=tone)


def _size(row: BackupRow) -> Cell:
    return Cell(f"{row.size / 1e6:,.1f} MB")
