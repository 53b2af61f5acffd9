"""Reads the job service of a period: who was placed, what led there, who stayed.

A placement counts in the period it began in, whatever its proof; one that was entered in error,
or whose import was undone, never does. A presumed one stands in a column of its own.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from typing import Any, Final

from sqlalchemy import ColumnElement, Function, Select, String, case, func, select
from sqlalchemy.orm import InstrumentedAttribute

from app.core.days import months_after
from app.core.i18n import _
from app.core.words import Answer
from app.core.words.placements import (
    PROVED,
    EnrolmentState,
    FollowUpResult,
    PersonKind,
    PlacementState,
    Proof,
    RecognitionState,
    ReferralState,
)
from app.reference.districts import districts
from app.reference.job_rules import rules_on
from app.reports.cutting import (
    NO_FILE_LABEL,
    UNKNOWN_LABEL,
    Say,
    district_of_row,
    district_words,
    in_district,
    months_of,
)
from app.reports.placed_records import (
    PlacedCut,
    PlacedCutTable,
    PlacedRow,
    Placements,
    Stayed,
)
from app.reports.records import NO_FILE, NOT_KNOWN, ReportQuery
from app.work import Work
from db.models.placements import FollowUp, JobReferral, Placement
from db.models.seekers import JobSeeker, Recognition
from db.models.training import Enrolment
from db.models.vacancies import Vacancy

SUMS: Final = ("placed", "proved", "presumed", "free")
"""What a row of placements tells."""


def placements_of(work: Work, asked: ReportQuery) -> Placements:
    """Tell the job service of a period."""
    whole, cuts = _cut_by_cut(work, asked)
    people = select(func.count(Placement.id_number.distinct())).where(*begun_in(asked))
    vacancies = select(func.count(), func.coalesce(func.sum(Vacancy.heads), 0))
    vacancies = vacancies.where(*opened_in(asked))
    count, posts = work.session.execute(vacancies).one()
    results: Counter[ReferralState] = Counter()
    for state, number in work.session.execute(_results(asked)):
        results[state] = number
    return Placements(
        **whole,
        people=work.session.scalar(people) or 0,
        registered=_count(work, JobSeeker, registered_in(asked)),
        recognised=_count(work, Recognition, recognised_in(asked)),
        vacancies=count,
        posts=posts,
        referred=sum(results.values()),
        hired=results[ReferralState.HIRED],
        not_hired=results[ReferralState.NOT_HIRED],
        not_appeared=results[ReferralState.NOT_APPEARED],
        presumed_hired=results[ReferralState.PRESUMED],
        trained=_count(work, Enrolment, trained_in(asked)),
        placed_after_training=_placed_afterwards(work, asked),
        stayed=_stayed(work, asked),
        cuts=cuts,
    )


def _count(work: Work, what: type[Any], where: list[ColumnElement[bool]]) -> int:
    return work.session.scalar(select(func.count()).select_from(what).where(*where)) or 0


# Placements cut by cut


def _cut_by_cut(
    work: Work, asked: ReportQuery
) -> tuple[dict[str, int], tuple[PlacedCutTable, ...]]:
    sums: defaultdict[PlacedCut, defaultdict[str, Counter[str]]]
    sums = defaultdict(lambda: defaultdict(Counter))
    for month in months_of(asked):
        sums[PlacedCut.MONTH][month].update()
    month_of = func.substr(Placement.started_on, 1, 7, type_=String)
    parts = (
        Placement.person_kind,
        Placement.district,
        Placement.household_id.is_(None),
        Placement.employer_name,
        month_of,
    )
    whole: Counter[str] = Counter(dict.fromkeys(SUMS, 0))
    found = select(
        *parts,
        func.count(),
        _sum(Placement.proof.in_(PROVED)),
        _sum(Placement.proof == Proof.PRESUMED),
        _sum(Placement.free_of_charge == Answer.YES),
    )
    rows = work.session.execute(found.where(*begun_in(asked)).group_by(*parts)).all()
    for kind, district, alone, employer, month, placed, proved, presumed, free in rows:
        adds = {"placed": placed, "proved": proved, "presumed": presumed, "free": free}
        whole.update(adds)
        sums[PlacedCut.GROUP][kind.value if kind else NOT_KNOWN].update(adds)
        sums[PlacedCut.DISTRICT][district_of_row(district, alone=alone)].update(adds)
        sums[PlacedCut.EMPLOYER][employer].update(adds)
        sums[PlacedCut.MONTH][month].update(adds)
    tables = (PlacedCutTable(cut=cut, rows=_rows(cut, sums[cut])) for cut in PlacedCut)
    return dict(whole), tuple(tables)


def _sum(holds: ColumnElement[bool]) -> Function[int]:
    return func.sum(case((holds, 1), else_=0))


def _rows(cut: PlacedCut, sums: Mapping[str, Counter[str]]) -> tuple[PlacedRow, ...]:
    rows = (
        PlacedRow(key=key, label=placed_label(cut, key), **{name: told[name] for name in SUMS})
        for key, told in sums.items()
    )
    return tuple(sorted(rows, key=lambda row: _order(cut, row)))


def _order(cut: PlacedCut, row: PlacedRow) -> tuple[int, int, str]:
    """Return where a row stands: groups, districts, months in their order, employers by number."""
    match cut:
        case PlacedCut.GROUP:
            known = [kind.value for kind in PersonKind]
            return (known.index(row.key) if row.key in known else len(known), 0, "")
        case PlacedCut.DISTRICT:
            names = [each.name for each in districts()]
            at = names.index(row.key) if row.key in names else len(names)
            return (at + 2 * (row.key in (NOT_KNOWN, NO_FILE)), 0, row.key)
        case PlacedCut.EMPLOYER:
            return (0, -row.placed, row.key)
        case PlacedCut.MONTH:
            return (0, 0, row.key)


def placed_label(cut: PlacedCut, key: str, said: Say = _) -> str:
    """Return what people call a row of a cut; ``said`` translates, into any language."""
    if key == NOT_KNOWN:
        return said(UNKNOWN_LABEL)
    if cut is PlacedCut.DISTRICT and key == NO_FILE:
        return said(NO_FILE_LABEL)
    return said(PersonKind(key).message) if cut is PlacedCut.GROUP else key


def in_row(cut: PlacedCut, key: str) -> ColumnElement[bool]:
    """Say that a placement counts in one row of a cut."""
    match cut:
        case PlacedCut.GROUP if key == NOT_KNOWN:
            return Placement.person_kind.is_(None)
        case PlacedCut.GROUP:
            return Placement.person_kind == PersonKind(key)
        case PlacedCut.EMPLOYER:
            return Placement.employer_name == key
        case PlacedCut.MONTH:
            return func.substr(Placement.started_on, 1, 7, type_=String) == key
        case PlacedCut.DISTRICT:
            return in_district(Placement.district, Placement.household_id, key)


# Which rows a figure is made of


def begun_in(asked: ReportQuery) -> list[ColumnElement[bool]]:
    """Say which placements began in a period."""
    return [
        Placement.state != PlacementState.TAKEN_BACK,
        Placement.started_on.between(asked.first, asked.last),
        *_of_district(asked, Placement.district, Placement.household_id),
    ]


def registered_in(asked: ReportQuery) -> list[ColumnElement[bool]]:
    """Say which seekers were registered in a period."""
    return [
        JobSeeker.registered_on.between(asked.first, asked.last),
        *_of_district(asked, JobSeeker.district, JobSeeker.household_id),
    ]


def recognised_in(asked: ReportQuery) -> list[ColumnElement[bool]]:
    """Say which recognitions were decided for the person in a period."""
    return [
        Recognition.state.in_((RecognitionState.RECOGNISED, RecognitionState.ENDED)),
        Recognition.decided_on.between(asked.first, asked.last),
        *_of_seekers(asked, Recognition.job_seeker_id),
    ]


def opened_in(asked: ReportQuery) -> list[ColumnElement[bool]]:
    """Say which vacancies were reported in a period, in the district they are in."""
    where: list[ColumnElement[bool]] = [Vacancy.opened_on.between(asked.first, asked.last)]
    if asked.district == NO_FILE:
        where.append(Vacancy.district.is_(None))
    elif asked.district:
        where.append(Vacancy.district.in_(district_words(asked.district)))
    return where


def referred_in(asked: ReportQuery) -> list[ColumnElement[bool]]:
    """Say which referrals were issued in a period; void ones never were."""
    return [
        JobReferral.state != ReferralState.VOID,
        JobReferral.issued_on.between(asked.first, asked.last),
        *_of_seekers(asked, JobReferral.job_seeker_id),
    ]


def trained_in(asked: ReportQuery) -> list[ColumnElement[bool]]:
    """Say which courses were completed in a period, a seat each."""
    return [
        Enrolment.state == EnrolmentState.COMPLETED,
        Enrolment.completed_on.between(asked.first, asked.last),
        *_of_seekers(asked, Enrolment.job_seeker_id),
    ]


def _placed_afterwards(work: Work, asked: ReportQuery) -> int:
    """Count the completed courses after which the person began work within so many months, also
    under a later registration."""
    months = rules_on(asked.last).placed_after_training.months
    found = (
        select(Enrolment.id, Enrolment.completed_on, Placement.started_on)
        .join(JobSeeker, Enrolment.job_seeker_id == JobSeeker.id)
        .join(Placement, Placement.id_number == JobSeeker.id_number)
        .where(
            *trained_in(asked),
            Placement.state != PlacementState.TAKEN_BACK,
            Placement.started_on >= Enrolment.completed_on,
        )
    )
    return len(
        {
            key
            for key, completed_on, started_on in work.session.execute(found)
            if completed_on and started_on <= months_after(completed_on, months)
        }
    )


def _results(asked: ReportQuery) -> Select[ReferralState, int]:
    found = select(JobReferral.state, func.count()).where(*referred_in(asked))
    return found.group_by(JobReferral.state)


def _of_district(
    asked: ReportQuery,
    district: InstrumentedAttribute[str | None],
    household_id: InstrumentedAttribute[int | None],
) -> Iterator[ColumnElement[bool]]:
    if asked.district:
        yield in_district(district, household_id, asked.district)


def _of_seekers(
    asked: ReportQuery, seeker_id: InstrumentedAttribute[int]
) -> Iterator[ColumnElement[bool]]:
    if asked.district:
        lives = in_district(JobSeeker.district, JobSeeker.household_id, asked.district)
        yield seeker_id.in_(select(JobSeeker.id).where(lives))


# Who stayed


def _stayed(work: Work, asked: ReportQuery) -> tuple[Stayed, ...]:
    """Tell month by month of follow-up how many are still at work.

    The day they left says who did: an answer that was taken back stands among the follow-ups still.
    Imported placements are left out: an old register asks nobody.
    """
    begun = work.session.execute(
        select(Placement.id, Placement.started_on, Placement.left_on).where(
            *begun_in(asked), Placement.import_batch_id.is_(None)
        )
    ).all()
    there = (
        select(FollowUp.placement_id, FollowUp.month, func.max(FollowUp.done_on))
        .join(Placement, FollowUp.placement_id == Placement.id)
        .where(*begun_in(asked), FollowUp.result == FollowUpResult.AT_WORK)
        .group_by(FollowUp.placement_id, FollowUp.month)
    )
    told = {(key, month): day for key, month, day in work.session.execute(there)}
    found = (
        _after(
            month, ((first, last, told.get((key, month))) for key, first, last in begun), work.today
        )
        for month in rules_on(asked.last).follow_ups.months
    )
    return tuple(row for row in found if row.due)


def _after(
    month: int,
    begun: Iterable[tuple[date, date | None, date | None]],
    today: date,
) -> Stayed:
    """Count those who began, each with the day they left and the day they were found at work last.

    Found at work before the day came is no answer: the first day of work was corrected since.
    """
    due = at_work = left = 0
    for started_on, left_on, told_on in begun:
        day = months_after(started_on, month)
        if day > today:
            continue
        due += 1
        if left_on is not None and left_on <= day:
            left += 1
        elif told_on is not None and told_on >= day:
            at_work += 1
    return Stayed(months=month, due=due, at_work=at_work, left=left)
