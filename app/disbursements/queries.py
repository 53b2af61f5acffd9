"""What can be asked about awards and batches."""

from sqlalchemy import ScalarSelect, Select, func, select
from sqlalchemy.orm import aliased

from app.cases.measures import title_of
from app.core.clock import local_day
from app.core.i18n import _
from app.core.kinds import BankCard
from app.core.masking import mask
from app.core.record import Nothing
from app.core.resident_id import age
from app.core.words.disbursements import AwardState
from app.disbursements.limits import cap_of
from app.disbursements.looking import (
    basis_of,
    differences,
    flags_of,
    last_time,
    light_of,
)
from app.disbursements.records import (
    ApprovalRow,
    AwardById,
    AwardQuery,
    AwardRow,
    AwardsWaiting,
    AwardView,
    DecisionRow,
)
from app.disbursements.store import assess_award
from app.facts.gather import known_of, sealed_facts
from app.funds.queries import fund_row
from app.households.store import head_of, size_of
from app.work import Permission, Work, query
from db.models.cases import Case, SealedAssessment
from db.models.disbursements import Approval, Award, AwardVersion
from db.models.funds import Fund
from db.models.households import Household, Member
from db.models.staff import Staff

CARD = BankCard(label="")

WAITING = (AwardState.PROPOSED, AwardState.COLLECTIVE)
"""States of an award that the approval desk shows."""


def _newest() -> Select[int]:
    return select(func.max(AwardVersion.id)).where(AwardVersion.award_id == Award.id)


def person_name() -> ScalarSelect[str]:
    """Select the name of the member an award is for; null of one for the household."""
    person = aliased(Member)
    return select(person.name).where(person.id == Award.member_id).scalar_subquery()


def _select() -> Select[Award, AwardVersion, Case, Member, str, str, str]:
    maker = select(Staff.name).where(Staff.id == AwardVersion.proposed_by).scalar_subquery()
    return (
        select(Award, AwardVersion, Case, Member, Fund.name, maker, person_name())
        .join(AwardVersion, AwardVersion.id == _newest().correlate(Award).scalar_subquery())
        .join(Case, Award.case_id == Case.id)
        .join(Member, (Member.household_id == Award.household_id) & (Member.position == 1))
        .join(Fund, AwardVersion.fund_id == Fund.id)
    )


def _row(
    work: Work,
    award: Award,
    version: AwardVersion,
    case: Case,
    head: Member,
    fund: str,
    maker: str,
    person: str | None,
) -> AwardRow:
    return AwardRow(
        id=award.id,
        version=award.version,
        award_version_id=version.id,
        case_id=case.id,
        household_id=award.household_id,
        number=award.number,
        name=head.name,
        case_number=case.number,
        measure=award.measure,
        title=title_of(award.measure, local_day(version.proposed_at), person or ""),
        member_id=award.member_id,
        person=person or "",
        amount=version.amount,
        fund=fund,
        state=award.state,
        proposed_by=maker,
        proposed_at=version.proposed_at,
        mine=version.proposed_by == work.actor.id,
    )


@query(needs=Permission.READ_AWARDS)
def award_rows(work: Work, asked: AwardQuery) -> list[AwardRow]:
    """List awards, those proposed first at the top."""
    narrowed = _select().order_by(Award.id).limit(asked.limit)
    if asked.states:
        narrowed = narrowed.where(Award.state.in_(asked.states))
    if asked.household_id:
        narrowed = narrowed.where(Award.household_id == asked.household_id)
    if asked.case_id:
        narrowed = narrowed.where(Award.case_id == asked.case_id)
    if asked.proposed_by_me:
        narrowed = narrowed.where(AwardVersion.proposed_by == work.actor.id)
    return [_row(work, *found) for found in work.session.execute(narrowed)]


@query(needs=Permission.READ_AWARDS)
def awards_waiting(work: Work, _nothing: Nothing) -> AwardsWaiting:
    """Count the awards that wait for this person: proposed by others, approved and unpaid."""
    count = select(func.count()).select_from(Award)
    newest = AwardVersion.id == _newest().correlate(Award).scalar_subquery()
    to_decide = count.join(AwardVersion, newest).where(
        Award.state.in_(WAITING), AwardVersion.proposed_by != work.actor.id
    )
    to_pay = count.where(Award.state == AwardState.APPROVED)
    return AwardsWaiting(
        to_decide=work.session.scalar(to_decide) or 0, to_pay=work.session.scalar(to_pay) or 0
    )


@query(needs=Permission.APPROVE_AWARDS)
def approval_rows(work: Work, _nothing: Nothing) -> list[ApprovalRow]:
    """List the awards that wait for a decision, each with what stands out."""
    waiting = _select().where(Award.state.in_(WAITING)).order_by(Award.id)
    rows: list[ApprovalRow] = []
    for found in work.session.execute(waiting):
        award, version = found[0], found[1]
        light, why = light_of(work, award, version)
        rows.append(ApprovalRow(id=award.id, award=_row(work, *found), light=light, why=why))
    return rows


@query(needs=Permission.READ_AWARDS)
def award_view(work: Work, asked: AwardById) -> AwardView:
    """Return an award as the approval desk shows it, with what changed since the proposal."""
    award = work.load(Award, asked.id)
    found = work.session.execute(_select().where(Award.id == award.id)).one()
    version = found[1]
    household = work.load(Household, award.household_id)
    head = head_of(household)
    sealed = work.load(SealedAssessment, version.assessment_id)
    assessment = assess_award(work, award, household)
    now = sealed_facts(known_of(work.session, household, work.today))
    return AwardView(
        row=_row(work, *found),
        sequence=version.sequence,
        sex_age="　".join(
            part
            for part in (
                head.sex.label if head.sex else "",
                _("{age} years").format(age=age(head.birth, work.today)) if head.birth else "",
            )
            if part
        ),
        household_size=size_of(household),
        district=household.district or "",
        category=household.category or "",
        account_holder=version.account_holder,
        account_bank=version.account_bank,
        account_number=mask(CARD, version.account_number),
        opinion=version.opinion,
        assessment_number=sealed.number,
        assessment=assessment,
        changed_since=differences(sealed.facts, now, assessment.member),
        last_time=last_time(work, award, sealed),
        flags=flags_of(work, household, version),
        cap=cap_of(work, household, assessment, without=award.id),
        fund=fund_row(work, work.load(Fund, version.fund_id)),
        decisions=_decisions(work, award),
        seal=version.seal,
        basis=basis_of(sealed, award.measure, assessment.member),
    )


def _decisions(work: Work, award: Award) -> tuple[DecisionRow, ...]:
    found = work.session.execute(
        select(Approval, AwardVersion.sequence, Staff.name)
        .join(AwardVersion, Approval.award_version_id == AwardVersion.id)
        .join(Staff, Approval.decided_by == Staff.id)
        .where(AwardVersion.award_id == award.id)
        .order_by(Approval.id)
    )
    return tuple(
        DecisionRow(
            decision=approval.decision,
            opinion=approval.opinion,
            decided_by=name,
            decided_at=approval.decided_at,
            suggested_amount=approval.suggested_amount,
            sequence=sequence,
        )
        for approval, sequence, name in found
    )
