"""The page itself: courses with their seats, and vouchers."""

from app.core.i18n import N_, _
from app.work import Topic
from ui.kit.segments import Part
from ui.kit.worklists_page import WorklistsPage
from ui.pages.training.courses import Courses
from ui.pages.training.vouchers import Vouchers

SMALL = 1240


class TrainingPage(WorklistsPage):
    """Training courses: who has a seat, what came of it; and the vouchers that pay for it."""

    name = "training"
    title = N_("Training")
    icon = "graduation-cap"
    shows = frozenset({Topic.JOBS})

    def build(self) -> None:
        """Compose the lists, and ask for nothing yet."""
        self._over = 0
        self.courses, self.vouchers = Courses(self), Vouchers(self)
        self.compose_lists((self.courses, self.vouchers), (560, 600))

    def parts(self) -> list[Part]:
        """Return the segments, with how many courses are over and wait to be ended."""
        mark = ("clock", "wait") if self._over else ("", "")
        return [
            Part(Courses.key, _("Courses"), self._over or None, *mark),
            Part(Vouchers.key, _("Training vouchers")),
        ]

    def show_over(self, count: int) -> None:
        """Show how many courses are over and wait to be ended."""
        self._over = count
        self.show_parts()

    def see_course(self, course_id: int) -> None:
        """Show one course."""
        self.turn_to(Courses.key, course_id)

    def compact(self, width: int, height: int) -> None:
        """Leave out a column, then show one pane at a time."""
        super().compact(width, height)
        small = self.narrow <= width < SMALL
        self.courses.table.hide_columns({"starts_on"} if small else set())
