"""The counts on the rail: what waits for whom, and that they follow what is done."""

from typing import Any

from app.core.words.disbursements import Decision
from app.disbursements.deciding import decide_award
from app.disbursements.queries import award_view
from app.disbursements.records import AwardById, DecisionForm
from app.papers.actions import note_print
from app.papers.records import PrintForm
from app.work import Topic
from tests.ui.desks import Seat, Seats
from tests.world import World
from ui.kit.rail import RailItem
from ui.waiting import Waiting


def counted(sit: Seats, user: str) -> Seat[Any]:
    """Seat somebody before a rail that counts."""
    seat = sit(user, "workbench")
    Waiting(seat.window)
    seat.rest()
    return seat


def counts(seat: Seat[Any]) -> dict[str, int]:
    """Return the areas where something waits."""
    items = seat.window.rail.findChildren(RailItem)
    return {item.name: item.count for item in items if item.count}


def test_everybody_sees_what_waits_for_them(world: World, sit: Seats) -> None:
    filed = world.file()
    world.propose(filed, fen=10_000)
    world.decide(world.propose(filed, fen=20_000))
    world.accept()
    assert counts(counted(sit, "wang")) == {"papers": 2}
    assert counts(counted(sit, "zhao")) == {"cases": 1, "approval": 1, "papers": 2}
    assert counts(counted(sit, "qian")) == {"batches": 1, "papers": 2}
    assert counts(counted(sit, "zhou")) == {}
    assert counts(counted(sit, "admin")) == {}


def test_the_counts_follow_what_is_done_here(world: World, sit: Seats) -> None:
    award_id = world.propose()
    seat = counted(sit, "zhao")
    assert counts(seat) == {"approval": 1, "papers": 1}
    view = world.ask("zhao", award_view, AwardById(id=award_id))
    form = DecisionForm(
        award_id=award_id,
        version=view.row.version,
        award_version_id=view.row.award_version_id,
        decision=Decision.APPROVED,
    )
    seat.desk.perform(decide_award, form)
    seat.rest()
    assert counts(seat) == {"papers": 1}
    seat.desk.perform(note_print, PrintForm(id=world.accepted[0].paper_id))
    seat.rest()
    assert counts(seat) == {}


def test_only_what_was_touched_is_counted_again(world: World, sit: Seats) -> None:
    seat = counted(sit, "zhao")
    world.propose()
    world.accept()
    seat.desk.tell_changed(frozenset({Topic.CASES}))
    seat.rest()
    assert counts(seat) == {"cases": 1}


def test_a_count_is_told_to_whoever_cannot_see_it(world: World, sit: Seats) -> None:
    world.accept()
    seat = counted(sit, "zhao")
    item = seat.window.rail.findChild(RailItem, "area_cases")
    assert item is not None
    assert item.accessibleName() == "案件 1"
