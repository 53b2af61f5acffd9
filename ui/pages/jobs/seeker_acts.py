"""The registration of a job seeker: new, changed, renewed, withdrawn."""

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from app.core.i18n import _
from app.drafts.queries import draft_view
from app.drafts.records import DraftById, DraftView
from app.placements.seeker_queries import known_seeker
from app.placements.seeker_records import (
    ALL_SHIFTS,
    PersonAsked,
    PersonFound,
    SeekerById,
    SeekerChangeForm,
    SeekerEndForm,
    SeekerForm,
    SeekerRenewForm,
    SeekerRow,
    SeekerView,
)
from app.placements.seekers import (
    change_seeker,
    open_seeker_form,
    register_seeker,
    renew_seeker,
    withdraw_seeker,
)
from app.reference.choices import choices
from ui.drafting import SEEKER, DraftKeeper, Snapshot
from ui.kit.ask_pane import Form
from ui.kit.buttons import Button
from ui.kit.editing import Context
from ui.kit.form import FormView

if TYPE_CHECKING:
    from ui.pages.jobs.page import JobsPage

SPANS: Final = {
    **{"id_number": 6, "name": 6, "phone": 6, "district": 6, "address": 12},
    **{"person_kind": 4, "residence_type": 4, "marital_status": 4},
    **{"employment_number": 6, "unemployed_since": 6, "unemployed_registered": 6},
    **{"receives_dibao": 6, "zero_employment": 6, "disabled": 6, "union_member": 6},
    **{"education": 4, "major": 4, "skill_grade": 4, "skills": 12, "resume": 12, "limits": 12},
    **{"wish": 4, "second_wish": 4, "third_wish": 4, "wage_wish": 6, "available_on": 6},
    **{"shifts": 12, "districts": 12, "board": 6, "wants_training": 6},
    **{"registered_on": 6, "note": 12},
}


class SeekerActs:
    """What is done with a registration itself."""

    def __init__(self, page: "JobsPage") -> None:
        self._page, self._desk = page, page.desk
        self.keeper = DraftKeeper(page, self._snapshot)
        self._typed: Form | None = None
        """The new registration that is being typed: what its draft keeps."""
        self._start: dict[str, str] = {}
        """What stood in it at first."""
        self._known: dict[str, str] = {}
        """What nobody typed into it: what stood there at first, or what the file told."""

    def _form(self) -> Form:
        return FormView(
            SeekerForm,
            sections=[
                (
                    _("Person"),
                    ["id_number", "name", "phone", "district", "address"],
                ),
                (_("Wishes"), ["wish", "second_wish", "third_wish", "wage_wish", "available_on"]),
                ("", ["shifts", "districts", "board", "wants_training"]),
                (
                    _("What the person can do"),
                    ["skills", "education", "major", "skill_grade", "limits", "resume"],
                ),
                (
                    _("Standing"),
                    [
                        "person_kind",
                        "residence_type",
                        "marital_status",
                        "unemployed_registered",
                        "unemployed_since",
                        "employment_number",
                        "receives_dibao",
                        "zero_employment",
                        "disabled",
                        "union_member",
                    ],
                ),
                (_("Registration"), ["registered_on", "note"]),
            ],
            spans=SPANS,
            context=Context(
                codes=lambda name: choices(name, self._desk.today()), today=self._desk.today
            ),
            name="seeker_form",
        )

    def resume(self, draft_id: str) -> None:
        """Go on with a registration that was begun."""
        self._desk.ask(draft_view, DraftById(id=draft_id), then=self.ask_new, latest=self)

    def _snapshot(self) -> Snapshot:
        """Return the new registration as it stands."""
        typed = self._typed.typed() if self._typed is not None else {}
        return Snapshot(SEEKER, typed.get("name", ""), typed)

    def ask_new(self, draft: DraftView | None = None) -> None:
        """Register somebody: the ID number tells who is known here already."""
        self.keeper.keep()
        form = self._typed = self._form()
        form.set_value("shifts", ALL_SHIFTS)
        form.set_value("registered_on", self._desk.today())
        self._start = self._known = form.typed()
        form.boxes["id_number"].editor.left.connect(lambda: self._look_up(form))

        def registered(seeker_id: int) -> None:
            self._page.turn_to("seekers", seeker_id)

        def send(record: SeekerForm) -> None:
            self.keeper.keep()
            whole = replace(
                record, household_id=None, member_id=None, draft_id=self.keeper.draft_id
            )  # the number leads to the file: an earlier one may have led to another
            self._page.do(register_seeker, whole, _("Job seeker registered"), registered)

        self.keeper.begin(draft.id if draft else "")
        if draft is not None:
            form.set_typed(draft.content)
            self._look_up(form)
        self._page.ask_for(_("Register a job seeker"), form, _("Register"), send)
        form.edited.connect(self.keeper.touch)

    def _look_up(self, form: Form) -> None:
        """Tell who bears this number: their registration, else their household file."""
        number = form.value("id_number")
        if not number:
            return

        def found(who: PersonFound) -> None:
            if self._page.pane.form is not form:
                return
            self._page.banners.clear()
            known = who.live or who.earlier
            if known is not None:
                self._say_known(known)
            self._page.pane.finish.allow(_("Registered already") if who.live else who.why_not)
            box = form.boxes["id_number"]
            if who.why_not and known is None:
                box.set_found(who.why_not, "bad", "ban")
            elif who.form is not None and who.live is None:
                self._fill(form, who.form)
                person = who.people[0]
                says = _("on file: {file}, {head}")
                box.set_found(
                    says.format(file=person.file_number, head=person.head), "ok", "circle-check"
                )
            elif who.live is None and self._known != self._start:
                self._empty(form)

        self._desk.ask(known_seeker, PersonAsked(id_number=number), then=found, latest=form)

    def _say_known(self, row: SeekerRow) -> None:
        """Say above the form that somebody is registered, and lead there."""

        def open_it() -> None:
            self._page.banners.clear()
            self._page.turn_to("seekers", row.id)

        title = _("Known here: {name}, {number}").format(name=row.name, number=row.number)
        act = Button(_("Open it"), open_it, small=True, icon="arrow-right", name="open_known")
        self._page.say("wait", title, row.state.label, [act])

    def _fill(self, form: Form, known: SeekerForm) -> None:
        """Take over what the file knows, in the place of what another file told; what was typed
        already stays."""
        typed = self._by_hand(form)
        form.set_record(known)
        form.set_typed({"registered_on": self._start["registered_on"]})
        self._known = form.typed()
        form.set_typed(typed)

    def _empty(self, form: Form) -> None:
        """Take out what the file of another person told; what was typed stays."""
        typed = self._by_hand(form)
        form.set_typed({**self._start, **typed})
        form.boxes["id_number"].set_found("")
        self._known = self._start

    def _by_hand(self, form: Form) -> dict[str, str]:
        return {name: text for name, text in form.typed().items() if text != self._known[name]}

    def ask_change(self, view: SeekerView) -> None:
        """Ask what the registration should say; the private values are opened for it."""

        def ask(opened: SeekerChangeForm) -> None:
            form = self._form()
            form.set_record(opened.seeker)

            def send(record: SeekerForm) -> None:
                change = SeekerChangeForm(id=opened.id, version=opened.version, seeker=record)
                self._page.do(change_seeker, change, _("Registration changed"))

            title = _("Change the registration {number}").format(number=view.row.number)
            self._page.ask_for(title, form, _("Change"), send)
            form.focus("wish")

        self._desk.perform(open_seeker_form, SeekerById(id=view.row.id), then=ask)

    def renew(self, view: SeekerView) -> None:
        """Let a registration count from today on."""
        form = SeekerRenewForm(id=view.row.id, version=view.row.version, day=self._desk.today())
        self._page.do(renew_seeker, form, _("Registration renewed"))

    def withdraw(self, view: SeekerView) -> None:
        """End a registration, with the words why."""

        def send(reason: str) -> None:
            form = SeekerEndForm(id=view.row.id, version=view.row.version, reason=reason)
            self._page.do(withdraw_seeker, form, _("Registration withdrawn"))

        self._desk.asking.reason(
            self._page,
            _("Withdraw the registration of {name}?").format(name=view.row.name),
            _("It can be renewed. What was matched and written so far stays."),
            _("Withdraw the registration"),
            send,
            danger=True,
        )
