"""What the search box asks and shows."""

from typing import Annotated

from app.core.i18n import N_
from app.core.kinds import Choice, Count, Flag, Key, Many, Text
from app.core.record import Record
from app.core.words import Word


class HitKind(Word):
    """What a hit opens."""

    PERSON = "person", N_("People")
    CASE = "case", N_("Cases")
    LOAN = "loan", N_("Loans")
    SEEKER = "seeker", N_("Job seekers")
    VACANCY = "vacancy", N_("Vacancies")
    PAPER = "paper", N_("Papers")


class SearchQuery(Record):
    """What was typed, and how many hits are wanted."""

    text: Annotated[str, Text(label=N_("Search"), max_length=600)]
    limit: Annotated[int, Count(label=N_("At most"), at_least=1, at_most=50)] = 8


class Hit(Record):
    """One hit: what it is, what matched, where it leads. Private values are masked."""

    kind: Annotated[HitKind, Choice(label=N_("Kind"), words=HitKind)]
    id: Annotated[int, Key()]
    """Of the household, the case, the loan, the seeker, the vacancy or the paper."""
    title: Annotated[str, Text(label=N_("Title"))]
    matched: Annotated[str, Text(label=N_("Matched by"))]
    """As ``手机 138****4417``; empty when the title itself matched."""
    detail: Annotated[str, Text(label=N_("Detail"))]
    state: Annotated[str, Text(label=N_("State"))]
    past: Annotated[bool, Flag(label=N_("Of the past"))] = False
    """Of somebody who left the household, or of a file that counts no more: it stands last."""


class Hits(Record):
    """The hits, best first, at most as many as were asked for."""

    text: Annotated[str, Text(label=N_("Search"))]
    hits: Annotated[tuple[Hit, ...], Many(label=N_("Hits"))]
