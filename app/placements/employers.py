"""The verbs of employers: enter and change them, the blacklist with objection and answer."""

from datetime import date

from app.core.text import normalise
from app.core.words.placements import BarState
from app.drafts.actions import close_draft
from app.placements.employer_records import (
    BarDecision,
    BarForm,
    EmployerById,
    EmployerChangeForm,
    EmployerForm,
    EmployerRevealed,
    ObjectionForm,
)
from app.placements.employer_rules import BarLifted, BarredAlready, BeforeBar, NoObjection
from app.placements.employer_store import bar_of, form_of, kept
from app.work import Permission, SecondPersonNeeded, Topic, Work, action
from db.models.vacancies import Employer, EmployerBar


@action(needs=Permission.KEEP_JOBS, changes={Topic.JOBS, Topic.DRAFTS})
def enter_employer(work: Work, form: EmployerForm) -> int:
    """Enter an employer with the papers it showed.

    Raises `Invalid` for a code that does not check and was not compared with the licence,
    `EmployerThere`.
    """
    employer = work.add(Employer(**kept(work, form), entered_by=work.actor.id, entered_at=work.now))
    _told(work, form, employer)
    return employer.id


@action(needs=Permission.KEEP_JOBS, changes={Topic.JOBS, Topic.DRAFTS})
def change_employer(work: Work, form: EmployerChangeForm) -> None:
    """Change what is known of an employer.

    Raises `Conflict`, and as `enter_employer` does.
    """
    employer = work.load(Employer, form.id, form.version)
    for name, value in kept(work, form.employer, but=employer.id).items():
        if getattr(employer, name) != value:
            setattr(employer, name, value)
    _told(work, form.employer, employer)


def _told(work: Work, form: EmployerForm, employer: Employer) -> None:
    work.subject = f"employer/{employer.id}"
    if form.uscc_compared:
        work.notes["uscc_compared"] = True
    if form.draft_id:
        close_draft(work, form.draft_id)


@action(needs=Permission.KEEP_JOBS, changes={Topic.AUDIT})
def open_employer_form(work: Work, asked: EmployerById) -> EmployerChangeForm:
    """Open an employer for changing, private values in the clear; the opening is kept."""
    employer = work.load(Employer, asked.id)
    work.subject = f"employer/{employer.id}"
    return EmployerChangeForm(id=employer.id, version=employer.version, employer=form_of(employer))


@action(needs=Permission.REVEAL_PRIVATE, changes={Topic.AUDIT})
def reveal_employer(work: Work, asked: EmployerById) -> EmployerRevealed:
    """Show the private values of an employer in the clear; that it was asked is kept."""
    employer = work.load(Employer, asked.id)
    work.subject = f"employer/{employer.id}"
    return EmployerRevealed(employer=form_of(employer))


@action(needs=Permission.KEEP_JOBS, changes={Topic.JOBS})
def bar_employer(work: Work, form: BarForm) -> int:
    """Put an employer on the blacklist: nobody is sent there until a second person takes it off.

    Raises `BarredAlready`.
    """
    employer = work.load(Employer, form.employer_id, form.version)
    work.subject = f"employer/{employer.id}"
    if bar := bar_of(work, employer):
        raise BarredAlready(employer=employer.name, day=bar.barred_on)
    bar = EmployerBar(
        employer_id=employer.id,
        state=BarState.IN_FORCE,
        reason=form.reason.strip(),
        document=normalise(form.document),
        barred_on=form.day,
        barred_by=work.actor.id,
        objection="",
        opinion="",
    )
    return work.add(bar).id


@action(needs=Permission.KEEP_JOBS, changes={Topic.JOBS})
def note_objection(work: Work, form: ObjectionForm) -> None:
    """Take down what an employer says against the blacklist; it waits for an answer.

    Raises `BarLifted`, `BeforeBar`.
    """
    bar = _bar(work, form.id, form.version, form.day)
    bar.objected_on = form.day
    bar.objection = form.objection.strip()
    bar.opinion = ""


@action(needs=Permission.DECIDE_JOBS, changes={Topic.JOBS})
def uphold_bar(work: Work, form: BarDecision) -> None:
    """Answer an objection: the employer stays on the blacklist, and why.

    Raises `NoObjection`, and as `lift_bar` does.
    """
    bar = _decided(work, form)
    if bar.objected_on is None:
        raise NoObjection(employer=work.load(Employer, bar.employer_id).name)
    bar.opinion = form.opinion.strip()


@action(needs=Permission.DECIDE_JOBS, changes={Topic.JOBS})
def lift_bar(work: Work, form: BarDecision) -> None:
    """Take an employer off the blacklist, as another person than who put it there.

    Raises `SecondPersonNeeded`, `BarLifted`, `BeforeBar`.
    """
    bar = _decided(work, form)
    bar.state = BarState.LIFTED
    bar.lifted_on = form.day
    bar.lifted_by = work.actor.id
    bar.opinion = form.opinion.strip()


def _decided(work: Work, form: BarDecision) -> EmployerBar:
    """Return the entry that is decided on by a second person."""
    bar = _bar(work, form.id, form.version, form.day)
    if bar.barred_by == work.actor.id:
        raise SecondPersonNeeded()
    return bar


def _bar(work: Work, bar_id: int, version: int, day: date) -> EmployerBar:
    """Return an entry on the blacklist that is in force on a day."""
    bar = work.load(EmployerBar, bar_id, version)
    work.subject = f"employer/{bar.employer_id}"
    if bar.lifted_on is not None:
        name = work.load(Employer, bar.employer_id).name
        raise BarLifted(employer=name, day=bar.lifted_on)
    if day < bar.barred_on:
        raise BeforeBar(day=day, before=bar.barred_on)
    return bar
