"""What a quarterly claim of interest subsidy says of one loan: a pure function of how it stands.

The days come from the replay: none in an extension, none while anything is overdue. A claim holds
the days of its quarter, and puts right what earlier claims said of a loan when entries became
known since: a stretch that no longer is so is clawed back whole, and told anew as it is [our
rule]. After misuse all that was claimed is clawed back.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, timedelta
from typing import NamedTuple

from app.core.money import Fen, divide
from app.core.words.loans import SubsidyLineKind
from app.loans.days import position
from app.loans.standing import Standing, Stretch
from app.loans.terms import Terms


class Quarter(NamedTuple):
    """The days of one claim."""

    first: date
    after: date
    """The first day that is not of it."""

    @property
    def last(self) -> date:
        """Return the last day of it."""
        return self.after - timedelta(days=1)


class Due(NamedTuple):
    """A stretch of days of one loan for which the treasury owes."""

    from_on: date
    to_on: date
    """The first day that is not counted."""
    days: int
    base: Fen
    rate: int
    """Millionths a year."""
    fen: Fen

    @property
    def key(self) -> tuple[date, date, int, int, int]:
        """Return what makes two stretches the same; a fen of rounding does not matter."""
        return self[:5]


class Said(NamedTuple):
    """A line of an earlier claim that was not withdrawn."""

    kind: SubsidyLineKind
    due: Due


class Line(NamedTuple):
    """A line of a claim; what is clawed back has a sum below zero."""

    kind: SubsidyLineKind
    due: Due


def quarter(year: int, number: int) -> Quarter:
    """Return the first, second, third or fourth quarter of a year."""
    first = date(year, 3 * number - 2, 1)
    after = date(year + 1, 1, 1) if number == 4 else date(year, 3 * number + 1, 1)
    return Quarter(first, after)


def entitled(
    terms: Terms,
    standing: Standing,
    stretches: Iterable[Stretch],
    quarters: Iterable[Quarter],
) -> list[Due]:
    """Return what the treasury owes for the days of some quarters, as is known now.

    The subsidy of an instalment, which is never above its interest, is spread over its days; what
    is rounded goes on to the next stretch, so that all of them add up to it.
    """
    if standing.lent_on is None or standing.misused_on is not None:
        return []
    due_day = terms.due_day or standing.lent_on.day
    whole = {line.number: line.subsidy for line in standing.instalments}
    by_line: dict[int, list[Stretch]] = defaultdict(list)
    for stretch in stretches:
        by_line[stretch.instalment].append(stretch)
    wanted = sorted(quarters)
    found: list[Due] = []
    for number, of_line in by_line.items():
        weight = sum(each.days * each.base * each.rate for each in of_line)
        counted = told = 0
        for part in _cut(terms, due_day, of_line, wanted):
            counted += part.stretch.days * part.stretch.base * part.stretch.rate
            so_far = divide(whole.get(number, 0) * counted, weight) if weight else 0
            fen, told = Fen(so_far - told), so_far
            if part.inside and fen:
                each = part.stretch
                rate = divide(each.rate, each.rate_of)
                found.append(Due(each.from_on, each.to_on, each.days, each.base, rate, fen))
    return list(_joined(found, {each.first for each in wanted}))


class _Part(NamedTuple):
    stretch: Stretch
    inside: bool
    """Whether it lies in one of the quarters."""


def _cut(
    terms: Terms, due_day: int, stretches: Sequence[Stretch], quarters: Sequence[Quarter]
) -> Iterator[_Part]:
    """Cut stretches where quarters begin and end."""

    def place(day: date) -> int:
        return position(day, terms.day_count, due_day)

    ends = sorted({day for each in quarters for day in each})
    for stretch in stretches:
        start, left = stretch.from_on, stretch.days
        for day in (*(day for day in ends if start < day < stretch.to_on), stretch.to_on):
            days = left if day == stretch.to_on else min(left, place(day) - place(start))
            inside = any(each.first <= start < each.after for each in quarters)
            yield _Part(stretch._replace(from_on=start, to_on=day, days=days), inside)
            start, left = day, left - days


def _joined(dues: Sequence[Due], starts: set[date]) -> Iterator[Due]:
    """Join stretches that follow each other with the same principal and rate, not over the
    beginning of a quarter."""
    held: Due | None = None
    for due in sorted(dues):
        same = held is not None and (held.to_on, held.base, held.rate) == (
            due.from_on,
            due.base,
            due.rate,
        )
        if held is not None and same and due.from_on not in starts:
            held = held._replace(
                to_on=due.to_on, days=held.days + due.days, fen=Fen(held.fen + due.fen)
            )
            continue
        if held is not None:
            yield held
        held = due
    if held is not None:
        yield held


def standing_lines(said: Iterable[Said]) -> list[Due]:
    """Return the stretches that earlier claims hold now: claimed and not clawed back."""
    count: Counter[Due] = Counter()
    for kind, due in said:
        if kind is SubsidyLineKind.CLAWED_BACK:
            count[due._replace(fen=Fen(-due.fen))] -= 1
        else:
            count[due] += 1
    return sorted(count.elements())


def lines(owed: Sequence[Due], said: Sequence[Said]) -> list[Line]:
    """Return the lines of a claim that brings what was said of a loan to what is ``owed``.

    What is clawed back comes first. The sum of all that stands afterwards is that of ``owed``; a
    fen that rounding left over is taken into the last new stretch, or waits for one.
    """
    stands = {due.key: due for due in standing_lines(said)}
    wanted = {due.key: due for due in owed}
    gone = [due for key, due in stands.items() if key not in wanted]
    new = [due for key, due in wanted.items() if key not in stands]
    kept = [due for key, due in stands.items() if key in wanted]
    rest = sum(wanted[due.key].fen - due.fen for due in kept)
    if rest < 0 and not any(due.fen + rest >= 0 for due in new):
        last = max(kept, key=lambda due: due.fen)
        gone.append(last)
        new.append(last)
    if rest:
        for at, due in enumerate(new):
            if due.fen + rest >= 0:
                new[at] = due._replace(fen=Fen(due.fen + rest))
                break
    before = [due for kind, due in said if kind is SubsidyLineKind.CLAWED_BACK]
    return [
        *(Line(SubsidyLineKind.CLAWED_BACK, due._replace(fen=Fen(-due.fen))) for due in gone),
        *(Line(_kind(due, [*before, *gone]), due) for due in sorted(new) if due.fen),
    ]


def _kind(due: Due, taken: Sequence[Due]) -> SubsidyLineKind:
    """Return what a new stretch is: claimed, or again after some of its days were clawed back."""
    again = any(each.from_on < due.to_on and due.from_on < each.to_on for each in taken)
    return SubsidyLineKind.RESTORED if again else SubsidyLineKind.CLAIMED
