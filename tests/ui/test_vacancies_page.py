"""The page of employers and vacancies: papers, confirming many at once, who fits, the blacklist."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit, QWidget

from app.core.money import Fen
from app.core.record import Nothing
from app.core.words.papers import PaperKind
from app.core.words.placements import BarState, Shift, Strain, VacancyState
from app.drafts.queries import my_drafts
from app.papers.queries import paper_rows
from app.papers.records import PaperQuery
from app.placements.employer_queries import bar_rows, employer_rows
from app.placements.employer_records import BarQuery, EmployerQuery
from app.placements.match_queries import exclusion_rows
from app.placements.match_records import ExclusionQuery
from app.placements.referral_queries import referral_rows
from app.placements.referral_records import ReferralQuery
from app.placements.vacancy_queries import vacancy_rows
from app.placements.vacancy_records import VacancyQuery, VacancyRow
from tests.hiring import JobDesk, uscc
from tests.people import id_number
from tests.ui.conftest import SMALL, check_fits, click_key, type_text
from tests.ui.desks import Seat, Seats
from tests.world import World
from ui import theme
from ui.kit.buttons import Button
from ui.pages.vacancies import VacanciesPage
from ui.pages.vacancies.bars import Bars
from ui.pages.vacancies.employers import HIRED, PAPERS, Employers
from ui.pages.vacancies.vacancies import STALE
from ui.pages.vacancies.vacancy_detail import FACTS, MATCHES, SENT

Picture = Callable[[QWidget, str], object]


@pytest.fixture
def desk(world: World) -> JobDesk:
    return JobDesk(world)


def button(seat: Seat[VacanciesPage], name: str) -> Button:
    found = seat.page.findChild(Button, name)
    assert found is not None
    return found


def press(seat: Seat[VacanciesPage], name: str) -> None:
    button(seat, name).click()
    seat.rest()


def key(seat: Seat[VacanciesPage], name: str) -> None:
    assert not seat.window.offers()[name].reason
    seat.window.press(name)
    seat.rest()


def fill(seat: Seat[VacanciesPage], **values: object) -> None:
    """Fill the form in the pane."""
    form = seat.page.pane.form
    assert form is not None
    for name, value in values.items():
        form.set_value(name, value)
    form.edited.emit()
    seat.rest()


def turn(seat: Seat[VacanciesPage], part: str) -> None:
    seat.page.turn_to(part)
    seat.rest()


def choose(seat: Seat[VacanciesPage], words: str) -> None:
    """Choose an entry of the menu of what is done now and then."""
    entry = next(each for each in seat.page.more().actions() if each.text() == words)
    assert entry.isEnabled()
    entry.trigger()
    seat.rest()


def vacancies(world: World, query: VacancyQuery | None = None) -> list[VacancyRow]:
    return world.ask("li", vacancy_rows, query or VacancyQuery())


def said(widget: QWidget) -> str:
    return "\n".join(label.text() for label in widget.findChildren(QLabel))


def busy(desk: JobDesk) -> list[int]:
    """Let there be vacancies that are fresh, stale and filled up, seekers, a letter that is out
    and somebody barred; return the fresh ones."""
    old = desk.employer(name="示例制衣厂")
    desk.vacancy(old, occupation="缝纫工", strains=(Strain.STANDING,), shift=Shift.ROTATING)
    desk.vacancy(old, occupation="裁剪工", wage_from=Fen(320_000), wage_to=Fen(380_000))
    desk.pass_to(desk.today + timedelta(days=40))
    fresh = desk.vacancy(occupation="厨师", wage_from=Fen(300_000), wage_to=Fen(360_000))
    other = desk.vacancy(occupation="保洁员", district="道里区", wage_from=Fen(220_000))
    for number, name in enumerate(("葛示例", "袁示例", "邓示例", "许示例")):
        desk.seeker(
            name=name,
            wish=("厨师", "保洁员", "收银员", "面点师")[number],
            shifts=(Shift.DAY,) if number % 2 else tuple(Shift),
            districts=("南岗区",) if number == 2 else (),
        )
    desk.refer(desk.seeker(name="傅示例"), fresh)
    bad = desk.employer(name="示例中介所", licence_seen_on=None)
    desk.barred(bad)
    return [fresh, other]


def test_an_employer_and_its_vacancy_by_nothing_but_the_page(
    world: World, sit: Seats, picture: Picture
) -> None:
    seat = sit("li", "vacancies")
    picture(seat.window, "vacancies_empty")
    assert seat.window.focusWidget() is seat.page.vacancies.text
    turn(seat, Employers.key)
    press(seat, "act_new")
    fill(
        seat,
        uscc=uscc(7),
        name="示例餐饮有限公司",
        district="南岗区",
        contact="孙示例",
        phone="15400008888",
        handler="吴示例",
        handler_id_number=id_number(61, "19820406"),
        licence_seen_on=world.clock.today(),
    )
    picture(seat.window, "employer_new")
    press(seat, "act_send_form")
    (employer,) = world.ask("li", employer_rows, EmployerQuery())
    assert employer.missing, "the letter was not seen yet"
    assert button(seat, "act_first").reason.startswith("还缺")
    press(seat, "act_beside_1")
    fill(seat, letter_seen_on=world.clock.today())
    press(seat, "act_send_form")
    picture(seat.window, "employer_papers")
    key(seat, "F9")
    fill(seat, occupation="厨师", heads=2, wage_from=Fen(200_000), district="南岗区")
    assert "低于最低工资" in said(seat.page.pane)
    fill(seat, wage_from=Fen(300_000))
    assert "低于最低工资" not in said(seat.page.pane)
    picture(seat.window, "vacancy_new")
    press(seat, "act_send_form")
    (row,) = vacancies(world)
    assert (row.occupation, row.heads, row.employer) == ("厨师", 2, "示例餐饮有限公司")
    assert seat.page.worklist() is seat.page.vacancies
    assert seat.page.vacancies.view is not None
    assert seat.page.vacancies.view.row.id == row.id
    picture(seat.window, "vacancy_taken_in")


def test_what_is_typed_is_kept_and_gone_on_with(world: World, desk: JobDesk, sit: Seats) -> None:
    desk.employer(name="示例餐饮一店")
    seat = sit("li", "vacancies")
    press(seat, "act_new")
    line = seat.window.focusWidget()
    assert isinstance(line, QLineEdit)
    type_text(line, "餐饮")
    fill(seat, occupation="面点师", wage_from=Fen(350_000))
    seat.page.before_leaving()
    turn(seat, Employers.key)
    press(seat, "act_new")
    fill(seat, name="示例服装有限公司")
    seat.window.go("workbench")
    seat.rest()
    drafts = {row.title: row for row in world.ask("li", my_drafts, Nothing())}
    assert set(drafts) == {"面点师", "示例服装有限公司"}
    again = sit("li", "vacancies", ("draft", drafts["示例服装有限公司"].id))
    form = again.page.pane.form
    assert form is not None
    assert form.value("name") == "示例服装有限公司"
    again.window.go("vacancies", ("draft", drafts["面点师"].id))
    again.rest()
    form = again.page.pane.form
    assert form is not None
    assert form.value("wage_from") == 350_000
    press(again, "act_send_form")
    (row,) = vacancies(world)
    assert (row.occupation, row.employer) == ("面点师", "示例餐饮一店")
    left = [each.title for each in world.ask("li", my_drafts, Nothing())]
    assert left == ["示例服装有限公司"]


def test_a_draft_is_kept_before_it_has_a_name(world: World, desk: JobDesk, sit: Seats) -> None:
    desk.employer(name="示例餐饮一店")
    seat = sit("li", "vacancies")
    press(seat, "act_new")
    fill(seat, wage_from=Fen(350_000))
    seat.page.before_leaving()
    seat.rest()
    (draft,) = world.ask("li", my_drafts, Nothing())
    assert draft.title == "还没有名称"
    assert not seat.page.banners.findChildren(QLabel)


def test_a_refusal_keeps_what_was_typed(world: World, desk: JobDesk, sit: Seats) -> None:
    desk.employer(uscc=uscc(1), name="示例餐饮一店")
    seat = sit("li", "vacancies")
    turn(seat, Employers.key)
    press(seat, "act_new")
    fill(seat, uscc=uscc(1), name="再登记一次")
    press(seat, "act_send_form")
    assert len(world.ask("li", employer_rows, EmployerQuery())) == 1
    form = seat.page.pane.form
    assert form is not None
    assert form.value("name") == "再登记一次"
    assert seat.page.asking_now()
    fill(seat, uscc="91239081MA0000000X")
    press(seat, "act_send_form")
    assert form.boxes["uscc"].red()
    assert form.value("name") == "再登记一次"


def test_a_limit_without_its_ground_is_told_at_the_field(
    world: World, desk: JobDesk, sit: Seats, picture: Picture
) -> None:
    desk.employer(name="示例餐饮一店")
    seat = sit("li", "vacancies")
    press(seat, "act_new")
    picker = seat.page.findChild(QWidget, "pick_employer")
    assert seat.window.focusWidget() is picker
    fill(seat, occupation="服务员", wage_from=Fen(260_000), age_to=45)
    press(seat, "act_send_form")
    form = seat.page.pane.form
    assert form is not None
    assert not vacancies(world), "no employer was picked"
    picker_line = seat.page.findChild(QWidget, "pick_employer")
    assert picker_line is not None
    picker_line.setProperty("text", "餐饮")
    click_key(picker_line, Qt.Key.Key_Return)
    seat.rest()
    press(seat, "act_send_form")
    picture(seat.window, "vacancy_limit")
    assert not form.boxes["limit_ground"].isHidden()
    assert form.boxes["limit_ground"].red()
    fill(seat, age_to=None)
    press(seat, "act_send_form")
    assert [row.occupation for row in vacancies(world)] == ["服务员"]


def test_stale_vacancies_are_grey_and_confirmed_at_once(
    world: World, desk: JobDesk, sit: Seats, picture: Picture
) -> None:
    busy(desk)
    seat = sit("li", "vacancies")
    picture(seat.window, "vacancies")
    table = seat.page.vacancies.table
    stale = [row for row in table.rows() if row.stale]
    assert len(stale) == 2
    at = table.rows().index(stale[0])
    assert table.model.at(at, 0).tone == "text_soft"
    assert table.model.at(at, 3).text == "待确认"
    seat.page.vacancies.choose(STALE)
    seat.rest()
    table.view.setFocus()
    table.select(0)
    click_key(table.view, Qt.Key.Key_Space)
    table.select(1)
    click_key(table.view, Qt.Key.Key_Space)
    seat.rest()
    picture(seat.window, "vacancies_marked")
    key(seat, "F9")
    assert not vacancies(world, VacancyQuery(stale=True, states=(VacancyState.OPEN,)))
    assert table.rows() == []


def test_one_stale_vacancy_is_confirmed_by_one_key(world: World, desk: JobDesk, sit: Seats) -> None:
    vacancy = desk.vacancy()
    desk.pass_to(desk.today + timedelta(days=40))
    seat = sit("li", "vacancies", vacancy)
    assert button(seat, "act_first").words() == "确认仍在招"
    press(seat, "act_beside_0")
    assert "15400008888" in seat.page.banners.says(), "whom to call"
    key(seat, "F9")
    (row,) = vacancies(world)
    assert not row.stale
    assert button(seat, "act_first").key == "F12"


def test_who_fits_gets_a_letter(world: World, desk: JobDesk, sit: Seats, picture: Picture) -> None:
    fresh, _other = busy(desk)
    seat = sit("li", "vacancies", fresh)
    matches = seat.page.vacancies.detail.matches
    assert matches.table.rows()
    best = matches.table.rows()[0]
    assert best.seeker.wishes == ("厨师",)
    marks = {mark.text: mark.sign for mark in matches.table.model.at(0, 2).marks}
    assert marks["工种"] == "✔"
    picture(seat.window, "vacancy_matches")
    key(seat, "F12")
    fill(seat, interview_on=world.clock.today() + timedelta(days=1), interview_at="上午九点")
    picture(seat.window, "vacancy_letter")
    press(seat, "act_send_form")
    sent = world.ask("li", referral_rows, ReferralQuery(vacancy_id=fresh))
    assert {row.name for row in sent} == {"傅示例", "葛示例"}
    kinds = {row.kind for row in world.ask("li", paper_rows, PaperQuery())}
    assert PaperKind.REFERRAL_LETTER in kinds
    again = sit("li", "vacancies", fresh)
    names = [row.seeker.name for row in again.page.vacancies.detail.matches.table.rows()]
    assert "葛示例" not in names
    again.page.vacancies.detail.choose(SENT)
    again.rest()
    picture(again.window, "vacancy_sent")
    again.page.vacancies.detail.choose(FACTS)
    again.rest()
    picture(again.window, "vacancy_facts")


def test_from_list_to_letter_and_back_by_keys_alone(desk: JobDesk, sit: Seats) -> None:
    fresh, _other = busy(desk)
    seat = sit("li", "vacancies")
    table, matches = seat.page.vacancies.table, seat.page.vacancies.detail.matches.table
    assert seat.window.focusWidget() is table.view
    click_key(table.view, Qt.Key.Key_J)
    seat.rest()
    assert seat.page.vacancies.view is not None
    assert seat.page.vacancies.view.row.id == fresh
    click_key(table.view, Qt.Key.Key_Return)
    assert seat.window.focusWidget() is matches.view
    click_key(matches.view, Qt.Key.Key_Return)
    seat.rest()
    assert seat.page.asking_now()
    focused = seat.window.focusWidget()
    assert focused is not None
    click_key(focused, Qt.Key.Key_Escape)
    assert not seat.page.asking_now()
    assert seat.window.focusWidget() is table.view
    click_key(table.view, Qt.Key.Key_2)
    seat.rest()
    assert seat.page.worklist() is seat.page.employers
    assert seat.window.focusWidget() is seat.page.employers.table.view


def test_a_pair_is_excluded_with_its_reason(world: World, desk: JobDesk, sit: Seats) -> None:
    fresh, _other = busy(desk)
    seat = sit("li", "vacancies", fresh)
    matches = seat.page.vacancies.detail.matches
    who = matches.table.rows()[0].seeker.name
    seat.asking.reason_given = "本人不愿去"
    press(seat, "act_beside_0")
    (row,) = world.ask("li", exclusion_rows, ExclusionQuery())
    assert row.name == who
    assert who not in [each.seeker.name for each in matches.table.rows()]
    choose(seat, "已排除的求职者…")
    press(seat, "act_send_form")
    assert who in [each.seeker.name for each in matches.table.rows()]


def test_nobody_fits_says_what_could_be_widened(
    desk: JobDesk, sit: Seats, picture: Picture
) -> None:
    vacancy = desk.vacancy(district="道里区")
    desk.seeker(districts=("南岗区",))
    seat = sit("li", "vacancies", vacancy)
    matches = seat.page.vacancies.detail.matches
    assert not matches.table.rows()
    picture(seat.window, "vacancy_nobody")
    widen = next(
        each for each in matches.findChildren(Button) if each.words().startswith("放宽距离 +1")
    )
    widen.click()
    seat.rest()
    assert len(matches.table.rows()) == 1
    picture(seat.window, "vacancy_widened")


def test_a_vacancy_is_withdrawn_and_opened_again(world: World, desk: JobDesk, sit: Seats) -> None:
    vacancy = desk.vacancy()
    seat = sit("li", "vacancies", vacancy)
    seat.asking.reason_given = "已自行招到"
    choose(seat, "撤回岗位…")
    assert vacancies(world)[0].state is VacancyState.WITHDRAWN
    assert not seat.page.vacancies.table.rows(), "only what is hiring is listed"
    seat.page.open(vacancy)
    seat.rest()
    assert "已自行招到" in said(seat.page.vacancies.detail)
    key(seat, "F9")
    press(seat, "act_send_form")
    assert vacancies(world)[0].state is VacancyState.OPEN


def test_a_vacancy_is_changed_and_its_form_printed(world: World, desk: JobDesk, sit: Seats) -> None:
    vacancy = desk.vacancy()
    seat = sit("li", "vacancies", vacancy)
    press(seat, "act_beside_1")
    fill(seat, heads=5)
    press(seat, "act_send_form")
    assert vacancies(world)[0].heads == 5
    choose(seat, "打印招聘登记表")
    (paper,) = world.ask("li", paper_rows, PaperQuery())
    assert paper.kind is PaperKind.VACANCY_FORM


def test_the_card_of_an_employer_shows_all_that_came_of_it(
    desk: JobDesk, sit: Seats, picture: Picture
) -> None:
    employer = desk.employer(name="示例餐饮一店")
    vacancy = desk.vacancy(employer)
    desk.refer(None, vacancy)
    seat = sit("zhao", "vacancies", (Employers.key, employer))
    detail = seat.page.employers.detail
    assert len(detail.vacancies.rows()) == 1
    assert len(detail.sent.rows()) == 1
    picture(seat.window, "employer_card")
    choose(seat, "显示证件号码和电话")
    assert detail.part() == PAPERS
    assert "15400008888" in said(detail)
    picture(seat.window, "employer_private")
    detail.choose(HIRED)
    seat.rest()
    detail.vacancies.opened.emit(detail.vacancies.rows()[0])
    seat.rest()
    assert seat.page.worklist() is seat.page.vacancies
    detail.sent.opened.emit(detail.sent.rows()[0])
    seat.rest()
    here = seat.window.page()
    assert here is not None
    assert here.name == "jobs"


def test_the_blacklist_takes_two_people(
    world: World, desk: JobDesk, sit: Seats, picture: Picture
) -> None:
    employer = desk.employer(name="示例中介所")
    seat = sit("li", "vacancies", (Employers.key, employer))
    choose(seat, "列入黑名单…")
    fill(seat, reason="向求职者收取押金")
    picture(seat.window, "bar_new")
    press(seat, "act_send_form")
    (bar,) = world.ask("li", bar_rows, BarQuery())
    assert bar.state is BarState.IN_FORCE
    assert button(seat, "act_first").reason == "单位在黑名单中"
    seat.page.see_bar(bar.id)
    seat.rest()
    assert button(seat, "act_first").reason == "由您列入，须由另一人移出"
    press(seat, "act_beside_0")
    fill(seat, objection="押金已退还")
    press(seat, "act_send_form")
    (bar,) = world.ask("li", bar_rows, BarQuery())
    assert bar.unanswered
    zhao = sit("zhao", "vacancies", (Bars.key, bar.id))
    picture(zhao.window, "bar_objection")
    press(zhao, "act_beside_0")
    fill(zhao, opinion="押金未全部退还")
    press(zhao, "act_send_form")
    (bar,) = world.ask("li", bar_rows, BarQuery())
    assert not bar.unanswered
    assert bar.state is BarState.IN_FORCE
    zhao.page.see_bar(bar.id)
    zhao.rest()
    key(zhao, "F9")
    fill(zhao, opinion="已全部退还并书面保证")
    press(zhao, "act_send_form")
    (bar,) = world.ask("li", bar_rows, BarQuery())
    assert bar.state is BarState.LIFTED


def test_what_is_older_than_all_that_is_listed_stays_in_sight(
    desk: JobDesk, sit: Seats, monkeypatch: pytest.MonkeyPatch
) -> None:
    employer = desk.employer()
    old = desk.vacancy(employer)
    newest = desk.vacancy()
    seat = sit("li", "vacancies")
    for name in ("vacancies", "employers"):
        monkeypatch.setattr(f"ui.pages.vacancies.{name}.LIMIT", 1)
    for each, wanted in ((seat.page.vacancies, old), (seat.page.employers, employer)):
        seat.page.turn_to(each.key, wanted)
        seat.rest()
        for _time in range(2):
            seat.window.press("F5")
            seat.rest()
            assert each.view is not None
            assert each.view.row.id == wanted
            assert each.table.current() == each.table.rows()[-1] == each.view.row
            assert len(each.table.rows()) == 2
    assert seat.page.vacancies.table.rows()[0].id == newest
    each.table.select(0)
    seat.rest()
    seat.window.press("F5")
    seat.rest()
    assert wanted not in [row.id for row in each.table.rows()], "it is not wanted any more"


def test_a_caseworker_looks_on(desk: JobDesk, sit: Seats) -> None:
    fresh, _other = busy(desk)
    seat = sit("wang", "vacancies", fresh)
    assert button(seat, "act_new").reason
    assert button(seat, "act_first").reason
    assert seat.page.vacancies.detail.matches.table.rows()


@pytest.mark.parametrize(
    ("scheme", "percent", "name"),
    [
        (theme.Scheme.LIGHT, 150, "150"),
        (theme.Scheme.DARK, 100, "dark"),
        (theme.Scheme.CONTRAST, 100, "contrast"),
    ],
)
def test_the_page_in_other_looks(
    desk: JobDesk,
    sit: Seats,
    picture: Picture,
    qapp: QApplication,
    scheme: theme.Scheme,
    percent: int,
    name: str,
) -> None:
    fresh, _other = busy(desk)
    theme.use(qapp, scheme, percent)
    seat = sit("li", "vacancies")
    picture(seat.window, f"vacancies_list_{name}")
    seat.page.enter()
    seat.rest()
    picture(seat.window, f"vacancy_warned_{name}")
    if percent > 100:
        assert any(act.text() == "放宽距离 +1 人" for act in seat.page.more().actions())
    seat.page.see_vacancy(fresh)
    seat.rest()
    picture(seat.window, f"vacancies_{name}")
    key(seat, "F12")
    picture(seat.window, f"vacancy_letter_{name}")
    seat.page.close_pane()
    press(seat, "act_beside_1")
    picture(seat.window, f"vacancy_change_{name}")
    seat.page.close_pane()
    turn(seat, Employers.key)
    picture(seat.window, f"employers_list_{name}")
    seat.page.enter()
    seat.rest()
    picture(seat.window, f"employers_{name}")
    turn(seat, Bars.key)
    seat.page.enter()
    seat.rest()
    picture(seat.window, f"bars_{name}")
    assert (seat.window.width(), seat.window.height()) == SMALL, "nothing pushed the window"


@pytest.mark.parametrize("percent", [100, 150])
def test_nothing_is_cut_on_the_smallest_screen(
    desk: JobDesk, sit: Seats, picture: Picture, qapp: QApplication, percent: int
) -> None:
    fresh, _other = busy(desk)
    theme.use(qapp, theme.Scheme.LIGHT, percent)
    seat = sit("li", "vacancies")
    stale = next(row.id for row in seat.page.vacancies.table.rows() if row.stale)
    for vacancy in (stale, fresh):
        seat.page.see_vacancy(vacancy)
        for part in (MATCHES, FACTS, SENT):
            seat.page.vacancies.detail.choose(part)
            seat.rest()
            check_fits(seat.window)
    press(seat, "act_new")
    form = seat.page.pane.form
    assert form is not None
    for field in ("strains", "wage_from", "sex", "conditions"):
        form.focus(field)
        seat.rest()
        check_fits(seat.window)
        picture(seat.window, f"vacancy_form_{field}_{percent}")
    for part in (Employers.key, Bars.key):
        turn(seat, part)
        check_fits(seat.window)
        seat.page.enter()
        seat.rest()
        check_fits(seat.window)
    turn(seat, Employers.key)
    press(seat, "act_new")
    check_fits(seat.window)
