"""The lists of cases: their order, and the filed cases that still wait for a proposal."""

from datetime import timedelta

from app.cases.actions import return_case
from app.cases.queries import case_counts, case_rows, case_view, cases_waiting, days_at_work
from app.cases.records import CaseById, CaseQuery, CaseStepForm, CasesWaiting
from app.core.words.cases import CaseState
from tests.world import World


def numbers(world: World, **asked: object) -> list[str]:
    return [row.number for row in world.ask("wang", case_rows, CaseQuery(**asked))]  # pyright: ignore[reportArgumentType] - any part of the question


def test_open_cases_come_by_due_day_then_the_decided_newest_first(world: World) -> None:
    first, second = world.file(), world.file()
    world.clock.instant += timedelta(days=1)
    third = world.accept()
    expected = [third.case_number, second.case_number, first.case_number]
    assert numbers(world) == expected


def test_a_list_is_narrowed_by_what_a_name_or_number_begins_with(world: World) -> None:
    first, second = world.accept(), world.accept()
    name = world.ask("wang", case_view, CaseById(id=first.case_id)).row.name
    assert numbers(world, text=f" {second.case_number} ") == [second.case_number]
    assert first.case_number in numbers(world, text=name[:1])
    assert numbers(world, text="%") == numbers(world, text="2026_") == []


def test_a_filed_case_waits_until_something_is_proposed(world: World) -> None:
    filed = world.file()
    world.accept()
    assert numbers(world, without_award=True) == [filed.case_number]
    world.propose(filed)
    assert numbers(world, without_award=True) == []


def test_a_filed_case_does_not_wait_for_ever(world: World) -> None:
    world.file()
    world.clock.instant += timedelta(days=61)
    assert numbers(world, without_award=True) == []
    assert numbers(world, state=CaseState.FILED) != []


def test_the_figures_of_the_workbench_agree_with_the_lists(world: World) -> None:
    world.file()
    world.accept()
    counts = world.ask("wang", case_counts)
    assert (counts.accepted, counts.filed, counts.accepted_today) == (1, 1, 2)
    days = world.ask("wang", days_at_work)
    assert (days[-1].accepted, days[-1].decided) == (2, 1)
    assert len({day.day for day in days}) == 10


def test_what_waits_is_counted_for_each_person(world: World) -> None:
    world.accept()
    returned = world.accept()
    row = world.ask("zhao", case_view, CaseById(id=returned.case_id)).row
    world.do("zhao", return_case, CaseStepForm(id=row.id, version=row.version, opinion="缺证明"))
    assert world.ask("wang", cases_waiting) == CasesWaiting(to_mend=1, to_file=0)
    assert world.ask("zhao", cases_waiting) == CasesWaiting(to_mend=0, to_file=1)
