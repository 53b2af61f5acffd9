"""The job service in the report: every figure opens its rows, and nothing counts twice."""

from datetime import date, timedelta
from typing import Any

from app.core.words.placements import (
    EnrolmentState,
    FollowUpResult,
    NotHiredReason,
    PersonKind,
    Proof,
    ReferralState,
)
from app.placements.correcting import correct_placement
from app.placements.following_up import tell_follow_up
from app.placements.placement_records import (
    CorrectionForm,
    FollowUpForm,
    LeaveForm,
    PlacementById,
    PlacementStep,
)
from app.placements.placing import leave_job, take_back_leaving, take_back_placement
from app.placements.referral_records import PresumeForm
from app.placements.referrals import presume_overdue
from app.placements.training import tell_enrolment
from app.placements.training_records import EnrolmentResultForm
from app.reports.charts import ChartName
from app.reports.dashboard import ChartQuery, dashboard_chart
from app.reports.placed_behind import OF_JOBS
from app.reports.placed_records import PlacedCut, Placements, Stayed
from app.reports.queries import behind, report
from app.reports.records import BehindQuery, BehindRow, Figure, ReportQuery, of_month, of_year
from app.reports.telling import job_lines, tables
from tests.hiring import JobDesk, presuming
from tests.world import World, changed

YEAR = of_year(2026)


def told(world: World, asked: ReportQuery = YEAR) -> Placements:
    return world.ask("zhou", report, asked).placements


def rows(world: World, query: BehindQuery) -> list[BehindRow]:
    found = world.ask("zhou", behind, query)
    assert len(found.rows) == found.count
    return list(found.rows)


def lived(world: World) -> JobDesk:
    """Let something of everything happen."""
    desk = JobDesk(world)
    cooks = desk.vacancy(heads=9)
    desk.hire(desk.seeker(district="道里区"), cooks, proof=Proof.CONTRACT, proof_words="合同 1 号")
    desk.hire(desk.seeker(person_kind=PersonKind.MIGRANT), cooks)
    desk.found(desk.seeker(person_kind=None, district=None))
    refused = desk.refer(vacancy_id=cooks)
    desk.tell(refused.id, ReferralState.NOT_HIRED, reason=NotHiredReason.PAY)
    away = desk.refer(vacancy_id=cooks)
    desk.tell(away.id, ReferralState.NOT_APPEARED)
    desk.refer(vacancy_id=cooks)
    desk.recognised(desk.seeker())
    with presuming():
        late = desk.refer(vacancy_id=cooks)
    desk.pass_to(desk.today + timedelta(days=8))
    world.do("li", presume_overdue, PresumeForm(ids=(late.id,)))
    return desk


def test_every_figure_opens_as_many_rows_as_it_says(world: World) -> None:
    lived(world)
    seen = told(world)
    lines = {figure: number for figure, _words, number in job_lines(seen) if figure}
    assert set(lines) == set(OF_JOBS)
    for figure, number in lines.items():
        assert len(rows(world, BehindQuery(asked=YEAR, figure=figure))) == number, figure
    assert {figure for figure, number in lines.items() if not number} == {Figure.TRAINED}
    for cut in PlacedCut:
        for row in seen.rows(cut):
            query = BehindQuery(asked=YEAR, figure=Figure.PLACED, placed_cut=cut, key=row.key)
            assert len(rows(world, query)) == row.placed, (cut, row.key)


def test_each_cut_shares_out_the_same_placements(world: World) -> None:
    lived(world)
    seen = told(world)
    assert (seen.placed, seen.proved, seen.presumed, seen.not_shown) == (4, 1, 1, 2)
    assert (seen.referred, seen.hired, seen.not_hired) == (6, 2, 1)
    assert (seen.not_appeared, seen.presumed_hired) == (1, 1)
    for cut in PlacedCut:
        for name in ("placed", "proved", "presumed", "free"):
            parts = sum(getattr(row, name) for row in seen.rows(cut))
            assert parts == getattr(seen, name), (cut, name)
    groups = {row.label: row.placed for row in seen.rows(PlacedCut.GROUP)}
    assert groups == {"失业人员": 2, "农民工": 1, "未知": 1}


def test_a_month_and_a_district_tell_their_part(world: World) -> None:
    lived(world)
    november = told(world, of_month(2026, 11))
    assert [row.key for row in november.rows(PlacedCut.MONTH)] == ["2026-11"]
    assert told(world, of_month(2026, 10)) == changed(
        Placements(), cuts=told(world, of_month(2026, 10)).cuts
    )
    here = told(world, changed(YEAR, district="道里区"))
    assert (here.placed, here.referred, here.registered, here.vacancies) == (1, 1, 1, 0)


def test_what_was_entered_in_error_counts_no_more(world: World) -> None:
    desk = JobDesk(world)
    placement_id = desk.hire()
    version = desk.see_placement(placement_id).row.version
    back = PlacementStep(id=placement_id, version=version, reason="登错了人")
    world.do("li", take_back_placement, back)
    seen = told(world)
    assert (seen.placed, seen.people, seen.hired) == (0, 0, 0)
    assert rows(world, BehindQuery(asked=YEAR, figure=Figure.PLACED)) == []


def test_who_was_told_in_error_to_have_left_counts_as_still_there(world: World) -> None:
    desk = JobDesk(world)
    placement_id = desk.hire()
    desk.pass_to(date(2026, 12, 21))

    def tell(result: FollowUpResult, left_on: date | None = None) -> None:
        version = desk.see_placement(placement_id).row.version
        form = FollowUpForm(
            id=placement_id, version=version, done_on=desk.today, result=result, left_on=left_on
        )
        world.do("li", tell_follow_up, form)

    tell(FollowUpResult.LEFT, date(2026, 12, 1))
    assert told(world).stayed == (Stayed(months=1, due=1, at_work=0, left=1),)
    world.do("li", take_back_leaving, PlacementById(id=placement_id))
    assert told(world).stayed == (Stayed(months=1, due=1, at_work=0, left=0),)
    tell(FollowUpResult.AT_WORK)
    assert told(world).stayed == (Stayed(months=1, due=1, at_work=1, left=0),)


def test_work_after_a_course_counts_within_its_months(world: World) -> None:
    desk = JobDesk(world)
    course_id = desk.course(seats=3)
    people = [desk.seeker() for _place in range(3)]
    for seeker_id in people:
        done = EnrolmentResultForm(
            id=desk.enrolled(course_id, seeker_id),
            version=1,
            state=EnrolmentState.COMPLETED,
            completed_on=desk.today,
            certificate=f"培证 {seeker_id} 号",
        )
        world.do("li", tell_enrolment, done)
    desk.found(people[0])
    desk.pass_to(date(2027, 5, 20))  # six months after 20 November
    desk.found(people[1])
    desk.pass_to(date(2027, 5, 21))
    desk.found(people[2])
    seen = told(world)
    assert (seen.trained, seen.placed_after_training) == (3, 2)


def test_the_chart_tells_where_people_are_lost(world: World) -> None:
    lived(world)
    chart = world.ask("zhou", dashboard_chart, ChartQuery(asked=YEAR, name=ChartName.REFERRALS))
    assert [line.values[0] for line in chart.lines] == [6, 3, 2, 0]
    assert "另有推定录用 1 份" in chart.says
    nothing = ChartQuery(asked=of_year(2012), name=ChartName.REFERRALS)
    assert world.ask("zhou", dashboard_chart, nothing).empty


def test_who_left_before_after_all_did_not_stay(world: World) -> None:
    desk = JobDesk(world)
    placement_id = desk.hire()
    asked = ChartQuery(asked=YEAR, name=ChartName.REFERRALS)

    def leave(left_on: date) -> list[int | None]:
        version = desk.see_placement(placement_id).row.version
        form = LeaveForm(id=placement_id, version=version, left_on=left_on, reason="合同到期")
        world.do("li", leave_job, form)
        return [line.values[0] for line in world.ask("zhou", dashboard_chart, asked).lines]

    desk.pass_to(date(2027, 3, 1))
    assert leave(date(2027, 2, 28)) == [1, 1, 1, 1]
    world.do("li", take_back_leaving, PlacementById(id=placement_id))
    assert leave(date(2027, 1, 4)) == [1, 1, 1, 0]


def test_who_was_asked_before_the_months_had_passed_is_not_known_to_have_stayed(
    world: World,
) -> None:
    desk = JobDesk(world)
    first, placement_id = desk.today, desk.hire()
    asked = ChartQuery(asked=YEAR, name=ChartName.REFERRALS)

    def stayed() -> int | None:
        return world.ask("zhou", dashboard_chart, asked).lines[-1].values[0]

    def at(day: date) -> dict[str, Any]:
        desk.pass_to(day)
        return {"id": placement_id, "version": desk.see_placement(placement_id).row.version}

    def ask(day: date) -> None:
        form = FollowUpForm(**at(day), done_on=day, result=FollowUpResult.AT_WORK)
        world.do("li", tell_follow_up, form)

    ask(date(2027, 2, 20))
    assert stayed() == 1
    began = first + timedelta(days=3)
    form = CorrectionForm(**at(desk.today), started_on=began, reason="看错日期")
    world.do("li", correct_placement, form)
    assert stayed() == 0, "three months had not passed yet"
    ask(date(2027, 2, 23))
    assert stayed() == 1


def test_the_tables_say_presumed_apart(world: World) -> None:
    lived(world)
    found = {table.title: table for table in tables(world.ask("zhou", report, YEAR))}
    whole = {row[0]: row[1] for row in found["就业服务"].rows}
    assert (whole["其中：推定"], whole["回执逾期，推定录用"]) == (1, 1)
    assert "单独列出" in found["就业服务"].note
    by_month = found["就业安置按月份"]
    assert by_month.total == ("合计", 4, 1, 1, 2, told(world).free)
