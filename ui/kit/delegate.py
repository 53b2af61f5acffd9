"""Draws every cell of every list: status, words, second line, selection bar and hairline."""

from typing import Any

from PySide6.QtCore import QEvent, QModelIndex, QPersistentModelIndex, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QBrush, QFontMetrics, QHelpEvent, QPainter, QPen
from PySide6.QtWidgets import (
    QAbstractItemView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QToolTip,
)

from ui import icons, theme
from ui.kit.cells import Cell, Mark
from ui.kit.table_model import CELL_ROLE, CLOSED_ROLE

Index = QModelIndex | QPersistentModelIndex
FIRST, INSET = 12, 8
"""How far words stand from the left edge of the first column and of the others."""


MARKS_APART = 9
"""Between a sign's word and the next sign."""


class CellDelegate(QStyledItemDelegate):
    """One delegate for all lists; it draws the selection itself, so statuses keep their colour."""

    def __init__(self, view: QAbstractItemView, *, two_lines: bool = False) -> None:
        super().__init__(view)
        self.two_lines = two_lines
        self.hovered = -1

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """Return the room of the whole words, so that columns can fit them."""
        cell: Cell = index.data(CELL_ROLE)
        width = QFontMetrics(theme.font("strong")).horizontalAdvance(cell.text)
        small = QFontMetrics(theme.font("small"))
        second = small.horizontalAdvance(cell.second) + _marks_width(cell.marks)
        lead = theme.px(16) + 6 if cell.icon else 0
        return QSize(max(width + lead, second) + 2 * FIRST, self.row_height())

    def row_height(self) -> int:
        """Return the height of a row."""
        return theme.px(48 if self.two_lines else 32)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Draw one cell."""
        cell: Cell = index.data(CELL_ROLE)
        box = QRectF(_rect(option))
        selected = bool(_state(option) & QStyle.StateFlag.State_Selected)
        painter.save()
        painter.setClipRect(box)
        if selected:
            painter.fillRect(box, theme.color("select"))
        elif self.hovered == index.row():
            painter.fillRect(box, theme.color("raised"))
        painter.fillRect(QRectF(box.left(), box.bottom() - 1, box.width(), 1), theme.color("line"))
        if index.column() == 0 and selected:
            painter.fillRect(QRectF(box.left(), box.top(), 3, box.height()), theme.color("accent"))
        inner = box.adjusted(FIRST if index.column() == 0 else INSET, 0, -INSET, -1)
        inner = self._draw_check(painter, index, inner)
        if cell.shares is not None:
            _draw_shares(painter, cell.shares, inner)
            painter.restore()
            return
        self._draw_cell(painter, cell, inner, _right(index))
        painter.restore()

    def _draw_check(self, painter: QPainter, index: Index, box: QRectF) -> QRectF:
        state = index.data(Qt.ItemDataRole.CheckStateRole)
        if state is None:
            return box
        side = theme.px(16)
        at = QRectF(box.left(), round(box.center().y() - side / 2), side, side)
        on = Qt.CheckState(state) == Qt.CheckState.Checked
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        pen = QPen(theme.color("accent" if on else "edge"), theme.border())
        ground = "accent" if on else "surface"
        if index.data(CLOSED_ROLE):
            pen, ground = QPen(theme.color("text_faint"), 1, Qt.PenStyle.DashLine), "sunken"
        painter.setPen(pen)
        painter.setBrush(theme.color(ground))
        painter.drawRoundedRect(at.adjusted(0.5, 0.5, -0.5, -0.5), 4, 4)
        if on:
            icons.draw(painter, "check", "on_accent", at.adjusted(1, 1, -1, -1))
        return box.adjusted(side + 8, 0, 0, 0)

    def _draw_cell(self, painter: QPainter, cell: Cell, box: QRectF, right: bool) -> None:
        first = QRectF(box)
        if cell.second or cell.marks:
            upper = QFontMetrics(theme.font("body")).height()
            lower = QFontMetrics(theme.font("small")).height()
            top = box.top() + (box.height() - upper - lower) / 2
            first = QRectF(box.left(), top, box.width(), upper)
            under = QRectF(box.left(), top + upper, box.width(), lower)
            tone = cell.second_tone or "text_soft"
            if cell.marks:
                self._draw_marks(painter, cell.marks, under)
            else:
                self._draw_words(painter, cell.second, "small", tone, under, right)
        role = "strong" if cell.bold or cell.tone == "bad" else "body"
        if cell.icon:
            side = theme.px(16)
            width = QFontMetrics(theme.font(role)).horizontalAdvance(cell.text) + side + 6
            left = max(first.left(), first.right() - width) if right else first.left()
            at = QRectF(left, first.center().y() - side / 2, side, side)
            icons.draw(painter, cell.icon, cell.tone or "text_soft", at)
            first.setLeft(left + side + 6)
            right = False
        self._draw_words(painter, cell.text, role, cell.tone or "text", first, right)

    def _draw_marks(self, painter: QPainter, marks: tuple[Mark, ...], box: QRectF) -> None:
        """Draw signs with their words, as many as there is room for; the last is elided."""
        words, side = QFontMetrics(theme.font("small")), theme.px(12)
        for mark in marks:
            tone = mark.tone or "text_soft"
            if box.width() < side + 3 + words.horizontalAdvance(f"{mark.text[:1]}…"):
                if box.width() >= words.horizontalAdvance("…"):
                    self._draw_words(painter, "…", "small", tone, box, right=False)
                break
            at = QRectF(box.left(), box.center().y() - side / 2, side, side)
            icons.draw(painter, mark.icon, tone, at)
            box = box.adjusted(side + 3, 0, 0, 0)
            self._draw_words(painter, mark.text, "small", tone, box, right=False)
            box = box.adjusted(words.horizontalAdvance(mark.text) + MARKS_APART, 0, 0, 0)

    @staticmethod
    def _draw_words(
        painter: QPainter, text: str, role: str, tone: str, box: QRectF, right: bool
    ) -> None:
        font = theme.font(role)
        painter.setFont(font)
        painter.setPen(theme.color(tone))
        side = Qt.AlignmentFlag.AlignRight if right else Qt.AlignmentFlag.AlignLeft
        words = QFontMetrics(font).elidedText(
            text, Qt.TextElideMode.ElideRight, int(box.width()) + 1
        )
        painter.drawText(box, int(side | Qt.AlignmentFlag.AlignVCenter), words)

    def helpEvent(
        self,
        event: QHelpEvent,
        view: QAbstractItemView,
        option: QStyleOptionViewItem,
        index: Index,
    ) -> bool:
        """Give the whole words of a cell that was elided as its tooltip."""
        if event.type() != QEvent.Type.ToolTip or not index.isValid():
            return False
        cell: Cell = index.data(CELL_ROLE)
        wide = self.sizeHint(option, index).width() - FIRST + INSET > _rect(option).width()
        wide = wide or cell.shares is not None
        QToolTip.showText(event.globalPos(), cell.sentence() if wide else "", view)
        return True


def _draw_shares(painter: QPainter, shares: tuple[float, float], box: QRectF) -> None:
    """Draw a budget: used solid, bound hatched, the rest sunken."""
    high = theme.px(8)
    track = QRectF(box.left(), round(box.center().y() - high / 2), box.width(), high)
    painter.fillRect(track, theme.color("sunken"))
    used, bound = (track.width() * share for share in shares)
    solid = QRectF(track.left(), track.top(), used, high)
    hatched = QRectF(solid.right(), track.top(), bound, high) & track
    painter.fillRect(solid, theme.color("accent"))
    painter.fillRect(hatched, theme.color("accent"))
    painter.fillRect(hatched, QBrush(theme.color("on_accent"), Qt.BrushStyle.BDiagPattern))


def _marks_width(marks: tuple[Mark, ...]) -> int:
    """Return the room that signs with their words take."""
    words, each = QFontMetrics(theme.font("small")), theme.px(12) + 3 + MARKS_APART
    return sum(words.horizontalAdvance(mark.text) + each for mark in marks)


def _rect(option: Any) -> QRect:
    """Return the place of a cell; the stubs of the option do not name it."""
    return option.rect


def _state(option: Any) -> QStyle.StateFlag:
    return option.state


def _right(index: Index) -> bool:
    return bool(
        int(index.data(Qt.ItemDataRole.TextAlignmentRole)) & int(Qt.AlignmentFlag.AlignRight)
    )
