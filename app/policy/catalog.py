"""The policy documents by area and day. A pack stays in force until a later one begins."""

import functools
from collections.abc import Iterable
from datetime import date

from app.core.assets import resource
from app.policy.loader import load
from app.policy.pack import Area, Pack
from app.policy.problems import NamedTwice, WrongFileName


class Catalog:
    """A set of packs: the shipped ones, or those with a draft among them."""

    def __init__(self, packs: Iterable[Pack]) -> None:
        self._packs: dict[Area, list[Pack]] = {area: [] for area in Area}
        for pack in sorted(packs, key=lambda pack: pack.in_force):
            if any(pack.id == other.id for other in self._packs[pack.area]):
                raise NamedTwice(file=f"{pack.id}.toml", table="document", found=pack.id)
            self._packs[pack.area].append(pack)

    def packs(self) -> tuple[Pack, ...]:
        """Return every pack, by area in their usual order and by day."""
        return tuple(pack for packs in self._packs.values() for pack in packs)

    def in_force(self, area: Area, day: date) -> Pack | None:
        """Return the pack of an area in force on ``day``, or `None` before the first one."""
        found = None
        for pack in self._packs[area]:
            if pack.in_force > day:
                break
            found = pack
        return found

    def area_of(self, measure: str, day: date) -> Area | None:
        """Return the area a measure belongs to; `None` when no pack of the day has it."""
        for area in Area:
            pack = self.in_force(area, day)
            if pack and any(each.id == measure for each in pack.measures):
                return area
        return None

    def titles(self, day: date) -> dict[str, str]:
        """Return what the measures in force on a day are called, by their ids."""
        packs = (self.in_force(area, day) for area in Area)
        return {each.id: each.title for pack in packs if pack for each in pack.measures}

    def until(self, pack: Pack) -> date | None:
        """Return the day from which a later pack replaces ``pack``, or `None`."""
        later = [
            other.in_force for other in self._packs[pack.area] if other.in_force > pack.in_force
        ]
        return later[0] if later else None

    def find(self, id_: str, digest: str | None = None) -> Pack | None:
        """Return the pack a case kept by its id and digest, or `None` when it is not here."""
        return next(
            (
                pack
                for pack in self.packs()
                if pack.id == id_ and (digest is None or pack.digest == digest)
            ),
            None,
        )

    def asked_by(self, fact: str, day: date) -> tuple[str, ...]:
        """Return who asks for a fact (by its key) on ``day``, by name."""
        found: list[str] = []
        for area in Area:
            pack = self.in_force(area, day)
            if pack is None:
                continue
            if area is Area.CLASSIFICATION and fact in pack.asks:
                found.append(area.label)
            found += [measure.title for measure in pack.measures if fact in measure.asks]
        return tuple(found)


def document_of(pack: Pack) -> str:
    """Return the text of the file of a shipped pack."""
    return resource("policies", pack.area.value, f"{pack.in_force}.toml").read_text("utf-8-sig")


@functools.cache
def shipped() -> Catalog:
    """Return the packs that came with the program. Raises a `DocumentProblem`.

    The folder ``filing`` beside those of the areas holds steps, not packs (`app.filing.policy`).
    """
    packs: list[Pack] = []
    for area in Area:
        for path in sorted(resource("policies", area).glob("*.toml")):
            pack = load(path)
            if f"{area}/{path.stem}" != pack.id:
                raise WrongFileName(file=f"{area}/{path.name}", id=pack.id)
            packs.append(pack)
    return Catalog(packs)
