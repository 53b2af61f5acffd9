"""Several awards approved at once, each decided by itself."""

from collections.abc import Callable, Sequence

from app.core.i18n import _
from app.core.money import yuan_text
from app.disbursements.deciding import decide_many
from app.disbursements.deciding_records import DecidedTogether
from app.disbursements.records import ApprovalRow
from ui.kit.buttons import Button
from ui.kit.page import Page
from ui.kit.table import RecordTable
from ui.pages.approval.cells import may_mark
from ui.pages.approval.words import together_form


class Together:
    """The marks of the list, and the button that approves what is marked."""

    def __init__(
        self, page: Page, table: RecordTable[ApprovalRow], done: Callable[[DecidedTogether], object]
    ) -> None:
        self._page, self._table, self._done = page, table, done
        self._running = False
        self._small = False
        self.button = Button(
            _("Approve those marked"), self.ask, icon="list-checks", key="Ctrl+Enter",
            name="act_approve_marked",
        )  # fmt: skip
        table.checks_changed.connect(self.show_count)
        table.refused.connect(self._refused)

    def mark_safe(self) -> None:
        """Mark everything in sight that can be approved together."""
        self._table.check(may_mark)

    def set_small(self, small: bool) -> None:
        """Show the button only while something is marked: on small screens."""
        self._small = small
        self.show_count()

    def show_count(self) -> None:
        """Say how many are marked."""
        checked = self._table.checked()
        self.button.setText(_("Approve the {count} marked").format(count=len(checked)))
        self.button.allow("" if checked else _("Mark with Space what can be approved together"))
        self.button.setVisible(bool(checked) or not self._small)

    def _refused(self, why: str) -> None:
        says = _("Cannot be marked: {why}. It is decided by itself.").format(why=why)
        self._page.toast.emit(says, None)

    def ask(self) -> None:
        """Approve every marked award, after a look at how many and how much."""
        chosen = self._table.checked()
        if not chosen or self._running:
            return
        total = yuan_text(sum(each.award.amount for each in chosen))
        says = _("{total} yuan in all. Each is decided and recorded by itself.")
        self._page.desk.asking.confirm(
            self._page,
            _("Approve {count} awards?").format(count=len(chosen)),
            "\n".join((says.format(total=total), *_sums(chosen))),
            _("Approve"),
            lambda: self._approve(chosen),
        )

    def _approve(self, chosen: Sequence[ApprovalRow]) -> None:
        self._running = True
        self._page.banners.clear()
        self._page.desk.perform(
            decide_many, together_form(chosen), then=self._approved, failed=self._failed
        )

    def _approved(self, done: DecidedTogether) -> None:
        """Say how many, and name those that were left because they changed meanwhile."""
        self._running = False
        self._page.toast.emit(_("{count} approved").format(count=len(done.approved)), None)
        if done.left:
            says = _("{count} were not approved with the others").format(count=len(done.left))
            told = (f"{each.name}: {each.why}" for each in done.left)
            self._page.say("wait", says, "\n".join(told))
        self._done(done)

    def _failed(self, error: Exception) -> None:
        """Tell it and show the newest state."""
        self._running = False
        self._page.reload()
        self._page.desk.feedback.show(error)


def _sums(chosen: Sequence[ApprovalRow]) -> list[str]:
    """Return how many and how much of each list, and of what is on none by its area."""
    groups: dict[str, list[ApprovalRow]] = {}
    for each in chosen:
        name = f"{each.list_number} {each.list_title}" if each.list_number else each.area
        groups.setdefault(name or each.award.title, []).append(each)
    says = _("{title}: {count}, {amount} yuan")
    return [
        says.format(
            title=title,
            count=f"{len(rows):,}",
            amount=yuan_text(sum(each.award.amount for each in rows)),
        )
        for title, rows in groups.items()
    ]
