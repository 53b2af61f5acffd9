"""What stands ready for a proposal: whom it may be for, the cap, the funds, the account."""

from collections.abc import Iterator, Sequence

from sqlalchemy import select

from app.cases.measures import area_of, title_of
from app.disbursements.limits import cap_of, on_file, wanted_of
from app.disbursements.needs import asked_of
from app.disbursements.records import AreaLeft, Offer, OfferPerson, OfferQuery
from app.disbursements.rules import may_pay
from app.disbursements.store import assessed, measure_of
from app.facts.assessing import assess_stored
from app.funds.budgets import area_label, area_left
from app.funds.queries import fund_row
from app.households.store import form_of, head_of, people_of
from app.policy.findings import Findings
from app.policy.pack import Outcome
from app.reference.codes import code_lists
from app.work import Permission, Topic, Work, action
from db.models.cases import Case
from db.models.funds import Fund
from db.models.households import Household

BEST = (Outcome.YES, Outcome.UNKNOWN, Outcome.NO)


@action(needs=Permission.PROPOSE_AWARDS, changes={Topic.AUDIT})
def open_offer(work: Work, asked: OfferQuery) -> Offer:
    """Open what stands ready for a proposal, the account in the clear; the opening is kept."""
    case = work.load(Case, asked.case_id)
    household = work.load(Household, case.household_id)
    work.subject = f"household/{household.id}"
    findings = assess_stored(work, household)
    wanted = asked.measure or _first_choice(findings, case)
    people = _people(findings, household, wanted)
    member_id = asked.member_id
    if member_id is None and people:
        member_id = min(people, key=lambda each: BEST.index(each.outcome)).member_id
    found = assessed(findings, household, wanted, member_id)
    measure = measure_of(found)
    to_pay = wanted_of(work, household, measure, filed=on_file(case, household))
    funds = work.session.scalars(select(Fund).where(Fund.open).order_by(Fund.id)).all()
    payable = [row for fund in funds if may_pay(row := fund_row(work, fund), measure, to_pay)]
    form = form_of(household)
    person = next((each.name for each in people if each.member_id == member_id), "")
    return Offer(
        case_id=case.id,
        case_number=case.number,
        household_id=household.id,
        name=head_of(household).name,
        category=household.category or "",
        measure=measure.id,
        title=title_of(measure.id, work.today, person),
        member_id=member_id,
        person=person,
        people=people,
        assessment=found,
        cap=cap_of(work, household, found),
        funds=tuple(payable),
        account_holder=form.account.account_holder,
        account_bank=form.account.account_bank,
        account_number=form.account.account_number,
        area_left=tuple(_area_left(work, measure.id, [row.id for row in payable])),
        asks=asked_of(measure, work.today),
        goods=code_lists()["goods"].on(work.today),
    )


def _area_left(work: Work, measure: str, funds: Sequence[int]) -> Iterator[AreaLeft]:
    """Yield what is left for the area of a measure of each fund that is divided by area."""
    area = area_of(measure, work.today)
    for fund_id in funds:
        left = area_left(work, fund_id, area)
        if left is not None:
            yield AreaLeft(fund_id=fund_id, area=area_label(area), left=left)


def _first_choice(findings: Findings, case: Case) -> str:
    """Return the grant to begin with: the best answer among those applied for, else of all."""
    grants = [each for each in findings.all if each.measure and each.measure.grant]
    ids = dict.fromkeys(measure_of(each).id for each in grants)
    wanted = [id_ for id_ in ids if id_ in case.items] or list(ids)
    best = (findings.measure(id_) for id_ in wanted)
    found = min(
        (each for each in best if each), key=lambda each: BEST.index(each.outcome), default=None
    )
    return measure_of(found).id if found else ""


def _people(findings: Findings, household: Household, measure: str) -> tuple[OfferPerson, ...]:
    """Return the members with the answer for each; none for a grant of the household."""
    members = people_of(household)
    return tuple(
        OfferPerson(
            member_id=members[each.member].id,
            name=members[each.member].name,
            outcome=each.outcome,
        )
        for each in findings.of(measure)
        if each.member is not None
    )
