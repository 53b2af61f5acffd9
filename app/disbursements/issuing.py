"""Gathers what the papers of a disbursement say: the approval form and the payment list."""

from collections.abc import Sequence
from datetime import date

from sqlalchemy import select

from app.cases.measures import area_of, measure_on, title_of
from app.core.clock import local_day
from app.core.i18n import N_, _
from app.core.kinds import BankCard, Phone, ResidentId
from app.core.masking import mask
from app.core.money import Fen, yuan_text
from app.core.words.disbursements import ApprovalStep, LineState
from app.disbursements.papers import ApprovalFacts, MemberFacts, PaymentListFacts, PaymentRow
from app.disbursements.records import step_name
from app.disbursements.store import newest_version
from app.facts.gather import relief_received
from app.households.store import head_of, people_of, size_of
from app.policy.catalog import shipped
from app.work import Work
from db.models.cases import Case, SealedAssessment
from db.models.disbursements import Approval, Award, AwardVersion, Batch, BatchLine
from db.models.funds import Fund
from db.models.households import Household
from db.models.staff import Staff

ID, PHONE, CARD = ResidentId(label=""), Phone(label=""), BankCard(label="")

LIST_NAME = N_("Relief paid, batch {number}")


def approval_facts(work: Work, award: Award) -> ApprovalFacts:
    """Return what the approval form of an award says."""
    version = newest_version(work.session, award.id)
    household = work.load(Household, award.household_id)
    head, *others = people_of(household)
    sealed = work.load(SealedAssessment, version.assessment_id)
    classification = sealed.result["classification"]
    decided = work.session.scalars(
        select(Approval).where(Approval.award_version_id == version.id).order_by(Approval.id)
    ).all()
    approval = decided[-1] if decided else None
    line = next((value for value in sealed.values_used if value["kind"] == "dibao_line"), None)
    return ApprovalFacts(
        name=head.name,
        sex=head.sex.value if head.sex else "",
        birth=head.birth,
        id_number=mask(ID, head.id_number),
        phone=mask(PHONE, head.phone),
        address=household.address,
        employer=household.work_unit,
        household_size=size_of(household),
        file_number=household.file_number or "",
        case_number=work.load(Case, award.case_id).number,
        award_number=award.number,
        main_cause=household.main_cause or "",
        members=tuple(
            MemberFacts(
                name=member.name,
                relation=member.relation or "",
                birth=member.birth,
                occupation=member.work_status or "",
                health=member.health or "",
                monthly_income=member.monthly_income,
            )
            for member in others
        ),
        category=household.category or "",
        net_per_head=classification["net_per_head_fen"],
        line=Fen(line["amount_fen"]) if line else None,
        line_source=line["document"] or line["source"] if line else "",
        reasons=_reasons(sealed),
        provisional=any(pack["status"] == "provisional" for pack in sealed.result["packs"]),
        measure=title_of(award.measure, sealed.as_of, person_in(household, award)),
        basis=_basis(award.measure, sealed.as_of),
        amount=version.amount,
        fund=work.load(Fund, version.fund_id).name,
        paid_this_year=relief_received(work.session, household.id, award.year),
        payee=version.account_holder,
        bank=version.account_bank,
        account=mask(CARD, version.account_number),
        proposer=staff_name(work, version.proposed_by),
        proposer_opinion=version.opinion,
        proposed_on=local_day(version.proposed_at),
        approver=staff_name(work, approval.decided_by) if approval else "",
        approver_opinion=approval.opinion if approval else "",
        decision=approval.decision.label if approval else "",
        decided_on=local_day(approval.decided_at) if approval else None,
        steps=_steps(work, decided),
        seal=version.seal,
    )


def _basis(measure_id: str, day: date) -> str:
    """Return the document that a measure rests on, and its article there."""
    measure, area = measure_on(measure_id, day), area_of(measure_id, day)
    pack = shipped().in_force(area, day) if area else None
    article = measure.conditions[0].clause.article if measure and measure.conditions else ""
    return _("{title}, {article}").format(title=pack.title, article=article) if pack else article


def _steps(work: Work, decided: Sequence[Approval]) -> tuple[str, ...]:
    """Return every decision in one line each; none where one supervisor decided alone."""
    if all(each.step is ApprovalStep.SUPERVISOR for each in decided):
        return ()
    told: list[str] = []
    for each in decided:
        when = local_day(each.decided_at).isoformat()
        day = each.document_day.isoformat() if each.document_day else ""
        attended = _("attended by {names}").format(names=each.attended) if each.attended else ""
        by = _("{name}, {time}").format(name=staff_name(work, each.decided_by), time=when)
        paper = " ".join(filter(None, (each.document, day)))
        parts = (step_name(each.step), each.decision.label, paper, attended, by)
        told.append("　".join(filter(None, parts)))
    return tuple(told)


def payment_facts(work: Work, batch: Batch) -> PaymentListFacts:
    """Return what the payment list of a frozen batch says."""
    found = work.session.execute(
        select(BatchLine, AwardVersion, Award, Household, Fund.name)
        .join(AwardVersion, BatchLine.award_version_id == AwardVersion.id)
        .join(Award, AwardVersion.award_id == Award.id)
        .join(Household, Award.household_id == Household.id)
        .join(Fund, AwardVersion.fund_id == Fund.id)
        .where(BatchLine.batch_id == batch.id, BatchLine.state != LineState.REMOVED)
        .order_by(BatchLine.line)
    ).all()
    deciders = sorted({staff_name(work, line.decided_by) for line, *_rest in found})
    return PaymentListFacts(
        name=_(LIST_NAME).format(number=batch.number),
        batch_number=batch.number,
        prepared_on=local_day(batch.frozen_at or batch.prepared_at),
        bank_layout=batch.layout,
        fund="、".join(dict.fromkeys(fund for *_rest, fund in found)),
        rows=tuple(
            PaymentRow(
                line=number,
                name=version.payee,
                id_number=mask(ID, head_of(household).id_number),
                employer=household.work_unit,
                category=household.category or "",
                measure=title_of(award.measure, work.today, person_in(household, award)),
                amount=version.amount,
                account=mask(CARD, version.account_number),
            )
            for number, (_line, version, award, household, _fund) in enumerate(found, 1)
        ),
        count=len(found),
        amount=Fen(sum(version.amount for _line, version, *_rest in found)),
        batch_digest=batch.frozen_digest or "",
        preparer=staff_name(work, batch.prepared_by),
        approver="、".join(deciders),
    )


def goods_words(version: AwardVersion) -> str:
    """Return what is given in kind: thing, quantity and unit value; nothing of money."""
    if version.quantity is None or version.unit_value is None:
        return ""
    each = yuan_text(version.unit_value)
    return f"{version.goods} {version.quantity} × {each}"


def person_in(household: Household, award: Award) -> str:
    """Return the name of the member an award is for."""
    return next((each.name for each in household.members if each.id == award.member_id), "")


def _reasons(sealed: SealedAssessment) -> tuple[str, ...]:
    """Return the sentences of the sealed classification."""
    return tuple(reason["says"] for reason in sealed.result["classification"]["reasons"])


def staff_name(work: Work, staff_id: int) -> str:
    """Return what a member of staff is called."""
    return work.session.get_one(Staff, staff_id).name
