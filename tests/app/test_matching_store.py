"""The store finds the pairs that the rules let through, in the order of their points, both ways."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from itertools import count
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app.placements.match_cards import between, seeker_card, vacancy_card
from app.placements.match_limits import all_limits, standing
from app.placements.match_merits import match
from app.placements.match_queries import (
    seekers_for,
    vacancies_for,
)
from app.placements.match_records import (
    WIDENED,
    Limit,
    Match,
    MatchForSeeker,
    MatchForVacancy,
    Widening,
)
from app.placements.match_sql import Search
from app.placements.match_sql import seekers_for as seekers_of
from app.placements.match_sql import vacancies_for as vacancies_of
from app.placements.matching import days_of
from app.work import Work
from tests.match_centers import Center, centers, standing_center
from tests.world import World

DAYS = st.sampled_from([date(2026, 11, 20), date(2028, 2, 29), date(2027, 2, 28), date(2027, 3, 1)])
"""With a leap day, the days about one in other years, and the day of the other tests."""


def found_by_rules(work: Work, center: Center) -> dict[tuple[int, int], tuple[set[Limit], Match]]:
    """Return every pair with the limits that stand and the match, by the rules of one pair."""
    days = days_of(work.today)
    found: dict[tuple[int, int], tuple[set[Limit], Match]] = {}
    for job_seeker_id in range(1, len(center.seekers) + 1):
        seeker = seeker_card(work, job_seeker_id)
        for vacancy_id in range(1, len(center.vacancies) + 1):
            vacancy = vacancy_card(work, vacancy_id)
            done = between(work, job_seeker_id, vacancy_id)
            limits = all_limits(seeker, vacancy, days, done)
            stands = {each.limit for each in standing(limits)}
            found[job_seeker_id, vacancy_id] = stands, match(seeker, vacancy, days, limits)
    return found


def points_of_store(work: Work, center: Center) -> dict[tuple[int, int], int]:
    """Return the points of every pair as the search gives them, whatever keeps it apart; raise
    when the two directions differ."""
    days = days_of(work.today)
    found: dict[tuple[int, int], int] = {}
    for job_seeker_id in range(1, len(center.seekers) + 1):
        search = vacancies_of(seeker_card(work, job_seeker_id), days)
        found |= {(job_seeker_id, id_): points for id_, points in all_points(work, search)}
    other: dict[tuple[int, int], int] = {}
    for vacancy_id in range(1, len(center.vacancies) + 1):
        search = seekers_of(vacancy_card(work, vacancy_id), days)
        other |= {(id_, vacancy_id): points for id_, points in all_points(work, search)}
    assert found == other
    return found


def all_points(work: Work, search: Search) -> Iterable[tuple[Any, ...]]:
    return work.rows(
        f"SELECT id, {' + '.join(search.points)} FROM {search.table}",
        **search.bound,
    )


@given(data=st.data(), today=DAYS)
@settings(
    max_examples=150,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
def test_the_store_finds_what_the_rules_let_through_in_their_order(
    world: World, data: st.DataObject, today: date
) -> None:
    center = data.draw(centers(today))
    without = tuple(data.draw(st.sets(st.sampled_from(WIDENED))))
    with standing_center(world, center, today) as work:
        pairs = found_by_rules(work, center)
        assert points_of_store(work, center) == {
            pair: match.points for pair, (_stands, match) in pairs.items()
        }
        confirmed = [-each["confirmed_on"].toordinal() for each in center.vacancies]
        for job_seeker_id in range(1, len(center.seekers) + 1):
            asked = MatchForSeeker(job_seeker_id=job_seeker_id, without=without)
            answer = vacancies_for.run(work, asked)
            of_one = {v: pair for (s, v), pair in pairs.items() if s == job_seeker_id}
            order = best_first(of_one, without, [*zip(confirmed, count(1), strict=False)])
            assert [row.vacancy.id for row in answer.rows] == order
            assert told_right([row.match for row in answer.rows], of_one, order, without)
            assert answer.total == len(order)
            assert widened(answer.widen) == ({} if answer.stands else counted(of_one, without))
        for vacancy_id in range(1, len(center.vacancies) + 1):
            asked = MatchForVacancy(vacancy_id=vacancy_id, without=without)
            other = seekers_for.run(work, asked)
            of_one = {s: pair for (s, v), pair in pairs.items() if v == vacancy_id}
            order = best_first(of_one, without, range(len(center.seekers)))
            assert [row.seeker.id for row in other.rows] == order
            assert told_right([row.match for row in other.rows], of_one, order, without)
            assert other.total == len(order)
            assert widened(other.widen) == ({} if other.stands else counted(of_one, without))


Pairs = Mapping[int, tuple[set[Limit], Match]]


def best_first(pairs: Pairs, without: Sequence[Limit], order: Sequence[Any]) -> list[int]:
    """Return the ids of those whom no limit keeps apart, by their points, then by ``order``."""
    fit = [id_ for id_, (stands, _match) in pairs.items() if stands <= set(without)]
    return sorted(fit, key=lambda id_: (-pairs[id_][1].points, order[id_ - 1]))


def told_right(
    rows: Sequence[Match], pairs: Pairs, order: Sequence[int], without: Sequence[Limit]
) -> bool:
    """Tell whether a list shows the points of the rules, which are the sum of their reasons, and
    no limit that stands but those that were widened."""
    return all(
        row.points == pairs[id_][1].points == sum(each.points for each in row.merits)
        and {each.limit for each in standing(row.limits)} == pairs[id_][0]
        and pairs[id_][0] <= set(without)
        for row, id_ in zip(rows, order, strict=True)
    )


def counted(pairs: Pairs, without: Sequence[Limit]) -> dict[Limit, int]:
    """Count what falls by one limit alone, of those that can be widened and were not."""
    return {
        limit: sum(stands - set(without) == {limit} for stands, _match in pairs.values())
        for limit in WIDENED
        if limit not in without
    }


def widened(widen: Sequence[Widening]) -> dict[Limit, int]:
    return {each.limit: each.more for each in widen}
