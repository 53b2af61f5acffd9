"""What the page bar says of a batch: what is missing, or what comes next."""

from dataclasses import dataclass

from app.core.i18n import _
from app.core.words.disbursements import BatchState
from app.disbursements.batch_records import BatchView, CheckRow
from ui.pages.batches.status import causes

Says = tuple[str, str, str, str]
"""A strong line, a small one below, tone and icon."""


@dataclass(frozen=True)
class Standing:
    """A batch that is in sight, with what stands in the way of freezing it."""

    view: BatchView
    bank: CheckRow | None = None
    """Whether the bank's layout can hold it; asked before freezing only."""

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
        stopped = self.bank.level == "stop"
        return (self.bank, *self.view.checks) if stopped else (*self.view.checks, self.bank)

    def stopped(self) -> str:
        """Return why the batch cannot be frozen, or nothing."""
        if not self.view.row.count:
            return _("There is no payment in this batch any more")
        if self.bank is not None and self.bank.level == "stop":
            return self.bank.says
        if self.stops:
            says = _("{count} payments must be settled before freezing: take out or mend")
            return says.format(count=self.stops)
        return ""

    def says(self) -> Says:
        """Return what is missing or what comes next."""
        match self.view.row.state:
            case BatchState.DRAFT:
                return self._before_freezing()
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
