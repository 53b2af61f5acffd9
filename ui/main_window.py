"""The frame: top bar, rail, pages, F-key bar. It can navigate and do nothing else."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from importlib import import_module
from typing import Final

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QMenu, QStackedWidget, QVBoxLayout, QWidget

from app.core.i18n import _
from ui import theme
from ui.desk import Desk
from ui.kit.asking import BugDialog
from ui.kit.buttons import Button
from ui.kit.fkeybar import F_KEYS, USUAL, FKeyBar, key_order
from ui.kit.keys import ENTER
from ui.kit.keysheet import FRAME_KEYS, KeySheet
from ui.kit.keytips import KeyTips
from ui.kit.menus import Menu
from ui.kit.notices import JobCard, JobCorner, ThinLine, Toast
from ui.kit.page import FKey, Page
from ui.kit.rail import Rail
from ui.kit.search_box import Hit, Search, SearchBox, commands
from ui.kit.top_bar import TopBar
from ui.pages import SCREENS, Screen

SLIM_BELOW: Final = 1320
"""Logical width below which the rail shows icons only."""


@dataclass(frozen=True)
class Frame:
    """What the frame shows of the center and of this PC."""

    center: str
    union: str
    role: str
    demo: bool = False


class MainWindow(QWidget):
    """The window a signed-in person works in."""

    lock_wanted = Signal()
    sign_out_wanted = Signal()
    look_wanted = Signal(str, int)
    """Another scheme (a `Scheme` or empty for the system's) and text size were chosen."""

    def __init__(
        self,
        desk: Desk,
        frame: Frame,
        search: Search,
        screens: Sequence[Screen] = SCREENS,
        pages: Mapping[str, type[Page]] | None = None,
    ) -> None:
        super().__init__()
        self.setObjectName("window")
        self.desk = desk
        self.frame = frame
        self._classes = dict(pages or {})
        words = {str(word) for word in desk.actor.permissions}
        self.screens = {
            each.name: each for each in screens if not each.needs or each.needs in words
        }
        self._pages: dict[str, Page] = {}
        self._history: list[str] = []
        self._ahead: list[str] = []
        self.top = TopBar(frame.center, frame.union, desk.actor.name, frame.role)
        self._search = search
        self.box = SearchBox(self, self._find)
        self.rail = Rail()
        self.stack = QStackedWidget()
        self.keys = FKeyBar()
        self._compose()
        self.line = ThinLine(self)
        self.toast = Toast(self)
        self.jobs = JobCorner(self)
        self.tips = KeyTips(self, theme.application())
        self._connect()
        self._bind()

    # Composition

    def _compose(self) -> None:
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(0)
        self.top.add_box(self.box)
        outer.addWidget(self.top)
        middle = QHBoxLayout()
        middle.setSpacing(0)
        middle.addWidget(self.rail)
        middle.addWidget(self.stack, 1)
        outer.addLayout(middle, 1)
        outer.addWidget(self.keys)
        for screen in self.screens.values():
            if screen.key:
                self.rail.add(screen.name, _(screen.title), screen.icon, screen.key)
        if any(screen.area == "settings" for screen in self.screens.values()):
            self.rail.add("settings", _("Settings"), "settings", "Ctrl+,", bottom=True)
        if self.frame.demo:
            self.keys.demo.show_state(
                _("Demonstration data, not for real cases"), "flask-conical", "wait"
            )
            self.keys.demo.show()

    def _connect(self) -> None:
        self.rail.chosen.connect(self._choose_area)
        self.box.chosen.connect(self._open_hit)
        self.top.person.clicked.connect(self.show_person_menu)
        self.top.lock.clicked.connect(self.lock_wanted)
        self.desk.busy.connect(self.line.set_busy)
        theme.changes.settled.connect(self._fit)
        self.desk.feedback.banner.connect(self._show_banner)
        self.desk.feedback.bug.connect(self._show_bug)

    def _bind(self) -> None:
        """Bind the keys of the frame; keys that Chinese input methods take are left alone."""
        for key in F_KEYS:
            self._key(key, partial(self.press, key))
        for screen in self.screens.values():
            if screen.key:
                self._key(f"Ctrl+{screen.key}", partial(self.go, screen.name))
        for key, run in {
            "Ctrl+K": self.box.setFocus,
            "Ctrl+L": self.lock_wanted.emit,
            "Ctrl+,": partial(self._choose_area, "settings"),
            "Ctrl+=": partial(self._resize_text, 1),
            "Ctrl++": partial(self._resize_text, 1),
            "Ctrl+-": partial(self._resize_text, -1),
            "Ctrl+0": partial(self._resize_text, 0),
            "Alt+Left": self.back,
            "Alt+Right": self.forward,
        }.items():
            self._key(key, run)

    def _key(self, key: str, run: Callable[[], object]) -> None:
        shortcut = QShortcut(QKeySequence(key), self)
        shortcut.setAutoRepeat(False)
        shortcut.activated.connect(lambda: run())

    # Going from page to page

    def go(self, name: str, what: object = None) -> Page | None:
        """Open a page by its name; return it, or `None` when this person has no right to it."""
        screen = self.screens.get(name)
        if screen is None:
            self._show_banner("wait", _("This page is not open to you"), "")
            return None
        page = self._page(screen)
        if not self._history or self._history[-1] != name:
            self._history.append(name)
            self._ahead.clear()
        page.open(what)
        self._show(page)
        return page

    def _page(self, screen: Screen) -> Page:
        page = self._pages.get(screen.name)
        if page is None:
            page = self._load(screen)(self.desk)
            self._pages[screen.name] = page
            self.stack.addWidget(page)
            page.go.connect(self.go)
            page.toast.connect(self.toast.say)
            page.saved.connect(self.keys.say_saving)
            page.look_wanted.connect(self._want_look)
            page.keys_changed.connect(partial(self._keys_changed, page))
            page.compact(*self.logical_size())
        return page

    def _load(self, screen: Screen) -> type[Page]:
        if screen.name not in self._classes:
            module, _colon, name = screen.at.partition(":")
            self._classes[screen.name] = getattr(import_module(f"ui.pages.{module}"), name)
        return self._classes[screen.name]

    def _show(self, page: Page) -> None:
        screen = self.screens[page.name]
        self.stack.setCurrentWidget(page)
        self.rail.set_current(screen.area or screen.name)
        self.setWindowTitle(f"{page.visible_title} - {self.frame.center}")
        self.keys.say_saving("")
        self._show_keys()
        self.take_focus()

    def take_focus(self) -> None:
        """Put the focus where the page in sight begins."""
        page = self.page()
        if page is not None:
            (page.first_focus() or page).setFocus()

    def page(self) -> Page | None:
        """Return the page in sight."""
        page = self.stack.currentWidget()
        return page if isinstance(page, Page) else None

    def back(self) -> None:
        """Return to the page before."""
        if len(self._history) > 1:
            self._ahead.append(self._history.pop())
            self._show(self._pages[self._history[-1]])

    def forward(self) -> None:
        """Undo `back`."""
        if self._ahead:
            self._history.append(self._ahead.pop())
            self._show(self._pages[self._history[-1]])

    def _choose_area(self, name: str) -> None:
        inside = [screen for screen in self.screens.values() if screen.area == name]
        if name in self.screens:
            self.go(name)
        elif len(inside) == 1:
            self.go(inside[0].name)
        elif inside:
            menu = Menu(self, f"{name}_menu")
            for screen in inside:
                menu.put(_(screen.title), partial(self.go, screen.name), icon=screen.icon)
            here = self.page()
            self.rail.set_current(self.screens[here.name].area or here.name if here else "")
            at = self.rail.mapToGlobal(QPoint(self.rail.width(), self.rail.height()))
            menu.popup(at - QPoint(0, menu.sizeHint().height()))

    def _find(self, text: str, then: Callable[[Sequence[Hit]], None]) -> None:
        """Look for ``text``; after ``>``, for a page or an act by its words."""
        if not text.startswith(">"):
            self._search(text, then)
            return
        acts = {_(each.title): partial(self.go, name) for name, each in self.screens.items()}
        acts |= {act.words(): act.click for act in self._acts() if act.isEnabled()}
        then(commands(text[1:], acts))

    def _open_hit(self, hit: Hit) -> None:
        if hit.run is not None:
            hit.run()
        elif hit.page:
            self.go(hit.page, hit.what)

    # Keys

    def offers(self) -> dict[str, FKey]:
        """Return what the function keys do now: the frame's, the page's, and those closed."""
        page = self.page()
        keys = {
            "F1": FKey(_("Help"), self.show_key_sheet),
            "F3": FKey(_("Find"), self.box.setFocus),
            "F10": FKey(_("Menu"), self.show_menu),
        }
        if "intake" in self.screens:
            keys["F2"] = FKey(_("New intake"), partial(self.go, "intake", "new"))
        if page is not None:
            keys["F5"] = FKey(_("Refresh"), page.reload)
            keys |= page.f_keys
        closed = _("There is nothing for this key on this page")
        return {key: FKey(_(says), _nothing, closed) for key, says in USUAL.items()} | keys

    def press(self, key: str) -> None:
        """Do what a function key does now."""
        offer = self.offers().get(key)
        if offer is not None and not offer.reason:
            offer.run()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Do what nobody inside did: Ctrl+Enter is the main act, Escape leaves a field or page."""
        control = event.modifiers() & Qt.KeyboardModifier.ControlModifier
        page = self.page()
        if event.key() in ENTER and control and page is not None:
            page.press_primary()
        elif event.key() == Qt.Key.Key_Escape and page is not None:
            if page.hasFocus():
                self.back()
            else:
                page.setFocus()
        else:
            super().keyPressEvent(event)

    def _keys_changed(self, page: Page) -> None:
        if page is self.page():
            self._show_keys()

    def _show_keys(self) -> None:
        offers = self.offers()
        offers.pop("F10")
        self.keys.show_keys(offers)

    def show_key_sheet(self) -> None:
        """Show every key of this page, with the reason where one is closed."""
        sheet = KeySheet(self, self._sheet())
        sheet.open()

    def _sheet(self) -> list[tuple[str, list[tuple[str, str, str]]]]:
        keys = sorted(self.offers().items(), key=lambda each: key_order(each[0]))
        frame = [(key, _(verb), "") for key, verb in FRAME_KEYS]
        acts = [(act.key, act.words(), act.reason) for act in self._acts() if act.key]
        return [
            (_("Function keys"), [(key, offer.label, offer.reason) for key, offer in keys]),
            (_("This page"), [act for act in acts if act[0] not in self.offers()]),
            (_("Everywhere"), frame),
        ]

    def _acts(self) -> list[Button]:
        page = self.page()
        found = page.findChildren(Button) if page is not None else []
        return [button for button in found if button.isVisible()]

    def show_menu(self) -> QMenu:
        """Show every act there is now, by word, key and icon: what F10 opens."""
        menu = Menu(self, "acts_menu")
        for screen in self.screens.values():
            if screen.key or screen.area == "settings":
                menu.put(_(screen.title), partial(self.go, screen.name), icon=screen.icon)
        menu.addSeparator()
        for act in self._acts():
            entry = menu.put(act.words(), act.click, icon=act.icon_name, key=act.key)
            entry.setEnabled(act.isEnabled())
        menu.addSeparator()
        menu.put(_("Lock"), self.lock_wanted.emit, icon="lock", key="Ctrl+L")
        menu.popup(self.mapToGlobal(QPoint(theme.px(16), self.top.height())))
        return menu

    def show_person_menu(self) -> QMenu:
        """Show what the person can set: text size, colours, lock, another person."""
        menu = Menu(self, "person_menu")
        menu.put_look(self._want_look)
        menu.addSeparator()
        menu.put(_("Lock"), self.lock_wanted.emit, icon="lock", key="Ctrl+L")
        menu.put(_("Sign out"), self.sign_out_wanted.emit, icon="log-out")
        menu.popup(self.top.person.mapToGlobal(QPoint(0, self.top.person.height())))
        return menu

    # Text size

    def _resize_text(self, step: int) -> None:
        at = theme.SCALES.index(theme.percent()) + step
        percent = theme.SCALES[max(0, min(at, len(theme.SCALES) - 1))] if step else 100
        self._want_look(theme.scheme().value, percent)

    def _want_look(self, scheme: str, percent: int) -> None:
        theme.use(theme.application(), theme.Scheme(scheme), percent)
        self.look_wanted.emit(scheme, percent)

    def logical_size(self) -> tuple[int, int]:
        """Return the size of the window divided by the text size: what layouts go by."""
        return (
            round(self.width() * 100 / theme.percent()),
            round(self.height() * 100 / theme.percent()),
        )

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Let rail and pages give way to the size of the window."""
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        width, height = self.logical_size()
        self.rail.set_slim(width < SLIM_BELOW)
        self.top.fit(width)
        for page in self._pages.values():
            page.compact(width, height)
        self.line.setGeometry(0, self.top.height() - 2, self.width(), 2)
        self.toast.place()
        self.jobs.place()

    # What happens meanwhile

    def show_center(self, center: str, union: str) -> None:
        """Show other names: somebody changed the center's particulars."""
        self.frame = replace(self.frame, center=center, union=union)
        self.top.set_center(center, union)
        self._fit()

    def _show_banner(self, tone: str, title: str, text: str) -> None:
        page = self.page()
        if page is not None:
            page.say(tone, title, text)

    def _show_bug(self, words: str, number: str) -> None:
        BugDialog(self, words, number).open()

    def add_job(self, job: JobCard) -> None:
        """Show a job card at the bottom right until `end_job`."""
        self.jobs.add(job)

    def end_job(self, job: JobCard) -> None:
        """Take a job card away."""
        self.jobs.remove(job)

    def save_drafts(self) -> None:
        """Let every loaded page save what was typed: before a lock, before closing."""
        for page in self._pages.values():
            page.before_leaving()


def _nothing() -> None:
    """What a closed key does."""
