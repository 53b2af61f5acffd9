"""The people of this PC, to choose from at sign-in."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import (
    QFrame,
    QListWidget,
    QListWidgetItem,
    QStyle,
    QStyledItemDelegate,
)

from ui import icons, theme
from ui.kit.labels import draw_avatar


@dataclass(frozen=True)
class Account:
    """Somebody who worked here before: user name, name, role, when last."""

    user: str
    name: str
    role: str
    last: str = ""


class _AccountDelegate(QStyledItemDelegate):
    """Draws a person: initial in a circle, name, role, when they were here last."""

    def sizeHint(self, option: Any, index: Any) -> QSize:
        return QSize(theme.px(300), theme.px(56))

    def paint(self, painter: QPainter, option: Any, index: Any) -> None:
        account: Account = index.data(Qt.ItemDataRole.UserRole)
        box = QRectF(option.rect)
        on = bool(option.state & QStyle.StateFlag.State_Selected)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if on:
            painter.fillRect(box, theme.color("select"))
            painter.fillRect(QRectF(box.left(), box.top(), 3, box.height()), theme.color("accent"))
        side = theme.px(36)
        at = QRectF(box.left() + 17, box.top() + (box.height() - side) / 2, side, side)
        draw_avatar(painter, at, account.name, "section")
        x = at.right() + 12
        half = box.height() / 2
        low, high = Qt.AlignmentFlag.AlignBottom, Qt.AlignmentFlag.AlignTop
        painter.setFont(theme.font("strong" if on else "body"))
        painter.setPen(theme.color("accent" if on else "text"))
        painter.drawText(QRectF(x, box.top(), box.width(), half + 2), low, account.name)
        painter.setFont(theme.font("small"))
        painter.setPen(theme.color("text_soft"))
        painter.drawText(QRectF(x, box.top() + half + 2, box.width(), half), high, account.role)
        right = box.right() - 32
        end = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight
        painter.drawText(QRectF(x, box.top(), right - x - 8, box.height()), end, account.last)
        if on:
            mark = QRectF(right, box.top(), theme.px(16), box.height())
            icons.draw(painter, "chevron-right", "accent", mark)
        painter.restore()


class AccountList(QListWidget):
    """The people of this PC."""

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("accounts")
        self.setItemDelegate(_AccountDelegate(self))
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)

    def show_accounts(self, accounts: Sequence[Account]) -> None:
        """Show these people; who was chosen stays chosen, else it is the first."""
        before = self.account()
        self.clear()
        for account in accounts:
            item = QListWidgetItem(self)
            item.setData(Qt.ItemDataRole.UserRole, account)
            item.setData(
                Qt.ItemDataRole.AccessibleTextRole, f"{account.name} {account.role} {account.last}"
            )
        if before is None or not self.choose(before.user):
            self.setCurrentRow(0 if accounts else -1)

    def put_first(self, user: str) -> None:
        """Move a person to the top."""
        if self.choose(user):
            self.insertItem(0, self.takeItem(self.currentRow()))
            self.setCurrentRow(0)

    def accounts(self) -> list[Account]:
        """Return the people in the order shown."""
        return [self.item(row).data(Qt.ItemDataRole.UserRole) for row in range(self.count())]

    def account(self) -> Account | None:
        """Return the chosen person; `None` when another user name is typed."""
        row = self.currentRow()
        return self.item(row).data(Qt.ItemDataRole.UserRole) if row >= 0 else None

    def choose(self, user: str) -> bool:
        """Choose a person by user name; tell whether they are in the list."""
        users = [account.user for account in self.accounts()]
        if user in users:
            self.setCurrentRow(users.index(user))
        return user in users
