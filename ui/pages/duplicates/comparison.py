"""Two files side by side: who is one person, which value is kept, who joins, what goes along."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from PySide6.QtWidgets import QCheckBox, QGridLayout, QVBoxLayout, QWidget

from app.core.i18n import _
from app.core.record import spec
from app.households.merging_records import (
    Comparison,
    Difference,
    MergeForm,
    Pair,
    Related,
    SamePerson,
    Taken,
)
from app.households.records import HouseholdView, MemberView
from ui import theme
from ui.kit.cards import Card, clear_layout
from ui.kit.editing import Context, make_editor
from ui.kit.editors import Editor
from ui.kit.labels import Icon, Label, Rule
from ui.kit.layout import row
from ui.kit.side_by_side import SideBySide, side_head
from ui.pages.duplicates.sides import Choice


@dataclass
class _PairRow:
    pair: Pair
    one: QCheckBox
    choices: list[Choice] = field(default_factory=list[Choice])

    def same(self) -> bool:
        return self.one.isChecked()


@dataclass
class _Joiner:
    member: MemberView
    widgets: Sequence[QWidget]
    relation: Editor
    pair: _PairRow | None
    """Where the person may be one of the kept file after all."""


class ComparisonView(QWidget):
    """Shows a comparison and gives back the form that merges as was chosen."""

    def __init__(self, context: Context) -> None:
        super().__init__()
        self._context = context
        self._shown: Comparison | None = None
        self._choices: list[Choice] = []
        self._pairs: list[_PairRow] = []
        self._joiners: list[_Joiner] = []
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 6, 0)
        self._column.setSpacing(12)

    def show_comparison(self, comparison: Comparison) -> None:
        """Show two households anew; what was chosen before is forgotten."""
        clear_layout(self._column)
        self._shown = comparison
        self._choices, self._pairs, self._joiners = [], [], []
        self._column.addWidget(self._side_by_side(comparison))
        self._column.addWidget(self._joining(comparison))
        self._column.addStretch(1)
        self._tell()

    # Composition

    def _side_by_side(self, comparison: Comparison) -> Card:
        card = Card(_("Side by side"))
        grid = SideBySide()
        heads = (_("Stays"), comparison.keep), (_("File given up"), comparison.other)
        grid.add_heads(*(_heading(word, view) for word, view in heads))
        self._choices = self._differences(grid, comparison.differences)
        if not self._choices:
            grid.add_across(Label(_("What is known of the household is the same"), "small"))
        for pair in comparison.pairs:
            self._pair(grid, pair)
        card.add(grid)
        return card

    def _pair(self, grid: SideBySide, pair: Pair) -> None:
        grid.add_across(Rule())
        one = QCheckBox(_("{name} is one person").format(name=pair.name))
        one.setObjectName(f"same_{pair.kept_id}")
        one.setChecked(True)
        one.setEnabled(not pair.certain)
        by = _("The same: {fields}").format(fields=_(pair.by))
        line = row(Icon("user-round", "text_soft"), one, Label(by, "small"), None)
        grid.add_across(line)
        shown = _PairRow(pair, one, self._differences(grid, pair.differences))
        one.toggled.connect(self._tell)
        self._pairs.append(shown)

    def _differences(self, grid: SideBySide, found: Sequence[Difference]) -> list[Choice]:
        choices = [Choice(each) for each in found]
        for choice in choices:
            choice.label.setContentsMargins(0, 3, 0, 0)
            grid.add_line(choice.label, choice.kept, choice.other)
        return choices

    def _joining(self, comparison: Comparison) -> Card:
        card = Card(_("What goes along"))
        follows = "　".join(
            _("{label} {count}").format(label=each.label, count=each.count)
            for each in comparison.follows
        )
        card.add(Label(follows or _("Nothing but the people"), wrap=True))
        if number := comparison.other.file_number:
            words = _("File number {number} stays, marked as merged; searching for it opens the "
                      "file that is kept.")  # fmt: skip
            card.add(Label(words.format(number=number), "small", wrap=True))
        self._people = Label(_("Who joins, and what they are to the head"), "strong")
        card.add(self._people)
        grid = QGridLayout()
        grid.setHorizontalSpacing(12)
        grid.setVerticalSpacing(4)
        grid.setColumnStretch(3, 1)
        for member in comparison.other.members:
            self._joiner(grid, comparison, member)
        card.add(grid)
        return card

    def _joiner(self, grid: QGridLayout, comparison: Comparison, member: MemberView) -> None:
        pair = next((each for each in self._pairs if each.pair.other_id == member.id), None)
        if pair is not None and pair.pair.certain:
            return
        at = grid.rowCount()
        editor = make_editor(spec(Related, "relation"), self._context)
        editor.target().setObjectName(f"relation_{member.id}")
        editor.target().setAccessibleName(
            _("{name}: relation to the head").format(name=member.name)
        )
        editor.setFixedWidth(theme.px(160))
        if comparison.keeps_relation:
            editor.set_value(member.relation)
        years = "" if member.age is None else _("{age} years").format(age=member.age)
        facts = "　".join(filter(None, (member.id_number, years)))
        widgets = [Label(member.name), Label(facts, "small"), editor]
        for place, widget in enumerate(widgets):
            grid.addWidget(widget, at, place)
        self._joiners.append(_Joiner(member, widgets, editor, pair))

    def _tell(self) -> None:
        """Show the choices of pairs that are one person, and the others as joining."""
        for pair in self._pairs:
            for choice in pair.choices:
                choice.show(shown=pair.same())
        joins = [each for each in self._joiners if each.pair is None or not each.pair.same()]
        for each in self._joiners:
            for widget in each.widgets:
                widget.setVisible(each in joins)
        self._people.setVisible(bool(joins))

    # What was chosen

    def form(self, reason: str) -> MergeForm | None:
        """Return the form that merges as was chosen; `None` while nothing is shown."""
        shown = self._shown
        if shown is None:
            return None
        same = [each for each in self._pairs if each.same()]
        choices = self._choices + [choice for each in same for choice in each.choices]
        return MergeForm(
            keep_id=shown.keep.id,
            keep_version=shown.keep.version,
            give_up_id=shown.other.id,
            give_up_version=shown.other.version,
            same=tuple(
                SamePerson(kept_id=each.pair.kept_id, other_id=each.pair.other_id) for each in same
            ),
            taken=tuple(
                Taken(kept_id=each.difference.kept_id, field=each.difference.field)
                for each in choices
                if each.taken()
            ),
            relations=tuple(
                Related(member_id=each.member.id, relation=each.relation.value())
                for each in self._joiners
                if each.pair is None or not each.pair.same()
            ),
            reason=reason,
        )

    def first(self) -> QWidget:
        """Return what gets the focus: the first choice, else the first check."""
        for choice in self._choices + [each for pair in self._pairs for each in pair.choices]:
            return (choice.other if choice.taken() else choice.kept).radio
        for pair in self._pairs:
            return pair.one
        return self._joiners[0].relation.target() if self._joiners else self


def _heading(word: str, view: HouseholdView) -> QWidget:
    """Return the head of one side: whose file it is, its number and where it stands."""
    people = _("{count} people").format(count=len(view.members))
    number = view.file_number or _("no file number yet")
    return side_head(word, view.name, view.file_state.label, f"{number}　{people}")
