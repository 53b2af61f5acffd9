"""What the lists of the page that are narrowed have in common."""

from typing import TYPE_CHECKING, Final

from ui.kit.long_list import LongList

if TYPE_CHECKING:
    from ui.pages.jobs.page import JobsPage

ALL: Final = "all"


class JobList(LongList["JobsPage"]):
    """A list with a line of text and a box of states, one of which is all."""

    page: "JobsPage"

    def __init__(self, page: "JobsPage") -> None:
        super().__init__(page, ALL)
