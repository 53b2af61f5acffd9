"""Telling true from false: a code typed or scanned, and the verdict in large type."""

from collections.abc import Callable
from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLineEdit

from app.core.i18n import N_, _
from app.papers.records import Verdict
from ui import theme
from ui.kit.buttons import Button, IconButton
from ui.kit.labels import Icon, Label, Rule

VERDICTS: Final = {
    "genuine": (N_("Genuine"), "badge-check", "ok", N_("Issued here. Compare it with the picture")),
    "void": (N_("Void"), "ban", "bad", N_("Issued here, but it does not hold any more")),
    "unknown": (N_("Not in the register"), "circle-x", "bad",
                N_("No paper of this center has this code. Please check what was typed")),
    "altered": (N_("Content differs"), "triangle-alert", "bad",
                N_("What is kept is not what was signed. Do not accept this paper")),
}  # fmt: skip
"""What `verify` answers: the verdict in large type, icon, tone and what it means."""


class Verifier(QFrame):
    """A code typed or scanned at the left, the verdict in large type at the right."""

    def __init__(self, verify: Callable[[str], object], close: Callable[[], object]) -> None:
        super().__init__()
        self.setObjectName("verifier")
        self.setProperty("kind", "card")
        self._verify = verify
        row = QHBoxLayout(self)
        row.setContentsMargins(12, 10, 8, 10)
        row.setSpacing(12)
        self.line = QLineEdit()
        self.line.setObjectName("verify_code")
        self.line.setMaxLength(600)
        self.line.setPlaceholderText(_("Check code, number, or scan the QR code"))
        self.line.setFixedWidth(theme.px(310))
        self.line.returnPressed.connect(self._ask)
        self.line.setAccessibleName(_("Check code or number"))
        row.addWidget(self.line)
        row.addWidget(Button(_("Verify"), self._ask, key="Enter", name="verify_go"))
        row.addWidget(Rule(upright=True))
        self._icon = Icon("badge-check", "text_faint", 32)
        self.verdict = Label(role="figure")
        self.verdict.setObjectName("verdict")
        self.means = Label(role="small", wrap=True)
        self.means.setObjectName("verdict_means")
        row.addWidget(self._icon)
        row.addWidget(self.verdict)
        row.addWidget(self.means, 1)
        row.addWidget(IconButton("x", _("Close"), close, key="Esc", size=26, name="verify_close"))
        escape = QShortcut(QKeySequence("Esc"), self)
        escape.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        escape.activated.connect(lambda: close())

    def begin(self) -> None:
        """Show an empty field with the focus in it."""
        self.line.clear()
        self._say("", "badge-check", "text_faint", _("Type the check code on the paper"))
        self.show()
        self.line.setFocus()

    def _ask(self) -> None:
        if text := self.line.text().strip():
            self._verify(text)

    def show_verdict(self, verdict: Verdict) -> None:
        """Show what the register says."""
        words, icon, tone, means = VERDICTS[verdict.paper]
        found = [_(means)]
        if verdict.kind is not None and verdict.issued_on is not None:
            what = f"{verdict.kind.label} {verdict.number}"
            found.append("　".join((what, verdict.title, verdict.issued_on.isoformat())))
        if verdict.void_reason:
            found.append(f"{_('Why it is void')}：{verdict.void_reason}")
        self._say(_(words), icon, tone, "\n".join(found))
        self.line.selectAll()

    def _say(self, verdict: str, icon: str, tone: str, means: str) -> None:
        self._icon.show_icon(icon, tone)
        self.verdict.setText(verdict)
        self.verdict.setVisible(bool(verdict))
        self.verdict.set_tone(tone)
        self.means.setText(means)
