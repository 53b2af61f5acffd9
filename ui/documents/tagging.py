"""Says of a document what it is, whose, what it proves and until when."""

from collections.abc import Sequence
from typing import Annotated, Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from app.core.i18n import N_, _
from app.core.kinds import Code, Text
from app.core.record import Field, Record
from app.documents.actions import retag_document, withdraw_document
from app.documents.records import (
    DocumentRow,
    DocumentWithdrawal,
    TagForm,
    TakenOn,
    ValidUntil,
)
from app.reference.attachments import ATTACHMENT, proof_of
from app.reference.choices import choices
from app.reference.proofs import proofs
from ui.desk import Desk
from ui.kit.buttons import Button
from ui.kit.choice_editors import ChoiceEditor
from ui.kit.editing import Context
from ui.kit.form import FormView
from ui.kit.labels import Rule

WHOLE: Final = "household"
"""Stands for everybody where a person is chosen."""

Person = tuple[int, str]
"""The id and the name of a member."""


class Tags(Record):
    """What is said of a document, as it is chosen on the screen."""

    kind: Annotated[str | None, Code(label=N_("Kind of document"), list=ATTACHMENT)] = None
    person: Annotated[str, Text(label=N_("Of whom"))] = WHOLE
    """The id of a member, or `WHOLE`."""
    taken_on: TakenOn = None
    valid_until: ValidUntil = None
    proof: Annotated[str, Text(label=N_("What it proves"))] = ""


class TagPanel(QWidget):
    """The form between list and document, so that one reads the paper while saying what it is."""

    closed = Signal()
    """It was saved, or is not wanted any more."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.setObjectName("tag_panel")
        self._desk, today = desk, desk.today
        self._row: DocumentRow | None = None
        self.form = FormView(
            Tags,
            spans={"kind": 6, "person": 6, "taken_on": 6, "valid_until": 6, "proof": 12},
            editors={"person": _people_editor, "proof": _proof_editor},
            context=Context(codes=lambda name: choices(name, today()), today=today),
            name="form_tags",
            narrow=0,
        )
        self._kind, self._person = self._editor("kind"), self._editor("person")
        self._kind.edited.connect(self._kind_chosen)
        save = Button(_("Save"), self._save, small=True, name="act_save_tags")
        back = Button(
            _("Cancel"), self.closed.emit, kind="quiet", small=True, name="act_leave_tags"
        )
        acts = QHBoxLayout()
        acts.setSpacing(8)
        acts.addStretch(1)
        acts.addWidget(back)
        acts.addWidget(save)
        column = QVBoxLayout(self)
        column.setContentsMargins(12, 8, 12, 8)
        column.setSpacing(4)
        column.addWidget(self.form)
        column.addLayout(acts)
        column.addWidget(Rule())

    def _editor(self, name: str) -> ChoiceEditor:
        editor = self.form.boxes[name].editor
        if not isinstance(editor, ChoiceEditor):
            raise TypeError(name)
        return editor

    def offer_people(self, people: Sequence[Person]) -> None:
        """Offer the members of the household; a draft has none yet."""
        words = [(str(key), name) for key, name in people]
        self._person.offer([(WHOLE, _("The whole household")), *words])
        self.form.boxes["person"].setVisible(bool(people))

    def show_document(self, row: DocumentRow) -> None:
        """Show what was said of a document so far."""
        self._row = row
        self.form.set_record(
            Tags(
                kind=row.kind or None,
                person=WHOLE if row.member_id is None else str(row.member_id),
                taken_on=row.taken_on,
                valid_until=row.valid_until,
                proof=row.proof,
            )
        )

    def document_id(self) -> int | None:
        """Return which document the form is about."""
        return self._row.id if self._row is not None else None

    def _kind_chosen(self) -> None:
        """Let the kind say what it usually proves; it can be said otherwise after that."""
        self.form.set_value("proof", proof_of(self._kind.text()))

    def _save(self) -> None:
        tags, row = self.form.record(), self._row
        if tags is None or row is None:
            return
        form = TagForm(
            id=row.id,
            version=row.version,
            kind=tags.kind or "",
            proof=tags.proof,
            member_id=None if tags.person == WHOLE else int(tags.person),
            taken_on=tags.taken_on,
            valid_until=tags.valid_until,
        )
        show = self.form.show_problems
        self._desk.perform(retag_document, form, then=self._done, invalid=show)

    def ask_withdrawal(self, row: DocumentRow) -> None:
        """Ask why a document is withdrawn, and withdraw it."""

        def withdraw(reason: str) -> None:
            form = DocumentWithdrawal(id=row.id, version=row.version, reason=reason)
            self._desk.perform(withdraw_document, form, then=self._done)

        self._desk.asking.reason(
            self,
            _("Withdraw “{name}”?").format(name=row.kind or row.name),
            _("It proves nothing any more. It stays in the store with the reason."),
            _("Withdraw"),
            withdraw,
            danger=True,
        )

    def _done(self, _nothing: None) -> None:
        self.closed.emit()


def _people_editor(field: Field) -> ChoiceEditor:
    return ChoiceEditor(field, [(WHOLE, _("The whole household"))])


def _proof_editor(field: Field) -> ChoiceEditor:
    titles = [(name, proof.title) for name, proof in proofs().items() if proof.with_client]
    return ChoiceEditor(field, [("", _("Nothing by itself")), *titles])
