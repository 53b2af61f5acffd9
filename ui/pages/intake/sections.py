"""The sections of the intake page: each a card that knows what is missing and wrong in it."""

from collections.abc import Collection, Mapping, Sequence
from typing import Any, Generic, TypeVar

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from app.core.errors import Invalid
from app.core.i18n import _
from app.core.record import Record
from app.households.archive_records import MEMBER_ITEMS
from app.households.records import DeclarationForm, MemberForm
from app.households.rules import contract_questions, questions
from ui.kit.cards import Card
from ui.kit.editing import Context
from ui.kit.editors import Editor, focus_of
from ui.kit.field_box import FieldBox
from ui.kit.form import FormView
from ui.kit.labels import Chip, Label
from ui.kit.number_editors import MaskedEditor
from ui.kit.rail import Section as RailEntry
from ui.kit.record_row import More
from ui.kit.records_editor import RecordsEditor

R = TypeVar("R", bound=Record)


class Section(Card):
    """One section: ``key`` is its name in the record and the first part of its field paths."""

    edited = Signal()
    left = Signal()
    """A field was left: a good moment to save."""
    marked = Signal()
    """What is marked as wrong has changed."""

    def __init__(self, key: str, number: int, title: str) -> None:
        super().__init__(f"{number}　{title}")
        self.key = key
        self.words = title
        self.setObjectName(f"card_{key}")
        self._chip = Chip("", "circle-x", "bad")
        self._chip.hide()
        self.add_to_head(self._chip)

    # What stands in it

    def typed(self) -> dict[str, Any]:
        """Return what stands in the section by field path, as typed."""
        raise NotImplementedError

    def set_typed(self, typed: Mapping[str, Any]) -> None:
        """Put back what `typed` gave."""
        raise NotImplementedError

    def clear(self) -> None:
        """Empty the section."""
        raise NotImplementedError

    def record(self) -> Any:
        """Return what was entered, as far as it makes sense."""
        raise NotImplementedError

    def set_record(self, record: Any) -> None:
        """Show what the store knows."""
        raise NotImplementedError

    def blank(self) -> bool:
        """Tell whether nothing was entered at all."""
        raise NotImplementedError

    # What is missing and wrong

    def gaps(self) -> list[QWidget]:
        """Return the fields that are empty and wanted, in order."""
        raise NotImplementedError

    def wrong(self) -> list[tuple[QWidget, str]]:
        """Return the fields that are marked, each with its name and what is wrong."""
        raise NotImplementedError

    def check(self) -> None:
        """Mark everything that is wrong."""
        raise NotImplementedError

    def show_problems(self, invalid: Invalid) -> None:
        """Mark what the office found wrong; the problems are named as in `typed`."""
        raise NotImplementedError

    def first(self) -> QWidget:
        """Return the field that gets the focus."""
        raise NotImplementedError

    def unfold(self) -> None:
        """Show the fields, where they may be folded away."""

    def missing(self) -> int:
        """Return how many things are wanted and not there."""
        return len(self.gaps())

    def entry(self) -> RailEntry:
        """Return how the section stands, for the rail; the card says what is to be mended."""
        red = len(self.wrong())
        mend = _("{count} to mend").format(count=red)
        self._chip.show_state(mend, "circle-x", "bad")
        self._chip.setVisible(red > 0)
        if red:
            return RailEntry(self.key, self.words, "wrong", mend)
        if self.blank():
            return RailEntry(self.key, self.words, "empty", _("Not filled in"))
        if count := self.missing():
            short = _("{count} missing").format(count=count)
            return RailEntry(self.key, self.words, "short", short)
        return RailEntry(self.key, self.words, "done", _("Filled in"))


class FormSection(Section, Generic[R]):
    """A section of one record: its forms stand below each other, other widgets between them.

    ``optional`` names the fields that may well stay empty.
    """

    def __init__(
        self,
        key: str,
        number: int,
        title: str,
        record_type: type[R],
        parts: Sequence[Mapping[str, int] | QWidget],
        context: Context,
        optional: Collection[str] = (),
    ) -> None:
        super().__init__(key, number, title)
        self._record_type = record_type
        self._optional = optional
        self.forms: list[FormView[R]] = []
        for part in parts:
            if isinstance(part, QWidget):
                self.add(part)
                continue
            name = f"form_{key}_{len(self.forms)}"
            form = FormView(record_type, list(part), spans=part, context=context, name=name)
            form.edited.connect(self.edited)
            form.problems_changed.connect(self.marked)
            form.reveal_wanted.connect(form.reveal)  # opening the form was logged already
            self.forms.append(form)
            self.add(form)
        self.boxes: dict[str, FieldBox] = {}
        for form in self.forms:
            self.boxes |= form.boxes
        for name, box in self.boxes.items():
            box.editor.target().setObjectName(f"{key}.{name}")
            box.editor.left.connect(self.left)

    def typed(self) -> dict[str, Any]:
        """Return the text of every field."""
        return {
            f"{self.key}.{name}": text for form in self.forms for name, text in form.typed().items()
        }

    def set_typed(self, typed: Mapping[str, Any]) -> None:
        """Put the texts back; what was typed to its end is checked as if it had been left."""
        lead = f"{self.key}."
        texts = {path.removeprefix(lead): text for path, text in typed.items()}
        for form in self.forms:
            form.set_typed({name: texts[name] for name in form.boxes if name in texts})
        for box in self.boxes.values():
            if not box.editor.blank():
                box.editor.left.emit()

    def clear(self) -> None:
        """Empty every field."""
        for form in self.forms:
            form.clear()

    def value(self, name: str) -> Any:
        """Return the value of one field as far as it makes sense."""
        return self.boxes[name].editor.value()

    def record(self) -> R:
        """Return the record of the section."""
        return self._record_type(**{name: self.value(name) for name in self.boxes})

    def set_record(self, record: R) -> None:
        """Show a record."""
        for form in self.forms:
            form.set_record(record)

    def blank(self) -> bool:
        """Tell whether every field is empty."""
        return all(box.editor.blank() for box in self.boxes.values())

    def gaps(self) -> list[QWidget]:
        """Return the empty fields that are wanted."""
        return [
            focus_of(box.editor)
            for name, box in self.boxes.items()
            if box.editor.blank() and name not in self._optional
        ]

    def wrong(self) -> list[tuple[QWidget, str]]:
        """Return the marked fields with label and message."""
        return [
            (
                focus_of(box.editor),
                _("{field}: {problem}").format(
                    field=_(box.field.kind.label), problem=box.message.text()
                ),
            )
            for box in self.boxes.values()
            if box.red()
        ]

    def check(self) -> None:
        """Mark everything that is wrong."""
        for form in self.forms:
            form.check()

    def show_problems(self, invalid: Invalid) -> None:
        """Mark the fields the office found wrong."""
        for problem in invalid.problems:
            key, _dot, name = problem.field.partition(".")
            if key == self.key and name in self.boxes:
                self.boxes[name].set_problem(problem.tell())
        self.marked.emit()

    def first(self) -> QWidget:
        """Return the first field."""
        return focus_of(next(iter(self.boxes.values())).editor)


class DeclarationSection(FormSection[DeclarationForm]):
    """Section 8: one signed declaration settles what else is asked question by question."""

    def __init__(self, number: int, title: str, context: Context) -> None:
        questions = {
            "dwellings": 4,
            "has_motor_vehicle": 4,
            "has_business_premises": 4,
            "high_fee_school_or_study_abroad": 4,
            "refuses_verification": 4,
        }
        says = Label(
            _("Without the declaration, or where something does hold, ask one by one:"), "small"
        )
        parts: list[Mapping[str, int] | QWidget] = [{"declared": 12}, says, questions]
        super().__init__("declaration", number, title, DeclarationForm, parts, context)

    def _declared(self) -> bool:
        return bool(self.value("declared"))

    def blank(self) -> bool:
        """Tell whether nothing was declared and no question answered."""
        others = (box for name, box in self.boxes.items() if name != "declared")
        return not self._declared() and all(box.editor.blank() for box in others)

    def gaps(self) -> list[QWidget]:
        """Return the declaration and the open questions while nothing was declared."""
        return [] if self._declared() else [self.first(), *super().gaps()]

    def missing(self) -> int:
        """Count the open questions: the declaration would settle them all."""
        return 0 if self._declared() else len(super().gaps())


ROW = ("relation", "name", "id_number", "work_status", "monthly_income")
"""The cells of a member's row; what is asked of some only stands in its second line."""
FURTHER = (
    *("health", "disability", "medical_self_paid_12_months", "unemployed_since"),
    *("school_stage", "school_costs_this_year", "admitted_this_year"),
)
ANYBODY = ("health", "disability")
"""What the second line offers whoever it is."""


class MembersSection(Section):
    """Section 2: the further members as rows; Insert adds one, Ctrl+D opens the second line."""

    def __init__(self, number: int, title: str, context: Context) -> None:
        super().__init__("members", number, title)
        self.people: int | None = None
        """How many live together, as the section of income says."""
        self._says = Label(role="small")
        self._today = context.today
        self._with_items = False
        self.rows = RecordsEditor(
            MemberForm,
            ROW,
            more=More(FURTHER, ANYBODY, self._questions, later=MEMBER_ITEMS),
            context=context,
            add=_("Add a member"),
            name="members",
        )
        self.rows.add.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # it has its key; Enter goes on
        self.add_to_head(self._says)
        self.add_to_head(self.rows.add)
        self.add(self.rows)
        self.rows.edited.connect(self.edited)
        self.rows.problems_changed.connect(self.marked)

    def _questions(self, member: MemberForm) -> tuple[str, ...]:
        items = contract_questions(member) if self._with_items else ()
        return (*questions(member, self._today()), *items)

    def offer_items(self, open_: bool) -> None:
        """Offer the further items of the archive in the second line of every member, or not."""
        self._with_items = open_
        self.rows.offer((*ANYBODY, *MEMBER_ITEMS) if open_ else ANYBODY)

    def typed(self) -> dict[str, Any]:
        """Return the text of every cell, row by row."""
        return {"members": self.rows.typed()}

    def set_typed(self, typed: Mapping[str, Any]) -> None:
        """Put the rows back."""
        self.rows.set_typed(typed.get("members", []))
        for _row, editor in self._cells():
            editor.left.emit()

    def clear(self) -> None:
        """Take all rows away."""
        self.rows.set_records(())

    def record(self) -> tuple[MemberForm, ...]:
        """Return the members; none while a cell is wrong."""
        return () if self.rows.problems else self.rows.records() or ()

    def set_record(self, record: tuple[MemberForm, ...]) -> None:
        """Show the members; opening their numbers was logged, so the eye shows them at once."""
        self.rows.set_records(record)
        for _row, editor in self._cells():
            if isinstance(editor, MaskedEditor):
                editor.reveal_wanted.connect(editor.reveal)

    def _cells(self) -> list[tuple[int, Editor]]:
        """Return the editors of the rows in which anything stands, each with its row."""
        return [
            (at, self.rows.editor(at, name))
            for at, row in enumerate(self.rows.typed())
            if any(row.values())
            for name in row
        ]

    def _absent(self) -> int:
        """Return how many of those living together have no row yet."""
        return max((self.people or 0) - 1 - self.rows.count(), 0)

    def blank(self) -> bool:
        """Tell whether nobody stands here though somebody should, as far as is known."""
        return not self.rows.count() and self.people != 1

    def gaps(self) -> list[QWidget]:
        """Return what is empty and wanted; for a person who is missing, an empty row."""
        empty = self.rows.gaps()
        unused = [at for at, row in enumerate(self.rows.typed()) if not any(row.values())]
        if self._absent() and unused:
            empty.append(self.rows.editor(unused[0], self.rows.fields[0].name).target())
        return empty

    def missing(self) -> int:
        """Return how many fields are empty and how many people are not there."""
        return self.rows.missing() + self._absent()

    def wrong(self) -> list[tuple[QWidget, str]]:
        """Return the marked cells with row and label."""
        return [
            (
                editor.target(),
                _("Member {number}, {field}").format(
                    number=row + 1, field=_(editor.field.kind.label)
                ),
            )
            for row, editor in self._cells()
            if editor.target().property("state") == "bad"
        ]

    def check(self) -> None:
        """Mark the cells that are wrong."""
        self.rows.check()

    def show_problems(self, invalid: Invalid) -> None:
        """Mark the cells the office found wrong."""
        if any(problem.field.startswith("members[") for problem in invalid.problems):
            self.rows.show_problems(invalid, "members")

    def first(self) -> QWidget:
        """Return the first cell, in a new row when there is none."""
        if not self.rows.typed():
            self.rows.add_row()
        return focus_of(self.rows.editor(0, self.rows.fields[0].name))

    def show_people(self, people: int | None) -> None:
        """Say how many live together; the section counts who is not there."""
        self.people = people
        self._says.setText(_("{count} living together").format(count=people) if people else "")
