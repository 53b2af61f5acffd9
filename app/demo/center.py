"""Makes a demonstration center through the real verbs, so that nothing in it could not happen.

The same seed gives the same people and the same acts. Its own dibao lines are marked 演示: the
main job works on any day there, and every paper of it says 样张.
"""

from collections.abc import Callable
from datetime import date, datetime, timedelta
from functools import partial
from pathlib import Path
from random import Random

from app.cases.records import ApplicationForm, IntakeForm
from app.center.actions import confirm_value, enter_value
from app.center.records import CenterForm, ValueForm, ValueStep
from app.core.clock import Clock, FixedClock, SystemClock
from app.core.money import Fen
from app.core.words.funds import FundSource
from app.core.words.staff import Role
from app.demo import PASSWORD
from app.demo.course import FIRST_BATCH, MEASURE, MORNING, SECOND_BATCH, Course
from app.demo.desk import Desk
from app.demo.households import DemoHousehold, Planted
from app.demo.jobs import find_work
from app.demo.loans import lend_loans
from app.demo.people import demo_households
from app.demo.steps import take_steps
from app.demo.words import words
from app.funds.actions import confirm_budget, enter_budget, open_fund
from app.funds.carrying import confirm_carry_over, enter_carry_over
from app.funds.records import BudgetForm, BudgetStep, CarryOverForm, CarryOverStep, FundForm
from app.households.records import (
    AccountForm,
    DeclarationForm,
    EmploymentForm,
    ExpenditureForm,
    HeadForm,
    HouseholdForm,
    IncomeForm,
    MemberForm,
)
from app.office import begin_store, enter_store
from app.policy.pack import Area
from app.reference.dated import ValueArea, ValueKind
from app.reference.workdays import calendar
from app.settings.face import Face, Seen, write_face
from app.staff.records import StaffForm

SEED = 20121101
HOUSEHOLDS = 60

STAFF = (
    ("wang", "王芳", Role.CASEWORKER),
    ("zhao", "赵建国", Role.SUPERVISOR),
    ("qian", "钱立", Role.FINANCE),
    ("sun", "孙明", Role.LOAN_OFFICER),
    ("li", "李强", Role.JOB_OFFICER),
    ("zhou", "周敏", Role.AUDITOR),
    ("admin", "何平", Role.ADMINISTRATOR),
)

CENTER = CenterForm(
    name="困难职工帮扶中心",
    union_name="哈尔滨市总工会（演示）",
    number_prefix="哈工帮",
    telephone="0451-8000 0000",
    address="哈尔滨市示例区示例街 1 号",
    payer_account="2390010000000000000",
)

LINES = {ValueArea.DISTRICTS: Fen(90_000), ValueArea.COUNTIES: Fen(75_000)}
"""The demonstration's dibao lines, in fen a person and month: invented, and marked so."""

LINE_DOCUMENT = "演示文件〔{year}〕1 号（虚构，仅供演示）"

FUNDS = (
    ("{year}年市财政困难职工帮扶资金（演示）", FundSource.CITY, Fen(60_000_000)),
    ("{year}年工会经费帮扶资金（演示）", FundSource.UNION_FEES, Fen(20_000_000)),
)


def create(
    path: Path,
    *,
    households: int = HOUSEHOLDS,
    seed: int = SEED,
    clock: Clock | None = None,
    told: Callable[[int, int], object] | None = None,
) -> str:
    """Make a demonstration center at ``path``; return its recovery key.

    ``told`` hears after each household how many of how many are in. Raises `StoreExists` and
    what else `begin_store` does.
    """
    now = clock or SystemClock()
    moving = FixedClock(_morning(_workdays_before(now.today(), 30)))
    staff = [StaffForm(user=u, name=n, roles=(role,), password=PASSWORD) for u, n, role in STAFF]
    recovery_key = begin_store(path, CENTER, staff, demonstration=True, clock=moving)
    office, wang = enter_store(path, "wang", PASSWORD, moving)
    try:
        people = {"wang": wang} | {
            user: office.enter(user) for user, _name, _role in STAFF if user != "wang"
        }
        desk = Desk(office, moving, people)
        enter_lines(desk, now.today())
        fund_ids = open_funds(desk, now.today())
        if households:
            fill(desk, households, seed, now.now(), fund_ids, told)
    finally:
        office.close()
    seen = {user: Seen((role.value,), "") for user, _name, role in STAFF}
    write_face(path, Face(CENTER.name, CENTER.union_name, demonstration=True, people=seen))
    return recovery_key


def enter_lines(desk: Desk, today: date) -> None:
    """Enter and confirm the demonstration's dibao lines: this year's, last year's, next year's."""
    for year in (today.year - 1, today.year, today.year + 1):
        for area, amount in LINES.items():
            form = ValueForm(
                kind=ValueKind.DIBAO_LINE,
                area=area,
                amount=amount,
                effective_from=date(year, 1, 1),
                effective_to=date(year, 12, 31),
                published_on=None,
                document=LINE_DOCUMENT.format(year=year),
            )
            entered = desk.office.perform(desk.people["admin"], enter_value, form)
            step = ValueStep(id=entered.result, version=1)
            desk.office.perform(desk.people["zhao"], confirm_value, step)


def open_funds(desk: Desk, today: date) -> list[int]:
    """Open the funds of the year and confirm their budgets; return their ids.

    They are of the year in which the course begins; one that goes on into the next year pays on.
    """
    year = desk.clock.today().year
    until = None if year == today.year else date(today.year, 3, 31)
    ids: list[int] = []
    for name, source, amount in FUNDS:
        form = FundForm(name=name.format(year=year), source=source, year=year, pays_until=until)
        ids.append(desk.do("qian", open_fund, form))
        grant(desk, ids[-1], form.name, amount)
    return ids


def grant(desk: Desk, fund_id: int, name: str, amount: Fen, area: Area | None = None) -> None:
    """Give a fund a budget, by two people."""
    budget = BudgetForm(
        fund_id=fund_id,
        amount=amount,
        document=f"{name}预算批复（虚构）",
        granted_on=desk.clock.today(),
        area=area.value if area else None,
    )
    step = BudgetStep(id=desk.do("qian", enter_budget, budget), version=1)
    desk.do("zhao", confirm_budget, step)


def open_more_funds(desk: Desk) -> None:
    """Open a donation with its condition, divided by area, and the interest of two years: what
    was left of the first is carried over."""
    said, year = words(), desk.clock.today().year
    form = FundForm(
        name=said.donation.format(year=year),
        source=FundSource.DONATION,
        year=year,
        donor=said.donor,
        condition=said.donor_wishes,
        measures=("schooling_relief", "golden_autumn", "medical_relief"),
    )
    donation = desk.do("qian", open_fund, form)
    grant(desk, donation, form.name, Fen(5_000_000), Area.SCHOOLING)
    grant(desk, donation, form.name, Fen(2_000_000))
    interest: list[int] = []
    for of, amount in ((year - 1, Fen(186_432)), (year, Fen(97_515))):
        name = said.interest.format(year=of)
        form = FundForm(name=name, source=FundSource.INTEREST, year=of)
        interest.append(desk.do("qian", open_fund, form))
        grant(desk, interest[-1], name, amount)
    carry = CarryOverForm(
        from_fund_id=interest[0],
        to_fund_id=interest[1],
        amount=Fen(186_432),
        document=said.carried.format(year=year - 1),
    )
    step = CarryOverStep(id=desk.do("qian", enter_carry_over, carry), version=1)
    desk.do("zhao", confirm_carry_over, step)


def fill(
    desk: Desk,
    households: int,
    seed: int,
    end: datetime,
    fund_ids: list[int],
    told: Callable[[int, int], object] | None = None,
) -> None:
    """Let households come on the working days up to ``end``, and the center deal with them."""

    def tell(place: int) -> None:
        if told is not None:
            told(place, households)

    open_more_funds(desk)
    course = Course(desk, end, tell)
    last = len(course.days) - 1
    *people, caller = demo_households(households + 1, seed=seed, today=end.astimezone().date())
    left = {*range(households // 2, households // 2 + households // 30), households * 21 // 32}
    arrivals = _arrivals(households, last, seed)
    for place, (household, day) in enumerate(zip(_in_order(people), arrivals, strict=True)):
        take_in = course.take_in(
            place,
            intake_form(household),
            fund_ids[place % 2],
            left=place in left,
            mends=household.planted is not Planted.UNKNOWN,
        )
        course.on(day, 7 * (place % 40), take_in, surely=True)
    course.on(FIRST_BATCH, 60, course.pay(answered=True))
    course.on(SECOND_BATCH, 60, course.pay(answered=False))
    course.on(last - 1, 480, course.begin_draft(intake_form(caller)))
    course.on(last - 1, 150, partial(enter_next_line, desk, end.astimezone().year + 1))
    lend_loans(course)
    find_work(course, people[0])
    course.run()
    take_steps(desk)


def _arrivals(households: int, last: int, seed: int) -> list[int]:
    """Return the day of the course on which each household comes: some days bring more."""
    draw = Random(seed)  # noqa: S311 - days of a demonstration, not a secret
    days = (place * (last + 1) // households + draw.randint(-2, 2) for place in range(households))
    return sorted(max(0, min(day, last)) for day in days)


def _in_order(people: list[DemoHousehold]) -> list[DemoHousehold]:
    """Let the household of which nothing can be told come late; it still waits for its papers.
    The others come in the order of the data."""
    late = [each for each in people if each.planted is Planted.UNKNOWN]
    others = [each for each in people if each.planted is not Planted.UNKNOWN]
    at = len(others) * 3 // 4
    return [*others[:at], *late, *others[at:]]


def enter_next_line(desk: Desk, year: int, _day: int) -> None:
    """Enter a line of next year that nobody has confirmed yet."""
    form = ValueForm(
        kind=ValueKind.DIBAO_LINE,
        area=ValueArea.DISTRICTS,
        amount=Fen(LINES[ValueArea.DISTRICTS] + 3_000),
        effective_from=date(year, 7, 1),
        effective_to=date(year, 12, 31),
        document=words().next_line.format(year=year),
    )
    desk.do("admin", enter_value, form)


def intake_form(household: DemoHousehold) -> IntakeForm:
    """Return an invented household as the counter would type it."""
    head, *others = household.members
    return IntakeForm(
        household=HouseholdForm(
            head=HeadForm(
                id_number=head.id_number,
                name=head.name,
                ethnicity=head.ethnicity,
                phone=head.phone,
                union_member=head.union_member,
                work_unit=household.work_unit,
                person_type=household.person_type,
                district=household.district,
                address=household.address,
            ),
            members=tuple(
                MemberForm(
                    relation=member.relation,
                    name=member.name,
                    id_number=member.id_number,
                    work_status=member.work_status,
                    monthly_income=member.monthly_income,
                    health=member.health,
                    disability=member.disability,
                    school_stage=member.school_stage,
                    admitted_this_year=member.admitted_this_year,
                    school_costs_this_year=member.school_costs_this_year,
                    medical_self_paid_12_months=member.medical_self_paid_12_months,
                    unemployed_since=member.unemployed_since,
                )
                for member in others
            ),
            income=IncomeForm(
                members_living_together=household.members_living_together,
                income_12_months=household.income_12_months,
                financial_assets=household.financial_assets,
                receives_dibao=household.receives_dibao,
            ),
            expenditure=ExpenditureForm(
                main_cause=household.main_cause,
                rigid_expenditure_12_months=household.rigid_expenditure_12_months,
                necessary_employment_cost_12_months=household.necessary_employment_cost_12_months,
                accident_loss_12_months=household.accident_loss_12_months,
                medical_self_paid_12_months=head.medical_self_paid_12_months,
                in_mutual_aid=household.in_mutual_aid,
            ),
            employment=EmploymentForm(
                work_status=head.work_status,
                health=head.health,
                disability=head.disability,
                monthly_income=head.monthly_income,
                unemployed_registered=household.unemployed_registered,
                unemployed_since=head.unemployed_since,
                zero_employment=household.zero_employment,
                wage_arrears=household.wage_arrears,
                labour_dispute=household.labour_dispute,
            ),
            account=AccountForm(
                account_holder=household.account_holder,
                account_bank=household.account_bank,
                account_number=household.account_number,
            ),
            declaration=DeclarationForm(
                declared=household.declared,
                dwellings=household.dwellings,
                has_motor_vehicle=household.has_motor_vehicle,
                has_business_premises=household.has_business_premises,
                high_fee_school_or_study_abroad=household.high_fee_school_or_study_abroad,
                refuses_verification=household.refuses_verification,
            ),
        ),
        application=ApplicationForm(items=(MEASURE,), papers_handed_in=words().papers),
    )


def _morning(day: date) -> datetime:
    return datetime.combine(day, MORNING).astimezone()


def _workdays_before(day: date, count: int) -> date:
    while count:
        day -= timedelta(days=1)
        count -= calendar().expected(day)
    return day
