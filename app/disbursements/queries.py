"""What can be asked about awards and batches."""

from collections.abc import Sequence
from dataclasses import replace

from sqlalchemy import ScalarSelect, Select, Text, cast, func, select
from sqlalchemy.orm import aliased

from app.cases.measures import area_of, title_of
from app.core.clock import local_day
from app.core.errors import RuleBroken
from app.core.i18n import _
from app.core.kinds import BankCard
from app.core.masking import mask
from app.core.record import Nothing
from app.core.resident_id import age
from app.core.words.disbursements import AwardState, Decision, LineState
from app.disbursements.deciding import check_may_decide
from app.disbursements.deciding_records import ApprovalQuery
from app.disbursements.limits import cap_of
from app.disbursements.looking import (
    Light,
    area_money,
    basis_of,
    differences,
    flags_of,
    last_time,
    light_of,
)
from app.disbursements.needs import met_by, numbers_of
from app.disbursements.records import (
    ApprovalRow,
    AwardById,
    AwardQuery,
    AwardRow,
    AwardsWaiting,
    AwardView,
    DecisionRow,
    WayStep,
)
from app.disbursements.sharing import shared_with
from app.disbursements.store import assess_award
from app.disbursements.tiers import RANKS
from app.disbursements.ties import tied_homes
from app.disbursements.ways import WAITING, Way, due_of, least_attended, waits_for, way_of
from app.facts.gather import known_of, sealed_facts
from app.funds.earmarks import terms_of
from app.funds.queries import fund_row
from app.households.store import head_of, size_of
from app.reference.earmarks import earmarks_on
from app.work import Permission, Work, query
from db.models.cases import Case, SealedAssessment
from db.models.disbursements import (
    Approval,
    Award,
    AwardList,
    AwardVersion,
    BatchLine,
)
from db.models.funds import Fund
from db.models.households import Household, Member
from db.models.staff import Staff

CARD = BankCard(label="")


def _newest() -> Select[int]:
    return select(func.max(AwardVersion.id)).where(AwardVersion.award_id == Award.id)


def person_name() -> ScalarSelect[str]:
    """Select the name of the member an award is for; null of one for the household."""
    person = aliased(Member)
    return select(person.name).where(person.id == Award.member_id).scalar_subquery()


def _approved_steps() -> ScalarSelect[str]:
    """Select the steps approved of a version, parted by commas; null when none is."""
    approved = (Approval.award_version_id == AwardVersion.id) & (
        Approval.decision == Decision.APPROVED
    )
    steps = func.group_concat(cast(Approval.step, Text), type_=Text())
    return select(steps).where(approved).scalar_subquery()


def _failed_why() -> ScalarSelect[str]:
    """Select why the payment of a version failed; null when none did."""
    failed = (BatchLine.award_version_id == AwardVersion.id) & (BatchLine.state == LineState.FAILED)
    newest = select(BatchLine.reason).where(failed).order_by(BatchLine.id.desc())
    return newest.limit(1).scalar_subquery()


def _select() -> Select[Award, AwardVersion, Case, Member, str, str, str, str, str]:
    maker = select(Staff.name).where(Staff.id == AwardVersion.proposed_by).scalar_subquery()
    return (
        select(
            *(Award, AwardVersion, Case, Member, Fund.name, maker),
            *(person_name(), _approved_steps(), _failed_why()),
        )
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
    approved: str | None,
    failed: str | None,
) -> AwardRow:
    step = waits_for(award.state, version, (approved or "").split(","))
    due = due_of(work, version, step)
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
        waits_for=step,
        days_left=due.left if due else None,
        due_provisional=due is not None and due.provisional,
        escalated=due is not None and due.escalated,
        way=version.way,
        came_back=failed or "" if award.state is AwardState.RETURNED else "",
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
    proposed = select(AwardVersion.id).where(
        AwardVersion.award_id == Award.id, AwardVersion.proposed_by == work.actor.id
    )
    strangers = Award.household_id.not_in(tied_homes(work))
    to_decide = count.where(Award.state.in_(WAITING), ~proposed.exists(), strangers)
    to_pay = count.where(Award.state == AwardState.APPROVED)
    return AwardsWaiting(
        to_decide=work.session.scalar(to_decide) or 0, to_pay=work.session.scalar(to_pay) or 0
    )


@query(needs=Permission.APPROVE_AWARDS)
def approval_rows(work: Work, asked: ApprovalQuery) -> list[ApprovalRow]:
    """List the awards that wait for a decision, the overdue first, each with what stands out.

    Not looked at closely, they are told at once, however many they are.
    """
    waiting = _select().where(Award.state.in_(WAITING))
    if asked.award_ids:
        waiting = waiting.where(Award.id.in_(asked.award_ids))
    relatives = tied_homes(work)
    lists = {list_.id: list_ for list_ in work.session.scalars(_lists_of_waiting())}
    every = work.session.execute(waiting).all()
    held = _held(work, [(found[0], found[1]) for found in every]) if asked.look else ()
    rows: list[ApprovalRow] = []
    for found in every:
        award, version, row = found[0], found[1], _row(work, *found)
        if asked.look:
            light = light_of(work, award, version)
        else:
            light = Light("", "", row.waits_for, due_of(work, version, row.waits_for))
        list_ = lists.get(award.list_id or 0)
        related = award.household_id in relatives
        rows.append(_approval_row(work, row, light, list_, related=related))
    del held
    return sorted(rows, key=lambda row: (not row.overdue, _due_key(row.award), row.id))


def _held(work: Work, looked_at: Sequence[tuple[Award, AwardVersion]]) -> tuple[object, ...]:
    """Load at once what looking at each award asks for, to be held as long as that lasts."""
    of = {
        Household: {award.household_id for award, _version in looked_at},
        SealedAssessment: {version.assessment_id for _award, version in looked_at},
        Fund: {version.fund_id for _award, version in looked_at},
    }
    return tuple(
        work.session.scalars(select(model).where(model.id.in_(ids))).all()
        for model, ids in of.items()
    )


def _lists_of_waiting() -> Select[AwardList]:
    waiting = select(Award.list_id).where(Award.state.in_(WAITING))
    return select(AwardList).where(AwardList.id.in_(waiting))


def _due_key(row: AwardRow) -> tuple[bool, int]:
    return row.days_left is None, row.days_left or 0


def _approval_row(
    work: Work, row: AwardRow, light: Light, list_: AwardList | None, *, related: bool
) -> ApprovalRow:
    due = light.due
    area = area_of(row.measure, work.today)
    return ApprovalRow(
        id=row.id,
        award=replace(
            row,
            waits_for=light.step,
            days_left=due.left if due else None,
            due_provisional=due is not None and due.provisional,
        ),
        light=light.light,
        why=light.why,
        overdue=due is not None and due.left < 0,
        soon=due is not None and due.remind,
        related=related,
        area=area.label if area else "",
        list_id=list_.id if list_ else None,
        list_number=list_.number if list_ else "",
        list_title=list_.title if list_ else "",
    )


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
    way = way_of(work, award, version)
    waits = award.state in WAITING
    due = due_of(work, version, way.next) if waits else None
    fund = fund_row(work, work.load(Fund, version.fund_id))
    list_ = work.load(AwardList, award.list_id) if award.list_id else None
    return AwardView(
        row=replace(_row(work, *found), waits_for=way.next if waits else None),
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
        flags=tuple(flag.says for flag in flags_of(work, award, household, version, way)),
        cap=cap_of(work, household, assessment, without=award.id),
        fund=fund,
        decisions=_decisions(work, award),
        seal=version.seal,
        basis=basis_of(sealed, award.measure, assessment.member),
        way=_way_steps(work, version, way),
        way_says=way.why,
        attended_least=least_attended(work, version),
        due_on=due.day if due else None,
        closed=_closed(work, award, version, way) if waits else "",
        area=area_money(work, award, version),
        given=version.way,
        goods=version.goods,
        quantity=version.quantity,
        unit_value=version.unit_value,
        needs=numbers_of(work, award),
        meets=met_by(work, award),
        list_number=list_.number if list_ else "",
        list_title=list_.title if list_ else "",
        not_before=award.due_on,
        terms=terms_of(fund, earmarks_on(work.today), work.today),
        shared=shared_with(work, household, version),
    )


def _closed(work: Work, award: Award, version: AwardVersion, way: Way) -> str:
    """Return why the person asking may not decide, or nothing."""
    try:
        check_may_decide(work, award, version, way)
    except RuleBroken as error:
        return error.tell()
    return ""


def _way_steps(work: Work, version: AwardVersion, way: Way) -> tuple[WayStep, ...]:
    """Return the steps of the way with who took them; a step that was approved and that the
    way no longer needs stays in sight."""
    found = work.session.execute(
        select(Approval.step, Staff.name, Approval.decided_at)
        .join(Staff, Approval.decided_by == Staff.id)
        .where(Approval.award_version_id == version.id, Approval.decision == Decision.APPROVED)
    )
    taken = {step: (name, at) for step, name, at in found}
    steps = sorted({*way.steps, *taken}, key=RANKS.index)
    shown: list[WayStep] = []
    for step in steps:
        name, at = taken.get(step, ("", None))
        shown.append(WayStep(step=step, decided_by=name, decided_at=at))
    return tuple(shown)


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
            step=approval.step,
            document=approval.document,
            document_day=approval.document_day,
            attended=approval.attended,
        )
        for approval, sequence, name in found
    )
