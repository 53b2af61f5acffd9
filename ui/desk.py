"""The desk: the office as seen by the signed-in person, without blocking the screen.

It is the only object of the screens that talks to the office. Every answer comes back on the
thread of the screen.
"""

from collections.abc import Callable
from datetime import date
from functools import partial
from pathlib import Path
from threading import Event
from typing import TYPE_CHECKING, Any, TypeVar

from PySide6.QtCore import QObject, Signal

from app.core.errors import Invalid
from app.core.record import Record
from ui.feedback import Feedback
from ui.kit.asking import Asking, Dialogs
from ui.scans import ScanFolder
from ui.tasks import Tasks

if TYPE_CHECKING:
    from app.backups.manifest import Backup
    from app.office import Done, Office
    from app.staff.records import PasswordForm, StaffForm
    from app.work import Action, Actor, Query, Topic, Verb
    from ui.printing import Printer

Request = TypeVar("Request", bound=Record)
Result = TypeVar("Result")
Failed = Callable[[Exception], object]
Told = Callable[[float], object]
"""Hears which share of the work is done, 0 to 1."""


class Stopped(Exception):
    """Somebody stopped a piece of long work."""


class Job:
    """A piece of long work that can be stopped; it leaves nothing behind then."""

    def __init__(self) -> None:
        self._stop = Event()

    def stop(self) -> None:
        """Let the work end as soon as it tells how far it is."""
        self._stop.set()

    def go_on(self) -> None:
        """Raise `Stopped` when it was stopped; for the thread that works."""
        if self._stop.is_set():
            raise Stopped


class Desk(QObject):
    """What a page may do: perform actions, ask queries, have papers made."""

    changed = Signal(frozenset)
    """The topics (`Topic`) an action has changed."""
    busy = Signal(bool)
    """Work goes on that a person waits for."""

    def __init__(
        self,
        office: "Office",
        actor: "Actor",
        tasks: Tasks,
        feedback: Feedback,
        *,
        asking: Asking | None = None,
        printer: "Printer | None" = None,
        scans: ScanFolder | None = None,
    ) -> None:
        super().__init__()
        self.asking: Asking = asking or Dialogs()
        self.printer = printer
        self.scans = scans or ScanFolder()
        self.actor = actor
        self.feedback = feedback
        self._office = office
        self._tasks = tasks
        self._running = 0
        self._closed = False
        self._newest: dict[object, int] = {}

    def today(self) -> date:
        """Return the day the office works on: for forms and lists of today."""
        return self._office.clock.today()

    def may(self, verb: "Verb[Any, Any]") -> bool:
        """Tell whether the signed-in person has the right to ``verb``."""
        return self.actor.may(verb)

    def reason(self, verb: "Verb[Any, Any]") -> str:
        """Return why ``verb`` is closed to this person, or nothing: for `Button.allow`."""
        return "" if self.may(verb) else self.feedback.no_right(verb.needs.label)

    def perform(
        self,
        action: "Action[Request, Result]",
        request: Request,
        *,
        then: Callable[[Result], object] | None = None,
        invalid: Callable[[Invalid], object] | None = None,
        failed: Failed | None = None,
    ) -> None:
        """Perform an action on the store thread, then tell the result and what changed.

        ``invalid`` shows what is wrong with the request (`FormView.show_problems`); ``failed``
        gets any other error, which is otherwise shown as a banner or, for a bug, in a window.
        """

        self._write(
            lambda: self._office.perform(self.actor, action, request),
            self._teller(then),
            invalid,
            failed,
        )

    def add_staff(
        self,
        form: "StaffForm",
        *,
        then: Callable[[int], object] | None = None,
        invalid: Callable[[Invalid], object] | None = None,
    ) -> None:
        """Take a person into the staff list with a first password; ``then`` gets the id."""
        self._write(
            lambda: self._office.add_staff(self.actor, form), self._teller(then), invalid, None
        )

    def change_password(
        self,
        form: "PasswordForm",
        *,
        then: Callable[[], object],
        invalid: Callable[[Invalid], object] | None = None,
    ) -> None:
        """Give a person a new password."""
        self._write(
            lambda: self._office.change_password(self.actor, form),
            lambda _nothing: then(),
            invalid,
            None,
        )

    def _teller(self, then: Callable[[Any], object] | None) -> Callable[["Done[Any]"], None]:
        """Return what tells the result of an act and then what it changed."""

        def tell(answer: "Done[Any]") -> None:
            if then is not None:
                then(answer.result)
            if answer.topics:
                self.changed.emit(answer.topics)

        return tell

    def _write(
        self,
        work: Callable[[], Any],
        tell: Callable[[Any], object],
        invalid: Callable[[Invalid], object] | None,
        failed: Failed | None,
    ) -> None:
        """Run an act on the store thread; its errors go where the page wants them."""

        def done(answer: Any) -> None:
            self._turn(-1)
            if not self._closed:
                tell(answer)

        def broke(error: Exception) -> None:
            self._turn(-1)
            if isinstance(error, Invalid) and invalid is not None and not self._closed:
                invalid(error)
            else:
                self._fail(error, failed)

        self._turn(1)
        self._tasks.write(work, done, broke)

    def ask(
        self,
        query: "Query[Request, Result]",
        request: Request,
        *,
        then: Callable[[Result], object],
        latest: object = None,
        failed: Failed | None = None,
    ) -> None:
        """Ask a query on a reader thread. With ``latest``, an answer that was overtaken by a
        newer question with the same key is dropped."""
        turn = self._newest[latest] = self._newest.get(latest, 0) + 1

        def overtaken() -> bool:
            return self._closed or (latest is not None and self._newest[latest] != turn)

        def done(answer: Any) -> None:
            if not overtaken():
                then(answer)

        def broke(error: Exception) -> None:
            if not overtaken():
                (failed or self.feedback.show)(error)

        self._tasks.read(lambda: self._office.ask(self.actor, query, request), done, broke)

    def produce(
        self,
        function: Callable[..., Result],
        *args: Any,
        then: Callable[[Result], object],
        failed: Failed | None = None,
    ) -> None:
        """Run a pure function of values (a paper, an export) on the paper thread."""

        def done(answer: Any) -> None:
            self._turn(-1)
            if not self._closed:
                then(answer)

        def broke(error: Exception) -> None:
            self._turn(-1)
            self._fail(error, failed)

        self._turn(1)
        self._tasks.paper(lambda: function(*args), done, broke)

    def job(
        self,
        work: Callable[[Told], Result],
        *,
        told: Told,
        then: Callable[[Result], object],
        failed: Failed | None = None,
    ) -> Job:
        """Run long work on the paper thread; ``told`` hears on the screen how far it is (0 to 1).

        It ends early when the job that is returned is stopped; ``failed`` gets `Stopped` then.
        """
        job = Job()

        def tell(share: float) -> None:
            job.go_on()
            self._tasks.tell(lambda: None if self._closed else told(share))

        def ignore_stop(error: Exception) -> None:
            if not isinstance(error, Stopped):
                self.feedback.show(error)

        self.produce(work, tell, then=then, failed=failed or ignore_stop)
        return job

    def back_up(
        self,
        *,
        told: Told,
        then: Callable[["Backup"], object],
        failed: Failed | None = None,
    ) -> Job:
        """Make a backup where the plan says, while others go on working."""

        work = partial(self._office.back_up, self.actor)
        return self.job(work, told=told, then=self._teller(then), failed=failed)

    def check_backup(
        self,
        place: Path,
        *,
        told: Told,
        then: Callable[["Backup"], object],
        failed: Failed | None = None,
    ) -> Job:
        """Read a backup of this store through again."""
        work = partial(self._office.check_backup, self.actor, place)
        return self.job(work, told=told, then=then, failed=failed)

    def prepare_import(
        self,
        prepare: "Callable[[Office], Result]",
        *,
        then: Callable[[Result], object],
        failed: Failed | None = None,
    ) -> None:
        """Make what an import will write, and a backup before it, beside the store thread."""

        def done(answer: Any) -> None:
            self._turn(-1)
            if not self._closed:
                then(answer)

        def broke(error: Exception) -> None:
            self._turn(-1)
            self._fail(error, failed)

        self._turn(1)
        self._tasks.read(lambda: prepare(self._office), done, broke)

    def close(self) -> None:
        """Answer no page any more: they go away with their window. What was begun is done, and
        what went wrong with it is still shown."""
        self._closed = True

    def _fail(self, error: Exception, failed: Failed | None) -> None:
        if not (self._closed and isinstance(error, Stopped)):
            (self.feedback.show if failed is None or self._closed else failed)(error)

    def tell_changed(self, topics: "frozenset[Topic]") -> None:
        """Let pages refresh after a change that was made elsewhere."""
        self.changed.emit(topics)

    def is_busy(self) -> bool:
        """Tell whether an action is running."""
        return self._running > 0

    def _turn(self, by: int) -> None:
        self._running += by
        if self._running == max(by, 0):
            self.busy.emit(self._running > 0)
