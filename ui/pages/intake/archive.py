"""Section 9 of the intake page: the further items of the archive, folded until they are wanted."""

from collections.abc import Mapping
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from app.core.errors import Invalid
from app.core.i18n import _
from app.households.archive_records import ArchiveForm
from app.reference.member_questions import member_questions
from ui.kit.editing import Context
from ui.kit.labels import Label
from ui.kit.more_line import MoreButton
from ui.kit.rail import Section as RailEntry
from ui.pages.intake.sections import FormSection

KEY = "Alt+9"
CONTRACT = ("contract_signed_on", "contract_term")
PERSON = {
    **{"political_status": 3, "marital_status": 3, "residence_type": 3, "insurance": 3},
    **{"model_worker": 3, "registered_district": 6, "postal_code": 3},
    **{"other_contact": 6, "working_since": 3, "single_parent": 3},
}
HOME_AND_WORK = {
    **{"housing": 4, "floor_area": 3, "self_help": 5},
    **{"industry": 4, "unit_kind": 4, "unit_condition": 4},
    **{"origin_unit": 4, "contract_signed_on": 4, "contract_term": 4},
}
HARDSHIP = {
    **{"secondary_causes": 12, "needs": 12},
    **{"other_yearly_income": 4, "account_branch": 8, "relief_plan": 12},
}
FILE = {
    **{"archive_level": 3, "file_kind": 3},
    **{"national_system_number": 3, "national_system_entered_on": 3, "note": 12},
}


class ArchiveSection(FormSection[ArchiveForm]):
    """Nothing of it is wanted for an acceptance; of migrant workers the contract is asked."""

    turned = Signal(bool)
    """It was opened (or shut): the members offer their items too."""

    def __init__(self, number: int, title: str, context: Context) -> None:
        self._migrant = False
        heads = [
            Label(words, "strong")
            for words in (_("The person"), _("Home and work"), _("Hardship and help"), _("File"))
        ]
        groups = (PERSON, HOME_AND_WORK, HARDSHIP, FILE)
        parts: list[Mapping[str, int] | QWidget] = []
        for head, group in zip(heads, groups, strict=True):
            parts += [head, group]
        super().__init__("archive", number, title, ArchiveForm, parts, context)
        self._folded: list[QWidget] = [*heads, *self.forms]
        self._button = MoreButton(
            _("More"), self._turn, kind="quiet", key=KEY, small=True, name="archive_more"
        )
        self._says = Label(role="small")
        self.add_to_head(self._says)
        self.add_to_head(self._button)
        self.edited.connect(self._tell)
        self.turn(open_=False)

    # Folding

    def is_open(self) -> bool:
        """Tell whether its fields are shown."""
        return not self.forms[0].isHidden()

    def turn(self, *, open_: bool) -> None:
        """Show or hide the fields."""
        for widget in self._folded:
            widget.setVisible(open_)
        self._button.icon_name = "chevron-up" if open_ else "chevron-down"
        self._button.setText(_("Less") if open_ else _("More"))
        self._tell()
        self.turned.emit(open_)

    def _turn(self) -> None:
        """Do what the button does: open and go to the first field, or shut."""
        opening = not self.is_open()
        self.turn(open_=opening)
        if opening:
            self.first().setFocus()

    def _filled(self) -> int:
        return sum(not box.editor.blank() for box in self.boxes.values())

    def _tell(self) -> None:
        """Say how much of it is filled in while it is shut."""
        count = self._filled()
        words = _("{count} filled in").format(count=count) if count else ""
        self._says.setText("" if self.is_open() else words)

    # What stands in it

    def show_person_type(self, person_type: object) -> None:
        """Ask migrant workers about the labour contract."""
        self._migrant = person_type in member_questions().contract.person_types

    def set_typed(self, typed: Mapping[str, Any]) -> None:
        """Put the texts back."""
        super().set_typed(typed)
        self._tell()

    def set_record(self, record: ArchiveForm) -> None:
        """Show a record."""
        super().set_record(record)
        self._tell()

    def clear(self) -> None:
        """Empty every field and fold it for the next person."""
        super().clear()
        self.turn(open_=False)

    # What is missing and wrong

    def _asked(self) -> list[str]:
        names = CONTRACT if self._migrant else ()
        return [name for name in names if self.boxes[name].editor.blank()]

    def gaps(self) -> list[QWidget]:
        """Return what a migrant worker was not asked; while it is shut, the button."""
        asked = self._asked()
        if asked and not self.is_open():
            return [self._button]
        return [self.boxes[name].editor.target() for name in asked]

    def missing(self) -> int:
        """Return how many fields are wanted and empty."""
        return len(self._asked())

    def check(self) -> None:
        """Mark everything that is wrong, and show it."""
        super().check()
        self._show_wrong()

    def show_problems(self, invalid: Invalid) -> None:
        """Mark the fields the office found wrong, and show them."""
        super().show_problems(invalid)
        self._show_wrong()

    def _show_wrong(self) -> None:
        if self.wrong():
            self.unfold()

    def unfold(self) -> None:
        """Show the fields."""
        if not self.is_open():
            self.turn(open_=True)

    def entry(self) -> RailEntry:
        """Return how it stands: nothing of it has to be there."""
        entry = super().entry()
        if entry.state != "empty" or self._asked():
            return entry
        return RailEntry(self.key, self.words, "empty", _("If needed"))
