"""Settings: the look at once, the center's particulars by whoever keeps them, the doors."""

from pathlib import Path
from typing import Any

from PySide6.QtWidgets import QLabel

from app.center.queries import center_facts
from tests.ui.desks import Seat, Seats
from tests.world import World
from ui import theme
from ui.kit.buttons import Button
from ui.pages.settings import SettingsPage


def settings(sit: Seats, user: str) -> Seat[SettingsPage]:
    return sit(user, "settings")


def doors(seat: Seat[Any]) -> set[str]:
    found = seat.page.findChildren(Button)
    return {each.objectName() for each in found if each.objectName().startswith("open_")}


def test_text_size_and_colours_change_at_once(sit: Seats) -> None:
    seat = settings(sit, "wang")
    seat.page.sizes.press(3)
    assert theme.percent() == 150
    seat.page.schemes.press(2)
    assert (theme.scheme(), theme.percent()) == (theme.Scheme.CONTRAST, 150)
    theme.use(theme.application(), theme.Scheme.DARK, 115)
    assert (seat.page.schemes.value(), seat.page.sizes.value()) == ("dark", "115")


def test_the_folder_of_the_scanner_is_chosen_and_given_up(sit: Seats, tmp_path: Path) -> None:
    seat = settings(sit, "wang")
    where = seat.page.findChild(QLabel, "scan_folder")
    change = seat.page.findChild(Button, "act_scan_folder")
    none = seat.page.findChild(Button, "act_no_scan_folder")
    assert where is not None
    assert change is not None
    assert none is not None
    assert where.text() == "没有设置"
    seat.asking.file = tmp_path
    change.click()
    assert (where.text(), seat.desk.scans.folder) == (str(tmp_path), str(tmp_path))
    none.click()
    assert (where.text(), seat.desk.scans.folder) == ("没有设置", "")


def test_who_adds_no_documents_is_not_asked_for_a_scanner(sit: Seats) -> None:
    assert settings(sit, "zhou").page.findChild(QLabel, "scan_folder") is None


def test_the_administrator_keeps_the_particulars(world: World, sit: Seats) -> None:
    seat = settings(sit, "admin")
    save = seat.page.findChild(Button, "act_keep_center")
    assert save is not None
    assert save.reason == "没有改动"
    seat.page.form.set_value("telephone", "0451-82345678")
    assert not save.reason
    seat.window.press("F9")
    seat.rest()
    assert world.ask("wang", center_facts).telephone == "0451-82345678"
    assert seat.window.toast.text() == "中心资料已保存"
    assert save.reason == "没有改动"


def test_a_wrong_telephone_is_marked_and_not_saved(world: World, sit: Seats) -> None:
    before = world.ask("wang", center_facts)
    seat = settings(sit, "admin")
    seat.page.form.set_value("telephone", "12")
    seat.window.press("F9")
    seat.rest()
    assert seat.page.form.red() == 1
    assert world.ask("wang", center_facts) == before


def test_what_is_typed_survives_a_change_elsewhere(world: World, sit: Seats) -> None:
    seat = settings(sit, "admin")
    seat.page.form.set_value("address", "南岗区演示街 2 号")
    seat.desk.tell_changed(frozenset(seat.page.shows))
    seat.rest()
    assert seat.page.form.value("address") == "南岗区演示街 2 号"


def test_others_read_the_particulars_and_why_they_cannot_change_them(sit: Seats) -> None:
    seat = settings(sit, "wang")
    texts = [each.text() for each in seat.page.findChildren(QLabel) if each.isVisible()]
    assert "困难职工帮扶中心" in texts
    assert any(text.startswith("需要权限") for text in texts)
    assert not seat.page.form.isVisible()
    assert seat.page.primary is None


def test_everybody_finds_the_doors_that_are_open_to_them(sit: Seats) -> None:
    assert doors(settings(sit, "wang")) == {"open_values"}
    assert doors(settings(sit, "admin")) == {"open_values", "open_staff", "open_backups"}
    assert doors(settings(sit, "zhou")) == {"open_values", "open_staff", "open_audit"}


def test_a_door_leads_to_its_page(sit: Seats) -> None:
    seat = settings(sit, "admin")
    door = seat.page.findChild(Button, "open_staff")
    assert door is not None
    door.click()
    seat.rest()
    page = seat.window.page()
    assert page is not None
    assert page.name == "staff"
