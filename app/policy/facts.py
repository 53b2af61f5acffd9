"""What a fact is, and what is known of a household: the closed vocabulary stands in
`app.policy.vocabulary`.

A fact that nobody has given is unknown: it is absent, or `None`, and never taken for "no" or
for nought.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from app.core.i18n import N_, _
from app.core.words import Word
from app.reference.codes import known_words
from app.reference.districts import district_names
from app.reference.proofs import proof
from app.reference.school_stages import school_stages

FactValue = bool | int | str | date
"""Money is whole fen; words are those of the code lists."""

Facts = Mapping[str, FactValue | None]
"""What is known of one household, or of one member, by the name of the fact."""


class FactType(Word):
    """What the value of a fact is."""

    DAY = "date", N_("Date")
    WORD = "word", N_("Word")
    COUNT = "count", N_("Count")
    YUAN = "yuan", N_("Yuan")
    YES_NO = "yes_no", N_("Yes or no")


class Holder(Word):
    """Whose fact it is."""

    HOUSEHOLD = "household", N_("Household")
    MEMBER = "member", N_("Member")


class Can(Word):
    """What a household can do about a fact: prove more or less of it, or have it made true."""

    MORE = "more", N_("More can be proved")
    LESS = "less", N_("Less can be proved")
    TRUE = "true", N_("Can become so")
    FALSE = "false", N_("Can cease to be so")


@dataclass(frozen=True, kw_only=True)
class Fact:
    """One thing policy may ask. ``label`` and ``unit`` are message ids."""

    name: str
    label: str
    type: FactType
    holder: Holder = Holder.HOUSEHOLD
    unit: str = ""
    paper: str = ""
    """What proves it: a name in ``resources/reference/proofs.toml``."""
    codes: tuple[str, ...] = ()
    """The code lists whose words it takes; `DISTRICTS` stands for the districts of Harbin."""
    at_least: int = 0
    can: Can | None = None
    about: str = ""
    """What the label speaks of, where it has a place for it."""

    @property
    def key(self) -> str:
        """Return the name packs use: a fact of one member begins with ``member.``."""
        return f"member.{self.name}" if self.holder is Holder.MEMBER else self.name

    @property
    def title(self) -> str:
        """Return the label in the language in use."""
        return _(self.label).format(about=self.about)

    @property
    def proof(self) -> str:
        """Return what the paper that proves it is called; empty when none does."""
        return proof(self.paper).title if self.paper else ""


DISTRICTS: Final = "districts"

CATEGORY: Final = Fact(
    name="category", label=N_("Category of hardship"), type=FactType.WORD, codes=("category",)
)
CATEGORY_ON_RETEST: Final = Fact(
    name="category_on_retest",
    label=N_("Category of hardship, relief received counted as income"),
    type=FactType.WORD,
    codes=("category",),
)
AGE: Final = Fact(
    name="age",
    label=N_("Age"),
    type=FactType.COUNT,
    holder=Holder.MEMBER,
    unit=N_("years"),
    paper="id_card",
)
MONTHS_UNEMPLOYED: Final = Fact(
    name="months_unemployed",
    label=N_("Registered as unemployed for"),
    type=FactType.COUNT,
    holder=Holder.MEMBER,
    unit=N_("months"),
    paper="unemployment_card",
)
FOUND: Final = (CATEGORY, CATEGORY_ON_RETEST)
"""The answers of the classification, as facts; a household in no category has the empty word."""

DERIVED: Final = {fact.key: fact for fact in (*FOUND, AGE, MONTHS_UNEMPLOYED)}
"""What packs may ask besides; nobody gives these."""

RECEIVED: Final = "received."
"""What stands before the id of a measure in the name of a `received` fact."""

RELIEF: Final = "relief_received_this_year"


def received(measure: str, title: str, holder: Holder = Holder.HOUSEHOLD) -> Fact:
    """Return the fact of what was received under one measure in the calendar year."""
    return Fact(
        name=f"{RECEIVED}{measure}",
        label=N_("Received this year: {about}"),
        type=FactType.YUAN,
        holder=holder,
        unit=N_("yuan, in the calendar year"),
        paper="relief_register",
        about=title,
    )


@dataclass(frozen=True)
class Known:
    """What is known of a household and of each of its members, by the names of the facts."""

    household: Facts
    members: Sequence[Facts] = ()


def member_facts(given: Facts) -> Facts:
    """Return what is known of a member, with what one answer tells of another: whoever works is
    not at school."""
    status = given.get("work_status")
    stage = school_stages().get(status) if isinstance(status, str) else None
    if stage is None or given.get("school_stage") is not None:
        return given
    return {**given, "school_stage": stage}


NOBODY: Final[Facts] = {}
"""A member of whom nothing is known: stands in where no member was named."""


def received_by_household(facts: Facts, name: str) -> int | None:
    """Return what a household received under one measure, for a fact named ``received.…``.

    What nobody told is nought once the rest of the year's relief is accounted for.
    """
    told = facts.get(name)
    if isinstance(told, int):
        return told
    total = facts.get(RELIEF)
    if total == 0:
        return 0
    split = sum(
        value for key, value in facts.items() if key.startswith(RECEIVED) and isinstance(value, int)
    )
    return 0 if split and split == total else None


def received_by_member(known: Known, member: Facts, name: str) -> int | None:
    """Return what a member received under one measure, by the same rule."""
    told = member.get(name)
    if isinstance(told, int):
        return told
    total = received_by_household(known.household, name)
    if total == 0:
        return 0
    given = [each.get(name) for each in known.members]
    split = sum(value for value in given if isinstance(value, int))
    return 0 if split and split == total else None


def months_between(since: date, day: date) -> int:
    """Return the whole months from a day to a later one."""
    return (day.year - since.year) * 12 + day.month - since.month - (day.day < since.day)


def words_of(fact: Fact) -> tuple[str, ...]:
    """Return the words a fact takes, of every version of its code lists."""
    return tuple(
        word
        for name in fact.codes
        for word in (district_names() if name == DISTRICTS else known_words(name))
    )
