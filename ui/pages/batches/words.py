"""What the page bar says of a batch: what is missing, or what comes next."""

from dataclasses import dataclass, replace

from app.core.i18n import _
from app.core.words.disbursements import BatchState, PayWay
from app.disbursements.batch_records import BatchView, CheckRow
from app.exchange.records import BankCheck
from ui.pages.batches.status import causes


def with_doubts(view: BatchView, bank: BankCheck) -> BatchView:
    """Return a batch whose payments say what the bank's layout cannot hold of them."""
    doubts = {doubt.line: doubt.says for doubt in bank.lines}
    lines = tuple(
        replace(line, check="stop", check_says=doubts[line.line])  # pyright: ignore[reportArgumentType] - a Record is a dataclass
        if line.line in doubts and line.check != "stop"
        else line
        for line in view.lines
    )
    return replace(view, lines=lines)  # pyright: ignore[reportArgumentType] - a Record is a dataclass


BEGIN, SIGN, CORRECT = "begin", "sign", "correct"
"""The steps of the page that are not a state of a batch that a bank pays."""

Says = tuple[str, str, str, str]
"""A strong line, a small one below, tone and icon."""


@dataclass(frozen=True)
class Standing:
    """A batch that is in sight, with what stands in the way of freezing it."""

    view: BatchView
    bank: BankCheck | None = None
    """Whether the bank's layout can hold it; asked before freezing only."""

    @property
    def by_hand(self) -> bool:
        """Tell whether it is handed out at the counter."""
        return self.view.row.way is not PayWay.CARD

    @property
    def unsigned(self) -> int:
        """Return how many have not signed yet."""
        return self.view.row.count - self.view.row.paid - self.view.row.failed

    @property
    def stops(self) -> int:
        """Return how many payments must not go out as they are."""
        return sum(line.check == "stop" for line in self.view.lines)

    @property
    def looks(self) -> int:
        """Return how many payments want a look."""
        return sum(line.check == "look" for line in self.view.lines)

    @property
    def checks(self) -> tuple[CheckRow, ...]:
        """Return all checks of the pre-flight, the gravest first."""
        if self.bank is None:
            return self.view.checks
        row = self.bank.row
        first = row.level != "ok"
        return (row, *self.view.checks) if first else (*self.view.checks, row)

    def step(self) -> str | None:
        """Return what the primary button does now."""
        state = self.view.row.state
        if state is BatchState.RECONCILED:
            return CORRECT if self.view.correctable else None
        if self.by_hand and state is not BatchState.DRAFT:
            return BEGIN if state is BatchState.FROZEN else SIGN
        return state

    def stopped(self) -> str:
        """Return why the batch cannot be frozen, or nothing."""
        if not self.view.row.count:
            return _("There is no payment in this batch any more")
        if self.bank is not None and self.bank.row.level == "stop":
            return self.bank.row.says
        if self.stops:
            says = _("{count} payments must be settled before freezing: take out or mend")
            return says.format(count=self.stops)
        return ""

    def says(self) -> Says:
        """Return what is missing or what comes next."""
        match self.view.row.state:
            case BatchState.DRAFT:
                return self._before_freezing()
            case BatchState.FROZEN if self.by_hand:
                return (
                    _("Frozen: print the list to sign, then hand out"),
                    _("Whoever comes signs on the list; book it here the same day."),
                    "",
                    "printer",
                )
            case BatchState.SENT if self.by_hand:
                return (
                    _("Being handed out: {count} still to sign").format(count=self.unsigned),
                    _("What is not collected goes back to its fund."),
                    "",
                    "hand-coins",
                )
            case BatchState.RECONCILED if self.by_hand:
                return _handed_out(self.view)
            case BatchState.FROZEN:
                return (
                    _("Frozen: now make the file for the bank"),
                    _("The same file can be saved again at any time."),
                    "",
                    "file-lock",
                )
            case BatchState.SENT:
                return (
                    _("Sent to the bank: waiting for its result"),
                    _("What the bank could not pay goes back to its fund."),
                    "",
                    "hourglass",
                )
            case BatchState.RECONCILED:
                return _settled(self.view)

    def _before_freezing(self) -> Says:
        final = _("Once frozen it cannot be changed; its digest prints on the list.")
        if stopped := self.stopped():
            return stopped, final, "bad", "circle-x"
        if self.looks:
            says = _("{count} payments please confirm; the batch can be frozen")
            return says.format(count=self.looks), final, "wait", "triangle-alert"
        return _("All checks passed, the batch can be frozen"), final, "ok", "circle-check"


def _handed_out(view: BatchView) -> Says:
    row = view.row
    says = _("{count} signed").format(count=row.paid)
    if row.failed:
        says = _("{count} signed, {left} not collected").format(count=row.paid, left=row.failed)
    then = _("Print vouchers and receipts for the file; cash is counted at the end of the day.")
    return says, then, "wait" if row.failed else "ok", "circle-check"


def _settled(view: BatchView) -> Says:
    row = view.row
    if not row.failed:
        says = _("All {count} payments arrived").format(count=row.paid)
        return says, _("The payment list can be printed for the file."), "ok", "circle-check"
    why = "，".join(
        _("{count} {reason}").format(count=cause.count, reason=cause.reason)
        for cause in causes(view.lines)
    )
    says = _("{count} payments did not arrive: {why}").format(count=row.failed, why=why)
    then = _("The money is back in its fund; mended and approved again it goes into a new batch.")
    return says, then, "bad", "circle-x"
