"""Opens the program: application, sign-in or first start, desk, lock, in that order.

The database library is loaded on a thread while the person types the password.
"""

import sys
from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QLockFile, QObject, QSize, QTimer
from PySide6.QtWidgets import QApplication, QWidget

from app import __version__, entrance
from app.core.clock import Clock
from app.core.errors import AppError
from app.core.i18n import _
from app.core.words.staff import Role
from app.settings import (
    WorkstationSettings,
    changed,
    data_folder,
    demo_store,
    read_settings,
    write_settings,
)
from app.settings.face import Face, Seen, read_face, write_face
from ui import theme
from ui.application import make_application
from ui.feedback import Feedback, keep_bugs
from ui.lock import Gate, IdleLock
from ui.scans import ScanFolder
from ui.sign_in import Account, Place, SignInPage
from ui.tasks import Tasks

if TYPE_CHECKING:
    from app.center.records import CenterFacts
    from app.office import Office
    from app.work import Actor, Topic
    from ui.kit.asking import Asking
    from ui.main_window import MainWindow
    from ui.printing import Printer

PAINTED_MS = 100
"""After this long the sign-in page is painted, and loading cannot delay it any more."""
SIZE = QSize(1366, 768)
FRAME = 40
"""Height of the frame that the system draws around a window, about."""
TRIES = 3
"""Wrong passwords in a row before a pause."""


def start(store: Path | None, *, demo: bool) -> int:
    """Open the desk on a store; without one, ask at first start. Return the exit code."""
    settings = read_settings()
    app = make_application(sys.argv, settings.language, settings.scale, _scheme(settings.scheme))
    keep_bugs(data_folder())
    program = Program(app, settings, has_room=_has_room)
    program.begin(_demo(store or demo_store()) if demo else store or _known(settings))
    return app.exec()


def _demo(place: Path) -> Path:
    """Return where a demonstration center is, made when it is not there."""
    if not place.exists():
        from app.demo.center import create  # noqa: PLC0415 - only when it is missing

        create(place)
    return place


def _scheme(chosen: str) -> theme.Scheme | None:
    """Return the colours that were chosen, `None` for what the system wishes."""
    return theme.Scheme(chosen) if chosen in set(theme.Scheme) else None


def _place(face: Face) -> Place:
    """Return whose program it is, as the sign-in page says it."""
    return Place(
        center=face.center or _("Hardship assistance center"),
        union=face.union or _("Trade union"),
        version=__version__,
        demo=face.demonstration,
    )


def _account(person: entrance.Account, face: Face) -> Account:
    """Return a person as the sign-in page lists them."""
    seen = face.people.get(person.user)
    if seen is None:
        return Account(person.user, person.name, "")
    role = "、".join(Role(word).label for word in seen.roles if word in set(Role))
    last = _day(datetime.fromisoformat(seen.at)) if seen.at else ""
    return Account(person.user, person.name, role, last)


def _day(at: datetime) -> str:
    """Return an instant as the list says it: 今天 08:40, 昨天 17:31, 11-20."""
    local, today = at.astimezone(), datetime.now().astimezone().date()
    days = (today - local.date()).days
    if days == 0:
        return _("today {time}").format(time=f"{local:%H:%M}")
    if days == 1:
        return _("yesterday {time}").format(time=f"{local:%H:%M}")
    return f"{local:%m-%d}" if local.year == today.year else f"{local:%Y-%m-%d}"


def _has_room(window: QWidget) -> bool:
    """Tell whether the screen holds the window with its frame: else the F-keys are off it."""
    room = window.screen().availableSize() - QSize(0, FRAME)
    return window.width() <= room.width() and window.height() <= room.height()


def _known(settings: WorkstationSettings) -> Path | None:
    return Path(settings.store) if settings.store else None


class Program(QObject):
    """One running program: a store, an office once somebody signed in, the window."""

    def __init__(
        self,
        app: QApplication,
        settings: WorkstationSettings,
        *,
        printer: "Printer | None" = None,
        asking: "Asking | None" = None,
        clock: Clock | None = None,
        has_room: Callable[[QWidget], bool] = lambda _window: True,
    ) -> None:
        """``has_room`` tells whether a window is shown as large as it is, or fills the screen."""
        super().__init__()
        self.app = app
        self.settings = settings
        self.printer = printer
        self.asking = asking
        self._clock, self._has_room = clock, has_room
        self.tasks = Tasks()
        self.feedback = Feedback()
        self.feedback.install()
        self.scans = ScanFolder(settings.scan_folder, partial(self._choose, "scan_folder"))
        self.office: Office | None = None
        self.gate: Gate | None = None
        self.window: QWidget | None = None
        self._store: Path | None = None
        self._in_use: QLockFile | None = None
        self._wrong = 0
        app.aboutToQuit.connect(self.close)

    def begin(self, store: Path | None) -> None:
        """Show the sign-in of a store, or the first start when there is none."""
        if store is None:
            self.show_first_start()
            return
        try:
            self.show_sign_in(store)
        except AppError as error:
            self.show_first_start(error)

    def show_first_start(self, trouble: AppError | None = None) -> None:
        """Ask what this PC is for; ``trouble`` says why the known store does not open."""
        from ui.first_start import FirstStart  # noqa: PLC0415 - once in the life of a PC

        self.gate = None
        first = FirstStart(data_folder())
        if trouble is not None:
            first.say(trouble.tell())
        first.finished.connect(self._made)
        self._show(first)

    def _made(self, store: Path) -> None:
        self.settings = changed(self.settings, store=str(store))
        write_settings(self.settings)
        self.show_sign_in(store)

    def show_sign_in(self, store: Path) -> None:
        """Show who can sign in; raises what is wrong with the store's files."""
        people = entrance.accounts(store)
        self._lock_store(store)
        self._store = store
        face = read_face(store)
        sign_in = SignInPage(_place(face), [_account(person, face) for person in people])
        self.gate = Gate(sign_in)
        self.gate.leaving.connect(self._leaving)
        self.gate.close_wanted.connect(self._close)
        sign_in.wanted.connect(self._sign_in)
        sign_in.recovery_wanted.connect(self._ask_recovery)
        IdleLock(self.app, self.settings.idle_minutes, self.gate.lock, self.gate)
        self._show(self.gate)
        QTimer.singleShot(PAINTED_MS, self, self._prepare)

    def _prepare(self) -> None:
        """Load on a thread what the sign-in needs, while the password is typed."""
        self.tasks.paper(entrance.prepare, lambda _done: None, lambda _error: None)

    def _lock_store(self, store: Path) -> None:
        """Let one program at a time use a store."""
        lock = QLockFile(str(store) + ".lock")
        lock.setStaleLockTime(0)
        if not lock.tryLock(100):
            raise entrance.StoreInUse(path=store)
        self._in_use = lock

    def _sign_in(self, user: str, password: str) -> None:
        store = self._store
        if store is None:
            return

        def work() -> "tuple[Office, Actor]":
            if self.office is not None:
                return self.office, self.office.sign_in(user, password)
            return entrance.open_store(store, user, password, self._clock)

        self.tasks.write(work, self._enter, self._refuse)

    def _ask_recovery(self) -> None:
        from ui.recovery import RecoveryDialog, RecoveryForm  # noqa: PLC0415 - once in a long while

        gate, store = self.gate, self._store
        if gate is None or store is None:
            return

        def recover(form: RecoveryForm) -> None:
            self.tasks.write(
                lambda: entrance.recover(store, form.recovery_key, form.user, form.password),
                lambda _done: dialog.accept(),
                dialog.refuse,
            )

        dialog = RecoveryDialog(gate, gate.sign_in.user(), recover)
        dialog.open()

    def _refuse(self, error: Exception) -> None:
        gate = self.gate
        if gate is None:
            return
        if entrance.is_wrong_password(error):
            self._wrong += 1
            gate.sign_in.wrong(TRIES - self._wrong)
            if self._wrong == TRIES:
                self._wrong = 0
        elif isinstance(error, AppError) and entrance.is_damaged(error):
            self.show_first_start(error)  # where a backup can be restored
        elif isinstance(error, AppError):
            gate.sign_in.say(error.tell())
        else:
            self.feedback.show(error)

    def _enter(self, opened: Any) -> None:
        office, actor = opened
        gate = self.gate
        if gate is None:
            return
        self._wrong = 0
        self.office = office
        if not gate.unlock(actor):
            gate.enter(self.desk_of(office, actor))
        if (window := gate.frame()) is not None:
            self._remember(window, actor)

    def _remember(self, window: "MainWindow", actor: "Actor") -> None:
        """Keep what the next sign-in page shows."""
        if self._store is None:
            return
        frame = window.frame
        seen = Seen(
            tuple(sorted(role.value for role in actor.roles)),
            datetime.now(UTC).isoformat(timespec="minutes"),
        )
        face = replace(
            read_face(self._store),
            center=frame.center,
            union=frame.union,
            demonstration=frame.demo,
        )
        write_face(self._store, face.with_person(actor.user, seen))

    def _changed(self, window: "MainWindow", topics: "frozenset[Topic]") -> None:
        """Follow a change of the center's particulars: in the top bar and at the sign-in."""
        from app.center.queries import center_facts  # noqa: PLC0415 - loads the database library
        from app.core.record import Nothing  # noqa: PLC0415 - with the queries
        from app.work import Topic  # noqa: PLC0415 - with the queries

        def rename(center: "CenterFacts") -> None:
            window.show_center(center.name, center.union_name)
            self._remember(window, window.desk.actor)

        if Topic.CENTER in topics:
            window.desk.ask(center_facts, Nothing(), then=rename)

    def desk_of(self, office: "Office", actor: "Actor") -> "MainWindow":
        """Return the window of a signed-in person."""
        window = open_desk(
            office, actor, self.tasks, self.feedback, self._get_printer(), self.asking, self.scans
        )
        if self.gate is not None:
            window.sign_out_wanted.connect(self.gate.leave)
        window.look_wanted.connect(self._look)
        window.desk.changed.connect(partial(self._changed, window))
        return window

    def _get_printer(self) -> "Printer":
        if self.printer is None:
            from ui.printing import SystemPrinter  # noqa: PLC0415 - not before the sign-in

            self.printer = SystemPrinter(self.settings.printer)
        return self.printer

    def _look(self, scheme: str, percent: int) -> None:
        self.settings = changed(self.settings, scheme=scheme, scale=percent)
        write_settings(self.settings)

    def _choose(self, name: str, value: str) -> None:
        """Keep one choice for this PC."""
        self.settings = changed(self.settings, **{name: value})
        write_settings(self.settings)

    def _leaving(self, locked: bool) -> None:
        """Note who leaves the desk, and show the sign-in as of now."""
        gate, store, office = self.gate, self._store, self.office
        frame = gate.frame() if gate else None
        if gate is None or store is None or office is None or frame is None:
            return
        actor = frame.desk.actor
        self.tasks.write(
            lambda: office.note_sign_out(actor, locked=locked),
            lambda _done: None,
            self.feedback.show,
        )
        face = read_face(store)
        gate.sign_in.show_place(_place(face))
        with suppress(AppError):  # a list that cannot be read stays as it was: the desk locks
            gate.sign_in.show_accounts([_account(each, face) for each in entrance.accounts(store)])

    def _show(self, window: QWidget) -> None:
        old, self.window = self.window, window
        window.setWindowTitle(_("Bangfu"))
        window.resize(SIZE)
        if (old is not None and old.isMaximized()) or not self._has_room(window):
            window.showMaximized()
        else:
            window.show()
        if old is not None:
            old.deleteLater()

    def _close(self) -> None:
        """Back up what was done, then let the window go."""
        if self.gate is not None and self.office is None:
            self.gate.go()  # nobody was in
        elif self.gate is not None and self.office is not None:
            from ui.closing import Closing  # noqa: PLC0415 - on closing only

            closing = self.gate.findChild(Closing) or Closing(self.gate, self.office, self.tasks)
            closing.begin()

    def close(self) -> None:
        """Save drafts, let running work end, close the store."""
        frame = self.gate.frame() if self.gate else None
        if frame is not None:
            frame.save_drafts()
        self.tasks.close()
        if self.office is not None:
            self.office.close()
        if self._in_use is not None:
            self._in_use.unlock()


def open_desk(
    office: "Office",
    actor: "Actor",
    tasks: Tasks,
    feedback: Feedback,
    printer: "Printer",
    asking: "Asking | None" = None,
    scans: "ScanFolder | None" = None,
) -> "MainWindow":
    """Return the window of a signed-in person on an open office."""
    from app.center.queries import center_facts  # noqa: PLC0415 - loads the database library
    from app.core.record import Nothing  # noqa: PLC0415 - with the queries
    from ui.desk import Desk  # noqa: PLC0415 - not before the sign-in
    from ui.main_window import Frame, MainWindow  # noqa: PLC0415 - not before the sign-in
    from ui.searching import search_with  # noqa: PLC0415 - with the queries
    from ui.waiting import Waiting  # noqa: PLC0415 - with the queries

    center = office.ask(actor, center_facts, Nothing())
    desk = Desk(office, actor, tasks, feedback, asking=asking, printer=printer, scans=scans)
    frame = Frame(
        center=center.name,
        union=center.union_name,
        role="、".join(role.label for role in sorted(actor.roles)),
        demo=center.demonstration,
    )
    window = MainWindow(desk, frame, search_with(desk))
    Waiting(window)
    window.go("workbench")
    return window
