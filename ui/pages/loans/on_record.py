"""Taking a loan of an old register into the books: its plan stands from then on."""

from collections.abc import Callable

from app.core.i18n import _
from app.loans.money_records import ChangePreview, StandingView, TakeOverAsked, TakeOverForm
from app.loans.taking_over import preview_taking_over, take_over
from app.loans.view_records import LoanView
from ui.kit.ask_pane import AskPane, Form, Perform, capitals
from ui.kit.cells import yuan
from ui.kit.editing import Context
from ui.kit.form import FormView
from ui.kit.labels import Label
from ui.kit.page import Page


class OnRecord:
    """Asks what the bank's statement says, beside what the entries make."""

    def __init__(
        self, page: Page, pane: AskPane, show: Callable[[], None], perform: Perform
    ) -> None:
        self._page, self._desk, self._pane = page, page.desk, pane
        self._show, self._perform = show, perform

    def ask(self, view: LoanView) -> None:
        """Ask for the statement up to whose day every repayment is entered."""
        form: Form = FormView(
            TakeOverForm,
            ["left", "day", "document", "note"],
            spans={"left": 8, "day": 4, "document": 12, "note": 12},
            editors={"left": capitals},
            fixed={"id": view.row.id, "version": view.row.version},
            context=Context(today=self._desk.today),
            name="take_over_form",
        )
        form.set_value("day", self._desk.today())
        says = Label(role="small", wrap=True)
        says.setObjectName("take_over_says")

        def show(preview: ChangePreview) -> None:
            if self._pane.form is form:
                says.setText(_by_entries(preview))

        def wrong(error: Exception) -> None:
            if self._pane.form is form:
                says.setText(str(error))

        def count() -> None:
            if (day := form.value("day")) is not None:
                asked = TakeOverAsked(id=view.row.id, day=day)
                self._desk.ask(preview_taking_over, asked, then=show, failed=wrong, latest=says)

        def send(record: TakeOverForm) -> None:
            self._perform(take_over, record, _("In the books: its plan stands"))

        self._pane.ask(
            _("Take {number} into the books").format(number=view.row.number),
            form,
            _("Take into the books"),
            send,
            below=says,
            says=_("Every repayment up to the day of the statement has to be entered by now."),
        )
        form.settle()
        form.edited.connect(count)
        self._show()
        form.focus("left")
        count()


def _by_entries(preview: ChangePreview) -> str:
    """Return how the loan stands by its entries, on the day of the statement and today."""
    says = _("By the entries, on {day}: {words}")
    told = (preview.before, preview.after)
    return "\n".join(says.format(day=each.as_of, words=_stands(each)) for each in told)


def _stands(standing: StandingView) -> str:
    words = _("{amount} yuan of principal left").format(amount=yuan(standing.outstanding))
    if standing.settled_on:
        return words + "　" + _("settled on {day}").format(day=standing.settled_on)
    if standing.days_overdue:
        due = standing.principal_overdue + standing.interest_overdue + standing.penalty
        late = _("{amount} yuan overdue for {count} days")
        words += "　" + late.format(amount=yuan(due), count=standing.days_overdue)
    return words
