"""The intake page: sections beside their rail, the pre-judgement below, a draft all the while."""

from datetime import UTC, datetime
from functools import partial
from typing import Final, cast

from PySide6.QtCore import QTimer
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QWidget

from app.cases.actions import accept_case
from app.cases.queries import assess_form
from app.cases.records import Accepted, IntakeForm
from app.core.errors import Conflict, Invalid
from app.core.i18n import N_, _
from app.core.kinds import ResidentId
from app.core.masking import mask
from app.documents.queries import documents_of
from app.drafts.actions import discard_draft
from app.drafts.queries import draft_view
from app.drafts.records import DraftById, DraftView
from app.households.actions import change_household, open_form
from app.households.records import ChangeForm, Reveal
from app.work import Topic
from ui import theme
from ui.documents.pane import DocumentsPane
from ui.drafting import CHANGE, INTAKE, DraftKeeper, Snapshot
from ui.kit.buttons import Button
from ui.kit.labels import Avatar, Chip, Label
from ui.kit.layout import scrolling
from ui.kit.page import Page
from ui.kit.rail import SectionRail
from ui.pages.intake.advice import Advice
from ui.pages.intake.column import SectionColumn
from ui.pages.intake.likeness import LikenessPanel
from ui.pages.intake.merging import Change, merge
from ui.pages.intake.outlook import OutlookPane
from ui.pages.intake.receipt import print_receipt
from ui.pages.intake.sides import Sides

ID: Final = ResidentId(label="")
NEW: Final = "new"
"""What `open` is given for an empty form; F2 of the frame gives it."""
APPLY: Final = "apply"
"""What `open` is given with a household that is known and never applied."""


class IntakePage(Page):
    """Takes a household in, or changes its file (`open(("change", household_id))`)."""

    name = "intake"
    title = N_("Intake")
    icon = "user-round-plus"
    shows = frozenset({Topic.VALUES})

    # Composition

    def build(self) -> None:
        """Compose head, rail, sections, pane and bar."""
        self._change: Change | None = None
        self._handing_in = False
        self._compose_head_parts()
        self._compose_middle()
        self.keeper = DraftKeeper(self, self._snapshot)
        self.documents.added.connect(self.keeper.touch)
        self.form.left.connect(self.keeper.keep)
        self._compose_bar()
        self._bind()
        self._begin()

    def _compose_head_parts(self) -> None:
        self._avatar = Avatar("", 32)
        self.lead(self._avatar)
        self._chip = Chip("")
        self._chip.setObjectName("intake_state")
        self.beside_title(self._chip)
        self._begun = Label(role="small")
        self.head.addWidget(self._begun)

    def _compose_middle(self) -> None:
        self.likenesses = LikenessPanel()
        self.likenesses.open_wanted.connect(self._open_known)
        self.form = SectionColumn(self.likenesses, self.desk.today)
        self.form.edited.connect(self._edited)
        self.form.marked.connect(self._show_sections)
        self._area = scrolling(self.form)
        self.rail = SectionRail([_("Alt+1…9 go to a section"), _("Alt+N next gap")])
        self.rail.chosen.connect(self.go_to)
        self.pane = OutlookPane()
        self.documents = DocumentsPane(self.desk)
        self.sides = Sides(self.rail, self._area, self.pane, self.documents)
        self.sides.may_assess = self.desk.may(assess_form)
        self.sides.may_read = self.desk.may(documents_of)
        self.advice = Advice(self.desk, self.form, self.likenesses, self.pane)
        self.advice.changed.connect(self._show_outlook)
        middle = QHBoxLayout()
        middle.setSpacing(12)
        middle.addWidget(self.rail)
        middle.addWidget(self._area, 1)
        middle.addWidget(self.pane)
        middle.addWidget(self.documents)
        self.add(middle, stretch=1)
        theme.application().focusChanged.connect(self._focus_moved)

    def _compose_bar(self) -> None:
        bar = self.bar()
        turn = self.sides.turn_pane
        details = Button(_("Details"), turn, kind="quiet", key="F7", name="act_details")
        details.allow(self.desk.reason(assess_form))
        bar.add(details)
        reason = self.desk.reason(documents_of)
        bar.add(self.sides.opener).allow(reason)
        self.offer("F8", _("Documents"), self.sides.turn_documents, reason)
        bar.add(Button(_("Save draft"), self.keeper.keep_all, key="Ctrl+S", name="act_save_draft"))
        words = _("Accept and print receipt")
        accept = Button(
            words, self.hand_in, kind="primary", key="F9", icon="printer", name="act_accept"
        )
        self._accept = bar.add(accept)

    def _bind(self) -> None:
        for number in range(1, 10):
            shortcut = QShortcut(QKeySequence(f"Alt+{number}"), self)
            shortcut.activated.connect(lambda at=number - 1: self.rail.press(at))
        gap = QShortcut(QKeySequence("Alt+N"), self)
        gap.activated.connect(self.next_gap)

    # Beginning

    def open(self, what: object) -> None:
        """Show an empty form (`NEW`), a draft (its id), a household's file to be changed
        (``("change", id)``), or one that applies on its own after a split (`APPLY`, id).

        What was being typed is kept as a draft first; `None` goes on with it.
        """
        if what is None or what == self.keeper.draft_id:
            return
        self.keeper.keep()
        self._begin()
        if isinstance(what, tuple):
            purpose, household_id = cast("tuple[str, int]", what)
            then = partial(self._begin_change, applies=purpose == APPLY)
            self.desk.perform(open_form, Reveal(household_id=household_id), then=then)
        elif what != NEW:
            asked_for = DraftById(id=str(what))
            self.desk.ask(draft_view, asked_for, then=self._restore, latest=self)

    def _begin(self, draft_id: str = "", change: Change | None = None) -> None:
        """Empty the page for another person."""
        self._change = change
        self.banners.clear()
        self.advice.begin(change.id if change else None)
        self.form.set_changing(change is not None and not change.applies)
        self.form.clear()
        self.keeper.begin(draft_id)
        if change is None:
            self.documents.show_draft(self.keeper.draft_id)
        else:
            self.documents.show_household(change.id)
        now = datetime.now(UTC).astimezone().strftime("%H:%M")
        self._begun.setText(_("begun {time}").format(time=now))
        self._area.verticalScrollBar().setValue(0)
        self._show_mode()

    def _restore(self, draft: DraftView) -> None:
        """Put a draft back exactly as it was typed."""
        change = Change.of(draft.content) if draft.form == CHANGE else None
        self._begin(draft.id, change)
        self.form.set_typed(draft.content)
        self.keeper.begin(draft.id)  # putting it back changed nothing
        saved = draft.saved_at.astimezone().strftime("%m-%d %H:%M")
        self._begun.setText(_("draft of {time}").format(time=saved))
        self._show_all()
        self.advice.look()

    def _begin_change(self, form: ChangeForm, *, applies: bool = False) -> None:
        """Show a household's file to be changed."""
        self._begin(change=Change(form.id, form.version, form.household, applies))
        self.form.show_household(form.household)
        self._show_all()
        self.advice.look()

    def _show_mode(self) -> None:
        """Show what the page is for now: an intake, or a change of a file."""
        changing = self._change is not None and not self._change.applies
        words = _("Save changes") if changing else _("Accept and print receipt")
        self._accept.icon_name = "" if changing else "printer"
        self._accept.setText(words)
        reason = self.desk.reason(change_household if changing else accept_case)
        self._accept.allow(reason)
        self.offer("F9", words, self._accept.click, reason)
        icon, chip = ("pencil", _("Changing")) if changing else ("file-clock", _("Draft"))
        self._chip.show_state(chip, icon)
        self._show_all()

    def first_focus(self) -> QWidget:
        """Return the ID field of an empty form or of a file, else the first gap of the draft."""
        fresh = self.form.head.blank() or self._change is not None
        return self.form.head.first() if fresh else self._next_gap()

    # Typing

    def _edited(self) -> None:
        self.keeper.touch()
        self.advice.look_soon()
        self._show_all()

    def _show_all(self) -> None:
        self._show_person()
        self._show_sections()
        self._show_outlook()

    def _show_person(self) -> None:
        name = self.form.name()
        number = self.form.head.value("id_number")
        parts = [mask(ID, number)] if number else []
        if (facts := self.form.id_facts()) is not None:
            years = _("{age} years").format(age=facts.age(self.desk.today()))
            parts = [facts.sex.label, years, *parts]
        self._avatar.set_name(name)
        self._avatar.setVisible(bool(name))
        self.set_title(name or _("New intake"), "　".join(parts))

    def _show_sections(self) -> None:
        self.rail.show_sections(self.form.entries())

    def _show_outlook(self) -> None:
        """Say in the bar what the form comes to: in two lines, or in one where room is short."""
        found = self.advice.outlook
        self.documents.show_needed(self.advice.proofs)
        if found is None:
            says = _("Fill in what you know; what it comes to is worked out meanwhile")
            self.bar().say(_("Pre-judgement"), says, icon="calculator")
        elif self.sides.narrow():
            self.bar().say("　".join(filter(None, (found.answer, found.short()))), tone=found.tone)
        else:
            first = "　".join(filter(None, (_("Pre-judgement"), found.answer, found.net)))
            self.bar().say(first, found.long(), found.tone, "calculator", "wait")

    def refresh(self) -> None:
        """Look up again what others may have changed."""
        self.advice.look()

    # Moving about

    def go_to(self, key: str) -> None:
        """Go to a section: to what is to be mended, its first gap, or its first field."""
        section = self.form.section(key)
        section.unfold()
        gaps = [widget for widget, _says in section.wrong()] or section.gaps()
        bar = self._area.verticalScrollBar()
        bar.setValue(section.y())
        QTimer.singleShot(0, section, lambda: bar.setValue(section.y()))  # unfolded, it has grown
        (gaps[0] if gaps else section.first()).setFocus()

    def next_gap(self) -> None:
        """Go to the next field that is empty or to be mended, after the one in focus."""
        self._next_gap().setFocus()

    def _next_gap(self) -> QWidget:
        fields = self.form.gaps()
        if not fields:
            return self._accept
        now = theme.application().focusWidget()
        at = fields.index(now) + 1 if now in fields else 0
        return fields[at % len(fields)]

    def _focus_moved(self, _before: QWidget | None, now: QWidget | None) -> None:
        """Keep the focus in sight and the rail at its section."""
        if now is None or not self.form.isAncestorOf(now):
            return
        self._area.ensureWidgetVisible(now, 0, theme.px(64))
        self.sides.point_to(now.objectName())
        for section in self.form.in_use():
            if section.isAncestorOf(now):
                self.rail.set_current(section.key)

    def compact(self, width: int, height: int) -> None:
        """Give way: the pane to the form, the rail to numbers, the bar to one line."""
        self.sides.fit(width, height)
        self._show_outlook()

    # Saving the draft

    def before_leaving(self) -> None:
        """Save the draft; asks nothing."""
        self.keeper.keep()

    def _snapshot(self) -> Snapshot:
        """Return what stands on the page, for the draft."""
        content = self.form.typed() | (self._change.content() if self._change else {})
        title = self.form.name() or _("No name yet")
        return Snapshot(CHANGE if self._change else INTAKE, title, content)

    # Handing in

    def hand_in(self) -> None:
        """Accept the case and print the receipt, or save the changed file."""
        self.form.check()
        if self._handing_in or self._tell_wrong():
            return
        self._handing_in = True
        self.keeper.keep()
        household, known = self.form.household(), self._change
        if known is not None and not known.applies:
            form = known.form(household)
            self.desk.perform(
                change_household, form, then=self._changed, invalid=self._invalid,
                failed=self._failed,
            )  # fmt: skip
            return
        application = self.form.application.record()
        intake = IntakeForm(
            household=household,
            application=application,
            draft_id=self.keeper.draft_id,
            known_id=known.id if known else None,
            known_version=known.version if known else None,
        )
        self.desk.perform(
            accept_case, intake, then=self._accepted, invalid=self._invalid, failed=self._failed
        )

    def _tell_wrong(self) -> bool:
        """List what is marked as wrong and go to the first; tell whether there was any."""
        wrong = self.form.wrong()
        if wrong:
            title = _("{count} entries need to be mended. What was typed is kept.")
            words = _("; ").join(words for _widget, words in wrong)
            self.say("bad", title.format(count=len(wrong)), words)
            wrong[0][0].setFocus()
        return bool(wrong)

    def _invalid(self, invalid: Invalid) -> None:
        self._handing_in = False
        self.form.show_problems(invalid)
        if not self._tell_wrong():
            words = _("; ").join(problem.tell() for problem in invalid.problems)
            self.say("bad", invalid.tell(), words)

    def _failed(self, error: Exception) -> None:
        self._handing_in = False
        if isinstance(error, Conflict) and self._change is not None:
            self._take_over(error, self._change)
        else:
            self.desk.feedback.show(error)

    def _accepted(self, accepted: Accepted) -> None:
        self._handing_in = False
        self._begin()

        print_receipt(self.desk, accepted, lambda words: self.toast.emit(words, None))
        self.go.emit("household", accepted.household_id)

    def _open_known(self, household_id: int) -> None:
        """Open a household that is known already, and offer it what was scanned here."""
        self.go.emit("household", household_id)
        self.documents.adding.offer_to(household_id)

    def _changed(self, _nothing: None) -> None:
        self._handing_in = False
        change, draft_id = self._change, self.keeper.draft_id
        self._begin()
        self.desk.perform(discard_draft, DraftById(id=draft_id), failed=_no_draft)
        self.toast.emit(_("The changes are saved"), None)
        if change is not None:
            self.go.emit("household", change.id)

    def _take_over(self, conflict: Conflict, change: Change) -> None:
        """Take over what the other person changed; what was typed here stays."""

        def show(newest: ChangeForm) -> None:
            both = merge(change.base, self.form.household(), newest.household)
            self._change = Change(newest.id, newest.version, newest.household, change.applies)
            self.form.show_household(both.form)
            self._edited()
            title = _("{who} changed this meanwhile: {fields}").format(
                who=conflict.data.get("who", ""),
                fields=_(", ").join(both.theirs) or _("nothing that stands here"),
            )
            text = _("What you typed is all kept. Please look through it and press F9 once more.")
            self.say("wait", title, text)

        self.desk.perform(open_form, Reveal(household_id=change.id), then=show)


def _no_draft(_error: Exception) -> None:
    """There is no draft to discard: the change was handed in before it was saved once."""
