"""The first start: the demonstration, a real center step by step, and nothing half-made."""

from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from app import entrance
from app.center.queries import value_rows
from app.center.records import ValueRow
from app.core.money import Fen
from app.core.record import Nothing
from app.core.words.center import ValueState
from app.core.words.staff import Role
from app.papers.key_sheet import key_sheet
from app.papers.render import opened
from app.settings.face import read_face
from db.keys import KeyFile, key_file_of
from db.trouble import DiskFull
from tests.ui.conftest import PATIENCE_MS
from tests.world import PASSWORD, World
from ui.first_start import FirstStart
from ui.first_start.making import Guest, Plan, Told, make_center
from ui.kit.asking import Answers
from ui.kit.buttons import Button
from ui.printing import KeptSheets, NoPrinter
from ui.restoring import RestoreDialog

TODAY = date(2026, 11, 20)
NAMES = {
    Role.CASEWORKER: ("王芳", "wang", "wang-2026"),
    Role.SUPERVISOR: ("赵建国", "zhao", "zhao-2026"),
    Role.FINANCE: ("王芳", "wang", ""),
    Role.ADMINISTRATOR: ("王芳", "wang", ""),
}


def no_demo(store: Path, told: Told) -> list[Guest]:
    """Stand in for the making of the demonstration, which has its own test."""
    told(0, 2)
    told(1, 2)
    store.write_bytes(b"")
    return [Guest("wang", "王芳", "窗口经办", "demo-2012")]


class First:
    """A first start that is shown, with its doubles."""

    def __init__(self, folder: Path, qtbot: QtBot, make: Callable[[Plan], str]) -> None:
        self.folder = folder
        self.sheets = KeptSheets()
        self.asking = Answers(file=folder)
        self.window = FirstStart(
            folder,
            lambda: TODAY,
            make=make,
            make_demo=no_demo,
            asking=self.asking,
            printer=self.sheets,
        )
        self.store: list[Path] = []
        self.window.finished.connect(self.store.append)
        self._qtbot = qtbot
        qtbot.addWidget(self.window)
        self.window.resize(1366, 690)
        with qtbot.waitExposed(self.window, timeout=PATIENCE_MS):
            self.window.show()

    def rest(self) -> None:
        tasks = self.window._tasks  # pyright: ignore[reportPrivateUsage] - the test has to wait
        self._qtbot.waitUntil(tasks.idle)

    def go_on(self) -> None:
        self.window.next.click()
        self.rest()

    def to_people(self) -> None:
        """Answer the first three steps."""
        self.go_on()
        self.window.center.form.set_value("name", "哈尔滨市困难职工帮扶中心")
        self.go_on()
        self.go_on()
        assert self.window.step() is self.window.people

    def people(self, changed: dict[Role, tuple[str, str, str]] | None = None) -> None:
        for role, (name, user, password) in (NAMES | (changed or {})).items():
            form = self.window.people.forms[role]
            form.set_value("name", name)
            form.set_value("user", user)
            form.set_value("password", password)
            form.set_value("again", password)
        self.go_on()

    def lines(self) -> None:
        form = self.window.lines.form
        form.set_value("districts", Fen(93_500))
        form.set_value("effective_from", date(2026, 1, 1))
        form.set_value("effective_to", date(2026, 12, 31))
        form.set_value("document", "哈民规〔2026〕3号")
        self.go_on()


@pytest.fixture
def start(tmp_path: Path, qtbot: QtBot) -> Iterator[Callable[..., First]]:
    """Show first starts in a folder of the test; close them at its end."""
    shown: list[First] = []

    def show(make: Callable[[Plan], str] = make_center) -> First:
        shown.append(First(tmp_path, qtbot, make))
        return shown[-1]

    yield show
    for first in shown:
        first.window.close()


def test_a_demonstration_tells_who_can_sign_in(start: Callable[..., First]) -> None:
    first = start()
    first.window.purpose.demo.click()
    assert first.window.next.words() == "下一步：演示数据"
    first.go_on()
    assert first.window.demo.says.text() == "已建好。可用以下任何一人登录："
    assert first.window.next.words() == "登录"
    first.go_on()
    assert first.store == [first.folder / "demo.db"]


def test_a_backup_is_restored_and_signed_in_to(
    start: Callable[..., First], world: World, tmp_path: Path
) -> None:
    made = world.office.back_up(world.actor("admin"), lambda _share: None, tmp_path)
    first = start()
    first.window.purpose.restore.click()
    dialog = first.window.findChild(RestoreDialog)
    assert dialog is not None
    assert dialog.form.value("to") == str(first.folder / "center.db")
    first.asking.file = made.result.place
    dialog.findChildren(Button, "act_choose_backup")[0].click()
    dialog.form.set_value("to", str(first.folder / "new.db"))
    dialog.form.set_value("user", "wang")
    dialog.form.set_value("password", PASSWORD)
    dialog.go.click()
    first.rest()
    dialog.finish.click()
    assert first.store == [first.folder / "new.db"]
    entrance.open_store(first.store[0], "wang", PASSWORD)[0].close()


def test_a_real_center_is_made_step_by_step(start: Callable[..., First]) -> None:
    first = start()
    first.to_people()
    first.people()
    first.lines()
    window = first.window
    assert window.step() is window.report
    assert not (first.folder / "center.db").exists()  # not before the key is sealed
    assert window.next.reason == "请先打印并封存恢复密钥"
    window.report.print.click()
    first.rest()
    [(_title, pdf, copies)] = first.sheets.sheets
    key = window.report.key.text().replace(" - ", "-").replace("\n", "-")
    assert copies == 2
    with opened(pdf) as document:
        text = str(document[0].get_textpage().get_text_range())
    assert key[:4] in text
    window.report.tick.click()
    first.go_on()
    store = first.folder / "center.db"
    assert first.store == [store]
    assert read_face(store).center == "哈尔滨市困难职工帮扶中心"
    assert KeyFile.read(key_file_of(store)).open_with_recovery_key(key)
    office, wang = entrance.open_store(store, "wang", "wang-2026")
    try:
        assert wang.roles == {Role.CASEWORKER, Role.FINANCE, Role.ADMINISTRATOR}
        rows: list[ValueRow] = office.ask(wang, value_rows, Nothing())
        [entered] = [row for row in rows if row.state is ValueState.ENTERED]
        assert (entered.amount, entered.entered_by) == (93_500, "王芳")
    finally:
        office.close()
    assert sorted(path.name for path in first.folder.iterdir()) == [
        "center.db", "center.db.face", "center.db.keys",
    ]  # fmt: skip


def test_whoever_stops_before_the_end_leaves_nothing(start: Callable[..., First]) -> None:
    first = start()
    first.to_people()
    first.people()
    first.window.lines.later.click()
    first.go_on()
    assert first.window.step() is first.window.report
    first.window.close()
    assert list(first.folder.iterdir()) == []


def test_what_is_put_off_is_not_called_missing(start: Callable[..., First]) -> None:
    first = start()
    first.to_people()
    first.people()
    first.go_on()
    lines = first.window.lines
    assert first.window.step() is lines
    assert lines.form.red()
    lines.later.click()
    assert not lines.form.red()


def test_what_a_killed_start_left_is_taken_away(start: Callable[..., First]) -> None:
    first = start()
    left = entrance.workshop_of(first.folder / "center.db")
    left.write_bytes(b"half")
    first.to_people()
    first.people()
    first.window.lines.later.click()
    first.go_on()
    first.window.report.tick.click()
    first.go_on()
    assert not left.exists()
    assert len(first.store) == 1


def test_a_failure_keeps_what_was_typed_and_says_why(start: Callable[..., First]) -> None:
    def full(_plan: Plan) -> str:
        raise DiskFull

    first = start(full)
    first.to_people()
    first.people()
    first.lines()
    window = first.window
    assert window.step() is window.lines
    assert window.banners.says().startswith("没有保存：磁盘已满")
    assert window.lines.form.value("districts") == 93_500


def test_the_name_of_the_center_is_needed(start: Callable[..., First]) -> None:
    first = start()
    first.go_on()
    first.go_on()
    assert first.window.step() is first.window.center
    assert first.window.center.form.boxes["name"].message.text() == "此项必填"
    first.window.back.click()
    assert first.window.step() is first.window.purpose


@pytest.mark.parametrize(
    ("changed", "field", "says"),
    [
        ({Role.SUPERVISOR: ("王芳", "wang", "")}, "user", "主管须是另一人"),
        ({Role.FINANCE: ("赵建国", "zhao", "")}, "user", "主管须是另一人"),
        ({Role.FINANCE: ("钱立", "wang", "")}, "user", "这个用户名是王芳的"),
        ({Role.FINANCE: ("钱立", "qian", "kurz")}, "password", "密码现为 4 个字符，至少要 8 个"),
        ({Role.FINANCE: ("钱立", "qian", "")}, "password", "密码现为 0 个字符，至少要 8 个"),
        ({Role.CASEWORKER: ("王芳", "王", "wang-2026")}, "user",
         "用户名以小写字母开头，2 至 24 个字母或数字"),
    ],
)  # fmt: skip
def test_people_are_checked(
    start: Callable[..., First],
    changed: dict[Role, tuple[str, str, str]],
    field: str,
    says: str,
) -> None:
    first = start()
    first.to_people()
    first.people(changed)
    assert first.window.step() is first.window.people
    [role] = changed
    assert first.window.people.forms[role].boxes[field].message.text() == says


def test_a_place_that_does_not_fit_says_why(
    start: Callable[..., First], monkeypatch: pytest.MonkeyPatch
) -> None:
    first = start()
    place = first.window.place
    (first.folder / "center.db").write_bytes(b"")
    place.look()
    first.rest()
    assert place.trouble.text() == "这个位置已有数据，请换一个名称或文件夹。"
    assert not place.ready()
    place.set_place(Path("//server/share/center.db"))
    first.rest()
    assert "网络共享文件夹" in place.trouble.text()
    assert not place.ready()
    monkeypatch.setattr(entrance, "LEAST_FREE", 10**18)
    place.set_place(first.folder / "new" / "center.db")
    first.rest()
    assert not place.ready()
    monkeypatch.undo()
    place.folder_wanted.emit()
    first.rest()
    assert not place.ready()  # the suggested name is taken too
    place.set_place(first.folder / "new" / "center.db")
    first.rest()
    assert place.ready()


def test_without_a_printer_the_sheet_is_saved(
    start: Callable[..., First], monkeypatch: pytest.MonkeyPatch
) -> None:
    def make(_plan: Plan) -> str:
        return "AAAA-BBBB-CCCC-DDDD-EEEE-FFFF-GGGG-HHHH"

    first = start(make)

    def refuse(_pdf: bytes, *, copies: int = 1, title: str = "") -> None:
        raise NoPrinter

    monkeypatch.setattr(first.sheets, "print_pdf", refuse)
    first.to_people()
    first.people()
    first.lines()
    first.window.report.print.click()
    first.rest()
    assert "打印机没有响应" in first.window.banners.says()
    first.window.report.save.click()
    first.rest()
    assert "立即删除" in first.window.banners.says()
    assert (first.folder / "恢复密钥.pdf").read_bytes().startswith(b"%PDF")


def test_the_sheet_of_the_key_is_one_page_and_always_the_same() -> None:
    sheet = key_sheet("帮扶中心", "7K2M-QX4D-8F3H-22AB-9TJP-XXYZ-ABCD-2345", TODAY)
    assert sheet == key_sheet("帮扶中心", "7K2M-QX4D-8F3H-22AB-9TJP-XXYZ-ABCD-2345", TODAY)
    with opened(sheet) as document:
        assert len(document) == 1
        assert "7K2M - QX4D - 8F3H - 22AB" in document[0].get_textpage().get_text_range()


def test_trouble_with_the_known_store_is_said(start: Callable[..., First]) -> None:
    first = start()
    first.window.say("密钥文件读不出。数据完好。")
    assert first.window.banners.says() == "密钥文件读不出 数据完好。"
