"""Services and referrals that households of the demonstration ask for."""

from dataclasses import dataclass
from datetime import timedelta

from app.demo.desk import Desk
from app.demo.words import Wish, words
from app.households.queries import household_view
from app.households.records import ById
from app.papers.actions import note_print
from app.papers.records import PrintForm
from app.policy.findings import Assessment, Findings
from app.policy.pack import Outcome
from app.services.actions import close_service, request_service
from app.services.records import CloseForm, ServiceForm


@dataclass(frozen=True)
class Asked:
    """A request in hand."""

    desk: Desk
    wish: Wish
    request_id: int

    @property
    def done_after(self) -> int:
        """Return after how many working days it is closed; 0 when it stays in hand."""
        return self.wish.done_after

    def close(self) -> None:
        """Close it with what came of it."""
        form = CloseForm(id=self.request_id, version=1, result=self.wish.result)
        self.desk.do(self.wish.by, close_service, form)


class Wishes:
    """What is still to be asked for: each service once, by the first who may have it."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._left = list(words().wishes)

    def ask(self, findings: Findings, household_id: int, case_id: int) -> Asked | None:
        """Ask for one service that a household may have; print the slip of a referral."""
        for wish in self._left:
            found = findings.measure(wish.measure)
            if found is not None and found.outcome is Outcome.YES:
                self._left.remove(wish)
                return self._request(wish, found, household_id, case_id)
        return None

    def _request(self, wish: Wish, found: Assessment, household_id: int, case_id: int) -> Asked:
        form = ServiceForm(
            household_id=household_id,
            case_id=case_id,
            measure=wish.measure,
            member_id=person_of(self._desk, household_id, found),
            note=wish.note,
            due_on=self._desk.clock.today() + timedelta(days=wish.ask_again_after),
        )
        made = self._desk.do(wish.by, request_service, form)
        if made.paper_id is not None:
            self._desk.do(wish.by, note_print, PrintForm(id=made.paper_id))
        return Asked(self._desk, wish, made.id)


def person_of(desk: Desk, household_id: int, found: Assessment) -> int | None:
    """Return whose answer it is; `None` when it is the household's."""
    if found.member is None:
        return None
    members = desk.ask("wang", household_view, ById(id=household_id)).members
    return members[found.member].id
