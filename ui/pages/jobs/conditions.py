"""A condition of the policy as it came out: the conclusion, what is so, and the article."""

from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from app.core.i18n import _
from app.placements.recognition_records import RecognitionReason
from ui import theme
from ui.kit.cells import joined
from ui.kit.labels import Label, Status

CONCLUSION, ARTICLE, INDENT = 92, 72, 16
SETTLED: Final = "wait"


def condition_line(row: RecognitionReason) -> QWidget:
    """Return one condition as a line that wraps; a part of the one before it is indented."""
    holder = QWidget()
    line = QHBoxLayout(holder)
    line.setContentsMargins(row.depth * INDENT, 0, 0, 0)
    line.setSpacing(8)
    says, icon, tone = {
        True: (_("Met"), "circle-check", "ok"),
        False: (_("Not met"), "circle-x", "bad"),
        None: (_("Cannot tell"), "circle-question-mark", "wait"),
    }[row.held]
    status, top = Status(says, icon, tone), Qt.AlignmentFlag.AlignTop
    status.setFixedWidth(theme.px(CONCLUSION))
    line.addWidget(status, alignment=top)
    words = QVBoxLayout()
    words.setSpacing(0)
    words.addWidget(Label(row.says, wrap=True))
    if row.held is None and row.settled_by:
        settled = _("settled by {paper}").format(paper=row.settled_by)
        words.addWidget(Label(settled, "small", tone=SETTLED, wrap=True))
    fact = _("is {fact}").format(fact=row.fact) if row.fact else ""
    limit = _("asked is {limit}").format(limit=row.limit) if row.limit else ""
    if beside := joined(fact, limit, row.source):
        words.addWidget(Label(beside, "small", wrap=True))
    line.addLayout(words, 1)
    article = Label(row.article, "small")
    article.setMinimumWidth(theme.px(ARTICLE))
    line.addWidget(article, alignment=top)
    return holder
