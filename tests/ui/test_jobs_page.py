"""The page of the job service: from registration to a placement by nothing but the page."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLabel, QScrollArea, QWidget

from app.core.money import Fen
from app.core.words.placements import (
    FollowUpResult,
    PlacementState,
    Proof,
    RecognitionState,
    ReferralState,
    SeekerState,
    Shift,
    Strain,
)
from app.drafts.queries import my_drafts
from app.placements.match_records import Limit
from app.placements.placement_queries import placement_rows
from app.placements.placement_records import PlacementQuery, PlacementRow
from app.placements.recognition_queries import recognition_rows
from app.placements.recognition_records import RecognitionQuery
from app.placements.referral_queries import referral_rows
from app.placements.referral_records import ReferralQuery, ReferralRow
from app.placements.seeker_queries import seeker_rows
from app.placements.seeker_records import SeekerById, SeekerQuery
from app.placements.seekers import change_seeker, open_seeker_form
from tests.hiring import SEEKER, JobDesk, presuming
from tests.people import household, id_number, intake
from tests.ui.conftest import SMALL, click_key
from tests.ui.desks import Seat, Seats
from tests.world import World, changed
from ui import theme
from ui.job_pickers import EmployerPicker
from ui.kit.banners import Banner
from ui.kit.buttons import Button, IconButton
from ui.pages.jobs import JobsPage

Picture = Callable[[QWidget, str], object]


@pytest.fixture
def jobs(world: World) -> JobDesk:
    return JobDesk(world)


def button(seat: Seat[JobsPage], name: str) -> Button:
    found = seat.page.findChild(Button, name)
    assert found is not None, name
    return found


def press(seat: Seat[JobsPage], name: str) -> None:
    button(seat, name).click()
    seat.rest()


def key(seat: Seat[JobsPage], name: str) -> None:
    seat.window.press(name)
    seat.rest()


def fill(seat: Seat[JobsPage], **values: object) -> None:
    """Fill the form in the pane."""
    form = seat.page.pane.form
    assert form is not None
    for name, value in values.items():
        form.set_value(name, value)
    form.edited.emit()
    seat.rest()


def send(seat: Seat[JobsPage]) -> None:
    press(seat, "act_send_form")


def choose(seat: Seat[JobsPage], words: str) -> None:
    """Press an entry of the menu of what is done now and then."""
    menu = seat.page.more()
    entry = next((each for each in menu.actions() if each.text().partition("\t")[0] == words), None)
    assert entry is not None, [each.text() for each in menu.actions()]
    assert entry.isEnabled(), entry.toolTip()
    entry.trigger()
    seat.rest()


def told(widget: QWidget) -> str:
    return "\n".join(each.text() for each in widget.findChildren(QLabel) if each.isVisible())


def banners(seat: Seat[JobsPage]) -> list[str]:
    """Return what the banners of the frame and of the page say."""
    return [each.accessibleName() for each in seat.window.findChildren(Banner)]


def referral(world: World) -> ReferralRow:
    (row,) = world.ask("li", referral_rows, ReferralQuery())
    return row


def placement(world: World) -> PlacementRow:
    (row,) = world.ask("li", placement_rows, PlacementQuery())
    return row


def test_nobody_looks_for_work_yet(sit: Seats, picture: Picture) -> None:
    seat = sit("li", "jobs")
    assert seat.page.segments.words() == [
        "求职者", "待回执", "回访", "就业安置", "认定", "待复核",
    ]  # fmt: skip
    assert not button(seat, "act_new").reason
    picture(seat.window, "jobs_empty")


def test_a_caseworker_looks_on(jobs: JobDesk, sit: Seats) -> None:
    jobs.seeker()
    seat = sit("wang", "jobs")
    assert button(seat, "act_new").reason
    key(seat, "F9")
    assert button(seat, "act_first").reason, "only the job officer writes letters"


def test_from_registration_to_a_placement_by_nothing_but_the_page(
    world: World, jobs: JobDesk, sit: Seats, picture: Picture
) -> None:
    vacancy = jobs.vacancy(heads=1, shift=Shift.DAY, wage_from=Fen(320_000))
    jobs.vacancy(occupation="保洁员", strains=(Strain.STANDING,))
    seat = sit("li", "jobs")
    press(seat, "act_new")
    fill(seat, id_number=SEEKER, name="葛示例", phone="15400007777", wish="厨师")
    fill(seat, wage_wish=Fen(280_000), limits=(Strain.STANDING,), district="南岗区")
    picture(seat.window, "jobs_register")
    send(seat)
    (row,) = world.ask("li", seeker_rows, SeekerQuery())
    assert row.state is SeekerState.SEEKING
    view = seat.page.seekers.view
    assert view is not None
    assert view.seeker.limits == (Strain.STANDING,)
    picture(seat.window, "jobs_seeker")
    key(seat, "F9")
    matches = seat.page.seekers.matches
    assert [each.vacancy.id for each in matches.table.rows()] == [vacancy], "health filters"
    picture(seat.window, "jobs_matches")
    key(seat, "F12")
    fill(seat, interview_on=jobs.today + timedelta(days=2), interview_at="上午 9 点，示例街 2 号")
    picture(seat.window, "jobs_letter")
    send(seat)
    assert referral(world).state is ReferralState.ISSUED
    assert len(seat.sheets.sheets) == 1, "printed at once"
    assert seat.window.page() is not seat.page, "and opened in the register"
    seat.window.go("jobs")
    seat.page.turn_to("referrals")
    seat.rest()
    picture(seat.window, "jobs_slips")
    key(seat, "F9")
    fill(seat, result=ReferralState.HIRED)
    fill(seat, started_on=jobs.today, wage=Fen(320_000), contract_months=12)
    fill(seat, proof=Proof.CONTRACT)
    fill(seat, proof_words="合同 0017")
    picture(seat.window, "jobs_result")
    send(seat)
    assert referral(world).state is ReferralState.HIRED
    found = placement(world)
    assert (found.state, found.proof, found.wage) == (
        PlacementState.WORKING, Proof.CONTRACT, 320_000,
    )  # fmt: skip
    seat.page.turn_to("placements", found.id)
    seat.rest()
    picture(seat.window, "jobs_placement")
    assert world.ask("li", seeker_rows, SeekerQuery())[0].state is SeekerState.PLACED


def test_what_is_refused_keeps_what_was_typed(jobs: JobDesk, sit: Seats) -> None:
    jobs.seeker(id_number=SEEKER, name="先示例")
    seat = sit("li", "jobs")
    press(seat, "act_new")
    fill(seat, id_number=SEEKER, name="葛示例", wish="厨师")
    send(seat)
    form = seat.page.pane.form
    assert form is not None
    assert form.value("wish") == "厨师"
    assert not button(seat, "act_send_form").reason


def test_a_letter_that_came_too_late_is_refused_and_stays(
    world: World, jobs: JobDesk, sit: Seats
) -> None:
    vacancy = jobs.vacancy(heads=1)
    seeker = jobs.seeker()
    seat = sit("li", "jobs", seeker)
    key(seat, "F9")
    key(seat, "F12")
    fill(seat, interview_on=jobs.today, interview_at="上午 9 点")
    jobs.hire(None, vacancy)
    send(seat)
    form = seat.page.pane.form
    assert form is not None
    assert seat.page.asking_now()
    assert form.value("interview_at") == "上午 9 点"
    assert not button(seat, "act_send_form").reason
    sent = {row.job_seeker_id for row in world.ask("li", referral_rows, ReferralQuery())}
    assert seeker not in sent
    assert any("岗位" in text for text in banners(seat)), "what stands against it"


def test_a_change_that_another_overtook_is_refused_and_stays(
    world: World, jobs: JobDesk, sit: Seats
) -> None:
    seeker = jobs.seeker()
    seat = sit("li", "jobs", seeker)
    choose(seat, "改登记")
    fill(seat, second_wish="面点师")
    opened = world.do("li", open_seeker_form, SeekerById(id=seeker))
    world.do("li", change_seeker, changed(opened, seeker=changed(opened.seeker, wish="保洁员")))
    send(seat)
    form = seat.page.pane.form
    assert form is not None
    assert form.value("second_wish") == "面点师"
    assert jobs.see(seeker).seeker.second_wish == ""


def test_an_id_number_tells_who_is_registered(jobs: JobDesk, sit: Seats) -> None:
    known = jobs.seeker(id_number=SEEKER, name="先示例")
    seat = sit("li", "jobs")
    press(seat, "act_new")
    fill(seat, id_number=SEEKER)
    form = seat.page.pane.form
    assert form is not None
    form.boxes["id_number"].editor.left.emit()
    seat.rest()
    assert button(seat, "act_send_form").reason == "已有登记"
    press(seat, "open_known")
    assert seat.page.seekers.view is not None
    assert seat.page.seekers.view.row.id == known


def test_another_id_number_takes_out_what_the_file_of_the_first_told(
    world: World, jobs: JobDesk, sit: Seats
) -> None:
    world.accept(intake(household("单示例", 2)))
    seat = sit("li", "jobs")
    press(seat, "act_new")
    form = seat.page.pane.form
    assert form is not None

    def look_up(number: str) -> None:
        fill(seat, id_number=number)
        form.boxes["id_number"].editor.left.emit()
        seat.rest()

    fill(seat, wish="厨师")
    look_up(id_number(2))
    assert form.value("name") == "单示例"
    look_up(SEEKER)
    assert (form.value("name"), form.value("wish")) == ("", "厨师")
    fill(seat, name="葛示例")
    send(seat)
    (row,) = world.ask("li", seeker_rows, SeekerQuery())
    assert (row.name, row.household_id, row.member_id) == ("葛示例", None, None)


def test_what_is_older_than_all_that_is_listed_is_shown_all_the_same(
    jobs: JobDesk, sit: Seats, monkeypatch: pytest.MonkeyPatch
) -> None:
    vacancy = jobs.vacancy(heads=9)
    old = jobs.seeker(name="先示例")
    letter = jobs.refer(old, vacancy)
    placed = jobs.found(jobs.seeker())
    recognition = jobs.applied(jobs.seeker())
    jobs.refer(None, vacancy)
    jobs.found(jobs.seeker())
    jobs.applied(jobs.seeker())
    seat = sit("li", "jobs")
    for name in ("seekers", "referrals", "placements", "recognitions"):
        monkeypatch.setattr(f"ui.pages.jobs.{name}.LIMIT", 1)
    page = seat.page
    for each, wanted in (
        (page.seekers, old),
        (page.referrals, letter.id),
        (page.placements, placed),
        (page.recognitions, recognition),
    ):
        page.turn_to(each.key, wanted)
        seat.rest()
        assert each.view is not None
        assert each.view.row.id == wanted
        newest = each.table.rows()[0].id
        assert [row.id for row in each.table.rows()] == [newest, wanted], "it stands last"
        for _time in range(2):
            key(seat, "F5")
            assert each.view.row.id == wanted, "it stays in sight"
            assert each.table.current() == each.view.row == each.table.rows()[1]
        each.table.select(0)
        seat.rest()
        assert each.view.row.id == newest
        key(seat, "F5")
        assert [row.id for row in each.table.rows()] == [newest], "it is not wanted any more"
        page.turn_to(each.key, wanted)
        seat.rest()
        each.standing.setCurrentIndex(0)
        each.refresh()
        seat.rest()
        assert wanted not in [row.id for row in each.table.rows()], "something narrows the list"
        each.widen()
    monkeypatch.setattr("ui.kit.worklist.LIMIT", 1)
    page.turn_to("seekers")
    seat.rest()
    assert page.seekers.table.foot_text() == "6 人（最多列出 1 条）"
    page.turn_to("placements")
    seat.rest()
    assert page.placements.table.foot_text().endswith("（最多列出 1 条）")


def test_matches_are_widened_compared_and_excluded(
    jobs: JobDesk, sit: Seats, picture: Picture
) -> None:
    seeker = jobs.seeker(districts=("南岗区",), shifts=(Shift.DAY,), wage_wish=Fen(300_000))
    near = [jobs.vacancy(), jobs.vacancy(occupation="面点师", wage_from=Fen(260_000))]
    far = jobs.vacancy(district="道里区")
    jobs.vacancy(shift=Shift.NIGHT)
    seat = sit("li", "jobs", seeker)
    key(seat, "F9")
    matches = seat.page.seekers.matches
    assert {each.vacancy.id for each in matches.table.rows()} == set(near)
    assert button(seat, "widen_distance").words() == f"放宽{Limit.DISTANCE.label} +1 个"
    press(seat, "widen_distance")
    assert far in {each.vacancy.id for each in matches.table.rows()}
    picture(seat.window, "jobs_widened")
    press(seat, "widen_distance")
    assert {each.vacancy.id for each in matches.table.rows()} == set(near)
    assert button(seat, "act_beside_1").reason, "nothing is checked yet"
    for at in range(2):
        matches.table.select(at)
        matches.table.flip_current()
    seat.rest()
    press(seat, "act_beside_1")
    assert matches.comparing()
    picture(seat.window, "jobs_compare")
    click_key(seat.page, Qt.Key.Key_Escape)
    assert not matches.comparing()
    seat.asking.reason_given = "本人去过，不愿去"
    matches.table.select(1)
    marked = matches.table.rows()[1].vacancy.id
    seat.rest()
    press(seat, "act_beside_0")
    assert [each.vacancy.id for each in matches.table.rows()] == [
        each for each in near if each != marked
    ]
    choose(seat, "已排除的岗位…")
    picture(seat.window, "jobs_excluded")
    send(seat)
    assert {each.vacancy.id for each in matches.table.rows()} == set(near)


def test_why_a_vacancy_is_no_match(jobs: JobDesk, sit: Seats, picture: Picture) -> None:
    seeker = jobs.seeker(limits=(Strain.STANDING,), shifts=(Shift.DAY,))
    jobs.vacancy(strains=(Strain.STANDING,), shift=Shift.NIGHT)
    seat = sit("li", "jobs", seeker)
    key(seat, "F9")
    assert seat.page.seekers.matches.table.rows() == []
    picture(seat.window, "jobs_no_match")
    choose(seat, "某岗位为什么没有匹配…")
    picture(seat.window, "jobs_why_not")
    says = told(seat.page.pane)
    assert Limit.HEALTH.label in says
    assert "久站" in says
    assert button(seat, "act_send_form").reason
    seat.page.close_pane()


@pytest.mark.parametrize("user", ["wang", "li"])
def test_the_eye_shows_what_the_trail_then_keeps(jobs: JobDesk, sit: Seats, user: str) -> None:
    seeker = jobs.seeker(phone="15400007777")
    seat = sit(user, "jobs", seeker)
    assert "154****7777" in told(seat.page.seekers.card)
    eye = seat.page.findChild(IconButton, "reveal_seeker")
    assert eye is not None
    eye.click()
    seat.rest()
    assert "15400007777" in told(seat.page.seekers.card)
    seat.page.turn_to("seekers", seeker)
    seat.rest()
    assert "154****7777" in told(seat.page.seekers.card), "masked again"


def test_somebody_at_work_is_found_and_sent_nowhere(
    jobs: JobDesk, sit: Seats, picture: Picture
) -> None:
    placement_id = jobs.hire()
    jobs.seeker(name="另一示例")
    seeker = jobs.see_placement(placement_id).row.job_seeker_id
    seat = sit("li", "jobs", seeker)
    assert seat.page.seekers.standing.currentText() == "全部", "looked for in the whole list"
    row = seat.page.seekers.table.current()
    assert row is not None
    assert row.id == seeker
    key(seat, "F9")
    picture(seat.window, "jobs_at_work")
    assert "现在不能推荐" in told(seat.page.seekers.matches)
    assert button(seat, "act_first").reason


def test_another_page_leads_to_one_seeker_again_and_again(jobs: JobDesk, sit: Seats) -> None:
    first, second = jobs.seeker(), jobs.seeker()
    seat = sit("li", "jobs")
    for wanted in (first, second):
        seat.window.go("workbench")
        seat.rest()
        seat.window.go("jobs", wanted)
        seat.rest()
        assert seat.page.seekers.view is not None
        assert seat.page.seekers.view.row.id == wanted


def test_keys_go_through_the_page(jobs: JobDesk, sit: Seats) -> None:
    first, second = jobs.seeker(), jobs.seeker(name="第二示例")
    jobs.vacancy()
    seat = sit("li", "jobs")
    page = seat.page
    at = page.seekers.table.view
    assert QApplication.focusWidget() is at
    assert page.seekers.view is not None
    assert page.seekers.view.row.id == second, "the newest first"
    click_key(at, Qt.Key.Key_J)
    seat.rest()
    assert page.seekers.view.row.id == first
    click_key(at, Qt.Key.Key_Return)
    seat.rest()
    assert page.places.deep
    assert QApplication.focusWidget() is page.seekers.matches.table.view
    click_key(page.seekers.matches.table.view, Qt.Key.Key_Return)
    seat.rest()
    assert page.asking_now(), "Enter on a match asks for the letter"
    click_key(page, Qt.Key.Key_Escape)
    seat.rest()
    assert not page.asking_now()
    click_key(page, Qt.Key.Key_Escape)
    seat.rest()
    assert not page.places.deep
    click_key(page.seekers.table.view, Qt.Key.Key_3)
    seat.rest()
    assert page.segments.value() == "follow_ups"


def test_a_recognition_is_applied_for_and_decided_by_another(
    world: World, jobs: JobDesk, sit: Seats, picture: Picture
) -> None:
    seeker = jobs.seeker()
    seat = sit("li", "jobs", seeker)
    choose(seat, "就业困难认定…")
    picture(seat.window, "jobs_recognition_form")
    fill(seat, note="凭失业登记证明，下周补交")
    send(seat)
    (row,) = world.ask("li", recognition_rows, RecognitionQuery())
    assert row.state is RecognitionState.APPLIED
    assert button(seat, "act_first").reason == "需要权限：审定就业困难认定和黑名单"
    zhao = sit("zhao", "jobs")
    zhao.page.turn_to("recognitions", row.id)
    zhao.rest()
    picture(zhao.window, "jobs_recognition")
    key(zhao, "F9")
    fill(zhao, opinion="材料齐全")
    send(zhao)
    (row,) = world.ask("li", recognition_rows, RecognitionQuery())
    assert row.state is RecognitionState.RECOGNISED


def hired(jobs: JobDesk, sit: Seats) -> Seat[JobsPage]:
    """Let somebody be hired by the page, and stay at it."""
    seeker = jobs.seeker()
    jobs.vacancy(heads=1)
    seat = sit("li", "jobs", seeker)
    key(seat, "F9")
    key(seat, "F12")
    send(seat)
    seat.window.go("jobs")
    seat.page.turn_to("referrals")
    seat.rest()
    key(seat, "F9")
    fill(seat, result=ReferralState.HIRED)
    fill(seat, started_on=jobs.today, wage=Fen(320_000))
    send(seat)
    return seat


def test_a_follow_up_that_is_due_is_entered(
    world: World, jobs: JobDesk, sit: Seats, picture: Picture
) -> None:
    seat = hired(jobs, sit)
    world.clock.instant += timedelta(days=40)
    seat.page.turn_to("follow_ups")
    seat.rest()
    picture(seat.window, "jobs_follow_ups")
    press(seat, "act_beside_1")
    assert "15400007777" in seat.page.banners.says(), "whom to call"
    picture(seat.window, "jobs_phones")
    key(seat, "F9")
    fill(seat, result=FollowUpResult.AT_WORK, wage=Fen(330_000))
    picture(seat.window, "jobs_follow_up_form")
    send(seat)
    assert placement(world).next_follow_up_month == 3


def test_proof_leaving_and_taking_back(world: World, jobs: JobDesk, sit: Seats) -> None:
    seat = hired(jobs, sit)
    seat.page.turn_to("placements")
    seat.rest()
    key(seat, "F9")
    fill(seat, proof=Proof.WAGE)
    fill(seat, proof_words="工资条 11 月")
    send(seat)
    assert placement(world).proof is Proof.WAGE
    assert seat.page.offers().first is None, "nothing is due now"
    key(seat, "F8")
    fill(seat, left_on=jobs.today, reason="试用期未过")
    send(seat)
    assert placement(world).state is PlacementState.LEFT
    seat.asking.reason_given = "登错人"
    seat.page.turn_to("placements", placement(world).id)
    seat.rest()
    choose(seat, "撤回安置…")
    assert placement(world).state is PlacementState.TAKEN_BACK


def test_a_placement_that_was_entered_wrongly_is_corrected(
    world: World, jobs: JobDesk, sit: Seats, picture: Picture
) -> None:
    placement_id = jobs.hire(wage=Fen(320_000), proof=Proof.INSURANCE, insured_from=jobs.today)
    seat = sit("li", "jobs", ("placements", placement_id))
    told = " ".join(label.text() for label in seat.page.placements.detail.findChildren(QLabel))
    assert "3,200.00 元" in told
    choose(seat, "更正安置…")
    form = seat.page.pane.form
    assert form is not None
    assert (form.value("wage"), form.value("day")) == (320_000, jobs.today)
    assert "retires_on" not in form.boxes, "of a public-welfare post alone"
    send(seat)
    assert form.boxes["reason"].red(), "it needs the reason"
    fill(seat, started_on=jobs.today - timedelta(days=400), wage=Fen(230_000), reason="看错工资")
    send(seat)
    assert form.boxes["started_on"].red()
    fill(seat, started_on=jobs.today + timedelta(days=3), proof=Proof.CONTRACT)
    fill(seat, proof_words="劳字 1")
    picture(seat.window, "jobs_correction")
    send(seat)
    row = placement(world)
    assert (row.started_on, row.wage) == (jobs.today + timedelta(days=3), 230_000)
    assert (row.proof, row.proof_words, row.insured_from) == (Proof.CONTRACT, "劳字 1", None)
    assert seat.page.placements.view is not None
    assert seat.page.placements.view.row == row, "what is in sight is the newest"


def test_work_found_without_a_letter(world: World, jobs: JobDesk, sit: Seats) -> None:
    seeker = jobs.seeker()
    seat = sit("li", "jobs", seeker)
    choose(seat, "登记自行就业…")
    fill(seat, employer_name="示例超市", occupation="理货员", started_on=jobs.today)
    send(seat)
    assert placement(world).employer == "示例超市"
    assert placement(world).employer_id is None


def test_work_at_an_employer_known_here(
    world: World, jobs: JobDesk, sit: Seats, picture: Picture
) -> None:
    seeker, employer = jobs.seeker(), jobs.employer(name="示例超市有限公司")
    seat = sit("li", "jobs", seeker)
    choose(seat, "登记自行就业…")
    picker = seat.page.findChild(EmployerPicker)
    assert picker is not None
    picker.line.setText("超市")
    picker.look()
    seat.rest()
    fill(seat, occupation="理货员", started_on=jobs.today)
    picture(seat.window, "jobs_found_work")
    send(seat)
    assert placement(world).employer_id == employer


def test_a_letter_is_voided_and_a_result_taken_back(
    world: World, jobs: JobDesk, sit: Seats
) -> None:
    seat = hired(jobs, sit)
    seat.asking.reason_given = "回执登错"
    seat.page.turn_to("referrals", referral(world).id)
    seat.rest()
    choose(seat, "撤回结果…")
    assert referral(world).state is ReferralState.ISSUED
    choose(seat, "作废推荐信…")
    assert referral(world).state is ReferralState.VOID


def test_a_slip_that_is_late_is_red(
    world: World, jobs: JobDesk, sit: Seats, picture: Picture
) -> None:
    seeker = jobs.seeker()
    jobs.vacancy()
    seat = sit("li", "jobs", seeker)
    key(seat, "F9")
    key(seat, "F12")
    send(seat)
    world.clock.instant += timedelta(days=12)
    late = sit("li", "jobs")
    late.page.turn_to("referrals")
    late.rest()
    picture(late.window, "jobs_late")
    assert late.page.referrals.table.texts()[0][0].startswith("超")
    assert "逾期" in late.page.bar().text()


def test_a_registration_is_changed_renewed_and_withdrawn(
    world: World, jobs: JobDesk, sit: Seats
) -> None:
    seeker = jobs.seeker()
    seat = sit("li", "jobs", seeker)
    choose(seat, "改登记")
    fill(seat, second_wish="面点师")
    send(seat)
    assert jobs.see(seeker).seeker.second_wish == "面点师"
    world.clock.instant += timedelta(days=200)
    seat.page.turn_to("seekers", seeker)
    seat.rest()
    assert jobs.see(seeker).row.expired
    choose(seat, "续期")
    assert not jobs.see(seeker).row.expired
    seat.asking.reason_given = "已去外地"
    choose(seat, "撤销登记…")
    assert jobs.see(seeker).row.state is SeekerState.WITHDRAWN


def test_a_registration_that_was_begun_goes_on(world: World, jobs: JobDesk, sit: Seats) -> None:
    seat = sit("li", "jobs")
    press(seat, "act_new")
    fill(seat, id_number=SEEKER, name="葛示例", wish="厨师", shifts=(Shift.DAY,))
    seat.window.go("workbench")
    seat.rest()
    (draft,) = world.ask("li", my_drafts)
    assert (draft.form, draft.title) == ("seeker", "葛示例")
    again = sit("li", "jobs", ("draft", draft.id))
    form = again.page.pane.form
    assert form is not None
    assert (form.value("wish"), form.value("shifts")) == ("厨师", (Shift.DAY,))
    send(again)
    assert world.ask("li", seeker_rows, SeekerQuery())[0].name == "葛示例"
    assert world.ask("li", my_drafts) == []


def test_a_registration_is_filled_from_the_household_file(
    world: World, jobs: JobDesk, sit: Seats, picture: Picture
) -> None:
    form = world.form()
    person, accepted = form.household.head, world.file(world.accept(form))
    seat = sit("li", "jobs")
    press(seat, "act_new")
    fill(seat, wish="厨师", id_number=person.id_number)
    pane = seat.page.pane.form
    assert pane is not None
    pane.boxes["id_number"].editor.left.emit()
    seat.rest()
    picture(seat.window, "jobs_known")
    assert (pane.value("name"), pane.value("wish")) == (person.name, "厨师")
    send(seat)
    (row,) = world.ask("li", seeker_rows, SeekerQuery())
    assert row.household_id == accepted.household_id
    jobs.found(row.id)
    seat.page.turn_to("reassess")
    seat.rest()
    picture(seat.window, "jobs_reassess")
    assert [each.household_id for each in seat.page.reassess.table.rows()] == [row.household_id]
    key(seat, "F9")
    here = seat.window.page()
    assert here is not None
    assert here.name == "household"


def test_a_late_slip_counts_as_hired_where_the_rules_say_so(
    world: World, jobs: JobDesk, sit: Seats, picture: Picture
) -> None:
    with presuming():
        for _number in range(2):
            jobs.refer()
        world.clock.instant += timedelta(days=12)
        seat = sit("li", "jobs")
        seat.page.turn_to("referrals")
        seat.rest()
        picture(seat.window, "jobs_presumable")
        assert seat.page.referrals.table.texts()[0][0].startswith("超")
        choose(seat, "推定全部 2 件可推定的…")
        rows = world.ask("li", placement_rows, PlacementQuery())
        assert {row.proof for row in rows} == {Proof.PRESUMED}
        seat.page.turn_to("referrals", rows[0].job_referral_id)
        seat.rest()
        key(seat, "F9")
        fill(seat, result=ReferralState.HIRED)
        fill(seat, started_on=jobs.today, proof=Proof.CONTRACT)
        fill(seat, proof_words="合同 0021")
        picture(seat.window, "jobs_slip_after_all")
        send(seat)
        view = seat.page.referrals.view
        assert view is not None
        assert view.row.state is ReferralState.HIRED, "the slip came after all"


def test_who_cannot_be_presumed_with_the_others_stays_and_is_named(
    jobs: JobDesk, sit: Seats, world: World, picture: Picture
) -> None:
    with presuming():
        twice = jobs.seeker()
        letters = [jobs.refer(twice), jobs.refer(twice), jobs.refer()]
        world.clock.instant += timedelta(days=12)
        seat = sit("li", "jobs")
        seat.page.turn_to("referrals")
        seat.rest()
        choose(seat, "推定全部 3 件可推定的…")
        says = seat.page.banners.says()
        assert letters[1].number in says
        assert "安2026-0001" in says, "where the person works by the other letter"
        picture(seat.window, "jobs_not_presumed")
        rows = world.ask("li", placement_rows, PlacementQuery())
        assert {row.job_referral_id for row in rows} == {letters[0].id, letters[2].id}
        assert [row.id for row in seat.page.referrals.table.rows()] == [letters[1].id]
        seat.page.turn_to("placements")
        seat.page.turn_to("referrals", letters[0].id)
        seat.rest()
        assert seat.page.banners.says() == "", "it was said of another"


LOOKS = [
    (theme.Scheme.LIGHT, 150, "150"),
    (theme.Scheme.DARK, 100, "dark"),
    (theme.Scheme.CONTRAST, 100, "contrast"),
]


@pytest.mark.parametrize(("scheme", "percent", "name"), LOOKS)
def test_the_page_in_other_looks(
    jobs: JobDesk,
    sit: Seats,
    picture: Picture,
    qapp: QApplication,
    scheme: theme.Scheme,
    percent: int,
    name: str,
) -> None:
    seeker = jobs.seeker(districts=("南岗区",), wage_wish=Fen(300_000))
    jobs.vacancy()
    jobs.vacancy(occupation="面点师", wage_from=Fen(260_000))
    jobs.vacancy(district="道里区")
    theme.use(qapp, scheme, percent)
    seat = sit("li", "jobs")
    seat.page.seekers.pick(seat.page.seekers.table.current())
    seat.rest()
    assert seat.page.seekers.view is not None
    assert seat.page.seekers.view.row.id == seeker
    picture(seat.window, f"jobs_list_{name}")
    seat.page.enter()
    seat.rest()
    picture(seat.window, f"jobs_card_{name}")
    key(seat, "F9")
    picture(seat.window, f"jobs_matches_{name}")
    assert seat.page.seekers.matches.table.rows()
    key(seat, "F12")
    picture(seat.window, f"jobs_letter_{name}")
    send(seat)
    seat.window.go("jobs")
    seat.page.turn_to("seekers")
    seat.rest()
    press(seat, "act_new")
    picture(seat.window, f"jobs_register_{name}")
    form = seat.page.pane.form
    assert form is not None
    for field in ("shifts", "limits", "union_member", "note"):
        form.focus(field)
        seat.rest()
        picture(seat.window, f"jobs_register_{field}_{name}")
    seat.page.close_pane()
    for each in ("referrals", "placements", "recognitions", "reassess"):
        seat.page.turn_to(each)
        seat.rest()
        picture(seat.window, f"jobs_{each}_{name}")
    assert seat.window.size().toTuple() == SMALL, "nothing asked for more room than there is"


@pytest.mark.parametrize("percent", [100, 150])
def test_nothing_is_cut_on_the_smallest_screen(
    jobs: JobDesk, sit: Seats, picture: Picture, percent: int
) -> None:
    theme.use(theme.application(), theme.Scheme.LIGHT, percent)
    jobs.hire()
    jobs.refer()
    seeker = jobs.seeker(
        skills="中式烹调师，会做面点、凉菜和家常菜，有健康证", limits=tuple(Strain)
    )
    jobs.applied(seeker)
    jobs.vacancy(strains=())
    seat = sit("li", "jobs", seeker)

    def fits() -> None:
        least = seat.window.minimumSizeHint()
        assert (least.width() <= SMALL[0], least.height() <= SMALL[1]) == (True, True)
        for area in seat.page.findChildren(QScrollArea):
            inside = area.widget()
            if area.isVisible() and inside is not None:
                assert inside.minimumSizeHint().width() <= area.viewport().width()

    fits()
    seat.page.enter()
    seat.rest()
    fits()
    key(seat, "F9")
    fits()
    picture(seat.window, f"jobs_strained_{percent}")
    key(seat, "F12")
    fits()
    for each in ("referrals", "follow_ups", "placements", "recognitions", "reassess"):
        seat.page.turn_to(each)
        seat.rest()
        fits()
        seat.page.enter()
        seat.rest()
        fits()
        picture(seat.window, f"jobs_fits_{each}_{percent}")
        if seat.page.bar().isVisible() and not button(seat, "act_first").reason:
            key(seat, "F9")
            fits()
            picture(seat.window, f"jobs_fits_{each}_form_{percent}")
    seat.page.turn_to("placements")
    seat.rest()
    choose(seat, "更正安置…")
    fits()
    picture(seat.window, f"jobs_fits_correction_{percent}")
