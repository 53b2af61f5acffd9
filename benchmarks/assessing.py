"""One household assessed with all its reasons, the facts in hand."""

from datetime import date
from itertools import islice
from typing import Final

from app.demo.center import intake_form
from app.demo.people import demo_households
from app.facts.gather import facts_of_form
from app.policy.assess import assess_all
from app.policy.catalog import shipped
from app.reference.dated import shipped_values
from app.reference.values import Values
from benchmarks.measure import Goal, Row, stopwatch, timing
from benchmarks.stores import TODAY

HOUSEHOLDS: Final = 400
SEED: Final = 3
DAY: Final = date(2022, 11, 15)
"""A day on which every dated value is known."""


def assessment_row() -> Row:
    """Measure the classification and every area that ships, with every reason."""
    packs, values = shipped(), Values(shipped_values(), [])
    people = islice(demo_households(HOUSEHOLDS, seed=SEED, today=TODAY), HOUSEHOLDS)
    facts = [facts_of_form(intake_form(each).household) for each in people]
    seconds = [stopwatch(assess_all, packs, each, values, DAY) for each in facts]
    ours = timing(seconds[1:])
    return Row(
        "one explained assessment of what ships (classification, living relief), facts in hand",
        "",
        ours,
        None,
        [Goal("p50", 15, ours.median * 1e6, "µs")],
        why="For each of some twenty criteria a reason is made as a record of its own, also where "
        "nobody will read it; 2 µs each.",
    )
