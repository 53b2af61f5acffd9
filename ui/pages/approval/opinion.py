"""Keeps the opinion that is being written as a draft, so that a lock or a power cut costs none."""

from app.core.record import Nothing
from app.drafts.queries import draft_view, my_drafts
from app.drafts.records import DraftById, DraftRow, DraftView
from ui.drafting import DraftKeeper, Snapshot, form_of_opinion
from ui.kit.page import Page
from ui.pages.approval.decision import DecisionPad


class OpinionKeeper:
    """One draft an award, taken up again when the award comes up."""

    def __init__(self, page: Page, pad: DecisionPad) -> None:
        self._page, self._pad = page, pad
        self._award_id, self._title = 0, ""
        self._typed = False
        self._drafts = DraftKeeper(page, self._snapshot)
        pad.edited.connect(self._touch)

    @property
    def draft_id(self) -> str:
        """Return the draft that a decision closes; empty when nothing was typed."""
        return self._drafts.draft_id if self._typed else ""

    def _snapshot(self) -> Snapshot:
        return Snapshot(form_of_opinion(self._award_id), self._title, self._pad.typed())

    def _touch(self) -> None:
        if self._award_id:
            self._typed = True
            self._drafts.touch()

    def keep(self) -> None:
        """Save what is not saved yet."""
        self._drafts.keep()

    def leave(self) -> None:
        """Save what was typed on the award that goes out of sight."""
        self._drafts.keep()
        self.forget()

    def forget(self) -> None:
        """Let go of the draft: the award was decided, or another one comes up."""
        self._award_id, self._typed = 0, False
        self._drafts.begin()

    def take_up(self, award_id: int, title: str) -> None:
        """Go on with the draft of an award, if there is one."""
        self._award_id, self._title = award_id, title
        self._page.desk.ask(my_drafts, Nothing(), then=self._find, latest=self)

    def _find(self, drafts: list[DraftRow]) -> None:
        wanted = form_of_opinion(self._award_id)
        found = next((draft for draft in drafts if draft.form == wanted), None)
        if found is not None:
            asked = DraftById(id=found.id)
            self._page.desk.ask(draft_view, asked, then=self._put_back, latest=self)

    def _put_back(self, draft: DraftView) -> None:
        """Put the draft back, unless something was typed meanwhile."""
        if draft.form == form_of_opinion(self._award_id) and not self._typed:
            self._drafts.begin(draft.id)
            self._typed = True
            self._pad.set_typed(draft.content)
