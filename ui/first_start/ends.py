"""The last steps: the report with the recovery key, and the demonstration."""

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QCheckBox,
    QWidget,
)

from app.core.i18n import N_, _
from ui.first_start.steps import Step
from ui.kit.buttons import Button
from ui.kit.cards import Card, Facts
from ui.kit.labels import Label, Status
from ui.kit.layout import row
from ui.kit.notices import ProgressBar


class ReportStep(Step):
    """What was made, and the recovery key, shown this once."""

    name = N_("Self-check")
    question = N_("The center is set up")
    about = N_("Print the recovery key now: it is shown this once and kept nowhere.")
    sealed = Signal(bool)

    def __init__(self, print_key: Callable[[], Any], save_key: Callable[[], Any]) -> None:
        super().__init__()
        self._checks = Card(_("Checked"))
        key = Card(_("Recovery key"))
        self.key = Label(role="figure")
        self.key.setObjectName("recovery_key")
        self.key.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        key.add(self.key)
        key.add(Label(_("It opens the data when nobody can sign in any more"), tone="soft"))
        self.print = Button(
            _("Print two copies"), lambda: print_key(), icon="printer", name="act_print_key"
        )
        self.save = Button(
            _("Save as PDF…"), lambda: save_key(), kind="quiet", icon="download",
            name="act_save_key",
        )  # fmt: skip
        self.tick = QCheckBox(_("Printed and sealed"))
        self.tick.setObjectName("sealed")
        self.tick.toggled.connect(self.sealed)
        key.add(row(self.print, self.save, None, self.tick))
        self.column.addWidget(key)
        self.column.addWidget(self._checks)
        self.column.addStretch(1)

    def show_made(self, recovery_key: str, checks: list[tuple[str, str]]) -> None:
        """Show the key and what was checked: words and tone (``ok`` or ``wait``)."""
        groups = recovery_key.split("-")
        half = len(groups) // 2
        self.key.setText("\n".join(" - ".join(part) for part in (groups[:half], groups[half:])))
        for words, tone in checks:
            icon = "circle-check" if tone == "ok" else "triangle-alert"
            self._checks.add(Status(words, icon, tone))

    def first(self) -> QWidget:
        """Return the printing."""
        return self.print


class DemoStep(Step):
    """The demonstration in the making, then who can sign in to it."""

    name = N_("Demonstration data")
    question = N_("The demonstration")
    about = N_("Invented people whose ID numbers belong to nobody. Papers are marked as specimens.")

    def __init__(self) -> None:
        super().__init__()
        self._card = Card()
        self.bar = ProgressBar()
        self.says = Label(tone="soft")
        self.says.setObjectName("demo_says")
        self._card.add(self.says)
        self._card.add(self.bar)
        self.people = Facts(90)
        self._card.add(self.people)
        self.column.addWidget(self._card)
        self.column.addStretch(1)

    def show_progress(self, done: int, of: int) -> None:
        """Show how many households are in."""
        self.says.setText(_("Taking in household {done} of {of}").format(done=done + 1, of=of))
        self.bar.set_share(done / of if of else 1.0)

    def show_people(self, people: list[tuple[str, str, str]], password: str) -> None:
        """Show who can sign in: user, name, role; all have the same password."""
        self.bar.hide()
        self.says.setText(_("Ready. Sign in as any of these people:"))
        for user, name, role in people:
            self.people.add_fact(user, name, role)
        self.people.add_fact(_("Password"), password)
