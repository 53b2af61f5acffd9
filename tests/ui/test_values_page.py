"""Dated values on the screen: one person enters, another confirms, what is missing is said."""

from datetime import date

import pytest

from app.center.queries import missing_lines, value_rows
from app.center.records import ValueRow
from app.core.money import Fen
from app.core.record import Nothing
from app.core.words.center import ValueState
from app.packs.queries import changed_packs
from app.reference.dated import AREAS, ValueArea, ValueKind
from tests.filled import raw
from tests.packs import with_another_classification
from tests.ui.desks import Seat, Seats
from tests.world import World
from ui.kit.buttons import Button
from ui.kit.choice_editors import ChoiceEditor
from ui.pages.values import ValuesPage
from ui.pages.workbench.page import WorkbenchPage


def own(world: World, state: ValueState) -> list[ValueRow]:
    rows: list[ValueRow] = world.ask("zhao", value_rows)
    return [row for row in rows if row.id is not None and row.state is state]


def enter(seat: Seat[ValuesPage], **changed: object) -> None:
    seat.page.new.click()
    typed: dict[str, object] = {
        "area": ValueArea.DISTRICTS,
        "amount": Fen(93_500),
        "effective_from": date(2026, 10, 1),
        "effective_to": date(2027, 9, 30),
        "document": "哈民规〔2026〕3号",
    }
    for name, value in (typed | changed).items():
        seat.page.form.set_value(name, value)
    seat.window.press("F9")
    seat.rest()


def test_own_and_shipped_values_stand_with_their_origin(sit: Seats) -> None:
    seat: Seat[ValuesPage] = sit("zhao", "values")
    texts = seat.page.table.texts()
    assert any(row[4] == "执行中" for row in texts)
    assert any(row[4] == "已到期" for row in texts)
    assert {row.kind for row in seat.page.table.rows()} == {ValueKind.DIBAO_LINE}
    assert seat.page.banners.says() == ""


def test_one_enters_and_another_confirms(world: World, sit: Seats) -> None:
    admin: Seat[ValuesPage] = sit("admin", "values")
    enter(admin)
    assert admin.page.segments.value() == "waiting"
    assert admin.page.save.reason == "由您录入，须由另一人确认"
    [value] = own(world, ValueState.ENTERED)
    assert value.amount == 93_500
    supervisor: Seat[ValuesPage] = sit("zhao", "values")
    supervisor.page.segments.press(2)
    supervisor.rest()
    assert supervisor.page.save.reason == ""
    supervisor.window.press("F9")
    supervisor.rest()
    assert supervisor.asking.asked == ["确认低保线（市区）？"]
    assert own(world, ValueState.ENTERED) == []
    assert any(row.confirmed_by == "赵建国" and row.amount == 93_500
               for row in own(world, ValueState.CONFIRMED))  # fmt: skip


def test_whoever_entered_it_cannot_confirm_it(world: World, sit: Seats) -> None:
    seat: Seat[ValuesPage] = sit("zhao", "values")
    enter(seat)
    assert seat.page.save.words() == "确认这项标准"
    assert seat.page.save.reason == "由您录入，须由另一人确认"
    seat.page.withdraw_it.click()
    seat.rest()
    assert own(world, ValueState.ENTERED) == []


def test_days_out_of_order_are_marked(world: World, sit: Seats) -> None:
    seat: Seat[ValuesPage] = sit("admin", "values")
    enter(seat, effective_to=date(2026, 9, 30))
    assert seat.page.form.boxes["effective_to"].message.text() == "截止日早于起始日"
    assert own(world, ValueState.ENTERED) == []


def test_each_standard_offers_its_areas(sit: Seats) -> None:
    seat: Seat[ValuesPage] = sit("admin", "values")
    seat.page.begin()
    seat.page.form.set_value("kind", ValueKind.MINIMUM_WAGE)
    editor = seat.page.form.boxes["area"].editor
    assert isinstance(editor, ChoiceEditor)
    offered = {editor.box.itemData(at) for at in range(1, editor.box.count())}
    assert offered == set(AREAS[ValueKind.MINIMUM_WAGE])


def test_a_day_without_a_line_is_said(world: World, sit: Seats) -> None:
    with raw(world.office.path) as sql:
        sql.switch_off_the_guards()
        sql.run("UPDATE center_value SET state = 'withdrawn' WHERE area = 'counties'")
    assert world.ask("zhao", missing_lines) == [ValueArea.COUNTIES]
    seat: Seat[ValuesPage] = sit("zhao", "values")
    assert seat.page.banners.says().startswith("今天没有低保线：县（市）")


def test_a_changed_policy_document_is_taken_into_use_by_the_supervisor(
    world: World, sit: Seats, monkeypatch: pytest.MonkeyPatch
) -> None:
    world.file()
    new = with_another_classification(monkeypatch, world)
    desk: Seat[WorkbenchPage] = sit("wang", "workbench")
    assert desk.page.reminders.notices[0].title == "1 份政策文件与本中心以前用的不同"
    clerk: Seat[ValuesPage] = sit("wang", "values")
    assert f"{new.title}（{new.id}）" in clerk.page.banners.says()
    assert _take(clerk.page).reason
    seat: Seat[ValuesPage] = sit("zhao", "values")
    _take(seat.page).click()
    seat.rest()
    assert world.ask("zhao", changed_packs, Nothing()) == []
    assert "政策文件" not in seat.page.banners.says()


def _take(page: ValuesPage) -> Button:
    [button] = page.findChildren(Button, "act_accept_packs")
    return button
