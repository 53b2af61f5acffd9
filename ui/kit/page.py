"""Page: one screen. It talks to nothing but its desk and names where to go."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLayout, QSizePolicy, QVBoxLayout, QWidget

from app.core.i18n import _
from ui import theme
from ui.desk import Desk
from ui.kit.banners import Banner, BannerArea
from ui.kit.buttons import Button, press
from ui.kit.labels import Elided, Icon, Label

if TYPE_CHECKING:
    from app.work import Permission, Topic


@dataclass(frozen=True)
class FKey:
    """What a function key does on a page, or why it does nothing."""

    label: str
    run: Callable[[], object]
    reason: str = ""


class Page(QWidget):
    """The base of all screens.

    A subclass sets the class attributes, composes its widgets in `build` (into ``body``) and
    loads what it shows in `refresh`, which runs when the page comes into sight and whenever one
    of the topics it ``shows`` has changed while it is in sight.
    """

    name: ClassVar[str]
    """Its address, such as ``intake``; other pages go there by it."""
    title: ClassVar[str]
    """Message id of the title."""
    icon: ClassVar[str] = "file-text"
    shows: ClassVar["frozenset[Topic]"] = frozenset()
    needs: ClassVar["Permission | None"] = None
    """The right without which the page is not offered."""

    go = Signal(str, object)
    """Ask the frame to open a page by name, with what `open` gets there."""
    retitled = Signal()
    keys_changed = Signal()
    toast = Signal(str, object)
    """Say what was done; the second is the undo, or `None`."""
    saved = Signal(str)
    """Say when the draft was last kept; shown at the right end of the F-key bar."""
    look_wanted = Signal(str, int)
    """Ask the frame for another scheme (the word of a `theme.Scheme`) and text size."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.desk = desk
        self.setObjectName(f"page_{self.name}")
        self.primary: Button | None = None
        self.f_keys: dict[str, FKey] = {}
        self._stale = True
        self._in_sight = False
        self._outer = outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(0)
        inner = QVBoxLayout()
        inner.setContentsMargins(16, 12, 16, 12)
        inner.setSpacing(10)
        self.head = QHBoxLayout()
        self.head.setSpacing(8)
        self._title = Label(_(self.title), "title")
        self._title.setObjectName("page_title")
        self._context = Elided(role="soft")
        self._context.setObjectName("page_context")
        self._head_lead = QHBoxLayout()
        self._head_lead.setSpacing(8)
        self._compose_head()
        self.banners = BannerArea()
        self.body = QVBoxLayout()
        self.body.setSpacing(12)
        inner.addLayout(self.head)
        inner.addWidget(self.banners)
        inner.addLayout(self.body, 1)
        outer.addLayout(inner, 1)
        self._bar: PageBar | None = None
        desk.changed.connect(self._desk_changed)
        self.build()

    def _compose_head(self) -> None:
        self.head.addLayout(self._head_lead)
        self.head.addWidget(self._title)
        self.head.addSpacing(4)
        self.head.addWidget(self._context, 1)

    # For subclasses to write

    def build(self) -> None:
        """Compose the page; runs once."""
        raise NotImplementedError

    def refresh(self) -> None:
        """Ask the desk for what is shown; the page is in sight."""

    def open(self, what: object) -> None:
        """Show the thing the page was asked for (an id, a draft); `None` as it was."""

    def first_focus(self) -> QWidget | None:
        """Return the widget that takes the focus when the page comes into sight."""
        return None

    def compact(self, width: int, height: int) -> None:
        """Give way: ``width`` and ``height`` are the window's, divided by the text size."""

    def before_leaving(self) -> None:
        """Save drafts: the page goes out of sight, is locked or closed. Never asks anything."""

    # The head

    @property
    def visible_title(self) -> str:
        """The title as it stands on the screen."""
        return self._title.text()

    def set_title(self, title: str, context: str = "") -> None:
        """Show another title, such as the name of a person, and the line beside it."""
        self._title.setText(title)
        self._context.setText(context)
        self.retitled.emit()

    def set_context(self, context: str) -> None:
        """Show another line beside the title."""
        self._context.setText(context)

    def lead(self, widget: QWidget) -> None:
        """Put a widget (an avatar) before the title."""
        self._head_lead.addWidget(widget)

    def beside_title(self, widget: QWidget) -> None:
        """Put a widget (a chip, a segment) after title and context."""
        at = self.head.indexOf(self._context)
        self.head.insertWidget(at + 1, widget)
        if self.head.stretch(at):
            self.head.setStretch(at, 0)
            self.head.insertStretch(at + 2, 1)
            self._context.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Preferred)

    def add_act(self, button: Button) -> Button:
        """Put a button at the right end of the head, and its F-key on the bar."""
        self.head.addWidget(button)
        return self._take(button)

    # The bar at the foot of forms and batches

    def bar(self) -> "PageBar":
        """Return the page bar, made on first use: what is missing at the left, acts right."""
        if self._bar is None:
            self._bar = PageBar(self._take)
            self._outer.addWidget(self._bar)
        return self._bar

    def _take(self, button: Button) -> Button:
        if button.kind == "primary":
            self.primary = button
        if button.key.startswith("F") and button.key[1:].isdigit():
            self.offer(button.key, button.words(), button.click)
        return button

    # Keys

    def offer(self, key: str, label: str, run: Callable[[], object], reason: str = "") -> None:
        """Offer a function key: its verb, what it runs, and the reason if it is closed now."""
        self.f_keys[key] = FKey(label, run, reason)
        self.keys_changed.emit()

    def withdraw(self, key: str) -> None:
        """Take an offer back."""
        self.f_keys.pop(key, None)
        self.keys_changed.emit()

    def press_primary(self) -> None:
        """Press the one filled button: what Ctrl+Enter does."""
        press(self.primary)

    # What happened

    def say(self, tone: str, title: str, text: str = "", acts: Sequence[Button] = ()) -> None:
        """Show a banner: ``wait`` asks to look, ``bad`` blocks or failed, ``ok`` is a result."""
        self.banners.show_banner(Banner(tone, title, text, acts))

    def add(self, item: QWidget | QLayout, stretch: int = 0) -> None:
        """Add a widget or a layout to the body."""
        if isinstance(item, QWidget):
            self.body.addWidget(item, stretch)
        else:
            self.body.addLayout(item, stretch)

    # Coming into sight

    def showEvent(self, event: QShowEvent) -> None:
        """Load what is shown, if it may have changed since."""
        super().showEvent(event)
        self._in_sight = True
        if self._stale:
            self.reload()

    def hideEvent(self, event: object) -> None:
        """Save drafts when the page goes out of sight."""
        if self._in_sight:
            self._in_sight = False
            self.before_leaving()

    def reload(self) -> None:
        """Load again what is shown."""
        self._stale = False
        self.refresh()

    def _desk_changed(self, topics: "frozenset[Topic]") -> None:
        if topics & self.shows:
            if self._in_sight:
                self.reload()
            else:
                self._stale = True


class PageBar(QFrame):
    """The bar of acts: what is missing at the left; quiet, secondary, primary at the right."""

    def __init__(self, take: Callable[[Button], Button]) -> None:
        super().__init__()
        self.setObjectName("page_bar")
        self.setProperty("kind", "pagebar")
        self._take = take
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(16, 0, 16, 0)
        self._row.setSpacing(10)
        self._icon = Icon("calculator")
        self._icon.hide()
        self._first = Elided(role="strong")
        self._first.setObjectName("bar_first")
        self._second = Elided(role="small")
        self._second.setObjectName("bar_second")
        words = QVBoxLayout()
        words.setSpacing(0)
        words.addStretch(1)
        words.addWidget(self._first)
        words.addWidget(self._second)
        words.addStretch(1)
        self._second.hide()
        self._row.addWidget(self._icon)
        self._row.addLayout(words, 1)
        theme.changes.changed.connect(self._size)
        self._size()

    def _size(self) -> None:
        self.setFixedHeight(theme.px(60))

    def say(
        self, first: str, second: str = "", tone: str = "", icon: str = "", second_tone: str = ""
    ) -> None:
        """Say at the left what is missing: a strong line in a tone and a small one below."""
        self._first.setText(first)
        self._first.set_tone(tone)
        self._second.setText(second)
        self._second.set_tone(second_tone)
        self._second.setVisible(bool(second))
        if icon:
            self._icon.show_icon(icon, tone or "text_soft")
        self._icon.setVisible(bool(icon))

    def add(self, button: Button) -> Button:
        """Add a button at the right, in the order quiet, secondary, primary."""
        self._row.addWidget(button, alignment=Qt.AlignmentFlag.AlignVCenter)
        return self._take(button)

    def add_left(self, widget: QWidget) -> None:
        """Put a widget between the words and the acts."""
        self._row.insertWidget(2, widget)

    def text(self) -> str:
        """Return the words at the left."""
        return f"{self._first.text()} {self._second.text()}".strip()
