"""A file that is being changed: what it was, and what becomes of it when two people change it."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, NamedTuple

from app.core.i18n import _
from app.core.record import Record, spec, values
from app.households.records import ChangeForm, HouseholdForm, MemberForm


@dataclass(frozen=True)
class Change:
    """The file of a household as it was when the change of it began."""

    id: int
    version: int
    base: HouseholdForm | None = None
    """`None` after a draft was restored: then everything typed counts as changed here."""
    applies: bool = False
    """The household applies for the first time: it was made by a split."""

    def form(self, household: HouseholdForm) -> ChangeForm:
        """Return what the office is given when only the file changes."""
        return ChangeForm(id=self.id, version=self.version, household=household)

    def content(self) -> dict[str, Any]:
        """Return what a draft keeps of it."""
        known = {"change.id": self.id, "change.version": self.version}
        return known | {"change.applies": self.applies}

    @classmethod
    def of(cls, content: Mapping[str, Any]) -> "Change":
        """Return what `content` gave."""
        applies = bool(content.get("change.applies"))
        return cls(content["change.id"], content["change.version"], applies=applies)


class Merged(NamedTuple):
    """A form with both people's changes, and the labels of what the other one changed."""

    form: HouseholdForm
    theirs: tuple[str, ...]


def merge(base: HouseholdForm | None, mine: HouseholdForm, newest: HouseholdForm) -> Merged:
    """Merge field by field; where both changed a field, what was typed here stays."""
    labels: list[str] = []
    merged = _merge(base, mine, newest, labels)
    return Merged(HouseholdForm(**merged), tuple(labels))


def _merge(base: Record | None, mine: Record, newest: Record, labels: list[str]) -> dict[str, Any]:
    merged: dict[str, Any] = {}
    for name, newer in values(newest).items():
        own = getattr(mine, name)
        before = None if base is None else getattr(base, name)
        if isinstance(newer, Record):
            merged[name] = type(newer)(**_merge(before, own, newer, labels))
            continue
        if name == "members":
            merged[name] = _people(before or (), own, newer, labels)
            continue
        if newer != (own if base is None else before):
            labels.append(_(spec(type(newest), name).kind.label))
        merged[name] = newer if base is not None and own == before else own
    return merged


def _people(
    base: tuple[MemberForm, ...],
    mine: tuple[MemberForm, ...],
    newest: tuple[MemberForm, ...],
    labels: list[str],
) -> tuple[MemberForm, ...]:
    """Merge people by their rows: who came meanwhile stays, who was taken out here stays out, and
    who went meanwhile goes unless something was typed of them here."""
    before: dict[int | None, MemberForm] = {each.id: each for each in base if each.id is not None}
    own = {each.id: each for each in mine if each.id is not None}
    found: list[MemberForm] = []
    for newer in newest:
        if newer.id in own:
            fields = _merge(before.get(newer.id), own[newer.id], newer, labels)
            found.append(MemberForm(**fields))
        elif newer.id is not None and newer.id not in before:
            found.append(newer)
    there = {each.id for each in newest if each.id is not None}
    came = there - before.keys() - own.keys()
    if came or before.keys() - there:
        labels.append(_(spec(HouseholdForm, "members").kind.label))
    gone = [each for each in mine if each.id is not None and each.id not in there]
    kept = [each for each in gone if each != before.get(each.id)]
    return (*found, *kept, *(each for each in mine if each.id is None))
