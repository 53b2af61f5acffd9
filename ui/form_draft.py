"""Keeps the one new thing that is being typed on a page as a draft."""

from collections.abc import Callable, Mapping

from app.core.i18n import _
from app.drafts.records import DraftView
from ui.drafting import DraftKeeper, Snapshot
from ui.kit.ask_pane import Form
from ui.kit.page import Page

Told = Callable[[], str]
NOTHING: Mapping[str, Told] = {}


class FormDraft:
    """The draft of a form in a pane: begun with its first change, closed when it is handed in."""

    def __init__(self, page: Page) -> None:
        self._keeper = DraftKeeper(page, self._snapshot)
        self._form: Form | None = None
        self._name, self._title = "", ""
        self._more = NOTHING

    def begin(
        self,
        form: Form,
        name: str,
        title: str,
        draft: DraftView | None = None,
        more: Mapping[str, Told] = NOTHING,
    ) -> None:
        """Keep another form called ``name``, or go on with its ``draft``.

        The field ``title`` names the draft in lists, once it is typed; ``more`` tells what is
        typed beside the form.
        """
        self.keep()
        self._form, self._name, self._title, self._more = form, name, title, more
        self._keeper.begin(draft.id if draft else "")
        if draft is not None:
            form.set_typed(draft.content)
            form.edited.emit()
        form.edited.connect(self._keeper.touch)

    def touch(self) -> None:
        """Note a change beside the form."""
        self._keeper.touch()

    def keep(self) -> None:
        """Save what is not saved yet."""
        self._keeper.keep()

    def hand_in(self) -> str:
        """Save the last change and return the id of the draft, which the act closes."""
        self.keep()
        return self._keeper.draft_id

    def _snapshot(self) -> Snapshot:
        typed = self._form.typed() if self._form is not None else {}
        beside = {name: tell() for name, tell in self._more.items()}
        title = typed.get(self._title, "") or _("Not named yet")
        return Snapshot(self._name, title, {**typed, **beside})
