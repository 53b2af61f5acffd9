"""The page itself: guarantee funds, claims of interest subsidy, all loans together."""

from collections.abc import Sequence
from functools import partial
from typing import Any

from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QStackedLayout, QVBoxLayout, QWidget

from app.core.errors import Invalid
from app.core.i18n import N_, _
from app.core.record import Nothing, Record
from app.loans.guarantee_queries import guarantee_fund_rows, guarantee_fund_view
from app.loans.guarantee_records import GuaranteeFundAsked, GuaranteeFundRow, GuaranteeFundView
from app.loans.guarantees import open_guarantee_fund
from app.loans.subsidies import draft_claim
from app.loans.subsidy_queries import claim_rows, claim_view, claims_due
from app.loans.subsidy_records import (
    ClaimById,
    ClaimDue,
    ClaimLineRow,
    ClaimRow,
    ClaimsAsked,
    ClaimView,
)
from app.work import Action, Topic
from ui.kit.ask_pane import Act, AskPane, Form
from ui.kit.buttons import Button
from ui.kit.menus import Menu
from ui.kit.page import Page
from ui.kit.segments import Segments
from ui.kit.table import RecordTable
from ui.kit.two_panes import TwoPanes
from ui.pages.guarantees.claim_acts import ClaimActs
from ui.pages.guarantees.claim_detail import ClaimDetail
from ui.pages.guarantees.fund_acts import FundActs
from ui.pages.guarantees.fund_detail import FundDetail
from ui.pages.guarantees.lists import (
    CLAIMS,
    FUNDS,
    PORTFOLIO,
    DueList,
    claims_table,
    funds_table,
    parts,
)
from ui.pages.guarantees.portfolio import Portfolio

NARROW = 1020
SMALL = 1240


class GuaranteesPage(Page):
    """What the center may stand for, what it claims of the treasury, and what is late."""

    name = "guarantees"
    title = N_("Guarantee fund")
    icon = "shield-check"
    shows = frozenset({Topic.LOANS})

    def build(self) -> None:
        """Compose the lists at the left, what is chosen at the right, and all loans together."""
        self._wanted: int | None = None
        """The fund or the claim to show once its list is there."""
        self._acting = False
        self.segments = Segments(parts(), name="segments_guarantees")
        self.segments.chosen.connect(self._turn_to)
        self.beside_title(self.segments)
        self.funds, self.claims = funds_table(), claims_table()
        self.detail = FundDetail(self.desk.today())
        self.claim = ClaimDetail()
        self.portfolio = Portfolio(self.desk)
        self.pane = AskPane(self.close_pane, "guarantee_form_pane")
        self._compose()
        self.fund_acts = FundActs(self, self.detail, self.pane, self._show_pane, self._do)
        self.claim_acts = ClaimActs(self, self.claim, self.pane, self._show_pane, self._do)
        self._add_acts()
        self._connect()
        self._show_detail()

    def _compose(self) -> None:
        self.due = DueList()
        claims = QWidget()
        column = QVBoxLayout(claims)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addWidget(self.due)
        column.addWidget(self.claims, 1)
        left, right, whole = QWidget(), QWidget(), QWidget()
        self._left, self._right = QStackedLayout(left), QStackedLayout(right)
        for widget in (self.funds, claims):
            self._left.addWidget(widget)
        for widget in (self.detail, self.claim, self.pane):
            self._right.addWidget(widget)
        self.panes = TwoPanes(left, right, (480, 740))
        self._whole = QStackedLayout(whole)
        self._whole.addWidget(self.panes)
        self._whole.addWidget(self.portfolio)
        self.add(whole, 1)

    def _connect(self) -> None:
        for table in (self.funds, self.claims):
            table.picked.connect(self._pick)
            table.opened.connect(self._enter)
        self.detail.turned.connect(self._tell)
        self.detail.year.activated.connect(self._ask_year)
        self.detail.moves.opened.connect(self.fund_acts.open_loan)
        self.detail.quotas.opened.connect(self.fund_acts.ask_quota)
        self.claim.lines.opened.connect(self._open_line)
        escape = QShortcut(QKeySequence("Esc"), self)
        escape.activated.connect(self._escape)

    def _add_acts(self) -> None:
        add, bar = self.add_act, self.bar()
        self._loans = add(
            Button(
                _("Loans"),
                lambda: self.go.emit("loans", None),
                kind="quiet",
                icon="hand-coins",
                name="act_loans",
            )
        )
        self._new = add(Button("", self._ask_new, key="Alt+N", icon="plus", name="act_new"))
        self._more = bar.add(
            Button(
                _("More…"),
                self._open_menu,
                kind="quiet",
                key="Alt+M",
                icon="chevron-up",
                name="act_more",
            )
        )
        self._print = bar.add(
            Button(
                _("Print the claim list"),
                self.claim_acts.print_list,
                key="F12",
                icon="printer",
                name="act_print",
            )
        )
        self._quota = bar.add(
            Button("", partial(self._second, 0), key="Alt+G", name="act_quota", icon="scale")
        )
        self._capital = bar.add(
            Button("", partial(self._second, 1), key="Alt+B", name="act_capital", icon="download")
        )
        self._next = bar.add(
            Button("", self._go_on, kind="primary", key="F9", icon="arrow-right", name="act_next")
        )

    # Which part

    def part(self) -> str:
        """Return which part is in sight."""
        return self.segments.value() or FUNDS

    def turn(self, part: str) -> None:
        """Bring a part into sight."""
        self.segments.choose(part)
        self._turn_to(part)

    def _turn_to(self, part: str) -> None:
        self.pane.clear()
        self._whole.setCurrentWidget(self.portfolio if part == PORTFOLIO else self.panes)
        self._left.setCurrentIndex(1 if part == CLAIMS else 0)
        self._show_detail()
        self.refresh()

    def _show_detail(self) -> None:
        self._right.setCurrentWidget(self.claim if self.part() == CLAIMS else self.detail)
        self._tell()

    def _asking(self) -> bool:
        return self._right.currentWidget() is self.pane

    def _enter(self, _row: object) -> None:
        self.panes.enter()

    # Asking

    def open(self, what: object) -> None:
        """Show one guarantee fund by its id."""
        if isinstance(what, int):
            self._wanted = what
            self.turn(FUNDS)

    def refresh(self) -> None:
        """Ask for what is in sight, and for the claims that are due."""
        part = self.part()
        self.desk.ask(claims_due, Nothing(), then=self._show_due, latest=self.due)
        if part == PORTFOLIO:
            self.portfolio.ask()
        elif part == CLAIMS:
            self.desk.ask(claim_rows, ClaimsAsked(), then=self._show_claims, latest=self._left)
        else:
            self.desk.ask(guarantee_fund_rows, Nothing(), then=self._show_funds, latest=self._left)

    def _show_funds(self, rows: list[GuaranteeFundRow]) -> None:
        self.funds.show_rows(rows)
        self._select(self.funds)
        self.funds.set_foot(_("{count} guarantee funds").format(count=len(rows)))

    def _show_claims(self, rows: list[ClaimRow]) -> None:
        self.claims.show_rows(rows)
        self._select(self.claims)
        self.claims.set_foot(_("{count} claims").format(count=f"{len(rows):,}"))

    def _show_due(self, due: Sequence[ClaimDue]) -> None:
        self.claim_acts.show_due(due)
        self.segments.show_parts(parts(len(due)))
        reason = self.desk.reason(draft_claim)
        self.due.show_due(due, None if reason else self.claim_acts.ask_new)
        self._tell()

    def _select(self, table: RecordTable[Any]) -> None:
        wanted, self._wanted = self._wanted, None
        if wanted is not None:
            table.select_where(lambda row: row.id == wanted)
        self._pick(table.current())

    def _pick(self, row: object) -> None:
        if isinstance(row, GuaranteeFundRow):
            self._ask_fund(row.id)
        elif isinstance(row, ClaimRow):
            asked = ClaimById(id=row.id)
            self.desk.ask(claim_view, asked, then=self._show_claim, latest=self.claim)
        elif self.part() == CLAIMS:
            self.claim.show_view(None)
            self._tell()
        else:
            self.detail.show_view(None)
            self._tell()

    def _ask_fund(self, fund_id: int) -> None:
        asked = GuaranteeFundAsked(id=fund_id, year=self.detail.asked_year())
        self.desk.ask(guarantee_fund_view, asked, then=self._show_fund, latest=self.detail)

    def _ask_year(self, _at: int) -> None:
        if self.detail.view is not None:
            self._ask_fund(self.detail.view.row.id)

    def _show_fund(self, view: GuaranteeFundView) -> None:
        self.detail.show_view(view)
        self._tell()

    def _show_claim(self, view: ClaimView) -> None:
        self.claim.show_view(view)
        self._tell()

    def _open_line(self, row: object) -> None:
        if isinstance(row, ClaimLineRow):
            self.go.emit("loans", row.loan_id)

    # What is offered

    def _acts(self) -> FundActs | ClaimActs:
        return self.claim_acts if self.part() == CLAIMS else self.fund_acts

    def _tell(self) -> None:
        part, asking = self.part(), self._asking()
        busy = _("Being written") if self._acting else ""
        claims, whole = part == CLAIMS, part == PORTFOLIO
        self._new.setText(_("New claim") if claims else _("New guarantee fund"))
        self._new.setVisible(not whole and not asking)
        self._new.allow(busy or self.desk.reason(draft_claim if claims else open_guarantee_fund))
        first = self._acts().primary()
        self._next.setText(first.words)
        self._next.allow(busy or first.reason)
        self._next.setVisible(not whole and not asking)
        second = () if claims or whole else self.fund_acts.secondary()
        for at, button in enumerate((self._quota, self._capital)):
            button.setVisible(at < len(second) and not asking)
            if at < len(second):
                button.setText(second[at].words)
                button.allow(busy or second[at].reason)
        self._more.setVisible(not whole and not asking and bool(self._acts().more()))
        self._print.setVisible(claims and not asking)
        self._print.allow(busy or self.claim_acts.printing())
        self.bar().setVisible(not whole and not asking)
        usual = self.portfolio.show_day if whole else self._next
        self.primary = self.pane.finish if asking else usual
        self._say()
        for button in (self._print, self._next):
            if button.isHidden():
                self.withdraw(button.key)
            else:
                self.offer(button.key, button.words(), button.click, button.reason)

    def _say(self) -> None:
        if self._asking():
            self.bar().say("", "")
        elif self.part() == CLAIMS:
            first, second, tone = self.claim_acts.says()
            self.bar().say(first, second, tone)
        else:
            first, second = self.fund_acts.says()
            waits = self.detail.waiting() is not None
            self.bar().say(first, second, "wait" if waits else "")

    def _go_on(self) -> None:
        self._run(self._acts().primary())

    def _second(self, at: int) -> None:
        acts = self.fund_acts.secondary()
        if at < len(acts):
            self._run(acts[at])

    def _run(self, act: Act) -> None:
        if not act.reason:
            act.run()

    def _ask_new(self) -> None:
        if self.part() == CLAIMS:
            self.claim_acts.ask_new()
        else:
            self.fund_acts.ask_fund()

    def _open_menu(self) -> None:
        self.more().popup(self._more.mapToGlobal(self._more.rect().topLeft()))

    def more(self) -> Menu:
        """Return the menu of what is done now and then."""
        menu = Menu(self, "guarantee_menu")
        for act in self._acts().more():
            entry = menu.put(act.words, act.run, icon=act.icon)
            entry.setEnabled(not act.reason)
            entry.setToolTip(act.reason)
        menu.setToolTipsVisible(True)
        return menu

    # Acts

    def _do(self, verb: Action[Any, Any], form: Record, says: str) -> None:
        """Perform an act once, say what was done, and show the page anew."""
        if self._acting:
            return
        self._acting, asked = True, self.pane.form
        self.pane.finish.allow(_("Being written"))

        def done(result: Any) -> None:
            self._acting = False
            self.banners.clear()
            self.close_pane()
            self.toast.emit(says, None)
            if verb in (open_guarantee_fund, draft_claim):
                self._wanted = result
            self.reload()

        invalid = partial(self._invalid, asked)
        self.desk.perform(verb, form, then=done, invalid=invalid, failed=self._failed)

    def _invalid(self, asked: Form | None, error: Invalid) -> None:
        self._acting = False
        self.pane.finish.allow("")
        if asked is not None and self.pane.form is asked:
            asked.show_problems(error)

    def _failed(self, error: Exception) -> None:
        self._acting = False
        self.pane.finish.allow("")
        self._tell()
        self.desk.feedback.show(error)

    def _show_pane(self) -> None:
        self._right.setCurrentWidget(self.pane)
        self.panes.enter()
        self._tell()

    def close_pane(self) -> None:
        """Return from the form to what is chosen."""
        self.pane.clear()
        self._show_detail()

    def _escape(self) -> None:
        if self._asking():
            self.close_pane()
        else:
            self.panes.back()

    # Giving way

    def compact(self, width: int, height: int) -> None:
        """Leave out columns, then show one pane at a time."""
        del height
        self.panes.set_narrow(width < NARROW)
        self.detail.set_small(small=NARROW <= width < SMALL)
        self.claim.set_small(small=NARROW <= width < SMALL)
        self.portfolio.set_columns(1 if width < NARROW else 2)

    def first_focus(self) -> QWidget:
        """Begin in the list, or with the day."""
        if self.part() == PORTFOLIO:
            return self.portfolio.day.first()
        return (self.claims if self.part() == CLAIMS else self.funds).first()
