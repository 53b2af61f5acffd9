"""The frame: going from page to page, keys, search, lock, errors, work beside the screen."""

import logging
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import partial
from typing import Annotated, Any, cast

import pytest
from PySide6.QtCore import QEvent, QPoint, Qt, QTimer
from PySide6.QtGui import QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from app.core.errors import Invalid, Problem, StoreBusy
from app.core.kinds import Text
from app.core.record import Record
from app.core.words.staff import Role
from app.work import Action, Actor, Permission, Query, Topic, Work
from tests.ui.conftest import Shown, click_key, type_text
from ui import lock, theme
from ui.desk import Desk
from ui.feedback import Feedback
from ui.kit.asking import Answers, Dialogs
from ui.kit.buttons import Button
from ui.kit.fkeybar import FKeyButton
from ui.kit.form import FormView
from ui.kit.page import Page
from ui.kit.search_box import Hit
from ui.lock import Gate, IdleLock
from ui.main_window import Frame, MainWindow
from ui.pages import SCREENS
from ui.sign_in import Account, Place, SignInPage
from ui.tasks import Tasks


class Note(Record):
    text: Annotated[str, Text(label="内容")]


@dataclass
class Done:
    result: Any
    topics: frozenset[Topic]


class PretendOffice:
    """Answers verbs without a store."""

    def perform(self, actor: Actor, action: Action[Any, Any], request: Record) -> Done:
        return Done(action.run(cast("Work", None), request), action.changes)

    def ask(self, actor: Actor, query: Query[Any, Any], request: Record) -> Any:
        return query.run(cast("Work", None), request)


def kept(_work: Work, note: Note) -> str:
    match note.text:
        case "bad":
            raise Invalid([Problem("text", "bad", "此项必填")])
        case "busy":
            raise StoreBusy
        case "bug":
            raise ZeroDivisionError("李秀梅")
        case text:
            return text.upper()


KEEP = Action("notes.keep", kept, Permission.KEEP_DRAFTS, "", frozenset({Topic.DRAFTS}))
READ = Query("notes.read", kept, Permission.READ_CASES, "")
FORBIDDEN = Query("audit.read", kept, Permission.READ_AUDIT, "")


class NotesPage(Page):
    name = "workbench"
    title = "工作台"
    shows = frozenset({Topic.DRAFTS})

    def build(self) -> None:
        self.form = FormView(Note)
        self.answers: list[str] = []
        self.refreshed = 0
        self.left = 0
        self.seen: object = None
        self.sizes: list[tuple[int, int]] = []
        self.add(self.form)
        self.keep = self.bar().add(Button("提交", self.send, kind="primary", key="F9", name="keep"))
        self.bar().say("还缺 1 项", "内容")
        self.add_act(Button("打印", self.print, key="F12", name="print"))
        self.offer("F8", "材料", self.print, "这一件没有材料")

    def refresh(self) -> None:
        self.refreshed += 1

    def open(self, what: object) -> None:
        self.seen = what

    def first_focus(self) -> QWidget:
        return self.form.first()

    def compact(self, width: int, height: int) -> None:
        self.sizes.append((width, height))

    def before_leaving(self) -> None:
        self.left += 1

    def print(self) -> None:
        self.answers.append("printed")

    def send(self) -> None:
        if (note := self.form.record()) is not None:
            invalid = self.form.show_problems
            self.desk.perform(KEEP, note, then=self.answers.append, invalid=invalid)


class IntakePage(NotesPage):
    name = "intake"
    title = "登记"


class CasesPage(NotesPage):
    name = "cases"
    title = "案件"


PAGES: dict[str, type[Page]] = {"workbench": NotesPage, "intake": IntakePage, "cases": CasesPage}


@pytest.fixture
def desk() -> Iterator[Desk]:
    rights = frozenset(Permission) - {Permission.READ_AUDIT, Permission.READ_STAFF}
    actor = Actor(1, "wang", "王芳", frozenset({Role.CASEWORKER}), rights)
    tasks = Tasks()
    yield Desk(cast("Any", PretendOffice()), actor, tasks, Feedback(), asking=Answers())
    tasks.close()


def hits_for(text: str, then: Callable[[Sequence[Hit]], None]) -> None:
    then([] if text == "无" else HITS)


HITS = [
    Hit("人", "user-round", "李秀梅 手机 138****", "4417", second="女", page="cases", what=7),
    Hit("人", "user-round", "赵淑珍 证件 2390**********", "4417", page="cases", what=8),
    Hit("单据", "scroll-text", "领款收据〔2012〕第0", "4417", "号", page="cases", what=9),
]


@pytest.fixture
def window(desk: Desk, shown: Shown) -> MainWindow:
    frame = Frame("困难职工帮扶中心", "哈尔滨市总工会", "窗口经办", demo=True)
    made = MainWindow(desk, frame, hits_for, pages=PAGES)
    made.go("workbench")
    shown(made, 1366, 768)
    return made


def notes(window: MainWindow) -> NotesPage:
    page = window.page()
    assert isinstance(page, NotesPage)
    return page


def typed(window: MainWindow, text: str) -> NotesPage:
    page = notes(window)
    page.form.set_value("text", text)
    return page


def key(widget: QWidget, which: Qt.Key, modifier: Qt.KeyboardModifier | None = None) -> None:
    for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
        press = QKeyEvent(kind, which, modifier or Qt.KeyboardModifier.NoModifier)
        QApplication.sendEvent(widget, press)


def test_pages_are_made_when_first_opened(window: MainWindow) -> None:
    assert [page.name for page in window.findChildren(Page)] == ["workbench"]
    window.go("cases", 12)
    assert notes(window).seen == 12
    assert window.rail.current() == "cases"
    assert window.windowTitle().startswith("案件")


def test_back_and_forward(window: MainWindow) -> None:
    window.go("cases")
    window.back()
    assert notes(window).name == "workbench"
    window.forward()
    assert notes(window).name == "cases"


def test_a_page_without_the_right_is_not_offered(window: MainWindow) -> None:
    assert "audit" not in window.screens
    assert window.go("audit") is None
    assert notes(window).banners.says() == "您没有打开这一页的权限"


def test_rights_of_screens_are_permissions() -> None:
    assert {screen.needs for screen in SCREENS} - {""} <= {str(word) for word in Permission}


def test_areas_have_their_digits(window: MainWindow) -> None:
    click_key(window, Qt.Key.Key_3, Qt.KeyboardModifier.ControlModifier)
    assert notes(window).name == "cases"


def test_f_keys_do_what_the_bar_says(window: MainWindow) -> None:
    click_key(window, Qt.Key.Key_F12)
    assert notes(window).answers == ["printed"]
    closed = window.findChild(FKeyButton, "key_f8")
    assert isinstance(closed, FKeyButton)
    assert not closed.isEnabled()
    assert closed.toolTip() == "这一件没有材料"
    click_key(window, Qt.Key.Key_F8)
    assert notes(window).answers == ["printed"]


def test_what_no_page_uses_is_shown_closed(window: MainWindow) -> None:
    assert window.offers()["F7"].reason


def test_the_first_field_has_the_focus(window: MainWindow) -> None:
    line = notes(window).form.first()
    assert window.focusWidget() is line


def test_an_action_tells_its_result_and_what_changed(window: MainWindow, qtbot: QtBot) -> None:
    page = typed(window, "a")
    before = page.refreshed
    click_key(window, Qt.Key.Key_F9)
    qtbot.waitUntil(lambda: page.answers == ["A"])
    qtbot.waitUntil(lambda: page.refreshed == before + 1)


def test_a_page_out_of_sight_refreshes_when_it_comes_back(window: MainWindow) -> None:
    page = notes(window)
    window.go("cases")
    before = page.refreshed
    window.desk.tell_changed(frozenset({Topic.DRAFTS}))
    assert page.refreshed == before
    window.back()
    assert page.refreshed == before + 1


def test_problems_of_the_office_mark_the_fields(window: MainWindow, qtbot: QtBot) -> None:
    page = typed(window, "bad")
    page.send()
    qtbot.waitUntil(lambda: page.form.red() == 1)
    assert not page.banners.says()


def test_an_error_people_can_act_on_is_a_banner(window: MainWindow, qtbot: QtBot) -> None:
    page = typed(window, "busy")
    page.send()
    qtbot.waitUntil(lambda: bool(page.banners.says()))
    assert page.form.value("text") == "busy"


@pytest.mark.logs
def test_a_bug_shows_a_number_and_logs_no_personal_data(
    window: MainWindow, qtbot: QtBot, caplog: pytest.LogCaptureFixture
) -> None:
    page = typed(window, "bug")
    with caplog.at_level(logging.ERROR):
        page.send()
        qtbot.waitUntil(lambda: window.findChild(QDialog, "bug_dialog") is not None)
    dialog = window.findChild(QDialog, "bug_dialog")
    assert isinstance(dialog, QDialog)
    words = dialog.findChild(QWidget, "dialog_text")
    logged = caplog.records[-1].getMessage()
    number = logged.split()[0]
    assert len(number) == 9
    assert number in cast("Any", words).text()
    assert "ZeroDivisionError" in logged
    assert "李秀梅" not in logged
    dialog.accept()


def test_an_overtaken_answer_is_dropped(desk: Desk, qtbot: QtBot) -> None:
    answers: list[str] = []
    for text in ("a", "b", "c"):
        desk.ask(READ, Note(text=text), then=answers.append, latest="box")
    desk.ask(READ, Note(text="end"), then=answers.append)
    qtbot.waitUntil(lambda: {"C", "END"} <= set(answers))
    assert "A" not in answers
    assert "B" not in answers


def test_what_is_closed_says_why(desk: Desk) -> None:
    assert desk.may(READ)
    assert desk.reason(READ) == ""
    assert desk.reason(FORBIDDEN) == "需要权限：" + Permission.READ_AUDIT.label


def test_paper_is_made_aside(desk: Desk, qtbot: QtBot) -> None:
    made: list[bytes] = []
    desk.produce(bytes, 3, then=made.append)
    assert desk.is_busy()
    qtbot.waitUntil(lambda: made == [b"\0\0\0"])
    assert not desk.is_busy()


def box(window: MainWindow) -> QLineEdit:
    return window.box


def test_the_box_finds_while_one_types(window: MainWindow, qtbot: QtBot) -> None:
    click_key(window, Qt.Key.Key_F3)
    assert box(window).hasFocus()
    type_text(box(window), "4417")
    qtbot.waitUntil(window.box.hits.isVisible)
    click_key(box(window), Qt.Key.Key_Down)
    click_key(box(window), Qt.Key.Key_Return)
    assert notes(window).name == "cases"
    assert notes(window).seen == 8
    assert not window.box.hits.isVisible()


def test_the_box_says_when_nothing_is_found(window: MainWindow, qtbot: QtBot) -> None:
    box(window).setFocus()
    type_text(box(window), "无")
    qtbot.waitUntil(window.box.hits.isVisible)
    says = window.box.hits.findChild(QWidget, "search_nothing")
    assert cast("Any", says).text().startswith("没有找到“无”")
    click_key(box(window), Qt.Key.Key_Escape)
    assert not window.box.hits.isVisible()


def test_the_box_takes_commands(window: MainWindow, qtbot: QtBot) -> None:
    box(window).setFocus()
    type_text(box(window), ">案")
    qtbot.waitUntil(window.box.hits.isVisible)
    click_key(box(window), Qt.Key.Key_Return)
    assert notes(window).name == "cases"


def test_control_enter_is_the_main_act(window: MainWindow, qtbot: QtBot) -> None:
    page = typed(window, "a")
    line = page.form.first()
    click_key(line, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: page.answers == ["A"])


def test_escape_leaves_the_field_then_the_page_and_discards_nothing(window: MainWindow) -> None:
    window.go("cases")
    page = typed(window, "typed")
    click_key(page.form.first(), Qt.Key.Key_Escape)
    assert page.hasFocus()
    click_key(page, Qt.Key.Key_Escape)
    assert notes(window).name == "workbench"
    assert page.form.value("text") == "typed"


def test_layouts_go_by_the_logical_size(window: MainWindow) -> None:
    assert notes(window).sizes[-1] == (1366, 768)
    assert window.rail.width() == 152
    click_key(window, Qt.Key.Key_Equal, Qt.KeyboardModifier.ControlModifier)
    assert theme.percent() == 115
    assert notes(window).sizes[-1] == (1188, 668)
    assert window.rail.width() == 56
    click_key(window, Qt.Key.Key_0, Qt.KeyboardModifier.ControlModifier)
    assert theme.percent() == 100
    assert window.rail.width() == 152


@pytest.mark.parametrize("percent", theme.SCALES)
def test_the_frame_fits_a_small_screen(
    qapp: QApplication, window: MainWindow, percent: int
) -> None:
    theme.use(qapp, theme.Scheme.LIGHT, percent)
    window.resize(1366, 690)
    least = window.minimumSizeHint()
    assert least.width() <= 1366
    assert least.height() <= 690


def test_alt_shows_letters_and_a_letter_presses(window: MainWindow) -> None:
    window.tips.show_tips()
    press = notes(window).findChild(Button, "print")
    letters = next(keys for keys, target in window.tips.targets.items() if target is press)
    for letter in letters:
        key(window, Qt.Key(ord(letter)), Qt.KeyboardModifier.AltModifier)
    assert notes(window).answers == ["printed"]
    assert not window.tips.isVisible()


def test_alt_held_in_a_field_shows_letters_and_the_field_gets_none(
    window: MainWindow, qtbot: QtBot
) -> None:
    window.box.setFocus()
    field = QApplication.focusWidget()
    assert isinstance(field, QLineEdit)
    QTest.keyPress(window.windowHandle(), Qt.Key.Key_Alt, Qt.KeyboardModifier.AltModifier)
    qtbot.waitUntil(window.tips.isVisible)
    press = notes(window).findChild(Button, "print")
    letters = next(keys for keys, target in window.tips.targets.items() if target is press)
    for letter in letters:
        QTest.keyPress(window.windowHandle(), Qt.Key(ord(letter)))
    QTest.keyRelease(window.windowHandle(), Qt.Key.Key_Alt)
    assert notes(window).answers == ["printed"]
    assert field.text() == ""
    assert not window.tips.isVisible()


def test_letting_alt_go_hides_the_letters_and_a_short_press_shows_none(
    window: MainWindow, qtbot: QtBot
) -> None:
    window.box.setFocus()
    handle = window.windowHandle()
    QTest.keyPress(handle, Qt.Key.Key_Alt, Qt.KeyboardModifier.AltModifier)
    qtbot.waitUntil(window.tips.isVisible)
    QTest.keyRelease(handle, Qt.Key.Key_Alt)
    assert not window.tips.isVisible()
    QTest.keyPress(handle, Qt.Key.Key_Alt, Qt.KeyboardModifier.AltModifier)
    QTest.keyPress(handle, Qt.Key.Key_F, Qt.KeyboardModifier.AltModifier)
    waiting = window.tips.findChild(QTimer)
    assert isinstance(waiting, QTimer)
    assert not waiting.isActive()


def test_f1_shows_every_key_with_its_reason(window: MainWindow) -> None:
    click_key(window, Qt.Key.Key_F1)
    sheet = window.findChild(QDialog, "key_sheet")
    assert isinstance(sheet, QDialog)
    words = [
        cast("Any", each).text() for each in sheet.findChildren(QWidget) if hasattr(each, "text")
    ]
    assert "这一件没有材料" in words
    sheet.close()


def test_a_toast_can_be_undone(window: MainWindow) -> None:
    undone: list[bool] = []
    notes(window).toast.emit("已移出 1 笔", lambda: undone.append(True))
    assert window.toast.text() == "已移出 1 笔"
    click_key(window, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert undone == [True]
    assert not window.toast.text()


def test_enter_answers_a_question(window: MainWindow) -> None:
    done: list[bool] = []
    for danger in (False, True):
        note = partial(done.append, danger)
        Dialogs().confirm(window, "冻结？", "", "冻结", note, danger=danger)
        dialog = window.findChild(QDialog, "confirm_dialog")
        assert dialog is not None
        assert isinstance(dialog.focusWidget(), Button)
        click_key(dialog.focusWidget(), Qt.Key.Key_Return)
        QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    assert done == [False], "Enter is the harmless answer where something is lost"


ACCOUNTS = (Account("zhao", "赵建国", "主管"), Account("wang", "王芳", "窗口经办"))


@pytest.fixture
def gate(window: MainWindow, shown: Shown) -> Gate:
    made = Gate(SignInPage(Place("困难职工帮扶中心", "哈尔滨市总工会"), ACCOUNTS))
    shown(made, 1366, 768)
    made.enter(window)
    return made


def test_a_lock_saves_drafts_and_returns_to_the_same_field(gate: Gate) -> None:
    frame = gate.frame()
    assert frame is not None
    page = notes(frame)
    page.form.first().setFocus()
    gate.lock()
    assert gate.locked()
    assert page.left
    assert gate.sign_in.password.line.hasFocus()
    wang = frame.desk.actor
    assert not gate.unlock(replace(wang, user="zhao"))
    assert not gate.unlock(replace(wang, permissions=frozenset())), "rights taken away meanwhile"
    assert gate.unlock(wang)
    assert page.form.first().hasFocus()


def test_who_takes_over_a_locked_desk_can_type_at_once(gate: Gate, desk: Desk) -> None:
    gate.lock()
    frame = MainWindow(desk, Frame("帮扶中心", "总工会", "主管"), hits_for, pages=PAGES)
    frame.go("workbench")
    gate.enter(frame)
    assert notes(frame).form.first().hasFocus()


def test_the_sign_in_waits_for_the_password(shown: Shown) -> None:
    page = SignInPage(Place("困难职工帮扶中心", "哈尔滨市总工会"), ACCOUNTS)
    shown(Gate(page), 1366, 768)
    assert page.password.line.hasFocus()


def test_a_wrong_password_is_forgotten_once_somebody_is_in(gate: Gate) -> None:
    gate.lock()
    gate.sign_in.wrong(2)
    assert gate.sign_in.password.line.property("state") == "bad"
    frame = gate.frame()
    assert frame is not None
    assert gate.unlock(frame.desk.actor)
    gate.lock()
    assert gate.sign_in.password.line.property("state") != "bad"


def test_the_locked_desk_cannot_be_reached_by_keys(gate: Gate) -> None:
    frame = gate.frame()
    assert frame is not None
    gate.lock()
    click_key(gate.sign_in.password.line, Qt.Key.Key_F12)
    assert notes(frame).answers == []


def test_signing_in_by_keyboard(gate: Gate) -> None:
    gate.lock()
    page = gate.sign_in
    click_key(page.password.line, Qt.Key.Key_Down)
    type_text(page.password.line, "demo-2012")
    wanted: list[tuple[str, str]] = []

    def note(user: str, password: str) -> None:
        wanted.append((user, password))

    page.wanted.connect(note)
    click_key(page.password.line, Qt.Key.Key_Return)
    assert wanted == [("zhao", "demo-2012")]


def test_three_wrong_passwords_make_one_wait(gate: Gate, qtbot: QtBot) -> None:
    gate.lock()
    page = gate.sign_in
    page.wrong(2)
    assert page.message() == "用户名或密码不对，还可试 2 次"
    page.wrong(0)
    assert page.message() == "请等 30 秒再试"
    type_text(page.password.line, "demo-2012")
    with qtbot.assertNotEmitted(page.wanted):
        click_key(page.password.line, Qt.Key.Key_Return)


def test_caps_lock_is_noticed(gate: Gate) -> None:
    gate.lock()
    type_text(gate.sign_in.password.line, "a")
    assert gate.sign_in.message() == ""
    type_text(gate.sign_in.password.line, "A")
    assert gate.sign_in.message() == "大写锁定已打开"


def test_idle_locks_without_asking(qapp: QApplication, qtbot: QtBot) -> None:
    locked: list[bool] = []
    guard = IdleLock(qapp, 0.001, lambda: locked.append(True), qapp)
    qtbot.waitUntil(lambda: bool(locked))
    qapp.removeEventFilter(guard)
    guard.deleteLater()


def test_every_touch_begins_the_count_again(
    qapp: QApplication, qtbot: QtBot, gate: Gate, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(lock, "PAUSE_MS", 1)
    guard = IdleLock(qapp, 10, lambda: None, qapp)
    line = gate.sign_in.password.line
    for _touch in range(3):  # between two of them it looks away for a moment
        guard.counting.stop()
        QApplication.sendEvent(line, QEvent(QEvent.Type.UpdateRequest))
        assert not guard.counting.isActive(), "nobody touched anything"
        qtbot.waitUntil(lambda: (click_key(line, Qt.Key.Key_A), guard.counting.isActive())[1])
    qapp.removeEventFilter(guard)
    guard.deleteLater()


def test_a_touch_of_the_mouse_counts_wherever_it_is(qapp: QApplication, window: MainWindow) -> None:
    guard = IdleLock(qapp, 10, lambda: None, qapp)
    guard.counting.stop()
    QTest.mouseMove(window.stack, QPoint(9, 9))
    QTest.mouseClick(window.top, Qt.MouseButton.LeftButton)
    assert guard.counting.isActive()
    qapp.removeEventFilter(guard)
    guard.deleteLater()
