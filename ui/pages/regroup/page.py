"""The page: the people of one household at the left, what else is asked at the right."""

from typing import Any, cast

from PySide6.QtWidgets import QGridLayout, QWidget

from app.core.i18n import N_, _
from app.core.record import Record
from app.households.merging import undo_change
from app.households.merging_records import (
    Divided,
    HeadChangeForm,
    MoveForm,
    SplitForm,
    UndoForm,
)
from app.households.moving_people import change_head, move_member, split_household
from app.households.queries import household_view
from app.households.records import ById, HouseholdView
from app.reference.choices import choices
from app.work import Action, Topic
from ui import theme
from ui.kit.buttons import Button
from ui.kit.cards import Card
from ui.kit.editing import Context
from ui.kit.form import FormView
from ui.kit.labels import Avatar, Label
from ui.kit.layout import scrolling
from ui.kit.page import Page
from ui.pages.regroup.people import Act, PeopleRows
from ui.picking import HouseholdPicker

TITLES = {
    Act.SPLIT: N_("Split the household"),
    Act.MOVE: N_("Move a member"),
    Act.HEAD: N_("Change the head"),
}
SAYS = {
    Act.SPLIT: N_(
        "Who goes becomes a household of their own, which is not on file yet. Sums told for all "
        "are asked anew."
    ),
    Act.MOVE: N_(
        "Relief given to the member goes along; sums told for all are asked anew in both "
        "households."
    ),
    Act.HEAD: N_("What everybody is to the new head is asked anew."),
}
ACTIONS: dict[Act, Action[Any, Any]] = {
    Act.SPLIT: split_household,
    Act.MOVE: move_member,
    Act.HEAD: change_head,
}


class RegroupPage(Page):
    """Opened with (`Act`, id of the household)."""

    name = "regroup"
    title = N_("Members of the household")
    icon = "users-round"
    shows = frozenset({Topic.HOUSEHOLDS})

    # Composition

    def build(self) -> None:
        """Compose the people, the three forms and the bar."""
        self._act = Act.SPLIT
        self._id: int | None = None
        self._view: HouseholdView | None = None
        self._to: HouseholdView | None = None
        self._avatar = Avatar("", 32)
        self.lead(self._avatar)
        context = Context(
            codes=lambda name: choices(name, self.desk.today()), today=self.desk.today
        )
        self.people = PeopleRows(context)
        self.people.edited.connect(self._show_act)
        self._who = Card(_("Family members"))
        self._says = Label(role="small", wrap=True)
        self._who.add(self._says)
        self._who.add(self.people)
        self._who.body.addStretch(1)
        self.forms: dict[Act, FormView[Any]] = {
            Act.SPLIT: FormView(
                SplitForm,
                ["phone", "district", "address", "reason"],
                spans={"phone": 6, "district": 6, "address": 12, "reason": 12},
                fixed={"household_id": 0, "version": 0, "head_id": 0},
                context=context,
                name="form_split",
            ),
            Act.MOVE: FormView(
                MoveForm,
                ["relation", "joined_on", "reason"],
                spans={"relation": 6, "joined_on": 6, "reason": 12},
                fixed={
                    "household_id": 0,
                    "version": 0,
                    "member_id": 0,
                    "to_id": 0,
                    "to_version": 0,
                },
                context=context,
                name="form_move",
            ),
            Act.HEAD: FormView(
                HeadChangeForm,
                ["phone", "person_type", "work_unit", "reason"],
                spans={"phone": 6, "person_type": 6, "work_unit": 12, "reason": 12},
                fixed={"household_id": 0, "version": 0, "head_id": 0},
                hints={"phone": _("Of the new head; empty keeps what is known")},
                context=context,
                name="form_head",
            ),
        }
        self._what = Card(_("Of the new household"))
        self.picker = HouseholdPicker(self.desk, eager=False)
        self.picker.picked.connect(self._ask_to)
        self.picker.setMinimumHeight(theme.px(220))
        self._what.add(self.picker)
        for form in self.forms.values():
            self._what.add(form)
        self._what.body.addStretch(1)
        holder = QWidget()
        self._grid = QGridLayout(holder)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setSpacing(12)
        self._place(one_column=False)
        self.add(scrolling(holder), stretch=1)
        bar = self.bar()
        back = Button(_("Back to the file"), self._back, key="Ctrl+B", name="act_back")
        bar.add(back)
        self._do = bar.add(Button("", self.perform, kind="primary", key="F9", name="act_regroup"))
        bar.say(_("Opened from the page of a household, by “More…”"))
        self._do.hide()

    def _place(self, *, one_column: bool) -> None:
        self._grid.addWidget(self._who, 0, 0)
        self._grid.addWidget(self._what, 1 if one_column else 0, 0 if one_column else 1)
        self._grid.setColumnStretch(0, 5)
        self._grid.setColumnStretch(1, 0 if one_column else 5)

    # Loading

    def open(self, what: object) -> None:
        """Show the household for one act, with nothing chosen."""
        if isinstance(what, tuple):
            act, self._id = cast("tuple[str, int]", what)
            self._act = Act(act)
            self._view = self._to = None
            for form in self.forms.values():
                form.clear()
            self.banners.clear()
        self._stale = True
        if self.isVisible():
            self.reload()

    def refresh(self) -> None:
        """Ask for the household."""
        if self._id is not None:
            asked = ById(id=self._id)
            self.desk.ask(household_view, asked, then=self._take_view, latest=(self, "view"))

    def _take_view(self, view: HouseholdView) -> None:
        if self._view == view:
            return
        self._view = view
        self._avatar.set_name(view.name)
        self.set_title(_(TITLES[self._act]), "　".join(filter(None, (view.name, view.file_number))))
        self._says.setText(_(SAYS[self._act]))
        titles = {
            Act.SPLIT: _("Of the new household"),
            Act.MOVE: _("Where to"),
            Act.HEAD: _("Of the new head"),
        }
        self._what.title.setText(titles[self._act])
        self.people.show_people(view.members, self._act)
        for act, form in self.forms.items():
            form.setVisible(act is self._act)
        self.picker.setVisible(self._act is Act.MOVE)
        if self._act is Act.MOVE:
            self.picker.begin(view.id)
            self.forms[Act.MOVE].set_value("joined_on", self.desk.today())
        if self._act is Act.SPLIT:
            self.forms[Act.SPLIT].set_value("district", view.form.head.district)
            self.forms[Act.SPLIT].set_value("address", view.form.head.address)
        self._show_act()
        self.first_focus().setFocus()

    def _ask_to(self, other: int) -> None:
        asked = ById(id=other)
        self.desk.ask(household_view, asked, then=self._take_to, latest=(self, "to"))

    def _take_to(self, view: HouseholdView) -> None:
        self._to = view
        self._show_act()

    def _show_act(self) -> None:
        """Say what is still missing, and open the act when nothing is."""
        words = _(TITLES[self._act])
        self._do.setText(words)
        self._do.show()
        chosen = self.people.chosen()
        missing = "" if chosen else self._ask_for()
        if chosen and self._act is Act.MOVE and self._to is None:
            missing = _("Choose the household to go to")
        reason = self.desk.reason(ACTIONS[self._act]) or missing
        self._do.allow(reason)
        self.offer("F9", words, self._do.click, reason)
        if missing:
            self.bar().say(missing, tone="wait", icon="triangle-alert")
        elif chosen:
            self.bar().say(self._sentence(chosen.member.name))

    def _ask_for(self) -> str:
        asks = {
            Act.SPLIT: _("Choose who goes and who becomes the head of the new household"),
            Act.MOVE: _("Choose who goes"),
            Act.HEAD: _("Choose the new head"),
        }
        return asks[self._act]

    def _sentence(self, name: str) -> str:
        match self._act:
            case Act.SPLIT:
                count = 1 + len(self.people.others())
                return _("{name} as the head, {count} people in all").format(name=name, count=count)
            case Act.MOVE:
                to = self._to.name if self._to else ""
                return _("{name} goes to the household of {head}").format(name=name, head=to)
            case Act.HEAD:
                return _("{name} becomes the head").format(name=name)

    def first_focus(self) -> QWidget:
        """Return the first person that can be chosen."""
        return self.people.first()

    def compact(self, width: int, height: int) -> None:
        """Give way: one below the other."""
        self._place(one_column=width < 1100)

    # Acts

    def perform(self) -> None:
        """Do it with what was chosen."""
        view, chosen = self._view, self.people.chosen()
        form = self.forms[self._act].record()
        if view is None or chosen is None or form is None:
            return
        given: dict[str, Any] = {"household_id": view.id, "version": view.version}
        given |= {name: getattr(form, name) for name in self.forms[self._act].boxes}
        member = chosen.member.id
        request: Record
        match self._act:
            case Act.SPLIT:
                request = SplitForm(head_id=member, others=self.people.others(), **given)
            case Act.MOVE if self._to is not None:
                to = {"to_id": self._to.id, "to_version": self._to.version}
                request = MoveForm(member_id=member, **to, **given)
            case Act.HEAD:
                request = HeadChangeForm(head_id=member, relations=self.people.others(), **given)
            case _:
                return
        invalid = self.forms[self._act].show_problems
        self.desk.perform(ACTIONS[self._act], request, then=self._done, invalid=invalid)

    def _done(self, result: int | Divided) -> None:
        change_id = result.change_id if isinstance(result, Divided) else result
        words = {
            Act.SPLIT: _("The new household is there; it needs an application of its own"),
            Act.MOVE: _("The member has moved"),
            Act.HEAD: _("The head has changed"),
        }

        def undo() -> None:
            form = UndoForm(change_id=change_id, reason=_("Undone at once"))
            self.desk.perform(undo_change, form)

        self.toast.emit(words[self._act], undo)
        to = result.household_id if isinstance(result, Divided) else self._id
        self._id = None
        self.go.emit("household", to)

    def _back(self) -> None:
        self.go.emit("household", self._id)
