"""How batches and their payments read in lists: state, check and stage."""

from app.core.i18n import N_, _
from app.core.money import yuan_text
from app.core.words.disbursements import BatchState, LineState, PayWay
from app.disbursements.batch_records import BatchLineRow, BatchRow
from ui.kit.cells import Cell
from ui.kit.ribbon import Stage

STATES = {
    BatchState.DRAFT: ("pencil", ""),
    BatchState.FROZEN: ("lock-keyhole", "accent"),
    BatchState.SENT: ("hourglass", "wait"),
    BatchState.RECONCILED: ("circle-check", "ok"),
}

LEVELS = {
    "ok": ("circle-check", "ok", N_("Passed")),
    "look": ("triangle-alert", "wait", N_("Please confirm")),
    "stop": ("circle-x", "bad", N_("To be settled")),
}
"""Icon, tone and word of what the pre-flight says."""

LINES = {
    LineState.PREPARED: ("circle", ""),
    LineState.REMOVED: ("undo-2", "text_faint"),
    LineState.PAYING: ("hourglass", "wait"),
    LineState.PAID: ("circle-check", "ok"),
    LineState.FAILED: ("circle-x", "bad"),
}

START = (N_("Choose"), N_("Pre-flight"), N_("Freeze"))
END = N_("Vouchers")
STAGES = {
    PayWay.CARD: (*START, N_("Bank file"), N_("Bank result"), END),
    PayWay.CASH: (*START, N_("List to sign"), N_("Handing out"), END),
    PayWay.GOODS: (*START, N_("List to sign"), N_("Handing out"), END),
}
"""The way of a batch, by how it pays."""
AT = {
    BatchState.DRAFT: 1,
    BatchState.FROZEN: 3,
    BatchState.SENT: 4,
    BatchState.RECONCILED: 5,
}
"""How many stages a batch has behind it."""


def stages(state: BatchState | None, way: PayWay = PayWay.CARD) -> list[Stage]:
    """Return the way of a batch; `None` is one that is being put together."""
    at = 0 if state is None else AT[state]
    return [
        Stage(_(words), "done" if i < at else "now" if i == at else "next")
        for i, words in enumerate(STAGES[way])
    ]


def state_cell(row: BatchRow) -> Cell:
    """Return where a batch stands."""
    icon, tone = STATES[row.state]
    label = state_label(row.state, row.way)
    if row.state is BatchState.RECONCILED and row.failed:
        icon, tone = "triangle-alert", "wait"
    return Cell(label, icon=icon, tone=tone)


def state_label(state: BatchState, way: PayWay) -> str:
    """Return what a state is called: what goes to no bank is handed out."""
    if state is BatchState.SENT and way is not PayWay.CARD:
        return _("Being handed out")
    if state is BatchState.RECONCILED and way is not PayWay.CARD:
        return _("Handed out and settled")
    return state.label


def result_cell(row: BatchRow) -> Cell:
    """Return what the bank has answered so far."""
    if row.state in (BatchState.DRAFT, BatchState.FROZEN):
        return Cell("")
    if row.failed:
        says = _("{paid} paid, {failed} not").format(paid=row.paid, failed=row.failed)
        return Cell(says, icon="circle-x", tone="bad")
    if row.paid:
        return Cell(_("{paid} paid").format(paid=row.paid), icon="circle-check", tone="ok")
    return Cell(_("No answer yet"), tone="text_soft")


def line_cell(line: BatchLineRow, batch: BatchState, way: PayWay = PayWay.CARD) -> Cell:
    """Return what the pre-flight says of a payment of ``batch``, later where it stands."""
    if line.state is LineState.PREPARED:
        icon, tone, words = LEVELS[line.check]
        return Cell(_(words), icon=icon, tone=tone)
    if line.state is LineState.PAYING and batch is BatchState.FROZEN:
        return Cell(batch.label, icon=STATES[batch][0], tone=STATES[batch][1])
    icon, tone = LINES[line.state]
    by_hand = way is not PayWay.CARD
    words = {
        LineState.PAYING: _("Not signed yet") if by_hand else line.state.label,
        LineState.PAID: _("Signed") if by_hand else line.state.label,
        LineState.FAILED: _("Not collected") if by_hand else _("Not paid"),
    }.get(line.state, line.state.label)
    if line.back and line.state is LineState.PAID:
        return Cell(_("{amount} back").format(amount=yuan_text(line.back)), "", "undo-2", "wait")
    return Cell(words, icon=icon, tone=tone)


def reason_cell(line: BatchLineRow) -> Cell:
    """Return why a payment was taken out or came back."""
    return Cell(line.reason, tone="bad" if line.state is LineState.FAILED else "")


def trouble(line: BatchLineRow) -> int:
    """Return how much a payment wants to be looked at: for the order of the list."""
    if line.state is LineState.REMOVED:
        return 9
    if line.state is LineState.FAILED:
        return 0
    return {"stop": 1, "look": 2}.get(line.check, 3)
