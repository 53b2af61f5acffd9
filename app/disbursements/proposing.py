"""The verbs of proposals: propose, for one month or several, propose anew, take back."""

from datetime import date

from app.cases.measures import AGENCY, title_of
from app.cases.rules import NoFile
from app.core.errors import Invalid
from app.core.i18n import _
from app.core.money import Fen, yuan_text
from app.core.record import only
from app.core.words.cases import CaseState
from app.core.words.disbursements import AwardState, AwardStep, ListKind, ListState
from app.core.words.funds import Account
from app.core.words.papers import PaperKind
from app.disbursements.limits import cap_of, check_file, check_payable
from app.disbursements.needs import check_needs, end, meet_anew, needs_of
from app.disbursements.records import (
    AwardChange,
    AwardForm,
    AwardStepForm,
    ProposalForm,
    SeriesForm,
)
from app.disbursements.rosters import Entry, kept, on_roster
from app.disbursements.rules import FLOW, NotEntrusted, PastFund, check_cap, way_problems
from app.disbursements.store import (
    assessed,
    check_eligible,
    measure_of,
    newest_version,
)
from app.disbursements.ties import check_stranger
from app.disbursements.ways import beginning, first_proposed_on
from app.disbursements.writing import Ground, Proposal, version_of, write
from app.drafts.actions import close_draft
from app.facts.assessing import assess_stored, keep_documents, seal
from app.filing.rules import add_months
from app.funds.ledger import move
from app.households.store import head_of
from app.papers.store import void_issued
from app.policy.findings import Assessment
from app.work import Permission, Topic, Work, action
from db.models.cases import Case
from db.models.disbursements import Award, AwardList
from db.models.funds import Fund
from db.models.households import Household

CHANGES = {Topic.AWARDS, Topic.CASES, Topic.DRAFTS}


@action(needs=Permission.PROPOSE_AWARDS, changes=CHANGES)
def propose_award(work: Work, form: AwardForm) -> int:
    """Propose relief for the household of a case, or for one member; return the award's id.

    Eligibility is assessed today and sealed; raises `NoFile`, `NotEligible`, `OverCap`,
    `Earmarked`, `FileNeeded`, `NeedMet`, `Related`.
    """
    award = propose(work, _ground(work, form), form)
    work.subject = f"award/{award.id}"
    if form.draft_id:
        close_draft(work, form.draft_id)
    return award.id


@action(needs=Permission.PROPOSE_AWARDS, changes=CHANGES)
def propose_series(work: Work, form: SeriesForm) -> int:
    """Propose the same amount for several months, all or none; return the id of their list.

    The cap holds for the sum. Raises as `propose_award` does, and `PastFund` for a month after
    the last day of the fund.
    """
    ground = _ground(work, form)
    days = [add_months(form.first_on, month) for month in range(form.months)]
    fund = work.load(Fund, form.fund_id)
    until = fund.pays_until or date(fund.year, 12, 31)
    if days[-1] > until:
        raise PastFund(fund=fund.name, until=until, day=days[-1])
    check_cap(Fen(form.amount * form.months), cap_of(work, ground.household, ground.assessment))
    name = head_of(ground.household).name
    list_ = work.add(
        AwardList(
            number=next_list_number(work),
            kind=ListKind.SERIES,
            title=_("{title} of {name}, month by month").format(
                title=title_of(form.measure, work.today), name=name
            ),
            measure=form.measure,
            document="",
            roster=kept(
                Entry(line=line, household=ground.household.id, member=form.member_id)
                for line in range(1, form.months + 1)
            ),
            left_out={},
            state=ListState.OPEN,
            opened_by=work.actor.id,
            opened_at=work.now,
            **only(form, {"fund_id", "way", "amount", "goods", "quantity", "unit_value"}),
        )
    )
    for day in days:
        propose(work, ground, form, list_=list_, due_on=day)
    list_.state = ListState.PROPOSED
    work.subject = f"award_list/{list_.id}"
    if form.draft_id:
        close_draft(work, form.draft_id)
    return list_.id


def next_list_number(work: Work) -> str:
    """Return the number of the next list."""
    return f"L{work.today.year}-{work.next_number('award_list'):04d}"


def _ground(work: Work, form: AwardForm) -> Ground:
    case = work.load(Case, form.case_id)
    if case.state is CaseState.LISTED:
        raise NoFile()  # nobody applied: what a list opened serves the list alone
    household = work.load(Household, case.household_id)
    findings = assess_stored(work, household)
    assessment = assessed(findings, household, form.measure, form.member_id)
    return Ground(case, household, findings, assessment, form.member_id)


def propose(
    work: Work,
    ground: Ground,
    form: ProposalForm,
    *,
    list_: AwardList | None = None,
    due_on: date | None = None,
) -> Award:
    """Check a proposal, and only then write it: award, version, needs and sealed assessment."""
    proposal = checked(work, ground, form, list_=list_, due_on=due_on)
    write(work, [proposal])
    return proposal.award


def checked(
    work: Work,
    ground: Ground,
    form: ProposalForm,
    *,
    list_: AwardList | None = None,
    due_on: date | None = None,
) -> Proposal:
    """Return a proposal that may be written; raise what stands against it."""
    series = list_ is not None and list_.kind is ListKind.SERIES
    _check(work, ground, form)
    needs = needs_of(ground.household, ground.assessment, form.needs, work.today)
    check_needs(work, needs)
    award = Award(
        household_id=ground.household.id,
        member_id=ground.member_id,
        measure=measure_of(ground.assessment).id,
        year=work.today.year,
        state=AwardState.PROPOSED,
        list_id=list_.id if list_ else None,
        due_on=due_on if series else None,
    )
    way = beginning(work, award, form.amount, form.fund_id)
    keep_documents(work, ground.findings, award.measure)
    return Proposal(award, ground, form, way, needs)


def _check(work: Work, ground: Ground, form: ProposalForm, *, without: int | None = None) -> None:
    """Raise unless what a form says may be given."""
    household, assessment = ground.household, ground.assessment
    measure = measure_of(assessment)
    check_file(ground.case, household, measure)
    check_eligible(assessment)
    if problems := way_problems(form):
        raise Invalid(problems)
    check_cap(form.amount, cap_of(work, household, assessment, without=without))
    check_stranger(work, household.id)
    case, fund_id = ground.case, form.fund_id
    check_payable(work, case, household, assessment, fund_id, form.amount, without=without)


@action(needs=Permission.PROPOSE_AWARDS, changes={Topic.AWARDS, Topic.DRAFTS})
def amend_award(work: Work, form: AwardChange) -> None:
    """Propose an award anew after it was sent back: a new version that nobody has approved.

    It meets the school year of its first proposal, also when another one began since.
    """
    award = work.load(Award, form.award_id, form.version)
    award.state = FLOW.after(award.state, AwardStep.AMEND)
    work.subject = f"award/{award.id}"
    household = work.load(Household, award.household_id)
    case = work.load(Case, award.case_id)
    findings = assess_stored(work, household)
    if award.measure == AGENCY:
        assessment = on_roster(work, findings, award.list_id, award.member_id)
        _check_entrusted(work, award, household, assessment, form.amount)
    else:
        assessment = assessed(findings, household, award.measure, award.member_id)
    ground = Ground(case, household, findings, assessment, award.member_id)
    _check(work, ground, form, without=award.id)
    needs = needs_of(household, assessment, form.needs, first_proposed_on(work, award))
    check_needs(work, needs, without=award.id)
    void_issued(work, PaperKind.APPROVAL_FORM, work.subject, _("The award was proposed anew"))
    way = beginning(work, award, form.amount, form.fund_id)
    last = newest_version(work.session, award.id).sequence
    assessment = seal(work, household, findings, award.measure)
    proposal = Proposal(award, ground, form, way, needs)
    work.add(version_of(work, proposal, assessment, sequence=last + 1))
    meet_anew(work, award, needs)
    if form.draft_id:
        close_draft(work, form.draft_id)


def _check_entrusted(
    work: Work, award: Award, household: Household, assessment: Assessment, amount: Fen
) -> None:
    if assessment.amount_fen is not None and amount != assessment.amount_fen:
        raise NotEntrusted(
            number=work.load(AwardList, award.list_id or 0).number,
            amount=yuan_text(assessment.amount_fen),
            name=head_of(household).name,
        )


@action(needs=Permission.PROPOSE_AWARDS, changes={Topic.AWARDS, Topic.FUNDS})
def withdraw_award(work: Work, form: AwardStepForm) -> None:
    """Take back an award that is in no batch and not paid; money reserved goes back to its fund."""
    take_back(work, work.load(Award, form.award_id, form.version))


def take_back(work: Work, award: Award) -> None:
    """Withdraw an award: its needs end, what was reserved for it goes back to its fund."""
    reserved = award.state is AwardState.APPROVED
    award.state = FLOW.after(award.state, AwardStep.WITHDRAW)
    end(work, award)
    if not reserved:
        return
    work.session.flush()
    version = newest_version(work.session, award.id)
    move(
        work,
        version.fund_id,
        version.amount,
        from_account=Account.RESERVED,
        to_account=Account.AVAILABLE,
        memo=award.number,
        award_version_id=version.id,
    )
