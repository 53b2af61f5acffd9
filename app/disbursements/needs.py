"""Needs that are met once: a pupil's school year, a hospital stay, an invoice.

Whoever of the family asks and whichever fund pays: while an award that meets a need is live, no
other one may meet it. A need ends with the refusal or the withdrawal of its award (`end`).
"""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import NamedTuple

from sqlalchemy import ColumnElement, select

from app.cases.measures import area_of, measures_on
from app.cases.whose import member_of
from app.core.clock import local_day
from app.core.i18n import _
from app.core.masking import mask_name
from app.core.money import yuan_text
from app.core.text import normalise
from app.core.words.disbursements import NeedKind
from app.disbursements.records import NeedForm
from app.disbursements.rules import NeedMet, PupilUnknown
from app.disbursements.store import measure_of, newest_version
from app.households.store import head_of
from app.policy.findings import Assessment
from app.policy.pack import Area, Measure
from app.work import Permission, Work
from db.models.disbursements import Award, AwardNeed
from db.models.funds import Fund
from db.models.households import Household, Member

FIRST_MONTH = 9
"""School years begin in September."""


class Need(NamedTuple):
    """One need as it is kept, and in words."""

    kind: NeedKind
    key: str
    says: str
    pupil: int | None = None
    """The member a school year is of, known also after the ID number was corrected."""

    def met(self) -> ColumnElement[bool]:
        """Say which awards meet it."""
        same = AwardNeed.key == self.key
        if self.pupil is not None:
            year = self.key.partition(" ")[2]
            theirs = (Award.member_id == self.pupil) & AwardNeed.key.endswith(f" {year}")
            same = same | theirs
        return (AwardNeed.kind == self.kind) & same


def school_year(day: date) -> int:
    """Return the year in which the school year of a day began."""
    return day.year if day.month >= FIRST_MONTH else day.year - 1


def asked_of(measure: Measure, day: date) -> tuple[NeedKind, ...]:
    """Return the numbers by which a need of a measure is known: of a grant to a member, who was
    ill, studies, or met with an accident; what a household gets to live on has none."""
    if area_of(measure.id, day) is Area.SCHOOLING:
        return (NeedKind.SCHOOL_YEAR, NeedKind.INVOICE)
    if measure.per_member or area_of(measure.id, day) is Area.MEDICAL:
        return (NeedKind.HOSPITAL_STAY, NeedKind.INVOICE)
    return ()


def needs_of(
    household: Household, assessment: Assessment, typed: Sequence[NeedForm], proposed_on: date
) -> tuple[Need, ...]:
    """Return what an award would meet: the numbers typed, and of a grant for schooling the
    school year of the pupil in which it was first proposed.

    Raises `PupilUnknown` for a pupil without an ID number.
    """
    found = [
        Need(need.kind, number, f"{need.kind.label} {number}")
        for need in typed
        if need.kind is not NeedKind.SCHOOL_YEAR
        and (number := normalise(need.number).replace(" ", "").upper())
    ]
    measure, pupil = measure_of(assessment), member_of(household, assessment)
    if pupil is not None and area_of(measure.id, proposed_on) is Area.SCHOOLING:
        if not pupil.id_number:
            raise PupilUnknown(name=pupil.name)
        year = school_year(proposed_on)
        says = _year_words(pupil.name, year)
        found += [
            Need(NeedKind.SCHOOL_YEAR, f"{pupil.id_number} {year} {id_}", says, pupil.id)
            for id_ in one_for_the_other(measure, proposed_on)
        ]
    return tuple(dict.fromkeys(found))


def one_for_the_other(measure: Measure, day: date) -> list[str]:
    """Return the measures of which a pupil gets one: those whose documents look at what was
    received under this one, or at whose receipts its own looks (docs/awards.md)."""
    others = [
        other
        for other in measures_on(day)
        if area_of(other.id, day) is Area.SCHOOLING
        and (_received(other) in measure.asks or _received(measure) in other.asks)
    ]
    return sorted({measure.id, *(other.id for other in others)})


def _received(measure: Measure) -> str:
    return f"member.received.{measure.id}"


def check_needs(work: Work, needs: Sequence[Need], *, without: int | None = None) -> None:
    """Raise `NeedMet` when another live award meets one of the needs already."""
    for need in needs:
        other = work.session.scalars(
            select(Award)
            .join(AwardNeed, AwardNeed.award_id == Award.id)
            .where(need.met(), AwardNeed.live, Award.id != (without or 0))
        ).first()
        if other is not None:
            raise _met(work, need, other)


def _met(work: Work, need: Need, award: Award) -> NeedMet:
    """Say which award meets a need: the name as far as the person may see it."""
    version = newest_version(work.session, award.id)
    name = head_of(work.load(Household, award.household_id)).name
    seen = Permission.READ_HOUSEHOLDS in work.actor.permissions
    return NeedMet(
        need=need.says,
        number=award.number,
        name=name if seen else mask_name(name),
        day=local_day(version.proposed_at),
        amount=yuan_text(version.amount),
        fund=work.load(Fund, version.fund_id).name,
        state=award.state.label,
    )


def meet(work: Work, award: Award, needs: Iterable[Need]) -> None:
    """Keep what an award meets."""
    work.session.add_all(rows_of(award, needs))


def rows_of(award: Award, needs: Iterable[Need]) -> list[AwardNeed]:
    """Return what an award meets as it is kept."""
    met = sorted({(need.kind, need.key) for need in needs})
    return [AwardNeed(award_id=award.id, kind=kind, key=key, live=True) for kind, key in met]


def meet_anew(work: Work, award: Award, needs: Sequence[Need]) -> None:
    """Keep what a further version of an award meets, and let go what it meets no more."""
    wanted = {(need.kind, need.key) for need in needs}
    live = _live(work, award)
    for row in live:
        row.live = (row.kind, row.key) in wanted
    work.session.flush()
    there = {(row.kind, row.key) for row in live}
    meet(work, award, (need for need in needs if (need.kind, need.key) not in there))


def end(work: Work, award: Award) -> None:
    """Let go what an award would have met: it was refused or withdrawn."""
    for row in _live(work, award):
        row.live = False


def numbers_of(work: Work, award: Award) -> tuple[NeedForm, ...]:
    """Return the numbers that an award was proposed with, to be proposed anew."""
    return tuple(
        NeedForm(kind=row.kind, number=row.key)
        for row in _live(work, award)
        if row.kind is not NeedKind.SCHOOL_YEAR
    )


def met_by(work: Work, award: Award) -> tuple[str, ...]:
    """Return the needs that an award meets, in words: each school year and number once."""
    return tuple(dict.fromkeys(_met_words(work, award, row) for row in _live(work, award)))


def _met_words(work: Work, award: Award, need: AwardNeed) -> str:
    if need.kind is not NeedKind.SCHOOL_YEAR:
        return f"{need.kind.label} {need.key}"
    year = int(need.key.split()[1])
    pupil = work.load(Member, award.member_id).name if award.member_id else ""
    return _year_words(pupil, year)


def _year_words(name: str, year: int) -> str:
    return _("{name}, school year {year}").format(name=name, year=f"{year}–{year + 1}")


def _live(work: Work, award: Award) -> Sequence[AwardNeed]:
    found = select(AwardNeed).where(AwardNeed.award_id == award.id, AwardNeed.live)
    return work.session.scalars(found.order_by(AwardNeed.id)).all()
