"""Telephone numbers in the clear, for whoever keeps the job service and has to call."""

from app.core.i18n import _
from app.placements.employer_records import EmployerById, EmployerChangeForm
from app.placements.employers import open_employer_form
from app.placements.seeker_records import SeekerById, SeekerChangeForm
from app.placements.seekers import open_seeker_form
from ui.kit.ask_pane import Act
from ui.kit.cells import UNKNOWN, joined
from ui.kit.page import Page

KEY = "Alt+T"


def phones_act(page: Page, seeker_id: int | None, employer_id: int | None) -> list[Act]:
    """Return the act that shows whom to call; none where neither is known here."""
    if seeker_id is None and employer_id is None:
        return []
    why = page.desk.reason(open_seeker_form)
    return [Act(_("Telephones"), lambda: _show(page, seeker_id, employer_id), why, "eye", KEY)]


def _show(page: Page, seeker_id: int | None, employer_id: int | None) -> None:
    """Show both in a banner, until something else is chosen; having asked stands in the trail."""
    said: list[str] = []

    def seeker(opened: SeekerChangeForm) -> None:
        said.append(joined(opened.seeker.name, opened.seeker.phone or UNKNOWN.text))
        ask_employer()

    def employer(opened: EmployerChangeForm) -> None:
        told = opened.employer
        said.append(joined(told.name, told.contact, told.phone or UNKNOWN.text))
        say()

    def ask_employer() -> None:
        if employer_id is None:
            say()
        else:
            asked = EmployerById(id=employer_id)
            page.desk.perform(open_employer_form, asked, then=employer)

    def say() -> None:
        title, *more = said
        page.say("accent", title, "　".join(more))

    if seeker_id is None:
        ask_employer()
    else:
        page.desk.perform(open_seeker_form, SeekerById(id=seeker_id), then=seeker)
