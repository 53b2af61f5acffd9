"""What the center requires before filing: three steps to check, with the document they stand in."""

from functools import partial
from typing import Final

from PySide6.QtWidgets import QGridLayout

from app.core.i18n import N_, _
from app.core.record import Nothing
from app.core.words.filing import BEFORE_FILING, StepKind
from app.filing.actions import require_steps
from app.filing.queries import filing_rules
from app.filing.records import FilingRules, RequiredForm
from ui.kit.cards import Card
from ui.kit.check_card import CheckCard
from ui.kit.labels import Label
from ui.kit.page import Page

SAYS: Final = {
    StepKind.VISIT: N_("Two people look at home whether it is as was told"),
    StepKind.CROSS_CHECK: N_("Other departments are asked, with the signed authorisation"),
    StepKind.NOTICE: N_("On the board, the name masked; an objection starts the clock anew"),
}


class RequiredCard(Card):
    """The steps without which nobody is put on file here; each is kept as soon as it is checked."""

    def __init__(self, page: Page) -> None:
        super().__init__(_("Before a household is filed"))
        self._page = page
        self._note = Label(role="small", wrap=True)
        self._reason = page.desk.reason(require_steps)
        grid = QGridLayout()
        grid.setSpacing(8)
        self.cards: dict[StepKind, CheckCard] = {}
        for at, kind in enumerate(BEFORE_FILING):
            card = CheckCard(kind.label, _(SAYS[kind]), f"required_{kind}")
            card.setEnabled(not self._reason)
            card.clicked.connect(partial(self._keep, kind))
            grid.addWidget(card, 0, at)
            grid.setColumnStretch(at, 1)
            self.cards[kind] = card
        self.add(self._note)
        self.add(grid)
        self.add_to_head(Label(self._reason or _("Kept at once"), "hint"))

    def ask(self) -> None:
        """Ask what is required now."""
        self._page.desk.ask(filing_rules, Nothing(), then=self._show, latest=self)

    def _show(self, rules: FilingRules) -> None:
        for row in rules.path:
            if (kind := row.name.kind) is not None:
                self.cards[kind].setChecked(row.required)
        says = _("Acceptance and filing by another person are always required. {title}")
        words = says.format(title=rules.title)
        self._note.setText(words)

    def _keep(self, kind: StepKind) -> None:
        required = {each.value: card.isChecked() for each, card in self.cards.items()}

        def kept(_nothing: object) -> None:
            says = _("Required now: {step}") if required[kind] else _("No longer required: {step}")
            self._page.toast.emit(says.format(step=kind.label), None)

        form = RequiredForm(**required)
        self._page.desk.perform(require_steps, form, then=kept)
