"""Who is related to a household and so neither proposes nor decides for it (回避)."""

from collections.abc import Sequence

from sqlalchemy import or_, select

from app.core.errors import RuleBroken
from app.core.i18n import N_
from app.core.record import Nothing
from app.disbursements.deciding_records import Colleague, TieEnd, TieForm, TieRow
from app.disbursements.rules import Related
from app.facts.payments import once, origins
from app.households.records import ById
from app.work import Permission, Topic, Work, action, query
from db.models.disbursements import StaffTie
from db.models.households import Household
from db.models.staff import Staff


class OwnTie(RuleBroken):
    """Whoever is related cannot end it and decide after all."""

    says = N_("This is about yourself, so somebody else has to end it.")


class ForOthers(RuleBroken):
    """Only a supervisor says it of somebody else."""

    says = N_("A supervisor says this of others; you can say it of yourself.")


class SaidAlready(RuleBroken):
    """It stands there already."""

    says = N_("It is on record already that {name} is related to this household.")


@action(needs=Permission.DECLARE_TIES, changes={Topic.HOUSEHOLDS, Topic.AWARDS})
def declare_tie(work: Work, form: TieForm) -> int:
    """Put on record that a member of staff is related to a household; return the id.

    Everybody says it of themselves, a supervisor of anybody. Raises `SaidAlready`.
    """
    work.load(Household, form.household_id)
    staff = work.load(Staff, form.staff_id or work.actor.id)
    if staff.id != work.actor.id and Permission.APPROVE_AWARDS not in work.actor.permissions:
        raise ForOthers()
    if any(tie.staff_id == staff.id for tie in _ties(work, form.household_id)):
        raise SaidAlready(name=staff.name)
    tie = work.add(
        StaffTie(
            staff_id=staff.id,
            household_id=form.household_id,
            note=form.note.strip(),
            declared_by=work.actor.id,
            declared_at=work.now,
            live=True,
        )
    )
    work.subject = f"household/{form.household_id}"
    return tie.id


@action(needs=Permission.DECLARE_TIES, changes={Topic.HOUSEHOLDS, Topic.AWARDS})
def end_tie(work: Work, form: TieEnd) -> None:
    """End that somebody is related to a household: never the act of the person it is about."""
    tie = work.load(StaffTie, form.id, form.version)
    if tie.staff_id == work.actor.id:
        raise OwnTie()
    tie.live = False
    work.subject = f"household/{tie.household_id}"


@query(needs=Permission.READ_HOUSEHOLDS)
def ties_of(work: Work, asked: ById) -> list[TieRow]:
    """List who is related to a household."""
    names = {staff.id: staff.name for staff in work.session.scalars(select(Staff))}
    return [
        TieRow(
            id=tie.id,
            version=tie.version,
            staff_id=tie.staff_id,
            name=names[tie.staff_id],
            note=tie.note,
            declared_by=names[tie.declared_by],
            declared_at=tie.declared_at,
            mine=tie.staff_id == work.actor.id,
        )
        for tie in _ties(work, asked.id)
    ]


@query(needs=Permission.DECLARE_TIES)
def colleagues(work: Work, _nothing: Nothing) -> list[Colleague]:
    """List the staff of whom one can say that they are related to a household."""
    found = work.session.scalars(select(Staff).where(Staff.active).order_by(Staff.id))
    return [Colleague(id=staff.id, name=staff.name) for staff in found]


def check_stranger(work: Work, household_id: int) -> None:
    """Raise `Related` when the person acting is related to a household."""
    tie = tie_of(work, household_id)
    if tie is not None:
        raise Related(note=tie.note)


def tie_of(work: Work, household_id: int) -> StaffTie | None:
    """Return how the person acting is related to a household, if at all."""
    mine = (tie for tie in _ties(work, household_id) if tie.staff_id == work.actor.id)
    return next(mine, None)


def related(work: Work, household_id: int) -> list[tuple[str, str]]:
    """Return who of the staff is related to a household, and how."""
    return [(work.load(Staff, tie.staff_id).name, tie.note) for tie in _ties(work, household_id)]


def _ties(work: Work, household_id: int) -> Sequence[StaffTie]:
    """Return what is on record of a household, and of those that it was split from: who moved out
    is a relative still."""
    work.load(Household, household_id)
    homes = [household_id, *(home for home, _split in origins(work.session, household_id))]
    live = select(StaffTie).where(StaffTie.live).order_by(StaffTie.id)

    def every() -> dict[int, list[StaffTie]]:
        found: dict[int, list[StaffTie]] = {}
        for tie in work.session.scalars(live):
            found.setdefault(tie.household_id, []).append(tie)
        return found

    known = once(work.session, StaffTie, every)
    if known is None:
        return work.session.scalars(live.where(StaffTie.household_id.in_(homes))).all()
    return sorted((tie for home in homes for tie in known.get(home, ())), key=lambda tie: tie.id)


def tied_homes(work: Work) -> set[int]:
    """Return the households that the person acting is related to, those split from them too."""
    tied = select(StaffTie.household_id).where(StaffTie.staff_id == work.actor.id, StaffTie.live)
    found: set[int] = set()
    new = {*work.session.scalars(tied)}
    while new:
        found |= new
        from_these = or_(Household.split_from_id.in_(new), Household.merged_into_id.in_(new))
        new = {*work.session.scalars(select(Household.id).where(from_these))} - found
    return found
