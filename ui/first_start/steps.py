"""The questions of the first start. Each step checks itself and says what it was told."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Annotated, Any, Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QCheckBox,
    QGridLayout,
    QHBoxLayout,
    QLineEdit,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from app.center.records import (
    CenterForm,
    Document,
    EffectiveFrom,
    EffectiveTo,
    PublishedOn,
    ValueForm,
)
from app.core.errors import Invalid, Problem
from app.core.i18n import N_, _
from app.core.kinds import Amount, Name, Secret, Text
from app.core.money import Fen
from app.core.record import Record
from app.core.words.staff import Role
from app.entrance import LEAST_FREE, Site
from app.reference.dated import ValueArea, ValueKind
from app.staff.records import StaffForm
from app.staff.rules import check_password, check_user_name
from ui import theme
from ui.kit.buttons import Button
from ui.kit.cards import Card, ChoiceCard, Facts
from ui.kit.check_card import CheckCard
from ui.kit.day_editor import Today
from ui.kit.editing import Context
from ui.kit.editors import TextEditor
from ui.kit.form import FormView
from ui.kit.labels import Label, Status
from ui.kit.layout import row
from ui.kit.notices import ProgressBar
from ui.kit.segments import Part, Segments

ROLES: Final = (Role.CASEWORKER, Role.SUPERVISOR, Role.FINANCE, Role.ADMINISTRATOR)
"""The roles without which no case can be brought to its end."""


class Step(QWidget):
    """One step: its name in the list, its question in large type, a line about it."""

    name: str = ""
    question: str = ""
    about: str = ""
    """Message ids."""

    def __init__(self) -> None:
        super().__init__()
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(0, 0, 0, 0)
        self.column.setSpacing(12)

    def ready(self) -> bool:
        """Tell whether one may go on; mark what is wrong otherwise."""
        return True

    def first(self) -> QWidget | None:
        """Return the widget that takes the focus."""
        return None


class PurposeStep(Step):
    """A real center, or the demonstration."""

    name = N_("Purpose")
    question = N_("What is this PC for?")
    about = N_("You can change later: demonstration and real data do not touch each other.")
    changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.real = ChoiceCard(
            "building-2",
            _("Set up this center"),
            _("Work with real data, encrypted on this PC."),
            [
                ("check", _("Name, numbering and address of the center")),
                ("check", _("People: counter, supervisor, finance, administrator")),
                ("check", _("The city's dibao line, confirmed by a second person")),
                ("check", _("A recovery key, printed twice and sealed")),
            ],
        )
        self.demo = ChoiceCard(
            "flask-conical",
            _("Try the demonstration first"),
            _("60 invented households in every state. It can be removed at any time."),
            [
                ("info", _("Every paper is marked as a specimen")),
                ("info", _("It must not be used for real cases")),
                ("info", _("It is kept apart from real data")),
            ],
        )
        self.real.setObjectName("choose_real")
        self.demo.setObjectName("choose_demo")
        cards = QHBoxLayout()
        cards.setSpacing(16)
        for card in (self.real, self.demo):
            card.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
            cards.addWidget(card, 1)
            card.toggled.connect(lambda: self.changed.emit())
        self.real.setChecked(True)
        self.column.addLayout(cards)
        self.sizes = Segments(
            [Part(str(size), f"{size}%") for size in theme.SCALES], name="text_size"
        )
        self.sizes.choose(str(theme.percent()))
        self.sizes.chosen.connect(self._resize_text)
        self.column.addWidget(row(Label(_("Text size"), tone="soft"), self.sizes, None))
        self.column.addStretch(1)

    def _resize_text(self, percent: str) -> None:
        theme.use(theme.application(), theme.scheme(), int(percent))

    def first(self) -> QWidget:
        """Return the picked card."""
        return self.demo if self.demo.isChecked() else self.real


class CenterStep(Step):
    """The particulars that stand on papers."""

    name = N_("This center")
    question = N_("What is the center called?")
    about = N_("This stands on every paper. It can be changed later; issued papers keep theirs.")

    def __init__(self) -> None:
        super().__init__()
        spans = {"name": 7, "union_name": 5, "number_prefix": 3, "telephone": 4, "address": 12}
        self.form = FormView(
            CenterForm, spans=spans, editors={"telephone": TextEditor}, name="form_center"
        )
        self.form.set_value("number_prefix", "帮")
        card = Card()
        card.add(self.form)
        self.column.addWidget(card)
        self.column.addStretch(1)

    def ready(self) -> bool:
        """Check the form."""
        if not self.form.check():
            self.form.focus_problem()
            return False
        return True

    def center(self) -> CenterForm | None:
        """Return the particulars."""
        return self.form.record()

    def first(self) -> QWidget:
        """Return the name."""
        return self.form.first()


class PlaceStep(Step):
    """Where the data lie, and what the place is like."""

    name = N_("Place and encryption")
    question = N_("Where shall the data be kept?")
    about = N_("On a disk of this PC, always encrypted. Each person opens them with a password.")
    look_wanted = Signal(object)
    """Ask what the place (a `Path`) is like; answered by `show_site`."""
    folder_wanted = Signal()

    def __init__(self, place: Path) -> None:
        super().__init__()
        self._fits = False
        card = Card()
        self.line = QLineEdit(str(place))
        self.line.setObjectName("place")
        caption = Label(_("Data file"), "small")
        caption.setBuddy(self.line)
        card.add(caption)
        change = Button(_("Change…"), self.folder_wanted.emit, name="act_change_place")
        holder = QHBoxLayout()
        holder.setSpacing(8)
        holder.addWidget(self.line, 1)
        holder.addWidget(change)
        card.add(holder)
        self._local = Status("", "circle-dashed")
        self._writable = Status("", "circle-dashed")
        self._free = Status("", "circle-dashed")
        card.add(row(self._local, self._writable, self._free, None, spacing=20))
        self.trouble = Label(tone="bad", wrap=True)
        self.trouble.setObjectName("place_trouble")
        card.add(self.trouble)
        self.column.addWidget(card)
        facts = Card(_("How it is protected"))
        for words in (
            N_("The data file is encrypted with a random key (AES-256)"),
            N_("The key is wrapped for each person by password; it lies nowhere in the clear"),
            N_("A recovery key is shown at the end: print it twice and seal it"),
            N_("Shared folders are refused: data files get damaged there"),
        ):
            facts.add(Status(_(words), "lock-keyhole", ""))
        self.column.addWidget(facts)
        self.column.addStretch(1)
        self.line.editingFinished.connect(self.look)

    def place(self) -> Path:
        """Return the chosen place."""
        return Path(self.line.text().strip()).expanduser()

    def set_place(self, place: Path) -> None:
        """Choose another place."""
        self.line.setText(str(place))
        self.look()

    def look(self) -> None:
        """Have the place looked at."""
        self._fits = False
        self.look_wanted.emit(self.place())

    def show_site(self, site: Site) -> None:
        """Show what the place is like."""
        self._fits = site.fits()
        _say(self._local, not site.network, N_("Disk of this PC"), N_("Network share"))
        _say(self._writable, site.writable, N_("Writable"), N_("Not writable"))
        gigabytes = f"{site.free / 1e9:,.1f}"
        enough = site.free >= LEAST_FREE
        self._free.show_state(
            _("{gigabytes} GB free").format(gigabytes=gigabytes),
            "circle-check" if enough else "circle-x",
            "ok" if enough else "bad",
        )
        taken = _("There are data at this place already. Choose another name or folder.")
        full = _("Too little room: at least 0.5 GB should be free.")
        blocked = _("The folder cannot be written to. Choose another one.")
        self.trouble.setText(
            site.network
            or (taken if site.taken else "")
            or (blocked if not site.writable else "")
            or ("" if enough else full)
        )

    def ready(self) -> bool:
        """Tell whether a store can be made there."""
        return self._fits

    def first(self) -> QWidget:
        """Return the line with the place."""
        return self.line


class PersonForm(Record):
    """One of the first people. Whoever stands in two lines types the password once."""

    name: Annotated[str, Name(label=N_("Name"))]
    user: Annotated[str, Text(label=N_("User name"), max_length=24)]
    password: Annotated[str, Secret(label=N_("Password"))] = ""
    again: Annotated[str, Secret(label=N_("Password once more"))] = ""


class PeopleStep(Step):
    """Who works here: one line a role, at least two people."""

    name = N_("People and roles")
    question = N_("Who works here?")
    about = N_(
        "The supervisor has to be a person of their own; one person may hold the other roles: "
        "write the same user name again. More people can be added later."
    )

    def __init__(self) -> None:
        super().__init__()
        card = Card()
        grid = QGridLayout()
        grid.setHorizontalSpacing(12)
        grid.setVerticalSpacing(0)
        self.forms: dict[Role, FormView[PersonForm]] = {}
        for at, role in enumerate(ROLES):
            form = FormView(PersonForm, name=f"person_{role}", spans=dict.fromkeys(_PERSON, 3))
            self.forms[role] = form
            label = Label(role.label, "strong")
            label.setContentsMargins(0, theme.px(26), 0, 0)
            grid.addWidget(label, at, 0, Qt.AlignmentFlag.AlignTop)
            grid.addWidget(form, at, 1)
        grid.setColumnStretch(1, 1)
        card.add(grid)
        self.column.addWidget(card)
        self.column.addStretch(1)

    def ready(self) -> bool:
        """Check every line and who is who."""
        return self.staff() is not None

    def staff(self) -> tuple[StaffForm, ...] | None:
        """Return the people with their roles, or `None` after marking what is wrong."""
        people: dict[str, StaffForm] = {}
        for role, form in self.forms.items():
            typed = form.record()
            if typed is None:
                return None
            known = people.get(typed.user)
            problem = self._problem(typed, known, role)
            if problem is not None:
                form.show_problems(Invalid([problem]))
                return None
            if known is None:
                people[typed.user] = StaffForm(
                    user=typed.user, name=typed.name, roles=(role,), password=typed.password
                )
            else:
                roles = (*known.roles, role)
                people[typed.user] = replace(known, roles=roles)  # pyright: ignore[reportArgumentType] - a Record is a dataclass
        return tuple(people.values())

    def _problem(self, typed: PersonForm, known: StaffForm | None, role: Role) -> Problem | None:
        if known is not None:
            if Role.SUPERVISOR in (role, *known.roles):
                return Problem("user", "supervisor", N_("The supervisor has to be another person"))
            if typed.name != known.name:
                says = N_("This user name is {name}'s")
                return Problem("user", "taken", says, {"name": known.name})
            return None
        try:
            check_user_name(typed.user)
            check_password(typed.password)
        except Invalid as error:
            return error.problems[0]
        if typed.password != typed.again:
            return Problem("again", "differs", N_("The two passwords differ"))
        return None

    def first(self) -> QWidget:
        """Return the first name."""
        return self.forms[Role.CASEWORKER].first()


_PERSON: Final = ("name", "user", "password", "again")


class LinesForm(Record):
    """The dibao lines of one document."""

    districts: Annotated[Fen | None, Amount(label=ValueArea.DISTRICTS.message, at_least=1)] = None
    counties: Annotated[Fen | None, Amount(label=ValueArea.COUNTIES.message, at_least=1)] = None
    effective_from: EffectiveFrom
    effective_to: EffectiveTo
    published_on: PublishedOn = None
    document: Document


class LinesStep(Step):
    """The dibao line of today, from its document; it can wait."""

    name = N_("Policy and dibao line")
    question = N_("Which dibao line is in force?")
    about = N_(
        "Yuan a person and month, copied from the document. The administrator enters it here; "
        "the supervisor confirms it after signing in."
    )

    def __init__(self, today: Today) -> None:
        super().__init__()
        self.skip = CheckCard(
            _("Enter it later"),
            _("Until then households can be taken in, but their income cannot be tested"),
            "skip_lines",
        )
        card = Card()
        self.form = FormView(
            LinesForm,
            spans={
                "districts": 4, "counties": 4, "effective_from": 4, "effective_to": 4,
                "published_on": 4, "document": 12,
            },
            context=Context(today=today),
            name="form_lines",
        )  # fmt: skip
        card.add(self.form)
        self.column.addWidget(card)
        self.column.addWidget(self.skip)
        self.column.addStretch(1)
        self.skip.toggled.connect(self.form.setDisabled)

    def ready(self) -> bool:
        """Check the form, unless it is left for later."""
        return self.values() is not None

    def values(self) -> tuple[ValueForm, ...] | None:
        """Return the values to be entered, or `None` after marking what is wrong."""
        if self.skip.isChecked():
            return ()
        lines = self.form.record()
        if lines is None:
            return None
        if (problem := self._problem(lines)) is not None:
            self.form.show_problems(Invalid([problem]))
            return None
        amounts = {ValueArea.DISTRICTS: lines.districts, ValueArea.COUNTIES: lines.counties}
        return tuple(
            ValueForm(
                kind=ValueKind.DIBAO_LINE,
                area=area,
                amount=amount,
                effective_from=lines.effective_from,
                effective_to=lines.effective_to,
                published_on=lines.published_on,
                document=lines.document,
            )
            for area, amount in amounts.items()
            if amount is not None
        )

    @staticmethod
    def _problem(lines: LinesForm) -> Problem | None:
        if lines.districts is None and lines.counties is None:
            return Problem("districts", "missing", N_("This has to be filled in."))
        if lines.effective_to < lines.effective_from:
            says = N_("The last day in force lies before the first one")
            return Problem("effective_to", "days_in_order", says)
        return None

    def first(self) -> QWidget:
        """Return the first amount."""
        return self.form.first()


class ReportStep(Step):
    """What was made, and the recovery key, shown this once."""

    name = N_("Self-check")
    question = N_("The center is set up")
    about = N_("Print the recovery key now: it is shown this once and kept nowhere.")
    sealed = Signal(bool)

    def __init__(self, print_key: Callable[[], Any], save_key: Callable[[], Any]) -> None:
        super().__init__()
        self._checks = Card(_("Checked"))
        key = Card(_("Recovery key"))
        self.key = Label(role="figure")
        self.key.setObjectName("recovery_key")
        self.key.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        key.add(self.key)
        key.add(Label(_("It opens the data when nobody can sign in any more"), tone="soft"))
        self.print = Button(
            _("Print two copies"), lambda: print_key(), icon="printer", name="act_print_key"
        )
        self.save = Button(
            _("Save as PDF…"), lambda: save_key(), kind="quiet", icon="download",
            name="act_save_key",
        )  # fmt: skip
        self.tick = QCheckBox(_("Printed and sealed"))
        self.tick.setObjectName("sealed")
        self.tick.toggled.connect(self.sealed)
        key.add(row(self.print, self.save, None, self.tick))
        self.column.addWidget(key)
        self.column.addWidget(self._checks)
        self.column.addStretch(1)

    def show_made(self, recovery_key: str, checks: list[tuple[str, str]]) -> None:
        """Show the key and what was checked: words and tone (``ok`` or ``wait``)."""
        groups = recovery_key.split("-")
        half = len(groups) // 2
        self.key.setText("\n".join(" - ".join(part) for part in (groups[:half], groups[half:])))
        for words, tone in checks:
            icon = "circle-check" if tone == "ok" else "triangle-alert"
            self._checks.add(Status(words, icon, tone))

    def first(self) -> QWidget:
        """Return the printing."""
        return self.print


class DemoStep(Step):
    """The demonstration in the making, then who can sign in to it."""

    name = N_("Demonstration data")
    question = N_("The demonstration")
    about = N_("Invented people whose ID numbers belong to nobody. Papers say 样张.")

    def __init__(self) -> None:
        super().__init__()
        self._card = Card()
        self.bar = ProgressBar()
        self.says = Label(tone="soft")
        self.says.setObjectName("demo_says")
        self._card.add(self.says)
        self._card.add(self.bar)
        self.people = Facts(90)
        self._card.add(self.people)
        self.column.addWidget(self._card)
        self.column.addStretch(1)

    def show_progress(self, done: int, of: int) -> None:
        """Show how many households are in."""
        self.says.setText(_("Taking in household {done} of {of}").format(done=done + 1, of=of))
        self.bar.set_share(done / of if of else 1.0)

    def show_people(self, people: list[tuple[str, str, str]], password: str) -> None:
        """Show who can sign in: user, name, role; all have the same password."""
        self.bar.hide()
        self.says.setText(_("Ready. Sign in as any of these people:"))
        for user, name, role in people:
            self.people.add_fact(user, name, role)
        self.people.add_fact(_("Password"), password)


def _say(status: Status, good: bool, yes: str, no: str) -> None:
    icon, tone = ("circle-check", "ok") if good else ("circle-x", "bad")
    status.show_state(_(yes if good else no), icon, tone)
