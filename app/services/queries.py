"""What can be asked about services and referrals."""

from sqlalchemy import and_, func, or_, select
from sqlalchemy.orm import aliased

from app.core.record import Nothing
from app.core.words.papers import PaperKind, PaperState
from app.core.words.services import ServiceState
from app.services.records import ServiceQuery, ServiceRow, ServicesWaiting
from app.work import Permission, Work, query
from db.models.households import Member
from db.models.papers import Paper
from db.models.services import ServiceRequest
from db.models.staff import Staff


@query(needs=Permission.READ_CASES)
def service_rows(work: Work, asked: ServiceQuery) -> list[ServiceRow]:
    """List requests: those in hand by the day they were asked, then the closed, newest first."""
    head, person = aliased(Member), aliased(Member)
    asker, closer = aliased(Staff), aliased(Staff)
    is_open = ServiceRequest.state == ServiceState.OPEN
    found = (
        select(ServiceRequest, head.name, person.name, asker.name, closer.name, Paper.id)
        .join(head, and_(head.household_id == ServiceRequest.household_id, head.position == 1))
        .outerjoin(person, person.id == ServiceRequest.member_id)
        .join(asker, asker.id == ServiceRequest.requested_by)
        .outerjoin(closer, closer.id == ServiceRequest.closed_by)
        .outerjoin(
            Paper,
            and_(
                Paper.subject == func.concat("service_request/", ServiceRequest.id),
                Paper.kind == PaperKind.REFERRAL_SLIP,
                Paper.state == PaperState.ISSUED,
            ),
        )
        .order_by(is_open.desc(), ServiceRequest.closed_at.desc(), ServiceRequest.id)
        .limit(asked.limit)
    )
    if asked.state:
        found = found.where(ServiceRequest.state == asked.state)
    if asked.household_id:
        found = found.where(ServiceRequest.household_id == asked.household_id)
    if text := asked.text.strip():
        places = (ServiceRequest.number, head.name, person.name)
        found = found.where(or_(*(each.startswith(text, autoescape=True) for each in places)))
    return [_row(work, *each) for each in work.session.execute(found)]


def _row(
    work: Work,
    request: ServiceRequest,
    head: str,
    person: str | None,
    asker: str,
    closer: str | None,
    paper_id: int | None,
) -> ServiceRow:
    due = request.due_on
    return ServiceRow(
        id=request.id,
        version=request.version,
        household_id=request.household_id,
        case_id=request.case_id,
        paper_id=paper_id,
        number=request.number,
        name=head,
        person=person or "",
        kind=request.kind,
        measure=request.measure,
        title=request.title,
        department=request.department,
        entitlement=request.entitlement,
        papers=tuple(request.papers),
        note=request.note,
        requested_by=asker,
        requested_at=request.requested_at,
        due_on=due,
        overdue=request.state is ServiceState.OPEN and due is not None and due < work.today,
        state=request.state,
        result=request.result,
        closed_by=closer or "",
        closed_at=request.closed_at,
    )


@query(needs=Permission.READ_CASES)
def services_waiting(work: Work, _nothing: Nothing) -> ServicesWaiting:
    """Count the requests in hand and those closed."""
    found = select(ServiceRequest.state, func.count()).group_by(ServiceRequest.state)
    counts = dict(work.session.execute(found).all())
    late = select(func.count()).where(
        ServiceRequest.state == ServiceState.OPEN, ServiceRequest.due_on < work.today
    )
    return ServicesWaiting(
        open=counts.get(ServiceState.OPEN, 0),
        overdue=work.session.scalar(late) or 0,
        done=counts.get(ServiceState.DONE, 0),
        withdrawn=counts.get(ServiceState.WITHDRAWN, 0),
    )
