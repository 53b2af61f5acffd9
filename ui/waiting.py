"""Keeps the counts on the rail: what waits for the signed-in person in each area.

Only questions the person may ask are asked, and only those whose topics an act has touched.
"""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import Any, Final

from PySide6.QtCore import QObject

from app.cases.actions import file_case, resubmit_case
from app.cases.queries import cases_waiting
from app.cases.records import CasesWaiting
from app.core.record import Nothing
from app.disbursements.batches import open_batch
from app.disbursements.deciding import decide_award
from app.disbursements.queries import awards_waiting
from app.disbursements.records import AwardsWaiting
from app.filing.actions import take_down
from app.filing.deciding import decide_step
from app.filing.queries import steps_waiting
from app.filing.records import StepsWaiting
from app.papers.actions import note_print
from app.papers.queries import paper_counts
from app.papers.records import PaperCounts
from app.services.actions import close_service
from app.services.queries import services_waiting
from app.services.records import ServicesWaiting
from app.work import Actor, Query, Topic
from ui.main_window import MainWindow

Counts = dict[str, int]
"""Areas of the rail to how many wait there."""


@dataclass(frozen=True)
class Source:
    """One question, the topics that change its answer, and what it says of which area."""

    query: Query[Nothing, Any]
    topics: frozenset[Topic]
    counts: Callable[[Actor, Any], Counts]


def _cases(actor: Actor, found: CasesWaiting) -> Counts:
    to_mend = found.to_mend if actor.may(resubmit_case) else 0
    return {"cases": to_mend + (found.to_file if actor.may(file_case) else 0)}


def _awards(actor: Actor, found: AwardsWaiting) -> Counts:
    return {
        "approval": found.to_decide if actor.may(decide_award) else 0,
        "batches": found.to_pay if actor.may(open_batch) else 0,
    }


def _papers(actor: Actor, found: PaperCounts) -> Counts:
    return {"papers": found.unprinted if actor.may(note_print) else 0}


def _services(actor: Actor, found: ServicesWaiting) -> Counts:
    return {"services": found.open if actor.may(close_service) else 0}


def _steps(actor: Actor, found: StepsWaiting) -> Counts:
    to_do = found.to_take_down + found.overdue if actor.may(take_down) else 0
    return {"filing": to_do + (found.to_decide if actor.may(decide_step) else 0)}


SOURCES: Final = (
    Source(cases_waiting, frozenset({Topic.CASES}), _cases),
    Source(awards_waiting, frozenset({Topic.AWARDS}), _awards),
    Source(steps_waiting, frozenset({Topic.FILING}), _steps),
    Source(services_waiting, frozenset({Topic.SERVICES}), _services),
    Source(paper_counts, frozenset({Topic.PAPERS}), _papers),
)


class Waiting(QObject):
    """Asks how much waits when somebody signs in and after every act, and shows it on the rail."""

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self._desk, self._rail = window.desk, window.rail
        self._sources = [source for source in SOURCES if self._desk.may(source.query)]
        self._desk.changed.connect(self._changed)
        for source in self._sources:
            self._ask(source)

    def _changed(self, topics: frozenset[Topic]) -> None:
        for source in self._sources:
            if source.topics & topics:
                self._ask(source)

    def _ask(self, source: Source) -> None:
        show = partial(self._show, source)
        self._desk.ask(source.query, Nothing(), then=show, latest=source.query.name)

    def _show(self, source: Source, found: Any) -> None:
        for area, count in source.counts(self._desk.actor, found).items():
            self._rail.set_count(area, count)
