"""The household file: one next step for each person, numbers masked, the certificate; the cases."""

from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPlainTextEdit, QWidget

from app.audit.queries import audit_rows
from app.audit.records import AuditQuery
from app.cases.queries import case_view
from app.cases.records import Accepted, CaseById, CaseView
from app.core.words.cases import CaseState
from app.core.words.disbursements import AwardState, Decision
from app.core.words.households import FileState
from app.core.words.papers import PaperKind
from app.disbursements.queries import award_rows
from app.disbursements.records import AwardQuery
from app.households.queries import household_view
from app.households.records import ById
from app.papers.queries import paper_rows
from app.papers.records import PaperQuery
from tests.hiring import JobDesk
from tests.ui.conftest import click_key, type_text
from tests.ui.desks import Seat, Seats
from tests.world import World
from ui import theme
from ui.kit.buttons import Button
from ui.pages.cases import CasesPage
from ui.pages.household import HouseholdPage
from ui.pages.household.stages import newest, stages


def household(sit: Seats, user: str, accepted: Accepted) -> Seat[HouseholdPage]:
    seat = sit(user, "household", accepted.household_id)
    seat.rest()
    return seat


def went(seat: Seat[Any]) -> list[tuple[str, object]]:
    """Catch where the page wants to go instead of going there."""
    caught: list[tuple[str, object]] = []

    def catch(name: str, what: object) -> None:
        caught.append((name, what))

    seat.page.go.disconnect()
    seat.page.go.connect(catch)
    return caught


def button(seat: Seat[Any], name: str) -> Button:
    found = seat.page.findChild(Button, name)
    assert found is not None, name
    return found


def opinion(seat: Seat[HouseholdPage], text: str) -> None:
    area = seat.page.case_card.findChild(QPlainTextEdit)
    assert area is not None
    area.setFocus()
    type_text(area, text)


def press(seat: Seat[Any], name: str) -> None:
    button(seat, name).click()
    seat.rest()
    seat.rest()


def case_of(world: World, accepted: Accepted) -> CaseView:
    return world.ask("zhao", case_view, CaseById(id=accepted.case_id))


def texts(seat: Seat[Any], widget: QWidget | None = None) -> str:
    """Return all words in sight on a part of the page."""
    shown = [each for each in (widget or seat.page).findChildren(QWidget) if each.isVisible()]
    return " ".join(str(each.property("text") or "") for each in shown)


# The next step


def test_a_supervisor_puts_a_household_on_file(world: World, sit: Seats) -> None:
    accepted = world.accept()
    seat = household(sit, "zhao", accepted)
    assert "认定为深度困难" in texts(seat, seat.page.case_card)
    assert button(seat, "act_file_case").words() == "建档"
    opinion(seat, "情况属实")
    click_key(seat.window, Qt.Key.Key_F9)
    seat.rest()
    seat.rest()
    case = case_of(world, accepted)
    assert (case.row.state, case.opinion) == (CaseState.FILED, "情况属实")
    assert "第00001号" in texts(seat)
    assert not button(seat, "act_return_case").isVisible()


def test_whoever_decides_can_write_the_opinion_at_once(world: World, sit: Seats) -> None:
    first, second = world.accept(), world.accept()
    seat = household(sit, "zhao", first)
    for accepted in (first, second):
        seat.window.go("household", accepted.household_id)
        for _each in range(3):
            seat.rest()
        assert seat.page.case_card.opinion.first().hasFocus()


def test_what_cannot_be_classified_is_not_filed_and_the_reason_said(
    world: World, sit: Seats
) -> None:
    for _skipped in range(2):
        world.form()
    accepted = world.accept()  # the third cannot be told
    seat = household(sit, "zhao", accepted)
    told: list[str] = []

    def say(_tone: str, title: str, text: str) -> None:
        told.append(title + text)

    seat.desk.feedback.banner.connect(say)
    press(seat, "act_file_case")
    assert told
    assert told[0].startswith("不能建档")
    assert case_of(world, accepted).row.state is CaseState.ACCEPTED


def test_sending_back_needs_the_reason_and_comes_back_mended(world: World, sit: Seats) -> None:
    accepted = world.accept()
    seat = household(sit, "zhao", accepted)
    press(seat, "act_return_case")
    message = seat.page.case_card.opinion.boxes["opinion"].message.text()
    assert message == "请写明理由，申请人会看到"
    opinion(seat, "缺收入证明")
    press(seat, "act_return_case")
    assert case_of(world, accepted).row.state is CaseState.RETURNED
    own = household(sit, "wang", accepted)
    assert "缺收入证明" in own.page.bar().text()
    opinion(own, "已补收入证明")
    press(own, "act_resubmit_case")
    case = case_of(world, accepted)
    assert (case.row.state, case.note) == (CaseState.ACCEPTED, "已补收入证明")
    verbs = [row.verb for row in world.ask("zhou", audit_rows, AuditQuery())]
    assert verbs[:2] == ["cases.resubmit_case", "cases.return_case"]


def test_refusing_asks_first_and_frees_the_people(world: World, sit: Seats) -> None:
    accepted = world.accept()
    seat = household(sit, "zhao", accepted)
    opinion(seat, "收入超过标准")
    press(seat, "act_refuse_case")
    assert seat.asking.asked[0].startswith("不予建档：")
    view = world.ask("zhao", household_view, ById(id=accepted.household_id))
    assert view.file_state is FileState.REFUSED


def test_the_caseworker_waits_then_proposes(world: World, sit: Seats) -> None:
    accepted = world.accept()
    seat = household(sit, "wang", accepted)
    assert "等主管审核建档" in seat.page.bar().text()
    assert "F9" not in seat.page.f_keys
    world.file(accepted)
    seat.page.reload()
    seat.rest()
    seat.rest()
    caught = went(seat)
    click_key(seat.window, Qt.Key.Key_F9)
    click_key(seat.window, Qt.Key.Key_F7)
    button(seat, "act_change_household").click()
    assert caught == [
        ("award", accepted.case_id),
        ("assessment", accepted.household_id),
        ("intake", ("change", accepted.household_id)),
    ]


def test_a_supervisor_cannot_change_what_was_typed(world: World, sit: Seats) -> None:
    seat = household(sit, "zhao", world.accept())
    assert button(seat, "act_change_household").reason.startswith("需要权限")


# Private numbers


def test_numbers_are_masked_until_revealed_and_masked_again(world: World, sit: Seats) -> None:
    form = world.form()
    number = form.household.head.id_number
    accepted = world.accept(form)
    seat = household(sit, "wang", accepted)
    assert number not in texts(seat)
    press(seat, "act_reveal")
    assert number in texts(seat, seat.page.particulars)
    model = seat.page.family.table.model
    shown = [model.at(row, 1).second for row in range(len(model.rows))]
    assert shown == [number, *(member.id_number for member in form.household.members)]
    verbs = [row.verb for row in world.ask("zhou", audit_rows, AuditQuery())]
    assert "households.reveal" in verbs
    press(seat, "act_reveal")
    assert number not in texts(seat), "the same button hides them again"
    press(seat, "act_reveal")
    seat.page.before_leaving()
    assert number not in texts(seat)


# Tabs


def test_only_who_may_reads_the_trail(world: World, sit: Seats) -> None:
    accepted = world.file()
    assert household(sit, "wang", accepted).page.tabs.count() == 5
    seat = household(sit, "zhou", accepted)
    assert seat.page.tabs.count() == 6
    acts = [row.verb for row in seat.page.trail.rows()]
    assert acts == ["cases.file_case", "cases.accept_case"]


def test_a_certificate_is_issued_from_the_file(world: World, sit: Seats) -> None:
    accepted = world.accept()
    seat = household(sit, "wang", accepted)
    assert "在档以后" in button(seat, "act_issue_certificate").reason
    world.file(accepted)
    seat.page.reload()
    seat.rest()
    caught = went(seat)
    seat.page.tabs.setCurrentIndex(3)
    press(seat, "act_issue_certificate")
    form = seat.page.papers.certificate.form
    assert form.boxes["purpose"].red()
    form.set_value("purpose", "子女就学费用减免")
    press(seat, "act_issue_certificate")
    papers = world.ask("wang", paper_rows, PaperQuery(household_id=accepted.household_id))
    assert caught == [("papers", papers[0].id)]


def test_relief_and_applications_stand_in_lists(world: World, sit: Seats) -> None:
    accepted = world.file()
    world.propose(accepted, fen=80_000)
    seat = household(sit, "wang", accepted)
    assert seat.page.relief.awards.texts()[0][1:4] == ("生活救助", "800.00", "等主管审批")
    assert len(seat.page.relief.cases.rows()) == 1
    caught = went(seat)
    seat.page.relief.awards.opened.emit(seat.page.relief.awards.rows()[0])
    assert caught == [("award", accepted.case_id)]


# Stages


def test_loans_and_work_of_the_household_lead_to_their_boards(world: World, sit: Seats) -> None:
    jobs, form = JobDesk(world), world.form()
    head, accepted = form.household.head, world.file(world.accept(form))
    seat = sit("wang", "household", accepted.household_id)
    assert seat.page.boards.isHidden(), "nobody of the household is at a board yet"
    seeker_id = jobs.seeker(id_number=head.id_number, name=head.name)
    placement_id = jobs.hire(seeker_id)
    seat = sit("wang", "household", accepted.household_id)
    rows = seat.page.boards.table.rows()
    assert [(row.page, row.what) for row in rows] == [
        ("jobs", seeker_id),
        ("jobs", ("placements", placement_id)),
    ]
    assert [row.state for row in rows] == ["已就业", "在岗"]


def test_a_decided_award_has_its_approval_form(world: World, sit: Seats) -> None:
    accepted = world.file()
    world.propose(accepted, fen=10_000)
    decided = world.propose(accepted, fen=20_000)
    world.decide(decided)
    seat = household(sit, "wang", accepted)
    form = button(seat, "act_approval_form")
    assert "F12" not in seat.page.f_keys
    seat.page.tabs.setCurrentIndex(2)
    assert seat.page.relief.awards.select_where(lambda row: row.state is AwardState.PROPOSED)
    assert seat.page.f_keys["F12"].reason == form.reason == "请选一笔已经审批的救助"
    assert seat.page.relief.awards.select_where(lambda row: row.id == decided)
    gone = went(seat)
    seat.window.press("F12")
    seat.rest()
    seat.rest()
    seat.window.press("F12")
    seat.rest()
    papers = world.ask("wang", paper_rows, PaperQuery(kind=PaperKind.APPROVAL_FORM))
    assert [paper.title for paper in papers] == [
        world.ask("wang", household_view, ById(id=accepted.household_id)).name
    ]
    assert gone == [("papers", papers[0].id)] * 2
    seat.page.tabs.setCurrentIndex(0)
    assert "F12" not in seat.page.f_keys
    auditor = household(sit, "zhou", accepted)
    assert auditor.page.relief.form.reason.startswith("需要权限")


def test_the_ribbon_follows_the_matter_to_its_payment(world: World) -> None:
    def states() -> list[str]:
        rows = world.ask("wang", award_rows, AwardQuery())
        case = case_of(world, accepted).row
        return [stage.state for stage in stages(case, newest(rows, case))]

    accepted = world.accept()
    assert states() == ["done", "now", "next", "next", "next", "next"]
    world.file(accepted)
    assert states() == ["done", "done", "now", "next", "next", "next"]
    award = world.propose(accepted)
    assert states() == ["done", "done", "done", "done", "now", "next"]
    world.decide(award)
    assert states() == ["done", "done", "done", "done", "done", "now"]
    assert stages(None, None) == []


def test_a_refused_award_stops_the_ribbon(world: World) -> None:
    accepted = world.file()
    award = world.propose(accepted)
    world.decide(award, Decision.REFUSED, opinion="不符合")
    rows = world.ask("wang", award_rows, AwardQuery())
    assert rows[0].state is AwardState.REFUSED
    shown = stages(case_of(world, accepted).row, rows[0])
    assert [stage.state for stage in shown][4:] == ["stopped", "next"]


# The list of cases


def test_cases_are_narrowed_by_state_and_text(world: World, sit: Seats) -> None:
    filed, waiting = world.file(), world.accept()
    seat: Seat[CasesPage] = sit("wang", "cases")
    seat.rest()
    assert [row.id for row in seat.page.table.rows()] == [waiting.case_id, filed.case_id]
    seat.page.segments.press(3)
    seat.rest()
    assert [row.id for row in seat.page.table.rows()] == [filed.case_id]
    seat.page.segments.press(0)
    seat.page.filter.setText("没有这个人")
    seat.page.refresh()
    seat.rest()
    assert seat.page.table.rows() == []
    assert "没有找到" in texts(seat, seat.page.table)
    seat.page.filter.setText(waiting.case_number)
    seat.page.refresh()
    seat.rest()
    caught = went(seat)
    click_key(seat.page.table.view, Qt.Key.Key_Return)
    assert caught == [("household", waiting.household_id)]


@pytest.mark.parametrize("percent", [100, 150])
@pytest.mark.parametrize("name", ["household", "cases"])
def test_nothing_is_cut_on_the_smallest_screen(
    world: World, sit: Seats, name: str, percent: int
) -> None:
    theme.use(theme.application(), theme.Scheme.LIGHT, percent)
    accepted = world.file()
    seat = sit("zhao", name, accepted.household_id if name == "household" else None)
    seat.rest()
    least = seat.window.minimumSizeHint()
    assert (least.width() <= 1366, least.height() <= 690) == (True, True)
