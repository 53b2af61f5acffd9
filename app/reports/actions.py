"""The verb that keeps what reports hold done against: the plan of a year."""

from sqlalchemy import select

from app.core.errors import Conflict
from app.reports.records import PlanForm
from app.work import Permission, Topic, Work, action
from db.models.relief import ReliefPlan


@action(needs=Permission.KEEP_FUNDS, changes={Topic.FUNDS})
def keep_plan(work: Work, form: PlanForm) -> int:
    """Write down what is meant to be given in a year under one item; return the plan's id.

    Raises `Conflict` when somebody planned it since the form was opened.
    """
    where = (ReliefPlan.year == form.year, ReliefPlan.item == form.item)
    known = work.session.scalars(select(ReliefPlan).where(*where)).one_or_none()
    if known is None:
        return work.add(
            ReliefPlan(
                year=form.year,
                item=form.item,
                households=form.households,
                fen=form.fen,
                document=form.document,
                entered_by=work.actor.id,
            )
        ).id
    if form.version is None:
        raise Conflict(who=work.last_to_change(known))
    plan = work.load(ReliefPlan, known.id, form.version)
    plan.households, plan.fen = form.households, form.fen
    plan.document, plan.entered_by = form.document, work.actor.id
    return plan.id
