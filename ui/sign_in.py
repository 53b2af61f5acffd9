"""Sign-in and lock are one page: who works here, and their password."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QShowEvent
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLineEdit,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from app.core.i18n import N_, _
from app.core.kinds import Secret
from app.core.record import Field
from app.demo import PASSWORD
from ui import theme
from ui.kit.accounts import Account, AccountList
from ui.kit.buttons import Button
from ui.kit.editors import SecretEditor
from ui.kit.field_box import Message
from ui.kit.keys import ENTER
from ui.kit.labels import Avatar, Chip, Icon, Label, Rule, Seal

WAIT_SECONDS: Final = 30
_PASSWORD: Final = Field(
    "password", Secret(label=N_("Password")), str, required=True, optional=False
)


@dataclass(frozen=True)
class Place:
    """What stands around the sign-in: whose program it is, and which PC."""

    center: str
    union: str
    window: str = ""
    version: str = ""
    demo: bool = False


class SignInPage(QWidget):
    """Who works here, and their password. After a lock it says that drafts are saved.

    ``wanted`` asks to sign somebody in; answer with `wrong`, or show their desk.
    """

    wanted = Signal(str, str)
    recovery_wanted = Signal()

    def __init__(self, place: Place, accounts: Sequence[Account]) -> None:
        super().__init__()
        self.setObjectName("page_sign_in")
        self.setProperty("ground", "window")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._seconds = 0
        self._timer = QTimer(self)
        self._timer.setInterval(1000)
        self._timer.timeout.connect(self._tick)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(20, 16, 20, 16)
        outer.addStretch(5)
        outer.addLayout(self._make_brand())
        outer.addSpacing(26)
        self._note = Chip("", "lock", "accent")
        self._note.setObjectName("lock_note")
        self._note.hide()
        outer.addWidget(self._note, alignment=Qt.AlignmentFlag.AlignHCenter)
        self._list = AccountList()
        self._user = QLineEdit()
        self._user.setObjectName("user")
        self.password = SecretEditor(_PASSWORD)
        self._message = Message("password")
        self._press = Button(
            _("Sign in"),
            self._sign_in,
            kind="primary",
            key="Enter",
            icon="lock-keyhole-open",
            name="sign_in",
        )
        middle = QHBoxLayout()
        middle.addStretch(1)
        middle.addWidget(self._make_card(), 100)
        middle.addStretch(1)
        outer.addLayout(middle, 100)
        outer.addStretch(6)
        outer.addLayout(self._make_foot(place))
        self._connect()
        self.show_place(place)
        self.show_accounts(accounts)
        self._show_account()

    def _connect(self) -> None:
        self._list.currentRowChanged.connect(self._show_account)
        self.password.found.connect(self._message.say)
        for line in (self.password.line, self._user):
            line.installEventFilter(self)

    # Composition

    def _make_brand(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(16)
        row.addStretch(1)
        row.addWidget(Seal(50))
        words = QVBoxLayout()
        words.setSpacing(0)
        self._center, self._union = Label(role="figure"), Label(tone="soft")
        self._center.setObjectName("page_title")
        words.addWidget(self._center)
        words.addWidget(self._union)
        row.addLayout(words)
        row.addStretch(1)
        return row

    def _make_card(self) -> QFrame:
        card = QFrame()
        card.setProperty("kind", "card")
        row = QHBoxLayout(card)
        edge = theme.border()
        row.setContentsMargins(edge, edge, edge, edge)
        row.setSpacing(0)
        row.addWidget(self._make_left(), 337)
        row.addWidget(Rule(upright=True))
        row.addWidget(self._make_right(), 390)
        self._card = card
        theme.changes.changed.connect(self._size)
        self._size()
        return card

    def _size(self) -> None:
        self._card.setMaximumSize(theme.px(728), theme.px(440))
        self._card.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self._avatar_column.setContentsMargins(theme.px(40), theme.px(36), theme.px(40), 18)

    def _make_left(self) -> QWidget:
        left = QWidget()
        column = QVBoxLayout(left)
        column.setContentsMargins(0, 18, 0, 16)
        column.setSpacing(6)
        head = QHBoxLayout()
        head.setContentsMargins(17, 0, 17, 0)
        head.addWidget(Label(_("Choose an account"), "strong"))
        head.addStretch(1)
        head.addWidget(Label("↑ ↓ " + _("choose"), "small"))
        column.addLayout(head)
        column.addWidget(self._list, 1)
        other = QHBoxLayout()
        other.setContentsMargins(9, 0, 17, 0)
        other.addWidget(
            Button(_("Other account…"), self._other, kind="quiet", icon="user-round", name="other")
        )
        other.addStretch(1)
        column.addLayout(other)
        return left

    def _make_right(self) -> QWidget:
        right = QWidget()
        self._avatar_column = column = QVBoxLayout(right)
        column.setSpacing(2)
        who = QHBoxLayout()
        who.setSpacing(14)
        self._avatar = Avatar("", 48)
        who.addWidget(self._avatar)
        words = QVBoxLayout()
        words.setSpacing(0)
        self._name = Label(role="title")
        self._role = Label(tone="soft")
        words.addWidget(self._name)
        words.addWidget(self._role)
        who.addLayout(words)
        who.addStretch(1)
        column.addLayout(who)
        column.addSpacing(16)
        self._user_caption = Label(_("User name"), "small")
        self._user_caption.setBuddy(self._user)
        caption = Label(_("Password"), "small")
        caption.setBuddy(self.password.line)
        for widget in (self._user_caption, self._user, caption, self.password, self._message):
            column.addWidget(widget)
        column.addSpacing(12)
        self._press.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        column.addWidget(self._press)
        column.addSpacing(8)
        forgotten = Button(
            _("Forgotten the password? Use the recovery key…"),
            self.recovery_wanted.emit,
            kind="quiet",
            name="recovery",
        )
        column.addWidget(forgotten, alignment=Qt.AlignmentFlag.AlignHCenter)
        column.addStretch(1)
        hint = QHBoxLayout()
        hint.setSpacing(6)
        hint.addWidget(Icon("info", "text_soft", 14))
        says = _("After 3 wrong passwords in a row, wait {seconds} seconds")
        hint.addWidget(Label(says.format(seconds=WAIT_SECONDS), "small"))
        hint.addStretch(1)
        column.addLayout(hint)
        return right

    @staticmethod
    def _make_foot(place: Place) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(12)
        if place.window:
            row.addWidget(Label(place.window, "small"))
        row.addWidget(Label(_("The data on this PC are encrypted"), "small"))
        row.addWidget(Icon("lock", "text_soft", 14))
        row.addStretch(1)
        if place.demo:
            words = _("Demonstration data, not for real cases")
            row.addWidget(Chip(words, "flask-conical", "wait"))
            row.addWidget(Label(_("Password: {password}").format(password=PASSWORD), "small"))
        row.addStretch(1)
        row.addWidget(Label(_("Version {version}").format(version=place.version), "small"))
        return row

    def showEvent(self, event: QShowEvent) -> None:
        """Let the password be typed at once."""
        super().showEvent(event)
        self._take_focus()

    # What it shows

    def show_place(self, place: Place) -> None:
        """Show whose program it is."""
        self._center.setText(place.center)
        self._union.setText("　".join((place.union, _("Case management"))))

    def show_accounts(self, accounts: Sequence[Account]) -> None:
        """Show who works here, as of now; who was chosen stays chosen."""
        self._list.show_accounts(accounts)

    def _show_account(self) -> None:
        account = self._list.account()
        self._avatar.set_name(account.name if account else "?")
        self._name.setText(account.name if account else _("Other account"))
        self._role.setText(account.role if account else "")
        self._user_caption.setVisible(account is None)
        self._user.setVisible(account is None)
        self.password.set_text("")
        self.password.set_state("")
        self._message.say("")
        self._take_focus()

    def _take_focus(self) -> None:
        (self.password.line if self._list.account() else self._user).setFocus()

    def _other(self) -> None:
        self._list.setCurrentRow(-1)

    def choose(self, user: str) -> None:
        """Choose an account by user name; one that is not in the list is typed in."""
        if not self._list.choose(user):
            self._other()
            self._user.setText(user)

    def show_locked(self, user: str) -> None:
        """Say that the desk is locked and drafts are saved, and offer its owner first."""
        self._note.show_state(_("Locked, drafts are saved"), "lock", "accent")
        self._note.show()
        self._list.put_first(user)
        self.choose(user)
        self._show_account()

    def show_open(self) -> None:
        """Ask for a sign-in: nobody's desk is locked."""
        self._note.hide()
        self._show_account()

    def user(self) -> str:
        """Return the user name that is chosen or typed."""
        account = self._list.account()
        return account.user if account else self._user.text().strip()

    def _sign_in(self) -> None:
        user = self.user()
        if user and self.password.text() and not self._seconds:
            self._press.setEnabled(False)
            self.wanted.emit(user, self.password.text())

    def wrong(self, left: int) -> None:
        """Say that user name or password is wrong; with no try ``left``, wait a while."""
        self.password.set_text("")
        self.password.set_state("bad")
        self._press.setEnabled(True)
        if left > 0:
            says = _("User name or password is wrong, {left} tries left")
            self._message.say(says.format(left=left), "bad")
        else:
            self._seconds = WAIT_SECONDS
            self._press.setEnabled(False)
            self._timer.start()
            self._say_wait()
        self.password.line.setFocus()

    def say(self, text: str) -> None:
        """Say why the desk does not open, where it is not the password."""
        self._press.setEnabled(True)
        self._message.say(text, "bad")

    def welcome(self) -> None:
        """Forget what was typed: somebody is in."""
        self._press.setEnabled(True)
        self._show_account()

    def message(self) -> str:
        """Return what stands below the password."""
        return self._message.text()

    def _tick(self) -> None:
        self._seconds -= 1
        if self._seconds <= 0:
            self._timer.stop()
            self._press.setEnabled(True)
            self.password.set_state("")
            self._message.say("")
        else:
            self._say_wait()

    def _say_wait(self) -> None:
        says = _("Please wait {seconds} seconds and try again")
        self._message.say(says.format(seconds=self._seconds), "bad")

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Sign in with Enter; choose the person with the arrows while the password is typed."""
        if event.type() != QEvent.Type.KeyPress or not isinstance(event, QKeyEvent):
            return False
        if event.key() in ENTER:
            if watched is self._user:
                self.password.line.setFocus()
            else:
                self._press.click()
            return True
        step = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}.get(Qt.Key(event.key()))
        if step is None:
            return False
        row = self._list.currentRow() + step
        self._list.setCurrentRow(max(0, min(row, self._list.count() - 1)))
        return True
