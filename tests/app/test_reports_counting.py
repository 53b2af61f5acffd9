"""The counting of reports against counting one by one, for any payments."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence

from hypothesis import given
from hypothesis import strategies as st

from app.reports.counting import Place, Row, Who, count

PAYMENTS = st.lists(
    st.tuples(
        st.sampled_from(("a", "ab", "b", "c", "hidden")),
        st.sampled_from(("2012-01", "2012-02", "2012-12")),
        st.integers(1, 6),
        st.one_of(st.none(), st.integers(1, 3)),
        st.sampled_from((1, 1, 1, 0, -1)),
        st.integers(-(10**13), 10**13),
    ),
    max_size=40,
)


def under(kind: str) -> Sequence[Place] | None:
    return None if kind == "hidden" else ("total", *kind)


def in_month(month: str) -> Sequence[Place]:
    return (month,)


def by_hand(rows: Iterable[Row]) -> dict[Place, tuple[int, int, int, int]]:
    groups: defaultdict[Place, list[Row]] = defaultdict(list)
    for row in rows:
        for place in (*(under(row[0]) or ()), row[1]) if row[0] != "hidden" else ():
            groups[place].append(row)
    return {
        place: (sum(row[4] for row in group), left(group, 2), left(group, 3), total(group))
        for place, group in groups.items()
    }


def left(rows: Iterable[Row], who: int) -> int:
    times: defaultdict[object, int] = defaultdict(int)
    for row in rows:
        times[row[who]] += row[4]
    return sum(given > 0 for key, given in times.items() if key is not None)


def total(rows: Iterable[Row]) -> int:
    return sum(row[5] for row in rows)


@given(PAYMENTS)
def test_every_place_has_what_one_counts_by_hand(rows: list[Row]) -> None:
    def again(who: Who, ids: Sequence[int]) -> Iterator[Row]:
        at = 2 if who == "person_id" else 3
        return (row for row in rows if row[at] in ids)

    counted = count(rows, [under], in_month, again)
    found = {
        place: (each.person_times, each.people, each.households, each.fen)
        for place in counted.numbers
        if (each := counted.figures(place))
    }
    assert found == by_hand(rows)
    assert counted.figures("nowhere").people == 0


@given(PAYMENTS)
def test_parts_that_share_all_out_sum_to_the_total(rows: list[Row]) -> None:
    shared = [row for row in rows if row[0] in ("a", "b", "c")]

    def again(who: Who, ids: Sequence[int]) -> Iterator[Row]:
        at = 2 if who == "person_id" else 3
        return (row for row in shared if row[at] in ids)

    counted = count(shared, [under], in_month, again)
    whole = counted.figures("total")
    for places in ("abc", ("2012-01", "2012-02", "2012-12")):
        parts = [counted.figures(place) for place in places]
        assert sum(each.fen for each in parts) == whole.fen
        assert sum(each.person_times for each in parts) == whole.person_times
