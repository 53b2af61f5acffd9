"""What is done with a letter: its result, a presumption, making it void, taking back."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Final

from app.core.i18n import _
from app.core.words.placements import PROVED, Proof, ReferralState
from app.placements.referral_records import (
    PresumedTogether,
    PresumeForm,
    ReferralStep,
    ReferralView,
    ResultForm,
)
from app.placements.referrals import (
    presume_overdue,
    take_back_result,
    tell_result,
    void_referral,
)
from ui.kit.ask_pane import Form
from ui.kit.choice_editors import ChoiceEditor
from ui.kit.editing import Context
from ui.kit.form import FormView
from ui.pages.jobs.asking import show_only

if TYPE_CHECKING:
    from ui.pages.jobs.page import JobsPage

RESULTS: Final = (ReferralState.HIRED, ReferralState.NOT_HIRED, ReferralState.NOT_APPEARED)
OF_HIRED: Final = (
    "started_on",
    "wage",
    "contract_months",
    "free_of_charge",
    "proof",
    "proof_words",
    "insured_from",
)
OF_WELFARE: Final = ("retires_on",)
SPANS: Final = {
    **{"result": 6, "day": 6, "reason": 12, "started_on": 4, "wage": 4, "contract_months": 4},
    **{"free_of_charge": 6, "proof": 6, "proof_words": 6, "insured_from": 6, "retires_on": 6},
    "note": 12,
}


class ReferralActs:
    """The acts of the list of letters."""

    def __init__(self, page: "JobsPage") -> None:
        self._page, self._desk = page, page.desk

    def ask_result(self, view: ReferralView) -> None:
        """Ask what the slip says; of somebody hired, also since when and for how much."""
        row, page = view.row, self._page
        welfare = OF_WELFARE if row.public_welfare else ()
        form: Form = FormView(
            ResultForm,
            ["result", "day", "reason", *OF_HIRED, *welfare, "note"],
            spans=SPANS,
            editors={
                "result": lambda field: ChoiceEditor(
                    field, [(state, state.label) for state in RESULTS]
                ),
                "proof": lambda field: ChoiceEditor(
                    field, [(proof, proof.label) for proof in (Proof.NOT_SHOWN, *PROVED)]
                ),
            },
            fixed={"id": row.id, "version": row.version},
            context=Context(today=self._desk.today),
            name="result_form",
        )

        def fit() -> None:
            result = form.value("result")
            shown = {"result", "day", "note"}
            if result == ReferralState.HIRED:
                shown |= {*OF_HIRED, *welfare}
                if form.value("proof") != Proof.INSURANCE:
                    shown -= {"insured_from"}
                if form.value("proof") in (None, Proof.NOT_SHOWN):
                    shown -= {"proof_words"}
            elif result == ReferralState.NOT_HIRED:
                shown.add("reason")
            show_only(form, shown, start)

        def send(record: ResultForm) -> None:
            page.do(tell_result, record, _("Slip entered: {result}").format(
                result=record.result.label))  # fmt: skip

        form.set_record(
            ResultForm(
                id=row.id,
                version=row.version,
                result=ReferralState.HIRED,
                day=self._desk.today(),
            )
        )
        form.set_value("result", None)
        start = form.typed()
        title = _("The slip of {number}: {name}, {occupation} at {employer}")
        page.ask_for(
            title.format(
                number=row.number, name=row.name, occupation=row.occupation, employer=row.employer
            ),
            form,
            _("Enter the slip"),
            send,
            says=_("Whoever was hired is a placement from then on."),
        )
        form.edited.connect(fit)
        fit()

    def presume(self, ids: tuple[int, ...]) -> None:
        """Count overdue slips as hired, as the rules of their day say; name those that were left
        with the reason."""
        page = self._page

        def told(done: PresumedTogether) -> None:
            says = _("{count} counted as hired by the deadline").format(count=len(done.placements))
            page.toast.emit(says, None)
            page.referrals.not_presumed = done.left

        def send() -> None:
            page.do(presume_overdue, PresumeForm(ids=ids), "", told)

        self._desk.asking.confirm(
            self._page,
            _("Count {count} slips as hired?").format(count=len(ids)),
            _("The placement says that it is presumed. When the slip comes after all, enter it."),
            _("Count as hired"),
            send,
        )

    def void(self, view: ReferralView) -> None:
        """Make a letter void that was not used."""
        self._step(
            view,
            _("Make the letter {number} void?"),
            _("Seeker and vacancy can be brought together again."),
            _("Make void"),
            lambda form: self._page.do(void_referral, form, _("Letter void")),
        )

    def take_back(self, view: ReferralView) -> None:
        """Take a result back that was entered wrongly."""
        self._step(
            view,
            _("Take back what was entered for {number}?"),
            _("A placement it led to is taken back too. The slip is waited for again."),
            _("Take back"),
            lambda form: self._page.do(take_back_result, form, _("Result taken back")),
        )

    def _step(
        self,
        view: ReferralView,
        title: str,
        text: str,
        yes: str,
        send: Callable[[ReferralStep], object],
    ) -> None:
        def told(reason: str) -> None:
            send(ReferralStep(id=view.row.id, version=view.row.version, reason=reason))

        self._desk.asking.reason(
            self._page, title.format(number=view.row.number), text, yes, told, danger=True
        )
