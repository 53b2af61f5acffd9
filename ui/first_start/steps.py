"""The questions of the first start. Each step checks itself and says what it was told."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import (
    QHBoxLayout,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from app.center.records import CenterForm
from app.core.i18n import N_, _
from ui import theme
from ui.kit.buttons import Button
from ui.kit.cards import Card, ChoiceCard
from ui.kit.form import FormView
from ui.kit.labels import Label
from ui.kit.layout import row
from ui.kit.segments import Part, Segments


class Step(QWidget):
    """One step: its name in the list, its question in large type, a line about it."""

    name: str = ""
    question: str = ""
    about: str = ""
    """Message ids."""

    def __init__(self) -> None:
        super().__init__()
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(0, 0, 0, 0)
        self.column.setSpacing(12)

    def ready(self) -> bool:
        """Tell whether one may go on; mark what is wrong otherwise."""
        return True

    def first(self) -> QWidget | None:
        """Return the widget that takes the focus."""
        return None


class PurposeStep(Step):
    """A real center, or the demonstration."""

    name = N_("Purpose")
    question = N_("What is this PC for?")
    about = N_("You can change later: demonstration and real data do not touch each other.")
    changed = Signal()
    restore_wanted = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.real = ChoiceCard(
            "building-2",
            _("Set up this center"),
            _("Work with real data, encrypted on this PC."),
            [
                ("check", _("Name, numbering and address of the center")),
                ("check", _("People: counter, supervisor, finance, administrator")),
                ("check", _("The city's dibao line, confirmed by a second person")),
                ("check", _("A recovery key, printed twice and sealed")),
            ],
        )
        self.demo = ChoiceCard(
            "flask-conical",
            _("Try the demonstration first"),
            _("60 invented households in every state. It can be removed at any time."),
            [
                ("info", _("Every paper is marked as a specimen")),
                ("info", _("It must not be used for real cases")),
                ("info", _("It is kept apart from real data")),
            ],
        )
        self.real.setObjectName("choose_real")
        self.demo.setObjectName("choose_demo")
        cards = QHBoxLayout()
        cards.setSpacing(16)
        for card in (self.real, self.demo):
            card.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
            cards.addWidget(card, 1)
            card.toggled.connect(lambda: self.changed.emit())
        self.real.setChecked(True)
        self.column.addLayout(cards)
        self.sizes = Segments(
            [Part(str(size), f"{size}%") for size in theme.SCALES], name="text_size"
        )
        self.sizes.choose(str(theme.percent()))
        self.sizes.chosen.connect(self._resize_text)
        self.restore = Button(
            _("Restore from a backup…"),
            self.restore_wanted.emit,
            kind="quiet",
            icon="database-backup",
            name="act_begin_restore",
        )
        sizes = Label(_("Text size"), tone="soft")
        self.column.addWidget(row(sizes, self.sizes, None, self.restore))
        self.column.addStretch(1)

    def _resize_text(self, percent: str) -> None:
        theme.use(theme.application(), theme.scheme(), int(percent))

    def first(self) -> QWidget:
        """Return the picked card."""
        return self.demo if self.demo.isChecked() else self.real


class CenterStep(Step):
    """The particulars that stand on papers."""

    name = N_("This center")
    question = N_("What is the center called?")
    about = N_("This stands on every paper. It can be changed later; issued papers keep theirs.")

    def __init__(self) -> None:
        super().__init__()
        spans = {
            "name": 7,
            "union_name": 5,
            "number_prefix": 3,
            "telephone": 4,
            "address": 8,
            "payer_account": 4,
        }
        self.form = FormView(CenterForm, spans=spans, name="form_center")
        self.form.set_value("number_prefix", "帮")
        card = Card()
        card.add(self.form)
        self.column.addWidget(card)
        self.column.addStretch(1)

    def ready(self) -> bool:
        """Check the form."""
        if not self.form.check():
            self.form.focus_problem()
            return False
        return True

    def center(self) -> CenterForm | None:
        """Return the particulars."""
        return self.form.record()

    def first(self) -> QWidget:
        """Return the name."""
        return self.form.first()
