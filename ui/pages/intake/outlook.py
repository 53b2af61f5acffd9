"""The pre-judgement: what policy makes of the form as it stands, in a line and in full."""

from collections.abc import Sequence
from typing import NamedTuple

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.core.i18n import _
from app.core.money import yuan_text
from app.policy.explain import conclusion, says, telling_parts
from app.policy.findings import Assessment, Findings, Missing, MissingFact, MissingLine, Reason
from app.policy.pack import Outcome, Status
from ui import theme
from ui.answers import GROUPS, TONES, Answer, answers, is_grant
from ui.kit.buttons import IconButton
from ui.kit.cards import Card, GroupHead, clear_layout
from ui.kit.labels import Chip, Label, Rule
from ui.kit.layout import remark, scrolling

ICONS = {
    True: ("circle-check", "ok"),
    False: ("circle-x", "bad"),
    None: ("circle-question-mark", "wait"),
}
WIDTH = 310
WIDGETSIZE_MAX = 16_777_215
"""Qt's word for no limit."""


class Outlook(NamedTuple):
    """The pre-judgement in a few words."""

    answer: str
    """The category, or the answer there is instead of one."""
    net: str
    missing: tuple[str, ...]
    tone: str

    def long(self) -> str:
        """Return what is missing, by name."""
        says = _("Still missing: {names}") if self.missing else ""
        return says.format(names=_(", ").join(self.missing))

    def short(self) -> str:
        """Return how much is missing."""
        says = _("{count} things still missing") if self.missing else ""
        return says.format(count=len(self.missing))

    @classmethod
    def of(cls, findings: Findings) -> "Outlook":
        """Return what the bar says of these findings."""
        found = findings.classification
        if found is None:
            return cls(_("No classification is in force today"), "", (), "bad")
        net = found.net_per_head_fen
        net_words = "" if net is None else _("net income a head and month {yuan} yuan")
        return cls(
            found.category or conclusion(found),
            net_words.format(yuan="" if net is None else yuan_text(net)),
            tuple(missing_name(missing) for missing in found.missing),
            "bad" if found.outcome is Outcome.NO else "",
        )


def missing_name(missing: Missing) -> str:
    """Return the name of what is missing, without the sentence around it."""
    match missing:
        case MissingFact(fact=fact):
            return fact.title
        case MissingLine(kind=kind, district=district):
            return f"{district}{kind.label}"
        case _:
            return missing.paper


def brief(each: Answer) -> str:
    """Return the money of a grant, who gives a service, or the papers that are missing."""
    if each.outcome is Outcome.YES and is_grant(each):
        return _("at most {amount} yuan").format(amount=yuan_text(each.amount_fen))
    return each.line()


class OutlookPane(Card):
    """The pre-judgement in full, beside the form: conclusion, criteria, what is missing."""

    closed = Signal()

    def __init__(self) -> None:
        super().__init__(_("Pre-judgement"))
        self.setObjectName("outlook_pane")
        self._alone = False
        self._status = Chip("", "", "")
        self._status.hide()
        self.add_to_head(self._status)
        close = IconButton("x", _("Close"), self.closed.emit, key="F7", size=26)
        close.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.add_to_head(close)
        holder = QWidget()
        self._lines = QVBoxLayout(holder)
        self._lines.setContentsMargins(0, 0, 8, 0)
        self._lines.setSpacing(7)
        self.body.addWidget(scrolling(holder), 1)
        theme.changes.changed.connect(self._size)
        self._size()

    def set_alone(self, alone: bool) -> None:
        """Take all the room, where the form has to give way."""
        self._alone = alone
        self._size()

    def _size(self) -> None:
        self.setMinimumWidth(theme.px(WIDTH))
        self.setMaximumWidth(WIDGETSIZE_MAX if self._alone else theme.px(WIDTH))

    def show_findings(self, findings: Findings) -> None:
        """Show other findings."""
        clear_layout(self._lines)
        found = findings.classification
        if found is None:
            words = _("No classification is in force today")
            self._lines.addWidget(Label(words, "strong", tone="bad", wrap=True))
        else:
            provisional = found.pack.status is Status.PROVISIONAL
            self._status.show_state(_("Provisional"), "", "wait")
            self._status.setVisible(provisional)
            self._show(found)
        self._show_measures([each for each in answers(findings) if each.measure])
        self._lines.addStretch(1)

    def _show_measures(self, found: Sequence[Answer]) -> None:
        """Show what there is to get, what waits for papers, and what is out of reach, in brief."""
        for outcome, icon, words, tone in GROUPS:
            group = [each for each in found if each.outcome is outcome]
            if not group:
                continue
            self._lines.addWidget(Rule())
            count = _("{count} items").format(count=len(group))
            self._lines.addWidget(GroupHead(icon, _(words), count, tone))
            if outcome is Outcome.NO:
                titles = _(", ").join(each.title for each in group)
                self._lines.addWidget(Label(titles, "small", wrap=True))
            for each in group if outcome is not Outcome.NO else ():
                lines = QVBoxLayout()
                lines.setSpacing(0)
                lines.addWidget(Label(each.title))
                lines.addWidget(Label(brief(each), "small", tone=tone, wrap=True))
                self._lines.addLayout(lines)

    def _show(self, found: Assessment) -> None:
        words = conclusion(found)
        self._lines.addWidget(Label(words, "section", tone=TONES[found.outcome], wrap=True))
        for reason in found.reasons:
            self._show_reason(found, reason)
        if found.missing:
            self._lines.addWidget(Rule())
            self._lines.addWidget(Label(_("Still missing"), "strong"))
            for missing in found.missing:
                self._lines.addLayout(remark("circle-dashed", "wait", missing.tell()))
        self._lines.addWidget(Label(found.pack.title, "hint", wrap=True))

    def _show_reason(self, found: Assessment, reason: Reason, indent: int = 0) -> None:
        icon, tone = ICONS[reason.held]
        self._lines.addLayout(remark(icon, tone, says(reason), indent))
        for part in telling_parts(reason):
            self._show_reason(found, part, indent + 1)
