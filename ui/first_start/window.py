"""The window of the first start: steps at the left, one question a page, acts at the bottom."""

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Final

from PySide6.QtCore import Signal
from PySide6.QtGui import QCloseEvent, QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from app import entrance
from app.core.errors import AppError
from app.core.i18n import _
from app.papers.key_sheet import key_sheet
from ui import theme
from ui.feedback import BUG, note_bug, split_sentence
from ui.first_start.ends import DemoStep, ReportStep
from ui.first_start.lines import LinesStep
from ui.first_start.making import (
    Guest,
    Plan,
    Told,
    make_center,
    make_demonstration,
    open_center,
)
from ui.first_start.people import PeopleStep
from ui.first_start.place import PlaceStep
from ui.first_start.restoring import restore_beside
from ui.first_start.side import Side
from ui.first_start.steps import CenterStep, PurposeStep, Step
from ui.kit.asking import Asking, Dialogs
from ui.kit.banners import Banner, BannerArea
from ui.kit.buttons import Button
from ui.kit.day_editor import Today, local_today
from ui.kit.labels import Label
from ui.kit.layout import scrolling
from ui.kit.notices import ThinLine
from ui.printing import Printer, SystemPrinter
from ui.restoring import RestoreDialog
from ui.tasks import Tasks

STORE: Final = "center.db"
DEMONSTRATION: Final = "demo.db"
LIST_FROM: Final = 1100
"""Logical width from which the list of steps has room."""


class FirstStart(QWidget):
    """Asks what this PC is for and makes it so.

    The store is made beside its place and takes its name only when all is done: whoever closes
    the window before leaves nothing behind.
    """

    finished = Signal(object)
    """The `Path` of the store to sign in to."""
    _progress = Signal(int, int)

    def __init__(
        self,
        default_place: Path,
        today: Today = local_today,
        *,
        make: Callable[[Plan], str] = make_center,
        make_demo: Callable[[Path, Told], list[Guest]] = make_demonstration,
        asking: Asking | None = None,
        printer: Printer | None = None,
    ) -> None:
        super().__init__()
        self.setObjectName("first_start")
        self._folder = default_place
        self._today = today
        self._make, self._make_demo = make, make_demo
        self._asking = asking or Dialogs()
        self._printer = printer or SystemPrinter()
        self._tasks = Tasks()
        self._plan: Plan | None = None
        self._store = default_place / STORE
        self._recovery_key = ""
        self._busy = False
        self.purpose = PurposeStep()
        self.center = CenterStep()
        self.place = PlaceStep(default_place / STORE)
        self.people = PeopleStep()
        self.lines = LinesStep(today)
        self.report = ReportStep(self._print_key, self._save_key)
        self.demo = DemoStep()
        self._at = 0
        self._compose()
        self._connect()
        self._show()

    # Composition

    def _compose(self) -> None:
        outer = QHBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(0)
        self.side = Side()
        outer.addWidget(self.side)
        right = QVBoxLayout()
        right.setSpacing(0)
        inside = QWidget()
        self._column = column = QVBoxLayout(inside)
        column.setSpacing(4)
        self.banners = BannerArea()
        self.banners.setContentsMargins(0, 0, 0, 12)
        self._count = Label(role="small")
        self._count.setObjectName("step_count")
        self._question = Label(role="figure", wrap=True)
        self._question.setObjectName("page_title")
        self._about = Label(tone="soft", wrap=True)
        self.stack = QStackedWidget()
        for step in (
            self.purpose, self.center, self.place, self.people, self.lines, self.report, self.demo
        ):  # fmt: skip
            self.stack.addWidget(step)
        for widget in (self.banners, self._count, self._question, self._about):
            column.addWidget(widget)
        column.addSpacing(12)
        column.addWidget(self.stack, 1)
        right.addWidget(scrolling(inside), 1)
        right.addWidget(self._make_bar())
        outer.addLayout(right, 1)
        self._line = ThinLine(self)

    def _make_bar(self) -> QWidget:
        self._bar = QFrame()
        self._bar.setProperty("kind", "pagebar")
        self._bar_row = QHBoxLayout(self._bar)
        self._bar_row.setSpacing(10)
        self.leave = Button(_("Stop here"), self.close, kind="quiet", name="act_leave")
        self.hint = Label(role="small", tone="soft")
        self.hint.setObjectName("bar_hint")
        self.back = Button(_("Back"), self.go_back, key="Alt+B", name="act_back")
        self.next = Button("", self.go_on, kind="primary", key="Ctrl+Enter", name="act_next")
        self._bar_row.addWidget(self.leave)
        self._bar_row.addStretch(1)
        self._bar_row.addWidget(self.hint)
        self._bar_row.addWidget(self.back)
        self._bar_row.addWidget(self.next)
        return self._bar

    def _connect(self) -> None:
        self.purpose.changed.connect(self._show)
        self.purpose.restore_wanted.connect(self._ask_backup)
        self.place.look_wanted.connect(self._look)
        self.place.folder_wanted.connect(self._ask_place)
        self.report.sealed.connect(self._show)
        self._progress.connect(self.demo.show_progress)
        theme.changes.changed.connect(self._fit)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Let the list of steps give way where there is no room."""
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        wide = theme.logical_width(self) >= LIST_FROM
        self.side.setVisible(wide)
        self.side.setFixedWidth(theme.px(272))
        edge = theme.px(56) if wide else 16
        self._column.setContentsMargins(edge, theme.px(48) if wide else 16, edge, 16)
        self._bar_row.setContentsMargins(edge, 0, edge, 0)
        self._bar.setFixedHeight(theme.px(60))
        self._line.setGeometry(0, 0, self.width(), 2)

    # Going through the steps

    def steps(self) -> list[Step]:
        """Return the steps of what was chosen."""
        if self.purpose.demo.isChecked():
            return [self.purpose, self.demo]
        return [self.purpose, self.center, self.place, self.people, self.lines, self.report]

    def step(self) -> Step:
        """Return the step in sight."""
        return self.steps()[self._at]

    def _show(self, *_changed: object) -> None:
        steps = self.steps()
        step = steps[self._at]
        self.stack.setCurrentWidget(step)
        self.side.list.show_steps([_(each.name) for each in steps], self._at)
        count = _("Step {at} of {of}").format(at=self._at + 1, of=len(steps))
        self._count.setText(count)
        self._question.setText(_(step.question))
        self._about.setText(_(step.about))
        made = step in (self.report, self.demo)
        self.back.setHidden(made)
        self.back.allow("" if self._at else _("This is the first step"))
        self.leave.setHidden(step is self.demo)
        if made:
            self.next.setText(_("Sign in"))
        elif steps[self._at + 1] is self.report:
            self.next.setText(_("Set up the center"))
        else:
            self.next.setText(_("Next: {step}").format(step=_(steps[self._at + 1].name)))
        unsealed = step is self.report and not self.report.tick.isChecked()
        says = _("Print and seal the recovery key first") if unsealed else ""
        self.hint.setText(says)
        self.next.allow(_("Being made") if self._busy else says)

    def showEvent(self, event: object) -> None:
        """Put the focus on the first choice."""
        self._take_focus()

    def _take_focus(self) -> None:
        (self.step().first() or self.next).setFocus()

    def go_on(self) -> None:
        """Go to the next step when this one is ready; make what was asked for at the last one."""
        step = self.step()
        if step is self.report or step is self.demo:
            self._finish()
        elif not step.ready():
            return
        elif step is self.purpose and self.purpose.demo.isChecked():
            self._begin_demo()
        elif step is self.lines:
            self._begin_center()
        else:
            self._turn(self._at + 1)
            if self.step() is self.place:
                self.place.look()

    def go_back(self) -> None:
        """Return to the step before; what was typed stays."""
        if self._at and not self._busy:
            self._turn(self._at - 1)

    def _turn(self, at: int) -> None:
        self._at = at
        self.banners.clear()
        self._show()
        self._take_focus()

    def say(self, text: str) -> None:
        """Say what is wrong, such as why the store this PC used does not open."""
        self.banners.show_banner(Banner("bad", *split_sentence(text)))

    # The place

    def _look(self, place: Path) -> None:
        self._tasks.read(lambda: entrance.look_at(place), self.place.show_site, self._broke)

    def _ask_place(self) -> None:
        title, filters = _("Where shall the data be kept?"), _("Data file") + " (*.db)"
        self._asking.save_file(self, title, STORE, filters, self.place.set_place)

    def _ask_backup(self) -> None:
        """Restore a backup to this PC, and sign in to it."""
        dialog = RestoreDialog(
            self,
            self._asking,
            partial(restore_beside, self._tasks),
            self.finished.emit,
            finish=_("Sign in"),
            to=str(self._folder / STORE),
        )
        dialog.open()

    # Making

    def _begin_demo(self) -> None:
        self._turn(1)
        self.demo.says.setText(_("Setting up…"))
        store = self._folder / DEMONSTRATION
        work = partial(self._make_demo, store, self._progress.emit)
        self._work(lambda: work(), partial(self._demo_made, store))

    def _demo_made(self, store: Path, guests: list[Guest]) -> None:
        self._store = store
        people = [(guest.user, guest.name, guest.role) for guest in guests]
        self.demo.show_people(people, guests[0].password)
        self._show()
        self.next.setFocus()

    def _begin_center(self) -> None:
        center, staff, values = self.center.center(), self.people.staff(), self.lines.values()
        if center is None or staff is None or values is None:
            return
        plan = Plan(self.place.place(), center, staff, values)
        self._plan = plan
        self._work(lambda: self._make(plan), partial(self._center_made, plan))

    def _center_made(self, plan: Plan, recovery_key: str) -> None:
        self._recovery_key = recovery_key
        lines = (
            (_("Dibao line entered, the supervisor confirms it after signing in"), "wait")
            if plan.values
            else (_("No dibao line yet: the income test has to wait"), "wait")
        )
        self.report.show_made(
            recovery_key,
            [
                (
                    _("Data file made, encrypted and opened again: {place}").format(
                        place=plan.store
                    ),
                    "ok",
                ),
                (_("{count} people can sign in").format(count=len(plan.staff)), "ok"),
                (_("Who approves is another person than who proposes and pays"), "ok"),
                lines,
            ],
        )
        self._turn(self._at + 1)

    def _work(self, work: Callable[[], object], done: Callable[..., object]) -> None:
        """Do something long beside the screen, once at a time."""

        def ended(answer: object) -> None:
            self._rest()
            done(answer)

        def broke(error: Exception) -> None:
            self._rest()
            self._at = min(self._at, len(self.steps()) - 2)
            self._show()
            self._broke(error)

        self._busy = True
        self._line.set_busy(True)
        self._show()
        self._tasks.write(work, ended, broke)

    def _rest(self) -> None:
        self._busy = False
        self._line.set_busy(False)

    def _broke(self, error: Exception) -> None:
        if isinstance(error, AppError):
            self.say(error.tell())
        else:
            self.say(_(BUG).format(number=note_bug(error)))

    # The recovery key

    def _sheet(self) -> bytes:
        name = self._plan.center.name if self._plan else ""
        return key_sheet(name, self._recovery_key, self._today())

    def _print_key(self) -> None:
        def work() -> str:
            self._printer.print_pdf(self._sheet(), copies=2, title=_("Recovery key"))
            return self._printer.name()

        def printed(printer: str) -> None:
            self.banners.show_banner(
                Banner("ok", _("2 copies printed, {name}").format(name=printer))
            )
            self.report.tick.setFocus()

        self._tasks.paper(work, printed, self._not_printed)

    def _not_printed(self, _error: Exception) -> None:
        self.say(_("The printer does not answer. Save the sheet and print it on another PC."))

    def _save_key(self) -> None:
        def chosen(path: Path) -> None:
            self._tasks.paper(lambda: path.write_bytes(self._sheet()), saved, self._broke)

        def saved(_size: int) -> None:
            says = _("Saved. Delete the file as soon as it is printed: it opens all data.")
            self.banners.show_banner(Banner("wait", says))

        name = _("Recovery key") + ".pdf"
        self._asking.save_file(self, _("Save the sheet"), name, "PDF (*.pdf)", chosen)

    # The end

    def _finish(self) -> None:
        if self.step() is self.report and self._plan is not None:
            try:
                self._store = open_center(self._plan)
            except AppError as error:
                self._broke(error)
                return
            self._plan = None
        self.finished.emit(self._store)

    def closeEvent(self, event: QCloseEvent) -> None:
        """Wait for what runs, then take away what is not complete."""
        self._tasks.close()
        stores = [self._folder / DEMONSTRATION]
        if self._plan is not None:
            stores.append(self._plan.store)
        for store in stores:
            entrance.clear_workshop(store)
        super().closeEvent(event)
