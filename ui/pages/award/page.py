"""The page itself: a new proposal, or one that was sent back."""

from typing import Any, Final

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from app.cases.measures import measures_on
from app.cases.queries import case_view
from app.cases.records import CaseById, CaseView
from app.core.errors import Invalid
from app.core.i18n import N_, _
from app.core.kinds import BankCard
from app.core.money import yuan_text
from app.core.words.cases import CaseState
from app.core.words.disbursements import AwardState, Decision
from app.core.words.households import FileState
from app.disbursements.offering import open_offer
from app.disbursements.proposing import amend_award, propose_award, propose_series, withdraw_award
from app.disbursements.queries import award_view
from app.disbursements.records import (
    AwardById,
    AwardChange,
    AwardStepForm,
    AwardView,
    Offer,
    OfferQuery,
    SeriesForm,
)
from app.disbursements.rules import OverCap
from app.households.actions import reveal
from app.households.records import Reveal
from app.policy.explain import conclusion
from app.policy.pack import MeasureKind, Outcome
from app.work import Action, Topic
from ui import theme
from ui.drafting import form_of_amendment, form_of_award
from ui.kit.buttons import Button
from ui.kit.labels import Avatar, Chip
from ui.kit.layout import scrolling
from ui.kit.page import Page
from ui.kit.segments import Part, Segments
from ui.pages.award.drafting import ProposalDraft
from ui.pages.award.fields import new_proposal, proposal_of
from ui.pages.award.form import Proposal
from ui.pages.award.parts import Basis, People

BASIS: Final = 400
CARD: Final = BankCard(label="")


class AwardPage(Page):
    """Proposes relief for the household of a filed case, or proposes it anew."""

    name = "award"
    title = N_("Award proposal")
    icon = "hand-coins"
    shows = frozenset({Topic.AWARDS, Topic.FUNDS, Topic.CASES, Topic.HOUSEHOLDS, Topic.VALUES})

    def build(self) -> None:
        """Compose cap, form and basis."""
        self._case_id: int | None = None
        self._award_id: int | None = None
        self._measure = ""
        self._member_id: int | None = None
        self._case: CaseView | None = None
        self._offer: Offer | None = None
        self._sent_back: AwardView | None = None
        self._submitting = False
        self._avatar = Avatar("", 36)
        self.lead(self._avatar)
        self._category = Chip("")
        self._category.hide()
        self.beside_title(self._category)
        self.measures = Segments(name="segments_measure")
        self.measures.chosen.connect(self._choose_measure)
        self.people = People()
        self.people.chosen.connect(self._choose_person)
        self.proposal = Proposal(self.desk.today)
        self.proposal.told.connect(self._tell)
        self.proposal.form.reveal_wanted.connect(self._reveal)
        self.draft = ProposalDraft(self, self.proposal)
        self.basis = Basis()
        self.add(self._compose(), 1)
        self._add_acts()
        theme.changes.changed.connect(self._size)
        self._size()

    def _compose(self) -> QHBoxLayout:
        inside = QWidget()
        left = QVBoxLayout(inside)
        left.setContentsMargins(0, 0, 0, 0)
        left.setSpacing(12)
        left.addWidget(self.measures)
        left.addWidget(self.people)
        left.addWidget(self.proposal)
        left.addStretch(1)
        self._beside = scrolling(self.basis)
        row = QHBoxLayout()
        row.setSpacing(12)
        row.addWidget(scrolling(inside), 1)
        row.addWidget(self._beside)
        return row

    def _add_acts(self) -> None:
        bar = self.bar()
        bar.add(
            Button(
                _("Look at the assessment"),
                self._assess,
                kind="quiet",
                key="F7",
                icon="calculator",
                name="act_assess",
            )
        )
        self._withdraw = bar.add(
            Button(
                _("Take the proposal back"),
                self._ask_withdraw,
                kind="danger",
                icon="undo-2",
                name="act_withdraw_award",
            )
        )
        self._withdraw.hide()
        self._submit = bar.add(
            Button(
                _("Submit for approval"),
                self._perform,
                kind="primary",
                key="F9",
                icon="arrow-right",
                name="act_propose_award",
            )
        )

    # Opening and asking

    def open(self, what: object) -> None:
        """Begin a proposal: ``case_id``, ``(case_id, measure)``, for one member ``(case_id,
        measure, member_id)``, or anew: ``("amend", award_id)``."""
        match what:
            case ("amend", int(award_id)):
                self._begin(None, award_id, "")
            case (int(case_id), str(measure)):
                self._begin(case_id, None, measure)
            case (int(case_id), str(measure), int(member_id)):
                self._begin(case_id, None, measure, member_id)
            case int(case_id):
                self._begin(case_id, None, "")
            case _:
                return
        self._stale = True
        if self.isVisible():
            self.reload()

    def _begin(
        self,
        case_id: int | None,
        award_id: int | None,
        measure: str,
        member_id: int | None = None,
    ) -> None:
        self._case_id, self._award_id = case_id, award_id
        self._measure, self._member_id = measure, member_id
        grants = [each for each in measures_on(self.desk.today()) if each.kind is MeasureKind.GRANT]
        self.measures.show_parts([Part(each.id, each.title) for each in grants])
        self.measures.choose(measure)
        self.measures.setVisible(len(grants) > 1 and case_id is not None)
        self.people.hide()
        self._case = self._offer = self._sent_back = None
        self.draft.open(self._form_name())
        self.banners.clear()
        self._withdraw.setVisible(award_id is not None)
        self._submit.setText(
            _("Submit for approval again") if award_id else _("Submit for approval")
        )
        self._tell()

    def _form_name(self) -> str:
        if self._award_id is not None:
            return form_of_amendment(self._award_id)
        if self._case_id is None or not self._measure:
            return ""  # what was applied for is asked first
        return form_of_award(self._case_id, self._measure, self._member_id)

    def _choose_measure(self, measure: str) -> None:
        self.open((self._case_id, measure))

    def _choose_person(self, member_id: str) -> None:
        self.open((self._case_id, self._measure, int(member_id)))

    def before_leaving(self) -> None:
        """Save the draft; asks nothing."""
        self.draft.keep()

    def refresh(self) -> None:
        """Ask what stands ready; what was typed stays."""
        if self._award_id is not None:
            asked = AwardById(id=self._award_id)
            self.desk.ask(award_view, asked, then=self._award_came, latest=(self, "award"))
        elif self._case_id is not None:
            self._ask_offer(self._case_id)
        else:
            self.say("wait", _("No household chosen"), _("Find one with F3."))

    def _ask_offer(self, case_id: int) -> None:
        self.desk.ask(case_view, CaseById(id=case_id), then=self._case_came, latest=(self, "case"))
        asked = OfferQuery(case_id=case_id, measure=self._measure, member_id=self._member_id)
        self.desk.perform(open_offer, asked, then=self._offer_came)

    def _award_came(self, view: AwardView) -> None:
        self._sent_back = view
        self._measure, self._member_id = view.row.measure, view.row.member_id
        self._show_decision(view)
        self._ask_offer(view.row.case_id)

    def _case_came(self, case: CaseView) -> None:
        self._case = case
        self._tell()

    def _offer_came(self, offer: Offer) -> None:
        if (self._measure, self._member_id) != (offer.measure, offer.member_id):
            self._measure, self._member_id = offer.measure, offer.member_id
            self.draft.open(self._form_name())
        self._offer = offer
        self._show_choices(offer)
        self._avatar.set_name(offer.name)
        number = _("Case {number}").format(number=offer.case_number)
        again = self._sent_back.row.number if self._sent_back else ""
        context = filter(None, (_(self.title), offer.title, number, again))
        self.set_title(offer.name, "　".join(context))
        self._category.show_state(offer.category, "file-check-2", "accent")
        self._category.setVisible(bool(offer.category))
        self.basis.show_assessment(offer.assessment)
        fresh = self.proposal.show_offer(offer, self._sent_back)
        if fresh and self.isVisible():
            self.proposal.form.focus("amount")

    def _show_choices(self, offer: Offer) -> None:
        """Show what and whom the proposal is for; anew it stays for the same."""
        self.measures.choose(offer.measure)
        self.people.show_people(offer.people, offer.member_id)
        self.people.setVisible(bool(offer.people) and self._award_id is None)

    def _show_decision(self, view: AwardView) -> None:
        """Show why it came back, with one act for the amount that would be approved."""
        if view.row.state is not AwardState.RETURNED or not view.decisions:
            return
        last = view.decisions[-1]
        day = last.decided_at.astimezone().date()
        if last.decision is Decision.APPROVED:
            title = _("The bank did not pay; the money is back in its fund")
            self.say("bad", title, _("Compare the account with the card and submit again."))
            return
        title = _("{decision}: {name}, {day}").format(
            decision=last.decision.label, name=last.decided_by, day=day
        )
        acts: list[Button] = []
        text = last.opinion
        if (amount := last.suggested_amount) is not None:
            words = _("Use the suggested amount {amount}").format(amount=yuan_text(amount))
            acts = [Button(words, lambda: self.proposal.use(amount), name="act_suggested")]
        self.say("wait", title, text, acts)

    def _reason(self) -> str:
        """Return why it cannot be submitted now, or nothing."""
        case, offer = self._case, self._offer
        if self._submitting:
            return _("Being submitted")
        verb = amend_award if self._award_id is not None else propose_award
        if reason := self.desk.reason(verb):
            return reason
        if case is None or offer is None:
            return _("The assessment is not there yet")
        if case.row.state is not CaseState.FILED or case.file_state is not FileState.ACTIVE:
            return _("File the household first (case {number})").format(number=case.row.number)
        if self._sent_back is not None and self._sent_back.row.state is not AwardState.RETURNED:
            return _("Now: {state}").format(state=self._sent_back.row.state.label)
        if offer.assessment.outcome is not Outcome.YES:
            return conclusion(offer.assessment)
        if not offer.funds:
            return _("There is no open fund that may pay this")
        return ""

    def _tell(self) -> None:
        reason = self._reason()
        self._submit.allow(reason)
        self.offer("F9", self._submit.words(), self._perform, reason)
        missing = self.proposal.form.missing()
        if reason:
            self.bar().say(reason, tone="wait", icon="info")
        elif missing:
            words = _("Still to fill in: {fields}").format(fields=_(", ").join(missing))
            self.bar().say(words, tone="wait", icon="info")
        else:
            self.bar().say(self.proposal.cap.says.text(), _("Another person decides on it"))

    # Acts

    def _perform(self) -> None:
        typed, offer = self.proposal.form.record(), self._offer
        if typed is None or offer is None:
            return
        self._submitting = True
        self._tell()
        self.draft.keep()
        needs, draft_id = self.proposal.form.needs(), self.draft.draft_id
        if self._sent_back is None:
            form = new_proposal(typed, needs, offer, draft_id, self.desk.today())
            verb: Action[Any, int] = (
                propose_series if isinstance(form, SeriesForm) else propose_award
            )
            self.desk.perform(
                verb, form, then=self._done, invalid=self._invalid, failed=self._failed
            )
        else:
            row = self._sent_back.row
            change = AwardChange(
                award_id=row.id, version=row.version, **proposal_of(typed, needs, draft_id)
            )
            self.desk.perform(
                amend_award, change, then=self._done, invalid=self._invalid, failed=self._failed
            )

    def _done(self, _result: object) -> None:
        self._submitting = False
        offer, amount = self._offer, self.proposal.amount()
        if offer is None or amount is None:
            return
        words = _("{title} for {name}, {amount} yuan: submitted for approval")
        words = words.format(title=offer.title, name=offer.name, amount=yuan_text(amount))
        self.toast.emit(words, None)
        self._leave(offer.household_id)

    def _leave(self, household_id: int) -> None:
        self.draft.forget()
        self._begin(None, None, "")
        self.go.emit("household", household_id)

    def _invalid(self, error: Invalid) -> None:
        self._submitting = False
        self.proposal.form.show_problems(error)
        self._tell()

    def _failed(self, error: Exception) -> None:
        self._submitting = False
        if isinstance(error, OverCap):
            self.proposal.form.boxes["amount"].set_problem(error.tell())
            self.proposal.form.focus("amount")
        self.desk.feedback.show(error)
        self.refresh()

    def _reveal(self, name: str) -> None:
        if self._offer is not None:
            asked = Reveal(household_id=self._offer.household_id)
            self.desk.perform(reveal, asked, then=lambda _shown: self.proposal.form.reveal(name))

    def _ask_withdraw(self) -> None:
        view = self._sent_back
        if view is None:
            return
        self.desk.asking.confirm(
            self,
            _("Take back the proposal {number}?").format(number=view.row.number),
            _("It stays in the file as taken back. A new proposal can be made at any time."),
            _("Take the proposal back"),
            lambda: self._take_back(view),
            danger=True,
        )

    def _take_back(self, view: AwardView) -> None:
        step = AwardStepForm(award_id=view.row.id, version=view.row.version)

        def done(_result: object) -> None:
            self.draft.discard()
            self.toast.emit(_("{number} taken back").format(number=view.row.number), None)
            self._leave(view.row.household_id)

        self.desk.perform(withdraw_award, step, then=done)

    def _assess(self) -> None:
        if self._offer is not None:
            self.go.emit("assessment", self._offer.household_id)

    # Giving way

    def first_focus(self) -> QWidget:
        """Return the amount: the account stands there already."""
        return self.proposal.form.boxes["amount"].editor.target()

    def compact(self, width: int, height: int) -> None:
        """Leave the basis to F7 where there is no room for it."""
        self._beside.setVisible(width >= 1100)

    def _size(self) -> None:
        self._beside.setFixedWidth(theme.px(BASIS))
