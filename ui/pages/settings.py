"""Settings: the look for this person, the center's particulars, the way to what is kept."""

from functools import partial
from typing import Any, Final

from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from app import __version__
from app.audit.queries import audit_rows
from app.backups.queries import backup_rows
from app.center.actions import keep_center
from app.center.queries import center_facts, value_rows
from app.center.records import CenterFacts, CenterForm
from app.core.i18n import N_, _
from app.core.record import Nothing, specs, values
from app.documents.actions import add_document
from app.staff.queries import staff_rows
from app.work import Query, Topic
from ui import theme
from ui.filing.required import RequiredCard
from ui.kit.buttons import Button
from ui.kit.cards import Card, Facts
from ui.kit.form import FormView
from ui.kit.labels import Icon, Label, Rule, Shrinking
from ui.kit.layout import row, scrolling
from ui.kit.page import Page
from ui.kit.segments import Part, Segments

WIDTH: Final = 860
SCHEMES: Final = {
    theme.Scheme.LIGHT: N_("Light"),
    theme.Scheme.DARK: N_("Dark"),
    theme.Scheme.CONTRAST: N_("High contrast"),
}
KEPT: Final[tuple[tuple[str, Query[Any, Any], str, str, str], ...]] = (
    ("values", value_rows, "book-open", N_("Center values"),
     N_("Dibao lines and other dated standards, each confirmed by a second person")),
    ("staff", staff_rows, "users-round", N_("Staff"),
     N_("Who works here, with which roles; passwords")),
    ("backups", backup_rows, "database-backup", N_("Backups"),
     N_("When, where and how many; check and restore them")),
    ("audit", audit_rows, "shield-check", N_("Audit trail"),
     N_("Who did what and when; nothing in it can be changed")),
)  # fmt: skip
"""Pages reached from here: name, the query that opens them, icon, title, what stands there."""


class SettingsPage(Page):
    """What one can set, and the doors to staff, standards and audit."""

    name = "settings"
    title = N_("Settings")
    icon = "settings"
    shows = frozenset({Topic.CENTER})

    def build(self) -> None:
        """Compose the cards one below the other."""
        self._may_keep = self.desk.may(keep_center)
        self._inside = QWidget()
        column = QVBoxLayout(self._inside)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(12)
        self.required = RequiredCard(self)
        for card in (
            self._look_card(),
            self._center_card(),
            self.required,
            self._kept_card(),
            self._about(),
        ):
            column.addWidget(card)
        column.addStretch(1)
        inside = QHBoxLayout()
        inside.addWidget(scrolling(self._inside), 1)
        self.add(inside, 1)
        if self._may_keep:
            self._save = self.bar().add(
                Button(
                    _("Save the center's particulars"),
                    self._keep,
                    kind="primary",
                    key="F9",
                    icon="check",
                    name="act_keep_center",
                )
            )
            self._tell()
        theme.changes.changed.connect(self._changed_look)
        self._changed_look()

    # The look

    def _look_card(self) -> Card:
        card = Card(_("For me on this PC"))
        self.sizes = Segments(
            [Part(str(size), _("{percent}%").format(percent=size)) for size in theme.SCALES],
            name="segments_size",
        )
        self.schemes = Segments(
            [Part(scheme.value, _(words)) for scheme, words in SCHEMES.items()],
            name="segments_scheme",
        )
        self.sizes.chosen.connect(self._want_look)
        self.schemes.chosen.connect(self._want_look)
        keys = _("Ctrl+= larger, Ctrl+- smaller, Ctrl+0 usual")
        eyes = _("High contrast helps weak eyes")
        lines: list[tuple[str, QWidget, str]] = [
            (_("Text size"), self.sizes, keys),
            (_("Colour scheme"), self.schemes, eyes),
        ]
        if self.desk.may(add_document):
            new_files = _("New files in it are offered among the documents")
            lines.append((_("Folder of the scanner"), self._scan_folder(), new_files))
        card.add(_lines(*lines))
        return card

    def _scan_folder(self) -> QWidget:
        """Return what chooses the folder of this PC's scanner, or says there is none."""
        scans = self.desk.scans
        title = _("Which folder does the scanner write into?")

        def choose() -> None:
            self.desk.asking.open_folder(self, title, lambda folder: scans.use(str(folder)))

        def show() -> None:
            where.setText(scans.folder or _("None chosen"))
            none.setVisible(bool(scans.folder))

        where = Shrinking()
        where.setObjectName("scan_folder")
        change = Button(_("Choose"), choose, small=True, name="act_scan_folder")
        none = Button(
            _("No scanner"),
            lambda: scans.use(""),
            kind="quiet",
            small=True,
            name="act_no_scan_folder",
        )
        scans.changed.connect(show)
        show()
        return row(where, change, none)

    def _want_look(self, _key: str) -> None:
        self.look_wanted.emit(self.schemes.value(), int(self.sizes.value()))

    def _changed_look(self) -> None:
        self.sizes.choose(str(theme.percent()))
        self.schemes.choose(theme.scheme().value)
        self._inside.setMaximumWidth(theme.px(WIDTH))

    # The center

    def _center_card(self) -> Card:
        card = Card(_("The center"))
        self.form = FormView(
            CenterForm,
            spans={
                "name": 6,
                "union_name": 6,
                "number_prefix": 3,
                "telephone": 3,
                "address": 6,
                "payer_account": 6,
            },
            name="form_center",
        )
        self.facts = Facts(120)
        self.form.edited.connect(self._tell)
        self.form.setVisible(self._may_keep)
        self.facts.setHidden(self._may_keep)
        card.add(self.form)
        card.add(self.facts)
        if not self._may_keep:
            card.add_to_head(Label(self.desk.reason(keep_center), "hint"))
        return card

    def refresh(self) -> None:
        """Ask for the particulars, unless somebody is changing them here."""
        self.required.ask()
        if not self.form.dirty():
            self.desk.ask(center_facts, Nothing(), then=self._show_center, latest=self)

    def _show_center(self, facts: CenterFacts) -> None:
        known = values(facts)
        form = CenterForm(**{field.name: known[field.name] for field in specs(CenterForm)})
        self.form.set_record(form)
        self.facts.clear()
        for field in specs(CenterForm):
            self.facts.add_fact(_(field.kind.label), getattr(form, field.name) or "—")
        self._tell()

    def _tell(self) -> None:
        if not self._may_keep:
            return
        dirty = self.form.dirty()
        self._save.allow("" if dirty else _("Nothing was changed"))
        self.offer("F9", _("Save"), self._keep, self._save.reason)
        first = _("Changed, not saved yet") if dirty else _("Nothing was changed")
        second = _("Papers already issued keep the old particulars")
        self.bar().say(first, second, tone="wait" if dirty else "")

    def _keep(self) -> None:
        form = self.form.record()
        if form is not None:
            self.desk.perform(keep_center, form, then=self._kept, invalid=self.form.show_problems)

    def _kept(self, _result: object) -> None:
        self.form.settle()
        self._tell()
        self.toast.emit(_("The center's particulars are saved"), None)

    # What is kept elsewhere

    def _kept_card(self) -> Card:
        card = Card(_("Kept by the center"))
        open_to_me = [entry for entry in KEPT if self.desk.may(entry[1])]
        for at, (page, _query, icon, title, text) in enumerate(open_to_me):
            if at:
                card.add(Rule())
            card.add(self._door(page, icon, _(title), _(text)))
        return card

    def _door(self, page: str, icon: str, title: str, text: str) -> QHBoxLayout:
        door, words = QHBoxLayout(), QVBoxLayout()
        door.setSpacing(12)
        door.addWidget(Icon(icon, "text_soft", 20))
        words.setSpacing(0)
        words.addWidget(Label(title))
        words.addWidget(Label(text, "small", wrap=True))
        door.addLayout(words, 1)
        go = partial(self.go.emit, page, None)
        door.addWidget(Button(_("Open"), go, kind="quiet", icon="arrow-right", name=f"open_{page}"))
        return door

    def _about(self) -> Card:
        card = Card(_("About the program"))
        card.add(
            _lines(
                (
                    _("Program version"),
                    Label(__version__),
                    _("Bangfu, for hardship assistance centers"),
                )
            )
        )
        return card

    def first_focus(self) -> QWidget:
        """Return the text sizes, or the first field for whoever keeps the center."""
        return self.form.first() if self._may_keep else self.sizes


def _lines(*settings: tuple[str, QWidget, str]) -> QGridLayout:
    """Return settings one below the other: name, what one sets, a hint."""
    grid = QGridLayout()
    grid.setHorizontalSpacing(12)
    grid.setVerticalSpacing(8)
    grid.setColumnStretch(2, 1)
    for at, (name, widget, hint) in enumerate(settings):
        grid.addWidget(Label(name, tone="soft"), at, 0)
        grid.addWidget(widget, at, 1)
        grid.addWidget(Label(hint, "hint"), at, 2)
    return grid
