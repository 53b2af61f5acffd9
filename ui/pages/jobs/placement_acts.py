"""What is done with a placement: found without a letter, proved, corrected, left, taken back, asked
about."""

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from app.core.i18n import _
from app.core.words.placements import PROVED, FollowUpResult, Proof
from app.placements.correcting import correct_placement
from app.placements.following_up import tell_follow_up
from app.placements.placement_records import (
    CorrectionForm,
    FollowUpForm,
    LeaveForm,
    PlacementById,
    PlacementForm,
    PlacementRow,
    PlacementStep,
    PlacementView,
    ProofForm,
)
from app.placements.placing import (
    enter_placement,
    leave_job,
    prove_placement,
    take_back_leaving,
    take_back_placement,
)
from app.placements.seeker_records import SeekerView
from ui.job_pickers import EmployerPicker
from ui.kit.ask_pane import Form
from ui.kit.cells import joined
from ui.kit.choice_editors import ChoiceEditor
from ui.kit.editing import Context
from ui.kit.form import FormView
from ui.pages.jobs.asking import show_only

if TYPE_CHECKING:
    from app.core.record import Field
    from ui.pages.jobs.page import JobsPage

PLACEMENT: Final = {
    **{"employer_name": 8, "occupation": 4, "started_on": 4, "wage": 4, "contract_months": 4},
    **{"free_of_charge": 6, "proof": 6, "proof_words": 6, "insured_from": 6, "note": 12},
}
PROOF: Final = {
    **{"proof": 6, "day": 6, "proof_words": 12, "wage": 4, "contract_months": 4},
    "insured_from": 4,
}
CORRECTION: Final = {
    **{"started_on": 4, "wage": 4, "contract_months": 4, "proof": 6, "day": 6, "proof_words": 6},
    **{"insured_from": 6, "free_of_charge": 12, "retires_on": 12, "reason": 12},
}
FOLLOW_UP: Final = {"result": 6, "done_on": 6, "wage": 6, "left_on": 7, "reason": 12, "note": 12}


def _proofs(field: "Field") -> ChoiceEditor:
    return ChoiceEditor(field, [(proof, proof.label) for proof in (*PROVED, Proof.NOT_SHOWN)])


class PlacementActs:
    """The acts of the lists of placements and follow-ups."""

    def __init__(self, page: "JobsPage") -> None:
        self._page, self._desk = page, page.desk

    def _context(self) -> Context:
        return Context(today=self._desk.today)

    def ask_new(self, view: SeekerView) -> None:
        """Enter a job that somebody found without a letter."""
        page = self._page
        form: Form = FormView(
            PlacementForm,
            list(PLACEMENT),
            spans=PLACEMENT,
            editors={"proof": _proofs},
            fixed={"job_seeker_id": view.row.id},
            context=self._context(),
            name="placement_form",
        )
        form.set_value("proof", Proof.NOT_SHOWN)
        start = form.typed()

        known = EmployerPicker(self._desk)

        def fit() -> None:
            show_only(form, _proving(form, set(PLACEMENT)), start)

        def take() -> None:
            if (row := known.table.current()) is not None:
                form.set_value("employer_name", row.name)

        def placed(placement_id: int) -> None:
            page.turn_to("placements", placement_id)

        def send(record: PlacementForm) -> None:
            row = known.table.current()
            if row is not None and row.name == record.employer_name:
                record = replace(record, employer_id=row.id)
            page.do(enter_placement, record, _("Placement entered"), placed)

        title = _("{name} found work without a letter").format(name=view.row.name)
        page.ask_for(
            title,
            form,
            _("Enter the placement"),
            send,
            says=_("An employer known here is found below."),
            below=known,
        )
        known.picked.connect(take)
        form.edited.connect(fit)
        fit()

    def ask_proof(self, view: PlacementView) -> None:
        """Ask what shows that somebody works there."""
        row, page = view.row, self._page
        form: Form = FormView(
            ProofForm,
            list(PROOF),
            spans=PROOF,
            editors={
                "proof": lambda field: ChoiceEditor(field, [(each, each.label) for each in PROVED])
            },
            fixed={"id": row.id, "version": row.version},
            context=self._context(),
            name="proof_form",
        )
        form.set_value("day", self._desk.today())
        start = form.typed()

        def fit() -> None:
            show_only(form, _proving(form, set(PROOF)), start)

        def send(record: ProofForm) -> None:
            page.do(prove_placement, record, _("Proof entered"))

        title = _("What shows that {name} works at {employer}?")
        page.ask_for(
            title.format(name=row.name, employer=row.employer), form, _("Enter the proof"), send
        )
        form.edited.connect(fit)
        fit()

    def ask_correction(self, view: PlacementView) -> None:
        """Ask what was entered wrongly, and why."""
        row, page = view.row, self._page
        names = [name for name in CORRECTION if row.public_welfare or name != "retires_on"]
        form: Form = FormView(
            CorrectionForm,
            names,
            spans=CORRECTION,
            editors={"proof": _proofs},
            fixed={"id": row.id, "version": row.version},
            context=self._context(),
            name="correction_form",
        )
        form.set_record(
            CorrectionForm(
                id=row.id,
                version=row.version,
                started_on=row.started_on,
                wage=row.wage,
                contract_months=row.contract_months,
                free_of_charge=row.free_of_charge,
                proof=row.proof,
                proof_words=row.proof_words,
                insured_from=row.insured_from,
                day=row.proved_on,
                reason="",
            )
        )
        start = {**form.typed(), **dict.fromkeys(("proof_words", "insured_from", "day"), "")}

        def fit() -> None:
            shown = _proving(form, set(names))
            if form.value("proof") in (None, Proof.NOT_SHOWN):
                shown -= {"day"}
            show_only(form, shown, start)

        def send(record: CorrectionForm) -> None:
            page.do(correct_placement, record, _("Placement corrected"))

        title = _("What was entered wrongly of {name} at {employer}?")
        page.ask_for(
            title.format(name=row.name, employer=row.employer),
            form,
            _("Correct the placement"),
            send,
            says=_("Who works where stays. Where that is wrong, take the placement back."),
        )
        form.edited.connect(fit)
        fit()

    def ask_leave(self, view: PlacementView) -> None:
        """Ask when and why somebody left the job."""
        row, page = view.row, self._page
        form: Form = FormView(
            LeaveForm,
            ["left_on", "reason"],
            spans={"left_on": 6, "reason": 12},
            fixed={"id": row.id, "version": row.version},
            context=self._context(),
            name="leave_form",
        )

        def send(record: LeaveForm) -> None:
            page.do(leave_job, record, _("Left the job; the search goes on"))

        title = _("{name} left {employer}").format(name=row.name, employer=row.employer)
        page.ask_for(title, form, _("Enter the leaving"), send)

    def take_back(self, view: PlacementView) -> None:
        """Take a placement back that was entered in error."""

        def send(reason: str) -> None:
            step = PlacementStep(id=view.row.id, version=view.row.version, reason=reason)
            self._page.do(take_back_placement, step, _("Placement taken back"))

        self._desk.asking.reason(
            self._page,
            _("Take back the placement {number}?").format(number=view.row.number),
            _("It stays on record as entered in error; the post is free again."),
            _("Take back"),
            send,
            danger=True,
        )

    def take_back_leaving(self, view: PlacementView) -> None:
        """Let somebody work where they were said to have left."""
        self._page.do(take_back_leaving, PlacementById(id=view.row.id), _("Leaving taken back"))

    def ask_follow_up(self, row: PlacementRow) -> None:
        """Ask what a call or visit found."""
        page = self._page
        form: Form = FormView(
            FollowUpForm,
            list(FOLLOW_UP),
            spans=FOLLOW_UP,
            fixed={"id": row.id, "version": row.version},
            context=self._context(),
            name="follow_up_form",
        )
        form.set_value("done_on", self._desk.today())
        start = form.typed()

        def fit() -> None:
            result = form.value("result")
            shown = {"result", "done_on", "note"}
            if result == FollowUpResult.AT_WORK:
                shown.add("wage")
            elif result == FollowUpResult.LEFT:
                shown |= {"left_on", "reason"}
            show_only(form, shown, start)

        def send(record: FollowUpForm) -> None:
            says = _("Follow-up entered: {result}").format(result=record.result.label)
            page.do(tell_follow_up, record, says)

        month = (
            _("after {count} months").format(count=row.next_follow_up_month)
            if row.next_follow_up_month
            else ""
        )
        title = _("Follow-up of {name}").format(name=joined(row.name, month))
        page.ask_for(title, form, _("Enter the follow-up"), send)
        form.edited.connect(fit)
        fit()


def _proving(form: Form, names: set[str]) -> set[str]:
    """Return the fields to be shown: those of a proof only with the proof they belong to."""
    proof = form.value("proof")
    if proof in (None, Proof.NOT_SHOWN):
        names -= {"proof_words"}
    if proof != Proof.INSURANCE:
        names -= {"insured_from"}
    return names
