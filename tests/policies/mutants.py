"""Proves that the situations catch every slip in a limit: ``python -m tests.policies.mutants``.

Each limit and figure of each pack is changed by the least that matters (see `mutations`), and the
situations of its area are assessed with the changed pack. A mutant that no situation notices
survives and is printed; the command then ends with 1, as it does when a situation does not come
out as expected in the first place (those are printed too, and left out).
"""

import argparse
import functools
import sys
import time
from collections.abc import Iterable, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Final

from app.core import i18n
from app.core.assets import resource
from app.policy.catalog import Catalog
from app.policy.documents import read_toml
from app.policy.loader import read_pack
from app.policy.pack import Area, Leaf, Pack
from app.policy.problems import DocumentProblem
from tests.policies.mutations import Mutant, Raw, Seen, mutants
from tests.policies.situations import (
    Case,
    WrongSituation,
    answer,
    catalog,
    differences,
    paths,
    read,
)

EQUIVALENT: Final[dict[tuple[str, str, str, str], str]] = {}
"""Mutants that no situation can notice: (pack, table, key, new value) and the reason why."""

SMALL: Final = 10_000
"""Fen below which an amount would move a factor too far."""

CHUNK: Final = 200
"""Mutants a process is given at a time."""


@dataclass
class Tally:
    """How the mutants of one pack fared."""

    pack: str
    caught: int = 0
    survivors: list[str] = field(default_factory=list[str])
    refused: list[str] = field(default_factory=list[str])
    """Mutants that the loader would not read: they can never be shipped."""
    declared: int = 0

    def add(self, other: "Tally") -> None:
        """Take in the count of another part of the same pack."""
        self.caught += other.caught
        self.survivors += other.survivors
        self.refused += other.refused
        self.declared += other.declared

    def __str__(self) -> str:
        tried = self.caught + len(self.survivors)
        percent = 100 * self.caught / tried if tried else 100
        # What is not all is never rounded up to all.
        told = "100" if not self.survivors else f"{min(percent, 99.9):.1f}"
        return f"{self.pack}: {told} % of {tried} mutants caught" + (
            f", {self.declared} declared equivalent" if self.declared else ""
        )


class Bench:
    """One pack with everything to try its mutants."""

    def __init__(self, pack: str) -> None:
        folder, _, day = pack.partition("/")
        area = Area(folder)
        self.id = pack
        self.raw: Raw = read_toml(resource("policies", folder, f"{day}.toml"))
        self.others = [other for other in catalog(area).packs() if other.id != pack]
        self.cases = [case for case in _cases(area) if not _wrong(case)]
        self.pack = next(other for other in catalog(area).packs() if other.id == pack)
        self.mutants = list(mutants(self.raw, self.pack, _seen(self.pack, self.cases)))
        self.order = sorted(self.cases, key=lambda case: case.pack != pack)

    def try_out(self, numbers: Iterable[int]) -> Tally:
        """Try some of the mutants."""
        tally = Tally(self.id)
        for number in numbers:
            mutant = self.mutants[number]
            if (self.id, mutant.table, mutant.key, mutant.new) in EQUIVALENT:
                tally.declared += 1
                continue
            with mutant.applied():
                try:
                    changed = read_pack(self.raw)
                    packs = Catalog([*self.others, changed])
                except DocumentProblem:
                    tally.refused.append(f"{self.id}.toml: {mutant}")
                    continue
            if self._caught(mutant, packs):
                tally.caught += 1
            else:
                tally.survivors.append(f"{self.id}.toml: {mutant}")
        return tally

    def _caught(self, mutant: Mutant, packs: Catalog) -> bool:
        """Tell whether a situation notices; the one that does comes first the next time."""
        for case in self._asked(mutant):
            if any(differences(case, answer(packs, case))):
                self.order.remove(case)
                self.order.insert(0, case)
                return True
        return False

    def _asked(self, mutant: Mutant) -> list[Case]:
        """Return the situations to try, the likely ones first.

        Only those on the day itself and on the day before can tell when a pack comes into force:
        on others the day of the pack is merely printed.
        """
        if mutant.key == "in_force":
            first = self.pack.in_force
            edge = (first, first - timedelta(days=1))
            return [case for case in self.order if case.situation.day in edge]
        return sorted(self.order, key=lambda case: mutant.measure not in (None, case.measure))


@functools.cache
def bench(pack: str) -> Bench:
    """Return the bench of a pack, once a process."""
    return Bench(pack)


def try_part(part: tuple[str, Sequence[int]]) -> Tally:
    """Try some of the mutants of a pack, in whatever process."""
    pack, numbers = part
    return bench(pack).try_out(numbers)


def run(areas: Sequence[Area], jobs: int, every: int = 1) -> list[Tally]:
    """Try every mutant of the packs of some areas, or every so-manieth."""
    packs = [pack.id for area in areas for pack in catalog(area).packs() if pack.area is area]
    parts = [
        (pack, numbers[start : start + CHUNK])
        for pack in packs
        for numbers in [range(0, len(bench(pack).mutants), every)]
        for start in range(0, len(numbers), CHUNK)
    ]
    tallies = {pack: Tally(pack) for pack in packs}
    if jobs > 1:
        with ProcessPoolExecutor(jobs) as pool:
            found = list(pool.map(try_part, parts))
    else:
        found = [try_part(part) for part in parts]
    for tally in found:
        tallies[tally.pack].add(tally)
    return list(tallies.values())


@functools.cache
def _cases(area: Area) -> list[Case]:
    return [case for path in paths(area) for case in read(path)]


def _wrong(case: Case) -> list[str]:
    """Return what comes out otherwise with the packs as they are."""
    return [f"{case}: {each}" for each in differences(case, answer(catalog(case.area), case))]


def _seen(pack: Pack, cases: Sequence[Case]) -> Seen:
    """Look at what the situations compare."""
    nearest: dict[int, tuple[int, int]] = {}
    packs = catalog(pack.area)
    for case in cases:
        found = answer(packs, case)
        for reason in found.reasons if found else ():
            for leaf in reason.leaves():
                if isinstance(leaf.value, int) and isinstance(leaf.limit, int) and leaf.limit:
                    distance = (abs(leaf.value - leaf.limit), leaf.limit)
                    nearest[id(leaf.criterion)] = min(
                        nearest.get(id(leaf.criterion), distance), distance
                    )

    def limit(leaf: Leaf) -> int | None:
        return nearest[id(leaf)][1] if id(leaf) in nearest else None

    def amount(measure: str, fact: str) -> int | None:
        """Return a small amount among the situations of a measure that say yes: a factor is
        moved by so much that this, and every larger amount, gives another fen."""
        holder, _, name = fact.rpartition(".")
        values = {
            facts.get(name)
            for case in cases
            if case.measure == measure and case.expect.outcome == "yes"
            for facts in (
                case.situation.known.members if holder else [case.situation.known.household]
            )
        }
        asked = sorted(value for value in values if isinstance(value, int) and value)
        return next((value for value in asked if value >= SMALL), asked[-1] if asked else None)

    classification = packs.in_force(Area.CLASSIFICATION, pack.in_force)
    categories = [category.name for category in classification.categories] if classification else []
    return Seen(categories, limit, amount)


def main() -> int:
    """Try the mutants of the areas that are named, or of all."""
    parser = argparse.ArgumentParser(prog="mutants", description=__doc__)
    parser.add_argument("areas", nargs="*", type=Area, metavar="area", help="all by default")
    parser.add_argument("--jobs", type=int, default=2)
    parser.add_argument("--every", type=int, default=1, help="only every so-manieth")
    parser.add_argument("--refused", action="store_true", help="also print what cannot be read")
    chosen = parser.parse_args()
    i18n.use_language(i18n.DEFAULT_LANGUAGE)
    areas: list[Area] = chosen.areas or list(Area)
    began = time.monotonic()
    try:
        wrong = [told for area in areas for case in _cases(area) for told in _wrong(case)]
    except (DocumentProblem, WrongSituation) as problem:
        print(problem.tell() if isinstance(problem, DocumentProblem) else problem)
        return 1
    print(*wrong, sep="\n")
    tallies = run(areas, chosen.jobs, chosen.every)
    for tally in tallies:
        print(*tally.survivors, *(tally.refused if chosen.refused else ()), tally, sep="\n")
    total = Tally("all")
    for tally in tallies:
        total.add(tally)
    print(f"{total}, {len(total.refused)} refused by the loader ({time.monotonic() - began:.0f} s)")
    if wrong:
        print(f"{len(wrong)} expectations do not hold")
    return 1 if wrong or total.survivors or not tallies else 0


if __name__ == "__main__":
    sys.exit(main())
