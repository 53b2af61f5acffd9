"""The verbs that change the center's particulars and its own dated values."""

from sqlalchemy import or_, select

from app.center.records import CenterForm, ValueForm, ValueStep
from app.center.rules import check_value
from app.center.store import the_center
from app.core.errors import NotNow
from app.core.record import values
from app.core.words.center import ValueState
from app.work import Permission, SecondPersonNeeded, Topic, Work, action
from db.models.center import CenterValue


@action(needs=Permission.KEEP_CENTER, changes={Topic.CENTER})
def keep_center(work: Work, form: CenterForm) -> None:
    """Change the center's particulars; papers already issued keep the old ones."""
    center = the_center(work.session)
    for name, value in values(form).items():
        setattr(center, name, value)


@action(needs=Permission.ENTER_VALUES, changes={Topic.VALUES})
def enter_value(work: Work, form: ValueForm) -> int:
    """Enter a dated value from a document; it counts once a second person confirms it."""
    check_value(form)
    value = CenterValue(
        **values(form),
        demonstration=the_center(work.session).demonstration,
        state=ValueState.ENTERED,
        entered_by=work.actor.id,
    )
    return work.add(value).id


@action(needs=Permission.CONFIRM_VALUES, changes={Topic.VALUES})
def confirm_value(work: Work, step: ValueStep) -> None:
    """Confirm a value somebody else entered, after comparing it with the document."""
    value = work.load(CenterValue, step.id, step.version)
    if value.state is not ValueState.ENTERED:
        raise NotNow(state=value.state.label, step="confirm")
    if value.entered_by == work.actor.id:
        raise SecondPersonNeeded()
    value.state = ValueState.CONFIRMED
    value.confirmed_by = work.actor.id
    for older in _replaced(work, value):
        older.state = ValueState.WITHDRAWN


@action(needs=Permission.ENTER_VALUES, changes={Topic.VALUES})
def withdraw_value(work: Work, step: ValueStep) -> None:
    """Withdraw a value that was entered wrongly and is not confirmed yet."""
    value = work.load(CenterValue, step.id, step.version)
    if value.state is not ValueState.ENTERED:
        raise NotNow(state=value.state.label, step="withdraw")
    value.state = ValueState.WITHDRAWN


def _replaced(work: Work, value: CenterValue) -> list[CenterValue]:
    """Return the confirmed values that ``value`` takes the place of.

    One that took effect earlier stays for the days before, one that took effect later goes on.
    """
    return list(
        work.session.scalars(
            select(CenterValue).where(
                CenterValue.state == ValueState.CONFIRMED,
                CenterValue.id != value.id,
                CenterValue.kind == value.kind,
                CenterValue.area == value.area,
                CenterValue.effective_from >= value.effective_from,
                or_(
                    CenterValue.effective_to <= value.effective_to,
                    CenterValue.effective_from == value.effective_from,
                ),
            )
        )
    )
