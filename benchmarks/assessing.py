"""All seven areas assessed: one household with its reasons, and a whole archive without, against
OpenFisca and zen-engine deciding by the same rules."""

import gc
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from sqlalchemy.orm import Session

from app.demo.people import demo_households
from app.facts.gather import known_of
from app.policy.catalog import shipped
from app.policy.compiled import Answers
from app.policy.facts import Known
from app.policy.rulebook import Rulebook
from app.reference.dated import shipped_values
from app.reference.values import Values
from benchmarks.archive import HOUSEHOLDS, Archive
from benchmarks.fact_rows import FactRows
from benchmarks.measure import Goal, Row, Timing, in_turn, stopwatch, times, timing
from benchmarks.peers_policy.openfisca import OpenFiscaPeer
from benchmarks.peers_policy.people import Completed, known_of_demo
from benchmarks.peers_policy.zen import ZenPeer
from benchmarks.stores import TODAY
from db.models.households import Household

DAYS: Final = (date(2022, 11, 15), date(2024, 8, 1))
"""Days of two eras on which every dated value is known."""

EQUAL: Final = 2_000
"""Households of each era that all three must answer alike before anything is measured."""

ASKED: Final = 1_000
STORED: Final = 400
OPENED: Final = "living_relief"
"""The measure of which somebody reads the reasons."""

TOGETHER: Final = 10
"""Households that are timed together: what another engine left in the processor's cache, a single
one would spend most of its time on."""

CHUNK: Final = 25_000
SEED: Final = 3
ANEW: Final = 0.25
"""The share of facts that are changed in every other household, so that every rule is met."""

ZEN: Final = "zen-engine with trace, same rules"
FISCA: Final = "OpenFisca building and calculating with trace, same rules"
NOTHING_UNKNOWN: Final = (
    "The peers know no unknown: their households are known in full, and so are ours here."
)


class Era:
    """The packs of a day, for us and for the peers."""

    def __init__(self, day: date) -> None:
        self.day = day
        self.book = Rulebook(shipped(), Values(shipped_values()), day)
        self.zen = ZenPeer(self.book)
        self.openfisca = OpenFiscaPeer(self.book)
        self.completed = Completed(self.book, SEED)

    def households(self, count: int) -> list[Known]:
        """Return invented households of whom every fact is known."""
        people = demo_households(count, seed=SEED, today=TODAY)
        return [
            self.completed.of(known_of_demo(each), anew=ANEW * (each.number % 2)) for each in people
        ]


@dataclass(frozen=True)
class _Asked:
    """Some households of one era, ready for each engine."""

    era: Era
    households: Sequence[Known]
    contexts: Sequence[dict[str, Any]]


def assessment_rows(archive: Archive) -> list[Row]:
    """Return the rows of the table."""
    eras = [Era(day) for day in DAYS]
    for era in eras:
        _expect_equal(era)
    return [*_one_household(eras), _one_stored(archive, eras[0]), *_all_stored(archive, eras)]


def _expect_equal(era: Era) -> None:
    """Raise `AssertionError` when a peer answers otherwise than we do."""
    households = era.households(EQUAL)
    ours = era.book.decide_many(households)
    assert ours == era.openfisca.answers(households), f"OpenFisca differs on {era.day}"
    assert ours == list(map(era.zen.answers, households)), f"zen-engine differs on {era.day}"


# One household, the facts in hand


def _one_household(eras: Sequence[Era]) -> list[Row]:
    asked = [
        _Asked(era, households, list(map(era.zen.context, households)))
        for several in zip(*(_by(TOGETHER, era.households(ASKED)) for era in eras), strict=True)
        for era, households in zip(eras, several, strict=True)
    ]
    decided, zen = _in_turn(_decided, _zen, asked)
    again, openfisca = _in_turn(_decided, _openfisca, asked)
    opened, beside_opened = _in_turn(_opened, _zen, asked)
    explained, beside_explained = _in_turn(_explained, _zen, asked)
    work = "one household, all seven areas, facts in hand: "
    return [
        _row(work + "every answer and amount", ZEN, decided, zen),
        _row(work + "every answer and amount", FISCA, again, openfisca),
        _row(
            work + "the same, and the reasons of one measure read",
            ZEN,
            opened,
            beside_opened,
            "When the first answer is looked at, an object is made of each, some fifty with those "
            "of members: more than half of it; the reasons of the one are the rest.",
        ),
        _row(
            work + "the same, and every reason of every measure read",
            ZEN,
            explained,
            beside_explained,
            "Some 250 reasons, each a record with its criterion, the household's value, the limit "
            "and where it is from; the screen opens one measure at a time. The trace of zen-engine "
            "says what each measure came to, not why.",
        ),
    ]


def _row(work: str, against: str, ours: Timing, peer: Timing, why: str = "") -> Row:
    goals = [Goal("p50", 15, ours.median * 1e6, "µs"), times("p50", ours, peer, 0.05)]
    return Row(work, against, ours, peer, goals, why)


def _in_turn(
    ours: Callable[["_Asked"], object],
    peer: Callable[["_Asked"], object],
    asked: Sequence["_Asked"],
) -> tuple[Timing, Timing]:
    """Return what one household takes us and a peer."""
    one, other = in_turn(ours, peer, asked)
    return _shared(one), _shared(other)


def _shared(together: Timing) -> Timing:
    return timing([seconds / TOGETHER for seconds in together.seconds])


def _by(count: int, households: Sequence[Known]) -> list[Sequence[Known]]:
    return [households[at : at + count] for at in range(0, len(households), count)]


def _decided(asked: _Asked) -> object:
    return [asked.era.book.assess(each) for each in asked.households]


def _opened(asked: _Asked) -> object:
    found = [asked.era.book.assess(each).measure(OPENED) for each in asked.households]
    return [each and each.reasons for each in found]


def _explained(asked: _Asked) -> object:
    found = [asked.era.book.assess(each).all for each in asked.households]
    return [[assessment.trace for assessment in each] for each in found]


def _zen(asked: _Asked) -> object:
    return [asked.era.zen.explained(each) for each in asked.contexts]


def _openfisca(asked: _Asked) -> object:
    return [asked.era.openfisca.decided([each], trace=True) for each in asked.households]


# From the store


def _one_stored(archive: Archive, era: Era) -> Row:
    """Measure one household gathered through the models and assessed."""
    raw = FactRows(archive.raw, era.day)
    ids = range(1, HOUSEHOLDS, HOUSEHOLDS // STORED)

    def assessed(id_: int) -> Answers:
        with archive.office.engines.reader.begin() as connection, Session(connection) as session:
            known = known_of(session, session.get_one(Household, id_), era.day)
            return era.book.decide(known)

    for id_ in ids:
        (known,) = raw.known(*raw.rows(id_ - 1, id_))
        assert assessed(id_) == era.book.decide(known), f"household {id_} is read otherwise"
    ours, floor = in_turn(assessed, lambda id_: raw.rows(id_ - 1, id_), ids)
    return Row(
        "one household from the store, all seven areas: every answer and amount",
        "raw SQL read of the facts",
        ours,
        floor,
        [Goal("p50", 0.3, ours.median * 1e3, "ms")],
        why="The facts are gathered through the models and the form of the household, so that the "
        "counter sees one truth; the assessment itself is a hundredth of it.",
    )


def _all_stored(archive: Archive, eras: Sequence[Era]) -> list[Row]:
    """Measure the whole archive: from the store, and with the facts in hand."""
    runs = [_Run(archive, era) for era in eras]
    ours, reading, rules, openfisca = (
        timing([getattr(run, name) for run in runs])
        for name in ("from_store", "reading", "rules", "openfisca")
    )
    return [
        Row(
            f"{HOUSEHOLDS:,} households from the store, without reasons",
            "reading the rows of the facts",
            ours,
            reading,
            [Goal("p50", 1.0, ours.median, "s"), times("p50", ours, reading, 2.5)],
            why="The facts stand in the wide rows of households and members, encrypted, and every "
            "answer and date has to be turned into a fact; narrow rows of facts will hold them "
            "ready.",
        ),
        Row(
            f"{HOUSEHOLDS:,} households, facts in hand, without reasons",
            "OpenFisca building and calculating, same rules",
            rules,
            openfisca,
            [times("p50", rules, openfisca, 0.67)],
            why="OpenFisca decides column by column; most of its time goes into building the "
            "columns, most of ours into looking up facts by name.",
        ),
    ]


class _Run:
    """The seconds that the whole archive took on the day of an era."""

    def __init__(self, archive: Archive, era: Era) -> None:
        self.from_store = self.reading = self.rules = self.openfisca = 0.0
        rows = FactRows(archive.raw, era.day)
        for after in range(0, HOUSEHOLDS, CHUNK):
            self._chunk(era, rows, after)

    def _chunk(self, era: Era, rows: FactRows, after: int) -> None:
        """Measure some households, each way; answers are dropped as a report would do."""
        book, last = era.book, after + CHUNK

        def from_store() -> None:
            for known in rows.known(*rows.rows(after, last)):
                book.decide(known)

        known = rows.known(*rows.rows(after, last))
        full = [era.completed.of(each) for each in known]
        del known
        gc.collect()
        gc.disable()
        try:
            self.reading += stopwatch(rows.rows, after, last)
            self.from_store += stopwatch(from_store)
            self.rules += stopwatch(_drop, map(book.decide, full))
            self.openfisca += stopwatch(era.openfisca.decided, full)
        finally:
            gc.enable()
        assert era.openfisca.answers(full) == book.decide_many(full)


def _drop(answers: Iterator[Answers]) -> None:
    for _each in answers:
        pass
