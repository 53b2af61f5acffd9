"""Claims of interest subsidy quarter by quarter over random loans: no day twice, never above the
interest, and put right to the fen whatever becomes known late."""

import random
from collections import Counter
from datetime import date, timedelta
from itertools import pairwise

from hypothesis import given

from app.core.money import Fen
from app.core.words.loans import LoanEventKind, RepaymentMethod, SubsidyLineKind
from app.loans.events import Event
from app.loans.replay import replay, subsidised
from app.loans.subsidy_lines import (
    Due,
    Line,
    Quarter,
    Said,
    entitled,
    lines,
    quarter,
    standing_lines,
)
from app.loans.subsidy_rules import SubsidyRule, full, half
from app.loans.terms import Rate, Terms
from app.reference.workdays import calendar
from tests.loans import FAR, life_of, many, seeds

K = LoanEventKind
CLAIMED, BACK, AGAIN = (
    SubsidyLineKind.CLAIMED,
    SubsidyLineKind.CLAWED_BACK,
    SubsidyLineKind.RESTORED,
)


def quarters_between(first: date, last: date) -> list[Quarter]:
    """Return the quarters that touch some days."""
    found = [quarter(year, n) for year in range(first.year, last.year + 1) for n in (1, 2, 3, 4)]
    return [each for each in found if each.after > first and each.first <= last]


def owed_on(terms: Terms, events: list[Event], day: date, quarters: list[Quarter]) -> list[Due]:
    standing = replay(terms, events, day, calendar())
    return entitled(terms, standing, subsidised(terms, events, day, calendar()), quarters)


def claim(
    terms: Terms, events: list[Event], day: date, quarters: list[Quarter], said: list[Said]
) -> list[Line]:
    """Return the lines of one more claim, and take them as said."""
    new = lines(owed_on(terms, events, day, quarters), said)
    said += [Said(*line) for line in new]
    return new


@many
@given(seeds)
def test_random_claims(seed: int) -> None:
    """Quarter after quarter is claimed while entries become known, some of them late."""
    chance = random.Random(seed)  # noqa: S311 - chance, no secret
    terms, events = life_of(chance)
    final = replay(terms, events, FAR, calendar())
    said: list[Said] = []
    covered: list[Quarter] = []
    known = 1
    for each in quarters_between(terms.lent_on, max(final.ends_on, terms.lent_on)):
        known = chance.randint(known, len(events))
        covered.append(each)
        day = each.after + timedelta(chance.randint(0, 40))
        claim(terms, events[:known], day, covered, said)
        nothing_is_claimed_twice(said)
    claim(terms, events, FAR, covered, said)
    nothing_is_claimed_twice(said)
    total = sum(line.due.fen for line in said)
    owed = 0 if final.misused_on else final.subsidy
    assert owed - len(covered) <= total <= owed, "what rounding left waits, and is never too much"
    assert total <= sum(line.interest for line in final.instalments)
    assert claim(terms, events, FAR, covered, said) == [], "nothing is left to put right"


def nothing_is_claimed_twice(said: list[Said]) -> None:
    stands = standing_lines(said)
    assert all(before.to_on <= after.from_on for before, after in pairwise(stands))
    assert all(due.fen > 0 and due.days > 0 for due in stands)
    net: Counter[Due] = Counter()
    for kind, due in said:
        if kind is BACK:
            assert due.fen < 0
            net[due._replace(fen=Fen(-due.fen))] -= 1
        else:
            net[due] += 1
        assert net[due._replace(fen=Fen(abs(due.fen)))] >= 0, "nothing unclaimed is clawed back"


# One loan, told by hand: 100,000 yuan at 9.15 % (domain-more.md 4.4), interest every month


def loan(subsidy: SubsidyRule | None = None, months: int = 12) -> Terms:
    return Terms(
        principal=Fen(10_000_000),
        rate=Rate(91_500),
        months=months,
        method=RepaymentMethod.MONTHLY_INTEREST,
        lent_on=date(2012, 2, 10),
        subsidy=subsidy or full(),
    )


LENT = Event(1, K.LENT, date(2012, 2, 10), 10_000_000)
MONTH = 76_250
"""A month's interest: 100,000 × 9.15 % ÷ 12."""


def paid(number: int, month: int, fen: int = MONTH, day: int = 10) -> Event:
    return Event(number, K.REPAID, date(2012, month, day), fen)


def told(found: list[Line]) -> list[tuple[SubsidyLineKind, date, date, int, int, int]]:
    return [(kind, due.from_on, due.to_on, due.days, due.base, due.fen) for kind, due in found]


Q1, Q2, Q3 = (quarter(2012, number) for number in (1, 2, 3))


def test_a_quarter_is_one_line_of_days_principal_and_rate() -> None:
    said: list[Said] = []
    events = [LENT, paid(2, 3), paid(3, 4), paid(4, 5), paid(5, 6)]
    [first] = claim(loan(), events[:2], date(2012, 4, 5), [Q1], said)
    assert told([first]) == [
        (CLAIMED, date(2012, 2, 10), date(2012, 4, 1), 51, 10_000_000, 129_625)
    ], "February and March have 30 days each: 51 of 360 days of 9,150 yuan"
    [second] = claim(loan(), events, date(2012, 7, 5), [Q1, Q2], said)
    assert (second.due.days, second.due.fen, second.due.rate) == (90, 3 * MONTH, 91_500)


def test_days_on_which_something_is_overdue_are_not_claimed() -> None:
    said: list[Said] = []
    events = [LENT, paid(2, 3), paid(3, 5, MONTH, 20), paid(4, 5, MONTH, 20), paid(5, 6)]
    claim(loan(), events[:2], date(2012, 4, 5), [Q1], said)
    found = claim(loan(), events, date(2012, 7, 5), [Q1, Q2], said)
    assert [(each.due.from_on, each.due.to_on, each.due.days) for each in found] == [
        (date(2012, 4, 1), date(2012, 4, 10), 9),
        (date(2012, 5, 20), date(2012, 7, 1), 41),
    ]


def test_a_repayment_known_late_claws_back_and_claims_anew() -> None:
    """20,000 yuan came in on 10 March; the bank said so in April, after the claim."""
    said: list[Said] = []
    claim(loan(), [LENT, paid(2, 3)], date(2012, 4, 5), [Q1], said)
    events = [LENT, paid(2, 3), paid(3, 3, 2_000_000), paid(4, 4), paid(5, 5), paid(6, 6)]
    found = claim(loan(), events, date(2012, 7, 5), [Q1, Q2], said)
    assert told(found)[:3] == [
        (BACK, date(2012, 2, 10), date(2012, 4, 1), 51, 10_000_000, -129_625),
        (AGAIN, date(2012, 2, 10), date(2012, 3, 10), 30, 10_000_000, MONTH),
        (AGAIN, date(2012, 3, 10), date(2012, 4, 1), 21, 8_000_000, 42_700),
    ]


def test_an_overdue_that_turns_out_paid_is_claimed_after_all() -> None:
    said: list[Said] = []
    claim(loan(), [LENT], date(2012, 4, 5), [Q1], said)
    assert standing_lines(said)[0].to_on == date(2012, 3, 10)
    found = claim(loan(), [LENT, paid(2, 3)], date(2012, 4, 20), [Q1, Q2], said)
    stands = standing_lines(said)
    assert [line.kind for line in found][:2] == [BACK, AGAIN]
    assert sum(due.days for due in stands if due.from_on < Q1.after) == 51


def test_misuse_claws_everything_back() -> None:
    said: list[Said] = []
    events = [LENT, paid(2, 3)]
    claim(loan(), events, date(2012, 4, 5), [Q1], said)
    events += [paid(3, 4), paid(4, 5), paid(5, 6)]
    claim(loan(), events, date(2012, 7, 5), [Q1, Q2], said)
    events.append(Event(6, K.MISUSED, date(2012, 7, 9)))
    found = claim(loan(), events, date(2012, 10, 8), [Q1, Q2, Q3], said)
    assert [line.kind for line in found] == [BACK, BACK]
    assert sum(line.due.fen for line in said) == 0


def test_an_extension_is_not_claimed() -> None:
    events = [LENT, Event(2, K.EXTENDED, date(2012, 6, 1), months=6)]
    events += [paid(number, number) for number in range(3, 8)]
    found = owed_on(loan(months=5), events, date(2012, 12, 31), [Q1, Q2, Q3])
    assert max(due.to_on for due in found) <= date(2012, 7, 10)


def test_half_of_the_interest_is_half_of_the_days_interest() -> None:
    said: list[Said] = []
    [line] = claim(loan(half()), [LENT, paid(2, 3)], date(2012, 4, 5), [Q1], said)
    assert (line.due.fen, line.due.rate) == (64_813, 45_750), "half up, as every instalment"


def test_quarters_of_a_year_follow_each_other() -> None:
    year = [quarter(2012, number) for number in (1, 2, 3, 4)]
    assert [each.last for each in year] == [
        date(2012, 3, 31),
        date(2012, 6, 30),
        date(2012, 9, 30),
        date(2012, 12, 31),
    ]
    assert all(before.after == after.first for before, after in pairwise(year))
