"""The verbs that tell a household in writing what its assessment found."""

from datetime import date
from typing import Annotated

from app.cases.papers import MISSING_NOTICE, MissingNoticeFacts
from app.center.store import the_center
from app.core.errors import RuleBroken
from app.core.i18n import N_, _
from app.core.kinds import Count, Day, Flag, Key
from app.core.record import Record
from app.facts.assessing import assess_stored
from app.households.standing import living
from app.households.store import people_of
from app.papers.needed import needed
from app.papers.reasons import REASON_SHEET, CenterFacts, reasons_of
from app.papers.store import issue, void_issued
from app.reference.workdays import add_workdays
from app.work import Permission, Topic, Work, action


class ReasonSheetForm(Record):
    """Asks for the reason sheet of a household."""

    household_id: Annotated[int, Key()]
    as_of: Annotated[date | None, Day(label=N_("On the day"))] = None
    """Today when not given."""
    large: Annotated[bool, Flag(label=N_("Large type"))] = False
    whole: Annotated[bool, Flag(label=N_("With every condition of every area"))] = False


class MissingNoticeForm(Record):
    """Asks for the notice of the papers that a household still has to bring."""

    household_id: Annotated[int, Key()]
    days: Annotated[int, Count(label=N_("Working days"), at_least=1, at_most=60)] = 10
    large: Annotated[bool, Flag(label=N_("Large type"))] = False


class NothingMissing(RuleBroken):
    """There is nothing that the household could bring."""

    says = N_(
        "The household has nothing to bring: every answer that depends on it is given. Print the "
        "reason sheet instead."
    )


class CenterHasToFind(NothingMissing):
    """What is missing is not the household's to bring."""

    says = N_(
        "The household has nothing to bring. What is missing is for the center to find out: "
        "{papers}."
    )


@action(needs=Permission.ISSUE_PAPERS, changes={Topic.PAPERS})
def issue_reason_sheet(work: Work, form: ReasonSheetForm) -> int:
    """Issue the reason sheet of a household; return the paper's id.

    An earlier one of the same day becomes void: it was put right.
    """
    household = living(work, form.household_id)
    work.subject = subject = f"household/{household.id}"
    names = [person.name for person in people_of(household)]
    center = the_center(work.session)
    facts = reasons_of(
        assess_stored(work, household, form.as_of),
        names,
        large=form.large,
        whole=form.whole,
        center=CenterFacts(center_phone=center.telephone, center_address=center.address),
    )
    reason = _("Issued anew on the same day")
    void_issued(work, REASON_SHEET, subject, reason, issued_on=work.today)
    paper = issue(
        work, REASON_SHEET, facts, subject=subject, title=names[0], household_id=household.id
    )
    return paper.id


@action(needs=Permission.ISSUE_PAPERS, changes={Topic.PAPERS})
def issue_missing_notice(work: Work, form: MissingNoticeForm) -> int:
    """Issue the notice of all papers a household still has to bring; return the paper's id.

    An earlier notice becomes void, so that one list and one day hold. Raises `NothingMissing`.
    """
    household = living(work, form.household_id)
    work.subject = subject = f"household/{household.id}"
    names = [person.name for person in people_of(household)]
    missing = needed(assess_stored(work, household), names)
    bring = tuple(paper for paper in missing if paper.with_client)
    center_finds = tuple(paper.title for paper in missing if not paper.with_client)
    if not bring and center_finds:
        raise CenterHasToFind(papers=_(", ").join(center_finds))
    if not bring:
        raise NothingMissing()
    due, center = add_workdays(work.today, form.days), the_center(work.session)
    facts = MissingNoticeFacts(
        name=names[0],
        as_of=work.today,
        count=len(bring),
        bring=bring,
        center_finds=center_finds,
        days=form.days,
        due_on=due.day,
        due_provisional=due.provisional,
        large=form.large,
        center_address=center.address,
        center_phone=center.telephone,
    )
    void_issued(work, MISSING_NOTICE, subject, _("A newer notice was issued"))
    paper = issue(
        work, MISSING_NOTICE, facts, subject=subject, title=names[0], household_id=household.id
    )
    return paper.id
