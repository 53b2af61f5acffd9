"""What happens to the households of the demonstration, act by act, in the order of time.

Every act is a real verb of whoever may do it, at an instant of some past working day; it puts
the next one on the agenda. What would fall after the end of the course still waits.
"""

import heapq
import itertools
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from functools import partial
from typing import Final

from app.cases.actions import (
    accept_case,
    file_case,
    issue_certificate,
    refuse_case,
    resubmit_case,
    return_case,
)
from app.cases.queries import assess_household, case_view
from app.cases.records import (
    AssessRequest,
    CaseById,
    CaseStepForm,
    CertificateForm,
    IntakeForm,
)
from app.core.money import Fen
from app.core.words.disbursements import ApprovalStep, AwardState, Decision
from app.demo.bank import answer
from app.demo.desk import Desk
from app.demo.half import half_typed, with_papers
from app.demo.scans import hand_in
from app.demo.wishes import Wishes, person_of
from app.demo.words import words
from app.disbursements.actions import issue_approval_form
from app.disbursements.batch_queries import batch_view
from app.disbursements.batch_records import BatchById, BatchForm, BatchStepForm, BatchView, TakeOut
from app.disbursements.batches import issue_payment_list, open_batch, take_out
from app.disbursements.deciding import decide_award
from app.disbursements.proposing import propose_award
from app.disbursements.queries import award_rows, award_view
from app.disbursements.records import AwardById, AwardForm, AwardQuery, DecisionForm
from app.drafts.actions import save_draft
from app.drafts.records import DraftForm
from app.exchange.actions import freeze_batch, send_to_bank, take_bank_result
from app.exchange.records import ResultForm
from app.households.actions import change_household, open_form
from app.households.records import Reveal
from app.papers.actions import note_print
from app.papers.records import PrintForm
from app.policy.findings import Findings
from app.policy.pack import Outcome
from app.reference.workdays import calendar

Act = Callable[[int], None]
"""What is done; it is told on which day of the course."""

MORNING: Final = time(8, 40)
TO_REVIEW, TO_MEND, TO_ADVISE, TO_PROPOSE, TO_DECIDE = 3, 4, 1, 1, 2
"""Working days between an act and the next one."""
FIRST_BATCH, SECOND_BATCH = 16, 23
"""The days of the course on which money goes out; the bank has answered the first batch."""
WITH_SCANS: Final = 3
"""Every third household leaves scans of its papers."""
LAYOUT: Final = "delimited"
MEASURE: Final = "living_relief"
FOR_PUPILS: Final = "schooling_relief"
A_PUPIL_GETS: Final = Fen(200_000)
YES, NO = Decision.APPROVED, Decision.REFUSED
DECISIONS: Final = (
    (YES,),
    (YES, YES, NO, YES, YES, YES),
    (YES, Decision.CHANGE_AMOUNT, Decision.DEFERRED, YES, Decision.SENT_BACK, YES),
)
"""What is decided on the proposals, over and over: before the first batch, before the second,
and after it."""


@dataclass(frozen=True)
class Matter:
    """One household on its way: its place among those who came, and what is known of it."""

    place: int
    form: IntakeForm
    fund_id: int
    mends: bool
    case_id: int
    household_id: int


class Course:
    """The agenda of the past weeks, up to ``end``; ``told`` hears the place of who comes."""

    def __init__(self, desk: Desk, end: datetime, told: Callable[[int], object]) -> None:
        self.desk = desk
        self._told = told
        self.days = list(working_days(desk.clock.today(), end.astimezone().date()))
        self._end = end
        self._agenda: list[tuple[datetime, int, int, Act]] = []
        self._entered = 0
        self._filed = self._forms = 0
        self._wishes = Wishes(desk)
        self._pupil_helped = False
        self._decisions = [itertools.cycle(each) for each in DECISIONS]

    def on(self, day: int, minutes: int, act: Act, *, surely: bool = False) -> None:
        """Put an act on the agenda, so long after the morning of a day.

        What falls after the end is left out, or done at the end where it is needed ``surely``.
        """
        if day >= len(self.days):
            return
        at = datetime.combine(self.days[day], MORNING).astimezone() + timedelta(minutes=minutes)
        if at <= self._end or surely:
            self._entered += 1
            heapq.heappush(self._agenda, (min(at, self._end), self._entered, day, act))

    def run(self) -> None:
        """Do everything in the order of time."""
        while self._agenda:
            self.desk.clock.instant, _entered, day, act = heapq.heappop(self._agenda)
            act(day)

    # At the counter

    def take_in(
        self, place: int, form: IntakeForm, fund_id: int, *, left: bool, mends: bool
    ) -> Act:
        """Accept a household; ``left`` lies on the supervisor's table beyond its day, and one
        that ``mends`` brings the papers it is asked for."""

        def act(day: int) -> None:
            self._told(place)
            accepted = self.desk.do("wang", accept_case, form)
            if place % 12 != 11:
                self.desk.do("wang", note_print, PrintForm(id=accepted.paper_id))
            if place % WITH_SCANS == 0:
                hand_in(self.desk, accepted.household_id, accepted.case_id)
            matter = Matter(place, form, fund_id, mends, accepted.case_id, accepted.household_id)
            if not left:
                self.on(day + TO_REVIEW, 300 + place, partial(self.review, matter))

        return act

    def review(self, matter: Matter, day: int) -> None:
        """File a household that is in hardship; send back what cannot be told; refuse the rest."""
        found = self._findings("zhao", matter).classification
        says = words()
        match found.outcome if found else Outcome.UNKNOWN:
            case Outcome.YES:
                self.desk.do("zhao", file_case, self._step(matter, says.filed))
                self._after_filing(matter, day)
            case Outcome.NO:
                self.desk.do("zhao", refuse_case, self._step(matter, says.refused))
            case Outcome.UNKNOWN:
                self.desk.do("zhao", return_case, self._step(matter, says.returned))
                if matter.mends:
                    self.on(day + TO_MEND, 60, partial(self.mend, matter))

    def _findings(self, user: str, matter: Matter) -> Findings:
        asked = AssessRequest(household_id=matter.household_id)
        return self.desk.ask(user, assess_household, asked)

    def _step(self, matter: Matter, opinion: str) -> CaseStepForm:
        row = self.desk.ask("zhao", case_view, CaseById(id=matter.case_id)).row
        return CaseStepForm(id=row.id, version=row.version, opinion=opinion)

    def mend(self, matter: Matter, day: int) -> None:
        """Bring the papers that were missing and hand the case in again."""
        asked = Reveal(household_id=matter.household_id)
        change = self.desk.do("wang", open_form, asked)
        self.desk.do("wang", change_household, with_papers(change))
        self.desk.do("wang", resubmit_case, self._step(matter, words().mended))
        self.on(day + 1, 330, partial(self.review, matter))

    def _after_filing(self, matter: Matter, day: int) -> None:
        self._filed += 1
        if self._filed == 2:
            self.on(day + 1, 90, partial(self.certify, matter))
        if self._filed % 7:
            self.on(day + TO_ADVISE, 200 + matter.place, partial(self.advise, matter))
        if self._filed % 2:
            self.on(day + TO_ADVISE, 205 + matter.place, partial(self.ask_for_services, matter))

    def ask_for_services(self, matter: Matter, day: int) -> None:
        """Let a household ask for a service that nobody asked for yet."""
        findings = self._findings("wang", matter)
        asked = self._wishes.ask(findings, matter.household_id, matter.case_id)
        if asked and asked.done_after:
            self.on(day + asked.done_after, 150 + matter.place, lambda _day: asked.close())

    def certify(self, matter: Matter, _day: int) -> None:
        """Issue and print a certificate."""
        form = CertificateForm(
            household_id=matter.household_id,
            purpose=words().certificate_for,
            valid_until=date(self.days[-1].year, 12, 31),
        )
        paper = self.desk.do("wang", issue_certificate, form)
        self.desk.do("wang", note_print, PrintForm(id=paper))

    # Money

    def advise(self, matter: Matter, day: int) -> None:
        """Have living relief proposed, and help for school for the first pupil there is."""
        findings = self._findings("wang", matter)
        given = [(MEASURE, Fen(60_000 + matter.place % 5 * 20_000))]
        if not self._pupil_helped:
            given.append((FOR_PUPILS, A_PUPIL_GETS))
        for measure, amount in given:
            found = findings.measure(measure)
            if found and found.outcome is Outcome.YES:
                self._pupil_helped |= measure == FOR_PUPILS
                member_id = person_of(self.desk, matter.household_id, found)
                propose = partial(self.propose, matter, measure, amount, member_id)
                self.on(day + TO_PROPOSE, 100 + matter.place, propose)

    def propose(
        self, matter: Matter, measure: str, amount: Fen, member_id: int | None, day: int
    ) -> None:
        """Propose a grant for a household, or for one of its people."""
        account = matter.form.household.account
        form = AwardForm(
            case_id=matter.case_id,
            measure=measure,
            member_id=member_id,
            amount=amount,
            fund_id=matter.fund_id,
            account_holder=account.account_holder,
            account_bank=account.account_bank,
            account_number=account.account_number,
            opinion=words().proposed,
        )
        award_id = self.desk.do("wang", propose_award, form)
        self.on(day + TO_DECIDE, 380 + matter.place, partial(self.decide, award_id))

    def decide(self, award_id: int, day: int) -> None:
        """Decide a proposal."""
        says, decision = words(), self._decision(day)
        row = self.desk.ask("zhao", award_view, AwardById(id=award_id)).row
        changed = decision is Decision.CHANGE_AMOUNT
        form = DecisionForm(
            award_id=award_id,
            version=row.version,
            award_version_id=row.award_version_id,
            decision=decision,
            opinion={
                Decision.APPROVED: says.approved,
                Decision.CHANGE_AMOUNT: says.other_amount,
                Decision.SENT_BACK: says.sent_back,
                Decision.REFUSED: says.award_refused,
                Decision.DEFERRED: says.deferred,
            }[decision],
            suggested_amount=Fen(60_000) if changed else None,
            step=row.waits_for or ApprovalStep.SUPERVISOR,
        )
        if row.waits_for is ApprovalStep.COLLECTIVE:
            form = replace(
                form,
                document=says.minutes.format(year=self.desk.clock.today().year, number=award_id),
                document_day=self.desk.clock.today(),
                attended=says.attended,
            )
        self.desk.do("zhao", decide_award, form)
        if decision is Decision.APPROVED and self._forms < 3:
            self._forms += 1
            paper = self.desk.do("zhao", issue_approval_form, AwardById(id=award_id))
            if self._forms < 3:
                self.desk.do("zhao", note_print, PrintForm(id=paper))

    def _decision(self, day: int) -> Decision:
        """Return what the supervisor decides next."""
        return next(self._decisions[(day >= FIRST_BATCH) + (day >= SECOND_BATCH)])

    def pay(self, *, answered: bool) -> Act:
        """Send what is approved to the bank; one payment of an answered batch fails."""

        def act(day: int) -> None:
            asked = AwardQuery(states=(AwardState.APPROVED,))
            awards = tuple(row.id for row in self.desk.ask("qian", award_rows, asked))
            if not awards:
                return
            batch_id = self.desk.do("qian", open_batch, BatchForm(award_ids=awards, layout=LAYOUT))
            for line in self._batch(batch_id).lines:
                if line.check == "stop":
                    version = self._batch(batch_id).row.version
                    out = TakeOut(
                        batch_id=batch_id,
                        version=version,
                        line_id=line.id,
                        reason=words().take_out,
                    )
                    self.desk.do("qian", take_out, out)
            if not self._batch(batch_id).row.count:
                return
            self.desk.do("qian", freeze_batch, self._batch_step(batch_id))
            self.desk.do("qian", send_to_bank, self._batch_step(batch_id))
            paper = self.desk.do("qian", issue_payment_list, BatchById(id=batch_id))
            self.desk.do("qian", note_print, PrintForm(id=paper))
            if answered:
                self.on(day + 1, 110, partial(self.reconcile, batch_id))

        return act

    def reconcile(self, batch_id: int, _day: int) -> None:
        """Take the bank's answer in: the last of several payments came back."""
        last = max(line.line for line in self._batch(batch_id).lines)
        failures = {last: words().bank_refuses} if last > 1 else {}
        data = answer(self.desk.office, self.desk.people["qian"], batch_id, failures)
        step = self._batch_step(batch_id)
        result = ResultForm(id=step.id, version=step.version, data=data)
        self.desk.do("qian", take_bank_result, result)

    def _batch(self, batch_id: int) -> BatchView:
        return self.desk.ask("qian", batch_view, BatchById(id=batch_id))

    def _batch_step(self, batch_id: int) -> BatchStepForm:
        return BatchStepForm(id=batch_id, version=self._batch(batch_id).row.version)

    def begin_draft(self, form: IntakeForm) -> Act:
        """Begin an intake that somebody was called away from."""

        def act(_day: int) -> None:
            draft = DraftForm(
                id="demo-half-typed",
                form="intake",
                title=form.household.head.name,
                content=half_typed(form),
            )
            self.desk.do("wang", save_draft, draft)

        return act


def working_days(first: date, last: date) -> Iterator[date]:
    """Yield the working days from ``first`` on, ``last`` included."""
    while first <= last:
        if calendar().expected(first):
            yield first
        first += timedelta(days=1)
