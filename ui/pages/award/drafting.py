"""The draft of a proposal: found again when its case is opened, closed when it is submitted."""

from app.core.i18n import _
from app.core.record import Nothing
from app.drafts.actions import discard_draft
from app.drafts.queries import draft_view, my_drafts
from app.drafts.records import DraftById, DraftRow, DraftView
from ui.drafting import DraftKeeper, Snapshot
from ui.kit.page import Page
from ui.pages.award.form import Proposal


class ProposalDraft(DraftKeeper):
    """Keeps what differs from what the page filled in by itself.

    So a household that changed meanwhile shows its newest account, and a card number that
    nobody typed here stays behind its logged reveal.
    """

    def __init__(self, page: Page, proposal: Proposal) -> None:
        super().__init__(page, self._stands)
        self._proposal = proposal
        self._form = ""
        self._begun = False
        proposal.form.edited.connect(self._edited)

    def open(self, form: str) -> None:
        """Go on with the draft of a matter, if there is one; an empty ``form`` is none."""
        self.keep()
        typed = self._proposal.changes()
        self._proposal.begin()
        if form and form == self._form and self._begun:
            self._proposal.put_back(typed)
            return
        self._form, self._begun = form, False
        self.begin()
        if form:
            desk = self._page.desk
            desk.ask(my_drafts, Nothing(), then=self._look_through, latest=(self, "drafts"))

    def forget(self) -> None:
        """Begin anew: the proposal was submitted or is not wanted any more."""
        self._form, self._begun = "", False
        self.begin()

    def discard(self) -> None:
        """Close the draft of a proposal that is not wanted any more."""
        self.keep()
        if self._begun:
            self._page.desk.perform(discard_draft, DraftById(id=self.draft_id))
        self.forget()

    def _look_through(self, rows: list[DraftRow]) -> None:
        for row in rows:
            if row.form == self._form:
                asked = DraftById(id=row.id)
                self._page.desk.ask(draft_view, asked, then=self._restore, latest=(self, "draft"))
                return

    def _restore(self, draft: DraftView) -> None:
        if draft.form != self._form or self._begun:
            return  # another matter was opened, or typing began
        self.begin(draft.id)
        self._begun = True
        self._proposal.put_back(draft.content)
        saved = draft.saved_at.astimezone().strftime("%m-%d %H:%M")
        self._page.saved.emit(_("draft of {time}").format(time=saved))

    def _edited(self) -> None:
        self._begun = self._begun or bool(self._proposal.changes())
        if self._begun:
            self.touch()

    def _stands(self) -> Snapshot:
        return Snapshot(self._form, self._proposal.name(), self._proposal.changes())
