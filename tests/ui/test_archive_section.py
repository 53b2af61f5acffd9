"""The further items of the archive: folded at the counter, opened by one key, shown in the file."""

from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox, QLineEdit

from app.cases.actions import accept_case
from app.drafts.queries import draft_view
from app.drafts.records import DraftById
from app.households.actions import open_form
from app.households.archive_records import MEMBER_ITEMS, ArchiveForm
from app.households.records import ExpenditureForm, HouseholdForm, Reveal
from app.papers.queries import paper_rows
from app.papers.records import PaperQuery
from tests.archive import full_archive, full_household, full_member
from tests.people import household
from tests.people import intake as application
from tests.ui.conftest import click_key, type_text
from tests.ui.desks import Seat, Seats
from tests.world import World, changed
from ui import theme
from ui.kit.buttons import Button
from ui.kit.labels import Label
from ui.pages.household import HouseholdPage
from ui.pages.intake import IntakePage


def intake(sit: Seats, what: object = "new") -> Seat[IntakePage]:
    return sit("wang", "intake", what)


def focused() -> str:
    widget = theme.application().focusWidget()
    return widget.objectName() if widget else ""


def open_archive(seat: Seat[IntakePage]) -> None:
    click_key(seat.window, Qt.Key.Key_9, Qt.KeyboardModifier.AltModifier)
    seat.rest()


def typed(seat: Seat[IntakePage], name: str, text: str) -> None:
    field = seat.page.findChild(QLineEdit, name)
    assert field is not None, name
    field.setFocus()
    type_text(field, text)


def accepted(world: World, form: HouseholdForm) -> int:
    return world.do("wang", accept_case, application(form)).household_id


def opened(world: World, id_: int) -> HouseholdForm:
    return world.do("wang", open_form, Reveal(household_id=id_)).household


def words_of(widget: Any) -> str:
    return "\n".join(label.text() for label in widget.findChildren(Label))


def test_at_the_counter_it_is_folded_and_enter_passes_it(sit: Seats) -> None:
    seat = intake(sit)
    section = seat.page.form.archive
    assert not section.is_open()
    assert section.gaps() == []
    assert section.entry().words == "按需填写"
    last = seat.page.form.section("declaration").first()
    last.setFocus()
    for _field in range(12):
        widget = theme.application().focusWidget()
        assert widget is not None
        click_key(widget, Qt.Key.Key_Return)
        assert not focused().startswith("archive")


def test_one_key_opens_it_and_what_was_typed_is_kept(world: World, sit: Seats) -> None:
    seat = intake(sit)
    open_archive(seat)
    assert seat.page.form.archive.is_open()
    assert focused() == "archive.political_status"
    typed(seat, "archive.floor_area", "56.5")
    typed(seat, "archive.postal_code", "150001")
    box = seat.page.findChild(QComboBox, "archive.secondary_causes")
    assert box is not None
    box.setFocus()
    type_text(box, "znsx")
    click_key(box, Qt.Key.Key_Return)
    assert focused() != "archive.secondary_causes"
    section = seat.page.form.archive
    assert section.record() == ArchiveForm(
        floor_area=56_50, postal_code="150001", secondary_causes=("子女上学",)
    )
    seat.page.keeper.keep_all()
    seat.rest()
    kept = world.ask("wang", draft_view, DraftById(id=seat.page.keeper.draft_id))
    assert kept.content["archive.secondary_causes"] == "子女上学"
    seat.page.open("new")
    seat.rest()
    assert section.record() == ArchiveForm()
    assert not section.is_open()
    seat.page.open(kept.id)
    seat.rest()
    assert section.record().secondary_causes == ("子女上学",)
    assert section.record().floor_area == 56_50


def test_a_file_with_every_item_is_changed_without_losing_one(world: World, sit: Seats) -> None:
    form = full_household(full_member("单一一", 11))
    id_ = accepted(world, form)
    seat = intake(sit, ("change", id_))
    seat.rest()
    typed(seat, "head.work_unit", "北岸纺织厂")
    click_key(seat.window, Qt.Key.Key_F9)
    seat.rest()
    seat.rest()
    back = opened(world, id_)
    assert back.head.work_unit == "北岸纺织厂"
    assert back.archive == form.archive
    assert back.members == form.members


def test_members_offer_their_items_while_it_is_open(sit: Seats) -> None:
    seat = intake(sit)
    rows = seat.page.form.members.rows
    rows.add_row()
    assert "insurance" not in rows.typed()[0]
    open_archive(seat)
    assert set(MEMBER_ITEMS) <= rows.typed()[0].keys()
    rows.editor(0, "name").set_text("单一一")
    rows.editor(0, "insurance").set_text("新农合")
    (record,) = seat.page.form.members.record()
    assert record.insurance == "新农合"


def test_migrant_workers_are_asked_about_the_contract(sit: Seats) -> None:
    seat = intake(sit)
    form, section = seat.page.form, seat.page.form.archive
    form.head.boxes["person_type"].editor.set_text("农民工")
    form.entries()
    assert section.missing() == 2
    (button,) = section.gaps()
    assert button.objectName() == "archive_more"
    open_archive(seat)
    assert [gap.objectName() for gap in section.gaps()] == [
        "archive.contract_signed_on",
        "archive.contract_term",
    ]


def test_what_the_office_refuses_is_shown_there(world: World, sit: Seats) -> None:
    seat = intake(sit)
    form = changed(household(order=40), expenditure=ExpenditureForm(main_cause="子女上学"))
    form = changed(form, archive=ArchiveForm(secondary_causes=("子女上学",)))
    seat.page.form.show_household(form)
    seat.page.form.application.set_record(world.form().application)
    seat.page.hand_in()
    seat.rest()
    seat.rest()
    assert seat.page.form.archive.is_open()
    assert "已是主要致困原因" in seat.page.banners.says()


def test_the_file_shows_the_items_and_prints_the_form(world: World, sit: Seats) -> None:
    archive = changed(full_archive(), housing="自购房", industry=None)
    form = changed(full_household(full_member("单一一", 11)), archive=archive)
    id_ = accepted(world, form)
    seat: Seat[HouseholdPage] = sit("wang", "household", id_)
    seat.rest()
    words = words_of(seat.page.family.archive)
    assert "自购房（旧词）" in words
    assert "123.45 平方米" in words
    assert "other_contact" not in words
    assert "尚未填写：所属行业" in words
    assert "单一一" in words
    button = seat.page.findChild(Button, "act_archive_form")
    assert button is not None
    button.click()
    seat.rest()
    (paper,) = world.ask("wang", paper_rows, PaperQuery(household_id=id_, kind=None))[:1]
    assert paper.kind.value == "archive_form"
