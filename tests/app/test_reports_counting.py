"""The counting of reports against counting one by one, for any payments."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence

from hypothesis import given
from hypothesis import strategies as st

from app.reports.counting import Book, Count, Parts, Place, Row, Who, count

MONTHS = ("2012-01", "2012-02", "2012-12")
Said = tuple[str, Row]
"""A payment with its month."""
PAYMENTS = st.lists(
    st.tuples(
        st.sampled_from(MONTHS),
        st.tuples(
            st.sampled_from(("a", "ab", "b", "c")),
            st.sampled_from(("here", "there", "nowhere")),
            st.integers(1, 6),
            st.integers(0, 3),
            st.sampled_from((1, 1, 1, 0, -1)),
            st.integers(-(10**13), 10**13),
        ),
    ),
    max_size=40,
)


def of_household(text: str) -> Sequence[Place]:
    return ("total", text)


def parts(said: Iterable[Said]) -> Parts:
    rows = list(said)
    for month in MONTHS:
        yield month, [row for each, row in rows if each == month]


def counted(said: Sequence[Said]) -> Count:
    def again(who: Who, ids: Sequence[int]) -> Parts:
        at = 2 if who == "person_id" else 3
        return parts(each for each in said if each[1][at] in ids)

    return count(Book(parts(said), tuple, of_household, 6, 3, again))


def by_hand(said: Iterable[Said]) -> dict[Place, tuple[int, int, int, int]]:
    groups: defaultdict[Place, list[Row]] = defaultdict(list)
    for month, row in said:
        for place in (*row[0], *of_household(row[1]), month):
            groups[place].append(row)
    return {
        place: (sum(row[4] for row in group), left(group, 2), left(group, 3), total(group))
        for place, group in groups.items()
    }


def left(rows: Iterable[Row], who: int) -> int:
    times: defaultdict[object, int] = defaultdict(int)
    for row in rows:
        times[row[who]] += row[4]
    return sum(given > 0 for key, given in times.items() if key != 0)


def total(rows: Iterable[Row]) -> int:
    return sum(row[5] for row in rows)


def figures(found: Count) -> Iterator[tuple[Place, tuple[int, int, int, int]]]:
    for place in found.numbers:
        each = found.figures(place)
        yield place, (each.person_times, each.people, each.households, each.fen)


@given(PAYMENTS)
def test_every_place_has_what_one_counts_by_hand(said: list[Said]) -> None:
    found = counted(said)
    assert dict(figures(found)) == by_hand(said)
    assert found.figures("elsewhere").people == 0


@given(PAYMENTS)
def test_parts_that_share_all_out_sum_to_the_total(said: list[Said]) -> None:
    found = counted([(month, row) for month, row in said if row[0] != "ab"])
    whole = found.figures("total")
    for places in ("abc", MONTHS, ("here", "there", "nowhere")):
        shares = [found.figures(place) for place in places]
        assert sum(each.fen for each in shares) == whole.fen
        assert sum(each.person_times for each in shares) == whole.person_times
