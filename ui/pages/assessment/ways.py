"""The next thing for an answer: a proposal, a service request, or a referral slip."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Final, NamedTuple

from app.core.i18n import N_, _
from app.core.words.cases import CaseState
from app.core.words.households import FileState
from app.core.words.services import ServiceState
from app.disbursements.proposing import propose_award
from app.policy.explain import conclusion
from app.policy.findings import Assessment
from app.policy.pack import Measure, MeasureKind, Outcome
from app.services.actions import request_service
from app.services.records import Requested, ServiceForm, ServiceRow

if TYPE_CHECKING:
    from ui.pages.assessment.page import AssessmentPage


class Way(NamedTuple):
    """What the one key does for a kind of measure; ``says`` is a message id."""

    says: str
    icon: str


PROPOSE: Final = Way(N_("Propose relief"), "arrow-right")
REQUEST: Final = Way(N_("Request the service"), "user-round-plus")
REFER: Final = Way(N_("Write a referral slip"), "printer")
LOOK: Final = Way(N_("Look at the referral slip"), "scroll-text")
WAYS: Final = {
    MeasureKind.GRANT: PROPOSE,
    MeasureKind.SERVICE: REQUEST,
    MeasureKind.REFERRAL: REFER,
}


class Ways:
    """Tells what the one key does for the answer that is explained, and does it."""

    def __init__(self, page: "AssessmentPage") -> None:
        self._page = page
        self._desk = page.desk
        self.requests: Sequence[ServiceRow] = ()
        """What was asked for this household before."""
        self._asking = False

    def now(self) -> tuple[Way, str]:
        """Return what the key does now, and why it cannot, or nothing."""
        found = self._aim()
        if found is None or found.measure is None:
            return PROPOSE, self._why_no_grant()
        measure = found.measure
        if measure.kind is MeasureKind.GRANT:
            return PROPOSE, self._why_not_propose(found)
        slip = self._in_hand(found)
        if slip is not None and slip.paper_id is not None:
            return LOOK, ""
        return WAYS[measure.kind], self._why_not_request(found, slip)

    def go(self) -> None:
        """Do the next thing."""
        found, (way, reason) = self._aim(), self.now()
        if found is None or found.measure is None or reason:
            return
        slip = self._in_hand(found)
        if way is LOOK and slip is not None:
            self._page.go.emit("papers", slip.paper_id)
        elif way is PROPOSE:
            self._propose(found.measure, self._member_id(found))
        else:
            self._request(found.measure, self._member_id(found))

    def _aim(self) -> Assessment | None:
        """Return the answer that is explained; for the classification, the first grant there is
        to be had."""
        chosen = self._page.detail.current()
        if chosen is None or chosen.measure is not None:
            return chosen
        findings = self._page.findings
        every = findings.all if findings else ()
        return next((each for each in every if _possible_grant(each)), None)

    def _member_id(self, found: Assessment) -> int | None:
        view = self._page.view
        if found.member is None or view is None:
            return None
        return view.members[found.member].id

    # Proposals

    def _why_no_grant(self) -> str:
        closed = self._desk.reason(propose_award) or self._page.why_closed()
        return closed or self._why_not_filed() or _("No grant may be had now")

    def _why_not_propose(self, found: Assessment) -> str:
        if reason := self._desk.reason(propose_award) or self._page.why_closed():
            return reason
        if found.outcome is not Outcome.YES:
            return conclusion(found)
        return self._why_not_filed()

    def _why_not_filed(self) -> str:
        view, cases = self._page.view, self._page.cases
        filed = any(row.state is CaseState.FILED for row in cases)
        if view is not None and view.file_state is FileState.ACTIVE and filed:
            return ""
        number = cases[0].number if cases else ""
        return _("File the household first (case {number})").format(number=number)

    def _propose(self, measure: Measure, member_id: int | None) -> None:
        case = next(row for row in self._page.cases if row.state is CaseState.FILED)
        what = (case.id, measure.id, member_id) if measure.per_member else (case.id, measure.id)
        self._page.go.emit("award", what)

    # Services and referrals

    def _in_hand(self, found: Assessment) -> ServiceRow | None:
        """Return the request for the same that is not closed yet."""
        measure, view = found.measure, self._page.view
        if measure is None or view is None:
            return None
        person = view.members[found.member].name if found.member is not None else ""
        return next(
            (
                row
                for row in self.requests
                if (row.measure, row.state, row.person) == (measure.id, ServiceState.OPEN, person)
            ),
            None,
        )

    def _why_not_request(self, found: Assessment, in_hand: ServiceRow | None) -> str:
        if reason := self._desk.reason(request_service) or self._page.why_closed():
            return reason
        if found.outcome is not Outcome.YES:
            return conclusion(found)
        if in_hand is not None:
            return _("In hand already: {number}").format(number=in_hand.number)
        view = self._page.view
        if view is not None and view.file_state is FileState.CLOSED:
            return _("The file is closed; take the household in again first")
        return _("Being written") if self._asking else ""

    def _request(self, measure: Measure, member_id: int | None) -> None:
        view, cases = self._page.view, self._page.cases
        if view is None:
            return
        self._asking = True
        form = ServiceForm(
            household_id=view.id,
            measure=measure.id,
            member_id=member_id,
            case_id=cases[0].id if cases else None,
        )

        def done(made: Requested) -> None:
            self._asking = False
            words = _("{title} requested: {number}")
            self._page.toast.emit(words.format(title=measure.title, number=made.number), None)
            if made.paper_id is not None:
                self._page.go.emit("papers", made.paper_id)

        def failed(error: Exception) -> None:
            self._asking = False
            self._desk.feedback.show(error)
            self._page.reload()

        self._desk.perform(request_service, form, then=done, failed=failed)


def _possible_grant(found: Assessment) -> bool:
    measure = found.measure
    grant = measure is not None and measure.kind is MeasureKind.GRANT
    return grant and found.outcome is Outcome.YES
