"""The card at the left of a batch: the pre-flight, later what became of it."""

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from app.core.i18n import _
from app.core.money import Fen, yuan_text
from app.core.words.disbursements import BatchState, LineState, PayWay
from app.disbursements.batch_records import BatchLineRow, BatchView, Cause, CheckRow
from ui.kit.buttons import Button
from ui.kit.cards import Card, clear_layout
from ui.kit.labels import Icon, Label
from ui.kit.layout import scrolling
from ui.pages.batches.cells import LEVELS


def causes(lines: Sequence[BatchLineRow]) -> list[Cause]:
    """Return the payments that came back by what the bank says, the most frequent first."""
    groups: dict[str, list[Fen]] = {}
    for line in lines:
        if line.state is LineState.FAILED:
            groups.setdefault(line.reason, []).append(line.amount)
    found = [
        Cause(reason=reason, count=len(amounts), amount=Fen(sum(amounts)))
        for reason, amounts in groups.items()
    ]
    return sorted(found, key=lambda cause: -cause.count)


class StatusCard(Card):
    """What is known of the whole batch; it says what to do, the page has the acts."""

    follow = Signal(int)
    """Another batch that this one follows, or that follows it, shall be shown."""

    def __init__(self, export_again: Callable[[], object]) -> None:
        super().__init__(_("Pre-flight"), flush=True)
        self.setObjectName("batch_status")
        self._hint = Label(role="small")
        self.add_to_head(self._hint)
        holder = QWidget()
        self._rows = QVBoxLayout(holder)
        self._rows.setContentsMargins(12, 4, 12, 12)
        self._rows.setSpacing(10)
        self.add(scrolling(holder))
        self.again = Button(
            _("Save the bank file again"),
            export_again,
            icon="download",
            key="Alt+E",
            name="act_bank_file",
        )
        foot = self.add_foot()
        foot.addWidget(self.again)
        foot.addStretch(1)
        self._foot = foot.parentWidget()

    def show_batch(self, view: BatchView, checks: Sequence[CheckRow]) -> None:
        """Show another batch, or another state of it."""
        clear_layout(self._rows)
        state = view.row.state
        draft = state is BatchState.DRAFT
        card = view.row.way is PayWay.CARD
        after = _("Bank and result") if card else _("Handing out")
        self.title.setText(_("Pre-flight") if draft else after)
        self._hint.setText(_("Checked just now") if draft else "")
        if draft:
            for check in checks:
                icon, tone, _words = LEVELS[check.level]
                count = f"{check.passed} / {check.total}"
                if check.level != "ok":
                    count = str(check.total - check.passed) if check.total else "1"
                self._add_row(icon, tone, check.title, check.says, count)
        else:
            self._show_bank(view)
        self._show_links(view)
        self._foot.setVisible(bool(view.bank_file))
        self._rows.addStretch(1)

    def _show_links(self, view: BatchView) -> None:
        """Show the batch that this one makes good, and those that make good this one."""
        links = [(_("Makes good"), view.follows)] if view.follows else []
        links += [(_("Made good by"), link) for link in view.followed_by]
        for words, link in links:
            line = QHBoxLayout()
            line.setSpacing(10)
            line.addWidget(Icon("corner-down-left", "text_soft"))
            line.addWidget(Label(words))
            line.addStretch(1)
            go = partial(self.follow.emit, link.id)
            line.addWidget(
                Button(link.number, go, kind="quiet", small=True, name=f"go_batch_{link.id}")
            )
            self._rows.addLayout(line)
        if view.correctable:
            says = _("Mended and approved anew")
            self._add_row(
                "refresh-cw", "wait", _("For a correction batch"), says, len(view.correctable)
            )

    def _show_counter(self, view: BatchView) -> None:
        """Show how far a batch of cash or goods is handed out."""
        row = view.row
        if row.paid:
            self._add_row("circle-check", "ok", _("Signed"), _sum(view, LineState.PAID), row.paid)
        for cause in causes(view.lines):
            says = _("{amount} yuan, back in its fund").format(amount=yuan_text(cause.amount))
            self._add_row("undo-2", "bad", cause.reason, says, cause.count)
        waits = row.count - row.paid - row.failed
        if waits and row.state is BatchState.SENT:
            self._add_row(
                "hourglass", "wait", _("Not signed yet"), _sum(view, LineState.PAYING), waits
            )

    def _show_bank(self, view: BatchView) -> None:
        row = view.row
        if view.frozen_at is not None:
            when = view.frozen_at.astimezone().strftime("%Y-%m-%d %H:%M")
            self._add_row("lock-keyhole", "ok", _("Frozen"), when, "")
        digest = " ".join(view.digest[i : i + 8] for i in range(0, 16, 8))
        self._add_row("shield-check", "ok", _("Digest of the batch"), digest, "")
        if row.way is not PayWay.CARD:
            self._show_counter(view)
            return
        if view.bank_file:
            self._add_row("file-text", "ok", _("Bank file"), view.bank_file, "")
        else:
            self._add_row("circle", "", _("Bank file"), _("Not made yet"), "")
        unanswered = row.count - row.paid - row.failed
        if row.paid:
            self._add_row("circle-check", "ok", _("Paid"), _sum(view, LineState.PAID), row.paid)
        for cause in causes(view.lines):
            says = _("{amount} yuan, back in its fund").format(amount=yuan_text(cause.amount))
            self._add_row("circle-x", "bad", cause.reason, says, cause.count)
        if view.bank_file and unanswered:
            says = _sum(view, LineState.PAYING)
            self._add_row("hourglass", "wait", _("Without an answer"), says, unanswered)

    def _add_row(self, icon: str, tone: str, title: str, says: str, count: int | str) -> None:
        line = QHBoxLayout()
        line.setSpacing(10)
        top = Qt.AlignmentFlag.AlignTop
        line.addWidget(Icon(icon, tone or "text_soft"), alignment=top)
        words = QVBoxLayout()
        words.setSpacing(0)
        strong = tone in ("bad", "wait")
        words.addWidget(
            Label(title, "strong" if strong else "body", tone=tone if tone == "bad" else "")
        )
        words.addWidget(Label(says, "small", tone=tone if strong else "", wrap=True))
        line.addLayout(words, 1)
        if count != "":
            shown = Label(str(count), "strong" if strong else "soft", tone=tone if strong else "")
            line.addWidget(shown, alignment=Qt.AlignmentFlag.AlignVCenter)
        self._rows.addLayout(line)


def _sum(view: BatchView, state: LineState) -> str:
    fen = sum(line.amount for line in view.lines if line.state is state)
    return _("{amount} yuan").format(amount=yuan_text(fen))
