"""The documents beside a page: taken in, looked at, put right, and forgotten when one goes on."""

from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QGuiApplication, QImage, QWheelEvent
from PySide6.QtWidgets import QComboBox, QLabel, QLineEdit
from pytestqt.qtbot import QtBot

from app.audit.queries import audit_rows
from app.audit.records import AuditQuery
from app.core.words.documents import DocumentState
from app.documents.actions import add_document
from app.documents.files import examine
from app.documents.queries import documents_of
from app.documents.records import AddForm, DocumentRow, DocumentsQuery
from app.drafts.queries import my_drafts
from tests.scans import pdf, picture, scan, sized
from tests.ui.conftest import click_key, drop
from tests.ui.desks import Seat, Seats
from tests.world import World
from ui import theme
from ui.documents.pane import WIDTH, DocumentsPane
from ui.kit.buttons import Button
from ui.pages.approval import ApprovalPage
from ui.pages.household import HouseholdPage
from ui.pages.intake import IntakePage
from ui.scans import files_in


@pytest.fixture
def filed(world: World) -> int:
    """Keep three documents of a household: a picture, a PDF of two pages, one not described."""
    household_id = world.accept().household_id
    for file, kind in (
        (scan("身份证.jpg", "1"), "身份证"),
        (examine("结算单.pdf", pdf(2)), "医保结算单"),
        (scan("扫描.jpg", "3"), ""),
    ):
        form = AddForm(file=file, household_id=household_id, kind=kind)
        world.do("wang", add_document, form)
    return household_id


def beside(sit: Seats, household_id: int, user: str = "wang") -> tuple[Seat[Any], DocumentsPane]:
    """Open a household with its documents beside it."""
    seat: Seat[HouseholdPage] = sit(user, "household", household_id)
    seat.window.press("F8")
    seat.rest()
    return seat, seat.page.documents.pane


def rows(world: World, household_id: int, *, withdrawn: bool = False) -> list[DocumentRow]:
    asked = DocumentsQuery(household_id=household_id, withdrawn=withdrawn)
    return world.ask("wang", documents_of, asked)


def lines(pane: DocumentsPane) -> list[tuple[str, str]]:
    """Return what the list says: title and note."""
    return [(title, note) for _icon, title, note in pane.list.texts()]


def nothing(pane: DocumentsPane) -> str:
    found = pane.findChild(QLabel, "document_nothing")
    assert found is not None
    return found.text() if found.isVisible() else ""


def button(seat: Seat[Any], name: str) -> Button:
    found = seat.page.findChild(Button, name)
    assert found is not None
    return found


def openings(world: World) -> int:
    acts = world.ask("zhou", audit_rows, AuditQuery(verb="documents.open_document"))
    return len(acts)


# Looking


def test_documents_stand_first_and_then_what_is_missing(sit: Seats, filed: int) -> None:
    _seat, pane = beside(sit, filed)
    shown = lines(pane)
    assert [title for title, _note in shown[:3]] == ["身份证", "医保结算单", "扫描.jpg"]
    assert [note for _title, note in shown[:3]] == ["2026-11-20", "2 页", "未注明"]
    assert shown[3:], "the assessment waits for more"
    assert {note for _title, note in shown[3:]} == {"缺"}
    assert pane.count() == f"3 / {len(shown)}"


def test_nothing_is_opened_before_somebody_asks(world: World, sit: Seats, filed: int) -> None:
    seat, pane = beside(sit, filed)
    pane.list.step(1)
    pane.list.step(1)
    seat.rest()
    assert openings(world) == 0
    assert nothing(pane) == "扫描.jpg"
    click_key(pane.list.view, Qt.Key.Key_Return)
    seat.rest()
    assert openings(world) == 1
    assert not pane.view.shown_size().isEmpty()


def test_brackets_go_from_document_to_document(world: World, sit: Seats, filed: int) -> None:
    seat, pane = beside(sit, filed)
    for key, title in (
        (Qt.Key.Key_BracketRight, "身份证"),
        (Qt.Key.Key_BracketRight, "医保结算单"),
        (Qt.Key.Key_BracketRight, "扫描.jpg"),
        (Qt.Key.Key_BracketRight, "扫描.jpg"),
        (Qt.Key.Key_BracketLeft, "医保结算单"),
    ):
        click_key(seat.page, key)
        seat.rest()
        entry = pane.list.current()
        assert entry is not None
        assert entry.title == title
    assert openings(world) == 3, "going back to one that is open asks for nothing"


def test_leaving_the_page_forgets_what_was_opened(world: World, sit: Seats, filed: int) -> None:
    seat, pane = beside(sit, filed)
    pane.step(1)
    seat.rest()
    seat.window.go("workbench")
    assert pane.view.key() is None
    seat.window.go("household", filed)
    seat.rest()
    pane.step(1)
    seat.rest()
    assert openings(world) == 2


def test_what_comes_after_one_left_is_not_shown_nor_kept(
    world: World, sit: Seats, filed: int
) -> None:
    seat, pane = beside(sit, filed)
    pane.step(1)
    pane.step(1)
    seat.window.go("workbench")
    seat.rest()
    assert pane.view.key() is None
    assert openings(world) == 1, "a key that is pressed twice asks once"
    seat.window.go("household", filed)
    pane.step(1)
    seat.rest()
    assert pane.view.key() is not None


def test_another_household_brings_its_own_documents(world: World, sit: Seats, filed: int) -> None:
    seat, pane = beside(sit, filed)
    pane.step(1)
    seat.rest()
    seat.window.go("household", world.accept().household_id)
    seat.rest()
    assert pane.view.key() is None
    assert not [title for title, note in lines(pane) if note != "缺"]


def test_the_view_zooms_turns_and_pages(sit: Seats, filed: int) -> None:
    seat, pane = beside(sit, filed)
    pane.step(1)
    seat.rest()
    pane.step(1)
    seat.rest()
    view = pane.view
    fitted = view.shown_size()
    assert fitted.height() > fitted.width()
    click_key(view.focus_target(), Qt.Key.Key_Plus)
    seat.rest()
    assert view.shown_size().width() == pytest.approx(fitted.width() * 1.25, abs=2)
    click_key(view.focus_target(), Qt.Key.Key_0)
    assert view.shown_size() == fitted
    click_key(view.focus_target(), Qt.Key.Key_R)
    assert view.shown_size().width() > view.shown_size().height()
    assert view.where() == "第 1 页，共 2 页"
    click_key(view.focus_target(), Qt.Key.Key_PageDown)
    seat.rest()
    assert view.where() == "第 2 页，共 2 页"
    assert view.shown_size().width() > view.shown_size().height(), "it stays turned"


def test_ctrl_and_the_wheel_zoom(sit: Seats, filed: int) -> None:
    seat, pane = beside(sit, filed)
    pane.step(1)
    seat.rest()
    fitted = pane.view.shown_size().width()
    at = QPointF(40, 40)
    wheel = QWheelEvent(
        at, at, QPointF(0, 0).toPoint(), QPointF(0, 120).toPoint(),
        Qt.MouseButton.NoButton, Qt.KeyboardModifier.ControlModifier,
        Qt.ScrollPhase.NoScrollPhase, False,
    )  # fmt: skip
    QGuiApplication.sendEvent(pane.view.focus_target().viewport(), wheel)
    seat.rest()
    assert pane.view.shown_size().width() > fitted


def test_a_page_that_cannot_be_shown_says_so_and_the_others_can(world: World, sit: Seats) -> None:
    household_id = world.accept().household_id
    broken = pdf(2, "x" * 400).replace(b"/MediaBox [ 0 0", b"/MediaBox [ 9 9", 1)
    form = AddForm(file=examine("a.pdf", broken), household_id=household_id)
    world.do("wang", add_document, form)
    seat, pane = beside(sit, household_id)
    pane.step(1)
    seat.rest()
    pane.view.fail(pane.view.key(), 0, "第 1 页已损坏，不能显示。")
    assert nothing(pane) == "第 1 页已损坏，不能显示。"
    pane.view.turn(1)
    seat.rest()
    assert nothing(pane) == ""


# Taking in


def test_a_file_is_chosen_described_and_stays_where_it_was(
    world: World, sit: Seats, tmp_path: Path
) -> None:
    household_id = world.accept().household_id
    paper = tmp_path / "残疾证.png"
    paper.write_bytes(picture("PNG"))
    seat, pane = beside(sit, household_id)
    seat.asking.file = paper
    pane.list.view.clearSelection()
    pane.adding.choose()
    seat.rest()
    (row,) = rows(world, household_id)
    assert row.name == "残疾证.png"
    assert paper.exists()


def test_what_is_dropped_asks_what_it_is(world: World, sit: Seats, filed: int) -> None:
    seat, pane = beside(sit, filed)
    pane.list.select(0)
    drop(pane, picture("PNG", text="新"))
    seat.rest()
    assert len(rows(world, filed)) == 4
    assert pane.tags.isVisible()
    kind = pane.findChild(QComboBox, "kind")
    assert kind is not None
    kind.setCurrentIndex(kind.findText("残疾证"))
    kind.activated.emit(kind.currentIndex())
    assert pane.tags.form.value("proof") == "disability_card", "the kind says what it proves"
    person = pane.findChild(QComboBox, "person")
    assert person is not None
    assert person.isVisible()
    person.setCurrentIndex(1)
    button(seat, "act_save_tags").click()
    seat.rest()
    row = rows(world, filed)[-1]
    assert (row.kind, row.proof, bool(row.person)) == ("残疾证", "disability_card", True)
    assert not pane.tags.isVisible()


def test_what_is_added_on_a_missing_line_is_that_paper(
    world: World, sit: Seats, filed: int
) -> None:
    seat, pane = beside(sit, filed)
    missing = next(each for each in pane.list.rows() if each.document is None)
    pane.list.select_where(lambda each: each.id == missing.id)
    assert nothing(pane).startswith("还没有交")
    drop(pane, picture("PNG", text="证"))
    seat.rest()
    row = rows(world, filed)[-1]
    assert row.proof == missing.proof
    assert not pane.tags.isVisible()
    assert missing.title not in [title for title, note in lines(pane) if note == "缺"]


def test_a_picture_is_pasted_from_anywhere_on_the_page(
    world: World, sit: Seats, filed: int
) -> None:
    seat, pane = beside(sit, filed)
    board = QGuiApplication.clipboard()
    board.setImage(QImage.fromData(picture("PNG", text="贴")))
    click_key(seat.page.tabs, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    seat.rest()
    assert rows(world, filed)[-1].name.startswith("粘贴 ")
    assert pane.count().startswith("4")
    board.clear()


def test_text_is_pasted_into_its_field_and_a_picture_into_the_documents(
    world: World, sit: Seats
) -> None:
    seat: Seat[IntakePage] = sit("wang", "intake", "new")
    field = seat.page.form.head.boxes["work_unit"].editor.target()
    assert isinstance(field, QLineEdit)
    field.setFocus()
    board = QGuiApplication.clipboard()
    board.setText("示例厂")
    click_key(field, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    assert field.text() == "示例厂"
    board.setImage(QImage.fromData(picture("PNG")))
    click_key(field, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    seat.rest()
    mine = DocumentsQuery(draft_id=seat.page.keeper.draft_id)
    assert len(world.ask("wang", documents_of, mine)) == 1
    assert field.text() == "示例厂"
    board.clear()


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("a.jpg", b"MZ\x90", "“a.jpg”不是图片"),
        ("b.pdf", b"%PDF-1.7 nothing", "“b.pdf”已损坏或不完整"),
        ("gone.jpg", None, "“gone.jpg”读不出来"),
        ("大.jpg", bytes(40 * 1024 * 1024), "“大.jpg”有 40 MB"),
        ("炸.png", sized(20_000, 20_000), "“炸.png”"),
        ("长" * 200 + ".jpg", None, "长" * 80),
    ],
)
def test_what_cannot_be_taken_says_why_and_nothing_is_added(
    world: World, sit: Seats, tmp_path: Path, name: str, content: bytes | None, words: str
) -> None:
    household_id = world.accept().household_id
    if content is not None:
        (tmp_path / name).write_bytes(content)
    seat, pane = beside(sit, household_id)
    pane.adding.take_files([tmp_path / name])
    seat.rest()
    assert words in seat.page.banners.says()
    assert rows(world, household_id) == []


def test_of_several_files_the_good_are_taken_and_every_refusal_is_told(
    world: World, sit: Seats, tmp_path: Path
) -> None:
    household_id = world.accept().household_id
    good, broken, gone = (tmp_path / name for name in ("好.png", "坏.pdf", "没了.jpg"))
    good.write_bytes(picture("PNG"))
    broken.write_bytes(b"%PDF-1.7 nothing")
    seat, pane = beside(sit, household_id)
    pane.adding.take_files([broken, good, gone, good])
    seat.rest()
    says = seat.page.banners.says()
    assert "2 份文件没有收下" in says
    assert "“坏.pdf”" in says
    assert "“没了.jpg”" in says
    assert [row.name for row in rows(world, household_id)] == ["好.png"]
    pane.adding.take_files([good])
    seat.rest()
    assert "“好.png”已在本户的材料里" in seat.page.banners.says()
    assert len(rows(world, household_id)) == 1


def test_a_name_of_two_hundred_characters_is_shortened_and_kept(
    world: World, sit: Seats, filed: int
) -> None:
    long = examine("李" * 200 + ".png", picture("PNG", text="长"))
    world.do("wang", add_document, AddForm(file=long, household_id=filed))
    _seat, pane = beside(sit, filed)
    assert pane.width() == theme.px(WIDTH), "the pane keeps its width"
    assert pane.list.rows()[3].title == "李" * 116 + ".png"


def test_nothing_on_the_clipboard_is_said(sit: Seats, filed: int) -> None:
    seat, pane = beside(sit, filed)
    QGuiApplication.clipboard().setText("文字")
    pane.adding.paste()
    assert "没有可以粘贴的文件或图片" in seat.page.banners.says()
    QGuiApplication.clipboard().clear()


def test_files_are_pasted_as_files(world: World, sit: Seats, filed: int, tmp_path: Path) -> None:
    paper = tmp_path / "证明.bmp"
    paper.write_bytes(picture("BMP", text="文件"))
    seat, pane = beside(sit, filed)
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(paper))])
    QGuiApplication.clipboard().setMimeData(data)
    pane.adding.paste()
    seat.rest()
    assert rows(world, filed)[-1].name == "证明.bmp"
    QGuiApplication.clipboard().clear()


# Drafts


def test_what_is_added_at_intake_goes_with_the_household(world: World, sit: Seats) -> None:
    seat: Seat[IntakePage] = sit("wang", "intake", "new")
    pane = seat.page.documents
    assert pane.isVisible()
    drop(pane, picture("PNG"))
    seat.rest()
    assert pane.count().startswith("1")
    draft_id = seat.page.keeper.draft_id
    seat.page.keeper.keep()
    seat.rest()
    assert [row.id for row in world.ask("wang", my_drafts)] == [draft_id], "to be gone on with"
    seat.page.open("new")
    seat.rest()
    assert not [title for title, note in lines(pane) if note != "缺"]
    seat.page.open(draft_id)
    seat.rest()
    assert pane.count().startswith("1")


def test_what_was_scanned_goes_with_a_household_that_turns_out_to_be_known(
    world: World, sit: Seats, filed: int
) -> None:
    seat: Seat[IntakePage] = sit("wang", "intake", "new")
    drop(seat.page.documents, picture("PNG", text="新"))
    seat.rest()
    seat.page.likenesses.open_wanted.emit(filed)
    seat.rest()
    assert seat.asking.asked[-1] == "把收下的 1 份材料转到这一户？"
    assert len(rows(world, filed)) == 4
    shown: Any = seat.window.page()
    assert "已转 1 份材料" in shown.banners.says()


# The scanner


def test_scans_are_offered_and_never_taken_by_themselves(
    world: World, sit: Seats, filed: int, tmp_path: Path, qtbot: QtBot
) -> None:
    seat, _pane = beside(sit, filed)
    seat.asking.file = tmp_path
    act = button(seat, "act_scan")
    act.click()
    assert seat.desk.scans.folder == str(tmp_path)
    paper = tmp_path / "SCAN0001.jpg"
    paper.write_bytes(picture(text="扫"))
    (tmp_path / "notes.txt").write_text("no scan")
    seat.desk.scans.look(seat.desk)
    qtbot.waitUntil(lambda: bool(seat.desk.scans.offers()))
    assert seat.desk.scans.offers() == [paper]
    assert act.words() == "收下 1 份扫描件"
    assert len(rows(world, filed)) == 3
    act.click()
    seat.rest()
    assert rows(world, filed)[-1].name == "SCAN0001.jpg"
    assert paper.exists()
    assert seat.desk.scans.offers() == []
    assert act.words() == "扫描"


def test_a_scan_that_goes_away_is_told_and_the_others_stay(
    world: World, sit: Seats, filed: int, tmp_path: Path, qtbot: QtBot
) -> None:
    seat, _pane = beside(sit, filed)
    first, second = tmp_path / "a.jpg", tmp_path / "b.jpg"
    first.write_bytes(picture(text="一"))
    second.write_bytes(picture(text="二"))
    seat.asking.file = tmp_path
    button(seat, "act_scan").click()
    seat.desk.scans.look(seat.desk)
    qtbot.waitUntil(lambda: len(seat.desk.scans.offers()) == 2)
    first.unlink()
    button(seat, "act_scan").click()
    button(seat, "act_scan").click()
    seat.rest()
    assert "“a.jpg”读不出来" in seat.page.banners.says()
    assert [row.name for row in rows(world, filed)][3:] == ["b.jpg"], "once"


def test_a_folder_is_read_though_a_file_in_it_leads_nowhere(tmp_path: Path) -> None:
    (tmp_path / "a.jpg").symlink_to(tmp_path / "nowhere.jpg")
    (tmp_path / "b.jpg").write_bytes(picture())
    assert [seen.path.name for seen in files_in(str(tmp_path), 0)] == ["b.jpg"]
    assert files_in(str(tmp_path / "none"), 0) == []


# Putting right


def test_a_wrong_document_is_withdrawn_with_the_reason(
    world: World, sit: Seats, filed: int
) -> None:
    seat, pane = beside(sit, filed)
    pane.step(1)
    seat.rest()
    seat.asking.reason_given = "扫错了人"
    button(seat, "act_withdraw_document").click()
    seat.rest()
    assert [row.kind for row in rows(world, filed)] == ["医保结算单", ""]
    gone = rows(world, filed, withdrawn=True)[0]
    assert (gone.state, gone.reason) == (DocumentState.WITHDRAWN, "扫错了人")
    assert pane.view.key() is None, "it is not looked at any more"


# Who may what


def test_a_supervisor_reads_and_adds_nothing(world: World, sit: Seats, filed: int) -> None:
    seat, pane = beside(sit, filed, "zhao")
    assert pane.isVisible()
    assert not pane.acceptDrops()
    for name in ("act_scan", "act_paste", "act_choose"):
        assert seat.page.findChild(Button, name) is None
    pane.step(1)
    seat.rest()
    assert openings(world) == 1
    assert not button(seat, "act_withdraw_document").isVisible()


def test_who_may_not_read_documents_finds_no_pane(sit: Seats, filed: int) -> None:
    seat: Seat[HouseholdPage] = sit("qian", "household", filed)
    seat.window.press("F8")
    seat.rest()
    assert not seat.page.documents.pane.isVisible()
    assert "查看各户材料" in button(seat, "act_documents").toolTip()


# Beside the pages


def test_the_approval_desk_shows_the_basis_or_the_documents(world: World, sit: Seats) -> None:
    accepted = world.file()
    form = AddForm(file=scan(), household_id=accepted.household_id, kind="医保结算单")
    world.do("wang", add_document, form)
    world.propose(accepted)
    seat: Seat[ApprovalPage] = sit("zhao", "approval")
    right = seat.page.right
    assert right.basis.isVisible()
    assert not right.documents.isVisible()
    assert button(seat, "act_to_documents").words() == "材料 1"
    click_key(seat.page, Qt.Key.Key_BracketRight)
    seat.rest()
    assert right.documents.isVisible()
    assert not right.basis.isVisible()
    assert not right.documents.view.shown_size().isEmpty()
    seat.window.press("Shift+F8")
    assert right.basis.isVisible()
    seat.window.resize(1920, 1080)
    seat.rest()
    assert right.basis.isVisible()
    assert right.documents.isVisible()


@pytest.mark.parametrize("name", ["household", "intake"])
def test_where_room_is_short_the_documents_fold_into_a_button(
    sit: Seats, filed: int, name: str
) -> None:
    theme.use(theme.application(), theme.Scheme.LIGHT, 150)
    what: object = filed if name == "household" else "new"
    seat: Seat[Any] = sit("wang", name, what)
    seat.window.resize(1366, 690)
    seat.rest()
    page = seat.page
    pane: DocumentsPane = page.documents.pane if name == "household" else page.documents
    assert not pane.isVisible()
    assert button(seat, "act_documents").isVisible()
    seat.window.press("F8")
    seat.rest()
    assert pane.isVisible()
    assert not button(seat, "act_documents").isVisible()
    assert seat.window.minimumSizeHint().width() <= 1366
    assert seat.window.minimumSizeHint().height() <= 690
    focus = theme.application().focusWidget()
    assert focus is not None
    assert pane is focus or pane.isAncestorOf(focus)
    pane.closed.emit()
    assert not pane.isVisible()


def test_a_field_points_to_the_paper_that_proves_it(sit: Seats) -> None:
    seat: Seat[IntakePage] = sit("wang", "intake", "new")
    seat.page.documents.show_needed(("household_register", "income_proof"))
    seat.page.sides.point_to("income_12_months")
    entry = seat.page.documents.list.current()
    assert entry is not None
    assert entry.proof == "income_proof"
    seat.page.sides.point_to("phone")
    assert seat.page.documents.list.current() == entry, "nothing proves a telephone"
